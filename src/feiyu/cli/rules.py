"""``feiyu rules``: read the rulebook that decides."""

from datetime import date
from typing import Annotated

import typer

from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out, table

HELP = t("查看规则库:规则、条文、生效日期。", "Read the rulebook: rules, articles, dates.")


def rules(
    at: Annotated[str, typer.Option(help=t("日期,默认今天", "As of which day; today by default"))] = "",
) -> None:
    """List the rules in force on a day, in the order in which they are tried."""
    from feiyu.cli.assess import _today
    from feiyu.rules import load

    day = date.fromisoformat(at) if at else _today()
    books = load()
    book = books.book()
    out.print(f"[bold]{book.id}[/bold]@{book.version}  {day}")
    made = table(t("规则", "Rule"), t("标题", "Title"), t("依据", "Under"))
    for rule in books.program(day).rules:
        made.add_row(rule.id, rule.title[LANG], ", ".join(str(c) for c in rule.cite))
    out.print(made)
