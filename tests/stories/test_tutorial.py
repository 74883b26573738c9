"""The tutorial is run as it stands in the docs, and guides that show what is printed are held to it."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"


def _blocks(lang: str) -> list[str]:
    text = (DOCS / lang / "start/first-transfer.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)


def test_both_languages_show_the_same_code():
    assert _blocks("zh") == _blocks("en")


@pytest.mark.slow
def test_the_tutorial_works_as_written(tmp_path):
    script = tmp_path / "tutorial.py"
    script.write_text("\n".join(_blocks("en")), encoding="utf-8")
    # Two apps are built in threads at once, and what FastAPI does to keep this warning of pydantic's away holds for one thread.
    warn = ("-W", "error", "-W", "ignore:The 'alias' attribute")
    ran = subprocess.run(
        [sys.executable, *warn, script],
        cwd=tmp_path, env={**os.environ, "FEIYU_LANG": "en"}, capture_output=True, text=True, timeout=110, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert "SCC_OR_CERT" in ran.stdout
    assert "sealed 20000 rows, 6000 persons" in ran.stdout


def _shown(lang: str) -> list[tuple[str, str]]:
    """Commands of the guides with what the page shows under them."""
    pages = [DOCS / lang / "guides" / f"{name}.md" for name in ("look-into-a-file", "find-the-route")]
    pair = re.compile(r"^```\n([^`]*)^```\n\n```text\n(.*?)^```", re.DOTALL | re.MULTILINE)
    return [found for page in pages for found in pair.findall(page.read_text(encoding="utf-8"))]


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_the_guides_show_is_printed(tmp_path: Path, lang: str):
    """Every line that a page shows stands in the output; what it leaves out is marked with an ellipsis."""
    env = {**os.environ, "FEIYU_LANG": lang, "COLUMNS": "300", "NO_COLOR": "1"}
    shown = _shown(lang)
    assert len(shown) == 3
    for commands, told in shown:
        printed = ""
        for command in commands.splitlines():
            words = shlex.split(command)
            assert words[0] == "feiyu", command
            printed += subprocess.run(
                [sys.executable, "-m", *words],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                text=True,
                timeout=60,
                check=True,
            ).stdout
        solid = "".join(printed.split())
        pieces = ["".join(piece.split()) for line in told.splitlines() for piece in line.split("…")]
        assert [piece for piece in pieces if piece not in solid] == [], commands
