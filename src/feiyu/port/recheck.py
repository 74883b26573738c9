"""Signatures that were taken, asked anew: whether a list of revoked certificates says today what nobody knew on arrival.

Rules this module keeps:
 * what was signed by the time of its arrival was signed by then, for its arrival stands in the evidence log; a trusted time stamp may
   prove an earlier moment. A certificate that was revoked after that moment takes nothing away from the signature;
 * one that was revoked before it, told of only now, does: the original is kept, said to hold no more, and why; the event stands in the
   log, and the service centre finds it on its workbench;
 * anything else for which it would be refused today is told in the same way; what holds again later is said to hold again;
 * an outcome that is as it was is no event.
"""

from datetime import datetime
from functools import partial

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang
from feiyu.evidence.crl import RevocationList
from feiyu.evidence.paper import Trusted
from feiyu.port import original_store as originals
from feiyu.port import store
from feiyu.port.original import event_of
from feiyu.port.original_store import SignedOriginal
from feiyu.port.signed import CHECKED, SIGNATURE, signers_of
from feiyu.registry.house import House
from feiyu.store import Scope, Tx

SCOPE = Scope.all("signatures asked anew")


def recheck(house: House, trusted: Trusted) -> int:
    """Ask of every checked original again; for how many the outcome has changed."""
    if not trusted.authorities:
        return 0
    lists, now = trusted.lists(), house.clock.now()
    with house.db.read(scope=SCOPE) as tx:
        found = originals.of_kinds(tx, SCOPE, CHECKED)
        places = {one.id: originals.paper_of(tx, SCOPE, one.filing_id, one.document_id) for one in found}
    changed = 0
    for one in found:
        place = places[one.id]
        assert place is not None, "an original without its paper"
        refusal = _asked(house, one, place[0], trusted, lists, now)
        if (refusal.code if refusal else None) != one.fails:
            house.db.write(partial(_note, house, one=one, refusal=refusal, now=now), scope=SCOPE)
            changed += 1
    return changed


def _asked(
    house: House, one: SignedOriginal, place: str, trusted: Trusted, lists: list[RevocationList], now: datetime
) -> FeiyuError | None:  # fmt: skip
    # What the store cannot give now says nothing of a signature; of one inside the file the paper is not asked for.
    content = house.objects.get(one.object_key)
    paper = house.objects.get(place) if one.kind == SIGNATURE else b""
    try:
        signers_of(
            one.kind,
            one.name,
            paper,
            content,
            trusted=trusted.authorities,
            lists=lists,
            at=now,
            received=one.added_at,
        )
    except FeiyuError as refusal:
        return refusal
    return None


def _note(house: House, tx: Tx, *, one: SignedOriginal, refusal: FeiyuError | None, now: datetime) -> None:
    """Keep what is known now beside what was known on arrival."""
    signer = {name: value for name, value in (one.signer or {}).items() if not name.startswith("fails_")}
    if refusal:
        signer |= {
            "fails_code": refusal.code, "fails_at": now.isoformat(), "fails_zh": refusal.text(Lang.ZH), "fails_en": refusal.text(Lang.EN),
        }  # fmt: skip
    originals.set_signer(tx, one.id, signer)
    filing = store.filing_of(tx, SCOPE, one.filing_id)
    assert filing is not None, "an original without its filing"
    event_of(
        house,
        tx,
        filing,
        "filing.original_asked",
        one,
        {"holds": refusal is None} | ({"code": refusal.code} if refusal else {}),
    )
