"""Cosignatures: a witness says when it saw a checkpoint, and vouches that the log only grew until then.

Rules this module keeps:
 * the time is part of what is signed;
 * a cosignature is over one checkpoint of one log; the post-quantum one also names the cosigner.

Source: C2SP tlog-cosignature (type 0x04 over Ed25519, type 0x06 over ML-DSA-44).
"""

import struct
from datetime import UTC, datetime

from feiyu.base.clock import Clock
from feiyu.base.text import Text
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.errors import BadKey
from feiyu.evidence.keys import Algorithm, SigningKey, VerifierKey, verify_raw
from feiyu.evidence.line import SignatureLine

_BLOB_BYTES = {Algorithm.COSIGNATURE_ED25519: 8 + 64, Algorithm.COSIGNATURE_MLDSA44: 8 + 2420}
_LATEST_S = 253_402_300_799  # the last second of the year 9999


def message(name: str, algorithm: Algorithm, text: str, seconds: int) -> bytes:
    """The bytes that a cosigner named ``name`` signs over the checkpoint ``text``."""
    if algorithm is Algorithm.COSIGNATURE_ED25519:
        return f"cosignature/v1\ntime {seconds}\n{text}".encode()
    seen = Checkpoint.parse(text)
    return b"".join(
        (
            b"subtree/v1\n\x00",
            _short(name),
            struct.pack(">Q", seconds),
            _short(seen.origin),
            struct.pack(">QQ", 0, seen.size),
            seen.root,
        )
    )


def _short(text: str) -> bytes:
    data = text.encode()
    if len(data) > 255:
        raise BadKey(
            reason=Text("共签中的名称至多 255 字节", "a name in a cosignature has at most 255 bytes")
        )
    return bytes([len(data)]) + data


def check(key: VerifierKey, text: str, blob: bytes) -> bool:
    """Whether ``blob`` (time and signature) is this cosigner's over the checkpoint ``text``."""
    if len(blob) != _BLOB_BYTES[key.algorithm]:
        return False
    seconds = int.from_bytes(blob[:8], "big")
    if not 0 < seconds <= _LATEST_S:
        return False
    return verify_raw(key.algorithm, key.public, message(key.name, key.algorithm, text, seconds), blob[8:])


def cosigned_at(blob: bytes) -> datetime:
    """When a cosignature that was checked says it was made."""
    return datetime.fromtimestamp(int.from_bytes(blob[:8], "big"), UTC)


class Cosigner:
    """Makes timestamped signature lines with one key and one clock."""

    def __init__(self, key: SigningKey, clock: Clock) -> None:
        if key.algorithm not in _BLOB_BYTES:
            raise BadKey(
                reason=Text(
                    f"{key.name} 的密钥不是共签密钥", f"the key of {key.name} is none for cosignatures"
                )
            )
        self.key = key
        self._clock = clock

    def line(self, text: str) -> SignatureLine:
        """Sign the checkpoint ``text`` as of now."""
        seconds = int(self._clock.now().timestamp())
        key = self.key
        signature = key.signer.sign(message(key.name, key.algorithm, text, seconds))
        return SignatureLine(key.name, key.verifier.id, struct.pack(">Q", seconds) + signature)
