"""``feiyu assess``: which way must this go, why, why not otherwise, what if, and what would make it easier."""

import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.base.said import said
from feiyu.base.text import Text, number_of
from feiyu.cli.client import BadFile, Token, Url, edge_client, read_json
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out

HELP = t("路径判定：这份数据出境应走哪条路，理由与最小必要建议；不给文件时逐题询问。",
         "Determine the pathway: which way data must go, why, and what would make it easier; without a file it asks one question "
         "at a time.")  # fmt: skip

CHOICES = ("none", "suspected", "important", "unknown")


def assess(
    file: Annotated[Path | None, typer.Argument(help=t("要判定的文件；不给则逐题询问", "The file to assess; without one, questions are asked"))] = None,
    to: Annotated[list[str] | None, typer.Option(help=t("接收方所在国家或地区（两位代码），可多次", "The recipient's country (two letters), repeatable"))] = None,
    purpose: Annotated[str, typer.Option(help=t("目的", "Purpose"))] = "",
    sector: Annotated[str, typer.Option(help=t("行业", "Sector"))] = "general",
    ciio: Annotated[str, typer.Option(help=t("是否关键信息基础设施运营者：yes、no、unknown", "Operator of critical information infrastructure: yes, no, unknown"))] = "unknown",
    important: Annotated[str, typer.Option(help=t("人工认定的重要数据：none、suspected、important、unknown", "Human finding on important data: none, suspected, important, unknown"))] = "unknown",
    answer: Annotated[list[str] | None, typer.Option(help=t("其他事实，名称=值，可多次", "Another fact, name=value, repeatable"))] = None,
    sent: Annotated[int | None, typer.Option(min=0, help=t("本年度此前已出境的人数（去重，不含豁免）", "Persons already sent this year, each once, exempt ones apart"))] = None,
    sent_sensitive: Annotated[int, typer.Option(min=0, help=t("其中敏感个人信息人数", "Of them with sensitive information"))] = 0,
    totals: Annotated[Path | None, typer.Option(help=t("本年度合计文件（JSON：persons、sensitive）", "The year's totals, a JSON file: persons, sensitive"))] = None,
    ledger: Annotated[bool, typer.Option("--ledger", help=t("从出境侧的人数台账取本年度合计", "Take the year's totals from the edge's person ledger"))] = False,
    needed: Annotated[list[str] | None, typer.Option(help=t("业务必需、不得调整的字段，可多次", "A field the purpose needs, never to be changed, repeatable"))] = None,
    zone_list: Annotated[Path | None, typer.Option("--list", help=t("已导入的清单文件", "An imported list"))] = None,
    scenario: Annotated[str, typer.Option(help=t("清单中的场景", "The scenario on that list"))] = "",
    item: Annotated[str, typer.Option(help=t("清单中的数据项；不在清单内：none", "The item on that list; none: not on it"))] = "",
    setting: Annotated[list[str] | None, typer.Option(help=t("解释开关，名称=档位，可多次", "An interpretive switch, name=position, repeatable"))] = None,
    why_not: Annotated[str, typer.Option(help=t("为何不是这条路径，差哪些事实", "Why not this route: which facts would have to be otherwise"))] = "",
    what_if: Annotated[list[str] | None, typer.Option(help=t("假如某事实不同，名称=值，可多次", "What if a fact were otherwise, name=value, repeatable"))] = None,
    at: Annotated[str, typer.Option(help=t("判定日期，默认今天；过去的日期按当时的规则", "As of which day; today by default, and the law of that day"))] = "",
    facts: Annotated[Path | None, typer.Option(help=t("每行一组事实的 JSONL 文件", "A JSONL file with one set of facts a line"))] = None,
    trace: Annotated[bool, typer.Option(help=t("显示全部规则的判断过程", "Show every rule that was tried"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
    url: Url = "",
    token: Token = "",
) -> None:  # fmt: skip
    """Assess a file alone and within the year, a file of worked cases, or by asking."""
    from feiyu.cli.rules import day_of
    from feiyu.rules import load

    if facts is not None:
        _cases(facts)
        return
    books, day = load(), day_of(at)
    switches = dict(_pair(books, one, check=False) for one in setting or [])
    answers = dict(_pair(books, one) for one in answer or []) | _listed(
        books, zone_list, sector, scenario, item, day
    )
    ask = _Ask(books=books, day=day, switches=switches, why_not=why_not, trace=trace, as_json=as_json,
               changes=dict(_pair(books, one) for one in what_if or []))  # fmt: skip
    if file is None:
        if ciio != "unknown":
            answers["ciio"] = ciio
        _from_answers(ask, answers, interactive=not answers)
        return
    if not to or not purpose:
        raise typer.BadParameter(
            t("请用 --to 与 --purpose 说明接收国与目的", "Say where to and what for: --to, --purpose")
        )
    from feiyu.edge.assess import FINDINGS
    from feiyu.rules.errors import BadFact

    if important not in {*FINDINGS, "unknown"}:
        raise BadFact(
            fact="important",
            value=repr(important)[:40],
            allowed=", ".join(CHOICES),
        )
    answers |= {"ciio": ciio, "important_finding": None if important == "unknown" else important}
    countries = [country.upper() for country in to]
    told = {"countries": countries, "purpose": purpose, "sector": sector, "ground": "none"}
    year = _totals(sent, sent_sensitive, totals, edge_client(url, token).ledger() if ledger else None)
    _file(ask, file, told, answers, year, needed or [])


def _pair(books: Any, text: str, *, check: bool = True) -> tuple[str, Any]:
    """A fact as ``name=value``, read by its kind; an unknown name is refused with the known ones."""
    from feiyu.rules.errors import UnknownName

    name, _, value = text.partition("=")
    known = books.book().facts
    if not check:
        return name, value
    if name not in known:
        raise UnknownName(what=Text("事实", "fact"), name=name, allowed=", ".join(known))
    counted = known[name].kind in {"count", "hundredths"} and value.replace("_", "").isdigit()
    return name, int(value) if counted else value


def _listed(
    books: Any, path: Path | None, sector: str, scenario: str, item: str, day: date
) -> dict[str, object]:
    """The facts about an imported list."""
    if path is None:
        return {}
    from feiyu.rules.zones import import_list

    found = import_list(books, path)
    chosen = None if item in {"", "none"} else item
    facts = found.facts(sector=sector, scenario=scenario or None, item=chosen, at=day)
    return {"zone": found.zone, **facts}


def _totals(sent: int | None, sensitive: int, path: Path | None, ledger: Any) -> dict[str, Any] | None:
    """What was sent this year, from whichever was given; ``None``: not known."""
    if ledger is not None:
        return {"persons": ledger["persons"], "sensitive": ledger["sensitive"]}
    if path is not None:
        found = read_json(path)
        if not isinstance(found, dict) or not {"persons", "general_before"} & found.keys():
            raise BadFile(path=path, reason=Text("JSON 中须有 persons", "JSON: persons is wanted"))
        return found
    return None if sent is None else {"persons": sent, "sensitive": sensitive}


class _Ask:
    """One question to the law, and how its answer is to be shown."""

    def __init__(
        self, *, books: Any, day: date, switches: Mapping[str, str], why_not: str, trace: bool, as_json: bool,
        changes: Mapping[str, object],
    ) -> None:  # fmt: skip
        self.books, self.day, self.switches, self.why_not = books, day, switches, why_not
        self.trace, self.as_json, self.changes = trace, as_json, changes

    def determine(self, facts: Mapping[str, object]) -> Any:
        """Determine under the chosen switches."""
        return self.books.determine(facts, at=self.day, switches=self.switches)

    def extras(self, facts: Mapping[str, object]) -> dict[str, Any]:
        """Open grounds, destination notes, why not, what if."""
        from feiyu.rules import open_grounds, why_not
        from feiyu.rules.reference import destination_notes
        from feiyu.rules.try_out import route_named

        country = str(facts.get("recipient_country", ""))
        found: dict[str, Any] = {
            "open_grounds": [one.as_dict() for one in open_grounds(self.books, facts, at=self.day)],
            "destination": [one.as_dict() for one in destination_notes(self.books, country, self.day)],
        }
        if self.why_not:
            wanted = route_named(self.why_not)
            found["why_not"] = [one.as_dict() for one in why_not(self.books, facts, wanted, at=self.day)]
        if self.changes:
            found["what_if"] = {
                "facts": dict(self.changes),
                "determination": self.determine({**facts, **self.changes}).as_dict(),
            }
        return found

    def show(self, found: Any) -> None:
        """A determination in sentences."""
        from feiyu.rules.explain import explain_trace

        for sentence in found.explain(LANG):
            out.print(f"  {sentence}", markup=False)
        if self.trace:
            for sentence in explain_trace(found, LANG):
                out.print(f"    [dim]{escape(sentence)}[/dim]")

    def show_extras(self, found: Mapping[str, Any]) -> None:
        """What may be asked beside the answer."""
        for ground in found["open_grounds"]:
            name = self.books.book().facts["ground"].names[ground["ground"]][LANG]
            out.rule(t(f"若能证明，可适用：{name}", f"May fit, if you can show it: {name}"), align="left")
            out.print(f"  → [bold]{ground['route']}[/bold]")
            for question in ground["questions"]:
                out.print(f"  · {escape(question['question'][LANG.value])}  [dim]{question['fact']}[/dim]")
        if "why_not" in found:
            out.rule(t(f"为何不是 {self.why_not.upper()}", f"Why not {self.why_not.upper()}"), align="left")
            if not found["why_not"]:
                out.print(
                    t("  改变任何一两个事实都到不了这条路径。", "  No one or two facts would lead there.")
                )
            for way in found["why_not"]:
                facts = ", ".join(f"{name}={value}" for name, value in way["facts"].items())
                out.print(f"  {t('须为', 'it would take')} {escape(facts)}  [dim]{way['rule']}[/dim]")
        if "what_if" in found:
            told = ", ".join(f"{name}={value}" for name, value in self.changes.items())
            answer = found["what_if"]["determination"]
            out.rule(t(f"假如 {told}", f"What if {told}"), align="left")
            out.print(
                f"  [bold]{answer['route']}[/bold] {answer['rule']}  {escape(answer['reason'][LANG.value])}"
            )
        for note in found["destination"]:
            out.rule(escape(note["title"][LANG.value]), align="left")
            for one in note["notes"]:
                out.print(f"  {escape(one[LANG.value])}")


def _file(
    ask: _Ask, file: Path, scenario: Mapping[str, Any], answers: dict[str, Any], year: dict[str, Any] | None,
    needed: Sequence[str],
) -> None:  # fmt: skip
    from feiyu.cli.scan import scanned, show_profile
    from feiyu.edge.advise import advise
    from feiyu.edge.assess import assess as assessed
    from feiyu.scan.asked_fields import refuse_unknown

    scan = scanned(file)
    refuse_unknown(needed, scan)
    profile = scan.as_dict()
    found = assessed(
        ask.books,
        profile,
        scenario=scenario,
        totals=year,
        exporter=answers,
        at=ask.day,
        switches=ask.switches,
    )
    # Without the year's totals the advice is for this file alone.
    facts = found.facts if year is not None else found.facts_alone
    advice = advise(
        ask.books, facts, profile, file, at=ask.day, needed=needed, recipients=scenario["countries"]
    )
    extras = ask.extras(facts)
    if ask.as_json:
        _print({
            "alone": found.alone.as_dict(), "year": found.year.as_dict(),
            "crossings": [one.as_dict() for one in found.crossings], "facts": facts,
            "least_data": [one.as_dict() for one in advice], **extras, "profile": profile,
        })  # fmt: skip
        return
    show_profile(scan)
    out.rule(t("仅就本文件", "This file alone"), align="left")
    ask.show(found.alone)
    out.rule(t("加上本年度其他出境", "With everything else you send this year"), align="left")
    if year is None:
        out.print(t("  请用 --sent、--totals 或 --ledger 给出本年度此前的人数。",
                    "  Give the persons sent this year so far: --sent, --totals or --ledger."))  # fmt: skip
    ask.show(found.year)
    show_crossings(found.crossings)
    show_advice(advice)
    ask.show_extras(extras)
    _closing()


def _from_answers(ask: _Ask, answers: dict[str, Any], *, interactive: bool) -> None:
    """Determine from answers alone, asked one at a time when none were given."""
    facts = _interview(ask) if interactive else answers
    found = ask.determine(facts)
    extras = ask.extras(facts)
    if ask.as_json:
        _print({"determination": found.as_dict(), "facts": facts, **extras})
        return
    ask.show(found)
    ask.show_extras(extras)
    _closing()


def _interview(ask: _Ask) -> dict[str, object]:
    """Ask only what is needed, one question at a time; ``?`` says why, an empty line means *not known*."""
    from feiyu.rules import Question, next_question
    from feiyu.rules.errors import BadFact

    facts: dict[str, object] = {}
    shown = 0
    while isinstance(asked := next_question(ask.books, facts, ask.day), Question):
        shown += 1
        _prompt(f"{shown}. {asked.text[LANG]}")
        for number, (value, text) in enumerate(asked.answers, 1):
            _prompt(f"   {number}  {text[LANG]}  ({value})")
        if asked.suggestions:
            _prompt(f"   {t('如', 'such as')}  {', '.join(value for value, _ in asked.suggestions)}")
        line = _read()
        if line is None:
            break
        if line == "?":
            rule = next((one for one in ask.books.book().rules if one.id == asked.rule), None)
            if rule:
                cites = ", ".join(cite.citation.ref for cite in rule.cites)
                _prompt(f"   {rule.id} {rule.title[LANG]}  {cites}")
            shown -= 1
            continue
        try:
            facts[asked.fact] = _answer(ask, asked, line)
            ask.determine(facts)
        except BadFact as bad:
            facts.pop(asked.fact, None)
            _prompt(f"   {bad.text(LANG)}")
            shown -= 1
    return facts


def _answer(ask: _Ask, asked: Any, line: str) -> object:
    from feiyu.rules.guide import read_typed

    if not line:
        return "unknown"
    if asked.answers and line.isdigit() and 1 <= int(line) <= len(asked.answers):
        return asked.answers[int(line) - 1][0]
    words = {text[LANG].lower(): value for value, text in (*asked.answers, *asked.suggestions)}
    words |= {"y": "yes", "n": "no"} if asked.kind == "truth" else {}
    return read_typed(ask.books.book().facts[asked.fact], words.get(line.lower(), line))


def _prompt(text: str) -> None:
    sys.stderr.write(text + "\n")


def _read() -> str | None:
    sys.stderr.write("> ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip() if line else None


def show_crossings(found: Any) -> None:
    """Print on which day this year, at the pace so far, a line is reached."""
    ahead = [one for one in found if one.day is not None]
    if not ahead:
        return
    out.rule(
        t("按目前速度（自1月1日起的直线）", "At the pace so far (a straight line from 1 January)"),
        align="left",
    )
    for one in ahead:
        so_far = t(
            f"{one.title.zh}：{one.persons:,} 人，目前 {one.so_far:,} 人",
            f"{one.title.en}: {number_of(one.persons, 'person')}, {one.so_far:,} so far",
        )
        when = t("已达到", "reached") if one.so_far >= one.persons else str(one.day)
        out.print(f"  {when}  {escape(so_far)}")


def show_advice(advice: Any) -> None:
    """Print the least-data advice."""
    if not advice:
        return
    out.rule(t("最小必要建议", "Least data"), align="left")
    for one in advice:
        changes = t("、", ", ").join(change.text[LANG] for change in one.changes)
        gained = f" + {', '.join(one.gained_options)}" if one.gained_options else ""
        greedy = (
            t("（逐步查找，可能有更小的组合）", " (found step by step; a smaller set may exist)")
            if one.greedy
            else ""
        )
        out.print(
            f"  {escape(changes)}  →  [bold]{one.after.route.value}[/bold]{gained}  {escape(one.after.reason[LANG])}{greedy}"
        )
        if one.instead:
            same = t("、", ", ").join(change.text[LANG] for change in one.instead)
            out.print(f"    [dim]{t('同效：', 'as well: ')}{escape(same)}[/dim]")


def _closing() -> None:
    out.print(t("[dim]这是按规则库得出的判断，不是行政决定，也不构成法律意见。[/dim]",
                "[dim]This is what the rulebook answers. It is no administrative decision and no legal advice.[/dim]"))  # fmt: skip


def _cases(path: Path) -> None:
    """A line of answer for each line of facts; a line that is no JSON is answered too, so that none is lost."""
    from feiyu.rules import load
    from feiyu.rules.cases import answer_case

    rulebooks = load()
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if line.strip():
                answer = answer_case(rulebooks, _case(path, number, line))
                sys.stdout.write(json.dumps(answer, ensure_ascii=False, default=_plain) + "\n")


def _case(path: Path, number: int, line: str) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as bad:
        raise BadFile(path=f"{path}:{number}", reason=said(bad)) from None


def _print(value: Mapping[str, Any]) -> None:
    out.print_json(json.dumps(value, ensure_ascii=False, default=_plain), indent=1)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
