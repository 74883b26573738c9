"""Refusals of the readers: what a source has that stops the scan, and where.

Codes SCAN-01xx. ``name`` is the file's name without its folder, with the sheet or entry behind it where there is
one; rows and columns count from 1, as a spreadsheet shows them, and a header row counts as a row.
"""

from feiyu.base.errors import BadInput, NotFound, TooLarge
from feiyu.base.text import Text


class NoSuchSource(NotFound):
    """There is nothing under the given path."""

    code = "SCAN-0101"
    message = Text("找不到文件 {name}。", "There is no file {name}.")
    hint = Text("请核对路径，含空格的路径需加引号。", "Check the path; quote it if it has spaces.")


class NoSuchField(BadInput):
    """A field that was named is not there."""

    code = "SCAN-0123"
    message = Text("{name} 中没有字段 {fields}。", "{name} has no field {fields}.")
    hint = Text("现有的字段：{known}。", "It has: {known}.")


class NotAFile(BadInput):
    """A folder, a device, a pipe: not a regular file."""

    code = "SCAN-0102"
    message = Text("{name} 是{kind}，不是文件。", "{name} is {kind}, not a file.")
    hint = Text("请指定其中的文件；整个文件夹请逐个文件扫描。", "Name a file; of a folder, scan each file.")


class MayNotRead(NotAFile):
    """There, but not readable for the account that this runs as."""

    code = "SCAN-0124"
    message = Text("没有读取 {name} 的权限。", "{name} is there, but without permission to read it.")
    hint = Text(
        "请给运行飞鱼的账号读取该文件的权限。",
        "Give the account that Feiyu runs as permission to read the file.",
    )


class EmptySource(BadInput):
    """Nothing in it."""

    code = "SCAN-0103"
    message = Text("{name} 是空的，没有任何数据。", "{name} is empty: there is no data in it.")
    hint = Text(
        "请检查导出是否成功，重新导出后再试。", "Check whether the export worked, and export it again."
    )


class Unread(BadInput):
    """No reader understands it. It is not general data: nobody has looked inside."""

    code = "SCAN-0104"
    message = Text(
        "{name} 看起来是{looks}，不能作为数据表读取，按“未读”处理。",
        "{name} looks like {looks}; no reader understands it as a table, so it counts as unread.",
    )
    hint = Text(
        "请导出为 CSV、JSON、Parquet 或 Excel；未读内容不会被当作一般数据。",
        "Export it as CSV, JSON, Parquet or Excel; what is unread never counts as general data.",
    )


class Damaged(BadInput):
    """Truncated, or not what its own structure says."""

    code = "SCAN-0105"
    message = Text("{name} 已损坏或不完整：{reason}。", "{name} is damaged or incomplete: {reason}.")
    hint = Text(
        "请重新复制或重新导出该文件，并核对大小。", "Copy or export the file again and compare the sizes."
    )


class BadEncoding(BadInput):
    """Bytes that are not text in the encoding of the rest."""

    code = "SCAN-0106"
    message = Text(
        "{name} 第 {row} 行（第 {offset} 字节）不是有效的 {encoding} 文本。",
        "{name}, row {row} (byte {offset}): not valid {encoding} text.",
    )
    hint = Text(
        "请在编辑器中修复该处，或将文件另存为 UTF-8；如知道其编码，可用 --encoding 指明。",
        "Repair that place in an editor, or save the file as UTF-8; if you know its encoding, name it with --encoding.",
    )


class LineTooLong(TooLarge):
    """One row does not end within the limit."""

    code = "SCAN-0107"
    message = Text(
        "{name} 第 {row} 行超过单行上限 {limit} 字节。",
        "{name}, row {row}: longer than the limit of {limit} bytes.",
    )
    hint = Text(
        "请检查该行的换行符与引号是否缺失。",
        "Check that row for a missing line end or a missing quotation mark.",
    )


class TooManyColumns(TooLarge):
    """Wider than any table that is one."""

    code = "SCAN-0108"
    message = Text(
        "{name} 有 {columns} 列，超过上限 {limit} 列。",
        "{name} has {columns} columns, over the limit of {limit}.",
    )
    hint = Text("请核对分隔符，或将宽表拆分。", "Check the delimiter, or split the wide table.")


class ExpandsTooMuch(TooLarge):
    """A packed file that unpacks to more than is sensible (a bomb, or a wrong limit)."""

    code = "SCAN-0109"
    message = Text(
        "{name} 解压后超过上限（{limit}），已停止解压。",
        "{name} unpacks to more than the limit ({limit}); stopped.",
    )
    hint = Text(
        "如确为正常数据，请解压后直接扫描，或由运维调整上限。",
        "If it is sound, unpack it yourself and scan that, or have the operator raise the limit.",
    )


class HostileContent(BadInput):
    """A construct that only attacks use: entity declarations in a workbook, a path out of an archive."""

    code = "SCAN-0110"
    message = Text("{name} 的 {part} 含有不允许的内容：{what}。", "{name}, {part}: {what} is not allowed.")
    hint = Text(
        "请确认文件来源，由原系统重新导出。", "Check where the file comes from and export it anew there."
    )


class RaggedRow(BadInput):
    """A row whose number of cells differs from the header's."""

    code = "SCAN-0111"
    message = Text(
        "{name} 第 {row} 行有 {found} 列，表头为 {expected} 列。",
        "{name}, row {row}: {found} {found?column:columns} where the header has {expected}.",
    )
    hint = Text(
        "请检查该行是否有未加引号的分隔符或换行。",
        "Check that row for a delimiter or a line break outside quotes.",
    )


class OpenQuote(BadInput):
    """A quotation mark that is never closed."""

    code = "SCAN-0112"
    message = Text(
        "{name} 第 {row} 行的引号没有结束。", "{name}, row {row}: a quotation mark is never closed."
    )
    hint = Text("请补上或删除该引号。", "Close that quotation mark or remove it.")


class BadJson(BadInput):
    """Not JSON, or not a list of objects."""

    code = "SCAN-0113"
    message = Text(
        "{name} 第 {row} 条记录（第 {column} 个字符处）不是有效的 JSON：{reason}。",
        "{name}, record {row} (character {column}): not valid JSON: {reason}.",
    )
    hint = Text("请修复该条记录后重试。", "Repair that record and try again.")


class NestedTooDeep(TooLarge):
    """Values inside values inside values."""

    code = "SCAN-0114"
    message = Text(
        "{name} 第 {row} 条记录嵌套超过 {limit} 层。",
        "{name}, record {row}: nested deeper than {limit} levels.",
    )
    hint = Text("请将深层结构拆分后再扫描。", "Split the deep structure before scanning it.")


class LeavesFolder(BadInput):
    """A link in a folder that points out of it."""

    code = "SCAN-0115"
    message = Text(
        "{name} 是指向文件夹之外的链接，不予读取。",
        "{name} is a link that leaves the folder; it is not read.",
    )
    hint = Text("请把目标文件复制到文件夹内。", "Copy the file it points to into the folder.")


class NoTable(BadInput):
    """A sound file without a single table in it."""

    code = "SCAN-0116"
    message = Text("{name} 中没有任何数据表。", "There is no table in {name}.")
    hint = Text("请确认数据所在的工作表或文件。", "Check which sheet or file holds the data.")


class TooManyMembers(TooLarge):
    """A folder or an archive with more entries than the limit."""

    code = "SCAN-0117"
    message = Text(
        "{name} 中的文件数超过上限 {limit}。", "{name} holds more files than the limit of {limit}."
    )
    hint = Text("请分批处理。", "Take it in parts.")


class UnknownFormat(BadInput):
    """A format no writer produces."""

    code = "SCAN-0118"
    message = Text(
        "不能写出格式 {format}，可用：{allowed}。", "Format {format} cannot be written; allowed: {allowed}."
    )
    hint = Text("请选择列出的格式。", "Choose one of the formats listed.")


class TooMuchAtOnce(TooLarge):
    """A part that can only be unpacked as a whole is larger than what may be held at once."""

    code = "SCAN-0119"
    message = Text(
        "{name} 的{part}一次展开需要 {size} 字节，超过上限 {limit} 字节。",
        "{name}, {part}: {size} bytes would have to be held at once, over the limit of {limit}.",
    )
    hint = Text(
        "如确为正常数据，请以较小的批次、行组或页重新写出该文件。",
        "If it is sound, write the file again in smaller batches, row groups or pages.",
    )


class UnknownEncoding(BadInput):
    """A user named an encoding that is none, or none of texts."""

    code = "SCAN-0120"
    message = Text("不认识编码 {encoding}。", "There is no encoding {encoding}.")
    hint = Text("可用：{allowed}。", "Known: {allowed}.")


class OpenElsewhere(BadInput):
    """A database that another program keeps open for writing: what it holds may not be on the disk yet."""

    code = "SCAN-0121"
    message = Text(
        "{name} 正被另一程序打开写入（{who}），此时无法读取。",
        "{name} is open for writing in another program ({who}) and cannot be read meanwhile.",
    )
    hint = Text(
        "请在该程序中关闭数据库后再试；不能关闭时，请在其中用 EXPORT DATABASE 导出为 Parquet，再扫描导出的文件夹。",
        "Close the database there and try again; where it cannot be closed, have that program EXPORT DATABASE as Parquet, and scan the folder.",
    )


class OtherVersion(BadInput):
    """A sound database in a storage version that the library of this installation does not know."""

    code = "SCAN-0122"
    message = Text(
        "{name} 是存储版本 {found} 的 DuckDB 数据库，这里安装的 DuckDB 只能读取版本 {known}。",
        "{name} is a DuckDB database of storage version {found}; the DuckDB that is installed here reads {known}.",
    )
    hint = Text(
        "请升级 DuckDB（pip install --upgrade duckdb）；或用写出该文件的版本以 EXPORT DATABASE 导出为 Parquet，再扫描导出的文件夹。",
        "Upgrade DuckDB (pip install --upgrade duckdb), or let the version that wrote the file EXPORT DATABASE as Parquet, and scan the folder.",
    )
