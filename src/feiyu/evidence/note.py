"""Signed notes: a text and signature lines under it.

Rules this module keeps:
 * limits come before parsing: bytes first, then the number of lines, then their content;
 * the signature covers the text with its last line feed and nothing else;
 * an unknown key is ignored, and so is one whose kind cannot be checked here (SM2 without its extra); a known key that fails spoils the whole note, no known key at all is a refusal.

Source: C2SP signed-note; golang.org/x/mod/sumdb/note.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from feiyu.base.text import Text
from feiyu.evidence import cosignature
from feiyu.evidence.errors import BadNote, UntrustedNote
from feiyu.evidence.keys import Algorithm, SigningKey, VerifierKey, can_verify, verify_raw
from feiyu.evidence.line import SignatureLine

MAX_BYTES = 1024 * 1024
MAX_SIGNATURES = 100
PLAIN = (Algorithm.ED25519, Algorithm.SM2_SM3)
"""Kinds that sign the text itself; the others sign it with a time."""
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends with a line feed, and the signature lines under it."""

    text: str
    signatures: tuple[SignatureLine, ...] = ()

    def encode(self) -> bytes:
        """The bytes as they are stored and sent."""
        return (self.text + "\n" + "".join(line.text for line in self.signatures)).encode()

    def add(self, lines: Iterable[SignatureLine]) -> "Note":
        """The note with more signatures; a line that stands there already is not repeated."""
        return replace(self, signatures=tuple(dict.fromkeys((*self.signatures, *lines))))


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature that was checked under a known key."""

    key: VerifierKey
    blob: bytes


def parse(data: bytes, *, max_bytes: int = MAX_BYTES) -> Note:
    """Read a note; nothing is verified yet."""
    if len(data) > max_bytes:
        raise BadNote(
            reason=Text(f"共 {len(data)} 字节，超过 {max_bytes}", f"{len(data)} bytes, over {max_bytes}")
        )
    head, blank, block = data.rpartition(b"\n\n")
    if not blank or not block.endswith(b"\n"):
        raise BadNote(
            reason=Text(
                "没有签名部分，或最后一行未完", "there is no signature block, or its last line is unfinished"
            )
        )
    if block.count(b"\n") > MAX_SIGNATURES:
        raise BadNote(
            reason=Text(f"签名行超过 {MAX_SIGNATURES} 行", f"more than {MAX_SIGNATURES} signature lines")
        )
    try:
        text, lines = head.decode() + "\n", block.decode()[:-1].split("\n")
    except UnicodeDecodeError:
        raise BadNote(reason=Text("不是有效的 UTF-8", "not valid UTF-8")) from None
    if _CONTROL.search(text):
        raise BadNote(reason=Text("文本含有控制字符", "the text holds a control character"))
    return Note(text, tuple(map(SignatureLine.parse, lines)))


def check_text(text: str) -> None:
    """Refuse a text that cannot be signed as a note."""
    if not text.endswith("\n") or _CONTROL.search(text):
        raise BadNote(
            reason=Text(
                "文本须以换行结尾，且不含控制字符",
                "a text ends with a line feed and holds no control character",
            )
        )


def sign(text: str, *keys: SigningKey) -> Note:
    """Sign a text with plain note keys, Ed25519 or SM2 (cosignatures come from ``cosignature.Cosigner``)."""
    check_text(text)
    lines = []
    for key in keys:
        if key.algorithm not in PLAIN:
            raise BadNote(
                reason=Text(
                    f"{key.name} 的密钥只能连同时间签署检查点",
                    f"the key of {key.name} signs checkpoints with a time only",
                )
            )
        lines.append(SignatureLine(key.name, key.verifier.id, key.signer.sign(text.encode())))
    return Note(text, tuple(lines))


def check(key: VerifierKey, text: str, blob: bytes) -> bool:
    """Whether one signature blob is the key's over the text."""
    if key.algorithm in PLAIN:
        return verify_raw(key.algorithm, key.public, text.encode(), blob)
    return cosignature.check(key, text, blob)


def verify(note: Note, keys: Iterable[VerifierKey]) -> tuple[Signature, ...]:
    """The signatures of known keys, in the note's order; raises when a known one fails or none is there."""
    known = {(key.name, key.id): key for key in keys if can_verify(key.algorithm)}
    good = []
    for line in note.signatures:
        key = known.get((line.name, line.key_id))
        if key is None:
            continue
        if not check(key, note.text, line.blob):
            raise UntrustedNote(
                reason=Text(f"{line.name} 的签名验证不通过", f"the signature of {line.name} fails")
            )
        good.append(Signature(key, line.blob))
    if not good:
        raise UntrustedNote(reason=Text("已知的密钥都没有签名", "no known key has signed"))
    return tuple(good)
