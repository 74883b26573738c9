"""One place that speaks HTTP: authorization, both languages, refusals, time-outs."""

import re
import ssl
from functools import cache
from typing import Any

import httpx2 as httpx

from feiyu.base.said import said
from feiyu.base.text import Lang, Text
from feiyu_sdk.errors import BadToken, Refused, Unreachable

TIMEOUT_S = 60.0
TOKEN = re.compile(r"[!-~]+")
"""What a header may carry; whether the token is known says the server."""


@cache
def _trusted(tls: bool) -> ssl.SSLContext:
    """Whose certificates hold; read once, as that takes longer than most calls. An address without TLS needs nobody's."""
    return httpx.create_ssl_context() if tls else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


class Api:
    """A server's API under ``url``. Safe to share between threads."""

    def __init__(
        self, url: str, *, token: str | None = None, lang: Lang = Lang.EN, timeout_s: float = TIMEOUT_S
    ) -> None:
        headers = {"Accept-Language": lang.value, "X-Feiyu-Client": "sdk"}
        if token:
            if not TOKEN.fullmatch(token):
                raise BadToken
            headers["Authorization"] = f"Bearer {token}"
        self.url = url.rstrip("/")
        self._client = httpx.Client(
            base_url=self.url,
            headers=headers,
            timeout=timeout_s,
            verify=_trusted(self.url.lower().startswith("https:")),
        )

    def get(self, path: str, **query: str) -> Any:
        """GET a JSON answer."""
        return self._ask("GET", path, params=query).json()

    def get_bytes(self, path: str, **query: str) -> bytes:
        """GET a file."""
        return self._ask("GET", path, params=query).content

    def put(self, path: str, body: object) -> Any:
        """PUT JSON, get JSON."""
        return self._ask("PUT", path, json=body).json()

    def post_bytes(self, path: str, body: object = None) -> bytes:
        """POST JSON, get a file."""
        return self._ask("POST", path, json={} if body is None else body).content

    def post(self, path: str, body: object = None) -> Any:
        """POST JSON, get JSON."""
        answer = self._ask("POST", path, json={} if body is None else body)
        return answer.json() if answer.content else None

    def post_file(self, path: str, *, fields: dict[str, str], name: str, content: bytes) -> Any:
        """POST a form with one file."""
        return self._ask("POST", path, data=fields, files={"file": (name, content)}).json()

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _ask(self, method: str, path: str, **what: Any) -> httpx.Response:
        try:
            answer = self._client.request(method, path, **what)
        except httpx.TransportError as failure:
            raise Unreachable(url=self.url, reason=said(failure)) from None
        if answer.is_success:
            return answer
        try:
            problem = answer.json()
        except ValueError:
            problem = None
        if not isinstance(problem, dict) or "code" not in problem:
            raise Unreachable(
                url=self.url, reason=Text(f"对方应答 HTTP {answer.status_code}", f"HTTP {answer.status_code}")
            )
        raise Refused(answer.status_code, problem)
