"""How a delimited text is written: delimiter, quotation, title rows, header; found on its first bytes.

Rules this module keeps:
 * every delimiter that occurs is tried, and the one under which the rows agree in width and the cells are of known
   kinds wins; when none makes sense the text is one column of lines;
 * a first row is a header only when it differs in kind from what stands below it or reads like names; otherwise
   it is data, because a person in a header would be a person not counted;
 * names are unique and never empty: ``column_3`` stands for a missing one, ``a_2`` for a second ``a``.

Sources: the idea of a consistency score is that of van den Burg, Nazábal, Sutton (2019), "Wrangling messy CSV files
by detecting row and type patterns"; scores and rules here are our own.
"""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from unicodedata import category

from feiyu.scan.fixed import layout, split
from feiyu.scan.header import known as known_header

DELIMITERS = (",", "\t", ";", "|", "\x01", "\x1f", "^", "~", "\x02", "，")
NO_DELIMITER = "\x1e"
"""Given to the tokenisers where a text has no columns; it may not stand in such a text."""
_LEAST_SCORE = 0.3
"""Below it a text has no columns."""
_SAMPLE_ROWS = 200
_TITLE_ROWS = 20
_HEADER_CELLS = 500
_DAY = r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
_CLOCK = r"\d{1,2}:\d{2}[\d:.]*(Z|[+-]\d{2}:?\d{2})?"
_SHAPES = (
    ("number", re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d*)?([eE][-+]?\d+)?%?|[-+]?\.\d+")),
    ("date", re.compile(rf"{_DAY}([ T]{_CLOCK})?|\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}")),
    ("time", re.compile(r"\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?")),
    ("address", re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+|\w+://\S+|\d{1,3}(\.\d{1,3}){3}")),
    ("name", re.compile(r"[^\W\d_]([\w .()/（）%#-]*[\w)）%])?")),
    ("code", re.compile(r"[\w+*#-]*\d[\w .+*#/-]*")),
)
_HEADING = re.compile(r"[^\W\d_][\w .,'’()/（）%#&℃°-]*[\w)）%.?？:：#*]")
"""A heading may hold what a name of other things seldom does."""
_DIGITS = re.compile(r"\d")
_YEAR_LIKE = re.compile(r"(19|20)\d\d|\d{1,2}")
_WORDS = re.compile(
    r"(姓名|名称|编号|编码|代码|号码|号$|日期|时间|地址|电话|手机|邮箱|金额|价格|单价|数量|类型|类别|状态|备注|说明|性别|年龄|证件|"
    r"身份证|账号|单位|公司|部门|城市|省份|国家|型号|品牌|序号|^名$|姓名|車牌|電話|號碼|地址|日期|"
    r"^id$|_id$|^no\.?$|_no$|name|code|date|time|type|status|addr|phone|mobile|mail|amount|price|qty|count|number|"
    r"city|country|state|desc|remark|note|gender|sex|age|title|key|value|url|email|tel|zip|lat|lon|lng|year|month|day)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """What a tokeniser needs, and what it will find."""

    delimiter: str
    quote: str | None
    escape: str | None = None
    skip: int
    """Records before the first data record: titles and header."""
    names: tuple[str, ...]
    starts: tuple[int, ...] = ()
    """Where the columns of a fixed-width text begin; such a text has no delimiter."""

    @property
    def single(self) -> bool:
        """One column of lines: there is no delimiter."""
        return self.delimiter == NO_DELIMITER and not self.starts


def sniff(text: str, *, whole: bool) -> Dialect:
    """The dialect of a text from its beginning; ``whole`` says that nothing follows."""
    quote, escape = _quotation(text)
    best: tuple[float, str, list[list[str]]] | None = None
    even = False
    for delimiter in DELIMITERS:
        if delimiter in text:
            rows = records(text, delimiter, quote, escape, whole=whole)
            score = _score(rows, sure=delimiter in "\t|\x01\x02\x1f" or _quoted(text, delimiter, quote))
            if delimiter == "，" and best and len(rows[0]) != _width(rows):
                score /= 4  # commas of sentences below a head that is divided otherwise
            if even and len(rows[0]) == 1:
                score /= 4  # what divides the parts of a cell, below a head that is divided like every line otherwise
            if score > (best[0] if best else _LEAST_SCORE):
                best = (score, delimiter, rows)
            even = even or (len(rows[0]) > 1 and len({len(row) for row in rows}) == 1)
    lines = _complete(text, whole=whole).splitlines()[:_SAMPLE_ROWS]
    starts = layout(lines) if best is None or len(best[2][0]) == 1 else ()
    if best is not None and len(starts) <= _width(best[2]):
        return _dialect(best[2], best[1], quote, escape)
    if starts:  # a comma that the first line lacks, and which divides less, is one of decimals
        return _dialect(
            [row for row in (split(line, starts) for line in lines) if row], NO_DELIMITER, starts=starts
        )
    for mark in (None, '"') if ' "' in text else (None,):
        rows = records(text, " ", mark, None, whole=whole)
        if _divided_by_spaces(rows):
            return _dialect(rows, " ", mark)
    if text.lstrip()[:1] != quote:
        quote = escape = None
    return _dialect(records(text, NO_DELIMITER, quote, escape, whole=whole), NO_DELIMITER, quote, escape)


def _dialect(
    rows: list[list[str]],
    delimiter: str,
    quote: str | None = None,
    escape: str | None = None,
    starts: tuple[int, ...] = (),
) -> Dialect:
    titles, has_header = header(rows)
    head = heading(rows, titles) if rows else []
    return Dialect(
        delimiter=delimiter,
        quote=quote,
        escape=escape,
        starts=starts,
        skip=titles + has_header,
        names=unique_names(head if has_header else [], max(_width(rows), len(head))),
    )


def _complete(text: str, *, whole: bool) -> str:
    """The text without a last line that the sample may have cut off."""
    return text if whole else text[: max(text.rfind("\n"), text.rfind("\r")) + 1] or text


def records(
    text: str, delimiter: str, quote: str | None, escape: str | None, *, whole: bool
) -> list[list[str]]:
    """The complete records of a sample; blank lines are none."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text)))
    reader = csv.reader(
        io.StringIO(_complete(text, whole=whole), newline=""),
        delimiter=delimiter,
        quotechar=quote or None,
        quoting=csv.QUOTE_MINIMAL if quote else csv.QUOTE_NONE,
        escapechar=escape,
    )
    rows: list[list[str]] = []
    for row in reader:
        if row:
            rows.append(row)
        if len(rows) >= _SAMPLE_ROWS:
            break
    return rows


def header(rows: Sequence[Sequence[str]]) -> tuple[int, bool]:
    """How many title rows stand on top, and whether the row after them is a header."""
    if not rows:
        return 0, False
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows]
    body = sorted(filled[1:]) or filled
    usual = body[len(body) // 2]
    titles = next(
        (i for i, n in enumerate(filled[:_TITLE_ROWS]) if n * 2 >= usual and (n > 1 or usual <= 1)), 0
    )
    titles = _past_wide_titles(rows, filled, usual, titles)
    if _names_below(rows[titles : titles + 60]):
        titles += 1
    return titles, _is_header(rows[titles], rows[titles + 1 : titles + 60])


def _past_wide_titles(rows: Sequence[Sequence[str]], filled: Sequence[int], usual: int, first: int) -> int:
    """The next row as wide as the body, where it names columns better than a narrower one above: that is a title too (制表日期, 2024-01-01)."""
    wide = next((i for i, n in enumerate(filled[:_TITLE_ROWS]) if i > first and n >= usual), first)
    if filled[first] >= usual or wide == first:
        return first
    above, below = (_telling(rows[i], rows[i + 1 : i + 60]) for i in (first, wide))
    return wide if below > max(0.0, above) else first


def _names_below(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row only groups columns (merged cells leave gaps) whose names stand in the second, words for fields most of them."""
    if len(rows) < 3 or all(cell.strip() for cell in rows[0]):
        return False
    groups, names = ([cell.strip() for cell in row] for row in rows[:2])
    filled = [name for name in names if name]
    gaps = [name for group, name in zip(groups, names, strict=False) if not group]
    telling = sum(bool(_WORDS.search(name) or known_header(name)) for name in filled)
    return (
        all(gaps)
        and len(filled) > sum(map(bool, groups))
        and telling * 2 >= len(filled)
        and _is_header(names, rows[2:])
    )


def heading(rows: Sequence[Sequence[str]], titles: int) -> list[str]:
    """The names of the columns; one that spans both lines of a header stands in the upper."""
    head = [cell.strip() for cell in rows[titles]]
    above = rows[titles - 1] if titles and sum(bool(cell.strip()) for cell in rows[titles - 1]) > 1 else ()
    return [cell or (above[i] if i < len(above) else "") for i, cell in enumerate(head)]


def unique_names(cells: Sequence[str], width: int) -> tuple[str, ...]:
    """Field names from the cells of a header: trimmed, never empty, never twice."""
    taken: set[str] = set()
    names = []
    for index in range(width):
        stem = cells[index].strip() if index < len(cells) else ""
        stem = " ".join(stem.split()) or f"column_{index + 1}"
        name, number = stem, 2
        while name in taken:
            name, number = f"{stem}_{number}", number + 1
        taken.add(name)
        names.append(name)
    return tuple(names)


def shape(cell: str) -> str:
    """The kind of a cell: empty, number, date, time, address, name, code, or text for anything longer."""
    cell = cell.strip()
    if not cell.isascii():
        cell = "".join(
            char for char in cell if category(char)[0] != "M"
        )  # vowel signs are no letters to a pattern
    if not cell:
        return "empty"
    if len(cell) > 60:
        return "text"
    return next((name for name, pattern in _SHAPES if pattern.fullmatch(cell)), "text")


def _quotation(text: str) -> tuple[str | None, str | None]:
    """The quotation mark that stands where a cell begins, and the escape character if quotes are escaped by it."""
    doubles = len(re.findall(r"(?:^|[,\t;|\x01\x1f^~:])\"", text, re.MULTILINE))
    singles = len(
        re.findall(r"(?:^|[,\t;|\x01\x1f^~:])'[^'\n]*'(?=[,\t;|\x01\x1f^~:\r\n]|$)", text, re.MULTILINE)
    )
    quote = "'" if singles and not doubles else '"'
    escaped = ESCAPED.search(text) and not DOUBLED.search(text) and quote == '"' and doubles
    return quote, "\\" if escaped else None


ESCAPED = re.compile(r"""\\"(?![,\t;|\x01\x1f^~:\r\n]|$)""")
DOUBLED = re.compile(r"""(?<![\\,\t;|\x01\x1f^~:\r\n"])""(?![,\t;|\x01\x1f^~:\r\n]|$)""")
"""A quotation mark within a cell, in either way. At the end of one a backslash may be that of a folder, and two marks may be an empty cell."""


def _width(rows: Sequence[Sequence[str]]) -> int:
    return Counter(len(row) for row in rows).most_common(1)[0][0] if rows else 1


def _quoted(text: str, delimiter: str, quote: str | None) -> bool:
    """Whether cells in quotation marks stand between these delimiters."""
    return quote is not None and f"{quote}{delimiter}" in text and f"{delimiter}{quote}" in text


def _divided_by_spaces(rows: list[list[str]]) -> bool:
    """Spaces divide the words of every text: only rows that agree throughout and hold values are a table."""
    width = _width(rows)
    if len(rows) < 3 or width < 2 or any(len(row) != width or "" in row for row in rows):
        return False
    columns = list(zip(*rows[1:], strict=True))
    return any(
        all(shape(cell) in ("number", "date", "time", "code") for cell in column) for column in columns
    )


def _score(rows: list[list[str]], *, sure: bool) -> float:
    """How well the rows agree in width, and their cells in kind, between 0 and 1.

    ``sure`` says that the delimiter is one that prose does not have, whatever the cells hold.
    """
    wide = [row for row in rows if len(row) > 1]
    if not wide:
        return 0.0
    width = _width(wide)
    start = next(index for index, row in enumerate(rows) if len(row) == width)
    body = rows[start:]
    fitting = [row for row in body if len(row) == width or (len(row) > width and not any(row[width:]))]
    agree = len(fitting) / len(body) * (1.0 if start <= _TITLE_ROWS else 0.2)
    cells = [shape(cell) for row in fitting[:50] for cell in row[:200]]
    known = max(sum(kind != "text" for kind in cells) / len(cells), 0.7 if sure else 0.0)
    # agreement counts most; more columns are better evidence than two
    return agree * math.sqrt(agree) * (1 - 1 / (width + 1)) * (0.1 + 0.9 * known)


def _is_header(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    cells = [cell.strip() for cell in row]
    if not any(cells) or any(len(cell) > 120 for cell in cells):
        return False
    kinds = _kinds(cells)
    if below and (total := _telling(row, below)):
        return total > 0
    if below and len(cells) == 1:
        return False  # a lone line that looks like those below it is one of them
    filled = [cell for cell in cells if cell]
    distinct = not below or len(filled) == len(set(filled))
    return distinct and all(kind in ("name", "empty") for kind in kinds)


def _telling(row: Sequence[str], below: Sequence[Sequence[str]]) -> float:
    """How much says (positive) or denies that a row names the columns below it."""
    cells = [cell.strip() for cell in row[:_HEADER_CELLS]]
    return sum(
        _evidence(cell, kind, [other[i].strip() for other in below if i < len(other) and other[i].strip()])
        for i, (cell, kind) in enumerate(zip(cells, _kinds(cells), strict=True))
    )


def _kinds(cells: Sequence[str]) -> list[str]:
    kinds = ["name" if _like_name(cell) else shape(cell) for cell in cells]
    return ["name" if kind == "number" else kind for kind in kinds] if _counts_up(cells) else kinds


def _evidence(cell: str, kind: str, column: Sequence[str]) -> float:
    """For (positive) or against (negative) one cell being the name of its column."""
    if not cell:
        return 0.0
    if kind not in ("name", "code", "text"):
        return -1.5
    if cell in column:
        return -1.0
    known = 1.0 if len(cell) <= 30 and (_WORDS.search(cell) or known_header(cell)) else 0.0
    if kind != "name":
        return known - 1.0
    kinds = Counter(map(shape, column))
    other = sum(count for found, count in kinds.items() if found not in ("name", "empty"))
    return known + (1.0 if column and other * 2 > len(column) else 0.0)


def _like_name(cell: str) -> bool:
    """A name may hold a few digits: ``Q1``, ``phone2``, ``2024年销售额``, ``address_line_1``."""
    digits = len(_DIGITS.findall(cell))
    if re.fullmatch(r"\d{2,4}年\D.*", cell):
        return digits <= 4
    if not 0 < len(cell) <= 60 or digits > 4 or digits * 2 > len(cell) or cell[0].isdigit():
        return False
    return shape(cell) in ("name", "code") or _HEADING.fullmatch(cell) is not None


def _counts_up(cells: Sequence[str]) -> bool:
    """Years or numbers in order, as the head of a pivoted table has them, behind at least one name."""
    numbers = [int(cell) for cell in cells if _YEAR_LIKE.fullmatch(cell)]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(numbers) > 2 and steps == {1} and any(_like_name(cell) for cell in cells)
