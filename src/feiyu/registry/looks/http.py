"""Where answers pass on their way out: what of them belongs to a party is a look of whoever asked.

Rules this module keeps:
 * every route of a port is a ``LookedRoute`` (``feiyu.api.app`` refuses others), so no handler has to think of looks;
 * a wire model with ``owner_party`` and ``id`` shows a thing; one that names them otherwise has a method ``looked``;
 * a file or a page for somebody signed in is answered as ``Shown``, which says whose and what it is; any other is not shown to staff;
 * the look is recorded after the handler and before the answer is made: where it cannot be recorded, the answer is a refusal.
"""

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import wraps
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute
from pydantic import BaseModel

from feiyu.registry.access import Caller
from feiyu.registry.looks.model import How, Thing
from feiyu.registry.looks.service import Looks

_ASKING = "looks_request"
"""The parameter by which a route hands its request to what records, where the handler takes none itself."""


class Shown(Response):
    """A file or a page for somebody signed in, and the ``things`` that it shows: none where it is nobody's.

    ``caller`` is given where the request does not say who asks (a private calendar feed).
    """

    def __init__(
        self, content: str | bytes, things: Sequence[Thing], *, media_type: str, how: How = How.DOWNLOADED, status_code: int = 200,
        headers: Mapping[str, str] | None = None, caller: Caller | None = None,
    ) -> None:  # fmt: skip
        super().__init__(content, status_code, media_type=media_type, headers=headers)
        self.things, self.how, self.caller = tuple(things), how, caller


def as_file(name: str) -> dict[str, str]:
    """The headers of a file that somebody brought: it is saved under its name, and no browser guesses what it is."""
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
    }


class LookedRoute(APIRoute):
    """A route whose answers are looked through."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **settings: Any) -> None:
        super().__init__(path, _looked(endpoint), **settings)


def room_router(*, prefix: str = "", tags: Sequence[str]) -> APIRouter:
    """The router of a room."""
    return APIRouter(prefix=prefix, tags=list(tags), route_class=LookedRoute)


def looks_of(request: Request) -> Looks | None:
    """Where looks are recorded; None at an edge, where no seat of the port sits."""
    looks: Looks | None = request.app.state.looks
    return looks


def shown_in(answer: object, how: How = How.OPENED) -> Iterator[tuple[Thing, How]]:
    """The things that an answer shows, and how: what stands in a list is ``listed``."""
    if isinstance(answer, Shown):
        for thing in answer.things:
            yield thing, thing.how or answer.how
    elif isinstance(answer, list | tuple):
        for one in answer:
            yield from shown_in(one, How.LISTED)
    elif isinstance(answer, BaseModel):
        if (looked := getattr(answer, "looked", None)) is not None:
            if (thing := looked()) is not None:
                yield thing, thing.how or how
        elif (owner := getattr(answer, "owner_party", None)) is not None:
            yield Thing(owner, answer.id), how  # type: ignore[attr-defined] # test_looks holds every model to it
        else:
            for name in type(answer).model_fields:
                yield from shown_in(getattr(answer, name), how)


def _looked(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    """The endpoint, with its answer looked through; a stream records for itself what it sends."""
    if inspect.iscoroutinefunction(endpoint):
        return endpoint

    own = inspect.signature(endpoint)
    theirs = next((name for name, one in own.parameters.items() if one.annotation is Request), None)

    @wraps(endpoint)
    def answered(**given: Any) -> Any:
        request: Request = given[theirs] if theirs else given.pop(_ASKING)
        answer = endpoint(**given)
        looks = looks_of(request)
        caller = getattr(answer, "caller", None) or getattr(request.state, "caller", None)
        if looks is not None and isinstance(caller, Caller) and looks.of_staff(caller):
            if isinstance(answer, Response) and not isinstance(answer, Shown) and answer.body:
                raise TypeError(f"{endpoint} shows staff what nobody looked through")
            looks.record(caller, shown_in(answer))
        return answer

    if theirs is None:
        asking = inspect.Parameter(_ASKING, inspect.Parameter.KEYWORD_ONLY, annotation=Request)
        answered.__signature__ = own.replace(parameters=[*own.parameters.values(), asking])  # type: ignore[attr-defined]
    return answered
