"""Invented persons and their vehicles, with valid check digits.

For samples and tests: no real person's number may stand in the tree, and a number without its check digit
would not exercise what finds it.

Rules this module keeps:
 * everything follows from the caller's ``random.Random``: the same seed gives the same persons;
 * identifiers of one call are distinct, so that ``n`` persons are ``n`` under every identifier;
 * area codes are real ones, names are drawn part by part, nobody is looked up anywhere.

Sources: GB 11643-1999 (ISO 7064 MOD 11-2); GB 16735-2019 (check digit of the VIN).
"""

import datetime as dt
import random
from dataclasses import dataclass

AREAS = (
    "310101", "310104", "310105", "310106", "310107", "310109", "310110", "310112", "310113", "310114",
    "310115", "310116", "310117", "310118", "310120", "310151", "110101", "110102", "110105", "110108",
    "120101", "320102", "320104", "320105", "320106", "320113", "320505", "320506", "320583", "330102",
    "330106", "330108", "340102", "340103", "350102", "350203", "370102", "370202", "420102", "440103",
    "440104", "440304", "440305", "510104", "610102",
)  # fmt: skip
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文斌宇浩然欣怡梓涵子轩雨桐思远嘉懿晨曦若彤瑾瑜"
)
MOBILE_PREFIXES = (
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "158",
    "159",
    "176",
    "186",
    "188",
    "189",
)

_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = {
    **{str(digit): digit for digit in range(10)},
    **dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", (*range(1, 9), *range(1, 6), 7, 9, *range(2, 10)), strict=True)),
}
_VIN_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One invented natural person with a telephone and a vehicle."""

    name: str
    resident_id: str
    mobile: str
    vin: str


def resident_id(area: str, birth: dt.date, sequence: int) -> str:
    """The 18 characters of a resident identity number, check character included."""
    body = f"{area}{birth:%Y%m%d}{sequence:03d}"
    total = sum(int(digit) * weight for digit, weight in zip(body, _ID_WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def vin(descriptor: str, tail: str) -> str:
    """The 17 characters of a VIN from its first eight and its last eight, check digit in the ninth place."""
    raw = f"{descriptor}0{tail}"
    total = sum(_VIN_VALUES[char] * weight for char, weight in zip(raw, _VIN_WEIGHTS, strict=True))
    return f"{descriptor}{'0123456789X'[total % 11]}{tail}"


def mobiles(count: int, rng: random.Random) -> list[str]:
    """``count`` distinct mainland mobile numbers."""
    numbers = rng.sample(range(len(MOBILE_PREFIXES) * 10**8), count)
    return [f"{MOBILE_PREFIXES[number // 10**8]}{number % 10**8:08d}" for number in numbers]


def persons(count: int, rng: random.Random) -> list[Person]:
    """``count`` distinct adults, each with one mobile number and one vehicle of their own."""
    first_day = dt.date(1955, 1, 1)
    seats = rng.sample(
        range(len(AREAS) * 18_000 * 999), count
    )  # area x birthday until 2004 x sequence number
    serials = rng.sample(range(10**7), count)
    people = []
    for seat, serial, mobile in zip(seats, serials, mobiles(count, rng), strict=True):
        rest, sequence = divmod(seat, 999)
        area, day = divmod(rest, 18_000)
        given = rng.choice(GIVEN) + (rng.choice(GIVEN) if seat % 4 else "")
        descriptor = (
            f"LFY{rng.choice(_VIN_LETTERS)}{serial % 9 + 1}{rng.choice(_VIN_LETTERS)}{serial % 7 + 2}E"
        )
        people.append(
            Person(
                name=rng.choice(SURNAMES) + given,
                resident_id=resident_id(AREAS[area], first_day + dt.timedelta(days=day), sequence + 1),
                mobile=mobile,
                vin=vin(descriptor, f"{'NPRST'[serial % 5]}{serial:07d}"),
            )
        )
    return people
