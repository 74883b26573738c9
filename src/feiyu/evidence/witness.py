"""Witness: cosigns a log's checkpoint only if the log merely grew since the last one it cosigned.

``judge`` is the whole rule as a pure function; ``Witness`` adds the lock, the memory and the signature.

Rules this module keeps:
 * memory is written durably before an answer goes out, under one lock, so two racing requests cannot fork it; the
   directory is locked too, so two processes cannot;
 * nothing is cosigned unless the log's own signature verifies;
 * limits come before parsing.

Trust and durability: losing the memory is the one thing a witness must not do, for it would then cosign a fork. A
damaged memory stops it.

Source: C2SP tlog-witness.
"""

import hashlib
import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from feiyu.base import merkle
from feiyu.base.errors import FeiyuError
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint, parse_size
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.directory import DurableFiles, lock_directory
from feiyu.evidence.errors import BadCheckpoint, BadNote, BadProof, UntrustedNote, WitnessStateDamaged
from feiyu.evidence.keys import A_HASH, VerifierKey, to_base64, unbase64
from feiyu.evidence.listener import Answer
from feiyu.evidence.tree import tree_of

MAX_HASHES = 63
MAX_BYTES = 256 * 1024
SIZE_TYPE = "text/x.tlog.size"


@dataclass(frozen=True, slots=True)
class Request:
    """The body of ``add-checkpoint``: the size the log believes we hold, the proof from there, the new checkpoint."""

    old: int
    path: tuple[bytes, ...]
    note: notes.Note
    checkpoint: Checkpoint

    @classmethod
    def parse(cls, body: bytes) -> "Request":
        """Read a request body."""
        if len(body) > MAX_BYTES:
            raise BadNote(
                reason=Text(
                    f"请求为 {len(body)} 字节，超过 {MAX_BYTES}",
                    f"a request of {len(body)} bytes, over {MAX_BYTES}",
                )
            )
        head, blank, rest = body.partition(b"\n\n")
        lines = head.split(b"\n", MAX_HASHES + 2)
        if not blank or not lines[0].startswith(b"old ") or len(lines) > MAX_HASHES + 1:
            raise BadProof(
                reason=Text(
                    f"须有一行 'old N'、至多 {MAX_HASHES} 个哈希和一个空行",
                    f"wanted a line 'old N', at most {MAX_HASHES} hashes and an empty line",
                )
            )
        old = parse_size(lines[0][4:].decode("ascii", "replace"))
        path = tuple(unbase64(line.decode("ascii", "replace"), BadProof, A_HASH) for line in lines[1:])
        if any(len(step) != 32 for step in path):
            raise BadProof(reason=Text("哈希须为 32 字节", "a hash has 32 bytes"))
        note = notes.parse(rest)
        return cls(old, path, note, Checkpoint.parse(note.text))

    def encode(self) -> bytes:
        """The body as it is sent."""
        lines = [f"old {self.old}", *map(to_base64, self.path)]
        return ("\n".join(lines) + "\n\n").encode() + self.note.encode()


def judge(request: Request, keys: Iterable[VerifierKey], last: Checkpoint | None) -> Answer | None:
    """The refusal that the rule demands, or None when the checkpoint may be cosigned."""
    new, have = request.checkpoint, last.size if last else 0
    own = [key for key in keys if key.name == new.origin]
    if not own:
        return Answer.refusal(404, f"unknown log {new.origin[:200]}")
    try:
        notes.verify(request.note, own)
    except UntrustedNote as bad:
        return Answer.refusal(403, said(bad).en)
    if request.old > new.size:
        return Answer.refusal(400, "the old size is larger than the new one")
    if request.old != have:
        return Answer(409, f"{have}\n".encode(), SIZE_TYPE)
    if not _extends(request, last):
        return Answer.refusal(
            422, f"size {new.size} does not extend the size {have} that was cosigned before"
        )
    return None


def _extends(request: Request, last: Checkpoint | None) -> bool:
    new, tree = request.checkpoint, tree_of(request.checkpoint.origin)
    if new.size == 0 and new.root != tree.empty:
        return False
    if last is None or last.size == 0:
        return not request.path
    return merkle.verify_consistency(last.size, new.size, last.root, new.root, request.path, hasher=tree.hash)


def place_of(origin: str) -> str:
    """Under which name a log's last cosigned checkpoint is kept and served."""
    return f"{hashlib.sha256(origin.encode()).hexdigest()}/checkpoint"


class Witness:
    """One witness with its key and its memory in a directory."""

    def __init__(self, cosigner: Cosigner, state: Path, logs: Iterable[VerifierKey]) -> None:
        self._cosigner = cosigner
        self._logs = tuple(logs)
        self._held = lock_directory(state)
        self._memory = DurableFiles(state)
        self._lock = threading.Lock()
        try:
            self.last = {key.name: self._recall(key.name) for key in self._logs}
        except FeiyuError:
            self.close()
            raise

    def close(self) -> None:
        """Let another process have the memory."""
        os.close(self._held)

    def _recall(self, origin: str) -> Checkpoint | None:
        data = self._memory.read(place_of(origin))
        if data is None:
            return None
        try:
            note = notes.parse(data)
            notes.verify(note, [self._cosigner.key.verifier])
            last = Checkpoint.parse(note.text)
        except FeiyuError:
            raise WitnessStateDamaged(where=place_of(origin)) from None
        if last.origin != origin:
            raise WitnessStateDamaged(where=place_of(origin))
        return last

    def add_checkpoint(self, body: bytes) -> Answer:
        """Answer one ``add-checkpoint`` request; a cosignature is remembered durably before it is returned."""
        try:
            request = Request.parse(body)
        except (BadNote, BadProof, BadCheckpoint) as bad:
            return Answer.refusal(400, said(bad).en)
        origin = request.checkpoint.origin
        with self._lock:
            refusal = judge(request, self._logs, self.last.get(origin))
            if refusal is not None:
                return refusal
            line = self._cosigner.line(request.note.text)
            known = [key for key in self._logs if key.name == origin]
            own = [
                s for s in request.note.signatures if any((s.name, s.key_id) == (k.name, k.id) for k in known)
            ]
            kept = notes.Note(request.note.text, (*own, line))
            self._memory.write([(self._memory.root / place_of(origin), kept.encode())])
            self.last[origin] = request.checkpoint
        return Answer(200, line.text.encode())

    def checkpoint(self, place: str) -> Answer:
        """The last cosigned checkpoint at ``<hex of origin>/checkpoint``."""
        data = self._memory.read(place) if any(place_of(key.name) == place for key in self._logs) else None
        return Answer(200, data) if data is not None else Answer.refusal(404, "nothing cosigned for that log")
