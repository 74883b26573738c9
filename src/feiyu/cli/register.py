"""``feiyu port party`` and ``feiyu port principal``: who takes part, entered by the operator over the API."""

import json
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from feiyu.base.text import Text
from feiyu.cli.client import Token, Url, port_client
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import both, out, table

party = typer.Typer(no_args_is_help=True, help=t("主体（组织）。", "Parties (organisations)."))
principal = typer.Typer(
    no_args_is_help=True, help=t("经办人与服务账号。", "Principals: people and service accounts.")
)
AsJson = Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))]


class Kind(StrEnum):
    """What an organisation is; the registry's ``PartyKind``, told here so that no command line waits for the store."""

    EXPORTER = "exporter"
    RECIPIENT = "recipient"
    CENTRE = "centre"
    AUTHORITY = "authority"
    OPERATOR = "operator"
    AUDITOR = "auditor"


KINDS = {
    Kind.EXPORTER: Text("数据处理者", "Data handler"), Kind.RECIPIENT: Text("境外接收方", "Recipient"),
    Kind.CENTRE: Text("服务中心", "Service centre"), Kind.AUTHORITY: Text("主管部门", "Authority"),
    Kind.OPERATOR: Text("运营主体", "Operator"), Kind.AUDITOR: Text("审计方", "Auditor"),
}  # fmt: skip
"""As the console says them."""


class Seat(StrEnum):
    """The seats, as the registry's ``Role`` has them."""

    OWNER = "exporter.owner"
    ENGINEER = "exporter.engineer"
    OFFICER = "exporter.officer"
    SIGNATORY = "exporter.signatory"
    EDGE = "exporter.edge"
    CENTRE = "centre.staff"
    AUTHORITY = "authority.officer"
    OPERATOR = "operator"
    RECIPIENT = "recipient.user"
    AUDITOR = "auditor"


@party.command("add", help=t("登记主体。", "Register a party."))
def add_party(
    kind: Annotated[Kind, typer.Argument(help=t("类别", "What it is at the port"))],
    zh: Annotated[str, typer.Option(help=t("中文名称", "Name in Chinese"))],
    en: Annotated[str, typer.Option(help=t("英文名称", "Name in English"))],
    country: Annotated[str, typer.Option(help=t("国家或地区（两位代码）", "Country, two letters"))] = "CN",
    uscc: Annotated[
        str | None, typer.Option(help=t("统一社会信用代码", "Unified social credit code"))
    ] = None,
    lei: Annotated[str | None, typer.Option(help=t("法人机构识别编码", "Legal entity identifier"))] = None,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Register an organisation."""
    made = port_client(url, token).register_party(
        kind=kind.value, name={"zh": zh, "en": en}, country=country.upper(), uscc=uscc, lei=lei
    )
    _told(made, made["id"], as_json=as_json)


@party.command("list", help=t("列出主体。", "List parties."))
def list_parties(as_json: AsJson = False, url: Url = "", token: Token = "") -> None:
    """List parties."""
    found = port_client(url, token).parties()
    if as_json:
        _json(found)
        return
    made = table(t("编号", "Id"), t("类别", "Kind"), t("名称", "Name"), t("国家", "Country"))
    for one in found:
        made.add_row(one["id"], KINDS[Kind(one["kind"])][LANG], both(one["name"]), one["country"])
    out.print(made)


@principal.command("add", help=t("登记经办人或服务账号。", "Add somebody who acts for a party."))
def add_principal(
    account: Annotated[str, typer.Argument(help=t("账号", "Account"))],
    party_id: Annotated[str, typer.Option("--party", help=t("主体编号", "Party id"))],
    role: Annotated[
        list[Seat],
        typer.Option(
            metavar="ROLE", help=t(f"角色，可多次：{'、'.join(Seat)}", f"Role, repeatable: {', '.join(Seat)}")
        ),
    ],
    name: Annotated[str, typer.Option(help=t("姓名或名称；默认同账号", "Name; the account by default"))] = "",
    days: Annotated[int, typer.Option(min=1, max=1096, help=t("授权天数", "Days the authority lasts"))] = 365,
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin",
            help=t(
                "从标准输入读取口令；否则只能用令牌", "Read a password from standard input; else tokens only"
            ),
        ),
    ] = False,
    token_days: Annotated[
        int,
        typer.Option(
            min=0,
            max=366,
            help=t("同时签发令牌的天数，0 为不签发", "Also issue a token for so many days; 0 issues none"),
        ),
    ] = 0,
    as_json: AsJson = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Add a principal, and a token where it is wanted."""
    port = port_client(url, token)
    password = sys.stdin.readline().rstrip("\n") if password_stdin else None
    made = port.api.post("/api/v1/principals", {
        "party_id": party_id, "account": account, "name": name or account, "roles": [one.value for one in role],
        "days": days, "password": password,
    })  # fmt: skip
    if token_days:
        made |= _issue(port, made["id"], "cli", token_days)
    _told(made, made["id"], made.get("token", ""), as_json=as_json)


@principal.command("list", help=t("列出经办人。", "List principals."))
def list_principals(as_json: AsJson = False, url: Url = "", token: Token = "") -> None:
    """List principals."""
    found = port_client(url, token).api.get("/api/v1/principals")
    if as_json:
        _json(found)
        return
    made = table(t("编号", "Id"), t("账号", "Account"), t("主体", "Party"), t("角色", "Roles"))
    for one in found:
        made.add_row(one["id"], one["account"], one["party_id"], ", ".join(one["roles"]))
    out.print(made)


def token_for(
    principal_id: Annotated[str, typer.Argument(help=t("经办人编号", "Principal id"))],
    label: Annotated[str, typer.Option(help=t("用途", "What it is for"))] = "cli",
    days: Annotated[int, typer.Option(min=1, max=366, help=t("有效天数", "Days it is valid"))] = 30,
    url: Url = "",
    token: Token = "",
) -> None:
    """Issue a token."""
    out.print(_issue(port_client(url, token), principal_id, label, days)["token"], soft_wrap=True)


def _issue(port: Any, principal_id: str, label: str, days: int) -> dict[str, Any]:
    found: dict[str, Any] = port.api.post(
        f"/api/v1/principals/{principal_id}/tokens", {"label": label, "days": days}
    )
    return found


def _told(made: dict[str, Any], *words: str, as_json: bool) -> None:
    if as_json:
        _json(made)
        return
    out.print("\n".join(word for word in words if word), soft_wrap=True)


def _json(found: object) -> None:
    out.print(json.dumps(found, ensure_ascii=False, indent=1), soft_wrap=True, markup=False)
