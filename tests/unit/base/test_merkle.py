"""RFC 6962 hashing: published vectors, and proofs against a reference written as the RFC states it."""

import base64
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base import merkle

from .merkle_probes import INPUTS, LEAVES, consistencies, inclusions

ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CONSISTENCY = {
    1: (
        "lqKW0iTyhcZ77pPDD4owkVfw2qNdxbh+QQt4YwoJz8c=",
        "Xwg/ChozygdqlSeYMlgNs+DvRYS9/x9UyKNg9Q3jAx4=",
        "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
    ),
    3: (
        "ApjRIpBtz8EIkstTpzmS/FufST6kybrbJ7eRtBJ6f+c=",
        "B1Bqhf2d0vEg62lPhgEeW7RmLlxBWmKRcDPUqWJEh+c=",
        "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=",
        "a0eq8p7jwq+a+Im8H7klTavTEXfxYjLdaqsDXKOb9uQ=",
    ),
}
INCLUSION_5_OF_8 = (
    "vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=",
    "yoVOoSjtBQtBs1/8G4e46yveRh6eO1WW7Oa51ZdaCuA=",
    "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=",
)


def rfc_root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else hashlib.sha256(b"").digest()
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + rfc_root(leaves[:k]) + rfc_root(leaves[k:])).digest()


def many(count):
    return [hashlib.sha256(bytes([n & 255, n >> 8])).digest() for n in range(count)]


def test_leaf_hash_of_the_published_text():
    assert (
        base64.b64encode(merkle.leaf_hash(b"hello world")) == b"TszzRgjTG6xce+z2AG31kAXYKBgQVtCSCE40HmuwBb0="
    )


@pytest.mark.parametrize("size", range(9))
def test_published_roots(size):
    assert merkle.root(LEAVES[:size]).hex() == ROOTS[size]


@pytest.mark.parametrize("first", CONSISTENCY)
def test_published_consistency_proofs(first):
    path = [base64.b64decode(h) for h in CONSISTENCY[first]]
    assert merkle.consistency_path(LEAVES, first) == path
    assert merkle.verify_consistency(first, 8, bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[8]), path)


def test_published_inclusion_proof():
    path = [base64.b64decode(h) for h in INCLUSION_5_OF_8]
    assert merkle.inclusion_path(LEAVES, 5) == path
    assert merkle.root_from_inclusion(LEAVES[5], 5, 8, path).hex() == ROOTS[8]


def test_each_probe_of_inclusion_gets_its_verdict():
    probes = list(inclusions())
    assert len(probes) == 98
    for probe in probes:
        found = merkle.root_from_inclusion(probe.leaf, probe.index, probe.size, probe.path) == probe.root
        assert found == probe.holds, probe


def test_each_probe_of_consistency_gets_its_verdict():
    probes = list(consistencies())
    assert len(probes) == 98
    for probe in probes:
        first, second, old, new, path, holds = probe
        assert merkle.verify_consistency(first, second, old, new, path) == holds, probe


@given(st.integers(0, 300))
def test_root_is_the_one_of_the_rfc(size):
    leaves = many(size)
    assert merkle.root(leaves) == rfc_root(leaves)


@given(st.data())
def test_every_proof_holds_and_every_mutation_fails(data):
    size = data.draw(st.integers(1, 130))
    index = data.draw(st.integers(0, size - 1))
    leaves = many(size)
    path, root = merkle.inclusion_path(leaves, index), rfc_root(leaves)
    assert merkle.root_from_inclusion(leaves[index], index, size, path) == root
    assert merkle.root_from_inclusion(leaves[index], size, size, path) is None
    assert merkle.root_from_inclusion(leaves[index], index, size, [*path, root]) is None
    assert merkle.root_from_inclusion(b"x" * 32, index, size, path) != root
    other = data.draw(st.integers(0, size - 1))
    assert (merkle.root_from_inclusion(leaves[index], other, size, path) == root) == (other == index)
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        assert merkle.root_from_inclusion(leaves[index], index, size, path[:at] + path[at + 1 :]) != root
        wrong = [*path[:at], bytes(b ^ 1 for b in path[at]), *path[at + 1 :]]
        assert merkle.root_from_inclusion(leaves[index], index, size, wrong) != root


@given(st.data())
def test_every_extension_is_provable_and_no_other(data):
    size = data.draw(st.integers(1, 130))
    first = data.draw(st.integers(1, size))
    leaves = many(size)
    path, old, new = merkle.consistency_path(leaves, first), rfc_root(leaves[:first]), rfc_root(leaves)
    assert merkle.verify_consistency(first, size, old, new, path)
    assert not merkle.verify_consistency(first, size, b"x" * 32, new, path)
    assert not merkle.verify_consistency(first, size, old, b"x" * 32, path)
    assert not merkle.verify_consistency(first, size, old, new, [*path, new])
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        wrong = [*path[:at], bytes(b ^ 1 for b in path[at]), *path[at + 1 :]]
        assert not merkle.verify_consistency(first, size, old, new, wrong)
        assert not merkle.verify_consistency(first, size, old, new, path[:-1])


def test_nothing_is_proven_about_size_zero():
    empty = bytes.fromhex(ROOTS[0])
    assert not merkle.verify_consistency(0, 8, empty, bytes.fromhex(ROOTS[8]), [])
    assert not merkle.verify_consistency(0, 0, empty, empty, [])
    assert not merkle.verify_consistency(8, 4, bytes.fromhex(ROOTS[8]), bytes.fromhex(ROOTS[4]), [])


def test_an_empty_leaf_hash_proves_nothing():
    assert merkle.root_from_inclusion(b"", 0, 1, []) is None


def test_out_of_range_is_refused():
    with pytest.raises(IndexError):
        merkle.inclusion_path(LEAVES, 8)
    with pytest.raises(IndexError):
        merkle.consistency_path(LEAVES, 0)
    with pytest.raises(IndexError):
        merkle.consistency_path(LEAVES, 9)


def test_other_hash_other_root():
    def sha512_256(data):
        return hashlib.new("sha512", data).digest()[:32]

    leaves = [merkle.leaf_hash(d, hasher=sha512_256) for d in INPUTS]
    root = merkle.root(leaves, hasher=sha512_256)
    path = merkle.inclusion_path(leaves, 3, hasher=sha512_256)
    assert merkle.root_from_inclusion(leaves[3], 3, 8, path, hasher=sha512_256) == root
    proof = merkle.consistency_path(leaves, 5, hasher=sha512_256)
    old = merkle.root(leaves[:5], hasher=sha512_256)
    assert merkle.verify_consistency(5, 8, old, root, proof, hasher=sha512_256)
    assert merkle.node_hash(leaves[0], leaves[1], hasher=sha512_256) == merkle.root(
        leaves[:2], hasher=sha512_256
    )
