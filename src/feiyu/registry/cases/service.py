"""Open cases and move them, only as their procedure says."""

from dataclasses import replace

from feiyu.base.errors import BadInput, Conflict
from feiyu.base.ids import PartyId
from feiyu.base.text import Text, listed
from feiyu.registry.access import Caller
from feiyu.registry.cases import store
from feiyu.registry.cases.procedure import Transition, load_procedure
from feiyu.registry.cases.store import Case, Step
from feiyu.registry.house import House
from feiyu.store import Tx

NOTE_MAX = 10_000


class NoSuchStep(Conflict):
    """The procedure has no such step from the case's present state."""

    code = "REG-0011"
    message = Text(
        "办件 {case} 目前为“{state}”，不能执行“{step}”。",
        "Case {case} is now “{state}”; the step “{step}” is not open.",
    )
    hint = Text("目前可以执行：{open}。", "Open steps: {open}.")


class OnlyOnce(Conflict):
    """A step that the procedure allows once was made already."""

    code = "REG-0012"
    message = Text("“{step}”只能执行一次。", "The step “{step}” may be made only once.")
    hint = Text("应在第一次即一次性告知全部事项。", "Everything must be told the first time.")


def open_case(house: House, tx: Tx, *, case_id: str, owner: PartyId, procedure: str) -> Case:
    """Open a case in the procedure's first state, pinned to its version."""
    rules = load_procedure(procedure)
    now = house.clock.now()
    case = Case(
        id=case_id, owner_party=owner, procedure=procedure, version=rules.version, state=rules.start,
        opened_at=now, changed_at=now,
    )  # fmt: skip
    store.add_case(tx, case)
    return case


def take_step(
    house: House, tx: Tx, caller: Caller, case: Case, *, transition: str, note: str
) -> tuple[Case, Transition]:
    """Make one step: it must be open, the caller's seat must allow it, a note must be there where one is asked for."""
    rules = load_procedure(case.procedure)
    step = rules.step(case.state, transition)
    if step is None:
        named = {s.id: s.name for s in rules.transitions}
        ahead = [
            Text(f"{s.name.zh}（{s.id}）", f"{s.name.en} ({s.id})") for s in rules.steps_from(case.state)
        ]
        raise NoSuchStep(
            case=case.id, state=rules.states[case.state].name, step=named.get(transition, Text.same(transition or "-")),
            open=listed(ahead) if ahead else Text("没有", "none"),
        )  # fmt: skip
    house.access.demand(caller, step.action, case.owner_party)
    done = store.steps_of(tx, case.id)
    if step.once and any(s.transition == step.id for s in done):
        raise OnlyOnce(step=step.name)
    if (step.needs_note and not note.strip()) or len(note) > NOTE_MAX:
        raise BadInput(
            reason=Text(
                f"“{step.name.zh}”须附 1 至 {NOTE_MAX} 个字的说明",
                f"a note of 1 to {NOTE_MAX} characters is wanted for “{step.name.en}”",
            )
        )
    now = house.clock.now()
    store.move(tx, case, Step(
        number=len(done) + 1, transition=step.id, from_state=case.state, to_state=step.target,
        by=caller.principal_id, at=now, note=note,
    ))  # fmt: skip
    return replace(case, state=step.target, changed_at=now), step
