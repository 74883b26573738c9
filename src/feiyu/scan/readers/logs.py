"""Log files: lines of a known form as columns, so that an address of a client is a field and not a word in a text.

Rules this module keeps:
 * a form is only taken where nine in ten lines of the sample have it; the lines that do not have it stand whole in the last column;
 * every character of a line stays in one of the columns, brackets and quotation marks apart.

Sources: Apache HTTP Server (common and combined log format); RFC 3164, RFC 5424 (syslog); the usual writing of application logs.
"""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

import pyarrow as pa

from feiyu.base.text import Text, number_of
from feiyu.scan.errors_sources import LineTooLong
from feiyu.scan.limits import Limits
from feiyu.scan.table import Input, Meter, Table

SHARE = 0.9
LEAST = 5
ROWS = 8192
_LEVEL = "TRACE|DEBUG|INFO|INFORMATION|NOTICE|WARN|WARNING|ERROR|ERR|FATAL|CRITICAL|CRIT|SEVERE|ALERT|EMERG"
_STAMP = r"[0-9]{4}[-/][0-9]{2}[-/][0-9]{2}[T ][0-9:.,]{8,16}(?:Z|[+-][0-9]{2}:?[0-9]{2})?"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of lines: its columns are the names of the groups."""

    pattern: re.Pattern[str]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, and the one for lines of another form."""
        return (*self.pattern.groupindex, "other_line")


FORMS = tuple(
    Form(re.compile(text, re.ASCII))
    for text in (
        (
            r'(?P<remote_addr>\S{1,64}) (?P<ident>\S{1,64}) (?P<remote_user>\S{1,256}) \[(?P<time_local>[^\]]{1,64})\] "(?P<request>(?:[^"\\]|\\.)*)" '
            r'(?P<status>[0-9-]{1,3}) (?P<body_bytes>[0-9-]{1,20})(?: "(?P<http_referer>(?:[^"\\]|\\.)*)" "(?P<http_user_agent>(?:[^"\\]|\\.)*)")?'
            r"(?P<rest>.*)"
        ),
        rf"\[?(?P<time>{_STAMP})\]?[ ,|]+(?:\[(?P<thread>[^\]]{{1,120}})\][ ,|]+)?\[?(?P<level>{_LEVEL})\]?[ :|,-]+(?P<message>.*)",
        rf"(?P<time>{_STAMP})[ ,|]+(?P<source>[\w.$\[\]/-]{{1,200}})[ ,:|-]+(?:{_LEVEL})?(?P<message>.*)",
        (
            r"(?:<[0-9]{1,3}>)?(?P<time>[A-Z][a-z]{2} [ 0-9][0-9] [0-9]{2}:[0-9]{2}:[0-9]{2}) (?P<host>\S{1,255}) (?P<process>[^:\[ ]{1,120})"
            r"(?:\[(?P<pid>[0-9]{1,10})\])?: (?P<message>.*)"
        ),
        r"<[0-9]{1,3}>1 (?P<time>\S{1,40}) (?P<host>\S{1,255}) (?P<app>\S{1,48}) (?P<procid>\S{1,128}) (?P<msgid>\S{1,32}) (?P<message>.*)",
    )
)


def form_of(lines: list[str]) -> Form | None:
    """The form that the lines of a sample have."""
    lines = [line for line in lines if line.strip()][:200]
    if len(lines) < LEAST or _headed(lines):
        return None
    return next(
        (
            f
            for f in FORMS
            if sum(f.pattern.fullmatch(one) is not None for one in lines) >= SHARE * len(lines)
        ),
        None,
    )


def _headed(lines: list[str]) -> bool:
    """Whether the lines are a table that begins with a time: under a first line of names all have as many cells."""
    for delimiter in ",;\t|":
        rows = list(csv.reader(lines[:50], delimiter=delimiter))
        if len(rows[0]) >= 3 and len({len(row) for row in rows}) == 1:
            return not any(cell[:1].isdigit() or len(cell) > 60 for cell in rows[0])
    return False


def log_table(source: Input, form: Form, encoding: str, mark: int, limits: Limits) -> Table:
    """The lines as columns."""
    names = form.names
    schema = pa.schema([(name, pa.string()) for name in names])

    def draw(meter: Meter, warnings: list[Text]) -> Iterator[pa.RecordBatch]:
        other = 0
        with closing(source.open(meter)) as raw:
            raw.read(mark)
            rows: list[tuple[str, ...]] = []
            for number, line in enumerate(_lines(source, raw, encoding, limits), 1):
                found = form.pattern.fullmatch(line)
                if found is None:
                    other += 1
                rows.append(
                    ("",) * (len(names) - 1) + (line,)
                    if found is None
                    else (*(v or "" for v in found.groups()), "")
                )
                if number % ROWS == 0:
                    yield _batch(rows, schema)
                    rows = []
            if rows:
                yield _batch(rows, schema)
        if other:
            warnings.append(
                Text(
                    f"{source.name} 有 {other} 行不是该日志格式，整行放入 other_line 列。",
                    f"{source.name}: {number_of(other, 'line has another form and stands', 'lines have another form and stand')} whole in other_line.",
                )
            )

    return Table(name=source.name, schema=schema, draw=draw, ceiling=source.size_bytes)


def _lines(source: Input, raw: BinaryIO, encoding: str, limits: Limits) -> Iterator[str]:
    number = 0
    with io.TextIOWrapper(io.BufferedReader(cast("Any", raw)), encoding=encoding, errors="replace") as text:
        while line := text.readline(limits.line_bytes + 1):
            number += 1
            if len(line) > limits.line_bytes:
                raise LineTooLong(name=source.name, row=number, limit=limits.line_bytes)
            if line.strip():
                yield line.rstrip("\r\n")


def _batch(rows: list[tuple[str, ...]], schema: pa.Schema) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [pa.array(list(column), pa.string()) for column in zip(*rows, strict=True)], schema=schema
    )
