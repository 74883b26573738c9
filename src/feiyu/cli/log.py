"""``feiyu log``: look at the evidence log as any client may, check it, follow it, hand it out, witness it."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feiyu.base.said import said
from feiyu.base.text import number_of
from feiyu.cli.client import BadFile, Data, Token, Url, read_file
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import entries, err, out

if TYPE_CHECKING:
    from collections.abc import Sequence

    from feiyu.cli.watch import Look
    from feiyu.evidence.chain import Finding
    from feiyu.evidence.fsck import Report
    from feiyu.evidence.keys import Algorithm
    from feiyu_sdk import PortClient

app = typer.Typer(no_args_is_help=True, help=t("存证日志。", "The evidence log."))
Vkey = Annotated[
    str, typer.Option(help=t("日志公钥（另行取得）", "The log's public key (vkey), obtained apart"))
]
TwinVkey = Annotated[
    str,
    typer.Option(
        help=t("SM3 孪生树的公钥（另行取得），一并核对", "Public key (vkey) of its SM3 twin, checked as well")
    ),
]
Listen = Annotated[
    str, typer.Option(help=t("监听地址 主机：端口", "Where to listen, HOST:PORT"), metavar="HOST:PORT")
]
LogUrl = Annotated[str, typer.Argument(help=t("日志地址（如 https://…/log），或其数据港的地址",
                                              "The log's address, such as https://…/log, or that of its port"))]  # fmt: skip


@app.command("show", help=t("显示最新检查点。", "Show the newest checkpoint."))
def show(url: LogUrl) -> None:
    """Show the newest checkpoint."""
    from feiyu.evidence.serve import log_at
    from feiyu.evidence.tiles import CHECKPOINT

    found = log_at(url)(CHECKPOINT) or b""
    out.print(found.decode("utf-8", "replace"), soft_wrap=True, markup=False)


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
            help=t(
                "日志地址或其数据港的地址；不填则核对数据目录",
                "The log's address or that of its port; else the data folder is checked",
            )
        ),
    ] = "",
    vkey: Vkey = "",
    twin: TwinVkey = "",
    data: Data = None,
    bodies: Annotated[
        bool,
        typer.Option(
            "--bodies",
            help=t(
                "另由事件正文重算传输、授权与计量的状态（限有权读取者）",
                "Also compute transfers, grants and meters again from the events' bodies, for those entitled to read them",
            ),
        ),
    ] = False,
) -> None:
    """Check a log; exit code 1 when anything is wrong."""
    if url:
        _fsck_url(url, vkey, twin)
    else:
        _fsck_folder(data, bodies=bodies)


def _fsck_url(url: str, vkey: str, twin: str) -> None:
    from feiyu.evidence.fsck import check_tiles, check_twin
    from feiyu.evidence.keys import VerifierKey
    from feiyu.evidence.serve import log_at
    from feiyu.evidence.twin import twin_key

    if not vkey:
        raise typer.BadParameter(t("核对远程日志需要 --vkey", "A log elsewhere is checked under its --vkey"))
    key = VerifierKey.parse(vkey)
    other = twin_key(twin, key) if twin else None
    get = log_at(url)
    report = check_tiles(get, key)
    _report(report, check_twin(get, other, report) if other else None, (), t(
        "请留存所见，并向该日志的运行方与见证节点核实。", "Keep what was seen, and ask the log's operator and its witnesses.",
    ))  # fmt: skip


def _fsck_folder(data: Path | None, *, bodies: bool) -> None:
    from feiyu.app.folder import Folder, log_tiles
    from feiyu.app.port import twin_keys
    from feiyu.base.clock import SystemClock
    from feiyu.cli.client import unlocked
    from feiyu.evidence.fsck import check_tiles, check_twin
    from feiyu.port import replay
    from feiyu.registry.journal.audit import audit
    from feiyu.registry.journal.head import SqlHead
    from feiyu.registry.journal.read import every_event

    settings, clock = unlocked(data), SystemClock()
    tiles = log_tiles(settings)
    with Folder.open(settings, clock=clock) as folder:
        log = folder.log(clock=clock)
        audited = audit(folder.db, log, folder.cipher)
        differences: tuple[str, ...] = ()
        if bodies:
            with folder.db.read(scope=replay.SCOPE) as tx:
                differences = replay.replay(tx, every_event(tx, folder.cipher))
        report = check_tiles(tiles.get, log.verifier)
        twins = [
            check_twin(tiles.get, key.verifier, report, head=SqlHead(folder.db, key.name).load())
            for key in twin_keys(settings, log.origin)[:1]
        ]
    out.print(
        f"{t('事件台账', 'Journal')}  {t(f'{audited.events:,} 个事件', number_of(audited.events, 'event'))}"
    )
    wrong = t("请停止写入并从副本恢复。", "Stop writing and restore from a copy.")
    _report(report, twins[0] if twins else None, (*audited.findings, *differences), wrong)


def _report(log: "Report", twin: "Report | None", more: "Sequence[str]", remedy: str) -> None:
    findings: list[Finding] = []
    for name, one in ((t("存证日志", "Log"), log), (t("SM3 孪生树", "SM3 twin"), twin)):
        if one is not None:
            out.print(f"{name}  {entries(one.size)}  {one.root.hex()}", soft_wrap=True)
            findings += one.findings
    _findings(findings)
    for told in more:
        err.print(f"  ✗ {told}", markup=False, soft_wrap=True)
    if findings or more:
        count = len(findings) + len(more)
        found = number_of(count, "finding")
        err.print(f"[red]{t(f'发现 {count} 处问题。{remedy}', f'{found}. {remedy}')}[/red]")
        raise typer.Exit(1)
    out.print(f"[green]✓[/green] {t('完整一致', 'whole and consistent')}")


def _findings(findings: "Sequence[Finding]") -> None:
    for one in findings:
        err.print(f"  ✗ {one.kind.value}  {one.where}  {one.text[LANG]}", markup=False, soft_wrap=True)


@app.command(
    "monitor",
    help=t("监视日志：看一次，记住所见；序号缺失或重复、沉默、停滞即告警，发现两种历史时写出可携带的证明；有问题以 1 退出。",
           "Watch a log: one look, remembered. Gaps, duplicates, silence and stalls are told, two histories end in a portable proof; exit 1 if anything is wrong."),
)  # fmt: skip
def monitor(
    url: LogUrl,
    vkey: Vkey,
    state: Annotated[Path, typer.Option(help=t("保存所见的目录", "Folder that keeps what was seen"))],
    twin: TwinVkey = "",
    silence: Annotated[
        float,
        typer.Option(help=t("来源沉默多少小时算异常；0 为不查", "Hours a source may be silent; 0: any")),
    ] = 0,
    stall: Annotated[
        float,
        typer.Option(help=t("日志多少小时不增长算停滞；0 为不查", "Hours the log may not grow; 0: any")),
    ] = 0,
    witness: Annotated[
        list[str] | None,
        typer.Option(
            help=t("也向这些见证节点取检查点，可多次", "Also ask this witness what it saw, repeatable")
        ),
    ] = None,
    seen: Annotated[
        list[Path] | None,
        typer.Option(
            help=t("另行得到的检查点文件，可多次", "A checkpoint that came another way, repeatable")
        ),
    ] = None,
    report: Annotated[
        str,
        typer.Option(
            help=t(
                "把发现报送到此数据港的工作台（数据港或其日志的地址；另需主管部门或审计人员的令牌）",
                "Report findings to the workbench of this port (its address or its log's); wants a token of authority or auditor",
            )
        ),
    ] = "",
    token: Token = "",
) -> None:
    """Look once; run it from a timer."""
    from datetime import timedelta

    from feiyu.base.clock import SystemClock
    from feiyu.cli.watch import Patience, look
    from feiyu.evidence.keys import VerifierKey
    from feiyu.evidence.serve import http_get
    from feiyu.evidence.twin import twin_key
    from feiyu.evidence.witness import place_of

    key = VerifierKey.parse(vkey)
    port = _reporter(report, token) if report else None
    told = [http_get(one)(place_of(key.name)) for one in witness or ()]
    others = [one for one in told if one] + [read_file(path) for path in seen or ()]
    patience = Patience(
        silence=timedelta(hours=silence) if silence else None, stall=timedelta(hours=stall) if stall else None
    )
    other = twin_key(twin, key) if twin else None
    found = look(url, key, state, now=SystemClock().now(), patience=patience, others=others, twin=other)
    out.print(f"{t('已核验', 'Verified')}  {found.before:,} → {entries(found.size)}")
    if found.twin is not None:
        out.print(f"{t('SM3 孪生树', 'SM3 twin')}  {entries(found.twin)}")
    _findings(found.findings)
    for path in found.proofs:
        err.print(
            f"[red]{t('日志签署了两种历史，证明已写入', 'The log has signed two histories; the proof is in')} {path}[/red]",
            soft_wrap=True,
        )
    if port:
        _report_to(port, found)
    if not found.clean:
        raise typer.Exit(1)


def _reporter(url: str, token: str) -> "PortClient":
    """Where findings go."""
    import os

    from feiyu.cli.client import port_client

    if not (token or os.environ.get("FEIYU_TOKEN")):
        raise typer.BadParameter(
            t("报送需要 --token 或 FEIYU_TOKEN", "Reporting wants a --token or FEIYU_TOKEN")
        )
    return port_client(url.rstrip("/").removesuffix("/log"), token)


def _report_to(port: "PortClient", found: "Look") -> None:
    """Report what was found; where nothing was, ask all the same, so that a wrong token is told before the day it matters."""
    from feiyu.evidence.chain import Kind

    if found.clean:
        port.alarms()
        return
    proofs = [path.read_text(encoding="utf-8") for path in found.proofs]
    for one in found.findings:
        proof = proofs.pop(0) if one.kind is Kind.SPLIT_VIEW and proofs else None
        port.report_alarm(kind=one.kind.value, subject=one.where[:200], text=one.text.as_dict(), proof=proof)
    out.print(f"{t('已报送', 'Reported')}  {len(found.findings)}")


@app.command(
    "egress",
    help=t("报送网络边界在一个区间内计得的出境字节数；不带参数则显示与日志的核对。",
           "Hand in what a network edge counted in an interval; without a source, show counters against the log."),
)  # fmt: skip
def egress(
    source: Annotated[str, typer.Option(help=t("网络边界名称", "Name of the network edge"))] = "",
    start: Annotated[str, typer.Option(help=t("区间起点，RFC 3339", "Start of the interval, RFC 3339"))] = "",
    end: Annotated[str, typer.Option(help=t("区间终点，RFC 3339", "End of the interval, RFC 3339"))] = "",
    count: Annotated[int, typer.Option("--bytes", min=0, help=t("出境字节数", "Bytes that went abroad"))] = 0,
    final: Annotated[bool, typer.Option(help=t("该来源到此结束", "The source ends here"))] = False,
    url: Url = "",
    token: Token = "",
) -> None:
    """Report an interval, or show the comparison; exit 1 when a window does not fit."""
    from feiyu.base.clock import from_text
    from feiyu.cli.client import port_client

    port = port_client(url, token)
    if source:
        try:
            since, until = from_text(start), from_text(end)
        except ValueError:
            raise typer.BadParameter(
                t("--start 与 --end 须为带时区的时刻", "--start and --end are instants with their zone")
            ) from None
        done = port.report_egress(source=source, start=since, end=until, size_bytes=count, final=final)
        out.print(done["event_id"])
        return
    windows = port.egress()
    for one in windows:
        mark = "✗" if one["finding"] else "✓"
        out.print(
            f"{mark} {one['start']} – {one['end']}  {one['counted']:,}  ({one['least']:,} … {one['most']:,})",
            soft_wrap=True,
        )
        if one["finding"]:
            err.print(f"    {one['finding'][LANG.value]}", markup=False, soft_wrap=True)
    if any(one["finding"] for one in windows):
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
    from feiyu.evidence.keys import Algorithm, SigningKey, VerifierKey
    from feiyu.evidence.witness_server import serve_witness

    if new_key:
        _make_key(key, new_key, Algorithm.COSIGNATURE_ED25519)
        return
    if state is None or not log:
        raise typer.BadParameter(t("请给出 --state 与 --log", "Give --state and --log"))
    signing = SigningKey.parse(read_file(key).decode("ascii", "replace").strip())
    serve_witness(_address(listen), state, signing, [VerifierKey.parse(one) for one in log], ready=_ready)


@app.command("key", help=t("为日志或其 SM3 孪生树（日志名称加 /sm3）生成签名密钥（ml-dsa-44、sm2、ed25519），输出公钥。",
                           "Make a further signing key (ml-dsa-44, sm2, ed25519) for a log, or for its SM3 twin (the log's origin and /sm3), and print its public key."))  # fmt: skip
def key(
    file: Annotated[Path, typer.Argument(help=t("私钥文件", "File of the private key"))],
    origin: Annotated[str, typer.Option(help=t("日志名称", "The log's origin"))],
    kind: Annotated[
        str, typer.Option(help=t("ml-dsa-44、sm2 或 ed25519", "ml-dsa-44, sm2 or ed25519"))
    ] = "ml-dsa-44",
) -> None:
    """Make a key; FEIYU_LOG_SIGNERS or FEIYU_TWIN_SIGNERS names its file."""
    from feiyu.evidence.keys import Algorithm

    kinds = {
        "ml-dsa-44": Algorithm.COSIGNATURE_MLDSA44,
        "sm2": Algorithm.SM2_SM3,
        "ed25519": Algorithm.ED25519,
    }
    if kind not in kinds:
        raise typer.BadParameter(t("可选 ml-dsa-44、sm2、ed25519", "One of ml-dsa-44, sm2, ed25519"))
    _make_key(file, origin, kinds[kind])


@app.command(
    "tsa",
    help=t("运行小型时间戳机构（RFC 3161），供无法联网的环境使用；它不是许可机构。--new NAME 生成密钥与证书并退出。",
           "Run a small time-stamp authority (RFC 3161) where no network leads out; it is not a licensed one. --new NAME makes key and certificate and ends."),
)  # fmt: skip
def tsa(
    folder: Annotated[Path, typer.Option(help=t("密钥与证书的目录", "Folder of key and certificate"))],
    new: Annotated[
        str, typer.Option(metavar="NAME", help=t("以此名称生成新的机构", "Make a new authority of this name"))
    ] = "",
    listen: Listen = "127.0.0.1:7960",
) -> None:
    """Make a time-stamp authority, or run one until interrupted."""
    from feiyu.cli.stamps import make_authority, serve_authority

    if new:
        out.print(str(make_authority(folder, new)), soft_wrap=True)
    else:
        serve_authority(folder, _address(listen), _ready)


@app.command(
    "intake",
    help=t("接收条目的监听：POST /add，落盘并入树后回答序号；--new-key 生成日志密钥并退出。",
           "Take entries: POST /add answers the index once durable and in the tree; --new-key makes the log's key and ends."),
)  # fmt: skip
def intake(
    folder: Annotated[Path, typer.Option(help=t("日志目录", "The log's folder"))],
    key: Annotated[Path, typer.Option(help=t("日志私钥文件", "File of the log's private key"))],
    new_key: Annotated[
        str,
        typer.Option(
            metavar="ORIGIN", help=t("以此日志名称生成新密钥", "Make a new key for a log of this origin")
        ),
    ] = "",
    listen: Listen = "127.0.0.1:7970",
) -> None:
    """Run a log of its own for sources that keep no journal; it listens on loopback or behind a proxy."""
    from feiyu.evidence.ahead import Ahead
    from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
    from feiyu.evidence.intake import serve_intake
    from feiyu.evidence.keys import Algorithm, SigningKey
    from feiyu.evidence.log import Log
    from feiyu.evidence.wal import Wal

    if new_key:
        _make_key(key, new_key, Algorithm.ED25519)
        return
    signing = SigningKey.parse(read_file(key).decode("ascii", "replace").strip())
    log = Log(DirectoryTiles(folder / "log"), DirectoryHead(folder / "head"), signing.name, signing.signer)
    ahead = Ahead(log, Wal(folder / "head"))
    serve_intake(_address(listen), ahead, lambda one: one.publish(one.checkpoint()), ready=_ready)


def _make_key(path: Path, name: str, algorithm: "Algorithm") -> None:
    import os

    from feiyu.evidence.keys import SigningKey, generate_skey

    secret = generate_skey(name, algorithm)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as bad:
        raise BadFile(path=path, reason=said(bad)) from None
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
