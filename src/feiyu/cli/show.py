"""How the command line prints: one console, tables, numbers, refusals."""

from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang
from feiyu.cli.lang import LANG, t

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def refusal(error: FeiyuError) -> None:
    """A refusal: what, and what to do next."""
    err.print(Panel(
        f"{escape(error.text(LANG))}\n[dim]{t('处理', 'Remedy')}[/dim]  {escape(error.remedy(LANG))}",
        title=f"[bold red]{error.code}[/bold red]", title_align="left", border_style="red", expand=False,
    ))  # fmt: skip


def table(*columns: str, title: str | None = None) -> Table:
    """A table in the house's style; a column that begins with ``>`` is aligned right."""
    made = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        made.add_column(column.removeprefix(">"), justify="right" if column.startswith(">") else "left")
    return made


def size(count: int) -> str:
    """Bytes for people, decimal."""
    value = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000 or unit == "GB":
            return f"{value:,.0f} {unit}" if unit == "B" else f"{value:,.1f} {unit}"
        value /= 1000
    raise AssertionError


def both(value: dict[str, str] | Any) -> str:
    """A wire text in this run's language."""
    return str(value[LANG.value])


def is_zh() -> bool:
    """Whether this run speaks Chinese."""
    return LANG is Lang.ZH
