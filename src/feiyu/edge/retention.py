"""How long digests and counting keys stay, and how they go.

Rules this module keeps:
 * digests of a file that was scanned and never sent are deleted ``SCANNED_DAYS`` after the scan; so is whatever a crash left behind,
   and so are own copies that were fetched and opened;
 * a year's counting key is destroyed ``KEY_YEARS`` full years after its year, together with that year's digests; the numbers in the
   ledger stay;
 * both are events of the edge's own chain, told before the key is gone and counted after.

Sources: cn/pipl-2021#47, #56 (records are kept three years at least); DESIGN invariant 5.
"""

from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from feiyu.base.clock import legal_date
from feiyu.edge import ledger, store
from feiyu.edge.counting import key_year
from feiyu.edge.model import SCOPE, Edge, RunState
from feiyu.edge.trail import tell
from feiyu.scan.errors import BadRun
from feiyu.scan.identity import fingerprint
from feiyu.scan.runs import mark_of
from feiyu.store import Tx

SCANNED_DAYS = 30
KEY_YEARS = 3
SUFFIXES = frozenset({".persons", ".group", ".part"})


def keep(edge: Edge) -> tuple[int, int]:
    """Delete and destroy what is due; how many digest files and how many keys went."""
    delete_copies(edge)
    return delete_unsent(edge), destroy_old_keys(edge)


def delete_copies(edge: Edge) -> int:
    """Delete opened own copies that are old enough; the sealed ones stay at the port as long as their grant says."""
    limit = edge.house.clock.now() - timedelta(days=SCANNED_DAYS)
    old = [path for path in sorted(edge.copies_folder.iterdir()) if _changed(path) < limit]
    for path in old:
        path.unlink(missing_ok=True)
    if old:
        said = {"files": len(old), "days": SCANNED_DAYS}
        edge.house.db.write(lambda tx: tell(edge, tx, "copies.deleted", said), scope=SCOPE)
    return len(old)


def copy_until(path: Path) -> datetime:
    """When an opened own copy will be deleted."""
    return _changed(path) + timedelta(days=SCANNED_DAYS)


def delete_unsent(edge: Edge) -> int:
    """Delete digests that no ledger entry and no running transfer needs, once they are old enough."""
    with edge.house.db.read(scope=SCOPE) as tx:
        rows = store.ledger_rows(tx, since=ledger.EVER)
        running = {run.id for run in store.runs(tx, RunState.RUNNING, RunState.HELD)}
    needed = {name for row in rows for name in (row.file, row.group_file) if name}
    limit = edge.house.clock.now() - timedelta(days=SCANNED_DAYS)
    old = [
        path for path in sorted(edge.runs_folder.iterdir())
        if path.suffix in SUFFIXES and path.name not in needed and path.stem not in running and _changed(path) < limit
    ]  # fmt: skip
    for path in old:
        path.unlink(missing_ok=True)
    if old:
        said = {"files": len(old), "days": SCANNED_DAYS}
        edge.house.db.write(lambda tx: tell(edge, tx, "digests.deleted", said), scope=SCOPE)
    return len(old)


def destroy_old_keys(edge: Edge) -> int:
    """Destroy the counting keys whose time is over, and the digests made under them."""
    first = legal_date(edge.house.clock.now()).year - KEY_YEARS
    due = edge.keys.counting.old(first)
    for key in due:
        gone = _runs_under(edge.runs_folder, fingerprint(key.material))
        said: dict[str, object] = {"key_id": key.key_id, "year": key_year(key), "runs": len(gone)}
        edge.house.db.write(partial(_destroyed, edge, said), scope=SCOPE)
        for path in gone:
            path.unlink(missing_ok=True)
        edge.keys.counting.destroy(key.key_id)
    return len(due)


def _destroyed(edge: Edge, said: dict[str, object], tx: Tx) -> str:
    return tell(edge, tx, "counting_key.destroyed", said)


def _runs_under(folder: Path, mark: bytes) -> list[Path]:
    found = []
    for path in sorted(folder.iterdir()):
        if path.suffix in {".persons", ".group"}:
            try:
                if mark_of(path) == mark:
                    found.append(path)
            except BadRun:
                continue
    return found


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
