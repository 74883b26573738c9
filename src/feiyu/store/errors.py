"""Refusals of the store."""

from feiyu.base.errors import BadInput, Conflict, NotFound, TooLarge, Unavailable
from feiyu.base.text import Text


class UnknownDatabase(BadInput):
    """The address names no database this build can open."""

    code = "STORE-0001"
    message = Text("无法识别的数据库地址：{url}。", "Not a database address this build can open: {url}.")
    hint = Text(
        "请使用 sqlite:///路径 或 postgresql+psycopg://用户@主机/库名。",
        "Use sqlite:///path or postgresql+psycopg://user@host/name.",
    )


class StoreClosed(Unavailable):
    """The database was closed while somebody still wanted to write."""

    code = "STORE-0002"
    message = Text("数据库已关闭，本次写入未执行。", "The database is closed; this write was not made.")
    hint = Text("服务重新启动后请重试。", "Try again when the service has started again.")


class StoreUnreachable(Unavailable):
    """The database cannot be reached, is locked by another process, or its disk is full."""

    code = "STORE-0003"
    message = Text("数据库暂时不可用：{reason}。", "The database is not usable now: {reason}.")
    hint = Text(
        "请检查磁盘空间、文件权限与数据库服务；未提交的写入均已撤销。",
        "Check disk space, file permissions and the database service; nothing uncommitted was kept.",
    )


class TooBusy(Unavailable):
    """A write kept colliding with other writes."""

    code = "STORE-0004"
    message = Text("写入与其他事务反复冲突，已撤销。", "The write kept colliding with others and was undone.")
    hint = Text("请稍后重试。", "Try again in a moment.")


class NotMigrated(Unavailable):
    """The tables are older or newer than this program."""

    code = "STORE-0005"
    message = Text(
        "数据库结构版本为 {found}，本程序需要 {wanted}。",
        "The database is at {found}; this program needs {wanted}.",
    )
    hint = Text(
        "请先用升级前的程序备份（本程序不备份旧结构），再以 feiyu port up 或 feiyu edge up 升级；版本较新的数据库请使用较新的程序。",
        "Back up with the program as it was before (this one copies no older database), then upgrade with feiyu port up or feiyu edge up; a newer database needs a newer program.",
    )


class BadScope(BadInput):
    """A scope that names no party or gives no reason."""

    code = "STORE-0006"
    message = Text("访问范围无效：{reason}", "The scope is not valid: {reason}")
    hint = Text(
        "请指明主体编号，或说明访问全部数据的理由。",
        "Name a party id, or give the reason for seeing everything.",
    )


class UseOwnTools(BadInput):
    """That database is copied with its own tools."""

    code = "STORE-0007"
    message = Text("{kind} 数据库不由本程序备份。", "A {kind} database is not backed up by this program.")
    hint = Text("请使用 pg_dump 或连续归档。", "Use pg_dump or continuous archiving.")


class CopyDamaged(Unavailable):
    """A copy did not pass its examination; it was removed."""

    code = "STORE-0008"
    message = Text("备份未通过检查：{reason}。", "The copy did not pass its examination: {reason}.")
    hint = Text("请检查磁盘；原数据库可能已损坏。", "Examine the disks; the original may be damaged too.")


class RoleTooStrong(BadInput):
    """The database role passes by row-level security."""

    code = "STORE-0009"
    message = Text(
        "数据库角色 {role} 可绕过行级安全，不予使用。",
        "The database role {role} bypasses row-level security; it is not used.",
    )
    hint = Text(
        "请为本程序建立普通角色（无 SUPERUSER、无 BYPASSRLS），并使其成为数据库的所有者。",
        "Create a plain role (no SUPERUSER, no BYPASSRLS) for this program and make it the database's owner.",
    )


class BadObjectKey(BadInput):
    """The name of an object breaks the rules of names."""

    code = "STORE-0010"
    message = Text("对象名称无效：{key}。", "Not a valid object name: {key}.")
    hint = Text(
        "名称由字母、数字、点、下划线、连字符组成，以斜线分段，不超过 512 个字符。",
        "Use letters, digits, dot, underscore, hyphen, in segments parted by slashes; at most 512.",
    )


class ObjectMissing(NotFound):
    """There is no object of that name."""

    code = "STORE-0011"
    message = Text("找不到对象：{key}。", "No such object: {key}.")
    hint = Text(
        "请核对名称；对象可能已按保留期限删除。",
        "Check the name; it may have been deleted at the end of its retention.",
    )


class ObjectExists(Conflict):
    """An object of that name exists and was to be created."""

    code = "STORE-0012"
    message = Text("对象已存在：{key}。", "The object exists already: {key}.")
    hint = Text(
        "同名对象不会被覆盖；请核对内容或更换名称。",
        "It is not overwritten; compare the contents or choose another name.",
    )


class ObjectTooLarge(TooLarge):
    """The object is bigger than what may be read or written at once."""

    code = "STORE-0013"
    message = Text(
        "对象 {key} 为 {size} 字节，超过一次读写的上限 {limit}。",
        "Object {key} has {size} bytes, over the {limit} of one call.",
    )
    hint = Text("请分段读取，或以文件方式写入。", "Read it in ranges, or write it from a file.")


class ObjectsUnreachable(Unavailable):
    """The object store cannot be reached or refuses."""

    code = "STORE-0014"
    message = Text("对象存储暂时不可用：{reason}。", "The object store is not usable now: {reason}.")
    hint = Text(
        "请检查地址、凭据、磁盘空间与网络。", "Check its address, credentials, disk space and the network."
    )
