"""The public guide: no account, one question at a time, both languages, and nothing that is typed can break the page."""

import httpx2 as httpx
import pytest

pytestmark = pytest.mark.slow
ANSWERS = {
    "mode": "transfer", "state_secret_or_core": "no", "foreign_judicial_request": "no", "recipient_restricted": "no",
    "licence_required": "none", "important_status": "none", "contains_pi": "yes", "sector": "retail", "origin": "prc",
    "ciio": "no", "general_before": "0", "general_in": "150,000", "sensitive_before": "0", "sensitive_in": "0",
    "ground": "none",
}  # fmt: skip


def test_questions_then_an_answer_over_the_api(api_world):
    url = f"{api_world.port_url}/api/v1/guide"
    first = httpx.post(url, json={}).json()
    assert first["question"]["fact"] == "mode"
    assert first["determination"] is None
    last = httpx.post(url, json={"answers": ANSWERS}).json()
    assert last["question"] is None
    assert (last["determination"]["route"], last["determination"]["rule"]) == ("SCC_OR_CERT", "R52")
    assert len(last["answered"]) == len(ANSWERS)
    then = httpx.post(url, json={"answers": ANSWERS, "at": "2024-03-21"}).json()
    assert then["determination"]["rule"] == "R91"
    wrong = httpx.post(url, json={"answers": ANSWERS | {"general_in": "many"}}).json()
    assert wrong["refused"]["fact"] == wrong["question"]["fact"] == "general_in"
    assert httpx.post(url, json={"answers": {str(n): "x" for n in range(121)}}).status_code == 422
    assert httpx.post(url, json={"at": "2020-01-01"}).json()["code"] == "RULES-0003"


@pytest.mark.parametrize(
    ("lang", "title", "said"),
    [("zh", "我该走哪条路", "订立标准合同"), ("en", "Which way must I go", "standard contract")],
)
def test_the_page_needs_neither_account_nor_script(api_world, lang, title, said):
    empty = httpx.get(f"{api_world.port_url}/guide", params={"lang": lang})
    assert empty.status_code == 200
    assert title in empty.text
    assert "<script" not in empty.text
    assert 'name="mode"' in empty.text
    done = httpx.get(f"{api_world.port_url}/guide", params=ANSWERS | {"lang": lang})
    assert said in done.text
    assert "R52" in done.text
    assert "general_before=0" in done.text  # an answer can be changed with those before it kept


def test_what_is_typed_into_the_address_is_only_text(api_world):
    odd = "<script>alert(1)</script>"
    answer = httpx.get(
        f"{api_world.port_url}/guide",
        params={"mode": "transfer", "state_secret_or_core": odd, "at": odd, odd: odd},
    )
    assert answer.status_code == 200
    assert "<script" not in answer.text
    answer = httpx.get(f"{api_world.port_url}/guide", params=ANSWERS | {"sector": odd})
    assert "<script" not in answer.text
    assert httpx.get(f"{api_world.port_url}/guide", params={"mode": "x" * 5000}).status_code == 200


def test_a_request_of_the_wrong_shape_is_told_so_in_the_readers_language(api_world):
    url = f"{api_world.port_url}/api/v1/guide"
    told = httpx.post(url, json={"at": 7}, headers={"Accept-Language": "zh"}).json()
    assert told["code"] == "BASE-0422"
    assert told["title"].startswith("输入有误：body.at：")
    assert "应为" in told["title"]
