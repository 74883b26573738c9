"""Refusals of the papers engine."""

from feiyu.base.errors import BadInput, TooLarge, Unavailable
from feiyu.base.text import Text


class NoTypesetter(Unavailable):
    """The libraries that set documents are not installed."""

    code = "DOSS-0001"
    message = Text("未安装生成文档所需的组件：{name}。", "What sets documents is not installed: {name}.")
    hint = Text("请安装带文档功能的版本：pip install 'feiyu[documents]'。",
                "Install Feiyu with its documents: pip install 'feiyu[documents]'.")  # fmt: skip


class UnreadPaper(BadInput):
    """A paper that cannot be read, or may not be."""

    code = "DOSS-0002"
    message = Text("无法读取 {name}：{reason}", "{name} cannot be read: {reason}")
    hint = Text("请用常用办公软件重新另存为 DOCX、PDF 或 XLSX 后再试。",
                "Save it anew as DOCX, PDF or XLSX with a common office program and try again.")  # fmt: skip


class PaperTooLarge(TooLarge):
    """A paper beyond what is read."""

    code = "DOSS-0003"
    message = Text("{name} 超过上限：{reason}", "{name} is over a limit: {reason}")
    hint = Text(
        "请删去图片和无关内容，或拆分后再试。", "Leave out pictures and what does not matter, or split it."
    )


class SlowPaper(BadInput):
    """Reading took longer, or more memory, than is allowed."""

    code = "DOSS-0004"
    message = Text(
        "读取 {name} 超出了允许的时间或内存，已停止。",
        "Reading {name} took more time or memory than is allowed; it was stopped.",
    )
    hint = Text("该文件可能经过特殊构造。请向对方索取用常用办公软件另存的文件。",
                "The file may be a crafted one. Ask for one saved with a common office program.")  # fmt: skip


class ChangedPaper(BadInput):
    """A signed PDF was changed after its last signature."""

    code = "DOSS-0006"
    message = Text(
        "{name} 在最后一个签名之后追加的内容不只是签名的证明：{reason}",
        "What was appended to {name} after its last signature is more than proofs of it: {reason}",
    )
    hint = Text("请上传签署完成时的原文件；只接受追加文档时间戳和校验数据（PAdES-LTA）。",
                "Hand in the file as it was when it was signed; only document time stamps and validation data may follow (PAdES-LTA).")  # fmt: skip


class UnsureText(BadInput):
    """An official text that was not verified is not compared with."""

    code = "DOSS-0005"
    message = Text(
        "官方文本“{name}”未经核实，不作逐字比对。",
        "The official text {name} was not verified; it is not compared word for word.",
    )
    hint = Text("请由两人与官方发布页核对后，在数据中改为已核实。",
                "Have two people compare it with the official page, then mark it as verified in the data.")  # fmt: skip


class NoWords(BadInput):
    """A paper of pictures alone: there is nothing that a machine could compare."""

    code = "DOSS-0007"
    message = Text(
        "{name} 中没有文字，可能是扫描图像，无法比对。",
        "{name} has no words, perhaps because it is scanned; it cannot be compared.",
    )
    hint = Text(
        "请改用可以选取文字的 PDF 或 DOCX 比对；盖章扫描件在办件中作为签署原件添加，由人核对。",
        "Compare the PDF or DOCX with words that one can select; the scan goes to the filing as a signed original, for a person to look at.",
    )


class OtherPaper(BadInput):
    """A paper compared with an official text of which it has next to nothing."""

    code = "DOSS-0008"
    message = Text(
        "{name} 不是标准合同：官方文本 {fixed} 字，其中只有 {kept} 字相符。",
        "{name} is no standard contract: of {fixed} signs of official text it has {kept}.",
    )
    hint = Text(
        "请核对文件，或按其种类（申报表、报告、清单等）检查。",
        "Check the file, or check it as what it is: a form, a report, a list of items.",
    )
