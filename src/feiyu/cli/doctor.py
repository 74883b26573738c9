"""``feiyu doctor``: look an installation over; changes nothing."""

import json
import sys
from typing import Annotated

import typer
from rich.markup import escape

from feiyu.cli.client import Data
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out, table

HELP = t("检查数据港或出境侧的数据目录：什么正常、什么有隐患、什么已损坏、如何处理。不作任何修改。",
         "Look a port's or an edge's folder over: what works, what will not for long, what is broken, what to do. "
         "Changes nothing.")  # fmt: skip


def doctor(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:
    """Exit code 1 when anything fails."""
    from feiyu.app.doctor import State, examine
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock

    checks = list(examine(Settings.from_environment(data=data), clock=SystemClock()))
    if as_json:
        sys.stdout.write(json.dumps([one.as_dict() for one in checks], ensure_ascii=False, indent=1) + "\n")
    else:
        marks = {
            State.OK: f"[green]✓ {t('正常', 'ok')}[/green]", State.WARN: f"[yellow]! {t('注意', 'warn')}[/yellow]",
            State.FAIL: f"[red]✗ {t('故障', 'fail')}[/red]",
        }  # fmt: skip
        made = table(t("项目", "What"), t("状态", "State"), t("所见", "Found"), t("处理", "Remedy"))
        for column in made.columns:
            column.overflow = "fold"  # Chinese has no spaces to break at
        for one in checks:
            made.add_row(
                one.name[LANG],
                marks[one.state],
                escape(one.found[LANG]),
                escape(one.remedy[LANG]) if one.remedy else "",
            )
        out.print(made)
    if any(one.state is State.FAIL for one in checks):
        raise typer.Exit(1)
