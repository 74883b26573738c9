"""``feiyu edge runs``, ``run`` and ``decide``: what this edge sends, what is held, and a person's decision on it."""

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.base.clock import from_text, shown
from feiyu.cli.client import Token, Url, edge_client
from feiyu.cli.lang import t
from feiyu.cli.show import both, out, size, table

RUNS = t(
    "列出本侧传输，最新的在前。待核的传输由人决定：见 feiyu edge decide。",
    "List the runs of this edge, newest first. A held one waits for a person: see feiyu edge decide.",
)
RUN = t(
    "显示一次传输：进度、事由，待核时列出授权未涵盖的内容（样例已遮蔽）。",
    "Show a run: how far it is, why it ended, and while it is held what the grant does not cover (examples are masked).",
)
DECIDE = t(
    "对传输作出决定：中止，或在待核时清空该列后继续。决定人与理由记入存证。",
    "Cut a run, or decide a held one: empty the columns and go on. Who decided, and the ground, stand in the evidence.",
)
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))]
RunId = Annotated[str, typer.Argument(metavar="RUN", help=t("传输编号（run_…）", "The run's id (run_…)"))]


class State(StrEnum):
    """Where a run stands; the edge's ``RunState``, told here so that no command line waits for the store."""

    RUNNING = "running"
    HELD = "held"
    SEALED = "sealed"
    CUT = "cut"
    FAILED = "failed"


class Decision(StrEnum):
    """What a person may decide on a held run."""

    CUT = "cut"
    GO_ON = "go-on"


DECISIONS = {
    Decision.CUT: ("中止传输", "Cut the transfer"),
    Decision.GO_ON: ("清空该列后继续", "Empty the columns and go on"),
}


def list_runs(
    state: Annotated[
        State | None, typer.Option(help=t("只列此状态，如 held", "Only those in this state, such as held"))
    ] = None,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """List runs."""
    found = [one for one in edge_client(url, token).runs() if state is None or one["state"] == state]
    if as_json:
        _json(found)
        return
    if not found:
        out.print(t("没有传输", "No runs"))
        return
    made = table(
        t("编号", "Id"), t("文件", "File"), t("状态", "State"), t(">已确认", ">Confirmed"),
        t("开始（UTC+8）", "Started (UTC+8)"),
    )  # fmt: skip
    for one in found:
        made.add_row(one["id"], escape(one["name"]), _state(one), size(_confirmed(one)), _at(one["started_at"]).removesuffix(" UTC+8"))  # fmt: skip
    out.print(made)


def show_run(run_id: RunId, as_json: AsJson = False, url: Url = "", token: Token = "") -> None:
    """Show a run."""
    one = edge_client(url, token).run(run_id)
    if as_json:
        _json(one)
        return
    total = f" / {size(one['total_bytes'])}" if one["total_bytes"] and one["state"] != "sealed" else ""
    lines = (
        (t("文件", "File"), one["name"]),
        (t("状态", "State"), _state(one)),
        (t("事由", "Ground"), both(one["ground"]) if one["ground"] else ""),
        (t("等待", "Waits"), both(one["waits_for"]) if one["waits_for"] else ""),
        (t("等到发送时段", "Waits for its window until"), _at(one["waits_until"]) if one["waits_until"] else ""),
        (t("数据港已确认", "Confirmed by the port"), size(_confirmed(one)) + total),
        (t("已读行数", "Rows read"), f"{one['rows']:,}"),
        (t("自然人（计入数）", "Natural persons (counted)"), f"{one['persons']['counted']:,}" if one["persons"] else ""),
        (t("传输批次", "Transfer"), one["transfer_id"] or ""),
        (t("传输授权", "Grant"), one["grant_id"]),
        (t("开始时间", "Started"), _at(one["started_at"])),
        (t("最近变化", "Last change"), _at(one["changed_at"])),
    )  # fmt: skip
    made = table(t("编号", "Id"), one["id"])
    for name, value in lines:
        if value:
            made.add_row(name, escape(value))
    out.print(made)
    if one["held"]:
        _show_held(one)


def _show_held(one: dict[str, Any]) -> None:
    row = one["held"]["row"] + 1
    out.print(t(
        f"\n从第 {row:,} 行起，下列字段含有授权未涵盖的内容。样例已遮蔽。",
        f"\nFrom row {row:,} on, these fields hold what the grant does not cover. Examples are masked.",
    ))  # fmt: skip
    made = table(
        t("字段", "Field"), t("理由", "Reason"), t("遮蔽样例", "Masked example"), t(">处数", ">Times")
    )
    for met in one["held"]["found"]:
        made.add_row(
            escape(met["field"]), escape(both(met["reason"])), escape(met["example"]), f"{met['hits']:,}"
        )
    out.print(made)
    if one["state"] == State.HELD:
        out.print(f"\nfeiyu edge decide {one['id']} cut|go-on --ground …", markup=False, soft_wrap=True)


def decide_run(
    run_id: RunId,
    decision: Annotated[
        Decision,
        typer.Argument(
            metavar="DECISION",
            help=t(
                "cut 中止传输；go-on 清空该列后继续：这些列自此行起以空值发送，其余照常",
                "cut the transfer, or go-on: the columns are sent empty from this row on, the rest as before",
            ),
        ),
    ],
    ground: Annotated[str, typer.Option(help=t("理由，4 至 500 字", "Ground, 4 to 500 characters"))],
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Decide a held run."""
    made = edge_client(url, token).decide(run_id, cut=decision is Decision.CUT, ground=ground)
    if as_json:
        _json(made)
        return
    out.print(f"{t('已决定', 'Decided')}  {made['id']}  {t(*DECISIONS[decision])}", soft_wrap=True)


def _state(one: dict[str, Any]) -> str:
    return t("等待", "Waits") if one["waits_for"] else both(one["state_name"])


def _confirmed(one: dict[str, Any]) -> int:
    """What is sealed is at the port whole."""
    return int(one["cipher_bytes"] if one["state"] == State.SEALED else one["confirmed_bytes"])


def _at(instant: str) -> str:
    return shown(from_text(instant))


def _json(found: object) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
