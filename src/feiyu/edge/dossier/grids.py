"""The tables of the papers: data items, persons, forecast, recipients, the capability assessment."""

from feiyu.base.text import Lang, Text
from feiyu.edge.dossier.subject import From, Subject, Value, fields_of, same, year_persons
from feiyu.papers import Block, Grid, Paragraph, Words, blank, plain, value
from feiyu.registry.scenarios.countries import country
from feiyu.registry.scenarios.templates import type_name


def table_of(name: str, subject: Subject, lang: Lang) -> tuple[Block, Value | None]:
    """A table and where its content came from; ``None`` when something of it is missing."""
    match name:
        case "items":
            return _items(subject, lang), Value(
                same(len(fields_of(subject))), From.DETERMINATION, subject.determination_id
            )
        case "persons":
            return _persons(subject, lang)
        case "forecast":
            return _forecast(subject, lang)
        case "recipients":
            return _recipients(subject, lang), Value(
                same(len(subject.recipients)), From.PARTY, subject.scenario["id"]
            )
    return _capability(subject, lang, name)


def _head(lang: Lang, *pairs: tuple[str, str]) -> tuple[str, ...]:
    return tuple(zh if lang is Lang.ZH else en for zh, en in pairs)


def _items(subject: Subject, lang: Lang) -> Grid:
    header = _head(lang, ("序号", "No."), ("数据项名称", "Item"), ("内容描述", "What it holds"), ("出境必要性", "Why it is needed"),
                   ("示例（已脱敏）", "Sample (masked)"), ("备注", "Remark"))  # fmt: skip
    rows: list[tuple[Words, ...]] = []
    for at, one in enumerate(fields_of(subject), 1):
        mark = (
            Text("敏感个人信息", "sensitive")
            if one["sensitive"]
            else Text("个人信息", "personal")
            if one["personal"]
            else Text("—", "—")
        )
        need = Text.of(one["need"]) if one["need"] else None
        sample = one["samples"][0] if one["samples"] else "—"
        rows.append((
            plain(str(at)), value(one["name"]), value(type_name(one["type"])[lang]), value(need[lang]) if need else blank(),
            value(str(sample)), value(mark[lang]),
        ))  # fmt: skip
    return Grid(header, tuple(rows), (5, 14, 13, 16, 14, 10))


def _persons(subject: Subject, lang: Lang) -> tuple[Grid, Value | None]:
    header = _head(lang, ("统计口径", "Scope"), ("人数（计入法定数量）", "Persons (as the law counts)"), ("下限", "Lower"), ("上限", "Upper"),
                   ("其中敏感个人信息涉及人数", "Of whom sensitive"))  # fmt: skip
    persons, sensitive = (subject.determination["counts"][name] for name in ("persons", "sensitive"))
    label = Text("本次拟出境数据", "The data of this export")
    rows = [(plain(label[lang]), *(value(f"{persons[end]:,}") for end in ("counted", "lower", "upper")),
             value(f"{sensitive['counted']:,}"))]  # fmt: skip
    year = year_persons(subject.facts)
    label = Text(
        f"{subject.today.year}年1月1日起累计（含本次）",
        f"Since 1 January {subject.today.year}, this export included",
    )
    total = value(f"{year[0]:,}") if year else blank()
    rows.append(
        (plain(label[lang]), total, plain("—"), plain("—"), value(f"{year[1]:,}") if year else blank())
    )
    source = Value(same(persons["counted"]), From.DETERMINATION, subject.determination_id) if year else None
    return Grid(header, tuple(rows), (16, 12, 8, 8, 12)), source


def _forecast(subject: Subject, lang: Lang) -> tuple[Grid, Value | None]:
    names = ("persons_year_1", "persons_year_2", "persons_year_3")
    told = [subject.answers.get(name) for name in names]
    header = _head(lang, ("未来三年预计出境自然人数（去重）", "Natural persons expected (de-duplicated)"), ("第一年", "First year"),
                   ("第二年", "Second year"), ("第三年", "Third year"))  # fmt: skip
    cells = tuple(value(f"{int(one):,}") if one else blank() for one in told)
    label = Text("预计人数", "Persons")
    source = Value(same(", ".join(filter(None, told))), From.ANSWER, ", ".join(names)) if all(told) else None
    return Grid(header, ((plain(label[lang]), *cells),), (16, 8, 8, 8)), source


def _recipients(subject: Subject, lang: Lang) -> Grid:
    header = _head(
        lang, ("境外接收方名称", "Recipient"), ("国家或者地区", "Country"), ("识别码", "Identifier")
    )
    rows = tuple(
        (value(one.name[lang]), value(country(one.country)[lang]), value(one.lei or one.id))
        for one in subject.recipients
    )
    return Grid(header, rows, (18, 8, 14))


_GROUPS = {
    "capability": ("management", "technical"),
    "capability_management": ("management",),
    "capability_technical": ("technical",),
}


def _capability(subject: Subject, lang: Lang, name: str) -> tuple[Block, Value | None]:
    scored = subject.capability
    if scored is None:
        open_ = Text("（待填：全流程评估表，见“全流程评估”）", "[open: the whole-process assessment]")
        return Paragraph(blank(open_[lang])), None
    header = _head(
        lang, ("环节", "Stage"), ("得分", "Score"), ("已落实的措施", "In place"), ("不足", "Lacking")
    )
    rows: list[tuple[Words, ...]] = []
    for stage in scored["stages"]:
        parts = [one for one in stage["controls"] if one["group"] in _GROUPS[name]]
        if not parts:
            continue
        done = [Text.of(one["title"])[lang] for one in parts if one["answer"] == "yes"]
        lacking = [Text.of(one["title"])[lang] for one in parts if one["answer"] in {"no", "partly", ""}]
        join = "；" if lang is Lang.ZH else "; "
        rows.append((plain(Text.of(stage["title"])[lang]), value(f"{stage['score']}"), value(join.join(done) or "—"),
                     value(join.join(lacking) or "—")))  # fmt: skip
    return Grid(header, tuple(rows), (8, 6, 22, 16)), Value(
        same(scored["score"]), From.ASSESSMENT, scored["version"]
    )
