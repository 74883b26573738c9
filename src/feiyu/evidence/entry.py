"""What goes into the log: a public entry that says nothing, and the body that its owner discloses.

Rules this module keeps:
 * a public entry is version, pseudonym, sequence number, hash of that source's entry before, hour, and a salted
   commitment to the body; nothing else, so nothing in the log can be guessed or tied to a person;
 * a source numbers its entries from 0 without gap, and each names the bytes of the one before: what is missing shows;
 * body and salt stay outside the log; destroying them leaves a commitment that opens to nothing.
"""

import hashlib
import hmac
import os
import re
import struct
from binascii import b2a_base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from itertools import accumulate, pairwise

from feiyu._native import leaves as lanes
from feiyu.base import canonical
from feiyu.base.clock import from_text, to_text
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence.errors import BadEntry
from feiyu.evidence.keys import unbase64

VERSION = 1
SALT_BYTES = 32
FIRST_PREVIOUS = bytes(32)
"""What the first entry of a source names as the one before it."""
MAX_BYTES = 1024
MAX_SEQ = 2**53
COMMITMENT_PREFIX = b"feiyu/event/v1\n"
SIGNATURE_PREFIX = b"feiyu/event-signature/v1\n"
"""What a party's key signs is this and the body."""
STATEMENT_PREFIX = b"feiyu/statement/v1\n"
"""What a party's key signs beforehand is this and a statement whose hash the body then holds."""

_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{7,63}")
_HOUR = re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]Z")
_NAMES = {"v", "src", "seq", "prev", "hour", "c"}
_BODY_NAMES = {"v", "type", "at", "party", "refs", "data"}


def new_salt() -> bytes:
    """A salt from the operating system."""
    return os.urandom(SALT_BYTES)


def commitment(salt: bytes, body: bytes) -> bytes:
    """The hash that binds an entry to a body and tells nothing of it without the salt."""
    if len(salt) != SALT_BYTES:
        raise BadEntry(reason=Text(f"盐须为 {SALT_BYTES} 字节", f"a salt has {SALT_BYTES} bytes"))
    return hashlib.sha256(COMMITMENT_PREFIX + salt + body).digest()


def commitments(salted: Sequence[bytes]) -> list[bytes]:
    """As ``commitment``, of many at once: each of ``salted`` is a salt and behind it a body."""
    if min(map(len, salted), default=SALT_BYTES) < SALT_BYTES:
        raise BadEntry(reason=Text(f"盐须为 {SALT_BYTES} 字节", f"a salt has {SALT_BYTES} bytes"))
    packed = lanes.hash_each(salted, COMMITMENT_PREFIX)
    return [packed[at : at + 32] for at in range(0, len(packed), 32)]


@lru_cache(maxsize=64)  # events that are recorded together carry one instant
def hour_of(at: datetime) -> str:
    """The hour in which an instant falls, as the public entry shows it."""
    return at.astimezone(UTC).isoformat()[: len("2026-11-22T09")] + "Z"


def pseudonym(secret: bytes, ident: str) -> str:
    """A source's public name: stable under one secret, and without it not to be tied to ``ident``."""
    return "src-" + hmac.digest(secret, b"feiyu/source/v1\n" + ident.encode(), "sha256")[:16].hex()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One public entry, a leaf of the log."""

    source: str
    seq: int
    previous: bytes
    hour: str
    commitment: bytes

    def __post_init__(self) -> None:
        """Refuse what could not be read back."""
        if not _SOURCE.fullmatch(self.source):
            raise BadEntry(
                reason=Text(
                    "来源须为 8 至 64 个字母、数字、- 或 _ 组成的化名",
                    "the source is no pseudonym of 8 to 64 letters, digits, - and _",
                )
            )
        if not 0 <= self.seq < MAX_SEQ or len(self.previous) != 32 or len(self.commitment) != 32:
            raise BadEntry(
                reason=Text(
                    "序号须不小于零且小于 2^53，哈希须为 32 字节",
                    "a sequence number is not negative and below 2^53, a hash has 32 bytes",
                )
            )
        if (self.seq == 0) != (self.previous == FIRST_PREVIOUS):
            raise BadEntry(
                reason=Text(
                    "来源的第一条，且只有第一条，不指明前一条",
                    "the first entry of a source, and only that, names no entry before it",
                )
            )
        if not _HOUR.fullmatch(self.hour):
            raise BadEntry(reason=Text("时点写作 2026-11-22T09Z", "the hour is written as 2026-11-22T09Z"))

    def encode(self) -> bytes:
        """The bytes that are logged."""
        line = _line(self.source, self.hour)
        committed, previous = (b2a_base64(each, newline=False) for each in (self.commitment, self.previous))
        return line % (committed, previous, self.seq)

    @classmethod
    def parse(cls, data: bytes) -> "Entry":
        """Read logged bytes; they must be the one canonical spelling."""
        found = _object(data, MAX_BYTES, _NAMES, "entry")
        source, seq, hour = found["src"], found["seq"], found["hour"]
        previous, committed = found["prev"], found["c"]
        if not (isinstance(source, str) and isinstance(hour, str) and isinstance(seq, int)):
            raise BadEntry(reason=Text("有字段的类型不符", "a field is of the wrong kind"))
        if not (isinstance(previous, str) and isinstance(committed, str)):
            raise BadEntry(reason=Text("有字段的类型不符", "a field is of the wrong kind"))
        entry = cls(
            source=source,
            seq=seq,
            previous=unbase64(previous, BadEntry, Text.same("prev")),
            hour=hour,
            commitment=unbase64(committed, BadEntry, Text.same("c")),
        )
        if entry.encode() != data:
            raise BadEntry(reason=Text("不是规范化的 JSON", "it is not in canonical JSON"))
        return entry

    def successor_of(self, before: bytes) -> bool:
        """Whether this entry names ``before`` as the one before it."""
        return self.previous == hashlib.sha256(before).digest()


def packed(each: Sequence[bytes]) -> bytes:
    """One behind the other, all lengths first, four bytes each."""
    return struct.pack(f">{len(each)}I", *map(len, each)) + b"".join(each)


def unpacked(data: bytes, count: int) -> list[bytes]:
    """As they were before ``packed``."""
    at, ends = 4 * count, [-1]
    if len(data) >= at:
        ends = list(accumulate(struct.unpack_from(f">{count}I", data), initial=at))
    if ends[-1] != len(data):
        raise BadEntry(reason=Text(f"其中不是 {count} 个部分", f"it does not hold {count} parts"))
    return [data[first:end] for first, end in pairwise(ends)]


def chained(
    *, source: str, seq: int, previous: bytes, hour: str, salted: bytes, count: int
) -> tuple[bytes, bytes]:
    """The entries of events of one source and one hour, each naming the one before, packed; and the hash of the last.

    ``salted`` are so many packed salts, each with its body behind it. What entries share is checked once.
    """
    Entry(source=source, seq=seq, previous=previous, hour=hour, commitment=bytes(32))
    if seq + count > MAX_SEQ:
        raise BadEntry(reason=Text("序号须小于 2^53", "a sequence number is below 2^53"))
    line, lengths, bodies = _line(source, hour), salted[: 4 * count], salted[4 * count :]
    pieces = line.replace(b"%d", b"%b").split(b"%b")
    done = lanes.chain(lengths, bodies, COMMITMENT_PREFIX, pieces, seq, previous)
    if done:
        return done
    entries = []
    for number, committed in enumerate(commitments(unpacked(salted, count)), seq):
        entry = line % (b2a_base64(committed, newline=False), b2a_base64(previous, newline=False), number)
        previous = hashlib.sha256(entry).digest()
        entries.append(entry)
    return packed(entries), previous


def _line(source: str, hour: str) -> bytes:
    """The bytes of an entry but for commitment, previous and number: canonical JSON, since no value needs escaping."""
    return b'{"c":"%%b","hour":"%b","prev":"%%b","seq":%%d,"src":"%b","v":%d}' % (
        hour.encode(), source.encode(), VERSION,
    )  # fmt: skip


def event_bodies(
    data: Sequence[Mapping[str, object]],
    *,
    type: str,  # noqa: A002 - the word of the event's own field
    at: datetime,
    party: str,
    refs: Mapping[str, str],
) -> list[bytes]:
    """The canonical bodies of events that differ in their data only."""
    # Names stand in their order, and before "data" there is only "at": the first empty object is that of the data.
    before, _, after = event_body(type=type, at=at, party=party, refs=refs, data={}).partition(b"{}")
    return [before + said + after for said in canonical.dumps_each([dict(said) for said in data])]


def event_body(
    *,
    type: str,  # noqa: A002 - the word of the event's own field
    at: datetime,
    party: str,
    refs: Mapping[str, str],
    data: Mapping[str, object],
) -> bytes:
    """The canonical body of an event: what is disclosed with its receipt."""
    return canonical.dumps(
        {
            "v": VERSION,
            "type": type,
            "at": to_text(at),
            "party": party,
            "refs": dict(refs),
            "data": dict(data),
        }
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A body that was read."""

    type: str
    at: datetime
    party: str
    refs: Mapping[str, str]
    data: Mapping[str, object]

    @classmethod
    def parse(cls, data: bytes, *, max_bytes: int = 1024 * 1024) -> "Body":
        """Read a body."""
        found = _object(data, max_bytes, _BODY_NAMES, "body")
        kind, at, party, refs, said = (found[name] for name in ("type", "at", "party", "refs", "data"))
        if not (isinstance(kind, str) and isinstance(at, str) and isinstance(party, str)):
            raise BadEntry(reason=Text("type、at 与 party 须为文本", "type, at and party are text"))
        if not (
            isinstance(refs, dict)
            and isinstance(said, dict)
            and all(isinstance(r, str) for r in refs.values())
        ):
            raise BadEntry(
                reason=Text(
                    "refs 与 data 须为对象，refs 的值须为文本", "refs and data are objects, refs of text"
                )
            )
        try:
            return cls(type=kind, at=from_text(at), party=party, refs=refs, data=said)
        except ValueError:
            raise BadEntry(reason=Text("at 不是带时区的时刻", "at is no instant with its zone")) from None


def _object(data: bytes, max_bytes: int, names: set[str], what: str) -> dict[str, object]:
    try:
        found = canonical.loads_object(data, max_bytes=max_bytes)
    except canonical.NotCanonical as bad:
        raise BadEntry(reason=said(bad, at=what)) from None
    if set(found) != names or found["v"] != VERSION or isinstance(found["v"], bool):
        raise BadEntry(
            reason=Text(
                f"{what} 的字段须为 {', '.join(sorted(names))}，版本为 {VERSION}",
                f"the fields of {what} are {', '.join(sorted(names))}, version {VERSION}",
            )
        )
    return found
