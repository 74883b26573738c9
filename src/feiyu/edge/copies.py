"""Fetch and open the exporter's own copy of a transfer: what was really sent, as the port keeps it and the log has it.

Rules this module keeps:
 * the port's manifest must be, byte for byte, the one that this edge signed and kept: a port that swaps key, wrap or bytes fails;
 * the opened copy lies under ``copies``, for its owner alone, and is deleted after ``retention.SCANNED_DAYS``.

Source: DESIGN invariant 6.
"""

import base64
from pathlib import Path

from feiyu.edge import store
from feiyu.edge.errors import AnotherCopy, UnknownRun
from feiyu.edge.model import SCOPE, Edge
from feiyu.seal import Manifest
from feiyu_sdk.recipient import open_into


def fetch_copy(edge: Edge, run_id: str) -> Path:
    """Fetch, open and verify this edge's copy of a run; the file, with its receipt beside it."""
    with edge.house.db.read(scope=SCOPE) as tx:
        run = store.run_of(tx, run_id)
    if run is None or run.transfer_id is None or run.manifest is None:
        raise UnknownRun(what="run", ident=run_id)
    given = edge.port.release_copy(run.transfer_id)
    if base64.b64decode(given["manifest"]) != run.manifest:
        raise AnotherCopy(transfer=run.transfer_id, what="manifest")
    manifest = Manifest.from_bytes(run.manifest)
    own = [key_id for party, key_id in manifest.also if party == edge.house.party_id]
    if not own:
        raise AnotherCopy(transfer=run.transfer_id, what="key")
    with edge.copying:
        path = open_into(given, manifest, key=edge.keys.copies.of(own[0]), folder=edge.copies_folder)
        path.with_name(f"{run.transfer_id}.receipt.json").write_bytes(base64.b64decode(given["receipt"]))
    return path
