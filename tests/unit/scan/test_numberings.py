"""Several numbers of one person in a row are one person; numbers of two persons are two."""

import random

import pytest

from feiyu.scan import count_runs, profile
from feiyu.scan.persons import FURTHER, names, orders


@pytest.fixture
def counted(tmp_path):
    """Scan a table of 60 rows with these columns of numbers, each value once; the persons, and as what each column counts."""

    def scan(*headers, empty=(), names=False):
        rnd, rows = random.Random(7), 60
        lines = [",".join((*(["姓名"] if names else []), *headers, "金额"))]
        for row in range(rows):
            cells = [
                "" if row in empty and at == 0 else f"{rnd.randrange(10**9, 10**10)}"
                for at in range(len(headers))
            ]
            lines.append(
                ",".join((*([f"张{chr(0x4E00 + row)}"] if names else []), *cells, str(rnd.randrange(900))))
            )
        (tmp_path / "t.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (table,) = profile(tmp_path / "t.csv").tables
        return table.persons, {one.name: one.counts_as or one.type for one in table.fields if one.personal}

    return scan


def test_numbers_of_three_offices_are_of_one_person(counted):
    persons, held = counted("SSS No", "PhilHealth No", "Pag-IBIG No")
    assert held == {
        "SSS No": "social_security_no", "PhilHealth No": "social_security_no+", "Pag-IBIG No": "social_security_no+",
    }  # fmt: skip
    assert (persons.lower, persons.counted, persons.upper) == (60, 60, 60)
    assert persons.by == {"social_security_no": 180}


@pytest.mark.parametrize(
    "headers",
    [
        ("门诊号", "住院号"),
        ("patient_id", "inpatient_no"),
        ("社保号", "医保卡号"),
        ("MRN", "Encounter No"),
        ("Steuer-IdNr.", "Sozialversicherungsnummer"),
        ("Patient ID", "MRN"),
    ],
)
def test_two_numbers_of_one_record_are_of_one_person(counted, headers):
    persons, held = counted(*headers)
    assert [kind.endswith("+") for kind in held.values()] == [False, True]
    assert persons.counted == 60


@pytest.mark.parametrize(
    "headers",
    [
        ("社保号", "配偶社保号"),
        ("Mother MRN", "Baby MRN"),
        ("产妇住院号", "新生儿病历号"),
        ("PhilHealth No", "Spouse SSS No"),
    ],
)
def test_numbers_of_two_persons_are_two(counted, headers):
    persons, held = counted(*headers)
    assert not any(kind.endswith("+") for kind in held.values())
    assert persons.counted == 120


def test_the_same_number_twice_is_of_two_persons(counted):
    assert counted("社保号1", "社保号2")[0].counted == 120


def test_the_fullest_column_leads(counted):
    persons, held = counted("SSS No", "PhilHealth No", empty=range(50))
    assert held == {"SSS No": "social_security_no+", "PhilHealth No": "social_security_no"}
    assert persons.counted == 60


def test_who_has_only_the_further_number_counts_too(counted):
    persons, _ = counted("住院号", "门诊号", empty=range(0, 60, 2))
    assert persons.counted == 60


def test_runs_of_both_columns_unite(counted, tmp_path):
    """Who is in one file by both numbers and in another by the leading one is one person."""
    both = tmp_path / "both.csv"
    both.write_text(
        "SSS No,PhilHealth No\n" + "".join(f"34-{n:07d}-1,12-{n:09d}-3\n" for n in range(40)),
        encoding="utf-8",
    )
    one = tmp_path / "one.csv"
    one.write_text("SSS No\n" + "".join(f"34-{n:07d}-1\n" for n in range(20, 60)), encoding="utf-8")
    for path in (both, one):
        profile(path, key=bytes(32), run=path.with_suffix(".run"))
    united = count_runs([both.with_suffix(".run"), one.with_suffix(".run")])
    assert (united.lower, united.counted, united.upper) == (60, 60, 60)
    assert united.by == {"social_security_no": 100}


def test_a_further_number_stands_right_behind_its_type():
    for name, place in orders().items():
        if name.endswith(FURTHER):
            assert place == orders()[name.removesuffix(FURTHER)] + 1
            assert names()[place] == name
