"""Refusals of the journal."""

from feiyu.base.errors import BadInput, Conflict, Unavailable
from feiyu.base.text import Text


class UnknownEvent(BadInput):
    """Nobody registered an event type of that name."""

    code = "REG-0101"
    message = Text("未登记的事件类型：{type}。", "No such event type is registered: {type}.")
    hint = Text("事件类型须由所属模块先行登记。", "The room it belongs to registers it in its Part.")


class BadEvent(BadInput):
    """An event holds what its type does not allow, or lacks what it needs."""

    code = "REG-0102"
    message = Text(
        "事件 {type} 的内容不合规：{reason}", "The content of event {type} is not acceptable: {reason}"
    )
    hint = Text(
        "只记录该事件类型声明的字段；个人信息不得写入。",
        "Record only what its type declares; never personal data.",
    )


class EventTypeTaken(Conflict):
    """Two different event types were registered under one name."""

    code = "REG-0103"
    message = Text(
        "事件类型 {type} 已以不同定义登记。", "Event type {type} is registered already, and differently."
    )
    hint = Text("请为新的事件类型另取名称。", "Choose another name for the new event type.")


class BodyUnreadable(Unavailable):
    """An event body cannot be decrypted with the keys at hand."""

    code = "REG-0104"
    message = Text("无法解密事件 {event}：{reason}。", "Event {event} cannot be decrypted: {reason}.")
    hint = Text(
        "请恢复日记账密钥 {key}；没有该密钥则无法出具凭证。",
        "Restore journal key {key}; without it no receipt can be made.",
    )


class JournalBroken(Conflict):
    """The journal, the head and the log do not fit together."""

    code = "REG-0105"
    message = Text(
        "日记账与存证日志不一致：{reason}。", "The journal and the evidence log disagree: {reason}."
    )
    hint = Text(
        "已停止写入日志；请由运维核查备份与磁盘。",
        "The log is not written to any more; have backups and disks examined.",
    )


class ReplyMismatch(Conflict):
    """An idempotency key came back with another request."""

    code = "REG-0106"
    message = Text("幂等键 {key} 已用于另一请求。", "The idempotency key {key} was used for another request.")
    hint = Text(
        "重试须使用相同内容；新的请求请使用新的幂等键。",
        "Retry with the same content; a new request takes a new key.",
    )


class UnknownJob(BadInput):
    """Nobody handles jobs of that kind."""

    code = "REG-0107"
    message = Text("没有处理此类任务的模块：{kind}。", "Nobody handles jobs of this kind: {kind}.")
    hint = Text("请在所属模块登记该任务类型。", "Register the kind in the Part of its room.")


class NotPositive(BadInput):
    """A metered quantity is not a positive integer."""

    code = "REG-0108"
    message = Text(
        "计量值须为正整数：{unit} {quantity}。",
        "A metered quantity is a positive integer: {unit} {quantity}.",
    )
    hint = Text("更正请以冲销记录入账。", "A correction is a reversing record of its own.")
