"""What the second scan says: before and after, and what is left of what should have gone.

Rules this module keeps:
 * a field that was dropped, masked or keyed must not show any more what it held; if it does, nothing is proven;
 * keyed fields stay personal whatever the scan makes of them, and persons are counted by their pseudonyms: a pseudonym of a
   surely identifying value is surely identifying;
 * no sentence here says "anonymous": whether data are, a person decides.

Sources: PIPL articles 4 and 73 (cn/pipl-2021#4); GB/T 37964-2019; DESIGN invariant 5.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from feiyu.base.clock import Clock
from feiyu.base.text import Text, number_of
from feiyu.scan import kernel
from feiyu.scan.catalogue import by_id
from feiyu.scan.limits import Limits
from feiyu.scan.model import Field, PersonCounts, Strength, TableProfile, worst
from feiyu.scan.protect.keyed import NOBODYS
from feiyu.scan.protect.plan import GENERALISED, KEYED, NAMES, Method, ProtectPlan
from feiyu.scan.source import open_source
from feiyu.scan.survey import Plan as CountPlan

STAND_IN = {
    "prc": "residence_permit_hmt", "student": "residence_permit_hmt", "nine": "passport_foreign", "mobile": "qq", "email": "wechat",
}  # fmt: skip
"""A pseudonym has no form of its own type any more: types whose keys are checked are counted in the place of a like one."""
PSEUDONYM_OF = "pseudonym:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Left:
    """A field that still shows what it should not."""

    field: str
    types: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {"field": self.field, "types": list(self.types)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """Both scans and what follows from them."""

    before: TableProfile
    after: TableProfile
    left: tuple[Left, ...]
    remarks: tuple[Text, ...]

    @property
    def proven(self) -> bool:
        """Whether nothing is left of what should have gone."""
        return not self.left


def prove(
    before: TableProfile,
    after: TableProfile,
    plan: ProtectPlan,
    *,
    out: Path,
    limits: Limits,
    clock: Clock | None,
) -> Proof:
    """Compare the second scan with the first."""
    was = {one.name: one for one in before.fields}
    fields = tuple(_as_protected(one, was[one.name], plan) for one in after.fields)
    persons = _persons(fields, was, plan, out, limits, clock) if _any_keyed(fields, plan) else after.persons
    if damaged := tuple(name for name in before.persons.damaged if plan.step_of(name).method in KEYED):
        persons = replace(persons, exact=False, damaged=damaged)
    left = tuple(
        Left(field=one.name, types=still)
        for one in after.fields
        if (still := _still(one, was[one.name], plan.step_of(one.name).method))
    )
    return Proof(
        before=before,
        after=replace(after, fields=fields, persons=persons),
        left=left,
        remarks=(
            *_remarks(fields, plan),
            *_of_the_young(before.persons, persons),
            *_in_clear(after.fields, was, plan),
        ),
    )


def _any_keyed(fields: tuple[Field, ...], plan: ProtectPlan) -> bool:
    return any(plan.step_of(one.name).method in KEYED for one in fields)


def _as_protected(found: Field, was: Field, plan: ProtectPlan) -> Field:
    method = plan.step_of(found.name).method
    if method in KEYED and was.personal:
        reason = Text(
            f"由“{_named(was.type).zh}”{NAMES[method].zh}而来，仍是个人信息。",
            f"Made from {_named(was.type).en} ({NAMES[method].en}); it stays personal.",
        )
        return replace(found, personal=True, category=was.category, reason=reason)
    if method in GENERALISED and was.personal and was.type in by_id():
        # coarser, and still said of somebody: it counts as long as the row points at a person
        return replace(found, personal=found.personal or by_id()[was.type].personal, category=was.category)
    return found


def _named(type_id: str) -> Text:
    return by_id()[type_id].names if type_id in by_id() else Text(type_id, type_id)


def _still(found: Field, was: Field, method: Method) -> tuple[str, ...]:
    """The personal types that the field held and holds still, where its method was to take them away."""
    if method in (Method.KEEP, Method.FORMAT) or method in GENERALISED:
        return ()
    held = {kind for kind in was.holds if kind in by_id() and _matters(kind)}
    return tuple(kind for kind in found.holds if kind in held)


def _matters(kind: str) -> bool:
    one = by_id()[kind]
    return one.strength is not Strength.NONE or one.sensitive is not None or one.category == "credential"


def _persons(
    fields: tuple[Field, ...],
    was: Mapping[str, Field],
    plan: ProtectPlan,
    out: Path,
    limits: Limits,
    clock: Clock | None,
) -> PersonCounts:
    """Count the output once more with its pseudonyms as the identifiers they stand for."""
    keyed = {
        one.name: was[one.name].type
        for one in fields
        if plan.step_of(one.name).method in KEYED
        and was[one.name].type in by_id()
        and by_id()[was[one.name].type].strength is not Strength.NONE
    }
    base = CountPlan.of(fields)
    kept = tuple((name, kind) for name, kind in base.fields if name not in keyed)
    counted = replace(
        base,
        fields=(*kept, *((name, STAND_IN.get(by_id()[kind].canon, kind)) for name, kind in keyed.items())),
        inside=tuple((name, kinds) for name, kinds in base.inside if name not in keyed),
        told=tuple(dict.fromkeys((*base.told, *(one.name for one in fields if one.personal)))),
        personal=True,
    )
    stand_ins = {name for name in keyed if plan.step_of(name).method is Method.PSEUDONYM}
    counter = counted.counter(secrets.token_bytes(32), clock=clock)
    for batch in next(iter(open_source(out, limits=limits).tables())).batches():
        counter.add(_without_nobodys(batch, stand_ins))
    counts = counter.counts()
    renamed = {by_id()[STAND_IN.get(by_id()[kind].canon, kind)].fold: kind for kind in keyed.values()}
    by = {PSEUDONYM_OF + renamed[name] if name in renamed else name: n for name, n in counts.by.items()}
    return replace(counts, by=by)


def _without_nobodys(batch: pa.RecordBatch, stand_ins: Collection[str]) -> pa.RecordBatch:
    """A batch without the pseudonyms of values that were no identifiers, as these did not count before."""
    for at, name in enumerate(batch.schema.names):
        if name in stand_ins:
            text = pc.cast(kernel.as_text(batch.column(at)), pa.large_string())
            batch = batch.set_column(at, name, pc.if_else(pc.starts_with(text, NOBODYS), None, text))
    return batch


def _remarks(fields: tuple[Field, ...], plan: ProtectPlan) -> tuple[Text, ...]:
    out = []
    keyed = [one.name for one in fields if plan.step_of(one.name).method in KEYED]
    if keyed:
        names = Text("、".join(keyed), ", ".join(keyed))
        out.append(
            Text(
                f"字段 {names.zh} 经密钥处理：持钥者可以区分或还原到个人。去标识化不是匿名化，这些数据仍是个人信息，人数照计。",
                f"{names.en}: done under a key, whose holder can tell the persons apart or read the values back. "
                "De-identified is not anonymous: these data stay personal information, and the persons still count.",
            )
        )
    if plan.anonymity is not None and keyed:
        out.append(
            Text(
                "同一假名的各行仍可相互关联，k-匿名只就每一行成立；确需 k-匿名时请删除假名字段。",
                "Rows with one pseudonym can still be put together, so k-anonymity holds row by row only; drop the pseudonyms if it matters.",
            )
        )
    if plan.anonymity is not None:
        out.append(
            Text(
                f"已做到 {plan.anonymity.k}-匿名（仅就所列准标识符而言）。是否构成法律意义上的匿名化，须由人判断并签署。",
                f"{plan.anonymity.k}-anonymous as to the quasi-identifiers listed. Whether that is anonymisation in law, a person "
                "judges and signs.",
            )
        )
    return tuple(out)


def _of_the_young(before: PersonCounts, after: PersonCounts) -> Iterator[Text]:
    """What is said where the output no longer shows who is under 14, although it still is about persons."""
    old, now = before.under14.counted, after.under14.counted
    if now < old and after.counted:
        yield Text(
            f"此前有 {old:,} 人不满十四周岁，输出能看出的为 {now:,} 人：其余的只是不再显示，其信息仍属敏感个人信息。",
            f"Before, {number_of(old, 'person')} under 14 showed, in the output {now:,}: the others only do not show any more; what is said of them stays sensitive.",
        )


def _in_clear(fields: tuple[Field, ...], was: Mapping[str, Field], plan: ProtectPlan) -> Iterator[Text]:
    """What is said where a field that stays holds what was taken away in another, so that each row tells it."""
    taken = {
        kind
        for name, one in was.items()
        if plan.step_of(name).method in (Method.DROP, Method.MASK, *KEYED)
        for kind in one.holds
    }
    quasi = plan.anonymity.quasi if plan.anonymity else ()
    for one in fields:
        if plan.step_of(one.name).method in KEYED or one.name in quasi:
            continue
        kinds = [kind for kind in one.holds if kind in taken and kind in by_id() and _matters(kind)]
        if kinds:
            names = [by_id()[kind].names for kind in kinds]
            zh, en = "、".join(name.zh for name in names), ", ".join(name.en for name in names)
            yield Text(
                f"字段 {one.name} 仍含有{zh}，而别的字段中的已经处理：同一行即可还原{'，k-匿名也就无从谈起' if quasi else ''}。",
                f"{one.name} still holds {en}, which another field had taken away: the row itself gives it back"
                f"{', and k-anonymity hides nobody' if quasi else ''}.",
            )


def standing(table: TableProfile) -> Text:
    """In a few words what kind of data a table is, after the scan."""
    level = worst([one.level for one in table.fields])
    kind = (
        Text("含敏感个人信息", "sensitive personal information")
        if any(one.sensitive for one in table.fields)
        else Text("含个人信息", "personal information")
        if any(one.personal for one in table.fields)
        else Text("未发现个人信息", "no personal information found")
    )
    names = {"general": Text("一般", "general"), "important": Text("疑似重要", "suspected important"),
             "core": Text("疑似核心", "suspected core")}  # fmt: skip
    return Text(f"{kind.zh}；级别 {names[level].zh}", f"{kind.en}; level {names[level].en}")
