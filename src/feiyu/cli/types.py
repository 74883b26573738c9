"""``feiyu types``: every semantic type the scan knows."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out, table

if TYPE_CHECKING:
    from feiyu.scan import SemanticType
    from feiyu.scan.own import OwnType

HELP = t("列出全部语义类型。", "List every semantic type.")


def types(
    own: Annotated[
        Path | None,
        typer.Option("--types", help=t("也列出此文件中的自定义类型", "List the own types of this file too")),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:
    """List every semantic type."""
    from feiyu.scan import types as built_in
    from feiyu.scan.own import load_types

    known: list[SemanticType | OwnType] = [*built_in(), *(load_types(own).types if own is not None else ())]

    if as_json:
        out.print_json(json.dumps([one.as_dict() for one in known], ensure_ascii=False), indent=1)
        return
    made = table("id", t("名称", "Name"), t("标记", "Marks"), t("识别强度", "Identifies"))
    for one in known:
        marks = t("敏感", "sensitive") if one.sensitive else t("个人", "personal") if one.personal else ""
        made.add_row(one.id, one.names[LANG], marks, one.strength.value)
    out.print(made)
