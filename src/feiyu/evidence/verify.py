"""Check a receipt offline: ``python -m feiyu.evidence.verify RECEIPT --trust TRUST``.

This module stands alone: the standard library and ``cryptography``, nothing of Feiyu. A court, an authority or a
recipient can read it in one sitting and run it years later without a network. It shares no code with what made the
receipt; the tests hold the two against each other.

What is checked, in this order:
 1. the file is a receipt, within limits, with no field that this version does not know;
 2. salt and body give the commitment in the logged entry;
 3. entry and body agree about the hour;
 4. the entry's audit path leads to the root in the checkpoint;
 5. a trusted log signed that checkpoint and enough trusted witnesses cosigned it, with keys valid at that time;
 6. signatures of parties over the event are by trusted keys;
 7. the manifest is the one named in the event, and a trusted edge signed it;
 8. the sealed data given along is the data named in the manifest.

Rules this module keeps:
 * three outcomes: *trusted*; *intact, not trusted* (nothing contradicts, but the trust file does not bear it out, or
   none was given); *broken* (something was altered; step and field are named);
 * what a receipt brings along never vouches for the receipt: keys come from the trust file alone;
 * a key with a cut-off counts only for what sound witnesses saw before the cut-off, whatever time it claims itself;
 * limits come before parsing; memory does not grow with the data.

Sources: C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-proof; RFC 6962 section 2.1; RFC 9162
section 2.1.3.2.
"""

import argparse
import base64
import binascii
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

MAX_RECEIPT_BYTES = 16 * 1024 * 1024
MAX_MANIFEST_BYTES = 8 * 1024 * 1024
MAX_TRUST_BYTES = 4 * 1024 * 1024
MAX_ENTRY_BYTES = 65_535
MAX_BODY_BYTES = 1024 * 1024
MAX_NOTE_BYTES = 1024 * 1024
MAX_SIGNATURE_LINES = 100
MAX_PATH = 63
MAX_NAMES = 256
MAX_DEPTH = 64
BLOCK_BYTES = 64 * 1024

TRUSTED, NOT_TRUSTED, BROKEN = "trusted", "intact-not-trusted", "broken"
EXIT = {TRUSTED: 0, BROKEN: 1, NOT_TRUSTED: 3}
EXIT_USAGE = 2

ED25519, COSIGNATURE_ED25519, COSIGNATURE_MLDSA44 = 0x01, 0x04, 0x06
LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
SKEW = timedelta(minutes=5)
"""How far an event's own clock may run ahead of the witnesses'."""


class Two(NamedTuple):
    """A sentence in both languages."""

    zh: str
    en: str


STEPS = (
    Two("凭证文件格式", "The file is a receipt"),
    Two("正文与承诺值一致", "Salt and body give the logged commitment"),
    Two("条目与正文时间一致", "Entry and body agree about the hour"),
    Two("条目在日志中", "The entry is in the log"),
    Two("日志与见证签名可信", "Log and witnesses are trusted"),
    Two("各方签名可信", "Signatures of parties are trusted"),
    Two("传输清单一致且签名可信", "The manifest is the one logged and its edge is trusted"),
    Two("密封数据与清单一致", "The sealed data is what the manifest names"),
)


class TrustError(ValueError):
    """The trust file itself cannot be used; nothing is said about the receipt."""


class _Broken(Exception):
    """The receipt contradicts itself or what it was held against."""

    def __init__(self, where: str, zh: str, en: str) -> None:
        super().__init__(en)
        self.where = where
        self.reason = Two(zh, en)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: ``passed``, ``failed``, ``doubtful`` (not borne out by the trust file) or ``skipped``."""

    number: int
    name: Two
    state: str
    notes: tuple[Two, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came out, and what it does and does not prove."""

    outcome: str
    where: str | None
    reasons: tuple[Two, ...]
    steps: tuple[Step, ...]
    proves: tuple[Two, ...]
    not_proven: tuple[Two, ...]
    facts: dict[str, str]
    demo: bool

    @property
    def exit_code(self) -> int:
        """0 trusted, 1 broken, 3 intact but not trusted."""
        return EXIT[self.outcome]

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""
        return {
            "format": "feiyu-verdict/1",
            "outcome": self.outcome,
            "where": self.where,
            "demo": self.demo,
            "reasons": [r._asdict() for r in self.reasons],
            "steps": [
                {
                    "number": s.number,
                    "name": s.name._asdict(),
                    "state": s.state,
                    "notes": [n._asdict() for n in s.notes],
                }
                for s in self.steps
            ],
            "proves": [p._asdict() for p in self.proves],
            "not_proven": [p._asdict() for p in self.not_proven],
            "facts": self.facts,
        }


# --- small readers: each refuses what two readers could read differently -------------------------------------------


def _malformed(where: str, what: str) -> _Broken:
    return _Broken(where, f"{where} 格式不正确（{what}）", f"{where} is malformed: {what}")


def _json(data: bytes, where: str, limit: int) -> dict[str, object]:
    """A JSON object without duplicate names, floats or deep nesting."""
    if len(data) > limit:
        raise _malformed(where, f"{len(data)} bytes, over {limit}")

    def no_float(text: str) -> NoReturn:
        raise ValueError(f"the number {text[:40]}")

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(found)) != len(found):
            raise ValueError("a name stands twice")
        return dict(found)

    try:
        value = json.loads(
            data.decode(), object_pairs_hook=pairs, parse_float=no_float, parse_constant=no_float
        )
        _check_value(value, 0)
    except (ValueError, RecursionError) as bad:
        raise _malformed(where, str(bad)[:120]) from None
    if not isinstance(value, dict):
        raise _malformed(where, "an object is wanted")
    return value


def _check_value(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        value.encode()  # a lone surrogate is refused
    elif isinstance(value, dict | list):
        for item in (*value, *value.values()) if isinstance(value, dict) else value:
            _check_value(item, depth + 1)


def _names(
    found: dict[str, object], where: str, wanted: set[str], optional: frozenset[str] = frozenset()
) -> None:
    missing, foreign = wanted - set(found), set(found) - wanted - optional
    if missing or foreign:
        what = f"missing {sorted(missing)}" if missing else f"unknown {sorted(foreign)[:5]}"
        raise _malformed(where, what)


def _text(found: dict[str, object], name: str, where: str) -> str:
    value = found.get(name)
    if not isinstance(value, str):
        raise _malformed(f"{where}.{name}", "text is wanted")
    return value


def _number(found: dict[str, object], name: str, where: str) -> int:
    value = found.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _malformed(f"{where}.{name}", "a non-negative integer is wanted")
    return value


def _bytes(text: str, where: str, size: int | None = None) -> bytes:
    """Base64 in its one canonical spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _malformed(where, "not base64") from None
    if base64.b64encode(data).decode() != text or (size is not None and len(data) != size):
        raise _malformed(
            where, "not canonical base64" if size is None else f"not {size} bytes in canonical base64"
        )
    return data


def _size(text: str, where: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text):
        raise _malformed(where, "not a decimal")
    return int(text)


def _instant(text: str, where: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _malformed(where, "not an instant with its zone")


# --- hashing and signatures ----------------------------------------------------------------------------------------


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _root_from_path(leaf: bytes, index: int, size: int, path: list[bytes]) -> bytes | None:
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return None
    fn, sn, node = index, size - 1, leaf
    for step in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            node = _sha256(b"\x01" + step + node)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = _sha256(b"\x01" + node + step)
        fn, sn = fn >> 1, sn >> 1
    return node if sn == 0 else None


def _verifies(algorithm: int, public: bytes, data: bytes, signature: bytes) -> bool:
    try:
        if algorithm == COSIGNATURE_MLDSA44:
            from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

            MLDSA44PublicKey.from_public_bytes(public).verify(signature, data)
        else:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


# --- the trust file ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Period:
    """When a key may be believed."""

    valid_from: datetime | None
    valid_to: datetime | None
    compromised_at: datetime | None

    def covers(self, at: datetime) -> bool:
        return not ((self.valid_from and at < self.valid_from) or (self.valid_to and at > self.valid_to))

    def sound_until(self, at: datetime) -> bool:
        return self.compromised_at is None or at < self.compromised_at


@dataclass(frozen=True, slots=True)
class _NoteKey:
    """A log's or witness's key."""

    name: str
    key_id: bytes
    algorithm: int
    public: bytes
    period: _Period


@dataclass(frozen=True, slots=True)
class _PartyKey:
    """The key of an edge, the port, a recipient or a grant office."""

    ident: str
    role: str
    party: str
    public: bytes
    period: _Period


@dataclass(frozen=True, slots=True)
class _Trust:
    logs: tuple[_NoteKey, ...]
    witnesses: dict[str, _NoteKey]
    groups: dict[str, tuple[int, tuple[str, ...]]]
    quorum: str
    keys: dict[str, _PartyKey]
    demo: bool

    def satisfied(self, names: set[str], name: str | None = None) -> bool:
        name = name or self.quorum
        if name == "none":
            return True
        if name not in self.groups:
            return name in names
        needed, members = self.groups[name]
        return sum(self.satisfied(names, member) for member in members) >= needed


ROLES = ("edge", "port", "recipient", "grant")
_PERIOD = frozenset({"valid_from", "valid_to", "compromised_at"})


def _read_trust(data: bytes) -> _Trust:
    try:
        found = _json(data, "trust", MAX_TRUST_BYTES)
        _names(
            found,
            "trust",
            {"format", "logs", "witnesses", "policy", "keys"},
            frozenset({"demo", "name", "issued_at"}),
        )
        if found["format"] != "feiyu-trust/1":
            raise _malformed("trust.format", "feiyu-trust/1 is wanted")
        periods = {**_periods(found, "logs"), **_periods(found, "witnesses")}
        keys = {}
        for item, where in _items(found, "keys"):
            key = _party_key(item, where)
            if key.ident in keys:
                raise _malformed(where, "the key id stands twice")
            keys[key.ident] = key
        logs, witnesses, groups, quorum = _read_policy(_text(found, "policy", "trust"), periods)
        return _Trust(logs, witnesses, groups, quorum, keys, found.get("demo") is True)
    except _Broken as bad:
        raise TrustError(bad.reason.en) from None


def _items(found: dict[str, object], name: str) -> Iterator[tuple[dict[str, object], str]]:
    items = found[name]
    if not isinstance(items, list):
        raise _malformed(f"trust.{name}", "a list is wanted")
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            raise _malformed(f"trust.{name}[{number}]", "an object is wanted")
        yield item, f"trust.{name}[{number}]"


def _period(item: dict[str, object], where: str) -> _Period:
    values = (
        None if item.get(name) is None else _instant(_text(item, name, where), f"{where}.{name}")
        for name in ("valid_from", "valid_to", "compromised_at")
    )
    return _Period(*values)


def _periods(found: dict[str, object], name: str) -> dict[str, _Period]:
    periods: dict[str, _Period] = {}
    for item, where in _items(found, name):
        _names(item, where, {"vkey"}, _PERIOD | {"party"})
        vkey = _text(item, "vkey", where)
        if vkey in periods:
            raise _malformed(where, "the key stands twice")
        periods[vkey] = _period(item, where)
    return periods


def _party_key(item: dict[str, object], where: str) -> _PartyKey:
    _names(item, where, {"id", "role", "party", "algorithm", "public"}, _PERIOD)
    if item["role"] not in ROLES or item["algorithm"] != "Ed25519":
        raise _malformed(where, f"a role of {', '.join(ROLES)} and the algorithm Ed25519 are wanted")
    public = _bytes(_text(item, "public", where), f"{where}.public", 32)
    ident, role, party = (_text(item, name, where) for name in ("id", "role", "party"))
    return _PartyKey(ident, role, party, public, _period(item, where))


def _note_key(vkey: str, periods: dict[str, _Period], algorithms: tuple[int, ...]) -> _NoteKey:
    """Read ``name+id+base64`` and find its validity; a key of the policy must be listed in the trust file."""
    parts = vkey.split("+", 2)
    if len(parts) != 3 or vkey not in periods:
        raise TrustError(f"the policy names a key that is not listed: {vkey[:80]}")
    name, shown, encoded = parts
    data = _bytes(encoded, "trust.policy")
    ident = _sha256(name.encode() + b"\n" + data)[:4]
    if not data or data[0] not in algorithms or ident.hex() != shown:
        raise TrustError(f"not a usable key: {vkey[:80]}")
    return _NoteKey(name, ident, data[0], data[1:], periods[vkey])


def _read_policy(
    text: str, periods: dict[str, _Period]
) -> tuple[tuple[_NoteKey, ...], dict[str, _NoteKey], dict[str, tuple[int, tuple[str, ...]]], str]:
    """C2SP tlog-policy."""
    logs: list[_NoteKey] = []
    witnesses: dict[str, _NoteKey] = {}
    groups: dict[str, tuple[int, tuple[str, ...]]] = {}
    quorum = ""
    used: set[str] = set()
    for line in text.split("\n"):
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        defined = {*witnesses, *groups}
        if len(defined) >= MAX_NAMES:
            raise TrustError(f"policy: more than {MAX_NAMES} names")
        match words:
            case ["log", vkey, *_]:
                logs.append(_note_key(vkey, periods, (ED25519,)))
            case ["witness", name, vkey, *_] if name not in defined and name != "none":
                witnesses[name] = _note_key(vkey, periods, (COSIGNATURE_ED25519, COSIGNATURE_MLDSA44))
            case ["group", name, needed, *members] if name not in defined and name != "none" and members:
                if not set(members) <= defined - used or len(set(members)) != len(members):
                    raise TrustError(f"policy: unknown or repeated member in group {name[:80]}")
                used.update(members)
                count = {"any": 1, "all": len(members)}.get(needed, int(needed) if needed.isdecimal() else 0)
                if not 1 <= count <= len(members):
                    raise TrustError(f"policy: {needed[:20]} of {len(members)} members")
                groups[name] = (count, tuple(members))
            case ["quorum", name] if not quorum and name in {"none", *defined}:
                quorum = name
            case _:
                raise TrustError(f"policy: {line[:80]!r}")
    if not quorum:
        raise TrustError("policy: no quorum")
    if len({(key.name, key.key_id) for key in witnesses.values()}) != len(witnesses):
        raise TrustError("policy: one witness key under two names")
    return tuple(logs), witnesses, groups, quorum


# --- the receipt ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    key_id: bytes
    blob: bytes


@dataclass(slots=True)
class _Case:
    """The receipt under examination, filled in step by step."""

    found: dict[str, object] = field(default_factory=dict)
    entry: dict[str, object] = field(default_factory=dict)
    entry_bytes: bytes = b""
    body: dict[str, object] = field(default_factory=dict)
    body_bytes: bytes = b""
    data: dict[str, object] = field(default_factory=dict)
    refs: dict[str, object] = field(default_factory=dict)
    at: datetime = LONG_AGO
    origin: str = ""
    size: int = 0
    root: bytes = b""
    index: int = 0
    path: list[bytes] = field(default_factory=list)
    text: str = ""
    lines: list[_Line] = field(default_factory=list)
    witnessed_at: datetime | None = None
    witnesses: tuple[str, ...] = ()
    manifest: dict[str, object] | None = None
    manifest_signed: bool = False
    data_checked: bool = False

    @property
    def demo(self) -> bool:
        return self.origin.startswith("demo.") or self.data.get("demo") is True


_FIELDS = {"format", "demo", "entry", "salt", "body", "proof", "signatures"}
_OPTIONAL = frozenset({"manifest", "manifest_signature"})


def _step_form(case: _Case, receipt: bytes) -> None:
    """1. The file is a receipt."""
    found = case.found = _json(receipt, "receipt", MAX_RECEIPT_BYTES)
    if found.get("format") != "feiyu-receipt/1":
        raise _malformed("format", "feiyu-receipt/1 is wanted")
    _names(found, "receipt", _FIELDS, _OPTIONAL)
    case.entry_bytes = _bytes(_text(found, "entry", "receipt"), "entry")
    case.entry = _json(case.entry_bytes, "entry", MAX_ENTRY_BYTES)
    _names(case.entry, "entry", {"v", "src", "seq", "prev", "hour", "c"})
    case.body_bytes = _bytes(_text(found, "body", "receipt"), "body")
    case.body = _json(case.body_bytes, "body", MAX_BODY_BYTES)
    _names(case.body, "body", {"v", "type", "at", "party", "refs", "data"})
    for name, part in (("entry", case.entry), ("body", case.body)):
        if _number(part, "v", name) != 1:
            raise _malformed(f"{name}.v", "version 1 is wanted")
    refs, data = case.body["refs"], case.body["data"]
    if not isinstance(refs, dict) or not isinstance(data, dict):
        raise _malformed("body", "refs and data are objects")
    for name in ("type", "party"):
        _text(case.body, name, "body")
    for name in refs:
        _text(refs, name, "body.refs")
    case.refs, case.data = refs, data
    case.at = _instant(_text(case.body, "at", "body"), "body.at")
    _read_proof(case, _text(found, "proof", "receipt"))
    if found["demo"] is not case.demo:
        raise _Broken("demo", "演示标记与日志来源不符", "The demo mark contradicts the log's origin")


def _read_proof(case: _Case, text: str) -> None:
    """C2SP tlog-proof, without the line that nobody vouches for."""
    if len(text) > MAX_NOTE_BYTES:
        raise _malformed("proof", f"over {MAX_NOTE_BYTES} characters")
    head, _, note = text.partition("\n\n")
    lines = head.split("\n", MAX_PATH + 3)
    if lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 2 or not lines[1].startswith("index "):
        raise _malformed("proof", "not a tlog-proof")
    if len(lines) > MAX_PATH + 2:
        raise _malformed("proof", f"more than {MAX_PATH} hashes")
    case.index = _size(lines[1][6:], "proof.index")
    case.path = [_bytes(line, "proof.path", 32) for line in lines[2:]]
    _read_checkpoint(case, note)


def _read_checkpoint(case: _Case, note: str) -> None:
    """C2SP signed-note and tlog-checkpoint."""
    where = "proof.checkpoint"
    head, blank, block = note.rpartition("\n\n")
    if not blank or not block.endswith("\n") or re.search("[\x00-\x09\x0b-\x1f]", head):
        raise _malformed(where, "not a signed note")
    if block.count("\n") > MAX_SIGNATURE_LINES:
        raise _malformed(where, f"more than {MAX_SIGNATURE_LINES} signature lines")
    case.text = head + "\n"
    parts = head.split("\n")
    if len(parts) != 3 or not parts[0]:
        raise _malformed(where, "not the three lines origin, size, root")
    case.origin, case.size = parts[0], _size(parts[1], f"{where}.size")
    case.root = _bytes(parts[2], f"{where}.root", 32)
    for line in block[:-1].split("\n"):
        match = re.fullmatch("\u2014 ([^\\s+]+) (\\S+)", line)
        blob = _bytes(match[2], f"{where}.signatures") if match else b""
        if match is None or len(blob) < 5:
            raise _malformed(f"{where}.signatures", "not a signature line")
        case.lines.append(_Line(match[1], blob[:4], blob[4:]))


def _step_commitment(case: _Case) -> None:
    """2. Salt and body give the commitment."""
    salt = _bytes(_text(case.found, "salt", "receipt"), "salt", 32)
    if _bytes(_text(case.entry, "c", "entry"), "entry.c", 32) != _sha256(
        b"feiyu/event/v1\n" + salt + case.body_bytes
    ):
        raise _Broken(
            "body",
            "正文或盐值与日志中的承诺值不符",
            "Body or salt do not give the commitment that was logged",
        )


def _step_hour(case: _Case) -> None:
    """3. Entry and body agree about the hour."""
    if _text(case.entry, "hour", "entry") != f"{case.at:%Y-%m-%dT%H}Z":
        raise _Broken("entry.hour", "条目的小时与正文时间不符", "The entry's hour is not the body's")


def _step_inclusion(case: _Case) -> None:
    """4. The path leads from the entry to the root."""
    leaf = _sha256(b"\x00" + case.entry_bytes)
    if _root_from_path(leaf, case.index, case.size, case.path) != case.root:
        raise _Broken(
            "proof.path",
            "证明路径不能从条目到达检查点的根",
            "The path does not lead from the entry to the checkpoint's root",
        )


# --- step 5: log and witnesses -------------------------------------------------------------------------------------


def _step_log(case: _Case, trust: _Trust) -> list[Two]:
    """5. A trusted log, enough trusted witnesses, keys valid then."""
    logs = [key for key in trust.logs if key.name == case.origin]
    signed = [key for key in logs if _signed_by(case, key)]
    seen = {name: at for name, key in trust.witnesses.items() if (at := _cosigned_by(case, key)) is not None}
    doubts = []
    if not logs:
        doubts.append(Two(f"信任文件中没有日志 {case.origin}", f"The trust file knows no log {case.origin}"))
    elif not signed:
        doubts.append(
            Two("检查点没有可信日志密钥的签名", "No trusted key of the log has signed the checkpoint")
        )
    _count_witnesses(case, trust, seen)
    if not trust.satisfied(set(case.witnesses)):
        doubts.append(
            Two(
                f"可信见证签名不足(仅 {len(case.witnesses)} 个)",
                f"Too few trusted witnesses have cosigned (only {len(case.witnesses)})",
            )
        )
        case.witnessed_at = None
    if signed and not any(_usable(case, key.period) for key in signed):
        doubts.append(
            Two(
                "日志密钥在见证时已失效或已泄露",
                "The log's key was not valid, or cut off, when this was witnessed",
            )
        )
    if case.witnessed_at and case.at > case.witnessed_at + SKEW:
        doubts.append(Two("事件时间晚于见证时间", "The event claims a time later than its witnesses'"))
    return doubts


def _signed_by(case: _Case, key: _NoteKey) -> bool:
    """Whether the log's key signed; a signature under it that fails breaks the receipt."""
    blobs = [line.blob for line in case.lines if (line.name, line.key_id) == (key.name, key.key_id)]
    for blob in blobs:
        if not _verifies(key.algorithm, key.public, case.text.encode(), blob):
            raise _Broken(
                "proof.checkpoint.signatures",
                f"日志 {key.name} 的签名无效",
                f"The signature of log {key.name} fails",
            )
    return bool(blobs)


def _cosigned_by(case: _Case, key: _NoteKey) -> datetime | None:
    """When the witness says it cosigned (the earliest, if several times)."""
    times = []
    for line in case.lines:
        if (line.name, line.key_id) != (key.name, key.key_id):
            continue
        seconds = int.from_bytes(line.blob[:8], "big")
        message = _cosigned_message(case, key, seconds)
        if seconds >= 1 << 37 or not _verifies(key.algorithm, key.public, message, line.blob[8:]):
            raise _Broken(
                "proof.checkpoint.signatures",
                f"见证 {key.name} 的签名无效",
                f"The cosignature of {key.name} fails",
            )
        times.append(datetime.fromtimestamp(seconds, UTC))
    return min(times, default=None)


def _cosigned_message(case: _Case, key: _NoteKey, seconds: int) -> bytes:
    """C2SP tlog-cosignature."""
    if key.algorithm == COSIGNATURE_ED25519:
        return f"cosignature/v1\ntime {seconds}\n{case.text}".encode()
    name, origin = key.name.encode(), case.origin.encode()
    if len(name) > 255 or len(origin) > 255:
        return b""
    head = b"subtree/v1\n\x00" + bytes([len(name)]) + name + seconds.to_bytes(8, "big")
    return head + bytes([len(origin)]) + origin + bytes(8) + case.size.to_bytes(8, "big") + case.root


def _count_witnesses(case: _Case, trust: _Trust, seen: dict[str, datetime]) -> None:
    """Which cosignatures count, and since when they suffice.

    A key with a cut-off could have been used by a thief who writes any time he likes. So its cosignature counts only
    if a witness without cut-off saw the same checkpoint before that moment.
    """
    periods = {name: trust.witnesses[name].period for name in seen}
    sound = {n: t for n, t in seen.items() if periods[n].covers(t) and periods[n].compromised_at is None}
    first = min(sound.values(), default=None)
    for name, at in seen.items():
        cut = periods[name].compromised_at
        if cut and first and first < cut and at < cut and periods[name].covers(at):
            sound[name] = max(at, first)
    counted: set[str] = set()
    for name, at in sorted(sound.items(), key=lambda item: item[1]):
        counted.add(name)
        if case.witnessed_at is None and trust.quorum != "none" and trust.satisfied(counted):
            case.witnessed_at = at
    case.witnesses = tuple(sorted(counted))


def _usable(case: _Case, period: _Period) -> bool:
    """Whether a key was valid when witnesses saw what it signed; with a cut-off nothing but witnesses will do."""
    if case.witnessed_at is None:
        return period.compromised_at is None and period.covers(case.at)
    begun = period.valid_from is None or case.witnessed_at >= period.valid_from
    ended = period.valid_to is not None and case.witnessed_at > period.valid_to
    return begun and not ended and period.sound_until(case.witnessed_at)


# --- steps 6 to 8: parties, manifest, data -------------------------------------------------------------------------


def _step_signatures(case: _Case, trust: _Trust | None) -> list[Two]:
    """6. Signatures of parties: over the body, or over a statement whose hash the event holds."""
    doubts: list[Two] = []
    items = case.found["signatures"]
    if not isinstance(items, list) or len(items) > MAX_SIGNATURE_LINES:
        raise _malformed("signatures", f"a list of at most {MAX_SIGNATURE_LINES} is wanted")
    for number, item in enumerate(items):
        where = f"signatures[{number}]"
        if not isinstance(item, dict):
            raise _malformed(where, "an object is wanted")
        _names(item, where, {"role", "key_id", "algorithm", "signature"}, frozenset({"statement"}))
        if item["algorithm"] != "Ed25519":
            raise _malformed(f"{where}.algorithm", "Ed25519 is wanted")
        role, ident = _text(item, "role", where), _text(item, "key_id", where)
        signature = _bytes(_text(item, "signature", where), f"{where}.signature", 64)
        message = b"feiyu/event-signature/v1\n" + case.body_bytes
        if "statement" in item:
            statement = _bytes(_text(item, "statement", where), f"{where}.statement")
            _check_statement(case, statement, where)
            message = b"feiyu/statement/v1\n" + statement
        if trust is not None:
            doubts += _by_party(case, trust, ident, role, "", message, signature, where)
    return [_UNCHECKED] if items and trust is None else doubts


_UNCHECKED = Two("没有信任文件，签名未核对", "Without a trust file the signatures are not checked")


def _check_statement(case: _Case, statement: bytes, where: str) -> None:
    digest = _sha256(statement)
    if not {digest.hex(), base64.b64encode(digest).decode()} & {
        v for v in case.data.values() if isinstance(v, str)
    }:
        raise _Broken(
            f"{where}.statement", "事件中没有该声明的摘要", "The event holds no digest of this statement"
        )


def _by_party(
    case: _Case,
    trust: _Trust,
    ident: str,
    role: str,
    party: str,
    message: bytes,
    signature: bytes,
    where: str,
) -> list[Two]:
    """Doubts about one party's signature; one under a trusted key that fails breaks the receipt."""
    key = trust.keys.get(ident)
    if key is None:
        return [
            Two(
                f"{where}：信任文件中没有密钥 {ident[:24]}",
                f"{where}: the trust file has no key {ident[:24]}",
            )
        ]
    if not _verifies(ED25519, key.public, message, signature):
        raise _Broken(where, f"{where} 签名无效", f"The signature {where} fails")
    doubts = []
    if key.role != role or (party and key.party != party):
        doubts.append(
            Two(
                f"{where}：密钥 {ident[:24]} 属于 {key.party}({key.role}),与所称身份不符",
                f"{where}: the key {ident[:24]} is {key.party}'s as {key.role}, not the one claimed",
            )
        )
    if not _usable(case, key.period):
        doubts.append(
            Two(
                f"{where}：密钥 {ident[:24]} 当时无效或已泄露",
                f"{where}: the key {ident[:24]} was not valid then, or is cut off",
            )
        )
    return doubts


def _one_of(given: bytes | None, embedded: object, where: str) -> bytes | None:
    """What was handed in and what the receipt embeds must be the same bytes, where both exist."""
    if embedded is None:
        return given
    if not isinstance(embedded, str):
        raise _malformed(where, "text is wanted")
    inside = _bytes(embedded, where)
    if given is not None and given != inside:
        raise _Broken(
            where, f"{where} 与另行提供的不同", f"The {where} handed in is not the one in the receipt"
        )
    return inside


def _step_manifest(
    case: _Case, trust: _Trust | None, manifest: bytes | None, signature: bytes | None
) -> list[Two]:
    """7. The manifest is the one logged, and its edge is trusted."""
    raw = _one_of(manifest, case.found.get("manifest"), "manifest")
    signature = _one_of(signature, case.found.get("manifest_signature"), "manifest_signature")
    if raw is None:
        if signature is not None:
            raise _malformed("manifest_signature", "there is no manifest that it could be over")
        return []
    if _digest(case.data.get("manifest_sha256")) != _sha256(raw):
        raise _Broken(
            "manifest", "传输清单不是事件中记录的清单", "The manifest is not the one that the event names"
        )
    found = case.manifest = _json(raw, "manifest", MAX_MANIFEST_BYTES)
    if found.get("format") != "feiyu-manifest/1":
        raise _malformed("manifest.format", "feiyu-manifest/1 is wanted")
    for ref in ("transfer", "grant", "basis", "flow"):
        if ref in case.refs and case.refs[ref] != found.get(f"{ref}_id"):
            raise _Broken(
                f"manifest.{ref}_id", f"清单的 {ref} 与事件不符", f"Manifest and event name another {ref}"
            )
    for name in ("cipher_root",):
        if name in case.data and _digest(case.data[name]) != _digest(found.get(name)):
            raise _Broken(
                f"manifest.{name}", f"清单的 {name} 与事件不符", f"Manifest and event differ in {name}"
            )
    if signature is None:
        return [Two("传输清单没有出口侧签名", "The manifest comes without its edge's signature")]
    if len(signature) != 64:
        raise _malformed("manifest_signature", "not 64 bytes")
    if trust is None:
        return [_UNCHECKED]
    ident, exporter = _text(found, "edge_key_id", "manifest"), _text(found, "exporter", "manifest")
    message = b"feiyu/manifest/v1\n" + raw
    doubts = _by_party(case, trust, ident, "edge", exporter, message, signature, "manifest_signature")
    case.manifest_signed = not doubts
    return doubts


def _digest(value: object) -> bytes | None:
    """A hash as hex or base64 text."""
    if not isinstance(value, str):
        return None
    try:
        return bytes.fromhex(value) if len(value) == 64 else base64.b64decode(value, validate=True)
    except ValueError:
        return None


def _step_data(case: _Case, chunks: "Iterable[bytes] | Path") -> None:
    """8. The sealed data is what the manifest names, segment by segment, then as a whole."""
    if case.manifest is None:
        raise _Broken("data", "没有传输清单，无法核对数据", "Without the manifest the data cannot be checked")
    manifest = case.manifest
    if _number(manifest, "block_size", "manifest") != BLOCK_BYTES:
        raise _malformed("manifest.block_size", f"{BLOCK_BYTES} is wanted")
    segments = _segments(manifest)
    blocks = _blocks(
        _pieces(chunks) if isinstance(chunks, Path) else chunks, _number(manifest, "cipher_size", "manifest")
    )
    whole = _Tree()
    for number, (size, root) in enumerate(segments):
        part = _Tree()
        for _ in range(-(-size // BLOCK_BYTES)):
            leaf = next(blocks, None)
            if leaf is None:
                raise _Broken(
                    f"data.segments[{number}]",
                    f"数据在第 {number} 段中断",
                    f"The data ends in segment {number}",
                )
            part.add(leaf)
            whole.add(leaf)
        if part.root() != root:
            raise _Broken(
                f"data.segments[{number}]",
                f"第 {number} 段数据与清单不符",
                f"Segment {number} is not what the manifest names",
            )
    if next(blocks, None) is not None:
        raise _Broken("data", "数据比清单所列更长", "The data is longer than the manifest says")
    if whole.root() != _digest(manifest.get("cipher_root")):
        raise _Broken("data", "数据与清单的根不符", "The data does not give the manifest's root")
    case.data_checked = True


def _segments(manifest: dict[str, object]) -> list[tuple[int, bytes]]:
    items = manifest.get("segments")
    if not isinstance(items, list) or len(items) > 65_536:
        raise _malformed("manifest.segments", "a list is wanted")
    found = []
    for number, item in enumerate(items):
        where = f"manifest.segments[{number}]"
        if not isinstance(item, dict) or item.get("no") != number:
            raise _malformed(where, "segments are numbered from 0 without gap")
        size = _number(item, "size", where)
        if size == 0 or (number < len(items) - 1 and size % BLOCK_BYTES):
            raise _malformed(f"{where}.size", "only the last segment may end inside a block")
        found.append((size, _bytes(_text(item, "root", where), f"{where}.root", 32)))
    if sum(size for size, _ in found) != _number(manifest, "cipher_size", "manifest"):
        raise _malformed("manifest.cipher_size", "not the sum of the segments")
    return found


class _Tree:
    """The right edge of an RFC 6962 tree."""

    def __init__(self) -> None:
        self.size, self.stack = 0, list[bytes]()

    def add(self, leaf: bytes) -> None:
        size = self.size
        while size & 1:
            leaf = _sha256(b"\x01" + self.stack.pop() + leaf)
            size >>= 1
        self.stack.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.stack:
            return _sha256(b"")
        node = self.stack[-1]
        for left in reversed(self.stack[:-1]):
            node = _sha256(b"\x01" + left + node)
        return node


def _blocks(pieces: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Leaf hashes of 64 KiB blocks, however the data is cut; stops with an error once it exceeds ``limit`` bytes."""
    waiting, total = b"", 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise _Broken("data", "数据比清单所列更长", "The data is longer than the manifest says")
        waiting += piece
        whole = len(waiting) // BLOCK_BYTES * BLOCK_BYTES
        for at in range(0, whole, BLOCK_BYTES):
            yield _sha256(b"\x00" + waiting[at : at + BLOCK_BYTES])
        waiting = waiting[whole:]
    if waiting:
        yield _sha256(b"\x00" + waiting)


def _pieces(place: Path) -> Iterator[bytes]:
    """The bytes of a file, or of a directory's files in the order of the numbers in their names."""

    def order(path: Path) -> list[object]:
        return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.split(r"([0-9]+)", path.name)]

    files = [place] if place.is_file() else sorted((p for p in place.iterdir() if p.is_file()), key=order)
    for path in files:
        if path.name.startswith(".") or path.suffix == ".json":
            continue
        with path.open("rb") as stream:
            while piece := stream.read(1 << 20):
                yield piece


# --- what it proves ------------------------------------------------------------------------------------------------

_CROSSED = {
    "transfer.sealed": Two(
        "传输清单所列密封数据当时交付出境传输",
        "the sealed data named in the manifest was handed over to cross the border then",
    ),
    "transfer.released": Two(
        "该密封数据当时已放行给境外接收方", "the sealed data was released to the recipient abroad then"
    ),
    "transfer.delivered": Two(
        "境外接收方当时确认收到该密封数据", "the recipient abroad confirmed the sealed data then"
    ),
}
_LEVELS = {
    "D": Two(
        "D 级：内容由出口方申报，未经核对",
        "level D: the content was declared by the exporter and not checked",
    ),
    "L": Two("L 级：内容依据系统日志", "level L: the content follows from system logs"),
    "M": Two("M 级：内容经计量", "level M: the content was metered"),
    "S": Two("S 级：内容由出口侧逐批扫描后密封", "level S: the edge scanned every batch and sealed it"),
}
_NOT_PROVEN = (
    Two("不证明任何许可、批准或备案已经作出", "It is no licence, no approval and no filing"),
    Two("不证明本次传输符合法律法规", "It does not prove that the transfer complied with the law"),
    Two("不证明没有其他数据以其他途径出境", "It does not prove that nothing else left by another way"),
    Two("未附许可时间戳机构的时间戳", "It carries no time stamp of a licensed authority"),
)


def _proves(case: _Case) -> tuple[Two, ...]:
    kind, basis = str(case.body.get("type")), case.refs.get("basis") or (case.manifest or {}).get("basis_id")
    what = _CROSSED.get(
        kind, Two(f"事件 {kind} 当时发生并被记录", f"the event {kind} was recorded as having happened then")
    )
    then = case.body["at"]
    found = [Two(f"{what.zh}（记录时间 {then}）", f"By the record, {what.en} ({then})")]
    if basis:
        grant = case.refs.get("grant") or (case.manifest or {}).get("grant_id") or "-"
        found.append(
            Two(
                f"所记依据：{basis}，传输授权：{grant}",
                f"On the basis recorded as {basis}, under grant {grant}",
            )
        )
    found.append(
        Two(
            f"该记录是日志 {case.origin} 的第 {case.index} 条，此后未被改动",
            f"That record is entry {case.index} of the log {case.origin} and has not been altered since",
        )
    )
    if case.witnessed_at:
        at = f"{case.witnessed_at:%Y-%m-%dT%H:%M:%SZ}"
        found.append(
            Two(
                f"足够数量的见证节点({len(case.witnesses)} 个)至迟于 {at} 见到该日志",
                f"Enough witnesses ({len(case.witnesses)}) had seen that log by {at}",
            )
        )
    if case.manifest_signed:
        found.append(Two("传输清单由出口方的可信密钥签名", "The exporter's trusted key signed the manifest"))
    if case.data_checked:
        found.append(
            Two(
                "所提供的密封数据与清单逐块一致",
                "The sealed data given along is the manifest's, block for block",
            )
        )
    return tuple(found)


def _not_proven(case: _Case, *, demo: bool) -> tuple[Two, ...]:
    level = case.data.get("evidence_level") or (case.manifest or {}).get("evidence_level")
    said = _LEVELS.get(str(level), Two("未注明内容核对等级", "no level of content check is stated"))
    found = [
        *_NOT_PROVEN,
        Two(f"内容核对等级以此为限：{said.zh}", f"About the content it says no more than this: {said.en}"),
    ]
    if demo:
        found.insert(
            0, Two("这是演示凭证，没有任何效力", "This is a demonstration receipt and has no effect whatever")
        )
    return tuple(found)


def _facts(case: _Case) -> dict[str, str]:
    facts = {"type": str(case.body["type"]), "at": str(case.body["at"]), "party": str(case.body["party"])}
    facts |= {f"ref.{name}": str(value) for name, value in sorted(case.refs.items())}
    facts |= {
        "log": case.origin,
        "index": str(case.index),
        "tree_size": str(case.size),
        "source": str(case.entry["src"]),
    }
    facts["sequence"] = str(case.entry["seq"])
    if case.witnessed_at:
        facts["witnessed_at"] = f"{case.witnessed_at:%Y-%m-%dT%H:%M:%SZ}"
        facts["witnesses"] = ", ".join(case.witnesses)
    if case.manifest is not None:
        facts |= {
            name: str(case.manifest[name]) for name in ("cipher_size", "cipher_root") if name in case.manifest
        }
    return facts


# --- putting it together -------------------------------------------------------------------------------------------


def verify_receipt(
    receipt: bytes,
    *,
    trust: bytes | None,
    manifest: bytes | None = None,
    manifest_signature: bytes | None = None,
    chunks: "Iterable[bytes] | Path | None" = None,
) -> Verdict:
    """Check a receipt against a trust file; ``chunks`` is the sealed data (a file, a directory of segments, pieces).

    Raises ``TrustError`` when the trust file itself cannot be used; everything about the receipt is in the verdict.
    """
    trusted = _read_trust(trust) if trust is not None else None
    case = _Case()
    steps: list[Step] = []
    doubts: list[Two] = []
    none_given = Two(
        "没有提供信任文件，只能检查完整性", "No trust file was given; only integrity was checked"
    )

    def done(state: str, notes: Iterable[Two] = ()) -> None:
        steps.append(Step(len(steps) + 1, STEPS[len(steps)], state, tuple(notes)))

    def judged(found: list[Two], *, nothing: bool = False) -> None:
        doubts.extend(found)
        done("doubtful" if found else "skipped" if nothing else "passed", found)

    try:
        _step_form(case, receipt)
        done("passed")
        _step_commitment(case)
        done("passed")
        _step_hour(case)
        done("passed")
        _step_inclusion(case)
        done("passed")
        judged([none_given] if trusted is None else _step_log(case, trusted))
        judged(_step_signatures(case, trusted), nothing=not case.found["signatures"])
        judged(_step_manifest(case, trusted, manifest, manifest_signature), nothing=case.manifest is None)
        if chunks is None:
            done("skipped")
        else:
            _step_data(case, chunks)
            done("passed")
    except _Broken as bad:
        done("failed", [bad.reason])
        return Verdict(BROKEN, bad.where, (bad.reason,), tuple(steps), (), (), {}, case.demo)
    demo = case.demo or bool(trusted and trusted.demo)
    outcome = NOT_TRUSTED if doubts else TRUSTED
    proves = () if doubts else _proves(case)
    return Verdict(
        outcome, None, tuple(doubts), tuple(steps), proves, _not_proven(case, demo=demo), _facts(case), demo
    )


_OUTCOMES = {
    TRUSTED: Two(
        "可信：凭证完整，且由信任文件中的日志、见证和密钥证实",
        "TRUSTED: intact, and borne out by the trust file",
    ),
    NOT_TRUSTED: Two(
        "完整但不可信：内容自洽，但信任文件未能证实",
        "INTACT, NOT TRUSTED: consistent, but not borne out by a trust file",
    ),
    BROKEN: Two("已损坏：凭证或所附材料被改动", "BROKEN: the receipt, or what came with it, was altered"),
}
_STATES = {
    "passed": Two("通过", "passed"),
    "failed": Two("失败", "failed"),
    "doubtful": Two("存疑", "in doubt"),
    "skipped": Two("未检查", "not checked"),
}


def report(verdict: Verdict, lang: str) -> str:
    """The verdict for people, in ``zh`` or ``en``."""
    pick = 0 if lang == "zh" else 1
    lines = [_OUTCOMES[verdict.outcome][pick]]
    if verdict.demo:
        lines.append(Two("演示凭证", "DEMONSTRATION")[pick])
    if verdict.where:
        lines.append(Two("位置：", "Where: ")[pick] + verdict.where)
    lines += [f"  - {reason[pick]}" for reason in verdict.reasons]
    lines.append("")
    lines += [f"{step.number}. {step.name[pick]}: {_STATES[step.state][pick]}" for step in verdict.steps]
    for title, sentences in (
        (Two("证明：", "It proves:"), verdict.proves),
        (Two("不证明：", "It does not prove:"), verdict.not_proven),
    ):
        if sentences:
            lines += ["", title[pick], *(f"  - {sentence[pick]}" for sentence in sentences)]
    if verdict.facts:
        lines += ["", *(f"{name}: {value}" for name, value in verdict.facts.items())]
    # What stands in a receipt was written by others: no control character of theirs reaches the terminal.
    return "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in "\n".join(lines)) + "\n"


def _read(path: Path, limit: int) -> bytes:
    with path.open("rb") as stream:
        return stream.read(limit + 1)


def main(arguments: list[str] | None = None) -> int:
    """The command line; 0 trusted, 1 broken, 2 wrong use, 3 intact but not trusted."""
    parser = argparse.ArgumentParser(
        prog="feiyu-verify", description="Check a receipt offline. 离线核验存证凭证。"
    )
    parser.add_argument("receipt", type=Path)
    parser.add_argument(
        "--trust", type=Path, help="trust file, obtained apart from the receipt 信任文件（须另行取得）"
    )
    parser.add_argument("--manifest", type=Path, help="manifest, if not in the receipt 传输清单")
    parser.add_argument("--manifest-signature", type=Path, help="its detached signature 清单签名")
    parser.add_argument(
        "--data", "--chunks", dest="data", type=Path, help="sealed data: file or directory 密封数据"
    )
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="zh" if os.environ.get("LANG", "").startswith("zh") else "en"
    )
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON 输出 JSON")
    given = parser.parse_args(arguments)
    try:
        verdict = verify_receipt(
            _read(given.receipt, MAX_RECEIPT_BYTES),
            trust=_read(given.trust, MAX_TRUST_BYTES) if given.trust else None,
            manifest=_read(given.manifest, MAX_MANIFEST_BYTES) if given.manifest else None,
            manifest_signature=_read(given.manifest_signature, 4096) if given.manifest_signature else None,
            chunks=given.data,
        )
    except TrustError as bad:
        sys.stderr.write(
            Two(f"信任文件无法使用：{bad}\n", f"The trust file cannot be used: {bad}\n")[given.lang == "en"]
        )
        return EXIT_USAGE
    except OSError as bad:
        sys.stderr.write(Two(f"无法读取文件：{bad}\n", f"A file cannot be read: {bad}\n")[given.lang == "en"])
        return EXIT_USAGE
    if given.json:
        sys.stdout.write(json.dumps(verdict.as_dict(), ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write(report(verdict, given.lang))
    return verdict.exit_code


if __name__ == "__main__":
    sys.exit(main())
