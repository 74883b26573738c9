"""What the files of this room have in common: refusals instead of bare system errors, and folders that are synced."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from feiyu.base.said import said
from feiyu.seal.errors import CannotStore, DiskFull

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def storing(path: Path) -> Iterator[None]:
    """Turn the system's error into a refusal that names the file and what to do."""
    try:
        yield
    except OSError as bad:
        if bad.errno in FULL:
            raise DiskFull(path=path) from None
        raise CannotStore(path=path, reason=said(bad)) from None


def write_at(fd: int, data: memoryview, at: int) -> None:
    """Write all of ``data`` at a place, however little the system takes at a time."""
    while data:
        done = os.pwrite(fd, data, at)
        at, data = at + done, data[done:]


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable: what was created, renamed, removed."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
