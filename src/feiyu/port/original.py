"""Signed originals: what shows that a person of an organisation signed a paper of a filing.

Five kinds, and each says no more than is known:

* ``signature``: a detached CMS signature over the very paper, by a certificate that leads to an authority of the port's
  settings. Checked on arrival; one that does not hold, or whose certificate was revoked, is refused and not kept. Whether
  it was revoked is known as far as the lists at hand say, and what was known is kept with it.
* ``pdf``: a PDF with signatures inside (PAdES), checked in the same way; the last one must be over the whole file, or be followed by
  nothing but time stamps over the whole document and proofs (PAdES-LTA). Whether
  it is the paper, or begins with the paper's very bytes, is said; whether it has the same content is for a person.
* ``ofd``: an OFD with e-seals of GB/T 38540. Checked on arrival: each is over every file of the package, by a certificate that the seal's maker
  listed, both under an authority of the port's settings.
* ``eseal``: an electronic seal of another kind, or that cannot be checked (OFD, PDF, SES_Signature). Kept, and not checked here.
* ``scan``: a scan of the stamped original. Kept, and not checked by any machine; a person may note that they looked.

Rules this module keeps:
 * an original belongs to one paper, and its event names the digests of both and the kind;
 * a signer is the exporter or a recipient of the scenario: by unified social credit code where certificate and party have
   one, else by name;
 * a missing original is told, never a reason to refuse a step: that is for the competent body;
 * each time somebody of another party reads one, its owner can see it in the evidence;
 * what is kept is found by its digest; nothing is ever replaced.
"""

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from cryptography.x509 import Certificate

from feiyu.base import nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import new_id
from feiyu.base.text import Text
from feiyu.evidence import paper as papers
from feiyu.evidence.crl import Revocation, RevocationList, State
from feiyu.evidence.signers import known
from feiyu.port import original_store as originals
from feiyu.port import store
from feiyu.port.errors import AuthoritiesMissing, NotAnOriginal, SignerMismatch
from feiyu.port.filing import DOCUMENT_MAX
from feiyu.port.original_store import SignedOriginal
from feiyu.port.signed import CHECKED, OFD, PDF, SIGNATURE, signers_of
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.model import Party
from feiyu.registry.scenarios import store as scenarios
from feiyu.store import Scope, Tx

ESEAL, SCAN = "eseal", "scan"
SIGNATURE_MAX = 64 * 1024
ORIGINALS_MAX = 10
KINDS = {
    SIGNATURE: Text("电子签名", "Electronic signature"),
    PDF: Text("含电子签名的 PDF", "Signed PDF"),
    OFD: Text("加盖电子印章的 OFD", "OFD with e-seals"),
    ESEAL: Text("电子印章", "E-seal"),
    SCAN: Text("盖章原件扫描件", "Scan of the stamped original"),
}
_BEGINS = {
    b"%PDF-": "application/pdf",
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"PK\x03\x04": "application/ofd",
    b"0": "application/octet-stream",  # DER, such as SES_Signature
}
_MEDIA = {
    SCAN: frozenset({"application/pdf", "image/jpeg", "image/png"}),
    ESEAL: frozenset({"application/pdf", "application/ofd", "application/octet-stream"}),
}
_INSIDE = {PDF: "application/pdf", OFD: "application/ofd"}
"""Kinds of which the signatures stand in the file itself."""


def add(
    house: House, tx: Tx, caller: Caller, *, filing_id: str, document_id: str, kind: str, name: str, content: bytes,
    authorities: Sequence[Certificate], lists: Sequence[RevocationList],
) -> SignedOriginal:  # fmt: skip
    """Add an original to a paper of a filing; the object is durable before its row is."""
    scope = Scope.of(caller.party_id)
    filing, kept = (
        store.filing_of(tx, scope, filing_id),
        originals.paper_of(tx, scope, filing_id, document_id),
    )
    if filing is None or kept is None:
        raise NotFound(what=nouns.DOCUMENT, ident=document_id)
    if originals.count_of(tx, document_id) >= ORIGINALS_MAX:
        raise BadInput(
            reason=Text(
                f"一份材料至多有 {ORIGINALS_MAX} 份原件", f"a paper has at most {ORIGINALS_MAX} originals"
            )
        )
    at, media, signer = house.clock.now(), "application/pkcs7-signature", None
    place, digest, material = kept
    if kind in CHECKED:
        _sized(kind, content, authorities)
        paper = house.objects.get(place)
        found = signers_of(kind, name, paper, content, trusted=authorities, lists=lists, at=at)
        media, more = _INSIDE.get(kind, media), _relation(paper, content) if kind in _INSIDE else {}
        signer = _told(_party(tx, filing, found), found) | more
    else:
        media = _media(kind, content)
    ident = new_id("original", at)
    key = f"filings/{filing.id}/originals/{ident}"
    house.objects.put(key, content)
    made = SignedOriginal(
        id=ident, owner_party=filing.owner_party, filing_id=filing.id, document_id=document_id, kind=kind, media=media,
        name=name[:200], object_key=key, size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest(),
        paper_sha256=digest, signer=signer, added_by=caller.principal_id, added_at=at,
    )  # fmt: skip
    originals.add(tx, made)
    facts = {name: signer[name] for name in ("certificate_sha256", "revocation")} if signer else {}
    event_of(
        house,
        tx,
        filing,
        "filing.original",
        made,
        {"material": material, "checked": signer is not None, **facts},
    )
    return made


def see(house: House, tx: Tx, caller: Caller, *, filing_id: str, original_id: str) -> SignedOriginal:
    """Note that a person of the service centre looked at an original."""
    scope = caller.scope(house.access, "filing.examine")
    found, filing = (
        originals.original_of(tx, scope, filing_id, original_id),
        store.filing_of(tx, scope, filing_id),
    )
    if found is None or filing is None:
        raise NotFound(what=nouns.ORIGINAL, ident=original_id)
    if found.seen_at is None:
        originals.set_seen(tx, found.id, by=caller.principal_id, at=house.clock.now())
        event_of(house, tx, filing, "filing.original_seen", found, {})
    again = originals.original_of(tx, scope, filing_id, original_id)
    assert again is not None
    return again


def read(
    house: House, tx: Tx, caller: Caller, *, filing_id: str, original_id: str
) -> tuple[SignedOriginal, bytes]:
    """An original and its bytes; that somebody other than its owner read it stands in the owner's evidence."""
    scope = caller.scope(house.access, "filing.read")
    found, content = content_of(house, tx, scope, filing_id=filing_id, original_id=original_id)
    if caller.party_id != found.owner_party:
        filing = store.filing_of(tx, scope, filing_id)
        assert filing is not None, "an original without its filing"
        event_of(house, tx, filing, "filing.original_read", found, {"by": caller.principal_id})
    return found, content


def content_of(
    house: House, tx: Tx, scope: Scope, *, filing_id: str, original_id: str
) -> tuple[SignedOriginal, bytes]:
    """An original and its bytes, which must still be those that came."""
    found = originals.original_of(tx, scope, filing_id, original_id)
    if found is None:
        raise NotFound(what=nouns.ORIGINAL, ident=original_id)
    content = house.objects.get(found.object_key)
    assert hashlib.sha256(content).hexdigest() == found.sha256, "a kept original has changed"
    return found, content


def _sized(kind: str, content: bytes, authorities: Sequence[Certificate]) -> None:
    if not authorities:
        raise AuthoritiesMissing
    most = SIGNATURE_MAX if kind == SIGNATURE else DOCUMENT_MAX
    if not 0 < len(content) <= most:
        raise _no(kind, f"须为 1 至 {most} 字节", f"1 to {most} bytes are wanted")


def _relation(paper: bytes, content: bytes) -> dict[str, str]:
    """How a signed PDF stands to the paper, as far as bytes tell."""
    if content == paper:
        return {"relation": "same"}
    return {"relation": "begins" if content.startswith(paper) else "unknown"}


def _party(
    tx: Tx, filing: store.Filing, signers: Sequence[papers.PaperSigner]
) -> tuple[papers.PaperSigner, Party]:  # fmt: skip
    """The last signer who is the exporter or a recipient, and which of them."""
    scenario = scenarios.scenario_of(tx, Scope.of(filing.owner_party), filing.scenario_id)
    wanted = [filing.owner_party, *(scenario.recipients if scenario else ())]
    parties = [party for one in wanted if (party := identities.party_of(tx, one))]
    for signer in reversed(signers):
        for party in parties:
            if _same(signer, party):
                return signer, party
    raise SignerMismatch(
        signer=", ".join(_with_code(one.organisation or one.subject, one.credit_code) for one in signers)[
            :300
        ],
        wanted=", ".join(_with_code(one.name.zh, one.uscc) for one in parties)[:300],
    )


def _with_code(name: str, code: str | None) -> str:
    """Where both have a credit code it decides, so it is told."""
    return f"{name} {code}" if code else name


def _told(of: tuple[papers.PaperSigner, Party], signers: Sequence[papers.PaperSigner]) -> dict[str, str]:
    signer, party = of
    others = [one.organisation or one.subject for one in signers if one is not signer]
    whom = {"party": party.id, "party_zh": party.name.zh, "party_en": party.name.en}
    more = {"others": "; ".join(others)[:500]} if others else {}
    return known(replace(signer, revocation=_least_known(signer, signers))) | whom | more


def _least_known(signer: papers.PaperSigner, signers: Sequence[papers.PaperSigner]) -> Revocation:
    """The signer's revocation, or that of another of the file of whom less is known."""
    found = [one.revocation for one in (signer, *signers)]
    return next((one for one in found if one.state not in {State.GOOD, State.LATER}), found[0])


def _same(signer: papers.PaperSigner, party: Party) -> bool:
    """Whether the certificate is this party's; where both have a credit code, that alone decides."""
    if signer.credit_code and party.uscc:
        return signer.credit_code == party.uscc
    return signer.organisation is not None and _plain(signer.organisation) in {
        _plain(party.name.zh),
        _plain(party.name.en),
    }


def _plain(name: str) -> str:
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())


def _media(kind: str, content: bytes) -> str:
    """The kind of file, by how it begins."""
    if kind not in _MEDIA:
        raise _no(
            kind[:40],
            f"种类须为 {SIGNATURE}、{PDF}、{OFD}、{ESEAL}、{SCAN} 之一",
            f"one of {SIGNATURE}, {PDF}, {OFD}, {ESEAL}, {SCAN} is wanted",
        )
    if not 0 < len(content) <= DOCUMENT_MAX:
        raise _no(kind, f"须为 1 至 {DOCUMENT_MAX} 字节", f"1 to {DOCUMENT_MAX} bytes are wanted")
    media = next((media for begins, media in _BEGINS.items() if content.startswith(begins)), "")
    if media not in _MEDIA[kind]:
        kinds = ", ".join(sorted(_MEDIA[kind]))
        raise _no(kind, f"文件开头不属于 {kinds}", f"the file begins as none of {kinds}")
    return media


def _no(kind: str, zh: str, en: str) -> NotAnOriginal:
    return NotAnOriginal(kind=kind, reason=Text(zh, en))


def event_of(
    house: House, tx: Tx, filing: store.Filing, type_: str, of: SignedOriginal, data: dict[str, object]
) -> None:  # fmt: skip
    """Record an event of an original."""
    data = data | {"kind": of.kind, "sha256": of.sha256, "paper_sha256": of.paper_sha256}
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, filing.owner_party) or "", type=type_,
        at=house.clock.now(), owner=filing.owner_party, refs={"filing": filing.id, "scenario": filing.scenario_id},
        data=data,
    )  # fmt: skip
