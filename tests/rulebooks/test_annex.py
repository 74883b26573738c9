"""Official annexes typed into the template: every faulty cell named, two readers, provenance, never a fixture."""

import io
from datetime import date

import openpyxl
import pytest

from feiyu.base.errors import TooLarge
from feiyu.rules.annex import COLUMNS, dump, import_annex, template
from feiyu.rules.errors import BadCells, BadTable, FixtureRefused, TwoReaders, UnknownName
from feiyu.rules.sheet import MAX_BYTES, read_rows, to_csv, to_xlsx
from feiyu.rules.strict_yaml import parse
from feiyu.rules.zones import read_list, zone_lists

DAY = date(2026, 11, 22)
READERS = ("first reader", "second reader")
LIFE = ["reinsurance", "再保险", "reinsurance", "life", "人身险再保险", "life reinsurance"]
ROWS = [
    [*LIFE, "health", "健康告知", "health declarations", "no", "by_quantity", "", "20000", "", "1000"],
    [*LIFE, "mortality", "全国死亡率", "national mortality", "yes", "SA", "", "", "", ""],
    [*LIFE, "claims", "理赔", "claims", "否", "SCC_OR_CERT"],
]


def table(tmp_path, rows=ROWS, *, kind="csv", head=None):
    made = [list(COLUMNS) if head is None else head, *rows]
    file = tmp_path / f"annex.{kind}"
    file.write_bytes(to_xlsx(made, sheet="list") if kind == "xlsx" else to_csv(made))
    return file


def imported(books, file, **given):
    given = {"list_id": "shanghai-2025", "readers": READERS, "on": DAY} | given
    return import_annex(books, file, **given)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_typed_annex_decides(books, plain_facts, tmp_path, kind):
    found = imported(books, table(tmp_path, kind=kind))
    assert found.complete
    assert found.readers == READERS
    assert found.issued == date(2026, 4, 24)
    there = {"zone": "shanghai", "registered_in": "city", "exports_from": "city", "general_in": 0}
    for item, sensitive, expected in (
        ("health", 999, ("EXEMPT", "R43")), ("health", 1_000, ("SCC_OR_CERT", "R43")),
        ("health", 20_000, ("SA", "R43")), ("mortality", 0, ("SA", "R11")), ("claims", 1, ("SCC_OR_CERT", "R43")),
        (None, 30_000, ("FTZ_OFF_LIST", "R44")),
    ):  # fmt: skip
        told = {
            **plain_facts,
            **there,
            **found.facts(sector="reinsurance", scenario="life", item=item, at=DAY),
        }
        answer = books.determine(told | {"sensitive_in": sensitive}, at=DAY)
        assert (answer.route, answer.rule) == expected


def test_an_edition_not_in_force_on_the_day_is_not_used(books, plain_facts, tmp_path):
    day = date(2026, 4, 23)
    found = imported(books, table(tmp_path))
    told = found.facts(sector="reinsurance", scenario="life", item=None, at=day)
    there = {"zone": "shanghai", "registered_in": "zone", "exports_from": "zone", "general_in": 200_000}
    assert books.determine({**plain_facts, **there, **told}, at=day).rule == "R52"


def test_the_list_is_written_and_read_back_with_its_provenance(books, tmp_path):
    official = tmp_path / "official.pdf"
    official.write_bytes(b"%PDF-1.7 annex")
    found = imported(books, table(tmp_path), annex=official)
    again = read_list(parse(dump(found).encode(), "shanghai-2025.yaml"), books)
    assert again.scenarios == found.scenarios
    assert again.provenance == found.provenance
    assert len(str(again.provenance["annex_sha256"])) == len(str(again.provenance["table_sha256"])) == 64
    assert again.provenance["imported_on"] == DAY


def test_a_written_list_is_imported_again(books, tmp_path):
    file = tmp_path / "list.yaml"
    file.write_text(dump(imported(books, table(tmp_path))), encoding="utf-8")
    assert imported(books, file).scenarios == imported(books, table(tmp_path)).scenarios


def test_every_fault_is_named_by_its_cell_at_once(books, tmp_path):
    wrong = [
        [*LIFE, "health", "健康告知", "", "maybe", "by_quantity", "", "20k", "", ""],
        [*LIFE, "claims", "理赔", "claims", "no", "PERHAPS"],
        [*LIFE, "claims", "理赔", "claims", "no", "SA"],
        [*LIFE, "people", "人员", "people", "no", "by_quantity", "100", "", "100", ""],
    ]
    with pytest.raises(BadCells) as caught:
        imported(books, table(tmp_path, wrong))
    told = caught.value.text("en")
    for cell in (
        "I2 empty",
        "J2 must be yes or no",
        "M2 '20k' is not",
        "K3 must be one of",
        "G4 stands already at G3",
    ):
        assert cell in told
    assert "N5 must be below" in told
    assert "I2 未填" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("head", "match"),
    [
        ([*list(COLUMNS)[:-1]], "O1 the column contract_sensitive"),
        ([*COLUMNS, "price"], "P1 unknown column price"),
    ],
)
def test_columns_are_held_to_the_template(books, tmp_path, head, match):
    with pytest.raises(BadCells, match=match):
        imported(books, table(tmp_path, head=head))


@pytest.mark.parametrize("readers", [(), ("one",), ("one", " one ")])
def test_two_different_people_read_it(books, tmp_path, readers):
    with pytest.raises(TwoReaders):
        imported(books, table(tmp_path), readers=readers)


def test_a_list_nobody_signed_is_refused_in_real_use(books, tmp_path):
    text = dump(imported(books, table(tmp_path)))
    alone = text.replace("  - second reader\n", "")
    found = read_list(parse(alone.encode(), "shanghai-2025.yaml"), books)
    with pytest.raises(TwoReaders, match="first reader"):
        found.facts(sector="reinsurance", scenario="life", item=None)


def test_a_fixture_never_becomes_real(books, tmp_path):
    with pytest.raises(FixtureRefused):
        imported(books, table(tmp_path), list_id="fixture-beijing-2024")
    with pytest.raises(UnknownName, match="shanghai-2025"):
        imported(books, table(tmp_path), list_id="nowhere-2025")
    for one in zone_lists(books):
        if one.fixture:
            with pytest.raises(FixtureRefused):
                one.facts(sector="pharma", scenario="clinical-trial", item="subject-records")


def test_the_templates_are_empty_tables_that_read_back():
    book = openpyxl.load_workbook(io.BytesIO(template(workbook=True)))
    assert [cell.value for cell in book.active[1]] == list(COLUMNS)
    assert template(workbook=False).decode("utf-8-sig").splitlines()[0] == ",".join(COLUMNS)


def test_the_explaining_row_of_the_template_is_no_item(books, tmp_path):
    file = tmp_path / "typed.csv"
    file.write_bytes(template(workbook=False) + to_csv(ROWS).removeprefix(b"\xef\xbb\xbf"))
    assert len(imported(books, file).scenarios[0].items) == 3


def test_hostile_tables_are_refused(tmp_path):
    bomb = tmp_path / "bomb.xlsx"
    import zipfile

    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (65 << 20))
    with pytest.raises(TooLarge):
        read_rows(bomb)
    for name, data in (("a.xlsx", b"PK\x03\x04 not a zip"), ("b.csv", b"a,b\0c"), ("c.csv", b"\xff\xfe\x81")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BadTable):
            read_rows(tmp_path / name)
    (tmp_path / "d.csv").write_bytes(b"," * (MAX_BYTES + 1))
    with pytest.raises(TooLarge):
        read_rows(tmp_path / "d.csv")
    (tmp_path / "e.csv").write_bytes(b"," * 200)
    with pytest.raises(TooLarge):
        read_rows(tmp_path / "e.csv")


def test_gb18030_is_read(tmp_path):
    file = tmp_path / "gb.csv"
    file.write_bytes("行业,场景\n再保险,人身险\n".encode("gb18030"))
    assert read_rows(file) == [["行业", "场景"], ["再保险", "人身险"]]
