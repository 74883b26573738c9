"""A log that tells two histories is found out by ``feiyu log monitor``, and the proof stands by itself."""

from pathlib import Path

import pytest

from feiyu.base import merkle
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
