"""Spot checks 抽查核验 on counts: the authority draws, the port signs and logs, the edge opens, the port verifies and records.

Rules this module keeps:
 * a nonce is 32 random bytes that exist only once the commitment lies here, signed; the places follow from both;
 * a challenge is logged before it is shown: the exporter obtains it only when its event stands in a published checkpoint, and an
   answer given before that is refused;
 * the answer is kept as its hash and its verdict; the digests that it opens are looked at and not stored;
 * one answer counts. A wrong one is a finding, and stays one;
 * of one count at most ``DRAWN_MAX`` places are ever drawn.

Trust: the answer proves that the opened places stood in what was committed. That they are rows of the source is compared on the spot.

Source: cn/dsl-2021#30; DESIGN invariant 5; ADR 0111, 0130.
"""

import hashlib
import secrets
from datetime import datetime, timedelta

from feiyu.base import nouns
from feiyu.base.errors import BadInput, Conflict, NotFound
from feiyu.base.ids import new_id
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.evidence.receipt import sign_body
from feiyu.port import spot_store
from feiyu.port.errors import ChallengeUnproven
from feiyu.port.filing import statement
from feiyu.port.spot_store import ChallengeRow, CountRow
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.model import KeyUse
from feiyu.registry.identity.service import confirmed_key
from feiyu.registry.spots import CHALLENGE_SIGNED, Challenge, Count, read_answer
from feiyu.registry.terms import Signed
from feiyu.scan.commit import SAMPLE_MAX, BadOpening, Commitment, check_opening
from feiyu.seal import Signer, keys
from feiyu.store import Scope, Tx

ANSWER_WITHIN = timedelta(days=7)
DRAWN_MAX = 256
DRAWN, PASSED, FAILED = "drawn", "passed", "failed"


def hand_in(house: House, tx: Tx, caller: Caller, signed: Signed) -> CountRow:
    """Take in a count under its edge's signature; the same one again is the same."""
    key = confirmed_key(tx, caller.party_id, KeyUse.EDGE, key_id=signed.key_id)
    keys.verify(key.public, STATEMENT_PREFIX + signed.document, signed.signature, what=nouns.COUNT)
    count = Count.of_bytes(signed.document)
    if count.exporter != caller.party_id:
        raise BadInput(reason=Text("该计数属于另一出境方", "the count is another exporter's"))
    there = spot_store.count_of_entry(tx, Scope.of(caller.party_id), count.entry_id)
    if there is not None:
        if there.document != signed.document:
            raise Conflict(
                reason=Text(
                    f"条目 {count.entry_id} 的计数已以不同内容提交",
                    f"the count of entry {count.entry_id} was handed in otherwise",
                )
            )
        return there
    now = house.clock.now()
    row = CountRow(
        id=new_id("counts", now), owner_party=caller.party_id, entry_id=count.entry_id, transfer_id=count.transfer_id,
        day=count.day, level=count.level, persons=count.persons, sensitive=count.sensitive, commitment=count.commitment,
        identifiers=count.identifiers, handed_in_at=now, document=signed.document, key_id=signed.key_id,
        signature=signed.signature,
    )  # fmt: skip
    spot_store.add_count(tx, row)
    journal.record(
        tx, keys=house.cipher, source=_source(tx, row), type="count.handed_in", at=now, owner=row.owner_party,
        refs={"counts": row.id, "entry": row.entry_id},
        data={"level": row.level, "day": row.day.isoformat(), "persons": row.persons, "sensitive": row.sensitive,
              "commitment": row.commitment, "identifiers": row.identifiers,
              "statement_sha256": hashlib.sha256(signed.document).hexdigest()},
        signatures=[statement("edge", signed)],
    )  # fmt: skip
    return row


def draw(
    house: House, tx: Tx, caller: Caller, signer: Signer, *, counts_id: str, places: int, ground: str
) -> ChallengeRow:  # fmt: skip
    """Draw places of a count: random, signed, recorded."""
    row = spot_store.count_of(tx, caller.scope(house.access, "spot.draw"), counts_id)
    if row is None:
        raise NotFound(what=nouns.COUNT, ident=counts_id)
    if not 1 <= places <= SAMPLE_MAX or not 2 <= len(ground.strip()) <= 500:
        raise BadInput(
            reason=Text(
                f"须有 1 至 {SAMPLE_MAX} 个位置，并以 2 至 500 个字写明事由",
                f"1 to {SAMPLE_MAX} places and a ground of 2 to 500 characters are wanted",
            )
        )
    if not row.identifiers:
        raise BadInput(
            reason=Text("该计数没有可以开启的标识", "the count has no identifiers that could be opened")
        )
    if spot_store.challenged_places(tx, row.id) + places > DRAWN_MAX:
        raise Conflict(
            reason=Text(
                f"计数 {row.id} 合计至多抽取 {DRAWN_MAX} 个位置",
                f"of count {row.id} at most {DRAWN_MAX} places are drawn in all",
            )
        )
    now = house.clock.now()
    made = Challenge(
        id=new_id("challenge", now), exporter=row.owner_party, entry_id=row.entry_id, commitment=row.commitment,
        identifiers=row.identifiers, places=places, nonce=secrets.token_hex(32), drawn_at=now,
        answer_by=now + ANSWER_WITHIN,
    )  # fmt: skip
    document = made.to_bytes()
    told = journal.record(
        tx, keys=house.cipher, source=_source(tx, row), type="spot.drawn", at=now, owner=row.owner_party,
        refs={"challenge": made.id, "counts": row.id, "entry": row.entry_id},
        data={"places": places, "nonce": made.nonce, "commitment": row.commitment, "by": caller.principal_id,
              "ground": ground.strip(), "challenge_sha256": hashlib.sha256(document).hexdigest()},
        sign=(lambda body: sign_body(body, role="grant", key_id=signer.key_id, signer=signer),),
    )  # fmt: skip
    drawn = ChallengeRow(
        id=made.id, owner_party=row.owner_party, counts_id=row.id, entry_id=row.entry_id, places=places,
        ground=ground.strip(), drawn_by=caller.principal_id, drawn_at=now, answer_by=made.answer_by,
        event_id=told.event_id, document=document, key_id=signer.key_id,
        signature=signer.sign(CHALLENGE_SIGNED + document), state=DRAWN, answered_at=None, answer_sha256=None, reason=None,
    )  # fmt: skip
    spot_store.add_challenge(tx, drawn)
    return drawn


def answer(
    house: House, tx: Tx, caller: Caller, signed: Signed, *, challenge_id: str, proven: bool
) -> ChallengeRow:  # fmt: skip
    """Verify an answer and record what came out; the answer that was given stands.

    ``proven``: whether the challenge's event stood in a published checkpoint when the answer came.
    """
    row = spot_store.challenge_of(tx, Scope.of(caller.party_id), challenge_id)
    if row is None:
        raise NotFound(what=nouns.SPOT_CHECK, ident=challenge_id)
    if not proven:
        raise ChallengeUnproven(challenge=row.id)
    key = confirmed_key(tx, caller.party_id, KeyUse.EDGE, key_id=signed.key_id)
    keys.verify(key.public, STATEMENT_PREFIX + signed.document, signed.signature, what=nouns.ANSWER)
    digest = hashlib.sha256(signed.document).hexdigest()
    if row.state != DRAWN:
        if row.answer_sha256 == digest:
            return row
        raise Conflict(
            reason=Text(
                f"抽查 {row.id} 已有答复，状态为 {row.state}",
                f"spot check {row.id} was answered already: {row.state}",
            )
        )
    asked, now = Challenge.of_bytes(row.document), house.clock.now()
    opened = read_answer(signed.document, row.id, row.owner_party)
    of = Commitment(root=bytes.fromhex(asked.commitment), size=asked.identifiers)
    state, reason, shown = PASSED, None, 0
    try:
        shown = check_opening(of, bytes.fromhex(asked.nonce), asked.places, opened)
    except BadOpening as bad:
        state, reason = FAILED, said(bad).en[:500]
    spot_store.set_challenge(
        tx, row.id, state=state, answered_at=now, answer_sha256=digest, reason=reason
    )  # fmt: skip
    journal.record(
        tx, keys=house.cipher, source=_source(tx, row), type=f"spot.{state}", at=now, owner=row.owner_party,
        refs={"challenge": row.id, "counts": row.counts_id, "entry": row.entry_id},
        data={"places": shown, "answer_sha256": digest, "key_id": signed.key_id} | ({"reason": reason} if reason else {}),
    )  # fmt: skip
    done = spot_store.challenge_of(tx, Scope.of(caller.party_id), row.id)
    assert done is not None
    return done


def standing(row: ChallengeRow, now: datetime) -> str:
    """How a spot check stands: drawn, overdue, passed, failed."""
    return "overdue" if row.state == DRAWN and now >= row.answer_by else row.state


def _source(tx: Tx, row: CountRow | ChallengeRow) -> str:
    return identities.pseudonym_of(tx, row.owner_party) or ""
