"""Route of the public guide: one question at a time, then the answer. No account, and nothing is kept."""

from datetime import date
from functools import cache
from typing import Any

from fastapi import APIRouter
from pydantic import BaseModel, Field

from feiyu.base.clock import legal_date
from feiyu.registry.identity.http import HouseDep
from feiyu.registry.looks.http import room_router
from feiyu.rules import open_grounds
from feiyu.rules.guide import walk


class GuideIn(BaseModel):
    """The answers so far, as typed; ``at`` asks for the law of another day."""

    answers: dict[str, str] = Field(default={}, max_length=120)
    at: date | None = None


class GuideOut(BaseModel):
    """What was answered, and the next question or the determination with the exemptions that may fit."""

    answered: list[dict[str, Any]]
    question: dict[str, Any] | None
    determination: dict[str, Any] | None
    open_grounds: list[dict[str, Any]]
    refused: dict[str, Any] | None


@cache
def router() -> APIRouter:
    """The routes, made once: they hold nothing of one application."""
    routes = room_router(prefix="/api/v1", tags=["law"])

    @routes.post("/guide", operation_id="guide")
    def guide(body: GuideIn, house: HouseDep) -> GuideOut:
        """Which way must data go? The next question worth asking, or the answer."""
        at = body.at or legal_date(house.clock.now())
        found = walk(house.rulebooks, body.answers, at=at)
        grounds = open_grounds(house.rulebooks, found.facts, at=at) if found.determination else ()
        refused = found.refused
        return GuideOut(
            answered=[{"question": one.as_dict(), "value": value} for one, value in found.answered],
            question=found.question.as_dict() if found.question else None,
            determination=found.determination.as_dict() if found.determination else None,
            open_grounds=[one.as_dict() for one in grounds],
            refused={
                "message": refused.told.as_dict(), "fact": refused.values["fact"],
            } if refused else None,
        )  # fmt: skip

    return routes
