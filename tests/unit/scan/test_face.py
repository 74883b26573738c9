"""What people and programs are handed: the page, and the JSON with its published schema."""

import json
import sys
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import jsonschema_rs
import pyarrow as pa
import pytest
from pyarrow import parquet

from feiyu.base.text import Lang
from feiyu.scan import Profile, open_folder, profile
from feiyu.scan.own import read_types
from feiyu.scan.page import page
from feiyu.testing.sample import aftersales

sys.path.append(str(Path(__file__).parent))
import hostile

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
OWN = b"format: feiyu-types/1\ntypes:\n  - {id: order, zh: x, en: x, shape: 'AS{9:10}', alone: true, strength: weak, counts_as: customer_no}\n"


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    path = aftersales(tmp_path_factory.mktemp("face") / "orders.csv", rows=300, owners=100, tracked=20)
    return profile(path, own=read_types(OWN, "o.yaml"))


def test_the_json_keeps_its_published_schema(found, tmp_path):
    schema = json.loads(files("feiyu.scan").joinpath("data/profile.schema.json").read_text(encoding="utf-8"))
    jsonschema_rs.meta.validate(schema)
    check = jsonschema_rs.Draft202012Validator(schema)
    check.validate(found.as_dict())
    (tmp_path / "b.parquet").write_bytes(b"")
    assert Profile.of(json.loads(json.dumps(found.as_dict()))) == found
    for spoil in ({"rows": -1}, {"fields": None}, {"more": 1}):
        wrong = json.loads(json.dumps(found.as_dict()))
        wrong["tables"][0].update(spoil)
        assert not check.is_valid(wrong)


def test_every_kind_of_source_keeps_the_schema_and_prints_all_of_it(tmp_path):
    schema = json.loads(files("feiyu.scan").joinpath("data/profile.schema.json").read_text(encoding="utf-8"))
    check = jsonschema_rs.Draft202012Validator(schema)
    parts = schema["$defs"]
    assert set(parts["field"]["properties"]) == set(parts["field"]["required"]) | {"counts_as"}
    (tmp_path / "in").mkdir()
    for name, data in {**hostile.sound(tmp_path), "noise": bytes(range(256)) * 9}.items():
        (tmp_path / "in" / name).write_bytes(data)
    for path in (tmp_path / "in", *(tmp_path / "in").iterdir()):
        found = profile(path if path.is_file() else open_folder(path, look=True)).as_dict()
        check.validate(found)
        for table in found["tables"]:
            assert set(table["persons"]) == set(parts["persons"]["required"])
            assert [one["index"] for one in table["fields"]] == [*range(len(table["fields"]))]
            assert all(set(one) == set(parts["field"]["required"]) for one in table["fields"])


def test_the_page_has_both_languages_no_script_and_only_masked_samples(found):
    text = page(found, at=AT, lang=Lang.EN)
    assert "<script" not in text
    assert "http://" not in text.replace("http-equiv", "")
    assert "https://" not in text
    assert "居民身份证号码" in text
    assert "PRC resident identity number" in text
    assert 'id="en" checked' in text
    assert "100" in text
    (samples,) = [one.samples for one in found.fields if one.name == "resident_id"]
    assert all("*" in one for one in samples)


def test_names_that_look_like_markup_stay_text(tmp_path):
    rows = pa.table({"<b>a</b>": ["<script>alert(1)</script>"] * 9})
    parquet.write_table(rows, tmp_path / "x.parquet")
    text = page(profile(tmp_path / "x.parquet"), at=AT)
    assert "<b>a</b>" not in text
    assert "<script" not in text
    assert "&lt;b&gt;a" in text
