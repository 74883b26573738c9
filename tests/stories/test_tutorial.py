"""The tutorial is run as it stands in the docs."""

import os
import re
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
