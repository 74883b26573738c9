"""Register parties and keys, sign people in, tell who is calling.

Rules this module keeps:
 * a secret (session, token) is 256 random bits, shown once, stored as its SHA-256;
 * five wrong sign-ins in a row pause the account for fifteen minutes;
 * a key is confirmed by reading its fingerprint over a second channel, by somebody of another party than its owner;
 * a revoked key is never used again: not for a flow, a grant, a transfer or a receipt; it stays listed, with who revoked it and why;
 * every change of a key is an event.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from feiyu.base import nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import PartyId, PrincipalId, new_id
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.registry import journal
from feiyu.registry.access import Caller, Role
from feiyu.registry.house import House
from feiyu.registry.identity import store
from feiyu.registry.identity.errors import (
    AlreadyRegistered,
    FingerprintDiffers,
    KeyRetired,
    KeyUnconfirmed,
    KeyUnfit,
    SessionExpired,
    TooManyAttempts,
    WrongSignIn,
)  # fmt: skip
from feiyu.registry.identity.model import KeyUse, Party, PartyKey, PartyKind, Principal, check_uscc
from feiyu.registry.identity.passwords import hash_password, password_fits, totp_step
from feiyu.seal import keys
from feiyu.seal.errors import BadKey
from feiyu.seal.kems import AGE, KEMS
from feiyu.store import Tx

SESSION = timedelta(hours=12)
TOKEN_DAYS_MAX = 366
ATTEMPTS = 5
PAUSE = timedelta(minutes=15)
PASSWORD_MIN = 10
PASSWORD_MAX = 200
TOTP_BYTES = 20
KEY_EVENTS = ("key.registered", "key.confirmed", "key.retired")


def register_party(
    house: House,
    tx: Tx,
    *,
    kind: PartyKind,
    name: Text,
    country: str,
    uscc: str | None = None,
    lei: str | None = None,
) -> Party:
    """Add an organisation; its pseudonym for the public log is drawn at random."""
    now = house.clock.now()
    if uscc is not None and store.party_by_uscc(tx, check_uscc(uscc)):
        raise AlreadyRegistered(what=nouns.USCC, value=uscc)
    party = Party(
        id=PartyId(new_id("party", now)),
        kind=kind,
        name=name,
        country=country,
        uscc=uscc,
        lei=lei,
        demo=house.demo,
    )
    store.add_party(tx, party, pseudonym=secrets.token_hex(8), at=now)
    return party


KEY_NAMES: dict[KeyUse, Text] = {
    KeyUse.EDGE: Text("出境侧的密钥", "edge key"),
    KeyUse.RECIPIENT: Text("接收方的密钥", "recipient key"),
    KeyUse.RECEIPT: Text("签署回执的密钥", "receipt key"),
}


def add_key(
    house: House, tx: Tx, *, party: PartyId, use: KeyUse, algorithm: str, public: bytes, key_id: str
) -> PartyKey:
    """Register a public key under the id that follows from it; unconfirmed until a second channel agreed.

    A private key, and what is no key of the algorithm or of none that the use takes, is refused and not kept.
    Who has only ``age`` cannot compute the id, and gives none: then the ``age1…`` line itself is compared.
    """
    _check_key(use, algorithm, public)
    if algorithm == AGE and not key_id:
        key_id = keys.RecipientPublic(AGE, public).key_id
    if key_id != keys.key_id(algorithm, public):
        raise BadInput(reason=Text("密钥编号与该密钥不符", "the key id does not follow from the key"))
    if store.key_of(tx, key_id):
        raise AlreadyRegistered(what=nouns.KEY, value=key_id)
    key = PartyKey(
        id=key_id, party_id=party, use=use, algorithm=algorithm, public=public, created_at=house.clock.now()
    )
    store.add_key(tx, key)
    _key_event(house, tx, "key.registered", key)
    return key


def _check_key(use: KeyUse, algorithm: str, public: bytes) -> None:
    taken = KEMS if use is KeyUse.RECIPIENT else (keys.ED25519,)
    if algorithm not in taken:
        raise KeyUnfit(
            algorithm=algorithm,
            reason=Text(f"{use} 可用的算法为 {', '.join(taken)}", f"{use} takes {', '.join(taken)}"),
        )
    try:
        keys.check_public(algorithm, public)
    except BadKey as bad:
        raise KeyUnfit(algorithm=algorithm, reason=said(bad)) from None


def confirm_key(house: House, tx: Tx, caller: Caller, *, key_id: str, fingerprint: str) -> PartyKey:
    """Record that ``caller`` compared the fingerprint over a second channel. It must equal what is registered."""
    key = store.key_of(tx, key_id)
    if key is None:
        raise NotFound(what=nouns.KEY, ident=key_id)
    if key.retired_at is not None:
        raise KeyRetired(key=key.id)
    registered = keys.fingerprint(key.id)
    if keys.said_fingerprint(fingerprint) != registered.replace(" ", ""):
        raise FingerprintDiffers(registered=registered, given=fingerprint[:80])
    store.confirm_key(tx, key.id, by=caller.principal_id, at=house.clock.now())
    _key_event(house, tx, "key.confirmed", key, by=caller.principal_id)
    return store.key_of(tx, key_id) or key


def retire_key(house: House, tx: Tx, caller: Caller, *, key_id: str, ground: str) -> PartyKey:
    """Revoke a key for good, naming the ground; whatever pins it is refused from the next step on."""
    key = store.key_of(tx, key_id)
    if key is None:
        raise NotFound(what=nouns.KEY, ident=key_id)
    house.access.demand(caller, "key.retire", key.party_id)
    if key.retired_at is not None:
        raise KeyRetired(key=key.id)
    if not 4 <= len(ground.strip()) <= 500:
        raise BadInput(reason=Text("事由须为 4 至 500 个字", "a ground has 4 to 500 characters"))
    store.retire_key(tx, key.id, at=house.clock.now())
    _key_event(house, tx, "key.retired", key, by=caller.principal_id, ground=ground.strip())
    return store.key_of(tx, key_id) or key


def usable_keys(tx: Tx, *key_ids: str) -> None:
    """Refuse if one of these keys was revoked."""
    for key_id in key_ids:
        key = store.key_of(tx, key_id)
        if key is not None and key.retired_at is not None:
            raise KeyRetired(key=key_id)


def key_changes(house: House, tx: Tx, party: PartyId) -> tuple[journal.Event, ...]:
    """What happened to a party's keys, oldest first."""
    return journal.events_about(tx, house.cipher, "party", party, types=KEY_EVENTS)


def confirmed_key(tx: Tx, party: PartyId, use: KeyUse, *, key_id: str | None = None) -> PartyKey:
    """The newest confirmed key of a party for a use (or the one named); refused while unconfirmed or retired."""
    keys = [key for key in store.keys_of(tx, party) if key.use is use]
    if key_id is not None:
        keys = [key for key in keys if key.id == key_id]
        if keys and keys[0].retired_at is not None:
            raise KeyRetired(key=key_id)
    keys = [key for key in keys if key.retired_at is None]
    if not keys:
        raise NotFound(what=KEY_NAMES[use], ident=key_id or party)
    confirmed = [key for key in keys if key.confirmed_at]
    if not confirmed:
        raise KeyUnconfirmed(key=keys[0].id)
    return confirmed[0]


def _key_event(house: House, tx: Tx, type_: str, key: PartyKey, **more: str) -> None:
    journal.record(
        tx, keys=house.cipher, source=store.pseudonym_of(tx, key.party_id) or "", type=type_, at=house.clock.now(),
        owner=key.party_id, refs={"party": key.party_id},
        data={"key_id": key.id, "use": key.use.value, "algorithm": key.algorithm, **more},
    )  # fmt: skip


def add_principal(
    house: House, tx: Tx, *, party: PartyId, account: str, name: str, roles: tuple[Role, ...], until: datetime,
    password: str | None = None, record: bytes | None = None,
) -> Principal:  # fmt: skip
    """Add somebody who acts for ``party``; without a password it is a service account that only tokens open.

    ``record`` is the password as ``hash_password`` made it before.
    """
    if store.sign_in_row(tx, account):
        raise AlreadyRegistered(what=nouns.ACCOUNT, value=account)
    if password is not None and not PASSWORD_MIN <= len(password) <= PASSWORD_MAX:
        raise BadInput(
            reason=Text(
                f"密码须为 {PASSWORD_MIN} 至 {PASSWORD_MAX} 个字符",
                f"a password has {PASSWORD_MIN} to {PASSWORD_MAX} characters",
            )
        )
    now = house.clock.now()
    principal = Principal(
        id=PrincipalId(new_id("principal", now)), party_id=party, account=account, name=name,
        roles=tuple((role, until) for role in roles),
    )  # fmt: skip
    store.add_principal(tx, principal, password=hash_password(password) if password else record, at=now)
    return principal


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A fresh secret, shown this once."""

    secret: str
    expires_at: datetime
    principal: Principal


def issue_token(house: House, tx: Tx, principal: Principal, *, label: str, days: int) -> Issued:
    """Give a principal an access token for software."""
    if not 1 <= days <= TOKEN_DAYS_MAX:
        raise BadInput(
            reason=Text(
                f"令牌的有效期为 1 至 {TOKEN_DAYS_MAX} 天", f"a token lives 1 to {TOKEN_DAYS_MAX} days"
            )
        )
    return _issue(house, tx, principal, kind="token", label=label, life=timedelta(days=days))


def _issue(house: House, tx: Tx, principal: Principal, *, kind: str, label: str, life: timedelta) -> Issued:
    secret = f"fy_{secrets.token_urlsafe(32)}"
    now = house.clock.now()
    store.add_credential(
        tx, digest=_digest(secret), owner=principal.party_id, principal_id=principal.id, kind=kind, label=label,
        at=now, expires_at=now + life,
    )  # fmt: skip
    return Issued(secret=secret, expires_at=now + life, principal=principal)


def sign_in(house: House, tx: Tx, *, account: str, password: str, code: str | None) -> Issued | WrongSignIn:
    """Open a session. A wrong attempt is a value, not an exception, so that its count is committed."""
    now = house.clock.now()
    failures, paused_until = store.attempts(tx, account)
    if paused_until and now < paused_until:
        raise TooManyAttempts(until=f"{paused_until:%H:%M} UTC")
    row = store.sign_in_row(tx, account)
    fits = password_fits(password[:PASSWORD_MAX], row[1] if row else None)
    step = totp_step(code or "", _open_totp(house, row[0], row[2]), now) if row and row[2] else 0
    replayed = bool(row and row[2] and row[3] and step is not None and step <= int(row[3]))
    if row is None or not fits or step is None or replayed:
        failures += 1
        store.set_attempts(tx, account, failures % ATTEMPTS, now + PAUSE if failures >= ATTEMPTS else None)
        return WrongSignIn()
    principal, _, totp_secret, _ = row
    if totp_secret:
        store.set_totp(tx, principal.id, secret=totp_secret, last=str(step))
    store.set_attempts(tx, account, 0, None)
    return _issue(house, tx, principal, kind="session", label="console", life=SESSION)


def enrol_totp(house: House, tx: Tx, caller: Caller, *, secret: bytes, code: str) -> None:
    """Ask for a one-time code at each sign-in from now on; the code given proves that the secret arrived in a device.

    The secret is kept encrypted under the journal key, bound to its principal.
    """
    if len(secret) < TOTP_BYTES:
        raise BadInput(
            reason=Text(
                f"一次性口令的密钥至少 {TOTP_BYTES} 字节",
                f"a one-time secret has at least {TOTP_BYTES} bytes",
            )
        )
    step = totp_step(code, secret, house.clock.now())
    if step is None:
        raise WrongSignIn
    sealed = house.cipher.seal(secret, event_id=caller.principal_id, part="totp")
    record = house.cipher.current.encode() + b"\n" + sealed
    store.set_totp(tx, caller.principal_id, secret=record, last=str(step))


def _open_totp(house: House, principal: Principal, record: bytes) -> bytes:
    key_id, _, sealed = record.partition(b"\n")
    return house.cipher.open(sealed, key_id=key_id.decode(), event_id=principal.id, part="totp")


def sign_out(house: House, tx: Tx, secret: str) -> None:
    """End a session or token."""
    store.revoke_credential(tx, _digest(secret), at=house.clock.now())


def authenticate(house: House, tx: Tx, secret: str) -> Caller:
    """Who presents this session or token."""
    found = store.credential_of(tx, _digest(secret))
    now = house.clock.now()
    if found is None or found[2] is not None or found[1] <= now:
        raise SessionExpired
    principal = found[0]
    return Caller(
        principal_id=principal.id,
        party_id=principal.party_id,
        name=principal.name,
        roles=principal.roles_at(now),
    )


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
