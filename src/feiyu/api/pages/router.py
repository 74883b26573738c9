"""All server-made pages and their stylesheet."""

from fastapi import APIRouter
from fastapi.responses import FileResponse

from feiyu.api.pages import guide, receipt, verify
from feiyu.api.pages.render import STATIC
from feiyu.base import nouns
from feiyu.base.errors import NotFound
from feiyu.evidence.log import Log
from feiyu.registry.looks.http import room_router

FILES = frozenset({"pages.css", "verify.js"})


def router(log: Log, twin: Log | None = None) -> APIRouter:
    """The routes; mount them before the console, whose address is everything else."""
    routes = room_router(tags=["pages"])
    verify.add(routes)
    guide.add(routes)
    receipt.add(routes, log, twin)

    @routes.get("/pages/{name}", include_in_schema=False)
    def file(name: str) -> FileResponse:
        """A stylesheet or script of the pages."""
        if name not in FILES:
            raise NotFound(what=nouns.FILE, ident=name[:100])
        return FileResponse(STATIC / name, headers={"Cache-Control": "no-cache"})

    return routes
