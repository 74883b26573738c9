"""All commands, put together."""

from typing import Any

import typer

from feiyu.cli.lang import t


def build() -> typer.Typer:
    """The command line."""
    from feiyu.cli import (
        assess,
        away,
        backup,
        calendar,
        demo,
        doctor,
        dossier,
        edge,
        fetch,
        file,
        keys,
        ledger,
        log,
        original,
        port,
        protect,
        rules,
        sample,
        scan,
        scenarios,
        send,
        spot,
        types,
        verify,
    )  # fmt: skip

    app = typer.Typer(
        name="feiyu", no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False,
        help=t("飞鱼：国际数据港软件。每一份出境数据的依据、合同、字节与结算，都记录在同一条可离线核验的存证里。",
               "Feiyu, the software of an international data port: legal basis, contract, bytes and money in one record that "
               "each party can check offline."),
    )  # fmt: skip

    _headings()

    @app.callback()
    def options(
        lang: str = typer.Option("", help=t("界面语言 zh 或 en", "Language, zh or en"), show_default=False),
    ) -> None:
        """Options of every command."""

    app.command("scan", help=scan.HELP)(scan.scan)
    app.command("protect", help=protect.HELP)(protect.protect)
    app.command("assess", help=assess.HELP)(assess.assess)
    app.command("verify", help=verify.HELP, context_settings=verify.CONTEXT)(verify.verify)
    app.command("types", help=types.HELP)(types.types)
    app.add_typer(rules.app, name="rules")
    app.add_typer(sample.app, name="sample")
    app.add_typer(port.app, name="port")
    app.add_typer(edge.app, name="edge")
    app.add_typer(dossier.app, name="dossier")
    app.add_typer(scenarios.app, name="register")
    app.command("file", help=file.HELP)(file.file)
    app.command("original", help=original.HELP)(original.original)
    app.command("send", help=send.HELP)(send.send)
    app.command("fetch", help=fetch.HELP)(fetch.fetch)
    app.add_typer(keys.app, name="keys")
    app.add_typer(ledger.app, name="ledger")
    app.command("calendar", help=calendar.HELP)(calendar.calendar)
    app.add_typer(away.lease, name="lease")
    app.add_typer(away.glass, name="break-glass")
    app.add_typer(spot.app, name="spot-check")
    app.add_typer(log.app, name="log")
    app.command("doctor", help=doctor.HELP)(doctor.doctor)
    app.command("backup", help=backup.BACKUP)(backup.backup)
    app.command("restore", help=backup.RESTORE)(backup.restore)
    app.command("demo", help=demo.HELP)(demo.demo)
    return app


def _headings() -> None:
    """The words of help pages that typer has in English only, and tables that break a line of Chinese instead of cutting it short."""
    from typer import core, rich_utils

    from feiyu.cli.show import Folded

    plain = core.TyperCommand.get_help_option

    def told(self: core.TyperCommand, ctx: Any) -> Any:
        option = plain(self, ctx)
        if option is not None:
            option.help = t("显示本说明", "Show this message and exit.")
        return option

    for kind in (core.TyperCommand, core.TyperGroup):
        kind.get_help_option = told  # type: ignore[method-assign,assignment]
    rich_utils.Table = Folded  # type: ignore[attr-defined]
    rich_utils.ARGUMENTS_PANEL_TITLE = t("参数", "Arguments")
    rich_utils.OPTIONS_PANEL_TITLE = t("选项", "Options")
    rich_utils.COMMANDS_PANEL_TITLE = t("命令", "Commands")
    rich_utils.ERRORS_PANEL_TITLE = t("错误", "Error")
    rich_utils.DEFAULT_STRING = t("[默认：{}]", "[default: {}]")
    rich_utils.REQUIRED_LONG_STRING = t("[必填]", "[required]")
