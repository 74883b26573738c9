"""The guest book as a Part: table, route, access line, event type, subscription, page."""

from fastapi import APIRouter
from sqlalchemy import Column, MetaData, String, Table, insert, select

from feiyu.base.text import Text
from feiyu.registry.access import Reach, Role, Rule
from feiyu.registry.identity.http import CallerDep, HouseDep
from feiyu.registry.journal import EventType, Kind
from feiyu.registry.journal.outbox import Message
from feiyu.registry.looks.http import room_router
from feiyu.registry.part import Page, Part, Subscription
from feiyu.store import Instant, Tx, ident, metadata_convention, owned, owner

metadata = MetaData(naming_convention=metadata_convention)
guest = Table(
    "guest",
    metadata,
    Column("message_id", ident(), primary_key=True),
    owner(),
    Column("topic", String(80), nullable=False),
    Column("at", Instant, nullable=False),
)


def write_down(tx: Tx, message: Message) -> None:
    tx.execute(
        insert(guest).values(
            message_id=message.message_id, owner_party=message.owner_party, topic=message.topic, at=message.at
        )
    )


def router() -> APIRouter:
    routes = room_router(prefix="/api/v1", tags=["guestbook"])

    @routes.get("/guests", operation_id="list_guests")
    def list_guests(caller: CallerDep, house: HouseDep) -> list[str]:
        """What was heard."""
        house.access.demand(caller, "guest.read")
        scope = caller.scope(house.access, "guest.read")
        with house.db.read(scope=scope) as tx:
            return list(
                tx.execute(select(guest.c.topic).where(owned(scope, guest)).order_by(guest.c.at)).scalars()
            )

    return routes


def guestbook(migrations: str) -> Part:
    return Part(
        name="guestbook",
        title=Text("来访簿", "Guest book"),
        metadata=metadata,
        migrations=migrations,
        routers=(router,),
        access=(Rule((Role.OFFICER,), "guest.read", Reach.OWN),),
        events=(
            EventType(name="guest.written", title=Text("登记", "Written down"), data={"topic": Kind.WORD}),
        ),
        subscriptions=(Subscription(name="guestbook", topic="transfer.sealed", handler=write_down),),
        pages=(Page(path="/guests", title=Text("来访簿", "Guest book"), action="guest.read"),),
    )
