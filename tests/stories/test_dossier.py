"""From a scanned file to a complete package at the port's filing: papers made at the edge, checked, handed in."""

import io
import re
import zipfile
from typing import Any

import pypdfium2
import pytest

from feiyu.edge.dossier.capability import form
from feiyu.registry.access import Role
from feiyu.testing import sample
from feiyu_sdk import Refused

from .conftest import Story

pytestmark = pytest.mark.slow
FITS = {"line": "示例内容", "text": "示例说明。", "date": "", "number": "400", "choice": ""}


def text_of(pdf: bytes) -> str:
    pages = [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(pdf)]
    return re.sub(r"\s|第\d+页，共\d+页", "", re.sub(r"\s", "", "".join(pages)))


def told(questions: list[dict[str, Any]], today: str) -> dict[str, str]:
    answers = {q["id"]: next(iter(q["options"]), FITS[q["kind"]]) for q in questions}
    return answers | {
        "assess_from": today, "assess_to": today, "contract_signed": today, "contract_effective": today,
        "exporter_founded": "2019-08-20", "agent_until": "2099-12-31", "arbitration_place": "上海",
    }  # fmt: skip


def test_a_contract_filing_gets_its_whole_package(story: Story) -> None:
    path = sample.aftersales(story.data / "dossier.csv", rows=600, owners=200, tracked=40)
    today = story.world.clock.now().date().isoformat()
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    officer = story.world.edge_client(Role.OFFICER).dossiers
    with pytest.raises(Refused) as refused:
        officer.begin(scenario["id"])
    assert refused.value.code == "EDGE-0020"
    found = story.determine(profile, scenario)
    assert found["determination"]["route"] == "SCC_OR_CERT"
    filing = story.world.edge_client().file(
        scenario_id=scenario["id"], determined=found, procedure="pi-standard-contract"
    )["id"]
    began = officer.begin(scenario["id"])
    assert began["procedure"] == "pi-standard-contract"
    with pytest.raises(Refused) as refused:
        officer.hand_in(began["id"], filing)
    assert refused.value.code == "EDGE-0027"

    stages = {control.id: "yes" for stage in form().stages for control in stage.controls}
    officer.answer(began["id"], told(began["questions"], today), stages=stages)
    for material in ("credit_code", "legal_rep_document", "agent_document"):
        done = officer.attach(
            began["id"], material=material, name=f"{material}.pdf", content=b"%PDF-1.7 fictional"
        )
    assert done["findings"] == []
    assert [q["id"] for q in done["questions"] if q["open"]] == []
    package = zipfile.ZipFile(io.BytesIO(officer.make(began["id"])))
    names = package.namelist()
    assert sum(name.startswith("zh/") for name in names) == sum(name.startswith("en/") for name in names)
    contract = text_of(package.read("zh/04-standard-contract.pdf"))
    assert "国家互联网信息办公室制定" in contract
    sensitive = found["counts"]["sensitive"]["counted"]
    assert f"自然人200人（去重），其中敏感个人信息涉及{sensitive}人" in contract
    officer.answer(began["id"], {"necessity": "另一个理由"})
    officer.make(began["id"])
    assert [one["name"] for one in officer.diff(began["id"], 1, 2)] == ["q.necessity"]

    handed = {one["material"]: one["sha256"] for one in officer.hand_in(began["id"], filing)}
    at_port = story.world.as_("officer").filing(filing)
    assert {m["id"]: m["documents"][0]["sha256"] for m in at_port["materials"] if m["documents"]} == handed
    assert {m["id"] for m in at_port["materials"] if m["required"]} <= handed.keys()
    assert officer.get(began["id"])["filing_id"] == filing
    assert story.world.as_("officer").move_filing(filing, "submit")["state"] == "submitted"
    with pytest.raises(Refused) as refused:
        story.world.as_("officer").move_filing(filing, "submit")
    for said in (refused.value.text("zh"), refused.value.remedy("zh")):
        assert re.search("[a-z_]{3,}", re.sub(r"fil_\w+|（\w+）", "", said)) is None, (
            said
        )  # states and steps by their names


def test_another_role_and_another_partys_seat_see_no_dossier(story: Story) -> None:
    with pytest.raises(Refused) as refused:
        story.world.edge_client(Role.RECIPIENT).dossiers.all()
    assert refused.value.http_status == 403
    with pytest.raises(Refused) as refused:
        story.world.edge_client(Role.OFFICER).dossiers.get("dos_unknown")
    assert refused.value.http_status == 404
