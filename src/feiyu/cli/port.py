"""``feiyu port``: run a port."""

import base64
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from feiyu.cli import jobs, lists, register
from feiyu.cli.client import Data, new_password
from feiyu.cli.lang import t
from feiyu.cli.show import err, out

app = typer.Typer(no_args_is_help=True, help=t("数据港一侧。", "The port's side."))
app.add_typer(register.party, name="party")
app.add_typer(register.principal, name="principal")
app.command("token", help=t("签发访问令牌，只显示一次。", "Issue an access token; it is shown once."))(
    register.token_for
)
app.command("lists", help=lists.HELP)(lists.lists)
app.command("jobs", help=jobs.HELP)(jobs.jobs_)
Host = Annotated[str | None, typer.Option(help=t("监听地址", "Address to listen on"))]
Number = Annotated[int | None, typer.Option(help=t("监听端口", "Port to listen on"))]


@app.command(
    "up",
    help=t(
        "启动数据港：API、控制台、数据面、存证日志。", "Start a port: API, console, data plane, evidence log."
    ),
)
def up(
    data: Data = None,
    host: Host = None,
    port: Number = None,
    ready: Annotated[
        Path | None, typer.Option(help=t("就绪后写入地址的文件", "File to write the addresses to when ready"))
    ] = None,
) -> None:
    """Start a port; settings come from ``FEIYU_…``."""
    from feiyu.api.port import port_http
    from feiyu.app.port import build_port
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock
    from feiyu.cli.up import bind, quiet, run

    quiet()
    settings = Settings.from_environment(data=data, host=host, port=port)
    built = build_port(settings, clock=SystemClock())
    sock = bind(settings.host, settings.port)
    built.start()
    url = f"http://{settings.host}:{sock.getsockname()[1]}"
    told = {
        "url": url, "wire_url": built.wire.url, "log_vkey": built.log.verifier.text,
        "grant_key": base64.b64encode(built.signer.public).decode(), "demo": settings.demo,
    }  # fmt: skip
    if ready is not None:
        ready.write_text(json.dumps(told), encoding="utf-8")
    if settings.demo:
        out.print(
            f"[black on yellow] {t('演示模式：未设置密钥库口令，凭证均标记为演示', 'DEMO: no keystore passphrase; receipts are marked demo')} [/]"
        )
    out.print(f"{t('数据港', 'Port')}  {url}")
    served, protocol = port_http(built)
    try:
        run(served, sock, protocol=protocol)
    finally:
        built.stop()


@app.command(
    "init",
    help=t(
        "建立数据港：数据库、密钥与首个平台运维账号。",
        "Found a port: database, keys and the first operator account.",
    ),
)
def init(
    account: Annotated[str, typer.Argument(help=t("平台运维账号", "The operator's account"))],
    data: Data = None,
    password_stdin: Annotated[
        bool,
        typer.Option(
            "--password-stdin", help=t("从标准输入读取口令", "Read the password from standard input")
        ),
    ] = False,
) -> None:
    """Enter the first operator and print a token, once."""
    from feiyu.app.bootstrap import first_operator
    from feiyu.app.port import build_port
    from feiyu.app.settings import Settings
    from feiyu.base.clock import SystemClock

    phrase = sys.stdin.readline().rstrip("\n") if password_stdin else new_password()
    built = build_port(Settings.from_environment(data=data), clock=SystemClock())
    try:
        out.print(first_operator(built.house, account=account, password=phrase), soft_wrap=True)
    finally:
        built.wire.close()
        built.house.db.close()


@app.command(
    "keys",
    help=t("显示日志公钥与授权公钥，须另行交付各方。",
           "Show the log's and the grants' public keys, which parties get apart from the API."),
)  # fmt: skip
def keys(
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:
    """Show what witnesses and edges must know."""
    from feiyu.app.folder import PORT, open_keys, origin_of
    from feiyu.base.clock import SystemClock
    from feiyu.cli.client import unlocked
    from feiyu.evidence.keys import Algorithm, VerifierKey

    settings, now = unlocked(data), SystemClock().now()
    store = open_keys(PORT, settings)
    vkey = VerifierKey(origin_of(settings), Algorithm.ED25519, store.signer("log", at=now).public).text
    grant = base64.b64encode(store.signer("grant", at=now).public).decode()
    if as_json:
        out.print_json(json.dumps({"log_vkey": vkey, "grant_key": grant}))
        return
    out.print(f"{t('日志公钥', 'log')}    {vkey}", soft_wrap=True)
    out.print(f"{t('授权公钥', 'grants')} {grant}", soft_wrap=True)


@app.command(
    "trust",
    help=t("输出信任文件：本港与各方已核对的公钥，另行交付。",
           "Print the trust file: the port's keys and every confirmed key of the parties; hand it over apart."),
)  # fmt: skip
def trust(
    data: Data = None,
    witness: Annotated[
        list[str] | None,
        typer.Option(
            help=t(
                "见证节点公钥，可多次；默认取 FEIYU_WITNESSES",
                "A witness's vkey, repeatable; else those of FEIYU_WITNESSES",
            )
        ),
    ] = None,
) -> None:
    """Print the trust file, from the folder alone; the port may be running."""
    from feiyu.app.folder import Folder
    from feiyu.app.trust import trust_from_records
    from feiyu.base.clock import SystemClock
    from feiyu.cli.client import unlocked
    from feiyu.evidence.keys import VerifierKey

    settings, clock = unlocked(data), SystemClock()
    known = [item.partition("=")[2] for item in settings.witnesses.split()] if witness is None else witness
    with Folder.open(settings, clock=clock) as folder:
        made = trust_from_records(folder, witnesses=[VerifierKey.parse(one) for one in known], at=clock.now())
    sys.stdout.write(made.decode())
    if not known:
        err.print(t("[yellow]没有见证节点：凭证只由日志自身担保。[/yellow]",
                    "[yellow]There is no witness: receipts rest on the log's word alone.[/yellow]"))  # fmt: skip
