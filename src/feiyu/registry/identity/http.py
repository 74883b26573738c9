"""Routes of the identity room, and who is calling, for every other room's routes.

A caller is known by a session cookie (the console) or a bearer token (software). A cookie alone does not change
anything: unsafe methods with a cookie want the header ``X-Feiyu-Client``, which another site cannot send.
"""

import base64
import secrets
from datetime import datetime, timedelta
from functools import cache
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from feiyu.base.errors import BadInput, FeiyuError, Forbidden, Unauthenticated
from feiyu.base.ids import PartyId
from feiyu.base.text import Lang, Text
from feiyu.registry import journal
from feiyu.registry.access import ROLE_NAMES, Caller, Role
from feiyu.registry.house import House
from feiyu.registry.identity import service, store
from feiyu.registry.identity.model import KeyUse, Party, PartyKey, PartyKind, Principal
from feiyu.registry.looks.http import room_router
from feiyu.registry.looks.model import Thing
from feiyu.seal import RecipientPublic, keys
from feiyu.seal.kems import AGE
from feiyu.seal.mistaken import refuse_private
from feiyu.store import Scope

COOKIE = "feiyu_session"
SAFE = {"GET", "HEAD", "OPTIONS"}
DIRECTORY = Scope.all("the directory of parties and their public keys")


def house_of(request: Request) -> House:
    """The running system."""
    house = request.app.state.house
    assert isinstance(house, House)
    return house


def lang_of(request: Request) -> Lang:
    """The language of the answer: ``?lang=``, else ``Accept-Language``."""
    return Lang.parse(request.query_params.get("lang") or request.headers.get("accept-language"))


def caller_of(request: Request) -> Caller:
    """Who is calling; refused without a valid session or token."""
    house = house_of(request)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and token:
        secret = token.strip()
    elif secret := request.cookies.get(COOKIE, ""):
        if request.method not in SAFE and "x-feiyu-client" not in request.headers:
            raise Forbidden(
                action=Text(
                    "凭 Cookie 改动而没有请求头 X-Feiyu-Client",
                    "a change by cookie without the header X-Feiyu-Client",
                )
            )
    else:
        raise Unauthenticated
    with house.db.read(scope=Scope.all("who is calling")) as tx:
        caller = service.authenticate(house, tx, secret)
    request.state.caller = caller
    return caller


HouseDep = Annotated[House, Depends(house_of)]
CallerDep = Annotated[Caller, Depends(caller_of)]
LangDep = Annotated[Lang, Depends(lang_of)]


class TextOut(BaseModel):
    """A text in both languages."""

    zh: str = Field(min_length=1, max_length=5000, pattern=r"\S")
    en: str = Field(min_length=1, max_length=5000, pattern=r"\S")

    @classmethod
    def of(cls, text: Text) -> "TextOut":
        """From the inside."""
        return cls(zh=text.zh, en=text.en)

    def text(self) -> Text:
        """To the inside."""
        return Text(self.zh, self.en)


class SignInIn(BaseModel):
    """Account, password and, where it is set up, a one-time code."""

    account: str = Field(max_length=64)
    password: str = Field(max_length=200)
    code: str | None = Field(default=None, max_length=6)


class RoleOut(BaseModel):
    """A seat and its name."""

    id: str
    name: TextOut


class MeOut(BaseModel):
    """Who is signed in."""

    principal_id: str
    name: str
    party: "PartyOut"
    roles: list[RoleOut]
    actions: list[str]
    demo: bool


class TotpOut(BaseModel):
    """A fresh one-time secret, and the address that an authenticator reads from a QR code."""

    secret: str
    uri: str


class TotpIn(BaseModel):
    """The secret (base32) as the authenticator has it, and a code it shows now."""

    secret: str = Field(max_length=64)
    code: str = Field(pattern="^[0-9]{6}$")


class PermissionOut(BaseModel):
    """An explained answer of ``may``."""

    allowed: bool
    action: str
    reason: TextOut


class PartyIn(BaseModel):
    """A party to register."""

    kind: PartyKind
    name: TextOut
    country: str = Field(pattern="^[A-Z]{2}$")
    uscc: str | None = None
    lei: str | None = Field(default=None, pattern="^[A-Z0-9]{18}[0-9]{2}$")


class PartyOut(BaseModel):
    """A party."""

    id: str
    kind: PartyKind
    name: TextOut
    country: str
    uscc: str | None
    lei: str | None
    demo: bool

    @classmethod
    def of(cls, party: Party) -> "PartyOut":
        """From the inside."""
        return cls(
            id=party.id, kind=party.kind, name=TextOut.of(party.name), country=party.country, uscc=party.uscc,
            lei=party.lei, demo=party.demo,
        )  # fmt: skip


class KeyIn(BaseModel):
    """A public key to register."""

    use: KeyUse
    algorithm: str = Field(max_length=32)
    public: str = Field(max_length=4096, description="base64; or an age1… line")
    key_id: str = Field(default="", max_length=64, description="left out with an age1… line only")


class KeyOut(BaseModel):
    """A public key; ``fingerprint`` is what both sides read out over a second channel."""

    id: str
    party_id: str
    use: KeyUse
    algorithm: str
    public: str
    fingerprint: str
    created_at: datetime
    confirmed_at: datetime | None
    retired_at: datetime | None

    @classmethod
    def of(cls, key: PartyKey) -> "KeyOut":
        """From the inside."""
        return cls(
            id=key.id, party_id=key.party_id, use=key.use, algorithm=key.algorithm,
            public=base64.b64encode(key.public).decode(), fingerprint=keys.fingerprint(key.id),
            created_at=key.created_at, confirmed_at=key.confirmed_at, retired_at=key.retired_at,
        )  # fmt: skip


class ConfirmIn(BaseModel):
    """The fingerprint as it was read out."""

    fingerprint: str = Field(max_length=200)


class RetireIn(BaseModel):
    """Why a key is revoked."""

    ground: str = Field(min_length=4, max_length=500)


class KeyChangeOut(BaseModel):
    """What happened to a key. The person and the ground are told to the key's party and to those who may revoke it."""

    party_id: str
    event_id: str
    type: str
    name: TextOut
    at: datetime
    key_id: str
    use: KeyUse
    algorithm: str
    by: str | None
    by_party: str | None
    ground: str | None

    def looked(self) -> Thing | None:
        """Its key, where more of it is told than the directory tells everybody."""
        return Thing(self.party_id, self.key_id) if self.by or self.ground else None


class PrincipalIn(BaseModel):
    """Somebody who will act for a party."""

    party_id: str
    account: str = Field(pattern="^[a-z0-9][a-z0-9._-]{2,63}$")
    name: str = Field(min_length=1, max_length=100)
    roles: list[Role] = Field(min_length=1, max_length=10)
    days: int = Field(ge=1, le=1096)
    password: str | None = Field(default=None, max_length=200)


class PrincipalOut(BaseModel):
    """Somebody who acts for a party."""

    id: str
    party_id: str
    account: str
    name: str
    roles: list[str]

    @classmethod
    def of(cls, principal: Principal) -> "PrincipalOut":
        """From the inside."""
        return cls(
            id=principal.id, party_id=principal.party_id, account=principal.account, name=principal.name,
            roles=[role.value for role, _ in principal.roles],
        )  # fmt: skip

    def looked(self) -> Thing:
        """A person of a party."""
        return Thing(self.party_id, self.id)


class TokenIn(BaseModel):
    """A token to issue."""

    label: str = Field(min_length=1, max_length=100)
    days: int = Field(ge=1, le=service.TOKEN_DAYS_MAX)


class TokenOut(BaseModel):
    """A fresh token, shown this once."""

    token: str
    expires_at: datetime


@cache
def router() -> APIRouter:
    """The routes, made once: they hold nothing of one application."""
    routes = room_router(prefix="/api/v1", tags=["identity"])

    @routes.post("/session", operation_id="sign_in")
    def sign_in(body: SignInIn, house: HouseDep, response: Response) -> MeOut:
        """Sign in; the session comes as an HttpOnly cookie."""
        found = house.db.write(
            lambda tx: service.sign_in(
                house, tx, account=body.account, password=body.password, code=body.code
            ),
            scope=Scope.all("sign-in"),
        )
        if isinstance(found, FeiyuError):
            raise found
        response.set_cookie(
            COOKIE, found.secret, max_age=int(service.SESSION / timedelta(seconds=1)), httponly=True,
            samesite="strict", secure=not house.demo, path="/",
        )  # fmt: skip
        caller = Caller(
            principal_id=found.principal.id, party_id=found.principal.party_id, name=found.principal.name,
            roles=found.principal.roles_at(house.clock.now()),
        )  # fmt: skip
        return _me(house, caller)

    @routes.get("/session", operation_id="me")
    def me(caller: CallerDep, house: HouseDep) -> MeOut:
        """Who is signed in, and what this person may do."""
        return _me(house, caller)

    @routes.delete("/session", operation_id="sign_out", status_code=204)
    def sign_out(caller: CallerDep, house: HouseDep, request: Request, response: Response) -> None:  # noqa: ARG001
        """Sign out."""
        secret = request.cookies.get(COOKIE) or request.headers.get("authorization", "").partition(" ")[2]
        house.db.write(lambda tx: service.sign_out(house, tx, secret), scope=Scope.all("sign-out"))
        response.delete_cookie(COOKIE, path="/")

    @routes.post("/session/totp/secret", operation_id="new_totp_secret")
    def new_totp_secret(caller: CallerDep) -> TotpOut:
        """Draw a one-time secret; nothing is stored until a code of it comes back."""
        secret = base64.b32encode(secrets.token_bytes(service.TOTP_BYTES)).decode()
        label = quote(f"Feiyu:{caller.name}")
        return TotpOut(
            secret=secret, uri=f"otpauth://totp/{label}?secret={secret}&issuer=Feiyu&digits=6&period=30"
        )

    @routes.post("/session/totp", operation_id="enrol_totp", status_code=204)
    def enrol_totp(body: TotpIn, caller: CallerDep, house: HouseDep) -> None:
        """Ask for a one-time code at each sign-in from now on."""
        try:
            secret = base64.b32decode(body.secret)
        except ValueError:
            raise BadInput(reason=Text("secret 不是 base32", "secret is not base32")) from None
        house.db.write(
            lambda tx: service.enrol_totp(house, tx, caller, secret=secret, code=body.code), scope=DIRECTORY
        )

    @routes.get("/may", operation_id="may")
    def may(caller: CallerDep, house: HouseDep, action: str, party: str | None = None) -> PermissionOut:
        """Explain whether the caller may do an action, on a party's records."""
        permission = house.access.may(caller, action, *([PartyId(party)] if party else []))
        return PermissionOut(allowed=permission.allowed, action=action, reason=TextOut.of(permission.reason))

    @routes.get("/parties", operation_id="list_parties")
    def list_parties(caller: CallerDep, house: HouseDep) -> list[PartyOut]:  # noqa: ARG001
        """The directory of parties."""
        with house.db.read(scope=DIRECTORY) as tx:
            return [PartyOut.of(party) for party in store.parties(tx)]

    @routes.post("/parties", operation_id="register_party", status_code=201)
    def register_party(body: PartyIn, caller: CallerDep, house: HouseDep) -> PartyOut:
        """Register an organisation."""
        house.access.demand(caller, "party.write")
        party = house.db.write(
            lambda tx: service.register_party(
                house,
                tx,
                kind=body.kind,
                name=body.name.text(),
                country=body.country,
                uscc=body.uscc,
                lei=body.lei,
            ),
            scope=DIRECTORY,
        )
        return PartyOut.of(party)

    @routes.get("/parties/{party_id}/keys", operation_id="list_keys")
    def list_keys(party_id: str, caller: CallerDep, house: HouseDep) -> list[KeyOut]:  # noqa: ARG001
        """A party's public keys, newest first."""
        with house.db.read(scope=DIRECTORY) as tx:
            return [KeyOut.of(key) for key in store.keys_of(tx, party_id)]

    @routes.post("/parties/{party_id}/keys", operation_id="add_key", status_code=201)
    def add_key(party_id: str, body: KeyIn, caller: CallerDep, house: HouseDep) -> KeyOut:
        """Register a public key of one's own party; it is used once a second channel confirmed it."""
        house.access.demand(caller, "key.write", PartyId(party_id))
        refuse_private("", body.public.encode())
        try:
            public = (
                RecipientPublic.decode(body.public).raw
                if body.algorithm == AGE and body.public.startswith("age1")
                else base64.b64decode(body.public, validate=True)
            )
        except ValueError:
            raise BadInput(reason=Text("public 不是 base64", "public is not base64")) from None
        key = house.db.write(
            lambda tx: service.add_key(
                house, tx, party=PartyId(party_id), use=body.use, algorithm=body.algorithm, public=public,
                key_id=body.key_id,
            ),
            scope=DIRECTORY,
        )  # fmt: skip
        return KeyOut.of(key)

    @routes.post("/keys/{key_id}/confirm", operation_id="confirm_key")
    def confirm_key(key_id: str, body: ConfirmIn, caller: CallerDep, house: HouseDep) -> KeyOut:
        """Record that the fingerprint was compared over a second channel."""
        house.access.demand(caller, "key.confirm")
        key = house.db.write(
            lambda tx: service.confirm_key(house, tx, caller, key_id=key_id, fingerprint=body.fingerprint),
            scope=DIRECTORY,
        )
        return KeyOut.of(key)

    @routes.post("/keys/{key_id}/retire", operation_id="retire_key")
    def retire_key(key_id: str, body: RetireIn, caller: CallerDep, house: HouseDep) -> KeyOut:
        """Revoke a key for good: nothing that pins it goes on, and it never comes back."""
        house.access.demand(caller, "key.retire")
        key = house.db.write(
            lambda tx: service.retire_key(house, tx, caller, key_id=key_id, ground=body.ground),
            scope=DIRECTORY,
        )
        return KeyOut.of(key)

    @routes.get("/parties/{party_id}/keys/changes", operation_id="key_changes")
    def key_changes(party_id: str, caller: CallerDep, house: HouseDep) -> list[KeyChangeOut]:
        """Every registration, confirmation and revocation of a party's keys, oldest first."""
        told = house.access.may(caller, "key.retire", PartyId(party_id)).allowed
        with house.db.read(scope=DIRECTORY) as tx:
            found = service.key_changes(house, tx, PartyId(party_id))
            acted = {str(one.data["by"]) for one in found if "by" in one.data}
            parties = {who: made.party_id for who in acted if (made := store.principal_of(tx, who))}
        return [
            KeyChangeOut(
                party_id=party_id, event_id=one.event_id, type=one.type, name=TextOut.of(journal.event_type(one.type).title), at=one.at,
                key_id=str(one.data["key_id"]), use=KeyUse(str(one.data["use"])), algorithm=str(one.data["algorithm"]),
                by=str(one.data["by"]) if told and "by" in one.data else None, by_party=parties.get(str(one.data.get("by"))),
                ground=str(one.data["ground"]) if told and "ground" in one.data else None,
            )
            for one in found
            if not one.erased
        ]  # fmt: skip

    @routes.get("/principals", operation_id="list_principals")
    def list_principals(caller: CallerDep, house: HouseDep) -> list[PrincipalOut]:
        """The people and services of one's party (of all parties, for the operator)."""
        house.access.demand(caller, "principal.read")
        scope = caller.scope(house.access, "principal.read")
        with house.db.read(scope=scope) as tx:
            return [PrincipalOut.of(p) for p in store.principals(tx, scope.party)]

    @routes.post("/principals", operation_id="add_principal", status_code=201)
    def add_principal(body: PrincipalIn, caller: CallerDep, house: HouseDep) -> PrincipalOut:
        """Add somebody who acts for a party."""
        house.access.demand(caller, "principal.write", PartyId(body.party_id))
        until = house.clock.now() + timedelta(days=body.days)
        principal = house.db.write(
            lambda tx: service.add_principal(
                house, tx, party=PartyId(body.party_id), account=body.account, name=body.name,
                roles=tuple(body.roles), until=until, password=body.password,
            ),
            scope=DIRECTORY,
        )  # fmt: skip
        return PrincipalOut.of(principal)

    @routes.post("/principals/{principal_id}/tokens", operation_id="issue_token", status_code=201)
    def issue_token(principal_id: str, body: TokenIn, caller: CallerDep, house: HouseDep) -> TokenOut:
        """Issue an access token for software; shown this once."""

        def act(tx: Any) -> service.Issued:
            principal = store.principal_of(tx, principal_id)
            if principal is None:
                raise Forbidden(action="principal.write")
            house.access.demand(caller, "principal.write", principal.party_id)
            return service.issue_token(house, tx, principal, label=body.label, days=body.days)

        issued = house.db.write(act, scope=DIRECTORY)
        return TokenOut(token=issued.secret, expires_at=issued.expires_at)

    return routes


def _me(house: House, caller: Caller) -> MeOut:
    with house.db.read(scope=DIRECTORY) as tx:
        party = store.party_of(tx, caller.party_id)
    assert party is not None, "a caller's party exists"
    return MeOut(
        principal_id=caller.principal_id, name=caller.name, party=PartyOut.of(party),
        roles=[RoleOut(id=role, name=TextOut.of(ROLE_NAMES[role])) for role in caller.roles],
        actions=sorted(action for action in house.access.actions if house.access.reach(caller, action)),
        demo=house.demo,
    )  # fmt: skip
