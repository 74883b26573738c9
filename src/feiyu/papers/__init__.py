"""Papers: set a document as PDF and DOCX from one source, read papers made elsewhere within limits, compare them."""

from feiyu.papers.model import (
    Block,
    Fields,
    Grid,
    Heading,
    Layout,
    PageBreak,
    Paper,
    Paragraph,
    Run,
    RunKind,
    Signature,
    Words,
    blank,
    plain,
    value,
    words_text,
)

__all__ = [
    "Block", "Fields", "Grid", "Heading", "Layout", "PageBreak", "Paper", "Paragraph", "Run", "RunKind", "Signature",
    "Words", "blank", "plain", "value", "words_text",
]  # fmt: skip
