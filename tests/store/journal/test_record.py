"""Events beside their change: chains, content, bodies at rest."""

import base64
import hashlib
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise

import pytest
from sqlalchemy import exc, text

from feiyu.base import canonical
from feiyu.base.clock import FixedClock
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.evidence.entry import Entry, commitment
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.receipt import SIGNATURE_PREFIX, sign_body
from feiyu.registry import journal
from feiyu.registry.journal.block import open_row, unpack, whole
from feiyu.registry.journal.errors import BadEvent, BodyUnreadable, EventTypeTaken, UnknownEvent
from feiyu.registry.journal.model import EventType, Kind
from feiyu.store import Database, Scope

pytestmark = pytest.mark.slow
ALL = Scope.all("test")
MINE = Scope.of(PartyId("pty_A"))


def entries(db: Database, source: str) -> list[bytes]:
    query = text("SELECT entry, events FROM journal_event WHERE source = :s ORDER BY seq")
    with db.read(scope=ALL) as tx:
        return [entry for row in tx.execute(query, {"s": source}) for entry in unpack(*row)]


def test_an_event_stands_exactly_if_its_change_does(db: Database, made: Callable, source: str):
    first = db.write(made(), scope=MINE)

    def fails(tx):
        made()(tx)
        raise KeyError

    with pytest.raises(KeyError):
        db.write(fails, scope=MINE)
    second = db.write(made(), scope=MINE)
    assert (first.seq, second.seq) == (0, 1)
    assert len(entries(db, source)) == 2


def test_each_entry_names_the_one_before(db: Database, made: Callable, source: str):
    for n in range(5):
        db.write(made(n), scope=MINE)
    found = entries(db, source)
    parsed = [Entry.parse(each) for each in found]
    assert [each.seq for each in parsed] == list(range(5))
    assert parsed[0].previous == bytes(32)
    assert all(after.successor_of(before) for before, after in zip(found, parsed[1:], strict=False))


def test_several_events_in_one_transaction_are_one_chain(db: Database, made: Callable, source: str):
    def three(tx):
        return [made(n)(tx).seq for n in range(3)]

    assert db.write(three, scope=MINE) == [0, 1, 2]
    assert len(entries(db, source)) == 3


def test_many_writers_of_one_source_leave_no_gap(db: Database, made: Callable, source: str):
    with ThreadPoolExecutor(8) as pool:
        refs = [done.result() for done in [pool.submit(db.write, made(n), scope=MINE) for n in range(64)]]
    assert sorted(ref.seq for ref in refs) == list(range(64))
    found = entries(db, source)
    assert all(Entry.parse(b).successor_of(a) for a, b in pairwise(found))


def test_the_public_entry_tells_nothing(db: Database, made: Callable, source: str):
    ref = db.write(made(4711, transfer="trf_SECRET"), scope=MINE)
    public = json.loads(entries(db, source)[0])
    assert set(public) == {"v", "src", "seq", "prev", "hour", "c"}
    assert public["hour"] == "2026-11-22T01Z"
    for secret in ("pty_A", "trf_SECRET", "4711", "test.made", ref.event_id):
        assert secret not in entries(db, source)[0].decode()


def test_body_and_salt_are_unreadable_at_rest_and_open_with_the_key(
    db: Database, made: Callable, keys: journal.BodyCipher
):
    ref = db.write(made(31337), scope=MINE)
    with db.read(scope=ALL) as tx:
        row = tx.execute(
            text("SELECT body, salt, entry FROM journal_event WHERE event_id = :e"), {"e": ref.event_id}
        ).one()
        event = journal.event_of(tx, keys, ref.event_id)
    assert event is not None
    assert b"31337" not in bytes(row.body)
    assert b"31337" in event.body
    assert event.salt not in bytes(row.salt)
    assert json.loads(row.entry)["c"] == base64.b64encode(commitment(event.salt, event.body)).decode()
    assert (
        commitment(event.salt, event.body)
        == hashlib.sha256(b"feiyu/event/v1\n" + event.salt + event.body).digest()
    )
    assert (event.type, event.data, event.owner_party) == ("test.made", {"count": 31337}, "pty_A")


def test_two_equal_events_have_different_commitments(db: Database, made: Callable, source: str):
    db.write(made(1), scope=MINE)
    db.write(made(1), scope=MINE)
    one, two = (Entry.parse(each).commitment for each in entries(db, source))
    assert one != two


def test_another_key_or_a_swapped_row_does_not_open(db: Database, made: Callable, keys: journal.BodyCipher):
    ref = db.write(made(), scope=MINE)
    for wrong in (
        journal.BodyCipher({"jrn-2": bytes(32)}, "jrn-2"),
        journal.BodyCipher({"jrn-1": bytes(32)}, "jrn-1"),
    ):
        with db.read(scope=ALL) as tx, pytest.raises(BodyUnreadable):
            journal.event_of(tx, wrong, ref.event_id)
    sealed = keys.seal(b"plain", event_id="evt_1", part="body")
    assert keys.open(sealed, key_id="jrn-1", event_id="evt_1", part="body") == b"plain"
    for event_id, part in (("evt_2", "body"), ("evt_1", "salt")):
        with pytest.raises(BodyUnreadable):
            keys.open(sealed, key_id="jrn-1", event_id=event_id, part=part)


def test_a_rotated_key_leaves_old_events_readable(
    db: Database, made: Callable, keys, clock: FixedClock, source: str
):
    old = db.write(made(1), scope=MINE)
    both = journal.BodyCipher({**keys.keys, "jrn-9": bytes([9]) * 32}, "jrn-9")
    same = {"source": source, "type": "test.made", "at": clock.now(), "owner": PartyId("pty_A"), "refs": {}}
    new = db.write(lambda tx: journal.record(tx, keys=both, **same, data={"count": 2}), scope=MINE)
    with db.read(scope=ALL) as tx:
        assert [journal.event_of(tx, both, ref.event_id).data["count"] for ref in (old, new)] == [1, 2]
        with pytest.raises(BodyUnreadable, match="not in the keystore"):
            journal.event_of(tx, keys, new.event_id)


@pytest.mark.parametrize(
    ("refs", "data", "reason"),
    [
        ({}, {}, "count is missing"),
        ({}, {"count": -1}, "count is not a count"),
        ({}, {"count": True}, "count is not a count"),
        ({}, {"count": "1"}, "count is not a count"),
        ({}, {"count": 1, "name": "x"}, "name is not declared"),
        ({}, {"count": 1, "digest": "张三"}, "digest is not a digest"),
        ({}, {"count": 1, "digest": 5}, "digest is not a digest"),
        ({"party": "pty_B"}, {"count": 1}, "party is not declared"),
        ({"transfer": "two words"}, {"count": 1}, "not an id"),
        ({"transfer": ""}, {"count": 1}, "not an id"),
        ({}, {"count": 1, "demo": "yes"}, "demo is not declared"),
    ],
)
def test_what_a_type_does_not_declare_is_refused(
    db: Database, keys, clock: FixedClock, source: str, refs, data, reason
):
    def fn(tx):
        return journal.record(
            tx, keys=keys, source=source, type="test.made", at=clock.now(), owner=PartyId("pty_A"), refs=refs, data=data
        )  # fmt: skip

    with pytest.raises(BadEvent, match=reason):
        db.write(fn, scope=MINE)
    assert entries(db, source) == []


def test_many_events_are_as_recorded_one_by_one(
    db: Database, made: Callable, keys, clock: FixedClock, source: str
):
    refs = {"transfer": "trf_MANY"}
    many = {"source": source, "type": "test.made", "at": clock.now(), "owner": PartyId("pty_A"), "refs": refs}
    db.write(made(0, **refs), scope=MINE)
    said = [{"count": 10 ** (n % 7)} for n in range(150)]
    done = db.write(lambda tx: journal.record_many(tx, keys=keys, **many, data=said), scope=MINE)
    db.write(made(5, **refs), scope=MINE)
    assert [ref.seq for ref in done] == list(range(1, 151))
    found = entries(db, source)
    assert all(Entry.parse(b).successor_of(a) for a, b in pairwise(found))
    with db.read(scope=MINE) as tx:
        events = journal.events_about(tx, keys, "transfer", "trf_MANY")
        query = text("SELECT next_seq, last_hash FROM journal_source WHERE source = :s")
        assert tuple(tx.execute(query, {"s": source}).one()) == (152, hashlib.sha256(found[-1]).digest())
    assert [event.event_id for event in events[1:-1]] == [ref.event_id for ref in done]
    assert [event.data for event in events[1:-1]] == said
    for event, entry in zip(events, found, strict=True):
        assert Entry.parse(entry).commitment == commitment(event.salt, event.body)
        assert canonical.dumps(json.loads(event.body)) == event.body
    assert len({event.salt for event in events}) == 152
    assert db.write(lambda tx: journal.record_many(tx, keys=keys, **many, data=[]), scope=MINE) == []
    with pytest.raises(BadEvent, match="missing"):
        db.write(lambda tx: journal.record_many(tx, keys=keys, **many, data=[said[0], {}]), scope=MINE)
    assert len(entries(db, source)) == 152


def test_where_changes_follow_each_other_an_event_has_its_place_at_once(
    db: Database, made: Callable, source: str
):
    """Also behind one that was recorded before places were given so; on PostgreSQL places are the sequencer's."""
    columns = "owner_party, source, type, at, key_id, body, salt, signatures, entry"
    old = f"INSERT INTO journal_event ({columns}, event_id, seq) SELECT {columns}, :e, 99 FROM journal_event WHERE event_id = :o"
    first = db.write(made(), scope=MINE)
    db.write(lambda tx: tx.execute(text(old), {"e": f"evt_{source}", "o": first.event_id}), scope=ALL)
    db.write(made(), scope=MINE)
    with pytest.raises(KeyError):
        db.write(lambda tx: (made()(tx), {}["undone"]), scope=MINE)
    db.write(made(), scope=MINE)
    with db.read(scope=ALL) as tx:
        query = text("SELECT log_index FROM journal_event WHERE source = :s ORDER BY ordinal")
        places = list(tx.execute(query, {"s": source}).scalars())
    assert places == ([None] * 4 if db.kind == "postgresql" else list(range(places[0], places[0] + 4)))


def test_an_event_recorded_in_two_ciphertexts_opens(keys: journal.BodyCipher):
    salt, body = bytes(range(32)), b"{}"
    of = {"key_id": "jrn-1", "event_id": "evt_1"}
    two = [keys.seal(plain, event_id="evt_1", part=part) for plain, part in ((body, "body"), (salt, "salt"))]
    one = keys.seal(salt + body, event_id="evt_1", part=whole(1))

    def opened(body: bytes, salt: bytes) -> bytes:
        return open_row({**of, "body": body, "salt": salt, "events": 1}, keys)

    assert opened(*two) == opened(one, b"") == salt + body
    for mixed in ((one, two[1]), (two[0], b""), (two[1], two[0]), (one[:-1], b""), (b"", two[1])):
        with pytest.raises(BodyUnreadable):
            opened(*mixed)


def test_an_unknown_type_is_refused(db: Database, keys, clock: FixedClock, source: str):
    def fn(tx):
        return journal.record(
            tx, keys=keys, source=source, type="test.unheard", at=clock.now(), owner=PartyId("pty_A"), refs={}, data={}
        )  # fmt: skip

    with pytest.raises(UnknownEvent):
        db.write(fn, scope=MINE)


def test_an_id_is_no_pseudonym(db: Database, made: Callable):
    with pytest.raises(BadEvent, match="pseudonym"):
        db.write(made(by="pty_01M81B9V4S5S6S7S8S9S0S1S2S"), scope=MINE)


KINDS = [
    (Kind.WORD, ["a", "GB/T-43697", "cn/pipl-2021#38", "a@b:c_d+e"], ["", "a b", "张", "x" * 201, 1, None]),
    (Kind.DIGEST, ["0" * 64, "A" * 43 + "=", "a" * 32], ["", "zz", "g" * 20, 7]),
    (
        Kind.INSTANT,
        ["2026-11-22T09:00:00.000Z", "2026-11-22T17:00:00+08:00"],
        ["2026-11-22T09:00:00", "soon", 1],
    ),
    (Kind.DAY, ["2026-11-22"], ["2026-1-2", "today", 20261122]),
    (Kind.COUNT, [0, 2**52], [-1, True, "1", 1.0]),
    (Kind.INTEGER, [0, -5], [False, "x", 1.5]),
    (Kind.FLAG, [True, False], [0, "true", None]),
    (Kind.TITLE, ["任何文字", ""], ["x" * 501, 3]),
    (Kind.WORDS, [[], ["a", "b"], ("a",)], ["a", ["a b"], [1], ["a"] * 1001]),
    (Kind.COUNTS, [{}, {"a": 1}], [{"a": -1}, {"a b": 1}, {"a": "1"}, [1]]),
]


@pytest.mark.parametrize(("kind", "good", "bad"), KINDS)
def test_kinds_of_data(kind: Kind, good: list, bad: list):
    each = EventType(name="test.kind", title=Text("类型", "kind"), data={"x": kind})
    for value in good:
        each.check_data({"x": value})
    for value in bad:
        with pytest.raises(BadEvent):
            each.check_data({"x": value})


def test_every_kind_is_tried():
    assert {kind for kind, _, _ in KINDS} == set(Kind)


def test_a_name_has_one_meaning():
    one = EventType(name="test.once", title=Text("一", "one"))
    journal.register([one, one])
    assert one in journal.event_types()
    with pytest.raises(EventTypeTaken):
        journal.register([EventType(name="test.once", title=Text("二", "two"))])
    with pytest.raises(AssertionError):
        EventType(name="Not A Name", title=Text("三", "three"))
    with pytest.raises(AssertionError):
        EventType(name="test.three", title=Text("三", "three"), optional=frozenset({"absent"}))


def test_signatures_over_the_body(db: Database, keys, clock: FixedClock, source: str):
    signer = Ed25519Signer(bytes(32))

    def fn(tx):
        return journal.record(
            tx, keys=keys, source=source, type="test.made", at=clock.now(), owner=PartyId("pty_A"), refs={},
            data={"count": 1}, sign=[lambda body: sign_body(body, role="port", key_id="key_P", signer=signer)],
            signatures=[{"role": "edge", "key_id": "key_E", "algorithm": "Ed25519", "signature": "AA=="}],
        )  # fmt: skip

    ref = db.write(fn, scope=MINE)
    with db.read(scope=MINE) as tx:
        event = journal.event_of(tx, keys, ref.event_id)
    assert [each["role"] for each in event.signatures] == ["edge", "port"]
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    public = Ed25519PublicKey.from_public_bytes(signer.public)
    public.verify(base64.b64decode(event.signatures[1]["signature"]), SIGNATURE_PREFIX + event.body)


def test_events_are_found_by_what_they_speak_of_and_by_page(
    db: Database, made: Callable, keys, clock: FixedClock, source: str
):
    refs = []
    for n in range(6):
        refs.append(db.write(made(n, transfer=f"trf_{source}", grant=f"grt_{n}"), scope=MINE))
        clock.advance(timedelta(seconds=1))
    db.write(made(99, owner="pty_B", transfer=f"trf_{source}"), scope=Scope.of(PartyId("pty_B")))
    with db.read(scope=MINE) as tx:
        about = journal.events_about(tx, keys, "transfer", f"trf_{source}")
        assert [event.data["count"] for event in about] == list(range(6))
        assert [
            e.event_id for e in journal.events_about(tx, keys, "grant", "grt_3") if e.source == source
        ] == [refs[3].event_id]
        page = journal.newest_events(tx, keys, limit=4)
        assert [event.data["count"] for event in page] == [5, 4, 3, 2]
        after = journal.newest_events(tx, keys, limit=2, before=page[-1].ordinal, kind="test.made")
        assert [event.data["count"] for event in after] == [1, 0]
        assert journal.newest_events(tx, keys, kind="test.other") == ()
    with db.read(scope=ALL) as tx:
        assert len(journal.events_about(tx, keys, "transfer", f"trf_{source}")) == 7
    with db.read(scope=Scope.of(PartyId("pty_C"))) as tx:
        assert journal.event_of(tx, keys, refs[0].event_id) is None


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM journal_event WHERE event_id = :e",
        "UPDATE journal_event SET entry = body WHERE event_id = :e",
        "UPDATE journal_event SET owner_party = 'pty_B' WHERE event_id = :e",
        "DELETE FROM journal_ref WHERE event_id = :e",
        "UPDATE journal_ref SET value = 'x' WHERE event_id = :e",
    ],
)
def test_the_database_refuses_to_change_the_past(db: Database, made: Callable, statement: str):
    ref = db.write(made(transfer="trf_1"), scope=MINE)
    with pytest.raises(exc.DBAPIError, match="append only"):
        db.write(lambda tx: tx.execute(text(statement), {"e": ref.event_id}), scope=ALL)
