"""The line, as the port sees it: open, claim, (hold, cut), seal, release, receive. Read top to bottom.

Rules this module keeps:
 * nothing is opened, accepted, sealed or released without ``registry.terms.authorize`` saying yes at that moment;
 * persons and bytes are reserved before they cross, and count even if the recipient never fetches; bytes count as if nothing
   were packed, so that packing widens no grant, while what crosses is logged and metered as it is;
 * a transfer crosses when its wrapped key is released: only after its sealing stands in a witnessed checkpoint;
 * it may be wrapped to several keys: each wrap is released to the party whose key it is and to nobody else; the exporter's
   own copy (``port.copy``) is one of them and does not cross;
 * every step is one transaction with its event; the manifest's bytes are kept as they were signed;
 * who carries the bytes never holds a key: the port stores wraps that it cannot open.

States::

    (a) open ──claim──▶ open ──(b) hold──▶ held ──(c) resume──▶ open
    open, held ──(d) cut──▶ cut
    open ──(e) seal──▶ sealed ──(f) release──▶ released ──(g) receive──▶ received

Source: DESIGN, the main job and invariants 1, 3, 5, 6.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from feiyu.base import canonical, nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import GrantId, PartyId, TransferId, new_id
from feiyu.base.text import Text, listed
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.port import store
from feiyu.port.errors import (
    Discarded,
    ManifestDiffers,
    NotWrapped,
    NotYetProven,
    OutsideGrant,
    Revoked,
    TransferHeld,
)
from feiyu.port.errors import TransferState as WrongState
from feiyu.port.filing import statement
from feiyu.port.model import TRANSFER_STATES, Transfer, TransferKey, TransferState
from feiyu.port.store import GrantRow, TransferEvent
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.model import KeyUse
from feiyu.registry.identity.service import confirmed_key, usable_keys
from feiyu.registry.journal import EventId, meter, outbox
from feiyu.registry.scenarios import store as scenarios
from feiyu.registry.terms import Decision, FieldTerm, Request, Signed, Usage, authorize
from feiyu.seal import Manifest, SignedManifest, Wrap, keys
from feiyu.store import Scope, Tx

SYSTEM = Scope.all("the port's own side of a transfer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A transfer that may start, and the token that opens the data plane to it."""

    transfer: Transfer
    upload_token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """What the recipient needs to fetch, open and verify."""

    transfer: Transfer
    manifest: SignedManifest
    edge_key: bytes
    wrap: bytes = field(repr=False)
    download_token: str = field(repr=False)


def open_transfer(
    house: House, tx: Tx, caller: Caller, *, grant_id: str, title: str, fields: tuple[FieldTerm, ...],
    stripped: tuple[str, ...], transfer_id: str | None = None, usage: Usage | None = None,
    expected_bytes: int | None = None,
) -> Opened:  # fmt: skip
    """(a) Start a run of a flow under a grant. Nothing is reserved yet; the first claim reserves.

    What was sealed while the port was away (``port.lease``) brings its ``transfer_id`` and the ``usage`` that it reserves now.
    """
    row = store.grant_of(tx, Scope.of(caller.party_id), grant_id)
    if row is None or row.grant.exporter != caller.party_id:
        raise NotFound(what=nouns.GRANT, ident=grant_id)
    usable_keys(tx, *row.grant.key_ids)
    flow = scenarios.flow_of(tx, Scope.of(caller.party_id), row.grant.flow_id)
    assert flow is not None, "a grant's flow exists"
    now = house.clock.now()
    token, used = secrets.token_urlsafe(32), usage or Usage()
    transfer = Transfer(
        id=TransferId(transfer_id or new_id("transfer", now)), owner_party=caller.party_id, grant_id=GrantId(grant_id),
        basis_id=row.grant.basis_id, flow_id=row.grant.flow_id, scenario_id=row.grant.scenario_id,
        recipient=row.grant.recipient, agreement_id=row.grant.agreement_id, subject="dataset",
        direction=flow.direction, origin=flow.origin, state=TransferState.OPEN, persons=used.persons, sensitive=used.sensitive,
        size_bytes=used.size_bytes, arrived_bytes=0, title=title[:200], stripped=stripped, opened_at=now, changed_at=now, ground=None,
        sealed_event=None, manifest_sha256=None, expected_bytes=expected_bytes,
    )  # fmt: skip
    _demand(row, _request(tx, row, transfer, fields, used), now)
    store.add_transfer(tx, transfer, upload_digest=digest(token))
    event_of(house, tx, transfer, "transfer.opened", {
        "fields": [f"{term.type}" for term in fields], "stripped": len(stripped), "mode": row.grant.mode.value,
    })  # fmt: skip
    return Opened(transfer=transfer, upload_token=token)


def claim(house: House, tx: Tx, caller: Caller, *, transfer_id: str, usage: Usage) -> Decision:
    """Reserve persons and bytes for what the edge will send next: totals of this transfer.

    What is reserved never shrinks: an edge that goes on after a crash claims from the start again, and that changes nothing.

    Persons already counted under this grant by earlier transfers are not claimed again: the edge's ledger knows them.
    """
    transfer = _mine(tx, caller, transfer_id, TransferState.OPEN)
    row = _grant(tx, transfer)
    usable_keys(tx, *row.grant.key_ids)
    usage = Usage(
        persons=max(usage.persons, transfer.persons),
        sensitive=max(usage.sensitive, transfer.sensitive),
        size_bytes=max(usage.size_bytes, transfer.size_bytes),
    )
    decision = _demand(row, _request(tx, row, transfer, row.grant.fields, usage), house.clock.now())
    store.set_transfer(
        tx, transfer.id, persons=usage.persons, sensitive=usage.sensitive, size_bytes=usage.size_bytes,
        changed_at=house.clock.now(),
    )  # fmt: skip
    return decision


def hold(house: House, tx: Tx, caller: Caller, *, transfer_id: str, found: dict[str, int]) -> Transfer:
    """(b) Stop and wait for a person at the exporter: content met that the grant does not cover. Types and counts only."""
    transfer = _mine(tx, caller, transfer_id, TransferState.OPEN)
    return _move(house, tx, transfer, TransferState.HELD, "transfer.held", {"found": found})


def resume(house: House, tx: Tx, caller: Caller, *, transfer_id: str) -> Transfer:
    """(c) Go on after a person at the exporter looked at what was held."""
    transfer = _mine(tx, caller, transfer_id, TransferState.HELD)
    return _move(house, tx, transfer, TransferState.OPEN, "transfer.resumed", {})


def cut(house: House, tx: Tx, caller: Caller, *, transfer_id: str, ground: str) -> Transfer:
    """(d) Stop for good, naming the ground. What was reserved and not sealed is free again."""
    transfer = store.transfer_of(tx, caller.scope(house.access, "transfer.cut"), transfer_id)
    if transfer is None:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    house.access.demand(caller, "transfer.cut", transfer.owner_party)
    if transfer.state not in {TransferState.OPEN, TransferState.HELD}:
        raise WrongState(transfer=transfer.id, state=TRANSFER_STATES[transfer.state])
    if not 4 <= len(ground.strip()) <= 500:
        raise BadInput(
            reason=Text("中止须以 4 至 500 个字写明事由", "a cut-off names its ground in 4 to 500 characters")
        )
    return _move(
        house, tx, replace(transfer, ground=ground), TransferState.CUT, "transfer.cut", {"ground": ground}
    )


def seal(
    house: House, tx: Tx, caller: Caller, *, transfer_id: str, signed: SignedManifest, wraps: Sequence[bytes]
) -> Transfer:  # fmt: skip
    """(e) Take in the manifest once every segment has arrived. What it says must be what arrived and what was granted.

    1. the edge's confirmed key signed it;
    2. it names this transfer, this grant, this recipient and this key;
    3. segments, sizes and the ciphertext root are those of the bytes that arrived;
    4. its persons and bytes lie within what was claimed, and the grant still allows them;
    5. there is one wrap for each key it names: the pinned ones, and at most one of the exporter's own.
    """
    digest_hex = hashlib.sha256(signed.body).hexdigest()
    transfer = store.transfer_of(tx, Scope.of(caller.party_id), transfer_id)
    if transfer and transfer.manifest_sha256 == digest_hex:
        return transfer  # the answer to the first try was lost
    transfer = _mine(tx, caller, transfer_id, TransferState.OPEN)
    row = _grant(tx, transfer)
    usable_keys(tx, *row.grant.key_ids)
    key = confirmed_key(tx, caller.party_id, KeyUse.EDGE, key_id=Manifest.from_bytes(signed.body).edge_key_id)
    manifest = signed.open(key.public)  # 1
    _same(manifest, row, transfer)  # 2
    arrived = [(no, size, root) for no, size, root in store.segments_of(tx, transfer.id)]
    if arrived != [(s.no, s.size_bytes, s.root) for s in manifest.segments]:  # 3
        raise ManifestDiffers(field="segments")
    claimed = Usage(persons=transfer.persons, sensitive=transfer.sensitive, size_bytes=transfer.size_bytes)
    stated = Usage(
        persons=transfer.persons, sensitive=transfer.sensitive, size_bytes=manifest.counted_size
    )  # persons new to the grant were claimed; the manifest states all persons of the transfer
    if stated.size_bytes > claimed.size_bytes:  # 4
        raise ManifestDiffers(field="plain_size" if manifest.packing else "cipher_size")
    total = store.usage_of(tx, row.grant.id, leases=False)
    if not transfer.persons <= manifest.persons.counted <= total.persons:
        raise ManifestDiffers(field="persons")
    if not transfer.sensitive <= manifest.persons.sensitive.counted <= total.sensitive:
        raise ManifestDiffers(field="persons.sensitive")
    fields = tuple(FieldTerm(name=name, type=kind) for name, kind in manifest.fields)
    _demand(row, _request(tx, row, transfer, fields, stated), house.clock.now())
    for one in _wrapped(manifest, row, transfer, wraps):  # 5
        store.add_key(tx, one)
    sha = base64.b64encode(hashlib.sha256(signed.body).digest()).decode()
    sealed = replace(
        transfer, size_bytes=stated.size_bytes, manifest_sha256=digest_hex, stripped=tuple(manifest.stripped)
    )
    event = event_of(house, tx, sealed, "transfer.sealed", {
        "manifest_sha256": sha, "cipher_root": base64.b64encode(manifest.cipher_root).decode(),
        "bytes": manifest.cipher_size, "rows": manifest.rows, "persons": manifest.persons.counted,
        "sensitive": manifest.persons.sensitive.counted, "stripped": len(manifest.stripped),
        "edge_key_id": manifest.edge_key_id, "recipient_key_id": manifest.recipient_key_id,
        **({"also_key_ids": [key for _, key in manifest.also]} if manifest.also else {}),
        **({"counted_bytes": manifest.counted_size} if manifest.packing else {}),
        "evidence_level": manifest.evidence_level, "fictional": row.grant.demo,
    })  # fmt: skip
    store.set_transfer(
        tx, transfer.id, manifest=signed.body, manifest_signature=signed.signature, manifest_sha256=digest_hex,
        sealed_event=event,
        size_bytes=stated.size_bytes, stripped=list(manifest.stripped), state=TransferState.SEALED,
        changed_at=house.clock.now(),
    )  # fmt: skip
    for unit, quantity in (
        ("transfers", 1),
        ("bytes", manifest.cipher_size),
        ("persons", manifest.persons.counted),
    ):
        if quantity:
            meter.record(tx, transfer.owner_party, unit, quantity, event)
    return replace(sealed, state=TransferState.SEALED, sealed_event=event)


def release(
    house: House, tx: Tx, caller: Caller, *, transfer_id: str, proven: bool, key_id: str | None = None
) -> Released:
    """(f) Give the recipient the wrapped key and a way to the bytes, once the sealing is in a witnessed checkpoint.

    ``key_id`` says which of its keys the recipient will open it with; the pinned first one where nothing is said.
    """
    transfer = store.transfer_of(tx, Scope.of(caller.party_id), transfer_id)
    if transfer is None or transfer.recipient != caller.party_id:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    if transfer.state not in {TransferState.SEALED, TransferState.RELEASED, TransferState.RECEIVED}:
        raise WrongState(transfer=transfer.id, state=TRANSFER_STATES[transfer.state])
    if not proven:
        raise NotYetProven(transfer=transfer.id)
    row = _grant(tx, transfer)
    _alive(row, house.clock.now())
    key = key_for(tx, transfer, caller.party_id, key_id or row.grant.recipient_key_id)
    usable_keys(tx, key.key_id)
    if transfer.state is TransferState.SEALED:
        transfer = _move(
            house, tx, transfer, TransferState.RELEASED, "transfer.released", {"recipient_key_id": key.key_id}
        )
    elif key.released_at is None:
        event_of(house, tx, transfer, "transfer.key_released", {"recipient_key_id": key.key_id})
    return hand_over(house, tx, transfer, key)


def key_for(tx: Tx, transfer: Transfer, party: str, key_id: str | None) -> TransferKey:
    """The wrap that belongs to ``party`` under that key (any one of it, where none is named)."""
    if transfer.discarded_at is not None:
        raise Discarded(transfer=transfer.id)
    for key in store.keys_of(tx, transfer.id):
        if key.party == party and key_id in {None, key.key_id}:
            return key
    raise NotWrapped(transfer=transfer.id, key=key_id or party)


def hand_over(house: House, tx: Tx, transfer: Transfer, key: TransferKey) -> Released:
    """The manifest, the wrap of one key, and a token of that key's own to the bytes."""
    parts = store.sealed_parts(tx, transfer.id)
    assert parts is not None, "a sealed transfer has its manifest"
    signed = SignedManifest(body=parts[0], signature=parts[1])
    edge_key = identities.key_of(tx, Manifest.from_bytes(signed.body).edge_key_id)
    assert edge_key is not None, "the sealing checked the key"
    assert key.wrapped is not None, "what is not discarded has its wraps"
    token = secrets.token_urlsafe(32)
    store.set_key(
        tx, key, download_digest=digest(token), released_at=key.released_at or house.clock.now()
    )  # fmt: skip
    return Released(
        transfer=transfer, manifest=signed, edge_key=edge_key.public, wrap=key.wrapped, download_token=token
    )


def receive(house: House, tx: Tx, caller: Caller, *, transfer_id: str, signed: Signed) -> Transfer:
    """(g) Take in the recipient's signed statement that it opened and verified everything."""
    transfer = store.transfer_of(tx, Scope.of(caller.party_id), transfer_id)
    if transfer is None or transfer.recipient != caller.party_id:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    if transfer.state is TransferState.RECEIVED:
        return transfer
    if transfer.state is not TransferState.RELEASED:
        raise WrongState(transfer=transfer.id, state=TRANSFER_STATES[transfer.state])
    key = confirmed_key(tx, caller.party_id, KeyUse.RECEIPT, key_id=signed.key_id)
    keys.verify(key.public, STATEMENT_PREFIX + signed.document, signed.signature, what=nouns.RECEIPT)
    said: dict[str, Any] = canonical.loads_object(signed.document, max_bytes=65536)
    if said.get("format") != "feiyu-received/1" or (said.get("transfer_id"), said.get("manifest_sha256")) != (
        transfer.id,
        transfer.manifest_sha256,
    ):
        raise ManifestDiffers(field="manifest_sha256")
    return _move(
        house, tx, transfer, TransferState.RECEIVED, "transfer.received",
        {"statement_sha256": hashlib.sha256(signed.document).hexdigest(), "key_id": signed.key_id},
        signatures=[statement("recipient", signed)],
    )  # fmt: skip


def check_chunk(house: House, tx: Tx, *, transfer_id: str, end: int) -> None:
    """The question before each chunk is accepted: still open, not revoked, in its window, within what was claimed."""
    transfer = store.transfer_of(tx, SYSTEM, transfer_id)
    if transfer is None:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    if transfer.state is TransferState.HELD:
        raise TransferHeld(transfer=transfer.id)
    if transfer.state is not TransferState.OPEN:
        raise WrongState(transfer=transfer.id, state=TRANSFER_STATES[transfer.state])
    row = _grant(tx, transfer)
    _alive(row, house.clock.now())
    usable_keys(tx, *row.grant.key_ids)
    if end > transfer.size_bytes:
        raise OutsideGrant(
            transfer=transfer.id, reasons=Text("超出已预留的字节数", "beyond the bytes claimed")
        )


def check_fetch(house: House, tx: Tx, *, transfer_id: str) -> Transfer:
    """The question before each chunk is sent abroad: released, not revoked, in its window."""
    transfer = store.transfer_of(tx, SYSTEM, transfer_id)
    if transfer is None:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    if transfer.state not in {TransferState.RELEASED, TransferState.RECEIVED}:
        raise WrongState(transfer=transfer.id, state=TRANSFER_STATES[transfer.state])
    if transfer.discarded_at is not None:
        raise Discarded(transfer=transfer.id)
    _alive(_grant(tx, transfer), house.clock.now())
    return transfer


def digest(token: str) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token.encode()).digest()


def _mine(tx: Tx, caller: Caller, transfer_id: str, *states: TransferState) -> Transfer:
    transfer = store.transfer_of(tx, Scope.of(caller.party_id), transfer_id)
    if transfer is None or transfer.owner_party != caller.party_id:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    if transfer.state not in states:
        raise WrongState(transfer=transfer.id, state=TRANSFER_STATES[transfer.state])
    return transfer


def _grant(tx: Tx, transfer: Transfer) -> GrantRow:
    row = store.grant_of(tx, SYSTEM, transfer.grant_id)
    assert row is not None, "a transfer's grant exists"
    return row


def _alive(row: GrantRow, now: datetime) -> None:
    if row.revoked_at is not None:
        raise Revoked(grant=row.grant.id, ground=row.revoked_ground)
    if not row.grant.not_before <= now < row.grant.not_after:
        raise Revoked(grant=row.grant.id, ground=Text("已到期", "expired"))


def _request(
    tx: Tx, row: GrantRow, transfer: Transfer, fields: tuple[FieldTerm, ...], usage: Usage
) -> Request:  # fmt: skip
    others = store.usage_of(tx, row.grant.id, but=transfer.id)
    return Request(
        transfer_id=transfer.id, exporter=transfer.owner_party, recipient=transfer.recipient,
        recipient_key_id=row.grant.recipient_key_id, country=row.grant.country, fields=fields,
        usage_after=Usage(
            persons=others.persons + usage.persons, sensitive=others.sensitive + usage.sensitive,
            size_bytes=others.size_bytes + usage.size_bytes,
        ),
    )  # fmt: skip


def _demand(row: GrantRow, request: Request, now: datetime) -> Decision:
    if row.revoked_at is not None:
        raise Revoked(grant=row.grant.id, ground=row.revoked_ground)
    decision = authorize(row.grant, request, now, revoked=False)
    if not decision.allowed:
        raise OutsideGrant(
            transfer=request.transfer_id, reasons=listed(one.text for one in decision.reasons),
        )  # fmt: skip
    return decision


def _same(manifest: Manifest, row: GrantRow, transfer: Transfer) -> None:
    wanted = {
        "transfer_id": transfer.id, "grant_id": row.grant.id, "basis_id": row.grant.basis_id,
        "flow_id": row.grant.flow_id, "exporter": row.grant.exporter, "recipient": row.grant.recipient,
        "recipient_key_id": row.grant.recipient_key_id,
    }  # fmt: skip
    for name, value in wanted.items():
        if getattr(manifest, name) != value:
            raise ManifestDiffers(field=name)


def _wrapped(
    manifest: Manifest, row: GrantRow, transfer: Transfer, wraps: Sequence[bytes]
) -> list[TransferKey]:  # fmt: skip
    """The wraps as rows, once the manifest's keys are the pinned ones and each has its wrap."""
    pinned = {(transfer.recipient, one.key_id) for one in row.grant.also}
    own = set(manifest.also) - pinned
    if pinned - set(manifest.also) or len(own) > 1 or any(party != transfer.owner_party for party, _ in own):
        raise ManifestDiffers(field="also")
    whose = {key: party for party, key in manifest.also} | {manifest.recipient_key_id: transfer.recipient}
    parsed = [Wrap.from_bytes(wrap) for wrap in wraps]
    if sorted(one.recipient_key_id for one in parsed) != sorted(whose) or any(
        one.transfer_id != transfer.id for one in parsed
    ):
        raise ManifestDiffers(field="wrap")
    return [
        TransferKey(
            transfer_id=transfer.id, key_id=one.recipient_key_id, owner_party=transfer.owner_party,
            party=PartyId(whose[one.recipient_key_id]), wrapped=wrap,
        )
        for one, wrap in zip(parsed, wraps, strict=True)
    ]  # fmt: skip


def _move(
    house: House, tx: Tx, transfer: Transfer, state: TransferState, type_: str, data: dict[str, object],
    *, signatures: Sequence[Mapping[str, object]] = (),
) -> Transfer:  # fmt: skip
    now = house.clock.now()
    store.set_transfer(tx, transfer.id, state=state, changed_at=now, ground=transfer.ground)
    moved = replace(transfer, state=state, changed_at=now)
    event_of(house, tx, moved, type_, data, signatures=signatures)
    return moved


def event_of(
    house: House, tx: Tx, transfer: Transfer, type_: str, data: dict[str, object],
    *, signatures: Sequence[Mapping[str, object]] = (),
) -> EventId:  # fmt: skip
    """Record an event of a transfer, and show it to who may see the transfer."""
    now = house.clock.now()
    ref = journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, transfer.owner_party) or "", type=type_, at=now,
        owner=transfer.owner_party,
        refs={"transfer": transfer.id, "grant": transfer.grant_id, "basis": transfer.basis_id,
              "flow": transfer.flow_id, "recipient": transfer.recipient},
        data=data, signatures=signatures,
    )  # fmt: skip
    shown = TransferEvent(
        event_id=ref.event_id, transfer_id=transfer.id, type=type_, at=now, detail=dict(data)
    )
    store.add_event(tx, shown, transfer)
    outbox.publish(tx, type_, {"transfer": transfer.id, "state": transfer.state.value}, transfer.owner_party)
    return ref.event_id
