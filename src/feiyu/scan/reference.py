"""Which detectors a value passes: the pure-Python reference of the native kernel.

A detector has a name, the lengths and character classes it can occur with, and a test. ``detect`` chooses the few candidates by length
and class mask (dispatch by shape) and returns a bit for each that passes. The native lane is written independently and must
return the same bits; this module is its oracle and the slow fallback.

Rules this module keeps:
 * tests see the whole normalised value; each is linear in its length;
 * a new detector goes at the end of ``DETECTORS``: positions are the bit numbers that both sides share.

Sources: those named in ``data/types.yaml`` and in ``checks``.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache

from feiyu.scan import checks
from feiyu.scan.normalize import (
    COLON,
    DOT,
    HIGH,
    HYPHEN,
    OTHER,
    PLUS,
    SLASH,
    SPACE,
    UNDER,
    D,
    L,
    U,
    mask_of,
)
from feiyu.scan.vocabulary import words

ANY = (1 << 13) - 1
ASCII = ANY & ~HIGH
ALNUM = D | U | L
Test = Callable[[str], bool]

HAN = "一-鿿"
PROVINCE_MARKS = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
MOBILE = r"(?:13[0-9]|14[57]|15[0-35-9]|16[2567]|17[0-8]|18[0-9]|19[0-35-9])[0-9]{8}"


def regex(pattern: str, check: Test | None = None, *, drop: str = "") -> Test:
    """A test: the whole value matches, then, without the characters in ``drop``, the check holds."""
    compiled = re.compile(pattern, re.ASCII | re.DOTALL)
    table = {ord(c): None for c in drop}

    def test(value: str) -> bool:
        if not compiled.fullmatch(value):
            return False
        return check is None or check(value.translate(table) if table else value)

    return test


def spaced(pattern: str, check: Test | None = None) -> Test:
    """A test of digits (and a final X) that may be grouped by single blanks or hyphens."""
    compiled = re.compile(pattern, re.ASCII)
    grouped = re.compile(r"[0-9]+(?:[ -][0-9Xx]+)*[Xx]?", re.ASCII)

    def test(value: str) -> bool:
        if not grouped.fullmatch(value):
            return False
        plain = value.replace(" ", "").replace("-", "")
        return bool(compiled.fullmatch(plain)) and (check is None or check(plain))

    return test


def mobile(value: str) -> bool:
    """A mainland mobile, with or without 86, blanks, hyphens.

    No group has fewer than three digits but 86 in front: ``1-877-…`` is North America, ``15-12-10-…`` a chain of atoms.
    """
    groups = re.findall("[0-9]+", value, re.ASCII)
    if any(len(group) < 3 for group in (groups[1:] if groups[:1] == ["86"] else groups)):
        return False
    plain = value.replace(" ", "").replace("-", "")
    return bool(re.fullmatch(r"(?:\+86|86|0086)?" + MOBILE, plain, re.ASCII))


def mobile_damaged(value: str) -> bool:
    """A mobile in scientific notation: its last digits are lost."""
    return bool(re.fullmatch(r"1\.[3-9][0-9]{0,8}[eE]\+?10", value, re.ASCII))


def prc_damaged(value: str) -> bool:
    """An 18-digit id that became a number: scientific notation, three noughts at the end, or what a double holds without loss."""
    science = re.fullmatch(r"([1-8])\.([0-9]{1,17})[eE]\+?17", value, re.ASCII)
    digits = (science[1] + science[2]).ljust(18, "0") if science else value
    if not re.fullmatch(r"[0-9]{18}", digits, re.ASCII) or digits[:2] not in checks.PROVINCES:
        return False
    if science and len(science[2]) < 13:
        return True
    return checks.ymd(digits[6:14]) and (
        science is not None
        or ((digits.endswith("000") or int(float(digits)) == int(digits)) and not checks.prc18(digits))
    )


def hyphened_date(value: str) -> bool:
    """A day in one of the common writings."""
    found = re.fullmatch(
        r"([0-9]{4})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2})|年([0-9]{1,2})月([0-9]{1,2})日?)",
        value,
    )
    if found:
        month, dom = found[3] or found[5] or found[7], found[4] or found[6] or found[8]
        return checks.day(int(found[1]), int(month), int(dom))
    other = re.fullmatch(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})", value, re.ASCII)
    if not other:
        return False
    a, b, year = int(other[1]), int(other[3]), int(other[4])
    return checks.day(year, a, b) or checks.day(year, b, a)


def datetime_(value: str) -> bool:
    """A day, T or a blank, and a time of day, with or without fraction and zone."""
    found = re.fullmatch(
        r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})[ T]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?"
        r"(?:Z|[+-][0-9]{2}:?[0-9]{2})?",
        value,
        re.ASCII,
    )
    if not found:
        return False
    seconds = int(found[7] or 0)
    return (
        checks.day(int(found[1]), int(found[3]), int(found[4]))
        and int(found[5]) < 25
        and int(found[6]) < 60
        and seconds < 61
    )


def timestamp(value: str) -> bool:
    """Seconds or milliseconds since 1970, between 2001-09-09 and 2033-05-18."""
    return value[0] == "1" and len(value) in (10, 13)


def email(value: str) -> bool:
    """The practical subset of RFC 5321."""
    found = re.fullmatch(
        r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@((?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24})", value, re.ASCII
    )
    return bool(found) and len(value) <= 254 and not value.startswith(".")


def ipv4(value: str) -> bool:
    """Four octets without leading noughts."""
    parts = value.split(".")
    return len(parts) == 4 and all(
        p.isdigit() and len(p) <= 3 and int(p) < 256 and (p == "0" or p[0] != "0") for p in parts
    )


def ipv6(value: str) -> bool:
    """Groups of RFC 4291 without embedded IPv4; at least one letter or a double colon."""
    if value.count("::") > 1 or ":::" in value or not re.fullmatch(r"[0-9A-Fa-f:]+", value, re.ASCII):
        return False
    parts = value.split(":")
    if any(len(p) > 4 for p in parts):
        return False
    filled = sum(1 for p in parts if p)
    if "::" in value:
        return (
            filled <= 7
            and (value.startswith("::") or parts[0] != "")
            and (value.endswith("::") or parts[-1] != "")
        )
    return len(parts) == 8 and filled == 8


def passport_cn(value: str) -> bool:
    """E + 8, E + letter + 7, G D S P + 8; the letter is neither I nor O."""
    return bool(re.fullmatch(r"[EGDSP][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}", value, re.ASCII))


def mrz(value: str) -> bool:
    """The second line, or both."""
    plain = value.replace("\n", "").replace("\r", "")
    if len(plain) == 88 and plain[0] == "P":
        plain = plain[44:]
    return bool(
        re.fullmatch(
            r"[A-Z0-9<]{9}[0-9][A-Z<]{3}[0-9]{6}[0-9][MFX<][0-9]{6}[0-9][A-Z0-9<]{14}[0-9<][0-9]", plain
        )
    ) and (checks.mrz(plain))


def name_cn(value: str) -> bool:
    """Two to four Han characters that begin with a surname, or a name with a middle dot."""
    if value in words("name_stop") or value in words("province"):
        return False
    if re.fullmatch(f"[{HAN}]{{2,10}}[·•][{HAN}]{{1,10}}", value):
        return True
    if not re.fullmatch(f"[{HAN}]{{2,4}}", value):
        return False
    if len(value) >= 3 and value[:2] in words("surname_two"):
        return True
    if len(value) == 4 or (
        len(value) == 3
        and value[-1]
        in "省市区县镇乡村路街号厂店局部院校室港站桥山江河湖海岛费率量额数型类式表单品机车船油煤矿国"
    ):
        return False
    return value[0] in words("surname")


def name_latin(value: str) -> bool:
    """Two to four Latin words, one of them a known name."""
    parts = re.split(r", ?| ", value)
    if not 2 <= len(parts) <= 4 or not all(
        re.fullmatch(r"[A-Z][A-Za-z'-]{0,19}\.?", p, re.ASCII) for p in parts
    ):
        return False
    return any(small(p.rstrip(".")) in words("latin_name") for p in parts)


GROUPS = ("省市", "区县镇乡旗", "路街道巷村", "号弄栋幢组", "楼室层座元")


def address_cn(value: str) -> bool:
    """At least three of: province or city; district, county, town; road, street, village; number, building; floor, room."""
    size = len(value.encode())
    return 18 <= size <= 400 and sum(any(c in value for c in group) for group in GROUPS) >= 3


STREETS = ("street", "road", "avenue", "lane", "drive", "blvd", "boulevard", "strasse", "straße", "str.", " st.", " rd.", " ave", "rue ",
           "plaza", "square", "highway", "court", " way")  # fmt: skip


def small(value: str) -> str:
    """ASCII capitals made small."""
    return value.translate(SMALL)


SMALL = {code: code + 32 for code in range(65, 91)}


def address_latin(value: str) -> bool:
    """A house number and a word for street."""
    mask = mask_of(value)
    if not (mask & D and mask & SPACE and mask & (U | L)):
        return False
    low = small(value)
    return any(word in low for word in STREETS)


ORG_ENDS = (
    "公司",
    "集团",
    "银行",
    "医院",
    "大学",
    "学院",
    "研究所",
    "研究院",
    "事务所",
    "合作社",
    "中心",
    "工厂",
    "支行",
    "分行",
    "委员会",
    "管理局",
)
ORG_WORDS = (
    " co., ltd",
    " co.,ltd",
    " ltd",
    " inc",
    " gmbh",
    " llc",
    " corp",
    " ag",
    " s.a",
    " plc",
    " b.v",
    " pte",
    " limited",
    " company",
    " s.p.a",
    " s.r.l",
    " s.a.s",
    " s.l",
    " n.v",
    " a/s",
    " d.o.o",
    " z o.o",
    " k.k",
    " sarl",
    " bhd",
    " oyj",
    " pty",
    " pvt",
)


def org_name(value: str) -> bool:
    """Ends like an organisation."""
    if any(value.endswith(end) for end in ORG_ENDS):
        return len(value) >= 5
    low = small(value).rstrip(".")
    return value.isascii() and any(low.endswith(end) for end in ORG_WORDS)


NUMBER = re.compile(r"(-?)([0-9]{1,3})\.([0-9]{3,})", re.ASCII)
DEGREE = 1_000_000


def points(value: str) -> list[int] | None:
    """The numbers with three or more decimals in a text that holds nothing else beyond ASCII, in millionths (the rest is cut off)."""
    if len(value) < 15 or not value.isascii():
        return None
    return [
        (-1 if sign else 1) * (int(whole) * DEGREE + int(part[:6].ljust(6, "0")))
        for sign, whole, part in NUMBER.findall(value)
    ]


def pair(a: int, b: int) -> bool:
    """Longitude and latitude in either order, not both near nought."""
    low, high = sorted((abs(a), abs(b)))
    return 2 * DEGREE < high <= 180 * DEGREE and low <= 90 * DEGREE


def lonlat(value: str) -> bool:
    """Exactly one point."""
    found = points(value)
    return (
        found is not None
        and len(found) == 2
        and len(value) <= 96
        and value[0] in "-0123456789([{P"
        and pair(*found)
    )


def trajectory(value: str) -> bool:
    """Two or more points, each within three degrees of the one before."""
    found = points(value)
    if found is None or len(found) < 4 or len(found) % 2 or value[0] not in "-0123456789([{LM":
        return False
    near = all(abs(a - b) <= 3 * DEGREE for a, b in zip(found, found[2:], strict=False))
    return near and all(pair(found[i], found[i + 1]) for i in range(0, len(found), 2))


def vector(value: str) -> bool:
    """A list of eight or more numbers that are no track."""
    if not re.fullmatch(r"\[[-+0-9.,eE \n]{15,}\]", value, re.ASCII):
        return False
    return value.count(",") >= 7 and not trajectory(value)


def blob(value: str) -> bool:
    """Base64 of 32 characters or more, with capitals, small letters and digits."""
    if not re.fullmatch(r"[A-Za-z0-9+/_-]{32,}={0,2}", value, re.ASCII):
        return False
    mask = mask_of(value)
    return mask & ALNUM == ALNUM


def version(value: str) -> bool:
    """Two to four numbers, with or without v, and a suffix."""
    return bool(
        re.fullmatch(
            r"[vV]?[0-9]{1,4}(?:\.[0-9]{1,5}){1,3}(?:[-+_.]?[A-Za-z][A-Za-z0-9.]{0,15})?", value, re.ASCII
        )
    )


def vin_shape(value: str) -> bool:
    """The form of a VIN whose check fails: world maker code letters, digits at the end."""
    return (
        value[0] in "123456789JKLMNSTVWXYZR"
        and value[-4:].isdigit()
        and mask_of(value) == (D | U)
        and not checks.vin(value)
    )


def hs(value: str) -> bool:
    """A chapter of the Harmonized System and 4, 6, 8 or 10 digits."""
    plain = value.replace(".", "")
    return (
        len(plain) in (4, 6, 8, 10) and "01" <= plain[:2] <= "97" and plain[:2] != "77" and plain[2:4] != "00"
    )


def area_code(value: str) -> bool:
    """Six digits of a province."""
    return value[:2] in checks.PROVINCES and value[2:4] < "91"


def jwt(value: str) -> bool:
    """Three parts, the first two begin like JSON."""
    return bool(
        re.fullmatch(r"eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{4,}\.[A-Za-z0-9_-]{8,}", value, re.ASCII)
    )


def secret_mark(value: str) -> bool:
    """绝密, 机密 or 秘密, directly followed by a star."""
    return bool(re.search("(?:绝密|机密|秘密)[ ]?[★☆]", value))


def crypto(value: str) -> bool:
    """Base58 of version 1 or 3, bech32 with its check, or 0x and 40 hexadecimal digits."""
    if value.startswith("bc1"):
        return bool(re.fullmatch(r"bc1[02-9ac-hj-np-z]{11,59}", value)) and checks.bech32(value)
    if value.startswith("0x"):
        return bool(re.fullmatch(r"0x[0-9a-fA-F]{40}", value, re.ASCII))
    return bool(re.fullmatch(r"[13][1-9A-HJ-NP-Za-km-z]{25,34}", value)) and mask_of(value) == ALNUM


def nric_like_birth(value: str) -> bool:
    """YYMMDD-PB-####: the date holds."""
    return checks.day(2000, int(value[2:4]), int(value[4:6])) and value[7:9] not in (
        "00",
        "17",
        "18",
        "19",
        "20",
    )


def rrn(value: str) -> bool:
    """A date and a century digit; the check ended in 2020 and only lifts."""
    return "01" <= value[2:4] <= "12" and "01" <= value[4:6] <= "31"


def nik(value: str) -> bool:
    """Area, date (day plus 40 for women), serial."""
    dom = int(value[6:8]) % 40
    return (
        "11" <= value[:2] <= "94" and 1 <= dom <= 31 and "01" <= value[8:10] <= "12" and value[12:] != "0000"
    )


def cloud_key(value: str) -> bool:
    """Access keys and tokens with a fixed prefix."""
    return bool(
        re.fullmatch(
            r"(?:AKIA|ASIA)[0-9A-Z]{16}|LTAI[A-Za-z0-9]{12,26}|gh[pousr]_[A-Za-z0-9]{36}|xox[abps]-[A-Za-z0-9-]{10,64}",
            value,
            re.ASCII,
        )
    )


def text(value: str) -> bool:
    """Words: a letter, and a blank or a character beyond ASCII."""
    mask = mask_of(value)
    return len(value) >= 2 and bool(mask & (HIGH | U | L)) and bool(mask & (HIGH | SPACE))


def one(name: str, least: int, most: int, mask: int, test: Test) -> tuple[str, int, int, int, Test]:
    """A row of the table."""
    return (name, least, most, mask, test)


N = D | SPACE | HYPHEN
DETECTORS = (
    one("prc18", 18, 24, N | U | L, spaced(r"[0-9]{17}[0-9Xx]", checks.prc18)),
    one("prc_hmt", 18, 24, N | U | L, spaced(r"[0-9]{17}[0-9Xx]", checks.prc_hmt)),
    one("foreign_pr", 18, 24, N | U | L, spaced(r"[0-9]{17}[0-9Xx]", checks.foreign_pr)),
    one("prc15", 15, 15, D, regex(r"[0-9]{15}", checks.prc15)),
    one("prc_damaged", 6, 24, D | DOT | U | L | PLUS, prc_damaged),
    one("student_no", 19, 19, D | U | L, regex(r"[GL][0-9]{17}[0-9Xx]", lambda v: checks.prc18(v[1:]))),
    one("passport_cn", 9, 9, D | U, passport_cn),
    one("mrz", 44, 90, D | U | OTHER, mrz),
    one("home_return", 9, 11, D | U, regex(r"[HM][0-9]{8}(?:[0-9]{2})?")),
    one("exit_permit", 9, 9, D | U, regex(r"[CWLT][0-9]{8}|C[A-HJ-NP-Z][0-9]{7}")),
    one("military_id", 8, 16, D | HIGH, regex("[军武海空士兵警南北沈兰成济广]字?第[0-9]{5,9}号")),
    one("name_cn", 2, 21, HIGH, name_cn),
    one("name_latin", 4, 60, U | L | SPACE | HYPHEN | DOT | OTHER, name_latin),
    one("date", 8, 11, D | HYPHEN | SLASH | DOT | HIGH, hyphened_date),
    one("datetime", 13, 35, D | HYPHEN | SLASH | COLON | SPACE | U | PLUS | DOT | OTHER, datetime_),
    one("timestamp", 10, 13, D, timestamp),
    one("small_int", 1, 3, D, regex(r"[0-9]{1,3}")),
    one("digits5", 5, 5, D, regex(r"[0-9]{5}")),
    one("digits6", 6, 6, D, regex(r"[0-9]{6}")),
    one("digits8", 8, 8, D, regex(r"[0-9]{8}")),
    one("digits12", 12, 12, D, regex(r"[0-9]{12}")),
    one("digits_any", 4, 40, N, regex(r"[0-9]{4,32}", drop="")),
    one("amount", 1, 24, D | HYPHEN | DOT | OTHER, regex(r"-?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]{1,12})?")),
    one("code", 1, 64, ALNUM | HYPHEN | UNDER | SLASH | DOT | OTHER, regex(r"(?=[^0-9]*[0-9])[A-Za-z0-9][A-Za-z0-9_/.#-]{0,63}")),
    one("handle", 3, 64, ALNUM | HYPHEN | UNDER | DOT, regex(r"[A-Za-z][A-Za-z0-9_.-]{2,63}")),
    one("token", 4, 128, ASCII & ~SPACE, regex(r"[!-~]{4,128}")),
    one("text", 2, 1 << 30, ANY, text),
    one("blob", 32, 1 << 30, ALNUM | HYPHEN | UNDER | SLASH | PLUS | OTHER, blob),
    one("vector", 17, 1 << 30, D | U | L | HYPHEN | PLUS | DOT | SPACE | OTHER, vector),
    one("gene", 20, 1 << 30, U, regex(r"[ACGTUN]{20,}")),
    one("variant", 5, 64, ALNUM | UNDER | DOT | COLON | OTHER, regex(
        r"rs[0-9]{4,10}|(?:N[MCG]_[0-9]{6,9}\.[0-9]{1,2}:)?[cg]\.[0-9]{1,9}(?:[_+][0-9]{1,9})?(?:[ACGT]>[ACGT]|(?:del|dup|ins|inv)[ACGT]{0,20})")),
    one("mobile_cn", 11, 22, N | PLUS, mobile),
    one("mobile_damaged", 5, 14, D | DOT | U | L | PLUS, mobile_damaged),
    one("landline_cn", 10, 20, N, regex(r"0(?:10|2[0-9]|[3-9][0-9]{2})-?[2-8][0-9]{6,7}(?:-[0-9]{1,5})?")),
    one("phone_intl", 8, 20, N | PLUS, regex(r"\+[1-9][0-9]{0,2}(?:[ -]?[0-9]{1,4}){2,6}", lambda v: 8 <= sum(c.isdigit() for c in v) <= 15)),
    one("tollfree_cn", 10, 12, D | HYPHEN, regex(r"[48]00-?[0-9]{3}-?[0-9]{4}")),
    one("email", 6, 254, ASCII & ~SPACE, email),
    one("address_cn", 6, 400, ANY, address_cn),
    one("address_latin", 10, 400, ANY, address_latin),
    one("ipv4", 7, 15, D | DOT, ipv4),
    one("ipv6", 3, 39, ALNUM | COLON, ipv6),
    one("mac", 17, 17, ALNUM | COLON | HYPHEN, regex(r"[0-9A-Fa-f]{2}([:-])(?:[0-9A-Fa-f]{2}\1){4}[0-9A-Fa-f]{2}")),
    one("imei", 15, 15, D, regex(r"[0-9]{15}", checks.luhn)),
    one("imsi", 15, 15, D, regex(r"460[0-9]{12}")),
    one("iccid", 19, 20, D | U, regex(r"8986[0-9]{14,15}[0-9A-F]")),
    one("uuid", 36, 36, ALNUM | HYPHEN, regex(r"[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}")),
    one("hexhash", 32, 64, D | U | L, regex(r"(?=[^a-fA-F]*[a-fA-F])(?:[0-9a-fA-F]{32}|[0-9a-fA-F]{40}|[0-9a-fA-F]{64})")),
    one("url", 10, 4096, ANY & ~SPACE, regex(r"(?:https?|ftp)://[^ ]{3,}")),
    one("url_password", 12, 512, ASCII & ~SPACE, regex(r"[a-z][a-z0-9+.-]{1,20}://[^ /:@]{1,64}:[^ /@]{1,128}@[^ @]+")),
    one("uscc", 18, 18, D | U, regex(r"[0-9A-Z]{18}", checks.uscc)),
    one("org_code", 9, 10, D | U | HYPHEN, regex(r"[0-9A-Z]{8}-?[0-9X]", lambda v: checks.org_digit(v[:8]) == v[-1])),
    one("org_name", 5, 120, ANY, org_name),
    one("customs_reg", 10, 10, D | U, regex(r"[0-9]{5}[0-9A-Z][0-9A-Z]{4}", lambda v: v[:2] in checks.PROVINCES)),
    one("customs_decl", 18, 18, D, regex(r"[0-9]{4}20[0-9]{2}[01][0-9]{9}", lambda v: "2000" <= v[4:8] <= "2049")),
    one("vat_eu", 9, 14, D | U, regex(
        r"DE[0-9]{9}|FR[0-9]{11}|IT[0-9]{11}|NL[0-9]{9}B[0-9]{2}|ATU[0-9]{8}|BE[01][0-9]{9}", checks.vat_eu)),
    one("gstin", 15, 15, D | U, regex(r"[0-3][0-9][A-Z]{5}[0-9]{4}[A-Z][1-9A-Z]Z[0-9A-Z]", checks.gstin)),
    one("ubn_tw", 8, 8, D, regex(r"[0-9]{8}", checks.ubn)),
    one("brn_kr", 12, 12, D | HYPHEN, regex(r"[0-9]{3}-[0-9]{2}-[0-9]{5}", checks.brn_kr, drop="-")),
    one("hkid", 8, 11, D | U | OTHER, regex(r"[A-Z]{1,2}[0-9]{6}(?:\([0-9A]\)|[0-9A])", checks.hkid, drop="()")),
    one("macao_bir", 10, 10, D | OTHER, regex(r"[157][0-9]{6}\([0-9]\)")),
    one("taiwan_id", 10, 10, D | U, regex(r"[A-Z][1289][0-9]{8}", checks.taiwan_id)),
    one("nric_sg", 9, 9, D | U, regex(r"[STFGM][0-9]{7}[A-Z]", checks.nric)),
    one("ssn_us", 11, 11, D | HYPHEN, regex(r"(?!000|666|9)[0-9]{3}-(?!00)[0-9]{2}-(?!0000)[0-9]{4}")),
    one("nino_uk", 9, 9, D | U, regex(r"(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][0-9]{6}[A-D]")),
    one("nhs_uk", 10, 12, N, regex(r"[0-9]{3}([ -]?)[0-9]{3}\1[0-9]{4}", checks.nhs, drop=" -")),
    one("aadhaar", 12, 14, N, regex(r"[2-9][0-9]{3}([ -]?)[0-9]{4}\1[0-9]{4}", checks.verhoeff, drop=" -")),
    one("pan_in", 10, 10, D | U, regex(r"[A-Z]{3}[ABCFGHLJPT][A-Z][0-9]{4}[A-Z]")),
    one("my_number", 12, 12, D, regex(r"[0-9]{12}", checks.my_number)),
    one("rrn_kr", 14, 14, D | HYPHEN, regex(r"[0-9]{6}-[0-9]{7}", rrn)),
    one("mykad_my", 14, 14, D | HYPHEN, regex(r"[0-9]{6}-[0-9]{2}-[0-9]{4}", nric_like_birth)),
    one("nik_id", 16, 16, D, regex(r"[0-9]{16}", nik)),
    one("pin_th", 13, 13, D, regex(r"[0-9]{13}", checks.pin_th)),
    one("cpf_br", 14, 14, D | DOT | HYPHEN, regex(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", checks.cpf, drop=".-")),
    one("emirates_id", 15, 18, D | HYPHEN, regex(r"784-?(?:19|20)[0-9]{2}-?[0-9]{7}-?[0-9]", checks.luhn, drop="-")),
    one("bank_card", 13, 23, N, spaced(r"[0-9]{13,19}", checks.bank_card)),
    one("masked_digits", 9, 24, D | OTHER | L | U, regex(r"[0-9]{3,6}[*xX]{4,11}[0-9Xx]{1,6}")),
    one("securities_account", 10, 12, D | U, regex(r"[AB][0-9]{9}|F[0-9]{10,11}|[0-9]{10,12}")),
    one("cnaps", 12, 12, D, regex(r"[1-9][0-9]{11}")),
    one("iban", 15, 42, D | U | SPACE, regex(r"[A-Z]{2}[0-9]{2}[A-Z0-9 ]{11,38}", checks.iban, drop=" ")),
    one("bic", 8, 11, D | U, regex(r"[A-Z]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?", lambda v: v[4:6] in checks.ISO2)),
    one("lei", 20, 20, D | U, regex(r"[0-9A-Z]{18}[0-9]{2}", checks.mod97)),
    one("isin", 12, 12, D | U, regex(r"[A-Z]{2}[A-Z0-9]{9}[0-9]", checks.isin)),
    one("cusip", 9, 9, D | U, regex(r"[0-9]{3}[0-9A-Z]{5}[0-9]", checks.cusip)),
    one("sedol", 7, 7, D | U, regex(r"[0-9A-Z]{6}[0-9]", checks.sedol)),
    one("securities_code", 7, 9, D | U | L | DOT, regex(
        r"[0-9]{6}\.(?:SH|SZ|BJ|SS)|[0-9]{4,5}\.HK|(?:sh|sz|bj|SH|SZ|BJ)[0-9]{6}")),
    one("crypto", 14, 62, ALNUM, crypto),
    one("track2", 20, 120, ASCII, regex(r";[0-9]{12,19}=[0-9]{7,30}\?|%B[0-9]{12,19}\^[^^]{2,26}\^[0-9]{7,40}\?")),
    one("expiry", 5, 7, D | SLASH, regex(r"(?:0[1-9]|1[0-2])/(?:20)?[0-9]{2}")),
    one("plate_cn", 7, 10, ANY, regex(
        f"[{PROVINCE_MARKS}][A-HJ-NP-Z][·. ]?(?:[A-HJ-NP-Z0-9]{{4}}[A-HJ-NP-Z0-9挂学警港澳领]|[A-HJK][A-HJ-NP-Z0-9][0-9]{{4}}|[0-9]{{5}}[A-HJK])",
        lambda v: sum(c.isdigit() for c in v) >= 2)),
    one("vin", 17, 17, D | U, regex(r"[A-HJ-NPR-Z0-9]{17}", checks.vin)),
    one("vin_shape", 17, 17, D | U, regex(r"[A-HJ-NPR-Z0-9]{17}", vin_shape)),
    one("battery", 24, 24, D | U, regex(r"(?=[0-9]*[A-Z])(?=[A-Z]*[0-9])[0-9A-HJ-NP-Z]{17}[0-9]{7}")),
    one("lonlat", 15, 96, ASCII, lonlat),
    one("lon", 5, 24, D | DOT | HYPHEN, regex(r"-?[0-9]{1,3}\.[0-9]{3,}", lambda v: abs(float(v)) <= 180)),
    one("lat", 5, 24, D | DOT | HYPHEN, regex(r"-?[0-9]{1,2}\.[0-9]{3,}", lambda v: abs(float(v)) <= 90)),
    one("trajectory", 20, 1 << 30, ASCII, trajectory),
    one("plane", 7, 16, D | DOT, regex(r"[0-9]{7,8}(?:\.[0-9]{1,6})?")),
    one("area_code", 6, 6, D, regex(r"[0-9]{6}", area_code)),
    one("media_ref", 5, 1024, ANY, regex(
        r"[^\n]{1,1000}\.(?:jpe?g|png|bmp|webp|heic|mp4|avi|mov|mkv|h264|pcd|las|laz|ply|dcm|JPE?G|PNG|MP4|PCD|DCM)")),
    one("icd10", 3, 12, D | U | L | DOT, regex(r"[A-TV-Z][0-9]{2}(?:\.[0-9x]{1,3}(?:x[0-9]{3})?)?")),
    one("icd9", 4, 7, D | DOT | L, regex(r"[0-9]{2}\.[0-9]{1,4}")),
    one("drug_approval", 13, 15, D | U | HIGH, regex(r"国药准字(?:[HZSJTFB]|[HZS][JC])[0-9]{8}")),
    one("device_reg", 14, 16, D | HIGH, regex(f"[国{PROVINCE_MARKS}]械注[准进许][0-9]{{11}}")),
    one("trial_id", 11, 20, ALNUM | HYPHEN, regex(r"NCT[0-9]{8}|ChiCTR-?[A-Z-]{0,5}[0-9]{8,10}|CTR20[0-9]{6}|ISRCTN[0-9]{8}|20[0-9]{2}-[0-9]{6}-[0-9]{2}")),
    one("trace_code", 20, 20, D, regex(r"8[0-9]{19}")),
    one("cas", 7, 12, D | HYPHEN, regex(r"[1-9][0-9]{1,6}-[0-9]{2}-[0-9]", checks.cas, drop="-")),
    one("container", 11, 11, D | U, regex(r"[A-Z]{3}[UJZ][0-9]{7}", checks.container)),
    one("imo", 7, 11, D | U | SPACE, regex(r"(?:IMO ?)?[1-9][0-9]{6}", lambda v: checks.imo(v[-7:]))),
    one("mmsi", 9, 9, D, regex(r"[2-7][0-9]{8}", lambda v: "201" <= v[:3] <= "775")),
    one("bl", 11, 16, D | U, regex(r"[A-Z]{4}[A-Z0-9]{7,12}", lambda v: sum(c.isdigit() for c in v) >= 6)),
    one("hs", 4, 13, D | DOT, regex(r"[0-9]{4}(?:\.?[0-9]{2}){0,3}", hs)),
    one("locode", 5, 5, D | U, regex(r"[A-Z]{2}[A-Z2-9]{3}", lambda v: v[:2] in checks.ISO2)),
    one("awb", 11, 12, D | HYPHEN, regex(r"[0-9]{3}-?[0-9]{8}", lambda v: int(v[-8:-1]) % 7 == int(v[-1]))),
    one("s10", 13, 13, D | U, regex(r"[A-Z]{2}[0-9]{9}[A-Z]{2}", checks.s10)),
    one("express", 12, 17, D | U, regex(r"(?:SF|YT|JD|ZT|JT|EMS)[0-9A-Z]{10,15}", lambda v: sum(c.isdigit() for c in v) >= 10)),
    one("ean", 13, 13, D, regex(r"[0-9]{13}", checks.ean)),
    one("version", 3, 24, ALNUM | DOT | HYPHEN | PLUS | UNDER, version),
    one("pnr", 6, 13, D | U, regex(r"(?=[0-9]*[A-Z])[A-Z0-9]{6}|[0-9]{13}")),
    one("secret_mark", 3, 1 << 30, ANY, secret_mark),
    one("jwt", 30, 1 << 14, ALNUM | HYPHEN | UNDER | DOT, jwt),
    one("cloud_key", 15, 70, ALNUM | UNDER | HYPHEN, cloud_key),
    one("pem", 27, 1 << 30, ANY, lambda v: bool(re.match(r"-----BEGIN (?:[A-Z]{1,9} ){0,2}PRIVATE KEY-----", v))),
    one("integer", 1, 20, D | HYPHEN, regex(r"-?[0-9]{1,19}")),
    one("number", 1, 32, D | HYPHEN | DOT | PLUS | L | U | OTHER, regex(
        r"[-+]?(?:(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,20})(?:\.[0-9]{0,20})?|\.[0-9]{1,20})(?:[eE][-+]?[0-9]{1,3})?%?")),
)  # fmt: skip
NAMES = tuple(row[0] for row in DETECTORS)
INDEX = {name: i for i, name in enumerate(NAMES)}
BIT = {name: 1 << i for i, name in enumerate(NAMES)}
UPPER_TOO = sum(
    BIT[name]
    for name in [
        "student_no",
        "passport_cn",
        "home_return",
        "exit_permit",
        "uscc",
        "org_code",
        "hkid",
        "taiwan_id",
        "nric_sg",
        "pan_in",
        "iban",
        "lei",
        "isin",
        "vin",
        "vin_shape",
        "plate_cn",
        "container",
        "gstin",
    ]
)
"""Detectors that also accept the value in capitals, when it is 9 characters or more with three digits at least."""


CAPITALS = {code: code - 32 for code in range(97, 123)}


@cache
def candidates(size: int, mask: int) -> tuple[tuple[int, Test], ...]:
    """The detectors that a value of this length and these classes can pass."""
    return tuple(
        (1 << i, test)
        for i, (_, least, most, allowed, test) in enumerate(DETECTORS)
        if least <= size <= most and not mask & ~allowed
    )


def detect(value: str, wanted: int = -1) -> int:
    """The bits of all (or of the wanted) detectors that a normalised value passes."""
    size, mask = len(value), mask_of(value)
    bits = 0
    for bit, test in candidates(size, mask):
        if bit & wanted and test(value):
            bits |= bit
    if mask & L and mask & D and 7 <= size <= 64 and sum(c in "0123456789" for c in value) >= 3:
        upper = value.translate(CAPITALS)
        for bit, test in candidates(size, mask_of(upper)):
            if bit & UPPER_TOO & wanted and not bits & bit and test(upper):
                bits |= bit
    return bits


PIECE = re.compile(r"\+?[A-Za-z0-9][A-Za-z0-9@._%+/-]*", re.ASCII)
RUN = re.compile(r"[A-Za-z0-9]+", re.ASCII)
LABEL = re.compile(
    "idcard|idno|id|telno|tel|phone|mobile|mob|cell|cardno|card|account|acct|iban|vin",
    re.ASCII | re.IGNORECASE,
)
"""Words for a number that people write before it without a blank; what stands behind it in small letters is no part of it."""
PLATE = re.compile(f"[{PROVINCE_MARKS}][A-HJ-NP-Z][· ]?[A-HJ-NP-Z0-9]{{4,6}}[挂学警港澳领]?")
EMBEDDED = sum(
    BIT[name]
    for name in [
        "prc18",
        "prc_hmt",
        "foreign_pr",
        "mobile_cn",
        "email",
        "bank_card",
        "uscc",
        "vin",
        "iban",
        "container",
        "rrn_kr",
        "phone_intl",
        "cloud_key",
        "jwt",
    ]
)
PRC_BIT, EMAIL_BIT, PLATE_BIT, MARK_BIT, HKID_BIT, PASSPORT_BIT, CARD_BIT = (
    BIT[name] for name in ("prc18", "email", "plate_cn", "secret_mark", "hkid", "passport_cn", "bank_card")
)
NO_CARD = (17, 18)
"""So many digits in a text are an order's or a parcel's far sooner than a card's, of which hardly any has so many."""
HKID = re.compile(r"(?<![A-Za-z0-9])[A-Z]{1,2}[0-9]{6}\([0-9A]\)", re.ASCII)
PASSPORT = re.compile(
    r"(?:护照|passport)[^A-Za-z0-9]{0,12}([EGDSP][A-Z0-9][0-9]{7})(?![A-Za-z0-9])", re.ASCII | re.IGNORECASE
)
WHOLE = EMBEDDED | sum(
    BIT[name]
    for name in [
        "date",
        "datetime",
        "number",
        "uuid",
        "lonlat",
        "trajectory",
        "mac",
        "ipv6",
        "blob",
        "hkid",
        "passport_cn",
        "plate_cn",
        "name_cn",
        "name_latin",
    ]
)
"""Values that pass one of these as a whole are not searched for identifiers inside."""


def found_inside(value: str) -> Iterator[tuple[int, str]]:
    """The identifiers inside a text: detector bits and the piece that passes them.

    Boundaries are "not an ASCII letter or digit", never a word boundary, for that does not exist beside a Chinese character.
    """
    for found in PIECE.finditer(value):
        piece = found[0].rstrip("._%+/-@")
        if len(piece) < 6 or FRACTION.fullmatch(piece):
            continue
        if "@" in piece:
            if email(piece):
                yield EMAIL_BIT, piece
                continue
        elif 8 <= len(piece) <= 64 and not piece.isalpha() and (bits := _passed(piece)):
            yield bits, piece
            continue
        for run in RUN.findall(piece):
            if 8 <= len(run) <= 34 and run != piece and (bits := _passed(run)):
                yield bits, run
            elif 10 <= len(run) <= 64 and (label := LABEL.match(run)):
                rest = run[label.end() :].rstrip("abcdefghijklmnopqrstuvwxyz")
                if len(rest) >= 8 and (bits := _passed(rest)):
                    yield bits, rest
    yield from _by_form(value)


FRACTION = re.compile(r"0\.[0-9]+", re.ASCII)
"""A number below one: its digits are those of nothing else. Behind other digits the point may be that of a list, ``1.13800138000``."""


def _passed(piece: str) -> int:
    """What a piece is by itself: a resident's number with province, day and check digit passes other checks by chance alone."""
    bits = detect(piece, EMBEDDED)
    if bits & CARD_BIT and sum(map(str.isdigit, piece)) in NO_CARD:
        bits &= ~CARD_BIT
    return PRC_BIT if bits & PRC_BIT else bits


def _by_form(value: str) -> Iterator[tuple[int, str]]:
    """Those whose form goes beyond a run of letters and digits."""
    if not value.isascii():
        for found in PLATE.finditer(value):
            if detect(found[0], PLATE_BIT):
                yield PLATE_BIT, found[0]
        if secret_mark(value):
            yield MARK_BIT, value
    if "(" in value:
        for found in HKID.finditer(value):
            if detect(found[0], HKID_BIT):
                yield HKID_BIT, found[0]
    for found in PASSPORT.finditer(value):
        if detect(found[1], PASSPORT_BIT):
            yield PASSPORT_BIT, found[1]


def embedded(value: str) -> int:
    """The bits of identifiers inside a text."""
    bits = 0
    for one, _ in found_inside(value):
        bits |= one
    return bits


def searched(value: str, bits: int) -> bool:
    """Whether a value of these bits is searched for identifiers inside."""
    return len(value) >= 7 and not bits & WHOLE and bool(mask_of(value) & ~ALNUM)
