"""Witness policy: whose cosignatures together make a checkpoint trusted.

Rules this module keeps:
 * every name is defined before it is used and used once; exactly one quorum is named;
 * the log's own signature is always needed, under a key whose name is the checkpoint's origin, and one of each kind of
   key (Ed25519, ML-DSA-44, SM2) that the policy lists for it, as far as that kind can be checked here.

Source: C2SP tlog-policy.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.errors import BadKey, BadPolicy, QuorumMissing, UntrustedNote
from feiyu.evidence.keys import Algorithm, VerifierKey, can_verify

MAX_BYTES = 256 * 1024
MAX_NAMES = 256
NONE = "none"
_COUNT = re.compile(r"[1-9][0-9]{0,3}")


@dataclass(frozen=True, slots=True)
class Group:
    """``needed`` of ``members`` (names of witnesses or groups)."""

    needed: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """Logs, named witnesses, named groups, and the one name that decides."""

    logs: tuple[VerifierKey, ...]
    witnesses: dict[str, VerifierKey]
    groups: dict[str, Group]
    quorum: str
    urls: dict[str, str]

    @classmethod
    def parse(cls, text: str) -> "Policy":
        """Read a policy file."""
        if len(text.encode()) > MAX_BYTES:
            raise BadPolicy(line=1, reason=Text(f"超过 {MAX_BYTES} 字节", f"larger than {MAX_BYTES} bytes"))
        reading = _Reading()
        for number, line in enumerate(text.split("\n"), 1):
            words = [] if line.lstrip().startswith("#") else line.split()
            if words:
                reading.take(number, words)
        if reading.quorum is None:
            raise BadPolicy(line=text.count("\n") + 1, reason=Text("没有写明 quorum", "no quorum is named"))
        return cls(tuple(reading.logs), reading.witnesses, reading.groups, reading.quorum, reading.urls)

    def satisfied(self, cosigned: Collection[str]) -> bool:
        """Whether the witnesses of these names suffice."""
        return self.quorum == NONE or self._reached(self.quorum, cosigned)

    def _reached(self, name: str, cosigned: Collection[str]) -> bool:
        group = self.groups.get(name)
        if group is None:
            return name in cosigned
        return sum(self._reached(member, cosigned) for member in group.members) >= group.needed

    def cosigned(self, note: notes.Note) -> tuple[str, ...]:
        """The names of the witnesses whose cosignature on the note verifies; a known one that fails raises."""
        names = {key: name for name, key in self.witnesses.items()}
        keys = [*self.logs, *names]
        return tuple(dict.fromkeys(names[s.key] for s in notes.verify(note, keys) if s.key in names))

    def check(self, note: notes.Note) -> Checkpoint:
        """The checkpoint of a note that a known log signed and enough witnesses cosigned."""
        seen = Checkpoint.parse(note.text)
        keys = [key for key in self.logs if key.name == seen.origin]
        if not keys:
            raise UntrustedNote(
                reason=Text(f"策略中没有日志 {seen.origin}", f"the policy knows no log {seen.origin}")
            )
        _demand_every_kind(keys, notes.verify(note, keys))
        have = self.cosigned(note)
        if not self.satisfied(have):
            raise QuorumMissing(have=", ".join(have) or "-")
        return seen


def _demand_every_kind(keys: Collection[VerifierKey], good: Collection[notes.Signature]) -> None:
    """A log listed with keys of several kinds signs with each kind: who breaks one of them cannot leave the others out."""
    for kind in {key.algorithm for key in keys if can_verify(key.algorithm)}:
        if not any(one.key.algorithm is kind for one in good):
            raise UntrustedNote(
                reason=Text(
                    f"日志没有以其 {kind.name} 密钥签名", f"the log has not signed with its {kind.name} key"
                )
            )


class _Reading:
    """What a policy file has said so far."""

    def __init__(self) -> None:
        self.logs: list[VerifierKey] = []
        self.witnesses: dict[str, VerifierKey] = {}
        self.groups: dict[str, Group] = {}
        self.urls: dict[str, str] = {}
        self.quorum: str | None = None
        self._used: set[str] = set()

    def take(self, line: int, words: list[str]) -> None:
        """Read one directive."""
        match words:
            case ["log", vkey, *url] if len(url) <= 1:
                key = _key(line, vkey, (Algorithm.ED25519, Algorithm.COSIGNATURE_MLDSA44, Algorithm.SM2_SM3))
                if key in self.logs:
                    raise BadPolicy(
                        line=line,
                        reason=Text(f"日志密钥 {key.name} 重复出现", f"the log key {key.name} stands twice"),
                    )
                self.logs.append(key)
                self.urls.update(zip([key.name], url, strict=False))
            case ["witness", name, vkey, *url] if len(url) <= 1:
                key = _key(line, vkey, (Algorithm.COSIGNATURE_ED25519, Algorithm.COSIGNATURE_MLDSA44))
                if key in self.witnesses.values():
                    raise BadPolicy(
                        line=line,
                        reason=Text(
                            f"见证节点 {name} 的密钥重复出现", f"the key of witness {name} stands twice"
                        ),
                    )
                self.witnesses[self._new(line, name)] = key
                self.urls.update(zip([name], url, strict=False))
            case ["group", name, needed, *members] if members:
                self.groups[self._new(line, name)] = self._group(line, needed, members)
            case ["quorum", name] if self.quorum is None:
                if name not in (NONE, *self.witnesses, *self.groups):
                    raise BadPolicy(
                        line=line, reason=Text(f"上文没有定义 {name}", f"{name} is not defined above")
                    )
                self.quorum = name
            case _:
                raise BadPolicy(
                    line=line,
                    reason=Text(
                        f"{' '.join(words)[:80]!r} 不是指令，或重复出现",
                        f"{' '.join(words)[:80]!r} is no directive, or stands twice",
                    ),
                )

    def _new(self, line: int, name: str) -> str:
        if name == NONE or name in self.witnesses or name in self.groups:
            raise BadPolicy(line=line, reason=Text(f"名称 {name} 已被占用", f"the name {name} is taken"))
        if len(self.witnesses) + len(self.groups) >= MAX_NAMES:
            raise BadPolicy(
                line=line, reason=Text(f"名称超过 {MAX_NAMES} 个", f"more than {MAX_NAMES} names")
            )
        return name

    def _group(self, line: int, needed: str, members: list[str]) -> Group:
        for member in members:
            if member not in self.witnesses and member not in self.groups:
                raise BadPolicy(
                    line=line, reason=Text(f"上文没有定义 {member}", f"{member} is not defined above")
                )
            if member in self._used:
                raise BadPolicy(
                    line=line, reason=Text(f"{member} 出现在两个组中", f"{member} stands in two groups")
                )
            self._used.add(member)
        count = {"any": 1, "all": len(members)}.get(needed, 0)
        if _COUNT.fullmatch(needed):
            count = int(needed)
        if not 1 <= count <= len(members):
            raise BadPolicy(
                line=line,
                reason=Text(
                    f"{len(members)} 个成员中不可能有 {needed} 个",
                    f"{needed} of {len(members)} members cannot be",
                ),
            )
        return Group(count, tuple(members))


def _key(line: int, vkey: str, algorithms: Collection[Algorithm]) -> VerifierKey:
    try:
        key = VerifierKey.parse(vkey)
    except BadKey as bad:
        raise BadPolicy(line=line, reason=said(bad)) from None
    if key.algorithm not in algorithms:
        raise BadPolicy(
            line=line,
            reason=Text(f"{key.name} 的密钥种类不符", f"the key of {key.name} is of the wrong kind"),
        )
    return key


def simple_policy(logs: Collection[VerifierKey], witnesses: Collection[VerifierKey], *, needed: int) -> str:
    """Write the policy text "one of these logs, and ``needed`` of these witnesses"."""
    lines = [f"log {key.text}" for key in logs]
    names = [f"w{number}" for number, _ in enumerate(witnesses, 1)]
    lines += [f"witness {name} {key.text}" for name, key in zip(names, witnesses, strict=True)]
    if needed == 0:
        lines.append(f"quorum {NONE}")
    else:
        lines += [f"group witnesses {needed} {' '.join(names)}", "quorum witnesses"]
    return "\n".join(lines) + "\n"
