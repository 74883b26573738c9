"""Time stamps over checkpoints, from the authority to the receipt, on both engines."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.base.ids import PartyId
from feiyu.evidence import timestamp
from feiyu.evidence.errors import StampRefused
from feiyu.evidence.listener import Listener
from feiyu.evidence.trust import NoteKey, Stamper, Trust
from feiyu.evidence.verify import TRUSTED, verify_receipt
from feiyu.registry import journal
from feiyu.registry.evidence.stamps import Stamping
from feiyu.registry.journal.sequencer import Sequencer
from feiyu.store import Database, Scope

pytestmark = pytest.mark.slow
MINE = Scope.of(PartyId("pty_A"))


def test_a_receipt_leads_to_the_earliest_stamped_checkpoint(
    db: Database, made: Callable, keys, sequencer: Sequencer, clock
):
    key, certificate = timestamp.new_authority("tsa.example", at=clock.now() - timedelta(days=1))
    authority = timestamp.Authority(key, certificate, clock)
    listener = Listener(("127.0.0.1", 0), authority.answer, max_body=4096)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    log = sequencer.log
    stamping = Stamping(db, log, url=f"http://127.0.0.1:{listener.bound[1]}/", certificate=certificate)

    def receipt(event_id: str) -> dict:
        with db.read(scope=MINE) as tx:
            return json.loads(journal.receipt_of(tx, keys, log, event_id))

    first = db.write(made(1), scope=MINE)
    sequencer.run_once()
    assert "timestamps" not in receipt(first.event_id)
    size = log.published.checkpoint.size
    assert stamping.run_once()
    assert not stamping.run_once()
    stamped = receipt(first.event_id)
    assert len(stamped["timestamps"]) == 1
    later = db.write(made(2), scope=MINE)
    sequencer.run_once()
    assert not stamping.run_once()  # the last stamp is younger than an hour
    assert "timestamps" not in receipt(later.event_id)
    assert receipt(first.event_id) == stamped  # it still leads to the stamped checkpoint
    assert f"\n{size}\n" in stamped["proof"]
    clock.advance(timedelta(hours=1))
    assert stamping.run_once()
    stamper = Stamper(name="tsa.example", certificate=certificate.public_bytes(Encoding.DER), licensed=True)
    policy = f"log {log.verifier.text}\nquorum none\n"
    trust = Trust(logs=[NoteKey(key=log.verifier)], policy=policy, stampers=[stamper]).encode()
    for event in (first, later):
        verdict = verify_receipt(json.dumps(receipt(event.event_id)).encode(), trust=trust)
        assert verdict.outcome == TRUSTED, verdict.reasons
        assert any("licensed time-stamp authority" in said.en for said in verdict.proves)
    listener.shutdown()
    listener.server_close()
    thread.join()
    db.write(made(3), scope=MINE)
    sequencer.run_once()
    clock.advance(timedelta(hours=1))
    with pytest.raises(StampRefused):
        stamping.run_once()
    stamping.stop()
