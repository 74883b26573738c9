"""What a column is that has no semantic type: empty, dates, numbers, yes and no, codes of things, categories, or text.

Rules this module keeps:
 * the values come first; a header only tells quantities, months, days and numbers of things apart among numbers.
"""

import re
from collections.abc import Sequence

from feiyu.base.text import Text, number_of
from feiyu.scan import days, headtext, look
from feiyu.scan.kernel import ColumnStats
from feiyu.scan.look import Look
from feiyu.scan.reference import INDEX
from feiyu.scan.vocabulary import MATCHED

ALL = 0.95
"""The share of values that are all but dirt."""
LONG = 65
"""The last bucket of lengths."""


def answer(name: str, stats: ColumnStats, seen: Look) -> tuple[str, Text]:
    """The kind and the reason."""
    kind, reason = _by_values(stats, seen)
    words = headtext.tokens(name)
    whole = stats.hits[INDEX["digits_any"]] >= ALL * stats.values
    if kind not in ("date", "datetime", "empty") and days.said(words) and seen.loose_days >= ALL:
        return "date", of_sample("日期", "dates", seen)
    if kind == "order_no" and whole and words and (words[-1] in QUANTITIES or words[-1].endswith(MEASURED)):
        kind, reason = "number", Text("列名表示数量。", "The header speaks of a quantity.")
    if (
        kind in ("number", "category")
        and (PERIOD & {*words, *"".join(words)} or (words and words[-1].endswith("ny")))
        and (seen.share(MONTHS) >= ALL or seen.share(POINTED) >= ALL)
    ):
        return "date", of_sample("年月", "months", seen)
    if kind == "number":
        return _numbered(name, words, stats, seen, reason)
    if (
        kind == "category"
        and _remarks(words)
        and stats.nulls >= NOW_AND_THEN * (stats.values + stats.nulls)
        and seen.share(WORDED) >= ALL
    ):
        return "text", of_sample("时有时无的备注", "remarks that stand only now and then", seen)
    if (
        kind == "text"
        and len(words) > 1
        and {words[0], words[-1]} & set(NUMBERS)
        and seen.share(LETTERED) >= ALL
    ):
        return "order_no", of_sample("字母加数字的编号", "letters and digits that number something", seen)
    if kind == "text" and seen.share(SIGNED) >= ALL:
        return "order_no", of_sample("带井号的编号", "numbers behind a number sign", seen)
    if kind == "text" and seen.share(PREFIXED) >= ALL:
        return "order_no", of_sample("带前缀的标识", "identifiers behind a prefix", seen)
    if kind in ("text", "order_no", "category") and seen.share(RELEASED) >= ALL:
        return "version", of_sample("版本号", "versions", seen)
    if kind == "text" and stats.values >= LEAST and seen.share(SHORT_CODES) >= ALL:
        seats = bool(SEATS & set(words))
        return ("category" if seats else "order_no"), of_sample(
            "字母和数字的短代码", "short codes of letters and digits", seen
        )
    return kind, reason


def _by_values(stats: ColumnStats, seen: Look) -> tuple[str, Text]:
    n = stats.values
    if n == 0:
        return "empty", Text("没有任何值。", "There are no values.")
    dates = stats.hits[INDEX["date"]]
    numbers = stats.hits[INDEX["number"]]
    distinct = stats.distinct()
    if dates >= 0.9 * n:
        return "date", Text(f"{dates / n:.0%} 的值是日期。", f"{dates / n:.0%} of the values are dates.")
    if stats.listed[MATCHED.index("boolean")] >= 0.98 * n and distinct <= 4:
        return "boolean", Text("只有是与否两类值。", "There are only values for yes and no.")
    if numbers < 0.5 * n and distinct <= 4 and seen.listed[MATCHED.index("boolean")] >= 0.98:
        return "boolean", of_sample("是与否两类", "yes and no", seen)
    if set(seen.values) in ({"t", "f"}, {"T", "F"}):
        return "boolean", of_sample("是与否两类", "yes and no", seen)
    if numbers >= 0.95 * n and not (_serial(stats, distinct) and stats.hits[INDEX["digits_any"]] >= ALL * n):
        return "number", Text(
            f"{numbers / n:.0%} 的值是数字。", f"{numbers / n:.0%} of the values are numbers."
        )
    if numbers < 0.95 * n and seen.days >= 0.9:
        if seen.moments >= 0.9:
            return "datetime", of_sample("日期和时间", "dates with times", seen)
        return "date", of_sample("日期", "dates", seen)
    if seen.share(look.AMOUNTS) >= 0.9:
        return "number", of_sample("数字", "numbers", seen)
    if _serial(stats, distinct):
        return "order_no", Text(
            "几乎各不相同、长度一致的编号，没有已知的校验。",
            "Codes of the same length, nearly all different, with no known check.",
        )
    if n >= LEAST and distinct <= min(1000, 0.5 * n) and sum(stats.lengths[:49]) >= 0.95 * n:
        return "category", Text(
            f"只有 {distinct} 种取值。",
            f"There {'is' if distinct == 1 else 'are'} only {number_of(distinct, 'different value')}.",
        )
    return "text", Text("没有已知形式的文本。", "Text without a known form.")


def _remarks(words: Sequence[str]) -> bool:
    """Whether a header speaks of remarks, in whose column anything may be written."""
    return not REMARKS.isdisjoint((*words, " ".join(words))) or any(
        not word.isascii() and word.endswith(REMARKED) for word in words[-1:]
    )


REMARKS = {
    "remark", "note", "memo", "bem", "anm", "notizen", "メモ", "意见", "comment", "bemerkung", "anmerkung", "notiz", "observation", "observacion", "observacione", "observacao", "observacoe", "nota",
    "commentaire", "remarque", "comentario", "poznamka", "poznamky", "uwaga", "uwagi", "catatan", "ghi chu", "opmerking", "opmerkingen", "anteckning", "merknad", "huomautus", "megjegyze",
    "aciklama", "observatii", "napomena", "примечание", "примечания", "комментарий", "примітка", "примітки", "забележка", "παρατηρησεις", "ملاحظات", "ملاحظة", "הערות", "הערה", "비고", "หมายเหตุ",
}  # fmt: skip
"""Headers of remarks; where each row has one of a few, they are kinds of something all the same."""
REMARKED = ("备注", "备注栏", "备註", "备考", "留言", "附言", "批注", "说明", "意见", "メモ")
WORDED, NOW_AND_THEN = re.compile(r"[^\W\d_].+", re.DOTALL), 0.05
"""More than one sign, a letter first; and the share of empty cells that is no accident."""
SERIALS, FEW, LENGTHY = 20, 5, 8
"""With fewer values no serial number is named without a header; five do where each is as long as this."""


def _serial(stats: ColumnStats, distinct: int) -> bool:
    """Whether the values are codes of nine characters or more (five with letters), of one length, nearly all different."""
    n, lengths = stats.values, list(stats.lengths)
    usual = max(lengths)
    size = lengths.index(usual)
    least = 9 if stats.hits[INDEX["integer"]] >= 0.5 * n else 5
    return (
        (n >= SERIALS or (n >= FEW and size >= LENGTHY))
        and least <= size < LONG - 1
        and usual >= 0.9 * n
        and distinct >= 0.9 * n
        and stats.hits[INDEX["code"]] >= ALL * n
        and stats.hits[INDEX["lon"]] + stats.hits[INDEX["version"]] < 0.5 * n
    )


def of_sample(zh: str, en: str, seen: Look) -> Text:
    """The reason of an answer that a sample of the values gave."""
    size = len(seen.values)
    return Text(f"抽看的 {size} 个值是{zh}。", f"The values of a sample ({size:,}) are {en}.")


def _numbered(
    name: str, words: Sequence[str], stats: ColumnStats, seen: Look, reason: Text
) -> tuple[str, Text]:
    """What numbers are whose header speaks of a day, or of the number or code of something."""
    last = words[-1] if words else ""
    if last.endswith(DAYS) and (seen.share(SHORT_DAYS) >= ALL or seen.share(SERIAL_DAYS) >= ALL):
        return "date", of_sample("日期", "dates", seen)
    whole = (
        stats.hits[INDEX["integer"]] >= ALL * stats.values
        and sum(stats.lengths[:CODED]) <= (1 - ALL) * stats.values
        and stats.distinct() >= APART * stats.values
    )
    few = stats.distinct() <= min(30, 0.5 * stats.values)
    if seen.share(NEVER) >= ALL:
        return "date", of_sample("日期", "dates", seen)
    if set(seen.values) == {"0", "1"} and last not in QUANTITIES:
        return "boolean", of_sample("0 或 1", "0 or 1", seen)
    if (
        seen.share(PADDED) >= ALL
        and max(stats.lengths) >= ALL * stats.values
        and any(LEADING.fullmatch(v) for v in seen.values)
    ):
        return ("category" if few else "order_no"), of_sample(
            "带前导零的代码", "codes with leading zeros", seen
        )
    coded = last in CODES or (len(last) > 3 and last.endswith(("cd", "code", "bm", "dm")))
    if (
        few
        and coded
        and not YEARS & set(words)
        and (max(stats.lengths[3:]) >= ALL * stats.values or any(LEADING.fullmatch(v) for v in seen.values))
    ):
        return "category", Text(
            "列名表示代码，取值不多。", "The header speaks of a code, and few values differ."
        )
    if whole and len(name.strip()) > len(last) and (last in NUMBERS or name.strip().endswith("#")):
        return "order_no", Text("列名表示编号。", "The header speaks of the number of something.")
    if whole and len(words) > 1 and words[0] == "no" and ABROAD.match(name.strip()) and words[1] not in OF:
        return "order_no", Text("列名表示编号。", "The header speaks of the number of something.")
    if whole and not last.isascii() and len(last) > 2 and last.endswith(NUMBERED):
        return "order_no", Text("列名表示编号。", "The header speaks of the number of something.")
    return "number", reason


DAYS = ("date", "day", "datum", "fecha", "日期", "日", "时间")
"""Ends of headers under which six digits are a day, and so are five that count days as spreadsheets do."""
SHORT_DAYS = re.compile(r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])|99991231", re.ASCII)
NEVER = re.compile(r"99991231|(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])", re.ASCII)
"""Days in eight digits, some or all of them the last that a calendar knows."""
SERIAL_DAYS = re.compile(r"[2-6][0-9]{4}(?:\.[0-9]+)?", re.ASCII)
LEAST = 8
"""With fewer values nothing is said of how few of them differ."""
SHORT_CODES = re.compile(
    r"(?=[A-Z0-9/#-]*[0-9])(?=[0-9/#-]*[A-Z])[A-Z0-9]{1,6}(?:[/#-][A-Z0-9]{1,6}){0,3}", re.ASCII
)
SIGNED = re.compile(r"#[A-Z]{0,4}-?[0-9]{3,12}", re.ASCII)
"""As shops number their orders."""
PREFIXED = re.compile(r"(?=[a-z]{2,8}_[A-Za-z]{0,30}[0-9])[a-z]{2,8}_[0-9A-Za-z]{8,40}", re.ASCII)
"""As programs name their objects: what kind it is, and letters and digits."""
RELEASED = re.compile(
    r"[vV][0-9]{1,3}(?:\.[0-9]{1,4}){1,3}(?:[-+][0-9A-Za-z.]{1,16})?|[0-9]{1,2}(?:\.[0-9]{1,2}){3}", re.ASCII
)
"""With a v in front, or four numbers that are no addresses."""
SEATS = {"seat", "cabin", "座位", "座位号", "席位", "舱位"}
"""Places in something, of which each holds many persons in turn."""
PADDED = re.compile(r"[0-9]{2,12}", re.ASCII)
YEARS = {"year", "yr", "month", "period", "date"}
LEADING = re.compile(r"0[0-9]{1,11}", re.ASCII)
CODED, APART = 5, 0.3
"""Numbers of things have so many digits at least where only a header tells them, and so many of them differ."""
CODES = {"code", "id", "no", "mcc", "sic", "naic", "isic", "werk", "lgort", "bukr", "vkorg", "kostl", "kostelle", "kostenstelle", "plant", "siteid", "site", "branch", "agency"}  # fmt: skip
"""Last words of headers under which a few numbers of three digits and more, all as long, are codes."""
NUMBERS = ("no", "id", "code", "key")
ABROAD = re.compile(
    r"n[°º]|№|(?:nr|numéro|número|numero|numer|číslo|cislo|nomor|nombor|номер|αρ|αριθμός|broj|număr)(?![^\W\d_])",
    re.IGNORECASE,
)
"""A number in front, in languages whose word for it does not also count."""
OF = ("of", "de", "des", "di", "del")
"""Behind a number that counts things."""
LETTERED = re.compile(r"[^\W\d_]{1,8}[ /-]?[0-9]{3,12}(?:[/-][0-9]{1,8})*")
NUMBERED = ("编号", "编码", "代码", "号码", "号")
"""Last words of headers that speak of the number of something."""
QUANTITIES = {
    "byte", "size", "amount", "amt", "total", "sum", "qty", "quantity", "count", "cnt", "volume", "price", "cost", "fee", "value", "capacity", "population",
    "gdp", "loss", "premium", "balance", "limit", "revenue", "sale", "turnover", "expense", "profit", "asset", "equity", "debt", "tax", "exposure", "reserve",
    "incurred", "deposit", "loan", "principal", "interest", "budget", "payment", "charge", "duty", "freight", "income", "export", "import", "output",
    "tiv", "aum", "nav", "mileage", "distance", "area", "weight", "字节数", "大小", "流量", "合计", "容量", "人口", "产值", "余额",
}  # fmt: skip
"""Last words of headers under which long whole numbers are no numbers of things."""
MEASURED = (
    "额",
    "量",
    "数",
    "费",
    "价",
    "款",
    "利润",
    "资产",
    "负债",
    "收入",
    "保费",
    "赔付",
    "值",
    "积",
    "距离",
    "里程",
)
"""Ends of such headers in Chinese."""
MONTHS = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])", re.ASCII)
POINTED = re.compile(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])", re.ASCII)
PERIOD = {"月", "期", "时", "month", "date", "period", "ym", "yyyymm", "yearmonth"}
"""Words in a header under which six digits, or ``2019.07``, are a year and a month."""
