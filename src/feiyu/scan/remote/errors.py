"""Refusals of sources that are no files here, and of choosing a table. None of them ever holds a password."""

from feiyu.base.errors import BadInput, Conflict, Unavailable
from feiyu.base.text import Text


class WantsOneTable(BadInput):
    """The source has several tables and none was chosen."""

    code = "SCAN-0156"
    message = Text("{name} 含有多张表：{tables}。", "{name} holds these tables: {tables}.")
    hint = Text("请用 --table 选择其中一张。", "Choose one of them with --table.")


class PasswordInAddress(BadInput):
    """An address carries a password, where others on the machine and its logs would see it."""

    code = "SCAN-0160"
    message = Text("地址 {address} 中含有口令。", "The address {address} carries a password.")
    hint = Text(
        "请去掉口令，改用环境变量 FEIYU_SOURCE_PASSWORD（PostgreSQL 亦可用 .pgpass）。",
        "Leave it out and set FEIYU_SOURCE_PASSWORD (for PostgreSQL a .pgpass file works too).",
    )


class BadAddress(BadInput):
    """An address is wrong, or asks for what such a source cannot do."""

    code = "SCAN-0161"
    message = Text("地址 {address} 有误：{reason}。", "The address {address} is wrong: {reason}.")
    hint = Text(
        "例：postgresql://用户@主机/库、mysql://用户@主机/库、s3://桶/前缀/。",
        "Examples: postgresql://user@host/database, mysql://user@host/database, s3://bucket/prefix/.",
    )


class SourceUnreachable(Unavailable):
    """A server of a source does not answer, or refuses."""

    code = "SCAN-0162"
    message = Text("{address} 无法读取：{reason}", "{address} cannot be read: {reason}")
    hint = Text(
        "请检查网络、账号、读取权限，以及 --query 的语句；本程序只需要只读权限。",
        "Check network, account, permission and the statement of --query; read-only permission is enough.",
    )


class MissingExtra(BadInput):
    """A source needs a package that is not installed."""

    code = "SCAN-0163"
    message = Text("读取 {name} 需要安装组件 {extra}。", "Reading {name} needs the extra {extra}.")
    hint = Text("请执行 pip install 'feiyu[{extra}]'。", "Install it: pip install 'feiyu[{extra}]'.")


class ChangedWhileRead(BadInput):
    """An object was replaced between two passes over it."""

    code = "SCAN-0164"
    message = Text("{name} 在读取期间被替换。", "{name} was replaced while it was read.")
    hint = Text("请在内容不再变化后重新扫描。", "Scan again when it no longer changes.")


class NoSuchTable(BadInput):
    """The source has not the table that was asked for."""

    code = "SCAN-0165"
    message = Text("{address} 中没有表 {table}。", "{address} has no table {table}.")
    hint = Text("现有的表：{known}。", "It has: {known}.")


class ObjectExists(Conflict):
    """An object of this name is there, and nothing is overwritten."""

    code = "SCAN-0166"
    message = Text("对象 {name} 已存在。", "There is an object {name} already.")
    hint = Text("请另取一个名称。", "Choose another name.")
