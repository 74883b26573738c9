"""``feiyu dossier``: the exporter's papers, made and checked at the edge."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.base.text import Text, number_of
from feiyu.cli.client import BadFile, Token, Url, edge_client, read_file, read_json, write_file
from feiyu.cli.lang import t
from feiyu.cli.show import both, out, size, table

app = typer.Typer(
    no_args_is_help=True,
    help=t("申报材料：在出境侧由同一数据模型编制、检查、比较和提交。",
           "The papers of a filing: made from one data model at the edge, checked, compared, handed in."),
)  # fmt: skip
Dossier = Annotated[str, typer.Argument(help=t("材料编号", "Dossier id"))]
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))]


class PaperForm(StrEnum):
    """As what a paper is set."""

    PDF = "pdf"
    DOCX = "docx"


class OutsideKind(StrEnum):
    """What a paper made elsewhere is."""

    CONTRACT = "contract"
    FORM = "form"
    REPORT = "report"
    ANNEX = "annex"
    LEDGER = "ledger"
    OTHER = "other"


class PaperLang(StrEnum):
    """The language of a paper."""

    ZH = "zh"
    EN = "en"


@app.command("list", help=t("列出全部材料。", "List all dossiers."))
def list_dossiers(as_json: AsJson = False, url: Url = "", token: Token = "") -> None:
    """List dossiers."""
    found = edge_client(url, token).dossiers.all()
    if as_json:
        _json(found)
        return
    made = table(t("编号", "Id"), t("场景", "Scenario"), t("办理事项", "For"), t("办件", "Filing"))
    for one in found:
        made.add_row(
            one["id"], both(one["scenario_title"]), both(one["procedure_name"]), one["filing_id"] or "—"
        )
    out.print(made)


@app.command(
    "packages", help=t("各办理事项的材料清单与期限。", "What each procedure wants, and its time limits.")
)
def list_packages(as_json: AsJson = False, url: Url = "", token: Token = "") -> None:
    """List packages."""
    found = edge_client(url, token).dossiers.packages()
    if as_json:
        _json(found)
        return
    for one in found:
        out.rule(f"{escape(both(one['title']))}  [dim]{one['procedure']}[/dim]", align="left")
        for at, item in enumerate(one["items"], 1):
            must = "" if item["required"] else t("（可选）", " (optional)")
            out.print(f"  {at}. {escape(both(item['name']))} [dim]{escape(both(item['form']))}[/dim]{must}")
        out.print(f"  [dim]{escape(both(one['clock']))}[/dim]")


@app.command("begin", help=t("由场景最近一次已签署的路径判定开始一套材料。",
                             "Begin a dossier from a scenario's newest signed determination."))  # fmt: skip
def begin(
    scenario: Annotated[str, typer.Option(help=t("场景编号", "Scenario id"))],
    procedure: Annotated[
        str | None,
        typer.Option(help=t("办理事项；默认按路径判定", "Procedure; by the determination when left out")),
    ] = None,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Begin a dossier."""
    _shown(edge_client(url, token).dossiers.begin(scenario, procedure=procedure), as_json=as_json)


@app.command("show", help=t("显示材料、未答问题和检查结果。", "Show papers, open questions and findings."))
def show(dossier: Dossier, as_json: AsJson = False, url: Url = "", token: Token = "") -> None:
    """Show a dossier."""
    _shown(edge_client(url, token).dossiers.get(dossier), as_json=as_json)


@app.command("answer", help=t("填写回答：名称=值，或 JSON 文件；空值为撤回。",
                              "Answer questions: name=value, or a JSON file; an empty value takes one back."))  # fmt: skip
def answer(
    dossier: Dossier,
    answers: Annotated[list[str] | None, typer.Argument(help=t("名称=值", "name=value"))] = None,
    file: Annotated[Path | None, typer.Option(help=t("回答文件（JSON）", "Answers, a JSON file"))] = None,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Answer questions; names with a dot answer the whole-process assessment."""
    told: dict[str, str] = {}
    if file is not None:
        read = read_json(file)
        if not isinstance(read, dict) or not all(isinstance(one, str) for one in read.values()):
            raise BadFile(
                path=file,
                reason=Text(
                    '应为 JSON 对象：{{"名称": "文本", …}}', 'a JSON object is wanted: {{"name": "text", …}}'
                ).format(),
            )
        told |= read
    for item in answers or []:
        name, _, text = item.partition("=")
        told[name] = text
    stages = {name: text for name, text in told.items() if "." in name}
    plain = {name: text for name, text in told.items() if name not in stages}
    _shown(edge_client(url, token).dossiers.answer(dossier, plain, stages=stages), as_json=as_json)


@app.command("paper", help=t("编制其中一份材料。", "Make one paper."))
def paper(
    dossier: Dossier,
    name: Annotated[
        str,
        typer.Argument(
            help=t("材料名称；另有 materials、questions、trace", "Name; also materials, questions, trace")
        ),
    ],
    to: Annotated[Path | None, typer.Option("--out", help=t("写入的文件", "File to write"))] = None,
    paper_lang: Annotated[
        PaperLang, typer.Option(help=t("材料语言", "Language of the paper"))
    ] = PaperLang.ZH,
    form: Annotated[PaperForm, typer.Option(help=t("格式", "Format"))] = PaperForm.PDF,
    url: Url = "",
    token: Token = "",
) -> None:
    """Make one paper."""
    content = edge_client(url, token).dossiers.paper(dossier, name, lang=paper_lang.value, form=form.value)
    _write(to or Path(f"{name}-{paper_lang.value}.{form.value}"), content)


@app.command("make", help=t("编制全部材料（中英文、PDF 与 DOCX），保留一个版本。",
                            "Make all papers (Chinese and English, PDF and DOCX) and keep a version."))  # fmt: skip
def make(
    dossier: Dossier,
    to: Annotated[Path | None, typer.Option("--out", help=t("写入的 ZIP 文件", "ZIP file to write"))] = None,
    url: Url = "",
    token: Token = "",
) -> None:
    """Make all papers."""
    _write(to or Path(f"{dossier}.zip"), edge_client(url, token).dossiers.make(dossier))


@app.command("diff", help=t("比较两个版本。", "Compare two versions."))
def diff(
    dossier: Dossier,
    before: Annotated[int, typer.Argument(help=t("较早版本", "Earlier version"))],
    after: Annotated[int, typer.Argument(help=t("较晚版本", "Later version"))],
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Compare two versions."""
    found = edge_client(url, token).dossiers.diff(dossier, before, after)
    if as_json:
        _json(found)
        return
    made = table(t("值", "Value"), t("之前", "Before"), t("之后", "After"), t("来源", "From"))
    for one in found:
        sides = [escape(both(one[side])[:60]) if one[side] else "—" for side in ("before", "after")]
        made.add_row(one["name"], *sides, f"{one['source']} {escape(one['ref'])}")
    out.print(made if found else t("没有差别。", "Nothing differs."))


@app.command("attach", help=t("附上扫描件或已签章的文件。", "Attach a scan or a signed paper."))
def attach(
    dossier: Dossier,
    material: Annotated[str, typer.Argument(help=t("材料名称，见 show", "Material, see show"))],
    file: Annotated[Path, typer.Argument(help=t("文件", "File"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Attach a file."""
    edge_client(url, token).dossiers.attach(
        dossier, material=material, name=file.name, content=read_file(file)
    )
    out.print(f"{t('已附', 'Attached')}  {material}  {escape(file.name)}")


@app.command("check", help=t("检查他处制作的材料：合同逐字比对，人数、字段、接收方、日期与本套材料核对。",
                             "Check a paper made elsewhere: a contract word for word; persons, fields, recipients and dates."))  # fmt: skip
def check(
    dossier: Dossier,
    file: Annotated[Path, typer.Argument(help=t("DOCX、PDF 或 XLSX 文件", "DOCX, PDF or XLSX"))],
    kind: Annotated[OutsideKind, typer.Option(help=t("材料种类", "What it is"))] = OutsideKind.CONTRACT,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Check a paper made elsewhere against a dossier; exit code 1 when something differs."""
    found = edge_client(url, token).dossiers.check(
        dossier, kind=kind.value, name=file.name, content=read_file(file)
    )
    _outside(found, as_json=as_json)


@app.command("compare", help=t("在本机将标准合同与官方文本逐字比对，不连接任何服务。",
                               "Compare a standard contract with the official text on this machine, word for word."))  # fmt: skip
def compare(
    file: Annotated[Path, typer.Argument(help=t("DOCX 或 PDF 文件", "DOCX or PDF"))], as_json: AsJson = False
) -> None:
    """Compare a contract with the official text; exit code 1 when it differs."""
    from feiyu.edge.dossier.outside import check_contract, report

    script, compared = check_contract(file.name, read_file(file))
    _outside(report(script, [], compared), as_json=as_json)


def _outside(found: dict[str, Any], *, as_json: bool) -> None:
    official = found["official"]
    differences = official["differences"] if official else []
    if as_json:
        _json(found)
        raise typer.Exit(1 if differences or found["mismatches"] else 0)
    for one in found["warnings"]:
        out.print(f"[yellow]{escape(both(one))}[/yellow]")
    if official:
        kept = official["kept"] / official["fixed"]
        out.print(
            t(
                f"官方文本 {official['fixed']:,} 字，相符 {kept:.1%}",
                f"{number_of(official['fixed'], 'sign')} of official text, {kept:.1%} kept",
            )
        )
        out.print(f"[dim]{escape(both(official['read_from']))}[/dim]")
    if differences:
        made = table(
            t("位置", "Place"),
            t("条款", "Article"),
            t("类别", "Kind"),
            t("官方文本", "Official"),
            t("文件", "Paper"),
        )
        for one in differences:
            made.add_row(
                both(one["place"]),
                one["article"][:16],
                both(one["kind_name"]),
                escape(one["official"][:60]),
                escape(one["found"][:60]),
            )
        out.print(made)
    if found["mismatches"]:
        made = table(t("位置", "Place"), t("事项", "What"), t("本套材料", "Dossier"), t("文件", "Paper"))
        for one in found["mismatches"]:
            made.add_row(
                both(one["place"]),
                both(one["what"]),
                escape(both(one["expected"])[:50] if one["expected"] else ""),
                escape(one["found"][:50] or t("未见", "not found")),
            )
        out.print(made)
    if differences or found["mismatches"]:
        raise typer.Exit(1)
    out.print(f"[green]✓[/green] {t('未发现差异', 'nothing differs')}")


@app.command("hand-in", help=t("把材料提交到数据港的办件。", "Hand the papers to a filing of the port."))
def hand_in(
    dossier: Dossier,
    filing: Annotated[str, typer.Option(help=t("办件编号", "Filing id"))],
    incomplete: Annotated[
        bool, typer.Option("--incomplete", help=t("即使不齐备也提交", "Hand in even if not complete"))
    ] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Hand in."""
    for one in edge_client(url, token).dossiers.hand_in(dossier, filing, incomplete=incomplete):
        out.print(
            f"{t('已提交', 'Handed in')}  {one['material']}  {escape(one['name'])}  [dim]{one['sha256'][:16]}[/dim]"
        )


def _shown(found: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        _json(found)
        return
    out.rule(
        f"[bold]{escape(both(found['scenario_title']))}[/bold]  {escape(both(found['procedure_name']))}",
        align="left",
    )
    out.print(f"{found['id']}  {t('判定', 'determination')} {found['determination_id']} ({found['route']})")
    made = table(t("材料", "Paper"), t("名称", "Title"), f">{t('未填', 'Open')}", t("可见范围", "Tier"))
    for one in found["papers"]:
        made.add_row(one["id"], both(one["title"]), str(one["open"] or "—"), one["tier"])
    out.print(made)
    _findings(found["findings"])
    left = [one for one in found["questions"] if one["open"]]
    out.print(t(f"未答问题 {len(left)} 个", number_of(len(left), "open question")))
    for one in left[:12]:
        out.print(f"  [cyan]{one['id']}[/cyan]  {escape(both(one['text']))}")
    if len(left) > 12:
        out.print(t(f"  ……另有 {len(left) - 12} 个", f"  … {len(left) - 12} more"))


def _findings(findings: list[dict[str, Any]]) -> None:
    marks = {"missing": "[yellow]○[/yellow]", "inconsistent": "[red]✗[/red]"}
    for one in findings:
        out.print(f"  {marks[one['kind']]} {escape(both(one['text']))}")
    if not findings:
        out.print(f"  [green]✓[/green] {t('材料齐备，未发现不一致', 'complete, and everything fits')}")


def _write(path: Path, content: bytes) -> None:
    write_file(path, content)
    out.print(f"{t('已写入', 'Written')}  {escape(str(path))}  {size(len(content))}", soft_wrap=True)


def _json(found: object) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
