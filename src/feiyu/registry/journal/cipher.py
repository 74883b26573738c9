"""Event bodies at rest.

Rules this module keeps:
 * body and salt are encrypted with AES-256-GCM under a journal key before they reach the database; the salt
   is what keeps the public commitment from being guessed, so it is as secret as the body;
 * salt and body of an event are one ciphertext (of events recorded earlier: two), bound to its event, so that two rows
   cannot be swapped;
 * old keys stay readable as long as the keystore has them; new events use the current one.

Source: NIST SP 800-38D (random 96-bit nonces: a key is to be rotated long before 2^32 events).
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from feiyu.base.text import Text
from feiyu.evidence.entry import SALT_BYTES
from feiyu.registry.journal.errors import BodyUnreadable

NONCE_BYTES = 12
WHOLE = "salt and body"


@dataclass(frozen=True, slots=True)
class BodyCipher:
    """Journal keys by id, and the id of the one in use."""

    keys: Mapping[str, bytes] = field(repr=False)
    current: str
    _sealing: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse keys of another size."""
        assert self.current in self.keys, "the current journal key is not among the keys"
        assert all(len(key) == 32 for key in self.keys.values()), "a journal key has 32 bytes"
        object.__setattr__(self, "_sealing", AESGCM(self.keys[self.current]))

    def seal(self, plain: bytes, *, event_id: str, part: str) -> bytes:
        """Encrypt one part of something under the current key."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._sealing.encrypt(nonce, plain, _bound(event_id, part))

    def seal_events(self, salted: Sequence[bytes], event_ids: Sequence[str]) -> list[bytes]:
        """Encrypt events under the current key, each a salt and behind it a body; many, to be quicker than one by one."""
        drawn, encrypt, sealed = os.urandom(NONCE_BYTES * len(salted)), self._sealing.encrypt, []
        at = 0
        for plain, event_id in zip(salted, event_ids, strict=True):
            nonce = drawn[at : at + NONCE_BYTES]
            sealed.append(nonce + encrypt(nonce, plain, _bound(event_id, WHOLE)))
            at += NONCE_BYTES
        return sealed

    def open_event(self, body: bytes, salt: bytes, *, key_id: str, event_id: str) -> tuple[bytes, bytes]:
        """Salt and body of an event, from the columns of its row; the second is empty where the first holds both."""
        if salt:
            opened = [
                self.open(sealed, key_id=key_id, event_id=event_id, part=part)
                for sealed, part in ((salt, "salt"), (body, "body"))
            ]
            return opened[0], opened[1]
        whole = self.open(body, key_id=key_id, event_id=event_id, part=WHOLE)
        return whole[:SALT_BYTES], whole[SALT_BYTES:]

    def open(self, sealed: bytes, *, key_id: str, event_id: str, part: str) -> bytes:
        """Decrypt one part of an event."""
        key = self.keys.get(key_id)
        if key is None:
            raise BodyUnreadable(
                event=event_id,
                key=key_id,
                reason=Text("密钥库中没有其密钥", "the key is not in the keystore"),
            )
        try:
            return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], _bound(event_id, part))
        except InvalidTag:
            raise BodyUnreadable(
                event=event_id,
                key=key_id,
                reason=Text("该行或密钥已被改动", "the row or the key was altered"),
            ) from None


def _bound(event_id: str, part: str) -> bytes:
    return f"feiyu/journal/v1\n{event_id}\n{part}".encode()
