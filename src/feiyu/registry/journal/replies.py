"""Remembered replies: a request that is sent twice under one idempotency key acts once.

Rules this module keeps:
 * the reply is remembered in the transaction of the change, so either both exist or neither;
 * the same key with another request is refused;
 * a key belongs to its party: another party's key of the same text is another key.

Use, inside the handler's ``db.write``::

    if known := replies.recall(tx, owner, key, request):
        return known
    …  # the change
    replies.keep(tx, owner, key, request, Reply(status=201, body=body))
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from feiyu.base.errors import BadInput, TooLarge
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.registry.journal.errors import ReplyMismatch
from feiyu.registry.journal.store import replies
from feiyu.store import Tx, clock_of, scope_of

MAX_BODY_BYTES = 1024 * 1024
MAX_KEY = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What was answered."""

    status: int
    body: bytes

    @property
    def digest(self) -> bytes:
        """The hash of the body, by which a repeated answer can be compared."""
        return hashlib.sha256(self.body).digest()


def recall(tx: Tx, owner: PartyId, key: str, request: bytes) -> Reply | None:
    """The reply that this key got before; refused when it was given to another request."""
    if not 1 <= len(key) <= MAX_KEY or not key.isascii() or not key.isprintable():
        raise BadInput(
            reason=Text(
                f"幂等键须为 1 至 {MAX_KEY} 个可打印的 ASCII 字符",
                f"an idempotency key has 1 to {MAX_KEY} printable ASCII characters",
            )
        )
    row = replies.reply_row(tx, owner, key)
    if row is None:
        return None
    if row["request"] != hashlib.sha256(request).digest():
        raise ReplyMismatch(key=key)
    return Reply(status=row["status"], body=row["body"])


def keep(tx: Tx, owner: PartyId, key: str, request: bytes, reply: Reply) -> None:
    """Remember what was answered."""
    if len(reply.body) > MAX_BODY_BYTES:
        raise TooLarge(what=Text("答复", "reply"), size=len(reply.body), limit=MAX_BODY_BYTES)
    row = {"owner_party": owner, "key": key, "request": hashlib.sha256(request).digest()}
    answer = {"status": reply.status, "digest": reply.digest, "body": reply.body}
    replies.add_reply(tx, {**row, **answer, "at": clock_of(tx).now()})


def forget(tx: Tx, *, before: datetime) -> int:
    """Forget replies given before an instant; a retry that late acts as a new request."""
    return replies.remove_replies(tx, scope_of(tx), before=before)
