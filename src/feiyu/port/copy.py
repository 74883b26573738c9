"""The exporter's own sealed copy of what it sent, and the end of everything that is kept of a transfer.

Rules this module keeps:
 * the copy is the same ciphertext, opened by a key of the exporter's own: it crosses no border, so neither the grant's window nor
   its revocation ends it, and the recipient's state does not change;
 * it is handed out to the exporter alone, and only once the sealing stands in a witnessed checkpoint: what it proves is what was logged;
 * ciphertext and every wrap are destroyed when the grant's ``retain_until`` has come, those of a transfer that was cut a day
   after; the bytes go first, then it is told: a crash in between does it again.

Source: cn/pipl-2021#47; DESIGN invariant 6.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.port import store, transfer
from feiyu.port.errors import Discarded, NotYetProven
from feiyu.port.errors import TransferState as WrongState
from feiyu.port.model import TRANSFER_STATES, Transfer, TransferState
from feiyu.port.transfer import SYSTEM, Released
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.store import Scope, Tx

CUT_KEPT = timedelta(days=1)
AT_A_TIME = 500
SEALED = frozenset({TransferState.SEALED, TransferState.RELEASED, TransferState.RECEIVED})


def release_copy(house: House, tx: Tx, caller: Caller, *, transfer_id: str, proven: bool) -> Released:
    """Give the exporter its own wrap and a way to the bytes."""
    found = store.transfer_of(tx, Scope.of(caller.party_id), transfer_id)
    if found is None or found.owner_party != caller.party_id:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    _kept(house, tx, found)
    if not proven:
        raise NotYetProven(transfer=found.id)
    key = transfer.key_for(tx, found, caller.party_id, None)
    if key.released_at is None:
        transfer.event_of(house, tx, found, "transfer.copy_released", {"key_id": key.key_id})
    return transfer.hand_over(house, tx, found, key)


def check_copy(house: House, tx: Tx, *, transfer_id: str) -> None:
    """The question before each chunk of a copy: sealed, and still kept."""
    found = store.transfer_of(tx, SYSTEM, transfer_id)
    if found is None:
        raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
    _kept(house, tx, found)


def _kept(house: House, tx: Tx, found: Transfer) -> None:
    if found.state not in SEALED:
        raise WrongState(transfer=found.id, state=TRANSFER_STATES[found.state])
    row = store.grant_of(tx, SYSTEM, found.grant_id)
    assert row is not None, "a transfer's grant exists"
    if found.discarded_at is not None or house.clock.now() >= row.grant.retain_until:
        raise Discarded(transfer=found.id)


def folder_of(house: House, transfer_id: str) -> Path:
    """Where a transfer's segments lie."""
    return house.folder / "transfers" / transfer_id


def due(tx: Tx, now: datetime) -> list[str]:
    """The transfers whose bytes are to be destroyed by now."""
    until: dict[str, datetime] = {}
    found = []
    for ident, grant_id, state, changed_at in store.kept_transfers(tx):
        if state is TransferState.CUT:
            over = changed_at + CUT_KEPT
        else:
            if grant_id not in until:
                row = store.grant_of(tx, SYSTEM, grant_id)
                assert row is not None, "a transfer's grant exists"
                until[grant_id] = row.grant.retain_until
            over = until[grant_id]
        if over <= now:
            found.append(ident)
    return found[:AT_A_TIME]


def discard_due(house: House) -> int:
    """Destroy what is due; how many transfers' bytes went."""
    with house.db.read(scope=SYSTEM) as tx:
        going = due(tx, house.clock.now())
    for ident in going:
        shutil.rmtree(folder_of(house, ident), ignore_errors=True)
        if folder_of(house, ident).exists():
            continue  # what the disk does not let go is tried again tomorrow, and not told before
        house.db.write(lambda tx, ident=ident: _discarded(house, tx, ident), scope=SYSTEM)  # type: ignore[misc]
    return len(going)


def _discarded(house: House, tx: Tx, ident: str) -> None:
    found = store.transfer_of(tx, SYSTEM, ident)
    assert found is not None, "it was listed"
    if found.discarded_at is not None:
        return
    store.forget_keys(tx, ident)
    store.set_transfer(tx, ident, discarded_at=house.clock.now())
    transfer.event_of(house, tx, found, "transfer.discarded", {"bytes": found.arrived_bytes})
