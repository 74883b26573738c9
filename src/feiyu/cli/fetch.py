"""``feiyu fetch``: the recipient fetches, opens, verifies and signs."""

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from feiyu.base.clock import monotonic_s
from feiyu.base.errors import BadInput
from feiyu.base.text import Text
from feiyu.cli.client import Token, Url, passphrase, port_client, read_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import err, out, size

if TYPE_CHECKING:
    from feiyu_sdk import PortClient
    from feiyu_sdk.watch import Recipient


class FetchWhat(BadInput):
    """It is not said what to fetch, with which keys, against which trust file."""

    code = "CLI-0030"
    message = Text(
        "请给出 --trust、--keys，以及一个传输批次编号或 --watch。",
        "Give --trust, --keys, and either a transfer's id or --watch.",
    )
    hint = Text(
        "例：feiyu fetch trf_… --trust trust.json --keys recipient.keys",
        "For example: feiyu fetch trf_… --trust trust.json --keys recipient.keys",
    )


HELP = t("境外接收方：取回、解封、核验并签收。", "As the recipient: fetch, open, verify and sign.")


def fetch(
    transfer: Annotated[
        str,
        typer.Argument(
            help=t("传输批次编号；与 --watch 同用时省略", "Transfer id; left out with --watch"),
            show_default=False,
        ),
    ] = "",
    trust: Annotated[
        Path | None,
        typer.Option(help=t("信任文件（另行取得）", "Trust file, obtained apart"), show_default=False),
    ] = None,
    keys: Annotated[
        Path | None, typer.Option(help=t("接收方密钥库", "The recipient's keystore"), show_default=False)
    ] = None,
    to: Annotated[
        str,
        typer.Option(
            help=t(
                "存放目录，或自己的存储桶 s3://桶/前缀/",
                "Folder to put it in, or one's own bucket s3://bucket/prefix/",
            )
        ),
    ] = ".",
    watch: Annotated[
        bool, typer.Option("--watch", help=t("持续取回到达的批次", "Fetch whatever comes, until stopped"))
    ] = False,
    every: Annotated[
        int,
        typer.Option(min=1, max=3600, help=t("--watch 的间隔秒数", "Seconds between two looks of --watch")),
    ] = 10,
    spool: Annotated[
        Path, typer.Option(help=t("存入存储桶之前的本地目录", "Local folder before it goes to a bucket"))
    ] = Path("fetching"),
    wait: Annotated[
        int,
        typer.Option(
            min=0, max=3600, help=t("等待见证附签的秒数", "Seconds to wait for the witnesses' cosignatures")
        ),
    ] = 60,
    url: Url = "",
    token: Token = "",
) -> None:
    """Fetch one transfer, or whatever comes."""
    from feiyu.base.clock import SystemClock
    from feiyu.seal import KeyStore
    from feiyu_sdk.sink import sink_of
    from feiyu_sdk.watch import Recipient

    if trust is None or keys is None or watch == bool(transfer):
        raise FetchWhat
    store, now = KeyStore.open(keys, passphrase()), SystemClock().now()
    sink, away = sink_of(to)
    who = Recipient(
        port=port_client(url, token), key=store.current("recipient", at=now).recipient(),
        signer=store.signer("edge", at=now, label="receipt"), trust=read_file(trust),
        folder=spool if away else Path(to), sink=sink if away else None,
    )  # fmt: skip
    if watch:
        _watch(who, every)
    else:
        _one(who, transfer, wait)


def _one(who: "Recipient", transfer: str, wait: int) -> None:
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    from feiyu_sdk import fetch as fetch_one
    from feiyu_sdk.sink import FolderSink

    with Progress(
        TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn(),
        console=err, transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(t("取回并解封", "Fetching and opening"), total=None)
        _proven(who.port, transfer, wait)
        got = fetch_one(
            who.port, transfer, key=who.key, signer=who.signer, folder=who.folder, trust=who.trust,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )  # fmt: skip
    sink = who.sink or FolderSink()
    shown = size(got.path.stat().st_size)
    out.print(f"{t('已核验并签收', 'Verified and signed')}  {sink.put(got.path)}  {shown}", soft_wrap=True)
    out.print(f"{t('存证凭证', 'Receipt')}  {sink.put(got.receipt)}", soft_wrap=True)


def _watch(who: "Recipient", every: int) -> None:
    from feiyu_sdk.watch import Came, watch

    def told(came: Came) -> None:
        if came.refusal is not None:
            where = f"{came.transfer_id}  " if came.transfer_id else ""
            remedy = f"{came.refusal.remedy(LANG)}{t('将继续尝试。', ' It is tried again.')}"
            err.print(
                escape(f"{where}{came.refusal.code}  {came.refusal.text(LANG)}\n  {remedy}"), soft_wrap=True
            )
        else:
            out.print(
                f"{came.transfer_id}  {t('已核验并签收', 'verified and signed')}  {came.places[0]}",
                soft_wrap=True,
            )

    err.print(t("正在等待到达的批次，Ctrl-C 结束", "Waiting for what comes; Ctrl-C ends it"))
    try:
        watch(who, told, every_s=every)
    except KeyboardInterrupt:
        err.print(t("已结束；未完成的下次继续", "Ended; what is unfinished goes on next time"))


def _proven(port: "PortClient", transfer: str, seconds: int) -> None:
    """Wait until the sealing stands in a witnessed checkpoint; before that no key is released."""
    until = monotonic_s() + seconds
    while monotonic_s() < until:
        sealed = [one for one in port.transfer(transfer)["events"] if one["type"] == "transfer.sealed"]
        if not sealed or sealed[-1]["proven"]:
            return
        time.sleep(0.5)
