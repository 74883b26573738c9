"""Somebody of the port looks; the owner sees it, and the one who looks is told so."""

import re

import pytest
from playwright.sync_api import expect

from feiyu.base.ids import PrincipalId
from feiyu.registry.access import Caller, Role
from feiyu.registry.looks.model import How, Thing

pytestmark = [pytest.mark.console, pytest.mark.slow]
WORDS = {
    "zh": {
        "told": "您所看的记录，其所有者看得到", "title": "谁看过", "opened": "打开 ·", "centre": "服务中心人员", "all": "含列表中出现的全部记录",
        "lists": "也列出仅在列表中出现的", "listed": "列表中出现", "earlier": "更早的",
    },
    "en": {
        "told": "The owner of what you look at sees that you looked", "title": "Who looked", "opened": "Opened ·",
        "centre": "Service centre staff", "all": "All of it, with lists", "lists": "Also where it only stood in a list",
        "listed": "In a list", "earlier": "Earlier ones", 
    },
}  # fmt: skip
KINDS = pytest.mark.parametrize(
    ("lang", "theme", "width"), [("zh", "light", 1440), ("en", "dark", 390)], ids=["zh-light-wide", "en-dark-narrow"]
)  # fmt: skip


def checked(reader):
    """The page has no barrier, fits, and the browser does not complain."""
    assert reader.overflow() <= 0
    assert reader.barriers() == []
    assert (reader.complaints, reader.elsewhere) == ([], [])


@KINDS
def test_staff_is_told_and_the_owner_sees_it_with_the_thing(reading, at_work, lang, theme, width):
    _, morning = at_work
    words = WORDS[lang]
    with reading(lang=lang, theme=theme, width=width) as reader:
        page = reader.page
        reader.sit("centre2")
        reader.go(f"/transfers/{morning.received}")
        expect(page.get_by_text(words["told"])).to_be_visible()
        expect(page.get_by_role("heading", name=words["title"])).to_have_count(0)
        checked(reader)
        reader.go("/transfers")
        page.get_by_role("link", name="aftersales.csv").first.wait_for()
        expect(page.get_by_text(words["told"])).to_be_visible()

        reader.sit("officer")
        reader.go(f"/transfers/{morning.received}")
        block = page.locator("section.block").filter(has=page.get_by_role("heading", name=words["title"]))
        expect(block.get_by_text(words["centre"]).first).to_be_visible()
        expect(block.get_by_text(words["opened"]).first).to_be_visible()
        expect(page.get_by_text(words["told"])).to_have_count(0)
        checked(reader)
        block.get_by_role("link", name=words["all"]).click()
        page.get_by_role("heading", name=words["title"], level=1).wait_for()
        expect(page.get_by_text(morning.received)).to_be_visible()
        expect(page.get_by_role("checkbox", name=words["lists"])).to_be_checked()
        expect(page.get_by_role("cell", name=words["listed"]).first).to_be_visible()
        checked(reader)

        reader.go(f"/filings/{morning.filing}")
        expect(page.get_by_text(words["opened"]).first).to_be_visible()
        checked(reader)


@KINDS
def test_the_owner_goes_through_all_looks_page_by_page(reading, at_work, lang, theme, width):
    world, morning = at_work
    words, authority = WORDS[lang], world.as_("authority")
    caller = Caller(
        principal_id=PrincipalId("prn_of_a_test"), party_id=world.party("authority"), name="", roles=(Role.AUTHORITY,)
    )
    owner = world.party("officer")
    world.port.looks.record(caller, [(Thing(owner, f"trf_{number:026d}"), How.LISTED) for number in range(60)])
    authority.transfer(morning.received)
    with reading(lang=lang, theme=theme, width=width) as reader:
        page = reader.page
        reader.sit("officer")
        reader.go("/looks")
        rows = page.locator("tbody tr")
        rows.first.wait_for()
        expect(page.get_by_role("cell", name=words["listed"])).to_have_count(0)
        page.get_by_role("checkbox", name=words["lists"]).click()
        expect(page).to_have_url(re.compile("lists=true"))
        expect(page.get_by_role("cell", name=words["listed"]).first).to_be_visible()
        count = page.locator(".table-bar [aria-live]")
        expect(count).to_contain_text("50")
        checked(reader)
        page.get_by_role("button", name=words["earlier"]).click()
        expect(count).not_to_contain_text("50")
        page.locator("label").filter(has_text={"zh": "主管部门", "en": "Authority"}[lang]).click()
        expect(page).to_have_url(re.compile("seat=authority.officer"))
        checked(reader)


def test_a_recipient_is_not_shown_who_looked_at_what_is_not_its_own(reading, at_work):
    _, morning = at_work
    with reading() as reader:
        reader.sit("recipient")
        reader.go(f"/transfers/{morning.received}")
        reader.page.get_by_text("接收方签收").first.wait_for()
        expect(reader.page.get_by_role("heading", name="谁看过")).to_have_count(0)
        reader.sit("centre1")
        reader.go("/looks")
        expect(reader.page.locator("tbody tr")).to_have_count(0)
        assert [one for one in reader.complaints if "403" not in one] == []
