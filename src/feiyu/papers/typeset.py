"""Set a paper as PDF with Typst, and nothing else: a fixed layout reads the paper as data.

Rules this module keeps:
 * no word of a paper is markup: the layout is one file of this package, the paper comes to it as JSON;
 * fonts come from packages, never from the machine: the same paper looks the same everywhere;
 * no clock is asked: a PDF of the same paper has the same bytes.

Fonts: Noto Serif SC (as Song) for the body, Noto Sans SC (as Hei) for first headings, Libertinus Serif for Latin letters and
digits; the official layout names FangSong, Hei, Kai and Times New Roman, which the DOCX asks for by name.
Source: cn/sa-guide-v3#materials; cn/scc-guide-v2#materials.
"""

import json
import re
import threading
from dataclasses import asdict, replace
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from feiyu.papers.errors import NoTypesetter
from feiyu.papers.model import Block, Fields, Grid, Heading, PageBreak, Paper, Paragraph, Signature, Words

_LAYOUT = Path(__file__).with_name("typeset.typ")
_LONG, _FEW = re.compile(r"[!-~]{13,}"), re.compile(r".{1,6}[_/.-]|.{1,6}")
_WORD, _PIECES = re.compile(r"[(“]*[A-Za-z]+[,.;:)”]*"), re.compile(r".{3,6}(?=.{3})|.+")
_ONE_AT_A_TIME = threading.Lock()
_NAMES = {
    Heading: "heading", Paragraph: "paragraph", Grid: "grid", Fields: "fields", Signature: "signature", PageBreak: "page",
}  # fmt: skip


def set_pdf(paper: Paper) -> bytes:
    """The paper as PDF."""
    with _ONE_AT_A_TIME:
        inputs = {"paper": json.dumps(as_data(paper), ensure_ascii=False)}
        made: bytes = _compiler().compile(format="pdf", sys_inputs=inputs, timestamp=0)
    return made


def as_data(paper: Paper) -> dict[str, Any]:
    """The paper as the layout reads it."""
    return {
        "lang": paper.lang.value, "title": paper.title, "subtitle": paper.subtitle, "layout": paper.layout.value,
        "foot": paper.foot, "made": paper.made, "cover": [[label, _words(words)] for label, words in paper.cover],
        "blocks": [_block(one) for one in paper.blocks],
    }  # fmt: skip


def _block(one: Block) -> dict[str, Any]:
    if isinstance(one, Grid):
        one = replace(one, rows=tuple(tuple(_breakable(words) for words in row) for row in one.rows))
    return {"is": _NAMES[type(one)]} | asdict(one)


def _breakable(words: Words) -> Words:
    """A long word of a cell may be broken after every few letters, or it would leave the cell."""
    return tuple(replace(run, text=_LONG.sub(_broken, run.text)) for run in words)


def _broken(word: re.Match[str]) -> str:
    """A word of English breaks with a hyphen (soft), an id or an address without, as a hyphen might belong to it (zero-width space)."""
    if _WORD.fullmatch(word[0]):
        return "\u00ad".join(_PIECES.findall(word[0]))
    return "\u200b".join(_FEW.findall(word[0]))


def _words(words: Words) -> list[dict[str, str]]:
    return [asdict(run) for run in words]


def font_folders() -> list[str]:
    """Where the packaged fonts lie."""
    found = find_spec("pylopdf_fonts_zh_cn")
    if found is None or not found.submodule_search_locations:
        raise NoTypesetter(name="pylopdf-fonts-zh-cn")
    return list(found.submodule_search_locations)


@cache
def _compiler() -> Any:
    try:
        import typst
    except ImportError:
        raise NoTypesetter(name="typst") from None
    return typst.Compiler(
        str(_LAYOUT), root=str(_LAYOUT.parent), font_paths=font_folders(), ignore_system_fonts=True
    )
