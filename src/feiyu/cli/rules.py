"""``feiyu rules``: read the rulebook that decides."""

from datetime import date
from typing import Annotated

import typer

from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out, table

HELP = t("查看规则库：规则、条文、生效日期。", "Read the rulebook: rules, articles, dates.")


def rules(
    at: Annotated[str, typer.Option(help=t("日期，默认今天", "As of which day; today by default"))] = "",
) -> None:
    """List the rules in force on a day, in the order in which they are tried."""
    from feiyu.cli.assess import _today
    from feiyu.rules import load

    day = date.fromisoformat(at) if at else _today()
    book = load().book()
    out.print(f"[bold]{book.id}[/bold]@{book.version}  {day}")
    made = table(t("规则", "Rule"), t("标题", "Title"), t("依据", "Under"))
    for rule in sorted((rule for rule in book.rules if rule.applies(day)), key=lambda rule: rule.order):
        made.add_row(rule.id, rule.title[LANG], ", ".join(cite.citation.ref for cite in rule.cites))
    out.print(made)
