"""The OpenAPI document that is committed is the one that is served, and no request makes a fault."""

import base64
import itertools
import socket
from pathlib import Path

import httpx2 as httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from feiyu.api.openapi import documents
from feiyu.testing.world import World

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]
BULKY = {"file", "record_exemption", "seal", "receive", "add_document", "add_original"}
"""Their bodies hold documents of megabytes, which a generator of random text takes for ever to make."""


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
        if (
            operation.path in {"/api/v1/live", "/api/v1/session"}
            or operation.definition.raw["operationId"] in BULKY
        ):
            continue

        @settings(max_examples=4, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def try_one(case: schemathesis.Case) -> None:
            answer = case.call(headers=headers)
            assert answer.status_code < 500, answer.text

        try_one()


def test_garbage_in_documents_makes_no_fault(api_world: World) -> None:
    texts = [
        "",
        "!",
        base64.b64encode(b"{}").decode(),
        base64.b64encode(b'{"format":"feiyu-determination/1"}').decode(),
    ]
    edge = {"Authorization": f"Bearer {api_world.seats['edge'].token}"}
    with httpx.Client(base_url=api_world.port_url, headers=edge) as client:
        for document, signature, key_id in itertools.product(texts, texts[1:], ["", "0" * 64]):
            signed = {"document": document, "signature": signature, "key_id": key_id}
            for path in ("/api/v1/filings", "/api/v1/exemptions"):
                answer = client.post(path, json={"scenario_id": "scn_x", "determination": signed})
                assert 400 <= answer.status_code < 500, answer.text
            answer = client.post("/api/v1/transfers/trf_x/receive", json=signed)
            assert 400 <= answer.status_code < 500, answer.text
            body = {"manifest": document, "signature": signature, "wrap": signature}
            answer = client.post("/api/v1/transfers/trf_x/seal", json=body)
            assert 400 <= answer.status_code < 500, answer.text


@pytest.mark.parametrize(
    ("header", "status"), [(f"Content-Length: {10**12}", b"413"), ("Transfer-Encoding: chunked", b"411")]
)
def test_bodies_have_a_limit(api_world: World, header: str, status: bytes) -> None:
    host, port = api_world.port_url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=10) as sock:
        sock.sendall(f"POST /api/v1/filings HTTP/1.1\r\nHost: x\r\n{header}\r\n\r\n".encode())
        answer = sock.recv(4096)
    assert answer.split(b" ")[1] == status
    assert b"application/problem+json" in answer


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("POST", "/api/v1/scenarios", b'{"purpose": "a\\u0000b"}'),
        ("POST", "/api/v1/session", b'{"account": "\\\\\\u0000", "password": "x"}'),
        ("GET", "/api/v1/grants/grt_%00", None),
        ("GET", "/api/v1/evidence?query=%00", None),
    ],
)
def test_a_nul_character_is_refused(api_world: World, method: str, path: str, content: bytes | None) -> None:
    headers = {
        "Authorization": f"Bearer {api_world.seats['officer'].token}",
        "Content-Type": "application/json",
    }
    with httpx.Client(base_url=api_world.port_url, headers=headers) as client:
        answer = client.request(method, path, content=content)
    assert (answer.status_code, answer.json()["code"]) == (422, "BASE-0421")


def test_a_written_escape_is_no_nul(api_world: World) -> None:
    with httpx.Client(base_url=api_world.port_url) as client:
        body = b'{"account": "\\\\u0000", "password": "x"}'
        answer = client.post("/api/v1/session", content=body, headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


def test_a_nul_in_a_form_is_refused_too(api_world: World) -> None:
    headers = {"Authorization": f"Bearer {api_world.seats['officer'].token}"}
    with httpx.Client(base_url=api_world.port_url, headers=headers) as client:
        answer = client.post(
            "/api/v1/filings/fil_x/documents",
            data={"material": "a\x00b"},
            files={"file": ("n\x00.pdf", b"x")},
        )
    assert answer.status_code in {404, 422}
