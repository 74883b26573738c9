"""``feiyu-client``: a recipient's commands without a Feiyu server or its packages.

    feiyu-client keys FILE [--algorithm P-256]     make a keystore and show its public halves
    feiyu-client show FILE                         show them again
    feiyu-client fetch TRANSFER …                  fetch, open, verify, sign
    feiyu-client watch …                           whatever comes, until stopped

The port's address and token come from ``FEIYU_URL`` and ``FEIYU_TOKEN``, the passphrase from ``FEIYU_PASSPHRASE`` or the
terminal. Exit codes: 0 done, 1 refused, 2 wrong use.
"""

import argparse
import getpass
import os
import sys
from pathlib import Path

from feiyu.base.clock import SystemClock, monotonic_s
from feiyu.base.errors import FeiyuError
from feiyu.base.said import said
from feiyu.base.text import Lang, Text
from feiyu.evidence.verify import Parser, language
from feiyu.seal import KeyStore, fingerprint
from feiyu.seal.kems import KEMS
from feiyu_sdk.port import PortClient
from feiyu_sdk.recipient import fetch
from feiyu_sdk.sink import FolderSink, sink_of
from feiyu_sdk.watch import Came, Recipient, watch

LANG = Lang(language(sys.argv[1:]))
RECEIPT = "receipt"


def main(arguments: list[str] | None = None) -> int:
    """The command line."""
    given = _parser().parse_args(arguments)
    try:
        {"keys": _keys, "show": _show, "fetch": _fetch, "watch": _watch}[given.command](given)
    except FeiyuError as refusal:
        sys.stderr.write(f"{refusal.code}  {refusal.text(LANG)}\n{refusal.remedy(LANG)}\n")
        return 1
    except OSError as bad:
        sys.stderr.write(f"{bad.filename or ''}  {said(bad)[LANG]}\n".lstrip())
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def _t(zh: str, en: str) -> str:
    return Text(zh, en)[LANG]


def _parser() -> Parser:
    parser = Parser(
        prog="feiyu-client",
        description=_t(
            "境外接收方：取回、解封、核验、签收。", "Fetch, open, verify and acknowledge as a recipient."
        ),
    )
    commands = parser.add_subparsers(dest="command", required=True)
    keys = commands.add_parser("keys", help=_t("新建密钥库", "make a keystore"))
    keys.add_argument("--algorithm", choices=tuple(KEMS), help=_t("密钥算法", "the key's algorithm"))
    show = commands.add_parser(
        "show", help=_t("显示公钥与指纹", "show the public halves and their fingerprints")
    )
    for one in (keys, show):
        one.add_argument("keystore", type=Path, help=_t("密钥库文件", "the keystore's file"))
    single = commands.add_parser("fetch", help=_t("取回一个传输批次", "fetch one transfer"))
    single.add_argument("transfer", help=_t("传输批次编号", "its id"))
    always = commands.add_parser(
        "watch", help=_t("持续取回，直到停止", "fetch whatever comes, until stopped")
    )
    always.add_argument(
        "--every", type=int, default=10, metavar="N", help=_t("间隔秒数", "seconds between two looks")
    )
    for one in (single, always):
        one.add_argument(
            "--trust", type=Path, required=True, metavar="FILE",
            help=_t("信任文件，须另行取得", "trust file, obtained apart from the port"),
        )  # fmt: skip
        one.add_argument("--keys", type=Path, required=True, metavar="FILE", help=_t("密钥库", "keystore"))
        one.add_argument(
            "--to", default=".", metavar="PLACE",
            help=_t("目录，或 s3://bucket/prefix/", "folder, or s3://bucket/prefix/"),
        )  # fmt: skip
        one.add_argument(
            "--spool", type=Path, default=Path("fetching"), metavar="PATH",
            help=_t("存入存储桶之前的本地目录", "local folder before a bucket"),
        )  # fmt: skip
    for one in (parser, keys, show, single, always):  # read before (``LANG``); it may stand anywhere
        one.add_argument(
            "--lang", choices=[str(lang) for lang in Lang], help=_t("界面语言 zh 或 en", "language, zh or en")
        )
    return parser


def _passphrase() -> bytes:
    given = os.environ.get("FEIYU_PASSPHRASE")
    return (given or getpass.getpass(_t("密钥库口令：", "Keystore passphrase: "))).encode()


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _keys(given: argparse.Namespace) -> None:
    now, store = SystemClock().now(), KeyStore.create(given.keystore, _passphrase())
    try:
        store.generate("recipient", valid_from=now, algorithm=given.algorithm)
        store.generate("edge", valid_from=now, label=RECEIPT)
    except FeiyuError:
        given.keystore.unlink()  # a keystore without its keys helps nobody
        raise
    _tell(store)


def _show(given: argparse.Namespace) -> None:
    _tell(KeyStore.open(given.keystore, _passphrase()))


def _tell(store: KeyStore) -> None:
    for key in store.keys("recipient"):
        _say(f"{key.recipient().public.encode()}\n  {key.key_id}\n  {fingerprint(key.key_id)}")
    for key in store.keys("edge"):
        _say(
            f"{_t('签收', 'receipt')} {key.signer().public.hex()}\n  {key.key_id}\n  {fingerprint(key.key_id)}"
        )


def _who(given: argparse.Namespace) -> Recipient:
    url, token = os.environ.get("FEIYU_URL"), os.environ.get("FEIYU_TOKEN")
    if not url or not token:
        sys.stderr.write(_t(
            "请在环境变量 FEIYU_URL 与 FEIYU_TOKEN 中给出数据港的地址与访问令牌。",
            "Give the port's address and token in the environment, as FEIYU_URL and FEIYU_TOKEN.",
        ) + "\n")  # fmt: skip
        raise SystemExit(2)
    store, now = KeyStore.open(given.keys, _passphrase()), SystemClock().now()
    sink, away = sink_of(given.to)
    return Recipient(
        port=PortClient(url, token=token, lang=LANG), key=store.current("recipient", at=now).recipient(),
        signer=store.signer("edge", at=now, label=RECEIPT), trust=given.trust.read_bytes(),
        folder=given.spool if away else Path(given.to), sink=sink if away else None,
    )  # fmt: skip


def _fetch(given: argparse.Namespace) -> None:
    who = _who(given)
    got = fetch(
        who.port, given.transfer, key=who.key, signer=who.signer, folder=who.folder, trust=who.trust,
        progress=_Bar() if sys.stderr.isatty() else None,
    )  # fmt: skip
    sink = who.sink or FolderSink()
    for path in (got.path, got.receipt):
        _say(sink.put(path))


class _Bar:
    """Bytes, share, rate and time left, on one line of the terminal."""

    def __init__(self) -> None:
        self._began = self._told = monotonic_s()

    def __call__(self, done: int, total: int) -> None:
        """Tell, four times a second at most and at the end."""
        now = monotonic_s()
        if now - self._told < 0.25 and done < total:
            return
        self._told = now
        sys.stderr.write(
            "\r" + progress_line(done, total, now - self._began) + ("\n" if done >= total else "")
        )
        sys.stderr.flush()


def progress_line(done: int, total: int, seconds: float) -> str:
    """How far it is, how fast, and how long it still takes at that rate."""
    rate = done / seconds if seconds > 0 else 0.0
    left = round((total - done) / rate) if rate else 0
    minutes, rest = divmod(left, 60)
    clock = f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
    words = _t("剩余", "left")
    return f"{done / 1e6:,.1f} / {total / 1e6:,.1f} MB  {100 * done // max(1, total)} %  {rate / 1e6:,.1f} MB/s  {words} {clock}  "


def _watch(given: argparse.Namespace) -> None:
    def told(came: Came) -> None:
        if came.refusal is not None:
            where = f"{came.transfer_id} " if came.transfer_id else ""
            remedy = f"{came.refusal.remedy(LANG)}{_t('将继续尝试。', ' It is tried again.')}"
            sys.stderr.write(f"{where}{came.refusal.code} {came.refusal.text(LANG)}\n  {remedy}\n")
        for place in came.places:
            _say(place)

    watch(_who(given), told, every_s=given.every)


if __name__ == "__main__":
    sys.exit(main())
