"""One load for all unit tests of the rules."""

from datetime import date

import pytest

from feiyu.rules import Rulebooks, load


@pytest.fixture(scope="session")
def books() -> Rulebooks:
    return load()


@pytest.fixture(scope="session")
def day() -> date:
    return date(2026, 11, 22)


@pytest.fixture
def plain() -> dict[str, object]:
    """A complete set of facts: 1 general person, nothing special."""
    return {
        "mode": "transfer", "state_secret_or_core": "no", "foreign_judicial_request": "no",
        "recipient_restricted": "no", "licence_required": "none", "important_status": "none", "contains_pi": "yes",
        "origin": "prc", "sector": "retail", "ciio": "no", "general_before": 0, "general_in": 1,
        "sensitive_before": 0, "sensitive_in": 0, "recipient_country": "DE",
    }  # fmt: skip
