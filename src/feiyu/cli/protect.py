"""``feiyu protect SOURCE``: make data safer before they go, and prove it by a second scan."""

import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from feiyu.base.said import said
from feiyu.base.text import number_of
from feiyu.cli.client import write_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import err, out, rows, table

if TYPE_CHECKING:
    from feiyu.base.text import Text
    from feiyu.scan import Source
    from feiyu.scan.protect import Outcome, ProtectPlan

HELP = t(
    "按方案（或扫描建议）删除、掩码、假名化、泛化或 k-匿名化数据，并以再次扫描证明效果。",
    "Drop, mask, pseudonymise, generalise or k-anonymise data by a plan (or by the scan's advice), and prove the effect by a second scan.",
)


def protect(
    address: Annotated[
        str,
        typer.Argument(
            metavar="SOURCE",
            help=t(
                "要处理的文件，或 postgresql://、mysql://、s3:// 地址",
                "The file to protect, or the address of a database or object: postgresql://, mysql://, s3://",
            ),
        ),
    ],
    output: Annotated[
        str | None,
        typer.Option(
            "--out", "-o",
            help=t("输出文件或 s3:// 对象：.csv、.jsonl 或 .parquet", "The output, a file or an s3:// object: .csv, .jsonl or .parquet"),
        ),
    ] = None,
    plan: Annotated[Path | None, typer.Option(help=t("保护方案（YAML）；不给则按扫描建议", "The plan, YAML; without it the scan's advice is followed"))] = None,
    advise: Annotated[bool, typer.Option("--advise", help=t("只打印建议的方案", "Only print the advised plan"))] = False,
    needs: Annotated[
        list[str] | None, typer.Option(help=t("目的确需的字段，可多次", "A field that the purpose needs, repeatable"))
    ] = None,
    purpose: Annotated[str, typer.Option(help=t("目的；不同目的的假名互不相同", "The purpose; pseudonyms of two purposes never match"))] = "",
    keystore: Annotated[Path | None, typer.Option(help=t("含假名化密钥的密钥库", "The keystore with the pseudonym key"))] = None,
    table_name: Annotated[str | None, typer.Option("--table", help=t("含多张表时选择其中一张", "Which table, where there are several"))] = None,
    query: Annotated[str | None, typer.Option(help=t("数据库：处理此查询的结果", "Of a database: protect what this query gives"))] = None,
    encoding: Annotated[str, typer.Option(help=t("源文本的编码，如 cp874、windows-1250；不给则自动判断；输出总是 UTF-8", "The encoding of a source that is text, such as cp874 or windows-1250; found by itself without it; the output is always UTF-8"))] = "",
    report: Annotated[Path | None, typer.Option(help=t("把报告写入此文件（JSON）", "Write the report to this file, JSON"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:  # fmt: skip
    """Protect a source."""
    from feiyu.scan import protect as engine
    from feiyu.scan.protect.engine import protect as run
    from feiyu.scan.remote.s3 import put_file
    from feiyu.scan.table import printable

    with closing(_opened(address, table_name, query, encoding)) as source:
        for warning in source.warnings:
            err.print(f"[yellow]{escape(warning[LANG])}[/yellow]")
        named = table_name or printable(PurePath(address.partition("?")[0]).stem)
        made, why = _plan(source, plan, table_name, purpose or named, needs or [])
        if advise:
            sys.stdout.write(engine.dump_plan(made, why, lang=LANG.value))
            return
        if output is None:
            raise typer.BadParameter(t("请用 --out 指定输出文件。", "Name the output with --out."))
        key, key_id = _key(keystore)
        with _here(output) as out_path:
            outcome = run(source, made, out=out_path, key=key, key_id=key_id, table=table_name)
            if output.startswith("s3://") and outcome.proven:
                put_file(output, out_path)
    if report is not None:
        write_file(report, (json.dumps(outcome.as_dict(), ensure_ascii=False, indent=1) + "\n").encode())
    if as_json:
        out.print_json(json.dumps(outcome.as_dict(), ensure_ascii=False), indent=1)
    else:
        show(outcome)
    if not outcome.proven:
        raise typer.Exit(1)


def _opened(address: str, table_name: str | None, query: str | None, encoding: str) -> "Source":
    from feiyu.scan import Limits, open_source
    from feiyu.scan.encoding import named
    from feiyu.scan.remote.address import is_remote, open_address

    limits = Limits(encoding=named(encoding) if encoding else "")
    if query is None and not is_remote(address):
        return open_source(
            Path(address), limits=limits
        )  # what nobody can read is refused, where a scan would list it
    return open_address(address, table=table_name, query=query, limits=limits)


@contextmanager
def _here(output: str) -> Iterator[Path]:
    """Where the output is written on this machine; an object is put from there once it is proven."""
    if not output.startswith("s3://"):
        yield Path(output)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder) / PurePath(output).name


def _plan(
    source: "Source", plan: Path | None, table_name: str | None, purpose: str, needs: list[str]
) -> "tuple[ProtectPlan, Mapping[str, Text]]":
    from feiyu.cli.client import BadFile
    from feiyu.scan import profile
    from feiyu.scan.asked_fields import refuse_unknown
    from feiyu.scan.one_table import one_table_source, only_table
    from feiyu.scan.protect import advise as advised
    from feiyu.scan.protect import parse_plan

    if plan is not None:
        try:
            return parse_plan(plan.read_bytes(), plan.name), {}
        except OSError as error:
            raise BadFile(path=plan, reason=said(error)) from None
    found = profile(one_table_source(source, only_table(source, table_name)))
    refuse_unknown(needs, found)
    return advised(found.tables[0], purpose=purpose, needs=needs)


def _key(keystore: Path | None) -> tuple[bytes | None, str | None]:
    if keystore is None:
        return None, None
    from feiyu.base.clock import SystemClock
    from feiyu.cli.client import passphrase
    from feiyu.seal import KeyStore

    held = KeyStore.open(keystore, passphrase()).current("pseudonym", at=SystemClock().now())
    return held.material, held.key_id


def show(outcome: "Outcome") -> None:
    """What was done to each field, and before beside after."""
    from feiyu.cli.scan import kind, show_inexact
    from feiyu.scan.protect.plan import NAMES
    from feiyu.scan.protect.proof import standing

    before, after = outcome.proof.before, outcome.proof.after
    now = {one.name: one for one in after.fields}
    out.print(
        f"[bold]{escape(outcome.source)}[/bold] → [bold]{escape(outcome.output)}[/bold]  "
        f"{outcome.rows_in:,} → {rows(outcome.rows_out)}"
    )
    made = table(
        t("字段", "Field"),
        t("处理", "Done"),
        t("此前", "Before"),
        t("再次扫描", "Scanned again"),
        f">{t('失去的值', 'Values lost')}",
    )
    for field in before.fields:
        method = outcome.plan.step_of(field.name).method
        effect = outcome.effects.get(field.name)
        style = "red" if field.sensitive else "yellow" if field.personal else ""
        then = now.get(field.name)
        again = "—" if then is None else kind(then.type)
        if then is not None and then.personal:
            again = (
                f"[yellow]{again}（{t('个人', 'personal')}）[/yellow]"
                if LANG == "zh"
                else f"[yellow]{again} (personal)[/yellow]"
            )
        made.add_row(
            escape(field.name), NAMES[method][LANG], f"[{style}]{kind(field.type)}[/{style}]" if style else kind(field.type),
            again, f"{effect.lost:,}" if effect and effect.lost else "",
        )  # fmt: skip
    out.print(made)
    if outcome.loss is not None:
        _show_loss(outcome)
    numbers = table(
        "",
        t("下限", "lower"),
        t("计数", "counted"),
        t("上限", "upper"),
        t("涉敏感", "sensitive"),
        t("级别（疑似）", "Level (suspected)"),
    )
    for name, one in ((t("此前", "Before"), before), (t("此后", "After"), after)):
        p = one.persons
        numbers.add_row(
            name,
            f"{p.lower:,}",
            f"[bold]{p.counted:,}[/bold]",
            f"{p.upper:,}",
            f"{p.sensitive.counted:,}",
            standing(one)[LANG],
        )
    out.print(numbers)
    show_inexact(after.persons)
    for remark in outcome.proof.remarks:
        out.print(f"[yellow]{escape(remark[LANG])}[/yellow]")
    for left in outcome.proof.left:
        held = "、".join(kind(one) for one in left.types)
        err.print(
            f"[red]{t(f'字段 {left.field} 仍含有：{held}。请勿发送。', f'{left.field} still holds: {held}. Do not send it.')}[/red]"
        )
    if outcome.proven:
        out.print(
            f"[green]{t('再次扫描证明：应去除的内容均已去除。', 'The second scan finds nothing of what was to go.')}[/green]"
        )


def _show_loss(outcome: "Outcome") -> None:
    loss = outcome.loss
    assert loss is not None
    share = loss.suppressed / max(1, loss.rows)
    out.print(t(
        f"{loss.k}-匿名：{loss.groups:,} 组，最小 {loss.smallest} 行，平均 {loss.average:.1f} 行；舍去 {loss.suppressed:,} 行（{share:.2%}）；"
        f"信息损失（NCP）{loss.ncp:.1%}；不可区分度 {loss.discernibility:,}",
        f"{loss.k}-anonymous: {number_of(loss.groups, 'group')}, the smallest of {number_of(loss.smallest, 'row')}, {loss.average:.1f} on average; "
        f"{number_of(loss.suppressed, 'row')} left out ({share:.2%}); information lost (NCP) {loss.ncp:.1%}; discernibility {loss.discernibility:,}",
    ))  # fmt: skip
    parts = ", ".join(f"{escape(name)} {value:.0%}" for name, value in loss.by_field)
    out.print(f"  [dim]{parts}[/dim]")
