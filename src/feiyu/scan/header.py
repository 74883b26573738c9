"""What a header says: evidence for each semantic type, in log-odds.

Headers come in Chinese, English, pinyin and abbreviations, in snake case, camel case, with brackets and numbers behind them.

Rules this module keeps:
 * a header never decides alone; it adds to what the values say;
 * the longest word that fits is meant: 客户编号 speaks for the customer number, not for 编号;
 * Latin words match as whole words, never inside others (``id`` does not stand in ``width``).
"""

import re
from functools import cache, lru_cache

from feiyu.scan.catalogue import types
from feiyu.scan.normalize import FOLD

EXACT, TAIL, PART, HINT = 6.0, 5.0, 2.5, 2.0
AGAINST = -8.0
OVERSHADOWED = 3.5
OTHERWISE = -2.0

BRACKETS = re.compile(r"[(\[{【（<].*?[)\]}】）>]|[*#:：]+$")
CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
WORD = re.compile(r"[a-z0-9äöüßé]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


TRADITIONAL = str.maketrans(
    "電話號碼國郵機證帳賬戶銀車編單員齡別業職學診斷貨運險緯經軌跡發動時間額現狀態婚姻護聯絡繫絡姓稱類訂購買賣價數量體檢驗結論遲還駕駛執區縣鄉鎮門樓層廠營執誌錄",
    "电话号码国邮机证账账户银车编单员龄别业职学诊断货运险纬经轨迹发动时间额现状态婚姻护联络系络姓称类订购买卖价数量体检验结论迟还驾驶执区县乡镇门楼层厂营执志录",
)
"""Traditional characters of headers, brought to simplified ones."""


@lru_cache(maxsize=4096)
def tokens(header: str) -> tuple[str, ...]:
    """The words of a header: Latin words in lower case, runs of Chinese; brackets and counting numbers at the end are left out."""
    text = header.translate(FOLD).translate(TRADITIONAL)
    text = BRACKETS.sub(" ", text).strip() or text
    text = CAMEL.sub(" ", text)
    found = WORD.findall(text.lower())
    while len(found) > 1 and found[-1].isdigit():
        found.pop()
    if found and len(found) == 1 and not found[0][-1:].isalpha():
        found = [found[0].rstrip("0123456789") or found[0]]
    return tuple(found)


def fits(word: tuple[str, ...], head: tuple[str, ...]) -> float:
    """How a word of a type stands in a header."""
    if not word or not head:
        return 0.0
    if word == head or "".join(word) == "".join(head):
        return EXACT
    if len(word) == 1 and not word[0].isascii():
        return _fits_han(word[0], head)
    size = len(word)
    if head[-size:] == word:
        return TAIL
    return PART if any(head[i : i + size] == word for i in range(len(head) - size)) else 0.0


def _fits_han(word: str, head: tuple[str, ...]) -> float:
    last = head[-1]
    if last.endswith(word) and len(word) >= 2:
        return TAIL
    return PART if any(word in part for part in head) and len(word) >= 2 else 0.0


Words = tuple[tuple[str, ...], ...]


@cache
def _words() -> tuple[tuple[int, Words, Words, Words], ...]:
    return tuple((one.order, _split(one.headers), _split(one.hints), _split(one.against)) for one in types())


def _split(words: tuple[str, ...]) -> Words:
    return tuple(tokens(word) for word in words)


@cache
def _vocabulary() -> frozenset[str]:
    """The words that occur in any header word, apart and joined."""
    found = [word for _, *groups in _words() for group in groups for word in group]
    return frozenset(part for word in found for part in (*word, "".join(word)))


@cache
def _nothing() -> tuple[float, ...]:
    return (0.0,) * len(types())


@lru_cache(maxsize=4096)
def evidence(header: str) -> tuple[float, ...]:
    """For each type, in order, what the header adds."""
    head = tokens(header)
    if all(part.isascii() and part not in _vocabulary() for part in (*head, "".join(head))):
        return _nothing()
    found: dict[int, tuple[float, int]] = {}
    refused: set[int] = set()
    for order, headers, hints, against in _words():
        best = max(((fits(word, head), len("".join(word))) for word in headers), default=(0.0, 0))
        if best[0] == 0.0:
            best = max(
                ((HINT if fits(word, head) else 0.0, len("".join(word))) for word in hints), default=(0.0, 0)
            )
        if best[0] > 0.0:
            found[order] = best
        if any(fits(word, head) for word in against):
            refused.add(order)
    longest = max((size for value, size in found.values() if value >= TAIL), default=0)
    exact = any(value >= TAIL for value, _ in found.values())
    out = []
    for order in range(len(types())):
        value, size = found.get(order, (0.0, 0))
        if value >= PART and size < longest:
            value = max(0.0, value - OVERSHADOWED)
        if value == 0.0 and exact:
            value = OTHERWISE
        out.append(AGAINST if order in refused else value)
    return tuple(out)
