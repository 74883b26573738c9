"""Portable proof that a log has told two histories: anyone with the log's key can check it, without the log.

Two checkpoints that the log signed, and the consistency path that shows what the larger tree's beginning really
hashes to. If that is not what the smaller checkpoint says, one key has signed two different pasts.

Rules this module keeps:
 * the proof stands by itself: two signed notes and at most 64 hashes;
 * it accuses only a key: whoever holds that key is responsible.
"""

import json
from dataclasses import dataclass

from feiyu.base import canonical, merkle
from feiyu.base.errors import FeiyuError
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.errors import BadMisbehaviour
from feiyu.evidence.keys import A_HASH, VerifierKey, to_base64, unbase64
from feiyu.evidence.tree import tree_of

FORMAT = "feiyu-misbehaviour/1"
MAX_BYTES = 4 * notes.MAX_BYTES
_NAMES = {"format", "older", "newer", "prefix_root", "path"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Misbehaviour:
    """``older`` and ``newer`` are signed notes; ``prefix_root`` is the true root of newer's beginning."""

    older: bytes
    newer: bytes
    prefix_root: bytes
    path: tuple[bytes, ...] = ()

    def encode(self) -> bytes:
        """The file."""
        found = {
            "format": FORMAT,
            "older": self.older.decode(),
            "newer": self.newer.decode(),
            "prefix_root": to_base64(self.prefix_root),
            "path": [to_base64(step) for step in self.path],
        }
        return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"

    @classmethod
    def parse(cls, data: bytes) -> "Misbehaviour":
        """Read the file."""
        try:
            found = canonical.loads_object(data, max_bytes=MAX_BYTES)
        except canonical.NotCanonical as bad:
            raise BadMisbehaviour(reason=said(bad)) from None
        if set(found) != _NAMES or found["format"] != FORMAT:
            raise BadMisbehaviour(reason=Text(f"应为 {FORMAT} 的字段", f"wanted the fields of {FORMAT}"))
        older, newer, root, path = (
            found["older"],
            found["newer"],
            found["prefix_root"],
            found["path"],
        )
        if not (isinstance(older, str) and isinstance(newer, str) and isinstance(root, str)):
            raise BadMisbehaviour(reason=Text("notes 与 root 须为文本", "notes and root are text"))
        if not isinstance(path, list) or len(path) > 64 or not all(isinstance(step, str) for step in path):
            raise BadMisbehaviour(
                reason=Text("path 须为至多 64 个哈希的列表", "the path is a list of at most 64 hashes")
            )
        return cls(
            older=older.encode(),
            newer=newer.encode(),
            prefix_root=unbase64(root, BadMisbehaviour, Text.same("prefix_root")),
            path=tuple(unbase64(step, BadMisbehaviour, A_HASH) for step in path),
        )

    def check(self, key: VerifierKey) -> tuple[Checkpoint, Checkpoint]:
        """The two contradicting checkpoints of the log with this key; raises when they do not contradict."""
        older, newer = self._signed(self.older, key), self._signed(self.newer, key)
        if not 0 < older.size <= newer.size:
            raise BadMisbehaviour(
                reason=Text(
                    "较早的检查点反而较大，或为空", "the older checkpoint is the larger one, or empty"
                )
            )
        if self.prefix_root == older.root:
            raise BadMisbehaviour(reason=Text("两个检查点并不矛盾", "the two checkpoints agree"))
        hasher = tree_of(key.name).hash
        if not merkle.verify_consistency(
            older.size, newer.size, self.prefix_root, newer.root, self.path, hasher=hasher
        ):
            raise BadMisbehaviour(
                reason=Text(
                    "路径推不出较新检查点的根哈希", "the path does not lead to the newer checkpoint's root"
                )
            )
        return older, newer

    def _signed(self, data: bytes, key: VerifierKey) -> Checkpoint:
        try:
            note = notes.parse(data)
            notes.verify(note, [key])
            seen = Checkpoint.parse(note.text)
        except FeiyuError as bad:
            raise BadMisbehaviour(reason=said(bad)) from None
        if seen.origin != key.name:
            raise BadMisbehaviour(reason=Text("检查点属于另一份日志", "the checkpoint is of another log"))
        return seen
