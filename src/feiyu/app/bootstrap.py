"""The first rows of an installation: somebody who can sign in, and, for a demonstration, all seats of a port.

Rules this module keeps:
 * every organisation and person of the demonstration is invented, and marked ``demo``;
 * a token is shown once, to who runs the command.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from feiyu.base import nouns
from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.registry.access import Role
from feiyu.registry.house import House
from feiyu.registry.identity import service, store
from feiyu.registry.identity.errors import AlreadyRegistered
from feiyu.registry.identity.model import Party, PartyKind
from feiyu.registry.identity.passwords import hash_password
from feiyu.store import Scope, Tx

EVERYTHING = Scope.all("the first rows of an installation")
YEARS_3 = timedelta(days=3 * 365)
DEMO_PASSWORD = "feiyu-demo-2026"  # noqa: S105 - shown on the sign-in page of a demonstration, loopback only


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody of the demonstration: account, names, seat, and a token for the story that the terminal tells."""

    account: str
    name: str
    title: Text
    party: Party
    roles: tuple[Role, ...]
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Person:
    account: str
    name: str
    title: Text
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Organisation:
    kind: PartyKind
    name: Text
    country: str
    uscc: str | None
    people: tuple[_Person, ...]


R = Role
ORGANISATIONS = (
    _Organisation(
        kind=PartyKind.OPERATOR, name=Text("飞鱼演示平台运营单位（虚构）", "Feiyu demo operator (fictional)"), country="CN",
        uscc=None,
        people=(_Person(account="operator", name="OPS-1", title=Text("平台运维", "Operator"), roles=(R.OPERATOR,)),),
    ),
    _Organisation(
        kind=PartyKind.EXPORTER, name=Text("示例智行汽车有限公司（虚构）", "Example Motors Co. (fictional)"), country="CN",
        uscc="91310115MAFY00005M",
        people=(
            _Person(account="owner", name="EX-1", title=Text("业务负责人", "Business owner"), roles=(R.OWNER, R.SIGNATORY)),
            _Person(account="engineer", name="EX-2", title=Text("数据工程师", "Data engineer"), roles=(R.ENGINEER,)),
            _Person(account="officer", name="EX-3", title=Text("数据安全与个人信息保护负责人", "Protection officer"),
                    roles=(R.OFFICER,)),
            _Person(account="edge", name="EX-EDGE", title=Text("出境侧服务账号", "Edge service account"), roles=(R.EDGE,)),
        ),
    ),
    _Organisation(
        kind=PartyKind.RECIPIENT, name=Text("示例汽车欧洲公司（虚构）", "Example Motors Europe GmbH (fictional)"),
        country="DE", uscc=None,
        people=(_Person(account="recipient", name="RC-1", title=Text("境外接收方", "Recipient abroad"),
                        roles=(R.RECIPIENT,)),),
    ),
    _Organisation(
        kind=PartyKind.CENTRE, name=Text("数据跨境服务中心（演示）", "Cross-border data service centre (demo)"), country="CN",
        uscc=None,
        people=(
            _Person(account="centre1", name="SC-1", title=Text("服务中心 甲", "Service centre, first"), roles=(R.CENTRE,)),
            _Person(account="centre2", name="SC-2", title=Text("服务中心 乙", "Service centre, second"), roles=(R.CENTRE,)),
        ),
    ),
    _Organisation(
        kind=PartyKind.AUTHORITY, name=Text("主管部门（演示）", "Competent authority (demo)"), country="CN", uscc=None,
        people=(_Person(account="authority", name="AU-1", title=Text("主管部门人员", "Authority officer"),
                        roles=(R.AUTHORITY,)),),
    ),
)  # fmt: skip


def seat_demo(house: House) -> dict[str, Seat]:
    """Make every seat of the demonstration, by account; the same ones when called again, with fresh tokens."""
    assert house.demo, "seats with a known password are for demonstrations"
    return house.db.write(lambda tx: _seat_all(house, tx), scope=EVERYTHING)


@cache
def _demo_record() -> bytes:
    """The seats' password, made slow to guess once for all of them: it is shown to everybody anyway."""
    return hash_password(DEMO_PASSWORD)


def _seat_all(house: House, tx: Tx) -> dict[str, Seat]:
    seats: dict[str, Seat] = {}
    known = {party.name.en: party for party in store.parties(tx)}
    for org in ORGANISATIONS:
        party = known.get(org.name.en) or service.register_party(
            house, tx, kind=org.kind, name=org.name, country=org.country, uscc=org.uscc
        )
        for person in org.people:
            row = store.sign_in_row(tx, person.account)
            principal = row[0] if row else service.add_principal(
                house, tx, party=party.id, account=person.account, name=person.name, roles=person.roles,
                until=house.clock.now() + YEARS_3,
                record=None if R.EDGE in person.roles else _demo_record(),
            )  # fmt: skip
            issued = service.issue_token(house, tx, principal, label="demo", days=30)
            seats[person.account] = Seat(
                account=person.account, name=person.name, title=person.title, party=party, roles=person.roles,
                token=issued.secret,
            )  # fmt: skip
    return seats


def first_operator(house: House, *, account: str, password: str) -> str:
    """The operator of a real installation; refused once anybody exists. A token for the command line comes back."""

    def act(tx: Tx) -> str:
        if store.principals(tx):
            raise AlreadyRegistered(what=nouns.OPERATOR, value=account)
        party = service.register_party(
            house, tx, kind=PartyKind.OPERATOR, name=Text("平台运营单位", "Platform operator"), country="CN"
        )
        principal = service.add_principal(
            house, tx, party=party.id, account=account, name=account, roles=(Role.OPERATOR,),
            until=house.clock.now() + YEARS_3, password=password,
        )  # fmt: skip
        return service.issue_token(house, tx, principal, label="first", days=30).secret

    return house.db.write(act, scope=EVERYTHING)


def edge_token(house: House, *, roles: tuple[Role, ...], account: str, password: str | None = None) -> str:
    """A token for this edge's own API. The edge's party is entered under the id that the port gave it.

    With a ``password`` a new account can sign in at the edge's console too.
    """

    def act(tx: Tx) -> str:
        if store.party_of(tx, house.party_id) is None:
            party = Party(
                id=PartyId(house.party_id), kind=PartyKind.EXPORTER, name=Text("本单位", "This organisation"),
                country="CN", demo=house.demo,
            )  # fmt: skip
            store.add_party(tx, party, pseudonym=house.party_id[-16:].lower(), at=house.clock.now())
        row = store.sign_in_row(tx, account)
        principal = row[0] if row else service.add_principal(
            house, tx, party=house.party_id, account=account, name=account, roles=roles,
            until=house.clock.now() + YEARS_3, password=password,
        )  # fmt: skip
        return service.issue_token(house, tx, principal, label="cli", days=366).secret

    return house.db.write(act, scope=EVERYTHING)
