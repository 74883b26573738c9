"""A source that a process apart reads: that process asks for places in it through a socket, this one answers.

A file, a part of an archive and an object in a store all reach the process apart in this way, without its knowing where they lie or how one
signs in there.

Rules this module keeps:
 * what is asked for is read and sent in pieces of a MiB, however much it is, and never beyond the end of the source;
 * nothing is put down on a disk;
 * a refusal of the source itself (it changed, it cannot be reached) is kept for the one who waits for the other process.
"""

import contextlib
import socket
import struct
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import Thread
from typing import Any

from feiyu.base.errors import FeiyuError
from feiyu.scan.table import AtPlaces, Input, Meter

_ASK = struct.Struct("<QQ")
"""From where, and how many bytes."""
_PIECE_BYTES = 1 << 20


class Lent(AtPlaces):
    """The source in the process apart: ``line`` is the number of its socket."""

    def __init__(self, line: int, size: int) -> None:
        super().__init__(size)
        self._line = socket.socket(fileno=line)

    def readinto(self, buffer: Any, /) -> int:
        """Fill a buffer, or as much of it as there are bytes."""
        view = memoryview(buffer).cast("B")[: max(0, self._size - self._at)]
        self._line.sendall(_ASK.pack(self._at, len(view)))
        done = 0
        while done < len(view):
            got = self._line.recv_into(view[done:])
            if not got:
                raise OSError("the source ended before its end")
            done += got
        self._at += done
        return done


@contextmanager
def lend(source: Input) -> Iterator[tuple[int, list[FeiyuError]]]:
    """The number of a socket for ``Lent`` in a child, and what the source refuses meanwhile. Leave when the child has ended."""
    here, there = socket.socketpair()
    refused: list[FeiyuError] = []
    thread = Thread(target=_answer, args=(source, here, refused), daemon=True)
    thread.start()
    try:
        yield there.fileno(), refused
    finally:
        there.close()
        thread.join()


def _answer(source: Input, line: socket.socket, refused: list[FeiyuError]) -> None:
    """Answer until the child is gone."""
    with line, contextlib.suppress(OSError):
        try:
            with closing(source.open(Meter())) as file:
                while len(ask := line.recv(_ASK.size, socket.MSG_WAITALL)) == _ASK.size:
                    at, left = _ASK.unpack(ask)
                    file.seek(at)
                    while left and (piece := file.read(min(left, _PIECE_BYTES))):
                        line.sendall(piece)
                        left -= len(piece)
                    if left:
                        return
        except FeiyuError as error:
            refused.append(error)
