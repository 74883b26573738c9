"""``feiyu fetch``: the recipient fetches, opens, verifies and signs."""

import time
from pathlib import Path
from typing import Annotated

import typer

from feiyu.base.clock import monotonic_s
from feiyu.cli.client import Token, Url, passphrase, port_client, read_file
from feiyu.cli.lang import t
from feiyu.cli.show import err, out, size
from feiyu_sdk import PortClient

HELP = t("境外接收方：取回、解封、核验并签收。", "As the recipient: fetch, open, verify and sign.")


def fetch(
    transfer: Annotated[str, typer.Argument(help=t("传输批次编号", "Transfer id"))],
    trust: Annotated[Path, typer.Option(help=t("信任文件（另行取得）", "Trust file, obtained apart"))],
    keys: Annotated[Path, typer.Option(help=t("接收方密钥库", "The recipient's keystore"))],
    to: Annotated[Path, typer.Option(help=t("存放目录", "Folder to put it in"))] = Path(),
    wait: Annotated[
        int,
        typer.Option(
            min=0, max=3600, help=t("等待见证附签的秒数", "Seconds to wait for the witnesses' cosignatures")
        ),
    ] = 60,
    url: Url = "",
    token: Token = "",
) -> None:
    """Fetch one transfer."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    from feiyu.base.clock import SystemClock
    from feiyu.seal import KeyStore
    from feiyu_sdk import fetch as fetch_one

    store = KeyStore.open(keys, passphrase())
    trusted = read_file(trust)
    now = SystemClock().now()
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=err,
        transient=True,
    ) as bar:
        task = bar.add_task(t("取回并解封", "Fetching and opening"), total=None)
        port = port_client(url, token)
        _proven(port, transfer, wait)
        got = fetch_one(
            port, transfer, key=store.current("recipient", at=now).recipient(),
            signer=store.signer("edge", at=now, label="receipt"), folder=to, trust=trusted,
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )  # fmt: skip
    out.print(f"{t('已核验并签收', 'Verified and signed')}  {got.path}  {size(got.path.stat().st_size)}")
    out.print(f"{t('存证凭证', 'Receipt')}  {got.receipt}")


def _proven(port: PortClient, transfer: str, seconds: int) -> None:
    """Wait until the sealing stands in a witnessed checkpoint; before that no key is released."""
    until = monotonic_s() + seconds
    while monotonic_s() < until:
        sealed = [one for one in port.transfer(transfer)["events"] if one["type"] == "transfer.sealed"]
        if not sealed or sealed[-1]["proven"]:
            return
        time.sleep(0.5)
