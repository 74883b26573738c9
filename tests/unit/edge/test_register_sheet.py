"""The register as a table: what goes out comes back the same; each wrong cell is named, and nothing is entered then."""

import io

import openpyxl
import pytest

from feiyu.edge.register_sheet import HEAD, blank, export, parse
from feiyu.registry.scenarios.templates import scenario_templates

PARTIES = {"pty_1": {"id": "pty_1", "country": "DE"}, "pty_2": {"id": "pty_2", "country": "DE"}}
SCENARIO = {
    "id": "scn_1", "title": {"zh": "售后", "en": "After-sales"}, "purpose": "quality", "ground": "none", "sector": "auto", "country": "DE",
    "recipients": ["pty_1", "pty_2"], "retention_days": 730,
    "items": [{"name": "vin", "type": "vin", "need": {"zh": "召回", "en": "recalls"}}, {"name": "km", "type": "number", "need": {"zh": "保修", "en": "warranty"}}],
}  # fmt: skip


def changed(data, **cells):
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book.worksheets[0]
    for cell, told in cells.items():
        page[cell] = told
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_goes_out_comes_back():
    drafts, wrong = parse(export([SCENARIO]), name="r.xlsx", parties=PARTIES)
    assert wrong == []
    assert drafts == [{key: value for key, value in SCENARIO.items() if key != "id"}]


@pytest.mark.parametrize(("cell", "told", "named"), [
    ("B2", "", "B2"), ("E2", "whim", "E2"), ("G2", "Germany", "G2"), ("G2", "FR", "G2"), ("H2", "pty_9", "H2"), ("H2", "", "H2"),
    ("I2", "0", "I2"), ("I2", "ever", "I2"), ("J2", "", "J2"), ("K2", "nothing", "K2"), ("L3", "", "L3"), ("J3", "vin", "J3"),
    ("D3", "another purpose", "D3"), ("I3", 731, "I3"),
])  # fmt: skip
def test_each_wrong_cell_is_named(cell, told, named):
    _, wrong = parse(changed(export([SCENARIO]), **{cell: told}), name="r.xlsx", parties=PARTIES)
    assert named in {one.cell for one in wrong}


def test_a_templates_table_wants_only_what_a_template_cannot_know():
    for one in scenario_templates().values():
        _, wrong = parse(blank(one), name="t.xlsx", parties=PARTIES)
        assert {w.cell[0] for w in wrong} == {"G", "H"}, one.id
    assert parse(blank(), name="t.xlsx", parties={}) == ([], [])
    assert len(HEAD) == 13
