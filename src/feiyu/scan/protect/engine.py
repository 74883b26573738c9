"""The run: read, change, write, scan again.

    source ─scan─▶ before      source ─change─▶ (groups of k) ─▶ output ─scan─▶ after      before · after ─▶ proof

Rules this module keeps:
 * the source is only read; the output is written beside its place and takes its name when it is whole; nothing is overwritten;
 * batches stream: memory follows the batch, and for k-anonymity the number of different combinations, never the rows;
 * the same source, plan and key give the same bytes;
 * what the output holds is said by a scan of the output, not by the plan.

Sources: DESIGN, least data; PIPL article 51(3) (cn/pipl-2021#51), 73.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from feiyu.base.clock import Clock
from feiyu.scan.limits import Limits
from feiyu.scan.model import Progress, TableProfile
from feiyu.scan.one_table import one_table_source, only_table
from feiyu.scan.protect.anonymity import Groups, Loss
from feiyu.scan.protect.errors import NeedsKey, OutputExists, UnknownFields, UnknownOutput
from feiyu.scan.protect.methods import Changes, Effect
from feiyu.scan.protect.plan import Method, ProtectPlan
from feiyu.scan.protect.proof import Proof, prove
from feiyu.scan.source import open_source
from feiyu.scan.survey import profile
from feiyu.scan.table import Source, Table
from feiyu.scan.writers import open_writer

FORMATS = {".csv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".parquet": "parquet"}
REPORT = "feiyu-protected/1"
_DEFAULT = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was done, what it took away, and what the second scan says."""

    source: str
    output: str
    rows_in: int
    rows_out: int
    plan: ProtectPlan
    key_id: str | None
    effects: Mapping[str, Effect]
    loss: Loss | None
    proof: Proof

    @property
    def proven(self) -> bool:
        """Whether the second scan finds nothing that the plan was to remove."""
        return self.proof.proven

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return {
            "format": REPORT,
            "source": self.source,
            "output": self.output,
            "rows": {"in": self.rows_in, "out": self.rows_out},
            "purpose": self.plan.purpose,
            "key_id": self.key_id,
            "fields": [
                {
                    "name": one.name,
                    **self.plan.step_of(one.name).as_dict(),
                    "before": one.type,
                    **(
                        {"values": e.values, "changed": e.changed, "lost": e.lost}
                        if (e := self.effects.get(one.name))
                        else {}
                    ),
                }
                for one in self.proof.before.fields
            ],
            "anonymity": self.loss.as_dict() if self.loss else None,
            "before": self.proof.before.as_dict(),
            "after": self.proof.after.as_dict(),
            "left": [one.as_dict() for one in self.proof.left],
            "remarks": [one.as_dict() for one in self.proof.remarks],
            "proven": self.proven,
        }


def protect(
    path: Path | Source,
    plan: ProtectPlan,
    *,
    out: Path,
    key: bytes | None = None,
    key_id: str | None = None,
    table: str | None = None,
    limits: Limits = _DEFAULT,
    progress: Callable[[Progress], None] | None = None,
    clock: Clock | None = None,
) -> Outcome:
    """Write ``out`` as the plan wants it, and prove the effect by scanning it.

    The extension of ``out`` says its format (CSV, JSONL, Parquet). ``key``: 32 secret bytes of a keystore, for pseudonyms and kept
    formats; ``key_id`` names it in the report. ``table``: which one, where the source has several. ``limits.encoding`` is of the source; what is
    written is UTF-8 and is read back as that.

    Raises:
        UnknownFields, NeedsKey, NoSuchTable, WantsOneTable, TooFewRows, TooManyGroups, OutputExists: nothing was written.
    """
    if out.suffix.lower() not in FORMATS:
        raise UnknownOutput(name=out.name)
    if out.exists():
        raise OutputExists(name=out.name)
    source = path if isinstance(path, Source) else open_source(path, limits=limits)
    chosen = only_table(source, table)
    _check_fields(chosen, plan)
    if plan.keyed and key is None:
        raise NeedsKey(fields=", ".join(plan.keyed))
    before = profile(one_table_source(source, chosen), limits=limits, progress=progress, clock=clock)
    effects, loss, rows = _write(chosen, plan, key, out)
    limits = replace(limits, encoding="")
    after = _scanned_again(out, chosen, plan, limits, progress, clock)
    return Outcome(
        source=source.name,
        output=out.name,
        rows_in=before.tables[0].rows,
        rows_out=rows,
        plan=plan,
        key_id=key_id if plan.keyed else None,
        effects=effects,
        loss=loss,
        proof=prove(before.tables[0], after, plan, out=out, limits=limits, clock=clock),
    )


def _check_fields(table: Table, plan: ProtectPlan) -> None:
    quasi = plan.anonymity.quasi if plan.anonymity else ()
    dropped = {name for name in quasi if name in table.fields and plan.step_of(name).method is Method.DROP}
    wrong = [name for name in (*plan.steps, *quasi) if name not in table.fields] + sorted(dropped)
    if plan.others == "refuse":
        wrong += [name for name in table.fields if name not in plan.steps]
    if wrong or not any(plan.step_of(name).method is not Method.DROP for name in table.fields):
        raise UnknownFields(
            name=table.name, fields=", ".join(wrong[:50]) or "—", known=", ".join(table.fields[:200])
        )


def _write(
    table: Table, plan: ProtectPlan, key: bytes | None, out: Path
) -> tuple[Mapping[str, Effect], Loss | None, int]:
    changes = Changes(table.schema, plan, key)
    groups, loss = None, None
    if plan.anonymity is not None:
        groups = Groups(plan.anonymity, table.name)
        for batch in Changes(table.schema, plan, key).stream(table.batches()):
            groups.feed(batch)
        loss = groups.cut()
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    rows = 0
    try:
        with part.open("xb") as sink:
            writer = open_writer(FORMATS[out.suffix.lower()], changes.schema, sink)
            for batch in changes.stream(table.batches()):
                made = groups.rewrite(batch) if groups else batch
                writer.write(made)
                rows += made.num_rows
            writer.close()
            sink.flush()
            os.fsync(sink.fileno())
        os.link(part, out)  # refuses a name that was taken meanwhile
    except FileExistsError:
        raise OutputExists(name=out.name) from None
    finally:
        part.unlink(missing_ok=True)
    return {name: one.effect for name, one in changes.changers.items()}, loss, rows


def _scanned_again(
    out: Path,
    table: Table,
    plan: ProtectPlan,
    limits: Limits,
    progress: Callable[[Progress], None] | None,
    clock: Clock | None,
) -> TableProfile:
    """The second scan, from the file as anybody would read it; fields keep the names they were written under."""
    found = profile(out, limits=limits, progress=progress, clock=clock).tables[0]
    names = [name for name in table.fields if plan.step_of(name).method is not Method.DROP]
    assert len(found.fields) == len(names)
    fields = tuple(replace(one, name=name) for one, name in zip(found.fields, names, strict=True))
    return replace(found, fields=fields)
