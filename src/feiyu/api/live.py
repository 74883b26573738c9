"""Live events for the console over server-sent events.

Rules this module keeps:
 * a caller hears of the transfers it may see and of nothing else;
 * a heartbeat every few seconds shows that the line is alive; the client reloads what a message names;
 * what is told to port staff is a look, recorded before it is sent;
 * waiting costs no thread: this is the one place with ``async def`` besides the middleware.
"""

import asyncio
import json
from collections.abc import AsyncIterator

import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from feiyu.base.ids import PartyId, TransferId
from feiyu.port import store
from feiyu.port.gate import PortGate
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity.http import CallerDep, HouseDep
from feiyu.registry.looks.http import looks_of, room_router
from feiyu.registry.looks.model import How, Thing

EVERY_S = 1.0
LIFE_S = 900
RECENT = 50


def live_router(gate: PortGate) -> APIRouter:
    """The route."""
    routes = room_router(prefix="/api/v1", tags=["live"])

    @routes.get("/live", operation_id="live")
    async def live(request: Request, caller: CallerDep, house: HouseDep) -> StreamingResponse:
        """Changes of transfers as they happen; ends after a quarter of an hour, clients reconnect."""
        house.access.demand(caller, "transfer.read")
        return StreamingResponse(
            _stream(request, caller, house, gate),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store"},
        )

    return routes


async def _stream(request: Request, caller: Caller, house: House, gate: PortGate) -> AsyncIterator[str]:
    seen: dict[TransferId, tuple[str, int]] | None = None
    looks = looks_of(request)
    for _ in range(int(LIFE_S / EVERY_S)):
        if await request.is_disconnected():
            return
        now, owners = await anyio.to_thread.run_sync(_snapshot, caller, house, gate)
        told = [] if seen is None else [one for one in now if seen.get(one) != now[one]]
        if looks is not None and told:
            things = [(Thing(owners[one], one), How.LISTED) for one in told]
            await anyio.to_thread.run_sync(looks.record, caller, things)
        for transfer, state in now.items():
            if seen is not None and seen.get(transfer) != state:
                changed = seen.get(transfer, ("", 0))[0] != state[0]
                topic = "transfer" if changed else "progress"
                yield _message(
                    {"topic": topic, "transfer": transfer, "state": state[0], "arrived_bytes": state[1]}
                )
        if seen is None or now == seen:
            yield ": alive\n\n"
        seen = now
        await asyncio.sleep(EVERY_S)


def _snapshot(
    caller: Caller, house: House, gate: PortGate
) -> tuple[dict[TransferId, tuple[str, int]], dict[TransferId, PartyId]]:
    """Of each transfer its state and the bytes that arrived, and whose it is."""
    scope = caller.scope(house.access, "transfer.read")
    with house.db.read(scope=scope) as tx:
        found = store.transfers(tx, scope, limit=RECENT)
    now = {t.id: (t.state.value, max(t.arrived_bytes, gate.live.get(t.id, 0))) for t in found}
    return now, {t.id: t.owner_party for t in found}


def _message(data: dict[str, object]) -> str:
    return f"event: change\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"
