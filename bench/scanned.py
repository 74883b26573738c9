"""The edge's side of a transfer with its scan on: the edge's own line over a table, without an edge's database behind it.

Used by ``bench/transfer.py --scan``. Reading, inspecting each record batch with all types, counting persons, staging and sealing are the
code that runs in an edge (``feiyu.edge.transfer``); its claims are answered here instead of by a port, and there are no earlier
runs to unite with. The scan that a person looks at before the grant is made beforehand and not measured, as in life.
"""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from customers import BLOCK, Customers

from feiyu.base.lean import leave_out_pandas

KEY = bytes(range(32))


def make_table(path: Path, size_mib: int) -> None:
    """Invented customers as plain CSV, so many MiB and the rest of a block."""
    made = Customers()
    with path.open("wb") as file:
        for block in made.blocks(BLOCK * 1_000_000):
            file.write(block)
            if file.tell() >= size_mib << 20:
                return


def look(source: Path, work: Path) -> None:
    """The scan before the grant: what each field holds."""
    from feiyu.scan import profile

    (work / "profile").write_text(json.dumps(profile(source, key=KEY).as_dict()))


def load(source: Path) -> None:
    """What an edge has loaded since its first transfer, modules, types, words of headers, and what it never loads."""
    leave_out_pandas()
    import feiyu.edge.transfer  # noqa: F401 (loaded)
    from feiyu.scan import profile

    some = source.parent / "few.csv"
    with source.open("rb") as file:
        some.write_bytes(b"".join(file.readline() for _ in range(200)))
    profile(some, key=KEY)


def scan_into(writer: Any, source: Path, work: Path, geometry: Any) -> None:
    """Read, inspect, count and stage the table; ``writer`` seals what was claimed."""
    from feiyu.edge import transfer as line
    from feiyu.edge.behind import Behind
    from feiyu.edge.both import BothKeys
    from feiyu.edge.model import Control
    from feiyu.edge.source import Plan, one_table
    from feiyu.edge.stage import Stage
    from feiyu.scan import Profile
    from feiyu.scan.commit import commit
    from feiyu.scan.survey import Plan as CountPlan

    class FirstStage(Stage):
        """A stage of an edge that sent nothing before, and so has no database to ask."""

        def _earlier(self) -> tuple[int, int]:
            return 0, 0

    fields = Profile.of(json.loads((work / "profile").read_text())).tables[0].fields
    opened, table = one_table(source)
    expected = {
        field.name: (*field.embedded, field.type)[0] for field in fields
    }  # granted with what is in its texts
    chosen = Plan(source=opened, table=table, kept=table.fields, stripped=(), expected=expected)
    spill = work / "spill"
    spill.mkdir()
    counting = CountPlan.of(fields).counter(KEY, spill=spill, memory_bytes=line.COUNTED_BYTES)
    counter = BothKeys(counting, None)
    port = SimpleNamespace(claim=lambda *_, **__: None)
    edge: Any = SimpleNamespace(own=None, port=port)
    run: Any = SimpleNamespace(masked_from={}, transfer_id="trf_bench")
    control = Control()
    with Behind(writer.write, name="seal-behind") as behind, counter:
        stage = FirstStage(edge, run, counter, control, writer, behind, geometry)
        grant: Any = SimpleNamespace(mode=None)
        rows = line._stream(edge, run, grant, chosen, stage, counter, control)  # noqa: SLF001 (as above)
        persons = counter.write_run(work / "persons")
        assert rows, persons.exact
        stage.finish(persons)
        behind.wait()
    commit(work / "persons", KEY)  # as the ledger's entry of a transfer has it
