"""A run that waits for a person, or that a person ends: its row says what was met, and what was decided.

Rules this module keeps:
 * held and decided are said by the row, never by the process that carries the run: a decision holds whether or not the edge has the run
   in hand again after a restart;
 * a decision and its evidence are one transaction;
 * nothing of the source is read, and nothing is claimed at the port, while a run is held;
 * any run may be cut, also one that waits for the port or for room, until its signed manifest is on its way to the port.

States of the row: ``held`` with what was found; then ``running`` with the columns to be emptied, or with the ground on which it is cut.
"""

from collections.abc import Callable
from typing import Any

from feiyu.base.text import Text
from feiyu.edge import store
from feiyu.edge.errors import Cut, NotHeld, TooLateToCut, UnknownRun
from feiyu.edge.leave import GLASS
from feiyu.edge.model import RUN_STATES, SCOPE, STOPPED, Control, Edge, RunState
from feiyu.edge.rows import change, reload
from feiyu.edge.stage import patient
from feiyu.edge.store import RunRow
from feiyu.edge.trail import tell
from feiyu.scan import Mismatch
from feiyu.store import Tx


def hold(edge: Edge, run: RunRow, found: tuple[Mismatch, ...], *, row: int, control: Control) -> RunRow:
    """Hold a run at a row; the run as it goes on after a person said so, with the columns that are emptied from there."""
    what = {f"{one.found}": one.hits for one in found}
    _at_port(edge, run, control, "open", lambda transfer_id: edge.port.hold(transfer_id, found=what))
    # shown as held only once the port holds it too
    change(edge, run, state=RunState.HELD.value, held=shown(found, row))
    return go_on(edge, run, control)


def go_on(edge: Edge, run: RunRow, control: Control) -> RunRow:
    """Wait while a run is held, then have the port go on with it; raises where it was decided to cut it.

    A crash may lie anywhere between the port's hold, the decision and the port's going on: what the port holds and this edge does not is
    resumed.
    """
    while (run := reload(edge, run)).state == RunState.HELD:
        control.decided.clear()
        if control.stop.is_set():
            raise Cut(ground=control.cut_ground or STOPPED)
        control.decided.wait(0.5)
    if run.ground is not None:
        raise Cut(ground=Text.of(run.ground))
    _at_port(edge, run, control, "held", edge.port.resume)
    return run


def _at_port(edge: Edge, run: RunRow, control: Control, state: str, act: Callable[[str], object]) -> None:
    """Do something with the transfer at the port if it is in that state there; what was done before its answer got lost is not done again.

    Under a lease or a break-glass the port hears of it in the manifest: the person who decides is at this exporter.
    """
    transfer_id = run.transfer_id
    assert transfer_id is not None

    def ask() -> None:
        if edge.port.transfer(transfer_id)["state"] == state:
            act(transfer_id)

    if run.leave_id is None:
        patient(control, ask)


def decide(edge: Edge, run_id: str, *, cut: bool, ground: str, by: str) -> RunRow:
    """A person's decision: cut a run, or empty the offending columns of a held one from the row on where it was held, and go on."""

    def act(tx: Tx) -> RunRow:
        run = store.run_of(tx, run_id)
        if run is None:
            raise UnknownRun(ident=run_id)
        if run.state != RunState.HELD:
            if not cut or run.state != RunState.RUNNING or run.ground is not None:
                raise NotHeld(run=run_id, state=RUN_STATES[RunState(run.state)])
            if _with_the_port(run):
                raise TooLateToCut(run=run_id)
        said = {"run": run.id, "decision": "cut" if cut else "go_on", "ground": ground, "by": by}
        tell(edge, tx, "run.decided", said, grant=run.grant_id)
        decided: dict[str, Any] = (
            {"ground": Text.same(ground).as_dict()} if cut else {"held": None, "masked_from": _emptied(run)}
        )
        store.set_run(tx, run.id, state=RunState.RUNNING.value, changed_at=edge.house.clock.now(), **decided)
        return run

    return reload(edge, edge.house.db.write(act, scope=SCOPE))


def _with_the_port(run: RunRow) -> bool:
    """Whether it is sealed and not this edge's alone any more: it goes to the port, or a break-glass has handed it out."""
    if run.manifest is None:
        return False
    return run.wire_url is not None or run.leave_id is None or run.leave_id.startswith(GLASS)


def shown(found: tuple[Mismatch, ...], row: int) -> dict[str, object]:
    """What was met, as a person sees it: examples are masked."""
    return {"row": row, "found": [
        {"field": one.field, "found": one.found, "expected": one.expected, "row": one.row, "example": one.example,
         "hits": one.hits, "reason": one.reason.as_dict()}
        for one in found
    ]}  # fmt: skip


def _emptied(run: RunRow) -> dict[str, int]:
    """The columns that are emptied, each from a row on, with those in which something was met now."""
    assert run.held is not None
    row = run.held["row"]
    return run.masked_from | {
        one["field"]: min(row, run.masked_from.get(one["field"], row)) for one in run.held["found"]
    }
