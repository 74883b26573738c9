"""Objects: sealed data, log tiles, documents; whole files under a name, in a directory or in S3.

Rules this module keeps:
 * ``put`` answers when the bytes and their name are durable: the directory store writes a temporary file,
   flushes it, renames it and flushes the folder (obstore's local backend flushes nothing);
 * a reader sees the old object or the new one, never half of one;
 * ``create=True`` never overwrites: of two writers one is told that the object exists;
 * names come from a closed alphabet and never leave the folder.

Trust and durability: whoever can write the folder or the bucket can replace objects; what they hold is proven
by the hashes in manifests and in the log, never by where it lies.
"""

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from feiyu.base.said import said
from feiyu.store.errors import BadObjectKey, ObjectExists, ObjectMissing, ObjectsUnreachable, ObjectTooLarge

MAX_WHOLE_BYTES = 64 * 1024 * 1024
"""The most that one ``put`` or ``get`` holds in memory; larger things go by ``put_file`` and ``get_range``."""

_KEY = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}/){0,16}[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}")
_TEMPORARY = ".tmp-"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectStat:
    """What is known of an object without reading it."""

    key: str
    size_bytes: int


class ObjectStore(Protocol):
    """Where objects lie. Real twice: a directory and S3."""

    def put(self, key: str, data: bytes, *, create: bool = False) -> None:
        """Keep ``data`` under ``key``, durably; with ``create`` refuse when it exists."""
        ...

    def put_file(self, key: str, path: Path, *, create: bool = False) -> None:
        """Keep the contents of a file, of any size."""
        ...

    def get(self, key: str) -> bytes:
        """The whole object."""
        ...

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """``length`` bytes from ``start``; fewer only at the end of the object."""
        ...

    def head(self, key: str) -> ObjectStat | None:
        """What is known of it, or None when there is none."""
        ...

    def delete(self, key: str) -> None:
        """Remove it; nothing happens when there is none."""
        ...

    def list(self, prefix: str = "") -> Iterator[ObjectStat]:
        """All objects whose key begins with the folder ``prefix``, in no promised order."""
        ...


def check_key(key: str) -> str:
    """Give back a valid name; refuse any other."""
    if len(key) > 512 or not _KEY.fullmatch(key):
        raise BadObjectKey(key=key[:80])
    return key


def check_size(key: str, size: int, *, limit: int = MAX_WHOLE_BYTES) -> None:
    """Refuse what is bigger than one call may hold."""
    if size > limit:
        raise ObjectTooLarge(key=key, size=size, limit=limit)


class DirectoryStore:
    """Objects as files under one folder."""

    def __init__(self, folder: Path) -> None:
        self._root = folder
        with _reachable():
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, key: str, data: bytes, *, create: bool = False) -> None:
        """Keep ``data`` under ``key``, durably; with ``create`` refuse when it exists."""
        check_size(key, len(data))
        with self._written(key, create=create) as file:
            file.write(data)

    def put_file(self, key: str, path: Path, *, create: bool = False) -> None:
        """Copy a file in steps of 1 MiB, as durable as ``put``."""
        with self._written(key, create=create) as file, path.open("rb") as source:
            while part := source.read(1024 * 1024):
                file.write(part)

    def get(self, key: str) -> bytes:
        """The whole object."""
        with _reachable(key), self._path(key).open("rb") as file:
            check_size(key, os.fstat(file.fileno()).st_size)
            return file.read()

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """``length`` bytes from ``start``; fewer only at the end of the object."""
        check_size(key, length)
        with _reachable(key), self._path(key).open("rb") as file:
            file.seek(start)
            return file.read(length)

    def head(self, key: str) -> ObjectStat | None:
        """What is known of it, or None when there is none."""
        path = self._path(key)
        with _reachable():
            return ObjectStat(key=key, size_bytes=path.stat().st_size) if path.is_file() else None

    def delete(self, key: str) -> None:
        """Remove it durably; nothing happens when there is none."""
        path = self._path(key)
        with _reachable():
            if path.is_file():
                path.unlink()
                _flush_folder(path.parent)

    def list(self, prefix: str = "") -> Iterator[ObjectStat]:
        """All objects whose key begins with the folder ``prefix``, in no promised order."""
        folder = self._path(prefix.rstrip("/")) if prefix else self._root
        with _reachable():
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                if not path.name.startswith(_TEMPORARY):
                    yield ObjectStat(
                        key=path.relative_to(self._root).as_posix(), size_bytes=path.stat().st_size
                    )

    def _path(self, key: str) -> Path:
        return self._root / check_key(key)

    @contextmanager
    def _written(self, key: str, *, create: bool) -> Iterator[BinaryIO]:
        """Hand out a temporary file; once written, flush it and give it its name."""
        target = self._path(key)
        with _reachable():
            _make_folders(target.parent)
            temporary = target.with_name(_TEMPORARY + secrets.token_hex(8))
            try:
                with temporary.open("xb") as file:
                    yield file
                    file.flush()
                    os.fsync(file.fileno())
                if create:
                    os.link(temporary, target)  # unlike a rename it refuses an existing name
                else:
                    temporary.rename(target)
                _flush_folder(target.parent)
            except FileExistsError:
                raise ObjectExists(key=key) from None
            finally:
                temporary.unlink(missing_ok=True)


@contextmanager
def _reachable(key: str = "") -> Iterator[None]:
    try:
        yield
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError) as failure:
        if key:
            raise ObjectMissing(ident=key, key=key) from None
        raise ObjectsUnreachable(reason=said(failure)) from failure
    except OSError as failure:
        raise ObjectsUnreachable(reason=said(failure)) from failure


def _make_folders(folder: Path) -> None:
    """Make the missing folders, each durable in its parent."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
        _flush_folder(each.parent)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
