"""A declaration is signed by a person: its signed original is checked, kept, told for what it is, and provable."""

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.evidence.paper import Trusted, load_authorities
from feiyu.evidence.verify import TRUSTED, verify_receipt
from feiyu.port import original
from feiyu.port.errors import AuthoritiesMissing
from feiyu.port.recheck import recheck
from feiyu.testing import sample
from feiyu.testing.world import World, world
from feiyu_sdk import Refused
from tests.unit.evidence import test_cms as papers
from tests.unit.evidence import test_crl as lists
from tests.unit.evidence import test_ofd as ofds
from tests.unit.evidence import test_pdf as pdfs
from tests.unit.evidence import test_pdf_archive as archives

Json = dict[str, Any]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
PAPER = "承诺书：内容属实。".encode()
EXPORTER, RECIPIENT = "示例智行汽车有限公司（虚构）", "Example Motors Europe GmbH (fictional)"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(200)


@pytest.fixture(scope="module")
def seals(tmp_path_factory: pytest.TempPathFactory) -> ofds.Seals:
    return ofds.Seals(tmp_path_factory.mktemp("seals"), organisation=EXPORTER, code=None)


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory, seals: ofds.Seals) -> Iterator[tuple[World, str, str]]:
    """A filing with an undertaking, at a port that trusts one authority, and another one for seals."""
    folder = tmp_path_factory.mktemp("originals")
    trusted = folder / "authorities.pem"
    trusted.write_bytes(papers.EC.root.public_bytes(Encoding.PEM) + seals.root.public_bytes(Encoding.PEM))
    lists = folder / "lists"
    lists.mkdir()
    with world(folder, authorities=trusted, lists=lists) as made:
        path = sample.aftersales(folder / "data" / "a.csv", rows=1000, owners=500, tracked=100)
        edge, officer = made.edge_client(), made.as_("officer")
        profile = edge.scan(str(path))
        need = {"zh": "业务所需", "en": "needed"}
        scenario = officer.enter_scenario(
            title={"zh": "测试", "en": "A test"}, purpose="quality analysis", ground="none", country="DE",
            recipients=[made.party("recipient")], retention_days=365,
            items=[{"name": f["name"], "type": f["type"], "need": need} for f in profile["profile"]["tables"][0]["fields"]],
        )  # fmt: skip
        answers = {"important_finding": "none", "ciio": "no"}
        found = edge.determine(profile_id=profile["id"], scenario_id=scenario["id"], answers=answers)
        filing = edge.file(scenario_id=scenario["id"], determined=found, procedure="pi-standard-contract")[
            "id"
        ]
        paper = officer.add_document(filing, material="undertaking", name="undertaking.txt", content=PAPER)
        yield made, filing, paper["id"]


def signature(
    *, organisation: str = EXPORTER, paper: bytes = PAPER, authority: Any = None, **more: Any
) -> bytes:
    authority = authority or papers.EC
    now = papers.datetime.now(papers.UTC) - papers.NOW
    days = tuple(day + now.days for day in more.pop("days", (-30, 300)))
    subject = papers.name("经办人", organisation)
    return authority.sign(paper, cert=authority.gives(subject=subject, days=days, **({"more": ()} | more)))


def undertaking(made: World, filing: str) -> Json:
    materials = made.as_("officer").filing(filing)["materials"]
    return next(one for one in materials if one["id"] == "undertaking")


def add(filed: tuple[World, str, str], kind: str, content: bytes) -> Json:
    made, filing, paper = filed
    return made.as_("officer").add_original(filing, paper, kind=kind, name="original", content=content)


@pytest.mark.parametrize(
    ("code", "content"),
    [
        ("LOG-0061", signature(paper=b"another paper")),
        ("LOG-0063", signature(authority=papers.RSA)),
        ("LOG-0064", signature(days=(-300, -1))),
        ("PORT-0042", signature(organisation="另一家公司")),
        ("LOG-0060", PNG),
        ("PORT-0040", b""),
        ("PORT-0040", bytes(65 * 1024)),
    ],
    ids=[
        "tampered paper",
        "other authority",
        "expired",
        "other organisation",
        "no signature",
        "empty",
        "too big",
    ],
)
def test_what_does_not_hold_is_refused_by_name_and_not_kept(
    filed: tuple[World, str, str], code: str, content: bytes
):
    made, filing, _ = filed
    before = undertaking(made, filing)
    with pytest.raises(Refused) as refusal:
        add(filed, "signature", content)
    assert refusal.value.code == code
    assert undertaking(made, filing) == before


@pytest.mark.parametrize(("kind", "content"), [("scan", b"MZ program"), ("scan", b""), ("eseal", PNG)])
def test_a_file_of_another_kind_is_refused(filed: tuple[World, str, str], kind: str, content: bytes):
    with pytest.raises(Refused, match="PORT-0040"):
        add(filed, kind, content)


def test_each_kind_says_what_is_known_and_its_receipt_no_more(filed: tuple[World, str, str]):
    made, filing, _ = filed
    missing = undertaking(made, filing)
    assert (missing["signed"], missing["original_missing"]) == (True, True)
    signed = add(filed, "signature", signature())
    assert (signed["signer"]["organisation"], signed["signer"]["party"]) == (EXPORTER, made.party("officer"))
    assert signed["signer"]["party_name"]["zh"] == EXPORTER
    assert "Checked on arrival" in signed["standing"]["en"]
    assert "吊销情况不明：没有" in signed["findings"][-1]["zh"]
    assert "Revocation unknown: there is no list" in signed["findings"][-1]["en"]
    assert signed["signer"]["revocation"] == "no-list"
    other = add(filed, "signature", signature(organisation=RECIPIENT))
    assert other["signer"]["party"] == made.party("recipient")
    scan, seal = add(filed, "scan", PNG), add(filed, "eseal", b"PK\x03\x04" + bytes(100))
    assert "no person has looked" in scan["standing"]["en"]
    assert seal["standing"]["zh"] == "此处未予核验。"
    looked = made.as_("centre1").see_original(filing, scan["id"])
    assert "a person looked" in looked["standing"]["en"]
    assert looked["seen_at"] == made.as_("centre2").see_original(filing, scan["id"])["seen_at"]
    kept = undertaking(made, filing)
    assert kept["original_missing"] is False
    assert [one["kind"] for one in kept["documents"][0]["originals"]] == [
        "signature",
        "signature",
        "scan",
        "eseal",
    ]
    with pytest.raises(Refused):
        made.as_("recipient").see_original(filing, scan["id"])
    events = [
        one
        for one in made.as_("officer").api.get("/api/v1/evidence", query=filing)
        if one["type"] == "filing.original"
    ]
    told = {
        "signature": "holds over this paper", "scan": "no machine checked it", "eseal": "it was not checked",
    }  # fmt: skip
    for event in events:
        verdict = verify_receipt(_receipt(made, event["event_id"]), trust=made.trust)
        assert verdict.outcome == TRUSTED
        said = " ".join(one.en for one in verdict.proves)
        kind = event["data"]["kind"]
        assert [word for word in told.values() if word in said] == [told[kind]]
        assert event["data"]["checked"] is (kind == "signature")
        assert ("certificate_sha256" in event["data"]) is (kind == "signature")
        assert ("did not know then whether" in said) is (kind == "signature")


def test_a_signed_pdf_says_how_it_stands_to_the_paper_and_its_receipt_no_more(filed: tuple[World, str, str]):
    made, filing, _ = filed
    now = papers.datetime.now(papers.UTC) - papers.NOW
    cert = papers.EC.gives(
        subject=papers.name("经办人", EXPORTER), days=(now.days - 30, now.days + 300), more=()
    )
    other = papers.RSA.gives(
        subject=papers.name("乙方", "Second Ltd"), days=(now.days - 30, now.days + 300), more=()
    )
    file = pdfs.signed(sign=lambda data: papers.EC.sign(data, cert=cert))
    with pytest.raises(Refused, match="LOG-0069"):
        add(filed, "pdf", file + b"\n%%EOF\n")
    with pytest.raises(Refused, match="LOG-0063"):
        add(filed, "pdf", pdfs.signed(file, sign=lambda data: papers.RSA.sign(data, cert=other)))
    with pytest.raises(Refused, match="LOG-0068"):
        add(filed, "pdf", pdfs.PLAIN)
    found = add(filed, "pdf", file)
    assert (found["kind"], found["media"], found["signer"]["organisation"]) == (
        "pdf",
        "application/pdf",
        EXPORTER,
    )
    assert "over the whole file" in found["standing"]["en"]
    assert "内容是否一致，机器未作比对" in found["findings"][0]["zh"]
    officer = made.as_("officer")
    for name, content, word in (
        ("signed.pdf", file, "It is this very paper."),
        ("plain.pdf", pdfs.PLAIN, "It begins with"),
    ):
        paper = officer.add_document(filing, material="contract", name=name, content=content)["id"]
        told = officer.add_original(filing, paper, kind="pdf", name=name, content=file)["findings"]
        assert word in told[0]["en"]
    events = officer.api.get("/api/v1/evidence", query=filing)
    event = next(one for one in events if one["type"] == "filing.original" and one["data"]["kind"] == "pdf")
    verdict = verify_receipt(_receipt(made, event["event_id"]), trust=made.trust)
    said = " ".join(one.en for one in verdict.proves)
    assert "the last is over the whole PDF but for proofs" in said
    assert "did not know then whether the certificate was revoked" in said


def test_a_pdf_with_proofs_behind_its_signature_is_taken_and_one_that_was_changed_is_not(
    filed: tuple[World, str, str],
) -> None:
    now = papers.datetime.now(papers.UTC) - papers.NOW
    subject, days = papers.name("经办人", EXPORTER), (now.days - 30, now.days + 300)
    cert = papers.EC.gives(subject=subject, days=days, more=())
    file = archives.signed(lambda data: papers.EC.sign(data, cert=cert))
    found = add(filed, "pdf", archives.archived(file))
    assert found["signer"]["organisation"] == EXPORTER
    assert "时间戳未予采信" in found["findings"][2]["zh"], (
        "its authority is not among those that are trusted here"
    )
    with pytest.raises(Refused, match="DOSS-0006"):
        add(filed, "pdf", archives.changed({4: archives.stream(b"0 0 99 99 re f")}, file))


def test_who_reads_an_original_is_told_to_its_owner(filed: tuple[World, str, str]) -> None:
    made, filing, _ = filed
    one = add(filed, "scan", PNG)
    path = f"/api/v1/filings/{filing}/originals/{one['id']}"

    def read() -> list[Json]:
        events = made.as_("officer").api.get("/api/v1/evidence", query=filing)
        return [each for each in events if each["type"] == "filing.original_read"]

    before = len(read())
    assert made.as_("officer").api.get_bytes(path) == PNG
    assert len(read()) == before, "one's own needs no telling"
    assert made.as_("centre1").api.get_bytes(path) == PNG
    assert len(read()) == before + 1
    assert read()[-1]["data"]["sha256"] == one["sha256"]


def test_who_decides_on_a_paper_can_read_it_and_its_owner_is_told(filed: tuple[World, str, str]) -> None:
    made, filing, paper = filed

    def read() -> list[Json]:
        events = made.as_("officer").api.get("/api/v1/evidence", query=filing)
        return [each for each in events if each["type"] == "filing.document_read"]

    assert made.as_("officer").document(filing, paper) == PAPER
    assert read() == [], "one's own needs no telling"
    assert made.as_("centre1").document(filing, paper) == PAPER
    assert made.as_("authority").document(filing, paper) == PAPER
    assert {each["data"]["material"] for each in read()} == {"undertaking"}
    assert len(read()) == 2
    looks = made.as_("officer").looks(thing=filing)["looks"]
    assert {(one["kind"], one["how"]) for one in looks} >= {("document", "downloaded")}
    with pytest.raises(Refused):
        made.as_("recipient").document(filing, paper)
    with pytest.raises(Refused, match="BASE-0404"):
        made.as_("centre1").document(filing, "doc_01ABCDEFGHJKMNPQRSTVWXYZ00")


def test_lists_that_the_operator_brings_are_looked_into_at_once(filed: tuple[World, str, str]):
    made, filing, _ = filed
    folder, now = made.folder / "lists", papers.datetime.now(papers.UTC)
    good, bad = signature(), signature()
    sent = papers.pkcs7.load_der_pkcs7_certificates(bad)
    (serial,) = (one.serial_number for one in sent if one.issuer == papers.EC.below.subject)
    days = [(now - papers.NOW).days + by for by in (-1, 7)]
    revoked = lists.entry(serial, at=now - lists.DAY, reason=lists.x509.ReasonFlags.key_compromise)
    for name, one in (
        ("below.crl", lists.listed(revoked, days=days)),
        ("root.crl", lists.listed(by=papers.EC.root, key=papers.EC.keys[0], days=days)),
    ):
        (folder / name).write_bytes(one.public_bytes(Encoding.DER))
    try:
        found = add(filed, "signature", good)
        assert found["signer"]["revocation"] == "good"
        assert "Revocation: not revoked, by the list of" in found["findings"][-1]["en"]
        assert "无可信时间戳，按收到时间" in found["findings"][0]["zh"]
        before = undertaking(made, filing)
        with pytest.raises(Refused) as refusal:
            add(filed, "signature", bad)
        assert refusal.value.code == "LOG-0065"
        assert undertaking(made, filing) == before
    finally:
        for name in ("below.crl", "root.crl"):
            (folder / name).unlink()


def test_a_revocation_that_is_told_later_is_found_and_told_to_the_service_centre(
    filed: tuple[World, str, str],
) -> None:
    made, filing, _ = filed
    house, folder = made.port.house, made.folder / "lists"
    trusted = Trusted(load_authorities((made.folder / "authorities.pem").read_bytes()), folder)
    sent = [signature(), signature()]
    early, late = (add(filed, "signature", one) for one in sent)
    numbers = [
        one.serial_number
        for each in sent
        for one in papers.pkcs7.load_der_pkcs7_certificates(each)
        if one.issuer == papers.EC.below.subject
    ]
    now = papers.datetime.now(papers.UTC)
    days = [(now - papers.NOW).days + by for by in (-1, 7)]

    def told(*entries: Any) -> Json:
        (folder / "below.crl").write_bytes(lists.listed(*entries, days=days).public_bytes(Encoding.DER))
        recheck(house, trusted)
        papers_ = undertaking(made, filing)["documents"][0]["originals"]
        return {one["id"]: one for one in papers_ if one["id"] in {early["id"], late["id"]}}

    def todo(seat: str) -> list[str]:
        return [one["name"]["en"] for one in made.as_(seat).api.get("/api/v1/workbench")["todo"]]

    try:
        assert recheck(house, trusted) == 0, "nothing is known that was not known on arrival"
        found = told(
            lists.entry(numbers[0], at=now - lists.DAY),
            lists.entry(numbers[1], at=now + lists.timedelta(hours=1)),
        )
        assert (found[early["id"]]["holds"], found[late["id"]]["holds"]) == (False, True)
        assert "no longer holds" in found[early["id"]]["standing"]["en"]
        assert "再次核验" in found[early["id"]]["findings"][-1]["zh"]
        assert recheck(house, trusted) == 0, "an outcome that is as it was is no event"
        assert "Filings with a signed original that no longer holds" in todo("centre1")
        (event,) = [
            one
            for one in made.as_("officer").api.get(f"/api/v1/evidence?query={filing}")
            if one["type"] == "filing.original_asked"
        ]
        assert event["data"]["holds"] is False
        assert verify_receipt(_receipt(made, event["event_id"]), trust=made.trust).outcome == TRUSTED
        found = told()  # the hold was lifted
        assert found[early["id"]]["holds"] is True
        assert "Filings with a signed original that no longer holds" not in todo("centre1")
    finally:
        (folder / "below.crl").unlink()


def test_an_ofd_with_a_seal_is_checked_and_its_receipt_says_no_more(
    filed: tuple[World, str, str], seals: ofds.Seals
):
    made, filing, _ = filed
    paper = made.as_("officer").add_document(filing, material="contract", name="c.txt", content=PAPER)["id"]
    filed = made, filing, paper
    found = add(filed, "ofd", ofds.packed(seals.sealed(seal=seals.seal(name="示例智行公章（虚构）"))))
    assert (found["kind"], found["media"], found["holds"]) == ("ofd", "application/ofd", True)
    assert (found["signer"]["organisation"], found["signer"]["algorithm"]) == (EXPORTER, "SM2")
    assert "each seal in it is over the whole package" in found["standing"]["en"]
    assert "印章：示例智行公章（虚构） (3101000001)。" in [one["zh"] for one in found["findings"]]
    whole = seals.sealed()
    with pytest.raises(Refused, match="LOG-0071"):
        add(filed, "ofd", ofds.packed(whole | {ofds.PAGE: b"<other/>"}))
    with pytest.raises(Refused, match="LOG-0070"):
        add(filed, "ofd", ofds.packed({"OFD.xml": b"<OFD/>"}))
    with pytest.raises(Refused, match="PORT-0042"):
        add(filed, "ofd", ofds.packed(seals.sealed(by="other", seal=seals.seal(users=[seals.other]))))
    assert add(filed, "eseal", ofds.packed({"OFD.xml": b"<OFD/>"}))["signer"] is None
    events = made.as_("officer").api.get("/api/v1/evidence", query=filing)
    event = next(one for one in events if one["type"] == "filing.original" and one["data"]["kind"] == "ofd")
    verdict = verify_receipt(_receipt(made, event["event_id"]), trust=made.trust)
    assert verdict.outcome == TRUSTED
    assert "each is over the whole package and holds" in " ".join(one.en for one in verdict.proves)


def _receipt(made: World, event: str) -> bytes:
    for _ in range(200):
        try:
            return json.dumps(json.loads(made.as_("officer").receipt(event))).encode()
        except Refused:
            time.sleep(0.05)
    raise AssertionError(event)


def test_without_an_authority_no_signature_is_taken():
    with pytest.raises(AuthoritiesMissing):
        original._sized("signature", b"x", ())
