"""What a field holds, when own types are looked at too.

Rules this module keeps:
 * a header alone never decides, nor does a bare shape: a shape wants its header, or the file's word that it stands alone; what may stand
   inside a text is told as embedded unless the header names it;
 * an own type that fits its share takes the field, unless a check digit says otherwise and the header does not name the own type;
 * what a minority holds is told in ``also`` or ``embedded``; the level of a field is the strictest of all it holds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyarrow as pa

from feiyu.base.text import Text
from feiyu.scan import headtext, kernel
from feiyu.scan.catalogue import by_id, name_of
from feiyu.scan.model import Field, Level, Mismatch, worst
from feiyu.scan.normalize import masked
from feiyu.scan.own.columns import Hits
from feiyu.scan.own.model import Kind, OwnType, OwnTypes

SURE = 95


def decide(fields: Sequence[Field], hits: Sequence[Hits], own: OwnTypes) -> tuple[Field, ...]:
    """The fields with what own types say."""
    return tuple(_one(field, found, own) for field, found in zip(fields, hits, strict=True))


def _one(field: Field, found: Hits, own: OwnTypes) -> Field:
    if not found.counts or not found.values:
        return field
    said = {name: _said(own.by_id[name], field.name) for name in found.counts}
    fit = [
        one
        for name, count in found.counts.items()
        if (one := own.by_id[name]).share * found.values <= 100 * count
        and (not _wants_header(one) or said[name])
    ]
    best = max(fit, key=lambda one: (said[one.id], found.counts[one.id]), default=None)
    if best is not None and not said[best.id] and _checked(field):
        best = None
    others = [own.by_id[name] for name in found.counts if best is None or name != best.id]
    more = [one for one in others if not _bare(one)]
    whole = tuple(one.id for one in more if not one.inside)
    inside = tuple(one.id for one in more if one.inside)
    held = [*([best] if best else []), *more]
    if not held:
        return field
    kept = (
        (field.type, *field.also)
        if best is not None and field.type in by_id() and _checked(field)
        else field.also
    )
    if best is None:
        kept = field.also
    return replace(
        field,
        type=best.id if best else field.type,
        also=tuple(dict.fromkeys((*kept, *whole))),
        embedded=tuple(dict.fromkeys((*field.embedded, *inside))),
        confidence=min(99, 100 * found.counts[best.id] // found.values) if best else field.confidence,
        category=best.category if best else field.category,
        level=worst([field.level, *(one.level for one in held)]),
        personal=(field.personal and not _replaced(field, best)) or any(one.personal for one in held),
        sensitive=(field.sensitive and not _replaced(field, best)) or any(one.sensitive for one in held),
        counts_as=best.counts_as if best else field.counts_as,
        reason=_why(best, found, named=said[best.id]) if best else field.reason,
    )


def _wants_header(one: OwnType) -> bool:
    return one.inside or _bare(one)


def _bare(one: OwnType) -> bool:
    return one.kind is Kind.SHAPE and not one.alone


def _checked(field: Field) -> bool:
    """Whether a check digit or a like rule speaks for the built-in type."""
    return (
        field.type in by_id() and by_id()[field.type].kind in ("check", "mark") and field.confidence >= SURE
    )


def _replaced(field: Field, best: OwnType | None) -> bool:
    """Whether the own type takes the place of what was only a common form, with nothing else found in the field."""
    return best is not None and not _checked(field) and not field.also and not field.embedded


def _said(one: OwnType, name: str) -> bool:
    """Whether a header names the type: its word is the header, its end, or stands in it whole (two Chinese characters at least)."""
    head = headtext.tokens(name)
    return any(_stands(headtext.tokens(word), head) for word in one.headers)


def _stands(word: tuple[str, ...], head: tuple[str, ...]) -> bool:
    if not word or not head:
        return False
    if "".join(word) == "".join(head):
        return True
    if len(word) == 1 and not word[0].isascii() and len(word[0]) > 1:
        return any(word[0] in part for part in head)
    return any(head[i : i + len(word)] == word for i in range(len(head) - len(word) + 1))


def _why(best: OwnType, found: Hits, *, named: bool) -> Text:
    share = found.counts[best.id] / found.values
    zh = f"{share:.0%} 的值符合自定义类型“{best.names.zh}”" + ("，列名也这样表示" if named else "") + "。"
    en = (
        f"{share:.0%} of the values fit the own type {best.names.en}"
        + ("; the header says so too" if named else "")
        + "."
    )
    return Text(zh, en)


def mismatches(
    batch: pa.RecordBatch,
    fields: Sequence[Field],
    hits: Sequence[Hits],
    own: OwnTypes,
    expected: Mapping[str, str],
) -> tuple[Mismatch, ...]:
    """Own types that matter (personal, sensitive, above general) and that a field of one batch holds undeclared."""
    out = []
    for field, found in zip(fields, hits, strict=True):
        declared = expected.get(field.name, "")
        for name in field.holds:
            one = own.by_id.get(name)
            if (
                one is None
                or name == declared
                or not (one.personal or one.sensitive or one.level is not Level.GENERAL)
            ):
                continue
            row = found.first[name]
            value = kernel.as_text(batch.column(field.index).slice(row, 1)).to_pylist()[0] or ""
            meant = _meant(declared, own)
            reason = Text(
                f"字段“{field.name}”申报为“{meant.zh}”，实际含有“{one.names.zh}”。",
                f"Field {field.name} was declared as {meant.en} and holds {one.names.en}.",
            )
            out.append(
                Mismatch(
                    field=field.name,
                    found=name,
                    expected=declared,
                    row=row,
                    example=masked(value),
                    hits=found.counts[name],
                    reason=reason,
                )
            )
    return tuple(out)


def _meant(declared: str, own: OwnTypes) -> Text:
    if not declared:
        return Text("未申报", "nothing")
    known = own.by_id.get(declared)
    return known.names if known is not None else name_of(declared)
