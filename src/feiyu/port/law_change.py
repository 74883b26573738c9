"""When a text takes effect: determine anew every open filing and every live grant, and record what came out.

Rules this module keeps:
 * the days of effect come from the rulebook itself (``rules.books.change_points``); each is worked through once, in one transaction;
 * nothing is stopped by this alone: what changed is shown to its owner, the centre and the authority, with both answers;
 * facts are those of the determination that was filed; what has become unknown is shown as such.

Source: DESIGN invariant 7.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from feiyu.base.ids import PartyId
from feiyu.port import life_store, store
from feiyu.port.life_store import Anew
from feiyu.registry import journal
from feiyu.registry.cases import store as cases
from feiyu.registry.cases.procedure import load_procedure
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.rules.books import change_points
from feiyu.store import Scope, Tx

EVERYTHING = Scope.all("what a text that takes effect may change")
Old = tuple[str, str, PartyId, str, str, dict[str, Any]]
"""Kind, id, owner, route, rule, facts."""


def due_days(house: House, tx: Tx, today: date, *, since: date) -> list[date]:
    """The days of effect after ``since`` up to today that were not worked through yet."""
    done = life_store.law_days(tx)
    return sorted(
        day for day in change_points(house.rulebooks.book()) if since < day <= today and day not in done
    )


def work_through(house: House, tx: Tx, day: date) -> int:
    """Determine everything open anew by the law of a day; how many answers changed. A day that was done is done."""
    if day in life_store.law_days(tx):
        return 0
    now = house.clock.now()
    found = [_anew(house, old, day, now) for old in _open(tx, now)]
    for one in found:
        life_store.add_anew(tx, one)
        if one.changed:
            _event(house, tx, one, now)
    changed = sum(one.changed for one in found)
    life_store.add_law_day(
        tx, day, filings=sum(one.kind == "filing" for one in found), grants=sum(one.kind == "grant" for one in found),
        changed=changed, at=now,
    )  # fmt: skip
    return changed


def _open(tx: Tx, now: datetime) -> Iterator[Old]:
    for filing in store.filings(tx, EVERYTHING):
        case = cases.case_of(tx, EVERYTHING, filing.id)
        if case is not None and not load_procedure(case.procedure).states[case.state].ends:
            found = filing.determination
            yield "filing", filing.id, filing.owner_party, found["route"], found["rule"], filing.facts
    filings = {one.id: one for one in store.filings(tx, EVERYTHING)}
    for row in store.grants(tx, EVERYTHING):
        if row.revoked_at is not None or row.grant.not_after <= now:
            continue
        basis = store.basis_of(tx, EVERYTHING, row.grant.basis_id)
        if basis is None:
            continue
        filing_ = filings.get(basis.filing_id or "")
        if filing_ is not None:
            was = filing_.determination["route"], filing_.determination["rule"], filing_.facts
        else:
            kept = life_store.facts_of(tx, basis.id)
            if kept is None:
                continue
            was = kept
        yield "grant", row.grant.id, row.grant.exporter, *was


def _anew(house: House, old: Old, day: date, now: datetime) -> Anew:
    kind, ref, owner, route, rule, facts = old
    found = house.rulebooks.determine(facts, at=day, trace=False)
    return Anew(
        day=day, kind=kind, ref=ref, owner_party=owner, before_route=route, before_rule=rule, after_route=found.route,
        after_rule=found.rule, changed=found.route != route, at=now, seen_at=None,
    )  # fmt: skip


def _event(house: House, tx: Tx, one: Anew, now: datetime) -> None:
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, one.owner_party) or "", type="law.redetermined", at=now,
        owner=one.owner_party, refs={one.kind: one.ref},
        data={"day": one.day.isoformat(), "before": one.before_route, "after": one.after_route, "rule": one.after_rule},
    )  # fmt: skip
