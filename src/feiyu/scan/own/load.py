"""The file of own types.

::

    format: feiyu-types/1
    types:
      - id: contract_no
        zh: 合同号
        en: Contract number
        shape: "HT-{9:8}"              # or words: […], or words_file: terms.txt, or regex: … with literal: …
        headers: [合同号, contract no]
        class: commerce
        level: general

Rules this module keeps:
 * read strictly, file and line in every refusal; limits on the number, on lengths, on word lists;
 * a regular expression is RE2's: linear in time, no back-references, no look-around; it needs a literal of three bytes or more that must
   stand in the value, so that it is tried on few;
 * a word list lies beside the file: no path leads out of its folder;
 * an identifier of persons says as which built-in one it counts.
"""

from pathlib import Path
from typing import NoReturn

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.base import strict_yaml
from feiyu.base.said import said
from feiyu.base.strict_yaml import Node
from feiyu.base.text import Text
from feiyu.scan.catalogue import GENERIC, by_id
from feiyu.scan.model import Level, Strength
from feiyu.scan.own.errors import BadOwnTypes
from feiyu.scan.own.model import EACH, Kind, OwnType, OwnTypes
from feiyu.scan.own.reference import plain
from feiyu.scan.own.shapes import forms, refuse_shape

FORMAT = "feiyu-types/1"
MAX_WORDS = 1_000_000
MAX_WORDS_BYTES = 32 << 20
MAX_WORD = 1_000
MAX_REGEX = 500
LEAST_LITERAL = 3
"""Bytes of UTF-8."""
_SHOWN = 100


def refuse(place: str, en: str, zh: str) -> NoReturn:
    """Refuse a file of own types at a place."""
    raise BadOwnTypes(place=place, reason=Text(zh, en))


def load_types(path: Path) -> OwnTypes:
    """Read the file at ``path``; word lists are looked for beside it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = said(error)
        refuse(path.name, f"cannot be read: {reason.en}", f"无法读取：{reason.zh}")
    return read_types(data, path.name, folder=path.parent)


def read_types(data: bytes, file: str, *, folder: Path | None = None) -> OwnTypes:
    """Read a file's bytes; ``folder`` is where its word lists are.

    Raises:
        BadOwnTypes: it is wrong; the values name file and line.
    """
    part = strict_yaml.parse(data, file, refuse).record("format", "types")
    part["format"].choice(FORMAT)
    made: dict[str, OwnType] = {}
    for node in part["types"].items():
        one = _one(node, folder)
        if one.id in made or one.id in by_id() or one.id in GENERIC:
            node.fail(f"the id {one.id!r} is taken", f"id {one.id!r} 已被使用")
        made[one.id] = one
        if sum(other.kind is one.kind for other in made.values()) > EACH:
            node.fail(f"more than {EACH} types of kind {one.kind}", f"{one.kind} 类超过 {EACH} 个")
    if not made:
        part["types"].fail("there is no type", "没有任何类型")
    found = OwnTypes(tuple(made.values()))
    _lengths(found, part["types"])
    return found


def _one(node: Node, folder: Path | None) -> OwnType:
    part = node.record(
        "id", "zh", "en",
        optional=("shape", "words", "words_file", "regex", "literal", "inside", "alone", "share", "headers", "class", "level",
                  "personal", "sensitive", "strength", "counts_as", "source"),
    )  # fmt: skip
    kind = _kind(node, part)
    strength = Strength(part["strength"].choice(*Strength)) if "strength" in part else Strength.NONE
    counts_as = _counts_as(node, part, strength)
    names = Text(_short(part["zh"]), _short(part["en"]))
    sensitive = part["sensitive"].flag() if "sensitive" in part else False
    return OwnType(
        id=_id(part["id"]),
        names=names,
        kind=kind,
        shapes=_shapes(part["shape"]) if kind is Kind.SHAPE else (),
        words=_words(part, folder) if kind is Kind.WORDS else (),
        regex=_regex(part["regex"]) if kind is Kind.REGEX else "",
        literal=_literal(node, part) if kind is Kind.REGEX else "",
        inside=_flag_of(part, "inside", kind, Kind.REGEX),
        alone=_flag_of(part, "alone", kind, Kind.SHAPE),
        share=_between(part["share"], 1, 100) if "share" in part else 90,
        headers=tuple(_short(one) for one in part["headers"].items()) if "headers" in part else (),
        category=_id(part["class"]) if "class" in part else "other",
        level=Level(part["level"].choice(*Level)) if "level" in part else Level.GENERAL,
        personal=part["personal"].flag()
        if "personal" in part
        else sensitive or strength is not Strength.NONE,
        sensitive=sensitive,
        strength=strength,
        counts_as=counts_as,
        source=_short(part["source"]) if "source" in part else "",
    )


def _kind(node: Node, part: dict[str, Node]) -> Kind:
    given = [name for name in ("shape", "words", "words_file", "regex") if name in part]
    if len(given) != 1:
        node.fail(
            "exactly one of shape, words, words_file, regex",
            "须且只须给出 shape、words、words_file、regex 之一",
        )
    return Kind("words" if given[0] == "words_file" else given[0])


def _flag_of(part: dict[str, Node], name: str, kind: Kind, wanted: Kind) -> bool:
    if name not in part:
        return False
    if kind is not wanted:
        part[name].fail(f"{name} belongs to {wanted}", f"{name} 只用于 {wanted}")
    return part[name].flag()


def _id(node: Node) -> str:
    word = node.text()
    if not (
        word.isascii()
        and word.replace("_", "a").isalnum()
        and word[:1].isalpha()
        and word.islower()
        and len(word) <= 60
    ):
        node.fail("small letters, digits and _ are wanted", "应为小写字母、数字和下划线")
    return word


def _short(node: Node) -> str:
    word = node.text()
    if not 1 <= len(word) <= _SHOWN or not word.isprintable():
        node.fail(f"1 to {_SHOWN} characters are wanted", f"应为 1 至 {_SHOWN} 个字符")
    return word


def _between(node: Node, low: int, high: int) -> int:
    value = node.integer()
    if not low <= value <= high:
        node.fail(f"{low} to {high} is wanted", f"应在 {low} 与 {high} 之间")
    return value


def _counts_as(node: Node, part: dict[str, Node], strength: Strength) -> str | None:
    known = [
        one.id for one in by_id().values() if one.strength is strength and one.strength is not Strength.NONE
    ]
    if strength is Strength.NONE:
        if "counts_as" in part:
            part["counts_as"].fail("counts_as needs a strength", "counts_as 需要同时给出 strength")
        return None
    if "counts_as" not in part:
        node.fail("an identifier needs counts_as", "标识类型须给出 counts_as")
    return part["counts_as"].choice(*known)


def _shapes(node: Node) -> tuple[str, ...]:
    shapes = node.texts() if isinstance(node.raw, list) else (node.text(),)
    for shape in shapes:
        try:
            forms(shape)
        except ValueError as cause:
            raise refuse_shape(node.place, shape, cause) from None
    if not shapes:
        node.fail("there is no shape", "没有任何形式")
    return shapes


def _lengths(found: OwnTypes, node: Node) -> None:
    counts: dict[int, int] = {}
    for one in found.of(Kind.SHAPE):
        for shape in one.shapes:
            for form in forms(shape):
                counts[len(form)] = counts.get(len(form), 0) + 1
    crowded = [length for length, count in counts.items() if count > EACH]
    if crowded:
        node.fail(f"more than {EACH} forms of {crowded[0]} bytes", f"{crowded[0]} 字节的形式超过 {EACH} 种")


def _words(part: dict[str, Node], folder: Path | None) -> tuple[str, ...]:
    if "words" in part:
        found, place = part["words"].texts(), part["words"].place
    else:
        found, place = _listed(part["words_file"], folder), part["words_file"].place
    words = tuple(dict.fromkeys(word for one in found if (word := plain(one))))
    if not words or len(words) > MAX_WORDS:
        refuse(place, f"1 to {MAX_WORDS} words are wanted", f"应为 1 至 {MAX_WORDS} 个词")
    if any(len(word.encode()) > MAX_WORD for word in words):
        refuse(place, f"a word is longer than {MAX_WORD} bytes", f"有词超过 {MAX_WORD} 字节")
    return words


def _listed(node: Node, folder: Path | None) -> tuple[str, ...]:
    name = node.text()
    if folder is None:
        node.fail("there is no folder for word lists here", "此处没有词表所在的文件夹")
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        node.fail("a word list lies beside the file or below", "词表须在本文件所在的文件夹内")
    try:
        if path.stat().st_size > MAX_WORDS_BYTES:
            node.fail(f"more than {MAX_WORDS_BYTES} bytes", f"超过 {MAX_WORDS_BYTES} 字节")
        return tuple(path.read_text(encoding="utf-8-sig").splitlines())
    except (OSError, UnicodeDecodeError) as error:
        reason = said(error)
        node.fail(f"{name} cannot be read: {reason.en}", f"{name} 无法读取：{reason.zh}")


def _regex(node: Node) -> str:
    expression = node.text()
    if not 1 <= len(expression) <= MAX_REGEX:
        node.fail(f"1 to {MAX_REGEX} characters are wanted", f"应为 1 至 {MAX_REGEX} 个字符")
    try:
        # RE2 has no look-around and no back-references, and its programs are bounded
        pc.match_substring_regex(pa.array([""]), expression)
    except pa.ArrowInvalid as error:
        said = str(error).partition(":")[2].strip() or str(error)
        node.fail(f"no expression of RE2: {said}", f"不是 RE2 正则表达式：{said}")
    return expression


def _literal(node: Node, part: dict[str, Node]) -> str:
    if "literal" not in part:
        node.fail("a regex needs a literal that stands in every value", "regex 须给出每个值都含有的 literal")
    word = plain(part["literal"].text())
    if not LEAST_LITERAL <= len(word.encode()) <= EACH:
        part["literal"].fail(
            f"{LEAST_LITERAL} to {EACH} bytes are wanted", f"应为 {LEAST_LITERAL} 至 {EACH} 字节"
        )
    return word
