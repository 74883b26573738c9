"""The exporter's papers at the edge's console: begin, answer, see what is missing, check a signed contract."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from feiyu.app.bootstrap import DEMO_PASSWORD
from feiyu.registry.access import Role
from feiyu.testing.world import World

from .conftest import EDGE_SEAT
from .morning import Morning

pytestmark = pytest.mark.console
SEEN = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sit(page: Page, world: World) -> None:
    answer = page.request.post(
        f"{world.edge_url}/api/v1/session", data={"account": EDGE_SEAT, "password": DEMO_PASSWORD}
    )
    assert answer.ok, answer.text()


def test_an_exporter_fills_a_dossier_and_checks_a_contract(
    at_work: tuple[World, Morning], browser: Browser, tmp_path: Path
) -> None:
    world, _ = at_work
    dossiers = world.edge_client(Role.OFFICER).dossiers
    scenario = next(
        one["id"]
        for one in world.as_("officer").scenarios()
        if one["title"]["en"] == "Support of recalls abroad"
    )
    began = dossiers.begin(scenario, procedure="pi-standard-contract")
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 1440, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    try:
        sit(page, world)
        page.goto(f"{world.edge_url}/dossiers")
        page.get_by_role("link", name="海外召回支持").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("海外召回支持")
        expect(page.get_by_text("缺少材料：统一社会信用代码证件影印件")).to_be_visible()
        page.get_by_role("tab", name="问题").click()
        page.get_by_label("评估结论和理由").fill("风险可控，理由如上。")
        page.get_by_role("button", name="保存回答").first.click()
        expect(page.get_by_text("已保存。").first).to_be_visible()
        assert dossiers.get(began["id"])["questions"] != []
        page.get_by_role("tab", name="他处材料").click()
        signed = tmp_path / "signed.pdf"
        signed.write_bytes(dossiers.paper(began["id"], "standard-contract"))
        page.locator("input[type=file]").set_input_files(signed)
        expect(page.get_by_text(re.compile("官方文本 [0-9,]+ 字"))).to_be_visible()
        assert complaints == []
    finally:
        context.close()
    answers = {q["id"]: q["answer"] for q in dossiers.get(began["id"])["questions"]}
    assert answers["conclusion"] == "风险可控，理由如上。"
