"""How well the scan reads a set of messy tables that it was not made from."""

import importlib.util
from pathlib import Path

import pyarrow as pa
import pytest

from feiyu.scan import Inspector, PersonCounter
from feiyu.scan.survey import Plan

SPEC = importlib.util.spec_from_file_location("scan_corpus", Path(__file__).with_name("corpus.py"))
assert SPEC is not None
assert SPEC.loader is not None
corpus = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(corpus)
TABLES = corpus.tables()


def scanned(table):
    columns = [pa.array([row[i] for row in table.rows]) for i in range(len(table.headers))]
    batch = pa.record_batch(columns, names=[f"{h}" for h in table.headers])
    inspector = Inspector(batch.schema.names)
    inspector.feed(batch)
    return batch, inspector.fields()


@pytest.fixture(scope="module")
def answers():
    return [(table, *scanned(table)) for table in TABLES]


def test_the_set_is_large_and_always_the_same():
    assert len(TABLES) >= 80
    again = corpus.tables()
    assert [t.rows for t in again] == [t.rows for t in TABLES]


def test_types(answers):
    right, acceptable, wrong, total = 0, 0, [], 0
    for table, _, fields in answers:
        for one, label in zip(fields, table.labels, strict=True):
            total += 1
            right += one.type == label[0]
            acceptable += one.type in label
            if one.type not in label:
                wrong.append((table.name, one.name, one.type, label, one.samples))
    assert acceptable / total >= 0.97, wrong
    assert right / total >= 0.90, wrong


def test_no_neutral_column_is_called_personal(answers):
    false_alarms = [
        (table.name, one.name, one.holds)
        for table, _, fields in answers
        for one, personal in zip(fields, table.personal, strict=True)
        if one.personal and not personal
    ]
    assert not false_alarms


def test_no_personal_column_is_missed(answers):
    missed = [
        (table.name, one.name, one.type)
        for table, _, fields in answers
        for one, personal in zip(fields, table.personal, strict=True)
        if personal and not one.personal
    ]
    assert not missed


def test_every_embedded_identifier_is_found(answers):
    for table, _, fields in answers:
        for one, expected in zip(fields, table.embedded, strict=True):
            assert set(expected) <= set(one.embedded), (table.name, one.name)


def test_every_count_of_persons_is_exact(answers):
    wrong = []
    for table, batch, fields in answers:
        if table.persons is None:
            continue
        plan = Plan.of(fields)
        counter = PersonCounter(bytes(32), fields=dict(plan.fields), sensitive=plan.sensitive)
        counter.add(batch)
        if counter.counts().counted != table.persons:
            wrong.append((table.name, table.persons, counter.counts(), plan.fields))
    assert not wrong


def test_damage_is_told(answers):
    fields = next(fields for table, _, fields in answers if table.name == "damaged")
    assert fields[0].damaged
    assert "损坏" in fields[0].reason.zh


def test_a_mark_lifts_the_level(answers):
    fields = next(fields for table, _, fields in answers if table.name == "secret")
    assert fields[0].level == "core"
