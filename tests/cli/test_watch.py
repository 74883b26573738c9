"""A log that tells two histories is found out by ``feiyu log monitor``, and the proof stands by itself."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from feiyu.base import merkle
from feiyu.cli import watch
from feiyu.evidence import monitor as monitors
from feiyu.evidence.chain import Kind
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.entry import FIRST_PREVIOUS, Entry
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.publication import publish

from .conftest import Installation, feiyu

pytestmark = pytest.mark.slow
ORIGIN = "log.example.net"
SIGNER = Ed25519Signer(bytes(range(32)))


def _log(folder: Path, commitments: list[bytes]) -> Log:
    """A log with one entry for each commitment, published."""
    head = DirectoryHead(folder / "head")
    log = Log(DirectoryTiles(folder / "log"), head, ORIGIN, SIGNER)
    previous, entries = FIRST_PREVIOUS, []
    for seq, committed in enumerate(commitments):
        entry = Entry(
            source="edge-0001", seq=seq, previous=previous, hour="2026-11-22T09Z", commitment=committed
        )
        entries.append(entry.encode())
        previous = merkle.sha256(entries[-1])
    log.append(entries, 0)
    publish(log, (), Policy.parse(simple_policy([log.verifier], [], needed=0)))
    head.close()
    return log


def test_two_histories_end_in_a_proof(tmp_path: Path):
    honest = [bytes([n % 251]) * 32 for n in range(300)]
    vkey = _log(tmp_path / "first", honest).verifier.text
    _log(tmp_path / "grown", [*honest, bytes(32)])
    _log(tmp_path / "forked", [*honest[:299], b"x" * 32, b"y" * 32, b"z" * 32])
    state = tmp_path / "seen"
    stage = Installation(tmp_path)
    try:
        urls = {
            name: stage.start(
                name, "log", "serve", "--data", tmp_path / name, "--listen", "127.0.0.1:0", env={}
            )
            for name in ("first", "grown", "forked")
        }
        head = DirectoryHead(tmp_path / "other" / "head")
        other = Log(
            DirectoryTiles(tmp_path / "other" / "log"), head, ORIGIN, Ed25519Signer(bytes(32))
        ).verifier.text
        head.close()
        told = feiyu("log", "fsck", urls["first"], "--vkey", other, code=1).stderr
        assert "ask the log's operator and its witnesses" in told  # it is not the reader's to restore
        look = ("log", "monitor", "--vkey", vkey, "--state", state)
        assert "0 → 300" in feiyu(*look, urls["first"]).stdout
        assert "300 → 301" in feiyu(*look, urls["grown"]).stdout
        ran = feiyu(*look, urls["forked"], code=1)
        assert "split-view" in ran.stderr
        proofs = list(state.glob("misbehaviour-*.json"))
        assert len(proofs) == 1
        assert "301 → 301" in feiyu(*look, urls["grown"]).stdout
    finally:
        stage.close()
    assert "The proof stands" in feiyu("log", "proof", proofs[0], "--vkey", vkey).stdout
    other = Ed25519Signer(bytes(32))
    stranger = Log(
        DirectoryTiles(tmp_path / "o"), DirectoryHead(tmp_path / "oh"), ORIGIN, other
    ).verifier.text
    feiyu("log", "proof", proofs[0], "--vkey", stranger, code=1)


def test_a_look_that_breaks_off_keeps_the_steps_that_were_proven(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(monitors, "STEP_ENTRIES", 256)
    log = _log(tmp_path, [bytes([n % 251]) * 32 for n in range(700)])
    tiles, gone, asked = DirectoryTiles(tmp_path / "log"), {"tile/entries/001"}, []

    def brought(path: str) -> bytes | None:
        asked.append(path)
        return None if path in gone else tiles.get(path)

    monkeypatch.setattr(watch, "log_at", lambda _: brought)
    state = tmp_path / "seen"
    now, patience = datetime(2026, 11, 22, tzinfo=UTC), watch.Patience()

    def look() -> watch.Look:
        return watch.look("http://log.example", log.verifier, state, now=now, patience=patience)

    broken = look()
    assert (broken.before, broken.size, [f.kind for f in broken.findings]) == (0, 256, [Kind.MISSING])
    assert [path.name for path in sorted((state / "tile/entries").iterdir())] == ["000"]
    assert not (state / "checkpoint").exists()
    gone.clear()
    whole = look()
    assert (whole.before, whole.size, whole.clean) == (0, 700, True)
    asked.clear()
    again = look()
    assert (again.before, again.size, again.clean) == (700, 700, True)
    assert asked == ["checkpoint"]
