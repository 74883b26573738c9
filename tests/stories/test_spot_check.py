"""The authority draws, the edge opens, the port verifies: and nobody can choose what is drawn or change what was committed."""

import base64
import json
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from feiyu.base.clock import legal_date
from feiyu.edge import rounds, spots, store
from feiyu.edge.errors import ForgedChallenge
from feiyu.edge.model import SCOPE
from feiyu.evidence.keys import Ed25519Signer
from feiyu.port import spot_store
from feiyu.registry.access import Role
from feiyu.registry.spots import CHALLENGE_SIGNED, Challenge, answer_bytes, read_answer
from feiyu.registry.terms import Signed
from feiyu.scan.commit import Commitment, places
from feiyu.seal import keys
from feiyu.store import Scope
from feiyu.testing.persons import persons
from feiyu_sdk import Refused

from .conftest import Story, owners_csv

pytestmark = pytest.mark.slow
Json = dict[str, Any]


@pytest.fixture(scope="module", autouse=True)
def by_hand() -> Iterator[None]:
    """The edge's own rounds answer nothing meanwhile: each step is taken here."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rounds, "SPOTS_EVERY", timedelta(days=1))
        yield


def entered(story: Story, *, count: int, seed: int) -> Json:
    """A ledger entry with a commitment, handed in to the port."""
    path = owners_csv(story.data / f"crm-{seed}.csv", count, seed=seed)
    today = legal_date(story.world.clock.now()).isoformat()
    made = story.world.edge_client(Role.OFFICER).enter_persons(
        {"kind": "outside", "day": today, "source": "a test", "level": "L"}, path=str(path)
    )
    spots.Spots(story.world.edge.edge).hand_in()
    (count_,) = [one for one in story.world.as_("authority").counts() if one["entry_id"] == made["id"]]
    assert (count_["commitment"], count_["persons"]) == (made["commitment"], made["persons"])
    return count_


def drawn(story: Story, of: Json, n: int = 8) -> Json:
    """A spot check, once it stands in a published checkpoint."""
    made = story.world.as_("authority").draw_spot_check(of["id"], places=n, ground="routine, by lot")
    until = time.monotonic() + 30
    while True:
        (found,) = [one for one in story.world.as_("authority").spot_checks() if one["id"] == made["id"]]
        if found["challenge"] is not None:
            return found
        assert time.monotonic() < until
        time.sleep(0.05)


def standing(story: Story, ident: str) -> Json:
    (found,) = [one for one in story.world.as_("officer").spot_checks() if one["id"] == ident]
    return found


def test_a_spot_check_goes_the_whole_way(story: Story) -> None:
    count = entered(story, count=60, seed=31)
    check = drawn(story, count)
    asked = Challenge.of_bytes(Signed.of(check["challenge"]).document)
    of = Commitment(root=bytes.fromhex(count["commitment"]), size=count["identifiers"])
    assert len(places(of, bytes.fromhex(asked.nonce), asked.places)) == 8
    edge = spots.Spots(story.world.edge.edge)
    assert edge.hand_in() == 0  # the port has it
    assert edge.answer() == 1
    assert edge.answer() == 0
    done = standing(story, check["id"])
    assert (done["standing"], done["reason"]) == ("passed", None)
    receipt = story.world.as_("authority").api.get_bytes(f"/api/v1/receipts/{check['event_id']}")
    assert asked.nonce.encode() in base64.b64decode(_field(receipt, "body"))
    told = story.world.edge_client(Role.OFFICER).chain()
    assert [one["type"] for one in told if one["refs"].get("entry") == count["entry_id"]] == [
        "ledger.spot_checked", "ledger.entry",
    ]  # fmt: skip
    held = next(iter(persons(1, random.Random(31))))
    assert held.resident_id.encode() not in receipt


def _field(receipt: bytes, name: str) -> str:
    return str(json.loads(receipt)[name])


def test_what_does_not_fit_the_commitment_is_a_finding_and_stays_one(story: Story) -> None:
    edge = story.world.edge.edge
    count, other = entered(story, count=40, seed=32), entered(story, count=41, seed=33)
    first, second = drawn(story, count), drawn(story, other)
    right = spots.answer_to(edge, Signed.of(first["challenge"]))
    opened = read_answer(Signed.of(right).document, first["id"], edge.house.party_id)
    wrong = spots._signed(
        edge, answer_bytes(second["id"], edge.house.party_id, [dict(one) for one in opened])
    )
    port = story.world.as_("edge")
    for ident, statement, code in (
        (first["id"], wrong, "BASE"),  # another check's answer
        (first["id"], right | {"signature": base64.b64encode(bytes(64)).decode()}, "SEAL"),
        ("chl_00000000000000000000000000", right, "BASE-0404"),
    ):
        with pytest.raises(Refused, match=code):
            port.answer_spot_check(ident, statement)
    assert standing(story, first["id"])["standing"] == "drawn"
    assert port.answer_spot_check(second["id"], wrong)["standing"] == "failed"
    assert port.answer_spot_check(second["id"], wrong)["standing"] == "failed"
    with pytest.raises(Refused, match="answered already"):
        port.answer_spot_check(second["id"], spots.answer_to(edge, Signed.of(second["challenge"])))
    assert "place" in standing(story, second["id"])["reason"]
    assert port.answer_spot_check(first["id"], right)["standing"] == "passed"


def test_nothing_counts_that_was_answered_before_the_drawing_was_logged(story: Story) -> None:
    """Else port and exporter could draw until it suits them, and log only that."""
    edge, port, sequencer = story.world.edge.edge, story.world.as_("edge"), story.world.port.sequencer
    count = entered(story, count=30, seed=36)
    sequencer._background.stop()
    try:
        ident = story.world.as_("authority").draw_spot_check(count["id"], places=8, ground="by lot")["id"]
        assert standing(story, ident)["challenge"] is None  # the port hands it to nobody yet
        seen = Scope.all("what leaked in a test")
        with story.world.port.house.db.read(scope=seen) as tx:
            row = spot_store.challenge_of(tx, seen, ident)
        assert row is not None
        leaked = Signed(document=row.document, key_id=row.key_id, signature=row.signature)
        answer = spots.answer_to(edge, leaked)
        for _ in range(2):
            with pytest.raises(Refused, match="PORT-0030"):
                port.answer_spot_check(ident, answer)
        assert standing(story, ident)["standing"] == "drawn"
        sequencer.run_once()
        assert port.answer_spot_check(ident, answer)["standing"] == "passed"
    finally:
        sequencer._background.start()


def test_the_edge_answers_the_ports_own_challenge_on_its_own_commitment_alone(story: Story) -> None:
    edge = story.world.edge.edge
    count = entered(story, count=80, seed=34)
    check = drawn(story, count, 60)
    signed = Signed.of(check["challenge"])
    asked = Challenge.of_bytes(signed.document)
    stranger = Ed25519Signer(bytes(32))
    key_id = keys.key_id(keys.ED25519, stranger.public)
    forged = Signed(
        document=signed.document,
        key_id=signed.key_id,
        signature=stranger.sign(CHALLENGE_SIGNED + signed.document),
    )
    named = Signed(document=signed.document, key_id=key_id, signature=forged.signature)
    with pytest.raises(Exception, match="spot check"):
        spots.answer_to(edge, forged)
    with pytest.raises(ForgedChallenge, match="another key"):
        spots.answer_to(edge, named)

    document = spots.count_of(edge, spots_row(story, asked.entry_id)).to_bytes()
    other = spots._signed(edge, document.replace(asked.commitment.encode(), b"0" * 64))
    with pytest.raises(Refused, match="handed in otherwise"):
        story.world.as_("edge").hand_in_count(other)
    assert spots.answer_to(edge, signed)["key_id"] == edge.keys.signer.key_id
    for _ in range(3):
        spots.answer_to(edge, signed)
    with pytest.raises(ForgedChallenge, match="at most 256"):
        spots.answer_to(edge, signed)


def spots_row(story: Story, entry_id: str) -> Any:
    with story.world.edge.edge.house.db.read(scope=SCOPE) as tx:
        return store.ledger_entry(tx, entry_id)


def test_only_the_authority_draws_and_within_bounds(story: Story) -> None:
    count = entered(story, count=30, seed=35)
    for who in ("officer", "centre1", "edge"):
        with pytest.raises(Refused, match="BASE-0403"):
            story.world.as_(who).draw_spot_check(count["id"], places=1, ground="not mine to draw")
    authority = story.world.as_("authority")
    for _ in range(4):
        authority.draw_spot_check(count["id"], places=64, ground="as many as there may be")
    with pytest.raises(Refused, match="at most 256"):
        authority.draw_spot_check(count["id"], places=1, ground="one more")
    with pytest.raises(Refused):
        authority.draw_spot_check(count["id"], places=65, ground="too many")
