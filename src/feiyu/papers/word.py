"""Set a paper as DOCX in the official layout: FangSong 四号, Hei and Kai headings, Times New Roman, 26 points, A4.

Rules this module keeps:
 * fonts are asked for by name, as the official templates do; the reader's office program has them or takes its own;
 * header rows are repeated, page numbers are fields, a blank is shaded;
 * the file says no author and no time that was not told.

The package, its sections and styles are python-docx's; the body is written as XML at once, since building it element by
element takes ten times as long.

Source: cn/sa-guide-v3#materials; cn/scc-guide-v2#materials; ECMA-376 part 1 (WordprocessingML).
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

from feiyu.base.text import Lang
from feiyu.papers.errors import NoTypesetter
from feiyu.papers.model import (
    Block,
    Fields,
    Grid,
    Heading,
    Layout,
    PageBreak,
    Paper,
    Paragraph,
    RunKind,
    Signature,
    Words,
    plain,
)

FANGSONG, HEI, KAI = "仿宋", "黑体", "楷体"
LATIN = "Times New Roman"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTH = 8300
"""The text width of an A4 page with margins of 3.18 cm, in twentieths of a point."""


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style. ``size`` in points; ``pitch`` 0 is single spacing."""

    id: str
    font: str
    size: float
    pitch: float
    bold: bool = False
    center: bool = False
    next_with: bool = False
    space_before: float = 0
    space_after: float = 0


def set_docx(paper: Paper, *, at: datetime) -> bytes:
    """The paper as DOCX; ``at`` is the time written into the file."""
    try:
        import docx
    except ImportError:
        raise NoTypesetter(name="python-docx") from None
    document = docx.Document()
    for style in _styles(paper):
        _add_style(document, style)
    body = _Body(paper)
    _page_layout(document, paper)
    _append(document, body.head())
    if paper.layout is Layout.REPORT:
        _second_section(document)
    _append(document, (xml for one in paper.blocks for xml in body.block(one)))
    core = document.core_properties
    core.author, core.title, core.comments = "", _NO_XML.sub("", paper.title)[:255], ""
    core.created = core.modified = at.replace(tzinfo=None)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _styles(paper: Paper) -> tuple[_Style, ...]:
    zh = paper.lang is Lang.ZH
    size, pitch = (14, 26) if zh else (11, 17)
    report = paper.layout is Layout.REPORT
    down = 0 if zh else 2
    return (
        _Style("Normal", FANGSONG, size, pitch),
        _Style("FeiyuTitle", HEI, 24 if report else 18, 0, center=True, space_after=12),
        _Style("FeiyuSubtitle", HEI, 15 if report else size, 0, center=True, space_after=12),
        _Style("FeiyuH0", HEI, 16 - down, pitch, bold=not zh, center=True, next_with=True, space_before=6),
        _Style("FeiyuH1", HEI, 14 - down, pitch, bold=not zh, next_with=True, space_before=6),
        _Style("FeiyuH2", KAI, 14 - down, pitch, bold=True, next_with=True),
        _Style("FeiyuH3", FANGSONG, 14 - down, pitch, bold=True, next_with=True),
        _Style("FeiyuSmall", FANGSONG, size * 0.78, 16),
        _Style("FeiyuCell", FANGSONG, 10.5 if zh else 9.5, 0),
        _Style("FeiyuCellHead", HEI, 10.5 if zh else 9.5, 0),
        _Style("FeiyuFoot", FANGSONG, 7.5, 0, center=True),
    )


def _add_style(document: Any, one: _Style) -> None:
    from docx.shared import Pt

    styles = document.styles
    style = styles["Normal"] if one.id == "Normal" else styles.add_style(one.id, 1)
    style.font.size, style.font.bold = Pt(one.size), one.bold or None
    form = style.paragraph_format
    form.line_spacing = Pt(one.pitch) if one.pitch else 1.0
    form.space_before, form.space_after = Pt(one.space_before), Pt(one.space_after)
    form.keep_with_next = one.next_with or None
    if one.center:
        form.alignment = 1
    fonts = _element(
        f'<w:rFonts xmlns:w="{_W}" w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:cs="{LATIN}" w:eastAsia="{one.font}"/>'
    )
    properties = style.element.get_or_add_rPr()
    for old in properties.findall(f"{{{_W}}}rFonts"):
        properties.remove(old)
    properties.insert(0, fonts)


def _page_layout(document: Any, paper: Paper) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.top_margin = section.bottom_margin = Cm(2.54)
    section.left_margin = section.right_margin = Cm(3.18)
    report = paper.layout is Layout.REPORT
    section.different_first_page_header_footer = report
    lines = [_numbered(paper), *([_paragraph(plain(paper.foot), "FeiyuFoot")] if paper.foot else [])]
    _fill(section.footer, lines)
    if report:
        _fill(section.first_page_footer, lines[1:] or [_paragraph((), "FeiyuFoot")])


def _fill(footer: Any, lines: Iterable[str]) -> None:
    holder = footer.paragraphs[0]._p.getparent()  # also makes the part
    for old in list(holder):
        holder.remove(old)
    for xml in lines:
        holder.append(_element(xml))


def _second_section(document: Any) -> None:
    section = document.add_section()
    section.different_first_page_header_footer = False
    section.footer.is_linked_to_previous = True
    section._sectPr.append(_element(f'<w:pgNumType xmlns:w="{_W}" w:start="1"/>'))


def _append(document: Any, parts: Iterable[str]) -> None:
    last = document.element.body[-1]
    holder = _element(f'<w:body xmlns:w="{_W}">{"".join(parts)}</w:body>')
    for part in list(holder):
        last.addprevious(part)


def _element(xml: str) -> Any:
    from docx.oxml import parse_xml

    if "xmlns:w=" in xml:
        return parse_xml(xml)
    return parse_xml(f'<w:body xmlns:w="{_W}">{xml}</w:body>')[0]


def _numbered(paper: Paper) -> str:
    before, middle, after = ("第 ", " 页，共 ", " 页") if paper.lang is Lang.ZH else ("Page ", " of ", "")
    pages = "SECTIONPAGES" if paper.layout is Layout.REPORT else "NUMPAGES"
    parts = f"{_run(before)}{_field('PAGE')}{_run(middle)}{_field(pages)}{_run(after)}"
    return f'<w:p><w:pPr><w:pStyle w:val="FeiyuFoot"/></w:pPr>{parts}</w:p>'


def _field(code: str) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def _run(text: str, kind: RunKind = RunKind.PLAIN) -> str:
    if not text:
        return ""
    marks = (
        '<w:rPr><w:u w:val="single"/><w:shd w:val="clear" w:color="auto" w:fill="FFF3C4"/></w:rPr>'
        if kind is RunKind.BLANK
        else ""
    )
    return f'<w:r>{marks}<w:t xml:space="preserve">{escape(_NO_XML.sub("", text))}</w:t></w:r>'


def _paragraph(words: Words, style: str = "", *, first_line: int = 0, align: str = "", left: int = 0) -> str:
    marks = f'<w:pStyle w:val="{style}"/>' if style else ""
    if first_line or left:
        marks += f'<w:ind w:left="{left}" w:firstLine="{first_line}"/>'
    if align:
        marks += f'<w:jc w:val="{align}"/>'
    return f"<w:p><w:pPr>{marks}</w:pPr>{''.join(_run(run.text, run.kind) for run in words)}</w:p>"


_SIDES = {"justify": "both", "left": "", "center": "center", "right": "right"}


@dataclass(slots=True)
class _Body:
    paper: Paper

    @property
    def first_line(self) -> int:
        """Two characters of the body's size, in twentieths of a point; none in English."""
        return 560 if self.paper.lang is Lang.ZH else 0

    def head(self) -> Iterator[str]:
        """The cover page, or the title on the first page."""
        report = self.paper.layout is Layout.REPORT
        gap = _paragraph(())
        yield gap * (5 if report else 0)
        yield _paragraph(plain(self.paper.title), "FeiyuTitle")
        if self.paper.subtitle:
            yield _paragraph(plain(self.paper.subtitle), "FeiyuSubtitle")
        yield gap * (7 if report else 0)
        for label, words in self.paper.cover:
            yield _paragraph((*plain(label), *words), left=560 if report else 0)
        if report:
            yield gap + _paragraph(plain(self.paper.made), align="center")

    def block(self, one: Block) -> Iterator[str]:
        """One block."""
        match one:
            case Heading(level, text):
                indent = self.first_line if level and self.paper.layout is not Layout.CONTRACT else 0
                yield _paragraph(plain(text), f"FeiyuH{level}", first_line=indent)
            case Paragraph(words, indent, align, small):
                yield _paragraph(
                    words,
                    "FeiyuSmall" if small else "",
                    first_line=self.first_line if indent else 0,
                    align=_SIDES[align],
                )
            case Grid(header, rows, widths):
                yield _table(header, rows, widths or (1,) * len(header))
            case Fields(rows):
                yield _table((), tuple((plain(label), words) for label, words in rows), (10, 22))
            case Signature(lines):
                yield _paragraph(())
                yield from (_paragraph(words, align="right") for words in lines)
            case PageBreak():
                yield '<w:p><w:r><w:br w:type="page"/></w:r></w:p>'


def _table(header: tuple[str, ...], rows: tuple[tuple[Words, ...], ...], widths: tuple[int, ...]) -> str:
    shares = [_WIDTH * share // sum(widths) for share in widths]
    head = ""
    if header:
        cells = "".join(
            _cell(plain(text), width, head=True, fill="EBEBEB")
            for text, width in zip(header, shares, strict=True)
        )
        head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cells}</w:tr>"
    made = []
    for row in rows:
        cells = "".join(
            _cell(words, width, head=not header and at == 0, fill="F5F5F5" if not header and at == 0 else "")
            for at, (words, width) in enumerate(zip(row, shares, strict=True))
        )
        made.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in shares)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="{_WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr>'
        f'<w:tblGrid>{grid}</w:tblGrid>{head}{"".join(made)}</w:tbl>{_paragraph((), "FeiyuCell")}'
    )  # fmt: skip


def _cell(words: Words, width: int, *, head: bool, fill: str) -> str:
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    inner = _paragraph(words, "FeiyuCellHead" if head else "FeiyuCell")
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>{inner}</w:tc>'
