"""``feiyu scan FILE``: what each field holds, and how many natural persons."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from feiyu.cli.lang import LANG, t
from feiyu.cli.show import err, out, table

HELP = t(
    "扫描文件：每个字段是什么，涉及多少自然人。",
    "Scan a file: what each field holds, and how many natural persons.",
)


def scan(
    file: Annotated[Path, typer.Argument(help=t("要扫描的文件", "The file to scan"))],
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:
    """Scan a file."""
    from feiyu.scan import profile

    found = scanned(file) if not as_json else profile(file)
    if as_json:
        out.print_json(json.dumps(found.as_dict(), ensure_ascii=False), indent=1)
        return
    show_profile(found)


def scanned(file: Path):  # type: ignore[no-untyped-def]  # noqa: ANN201 - Profile is imported lazily: Arrow is heavy
    """Scan with progress on standard error."""
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    from feiyu.scan import Progress as Told
    from feiyu.scan import profile

    with Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        console=err,
        transient=True,
    ) as bar:
        task = bar.add_task(t("扫描", "Scanning"), total=None)

        def told(now: Told) -> None:
            words = f"{t('扫描', 'Scanning')} {now.rows:,} {t('行', 'rows')}"
            bar.update(task, completed=now.bytes_read, total=now.total_bytes or None, description=words)

        return profile(file, progress=told)


def show_profile(found, *, limit: int = 60) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001 - as above
    """Print a profile as a table a person can read."""
    from feiyu.scan import types

    names = {one.id: one.names for one in types()}
    for each in found.tables:
        out.print(
            f"[bold]{escape(found.source.name)}[/bold]  {found.source.format}  {each.rows:,} {t('行', 'rows')}"
        )
        made = table(t("字段", "Field"), t("内容", "Holds"), f">{t('置信', 'Conf.')}", t("级别（疑似）", "Level (suspected)"),
                     t("标记", "Marks"), t("样例（已脱敏）", "Sample (masked)"))  # fmt: skip
        for one in each.fields[:limit]:
            held = "、" if LANG == "zh" else ", "
            kinds = held.join(names[k][LANG] if k in names else generic(k) for k in one.holds)
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
                t(f"…另有 {len(each.fields) - limit} 个字段", f"… {len(each.fields) - limit} more fields")
            )
        p = each.persons
        if p.upper == 0:
            out.print(t("自然人：0（未发现个人信息）", "Natural persons: 0 (no personal information found)"))
        else:
            s = p.sensitive
            out.print(t(
                f"自然人：[bold]{p.counted:,}[/bold]（下限 {p.lower:,}，上限 {p.upper:,}）；其中涉敏感个人信息 "
                f"[bold]{s.counted:,}[/bold]",
                f"Natural persons: [bold]{p.counted:,}[/bold] (lower {p.lower:,}, upper {p.upper:,}); with sensitive "
                f"information [bold]{s.counted:,}[/bold]",
            ))  # fmt: skip
            if not p.exact:
                fields = escape(", ".join(p.damaged))
                out.print(
                    f"[red]{t('无法准确计数，受损字段：', 'No exact count; damaged fields: ')}{fields}[/red]"
                )
    for warning in found.warnings:
        err.print(f"[yellow]{escape(warning[LANG])}[/yellow]")


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

    return by_id()[type_id].names[LANG] if type_id in by_id() else generic(type_id)


def level(value: str) -> str:
    """A level in this run's language."""
    return t(*_LEVELS[str(value)])
