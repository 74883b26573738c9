"""The main journey, as somebody walks it; axe looks at every page on the way."""

import base64
import json
import re
from dataclasses import replace
from io import BytesIO
from pprint import pformat

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from feiyu.api.app import BODY_MAX
from feiyu.app.bootstrap import DEMO_PASSWORD, edge_token
from feiyu.base.text import Text, size_of
from feiyu.edge.spots import Spots
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.keys import Algorithm, SigningKey, generate_skey
from feiyu.evidence.proof import Proof
from feiyu.evidence.receipt import with_twin
from feiyu.evidence.twin import Twin
from feiyu.registry.access import Role
from feiyu.seal import RecipientKey
from feiyu.seal.kems import AGE
from feiyu_sdk.errors import Unreachable

from .conftest import EDGE_SEAT

pytestmark = [pytest.mark.console, pytest.mark.slow]


def test_from_signing_in_to_a_verified_receipt_and_in_the_other_language(reading, at_work, tmp_path):
    world, morning = at_work
    with reading() as reader:
        page = reader.page

        reader.go("/")
        assert page.locator("h1").inner_text() == "登录国际数据港"
        assert reader.barriers() == []
        reader.complaints.clear()  # before anybody signed in the session answers 401
        page.locator("[data-seat=officer]").click()

        page.get_by_role("heading", name="工作台", level=1).wait_for()
        expect(page.get_by_text("演示模式")).to_be_visible()
        page.get_by_role("link", name="parts.csv").first.wait_for()
        assert reader.barriers() == []

        page.get_by_role("navigation", name="主菜单").get_by_role("link", name="传输批次").click()
        page.get_by_role("heading", name="传输批次", level=1).wait_for()
        page.get_by_role("link", name="aftersales.csv").click()
        page.get_by_text("接收方签收").first.wait_for()
        expect(page.get_by_text("emergency_contact_mobile")).to_be_visible()
        assert reader.barriers() == []

        with page.expect_download() as waiting:
            page.locator(".page-actions").get_by_role("link", name="下载存证凭证").click()
        receipt = tmp_path / "receipt.json"
        waiting.value.save_as(receipt)
        assert json.loads(receipt.read_text())["format"] == "feiyu-receipt/1"

        reader.go(f"/evidence?query={morning.received}")
        page.get_by_text("找到 4 个事件").wait_for()
        page.locator("summary", has_text="内容、原文与证明").nth(1).click()
        page.get_by_text("证明路径").wait_for()
        assert reader.barriers() == []

        reader.go("/verify")
        page.set_input_files("#receipt", str(receipt))
        (tmp_path / "trust.json").write_bytes(world.trust)
        page.set_input_files("#trust", str(tmp_path / "trust.json"))
        page.get_by_role("button", name="验证").click()
        page.locator(".outcome.trusted").wait_for()
        assert reader.barriers() == []

        reader.go("/")
        page.locator("[data-switch=language]").click()
        page.get_by_role("heading", name="Workbench", level=1).wait_for()
        expect(page.locator("html")).to_have_attribute("lang", "en")
        assert reader.barriers() == []
        assert reader.complaints == []
        assert reader.elsewhere == []


PAGES = (
    "/", "/register", "/register/{scenario}", "/filings", "/filings/{filing}?tab=determination", "/filings/{draft}",
    "/bases/{unchecked}", "/grants", "/transfers", "/transfers/{held}",
)  # fmt: skip
MORE = (
    "/evidence", "/looks", "/calendar", "/parties", "/parties/{recipient}", "/settings", "/help", "/nowhere",
    "/documents/receipts/{sealed}",
)  # fmt: skip
NARROW = (
    "/", "/filings/{filing}?tab=determination", "/transfers", "/transfers/{held}", "/bases/new", "/calendar",
    "/parties/{recipient}", "/verify",
)  # fmt: skip
WATCH = ("/", "/alarms", "/spotchecks", "/breakglass", "/evidence?query={received}")
EDGE = (
    "/ledger", "/findings", "/findings/{profile}", "/runs", "/runs/{run}", "/runs/{waiting}", "/pins", "/leave", "/dossiers",
    "/settings",
)  # fmt: skip


@pytest.fixture(scope="module")
def places(at_work):
    """The ids in the addresses."""
    world, morning = at_work
    received, engineer = world.as_("officer").transfer(morning.received), world.edge_client(Role.ENGINEER)
    runs = {run["transfer_id"]: run["id"] for run in engineer.runs()}
    profiles = {one["name"]: one["id"] for one in engineer.profiles()}
    return {name: getattr(morning, name) for name in ("filing", "draft", "unchecked", "received", "held")} | {
        "sealed": received["sealed_event"], "grant": received["grant_id"], "scenario": received["scenario_id"],
        "recipient": world.party("recipient"), "run": runs[morning.received], "waiting": runs[morning.held],
        "profile": profiles["aftersales.csv"],
    }  # fmt: skip


@pytest.fixture(scope="module")
def watched(at_work):
    """One alarm that is open, and one spot check that was drawn."""
    world, _ = at_work
    authority = world.as_("authority")
    text = {"zh": "条目 7 之后缺一条", "en": "One is missing after entry 7"}
    assert authority.report_alarm(kind="gap", subject="entry 7", text=text)
    Spots(world.edge.edge).hand_in()
    assert authority.draw_spot_check(authority.counts()[0]["id"], places=3, ground="抽签 / by lot")


@pytest.mark.parametrize(
    ("pages", "lang", "theme", "width", "account"),
    [
        (PAGES, "zh", "light", 1440, "officer"), (MORE, "zh", "light", 1440, "officer"), (NARROW, "en", "dark", 390, "centre2"),
        (WATCH, "zh", "light", 1440, "authority"), (WATCH, "en", "dark", 390, "authority"),
        (EDGE, "zh", "light", 1440, EDGE_SEAT), (EDGE, "en", "dark", 390, EDGE_SEAT),
    ],
    ids=["zh-light-wide", "more-wide", "en-dark-narrow", "watch-zh-light-wide", "watch-en-dark-narrow", "edge-wide", "edge-narrow"],
)  # fmt: skip
@pytest.mark.usefixtures("watched")
def test_every_page_is_free_of_barriers_and_fits(reading, places, pages, lang, theme, width, account):
    found = {}
    with reading(lang=lang, theme=theme, width=width, edge=account == EDGE_SEAT) as reader:
        reader.sit(account)
        for path in pages:
            reader.go(path.format(**places))
            wide = reader.overflow()
            problems = [*reader.barriers(), *([f"{wide} pixels too wide"] if wide > 0 else [])]
            if problems:
                found[path] = problems
        assert not found, pformat(found)
        assert reader.elsewhere == []
        assert reader.complaints == []


@pytest.mark.usefixtures("watched")
def test_on_a_narrow_screen_what_a_cell_holds_stands_beside_its_label(reading, at_work):
    authority = at_work[0].as_("authority")
    text = {"zh": "来源自前日起没有新条目", "en": "A source is silent since the day before"}
    alarm = authority.report_alarm(kind="silence", subject="a source", text=text)
    authority.close_alarm(alarm["alarm_id"], ground="已核实：停机维护")
    with reading(width=380) as reader:
        reader.sit("authority")
        reader.go("/alarms")
        reader.page.get_by_text("关闭理由：已核实").wait_for()
        under = reader.page.evaluate("""[...document.querySelectorAll('.query-table td > *')]
            .filter((one) => one.getBoundingClientRect().left < one.parentElement.getBoundingClientRect().left + 104)
            .map((one) => one.textContent)""")
        assert under == []


def test_a_recipient_enters_a_key_and_a_private_one_goes_nowhere(reading, at_work, tmp_path):
    world, _ = at_work
    key, recipient = RecipientKey.generate(AGE), world.party("recipient")
    secret = tmp_path / "key.txt"
    secret.write_text(f"# public key: {key.public.encode()}\nAGE-SECRET-KEY-1{'Q' * 58}\n")
    with reading(lang="en") as reader:
        page, sent = reader.page, []
        page.on("request", lambda asked: sent.append(asked.post_data) if asked.method == "POST" else None)
        reader.sit("recipient")
        reader.go(f"/parties/{recipient}")
        page.get_by_role("button", name="Register a key").click()
        dialog = page.get_by_role("dialog")
        box, register = dialog.get_by_role("textbox"), dialog.get_by_role("button", name="Register")
        expect(box).to_be_focused()
        dialog.locator("input[type=file]").set_input_files(secret)
        dialog.get_by_text("This is a private key. It was not sent.").wait_for()
        for private in ("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n", "AGE-SECRET-KEY-1QQQQ"):
            box.fill(private)
            expect(box).to_have_value("")
        expect(register).to_be_disabled()
        assert reader.barriers() == []
        box.fill(key.public.encode()[:-1])
        dialog.get_by_text("The key is cut short or damaged").wait_for()
        assert sent == []
        for each in (RecipientKey.generate("P-256"), RecipientKey.generate(), key):
            box.fill(each.public.encode())
            expect(dialog.locator(".read-out li")).to_have_text(each.public.fingerprint.split())
        register.click()
        dialog.wait_for(state="hidden")
        page.get_by_text("Unconfirmed, not in use").wait_for()
        page.get_by_role("button", name="Revoke the key").first.click()
        dialog.get_by_role("textbox").fill("Entered for a test of this page")
        dialog.get_by_role("button", name="Revoke the key").click()
        page.get_by_text("Ground: Entered for a test of this page").wait_for()
        assert (reader.complaints, reader.elsewhere) == ([], [])
    kept = {one["id"]: one["retired_at"] for one in world.as_("centre1").keys(recipient)}
    assert kept[key.key_id] is not None


def test_at_the_edge_a_finding_is_signed_and_the_own_copy_opened(reading, at_work, places):
    world, morning = at_work
    with reading(lang="en", edge=True) as reader:
        page = reader.page
        reader.sit(EDGE_SEAT)
        reader.go(f"/findings/{places['profile']}")
        page.get_by_role("button", name="Find for field trajectory").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Important").check()
        dialog.get_by_label("Notified by the authority").check()
        dialog.get_by_text("Security assessment").wait_for()
        assert reader.barriers() == []
        for label, said in (("Item of", "cars 3.2"), ("Number of", "2026-9"), ("Issued by", "Cyberspace office"), ("Reason", "Named in the notice")):  # fmt: skip
            dialog.get_by_label(label).fill(said)
        dialog.get_by_role("button", name="Find and sign").click()
        page.get_by_text("In force · Version 1").wait_for()
        signed = world.edge_client(Role.OFFICER).levels(places["profile"])
        assert (signed["found"], signed["versions"][0]["item"]) == ("important", "cars 3.2")
        reader.go(f"/runs/{places['run']}")
        page.get_by_role("button", name="Fetch and open").click()
        page.get_by_role("dialog").get_by_role("button", name="Fetch and open").click()
        page.get_by_text("Opened at this edge").wait_for()
        assert any(path.stem == morning.received for path in world.edge.edge.copies_folder.iterdir())
        assert (reader.complaints, reader.elsewhere) == ([], [])


@pytest.mark.parametrize("width", [320, 768, 1024])
def test_lists_fit_any_width(reading, at_work, width):
    with reading(lang="en", width=width) as reader:
        reader.sit("officer")
        for path in ("/filings", "/grants", "/transfers", "/bases"):
            reader.go(path)
            reader.page.locator("tbody tr").first.wait_for()
            assert reader.overflow() <= 0, path


def test_a_second_person_checks_a_basis_and_the_first_cannot(reading, at_work):
    _, morning = at_work
    with reading() as reader:
        reader.sit("centre1")
        reader.go(f"/bases/{morning.unchecked}")
        reader.page.get_by_text("待第二人复核").wait_for()
        expect(reader.page.get_by_role("button", name="复核并使其生效")).to_have_count(0)
        reader.sit("centre2")
        reader.go("/")
        reader.page.get_by_role("link", name="复核出境依据 DEMO-SCC-0002").click()
        reader.page.get_by_role("button", name="复核并使其生效").click()
        dialog = reader.page.get_by_role("dialog")
        expect(dialog.get_by_role("textbox")).to_be_focused()
        dialog.get_by_role("button", name="复核并使其生效").click()
        dialog.get_by_text("事由需要 4 至 500 字。").wait_for()
        dialog.get_by_role("textbox").fill("与出具机关原件逐项比对")
        assert reader.barriers() == []
        dialog.get_by_role("button", name="复核并使其生效").click()
        reader.page.locator(".status-ok", has_text="生效").wait_for()
        assert reader.complaints == []


def test_a_held_transfer_is_cut_with_a_ground_by_keyboard_alone(reading, at_work):
    world, morning = at_work
    with reading(lang="en") as reader:
        reader.sit("officer")
        reader.go("/")
        press = reader.page.keyboard.press
        press("g")
        press("t")
        reader.page.get_by_role("heading", name="Transfers", level=1).wait_for()
        press("/")
        expect(reader.page.locator("[data-search=all]")).to_be_focused()
        reader.page.keyboard.type(morning.held)
        press("Enter")
        reader.page.get_by_text("The content differs from the grant").wait_for()
        reader.page.get_by_role("button", name="Cut the transfer").focus()
        press("Enter")
        textbox = reader.page.get_by_role("dialog").get_by_role("textbox")
        expect(textbox).to_be_focused()
        reader.page.keyboard.type("Persons in a file declared as parts data")
        expect(textbox).to_have_value("Persons in a file declared as parts data")
        press("Tab")
        press("Tab")
        press("Enter")
        reader.page.locator(".status-bad", has_text="Cut").first.wait_for()
        told = world.as_("officer").transfer(morning.held)
        assert (told["state"], told["ground"]) == ("cut", "Persons in a file declared as parts data")


def test_a_list_keeps_its_filters_in_the_address(reading, at_work):
    with reading(lang="en") as reader:
        reader.sit("officer")
        reader.go("/transfers")
        reader.page.get_by_text("Received", exact=True).first.click()
        reader.page.get_by_role("button", name="Arrived").click()
        expect(reader.page).to_have_url(re.compile("(?=.*state=received)(?=.*sort=progress)"))
        reader.page.reload()
        reader.page.get_by_text("1 of 2").wait_for()
        assert (
            reader.page.get_by_role("columnheader", name="Arrived").get_attribute("aria-sort") == "ascending"
        )


@pytest.fixture
def handed_in(at_work, tmp_path):
    """Receipt and trust file for each outcome."""
    world, morning = at_work
    genuine, trust = morning.fetched.receipt, tmp_path / "trust.json"
    trust.write_bytes(world.trust)
    altered = tmp_path / "altered.json"
    changed = json.loads(genuine.read_text())
    changed["salt"] = base64.b64encode(bytes(32)).decode()
    altered.write_text(json.dumps(changed))
    stranger = tmp_path / "stranger.json"
    other = json.loads(trust.read_text())
    other["policy"] = re.sub(r"(?m)^log .*\n", "", other["policy"])
    stranger.write_text(json.dumps(other))
    twin, knows, unlike = _twinned(world, genuine, trust, tmp_path)
    return [
        ("trusted", twin, knows),
        ("trusted", twin, trust),
        ("broken", unlike, knows),
        ("trusted", genuine, trust),
        ("intact-not-trusted", genuine, None),
        ("intact-not-trusted", genuine, stranger),
        ("broken", altered, trust),
    ]


def _twinned(world, genuine, trust, folder):
    """The receipt with the proof of an SM3 twin, a trust file that knows the twin, and a receipt whose path in it is wrong."""
    log = world.port.log
    skey = generate_skey(f"{log.origin}/sm3", Algorithm.ED25519, seed=bytes(32))
    key, head = SigningKey.parse(skey), DirectoryHead(world.folder / "twin-head")
    twin = Twin(DirectoryTiles(world.port.house.folder / "log"), head, [key])
    take = lambda first, count: [log.entry(n) for n in range(first, first + count)]  # noqa: E731
    while twin.follow(log, take, at_once=4096):
        pass
    told = json.loads(genuine.read_text())
    proof = twin.log.prove(Proof.parse(told["proof"]).index)
    head.close()
    receipt, knows, unlike = (folder / name for name in ("twin.json", "knows.json", "unlike.json"))
    receipt.write_bytes(with_twin(genuine.read_bytes(), proof))
    listed = json.loads(trust.read_text())
    listed["logs"].append({"vkey": key.verifier.text})
    listed["policy"] = f"log {key.verifier.text}\n" + listed["policy"]
    knows.write_text(json.dumps(listed))
    spoiled = replace(proof, path=(bytes(32), *proof.path[1:]))
    unlike.write_text(json.dumps(told | {"twin": spoiled.text}))
    return receipt, knows, unlike


def test_verification_works_without_script_and_names_what_was_altered(reading, handed_in):
    with reading(lang="en", script=False) as reader:
        for outcome, receipt, trust in handed_in:
            _hand_in(reader, "/verify", receipt, trust)
            reader.page.locator(f".outcome.{outcome}").wait_for()
        assert "commitment" in reader.page.locator("tr.failed").inner_text()
        _hand_in(reader, "/verify", handed_in[0][1], handed_in[0][1])
        reader.page.get_by_text("The trust file cannot be used").wait_for()


def test_the_browser_finds_the_same_without_sending_anything(reading, handed_in):
    with reading() as reader:
        reader.go("/verify/offline")
        reader.page.context.set_offline(True)
        for outcome, receipt, trust in handed_in:
            _hand_in(reader, None, receipt, trust)
            reader.page.locator(f".outcome.{outcome}").wait_for()
            reader.page.evaluate("document.getElementById('verdict').replaceChildren()")
        assert reader.complaints == []
    with reading(lang="en", theme="dark") as reader:
        _hand_in(reader, "/verify/offline", handed_in[0][1], handed_in[0][2])
        reader.page.get_by_text("Intact; log and witnesses are trusted").wait_for()
        assert reader.barriers() == []


@pytest.mark.parametrize(("lang", "told"), [("zh", "这不是存证凭证，或其格式已被改动"), ("en", "This is no receipt, or its form was altered")])  # fmt: skip
def test_what_is_no_receipt_is_not_called_altered_and_nothing_is_told_in_the_words_of_the_machine(
    reading, handed_in, tmp_path, lang, told
):
    table, huge = tmp_path / "parts.csv", tmp_path / "huge.json"
    table.write_text("part,count\nbolt,4\n")
    with huge.open("wb") as file:
        file.truncate(BODY_MAX + 1)
    genuine = handed_in[0][1]
    with reading(lang=lang, width=390) as reader:
        for path in ("/verify", "/verify/offline"):
            _hand_in(reader, path, table, None)
            assert told in reader.page.locator(".outcome.broken").inner_text()
            assert reader.overflow() <= 0
            _hand_in(reader, path, genuine, table)
            reader.page.get_by_text({"zh": "信任文件无法使用，对凭证未作任何判断", "en": "The trust file cannot be used; nothing is said"}[lang]).wait_for()  # fmt: skip
            _hand_in(reader, path, huge, None)
            reader.page.get_by_text({"zh": "超过", "en": "over"}[lang]).first.wait_for()
            assert reader.page.locator("h1").count() == 1
            assert "SyntaxError" not in reader.page.locator("main").inner_text()


def _hand_in(reader, path, receipt, trust):
    if path:
        reader.go(path)
    reader.page.set_input_files("#receipt", str(receipt))
    reader.page.set_input_files("#trust", str(trust) if trust else [])
    reader.page.locator("button[type=submit]").click()


def test_what_is_printed_is_light_names_whole_ids_and_keeps_numbers_side_by_side(reading, at_work, places):
    _, morning = at_work
    with reading(lang="en", theme="dark") as reader:
        reader.sit("officer")
        reader.go(f"/transfers/{morning.received}")
        reader.page.get_by_text("Received and verified by the recipient").first.wait_for()
        paper = PdfReader(BytesIO(reader.page.pdf(format="A4")))
        told = "".join(page.extract_text() for page in paper.pages).replace("\n", "")
        assert places["grant"] in told
        assert "Settings" not in told  # the menu stays on the screen
        reader.go(f"/filings/{morning.filing}?tab=determination")
        reader.page.emulate_media(media="print")
        reader.page.set_viewport_size({"width": 720, "height": 900})
        tops = reader.page.locator(".three").first.locator("b").evaluate_all("all => all.map(one => one.getBoundingClientRect().top)")  # fmt: skip
        assert len(set(tops)) == 1
        assert reader.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


def test_a_session_that_ended_asks_to_sign_in_and_keeps_the_address_and_the_draft(reading, at_work):
    with reading(lang="en") as reader:
        reader.sit("officer")
        reader.go("/register/new")
        reader.page.get_by_label("Name (English)").fill("Warranty analysis")
        reader.page.context.clear_cookies()
        reader.page.locator("nav a[href='/transfers']").click()
        reader.page.get_by_role("heading", name="Sign in to the data port").wait_for()
        reader.page.locator("[data-seat=officer]").click()
        reader.page.get_by_role("heading", name="Transfers", level=1).wait_for()
        reader.page.locator("nav a[href='/register']").click()
        reader.page.get_by_role("button", name="Enter a scenario").click()
        expect(reader.page.get_by_label("Name (English)")).to_have_value("Warranty analysis")


def test_a_result_is_entered_once(reading, at_work):
    """A filing whose basis was entered leads there and does not ask for it again; an address with a tab that is none shows the first."""
    _, morning = at_work
    with reading(lang="en") as reader:
        reader.sit("centre1")
        reader.go(f"/filings/{morning.filing}?tab=papers")
        reader.page.get_by_text("a basis was entered on it").wait_for()
        expect(reader.page.get_by_role("link", name="Enter the basis")).to_have_count(0)
        reader.page.get_by_role("link", name="See that basis").click()
        reader.page.wait_for_url(f"**/bases/{morning.basis}")
        assert reader.complaints == []


def test_a_filing_gets_its_papers_and_is_handed_in(reading, at_work, tmp_path):
    world, morning = at_work
    (tmp_path / "paper.txt").write_text("fictional document")
    with reading(lang="en") as reader:
        reader.sit("officer")
        reader.go(f"/filings/{morning.draft}")
        reader.page.get_by_text("Add the required materials before submitting.").wait_for()
        add = reader.page.get_by_role("button", name=re.compile("^Add a file for"))
        for number in range(add.count()):
            with reader.page.expect_file_chooser() as chooser:
                add.nth(number).click()
            chooser.value.set_files(tmp_path / "paper.txt")
            reader.page.get_by_text("Completed").nth(number).wait_for()
        reader.page.get_by_role("button", name="Submit").click()
        reader.page.get_by_role("dialog").get_by_role("button", name="Submit").click()
        reader.page.get_by_text("With the service centre").first.wait_for()
        assert world.as_("officer").filing(morning.draft)["state"] == "submitted"
        reader.sit("centre1")
        reader.go(f"/filings/{morning.draft}")
        reader.page.get_by_text("working days in all").first.wait_for()
        assert reader.complaints == []


def test_a_lease_is_had_and_a_break_glass_confirmed_by_another_person(reading, at_work):
    """Under the grant of the held file, or the other tests' runs would take the leave that this one asks for."""
    world, morning = at_work
    grant = world.as_("officer").transfer(morning.held)["grant_id"]
    edge_token(world.edge.house, roles=(Role.OFFICER,), account="edge-second", password=DEMO_PASSWORD)
    with reading(edge=True, lang="en", width=390) as reader:
        page = reader.page
        reader.sit(EDGE_SEAT)
        reader.go("/leave")
        for label, more in (("Ask for a lease", {}), ("Ask for a break-glass", {"Ground": "a recall that cannot wait"})):
            page.get_by_role("button", name=label).click()
            dialog = page.get_by_role("dialog")
            dialog.get_by_role("button", name=label).click()
            dialog.get_by_text("The id of a grant is wanted.").wait_for()
            fields = {"Grant": grant, "Natural persons, at most": "0", "Size, at most (MB)": "2"} | more
            for name, value in fields.items():
                dialog.get_by_label(name, exact=True).fill(value)
            dialog.get_by_role("button", name=label).click()
            dialog.wait_for(state="hidden")
        expect(page.locator(".status", has_text="Held")).to_be_visible()
        expect(page.get_by_text("0 persons, 2.0 MB")).to_have_count(2)
        expect(page.locator(".status", has_text="A second person confirms")).to_be_visible()
        expect(page.get_by_role("button", name="Confirm")).to_have_count(0)
        assert reader.overflow() <= 0
        assert reader.barriers() == []
        assert reader.complaints == []
    with reading(edge=True, theme="dark") as reader:
        page = reader.page
        reader.sit("edge-second")
        reader.go("/leave")
        expect(page.get_by_role("button", name="申请租约")).to_have_count(0)
        page.get_by_role("button", name="确认放行").click()
        page.get_by_role("dialog").get_by_text("a recall that cannot wait").wait_for()
        page.get_by_role("dialog").get_by_role("button", name="确认放行").click()
        expect(page.locator(".status", has_text="已确认")).to_be_visible()
        assert reader.barriers() == []
        assert reader.complaints == []
    (glass,) = world.edge_client().breakglass()
    assert (glass["state"], glass["asked_by_name"], glass["confirmed_by_name"]) == ("open", EDGE_SEAT, "edge-second")


def test_what_waits_for_the_port_says_so_and_is_cut_at_the_edge(reading, at_work, places, monkeypatch):
    world, _ = at_work
    port, engineer = world.edge.edge.port, world.edge_client(Role.ENGINEER)

    def away(**_what):
        raise Unreachable(url=world.port_url, reason=Text("对方拒绝连接", "the connection was refused"))

    monkeypatch.setattr(type(port), "open_transfer", lambda _self, **what: away(**what))
    run = engineer.send(path=str(world.folder / "data" / "aftersales.csv"), grant_id=places["grant"])
    with reading(lang="en", edge=True) as reader:
        reader.sit(EDGE_SEAT)
        reader.go("/runs")
        reader.page.locator("tr", has_text=run["id"][-6:]).get_by_text("Waits").wait_for()
        reader.go(f"/runs/{run['id']}")
        reader.page.get_by_text("The port is out of reach. It goes on by itself").wait_for()
        assert reader.barriers() == []
        reader.page.get_by_role("button", name="Cut the transfer").click()
        dialog = reader.page.get_by_role("dialog")
        dialog.get_by_role("textbox").fill("Not needed any more")
        dialog.get_by_role("button", name="Cut the transfer").click()
        reader.page.get_by_text("The run has stopped").wait_for()
        reader.page.get_by_text("Not needed any more").wait_for()
        assert reader.complaints == []


def test_open_alarms_stand_first_each_with_its_place(reading, at_work, places):
    authority = at_work[0].as_("authority")
    text = {"zh": "回执逾期", "en": "The receipt is overdue"}
    open_one = authority.report_alarm(kind="receipt-missing", subject=places["received"], text=text)
    later = authority.report_alarm(
        kind="egress-mismatch", subject="2026-11-30T16:00:00.000Z/2026-11-30T17:00:00.000Z", text=text
    )
    authority.close_alarm(later["alarm_id"], ground="已核实：补报")
    with reading(lang="en") as reader:
        reader.sit("authority")
        reader.go("/alarms")
        rows = reader.page.locator("tbody tr")
        rows.first.wait_for()
        closed = [bool(rows.nth(at).get_by_text("Closed", exact=True).count()) for at in range(rows.count())]
        assert closed == sorted(closed)
        assert True in closed
        assert False in closed
        expect(
            reader.page.get_by_text("2026-12-01 00:00:00 UTC+8 – 2026-12-01 01:00:00 UTC+8")
        ).to_be_visible()
        row = rows.filter(has=reader.page.locator(f"code[title='{places['received']}']"))
        row.get_by_role("link", name="Event").click()
        expect(reader.page).to_have_url(re.compile(open_one["event_id"]))
        assert reader.complaints == []


def test_the_console_tells_a_size_as_the_command_line_does(reading, at_work):
    world, morning = at_work
    told = size_of(world.as_("officer").transfer(morning.received)["size_bytes"])
    assert told.endswith(" kB")
    with reading() as reader:
        reader.sit("officer")
        reader.go(f"/transfers/{morning.received}")
        reader.page.get_by_text(told, exact=True).first.wait_for()
