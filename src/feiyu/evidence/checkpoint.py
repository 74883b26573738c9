"""Checkpoint: the text by which a log states its size and root.

Rules this module keeps:
 * origin, size and root, and nothing after them: extension lines are refused, for nobody would vouch for them;
 * a size is written in one way only (decimal, no leading zero).

Source: C2SP tlog-checkpoint.
"""

from dataclasses import dataclass

from feiyu.base.text import Text
from feiyu.evidence.errors import BadCheckpoint
from feiyu.evidence.keys import to_base64, unbase64

MAX_SIZE = 2**63 - 1


def parse_size(text: str) -> int:
    """Read a decimal written without leading zero, below 2^63."""
    if not (text.isascii() and text.isdigit()) or len(text) > 19 or (text[0] == "0" and text != "0"):
        raise BadCheckpoint(
            reason=Text(f"{text[:32]!r} 不是十进制的大小", f"{text[:32]!r} is no decimal size")
        )
    size = int(text)
    if size > MAX_SIZE:
        raise BadCheckpoint(reason=Text("大小超过 2^63", "the size is beyond 2^63"))
    return size


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log had at one moment."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The note text."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a note text."""
        lines = text.split("\n")
        if len(lines) != 4 or lines[3]:
            raise BadCheckpoint(
                reason=Text("须有名称、大小、根哈希三行", "wanted the three lines origin, size and root")
            )
        if not lines[0]:
            raise BadCheckpoint(reason=Text("日志名称为空", "the origin is empty"))
        root = unbase64(lines[2], BadCheckpoint, Text("根哈希", "the root"))
        if len(root) != 32:
            raise BadCheckpoint(reason=Text("根哈希须为 32 字节", "a root has 32 bytes"))
        return cls(lines[0], parse_size(lines[1]), root)
