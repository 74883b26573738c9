"""``feiyu file``: have the edge determine, then file with the port or record the exemption."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from feiyu.base.text import Text
from feiyu.cli.client import BadFile, Token, Url, edge_client, read_json
from feiyu.cli.lang import t
from feiyu.cli.show import both, out

HELP = t("由出境侧扫描并判定，再向数据港提交办件或自行记录免予申报。",
         "Have the edge scan and determine, then file with the port or record the exemption.")  # fmt: skip


def file(
    path: Annotated[str, typer.Argument(help=t("出境侧可读的文件", "A file that the edge may read"))],
    scenario: Annotated[str, typer.Option(help=t("场景编号", "Scenario id"))],
    answers: Annotated[Path | None, typer.Option(help=t("回答文件（JSON）", "Answers, a JSON file"))] = None,
    drop: Annotated[
        list[str] | None, typer.Option(help=t("剥离的字段，可多次", "A field to leave out, repeatable"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Determine and file."""
    edge = edge_client(url, token)
    told = read_json(answers) if answers else {}
    if not isinstance(told, dict):
        raise BadFile(path=answers, reason=Text("应为 JSON 对象", "a JSON object is wanted"))
    profile = edge.scan(path)
    found = edge.determine(profile_id=profile["id"], scenario_id=scenario, answers=told, drop=drop)
    if as_json:
        filed = edge.file(scenario_id=scenario, determined=found)
        sys.stdout.write(
            json.dumps({"determined": found, "filed": filed}, ensure_ascii=False, indent=1) + "\n"
        )
        return
    determination = found["determination"]
    out.print(
        f"[bold]{determination['route']}[/bold]  {determination['rule']}  {escape(both(determination['reason']))}"
    )
    filed = edge.file(scenario_id=scenario, determined=found)
    done = (
        t("已自行记录免予申报", "Exemption recorded")
        if filed["kind"] == "exemption"
        else t("已提交", "Filed")
    )
    out.print(f"{done}  {filed['id']}")
