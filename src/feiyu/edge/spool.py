"""Sealed bytes that wait at the edge until the port is back.

Rules this module keeps:
 * only ciphertext lies here; it is whole and durable before the manifest that names it is kept;
 * a run that begins again writes the same bytes from the start: the seal gives the same ones or refuses.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

BLOCK = 1 << 20


class Spool:
    """A file of ciphertext being written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb", buffering=BLOCK)
        path.chmod(0o600)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, data: Any) -> int:
        """Take ciphertext in order."""
        return self._file.write(data)

    def finish(self) -> None:
        """Make all of it durable."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        folder = os.open(self.path.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def blocks(path: Path) -> Iterator[bytes]:
    """The bytes of a spool in order."""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block
