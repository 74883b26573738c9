"""The port's application: its rooms' routes, live events, pages, and the demonstration's seats where it is one."""

from fastapi import FastAPI
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from feiyu.api.app import HEADERS, create_app
from feiyu.api.demo import demo_router
from feiyu.api.door import door
from feiyu.api.gateway import Gateway
from feiyu.api.live import live_router
from feiyu.api.pages import router as pages_router
from feiyu.app.port import PortSystem


def port_app(port: PortSystem) -> FastAPI:
    """Build it."""
    extra = [lambda: live_router(port.gate), lambda: pages_router(port.log, port.twin)]
    if port.house.demo:
        extra.append(demo_router)
    return create_app(port.house, (*port.routers, *extra), title="Feiyu port", looks=port.looks)


def port_http(port: PortSystem) -> tuple[FastAPI, type[HttpToolsProtocol]]:
    """The application, and the protocol that takes small calls before it."""
    return port_app(port), door(Gateway(port.house), HEADERS)
