"""Pages show an instant in one way, with its zone, also where it stands in a sentence of a receipt's verifier."""

import pytest

from feiyu.api.pages.render import _templates


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("handed over, at 2026-12-01T17:20:43Z", "handed over, at 2026-12-02 01:20:43 UTC+8"),
        ("（记录时间 2026-12-01T05:20:43.123Z）", "（记录时间 2026-12-01 13:20:43 UTC+8）"),
        ("2026-99-01T05:20:43Z", "2026-99-01T05:20:43Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
        ("by 2026-12-01", "by 2026-12-01"),
    ],
)
def test_instants_in_a_sentence_are_told_in_china_time(said: str, shown: str) -> None:
    assert _templates().from_string("{{ said | instants }}").render(said=said) == shown
