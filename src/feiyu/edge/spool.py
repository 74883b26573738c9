"""Sealed bytes that wait at the edge until the port is back.

Rules this module keeps:
 * only ciphertext lies here; it is whole and durable before the manifest that names it is kept;
 * a disk that is full is a refusal that names the file, never a spool that looks whole;
 * a run that begins again writes the same bytes from the start: the seal gives the same ones or refuses.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from feiyu.base.content import Bytes
from feiyu.seal.files import storing, sync_folder, write_at

BLOCK = 1 << 20


class Spool:
    """A file of ciphertext being written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._at = 0
        with storing(path):
            self._fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        os.close(self._fd)

    def write(self, data: Bytes) -> int:
        """Take ciphertext in order."""
        view = memoryview(data).cast("B")
        with storing(self.path):
            write_at(self._fd, view, self._at)
        self._at += len(view)
        return len(view)

    def finish(self) -> None:
        """Make all of it durable."""
        with storing(self.path):
            os.fsync(self._fd)
            sync_folder(self.path.parent)


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a spool in order."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
