"""What the wire refuses, on either side."""

from feiyu.base.errors import BadInput, Conflict, FeiyuError, NotFound, TooLarge, Unauthenticated, Unavailable
from feiyu.base.text import Text


class BadRequest(BadInput):
    """The request is not one of this protocol."""

    code = "WIRE-0001"
    http_status = 400
    message = Text("请求格式有误：{reason}", "The request is malformed: {reason}")
    hint = Text(
        "请使用飞鱼客户端，或按协议文档修正请求。", "Use the Feiyu client, or follow the protocol's document."
    )


class HeadTooLarge(TooLarge):
    """The request's head breaks a limit."""

    code = "WIRE-0002"
    http_status = 431
    message = Text(
        "请求头超过上限 {limit}（{what}）。", "The request head is over the limit of {limit} ({what})."
    )
    hint = Text("请减少请求头。", "Send fewer or shorter headers.")


class NoToken(Unauthenticated):
    """No bearer token came with the request."""

    code = "WIRE-0003"
    message = Text("请求没有访问令牌。", "The request carries no access token.")
    hint = Text("请在 Authorization 请求头中提供令牌。", "Give the token in the Authorization header.")


class OffsetMismatch(Conflict):
    """The client wants to go on somewhere else than where the server is."""

    code = "WIRE-0004"
    message = Text(
        "续传位置不符：已确认到 {offset}，收到的是 {given}。",
        "The offset does not match: confirmed up to {offset}, given {given}.",
    )
    hint = Text("请从已确认的位置继续。", "Go on from the confirmed offset.")


class UploadBusy(Conflict):
    """Somebody else is writing this segment right now."""

    code = "WIRE-0005"
    message = Text(
        "第 {segment} 个分段正在由另一个连接写入。",
        "Segment {segment} is being written by another connection.",
    )
    hint = Text("请等待该连接结束后重试。", "Wait until that connection has ended and try again.")


class SegmentTooLarge(TooLarge):
    """More bytes than were announced or allowed."""

    code = "WIRE-0006"
    message = Text(
        "第 {segment} 个分段超过上限 {limit} 字节。", "Segment {segment} is over its limit of {limit} bytes."
    )
    hint = Text("请核对传输清单中的分段大小。", "Check the segment's size in the manifest.")


class SegmentComplete(Conflict):
    """The segment was completed before; nothing can be appended."""

    code = "WIRE-0007"
    message = Text("第 {segment} 个分段已经完成。", "Segment {segment} is complete already.")
    hint = Text("无需再次上传。", "There is nothing more to send.")


class DigestMismatch(BadInput):
    """The bytes are not those that were announced."""

    code = "WIRE-0008"
    message = Text("第 {segment} 个分段的摘要不一致。", "The digest of segment {segment} does not match.")
    hint = Text(
        "数据在途中或存储中改变，请重新传输该分段。",
        "It changed on the way or at rest; transfer the segment again.",
    )


class StorageFull(Unavailable):
    """No space is left where the segment is written."""

    code = "WIRE-0009"
    http_status = 507
    message = Text("存储空间不足，已停止接收。", "There is no space left; receiving has stopped.")
    hint = Text("腾出空间后从已确认的位置继续。", "Make space, then go on from the confirmed offset.")


class StorageFailed(Unavailable):
    """The disk refused; what was not confirmed is to be sent again."""

    code = "WIRE-0010"
    message = Text("存储读写失败：{reason}", "The storage failed: {reason}")
    hint = Text("请检查磁盘后从已确认的位置继续。", "Check the disk, then go on from the confirmed offset.")


class TooManyConnections(Unavailable):
    """All places are taken."""

    code = "WIRE-0011"
    message = Text("连接数已达上限。", "All connections are in use.")
    hint = Text("请稍后重试。", "Try again later.")


class NoSuchPath(NotFound):
    """The path is none of this server's."""

    code = "WIRE-0012"
    message = Text("没有这个地址。", "There is no such address.")
    hint = Text("请核对传输编号和分段号。", "Check the transfer's id and the segment number.")


class MethodNotAllowed(BadInput):
    """The path exists, the method does not."""

    code = "WIRE-0013"
    http_status = 405
    message = Text("不支持的请求方法 {method}。", "The method {method} is not supported.")
    hint = Text("支持 HEAD、GET 和 PATCH。", "HEAD, GET and PATCH are.")


class RangeNotSatisfiable(BadInput):
    """The range asked for lies outside the segment."""

    code = "WIRE-0014"
    http_status = 416
    message = Text("请求的范围超出分段大小 {size}。", "The range lies outside the segment of {size} bytes.")
    hint = Text("请从分段内的位置继续。", "Go on from inside the segment.")


class Timeout(Unavailable):
    """The other side was too slow."""

    code = "WIRE-0015"
    http_status = 408
    message = Text("等待{what}超时。", "Waiting for {what} took too long.")
    hint = Text("请检查网络后重试。", "Check the network and try again.")


class Unreachable(Unavailable):
    """The server could not be reached in all the tries allowed."""

    code = "WIRE-0020"
    message = Text("无法连接 {endpoint}：{reason}", "{endpoint} is out of reach: {reason}")
    hint = Text(
        "已确认的数据不会丢失；请检查网络后续传。",
        "What was confirmed is kept; check the network and resume.",
    )


class Cancelled(Conflict):
    """The caller cancelled."""

    code = "WIRE-0021"
    message = Text("传输已由调用方取消。", "The transfer was cancelled by its caller.")
    hint = Text("可以从已确认的位置续传。", "It can be resumed from the confirmed offset.")


class Stopped(FeiyuError):
    """The server stopped the transfer; ``remote_code`` and the texts are the server's own."""

    remote_code: str = ""
    remote_status: int = 0

    code = "WIRE-0022"
    http_status = 409
    message = Text(
        "传输被中止（{remote_code}）：{reason}", "The transfer was stopped ({remote_code}): {reason}"
    )
    hint = Text("{remedy}", "{remedy}")


class BadAnswer(Unavailable):
    """The server answered something that is not of this protocol."""

    code = "WIRE-0023"
    http_status = 502
    message = Text("服务端应答不符合协议：{reason}", "The server's answer is not of this protocol: {reason}")
    hint = Text("请核对服务地址。", "Check the server's address.")


class BadPace(BadInput):
    """A limit of bandwidth, a window or a rank that cannot be."""

    code = "WIRE-0030"
    message = Text("传输节奏设置有误（{field}）：{reason}", "The pace is wrong ({field}): {reason}")
    hint = Text(
        "带宽以字节/秒计；时段写作 22:00-06:00（北京时间）；优先级为 0 至 9。",
        "Bandwidth is in bytes a second; a window is 22:00-06:00 (China time); ranks run from 0 to 9.",
    )


class BadCertificate(BadInput):
    """The data plane's certificate or key cannot be used."""

    code = "WIRE-0031"
    message = Text(
        "数据面证书 {path} 不可用：{reason}", "The data plane's certificate {path} cannot be used: {reason}"
    )
    hint = Text(
        "请核对 FEIYU_WIRE_CERT 与 FEIYU_WIRE_KEY 指向的 PEM 文件。",
        "Check the PEM files that FEIYU_WIRE_CERT and FEIYU_WIRE_KEY name.",
    )
