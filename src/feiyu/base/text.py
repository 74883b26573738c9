"""Text that a person reads, in Chinese and in English.

Rules this module keeps:
 * nothing that a person reads exists in one language only: a ``Text`` has both halves or is refused;
 * the two halves stand side by side in one place, so that neither can be forgotten when the other changes.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

_BY_NUMBER = re.compile(r"\{(\w+)\?([^{}:]*):([^{}:]*)\}")


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

    def __str__(self) -> str:
        """The English half: what logs and traces are in."""
        return self.en

    def format(self, **values: object) -> "Text":
        """Fill the same named places in both halves; ``{n?row:rows}`` is the word that fits the number ``n``.

        A value that is itself a ``Text`` gives each half its own.
        """
        zh, en = (
            {name: value[lang] if isinstance(value, Text) else value for name, value in values.items()}
            for lang in Lang
        )
        return Text(by_number(self.zh, zh).format(**zh), by_number(self.en, en).format(**en))

    def as_dict(self) -> dict[str, str]:
        """The wire form ``{"zh": …, "en": …}``."""
        return {"zh": self.zh, "en": self.en}

    @classmethod
    def same(cls, name: str) -> "Text":
        """What is written alike in both languages: a name, a code, an address."""
        return cls(name, name)

    @classmethod
    def of(cls, value: Mapping[str, str]) -> "Text":
        """Read the wire form."""
        return cls(value["zh"], value["en"])


def listed(texts: Iterable[Text]) -> Text:
    """Several texts in one line; at least one."""
    some = tuple(texts)
    return Text("；".join(one.zh for one in some), "; ".join(one.en for one in some))


def by_number(template: str, values: Mapping[str, object]) -> str:
    """The template with every ``{n?one:many}`` settled by its value, which may be a number or a number as it is shown."""
    return _BY_NUMBER.sub(lambda found: found[2 if str(values[found[1]]) == "1" else 3], template)


def number_of(count: int, one: str, many: str = "") -> str:
    """A number with the English words that fit it: ``1 row``, ``2,000 rows``. Without ``many`` an s is added."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def size_of(count: int) -> str:
    """A number of bytes for people: ``306.4 kB``. Decimal, in the console as here, so that both tell one number."""
    value = float(count)
    for unit in ("B", "kB", "MB", "GB"):
        if value < 1000:
            return f"{value:,.0f} {unit}" if unit == "B" else f"{value:,.1f} {unit}"
        value /= 1000
    return f"{value:,.1f} TB"
