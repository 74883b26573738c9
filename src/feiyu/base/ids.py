"""Identifiers: a prefix that names the kind, then 26 characters that sort by time (ULID layout, Crockford base 32).

Rules this module keeps:
 * an id says what it names: ``trf_…`` is a transfer everywhere;
 * 48 bits of time, 80 bits from the operating system's random source: no coordination between edge and port; things that
   are made together may share 70 of these and count on in the last two characters.
"""

import os
from datetime import UTC, datetime, timedelta
from typing import NewType

PartyId = NewType("PartyId", str)
PrincipalId = NewType("PrincipalId", str)
ScenarioId = NewType("ScenarioId", str)
FlowId = NewType("FlowId", str)
FilingId = NewType("FilingId", str)
BasisId = NewType("BasisId", str)
GrantId = NewType("GrantId", str)
TransferId = NewType("TransferId", str)

PREFIXES = {
    "party": "pty", "principal": "prn", "scenario": "scn", "flow": "flw", "filing": "fil", "basis": "bas",
    "grant": "grt", "transfer": "trf", "event": "evt", "job": "job", "document": "doc", "dataset": "dst",
    "profile": "prf", "determination": "det", "advice": "adv", "finding": "fnd", "run": "run", "token": "tok", "meter": "mtr", "hold": "hld",
    "key": "key", "message": "msg", "entry": "led", "lease": "lea", "breakglass": "brk", "challenge": "chl", "counts": "cnt",
    "incident": "inc", "alarm": "alm", "original": "org",
    "dossier": "dos", "attachment": "att", "taken": "tkn",
}  # fmt: skip

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_PAIRS = [first + second for first in _ALPHABET for second in _ALPHABET]
_PLACES = {pair: place for place, pair in enumerate(_PAIRS)}
RUN = len(_PAIRS)
_LETTERS = _ALPHABET.encode() * 8
"""The character of each byte: five of its eight bits are used, so that all characters are drawn and spelled in one call."""
_DRAWN = 16
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def new_id(kind: str, at: datetime) -> str:
    """A fresh id for a kind of ``PREFIXES``, stamped with ``at`` (from the injected clock)."""
    drawn = os.urandom(_DRAWN).translate(_LETTERS).decode()
    return f"{PREFIXES[kind]}_{_spelled((at - _EPOCH) // _MILLISECOND)}{drawn}"


def new_ids(kind: str, at: datetime, count: int) -> list[str]:
    """Fresh ids of things that are made together: one, or a run."""
    ident = new_id(kind, at)
    return [ident] if count == 1 else run_of(ident, count)


def run_of(first: str, count: int) -> list[str]:
    """The ids of a run, which count on in their last two characters; up to ``RUN`` of them."""
    return [first[:-2] + pair for pair in _PAIRS[:count]]


def place_in_run(ident: str) -> tuple[str, int]:
    """The first id of the run in which an id would be, and its place there; whether there is such a run is not known here."""
    place = _PLACES.get(ident[-2:], 0)
    return (ident[:-2] + _PAIRS[0] if place else ident), place


def _spelled(number: int) -> str:
    """Ten characters for fifty bits."""
    return "".join([_PAIRS[(number >> shift) & 1023] for shift in (40, 30, 20, 10, 0)])
