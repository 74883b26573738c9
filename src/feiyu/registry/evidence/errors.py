"""Refusals of the evidence room."""

from feiyu.base.errors import BadInput, Conflict
from feiyu.base.text import Text


class BadInterval(BadInput):
    """A network edge's interval does not follow the one before it."""

    code = "REG-0150"
    message = Text(
        "来源 {source} 的计量区间不正确：{reason}", "The interval of {source} is not acceptable: {reason}"
    )
    hint = Text(
        "每个来源的区间首尾相接，既无空缺也不重叠；请从上一区间的终点接着报送。",
        "A source's intervals follow one another without gap or overlap; go on from the end of the last one.",
    )


class AlarmClosed(Conflict):
    """The alarm is closed already."""

    code = "REG-0151"
    message = Text("告警 {alarm} 已经关闭。", "Alarm {alarm} is closed already.")
    hint = Text("请刷新列表。", "Load the list again.")


class BadAlarm(BadInput):
    """A reported alarm is not one."""

    code = "REG-0152"
    message = Text("告警内容不正确：{reason}", "The alarm is not acceptable: {reason}")
    hint = Text("请使用 feiyu log monitor --report 报送。", "Report with feiyu log monitor --report.")


class AlreadyErased(Conflict):
    """The event's body was erased before."""

    code = "REG-0153"
    message = Text("事件 {event} 的正文已经销毁。", "The body of event {event} was erased before.")
    hint = Text("凭证仍可证明该条目存在。", "A receipt still proves that the entry exists.")


class CannotErase(Conflict):
    """The event must keep its body."""

    code = "REG-0154"
    message = Text(
        "事件 {event} 的正文不能销毁：{reason}", "The body of event {event} cannot be erased: {reason}"
    )
    hint = Text("请在保存期届满后再试。", "Try again once it need not be kept any longer.")
