"""The dossier's data: every template builds, every citation resolves, what is missing is blank and named."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from feiyu.base.text import Lang, Text
from feiyu.edge.dossier import capability
from feiyu.edge.dossier.build import build, heading_number
from feiyu.edge.dossier.capability import form, scored
from feiyu.edge.dossier.diff import changes, snapshot
from feiyu.edge.dossier.errors import BadAnswer, UnknownQuestion
from feiyu.edge.dossier.lists import materials_list, questions_list, trace_list
from feiyu.edge.dossier.package import check, packages, papers_of
from feiyu.edge.dossier.service import checked
from feiyu.edge.dossier.subject import Party, Subject, values_of, year_persons
from feiyu.edge.dossier.templates import PLACE, library
from feiyu.papers import RunKind
from feiyu.registry.cases.procedure import load_procedure
from feiyu.rules import load

TODAY = date(2026, 11, 28)
NEED = {"zh": "质量分析所需", "en": "needed for quality analysis"}


def three(number):
    return {"lower": number, "counted": number, "upper": number}


def field(name, kind, *, personal=False, sensitive=False):
    return {
        "name": name,
        "type": kind,
        "personal": personal,
        "sensitive": sensitive,
        "level": "general",
        "samples": ["13*******73"],
    }


FIELDS = (
    field("vin", "vin", personal=True),
    field("track", "trajectory", personal=True, sensitive=True),
    field("km", "number"),
)


def subject(*, answers=None, route="SCC_OR_CERT", **more):
    persons = {**three(60_000), "sensitive": three(8_000), "under14": three(0)}
    reason = {"zh": "敏感个人信息不满1万人。", "en": "Fewer than 10,000 persons with sensitive information."}
    made = {
        "exporter": Party(id="pty_1", name=Text("示例公司", "Example Co."), country="CN", uscc="91310115MAFY00005M"),
        "recipients": (Party(id="pty_2", name=Text("示例欧洲", "Example Europe"), country="DE"),),
        "scenario": {"id": "scn_1", "title": {"zh": "售后", "en": "After-sales"}, "purpose": "quality", "retention_days": 730,
                     "sector": "auto", "country": "DE", "items": [{"name": f["name"], "type": f["type"], "need": NEED} for f in FIELDS]},
        "profile": {"tables": [{"rows": 400_000, "fields": list(FIELDS), "persons": persons}]}, "profile_id": "prf_1",
        "determination": {
            "facts": {"contains_pi": "yes", "ciio": "no", "important_status": "none", "mode": "transfer", "general_in": 52_000,
                      "sensitive_in": 8_000, "general_before": 1_000, "sensitive_before": 0},
            "determination": {"route": route, "rule": "R52", "reason": reason, "rulebook": "cn/export-pathway@2026.11.22", "at": "2026-11-28"},
            "counts": {"persons": three(60_000), "sensitive": three(8_000)},
            "fields": [{"name": f["name"], "type": f["type"]} for f in FIELDS],
        },
        "determination_id": "det_1", "answers": answers or {}, "capability": None, "filing_due": None, "today": TODAY,
    }  # fmt: skip
    return Subject(**made | more)


def everything(one):
    """An answer to every question that suits its kind."""
    fits = {"line": "某某", "text": "第一段。\n第二段。", "date": "2026-11-20", "number": "70000"}
    return {q.id: next(iter(q.options)) if q.options else fits[q.kind] for q in library().questions.values()}


def full():
    one = subject(
        answers=everything(None), capability=scored({c.id: "yes" for s in form().stages for c in s.controls})
    )
    return replace(one, answers=one.answers | {"agent_until": "2027-01-01", "arbitration_place": "上海"})


@pytest.fixture(scope="module")
def sources():
    return load().sources


def test_every_citation_of_documents_and_forms_resolves(sources):
    cited = {cite for t in library().templates.values() for cite in t.cite}
    cited |= {cite for p in packages().values() for cite in p.cite}
    cited |= {cite for s in form().stages for c in s.controls for cite in c.cite} | set(form().cite)
    cited |= {one.source + "#materials" for one in library().officials.values()}
    missing = [
        c
        for c in sorted(cited)
        if c.partition("#")[2] not in getattr(sources.get(c.partition("#")[0]), "articles", ())
    ]
    assert missing == []


def test_every_material_of_a_procedure_is_in_its_package():
    for name, package in packages().items():
        if name == "own-records":
            continue
        procedure = {m.id for m in load_procedure(name).materials}
        assert {m.id for m in load_procedure(name).materials if m.required} <= {i.id for i in package.items}
        assert {i.id for i in package.items if i.paper} - procedure <= {"link", "filing_form"}, name


def test_every_value_that_a_template_names_is_known_when_all_is_answered():
    known = set(values_of(replace(full(), filing_due=TODAY)))
    for template in library().templates.values():
        built = build(template, replace(full(), filing_due=TODAY), Lang.ZH)
        assert [name for name in built.open if name not in known] == [], template.id
        assert built.open == (), template.id


@pytest.mark.parametrize("lang", list(Lang))
def test_a_missing_answer_is_a_blank_and_never_a_word(lang):
    for template in library().templates.values():
        built = build(template, subject(), lang)
        assert built.open, template.id
        text = str(built.paper)
        assert "None" not in text.replace("None.", "")
        assert not PLACE.search(text), template.id
        assert RunKind.BLANK.value in text


@pytest.mark.parametrize("lang", list(Lang))
def test_a_blank_is_named_in_words(lang):
    bare = replace(subject(), exporter=replace(subject().exporter, uscc=None))
    for template in library().templates.values():
        blanks = re.findall(r"(?:open: |待填：)([^\]）]*)", str(build(template, bare, lang).paper))
        assert [one for one in blanks if re.match(r"[a-z_]+\.[a-z]", one)] == [], template.id


def test_the_official_order_of_the_two_reports():
    headings = [
        b.text
        for b in build(library().templates["self-assessment"], subject(), Lang.ZH).paper.blocks
        if type(b).__name__ == "Heading" and b.level == 1
    ]
    assert headings == ["一、自评估工作情况", "二、出境活动整体情况", "三、出境活动的风险自评估情况及结论"]
    headings = [
        b.text
        for b in build(library().templates["pia"], subject(), Lang.ZH).paper.blocks
        if type(b).__name__ == "Heading" and b.level < 3
    ]
    assert headings[:4] == [
        "一、出境活动整体情况",
        "（一）个人信息处理者基本情况",
        "（二）境外接收方情况",
        "（三）个人信息处理者认为需要说明的其他情况",
    ]
    assert heading_number([0, 11, 0, 0], 1, Lang.ZH) == "（十一）"
    assert heading_number([2, 3, 4, 0], 2, Lang.EN) == "2.3.4 "


def test_every_printed_value_says_where_it_came_from():
    for template in library().templates.values():
        for used in build(template, full(), Lang.EN).used:
            assert used.value is None or (used.value.ref and used.value.source), used
    built = [build(t, full(), Lang.ZH) for t in library().templates.values()]
    trace = str(trace_list(built, full(), Lang.ZH))
    assert "60,000" in trace
    assert "det_1" in trace
    assert "路径判定" in trace


def test_the_contract_is_the_official_text_word_for_word():
    official = library().officials["standard-contract"].texts["zh"]
    blocks = build(library().templates["standard-contract"], full(), Lang.ZH).paper.blocks
    printed = "".join("".join(run.text for run in b.words) if hasattr(b, "words") else b.text for b in blocks)
    fixed = [
        part
        for line in official.lines
        if line.kind != "title"
        for part in line.parts
        if isinstance(part, str)
    ]
    at = 0
    for part in fixed:
        at = printed.index(part, at) + len(part)
    assert "自然人60,000人（去重），其中敏感个人信息涉及8,000人" in printed


def test_persons_of_the_year_need_every_part():
    facts = subject().facts
    assert year_persons(facts) == (61_000, 8_000)
    assert year_persons(facts | {"general_overlap": 500}) == (60_500, 8_000)
    assert year_persons(facts | {"general_before": "unknown"}) is None


@pytest.mark.parametrize(("answers", "more", "code"), [
    ({"assess_from": "2026-11-20", "assess_to": "2026-11-02"}, {}, "assessment_days"),
    ({"assess_to": "2026-08-27"}, {}, "assessment_old"),
    ({"assess_to": "2026-11-29"}, {}, "assessment_future"),
    ({"agent_until": "2026-11-27"}, {}, "authority_expired"),
    ({"contract_signed": "2026-11-20", "contract_effective": "2026-11-01"}, {}, "contract_days"),
    ({}, {"filing_due": TODAY - timedelta(days=1)}, "filing_late"),
    ({"persons_year_1": "59999"}, {}, "forecast_low"),
    ({"persons_year_3": "1000000"}, {}, "forecast_line"),
    ({"retention_abroad": "2026年1月1日至2028-01-02"}, {}, "retention"),
    ({"dispute_way": "1"}, {}, "arbitration"),
    ({}, {"recipients": (Party(id="p", name=Text("甲", "A"), country="FR"),)}, "recipient_country"),
    ({}, {"route": "SA"}, "route"),
])  # fmt: skip
def test_what_cannot_both_be_true_is_named(answers, more, code):
    found = check(packages()["pi-standard-contract"], subject(answers=answers, **more), ())
    assert code in {one.code for one in found if one.kind == "inconsistent"}


@pytest.mark.parametrize("answers", [
    {"assess_from": "2026-11-02", "assess_to": "2026-11-02"}, {"assess_to": "2026-08-28"}, {"assess_to": "2026-11-28"},
    {"agent_until": "2026-11-28"}, {"persons_year_1": "60000"}, {"persons_year_3": "999999"},
    {"retention_abroad": "2026-01-01 至 2028-01-01"}, {"retention_abroad": "2026-13-45 至 2029-01-01"}, {"dispute_way": "2"},
])  # fmt: skip
def test_what_fits_is_not_named(answers):
    found = check(packages()["pi-standard-contract"], subject(answers=answers), ())
    assert [one.code for one in found if one.kind == "inconsistent"] == []


def test_fields_of_data_and_scenario_are_compared():
    one = subject()
    items = [*one.scenario["items"][1:], {"name": "absent", "type": "text", "need": NEED}]
    found = check(
        packages()["pi-standard-contract"], replace(one, scenario=one.scenario | {"items": items}), ()
    )
    texts = {f.code: f.text.en for f in found}
    assert "vin" in texts["fields_undeclared"]
    assert "absent" in texts["fields_absent"]


def test_a_whole_package_has_no_finding_but_what_is_attached():
    package = packages()["pi-standard-contract"]
    attached = [i.id for i in package.items if not i.paper]
    done = replace(full(), filing_due=TODAY + timedelta(days=3))
    assert [f.text.zh for f in check(package, done, attached)] == []
    left = check(package, done, ())
    assert {f.place for f in left} == {"credit_code", "legal_rep_document", "agent_document"}
    assert "未发现缺项" in str(materials_list(package, done, (), attached, Lang.ZH))
    assert "缺少材料" in str(materials_list(package, done, left, (), Lang.ZH))


def test_papers_follow_the_facts():
    package = packages()["pi-standard-contract"]
    assert {"notice", "consent"} <= set(papers_of(package, subject()))
    assert "consent" not in papers_of(package, subject(answers={"legal_ground": "contract"}))
    assert "annual-automotive" in papers_of(package, subject())
    nobody = subject()
    facts = {**nobody.determination["facts"], "contains_pi": "no"}
    assert "notice" not in papers_of(
        package, replace(nobody, determination={**nobody.determination, "facts": facts})
    )
    assert "必要性" in str(questions_list(["necessity"], subject(), Lang.ZH))


@pytest.mark.parametrize(("name", "text"), [
    ("assess_to", "2026-02-30"), ("exporter_staff", "-1"), ("exporter_staff", "１２"), ("legal_ground", "whim"),
    ("necessity", "x" * 8_001), ("agent_name", "a\x00b"),
])  # fmt: skip
def test_an_answer_that_cannot_be_is_refused(name, text):
    with pytest.raises(BadAnswer):
        checked(name, text)


def test_unknown_questions_are_refused_and_good_answers_kept():
    with pytest.raises(UnknownQuestion):
        checked("nobody_asks", "x")
    assert checked("exporter_staff", " 0120 ") == "120"
    assert checked("necessity", " 一\n二 ") == "一\n二"
    assert checked("assess_to", "") == ""


def test_the_whole_process_score_follows_its_published_rule():
    controls = [c for s in form().stages for c in s.controls]
    best = scored({c.id: "yes" for c in controls})
    assert (best["score"], best["band"]["en"], best["open"], best["held_by"]) == (100, "strong", 0, [])
    assert scored({})["score"] == 0
    must = next(c for c in controls if c.must)
    held = scored({c.id: "yes" for c in controls} | {must.id: "no"})
    assert (held["band"]["en"], [one["id"] for one in held["held_by"]]) == ("insufficient", [must.id])
    assert 85 <= held["score"] < 100
    left_out = scored({c.id: "yes" for c in controls} | {c.id: "na" for c in form().stages[-2].controls})
    assert left_out["score"] == 100
    assert next(s for s in left_out["stages"] if s["id"] == form().stages[-2].id)["score"] == "—"
    scores = [scored({c.id: told for c in controls})["score"] for told in ("no", "partly", "yes")]
    assert scores == [0, 50, 100]
    with pytest.raises(BadAnswer):
        capability.checked({controls[0].id: "perhaps"})
    with pytest.raises(UnknownQuestion):
        capability.checked({"collect.nothing": "yes"})


def test_the_stages_are_those_of_the_plan():
    assert [s.title.zh for s in form().stages][:8] == [
        "授权",
        "收集",
        "存储",
        "使用",
        "加工",
        "传输",
        "提供",
        "公开",
    ]


def test_a_diff_names_what_changed():
    before, after = (
        snapshot(values_of(subject(answers={"necessity": "甲"}))),
        snapshot(values_of(subject(answers={"industry": "汽车"}))),
    )
    found = {c.name: (c.before and c.before["zh"], c.after and c.after["zh"]) for c in changes(before, after)}
    assert found == {"q.necessity": ("甲", None), "q.industry": (None, "汽车")}
    assert changes(before, before) == ()


def test_no_act_of_the_port_is_called_by_another_bodys_word():
    texts = [str(t) for t in library().templates.values()] + [str(p) for p in packages().values()]
    assert [word for text in texts for word in re.findall("审批|许可|批准|approval", text)] == []
