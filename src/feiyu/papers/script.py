"""What was read of a paper: lines in order, each with the page, paragraph or cell it stands at."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from feiyu.base.text import Text

_PAGE_NUMBER = re.compile(
    r"第\s*\d{1,4}\s*页(?:\s*[,，/／]?\s*共\s*\d{1,4}\s*页)?|[-—–]\s*\d{1,4}\s*[-—–]|\d{1,3}(?:\s*[/／]\s*\d{1,3})?|page\s+\d+(?:\s+of\s+\d+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Line:
    """Some words and where they stand."""

    text: str
    page: int = 0
    paragraph: int = 0
    cell: str = ""

    @property
    def place(self) -> Text:
        """Where, for a person."""
        if self.cell:
            return Text(f"单元格 {self.cell}", f"cell {self.cell}")
        if self.paragraph:
            return Text(
                f"第{self.page}页（约）第{self.paragraph}段",
                f"page {self.page} (about), paragraph {self.paragraph}",
            )
        return Text(f"第{self.page}页", f"page {self.page}")


@dataclass(frozen=True, slots=True)
class Script:
    """A paper that was read. ``kind``: docx, pdf, xlsx."""

    name: str
    kind: str
    lines: tuple[Line, ...]
    warnings: tuple[Text, ...] = ()

    @property
    def text(self) -> str:
        """All words."""
        return "\n".join(line.text for line in self.lines)

    def body(self) -> tuple[Line, ...]:
        """The lines without page numbers and without what is repeated at the head or foot of most pages."""
        if self.kind != "pdf":
            return self.lines
        pages = {line.page for line in self.lines}
        repeated = _repeated(self.lines, len(pages)) if len(pages) > 2 else frozenset()
        return tuple(
            line
            for line in self.lines
            if line.text.strip() not in repeated and not _PAGE_NUMBER.fullmatch(line.text.strip())
        )


def _repeated(lines: Sequence[Line], pages: int) -> frozenset[str]:
    counted = Counter({(line.text.strip(), line.page) for line in lines if line.text.strip()})
    by_text = Counter(text for text, _ in counted)
    return frozenset(
        text for text, count in by_text.items() if count > 2 and count * 2 > pages and len(text) < 120
    )
