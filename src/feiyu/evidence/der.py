"""As much of DER as time-stamp requests and tokens need: written in full, read strictly.

Source: ITU-T X.690.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from feiyu.evidence.errors import BadTimeStamp, because

SEQUENCE, SET, INTEGER, OCTETS, OID, NULL, BOOLEAN, TIME, SHORT_TIME = (
    0x30,
    0x31,
    0x02,
    0x04,
    0x06,
    0x05,
    0x01,
    0x18,
    0x17,
)
MAX_BYTES = 64 * 1024
MAX_PARTS = 10_000
_INSTANT = re.compile(r"([0-9]{12,14})(?:\.[0-9]{1,9})?Z")


def tagged(tag: int, *parts: bytes) -> bytes:
    """One value: tag, length, content."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def sequence(*parts: bytes) -> bytes:
    """A SEQUENCE."""
    return tagged(SEQUENCE, *parts)


def set_of(parts: Iterable[bytes]) -> bytes:
    """A SET OF, its members sorted as DER wants."""
    return tagged(SET, *sorted(parts))


def integer(value: int) -> bytes:
    """A non-negative INTEGER."""
    return tagged(INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big"))


def oid(dotted: str) -> bytes:
    """An OBJECT IDENTIFIER."""
    first, second, *rest = map(int, dotted.split("."))
    found = bytearray()
    for number in (first * 40 + second, *rest):
        part = [number & 0x7F]
        while number := number >> 7:
            part.append(0x80 | number & 0x7F)
        found += bytes(reversed(part))
    return tagged(OID, bytes(found))


def generalized(at: datetime) -> bytes:
    """A GeneralizedTime in whole seconds of UTC."""
    return tagged(TIME, f"{at.astimezone(UTC):%Y%m%d%H%M%SZ}".encode())


def instant(value: "Value") -> datetime:
    """A GeneralizedTime or UTCTime, in UTC and ``Z``, as CMS and RFC 3161 want it; fractions are cut off."""
    text = value.of(value.tag if value.tag in {TIME, SHORT_TIME} else TIME).body.decode("ascii")
    found = _INSTANT.fullmatch(text)
    if found is None or len(found[1]) != (12 if value.tag == SHORT_TIME else 14):
        raise because(BadTimeStamp, "时间的写法不合要求", "a time is not in the form that is wanted")
    digits = found[1]
    if value.tag == SHORT_TIME:
        digits = ("19" if digits[0] >= "5" else "20") + digits
    return datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Value:
    """One value that was read: its tag, its content, and itself as it stood there."""

    tag: int
    body: bytes
    whole: bytes

    def parts(self) -> "list[Value]":
        """The values inside."""
        found, at = [], 0
        while at < len(self.body):
            one, at = _at(self.body, at)
            found.append(one)
            if len(found) > MAX_PARTS:
                raise because(
                    BadTimeStamp, f"一个值内超过 {MAX_PARTS} 个值", f"over {MAX_PARTS} values in one"
                )
        return found

    def of(self, tag: int) -> "Value":
        """Itself, if it has this tag."""
        if self.tag != tag:
            raise because(
                BadTimeStamp,
                f"应为标签 {tag:#04x}，实际为 {self.tag:#04x}",
                f"tag {self.tag:#04x} where {tag:#04x} is wanted",
            )
        return self

    def number(self) -> int:
        """An INTEGER's value."""
        return int.from_bytes(self.of(INTEGER).body, "big", signed=True)


def read(data: bytes, *, limit: int = MAX_BYTES) -> Value:
    """Exactly one value."""
    if len(data) > limit:
        raise because(BadTimeStamp, f"共 {len(data)} 字节，超过 {limit}", f"{len(data)} bytes, over {limit}")
    one, end = _at(data, 0)
    if end != len(data):
        raise because(BadTimeStamp, "值之后尚有其他字节", "bytes follow the value")
    return one


def span(head: bytes) -> tuple[int, int]:
    """How long a value's tag and length are, and its content, by its first six bytes."""
    size, at = (head[1], 2) if len(head) > 1 else (0, 2)
    if size & 0x80:
        count = size & 0x7F
        at, size = 2 + count, int.from_bytes(head[2 : 2 + count], "big")
        if not 1 <= count <= 4 or size < 0x80 or size.bit_length() <= 8 * (count - 1):
            raise because(BadTimeStamp, "长度未用最短形式书写", "a length is not in its shortest form")
    return at, size


def _at(data: bytes, at: int) -> tuple[Value, int]:
    """The value that stands there, and where the next one would."""
    wide, size = span(data[at : at + 6])
    begin, end = at + wide, at + wide + size
    if len(data) < end or data[at] & 0x1F == 0x1F:
        raise because(BadTimeStamp, "某个值不完整", "a value is cut short")
    return Value(data[at], data[begin:end], data[at:end]), end
