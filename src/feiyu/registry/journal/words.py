"""Events in words: what each reference and datum is called, and what a closed word means.

Rules this module keeps:
 * every name that an event type declares has a name in both languages here;
 * what a closed word means is said by the room whose event it is (``EventType.words``); a word that nobody explains, such as
   an id, is shown as it stands.
"""

from dataclasses import dataclass

from feiyu.base.text import Text
from feiyu.registry.journal.model import DEMO, Event, Words, event_type


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One thing that an event refers to or states; ``means`` are the words for a value that is a code."""

    name: str
    title: Text
    value: object
    means: Text | None = None


def refs_of(event: Event) -> list[Stated]:
    """What an event refers to."""
    return [Stated(name=name, title=NAMES[name], value=ident) for name, ident in event.refs.items()]


def facts_of(event: Event) -> list[Stated]:
    """What an event states, in the order in which it does."""
    known = event_type(event.type).words
    return [
        Stated(name=name, title=NAMES[name], value=value, means=_means(known.get(name), value))
        for name, value in event.data.items()
    ]


def _means(words: Words | None, value: object) -> Text | None:
    """The words for a value; those of a list, or of a map of words to counts, in one line."""
    if words is None:
        return None
    if isinstance(value, str):
        return words(value)
    if isinstance(value, list | tuple):
        return _joined([words(one) or Text(one, one) for one in map(str, value)])
    if isinstance(value, dict):
        told = [(words(one) or Text(one, one), count) for one, count in value.items()]
        return _joined([Text(f"{one.zh} {count}", f"{one.en} {count}") for one, count in told])
    return None


def _joined(all_: list[Text]) -> Text:
    return Text("、".join(one.zh for one in all_), ", ".join(one.en for one in all_))


NAMES = {
    "transfer": Text("传输批次", "Transfer"),
    "grant": Text("传输授权", "Grant"),
    "basis": Text("出境依据", "Basis"),
    "filing": Text("办件", "Filing"),
    "flow": Text("传输链路", "Flow"),
    "scenario": Text("出境场景", "Scenario"),
    "recipient": Text("境外接收方", "Recipient"),
    "party": Text("主体", "Party"),
    "bytes": Text("字节数", "Bytes"),
    "counted_bytes": Text("计入授权的字节数（未打包）", "Bytes counted, unpacked"),
    "rows": Text("行数", "Rows"),
    "persons": Text("自然人", "Natural persons"),
    "sensitive": Text("涉及敏感个人信息", "With sensitive information"),
    "persons_max": Text("自然人上限", "Natural persons, at most"),
    "sensitive_max": Text("敏感个人信息上限", "With sensitive information, at most"),
    "bytes_max": Text("字节上限", "Bytes, at most"),
    "stripped": Text("剥离字段数", "Fields stripped"),
    "fields": Text("字段类型", "Field types"),
    "found": Text("发现", "Found"),
    "ground": Text("事由", "Ground"),
    "mode": Text("处置方式", "Mode"),
    "kind": Text("类型", "Kind"),
    "issuer": Text("出具机关", "Issuer"),
    "number": Text("文号", "Number"),
    "issued_on": Text("出具日期", "Issued on"),
    "valid_until": Text("有效期至", "Valid until"),
    "state": Text("状态", "State"),
    "route": Text("判定路径", "Route"),
    "procedure": Text("办理事项", "Procedure"),
    "fictional": Text("虚构样例", "Fictional sample"),
    "evidence_level": Text("证据等级", "Evidence level"),
    "edge_key_id": Text("出境侧密钥", "Edge key"),
    "recipient_key_id": Text("接收方密钥", "Recipient key"),
    "also_key_ids": Text("其他密钥", "Further keys"),
    "key_id": Text("密钥编号", "Key id"),
    "algorithm": Text("算法", "Algorithm"),
    "use": Text("用途", "Use"),
    "manifest_sha256": Text("传输清单摘要", "Manifest digest"),
    "cipher_root": Text("密文根哈希", "Ciphertext root"),
    "statement_sha256": Text("签收声明摘要", "Statement digest"),
    "determination_sha256": Text("判定文件摘要", "Determination digest"),
    "proof_sha256": Text("证明文件摘要", "Proof digest"),
    "paper_sha256": Text("材料摘要", "Digest of the paper"),
    "certificate_sha256": Text("签名证书摘要", "Digest of the signer's certificate"),
    "revocation": Text("证书吊销情况", "Revocation of the certificate"),
    "checked": Text("机器已核验", "Checked by a machine"),
    "material": Text("材料", "Material"),
    "sha256": Text("文件摘要（SHA-256）", "Digest of the file (SHA-256)"),
    "after": Text("之后的路径", "Route after"),
    "alarm": Text("告警", "Alarm"),
    "answer_sha256": Text("应答文件摘要", "Digest of the answer"),
    "before": Text("之前的路径", "Route before"),
    "breakglass": Text("紧急放行", "Break-glass"),
    "by": Text("经办", "By"),
    "challenge": Text("抽查", "Spot check"),
    "challenge_sha256": Text("抽查文件摘要", "Digest of the challenge"),
    "changed": Text("变更事项", "Changed"),
    "commitment": Text("承诺值", "Commitment"),
    "count": Text("事件数", "Events"),
    "code": Text("错误代码", "Code"),
    "holds": Text("签名成立", "The signature holds"),
    "counts": Text("人数承诺", "Count"),
    "data_level": Text("认定级别", "Level found"),
    "day": Text("日期", "Day"),
    "days": Text("天数", "Days"),
    "digest": Text("判定文件摘要", "Determination digest"),
    "document_sha256": Text("文件摘要", "Document digest"),
    "end": Text("截至", "Until"),
    "entries": Text("条目数", "Entries"),
    "entry": Text("台账条目", "Ledger entry"),
    "entry_sha256": Text("日志条目摘要", "Digest of the log entry"),
    "event": Text("事件", "Event"),
    "files": Text("文件数", "Files"),
    "final": Text("计量结束", "Final"),
    "finding": Text("级别认定", "Finding"),
    "fingerprint": Text("密钥指纹", "Fingerprint of the key"),
    "from": Text("原状态", "From"),
    "group": Text("关联处理者组", "Group of handlers"),
    "handler": Text("处理者", "Handler"),
    "hours": Text("小时数", "Hours"),
    "identifiers": Text("标识数", "Identifiers"),
    "incident": Text("数据安全事件", "Incident"),
    "lease": Text("离线租约", "Lease"),
    "leave": Text("离线封存", "Sealing without the port"),
    "level": Text("证据等级", "Evidence level"),
    "members": Text("成员数", "Members"),
    "nonce": Text("随机数", "Nonce"),
    "not_after": Text("截止时间", "Not after"),
    "places": Text("抽查位置数", "Places"),
    "reason": Text("原因", "Reason"),
    "reverses": Text("冲销的条目", "Reverses"),
    "role": Text("处理者类别", "Kind of handler"),
    "root": Text("批次根哈希", "Root of the batch"),
    "rule": Text("适用规则", "Rule"),
    "run": Text("运行", "Run"),
    "decision": Text("决定", "Decision"),
    "runs": Text("运行数", "Runs"),
    "size": Text("日志条目数", "Entries in the log"),
    "source": Text("来源", "Source"),
    "start": Text("起始", "From"),
    "step": Text("步骤", "Step"),
    "subject": Text("位置", "Where"),
    "to": Text("现状态", "To"),
    "version": Text("版本", "Version"),
    "year": Text("年度", "Year"),
    DEMO: Text("演示", "Demonstration"),
}
"""What events call the things they refer to and the facts they state."""
