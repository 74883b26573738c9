"""A port whose log keeps an SM3 twin: the workbench tells of it, and a receipt's place in it is checked on the public page."""

import json
import time

import pytest
from playwright.sync_api import expect

from feiyu.testing.world import world
from feiyu_sdk import Refused

from .conftest import Reader

pytestmark = [pytest.mark.console, pytest.mark.slow]


@pytest.fixture(scope="module")
def twinned(tmp_path_factory):
    """The world, and a receipt that brings the twin's proof."""
    folder = tmp_path_factory.mktemp("twin")
    with world(folder, twin=True) as made:
        officer = made.as_("officer")
        event = officer.api.get("/api/v1/evidence", query=made.party("edge"))[0]["event_id"]
        receipt, trust = folder / "receipt.json", folder / "trust.json"
        receipt.write_bytes(_with_twin(officer, event))
        listed, twin = json.loads(made.trust), officer.api.get("/api/v1/log")["twin"]["vkeys"][0]
        listed["logs"].append({"vkey": twin})
        listed["policy"] = f"log {twin}\n" + listed["policy"]
        trust.write_text(json.dumps(listed), encoding="utf-8")
        yield made, event, receipt, trust


def _with_twin(officer, event):
    """The receipt, once the twin has followed."""
    for _ in range(600):
        try:
            found = officer.receipt(event)
        except Refused:
            found = b"{}"
        if "twin" in json.loads(found):
            return found
        time.sleep(0.05)
    raise AssertionError("no receipt with the twin's proof")


@pytest.mark.parametrize(
    ("lang", "theme", "width"), [("zh", "light", 1440), ("en", "dark", 390)], ids=["zh-light-wide", "en-dark-narrow"]
)  # fmt: skip
def test_the_twin_is_told_of_and_checked(browser, twinned, lang, theme, width):
    made, event, receipt, trust = twinned
    context = browser.new_context(
        locale={"zh": "zh-CN", "en": "en-US"}[lang], color_scheme=theme, viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )  # fmt: skip
    reader = Reader(context.new_page(), made.port_url)
    try:
        page = reader.page
        reader.sit("officer")
        reader.go("/")
        said = page.get_by_text(
            {"zh": "demo.feiyu.localhost/log/sm3，", "en": "demo.feiyu.localhost/log/sm3, "}[lang]
        )
        expect(said).to_be_visible()
        assert reader.overflow() <= 0
        assert reader.barriers() == []
        reader.go(f"/documents/receipts/{event}")
        expect(page.locator("pre").nth(2)).to_contain_text("demo.feiyu.localhost/log/sm3")
        assert reader.overflow() <= 0
        reader.go("/verify")
        page.set_input_files("#receipt", str(receipt))
        page.set_input_files("#trust", str(trust))
        page.locator("button[type=submit]").click()
        page.locator(".outcome.trusted").wait_for()
        expect(page.locator("tr", has_text="11.")).to_contain_text("SM3")
        expect(page.locator("dt", has_text={"zh": "SM3 孪生树", "en": "SM3 twin"}[lang])).to_be_visible()
        assert reader.overflow() <= 0
        assert reader.barriers() == []
        assert reader.complaints == []
    finally:
        context.close()
