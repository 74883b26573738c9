"""The receipt: one file from which anyone can check an event offline.

It is JSON with base64 inside, and holds the bytes that were hashed and signed, verbatim. ``verify`` checks it and
shares no code with this module.

Rules this module keeps:
 * a receipt whose parts do not fit together is not built;
 * the demo mark is not a matter of choice: it follows from the log's origin (``demo.…``) or from the event.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass

from feiyu.base import canonical
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence.entry import SIGNATURE_PREFIX, STATEMENT_PREFIX, Body, Entry, commitment, hour_of
from feiyu.evidence.errors import BadProof, BadReceipt
from feiyu.evidence.keys import Signer, to_base64
from feiyu.evidence.proof import Proof
from feiyu.evidence.tree import twin_origin

FORMAT = "feiyu-receipt/1"
DEMO_ORIGIN = "demo."
ALGORITHM = "Ed25519"
MAX_SIGNATURES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PartySignature:
    """A party's signature over the event's body, or over a statement whose hash the body holds."""

    role: str
    key_id: str
    signature: bytes
    statement: bytes | None = None

    def as_dict(self) -> dict[str, object]:
        """The wire form, also for the journal."""
        found: dict[str, object] = {
            "role": self.role,
            "key_id": self.key_id,
            "algorithm": ALGORITHM,
            "signature": to_base64(self.signature),
        }
        if self.statement is not None:
            found["statement"] = to_base64(self.statement)
        return found


def sign_body(body: bytes, *, role: str, key_id: str, signer: Signer) -> PartySignature:
    """Sign an event's body as edge, port, recipient or grant office."""
    return PartySignature(role=role, key_id=key_id, signature=signer.sign(SIGNATURE_PREFIX + body))


def sign_statement(statement: bytes, *, role: str, key_id: str, signer: Signer) -> PartySignature:
    """Sign a statement made before the event; the event's data must then hold the statement's SHA-256."""
    signature = signer.sign(STATEMENT_PREFIX + statement)
    return PartySignature(role=role, key_id=key_id, signature=signature, statement=statement)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The parts of a receipt."""

    entry: bytes
    salt: bytes
    body: bytes
    proof: Proof
    signatures: tuple[dict[str, object], ...] = ()
    manifest: bytes | None = None
    manifest_signature: bytes | None = None

    @property
    def demo(self) -> bool:
        """Whether this comes from a demonstration."""
        seen = self.proof.check(self.entry)
        return seen.origin.startswith(DEMO_ORIGIN) or Body.parse(self.body).data.get("demo") is True

    def encode(self) -> bytes:
        """The file."""
        found: dict[str, object] = {
            "format": FORMAT,
            "demo": self.demo,
            "entry": to_base64(self.entry),
            "salt": to_base64(self.salt),
            "body": to_base64(self.body),
            "proof": self.proof.text,
            "signatures": list(self.signatures),
        }
        if self.manifest is not None:
            found["manifest"] = to_base64(self.manifest)
        if self.manifest_signature is not None:
            found["manifest_signature"] = to_base64(self.manifest_signature)
        canonical.dumps(found)  # refuses what another reader could read differently
        return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def build_receipt(
    *,
    entry: bytes,
    salt: bytes,
    body: bytes,
    proof: Proof,
    signatures: Sequence[PartySignature | dict[str, object]] = (),
    manifest: bytes | None = None,
    manifest_signature: bytes | None = None,
) -> bytes:
    """The file, once its parts are seen to fit together; ``proof`` comes from ``Log.prove``."""
    public, told = Entry.parse(entry), Body.parse(body)
    if public.commitment != commitment(salt, body):
        raise BadReceipt(
            reason=Text("盐与正文推不出条目中的承诺", "salt and body do not give the entry's commitment")
        )
    if public.hour != hour_of(told.at):
        raise BadReceipt(reason=Text("条目的时点与正文不符", "the entry's hour is not the body's"))
    if len(signatures) > MAX_SIGNATURES:
        raise BadReceipt(
            reason=Text(f"签名超过 {MAX_SIGNATURES} 个", f"more than {MAX_SIGNATURES} signatures")
        )
    if manifest is None and manifest_signature is not None:
        raise BadReceipt(reason=Text("有清单的签名而没有清单", "a manifest's signature without the manifest"))
    try:
        proof.check(entry)
    except BadProof as bad:
        raise BadReceipt(reason=said(bad)) from None
    return Receipt(
        entry=entry,
        salt=salt,
        body=body,
        proof=proof,
        signatures=tuple(s.as_dict() if isinstance(s, PartySignature) else s for s in signatures),
        manifest=manifest,
        manifest_signature=manifest_signature,
    ).encode()


def build_erased(*, entry: bytes, proof: Proof, erasure: bytes) -> bytes:
    """The receipt of an entry whose body was erased: that it stands in the log, and the receipt of its erasure."""
    Entry.parse(entry)
    try:
        seen = proof.check(entry)
    except BadProof as bad:
        raise BadReceipt(reason=said(bad)) from None
    told = canonical.loads_object(erasure)
    found: dict[str, object] = {
        "format": FORMAT, "demo": seen.origin.startswith(DEMO_ORIGIN), "entry": to_base64(entry),
        "proof": proof.text, "erasure": told,
    }  # fmt: skip
    canonical.dumps(found)
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def with_twin(receipt: bytes, proof: Proof) -> bytes:
    """The receipt with the proof of the same entry in the log's SM3 twin."""
    found = canonical.loads_object(receipt)
    entry, own = found["entry"], found["proof"]
    assert isinstance(entry, str)
    assert isinstance(own, str)
    log = Proof.parse(own)
    try:
        seen, twin = log.check(base64.b64decode(entry)), proof.check(base64.b64decode(entry))
    except BadProof as bad:
        raise BadReceipt(reason=said(bad)) from None
    if twin.origin != twin_origin(seen.origin) or proof.index != log.index:
        raise BadReceipt(
            reason=Text("孪生树的证明属于另一份日志或另一位置", "the twin's proof is of another log or place")
        )
    found["twin"] = proof.text
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"


def with_stamps(receipt: bytes, tokens: Sequence[bytes]) -> bytes:
    """The receipt with time-stamp tokens over its checkpoint (RFC 3161)."""
    if not tokens:
        return receipt
    found = canonical.loads_object(receipt)
    found["timestamps"] = [{"token": to_base64(token)} for token in tokens]
    return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"
