"""Refusals of the scan. Codes SCAN-00xx belong to this file, SCAN-01xx to the readers."""

from feiyu.base.errors import BadInput, Conflict, Unavailable
from feiyu.base.text import Text


class BadProfile(BadInput):
    """A profile document has not the shape this version reads."""

    code = "SCAN-0001"
    message = Text("扫描结果文件无法读取：{reason}。", "The profile document cannot be read: {reason}.")
    hint = Text("请用当前版本重新扫描原文件。", "Scan the source again with this version.")


class UnknownType(BadInput):
    """A semantic type id is not in the list."""

    code = "SCAN-0002"
    message = Text("没有名为 {type} 的语义类型。", "There is no semantic type named {type}.")
    hint = Text("用 feiyu types 查看全部语义类型。", "List all semantic types with feiyu types.")


class BadTypes(BadInput):
    """The list of semantic types, or a user's addition to it, is wrong."""

    code = "SCAN-0003"
    message = Text(
        "语义类型定义 {entry} 有误：{reason}。", "The semantic type entry {entry} is wrong: {reason}."
    )
    hint = Text("请对照 types.yaml 中的同类条目修改。", "Compare it with a similar entry in types.yaml.")


class BadRun(BadInput):
    """A file of person digests is damaged, or is of another version."""

    code = "SCAN-0004"
    message = Text(
        "人数台账文件 {name} 无法读取：{reason}。", "The person run {name} cannot be read: {reason}."
    )
    hint = Text(
        "请从备份恢复该文件，或重新统计原数据。", "Restore the file from a backup or count the source again."
    )


class OtherKey(Conflict):
    """Runs made under different counting keys cannot be counted together."""

    code = "SCAN-0005"
    message = Text(
        "人数台账文件 {name} 使用了另一个计数密钥。",
        "The person run {name} was made under another counting key.",
    )
    hint = Text("只合并同一计数密钥下的台账。", "Only count runs together that share one counting key.")


class ShortKey(BadInput):
    """A counting key is too short to be one."""

    code = "SCAN-0006"
    message = Text(
        "计数密钥至少需要 16 字节，现为 {size} 字节。",
        "A counting key needs at least 16 bytes, this has {size}.",
    )
    hint = Text("请由密钥库生成计数密钥。", "Let the keystore make the counting key.")


class OtherFields(BadInput):
    """A batch has not the columns the scan was started for."""

    code = "SCAN-0007"
    message = Text(
        "数据批次的列 {got} 与预期 {expected} 不一致。", "The batch has columns {got}, expected {expected}."
    )
    hint = Text(
        "请检查数据源各部分的表头是否一致。", "Check that all parts of the source have the same header."
    )


class WorkerLost(Unavailable):
    """A process that scanned a part ended before it was done: killed, or out of memory."""

    code = "SCAN-0008"
    message = Text(
        "扫描 {name} 的一个工作进程中途结束（被终止，或内存不足）。",
        "A process that scanned a part of {name} ended before it was done: killed, or out of memory.",
    )
    hint = Text(
        "请减少进程数（如 --on cores:2），或不带 --on 重新扫描。",
        "Take fewer processes (such as --on cores:2), or scan again without --on.",
    )


class UnknownWorkers(BadInput):
    """Nobody is known by this name to share a scan out among."""

    code = "SCAN-0009"
    message = Text("不能把扫描分给 {on}。", "A scan cannot be shared out among {on}.")
    hint = Text(
        "可用：cores（本机各核）、cores:4（1 至 256 个进程）、ray、auto、ray:// 加集群地址。",
        "There are: cores (all of this machine), cores:4 (1 to 256 processes), ray, auto, ray:// and the address of a cluster.",
    )
