"""The public verification page: a form, and the verdict on what was handed in.

Rules this module keeps:
 * it needs no account and no script, and keeps nothing of what is handed in;
 * the verdict is ``feiyu.evidence.verify``'s own; this page only shows it;
 * limits come before reading.
"""

import hashlib
from typing import Annotated

from fastapi import APIRouter, File, Request, Response, UploadFile

from feiyu.api.pages import texts
from feiyu.api.pages.render import page
from feiyu.base.text import Text
from feiyu.evidence.verify import (
    MAX_MANIFEST_BYTES,
    MAX_RECEIPT_BYTES,
    MAX_TRUST_BYTES,
    TrustError,
    told,
    verify_receipt,
)
from feiyu.registry.identity.http import HouseDep

Upload = Annotated[UploadFile | None, File()]


def add(routes: APIRouter) -> None:
    """Add the pages' routes."""

    @routes.get("/verify", include_in_schema=False)
    def verify_form(request: Request) -> Response:
        """The empty form."""
        return _form(request)

    @routes.post("/verify", include_in_schema=False)
    def verify(
        request: Request,
        house: HouseDep,
        receipt: Upload = None,
        trust: Upload = None,
        manifest: Upload = None,
    ) -> Response:
        """The verdict on a receipt."""
        given = _read(receipt, MAX_RECEIPT_BYTES)
        if given is None:
            return _form(request, status=422, problem=texts.no_receipt)
        try:
            verdict = verify_receipt(
                given, trust=_read(trust, MAX_TRUST_BYTES), manifest=_read(manifest, MAX_MANIFEST_BYTES)
            )
        except TrustError as bad:
            return _form(
                request,
                status=422,
                problem=texts.bad_trust,
                detail=Text(*(words[:200] for words in bad.reason)),
            )
        return page(
            request, "verify.html.j2", verdict=verdict, facts=told(verdict), problem=None, sha256=hashlib.sha256(given).hexdigest(),
            at=house.clock.now(),
        )  # fmt: skip

    @routes.get("/verify/offline", include_in_schema=False)
    def verify_offline(request: Request) -> Response:
        """The page that verifies inside the browser."""
        return page(request, "offline.html.j2")


def _form(
    request: Request, *, status: int = 200, problem: Text | None = None, detail: Text | None = None
) -> Response:
    return page(request, "verify.html.j2", status=status, verdict=None, problem=problem, detail=detail)


def _read(file: UploadFile | None, limit: int) -> bytes | None:
    """What was chosen, one byte beyond the limit at most: the verifier names what is too long. None for nothing."""
    content = file.file.read(limit + 1) if file else b""
    return content or None
