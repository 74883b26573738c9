"""A browser, a world, and a morning in it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from feiyu.app.bootstrap import DEMO_PASSWORD, edge_token
from feiyu.registry.access import Role
from feiyu.testing.world import World, world
from tests.unit.evidence.test_cms import EC
from tests.unit.evidence.test_ofd import Seals

from .morning import Morning, live

CONSOLE = Path(__file__).parents[2] / "src/feiyu/api/console/index.html"
CHROMIUM = next(
    (name for name in ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium") if Path(name).exists()), "chromium"
)
"""Rather the one without windows: it draws the same pages and costs half."""
LISTS = "lists"
"""The folder of lists of revoked certificates, in that of the world."""
EDGE_SEAT = "edge-officer"
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="session")
def seals(tmp_path_factory: pytest.TempPathFactory) -> Seals:
    """E-seals of the exporter, under an authority that the port trusts."""
    return Seals(tmp_path_factory.mktemp("seals"), organisation="示例智行汽车有限公司（虚构）", code=None)


@pytest.fixture(scope="session")
def at_work(tmp_path_factory: pytest.TempPathFactory, seals: Seals) -> Iterator[tuple[World, Morning]]:
    """A running port on which a morning has happened."""
    assert CONSOLE.exists(), "the console is not built: run `make console`"
    folder = tmp_path_factory.mktemp("console")
    (folder / LISTS).mkdir()
    (folder / "authorities.pem").write_bytes(
        EC.root.public_bytes(Encoding.PEM) + seals.root.public_bytes(Encoding.PEM)
    )
    with world(folder, authorities=folder / "authorities.pem", lists=folder / LISTS) as made:
        roles = (Role.ENGINEER, Role.OFFICER, Role.OWNER)
        edge_token(made.edge.house, roles=roles, account=EDGE_SEAT, password=DEMO_PASSWORD)
        yield made, live(made, rows=1_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, which calls nobody."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=20_000)
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield opened
        opened.close()


class Reader:
    """Somebody in front of the console; what the browser complains of fails the test."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base
        self.complaints: list[str] = []
        self.elsewhere: list[str] = []
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        page.on("request", lambda asked: None if asked.url.startswith((base, "blob:", "data:"))
                else self.elsewhere.append(asked.url))  # fmt: skip

    def go(self, path: str) -> None:
        """Open an address and wait for its heading."""
        self.page.goto(self.base + path)
        self.page.locator("h1").first.wait_for()

    def sit(self, account: str) -> None:
        """Take a seat without the sign-in page."""
        answer = self.page.request.post(
            f"{self.base}/api/v1/session", data={"account": account, "password": DEMO_PASSWORD}
        )
        assert answer.ok, answer.text()

    def overflow(self) -> int:
        """By how many pixels the page is wider than the window."""
        return int(
            self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        )

    def barriers(self) -> list[str]:
        """What axe finds on the page as it stands: rule, place and what is wrong."""
        expect(self.page.locator(".ant-skeleton")).to_have_count(0)
        options = {
            "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            "resultTypes": ["violations"],  # of what is in order axe need not name each place
        }
        found = Axe().run(self.page, options=options).response["violations"]
        return [
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        ]


@pytest.fixture
def reading(browser: Browser, at_work: tuple[World, Morning]):
    """Open the console for a reader: ``with reading(lang=…) as reader``."""

    @contextmanager
    def open_for(
        *, lang: str = "zh", theme: str = "light", width: int = 1440, script: bool = True, edge: bool = False
    ) -> Iterator[Reader]:
        context = browser.new_context(
            locale={"zh": "zh-CN", "en": "en-US"}[lang], color_scheme=theme, viewport={"width": width, "height": 900},
            java_script_enabled=script, accept_downloads=True, reduced_motion="reduce",
        )  # fmt: skip
        try:
            yield Reader(context.new_page(), at_work[0].edge_url if edge else at_work[0].port_url)
        finally:
            context.close()

    return open_for
