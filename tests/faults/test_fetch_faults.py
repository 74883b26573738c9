"""The recipient under fire: killed, and lied to by the disk, at every system call that touches the file that arrives.

Needs strace; run with ``-m campaign``. After each fault either the whole file is there under its name or none is, and one
more run without fault ends with the whole file and nothing else in the folder. So too with packed content, which the
recipient unpacks into a further file.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from feiyu.seal import SUITES
from feiyu.wire import Endpoint

from .fetch_driver import CONTENT
from .transfer_campaign import port, send

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(1800)]

CALLS = (
    "openat",
    "read",
    "pread64",
    "ftruncate",
    "pwrite64",
    "fdatasync",
    "fsync",
    "rename",
    "unlink",
    "close",
)
FAULTS = ("signal=KILL", "error=EIO", "error=ENOSPC")
MOST = 200


@pytest.fixture(scope="module", params=CONTENT)
def served(request, tmp_path_factory):
    """The way, the content, and where it can be fetched."""
    plain, packer = CONTENT[request.param]
    with port(tmp_path_factory.mktemp("store")) as server:
        send(Endpoint.of(server.url), "t", suite=SUITES["intl"], plain=plain, packer=packer)
        yield request.param, plain, Endpoint.of(server.url)


def drive(at: Endpoint, way: str, path: Path, *strace: str) -> int:
    command = [*strace, sys.executable, "-m", "tests.faults.fetch_driver", at.host, str(at.port), str(path), way]  # fmt: skip
    return subprocess.run(command, capture_output=True, check=False, timeout=120).returncode


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("call", CALLS)
def test_the_file_is_whole_or_not_there(served, tmp_path, call, fault):
    assert shutil.which("strace"), "the campaign needs strace"
    (way, content, at), (struck, failed) = served, (0, 0)
    for number in range(1, MOST):
        folder, trace = tmp_path / f"{number}", tmp_path / "trace"
        folder.mkdir()
        path = folder / "out.csv"
        beside = [path.with_name(path.name + ending) for ending in (".part", ".part.log", ".unpacked")]
        places = [path, *beside, folder]
        only = [word for place in places for word in ("-P", str(place))]
        inject = f"inject={call}:{fault}:when={number}"
        failed += (
            drive(at, way, path, "strace", "-f", "-qq", "-o", str(trace), "-e", f"trace={call}", "-e", inject, *only) != 0
        )  # fmt: skip
        said = trace.read_text()
        if "INJECTED" not in said and "killed by SIGKILL" not in said:
            assert path.read_bytes() == content
            break
        struck += 1
        assert not path.exists() or path.read_bytes() == content
        assert drive(at, way, path) == 0
        assert path.read_bytes() == content
        assert [each.name for each in folder.iterdir()] == ["out.csv"]
        shutil.rmtree(folder)
    else:
        pytest.fail(f"more than {MOST} calls of {call}")
    assert struck or (way, call) == ("plain", "pread64"), (
        "the fault never struck: the recipient makes no such call any more"
    )
    sys.stderr.write(f"\n{way} {call} {fault}: {struck} places, {failed} runs failed and recovered\n")
