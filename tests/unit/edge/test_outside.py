"""A paper made elsewhere against the dossier: persons, dates, names, items; contract blanks and cautions."""

import importlib.util
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from feiyu.base.text import Lang
from feiyu.edge.dossier.build import build
from feiyu.edge.dossier.outside import _against, check_paper
from feiyu.edge.dossier.templates import library
from feiyu.papers.script import Line, Script
from feiyu.papers.typeset import set_pdf
from feiyu.papers.word import set_docx

SPEC = importlib.util.spec_from_file_location("dossier_samples", Path(__file__).with_name("test_dossier.py"))
SAMPLES = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(SAMPLES)
AT = datetime(2026, 11, 28, tzinfo=UTC)


def told(*lines, kind="other", subject=None):
    script = Script("r.docx", "docx", tuple(Line(text, 1, at) for at, text in enumerate(lines, 1)))
    return [
        (one.kind, one.what.en, one.found, one.place.en)
        for one in _against(subject or SAMPLES.full(), script, kind)
    ]


@pytest.mark.parametrize(("text", "found"), [
    ("本次拟出境60,000人个人信息。", []),
    ("本次拟出境6万人，其中敏感个人信息涉及8,000人。", []),
    ("当年累计61000人。", []),
    ("本次拟出境65,000人。", ["65,000人"]),
    ("其中敏感个人信息8,500人。", ["8,500人"]),
    ("敏感个人信息60,000人。", ["60,000人"]),
    ("公司员工1,200人。", []),
    ("处理个人信息不满100万人的", []),
    ("依法应当由 2 人复核", ["2 人"]),
    ("本场景出境自然人数 65,000", ["自然人数 65,000"]),
    ("统计人数的口径见 2026 年说明", []),
    ("6 resident_id 居民身份证号码 18*******77 个人信息", []),
    ("本次拟出境77个人的信息。", ["77个人"]),
])  # fmt: skip
def test_numbers_of_persons_are_compared(text, found):
    assert [one[2] for one in told(text)] == found


def test_dates_beside_their_words_are_compared_with_their_place():
    made = told("合同于2026年11月20日订立，自2026年12月1日生效。", "评估于2026-11-20完成。")
    assert made == [("differs", "day of effect", "2026年12月1日", "page 1 (about), paragraph 1")]


def test_names_and_items_are_looked_for():
    found = told(
        "示例公司，91310115MAFY00005M。向示例欧洲提供60,000人。车辆识别代号、行踪轨迹", kind="report"
    )
    assert [(one[0], one[1]) for one in found] == [("missing", "data item")]
    assert {one[1] for one in told("别的公司", kind="form")} == {
        "data handler",
        "recipient",
        "unified social credit code",
        "persons",
    }


def test_what_the_dossier_says_is_told_in_both_languages():
    subject = SAMPLES.full()
    words = ("别的公司", "出境自然人 77 人", "标准合同自2020年1月1日生效")
    script = Script("r.docx", "docx", tuple(Line(text, 1, at) for at, text in enumerate(words, 1)))
    found = [one.as_dict() for one in _against(subject, script, "report")]
    told = {one["what"]["en"]: one["expected"] for one in found}
    assert told["recipient"] == subject.recipients[-1].name.as_dict()
    assert {"persons", "day of effect", "data item"} <= told.keys()
    for one in told.values():
        assert one is None or "、" not in one["en"]
    for name in ("day of effect", "data item", "persons"):
        assert told[name]
        assert not re.search("[\u4e00-\u9fff]", told[name]["en"])


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("paper", ["pia", "self-assessment", "filing-form", "declaration"])
def test_our_own_papers_fit_the_dossier(paper, form):
    made = build(library().templates[paper], SAMPLES.full(), Lang.ZH).paper
    kind = "form" if "form" in paper or paper == "declaration" else "report"
    content = set_docx(made, at=AT) if form == "docx" else set_pdf(made)
    found = check_paper(SAMPLES.full(), name=f"own.{form}", content=content, kind=kind)
    assert found["mismatches"] == []


def test_a_contract_is_checked_against_the_dossier_and_its_second_annex_looked_at():
    subject = SAMPLES.full()
    other = SAMPLES.replace(subject, answers=subject.answers | {
        "place_abroad": "新加坡", "contract_terms": "本附录与正文不一致的，以本附录为准。乙方责任总额不超过合同金额。",
    })  # fmt: skip
    content = set_pdf(build(library().templates["standard-contract"], other, Lang.ZH).paper)
    found = check_paper(subject, name="signed.pdf", content=content, kind="contract")
    assert found["official"]["differences"] == []
    assert [(one["kind"], one["what"]["en"]) for one in found["mismatches"] if one["kind"] == "differs"] == [
        ("differs", "annex 1 (9) place of storage")
    ]
    assert sum(one["kind"] == "caution" for one in found["mismatches"]) == 2
    assert (
        check_paper(other, name="signed.pdf", content=content, kind="contract")["official"]["kept"]
        == found["official"]["fixed"]
    )
