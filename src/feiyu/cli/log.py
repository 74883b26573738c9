"""``feiyu log``: look at the evidence log as any client may."""

import json
from typing import Annotated

import typer

from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out

app = typer.Typer(no_args_is_help=True, help=t("存证日志。", "The evidence log."))


@app.command("show", help=t("显示最新检查点。", "Show the newest checkpoint."))
def show(url: Annotated[str, typer.Argument(help=t("数据港地址", "The port's address"))]) -> None:
    """Show the newest checkpoint."""
    from feiyu_sdk.http import Api

    found = Api(url, lang=LANG).get("/api/v1/log")
    out.print(found["checkpoint"] or t("尚无检查点", "No checkpoint yet"))


@app.command("receipt", help=t("取得事件的存证凭证。", "Get the receipt of an event."))
def receipt(
    event: Annotated[str, typer.Argument(help=t("事件编号", "Event id"))],
    url: Annotated[str, typer.Option()] = "",
    token: Annotated[str, typer.Option()] = "",
) -> None:
    """Print a receipt."""
    from feiyu.cli.client import port_client

    out.print(json.dumps(json.loads(port_client(url, token).receipt(event)), ensure_ascii=False, indent=1))
