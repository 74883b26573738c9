"""Tiles: paths, widths, bundles."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.base import merkle
from feiyu.evidence import tiles
from feiyu.evidence.edge import Edge
from feiyu.evidence.errors import BadTile

INPUTS = [bytes.fromhex(h) for h in (
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
)]  # fmt: skip


def test_the_published_bundle_and_tile():
    edge, full = Edge().grow(INPUTS)
    files = edge.unfinished()
    assert full == {}
    assert set(files) == {"tile/entries/000.p/8", "tile/0/000.p/8"}
    bundle, tile = files["tile/entries/000.p/8"], files["tile/0/000.p/8"]
    assert bundle.hex() == (
        "00000001000001100002202100023031000440414243000850515253545556570010606162636465666768696a6b6c6d6e6f"
    )
    assert (
        hashlib.sha256(bundle).hexdigest()
        == "1afdc32f06ff88236207410a37b10ff2b5647186b52a531da0416d539b15a876"
    )
    assert len(tile) == 256
    assert (
        hashlib.sha256(tile).hexdigest() == "aea2f1bbb5140fd5f8eacb503fdf54c00c3d860c72588e40233addd416bc8f10"
    )
    assert tiles.decode_bundle(bundle, 8) == tuple(INPUTS)


@pytest.mark.parametrize(
    ("index", "spelled"),
    [(0, "000"), (7, "007"), (999, "999"), (1000, "x001/000"), (1234067, "x001/x234/067"), (2**62, "x004/x611/x686/x018/x427/x387/904")],
)  # fmt: skip
def test_index_spelling(index, spelled):
    assert tiles.tile_path(3, index) == f"tile/3/{spelled}"
    assert tiles.bundle_path(index, 17) == f"tile/entries/{spelled}.p/17"
    assert tiles.parse_path(f"tile/3/{spelled}") == tiles.Place(3, index, 256)
    assert tiles.parse_path(f"tile/entries/{spelled}.p/17") == tiles.Place(None, index, 17)


@pytest.mark.parametrize(
    "path",
    [
        "", "tile", "tile/0/0", "tile/0/00", "tile/0/0000", "tile/0/x000/001", "tile/0/1000", "tile/00/000", "tile/64/000",
        "tile/-1/000", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/01", "tile/0/000.p", "tile/0/000.p/", "/tile/0/000",
        "tile/0/000/", "tile/0/../000", "tile/entries", "tile/data/000", "tile/0/x001/x000", "tile/0/000.p/8\n", "checkpoint",
        "tile/0/" + "x001/" * 7 + "000", "tile/0/" + "x001/" * 500 + "000", "tile/0/٠٠٠",
    ],
)  # fmt: skip
def test_any_other_spelling_is_refused(path):
    with pytest.raises(BadTile):
        tiles.parse_path(path)


def test_widths_of_the_published_example():
    widths = {}
    for place in tiles.places(70_000):
        widths.setdefault(place.level, []).append(place.width)
    assert widths[0] == [256] * 273 + [112] == widths[None]
    assert widths[1] == [256, 17]
    assert widths[2] == [1]
    assert set(widths) == {None, 0, 1, 2}
    assert [p.path for p in tiles.places(256)] == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"]
    assert list(tiles.places(0)) == []


@given(st.integers(1, 140_000), st.integers(1, 140_000))
def test_growing_in_two_steps_writes_what_one_step_writes(first, second):
    first, second = sorted((first % 700, first % 700 + second % 700))
    entries = [n.to_bytes(3, "big") for n in range(second)]
    at_once, files = Edge().grow(entries)
    edge, before = Edge().grow(entries[:first])
    edge, after = edge.grow(entries[first:])
    assert edge == at_once
    assert before | after == files
    changed = edge.unfinished(first)
    assert changed.items() <= edge.unfinished().items()
    assert {p.path for p in tiles.places(second)} == set(files | edge.unfinished())
    before |= Edge().grow(entries[:first])[0].unfinished()
    assert {p.path for p in tiles.places(second)} <= set(before | after | changed)
    assert edge.root == merkle.root(map(merkle.leaf_hash, entries))


@pytest.mark.parametrize("length", [0, 1, 63, 64, 65, 119, 300])
@pytest.mark.parametrize("count", [1, 15, 16, 17, 300])
def test_entries_of_one_length_hash_as_any_others(length, count):
    entries = [number.to_bytes(2, "big").rjust(length, b"x")[:length] for number in range(count)]
    assert tiles.leaf_hashes(entries) == b"".join(map(merkle.leaf_hash, entries))
    entries[-1] += b"y"
    assert tiles.leaf_hashes(entries) == b"".join(map(merkle.leaf_hash, entries))


@given(st.lists(st.binary(max_size=40), max_size=256))
def test_bundles_read_back(entries):
    data = tiles.encode_bundle(entries)
    assert tiles.decode_bundle(data, len(entries)) == tuple(entries)
    for width in {len(entries) + 1, max(0, len(entries) - 1)} - {len(entries)}:
        with pytest.raises(BadTile):
            tiles.decode_bundle(data, width)
    if data:
        with pytest.raises(BadTile):
            tiles.decode_bundle(data[:-1], len(entries))


def test_an_entry_has_at_most_65535_bytes():
    assert tiles.decode_bundle(tiles.encode_bundle([b"x" * 65_535]), 1) == (b"x" * 65_535,)
    with pytest.raises(BadTile, match="65536"):
        tiles.encode_bundle([b"x" * 65_536])


def test_a_bundle_larger_than_bundles_can_be_is_refused_unread():
    with pytest.raises(BadTile, match="larger"):
        tiles.decode_bundle(bytes(tiles.MAX_BUNDLE_BYTES + 1), 256)


@given(st.integers(1, 256))
def test_a_pyramid_is_the_complete_part_of_the_rfc_tree(count):
    hashes = [merkle.leaf_hash(bytes([n])) for n in range(count)]
    for row, packed in enumerate(tiles.pyramid(b"".join(hashes))):
        width = 1 << row
        found = [packed[at : at + 32] for at in range(0, len(packed), 32)]
        assert found == [merkle.root(hashes[at : at + width]) for at in range(0, count - width + 1, width)]


def test_a_tile_of_the_wrong_length_is_refused():
    with pytest.raises(BadTile):
        tiles.check_tile(bytes(33), 1)
