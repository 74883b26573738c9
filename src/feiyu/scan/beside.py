"""What the fields of one table say about each other.

Rules this module keeps:
 * a date that agrees with the birth date inside the identity number of its row is a birth date, whatever its header; a code that agrees
   with the sex in it is the sex, a small number with the year in it the age;
 * two neighbouring columns without telling headers that hold positions are longitude and latitude;
 * coordinates beside an identifier of a person or vehicle are personal, with a time they are a track; those of ships are nobody's;
 * six digits beside an address in Latin letters and nothing of China are a postcode abroad; body measures need a patient beside them;
 * numbers formed like those of passports are such where the header speaks of a document and names and particulars of persons stand beside;
 * a lone measurement that might be of the weather needs something beside it that says so; names are told in ``named``;
 * a telephone or address in a table that names organisations and no person is an organisation's;
 * positions of firms and stations are nobody's, though somebody may be asked about them;
 * a few devices that only measure identify no person, nor does a list of devices, each once; nor do name, sex and birth of animals; nor does
   a lone figure such as an age or an income, in a table that has nothing else of a person; a picture is of streets or people where the header, or a vehicle or place beside it, says so.

Sources: GB 11643-1999 (birth date and sex in the number); GB/T 45574-2025 Annex A; 汽车数据安全管理若干规定（试行）.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from feiyu.base.text import Text
from feiyu.scan import header, identity, named, things
from feiyu.scan.catalogue import GENERIC, by_id
from feiyu.scan.detect import finished
from feiyu.scan.look import Look
from feiyu.scan.model import Field, Strength

PLACES = ("longitude", "latitude", "lonlat")
TIMES = ("datetime", "timestamp")
SHIPS = {"imo_number", "mmsi", "vessel_name", "voyage_no", "call_sign"}
FIRMS = {"org_name", "uscc", "org_code", "taxpayer_no", "customs_registration"}
AT_PLACES = {*FIRMS, "charging_station", "weather_station"}
REACHED = {"email", "mobile_cn", "phone_intl"}
"""What stands at a place, and by which somebody is asked about it: such positions are nobody's."""
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
    if looks:
        fields = _by_identity(fields, looks)
        fields = _unnamed_places(fields, looks)
        fields = _nationals(_spaniards(fields, looks))
        fields = _papers(named.unsaid(named.given(named.beside(fields, looks)), looks), looks)
    fields = things.without_persons(named.alone(_lone_weather(tuple(fields))))
    fields = _clinic(_abroad(_laboratory(_undriven(_halves(fields)))), looks)
    fields = _stations(_of_firms(fields))
    fields = _lone(_creatures(tuple(_equipment(field, fields) for field in fields)))
    held = {
        one for field in fields for one in (field.type, *field.also) if field.personal or one != "device_id"
    }
    known = {one for one in held if one in by_id() and by_id()[one].strength is not Strength.NONE}
    reaches = bool(known - REACHED if held & AT_PLACES else known)
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


BORN_TO = {"nat", "natl", "ctzn", "citizen", "citizenship"}


def _nationals(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Countries under a short word for nationality, beside particulars of persons."""
    held = {one.type for one in fields}
    if not held & {"birth_date", "gender", "passport_foreign", "passport_cn"} or not held & named.NAMED:
        return tuple(fields)
    reason = Text(
        "与个人信息同表，列名表示国籍。",
        "Beside particulars of persons, and the header speaks of nationality.",
    )
    return tuple(
        finished(replace(one, type="nationality", reason=reason))
        if one.type == "country" and BORN_TO & set(header.tokens(one.name))
        else one
        for one in fields
    )


PAPER = re.compile(r"[A-Z]{1,3}[0-9]{6,9}[A-Z]?|[0-9]{8,9}", re.ASCII)
PAPERS = {"doc", "document", "passport", "travel", "paper", "papers"}
PARTICULARS = {"nationality", "country", "birth_date", "gender", "pnr"}


def _papers(fields: Sequence[Field], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Travel documents of several states in one column."""
    held = {one.type for one in fields}
    if not held & PARTICULARS or not held & named.NAMED:
        return tuple(fields)
    reason = Text(
        "与姓名等个人信息同表，形式如护照号码。",
        "Formed like passport numbers, beside names and particulars of persons.",
    )
    return tuple(
        finished(replace(one, type="passport_foreign", confidence=75, reason=reason))
        if one.type in ("order_no", "text", "category")
        and (PAPERS & set(header.tokens(one.name)) or "证件号" in one.name)
        and looks[one.index].share(PAPER) >= 0.9
        else one
        for one in fields
    )


WEATHER = re.compile(
    r"station|weather|meteo|rain|aqi|pm ?2|pm10|污染|precip|snow|wind|dew|visib|cloud|humid|air|obs|climat|气|站|雨|雪|风|露|湿|云|能见",
    re.IGNORECASE,
)


def _lone_weather(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """A pressure or a temperature without anything else of the weather is a number."""
    if sum(one.type == "weather_value" for one in fields) != 1 or any(
        one.type == "weather_station" or WEATHER.search(one.name) for one in fields
    ):
        return fields
    reason = Text("同表没有其他气象要素。", "Nothing else in the table is of the weather.")
    return tuple(
        finished(replace(one, type="number", confidence=80, reason=reason))
        if one.type == "weather_value"
        else one
        for one in fields
    )


VEHICLES = {
    "vin",
    "plate_cn",
    "engine_no",
    "battery_code",
    "charging_record",
    "charging_station",
    "device_id",
    "imei",
    "trajectory",
    *PLACES,
}
DRIVEN = re.compile(
    r"veh|car\b|truck|driv|trip|odo|gps|soc|steer|brak|throttle|pedal|车|驾|行驶|里程|制动|油门|方向盘|踏板|档位",
    re.IGNORECASE,
)


def _undriven(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Miles or kilometres in a table without anything of a vehicle are numbers, and so are the speeds of ships."""
    held = {kind for one in fields for kind in one.holds}
    afloat = held & SHIPS and not held & {"vin", "plate_cn", "engine_no", "battery_code"}
    if not afloat and (held & VEHICLES or any(DRIVEN.search(one.name) for one in fields)):
        return fields
    reason = Text("同表没有车辆的任何信息。", "Nothing else in the table is of a vehicle.")
    return tuple(
        finished(replace(one, type="number", personal=False, sensitive=False, confidence=80, reason=reason))
        if one.type == "vehicle_speed"
        else one
        for one in fields
    )


OPENED = re.compile(
    r"store|shop|branch|outlet|facility|provider|warehouse|site|station|venue|hotel|restaurant|school|hospital|门店|网点|店铺|店名|仓库|场馆|站点|酒店|学校",
    re.IGNORECASE,
)
"""What is open to all and has an address."""


def _of_firms(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Contacts in a list of organisations, or of places open to all."""
    held = {one for field in fields for one in field.holds}
    listed = held & FIRMS or any(OPENED.search(one.name) for one in fields)
    if not listed or any(things.of_person(one) for one in held):
        return tuple(fields)
    reason = Text("同表只有单位或场所，没有个人。", " The table names organisations or places and no person.")
    return tuple(
        replace(
            field,
            personal=False,
            sensitive=False,
            reason=Text(field.reason.zh + reason.zh, field.reason.en + reason.en),
        )
        if field.type in things.OF_FIRMS and not field.embedded and not field.also
        else field
        for field in fields
    )


RANGES = {"参考范围", "参考值", "参考区间", "正常值", "正常范围", "reference range", "ref range", "normal range", "reference interval", "基準値", "참고치"}  # fmt: skip
MEASURED = {
    "结果",
    "检测值",
    "测定值",
    "测定结果",
    "数值",
    "result",
    "value",
    "测试结果",
    "結果",
    "결과",
    "orres",
}


def _laboratory(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """A result beside its range of reference is one of a laboratory."""
    said = [" ".join(header.tokens(one.name)) for one in fields]
    if not RANGES & set(said):
        return fields
    reason = Text("同表有参考范围，是检验结果。", "Beside a range of reference it is the result of a test.")
    return tuple(
        finished(replace(one, type="lab_result", confidence=80, reason=reason))
        if one.type in GENERIC and words in MEASURED
        else one
        for one, words in zip(fields, said, strict=True)
    )


OF_CHINA = {
    "name_cn",
    "address_cn",
    "mobile_cn",
    "prc_resident_id",
    "uscc",
    "plate_cn",
    "province",
    "landline_cn",
}


OF_OTHERS = {"address_latin", "name_other", "passport_foreign", "postcode_intl", "social_security_no"} | {
    "nik_id", "pin_th", "cccd_vn", "cpf_br", "rrn_kr", "mykad_my", "nric_sg", "aadhaar", "pan_in", "emirates_id", "nhs_uk", "nino_uk", "ssn_us", "taiwan_id", "hkid",
}  # fmt: skip
"""What stands in tables of persons abroad."""
ABROAD = {"postcode_cn": "postcode_intl", "landline_cn": "phone_intl"}
HAN = re.compile("[\u3400-\u9fff]")


def _abroad(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Six digits, or a telephone number that begins with nought, beside something of persons abroad and nothing of China are of abroad."""
    held = {one for field in fields for one in field.holds}
    if not held & set(ABROAD) or not held & OF_OTHERS or held & (OF_CHINA - set(ABROAD)):
        return fields
    if "address_latin" not in held and any(HAN.search(one.name) for one in fields):
        return fields
    reason = Text(
        "同表有境外人员的信息，没有境内信息。", "Beside something of persons abroad, and nothing of China."
    )
    return tuple(
        finished(replace(one, type=ABROAD[one.type], reason=reason)) if one.type in ABROAD else one
        for one in fields
    )


CONTROL = "TRWAGMYFPDXBNJZSQVHLCKE"
DNI = re.compile(r"([XYZ0-9])([0-9]{7})-?([A-Z])", re.ASCII)


def _spaniards(fields: Sequence[Field], looks: Sequence[Look]) -> tuple[Field, ...]:
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
    found = [DNI.fullmatch(value) for value in values]
    if len(found) < AGREEING or sum(one is not None for one in found) < 0.9 * len(found):
        return False
    right = sum(
        CONTROL[int(one[1].translate(str.maketrans("XYZ", "012")) + one[2]) % 23] == one[3]
        for one in found
        if one
    )
    return right >= 0.9 * len(found)


PATIENTS_HAVE = {
    "medical_record_no",
    "diagnosis",
    "icd10",
    "medical_text",
    "lab_result",
    "blood_type",
    "nhs_uk",
}
BODY = {
    "weight", "height", "wt", "ht", "temp", "temperature", "temp c", "temp f", "hr", "rr", "pulse", "alt", "ast", "plt", "inr", "alb", "hgb", "hb", "wbc", "rbc", "bmi", "na", "sodium", "potassium", "lymph", "neut", "k", "cr", "bp",
    "berat", "tinggi", "suhu", "nadi", "tep", "vaha", "hmotnost", "vyska", "vikt", "langd", "vaegt", "vekt", "hojde", "hoyde", "paino", "pituus", "suly", "magassag", "greutate", "inaltime", "tezina", "visina", "kilo", "boy", "nabiz",
    "masse", "statura", "temperatura", "polso", "pulso", "hartslag", "puls", "tetno", "sicaklik", "can nang", "chieu cao", "mach", "nhiet do", "nhip tim", "вес", "рост", "вага", "зріст", "пульс", "температура", "тегло", "ръст", "βαρος", "υψος", "σφυξεις",
    "משקל", "גובה", "דופק", "체중", "신장", "키", "몸무게", "맥박", "체온", "น้ำหนัก", "ส่วนสูง", "ชีพจร", "อุณหภูมิ", "الوزن", "الطول", "النبض", "الحرارة",
    "poid", "taille", "peso", "talla", "estatura", "altura", "altezza", "gewicht", "grosse", "waga", "wzrost", "lengte", "体温", "体重", "身高", "脉搏", "心率", "呼吸", "身長", "脈拍",
}  # fmt: skip
"""Words, with or without a unit behind them, that measure bodies in a table of patients and things elsewhere."""


FOUND = {
    "阴性",
    "阳性",
    "弱阳性",
    "强阳性",
    "未检出",
    "检出",
    "阴",
    "阳",
    "negative",
    "positive",
    "neg",
    "pos",
    "陰性",
    "陽性",
    "음성",
    "양성",
}
"""What tests find, and nothing else has for a value."""


def _clinic(fields: tuple[Field, ...], looks: Sequence[Look]) -> tuple[Field, ...]:
    """Weight, height, pulse and the like, and what is positive or negative, beside what only patients have."""
    if not {one.type for one in fields} & PATIENTS_HAVE:
        return fields
    reason = Text(
        "同表有患者信息，是体征或检验值。", "Beside what patients have it is a measure of the body."
    )
    return tuple(
        finished(replace(one, type="lab_result", confidence=75, reason=reason))
        if _of_body(one, looks)
        else one
        for one in fields
    )


def _of_body(field: Field, looks: Sequence[Look]) -> bool:
    if field.type == "category" and looks:
        return bool(seen := {value.lower() for value in looks[field.index].values}) and seen <= FOUND
    words = header.tokens(field.name)
    said = {"".join(words[:1]), " ".join(words[:-1]), "".join(words[-1:])}
    return (
        field.type in ("number", "weather_value")
        and bool(BODY & said)
        and not header.THINGS.intersection(words)
    )


def _halves(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """What two letters call a latitude or a temperature is none without a longitude."""
    if any(one.type in ("longitude", "lonlat", "trajectory") for one in fields):
        return fields
    reason = Text("同表没有经度。", "The table has no longitude.")
    return tuple(
        finished(replace(one, type="number", confidence=80, reason=reason))
        if one.type == "latitude" and header.tokens(one.name)[-1:] == ("wd",)
        else one
        for one in fields
    )


def _stations(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """A station beside measurements of the weather is no charging station."""
    held = {one.type for one in fields}
    if "weather_value" not in held or held & {"charging_record", "vin", "plate_cn"}:
        return fields
    reason = Text("同表是气象观测值。", "The table holds weather measurements.")
    return tuple(
        finished(replace(one, type="weather_station", personal=False, reason=reason))
        if one.type == "charging_station"
        else one
        for one in fields
    )


MEASUREMENTS = ("number", "weather_value", "date", "datetime", "timestamp", "time_of_day", "version", "empty")
"""Types of the other fields in a table of measurements."""


def _equipment(field: Field, fields: Sequence[Field]) -> Field:
    """A device identity in a table of measurements: few devices, nothing else that is personal."""
    if field.type not in ("device_id", "mac_address"):
        return field
    if field.type == "device_id" and _instrument(field.name):
        why = Text("是测量设备的编号。", "It numbers an instrument.")
        reason = Text(f"{field.reason.zh}{why.zh}", f"{field.reason.en} {why.en}")
        return replace(field, personal=False, sensitive=False, reason=reason)
    if any(one.personal and one is not field for one in fields):
        return field
    rows = field.nulls + max((one.distinct for one in fields), default=0)
    measured = all(one.type in MEASUREMENTS for one in fields if one is not field) and len(fields) > 2
    words = set(header.tokens(field.name))
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


INSTRUMENTS = {
    "instrument", "machine", "equipment", "plc", "probe", "analyzer", "analyser", "gateway", "sensor", "meter", "detector", "station", "logger", "messgerat", "capteur",
    "sonde", "sensore", "czujnik", "sensoru", "cam bien", "датчик", "датчика", "センサー", "센서",
}  # fmt: skip
INSTRUMENTS_ZH = (
    "仪器",
    "传感器",
    "探头",
    "仪表",
    "监测设备",
    "监测点",
    "采集器",
    "网关",
    "测站",
    "感知设备",
    "探测器",
    "智能表",
    "水表",
    "电表",
    "气表",
)


def _instrument(name: str) -> bool:
    return bool(INSTRUMENTS & set(header.tokens(name))) or any(one in name for one in INSTRUMENTS_ZH)


LONE = (
    "gender",
    "ethnicity",
    "marital_status",
    "age",
    "income",
    "lab_result",
    "investor_holding",
    "occupation",
    "education",
    "specimen_no",
)
CREATURES = {
    "breed", "sire", "dam", "herd", "flock", "litter", "kennel", "livestock", "animal", "animals", "pet", "eartag", "品种", "耳标", "耳标号", "畜种", "犬种",
    "动物", "宠物", "个体号", "牛号", "猪号", "raza", "race chien", "rasse",
}  # fmt: skip
SPECIES = {"species", "物种", "种名", "学名"}
PATIENTS = {"patient", "subject", "specimen", "isolate", "organism", "患者", "病人", "受试者", "标本"}
OF_CREATURES = ("name_part", "birth_date", *LONE)


def _creatures(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    """Sex, birth and name of animals: their breed or herd stands beside, and nobody's identity."""
    said = {word for one in fields for word in (*header.tokens(one.name), one.name.strip().lower())}
    if not (said & CREATURES or (said & SPECIES and not said & PATIENTS)):
        return fields
    if any(things.of_person(kind) and kind not in OF_CREATURES for one in fields for kind in one.holds):
        return fields
    reason = Text("同表是动物的记录，没有任何人的身份。", "The table is of animals, and identifies nobody.")
    return tuple(
        replace(
            one, personal=False, sensitive=False,
            reason=Text(f"{one.reason.zh}{reason.zh}", f"{one.reason.en} {reason.en}"),
        )
        if one.type in OF_CREATURES
        else one
        for one in fields
    )  # fmt: skip


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
        alone = field.type in LONE and len(personal) == 1 and not field.also and not field.embedded
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
    words = header.tokens(field.name)
    return bool(STREET & set(words)) or any(one in field.name for one in STREET_ZH)


def _looks_timed(field: Field) -> bool:
    return field.type in ("number", "category", "text", "order_no", "time_of_day") and bool(
        {"time", "ts", "hour", "时间", "时刻"} & set(header.tokens(field.name))
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
    if field.type != "trajectory" or not held & SHIPS or any(_identifies(one) for one in held):
        return field
    reason = Text(
        f"{field.reason.zh}同表只有船舶标识，没有人员标识。",
        f"{field.reason.en} The table identifies ships and no person.",
    )
    return replace(field, personal=False, sensitive=False, reason=reason)


def _identifies(type_id: str) -> bool:
    one = by_id().get(type_id)
    return one is not None and (one.strength is not Strength.NONE or one.category == "personal_basic")
