"""``feiyu signers``: who signed a paper, checked offline: a PDF, an OFD with e-seals, or a CMS signature beside it."""

import json
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from feiyu.base.errors import BadInput
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.cli.client import BadFile, read_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

HELP = t("离线核验一份文件由谁签署：含电子签名的 PDF、加盖电子印章的 OFD，或文件之外的 CMS 签名。",
         "Check offline who signed a paper: a PDF with signatures inside, an OFD with e-seals, or a CMS signature beside it.")  # fmt: skip


def signers(
    file: Annotated[
        Path, typer.Argument(help=t("PDF、OFD 或 CMS 签名文件", "The PDF, OFD, or CMS signature"))
    ],
    authorities: Annotated[
        Path,
        typer.Option(
            envvar="FEIYU_SIGNING_AUTHORITIES",
            show_envvar=False,
            help=t(
                "所信任的认证机构证书（PEM），另行取得",
                "Certificates of the authorities you trust (PEM), obtained apart",
            ),
        ),
    ],
    paper: Annotated[
        Path | None, typer.Option(help=t("CMS 签名所针对的文件", "The paper that a CMS signature is over"))
    ] = None,
    lists: Annotated[
        Path | None,
        typer.Option(
            envvar="FEIYU_SIGNING_LISTS",
            show_envvar=False,
            help=t("证书吊销列表所在文件夹", "The folder of lists of revoked certificates"),
        ),
    ] = None,
    received: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="YYYY-MM-DD",
            help=t(
                "确知文件已存在的日期；默认为现在",
                "The day on which it was there for sure; now, if not given",
            ),
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:
    """Exit code 0 where every signature holds; what does not hold is refused by name. Nothing is fetched."""
    from feiyu.base.clock import SHANGHAI, SystemClock
    from feiyu.evidence.crl import read_folder
    from feiyu.evidence.signers import known, told
    from feiyu.port.signed import SIGNATURE, kind_of, signers_of

    content = read_file(file)
    if lists is not None and not lists.is_dir():
        raise BadFile(path=lists, reason=Text("应为文件夹", "a folder is wanted"))
    kind = kind_of(content)
    if kind == SIGNATURE and paper is None:
        raise BadInput(
            reason=Text(
                "CMS 签名须用 --paper 指明其针对的文件", "say by --paper which paper a CMS signature is over"
            )
        )
    given = signers_of(
        kind, file.name, read_file(paper) if paper else b"", content, trusted=_trusted(authorities),
        at=SystemClock().now(), lists=read_folder(lists, {}) if lists else [],
        received=received.replace(tzinfo=SHANGHAI) if received else None,
    )  # fmt: skip
    found = [known(one) for one in given]
    if as_json:
        out.print_json(json.dumps(found, ensure_ascii=False), indent=1)
        return
    for one in found:
        who = f"{one.get('organisation', one['subject'])} {one.get('credit_code', '')}".strip()
        out.print(f"[green]✓[/green] {escape(who)}  {one['algorithm']}", soft_wrap=True)
        out.print(f"  {t('证书', 'Certificate')}  {escape(one['subject'])}", soft_wrap=True)
        out.print(f"  {t('认证机构', 'Authority')}  {escape(one['authority'])}", soft_wrap=True)
        for each in told(one):
            out.print(f"  {escape(each[LANG])}", soft_wrap=True)


def _trusted(path: Path) -> "tuple[Certificate, ...]":
    from feiyu.evidence.paper import load_authorities

    try:
        return load_authorities(read_file(path))
    except ValueError as bad:
        raise BadFile(path=path, reason=said(bad)) from None
