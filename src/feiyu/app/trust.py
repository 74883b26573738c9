"""Write a trust file: what an operator hands to parties apart from the API, on paper or over a second channel."""

from collections.abc import Mapping, Sequence

from feiyu.app.port import PortSystem
from feiyu.evidence.keys import VerifierKey
from feiyu.evidence.trust import NoteKey, PartyKey, Trust, Validity
from feiyu.seal.keys import ED25519, key_id


def trust_of(
    port: PortSystem,
    *,
    witnesses: Sequence[VerifierKey],
    edges: Mapping[str, bytes],
    recipients: Mapping[str, bytes],
) -> bytes:
    """The trust file of a port, for the public keys given (by party id)."""
    oldest = min(key.valid_from for key in port.keys.keys("log"))
    since = Validity(valid_from=oldest)
    keys = [
        PartyKey(id=key_id(ED25519, public), role=role, party=party, public=public, validity=since)
        for role, found in (("edge", edges), ("recipient", recipients))
        for party, public in found.items()
    ]
    signer = port.signer
    grant = PartyKey(
        id=signer.key_id, role="grant", party=port.house.party_id, public=signer.public, validity=since
    )
    return Trust(
        logs=[NoteKey(key=port.log.verifier, validity=since)],
        witnesses=[NoteKey(key=key, validity=since) for key in witnesses],
        keys=[*keys, grant], demo=port.house.demo, name=port.log.origin, issued_at=port.house.clock.now(),
    ).encode()  # fmt: skip
