"""``feiyu send``: start a transfer at the edge and follow it."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from feiyu.base.errors import Conflict
from feiyu.base.text import Text
from feiyu.cli.client import Token, Url, edge_client
from feiyu.cli.lang import t
from feiyu.cli.show import both, err, out, rows, size

if TYPE_CHECKING:
    from feiyu_sdk import EdgeClient

HELP = t("由出境侧在授权下传输文件。", "Have the edge send a file under a grant.")
RUNNING = {"running", "held"}


class RunCut(Conflict):
    """The transfer did not reach its end."""

    code = "CLI-0003"
    message = Text("传输未完成（{state}）：{ground}", "The transfer did not complete ({state}): {ground}")
    hint = Text("请按原因处理后重新发起。", "Deal with the ground, then start anew.")


def send(
    path: Annotated[
        str,
        typer.Argument(
            help=t(
                "出境侧可读的文件；以斜杠结尾则为文件夹，逐个文件发送",
                "A file that the edge may read; with a final slash a folder, file by file",
            )
        ),
    ],
    grant: Annotated[str, typer.Option(help=t("授权编号", "Grant id"))],
    drop: Annotated[
        list[str] | None, typer.Option(help=t("剥离的字段，可多次", "A field to leave out, repeatable"))
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(help=t("本次传输的带宽上限（字节/秒）", "Limit of bandwidth, in bytes a second")),
    ] = None,
    window: Annotated[
        str | None,
        typer.Option(
            help=t(
                "每天允许发送的时段（北京时间），如 22:00-06:00", "When it may send (China time): 22:00-06:00"
            )
        ),
    ] = None,
    rank: Annotated[
        int | None,
        typer.Option(help=t("优先级 0 至 9，9 最先；默认 5", "Rank 0 to 9, 9 goes first; 5 by default")),
    ] = None,
    packing: Annotated[
        str,
        typer.Option(
            help=t(
                "none 或 zstd：封装前逐片压缩（有收益才压），密文大小随之反映内容特征",
                "none or zstd: pack each chunk that it pays for before it is sealed; the size then says something of the content",
            )
        ),
    ] = "none",
    follow_it: Annotated[
        bool,
        typer.Option("--follow/--no-follow", help=t("显示进度直至结束", "Show progress until the end")),
    ] = True,
    url: Url = "",
    token: Token = "",
) -> None:
    """Send and follow."""
    edge = edge_client(url, token)
    paths = [one["path"] for one in edge.files(path)] if path.endswith("/") else [path]
    asked = {
        "grant_id": grant,
        "drop": drop,
        "bytes_per_s": limit,
        "window": window,
        "rank": rank,
        "packing": packing,
    }
    runs = [edge.send(path=one, **asked) for one in paths]  # type: ignore[arg-type]
    for run in runs:
        if follow_it:
            _tell_end(follow(edge, run))
        else:
            out.print(f"{t('已开始', 'Started')}  {run['id']}")


def _tell_end(run: dict[str, Any]) -> None:
    if run["state"] != "sealed":
        raise RunCut(state=Text(**run["state_name"]), ground=Text(**run["ground"]))
    out.print(
        f"{both(run['state_name'])}  {run['transfer_id']}  {rows(run['rows'])}  {size(run['cipher_bytes'])}"
    )


def clock_time(instant: str) -> str:
    """The time of day in China, where windows are told."""
    from feiyu.base.clock import SHANGHAI, from_text

    return f"{from_text(instant).astimezone(SHANGHAI):%H:%M}"


def follow(edge: "EdgeClient", run: dict[str, Any], *, until_held: bool = False) -> dict[str, Any]:
    """Show a run's progress until it ends (or is held)."""
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    waits_for: dict[str, str] | None = None
    with Progress(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(),
        console=err, transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(t("传输", "Sending"), total=None)
        while run["state"] in RUNNING and not (until_held and run["state"] == "held"):
            bar.update(
                task,
                completed=run["confirmed_bytes"],
                total=run["total_bytes"] or None,
                description=_words(run),
            )
            if run["waits_for"] != waits_for and (waits_for := run["waits_for"]):
                bar.console.print(both(waits_for), style="yellow", markup=False, soft_wrap=True)
            time.sleep(0.2)
            run = edge.run(run["id"])
    return run


def _words(run: dict[str, Any]) -> str:
    if run["waits_until"]:
        return f"{t('等待时段，至', 'Waits for its window, until')} {clock_time(run['waits_until'])}"
    state = t("等待", "Waits") if run["waits_for"] else both(run["state_name"])
    return f"{state} {rows(run['rows'])}"
