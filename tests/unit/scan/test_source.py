"""Whatever is handed in is read, or refused by name; a table reader never returns garbage."""

import errno
import gzip
import io
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from feiyu.base import zstd
from feiyu.base.text import Lang
from feiyu.scan import Limits, open_folder, open_source, profile
from feiyu.scan import errors_sources as errors
from feiyu.scan.remote.address import open_address
from feiyu.scan.table import FileInput, Meter, together
from feiyu.testing.tables import read, rows_of, table_of

NOISE = random.Random(5).randbytes(200_000)
UNREAD = {
    "png": b"\x89PNG\r\n\x1a\n" + NOISE,
    "jpeg": b"\xff\xd8\xff\xe0\x00\x10JFIF" + NOISE,
    "mp4": b"\x00\x00\x00\x18ftypmp42" + NOISE,
    "avi": b"RIFF\x00\x00\x00\x00AVI LIST" + NOISE,
    "dicom": bytes(128) + b"DICM" + NOISE,
    "las": b"LASF\x00\x00" + NOISE,
    "mcap": b"\x89MCAP0\r\n" + NOISE,
    "7z": b"7z\xbc\xaf\x27\x1c" + NOISE,
    "rar": b"Rar!\x1a\x07\x01\x00" + NOISE,
    "age": b"age-encryption.org/v1\n-> X25519 abc\n" + NOISE,
    "parquet-encrypted": b"PARE" + NOISE,
    "elf": b"\x7fELF\x02\x01\x01" + NOISE,
    "html": "<!DOCTYPE html><html><body><table><tr><td>张三</td></tr></table></body></html>".encode(),
    "xml": '<?xml version="1.0"?><r><p>张三</p></r>'.encode(),
    "binary": NOISE,
    "rtf": b"{\\rtf1\\ansi hello}",
    "tar": b"a.csv".ljust(257, b"\0") + b"ustar\x00" + NOISE,
}


@pytest.mark.parametrize("kind", UNREAD)
@pytest.mark.parametrize("name", ["data.csv", "data.xlsx", "data"])
def test_what_no_reader_understands_is_unread_whatever_its_name(tmp_path: Path, kind: str, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(UNREAD[kind])
    with pytest.raises(errors.Unread) as caught:
        open_source(path)
    assert caught.value.values["kind"] == kind
    assert caught.value.values["name"] == name
    looks = caught.value.values["looks"]
    assert looks.zh in caught.value.text(Lang.ZH)
    assert looks.en in caught.value.text(Lang.EN)


def test_a_folder_a_device_and_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.NotAFile, match="a folder"):
        open_source(tmp_path)
    with pytest.raises(errors.NotAFile, match="a device"):
        open_source(Path("/dev/zero"))
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(errors.NotAFile, match="a device or a pipe"):
        open_source(tmp_path / "pipe.csv")
    with pytest.raises(errors.NoSuchSource, match=r"missing\.csv"):
        open_source(tmp_path / "missing.csv")


@pytest.mark.parametrize("data", [b"", b"\n\n  \r\n", b"\xef\xbb\xbf", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(errors.EmptySource, match=r"SCAN-0103: a\.csv is empty"):
        read(tmp_path / "a.csv", data)


def test_zeros_are_not_text(tmp_path: Path) -> None:
    with pytest.raises(errors.Unread):
        read(tmp_path / "a.csv", bytes(100_000))


def test_a_sparse_gigabyte_without_a_line_end_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"a,b\n1,2\n" + b"x" * 100_000)
        file.truncate(1 << 30)
    table = table_of(path, limits=Limits(line_bytes=1 << 20))
    with pytest.raises(errors.LineTooLong):  # the zeros that follow are drawn only up to the limit
        rows_of(table)


def test_the_content_decides_and_a_lying_name_is_told(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"a": ["1"]}), tmp_path / "a.csv")
    source, (table,) = read(tmp_path / "a.csv")
    assert source.format == "parquet"
    assert rows_of(table) == [("1",)]
    assert "a.csv 的扩展名与内容不符" in source.warnings[0].zh
    assert "it is a Parquet file" in source.warnings[0].en
    source, (table,) = read(tmp_path / "b.parquet", "a,b\n1,2\n")
    assert source.format == "csv"
    assert source.warnings
    source, _ = read(tmp_path / "c.csv", "a,b\n1,2\n")
    assert source.warnings == ()


TEXT = "id,name\n" + "".join(f"{i},名{i}\n" for i in range(50_000))
ROWS = [(str(i), f"名{i}") for i in range(50_000)]


@pytest.mark.parametrize("packing", ["gzip", "zstd", "bzip2", "xz", "gzip members", "zstd frames"])
def test_packed_tables_are_unpacked_as_a_stream(tmp_path: Path, packing: str) -> None:
    import bz2
    import lzma

    half = len(TEXT) // 2
    data = {
        "gzip": lambda: gzip.compress(TEXT.encode()),
        "zstd": lambda: zstd.compress(TEXT.encode()),
        "bzip2": lambda: bz2.compress(TEXT.encode()),
        "xz": lambda: lzma.compress(TEXT.encode()),
        "gzip members": lambda: gzip.compress(TEXT[:half].encode()) + gzip.compress(TEXT[half:].encode()),
        "zstd frames": lambda: zstd.compress(TEXT[:half].encode()) + zstd.compress(TEXT[half:].encode()),
    }[packing]()
    source, (table,) = read(tmp_path / "a.csv.x", data)
    assert (source.format, source.packing) == ("csv", packing.split(maxsplit=1)[0])
    assert rows_of(table) == ROWS
    assert table.bytes_read == source.size_bytes == len(data)
    with pytest.raises(errors.Damaged, match=packing.split(maxsplit=1)[0]):
        rows_of(table_of(tmp_path / "b.x", data[: len(data) * 2 // 3]))
    with pytest.raises(errors.Damaged):
        rows_of(table_of(tmp_path / "c.x", data + b"tail that is no member"))


@pytest.mark.slow
@pytest.mark.parametrize("pack", [gzip.compress, zstd.compress])
def test_a_bomb_is_not_unpacked(tmp_path: Path, pack) -> None:  # type: ignore[no-untyped-def]
    bomb = pack(b"a,b\n" + b"1,2\n" * (8 << 20))
    with pytest.raises(errors.ExpandsTooMuch) as caught:
        rows_of(table_of(tmp_path / "a.csv.gz", bomb, limits=Limits(document_bytes=4 << 20)))
    assert caught.value.http_status == 413
    with pytest.raises(errors.ExpandsTooMuch):
        rows_of(table_of(tmp_path / "a.csv.gz", limits=Limits(expanded_bytes=4 << 20)))


def test_packing_twice_is_unread(tmp_path: Path) -> None:
    with pytest.raises(errors.Unread):
        read(tmp_path / "a.gz", gzip.compress(gzip.compress(b"a,b\n1,2\n")))


def test_a_packed_parquet_file_is_read_within_the_document_limit(tmp_path: Path) -> None:
    parquet.write_table(pa.table({"a": [str(i) for i in range(1_000)]}), tmp_path / "a.parquet")
    data = gzip.compress((tmp_path / "a.parquet").read_bytes())
    assert len(rows_of(table_of(tmp_path / "a.parquet.gz", data))) == 1_000
    with pytest.raises(errors.ExpandsTooMuch):
        read(tmp_path / "a.parquet.gz", limits=Limits(document_bytes=1_000))


def test_every_refusal_speaks_both_languages() -> None:
    classes = [
        value
        for value in vars(errors).values()
        if isinstance(value, type) and value.__module__ == errors.__name__
    ]
    assert len({one.code for one in classes}) == len(classes) > 10
    for one in classes:
        assert one.code.startswith("SCAN-01")
        assert any("\u4e00" <= char <= "\u9fff" for char in one.message.zh + one.hint.zh)
        assert one.message.en.isascii()
        assert one.hint.en.isascii()


@pytest.mark.parametrize("word", ["BMW", "MZ1", "ORC", "ID3", "GRIB2", "PAR1", "BZh", "LASF", "AC10", "BUFR"])
def test_a_text_may_begin_like_something_else(tmp_path: Path, word: str) -> None:
    source, (table,) = read(tmp_path / "a.csv", f"{word},13800138000\n{word},13900139000\n")
    assert source.format == "csv"
    assert len(rows_of(table)) == 2


def test_padding_behind_a_packed_file_is_allowed(tmp_path: Path) -> None:
    assert rows_of(table_of(tmp_path / "a.csv.gz", gzip.compress(TEXT.encode()) + bytes(512))) == ROWS


def test_what_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.csv").write_text(TEXT)
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may read everything
    with pytest.raises(errors.MayNotRead, match="without permission to read"):
        open_source(tmp_path / "a.csv")


def test_progress_counts_every_way_to_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(bytes(3_000))
    meter = Meter()
    with FileInput(tmp_path / "a.csv").open(meter) as raw, io.BufferedReader(raw, 1_000) as buffered:  # type: ignore[type-var]
        assert len(buffered.read(10)) == 10
        assert meter.bytes == 1_000
        assert len(raw.read(-1)) == 2_000
        assert meter.bytes == 3_000


def test_batches_come_together_by_rows_number_and_schema():
    one, other = (
        pa.record_batch({"a": ["x"] * 3}),
        pa.record_batch({"a": pa.array(["x"] * 3, pa.string_view())}),
    )
    sizes = [len(some) for some in together([one, one, one, other, one, one], rows=6, most=2)]
    assert sizes == [2, 1, 1, 2]
    assert [len(some) for some in together([one] * 5, rows=1000, most=4)] == [4, 1]
    assert list(together([], rows=1, most=1)) == []


def test_a_program_may_name_a_file_by_its_path_or_by_text(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("no,mail\n1,a.b@example.com\n2,c.d@example.com\n")
    assert profile(str(path)) == profile(path)
    assert [table.name for table in open_folder(str(tmp_path)).tables()] == ["people.csv"]


def test_what_may_not_be_read_in_a_folder_is_named_and_the_answer_partial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("open", "closed", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.csv").write_text(TEXT)
    listed, allowed = os.scandir, os.access

    def scandir(path: str) -> Iterator[os.DirEntry[str]]:
        if Path(path).name == "closed":
            raise PermissionError(errno.EACCES, "no", path)
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)  # root may read everything
    monkeypatch.setattr(os, "access", lambda path, mode: "shut" not in str(path) and allowed(path, mode))
    found = profile(open_folder(tmp_path))
    assert [one.name for one in found.tables] == ["open/a.csv"]
    assert found.partial
    told = " ".join(one.en for one in found.warnings)
    assert "closed is there, but without permission" in told
    assert "shut/a.csv is there, but without permission" in told
    assert not profile(open_folder(tmp_path, "open/*")).partial
    with pytest.raises(errors.MayNotRead, match=r"shut/a\.csv"):
        open_folder(tmp_path, "shut/*")


def test_a_pattern_fits_part_by_part_and_one_that_fits_nothing_is_told(tmp_path: Path) -> None:
    for name in ("a.csv", "sub/b.csv", "sub/deep/c.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT)

    def names(pattern: str) -> list[str]:
        return sorted(one.name for one in open_folder(tmp_path, pattern).tables())

    assert names("*.csv") == ["a.csv"]
    assert names("*/*.csv") == ["sub/b.csv"]
    assert names("**/*.csv") == ["a.csv", "sub/b.csv", "sub/deep/c.csv"]
    assert names("sub/**/[bc].csv") == ["sub/b.csv", "sub/deep/c.csv"]
    with pytest.raises(errors.NoSuchSource, match=r"no file x\*\.csv"):
        open_folder(tmp_path, "x*.csv")


def test_a_name_of_any_bytes_can_be_written_anywhere(tmp_path: Path) -> None:
    (tmp_path / "a\nb.csv").write_text(TEXT)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe.csv")).write_text(TEXT)
    found = profile(open_folder(tmp_path))
    assert [one.name for one in found.tables] == [r"a\nb.csv", r"\xff\xfe.csv"]
    json.dumps(found.as_dict(), ensure_ascii=False).encode()
    with pytest.raises(errors.NoSuchSource, match=r"no file \\xfd\.csv"):
        open_source(Path(os.fsdecode(b"\xfd.csv")))


def test_the_folder_of_this_process_goes_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").write_text(TEXT)
    monkeypatch.chdir(tmp_path / "in")
    assert open_address(".").name == open_address("*.csv").name == "in"
    with pytest.raises(errors.NoSuchSource):  # a variable of a shell that is not set
        open_address("")
