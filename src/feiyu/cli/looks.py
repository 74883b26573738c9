"""``feiyu looks``: who of the port's staff looked at one's own party's matters."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.base.clock import shown
from feiyu.cli.client import Token, Url, port_client
from feiyu.cli.lang import t
from feiyu.cli.show import both, err, out, table

HELP = t("谁看过：数据港人员看过本单位的哪些记录；给出编号则只列该记录及其组成部分。",
         "Who looked: what of your party's matters port staff have seen; with an id, at that thing and its parts.")  # fmt: skip


def looks(
    thing: Annotated[
        str, typer.Argument(help=t("办件、传输批次等的编号", "Id of a filing, a transfer, …"))
    ] = "",
    lists: Annotated[
        bool, typer.Option("--lists", help=t("也列出仅在列表中出现的", "Also where it only stood in a list"))
    ] = False,
    before: Annotated[
        int,
        typer.Option(help=t("从上一页末尾给出的数起", "Go on from the number at the end of the page before")),
    ] = 0,
    limit: Annotated[int, typer.Option(min=1, max=200, help=t("一页的行数", "Lines of a page"))] = 50,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """List a page of looks, newest first."""
    found = port_client(url, token).looks(thing=thing, lists=lists, before=before, limit=limit)
    if as_json:
        out.print(json.dumps(found, ensure_ascii=False, indent=1), soft_wrap=True, markup=False)
        return
    made = table(
        t("首次", "First"), t("末次", "Last"), t(">次数", ">Times"), t("方式", "How"), t("记录", "Thing"), t("人员", "By"), t("单位", "Of")
    )  # fmt: skip
    for one in found["looks"]:
        made.add_row(
            _at(one["first_at"]), _at(one["last_at"]), f"{one['times']:,}", both(one["how_name"]),
            f"{both(one['kind_name'])} {escape(one['thing'])}", _by(one), _of(one),
        )  # fmt: skip
    out.print(made)
    if found["next"]:
        more = t(f"还有更早的：--before {found['next']}", f"There are earlier ones: --before {found['next']}")
        err.print(more)


def _at(text: str) -> str:
    return shown(datetime.fromisoformat(text))


def _by(one: dict[str, Any]) -> str:
    return f"{escape(one['by'])} ({', '.join(both(seat['name']) for seat in one['seats'])})"


def _of(one: dict[str, Any]) -> str:
    return escape(both(one["by_party_name"]) if one["by_party_name"] else one["by_party"])
