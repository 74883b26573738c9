"""A contract compared word for word: every alteration is named with its place, blanks are given back, hostile files refused."""

import io
import zipfile
from datetime import UTC, datetime

import pypdfium2
import pytest

from feiyu.base.text import Lang
from feiyu.papers import Heading, Layout, Paper, Paragraph, plain
from feiyu.papers.compare import compare, normal
from feiyu.papers.errors import NoWords, OtherPaper, PaperTooLarge, UnreadPaper
from feiyu.papers.official import fill, parse_official
from feiyu.papers.reading import compare_paper, read_paper
from feiyu.papers.script import Line, Script
from feiyu.papers.typeset import set_pdf
from feiyu.papers.word import set_docx
from feiyu.rules.load import packaged

AT = datetime(2026, 11, 28, tzinfo=UTC)
TEXT = (packaged() / "documents" / "standard-contract.zh.txt").read_text(encoding="utf-8")
OFFICIAL = parse_official(TEXT)
FILLED = {
    "exporter_name": "示例公司",
    "annex_scale": "自然人6万人",
    "notice_days_mail": "7",
    "annex_terms": "双方另行约定通知语言为中文。",
}


def signed(*changes, filled=FILLED):
    blocks = fill(OFFICIAL, filled)
    lines = [
        one.text if isinstance(one, Heading) else "".join(run.text for run in one.words) for one in blocks
    ]
    text = "\n".join(lines)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return Paper(lang=Lang.ZH, title="个人信息出境标准合同", layout=Layout.CONTRACT,
                 blocks=tuple(Paragraph(plain(line)) for line in text.split("\n") if line.strip()))  # fmt: skip


def script(*changes):
    paper = signed(*changes)
    words = [paper.title, *("".join(run.text for run in one.words) for one in paper.blocks)]
    return Script("c.docx", "docx", tuple(Line(text, 1 + at // 14, at + 1) for at, text in enumerate(words)))


def test_an_unaltered_contract_has_no_difference_and_gives_its_blanks_back():
    found = compare(OFFICIAL, script())
    assert (found.differences, found.kept) == ((), found.fixed)
    assert found.fills == {name: normal(text) for name, text in FILLED.items()}


@pytest.mark.parametrize(("old", "new", "kind", "article", "words"), [
    ("保存个人信息保护影响评估报告至少3年。", "保存个人信息保护影响评估报告至少2年。", "changed", "第二条 个人信息处理者的义务", "2"),
    ("（七）答复监管机构关于境外接收方的个人信息处理活动的询问。", "", "missing", "第二条 个人信息处理者的义务", ""),
    ("（四）采取对个人权益影响最小的方式处理个人信息。", "（四）采取对个人权益影响较小的方式处理个人信息。", "changed", "第三条 境外接收方的义务", "较"),
    ("时间超过1个月。", "时间超过6个月。", "changed", "第七条 合同解除", "6"),
    ("本合同的条款优先适用。", "该其他法律文件的条款优先适用。", "changed", "第九条 其他", "该其他法律文件"),
    ("（二）已采取的补救措施。", "", "missing", "", ""),
])  # fmt: skip
def test_every_alteration_is_named(old, new, kind, article, words):
    if article == "":
        old = "（2）已采取的补救措施。"
    found = compare(OFFICIAL, script((old, new)))
    assert {one.kind for one in found.differences} <= {kind, "changed", "missing", "added"}
    assert found.differences, "the alteration was not seen"
    assert any(words in one.found for one in found.differences)
    if article:
        assert found.differences[0].article == article
    assert found.kept < found.fixed


def test_a_clause_put_between_is_an_addition_with_its_place():
    found = compare(
        OFFICIAL,
        script(("第五条 个人信息主体的权利", "（七）乙方责任以合同金额为限。\n第五条 个人信息主体的权利")),
    )
    assert [(one.kind, one.found) for one in found.differences] == [("added", "(七)乙方责任以合同金额为限。")]
    assert found.differences[0].line.text == "（七）乙方责任以合同金额为限。"
    assert "附" not in found.differences[0].article
    assert "第" in found.differences[0].line.place.zh


def test_two_alterations_in_one_article_are_both_named():
    found = compare(
        OFFICIAL,
        script(("并应当及时处理", "并应当适时处理"), ("不会减损个人信息主体", "可能减损个人信息主体")),
    )
    assert [one.found for one in found.differences] == ["适", "可能"]


def test_width_of_signs_spaces_and_page_numbers_do_not_count():
    lines = [
        Line(line.text.replace("，", ",").replace("（", "(").replace("“", '"'), line.page, line.paragraph)
        for line in script().lines
    ]
    lines.insert(20, Line("第 2 页，共 13 页", 2))
    lines.insert(60, Line("- 3 -", 3))
    assert compare(OFFICIAL, Script("c.pdf", "pdf", tuple(lines))).differences == ()


def test_terms_of_the_second_annex_are_free():
    paper = signed(filled=FILLED | {"annex_terms": "一、甲。\n二、乙。\n三、丙。"})
    _, found = compare_paper("c.pdf", set_pdf(paper), TEXT)
    assert found.differences == ()
    assert found.fills["annex_terms"] == "一、甲。二、乙。三、丙。"


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_a_file_is_compared_with_page_or_paragraph(form):
    paper = signed(("至少3年，并按照", "至少1年，并按照"))
    content = set_pdf(paper) if form == "pdf" else set_docx(paper, at=AT)
    read, found = compare_paper(f"c.{form}", content, TEXT)
    assert (read.kind, [one.found for one in found.differences]) == (form, ["1"])
    assert found.differences[0].line.page >= 1


def bomb(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_DOT_", "."), content)
    return file.getvalue()


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LOL = '<!DOCTYPE a [<!ENTITY b "x"><!ENTITY c "&b;&b;">]>'


@pytest.mark.parametrize(("content", "error", "place"), [
    (bomb(word__document_DOT_xml=f"<w:document {W}>" + " " * (49 << 20) + "</w:document>"), PaperTooLarge, "word/document.xml"),
    (bomb(word__document_DOT_xml=f"{LOL}<w:document {W}><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:document>"), UnreadPaper, "word/document.xml"),
    (bomb(word__document_DOT_xml=f"<w:document {W}>" + "<w:p>" * 300 + "</w:p>" * 300 + "</w:document>"), PaperTooLarge, "word/document.xml"),
    (bomb(word__document_DOT_xml=f"<w:document {W}><w:p>"), UnreadPaper, "word/document.xml"),
    (bomb(word__document_DOT_xml="<a/>", word__vbaProject_DOT_bin="x"), UnreadPaper, "vbaProject"),
    (bomb(xl__workbook_DOT_xml="<a/>", xl__worksheets__sheet1_DOT_xml=f'<worksheet {S}><sheetData><row><c r="B7"><f>1+1</f><v>2</v></c></row></sheetData></worksheet>'),
     UnreadPaper, "S1!B7"),
    (bomb(xl__workbook_DOT_xml="<a/>", xl__worksheets__sheet1_DOT_xml=f'<worksheet {S}><sheetData><row><c r="C3" t="s"><v>9</v></c></row></sheetData></worksheet>'),
     UnreadPaper, "S1!C3"),
    (bomb(other="x"), UnreadPaper, ""),
    (b"%PDF-1.7\nbroken", UnreadPaper, ""),
    (b"GIF89a", UnreadPaper, ""),
    (b"PK\x03\x04broken", UnreadPaper, ""),
])  # fmt: skip
def test_a_hostile_file_is_refused_with_its_place(content, error, place):
    with pytest.raises(error) as refused:
        read_paper("hostile", content)
    zh, en = refused.value.text("zh"), refused.value.text("en")
    assert ("hostile（" in zh, "hostile (" in en) == (bool(place), bool(place))
    assert place in zh
    assert place in en


def blank_pdf(*sizes):
    """Pages with nothing on them, as a scan is to whoever looks for words."""
    document, file = pypdfium2.PdfDocument.new(), io.BytesIO()
    for size in sizes:
        document.new_page(*size)
    document.save(file)
    return file.getvalue()


def test_the_place_of_a_refusal_is_told_in_the_readers_language():
    with pytest.raises(PaperTooLarge) as refused:
        read_paper("plan.pdf", blank_pdf((595, 842), (20_000, 20_000)))
    assert refused.value.text("zh") == "plan.pdf（第2页） 超过上限：页面过大"
    assert refused.value.text("en") == "plan.pdf (page 2) is over a limit: the page is too big"


def test_what_has_no_words_or_is_another_paper_is_refused_as_that_and_not_listed_word_for_word():
    with pytest.raises(NoWords, match="has no words"):
        compare_paper("scan.pdf", blank_pdf((595, 842)), TEXT)
    with pytest.raises(NoWords):
        read_paper("scan.pdf", blank_pdf((595, 842)))
    other = f"<w:document {W}><w:body><w:p><w:r><w:t>影响评估报告</w:t></w:r></w:p></w:body></w:document>"
    with pytest.raises(OtherPaper, match="no standard contract"):
        compare_paper("report.docx", bomb(word__document_DOT_xml=other), TEXT)


def test_hidden_and_deleted_words_are_no_words_and_are_told():
    body = ("<w:p><w:r><w:t>看得见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r>"
            "<w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>新增</w:t></w:r></w:ins></w:p>")  # fmt: skip
    read = read_paper(
        "c.docx", bomb(word__document_DOT_xml=f"<w:document {W}><w:body>{body}</w:body></w:document>")
    )
    assert read.text == "看得见新增"
    assert len(read.warnings) == 2


def test_a_sheet_is_read_by_cell():
    sheet = f'<worksheet {S}><sheetData><row><c r="A1" t="s"><v>0</v></c><c r="B1"><v>60000</v></c></row></sheetData></worksheet>'
    strings = f"<sst {S}><si><t>人数</t></si></sst>"
    read = read_paper(
        "l.xlsx",
        bomb(
            xl__workbook_DOT_xml="<a/>",
            xl__sharedStrings_DOT_xml=strings,
            xl__worksheets__sheet1_DOT_xml=sheet,
        ),
    )
    assert [(line.text, line.cell) for line in read.lines] == [("人数", "S1!A1"), ("60000", "S1!B1")]
