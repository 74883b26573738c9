"""How the command line prints: one console, tables, numbers, refusals."""

import re
from collections.abc import Sequence
from typing import Any

from rich.console import Console, ConsoleOptions, RenderResult
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text as Line

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang, number_of, size_of
from feiyu.cli.lang import LANG, t

_ID = re.compile(r"[a-z]{3}_[0-9A-Z]{26}")

_CONTROLS = {
    **dict.fromkeys([*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "\ufffd"),
    9: "\t",
    10: "\n",
}


class _Printer(Console):
    """A console that shows what a terminal would obey (a file's name can hold anything) as a sign of its own."""

    def render_str(self, text: str, **how: Any) -> Line:
        """Text from markup, as everything that is printed becomes."""
        return super().render_str(text.translate(_CONTROLS), **how)


size = size_of
out = _Printer(highlight=False)
err = _Printer(stderr=True, highlight=False)


def refusal(error: FeiyuError) -> None:
    """A refusal: what, and what to do next."""
    err.print(Panel(
        f"{escape(error.text(LANG))}\n[dim]{t('处理', 'Remedy')}[/dim]  {escape(error.remedy(LANG))}",
        title=f"[bold red]{error.code}[/bold red]", title_align="left", border_style="red", expand=False,
    ))  # fmt: skip


def rows(count: int) -> str:
    """So many rows."""
    return t(f"{count:,} 行", number_of(count, "row"))


def entries(count: int) -> str:
    """So many entries of a log."""
    return t(f"{count:,} 个条目", number_of(count, "entry", "entries"))


def persons(count: int) -> str:
    """So many natural persons."""
    return t(f"{count:,} 人", number_of(count, "person"))


class Folded(Table):
    """A table that goes on in the next line where a text has no space to break at, as Chinese has none."""

    def add_row(self, *cells: Any, **how: Any) -> None:
        """Add a row; columns that it makes fold as well."""
        super().add_row(*cells, **how)
        for column in self.columns:
            column.overflow = "fold"
        if cells and isinstance(cells[0], str) and _ID.fullmatch(cells[0]):
            self.columns[0].no_wrap = True  # an id is copied; other columns give way


class InARow:
    """A help text and what stands behind it (default, required), as wide as there is room, going on in the next line as ``Folded`` does."""

    def __init__(self, pieces: Sequence[Line]) -> None:
        self._text = Line(" ").join(pieces)
        self._text.overflow = "fold"

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self._text


def table(*columns: str, title: str | None = None) -> Table:
    """A table in the house's style; a column that begins with ``>`` is aligned right."""
    made = Folded(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        made.add_column(column.removeprefix(">"), justify="right" if column.startswith(">") else "left")
    return made


def both(value: dict[str, str] | Any) -> str:
    """A wire text in this run's language."""
    return str(value[LANG.value])


def is_zh() -> bool:
    """Whether this run speaks Chinese."""
    return LANG is Lang.ZH
