"""DuckDB files that are sound and still cannot be read here: each is called what it is, with its remedy."""

import struct
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from feiyu.scan import profile
from feiyu.scan.errors_sources import Damaged, OpenElsewhere, OtherVersion

HOLDS = "import duckdb, sys; held = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"


@pytest.fixture
def made(tmp_path: Path) -> Path:
    with duckdb.connect(str(tmp_path / "a.duckdb")) as database:
        database.execute("CREATE TABLE t AS SELECT 1 AS a")
    return tmp_path / "a.duckdb"


def of_version(data: bytes, version: int) -> bytes:
    """The same file with another storage version in its main header, and the check sum that belongs to it."""
    out = bytearray(data)
    struct.pack_into("<Q", out, 12, version)
    total = 5381
    for (word,) in struct.iter_unpack("<Q", out[8:4096]):
        total ^= word * 0xBF58476D1CE4E5B9 & (1 << 64) - 1
    struct.pack_into("<Q", out, 0, total)
    return bytes(out)


@pytest.mark.parametrize("version", [63, 9_999])
def test_another_storage_version_is_named_with_those_that_are_known(made: Path, version: int) -> None:
    made.write_bytes(of_version(made.read_bytes(), version))
    with pytest.raises(OtherVersion) as refused:
        profile(made)
    assert str(version) in refused.value.text("zh")
    assert "64–" in refused.value.text("en")
    assert "EXPORT DATABASE" in refused.value.hint.en


def test_a_database_that_another_program_holds_is_named_with_that_program(made: Path) -> None:
    command = [sys.executable, "-c", HOLDS, str(made)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(OpenElsewhere) as refused:
            profile(made)
        holder.kill()
    assert f"PID {holder.pid}" in refused.value.text("zh")
    assert profile(made).tables[0].rows == 1


def test_an_encrypted_database_is_unread_and_not_damaged(made: Path, tmp_path: Path) -> None:
    with duckdb.connect() as database:
        database.execute("SET force_mbedtls_unsafe = 'true'")
        database.execute(f"ATTACH '{tmp_path}/secret.duckdb' AS s (ENCRYPTION_KEY 'of a test')")
        database.execute("CREATE TABLE s.t AS SELECT 1 AS a")
    found = profile(tmp_path / "secret.duckdb")
    assert found.partial
    assert "加密的 DuckDB 数据库" in found.warnings[0].zh
    assert "an encrypted DuckDB database" in found.warnings[0].en


def test_a_changed_header_is_still_damage(made: Path) -> None:
    data = bytearray(made.read_bytes())
    data[12] ^= 0xFF
    made.write_bytes(data)
    with pytest.raises(Damaged):
        profile(made)
