"""One paper, two formats: what is written is what was meant, and words are never markup."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import pypdfium2
import pytest

from feiyu.base.text import Lang
from feiyu.papers import Fields, Grid, Heading, Layout, Paper, Paragraph, Signature, blank, plain, value
from feiyu.papers.official import Slot, fill, parse_official
from feiyu.papers.typeset import set_pdf
from feiyu.papers.word import set_docx

AT = datetime(2026, 11, 28, tzinfo=UTC)
HOSTILE = '#panic("x") $a$ <w:p/> & "]]>" @label \\ *bold* _it_ `raw` // \x00\x07'


def paper(**more):
    blocks = (
        Heading(1, "一、自评估工作情况"),
        Paragraph((*plain("自"), *value("2026年11月2日"), *plain("起，"), *blank("（待填：完成日期）"))),
        Grid(("序号", "数据项"), tuple((plain(str(n)), value(f"field_{n}")) for n in range(60)), (1, 4)),
        Fields((("名称", value("示例")), ("地址", blank()))),
        Signature((plain("单位（盖章）："),)),
    )
    return Paper(**{
        "lang": Lang.ZH, "title": "数据出境风险自评估报告", "layout": Layout.REPORT, "blocks": blocks, "made": "2026年11月28日",
        "cover": (("数据处理者名称：", value("示例公司")),), "foot": "使用飞鱼编制", **more,
    })  # fmt: skip


def pages(pdf):
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]


def words(docx_bytes):
    document = docx.Document(io.BytesIO(docx_bytes))
    return [one.text for one in document.paragraphs], document


def test_a_pdf_has_cover_pages_numbers_and_repeated_headers():
    found = pages(set_pdf(paper()))
    assert "数据出境风险自评估报告" in found[0]
    assert "第 1 页，共" in found[1]
    assert [("数据项" in page) for page in found[1:3]] == [True, True]
    assert "（待填：完成日期）" in "".join(found).replace("\r\n", "")


def test_the_same_paper_has_the_same_bytes():
    assert set_pdf(paper()) == set_pdf(paper())


def test_a_docx_repeats_headers_counts_pages_and_shades_blanks():
    lines, document = words(set_docx(paper(), at=AT))
    assert "一、自评估工作情况" in lines
    xml = document.element.xml
    assert "w:tblHeader" in xml
    assert xml.count('w:fill="FFF3C4"') == 2
    assert "SECTIONPAGES" in document.sections[0].footer._element.xml
    assert document.sections[1].footer.is_linked_to_previous
    assert (document.core_properties.author, document.core_properties.created.year) == ("", 2026)


@pytest.mark.parametrize("lang", list(Lang))
def test_words_are_never_markup(lang):
    told = paper(
        lang=lang,
        title=HOSTILE,
        layout=Layout.PLAIN,
        blocks=(Paragraph(value(HOSTILE)), Grid((HOSTILE,), ((value(HOSTILE),),))),
    )
    text = "".join(pages(set_pdf(told)))
    assert '#panic("x")' in text
    lines, document = words(set_docx(told, at=AT))
    assert sum('#panic("x") $a$ <w:p/> &' in line for line in lines) == 2
    assert document.tables[0].rows[0].cells[0].text == document.tables[0].rows[1].cells[0].text
    assert zipfile.ZipFile(io.BytesIO(set_docx(told, at=AT))).testzip() is None


def test_an_official_text_takes_words_only_in_its_blanks():
    text = parse_official("= 合同\n# 第一条\n@ 甲方：{a}\n固定{b|（印）}文字。\n")
    assert text.slots == (Slot("a"), Slot("b", "（印）"))
    blocks = fill(text, {"a": "某公司", "b": "一\n二"})
    assert blocks[0] == Heading(1, "第一条")
    shown = ["".join(run.text for run in block.words) for block in blocks[1:]]
    assert shown == ["甲方：某公司", "固定一", "二文字。"]
    left = fill(text, {})
    assert [run.kind.value for run in left[2].words] == ["plain", "blank", "plain"]
    assert left[2].words[1].text == "（印）"
