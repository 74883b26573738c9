"""``feiyu signers``: who signed a file is told offline, of each kind; what does not hold ends in a refusal."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from tests.unit.evidence import test_cms as papers
from tests.unit.evidence import test_ofd as ofds
from tests.unit.evidence import test_pdf as pdfs

from .conftest import feiyu


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one file of each kind, and the authorities under which they hold."""
    folder = tmp_path_factory.mktemp("signed")
    seals = ofds.Seals(tmp_path_factory.mktemp("seals"))
    on = (datetime.now(papers.UTC) - papers.NOW).days
    cert = papers.EC.gives(days=(on - 30, on + 300))
    roots = (papers.EC.root, seals.root)
    (folder / "authorities.pem").write_bytes(b"".join(one.public_bytes(Encoding.PEM) for one in roots))
    (folder / "paper.txt").write_bytes(papers.PAPER)
    (folder / "paper.p7s").write_bytes(papers.EC.sign(cert=cert))
    (folder / "paper.pdf").write_bytes(pdfs.signed(sign=lambda data: papers.EC.sign(data, cert=cert)))
    (folder / "paper.ofd").write_bytes(ofds.packed(seals.sealed()))
    (folder / "spoiled.ofd").write_bytes(ofds.packed(seals.sealed() | {ofds.PAGE: b"<x/>"}))
    return folder


@pytest.mark.parametrize("name", ["paper.p7s", "paper.pdf", "paper.ofd"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_signed_is_told(signed: Path, name: str, lang: str) -> None:
    beside = ["--paper", str(signed / "paper.txt")] if name.endswith("p7s") else []
    words = ["signers", str(signed / name), "--authorities", str(signed / "authorities.pem"), *beside]
    told = feiyu("--lang", lang, *words, env={"COLUMNS": "300"}).stdout
    assert f"✓ {papers.ORGANISATION} {papers.CODE}" in told
    assert {"zh": "吊销情况不明", "en": "Revocation unknown"}[lang] in told
    assert ("示例零件公司印章" in told) is name.endswith("ofd")
    (found,) = json.loads(feiyu("--lang", lang, *words, "--json").stdout)
    assert (found["organisation"], found["revocation"]) == (papers.ORGANISATION, "no-list")


def test_a_folder_of_lists_that_is_none_is_refused(signed: Path) -> None:
    words = ["signers", signed / "paper.pdf", "--authorities", signed / "authorities.pem"]
    assert "a folder is wanted" in feiyu(*words, "--lists", signed / "mistyped", code=1).stderr


@pytest.mark.parametrize(
    ("name", "authorities", "word"),
    [
        ("spoiled.ofd", "authorities.pem", "LOG-0071"),
        ("paper.p7s", "authorities.pem", "--paper"),
        ("paper.pdf", "paper.txt", "paper.txt"),
        ("paper.pdf", "none.pem", "none.pem"),
        ("none.pdf", "authorities.pem", "none.pdf"),
    ],
)
def test_what_does_not_hold_is_refused_by_name(signed: Path, name: str, authorities: str, word: str) -> None:
    done = feiyu("signers", str(signed / name), "--authorities", str(signed / authorities), code=1)
    assert word in done.stderr
