"""Issue and settle leases; take in reports of break-glass.

Rules this module keeps:
 * what a lease allows is reserved under its grant from the moment it is issued, so that lease and transfers together never pass the
   grant; what was not used is free again once it is settled, given back, or lapsed;
 * settling opens the transfer that the lease named, with what was really used, in one transaction; asked twice, it answers the same;
 * a revoked grant ends its leases; a lease that is not settled within ``SETTLE`` of its end lapses;
 * a report of break-glass is always taken in, whatever the grant says by now: it tells what has happened. It stays on the
   authority's workbench until somebody there has noted it.

Source: DESIGN invariants 1 and 3; ADR 0112.
"""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from feiyu.base import canonical, nouns
from feiyu.base.clock import from_text, to_text
from feiyu.base.errors import BadInput, Conflict, NotFound
from feiyu.base.ids import TransferId, new_id
from feiyu.base.text import Text, listed
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.port import lease_store, store, transfer
from feiyu.port.errors import LeaseOver, ManyLeases, OutsideGrant, Revoked
from feiyu.port.filing import statement
from feiyu.port.lease_store import GlassRow, LeaseRow
from feiyu.port.transfer import Opened
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.model import KeyUse
from feiyu.registry.identity.service import confirmed_key
from feiyu.registry.journal import outbox
from feiyu.registry.leases import GLASS_FORMAT, LEASE_SIGNED, Lease
from feiyu.registry.terms import FieldTerm, Request, Signed, Usage, authorize
from feiyu.seal import Signer, keys
from feiyu.store import Scope, Tx

HOURS_MAX = 72
OPEN_MAX = 16
SETTLE = timedelta(days=7)
OVER = {
    "open": Text("已过结清期限", "its time to settle is over"), "settled": Text("已经结清", "it is settled already"),
    "returned": Text("已经退回", "it was returned"),
}  # fmt: skip


def issue(
    house: House, tx: Tx, caller: Caller, signer: Signer, *, grant_id: str, usage: Usage, hours: int
) -> LeaseRow:  # fmt: skip
    """Issue a lease for one transfer under a grant, inside what the grant still has."""
    row = store.grant_of(tx, Scope.of(caller.party_id), grant_id)
    if row is None or row.grant.exporter != caller.party_id:
        raise NotFound(what=nouns.GRANT, ident=grant_id)
    now = house.clock.now()
    if row.revoked_at is not None:
        raise Revoked(grant=row.grant.id, ground=row.revoked_ground)
    if not 1 <= hours <= HOURS_MAX:
        raise BadInput(
            reason=Text(f"租约的期限为 1 至 {HOURS_MAX} 小时", f"a lease lasts 1 to {HOURS_MAX} hours")
        )
    if min(usage.persons, usage.sensitive) < 0 or usage.size_bytes <= 0 or usage.sensitive > usage.persons:
        raise BadInput(
            reason=Text(
                "租约的人数不得小于零且不少于敏感个人信息人数，字节数须大于零",
                "a lease names persons of zero or more, not fewer than the sensitive, and bytes above zero",
            )
        )
    if len(lease_store.open_leases(tx, grant_id, after=now)) >= OPEN_MAX:
        raise ManyLeases(grant=grant_id, limit=OPEN_MAX)
    used = store.usage_of(tx, row.grant.id)
    lease = Lease(
        id=new_id("lease", now), grant_id=row.grant.id, transfer_id=new_id("transfer", now), exporter=caller.party_id,
        persons=usage.persons, sensitive=usage.sensitive, size_bytes=usage.size_bytes, not_before=now,
        not_after=min(now + timedelta(hours=hours), row.grant.not_after),
    )  # fmt: skip
    request = Request(
        transfer_id=TransferId(lease.transfer_id), exporter=caller.party_id, recipient=row.grant.recipient,
        recipient_key_id=row.grant.recipient_key_id, country=row.grant.country, fields=row.grant.fields,
        usage_after=Usage(
            persons=used.persons + usage.persons, sensitive=used.sensitive + usage.sensitive,
            size_bytes=used.size_bytes + usage.size_bytes,
        ),
    )  # fmt: skip
    decision = authorize(row.grant, request, now, revoked=False)
    if not decision.allowed:
        raise OutsideGrant(
            transfer=lease.transfer_id, reasons=listed(one.text for one in decision.reasons),
        )  # fmt: skip
    document = lease.to_bytes()
    made = LeaseRow(
        id=lease.id, owner_party=caller.party_id, grant_id=row.grant.id, transfer_id=lease.transfer_id, document=document,
        key_id=signer.key_id, signature=signer.sign(LEASE_SIGNED + document), persons=usage.persons,
        sensitive=usage.sensitive, size_bytes=usage.size_bytes, not_after=lease.not_after,
        settle_until=lease.not_after + SETTLE, state="open", issued_at=now, changed_at=now,
    )  # fmt: skip
    lease_store.add_lease(tx, made)
    _event(house, tx, made, "lease.issued", {
        "persons_max": usage.persons, "sensitive_max": usage.sensitive, "bytes_max": usage.size_bytes,
        "not_after": to_text(lease.not_after),
    })  # fmt: skip
    return made


def settle(
    house: House, tx: Tx, caller: Caller, *, lease_id: str, usage: Usage, title: str, fields: tuple[FieldTerm, ...],
    stripped: tuple[str, ...],
) -> Opened:  # fmt: skip
    """Open the transfer that was sealed under a lease, reserving what it really used."""
    row = _mine(tx, caller, lease_id)
    there = store.transfer_of(tx, Scope.of(caller.party_id), row.transfer_id)
    if there is not None:  # the answer to the first try was lost
        token = secrets.token_urlsafe(32)
        store.set_transfer(tx, there.id, upload_digest=transfer.digest(token))
        return Opened(transfer=there, upload_token=token)
    now = house.clock.now()
    if row.state != "open" or now >= row.settle_until:
        raise LeaseOver(lease=row.id, state=OVER[row.state])
    if not Lease.of_bytes(row.document).covers(usage):
        raise OutsideGrant(
            transfer=row.transfer_id,
            reasons=Text("超出租约的人数或字节数", "beyond the lease's persons or bytes"),
        )
    lease_store.set_lease(tx, row.id, state="settled", changed_at=now)
    opened = transfer.open_transfer(
        house, tx, caller, grant_id=row.grant_id, title=title, fields=fields, stripped=stripped,
        transfer_id=row.transfer_id, usage=usage,
    )  # fmt: skip
    _event(house, tx, row, "lease.settled", {
        "persons": usage.persons, "sensitive": usage.sensitive, "bytes": usage.size_bytes,
    })  # fmt: skip
    return opened


def give_back(house: House, tx: Tx, caller: Caller, *, lease_id: str) -> LeaseRow:
    """End a lease that was not used; what it had reserved is free again."""
    row = _mine(tx, caller, lease_id)
    if row.state == "open":
        lease_store.set_lease(tx, row.id, state="returned", changed_at=house.clock.now())
        _event(house, tx, row, "lease.returned", {})
    found = lease_store.lease_of(tx, Scope.of(caller.party_id), lease_id)
    assert found is not None
    return found


def look(house: House, tx: Tx, scope: Scope, lease_id: str) -> tuple[LeaseRow, str]:
    """A lease, and how it stands now: open, ended (to be settled), lapsed, settled, returned, revoked."""
    row = lease_store.lease_of(tx, scope, lease_id)
    if row is None:
        raise NotFound(what=nouns.LEASE, ident=lease_id)
    return row, standing(tx, row, house.clock.now())


def standing(tx: Tx, row: LeaseRow, now: datetime) -> str:
    """How a lease stands at an instant."""
    if row.state != "open":
        return row.state
    grant = store.grant_of(tx, transfer.SYSTEM, row.grant_id)
    if grant is None or grant.revoked_at is not None:
        return "revoked"
    if now >= row.settle_until:
        return "lapsed"
    return "open" if now < row.not_after else "ended"


def report(house: House, tx: Tx, caller: Caller, signed: Signed) -> GlassRow:
    """Take in the exporter's signed report of a break-glass; the same one again is the same."""
    key = confirmed_key(tx, caller.party_id, KeyUse.EDGE, key_id=signed.key_id)
    keys.verify(key.public, STATEMENT_PREFIX + signed.document, signed.signature, what=nouns.REPORT)
    said: dict[str, Any] = canonical.loads_object(signed.document, max_bytes=65536)
    try:
        if said["format"] != GLASS_FORMAT or said["exporter"] != caller.party_id:
            raise BadInput(
                reason=Text("不是该出境方的紧急放行报告", "not a break-glass report of this exporter")
            )
        glass_id, two = str(said["id"]), (str(said["asked_by"]), str(said["confirmed_by"]))
        row = GlassRow(
            id=glass_id[:32], owner_party=caller.party_id, grant_id=str(said["grant_id"])[:32],
            transfer_id=str(said["transfer_id"])[:32], ground=str(said["ground"])[:500], asked_by=two[0][:100],
            confirmed_by=two[1][:100], persons=int(said["persons"]), sensitive=int(said["sensitive"]),
            size_bytes=int(said["size_bytes"]), at=from_text(str(said["at"])), reported_at=house.clock.now(),
            noted_by=None, noted_at=None, note=None, document=signed.document, key_id=signed.key_id,
            signature=signed.signature,
        )  # fmt: skip
    except (KeyError, TypeError, ValueError):
        raise BadInput(
            reason=Text(
                "紧急放行报告的内容不完整或格式不符",
                "break-glass report: its content is not whole or has another form",
            )
        ) from None
    if (
        two[0] == two[1]
        or len(row.ground.strip()) < 10
        or min(row.persons, row.sensitive, row.size_bytes) < 0
    ):
        raise BadInput(
            reason=Text(
                "紧急放行须有两名经办人，并以不少于 10 个字写明事由",
                "a break-glass has two persons and a ground of 10 characters or more",
            )
        )
    there = lease_store.glass_of(tx, Scope.of(caller.party_id), row.id)
    if there is not None:
        if there.document != row.document:
            raise Conflict(
                reason=Text(
                    f"紧急放行 {row.id} 已有内容不同的报告", f"break-glass {row.id} was reported otherwise"
                )
            )
        return there
    lease_store.add_glass(tx, row)
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, caller.party_id) or "", type="breakglass.reported",
        at=house.clock.now(), owner=caller.party_id,
        refs={"breakglass": row.id, "grant": row.grant_id, "transfer": row.transfer_id},
        data={"persons": row.persons, "sensitive": row.sensitive, "bytes": row.size_bytes, "ground": row.ground,
              "statement_sha256": hashlib.sha256(signed.document).hexdigest()},
        signatures=[statement("edge", signed)],
    )  # fmt: skip
    outbox.publish(tx, "breakglass.reported", {"breakglass": row.id}, caller.party_id)
    return row


def note(house: House, tx: Tx, caller: Caller, *, glass_id: str, note: str) -> GlassRow:
    """Record that the authority has looked at a break-glass, and what it said."""
    row = lease_store.glass_of(tx, caller.scope(house.access, "breakglass.note"), glass_id)
    if row is None:
        raise NotFound(what=nouns.BREAK_GLASS, ident=glass_id)
    if row.noted_at is not None:
        raise Conflict(
            reason=Text(f"紧急放行 {row.id} 已登记说明", f"break-glass {row.id} was noted already")
        )
    if not 4 <= len(note.strip()) <= 2000:
        raise BadInput(reason=Text("说明须为 4 至 2,000 个字", "a note of 4 to 2,000 characters is wanted"))
    now = house.clock.now()
    lease_store.set_glass(tx, row.id, noted_by=caller.principal_id, noted_at=now, note=note.strip())
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, row.owner_party) or "", type="breakglass.noted", at=now,
        owner=row.owner_party, refs={"breakglass": row.id}, data={"by": caller.principal_id},
    )  # fmt: skip
    found = lease_store.glass_of(tx, Scope.all("what was just noted"), row.id)
    assert found is not None
    return found


def settle_glass(
    house: House, tx: Tx, caller: Caller, *, glass_id: str, title: str, fields: tuple[FieldTerm, ...],
    stripped: tuple[str, ...],
) -> Opened:  # fmt: skip
    """Open the transfer of a reported break-glass, so that its bytes and its evidence come home too; the grant must allow it."""
    row = lease_store.glass_of(tx, Scope.of(caller.party_id), glass_id)
    if row is None:
        raise NotFound(what=nouns.BREAK_GLASS, ident=glass_id)
    there = store.transfer_of(tx, Scope.of(caller.party_id), row.transfer_id)
    if there is not None:
        token = secrets.token_urlsafe(32)
        store.set_transfer(tx, there.id, upload_digest=transfer.digest(token))
        return Opened(transfer=there, upload_token=token)
    return transfer.open_transfer(
        house, tx, caller, grant_id=row.grant_id, title=title, fields=fields, stripped=stripped,
        transfer_id=row.transfer_id,
        usage=Usage(persons=row.persons, sensitive=row.sensitive, size_bytes=row.size_bytes),
    )  # fmt: skip


def _mine(tx: Tx, caller: Caller, lease_id: str) -> LeaseRow:
    row = lease_store.lease_of(tx, Scope.of(caller.party_id), lease_id)
    if row is None:
        raise NotFound(what=nouns.LEASE, ident=lease_id)
    return row


def _event(house: House, tx: Tx, row: LeaseRow, type_: str, data: dict[str, object]) -> None:
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, row.owner_party) or "", type=type_, at=house.clock.now(),
        owner=row.owner_party, refs={"lease": row.id, "grant": row.grant_id, "transfer": row.transfer_id}, data=data,
    )  # fmt: skip
