"""The manifest: kept verbatim, read strictly, refused when it lies."""

import base64
import copy
import dataclasses
import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest

from feiyu.base import canonical
from feiyu.base.content import BLOCK_BYTES
from feiyu.base.persons import Three
from feiyu.seal import (
    Geometry,
    Manifest,
    Packing,
    Persons,
    Sealer,
    SealingWriter,
    SignedManifest,
    Signer,
    TransferSecret,
)
from feiyu.seal.errors import BadManifest, BadSignature, UnknownSuite
from feiyu.seal.manifest import MAX_ALSO, MAX_BYTES

GEOMETRY = Geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=2 * BLOCK_BYTES)
EDGE = Signer(bytes(range(32)))
SAID: dict[str, Any] = {
    "transfer_id": "trf_1",
    "grant_id": "grt_1",
    "basis_id": "bas_1",
    "flow_id": "flw_1",
    "exporter": "pty_1",
    "recipient": "pty_2",
    "recipient_key_id": "ab" * 32,
    "suite": "intl",
    "fields": (("车架号", "vin"), ("phone", "mobile_cn")),
    "stripped": ("备注",),
    "rows": 12,
    "persons": Persons(lower=1, counted=2, upper=3, sensitive=Three(lower=0, counted=0, upper=1)),
    "evidence_level": "S",
    "content_format": "csv",
    "created_at": "2026-11-22T09:00:00.000Z",
    "edge_key_id": EDGE.key_id,
}


def manifest() -> Manifest:
    sealer = Sealer(TransferSecret(bytes(32), bytes(32)), transfer_id="trf_1", geometry=GEOMETRY)
    writer = SealingWriter(sealer, io.BytesIO().write)
    writer.write(hashlib.shake_128(b"m").digest(5 * BLOCK_BYTES + 1))
    return Manifest.of_sealed(writer.finish(), geometry=GEOMETRY, **SAID)


MADE = manifest()


def test_is_read_as_it_was_written() -> None:
    assert Manifest.from_bytes(MADE.to_bytes()) == MADE
    assert canonical.dumps(canonical.loads(MADE.to_bytes())) == MADE.to_bytes()


def test_further_keys_are_listed_and_none_leaves_the_bytes_as_they_were() -> None:
    further = dataclasses.replace(MADE, also=(("pty_2", "cd" * 32), ("pty_1", "ef" * 32)))
    assert Manifest.from_bytes(further.to_bytes()) == further
    assert further.key_ids == ("ab" * 32, "cd" * 32, "ef" * 32)
    assert b"also" not in MADE.to_bytes()


PACKED_SIZE = 61_440


def packed(method: str = "zstd", size: int = PACKED_SIZE, **more: object) -> bytes:
    """A manifest of packed content whose other fields are those of that size."""
    cut = MADE.segments[0].root
    return altered(
        packing={"method": method, "size": size},
        cipher_size=size + 16,
        segments=[{"no": 0, "size": size + 16, "root": base64.b64encode(cut).decode()}],
        cipher_root=base64.b64encode(cut).decode(),
        **more,
    )


def test_packed_content_has_two_sizes_and_counts_as_if_it_were_not() -> None:
    read = Manifest.from_bytes(packed())
    assert read.packing == Packing(method="zstd", size_bytes=PACKED_SIZE)
    assert (read.plain_size, read.sealed_size) == (MADE.plain_size, PACKED_SIZE)
    assert read.counted_size == MADE.cipher_size > read.cipher_size == PACKED_SIZE + 16
    assert Manifest.from_bytes(read.to_bytes()) == read
    assert b"packing" not in MADE.to_bytes()
    assert (MADE.sealed_size, MADE.counted_size) == (MADE.plain_size, MADE.cipher_size)


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("packing", lambda: packed("none")),
        ("packing", lambda: packed("brotli")),
        ("packing", lambda: packed(suite="age")),
        ("packing", lambda: packed(size=PACKED_SIZE + 1)),
        ("packing", lambda: packed(size=0)),
        ("packing", lambda: packed(plain_size=PACKED_SIZE)),
        ("size", lambda: altered(packing={"method": "zstd", "size": -4096})),
        ("packing", lambda: packed() .replace(b'"method"', b'"kind"')),
        ("packing", lambda: altered(packing="zstd")),
        ("cipher_size", lambda: altered(packing={"method": "zstd", "size": PACKED_SIZE})),
    ],
)  # fmt: skip
def test_a_packing_that_lies_is_refused_by_field(field: str, data: Callable[[], bytes]) -> None:
    with pytest.raises(BadManifest) as refused:
        Manifest.from_bytes(data())
    assert refused.value.values["field"] == field


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ("$", lambda: MADE.to_bytes().ljust(MAX_BYTES + 1)),
        ("also", lambda: altered(also=[{"party": "pty_2", "key_id": f"{n:064x}"} for n in range(MAX_ALSO + 1)])),
        ("also", lambda: altered(also=[{"party": "pty_2", "key_id": "ab" * 32}])),
    ],
)  # fmt: skip
def test_more_than_its_limits_is_refused_by_field(field: str, data: Callable[[], bytes]) -> None:
    with pytest.raises(BadManifest) as refused:
        Manifest.from_bytes(data())
    assert refused.value.values["field"] == field


def test_as_much_as_its_limits_is_read() -> None:
    further = tuple(("pty_2", f"{n:064x}") for n in range(MAX_ALSO))
    assert Manifest.from_bytes(dataclasses.replace(MADE, also=further).to_bytes()).also == further
    assert Manifest.from_bytes(MADE.to_bytes().ljust(MAX_BYTES)) == MADE


def test_is_signed_over_its_bytes_verbatim() -> None:
    signed = SignedManifest.sign(MADE, EDGE)
    assert signed.open(EDGE.public) == MADE
    spaced = json.dumps(json.loads(signed.body)).encode()
    by_hand = SignedManifest(body=spaced, signature=EDGE.sign(b"feiyu/manifest/v1\n" + spaced))
    assert by_hand.open(EDGE.public) == MADE


def test_every_flipped_byte_is_caught() -> None:
    signed = SignedManifest.sign(MADE, EDGE)
    for at in range(0, len(signed.body), 7):
        body = bytearray(signed.body)
        body[at] ^= 1
        with pytest.raises(BadSignature):
            SignedManifest(body=bytes(body), signature=signed.signature).open(EDGE.public)


def test_another_edges_signature_is_refused() -> None:
    other = Signer(bytes(32))
    with pytest.raises(BadManifest):
        SignedManifest.sign(MADE, other)
    body = MADE.to_bytes()
    forged = SignedManifest(body=body, signature=other.sign(b"feiyu/manifest/v1\n" + body))
    with pytest.raises(BadManifest):
        forged.open(other.public)
    with pytest.raises(BadSignature):
        forged.open(EDGE.public)


def altered(**changes: object) -> bytes:
    read = copy.deepcopy(json.loads(MADE.to_bytes()))
    for name, value in changes.items():
        if value is ...:
            del read[name]
        else:
            read[name] = value
    return json.dumps(read).encode()


SEGMENTS: list[dict[str, Any]] = json.loads(MADE.to_bytes())["segments"]
ZERO = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("format", {"format": "feiyu-manifest/2"}),
        ("block_size", {"block_size": 4096}),
        ("chunk_size", {"chunk_size": 3 * BLOCK_BYTES}),
        ("segment_size", {"segment_size": 3 * BLOCK_BYTES}),
        ("cipher_size", {"plain_size": MADE.plain_size + 1}),
        ("cipher_size", {"cipher_size": MADE.cipher_size - 16}),
        ("plain_size", {"plain_size": -1}),
        ("plain_size", {"plain_size": 1 << 51}),
        ("plain_size", {"plain_size": True}),
        ("cipher_root", {"cipher_root": ZERO}),
        ("cipher_root", {"cipher_root": "AAAA"}),
        ("cipher_root", {"cipher_root": "*" * 44}),
        ("key_commitment", {"key_commitment": None}),
        ("segments", {"segments": SEGMENTS[:-1]}),
        ("segments", {"segments": [SEGMENTS[1], SEGMENTS[0], *SEGMENTS[2:]]}),
        ("segments", {"segments": [{**SEGMENTS[0], "size": 1}, *SEGMENTS[1:]]}),
        ("segments", {"segments": [{**SEGMENTS[0], "more": 1}, *SEGMENTS[1:]]}),
        ("segments", {"segments": ["x"]}),
        ("segments", {"segments": {}}),
        ("cipher_root", {"segments": [{**SEGMENTS[0], "root": ZERO}, *SEGMENTS[1:]]}),
        ("fields", {"fields": [{"name": "x"}]}),
        ("name", {"fields": [{"name": "x" * 2000, "type": "text"}]}),
        ("stripped", {"stripped": [1]}),
        ("rows", {"rows": "12"}),
        (
            "persons",
            {
                "persons": {
                    "lower": 3,
                    "counted": 2,
                    "upper": 3,
                    "sensitive": {"lower": 0, "counted": 0, "upper": 1},
                }
            },
        ),
        ("persons", {"persons": 7}),
        ("persons.sensitive", {"persons": {"lower": 1, "counted": 2, "upper": 3, "sensitive": {}}}),
        ("evidence_level", {"evidence_level": "X"}),
        ("created_at", {"created_at": "2026-11-22T09:00:00"}),
        ("created_at", {"created_at": "yesterday"}),
        ("transfer_id", {"transfer_id": "t" * 200}),
        ("transfer_id", {"transfer_id": 5}),
        ("also", {"also": []}),
        ("also", {"also": [{"party": "pty_1"}]}),
        ("also", {"also": [{"party": "pty_1", "key_id": "ab" * 32}]}),
        ("also", {"also": [{"party": "pty_1", "key_id": "cd" * 32}] * 2}),
        ("also", {"also": [{"party": "pty_1", "key_id": f"{n:064}"} for n in range(9)]}),
        ("key_id", {"also": [{"party": "pty_1", "key_id": 7}]}),
        ("$", {"grant_id": ...}),
        ("$", {"approved": True}),
        ("$", {"rows": 1.5}),
    ],
)
def test_a_manifest_that_lies_or_breaks_a_limit_is_refused_by_field(
    field: str, changes: dict[str, object]
) -> None:
    with pytest.raises(BadManifest) as refused:
        Manifest.from_bytes(altered(**changes))
    assert refused.value.values["field"] == field


def test_an_unknown_suite_and_an_oversized_manifest_are_refused() -> None:
    with pytest.raises(UnknownSuite):
        Manifest.from_bytes(altered(suite="none"))
    with pytest.raises(BadManifest):
        Manifest.from_bytes(b" " * (8 * 1024 * 1024 + 1))
    with pytest.raises(BadManifest):
        Manifest.from_bytes(b"[]")


def test_the_number_of_segments_has_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("feiyu.seal.manifest.MAX_SEGMENTS", 2)
    with pytest.raises(BadManifest) as refused:
        dataclasses.replace(MADE)
    assert refused.value.values["field"] == "segments"
