"""One running world for the contract tests of the API."""

from collections.abc import Iterator

import pytest

from feiyu.testing.world import World, world


@pytest.fixture(scope="session")
def api_world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """A world on SQLite."""
    with world(tmp_path_factory.mktemp("api")) as made:
        yield made
