"""The plan is read strictly, and what is advised can be read."""

import pytest

from feiyu.scan.protect.errors import BadPlan
from feiyu.scan.protect.plan import dump_plan, parse_plan

HEAD = "format: feiyu-protect/1\npurpose: p\nfields:\n"


@pytest.mark.parametrize(
    ("body", "line", "word"),
    [
        ("  a: {do: burn}", 4, "burn"),
        ("  a: {do: mask, keep: [1]}", 4, "two numbers"),
        ("  a: {do: date}", 4, "exactly one"),
        ("  a: {do: date, to: city}", 4, "city"),
        ("  a: {do: keep, to: year}", 4, "no option"),
        ("  a: {do: range, step: 0}", 4, "more than nought"),
        ("  a: {do: range, edges: [3, 1]}", 4, "rising"),
        ("  a: {do: range, step: 1, edges: [1]}", 4, "exactly one"),
        ("  a: {do: pseudonym, type: nonsense}", 4, "no semantic type"),
        ("  a: {do: keep}\n  a: {do: drop}", 5, "twice"),
        ("  a: {do: keep}\nanonymity: {k: 1, quasi: [a]}", 5, "2 to"),
        ("  a: {do: drop}\nanonymity: {k: 5, quasi: [a]}", 5, "no quasi"),
        ("  a: &x {do: drop}", 4, "anchors"),
        ("  a: {do: keep}\nwhat: 1", 5, "unknown key"),
    ],
)
def test_a_wrong_plan_is_refused_at_its_line(body, line, word):
    with pytest.raises(BadPlan) as refused:
        parse_plan((HEAD + body + "\n").encode(), "plan.yaml")
    assert refused.value.values["place"] == f"plan.yaml:{line}"
    assert word in refused.value.text("en")


def test_what_is_written_is_read():
    text = (
        HEAD
        + '  "a: b": {do: range, edges: [1, 2.5]}\n  身份证: {do: pseudonym, type: prc_resident_id}\n  c: {do: grid, degrees: 0.01}\n'
        + "  d: {do: mask, keep: [0, 4]}\n  e: {do: area, digits: 2}\n  f: {do: keep}\nothers: refuse\n"
        + "anonymity: {k: 3, quasi: [f, e], suppress_percent: 2}\n"
    )
    plan = parse_plan(text.encode(), "plan.yaml")
    assert parse_plan(dump_plan(plan).encode(), "again.yaml") == plan
    assert plan.keyed == ("身份证",)
