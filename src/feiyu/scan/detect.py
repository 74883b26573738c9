"""Decide what a column holds, and why: the best type above nought, what else is in it, and a reason.

Rules this module keeps:
 * the best of what the header names stands before what values alone decide, and that before the rest (``candidate`` weighs them);
 * where no type stands above nought, or another reading fits the header better, ``readings`` are tried;
 * every answer has a reason in both languages, and samples are masked.

Sources: GB/T 43697-2024; GB/T 45574-2025.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from feiyu.base.text import Text, number_of
from feiyu.scan import header, identity, minority, readings, reference, untyped
from feiyu.scan.candidate import DAMAGED, LOOSE, Candidate, Column, candidate, possible
from feiyu.scan.catalogue import SemanticType, by_id, types
from feiyu.scan.kernel import ColumnStats, scan_values
from feiyu.scan.look import NOTHING, Look
from feiyu.scan.model import Field, Level, worst
from feiyu.scan.objections import MOST
from feiyu.scan.untyped import ALL


def choose(column: Column) -> tuple[Candidate | None, list[Candidate]]:
    """The best type, and all that stand above nought; where none does, the best by what stands inside brackets or quotes."""
    best, found = _as_it_stands(column)
    return best or _unwrapped(column), found


def _as_it_stands(column: Column) -> tuple[Candidate | None, list[Candidate]]:
    weighed = (candidate(one, column) for one in possible(column))
    found = [one for one in weighed if one is not None and one.total > 0]
    if not found:
        return readings.read(readings.UNTOLD, column), []
    decisive = [c for c in found if c.decisive]
    named = [c for c in found if c.header >= header.TAIL and c.type.kind != "shape"]
    best = max(named or decisive or found, key=lambda c: (c.total, -c.type.order))
    best = _rather(best, found, column)
    return readings.read(readings.RATHER.get(best.type.id, ()), column) or best, found


CODES = ("generic", "commerce")
"""Classes whose types only say what kind of code something is."""
PICTURES = ("id_photo", "face_image")
"""Of whom or what a picture is only its header says."""
INDIAN = re.compile(r"[1-9][0-9]{5}", re.ASCII)
"""Pin codes of India, which never begin with nought; one in ten of those that people choose does."""


def _rather(best: Candidate, found: Sequence[Candidate], column: Column) -> Candidate:
    """What the header means, where the best by values is only some code, some picture, or digits that people choose too."""
    if best.type.category == "generic" or best.type.id == "order_no":
        best = max((c for c in found if _meant(c)), key=lambda c: (c.header, c.total), default=best)
    if best.type.id == "camera_media":
        pictures = (c for c in found if c.type.id in PICTURES and c.header >= header.TAIL > best.header)
        best = max(pictures, key=lambda c: c.header, default=best)
    if best.type.id == "password" and column.seen.share(INDIAN) >= ALL:
        best = next((c for c in found if c.type.id == "postcode_intl" and c.header >= best.header), best)
    return best


def _meant(one: Candidate) -> bool:
    """Whether a header names surely what its values alone would only show to be some code."""
    return one.header >= header.TAIL and one.share >= ALL and one.type.category not in CODES


def _unwrapped(column: Column) -> Candidate | None:
    """What a header names surely and nearly all values are but for the brackets or quotes around them, or the blanks in them."""
    for closed, values in column.seen.unwrapped():
        stats = ColumnStats()
        scan_values(values, stats)
        inner = Column.of(column.name, stats, Look(rows=values))
        best = _as_it_stands(inner)[0] if stats.values else None
        if best is None or best.header < header.TAIL or best.type.canon in AS_WRITTEN:
            continue
        if not closed or (_own(best.type) and not best.sampled):  # two words are no code
            return replace(best, sampled=len(values))
    return None


AS_WRITTEN = ("mobile", "email")
"""Identifiers that count as they are written: signs around them are not left out, and they are found inside instead."""


def _own(one: SemanticType) -> int:
    """The detectors of a personal type, or one with a check, that few other values pass; days are meant where a header says birth."""
    loose = sum(
        1 << bit for bit, chance in one.detectors
        if reference.NAMES[bit] in MANY or (chance >= LOOSE and reference.NAMES[bit] != "date")
    )  # fmt: skip
    return one.bits & ~loose if one.personal or one.kind == "check" else 0


MANY = (
    "digits3_4", "digits5", "digits6", "digits8", "digits12", "digits_any", "amount", "code", "handle", "token", "text", "integer", "number", "name_latin",
)  # fmt: skip
"""Detectors that many things pass."""


def _named(column: Column) -> list[SemanticType]:
    """The types of persons that the header names surely, and that have a form of their own."""
    return [one for one in types() if column.says(one) >= header.TAIL and _own(one)]


def decide(
    index: int,
    name: str,
    stats: ColumnStats,
    samples: Sequence[str] = (),
    seen: Look = NOTHING,
    said: str = "",
) -> Field:
    """What one column holds, from its own values and header; ``said``: the header in other words, where they say more."""
    column = Column.of(said or name, stats, seen)
    best, found = choose(column) if stats.values else (None, [])
    if (
        best is not None
        and best.type.id in WRITTEN
        and (seen.pieces or (best.header < header.HINT and seen.prose))
    ):
        best = None  # a text of names and values, or of sentences, only looks like an address
    kind, reason = (
        (best.type.id, why(best, stats)) if best is not None else untyped.answer(column.name, stats, seen)
    )
    if kind == "datetime" and (days := _whole_days(seen, chosen=best is not None)):
        kind, reason, best = "date", days, None
    rounded = best is not None and best.sampled > 0 and seen.share(identity.ROUNDED) >= MOST
    reason = _with_warnings(kind, reason, seen, rounded=rounded)
    also = _also(best, found, column)
    embedded, more = _embedded(kind, best, also, column)
    if kind in ("category", "order_no", "number") and (more or (embedded and kind == "category")):
        kind, reason = "text", Text("含有标识的文本。", "Text that holds identifiers.")
    if more:
        reason = _told_inside(reason, more, seen)
    return finished(
        Field(
            index=index,
            name=name,
            type=kind,
            also=also,
            embedded=embedded + more,
            confidence=best.confidence if best else 0 if kind in ("empty", "unknown") else 80,
            nulls=stats.nulls,
            distinct=stats.distinct(),
            samples=tuple(samples),
            reason=reason,
            damaged=rounded
            or bool(best and any(stats.hits[bit] for bit, _ in best.type.detectors if bit in DAMAGED)),
        )
    )


def _whole_days(seen: Look, *, chosen: bool) -> Text | None:
    """Why times are days: all of them at midnight, or without a time of day where a type of moments was chosen."""
    if seen.share(MIDNIGHT) >= ALL:
        return untyped.of_sample("日期（零点）", "days, at midnight", seen)
    if chosen and seen.days >= ALL and not seen.moments:
        return untyped.of_sample("日期", "days", seen)
    return None


def _with_warnings(kind: str, reason: Text, seen: Look, *, rounded: bool) -> Text:
    """The reason, with what the count of persons cannot use."""
    told = sum(
        identity.AGE.fullmatch(one) is not None if kind == "age" else identity.days_of(one) is not None
        for one in (seen.values if kind in ("age", "birth_date") else ())
    )
    unread = kind in ("age", "birth_date") and told < MOST * len(seen.values)
    for warning in (*([UNCOUNTED] if unread else []), *([ROUNDED] if rounded else [])):
        reason = Text(f"{reason.zh}{warning.zh}", f"{reason.en} {warning.en}")
    return reason


def _also(best: Candidate | None, found: Sequence[Candidate], column: Column) -> tuple[str, ...]:
    """The types of a minority of whole values, and the sensitive ones that the header names beside the best."""
    if not column.stats.values:
        return ()
    also = minority.others(best, column)
    named = (
        c.type.id
        for c in found
        if best and c.type is not best.type and c.type.sensitive and c.header >= header.TAIL
    )
    return tuple(dict.fromkeys((*also, *named)))


def _embedded(
    kind: str, best: Candidate | None, also: Sequence[str], column: Column
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The types inside texts: those that the kernel counted, and those that only the sample shows."""
    stats, seen = column.stats, column.seen
    listed = column.says(by_id()["ean"]) >= header.TAIL and seen.share(NUMBERS) >= ALL
    counted = (
        () if listed else tuple(one for one in minority.inside(stats, seen) if one != IN_ADDRESSES.get(kind))
    )
    more: tuple[str, ...] = ()
    if (kind in ("text", "category") and longest(stats) >= PROSE) or kind in FREE:
        more = seen.inside
    if kind in ("text", "category") and seen.names_first and header.of_names(column.name):
        more = ("name_cn", *more)
    if best is None and not counted:
        more = (*more, *(one.id for one in _named(column) if seen.holding(_own(one)) >= MOST))
    return counted, tuple(one for one in dict.fromkeys(more) if one not in (*counted, *also))


UNCOUNTED = Text(
    "这种写法没有换算，未据此统计谁不满十四周岁。",
    "What is written so is not converted, so nobody under 14 is told by it.",
)
"""What is said of birth dates and ages that the count of persons cannot read (``identity``)."""
ROUNDED = Text(
    "电子表格已将其转成数字，末尾几位丢失，无法还原。",
    "A spreadsheet made them numbers, so that the last digits are lost.",
)
"""What is said of numbers in scientific notation that their header names."""
NUMBERS = re.compile(r"[0-9]{6,14}(?:[\s,;|/]+[0-9]{6,14})*", re.ASCII)
"""Lists of the numbers of goods, where the header speaks of those: nobody's telephone is among them."""
IN_ADDRESSES = {"url": "uscc", "url_password": "email"}
"""What only looks like an identifier there: eighteen digits of a message, a user of a database at its host."""
PROSE = 12
"""Texts of so many bytes may hold names and addresses."""
FREE = ("medical_text", "search_history", "diagnosis", "cargo_name")


def longest(stats: ColumnStats) -> int:
    """The length of the longest value, as far as lengths are kept."""
    return max((size for size, count in enumerate(stats.lengths) if count), default=0)


def _told_inside(reason: Text, kinds: Sequence[str], seen: Look) -> Text:
    size = len(seen.values)
    zh = "、".join(by_id()[one].names.zh for one in kinds)
    en = ", ".join(by_id()[one].names.en for one in kinds)
    return Text(
        f"{reason.zh}抽看 {size} 个值，其中有{zh}。",
        f"{reason.en} A sample of {number_of(size, 'value')} holds {en} inside texts.",
    )


MIDNIGHT = re.compile(r".{6,40}[ T]0?0:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?", re.ASCII)
WRITTEN = ("address_cn", "address_latin", "address_text", "org_name", "name_latin", "lonlat")


def finished(field: Field) -> Field:
    """The field with what follows from its types: personal, sensitive, category, level."""
    held = [by_id()[one] for one in field.holds if one in by_id()]
    return replace(
        field,
        personal=field.personal or any(one.personal for one in held),
        sensitive=field.sensitive or any(one.sensitive is not None and one.personal for one in held),
        category=held[0].category if held else "other",
        level=worst([one.level for one in held]) if held else Level.GENERAL,
    )


def why(best: Candidate, stats: ColumnStats) -> Text:
    """The reason for an answer."""
    one, share = best.type, best.share
    zh, en = [], []
    if one.kind == "check" and not best.sampled:
        zh.append(f"{share:.0%} 的值通过“{one.names.zh}”的校验")
        en.append(f"{share:.0%} of the values pass the check of {one.names.en}")
    elif one.kind == "vocab":
        zh.append(f"{share:.0%} 的值在“{one.names.zh}”的取值表中")
        en.append(f"{share:.0%} of the values are in the list of {one.names.en}")
    else:
        zh.append(f"{share:.0%} 的值符合“{one.names.zh}”的形式")
        en.append(f"{share:.0%} of the values have the form of {one.names.en}")
    if best.header >= header.PART:
        zh.append("列名也这样表示")
        en.append("the header says so too")
    elif best.header >= header.HINT:
        zh.append("列名与此相符")
        en.append("the header agrees")
    elif best.header < 0:
        zh.append("尽管列名另有所指")
        en.append("although the header says otherwise")
    if best.sampled:
        zh.append(f"据抽看的 {best.sampled} 个值")
        en.append(f"by a sample of {number_of(best.sampled, 'value')}")
    damaged = sum(stats.hits[bit] for bit, _ in one.detectors if bit in DAMAGED)
    if damaged:
        zh.append(f"其中 {damaged} 个值被电子表格转成数字而损坏，无法还原")
        en.append(
            f"{damaged} of them were damaged by a spreadsheet that made them numbers and cannot be restored"
        )
    return Text("，".join(zh) + "。", "; ".join(en) + ".")
