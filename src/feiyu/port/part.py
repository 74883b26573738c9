"""The port as a Part: its access lines, its event types, its routes."""

from collections.abc import Callable

from feiyu.base.text import Text
from feiyu.evidence.paper import Trusted
from feiyu.port.gate import PortGate
from feiyu.port.tables import metadata
from feiyu.port.words import words_of
from feiyu.registry.access import Reach, Role, Rule
from feiyu.registry.house import House
from feiyu.registry.journal import EventType, Kind
from feiyu.registry.part import Page, Part
from feiyu.registry.registry_part import EXPORTER
from feiyu.seal import Signer

R = Role

ACCESS = (
    Rule(EXPORTER, "filing.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "filing.read", Reach.ANY),
    Rule((R.OWNER, R.OFFICER, R.SIGNATORY, R.EDGE), "filing.write", Reach.OWN),
    Rule((R.OFFICER, R.SIGNATORY), "filing.submit", Reach.OWN),
    Rule((R.CENTRE,), "filing.examine", Reach.ANY),
    Rule((*EXPORTER, R.RECIPIENT), "basis.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "basis.read", Reach.ANY),
    Rule((R.CENTRE,), "basis.enter", Reach.ANY),
    Rule((R.CENTRE,), "basis.check", Reach.ANY),
    Rule((R.CENTRE, R.AUTHORITY), "basis.revoke", Reach.ANY),
    Rule((R.OFFICER, R.SIGNATORY, R.EDGE), "exemption.write", Reach.OWN),
    Rule((*EXPORTER, R.RECIPIENT), "grant.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "grant.read", Reach.ANY),
    Rule((R.OFFICER, R.EDGE), "grant.write", Reach.OWN),
    Rule((R.OFFICER,), "grant.revoke", Reach.OWN),
    Rule((R.AUTHORITY,), "grant.revoke", Reach.ANY),
    Rule((*EXPORTER, R.RECIPIENT), "transfer.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "transfer.read", Reach.ANY),
    Rule((R.EDGE,), "transfer.write", Reach.OWN),
    Rule((R.OFFICER, R.EDGE), "transfer.cut", Reach.OWN),
    Rule((R.AUTHORITY,), "transfer.cut", Reach.ANY),
    Rule((R.RECIPIENT,), "transfer.fetch", Reach.OWN),
    Rule((R.EDGE,), "transfer.copy", Reach.OWN),
    Rule((R.EDGE,), "lease.write", Reach.OWN),
    Rule(EXPORTER, "lease.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "lease.read", Reach.ANY),
    Rule((R.EDGE,), "breakglass.report", Reach.OWN),
    Rule(EXPORTER, "breakglass.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "breakglass.read", Reach.ANY),
    Rule((R.AUTHORITY,), "breakglass.note", Reach.ANY),
    Rule((R.EDGE,), "count.write", Reach.OWN),
    Rule(EXPORTER, "spot.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "spot.read", Reach.ANY),
    Rule((R.AUTHORITY,), "spot.draw", Reach.ANY),
    Rule((R.EDGE,), "spot.answer", Reach.OWN),
    Rule(EXPORTER, "calendar.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "calendar.read", Reach.ANY),
    Rule(EXPORTER, "incident.read", Reach.OWN),
    Rule((R.CENTRE, R.AUTHORITY), "incident.read", Reach.ANY),
    Rule((R.OFFICER, R.OWNER), "incident.write", Reach.OWN),
)

_BASIS = {
    "kind": Kind.WORD, "issuer": Kind.TITLE, "number": Kind.TITLE, "issued_on": Kind.DAY, "valid_until": Kind.DAY,
    "persons_max": Kind.COUNT, "sensitive_max": Kind.COUNT, "proof_sha256": Kind.DIGEST, "fictional": Kind.FLAG,
    "state": Kind.WORD, "determination_sha256": Kind.DIGEST,
}  # fmt: skip
_OPTIONAL = {
    "basis": frozenset({"determination_sha256"}), "incident": frozenset({"persons"}), "transfer": frozenset({"also_key_ids", "counted_bytes"}),
    "grant": frozenset({"also_key_ids"}), "filing": frozenset({"certificate_sha256", "revocation", "code"}),
}  # fmt: skip
_SEALED = {
    "manifest_sha256": Kind.DIGEST, "cipher_root": Kind.DIGEST, "bytes": Kind.COUNT, "rows": Kind.COUNT,
    "persons": Kind.COUNT, "sensitive": Kind.COUNT, "stripped": Kind.COUNT, "edge_key_id": Kind.WORD,
    "recipient_key_id": Kind.WORD, "also_key_ids": Kind.WORDS, "evidence_level": Kind.WORD, "fictional": Kind.FLAG,
    "counted_bytes": Kind.COUNT,
}  # fmt: skip


def _types() -> tuple[EventType, ...]:
    filing = frozenset({"filing", "scenario"})
    basis = frozenset({"basis", "scenario"})
    grant = frozenset({"grant", "basis", "flow"})
    transfer = frozenset({"transfer", "grant", "basis", "flow", "recipient"})
    lease = frozenset({"lease", "grant", "transfer"})
    spot = frozenset({"challenge", "counts", "entry"})
    rows: tuple[tuple[str, str, str, frozenset[str], dict[str, Kind]], ...] = (
        ("filing.opened", "提交路径判定", "Determination filed", filing,
         {"digest": Kind.DIGEST, "route": Kind.WORD, "procedure": Kind.WORD}),
        ("filing.moved", "办件流转", "Filing moved", filing, {"step": Kind.WORD, "from": Kind.WORD, "to": Kind.WORD}),
        ("filing.document", "添加材料", "Document added", filing, {"material": Kind.WORD, "sha256": Kind.DIGEST}),
        ("filing.document_read", "他方读取材料", "Document read by another party", filing,
         {"material": Kind.WORD, "sha256": Kind.DIGEST, "by": Kind.WORD}),
        ("filing.original", "添加签署原件", "Signed original added", filing,
         {"material": Kind.WORD, "paper_sha256": Kind.DIGEST, "sha256": Kind.DIGEST, "kind": Kind.WORD,
          "checked": Kind.FLAG, "certificate_sha256": Kind.DIGEST, "revocation": Kind.WORD}),
        ("filing.original_seen", "查看签署原件", "Signed original looked at", filing,
         {"paper_sha256": Kind.DIGEST, "sha256": Kind.DIGEST, "kind": Kind.WORD}),
        ("filing.original_read", "他方读取签署原件", "Signed original read by another party", filing,
         {"paper_sha256": Kind.DIGEST, "sha256": Kind.DIGEST, "kind": Kind.WORD, "by": Kind.WORD}),
        ("filing.original_asked", "再次核验签署原件", "Signed original asked of again", filing,
         {"paper_sha256": Kind.DIGEST, "sha256": Kind.DIGEST, "kind": Kind.WORD, "holds": Kind.FLAG, "code": Kind.WORD}),
        ("basis.entered", "登记出境依据", "Basis entered", basis, _BASIS),
        ("basis.checked", "第二人复核出境依据", "Basis checked by a second person", basis, _BASIS),
        ("basis.exempt", "自行记录免予申报", "Exemption self-recorded", basis, _BASIS),
        ("basis.revoked", "撤销出境依据", "Basis revoked", basis, _BASIS),
        ("grant.issued", "签发传输授权", "Grant issued", grant,
         {"basis": Kind.WORD, "persons_max": Kind.COUNT, "sensitive_max": Kind.COUNT, "bytes_max": Kind.COUNT,
          "recipient_key_id": Kind.WORD, "also_key_ids": Kind.WORDS, "mode": Kind.WORD}),
        ("grant.revoked", "撤销传输授权", "Grant revoked", grant, {"by": Kind.WORD}),
        ("transfer.opened", "发起传输", "Transfer opened", transfer,
         {"fields": Kind.WORDS, "stripped": Kind.COUNT, "mode": Kind.WORD}),
        ("transfer.held", "内容待核", "Transfer held", transfer, {"found": Kind.COUNTS}),
        ("transfer.resumed", "恢复传输", "Transfer resumed", transfer, {}),
        ("transfer.cut", "中止传输", "Transfer cut", transfer, {"ground": Kind.TITLE}),
        ("transfer.sealed", "封存并登记清单", "Sealed and manifest recorded", transfer, _SEALED),
        ("transfer.released", "向接收方放行密钥", "Key released to the recipient", transfer,
         {"recipient_key_id": Kind.WORD}),
        ("transfer.key_released", "向接收方的另一密钥放行", "Released to a further key of the recipient", transfer,
         {"recipient_key_id": Kind.WORD}),
        ("transfer.copy_released", "出口方取回自留副本", "Own copy handed to the exporter", transfer, {"key_id": Kind.WORD}),
        ("transfer.discarded", "密文到期销毁", "Sealed bytes destroyed", transfer, {"bytes": Kind.COUNT}),
        ("lease.issued", "签发离线租约", "Lease issued", lease,
         {"persons_max": Kind.COUNT, "sensitive_max": Kind.COUNT, "bytes_max": Kind.COUNT, "not_after": Kind.INSTANT}),
        ("lease.settled", "结清离线租约", "Lease settled", lease,
         {"persons": Kind.COUNT, "sensitive": Kind.COUNT, "bytes": Kind.COUNT}),
        ("lease.returned", "退还离线租约", "Lease given back", lease, {}),
        ("count.handed_in", "交付计数承诺", "Count handed in", frozenset({"counts", "entry"}),
         {"level": Kind.WORD, "day": Kind.DAY, "persons": Kind.COUNT, "sensitive": Kind.COUNT, "commitment": Kind.DIGEST,
          "identifiers": Kind.COUNT, "statement_sha256": Kind.DIGEST}),
        ("spot.drawn", "抽取抽查位置", "Spot check drawn", spot,
         {"places": Kind.COUNT, "nonce": Kind.DIGEST, "commitment": Kind.DIGEST, "by": Kind.WORD, "ground": Kind.TITLE,
          "challenge_sha256": Kind.DIGEST}),
        ("spot.passed", "抽查核验通过", "Spot check passed", spot,
         {"places": Kind.COUNT, "answer_sha256": Kind.DIGEST, "key_id": Kind.WORD}),
        ("spot.failed", "抽查核验未通过", "Spot check failed", spot,
         {"places": Kind.COUNT, "answer_sha256": Kind.DIGEST, "key_id": Kind.WORD, "reason": Kind.TITLE}),
        ("incident.entered", "登记数据安全事件", "Incident entered", frozenset({"incident"}),
         {"role": Kind.WORD, "persons": Kind.COUNT}),
        ("incident.closed", "数据安全事件办结", "Incident closed", frozenset({"incident"}), {"role": Kind.WORD}),
        ("law.redetermined", "法规生效后重新判定", "Determined anew as a text took effect", frozenset({"filing", "grant"}),
         {"day": Kind.DAY, "before": Kind.WORD, "after": Kind.WORD, "rule": Kind.WORD}),
        ("breakglass.reported", "报告紧急放行", "Break-glass reported", frozenset({"breakglass", "grant", "transfer"}),
         {"persons": Kind.COUNT, "sensitive": Kind.COUNT, "bytes": Kind.COUNT, "ground": Kind.TITLE,
          "statement_sha256": Kind.DIGEST}),
        ("breakglass.noted", "主管部门已阅紧急放行", "Break-glass noted by the authority", frozenset({"breakglass"}),
         {"by": Kind.WORD}),
        ("transfer.received", "接收方签收", "Received and verified by the recipient", transfer,
         {"statement_sha256": Kind.DIGEST, "key_id": Kind.WORD}),
    )  # fmt: skip
    return tuple(
        EventType(
            name=name,
            title=Text(zh, en),
            refs=refs,
            data=data,
            optional=_OPTIONAL.get(name.partition(".")[0], frozenset()) & set(data),
            words=words_of(name),
        )
        for name, zh, en, refs, data in rows
    )


EVENTS = _types()


def port_part(
    *,
    signer: Signer,
    gate: PortGate,
    wire_url: str,
    receipt_of: Callable[[str], bytes | None],
    house: House,
    trusted: Trusted | None = None,
) -> Part:
    """The port."""
    from feiyu.port import (
        daily,
        http,
        http_calendar,
        http_guide,
        http_law,
        http_leases,
        http_originals,
        http_spot,
        http_transfers,
        http_workbench,
    )  # fmt: skip

    return Part(
        name="port",
        title=Text("数据港", "Port"),
        metadata=metadata,
        migrations="feiyu.port.migrations",
        routers=(
            lambda: http.router(signer),
            lambda: http_originals.router(trusted or Trusted()),
            lambda: http_transfers.router(gate, wire_url, receipt_of),
            lambda: http_leases.router(signer, wire_url),
            lambda: http_spot.router(signer, receipt_of),
            http_calendar.router,
            http_workbench.router,
            http_law.router,
            http_guide.router,
        ),
        access=ACCESS,
        events=EVENTS,
        jobs=daily.handlers(lambda: house, trusted or Trusted()),
        pages=(
            Page(path="/filings", title=Text("办件", "Filings"), action="filing.read"),
            Page(path="/bases", title=Text("出境依据", "Bases"), action="basis.read"),
            Page(path="/grants", title=Text("传输授权", "Grants"), action="grant.read"),
            Page(path="/spotchecks", title=Text("抽查核验", "Spot checks"), action="spot.read"),
            Page(path="/calendar", title=Text("日程与期限", "Calendar"), action="calendar.read"),
            Page(path="/transfers", title=Text("传输批次", "Transfers"), action="transfer.read"),
        ),
    )
