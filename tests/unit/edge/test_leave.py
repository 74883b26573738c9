"""A leave ends at its persons, its bytes and its instant, each to the one."""

from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from feiyu.base.clock import FixedClock
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import new_id
from feiyu.base.text import Text
from feiyu.edge import lease_store, leave, store
from feiyu.edge.errors import ForgedLease, LeaveOver, NothingToConfirm, TwoPersonsWanted
from feiyu.edge.lease_store import GlassRow, LeaseRow
from feiyu.edge.leave import Leave
from feiyu.edge.model import SCOPE
from feiyu.edge.store import RunRow
from feiyu.edge.trail import EVENTS
from feiyu.registry import journal
from feiyu.registry.leases import LEASE_SIGNED, Lease
from feiyu.registry.terms import Grant, Mode, Signed, Usage
from feiyu.seal.errors import BadSignature
from feiyu.seal.keys import Signer
from feiyu.store import Database
from feiyu_sdk.errors import Unreachable

END = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LEAVE = Leave(id="lea_1", transfer_id="trf_1", persons=10, sensitive=3, size_bytes=1000, not_after=END)


def test_it_covers_exactly_what_it_says() -> None:
    for persons, sensitive, size_bytes, seconds in product(
        (9, 10, 11), (2, 3, 4), (999, 1000, 1001), (-1, 0, 1)
    ):
        now = END + timedelta(seconds=seconds)
        fits = persons <= 10 and sensitive <= 3 and size_bytes <= 1000 and seconds < 0
        try:
            LEAVE.demand(now, persons=persons, sensitive=sensitive, size_bytes=size_bytes)
        except LeaveOver:
            assert not fits
        else:
            assert fits


def test_a_lease_is_read_as_it_was_written_and_not_otherwise() -> None:
    lease = Lease(
        id="lea_1", grant_id="grt_1", transfer_id="trf_1", exporter="pty_1", persons=1, sensitive=0, size_bytes=5,
        not_before=END - timedelta(hours=1), not_after=END,
    )  # fmt: skip
    assert Lease.of_bytes(lease.to_bytes()) == lease
    assert lease.covers(Usage(persons=1, size_bytes=5))
    assert not lease.covers(Usage(persons=1, size_bytes=6))
    with pytest.raises(Exception, match="lease"):
        Lease.of_bytes(lease.to_bytes().replace(b'"persons":1,', b""))


# --- what is written down: leases and break-glass on a database of each kind ----------------------------------------

journal.register(EVENTS)
PORT, STRANGER, OWN = Signer(bytes([1] * 32)), Signer(bytes([2] * 32)), Signer(bytes([3] * 32))
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
ME = new_id("party", NOW)
GRANT = Grant(
    id="grt_1", basis_id="bas_1", agreement_id=None, scenario_id="scn_1", flow_id="flw_1", exporter=ME,
    recipient="pty_2", recipient_key_id="k", recipient_key=bytes(32), country="SG", fields=(), persons_max=10,
    sensitive_max=3, bytes_max=1000, not_before=NOW - timedelta(days=1), not_after=NOW + timedelta(days=2),
    retain_until=NOW + timedelta(days=9), mode=next(iter(Mode)), demo=False,
)  # fmt: skip


@pytest.fixture(scope="module")
def locations() -> list[str]:
    return [journal.MIGRATIONS, "feiyu.registry.migrations", "feiyu.edge.migrations"]


class Away:
    """A port that hands out one lease and is away from then on."""

    lease: Signed

    def __init__(self) -> None:
        self.returned, self.away = list[str](), False

    def ask_lease(self, **_: object) -> dict[str, Any]:
        return {"signed": self.lease.as_dict()}

    def grant(self, ident: str) -> dict[str, Any]:
        if self.away:
            raise Unreachable(url="http://port", reason=Text.same("away"))
        return {"signed": {"of": ident}}

    def return_lease(self, ident: str) -> None:
        self.returned.append(ident)


def signed(document: bytes, prefix: bytes = LEASE_SIGNED, by: Signer = PORT) -> Signed:
    return Signed(document=document, key_id=by.key_id, signature=by.sign(prefix + document))


def lease(**other: Any) -> Lease:
    said = {
        "id": new_id("lease", NOW), "grant_id": "grt_1", "transfer_id": new_id("transfer", NOW), "exporter": ME,
        "persons": 5, "sensitive": 1, "size_bytes": 500, "not_before": NOW, "not_after": NOW + timedelta(hours=4),
    }  # fmt: skip
    return Lease(**said | other)


@pytest.fixture
def edge(db: Database, clock: FixedClock) -> Any:
    """What leave asks of an edge: its database, its clock, its keys."""
    clock.at = NOW
    house = SimpleNamespace(
        db=db, clock=clock, party_id=ME, cipher=journal.BodyCipher({"jrn-1": bytes(32)}, "jrn-1")
    )
    keys, port = SimpleNamespace(grant_public=PORT.public, signer=OWN), Away()
    return SimpleNamespace(house=house, keys=keys, port=port, grant=replace(GRANT, id=new_id("grant", NOW)))


def free(edge: Any) -> Leave | None:
    return edge.house.db.write(
        lambda tx: leave._free(edge, tx, edge.grant, edge.house.clock.now()), scope=SCOPE
    )


def ask(edge: Any, *, prefix: bytes = LEASE_SIGNED, by: Signer = PORT, key_id: str = "", **other: Any) -> str:
    """Keep the lease that the port answers."""
    given = signed(lease(**{"grant_id": edge.grant.id} | other).to_bytes(), prefix, by)
    edge.port.lease = replace(given, key_id=key_id or given.key_id)
    return leave.ask(edge, grant_id=edge.grant.id, usage=Usage(persons=5, size_bytes=500), hours=4).id


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"by": STRANGER}, ForgedLease),
        ({"by": STRANGER, "key_id": PORT.key_id}, BadSignature),
        ({"prefix": b""}, BadSignature),
        ({"exporter": "pty_9"}, ForgedLease),
        ({"grant_id": "grt_9"}, ForgedLease),
    ],
)
def test_a_lease_that_is_not_this_edges_is_neither_kept_nor_used(
    edge: Any, given: dict[str, Any], refusal: Any
) -> None:
    with pytest.raises(refusal):
        ask(edge, **given)
    assert free(edge) is None


def test_a_lease_is_looked_at_again_when_it_is_used(edge: Any) -> None:
    """Who can write into the edge's database cannot make a lease there."""
    wide = signed(lease(grant_id=edge.grant.id, persons=10**6).to_bytes(), by=STRANGER)
    row = LeaseRow(
        id=new_id("lease", NOW), owner_party=ME, grant_id=edge.grant.id, document=wide.document, key_id=PORT.key_id,
        signature=wide.signature, state="held", run_id=None, got_at=NOW, grant={},
    )  # fmt: skip
    edge.house.db.write(lambda tx: lease_store.add_lease(tx, row), scope=SCOPE)
    with pytest.raises(BadSignature):
        free(edge)


@pytest.mark.parametrize(("hours", "there"), [(-0.001, False), (0, True), (3.999, True), (4, False)])
def test_a_lease_gives_leave_from_its_first_instant_to_before_its_last(
    edge: Any, hours: float, there: bool
) -> None:
    kept = ask(edge)
    edge.house.clock.at = NOW + timedelta(hours=hours)
    found = free(edge)
    assert (found is not None) is there
    if found:
        assert (found.id, found.persons, found.sensitive, found.size_bytes) == (kept, 5, 1, 500)


def test_a_lease_that_was_given_back_gives_no_leave_and_the_port_is_told(edge: Any) -> None:
    kept = ask(edge)
    leave.give_back(edge, kept)
    assert (free(edge), edge.port.returned) == (None, [kept])


def glass(edge: Any, **other: Any) -> GlassRow:
    said = {"grant_id": edge.grant.id, "ground": "g" * 10, "persons": 5, "size_bytes": 500, "by": "prn_1"}
    return leave.break_glass(edge, **said | other)


@pytest.mark.parametrize(
    "wrong",
    [{"ground": "g" * 9}, {"ground": " " * 30}, {"ground": "g" * 501}, {"persons": -1}, {"size_bytes": 0}],
)
def test_a_break_glass_names_its_ground_and_its_limits(edge: Any, wrong: dict[str, Any]) -> None:
    with pytest.raises(BadInput):
        glass(edge, **wrong)
    asked = glass(edge, ground="g" * 500, persons=0, size_bytes=1)
    assert (asked.state, free(edge)) == ("asked", None)


def test_a_break_glass_wants_a_second_person_within_a_day_and_lasts_a_day(edge: Any) -> None:
    asked, late, clock = glass(edge), glass(edge), edge.house.clock
    with pytest.raises(TwoPersonsWanted):
        leave.confirm_glass(edge, glass_id=asked.id, by="prn_1")
    with pytest.raises(NotFound):
        leave.confirm_glass(edge, glass_id="brk_none", by="prn_2")
    assert free(edge) is None
    clock.at = NOW + timedelta(hours=24)
    assert leave.confirm_glass(edge, glass_id=asked.id, by="prn_2").state == "open"
    with pytest.raises(NothingToConfirm, match="already"):
        leave.confirm_glass(edge, glass_id=asked.id, by="prn_3")
    clock.at += timedelta(seconds=1)
    with pytest.raises(NothingToConfirm, match="24 hours ago"):
        leave.confirm_glass(edge, glass_id=late.id, by="prn_2")
    found = free(edge)
    assert found is not None
    assert found.is_glass
    assert (found.id, found.persons, found.sensitive, found.size_bytes) == (asked.id, 5, 3, 500)
    assert found.not_after == GRANT.not_after  # no longer than the grant
    leave.give_back(edge, asked.id)  # nothing has used it
    clock.at = NOW + timedelta(hours=48, seconds=-1)
    assert free(edge) == found
    clock.at = NOW + timedelta(hours=48)
    assert free(edge) is None
    edge.house.db.write(lambda tx: lease_store.set_glass(tx, late.id, state="over"), scope=SCOPE)
    with pytest.raises(NothingToConfirm, match="ended"):
        leave.confirm_glass(edge, glass_id=late.id, by="prn_2")
    assert edge.port.returned == []


def run(edge: Any, **other: Any) -> RunRow:
    """A run that waits for the port."""
    empty = {field.name: None for field in fields(RunRow)}
    said = {
        "id": new_id("run", NOW), "owner_party": ME, "grant_id": edge.grant.id, "grant": signed(edge.grant.to_bytes()).as_dict(),
        "path": "/d", "dropped": [], "state": "waiting", "masked_from": {}, "rows": 0, "plain_bytes": 0, "cipher_bytes": 0,
        "started_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    row = RunRow(**empty | said | other)
    edge.house.db.write(lambda tx: store.add_run(tx, row), scope=SCOPE)
    return row


@pytest.mark.parametrize("glassy", [False, True])
def test_one_leave_carries_one_run(edge: Any, glassy: bool) -> None:
    """Who takes it has written it down: the next run waits, and this one finds its leave again."""
    kept = glass(edge).id if glassy else ask(edge)
    if glassy:
        leave.confirm_glass(edge, glass_id=kept, by="prn_2")
    first, second = run(edge), run(edge)
    taken = leave.take(edge, first, edge.grant)
    assert taken is not None
    assert (taken.id, taken.is_glass) == (kept, glassy)
    assert leave.take(edge, second, edge.grant) is None
    with edge.house.db.read(scope=SCOPE) as tx:
        again, waiting = store.run_of(tx, first.id), store.run_of(tx, second.id)
    assert again is not None
    assert waiting is not None
    assert (again.leave_id, again.leave_until, again.transfer_id) == (
        kept,
        taken.not_after,
        taken.transfer_id,
    )
    assert leave.of_run(edge, again) == taken
    assert leave.of_run(edge, waiting) is None
    leave.give_back(edge, kept)
    assert leave.take(edge, second, edge.grant) is None
    assert edge.port.returned == ([] if glassy else [kept])


def test_away_from_the_port_a_grant_is_known_by_its_own_lease_or_run_alone(edge: Any) -> None:
    assert leave.known_grant(edge, edge.grant.id) == {"of": edge.grant.id}
    other = replace(edge.grant, id=new_id("grant", NOW))
    run(edge, grant_id=other.id, grant={"of": other.id})
    edge.port.away = True
    with pytest.raises(Unreachable):
        leave.known_grant(edge, edge.grant.id)
    edge.port.away = False
    ask(edge)
    edge.port.away = True
    assert leave.known_grant(edge, edge.grant.id) == {"of": edge.grant.id}
    assert leave.known_grant(edge, other.id) == {"of": other.id}
