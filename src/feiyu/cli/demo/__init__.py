"""``feiyu demo``: a carmaker's morning, told step by step on real processes."""

import shutil
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from feiyu.cli.lang import t

HELP = t(
    "演示：一家车企的上午，从扫描到离线核验。",
    "Demonstration: a carmaker's morning, from scan to offline verification.",
)


def demo(
    once: Annotated[
        bool, typer.Option(help=t("结束后退出，不停留服务", "Exit at the end instead of serving"))
    ] = False,
    rows: Annotated[
        int, typer.Option(min=1000, help=t("售后表行数", "Rows of the after-sales table"))
    ] = 1_000_000,
    folder: Annotated[
        Path | None, typer.Option(help=t("数据目录，默认 .demo", "Folder of all state; .demo by default"))
    ] = None,
    port: Annotated[
        int, typer.Option(help=t("控制台端口，0 为任选", "Port of the console; 0 takes a free one"))
    ] = 0,
) -> None:
    """Run the demonstration in a fresh folder."""
    from feiyu.cli.demo.story import tell

    for asked in (signal.SIGTERM, signal.SIGHUP):  # a closed terminal ends the servers too, as Ctrl-C does
        signal.signal(asked, signal.default_int_handler)
    home = folder or Path(".demo")
    if home.exists():
        if not (home / ".feiyu-demo").exists() and any(home.iterdir()):
            raise typer.BadParameter(t(f"{home} 不是演示目录", f"{home} is not a demonstration's folder"))
        shutil.rmtree(home)
    home.mkdir(parents=True)
    (home / ".feiyu-demo").touch()
    sys.exit(tell(home.resolve(), rows=rows, once=once, console_port=port))
