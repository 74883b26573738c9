"""Routes of signed originals: hand one in for a paper, read it, note that a person looked."""

from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, File, Form, Response, UploadFile
from pydantic import BaseModel

from feiyu.base.clock import shown
from feiyu.base.text import Text
from feiyu.evidence.crl import REASONS, State
from feiyu.evidence.paper import Trusted
from feiyu.port import original
from feiyu.port.filing import DOCUMENT_MAX
from feiyu.port.original_store import SignedOriginal
from feiyu.registry.identity.http import CallerDep, HouseDep, TextOut
from feiyu.registry.looks.http import Shown, room_router
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
_SEAL = Text("印章：{seal}。", "The seal: {seal}.")
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
_NOT_ASKED = Text("未查询证书是否已吊销。", "Whether the certificate was revoked was not asked.")
_STAMPED = Text(
    "签名时间：不晚于 {at}，有 {by} 的时间戳证明。",
    "Signed by {at} at the latest, as the time stamp of {by} proves.",
)
_RECEIVED = Text(
    "签名时间：无可信时间戳，按收到时间 {at} 判断。",
    "When it was signed is not proven; judged as of its arrival, {at}.",
)
_CLAIMED = Text("签名人自称签于 {at}，不作依据。", "The signer claims {at}, which counts for nothing.")
_DOUBT = Text("所附时间戳未予采信：{zh}", "The time stamp that came along does not count: {en}")
_REVOCATION = {
    State.GOOD: Text(
        "吊销情况：按 {made} 的吊销列表，未被吊销。", "Revocation: not revoked, by the list of {made}."
    ),
    State.LATER: Text(
        "吊销情况：{since} 起被吊销（{reason_zh}），在签名之后；依据 {made} 的吊销列表。",
        "Revocation: revoked as of {since} ({reason_en}), after it was signed; by the list of {made}.",
    ),
    State.NO_LIST: Text(
        "吊销情况不明：没有 {of} 的签发者的吊销列表。",
        "Revocation unknown: there is no list of the issuer of {of}.",
    ),
    State.EXPIRED: Text(
        "吊销情况不明：{made} 的吊销列表已于 {until} 过期；该列表中没有此证书。",
        "Revocation unknown: the list of {made} held until {until} only; it does not name the certificate.",
    ),
    State.NOT_BY_ISSUER: Text(
        "吊销情况不明：现有的吊销列表不是由 {of} 的签发者签名。",
        "Revocation unknown: the list that is there is not signed by the issuer of {of}.",
    ),
    State.AFTER_END: Text(
        "吊销情况不明：吊销列表制于 {made}，当时证书已到期，列表不必再列入。",
        "Revocation unknown: the list was made on {made}, after the certificate's end, and need not name it any more.",
    ),
    State.UNUSABLE: Text(
        "吊销情况不明：{of} 的签发者的吊销列表不属于此处可用的种类，或不涵盖此证书。",
        "Revocation unknown: the lists of the issuer of {of} are of no kind that is used here, or do not cover it.",
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
        return {original.PDF: _CHECKED_PDF, original.OFD: _CHECKED_OFD}.get(one.kind, _CHECKED)
    if one.kind == original.ESEAL:
        return _NOT_CHECKED
    return _NOBODY if one.seen_at is None else _LOOKED


def _findings(signer: dict[str, str]) -> list[Text]:
    """When it was signed, and what was known of the certificate's revocation when it came."""
    if not signer:
        return []
    if "revocation" not in signer:  # of a time when nobody asked
        return [_NOT_ASKED]
    at, by = _when(signer, "judged_at"), signer.get("stamped_by")
    said = [_RELATION[signer["relation"]]] if "relation" in signer else []
    said += [_SEAL.format(seal=signer["seal"])] if "seal" in signer else []
    said += [_OTHERS.format(others=signer["others"])] if "others" in signer else []
    said += [_STAMPED.format(at=at, by=by) if by else _RECEIVED.format(at=at)]
    if "stamp_doubt_en" in signer:
        said.append(_DOUBT.format(zh=signer["stamp_doubt_zh"], en=signer["stamp_doubt_en"]))
    if "claimed_at" in signer:
        said.append(_CLAIMED.format(at=_when(signer, "claimed_at")))
    reason = REASONS[signer.get("revoked_for", "unspecified")]
    words = _REVOCATION[State(signer["revocation"])].format(
        made=_when(signer, "list_made"), until=_when(signer, "list_until"), since=_when(signer, "revoked_since"),
        of=signer["revocation_of"], reason_zh=reason.zh, reason_en=reason.en,
    )  # fmt: skip
    said.append(words)
    if "fails_code" in signer:
        said.append(_ASKED.format(at=_when(signer, "fails_at"), zh=signer["fails_zh"], en=signer["fails_en"]))
    return said


def _when(signer: dict[str, str], name: str) -> str:
    return shown(datetime.fromisoformat(signer[name])) if name in signer else ""


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
        lists = trusted.lists() if kind in original.CHECKED else []
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
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.name, safe='')}",
            "X-Content-Type-Options": "nosniff",
        }
        thing = Thing(found.owner_party, found.id, within=found.filing_id)
        return Shown(content, [thing], media_type=found.media, headers=headers)

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
