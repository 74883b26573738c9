"""What the edge may do while the port is out of reach: seal one transfer inside a lease, or under a break-glass of two persons.

Under a **lease** everything is done that a transfer does at this edge (strip, inspect, count, seal, sign), and the sealed bytes wait here.
Nothing has crossed: the recipient's key is released by the port alone, once bytes and evidence have come home.
A **break-glass** is for what cannot wait: two persons of the exporter, a ground, one transfer; its sealed bundle is handed out here, so it
crosses then and there, is in the ledger at once, and is reported to the port, where the authority's workbench shows it until noted.

Rules this module keeps:
 * a lease is believed only under the pinned grant key, for this exporter, this grant; one lease carries one run, which is written down
   in the transaction that takes it;
 * outside its persons, bytes or time nothing goes on; what ends it, ends it without the port;
 * a break-glass is confirmed by another person than the one who asked, who holds another seat of the exporter;
 * without either, the edge waits.

Source: DESIGN invariant 1; ADR 0112.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from feiyu.base import nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import new_id
from feiyu.base.text import Text
from feiyu.edge import lease_store, store
from feiyu.edge.errors import ForgedLease, LeaveOver, NothingToConfirm, TwoPersonsWanted
from feiyu.edge.lease_store import GlassRow, LeaseRow
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.store import RunRow
from feiyu.edge.trail import tell
from feiyu.registry.identity import store as identities
from feiyu.registry.leases import LEASE_SIGNED, Lease
from feiyu.registry.terms import Grant, Signed, Usage
from feiyu.seal import keys
from feiyu.store import Tx
from feiyu_sdk.errors import Unreachable

GLASS_HOURS = 24
LEASE, GLASS = "lea_", "brk_"
CONFIRMED_BEFORE = Text("已经由第二人确认", "a second person has confirmed it already")
ENDED = Text("已经结束", "it has ended")
ASKED_LONG_AGO = Text(f"申请已超过 {GLASS_HOURS} 小时", f"it was asked for more than {GLASS_HOURS} hours ago")


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """Leave for one run: a lease of the port, or a break-glass."""

    id: str
    transfer_id: str
    persons: int
    sensitive: int
    size_bytes: int
    not_after: datetime

    @property
    def is_glass(self) -> bool:
        """Whether two persons gave it, not the port."""
        return self.id.startswith(GLASS)

    def demand(self, now: datetime, *, persons: int, sensitive: int, size_bytes: int) -> None:
        """Refuse what lies outside its persons, bytes or time."""
        if now >= self.not_after:
            raise LeaveOver(leave=self.id, reason=Text("期限已到", "its time is over"))
        if persons > self.persons or sensitive > self.sensitive or size_bytes > self.size_bytes:
            raise LeaveOver(
                leave=self.id, reason=Text("人数或字节数已用完", "its persons or bytes are used up")
            )


def ask(edge: Edge, *, grant_id: str, usage: Usage, hours: int) -> LeaseRow:
    """Obtain a lease from the port, for the day on which it is away."""
    given: dict[str, Any] = edge.port.ask_lease(
        grant_id=grant_id,
        persons=usage.persons,
        sensitive=usage.sensitive,
        size_bytes=usage.size_bytes,
        hours=hours,
    )
    grant: dict[str, str] = edge.port.grant(grant_id)["signed"]
    signed = Signed.of(given["signed"])
    lease = _verified(edge, signed)
    if lease.grant_id != grant_id:
        raise ForgedLease(lease=lease.id, reason=Text("其所属为另一份授权", "it names another grant"))
    row = LeaseRow(
        id=lease.id, owner_party=edge.house.party_id, grant_id=grant_id, document=signed.document, key_id=signed.key_id,
        signature=signed.signature, state="held", run_id=None, got_at=edge.house.clock.now(), grant=grant,
    )  # fmt: skip

    def act(tx: Tx) -> None:
        lease_store.add_lease(tx, row)
        said = {"persons": lease.persons, "bytes": lease.size_bytes, "hours": hours}
        tell(edge, tx, "lease.kept", said, lease=lease.id, grant=grant_id)

    edge.house.db.write(act, scope=SCOPE)
    return row


def known_grant(edge: Edge, grant_id: str) -> dict[str, str]:
    """A grant's signed document: from the port, or while that is away as it came with a lease or an earlier run."""
    try:
        signed: dict[str, str] = edge.port.grant(grant_id)["signed"]
    except Unreachable:
        with edge.house.db.read(scope=SCOPE) as tx:
            kept = [row.grant for row in lease_store.leases(tx, grant_id=grant_id)]
            kept += [run.grant for run in store.runs(tx) if run.grant_id == grant_id]
        if not kept:
            raise
        return kept[-1]
    return signed


def give_back(edge: Edge, leave_id: str) -> None:
    """A run that took leave has ended otherwise; the port is told, as far as it can be reached."""

    def act(tx: Tx) -> None:
        if leave_id.startswith(LEASE):
            lease_store.set_lease(tx, leave_id, state="over")
        elif (glass := lease_store.glass_of(tx, leave_id)) is not None and glass.state == "used":
            lease_store.set_glass(tx, leave_id, state="over")

    edge.house.db.write(act, scope=SCOPE)
    if leave_id.startswith(LEASE):
        edge.port.return_lease(leave_id)


def take(edge: Edge, run: RunRow, grant: Grant) -> Leave | None:
    """Leave for a run while the port is away; None when there is none. Who takes it has written it down."""
    now = edge.house.clock.now()

    def act(tx: Tx) -> Leave | None:
        found = _free(edge, tx, grant, now)
        if found is None:
            return None
        if found.is_glass:
            lease_store.set_glass(tx, found.id, state="used", run_id=run.id)
        else:
            lease_store.set_lease(tx, found.id, state="used", run_id=run.id)
        store.set_run(
            tx,
            run.id,
            leave_id=found.id,
            leave_until=found.not_after,
            transfer_id=found.transfer_id,
            changed_at=now,
        )
        tell(
            edge,
            tx,
            "leave.taken",
            {"run": run.id},
            leave=found.id,
            grant=grant.id,
            transfer=found.transfer_id,
        )
        return found

    return edge.house.db.write(act, scope=SCOPE)


def of_run(edge: Edge, run: RunRow) -> Leave | None:
    """The leave that a run has taken."""
    if run.leave_id is None:
        return None
    with edge.house.db.read(scope=SCOPE) as tx:
        if run.leave_id.startswith(GLASS):
            glass = lease_store.glass_of(tx, run.leave_id)
            assert glass is not None, "a run's break-glass is kept"
            return _of_glass(glass, Grant.of_bytes(Signed.of(run.grant).document))
        row = lease_store.lease_of(tx, run.leave_id)
    assert row is not None, "a run's lease is kept"
    return _of_lease(
        _verified(edge, Signed(document=row.document, key_id=row.key_id, signature=row.signature))
    )


def _free(edge: Edge, tx: Tx, grant: Grant, now: datetime) -> Leave | None:
    for row in lease_store.leases(tx, grant_id=grant.id, state="held"):
        lease = _verified(edge, Signed(document=row.document, key_id=row.key_id, signature=row.signature))
        if lease.not_before <= now < lease.not_after:
            return _of_lease(lease)
        lease_store.set_lease(tx, row.id, state="over")
    for glass in lease_store.glasses(tx, grant_id=grant.id, state="open"):
        if glass.not_after is not None and now < glass.not_after:
            return _of_glass(glass, grant)
        lease_store.set_glass(tx, glass.id, state="over")
    return None


def _verified(edge: Edge, signed: Signed) -> Lease:
    if signed.key_id != keys.key_id(keys.ED25519, edge.keys.grant_public):
        raise ForgedLease(lease="-", reason=Text("签名所用的密钥不是登记的密钥", "another key signed it"))
    keys.verify(edge.keys.grant_public, LEASE_SIGNED + signed.document, signed.signature, what=nouns.LEASE)
    lease = Lease.of_bytes(signed.document)
    if lease.exporter != edge.house.party_id:
        raise ForgedLease(lease=lease.id, reason=Text("其出境方不是本方", "it names another exporter"))
    return lease


def _of_lease(lease: Lease) -> Leave:
    return Leave(
        id=lease.id, transfer_id=lease.transfer_id, persons=lease.persons, sensitive=lease.sensitive,
        size_bytes=lease.size_bytes, not_after=lease.not_after,
    )  # fmt: skip


def _of_glass(glass: GlassRow, grant: Grant) -> Leave:
    assert glass.not_after is not None, "an open break-glass was confirmed"
    return Leave(
        id=glass.id, transfer_id=glass.transfer_id, persons=glass.persons,
        sensitive=min(glass.persons, grant.sensitive_max), size_bytes=glass.size_bytes,
        not_after=min(glass.not_after, grant.not_after),
    )  # fmt: skip


def break_glass(
    edge: Edge, *, grant_id: str, ground: str, persons: int, size_bytes: int, by: str
) -> GlassRow:  # fmt: skip
    """The first person asks: one transfer under a grant this edge has used, without the port."""
    if not 10 <= len(ground.strip()) <= 500:
        raise BadInput(
            reason=Text(
                "紧急放行须以 10 至 500 个字写明事由",
                "a break-glass names its ground in 10 to 500 characters",
            )
        )
    if persons < 0 or size_bytes <= 0:
        raise BadInput(
            reason=Text("人数不得小于零，字节数须大于零", "persons of zero or more, bytes above zero")
        )
    now = edge.house.clock.now()
    row = GlassRow(
        id=new_id("breakglass", now), owner_party=edge.house.party_id, grant_id=grant_id,
        transfer_id=new_id("transfer", now), ground=ground.strip(), persons=persons, size_bytes=size_bytes, state="asked",
        asked_by=by, asked_at=now,
    )  # fmt: skip

    def act(tx: Tx) -> None:
        lease_store.add_glass(tx, row)
        said = {"ground": row.ground, "persons": persons, "bytes": size_bytes, "by": by}
        tell(edge, tx, "breakglass.asked", said, breakglass=row.id, grant=grant_id)

    edge.house.db.write(act, scope=SCOPE)
    return row


def name_of(tx: Tx, principal_id: str | None) -> str | None:
    """A person of this exporter by name."""
    found = identities.principal_of(tx, principal_id) if principal_id else None
    return found.name if found else principal_id


def confirm_glass(edge: Edge, *, glass_id: str, by: str) -> GlassRow:
    """The second person confirms: from now on a run that finds no port may take it, for a day."""
    now = edge.house.clock.now()

    def act(tx: Tx) -> GlassRow:
        row = lease_store.glass_of(tx, glass_id)
        if row is None:
            raise NotFound(what=nouns.BREAK_GLASS, ident=glass_id[:40])
        if row.state != "asked":
            raise NothingToConfirm(glass=row.id, reason=CONFIRMED_BEFORE if row.confirmed_by else ENDED)
        if now - row.asked_at > timedelta(hours=GLASS_HOURS):
            raise NothingToConfirm(glass=row.id, reason=ASKED_LONG_AGO)
        if row.asked_by == by:
            raise TwoPersonsWanted
        lease_store.set_glass(
            tx,
            row.id,
            state="open",
            confirmed_by=by,
            confirmed_at=now,
            not_after=now + timedelta(hours=GLASS_HOURS),
        )
        tell(edge, tx, "breakglass.confirmed", {"by": by}, breakglass=row.id, grant=row.grant_id)
        found = lease_store.glass_of(tx, row.id)
        assert found is not None
        return found

    return edge.house.db.write(act, scope=SCOPE)
