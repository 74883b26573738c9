"""Take in what network edges counted, and hold it against what was logged.

Rules this module keeps:
 * a source's intervals follow one another without gap or overlap, end in the past and last at most a day;
 * each interval is a logged event: the operator cannot change it afterwards;
 * what the log says is read from the journal's own events, not from the transfer's present state.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from feiyu.base.clock import shown, to_text
from feiyu.base.text import Text
from feiyu.evidence.chain import Finding, Kind
from feiyu.evidence.egress import Counted, Crossing, Tolerance, Window, reconcile
from feiyu.registry import journal
from feiyu.registry.evidence.errors import BadInterval
from feiyu.registry.house import House
from feiyu.registry.journal.read import events_of_types
from feiyu.registry.journal.store import egress
from feiyu.store import Tx

LONGEST = timedelta(days=1)
LOOK_BACK = timedelta(days=35)
"""How far back windows are compared again; a transfer that takes longer to fetch is met by a person."""
AT_MOST = 100_000
LINE = ("transfer.sealed", "transfer.released", "transfer.received")


def take(house: House, tx: Tx, count: Counted, *, source: str) -> str:
    """Record one interval of a network edge; gives the event's id."""
    now = house.clock.now()
    last = egress.last_of(tx, count.source)
    _check(count, now, last["end_at"] if last else None, ended=bool(last and last["final"]))
    ref = journal.record(
        tx, keys=house.cipher, source=source, type="egress.counted", at=now, owner=house.party_id, refs={},
        data={
            "source": count.source, "start": to_text(count.start), "end": to_text(count.end),
            "bytes": count.size_bytes, "final": count.final,
        },
    )  # fmt: skip
    row = {
        "source": count.source, "start_at": count.start, "owner_party": house.party_id, "end_at": count.end,
        "size_bytes": count.size_bytes, "final": count.final, "event_id": ref.event_id,
    }  # fmt: skip
    egress.add_count(tx, row)
    return ref.event_id


def _check(count: Counted, now: datetime, last: datetime | None, *, ended: bool) -> None:
    def refuse(zh: str, en: str) -> BadInterval:
        return BadInterval(source=count.source, reason=Text(zh, en))

    if ended:
        raise refuse("该来源已以最后一段区间结束", "the source was closed by its final interval")
    if not count.start < count.end <= now:
        raise refuse("开始须早于结束，结束须早于现在", "it begins before it ends, and ends in the past")
    if count.end - count.start > LONGEST:
        raise refuse("时长超过一天", "it lasts longer than a day")
    if last is not None and count.start != last:
        raise refuse(
            f"未自上一段的结束 {to_text(last)} 开始",
            f"it does not begin where the last one ended, at {to_text(last)}",
        )


def counted(tx: Tx, now: datetime) -> Sequence[Counted]:
    """The intervals of the last weeks."""
    return [
        Counted(source=row["source"], start=row["start_at"], end=row["end_at"], size_bytes=row["size_bytes"], final=row["final"])
        for row in egress.counts_since(tx, now - LOOK_BACK, limit=AT_MOST)
    ]  # fmt: skip


def compare(tx: Tx, keys: journal.BodyCipher, now: datetime, tolerance: Tolerance) -> tuple[Window, ...]:
    """Every window of the last weeks against the log; nothing while no network edge has counted."""
    counts = counted(tx, now)
    if not counts:
        return ()
    return reconcile(counts, _crossings(tx, keys, since=now - 2 * LOOK_BACK, before=now), tolerance)


def _crossings(tx: Tx, keys: journal.BodyCipher, *, since: datetime, before: datetime) -> list[Crossing]:
    sizes: dict[str, int] = {}
    released: dict[str, datetime] = {}
    received: dict[str, datetime] = {}
    for event in events_of_types(tx, keys, LINE, since=since, before=before, limit=AT_MOST):
        transfer = event.refs.get("transfer", "")
        if event.type == LINE[0]:
            size = event.data.get("bytes")
            sizes[transfer] = size if isinstance(size, int) else 0
        else:
            (released if event.type == LINE[1] else received).setdefault(transfer, event.at)
    return [
        Crossing(transfer=one, size_bytes=sizes.get(one, 0), released=at, received=received.get(one))
        for one, at in released.items()
    ]


def findings(
    windows: Sequence[Window], counts: Sequence[Counted], now: datetime, silence: timedelta
) -> list[Finding]:
    """Windows that do not fit, and sources that have stopped counting."""
    found = [
        Finding(kind=Kind.EGRESS, where=f"{to_text(one.start)}/{to_text(one.end)}", text=one.text)
        for one in windows if one.text
    ]  # fmt: skip
    last: dict[str, Counted] = {}
    for one in counts:
        last[one.source] = max(one, last.get(one.source, one), key=lambda each: each.end)
    for source, one in last.items():
        if not one.final and one.end < now - silence - LONGEST:
            zh, en = (
                f"网络边界 {source} 自 {shown(one.end)} 起没有计量",
                f"network edge {source} has counted nothing since {shown(one.end)}",
            )
            found.append(
                Finding(kind=Kind.SILENCE, where=f"egress {source} {to_text(one.end)}", text=Text(zh, en))
            )
    return found
