"""Every clock of an exporter and of the centre in one list: validity, windows, filing steps, leases, yearly reports, incidents.

Rules this module keeps:
 * legal days are days in Asia/Shanghai; working days follow the published tables, and where a table is not yet published the earliest
   possible day stands and is marked provisional;
 * a clock is computed from what stands when it is asked for: nothing is remembered that could be old;
 * whoever asks sees the clocks of what it may see.

Sources: cn/flow-provisions-2024#9; cn/scc-measures-2023#8; cn/incident-measures-2025#report; ``rulebooks/lifecycle``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from feiyu.base.clock import legal_date
from feiyu.base.text import Text
from feiyu.port import lease_store, life_store, store
from feiyu.port.life_store import Incident
from feiyu.port.model import BASIS_NAMES, Basis, BasisKind, BasisState
from feiyu.port.store import Filing
from feiyu.registry.cases import store as cases
from feiyu.registry.cases.procedure import load_procedure
from feiyu.registry.cases.store import Case
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.scenarios import store as scenarios
from feiyu.registry.scenarios.service import title_of
from feiyu.registry.scenarios.store import Viewer
from feiyu.rules.derived import working_days_after
from feiyu.rules.lasting import ASKS, triggers, yearly
from feiyu.rules.lifecycle import reminders
from feiyu.rules.model import Citation
from feiyu.rules.reference import incident_duties
from feiyu.store import Scope, Tx

MECHANISM = {
    BasisKind.SECURITY_ASSESSMENT: "SA", BasisKind.STANDARD_CONTRACT: "SCC", BasisKind.GBA_CONTRACT: "GBA_SCC",
    BasisKind.CERTIFICATE: "CERT", BasisKind.EXEMPTION: "EXEMPT",
}  # fmt: skip
BEHIND = timedelta(days=60)
AHEAD = timedelta(days=400)
SOON = timedelta(days=14)
OTHER_EVENTS = frozenset({"vulnerability"})
"""Duties after something else than an incident with data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A day on which something begins or ends. ``at``: where the law counts hours."""

    id: str
    kind: str
    title: Text
    day: date
    path: str
    owner: str
    at: datetime | None = None
    provisional: bool = False
    opens: bool = False
    citations: tuple[Citation, ...] = ()

    def state(self, now: datetime) -> str:
        """``overdue``, ``due`` (within two weeks), ``later``; something that opens is ``open`` once it has."""
        today = legal_date(now)
        if self.opens:
            return "open" if self.day <= today else "later"
        if (self.at is not None and self.at < now) or self.day < today:
            return "overdue"
        return "due" if self.day - today <= SOON else "later"


def clocks(house: House, tx: Tx, scope: Scope, *, viewer: Viewer | None) -> list[Clock]:
    """All clocks inside a scope, the nearest first; what passed long ago is left out. Scenarios are named that the viewer may know of."""
    now = house.clock.now()
    today = legal_date(now)
    found = [
        *_bases(house, tx, scope, today, viewer), *_filings(house, tx, scope, viewer), *_grants(tx, scope, now),
        *_leases(tx, scope, now), *_incidents(house, tx, scope), *_yearly(house, tx, scope, today, viewer),
    ]  # fmt: skip
    kept = [one for one in found if today - BEHIND <= one.day <= today + AHEAD]
    return sorted(kept, key=lambda one: (one.day, one.at or now, one.id))


def _bases(house: House, tx: Tx, scope: Scope, today: date, viewer: Viewer | None) -> Iterator[Clock]:
    names = {str(one.id): title_of(one) for one in scenarios.scenarios(tx, scope, viewer=viewer)}
    for basis in store.bases(tx, scope):
        if basis.state is BasisState.REVOKED:
            continue
        name = names.get(basis.scenario_id, title_of(None))
        path, kind = f"/bases/{basis.id}", BASIS_NAMES[basis.kind]
        yield Clock(
            id=f"{basis.id}:ends", kind="validity", day=basis.valid_until, path=path, owner=basis.owner_party,
            title=Text(f"{kind.zh}有效期届满：{name.zh}", f"{kind.en} ends: {name.en}"),
        )  # fmt: skip
        if basis.kind in {BasisKind.SECURITY_ASSESSMENT, BasisKind.CERTIFICATE}:
            yield from _window(house, basis, name)
        yield from _changed(house, tx, basis, name, today)


def _window(house: House, basis: Basis, name: Text) -> Iterator[Clock]:
    """When extending or renewing may be applied for; counted back from the day that the basis itself states."""
    opens = reminders(house.rulebooks, MECHANISM[basis.kind], basis.issued_on)[0]
    day, provisional = opens.day, opens.provisional
    if basis.kind is BasisKind.SECURITY_ASSESSMENT:
        first, last = working_days_after(house.rulebooks.calendar, basis.valid_until, -60)
        day, provisional = last, first != last
    yield Clock(
        id=f"{basis.id}:{opens.id}", kind="window", day=day, path=f"/bases/{basis.id}", owner=basis.owner_party, opens=True,
        provisional=provisional, citations=opens.citations,
        title=Text(f"{opens.title.zh}：{name.zh}", f"{opens.title.en.capitalize()}: {name.en}"),
    )  # fmt: skip


def _changed(house: House, tx: Tx, basis: Basis, name: Text, today: date) -> Iterator[Clock]:
    """What changes of the register since the basis was entered ask for."""
    mechanism = MECHANISM.get(basis.kind)
    if mechanism is None:
        return
    for change in scenarios.changes_of(tx, basis.scenario_id):
        if change.at < basis.entered_at:
            continue
        for trigger in triggers(house.rulebooks, mechanism, change.changed, today):
            asks = ASKS[trigger.asks]
            yield Clock(
                id=f"{basis.id}:{trigger.id}:{change.number}", kind="change", day=legal_date(change.at),
                path=f"/bases/{basis.id}", owner=basis.owner_party, citations=trigger.citations,
                title=Text(f"场景已变更，须{asks.zh}：{name.zh}", f"The scenario changed, {asks.en}: {name.en}"),
            )  # fmt: skip


def _filings(house: House, tx: Tx, scope: Scope, viewer: Viewer | None) -> Iterator[Clock]:
    names = {str(one.id): title_of(one) for one in scenarios.scenarios(tx, scope, viewer=viewer)}
    for filing in store.filings(tx, scope):
        case = cases.case_of(tx, scope, filing.id)
        if case is not None:
            yield from _steps(house, filing, case, names.get(filing.scenario_id, title_of(None)))


def _steps(house: House, filing: Filing, case: Case, name: Text) -> Iterator[Clock]:
    """By when the case must have moved: the longest of its open steps' limits."""
    procedure = load_procedure(case.procedure)
    limits = [step for step in procedure.steps_from(case.state) if step.working_days is not None]
    if not limits:
        return
    step = max(limits, key=lambda one: one.working_days or 0)
    first, last = working_days_after(
        house.rulebooks.calendar, legal_date(case.changed_at), step.working_days or 0
    )
    yield Clock(
        id=f"{filing.id}:{case.state}", kind="filing", day=first, provisional=first != last, path=f"/filings/{filing.id}",
        owner=filing.owner_party,
        title=Text(
            f"{procedure.name.zh}“{procedure.states[case.state].name.zh}”期限：{name.zh}",
            f"{procedure.name.en}, {procedure.states[case.state].name.en}: {name.en}",
        ),
    )  # fmt: skip


def _grants(tx: Tx, scope: Scope, now: datetime) -> Iterator[Clock]:
    for row in store.grants(tx, scope):
        if row.revoked_at is None and row.grant.not_after > now - BEHIND and scope.admits(row.grant.exporter):
            yield Clock(
                id=f"{row.grant.id}:ends", kind="grant", day=legal_date(row.grant.not_after), at=row.grant.not_after,
                path=f"/grants/{row.grant.id}", owner=row.grant.exporter, opens=row.grant.not_after <= now,
                title=Text(f"传输授权到期：{_name(tx, row.grant.recipient).zh}", f"Grant ends: {_name(tx, row.grant.recipient).en}"),
            )  # fmt: skip


def _name(tx: Tx, party_id: str) -> Text:
    party = identities.party_of(tx, party_id)
    return party.name if party else Text(party_id, party_id)


def _leases(tx: Tx, scope: Scope, now: datetime) -> Iterator[Clock]:
    for row in lease_store.leases(tx, scope):
        if row.state == "open" and row.settle_until > now:
            yield Clock(
                id=f"{row.id}:settle", kind="lease", day=legal_date(row.settle_until), at=row.settle_until,
                path=f"/grants/{row.grant_id}", owner=row.owner_party,
                title=Text("离线租约结清期限", "Lease to be settled or given back"),
            )  # fmt: skip


def _incidents(house: House, tx: Tx, scope: Scope) -> Iterator[Clock]:
    for incident in life_store.incidents(tx, scope):
        if incident.closed_at is None:
            yield from incident_clocks(house, incident)


def incident_clocks(house: House, incident: Incident) -> Iterator[Clock]:
    """The duties after an incident, each with its hour; without one the text says at once."""
    at = legal_date(incident.discovered_at)
    for duty in incident_duties(house.rulebooks, role=incident.role, persons=incident.persons, at=at):
        if duty.id in OTHER_EVENTS:
            continue
        first = incident.discovered_at + timedelta(hours=duty.first_hours or 0)
        citations = tuple(cite.citation for cite in duty.cites)
        yield Clock(
            id=f"{incident.id}:{duty.id}", kind="incident", day=legal_date(first), at=first, path="/calendar",
            owner=incident.owner_party, citations=citations,
            title=Text(f"{duty.title.zh}（{duty.to.zh}）：{incident.title}", f"{duty.title.en} ({duty.to.en}): {incident.title}"),
        )  # fmt: skip
        if duty.closing_days is not None:
            closing = incident.discovered_at + timedelta(days=duty.closing_days)
            yield Clock(
                id=f"{incident.id}:{duty.id}:closing", kind="incident", day=legal_date(closing), path="/calendar",
                owner=incident.owner_party, citations=citations,
                title=Text(f"事件处置总结报告：{incident.title}", f"Closing summary of the incident: {incident.title}"),
            )  # fmt: skip


def _yearly(house: House, tx: Tx, scope: Scope, today: date, viewer: Viewer | None) -> Iterator[Clock]:
    own: dict[str, tuple[set[str], bool]] = {}
    for scenario in scenarios.scenarios(tx, scope, viewer=viewer):
        sectors, _ = own.setdefault(scenario.owner_party, (set(), False))
        sectors.add(scenario.sector)
    for filing in store.filings(tx, scope):
        if filing.facts.get("important_status") == "notified_or_published":
            own[filing.owner_party] = (own.get(filing.owner_party, (set(), False))[0], True)
    for party, (sectors, important) in own.items():
        for report in yearly(house.rulebooks, sectors=sectors, important=important, at=today):
            done = life_store.done_days(tx, party, report.id)
            due = report.due(today.year)
            if due.isoformat() in done or today - due > BEHIND:
                due = report.due(today.year + 1)
            yield Clock(
                id=f"{party}:{report.id}:{due.year}", kind="yearly", day=due, path="/calendar", owner=party,
                provisional=not report.stated, title=report.title, citations=tuple(c.citation for c in report.cites),
            )  # fmt: skip
