"""One load for all rulebook tests."""

import pytest

from feiyu.rules import Rulebooks, load


@pytest.fixture(scope="session")
def books() -> Rulebooks:
    return load()


@pytest.fixture
def plain_facts() -> dict[str, object]:
    """A complete set of facts: one general person, nothing special."""
    return {
        "mode": "transfer", "state_secret_or_core": "no", "foreign_judicial_request": "no",
        "recipient_restricted": "no", "licence_required": "none", "important_status": "none", "contains_pi": "yes",
        "origin": "prc", "sector": "retail", "ciio": "no", "general_before": 0, "general_in": 1,
        "sensitive_before": 0, "sensitive_in": 0, "recipient_country": "DE",
    }  # fmt: skip
