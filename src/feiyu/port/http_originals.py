"""Routes of signed originals: hand one in for a paper, read it, note that a person looked."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from cryptography.x509 import Certificate
from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel

from feiyu.base.text import Text
from feiyu.port import original
from feiyu.port.filing import DOCUMENT_MAX
from feiyu.port.original_store import SignedOriginal
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.store import Scope

KINDS = {
    original.SIGNATURE: Text("电子签名", "electronic signature"),
    original.ESEAL: Text("电子印章", "e-seal"),
    original.SCAN: Text("盖章原件扫描件", "scan of the stamped original"),
}
_CHECKED = Text(
    "上传时已核验：对本材料的签名成立，证书出自此处信任的认证机构；未查询证书是否已吊销。",
    "Checked on arrival: it holds over this very paper, under an authority trusted here. Whether the certificate was revoked was not asked.",
)
_NOT_CHECKED = Text("此处未予核验。", "Not checked here.")
_LOOKED = Text("机器未予核验；已有人查看。", "Not checked by a machine; a person looked at it.")
_NOBODY = Text("机器未予核验；尚无人查看。", "Not checked by a machine; no person has looked at it yet.")


class SignerOut(BaseModel):
    """What the signer's certificate says, and whom of the filing it is."""

    subject: str
    organisation: str | None = None
    credit_code: str | None = None
    authority: str
    algorithm: str
    certificate_sha256: str
    party: str
    party_name: TextOut

    @classmethod
    def of(cls, signer: dict[str, str]) -> "SignerOut":
        """From the inside."""
        name = TextOut.of(Text(signer["party_zh"], signer["party_en"]))
        told = {key: value for key, value in signer.items() if not key.startswith("party_")}
        return cls(**told, party_name=name)


class OriginalOut(BaseModel):
    """A signed original; ``standing`` says in words what is known of it."""

    id: str
    document_id: str
    kind: str
    kind_name: TextOut
    standing: TextOut
    name: str
    media: str
    size_bytes: int
    sha256: str
    paper_sha256: str
    signer: SignerOut | None
    added_at: datetime
    seen_at: datetime | None

    @classmethod
    def of(cls, one: SignedOriginal) -> "OriginalOut":
        """From the inside."""
        same = set(cls.model_fields) - {"kind_name", "standing", "signer"}
        return cls(
            **{name: getattr(one, name) for name in same}, kind_name=TextOut.of(KINDS[one.kind]),
            standing=TextOut.of(_standing(one)), signer=SignerOut.of(one.signer) if one.signer else None,
        )  # fmt: skip


def _standing(one: SignedOriginal) -> Text:
    if one.signer is not None:
        return _CHECKED
    if one.kind == original.ESEAL:
        return _NOT_CHECKED
    return _NOBODY if one.seen_at is None else _LOOKED


def router(authorities: Sequence[Certificate]) -> APIRouter:
    """The routes; ``authorities`` are those under which a signature holds."""
    routes = APIRouter(prefix="/api/v1", tags=["port"])

    @routes.post(
        "/filings/{filing_id}/documents/{document_id}/originals", operation_id="add_original", status_code=201
    )
    def add_original(
        filing_id: str, document_id: str, caller: CallerDep, house: HouseDep,
        kind: Annotated[Literal["signature", "eseal", "scan"], Form()], file: Annotated[UploadFile, File()],
    ) -> OriginalOut:  # fmt: skip
        """Add a signed original to a paper; a signature is checked at once and refused by name if it does not hold."""
        house.access.demand(caller, "filing.write", caller.party_id)
        content = file.file.read(DOCUMENT_MAX + 1)
        made = house.db.write(
            lambda tx: original.add(
                house, tx, caller, filing_id=filing_id, document_id=document_id, kind=kind,
                name=file.filename or "original", content=content, authorities=authorities,
            ),
            scope=Scope.of(caller.party_id),
        )  # fmt: skip
        return OriginalOut.of(made)

    @routes.get(
        "/filings/{filing_id}/originals/{original_id}", operation_id="get_original", response_class=Response
    )
    def get_original(filing_id: str, original_id: str, caller: CallerDep, house: HouseDep) -> Response:
        """The file of an original, as it came."""
        house.access.demand(caller, "filing.read")
        scope = caller.scope(house.access, "filing.read")
        with house.db.read(scope=scope) as tx:
            found, content = original.content_of(
                house, tx, scope, filing_id=filing_id, original_id=original_id
            )
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
        }
        return Response(content, media_type=found.media, headers=headers)

    @routes.post("/filings/{filing_id}/originals/{original_id}/look", operation_id="see_original")
    def see_original(filing_id: str, original_id: str, caller: CallerDep, house: HouseDep) -> OriginalOut:
        """Note that a person of the service centre looked at an original."""
        house.access.demand(caller, "filing.examine")
        scope = caller.scope(house.access, "filing.examine")
        seen = house.db.write(
            lambda tx: original.see(house, tx, caller, filing_id=filing_id, original_id=original_id),
            scope=scope,
        )
        return OriginalOut.of(seen)

    return routes
