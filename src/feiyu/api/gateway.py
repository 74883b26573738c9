"""The small-request gateway: thousands of ``POST /api/v1/batches`` a second, grouped into few transactions.

A device hall sends many small calls at once. Each of them, answered alone, costs a parse, a thread, a read of the token and a
transaction; here those that wait together share all of it. Everything else, and every call that is not plainly good, is
the application's, which answers it as it answers any other: same checks, same refusals.

Rules this module keeps:
 * answered is what is committed: the event's id goes out after the transaction that holds it;
 * a head is taken only in its plainest form, whole, with one length and one token; what a second reader might read
   differently is not read here;
 * a token is looked up once a second, by one call for all, so a revoked one is good for a second more and no longer;
 * queue, heads, tokens and bodies are bounded; beyond them the application's own way, and its back-pressure, is taken.

Everything but looking up and writing is done in the event loop's thread.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from pydantic import ValidationError

from feiyu.base.clock import monotonic_s
from feiyu.registry.access import Caller
from feiyu.registry.evidence import batches
from feiyu.registry.evidence.http_watch import BatchIn
from feiyu.registry.house import House
from feiyu.registry.identity import service
from feiyu.registry.identity import store as identities
from feiyu.store import Scope, Tx

T = TypeVar("T")
START = b"POST /api/v1/batches HTTP/1.1\r\n"
MAX_HEAD = 2048
MAX_BODY = 1024
MAX_WAITING = 8192
AT_ONCE = 1024
TOKEN_S = 1.0
MAX_TOKENS = 4096
MAX_HEADS = 1024
WHO = Scope.all("who is calling")
_LINES = re.compile(rb"(?:[A-Za-z0-9-]+:[ \t]*[\x21-\x7e](?:[\x20-\x7e\t]*[\x21-\x7e])?[ \t]*\r\n)+\r\n")
_PLAIN = {
    b"transfer-encoding": None, b"content-encoding": None, b"expect": None, b"upgrade": None, b"te": None, b"trailer": None,
    b"connection": b"keep-alive", b"content-type": b"application/json",
}  # fmt: skip
"""Headers that change how a request is read, and the one value with which it is read here."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a plain head says: the value of ``Authorization``, and how many bytes the body has."""

    authorization: bytes
    length: int


class Call(Protocol):
    """Who waits for an answer."""

    def answer(self, event_id: str) -> None:
        """It is recorded."""
        ...

    def decline(self) -> None:
        """The application is to answer."""
        ...


@dataclass(slots=True)
class _Known:
    """A caller, the pseudonym of its party, and until when the token need not be looked up again."""

    caller: Caller
    source: str
    until: float


_Waiting = tuple[_Known, batches.Root, Call]


class Gateway:
    """Takes plain calls of one event loop, for ``feiyu.api.door``."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._heads: dict[bytes, Head] = {}
        self._known: dict[bytes, _Known] = {}
        self._looking: dict[bytes, list[tuple[batches.Root, Call]]] = {}
        self._queue: list[_Waiting] = []
        self._busy = False
        # Apart, so that a flood of strangers' tokens delays nobody whose call is only to be written.
        self._writing = ThreadPoolExecutor(1, thread_name_prefix="feiyu-gateway")
        self._looking_up = ThreadPoolExecutor(2, thread_name_prefix="feiyu-gateway-token")

    def head(self, data: bytes) -> Head | None:
        """As ``read_head``; connections repeat theirs."""
        found = self._heads.get(data)
        if found is None:
            found = read_head(data)
            if found is not None:
                if len(self._heads) >= MAX_HEADS:
                    self._heads.clear()
                self._heads[data] = found
        return found

    def take(self, authorization: bytes, body: bytes, call: Call) -> bool:
        """Answer or decline the call in time; False, and nothing will come, where it is not plainly good."""
        if len(self._queue) >= MAX_WAITING:
            return False
        try:
            root = BatchIn.model_validate_json(body).inside()
        except ValidationError:
            return False
        known = self._known.get(authorization)
        if known is None or known.until < monotonic_s():
            return self._wait_for_token(authorization, root, call)
        self._put(known, root, call)
        return True

    def _put(self, known: _Known, root: batches.Root, call: Call) -> None:
        self._queue.append((known, root, call))
        if not self._busy:
            self._busy = True
            # Not at once: whoever's request has arrived by now is of the same group.
            asyncio.get_running_loop().call_soon(self._write)

    def _write(self) -> None:
        """Write what waits; what comes meanwhile is the next group."""
        group, self._queue = self._queue[:AT_ONCE], self._queue[AT_ONCE:]
        self._busy = bool(group)
        if group:
            _apart(self._writing, lambda: self._record(group), lambda outcome: self._written(group, outcome))

    def _written(self, group: list[_Waiting], outcome: list[str] | None) -> None:
        for number, (_, _, call) in enumerate(group):
            if outcome is None:
                call.decline()
            else:
                call.answer(outcome[number])
        self._write()

    def _record(self, group: Sequence[_Waiting]) -> list[str]:
        """The ids of the events, in the group's order."""

        def act(tx: Tx) -> list[str]:
            found: dict[int, str] = {}
            by_source: dict[str, list[int]] = {}
            for number, (known, _, _) in enumerate(group):
                by_source.setdefault(known.source, []).append(number)
            for source, numbers in sorted(by_source.items()):
                caller = group[numbers[0]][0].caller
                roots = [group[number][1] for number in numbers]
                refs = batches.record_batches(self._house, tx, caller, roots, source=source)
                found |= dict(zip(numbers, (ref.event_id for ref in refs), strict=True))
            return [found[number] for number in range(len(group))]

        return self._house.db.write(act, scope=Scope.all("batches of several parties"))

    def _wait_for_token(self, authorization: bytes, root: batches.Root, call: Call) -> bool:
        """Look a token up; all calls that wait for it share the look-up."""
        if not authorization.lower().startswith(b"bearer "):
            return False
        waiting = self._looking.get(authorization)
        if waiting is None:
            if len(self._looking) >= MAX_TOKENS:
                return False
            waiting = self._looking[authorization] = []
            _apart(
                self._looking_up, lambda: self._look_up(authorization),
                lambda known: self._looked_up(authorization, known),
            )  # fmt: skip
        if len(waiting) >= MAX_WAITING:
            return False
        waiting.append((root, call))
        return True

    def _looked_up(self, authorization: bytes, known: _Known | None) -> None:
        if known is None:
            self._known.pop(authorization, None)
        else:
            if len(self._known) >= MAX_TOKENS:
                self._known.clear()
            self._known[authorization] = known
        for root, call in self._looking.pop(authorization):
            if known is None or len(self._queue) >= MAX_WAITING:
                call.decline()
            else:
                self._put(known, root, call)

    def _look_up(self, authorization: bytes) -> _Known:
        secret = authorization[7:].decode("ascii", "replace").strip()
        with self._house.db.read(scope=WHO) as tx:
            caller = service.authenticate(self._house, tx, secret)
            source = identities.pseudonym_of(tx, caller.party_id) or ""
        self._house.access.demand(caller, "batch.write")
        return _Known(caller, source, monotonic_s() + TOKEN_S)


def _apart(threads: ThreadPoolExecutor, work: Callable[[], T], then: Callable[[T | None], None]) -> None:
    """Do something in a thread, and go on here; with None where it failed: the application will meet the failure itself."""
    made = asyncio.get_running_loop().run_in_executor(threads, work)
    made.add_done_callback(lambda done: then(None if done.exception() else done.result()))


def read_head(data: bytes) -> Head | None:
    """Read a head, ``START`` to the empty line; None when it is not plain."""
    if not data.startswith(START) or len(data) > MAX_HEAD or not _LINES.fullmatch(data, len(START)):
        return None
    said: dict[bytes, bytes] = {}
    for line in data[len(START) : -4].split(b"\r\n"):
        name, _, value = line.partition(b":")
        name = name.lower()
        if name in said:
            return None
        said[name] = value.strip(b" \t")
    for name, plain in _PLAIN.items():
        if said.get(name, plain) != plain:
            return None
    length = said.get(b"content-length", b"")
    if not (length.isdigit() and len(length) <= 4 and int(length) <= MAX_BODY):
        return None
    if b"host" not in said or b"authorization" not in said or b"content-type" not in said:
        return None
    return Head(said[b"authorization"], int(length))
