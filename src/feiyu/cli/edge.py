"""``feiyu edge``: run an exporter's edge."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from feiyu.cli import runs
from feiyu.cli.client import Data, Token, Url
from feiyu.cli.lang import t
from feiyu.cli.show import out

if TYPE_CHECKING:
    from feiyu.seal import KeyStore


class Level(StrEnum):
    """Levels of data."""

    GENERAL = "general"
    IMPORTANT = "important"
    CORE = "core"


class Basis(StrEnum):
    """On what a finding rests."""

    NOTIFIED = "notified"
    PUBLISHED = "published"
    OWN = "own"


class EdgeRole(StrEnum):
    """Who may do what at an edge."""

    ENGINEER = "engineer"
    OFFICER = "officer"
    OWNER = "owner"


app = typer.Typer(no_args_is_help=True, help=t("出境侧（数据处理者）。", "The exporter's side."))
Host = Annotated[str | None, typer.Option(help=t("监听地址", "Address to listen on"))]
Number = Annotated[int | None, typer.Option(help=t("监听端口", "Port to listen on"))]


@app.command(
    "take",
    help=t(
        "取得远程数据源的快照（数据库查询、S3 对象、HTTP 文件），其后与本地文件同样扫描和发送。",
        "Take a snapshot of a remote source (a query, an S3 object, a file behind HTTP); it is scanned and sent like a file.",
    ),
)
def take(
    address: Annotated[
        str,
        typer.Argument(help=t("地址，须在 FEIYU_REMOTES 之内", "The address, under one of FEIYU_REMOTES")),
    ],
    table: Annotated[str | None, typer.Option(help=t("数据库中的表", "A table of a database"))] = None,
    query: Annotated[str | None, typer.Option(help=t("一条查询语句", "One query"))] = None,
    url: Url = "",
    token: Token = "",
) -> None:
    """Take a snapshot."""
    from feiyu.cli.client import edge_client
    from feiyu.cli.show import size

    taken = edge_client(url, token).take(address, table=table, query=query)
    out.print(f"{t('已取得', 'Taken')}  {taken['path']}  {size(taken['size_bytes'])}", soft_wrap=True)


app.command("runs", help=runs.RUNS)(runs.list_runs)
app.command("run", help=runs.RUN)(runs.show_run)
app.command("decide", help=runs.DECIDE)(runs.decide_run)


@app.command(
    "copy",
    help=t(
        "取回并解封本侧发送内容的自留副本，以证明当时发送了什么。",
        "Fetch and open the own copy of what a run sent: proof of what was sent then.",
    ),
)
def copy(
    run_id: Annotated[
        str, typer.Argument(metavar="RUN", help=t("传输编号（run_…）", "The run's id (run_…)"))
    ],
    url: Url = "",
    token: Token = "",
) -> None:
    """Fetch the own copy."""
    from feiyu.cli.client import edge_client
    from feiyu.cli.show import size

    got = edge_client(url, token).copy(run_id)
    out.print(f"{t('已核验', 'Verified')}  {got['path']}  {size(got['size_bytes'])}", soft_wrap=True)


@app.command(
    "find",
    help=t(
        "签署数据级别认定：一般、重要或核心，写明依据。",
        "Sign a finding of the level of data: general, important or core, and on what it rests.",
    ),
)
def find(
    profile: Annotated[str, typer.Argument(help=t("画像编号", "Profile id"))],
    level: Annotated[Level, typer.Option(help=t("级别", "Level"))],
    basis: Annotated[
        Basis,
        typer.Option(
            help=t(
                "依据：被告知、已公布的目录，或自行认定",
                "Notified, a published catalogue, or one's own judgement",
            )
        ),
    ],
    day: Annotated[
        str, typer.Option(help=t("告知、公布或认定的日期", "Day of notice, publication or judgement"))
    ],
    field: Annotated[
        str, typer.Option(help=t("字段；不填为全部字段", "A field; all of them without it"))
    ] = "",
    folder: Annotated[
        bool, typer.Option("--folder", help=t("适用于该文件夹的全部文件", "For all files of its folder"))
    ] = False,
    item: Annotated[str, typer.Option(help=t("目录条目", "Item of the catalogue"))] = "",
    number: Annotated[str, typer.Option(help=t("文号", "Number of the notice or catalogue"))] = "",
    issuer: Annotated[str, typer.Option(help=t("发文机关", "Who issued it"))] = "",
    ground: Annotated[str, typer.Option(help=t("理由", "Reason"))] = "",
    url: Url = "",
    token: Token = "",
) -> None:
    """Sign a finding."""
    from feiyu.cli.client import edge_client

    made = edge_client(url, token).sign_finding(
        profile, level=level.value, basis=basis.value, day=day, field=field, folder=folder, item=item, number=number, issuer=issuer,
        ground=ground,
    )  # fmt: skip
    out.print(
        f"{t('已签署认定', 'Finding signed')}  {made['id']}  v{made['version']}  {made['level']}  {made['dataset']} {made['field']}",
        soft_wrap=True,
    )


@app.command(
    "findings", help=t("一份画像的全部认定及其版本。", "All findings about a profile, with their versions.")
)
def list_findings(
    profile: Annotated[str, typer.Argument(help=t("画像编号", "Profile id"))],
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """List findings."""
    from feiyu.cli.client import edge_client

    client = edge_client(url, token)
    rows = client.findings(profile)
    if as_json:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return
    for row in rows:
        where = f"{row['dataset']} {row['field']}".rstrip()
        rests = " ".join(part for part in (row["issuer"], row["number"], row["item"], row["ground"]) if part)
        out.print(
            escape(f"{row['id']}  v{row['version']}  {row['level']}  {row['basis']}  {row['day']}  {where}  {rests}  {row['by']}"),
            soft_wrap=True, highlight=False,
        )  # fmt: skip


@app.command("up", help=t("启动出境侧服务。", "Start an edge."))
def up(
    data: Data = None,
    host: Host = None,
    port: Number = None,
    ready: Annotated[
        Path | None, typer.Option(help=t("就绪后写入地址的文件", "File to write the addresses to when ready"))
    ] = None,
) -> None:
    """Start an edge; settings come from ``FEIYU_…``."""
    from feiyu.api import create_app
    from feiyu.app.edge import build_edge
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.cli.up import bind, quiet, run

    quiet()
    settings = Settings.from_environment(data=data, host=host, port=port)
    built = build_edge(settings, clock=SystemClock())
    sock = bind(settings.host, settings.port)
    built.start()
    url = f"http://{settings.host}:{sock.getsockname()[1]}"
    if ready is not None:
        ready.write_text(json.dumps({"url": url}), encoding="utf-8")
    out.print(f"{t('出境侧', 'Edge')}  {url}")
    try:
        run(create_app(built.house, built.routers, title="Feiyu edge"), sock)
    finally:
        built.stop()


@app.command("token", help=t("为本侧签发访问令牌。", "Issue a token for this edge's API."))
def token(
    account: Annotated[str, typer.Argument(help=t("账号", "Account"))],
    role: Annotated[
        EdgeRole, typer.Option(help=t("角色", "Role: engineer sends, officer pins and decides, owner reads"))
    ] = EdgeRole.ENGINEER,
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin",
            help=t(
                "从标准输入读取口令，新账号可用它登录本侧控制台",
                "Read a password from standard input; a new account can sign in at this edge's console with it",
            ),
        ),
    ] = False,
    data: Data = None,
) -> None:
    """Issue a token for this edge."""
    from feiyu.app.bootstrap import edge_token
    from feiyu.app.edge import build_edge
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.registry.access import Role

    built = build_edge(Settings.from_environment(data=data), clock=SystemClock())
    out.print(
        edge_token(
            built.house,
            roles=(Role(f"exporter.{role.value}"),),
            account=account,
            password=sys.stdin.readline().rstrip("\n") if password_stdin else None,
        ),
        soft_wrap=True,
    )
    built.house.db.close()


@app.command("keys", help=t("显示本侧公钥与指纹。", "Show this edge's public keys and fingerprints."))
def keys(data: Data = None) -> None:
    """Show public keys; the keystore is made when there is none."""
    from feiyu.seal import fingerprint

    store = _keystore(data)
    for purpose in ("edge", "custody", "copy"):
        for key in store.keys(purpose):
            out.print(f"{purpose}  {key.key_id}\n  {fingerprint(key.key_id)}", soft_wrap=True)


@app.command("register", help=t("以本侧服务账号向数据港登记签名公钥。",
                                "Register this edge's signing key at the port, as its service account."))  # fmt: skip
def register(data: Data = None, url: Url = "", token: Token = "") -> None:
    """Register the signing key; address and token are those of ``FEIYU_PORT_URL`` and ``FEIYU_PORT_TOKEN``."""
    from feiyu.app.settings import Settings
    from feiyu.cli.keys import Public, register_all

    settings = Settings.from_environment(data=data)
    found = tuple(
        Public(use="edge", algorithm=key.algorithm, public=key.signer().public, key_id=key.key_id)
        for key in _keystore(data).keys("edge")
    )
    register_all(found, url or settings.port_url, token or settings.port_token)


@app.command("pin", help=t("固定境外接收方的密钥：填写通过另一渠道核对的指纹。",
                           "Pin a recipient's key by the fingerprint compared over another channel."))  # fmt: skip
def pin(
    recipient: Annotated[str, typer.Option(help=t("接收方主体编号", "The recipient's party id"))],
    fingerprint: Annotated[str, typer.Option(help=t("接收方密钥的指纹", "Fingerprint of its recipient key"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Pin a recipient's key at the edge."""
    from feiyu.cli.client import edge_client

    found = edge_client(url, token).pin(recipient=recipient, fingerprint=fingerprint)
    out.print(f"{t('已固定', 'Pinned')}  {found['recipient']}  {found['fingerprint']}", soft_wrap=True)


@app.command(
    "unpin",
    help=t(
        "不再信任已固定的接收方密钥，写明事由。",
        "Trust a pinned recipient's key no longer, naming the ground.",
    ),
)
def unpin(
    recipient: Annotated[str, typer.Option(help=t("接收方主体编号", "The recipient's party id"))],
    fingerprint: Annotated[str, typer.Option(help=t("已固定的指纹", "The pinned fingerprint"))],
    ground: Annotated[str, typer.Option(help=t("事由", "Ground"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Withdraw a pin."""
    from feiyu.cli.client import edge_client

    edge_client(url, token).unpin(recipient=recipient, fingerprint=fingerprint, ground=ground)
    out.print(f"{t('已取消固定', 'Unpinned')}  {recipient}", soft_wrap=True)


def _keystore(data: Path | None) -> "KeyStore":
    from feiyu.app.edge import KEYSTORE, PURPOSES
    from feiyu.app.keys import open_keystore
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock

    settings = Settings.from_environment(data=data)
    return open_keystore(settings.data / KEYSTORE, settings.passphrase, PURPOSES, at=SystemClock().now())
