"""Routes that exist in demo mode only: the seats one may choose from at sign-in."""

from fastapi import APIRouter
from pydantic import BaseModel

from feiyu.app.bootstrap import DEMO_PASSWORD, ORGANISATIONS
from feiyu.registry.access import ROLE_NAMES, Role
from feiyu.registry.identity.http import TextOut
from feiyu.registry.looks.http import room_router


class DemoAccountOut(BaseModel):
    """A seat of the demonstration."""

    account: str
    password: str
    name: str
    title: TextOut
    party: TextOut
    roles: list[TextOut]


def demo_router() -> APIRouter:
    """The route."""
    routes = room_router(prefix="/api/v1/demo", tags=["demo"])

    @routes.get("/accounts", operation_id="demo_accounts")
    def accounts() -> list[DemoAccountOut]:
        """The seats, with the password that all of them share in a demonstration."""
        return [
            DemoAccountOut(
                account=person.account, password=DEMO_PASSWORD, name=person.name, title=TextOut.of(person.title),
                party=TextOut.of(org.name), roles=[TextOut.of(ROLE_NAMES[role]) for role in person.roles],
            )
            for org in ORGANISATIONS
            for person in org.people
            if Role.EDGE not in person.roles
        ]  # fmt: skip

    return routes
