"""``feiyu edge``: run an exporter's edge."""

import json
from pathlib import Path
from typing import Annotated

import typer

from feiyu.cli.lang import t
from feiyu.cli.show import out

app = typer.Typer(no_args_is_help=True, help=t("出境侧(数据处理者)。", "The exporter's side."))
Data = Annotated[Path | None, typer.Option(help=t("数据目录", "Folder of all state"))]


@app.command("up", help=t("启动出境侧服务。", "Start an edge."))
def up(
    data: Data = None,
    host: Annotated[str | None, typer.Option()] = None,
    port: Annotated[int | None, typer.Option()] = None,
    ready: Annotated[
        Path | None, typer.Option(help=t("就绪后写入地址的文件", "File to write the addresses to when ready"))
    ] = None,
) -> None:
    """Start an edge; settings come from ``FEIYU_…``."""
    from feiyu.api import create_app
    from feiyu.app.edge import build_edge
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.cli.up import bind, quiet, run

    quiet()
    settings = Settings.from_environment(data=data, host=host, port=port)
    built = build_edge(settings, clock=SystemClock())
    sock = bind(settings.host, settings.port)
    built.start()
    url = f"http://{settings.host}:{sock.getsockname()[1]}"
    if ready is not None:
        ready.write_text(json.dumps({"url": url}), encoding="utf-8")
    out.print(f"{t('出境侧', 'Edge')}  {url}")
    try:
        run(create_app(built.house, built.routers, title="Feiyu edge"), sock)
    finally:
        built.stop()


@app.command("token", help=t("为本侧签发访问令牌。", "Issue a token for this edge's API."))
def token(
    account: Annotated[str, typer.Argument()],
    role: Annotated[str, typer.Option(help="engineer | officer | owner")] = "engineer",
    data: Data = None,
) -> None:
    """Issue a token for this edge."""
    from feiyu.app.bootstrap import edge_token
    from feiyu.app.edge import build_edge
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.registry.access import Role

    built = build_edge(Settings.from_environment(data=data), clock=SystemClock())
    out.print(edge_token(built.house, roles=(Role(f"exporter.{role}"),), account=account))
    built.house.db.close()


@app.command("keys", help=t("显示本侧公钥与指纹。", "Show this edge's public keys and fingerprints."))
def keys(data: Data = None) -> None:
    """Show public keys."""
    from feiyu.app.edge import KEYSTORE, PURPOSES
    from feiyu.app.keys import open_keystore
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.seal import fingerprint

    settings = Settings.from_environment(data=data)
    store = open_keystore(settings.data / KEYSTORE, settings.passphrase, PURPOSES, at=SystemClock().now())
    for purpose in ("edge", "custody"):
        for key in store.keys(purpose):
            out.print(f"{purpose}  {key.key_id}\n  {fingerprint(key.key_id)}")
