"""Take in determinations and move filings.

Rules this module keeps:
 * a determination is taken in only if it follows from its facts by the rulebook in force here (it replays), and only
   under the signature of the exporter's confirmed edge key;
 * the same determination is filed once;
 * route and procedure agree: an exempt determination opens no case, it becomes an exemption record (``port.basis``).
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from feiyu.base import canonical, nouns
from feiyu.base.errors import BadInput, NotFound
from feiyu.base.ids import PartyId, new_id
from feiyu.base.persons import Three
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.evidence.receipt import PartySignature
from feiyu.port import store
from feiyu.port.errors import DoesNotReplay, FiledAlready, NotDisclosed, WrongRoute
from feiyu.port.store import Filing, FilingDocument
from feiyu.registry import journal
from feiyu.registry.access import Caller
from feiyu.registry.cases import store as cases
from feiyu.registry.cases.procedure import load_procedure
from feiyu.registry.cases.service import open_case, take_step
from feiyu.registry.house import House
from feiyu.registry.identity import store as identities
from feiyu.registry.identity.model import KeyUse
from feiyu.registry.identity.service import confirmed_key
from feiyu.registry.scenarios import store as scenarios
from feiyu.registry.scenarios.model import Tier
from feiyu.registry.terms import Signed
from feiyu.seal import keys
from feiyu.store import Scope, Tx

FORMAT = "feiyu-determination/1"
PROCEDURES = {
    "SA": ("security-assessment",),
    "SCC_OR_CERT": ("pi-standard-contract", "pi-certification"),
}
DOCUMENT_MAX = 20 * 1024 * 1024


def read_determination(house: House, tx: Tx, exporter: PartyId, signed: Signed) -> dict[str, Any]:
    """Verify and replay a determination document; its content when both hold."""
    key = confirmed_key(tx, exporter, KeyUse.EDGE, key_id=signed.key_id)
    keys.verify(key.public, STATEMENT_PREFIX + signed.document, signed.signature, what=nouns.DETERMINATION)
    raw: dict[str, Any] = canonical.loads_object(signed.document)
    try:
        if raw["format"] != FORMAT or raw["exporter"] != exporter:
            raise BadInput(reason=Text("不是该出境方的路径判定", "not a determination of this exporter"))
        given = raw["determination"]
        counts = {name: Three.of(raw["counts"][name]) for name in ("persons", "sensitive")}
        found = house.rulebooks.determine(raw["facts"], at=date.fromisoformat(given["at"]), trace=False)
    except (KeyError, TypeError, ValueError) as bad:
        raise BadInput(reason=Text("路径判定：{bad}", "determination: {bad}").format(bad=said(bad))) from None
    if (found.route, found.rule) != (given["route"], given["rule"]):
        raise DoesNotReplay(given=f"{given['route']}/{given['rule']}", found=f"{found.route}/{found.rule}")
    stated = [raw["facts"].get(name) for name in ("general_in", "sensitive_in")]
    if all(isinstance(one, int) for one in stated) and (
        stated[1] < counts["sensitive"].counted or sum(stated) < counts["persons"].counted
    ):
        raise BadInput(
            reason=Text("事实中的人数少于已计得的人数", "the facts state fewer persons than were counted")
        )
    if counts["sensitive"].counted > counts["persons"].counted:
        raise BadInput(reason=Text("敏感个人信息的人数多于总人数", "more sensitive persons than persons"))
    return raw


def file(
    house: House, tx: Tx, caller: Caller, *, scenario_id: str, signed: Signed, procedure: str | None
) -> Filing:  # fmt: skip
    """Hand in a determination and open its case in the procedure that its route leads to."""
    scope = Scope.of(caller.party_id)
    scenario = scenarios.scenario_of(tx, scope, scenario_id)
    if scenario is None:
        raise NotFound(what=nouns.SCENARIO, ident=scenario_id)
    if scenario.tier is not Tier.CENTRE:
        raise NotDisclosed(scenario=scenario.id)
    raw = read_determination(house, tx, caller.party_id, signed)
    route = raw["determination"]["route"]
    fits = PROCEDURES.get(route, ())
    chosen = procedure or (fits[0] if fits else None)
    if chosen is None or chosen not in fits:
        raise WrongRoute(route=route, wanted=procedure or "filing")
    digest = hashlib.sha256(signed.document).hexdigest()
    if existing := store.filing_by_digest(tx, digest):
        raise FiledAlready(filing=existing)
    now = house.clock.now()
    case = open_case(house, tx, case_id=new_id("filing", now), owner=caller.party_id, procedure=chosen)
    filing = Filing(
        id=case.id, owner_party=caller.party_id, scenario_id=scenario.id, route=route,
        determination=raw["determination"], facts=raw["facts"], counts=raw["counts"], digest=digest,
        signature=signed.as_dict(), filed_by=caller.principal_id, filed_at=now,
    )  # fmt: skip
    store.add_filing(tx, filing)
    _event(house, tx, filing, "filing.opened", {"digest": digest, "route": route, "procedure": chosen},
           signatures=[statement("edge", signed)])  # fmt: skip
    return filing


def step(house: House, tx: Tx, caller: Caller, *, filing_id: str, transition: str, note: str) -> Filing:
    """Move a filing one step along its procedure; submitting wants every required material."""
    scope = caller.scope(house.access, "filing.read")
    filing, case = store.filing_of(tx, scope, filing_id), cases.case_of(tx, scope, filing_id)
    if filing is None or case is None:
        raise NotFound(what=nouns.FILING, ident=filing_id)
    if transition == "submit" and (missing := missing_materials(tx, scope, filing, case.procedure)):
        raise BadInput(
            reason=Text(f"缺少材料：{', '.join(missing)}", f"materials missing: {', '.join(missing)}")
        )
    moved, made = take_step(house, tx, caller, case, transition=transition, note=note)
    _event(house, tx, filing, "filing.moved", {"step": made.id, "from": case.state, "to": moved.state})
    return filing


def missing_materials(tx: Tx, scope: Scope, filing: Filing, procedure: str) -> list[str]:
    """The required materials that no paper of the filing answers."""
    have = {paper.material for paper in store.documents_of(tx, scope, filing.id)}
    return [m.id for m in load_procedure(procedure).materials if m.required and m.id not in have]


def add_document(
    house: House, tx: Tx, caller: Caller, *, filing_id: str, material: str, name: str, content: bytes
) -> FilingDocument:  # fmt: skip
    """Add a paper to a filing; the object is durable before its row is."""
    filing = store.filing_of(tx, Scope.of(caller.party_id), filing_id)
    case = cases.case_of(tx, Scope.of(caller.party_id), filing_id)
    if filing is None or case is None:
        raise NotFound(what=nouns.FILING, ident=filing_id)
    if material not in {m.id for m in load_procedure(case.procedure).materials}:
        raise BadInput(
            reason=Text(
                f"该程序没有材料 {material[:40]!r}", f"the procedure knows no material {material[:40]!r}"
            )
        )
    if not 0 < len(content) <= DOCUMENT_MAX:
        raise BadInput(
            reason=Text(f"文件大小须为 1 至 {DOCUMENT_MAX} 字节", f"a document has 1 to {DOCUMENT_MAX} bytes")
        )
    now = house.clock.now()
    paper = FilingDocument(
        id=new_id("document", now), owner_party=filing.owner_party, filing_id=filing.id, material=material,
        name=name[:200], object_key="", size_bytes=len(content), sha256=hashlib.sha256(content).hexdigest(),
        added_at=now,
    )  # fmt: skip
    key = f"filings/{filing.id}/{paper.id}"
    house.objects.put(key, content)
    stored = FilingDocument(**{**{n: getattr(paper, n) for n in FilingDocument.__slots__}, "object_key": key})
    store.add_document(tx, stored)
    _event(house, tx, filing, "filing.document", {"material": material, "sha256": paper.sha256})
    return stored


def read_document(
    house: House, tx: Tx, caller: Caller, *, filing_id: str, document_id: str
) -> tuple[FilingDocument, bytes]:  # fmt: skip
    """A paper and its bytes; that somebody other than its owner read it stands in the owner's evidence."""
    scope = caller.scope(house.access, "filing.read")
    filing = store.filing_of(tx, scope, filing_id)
    papers = store.documents_of(tx, scope, filing_id)
    paper = next((one for one in papers if one.id == document_id), None)
    if filing is None or paper is None:
        raise NotFound(what=nouns.DOCUMENT, ident=document_id)
    content = house.objects.get(paper.object_key)
    assert hashlib.sha256(content).hexdigest() == paper.sha256, "a kept paper has changed"
    if caller.party_id != paper.owner_party:
        said: dict[str, object] = {
            "material": paper.material,
            "sha256": paper.sha256,
            "by": caller.principal_id,
        }
        _event(house, tx, filing, "filing.document_read", said)
    return paper, content


def statement(role: str, signed: Signed) -> Mapping[str, object]:
    """A signed document as an event carries it, for its receipt."""
    made = PartySignature(
        role=role, key_id=signed.key_id, signature=signed.signature, statement=signed.document
    )
    return made.as_dict()


def _event(
    house: House, tx: Tx, filing: Filing, type_: str, data: dict[str, object],
    *, signatures: Sequence[Mapping[str, object]] = (),
) -> None:  # fmt: skip
    journal.record(
        tx, keys=house.cipher, source=identities.pseudonym_of(tx, filing.owner_party) or "", type=type_,
        at=house.clock.now(), owner=filing.owner_party, refs={"filing": filing.id, "scenario": filing.scenario_id},
        data=data, signatures=signatures,
    )  # fmt: skip
