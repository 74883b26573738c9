"""Bytes from strangers: whatever comes, the answer is a refusal with a code, never a fault."""

import contextlib
import json
import struct
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feiyu.base.errors import FeiyuError
from feiyu.base.persons import Three
from feiyu.seal import (
    BLOCK_BYTES,
    Geometry,
    KeyStore,
    Manifest,
    Persons,
    RecipientKey,
    RecipientPublic,
    Sealer,
    SealingWriter,
    SealJournal,
    TransferSecret,
    Wrap,
    unwrap,
    wrap,
)

KEY = RecipientKey.generate("X25519")
SECRET = TransferSecret(bytes(32), bytes(range(32)))
WRAP = wrap(SECRET, KEY.public, transfer_id="t", pinned_key_id=KEY.key_id).to_bytes()
NONE = Three(lower=0, counted=0, upper=0)


def manifest() -> bytes:
    geometry = Geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=2 * BLOCK_BYTES)
    writer = SealingWriter(Sealer(SECRET, transfer_id="t", geometry=geometry), lambda _: None)
    writer.write(bytes(3 * BLOCK_BYTES))
    said: dict[str, Any] = dict.fromkeys(
        ("transfer_id", "grant_id", "basis_id", "flow_id", "exporter", "recipient", "recipient_key_id", "edge_key_id"), "x"
    )  # fmt: skip
    return Manifest.of_sealed(
        writer.finish(), geometry=geometry, **said, suite="intl", fields=(("a", "text"),), stripped=("b",), rows=1,
        persons=Persons(lower=0, counted=0, upper=0, sensitive=NONE), evidence_level="S", content_format="csv",
        created_at="2026-11-22T09:00:00.000Z",
    ).to_bytes()  # fmt: skip


MANIFEST = manifest()
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoiled(draw: st.DrawFn, whole: bytes) -> bytes:
    """``whole`` cut, flipped, doubled, or with one of its values replaced."""
    at = draw(st.integers(0, len(whole) - 1))
    match draw(st.sampled_from(["cut", "flip", "insert", "replace"])):
        case "cut":
            return whole[:at]
        case "flip":
            return whole[:at] + bytes([whole[at] ^ draw(st.integers(1, 255))]) + whole[at + 1 :]
        case "insert":
            return whole[:at] + draw(st.binary(max_size=20)) + whole[at:]
        case _:
            read = json.loads(whole)
            read[draw(st.sampled_from(sorted(read)))] = draw(json_values)
            return json.dumps(read).encode()


@settings(max_examples=400, deadline=None)
@given(spoiled(MANIFEST))
def test_no_manifest_is_a_fault(data: bytes) -> None:
    with contextlib.suppress(FeiyuError):
        read = Manifest.from_bytes(data)
        assert Manifest.from_bytes(read.to_bytes()) == read


@settings(max_examples=300, deadline=None)
@given(spoiled(WRAP))
def test_no_wrap_is_a_fault_and_none_opens_to_another_secret(data: bytes) -> None:
    with contextlib.suppress(FeiyuError):
        assert unwrap(Wrap.from_bytes(data), KEY, transfer_id="t").secret == SECRET


@settings(max_examples=200)
@given(st.text(max_size=80) | st.text(max_size=60).map(lambda text: "feiyu-key:X25519:" + text))
def test_no_key_text_is_a_fault(text: str) -> None:
    with contextlib.suppress(FeiyuError):
        assert RecipientPublic.decode(text).fingerprint


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_keystore_file_is_a_fault(data: st.DataObject, tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.unlink(missing_ok=True)
    KeyStore.create(path, b"x", scrypt_n=16)
    path.write_bytes(data.draw(spoiled(path.read_bytes())))
    with contextlib.suppress(FeiyuError):
        assert KeyStore.open(path, b"x").keys() == ()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rest=st.binary(max_size=300), chunk=st.integers(0, 2**64 - 1))
def test_no_journal_is_a_fault(rest: bytes, chunk: int, tmp_path: Path) -> None:
    path = tmp_path / "journal"
    path.write_bytes(b"feiyu-seal-journal/1\nt\n" + struct.pack(">Q", chunk) + rest)
    with contextlib.suppress(FeiyuError), SealJournal(path, transfer_id="t") as journal:
        assert journal.chunks == ()
