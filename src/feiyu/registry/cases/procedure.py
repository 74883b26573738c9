"""A procedure as data: states, lettered transitions, who may act, materials, clocks, citations.

Rules this module keeps:
 * a transition that the data do not list does not exist;
 * a case keeps (procedure, version, state); the version it was opened under explains it for ever;
 * a procedure file is read strictly: unknown keys, unknown states, unreachable states are refused at load.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from feiyu.base.errors import BadInput
from feiyu.base.said import said
from feiyu.base.text import Text


class BadProcedure(BadInput):
    """A procedure file breaks the format."""

    code = "REG-0010"
    message = Text("办事程序文件 {name} 有误：{reason}", "Procedure file {name} is wrong: {reason}")
    hint = Text("请按文件格式说明修改。", "Correct it as the format says.")


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state of a case."""

    id: str
    name: Text
    ends: bool
    outside: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """A lettered step from some states to one state, by an action of the access table."""

    letter: str
    id: str
    name: Text
    sources: tuple[str, ...]
    target: str
    action: str
    needs_note: bool
    once: bool
    working_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """A paper that the procedure asks for, told before anyone starts."""

    id: str
    name: Text
    required: bool
    cite: tuple[str, ...]
    signed: bool
    """Whether it is a legal act, which a person signs: its signed original is asked for, and its absence told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Procedure:
    """A whole procedure."""

    id: str
    version: str
    name: Text
    issuer: Text
    start: str
    states: dict[str, State]
    transitions: tuple[Transition, ...]
    materials: tuple[Material, ...]
    cite: tuple[str, ...]

    def steps_from(self, state: str) -> tuple[Transition, ...]:
        """The transitions open in ``state``."""
        return tuple(step for step in self.transitions if state in step.sources)

    def step(self, state: str, transition: str) -> Transition | None:
        """The transition ``transition`` if it is open in ``state``."""
        return next((step for step in self.steps_from(state) if step.id == transition), None)


def parse_procedure(name: str, text: str) -> Procedure:
    """Read one procedure file."""
    try:
        raw: dict[str, Any] = yaml.safe_load(text)
        _only(name, raw, "id version name issuer cite start states transitions materials")
        for state in raw["states"].values():
            _only(name, state, "zh en ends outside")
        for step in raw["transitions"]:
            _only(name, step, "letter id zh en from to action needs_note once working_days")
        for material in raw["materials"]:
            _only(name, material, "id zh en required cite signed")
        states = {
            key: State(id=key, name=Text.of(s), ends=bool(s.get("ends")), outside=bool(s.get("outside")))
            for key, s in raw["states"].items()
        }
        transitions = tuple(
            Transition(
                letter=t["letter"], id=t["id"], name=Text.of(t), sources=tuple(t["from"]), target=t["to"],
                action=t["action"], needs_note=bool(t.get("needs_note")), once=bool(t.get("once")),
                working_days=t.get("working_days"),
            )
            for t in raw["transitions"]
        )  # fmt: skip
        materials = tuple(
            Material(
                id=m["id"],
                name=Text.of(m),
                required=bool(m["required"]),
                cite=tuple(m.get("cite", ())),
                signed=bool(m.get("signed")),
            )
            for m in raw["materials"]
        )
        procedure = Procedure(
            id=raw["id"], version=str(raw["version"]), name=Text.of(raw["name"]), issuer=Text.of(raw["issuer"]),
            start=raw["start"], states=states, transitions=transitions, materials=materials, cite=tuple(raw["cite"]),
        )  # fmt: skip
    except (yaml.YAMLError, KeyError, TypeError, AttributeError) as bad:
        raise BadProcedure(name=name, reason=said(bad)) from None
    _check(name, procedure)
    return procedure


def _only(name: str, raw: dict[str, Any], known: str) -> None:
    if unknown := set(raw) - set(known.split()):
        raise BadProcedure(
            name=name,
            reason=Text(
                f"有未知内容：{', '.join(sorted(map(str, unknown)))}",
                f"unknown: {', '.join(sorted(map(str, unknown)))}",
            ),
        )


def _check(name: str, procedure: Procedure) -> None:
    letters = [step.letter for step in procedure.transitions]
    if len(set(letters)) != len(letters):
        raise BadProcedure(name=name, reason=Text("有字母重复出现", "a letter stands twice"))
    for step in procedure.transitions:
        for state in (*step.sources, step.target):
            if state not in procedure.states:
                raise BadProcedure(
                    name=name,
                    reason=Text(
                        f"步骤 {step.id} 提到未知的状态 {state}",
                        f"transition {step.id} names the unknown state {state}",
                    ),
                )
    reached = {procedure.start} | {step.target for step in procedure.transitions}
    if missing := set(procedure.states) - reached:
        raise BadProcedure(
            name=name,
            reason=Text(
                f"没有步骤通向 {', '.join(sorted(missing))}", f"nothing leads to {', '.join(sorted(missing))}"
            ),
        )
    for each in procedure.states.values():
        if each.ends == bool(procedure.steps_from(each.id)):
            raise BadProcedure(
                name=name,
                reason=Text(
                    f"状态 {each.id} 须结束办件或有下一步",
                    f"state {each.id} must either end the case or have a way on",
                ),
            )


PROCEDURES = ("pi-standard-contract", "pi-certification", "security-assessment")
"""Those that are packaged for filings."""


@cache
def load_procedure(name: str) -> Procedure:
    """The packaged procedure ``name`` (``rulebooks/procedures/<name>.yaml``)."""
    text = (files("feiyu.rulebooks") / "procedures" / f"{name}.yaml").read_text(encoding="utf-8")
    return parse_procedure(name, text)
