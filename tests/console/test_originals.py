"""A person hands in what shows that papers were signed: each says what is known of it, and what is not."""

from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from playwright.sync_api import expect

from feiyu.registry.access import Role
from tests.unit.evidence import test_cms as papers
from tests.unit.evidence import test_crl as lists
from tests.unit.evidence import test_ofd as ofds
from tests.unit.evidence import test_pdf as pdfs

from .conftest import LISTS
from .morning import ANSWERS, scenario_of

pytestmark = [pytest.mark.console, pytest.mark.slow]
PAPER = "承诺书：内容属实。".encode()
EXPORTER = "示例智行汽车有限公司（虚构）"
SCAN = bytes.fromhex(
    "89504e470d0a1a0a0000000d494844520000000100000001080000000000"
    "3a7e9b550000000a49444154789c63600000000200014873"  # fmt: skip
) + bytes(100)


def signature():
    on = (datetime.now(papers.UTC) - papers.NOW).days
    cert = papers.EC.gives(subject=papers.name("经办人", EXPORTER), days=(on - 30, on + 300), more=())
    return cert, papers.EC.sign(PAPER, cert=cert)


def signed_by(cert):
    return lambda data: papers.EC.sign(data, cert=cert)


@pytest.fixture(scope="module")
def filed(at_work):
    """A filing with one undertaking, and lists of the authority that name one certificate."""
    world, _ = at_work
    edge, officer = world.edge_client(Role.ENGINEER), world.as_("officer")
    profile = next(one for one in edge.profiles() if one["name"] == "aftersales.csv")
    scenario = scenario_of(world, edge.profile(profile["id"]), "签署原件", "Signed originals")
    found = edge.determine(profile_id=profile["id"], scenario_id=scenario["id"], answers=ANSWERS)
    route = found["determination"]["route"]  # what other journeys found in the same data may ask for an assessment
    procedure = "pi-certification" if route == "SCC_OR_CERT" else None
    filing = edge.file(scenario_id=scenario["id"], determined=found, procedure=procedure)["id"]
    officer.add_document(filing, material="undertaking", name="承诺书.pdf", content=PAPER)
    good, bad = signature(), signature()
    on = (datetime.now(papers.UTC) - papers.NOW).days
    revoked = lists.entry(
        bad[0].serial_number, at=datetime.now(papers.UTC) - timedelta(days=1), reason=x509.ReasonFlags.key_compromise
    )
    folder = world.folder / LISTS
    for name, one in (
        ("below.crl", lists.listed(revoked, days=(on - 1, on + 7))),
        ("root.crl", lists.listed(by=papers.EC.root, key=papers.EC.keys[0], days=(on - 1, on + 7))),
    ):
        (folder / name).write_bytes(one.public_bytes(Encoding.DER))
    return filing, good[1], bad[1]


def hand_in(reader, name, content, *, button="添加签署原件"):
    with reader.page.expect_file_chooser() as chooser:
        reader.page.get_by_role("button", name=button).first.click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def test_originals_are_handed_in_checked_looked_at_and_told_for_what_they_are(reading, filed, seals, tmp_path):
    filing, good, bad = filed
    cert, _ = signature()
    with reading() as reader:
        page = reader.page
        reader.sit("officer")
        reader.go(f"/filings/{filing}")
        expect(page.get_by_text("尚无签署原件").first).to_be_visible()
        hand_in(reader, "undertaking.p7s", bad)
        refused = page.get_by_role("alert").filter(has_text="已被吊销")
        expect(refused).to_contain_text("密钥泄露")
        assert reader.barriers() == []
        hand_in(reader, "undertaking.p7s", good)
        expect(page.get_by_text("未被吊销").first).to_be_visible()
        expect(page.get_by_text("无可信时间戳，按收到时间").first).to_be_visible()
        expect(page.get_by_text(f"证书单位：{EXPORTER}；登记单位：{EXPORTER}。")).to_be_visible()
        hand_in(reader, "signed.pdf", pdfs.signed(sign=signed_by(cert)) + b"\n")
        expect(page.get_by_role("alert").filter(has_text="又追加了 1 字节")).to_be_visible()
        hand_in(reader, "signed.pdf", pdfs.signed(sign=signed_by(cert)))
        expect(page.get_by_text("最后一个签名覆盖整个文件")).to_be_visible()
        hand_in(reader, "stamped.png", SCAN)
        expect(page.get_by_text("机器未予核验；尚无人查看。")).to_be_visible()
        hand_in(reader, "sealed.ofd", ofds.packed(seals.sealed()))
        expect(page.get_by_text("每个签章均覆盖整个文件包且成立")).to_be_visible()
        expect(page.get_by_text("印章：示例零件公司印章（虚构） (3101000001)。")).to_be_visible()
        hand_in(reader, "seal.ofd", b"PK\x03\x04" + bytes(100))
        expect(page.get_by_role("alert").filter(has_text="压缩结构损坏")).to_be_visible()
        assert reader.barriers() == []
        page.get_by_role("button", name="作为电子印章保存，不核验").click()
        expect(page.get_by_text("此处未予核验。")).to_be_visible()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="stamped.png").click()
        waiting.value.save_as(tmp_path / "stamped.png")
        assert (tmp_path / "stamped.png").read_bytes() == SCAN
        assert reader.barriers() == []
        assert [one for one in reader.complaints if "422" not in one] == []  # the browser's word for the one refused


@pytest.mark.parametrize(
    ("lang", "theme", "width"), [("zh", "light", 1440), ("en", "dark", 390)], ids=["zh-light-wide", "en-dark-narrow"]
)  # fmt: skip
def test_the_service_centre_looks_at_a_scan(reading, filed, at_work, lang, theme, width):
    filing, good, _ = filed
    officer, name = at_work[0].as_("officer"), f"scan-{lang}.png"
    (paper,) = (one for one in officer.filing(filing)["materials"] if one["id"] == "undertaking")
    document = paper["documents"][0]["id"]
    officer.add_original(filing, document, kind="scan", name=name, content=SCAN)
    officer.add_original(filing, document, kind="signature", name="again.p7s", content=good)
    with reading(lang=lang, theme=theme, width=width) as reader:
        page = reader.page
        reader.sit("centre1")
        reader.go(f"/filings/{filing}")
        look = {"zh": f"已查看“{name}”", "en": f"I looked at “{name}”"}[lang]
        page.get_by_role("button", name=look).click()
        expect(page.get_by_role("button", name=look)).to_have_count(0)
        expect(page.get_by_text({"zh": "已有人查看", "en": "a person looked at it"}[lang]).first).to_be_visible()
        expect(page.get_by_text({"zh": "未被吊销", "en": "not revoked, by the list of"}[lang]).first).to_be_visible()
        assert reader.overflow() <= 0
        assert reader.barriers() == []
        assert reader.complaints == []


@pytest.mark.parametrize(("lang", "account"), [("zh", "centre1"), ("en", "authority"), ("zh", "officer")])
def test_who_may_see_a_filing_opens_its_papers(reading, filed, lang, account):
    with reading(lang=lang) as reader:
        reader.sit(account)
        reader.go(f"/filings/{filed[0]}")
        with reader.page.expect_download() as download:
            reader.page.get_by_role("link", name="承诺书.pdf").click()
        assert download.value.suggested_filename == "承诺书.pdf"
        assert download.value.path().read_bytes() == PAPER
        assert reader.complaints == []
