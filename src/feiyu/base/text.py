"""Text that a person reads, in Chinese and in English.

Rules this module keeps:
 * nothing that a person reads exists in one language only: a ``Text`` has both halves or is refused;
 * the two halves stand side by side in one place, so that neither can be forgotten when the other changes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Lang(StrEnum):
    """A language of the product."""

    ZH = "zh"
    EN = "en"

    @classmethod
    def parse(cls, tag: str | None) -> "Lang":
        """Choose the language for a locale name or an ``Accept-Language`` value; English when nothing fits."""
        first = (tag or "").split(",")[0].strip().lower()
        return cls.ZH if first.startswith("zh") else cls.EN


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or label in both languages."""

    zh: str
    en: str

    def __post_init__(self) -> None:
        """Refuse a text that lacks a half."""
        if not self.zh.strip() or not self.en.strip():
            message = f"a text needs both languages: zh={self.zh!r} en={self.en!r}"
            raise ValueError(message)

    def __getitem__(self, lang: Lang | str) -> str:
        """The half for ``lang``."""
        return self.zh if lang == Lang.ZH else self.en

    def format(self, **values: object) -> "Text":
        """Fill the same named places in both halves."""
        return Text(self.zh.format(**values), self.en.format(**values))

    def as_dict(self) -> dict[str, str]:
        """The wire form ``{"zh": …, "en": …}``."""
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def of(cls, value: Mapping[str, str]) -> "Text":
        """Read the wire form."""
        return cls(value["zh"], value["en"])
