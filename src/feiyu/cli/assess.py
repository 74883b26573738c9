"""``feiyu assess FILE --to DE --purpose …``: which way must this go, and what would make it easier."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out

HELP = t("路径判定：这份数据出境应走哪条路，理由与最小必要建议。",
         "Determine the pathway of a file: which way it must go, why, and what would make it easier.")  # fmt: skip


def assess(
    file: Annotated[Path | None, typer.Argument(help=t("要判定的文件", "The file to assess"))] = None,
    to: Annotated[
        str, typer.Option(help=t("接收方所在国家或地区（两位代码）", "The recipient's country (two letters)"))
    ] = "",
    purpose: Annotated[str, typer.Option(help=t("目的", "Purpose"))] = "",
    sector: Annotated[str, typer.Option(help=t("行业", "Sector"))] = "general",
    ciio: Annotated[
        str,
        typer.Option(
            help=t(
                "是否关键信息基础设施运营者：yes、no、unknown",
                "Operator of critical information infrastructure: yes, no, unknown",
            )
        ),
    ] = "unknown",
    important: Annotated[
        str,
        typer.Option(
            help=t(
                "人工认定的重要数据：none、suspected、important、unknown",
                "Human finding on important data: none, suspected, important, unknown",
            )
        ),
    ] = "unknown",
    answer: Annotated[
        list[str] | None,
        typer.Option(help=t("其他事实，名称=值，可多次", "Another fact, name=value, repeatable")),
    ] = None,
    at: Annotated[str, typer.Option(help=t("判定日期，默认今天", "As of which day; today by default"))] = "",
    facts: Annotated[
        Path | None,
        typer.Option(help=t("每行一组事实的 JSONL 文件", "A JSONL file with one set of facts a line")),
    ] = None,
    trace: Annotated[
        bool, typer.Option(help=t("显示全部规则的判断过程", "Show every rule that was tried"))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:
    """Assess a file alone, or a file of worked cases."""
    if facts is not None:
        _cases(facts)
        return
    if file is None:
        raise typer.BadParameter(t("请给出文件，或用 --facts", "Give a file, or --facts"))
    if not to or not purpose:
        raise typer.BadParameter(
            t("请用 --to 与 --purpose 说明接收国与目的", "Say where to and what for: --to, --purpose")
        )
    day = date.fromisoformat(at) if at else _today()
    answers: dict[str, Any] = {
        "ciio": ciio,
        "important_finding": None if important == "unknown" else important,
    }
    for item in answer or []:
        name, _, value = item.partition("=")
        answers[name] = int(value) if value.isdigit() else value
    scenario = {"country": to.upper(), "purpose": purpose, "sector": sector, "ground": "none"}
    _one(file, scenario, answers, day, trace=trace, as_json=as_json)


def _one(
    file: Path, scenario: dict[str, Any], answers: dict[str, Any], day: date, *, trace: bool, as_json: bool
) -> None:
    from feiyu.cli.scan import scanned, show_profile
    from feiyu.edge.advise import advise
    from feiyu.edge.assess import facts_for
    from feiyu.rules import load
    from feiyu.rules.explain import explain_trace

    found = scanned(file)
    rulebooks = load()
    profile = found.as_dict()
    told = facts_for(profile, scenario, {"general_before": 0, "sensitive_before": 0}, answers)
    determination = rulebooks.determine(told, at=day)
    advice = advise(rulebooks, told, profile, file, at=day)
    if as_json:
        out.print_json(json.dumps({
            "alone": determination.as_dict(), "least_data": [one.as_dict() for one in advice], "profile": profile,
        }, ensure_ascii=False), indent=1)  # fmt: skip
        return
    show_profile(found)
    out.rule(t("仅就本文件", "This file alone"), align="left")
    for sentence in determination.explain(LANG):
        out.print(f"  {sentence}", markup=False)
    if trace:
        for sentence in explain_trace(determination, LANG):
            out.print(f"    [dim]{escape(sentence)}[/dim]")
    show_advice(advice)
    out.print(t("[dim]这是按规则库得出的判断，不是行政决定，也不构成法律意见。[/dim]",
                "[dim]This is what the rulebook answers. It is no administrative decision and no legal advice.[/dim]"))  # fmt: skip


def show_advice(advice: Any) -> None:
    """Print the least-data advice."""
    if not advice:
        return
    out.rule(t("最小必要建议", "Least data"), align="left")
    for one in advice:
        changes = t("、", ", ").join(change.text[LANG] for change in one.changes)
        out.print(
            f"  {escape(changes)}  →  [bold]{one.after.route.value}[/bold]  {escape(one.after.reason[LANG])}"
        )


def _cases(path: Path) -> None:
    """A line of answer for each line of facts."""
    import sys

    from feiyu.rules import load
    from feiyu.rules.cases import answer_case

    rulebooks = load()
    with path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                answer = answer_case(rulebooks, json.loads(line))
                sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=_plain) + "\n")


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _today() -> date:
    from feiyu.base.clock import SystemClock, legal_date

    return legal_date(SystemClock().now())
