"""The main job, in the user's words, on real servers and both engines."""

import base64
import hashlib
import json
from typing import Any

import pytest

from feiyu.evidence.verify import verify_receipt
from feiyu.registry.access import Role
from feiyu_sdk import Refused

from .conftest import Story, owners_csv, plain_csv

pytestmark = pytest.mark.slow


def test_data_without_persons_cross_by_themselves(story: Story) -> None:
    path = plain_csv(story.data / "parts.csv")
    grant = story.exempt(path)
    assert (grant["persons_max"], grant["sensitive_max"]) == (0, 0)
    run = story.send(path, grant)
    assert run["state"] == "sealed", run
    got = story.fetch(run["transfer_id"])
    assert got.path.read_bytes() == path.read_bytes()
    transfer = story.world.as_("recipient").transfer(run["transfer_id"])
    assert transfer["state"] == "received"
    assert [e["type"] for e in transfer["events"]] == [
        "transfer.opened",
        "transfer.sealed",
        "transfer.released",
        "transfer.received",
    ]


def test_every_event_of_a_transfer_has_a_receipt_that_verifies_offline(story: Story) -> None:
    path = plain_csv(story.data / "receipts.csv", rows=50)
    run = story.send(path, story.exempt(path))
    story.fetch(run["transfer_id"])
    officer = story.world.as_("officer")
    story.world.port.sequencer.run_once()
    recipient = story.world.as_("recipient")
    found = recipient.api.get("/api/v1/evidence", query=run["transfer_id"])
    assert len(found) == 4
    own = story.world.party("recipient")
    assert {event["owner_party"] for event in recipient.api.get("/api/v1/evidence")} == {own}
    for event in officer.transfer(run["transfer_id"])["events"]:
        assert (
            json.loads(recipient.receipt(event["event_id"]))["entry"]
            == json.loads(officer.receipt(event["event_id"]))["entry"]
        )
        verdict = verify_receipt(officer.receipt(event["event_id"]), trust=story.world.trust)
        assert verdict.outcome == "trusted", (event["type"], verdict)
        assert verdict.demo


def test_the_sealed_bytes_are_those_of_the_manifest(story: Story) -> None:
    path = plain_csv(story.data / "bytes.csv", rows=200)
    run = story.send(path, story.exempt(path))
    got = story.fetch(run["transfer_id"])
    segments = story.world.folder / "port" / "transfers" / run["transfer_id"] / "00000"
    verdict = verify_receipt(got.receipt.read_bytes(), trust=story.world.trust, chunks=segments)
    assert verdict.outcome == "trusted"
    altered = bytearray(segments.read_bytes())
    altered[10] ^= 1
    assert (
        verify_receipt(got.receipt.read_bytes(), trust=story.world.trust, chunks=[bytes(altered)]).outcome
        == "broken"
    )


def test_persons_need_a_basis_that_two_people_made(story: Story) -> None:
    path = owners_csv(story.data / "owners.csv")
    edge = story.world.edge_client()
    profile = edge.scan(str(path))
    persons = profile["profile"]["tables"][0]["persons"]
    assert (persons["lower"], persons["counted"], persons["upper"]) == (300, 300, 300)
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    flow = story.flow(scenario)
    with pytest.raises(Refused) as refused:
        story.grant(flow, found)
    assert refused.value.code == "PORT-0001"
    centre = story.world.as_("centre1")
    basis = story.basis(scenario, found)
    assert basis["state"] == "effective"
    assert basis["entered_by"] != basis["checked_by"]
    with pytest.raises(Refused) as refused:
        centre.check_basis(basis["id"], method="once more")
    assert refused.value.http_status == 409
    with pytest.raises(Refused) as refused:
        story.grant(flow, found, persons_max=301)
    assert refused.value.code == "PORT-0003"
    run = story.send(path, story.grant(flow, found))
    assert (run["state"], run["persons"]["counted"]) == ("sealed", 300)
    assert story.fetch(run["transfer_id"]).path.read_bytes() == path.read_bytes()


def test_one_person_cannot_enter_and_check_a_basis(story: Story) -> None:
    path = owners_csv(story.data / "alone.csv", 20, seed=11)
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    centre = story.world.as_("centre1")
    today = story.world.clock.now().date().isoformat()
    entered = centre.enter_basis(
        scenario_id=scenario["id"], kind="certificate", issuer="fictional", number="T", issued_on=today,
        valid_until="2028-01-01", fields=found["fields"], persons_max=20, sensitive_max=0,
        recipients=[story.world.party("recipient")], country="DE", proof_sha256="1" * 64,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        centre.check_basis(entered["id"], method="I looked myself")
    assert refused.value.code == "PORT-0002"


def test_an_undeclared_column_never_leaves(story: Story) -> None:
    narrow, wide = story.data / "narrow.csv", story.data / "wide.csv"
    plain_csv(narrow, 100)
    lines = narrow.read_text(encoding="utf-8").splitlines()
    extra = owners_csv(story.data / "extra.csv", 100, seed=3).read_text(encoding="utf-8").splitlines()
    rows = [f"{a},{b.split(',')[2]}" for a, b in zip(lines[1:], extra[1:], strict=True)]
    wide.write_text("\n".join([f"{lines[0]},contact_mobile", *rows]) + "\n", encoding="utf-8")
    grant = story.exempt(narrow)
    run = story.send(wide, grant)
    assert run["state"] == "sealed", run
    got = story.fetch(run["transfer_id"])
    assert got.path.read_bytes() == narrow.read_bytes()
    assert story.world.as_("officer").transfer(run["transfer_id"])["stripped"] == ["contact_mobile"]


def test_the_same_persons_count_once_under_a_grant(story: Story) -> None:
    path = owners_csv(story.data / "twice.csv", 40, seed=21)
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    story.basis(scenario, found)
    grant = story.grant(story.flow(scenario), found)
    first, second = story.send(path, grant), story.send(path, grant)
    assert (first["state"], second["state"]) == ("sealed", "sealed")
    used = story.world.as_("officer").grant(grant["id"])["used"]
    assert (used["persons"], used["sensitive"]) == (40, 0)
    runs = story.world.folder / "edge" / "runs"
    assert runs.stat().st_mode & 0o777 == 0o700  # digests of persons are for nobody else on the machine
    assert [one.name for one in runs.iterdir() if one.is_dir()] == []
    other = owners_csv(story.data / "others.csv", 41, seed=22)
    third = story.send(other, grant)
    assert third["state"] == "cut"
    assert "PORT-0004" in third["ground"]["zh"]


def undeclared(story: Story, mode: str) -> dict[str, Any]:
    """A run whose file holds fifty persons where part numbers were declared, as far as it comes by itself."""
    clean = plain_csv(story.data / f"clean-{mode}.csv", 300)
    grant = story.exempt(clean, mode=mode)
    dirty = story.data / f"dirty-{mode}.csv"
    lines = clean.read_text(encoding="utf-8").splitlines()
    people = owners_csv(story.data / "people.csv", 50, seed=9).read_text(encoding="utf-8").splitlines()[1:]
    lines[200:250] = [f"{person.split(',')[1]},1,1.00,LG-01" for person in people]
    dirty.write_text("\n".join(lines) + "\n", encoding="utf-8")
    edge = story.world.edge_client()
    return story.wait(edge.send(path=str(dirty), grant_id=grant["id"])["id"], {"running"})


def test_content_that_was_not_declared_is_held_and_cut(story: Story) -> None:
    run = undeclared(story, "hold")
    assert run["state"] == "held", run
    found = run["held"]["found"]
    assert [(one["field"], one["found"]) for one in found] == [("part_no", "prc_resident_id")]
    assert found[0]["example"].count("*") >= 10
    assert story.world.as_("officer").transfer(run["transfer_id"])["state"] == "held"
    officer = story.world.edge_client(Role.OFFICER)
    officer.decide(run["id"], cut=True, ground="not what was declared")
    run = story.wait(run["id"], {"running", "held"})
    transfer = story.world.as_("recipient").transfer(run["transfer_id"])
    assert (run["state"], transfer["state"], transfer["ground"]) == ("cut", "cut", "not what was declared")
    assert run["ground"] == {"zh": "not what was declared", "en": "not what was declared"}
    with pytest.raises(Refused) as refused:
        story.world.as_("recipient").release(run["transfer_id"])
    assert "目前为“已中止”" in refused.value.text("zh")
    assert "is now “Cut”" in refused.value.text("en")


def test_who_lets_a_held_run_go_on_stands_in_the_edges_evidence(story: Story) -> None:
    held = undeclared(story, "hold")
    officer = story.world.edge_client(Role.OFFICER)
    officer.decide(held["id"], cut=False, ground="the column is emptied from there on")
    run = story.wait(held["id"], {"running", "held"})
    assert run["state"] == "sealed", run
    decided = next(one for one in officer.chain() if one["type"] == "run.decided")
    assert decided["data"].items() >= {
        "run": run["id"], "decision": "go_on", "ground": "the column is emptied from there on",
    }.items()  # fmt: skip
    assert decided["data"]["by"].startswith("prn_")
    with pytest.raises(Refused) as refused:
        officer.decide(run["id"], cut=True, ground="too late for this one")
    assert (refused.value.code, "目前为“已封存”" in refused.value.text("zh")) == ("EDGE-0006", True)


def test_a_run_that_is_cut_by_itself_says_why_in_both_languages(story: Story) -> None:
    run = undeclared(story, "cut")
    assert (run["state"], run["ground"]) == (
        "cut", {"zh": "居民身份证号码 50 处", "en": "PRC resident identity number, 50 times"},
    )  # fmt: skip
    transfer = story.world.as_("officer").transfer(run["transfer_id"])
    assert transfer["state"] == "cut"
    assert transfer["ground"] == "居民身份证号码 50 处 / PRC resident identity number, 50 times"


def test_a_revoked_grant_stops_fetching_and_sending(story: Story) -> None:
    path = plain_csv(story.data / "revoked.csv", 80)
    grant = story.exempt(path)
    run = story.send(path, grant)
    story.world.as_("authority").revoke_grant(grant["id"], ground="an order of the authority")
    story.world.port.sequencer.run_once()
    with pytest.raises(Refused) as refused:
        story.world.as_("recipient").release(run["transfer_id"])
    assert refused.value.code == "PORT-0011"
    again = story.send(path, grant)
    assert again["state"] == "cut"
    assert "PORT-0011" in again["ground"]["en"]


def test_somebody_elses_grant_is_as_if_it_were_not(story: Story) -> None:
    path = plain_csv(story.data / "mine.csv", 30)
    grant = story.exempt(path)
    for account in ("operator",):
        with pytest.raises(Refused) as refused:
            story.world.as_(account).grant(grant["id"])
        assert refused.value.http_status in {403, 404}
    with pytest.raises(Refused) as refused:
        story.world.as_("recipient").open_transfer(
            grant_id=grant["id"], title="t", fields=[{"name": "a", "type": "text"}], stripped=[]
        )
    assert refused.value.http_status == 403


def test_the_same_determination_is_filed_once(story: Story) -> None:
    path = story.data / "sensitive.csv"
    tracks = ["vin,resident_id,trajectory"]
    people = owners_csv(story.data / "tracked.csv", 25, seed=31).read_text(encoding="utf-8").splitlines()[1:]
    for n, person in enumerate(people):
        points = ";".join(f"121.{473701 + n * 97 + k * 13},31.{230416 + n * 31 + k * 7}" for k in range(6))
        tracks.append(f',{person.split(",")[1]},"{points}"')
    path.write_text("\n".join(tracks) + "\n", encoding="utf-8")
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    assert found["determination"]["route"] == "SCC_OR_CERT", found["determination"]
    filed = story.world.edge_client().file(scenario_id=scenario["id"], determined=found)
    with pytest.raises(Refused) as refused:
        story.world.edge_client().file(scenario_id=scenario["id"], determined=found)
    assert refused.value.code == "PORT-0010"
    filing = story.world.as_("officer").filing(filed["id"])
    assert filing["state"] == "draft"
    with pytest.raises(Refused) as refused:
        story.world.as_("officer").move_filing(filed["id"], "submit")
    assert "contract" in str(refused.value.text("en"))


def test_a_determination_that_does_not_follow_is_refused(story: Story) -> None:
    path = owners_csv(story.data / "lie.csv", 30, seed=41)
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    found = story.determine(profile, scenario)
    document = json.loads(base64.b64decode(found["signed"]["document"]))
    document["determination"]["route"] = "NOT_OUTBOUND"
    raw = json.dumps(document).encode()
    from feiyu.evidence.entry import STATEMENT_PREFIX

    signer = story.world.edge.edge.keys.signer
    signed = {
        "document": base64.b64encode(raw).decode(),
        "key_id": signer.key_id,
        "signature": base64.b64encode(signer.sign(STATEMENT_PREFIX + raw)).decode(),
    }
    with pytest.raises(Refused) as refused:
        story.world.as_("edge").record_exemption(scenario_id=scenario["id"], determination=signed)
    assert refused.value.code == "PORT-0005"
    signed["signature"] = found["signed"]["signature"]
    with pytest.raises(Refused) as refused:
        story.world.as_("edge").record_exemption(scenario_id=scenario["id"], determination=signed)
    assert refused.value.code.startswith("SEAL")


def test_the_ledger_knows_what_was_sent(story: Story) -> None:
    before = story.world.edge_client().ledger()
    path = owners_csv(story.data / "ledger.csv", 60, seed=51)
    grant = story.exempt(path)
    run = story.send(path, grant)
    assert run["state"] == "sealed", run
    after = story.world.edge_client().ledger()
    assert after["persons"]["counted"] - before["persons"]["counted"] == 60
    sealed = before["parts"].get("S", {"entries": 0, "persons": {"counted": 0}})
    assert after["parts"]["S"]["entries"] - sealed["entries"] == 1
    assert after["parts"]["S"]["persons"]["counted"] - sealed["persons"]["counted"] == 60


def test_nothing_personal_is_in_the_port_or_in_the_log(story: Story) -> None:
    path = owners_csv(story.data / "private.csv", 30, seed=61)
    run = story.send(path, story.exempt(path))
    story.fetch(run["transfer_id"])
    values = [
        cell.encode()
        for line in path.read_text(encoding="utf-8").splitlines()[1:]
        for cell in line.split(",")[1:3]
    ]
    digests = [hashlib.sha256(value).hexdigest().encode() for value in values]
    for file in (story.world.folder / "port").rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert not any(value in held for value in (*values, *digests)), file


def test_nobody_can_answer_for_the_scan(story: Story) -> None:
    path = owners_csv(story.data / "answers.csv", 12, seed=71)
    profile = story.world.edge_client().scan(str(path))
    scenario = story.scenario(profile)
    for lie in ({"general_in": 0}, {"contains_pi": "no"}, {"sensitive_overlap": 5}):
        with pytest.raises(Refused) as refused:
            story.world.edge_client().determine(
                profile_id=profile["id"], scenario_id=scenario["id"], answers={"ciio": "no"} | lie
            )
        assert refused.value.code == "EDGE-0011"
