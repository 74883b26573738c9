"""The small-request gateway: thousands of ``POST /api/v1/batches`` a second, grouped into few transactions.

A device hall sends many small calls at once. Each of them, answered alone, costs a thread, a read of the token and a
transaction; here those that wait together share all three. Everything else, and every call that is not plainly good,
goes on to the application, which answers it as it answers any other: same checks, same refusals.

Rules this module keeps:
 * answered is what is committed: the event's id goes out after the transaction that holds it;
 * a token is looked up once a second, by one call for all, so a revoked one is good for a second more and no longer;
 * queue and body are bounded; beyond them the application's own way, and its back-pressure, is taken.
"""

import asyncio
import secrets
import threading
from collections import deque
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from feiyu.base.clock import monotonic_s
from feiyu.base.errors import FeiyuError
from feiyu.registry.access import Caller
from feiyu.registry.evidence import batches
from feiyu.registry.evidence.http_watch import BatchIn
from feiyu.registry.house import House
from feiyu.registry.identity import service
from feiyu.registry.identity import store as identities
from feiyu.store import Scope, Tx

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]
PATH = "/api/v1/batches"
MAX_BODY = 1024
MAX_WAITING = 8192
AT_ONCE = 1024
TOKEN_S = 1.0
MAX_TOKENS = 4096
WHO = Scope.all("who is calling")


@dataclass(slots=True)
class _Known:
    """A caller, the pseudonym of its party, and until when the token need not be looked up again."""

    caller: Caller
    source: str
    until: float


@dataclass(slots=True)
class _Waiting:
    known: _Known
    root: batches.Root
    answer: "asyncio.Future[str]"


class Gateway:
    """ASGI middleware in front of the port's application."""

    def __init__(self, app: Application, *, house: House, headers: dict[str, str]) -> None:
        self._app = app
        self._house = house
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        self._known: dict[bytes, _Known] = {}
        self._look_ups: dict[bytes, asyncio.Task[_Known | None]] = {}
        self._queue: deque[_Waiting] = deque()
        self._traces: list[bytes] = []
        self._busy = False
        self._turn = threading.Lock()  # at most one thread writes, and none that waits is overlooked

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        """Take what is plainly a good batch; hand on everything else, body and all."""
        if scope["type"] != "http" or scope["path"] != PATH or scope["method"] != "POST":
            await self._app(scope, receive, send)
            return
        message = await receive()
        body = message.get("body", b"")
        event = None
        if message["type"] == "http.request" and not message.get("more_body") and len(body) <= MAX_BODY:
            event = await self._take(scope["headers"], body)
        if event is None:
            await self._app(scope, _again(message, receive), send)
            return
        answer = b'{"event_id":"%b"}' % event.encode()
        headers = [
            *self._headers, (b"content-type", b"application/json"), (b"content-length", b"%d" % len(answer)),
            (b"x-feiyu-trace", self._trace()),
        ]  # fmt: skip
        await send({"type": "http.response.start", "status": 201, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    def _trace(self) -> bytes:
        """A trace id as the application gives one; drawn many at once."""
        if not self._traces:
            drawn = secrets.token_hex(8 * AT_ONCE).encode()
            self._traces = [drawn[at : at + 16] for at in range(0, len(drawn), 16)]
        return self._traces.pop()

    async def _take(self, headers: list[tuple[bytes, bytes]], body: bytes) -> str | None:
        """The event's id, or None where the application should answer."""
        known = await self._caller([value for name, value in headers if name == b"authorization"])
        if known is None or len(self._queue) >= MAX_WAITING:
            return None
        try:
            root = BatchIn.model_validate_json(body).inside()
        except ValidationError:
            return None
        loop = asyncio.get_running_loop()
        waiting = _Waiting(known, root, loop.create_future())
        with self._turn:
            self._queue.append(waiting)
            idle, self._busy = not self._busy, True
        if idle:
            threading.Thread(target=self._write, args=(loop,), name="feiyu-gateway", daemon=True).start()
        try:
            return await waiting.answer
        except FeiyuError:
            return None  # the application says why

    async def _caller(self, authorization: list[bytes]) -> _Known | None:
        if len(authorization) != 1 or not authorization[0].lower().startswith(b"bearer "):
            return None
        known = self._known.get(authorization[0])
        if known is None or known.until < monotonic_s():
            known = await asyncio.shield(self._looking(authorization[0]))
        return known

    def _looking(self, authorization: bytes) -> "asyncio.Task[_Known | None]":
        """The one look-up of a token that is under way; all calls that wait for it share it."""
        task = self._look_ups.get(authorization)
        if task is None:
            task = self._look_ups[authorization] = asyncio.create_task(
                asyncio.to_thread(self._look_up, authorization)
            )
            task.add_done_callback(lambda _: self._look_ups.pop(authorization, None))
        return task

    def _look_up(self, authorization: bytes) -> _Known | None:
        secret = authorization[7:].decode("ascii", "replace").strip()
        try:
            with self._house.db.read(scope=WHO) as tx:
                caller = service.authenticate(self._house, tx, secret)
                source = identities.pseudonym_of(tx, caller.party_id) or ""
            self._house.access.demand(caller, "batch.write")
        except FeiyuError:
            self._known.pop(authorization, None)
            return None
        if len(self._known) >= MAX_TOKENS:
            self._known.clear()
        known = _Known(caller, source, monotonic_s() + TOKEN_S)
        self._known[authorization] = known
        return known

    def _write(self, loop: asyncio.AbstractEventLoop) -> None:
        """Write what waits, group after group; ends when nothing does."""
        while True:
            with self._turn:
                group = [self._queue.popleft() for _ in range(min(AT_ONCE, len(self._queue)))]
                self._busy = bool(group)
            if not group:
                return
            outcome = self._record(group)
            loop.call_soon_threadsafe(_answer_all, group, outcome)

    def _record(self, group: list[_Waiting]) -> "list[str] | FeiyuError":
        def act(tx: Tx) -> list[str]:
            found: dict[int, str] = {}
            by_source: dict[str, list[int]] = {}
            for number, one in enumerate(group):
                by_source.setdefault(one.known.source, []).append(number)
            for source, numbers in sorted(by_source.items()):
                caller = group[numbers[0]].known.caller
                roots = [group[number].root for number in numbers]
                refs = batches.record_batches(self._house, tx, caller, roots, source=source)
                found |= dict(zip(numbers, (ref.event_id for ref in refs), strict=True))
            return [found[number] for number in range(len(group))]

        try:
            return self._house.db.write(act, scope=Scope.all("batches of several parties"))
        except FeiyuError as refusal:
            return refusal
        except Exception as fault:  # noqa: BLE001 - each call is answered by the application, which meets the fault itself
            return FeiyuError(reason=str(fault))


def _answer_all(group: list[_Waiting], outcome: "list[str] | FeiyuError") -> None:
    for number, one in enumerate(group):
        if one.answer.done():
            continue
        if isinstance(outcome, FeiyuError):
            one.answer.set_exception(outcome)
        else:
            one.answer.set_result(outcome[number])


def _again(first: Message, receive: Receive) -> Receive:
    """A ``receive`` that begins with the message that was read already."""
    told = [first]

    async def replay() -> Message:
        return told.pop() if told else await receive()

    return replay
