"""Entries and bodies: what is public, what is bound, what is refused."""

import base64
import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu._native import leaves as lanes
from feiyu.base import canonical
from feiyu.evidence.entry import (
    FIRST_PREVIOUS,
    MAX_SEQ,
    Body,
    Entry,
    chained,
    commitment,
    commitments,
    event_bodies,
    event_body,
    hour_of,
    new_salt,
    packed,
    pseudonym,
    unpacked,
)
from feiyu.evidence.errors import BadEntry

AT = datetime(2026, 11, 22, 17, 59, 59, tzinfo=timezone(timedelta(hours=8)))
ENTRY = Entry(source="edge-0001", seq=0, previous=FIRST_PREVIOUS, hour="2026-11-22T09Z", commitment=bytes(32))


def test_the_public_entry_holds_six_fields_and_nothing_else():
    found = json.loads(ENTRY.encode())
    assert sorted(found) == ["c", "hour", "prev", "seq", "src", "v"]
    assert ENTRY.encode() == canonical.dumps(found)
    assert Entry.parse(ENTRY.encode()) == ENTRY


def test_an_entry_names_the_one_before():
    before = ENTRY.encode()
    after = Entry(
        source="edge-0001",
        seq=1,
        previous=hashlib.sha256(before).digest(),
        hour="2026-11-22T09Z",
        commitment=bytes(32),
    )
    assert after.successor_of(before)
    assert not ENTRY.successor_of(before)


def test_the_commitment_binds_salt_and_body():
    salt, body = new_salt(), b"body"
    found = commitment(salt, body)
    assert found == hashlib.sha256(b"feiyu/event/v1\n" + salt + body).digest()
    assert found != commitment(new_salt(), body)
    assert found != commitment(salt, b"other")
    with pytest.raises(BadEntry, match="salt"):
        commitment(b"short", body)


@pytest.mark.parametrize("by_lane", [True, False])
def test_many_commitments_entries_and_bodies_are_those_of_one_by_one(
    by_lane: bool, monkeypatch: pytest.MonkeyPatch
):
    if not by_lane:
        monkeypatch.setattr(lanes, "chain", lambda *_: None)
    of = {"type": "a.b", "at": AT, "party": "pty_1", "refs": {"x": "{}"}}
    data = [{"count": 10**n, "a": "张" * (n % 3)} for n in range(12) for _ in range(20)]
    bodies = event_bodies(data, **of)
    assert bodies == [event_body(**of, data=said) for said in data]
    salts = [new_salt() for _ in bodies]
    salted = [salt + body for salt, body in zip(salts, bodies, strict=True)]
    found = commitments(salted)
    assert found == [commitment(salt, body) for salt, body in zip(salts, bodies, strict=True)]
    same = {"source": "edge-0001", "hour": hour_of(AT)}
    many = {**same, "salted": packed(salted), "count": len(salted)}
    entries, last = chained(**many, seq=0, previous=FIRST_PREVIOUS)
    previous = FIRST_PREVIOUS
    for seq, (entry, committed) in enumerate(zip(unpacked(entries, len(found)), found, strict=True)):
        assert entry == Entry(**same, seq=seq, previous=previous, commitment=committed).encode()
        previous = hashlib.sha256(entry).digest()
    assert last == previous
    with pytest.raises(BadEntry, match="salt"):
        commitments([b"short"])
    for wrong in (
        {"seq": 1, "previous": FIRST_PREVIOUS},
        {"seq": MAX_SEQ - 2, "previous": last},
        {"seq": 5, "previous": last, "source": "%b%b%b%b"},
        {"seq": 5, "previous": last[1:]},
        {"seq": 5, "previous": last, "salted": packed([bytes(31)]), "count": 1},
    ):
        with pytest.raises(BadEntry):
            chained(**{**many, **wrong})


@given(st.lists(st.binary(min_size=32, max_size=300), min_size=1, max_size=70), st.integers(1, 10**12))
def test_the_lane_chains_as_the_reference_does(salted: list[bytes], seq: int):
    previous, line = bytes(range(32)), [b"a", b"bc", b"", b"d" * 100]
    done = lanes.chain(packed(salted)[: 4 * len(salted)], b"".join(salted), b"prefix", line, seq, previous)
    entries = []
    for number, each in enumerate(salted, seq):
        hashes = (hashlib.sha256(b"prefix" + each).digest(), previous)
        one, two = map(base64.b64encode, hashes)
        entries.append(b"a" + one + b"bc" + two + b"%d" % number + b"d" * 100)
        previous = hashlib.sha256(entries[-1]).digest()
    expected = (packed(entries), previous)
    assert done == (expected if lanes.can(4) and min(map(len, salted)) >= lanes.MIN_BYTES else None)
    for lie in (b"".join(salted)[:-1], b"".join(salted) + b"x", b""):
        assert lanes.chain(packed(salted)[: 4 * len(salted)], lie, b"prefix", line, seq, bytes(32)) is None


@given(st.lists(st.binary(max_size=40), max_size=70))
def test_what_was_packed_comes_out_again(each: list[bytes]):
    data = packed(each)
    assert unpacked(data, len(each)) == each
    for spoiled in (data[:-1], data + b"x", data[:3]) if each else (b"x",):
        with pytest.raises(BadEntry):
            unpacked(spoiled, len(each))


def test_hours_are_utc():
    assert hour_of(AT) == "2026-11-22T09Z"


def test_a_pseudonym_is_stable_and_tells_nothing():
    name = pseudonym(b"k" * 32, "edge of pty_1")
    assert name == pseudonym(b"k" * 32, "edge of pty_1")
    assert name != pseudonym(b"q" * 32, "edge of pty_1")
    assert "pty" not in name
    Entry(source=name, seq=0, previous=FIRST_PREVIOUS, hour="2026-11-22T09Z", commitment=bytes(32))


@pytest.mark.parametrize(
    "change",
    [
        {"source": "short"},
        {"source": "x" * 65},
        {"source": "has space here"},
        {"seq": -1},
        {"seq": 1},
        {"previous": b"x" * 32},
        {"previous": bytes(31)},
        {"commitment": b""},
        {"hour": "2026-11-22T09"},
        {"hour": "2026-11-22 09Z"},
    ],
)
def test_what_is_no_entry_is_not_made(change):
    fields = {f: getattr(ENTRY, f) for f in ("source", "seq", "previous", "hour", "commitment")}
    with pytest.raises(BadEntry):
        Entry(**(fields | change))


@pytest.mark.parametrize(
    "change",
    [
        {"v": 2},
        {"v": True},
        {"src": 7},
        {"seq": "0"},
        {"seq": 2**60},
        {"prev": "!"},
        {"prev": None},
        {"hour": 9},
        {"c": 1},
        {"c": "AAAA"},
        {"more": "x"},
    ],
)
def test_what_is_no_entry_is_not_read(change):
    with pytest.raises(BadEntry):
        Entry.parse(json.dumps(json.loads(ENTRY.encode()) | change).encode())


def test_another_spelling_of_an_entry_is_not_read():
    with pytest.raises(BadEntry, match="canonical"):
        Entry.parse(json.dumps(json.loads(ENTRY.encode())).encode())
    with pytest.raises(BadEntry, match="over"):
        Entry.parse(b" " * 2000 + ENTRY.encode())


def test_bodies_read_back():
    body = event_body(type="grant.issued", at=AT, party="pty_1", refs={"grant": "grt_1"}, data={"n": 1})
    read = Body.parse(body)
    assert read.type == "grant.issued"
    assert read.at == datetime(2026, 11, 22, 9, 59, 59, tzinfo=UTC)
    assert (read.party, dict(read.refs), dict(read.data)) == ("pty_1", {"grant": "grt_1"}, {"n": 1})


@pytest.mark.parametrize(
    "change",
    [{"v": 2}, {"type": 1}, {"at": "now"}, {"at": "2026-11-22T09:00:00"}, {"refs": []}, {"refs": {"a": 1}}, {"data": 1}, {"x": 1}],
)  # fmt: skip
def test_what_is_no_body_is_not_read(change):
    body = event_body(type="grant.issued", at=AT, party="pty_1", refs={}, data={})
    with pytest.raises(BadEntry):
        Body.parse(json.dumps(json.loads(body) | change).encode())
