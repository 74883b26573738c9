"""``feiyu protect`` on text in an older encoding: named by its user, refused where it is none, and written as UTF-8."""

import random
from pathlib import Path

import pytest

from feiyu.testing.persons import persons

from .conftest import many

NAMES = ("สมชาย ใจดี", "สุดารัตน์ ศรีสุข", "กิตติพงษ์ วงศ์ใหญ่")
PLAN = "format: feiyu-protect/1\npurpose: p\nothers: keep\nfields:\n  id: {do: drop}\n"


@pytest.mark.parametrize(
    ("lang", "told", "refused"),
    [
        ("zh", "按指定的编码 CP874 读取", "不认识编码 zip"),
        ("en", "is read as CP874", "There is no encoding zip"),
    ],
)
def test_an_encoding_that_is_named_is_read_and_utf_8_is_written(
    tmp_path: Path, lang: str, told: str, refused: str
) -> None:
    rows = [f"{one.resident_id},{NAMES[i % 3]}" for i, one in enumerate(persons(30, random.Random(5)))]
    source, plan, out = tmp_path / "thai.csv", tmp_path / "plan.yaml", tmp_path / "safe.csv"
    source.write_bytes("\n".join(["id,name", *rows, ""]).encode("cp874"))
    plan.write_text(PLAN, encoding="utf-8")
    words = ["protect", str(source), "--plan", str(plan), "--out", str(out)]
    wrong, right = many([*words, "--encoding", "zip"], [*words, "--encoding", "TIS-620"], lang=lang)
    assert (wrong["code"], refused in wrong["err"]) == (1, True), wrong
    assert (right["code"], told in right["err"]) == (0, True), right
    written = [line.strip('"') for line in out.read_text(encoding="utf-8").splitlines()]
    assert written[1:4] == list(NAMES)
