"""The edge's own evidence chain: every event of ledger, keys and leases, in the transaction of its change, signed by the edge key.

Rules this module keeps:
 * nothing here names a person or a digest: ids, counts, words, days;
 * each event carries the back-link of the one before (``registry.journal``) and this edge's signature over its body.
"""

from collections.abc import Mapping

from feiyu.base.text import Text
from feiyu.edge.model import Edge
from feiyu.evidence.receipt import sign_body
from feiyu.registry import journal
from feiyu.registry.identity import store as identities
from feiyu.registry.journal import EventType, Kind
from feiyu.store import Tx

_ENTRY = {
    "kind": Kind.WORD, "level": Kind.WORD, "day": Kind.DAY, "persons": Kind.COUNT, "sensitive": Kind.COUNT,
    "source": Kind.TITLE, "ground": Kind.TITLE, "by": Kind.WORD, "commitment": Kind.DIGEST, "identifiers": Kind.COUNT,
    "handler": Kind.WORD, "basis": Kind.WORD,
}  # fmt: skip
_MAYBE = frozenset({"ground", "by", "commitment", "identifiers", "handler", "basis"})
_ROWS: tuple[tuple[str, str, str, frozenset[str], dict[str, Kind], frozenset[str]], ...] = (
    ("ledger.entry", "登记人数", "Ledger entry", frozenset({"entry"}), _ENTRY, _MAYBE),
    ("ledger.reversal", "冲销人数", "Ledger entry reversed", frozenset({"entry", "reverses"}), _ENTRY, _MAYBE),
    ("ledger.spot_checked", "抽查核验：开启计数承诺", "Spot check: commitment opened", frozenset({"entry"}),
     {"places": Kind.COUNT, "nonce": Kind.DIGEST, "by": Kind.WORD}, frozenset()),
    ("ledger.exported", "导出人数台账", "Ledger exported", frozenset(),
     {"entries": Kind.COUNT, "sha256": Kind.DIGEST, "by": Kind.WORD}, frozenset()),
    ("ledger.group_joined", "登记关联处理者的计数密钥", "Counting key of related handlers kept", frozenset(),
     {"group": Kind.WORD, "year": Kind.COUNT, "by": Kind.WORD}, frozenset()),
    ("ledger.group_shared", "导出关联处理者合并文件", "Union file for related handlers written", frozenset(),
     {"group": Kind.WORD, "year": Kind.COUNT, "sha256": Kind.DIGEST, "by": Kind.WORD}, frozenset()),
    ("ledger.group_counted", "合并计数关联处理者", "Related handlers counted together", frozenset(),
     {"group": Kind.WORD, "year": Kind.COUNT, "members": Kind.COUNT, "persons": Kind.COUNT, "sensitive": Kind.COUNT,
      "by": Kind.WORD}, frozenset()),
    ("finding.signed", "签署数据级别认定", "Finding of a level signed", frozenset({"finding"}),
     {"data_level": Kind.WORD, "basis": Kind.WORD, "version": Kind.COUNT, "document_sha256": Kind.DIGEST, "by": Kind.WORD},
     frozenset()),
    ("pin.entered", "固定接收方密钥", "Recipient's key pinned", frozenset({"recipient"}),
     {"fingerprint": Kind.WORD, "by": Kind.WORD}, frozenset()),
    ("pin.withdrawn", "取消固定接收方密钥", "Recipient's key no longer pinned", frozenset({"recipient"}),
     {"fingerprint": Kind.WORD, "by": Kind.WORD, "ground": Kind.TITLE}, frozenset()),
    ("run.decided", "决定待核的传输", "Held transfer decided", frozenset({"grant"}),
     {"run": Kind.WORD, "decision": Kind.WORD, "ground": Kind.TITLE, "by": Kind.WORD}, frozenset()),
    ("lease.kept", "取得离线租约", "Lease kept", frozenset({"lease", "grant"}),
     {"persons": Kind.COUNT, "bytes": Kind.COUNT, "hours": Kind.COUNT}, frozenset()),
    ("leave.taken", "离线开始封存", "Sealing begun without the port", frozenset({"leave", "grant", "transfer"}),
     {"run": Kind.WORD}, frozenset()),
    ("leave.sealed", "离线封存完成", "Sealed without the port", frozenset({"leave", "grant", "transfer"}),
     {"persons": Kind.COUNT, "sensitive": Kind.COUNT, "bytes": Kind.COUNT, "manifest_sha256": Kind.DIGEST}, frozenset()),
    ("leave.settled", "与数据港结清", "Settled with the port", frozenset({"leave", "grant", "transfer"}), {}, frozenset()),
    ("breakglass.asked", "申请紧急放行", "Break-glass asked for", frozenset({"breakglass", "grant"}),
     {"ground": Kind.TITLE, "persons": Kind.COUNT, "bytes": Kind.COUNT, "by": Kind.WORD}, frozenset()),
    ("breakglass.confirmed", "第二人确认紧急放行", "Break-glass confirmed by a second person",
     frozenset({"breakglass", "grant"}), {"by": Kind.WORD}, frozenset()),
    ("breakglass.handed_out", "紧急放行：密封包已交出", "Break-glass: sealed bundle handed out",
     frozenset({"breakglass", "grant", "transfer"}), {"persons": Kind.COUNT, "bytes": Kind.COUNT}, frozenset()),
    ("digests.deleted", "删除未传输文件的摘要", "Digests of files never sent deleted", frozenset(),
     {"files": Kind.COUNT, "days": Kind.COUNT}, frozenset()),
    ("copies.deleted", "删除已解封的自留副本", "Opened own copies deleted", frozenset(),
     {"files": Kind.COUNT, "days": Kind.COUNT}, frozenset()),
    ("counting_key.destroyed", "销毁计数密钥", "Counting key destroyed", frozenset(),
     {"key_id": Kind.WORD, "year": Kind.COUNT, "runs": Kind.COUNT}, frozenset()),
)  # fmt: skip
EVENTS = tuple(
    EventType(name=name, title=Text(zh, en), refs=refs, data=data, optional=optional)
    for name, zh, en, refs, data, optional in _ROWS
)


def tell(edge: Edge, tx: Tx, type_: str, data: Mapping[str, object], **refs: str) -> str:
    """Record an event of this edge; its id."""
    house = edge.house
    source = identities.pseudonym_of(tx, house.party_id) or house.party_id[-16:].lower()
    signer = edge.keys.signer
    made = journal.record(
        tx, keys=house.cipher, source=source, type=type_, at=house.clock.now(), owner=house.party_id, refs=refs,
        data={name: value for name, value in data.items() if value is not None},
        sign=(lambda body: sign_body(body, role="edge", key_id=signer.key_id, signer=signer),),
    )  # fmt: skip
    return made.event_id
