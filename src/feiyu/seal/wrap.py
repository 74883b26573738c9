"""Wrap a transfer's secret to a key: the recipient's, or the edge's own custody key.

Rules this module keeps:
 * a wrap is bound to the transfer, the suite and the key it is for: moved to another transfer it does not open;
 * who wraps names the pinned key id; a key with another fingerprint is refused before anything is encrypted;
 * the recipient's wrap carries the root of the whole plaintext, so that the recipient can tell a complete file.

Sources: RFC 9180.
"""

import base64
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag

from feiyu.base import canonical
from feiyu.base.content import HASH_BYTES
from feiyu.base.text import Text
from feiyu.seal.derive import SECRET_BYTES, AgeKeys, TransferSecret
from feiyu.seal.errors import BadKey, KeyNotPinned, WrongKey
from feiyu.seal.kems import AGE
from feiyu.seal.keys import OpeningKey, RecipientPublic
from feiyu.seal.suites import Suite, suite_for, suite_of

FORMAT = "feiyu-wrap/1"
MAX_WRAP_BYTES = 16 * 1024
_OPEN, _WHOLE = b"\x01", b"\x02"


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """What a wrap holds; ``plain_root`` is None in a custody wrap made before the end was known."""

    secret: TransferSecret
    plain_root: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrap:
    """A secret under one key, as it is stored and sent."""

    transfer_id: str
    suite: str
    recipient_key_id: str
    algorithm: str
    box: bytes

    def to_bytes(self) -> bytes:
        """Its canonical JSON."""
        return canonical.dumps(
            {
                "format": FORMAT,
                "transfer_id": self.transfer_id,
                "suite": self.suite,
                "recipient_key_id": self.recipient_key_id,
                "algorithm": self.algorithm,
                "box": base64.b64encode(self.box).decode(),
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Wrap":
        """Read it strictly."""
        read = canonical.loads_object(data, max_bytes=MAX_WRAP_BYTES)
        names = {"format", "transfer_id", "suite", "recipient_key_id", "algorithm", "box"}
        texts = {name: value for name, value in read.items() if isinstance(value, str)}
        if set(read) != names or set(texts) != names or texts["format"] != FORMAT:
            raise BadKey(reason=Text(f"不是 {FORMAT}", f"not a {FORMAT}"))
        try:
            box = base64.b64decode(texts["box"], validate=True)
        except ValueError:
            raise BadKey(reason=Text("其内容不是 base64", "the box is not base64")) from None
        return cls(
            transfer_id=texts["transfer_id"],
            suite=texts["suite"],
            recipient_key_id=texts["recipient_key_id"],
            algorithm=texts["algorithm"],
            box=box,
        )


def _info(transfer_id: str, suite: str, recipient_key_id: str) -> bytes:
    return f"feiyu/wrap/v1\n{suite}\n{transfer_id}\n{recipient_key_id}".encode()


def wrap(
    secret: TransferSecret,
    to: RecipientPublic,
    *,
    transfer_id: str,
    pinned_key_id: str,
    plain_root: bytes | None = None,
    suite: Suite | None = None,
) -> Wrap:
    """Wrap a secret to a key whose fingerprint is the pinned one; the suite is the key's own, unless one is given.

    Raises:
        KeyNotPinned: somebody handed in another key.
    """
    if to.key_id != pinned_key_id:
        raise KeyNotPinned(pinned=pinned_key_id, given=to.key_id)
    suite = suite or suite_for(to.algorithm)
    if to.algorithm not in suite.kems:
        raise BadKey(
            reason=Text(
                f"套件 {suite.id} 只包裹给 {', '.join(suite.kems)}，不支持 {to.algorithm}",
                f"suite {suite.id} wraps to {', '.join(suite.kems)}, not {to.algorithm}",
            )
        )
    if to.algorithm == AGE:
        file_key = AgeKeys.of(secret, transfer_id=transfer_id).file_key
        box = to.encrypt(file_key, info=b"")
        return Wrap(
            transfer_id=transfer_id, suite=suite.id, recipient_key_id=to.key_id, algorithm=AGE, box=box
        )
    kind = _OPEN if plain_root is None else _WHOLE
    payload = kind + secret.secret + secret.salt + (plain_root or b"")
    box = to.encrypt(payload, info=_info(transfer_id, suite.id, to.key_id))
    return Wrap(
        transfer_id=transfer_id, suite=suite.id, recipient_key_id=to.key_id, algorithm=to.algorithm, box=box
    )


def unwrap_file_key(wrapped: Wrap, key: OpeningKey, *, transfer_id: str) -> bytes:
    """The file key in an age header of this transfer."""
    payload = _opened(wrapped, key, transfer_id=transfer_id, info=b"")
    if wrapped.algorithm != AGE:
        raise WrongKey(
            reason=Text(
                f"不是 age 头，而是 {wrapped.algorithm[:40]}",
                f"it is no age header but {wrapped.algorithm[:40]}",
            )
        )
    return payload


def unwrap(wrapped: Wrap, key: OpeningKey, *, transfer_id: str) -> Unwrapped:
    """Open a wrap of this transfer with its key.

    Raises:
        WrongKey: it is for another key or another transfer, or was altered.
    """
    suite = suite_of(wrapped.suite)
    if wrapped.algorithm == AGE:
        raise WrongKey(reason=Text("age 头只含文件密钥", "an age header holds a file key only"))
    payload = _opened(
        wrapped, key, transfer_id=transfer_id, info=_info(transfer_id, suite.id, wrapped.recipient_key_id)
    )
    kind, secret, salt = (
        payload[:1],
        payload[1 : 1 + SECRET_BYTES],
        payload[1 + SECRET_BYTES : 1 + 2 * SECRET_BYTES],
    )
    root = payload[1 + 2 * SECRET_BYTES :]
    if (kind, len(root)) not in ((_OPEN, 0), (_WHOLE, HASH_BYTES)):
        raise WrongKey(reason=Text("其内容不是传输密钥", "its content is not a transfer secret"))
    return Unwrapped(TransferSecret(secret, salt), root or None)


def _opened(wrapped: Wrap, key: OpeningKey, *, transfer_id: str, info: bytes) -> bytes:
    if wrapped.recipient_key_id != key.key_id:
        raise WrongKey(
            reason=Text(
                f"它包裹给密钥 {wrapped.recipient_key_id[:64]}，不是 {key.key_id}",
                f"it is wrapped to key {wrapped.recipient_key_id[:64]}, not to {key.key_id}",
            )
        )
    if wrapped.transfer_id != transfer_id:
        raise WrongKey(reason=Text("属于另一传输批次", "it belongs to another transfer"))
    try:
        return key.decrypt(wrapped.box, info=info)
    except (InvalidTag, ValueError):
        raise WrongKey(
            reason=Text(
                "无法打开：已被改动，或属于另一传输批次",
                "it does not open: altered, or made for another transfer",
            )
        ) from None
