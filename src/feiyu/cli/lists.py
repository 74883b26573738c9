"""``feiyu port lists``: the lists of revoked certificates by which signers are judged, and fresh ones where that is wanted."""

from typing import Annotated

import typer
from rich.markup import escape

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.cli.client import Data
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import err, out, table

HELP = t("列出 FEIYU_SIGNING_LISTS 目录中的证书吊销列表；加 --fetch 先从 FEIYU_SIGNING_LIST_URLS 取新列表，否则不联网。",
         "Show the lists of revoked certificates in FEIYU_SIGNING_LISTS; with --fetch take fresh ones from "
         "FEIYU_SIGNING_LIST_URLS first, else no network is used.")  # fmt: skip


def lists(
    data: Data = None,
    fetch: Annotated[bool, typer.Option("--fetch", help=t("先取新列表", "Take fresh ones first"))] = False,
) -> None:
    """Exit code 1 where a list cannot be used, is over, or could not be fetched."""
    from feiyu.app.settings import BadSetting, Settings
    from feiyu.app.signers import standing, trusted_of
    from feiyu.base.clock import SystemClock, shown
    from feiyu.evidence.crl_fetch import refresh

    settings = Settings.from_environment(data=data)
    trusted, failed = trusted_of(settings), False
    if trusted.folder is None:
        raise BadSetting(name="FEIYU_SIGNING_LISTS", reason=Text("应为文件夹", "a folder is wanted"))
    for url in settings.signing_list_urls.split() if fetch else ():
        try:
            refresh(url, trusted.folder, authorities=trusted.authorities)
        except FeiyuError as refusal:
            failed = True
            err.print(f"{escape(refusal.text(LANG))} {escape(refusal.remedy(LANG))}")
    made = table(t("文件", "File"), t("签发者", "Issuer"), t("制作时间", "Made"), t("有效至", "Holds until"), t("状态", "State"))  # fmt: skip
    now = SystemClock().now()
    for one in trusted.lists():
        crl, (usable, state) = one.crl, standing(one, trusted, now)
        failed |= not usable
        made.add_row(
            escape(one.name), escape(crl.issuer.rfc4514_string()) if crl is not None else "",
            shown(crl.last_update_utc) if crl is not None else "",
            shown(crl.next_update_utc) if crl is not None and crl.next_update_utc else "", escape(state[LANG]),
        )  # fmt: skip
    out.print(made)
    if failed:
        raise typer.Exit(1)
