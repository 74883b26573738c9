"""Alarms: what the watch or an outside monitor found wrong, kept until a person of the authority closes it.

Rules this module keeps:
 * kind and subject are raised once, however often they are found again; a closed one does not come back;
 * raising and closing are logged events: nobody can say later that an alarm never was;
 * a proof that comes with a report is checked before it is kept;
 * closing names its ground and who closed it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from feiyu.base import nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import new_id
from feiyu.base.text import Text
from feiyu.evidence.chain import Finding, Kind
from feiyu.registry import journal
from feiyu.registry.evidence.errors import AlarmClosed
from feiyu.registry.house import House
from feiyu.registry.journal.store import alarms
from feiyu.store import Tx

WATCH = "watch"
LISTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """An alarm as it is shown."""

    alarm_id: str
    kind: Kind
    subject: str
    text: Text
    reported_by: str
    at: datetime
    event_id: str
    has_proof: bool
    closed_at: datetime | None
    closed_by: str | None
    ground: str | None


def raise_alarm(
    house: House, tx: Tx, finding: Finding, *, source: str, by: str = WATCH, proof: bytes | None = None
) -> str | None:
    """Keep and log a finding; its id, or None when it was raised before."""
    subject = finding.where[:200]
    if alarms.known(tx, finding.kind.value, subject):
        return None
    now = house.clock.now()
    alarm_id = new_id("alarm", now)
    ref = journal.record(
        tx, keys=house.cipher, source=source, type="alarm.raised", at=now, owner=house.party_id,
        refs={"alarm": alarm_id}, data={"kind": finding.kind.value, "subject": subject, "by": by},
    )  # fmt: skip
    row: dict[str, object] = {
        "alarm_id": alarm_id, "owner_party": house.party_id, "kind": finding.kind.value, "subject": subject,
        "text_zh": finding.text.zh, "text_en": finding.text.en, "reported_by": by, "proof": proof, "at": now,
        "event_id": ref.event_id,
    }  # fmt: skip
    alarms.add_alarm(tx, row)
    return alarm_id


def close(house: House, tx: Tx, alarm_id: str, *, source: str, by: str, ground: str) -> Alarm:
    """Close an alarm after a person has looked."""
    if alarms.alarm_row(tx, alarm_id) is None:
        raise NotFound(what=nouns.ALARM, ident=alarm_id)
    if not 4 <= len(ground.strip()) <= 500:
        raise BadInput(
            reason=Text(
                "关闭告警须以 4 至 500 个字写明事由",
                "closing an alarm names its ground in 4 to 500 characters",
            )
        )
    now = house.clock.now()
    if not alarms.close_alarm(tx, alarm_id, closed_at=now, closed_by=by, ground=ground.strip()):
        raise AlarmClosed(alarm=alarm_id)
    journal.record(
        tx, keys=house.cipher, source=source, type="alarm.closed", at=now, owner=house.party_id,
        refs={"alarm": alarm_id}, data={"ground": ground.strip(), "by": by},
    )  # fmt: skip
    return alarm_of(tx, alarm_id)


def alarm_of(tx: Tx, alarm_id: str) -> Alarm:
    """One alarm."""
    row = alarms.alarm_row(tx, alarm_id)
    if row is None:
        raise NotFound(what=nouns.ALARM, ident=alarm_id)
    return _alarm(dict(row))


def proof_of(tx: Tx, alarm_id: str) -> bytes | None:
    """The portable proof that came with an alarm."""
    row = alarms.alarm_row(tx, alarm_id)
    return row["proof"] if row else None


def listed(tx: Tx, *, open_only: bool) -> Sequence[Alarm]:
    """The open alarms, then those that were closed, each the newest first."""
    return [_alarm(dict(row)) for row in alarms.alarm_rows(tx, open_only=open_only, limit=LISTED)]


def waiting(tx: Tx) -> int:
    """How many alarms wait for a person."""
    return alarms.count_open(tx)


def _alarm(row: dict[str, object]) -> Alarm:
    text = Text(str(row.pop("text_zh")), str(row.pop("text_en")))
    has_proof = row.pop("proof") is not None
    del row["owner_party"]
    kind = Kind(str(row.pop("kind")))
    return Alarm(kind=kind, text=text, has_proof=has_proof, **row)  # type: ignore[arg-type]  # the columns are the fields
