"""Check a receipt offline: ``python -m feiyu.evidence.verify RECEIPT --trust TRUST``.

This module stands alone: the standard library and ``cryptography``, nothing of Feiyu (a log's SM2 line is checked where
``tongsuopy`` is installed, and named as unchecked where not). A court, an authority or a
recipient can read it in one sitting and run it years later without a network. It shares no code with what made the
receipt; the tests hold the two against each other.

What is checked, in this order:
 1. the file is a receipt, within limits, with no field that this version does not know;
 2. salt and body give the commitment in the logged entry;
 3. entry and body agree about the hour;
 4. the entry's audit path leads to the root in the checkpoint;
 5. a trusted log signed that checkpoint and enough trusted witnesses cosigned it, with keys valid at that time;
 6. signatures of parties over the event are by trusted keys;
 7. the manifest is the one named in the event, and a trusted edge signed it;
 8. the sealed data given along is the data named in the manifest;
 9. where the event stands for a batch, the one event that is shown was in it;
10. time stamps (RFC 3161) over the checkpoint are by authorities of the trust file;
11. in the log's SM3 twin, where the receipt brings that proof, the same entry stands at the same place.

An event whose body was erased keeps its entry: then step 2 holds the entry against the logged event of its erasure.

Rules this module keeps:
 * three outcomes: *trusted*; *intact, not trusted* (nothing contradicts, but the trust file does not bear it out, or
   none was given); *broken* (something was altered; step and field are named);
 * what a receipt brings along never vouches for the receipt: keys come from the trust file alone;
 * a key with a cut-off counts only for what sound witnesses saw before the cut-off, whatever time it claims itself;
 * limits come before parsing; memory does not grow with the data.

Sources: C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-policy, tlog-proof; RFC 6962 section 2.1; RFC 9162
section 2.1.3.2; RFC 3161, RFC 5652, RFC 5816 (time stamps).
"""

import argparse
import base64
import binascii
import errno
import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if TYPE_CHECKING:
    from cryptography.x509 import Certificate  # loaded where a time stamp is checked: most receipts have none

MAX_RECEIPT_BYTES = 16 * 1024 * 1024
MAX_MANIFEST_BYTES = 8 * 1024 * 1024
MAX_TRUST_BYTES = 4 * 1024 * 1024
MAX_ENTRY_BYTES = 65_535
MAX_BODY_BYTES = 1024 * 1024
MAX_PROOF_CHARACTERS = 1024 * 1024
MAX_SIGNATURES = 100
MAX_PATH = 63
MAX_SEGMENTS = 65_536
MAX_STAMPS = 8
MAX_NAMES = 256
MAX_DEPTH = 64
BLOCK_BYTES = 64 * 1024
SKEW = timedelta(minutes=5)
"""How far an event's own clock may run ahead of the witnesses'."""

TRUSTED, NOT_TRUSTED, BROKEN = "trusted", "intact-not-trusted", "broken"
EXIT = {TRUSTED: 0, BROKEN: 1, NOT_TRUSTED: 3}
EXIT_USAGE = 2
ED25519, COSIGNATURE_ED25519, COSIGNATURE_MLDSA44, SM2 = 0x01, 0x04, 0x06, 0xFF
SM2_IDENTIFIER = b"feiyu/sm2-with-sm3-note-signature/v1\n"
KINDS = {ED25519: "Ed25519", COSIGNATURE_MLDSA44: "ML-DSA-44", SM2: "SM2"}
ROLES = ("edge", "port", "recipient", "grant")
ORIGINALS = ("original signature", "original pdf", "original ofd", "original eseal", "original scan")
CHECKED = ("signature", "pdf", "ofd")
REVOCATIONS = {"": "revocation unasked", "good": "revocation good", "later": "revocation later"}
TWIN = "/sm3"
"""The origin of a log's twin is the log's and this: a second tree over the same entries, hashed with SM3."""


# --- what it says, in both languages -------------------------------------------------------------------------------

WORDS = """
step 1 | 凭证文件格式 | The file is a receipt
step 2 | 正文与承诺值一致 | Salt and body give the logged commitment
step 3 | 条目与正文时间一致 | Entry and body agree about the hour
step 4 | 条目在日志中 | The entry is in the log
step 5 | 日志与见证签名可信 | Log and witnesses are trusted
step 6 | 各方签名可信 | Signatures of parties are trusted
step 7 | 传输清单一致且签名可信 | The manifest is the one logged and its edge is trusted
step 8 | 密封数据与清单一致 | The sealed data is what the manifest names
step 9 | 所示事件属于该批次 | The event shown is one of the batch
step 10 | 检查点的时间戳 | Time stamps over the checkpoint
step 11 | 同一条目在 SM3 孪生树中 | The same entry is in the SM3 twin
passed | 通过 | passed
failed | 失败 | failed
doubtful | 存疑 | in doubt
skipped | 未检查 | not checked

trusted | 可信：凭证完整，并由信任文件证实 | TRUSTED: intact, and borne out by the trust file
intact-not-trusted | 完整但不可信：信任文件未能证实 | INTACT, NOT TRUSTED: not borne out by a trust file
broken | 已损坏：凭证或所附材料被改动 | BROKEN: the receipt, or what came with it, was altered
no receipt | 已损坏：这不是存证凭证，或其格式已被改动 | BROKEN: this is no receipt, or its form was altered
demo mark | 演示凭证 | DEMONSTRATION
place | 位置：{where} | Where: {where}
it proves | 证明： | It proves:
not proven | 不证明： | It does not prove:
bad trust file | 信任文件无法使用：{why} | The trust file cannot be used: {why}
no file | 找不到文件 {why} | There is no file {why}
bad file | 无法读取文件 {name}：{why} | The file {name} cannot be read: {why}
is folder | 这是文件夹，应为文件 | it is a folder, a file is wanted
may not read | 没有读取权限 | permission denied
help all | 离线核验存证凭证。退出码 0 可信，1 已损坏，2 用法有误或文件无法使用，3 完整但不可信。 | Check a receipt offline. Exit code 0 trusted, 1 broken, 2 wrong use or a file that cannot be used, 3 intact but not trusted.
help receipt | 存证凭证 | the receipt
help trust | 信任文件，须另行取得，不能与凭证同来 | the trust file, obtained apart from the receipt
help manifest | 传输清单，凭证中没有时给出 | the manifest, where the receipt does not hold it
help signature | 传输清单的签名 | the manifest's detached signature
help data | 密封数据，文件或文件夹 | sealed data, a file or a folder
help lang | 语言 | language
help json | 以 JSON 输出结果 | print the verdict as JSON

malformed | {where} 格式不正确（{what}） | {where} is malformed: {what}
demo differs | 演示标记与日志来源不符 | The demo mark contradicts the log's origin
commitment | 正文或盐值与日志中的承诺值不符 | Body or salt do not give the commitment that was logged
erasure | 销毁记录不是针对该条目的 | The erasure is of another entry
erasure broken | 销毁记录的凭证已损坏：{why} | The receipt of the erasure is broken: {why}
erasure doubtful | 销毁记录的凭证未经信任：{why} | The receipt of the erasure is not trusted: {why}
batch | 所示事件不能得出批次的根 | The event shown does not lead to the batch's root
hour | 条目的小时与正文时间不符 | The entry's hour is not the body's
path | 证明路径不能从条目到达检查点的根 | The path does not lead from the entry to the checkpoint's root
twin other | 所附证明不属于日志 {name} 或不是第 {index} 条 | The proof is not of {name}, or not of entry {index}
log signature | 日志 {name} 的签名无效 | The signature of log {name} fails
cosignature | 见证 {name} 的签名无效 | The cosignature of {name} fails
statement | 事件中没有该声明的摘要 | The event holds no digest of this statement
stamp other | {where} 不是针对该检查点的时间戳 | {where} is over another checkpoint
stamp signature | {where} 的签名无效 | The signature of {where} fails
stamp unknown | {where}：信任文件中没有该时间戳机构，未予核验 | {where}: the trust file knows no such authority; not checked
stamp period | {where}：{name} 的证书当时无效或已泄露，未予采信 | {where}: the certificate of {name} was not valid then, or is cut off
signature | {where} 签名无效 | The signature {where} fails
other copy | {where} 与另行提供的不同 | The {where} handed in is not the one in the receipt
other manifest | 传输清单不是事件中记录的清单 | The manifest is not the one that the event names
manifest differs | 清单的 {name} 与事件不符 | Manifest and event differ in {name}
no manifest | 没有传输清单，无法核对数据 | Without the manifest the data cannot be checked
data ends | 数据在第 {number} 段中断 | The data ends in segment {number}
data segment | 第 {number} 段数据与清单不符 | Segment {number} is not what the manifest names
data longer | 数据比清单所列更长 | The data is longer than the manifest says
data root | 数据与清单的根不符 | The data does not give the manifest's root

no trust | 没有提供信任文件，只能检查完整性 | No trust file was given; only integrity was checked
unchecked | 没有信任文件，签名未核对 | Without a trust file the signatures are not checked
unknown log | 信任文件中没有日志 {name} | The trust file knows no log {name}
kind missing | 日志 {name} 未以其 {kind} 密钥签名 | The log {name} has not signed with its {kind} key
kind unchecked | 日志的 {kind} 签名未核验：此处没有所需的库 | The log's {kind} signature was not checked: the library for it is not here
twin unknown | 信任文件未列出孪生树 {name} 的密钥，其签名未核验 | The trust file names no key of the twin {name}; its signature was not checked
twin unchecked | 孪生树的 {kind} 签名未核验：此处没有所需的库 | The twin's {kind} signature was not checked: the library for it is not here
twin unsigned | 孪生树的检查点没有可信密钥的签名 | No trusted key has signed the twin's checkpoint
twin key | 孪生树的密钥当时无效或已泄露 | The twin's key was not valid then, or is cut off
unsigned log | 检查点没有可信日志密钥的签名 | No trusted key of the log has signed the checkpoint
quorum | 可信见证签名不足（仅 {count} 个） | Too few trusted witnesses have cosigned (only {count})
log key | 日志密钥在见证时已失效或已泄露 | The log's key was not valid, or cut off, when this was witnessed
too late | 事件时间晚于见证时间 | The event claims a time later than its witnesses'
unknown key | {where}：信任文件中没有密钥 {key} | {where}: the trust file has no key {key}
other party | {where}：密钥 {key} 属于 {owner}，身份不符 | {where}: the key {key} is {owner}'s, not the one claimed
key period | {where}：密钥 {key} 当时无效或已泄露 | {where}: the key {key} was not valid then, or is cut off
unsigned manifest | 传输清单没有出口侧签名 | The manifest comes without its edge's signature

transfer.sealed | 传输清单所列密封数据当时交付出境传输 | the sealed data of the manifest was handed over to cross the border
transfer.released | 打开该密封数据的密钥当时已放行给境外接收方 | the key to the sealed data was released to the recipient abroad
transfer.received | 境外接收方当时确认收到并核验该密封数据 | the recipient abroad confirmed that it holds and verified the data
original signature | 该材料附有电子签名；数据港收到时核验：签名针对本材料，证书出自其信任的认证机构 | An electronic signature came with the paper; the port found on arrival that it holds over this paper under an authority it trusts
revocation good | 按数据港当时持有的吊销列表，该证书未被吊销 | By the list of revoked certificates that the port had then, the certificate was not revoked
revocation later | 按数据港当时持有的吊销列表，该证书在签名之后被吊销；签名时间有时间戳证明 | By the list of revoked certificates that the port had then, the certificate was revoked after it signed; a time stamp shows when it signed
revocation unknown | 数据港当时不知道该证书是否已被吊销 | The port did not know then whether the certificate was revoked
revocation unasked | 未查询该证书是否已被吊销 | Whether the certificate was revoked was not asked
original pdf | 该材料附有含电子签名的 PDF；数据港收到时核验：最后一个签名覆盖整个 PDF（其后至多另有签名的证明），各签名均成立，证书出自其信任的认证机构；未说明该 PDF 与材料内容是否一致 | A PDF with electronic signatures came with the paper; the port found on arrival that the last is over the whole PDF but for proofs that may follow and that all hold under authorities it trusts; nothing is said of whether its content is the paper's
original ofd | 该材料附有加盖电子印章的 OFD；数据港收到时核验：每个签章均覆盖整个文件包且成立，印章由其制章单位为签章人制作，两者的证书均出自其信任的认证机构；未说明该 OFD 与材料内容是否一致 | An OFD with e-seals came with the paper; the port found on arrival that each is over the whole package and holds, and that its maker and who sealed lead to authorities it trusts; nothing is said of whether its content is the paper's
original eseal | 该材料附有作为电子印章提交的文件，未予核验 | A file handed in as an e-seal came with the paper; it was not checked
original scan | 该材料附有作为盖章原件扫描件提交的文件，机器未予核验 | A file handed in as a scan of the stamped original came with the paper; no machine checked it
erased | 来源 {source} 的第 {seq} 条记录于 {at} 所在小时存入日志，其正文已被销毁 | entry {seq} of the source {source} was logged in the hour of {at}; its content was erased
in batch | 所示事件是该批次 {count} 个事件中的第 {index} 个，未被改动 | The event shown is number {index} of the {count} {count?event:events} of the batch, unaltered
event | 事件 {kind} 当时发生并被记录 | the event {kind} happened and was recorded
then | {what}（记录时间 {at}） | By the record, {what}, at {at}
basis | 所记依据：{basis}；传输授权：{grant} | On the basis recorded as {basis}, under grant {grant}
logged | 该记录是日志 {log} 的第 {index} 条，此后未被改动 | It is entry {index} of the log {log}, unaltered since
in twin | 该记录也在以 SM3 计算的孪生树 {log} 中，位置相同 | It stands at the same place in the log's twin {log}, hashed with SM3
witnessed | {count} 个可信见证节点至迟于 {at} 见到该日志 | {count} trusted {count?witness:witnesses} had seen that log by {at}
edge signed | 传输清单由出口方的可信密钥签名 | The exporter's trusted key signed the manifest
data checked | 所提供的密封数据与清单逐块一致 | The sealed data given along is the manifest's, block for block

demo | 这是演示凭证，没有任何效力 | This is a demonstration and has no effect whatever
fictional | 所记依据标注为虚构样例 | The basis is marked as a fictional sample
no licence | 不证明任何许可、批准或备案已经作出 | It is no licence, no approval and no filing
no compliance | 不证明本次传输符合法律法规 | It does not prove that the transfer complied with the law
no exclusion | 不证明没有其他数据以其他途径出境 | It does not prove that nothing else left by another way
licensed stamp | 许可的时间戳机构 {name} 确认该日志状态至迟在 {at} 已存在 | {name}, a licensed time-stamp authority, confirms that the log stood so by {at}
plain stamp | 时间戳机构 {name}（未标明许可）签认该日志状态的时间为 {at} | {name}, a time-stamp authority not marked as licensed, saw the log so at {at}
no time stamp | 未附许可时间戳机构的时间戳 | It carries no time stamp of a licensed authority
content | 对内容的说明以此为限：{level} | About the content it says no more than this: {level}
level D | D 级，由出口方申报，未经核对 | level D, declared by the exporter and not checked
level L | L 级，依据系统日志 | level L, from system logs
level M | M 级，经计量 | level M, metered
level S | S 级，由出口侧逐批扫描后密封 | level S, scanned batch by batch at the edge, then sealed
fact type | 事件类型 | Event
fact at | 记录时间 | Recorded at
fact party | 记录方 | Recorded by
fact erased_at | 正文销毁时间 | Content erased at
fact erased_entry | 被销毁记录的条目 | Entry that was erased
fact erased_commitment | 被销毁记录的承诺值 | Its commitment
fact ref | 关联 {name} | Refers to {name}
ref basis | 出境依据 | Basis
ref grant | 传输授权 | Grant
ref transfer | 传输批次 | Transfer
ref scenario | 出境场景 | Scenario
ref flow | 传输链路 | Flow
ref filing | 办件 | Filing
ref party | 主体 | Party
ref recipient | 境外接收方 | Recipient
fact log | 日志 | Log
fact index | 条目序号 | Entry
fact tree_size | 日志条目数 | Entries in the log
fact twin | SM3 孪生树 | SM3 twin
fact source | 来源 | Source
fact sequence | 来源内序号 | Number within the source
fact witnessed_at | 见证时间 | Witnessed at
fact witnesses | 见证节点 | Witnesses
fact cipher_size | 密文字节数 | Sealed bytes
fact cipher_root | 密文根哈希 | Root of the sealed data
nothing of content | 不证明被销毁的正文写了什么 | It does not prove what the erased content said
no level | 未注明核对等级 | no level of checking is stated
"""

_BY_NUMBER = re.compile(r"\{(\w+)\?([^{}:]*):([^{}:]*)\}")
"""``{count?event:events}``: the word that fits the number."""


class Two(NamedTuple):
    """A sentence in both languages."""

    zh: str
    en: str

    def fill(self, **values: object) -> "Two":
        """The sentence with its places filled in; a value in both languages gives each half its own."""
        fits = _BY_NUMBER.sub(lambda found: found[2 if str(values[found[1]]) == "1" else 3], self.en)
        zh, en = (
            {name: one[half] if isinstance(one, Two) else one for name, one in values.items()}
            for half in (0, 1)
        )
        return Two(self.zh.format(**zh), fits.format(**en))


_WORDS = {key: Two(zh, en) for key, zh, en in (line.split(" | ") for line in WORDS.split("\n") if line)}


def _say(key: str, /, **values: object) -> Two:
    return _WORDS[key].fill(**values)


USAGE = (
    (r"^usage: ", "用法："),
    (r"^positional arguments:$", "参数："),
    (r"^options:$", "选项："),
    (r"show this help message and exit", "显示本说明"),
    (r"^the following arguments are required: (.*)$", r"缺少参数 \1"),
    (r"^unrecognized arguments: (.*)$", r"没有这样的参数：\1"),
    (r"^argument (.+?): expected one argument$", r"\1 后面须给出值"),
    (r"^argument (.+?): ignored explicit argument (.*)$", r"\1 不带值，却给出了 \2"),
    (r"^argument (.+?): invalid choice: (.*) \(choose from (.*)\)$", r"\1 没有 \2，可用 \3"),
    (r"^argument (.+?): invalid int value: (.*)$", r"\1 应为整数，不能是 \2"),
    (r"^ambiguous option: (.+?) could match (.*)$", r"\1 不明确，可以是 \2"),
)
"""What argparse says in English only."""

SHAPES = (
    (r"^missing (.*)$", r"缺少 \1"),
    (r"^unknown (.*)$", r"有不认识的字段 \1"),
    (r"^(\d+) bytes, over (\d+)$", r"\1 字节，超过上限 \2"),
    (r"^over (\d+) characters$", r"超过 \1 个字符"),
    (r"^more than (\d+) hashes$", r"哈希多于 \1 个"),
    (r"^more than (\d+) signature lines$", r"签名行多于 \1 行"),
    (r"^(\S+) is wanted$", r"应为 \1"),
    (r"^version 1 is wanted$", "应为第 1 版"),
    (r"^(an object|refs and data are objects).*$", "应为对象"),
    (r"^text is wanted$", "应为文本"),
    (r"^a non-negative integer is wanted$", "应为非负整数"),
    (r"^a list of at most (\d+) \w+ is wanted$", r"应为至多 \1 项的列表"),
    (r"^licensed is true or false$", "licensed 应为 true 或 false"),
    (r"^not base64$", "不是 base64"),
    (r"^not canonical base64(?: of (\d+) bytes)?$", "不是规范的 base64，或字节数不符"),
    (r"^not a decimal$", "不是十进制数"),
    (r"^not an instant with its zone$", "不是带时区的时刻"),
    (
        r"^(no certificate|not a usable key, or not listed: .*|not a kind of key that is known: .*)$",
        r"证书或密钥不可用：\1",
    ),
    (r"^a key stands twice$", "同一密钥出现两次"),
    (r"^one witness key under two names$", "同一见证密钥有两个名称"),
    (r"^(\S+) stands twice, or is no Ed25519 key of .*$", r"\1 出现两次，或不是所列角色的 Ed25519 密钥"),
    (r"^no quorum$", "没有写明须有多少见证签名"),
    (r"^the receipt of the erasure is wanted$", "应附销毁记录的凭证"),
    (r"^not a tlog-proof$", "不是 tlog-proof"),
    (r"^not a signed note$", "不是带签名的检查点"),
    (r"^not a signature line$", "不是签名行"),
    (r"^not the three lines origin, size, root$", "不是来源、条目数、根这三行"),
    (r"^there is no manifest that it could be over$", "没有它所针对的传输清单"),
    (r"^not an RFC 3161 token$", "不是 RFC 3161 时间戳"),
    (r"^numbers without gap and sizes in whole blocks are wanted$", "段号应连续，大小应为整块"),
    (r"^not the sum of the segments$", "不是各段之和"),
    (r"^a name stands twice$", "同一字段出现两次"),
    (r"^nested too deep$", "嵌套过深"),
    (r"^the number (.*)$", r"不允许的数 \1"),
    (r"^.*: line (\d+) column (\d+) \(char \d+\)$", r"第 \1 行第 \2 列不是有效的 JSON"),
    (r"^'utf-8' codec can't decode byte .* in position (\d+): .*$", r"第 \1 字节不是 UTF-8"),
)
"""What is said of a form, and by ``json``; the rest is quoted as it is."""


def _chinese(english: str, table: tuple[tuple[str, str], ...]) -> str:
    for pattern, zh in table:
        english = re.sub(pattern, zh, english, flags=re.MULTILINE)
    return english


# --- the answer ----------------------------------------------------------------------------------------------------


class Step(NamedTuple):
    """One step: ``passed``, ``failed``, ``doubtful`` (not borne out by the trust file) or ``skipped``."""

    number: int
    name: Two
    state: str
    notes: tuple[Two, ...]


class Verdict(NamedTuple):
    """What came out, and what it does and does not prove."""

    outcome: str
    where: str | None
    reasons: tuple[Two, ...]
    steps: tuple[Step, ...]
    proves: tuple[Two, ...]
    not_proven: tuple[Two, ...]
    facts: dict[str, str]
    demo: bool

    @property
    def exit_code(self) -> int:
        """0 trusted, 1 broken, 3 intact but not trusted."""
        return EXIT[self.outcome]

    @property
    def unread(self) -> bool:
        """Whether nothing more is known than that the file has not the form of a receipt: perhaps it never was one."""
        return [(step.number, step.state) for step in self.steps] == [(1, "failed")]

    def as_dict(self) -> dict[str, object]:
        """The JSON form."""

        def both(sentences: Iterable[Two]) -> list[dict[str, str]]:
            return [sentence._asdict() for sentence in sentences]

        steps = [
            {
                "number": step.number,
                "name": step.name._asdict(),
                "state": step.state,
                "notes": both(step.notes),
            }
            for step in self.steps
        ]
        return {
            "format": "feiyu-verdict/1",
            "outcome": self.outcome,
            "where": self.where,
            "demo": self.demo,
            "reasons": both(self.reasons),
            "steps": steps,
            "proves": both(self.proves),
            "not_proven": both(self.not_proven),
            "facts": self.facts,
        }


class TrustError(ValueError):
    """The trust file itself cannot be used; nothing is said about the receipt."""

    def __init__(self, reason: Two) -> None:
        super().__init__(reason.en)
        self.reason = reason


class _Broken(Exception):
    """The receipt contradicts itself or what it was held against."""

    def __init__(self, where: str, key: str, /, **values: object) -> None:
        super().__init__(where)
        self.where = where
        self.reason = _say(key, where=where, **values)


def _malformed(where: str, what: str) -> _Broken:
    return _Broken(where, "malformed", what=Two(_chinese(what, SHAPES), what))


# --- small readers: each refuses what two readers could read differently -------------------------------------------


def _json(data: bytes, where: str, limit: int) -> dict[str, object]:
    """A JSON object without duplicate names, floats, lone surrogates or deep nesting."""
    if len(data) > limit:
        raise _malformed(where, f"{len(data)} bytes, over {limit}")

    def no_float(text: str) -> NoReturn:
        raise ValueError(f"the number {text[:40]}")

    def pairs(found: list[tuple[str, object]]) -> dict[str, object]:
        if len(dict(found)) != len(found):
            raise ValueError("a name stands twice")
        return dict(found)

    try:
        value = json.loads(
            data.decode(), object_pairs_hook=pairs, parse_float=no_float, parse_constant=no_float
        )
        _check_value(value, 0)
    except (ValueError, RecursionError) as bad:
        raise _malformed(where, str(bad)[:120]) from None
    if not isinstance(value, dict):
        raise _malformed(where, "an object is wanted")
    return value


def _check_value(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        value.encode()  # raises on a lone surrogate
    elif isinstance(value, dict | list):
        for item in (*value, *value.values()) if isinstance(value, dict) else value:
            _check_value(item, depth + 1)


def _names(found: dict[str, object], where: str, wanted: str, optional: str = "") -> None:
    """Refuse an object that lacks a field or has one that this version does not know."""
    missing = set(wanted.split()) - set(found)
    foreign = set(found) - set(wanted.split()) - set(optional.split())
    if missing or foreign:
        words = (
            f"missing {', '.join(sorted(missing))}"
            if missing
            else f"unknown {', '.join(sorted(foreign)[:5])}"
        )
        raise _malformed(where, words)


def _text(found: dict[str, object], name: str, where: str) -> str:
    value = found.get(name)
    if not isinstance(value, str):
        raise _malformed(f"{where}.{name}", "text is wanted")
    return value


def _number(found: dict[str, object], name: str, where: str) -> int:
    value = found.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise _malformed(f"{where}.{name}", "a non-negative integer is wanted")
    return value


def _objects(found: dict[str, object], name: str, where: str, limit: int) -> list[dict[str, object]]:
    value = found.get(name)
    if not isinstance(value, list) or len(value) > limit or not all(isinstance(item, dict) for item in value):
        raise _malformed(f"{where}{name}", f"a list of at most {limit} objects is wanted")
    return value


def _bytes(text: str, where: str, size: int | None = None) -> bytes:
    """Base64 in its one canonical spelling."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise _malformed(where, "not base64") from None
    if base64.b64encode(data).decode() != text or (size is not None and len(data) != size):
        raise _malformed(where, "not canonical base64" + (f" of {size} bytes" if size else ""))
    return data


def _digest(value: object) -> bytes | None:
    """A hash as hex or base64 text."""
    if not isinstance(value, str):
        return None
    try:
        return bytes.fromhex(value) if len(value) == 64 else base64.b64decode(value, validate=True)
    except ValueError:
        return None


def _size(text: str, where: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,18}", text):
        raise _malformed(where, "not a decimal")
    return int(text)


def _instant(text: str, where: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
        if at.tzinfo is not None:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise _malformed(where, "not an instant with its zone")


# --- hashing and signatures ----------------------------------------------------------------------------------------


def _sm3(data: bytes) -> bytes:
    """The hash of the GM suite's content trees and of a log's twin."""
    from cryptography.hazmat.primitives import hashes

    state = hashes.Hash(hashes.SM3())
    state.update(data)
    return state.finalize()


def _sha256(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def _root_from_path(
    leaf: bytes, index: int, size: int, path: list[bytes], hasher: Callable[[bytes], bytes] = _sha256
) -> bytes | None:
    """RFC 9162 section 2.1.3.2."""
    if index >= size:
        return None
    fn, sn, node = index, size - 1, leaf
    for step in path:
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            node = hasher(b"\x01" + step + node)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            node = hasher(b"\x01" + node + step)
        fn, sn = fn >> 1, sn >> 1
    return node if sn == 0 else None


class _Tree:
    """The right edge of an RFC 6962 tree: the roots of its full subtrees, largest first."""

    def __init__(self, hasher: Callable[[bytes], bytes] = _sha256) -> None:
        self.size, self.stack, self.hasher = 0, list[bytes](), hasher

    def add(self, leaf: bytes) -> None:
        size = self.size
        while size & 1:
            leaf = self.hasher(b"\x01" + self.stack.pop() + leaf)
            size >>= 1
        self.stack.append(leaf)
        self.size += 1

    def root(self) -> bytes:
        if not self.stack:
            return self.hasher(b"")
        node = self.stack[-1]
        for left in reversed(self.stack[:-1]):
            node = self.hasher(b"\x01" + left + node)
        return node


def _verifies(algorithm: int, public: bytes, data: bytes, signature: bytes) -> bool:
    if algorithm == SM2:
        return _verifies_sm2(public, data, signature)
    try:
        if algorithm == COSIGNATURE_MLDSA44:
            from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey

            MLDSA44PublicKey.from_public_bytes(public).verify(signature, data)
        else:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def _can_verify(algorithm: int) -> bool:
    """Whether signatures of this kind can be checked here: SM2 wants a library that most machines lack."""
    from importlib.util import find_spec

    return algorithm != SM2 or find_spec("tongsuopy") is not None


def _verifies_sm2(public: bytes, data: bytes, signature: bytes) -> bool:
    from tongsuopy.crypto import exceptions, hashes
    from tongsuopy.crypto.asymciphers import ec

    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SM2(), public)
        key.verify(signature, data, ec.ECDSA(hashes.SM3()))
    except (
        exceptions.InvalidSignature,
        exceptions.InternalError,
        ValueError,
    ):  # the second for a signature that is no DER
        return False
    return True


# --- the trust file ------------------------------------------------------------------------------------------------


class _Period(NamedTuple):
    """When a key may be believed."""

    valid_from: datetime | None
    valid_to: datetime | None
    compromised_at: datetime | None

    def covers(self, at: datetime) -> bool:
        return not ((self.valid_from and at < self.valid_from) or (self.valid_to and at > self.valid_to))


class _NoteKey(NamedTuple):
    """A log's or a witness's key."""

    name: str
    key_id: bytes
    algorithm: int
    public: bytes
    period: _Period


class _PartyKey(NamedTuple):
    """The key of an edge, the port, a recipient or a grant office."""

    role: str
    party: str
    public: bytes
    period: _Period


class _Stamper(NamedTuple):
    """A time-stamp authority: the certificate that signs, or the one that issued it."""

    name: str
    certificate: "Certificate"
    licensed: bool
    period: _Period


class _Trust:
    """What the trust file says."""

    def __init__(self, data: bytes) -> None:
        found = _json(data, "trust", MAX_TRUST_BYTES)
        _names(found, "trust", "format logs witnesses policy keys", "demo name issued_at time_stamps")
        if found["format"] != "feiyu-trust/1":
            raise _malformed("trust.format", "feiyu-trust/1 is wanted")
        self.demo = found.get("demo") is True
        self.periods: dict[str, _Period] = {}
        self.keys: dict[str, _PartyKey] = {}
        self.logs: list[_NoteKey] = []
        self.witnesses: dict[str, _NoteKey] = {}
        self.groups: dict[str, tuple[int, list[str]]] = {}
        self.quorum = ""
        for kind in ("logs", "witnesses"):
            for item in _objects(found, kind, "trust.", 10_000):
                self._take_note_key(item, f"trust.{kind}")
        self.stampers = [
            _stamper(item, f"trust.time_stamps[{number}]")
            for number, item in enumerate(
                _objects({"time_stamps": []} | found, "time_stamps", "trust.", 1000)
            )
        ]
        for item in _objects(found, "keys", "trust.", 100_000):
            self._take_party_key(item, "trust.keys")
        for line in _text(found, "policy", "trust").split("\n"):
            if line.split() and not line.lstrip().startswith("#"):
                self._take_directive(line.split())
        if not self.quorum:
            raise _malformed("trust.policy", "no quorum")
        if len({key.public for key in self.witnesses.values()}) != len(self.witnesses):
            raise _malformed("trust.policy", "one witness key under two names")

    def _take_note_key(self, item: dict[str, object], where: str) -> None:
        _names(item, where, "vkey", "party valid_from valid_to compromised_at")
        vkey = _text(item, "vkey", where)
        if vkey in self.periods:
            raise _malformed(where, "a key stands twice")
        self.periods[vkey] = _period(item, where)

    def _take_party_key(self, item: dict[str, object], where: str) -> None:
        _names(item, where, "id role party algorithm public", "valid_from valid_to compromised_at")
        ident, role, party = (_text(item, name, where) for name in ("id", "role", "party"))
        if role not in ROLES or item["algorithm"] != "Ed25519" or ident in self.keys:
            raise _malformed(where, f"{ident[:40]} stands twice, or is no Ed25519 key of {', '.join(ROLES)}")
        public = _bytes(_text(item, "public", where), where, 32)
        self.keys[ident] = _PartyKey(role, party, public, _period(item, where))

    def _take_directive(self, words: list[str]) -> None:
        """One line of a C2SP tlog-policy."""
        defined = {*self.witnesses, *self.groups}
        match words:
            case ["log", vkey, *_]:
                self.logs.append(self._note_key(vkey, ED25519, COSIGNATURE_MLDSA44, SM2))
            case ["witness", name, vkey, *_] if self._is_new(name):
                self.witnesses[name] = self._note_key(vkey, COSIGNATURE_ED25519, COSIGNATURE_MLDSA44)
            case ["group", name, needed, *members] if self._is_new(name):
                used = {member for _, others in self.groups.values() for member in others}
                fits = set(members) <= defined - used and len(set(members)) == len(members)
                count = {"any": 1, "all": len(members)}.get(needed, 0)
                if re.fullmatch(r"[1-9][0-9]{0,3}", needed):
                    count = int(needed)
                if not fits or not 1 <= count <= len(members):
                    raise _malformed("trust.policy", f"group {name[:40]}")
                self.groups[name] = (count, members)
            case ["quorum", name] if not self.quorum and name in {"none", *defined}:
                self.quorum = name
            case _:
                raise _malformed("trust.policy", f"{' '.join(words)[:80]!r}")

    def _is_new(self, name: str) -> bool:
        count = len(self.witnesses) + len(self.groups)
        return name not in {"none", *self.witnesses, *self.groups} and count < MAX_NAMES

    def _note_key(self, vkey: str, *algorithms: int) -> _NoteKey:
        """Read ``name+id+base64``; a key that the policy names must be listed, with its validity."""
        name, _, rest = vkey.partition("+")
        shown, _, encoded = rest.partition("+")
        data = _bytes(encoded, "trust.policy")
        ident = _sha256(name.encode() + b"\n" + data)[:4]
        if not data or data[0] not in algorithms or ident.hex() != shown or vkey not in self.periods:
            raise _malformed("trust.policy", f"not a usable key, or not listed: {vkey[:80]}")
        start = b"\xff" + SM2_IDENTIFIER if data[0] == SM2 else data[:1]
        if not data.startswith(start):
            raise _malformed("trust.policy", f"not a kind of key that is known: {vkey[:80]}")
        return _NoteKey(name, ident, data[0], data[len(start) :], self.periods[vkey])

    def satisfied(self, names: Iterable[str], name: str = "") -> bool:
        """Whether these witnesses suffice for the quorum, or for the group ``name``."""
        name = name or self.quorum
        if name not in self.groups:
            return name == "none" or name in names
        needed, members = self.groups[name]
        return sum(self.satisfied(names, member) for member in members) >= needed


def _period(item: dict[str, object], where: str) -> _Period:
    def read(name: str) -> datetime | None:
        return None if item.get(name) is None else _instant(_text(item, name, where), f"{where}.{name}")

    return _Period(read("valid_from"), read("valid_to"), read("compromised_at"))


def _stamper(item: dict[str, object], where: str) -> _Stamper:
    from cryptography import x509

    _names(item, where, "name certificate licensed", "valid_from valid_to compromised_at")
    try:
        certificate = x509.load_der_x509_certificate(_bytes(_text(item, "certificate", where), where))
    except _unreadable():
        raise _malformed(where, "no certificate") from None
    if not isinstance(item["licensed"], bool):
        raise _malformed(where, "licensed is true or false")
    return _Stamper(_text(item, "name", where), certificate, item["licensed"], _period(item, where))


def check_trust(data: bytes) -> None:
    """Refuse by ``TrustError`` what is no trust file."""
    _read_trust(data)


def _read_trust(data: bytes) -> _Trust:
    try:
        return _Trust(data)
    except _Broken as bad:
        raise TrustError(bad.reason) from None


# --- steps 1 to 4: the receipt by itself ---------------------------------------------------------------------------


class _Line(NamedTuple):
    """A signature line under the checkpoint."""

    name: str
    key_id: bytes
    blob: bytes


class _Case:
    """The receipt under examination: read at once, judged step by step."""

    def __init__(self) -> None:
        self.origin, self.data, self.erased_at = "", dict[str, object](), ""
        self.witnesses: tuple[str, ...] = ()
        self.witnessed_at: datetime | None = None
        self.manifest: dict[str, object] | None = None
        self.manifest_signed = self.data_checked = False
        self.erasure: dict[str, object] | None = None
        self.batch: tuple[int, int] | None = None
        self.stamps: list[tuple[datetime, str, bool]] = []
        self.unchecked: list[str] = []
        self.twin = ""

    @property
    def demo(self) -> bool:
        """A log of a demonstration says so in its name, or the event says it."""
        return self.origin.startswith("demo.") or self.data.get("demo") is True

    def read(self, receipt: bytes) -> None:
        """1. The file is a receipt."""
        found = self.found = _json(receipt, "receipt", MAX_RECEIPT_BYTES)
        if found.get("format") != "feiyu-receipt/1":
            raise _malformed("format", "feiyu-receipt/1 is wanted")
        self._read_fields(found)
        self.entry_bytes = _bytes(_text(found, "entry", "receipt"), "entry")
        self.entry = _json(self.entry_bytes, "entry", MAX_ENTRY_BYTES)
        _names(self.entry, "entry", "v src seq prev hour c")
        if _number(self.entry, "v", "entry") != 1:
            raise _malformed("v", "version 1 is wanted")
        if self.erasure is None:
            self._read_body(found)
        else:
            hour = _text(self.entry, "hour", "entry")
            self.at = _instant(hour.removesuffix("Z") + ":00Z", "entry.hour")
            self.type, self.party, self.refs = "erased", "", dict[str, str]()
        self.read_proof(_text(found, "proof", "receipt"), "proof")
        if found["demo"] is not self.demo:
            raise _Broken("demo", "demo differs")

    def _read_fields(self, found: dict[str, object]) -> None:
        """A receipt has salt, body and signatures; one of an erased event has the receipt of the erasure instead."""
        if "erasure" not in found:
            _names(
                found,
                "receipt",
                "format demo entry salt body proof signatures",
                "manifest manifest_signature batch timestamps twin",
            )
            self.signatures = _objects(found, "signatures", "", MAX_SIGNATURES)
            return
        _names(found, "receipt", "format demo entry proof erasure", "timestamps twin")
        self.signatures = []
        if not isinstance(found["erasure"], dict) or "erasure" in found["erasure"]:
            raise _malformed("erasure", "the receipt of the erasure is wanted")
        self.erasure = found["erasure"]

    def _read_body(self, found: dict[str, object]) -> None:
        self.body_bytes = _bytes(_text(found, "body", "receipt"), "body")
        body = _json(self.body_bytes, "body", MAX_BODY_BYTES)
        _names(body, "body", "v type at party refs data")
        if _number(body, "v", "body") != 1:
            raise _malformed("v", "version 1 is wanted")
        self.at = _instant(_text(body, "at", "body"), "body.at")
        self.type, self.party = _text(body, "type", "body"), _text(body, "party", "body")
        refs, data = body["refs"], body["data"]
        if not isinstance(refs, dict) or not isinstance(data, dict):
            raise _malformed("body", "refs and data are objects")
        self.refs, self.data = {name: _text(refs, name, "body.refs") for name in refs}, data

    def read_proof(self, text: str, where: str) -> None:
        """C2SP tlog-proof, without the optional line that nobody vouches for."""
        if len(text) > MAX_PROOF_CHARACTERS:
            raise _malformed(where, f"over {MAX_PROOF_CHARACTERS} characters")
        head, _, note = text.partition("\n\n")
        lines = head.split("\n", MAX_PATH + 3)
        if lines[0] != "c2sp.org/tlog-proof@v1" or len(lines) < 2 or not lines[1].startswith("index "):
            raise _malformed(where, "not a tlog-proof")
        if len(lines) > MAX_PATH + 2:
            raise _malformed(where, f"more than {MAX_PATH} hashes")
        self.index = _size(lines[1][6:], f"{where}.index")
        self.path = [_bytes(line, f"{where}.path", 32) for line in lines[2:]]
        self._read_checkpoint(note, f"{where}.checkpoint")

    def _read_checkpoint(self, note: str, where: str) -> None:
        """C2SP signed-note and tlog-checkpoint."""
        head, blank, block = note.rpartition("\n\n")
        if not blank or not block.endswith("\n") or re.search("[\x00-\x09\x0b-\x1f]", head):
            raise _malformed(where, "not a signed note")
        if block.count("\n") > MAX_SIGNATURES:
            raise _malformed(where, f"more than {MAX_SIGNATURES} signature lines")
        parts = head.split("\n")
        if len(parts) != 3 or not parts[0]:
            raise _malformed(where, "not the three lines origin, size, root")
        self.text, self.origin, self.where = head + "\n", parts[0], where
        self.size, self.root = _size(parts[1], f"{where}.size"), _bytes(parts[2], f"{where}.root", 32)
        self.lines = []
        for line in block[:-1].split("\n"):
            match = re.fullmatch("\u2014 ([^\\s+]+) (\\S+)", line)
            blob = _bytes(match[2], f"{where}.signatures") if match else b""
            if match is None or len(blob) < 5:
                raise _malformed(f"{where}.signatures", "not a signature line")
            self.lines.append(_Line(match[1], blob[:4], blob[4:]))

    def check_commitment(self) -> None:
        """2. Salt and body give the commitment."""
        salt = _bytes(_text(self.found, "salt", "receipt"), "salt", 32)
        logged = _bytes(_text(self.entry, "c", "entry"), "entry.c", 32)
        if logged != _sha256(b"feiyu/event/v1\n" + salt + self.body_bytes):
            raise _Broken("body", "commitment")

    def check_erasure(self, trust: bytes | None) -> list[Two]:
        """2. for an erased event: a logged event of the same source tells of the erasure of this very entry."""
        told = verify_receipt(json.dumps(self.erasure).encode(), trust=trust)
        if told.outcome == BROKEN:
            why = told.reasons[0]
            raise _Broken(f"erasure.{told.where}", "erasure broken", why=f"{why.zh} / {why.en}")
        of = {
            name: told.facts.get(name)
            for name in ("type", "source", "log", "erased_entry", "erased_commitment")
        }
        mine = {
            "type": "event.erased", "source": str(self.entry["src"]), "log": self.origin,
            "erased_entry": _sha256(self.entry_bytes).hex(),
            "erased_commitment": _bytes(_text(self.entry, "c", "entry"), "entry.c", 32).hex(),
        }  # fmt: skip
        if of != mine:
            raise _Broken("erasure", "erasure")
        self.erased_at = told.facts["at"]
        return [] if told.outcome == TRUSTED else [_say("erasure doubtful", why=told.reasons[0].en)]

    def check_hour(self) -> None:
        """3. Entry and body agree about the hour."""
        if self.erasure is not None:
            return
        if _text(self.entry, "hour", "entry") != f"{self.at:%Y-%m-%dT%H}Z":
            raise _Broken("entry.hour", "hour")

    def check_inclusion(self, entry: bytes, hasher: Callable[[bytes], bytes] = _sha256) -> None:
        """4. The path leads from the entry to the root."""
        leaf = hasher(b"\x00" + entry)
        if _root_from_path(leaf, self.index, self.size, self.path, hasher) != self.root:
            raise _Broken(self.where.replace("checkpoint", "path"), "path")


# --- step 5: log and witnesses -------------------------------------------------------------------------------------


def _check_log(case: _Case, trust: _Trust) -> list[Two]:
    """5. A trusted log, enough trusted witnesses, keys valid then. What is not borne out comes back."""
    doubts = []
    logs = [key for key in trust.logs if key.name == case.origin]
    signed = [key for key in logs if _signed_by(case, key)]
    seen = {name: at for name, key in trust.witnesses.items() if (at := _cosigned_by(case, key))}
    case.unchecked = sorted({KINDS[key.algorithm] for key in logs if not _can_verify(key.algorithm)})
    if not signed:
        doubts.append(_say("unsigned log" if logs else "unknown log", name=case.origin))
    _count_witnesses(case, trust, seen)
    if not trust.satisfied(case.witnesses):
        doubts.append(_say("quorum", count=len(case.witnesses)))
    if signed and not any(_usable(case, key.period) for key in signed):
        doubts.append(_say("log key"))
    doubts += _missing_kinds(case, logs, signed)
    if case.witnessed_at and case.at > case.witnessed_at + SKEW:
        doubts.append(_say("too late"))
    return doubts


def _missing_kinds(case: _Case, logs: list[_NoteKey], signed: list[_NoteKey]) -> list[Two]:
    """A log signs with each kind of key that was valid then: who breaks one kind cannot leave the others out."""
    at = case.witnessed_at or case.at
    wanted = {key.algorithm for key in logs if key.period.covers(at) and _can_verify(key.algorithm)}
    missing = sorted(wanted - {key.algorithm for key in signed}) if signed else []
    return [_say("kind missing", name=case.origin, kind=KINDS[kind]) for kind in missing]


def _signed_by(case: _Case, key: _NoteKey) -> bool:
    """Whether the log's key signed; a signature under it that fails breaks the receipt."""
    if not _can_verify(key.algorithm):
        return False
    if key.algorithm == COSIGNATURE_MLDSA44:
        return _cosigned_by(case, key) is not None
    blobs = [line.blob for line in case.lines if line[:2] == key[:2]]
    if not all(_verifies(key.algorithm, key.public, case.text.encode(), blob) for blob in blobs):
        raise _Broken(f"{case.where}.signatures", "log signature", name=key.name)
    return bool(blobs)


def _cosigned_by(case: _Case, key: _NoteKey) -> datetime | None:
    """When the witness says it cosigned, the earliest if several times."""
    times = []
    for line in case.lines:
        if line[:2] != key[:2]:
            continue
        seconds, signature = int.from_bytes(line.blob[:8], "big"), line.blob[8:]
        if seconds >= 1 << 37 or not _verifies(
            key.algorithm, key.public, _cosigned(case, key, seconds), signature
        ):
            raise _Broken(f"{case.where}.signatures", "cosignature", name=key.name)
        times.append(datetime.fromtimestamp(seconds, UTC))
    return min(times, default=None)


def _cosigned(case: _Case, key: _NoteKey, seconds: int) -> bytes:
    """What a cosigner signs (C2SP tlog-cosignature)."""
    if key.algorithm == COSIGNATURE_ED25519:
        return f"cosignature/v1\ntime {seconds}\n{case.text}".encode()
    name, origin = key.name.encode()[:255], case.origin.encode()[:255]
    head = b"subtree/v1\n\x00" + bytes([len(name)]) + name + seconds.to_bytes(8, "big")
    return head + bytes([len(origin)]) + origin + bytes(8) + case.size.to_bytes(8, "big") + case.root


def _count_witnesses(case: _Case, trust: _Trust, seen: dict[str, datetime]) -> None:
    """Which cosignatures count, and since when they suffice.

    A key with a cut-off could have been used by a thief who writes any time he likes. So its cosignature counts only
    if a witness without cut-off saw the same checkpoint before that moment.
    """
    valid = {name: at for name, at in seen.items() if trust.witnesses[name].period.covers(at)}
    cuts = {name: trust.witnesses[name].period.compromised_at for name in valid}
    counted = {name: at for name, at in valid.items() if cuts[name] is None}
    first = min(counted.values(), default=None)
    for name, cut in cuts.items():
        if cut and first and first < cut and valid[name] < cut:
            counted[name] = max(valid[name], first)
    case.witnesses = tuple(sorted(counted))
    for at in sorted(counted.values()):
        if trust.quorum != "none" and trust.satisfied([name for name, then in counted.items() if then <= at]):
            case.witnessed_at = at
            return


def _usable(case: _Case, period: _Period) -> bool:
    """Whether a key was valid when witnesses saw what it signed; with a cut-off nothing but witnesses will do."""
    at = case.witnessed_at or case.at
    cut = period.compromised_at
    return period.covers(at) and (cut is None or (case.witnessed_at is not None and at < cut))


# --- steps 6 to 8: parties, manifest, data -------------------------------------------------------------------------


def _check_signatures(case: _Case, trust: _Trust | None) -> list[Two]:
    """6. Signatures of parties: over the body, or over a statement whose hash the event holds."""
    doubts: list[Two] = []
    for number, item in enumerate(case.signatures):
        where = f"signatures[{number}]"
        _names(item, where, "role key_id algorithm signature", "statement")
        if item["algorithm"] != "Ed25519":
            raise _malformed(f"{where}.algorithm", "Ed25519 is wanted")
        role, ident = _text(item, "role", where), _text(item, "key_id", where)
        signature = _bytes(_text(item, "signature", where), f"{where}.signature", 64)
        message = b"feiyu/event-signature/v1\n" + case.body_bytes
        if "statement" in item:
            statement = _bytes(_text(item, "statement", where), f"{where}.statement")
            if _sha256(statement) not in map(_digest, case.data.values()):
                raise _Broken(f"{where}.statement", "statement")
            message = b"feiyu/statement/v1\n" + statement
        doubts += _check_party(case, trust, where, ident, role, "", message, signature)
    return doubts


def _check_party(
    case: _Case,
    trust: _Trust | None,
    where: str,
    ident: str,
    role: str,
    party: str,
    message: bytes,
    signature: bytes,
) -> list[Two]:
    """Doubts about one signature of ``role`` (and ``party``, if named); a trusted key's that fails is broken."""
    if trust is None:
        return [_say("unchecked")]
    key, shown = trust.keys.get(ident), ident[:24]
    if key is None:
        return [_say("unknown key", where=where, key=shown)]
    if not _verifies(ED25519, key.public, message, signature):
        raise _Broken(where, "signature")
    doubts = []
    if key.role != role or party not in {"", key.party}:
        doubts.append(_say("other party", where=where, key=shown, owner=f"{key.party} ({key.role})"))
    if not _usable(case, key.period):
        doubts.append(_say("key period", where=where, key=shown))
    return doubts


def _one_of(given: bytes | None, embedded: object, where: str) -> bytes | None:
    """What was handed in and what the receipt embeds must be the same bytes, where both exist."""
    if embedded is None:
        return given
    inside = _bytes(embedded if isinstance(embedded, str) else "?", where)
    if given not in {None, inside}:
        raise _Broken(where, "other copy")
    return inside


def _check_manifest(
    case: _Case, trust: _Trust | None, manifest: bytes | None, signature: bytes | None
) -> list[Two]:
    """7. The manifest is the one logged, and its edge is trusted."""
    raw = _one_of(manifest, case.found.get("manifest"), "manifest")
    signature = _one_of(signature, case.found.get("manifest_signature"), "manifest_signature")
    if raw is None:
        if signature is not None:
            raise _malformed("manifest_signature", "there is no manifest that it could be over")
        return []
    if _digest(case.data.get("manifest_sha256")) != _sha256(raw):
        raise _Broken("manifest", "other manifest")
    found = case.manifest = _json(raw, "manifest", MAX_MANIFEST_BYTES)
    if found.get("format") != "feiyu-manifest/1":
        raise _malformed("manifest.format", "feiyu-manifest/1 is wanted")
    for ref in {"transfer", "grant", "basis", "flow"} & set(case.refs):
        if case.refs[ref] != found.get(f"{ref}_id"):
            raise _Broken(f"manifest.{ref}_id", "manifest differs", name=f"{ref}_id")
    if "cipher_root" in case.data and _digest(case.data["cipher_root"]) != _digest(found.get("cipher_root")):
        raise _Broken("manifest.cipher_root", "manifest differs", name="cipher_root")
    if signature is None:
        return [_say("unsigned manifest")]
    ident, exporter = _text(found, "edge_key_id", "manifest"), _text(found, "exporter", "manifest")
    message = b"feiyu/manifest/v1\n" + raw
    doubts = _check_party(case, trust, "manifest_signature", ident, "edge", exporter, message, signature)
    case.manifest_signed = not doubts
    return doubts


def _check_batch(case: _Case) -> None:
    """9. The event shown leads to the root that the batch's event names, at its place among that many events."""
    item = case.found["batch"]
    if not isinstance(item, dict):
        raise _malformed("batch", "an object is wanted")
    _names(item, "batch", "event index path")
    path = item["path"]
    if not isinstance(path, list) or len(path) > MAX_PATH or not all(isinstance(step, str) for step in path):
        raise _malformed("batch.path", f"a list of at most {MAX_PATH} hashes is wanted")
    event = _bytes(_text(item, "event", "batch"), "batch.event")
    index, count = _number(item, "index", "batch"), _number(case.data, "count", "body.data")
    steps = [_bytes(step, "batch.path", 32) for step in path]
    root = _root_from_path(_sha256(b"\x00" + event), index, count, steps)
    if case.type != "batch.recorded" or root is None or root != _digest(case.data.get("root")):
        raise _Broken("batch", "batch")
    case.batch = (index, count)


# --- step 10: time stamps ------------------------------------------------------------------------------------------


class _Der(NamedTuple):
    """One value of a DER encoding: tag, content, and itself as it stood there."""

    tag: int
    body: bytes
    whole: bytes

    def parts(self) -> "list[_Der]":
        found, rest = [], self.body
        while rest:
            one, rest = _der(rest)
            found.append(one)
        return found


def _der(data: bytes) -> tuple[_Der, bytes]:
    """The first value in ``data``, and what follows; lengths in their shortest form."""
    size, at = (data[1], 2) if len(data) > 1 else (1, 2)
    if size & 0x80:
        at += size & 0x7F
        size = int.from_bytes(data[2:at], "big")
        if not 3 <= at <= 6 or size < 0x80 or size.bit_length() <= 8 * (at - 3):
            raise ValueError("a length")
    if len(data) < at + size or data[0] & 0x1F == 0x1F:
        raise ValueError("cut short")
    return _Der(data[0], data[at : at + size], data[: at + size]), data[at + size :]


def _hex(text: str) -> bytes:
    return bytes.fromhex(text)


_SIGNED_DATA, _TST_INFO = _hex("06092a864886f70d010702"), _hex("060b2a864886f70d0109100104")
_CONTENT_TYPE, _MESSAGE_DIGEST = _hex("06092a864886f70d010903"), _hex("06092a864886f70d010904")
_SIGNING_CERTIFICATE = _hex("060b2a864886f70d010910022f")
_DIGESTS = {
    _hex("0609608648016503040201"): "sha256",
    _hex("0609608648016503040202"): "sha384",
    _hex("0609608648016503040203"): "sha512",
}


class _Token(NamedTuple):
    """What a time-stamp token says, taken apart."""

    digest: bytes
    imprint: bytes
    at: datetime
    certificates: "tuple[Certificate, ...]"
    named: bytes | None
    algorithm: str
    signed: bytes
    signature: bytes


def _unreadable() -> tuple[type[Exception], ...]:
    """What is raised for an encoding or a certificate that is none, or that cannot be read here."""
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm

    own = (
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        RecursionError,
        InvalidSignature,
        UnsupportedAlgorithm,
    )
    strange = (x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)
    return (*own, *strange, x509.ExtensionNotFound)


def _token(data: bytes) -> _Token:
    """Take a token apart; one of ``_unreadable`` for anything but one signer over one TSTInfo that its digest covers."""
    from cryptography import x509

    outer, rest = _der(data)
    kind, content = outer.parts()
    version, _, encapsulated, *more = content.parts()[0].parts()
    info_kind, wrapped = encapsulated.parts()
    if rest or kind.whole != _SIGNED_DATA or info_kind.whole != _TST_INFO or version.body != b"\x03":
        raise ValueError("no time-stamp token")
    info = wrapped.parts()[0].body
    _, _, imprint, _, at, *_ = _der(info)[0].parts()
    algorithm, digest = imprint.parts()
    certificates = [part for part in more if part.tag == 0xA0]
    (signer,) = more[-1].parts()
    _, _, hashing, attributes, _, signature = signer.parts()[:6]
    found = {name.whole: value.parts() for name, value in (one.parts() for one in attributes.parts())}
    hasher = _DIGESTS[hashing.parts()[0].whole]
    (kind_told,), (digest_told,) = found[_CONTENT_TYPE], found[_MESSAGE_DIGEST]
    if (
        kind_told.whole != _TST_INFO
        or digest_told.body != hashlib.new(hasher, info).digest()
        or attributes.tag != 0xA0
    ):
        raise ValueError("the signed attributes are not of this content")
    named = (
        found[_SIGNING_CERTIFICATE][0].parts()[0].parts()[0].parts() if _SIGNING_CERTIFICATE in found else []
    )
    return _Token(
        digest.body, algorithm.parts()[0].whole, datetime.strptime(at.body.decode()[:14] + "Z", "%Y%m%d%H%M%S%z"),
        tuple(x509.load_der_x509_certificate(one.whole) for part in certificates for one in part.parts()),
        named[0].body if named and named[0].tag == 0x04 else None, hasher, b"\x31" + attributes.whole[1:], signature.body,
    )  # fmt: skip


def _check_stamps(case: _Case, trust: _Trust | None) -> list[Two]:
    """10. Each token is over this checkpoint; one by a known authority counts, one by another is left unchecked."""
    notes = []
    for number, item in enumerate(_objects(case.found, "timestamps", "", MAX_STAMPS)):
        where = f"timestamps[{number}]"
        _names(item, where, "token")
        try:
            token = _token(_bytes(_text(item, "token", where), where))
        except _unreadable():
            raise _malformed(where, "not an RFC 3161 token") from None
        if token.digest != _sha256(case.text.encode()) or token.imprint not in _DIGESTS:
            raise _Broken(where, "stamp other")
        notes += _judge_stamp(case, trust.stampers if trust else [], token, where)
    return notes


def _judge_stamp(case: _Case, known: list[_Stamper], token: _Token, where: str) -> list[Two]:
    for stamper in known:
        for certificate in (stamper.certificate, *token.certificates):
            if not _stamps_for(certificate, stamper, token):
                continue
            if not _signed_token(certificate, token):
                raise _Broken(where, "stamp signature")
            period, cut = stamper.period, stamper.period.compromised_at
            inside = certificate.not_valid_before_utc <= token.at <= certificate.not_valid_after_utc
            if not inside or not period.covers(token.at) or (cut is not None and token.at >= cut):
                return [_say("stamp period", where=where, name=stamper.name)]
            case.stamps.append((token.at, stamper.name, stamper.licensed))
            return []
    return [_say("stamp unknown", where=where)]


def _stamps_for(certificate: "Certificate", stamper: _Stamper, token: _Token) -> bool:
    """Whether this is the token's certificate, may stamp time, and is the authority's own or issued by it."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from cryptography.x509.oid import ExtendedKeyUsageOID

    if token.named is not None and token.named != _sha256(certificate.public_bytes(Encoding.DER)):
        return False
    try:
        usage = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
        if certificate != stamper.certificate:
            certificate.verify_directly_issued_by(stamper.certificate)
        certificate.public_key()
    except _unreadable():
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage


def _signed_token(certificate: "Certificate", token: _Token) -> bool:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa

    key = certificate.public_key()
    known: dict[str, hashes.HashAlgorithm] = {
        "sha256": hashes.SHA256(),
        "sha384": hashes.SHA384(),
        "sha512": hashes.SHA512(),
    }
    algorithm = known[token.algorithm]
    try:
        if isinstance(key, rsa.RSAPublicKey):
            key.verify(token.signature, token.signed, padding.PKCS1v15(), algorithm)
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(token.signature, token.signed, ec.ECDSA(algorithm))
        else:
            return False
    except InvalidSignature:
        return False
    return True


# --- step 11: the twin ---------------------------------------------------------------------------------------------


def _check_twin(case: _Case, trust: _Trust | None) -> tuple[list[Two], list[Two]]:
    """11. The same entry at the same place of the twin, hashed with SM3, under the twin's own keys; doubts, and what is unchecked.

    No witness cosigns a twin, so a key of it that has a cut-off counts for nothing; the rest of the time is the log's.
    """
    twin = _Case()
    twin.read_proof(_text(case.found, "twin", "receipt"), "twin")
    if twin.origin != case.origin + TWIN or twin.index != case.index:
        raise _Broken("twin", "twin other", name=case.origin + TWIN, index=case.index)
    twin.check_inclusion(case.entry_bytes, _sm3)
    keys = [key for key in (trust.logs if trust else []) if key.name == twin.origin]
    if not keys:
        return [], [_say("twin unknown", name=twin.origin)]
    unable = sorted({KINDS[key.algorithm] for key in keys if not _can_verify(key.algorithm)})
    unchecked = [_say("twin unchecked", kind=kind) for kind in unable]
    twin.at = case.witnessed_at or case.at
    signed = [key for key in keys if _signed_by(twin, key)]
    able = any(_can_verify(key.algorithm) for key in keys)
    doubts = [_say("twin unsigned")] if able and not signed else _missing_kinds(twin, keys, signed)
    if signed and not any(_usable(twin, key.period) for key in signed):
        doubts.append(_say("twin key"))
    if signed and not doubts:
        case.twin = twin.origin
    return doubts, unchecked


def _check_data(case: _Case, chunks: "Iterable[bytes] | Path") -> None:
    """8. The sealed data is what the manifest names, segment by segment, then as a whole."""
    if case.manifest is None:
        raise _Broken("data", "no manifest")
    if _number(case.manifest, "block_size", "manifest") != BLOCK_BYTES:
        raise _malformed("manifest.block_size", f"{BLOCK_BYTES} is wanted")
    segments = _segments(case.manifest)
    pieces = _pieces(chunks) if isinstance(chunks, Path) else chunks
    hasher = _sm3 if case.manifest.get("suite") == "gm" else _sha256
    blocks = _blocks(pieces, _number(case.manifest, "cipher_size", "manifest"), hasher)
    whole = _Tree(hasher)
    for number, (size, root) in enumerate(segments):
        part = _Tree(hasher)
        for _ in range(-(-size // BLOCK_BYTES)):
            leaf = next(blocks, None)
            if leaf is None:
                raise _Broken(f"data.segments[{number}]", "data ends", number=number)
            part.add(leaf)
            whole.add(leaf)
        if part.root() != root:
            raise _Broken(f"data.segments[{number}]", "data segment", number=number)
    next(blocks, None)  # reads on, and raises if there is more
    if whole.root() != _digest(case.manifest.get("cipher_root")):
        raise _Broken("data", "data root")
    case.data_checked = True


def _segments(manifest: dict[str, object]) -> list[tuple[int, bytes]]:
    """Size and root of each segment; numbered without gap, whole blocks but for the last, adding up."""
    found = []
    items = _objects(manifest, "segments", "manifest.", MAX_SEGMENTS)
    for number, item in enumerate(items):
        where = f"manifest.segments[{number}]"
        size = _number(item, "size", where)
        if item.get("no") != number or size == 0 or (number < len(items) - 1 and size % BLOCK_BYTES):
            raise _malformed(where, "numbers without gap and sizes in whole blocks are wanted")
        found.append((size, _bytes(_text(item, "root", where), f"{where}.root", 32)))
    if sum(size for size, _ in found) != _number(manifest, "cipher_size", "manifest"):
        raise _malformed("manifest.cipher_size", "not the sum of the segments")
    return found


def _blocks(
    pieces: Iterable[bytes], limit: int, hasher: Callable[[bytes], bytes] = _sha256
) -> Iterator[bytes]:
    """Leaf hashes of 64 KiB blocks, however the data is cut; stops with an error once it exceeds ``limit`` bytes."""
    waiting, total = b"", 0
    for piece in pieces:
        total += len(piece)
        if total > limit:
            raise _Broken("data", "data longer")
        waiting += piece
        whole = len(waiting) // BLOCK_BYTES * BLOCK_BYTES
        for at in range(0, whole, BLOCK_BYTES):
            yield hasher(b"\x00" + waiting[at : at + BLOCK_BYTES])
        waiting = waiting[whole:]
    if waiting:
        yield hasher(b"\x00" + waiting)


def _pieces(place: Path) -> Iterator[bytes]:
    """The bytes of a file, or of a directory's files in the order of the numbers in their names."""

    def order(path: Path) -> list[tuple[int, int, str]]:
        return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.split(r"([0-9]+)", path.name)]

    files = [place] if place.is_file() else sorted((p for p in place.iterdir() if p.is_file()), key=order)
    for path in files:
        if path == place or not (path.name.startswith(".") or path.suffix == ".json"):
            with path.open("rb") as stream:
                while piece := stream.read(1 << 20):
                    yield piece


# --- what it proves, and what not ----------------------------------------------------------------------------------


def _proves(case: _Case) -> tuple[Two, ...]:
    if case.erasure is not None:
        found = [_say("erased", source=case.entry["src"], seq=case.entry["seq"], at=_shown(case.at))]
        return tuple(found + _logged(case))
    manifest = case.manifest or {}
    what = _say(
        case.type if case.type.startswith("transfer.") and case.type in _WORDS else "event", kind=case.type
    )
    at = _shown(case.at)
    found = [
        Two(_WORDS["then"].zh.format(what=what.zh, at=at), _WORDS["then"].en.format(what=what.en, at=at))
    ]
    kind = case.data.get("kind")
    if case.type == "filing.original" and (kind in CHECKED) is case.data.get("checked"):
        found += [_say(key) for key in ORIGINALS if key == f"original {kind}"]
        found += (
            [_say(REVOCATIONS.get(str(case.data.get("revocation", "")), "revocation unknown"))]
            if kind in CHECKED
            else []
        )
    basis, grant = (case.refs.get(name) or manifest.get(f"{name}_id") for name in ("basis", "grant"))
    if basis:
        found.append(_say("basis", basis=basis, grant=grant or "-"))
    found += _logged(case)
    if case.batch:
        found.append(_say("in batch", index=case.batch[0], count=case.batch[1]))
    if case.manifest_signed:
        found.append(_say("edge signed"))
    if case.data_checked:
        found.append(_say("data checked"))
    return tuple(found)


def _logged(case: _Case) -> list[Two]:
    found = [_say("logged", log=case.origin, index=case.index)]
    if case.twin:
        found.append(_say("in twin", log=case.twin))
    if case.witnessed_at:
        found.append(_say("witnessed", count=len(case.witnesses), at=_shown(case.witnessed_at)))
    for at, name, licensed in case.stamps:
        found.append(_say("licensed stamp" if licensed else "plain stamp", name=name, at=_shown(at)))
    return found


def _not_proven(case: _Case, *, demo: bool) -> tuple[Two, ...]:
    level = case.data.get("evidence_level") or (case.manifest or {}).get("evidence_level")
    said = _WORDS.get(f"level {level}", _WORDS["no level"])
    content = Two(_WORDS["content"].zh.format(level=said.zh), _WORDS["content"].en.format(level=said.en))
    found = [_say("kind unchecked", kind=kind) for kind in case.unchecked]
    found += [_say(key) for key in ("no licence", "no compliance", "no exclusion")]
    found += [] if any(licensed for _, _, licensed in case.stamps) else [_say("no time stamp")]
    if case.erasure is not None:
        return (*([_say("demo")] if demo else []), *found, _say("nothing of content"))
    first = [_say("demo")] if demo else []
    first += [_say("fictional")] if case.data.get("fictional") is True else []
    return (*first, *found, content)


def _shown(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"


def _facts(case: _Case) -> dict[str, str]:
    facts = {"type": case.type, "at": _shown(case.at), "party": case.party}
    if case.erasure is not None:
        facts |= {"erased_at": case.erased_at}
    if case.type == "event.erased":
        names = {"erased_entry": "entry_sha256", "erased_commitment": "commitment"}
        facts |= {shown: str(case.data.get(name)) for shown, name in names.items()}
    facts |= {f"ref.{name}": value for name, value in sorted(case.refs.items())}
    facts |= {"log": case.origin, "index": str(case.index), "tree_size": str(case.size)}
    facts |= {"twin": case.twin} if case.twin else {}
    facts |= {"source": str(case.entry["src"]), "sequence": str(case.entry["seq"])}
    if case.witnessed_at:
        facts |= {"witnessed_at": _shown(case.witnessed_at), "witnesses": ", ".join(case.witnesses)}
    if case.manifest is not None:
        facts |= {
            name: str(case.manifest[name]) for name in ("cipher_size", "cipher_root") if name in case.manifest
        }
    return facts


# --- putting it together -------------------------------------------------------------------------------------------


def verify_receipt(
    receipt: bytes,
    *,
    trust: bytes | None,
    manifest: bytes | None = None,
    manifest_signature: bytes | None = None,
    chunks: "Iterable[bytes] | Path | None" = None,
) -> Verdict:
    """Check a receipt against a trust file; ``chunks`` is the sealed data (a file, a directory of segments, pieces).

    Raises ``TrustError`` when the trust file itself cannot be used; everything about the receipt is in the verdict.
    """
    trusted = _read_trust(trust) if trust is not None else None
    case = _Case()
    steps: list[Step] = []
    doubts: list[Two] = []

    def done(
        found: Iterable[Two] = (), *, state: str = "passed", number: int = 0, doubt: bool = True
    ) -> None:
        notes = tuple(dict.fromkeys(found))
        number = number or len(steps) + 1
        doubtful = bool(notes) and state == "passed" and doubt
        steps.append(Step(number, _say(f"step {number}"), "doubtful" if doubtful else state, notes))
        doubts.extend(note for note in notes if doubt and note not in doubts)

    try:
        case.read(receipt)
        done()
        if case.erasure is None:
            case.check_commitment()
        done(case.check_erasure(trust) if case.erasure is not None else ())
        case.check_hour()
        done()
        case.check_inclusion(case.entry_bytes)
        done()
        done(_check_log(case, trusted) if trusted else [_say("no trust")])
        done(_check_signatures(case, trusted), state="passed" if case.signatures else "skipped")
        found = _check_manifest(case, trusted, manifest, manifest_signature)
        done(found, state="skipped" if case.manifest is None else "passed")
        if chunks is not None:
            _check_data(case, chunks)
        done(state="skipped" if chunks is None else "passed")
        if "batch" in case.found:
            _check_batch(case)
            done(number=9)
        if "timestamps" in case.found:
            unchecked = _check_stamps(case, trusted)
            done(unchecked, number=10, doubt=False, state="passed" if case.stamps else "skipped")
        if "twin" in case.found:
            doubts_of_twin, unchecked = _check_twin(case, trusted)
            if doubts_of_twin:
                done(doubts_of_twin, number=11)
            else:
                done(unchecked, number=11, doubt=False, state="passed" if case.twin else "skipped")
    except _Broken as bad:
        late = {"timestamps": 10, "twin": 11}.get(re.split(r"[.\[]", bad.where)[0], 0)
        done([bad.reason], state="failed", number=late)
        return Verdict(BROKEN, bad.where, (bad.reason,), tuple(steps), (), (), {}, case.demo)
    demo = case.demo or bool(trusted and trusted.demo)
    proves, outcome = ((), NOT_TRUSTED) if doubts else (_proves(case), TRUSTED)
    not_proven = _not_proven(case, demo=demo)
    return Verdict(outcome, None, tuple(doubts), tuple(steps), proves, not_proven, _facts(case), demo)


def told(verdict: Verdict) -> list[tuple[Two, str]]:
    """The facts of a verdict under the words for them, in both languages."""
    parts = ((name.partition("."), value) for name, value in verdict.facts.items())
    return [
        (_WORDS.get(f"ref {name}") or _say(f"fact {kind}", name=name), value)
        for (kind, _, name), value in parts
    ]


def report(verdict: Verdict, lang: str) -> str:
    """The verdict for people, in ``zh`` or ``en``."""

    def say(key: str, /, **values: object) -> str:
        return _say(key, **values)[lang != "zh"]

    lines, colon = [say("no receipt" if verdict.unread else verdict.outcome)], "：" if lang == "zh" else ": "
    lines += [say("demo mark")] if verdict.demo else []
    lines += [say("place", where=verdict.where)] if verdict.where else []
    lines += [f"  - {reason[lang != 'zh']}" for reason in verdict.reasons]
    lines += [
        "",
        *(f"{step.number}. {step.name[lang != 'zh']}{colon}{say(step.state)}" for step in verdict.steps),
    ]
    aside = [note for step in verdict.steps for note in step.notes if note not in verdict.reasons]
    lines += [f"  - {note[lang != 'zh']}" for note in aside]
    for title, sentences in (("it proves", verdict.proves), ("not proven", verdict.not_proven)):
        if sentences:
            lines += ["", say(title), *(f"  - {sentence[lang != 'zh']}" for sentence in sentences)]
    lines += (
        ["", *(f"{name[lang != 'zh']}{colon}{value}" for name, value in told(verdict))]
        if verdict.facts
        else []
    )
    # What stands in a receipt was written by others: no control character of theirs reaches the terminal.
    return "".join(c if c == "\n" or c.isprintable() else "\ufffd" for c in "\n".join(lines)) + "\n"


def _read(path: Path | None, limit: int) -> bytes | None:
    if path is None:
        return None
    with path.open("rb") as stream:
        return stream.read(limit + 1)


def language(words: list[str]) -> str:
    """``zh`` or ``en``: what ``--lang`` says, else ``FEIYU_LANG``, else the locale."""
    said = [after for word, after in pairwise(words) if word == "--lang"]
    said += [word.removeprefix("--lang=") for word in words if word.startswith("--lang=")]
    named = (os.environ.get(name, "") for name in ("FEIYU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    return "zh" if next(filter(None, [*said, *named]), "").lower().startswith("zh") else "en"


class Parser(argparse.ArgumentParser):
    """A command line that says in the reader's language how it is used, and what is wrong with it."""

    def __init__(self, *, lang: str | None = None, **told: Any) -> None:
        super().__init__(**told)
        self.lang = lang or language(sys.argv[1:])

    def _said(self, english: str) -> str:
        return _chinese(english, USAGE) if self.lang == "zh" else english

    def format_usage(self) -> str:
        """How it is used, in short."""
        return self._said(super().format_usage())

    def format_help(self) -> str:
        """How it is used."""
        return self._said(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Say what is wrong, and how it is used."""
        self.print_usage(sys.stderr)
        self.exit(
            EXIT_USAGE, f"{self.prog}{'：' if self.lang == 'zh' else ': error: '}{self._said(message)}\n"
        )


def main(arguments: list[str] | None = None, prog: str = "feiyu-verify") -> int:
    """The command line; 0 trusted, 1 broken, 2 wrong use, 3 intact but not trusted."""
    words = sys.argv[1:] if arguments is None else arguments
    lang = language(words)

    def say(key: str) -> str:
        return _say(key)[lang != "zh"]

    parser = Parser(lang=lang, prog=prog, description=say("help all"))
    parser.add_argument("receipt", type=Path, help=say("help receipt"))
    parser.add_argument("--trust", type=Path, metavar="FILE", help=say("help trust"))
    parser.add_argument("--manifest", type=Path, metavar="FILE", help=say("help manifest"))
    parser.add_argument("--manifest-signature", type=Path, metavar="FILE", help=say("help signature"))
    parser.add_argument("--data", "--chunks", dest="data", type=Path, metavar="PATH", help=say("help data"))
    parser.add_argument("--lang", choices=("zh", "en"), default=lang, help=say("help lang"))
    parser.add_argument("--json", action="store_true", help=say("help json"))
    given = parser.parse_args(words)
    try:
        verdict = verify_receipt(
            _read(given.receipt, MAX_RECEIPT_BYTES) or b"",
            trust=_read(given.trust, MAX_TRUST_BYTES),
            manifest=_read(given.manifest, MAX_MANIFEST_BYTES),
            manifest_signature=_read(given.manifest_signature, 4096),
            chunks=given.data,
        )
    except FileNotFoundError as bad:
        sys.stderr.write(_say("no file", why=bad.filename)[given.lang != "zh"] + "\n")
        return EXIT_USAGE
    except TrustError as bad:
        other = given.lang != "zh"
        sys.stderr.write(_say("bad trust file", why=bad.reason[other])[other] + "\n")
        return EXIT_USAGE
    except OSError as bad:
        why = {errno.EISDIR: _say("is folder"), errno.EACCES: _say("may not read")}.get(
            bad.errno or 0, bad.strerror
        )
        sys.stderr.write(_say("bad file", name=bad.filename or "-", why=why)[given.lang != "zh"] + "\n")
        return EXIT_USAGE
    found = json.dumps(verdict.as_dict(), ensure_ascii=False, indent=1) + "\n" if given.json else None
    sys.stdout.write(found or report(verdict, given.lang))
    return verdict.exit_code


if __name__ == "__main__":
    sys.exit(main())
