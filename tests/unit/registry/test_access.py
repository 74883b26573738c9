"""The access table and the function that reads it."""

import pytest

from feiyu.base.errors import Forbidden, NotFound
from feiyu.base.ids import PartyId, PrincipalId
from feiyu.registry.access import ROLE_NAMES, Access, Caller, Reach, Role, Rule

ACCESS = Access(
    [
        Rule((Role.OFFICER,), "thing.read", Reach.OWN),
        Rule((Role.AUTHORITY,), "thing.read", Reach.ANY),
        Rule((Role.CENTRE,), "thing.check", Reach.ANY),
    ]
)
MINE, OTHERS = PartyId("pty_a"), PartyId("pty_b")


def caller(*roles: Role) -> Caller:
    return Caller(principal_id=PrincipalId("prn_1"), party_id=MINE, name="x", roles=roles)


def test_what_no_line_allows_is_refused() -> None:
    assert not ACCESS.may(caller(), "thing.read").allowed
    assert not ACCESS.may(caller(Role.OFFICER), "thing.fly").allowed


def test_own_reaches_no_further_than_the_party() -> None:
    assert ACCESS.may(caller(Role.OFFICER), "thing.read", MINE).allowed
    assert not ACCESS.may(caller(Role.OFFICER), "thing.read", OTHERS).allowed
    assert ACCESS.may(caller(Role.AUTHORITY), "thing.read", OTHERS).allowed


def test_the_wider_of_two_seats_counts() -> None:
    both = caller(Role.OFFICER, Role.AUTHORITY)
    assert ACCESS.reach(both, "thing.read") is Reach.ANY
    assert both.scope(ACCESS, "thing.read").party is None
    assert caller(Role.OFFICER).scope(ACCESS, "thing.read").party == MINE


def test_a_missing_seat_is_forbidden_and_anothers_thing_is_not_found() -> None:
    with pytest.raises(Forbidden):
        ACCESS.demand(caller(Role.OFFICER), "thing.check", MINE)
    with pytest.raises(NotFound):
        ACCESS.demand(caller(Role.OFFICER), "thing.read", OTHERS)
    ACCESS.demand(caller(Role.OFFICER), "thing.read", MINE)


def test_every_seat_has_a_name_in_both_languages() -> None:
    assert set(ROLE_NAMES) == set(Role)
