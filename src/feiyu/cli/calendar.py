"""``feiyu calendar``: every clock in one list, and a private feed for a calendar program."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.cli.client import Token, Url, port_client
from feiyu.cli.lang import t
from feiyu.cli.show import both, out, table

HELP = t("日程与期限：有效期、申请窗口、办件期限、年度报告、事件报告，列在一处。",
         "Calendar: validity, windows, filing steps, yearly reports, incident clocks, in one list.")  # fmt: skip
STATES = {
    "overdue": ("[bold red]已逾期[/]", "[bold red]overdue[/]"), "due": ("[yellow]两周内[/]", "[yellow]due[/]"),
    "open": ("[green]可办理[/]", "[green]open[/]"), "later": ("以后", "later"),
}  # fmt: skip


def calendar(
    state: Annotated[
        str, typer.Option(help=t("只列某一状态：overdue、due、open、later", "Only one state: overdue, due, open, later"))
    ] = "",
    feed: Annotated[bool, typer.Option("--feed", help=t("生成私有订阅地址（ICS），旧地址失效",
                                                        "Make the address of a private feed (ICS); the one before ends"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
    url: Url = "",
    token: Token = "",
) -> None:  # fmt: skip
    """List clocks, or make a feed."""
    port = port_client(url, token)
    if feed:
        out.print(port.api.url + port.calendar_feed()["path"], soft_wrap=True)
        return
    found = port.calendar()
    rows = [one for one in found["clocks"] if not state or one["state"] == state]
    if as_json:
        out.print(
            json.dumps(found | {"clocks": rows}, ensure_ascii=False, indent=1), soft_wrap=True, markup=False
        )
        return
    made = table(t("日期", "Day"), t("状态", "State"), t("事项", "What"), t("依据", "Source"))
    for one in rows:
        made.add_row(
            _day(one),
            t(*STATES[one["state"]]),
            escape(both(one["title"])),
            ", ".join(c["ref"] for c in one["citations"]),
        )
    out.print(made)
    if any(one["provisional"] for one in rows):
        years = found["holidays_published"]
        out.print(t(f"*暂定：{max(years) + 1} 年节假日安排尚未公布，列出的是最早可能的一天。",
                    f"*provisional: the holidays of {max(years) + 1} are not published yet; the earliest possible day is shown."))  # fmt: skip


def _day(one: dict[str, Any]) -> str:
    hour = f" {datetime.fromisoformat(one['at']):%H:%M}Z" if one["at"] else ""
    return f"{one['day']}{hour}{'*' if one['provisional'] else ''}"
