"""BER of indefinite length, written anew in definite length: what Bouncy Castle and ``openssl cms -stream`` put around a CMS.

Rules this module keeps:
 * what has a definite length throughout is given back as it stood, so that nothing that was signed changes;
 * an octet string in pieces becomes one in one piece;
 * depth and number of values are limited; what cannot hold anything of indefinite length is not gone through.

Source: ITU-T X.690 sections 8.1.3.6 and 8.7.
"""

import re

from feiyu.evidence import der
from feiyu.evidence.errors import BadTimeStamp, because

MAX_DEPTH = 24
MAX_VALUES = 1 << 16
_END, _PIECES = b"\0\0", 0x24
_OPEN = re.compile(rb"[\x20-\x3f\x60-\x7f\xa0-\xbf\xe0-\xff]\x80")
"""How a value of indefinite length begins; other bytes may look so too."""


def definite(data: bytes) -> tuple[bytes, int]:
    """The value that some bytes begin with, in definite length, and where it ended in ``data``."""
    return _Reader(data).value(0, 0)


class _Reader:
    def __init__(self, data: bytes) -> None:
        self._data = data
        self._left = MAX_VALUES

    def value(self, at: int, depth: int) -> tuple[bytes, int]:
        self._left -= 1
        if depth > MAX_DEPTH or not self._left:
            raise because(
                BadTimeStamp,
                f"超过 {MAX_VALUES} 个值，或嵌套超过 {MAX_DEPTH} 层",
                f"over {MAX_VALUES} values, or over {MAX_DEPTH} deep",
            )
        head = self._data[at : at + 6]
        if len(head) < 2 or head[0] & 0x1F == 0x1F:
            raise because(BadTimeStamp, "某个值不完整", "a value is cut short")
        tag, constructed = head[0], bool(head[0] & 0x20)
        if head[1] == 0x80 and constructed:
            parts, end = self._parts(at + 2, None, depth + 1)
            return _written(tag, parts), end
        begin, size = der.span(head)
        begin, end = at + begin, at + begin + size
        if end > len(self._data):
            raise because(BadTimeStamp, "某个值不完整", "a value is cut short")
        if constructed and (tag == _PIECES or _OPEN.search(self._data, begin, end)):
            parts, _ = self._parts(begin, end, depth + 1)
            if tag == _PIECES or b"".join(parts) != self._data[begin:end]:
                return _written(tag, parts), end
        return self._data[at:end], end

    def _parts(self, at: int, end: int | None, depth: int) -> tuple[list[bytes], int]:
        """The values up to ``end``, or up to the two zeros that end an indefinite one; and where it goes on."""
        found: list[bytes] = []
        while at != end:
            if end is None and self._data[at : at + 2] == _END:
                return found, at + 2
            part, at = self.value(at, depth)
            if end is not None and at > end:
                raise because(BadTimeStamp, "某个值长于包含它的值", "a value is longer than what holds it")
            found.append(part)
        return found, at


def _written(tag: int, parts: list[bytes]) -> bytes:
    if tag != _PIECES:
        return der.tagged(tag, *parts)
    return der.tagged(der.OCTETS, *(der.read(part, limit=len(part)).of(der.OCTETS).body for part in parts))
