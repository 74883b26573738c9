"""Routes of the law in force here: the questions a rulebook asks, its options, the texts it cites. Public."""

from datetime import date
from functools import cache

from fastapi import APIRouter
from pydantic import BaseModel

from feiyu.base.clock import legal_date
from feiyu.registry.identity.http import HouseDep, TextOut
from feiyu.registry.looks.http import room_router
from feiyu.registry.scenarios.countries import country_names


class FactOut(BaseModel):
    """A fact that a rulebook asks for, with the names of its values."""

    id: str
    question: TextOut
    values: dict[str, TextOut]


class LawSourceOut(BaseModel):
    """A legal text; the Chinese one is authoritative."""

    title: TextOut
    issuer: TextOut
    number: str | None
    effective_from: date
    effective_to: date | None
    in_force: bool
    url: str | None


class RulebookOut(BaseModel):
    """What a determination refers to by its id."""

    name: str
    title: TextOut
    facts: list[FactOut]
    options: dict[str, TextOut]
    sources: dict[str, LawSourceOut]
    countries: dict[str, TextOut]


@cache
def router() -> APIRouter:
    """The routes, made once: they hold nothing of one application."""
    routes = room_router(prefix="/api/v1", tags=["law"])

    @routes.get("/rulebook", operation_id="get_rulebook")
    def get_rulebook(house: HouseDep) -> RulebookOut:
        """The rulebook that determinations here are made by."""
        book, today = house.rulebooks.book(), legal_date(house.clock.now())
        return RulebookOut(
            name=book.name, title=TextOut.of(book.title),
            facts=[
                FactOut(
                    id=fact.id, question=TextOut.of(fact.question),
                    values={value: TextOut.of(name) for value, name in (*fact.names.items(), *fact.suggest.items())},
                )
                for fact in book.facts.values()
            ],
            options={choice.id: TextOut.of(choice.title) for choice in (*book.options, *book.actions)},
            sources={
                source.id: LawSourceOut(
                    title=TextOut.of(source.title), issuer=TextOut.of(source.issuer), number=source.number,
                    effective_from=source.effective_from, effective_to=source.effective_to,
                    in_force=source.in_force(today), url=source.url,
                )
                for source in house.rulebooks.sources.values()
            },
            countries={code: TextOut.of(name) for code, name in country_names().items()},
        )  # fmt: skip

    return routes
