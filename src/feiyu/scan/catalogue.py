"""The semantic types: what a field can hold, as data.

``data/types.yaml`` has one entry per type: names, detectors, chance rates, strength as an identifier of persons, sensitivity, class, source,
header words, and examples that are, that are not, and that nearly are. Adding a type touches that file.

Rules this module keeps:
 * ids, names and sources are complete, or loading fails with the entry's name;
 * a resident id alone is personal, not sensitive (GB/T 45574-2025 dropped it from "specific identity"); a photo of the card is sensitive;
 * a VIN is personal and *weak*: it reaches a natural person only through the owner, so it links rows that have no strong identifier and
   counts for itself only where nothing better stands in the row (DESIGN invariant 5, ADR 0012).

Sources: GB/T 43697-2024; GB/T 45574-2025 Annex A; GB/T 35273-2020 Annex A; PIPL article 28 (cn/pipl-2021#28); and each entry's own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan import reference
from feiyu.scan.errors import BadTypes, UnknownType
from feiyu.scan.model import Level, Strength
from feiyu.scan.vocabulary import LOADER, MATCHED

KINDS = ("check", "form", "shape", "vocab", "mark")
CAPS = {"check": 14.0, "form": 10.0, "shape": 2.0, "vocab": 5.0, "mark": 14.0}
CHANCES = {"check": 0.01, "form": 0.002, "shape": 0.3, "vocab": 0.02, "mark": 1e-6}
SENSITIVE = (
    "biometric",
    "religion",
    "specific_identity",
    "medical",
    "financial_account",
    "trajectory",
    "under14",
    "other",
)
NOT_PERSONAL = {
    "organisation", "geography", "finance", "health_research", "trade_logistics", "commerce", "generic", "state_secret", "location",
}  # fmt: skip
"""Classes whose types are not personal unless the entry says so; a location becomes personal beside an identifier of a person."""
GENERIC = ("text", "number", "date", "boolean", "category", "empty", "unknown")


class Forms:
    """Writings of values; few columns need those of a type, so they are compiled when first asked for."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """One pattern for all of them."""
        return re.compile("|".join(f"(?:{one})" for one in self._patterns), re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class SemanticType:
    """One kind of content.

    ``detectors`` (and ``bits``, as a set) are bit positions of ``reference.DETECTORS`` with the chance that a foreign value of the same shape passes;
    ``vocabulary`` is the bit of a closed list. ``forms`` are writings that are looked for in a sample of the values (``look``), where the header
    agrees (and has one of the words ``forms_with``) or ``forms_alone`` says that none is needed; writings ``unlike`` it belong to something else, and without a header that agrees its values begin with one of
    ``begins``. ``cap`` bounds how much values alone may say (log-odds). ``rank`` orders identifiers
    of persons, the surer first; ``exactly`` are headers that stand for the type as a whole only; ``canon`` says how a value becomes a key; ``fold`` names the type whose keys it shares;
    of a type with ``further`` one person may have numbers of several kinds (``numberings``).
    """

    id: str
    names: Text
    kind: str
    source: str
    category: str
    strength: Strength
    personal: bool
    sensitive: str | None
    level: Level
    detectors: tuple[tuple[int, float], ...]
    bits: int
    vocabulary: int | None
    forms: Forms | None
    forms_alone: bool
    forms_with: frozenset[str]
    unlike: Forms | None
    begins: tuple[str, ...]
    cap: float
    needs_header: bool
    embed: bool
    rank: int
    canon: str
    fold: str
    further: bool
    headers: tuple[str, ...]
    exactly: tuple[str, ...]
    hints: tuple[str, ...]
    against: tuple[str, ...]
    lengths: tuple[int, int] | None
    free_text: bool
    worded: bool
    order: int
    positive: tuple[str, ...]
    negative: tuple[str, ...]
    near: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The wire form of ``feiyu types --json``."""
        return {
            "id": self.id,
            "names": self.names.as_dict(),
            "strength": self.strength.value,
            "personal": self.personal,
            "sensitive": self.sensitive,
            "class": self.category,
            "level": self.level.value,
            "source": self.source,
        }


@cache
def types() -> tuple[SemanticType, ...]:
    """All semantic types, in the order of the file."""
    text = files("feiyu.scan").joinpath("data/types.yaml").read_text(encoding="utf-8")
    return parse(yaml.load(text, Loader=LOADER))  # noqa: S506 - a safe loader


PLAIN = {
    "text": Text("文本", "Text"), "number": Text("数值", "Number"), "date": Text("日期", "Date"), "boolean": Text("是否", "Yes or no"),
    "category": Text("分类代码", "Category"), "empty": Text("空", "Empty"), "unknown": Text("未识别", "Not recognised"),
}  # fmt: skip
"""What a field holds when it is no semantic type."""


@cache
def by_id() -> Mapping[str, SemanticType]:
    """The types by id."""
    return {one.id: one for one in types()}


def name_of(type_id: str) -> Text:
    """A type's name, also of what is no identifier of anything; the id where none is known."""
    known = by_id().get(type_id)
    return known.names if known else PLAIN.get(type_id, Text(type_id, type_id))


def get(type_id: str) -> SemanticType:
    """One type; an unknown id is refused."""
    try:
        return by_id()[type_id]
    except KeyError:
        raise UnknownType(type=type_id) from None


def parse(entries: list[dict[str, Any]]) -> tuple[SemanticType, ...]:
    """Build and validate types from the entries of a file."""
    out: dict[str, SemanticType] = {}
    for order, entry in enumerate(entries):
        one = _one(entry, order)
        if one.id in out or one.id in GENERIC:
            raise BadTypes(entry=one.id, reason=Text("编号已被占用", "the id is taken"))
        out[one.id] = one
    for one in out.values():
        if one.fold not in out:
            raise BadTypes(
                entry=one.id, reason=Text(f"fold 提到未知的 {one.fold}", f"fold names the unknown {one.fold}")
            )
    return tuple(out.values())


FIELDS = frozenset(
    [
        "id",
        "zh",
        "en",
        "kind",
        "detect",
        "chance",
        "vocab",
        "forms",
        "forms_alone",
        "forms_with",
        "unlike",
        "begins",
        "cap",
        "needs_header",
        "strength",
        "rank",
        "canon",
        "fold",
        "further",
        "embed",
        "class",
        "sensitive",
        "personal",
        "level",
        "source",
        "headers",
        "exactly",
        "hints",
        "against",
        "lengths",
        "free_text",
        "worded",
        "positive",
        "negative",
        "near",
    ]
)


def _one(entry: dict[str, Any], order: int) -> SemanticType:
    name = str(entry.get("id", f"#{order}"))
    if unknown := set(entry) - FIELDS:
        raise BadTypes(
            entry=name,
            reason=Text(
                f"有未知的键 {sorted(map(str, unknown))}", f"unknown keys {sorted(map(str, unknown))}"
            ),
        )
    try:
        return _build(entry, order)
    except (KeyError, ValueError, TypeError, IndexError) as cause:
        raise BadTypes(entry=name, reason=said(cause)) from cause


def _forms(patterns: Sequence[str]) -> Forms | None:
    return Forms(patterns) if patterns else None


def _build(entry: dict[str, Any], order: int) -> SemanticType:
    kind = entry["kind"]
    if kind not in KINDS:
        raise ValueError(kind)
    sensitive = entry.get("sensitive")
    if sensitive is not None and sensitive not in SENSITIVE:
        raise ValueError(sensitive)
    strength = Strength(entry["strength"])
    if strength is not Strength.NONE and ("rank" not in entry or "canon" not in entry):
        raise ValueError("an identifier needs rank and canon")
    if not (entry["positive"] and entry["negative"] and entry["near"]):
        raise ValueError("examples")
    chance = entry.get("chance", CHANCES[kind])
    detectors = tuple(
        (reference.NAMES.index(d), float(chance[d] if isinstance(chance, dict) else chance))
        for d in entry.get("detect", ())
    )
    vocabulary = MATCHED.index(entry["vocab"]) if "vocab" in entry else None
    if not detectors and vocabulary is None and not entry.get("forms"):
        raise ValueError("no detector")
    return SemanticType(
        id=entry["id"],
        names=Text(entry["zh"], entry["en"]),
        kind=kind,
        source=entry["source"],
        category=entry["class"],
        strength=strength,
        personal=entry.get("personal", entry["class"] not in NOT_PERSONAL),
        sensitive=sensitive,
        level=Level(entry.get("level", "general")),
        detectors=detectors,
        bits=sum(1 << bit for bit, _ in detectors),
        vocabulary=vocabulary,
        forms=_forms(entry.get("forms", ())),
        forms_with=frozenset(map(str, entry.get("forms_with", ()))),
        forms_alone=entry.get("forms_alone", False),
        unlike=_forms(entry.get("unlike", ())),
        begins=tuple(entry.get("begins", ())),
        cap=float(entry.get("cap", CAPS[kind])),
        needs_header=entry.get("needs_header", False),
        embed=entry.get("embed", False),
        rank=entry.get("rank", 0),
        canon=entry.get("canon", "raw"),
        fold=entry.get("fold", entry["id"]),
        further=entry.get("further", False),
        headers=tuple(str(h) for h in entry["headers"]),
        exactly=tuple(str(h) for h in entry.get("exactly", ())),
        hints=tuple(str(h) for h in entry.get("hints", ())),
        against=tuple(str(h) for h in entry.get("against", ())),
        lengths=tuple(entry["lengths"]) if "lengths" in entry else None,
        free_text=entry.get("free_text", False),
        worded=entry.get("worded", False),
        order=order,
        positive=tuple(entry["positive"]),
        negative=tuple(entry["negative"]),
        near=tuple(entry["near"]),
    )
