"""The guide in the console, without an account: answers are clicked, changed and lead to the law."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.console, pytest.mark.slow]


def asked(page, number):
    """Wait until the question with this number stands on the page."""
    expect(page.locator("#question")).to_have_text(re.compile(rf"^{number}\. "))


def test_from_the_first_question_to_the_answer_and_back(reading):
    with reading() as reader:
        page = reader.page
        reader.go("/which-way")
        assert page.locator("h1").inner_text() == "我该走哪条路"
        assert reader.barriers() == []
        for number, value in enumerate(("transfer", "no", "no", "no", "none", "none"), 1):
            asked(page, number)
            page.locator(f"[data-answer={value}]").click()
        page.get_by_role("heading", name="数据是否包含个人信息").wait_for()
        page.locator("[data-answer=no]").click()
        page.get_by_role("heading", name="免予申报").wait_for()
        assert reader.barriers() == []
        page.get_by_role("button", name="修改").nth(6).click()
        asked(page, 7)
        page.locator("[data-answer=yes]").click()
        asked(page, 8)
        page.locator("input").fill("retail")
        page.get_by_role("button", name="下一题").click()
        page.get_by_role("heading", name="数据在境内收集和产生").wait_for()
        assert reader.barriers() == []
        assert (reader.complaints, reader.elsewhere) == ([], [])


def test_a_click_answers_only_the_question_it_was_shown_for(reading):
    with reading(lang="en") as reader:
        page, held, sent = reader.page, [], []
        reader.go("/which-way")
        asked(page, 1)
        page.route("**/api/v1/guide", lambda route: held.append(route), times=1)  # noqa: PLW0108 - it marks what it is given
        page.on(
            "request",
            lambda one: sent.append(one.post_data_json["answers"]) if one.method == "POST" else None,
        )
        page.locator("[data-answer=transfer]").click()
        expect(page.get_by_role("group")).to_have_attribute("aria-disabled", "true")
        page.locator("[data-answer]").last.click(force=True)  # the old question is still there
        held[0].continue_()
        asked(page, 2)
        assert len(sent) == 1
        page.locator("[data-answer=yes]").hover()
        page.mouse.down(click_count=2)  # the second click of a double click, when the next question has come
        page.mouse.up(click_count=2)
        page.locator("[data-answer=no]").click()
        asked(page, 3)
        assert [list(answers.values()) for answers in sent] == [["transfer"], ["transfer", "no"]]
