"""Whole-process assessment 全流程评估: forms for each stage of handling data, scored by published rules.

Rules this module keeps:
 * controls, weights, points and bands are data with citations; the score is a pure function of answers and that data;
 * what does not apply is left out; what is unanswered counts as nothing in place and is shown as open;
 * a control marked *must* that is not in place holds the whole below the first band that it would otherwise reach.

Sources: cn/gbt-45577-2025#processing; cn/pipl-2021#51; cn/pipl-2021#54; cn/pipl-2021#55; plan items 5 and 16.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from feiyu.base.text import Text
from feiyu.edge.dossier.errors import BadAnswer, UnknownQuestion
from feiyu.rules.load import packaged, read_one
from feiyu.rules.strict_yaml import Node

FILE = "capability/whole-process.yaml"
GROUPS = ("management", "technical")


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One thing that is asked."""

    id: str
    group: str
    weight: int
    must: bool
    title: Text
    cite: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A stage of handling."""

    id: str
    title: Text
    weight: int
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The whole form with its scoring."""

    version: str
    title: Text
    cite: tuple[str, ...]
    points: Mapping[str, int]
    answers: Mapping[str, Text]
    bands: tuple[tuple[int, Text], ...]
    stages: tuple[Stage, ...]


@cache
def form() -> Form:
    """The packaged form."""
    part = read_one(packaged(), FILE).record(
        "id", "version", "title", "cite", "confidence", "answers", "bands", "stages"
    )
    answers = {name: node.record("points", "zh", "en") for name, node in part["answers"].mapping().items()}
    return Form(
        version=f"{part['id'].text()}@{part['version'].text()}", title=part["title"].bilingual(), cite=part["cite"].texts(),
        points={name: one["points"].integer() for name, one in answers.items()},
        answers={name: Text(one["zh"].text(), one["en"].text()) for name, one in answers.items()},
        bands=tuple(_band(node) for node in part["bands"].items()),
        stages=tuple(_stage(name, node) for name, node in part["stages"].mapping().items()),
    )  # fmt: skip


def _band(node: Node) -> tuple[int, Text]:
    part = node.record("from", "zh", "en")
    return part["from"].integer(), Text(part["zh"].text(), part["en"].text())


def _stage(name: str, node: Node) -> Stage:
    part = node.record("title", "weight", "controls")
    controls = tuple(_control(f"{name}.{key}", one) for key, one in part["controls"].mapping().items())
    return Stage(id=name, title=part["title"].bilingual(), weight=part["weight"].integer(), controls=controls)


def _control(name: str, node: Node) -> Control:
    part = node.record("group", "weight", "zh", "en", "cite", optional=("must",))
    return Control(
        id=name, group=part["group"].choice(*GROUPS), weight=part["weight"].integer(),
        must="must" in part and part["must"].text() == "true", title=Text(part["zh"].text(), part["en"].text()),
        cite=part["cite"].texts(),
    )  # fmt: skip


def checked(answers: Mapping[str, str]) -> dict[str, str]:
    """Answers that the form knows; an empty answer takes one back."""
    made = form()
    controls = {control.id: control for stage in made.stages for control in stage.controls}
    for name, told in answers.items():
        if name not in controls:
            raise UnknownQuestion(name=name)
        if told and told not in made.points:
            raise BadAnswer(
                question=controls[name].title,
                reason=Text(f"可选：{'、'.join(made.points)}", f"one of {', '.join(made.points)}"),
            )  # fmt: skip
    return {name: told for name, told in answers.items() if told}


def scored(answers: Mapping[str, str]) -> dict[str, Any]:
    """The score of some answers, 0 to 100, by stage and as a whole, with its band and what holds it down."""
    made = form()
    stages, held = [], []
    total = weights = 0
    for stage in made.stages:
        score = _mean(
            [(control.weight, made.points.get(answers.get(control.id, ""), 0)) for control in stage.controls]
        )
        held += [
            control
            for control in stage.controls
            if control.must and answers.get(control.id, "") in {"", "no"}
        ]
        if score is not None:
            total, weights = total + stage.weight * score, weights + stage.weight
        stages.append({
            "id": stage.id, "title": stage.title.as_dict(), "score": "—" if score is None else str(score),
            "controls": [_told(control, answers) for control in stage.controls],
        })  # fmt: skip
    whole = total // weights if weights else 0
    band = next(text for start, text in made.bands if whole >= start)
    if held:
        band = made.bands[-1][1]
    return {
        "version": made.version, "score": whole, "band": band.as_dict(), "stages": stages,
        "held_by": [{"id": one.id, "title": one.title.as_dict()} for one in held],
        "open": sum(control.id not in answers for stage in made.stages for control in stage.controls),
    }  # fmt: skip


def _mean(parts: list[tuple[int, int]]) -> int | None:
    counted = [(weight, points) for weight, points in parts if points >= 0]
    weights = sum(weight for weight, _ in counted)
    return sum(weight * points for weight, points in counted) // weights if weights else None


def _told(control: Control, answers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": control.id, "group": control.group, "title": control.title.as_dict(), "must": control.must,
        "answer": answers.get(control.id, ""), "cite": list(control.cite),
    }  # fmt: skip
