"""Write a trust file: what an operator hands to parties apart from the API, on paper or over a second channel."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.app.folder import Folder, origin_of
from feiyu.app.port import OPERATOR, PortSystem, further_keys, twin_keys
from feiyu.evidence.keys import Algorithm, VerifierKey
from feiyu.evidence.trust import NoteKey, PartyKey, Stamper, Trust, Validity
from feiyu.registry.identity import store
from feiyu.registry.identity.model import KeyUse
from feiyu.registry.identity.model import PartyKey as Registered
from feiyu.seal.keys import ED25519, key_id
from feiyu.store import Scope

SCOPE = Scope.all("the keys of a trust file")
ROLES = {KeyUse.EDGE: "edge", KeyUse.RECEIPT: "recipient"}


def trust_of(
    port: PortSystem,
    *,
    witnesses: Sequence[VerifierKey],
    edges: Mapping[str, bytes],
    recipients: Mapping[str, bytes],
) -> bytes:
    """The trust file of a port, for the public keys given (by party id)."""
    since = Validity(valid_from=_second(min(key.valid_from for key in port.keys.keys("log"))))
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


def trust_from_records(port: Folder, *, witnesses: Sequence[VerifierKey], at: datetime) -> bytes:
    """The trust file of a port from its folder: its own keys, and every party's key that a second channel confirmed."""
    logs = port.keys.keys("log")
    since = _second(min(key.valid_from for key in logs))
    origin = origin_of(port.settings)
    further = [*further_keys(port.settings, origin), *twin_keys(port.settings, origin)]
    with port.db.read(scope=SCOPE) as tx:
        registered = [key for party in store.parties(tx) for key in store.keys_of(tx, party.id)]
    keys = [_confirmed(key, since) for key in registered if key.confirmed_at and key.use in ROLES]
    grants = [
        PartyKey(id=key.key_id, role="grant", party=OPERATOR, public=key.signer().public,
                 validity=Validity(valid_from=key.valid_from, valid_to=key.valid_to))
        for key in port.keys.keys("grant")
    ]  # fmt: skip
    return Trust(
        logs=[
            NoteKey(key=VerifierKey(origin, Algorithm.ED25519, key.signer().public),
                    validity=Validity(valid_from=_second(key.valid_from), valid_to=key.valid_to))
            for key in logs
        ] + [NoteKey(key=key.verifier) for key in further],
        witnesses=[NoteKey(key=key, validity=Validity(valid_from=since)) for key in witnesses],
        keys=[*keys, *grants], stampers=_stampers(port), demo=port.settings.demo, name=origin, issued_at=at,
    ).encode()  # fmt: skip


def _second(moment: datetime) -> datetime:
    """The whole second: cosignatures know no fraction, and one of the very second in which a key was made is by a valid key."""
    return moment.replace(microsecond=0)


def _confirmed(key: Registered, since: datetime) -> PartyKey:
    return PartyKey(
        id=key.id, role=ROLES[key.use], party=key.party_id, public=key.public,
        validity=Validity(valid_from=since, valid_to=key.retired_at),
    )  # fmt: skip


def _stampers(port: Folder) -> list[Stamper]:
    """The time-stamp authority of the settings; whether it is licensed is for whoever issues the trust file to say."""
    if not port.settings.tsa_url:
        return []
    certificate = x509.load_pem_x509_certificate(port.settings.tsa_certificate.read_bytes())
    name = certificate.subject.rfc4514_string()
    return [Stamper(name=name, certificate=certificate.public_bytes(Encoding.DER), licensed=False)]
