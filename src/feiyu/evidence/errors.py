"""What the evidence log refuses.

Codes LOG-0001 to LOG-0019 concern input, LOG-0020 to LOG-0039 the log itself, LOG-0040 to LOG-0049 witnesses, LOG-0050 to LOG-0059 time
stamps and further signatures, LOG-0060 to LOG-0069 signatures over papers.
"""

from typing import TypeVar

from feiyu.base.errors import BadInput, Conflict, FeiyuError, NotFound, Unavailable
from feiyu.base.text import Text

Refusal = TypeVar("Refusal", bound=FeiyuError)


def because(kind: type[Refusal], zh: str, en: str) -> Refusal:
    """A refusal with its reason."""
    return kind(reason=Text(zh, en))


class BadNote(BadInput):
    """The bytes are no signed note."""

    code = "LOG-0001"
    message = Text("签名文本格式不正确：{reason}", "This is not a signed note: {reason}")
    hint = Text(
        "请重新获取原始文件，不要编辑或转码。", "Fetch the original again; do not edit or re-encode it."
    )


class BadKey(BadInput):
    """The text is no key, or the key does not fit its name."""

    code = "LOG-0002"
    message = Text("密钥文本不正确：{reason}", "This is not a usable key: {reason}")
    hint = Text("请从密钥发布方重新复制整行。", "Copy the whole line again from whoever published the key.")


class UntrustedNote(BadInput):
    """A known key's signature fails, or no known key signed."""

    code = "LOG-0003"
    message = Text("签名文本未通过验证：{reason}", "The note does not verify: {reason}")
    hint = Text(
        "请核对信任文件中的密钥；若密钥无误，该文本不可信。",
        "Check the keys you trust; if they are right, do not trust this note.",
    )


class BadCheckpoint(BadInput):
    """The note's text is no checkpoint."""

    code = "LOG-0004"
    message = Text("检查点格式不正确：{reason}", "This is not a checkpoint: {reason}")
    hint = Text("请向日志重新获取检查点。", "Fetch the checkpoint from the log again.")


class BadTile(BadInput):
    """A tile path, a tile or an entry bundle is malformed."""

    code = "LOG-0005"
    message = Text("日志分块不正确：{reason}", "The tile is malformed: {reason}")
    hint = Text(
        "请重新获取该分块；若仍出错，请通知日志运营方。",
        "Fetch the tile again; if it stays so, tell the log's operator.",
    )


class BadPolicy(BadInput):
    """The witness policy cannot be read."""

    code = "LOG-0006"
    message = Text(
        "见证策略第 {line} 行不正确：{reason}", "The witness policy is wrong in line {line}: {reason}"
    )
    hint = Text("请按 tlog-policy 格式修改该行。", "Correct that line as tlog-policy says.")


class BadProof(BadInput):
    """The bytes are no proof, or the proof does not lead to the checkpoint."""

    code = "LOG-0007"
    message = Text("存证证明不正确：{reason}", "The proof is wrong: {reason}")
    hint = Text("请向日志重新获取该条目的证明。", "Fetch the proof of this entry from the log again.")


class BadEntry(BadInput):
    """A log entry or event body is malformed."""

    code = "LOG-0008"
    message = Text("存证条目不正确：{reason}", "The log entry is malformed: {reason}")
    hint = Text("请检查生成该条目的程序版本。", "Check the version of the program that made it.")


class BadReceipt(BadInput):
    """A receipt cannot be built or read from these parts."""

    code = "LOG-0009"
    message = Text("存证凭证的组成部分不一致：{reason}", "The parts of the receipt do not fit: {reason}")
    hint = Text(
        "请用同一事件的条目、盐值、正文和证明重新生成。",
        "Build it from entry, salt, body and proof of one event.",
    )


class BadTrust(BadInput):
    """A trust file is malformed."""

    code = "LOG-0010"
    message = Text("信任文件不正确：{reason}", "The trust file is wrong: {reason}")
    hint = Text("请从可信渠道重新取得信任文件。", "Obtain the trust file again over a channel you trust.")


class QuorumMissing(Unavailable):
    """Not enough witnesses have cosigned."""

    code = "LOG-0020"
    message = Text("见证签名不足，仅有：{have}。", "Too few witnesses have cosigned: only {have}.")
    hint = Text(
        "请检查见证节点是否在线，稍后重试。", "Check that the witnesses can be reached and try again."
    )


class HeadMoved(Conflict):
    """The stored head is not the one this writer extended: somebody else wrote, or an old copy was restored."""

    code = "LOG-0021"
    message = Text(
        "日志头已变化：期望 {expected}，实际 {found}。",
        "The log head has moved: expected {expected}, found {found}.",
    )
    hint = Text(
        "同一日志只能有一个写入方；请停止另一实例后重新打开。",
        "A log has one writer; stop the other one and open the log again.",
    )


class EntryGap(Conflict):
    """Entries were offered that do not begin where the log ends."""

    code = "LOG-0022"
    message = Text(
        "条目序号不连续：日志已有 {size} 条，提交从第 {first} 条开始。",
        "The entries leave a gap: the log has {size}, the batch begins at {first}.",
    )
    hint = Text("请从日志末尾开始重新提交。", "Submit again from the end of the log.")


class EntryChanged(Conflict):
    """An entry was offered again at its index with other bytes."""

    code = "LOG-0023"
    message = Text("第 {index} 条与已存证内容不同。", "Entry {index} differs from what the log holds.")
    hint = Text(
        "日志不可修改；请停止写入并由运维核查日记账。",
        "The log is never altered; stop writing and have the journal examined.",
    )


class LogDamaged(Unavailable):
    """What is stored contradicts itself; an operator must look before anything else is signed."""

    code = "LOG-0024"
    message = Text("日志存储不一致：{reason}", "The stored log contradicts itself: {reason}")
    hint = Text(
        "请停止写入，运行 feiyu log fsck 并从副本恢复。",
        "Stop writing, run feiyu log fsck and restore from a copy.",
    )


class LogForked(LogDamaged):
    """A witness has cosigned another history of this log: a copy was restored, or somebody else signs."""

    code = "LOG-0031"
    message = Text(
        "见证节点见过该日志的另一份历史：{reason}", "A witness has seen another history of this log: {reason}"
    )
    hint = Text(
        "请立即停止写入，核对见证节点保存的检查点与本地副本。",
        "Stop writing at once and compare the witness's checkpoint with your copies.",
    )


class StorageFailed(Unavailable):
    """The disk refused. After a failed write or flush nobody knows what reached it, so this process writes no more."""

    code = "LOG-0025"
    message = Text("日志存储读写失败：{reason}", "Reading or writing the log failed: {reason}")
    hint = Text(
        "请检查磁盘后重启进程，未确认的条目会自动重做。",
        "Check the disk and restart; unconfirmed entries are redone by themselves.",
    )


class LogBusy(Conflict):
    """Another process writes this log."""

    code = "LOG-0026"
    message = Text("该日志目录正被另一进程写入：{where}", "Another process writes this log: {where}")
    hint = Text("请先停止另一进程。", "Stop the other process first.")


class NotYetProven(Conflict):
    """The entry exists but no published checkpoint covers it."""

    code = "LOG-0027"
    message = Text(
        "第 {index} 条尚未被检查点覆盖（当前 {size} 条）。",
        "No published checkpoint covers entry {index} yet (it covers {size}).",
    )
    hint = Text("请稍后重试。", "Try again in a moment.")


class NoSuchEntry(NotFound):
    """The index lies beyond the log."""

    code = "LOG-0028"
    message = Text(
        "日志中没有第 {index} 条（共 {size} 条）。", "The log has no entry {index} (it has {size})."
    )
    hint = Text("请核对条目序号。", "Check the index.")


class LogUnreachable(Unavailable):
    """A served log does not answer."""

    code = "LOG-0030"
    message = Text("日志 {url} 无法访问：{reason}", "The log {url} cannot be reached: {reason}")
    hint = Text("请检查网络与日志地址。", "Check the network and the log's address.")


class BadLogAddress(BadInput):
    """What should be a log's or a witness's address is none."""

    code = "LOG-0075"
    message = Text("{address} 不是日志地址。", "{address} is no address of a log.")
    hint = Text(
        "请给出以 http:// 或 https:// 开头的地址，如 https://port.example/log。",
        "Give an address that begins with http:// or https://, such as https://port.example/log.",
    )


class BadMisbehaviour(BadInput):
    """The file does not prove what it says."""

    code = "LOG-0029"
    message = Text("该文件不能证明日志违规：{reason}", "The file does not prove misbehaviour: {reason}")
    hint = Text("请向监测方重新获取。", "Fetch it from the monitor again.")


class WitnessRefused(Conflict):
    """A witness answered and would not cosign."""

    code = "LOG-0040"
    message = Text(
        "见证节点 {witness} 拒绝签名（HTTP {status}）：{reason}",
        "Witness {witness} refused (HTTP {status}): {reason}",
    )
    hint = Text(
        "状态 409 或 422 可能表示日志分叉，请立即核查。",
        "Status 409 or 422 may mean a forked log; look at once.",
    )


class WitnessUnreachable(Unavailable):
    """A witness does not answer."""

    code = "LOG-0041"
    message = Text("见证节点 {witness} 无法访问：{reason}", "Witness {witness} cannot be reached: {reason}")
    hint = Text("请检查网络与见证节点地址。", "Check the network and the witness's address.")


class WitnessStateDamaged(Unavailable):
    """The witness's own memory cannot be read; it must not sign."""

    code = "LOG-0042"
    message = Text("见证节点状态损坏：{where}", "The witness's state is damaged: {where}")
    hint = Text(
        "请从备份核对后恢复，切勿直接删除。",
        "Restore it after comparing with a copy; do not simply delete it.",
    )


class BadTimeStamp(BadInput):
    """The bytes are no time stamp, or one over something else."""

    code = "LOG-0050"
    message = Text("时间戳不正确：{reason}", "The time stamp is not usable: {reason}")
    hint = Text("请核对时间戳机构的地址与证书。", "Check the authority's address and certificate.")


class SmMissing(Unavailable):
    """SM2 is wanted and the extra is not installed."""

    code = "LOG-0052"
    message = Text("此处未安装 SM2 支持。", "SM2 is not available here.")
    hint = Text("请安装附加组件：pip install 'feiyu[sm]'。", "Install the extra: pip install 'feiyu[sm]'.")


class StampRefused(Unavailable):
    """The time-stamp authority gives no token."""

    code = "LOG-0051"
    message = Text(
        "时间戳机构 {url} 未签发时间戳：{reason}", "The time-stamp authority {url} gives no token: {reason}"
    )
    hint = Text("日志照常运行，稍后自动重试；请检查网络与该机构的服务。",
                "The log goes on and asks again later; check the network and the authority's service.")  # fmt: skip


class BadCms(BadInput):
    """The file is no signature that can be checked here."""

    code = "LOG-0060"
    message = Text("签名文件无法核验：{reason}", "The signature file cannot be checked: {reason}")
    hint = Text(
        "请导出分离式 CMS（PKCS #7）签名，DER 编码（不是 PEM），单一签名人；否则请改为上传盖章扫描件。",
        "Export a detached CMS (PKCS #7) signature in DER (not PEM) by one signer; else hand in a scan of the stamped original.",
    )


class PaperDiffers(BadInput):
    """The signature is over another file."""

    code = "LOG-0061"
    message = Text(
        "签名针对另一文件（摘要 {found}），不是这份材料（{paper}）。",
        "The signature is over another file (digest {found}), not this paper ({paper}).",
    )
    hint = Text("请对所上传的同一文件重新签名。", "Sign the very file that was handed in.")


class PaperSignatureFails(BadInput):
    """The signature does not hold under the certificate."""

    code = "LOG-0062"
    message = Text("{subject} 的签名不成立。", "The signature of {subject} does not hold.")
    hint = Text("请重新签名并导出。", "Sign and export again.")


class SignerUntrusted(BadInput):
    """The certificate leads to no authority that is trusted here."""

    code = "LOG-0063"
    message = Text(
        "{subject} 的证书不出自此处信任的认证机构。",
        "The certificate of {subject} leads to no authority that is trusted here.",
    )
    hint = Text(
        "请使用 FEIYU_SIGNING_AUTHORITIES 所列机构签发的证书，或请运营方核实后加入该机构。",
        "Use a certificate of an authority in FEIYU_SIGNING_AUTHORITIES, or ask the operator to look at yours and add it.",
    )


class SignerExpired(BadInput):
    """A certificate of the chain was not valid when it was signed, or is not now."""

    code = "LOG-0064"
    message = Text(
        "{subject} 的证书或其签发者的证书在 {at} 不在有效期内（{since} 至 {until}）。",
        "The certificate of {subject}, or of its issuer, was not valid on {at} ({since} to {until}).",
    )
    hint = Text(
        "请用有效证书重新签名，或改为上传盖章扫描件。",
        "Sign with a valid certificate, or hand in a scan of the stamped original.",
    )


class SignerRevoked(BadInput):
    """A certificate of the chain was revoked by the time it was signed, or may have been."""

    code = "LOG-0065"
    message = Text(
        "{subject} 的证书自 {since} 起已被吊销（{reason}），依据 {made} 的吊销列表。",
        "The certificate of {subject} was revoked as of {since} ({reason}), by the list of {made}.",
    )
    hint = Text(
        "请用未吊销的证书重新签名。若签名早于吊销，须附可信时间戳方能证明。",
        "Sign with a certificate that is not revoked. That it was signed before is shown by a trusted time stamp only.",
    )


class BadRevocationList(BadInput):
    """The file is no list of revoked certificates that can be used here."""

    code = "LOG-0066"
    message = Text(
        "证书吊销列表不可用：{reason}", "The list of revoked certificates cannot be used: {reason}"
    )
    hint = Text(
        "请向认证机构取得其直接签发的完整列表（或按分发点划分的列表）。",
        "Take the authority's own complete list, or its list for the certificate's distribution point.",
    )


class ListRefused(Unavailable):
    """The place of a list does not give one."""

    code = "LOG-0067"
    message = Text("{url} 未提供可用的吊销列表：{reason}", "{url} gives no list that can be used: {reason}")
    hint = Text(
        "请检查网络与地址；已有的列表保持不变。",
        "Check the network and the address; the list that is there was left as it was.",
    )


class BadSignedPdf(BadInput):
    """The PDF holds no signature that can be checked here, or one that is not what it seems."""

    code = "LOG-0068"
    message = Text("PDF 中的签名无法核验：{reason}", "The signature in the PDF cannot be checked: {reason}")
    hint = Text(
        "请上传签署平台导出的原文件，勿另存或编辑；其他种类的电子印章请作为 eseal 提交。",
        "Hand in the very file that the signing platform gave out, not saved anew; an e-seal of another kind goes as eseal.",
    )


class PdfGoesOn(BadInput):
    """Bytes were appended to the PDF after its last signature; nobody signed them."""

    code = "LOG-0069"
    message = Text(
        "PDF 在最后一个签名之后又追加了 {more} 字节（签名覆盖 {signed} 字节，文件共 {size} 字节），追加内容无人签名。",
        "The PDF goes on for {more} {more?byte:bytes} after its last signature (which covers {signed} of {size}); nobody signed those.",
    )
    hint = Text(
        "请上传签署完成时的原文件；后来的批注、填写或另存都会追加内容。",
        "Hand in the file as it was when it was signed: notes, filling in and saving anew append to it.",
    )


class BadOfd(BadInput):
    """The OFD is none, or its seals are not what they seem."""

    code = "LOG-0070"
    message = Text("OFD 中的签章无法核验：{reason}", "The seals in the OFD cannot be checked: {reason}")
    hint = Text(
        "请上传签章平台导出的原文件，勿另存或编辑；其他种类的电子印章请作为 eseal 提交。",
        "Hand in the very file that the sealing platform gave out, not saved anew; an e-seal of another kind goes as eseal.",
    )


class SealedFileDiffers(BadInput):
    """A file of the package is not what was sealed."""

    code = "LOG-0071"
    message = Text(
        "包内文件 {name} 与签章 {seal} 所保护的不一致，或未受其保护。",
        "The file {name} in the package is not what the seal {seal} is over, or stands outside of it.",
    )
    hint = Text(
        "请上传盖章完成时的原文件；后来的批注、附件或另存都不在签章之下。",
        "Hand in the file as it was when it was sealed: notes, attachments and saving anew are not under the seal.",
    )


class BadSeal(BadInput):
    """The value of a seal is not one that can be checked here."""

    code = "LOG-0072"
    message = Text("签章数据无法核验：{reason}", "The seal cannot be checked: {reason}")
    hint = Text(
        "请用符合 GB/T 38540 的印章（SM2、SM3）重新盖章，或作为 eseal 提交（不核验）。",
        "Seal again with a seal of GB/T 38540 (SM2, SM3), or hand it in as eseal, which is not checked.",
    )


class SealOverOther(BadInput):
    """The seal is over another description than the one beside it."""

    code = "LOG-0073"
    message = Text(
        "签章针对其他内容（摘要 {told}），不是这份文件（{found}）。",
        "The seal is over something else (digest {told}), not this file ({found}).",
    )
    hint = Text("请上传盖章完成时的原文件。", "Hand in the file as it was when it was sealed.")


class SealExpired(BadInput):
    """The seal was not valid when it was used."""

    code = "LOG-0074"
    message = Text(
        "印章“{seal}”在 {at} 不在有效期内（{since} 至 {until}）。",
        "The seal {seal} was not valid on {at} ({since} to {until}).",
    )
    hint = Text("请用有效的印章重新盖章。", "Seal again with a seal that is valid.")
