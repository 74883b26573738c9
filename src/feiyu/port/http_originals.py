"""Routes of signed originals: hand one in for a paper, read it, note that a person looked."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel

from feiyu.base.clock import shown
from feiyu.base.text import Text
from feiyu.evidence import signers
from feiyu.evidence.paper import Trusted
from feiyu.port import original, signed
from feiyu.port.filing import DOCUMENT_MAX
from feiyu.port.original_store import SignedOriginal
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import Shown, as_file, room_router
from feiyu.registry.looks.model import Thing
from feiyu.store import Scope

_CHECKED = Text(
    "上传时已核验：对本材料的签名成立，证书出自此处信任的认证机构。",
    "Checked on arrival: it holds over this very paper, under an authority trusted here.",
)
_CHECKED_PDF = Text(
    "上传时已核验：最后一个签名覆盖整个文件（其后至多另有签名的证明），其中每个签名均成立，证书出自此处信任的认证机构。",
    "Checked on arrival: its last signature is over the whole file, but for proofs of signatures that may follow, and each signature in it holds, under an authority trusted here.",
)
_CHECKED_OFD = Text(
    "上传时已核验：文件中每个签章均覆盖整个文件包且成立，印章由其制章单位为签章人制作，两者的证书均出自此处信任的认证机构。",
    "Checked on arrival: each seal in it is over the whole package and holds, its maker made it for who sealed, and both lead to an authority trusted here.",
)
_OTHERS = Text("文件中另有签名：{others}。", "Others signed it too: {others}.")
_RELATION = {
    "same": Text("该文件就是本材料。", "It is this very paper."),
    "begins": Text(
        "该文件以本材料的全部字节开头，签名追加其后。",
        "It begins with the paper's very bytes, and the signature was appended.",
    ),
    "unknown": Text(
        "该文件的字节与本材料不同；内容是否一致，机器未作比对。",
        "Its bytes are not the paper's; whether the content is the same was not compared by a machine.",
    ),
}
_FAILS = Text(
    "收到时已核验；现在再次核验，签名不再成立，请另行取得有效的签署原件。",
    "Checked on arrival; asked of again, the signature no longer holds: obtain another signed original.",
)
_ASKED = Text("{at} 再次核验：{zh}", "Asked of again on {at}: {en}")
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
    revocation: str | None = None
    judged_at: datetime | None = None
    stamped_by: str | None = None

    @classmethod
    def of(cls, signer: dict[str, str]) -> "SignerOut":
        """From the inside."""
        name = TextOut.of(Text(signer["party_zh"], signer["party_en"]))
        told = {key: value for key, value in signer.items() if key in cls.model_fields}
        return cls.model_validate(told | {"party_name": name})


class OriginalOut(BaseModel):
    """A signed original; ``standing`` says in words what is known of it, ``findings`` more of it, one by one."""

    id: str
    document_id: str
    kind: str
    kind_name: TextOut
    standing: TextOut
    findings: list[TextOut]
    name: str
    media: str
    size_bytes: int
    sha256: str
    paper_sha256: str
    signer: SignerOut | None
    holds: bool | None
    added_at: datetime
    seen_at: datetime | None

    @classmethod
    def of(cls, one: SignedOriginal) -> "OriginalOut":
        """From the inside."""
        same = set(cls.model_fields) - {"kind_name", "standing", "findings", "signer", "holds"}
        return cls(
            **{name: getattr(one, name) for name in same}, kind_name=TextOut.of(original.KINDS[one.kind]),
            standing=TextOut.of(_standing(one)), findings=[TextOut.of(each) for each in _findings(one.signer or {})], signer=SignerOut.of(one.signer) if one.signer else None,
            holds=one.fails is None if one.signer else None,
        )  # fmt: skip


def _standing(one: SignedOriginal) -> Text:
    if one.fails is not None:
        return _FAILS
    if one.signer is not None:
        return {signed.PDF: _CHECKED_PDF, signed.OFD: _CHECKED_OFD}.get(one.kind, _CHECKED)
    if one.kind == original.ESEAL:
        return _NOT_CHECKED
    return _NOBODY if one.seen_at is None else _LOOKED


def _findings(signer: dict[str, str]) -> list[Text]:
    """How it stands to the paper, who else signed, and what was known of the signer when it came."""
    if not signer:
        return []
    said = [_RELATION[signer["relation"]]] if "relation" in signer else []
    said += [_OTHERS.format(others=signer["others"])] if "others" in signer else []
    said += signers.told(signer)
    if "fails_code" in signer:
        at = shown(datetime.fromisoformat(signer["fails_at"]))
        said.append(_ASKED.format(at=at, zh=signer["fails_zh"], en=signer["fails_en"]))
    return said


def router(trusted: Trusted) -> APIRouter:
    """The routes; a signature holds under those of ``trusted``."""
    routes = room_router(prefix="/api/v1", tags=["port"])

    @routes.post(
        "/filings/{filing_id}/documents/{document_id}/originals", operation_id="add_original", status_code=201
    )
    def add_original(
        filing_id: str, document_id: str, caller: CallerDep, house: HouseDep,
        kind: Annotated[Literal["signature", "pdf", "ofd", "eseal", "scan"], Form()], file: Annotated[UploadFile, File()],
    ) -> OriginalOut:  # fmt: skip
        """Add a signed original to a paper; a signature is checked at once and refused by name if it does not hold."""
        house.access.demand(caller, "filing.write", caller.party_id)
        content = file.file.read(DOCUMENT_MAX + 1)
        lists = trusted.lists() if kind in signed.CHECKED else []
        made = house.db.write(
            lambda tx: original.add(
                house, tx, caller, filing_id=filing_id, document_id=document_id, kind=kind,
                name=file.filename or "original", content=content,
                authorities=trusted.authorities, lists=lists,
            ),
            scope=Scope.of(caller.party_id),
        )  # fmt: skip
        return OriginalOut.of(made)

    @routes.get(
        "/filings/{filing_id}/originals/{original_id}", operation_id="get_original", response_class=Response
    )
    def get_original(filing_id: str, original_id: str, caller: CallerDep, house: HouseDep) -> Response:
        """The file of an original, as it came; that it was read by another party is told to its owner."""
        house.access.demand(caller, "filing.read")
        scope = caller.scope(house.access, "filing.read")
        found, content = house.db.write(
            lambda tx: original.read(house, tx, caller, filing_id=filing_id, original_id=original_id),
            scope=scope,
        )
        thing = Thing(found.owner_party, found.id, within=found.filing_id)
        return Shown(content, [thing], media_type=found.media, headers=as_file(found.name))

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
