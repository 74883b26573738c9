"""What a reviewer is shown."""

from datetime import date, timedelta

from feiyu.rules.review import review

VERIFIED = date(2026, 11, 22)


def kinds(books, at, **more):
    return {(one.kind, one.name) for one in review(books, at=at, **more)}


def test_values_become_stale_after_the_days_given(books):
    name = ("stale", "cn/export-pathway/contract_general")
    assert name not in kinds(books, VERIFIED + timedelta(90))
    assert name in kinds(books, VERIFIED + timedelta(91))
    assert name in kinds(books, VERIFIED + timedelta(8), days=7)


def test_uncertain_rules_and_texts_without_archive_are_listed(books):
    found = kinds(books, VERIFIED)
    assert ("confidence", "R49") in found
    assert ("confidence", "R53") not in found
    assert ("archive", "cn/pipl-2021") in found
    assert ("address", "cn/dsl-2021") in found
    assert ("address", "cn/flow-provisions-2024") not in found


def test_a_rule_that_is_gone_is_not_listed(books):
    assert ("confidence", "R10") in kinds(books, VERIFIED)
    assert ("confidence", "R10") not in kinds(books, date(2026, 2, 2))


def test_findings_are_bilingual_and_placed(books):
    for one in review(books, at=VERIFIED):
        wire = one.as_dict()
        assert wire["text"]["zh"]
        assert ".yaml:" in wire["place"]
