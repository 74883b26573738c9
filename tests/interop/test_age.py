"""Content sealed for an age recipient is opened by the stock tool, and what it wrote is opened here.

Needs Go and its module proxy; run with ``-m campaign``.
"""

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import pytest

from feiyu.seal import RecipientKey, RecipientPublic, SealingWriter, TransferSecret, age, sealer_of, wrap
from feiyu.seal.suites import AGE

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(900)]
SIZES = (0, 1, 65_535, 65_536, 65_537, 131_072, 5_000_001)


@pytest.fixture(scope="module")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with ``age`` and ``age-keygen``, built from their source."""
    assert shutil.which("go"), "interop needs Go"
    folder = tmp_path_factory.mktemp("age")
    for name in ("age", "age-keygen"):
        subprocess.run(
            ["go", "build", "-o", str(folder / name), f"filippo.io/age/cmd/{name}"],
            cwd=Path(__file__).parent / "age", check=True,
        )  # fmt: skip
    return folder


def ran(*command: object, given: bytes = b"") -> bytes:
    done = subprocess.run([str(part) for part in command], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("size", SIZES)
def test_the_stock_tool_opens_what_was_sealed_here(tools: Path, tmp_path: Path, size: int) -> None:
    identity = tmp_path / "identity"
    ran(tools / "age-keygen", "-o", identity)
    to = RecipientPublic.decode(ran(tools / "age-keygen", "-y", identity).decode())
    plain, secret, out = hashlib.shake_128(b"%d" % size).digest(size), TransferSecret.generate(), io.BytesIO()
    writer = SealingWriter(sealer_of(secret, transfer_id="trf_1", suite=AGE), out.write)
    writer.write(plain)
    writer.finish()
    header = wrap(secret, to, transfer_id="trf_1", pinned_key_id=to.key_id).box
    assert ran(tools / "age", "-d", "-i", identity, given=header + out.getvalue()) == plain
    for wrong in (out.getvalue()[:-1], out.getvalue() + b"\0"):
        done = subprocess.run(
            [str(tools / "age"), "-d", "-i", str(identity)],
            input=header + wrong,
            capture_output=True,
            check=False,
        )
        assert done.returncode == 1


@pytest.mark.parametrize("size", SIZES)
def test_what_the_stock_tool_wrote_is_opened_here(tools: Path, size: int) -> None:
    key, other = RecipientKey.generate("age-X25519"), RecipientKey.generate("age-X25519")
    plain = hashlib.shake_128(b"%d" % size).digest(size)
    file = ran(tools / "age", "-r", other.public.encode(), "-r", key.public.encode(), given=plain)
    file_key, at = age.open_header(file, key.private)
    assert b"".join(age.opened(io.BytesIO(file[at:]), file_key)) == plain
