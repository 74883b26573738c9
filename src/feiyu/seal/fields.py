"""Strict readers for the fields of a manifest: each refuses by the field's name."""

import base64
from collections.abc import Collection, Mapping
from typing import cast

from feiyu.base.content import HASH_BYTES
from feiyu.base.text import Text
from feiyu.seal.errors import BadManifest

MAX_NAME = 1024
MAX_NUMBER = 1 << 50


def names(read: Mapping[str, object], wanted: Collection[str], *, where: str) -> None:
    """Refuse unknown and missing names."""
    unknown, missing = sorted(set(read) - set(wanted)), sorted(set(wanted) - set(read))
    if unknown:
        raise BadManifest(
            field=where, reason=Text(f"有未知内容 {unknown[0][:80]!r}", f"unknown: {unknown[0][:80]!r}")
        )
    if missing:
        raise BadManifest(field=where, reason=Text(f"缺少 {missing[0]!r}", f"missing: {missing[0]!r}"))


def text(read: Mapping[str, object], name: str, *, limit: int) -> str:
    """A text of at most ``limit`` characters."""
    value = read[name]
    if not isinstance(value, str) or len(value) > limit:
        raise BadManifest(
            field=name,
            reason=Text(f"应为至多 {limit} 个字符的文本", f"a text of at most {limit} characters is wanted"),
        )
    return value


def texts(read: Mapping[str, object], name: str, *, limit: int) -> tuple[str, ...]:
    """A list of texts."""
    values = _list(read, name, limit=limit)
    if not all(isinstance(value, str) and len(value) <= MAX_NAME for value in values):
        raise BadManifest(
            field=name,
            reason=Text(
                f"应为至多 {MAX_NAME} 个字符的文本列表", f"texts of at most {MAX_NAME} characters are wanted"
            ),
        )
    return tuple(cast("list[str]", values))


def number(read: Mapping[str, object], name: str) -> int:
    """A whole number, not negative, below 2^50."""
    value = read[name]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < MAX_NUMBER:
        raise BadManifest(
            field=name, reason=Text("应为 0 至 2^50 的整数", "a whole number from 0 to 2^50 is wanted")
        )
    return value


def digest(read: Mapping[str, object], name: str) -> bytes:
    """32 bytes in base64."""
    try:
        value = base64.b64decode(text(read, name, limit=64), validate=True)
    except ValueError:
        value = b""
    if len(value) != HASH_BYTES:
        raise BadManifest(field=name, reason=Text("应为 32 字节的 base64", "32 bytes in base64 are wanted"))
    return value


def mapping(read: Mapping[str, object], name: str) -> Mapping[str, object]:
    """An object."""
    value = read[name]
    if not isinstance(value, dict):
        raise BadManifest(field=name, reason=Text("应为对象", "an object is wanted"))
    return value


def objects(read: Mapping[str, object], name: str, *, limit: int) -> list[Mapping[str, object]]:
    """A list of objects."""
    values = _list(read, name, limit=limit)
    if not all(isinstance(value, dict) for value in values):
        raise BadManifest(field=name, reason=Text("应为对象的列表", "a list of objects is wanted"))
    return cast("list[Mapping[str, object]]", values)


def _list(read: Mapping[str, object], name: str, *, limit: int) -> list[object]:
    value = read[name]
    if not isinstance(value, list) or len(value) > limit:
        raise BadManifest(
            field=name, reason=Text(f"应为至多 {limit} 项的列表", f"a list of at most {limit} is wanted")
        )
    return value
