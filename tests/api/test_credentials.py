"""Every endpoint with no, wrong and right credentials; every seat against every action."""

import base64
from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest

from feiyu.registry.access import Role
from feiyu.testing.world import World

pytestmark = pytest.mark.slow

PUBLIC = {
    ("get", "/api/v1/log"), ("get", "/log/{path}"), ("post", "/api/v1/session"), ("get", "/api/v1/types"),
    ("get", "/api/v1/demo/accounts"), ("get", "/verify"), ("post", "/verify"), ("get", "/verify/offline"),
    ("get", "/api/v1/rulebook"), ("post", "/api/v1/guide"),
}  # fmt: skip
"""What anybody may ask. A new public endpoint has to be named here."""

ALLOWED = {
    ("get", "/api/v1/scenario-templates"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/scenarios"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/flows"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority", "recipient"},
    ("get", "/api/v1/filings"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/bases"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority", "recipient"},
    ("get", "/api/v1/grants"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority", "recipient"},
    ("get", "/api/v1/calendar"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/reminders"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/incidents"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/law/redetermined"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/leases"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/breakglass"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/counts"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/spotchecks"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority"},
    ("get", "/api/v1/transfers"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority", "recipient"},
    ("get", "/api/v1/evidence"): {"owner", "engineer", "officer", "edge", "authority", "recipient"},
    ("get", "/api/v1/principals"): {"owner", "officer", "operator"},
    ("get", "/api/v1/looks"): {"owner", "engineer", "officer", "edge", "recipient"},
    ("get", "/api/v1/parties"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority", "recipient", "operator"},
    ("get", "/api/v1/alarms"): {"centre1", "centre2", "authority"},
    ("get", "/api/v1/egress"): {"authority"},
    ("get", "/api/v1/workbench"): {"owner", "engineer", "officer", "edge", "centre1", "centre2", "authority", "recipient", "operator"},
}  # fmt: skip
"""Who may read which list; everybody else gets 403."""


CLIENT = httpx.Client()
"""One for all, since each new one reads all certificates that the system trusts; what a server sets is forgotten after each answer."""


@pytest.fixture(scope="module", autouse=True)
def _one_client() -> Iterator[None]:
    yield
    CLIENT.close()


def operations(url: str) -> list[tuple[str, str]]:
    document = httpx.get(f"{url}/openapi.json").json()
    return [(method, path) for path, methods in document["paths"].items() for method in methods]


def ask(url: str, method: str, path: str, **headers: str) -> httpx.Response:
    filled = path.replace("{path}", "checkpoint")
    for name in (
        "party_id",
        "key_id",
        "principal_id",
        "scenario_id",
        "filing_id",
        "basis_id",
        "grant_id",
        "transfer_id",
        "event_id",
        "alarm_id",
    ):
        filled = filled.replace("{" + name + "}", f"{name[:3]}_00000000000000000000000000")
    answer = CLIENT.request(
        method.upper(), url + filled, headers=headers, json={} if method == "post" else None
    )
    CLIENT.cookies.clear()
    return answer


def test_no_and_wrong_credentials_open_nothing(api_world: World) -> None:
    for url in (api_world.port_url, api_world.edge_url):
        for method, path in operations(url):
            if (method, path) in PUBLIC:
                continue
            for headers in (
                {},
                {"Authorization": "Bearer fy_wrong"},
                {"Cookie": "feiyu_session=fy_wrong", "X-Feiyu-Client": "t"},
            ):
                answer = ask(url, method, path, **headers)
                assert answer.status_code == 401, (method, path, headers, answer.status_code, answer.text)
                assert answer.headers["content-type"] == "application/problem+json"


def test_a_session_cookie_alone_changes_nothing(api_world: World) -> None:
    with httpx.Client(base_url=api_world.port_url) as client:
        account = next(a for a in client.get("/api/v1/demo/accounts").json() if a["account"] == "officer")
        signed = client.post("/api/v1/session", json={"account": "officer", "password": account["password"]})
        assert signed.status_code == 200
        cookie = signed.headers["set-cookie"]
        assert "HttpOnly" in cookie
        assert "samesite=strict" in cookie.lower()
        assert client.get("/api/v1/session").status_code == 200
        assert client.delete("/api/v1/session").status_code == 403
        assert client.delete("/api/v1/session", headers={"X-Feiyu-Client": "t"}).status_code == 204
        assert client.get("/api/v1/session").status_code == 401


def test_lists_are_for_the_seats_of_the_table(api_world: World) -> None:
    for (method, path), allowed in ALLOWED.items():
        for account, seat in api_world.seats.items():
            answer = ask(api_world.port_url, method, path, Authorization=f"Bearer {seat.token}")
            wanted = 200 if account in allowed else 403
            assert answer.status_code == wanted, (path, account, answer.text)


def test_every_get_list_is_in_the_table(api_world: World) -> None:
    listed = {(m, p) for m, p in operations(api_world.port_url) if m == "get" and "{" not in p}
    known = (
        set(ALLOWED)
        | PUBLIC
        | {
            ("get", "/api/v1/session"),
            ("get", "/api/v1/may"),
            ("get", "/api/v1/live"),
            ("get", "/api/v1/calendar.ics"),
        }
    )
    assert listed <= known, listed - known


def test_what_belongs_to_others_is_not_found(api_world: World) -> None:
    for account, seat in api_world.seats.items():
        for method, path in operations(api_world.port_url):
            if (
                method == "get"
                and "{" in path
                and path != "/log/{path}"
                and not path.startswith("/api/v1/parties")
            ):
                answer = ask(api_world.port_url, method, path, Authorization=f"Bearer {seat.token}")
                assert answer.status_code in {403, 404}, (account, path, answer.status_code)


def test_wrong_sign_ins_pause_the_account(api_world: World) -> None:
    with httpx.Client(base_url=api_world.port_url) as client:
        codes = []
        for _ in range(6):
            answer = client.post("/api/v1/session", json={"account": "authority", "password": "not this one"})
            codes.append((answer.status_code, answer.json()["code"]))
        assert codes == [(401, "REG-0002")] * 5 + [(401, "REG-0003")]


def test_may_explains_itself(api_world: World) -> None:
    headers = {"Authorization": f"Bearer {api_world.seats['recipient'].token}"}
    with httpx.Client(base_url=api_world.port_url, headers=headers) as client:
        no = client.get("/api/v1/may", params={"action": "basis.check"}).json()
        yes = client.get("/api/v1/may", params={"action": "transfer.fetch"}).json()
        other = client.get(
            "/api/v1/may", params={"action": "transfer.fetch", "party": api_world.party("edge")}
        ).json()
    assert (no["allowed"], yes["allowed"], other["allowed"]) == (False, True, False)
    assert "Service centre" in no["reason"]["en"]
    assert "服务中心" in no["reason"]["zh"]


def test_no_seat_has_two_sides(api_world: World) -> None:
    """The centre examines and never sends; the operator sees no case content; the recipient fetches and nothing else."""
    access = api_world.port.house.access
    by_role: dict[Role, set[str]] = {
        role: {r.action for r in access.rules if role in r.roles} for role in Role
    }
    assert not by_role[Role.CENTRE] & {
        "transfer.write",
        "grant.write",
        "exemption.write",
        "filing.write",
        "transfer.cut",
    }
    assert by_role[Role.OPERATOR] == {"party.write", "principal.read", "principal.write", "egress.write"}
    assert not by_role[Role.RECIPIENT] & {"transfer.write", "grant.write", "basis.enter", "filing.read"}
    assert not by_role[Role.AUTHORITY] & {"basis.enter", "basis.check", "grant.write", "transfer.write"}


def test_errors_speak_both_languages(api_world: World) -> None:
    seat = api_world.seats["officer"]
    for lang, word in (("zh-CN", "找不到"), ("en", "No such")):
        with httpx.Client(base_url=api_world.port_url) as client:
            answer: Any = client.get(
                "/api/v1/grants/grt_none",
                headers={"Authorization": f"Bearer {seat.token}", "Accept-Language": lang},
            )
        body = answer.json()
        assert word in body["title"]
        assert {"zh", "en"} <= set(body["message"])
        assert body["trace"] == answer.headers["x-feiyu-trace"]


def test_a_one_time_code_is_asked_for_once_enrolled_and_never_twice(api_world: World) -> None:
    from feiyu.registry.identity.passwords import totp

    clock = api_world.port.house.clock
    with httpx.Client(base_url=api_world.port_url, headers={"X-Feiyu-Client": "t"}) as client:
        account = next(a for a in client.get("/api/v1/demo/accounts").json() if a["account"] == "engineer")
        body = {"account": "engineer", "password": account["password"]}
        assert client.post("/api/v1/session", json=body).status_code == 200
        drawn = client.post("/api/v1/session/totp/secret").json()
        assert drawn["uri"].startswith("otpauth://totp/Feiyu%3A")
        secret = base64.b32decode(drawn["secret"])
        step = int(clock.now().timestamp()) // 30
        wrong = f"{(int(totp(secret, step)) + 1) % 10**6:06d}"
        assert (
            client.post("/api/v1/session/totp", json={"secret": drawn["secret"], "code": wrong}).status_code
            == 401
        )
        code = totp(secret, step)
        assert (
            client.post("/api/v1/session/totp", json={"secret": drawn["secret"], "code": code}).status_code
            == 204
        )
        assert client.post("/api/v1/session", json=body).status_code == 401
        assert client.post("/api/v1/session", json=body | {"code": code}).status_code == 401, "used already"
        later = totp(secret, int(clock.now().timestamp()) // 30 + 1)
        assert client.post("/api/v1/session", json=body | {"code": later}).status_code == 200
    held = b"".join(p.read_bytes() for p in (api_world.folder / "port").glob("port.sqlite*"))
    assert secret not in held
