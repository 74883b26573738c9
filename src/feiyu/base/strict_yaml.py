"""Strict YAML: a tree of nodes that know their file and line.

YAML guesses types; law, plans and users' own types must not be guessed. Here the schema asks for a type and the text has
to match it. What a refusal is called is its reader's: ``parse`` takes the function that raises it.

Rules this module keeps:
 * a key stands once; anchors, aliases, tags, tabs and second documents are refused;
 * what YAML would read as something else (``no``, ``2024-03-22``, ``010``) must be quoted where a text is wanted;
 * a mapping holds the keys its reader names and no others;
 * every refusal names file and line.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NoReturn

import yaml

from feiyu.base.said import said
from feiyu.base.text import Text

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 24
_TEXT = "tag:yaml.org,2002:str"
_INT = re.compile(r"-?(0|[1-9][0-9]{0,14})")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,9})?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BRACKETS = re.compile(r"[\[\]{}]")
_DEEP_BLOCK = re.compile(r"(?:[-?:] ++){24}|\n {80}")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


Refuse = Callable[[str, str, str], NoReturn]
"""Raises the reader's own refusal: place (``file:line``), reason in English, reason in Chinese."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value of a file. ``raw`` is text, a list of nodes, or a mapping of text to node."""

    file: str
    line: int
    raw: "str | list[Node] | dict[str, Node]"
    refuse: Refuse = field(repr=False, compare=False)
    tag: str = _TEXT

    @property
    def place(self) -> str:
        """``file:line``."""
        return f"{self.file}:{self.line}"

    def fail(self, en: str, zh: str) -> NoReturn:
        """Refuse this node."""
        self.refuse(self.place, en, zh)

    def text(self) -> str:
        """A text; what YAML would take for a number, date, truth value or null must be quoted."""
        if not isinstance(self.raw, str):
            self.fail("a text is wanted", "此处应为文字")
        if self.tag != _TEXT:
            self.fail(
                f"{self.raw!r} is not plainly a text; quote it", f"{self.raw!r} 会被读成其他类型，请加引号"
            )
        return self.raw

    def integer(self) -> int:
        """A whole number in plain decimal digits."""
        if not isinstance(self.raw, str) or not _INT.fullmatch(self.raw):
            self.fail("a whole number is wanted", "此处应为整数")
        return int(self.raw)

    def number(self) -> Decimal:
        """A decimal number in plain digits."""
        if not isinstance(self.raw, str) or not _DECIMAL.fullmatch(self.raw):
            self.fail("a decimal number is wanted", "此处应为小数或整数")
        return Decimal(self.raw)

    def day(self) -> date:
        """A date as ``YYYY-MM-DD``."""
        return _day(self, self.raw)

    def choice(self, *allowed: str) -> str:
        """One of the allowed words."""
        word = self.raw if isinstance(self.raw, str) else ""
        if word not in allowed:
            names = ", ".join(allowed)
            self.fail(f"{word!r} is not one of: {names}", f"{word!r} 不在可用值之内：{names}")
        return word

    def flag(self) -> bool:
        """A plain ``true`` or ``false``."""
        return self.choice("true", "false") == "true"

    def items(self) -> "list[Node]":
        """The nodes of a list."""
        if not isinstance(self.raw, list):
            self.fail("a list is wanted", "此处应为列表")
        return self.raw

    def texts(self) -> tuple[str, ...]:
        """A list of texts."""
        return tuple(item.text() for item in self.items())

    def mapping(self) -> "dict[str, Node]":
        """The nodes of a mapping, whatever its keys."""
        if not isinstance(self.raw, dict):
            self.fail("a mapping is wanted", "此处应为映射")
        return self.raw

    def record(self, *needed: str, optional: tuple[str, ...] = ()) -> "dict[str, Node]":
        """A mapping that holds exactly the needed and perhaps the optional keys."""
        found = self.mapping()
        for key, value in found.items():
            if key not in needed and key not in optional:
                names = ", ".join((*needed, *optional))
                value.fail(f"unknown key {key!r}; known: {names}", f"未知的键 {key!r}；可用：{names}")
        for key in needed:
            if key not in found:
                self.fail(f"the key {key!r} is missing", f"缺少键 {key!r}")
        return found

    def bilingual(self) -> Text:
        """A text in both languages."""
        pair = self.record("zh", "en")
        return Text(pair["zh"].text(), pair["en"].text())

    def dated(self) -> "Iterator[tuple[date, Node]]":
        """A mapping of dates to nodes, in the order of the dates."""
        rows = [(_day(value, key), value) for key, value in self.mapping().items()]
        return iter(sorted(rows, key=lambda row: row[0]))


def _day(node: Node, raw: object) -> date:
    if isinstance(raw, str) and _DAY.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    return node.fail(f"{raw!r} is not a date YYYY-MM-DD", f"{raw!r} 不是日期 YYYY-MM-DD")


def parse(data: bytes, file: str, refuse: Refuse) -> Node:
    """Read one YAML document; ``file`` is the name used in refusals, which ``refuse`` raises."""
    if len(data) > MAX_BYTES:
        refuse(file, f"{len(data)} bytes, over {MAX_BYTES}", f"{len(data)} 字节，超过 {MAX_BYTES}")
    try:
        text = data.decode()
    except UnicodeDecodeError as bad:
        refuse(file, f"not UTF-8 at byte {bad.start}", f"第 {bad.start} 字节不是 UTF-8")
    _no_depth(text, file, refuse)
    tab = text.find("\t")
    if tab >= 0:
        refuse(f"{file}:{text.count(chr(10), 0, tab) + 1}", "a tab; use spaces", "含制表符，请改用空格")
    try:
        _no_aliases(text, file, refuse)
        found = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as bad:
        mark = bad.problem_mark
        line = mark.line + 1 if mark else 1
        told = said(bad.problem or "-")
        refuse(f"{file}:{line}", f"not YAML: {told.en}", f"不是合法的 YAML：{told.zh}")
    except (yaml.YAMLError, RecursionError) as bad:
        told = said(bad)
        refuse(file, f"not YAML: {told.en}", f"不是合法的 YAML：{told.zh}")
    if found is None:
        refuse(f"{file}:1", "the file is empty", "文件为空")
    return _convert(found, file, 0, refuse)


def _no_depth(text: str, file: str, refuse: Refuse) -> None:
    # The C composer recurses on the machine's stack: depth is bounded before it sees the text.
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += 1 if found[0] in "[{" else -1
        if depth > MAX_DEPTH:
            line = text.count("\n", 0, found.start()) + 1
            refuse(f"{file}:{line}", f"nesting over {MAX_DEPTH}", f"嵌套超过 {MAX_DEPTH} 层")
    deep = _DEEP_BLOCK.search(text)
    if deep:
        line = text.count("\n", 0, deep.start()) + 1
        refuse(f"{file}:{line}", f"nesting over {MAX_DEPTH}", f"嵌套超过 {MAX_DEPTH} 层")


def _no_aliases(text: str, file: str, refuse: Refuse) -> None:
    # Composing replaces an alias by the node it names, so aliases are looked for in the text itself, and only when
    # one of their signs occurs at all.
    if "&" not in text and "*" not in text and "!" not in text:
        return
    for token in yaml.scan(text, Loader=_LOADER):
        if isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken):
            line = token.start_mark.line + 1
            refuse(f"{file}:{line}", "anchors, aliases and tags are not used", "不得使用锚点、别名与标签")


def _convert(node: yaml.Node, file: str, depth: int, refuse: Refuse) -> Node:
    line = node.start_mark.line + 1
    if depth > MAX_DEPTH:
        refuse(f"{file}:{line}", f"nesting over {MAX_DEPTH}", f"嵌套超过 {MAX_DEPTH} 层")
    if isinstance(node, yaml.ScalarNode):
        return Node(file, line, node.value, refuse, node.tag)
    if isinstance(node, yaml.SequenceNode):
        return Node(file, line, [_convert(item, file, depth + 1, refuse) for item in node.value], refuse)
    found: dict[str, Node] = {}
    for key, value in node.value:
        at = f"{file}:{key.start_mark.line + 1}"
        if not isinstance(key, yaml.ScalarNode):
            refuse(at, "a key must be one word", "键必须是单个词")
        if key.value in found:
            refuse(at, f"the key {key.value!r} stands twice", f"键 {key.value!r} 重复")
        found[key.value] = _convert(value, file, depth + 1, refuse)
    return Node(file, line, found, refuse)
