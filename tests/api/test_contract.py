"""The OpenAPI document that is committed is the one that is served, and random requests never make a fault."""

from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from feiyu.api.openapi import documents
from feiyu.testing.world import World

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]


def test_the_committed_documents_are_current() -> None:
    for name, text in documents().items():
        committed = (ROOT / "openapi" / name).read_text(encoding="utf-8")
        assert committed == text, f"openapi/{name} is old: make openapi"


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("account", ["officer", "centre1"])
def test_random_requests_make_no_fault(api_world: World, account: str) -> None:
    schema = schemathesis.openapi.from_url(f"{api_world.port_url}/openapi.json")
    headers = {"Authorization": f"Bearer {api_world.seats[account].token}"}
    for result in schema.get_all_operations():
        operation = result.ok()
        if operation.path in {"/api/v1/live", "/api/v1/session"}:
            continue

        @settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def try_one(case: schemathesis.Case) -> None:
            answer = case.call(headers=headers)
            assert answer.status_code < 500, (operation.label, answer.text)

        try_one()
