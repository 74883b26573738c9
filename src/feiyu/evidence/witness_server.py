"""The witness as a process of its own: ``python -m feiyu.evidence.witness_server``.

``POST /add-checkpoint`` cosigns, ``GET /<hex of SHA-256 of the origin>/checkpoint`` shows what was cosigned last.

Source: C2SP tlog-witness.
"""

import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from feiyu.base.clock import Clock, SystemClock
from feiyu.base.text import Lang, Text
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.keys import SigningKey, VerifierKey
from feiyu.evidence.listener import Answer, Listener
from feiyu.evidence.verify import Parser, language
from feiyu.evidence.witness import MAX_BYTES, Witness


def answer(witness: Witness, method: str, path: str, body: bytes) -> Answer:
    """Turn one HTTP request into the witness's answer."""
    if path == "/add-checkpoint":
        return witness.add_checkpoint(body) if method == "POST" else Answer.refusal(405, "POST is wanted")
    if method == "GET" and path.endswith("/checkpoint"):
        return witness.checkpoint(path[1:])
    return Answer.refusal(404, "no such place")


def listen(
    address: tuple[str, int], state_path: Path, key: SigningKey, logs: Iterable[VerifierKey], *, clock: Clock
) -> Listener:
    """Bind a witness; the caller runs ``serve_forever``."""
    witness = Witness(Cosigner(key, clock), state_path, logs)

    def reply(method: str, path: str, body: bytes) -> Answer:
        return answer(witness, method, path, body)

    return Listener(address, reply, max_body=MAX_BYTES, closing=witness.close)


def serve_witness(
    address: tuple[str, int],
    state_path: Path,
    key: SigningKey,
    logs: Iterable[VerifierKey],
    *,
    clock: Clock | None = None,
    ready: Callable[[tuple[str, int]], None] | None = None,
) -> None:
    """Serve until interrupted; ``ready`` hears the address once it is bound (port 0 takes a free one)."""
    with listen(address, state_path, key, logs, clock=clock or SystemClock()) as listener:
        if ready:
            ready(listener.bound)
        listener.serve_forever()


def main(arguments: list[str] | None = None) -> int:
    """Read the command line and serve; the bound address is the first line of output."""
    lang = language(sys.argv[1:] if arguments is None else arguments)

    def t(zh: str, en: str) -> str:
        return Text(zh, en)[lang]

    parser = Parser(
        lang=lang, prog="feiyu-witness",
        description=t("为存证日志的检查点附签。", "Cosign checkpoints of evidence logs."),
    )  # fmt: skip
    parser.add_argument("--listen", default="127.0.0.1:7990", metavar="HOST:PORT",
                        help=t("监听地址；端口 0 为任一空闲端口", "where to listen; port 0 takes a free one"))  # fmt: skip
    parser.add_argument("--state", type=Path, required=True, metavar="DIR",
                        help=t("见证节点的记忆目录", "the witness's memory"))  # fmt: skip
    parser.add_argument("--key", type=Path, required=True, metavar="FILE",
                        help=t("见证私钥文件（一行）", "its private key (one line)"))  # fmt: skip
    parser.add_argument("--log", action="append", required=True, metavar="VKEY",
                        help=t("要见证的日志公钥，可多次", "vkey of a log to cosign, repeatable"))  # fmt: skip
    parser.add_argument(
        "--lang", choices=[str(one) for one in Lang], help=t("界面语言 zh 或 en", "language, zh or en")
    )
    given = parser.parse_args(arguments)
    host, _, port = given.listen.rpartition(":")
    key = SigningKey.parse(given.key.read_text().strip())
    logs = [VerifierKey.parse(text) for text in given.log]

    def ready(bound: tuple[str, int]) -> None:
        sys.stdout.write(f"http://{bound[0]}:{bound[1]}\n")
        sys.stdout.flush()

    try:
        serve_witness((host, int(port)), given.state, key, logs, ready=ready)
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
