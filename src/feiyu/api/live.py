"""Live events for the console over server-sent events.

Rules this module keeps:
 * a caller hears of the transfers it may see and of nothing else;
 * a heartbeat every few seconds shows that the line is alive; the client reloads what a message names;
 * waiting costs no thread: this is the one place with ``async def`` besides the middleware.
"""

import asyncio
import json
from collections.abc import AsyncIterator

import anyio.to_thread
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse

from feiyu.port import store
from feiyu.port.gate import PortGate
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity.http import CallerDep, HouseDep

EVERY_S = 1.0
LIFE_S = 900
RECENT = 50


def live_router(gate: PortGate) -> APIRouter:
    """The route."""
    routes = APIRouter(prefix="/api/v1", tags=["live"])

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
    seen: dict[str, tuple[str, int]] | None = None
    for _ in range(int(LIFE_S / EVERY_S)):
        if await request.is_disconnected():
            return
        now = await anyio.to_thread.run_sync(_snapshot, caller, house, gate)
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


def _snapshot(caller: Caller, house: House, gate: PortGate) -> dict[str, tuple[str, int]]:
    scope = caller.scope(house.access, "transfer.read")
    with house.db.read(scope=scope) as tx:
        found = store.transfers(tx, scope, limit=RECENT)
    return {t.id: (t.state.value, max(t.arrived_bytes, gate.live.get(t.id, 0))) for t in found}


def _message(data: dict[str, object]) -> str:
    return f"event: change\ndata: {json.dumps(data, separators=(',', ':'))}\n\n"
