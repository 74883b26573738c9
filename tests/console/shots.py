"""The pictures of the console in the docs, from a real morning: ``python -m tests.console.shots docs/assets``."""

import re
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error as BrowserError
from playwright.sync_api import Page, sync_playwright

from feiyu.app.bootstrap import DEMO_PASSWORD
from feiyu.registry.access import Role
from feiyu.testing.world import World, world

from .conftest import CHROMIUM, QUIET
from .morning import Morning, live

ROWS = 400_000
SPEED = re.compile(r"/(s|秒)$")
SIZE = {"width": 1440, "height": 900}


def main(folder: Path) -> None:
    """Write all pictures."""
    with tempfile.TemporaryDirectory() as place, world(Path(place)) as made, sync_playwright() as playwright:
        morning = live(made, rows=ROWS)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        for lang, locale in (("zh", "zh-CN"), ("en", "en-US")):
            page = browser.new_context(locale=locale, viewport=SIZE, color_scheme="light").new_page()
            page.request.post(
                f"{made.port_url}/api/v1/session", data={"account": "officer", "password": DEMO_PASSWORD}
            )
            _take(page, made, morning, folder, lang)
        browser.close()


def _take(page: Page, made: World, morning: Morning, folder: Path, lang: str) -> None:
    pages = {
        "determination": f"/filings/{morning.filing}?tab=determination",
        "evidence": f"/evidence?query={made.as_('officer').transfer(morning.received)['sealed_event']}",
    }
    for name, path in pages.items():
        _shoot(page, made.port_url + path, folder / f"console-{name}-{lang}.png")
    _shoot_crossing(page, made, morning, folder / f"console-transfer-{lang}.png")
    _shoot(page, made.port_url, folder / f"console-workbench-{lang}.png")


def _shoot_crossing(page: Page, made: World, morning: Morning, path: Path) -> None:
    """While bytes arrive and their speed is told; a transfer that was over too soon is sent again."""
    for _ in range(6):
        page.goto(f"{made.port_url}/transfers/{_crossing(made, morning)}")
        with suppress(BrowserError):
            page.get_by_text(SPEED).wait_for(timeout=5_000)
            page.screenshot(path=path)
            return
    raise AssertionError("each transfer was over too soon")


def _crossing(made: World, morning: Morning) -> str:
    """Send the same file once more, and look while it crosses."""
    grant = made.as_("officer").transfer(morning.received)["grant_id"]
    run = made.edge_client(Role.ENGINEER).send(
        path=str(made.folder / "data" / "aftersales.csv"), grant_id=grant
    )
    while True:
        found = [
            row for row in made.as_("officer").transfers() if row["state"] == "open" and row["arrived_bytes"]
        ]
        if found:
            return str(found[0]["id"])
        assert run["state"] in {"running", "waiting"}, run
        time.sleep(0.02)


def _shoot(page: Page, address: str, path: Path) -> None:
    page.goto(address)
    page.locator("h1").first.wait_for()
    page.wait_for_timeout(1_200)
    page.screenshot(path=path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
