"""Sources that no reader understands, as an inventory: what each is, how large, what its header says; the content itself is unread.

Rules this module keeps:
 * an inventory is for looking, never for sending: it is made where a scan is asked for, and ``open_source`` goes on refusing;
 * every file has a field ``content`` whose state is unread, and the profile is partial: nobody may take it as general;
 * what the header says about persons and places is detected like any other value.

Sources: DESIGN invariants 1 and 6.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field

import pyarrow as pa

from feiyu.base.text import Text
from feiyu.scan import media
from feiyu.scan.errors_sources import Unread
from feiyu.scan.table import Input, Meter, Source, Table

TAIL = 1 << 21
CONTENT = "content"
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Item:
    """One file that is not read."""

    name: str
    format: str
    size_bytes: int
    facts: dict[str, str] = field(default_factory=dict)


def item_of(source: Input, refusal: Unread) -> Item:
    """What can be said of a file without understanding it."""
    kind = str(refusal.values.get("kind") or "unknown")
    if kind not in media.READERS:
        return Item(source.name, kind, source.size_bytes)
    head = source.head(media.HEAD)
    return Item(source.name, kind, source.size_bytes, media.facts(kind, head, _tail(source, head)))


def _tail(source: Input, head: bytes) -> bytes:
    if len(head) >= source.size_bytes or not source.seekable:
        return b""
    with closing(source.open(Meter())) as file:
        file.seek(max(0, source.size_bytes - TAIL))
        return file.read(TAIL)


def inventory_table(name: str, items: Sequence[Item]) -> Table:
    """A row for each file."""
    items = items[:MOST]
    names = tuple(dict.fromkeys(key for one in items for key in one.facts))
    schema = pa.schema(
        [("file", pa.string()), ("format", pa.string()), ("size_bytes", pa.string())]
        + [(one, pa.string()) for one in names]
        + [(CONTENT, pa.binary())]
    )

    def draw(_: Meter, __: list[Text]) -> Iterator[pa.RecordBatch]:
        columns = [
            pa.array([one.name for one in items], pa.string()),
            pa.array([one.format for one in items], pa.string()),
            pa.array([str(one.size_bytes) for one in items], pa.string()),
            *(pa.array([one.facts.get(key) for one in items], pa.string()) for key in names),
            pa.array([b"\xff\xfe\xff"] * len(items), pa.binary()),
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=schema)

    return Table(name=name, schema=schema, draw=draw, ceiling=0)


def inventory_source(source: Input, refusal: Unread) -> Source:
    """A source that is nothing but its inventory."""
    one = item_of(source, refusal)
    looks = Text("{name} 是{looks}，内容未读。", "{name} is {looks}; its content is unread.").format(
        name=source.name, looks=refusal.values["looks"]
    )
    return Source(
        name=source.name,
        format=one.format,
        size_bytes=source.size_bytes,
        unread=(source.name,),
        warnings=(looks,),
        find=lambda: iter((inventory_table(source.name, (one,)),)),
    )
