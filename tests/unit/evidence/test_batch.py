"""One entry for many events, and an entry whose content was erased: what their receipts prove, and what breaks them."""

import base64
import hashlib
import json

import pytest

from feiyu.evidence.batch import Batch
from feiyu.evidence.entry import Entry
from feiyu.evidence.errors import BadReceipt, NoSuchEntry
from feiyu.evidence.receipt import build_erased, build_receipt
from feiyu.evidence.verify import BROKEN, NOT_TRUSTED, TRUSTED, verify_receipt

READINGS = [f'{{"sensor":"tide-{n}","mm":{n * 37 % 4000}}}'.encode() for n in range(1000)]


def receipt_of(world, index):
    entry, salt, body = world.events[index]
    return build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(index))


@pytest.fixture
def batched(world):
    batch = Batch(READINGS)
    data = {"kind": "tide", "root": batch.root.hex(), "count": len(READINGS)}
    index = world.record(type="batch.recorded", refs={"party": "pty_1"}, data=data)
    world.publish()
    return batch, receipt_of(world, index)


def test_one_event_of_a_batch_is_proven_by_the_batchs_receipt(world, batched):
    batch, receipt = batched
    for index in (0, 1, 511, 512, 999):
        verdict = verify_receipt(batch.attach(receipt, index), trust=world.trust())
        assert verdict.outcome == TRUSTED
        assert (verdict.steps[-1].number, verdict.steps[-1].state) == (9, "passed")
        assert any(f"number {index} of the 1000" in said.en for said in verdict.proves)
    assert len(verify_receipt(receipt, trust=world.trust()).steps) == 8


def test_any_other_event_index_or_path_breaks_it(world, batched):
    batch, receipt = batched
    whole = json.loads(batch.attach(receipt, 700))
    shown = whole["batch"]
    for changed in (
        shown | {"event": base64.b64encode(READINGS[701]).decode()}, shown | {"index": 701}, shown | {"index": 1000}, shown | {"index": -300}, shown | {"index": True},
        shown | {"path": shown["path"][:-1]}, shown | {"path": [*shown["path"], shown["path"][0]]},
        shown | {"path": shown["path"][::-1]}, {**shown, "more": 1}, [], None, shown | {"path": ["A"] * 64},
    ):  # fmt: skip
        verdict = verify_receipt(json.dumps(whole | {"batch": changed}).encode(), trust=world.trust())
        assert verdict.outcome == BROKEN
        assert verdict.where.startswith("batch")


def test_an_event_that_is_no_batch_carries_none(world, batched):
    batch, _ = batched
    data = {"kind": "tide", "root": batch.root.hex(), "count": len(READINGS)}
    index = world.record(type="transfer.opened", data=data)
    world.publish()
    assert verify_receipt(batch.attach(receipt_of(world, index), 3), trust=world.trust()).where == "batch"


def test_a_batch_has_events_of_bounded_size():
    with pytest.raises(BadReceipt):
        Batch([])
    with pytest.raises(BadReceipt):
        Batch([bytes(1024 * 1024 + 1)])
    with pytest.raises(NoSuchEntry):
        Batch([b"a"]).attach(b"{}", 1)


@pytest.fixture
def erased(world):
    """The erased entry's index, and the erasure's."""
    index = world.record(3)
    entry = world.events[index][0]
    data = {
        "entry_sha256": hashlib.sha256(entry).hexdigest(), "commitment": Entry.parse(entry).commitment.hex(),
        "ground": "kept three years", "by": "prn_1",
    }  # fmt: skip
    told = world.record(type="event.erased", refs={"event": "evt_1"}, data=data)
    world.publish()
    return index, told


def test_an_erased_event_still_proves_that_its_entry_stands(world, erased):
    index, told = erased
    entry = world.events[index][0]
    receipt = build_erased(entry=entry, proof=world.log.prove(index), erasure=receipt_of(world, told))
    verdict = verify_receipt(receipt, trust=world.trust())
    assert verdict.outcome == TRUSTED, verdict.reasons
    assert verdict.facts["erased_at"] == "2026-11-22T09:30:00Z"
    assert "its content was erased" in verdict.proves[0].en
    assert "正文已被销毁" in verdict.proves[0].zh
    assert any("erased content" in said.en for said in verdict.not_proven)
    assert verify_receipt(receipt, trust=None).outcome == NOT_TRUSTED
    assert receipt_of(world, index)  # whoever kept the old receipt can still show all of it


def test_an_erasure_of_another_entry_or_a_broken_one_does_not_stand_in(world, erased):
    index, told = erased
    erasure = receipt_of(world, told)
    other = build_erased(entry=world.events[0][0], proof=world.log.prove(0), erasure=erasure)
    assert verify_receipt(other, trust=world.trust()).where == "erasure"
    plain = build_erased(
        entry=world.events[index][0], proof=world.log.prove(index), erasure=receipt_of(world, 0)
    )
    assert verify_receipt(plain, trust=world.trust()).where == "erasure"
    whole = json.loads(
        build_erased(entry=world.events[index][0], proof=world.log.prove(index), erasure=erasure)
    )
    broken = whole | {"erasure": whole["erasure"] | {"salt": base64.b64encode(bytes(32)).decode()}}
    assert verify_receipt(json.dumps(broken).encode(), trust=world.trust()).where == "erasure.body"
    for changed in (
        {"erasure": whole},
        {"erasure": []},
        {"erasure": None},
        {"erasure": "x"},
        {"salt": "AA=="},
        {"signatures": []},
    ):
        assert verify_receipt(json.dumps(whole | changed).encode(), trust=world.trust()).outcome == BROKEN
