"""The guide in the console, without an account: answers are clicked, changed and lead to the law."""

import pytest

pytestmark = [pytest.mark.console, pytest.mark.slow]


def test_from_the_first_question_to_the_answer_and_back(reading):
    with reading() as reader:
        page = reader.page
        reader.go("/which-way")
        assert page.locator("h1").inner_text() == "我该走哪条路"
        assert reader.barriers() == []
        for value in ("transfer", "no", "no", "no", "none", "none"):
            page.locator(f"[data-answer={value}]").click()
        page.get_by_role("heading", name="数据是否包含个人信息").wait_for()
        page.locator("[data-answer=no]").click()
        page.get_by_role("heading", name="免予申报").wait_for()
        assert reader.barriers() == []
        page.get_by_role("button", name="修改").nth(6).click()
        page.locator("[data-answer=yes]").click()
        page.locator("input").fill("retail")
        page.get_by_role("button", name="下一题").click()
        page.get_by_role("heading", name="数据在境内收集和产生").wait_for()
        assert reader.barriers() == []
        assert (reader.complaints, reader.elsewhere) == ([], [])
