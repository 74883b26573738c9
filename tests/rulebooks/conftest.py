"""One load for all rulebook tests."""

import pytest

from feiyu.rules import Rulebooks, load


@pytest.fixture(scope="session")
def books() -> Rulebooks:
    return load()
