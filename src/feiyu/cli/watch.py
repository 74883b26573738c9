"""What ``feiyu log monitor`` remembers between two looks: every entry it verified, and the checkpoint they led to.

Rules this module keeps:
 * the memory advances only over what was verified; a look that went wrong leaves it as it was;
 * the checkpoint is written after the entries under it, so that a crash between the two is no gap;
 * a checkpoint that came another way is kept until the log has grown to it, then judged: a fork cannot outrun us.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.cli.client import BadFile
from feiyu.evidence import note as notes
from feiyu.evidence import tiles
from feiyu.evidence.chain import Finding, Kind
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.directory import DurableFiles
from feiyu.evidence.keys import VerifierKey
from feiyu.evidence.misbehaviour import Misbehaviour
from feiyu.evidence.monitor import Monitor, Seen
from feiyu.evidence.reader import Get
from feiyu.evidence.serve import log_at
from feiyu.evidence.twin import TwinWatch, twin_path

ENTRIES = "tile/entries/"
VIEWS = "views"
LOOKS_MAX = 64


class _Memory:
    """Brings the log's files: from memory while it is told again, from the log afterwards."""

    def __init__(self, ask: Get, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.files = DurableFiles(folder)
        self._ask = ask
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

    def keep_entries(self) -> None:
        """Remember the entries of a step that was verified."""
        entries = {name: data for name, data in self.fresh.items() if name != tiles.CHECKPOINT}
        self.files.write([(self.files.root / name, data) for name, data in entries.items()])
        for name in entries:
            del self.fresh[name]

    def keep(self) -> None:
        """Remember the checkpoint whose entries are all there; what else was brought and not verified is dropped."""
        note = self.fresh.get(tiles.CHECKPOINT)
        self.fresh.clear()
        if note is not None:
            self.files.write([(self.files.root / tiles.CHECKPOINT, note)])

    def age(self, now: datetime) -> timedelta:
        """How long ago the log last brought anything new."""
        try:
            written = (self.files.root / tiles.CHECKPOINT).stat().st_mtime
        except FileNotFoundError:
            return timedelta()
        return now - datetime.fromtimestamp(written, UTC)

    def kept(self) -> list[bytes]:
        """Checkpoints that came another way and are beyond what the log had published."""
        return [path.read_bytes() for path in sorted((self.files.root / VIEWS).glob("*.checkpoint"))]

    def hold(self, data: bytes, *, ahead: bool) -> None:
        """Keep such a checkpoint, or drop it once it can be judged."""
        path = self.files.root / VIEWS / f"{hashlib.sha256(data).hexdigest()[:32]}.checkpoint"
        if ahead:
            self.files.write([(path, data)])
        else:
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What one look brought: how far the monitor was before and is now, and the twin; what is wrong, the proofs that were written."""

    before: int
    size: int
    findings: tuple[Finding, ...]
    proofs: tuple[Path, ...]
    twin: int | None = None

    @property
    def clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a source may say nothing, and how long the log may not grow; None: as long as it likes."""

    silence: timedelta | None = None
    stall: timedelta | None = None


def look(
    url: str,
    key: VerifierKey,
    folder: Path,
    *,
    now: datetime,
    patience: Patience,
    others: Sequence[bytes] = (),
    twin: VerifierKey | None = None,
) -> Look:
    """One look. ``others`` are checkpoints of the same log that came another way: from witnesses, out of receipts.

    With the key of its ``twin``, the twin's checkpoint is held against the entries of the log.
    """
    ask = log_at(url)
    memory = _Memory(ask, folder)
    beside = TwinWatch(twin, ask(twin_path(tiles.CHECKPOINT))) if twin else None
    monitor = Monitor(key, memory.get, step=memory.keep_entries, take=beside.take if beside else None)
    if (last := memory.files.read(tiles.CHECKPOINT)) is not None and not monitor.recall(last):
        raise BadFile(
            path=folder,
            reason=Text(
                "所记内容推不出旁边的检查点", "what it remembers does not give the checkpoint beside it"
            ),
        )
    before = monitor.size
    memory.go_live()
    seen = _looks(monitor)
    if monitor.size > before and monitor.complete:
        memory.keep()
    elif (
        monitor.size == before
        and seen[0].clean
        and patience.stall is not None
        and memory.age(now) > patience.stall
    ):
        seen.append(Seen(size=before, findings=(_stalled(before, memory.age(now)),)))
    seen += [monitor.consider(other) for other in _views(memory, monitor, others)]
    findings = [finding for one in seen for finding in one.findings]
    if beside is not None and monitor.complete:
        findings += beside.findings()
    if patience.silence is not None:
        findings += monitor.chains.silent(now, longest=patience.silence)
    proofs = tuple(_proof(one.misbehaviour, folder) for one in seen if one.misbehaviour is not None)
    return Look(
        before=before, size=monitor.size, findings=tuple(dict.fromkeys(findings)), proofs=proofs,
        twin=beside.size if beside else None,
    )  # fmt: skip


def _looks(monitor: Monitor) -> list[Seen]:
    """Look until everything is read, or until a look brings nothing more (a long list of findings comes in portions)."""
    seen, size = [monitor.look()], -1
    while not monitor.complete and size < monitor.size and len(seen) < LOOKS_MAX:
        size = monitor.size
        seen.append(monitor.look())
    return seen


def _views(memory: _Memory, monitor: Monitor, others: Sequence[bytes]) -> list[bytes]:
    """Checkpoints that can be judged now; one beyond what the log has published is kept until the log gets there."""
    due = []
    for data in dict.fromkeys([*memory.kept(), *others]):
        try:
            ahead = Checkpoint.parse(notes.parse(data).text).size > monitor.size
        except FeiyuError:
            ahead = False  # it is refused, and named, when it is considered
        memory.hold(data, ahead=ahead)
        if not ahead:
            due.append(data)
    return due


def _stalled(size: int, age: timedelta) -> Finding:
    hours = age.total_seconds() / 3600
    text = Text(f"日志 {hours:.1f} 小时没有增长", f"the log has not grown for {hours:.1f} hours")
    return Finding(kind=Kind.STALL, where=f"size {size}", text=text)


def _proof(proof: Misbehaviour, folder: Path) -> Path:
    data = proof.encode()
    path = folder / f"misbehaviour-{hashlib.sha256(data).hexdigest()[:16]}.json"
    DurableFiles(folder).write([(path, data)])
    return path
