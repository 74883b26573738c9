"""The public guide "which way must I go": one question at a time, from the same facts and rules.

Rules this module keeps:
 * asked is only what can still change the answer: the first open fact of the first rule that is not settled;
 * an answer of "not known" is an answer; the guide then goes on with what can be said without it;
 * when nothing that is open can change the answer, the determination is given.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from feiyu.base.text import Text
from feiyu.rules.books import PATHWAY, Rulebooks
from feiyu.rules.errors import BadFact
from feiyu.rules.facts import Fact
from feiyu.rules.model import Determination, Mark, Route
from feiyu.rules.try_out import open_grounds

_YES_NO = (("yes", Text("是", "yes")), ("no", Text("否", "no")), ("unknown", Text("不清楚", "not known")))
_SKIPPED = frozenset(
    {"general_before_upper", "general_in_upper", "sensitive_before_upper", "sensitive_in_upper"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question. ``answers`` are the closed values with their words; for words there may be ``suggestions``."""

    fact: str
    kind: str
    text: Text
    answers: tuple[tuple[str, Text], ...]
    suggestions: tuple[tuple[str, Text], ...]
    rule: str
    open_rules: int

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "fact": self.fact,
            "kind": self.kind,
            "question": self.text.as_dict(),
            "answers": [{"value": value, "text": text.as_dict()} for value, text in self.answers],
            "suggestions": [{"value": value, "text": text.as_dict()} for value, text in self.suggestions],
            "rule": self.rule,
            "open_rules": self.open_rules,
        }


def next_question(
    rulebooks: Rulebooks, facts: Mapping[str, object], at: date, *, rulebook: str = PATHWAY
) -> Question | Determination:
    """The next question worth asking, or the determination when none is."""
    program = rulebooks.program(at, rulebook=rulebook)
    found = program.determine(facts, at=at)
    if found.route is not Route.NEEDS_INFO:
        return _claim(rulebooks, facts, at, found)
    open_rules = [step.rule for step in found.trace if step.mark is Mark.UNKNOWN]
    for rule, fact in program.open_facts(facts, at):
        if fact.id not in facts and fact.id not in _SKIPPED:
            return _question(fact, rule, len(open_rules))
    return found


def _claim(
    rulebooks: Rulebooks, facts: Mapping[str, object], at: date, found: Determination
) -> Question | Determination:
    """Before a burdened route is given, ask once whether an exemption is claimed that could change it."""
    if found.route not in {Route.SA, Route.SCC_OR_CERT} or "ground" in facts:
        return found
    if not open_grounds(rulebooks, facts, at=at):
        return found
    return _question(rulebooks.book().facts["ground"], found.rule, 0)


def _question(fact: Fact, rule: str, open_rules: int) -> Question:
    answers: tuple[tuple[str, Text], ...] = ()
    if fact.kind == "truth":
        answers = _YES_NO
    elif fact.kind == "choice":
        answers = tuple((value, fact.names.get(value, Text(value, value))) for value in fact.values)
    return Question(
        fact=fact.id, kind=fact.kind, text=fact.question, answers=answers, suggestions=tuple(fact.suggest.items()),
        rule=rule, open_rules=open_rules,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """A walk through the questions: what was answered, and the next question or the answer.

    ``refused`` is an answer that could not be read; its question stands again.
    """

    answered: tuple[tuple[Question, object], ...]
    facts: Mapping[str, object]
    question: Question | None
    determination: Determination | None
    refused: BadFact | None


def walk(rulebooks: Rulebooks, typed: Mapping[str, str], *, at: date, rulebook: str = PATHWAY) -> Walk:
    """Go through the questions with answers as people typed them; an answer nobody asks for is left out."""
    facts: dict[str, object] = {}
    answered: list[tuple[Question, object]] = []
    while isinstance(step := next_question(rulebooks, facts, at, rulebook=rulebook), Question):
        given = typed.get(step.fact)
        if given is None:
            return Walk(
                answered=tuple(answered), facts=facts, question=step, determination=None, refused=None
            )
        fact = rulebooks.book(rulebook).facts[step.fact]
        try:
            value = read_typed(fact, given)
        except BadFact as bad:
            return Walk(answered=tuple(answered), facts=facts, question=step, determination=None, refused=bad)
        facts[step.fact] = value
        answered.append((step, value))
    return Walk(answered=tuple(answered), facts=facts, question=None, determination=step, refused=None)


_PERSONS = re.compile(r"([0-9]+)(?:\.([0-9]{1,4}))?(万)?")
_SPACES = str.maketrans("", "", ",， 人")


def read_typed(fact: Fact, text: str) -> object:
    """An answer as a person types it: ``120,000`` and ``12万`` are counts; nothing, or ``unknown``, is *not known*."""
    text = text.strip()
    if not text or text == "unknown":
        return "unknown"
    if fact.kind in {"count", "hundredths"}:
        found = _PERSONS.fullmatch(text[:20].translate(_SPACES))
        if found is None or (found[2] and not found[3]):
            fact.refuse(text, "0, 1, 2, …, 12万, unknown")
        number = int(found[1] + (found[2] or "").ljust(4, "0")) if found[3] else int(found[1])
        fact.reader()(number)
        return number
    fact.reader()(text)
    return text
