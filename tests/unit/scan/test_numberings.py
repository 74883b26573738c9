"""Several numbers of one person in a row are one person; numbers of two persons are two."""

import random

import pytest

from feiyu.scan import profile


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
        "SSS No": "social_security_no", "PhilHealth No": "further_personal_no", "Pag-IBIG No": "further_personal_no",
    }  # fmt: skip
    assert (persons.lower, persons.counted, persons.upper) == (60, 60, 60)
    assert persons.by == {"social_security_no": 60, "further_personal_no": 120}


@pytest.mark.parametrize(
    "headers",
    [("门诊号", "住院号"), ("patient_id", "inpatient_no"), ("社保号", "医保卡号"), ("MRN", "Encounter No")],
)
def test_two_numbers_of_one_record_are_of_one_person(counted, headers):
    persons, held = counted(*headers)
    assert [kind.startswith("further_") for kind in held.values()] == [False, True]
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
    assert not any(kind.startswith("further_") for kind in held.values())
    assert persons.counted == 120


def test_the_same_number_twice_is_of_two_persons(counted):
    assert counted("社保号1", "社保号2")[0].counted == 120


def test_the_fullest_column_leads(counted):
    persons, held = counted("SSS No", "PhilHealth No", empty=range(50))
    assert held == {"SSS No": "further_personal_no", "PhilHealth No": "social_security_no"}
    assert persons.counted == 60


def test_who_has_only_the_further_number_counts_too(counted):
    persons, _ = counted("住院号", "门诊号", empty=range(0, 60, 2))
    assert persons.counted == 60


def test_what_further_names_is_a_type():
    from feiyu.scan.catalogue import by_id

    for one in by_id().values():
        if one.further is not None:
            assert by_id()[one.further].strength is one.strength
            assert by_id()[one.further].rank >= one.rank, "it never stands above what leads"
            assert by_id()[one.further].canon == one.canon
