"""The words of a spot check in which edge and port agree.

The edge hands in the **count** of each entry of its ledger that has a commitment, signed. The authority draws a **challenge** on one:
a nonce that nobody could know before, signed by the port and logged. The edge **answers** with the drawn places, opened, signed.

Rules this module keeps:
 * all three are bytes kept verbatim, each under a prefix of its own before it is signed;
 * a challenge names the commitment it is drawn on, so that neither side can put another under it afterwards.

Source: DESIGN invariant 5; ADR 0111, 0130.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any, Self

from feiyu.base import canonical
from feiyu.base.clock import from_text, to_text
from feiyu.base.said import said
from feiyu.base.text import Text

COUNT_FORMAT, CHALLENGE_FORMAT, ANSWER_FORMAT = (
    "feiyu-count/1", "feiyu-spot-challenge/1", "feiyu-spot-answer/1",
)  # fmt: skip
CHALLENGE_SIGNED = b"feiyu/spot-challenge/v1\n"
"""What stands before a challenge when the grant key signs it."""
MAX_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One entry of a person ledger as its edge vouches for it. Natural persons, each once."""

    exporter: str
    entry_id: str
    transfer_id: str | None
    day: date
    level: str
    persons: int
    sensitive: int
    commitment: str
    identifiers: int

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        return canonical.dumps({"format": COUNT_FORMAT, **asdict(self), "day": self.day.isoformat()})

    @classmethod
    def of_bytes(cls, data: bytes) -> Self:
        """Read it strictly."""
        raw = _read(data, COUNT_FORMAT)
        try:
            raw["day"] = date.fromisoformat(raw["day"])
            made = cls(**raw)
        except (KeyError, TypeError, ValueError) as bad:
            raise canonical.NotCanonical(
                reason=Text("计数：{bad}", "count: {bad}").format(bad=said(bad))
            ) from None
        numbers = (made.persons, made.sensitive, made.identifiers)
        sound = all(isinstance(n, int) and not isinstance(n, bool) and 0 <= n < 1 << 31 for n in numbers)
        words = (made.exporter, made.entry_id, made.level, made.transfer_id or "", made.commitment)
        if not sound or not all(isinstance(w, str) and len(w) <= 64 for w in words):
            raise canonical.NotCanonical(
                reason=Text("计数中须有数字与编号", "count: numbers and ids are wanted")
            )
        if len(bytes.fromhex(made.commitment) if _hex(made.commitment) else b"") != 32:
            raise canonical.NotCanonical(
                reason=Text(
                    "计数中须有 32 字节十六进制的承诺", "count: a commitment of 32 bytes in hex is wanted"
                )
            )
        return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Challenge:
    """What the port asks to see: ``places`` drawn places of one commitment, by ``nonce`` (hex of 32 bytes)."""

    id: str
    exporter: str
    entry_id: str
    commitment: str
    identifiers: int
    places: int
    nonce: str
    drawn_at: datetime
    answer_by: datetime

    def to_bytes(self) -> bytes:
        """The canonical bytes that are signed."""
        times = {"drawn_at": to_text(self.drawn_at), "answer_by": to_text(self.answer_by)}
        return canonical.dumps({"format": CHALLENGE_FORMAT, **asdict(self), **times})

    @classmethod
    def of_bytes(cls, data: bytes) -> Self:
        """Read it strictly."""
        raw = _read(data, CHALLENGE_FORMAT)
        try:
            return cls(**raw | {name: from_text(raw[name]) for name in ("drawn_at", "answer_by")})
        except (KeyError, TypeError, ValueError) as bad:
            raise canonical.NotCanonical(
                reason=Text("抽查：{bad}", "challenge: {bad}").format(bad=said(bad))
            ) from None


def answer_bytes(challenge_id: str, exporter: str, opened: list[dict[str, Any]]) -> bytes:
    """The answer as it is signed."""
    said = {"format": ANSWER_FORMAT, "challenge": challenge_id, "exporter": exporter, "opened": opened}
    return canonical.dumps(said)


def read_answer(data: bytes, challenge_id: str, exporter: str) -> list[Mapping[str, Any]]:
    """The opened places of an answer to this challenge by this exporter."""
    raw = _read(data, ANSWER_FORMAT)
    opened = raw.get("opened")
    if (raw.get("challenge"), raw.get("exporter")) != (challenge_id, exporter) or not isinstance(
        opened, list
    ):
        raise canonical.NotCanonical(
            reason=Text("答复对应的是另一次抽查或另一出境方", "answer: of another challenge or exporter")
        )
    if not all(isinstance(one, dict) for one in opened):
        raise canonical.NotCanonical(reason=Text("答复中须有 places", "answer: places are wanted"))
    return opened


def _read(data: bytes, wanted: str) -> dict[str, Any]:
    raw: dict[str, Any] = canonical.loads_object(data, max_bytes=MAX_BYTES)
    if raw.pop("format", None) != wanted:
        raise canonical.NotCanonical(reason=Text(f"不是 {wanted} 文件", f"not a {wanted} document"))
    return raw


def _hex(text: str) -> bool:
    return len(text) % 2 == 0 and all(c in "0123456789abcdef" for c in text)
