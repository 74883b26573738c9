"""Operating guide 操作指引: a scenario template as a paper."""

from collections.abc import Mapping

from feiyu.base.text import Lang
from feiyu.papers import Block, Grid, Heading, Paper, Paragraph, plain, value
from feiyu.registry.scenarios.templates import CONFIDENCE, GROUNDS, ScenarioTemplate, type_name
from feiyu.rules.sources import Source


def guide(one: ScenarioTemplate, lang: Lang, sources: Mapping[str, Source]) -> Paper:
    """The guide of a template; citations are written out with their titles."""
    zh = lang is Lang.ZH
    number = iter("一二三四五六七八" if zh else "12345678")

    def head(text_zh: str, text_en: str) -> Heading:
        return Heading(1, f"{next(number)}、{text_zh}" if zh else f"{next(number)}. {text_en}")

    header = (
        ("序号", "字段", "内容", "识别类型", "出境必要性")
        if zh
        else ("No.", "Field", "What it holds", "Type", "Why it is needed")
    )
    rows = tuple(
        (
            plain(str(at)),
            value(item.name),
            plain(item.title[lang]),
            plain(type_name(item.type)[lang]),
            plain(item.need[lang]),
        )
        for at, item in enumerate(one.items, 1)
    )
    blocks: list[Block] = [
        head("适用场景", "Scenario"), Paragraph(plain(one.purpose[lang])),
        head("通常的数据项", "Items that usually go out"), Grid(header, rows, (4, 10, 12, 12, 14)),
        head("通常的依据和路径", "Usual ground and pathway"),
        Paragraph(plain(("豁免依据：" if zh else "Exemption: ") + GROUNDS[one.ground][lang])), Paragraph(plain(one.route[lang])),
        head("材料", "Papers"), Paragraph(plain(one.materials[lang])),
        head("易错之处", "Pitfalls"),
        *(Paragraph(plain(f"{at}.{' ' if not zh else ''}{text[lang]}")) for at, text in enumerate(one.pitfalls, 1)),
        head("办理步骤", "Steps"), *(Paragraph(plain(step)) for step in _steps(lang)),
        head("依据", "Sources"), *(Paragraph(plain(_cited(cite, sources, lang)), indent=False, small=True) for cite in one.cite),
        Paragraph(plain(("可信程度：" if zh else "Confidence: ") + CONFIDENCE[one.confidence][lang]), indent=False, small=True),
    ]  # fmt: skip
    return Paper(
        lang=lang, title=f"{one.title[lang]}{'数据跨境操作指引' if zh else ': operating guide'}", subtitle=one.sector_title[lang],
        blocks=tuple(blocks), foot="使用飞鱼编制；操作指引不是行政决定，也不构成法律意见。" if zh else "Prepared with Feiyu; a guide, no decision and no legal advice.",
    )  # fmt: skip


def _steps(lang: Lang) -> tuple[str, ...]:
    if lang is Lang.ZH:
        return (
            "1.由模板登记场景：feiyu register template；按实际增减数据项。",
            "2.扫描数据文件，剥离不需要的字段（最小必要建议）。",
            "3.作出路径判定并签署；事实不足的先补充。",
            "4.编制材料、检查齐备，提交办件或者自存。",
            "5.取得授权后传输，领取存证凭证。",
        )
    return (
        "1. Enter the scenario from the template (feiyu register template) and adjust its items.", "2. Scan the file and strip what is not needed.",
        "3. Determine the pathway and sign it; supply missing facts first.", "4. Make and check the papers; file or keep them.",
        "5. Transfer under a grant and fetch the receipt.",
    )  # fmt: skip


def _cited(cite: str, sources: Mapping[str, Source], lang: Lang) -> str:
    source, _, article = cite.partition("#")
    found = sources.get(source)
    if found is None:
        return cite
    name = f"《{found.title.zh}》" if lang is Lang.ZH else found.title.en
    what = found.articles.get(article)
    return f"{name} {what[lang] if what else article}  [{cite}]"
