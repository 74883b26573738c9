"""Of several findings the strictest stands, and none speaks of what it did not see."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from feiyu.edge.assess import NOTHING, facts_for
from feiyu.edge.findings import Basis, Finding, Said, settled
from feiyu.scan.model import Level


def finding(
    level: Level, basis: Basis = Basis.NOTIFIED, *, field: str = "", fields: tuple[str, ...] = ("a", "b")
) -> Finding:
    said = Said(level=level, basis=basis, item="1", number="1", issuer="x", day=date(2026, 1, 1), ground="")
    return Finding(
        id="fnd",
        dataset="/d/",
        field=field,
        version=1,
        fields=fields,
        said=said,
        by="p",
        at=datetime(2026, 1, 1, tzinfo=UTC),
        document=b"",
        key_id="k",
        signature=b"",
    )


def profile(**levels: str) -> dict[str, Any]:
    fields = [
        {
            "name": name,
            "level": level,
            "personal": False,
            "state": "read",
            "type": "text",
            "also": [],
            "embedded": [],
        }
        for name, level in levels.items()
    ]
    none = {"lower": 0, "counted": 0, "upper": 0}
    return {"tables": [{"fields": fields, "persons": none | {"sensitive": none}}], "partial": False}


GENERAL, IMPORTANT, CORE, OWN = Level.GENERAL, Level.IMPORTANT, Level.CORE, Basis.OWN


@pytest.mark.parametrize(
    ("found", "levels", "said"),
    [
        ([], {"a": "general"}, None),
        (
            [finding(GENERAL)],
            {"a": "important", "b": "general"},
            "general",
        ),  # a person's word, over the scan's suspicion
        (
            [finding(GENERAL, fields=("b",))],
            {"a": "important", "b": "general"},
            None,
        ),  # a field that came later
        (
            [finding(GENERAL, field="b")],
            {"a": "general", "b": "general"},
            None,
        ),  # of the other fields it says nothing
        ([finding(GENERAL), finding(IMPORTANT, OWN, field="a")], {"a": "general"}, "suspected"),
        (
            [finding(IMPORTANT, OWN), finding(IMPORTANT, Basis.PUBLISHED, field="a")],
            {"a": "general"},
            "important",
        ),
        ([finding(CORE, OWN), finding(IMPORTANT)], {"a": "general"}, "core"),
    ],
)
def test_the_strictest_stands(found: list[Finding], levels: dict[str, str], said: str | None) -> None:
    assert settled(profile(**levels), found) == said


@pytest.mark.parametrize(
    ("kept", "answer", "status", "core"),
    [
        (None, "none", "none", "no"),
        ("general", None, "none", "no"),
        ("important", "none", "notified_or_published", "no"),
        ("suspected", "none", "self_suspected", "no"),
        ("general", "important", "notified_or_published", "no"),
        ("core", "none", "none", "yes"),
        (None, None, "unknown", "unknown"),
    ],
)
def test_an_answer_makes_it_stricter_and_never_milder(
    kept: str | None, answer: str | None, status: str, core: str
) -> None:
    told = {} if answer is None else {"important_finding": answer}
    facts = facts_for(profile(a="general"), {}, NOTHING, told, kept)
    assert (facts["important_status"], facts["state_secret_or_core"]) == (status, core)


def test_core_by_finding_is_core_whatever_is_answered() -> None:
    facts = facts_for(profile(a="general"), {}, NOTHING, {"state_secret_or_core": "no"}, "core")
    assert facts["state_secret_or_core"] == "yes"
