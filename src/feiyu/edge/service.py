"""What people and software ask of the edge: scan, determine, send, decide; and the threads that carry runs.

Rules this module keeps:
 * a scan stays here; what leaves is a signed determination with facts and counts, never a value;
 * a determination is made on the file as it is now: a file that changed since its scan is scanned again;
 * what least data was suggested, and what was left out then, is kept and never altered;
 * a run that a crash left is taken up when the edge starts.
"""

import hashlib
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import structlog

from feiyu.base import canonical, nouns
from feiyu.base.clock import legal_date, to_text
from feiyu.base.errors import BadInput, FeiyuError, NotFound
from feiyu.base.ids import new_id
from feiyu.base.text import Text
from feiyu.edge import findings, held, leave, ledger, store
from feiyu.edge.advise import advise
from feiyu.edge.assess import facts_for
from feiyu.edge.errors import AnswerIsMeasured, UnknownRun
from feiyu.edge.model import SCOPE, Control, Edge, RunState
from feiyu.edge.profiles import is_current, profile_of, run_file, scan
from feiyu.edge.rounds import Rounds
from feiyu.edge.source import allowed_path
from feiyu.edge.store import ProfileRow, RunRow
from feiyu.edge.trail import tell
from feiyu.edge.transfer import check_grant, send
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.registry.terms import Signed
from feiyu.scan import Profile
from feiyu.scan.asked_fields import refuse_unknown
from feiyu.seal import keys
from feiyu.seal.packing import NONE, PACKINGS
from feiyu.store import Tx
from feiyu.wire import Pace, Wish

log = structlog.get_logger("feiyu.edge")
FINGERPRINT_DIGITS = 60
DETERMINATION_FORMAT = "feiyu-determination/1"
FAULT = Text("本侧出现故障；详情见服务日志", "a fault at this edge; the service log has the detail")
MEASURED = frozenset(
    f"{kind}_{name}" for kind in ("general", "sensitive")
    for name in ("in", "in_upper", "before", "before_upper", "overlap")
) | {"contains_pi", "assumed"}  # fmt: skip
"""Facts that the scan and the ledger give; an answer never stands in their place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Determined:
    """A determination with the document that the edge signed."""

    profile_id: str
    determination: dict[str, Any]
    counts: dict[str, Any]
    fields: list[dict[str, str]]
    signed: Signed


def determine(
    edge: Edge, *, profile_id: str, scenario_id: str, answers: dict[str, Any], drop: tuple[str, ...] = ()
) -> Determined:  # fmt: skip
    """Determine the pathway for a profile under a scenario, within everything else this handler sent this year."""
    row = profile_of(edge, profile_id)
    refuse_unknown([name for name in drop if name not in row.dropped], Profile.of(row.profile))
    if drop or not is_current(row):
        row = scan(edge, row.path, drop=tuple(dict.fromkeys((*row.dropped, *drop))))
    scenario = edge.port.scenario(scenario_id)
    now = edge.house.clock.now()
    today = legal_date(now)
    facts = _facts(edge, row, scenario, answers, today)
    found = edge.house.rulebooks.determine(facts, at=today)
    read = Profile.of(row.profile)
    table = read.tables[0]
    counts = {
        "persons": _three(table.persons), "sensitive": _three(table.persons.sensitive),
    }  # fmt: skip
    fields = [{"name": f.name, "type": f.type} for f in table.fields]
    document = canonical.dumps({
        "format": DETERMINATION_FORMAT, "exporter": edge.house.party_id, "scenario_id": scenario_id,
        "profile_sha256": hashlib.sha256(canonical.dumps(row.profile)).hexdigest(), "facts": facts,
        "findings": [one.id for one in findings.about(edge, row)], "determination": found.as_dict(), "counts": counts, "fields": fields, "at": to_text(now),
        "edge_key_id": edge.keys.signer.key_id,
    })  # fmt: skip
    signature = edge.keys.signer.sign(STATEMENT_PREFIX + document)
    signed = Signed(document=document, key_id=edge.keys.signer.key_id, signature=signature)
    edge.house.db.write(
        lambda tx: store.add_determination(
            tx, id=new_id("determination", now), owner_party=edge.house.party_id, profile_id=row.id,
            scenario_id=scenario_id, document=document, key_id=signed.key_id, signature=signature, at=now,
        ),
        scope=SCOPE,
    )  # fmt: skip
    if row.dropped:
        taken = {"dropped": list(row.dropped), "route": found.route.value, "rule": found.rule}
        _keep_advice(edge, row.id, scenario_id, "taken", taken)
    return Determined(
        profile_id=row.id, determination=found.as_dict(), counts=counts, fields=fields, signed=signed
    )


def advice(edge: Edge, *, profile_id: str, scenario_id: str, answers: dict[str, Any]) -> list[dict[str, Any]]:
    """Least data for a profile under a scenario, within everything else sent this year."""
    row = profile_of(edge, profile_id)
    today = legal_date(edge.house.clock.now())
    facts = _facts(edge, row, edge.port.scenario(scenario_id), answers, today)
    found = advise(
        edge.house.rulebooks,
        facts,
        row.profile,
        Path(row.path),
        at=today,
        key=edge.keys.counting.secret(edge.house.clock.now()),
        own=edge.own,
    )
    told = [one.as_dict() for one in found]
    _keep_advice(edge, row.id, scenario_id, "suggested", {"advice": told, "at": today.isoformat()})
    return told


def advice_kept(edge: Edge, scenario_id: str) -> list[dict[str, Any]]:
    """What was suggested for a scenario and what was taken, oldest first."""
    with edge.house.db.read(scope=SCOPE) as tx:
        return store.advice_rows(tx, scenario_id=scenario_id)


def _keep_advice(edge: Edge, profile_id: str, scenario_id: str, kind: str, content: dict[str, Any]) -> None:
    now = edge.house.clock.now()
    edge.house.db.write(
        lambda tx: store.add_advice(
            tx, id=new_id("advice", now), owner_party=edge.house.party_id, profile_id=profile_id,
            scenario_id=scenario_id, kind=kind, content=content, at=now,
        ),
        scope=SCOPE,
    )  # fmt: skip


def _facts(
    edge: Edge, row: ProfileRow, scenario: dict[str, Any], answers: dict[str, Any], today: date
) -> dict[str, object]:
    """The facts of the law, with what was sent this year, and what that would be with this file."""
    if told := MEASURED & answers.keys():
        raise AnswerIsMeasured(facts=", ".join(sorted(told)))
    run = run_file(edge, row.id)
    with edge.house.db.read(scope=SCOPE) as tx:
        since = date(today.year, 1, 1)
        sent = ledger.total(tx, edge.runs_folder, since=since)
        after = ledger.total(tx, edge.runs_folder, since=since, run=run if run.exists() else None)
    totals = _totals(sent) | {"after": _totals(after)}
    kept = findings.settled(row.profile, findings.about(edge, row))
    return facts_for(row.profile, scenario, totals, answers, kept)


def _totals(total: ledger.Total) -> dict[str, Any]:
    return {"persons": _three(total.persons), "sensitive": _three(total.sensitive)}


def _three(value: Any) -> dict[str, int]:
    return {"lower": value.lower, "counted": value.counted, "upper": value.upper}


def pin(edge: Edge, *, recipient: str, fingerprint: str, by: str) -> str:
    """Record a recipient's key fingerprint as it was read out over a second channel; sixty digits."""
    digits, house = _digits(fingerprint), edge.house

    def act(tx: Tx) -> None:
        new = store.add_pin(
            tx, owner=house.party_id, recipient=recipient, fingerprint=digits, by=by, at=house.clock.now()
        )
        if new:
            tell(edge, tx, "pin.entered", {"fingerprint": digits, "by": by}, recipient=recipient)

    house.db.write(act, scope=SCOPE)
    return digits


def unpin(edge: Edge, *, recipient: str, fingerprint: str, by: str, ground: str) -> str:
    """Trust a pinned key no longer: no run that would be sealed to it begins."""
    digits = _digits(fingerprint)

    def act(tx: Tx) -> None:
        if not store.remove_pin(tx, recipient=recipient, fingerprint=digits):
            raise NotFound(what=nouns.PIN, ident=recipient)
        said = {"fingerprint": digits, "by": by, "ground": ground}
        tell(edge, tx, "pin.withdrawn", said, recipient=recipient)

    edge.house.db.write(act, scope=SCOPE)
    return digits


def _digits(fingerprint: str) -> str:
    digits = keys.said_fingerprint(fingerprint)
    if len(digits) != FINGERPRINT_DIGITS or not digits.isdigit():
        raise BadInput(
            reason=Text("指纹为十二组、每组五位数字", "a fingerprint has twelve groups of five digits")
        )
    return digits


class Runner:
    """Carries runs on threads of its own; one control per run is what the API shows and steers."""

    def __init__(self, edge: Edge) -> None:
        self.edge = edge
        self.controls: dict[str, Control] = {}
        self._threads: list[threading.Thread] = []
        self.rounds = Rounds(edge, self.controls)

    def start(
        self, *, path: str, grant_id: str, drop: tuple[str, ...], wish: Wish | None = None, packing: str = NONE
    ) -> RunRow:  # fmt: skip
        """Begin a run under a grant fetched from the port and checked here."""
        if packing not in PACKINGS:
            raise BadInput(
                reason=Text(
                    f"packing 可选：{', '.join(PACKINGS)}", f"packing is one of {', '.join(PACKINGS)}"
                )
            )
        real = allowed_path(path, self.edge.sources)
        signed = leave.known_grant(self.edge, grant_id)
        now = self.edge.house.clock.now()
        run = RunRow(
            id=new_id("run", now), owner_party=self.edge.house.party_id, transfer_id=None, grant=signed,
            grant_id=grant_id, path=str(real), dropped=list(drop), state=RunState.RUNNING.value, custody=None,
            upload_token=None, wire_url=None, masked_from={}, held=None, ground=None, rows=0, plain_bytes=0,
            cipher_bytes=0, persons=None, manifest=None, manifest_signature=None, wrap=None, started_at=now,
            changed_at=now, pace=(wish or Wish()).as_dict(), packing=packing,
        )  # fmt: skip
        check_grant(self.edge, run)
        self.edge.house.db.write(lambda tx: store.add_run(tx, run), scope=SCOPE)
        self._launch(run)
        return run

    def take_up(self) -> None:
        """Go on with what a crash left."""
        with self.edge.house.db.read(scope=SCOPE) as tx:
            left = store.runs(tx, RunState.RUNNING, RunState.HELD)
        for run in left:
            self._launch(run)
        self.rounds.start()

    def _launch(self, run: RunRow) -> None:
        pace = Pace(Wish.of(**(run.pace or {})), road=self.edge.road, clock=self.edge.house.clock)
        control = self.controls[run.id] = Control(pace=pace)
        thread = threading.Thread(
            target=self._carry, args=(run, control), name=f"run-{run.id[-6:]}", daemon=True
        )
        self._threads.append(thread)
        thread.start()

    def _carry(self, run: RunRow, control: Control) -> None:
        try:
            send(self.edge, run, control)
        except FeiyuError as refusal:
            log.warning("run stopped", run=run.id, code=refusal.code)
        except Exception:
            log.exception("run failed", run=run.id)
            now = self.edge.house.clock.now()
            self.edge.house.db.write(
                lambda tx: store.set_run(
                    tx, run.id, state=RunState.FAILED.value, ground=FAULT.as_dict(), changed_at=now
                ),
                scope=SCOPE,
            )

    def decide(self, run_id: str, *, cut: bool, ground: str, by: str) -> RunRow:
        """A person's decision on a run, which holds at once; whoever carries the run is told to look."""
        run = held.decide(self.edge, run_id, cut=cut, ground=ground, by=by)
        if (control := self.controls.get(run_id)) is not None:
            if cut:
                control.cut_ground = Text.same(ground)
                control.stop.set()
            control.decided.set()
        return run

    def run(self, run_id: str) -> RunRow:
        """One run."""
        with self.edge.house.db.read(scope=SCOPE) as tx:
            found = store.run_of(tx, run_id)
        if found is None:
            raise UnknownRun(ident=run_id)
        return found

    def runs(self) -> list[RunRow]:
        """All runs, newest first."""
        with self.edge.house.db.read(scope=SCOPE) as tx:
            return store.runs(tx)

    def stop(self) -> None:
        """End all threads; what they carried is taken up at the next start."""
        self.rounds.stop()
        for control in self.controls.values():
            control.ends = True
            control.stop.set()
        for thread in self._threads:
            thread.join(timeout=10)
