"""What the fields of one table say about each other.

Rules this module keeps:
 * a date that agrees with the birth date inside the identity number of its row is a birth date, whatever its header; a code that agrees
   with the sex in it is the sex, a small number with the year in it the age;
 * two neighbouring columns without telling headers that hold positions are longitude and latitude;
 * coordinates beside an identifier of a person or vehicle are personal, with a time they are a track; those of ships are nobody's;
 * positions of firms and stations are nobody's, though somebody may be asked about them;
 * a few devices that only measure identify no person, nor does a list of devices, each once; nor does a lone figure such as an age or an
   income, in a table that has nothing else of a person; a picture is of streets or people where the header, or a vehicle or place beside it,
   says so;
 * names are told in ``named``, national numbers abroad in ``national``, several numbers of one person in ``numberings``, and what types and words
   alone can say is a rule of ``context``.

Sources: GB 11643-1999 (birth date and sex in the number); GB/T 45574-2025 Annex A; 汽车数据安全管理若干规定（试行）.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from feiyu.base.text import Text
from feiyu.scan import context, headtext, identity, named, national, numberings
from feiyu.scan.catalogue import GENERIC, by_id
from feiyu.scan.detect import finished
from feiyu.scan.look import Look
from feiyu.scan.model import Field, Strength

PLACES = ("longitude", "latitude", "lonlat")
TIMES = ("datetime", "timestamp")
STATIONS = {"charging_station", "weather_station"}
REACHED = {"email", "mobile_cn", "phone_intl"}
"""What stands at a place, as firms do, and by which somebody is asked about it: such positions are nobody's."""
AGREEING = 5
"""So many rows of the sample must agree with the identity number, and nine in ten of those that can."""
DEVICES, LISTED = 0.05, 0.95
"""A table of measurements has this share of devices among its rows at most; a list of devices has each but once."""
CARRIED = {
    "idfa",
    "oaid",
    "idfv",
    "gaid",
    "udid",
    "ad",
    "advertising",
    "android",
    "install",
    "client",
    "phone",
    "user",
}
"""In headers of devices that somebody carries."""


def in_context(fields: Sequence[Field], looks: Sequence[Look] = ()) -> tuple[Field, ...]:
    """Look at each field beside its neighbours."""
    found = tuple(fields)
    if looks:
        found = _unnamed_places(_by_identity(found, looks), looks)
        found = national.of_spain(national.by_birth(found, looks), looks)
        found = named.unsaid(named.given(named.beside(found, looks)), looks)
        found = national.of_header(found, looks)
    found = context.applied(found, looks)
    found = tuple(_equipment(field, found) for field in found)
    return numberings.further(_on_tracks(_lone(found)))


def _on_tracks(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Positions beside who or what was there, and with a time the track of them."""
    held = {
        one for field in fields for one in (field.type, *field.also) if field.personal or one != "device_id"
    }
    known = {one for one in held if one in by_id() and by_id()[one].strength is not Strength.NONE}
    at_places = held & STATIONS or held & context.sets()["firms"]
    reaches = bool(known - REACHED if at_places else known)
    point = "lonlat" in held or {"longitude", "latitude"} <= held
    if not reaches or not point:
        return tuple(_lonely(field, held) for field in fields)
    timed = bool(held & set(TIMES)) or any(_looks_timed(field) for field in fields)
    return tuple(_placed(field, timed=timed) if field.type in PLACES else field for field in fields)


def _by_identity(fields: Sequence[Field], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Compare with the birth date and sex inside the identity numbers of the same rows."""
    numbered = next((one.index for one in fields if one.type in ("prc_resident_id", "driver_licence")), None)
    if numbered is None:
        return tuple(fields)
    keys = [identity.canonical(v, "prc") if v else b"" for v in looks[numbered].rows]
    born = [identity.birth(key) for key in keys]
    return tuple(
        _agreeing(field, looks[field.index].plain, keys, born) if field.index != numbered else field
        for field in fields
    )


def _agreeing(
    field: Field, values: Sequence[str | None], keys: Sequence[bytes], born: Sequence[date | None]
) -> Field:
    rows = [(v, key, day) for v, key, day in zip(values, keys, born, strict=False) if v and day]
    if len(rows) < AGREEING:
        return field
    if field.type in GENERIC or by_id()[field.type].kind == "shape":
        if _agree(rows, lambda v, _, day: identity.day_of(v) == day):
            return _meant(field, "birth_date", "出生日期", "birth date")
        years = {day.year + int(v) for v, _, day in rows if v.isascii() and v.isdigit() and len(v) <= 3}
        told = len({day.year for _, _, day in rows}) >= AGREEING and years and min(years) >= 1990
        if (
            field.type in ("number", "category", "order_no")
            and told
            and max(years) - min(years) <= 1
            and _numbers(rows)
        ):
            return _meant(field, "age", "年龄", "age")
    if field.type in GENERIC:
        sides = {(v, key[16] % 2) for v, key, _ in rows}
        if (
            len(sides) == len({v for v, _ in sides}) == 2
            and len(rows) >= 2 * AGREEING
            and {s for _, s in sides} == {0, 1}
        ):
            return _meant(field, "gender", "性别", "sex")
    return field


def _agree(rows: Sequence[tuple[str, bytes, date]], test: Callable[[str, bytes, date], bool]) -> bool:
    good = sum(test(*row) for row in rows)
    return good >= AGREEING and good >= 0.9 * len(rows)


def _numbers(rows: Sequence[tuple[str, bytes, date]]) -> bool:
    return all(v.isascii() and v.isdigit() and len(v) <= 3 for v, _, _ in rows)


def _meant(field: Field, kind: str, zh: str, en: str) -> Field:
    if field.type == kind:
        return field
    reason = Text(
        f"与同行身份证号码中的{zh}一致。", f"Agrees with the {en} inside the identity number of its row."
    )
    return finished(replace(field, type=kind, confidence=97, reason=reason))


FINE = re.compile(r"-?[0-9]{1,3}\.[0-9]{4,12}", re.ASCII)
NAMELESS = re.compile(r"(?:column|col|field|f|x|y|字段|列|value|val|数据)?_?[0-9xy]*", re.IGNORECASE)


def _unnamed_places(fields: Sequence[Field], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Neighbours of four decimals and more, one in the longitudes and one in the latitudes of China, under headers that say nothing."""
    out = list(fields)
    for one, other in pairwise(fields):
        if not all(f.type == "number" and NAMELESS.fullmatch(f.name.strip()) for f in (one, other)):
            continue
        sides = [_side(looks[f.index]) for f in (one, other)]
        if sorted(sides) == ["latitude", "longitude"]:
            for field, kind in zip((one, other), sides, strict=True):
                reason = Text(
                    "与相邻列构成中国境内的经纬度。", "Beside its neighbour it gives positions in China."
                )
                out[field.index] = finished(replace(field, type=kind, confidence=75, reason=reason))
    return tuple(out)


def _side(seen: Look) -> str:
    if len(seen.values) < AGREEING or seen.share(FINE) < 0.95:
        return ""
    numbers = [float(v) for v in seen.values if FINE.fullmatch(v)]
    if all(73.5 <= n <= 135.1 for n in numbers):
        return "longitude"
    return "latitude" if all(3.8 <= n <= 53.6 for n in numbers) else ""


MEASUREMENTS = ("number", "weather_value", "date", "datetime", "timestamp", "time_of_day", "version", "empty")
"""Types of the other fields in a table of measurements."""


def _equipment(field: Field, fields: Sequence[Field]) -> Field:
    """A device identity in a table of measurements: few devices, nothing else that is personal."""
    if field.type not in ("device_id", "mac_address") or not field.personal:
        return field
    if any(one.personal and one is not field for one in fields):
        return field
    rows = field.nulls + max((one.distinct for one in fields), default=0)
    measured = all(one.type in MEASUREMENTS for one in fields if one is not field) and len(fields) > 2
    words = set(headtext.tokens(field.name))
    carried = bool(CARRIED & words)
    if field.distinct <= max(3, DEVICES * rows) or (measured and not carried):
        why = Text(
            "同表只有设备的测量值，没有个人信息。",
            "The table holds measurements of devices and nothing personal.",
        )
    elif field.distinct >= LISTED * (rows - field.nulls) and len(fields) > 1 and not carried:
        why = Text(
            "同表是设备清单，每台一行，没有个人信息。",
            "The table lists devices, each once, and holds nothing personal.",
        )
    else:
        return field
    reason = Text(f"{field.reason.zh}{why.zh}", f"{field.reason.en} {why.en}")
    return replace(field, personal=False, sensitive=False, reason=reason)


STREET = {
    "camera",
    "cam",
    "lidar",
    "radar",
    "dashcam",
    "video",
    "frame",
    "snapshot",
    "pcd",
    "cabin",
    "driver",
    "face",
}
STREET_ZH = ("抓拍", "行车", "点云", "影像", "录像", "视频", "前视", "环视", "激光", "雷达", "摄像", "车")


def _lone(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Figures of nobody: one kind of them, and nothing else personal in the table; pictures of things."""
    personal = {
        one.type for one in fields if one.personal and (one.type != "camera_media" or _of_street(one))
    }
    held = {one for field in fields for one in field.holds}
    places = bool(held & {"vin", "plate_cn", "trajectory", *PLACES})
    out = []
    for field in fields:
        alone = (
            field.type in context.sets()["lone"]
            and len(personal) == 1
            and not field.also
            and not field.embedded
        )
        picture = field.type == "camera_media" and not personal and not places and not _of_street(field)
        if field.personal and (alone or picture):
            reason = Text(
                f"{field.reason.zh}同表没有其他个人信息。",
                f"{field.reason.en} Nothing else in the table is of a person.",
            )
            field = replace(field, personal=False, sensitive=False, reason=reason)  # noqa: PLW2901
        out.append(field)
    return tuple(out)


def _of_street(field: Field) -> bool:
    words = headtext.tokens(field.name)
    return bool(STREET & set(words)) or any(one in field.name for one in STREET_ZH)


def _looks_timed(field: Field) -> bool:
    return field.type in ("number", "category", "text", "order_no", "time_of_day") and bool(
        {"time", "ts", "hour", "时间", "时刻"} & set(headtext.tokens(field.name))
    )


def _placed(field: Field, *, timed: bool) -> Field:
    if timed:
        reason = Text(
            f"{field.reason.zh}与人员或车辆标识及时间同表，构成行踪轨迹。",
            f"{field.reason.en} Beside an identifier of a person or vehicle and a time it is a trajectory.",
        )
        return finished(replace(field, type="trajectory", also=(field.type, *field.also), reason=reason))
    reason = Text(
        f"{field.reason.zh}与人员或车辆标识同表，属于精准定位。",
        f"{field.reason.en} Beside an identifier of a person or vehicle it is a precise location.",
    )
    return replace(finished(field), personal=True, sensitive=True, reason=reason)


def _lonely(field: Field, held: set[str]) -> Field:
    """A track of ships, in a table that identifies no person, is nobody's."""
    if (
        field.type != "trajectory"
        or held.isdisjoint(context.sets()["ships"])
        or any(_identifies(one) for one in held)
    ):
        return field
    reason = Text(
        f"{field.reason.zh}同表只有船舶标识，没有人员标识。",
        f"{field.reason.en} The table identifies ships and no person.",
    )
    return replace(field, personal=False, sensitive=False, reason=reason)


def _identifies(type_id: str) -> bool:
    one = by_id().get(type_id)
    return one is not None and (one.strength is not Strength.NONE or one.category == "personal_basic")
