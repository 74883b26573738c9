"""What ``feiyu log monitor`` remembers between two looks: every entry it verified, and the checkpoint they led to.

Rules this module keeps:
 * the memory advances only over what was verified; a look that went wrong leaves it as it was;
 * the checkpoint is written after the entries under it, so that a crash between the two is no gap.
"""

import hashlib
from pathlib import Path

from feiyu.cli.client import BadFile
from feiyu.evidence import tiles
from feiyu.evidence.directory import DurableFiles
from feiyu.evidence.keys import VerifierKey
from feiyu.evidence.monitor import Monitor, Seen
from feiyu.evidence.serve import http_get

ENTRIES = "tile/entries/"


class _Memory:
    """Brings the log's files: from memory while it is told again, from the log afterwards."""

    def __init__(self, url: str, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.files = DurableFiles(folder)
        self._ask = http_get(url)
        self._live = False
        self.fresh: dict[str, bytes] = {}

    def get(self, path: str) -> bytes | None:
        """One file."""
        if not self._live:
            return self.files.read(path)
        data = self._ask(path)
        if data is not None and (path.startswith(ENTRIES) or path == tiles.CHECKPOINT):
            self.fresh[path] = data
        return data

    def go_live(self) -> None:
        """From now on the log itself is asked."""
        self._live = True

    def keep(self) -> None:
        """Remember what this look brought."""
        note = self.fresh.pop(tiles.CHECKPOINT, None)
        self.files.write([(self.files.root / name, data) for name, data in self.fresh.items()])
        if note is not None:
            self.files.write([(self.files.root / tiles.CHECKPOINT, note)])


def look(url: str, key: VerifierKey, folder: Path) -> tuple[Seen, int, Path | None]:
    """One look: what it brought, how far the monitor was before, and the proof's file if the log told two histories."""
    memory = _Memory(url, folder)
    monitor = Monitor(key, memory.get)
    if (last := memory.files.read(tiles.CHECKPOINT)) is not None:
        told = monitor.consider(last)
        if monitor.size == 0 and not told.clean:
            raise BadFile(path=folder, reason=told.findings[0].text["en"])
    before = monitor.size
    memory.go_live()
    seen = monitor.look()
    if seen.size > before:
        memory.keep()
    return seen, before, _proof(seen, folder)


def _proof(seen: Seen, folder: Path) -> Path | None:
    if seen.misbehaviour is None:
        return None
    data = seen.misbehaviour.encode()
    path = folder / f"misbehaviour-{hashlib.sha256(data).hexdigest()[:16]}.json"
    DurableFiles(folder).write([(path, data)])
    return path
