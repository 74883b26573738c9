"""Refusals of users' own types."""

from feiyu.base.errors import BadInput
from feiyu.base.text import Text


class BadOwnTypes(BadInput):
    """A file of own types is wrong at a place."""

    code = "SCAN-0170"
    message = Text("自定义类型 {place} 有误：{reason}。", "The own types are wrong at {place}: {reason}.")
    hint = Text("写法见指南“自定义语义类型”。", "The guide on own types shows how they are written.")
