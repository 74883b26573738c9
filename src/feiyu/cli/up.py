"""Run a built application until interrupted."""

import asyncio
import gc
import logging
import socket
from typing import Any

import structlog


def quiet() -> None:
    """Log lines as JSON on standard error, from warnings up."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level, structlog.processors.TimeStamper(fmt="iso"),
            structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
        logger_factory=structlog.PrintLoggerFactory(file=__import__("sys").stderr),
    )  # fmt: skip


def run(app: Any, sock: socket.socket, *, protocol: type[asyncio.Protocol] | None = None) -> None:
    """Serve until interrupted; ``protocol`` in the place of uvicorn's own."""
    import uvicorn

    config = uvicorn.Config(
        app,
        http=protocol or "auto",
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    # What is loaded by now stays as long as the process: the collector need not walk through all of it again and again.
    gc.freeze()
    uvicorn.Server(config).run(sockets=[sock])


def bind(host: str, port: int) -> socket.socket:
    """Bind first, so that the address is known before anything is told."""
    return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
