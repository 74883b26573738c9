"""Write the reference pages of the docs from the code, in both languages.

python scripts/reference.py           write them
python scripts/reference.py --check   compare, and fail where a page is behind the code
"""

import importlib
import json
import os
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any

import feiyu
import feiyu_sdk
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang, Text

ROOT = Path(__file__).resolve().parents[1]
GENERATED = Text("本页由 `make reference` 依代码生成。", "Written from the code by `make reference`.")
Row = tuple[str, ...]


def table(head: Text, rows: Iterable[Row], lang: Lang) -> str:
    """A Markdown table; the columns of ``head`` are separated by commas."""
    lines = [tuple(head[lang].split(",")), *rows]
    text = [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |"
        for line in lines
    ]
    return "\n".join([text[0], "|" + "---|" * len(lines[0]), *text[1:]])


def page(lang: Lang, title: Text, intro: Text, *parts: str) -> str:
    """A page: its title, what it is, its tables."""
    return "\n\n".join([f"# {title[lang]}", intro[lang], *parts]) + "\n"


def code(names: Iterable[object]) -> str:
    """Names as code."""
    return ", ".join(f"`{name}`" for name in names)


def subclasses(kind: type) -> list[type]:
    """Every class below ``kind`` that Feiyu defines, once all modules are loaded."""
    for root in (feiyu, feiyu_sdk):
        for module in pkgutil.walk_packages(root.__path__, root.__name__ + "."):
            words = module.name.split(".")
            # Native libraries look like modules to pkgutil; revisions run only inside a migration.
            if not {"_native", "migrations", "__main__"} & set(words):
                importlib.import_module(module.name)
    found: dict[type, None] = {}
    queue = [kind]
    while queue:
        children = [child for child in queue.pop().__subclasses__() if child.__module__.startswith("feiyu")]
        found |= dict.fromkeys(children)
        queue += children
    return list(found)


MANY = re.compile(r"\{\w+\?[^{}:]*:([^{}:]*)\}")
"""The word that fits a number; a page shows the one for many."""


def errors(lang: Lang) -> str:
    """Every refusal, by code."""
    kinds: list[type[FeiyuError]] = sorted([FeiyuError, *subclasses(FeiyuError)], key=lambda kind: kind.code)
    rows = [
        (
            f"`{kind.code}`",
            str(kind.http_status),
            *(MANY.sub(r"\1", text[lang]) for text in (kind.message, kind.hint)),
        )
        for kind in kinds
    ]
    return page(
        lang,
        Text("错误", "Errors"),
        Text(
            "每一项拒绝都有不变的代码、说明与处理办法。接口以 `application/problem+json`(RFC 9457)返回,其中含两种语言。",
            "Every refusal has a stable code, a message and a remedy. The API answers `application/problem+json` (RFC 9457) "
            "with both languages in it.",
        ),
        table(Text("代码,状态,说明,处理办法", "code,status,message,what to do"), rows, lang),
    )


def settings(lang: Lang) -> str:
    """Every setting, with its default."""
    from feiyu.app.settings import Settings

    rows = [
        (
            f"`FEIYU_{one.name.upper()}`",
            f"`{one.default}`" if str(one.default) else "",
            one.metadata["help"][lang],
        )
        for one in fields(Settings)
    ]
    return page(
        lang,
        Text("设置", "Settings"),
        Text(
            "数据港与出境侧从环境变量读取设置。不认识的 `FEIYU_` 变量会被拒绝,以免一处笔误悄悄关掉一项保护。",
            "Port and edge read their settings from the environment. An unknown `FEIYU_` variable is refused, so that a typing "
            "error never turns a protection off.",
        ),
        table(Text("名称,默认值,含义", "name,default,meaning"), rows, lang),
    )


def command_tree() -> list[dict[str, Any]]:
    """Every command with its help, in the language of this process."""
    import typer

    from feiyu.cli.app import build

    def walk(command: Any, path: tuple[str, ...]) -> Iterable[dict[str, Any]]:
        children = getattr(command, "commands", {})
        if not children:
            yield {
                "path": " ".join(path),
                "help": command.help or "",
                "parameters": [_parameter(p) for p in command.params],
            }
        for name in sorted(children):
            yield from walk(children[name], (*path, name))

    return list(walk(typer.main.get_command(build()), ("feiyu",)))


def _parameter(parameter: Any) -> Row:
    option = parameter.param_type_name == "option"
    name = ", ".join([*parameter.opts, *parameter.secondary_opts]) if option else parameter.name.upper()
    return (name, getattr(parameter, "help", None) or "", "yes" if parameter.required else "")


def commands(lang: Lang) -> str:
    """Every command. The command line chooses its language when it starts, so each is asked in a process of its own."""
    asked = subprocess.run(
        [sys.executable, __file__, "--commands"],
        env={**os.environ, "FEIYU_LANG": str(lang)}, capture_output=True, check=True, text=True,
    )  # fmt: skip
    parts = []
    for command in json.loads(asked.stdout):
        rows = [(f"`{name}`", what, "●" if needed else "") for name, what, needed in command["parameters"]]
        parts += [f"## `{command['path']}`", command["help"]]
        if rows:
            parts.append(table(Text("参数,含义,必填", "parameter,meaning,required"), rows, lang))
    return page(
        lang,
        Text("命令", "Commands"),
        Text(
            "`--lang zh` 或 `--lang en` 选择语言，否则依 `FEIYU_LANG` 与系统语言。被拒绝时退出码为 1，并给出代码与处理办法。",
            "`--lang zh` or `--lang en` chooses the language, else `FEIYU_LANG`, else the locale. A refusal ends with exit code 1, "
            "a code and what to do.",
        ),
        *parts,
    )


def api(lang: Lang) -> str:
    """Every endpoint of both services, from the committed OpenAPI documents."""
    parts = []
    for name, title in (
        ("feiyu.json", Text("数据港", "The port")),
        ("feiyu-edge.json", Text("出境侧", "The edge")),
    ):
        paths = json.loads((ROOT / "openapi" / name).read_text())["paths"]
        rows = [
            (
                f"`{method.upper()}`",
                f"`{path}`",
                operation.get("description", operation["summary"]).split("\n\n")[0],
            )
            for path, methods in sorted(paths.items())
            for method, operation in methods.items()
        ]
        parts += [
            f"## {title[lang]}",
            table(Text("方法,地址,作用(英文)", "method,path,what it does"), rows, lang),
        ]
    return page(
        lang,
        Text("接口", "API"),
        Text(
            "两侧的接口以 OpenAPI 3.1 描述,随代码提交:`openapi/feiyu.json` 与 `openapi/feiyu-edge.json`。"
            "以 `Authorization: Bearer …` 携带令牌;他人的记录与不存在的记录同样回答 404。",
            "Both sides are described in OpenAPI 3.1, committed with the code: `openapi/feiyu.json` and `openapi/feiyu-edge.json`. "
            "A token goes into `Authorization: Bearer …`; what belongs to others answers 404 like what does not exist.",
        ),
        *parts,
    )


def access(lang: Lang) -> str:
    """The table of roles and actions."""
    from feiyu.edge import part as edge
    from feiyu.port import part as port
    from feiyu.registry import registry_part as registry
    from feiyu.registry.access import ROLE_NAMES, Reach

    reach = {Reach.OWN: Text("本主体", "own party"), Reach.ANY: Text("全部", "any")}
    seats = [(f"`{role}`", name[lang]) for role, name in ROLE_NAMES.items()]
    lines = sorted(
        (f"`{rule.action}`", code(rule.roles), reach[rule.reach][lang])
        for rule in (*registry.ACCESS, *port.ACCESS, *edge.ACCESS)
    )
    return page(
        lang,
        Text("角色与操作", "Roles and actions"),
        Text(
            "一张表、一个函数 `may()`:表中没有的一律不允许。`GET /api/v1/may` 说明某人能否执行某项操作及其理由。",
            "One table, one function `may()`: what it does not list is refused. `GET /api/v1/may` explains whether somebody may "
            "do something, and why.",
        ),
        table(Text("角色,名称", "role,name"), seats, lang),
        table(Text("操作,角色,范围", "action,roles,reach"), lines, lang),
    )


def events(lang: Lang) -> str:
    """Every kind of event, and all that it may hold."""
    from feiyu.edge import trail as edge
    from feiyu.port import part as port
    from feiyu.registry import registry_part as registry

    rows = [
        (
            f"`{kind.name}`",
            kind.title[lang],
            code(sorted(kind.refs)),
            code(f"{name}: {what}" for name, what in kind.data.items()),
        )
        for kind in (*registry.EVENTS, *port.EVENTS, *edge.EVENTS)
    ]
    return page(
        lang,
        Text("事件", "Events"),
        Text(
            "每个事件在改动它的同一事务中写下,并成为存证日志的一个条目。公开的只有加盐承诺;下列内容在凭证里,由各方保存。",
            "Every event is written in the transaction of its change and becomes an entry of the evidence log. Public is only a "
            "salted commitment; what follows is in the receipt, in the hands of the parties.",
        ),
        table(Text("类型,名称,所指,内容", "type,title,refers to,holds"), rows, lang),
    )


def rulebooks(lang: Lang) -> str:
    """Every rulebook: its values, its rules, its questions, the texts it cites."""
    from feiyu.rules import load

    books = load()
    parts = []
    for name in books.books:
        book = books.book(name)
        values = [
            (
                f"`{one.name}`",
                one.title[lang],
                f"{value.value:,}",
                str(value.since),
                _cites(value.cites, lang),
            )
            for one in book.parameters.values()
            for value in one.values
        ]
        rules = [
            (
                f"`{rule.id}`",
                rule.title[lang],
                code(dict.fromkeys(b.route for b in rule.branches if b.route)),
                _cites(rule.cites, lang),
            )
            for rule in sorted(book.rules, key=lambda rule: rule.order)
        ]
        questions = [(f"`{fact.id}`", fact.question[lang]) for fact in book.facts.values()]
        parts += [
            f"## {book.title[lang]} `{book.name}`",
            Text(f"自 {book.formalised_from} 起。", f"From {book.formalised_from} on.")[lang],
            "### " + Text("数值", "Values")[lang],
            table(Text("名称,含义,值,起始日,出处", "name,meaning,value,since,source"), values, lang),
            "### " + Text("规则(按次序)", "Rules, in order")[lang],
            table(Text("规则,标题,路径,出处", "rule,title,route,source"), rules, lang),
            "### " + Text("事实", "Facts")[lang],
            table(Text("事实,要问的问题", "fact,question to ask"), questions, lang),
        ]
    texts = [
        (one.title[lang], one.issuer[lang], one.number or "", str(one.effective_from), one.kind)
        for one in sorted(books.sources.values(), key=lambda one: one.id)
    ]
    head = "## " + Text("所引法规", "Texts cited")[lang]
    return page(
        lang,
        Text("规则库", "Rulebooks"),
        Text(
            "法规以数据写成,每个数值、每条规则都有日期与出处;以中文文本为准。",
            "The law as data, every value and rule dated and cited; the Chinese texts are authoritative.",
        ),
        *parts,
        head,
        table(Text("名称,发布机关,文号,施行日,种类", "title,issuer,number,in force from,kind"), texts, lang),
    )


def stress_test(lang: Lang) -> str:
    """Every PRC measure of the rulebook against three trade agreements."""
    from feiyu.rules import load
    from feiyu.rules.reference import VERDICTS
    from feiyu.rules.reference import stress_test as measures

    yes, no = Text("是", "yes")[lang], Text("否", "no")[lang]
    parts = []
    for one in measures(load()):
        facts = [
            (Text("依据", "Under")[lang], _cites(one.cites, lang)),
            (Text("限制流动", "Restricts flow")[lang], yes if one.restricts_flow else no),
            (Text("要求本地存储", "Localises")[lang], yes if one.localises else no),
            (
                Text("按来源区别对待", "Discriminates by origin")[lang],
                yes if one.discriminates_by_origin else no,
            ),
            (Text("目标", "Objective")[lang], one.objective[lang]),
            (Text("限制更小的替代", "A less restrictive way")[lang], one.less_restrictive[lang]),
            (Text("缓和", "Eased by")[lang], one.mitigations[lang]),
        ]
        rows = [
            (
                verdict.agreement,
                VERDICTS[verdict.verdict][lang],
                verdict.reason[lang],
                "; ".join(cite.article for cite in verdict.citations),
            )
            for verdict in one.verdicts
        ]
        parts += [
            f"## {one.measure[lang]}",
            table(Text("项,内容", "what,answer"), facts, lang),
            table(Text("协定,结论,理由,条款", "agreement,verdict,reason,articles"), rows, lang),
        ]
    return page(
        lang,
        Text("压力测试", "Stress test"),
        Text(
            "规则库中的每项中国措施，对照 RCEP、CPTPP、DEPA 的数据条款。这是分析，不是法律；命令为 `feiyu rules stress-test`。",
            "Every PRC measure of the rulebook against the data articles of RCEP, CPTPP and DEPA. An analysis, not law; the "
            "command is `feiyu rules stress-test`.",
        ),
        *parts,
    )


def _cites(cites: Iterable[Any], lang: Lang) -> str:
    return "; ".join(f"{cite.source.title[lang]} {cite.citation.article}" for cite in cites)


def semantic_types(lang: Lang) -> str:
    """Every semantic type that the scan knows."""
    from feiyu.scan import types

    yes = Text("是", "yes")[lang]
    rows = [
        (
            f"`{one.id}`",
            one.names[lang],
            str(one.strength),
            yes if one.personal else "",
            yes if one.sensitive else "",
            one.source,
        )
        for one in types()
    ]
    return page(
        lang,
        Text("语义类型", "Semantic types"),
        Text(
            "识别所认得的内容。强度指作为自然人标识的强弱:strong 专属一人,weak 可能共用或转手,none 不是标识。",
            "What a scan recognises. Strength is that of an identifier of a natural person: strong belongs to one, weak may be "
            "shared or change hands, none is no identifier.",
        ),
        table(
            Text("类型,名称,强度,个人信息,敏感,依据", "type,name,strength,personal,sensitive,source"),
            rows,
            lang,
        ),
    )


PAGES: dict[str, Callable[[Lang], str]] = {
    "commands": commands, "settings": settings, "api": api, "access": access, "errors": errors, "events": events,
    "rulebooks": rulebooks, "stress-test": stress_test, "semantic-types": semantic_types,
}  # fmt: skip


def render() -> dict[Path, str]:
    """Every generated page with its text."""
    pages = {}
    for name, write in PAGES.items():
        for lang, other, label in ((Lang.EN, "zh", "中文"), (Lang.ZH, "en", "English")):
            title, _, body = write(lang).partition("\n")
            twin = f"[{label}](../../{other}/reference/{name}.md)"
            pages[ROOT / "docs" / lang / "reference" / f"{name}.md"] = (
                f"{title}\n\n{twin} · {GENERATED[lang]}\n{body}"
            )
    return pages


def main(arguments: list[str]) -> int:
    """Write or compare; the number of pages that are behind."""
    if arguments == ["--commands"]:
        print(json.dumps(command_tree()))
        return 0
    behind = 0
    for path, text in render().items():
        if path.exists() and path.read_text() == text:
            continue
        behind += 1
        print(
            f"{path.relative_to(ROOT)} {'is behind the code: run make reference' if arguments else 'written'}"
        )
        if not arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return behind if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
