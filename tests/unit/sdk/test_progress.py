"""What the stand-alone client shows while it fetches."""

import pytest

from feiyu.base.text import Lang
from feiyu_sdk import command


@pytest.mark.parametrize(("lang", "word"), [(Lang.EN, "left"), (Lang.ZH, "剩余")])
def test_how_far_how_fast_how_long(monkeypatch: pytest.MonkeyPatch, lang: Lang, word: str) -> None:
    monkeypatch.setattr(command, "LANG", lang)
    shown = command.progress_line(250_000_000, 10_000_000_000, 2.0)
    assert shown.split("  ")[:3] == ["250.0 / 10,000.0 MB", "2 %", "125.0 MB/s"]
    assert shown.rstrip().endswith(f"{word} 0:01:18")
    assert f"{word} 0:00:00" in command.progress_line(0, 0, 0.0)


def test_the_line_is_told_now_and_then_and_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    bar = command._Bar()
    for done in range(0, 101, 5):
        bar(done, 100)
    told = capsys.readouterr().err
    assert told.endswith("\n")
    assert told.count("\r") < 5
    assert "100 %" in told
