"""Refusals: a code, a message and a remedy in both languages, one body for the wire."""

import pytest

from feiyu.base import errors, nouns
from feiyu.base.errors import BadInput, Conflict, FeiyuError, TooLarge
from feiyu.base.text import Lang, Text


class NoBasis(Conflict):
    """A refusal as a room would write it."""

    code = "BASE-9001"
    message = Text("传输链路 {flow} 没有有效的出境依据。", "Flow {flow} has no valid basis.")
    hint = Text("先登记 {flow} 的出境依据。", "Enter a basis for {flow} first.")


def test_a_refusal_speaks_both_languages():
    refusal = NoBasis(flow="flw_1")
    assert refusal.text(Lang.ZH) == "传输链路 flw_1 没有有效的出境依据。"
    assert refusal.text("en") == "Flow flw_1 has no valid basis."
    assert refusal.remedy("zh") == "先登记 flw_1 的出境依据。"
    assert refusal.remedy(Lang.EN) == "Enter a basis for flw_1 first."
    assert str(refusal) == "BASE-9001: Flow flw_1 has no valid basis."


def test_the_body_carries_the_code_the_values_and_both_languages():
    assert TooLarge(what=nouns.FILE, size=11, limit=10).problem("en") == {
        "type": "urn:feiyu:error:BASE-0413",
        "title": "file is 11, over the limit of 10.",
        "status": 413,
        "code": "BASE-0413",
        "detail": "Split or shrink it, or have the operator raise the limit.",
        "message": {"zh": "文件过大：11，超过上限 10。", "en": "file is 11, over the limit of 10."},
        "hint": {
            "zh": "请拆分或缩小后重试，或由运维调整上限。",
            "en": "Split or shrink it, or have the operator raise the limit.",
        },
        "values": {"what": "file", "size": "11", "limit": "10"},
    }


def test_the_title_follows_the_readers_language():
    assert NoBasis(flow="f").problem("zh")["title"] == "传输链路 f 没有有效的出境依据。"


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("BadInput", 422), ("TooLarge", 413), ("Unauthenticated", 401), ("Forbidden", 403), ("NotFound", 404),
        ("Conflict", 409), ("Unavailable", 503),
    ],
)  # fmt: skip
def test_the_tree_is_the_one_drawn_in_the_docstring(name, status):
    kind = getattr(errors, name)
    assert issubclass(kind, FeiyuError)
    assert kind.http_status == status
    assert name in (errors.__doc__ or "")
    assert str(status) in (errors.__doc__ or "")


def test_a_refusal_can_be_caught_by_its_kind():
    with pytest.raises(Conflict) as caught:
        raise NoBasis(flow="flw_2")
    assert caught.value.values == {"flow": "flw_2"}


def test_a_reason_is_in_the_readers_language_everywhere():
    refusal = BadInput(reason=Text("缺少 vin", "vin is missing"))
    for lang, reason in (("zh", "缺少 vin"), ("en", "vin is missing")):
        assert reason in refusal.text(lang)
        assert refusal.problem(lang)["values"] == {"reason": reason}
    assert refusal.problem("zh")["message"] == {
        "zh": "输入有误：缺少 vin",
        "en": "The input is wrong: vin is missing",
    }
