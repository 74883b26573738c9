"""The HTTP application over a built port or edge.

Rules this module keeps:
 * one RFC 9457 body for every answer that is not 2xx, built in one place, in both languages, with a trace id; who asked for a
   server-made page reads the same on a page;
 * a fault answers 500 with the trace id and no detail; the detail is in the log under that id;
 * handlers are plain functions on at most as many threads as the database has connections (STYLE section 6);
 * a NUL character in an address or a JSON body is refused before any room sees it;
 * security headers on every answer; nothing is loaded from elsewhere.
"""

import re
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import anyio.to_thread
import structlog
from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from starlette.exceptions import HTTPException

from feiyu.api.invalid import told
from feiyu.api.pages.render import is_read, refusal
from feiyu.base.errors import BadInput, FeiyuError, LengthWanted, NoSuchPage, NulCharacter, TooLarge
from feiyu.base.said import said
from feiyu.base.text import Text, size_of
from feiyu.registry.house import House
from feiyu.registry.identity.http import lang_of
from feiyu.registry.looks.http import LookedRoute
from feiyu.registry.looks.service import Looks

log = structlog.get_logger("feiyu.api")
BODY_MAX = 48 * 1024 * 1024
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")
"""The escape of a NUL in JSON: a backslash that is not itself escaped, then ``u0000``."""
CONSOLE = Path(__file__).parent / "console"
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def create_app(
    house: House,
    routers: Sequence[Callable[[], Any]],
    *,
    title: str = "Feiyu port",
    looks: Looks | None = None,
) -> FastAPI:
    """Build the application; with ``looks`` what its answers show to port staff is recorded there."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = house.db.pool_size
        yield

    app = FastAPI(
        title=title,
        version="1",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/openapi.json",
    )
    app.state.house, app.state.looks = house, looks
    app.add_exception_handler(FeiyuError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)
    app.middleware("http")(_around)
    for make in routers:
        router = make()
        assert isinstance(router, APIRouter)
        if looks is not None:
            unseen = [one for one in router.routes if not isinstance(one, LookedRoute)]
            assert not unseen, f"answers that nobody looks through: {unseen}"
        app.include_router(router)
    _console(app)
    return app


def _problem(request: Request, error: FeiyuError, *, trace: str | None = None) -> Response:
    trace = trace or request.state.trace
    if is_read(request):
        answer = refusal(request, error, trace=trace)
    else:
        body = error.problem(lang_of(request)) | {"trace": trace}
        answer = JSONResponse(body, error.http_status, media_type="application/problem+json")
    if error.http_status == 401:
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, FeiyuError)
    log.info("refused", code=error.code, path=request.url.path, trace=request.state.trace)
    return _problem(request, error)


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    return _problem(request, BadInput(reason=told(error)))


def _no_page(request: Request) -> NoSuchPage:
    return NoSuchPage(url=f"{request.url.scheme}://{request.url.netloc}"[:200], ident=request.url.path[:200])


def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    refused: FeiyuError = (
        _no_page(request) if error.status_code in {404, 405} else BadInput(reason=said(str(error.detail)))
    )
    answer = _problem(request, refused)
    answer.status_code = error.status_code
    return answer


def _fault(request: Request, error: Exception) -> Response:
    trace = getattr(request.state, "trace", secrets.token_hex(8))
    log.error("fault", trace=trace, path=request.url.path, exc_info=error)
    return _problem(request, FeiyuError(), trace=trace)


async def _around(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
    request.state.trace = secrets.token_hex(8)
    length = request.headers.get("content-length", "0")
    if "transfer-encoding" in request.headers:
        answer: Response = _problem(request, LengthWanted())
    elif not length.isdigit() or int(length) > BODY_MAX:
        size = Text.same(size_of(int(length))) if length.isdigit() else said(length[:20])
        answer = _problem(
            request, TooLarge(what=Text("请求内容", "The request"), size=size, limit=size_of(BODY_MAX))
        )
    elif (place := await _nul(request)) is not None:
        answer = _problem(request, NulCharacter(place=place))
    else:
        answer = await call_next(request)
    for name, value in HEADERS.items():
        answer.headers.setdefault(name, value)
    answer.headers["X-Feiyu-Trace"] = request.state.trace
    return answer


async def _nul(request: Request) -> str | None:
    """Where a request holds a NUL character: its address, or the JSON of its body. Forms are checked where texts are bound."""
    if "\x00" in request.url.path or "%00" in request.url.query:
        return "address"
    if "json" in request.headers.get("content-type", "") and NUL.search(await request.body()):
        return "body"
    return None


def _console(app: FastAPI) -> None:
    """The built console, if it was built: every address that is not the API's is the single page."""

    @app.get("/healthz", include_in_schema=False)
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    if not (CONSOLE / "index.html").exists():
        return

    @app.get("/{path:path}", include_in_schema=False)
    def console(path: str, request: Request) -> Response:
        if path.startswith(("api/", "log/")):
            raise _no_page(request)
        file = (CONSOLE / path).resolve()
        if path and file.is_file() and file.is_relative_to(CONSOLE.resolve()):
            cache = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"Cache-Control": cache})
        return FileResponse(CONSOLE / "index.html", headers={"Cache-Control": "no-cache"})
