"""``feiyu fetch``: the recipient fetches, opens, verifies and signs."""

import getpass
import os
from pathlib import Path
from typing import Annotated

import typer

from feiyu.cli.client import Token, Url, port_client
from feiyu.cli.lang import t
from feiyu.cli.show import err, out, size

HELP = t("境外接收方:取回、解封、核验并签收。", "As the recipient: fetch, open, verify and sign.")


def fetch(
    transfer: Annotated[str, typer.Argument(help=t("传输批次编号", "Transfer id"))],
    trust: Annotated[Path, typer.Option(help=t("信任文件(另行取得)", "Trust file, obtained apart"))],
    keys: Annotated[Path, typer.Option(help=t("接收方密钥库", "The recipient's keystore"))],
    to: Annotated[Path, typer.Option(help=t("存放目录", "Folder to put it in"))] = Path(),
    url: Url = "",
    token: Token = "",
) -> None:
    """Fetch one transfer."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    from feiyu.base.clock import SystemClock
    from feiyu.seal import KeyStore
    from feiyu_sdk import fetch as fetch_one

    phrase = os.environ.get("FEIYU_PASSPHRASE") or getpass.getpass(t("密钥库口令:", "Keystore passphrase: "))
    store = KeyStore.open(keys, phrase.encode())
    now = SystemClock().now()
    words = {"fetch": t("取回", "Fetching"), "open": t("解封", "Opening")}
    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=err,
        transient=True,
    ) as bar:
        tasks = {step: bar.add_task(name, total=None) for step, name in words.items()}
        got = fetch_one(
            port_client(url, token), transfer, key=store.current("recipient", at=now).recipient(),
            signer=store.signer("edge", at=now, label="receipt"), folder=to, trust=trust.read_bytes(),
            progress=lambda step, done, total: bar.update(tasks[step], completed=done, total=total),
        )  # fmt: skip
    out.print(f"{t('已核验并签收', 'Verified and signed')}  {got.path}  {size(got.path.stat().st_size)}")
    out.print(f"{t('存证凭证', 'Receipt')}  {got.receipt}")
