"""The plan: what becomes of each field.

::

    format: feiyu-protect/1
    purpose: trial-2026            # pseudonyms of different purposes never match
    others: keep                   # keep, drop or refuse the fields that are not named
    fields:
      身份证号: {do: pseudonym, type: prc_resident_id}
      手机号:   {do: mask, keep: [3, 4]}
      出生日期: {do: date, to: year}
    anonymity: {k: 5, quasi: [出生日期, 性别, 邮编]}

Rules this module keeps:
 * a plan is read strictly: an unknown key, a method that does not exist, an option of another method are refused with
   file and line;
 * what a plan does not say is not done: a field is dropped or kept by ``others``, never by chance;
 * ``dump_plan`` writes what ``parse_plan`` reads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import NoReturn

from feiyu.base import strict_yaml
from feiyu.base.strict_yaml import Node
from feiyu.base.text import Text
from feiyu.scan.catalogue import by_id
from feiyu.scan.protect.errors import BadPlan

FORMAT = "feiyu-protect/1"
MAX_FIELDS = 20_000
MAX_EDGES = 1_000
MAX_K = 100_000


class Method(StrEnum):
    """What can be done to a field."""

    KEEP = "keep"
    DROP = "drop"
    MASK = "mask"
    PSEUDONYM = "pseudonym"
    FORMAT = "format_preserving"
    DATE = "date"
    AREA = "area"
    GRID = "grid"
    RANGE = "range"


NAMES = {
    Method.KEEP: Text("保留", "keep"),
    Method.DROP: Text("删除", "drop"),
    Method.MASK: Text("掩码", "mask"),
    Method.PSEUDONYM: Text("假名化", "pseudonymise"),
    Method.FORMAT: Text("保留格式加密", "encrypt, format kept"),
    Method.DATE: Text("日期泛化", "coarser date"),
    Method.AREA: Text("地区泛化", "coarser area"),
    Method.GRID: Text("坐标取格", "coordinate to a grid"),
    Method.RANGE: Text("数值分段", "number to a range"),
}
KEYED = frozenset({Method.PSEUDONYM, Method.FORMAT})
"""Who has the key can tell the persons apart or back: what comes out stays personal information."""
GENERALISED = frozenset({Method.DATE, Method.AREA, Method.GRID, Method.RANGE})
DATES = ("day", "month", "quarter", "year", "decade")
AREAS = ("district", "city", "province")
OTHERS = ("keep", "drop", "refuse")
_OPTIONS = {
    Method.KEEP: (), Method.DROP: (), Method.MASK: ("keep",), Method.PSEUDONYM: (), Method.FORMAT: (),
    Method.DATE: ("to",), Method.AREA: ("to", "digits"), Method.GRID: ("degrees",), Method.RANGE: ("step", "edges"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What is done to one field. ``type``: the semantic type whose spellings are one value (for keyed methods)."""

    method: Method
    type: str | None = None
    keep: tuple[int, int] = (0, 0)
    to: str = ""
    digits: int = 0
    degrees: str = ""
    step: str = ""
    edges: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The step as a plan writes it."""
        found: dict[str, object] = {"do": self.method.value}
        if self.type:
            found["type"] = self.type
        if self.method is Method.MASK:
            found["keep"] = list(self.keep)
        for name in ("to", "digits", "degrees", "step"):
            if value := getattr(self, name):
                found[name] = value
        if self.edges:
            found["edges"] = list(self.edges)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Anonymity:
    """k-anonymity: over which fields, and how many of a hundred rows may be left out for it."""

    k: int
    quasi: tuple[str, ...]
    suppress_percent: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProtectPlan:
    """The whole plan."""

    purpose: str
    steps: Mapping[str, Step]
    others: str = "keep"
    anonymity: Anonymity | None = None

    def step_of(self, field: str) -> Step:
        """What is done to a field of the table."""
        return self.steps.get(field) or Step(method=Method.DROP if self.others == "drop" else Method.KEEP)

    @property
    def keyed(self) -> tuple[str, ...]:
        """The fields whose method needs the key."""
        return tuple(name for name, step in self.steps.items() if step.method in KEYED)


def refuse(place: str, en: str, zh: str) -> NoReturn:
    """Refuse a plan at a place."""
    raise BadPlan(place=place, reason=Text(zh, en))


def parse_plan(data: bytes, file: str) -> ProtectPlan:
    """Read a plan.

    Raises:
        BadPlan: it is wrong; the values name file and line.
    """
    part = strict_yaml.parse(data, file, refuse).record(
        "format", "purpose", "fields", optional=("others", "anonymity")
    )
    part["format"].choice(FORMAT)
    purpose = part["purpose"].text()
    if not 1 <= len(purpose) <= 100 or not purpose.isprintable():
        part["purpose"].fail("1 to 100 characters are wanted", "应为 1 至 100 个字符")
    fields = part["fields"].mapping()
    if len(fields) > MAX_FIELDS:
        part["fields"].fail(f"more than {MAX_FIELDS} fields", f"字段超过 {MAX_FIELDS} 个")
    steps = {name: read_step(node) for name, node in fields.items()}
    anonymity = _anonymity(part["anonymity"], steps) if "anonymity" in part else None
    others = part["others"].choice(*OTHERS) if "others" in part else "keep"
    return ProtectPlan(purpose=purpose, steps=steps, others=others, anonymity=anonymity)


def read_step(node: Node) -> Step:
    """Read what is done to one field."""
    known = ("type", "keep", "to", "digits", "degrees", "step", "edges")
    part = node.record("do", optional=known)
    method = Method(part["do"].choice(*Method))
    allowed = (*_OPTIONS[method], *(("type",) if method in KEYED else ()))
    for name, value in part.items():
        if name != "do" and name not in allowed:
            value.fail(f"{method} has no option {name!r}", f"{method} 没有选项 {name!r}")
    made = Step(
        method=method,
        type=_type(part["type"]) if "type" in part else None,
        keep=_kept(part["keep"]) if "keep" in part else (0, 0),
        to=part["to"].choice(*(DATES if method is Method.DATE else AREAS)) if "to" in part else "",
        digits=_between(part["digits"], 1, 12) if "digits" in part else 0,
        degrees=_positive(part["degrees"]) if "degrees" in part else "",
        step=_positive(part["step"]) if "step" in part else "",
        edges=_edges(part["edges"]) if "edges" in part else (),
    )
    given = sum(name in part for name in _OPTIONS[method])
    if _OPTIONS[method] and method is not Method.MASK and given != 1:
        names = ", ".join(_OPTIONS[method])
        node.fail(f"{method} wants exactly one of: {names}", f"{method} 须且只须给出其中一项：{names}")
    return made


def _type(node: Node) -> str:
    name = node.text()
    if name not in by_id():
        node.fail(f"no semantic type {name!r}", f"没有语义类型 {name!r}")
    return name


def _kept(node: Node) -> tuple[int, int]:
    pair = [_between(item, 0, 16) for item in node.items()]
    if len(pair) != 2:
        node.fail("two numbers are wanted: [first, last]", "应为两个数：[前, 后]")
    return pair[0], pair[1]


def _between(node: Node, low: int, high: int) -> int:
    value = node.integer()
    if not low <= value <= high:
        node.fail(f"{low} to {high} is wanted", f"应在 {low} 与 {high} 之间")
    return value


def _positive(node: Node) -> str:
    value = node.number()
    if value <= 0:
        node.fail("more than nought is wanted", "应大于零")
    return str(value)


def _edges(node: Node) -> tuple[str, ...]:
    found = [item.number() for item in node.items()]
    if not 1 <= len(found) <= MAX_EDGES or any(a >= b for a, b in pairwise(found)):
        node.fail(f"1 to {MAX_EDGES} rising numbers are wanted", f"应为 1 至 {MAX_EDGES} 个递增的数")
    return tuple(str(one) for one in found)


def _anonymity(node: Node, steps: Mapping[str, Step]) -> Anonymity:
    part = node.record("k", "quasi", optional=("suppress_percent",))
    quasi = part["quasi"].texts()
    if not quasi or len(set(quasi)) != len(quasi) or len(quasi) > 20:
        part["quasi"].fail("1 to 20 different fields are wanted", "应为 1 至 20 个互不相同的字段")
    for name in quasi:
        if name in steps and steps[name].method in (Method.DROP, *KEYED):
            part["quasi"].fail(
                f"{name!r} is dropped or keyed and no quasi-identifier",
                f"{name!r} 已删除或加密，不是准标识符",
            )
    return Anonymity(
        k=_between(part["k"], 2, MAX_K),
        quasi=quasi,
        suppress_percent=_between(part["suppress_percent"], 0, 50) if "suppress_percent" in part else 0,
    )


def dump_plan(plan: ProtectPlan, why: Mapping[str, Text] | None = None, *, lang: str = "zh") -> str:
    """The plan as YAML; ``why`` puts a reason behind each field."""
    import json

    def word(value: object) -> str:
        return json.dumps(value, ensure_ascii=False)

    lines = [f"format: {FORMAT}", f"purpose: {word(plan.purpose)}", f"others: {plan.others}", "fields:"]
    for name, step in plan.steps.items():
        parts = ", ".join(f"{key}: {_flow(value)}" for key, value in step.as_dict().items())
        reason = f"  # {why[name][lang]}" if why and name in why else ""
        lines.append(f"  {word(name)}: {{{parts}}}{reason}")
    if not plan.steps:
        lines[-1] = "fields: {}"
    if plan.anonymity is not None:
        quasi = ", ".join(word(one) for one in plan.anonymity.quasi)
        lines.append(
            f"anonymity: {{k: {plan.anonymity.k}, quasi: [{quasi}], suppress_percent: {plan.anonymity.suppress_percent}}}"
        )
    return "\n".join(lines) + "\n"


def _flow(value: object) -> str:
    return "[" + ", ".join(str(one) for one in value) + "]" if isinstance(value, list) else str(value)
