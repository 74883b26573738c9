"""Codes, passwords, one-time codes."""

from datetime import UTC, datetime, timedelta

import pytest

from feiyu.base.ids import PartyId, PrincipalId
from feiyu.registry.access import Role
from feiyu.registry.identity.model import BadUscc, Principal, check_uscc
from feiyu.registry.identity.passwords import hash_password, password_fits, totp, totp_step


def test_published_codes_fit() -> None:
    for code in ("91350100M000100Y43", "91110000600037341L"):  # GB 32100-2015 and a published example
        assert check_uscc(code) == code


@pytest.mark.parametrize(
    "code", ["", "91350100M000100Y42", "91350100M000101Y43", "91350100M000100Y4", "I1350100M000100Y43"]
)
def test_wrong_codes_are_refused(code: str) -> None:
    with pytest.raises(BadUscc):
        check_uscc(code)


def test_a_password_fits_its_record_only() -> None:
    record = hash_password("correct horse battery")
    assert password_fits("correct horse battery", record)
    assert not password_fits("correct horse batterx", record)
    assert not password_fits("correct horse battery", None)
    assert hash_password("correct horse battery") != record


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
    ],
)
def test_codes_of_rfc_6238(seconds: int, code: str) -> None:
    secret = b"12345678901234567890"
    assert totp(secret, seconds // 30) == code
    at = datetime.fromtimestamp(seconds, UTC)
    assert totp_step(code, secret, at) == seconds // 30
    assert totp_step(code, secret, at + timedelta(seconds=30)) == seconds // 30
    assert totp_step(code, secret, at + timedelta(seconds=90)) is None


def test_a_seat_ends_at_its_expiry() -> None:
    until = datetime(2027, 1, 1, tzinfo=UTC)
    someone = Principal(
        id=PrincipalId("prn_1"),
        party_id=PartyId("pty_1"),
        account="a",
        name="b",
        roles=((Role.OFFICER, until),),
    )
    assert someone.roles_at(until - timedelta(seconds=1)) == (Role.OFFICER,)
    assert someone.roles_at(until) == ()
