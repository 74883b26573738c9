"""``feiyu original``: hand in the signed original of a filing's paper, or show what is there."""

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.cli.client import Token, Url, port_client, read_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out

HELP = t("为办件材料添加签署原件（电子签名、电子印章或盖章扫描件）；不带文件则列出已有的。",
         "Add the signed original of a filing's paper (signature, e-seal or scan); without a file, list what is there.")  # fmt: skip


def original(
    filing: Annotated[str, typer.Argument(help=t("办件编号", "Filing id"))],
    document: Annotated[str, typer.Argument(help=t("材料文件编号", "Id of the paper"))] = "",
    file: Annotated[Path | None, typer.Argument(help=t("签署原件", "The signed original"))] = None,
    kind: Annotated[
        str,
        typer.Option(
            help=t(
                "signature（分离式 CMS）、pdf（含电子签名的 PDF）、ofd（加盖电子印章的 OFD）、eseal（其他电子印章，不核验）或 scan（扫描件）",
                "signature (detached CMS), pdf (signed inside), ofd (with e-seals), eseal (of another kind, unchecked) or scan",
            )
        ),
    ] = "signature",
    url: Url = "",
    token: Token = "",
) -> None:
    """Add one, or list them."""
    port = port_client(url, token)
    if file is None:
        for material in port.filing(filing)["materials"]:
            _show(material)
        return
    added = port.add_original(filing, document, kind=kind, name=file.name, content=read_file(file))
    _print(added)


def _show(material: dict[str, Any]) -> None:
    for paper in material["documents"]:
        out.print(f"{material['name'][LANG]}  {paper['id']}  {escape(paper['name'])}", soft_wrap=True)
        for one in paper["originals"]:
            _print(one, indent="  ")
    if material["original_missing"]:
        out.print(f"  {t('尚无签署原件', 'No signed original yet')}")


def _print(one: dict[str, Any], indent: str = "") -> None:
    out.print(f"{indent}{_line(one)}", soft_wrap=True)
    for each in one["findings"]:
        out.print(f"{indent}  {escape(each[LANG])}", soft_wrap=True)


def _line(one: dict[str, Any]) -> str:
    signer = one["signer"]
    who = (
        f"  {escape(str(signer['organisation'] or signer['subject']))} {signer['credit_code'] or ''} = {escape(signer['party_name'][LANG])}"
        if signer
        else ""
    )
    return f"{one['kind_name'][LANG]}  {one['id']}{who}  {one['standing'][LANG]}"
