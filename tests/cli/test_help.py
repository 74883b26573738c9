"""Help: every command speaks both languages and names every option it has.

FEIYU_TEST_GOLDEN=write pytest tests/cli/test_help.py     writes tests/cli/golden anew
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer

from feiyu.cli.register import Kind, Seat
from feiyu.registry.access import Role
from feiyu.registry.identity.model import PartyKind

from .conftest import many

GOLDEN = Path(__file__).parent / "golden"
HAN = re.compile(r"[\u4e00-\u9fff]")


def _tree() -> list[tuple[list[str], Any]]:
    """Every command with its words."""
    from feiyu.cli.app import build

    def walk(command: Any, words: list[str]) -> Iterator[tuple[list[str], Any]]:
        yield words, command
        for name, child in getattr(command, "commands", {}).items():
            yield from walk(child, [*words, name])

    found = walk(typer.main.get_command(build()), [])
    return [
        one for one in found if one[0] != ["verify"]
    ]  # its help is the stand-alone verifier's, tested there


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_command_helps_in_both_languages(lang: str):
    commands = _tree()
    answers = many(*([*words, "--help"] for words, _ in commands), lang=lang)
    assert len(answers) > 30
    for (words, command), answer in zip(commands, answers, strict=True):
        where = f"feiyu {' '.join(words)} --help"
        assert answer["code"] == 0, (where, answer["err"])
        told = answer["out"]
        options = [max(p.opts, key=len) for p in command.params if p.param_type_name == "option"]
        assert [name for name in options if name not in told] == [], where
        prose = "\n".join(line for line in told.splitlines() if "--help" not in line and "Usage" not in line)
        assert bool(HAN.search(prose)) == (lang == "zh"), (where, HAN.findall(prose))


def test_every_option_and_argument_says_what_it_is():
    silent = [
        f"feiyu {' '.join(words)}: {p.name}"
        for words, command in _tree()
        for p in command.params
        if not p.help
    ]
    assert silent == []


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_front_page_is_as_it_was(lang: str):
    told = (
        "\n".join(
            line.rstrip() for line in many(["--help"], lang=lang, columns=100)[0]["out"].splitlines()
        ).strip()
        + "\n"
    )
    path = GOLDEN / f"help.{lang}.txt"
    if os.environ.get("FEIYU_TEST_GOLDEN") == "write":
        path.write_text(told, encoding="utf-8")
    assert told == path.read_text(encoding="utf-8")


def test_the_seats_are_the_registrys():
    assert [one.value for one in Kind] == [one.value for one in PartyKind]
    assert [one.value for one in Seat] == [one.value for one in Role]
