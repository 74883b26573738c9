"""Ask a witness to cosign a checkpoint.

Rules this module keeps:
 * what comes back is checked under the witness's key before it is believed;
 * a witness that remembers another size is asked once more from that size; any further disagreement is an error that
   carries the witness's words, for it may be the sign of a fork.

Source: C2SP tlog-witness.
"""

from collections.abc import Callable, Sequence

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence.asking import NO_ANSWER, Reply, ask
from feiyu.evidence.checkpoint import Checkpoint, parse_size
from feiyu.evidence.errors import BadCheckpoint, BadNote, UntrustedNote, WitnessRefused, WitnessUnreachable
from feiyu.evidence.keys import VerifierKey
from feiyu.evidence.line import SignatureLine
from feiyu.evidence.witness import SIZE_TYPE, Request

MAX_ANSWER = 64 * 1024
Prove = Callable[[int, int], Sequence[bytes]]
"""The consistency proof between two sizes."""


class WitnessClient:
    """One witness at ``url``; remembers the size it last cosigned."""

    def __init__(self, url: str, key: VerifierKey, *, timeout_s: float = 10) -> None:
        self.url = url.rstrip("/")
        self.key = key
        self._timeout_s = timeout_s
        self._size = 0

    def cosign(self, note: notes.Note, prove: Prove) -> tuple[SignatureLine, ...]:
        """The witness's lines over the note's checkpoint."""
        new = Checkpoint.parse(note.text)
        answer = self._ask(note, new, prove)
        if answer[0] == 409 and answer[1] == SIZE_TYPE:
            told = self._size_told(answer[2])
            if told > new.size:
                raise WitnessRefused(
                    witness=self.key.name,
                    status=409,
                    reason=Text(f"它已共签过大小 {told}", f"it has already cosigned size {told}"),
                )
            self._size = told
            answer = self._ask(note, new, prove)
        status, _, body = answer
        if status != 200:
            reason = body.decode(errors="replace").strip()[:300]
            raise WitnessRefused(witness=self.key.name, status=status, reason=said(reason))
        lines = self._checked(note, body)
        self._size = new.size
        return lines

    def _size_told(self, body: bytes) -> int:
        try:
            return parse_size(body.decode("ascii", "replace").removesuffix("\n"))
        except BadCheckpoint:
            raise WitnessRefused(
                witness=self.key.name, status=409, reason=Text("其应答中没有大小", "it answers no size")
            ) from None

    def _ask(self, note: notes.Note, new: Checkpoint, prove: Prove) -> Reply:
        old = min(self._size, new.size)
        path = tuple(prove(old, new.size)) if old else ()
        return self._post(Request(old, path, note, new).encode())

    def _checked(self, note: notes.Note, body: bytes) -> tuple[SignatureLine, ...]:
        try:
            lines = notes.parse((note.text + "\n").encode() + body).signatures
            notes.verify(notes.Note(note.text, lines), [self.key])
        except (BadNote, UntrustedNote) as bad:
            told = Text("其共签验证不通过：{reason}", "its cosignature does not verify: {reason}")
            raise WitnessRefused(
                witness=self.key.name, status=200, reason=told.format(reason=said(bad))
            ) from None
        return tuple(line for line in lines if (line.name, line.key_id) == (self.key.name, self.key.id))

    def _post(self, body: bytes) -> Reply:
        url, headers = f"{self.url}/add-checkpoint", {"Content-Type": "text/plain"}
        try:
            reply = ask(url, "POST", body, headers, limit=MAX_ANSWER, timeout_s=self._timeout_s)
        except NO_ANSWER as bad:
            raise WitnessUnreachable(witness=self.key.name, reason=said(bad)) from bad
        if len(reply.body) > MAX_ANSWER:
            raise WitnessRefused(
                witness=self.key.name,
                status=reply.status,
                reason=Text(f"应答超过 {MAX_ANSWER} 字节", f"its answer is over {MAX_ANSWER} bytes"),
            )
        return reply
