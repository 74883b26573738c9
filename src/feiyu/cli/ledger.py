"""``feiyu ledger``: the person ledger of an edge, with every part of its totals."""

import base64
import json
import os
import stat
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.base.clock import SystemClock, legal_date
from feiyu.base.said import said
from feiyu.base.text import number_of
from feiyu.cli.client import BadFile, Token, Url, edge_client, read_file, write_file
from feiyu.cli.lang import t
from feiyu.cli.show import both, out, persons, table

app = typer.Typer(no_args_is_help=True, help=t("人数台账：本单位今年向境外提供了多少自然人的信息。",
                                               "The person ledger: how many natural persons' information left this year."))  # fmt: skip
group = typer.Typer(no_args_is_help=True, help=t("关联处理者合并计数。", "Count related handlers together."))
app.add_typer(group, name="group")
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))]
Source = Annotated[str, typer.Option(help=t("数字的来源", "Where the number comes from"))]
Day = Annotated[
    str, typer.Option(help=t("所属日期，默认今天", "Day it belongs to; today by default"), show_default=False)
]
Persons = Annotated[
    int | None,
    typer.Option(
        min=0, help=t("自然人数（去重后，不是记录条数）", "Natural persons, each once; not records")
    ),
]
Sensitive = Annotated[
    int, typer.Option(min=0, help=t("其中涉及敏感个人信息", "Of them with sensitive information"))
]
Upper = Annotated[int | None, typer.Option(min=0, help=t("至多为多少人", "At most so many persons"))]
Branch = Annotated[str, typer.Option(help=t("分支机构；计入本单位", "Branch; it counts to this handler"))]
Handler = Annotated[
    str,
    typer.Option(
        "--for",
        help=t("受托处理的委托方主体编号；计入该方", "Handler that entrusted this; it counts to that one"),
    ),
]
Basis = Annotated[str, typer.Option(help=t("所依据的出境依据编号", "Id of the basis it went under"))]


class Level(StrEnum):
    """Evidence levels that a person may give."""

    D = "D"
    L = "L"
    M = "M"


LEVELS = {
    "D": ("申报", "declared"), "L": ("日志", "logs"), "M": ("计量", "metered"), "S": ("封存", "sealed"),
}  # fmt: skip
KINDS = {
    "transfer": ("传输", "transfer"), "opening": ("期初余额", "opening balance"),
    "outside": ("系统外出境", "outside Feiyu"), "reversal": ("冲销", "reversal"),
}  # fmt: skip


@app.command(
    "show",
    help=t("今年的合计、构成与距各阈值的距离。", "This year's total, its parts, and how far the lines are."),
)
def show(
    entries: Annotated[bool, typer.Option("--entries", help=t("列出每笔记录", "List every entry"))] = False,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Show totals, parts and lines."""
    client = edge_client(url, token)
    found = client.ledger()
    rows = client.ledger_entries() if entries else []
    if as_json:
        _json(found | ({"list": rows} if entries else {}))
        return
    _totals(found)
    _lines(found["lines"])
    if entries:
        _entries(rows)


@app.command("open", help=t("登记期初余额：启用飞鱼之前今年已出境的人数。",
                            "Enter the opening balance: persons sent this year before Feiyu."))  # fmt: skip
def open_(
    persons: Annotated[int, typer.Argument(min=0, help=t("自然人数", "Natural persons"))],
    source: Source,
    day: Day = "",
    sensitive: Sensitive = 0,
    upper: Upper = None,
    branch: Branch = "",
    handler: Handler = "",
    url: Url = "",
    token: Token = "",
) -> None:
    """Enter the opening balance."""
    made = edge_client(url, token).declare_persons(
        _entry(
            "opening",
            source,
            day,
            persons=persons,
            sensitive=sensitive,
            upper=upper,
            branch=branch,
            handler=handler,
        )
    )
    _made(made)


@app.command("add", help=t("登记飞鱼之外的出境：申报的数字、当场扫描的提取件，或摘要文件。",
                           "Enter what crossed outside Feiyu: a declared number, an extract scanned now, or a digest file."))  # fmt: skip
def add(
    source: Source,
    persons: Persons = None,
    extract: Annotated[
        str, typer.Option(help=t("含有这些人的文件（位于出境侧），当场扫描，只留摘要",
                                 "A file at the edge with these persons; scanned now, only digests are kept")),
    ] = "",
    digests: Annotated[
        str, typer.Option(help=t("以本单位计数密钥制作的摘要文件", "A digest file made under this handler's counting key"))
    ] = "",
    day: Day = "",
    level: Annotated[Level, typer.Option(help=t("证据等级", "Evidence level"))] = Level.D,
    sensitive: Sensitive = 0,
    upper: Upper = None,
    branch: Branch = "",
    handler: Handler = "",
    basis: Basis = "",
    url: Url = "",
    token: Token = "",
) -> None:  # fmt: skip
    """Enter what crossed outside Feiyu."""
    client = edge_client(url, token)
    chosen = Level.L if digests and level is Level.D else level
    entry = _entry(
        "outside", source, day, persons=persons, sensitive=sensitive, upper=upper, branch=branch, handler=handler,
        level=chosen.value, basis=basis,
    )  # fmt: skip
    if extract or digests:
        made = [client.enter_persons(entry, path=extract or digests, digests=bool(digests))]
    else:
        made = client.declare_persons(entry)
    _made(made)


@app.command("reverse", help=t("冲销一笔记录，并写明事由。", "Take an entry back, naming the ground."))
def reverse(
    entry: Annotated[str, typer.Argument(help=t("记录编号", "Entry id"))],
    ground: Annotated[str, typer.Option(help=t("事由", "Ground"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Reverse an entry."""
    _made([edge_client(url, token).reverse_entry(entry, ground=ground)])


@app.command("export", help=t("导出为 XLSX 表格；加 --template 则为空白模板。",
                              "Write an XLSX table; with --template the empty one to fill."))  # fmt: skip
def export(
    file: Annotated[Path, typer.Argument(help=t("写入的文件", "File to write"))],
    template: Annotated[bool, typer.Option("--template", help=t("空白模板", "The empty template"))] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Export the ledger."""
    data = edge_client(url, token).ledger_sheet(template=template)
    write_file(file, data)
    out.print(f"{file}  {len(data):,} B", soft_wrap=True)


@app.command("import", help=t("导入填好的模板；一格有误则全部不登记。",
                              "Enter a filled template; with one wrong cell nothing is entered."))  # fmt: skip
def import_(
    file: Annotated[Path, typer.Argument(help=t("填好的 XLSX", "The filled XLSX"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Import a table."""
    _made(edge_client(url, token).import_ledger(name=file.name, content=read_file(file)))


@group.command("new", help=t("为一组关联处理者生成本年度的计数密钥，写入文件。",
                             "Make a group's counting key of this year, into a file."))  # fmt: skip
def new(file: Annotated[Path, typer.Argument(help=t("写入的文件", "File to write"))]) -> None:
    """Make a group's key."""
    try:
        fd = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, stat.S_IRUSR | stat.S_IWUSR)
    except OSError as bad:
        raise BadFile(path=file, reason=said(bad)) from None
    with os.fdopen(fd, "w") as stream:
        stream.write(base64.b64encode(os.urandom(32)).decode() + "\n")
    out.print(t(f"{file}：请当面或以加密介质交给各成员，登记后销毁。",
                f"{file}: hand it to the members in person or on encrypted media, and destroy it once kept."), soft_wrap=True)  # fmt: skip


@group.command("join", help=t("在本侧登记该组的计数密钥。", "Keep the group's counting key at this edge."))
def join(
    name: Annotated[str, typer.Argument(help=t("组名", "Name of the group"))],
    file: Annotated[Path, typer.Argument(help=t("密钥文件", "The key's file"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Join a group."""
    made = edge_client(url, token).join_group(
        name=name, secret=read_file(file).decode("ascii", "replace").strip()
    )
    out.print(f"{made['name']}  {made['year']}")


@group.command("share", help=t("写出给其他成员的合并文件；组外无法打开。",
                               "Write this handler's file for the other members; nobody else can open it."))  # fmt: skip
def share(url: Url = "", token: Token = "") -> None:
    """Write the file for the group."""
    made = edge_client(url, token).share_with_group()
    out.print(f"{made['path']}\n  SHA-256 {made['sha256']}", soft_wrap=True)


@group.command("count", help=t("合并计数：每人只计一次，只给出合计。",
                               "Count the group: each person once, only the total comes out."))  # fmt: skip
def count(
    files: Annotated[
        list[str],
        typer.Argument(help=t("其他成员的文件（位于出境侧）", "The other members' files, at the edge")),
    ],
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Count the group."""
    found = edge_client(url, token).count_group(*files)
    if as_json:
        _json(found)
        return
    out.print(
        f"{t('关联组', 'Group')}  {found['group']} {found['year']}  {t('成员', 'members')} {len(found['members'])}"
    )
    _three(t("自然人", "Natural persons"), found["persons"])
    _three(t("涉敏感个人信息", "With sensitive information"), found["sensitive"])
    if found["added"]:
        out.print(
            t(
                f"其中 {found['added']:,} 人没有摘要，按数字相加。",
                f"Of these {number_of(found['added'], 'had no digest and was', 'had no digests and were')} added.",
            )
        )
    _lines(found["lines"])


def _entry(kind: str, source: str, day: str, **more: Any) -> dict[str, Any]:
    return {
        "kind": kind, "source": source, "day": day or legal_date(SystemClock().now()).isoformat(), "persons": more.get("persons"),
        "sensitive": more.get("sensitive", 0), "persons_upper": more.get("upper"), "branch": more.get("branch") or None,
        "handler": more.get("handler") or None, "level": more.get("level", "D"), "basis_id": more.get("basis") or None,
    }  # fmt: skip


def _totals(found: dict[str, Any]) -> None:
    out.print(f"[bold]{t('人数台账', 'Person ledger')}[/bold]  {found['since']} – {found['as_of']}")
    made = table(
        "",
        t(">下限", ">lower"),
        t(">计入", ">counted"),
        t(">上限", ">upper"),
        t(">敏感", ">sensitive"),
        t(">笔", ">entries"),
    )
    made.add_row(
        t("合计", "total"),
        *_cells(found["persons"]),
        f"{found['sensitive']['counted']:,}",
        str(found["entries"]),
    )
    for level, part in found["parts"].items():
        made.add_row(
            f"  {level} {t(*LEVELS[level])}",
            *_cells(part["persons"]),
            f"{part['sensitive']['counted']:,}",
            str(part["entries"]),
        )
    for one in found["bases"]:
        made.add_row(f"  {one['id']}  {t('自', 'since')} {one['since']}", *_cells(one["total"]["persons"]),
                     f"{one['total']['sensitive']['counted']:,}", str(one["total"]["entries"]))  # fmt: skip
    for one in found["entrusted"]:
        made.add_row(f"  {t('受托', 'for')} {one['id']}", *_cells(one["total"]["persons"]),
                     f"{one['total']['sensitive']['counted']:,}", str(one["total"]["entries"]))  # fmt: skip
    out.print(made)
    if found["exempt_persons"]:
        out.print(
            t(
                f"另有豁免人员 {found['exempt_persons']:,} 人，不计入。",
                f"Exempt persons apart: {found['exempt_persons']:,}.",
            )
        )


def _lines(lines: list[dict[str, Any]]) -> None:
    made = table(
        t("阈值", "Line"),
        t(">人数", ">persons"),
        t(">已计", ">so far"),
        t("按今年速度", "at this year's pace"),
    )
    for one in lines:
        when = (
            t("已达到", "reached") if one["reached"] else (one["day"] or t("今年不会达到", "not this year"))
        )
        made.add_row(both(one["name"]), f"{one['persons']:,}", f"{one['so_far']:,}", when)
    out.print(made)


def _entries(rows: list[dict[str, Any]]) -> None:
    made = table(
        t("编号", "Id"),
        t("日期", "Day"),
        t("类别", "Kind"),
        t("等级", "Level"),
        t(">自然人", ">persons"),
        t("来源", "Source"),
    )
    for row in rows:
        kind = t(*KINDS[row["kind"]]) + (t("（已冲销）", " (reversed)") if row["reversed"] else "")
        made.add_row(
            row["id"],
            row["day"],
            kind,
            row["level"],
            f"{row['persons']:,}",
            escape(row["title"] or row["source"]),
        )
    out.print(made)


def _three(name: str, three: dict[str, int]) -> None:
    out.print(f"{name}  {' / '.join(_cells(three))}")


def _cells(three: dict[str, int]) -> tuple[str, str, str]:
    return f"{three['lower']:,}", f"{three['counted']:,}", f"{three['upper']:,}"


def _made(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        out.print(f"{row['id']}  {row['day']}  {row['level']}  {persons(row['persons'])}  {escape(row['source'])}",
                  soft_wrap=True)  # fmt: skip


def _json(found: object) -> None:
    out.print(json.dumps(found, ensure_ascii=False, indent=1), soft_wrap=True, markup=False)
