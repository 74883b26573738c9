"""The one function that makes the JSON that is hashed and signed (RFC 8785, JCS).

Rules this module keeps:
 * nobody else serialises something that will be signed;
 * floats never enter evidence: a float is refused (numbers are integers, everything else is text), so the
   number-printing rules of RFC 8785 section 3.2.2.3 are never needed and never differ between languages;
 * reading refuses what a second reader might read differently: duplicate names, floats, NaN, depth, size.

Source: RFC 8785; RFC 7493 (I-JSON).
"""

import json
from collections.abc import Sequence
from typing import NoReturn

from feiyu.base.errors import BadInput
from feiyu.base.said import said
from feiyu.base.text import Text

type_error = "canonical JSON takes str, int, bool, None, list, tuple and dict only, not "
MAX_DEPTH = 64
MAX_BYTES = 16 * 1024 * 1024
_SAFE = 2**53


class NotCanonical(BadInput):
    """JSON that two readers could read differently, or that breaks a limit."""

    code = "BASE-0010"
    message = Text("JSON 不合规范：{reason}", "The JSON is not acceptable: {reason}")
    hint = Text("请按 RFC 8785 生成。", "Produce it as RFC 8785 says.")


def dumps(value: object) -> bytes:
    """Serialise to canonical bytes. Raises ``TypeError`` on a float or any other foreign type: that is a bug."""
    _check(value, 0)
    text = _library(value)
    if text.isascii() or max(text) < _BEYOND:
        return text.encode()
    return _text(value).encode()


def dumps_each(values: Sequence[object]) -> list[bytes]:
    """As ``dumps`` of each, in a third of the time: written in one go with empty texts between them, and taken apart there.

    No value ends with a comma and an empty text, or begins with an empty text and a comma; one that has them inside shows by
    the number of parts.
    """
    for value in values:
        _check(value, 0)
    text = _library([part for value in values for part in (value, "")])
    found = text.encode()[1:-4].split(b',"",')
    if len(found) == len(values) and (text.isascii() or max(text) < _BEYOND):
        return found
    return [dumps(value) for value in values]


_LIBRARY = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"), check_circular=False
)
"""It sorts names by code point; up to U+D7FF that is the order of UTF-16 code units too."""
_MAKE = getattr(json.encoder, "c_make_encoder", None)
_ENCODER = _MAKE and _MAKE(
    None, _LIBRARY.default, json.encoder.encode_basestring, None, ":", ",", True, False, False
)
"""The library's encoder in C, made once: the library makes one for every call, which costs more than a small document."""
_BEYOND = "\ud800"


def _library(value: object) -> str:
    return "".join(_ENCODER(value, 0)) if _ENCODER else _LIBRARY.encode(value)


def _text(value: object) -> str:
    if isinstance(value, dict):
        # RFC 8785 section 3.2.3 sorts names by UTF-16 code units, which differs from code points above the BMP.
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{_library(name)}:{_text(value[name])}" for name in names) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(map(_text, value)) + "]"
    return _library(value)


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise NotCanonical(reason=Text(f"嵌套超过 {MAX_DEPTH} 层", f"nesting over {MAX_DEPTH} levels"))
    if isinstance(value, str):
        if not value.isascii():
            _check_text(value)
    elif isinstance(value, int):
        if not -_SAFE < value < _SAFE:
            raise NotCanonical(
                reason=Text("整数超过 2^53，请写作文本", "an integer beyond 2^53; write it as text")
            )
    elif isinstance(value, dict):
        for name, item in value.items():
            if not isinstance(name, str):
                raise TypeError(type_error + f"a name of type {type(name).__name__}")
            if not name.isascii():
                _check_text(name)
            kind = type(item)  # most items are plain text or small numbers
            if not ((kind is str and item.isascii()) or (kind is int and -_SAFE < item < _SAFE)):
                _check(item, depth + 1)
    elif isinstance(value, list | tuple):
        for item in value:
            _check(item, depth + 1)
    elif value is not None:
        raise TypeError(type_error + type(value).__name__)


def _check_text(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotCanonical(reason=Text("含有不成对的代理字符", "a lone surrogate")) from None


def _no_float(text: str) -> NoReturn:
    raise NotCanonical(reason=Text(f"数字 {text[:40]} 不是整数", f"the number {text[:40]} is not an integer"))


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotCanonical(reason=Text("同一对象中名称重复", "a name stands twice in one object"))
    return found


def loads(data: bytes, *, max_bytes: int = MAX_BYTES) -> object:
    """Read JSON strictly. The bytes need not be canonical; what was signed is kept and verified verbatim."""
    if len(data) > max_bytes:
        raise NotCanonical(
            reason=Text(f"共 {len(data)} 字节，超过 {max_bytes}", f"{len(data)} bytes, over {max_bytes}")
        )
    try:
        # Decoded here, as UTF-8 only: handed bytes, the parser would guess UTF-16 and drop a byte order mark.
        value = json.loads(
            data.decode(), object_pairs_hook=_pairs, parse_float=_no_float, parse_constant=_no_float
        )
        _check(value, 0)
    except (ValueError, RecursionError) as bad:
        raise NotCanonical(reason=said(bad)) from None
    return value


def loads_object(data: bytes, *, max_bytes: int = MAX_BYTES) -> dict[str, object]:
    """Read JSON strictly and demand an object."""
    value = loads(data, max_bytes=max_bytes)
    if not isinstance(value, dict):
        raise NotCanonical(reason=Text("应为 JSON 对象", "an object is wanted"))
    return value
