"""A copy of an installation while it runs, and an installation made from such a copy.

Order of a backup: (1) the newest checkpoint, (2) the records as one snapshot, (3) every other file, (4) the log's tiles,
made again from the snapshot, (5) the manifest. So every file that the snapshot speaks of was there before it was copied,
and the tiles reach exactly as far as the snapshot's head.

Rules this module keeps:
 * nothing is overwritten: a backup appears whole under a new name, a restore makes a new folder or refuses;
 * a restore believes no file whose SHA-256 is not the manifest's, and takes no file that the manifest does not list;
 * nobody but its owner can read a copy: it holds the keystore (encrypted), bodies of events and sealed data.

What was signed after the copy was made is not in it. A port that goes on from an old copy contradicts what its witnesses
saw; they refuse to cosign, and no key is released until somebody decides (docs, backup and restore).
"""

import hashlib
import json
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from feiyu.app.folder import PORT, Folder, origin_of
from feiyu.app.objects import open_tiles
from feiyu.app.settings import Settings
from feiyu.base.clock import Clock, to_text
from feiyu.base.errors import BadInput, Conflict
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import tiles as log_files
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.tree import twin_origin
from feiyu.evidence.twin import TwinTiles, twin_path
from feiyu.registry.journal.rebuild import rebuild_tiles
from feiyu.store import Database
from feiyu.store.backup import backup as copy_records
from feiyu.store.errors import StoreUnreachable

FORMAT = "feiyu-backup/1"
MANIFEST = "manifest.json"
MAX_MANIFEST_BYTES = 256 * 1024 * 1024
STEP = 1 << 20
_LEFT_OUT = (".lock", ".part", ".new", ".tmp", "-wal", "-shm")


class PlaceTaken(Conflict):
    """There is something at the place where the copy is to appear."""

    code = "CLI-0009"
    message = Text("{path} 已存在且不为空。", "{path} exists and is not empty.")
    hint = Text(
        "请另选目录；备份与恢复都不覆盖已有内容。",
        "Choose another folder; neither backup nor restore overwrites anything.",
    )


class BadBackup(BadInput):
    """The folder is no backup, or not as it was made."""

    code = "CLI-0010"
    message = Text("{path} 不是完好的备份：{reason}", "{path} is not a sound backup: {reason}")
    hint = Text("请使用另一份备份；没有恢复任何内容。", "Use another copy; nothing was restored.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """What a backup or a restore carried over; ``head`` is how far the log reaches (ports only)."""

    side: str
    files: int
    size_bytes: int
    head: int | None


def backup(settings: Settings, target: Path, *, clock: Clock) -> Copied:
    """Copy a port or an edge to the new folder ``target``; the service may be running."""
    draft = _draft(target)
    try:
        with Folder.open(settings, clock=clock) as folder:
            data, name = settings.data, folder.side.name
            notes = _checkpoints(settings) if folder.side is PORT else {}  # 1
            copy_records(folder.db, draft / f"{name}.sqlite")  # 2
            for path in _others(data):  # 3
                with suppress(
                    FileNotFoundError
                ):  # a service may tidy up meanwhile; the snapshot speaks of what was there
                    _copy(data / path, draft / path)
            head = _log(folder, settings, draft, notes, clock) if folder.side is PORT else None  # 4
        copied = _seal(draft, name, settings, head, clock)  # 5
        _name(draft, target)
    except OSError as bad:
        raise StoreUnreachable(reason=said(bad, at=bad.filename)) from bad
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return copied


def restore(source: Path, data: Path) -> Copied:
    """Make the folder ``data`` from a backup; every file is compared with the manifest on its way."""
    manifest = _read_manifest(source)
    draft = _draft(data)
    try:
        for item in manifest.files:
            if _copy(source / item.path, draft / item.path) != item.sha256:
                raise BadBackup(
                    path=source,
                    reason=Text(f"{item.path} 与清单不符", f"{item.path} is not what the manifest says"),
                )
        if manifest.side == PORT.name:
            (draft / "log").mkdir(exist_ok=True)  # a log without entries has no file
        _name(draft, data)
    except OSError as bad:
        raise BadBackup(path=source, reason=said(bad, at=bad.filename)) from bad
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    size = sum(item.size for item in manifest.files)
    return Copied(side=manifest.side, files=len(manifest.files), size_bytes=size, head=manifest.head)


def _draft(target: Path) -> Path:
    """An empty folder beside the target, which must not hold anything yet."""
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise PlaceTaken(path=target)
    draft = target.with_name(f".{target.name}.part")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700, parents=True)
    return draft


def _name(draft: Path, target: Path) -> None:
    for folder in sorted((path for path in draft.rglob("*") if path.is_dir()), reverse=True):
        _flush(folder)
    _flush(draft)
    if target.exists():
        target.rmdir()  # it is empty, or this fails
    draft.rename(target)
    _flush(target.parent)


def _others(data: Path) -> Iterator[Path]:
    """Every file but the records and the log: keys, objects, sealed segments, the edge's runs."""
    for folder, folders, names in os.walk(data):
        here = Path(folder)
        folders[:] = sorted(one for one in folders if not (here == data and one == "log"))
        for name in sorted(names):
            path = here / name
            if here == data or name.endswith(_LEFT_OUT) or name.startswith(".tmp-") or path.is_symlink():
                continue
            yield path.relative_to(data)


def _copy(source: Path, target: Path) -> str:
    """Copy one regular file durably; its SHA-256."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    digest = hashlib.sha256()
    handle = os.open(source, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise BadBackup(path=source, reason=Text("不是文件", "not a file"))
        out = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(out, "wb") as made:
            while part := file.read(STEP):
                digest.update(part)
                made.write(part)
            made.flush()
            os.fsync(out)
    return digest.hexdigest()


def _checkpoints(settings: Settings) -> dict[str, bytes]:
    """The checkpoint of the log and, where it has one, of its twin; the twin's first, which is never beyond the log's."""
    tiles = open_tiles(settings)
    paths = (twin_path(log_files.CHECKPOINT), log_files.CHECKPOINT)
    return {path: note for path in paths if (note := tiles.get(path)) is not None}


def _log(
    folder: Folder, settings: Settings, draft: Path, notes: dict[str, bytes], clock: Clock
) -> dict[str, object] | None:
    """The tiles that follow from the copied records, and the checkpoint, which is not beyond them."""
    store = DirectoryTiles(draft / "log")
    with Database.open(f"sqlite:///{draft / f'{folder.side.name}.sqlite'}", clock=clock) as records:
        head = rebuild_tiles(records, store, origin_of(settings))
        rebuild_tiles(records, TwinTiles(store), twin_origin(origin_of(settings)))
    for path, note in notes.items():
        store.replace(path, note)
    return {"size": head.size, "root": head.root.hex()} if head else None


def _seal(draft: Path, side: str, settings: Settings, head: dict[str, object] | None, clock: Clock) -> Copied:
    """Write the manifest: every file with size and SHA-256."""
    for name in (f"{side}.sqlite-wal", f"{side}.sqlite-shm"):
        (draft / name).unlink(missing_ok=True)
    files = [
        {"path": path.relative_to(draft).as_posix(), "size": path.stat().st_size, "sha256": _digest(path)}
        for path in sorted(draft.rglob("*")) if path.is_file()
    ]  # fmt: skip
    manifest = {
        "format": FORMAT, "side": side, "at": to_text(clock.now()), "demo": settings.demo,
        "origin": origin_of(settings) if side == PORT.name else None, "head": head, "files": files,
    }  # fmt: skip
    with (draft / MANIFEST).open("x", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1)
        file.write("\n")
        file.flush()
        os.fsync(file.fileno())
    size = sum(path.stat().st_size for path in draft.rglob("*") if path.is_file())
    reached = head["size"] if head else None
    assert reached is None or isinstance(reached, int)
    return Copied(side=side, files=len(files), size_bytes=size, head=reached)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Listed:
    """One file of a backup."""

    path: PurePosixPath
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Manifest:
    """What a backup says of itself."""

    side: str
    head: int | None
    files: tuple[_Listed, ...]


def _read_manifest(source: Path) -> _Manifest:
    """Read the manifest; every field of the right kind, every path inside."""
    try:
        with (source / MANIFEST).open("rb") as file:
            found = json.loads(file.read(MAX_MANIFEST_BYTES))
        if found["format"] != FORMAT:
            raise BadBackup(path=source, reason=Text(f"应为 {FORMAT} 格式", f"{FORMAT} is wanted"))
        files = tuple(
            _Listed(path=_inside(item["path"]), size=int(item["size"]), sha256=str(item["sha256"]))
            for item in found["files"]
        )
        head = int(found["head"]["size"]) if found["head"] else None
        return _Manifest(side=str(found["side"]), head=head, files=files)
    except OSError as bad:
        raise BadBackup(
            path=source,
            reason=said(bad, at=MANIFEST),
        ) from None
    except (ValueError, KeyError, TypeError) as bad:
        raise BadBackup(
            path=source,
            reason=said(bad, at=MANIFEST),
        ) from None


def _inside(text: str) -> PurePosixPath:
    path = PurePosixPath(text)
    if path.is_absolute() or not path.parts or ".." in path.parts:
        message = Text(f"{text[:200]!r} 指向目录之外", f"{text[:200]!r} leads outside")
        raise ValueError(message)
    return path


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
