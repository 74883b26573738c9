"""The edge's side of a spot check: hand in signed counts, answer what the authority draws.

Rules this module keeps:
 * the port gets totals and a commitment, never digests; digests leave only at places that a challenge draws;
 * a challenge is believed only under the pinned grant key, for this exporter, on the commitment that this ledger holds;
 * of one entry at most ``OPENED_MAX`` places are opened, whatever is asked;
 * each opening is an event of this edge's own chain before it leaves; what cannot be answered is left to a person, who sees it in the chain and at the port.

Source: DESIGN invariant 5; ADR 0111, 0130.
"""

from datetime import timedelta

import structlog

from feiyu.base import nouns
from feiyu.base.canonical import NotCanonical
from feiyu.base.clock import legal_date
from feiyu.base.errors import FeiyuError, NotFound
from feiyu.base.text import Text
from feiyu.edge import store
from feiyu.edge.entries import open_commitment
from feiyu.edge.errors import ForgedChallenge
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.store import LedgerRow
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.registry import journal
from feiyu.registry.spots import CHALLENGE_SIGNED, Challenge, Count, answer_bytes
from feiyu.registry.terms import Signed
from feiyu.seal import keys

OPENED_MAX = 256
BACK = timedelta(days=366)
log = structlog.get_logger("feiyu.edge.spots")


class Spots:
    """What of counts and spot checks this process has done already; the port knows the rest."""

    def __init__(self, edge: Edge) -> None:
        self._edge = edge
        self._known: set[str] | None = None
        self._refused: set[str] = set()

    def once(self) -> None:
        """Hand in what the port has not, then answer what is drawn."""
        self.hand_in()
        self.answer()

    def hand_in(self) -> int:
        """Hand in the counts of entries that have a commitment; how many were new."""
        since = legal_date(self._edge.house.clock.now()) - BACK
        with self._edge.house.db.read(scope=SCOPE) as tx:
            rows = [row for row in store.ledger_rows(tx, since=since) if row.commitment]
        if not rows:
            return 0
        if self._known is None:
            self._known = {one["entry_id"] for one in self._edge.port.counts()}
        fresh = [row for row in rows if row.id not in self._known]
        for row in fresh:
            self._edge.port.hand_in_count(_signed(self._edge, count_of(self._edge, row).to_bytes()))
            self._known.add(row.id)
        return len(fresh)

    def answer(self) -> int:
        """Answer the challenges that stand in a published checkpoint; how many were answered."""
        done = 0
        for one in self._edge.port.spot_checks(state="drawn"):
            if one["challenge"] is None or one["id"] in self._refused:
                continue
            try:
                statement = answer_to(self._edge, Signed.of(one["challenge"]))
            except (FeiyuError, NotCanonical, ValueError) as bad:
                self._refused.add(one["id"])
                log.warning("spot check not answered", challenge=one["id"], reason=str(bad)[:300])
                continue
            self._edge.port.answer_spot_check(one["id"], statement)
            done += 1
        return done


def count_of(edge: Edge, row: LedgerRow) -> Count:
    """The count of an entry as it is vouched for."""
    return Count(
        exporter=edge.house.party_id, entry_id=row.id, transfer_id=row.source if row.run_id else None, day=row.day,
        level=row.level, persons=row.persons, sensitive=row.sensitive, commitment=row.commitment or "",
        identifiers=row.identifiers or 0,
    )  # fmt: skip


def answer_to(edge: Edge, signed: Signed) -> dict[str, str]:
    """The signed answer to a challenge, after it was judged; the opening is recorded first."""
    asked = _verified(edge, signed)
    with edge.house.db.read(scope=SCOPE) as tx:
        row = store.ledger_entry(tx, asked.entry_id)
        told = journal.events_about(tx, edge.house.cipher, "entry", asked.entry_id)
    opened = sum(int(str(e.data["places"])) for e in told if e.type == "ledger.spot_checked")
    if row is None:
        raise NotFound(what=nouns.LEDGER_ENTRY, ident=asked.entry_id[:40])
    if (row.commitment, row.identifiers) != (asked.commitment, asked.identifiers):
        raise ForgedChallenge(
            challenge=asked.id, reason=Text("所依据的不是这份计数承诺", "it is drawn on another commitment")
        )
    if opened + asked.places > OPENED_MAX:
        raise ForgedChallenge(
            challenge=asked.id,
            reason=Text(
                f"一条记录合计至多开启 {OPENED_MAX} 个位置",
                f"of one entry at most {OPENED_MAX} places are opened",
            ),
        )
    _, shown = open_commitment(
        edge, entry_id=row.id, nonce=bytes.fromhex(asked.nonce), count=asked.places, by=asked.id
    )
    return _signed(edge, answer_bytes(asked.id, edge.house.party_id, shown))


def _verified(edge: Edge, signed: Signed) -> Challenge:
    if signed.key_id != keys.key_id(keys.ED25519, edge.keys.grant_public):
        raise ForgedChallenge(
            challenge="-", reason=Text("签名所用的密钥不是登记的密钥", "another key signed it")
        )
    keys.verify(
        edge.keys.grant_public, CHALLENGE_SIGNED + signed.document, signed.signature, what=nouns.SPOT_CHECK
    )
    asked = Challenge.of_bytes(signed.document)
    if asked.exporter != edge.house.party_id:
        raise ForgedChallenge(
            challenge=asked.id, reason=Text("其出境方不是本方", "it names another exporter")
        )
    return asked


def _signed(edge: Edge, document: bytes) -> dict[str, str]:
    signer = edge.keys.signer
    signature = signer.sign(STATEMENT_PREFIX + document)
    return Signed(document=document, key_id=signer.key_id, signature=signature).as_dict()
