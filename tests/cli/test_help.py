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
TYPER = re.compile(r"Usage|OPTIONS|ARGS|required|default|<(?:str|path|int|bool|float|dir|list)\b|\w: ")


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
        assert bool(HAN.search(told)) == (lang == "zh"), (where, HAN.findall(told))
        assert lang == "en" or TYPER.findall(told) == [], where


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_help_page_cuts_a_text_short(lang: str):
    """On a terminal of eighty columns, where Chinese has no space to break at."""
    words = [words for words, _ in _tree()]
    shapes = str.maketrans("", "", "│─╭╮╰╯ \n")
    wide, narrow = (many(*([*one, "--help"] for one in words), lang=lang, columns=n) for n in (400, 80))
    for one, whole, told in zip(words, wide, narrow, strict=True):
        texts = [re.split(r"\s{2,}", line.strip("│ "))[-1] for line in whole["out"].splitlines()]
        shown = told["out"].translate(shapes)
        cut = [text for text in texts if HAN.search(text) and text.translate(shapes) not in shown]
        assert cut == [], f"feiyu {' '.join(one)} --help"


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
