"""Refusals of the edge."""

from feiyu.base.errors import BadInput, Conflict, Forbidden, NotFound, TooLarge, Unavailable
from feiyu.base.text import Text


class OutsideSources(BadInput):
    """A path that this edge may not read."""

    code = "EDGE-0001"
    message = Text(
        "文件不在本侧允许读取的目录内：{path}", "The file is outside the folders this edge may read: {path}"
    )
    hint = Text(
        "请把文件放入 {folder}，或由运维增加目录。",
        "Put it into {folder}, or have the operator add a folder.",
    )


class ManyTables(BadInput):
    """A source with several tables is sent one table at a time."""

    code = "EDGE-0002"
    message = Text("{name} 含有多张表，请逐表传输。", "{name} holds several tables; send them one by one.")
    hint = Text("请将每张工作表另存为单独的文件。", "Save each sheet as a file of its own.")


class ForgedGrant(BadInput):
    """A grant that the port's pinned key did not sign, or that is not for this edge."""

    code = "EDGE-0003"
    message = Text("授权 {grant} 未通过核验：{reason}", "Grant {grant} does not verify: {reason}")
    hint = Text("请勿传输，并联系服务中心核对。", "Do not send; check with the service centre.")


class RecipientUnpinned(BadInput):
    """The grant names a recipient key that this exporter did not confirm itself."""

    code = "EDGE-0010"
    message = Text(
        "授权中的接收方密钥未经本单位核对：{recipient}，指纹 {fingerprint}",
        "This exporter has not confirmed the recipient's key in the grant: {recipient}, fingerprint {fingerprint}",
    )
    hint = Text(
        "请通过电话或当面与接收方逐组核对指纹，一致后在本侧登记；不一致即密钥可能被调换，请勿传输。",
        "Compare the fingerprint with the recipient by telephone or in person, then pin it here. If it differs the key may have "
        "been swapped: do not send.",
    )


class FieldMissing(BadInput):
    """The source lacks a field that the grant names."""

    code = "EDGE-0004"
    message = Text("数据中没有授权所列字段：{fields}", "The data lack fields that the grant names: {fields}")
    hint = Text("请核对文件与授权；字段名须一致。", "Compare the file with the grant; the names must agree.")


class NothingLeft(BadInput):
    """After stripping, no field is left to send."""

    code = "EDGE-0005"
    message = Text("剥离后没有可传输的字段。", "After stripping, no field is left to send.")
    hint = Text("请核对授权范围。", "Look at what the grant covers.")


class NotHeld(Conflict):
    """A decision for a run that waits for none."""

    code = "EDGE-0006"
    message = Text(
        "传输 {run} 目前为“{state}”，无需决定。", "Run {run} is {state}; it waits for no decision."
    )
    hint = Text("请刷新后查看。", "Reload and look.")


class TooLateToCut(Conflict):
    """A run that is sealed and on its way to the port, or that a break-glass handed out."""

    code = "EDGE-0013"
    message = Text(
        "传输 {run} 已经封存并交出，本侧不能再中止。",
        "Run {run} is sealed and out of this edge's hands; it cannot be cut here.",
    )
    hint = Text(
        "如需阻止接收方取得密钥，请在数据港撤销传输授权。",
        "To keep the key from the recipient, revoke the grant at the port.",
    )


class NoCount(BadInput):
    """Identifiers are damaged, so that no exact count of persons exists."""

    code = "EDGE-0007"
    message = Text(
        "无法准确计数自然人，受损字段：{fields}",
        "Persons cannot be counted exactly; damaged fields: {fields}",
    )
    hint = Text(
        "请从源系统重新导出这些字段（避免以数值格式保存证件号）。",
        "Export these fields again from the source system, not as numbers.",
    )


class AnswerIsMeasured(BadInput):
    """An answer was given for a fact that the scan and the ledger measure."""

    code = "EDGE-0011"
    message = Text(
        "以下事实由扫描与台账得出，不能由人填写：{facts}",
        "These facts are measured and cannot be answered: {facts}",
    )
    hint = Text("请从回答中去掉这些项。", "Leave them out of the answers.")


class ChangedMeanwhile(Conflict):
    """The file was changed while it was scanned."""

    code = "EDGE-0012"
    message = Text("扫描期间文件被改动：{name}", "The file was changed while it was scanned: {name}")
    hint = Text("请待写入完成后重新扫描。", "Scan again once writing has ended.")


class UnknownRun(NotFound):
    """No such run on this edge."""

    code = "EDGE-0008"
    message = Text("本侧没有传输 {ident}。", "This edge has no run {ident}.")
    hint = Text("请核对编号。", "Check the id.")


class Cut(Conflict):
    """The run was cut."""

    code = "EDGE-0009"
    message = Text("传输已中止：{ground}", "The transfer was cut: {ground}")
    hint = Text("处理原因后重新发起。", "Deal with the ground, then start anew.")


class OpeningThere(Conflict):
    """The year has its opening balance already."""

    code = "EDGE-0050"
    message = Text(
        "{year} 年已有期初余额 {entry}。", "The year {year} has its opening balance already: {entry}"
    )
    hint = Text("如需更改，请先冲销原记录。", "To change it, reverse the first entry.")


class EntryReversed(Conflict):
    """An entry that is, or was, reversed cannot be reversed again."""

    code = "EDGE-0051"
    message = Text(
        "记录 {entry} 已被冲销，或本身就是冲销。",
        "Entry {entry} was reversed already, or is a reversal itself.",
    )
    hint = Text("如需恢复，请另行登记。", "To bring it back, enter it anew.")


class GroupKeyTaken(Conflict):
    """This edge holds another group's counting key."""

    code = "EDGE-0052"
    message = Text(
        "本侧已登记关联处理者“{group}”的计数密钥。",
        "This edge already holds the counting key of the group {group}.",
    )
    hint = Text(
        "一个处理者同一年度只能属于一个关联组；请核对密钥。",
        "A handler belongs to one group a year; compare the keys.",
    )


class NoGroup(Conflict):
    """Related handlers were asked about, but no group is declared here."""

    code = "EDGE-0053"
    message = Text("本侧没有登记关联处理者。", "No group of related handlers is declared at this edge.")
    hint = Text(
        "请先用 feiyu ledger group join 登记该组的计数密钥。",
        "Keep the group's key first: feiyu ledger group join.",
    )


class BadGroupFile(BadInput):
    """A union file of related handlers cannot be opened or is of another group or year."""

    code = "EDGE-0054"
    message = Text("合并文件 {name} 无法使用：{reason}", "The union file {name} cannot be used: {reason}")
    hint = Text(
        "请由对方以同一组、同一年度的密钥重新导出。", "Have it written again under the same group and year."
    )


class BadSheet(BadInput):
    """Cells of a table to import are wrong; nothing was entered."""

    code = "EDGE-0055"
    message = Text(
        "{name} 有 {count} 处有误：{cells}", "{name}: {count} {count?cell is:cells are} wrong: {cells}"
    )
    hint = Text(
        "请按所列单元格改正后重新导入；一处有误则全部不登记。",
        "Correct the cells and import again; with one wrong cell nothing is entered.",
    )


class ForgedLease(BadInput):
    """A lease that the port's pinned key did not sign, or that is not for this edge or grant."""

    code = "EDGE-0060"
    message = Text("离线租约 {lease} 未通过核验：{reason}", "Lease {lease} does not verify: {reason}")
    hint = Text("请勿使用，并联系服务中心核对。", "Do not use it; check with the service centre.")


class ForgedChallenge(BadInput):
    """A spot check that the port's pinned key did not sign, or that does not fit this ledger."""

    code = "EDGE-0063"
    message = Text(
        "抽查 {challenge} 未通过核验：{reason}", "Spot check {challenge} does not verify: {reason}"
    )
    hint = Text("请勿作答，并联系服务中心核对。", "Do not answer; check with the service centre.")


class LeaveOver(Conflict):
    """A run outside what its lease or break-glass allows."""

    code = "EDGE-0061"
    message = Text("{leave} 不再允许继续：{reason}。", "{leave} allows nothing more: {reason}.")
    hint = Text("请待数据港恢复后重新发起。", "Start anew once the port is back in reach.")


class NothingToConfirm(Conflict):
    """A break-glass that waits for no second person."""

    code = "EDGE-0064"
    message = Text(
        "紧急放行 {glass} 无需确认：{reason}。", "Break-glass {glass} waits for no confirmation: {reason}."
    )
    hint = Text(
        "请用 feiyu break-glass list 查看状态；仍需放行的，重新申请。",
        "Look at its state with feiyu break-glass list; where it is still needed, ask anew.",
    )


class TwoPersonsWanted(Conflict):
    """The same person asked for a break-glass and confirmed it."""

    code = "EDGE-0062"
    message = Text(
        "紧急放行须由另一人确认。", "A break-glass is confirmed by another person than the one who asked."
    )
    hint = Text(
        "请由本单位另一名经办人登录后确认。", "Have another principal of this exporter sign in and confirm."
    )


class AnotherCopy(Conflict):
    """What the port hands out is not the copy that this edge sealed."""

    code = "EDGE-0080"
    message = Text(
        "数据港给出的传输批次 {transfer} 副本与本侧封存的不一致：{what}。",
        "The copy of transfer {transfer} that the port hands out is not the one sealed here: {what} differs.",
    )
    hint = Text(
        "请勿使用，保留存证凭证并联系服务中心；改用本侧保留的原文件核对。",
        "Do not use it; keep the receipts and tell the service centre. Compare with the source that is kept here.",
    )


class RemoteNotAllowed(Forbidden):
    """An address outside those that this edge may read."""

    code = "EDGE-0070"
    message = Text(
        "地址 {address} 不在允许读取的范围内。", "The address {address} is none that this edge may read."
    )
    hint = Text(
        "请由运维人员在 FEIYU_REMOTES 中列出该地址（以斜杠结尾表示其下全部）。",
        "Have the operator list it in FEIYU_REMOTES (ending in a slash, it stands for all below).",
    )


class TakeFailed(Unavailable):
    """A remote source could not be read to its end; nothing of it is kept."""

    code = "EDGE-0071"
    message = Text("未能取得 {address}：{reason}", "{address} could not be taken: {reason}")
    hint = Text(
        "请检查网络、账号与磁盘后重试；不完整的内容已删除。",
        "Check network, account and disk, then try again; what was incomplete is gone.",
    )


class TakeTooLarge(TooLarge):
    """A remote source is over the limit of size."""

    code = "EDGE-0072"
    message = Text("{address} 超过上限 {limit} 字节。", "{address} is over the limit of {limit} bytes.")
    hint = Text("请缩小查询范围或分批取得。", "Narrow the query, or take it in parts.")


class TooManyFiles(TooLarge):
    """A folder holds more files than are sent at once."""

    code = "EDGE-0073"
    message = Text(
        "文件夹 {path} 中的文件超过 {limit} 个。", "The folder {path} holds more than {limit} files."
    )
    hint = Text("请分成几个文件夹发送。", "Send it as several folders.")


class BadFinding(BadInput):
    """A finding does not say what it must."""

    code = "EDGE-0090"
    message = Text("认定内容有误：{reason}。", "The finding is wrong: {reason}.")
    hint = Text(
        "认定写明级别与依据：被告知或已公布的，写明目录条目、文号、发文机关和日期；自行认定的，写明理由。",
        "A finding names level and basis: notified or published, with catalogue item, number, issuer and date; one's own, with the reason.",
    )
