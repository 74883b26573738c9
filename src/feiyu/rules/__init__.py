"""Decide from facts and law: a pure engine over rulebooks that are data, usable alone.

``load()`` reads and checks the law shipped with Feiyu; ``Rulebooks.determine(facts, at=day)`` answers. Around an answer
stand ``least_data`` (smaller data), ``why_not`` and ``what_if``, ``next_question`` (the guide), ``answer_case`` (worked
cases as JSON), ``reminders`` and ``project`` (after it).
"""

from feiyu.rules.books import PATHWAY, Rulebooks, load
from feiyu.rules.cases import answer_case
from feiyu.rules.diff import compare, shifts
from feiyu.rules.guide import Question, next_question
from feiyu.rules.least import Advice, Change, DataField, Kind, least_data
from feiyu.rules.lifecycle import project, reminders
from feiyu.rules.model import Citation, Determination, Mark, Missing, Obligation, Route, Step
from feiyu.rules.try_out import open_grounds, what_if, why, why_not

__all__ = [
    "PATHWAY", "Advice", "Change", "Citation", "DataField", "Determination", "Kind", "Mark", "Missing", "Obligation",
    "Question", "Route", "Rulebooks", "Step", "answer_case", "compare", "least_data", "load", "next_question",
    "open_grounds", "project", "reminders", "shifts", "what_if", "why", "why_not",
]  # fmt: skip
