"""A second look at a sample of the values: forms that are too seldom, or too loose, to be worth a lane in the kernel.

The kernel sees every value and counts what passes its detectors. What remains is told from a sample: the first rows, side by side with
those of the other fields, and so many values of later rows as the first ones lack.

Rules this module keeps:
 * a sample only ever chooses between names for a whole column; what may be a needle in a haystack is the kernel's;
 * a sample is a hundred and twenty-eight values at most, in memory only, and its size stands in the reason;
 * every pattern is anchored at both ends and linear in practice: values longer than 400 characters are not tried.

Sources: the entries ``forms`` of ``data/types.yaml``.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from feiyu.scan import days
from feiyu.scan.catalogue import SemanticType
from feiyu.scan.checks import luhn
from feiyu.scan.normalize import normal
from feiyu.scan.reference import detect, name_cn
from feiyu.scan.vocabulary import MATCHED, NULL_BIT, known, matches, words

ROWS, VALUES = 64, 128
LONGEST = 400
LEAST = 0.7
"""A smaller share of the sample decides nothing; it is not counted to its end."""
UNLISTED = 8
"""After so many different values in no list the others are not compared."""
AMOUNTS = re.compile(
    r"(?:(?:US|HK|NT|CN|MOP|[ACS])?[$¥￥€£₩₹₺₽฿₫₱₦₴₸₪৳₲₡]|R\$|Rp\.?|RM|Rs\.?|S/\.?|K[Ss]h\.?|GH₵|Tk\.?|(?:USD|CNY|RMB|EUR|HKD|JPY|GBP|CHF|SGD|AUD|CAD|TWD|NTD|KRW|THB|MYR|IDR|INR|AED|BRL|PHP|VND) ?) ?-?[0-9]{1,3}(?:[., ]?[0-9]{3})*(?:[.,][0-9]+)?"
    r"|-?[0-9]{1,3}(?:[.,' ]?[0-9]{3})*(?:[.,][0-9]+)? ?(?:元|万元|亿元|円|원|[$€£%‰₽₺₫₴₸₪]|zł|Kč|kr\.?|Ft|lei|RON|HUF|CZK|лв\.?|грн\.?|тг\.?|сум|дин\.?|р\.|руб\.?|ден\.?|₾|֏|/-|đ|VNĐ|USD|CNY|RMB|EUR|CHF|PLN|TL)"
    r"|-?[0-9]{1,3}(?:,?[0-9]{3})*(?:\.[0-9]+)? ?(?:秒|分钟|小时|天|个月|人|次|件|个|台|箱|吨|千克|公斤|克|米|公里|平方米|平米|㎡|m²|m2|m³|立方米|升|毫升|度|℃|°C|℉|kWh|kW|MW|[KMGT]B"
    r"|[kK]g|KG|mm|cm|km|m[lL]|TEU|FEU|ms|sec|mins?|hrs?|hours?|days?|pcs|PCS|tons?|lbs?)"
    r"|-?[1-9][0-9]{0,2}(?:[ '’][0-9]{3})+[.,][0-9]{1,4}|-?[1-9][0-9]{0,2}(?:[ '’][0-9]{3}){1,2}"
    r"|(?:Rs\.? ?)?-?[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}(?:\.[0-9]{1,4})?(?:/-)?|R ?[0-9]{1,3}(?:(?:[ ,][0-9]{3})*\.[0-9]{2}|(?:[ ,][0-9]{3})+)"
    r"|-?[0-9]{1,3}(?:\.[0-9]{3}){2,}|-?[0-9]{1,3}(?:\.[0-9]{3})*,[0-9]{1,4}|-?[0-9]+,[0-9]{1,4}|\([0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?\)",
    re.ASCII,
)
"""Amounts with a sign of currency, a unit of measure, a decimal comma, grouped as in India, or in brackets for minus."""
RUN = re.compile(r"[A-Za-z0-9]+", re.ASCII)
PAIRS = re.compile(r"[\w（）()/ ]{1,12}[:：=]\s?[^;；,，\n]{1,80}[;；,，\n]")
"""A piece of text made of names and values."""


_CALLED = "姓名|联系人|收件人|收货人|寄件人|患者|病人|客户|车主|司机|驾驶员|经办人|负责人|申请人|投保人|被保险人|法定代表人|户名|签收人|乘客|学生|家长|员工|我叫|名叫"
_BEHIND = "(?=[，,。；;、\\s\"'）)】/|]|$|身份证|电话|手机|证件|护照|卡号|先生|女士|[0-9])"
_OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"
NAMES = re.compile(
    f"(?:{_CALLED})(?:[:：]|为|是)\\s?([一-鿿]{{2,4}}){_BEHIND}|(?:{_CALLED})([一-鿿]{{2,3}})(?=身份证|电话|手机|证件|护照|卡号|先生|女士)"
    '|"(?:(?:user|real|full|cust|customer|patient|contact|receiver|owner|student|person|buyer|member|emp|employee|driver)_?[nN]ame|xm|XM|xingming|姓名|联系人|收件人|收货人)"\\s?:\\s?"([一-鿿]{2,4})"'
    "|(?<![一-鿿])([一-鿿]{2,3})(?:先生|女士)|([一-鿿])(?:先生|女士|小姐)(?![一-鿿]{0,2}装)"
)
"""Names in a text, by what is said before or behind them."""
AROUND = " 。\"'`[](){}<>#【】「」《》“”‘’"
SAID_OF = re.compile(
    r"\{\"\w{1,20}\": ?([^{},]{1,60})\}|(?:[^\W\d_]{1,8}[:：] ?)?([^:：(（]{1,60}?)(?:[（(][^()（）]{1,10}[）)])?",
    re.DOTALL,
)
"""A value under its name, ``{\"v\": …}`` or ``本人：…``, or before a note in brackets."""
SIGNS = re.compile(r"[\"'\[\](){}<>*,，;；、|=\n【】]+")
MORE_SIGNS = re.compile(rf"{SIGNS.pattern}|[:：/]")
"""Between the parts of a value; the last also stand inside of times and addresses of devices."""
FIRST = re.compile("([一-鿿]{2,4}?)(?:先生|女士|小姐|师傅)?(?![一-鿿·]|$)")
INSIDE = {
    "address_cn": re.compile(
        "[一-鿿]{2,8}(?:省|自治区|市|区|县|镇|乡)[一-鿿0-9]{1,24}(?:路|街|道|弄|巷|村|胡同)[0-9一二三四五六七八九十]{1,6}(?:号|弄|栋|幢)"
    ),
    "ipv4": re.compile(
        rf"(?<![0-9A-Za-z.])(?<!版本)(?<!版本[:：])(?:{_OCTET}\.){{3}}{_OCTET}(?![0-9.]|-[a-z])", re.ASCII
    ),
    "phone_intl": re.compile(
        r"(?<![0-9A-Za-z+])\+(?!86)(?=(?:[ ().-]{0,2}[0-9]){8,15}(?![0-9]))[1-9][0-9]{0,2}[ .-]\(?[0-9]{1,5}\)?(?:[ .-][0-9]{2,8}){1,4}(?![0-9]|[.,-][0-9])"
        r"|(?<![0-9A-Za-z(])\([2-9][0-9]{2}\) ?[2-9][0-9]{2}-[0-9]{4}(?![0-9-])"
        r"|(?<![0-9A-Za-z+])07[0-9]{3}[ -][0-9]{3} ?[0-9]{3}(?![0-9])"
        r"|(?<![0-9A-Za-z+.])0[1-9](?:(?: [0-9]{2}){4}|(?:\.[0-9]{2}){4}|[0-9]{1,2} [0-9]{3} [0-9]{3,4})(?![ .]?[0-9])"
        r"|(?:[Cc]all(?:ed)?|[Rr]each(?:ed)?|[Tt]ext(?:ed)?|[Rr]ang|[Dd]ial|[Cc]ontact)(?:(?!order|invoice|ticket|ref|case|claim|PO)[^0-9\n]){1,30}?[2-9][0-9]{2}[ .-][2-9][0-9]{2}[ .-][0-9]{4}(?![0-9-])"
        r"|(?:[Cc]all(?:ed)?|[Tt]el|[Pp]hone|[Mm]ob(?:ile)?|[Cc]ell|[Tt]elefono|[Tt]elefon|[Tt]él|WhatsApp|電話|携帯|전화|연락처)[ .:：at]{0,6}(?:0[0-9]{1,4}|[2-9][0-9]{2})[ .-][0-9]{2,4}[ .-]?[0-9]{3,4}(?![0-9])",
        re.ASCII,
    ),
    "ssn_us": re.compile(
        r"(?:\bSSN|\b[Ss]ocial [Ss]ecurity|\bSS#)(?: [Nn](?:o\.?|umber))?[ :#.is]{0,6}(?!000|666|9)[0-9]{3}-?(?!00)[0-9]{2}-?(?!0000)[0-9]{4}(?![0-9-])",
        re.ASCII,
    ),
    "passport_foreign": re.compile(
        r"\b(?:passport|reisepass|passeport|pasaporte|passaporto)(?: (?:no\.?|nr\.?|number|n°))?[ :#]{1,3}[A-Z]{0,2}[0-9]{6,9}(?![0-9A-Za-z])",
        re.IGNORECASE,
    ),
    "birth_date": re.compile(
        r"\b(?:DOB|[Dd]ate of [Bb]irth|[Bb]orn(?: on)?|geb\.|[Nn]ée? le|[Nn]acid[oa] el)[ :.]{1,3}[0-9]{1,4}[/.-][0-9]{1,2}[/.-][0-9]{2,4}(?![0-9])"
    ),
    "wechat": re.compile(r"(?<![0-9A-Za-z_])wxid_[0-9a-z]{6,20}(?![0-9A-Za-z_])", re.ASCII),
    "imei": re.compile(r"(?:imei|串号)[^0-9A-Za-z]{0,6}[0-9]{15}(?![0-9])", re.ASCII | re.IGNORECASE),
    "iccid": re.compile(r"(?<![0-9])8986[0-9]{15,16}(?![0-9])", re.ASCII),
    "landline_cn": re.compile(
        r"(?<![0-9+-])0(?:10|2[0-9]|[3-9][0-9]{2})-[2-8][0-9]{6,7}(?![0-9-])", re.ASCII
    ),
}
"""What else stands inside texts and is told from the sample, beside the identifiers that the kernel finds everywhere."""
VERSION_WORDS = re.compile(r"version|firmware|\bver\b|\bv\.|固件|版本", re.IGNORECASE)


@dataclass
class Look:
    """Values to look at again: ``rows`` the first rows as they stand, None where empty; ``later`` values from further down."""

    rows: Sequence[str | None] = ()
    later: Sequence[str] = field(default_factory=list)
    _shares: dict[tuple[re.Pattern[str], int, int], float] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @cached_property
    def plain(self) -> tuple[str | None, ...]:
        """The first rows in normal form."""
        return tuple(_plain(value) for value in self.rows)

    @cached_property
    def values(self) -> tuple[str, ...]:
        """All values in normal form, without empty ones."""
        return tuple(v for v in (*self.plain, *map(_plain, self.later)) if v is not None)[:VALUES]

    def share(self, pattern: re.Pattern[str]) -> float:
        """The share of values that match as a whole; nought where it is below ``LEAST``."""
        return self._share(pattern, 0, LONGEST)

    def form_share(self, one: SemanticType) -> float:
        """The share of values in one of the writings of a type; nought where it is below ``LEAST``."""
        if one.forms is None:
            return 0.0
        within = (0, LONGEST) if one.lengths is None or one.forms_with else one.lengths
        return self._share(one.forms.pattern, *within)

    def _share(self, pattern: re.Pattern[str], low: int, high: int) -> float:
        asked = pattern, low, high
        if asked not in self._shares:
            self._shares[asked] = self._shared_by(*asked)
        return self._shares[asked]

    def _shared_by(self, pattern: re.Pattern[str], low: int, high: int) -> float:
        fullmatch = pattern.fullmatch
        return self._passing(
            low <= len(value) <= high and fullmatch(value) is not None for value in self.values
        )

    def _passing(self, known: Iterable[bool]) -> float:
        left = count = len(self.values)
        for one in known:
            if not one:
                left -= 1
                if left / count < LEAST:
                    return 0.0
        return left / count if count else 0.0

    @cached_property
    def days(self) -> float:
        """The share of values that are days or months, with or without a time; nought where it is below ``LEAST``."""
        return self._passing(map(days.written_with_time, self.values))

    @cached_property
    def moments(self) -> float:
        """The share of those with a time."""
        return self._passing(map(days.timed, self.values))

    @cached_property
    def loose_days(self) -> float:
        """The share of values that are days where a header says that they are."""
        return self._passing(map(days.meant, self.values))

    @cached_property
    def listed(self) -> tuple[float, ...]:
        """By list the share of values in it, in whatever language; nought for all where none of the first values is in any."""
        found, counts = [0] * len(MATCHED), Counter(self.values)
        for at, (value, count) in enumerate(counts.items()):
            bits = known(value)
            found = [total + count * (bits >> i & 1) for i, total in enumerate(found)]
            if at == UNLISTED and not any(found):
                break
        return tuple(total / max(1, len(self.values)) for total in found)

    def begin(self, prefixes: tuple[str, ...]) -> float:
        """The share of values that begin with one of these; all where there is no sample."""
        return sum(v.startswith(prefixes) for v in self.values) / len(self.values) if self.values else 1.0

    @cached_property
    def luhn(self) -> float:
        """The share of values that are digits and pass the check of ISO/IEC 7812."""
        values = self.values
        return sum(v.isascii() and v.isdigit() and luhn(v) for v in values) / len(values) if values else 0.0

    @cached_property
    def counts_up(self) -> bool:
        """Whether neighbouring rows are whole numbers, of seven digits or more, that grow by the same small step."""
        numbers = [int(v) for v in self.plain if v and v.isascii() and v.isdigit() and 7 <= len(v) <= 24]
        if len(numbers) < 5 or len(numbers) < 0.9 * sum(v is not None for v in self.plain):
            return False
        steps = [after - before for before, after in pairwise(numbers)]
        return sum(0 <= step <= 9 for step in steps) >= 0.9 * len(steps) and sum(steps) > 0

    def runs(self, least: int, most: int, but: Collection[int] = ()) -> int:
        """How many different runs of so many letters and digits, three digits at least, stand in the values; ``but``: lengths that do not count."""
        return len(
            {
                run
                for v in self.values
                for run in RUN.findall(v[:LONGEST])
                if least <= len(run) <= most and len(run) not in but and sum(map(str.isdigit, run)) >= 3
            }
        )

    @cached_property
    def inside(self) -> tuple[str, ...]:
        """Types that stand inside the texts of the sample."""
        found = [
            kind
            for kind, pattern in INSIDE.items()
            if any(
                pattern.search(v[:LONGEST]) and not (kind == "ipv4" and VERSION_WORDS.search(v[:LONGEST]))
                for v in self.values
            )
        ]
        return ("name_cn", *found) if any(_names(v[:LONGEST]) for v in self.values) else tuple(found)

    def unwrapped(self) -> Iterator[tuple[bool, tuple[str, ...]]]:
        """The values without brackets and quotes around them, without blanks in them, or without what is said of them, where most change by it; and whether blanks were closed."""
        for closed, bare in (
            (False, tuple(v.strip(AROUND) for v in self.values)),
            (True, tuple(v.replace(" ", "") for v in self.values)),
            (False, tuple((_said_of(v) or v).strip(AROUND) for v in self.values)),
        ):
            if sum(one != v for one, v in zip(bare, self.values, strict=True)) >= LEAST * len(bare) > 0:
                yield closed, bare

    def holding(self, bits: int) -> float:
        """The share of values that have a part that passes one of these detectors, between signs."""
        return self._passing(
            any(
                detect(part.strip(AROUND), bits)
                for cut in (SIGNS, MORE_SIGNS)
                for part in cut.split(v[:LONGEST])
            )
            for v in self.values
        )

    @cached_property
    def names_first(self) -> bool:
        """Whether most values begin with a Chinese name and go on in something else: its telephone, companions in brackets."""
        begun = [FIRST.match(v) for v in self.values]
        named = sum(found is not None and name_cn(found[1]) for found in begun)
        return named >= LEAST * len(begun) > 0

    @cached_property
    def prose(self) -> bool:
        """Whether most values are sentences: full stops, or several commas, of Chinese; or longer than any address."""
        values = self.values
        return sum("。" in v or v.count("，") >= 2 or len(v) > 160 for v in values) > 0.5 * len(values)

    @cached_property
    def pieces(self) -> bool:
        """Whether the values are texts made of names and values rather than single things."""
        values = self.values
        return bool(values) and sum(len(PAIRS.findall(v[:LONGEST] + ";")) >= 2 for v in values) > 0.5 * len(
            values
        )


def _said_of(value: str) -> str:
    """A value without what is said of it, nothing where nothing is."""
    found = SAID_OF.fullmatch(value)
    return "" if found is None else found[1] or found[2]


def _names(text: str) -> bool:
    """Whether somebody is called by name."""
    return any(
        name_cn(called) or (len(called) == 1 and called in words("surname"))
        for groups in NAMES.findall(text)
        for called in groups
        if called
    )


def _plain(value: str | None) -> str | None:
    if value is None:
        return None
    plain = normal(value)
    return plain if plain and not matches(plain) & NULL_BIT else None


NOTHING = Look()
