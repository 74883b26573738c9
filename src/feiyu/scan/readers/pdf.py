"""PDF documents: the lines of text of every page, drawn in a process of its own that may neither hang nor swell.

Rules this module keeps:
 * the document is parsed in a child process with bounded memory, bounded processor time and no more than ``PAGES`` pages; a bomb kills the
   child, not the scan;
 * a page without text that shows a picture is unread and listed by its number; nothing is guessed from pixels;
 * an encrypted document that an empty password does not open is unread as a whole.

Sources: ISO 32000-2 (PDF 2.0); pypdf (text extraction).
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

import pyarrow as pa

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.errors_sources import Damaged, ExpandsTooMuch, Unread
from feiyu.scan.limits import Limits
from feiyu.scan.table import Input, Meter, Table, sliced

SECONDS = 120
"""Wall time for one document."""


@dataclass(frozen=True, slots=True)
class Read:
    """The lines of a document with their page, and the pages that are pictures."""

    lines: tuple[tuple[str, str], ...]
    pictures: tuple[int, ...]


def pdf_read(source: Input, limits: Limits) -> Read:
    """Draw all text.

    Raises:
        Unread: it is encrypted.
        Damaged: it cannot be parsed, or took more memory or time than a document may.
    """
    if source.size_bytes > limits.document_bytes:
        raise ExpandsTooMuch(name=source.name, limit=f"{limits.document_bytes} B")
    with closing(source.open(Meter())) as file:
        data = file.read(limits.document_bytes + 1)
    command = [sys.executable, "-I", "-m", "feiyu.scan.readers.pdf_child", str(limits.document_bytes)]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as error:
        raise Damaged(
            name=source.name,
            reason=Text(f"{SECONDS} 秒内未能读完", f"it could not be read within {SECONDS} s"),
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError as error:
        raise Damaged(
            name=source.name, reason=Text("超出了 PDF 文档的上限", "the limits of a PDF were exceeded")
        ) from error
    if answer.get("encrypted"):
        raise Unread(
            name=source.name,
            looks=Text("加密的 PDF 文档", "an encrypted PDF document"),
            kind="pdf-encrypted",
        )
    if "reason" in answer:
        raise Damaged(name=source.name, reason=said(answer["reason"]))
    lines = tuple(
        (str(page), line) for page, text in answer["pages"] for line in text.splitlines() if line.strip()
    )
    return Read(lines, tuple(answer["pictures"]))


def pdf_tables(source: Input, read: Read) -> Iterator[Table]:
    """One table: ``page`` and ``text``."""
    schema = pa.schema([("page", pa.string()), ("text", pa.string())])

    def draw(meter: Meter, _: list[Text]) -> Iterator[pa.RecordBatch]:
        meter.bytes = source.size_bytes
        columns = [pa.array(list(one), pa.string()) for one in zip(*read.lines, strict=True)]
        yield from sliced(pa.RecordBatch.from_arrays(columns, schema=schema))

    if read.lines:
        yield Table(name=source.name, schema=schema, draw=draw, ceiling=source.size_bytes)
