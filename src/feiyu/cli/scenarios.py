"""``feiyu register``: scenarios of the port's register: templates, operating guides, tables in and out."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.cli.client import Token, Url, port_client, read_file, write_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import both, out, size, table

app = typer.Typer(
    no_args_is_help=True,
    help=t(
        "出境场景登记：模板、操作指引、表格导入导出。",
        "The register of scenarios: templates, operating guides, tables in and out.",
    ),
)
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))]
Name = Annotated[str, typer.Argument(help=t("模板名称，见 templates", "Template, see templates"))]


@app.command("templates", help=t("列出各行业的场景模板。", "List the scenario templates of all sectors."))
def templates(as_json: AsJson = False) -> None:
    """List templates; local."""
    from feiyu.registry.scenarios.templates import scenario_templates

    found = scenario_templates()
    if as_json:
        _json(
            [
                {"id": name, "sector": one.sector, "title": one.title.as_dict(), "ground": one.ground}
                for name, one in found.items()
            ]
        )
        return
    made = table(
        t("模板", "Template"), t("行业", "Sector"), t("场景", "Scenario"), t("通常的依据", "Usual ground")
    )
    for name, one in found.items():
        made.add_row(name, one.sector_title[LANG], one.title[LANG], one.ground)
    out.print(made)


@app.command(
    "guide",
    help=t("打印模板的操作指引（PDF 或 DOCX）。", "Print a template's operating guide (PDF or DOCX)."),
)
def guide(
    name: Name,
    to: Annotated[
        Path | None,
        typer.Option("--out", help=t("写入的文件，后缀决定格式", "File to write; its suffix decides")),
    ] = None,
) -> None:
    """Print an operating guide; local."""
    from feiyu.base.clock import SystemClock
    from feiyu.papers.typeset import set_pdf
    from feiyu.papers.word import set_docx
    from feiyu.registry.scenarios.guide import guide as paper_of
    from feiyu.registry.scenarios.templates import scenario_template
    from feiyu.rules import load

    paper = paper_of(scenario_template(name), LANG, load().sources)
    path = to or Path(f"{name}-{LANG.value}.pdf")
    _write(path, set_docx(paper, at=SystemClock().now()) if path.suffix == ".docx" else set_pdf(paper))


@app.command("template", help=t("由模板登记一个场景；不给接收方时只输出表格供填写。",
                                "Enter a scenario from a template; without a recipient, write a table to fill in."))  # fmt: skip
def template(
    name: Name,
    recipient: Annotated[
        list[str] | None, typer.Option(help=t("接收方主体编号，可多次", "Recipient's party id, repeatable"))
    ] = None,
    country: Annotated[str, typer.Option(help=t("国家或地区（两位代码）", "Country, two letters"))] = "",
    without: Annotated[
        list[str] | None, typer.Option(help=t("不要的数据项，可多次", "An item to leave out, repeatable"))
    ] = None,
    to: Annotated[Path | None, typer.Option("--out", help=t("写入的表格", "Table to write"))] = None,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Enter a scenario from a template."""
    from feiyu.registry.scenarios.templates import scenario_template

    one = scenario_template(name)
    if not recipient:
        from feiyu.edge.register_sheet import blank

        _write(to or Path(f"{name}.xlsx"), blank(one))
        return
    left = set(without or ())
    made = port_client(url, token).enter_scenario(
        title=one.title.as_dict(), purpose=one.purpose[LANG][:200], ground=one.ground, sector=one.sector, recipients=recipient,
        country=country.upper(), retention_days=one.retention_days,
        items=[{"name": i.name, "type": i.type, "need": i.need.as_dict()} for i in one.items if i.name not in left],
    )  # fmt: skip
    _told(made, as_json=as_json)


@app.command("export", help=t("把登记的场景导出为表格。", "Export the register as a table."))
def export(
    to: Annotated[Path, typer.Option("--out", help=t("写入的表格", "Table to write"))] = Path(
        "register.xlsx"
    ),
    url: Url = "",
    token: Token = "",
) -> None:
    """Export scenarios as XLSX."""
    from feiyu.edge.register_sheet import export as sheet_of

    _write(to, sheet_of(port_client(url, token).scenarios()))


@app.command("import", help=t("由表格登记场景；任一单元格有误则全部不登记，并逐格指出。",
                              "Enter scenarios from a table; nothing is entered while a cell is wrong, and each is named."))  # fmt: skip
def import_(
    file: Annotated[Path, typer.Argument(help=t("XLSX 表格", "XLSX table"))],
    dry_run: Annotated[bool, typer.Option("--dry-run", help=t("只检查", "Only check"))] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Enter scenarios from XLSX."""
    from feiyu.edge.register_sheet import parse

    port = port_client(url, token)
    parties = {one["id"]: one for one in port.parties()}
    drafts, wrong = parse(read_file(file), name=file.name, parties=parties)
    if wrong:
        made = table(t("单元格", "Cell"), t("问题", "What is wrong"))
        for one in wrong:
            made.add_row(one.cell, escape(one.reason[LANG]))
        out.print(made)
        raise typer.Exit(1)
    for draft in drafts:
        if dry_run:
            out.print(f"[green]✓[/green] {escape(both(draft['title']))}  {len(draft['items'])}")
        else:
            _told(port.enter_scenario(**draft), as_json=False)


def _told(made: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        _json(made)
        return
    out.print(f"{t('已登记', 'Entered')}  {made['id']}  {escape(both(made['title']))}", soft_wrap=True)


def _write(path: Path, content: bytes) -> None:
    write_file(path, content)
    out.print(f"{t('已写入', 'Written')}  {escape(str(path))}  {size(len(content))}", soft_wrap=True)


def _json(found: object) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
