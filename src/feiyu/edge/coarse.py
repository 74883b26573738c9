"""Generalise a column: coarser values of the same field, so that a re-scan can say what is left in it.

Dates become years, ages bands of ten, incomes bands of ten thousand, coordinates one decimal (about ten kilometres);
a track becomes its first point, as coarse.

Rules this module keeps:
 * a value that is not understood is emptied, never passed on;
 * whether the coarse field is still sensitive is for a scan of the changed table to say, not for this module.
"""

import io
import re
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa

from feiyu.scan import Source, State, open_source, open_writer, profile
from feiyu.scan.table import BytesInput

MAX_BYTES = 64 * 1024 * 1024
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_DECIMAL = re.compile(r"-?\d{1,3}\.\d+")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def _year(text: str) -> str | None:
    found = _YEAR.search(text)
    return found[0] if found else None


def _band(width: int) -> Callable[[str], str | None]:
    def band(text: str) -> str | None:
        found = _NUMBER.fullmatch(text.strip().replace(",", ""))
        if not found:
            return None
        low = int(float(found[0]) // width) * width
        return f"{low}-{low + width - 1}"

    return band


def _degree(text: str) -> str | None:
    found = _DECIMAL.findall(text)[:2]
    return " ".join(f"{float(one):.1f}" for one in found) or None


COARSER: dict[str, Callable[[str], str | None]] = {
    "birth_date": _year, "date": _year, "timestamp": _year, "age": _band(10), "income": _band(10_000),
    "longitude": _degree, "latitude": _degree, "lonlat": _degree, "trajectory": _degree,
}  # fmt: skip
"""What can be made coarser, by semantic type."""


def still_sensitive(path: Path, field: str, type_id: str, *, key: bytes | None) -> bool:
    """Whether a field of the first table is still sensitive once it was made coarser, by a scan of the changed table."""
    source = open_source(path)
    if source.size_bytes > MAX_BYTES or type_id not in COARSER:
        return True
    changed = _changed(source, field, COARSER[type_id])
    if changed is None:
        return True
    found = profile(BytesInput("changed.csv", changed), key=key)
    fields = [one for table in found.tables for one in table.fields if one.name == field]
    return not fields or any(one.sensitive or one.state is State.UNREAD for one in fields)


def _changed(source: Source, field: str, coarser: Callable[[str], str | None]) -> bytes | None:
    table = next(source.tables(), None)
    if table is None or field not in table.fields:
        return None
    at = table.fields.index(field)
    schema = table.schema.set(at, pa.field(field, pa.string()))
    sink = io.BytesIO()
    writer = open_writer("csv", schema, sink)
    for batch in table.batches():
        values = [None if one is None else coarser(str(one)) for one in batch.column(at).to_pylist()]
        columns = [*batch.columns]
        columns[at] = pa.array(values, pa.string())
        writer.write(pa.RecordBatch.from_arrays(columns, schema=schema))
        if sink.tell() > MAX_BYTES:
            return None
    writer.close()
    return sink.getvalue()
