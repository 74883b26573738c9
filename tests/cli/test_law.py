"""The law on the command line: asked, alone and within the year, why not, what if, compared, annexes imported."""

import json
from pathlib import Path

import pytest

from .conftest import feiyu, many

pytestmark = pytest.mark.slow
ROWS = "".join(f"张{n},1{30 + n % 9}{n:08d},{n}号订单\n" for n in range(1, 400))
SAID = ["--to", "DE", "--purpose", "warranty", "--ciio", "no", "--important", "none"]
CASES = Path(__file__).parents[1] / "rulebooks" / "route-cases.jsonl"


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("law") / "orders.csv"
    file.write_text("姓名,手机号,订单\n" + ROWS, encoding="utf-8")
    return file


def told(answer: dict) -> dict:
    assert answer["code"] == 0, answer["err"]
    return json.loads(answer["out"])


def test_a_file_alone_and_within_the_year(orders: Path):
    base = ["assess", str(orders), *SAID, "--json"]
    unknown, below, above = map(
        told, many(base, [*base, "--sent", "1000"], [*base, "--sent", "99900"], lang="en")
    )
    assert {one["alone"]["route"] for one in (unknown, below, above)} == {"EXEMPT"}
    assert unknown["year"]["route"] == "NEEDS_INFO"
    assert {"general_before", "sensitive_before"} <= {one["fact"] for one in unknown["year"]["missing"]}
    assert below["year"]["route"] == "EXEMPT"
    assert (above["year"]["route"], above["year"]["rule"]) == ("SCC_OR_CERT", "R52")
    assert any(one["line"] == "assessment_general" for one in above["crossings"])
    ways = [one for one in above["least_data"] if one["route"] == "EXEMPT"]
    assert ways
    assert {ground["ground"] for ground in above["open_grounds"]} >= {"contract", "hr"}
    assert above["destination"][0]["id"] == "intl/eu-gdpr"


def test_why_not_and_what_if_and_a_past_date(orders: Path):
    base = ["assess", str(orders), *SAID, "--sent", "0", "--json"]
    asked = [*base, "--why-not", "SA", "--what-if", "ciio=yes"]
    now, then = map(told, many(asked, [*base, "--at", "2024-03-21"], lang="en"))
    assert {"ciio": "yes"} in [way["facts"] for way in now["why_not"]]
    assert now["what_if"]["determination"]["rule"] == "R41"
    assert (then["year"]["route"], then["year"]["rule"]) == ("SCC_OR_CERT", "R92")


def test_questions_are_asked_one_at_a_time_and_only_as_needed():
    # the way, no secret, no request, no listed recipient, no licence, none important, personal: none -> an answer
    ran = feiyu("assess", "--json", stdin="1\n?\n2\n2\n2\n1\nperhaps\n1\n2\n")
    found = json.loads(ran.stdout)
    assert (found["determination"]["route"], found["determination"]["rule"]) == ("EXEMPT", "R20")
    assert len(found["facts"]) == 7
    assert "R01" in ran.stderr
    assert "perhaps" in ran.stderr
    assert json.loads(feiyu("assess", "--json", stdin="").stdout)["determination"]["route"] == "NEEDS_INFO"


def test_two_states_of_the_law_beside_each_other():
    found, page = many(
        ["rules", "diff", "2024-03-21", "2024-03-22", "--facts", str(CASES), "--json"],
        ["rules", "diff", "2025-12-31", "2026-02-03"],
        lang="en",
    )
    found = told(found)
    kinds = {(one["kind"], one["name"]) for one in found["changes"]}
    assert {("rule ends", "R92@2024-03-22"), ("rule begins", "R53@2024-03-22")} <= kinds
    moved = {one["id"]: (one["before"]["rule"], one["after"]["rule"]) for one in found["moved"]}
    assert moved["RC-001"] == ("R92", "R53")
    assert "R10@2026-02-03" in page["out"]
    assert "cn/cert-measures-2026@2026-01-01" in page["out"]


def test_an_annex_is_typed_imported_and_used(orders: Path, tmp_path: Path):
    typed = tmp_path / "typed.csv"
    feiyu("rules", "template", typed)
    row = "commerce,商贸,commerce,members,会员管理,membership,basic,会员基本信息,basic member data,no,by_quantity,3000000,,500000,\n"
    typed.write_text(typed.read_text(encoding="utf-8-sig") + row, encoding="utf-8")
    importing = [
        "rules",
        "import-list",
        str(typed),
        "--list",
        "shanghai-2025",
        "--into",
        str(tmp_path / "lists"),
    ]
    readers = ["--reader", "甲", "--reader", "乙"]
    alone, fixture, done = many(
        [*importing, "--reader", "甲"],
        ["rules", "import-list", str(typed), "--list", "fixture-beijing-2024", *readers],
        [*importing, *readers, "--json"],
        lang="en",
    )
    assert (alone["code"], fixture["code"]) == (1, 1)
    assert "RULES-0011" in alone["err"]
    assert "RULES-0005" in fixture["err"]
    made = told(done)
    assert (made["items"], made["readers"]) == (1, ["甲", "乙"])
    use = [
        "--list",
        made["file"],
        "--scenario",
        "members",
        "--sector",
        "commerce",
        "--sent",
        "150000",
        "--json",
    ]
    place = [
        "--answer",
        "registered_in=city",
        "--answer",
        "exports_from=city",
        "--answer",
        "negative_list_borrowed=no",
    ]
    base = ["assess", str(orders), *SAID, *use, *place, "--at", "2026-11-22"]
    on, off = map(told, many([*base, "--item", "basic"], [*base, "--item", "none"], lang="en"))
    assert (on["year"]["route"], on["year"]["rule"]) == ("EXEMPT", "R43")
    assert (off["year"]["route"], off["year"]["rule"]) == ("FTZ_OFF_LIST", "R44")


def test_the_law_is_looked_up():
    shown, stress, clocks, there, lists, checked = many(
        ["rules", "show", "R51"], ["rules", "stress-test", "--json"],
        ["rules", "incident", "--role", "cii", "--persons", "1000000", "--json"], ["rules", "destination", "US", "--json"],
        ["rules", "lists", "--json"], ["rules"], lang="en",
    )  # fmt: skip
    assert "id: R51" in shown["out"]
    assert {verdict["agreement"] for one in json.loads(stress["out"]) for verdict in one["verdicts"]} == {
        "RCEP", "CPTPP", "DEPA",
    }  # fmt: skip
    assert 1 in {duty["first_hours"] for duty in json.loads(clocks["out"])}
    assert 100_000 in {line["more_than"] for line in json.loads(there["out"])[0]["lines"]}
    assert any(one["id"] == "shanghai-2025" and not one["complete"] for one in json.loads(lists["out"]))
    assert "R53" in checked["out"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_id_of_a_list_stands_in_one_line_of_a_narrow_terminal(lang: str):
    told = many(["rules", "lists"], lang=lang, columns=80)[0]["out"]
    assert "lingang-biomedicine-2024" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_wrong_words_are_refused_with_what_is_allowed(orders: Path, lang: str, tmp_path: Path):
    odd = tmp_path / "odd.jsonl"
    odd.write_text("{}\nnot json\n", encoding="utf-8")
    commands = [
        (["assess", "--answer", "colour=red"], "contains_pi"), (["assess", "--answer", "general_in=many"], "many"),
        (["assess", str(orders), *SAID, "--at", "22.11.2026"], "YYYY-MM-DD"), (["rules", "show", "R999"], "R53"),
        (["assess", str(orders), *SAID, "--setting", "strict_mixed=perhaps"], "on"), (["rules", "diff", "a/b", "2026-01-01"], "a/b"),
        (["assess", str(orders), *SAID, "--sent", "0", "--why-not", "VISA"], "SCC_OR_CERT"), (["assess", "--facts", str(odd)], ":2"),
        (["rules", "incident", "--role", "king"], "cii"),
    ]  # fmt: skip
    for (words, wanted), answer in zip(
        commands, many(*[words for words, _ in commands], lang=lang), strict=True
    ):
        assert answer["code"] == 1, (words, answer)
        assert wanted in answer["err"].replace("\n", ""), (words, answer["err"])
