"""All commands, put together."""

import importlib
import importlib.util
import sys
from dataclasses import dataclass
from typing import Any

import typer

from feiyu.base.text import Lang
from feiyu.cli.lang import is_one, t


@dataclass(frozen=True, slots=True)
class _Command:
    """Where a command or a group of commands stands."""

    module: str
    attribute: str = "app"
    help: str = "HELP"

    def add_to(self, app: typer.Typer, name: str) -> None:
        """Load it and give it its name."""
        module = importlib.import_module(f"feiyu.cli.{self.module}")
        found = getattr(module, self.attribute)
        if isinstance(found, typer.Typer):
            app.add_typer(found, name=name)
            return
        settings = getattr(module, "CONTEXT", None)
        app.command(name, help=getattr(module, self.help), context_settings=settings)(found)


COMMANDS = {
    "scan": _Command("scan", "scan"),
    "protect": _Command("protect", "protect"),
    "assess": _Command("assess", "assess"),
    "verify": _Command("verify", "verify"),
    "signers": _Command("signers", "signers"),
    "types": _Command("types", "types"),
    "rules": _Command("rules"),
    "sample": _Command("sample"),
    "port": _Command("port"),
    "edge": _Command("edge"),
    "dossier": _Command("dossier"),
    "register": _Command("scenarios"),
    "file": _Command("file", "file"),
    "original": _Command("original", "original"),
    "send": _Command("send", "send"),
    "fetch": _Command("fetch", "fetch"),
    "keys": _Command("keys"),
    "ledger": _Command("ledger"),
    "calendar": _Command("calendar", "calendar"),
    "lease": _Command("away", "lease"),
    "break-glass": _Command("away", "glass"),
    "spot-check": _Command("spot"),
    "looks": _Command("looks", "looks"),
    "log": _Command("log"),
    "doctor": _Command("doctor", "doctor"),
    "backup": _Command("backup", "backup", "BACKUP"),
    "restore": _Command("backup", "restore", "RESTORE"),
    "demo": _Command("demo", "demo"),
}


def build(first: str = "") -> typer.Typer:
    """The command line; that of one command alone when the ``first`` word names it, as loading all takes longer than most."""
    app = typer.Typer(
        name="feiyu", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False,
        help=t("飞鱼：国际数据港软件。每一份出境数据的依据、合同、字节与结算，都记录在同一条可离线核验的存证里。",
               "Feiyu, the software of an international data port: legal basis, contract, bytes and money in one record that "
               "each party can check offline."),
    )  # fmt: skip

    _headings()

    @app.callback()
    def options(
        lang: str = typer.Option(
            "", help=t("界面语言 zh 或 en", "Language, zh or en"), show_default=False, callback=_known
        ),
    ) -> None:
        """Options of every command."""

    for name in [first] if first in COMMANDS else COMMANDS:
        COMMANDS[name].add_to(app, name)
    return app


def _known(tag: str) -> str:
    if tag and not is_one(tag):
        raise typer.BadParameter(f"{tag!r} is not one of {', '.join(map(repr, map(str, Lang)))}.")
    return tag


def _headings() -> None:
    """The words of help pages that typer has in English only, and tables that break a line of Chinese instead of cutting it short."""
    from typer import core

    from feiyu.cli import usage
    from feiyu.cli.show import Folded, InARow

    rich_utils = _later("typer.rich_utils")
    plain, plain_usage, plain_kind = (
        core.TyperCommand.get_help_option, core.TyperCommand.get_usage, core.TyperOption.display_type_rich,
    )  # fmt: skip

    def told(self: core.TyperCommand, ctx: Any) -> Any:
        option = plain(self, ctx)
        if option is not None:
            option.help = t("显示本说明", "Show this message and exit.")
        return option

    for kind in (core.TyperCommand, core.TyperGroup):
        kind.get_help_option = told  # type: ignore[method-assign,assignment]
        kind.get_usage = lambda self, ctx: usage.line(plain_usage(self, ctx))  # type: ignore[method-assign]
    for taken in (core.TyperArgument, core.TyperOption):
        taken.display_type_rich = lambda self, ctx: usage.kind(plain_kind(self, ctx))  # type: ignore[method-assign]
    rich_utils.rich_format_error = usage.refuse
    rich_utils.ABORTED_TEXT = t("已中止。", "Aborted.")
    rich_utils.Table = Folded
    rich_utils.Columns = InARow
    rich_utils.ARGUMENTS_PANEL_TITLE = t("参数", "Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = t("选项", "Options")
    rich_utils.COMMANDS_PANEL_TITLE = t("命令", "Commands")
    rich_utils.ERRORS_PANEL_TITLE = t("错误", "Error")
    rich_utils.DEFAULT_STRING = t("[默认：{}]", "[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = t("[必填]", "[required]")


def _later(name: str) -> Any:
    """A module that is loaded when something is asked of it; what is set before stays set."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    assert spec is not None, name
    assert spec.loader is not None, name
    spec.loader = loader = importlib.util.LazyLoader(spec.loader)
    sys.modules[name] = module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module
