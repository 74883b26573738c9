"""Where the client commands reach a server: ``--url`` and ``--token``, or ``FEIYU_URL`` and ``FEIYU_TOKEN``."""

import errno
import getpass
import os
import socket
import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feiyu.base.errors import BadInput
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.cli.lang import LANG, t

if TYPE_CHECKING:
    from feiyu.app.settings import Settings
    from feiyu_sdk import EdgeClient, PortClient

Data = Annotated[
    Path | None,
    typer.Option(help=t("数据目录（或环境变量 FEIYU_DATA）", "Folder of all state (or FEIYU_DATA)")),
]
Url = Annotated[
    str, typer.Option(help=t("服务地址（或环境变量 FEIYU_URL）", "The server's address (or FEIYU_URL)"))
]
Token = Annotated[
    str, typer.Option(help=t("访问令牌（或环境变量 FEIYU_TOKEN）", "Access token (or FEIYU_TOKEN)"))
]


class NoServer(BadInput):
    """A client command does not know where to go."""

    code = "CLI-0002"
    message = Text("没有给出服务地址或访问令牌。", "There is no server address or no access token.")
    hint = Text(
        "请使用 --url 与 --token，或设置 FEIYU_URL 与 FEIYU_TOKEN。",
        "Give --url and --token, or set FEIYU_URL and FEIYU_TOKEN.",
    )


def _where(url: str, token: str) -> tuple[str, str]:
    found = url or os.environ.get("FEIYU_URL", ""), token or os.environ.get("FEIYU_TOKEN", "")
    if not all(found):
        raise NoServer
    return found


def port_client(url: str, token: str) -> "PortClient":
    """The port."""
    from feiyu_sdk import PortClient

    where = _where(url, token)
    return PortClient(where[0], token=where[1], lang=LANG)


def edge_client(url: str, token: str) -> "EdgeClient":
    """The edge."""
    from feiyu_sdk import EdgeClient

    where = _where(url, token)
    return EdgeClient(where[0], token=where[1], lang=LANG)


def passphrase(*, twice: bool = False) -> bytes:
    """A keystore's passphrase: ``FEIYU_PASSPHRASE``, else asked."""
    if given := os.environ.get("FEIYU_PASSPHRASE"):
        return given.encode()
    if not sys.stdin.isatty():
        raise NoPassphrase
    asked = getpass.getpass(t("密钥库口令：", "Keystore passphrase: "))
    if twice and asked != getpass.getpass(t("再次输入口令：", "The same again: ")):
        raise NoPassphrase
    return asked.encode()


def new_password() -> str:
    """A password that is typed twice."""
    if sys.stdin.isatty():
        asked = getpass.getpass(t("口令：", "Password: "))
        if asked and asked == getpass.getpass(t("再次输入口令：", "The same again: ")):
            return asked
    raise NoPassword


def device_pin() -> str:
    """A PKCS#11 token's PIN: asked, or the first line of what is piped in; it is kept in the encrypted keystore."""
    if sys.stdin.isatty():
        return getpass.getpass(t("密码设备 PIN：", "PIN of the device: "))
    return sys.stdin.readline().rstrip("\n")


def unlocked(data: Path | None) -> "Settings":
    """The settings of an existing folder, with the passphrase asked for where it is needed and not given."""
    from feiyu.app.folder import open_keys, side_of
    from feiyu.app.settings import Settings
    from feiyu.seal.errors import KeystoreLocked

    settings = Settings.from_environment(data=data)
    if settings.demo:
        try:
            open_keys(side_of(settings.data), settings)
        except KeystoreLocked:
            return replace(settings, passphrase=passphrase().decode())
    return settings


class NoPassphrase(BadInput):
    """The keystore's passphrase is not known, or was typed differently the second time."""

    code = "CLI-0007"
    message = Text(
        "没有密钥库口令，或两次输入不一致。", "There is no keystore passphrase, or the two entries differ."
    )
    hint = Text(
        "请设置 FEIYU_PASSPHRASE，或在终端中运行并输入口令。",
        "Set FEIYU_PASSPHRASE, or run this in a terminal and type it.",
    )


class NoPassword(BadInput):
    """A new account's password is not known, or was typed differently the second time."""

    code = "CLI-0012"
    message = Text("没有口令，或两次输入不一致。", "There is no password, or the two entries differ.")
    hint = Text(
        "请在终端中运行并输入两次，或用 --password-stdin 从标准输入读取；没有作任何修改。",
        "Run this in a terminal and type it twice, or give it with --password-stdin; nothing was changed.",
    )


class BadFile(BadInput):
    """A file that a command was given is absent, no file, or not what it must be."""

    code = "CLI-0008"
    message = Text("无法使用 {path}：{reason}", "Cannot use {path}: {reason}")
    hint = Text("请核对路径、权限与文件内容。", "Check the path, the permission and what the file holds.")


class CannotWrite(BadInput):
    """A file that a command was to write could not be written; nothing of it is left."""

    code = "CLI-0011"
    message = Text("无法写入 {path}：{reason}", "Cannot write {path}: {reason}")
    hint = Text("请核对路径、权限与磁盘空间。", "Check the path, the permission and the space on the disk.")


class CannotListen(BadInput):
    """A server cannot take the address that it was given."""

    code = "CLI-0013"
    message = Text(
        "无法在所给的地址监听：{reason}", "It cannot listen at the address that it was given: {reason}"
    )
    hint = Text(
        "可能已有进程占用，也可能本服务已在运行；请先停止它，或用 --host、--port、--listen 换一个地址。",
        "Another process may have it, perhaps this very service: stop that, or give another with --host, --port or --listen.",
    )


def write_file(path: Path, content: bytes) -> None:
    """Write a file named on the command line."""
    new = not path.exists()
    try:
        path.write_bytes(content)
    except OSError as bad:
        if new:
            with suppress(OSError):
                path.unlink(missing_ok=True)
        raise CannotWrite(path=path, reason=said(bad)) from None


_NO_ADDRESS = {errno.EADDRINUSE, errno.EADDRNOTAVAIL, socket.EAI_NONAME, socket.EAI_AGAIN}


def unusable(bad: OSError) -> BadInput:
    """What the system refused in the midst of a command, where nothing nearer told it."""
    if bad.errno in _NO_ADDRESS or (bad.filename is None and bad.errno == errno.EACCES):
        return CannotListen(reason=said(bad))
    if bad.filename is None or bad.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS}:
        return CannotWrite(path=bad.filename or Text("文件", "a file"), reason=said(bad))
    return BadFile(path=bad.filename, reason=said(bad))


def read_file(path: Path) -> bytes:
    """A file named on the command line."""
    try:
        return path.read_bytes()
    except OSError as bad:
        raise BadFile(path=path, reason=said(bad)) from None


def read_json(path: Path) -> object:
    """A JSON file named on the command line."""
    import json

    try:
        return json.loads(read_file(path))
    except ValueError as bad:
        raise BadFile(path=path, reason=said(bad)) from None
