"""The offline proof that an entry is in a log: index, audit path and the checkpoint it leads to.

Rules this module keeps:
 * the verifier computes the leaf hash itself; the proof carries none;
 * at most 63 hashes, one spelling of every line.

Source: C2SP tlog-proof.
"""

from dataclasses import dataclass

from feiyu.base import merkle
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint, parse_size
from feiyu.evidence.errors import BadCheckpoint, BadProof
from feiyu.evidence.keys import A_HASH, to_base64, unbase64
from feiyu.evidence.tree import tree_of

HEADER = "c2sp.org/tlog-proof@v1"
MAX_HASHES = 63
MAX_BYTES = notes.MAX_BYTES + 8192


@dataclass(frozen=True, slots=True)
class Proof:
    """What ``.tlog-proof`` holds; ``extra`` is carried along and vouched for by nobody."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: bytes
    extra: bytes | None = None

    @property
    def text(self) -> str:
        """The file's text."""
        lines = [HEADER]
        if self.extra is not None:
            lines.append(f"extra {to_base64(self.extra)}")
        lines.append(f"index {self.index}")
        lines.extend(map(to_base64, self.path))
        return "\n".join(lines) + "\n\n" + self.checkpoint.decode()

    @classmethod
    def parse(cls, text: str) -> "Proof":
        """Read the file's text."""
        if len(text) > MAX_BYTES:
            raise BadProof(reason=Text(f"超过 {MAX_BYTES} 个字符", f"longer than {MAX_BYTES} characters"))
        head, blank, checkpoint = text.partition("\n\n")
        lines = head.split("\n", MAX_HASHES + 4)
        if not blank or lines[0] != HEADER:
            raise BadProof(reason=Text(f"第一行不是 {HEADER}", f"the first line is not {HEADER}"))
        lines = lines[1:]
        extra = None
        if lines and lines[0].startswith("extra "):
            extra = unbase64(lines.pop(0)[6:], BadProof, Text("附加行", "the extra line"))
        if not lines or not lines[0].startswith("index "):
            raise BadProof(reason=Text("缺少序号行", "the index line is missing"))
        if len(lines) - 1 > MAX_HASHES:
            raise BadProof(reason=Text(f"哈希超过 {MAX_HASHES} 个", f"more than {MAX_HASHES} hashes"))
        try:
            index = parse_size(lines[0][6:])
        except BadCheckpoint:
            raise BadProof(reason=Text("序号不是十进制数", "the index is no decimal")) from None
        path = tuple(unbase64(line, BadProof, A_HASH) for line in lines[1:])
        if any(len(step) != 32 for step in path):
            raise BadProof(reason=Text("哈希须为 32 字节", "a hash has 32 bytes"))
        return cls(index, path, checkpoint.encode(), extra)

    def check(self, entry: bytes) -> Checkpoint:
        """The checkpoint that the proof leads to from ``entry``; its signatures are judged by a policy."""
        seen = Checkpoint.parse(notes.parse(self.checkpoint).text)
        hasher = tree_of(seen.origin).hash
        leaf = merkle.leaf_hash(entry, hasher=hasher)
        if merkle.root_from_inclusion(leaf, self.index, seen.size, self.path, hasher=hasher) != seen.root:
            raise BadProof(
                reason=Text(
                    f"由该条目推不出大小为 {seen.size} 的根哈希",
                    f"it does not lead from the entry to the root of size {seen.size}",
                )
            )
        return seen
