"""A workbook as calamine reads it, in this process or in one of its own.

calamine lays a sheet out as the whole rectangle around its cells, so that two cells in far corners of a file of two kilobytes ask for
hundreds of gigabytes; what it cannot have ends the process it runs in.

Rules this module keeps:
 * the process apart has bounded memory and processor time, gets the workbook on its standard input, and opens nothing;
 * when it ends, whatever the reason, the workbook is refused.

Sources: calamine through fastexcel.
"""

import contextlib
import json
import struct
import subprocess
import sys
import weakref
from typing import Any, BinaryIO, Protocol

import pyarrow as pa

from feiyu.base.said import said
from feiyu.base.text import Text

MEMORY_BYTES = 3 << 30
_OLE = b"\xd0\xcf\x11\xe0"
CPU_SECONDS = 300
_SIZE = struct.Struct("<q")


class BadBook(Exception):
    """It cannot be parsed; the message says why."""


class Book(Protocol):
    """The sheets of a workbook."""

    sheet_names: list[str]

    def load(self, index: int, rows: int | None) -> pa.RecordBatch | None:
        """The first ``rows`` of a sheet, or all, as strings; None where it has no cell."""


class Here:
    """Parsed in this process."""

    def __init__(self, data: bytes) -> None:
        import fastexcel

        self._book: Any = _tried(lambda: fastexcel.read_excel(data))
        self.sheet_names: list[str] = self._book.sheet_names

    def load(self, index: int, rows: int | None) -> pa.RecordBatch | None:
        """See ``Book``."""
        sheet = _tried(
            lambda: self._book.load_sheet(index, header_row=None, skip_rows=0, n_rows=rows, dtypes="string")
        )
        return _tried(sheet.to_arrow) if sheet.width else None


class Apart:
    """Parsed in a process of its own, which lives as long as this object."""

    def __init__(self, data: bytes) -> None:
        command = [sys.executable, "-I", "-m", "feiyu.scan.readers.excel_book"]
        self._child = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        weakref.finalize(self, _end, self._child)
        self.sheet_names: list[str] = json.loads(self._ask(data))

    def load(self, index: int, rows: int | None) -> pa.RecordBatch | None:
        """See ``Book``."""
        answer = self._ask(json.dumps([index, rows]).encode())
        return pa.ipc.open_stream(answer).read_next_batch() if answer else None

    def _ask(self, question: bytes) -> bytes:
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        with contextlib.suppress(BrokenPipeError):
            _put(self._child.stdin, question)
        answer = _got(self._child.stdout)
        if answer is None:
            raise BadBook(
                Text(
                    "其单元格超出了工作簿可用的内存或时间",
                    "its cells do not fit into the memory or the time that a workbook may take",
                )
            )
        if answer[:1] == b"!":
            raise BadBook(Text.of(json.loads(answer[1:])))
        return answer[1:]


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.kill()
    child.communicate()


def _tried(work: Any) -> Any:
    import fastexcel

    try:
        return work()
    except fastexcel.FastExcelError as error:
        raise BadBook(str(error).splitlines()[0]) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # of the bindings, under no name that can be imported
            raise
        raise BadBook(Text("其结构不是工作簿", "it has not the structure of a workbook")) from None


def _put(to: Any, data: bytes) -> None:
    to.write(_SIZE.pack(len(data)))
    to.write(data)
    to.flush()


def _got(file: Any) -> bytes | None:
    head = file.read(_SIZE.size)
    if len(head) < _SIZE.size:
        return None
    (size,) = _SIZE.unpack(head)
    data: bytes = file.read(size)
    return data if len(data) == size else None


def _answer(asked: BinaryIO, told: BinaryIO) -> None:
    """Answer one question after the other: the names of the sheets, then sheets."""
    book: Here | None = None
    while (question := _got(asked)) is not None:
        try:
            if book is None:
                _bound(_room(question))
                book = Here(question)
                answer = json.dumps(book.sheet_names).encode()
            else:
                batch = book.load(*json.loads(question))
                answer = b"" if batch is None else _written(batch)
            _put(told, b"=" + answer)
        except BadBook as error:
            _put(told, b"!" + json.dumps(said(error).as_dict()).encode())


def _written(batch: pa.RecordBatch) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    return bytes(sink.getvalue().to_pybytes())


def _room(data: bytes) -> int:
    """How much memory a workbook may take: an old one, whose cells are not packed and at most 65,536 by 256, by its size."""
    return min(MEMORY_BYTES, (1 << 30) + 400 * len(data)) if data.startswith(_OLE) else MEMORY_BYTES


def _bound(room: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (room, room))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


if __name__ == "__main__":
    _answer(sys.stdin.buffer, sys.stdout.buffer)
