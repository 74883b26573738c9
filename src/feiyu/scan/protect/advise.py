"""A plan from a profile: what to drop, mask, coarsen or pseudonymise, and why.

Rules this module keeps:
 * advice is data (``data/protection.yaml``), first entry that fits; a field that nothing speaks against is kept and named, so that
   whoever reads the plan sees every field;
 * fields that the purpose needs are coarsened rather than dropped, where a way exists; secrets and unread content never stay.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from feiyu.base import strict_yaml
from feiyu.base.strict_yaml import Node
from feiyu.base.text import Text
from feiyu.scan.catalogue import GENERIC, by_id
from feiyu.scan.model import Field, Level, State, Strength, TableProfile
from feiyu.scan.protect.plan import KEYED, Method, ProtectPlan, Step, read_step, refuse

_WHEN = ("types", "classes", "sensitive", "personal", "embedded", "unread", "level", "identifies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """One entry: when it fits, what is done, what is done if the purpose needs the field, why."""

    types: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    identifies: Strength | None = None
    do: Step
    needed: Step
    why: Text

    def fits(self, field: Field) -> bool:
        """Whether the entry speaks of a field."""
        if self.types and not set(self.types) & {field.type, *field.also}:
            return False
        if self.classes and field.category not in self.classes:
            return False
        if self.identifies and _strength(field) is not self.identifies:
            return False
        return all(_FLAGS[name](field) for name in self.flags)


_FLAGS: Mapping[str, Callable[[Field], bool]] = {
    "sensitive": lambda field: field.sensitive,
    "personal": lambda field: field.personal,
    "embedded": lambda field: any(
        kind in by_id() and by_id()[kind].personal for kind in (*field.also, *field.embedded)
    ),
    "unread": lambda field: field.state is State.UNREAD,
    "level": lambda field: field.level is not Level.GENERAL,
}


def _strength(field: Field) -> Strength | None:
    return by_id()[field.type].strength if field.type in by_id() else None


def advise(
    table: TableProfile, *, purpose: str, needs: Collection[str] = ()
) -> tuple[ProtectPlan, Mapping[str, Text]]:
    """A plan for a scanned table, and the reason for each field that is changed.

    ``needs``: fields without which the purpose cannot be reached.
    """
    steps: dict[str, Step] = {}
    why: dict[str, Text] = {}
    for field in table.fields:
        found = next((one for one in entries() if one.fits(field)), None)
        if found is None:
            steps[field.name] = Step(method=Method.KEEP)
            continue
        step = found.needed if field.name in needs else found.do
        steps[field.name] = _typed(step, field)
        why[field.name] = found.why
    return ProtectPlan(purpose=purpose, steps=steps, others="refuse"), why


def _typed(step: Step, field: Field) -> Step:
    if step.method not in KEYED or field.type in GENERIC or field.type not in by_id():
        return step
    return Step(method=step.method, type=field.type)


@cache
def entries() -> tuple[Advice, ...]:
    """All advice, in order."""
    name = "protection.yaml"
    data = files("feiyu.scan").joinpath(f"data/{name}").read_bytes()
    return tuple(_entry(node) for node in strict_yaml.parse(data, name, refuse).items())


def _entry(node: Node) -> Advice:
    part = node.record("when", "do", "zh", "en", optional=("needed",))
    when = part["when"].record(optional=_WHEN)
    for kind in when["types"].texts() if "types" in when else ():
        if kind not in by_id():
            when["types"].fail(f"no semantic type {kind!r}", f"没有语义类型 {kind!r}")
    return Advice(
        types=when["types"].texts() if "types" in when else (),
        classes=when["classes"].texts() if "classes" in when else (),
        flags=tuple(name for name in when if name in _FLAGS and when[name].flag()),
        identifies=Strength(when["identifies"].choice(*Strength)) if "identifies" in when else None,
        do=read_step(part["do"]),
        needed=read_step(part["needed"]) if "needed" in part else Step(method=Method.KEEP),
        why=Text(part["zh"].text(), part["en"].text()),
    )
