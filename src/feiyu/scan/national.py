"""National numbers abroad whose header does not tell them: their own row does, or a control letter.

Rules this module keeps:
 * a number that begins with the birth date of its row numbers the person, whatever its header: most states write the date into it, some with the
   century or the sex in front, some with the month or the day raised for a century or a sex;
 * a number under a header of identity numbers or of driving licences, beside something of persons abroad and nothing of China, is such a number
   of another state; the licence counts as a personal number, for only that of China is the number of the resident;
 * a tax number of Spain with the control letter of natural persons numbers a person.

Sources: the rules for Bulgaria (ЕГН), the Czech Republic and Slovakia (rodné číslo), Denmark (CPR), Egypt, Estonia and Lithuania, Finland, France (NIR), Hungary,
Iceland, Italy (codice fiscale), Kazakhstan (ИИН), Latvia, Mexico (CURP), Norway, Poland (PESEL), Romania (CNP), South Africa, Sweden as their offices publish them;
Orden INT/2058/2008 (control letter of Spain).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from feiyu.base.text import Text
from feiyu.scan import context, header, identity
from feiyu.scan.catalogue import by_id
from feiyu.scan.detect import finished
from feiyu.scan.look import Look
from feiyu.scan.model import Field

LEAST, MOST = 5, 0.9
"""So many different birth dates must agree, and this share of the rows that have both."""
UNTOLD = ("order_no", "number", "text", "category")
SIGNS = re.compile(r"[\s./+-]")
LENGTHS = range(9, 19)
RAISED = (0, 20, 40, 50, 60, 80)
"""What is added to the month: for a century, or for women."""
MONTHS = "ABCDEHLMPRST"
"""Letters of the months in Italy."""


def by_birth(fields: Sequence[Field], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Numbers that begin with the birth date of their row."""
    born = next((looks[one.index].plain for one in fields if one.type == "birth_date"), ())
    days = [None if value is None else identity.day_of(value) for value in born]
    if len({day for day in days if day is not None}) < LEAST:
        return tuple(fields)
    reason = Text(
        "号码中含有同行的出生日期，是个人号码。",
        "The number holds the birth date of its row, so it numbers a person.",
    )
    return tuple(
        finished(replace(one, type="social_security_no", confidence=90, reason=reason))
        if one.type in UNTOLD and not one.also and not one.embedded and _agree(looks[one.index].plain, days)
        else one
        for one in fields
    )


def _agree(values: Sequence[str | None], days: Sequence[date | None]) -> bool:
    rows = [
        (SIGNS.sub("", value).upper(), day)
        for value, day in zip(values, days, strict=False)
        if value is not None and day is not None
    ]
    rows = [(value, day) for value, day in rows if len(value) in LENGTHS and value.isalnum()]
    holding = {day for value, day in rows if any(value.startswith(text, at) for at, text in _written(day))}
    return len(holding) >= LEAST and sum(day in holding for _, day in rows) >= MOST * len(rows)


def _written(day: date) -> Iterator[tuple[int, str]]:
    """How a birth date, or one whose day and month were read the other way round, stands in numbers, and where."""
    readings = [(day.year, day.month, day.day)]
    if day.day <= 12:
        readings.append((day.year, day.day, day.month))
    for year, month, of_month in readings:
        short = f"{year % 100:02}"
        for more in RAISED:
            for at in (0, 1, 4):  # the century or the sex in front; letters of the name
                yield at, f"{short}{month + more:02}{of_month:02}"
        for at in (0, 2):
            yield at, f"{year}{month:02}{of_month:02}"
        for more in (0, 40):
            yield 0, f"{of_month + more:02}{month:02}{short}"
            yield 6, f"{short}{MONTHS[month - 1]}{of_month + more:02}"
        yield 1, f"{short}{month:02}"  # in France without the day


CODE = re.compile(r"(?=(?:[^0-9]*[0-9]){5})[A-ZА-ЯӨҮІЇЄ0-9](?:[ ./-]?[A-ZА-ЯӨҮІЇЄ0-9]){5,19}", re.IGNORECASE)
DIFFERENT = 0.1
"""So many of the values differ at least; a table of journeys has each person many times."""


def of_header(fields: Sequence[Field], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Codes that a header calls identity numbers or driving licences, in a table of persons abroad."""
    held = context.held_in(fields)
    abroad = held & (context.sets()["of_others"] | {"name_latin", "phone_intl"})
    if not abroad or held & context.sets()["of_china"]:
        return tuple(fields)
    names = header.in_tongue(tuple(one.name for one in fields))
    fields = tuple(_masked(one, looks[one.index]) for one in fields)
    return tuple(
        finished(replace(one, **HEADED[kind]))
        if one.type in UNTOLD and not one.also and not one.embedded
        and (kind := _headed(name)) and _codes(looks[one.index].values)
        else one
        for one, name in zip(fields, names, strict=True)
    )  # fmt: skip


HEADED: dict[str, dict[str, Any]] = {
    "prc_resident_id": {
        "type": "social_security_no",
        "confidence": 80,
        "reason": Text(
            "列名表示身份号码，同表是境外人员。",
            "The header speaks of identity numbers, and the table is of persons abroad.",
        ),
    },
    "driver_licence": {
        "type": "driver_licence",
        "counts_as": "social_security_no",
        "confidence": 80,
        "reason": Text(
            "列名表示驾驶证号，同表是境外人员。",
            "The header speaks of driving licences, and the table is of persons abroad.",
        ),
    },
}
"""What a code is under a header of these types."""


MASKED = re.compile(r"(?:[Xx*•#]{1,6}[ -]?){1,4}[0-9A-Z]{2,4}", re.ASCII)
NUMBERS = ("ssn_us", "social_security_no", "prc_resident_id")


def _masked(one: Field, look: Look) -> Field:
    """A number of a person of which only the end is left: it still is of somebody, but counts nobody."""
    said = header.evidence(one.name)
    if one.type not in UNTOLD or max(said[by_id()[kind].order] for kind in NUMBERS) < header.TAIL:
        return one
    if look.share(MASKED) < MOST:
        return one
    reason = Text("遮蔽后的个人号码，只剩末几位。", "Numbers of persons, masked but for their end.")
    return replace(one, type="text", personal=True, reason=reason)


def _headed(name: str) -> str:
    """The type of these that a header surely names."""
    said = header.evidence(name)
    return max(
        (one for one in HEADED if said[by_id()[one].order] >= header.TAIL),
        key=lambda one: said[by_id()[one].order],
        default="",
    )


def _codes(values: Sequence[str]) -> bool:
    fit = sum(CODE.fullmatch(value) is not None for value in values)
    return len(set(values)) >= max(LEAST, DIFFERENT * len(values)) and fit >= MOST * len(values)


CONTROL = "TRWAGMYFPDXBNJZSQVHLCKE"
DNI = re.compile(r"([XYZ0-9])([0-9]{7})-?([A-Z])", re.ASCII)


def of_spain(fields: Sequence[Field], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Tax numbers of Spain with the control letter of a natural person number persons."""
    reason = Text(
        "校验字母与西班牙自然人号码相符。", "The control letter is that of natural persons in Spain."
    )
    return tuple(
        finished(replace(one, type="social_security_no", confidence=90, reason=reason))
        if one.type in ("taxpayer_no", "order_no") and _natural(looks[one.index].values)
        else one
        for one in fields
    )


def _natural(values: Sequence[str]) -> bool:
    found = [one for value in values if (one := DNI.fullmatch(value)) is not None]
    if len(found) < LEAST or len(found) < MOST * len(values):
        return False
    first = str.maketrans("XYZ", "012")
    right = sum(CONTROL[int(one[1].translate(first) + one[2]) % 23] == one[3] for one in found)
    return right >= MOST * len(values)
