"""A write-ahead log for entries: one file, one flush for each group, written over and over.

It makes entries durable before their tiles are; ``feiyu.evidence.ahead`` is who writes and replays it.

The file is a ring of pages. A record begins on a page: magic, first index, number of entries, length of the body, the tree's root
after it, a keyed hash over all of that, the place and the body; then the body, entries each behind its length as in a
bundle; then zeros to the end of its last page. The first page names the format and holds the key.

Rules this module keeps:
 * a record is written only after the one before it was flushed, so only the last can be torn: what is torn was never
   answered and is dropped; a readable record behind an unreadable one is damage, and named;
 * no page is shared by two records, so a torn write harms none that was flushed before;
 * a place is used again only after its entries are stored elsewhere (``free``);
 * what an entry holds cannot pass for a record: the key is drawn with the file and the place is hashed along;
 * the pages are written once in advance: overwriting flushes at twice the rate of growing a file.

Trust and durability: whoever holds the directory's lock (``DirectoryHead``) is the only writer. Bit rot in the very last record
looks like a torn write. Losing the file loses what was answered and is not yet in tiles.
"""

import hashlib
import os
import secrets
import struct
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from feiyu.base.text import Text
from feiyu.evidence import tiles
from feiyu.evidence.directory import DurableFiles, write_at
from feiyu.evidence.errors import BadTile, LogDamaged

PAGE = 4096
CAPACITY = 32 * 1024 * 1024
_TITLE = b"feiyu-wal/1\n"
_KEY_BYTES = 32
_MAGIC = b"feiyurec"
_HEAD = struct.Struct(">8sQII32s")
_MAC_BYTES = 32
_OVERHEAD = _HEAD.size + _MAC_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """Entries that begin at ``first``, and the root of the tree behind them; ``page`` and ``pages`` are its place."""

    first: int
    entries: tuple[bytes, ...]
    root: bytes
    page: int
    pages: int

    @property
    def end(self) -> int:
        """The index behind the last entry."""
        return self.first + len(self.entries)


@dataclass(frozen=True, slots=True)
class _Live:
    """Pages that must not be overwritten until the log's stored head reaches ``end``."""

    end: int
    page: int


class Wal:
    """The file ``wal`` in the directory of a log's head."""

    def __init__(self, root: Path, *, capacity: int = CAPACITY) -> None:
        """Open the file, or make it."""
        assert capacity % PAGE == 0
        self._path = root / "wal"
        self._pages = capacity // PAGE
        self._files = DurableFiles(root)
        self._live: deque[_Live] = deque()
        self._at = 1
        self._used = 0
        with self._files.guard():
            found = self._path.exists()
        if not found:
            head = _TITLE + secrets.token_bytes(_KEY_BYTES)
            self._files.write([(self._path, head.ljust(capacity, b"\0"))])
        with self._files.guard():
            self._handle = os.open(self._path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            head = os.pread(self._handle, len(_TITLE) + _KEY_BYTES, 0)
        if not head.startswith(_TITLE) or len(head) != len(_TITLE) + _KEY_BYTES:
            os.close(self._handle)
            raise LogDamaged(reason=Text(f"{self._path} 不是预写日志", f"{self._path} is no write-ahead log"))
        self._key = head[len(_TITLE) :]

    @property
    def max_bytes(self) -> int:
        """The largest body of a record: four always find room side by side."""
        return (self._pages - 1) // 4 * PAGE - _OVERHEAD

    @property
    def crowded(self) -> bool:
        """Whether half of the ring waits to be freed."""
        return bool(self._live) and 2 * self._used > self._pages

    def close(self) -> None:
        """Let go of the file."""
        os.close(self._handle)

    def write(self, first: int, entries: Sequence[bytes], root: bytes) -> bool:
        """Write a record durably; False, and nothing done, when there is no room before ``free`` is called."""
        body = tiles.encode_bundle(entries)
        if len(body) > self.max_bytes:
            raise BadTile(
                reason=Text(
                    f"一批为 {len(body)} 字节，超过 {self.max_bytes}",
                    f"a batch of {len(body)} bytes, over {self.max_bytes}",
                )
            )
        pages = -(-(_OVERHEAD + len(body)) // PAGE)
        page = self._room(pages)
        if page is None:
            return False
        head = _HEAD.pack(_MAGIC, first, len(entries), len(body), root)
        data = b"".join((head, self._mac(page, head, body), body, bytes(-(_OVERHEAD + len(body)) % PAGE)))
        with self._files.guard():
            write_at(self._handle, data, page * PAGE)
            os.fdatasync(self._handle)
        self._keep(first + len(entries), page, pages)
        return True

    def free(self, size: int) -> None:
        """Everything below ``size`` is stored elsewhere, durably."""
        while self._live and self._live[0].end <= size:
            self._live.popleft()
        if not self._live:
            self._at = 1
        self._used = self._span()

    def replay(self, size: int) -> list[Record]:
        """The records that go on from ``size``, in order, flushed; everything older counts as stored and is forgotten."""
        with self._files.guard():
            os.fdatasync(self._handle)  # a killed process may have written what is only in memory yet
            data = self._path.read_bytes()
        found = sorted(
            (record for record in self._records(data) if record.end > size), key=lambda one: one.first
        )
        self._live.clear()
        reached = size
        for record in found:
            if record.first != reached:
                raise LogDamaged(
                    reason=Text(
                        f"{self._path} 自第 {record.first} 条起有记录，却缺少第 {reached} 条起的记录",
                        f"{self._path} holds entries from {record.first} on, but not those from {reached} on",
                    )
                )
            reached = record.end
            self._keep(record.end, record.page, record.pages)
        return found

    def _keep(self, end: int, page: int, pages: int) -> None:
        self._live.append(_Live(end, page))
        self._at = page + pages
        self._used = self._span()

    def _span(self) -> int:
        if not self._live:
            return 0
        oldest = self._live[0].page
        return self._at - oldest if self._at > oldest else self._pages - oldest + self._at

    def _room(self, pages: int) -> int | None:
        """Where so many pages lie free in one piece: behind the newest record, or again from the start."""
        if not self._live:
            return 1
        oldest = self._live[0].page
        if self._at <= oldest:
            return self._at if self._at + pages <= oldest else None
        if self._at + pages <= self._pages:
            return self._at
        return 1 if 1 + pages <= oldest else None

    def _records(self, data: bytes) -> Iterator[Record]:
        page = 1
        while page * PAGE < len(data):
            record = self._record(data, page) if data.startswith(_MAGIC, page * PAGE) else None
            if record is not None:
                yield record
            page += record.pages if record is not None else 1

    def _record(self, data: bytes, page: int) -> Record | None:
        """The record at a page, if it is whole."""
        at = page * PAGE
        head = data[at : at + _HEAD.size]
        if len(head) != _HEAD.size:
            return None
        _, first, count, length, root = _HEAD.unpack(head)
        mac = data[at + _HEAD.size : at + _OVERHEAD]
        body = data[at + _OVERHEAD : at + _OVERHEAD + min(length, self.max_bytes)]
        if len(body) != length or not secrets.compare_digest(mac, self._mac(page, head, body)):
            return None
        entries = tiles.decode_bundle(body, count)
        return Record(
            first=first, entries=entries, root=root, page=page, pages=-(-(_OVERHEAD + length) // PAGE)
        )

    def _mac(self, page: int, head: bytes, body: bytes) -> bytes:
        state = hashlib.blake2b(page.to_bytes(8, "big") + head, key=self._key, digest_size=_MAC_BYTES)
        state.update(body)
        return state.digest()
