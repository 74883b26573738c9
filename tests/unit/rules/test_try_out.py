"""Why, why not, what if, replay, the open grounds, versions beside each other, and the guide."""

from dataclasses import replace
from datetime import date

import pytest

from feiyu.rules import Route
from feiyu.rules.diff import changes_between, compare, shifts
from feiyu.rules.errors import BadFact, NotFormalised, UnknownName
from feiyu.rules.guide import Question, next_question
from feiyu.rules.try_out import open_grounds, route_named, what_if, why, why_not

DAY = date(2026, 11, 22)


def test_why_names_the_rules_that_applied(books, plain):
    found = books.determine({**plain, "general_in": 200_000}, at=DAY)
    assert [rule for rule, _, _ in why(found)] == ["S11", "R48", "R52"]


def test_what_if(books, plain):
    assert what_if(books, plain, {"ciio": "yes"}, at=DAY).rule == "R41"


def test_why_not_finds_the_single_fact(books, plain):
    ways = why_not(books, {**plain, "ciio": "yes"}, Route.EXEMPT, at=DAY)
    assert {"ciio": "no"} in [way.facts for way in ways]
    assert all(len(way.facts) == 1 for way in ways)


def test_why_not_tries_two_facts_when_one_is_not_enough(books, plain):
    facts = {**plain, "general_in": 2_000_000}
    ways = why_not(books, {**facts, "ground_scope": "all"}, Route.EXEMPT, at=DAY)
    assert ways
    deeper = why_not(books, {**facts, "ciio": "yes", "sector": "general"}, Route.SCC_OR_CERT, at=DAY)
    assert all(len(way.facts) <= 2 for way in deeper)


def test_why_not_says_nothing_when_nothing_helps(books, plain):
    assert why_not(books, {**plain, "general_in": 2_000_000}, Route.SCC_OR_CERT, at=DAY) == ()


def test_open_grounds_are_questions_of_fact(books, plain):
    grounds = open_grounds(books, {**plain, "general_in": 200_000}, at=DAY)
    assert [one.ground for one in grounds] == ["contract", "hr", "emergency", "statutory_duty"]
    assert grounds[0].questions[0].fact == "contract_individual_party"
    assert open_grounds(books, plain, at=DAY) == ()
    important = {**plain, "important_status": "notified_or_published"}
    assert open_grounds(books, important, at=DAY) == ()
    denied = {**plain, "general_in": 200_000, "contract_individual_party": "no"}
    assert "contract" not in [one.ground for one in open_grounds(books, denied, at=DAY)]


def test_replay_at_a_past_date_uses_the_law_of_that_day(books, plain):
    assert books.determine({**plain, "general_in": 5_000}, at=date(2024, 3, 21)).rule == "R92"
    assert books.determine({**plain, "general_in": 5_000}, at=date(2024, 3, 22)).rule == "R53"
    with pytest.raises(NotFormalised):
        books.determine(plain, at=date(2022, 8, 31))


def test_shifts_name_what_a_change_of_law_touches(books, plain):
    cases = [
        ("fil_1", {**plain, "general_in": 5_000}),
        ("fil_2", {**plain, "contains_pi": "no", "general_in": 0}),
    ]
    moved = shifts(books, books, cases, at=date(2024, 3, 21), then=date(2024, 3, 22))
    assert [(one.id, one.before.rule, one.after.rule) for one in moved] == [("fil_1", "R92", "R53")]
    told = moved[0].as_dict()["after"]
    assert (told["route"], told["rule"], told["at"]) == ("EXEMPT", "R53", "2024-03-22")
    assert told["rulebook"] == books.book().name
    assert shifts(books, books, cases, at=DAY) == ()


def test_compare_names_what_differs(books):
    old = books.book()
    rule = old.rules[-1]
    new = replace(
        old,
        rules=(*old.rules[:-1], replace(rule, order=rule.order + 1)),
        duties=old.duties[1:],
        switches={**old.switches, "another": next(iter(old.switches.values()))},
    )
    assert {(one.kind, one.name) for one in compare(old, new)} == {
        ("rule altered", f"{rule.id}@{rule.since}"), ("obligation removed", old.duties[0].id), ("switch added", "another"),
    }  # fmt: skip
    assert compare(old, old) == ()


def test_compare_says_from_what_to_what_a_value_goes(books):
    old = books.book()
    line = old.parameters["contract_general"]
    raised = replace(line, values=tuple(replace(value, value=200_000) for value in line.values))
    (change,) = compare(old, replace(old, parameters={**old.parameters, "contract_general": raised}))
    assert change.kind == "parameter altered"
    assert change.name == "contract_general@2024-03-22"
    assert change.detail.en.endswith("100,000 → 200,000")
    assert change.title.zh == "数值改动"


def test_route_by_name():
    assert route_named("sa") is Route.SA
    with pytest.raises(UnknownName, match="SCC_OR_CERT"):
        route_named("visa")


def walk(books, answers, at=DAY):
    facts, asked = {}, []
    for _ in range(60):
        step = next_question(books, facts, at)
        if not isinstance(step, Question):
            return step, asked
        asked.append(step.fact)
        facts[step.fact] = answers.get(step.fact, "unknown")
    raise AssertionError(asked)


def test_the_guide_stops_as_soon_as_the_answer_stands(books):
    found, asked = walk(books, {"mode": "domestic_only"})
    assert (found.route, asked) == (Route.NOT_OUTBOUND, ["mode"])


def test_the_guide_reaches_the_answer_that_all_facts_give(books, plain):
    found, asked = walk(books, plain)
    assert (found.route, found.rule) == (Route.EXEMPT, "R53")
    assert asked[0] == "mode"
    assert len(asked) == len(set(asked)) <= 16


def test_the_guide_asks_for_a_ground_before_it_burdens(books, plain):
    answers = {**plain, "general_in": 300_000, "ground": "contract", "ground_scope": "all"}
    answers |= dict.fromkeys(
        ("contract_individual_party", "contract_necessary", "contract_fields_minimal"), "yes"
    )
    found, asked = walk(books, answers)
    assert found.rule == "R34"
    assert asked.index("ground") > asked.index("sensitive_in")


def test_the_guide_ends_when_nothing_is_known(books):
    found, asked = walk(books, {})
    assert found.route is Route.NEEDS_INFO
    assert found.missing
    assert len(asked) == len(set(asked))


def test_a_question_carries_its_answers_in_both_languages(books):
    question = next_question(books, {}, DAY).as_dict()
    assert question["fact"] == "mode"
    assert question["answers"][0] == {"value": "transfer", "text": {"zh": "传输", "en": "transferred"}}


def test_unknown_names_are_refused(books, plain):
    for assumed in ("ciio", [1], {"ciio": 1}):
        with pytest.raises(BadFact, match="assumed"):
            books.determine({**plain, "assumed": assumed}, at=DAY)
    with pytest.raises(BadFact, match="nonsense"):
        books.determine({**plain, "nonsense": 1}, at=DAY)
    with pytest.raises(UnknownName, match="strict_mixed"):
        books.determine(plain, at=DAY, switches={"nonsense": "on"})
    with pytest.raises(UnknownName, match="off, on"):
        books.determine(plain, at=DAY, switches={"strict_mixed": "perhaps"})
    with pytest.raises(UnknownName, match="cn/export-pathway"):
        books.book("cn/nowhere")


def test_a_determination_is_json(books, plain):
    from feiyu.base import canonical

    for facts in (
        plain,
        {**plain, "ciio": None},
        {**plain, "prior_mechanism": "SA", "prior_issued": date(2026, 1, 1)},
    ):
        found = books.determine(facts, at=DAY)
        again = canonical.loads_object(canonical.dumps(found.as_dict()))
        assert (
            books.determine(again["facts"], at=date.fromisoformat(again["at"])).as_dict() == found.as_dict()
        )


def test_an_answer_that_rests_on_guidance_alone_says_so(books, plain):
    facts = {
        **plain, "contains_pi": "no", "general_in": 0, "important_status": "notified_or_published", "sector": "auto",
        "ground": "auto_guide", "ground_conditions": "yes",
    }  # fmt: skip
    found = books.determine(facts, at=DAY)
    said = " ".join(warning.en for warning in found.warnings)
    assert found.rule == "R10"
    assert "rests on official guidance or answers alone" in said
    assert "Confidence in the grounds of this rule: medium" in said
    plain_said = " ".join(warning.en for warning in books.determine(plain, at=DAY).warnings)
    assert "alone" not in plain_said


@pytest.mark.parametrize(
    ("facts", "possible"),
    [
        ({"ciio": "unknown"}, {Route.EXEMPT, Route.SA}),
        ({"ciio": "unknown", "general_in": 2_000_000}, {Route.SA}),
        ({"ciio": "unknown", "general_in": 200_000}, {Route.SCC_OR_CERT, Route.SA}),
        ({"contains_pi": "unknown", "general_in": 0}, {Route.EXEMPT}),
        ({"general_before": "unknown"}, {Route.EXEMPT, Route.SCC_OR_CERT, Route.SA}),
        ({"recipient_restricted": "unknown"}, {Route.EXEMPT, Route.PROHIBITED}),
    ],
)
def test_what_stays_open_is_told(books, plain, facts, possible):
    found = books.determine({**plain, **facts}, at=DAY)
    assert found.route is Route.NEEDS_INFO
    assert set(found.possible) == possible


def test_the_law_between_two_dates(books):
    found = {
        (one.kind, one.name) for one in changes_between(books.book(), date(2024, 3, 21), date(2024, 3, 22))
    }
    assert ("rule ends", "R92@2024-03-22") in found
    assert ("rule begins", "R53@2024-03-22") in found
    assert ("parameter begins", "assessment_general@2024-03-22") in found
    assert changes_between(books.book(), date(2024, 3, 22), date(2024, 3, 23)) == ()
    texts = changes_between(books.book(), date(2025, 12, 31), date(2026, 1, 1), sources=books.sources)
    assert {"cn/csl-2025@2026-01-01", "cn/cert-measures-2026@2026-01-01"} <= {one.name for one in texts}
