"""Scans that were made, kept on this edge, and asked for again.

Rules this module keeps:
 * a profile speaks of a file as it was: size and time of change are taken before the scan and must be the same after it;
 * what is counted while sending follows the profile of that very file, so that both counts rest on the same fields;
 * the digests of a scanned file's persons lie in the runs' folder, under the counting key.
"""

from pathlib import Path

from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.base.ids import new_id
from feiyu.edge import store
from feiyu.edge.errors import ChangedMeanwhile
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.source import allowed_path
from feiyu.edge.store import ProfileRow
from feiyu.scan import Field, Profile, profile


def scan(edge: Edge, path: str, *, drop: tuple[str, ...] = ()) -> ProfileRow:
    """Scan a file and keep its profile. ``drop``: fields left out, so that every count is a re-count without them."""
    real = allowed_path(path, edge.sources)
    now = edge.house.clock.now()
    profile_id = new_id("profile", now)
    before = _mark(real)
    found = profile(
        real,
        key=edge.keys.counting.secret(now),
        drop=drop,
        run=run_file(edge, profile_id),
        clock=edge.house.clock,
        own=edge.own,
    )
    if _mark(real) != before:
        raise ChangedMeanwhile(name=real.name)
    row = ProfileRow(
        id=profile_id, owner_party=edge.house.party_id, path=str(real), size_bytes=before[0], modified_ns=before[1],
        dropped=list(drop), profile=found.as_dict(), at=now,
    )  # fmt: skip
    edge.house.db.write(lambda tx: store.add_profile(tx, row), scope=SCOPE)
    return row


def _mark(path: Path) -> tuple[int, int]:
    try:
        stat = path.stat()
    except FileNotFoundError:
        raise NotFound(what=nouns.FILE, ident=path.name) from None
    return stat.st_size, stat.st_mtime_ns


def is_current(row: ProfileRow) -> bool:
    """Whether the file is still what was scanned."""
    return _mark(Path(row.path)) == (row.size_bytes, row.modified_ns)


def run_file(edge: Edge, profile_id: str) -> Path:
    """Where the digests of a scanned file's persons lie; there is none when it holds nobody."""
    return edge.runs_folder / f"{profile_id}.persons"


def profile_of(edge: Edge, profile_id: str) -> ProfileRow:
    """A kept profile."""
    with edge.house.db.read(scope=SCOPE) as tx:
        row = store.profile_of(tx, profile_id)
    if row is None:
        raise NotFound(what=nouns.PROFILE, ident=profile_id)
    return row


def fields_of(edge: Edge, path: Path, kept: tuple[str, ...]) -> tuple[Field, ...]:
    """What the kept fields of a file hold, from the newest scan of the file as it is now; scanned when there is none."""
    with edge.house.db.read(scope=SCOPE) as tx:
        rows = store.profiles_of_path(tx, str(path))
    for row in rows:
        if is_current(row) and not set(kept) & set(row.dropped):
            break
    else:
        row = scan(edge, str(path))
    found = {field.name: field for field in Profile.of(row.profile).tables[0].fields}
    return tuple(found[name] for name in kept)
