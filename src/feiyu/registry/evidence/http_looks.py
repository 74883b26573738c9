"""The route of looks: what port staff saw of one's own party's matters."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from feiyu.registry.access import ROLE_NAMES
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.http import DIRECTORY, CallerDep, HouseDep, RoleOut, TextOut
from feiyu.registry.identity.model import Party
from feiyu.registry.looks import store
from feiyu.registry.looks.http import room_router
from feiyu.registry.looks.model import HOW_NAMES, KIND_NAMES, How, Look, kind_of
from feiyu.registry.looks.service import Looks
from feiyu.store import Scope

PAGE_MAX = 200


class LookOut(BaseModel):
    """Somebody of the port's staff was shown a thing: first and last within an hour (in a list: a day), and how many times.

    ``by`` is the person's id, as in other records; ``within`` the thing that this one is part of.
    """

    thing: str
    kind: str
    kind_name: TextOut
    within: str | None
    how: How
    how_name: TextOut
    by: str
    by_party: str
    by_party_name: TextOut | None
    seats: list[RoleOut]
    first_at: datetime
    last_at: datetime
    times: int

    @classmethod
    def of(cls, look: Look, party: Party | None) -> "LookOut":
        """From the inside."""
        kind = kind_of(look.thing_id)
        return cls(
            thing=look.thing_id, kind=kind, kind_name=TextOut.of(KIND_NAMES[kind]), within=look.within_id, how=look.how,
            how_name=TextOut.of(HOW_NAMES[look.how]), by=look.principal_id, by_party=look.party_id,
            by_party_name=TextOut.of(party.name) if party else None,
            seats=[RoleOut(id=role.value, name=TextOut.of(ROLE_NAMES[role])) for role in look.seats],
            first_at=look.first_at, last_at=look.last_at, times=look.times,
        )  # fmt: skip


class LooksOut(BaseModel):
    """A page of looks, newest first; ``next`` is what ``before`` takes for the page after it, null on the last."""

    looks: list[LookOut]
    next: int | None


def router(looks: Looks) -> APIRouter:
    """The route."""
    routes = room_router(prefix="/api/v1", tags=["evidence"])

    @routes.get("/looks", operation_id="list_looks")
    def list_looks(
        caller: CallerDep, house: HouseDep, thing: Annotated[str | None, Query(max_length=64)] = None, *,
        lists: bool = False, before: Annotated[int | None, Query(ge=1, lt=2**62)] = None,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
    ) -> LooksOut:  # fmt: skip
        """Who of the port's staff looked at one's party's matters, or at one thing and its parts; with ``lists`` also where it only stood in a list."""
        house.access.demand(caller, "look.read")
        looks.flush()
        scope = Scope.of(caller.party_id)
        with house.db.read(scope=scope) as tx:
            found = store.looks(tx, scope, thing=thing, lists=lists, before=before, limit=limit + 1)
        page = found[:limit]
        with house.db.read(scope=DIRECTORY) as tx:
            parties = {one: identities.party_of(tx, one) for one in {each.party_id for each in page}}
        return LooksOut(
            looks=[LookOut.of(each, parties[each.party_id]) for each in page],
            next=page[-1].ordinal if len(found) > limit else None,
        )

    return routes
