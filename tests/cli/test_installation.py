"""A real installation carries a file: everything but scenario, flow and grant by commands."""

import json
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from feiyu.base.clock import to_text
from feiyu.seal import RecipientKey, fingerprint
from feiyu_sdk import PortClient

from .conftest import ORIGIN, PASSPHRASE, Installation, feiyu
from .test_errors import CODE, told

pytestmark = pytest.mark.slow
NEED = {"zh": "备件采购", "en": "ordering spare parts"}


def _parts(path: Path) -> Path:
    lines = ["part_no,quantity,price_cny,warehouse"]
    lines += [f"P-{n:05d},{n % 97},{n % 89}.{n % 10}0,LG-0{n % 3}" for n in range(2000)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _scenario(port: PortClient, made: Installation, file: Path) -> dict[str, Any]:
    fields = json.loads(feiyu("scan", file, "--json").stdout)["tables"][0]["fields"]
    return port.enter_scenario(
        title={"zh": "海外备件供应", "en": "Spare parts abroad"}, purpose="quality analysis", ground="none",
        recipients=[made.parties["recipient"]], country="DE", retention_days=365,
        items=[{"name": one["name"], "type": one["type"], "need": NEED} for one in fields],
    )  # fmt: skip


@pytest.fixture(scope="module")
def sent(installation: Installation) -> tuple[Path, str]:
    """A file that crossed, and the transfer."""
    file = _parts(installation.sources / "parts.csv")
    answers = installation.folder / "answers.json"
    answers.write_text(json.dumps({"important_finding": "none", "ciio": "no"}))
    with _officer(installation) as port:
        return file, _sent(installation, port, file, answers)


@contextmanager
def _officer(installation: Installation) -> Iterator[PortClient]:
    port = PortClient(installation.port_url, token=installation.tokens["officer@port"])
    try:
        yield port
    finally:
        port.api.close()


def _sent(installation: Installation, port: PortClient, file: Path, answers: Path) -> str:
    scenario = _scenario(port, installation, file)
    told = json.loads(
        installation.edge("file", file, "--scenario", scenario["id"], "--answers", answers, "--json").stdout
    )
    assert told["determined"]["determination"]["route"] == "EXEMPT"
    assert told["filed"]["kind"] == "exemption"
    flow = port.enter_flow(
        scenario_id=scenario["id"], recipient=installation.parties["recipient"], mode="strip"
    )
    grant = port.issue_grant(
        flow_id=flow["id"], fields=told["determined"]["fields"], persons_max=0, sensitive_max=0, bytes_max=10**8,
        not_after=datetime.now(UTC) + timedelta(days=7),
    )  # fmt: skip
    line = installation.edge("send", file, "--grant", grant["id"]).stdout
    return next(word for word in line.split() if word.startswith("trf_"))


def test_the_recipient_fetches_and_anybody_verifies(installation: Installation, sent: tuple[Path, str]):
    file, transfer = sent
    abroad = installation.folder / "abroad"
    installation.port(
        "fetch", transfer, "--trust", installation.trust, "--keys", installation.recipient_keys, "--to", abroad,
        who="recipient@port",
    )  # fmt: skip
    assert (abroad / f"{transfer}.csv").read_bytes() == file.read_bytes()
    receipt = abroad / f"{transfer}.receipt.json"
    assert not json.loads(receipt.read_text())["demo"]
    told = json.loads(feiyu("verify", receipt, "--trust", installation.trust, "--json").stdout)
    assert told["facts"]["twin"] == f"{ORIGIN}/sm3"
    assert (told["steps"][-1]["number"], told["steps"][-1]["state"]) == (11, "passed")
    forged = installation.folder / "forged.json"
    altered = json.loads(receipt.read_text())
    altered["salt"] = altered["salt"][::-1]
    forged.write_text(json.dumps(altered))
    feiyu("verify", forged, "--trust", installation.trust, code=1)


def test_a_second_registration_changes_nothing(installation: Installation):
    ran = installation.port("keys", "register", installation.recipient_keys, who="recipient@port")
    assert ran.stdout.count("Registered before") == 2
    edge = feiyu("edge", "register", env=installation.edge_env).stdout
    assert "Registered before" in edge
    (key_id,) = re.findall(r"\b[0-9a-f]{64}\b", edge)
    assert fingerprint(key_id) in edge  # what is to be read out stands there to be read


def test_the_trust_file_names_every_confirmed_key(installation: Installation):
    found = json.loads(installation.trust.read_text())
    assert found["demo"] is False
    assert {one["vkey"] for one in found["logs"]} == {installation.log_vkey, *installation.twin_vkeys}
    assert [one["vkey"] for one in found["witnesses"]] == [installation.witness_vkey]
    assert sorted(one["role"] for one in found["keys"]) == ["edge", "grant", "recipient"]


@pytest.mark.parametrize("side", ["port", "edge"])
def test_the_doctor_finds_a_running_side_well(installation: Installation, sent: tuple[Path, str], side: str):
    env = installation.port_env if side == "port" else installation.edge_env
    if side == "edge":
        assert "正常" in feiyu("doctor", env=env | {"FEIYU_LANG": "zh"}).stdout
        return
    checks = json.loads(feiyu("doctor", "--json", env=env).stdout)
    states = {one["name"]["en"]: one["state"] for one in checks}
    assert "fail" not in states.values(), checks
    assert {states["Keystore"], states["Database"], states["Rulebooks"], states["Clock"]} == {"ok"}, checks


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_failed_job_is_told_and_runs_again_when_a_person_says_so(installation: Installation, lang: str):
    env = installation.port_env | {"FEIYU_LANG": lang}
    ident = f"job_of_{lang}"
    with closing(sqlite3.connect(Path(env["FEIYU_DATA"]) / "port.sqlite")) as records, records:
        at = to_text(datetime.now(UTC))
        row = (ident, "system", f"no.such.{lang}", "{}", at, at, "failed", 10, "OSError: away", at)
        records.execute(
            "insert into job (job_id, owner_party, kind, payload, run_at, made_at, state, attempts, last_error, ended_at)"
            " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row,
        )  # fmt: skip
    doctor = json.loads(feiyu("doctor", "--json", env=env, code=1).stdout)
    assert [one["name"]["en"] for one in doctor if one["state"] == "fail"] == ["Background jobs"]
    shown = feiyu("port", "jobs", env=env, code=1).stdout
    assert ident in shown
    assert "OSError: away" in shown
    assert [one["id"] for one in json.loads(feiyu("port", "jobs", "--json", env=env, code=1).stdout)] == [
        ident
    ]
    assert "BASE-0404" in feiyu("port", "jobs", "--retry", "job_of_nobody", env=env, code=1).stderr
    again = feiyu("port", "jobs", "--retry", ident, env=env).stdout
    assert ("没有失败的任务" if lang == "zh" else "No job has failed") in again
    assert "fail" not in {one["state"] for one in json.loads(feiyu("doctor", "--json", env=env).stdout)}


def test_the_log_is_sound_from_inside_and_outside(installation: Installation, sent: tuple[Path, str]):
    whole = feiyu("log", "fsck", env=installation.port_env).stdout
    assert "whole and consistent" in whole
    assert "SM3 twin" in whole
    url = f"{installation.port_url}/log"
    twin = installation.twin_vkeys[-1]
    outside = feiyu("log", "fsck", url, "--vkey", installation.log_vkey, "--twin", twin).stdout
    assert "SM3 twin" in outside
    feiyu("log", "fsck", url, "--vkey", installation.log_vkey, "--twin", installation.log_vkey, code=1)
    wrong = installation.log_vkey.replace(
        installation.log_vkey.split("+")[2], installation.witness_vkey.split("+")[2]
    )
    feiyu("log", "fsck", url, "--vkey", wrong, code=1)
    for where in (url, installation.port_url, f"{installation.port_url}/"):  # either address leads to it
        assert feiyu("log", "show", where).stdout.splitlines()[0] == ORIGIN
        assert "whole and consistent" in feiyu("log", "fsck", where, "--vkey", installation.log_vkey).stdout
    # where no log lies, none is damaged
    for elsewhere in (f"{url}/tile", f"{installation.port_url}/api/v1"):
        assert "LOG-0030" in feiyu("log", "fsck", elsewhere, "--vkey", installation.log_vkey, code=1).stderr
    state = installation.folder / "seen-elsewhere"
    words = ("log", "monitor", f"{url}/tile", "--vkey", installation.log_vkey, "--state", state)
    assert "LOG-0030" in feiyu(*words, code=1).stderr
    seen = installation.folder / "monitor"
    follow = ("log", "monitor", url, "--vkey", installation.log_vkey, "--state", seen, "--twin", twin)
    first, again = feiyu(*follow).stdout, feiyu(*follow).stdout
    assert first.startswith("Verified  0 →")
    assert first.splitlines()[1].startswith("SM3 twin")
    assert again.split()[1] == again.split()[3] == first.split()[3]


def test_a_monitor_reports_to_the_workbench_of_the_port(installation: Installation):
    made = installation.port("port", "party", "add", "authority", "--zh", "示例主管部门", "--en", "Example Authority",
                             "--country", "CN").stdout.strip()  # fmt: skip
    token = installation.port("port", "principal", "add", "looker", "--party", made, "--role", "authority.officer",
                              "--token-days", 1).stdout.split()[-1]  # fmt: skip
    url, port = f"{installation.port_url}/log", PortClient(installation.port_url, token=token)
    look = (
        "log",
        "monitor",
        url,
        "--vkey",
        installation.log_vkey,
        "--state",
        installation.folder / "reports",
    )
    assert "Reporting wants" in feiyu(*look, "--report", url, code=2).stderr
    assert "REG-0004" in feiyu(*look, "--report", url, "--token", "fy_wrong", code=1).stderr
    feiyu(*look, "--report", url, "--token", token)
    assert not [one for one in port.alarms() if one["kind"] == "stall"]
    for to in (installation.port_url, url):
        # What raised and closed the last alarm may have let the log grow: the first look that finds it still says so.
        while not (
            ran := feiyu(*look, "--stall", "1e-9", "--report", to, "--token", token, code=None)
        ).returncode:
            pass
        assert "Reported  1" in ran.stdout
        (alarm,) = [one for one in port.alarms() if one["kind"] == "stall"]
        port.close_alarm(alarm["alarm_id"], ground="seen")
    port.api.close()


def test_a_backup_restores_and_a_stale_one_is_refused_by_the_witness(
    installation: Installation, sent: tuple[Path, str], tmp_path: Path
):
    copy, again = tmp_path / "copy", tmp_path / "again"
    feiyu("backup", copy, env=installation.port_env)
    feiyu("restore", copy, "--data", again)
    restored = installation.port_env | {"FEIYU_DATA": str(again)}
    whole = feiyu("log", "fsck", env=restored).stdout
    assert "whole and consistent" in whole
    assert "SM3 twin" in whole
    assert (again / "keys" / "port.keys").stat().st_mode & 0o777 == 0o600
    segments = [path.relative_to(again) for path in (again / "transfers").rglob("*") if path.is_file()]
    assert segments
    for path in segments:
        assert (again / path).read_bytes() == (installation.folder / "port" / path).read_bytes()
    for place in (copy, again):
        assert "CLI-0009" in feiyu("backup", place, env=installation.port_env, code=1).stderr
        assert "CLI-0009" in feiyu("restore", copy, "--data", place, code=1).stderr
    _go_on(installation, tmp_path)
    told = json.loads(feiyu("doctor", "--json", env=restored, code=1).stdout)
    assert [one["name"]["en"] for one in told if one["state"] == "fail"] == ["Witnesses"]
    assert "old copy" in next(one for one in told if one["state"] == "fail")["found"]["en"]
    _refused_by_the_witness(again, installation)


def _go_on(installation: Installation, tmp_path: Path) -> None:
    """The real port records something more, and its witness sees it."""
    env = {"FEIYU_PASSPHRASE": PASSPHRASE}
    feiyu("keys", "new", tmp_path / "second.keys", env=env)
    seen = _published(installation)
    installation.port("keys", "register", tmp_path / "second.keys", who="recipient@port")
    for _ in range(300):
        if _published(installation) >= seen + 2:
            return
        time.sleep(0.1)
    raise AssertionError("the log does not go on")


def _published(installation: Installation) -> int:
    with _officer(installation) as port:
        return int(port.api.get("/api/v1/log")["checkpoint"].splitlines()[1])


def _refused_by_the_witness(data: Path, installation: Installation) -> None:
    """The old copy goes on by itself: its witness does not cosign, so nothing it records is ever proven."""
    from feiyu.app.port import build_port
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.base.text import Text
    from feiyu.registry.identity import service
    from feiyu.registry.identity.model import KeyUse, PartyKind
    from feiyu.registry.journal.errors import JournalBroken
    from feiyu.seal import Signer
    from feiyu.seal.keys import ED25519
    from feiyu.store import Scope

    environment = {name: value for name, value in installation.port_env.items() if name != "FEIYU_PORT"}
    port = build_port(Settings.from_environment(environment, data=data), clock=SystemClock())
    try:
        before = port.log.published

        def act(tx: Any) -> None:
            party = service.register_party(
                port.house, tx, kind=PartyKind.RECIPIENT, name=Text("另一家", "Another"), country="DE"
            )
            for _ in range(4):
                signer = Signer.generate()
                service.add_key(port.house, tx, party=party.id, use=KeyUse.RECEIPT, algorithm=ED25519,
                                public=signer.public, key_id=signer.key_id)  # fmt: skip

        port.house.db.write(act, scope=Scope.all("test"))
        with pytest.raises(JournalBroken, match="another history"):
            port.sequencer.run_once()
        assert port.log.published == before
    finally:
        port.wire.close()
        port.sequencer.stop()
        port.house.db.close()


def test_a_damaged_backup_restores_nothing(
    installation: Installation, sent: tuple[Path, str], tmp_path: Path
):
    copy = tmp_path / "copy"
    feiyu("backup", copy, env=installation.edge_env)
    victim = next(path for path in sorted(copy.rglob("*")) if path.name == "edge.keys")
    data = bytearray(victim.read_bytes())
    data[10] ^= 1
    victim.write_bytes(data)
    ran = feiyu("restore", copy, "--data", tmp_path / "again", code=1)
    assert "CLI-0010" in ran.stderr
    assert not (tmp_path / "again").exists()
    listed = json.loads((copy / "manifest.json").read_text())
    listed["files"][0]["path"] = "../outside"
    (copy / "manifest.json").write_text(json.dumps(listed))
    assert "CLI-0010" in feiyu("restore", copy, "--data", tmp_path / "again", code=1).stderr
    assert not (tmp_path / "outside").exists()


def test_the_doctor_says_what_is_broken(installation: Installation, sent: tuple[Path, str], tmp_path: Path):
    copy = tmp_path / "edge"
    feiyu("backup", tmp_path / "copy", env=installation.edge_env)
    feiyu("restore", tmp_path / "copy", "--data", copy)
    env = installation.edge_env | {"FEIYU_DATA": str(copy)}
    (copy / "keys" / "edge.keys").chmod(0o644)
    (copy / "edge.sqlite").write_bytes(b"SQLite format 3\0" + bytes(5000))
    checks = json.loads(feiyu("doctor", "--json", env=env, code=1).stdout)
    failed = {one["name"]["en"]: one for one in checks if one["state"] == "fail"}
    assert {"Keystore", "Database"} <= set(failed)
    assert all(one["remedy"]["zh"] for one in failed.values())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_wrong_token_is_named(installation: Installation, lang: str):
    env = {"FEIYU_LANG": lang, "FEIYU_TOKEN": "fy_wrong"}
    for words, url in ((("port", "party", "list"), installation.port_url),
                       (("send", "x.csv", "--grant", "grt_x"), installation.edge_url)):  # fmt: skip
        ran = feiyu(*words, env=env | {"FEIYU_URL": url}, code=1)
        told(list(words), ran.returncode, ran.stdout, ran.stderr, lang)


def test_what_one_may_not_do_is_refused(installation: Installation):
    ran = installation.port(
        "port", "party", "add", "exporter", "--zh", "某公司", "--en", "Some Co.", who="officer@port", code=1
    )
    assert "BASE-0403" in ran.stderr
    ran = installation.edge("edge", "pin", "--recipient", installation.parties["recipient"], "--fingerprint",
                            "00000 " * 11 + "00000", who="engineer", code=1)  # fmt: skip
    assert CODE.search(ran.stderr)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_wrong_side_the_wrong_id_the_wrong_field_are_named(
    installation: Installation, sent: tuple[Path, str], tmp_path: Path, lang: str
):
    file, transfer = sent
    (tmp_path / "receipt.json").write_text("{}", encoding="utf-8")
    edge = {"FEIYU_URL": installation.edge_url, "FEIYU_TOKEN": installation.tokens["engineer"]}
    port = {"FEIYU_URL": installation.port_url, "FEIYU_TOKEN": installation.tokens["officer@port"]}
    recipient = port | {"FEIYU_TOKEN": installation.tokens["recipient@port"], "FEIYU_PASSPHRASE": PASSPHRASE}
    with _officer(installation) as client:
        scenario = _scenario(client, installation, file)["id"]
    fetch = ["fetch", transfer, "--keys", str(installation.recipient_keys), "--to", str(tmp_path / "abroad")]
    for code, env, *words in (
        ("BASE-0405", port, "dossier", "list"),
        ("BASE-0405", edge, "calendar"),
        ("BASE-0405", port, "send", str(file), "--grant", "grt_x"),
        (
            "BASE-0404",
            edge,
            "file",
            str(file),
            "--scenario",
            "scn_x",
        ),  # refused by the port, handed on by the edge
        ("SCAN-0123", edge, "file", str(file), "--scenario", scenario, "--drop", "nothing"),
        ("SDK-0006", recipient, *fetch, "--trust", str(tmp_path / "receipt.json")),
    ):
        ran = feiyu(*words, env=env | {"FEIYU_LANG": lang, "COLUMNS": "200"}, code=1)
        told(words, ran.returncode, ran.stdout, ran.stderr, lang)
        assert code in ran.stderr, ran.stderr
        assert "Do as the other side says" not in ran.stderr
        assert lang == "en" or "No such" not in ran.stderr
    assert not (tmp_path / "abroad").exists()


def test_a_fingerprint_is_pinned_as_it_is_read_out_and_as_it_is_typed(installation: Installation):
    key = RecipientKey.generate().public
    spoken = fingerprint(key.key_id)
    for said in (spoken, spoken.replace(" ", "")):
        words = ("edge", "pin", "--recipient", installation.parties["recipient"], "--fingerprint", said)
        assert installation.edge(*words, who="officer").stdout.rstrip().endswith(f"  {spoken}")
    words = (
        "edge",
        "unpin",
        "--recipient",
        installation.parties["recipient"],
        "--fingerprint",
        spoken,
        "--ground",
        "of a test",
    )
    installation.edge(*words, who="officer")


def test_parties_are_listed_in_words_and_by_code_for_machines(installation: Installation):
    assert "境外接收方" in installation.port("--lang", "zh", "port", "party", "list").stdout
    told = installation.port("port", "party", "list").stdout
    assert ("Data handler" in told, "exporter" in told) == (True, False), told
    kinds = {one["kind"] for one in json.loads(installation.port("port", "party", "list", "--json").stdout)}
    assert {"exporter", "recipient", "operator"} <= kinds
