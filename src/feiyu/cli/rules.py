"""``feiyu rules``: read the law that decides, compare two states of it, load official annexes, look things up."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.base.errors import BadInput
from feiyu.base.text import Text, number_of
from feiyu.cli.client import BadFile, Token, Url, port_client, write_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out, table

HELP = t(
    "查看规则库：规则、条文、清单、比较与导入。",
    "Read the rulebook: rules, articles, lists; compare and import.",
)
app = typer.Typer(help=HELP, invoke_without_command=True)

At = Annotated[str, typer.Option(help=t("日期，默认今天", "As of which day; today by default"))]
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))]


@app.callback()
def rules(context: typer.Context, at: At = "") -> None:
    """List the rules in force on a day, in the order in which they are tried."""
    if context.invoked_subcommand:
        return
    day, book = day_of(at), _books().book()
    out.print(f"[bold]{book.id}[/bold]@{book.version}  {day}")
    made = table(t("规则", "Rule"), t("标题", "Title"), t("依据", "Under"))
    for rule in sorted((rule for rule in book.rules if rule.applies(day)), key=lambda rule: rule.order):
        made.add_row(rule.id, rule.title[LANG], ", ".join(cite.citation.ref for cite in rule.cites))
    out.print(made)


@app.command(help=t("一条规则：条件、结果、依据、生效日期。", "One rule: condition, outcomes, texts, dates."))
def show(
    rule: Annotated[str, typer.Argument(help=t("规则编号，如 R51", "The rule, such as R51"))],
    at: At = "",
) -> None:
    """Print the file of a rule as it is written."""
    from feiyu.rules.errors import UnknownName

    books, day = _books(), day_of(at)
    found = [one for one in books.book().rules if one.id == rule.upper() and one.applies(day)]
    if not found:
        known = ", ".join(one.id for one in books.book().rules if one.applies(day))
        raise UnknownName(what=Text("规则", "rule"), name=rule, allowed=known)
    file = books.root
    for step in found[0].place.rpartition(":")[0].split("/"):
        file = file.joinpath(step)
    out.print(escape(file.read_text(encoding="utf-8")))
    for cite in found[0].cites:
        source = cite.source
        out.print(f"[dim]{escape(source.title[LANG])} {cite.citation.article}  {source.url or ''}[/dim]")


@app.command(help=t(
    "比较规则库的两个版本或两个日期：哪些规则、数值变了，哪些办件和授权的路径因此改变。",
    "Compare two versions or dates of the rulebook: rules and values that change, and the filings and grants whose route does.",
))  # fmt: skip
def diff(
    old: Annotated[str, typer.Argument(help=t("旧：日期，或规则库文件夹[@日期]", "Old: a day, or a folder of rulebooks[@day]"))],
    new: Annotated[str, typer.Argument(help=t("新：日期，或规则库文件夹[@日期]", "New: a day, or a folder of rulebooks[@day]"))],
    facts: Annotated[
        list[Path] | None,
        typer.Option(help=t(
            "事实文件（每行一组，含办件导出的判定文件），可多次", "Facts, one set a line, or determination documents; repeatable",
        )),
    ] = None,
    filings: Annotated[
        bool, typer.Option("--filings", help=t("也比较数据港中可见的全部办件", "Also compare every filing one may see at the port"))
    ] = False,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:  # fmt: skip
    """What begins, ends and changes between two states of the law, and for whom."""
    from feiyu.rules.diff import changes_between, compare, shifts
    from feiyu.rules.facts_files import read_cases

    (one, first), (two, last) = _state(old), _state(new)
    changes = list(compare(one.book(), two.book())) if one is not two else []
    changes += changes_between(two.book(), first, last, sources=two.sources)
    cases = [case for file in facts or [] for case in read_cases(one, file)]
    if filings:
        port = port_client(url, token)
        cases += [(row["id"], port.filing(row["id"])["facts"]) for row in port.filings()]
    moved = shifts(one, two, cases, at=first, then=last)
    if as_json:
        _json({
            "old": {"rulebook": one.book().name, "at": first.isoformat()},
            "new": {"rulebook": two.book().name, "at": last.isoformat()},
            "changes": [change.as_dict() for change in changes], "cases": len(cases),
            "moved": [shift.as_dict() for shift in moved],
        })  # fmt: skip
        return
    out.print(f"[bold]{one.book().name}[/bold] {first}  →  [bold]{two.book().name}[/bold] {last}")
    made = table(t("变化", "Change"), t("名称", "Name"), t("内容", "What"))
    made.columns[0].no_wrap = made.columns[1].no_wrap = True
    for change in changes:
        made.add_row(change.title[LANG], change.name, change.detail[LANG] if change.detail else "")
    out.print(made if changes else t("规则与数值没有变化。", "No rule and no value changes."))
    if not cases:
        return
    out.rule(
        t(
            f"{len(cases)} 组事实中 {len(moved)} 组改变",
            f"{len(moved)} of {number_of(len(cases), 'set of facts', 'sets of facts')} {'changes' if len(moved) == 1 else 'change'}",
        ),
        align="left",
    )
    made = table(t("编号", "Id"), t("原路径", "Before"), t("新路径", "After"), t("理由", "Why"))
    for shift in moved:
        before, after = shift.before, shift.after
        made.add_row(
            shift.id, f"{before.route} {before.rule}", f"{after.route} {after.rule}", after.reason[LANG]
        )
    out.print(made)


@app.command(help=t("自贸试验区与城市的清单。", "Lists of pilot free trade zones and cities."))
def lists(at: At = "", as_json: AsJson = False) -> None:
    """The lists, and whether their official annex is loaded."""
    from feiyu.rules.zones import zone_lists

    day = day_of(at)
    found = list(zone_lists(_books()))
    if as_json:
        _json([one.as_dict() | {"in_force": one.in_force(day)} for one in found])
        return
    made = table(
        t("编号", "Id"),
        t("清单", "List"),
        t("种类", "Kind"),
        t("生效", "From"),
        t("范围", "Reach"),
        t("规模", "Size"),
        t("状态", "State"),
    )
    for one in found:
        state = (
            t("演示样例", "fixture")
            if one.fixture
            else t("附件已装入", "annex loaded")
            if one.complete
            else t("待导入附件", "annex to be loaded")
        )
        if not one.in_force(day):
            state = t("该日不适用", "not in force that day")
        reach = t("全市", "whole city") if one.city_wide else t("区内", "the zone")
        made.add_row(one.id, one.source.title[LANG], one.kind, str(one.issued), reach, one.size[LANG], state)
    made.columns[0].no_wrap = True  # an id is copied
    out.print(made)


@app.command(
    help=t(
        "写出录入官方附件用的空白表格（.xlsx 或 .csv）。",
        "Write the empty table to type an official annex into (.xlsx or .csv).",
    )
)
def template(
    file: Annotated[Path, typer.Argument(help=t("要写的文件", "The file to write"))],
) -> None:
    """Write the template."""
    from feiyu.rules.annex import template as made

    write_file(file, made(workbook=file.suffix.lower() == ".xlsx"))
    out.print(t(f"已写入 {file}", f"Wrote {file}"))


@app.command("import-list", help=t(
    "导入清单的官方附件：逐格校验，两人核读，保留来源。", "Import a list's official annex: every cell checked, two readers, provenance kept.",
))  # fmt: skip
def import_list(
    file: Annotated[Path, typer.Argument(help=t("按模板录入的表格（XLSX、CSV、YAML）", "The typed table (XLSX, CSV, YAML)"), exists=True, dir_okay=False)],
    of: Annotated[str, typer.Option("--list", help=t("清单，如 shanghai-2025", "The list, such as shanghai-2025"))],
    reader: Annotated[list[str] | None, typer.Option(help=t("对照官方附件核读的人，须两人", "Who read it against the official annex; two are needed"))] = None,
    annex: Annotated[Path | None, typer.Option(help=t("官方附件文件，保留其摘要", "The official file; its hash is kept"), exists=True, dir_okay=False)] = None,
    into: Annotated[Path, typer.Option(help=t("写入的文件夹", "The folder to write to"))] = Path("lists"),
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Check the annex and write the list."""
    from feiyu.rules.annex import dump, import_annex

    found = import_annex(_books(), file, list_id=of, readers=reader or (), on=day_of(""), annex=annex)
    into.mkdir(parents=True, exist_ok=True)
    made = into / f"{found.id}.yaml"
    write_file(made, dump(found).encode())
    items = sum(len(one.items) for one in found.scenarios)
    if as_json:
        _json(found.as_dict() | {"file": str(made), "scenarios": len(found.scenarios), "items": items})
        return
    out.print(t(
        f"{found.source.title.zh}：{len(found.scenarios)} 个场景、{items} 个数据项，核读 {'、'.join(found.readers)}，已写入 {made}",
        f"{found.source.title.en}: {number_of(len(found.scenarios), 'scenario')}, {number_of(items, 'item')}, read by {', '.join(found.readers)}; wrote {made}",
    ))  # fmt: skip
    out.print(t(f"[dim]使用：feiyu assess 文件 --list {made} --scenario 场景 --item 数据项（不在清单内：none）[/dim]",
                f"[dim]Use it: feiyu assess FILE --list {made} --scenario ID --item ID (none: not on the list)[/dim]"))  # fmt: skip


@app.command("stress-test", help=t(
    "压力测试：规则库中的每项中国措施对照 RCEP、CPTPP、DEPA。", "Stress test: every PRC measure of the rulebook against RCEP, CPTPP and DEPA.",
))  # fmt: skip
def stress(as_json: AsJson = False) -> None:
    """The table, with reasons and articles."""
    from feiyu.rules.reference import VERDICTS, stress_test

    found = stress_test(_books())
    if as_json:
        _json([one.as_dict() for one in found])
        return
    for one in found:
        out.rule(f"[bold]{escape(one.measure[LANG])}[/bold]", align="left")
        out.print(f"  [dim]{', '.join(cite.citation.ref for cite in one.cites)}[/dim]")
        for verdict in one.verdicts:
            name, articles = (
                VERDICTS[verdict.verdict][LANG],
                ", ".join(cite.ref for cite in verdict.citations),
            )
            out.print(
                f"  {verdict.agreement:6}[bold]{name}[/bold]  {escape(verdict.reason[LANG])}  [dim]{articles}[/dim]"
            )
        out.print(f"  {t('缓和', 'Eased by')}  {escape(one.mitigations[LANG])}")
    out.print(
        t(
            "[dim]这是分析，不是法律；每项结论附理由与条文。[/dim]",
            "[dim]An analysis, not law; each verdict stands with its reason and articles.[/dim]",
        )
    )


@app.command(help=t("发生事件后的报告义务与时限。", "Duties after an incident, with their clocks."))
def incident(
    role: Annotated[str, typer.Option(help=t("cii、central_organ、bank_insurer、other", "cii, central_organ, bank_insurer, other"))] = "other",
    persons: Annotated[int | None, typer.Option(min=0, help=t("涉及人数，不知道则不填", "Persons concerned; leave out when not known"))] = None,
    at: At = "",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """The duties, shortest clock first."""
    from feiyu.rules.errors import UnknownName
    from feiyu.rules.reference import ROLES, incident_duties

    if role not in ROLES:
        raise UnknownName(what=Text("角色", "role"), name=role, allowed=", ".join(ROLES))
    found = incident_duties(_books(), role=role, persons=persons, at=day_of(at))
    if as_json:
        _json([duty.as_dict() for duty in found])
        return
    made = table(t("时限", "Clock"), t("做什么", "What"), t("向谁", "To whom"), t("依据", "Under"))
    for duty in found:
        clock = (
            t("立即", "at once")
            if duty.first_hours is None
            else t(f"{duty.first_hours} 小时", f"{duty.first_hours} h")
        )
        if duty.closing_days:
            clock += t(
                f"；{duty.closing_days} 天内总结", f"; summary in {number_of(duty.closing_days, 'day')}"
            )
        made.add_row(
            clock, duty.title[LANG], duty.to[LANG], ", ".join(cite.citation.ref for cite in duty.cites)
        )
    out.print(made)


@app.command(
    help=t(
        "目的地法律提示，以及反向流动的限制。",
        "Notes on the law at the destination, and limits of the reverse flow.",
    )
)
def destination(
    country: Annotated[str, typer.Argument(help=t("国家或地区，两位代码", "Country or region, two letters"))],
    deal: Annotated[
        str,
        typer.Option(
            help=t("反向流动的交易种类，如 vendor", "Kind of dealing of a reverse flow, such as vendor")
        ),
    ] = "",
    persons: Annotated[
        list[str] | None,
        typer.Option(
            help=t("反向流动的数量，项=人数，可多次", "Numbers of a reverse flow, line=persons, repeatable")
        ),
    ] = None,
    government: Annotated[
        bool,
        typer.Option(
            "--government", help=t("含对方政府相关数据", "Data related to that government are among them")
        ),
    ] = False,
    at: At = "",
    as_json: AsJson = False,
) -> None:
    """The notes, and what that law says to a flow coming from there."""
    from feiyu.rules.reference import REVERSE, destination_notes, reverse_flow

    found = destination_notes(_books(), country, day_of(at))
    counts = dict(_number(one) for one in persons or [])
    reverse = [
        reverse_flow(one, persons=counts, deal=deal, government=government)
        for one in found
        if deal and one.reverse
    ]
    if as_json:
        _json([one.as_dict() for one in found] if not deal else [answer.as_dict() for answer in reverse])
        return
    for answer in reverse:
        out.print(f"[bold]{REVERSE[answer.verdict][LANG]}[/bold]  {', '.join(answer.lines)}")
    if not found:
        out.print(
            t(
                "没有该地的提示，请自行了解当地法律。",
                "There are no notes on that place; find out its law yourself.",
            )
        )
    for one in found:
        out.rule(escape(one.title[LANG]), align="left")
        for note in one.notes:
            out.print(f"  {escape(note[LANG])}")
        for line in one.lines:
            out.print(
                f"  {escape(line.title[LANG])}{t('：', ': ')}> {line.more_than:,} {escape(line.unit[LANG])}"
            )
        out.print(f"  [dim]{', '.join(cite.citation.ref for cite in one.cites)}  {one.confidence}[/dim]")


@app.command(
    help=t(
        "检查一个规则库文件夹：格式、出处、日期、次序；错误指明文件与行号。",
        "Check a folder of rulebooks: format, citations, dates, order; faults name file and line.",
    )
)
def check(
    folder: Annotated[
        Path, typer.Argument(help=t("规则库文件夹", "A folder of rulebooks"), exists=True, file_okay=False)
    ],
) -> None:
    """Load a folder as it would be loaded."""
    from feiyu.rules import load
    from feiyu.rules.worked import worked_cases

    books = load(folder)
    wrong = [
        found for case in worked_cases(books)
        if (found := case.differs(books.determine(case.facts, at=case.at, switches=case.switches)))
    ]  # fmt: skip
    for line in wrong:
        out.print(f"[red]{escape(line)}[/red]")
    book = books.book()
    out.print(
        t(
            f"{book.name}：{len(book.rules)} 条规则，算例不符 {len(wrong)} 个",
            f"{book.name}: {number_of(len(book.rules), 'rule')}, {number_of(len(wrong), 'example')} not met",
        )
    )
    if wrong:
        raise typer.Exit(1)


def _number(text: str) -> tuple[str, int | None]:
    """``line=number``; without a number it is not known."""
    from feiyu.rules.errors import BadFact

    name, _, value = text.partition("=")
    if value and not value.isdigit():
        raise BadFact(fact=name, value=repr(value)[:40], allowed="0, 1, 2, …")
    return name, int(value) if value else None


def day_of(text: str) -> date:
    """A day as given, or today."""
    from feiyu.base.clock import SystemClock, legal_date

    if not text:
        return legal_date(SystemClock().now())
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            reason=Text(
                f"“{text[:40]}”不是日期，应为 YYYY-MM-DD",
                f"“{text[:40]}” is not a day; YYYY-MM-DD is wanted",
            )
        ) from None


def _books() -> Any:
    from feiyu.rules import load

    return load()


def _state(text: str) -> tuple[Any, date]:
    """A state of the law: a day of the shipped rulebooks, or a folder of rulebooks with perhaps a day."""
    from feiyu.rules import load

    folder, _, day = text.rpartition("@") if "@" in text else (text, "", "")
    if Path(folder).is_dir():
        return load(Path(folder)), day_of(day)
    if "/" in folder or "\\" in folder:
        raise BadFile(path=folder, reason=Text("没有这个文件夹", "no such folder"))
    return _shared(), day_of(text)


_held: list[Any] = []


def _shared() -> Any:
    if not _held:
        _held.append(_books())
    return _held[0]


def _json(value: list[Any] | Mapping[str, Any]) -> None:
    out.print_json(json.dumps(value, ensure_ascii=False, default=str), indent=1)
