"""``feiyu port``: run a port."""

import base64
import json
from pathlib import Path
from typing import Annotated

import typer

from feiyu.cli.lang import t
from feiyu.cli.show import out

app = typer.Typer(no_args_is_help=True, help=t("数据港一侧。", "The port's side."))
Data = Annotated[Path | None, typer.Option(help=t("数据目录", "Folder of all state"))]


@app.command(
    "up",
    help=t(
        "启动数据港:API、控制台、数据面、存证日志。", "Start a port: API, console, data plane, evidence log."
    ),
)
def up(
    data: Data = None,
    host: Annotated[str | None, typer.Option()] = None,
    port: Annotated[int | None, typer.Option()] = None,
    ready: Annotated[
        Path | None, typer.Option(help=t("就绪后写入地址的文件", "File to write the addresses to when ready"))
    ] = None,
) -> None:
    """Start a port; settings come from ``FEIYU_…``."""
    from feiyu.api.port import port_app
    from feiyu.app.port import build_port
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.cli.up import bind, quiet, run

    quiet()
    settings = Settings.from_environment(data=data, host=host, port=port)
    built = build_port(settings, clock=SystemClock())
    sock = bind(settings.host, settings.port)
    built.start()
    url = f"http://{settings.host}:{sock.getsockname()[1]}"
    told = {
        "url": url, "wire_url": built.wire.url, "log_vkey": built.log.verifier.text,
        "grant_key": base64.b64encode(built.signer.public).decode(), "demo": settings.demo,
    }  # fmt: skip
    if ready is not None:
        ready.write_text(json.dumps(told), encoding="utf-8")
    if settings.demo:
        out.print(
            f"[black on yellow] {t('演示模式:未设置密钥库口令,凭证均标记为演示', 'DEMO: no keystore passphrase; receipts are marked demo')} [/]"
        )
    out.print(f"{t('数据港', 'Port')}  {url}")
    try:
        run(port_app(built), sock)
    finally:
        built.stop()


@app.command("init", help=t("登记首个平台运维账号。", "Enter the first operator account."))
def init(
    account: Annotated[str, typer.Argument()],
    data: Data = None,
) -> None:
    """Enter the first operator and print a token."""
    from feiyu.app.bootstrap import first_operator
    from feiyu.app.port import build_port
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock

    built = build_port(Settings.from_environment(data=data), clock=SystemClock())
    phrase = typer.prompt(t("口令", "Password"), hide_input=True, confirmation_prompt=True)
    out.print(first_operator(built.house, account=account, password=phrase))
    built.wire.close()
    built.house.db.close()
