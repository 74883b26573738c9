"""``feiyu log``: look at the evidence log as any client may, check it, follow it, hand it out, witness it."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feiyu.cli.client import BadFile, Data, Token, Url, read_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import err, out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feiyu.evidence.chain import Finding

app = typer.Typer(no_args_is_help=True, help=t("存证日志。", "The evidence log."))
Vkey = Annotated[
    str, typer.Option(help=t("日志公钥（另行取得）", "The log's public key (vkey), obtained apart"))
]
Listen = Annotated[
    str, typer.Option(help=t("监听地址 主机：端口", "Where to listen, HOST:PORT"), metavar="HOST:PORT")
]
LogUrl = Annotated[str, typer.Argument(help=t("日志地址，即检查点所在目录，如 https://…/log",
                                              "The log's address, where its checkpoint lies, such as https://…/log"))]  # fmt: skip


@app.command("show", help=t("显示最新检查点。", "Show the newest checkpoint."))
def show(url: Annotated[str, typer.Argument(help=t("数据港地址", "The port's address"))]) -> None:
    """Show the newest checkpoint."""
    from feiyu_sdk.http import Api

    found = Api(url, lang=LANG).get("/api/v1/log")
    out.print(found["checkpoint"] or t("尚无检查点", "No checkpoint yet"), soft_wrap=True, markup=False)


@app.command("receipt", help=t("取得事件的存证凭证。", "Get the receipt of an event."))
def receipt(
    event: Annotated[str, typer.Argument(help=t("事件编号", "Event id"))],
    url: Url = "",
    token: Token = "",
) -> None:
    """Print a receipt."""
    from feiyu.cli.client import port_client

    found = json.loads(port_client(url, token).receipt(event))
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


@app.command(
    "fsck",
    help=t("核对整个日志：由条目重算全部分块与根；本地另与事件台账逐条比对。",
           "Check a whole log: every tile and root computed again from the entries; in its folder, also against the journal."),
)  # fmt: skip
def fsck(
    url: Annotated[
        str,
        typer.Argument(
            help=t("日志地址；不填则核对数据目录", "The log's address; else the data folder is checked")
        ),
    ] = "",
    vkey: Vkey = "",
    data: Data = None,
) -> None:
    """Check a log; exit code 1 when anything is wrong."""
    if url:
        _fsck_url(url, vkey)
    else:
        _fsck_folder(data)


def _fsck_url(url: str, vkey: str) -> None:
    from feiyu.evidence.fsck import check_tiles
    from feiyu.evidence.keys import VerifierKey
    from feiyu.evidence.serve import http_get

    if not vkey:
        raise typer.BadParameter(t("核对远程日志需要 --vkey", "A log elsewhere is checked under its --vkey"))
    report = check_tiles(http_get(url), VerifierKey.parse(vkey))
    _report(report.size, report.root, report.findings, ())


def _fsck_folder(data: Path | None) -> None:
    from feiyu.app.folder import Folder, log_tiles
    from feiyu.base.clock import SystemClock
    from feiyu.cli.client import unlocked
    from feiyu.evidence.fsck import check_tiles
    from feiyu.registry.journal.audit import audit

    settings, clock = unlocked(data), SystemClock()
    tiles = log_tiles(settings)
    with Folder.open(settings, clock=clock) as folder:
        log = folder.log(clock=clock)
        audited = audit(folder.db, log, folder.cipher)
        report = check_tiles(tiles.get, log.verifier)
    out.print(f"{t('事件台账', 'Journal')}  {audited.events:,} {t('个事件', 'events')}")
    _report(report.size, report.root, report.findings, audited.findings)


def _report(size: int, root: bytes, findings: "Sequence[Finding]", more: "Sequence[str]") -> None:
    out.print(f"{t('存证日志', 'Log')}  {size:,} {t('个条目', 'entries')}  {root.hex()}", soft_wrap=True)
    _findings(findings)
    for told in more:
        err.print(f"  ✗ {told}", markup=False, soft_wrap=True)
    if findings or more:
        count = len(findings) + len(more)
        err.print(
            f"[red]{t(f'发现 {count} 处问题。请停止写入并从副本恢复。', f'{count} findings. Stop writing and restore from a copy.')}[/red]"
        )
        raise typer.Exit(1)
    out.print(f"[green]✓[/green] {t('完整一致', 'whole and consistent')}")


def _findings(findings: "Sequence[Finding]") -> None:
    for one in findings:
        err.print(f"  ✗ {one.kind.value}  {one.where}  {one.text[LANG]}", markup=False, soft_wrap=True)


@app.command(
    "monitor",
    help=t("监视日志：看一次，记住所见；发现相互矛盾的历史时写出可携带的证明并以 1 退出。",
           "Watch a log: one look, remembered; on two histories write a portable proof and exit with 1."),
)  # fmt: skip
def monitor(
    url: LogUrl,
    vkey: Vkey,
    state: Annotated[Path, typer.Option(help=t("保存所见的目录", "Folder that keeps what was seen"))],
) -> None:
    """Look once; run it from a timer."""
    from feiyu.cli.watch import look
    from feiyu.evidence.keys import VerifierKey

    seen, before, proof = look(url, VerifierKey.parse(vkey), state)
    out.print(f"{t('已核验', 'Verified')}  {before:,} → {seen.size:,} {t('个条目', 'entries')}")
    _findings(seen.findings)
    if proof is not None:
        err.print(
            f"[red]{t('日志签署了两种历史，证明已写入', 'The log has signed two histories; the proof is in')} {proof}[/red]",
            soft_wrap=True,
        )
    if not seen.clean:
        raise typer.Exit(1)


@app.command("proof", help=t("核验监视节点写出的证明；成立则退出码为 0。",
                             "Check a monitor's proof that a log told two histories; exit 0 when it stands."))  # fmt: skip
def proof(file: Annotated[Path, typer.Argument(help=t("证明文件", "The proof"))], vkey: Vkey) -> None:
    """Check a proof of misbehaviour, without the log."""
    from feiyu.evidence.keys import VerifierKey
    from feiyu.evidence.misbehaviour import Misbehaviour

    older, newer = Misbehaviour.parse(read_file(file)).check(VerifierKey.parse(vkey))
    out.print(t("证明成立：同一密钥签署了两种历史", "The proof stands: one key has signed two histories"))
    for one in (older, newer):
        out.print(f"  {one.size:,}  {one.root.hex()}", soft_wrap=True)


@app.command(
    "serve", help=t("只读提供日志分块与检查点。", "Hand out the log's tiles and checkpoint, read only.")
)
def serve(data: Data = None, listen: Listen = "127.0.0.1:7980") -> None:
    """Serve a port's log until interrupted, apart from the port."""
    from feiyu.app.folder import log_tiles
    from feiyu.app.settings import Settings
    from feiyu.evidence.serve import serve_log

    tiles = log_tiles(Settings.from_environment(data=data))
    serve_log(_address(listen), tiles, ready=_ready)


@app.command(
    "witness",
    help=t("运行见证节点：为检查点附签；--new-key 生成密钥并退出。",
           "Run a witness that cosigns checkpoints; --new-key makes its key and ends."),
)  # fmt: skip
def witness(
    key: Annotated[Path, typer.Option(help=t("见证私钥文件", "File of the witness's private key"))],
    new_key: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help=t(
                "以此名称生成新密钥（见证节点域名）", "Make a new key under this name (the witness's domain)"
            ),
        ),
    ] = "",
    state: Annotated[
        Path | None, typer.Option(help=t("见证节点的记忆目录", "The witness's memory, a folder"))
    ] = None,
    log: Annotated[
        list[str] | None,
        typer.Option(help=t("要见证的日志公钥，可多次", "vkey of a log to cosign, repeatable")),
    ] = None,
    listen: Listen = "127.0.0.1:7990",
) -> None:
    """Make a witness's key, or run a witness until interrupted."""
    from feiyu.evidence.keys import SigningKey, VerifierKey
    from feiyu.evidence.witness_server import serve_witness

    if new_key:
        _make_key(key, new_key)
        return
    if state is None or not log:
        raise typer.BadParameter(t("请给出 --state 与 --log", "Give --state and --log"))
    signing = SigningKey.parse(read_file(key).decode("ascii", "replace").strip())
    serve_witness(_address(listen), state, signing, [VerifierKey.parse(one) for one in log], ready=_ready)


def _make_key(path: Path, name: str) -> None:
    import os

    from feiyu.evidence.keys import Algorithm, SigningKey, generate_skey

    secret = generate_skey(name, Algorithm.COSIGNATURE_ED25519)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as bad:
        raise BadFile(path=path, reason=bad.strerror) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret + "\n")
        file.flush()
        os.fsync(file.fileno())
    out.print(SigningKey.parse(secret).verifier.text, soft_wrap=True)


def _address(listen: str) -> tuple[str, int]:
    host, _, number = listen.rpartition(":")
    if not (number.isascii() and number.isdigit() and int(number) <= 65535):
        raise typer.BadParameter(t("监听地址为 主机：端口", "Where to listen is HOST:PORT"))
    return host or "127.0.0.1", int(number)


def _ready(bound: tuple[str, int]) -> None:
    sys.stdout.write(f"http://{bound[0]}:{bound[1]}\n")
    sys.stdout.flush()
