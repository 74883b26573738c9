"""What a server refused, as the server said it."""

from typing import Any

from feiyu.base.errors import BadInput, FeiyuError, Unavailable
from feiyu.base.text import Lang, Text


class Refused(FeiyuError):
    """A refusal by the other side: its code, status, message and hint, in both languages."""

    code = "SDK-0001"
    message = Text("对方拒绝了请求：{reason}", "The other side refused: {reason}")
    hint = Text("请按对方说明处理。", "Do as the other side says.")

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(reason=problem.get("title", status))
        self.http_status = status  # type: ignore[misc]  # the other side's, not the class's
        self.code = str(problem.get("code", type(self).code))  # type: ignore[misc]
        self._problem = problem

    @property
    def told(self) -> Text:
        """The server's message."""
        return self._said("message", super().told)

    def remedy(self, lang: Lang | str) -> str:
        """The server's hint."""
        return self._said("hint", self.hint)[lang]

    def problem(self, lang: Lang | str) -> dict[str, object]:
        """The body with the server's hint: an edge hands on what the port refused."""
        return super().problem(lang) | {
            "detail": self.remedy(lang), "hint": self._said("hint", self.hint).as_dict(),
        }  # fmt: skip

    def _said(self, name: str, ours: Text) -> Text:
        given = self._problem.get(name) or {}
        return Text(str(given.get("zh") or ours.zh), str(given.get("en") or ours.en))


class Unreachable(Unavailable):
    """Nothing answers at the address, or what answers is not Feiyu."""

    code = "SDK-0002"
    message = Text("无法连接 {url}：{reason}", "Cannot reach {url}: {reason}")
    hint = Text(
        "请检查地址、网络以及对方服务是否已启动。",
        "Check the address, the network, and whether the service is running.",
    )


class BadToken(BadInput):
    """What should be an access token cannot be one; it is not shown."""

    code = "SDK-0007"
    message = Text("访问令牌的写法不正确。", "The access token is not written as one.")
    hint = Text(
        "令牌为一行，以 fy_ 开头，只含字母、数字、- 与 _；请只填令牌本身。",
        "A token is one line that begins with fy_ and holds letters, digits, - and _ only; give it and nothing else.",
    )


class NotVerified(BadInput):
    """Something received does not verify."""

    code = "SDK-0003"
    message = Text("{what}未通过核验：{reason}", "{what} does not verify: {reason}")
    hint = Text(
        "请不要使用这些数据，并通过另一渠道联系出境方。",
        "Do not use these data; reach the exporter over another channel.",
    )


class BadTrustFile(BadInput):
    """The trust file that was given is none, so nothing can be checked."""

    code = "SDK-0006"
    message = Text("信任文件无法使用：{reason}", "The trust file cannot be used: {reason}")
    hint = Text(
        "请使用数据港交付的信任文件（feiyu-trust/1），不是凭证；没有取回任何数据。",
        "Use the trust file that the port handed over (feiyu-trust/1), not a receipt; nothing was fetched.",
    )


class SinkFailed(Unavailable):
    """A verified file could not be put where the recipient wants it; it stays in the local folder."""

    code = "SDK-0004"
    message = Text("无法存入 {place}：{reason}", "It cannot be put to {place}: {reason}")
    hint = Text(
        "文件已核验并保存在本地目录；请检查地址与凭据，下次运行时会再次存入。",
        "The file has verified and lies in the local folder; check address and credentials, the next run puts it there.",
    )
