"""A run on disk: the digests of one pass, who heads rows, who stands beside whom.

Layout: one line of canonical JSON (version, fingerprint of the key, types, rows without identifier, damaged fields), then records of
32 bytes, then where the sections begin (counted in records, u64 each, the end last), then SHA-256 of all before. The sections are heads,
ties and mates of 256 parts in turn. A head is 16 bytes digest, rows it heads in all, sensitive, under 14 (u32 each), place of its type
(u16), two bytes nought; a tie is a digest, with the place of its type in its eighth byte, and the surer head that it stands beside; mates
are two that head one row. Everything is little-endian; a digest is read as two numbers, whose first tells its part (by its highest byte,
which is the eighth) and by which all records of a section are sorted.

Rules this module keeps:
 * the same rows give the same bytes, in whatever order and in how many files they came;
 * neither writing nor reading holds a run in memory;
 * a file that is cut, changed or of another version is refused; nothing is read past its stated counts;
 * a run is written whole under another name and then renamed.

Trust and durability: the checksum finds accidents, not forgery; the edge's ledger signs what must not be forged.

Sources: ADR 0081, 0135, 0156, 0163.
"""

import hashlib
import json
import os
import struct
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, TypeVar

from feiyu.base import canonical
from feiyu.base.text import Text
from feiyu.scan.errors import BadRun, OtherKey

FORMAT = "feiyu-persons/3"
RECORD, SECTIONS, CHECKSUM = 32, 768, 32
INDEX = struct.Struct(f"<{SECTIONS + 1}Q")
HEADER_LIMIT = 1 << 16
PIECE = 1 << 20
Told = TypeVar("Told")


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a run says of itself: the fingerprint of its key, the types its places mean, rows without identifier, damaged values by field."""

    mark: bytes
    types: tuple[str, ...]
    loose: tuple[int, int, int]
    damaged: dict[str, int]

    def places(self, names: tuple[str, ...]) -> tuple[int, ...]:
        """Its places in the order of ``names`` (another version may order types otherwise)."""
        place = {name: i for i, name in enumerate(names)}
        return tuple(place[name] for name in self.types)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run(Head):
    """An opened run: ``at`` counts records up to each section and to the end, ``start`` is the byte of the first."""

    file: BinaryIO
    start: int
    at: tuple[int, ...]
    checksum: bytes

    @property
    def size_bytes(self) -> int:
        """The bytes of its records."""
        return self.at[-1] * RECORD

    def pieces(self, section: int) -> Iterator[bytes]:
        """The records of one section, many at a time."""
        at, end = (self.start + RECORD * self.at[i] for i in (section, section + 1))
        while at < end:
            piece = os.pread(self.file.fileno(), min(PIECE, end - at), at)
            if not piece or len(piece) % RECORD:
                raise BadRun(
                    name=Path(self.file.name).name,
                    reason=Text("读取过程中文件被截短", "cut while it was read"),
                )
            yield piece
            at += len(piece)

    def records(self, section: int) -> Iterator[bytes]:
        """The records of one section."""
        for piece in self.pieces(section):
            for i in range(0, len(piece), RECORD):
                yield piece[i : i + RECORD]


def write(
    path: Path, head: Head, put: Callable[[BinaryIO], tuple[list[int], Told]], *, lasting: bool = True
) -> Told:
    """Write a run; ``put`` writes its records to a stream and answers where the sections begin, and what else it has to say.

    ``lasting``: it outlives a crash of the machine.
    """
    said = {"format": FORMAT, "key": head.mark.hex(), "types": list(head.types), "loose": list(head.loose), "damaged": head.damaged}  # fmt: skip
    temporary = path.with_name(path.name + ".part")
    try:
        with temporary.open("w+b") as stream:
            stream.write(canonical.dumps(said) + b"\n")
            sections, told = put(stream)
            stream.write(INDEX.pack(*sections))
            stream.flush()
            stream.seek(0)
            digest = hashlib.file_digest(stream, "sha256").digest()
            stream.write(digest)
            stream.flush()
            if lasting:
                os.fsync(stream.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return told


def mark_of(path: Path) -> bytes:
    """The fingerprint of the key a run was made under, from its first line alone; nothing else is checked."""
    with path.open("rb") as stream:
        line = stream.readline(HEADER_LIMIT)
    try:
        return bytes.fromhex(json.loads(line)["key"])
    except (ValueError, KeyError, TypeError) as cause:
        raise BadRun(name=path.name, reason=Text("文件头格式不符", "its header has another form")) from cause


@contextmanager
def opened(path: Path, *, mark: bytes | None = None) -> Iterator[Run]:
    """A run whose checksum and sizes are right; one under another key than ``mark`` is refused.

    Its checksum is asked for beside the reading: one that differs is told at the end of the context, before all else that was found.
    """
    with path.open("rb") as stream, ThreadPoolExecutor(1, thread_name_prefix="run-check") as pool:
        size = os.fstat(stream.fileno()).st_size
        checked = pool.submit(_check, path.name, stream.fileno(), size)
        try:
            yield _described(path.name, stream, size, mark)
        finally:
            checked.result()


def _check(name: str, fd: int, size: int) -> None:
    digest, at, end = hashlib.sha256(), 0, size - CHECKSUM
    while at < end and (piece := os.pread(fd, min(PIECE, end - at), at)):
        digest.update(piece)
        at += len(piece)
    if at != end or digest.digest() != os.pread(fd, CHECKSUM, end):
        raise BadRun(name=name, reason=Text("校验和不符", "its checksum differs"))


def _described(name: str, stream: BinaryIO, size: int, mark: bytes | None) -> Run:
    line = stream.readline(HEADER_LIMIT)
    head = _head(name, line)
    if mark is not None and head.mark != mark:
        raise OtherKey(name=name)
    room = size - len(line) - INDEX.size - CHECKSUM
    if room < 0 or room % RECORD:
        raise BadRun(name=name, reason=Text("大小不符", "its size does not fit its header"))
    at = INDEX.unpack(os.pread(stream.fileno(), INDEX.size, len(line) + room))
    if at[0] or at[-1] != room // RECORD or any(a > b for a, b in pairwise(at)):
        raise BadRun(name=name, reason=Text("大小不符", "its size does not fit its index"))
    return Run(
        mark=head.mark, types=head.types, loose=head.loose, damaged=head.damaged, file=stream, start=len(line), at=at,
        checksum=os.pread(stream.fileno(), CHECKSUM, size - CHECKSUM),
    )  # fmt: skip


def _head(name: str, line: bytes) -> Head:
    try:
        said = json.loads(line)
        if said["format"] != FORMAT:
            raise BadRun(
                name=name,
                reason=Text(f"版本为 {str(said['format'])[:40]}", f"version {str(said['format'])[:40]}"),
            )
        rows, sensitive, minor = (int(one) for one in said["loose"])
        return Head(
            mark=bytes.fromhex(said["key"]), types=tuple(str(one) for one in said["types"]), loose=(rows, sensitive, minor),
            damaged={str(field): int(count) for field, count in said["damaged"].items()},
        )  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError) as cause:
        raise BadRun(name=name, reason=Text("文件头格式不符", "its header has another form")) from cause
