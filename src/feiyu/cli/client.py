"""Where the client commands reach a server: ``--url`` and ``--token``, or ``FEIYU_URL`` and ``FEIYU_TOKEN``."""

import os
from typing import Annotated

import typer

from feiyu.base.errors import BadInput
from feiyu.base.text import Text
from feiyu.cli.lang import LANG, t
from feiyu_sdk import EdgeClient, PortClient

Url = Annotated[
    str, typer.Option(help=t("服务地址(或环境变量 FEIYU_URL)", "The server's address (or FEIYU_URL)"))
]
Token = Annotated[
    str, typer.Option(help=t("访问令牌(或环境变量 FEIYU_TOKEN)", "Access token (or FEIYU_TOKEN)"))
]


class NoServer(BadInput):
    """A client command does not know where to go."""

    code = "CLI-0002"
    message = Text("没有给出服务地址或访问令牌。", "There is no server address or no access token.")
    hint = Text(
        "请使用 --url 与 --token,或设置 FEIYU_URL 与 FEIYU_TOKEN。",
        "Give --url and --token, or set FEIYU_URL and FEIYU_TOKEN.",
    )


def _where(url: str, token: str) -> tuple[str, str]:
    found = url or os.environ.get("FEIYU_URL", ""), token or os.environ.get("FEIYU_TOKEN", "")
    if not all(found):
        raise NoServer
    return found


def port_client(url: str, token: str) -> PortClient:
    """The port."""
    where = _where(url, token)
    return PortClient(where[0], token=where[1], lang=LANG)


def edge_client(url: str, token: str) -> EdgeClient:
    """The edge."""
    where = _where(url, token)
    return EdgeClient(where[0], token=where[1], lang=LANG)
