"""Turn a template and its values into a page.

Rules this module keeps:
 * everything that comes from outside is escaped; a value that a template names and nobody gave is an error;
 * no script and nothing from elsewhere: one stylesheet, served from here;
 * a page exists in both languages and says which one it is in;
 * who asks for a page and is refused reads the refusal on a page.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from feiyu.api.pages import texts
from feiyu.base.clock import SHANGHAI, from_text
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang, Text
from feiyu.registry.identity.http import house_of, lang_of
from feiyu.registry.looks.http import Shown
from feiyu.registry.looks.model import How, Thing

HERE = Path(__file__).parent
PLACES = ("/verify", "/guide", "/documents/")
"""Where the addresses of the pages begin."""
STATIC = HERE / "static"


INSTANT = re.compile(r"\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z")
"""An instant as receipts and their verifier write it, in the middle of a sentence."""


def beijing(at: datetime) -> str:
    """An instant as pages show it, with its zone."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S UTC+8")


def _told(found: re.Match[str]) -> str:
    """The same for what stands in a text that others wrote; what is no instant stays as it is."""
    try:
        return beijing(from_text(found[0]))
    except (ValueError, OverflowError):
        return found[0]


@cache
def _templates() -> Environment:
    found = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    found.filters["beijing"] = beijing
    found.filters["instants"] = lambda words: INSTANT.sub(_told, words)
    found.filters["thousands"] = lambda number: f"{number:,}"
    return found


def page(
    request: Request, name: str, *, status: int = 200, things: Sequence[Thing] = (), **values: Any
) -> Response:
    """The page of a template in the reader's language; ``things`` are those that belong to somebody."""
    lang = lang_of(request)
    other = Lang.EN if lang is Lang.ZH else Lang.ZH
    here = request.url.path

    def say(text: Text | Any) -> str:
        return str(text[lang] if isinstance(text, Text) else getattr(text, lang.value))

    html = (
        _templates()
        .get_template(name)
        .render(
            say=say,
            t=texts,
            lang=lang.value,
            other=other.value,
            here=here,
            demo=house_of(request).demo,
            **values,
        )
    )
    headers = {"Cache-Control": "no-store", "Content-Language": lang.value}
    return Shown(html, things, how=How.OPENED, media_type="text/html", status_code=status, headers=headers)


def is_read(request: Request) -> bool:
    """Whether somebody in front of a browser asks for one of the pages."""
    return request.url.path.startswith(PLACES) and "text/html" in request.headers.get("accept", "")


def refusal(request: Request, error: FeiyuError, *, trace: str) -> Response:
    """What is refused and what to do next, as a page."""
    return page(request, "refused.html.j2", status=error.http_status, error=error, trace=trace)
