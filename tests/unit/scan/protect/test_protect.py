"""The run on a file: what is written, what the second scan says, what is refused."""

import csv
import json
import random
from datetime import UTC, datetime

import pytest

from feiyu.base.clock import FixedClock
from feiyu.scan import profile
from feiyu.scan.protect import advise, dump_plan, parse_plan, protect
from feiyu.scan.protect.errors import NeedsKey, OutputExists, UnknownFields, UnknownOutput
from feiyu.testing.persons import persons

KEY = bytes(32)


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    path = tmp_path_factory.mktemp("protect") / "patients.csv"
    rng = random.Random(5)
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("姓名", "身份证号", "手机号", "出生日期", "邮编", "诊断", "费用"))
        for one in persons(200, rng):
            born = f"{one.resident_id[6:10]}-{one.resident_id[10:12]}-{one.resident_id[12:14]}"
            out.writerow((one.name, one.resident_id, one.mobile, born, rng.choice(("200120", "200135", "100010")),
                          rng.choice(("高血压", "糖尿病")), rng.randrange(100, 9000)))  # fmt: skip
    return path


def plan_of(text):
    return parse_plan(f"format: feiyu-protect/1\npurpose: p\n{text}".encode(), "plan.yaml")


def test_the_advised_plan_takes_persons_out_of_sight_and_says_that_they_still_count(people, tmp_path):
    found = profile(people).tables[0]
    plan, why = advise(found, purpose="研究")
    assert plan.steps["姓名"].method == "drop"
    assert (plan.steps["出生日期"].to, plan.steps["邮编"].digits) == ("year", 2)
    assert set(why) >= {"姓名", "身份证号", "手机号", "诊断"}
    plan = parse_plan(dump_plan(plan, why).encode(), "plan.yaml")
    outcome = protect(people, plan, out=tmp_path / "out.csv", key=KEY, key_id="k1")
    assert outcome.proven
    rows = list(csv.DictReader((tmp_path / "out.csv").read_text(encoding="utf-8").splitlines()))
    assert list(rows[0]) == ["身份证号", "手机号", "出生日期", "邮编", "费用"]
    assert len({row["身份证号"] for row in rows}) == 200
    after = outcome.proof.after
    assert (after.persons.lower, after.persons.counted, after.persons.upper) == (200, 200, 200)
    assert after.persons.by == {"pseudonym:prc_resident_id": 200, "pseudonym:mobile_cn": 200}
    assert after.persons.sensitive.counted == 0 < outcome.proof.before.persons.sensitive.counted
    assert {one.name for one in after.fields if one.personal} >= {"身份证号", "手机号"}
    assert "个人信息" in outcome.proof.remarks[0].zh
    assert json.loads(json.dumps(outcome.as_dict()))["key_id"] == "k1"


def test_a_needed_field_is_coarsened_or_kept(people):
    plan, _ = advise(profile(people).tables[0], purpose="研究", needs=("诊断", "姓名", "出生日期"))
    assert [plan.steps[name].method for name in ("诊断", "姓名", "出生日期")] == ["keep", "mask", "date"]
    assert plan.steps["出生日期"].to == "month"


def test_k_anonymity_holds_in_the_file_that_was_written(people, tmp_path):
    plan = plan_of(
        "others: drop\nfields:\n  出生日期: {do: date, to: year}\n  邮编: {do: area, digits: 3}\n  诊断: {do: keep}\n"
        "anonymity: {k: 10, quasi: [出生日期, 邮编]}\n"
    )
    outcome = protect(people, plan, out=tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    sizes = {}
    for row in rows:
        sizes[row["出生日期"], row["邮编"]] = sizes.get((row["出生日期"], row["邮编"]), 0) + 1
    assert min(sizes.values()) == outcome.loss.smallest >= 10
    assert len(rows) == outcome.rows_out == 200 - outcome.loss.suppressed
    assert 0 < outcome.loss.ncp < 0.6
    assert outcome.proof.after.persons.by == {}


def test_the_same_plan_and_key_give_the_same_bytes_in_any_format(people, tmp_path):
    plan = plan_of(
        "fields:\n  身份证号: {do: pseudonym, type: prc_resident_id}\n  手机号: {do: format_preserving}\n"
    )
    for name in ("a.parquet", "b.parquet"):
        protect(people, plan, out=tmp_path / name, key=KEY)
    assert (tmp_path / "a.parquet").read_bytes() == (tmp_path / "b.parquet").read_bytes()


def test_a_word_for_nothing_is_no_pseudonym_and_persons_count_as_before(tmp_path):
    path = tmp_path / "in.csv"
    nothing = ("无", "N/A", "-", "null", "")
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("身份证号", "手机号", "年级"))
        for i, one in enumerate(persons(200, random.Random(5))):
            out.writerow((nothing[i % 5] if i % 8 == 0 else one.resident_id, one.mobile, i % 9))
    plan = plan_of(
        "fields:\n  身份证号: {do: pseudonym, type: prc_resident_id}\n  手机号: {do: pseudonym, type: mobile_cn}\n"
    )
    outcome = protect(path, plan, out=tmp_path / "out.csv", key=KEY)
    before, after = outcome.proof.before.persons, outcome.proof.after.persons
    assert (before.lower, before.counted, before.upper) == (200, 200, 200)
    assert (after.lower, after.counted, after.upper) == (200, 200, 200)
    assert outcome.effects["身份证号"].values == 175
    assert outcome.effects["身份证号"].lost == 0


def test_a_stand_in_of_a_mistyped_identifier_is_no_person(tmp_path):
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("身份证号", "手机号"))
        for i, one in enumerate(persons(100, random.Random(5))):
            out.writerow((one.resident_id, one.mobile))
            if i % 10 == 0:
                out.writerow(
                    (one.resident_id[:17] + ("1" if one.resident_id[17] != "1" else "2"), one.mobile)
                )
    plan = plan_of(
        "fields:\n  身份证号: {do: pseudonym, type: prc_resident_id}\n  手机号: {do: pseudonym, type: mobile_cn}\n"
    )
    outcome = protect(path, plan, out=tmp_path / "out.parquet", key=KEY)
    before, after = outcome.proof.before.persons, outcome.proof.after.persons
    assert (before.lower, before.counted, before.upper) == (100, 100, 110)
    assert (after.lower, after.counted, after.upper) == (100, 100, 110)
    assert after.by == {"pseudonym:prc_resident_id": 100, "pseudonym:mobile_cn": 100}


@pytest.mark.parametrize("method", ["pseudonym", "format_preserving"])
def test_what_a_spreadsheet_rounded_gets_no_stand_in_and_no_exact_count(tmp_path, method):
    path = tmp_path / "in.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("身份证号", "姓名"))
        for i, one in enumerate(persons(100, random.Random(5))):
            out.writerow(("3.10115198001010E+17" if i < 20 else one.resident_id, one.name))
    plan = plan_of(f"fields:\n  身份证号: {{do: {method}, type: prc_resident_id}}\n")
    outcome = protect(path, plan, out=tmp_path / "out.csv", key=KEY)
    before, after = outcome.proof.before.persons, outcome.proof.after.persons
    assert (before.counted, before.upper, before.exact, before.damaged) == (80, 100, False, ("身份证号",))
    assert (after.counted, after.upper, after.exact, after.damaged) == (80, 100, False, ("身份证号",))
    assert outcome.effects["身份证号"].lost == 20


def test_who_was_under_14_stays_so_and_is_told(people, tmp_path):
    plan = plan_of(
        "others: drop\nfields:\n  身份证号: {do: pseudonym, type: prc_resident_id}\n  出生日期: {do: date, to: year}\n"
    )
    at = FixedClock(datetime(2010, 12, 1, tzinfo=UTC))  # those born until 2004 are in part children
    told = protect(people, plan, out=tmp_path / "years.csv", key=KEY, clock=at).proof
    assert told.after.persons.under14.counted >= told.before.persons.under14.counted > 0
    assert "14" not in "".join(one.en for one in told.remarks)
    plan = plan_of("others: drop\nfields:\n  身份证号: {do: pseudonym, type: prc_resident_id}\n")
    untold = protect(people, plan, out=tmp_path / "none.csv", key=KEY, clock=at).proof
    assert untold.after.persons.under14.counted == 0
    (remark,) = [one for one in untold.remarks if "under 14" in one.en]
    assert f"{untold.before.persons.under14.counted} " in remark.en


def test_what_was_taken_away_in_one_field_and_stands_in_another_is_told(people, tmp_path):
    path = tmp_path / "in.csv"
    rows = list(csv.reader(people.read_text(encoding="utf-8").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(
            [[*row, "备注" if i == 0 else f"证件{row[1]}已核"] for i, row in enumerate(rows)]
        )
    plan = plan_of(
        "others: drop\nfields:\n  身份证号: {do: pseudonym, type: prc_resident_id}\n  备注: {do: keep}\n  邮编: {do: area, digits: 2}\n"
        "anonymity: {k: 5, quasi: [邮编]}\n"
    )
    outcome = protect(path, plan, out=tmp_path / "out.csv", key=KEY)
    (remark,) = [one for one in outcome.proof.remarks if "备注" in one.en]
    assert "PRC resident identity number" in remark.en
    assert "k-anonymity" in remark.en
    plan = plan_of("others: drop\nfields:\n  邮编: {do: keep}\n  费用: {do: keep}\n")
    assert protect(path, plan, out=tmp_path / "quiet.csv").proof.remarks == ()


def test_what_a_mask_leaves_in_sight_is_not_proven(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text(
        "id,note\n" + "".join(f"{i},电话 1312345678{i % 10} 王伟\n" for i in range(50)), encoding="utf-8"
    )
    plan = plan_of("fields:\n  note: {do: mask, keep: [16, 0]}\n")
    outcome = protect(path, plan, out=tmp_path / "out.csv")
    assert not outcome.proven
    assert outcome.proof.left[0].field == "note"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("fields:\n  没有: {do: drop}\n", UnknownFields),
        ("others: refuse\nfields:\n  姓名: {do: drop}\n", UnknownFields),
        ("others: drop\nfields:\n  姓名: {do: drop}\n", UnknownFields),
        ("fields:\n  姓名: {do: pseudonym}\n", NeedsKey),
    ],
)
def test_a_plan_that_does_not_fit_changes_nothing(people, tmp_path, text, error):
    with pytest.raises(error):
        protect(people, plan_of(text), out=tmp_path / "out.csv")
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(people, tmp_path):
    (tmp_path / "out.csv").write_text("mine")
    plan = plan_of("fields:\n  姓名: {do: drop}\n")
    with pytest.raises(OutputExists):
        protect(people, plan, out=tmp_path / "out.csv")
    with pytest.raises(UnknownOutput):
        protect(people, plan, out=tmp_path / "out.xlsx")
    assert (tmp_path / "out.csv").read_text() == "mine"
