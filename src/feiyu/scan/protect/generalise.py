"""Coarser values: dates, areas, coordinates, numbers; and masks.

Rules this module keeps:
 * a value that cannot be read as what the plan says is emptied and counted as lost, never passed on as it was;
 * what comes out is read by people: ``2024-Q1``, ``上海市``, ``[20, 30)``.

Sources: GB/T 2260 and GB/T 10114 (area codes: two digits province, two city, two district); GB/T 37964-2019 annex A (generalisation).
"""

import math
import re
from bisect import bisect_right
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from feiyu.scan.identity import days_of
from feiyu.scan.normalize import MASK, normal
from feiyu.scan.vocabulary import words

Change = Callable[[str], str | None]
CODE_DIGITS = {"province": 2, "city": 4, "district": 6}
_CODE = re.compile(r"[1-9][0-9]{5}([0-9]{3}|[0-9]{6})?", re.ASCII)
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,20})?", re.ASCII)
_PAIR = re.compile(rf"\W*({_NUMBER.pattern})\s*[,;，； ]\s*({_NUMBER.pattern})\W*", re.ASCII)
_PROVINCE = re.compile(r"[\u4e00-\u9fff]{2,8}?(?:省|自治区|特别行政区)|(?:北京|上海|天津|重庆)市?")
_CITY = re.compile(r"[\u4e00-\u9fff]{2,10}?(?:自治州|地区|市|盟)")
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{1,10}?(?:自治县|区|县|旗|市)")
_CENTRAL = ("北京", "上海", "天津", "重庆")


def mask(head: int, tail: int) -> Change:
    """Keep the first and last characters; a value not longer than both is masked whole."""

    def change(value: str) -> str | None:
        plain = normal(value)
        hidden = len(plain) - head - tail
        if hidden <= 0:
            return MASK * len(plain)
        return plain[:head] + MASK * hidden + plain[len(plain) - tail :]

    return change


def date_to(unit: str) -> Change:
    """A day, a time on it, a month or a year as its day, month, quarter, year or decade; what is coarser already is none."""

    def told(day: date) -> str:
        return {
            "day": day.isoformat(),
            "month": f"{day.year}-{day.month:02d}",
            "quarter": f"{day.year}-Q{(day.month + 2) // 3}",
            "year": str(day.year),
            "decade": f"{day.year // 10 * 10}s",
        }[unit]

    def change(value: str) -> str | None:
        days = days_of(value)
        return told(days[0]) if days is not None and told(days[0]) == told(days[1]) else None

    return change


def area_to(unit: str) -> Change:
    """An area code or a Chinese address as its district, city or province."""

    def change(value: str) -> str | None:
        plain = normal(value)
        if _CODE.fullmatch(plain):
            kept = CODE_DIGITS[unit]
            return plain[:kept] + "0" * (len(plain) - kept)
        return _address_to(plain, unit)

    return change


def _address_to(address: str, unit: str) -> str | None:
    found = _PROVINCE.match(address)
    if found is None and (bare := next((p for p in words("province") if address.startswith(p)), "")):
        province, rest = bare, address[len(bare) :]
    elif found is not None:
        province, rest = found[0], address[found.end() :]
    else:
        province, rest = "", address
    if unit == "province":
        return province or None
    if province.removesuffix("市") in _CENTRAL:
        city = ""
    else:
        named = _CITY.match(rest)
        if named is None:
            return None
        city, rest = named[0], rest[named.end() :]
    if unit == "city":
        return province + city
    district = _DISTRICT.match(rest)
    return province + city + district[0] if district else None


def digits_kept(count: int) -> Change:
    """A code of digits (postcode, area) by its first digits."""

    def change(value: str) -> str | None:
        plain = normal(value)
        if not plain.isascii() or not plain.isdigit() or len(plain) < count:
            return None
        return plain[:count] + MASK * (len(plain) - count)

    return change


def grid(degrees: str) -> Change:
    """A coordinate, or a pair of them, as the middle of its cell."""
    cell = Decimal(degrees)
    places = max(0, -int((cell / 2).normalize().as_tuple().exponent))

    def one(text: str) -> str:
        return f"{(Decimal(text) // cell - (Decimal(text) < 0 and Decimal(text) % cell != 0)) * cell + cell / 2:.{places}f}"

    def change(value: str) -> str | None:
        plain = normal(value)
        if _NUMBER.fullmatch(plain):
            return one(plain)
        pair = _PAIR.fullmatch(plain)
        return f"{one(pair[1])},{one(pair[2])}" if pair else None

    return change


def number_of(value: str) -> Decimal | None:
    """A plain number, thousands marked by commas or not."""
    try:
        found = Decimal(normal(value).replace(",", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def range_of(step: str, edges: tuple[str, ...]) -> Change:
    """A number as the range it lies in: of a fixed width, or between given edges."""
    width = Decimal(step) if step else None
    marks = [Decimal(one) for one in edges]

    def change(value: str) -> str | None:
        number = number_of(value)
        if number is None:
            return None
        if width is not None:
            low = math.floor(number / width) * width
            return f"[{low}, {low + width})"
        at = bisect_right(marks, number)
        if at == 0:
            return f"< {edges[0]}"
        return f">= {edges[-1]}" if at == len(marks) else f"[{edges[at - 1]}, {edges[at]})"

    return change
