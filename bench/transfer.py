"""A file from the exporter's edge to the verified file abroad, over loopback, against what people use today.

``python bench/transfer.py [--mib 2048] [--folder /dev/shm] [--native 0|1] [--tls] [--scan] [--csv] [--packing]``

Three processes, as in life: the edge reads, hashes, encrypts, hashes again and sends; the port's data plane hashes and
stores; the recipient fetches, verifies both roots, opens and writes. The peers move the same file in the same run: two
legs of scp (there and back), ``rclone`` crypt put and get, and ``cp`` with ``sha256sum``, which moves nothing but shows
what copying and hashing alone cost. A peer that is not installed is named and left out; ``FEIYU_BENCH_PATH`` adds
folders to look for them. Before each, the memory that its two copies of the file will take is touched and given back:
a virtual machine's host takes free memory away, and whoever is the next to need it would pay as much as for the work.
"""

import argparse
import base64
import getpass
import json
import mmap
import os
import resource
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

MIB = 1 << 20
MEMORY_OF_THE_SIDES = 512 * MIB
PACKING = "FEIYU_BENCH_PACKING"
SEARCH = os.pathsep.join([os.environ.get("FEIYU_BENCH_PATH", ""), os.environ["PATH"], "/usr/sbin"])


# ── the three sides ──────────────────────────────────────────────────────────────────────────────────────────────────


def _endpoint(port: int, tls: str):
    from feiyu.wire import Endpoint, client_context

    context = client_context(Path(tls)) if tls else None
    return Endpoint(host="localhost" if tls else "127.0.0.1", port=port, tls=context)


def send(source: Path, work: Path, port: int, tls: str, *, scan: bool = False) -> None:
    """The edge: seal the file and send it, then leave manifest and wrap where the recipient finds them."""
    from feiyu.seal import (
        Packer,
        PackingWriter,
        RecipientPublic,
        Sealer,
        SealingWriter,
        SealJournal,
        TransferSecret,
        wrap,
    )
    from feiyu.testing.wire import TOKEN
    from feiyu.wire import Uploader

    if scan:
        from scanned import load

        load(source)
    ready()
    secret, to = TransferSecret.generate(), RecipientPublic.decode((work / "recipient.pub").read_text())
    with (
        Uploader(_endpoint(port, tls), "trf_bench", token=TOKEN) as up,
        SealJournal(work / "journal", transfer_id="trf_bench") as journal,
        source.open("rb", buffering=0) as file,
    ):
        sealer = Sealer(secret, transfer_id="trf_bench")
        if os.environ.get(PACKING):
            writer: SealingWriter = PackingWriter(
                sealer, up.write, packer=Packer(), journal=journal, room=up.room
            )
        else:
            writer = SealingWriter(sealer, up.write, journal=journal, room=up.room)
        if scan:
            from scanned import scan_into

            scan_into(writer, source, work, sealer.geometry)
        buffer = bytearray(8 * MIB)
        while not scan and (got := file.readinto(buffer)):
            writer.write(memoryview(buffer)[:got])
        sealed = writer.finish()
        up.finish([segment.root for segment in sealed.segments])
    made = wrap(secret, to, transfer_id="trf_bench", pinned_key_id=to.key_id, plain_root=sealed.plain_root)
    (work / "wrap").write_bytes(made.to_bytes())
    stated = {
        "cipher_root": base64.b64encode(sealed.cipher_root).decode(),
        "commitment": base64.b64encode(sealed.commitment).decode(),
        "plain": sealed.packing.size_bytes if sealed.packing else sealed.plain_bytes,
        "content": sealed.plain_bytes if sealed.packing else None,
        "segments": [[s.no, s.size_bytes, base64.b64encode(s.root).decode()] for s in sealed.segments],
    }
    (work / "manifest").write_text(json.dumps(stated))


def scan(source: Path, work: Path, port: int, tls: str) -> None:
    """The edge with its scan on: every record batch inspected, every person counted, before it is sealed."""
    send(source, work, port, tls, scan=True)


def fetch(target: Path, work: Path, port: int, tls: str) -> None:
    """The recipient: fetch, verify both roots, open, write."""
    from feiyu.seal import TAG_BYTES, ContentTree, Opener, ReceivedFile, RecipientKey, Wrap, unwrap
    from feiyu.testing.wire import TOKEN
    from feiyu.wire import SEGMENT_BYTES, Downloader, WantedSegment
    from feiyu.wire.errors import DigestMismatch

    ready()
    stated: dict[str, Any] = json.loads((work / "manifest").read_text())
    key = RecipientKey("MLKEM768-X25519", (work / "recipient.key").read_bytes())
    opened = unwrap(Wrap.from_bytes((work / "wrap").read_bytes()), key, transfer_id="trf_bench")
    wanted = [WantedSegment(no=n, size_bytes=s, root=base64.b64decode(r)) for n, s, r in stated["segments"]]
    down = Downloader(_endpoint(port, tls), "trf_bench", token=TOKEN)
    plain = stated["plain"]
    trailer = down.read_range(plain, sum(segment.size_bytes for segment in wanted))
    commitment = base64.b64decode(stated["commitment"])
    opener = Opener(
        opened.secret,
        transfer_id="trf_bench",
        commitment=commitment,
        plain_bytes=plain,
        trailer=trailer,
        content_bytes=stated["content"],
    )
    with ReceivedFile(target, opener, commitment=commitment) as file:

        def work_on(segment: WantedSegment) -> None:
            tree, buffer = ContentTree(), bytearray(MIB + TAG_BYTES)

            def sink(at: int, view: memoryview) -> None:
                tree.update(view)
                file.take(segment.no * SEGMENT_BYTES + at, buffer, len(view))

            down.read_segment(segment.no, segment.size_bytes, sink, buffer=buffer)
            if tree.root() != segment.root:
                raise DigestMismatch(segment=segment.no)

        down.each(wanted, work_on)
        assert opened.plain_root
        file.finish(opened.plain_root)


def serve(folder: Path, tls: str) -> None:
    """The port's data plane over a folder."""
    from feiyu.testing.wire import FolderGate
    from feiyu.wire import WireServer, server_context

    context = server_context(Path(tls)) if tls else None
    with WireServer(FolderGate(folder), tls=context) as server:
        print(server.address[1], flush=True)
        sys.stdin.read()


# ── measuring ────────────────────────────────────────────────────────────────────────────────────────────────────────


def as_installed() -> dict[str, str]:
    """The environment without a wish that modules be compiled anew in every process: what is installed is compiled once."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def side(name: str, *arguments: object) -> dict[str, Any]:
    """Run a side as its own process; wall and CPU seconds, those of its work alone, peak memory."""
    command = [sys.executable, __file__, name, *map(str, arguments)]
    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=as_installed())
    wall = time.perf_counter() - began
    return {"wall": wall, **json.loads(done.stdout.splitlines()[-1])}


READY: dict[str, float] = {}


def ready() -> None:
    """A side has loaded everything: what it carries from here on is ``working``, for an edge runs all day."""
    READY.update(wall=time.perf_counter(), cpu=time.process_time())


def usage() -> None:
    """The last thing a side prints."""
    working = {"wall": time.perf_counter() - READY["wall"], "cpu": time.process_time() - READY["cpu"]}
    print(json.dumps({**process_usage(os.getpid()), "working": working}))


def process_usage(pid: int) -> dict[str, float]:
    """CPU seconds and the most memory of a process that still runs."""
    ticks = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    peak = next(
        line for line in Path(f"/proc/{pid}/status").read_text().splitlines() if line.startswith("VmHWM")
    )
    cpu = (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")
    return {"cpu": cpu, "peak_mb": int(peak.split()[1]) * 1024 / 1e6}


def make_certificate(path: Path) -> None:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "2",
    ]
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    out = ["-keyout", str(path) + ".key", "-out", str(path) + ".crt"]
    subprocess.run([*command, *names, *out], check=True, capture_output=True)
    path.write_text(Path(str(path) + ".key").read_text() + Path(str(path) + ".crt").read_text())


def feiyu(source: Path, work: Path, *, tls: bool, edge: str = "send") -> dict[str, Any]:
    from feiyu.seal import RecipientKey

    work.mkdir()
    if edge == "scan":
        from scanned import look

        look(source, work)
    key = RecipientKey.generate()
    (work / "recipient.key").write_bytes(key.private)
    (work / "recipient.pub").write_text(key.public.encode())
    pem = work / "tls.pem" if tls else ""
    if tls:
        make_certificate(work / "tls.pem")
    server = subprocess.Popen(
        [sys.executable, __file__, "serve", str(work / "store"), str(pem)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert server.stdin
        assert server.stdout
        port = int(server.stdout.readline())
        before = process_usage(server.pid)["cpu"]
        sent = side(edge, source, work, port, pem)
        between = process_usage(server.pid)["cpu"]
        got = side("fetch", work / "out", work, port, pem)
        used = process_usage(server.pid)
    finally:
        if server.stdin:
            server.stdin.close()  # its sign to end, also where a side failed
        server.wait()
    same = subprocess.run(["cmp", str(source), str(work / "out")], check=False).returncode == 0
    assert same, "what arrived is not what was sent"
    shutil.rmtree(work)
    store = {"cpu": used["cpu"] - before, "cpu_in": between - before, "peak_mb": used["peak_mb"]}
    return {"send": sent, "port": store, "fetch": got, "wall": sent["wall"] + got["wall"]}


def touch_memory(size_bytes: int) -> None:
    """Have the machine's host give so much memory now (half of what is free at most), not while seconds are counted."""
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE
    with mmap.mmap(-1, min(size_bytes, free // 2), flags=flags):
        pass


# ── the peers ────────────────────────────────────────────────────────────────────────────────────────────────────────


def _run(*command: object, **more: Any) -> float:
    began = time.perf_counter()
    subprocess.run(list(map(str, command)), check=True, capture_output=True, **more)
    return time.perf_counter() - began


UNPACK = (
    "apt-get download {}, dpkg -x each into one folder, and name its usr/sbin and usr/bin in FEIYU_BENCH_PATH"
)


def libraries(tool: str) -> dict[str, str]:
    """The environment in which a tool that was unpacked and not installed finds the libraries unpacked beside it."""
    system = Path(tool).resolve().parents[2]
    if system == Path("/"):
        return dict(os.environ)
    found = [str(path) for under in ("lib", "usr/lib") for path in (system / under).glob("*-linux-gnu*")]
    return {**os.environ, "LD_LIBRARY_PATH": os.pathsep.join(found)}


class LeftOut(Exception):
    """Why a peer cannot run here."""


@contextmanager
def sshd(folder: Path) -> Iterator[list[str]]:
    """A private sshd on a free port, and the command that reaches it.

    Under root it runs as ``nobody``, so that it needs neither the system's set-up nor a login.
    """
    daemon, scp = shutil.which("sshd", path=SEARCH), shutil.which("scp", path=SEARCH)
    if not (daemon and scp):
        what = " and ".join(name for name, path in (("sshd", daemon), ("scp", scp)) if not path)
        raise LeftOut(f"no {what}; {UNPACK.format('openssh-server openssh-client libwrap0')}")
    folder.mkdir(mode=0o700)
    for name in ("host", "user"):
        _run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name)
    shutil.copy(folder / "user.pub", folder / "authorized")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    (folder / "conf").write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
        "StrictModes no\nUsePAM yes\nSubsystem sftp internal-sftp\nPidFile none\n"
    )
    shutil.copy(folder / "user", folder / "identity")
    as_nobody: dict[str, Any] = {}
    if os.geteuid() == 0:
        as_nobody = {"user": "nobody", "group": "nogroup", "extra_groups": []}
        folder.parent.chmod(0o711)
        for path in (folder, *folder.iterdir()):
            if path.name != "identity":
                shutil.chown(path, "nobody", "nogroup")
    command = [str(Path(daemon).resolve()), "-D", "-e", "-f", str(folder / "conf")]
    said = folder / "said"
    try:
        with said.open("wb") as log:
            running = subprocess.Popen(command, stderr=log, env=libraries(daemon), **as_nobody)
    except OSError as bad:  # such as a folder that nobody may not enter
        raise LeftOut(f"sshd does not start as nobody: {bad}") from bad
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if running.poll() is not None or probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        if running.poll() is not None:
            raise LeftOut(
                f"sshd does not start: {said.read_text().strip()[-200:]}; {UNPACK.format('libwrap0')}"
            )
        quiet = ["StrictHostKeyChecking=no", "UserKnownHostsFile=/dev/null", "BatchMode=yes"]
        options = [word for option in quiet for word in ("-o", option)]
        identity = ["-i", str(folder / "identity")]
        yield [scp, "-q", "-P", str(port), *identity, *options, "-c", "aes256-gcm@openssh.com"]
    except subprocess.CalledProcessError as failed:
        told = failed.stderr.decode().strip()[-200:], said.read_text().strip()[-300:]
        raise LeftOut(f"scp failed: {'; '.join(told)}") from failed
    finally:
        time.sleep(0.5)  # its sessions end and are counted
        running.terminate()
        running.wait()


def scp_two_legs(source: Path, work: Path) -> float:
    try:
        with sshd(work) as scp:
            there, back = work / "there", work / "back"
            host = ("nobody" if os.geteuid() == 0 else getpass.getuser()) + "@127.0.0.1"
            wall = _run(*scp, source, f"{host}:{there}") + _run(*scp, f"{host}:{there}", back)
        assert back.stat().st_size == source.stat().st_size
        return wall
    finally:
        shutil.rmtree(work, ignore_errors=True)


def rclone_put_get(source: Path, work: Path) -> float:
    tool = shutil.which("rclone", path=SEARCH)
    if not tool:
        raise LeftOut(f"no rclone; {UNPACK.format('rclone')}")
    work.mkdir()
    secret = subprocess.run(
        [tool, "obscure", "bench"], check=True, capture_output=True, text=True
    ).stdout.strip()
    (work / "conf").write_text(f"[sealed]\ntype = crypt\nremote = {work}/remote\npassword = {secret}\n")
    base = [tool, "--config", work / "conf", "copyto"]
    wall = _run(*base, source, "sealed:file") + _run(*base, "sealed:file", work / "back")
    assert (work / "back").stat().st_size == source.stat().st_size
    shutil.rmtree(work)
    return wall


def cp_and_sum(source: Path, work: Path) -> float:
    work.mkdir()
    wall = _run("cp", source, work / "copy") + _run("sha256sum", work / "copy")
    shutil.rmtree(work)
    return wall


def with_cpu(peer: Callable[[Path, Path], float], source: Path, work: Path) -> dict[str, float] | str:
    """A peer's wall and CPU seconds, all its processes together; or why it was left out."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        wall = peer(source, work)
    except LeftOut as why:
        return str(why)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return {"wall": wall, "cpu": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime}


def make_source(path: Path, size_mib: int, *, csv: bool) -> None:
    from seal import csv_block

    block = csv_block(8 * MIB) * 8 if csv else os.urandom(64 * MIB)
    with path.open("wb", buffering=0) as file:
        for at in range(0, size_mib, 64):
            file.write(memoryview(block)[: min(64, size_mib - at) * MIB])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mib", type=int, default=2048)
    parser.add_argument("--folder", type=Path, default=Path("/dev/shm"))
    parser.add_argument("--native", choices=("0", "1"), default="1", help="0 turns the hash lanes off")
    parser.add_argument("--tls", action="store_true", help="measure a run under TLS too")
    parser.add_argument(
        "--scan",
        action="store_true",
        help="measure one CSV with the edge's scan off and on, and nothing else",
    )
    parser.add_argument("--csv", action="store_true", help="send a table instead of noise")
    parser.add_argument("--packing", action="store_true", help="pack what pays before it is sealed")
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    os.environ["FEIYU_NATIVE"] = given.native
    os.environ.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # an installed Feiyu is compiled; so is this one after its first run
    with tempfile.TemporaryDirectory(dir=given.folder, prefix="feiyu-bench-") as folder:
        work = Path(folder)
        os.environ["PYTHONPYCACHEPREFIX"] = str(work / "compiled")
        source = work / "source"
        if given.scan:
            from scanned import make_table

            make_table(source, given.mib)
            report_scan(source.stat().st_size / 1e6, measure_scan(source, work, given.rounds))
            return
        make_source(source, given.mib, csv=given.csv)
        if given.packing:
            os.environ[PACKING] = "1"
        report(given.mib * MIB / 1e6, measure(source, work, given.rounds, tls=given.tls))


def measure(source: Path, work: Path, rounds: int, *, tls: bool) -> dict[str, Any]:
    """The best of each over the rounds, taken in turn so that a busy moment hits all alike."""
    found: dict[str, Any] = {}
    each: dict[str, Callable[[], Any]] = {"feiyu": lambda: feiyu(source, work / "run", tls=False)}
    if tls:
        each["tls"] = lambda: feiyu(source, work / "run", tls=True)
    for name, peer in (("scp", scp_two_legs), ("rclone", rclone_put_get), ("cp", cp_and_sum)):
        each[name] = partial(with_cpu, peer, source, work / name)
    for _ in range(rounds):
        for name, measured in each.items():
            touch_memory(2 * source.stat().st_size + MEMORY_OF_THE_SIDES)
            run = measured()
            best = found.get(name)
            if best is None or (isinstance(run, dict) and run["wall"] < best["wall"]):
                found[name] = run
    return found


def measure_scan(source: Path, work: Path, rounds: int) -> dict[str, Any]:
    """The edge's way with its scan off and on, in turn, once both have loaded what they need; the best of each by its wall."""
    runs = [
        (edge, feiyu(source, work / "run", tls=False, edge=edge))
        for _ in range(rounds)
        for edge in ("send", "scan")
    ]
    working = [(edge, {**run["send"], **run["send"]["working"]}) for edge, run in runs]
    return {
        edge: min((one for name, one in working if name == edge), key=lambda one: one["wall"])
        for edge in ("send", "scan")
    }


def report_scan(megabytes: float, found: dict[str, Any]) -> None:
    print(f"{megabytes:.0f} MB of plain CSV, loopback, {os.cpu_count()} cores")
    print(f"{'':34}{'wall s':>8}{'MB/s':>8}{'CPU s/GB':>10}{'peak MB':>9}")
    for name, label in (("send", "edge: seal and send"), ("scan", "edge: inspect, count, seal, send")):
        one = found[name]
        print(
            f"{label:34}{one['wall']:8.2f}{megabytes / one['wall']:8.0f}{one['cpu'] / megabytes * 1000:10.2f}"
            f"{one['peak_mb']:9.0f}"
        )
    off, on = found["send"], found["scan"]
    said = {
        "transfer_scan_vs_no_scan": {"value": round(off["wall"] / on["wall"], 3), "target": 0.5, "better": "higher", "unit": "x"},
        "transfer_scan_cpu_vs_no_scan": {"value": round(off["cpu"] / on["cpu"], 3), "target": 0.5, "better": "higher", "unit": "x"},
        "transfer_scan_edge_peak": {"value": round(on["peak_mb"]), "target": 300, "better": "lower", "unit": "MB"},
    }  # fmt: skip
    print(json.dumps(said))


def all_cpu(run: dict[str, Any]) -> float:
    """The three sides' CPU seconds; on a busy machine they say more than the wall."""
    cpu: float = run["send"]["cpu"] + run["port"]["cpu"] + run["fetch"]["cpu"]
    return cpu


def report(megabytes: float, found: dict[str, Any]) -> None:
    ours = found["feiyu"]
    print(f"{megabytes:.0f} MB, loopback, {os.cpu_count()} cores")
    print(f"{'':34}{'wall s':>8}{'MB/s':>8}{'CPU s/GB':>10}{'peak MB':>9}")

    def row(label: str, wall: float, cpu: float | None = None, peak: float | None = None) -> None:
        cost = f"{cpu / megabytes * 1000:10.2f}" if cpu is not None else f"{'':10}"
        print(f"{label:34}{wall:8.2f}{megabytes / wall:8.0f}{cost}" + (f"{peak:9.0f}" if peak else ""))

    row("feiyu send -> store -> fetch", ours["wall"], all_cpu(ours))
    row("  edge: seal and send", ours["send"]["wall"], ours["send"]["cpu"], ours["send"]["peak_mb"])
    row("  port: hash, store, release", ours["wall"], ours["port"]["cpu"], ours["port"]["peak_mb"])
    row(
        "  recipient: fetch, verify, open",
        ours["fetch"]["wall"],
        ours["fetch"]["cpu"],
        ours["fetch"]["peak_mb"],
    )
    if "tls" in found:
        row("feiyu under TLS", found["tls"]["wall"], all_cpu(found["tls"]))
    labels = {
        "scp": "scp, two legs, AES-256-GCM",
        "rclone": "rclone crypt, put and get",
        "cp": "cp and sha256sum, once",
    }
    for name, label in labels.items():
        if isinstance(found[name], str):
            print(f"{label:34}  left out: {found[name]}")
        else:
            row(label, found[name]["wall"], found[name]["cpu"])
    print(json.dumps(measures(megabytes, found)))


def measures(megabytes: float, found: dict[str, Any]) -> dict[str, dict[str, object]]:
    ours = found["feiyu"]
    lanes = 2.0 if os.environ["FEIYU_NATIVE"] == "1" else 1.5

    def one(value: float, target: float, better: str, unit: str) -> dict[str, object]:
        return {"value": round(value, 3), "target": target, "better": better, "unit": unit}

    said = {
        "transfer_throughput": one(megabytes / ours["wall"], 250, "higher", "MB/s"),
        "transfer_edge_peak": one(ours["send"]["peak_mb"], 300, "lower", "MB"),
        "transfer_port_peak": one(ours["port"]["peak_mb"], 300, "lower", "MB"),
        "transfer_recipient_peak": one(ours["fetch"]["peak_mb"], 300, "lower", "MB"),
        "transfer_vs_cp_and_sha256sum": one(found["cp"]["wall"] / ours["wall"], 0.5, "higher", "x"),
    }
    for name, measure_of, target in (("scp", "two_legs_of_scp", lanes), ("rclone", "rclone_crypt", 2.0)):
        if isinstance(found[name], dict):
            said[f"transfer_vs_{measure_of}"] = one(found[name]["wall"] / ours["wall"], target, "higher", "x")
            said[f"transfer_cpu_vs_{measure_of}"] = one(
                found[name]["cpu"] / all_cpu(ours), 0.5, "higher", "x"
            )
    if "tls" in found:
        said["transfer_tls_vs_plain"] = one(ours["wall"] / found["tls"]["wall"], 0.6, "higher", "x")
    return said


if __name__ == "__main__":
    sides = {"send": send, "scan": scan, "fetch": fetch}
    if sys.argv[1:2] and sys.argv[1] in sides:
        first, work_folder, port_text, pem_path = sys.argv[2:6]
        sides[sys.argv[1]](Path(first), Path(work_folder), int(port_text), pem_path)
        usage()
    elif sys.argv[1:2] == ["serve"]:
        serve(Path(sys.argv[2]), sys.argv[3])
    else:
        main()
