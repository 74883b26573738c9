"""What a reviewer of the rulebooks should look at: stale values, unsigned values, soft grounds, texts not archived.

Rules this module keeps:
 * nothing is hidden: a text that is not archived, a value that nobody has signed, a rule of low confidence is listed;
 * a finding is a reason to read, not a fault: the rulebook goes on answering.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from feiyu.base.text import Text
from feiyu.rules.books import PATHWAY, Rulebooks

_STALE = Text("数值自 {day} 起未再核对", "value not verified since {day}")
_LOW = Text("依据把握程度：{level}", "confidence in the grounds: {level}")
_NOT_ARCHIVED = Text("正式文本未存档", "the official text is not archived")
_NO_ADDRESS = Text("没有登记网址", "no address is registered")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at."""

    kind: str
    name: str
    text: Text
    place: str

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {"kind": self.kind, "name": self.name, "text": self.text.as_dict(), "place": self.place}


def review(rulebooks: Rulebooks, *, at: date, days: int = 90, rulebook: str = PATHWAY) -> tuple[Finding, ...]:
    """Everything to look at on a day; a value is stale when last verified more than ``days`` ago."""
    book = rulebooks.book(rulebook)
    found: list[Finding] = []
    for parameter in book.parameters.values():
        if parameter.verified_on + timedelta(days=days) < at:
            text = _STALE.format(day=parameter.verified_on)
            found.append(Finding(kind="stale", name=parameter.id, text=text, place=parameter.place))
    for rule in book.rules:
        if rule.applies(at) and rule.confidence != "high":
            text = _LOW.format(level=rule.confidence)
            found.append(Finding(kind="confidence", name=rule.id, text=text, place=rule.place))
    return (*found, *_sources(rulebooks))


def _sources(rulebooks: Rulebooks) -> Iterator[Finding]:
    for source in rulebooks.sources.values():
        if source.archived is None:
            yield Finding(kind="archive", name=source.id, text=_NOT_ARCHIVED, place=source.place)
        if source.url is None:
            yield Finding(kind="address", name=source.id, text=_NO_ADDRESS, place=source.place)
