"""``feiyu lease`` and ``feiyu break-glass``: what the edge may do while the port is out of reach."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.markup import escape

from feiyu.base.clock import from_text, shown
from feiyu.cli.client import Token, Url, edge_client, passphrase
from feiyu.cli.lang import t
from feiyu.cli.show import out, size, table

lease = typer.Typer(no_args_is_help=True, help=t("离线租约：数据港暂时无法访问时，本侧可以先封存。",
                                                 "Leases: leave to seal while the port is out of reach."))  # fmt: skip
glass = typer.Typer(no_args_is_help=True, help=t("紧急放行：本单位两人决定，事后必报。",
                                                 "Break-glass: two persons of the exporter decide; it is always reported."))  # fmt: skip
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))]
Grant = Annotated[str, typer.Option(help=t("传输授权编号", "Grant id"))]
Persons = Annotated[int, typer.Option(min=0, help=t("自然人上限", "Natural persons, at most"))]
Bytes = Annotated[int, typer.Option("--bytes", min=1, help=t("字节上限", "Bytes, at most"))]
STATES = {
    "held": ("持有", "held"), "used": ("使用中", "used"), "over": ("已结束", "over"), "asked": ("待第二人确认", "asked"),
    "open": ("已确认", "open"), "out": ("已交出，待报告", "handed out"), "reported": ("已报告", "reported"),
}  # fmt: skip


@lease.command("ask", help=t("向数据港申请一份租约。", "Obtain a lease from the port."))
def ask_lease(
    grant: Grant,
    persons: Persons,
    size_bytes: Bytes,
    hours: Annotated[int, typer.Option(min=1, max=72, help=t("小时数", "Hours it lasts"))] = 24,
    sensitive: Annotated[
        int, typer.Option(min=0, help=t("敏感个人信息人数上限", "With sensitive information, at most"))
    ] = 0,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Obtain a lease."""
    made = edge_client(url, token).obtain_lease(
        grant_id=grant, persons=persons, sensitive=sensitive, size_bytes=size_bytes, hours=hours
    )
    if as_json:
        _json(made)
        return
    out.print(f"{made['id']}  {t('至', 'until')} {_at(made['not_after'])}", soft_wrap=True)


@lease.command("list", help=t("列出本侧的租约。", "List the leases of this edge."))
def list_leases(as_json: AsJson = False, url: Url = "", token: Token = "") -> None:
    """List leases."""
    found = edge_client(url, token).leases()
    if as_json:
        _json(found)
        return
    made = table(
        t("编号", "Id"),
        t("授权", "Grant"),
        t("状态", "State"),
        t(">自然人", ">persons"),
        t(">字节", ">bytes"),
        t("至（UTC+8）", "Until (UTC+8)"),
    )
    for one in found:
        made.add_row(one["id"], one["grant_id"], t(*STATES[one["state"]]), f"{one['persons']:,}", size(one["size_bytes"]),
                     _at(one["not_after"]).removesuffix(" UTC+8"))  # fmt: skip
    out.print(made)


@glass.command(
    "ask",
    help=t("第一人：申请紧急放行，写明事由。", "First person: ask for a break-glass, naming the ground."),
)
def ask_glass(
    grant: Grant,
    ground: Annotated[str, typer.Option(help=t("事由", "Ground"))],
    persons: Persons,
    size_bytes: Bytes,
    url: Url = "",
    token: Token = "",
) -> None:
    """Ask for a break-glass."""
    made = edge_client(url, token).break_glass(
        grant_id=grant, ground=ground, persons=persons, size_bytes=size_bytes
    )
    out.print(
        f"{made['id']}  {t('请由本单位另一人确认', 'another person of this exporter confirms')}",
        soft_wrap=True,
    )


@glass.command("confirm", help=t("第二人：确认。", "Second person: confirm."))
def confirm(
    ident: Annotated[str, typer.Argument(help=t("编号", "Id"))], url: Url = "", token: Token = ""
) -> None:
    """Confirm a break-glass."""
    made = edge_client(url, token).confirm_breakglass(ident)
    out.print(f"{made['id']}  {t('至', 'until')} {_at(made['not_after'])}", soft_wrap=True)


@glass.command("list", help=t("列出本侧的紧急放行。", "List the break-glasses of this edge."))
def list_glasses(as_json: AsJson = False, url: Url = "", token: Token = "") -> None:
    """List break-glasses."""
    found = edge_client(url, token).breakglass()
    if as_json:
        _json(found)
        return
    made = table(
        t("编号", "Id"), t("状态", "State"), t("申请", "Asked by"), t("确认", "Confirmed by"), t("事由", "Ground"),
    )  # fmt: skip
    for one in found:
        made.add_row(
            one["id"],
            t(*STATES[one["state"]]),
            escape(one["asked_by_name"]),
            escape(one["confirmed_by_name"] or "-"),
            escape(one["ground"]),
        )
    out.print(made)
    for one in found:
        if one["bundle"]:
            out.print(f"{t('密封包', 'Bundle')}  {one['id']}  {escape(one['bundle'])}", soft_wrap=True)


@glass.command(
    "open",
    help=t("境外接收方：打开紧急放行的密封包。", "As the recipient: open a bundle that was handed out."),
)
def open_(
    bundle: Annotated[
        Path, typer.Argument(exists=True, file_okay=False, help=t("密封包目录", "The bundle's folder"))
    ],
    keys: Annotated[Path, typer.Option(help=t("接收方密钥库", "The recipient's keystore"))],
    edge_key: Annotated[
        str, typer.Option(help=t("另行核对的出境侧密钥编号", "The edge's key id, compared apart"))
    ],
    to: Annotated[Path, typer.Option(help=t("存放目录", "Folder to put it in"))] = Path(),
) -> None:
    """Open a bundle."""
    from feiyu.base.clock import SystemClock
    from feiyu.seal import KeyStore
    from feiyu_sdk.bundle import open_bundle

    key = KeyStore.open(keys, passphrase()).current("recipient", at=SystemClock().now()).recipient()
    path, manifest = open_bundle(bundle, key=key, edge_key_id=edge_key, folder=to)
    out.print(
        f"{t('已核验', 'Verified')}  {path}  {size(path.stat().st_size)}  {manifest.transfer_id}",
        soft_wrap=True,
    )


def _at(instant: str) -> str:
    return shown(from_text(instant))


def _json(found: Any) -> None:
    out.print(json.dumps(found, ensure_ascii=False, indent=1), soft_wrap=True, markup=False)
