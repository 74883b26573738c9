"""Every rule of ``context.yaml`` in a table where it holds and in one where it does not."""

from collections.abc import Sequence

import pytest

from feiyu.base.text import Text
from feiyu.scan import context
from feiyu.scan.detect import finished
from feiyu.scan.errors import BadTypes
from feiyu.scan.look import Look
from feiyu.scan.model import Field

Columns = Sequence[tuple[str, str]]
"""Header and type of each."""

EXAMPLES: dict[str, tuple[Columns, Columns]] = {
    "nationality": (
        [("Nat", "country"), ("Sex", "gender"), ("Name", "name_latin")],
        [("Nat", "country"), ("Name", "name_latin")],
    ),
    "first names": (
        [("FName", "category"), ("LName", "name_part")],
        [("FName", "category"), ("Title", "name_part")],
    ),
    "papers": (
        [("Doc No", "order_no"), ("Sex", "gender"), ("Name", "name_latin")],
        [("Doc No", "order_no"), ("Title", "text")],
    ),
    "plates": (
        [("Registration Number", "text"), ("VIN", "vin")],
        [("Registration Number", "text"), ("Sponsor", "org_name")],
    ),
    "participants": (
        [("Participant ID", "trial_subject"), ("Premium", "number"), ("Policy", "policy_no")],
        [("Participant ID", "trial_subject"), ("Study arm", "category"), ("Policy", "policy_no")],
    ),
    "thirteen digits": (
        [("ID Number", "rrn_kr"), ("Name", "name_latin")],
        [("RRN", "rrn_kr"), ("Name", "name_latin")],
    ),
    "complaints": (
        [("Complaint", "medical_text"), ("VIN", "vin")],
        [("Complaint", "medical_text"), ("MRN", "medical_record_no")],
    ),
    "lone weather": (
        [("Temp", "weather_value"), ("Batch", "order_no")],
        [("Temp", "weather_value"), ("Wind", "number")],
    ),
    "machines": (
        [("gearbox_oil_temp", "weather_value"), ("Wind", "weather_value")],
        [("air_temp", "weather_value"), ("Wind", "weather_value")],
    ),
    "lone names": (
        [("Nom", "name_part"), ("Qty", "number")],
        [("Nom", "name_part"), ("Born", "birth_date")],
    ),
    "description": (
        [("Description", "cargo_name"), ("Date", "date")],
        [("Description", "cargo_name"), ("Qty", "number")],
    ),
    "products of finance": (
        [("产品名称", "cargo_name"), ("持有份额", "investor_holding")],
        [("产品名称", "cargo_name"), ("持有份额", "investor_holding"), ("条码", "ean")],
    ),
    "energy": (
        [("Energy", "charging_record"), ("Date", "date")],
        [("Energy", "charging_record"), ("VIN", "vin")],
    ),
    "station": (
        [("Station", "charging_station"), ("Date", "date")],
        [("Station", "charging_station"), ("Connector", "category")],
    ),
    "numbers of things": (
        [("Ticket No", "pnr"), ("Price", "number")],
        [("Ticket No", "pnr"), ("Passenger", "name_latin")],
    ),
    "bookings of rooms": (
        [("Booking No", "pnr"), ("Guest", "name_latin"), ("Room type", "category")],
        [("Booking No", "pnr"), ("Guest", "name_latin"), ("Flight", "category")],
    ),
    "cards by their neighbours": (
        [("Card Number", "order_no"), ("ExpMonth", "number")],
        [("Card Number", "order_no"), ("Issued", "date")],
    ),
    "pictures on the web": (
        [("Picture URL", "camera_media"), ("Price", "number")],
        [("Picture URL", "camera_media"), ("VIN", "vin")],
    ),
    "requests for help": (
        [("Ticket No", "pnr"), ("Priority", "category"), ("Requester", "name_latin")],
        [("Ticket No", "pnr"), ("Priority", "category"), ("Requester", "name_latin"), ("Flight", "voyage_no")],
    ),
    "statistics of health": (
        [("Disease", "diagnosis"), ("Cases", "number")],
        [("Disease", "diagnosis"), ("Cases", "number"), ("Patient", "name_latin")],
    ),
    "groups": (
        [("Age", "age"), ("Sex", "gender"), ("Deaths", "number")],
        [("Age", "age"), ("Sex", "gender"), ("Name", "name_latin")],
    ),
    "schools": (
        [("Level", "education"), ("School", "org_name")],
        [("Level", "education"), ("School", "org_name"), ("Name", "name_latin")],
    ),
    "made since": (
        [("SKU", "order_no"), ("Price", "number"), ("Since", "birth_date")],
        [("Price", "number"), ("Since", "birth_date")],
    ),
    "goods": (
        [("SKU", "order_no"), ("Price", "number"), ("For", "gender")],
        [("SKU", "order_no"), ("Price", "number"), ("For", "gender"), ("Buyer", "name_latin")],
    ),
    "pay per head": (
        [("Mean pay", "income"), ("Year", "number")],
        [("Mean pay", "income"), ("Name", "name_latin")],
    ),
    "posts": (
        [("Post", "occupation"), ("Pay", "income")],
        [("Post", "occupation"), ("Pay", "income"), ("Name", "name_latin")],
    ),
    "half a place": (
        [("wd", "latitude"), ("sj", "datetime")],
        [("wd", "latitude"), ("jd", "longitude")],
    ),
    "undriven": (
        [("Miles", "vehicle_speed"), ("Date", "date")],
        [("Miles", "vehicle_speed"), ("Truck", "category")],
    ),
    "laboratory": (
        [("Result", "number"), ("Reference range", "text")],
        [("Result", "number"), ("Remark", "text")],
    ),
    "abroad": (
        [("Zip", "postcode_cn"), ("Address", "address_latin")],
        [("Zip", "postcode_cn"), ("Address", "address_latin"), ("姓名", "name_cn")],
    ),
    "measures of the body": (
        [("Weight", "number"), ("Diagnosis", "diagnosis")],
        [("Gross weight", "number"), ("Diagnosis", "diagnosis")],
    ),
    "findings": (
        [("HBsAg", "category"), ("MRN", "medical_record_no")],
        [("HBsAg", "category"), ("Sample", "order_no")],
    ),
    "contacts of firms": (
        [("Tel", "landline_cn"), ("Company", "org_name")],
        [("Tel", "landline_cn"), ("Company", "org_name"), ("Name", "name_latin")],
    ),
    "weather station": (
        [("Station", "charging_station"), ("Wind", "weather_value"), ("Pile", "category")],
        [("Station", "charging_station"), ("Wind", "weather_value"), ("Plate", "plate_cn")],
    ),
    "instruments": (
        [("Sensor", "device_id"), ("Value", "number")],
        [("Phone", "device_id"), ("Value", "number")],
    ),
    "creatures": (
        [("Breed", "category"), ("Sex", "gender"), ("Born", "birth_date")],
        [("Breed", "category"), ("Sex", "gender"), ("Owner", "name_latin")],
    ),
}  # fmt: skip
VALUES = {
    "FName": ("Anna", "Oleg"), "HBsAg": ("阴性", "阳性"), "Doc No": ("E12345678", "G87654321"), "Registration Number": ("AB12 CDE", "XY70 KLM"),
    "Picture URL": ("https://example.com/1.jpg", "https://example.com/2.jpg"), "Card Number": ("33332664695310", "55552127249722"), "ID Number": ("8504125800083", "9011021234087"), "RRN": ("8504125800083", "9011021234087"),
}  # fmt: skip


def table(columns: Columns) -> tuple[tuple[Field, ...], list[Look]]:
    fields = [
        finished(Field(index=i, name=name, type=kind, reason=Text("。", ".")))
        for i, (name, kind) in enumerate(columns)
    ]
    return tuple(fields), [Look(rows=VALUES.get(name, ())) for name, _ in columns]


def alone(name: str, columns: Columns) -> list[str]:
    """The headers of the fields that one rule changes."""
    fields, looks = table(columns)
    (rule,) = (one for one in context.rules() if one.name == name)
    if not any(of.fit(fields, context.held_in(fields)) for of in rule.when):
        return []
    return [one.name for one in fields if rule.means(one, looks[one.index])]


def test_every_rule_has_an_example() -> None:
    assert [one.name for one in context.rules()] == list(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_rule_holds_in_its_table_and_not_in_the_next(name: str) -> None:
    holds, next_to_it = EXAMPLES[name]
    assert alone(name, holds)
    assert not alone(name, next_to_it)
    fields, looks = table(holds)
    assert context.applied(fields, looks) != fields


def test_what_a_field_also_holds_keeps_it_what_it_is() -> None:
    fields, looks = table(EXAMPLES["posts"][0])
    held = tuple(Field(**{**vars_of(one), "also": ("prc_resident_id",)}) for one in fields)
    assert context.applied(held, looks) == held


def vars_of(field: Field) -> dict[str, object]:
    return {name: getattr(field, name) for name in field.__dataclass_fields__}


def test_a_rule_of_an_unknown_type_is_refused_by_name() -> None:
    with pytest.raises(BadTypes) as refused:
        context._types(["gendre"], "groups", context.sets())
    assert "groups" in str(refused.value)
    assert "gendre" in str(refused.value)
