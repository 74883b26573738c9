"""What somebody else said, as a reason of ours: the system, a library, another server, another refusal.

Most of them speak English only. What is frequent has its words in both languages here; of the rest, the Chinese half says that it
is a quotation, so that no sentence mixes the languages unmarked.
"""

import errno
import json
from collections.abc import Mapping

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text

_LONGEST = 300

_SYSTEM: Mapping[int, Text] = {
    errno.ENOENT: Text("文件或文件夹不存在", "no such file or folder"),
    errno.EACCES: Text("没有访问权限", "permission denied"),
    errno.EPERM: Text("系统不允许这一操作", "the system does not allow it"),
    errno.EISDIR: Text("这是文件夹，应为文件", "it is a folder, a file is wanted"),
    errno.ENOTDIR: Text("路径中有一段不是文件夹", "a part of the path is no folder"),
    errno.EEXIST: Text("已经存在", "it exists already"),
    errno.ENOTEMPTY: Text("文件夹不是空的", "the folder is not empty"),
    errno.ENOSPC: Text("磁盘已满", "the disk is full"),
    errno.EDQUOT: Text("超过磁盘配额", "over the disk quota"),
    errno.EROFS: Text("文件系统只读", "the file system is read-only"),
    errno.EIO: Text("磁盘读写出错", "the disk failed to read or write"),
    errno.EMFILE: Text("打开的文件过多", "too many open files"),
    errno.ENAMETOOLONG: Text("名称过长", "the name is too long"),
    errno.ECONNREFUSED: Text("对方拒绝连接", "the connection was refused"),
    errno.ECONNRESET: Text("对方中断了连接", "the other side broke the connection"),
    errno.EPIPE: Text("对方已关闭连接", "the other side closed the connection"),
    errno.ETIMEDOUT: Text("连接超时", "the connection timed out"),
    errno.EHOSTUNREACH: Text("主机不可达", "the host is out of reach"),
    errno.ENETUNREACH: Text("网络不可达", "the network is out of reach"),
    errno.EADDRINUSE: Text("端口已被占用", "the port is taken"),
    errno.EADDRNOTAVAIL: Text("地址不属于本机", "the address is not this machine's"),
}


def said(by: BaseException | str, *, at: str | None = None) -> Text:
    """A reason in both languages for what ``by`` says; ``at`` is the place that it speaks of.

    An exception of a reader of ours carries a ``Text``, and so says its own.
    """
    words = _words(by)
    return Text(f"{at}：{words.zh}", f"{at}: {words.en}") if at else words


def _words(by: BaseException | str) -> Text:
    match by:
        case FeiyuError():
            reason = by.values.get("reason")
            return reason if isinstance(reason, Text) else by.told
        case BaseException(args=(Text() as words,)):
            return words
        case json.JSONDecodeError():
            return Text(
                f"第 {by.lineno} 行第 {by.colno} 列不是有效的 JSON",
                f"no valid JSON at line {by.lineno}, column {by.colno}: {by.msg}",
            )
        case UnicodeDecodeError():
            return Text(f"第 {by.start} 字节不是 UTF-8", f"no UTF-8 at byte {by.start}")
        case KeyError():
            return Text(f"缺少 {by.args[0]}", f"{by.args[0]} is missing")
        case OSError(errno=int(number)) if number in _SYSTEM:
            return _SYSTEM[number]
        case TimeoutError():
            return _SYSTEM[errno.ETIMEDOUT]
        case OSError(strerror=str(words)):
            return _quoted(words)
    below = by if isinstance(by, BaseException) else None
    while below is not None:  # what the system said stands below a library's words
        if isinstance(below, OSError) and below.errno is not None and below.errno in _SYSTEM:
            return _SYSTEM[below.errno]
        below = below.__cause__ or next((one for one in below.args if isinstance(one, BaseException)), None)
    return _quoted(str(by) or type(by).__name__)


def _quoted(words: str) -> Text:
    lines = words.strip().splitlines() or ["-"]
    line = lines[0][:_LONGEST]
    return Text(f"原始信息为“{line}”", line)
