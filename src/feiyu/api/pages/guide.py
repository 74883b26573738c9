"""The public guide 我该走哪条路: one question a page, then the answer. The answers stand in the address and nowhere else.

Rules this module keeps:
 * it needs no account and no script, and keeps nothing;
 * questions and answers come from the rulebook; this page only shows them;
 * what cannot be read is asked again, with what is allowed.
"""

from datetime import date
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response

from feiyu.api.pages.render import page
from feiyu.base.clock import legal_date
from feiyu.base.text import Text
from feiyu.registry.identity.http import HouseDep
from feiyu.rules import Question, open_grounds
from feiyu.rules.guide import walk
from feiyu.rules.model import ROUTE_NAMES

MAX_ANSWERS = 120
TONE = {
    "EXEMPT": "trusted", "FTZ_GENERAL_LIST": "trusted", "FTZ_OFF_LIST": "trusted", "NOT_OUTBOUND": "trusted",
    "PROHIBITED": "broken", "HOLD": "broken",
}  # fmt: skip


def add(routes: APIRouter) -> None:
    """Add the page."""

    @routes.get("/guide", include_in_schema=False)
    def guide(request: Request, house: HouseDep) -> Response:
        """The next question, or the answer."""
        given = [(name, value[:300]) for name, value in request.query_params.multi_items()][:MAX_ANSWERS]
        typed = {name: value for name, value in given if name not in {"lang", "at"}}
        today = legal_date(house.clock.now())
        at = _day(request.query_params.get("at"), today)
        found = walk(house.rulebooks, typed, at=at)
        kept = [(question.fact, str(typed[question.fact])) for question, _ in found.answered]
        rest = [("at", at.isoformat())] if at != today else []
        answered = [
            (question, _words(question, value), urlencode([*rest, *kept[:number]]))
            for number, (question, value) in enumerate(found.answered)
        ]
        grounds = open_grounds(house.rulebooks, found.facts, at=at) if found.determination else ()
        names = house.rulebooks.book().facts["ground"].names
        return page(
            request, "guide.html.j2", question=found.question, found=found.determination, answered=answered,
            hidden=[*rest, *kept], here_query=urlencode([*rest, *kept]), refused=found.refused, routes=ROUTE_NAMES,
            tone=TONE, grounds=grounds, ground_names=names,
        )  # fmt: skip


def _day(text: str | None, today: date) -> date:
    try:
        return max(date.fromisoformat(text or ""), date(2022, 9, 1))
    except ValueError:
        return today


def _words(question: Question, value: object) -> Text:
    """An answer in words."""
    if value == "unknown":
        return Text("不清楚", "not known")
    if isinstance(value, int):
        return Text(f"{value:,}", f"{value:,}")
    known = dict((*question.answers, *question.suggestions))
    return known.get(str(value), Text(str(value), str(value)))
