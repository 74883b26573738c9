"""A copy taken while the port works: state, journal and log of the copy tell one story."""

import json
import threading
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from feiyu.app.backup import BadBackup, PlaceTaken, backup, restore
from feiyu.app.doctor import State, examine
from feiyu.app.folder import Folder
from feiyu.app.port import PortSystem, build_port
from feiyu.app.settings import Settings
from feiyu.base.clock import FixedClock, SystemClock
from feiyu.base.text import Text
from feiyu.evidence.directory import DirectoryTiles
from feiyu.evidence.fsck import check_tiles
from feiyu.evidence.keys import Algorithm, SigningKey, generate_skey
from feiyu.registry.identity import service, store
from feiyu.registry.identity.model import KeyUse, PartyKind
from feiyu.registry.journal.audit import audit
from feiyu.seal import Signer
from feiyu.seal.keys import ED25519
from feiyu.store import Scope

pytestmark = pytest.mark.slow
ALL = Scope.all("test")
CLOCK = SystemClock()


def _party(port: PortSystem, tx: Any, number: int) -> None:
    """A change of several rows and its event."""
    party = service.register_party(
        port.house, tx, kind=PartyKind.RECIPIENT, name=Text(f"第 {number} 家", f"No. {number}"), country="DE"
    )
    signer = Signer.generate()
    service.add_key(port.house, tx, party=party.id, use=KeyUse.RECEIPT, algorithm=ED25519, public=signer.public,
                    key_id=signer.key_id)  # fmt: skip


def test_copies_of_a_working_port_are_whole(tmp_path: Path):
    settings = Settings(data=tmp_path / "port")
    port = build_port(settings, clock=CLOCK)
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            port.house.db.write(lambda tx, number=number: _party(port, tx, number), scope=ALL)

    workers = [threading.Thread(target=work) for _ in range(2)]
    try:
        port.start()
        port.house.objects.put("documents/paper", b"a paper")
        for worker in workers:
            worker.start()
        heads = [backup(settings, tmp_path / f"copy-{n}", clock=CLOCK).head for n in range(3)]
    finally:
        stop.set()
        for worker in workers:
            worker.join()
        port.stop()
    assert heads == sorted(heads, key=lambda head: head or 0)
    for n, head in enumerate(heads):
        copied = restore(tmp_path / f"copy-{n}", tmp_path / f"again-{n}")
        assert copied.head == head
        _is_whole(tmp_path / f"again-{n}", head or 0)


def _is_whole(data: Path, head: int) -> None:
    settings = Settings(data=data)
    assert (data / "objects" / "documents" / "paper").read_bytes() == b"a paper"
    assert data.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in data.rglob("*") if path.is_file()} == {0o600}
    with Folder.open(settings, clock=CLOCK) as folder:
        log = folder.log(clock=CLOCK)
        audited = audit(folder.db, log, folder.cipher)
        with folder.db.read(scope=ALL) as tx:
            parties = store.parties(tx)
            keys = [key for party in parties for key in store.keys_of(tx, party.id)]
        assert audited.findings == ()
        beats = audited.events - len(parties)  # the port's own heartbeat, at most one an hour
        assert len(parties) == len(keys)
        assert beats in {0, 1}
        assert audited.events >= audited.logged == head
        assert check_tiles(DirectoryTiles(data / "log").get, log.verifier, head=log.head).findings == ()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of a port where nothing has happened yet."""
    folder = tmp_path_factory.mktemp("copy")
    settings = Settings(data=folder / "port")
    port = build_port(settings, clock=CLOCK)
    port.wire.close()
    port.house.db.close()
    backup(settings, folder / "copy", clock=CLOCK)
    return folder / "copy"


def test_what_is_there_is_never_overwritten(copy: Path, tmp_path: Path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "file").write_text("kept")
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "elsewhere")
    for place in (taken, taken / "file", link):
        with pytest.raises(PlaceTaken):
            restore(copy, place)
    assert (taken / "file").read_text() == "kept"
    assert not (tmp_path / "elsewhere").exists()
    assert restore(copy, tmp_path / "empty").head is None
    assert [one.state for one in examine(Settings(data=tmp_path / "empty"), clock=CLOCK)].count(
        State.FAIL
    ) == 0
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    "change",
    [
        {"format": "feiyu-backup/9"},
        {"files": None},
        {"files": [{"path": "/etc/hostname", "size": 1, "sha256": ""}]},
        {"files": [{"path": "keys/../../x", "size": 1, "sha256": ""}]},
        {"files": [{"path": "keys/absent", "size": 1, "sha256": ""}]},
        {"files": [{"path": "keys", "size": 1, "sha256": ""}]},
        {"head": {"size": "many"}},
    ],
)
def test_a_manifest_that_lies_restores_nothing(copy: Path, tmp_path: Path, change: dict[str, Any]):
    source = tmp_path / "source"
    source.mkdir()
    for path in copy.iterdir():
        (source / path.name).symlink_to(path)
    (source / "manifest.json").unlink()
    manifest = json.loads((copy / "manifest.json").read_text()) | change
    (source / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(BadBackup):
        restore(source, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not list(tmp_path.glob(".*"))


def test_the_doctor_sees_each_thing_by_itself(copy: Path, tmp_path: Path):
    data = tmp_path / "again"
    restore(copy, data)

    def states(clock: Any = CLOCK, **more: str) -> dict[str, State]:
        return {one.name.en: one.state for one in examine(Settings(data=data, **more), clock=clock)}

    well = states()
    assert well["Database"] is well["Evidence log"] is well["Clock"] is State.OK
    assert well["Keystore"] is State.WARN  # demonstration
    locked = states(passphrase="another", origin="port.example.org/log")
    assert [name for name, state in locked.items() if state is State.FAIL] == ["Keystore", "Evidence log"]
    silent = states(witnesses=f"http://127.0.0.1:9={_vkey()}")
    assert (silent["Witnesses"], well["Witnesses"]) == (State.WARN, State.WARN)
    assert states(witnesses="http://127.0.0.1:9")["Witnesses"] is State.FAIL
    assert states(objects="ftp://elsewhere")["Objects"] is State.FAIL
    stale = FixedClock(CLOCK.now() + timedelta(days=200))
    assert states(stale)["Rulebooks"] is State.WARN
    (data / "port.sqlite").unlink()
    gone = states()
    assert gone["Database"] is gone["Evidence log"] is gone["Clock"] is State.FAIL
    assert not (data / "port.sqlite").exists()
    (data / "keys" / "port.keys").unlink()
    assert list(states()) == ["Data folder"]


def _vkey() -> str:
    secret = generate_skey("witness.example.net", Algorithm.COSIGNATURE_ED25519, seed=bytes(32))
    return SigningKey.parse(secret).verifier.text
