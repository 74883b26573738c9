"""Days and months as they are written in the world: with names of months in many languages, in the years of other calendars, in other digits.

Rules this module keeps:
 * names are data (``data/months.yaml``), read only when a value looks like a date;
 * a value is divided at its digits, and what stands between them must be a month or nothing; no pattern grows with the number of languages;
 * what is also written so elsewhere (``S43.6.12`` is a section, ``0570612`` a number) is a day only under a header that speaks of one.

Sources: Unicode CLDR (months, in the forms that stand in dates); JIS X 0301 (eras); CNS 7648 (years of the Republic).
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files

import yaml

from feiyu.scan.vocabulary import LOADER

MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)"
MONTH_LONG = f"(?:{MONTH}|january|february|march|april|june|july|august|september|october|november|december)"
GIVEN = "(?:18|19|2[01345])[0-9]{2}"
"""Years of the common and the Buddhist era."""
M, DAY = "(?:0?[1-9]|1[0-2])", "(?:0?[1-9]|[12][0-9]|3[01])"
DATES = re.compile(
    rf"{GIVEN}年{M}月?|{M}月{DAY}[日号]|{GIVEN}年{M}月{DAY}日?|{GIVEN}[-/.]{M}|{M}[-/]{GIVEN}|(?:{DAY}[ -]?{MONTH}[ -]?(?:{GIVEN}|[0-9]{{2}}))"
    rf"|{MONTH_LONG}\.? {DAY}(?:st|nd|rd|th)?,? {GIVEN}|{DAY}(?:st|nd|rd|th)? {MONTH_LONG}\.?,? {GIVEN}"
    rf"|{DAY}[/.-]{M}[/.-](?:2[45])?[0-9]{{2}}|{M}/{DAY}/[0-9]{{2}}|{GIVEN}[-/.]{M}[-/.]{DAY}|{GIVEN} {M} {DAY}"
    rf"|(?:0?[0-9]{{2}}|1[01][0-9])[-/.]{M}[-/.]{DAY}|{GIVEN}[-/]?(?:Q[1-4]|W[0-5][0-9])|{GIVEN}第[一二三四]季度",
    re.ASCII | re.IGNORECASE,
)
"""Common writings of a day or a month beyond those that the kernel knows."""
YEAR = "(?:1[389]|14|2[01345])[0-9]{2}"
"""Also years of the Hijra, lunar and solar, and of the Buddhist era."""
_ERA = "(?:明治?|大正?|昭和?|平成?|令和?)"
_ROMAN = "(?:I{1,3}|I?V|VI{1,3}|I?X|XI{1,2})"
_HIJRI = "1[34][0-9]{2}"
NUMBERED = re.compile(
    rf"{DAY}([./-]){M}\1{GIVEN}|{M}([/-]){DAY}\2{GIVEN}|{DAY}([ .-]){_ROMAN}\3{GIVEN}|{YEAR}\. ?{M}\. ?{DAY}\.?|{DAY}\. ?{M}\. ?{YEAR}\.?|{DAY} {M} {GIVEN}|{GIVEN} {M} {DAY}"
    rf"|{YEAR}년 ?{M}월(?: ?{DAY}일)?|(?:西[元暦曆] ?)?{GIVEN} ?年 ?{M} ?月(?: ?{DAY} ?[日号號])?|[0-9]{{2}} ?年 ?{M} ?月 ?{DAY} ?[日号號]"
    rf"|(?:中[華华])?民[國国] ?(?:元|[0-9]{{1,3}}) ?[年./-] ?{M} ?[月./-] ?{DAY} ?[日號号]?|1[01][0-9] ?年 ?{M} ?月 ?{DAY} ?[日號号]"
    rf"|{_ERA} ?(?:元|[0-9]{{1,2}}) ?[年./-] ?{M} ?[月./-] ?{DAY} ?日?"
    rf"|{_HIJRI}/{M}/{DAY}|{_HIJRI}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])|{DAY}/{M}/{_HIJRI}|(?:0[1-9]|[12][0-9]|3[01])-(?:0[1-9]|1[0-2])-{_HIJRI}"
    rf"|(?:[Nn]gày )?{DAY} tháng {M}(?: năm|,) {GIVEN}",
    re.ASCII,
)
"""Days, all in numbers."""
UNDER_HEADERS = re.compile(
    rf"[MTSHR]\.?[0-9]{{1,2}}[./-]{M}[./-]{DAY}|[MTSHR][0-9]{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[1-9][0-9]|1[01][0-9]|[1-9][0-9])(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])",
    re.ASCII,
)
"""Days in the years of a Japanese era or of the Republic, which other things are written like."""
BARE = re.compile("(?:0[1-9]|1[0-2])[-/](?:0[1-9]|[12][0-9]|3[01])", re.ASCII)
"""A month and a day, which are one only with a time behind them: ships report so when they arrive."""
TIME = re.compile(
    r"(?:[ ,T]+(?:[^\W\d_]{1,4}\.? )?|(?<=[日일]))(?:(?:午前|午後|上午|下午|오전|오후) ?)?(?:[01]?[0-9]|2[0-4])(?:[:.h時时]|시 ?)[0-5][0-9](?:(?:[:分]|분 ?)[0-5][0-9](?:\.[0-9]{1,6})?)?[分秒분초]?(?: ?[ap]\.?m\.?)?",
    re.IGNORECASE,
)
"""A time of day behind a day."""
_DIGITS = re.compile(r"([0-9]+)")
_SIGNS = " \t.,-/'’\"«»“”„()"
_WEEKDAY = re.compile(r" ?[(（][^\d()（）]{1,3}[)）]")
_LETTERS = 3
_LONGEST = 60


@cache
def _data() -> dict[str, frozenset[str]]:
    text = files("feiyu.scan").joinpath("data/months.yaml").read_text(encoding="utf-8")
    found = yaml.load(text, Loader=LOADER)  # noqa: S506 - a safe loader
    names = {
        _plain(form.replace("_", " "))
        for line in found.pop("months").values()
        for month in line.split()
        for form in month.split("|")
    }
    begun = {one[:size] for one in names for size in range(_LETTERS, len(one) + 1)}
    return {"months": frozenset(names | begun)} | {
        part: frozenset(_plain(str(one)) for one in listed) for part, listed in found.items()
    }


def _plain(text: str) -> str:
    """Small letters without marks."""
    low = unicodedata.normalize("NFD", text.casefold().replace("ı", "i"))
    return low if low.isascii() else "".join(c for c in low if unicodedata.category(c) != "Mn")


def _ascii(value: str) -> str:
    """The digits of any script as those of ASCII."""
    if value.isascii():
        return value
    return "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in value)


def _month(gap: str) -> bool:
    """Whether what stands between numbers is a month."""
    word = _plain(gap.strip(_SIGNS))
    known = _data()["months"]
    if word in known or (word.startswith("ב") and word[1:] in known):
        return True
    left = [w for w in re.split(r"[ .,-]+", word) if w and w not in _data()["between"]]
    if len(left) == 1:
        return left[0] in known
    return " ".join(left) in known or any(
        word.removesuffix(end).strip(_SIGNS) in known for end in _data()["between"] if len(end) > 2
    )


def _silent(gap: str) -> bool:
    """Whether nothing of weight stands there."""
    return all(w in _data()["between"] for w in re.split(r"[ .,]+", _plain(gap.strip(_SIGNS))) if w)


def _end(tail: str) -> bool:
    word = _plain(tail.strip(_SIGNS))
    return not word or word in _data()["behind"]


def _day(text: str) -> bool:
    return len(text) < _LETTERS and 1 <= int(text) <= 31


def _year(text: str) -> bool:
    return re.fullmatch(YEAR, text, re.ASCII) is not None


def _named(value: str) -> bool:
    """Whether a value is a day or a month whose month has a name."""
    parts = _DIGITS.split(value)
    if len(parts) == 5:
        lead, a, gap, b, tail = parts
        if _year(a) and _day(b):
            if not lead.strip(_SIGNS) and _end(tail) and _month(gap):
                return True
            return not lead.strip(_SIGNS) and _silent(gap) and _month(tail)
        if not _day(a) or not _end(tail) or not (_year(b) or len(b) == 2):
            return False
        if not lead.strip(_SIGNS) or _plain(lead.strip(_SIGNS)) in _data()["between"]:
            return _month(gap)
        return _year(b) and _month(lead) and _silent(gap)
    if len(parts) == 3:
        lead, a, tail = parts
        return _year(a) and ((_end(tail) and _month(lead)) or (not lead.strip(_SIGNS) and _month(tail)))
    return False


def written(value: str) -> bool:
    """Whether a value in normal form is a day or a month in any known writing, without a time."""
    if len(value) > _LONGEST or not any(c.isdecimal() for c in value):
        return False
    value = _WEEKDAY.sub("", _ascii(value)).strip()
    first = re.match(r"([^\d,]{2,16}?)[.,]? (?=\d|[^\d ]{3,20} \d)", value)
    if first and _plain(first[1]) in _data()["weekdays"] and written(value[first.end() :]):
        return True
    whole = value
    tail = re.search(r" ?[^\W\d_][^\d]{0,7}$", value)
    if tail and _end(tail[0]):
        whole = value[: tail.start()]
    return bool(NUMBERED.fullmatch(whole) or DATES.fullmatch(whole)) or _named(value)


def timed(value: str) -> bool:
    """Whether a value is a day with a time behind it."""
    if len(value) > _LONGEST or (found := TIME.search(value)) is None:
        return False
    day = value[: found.start()]
    return found.end() == len(value) and (BARE.fullmatch(day) is not None or written(day))


def written_with_time(value: str) -> bool:
    """Whether a value is a day, with or without a time."""
    return written(value) or timed(value)


def meant(value: str) -> bool:
    """Whether a value is a day where a header says that it is."""
    return UNDER_HEADERS.fullmatch(value) is not None or _month_of(value) or written_with_time(value)


def _month_of(value: str) -> bool:
    """Whether a value is the name of a month and two digits of a year."""
    parts = _DIGITS.split(value)
    return len(parts) == 3 and len(parts[1]) == 2 and not parts[2] and bool(parts[0]) and _month(parts[0])


def said(words: tuple[str, ...]) -> bool:
    """Whether a header speaks of a day."""
    known = _data()["day"]
    return any(_plain(word) in known for word in words) or bool(
        words and words[-1].endswith(("日", "期", "期限", "일", "일자", "date"))
    )
