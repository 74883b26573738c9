"""Refusals of the port."""

from feiyu.base.errors import BadInput, Conflict, Forbidden, Unavailable
from feiyu.base.text import Text


class NoBasis(Conflict):
    """A grant was asked for where no basis carries it."""

    code = "PORT-0001"
    message = Text(
        "场景 {scenario} 没有有效的出境依据。",
        "Scenario {scenario} has no valid basis.",
    )
    hint = Text(
        "请先办理相应手续，由登记人登记出境依据并由另一人复核；或按最小必要建议减少数据项后重新判定。",
        "Complete the procedure, have the basis entered and checked by a second person; or take the least-data advice and "
        "determine again.",
    )


class SecondPersonWanted(Forbidden):
    """A basis must be checked by somebody other than who entered it."""

    code = "PORT-0002"
    message = Text(
        "出境依据须由登记人以外的人员复核。",
        "A basis is checked by somebody other than the person who entered it.",
    )
    hint = Text("请由服务中心的另一名人员复核。", "Have another member of the service centre check it.")


class OutsideBasis(Conflict):
    """The grant asked for does not lie wholly inside its basis."""

    code = "PORT-0003"
    message = Text(
        "申请的授权超出出境依据：{reasons}", "The grant asked for goes beyond its basis: {reasons}"
    )
    hint = Text(
        "请缩小申请范围，或先取得覆盖该范围的出境依据。", "Ask for less, or obtain a basis that covers it."
    )


class OutsideGrant(Conflict):
    """What the transfer wants to release is not covered by its grant."""

    code = "PORT-0004"
    message = Text(
        "传输批次 {transfer} 超出授权：{reasons}",
        "Transfer {transfer} goes beyond its grant: {reasons}",
    )
    hint = Text(
        "传输已停止，未放行。请核对授权与内容。",
        "It has stopped and nothing was released. Compare the grant with the content.",
    )


class DoesNotReplay(Conflict):
    """The determination handed in does not follow from its facts by the rulebook in force here."""

    code = "PORT-0005"
    message = Text(
        "路径判定与规则库复算不一致：提交 {given}，复算 {found}。",
        "The determination does not replay: {given} was handed in, the rulebook here answers {found}.",
    )
    hint = Text("请更新规则库后重新判定。", "Update the rulebook and determine again.")


class WrongRoute(Conflict):
    """The route does not lead where the caller wants to go."""

    code = "PORT-0006"
    message = Text(
        "路径判定为 {route}，不适用“{wanted}”。", "The determination is {route}; {wanted} does not apply."
    )
    hint = Text("请按路径判定列出的选项办理。", "Take one of the options that the determination lists.")


class NotDisclosed(Conflict):
    """What is handed in is examined by the service centre, to which its scenario is not disclosed."""

    code = "PORT-0015"
    message = Text(
        "场景 {scenario} 未向服务中心披露，不能在此提交办件。",
        "Scenario {scenario} is not disclosed to the service centre, so nothing can be handed in for it here.",
    )
    hint = Text(
        "请先在台账中把披露范围改为“服务中心与主管部门”，或按规定直接向主管部门申报。",
        "Change in the register to whom it is disclosed to the service centre and the authority, or file with the authority itself.",
    )


class TransferState(Conflict):
    """The transfer is not in a state that allows this."""

    code = "PORT-0007"
    message = Text("传输批次 {transfer} 目前为“{state}”。", "Transfer {transfer} is now “{state}”.")
    hint = Text(
        "请查看传输详情；已中止的传输需重新发起。",
        "Look at the transfer; one that was cut must be started anew.",
    )


class TransferHeld(Unavailable):
    """Bytes of a transfer that waits for a person at the exporter; who sends them asks again, as of a port that is busy."""

    code = "PORT-0016"
    message = Text(
        "传输批次 {transfer} 待核，暂不接收内容。",
        "Transfer {transfer} is held; its bytes are not taken meanwhile.",
    )
    hint = Text("出境方决定后自动继续。", "It goes on by itself once its exporter has decided.")


class ManifestDiffers(BadInput):
    """The manifest does not agree with the grant or with the bytes that arrived."""

    code = "PORT-0008"
    message = Text("传输清单不一致：{field}", "The manifest does not agree: {field}")
    hint = Text("未登记该清单。请由出境侧重新生成。", "It was not recorded. Have the edge produce it again.")


class NotYetProven(Conflict):
    """The sealing of the transfer is not yet in a witnessed checkpoint, so its key is not released."""

    code = "PORT-0009"
    message = Text(
        "传输批次 {transfer} 的存证尚未经见证。", "Transfer {transfer} is not yet in a witnessed checkpoint."
    )
    hint = Text(
        "请在数秒后重试；若持续出现，请检查见证节点。",
        "Try again in a few seconds; if it persists, look at the witness.",
    )


class FiledAlready(Conflict):
    """The same determination was filed already."""

    code = "PORT-0010"
    message = Text("该路径判定已提交办件 {filing}。", "This determination was filed already as {filing}.")
    hint = Text("请在原办件上继续办理。", "Go on with that filing.")


class Revoked(Conflict):
    """The grant or basis behind a transfer was revoked."""

    code = "PORT-0011"
    http_status = 410
    message = Text("授权 {grant} 已撤销：{ground}", "Grant {grant} was revoked: {ground}")
    hint = Text(
        "传输已停止。请联系撤销人了解后续安排。",
        "The transfer has stopped. Ask whoever revoked it what follows.",
    )


class NotWrapped(Conflict):
    """The transfer is not wrapped to the key that is asked for."""

    code = "PORT-0012"
    message = Text(
        "传输批次 {transfer} 没有封装给密钥 {key}。", "Transfer {transfer} is not wrapped to the key {key}."
    )
    hint = Text(
        "请使用授权中固定的密钥；如需增加密钥，请由出口方以新的传输链路固定后重新发送。",
        "Use a key that the grant pins; for a further key, the exporter pins it in a new flow and sends again.",
    )


class Discarded(Conflict):
    """What was kept of a transfer has been destroyed."""

    code = "PORT-0013"
    http_status = 410
    message = Text(
        "传输批次 {transfer} 的密文已到保存期限并销毁。",
        "The sealed bytes of transfer {transfer} have reached the end of their keeping and were destroyed.",
    )
    hint = Text(
        "存证凭证仍可核验；如需数据，请由出口方重新发送。",
        "Its receipts still verify; if the data are needed, the exporter sends them again.",
    )


class NoSuchRange(BadInput):
    """A range was asked for that lies behind the end of the file."""

    code = "PORT-0014"
    http_status = 416
    message = Text("所求范围超出文件大小 {size} 字节。", "The range lies outside the file's {size} bytes.")
    hint = Text("文件可能已经下载完整；请核对大小。", "The file may be whole already; compare its size.")


class LeaseOver(Conflict):
    """A lease that can no longer be settled."""

    code = "PORT-0020"
    message = Text(
        "离线租约 {lease} 已不能结清：{state}。", "Lease {lease} can no longer be settled: {state}."
    )
    hint = Text(
        "封存于租约之下的数据不会放行；请重新发起传输。",
        "What was sealed under it is not released; start the transfer anew.",
    )


class ManyLeases(Conflict):
    """A grant has as many open leases as it may have."""

    code = "PORT-0021"
    message = Text(
        "授权 {grant} 已有 {limit} 份未结清的离线租约。",
        "Grant {grant} has {limit} open {limit?lease:leases} already.",
    )
    hint = Text("请先结清或退还不用的租约。", "Settle or give back those that are not used.")


class ChallengeUnproven(Conflict):
    """A spot check is answered only after it stands in a published checkpoint."""

    code = "PORT-0030"
    message = Text(
        "抽查 {challenge} 尚未进入已发布的检查点。",
        "Spot check {challenge} is not yet in a published checkpoint.",
    )
    hint = Text(
        "请在数秒后重试；出境侧会自行取得并作答。",
        "Try again in a few seconds; the edge obtains and answers it by itself.",
    )


class NotAnOriginal(BadInput):
    """The file is not of the kind that it was said to be."""

    code = "PORT-0040"
    message = Text(
        "不是可接受的签署原件（{kind}）：{reason}",
        "Not an acceptable signed original ({kind}): {reason}",
    )
    hint = Text(
        "电子签名为分离式 CMS（DER）；扫描件为 PDF、JPEG、PNG；可核验的电子印章为 OFD，其他电子印章为 OFD、PDF 或 DER。",
        "A signature is detached CMS in DER; a scan is PDF, JPEG or PNG; an e-seal that is checked is OFD, any other OFD, PDF or DER.",
    )


class AuthoritiesMissing(Conflict):
    """The port's operator has named no authority under which a signature could hold."""

    code = "PORT-0041"
    message = Text("本数据港尚未指定信任的电子认证机构。", "This port trusts no certificate authority yet.")
    hint = Text(
        "请运营方设置 FEIYU_SIGNING_AUTHORITIES；此前可上传盖章扫描件。",
        "Ask the operator to set FEIYU_SIGNING_AUTHORITIES; until then hand in a scan of the stamped original.",
    )


class SignerMismatch(BadInput):
    """Somebody else's certificate."""

    code = "PORT-0042"
    message = Text(
        "签名人“{signer}”不是本办件的任何一方（{wanted}）。",
        "The signer “{signer}” is no party to this filing ({wanted}).",
    )
    hint = Text(
        "请用本单位证书签名；证书单位名称或统一社会信用代码须与登记一致。",
        "Sign with your organisation's own certificate; its organisation, or its unified social credit code, is that of the registration.",
    )
