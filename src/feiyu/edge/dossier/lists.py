"""The papers about the papers: list of materials with its check, open questions, and where each value came from."""

from collections.abc import Sequence

from feiyu.base.text import Lang, Text
from feiyu.edge.dossier.build import Built, foot_of
from feiyu.edge.dossier.package import FORMS, Finding, Package
from feiyu.edge.dossier.subject import ORIGINS, Subject, day_text
from feiyu.edge.dossier.templates import GROUPS, library
from feiyu.papers import Block, Grid, Heading, Paper, Paragraph, Words, plain, value

KINDS = {"missing": Text("缺少", "missing"), "inconsistent": Text("不一致", "does not fit")}


def materials_list(
    package: Package, subject: Subject, findings: Sequence[Finding], attached: Sequence[str], lang: Lang
) -> Paper:
    """材料清单: what is handed in, in order, and what the check found."""
    zh = lang is Lang.ZH
    bad = {one.place for one in findings if one.kind == "missing"}
    rows: list[tuple[Words, ...]] = []
    for at, item in enumerate(package.items, 1):
        made = (
            Text("由飞鱼编制", "made by Feiyu")
            if item.paper
            else Text("已附", "attached")
            if item.id in attached
            else Text("未附", "not attached")
        )
        state = (
            Text("有缺项", "incomplete")
            if item.id in bad
            else Text("齐备", "complete")
            if item.paper or item.id in attached
            else Text("可不提交", "optional")
        )
        rows.append(
            (
                plain(str(at)),
                plain(item.name[lang]),
                plain(FORMS[item.form][lang]),
                plain(made[lang]),
                value(state[lang]),
            )
        )
    header = (
        ("序号", "材料名称", "形式", "来源", "状态") if zh else ("No.", "Material", "Form", "From", "State")
    )
    blocks: list[Block] = [
        Paragraph(plain(f"办理事项：{package.title.zh}" if zh else f"For: {package.title.en}")),
        Grid(header, tuple(rows), (4, 20, 10, 9, 7)),
        Paragraph(plain(("期限：" if zh else "Time limits: ") + package.clock[lang])),
        Heading(1, "完整性和一致性检查" if zh else "Completeness and consistency"),
    ]
    if findings:
        columns = ("类别", "位置", "发现") if zh else ("Kind", "Place", "Finding")
        names = {item.id: item.name[lang] for item in package.items}
        blocks.append(Grid(columns, tuple(
            (plain(KINDS[one.kind][lang]), plain(names.get(one.place, one.place)), value(one.text[lang])) for one in findings
        ), (5, 10, 28)))  # fmt: skip
    else:
        blocks.append(
            Paragraph(plain("未发现缺项或不一致。" if zh else "Nothing is missing and everything fits."))
        )
    return _paper(Text("申报材料清单", "List of materials"), subject, lang, blocks)


def questions_list(open_questions: Sequence[str], subject: Subject, lang: Lang) -> Paper:
    """未答问题: what people still have to answer."""
    zh = lang is Lang.ZH
    blocks: list[Block] = []
    questions = [library().questions[name] for name in open_questions]
    for group, title in GROUPS.items():
        rows = [
            (plain(str(at)), plain(one.text[lang]), plain(""))
            for at, one in enumerate(questions, 1)
            if one.group == group
        ]
        if rows:
            header = ("序号", "问题", "回答") if zh else ("No.", "Question", "Answer")
            blocks += [Heading(1, title[lang]), Grid(header, tuple(rows), (4, 22, 22))]
    return _paper(
        Text("未答问题", "Open questions"),
        subject,
        lang,
        blocks or [Paragraph(plain("无。" if zh else "None."))],
    )


def trace_list(built: Sequence[Built], subject: Subject, lang: Lang) -> Paper:
    """取值来源表: each value of each paper, and the record or answer it came from."""
    zh = lang is Lang.ZH
    header = ("章节", "值", "来源", "编号") if zh else ("Section", "Value", "From", "Reference")
    blocks: list[Block] = []
    for one in built:
        rows = []
        for used in dict.fromkeys(one.used):
            found = used.value
            words = found.text[lang].replace("\n", " ") if found else ("（待填）" if zh else "[open]")
            rows.append((
                plain(used.section or "—"), value(words[:160] + ("…" if len(words) > 160 else "")),
                plain(ORIGINS[found.source][lang] if found else "—"), plain(found.ref if found else used.name),
            ))  # fmt: skip
        if rows:
            blocks += [Heading(1, one.paper.title), Grid(header, tuple(rows), (14, 20, 8, 12))]
    return _paper(Text("取值来源表", "Where each value came from"), subject, lang, blocks)


def _paper(title: Text, subject: Subject, lang: Lang, blocks: Sequence[Block]) -> Paper:
    labels = ("场景：", "编制日期：") if lang is Lang.ZH else ("Scenario: ", "Made on: ")
    cover = (
        (labels[0], value(subject.scenario["title"][lang.value])),
        (labels[1], value(day_text(subject.today)[lang])),
    )
    return Paper(lang=lang, title=title[lang], cover=cover, blocks=tuple(blocks), foot=foot_of(subject)[lang],
                 made=day_text(subject.today)[lang])  # fmt: skip
