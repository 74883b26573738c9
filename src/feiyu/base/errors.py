"""Refusals: the caller asked for something impossible or forbidden.

The tree (``code`` prefixes belong to rooms: BASE, STORE, SCAN, RULES, SEAL, LOG, WIRE, DOSS, REG, EDGE, PORT, CLI, SDK)::

    FeiyuError
    ├── BadInput         422  the input cannot be read or breaks a limit; nothing was changed
    │   ├── TooLarge     413  it is bigger than the stated limit
    │   ├── LengthWanted 411  its length is not stated, so its limit could not be kept
    │   └── NulCharacter 422  a text holds a NUL, which one of the two databases would take and the other not
    ├── Unauthenticated  401  no or bad credentials
    ├── Forbidden        403  known and visible, but not permitted
    ├── NotFound         404  does not exist, or not permitted even to know
    ├── Conflict         409  the state does not allow it now
    └── Unavailable      503  something this needs is out of reach; try again later

Rules this module keeps:
 * a decision is a value, never an exception; a fault (a bug) is not a ``FeiyuError``;
 * every class has a stable ``code``, a message and a hint (what to do next) in both languages, and typed values;
 * what a value says in words is a ``Text`` too, so that no sentence is half in one language; what comes from outside goes through
   ``feiyu.base.said``;
 * raising one has changed nothing.

An error class is data::

    class NoBasis(Conflict):
        code = "PORT-0003"
        message = Text("传输链路 {flow} 没有有效的出境依据。", "Flow {flow} has no valid basis.")
        hint = Text("先登记并复核出境依据。", "Enter a basis and have a second person check it first.")

    raise NoBasis(flow="flw_…")
"""

from typing import ClassVar

from feiyu.base.text import Lang, Text


class FeiyuError(Exception):
    """Root of all refusals. ``values`` fill the places of ``message`` and ``hint`` and are part of the API body."""

    code: ClassVar[str] = "BASE-0000"
    http_status: ClassVar[int] = 500
    message: ClassVar[Text] = Text("请求被拒绝。", "The request was refused.")
    hint: ClassVar[Text] = Text("请查看文档中该错误代码的说明。", "Look the code up in the documentation.")

    def __init__(self, *, what: Text | None = None, reason: Text | None = None, **values: object) -> None:
        words = {name: text for name, text in (("what", what), ("reason", reason)) if text is not None}
        self.values: dict[str, object] = words | values
        super().__init__(self.values)

    @property
    def told(self) -> Text:
        """The message, filled in."""
        return self.message.format(**self.values)

    def text(self, lang: Lang | str) -> str:
        """The message in one language, filled in."""
        return self.told[lang]

    def remedy(self, lang: Lang | str) -> str:
        """What to do next, in one language, filled in."""
        return self.hint.format(**self.values)[lang]

    def __str__(self) -> str:
        return f"{self.code}: {self.text(Lang.EN)}"

    def problem(self, lang: Lang | str) -> dict[str, object]:
        """The body of RFC 9457 (``application/problem+json``), with both languages."""
        return {
            "type": f"urn:feiyu:error:{self.code}",
            "title": self.text(lang),
            "status": self.http_status,
            "code": self.code,
            "detail": self.remedy(lang),
            "message": self.told.as_dict(),
            "hint": self.hint.format(**self.values).as_dict(),
            "values": {name: str(shown(value, lang)) for name, value in self.values.items()},
        }


def shown(value: object, lang: Lang | str) -> object:
    """A value as a reader of one language sees it."""
    return value[lang] if isinstance(value, Text) else value


class BadInput(FeiyuError):
    """The input cannot be read or breaks a rule of its format; nothing was changed."""

    code = "BASE-0422"
    http_status = 422
    message = Text("输入有误：{reason}", "The input is wrong: {reason}")
    hint = Text("请按提示修改后重试。", "Correct it as named and try again.")


class TooLarge(BadInput):
    """The input is bigger than the stated limit."""

    code = "BASE-0413"
    http_status = 413
    message = Text("{what}过大：{size}，超过上限 {limit}。", "{what} is {size}, over the limit of {limit}.")
    hint = Text(
        "请拆分或缩小后重试，或由运维调整上限。", "Split or shrink it, or have the operator raise the limit."
    )


class LengthWanted(BadInput):
    """A body of unknown length: its limit could not be kept."""

    code = "BASE-0411"
    http_status = 411
    message = Text("请求须声明长度。", "The request must state its length.")
    hint = Text("请使用 Content-Length，不要使用分块编码。", "Send Content-Length instead of a chunked body.")


class NulCharacter(BadInput):
    """A text holds the NUL character, which no database column and no legal paper can carry."""

    code = "BASE-0421"
    message = Text("{place} 含有空字符（NUL）。", "{place} holds a NUL character.")
    hint = Text("请去掉空字符后重试。", "Take it out and try again.")


class Unauthenticated(FeiyuError):
    """No or bad credentials."""

    code = "BASE-0401"
    http_status = 401
    message = Text("没有有效的登录凭据。", "There are no valid credentials.")
    hint = Text("请重新登录，或提供有效的访问令牌。", "Sign in again or give a valid access token.")


class Forbidden(FeiyuError):
    """Known and visible, but not permitted."""

    code = "BASE-0403"
    http_status = 403
    message = Text("当前身份不能执行：{action}。", "This identity may not do: {action}.")
    hint = Text("请联系有相应职责的经办人。", "Ask a principal whose role allows it.")


class NotFound(FeiyuError):
    """Does not exist, or the caller is not permitted even to know."""

    code = "BASE-0404"
    http_status = 404
    message = Text("找不到{what}：{ident}。", "No such {what}: {ident}.")
    hint = Text(
        "请核对编号；他人的记录同样显示为找不到。",
        "Check the id; what belongs to others answers the same way.",
    )


class NoSuchPage(NotFound):
    """The server has no such address: most often it is the other side's."""

    code = "BASE-0405"
    message = Text("{url} 上没有 {ident}。", "There is no {ident} at {url}.")
    hint = Text(
        "请核对服务地址：出境侧的命令用出境侧的地址与令牌，其余用数据港的。",
        "Check the server's address: the edge's commands want the edge's address and token, all others the port's.",
    )


class Conflict(FeiyuError):
    """The state does not allow it now."""

    code = "BASE-0409"
    http_status = 409
    message = Text("当前状态不允许：{reason}", "The present state does not allow it: {reason}")
    hint = Text("请刷新后查看当前状态。", "Reload and look at the present state.")


class Unavailable(FeiyuError):
    """Something this needs is out of reach."""

    code = "BASE-0503"
    http_status = 503
    message = Text("暂时无法访问：{what}。", "Out of reach for now: {what}.")
    hint = Text("请稍后重试。", "Try again later.")
