"""``feiyu scan FILE``: what each field holds, and how many natural persons."""

import gc
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from feiyu.base.text import number_of
from feiyu.cli.client import write_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import err, out, rows, table

if TYPE_CHECKING:
    from feiyu.base.text import Text
    from feiyu.scan import PersonCounts, Profile, Progress

_OWN: "dict[str, Text]" = {}
"""The names of the own types of this run."""

HELP = t(
    "扫描文件：每个字段是什么，涉及多少自然人。",
    "Scan a file: what each field holds, and how many natural persons.",
)


def scan(
    file: Annotated[str, typer.Argument(help=t(
        "要扫描的文件、文件夹，或 postgresql://、mysql://、s3:// 地址（口令用环境变量 FEIYU_SOURCE_PASSWORD）",
        "A file, a folder, or an address postgresql://, mysql://, s3:// (password in FEIYU_SOURCE_PASSWORD)"))],
    table_name: Annotated[str | None, typer.Option("--table", help=t("含多张表的来源中的一张；不给则扫描全部", "One table of a source that has several; all without it"))] = None,
    query: Annotated[str | None, typer.Option(help=t("数据库的一条查询语句", "A query of a database"))] = None,
    encoding: Annotated[str, typer.Option(help=t("文本文件的编码，如 cp874、windows-1250；不给则自动判断", "The encoding of text files, such as cp874 or windows-1250; found by itself without it"))] = "",
    types: Annotated[Path | None, typer.Option(help=t("自定义语义类型文件（YAML）", "A file of your own semantic types, YAML"))] = None,
    on: Annotated[str, typer.Option(help=t("分给多个进程：cores 为本机各核（cores:4 为四个），ray 与 ray://主机:端口 为 Ray", "Share it out: cores are all cores of this machine (cores:4 four of them), ray and ray://host:port Ray"))] = "",
    html: Annotated[Path | None, typer.Option(help=t("另存为一页可转交的网页", "Save as a page to hand on"))] = None,
    schema: Annotated[bool, typer.Option("--schema", help=t("只打印 --json 的 JSON Schema", "Only print the JSON Schema of --json"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:  # fmt: skip
    """Scan a file or another source."""
    if schema:
        sys.stdout.write(files("feiyu.scan").joinpath("data/profile.schema.json").read_text(encoding="utf-8"))
        return
    found = scanned(
        file, table_name=table_name, query=query, types=types, quiet=as_json, on=on, encoding=encoding
    )
    if html is not None:
        from feiyu.base.clock import SystemClock
        from feiyu.scan.page import page

        write_file(html, page(found, at=SystemClock().now().astimezone(), lang=LANG, own=_OWN).encode())
    if as_json:
        out.print_json(json.dumps(found.as_dict(), ensure_ascii=False), indent=1)
        return
    show_profile(found)


def scanned(
    address: str | Path,
    *,
    table_name: str | None = None,
    query: str | None = None,
    types: Path | None = None,
    quiet: bool = False,
    on: str = "",
    encoding: str = "",
) -> "Profile":
    """Scan with progress on standard error, in rows and in MB a second."""
    from feiyu.scan import Limits, profile
    from feiyu.scan.encoding import named
    from feiyu.scan.own import load_types
    from feiyu.scan.remote.address import open_address

    gc.freeze()  # what is loaded stays to the end; the collector need not look at it for every million rows
    own = load_types(types) if types is not None else None
    _OWN.update({one.id: one.names for one in own.types} if own is not None else {})
    if on and encoding:
        raise typer.BadParameter(t("--encoding 不能与 --on 同用。", "--encoding does not go with --on."))
    if on:
        from feiyu.scan.shared_out import profile_on

        return profile_on(str(address), on=on, table=table_name, query=query, own=own)
    limits = Limits(encoding=named(encoding) if encoding else "")
    with closing(open_address(str(address), table=table_name, query=query, limits=limits)) as source:
        if quiet or not err.is_terminal:
            return profile(source, own=own)
        with _progress() as told:
            return profile(source, progress=told, own=own)


@contextmanager
def _progress() -> "Iterator[Callable[[Progress], None]]":
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TransferSpeedColumn
    from rich.progress import Progress as Bar

    columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn()
    last: list[Progress] = []
    with Bar(*columns, console=err, transient=True) as bar:
        task = bar.add_task(t("扫描", "Scanning"), total=None)

        def told(now: "Progress") -> None:
            last[:] = [now]
            words = f"{t('扫描', 'Scanning')} {escape(now.table)}  {rows(now.rows)}"
            bar.update(task, completed=now.bytes_read, total=now.total_bytes or None, description=words)

        yield told
    if last and last[0].seconds > 0:
        speed = f"{last[0].bytes_read / 1e6 / last[0].seconds:,.0f} MB/s"
        err.print(f"[dim]{last[0].seconds:.1f} {t('秒', 's')}  {speed}[/dim]")


def show_profile(found: "Profile", *, limit: int = 60) -> None:
    """Print a profile as a table a person can read."""
    for each in found.tables:
        part = f" [{' '.join(each.name.split())}]" if each.name != found.source.name else ""
        out.print(
            f"[bold]{escape(found.source.name + part)}[/bold]  {found.source.format}  {rows(each.rows)}"
        )
        made = table(t("字段", "Field"), t("内容", "Holds"), f">{t('置信', 'Conf.')}", t("级别（疑似）", "Level (suspected)"),
                     t("标记", "Marks"), t("样例（已脱敏）", "Sample (masked)"))  # fmt: skip
        for one in each.fields[:limit]:
            held = "、" if LANG == "zh" else ", "
            kinds = held.join(kind(k) for k in one.holds)
            marks = [word for flag, word in (
                (one.sensitive, t("敏感", "sensitive")), (one.personal and not one.sensitive, t("个人", "personal")),
                (one.state == "unread", t("未读", "unread")),
            ) if flag]  # fmt: skip
            style = "red" if one.sensitive else "yellow" if one.personal else ""
            made.add_row(escape(one.name), f"[{style}]{kinds}[/{style}]" if style else kinds, f"{one.confidence}%",
                         level(one.level), " ".join(marks), escape(one.samples[0]) if one.samples else "")  # fmt: skip
        out.print(made)
        if len(each.fields) > limit:
            out.print(
                t(
                    f"…另有 {len(each.fields) - limit} 个字段",
                    f"… {number_of(len(each.fields) - limit, 'more field')}",
                )
            )
        p = each.persons
        if p.upper == 0 and any(one.state == "unread" for one in each.fields):
            out.print(
                t(
                    "自然人：不详（内容未读，不能据此认为不含个人信息）",
                    "Natural persons: not known (content unread; that is no sign that there are none)",
                )
            )
        elif p.upper == 0:
            out.print(t("自然人：0（未发现个人信息）", "Natural persons: 0 (no personal information found)"))
        else:
            sensitive, young = p.sensitive.counted, p.under14.counted
            out.print(t(
                f"自然人：[bold]{p.counted:,}[/bold]（下限 {p.lower:,}，上限 {p.upper:,}）；其中涉敏感个人信息 "
                f"[bold]{sensitive:,}[/bold]" + (f"，不满十四周岁 [bold]{young:,}[/bold]" if young else ""),
                f"Natural persons: [bold]{p.counted:,}[/bold] (lower {p.lower:,}, upper {p.upper:,}); with sensitive "
                f"information [bold]{sensitive:,}[/bold]" + (f", under 14 [bold]{young:,}[/bold]" if young else ""),
            ))  # fmt: skip
            show_inexact(p)
    for warning in found.warnings:
        err.print(f"[yellow]{escape(warning[LANG])}[/yellow]")


def show_inexact(persons: "PersonCounts") -> None:
    """Say where no exact count exists, and in which fields."""
    if not persons.exact:
        fields = escape(", ".join(persons.damaged))
        out.print(f"[red]{t('无法准确计数，受损字段：', 'No exact count; damaged fields: ')}{fields}[/red]")


_GENERIC = {
    "text": ("文本", "text"), "number": ("数值", "number"), "date": ("日期", "date"), "datetime": ("时间", "date and time"),
    "boolean": ("是否", "yes or no"), "category": ("类别", "category"), "empty": ("空", "empty"), "unknown": ("未知", "unknown"),
}  # fmt: skip
_LEVELS = {"general": ("一般", "general"), "important": ("重要", "important"), "core": ("核心", "core")}


def generic(kind: str) -> str:
    """A type that is no semantic type."""
    return t(*_GENERIC.get(kind, (kind, kind)))


def kind(type_id: str) -> str:
    """The name of any type in this run's language."""
    from feiyu.scan.catalogue import by_id

    if type_id in _OWN:
        return _OWN[type_id][LANG]
    return by_id()[type_id].names[LANG] if type_id in by_id() else generic(type_id)


def level(value: str) -> str:
    """A level in this run's language."""
    return t(*_LEVELS[str(value)])
