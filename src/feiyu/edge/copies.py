"""Fetch and open the exporter's own copy of a transfer: what was really sent, as the port keeps it and the log has it.

Rules this module keeps:
 * the port's manifest must be, byte for byte, the one that this edge signed and kept: a port that swaps key, wrap or bytes fails;
 * the opened copy lies under ``copies``, for its owner alone, and is deleted after ``retention.SCANNED_DAYS``.

Source: DESIGN invariant 6.
"""

import base64
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from feiyu.base import nouns
from feiyu.base.clock import from_text
from feiyu.edge import retention, store
from feiyu.edge.errors import AnotherCopy, UnknownRun
from feiyu.edge.model import SCOPE, Edge
from feiyu.registry.terms import Grant, Signed
from feiyu.seal import Manifest
from feiyu_sdk.errors import Refused, Unreachable
from feiyu_sdk.recipient import open_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The own copy of a run: sealed at the port until ``until``, opened here until ``opened_until``.

    ``key_id`` is None where the manifest names no key of this exporter's own. ``told`` is False while the port does not answer:
    then nothing is known of ``destroyed_at`` but what the grant says.
    """

    key_id: str | None
    until: datetime
    destroyed_at: datetime | None
    told: bool
    opened: Path | None
    opened_until: datetime | None


def kept(edge: Edge, run_id: str) -> Kept | None:
    """What is kept of what a run sent; None while nothing is sealed."""
    with edge.house.db.read(scope=SCOPE) as tx:
        run = store.run_of(tx, run_id)
    if run is None:
        raise UnknownRun(ident=run_id)
    if run.transfer_id is None or run.manifest is None:
        return None
    manifest = Manifest.from_bytes(run.manifest)
    own = next((key_id for party, key_id in manifest.also if party == edge.house.party_id), None)
    told, destroyed = _told(edge, run.transfer_id)
    opened = edge.copies_folder / f"{run.transfer_id}.{manifest.content_format}"
    here = opened.exists()
    return Kept(
        key_id=own, until=Grant.of_bytes(Signed.of(run.grant).document).retain_until, destroyed_at=destroyed, told=told,
        opened=opened if here else None, opened_until=retention.copy_until(opened) if here else None,
    )  # fmt: skip


def _told(edge: Edge, transfer_id: str) -> tuple[bool, datetime | None]:
    try:
        said = edge.port.transfer(transfer_id)["discarded_at"]
    except (Refused, Unreachable):
        return False, None
    return True, from_text(said) if said else None


def fetch_copy(edge: Edge, run_id: str) -> Path:
    """Fetch, open and verify this edge's copy of a run; the file, with its receipt beside it."""
    with edge.house.db.read(scope=SCOPE) as tx:
        run = store.run_of(tx, run_id)
    if run is None or run.transfer_id is None or run.manifest is None:
        raise UnknownRun(ident=run_id)
    given = edge.port.release_copy(run.transfer_id)
    if base64.b64decode(given["manifest"]) != run.manifest:
        raise AnotherCopy(transfer=run.transfer_id, what=nouns.MANIFEST)
    manifest = Manifest.from_bytes(run.manifest)
    own = [key_id for party, key_id in manifest.also if party == edge.house.party_id]
    if not own:
        raise AnotherCopy(transfer=run.transfer_id, what=nouns.KEY)
    with edge.copying:
        path = open_into(given, manifest, key=edge.keys.copies.of(own[0]), folder=edge.copies_folder)
        path.with_name(f"{run.transfer_id}.receipt.json").write_bytes(base64.b64decode(given["receipt"]))
    return path
