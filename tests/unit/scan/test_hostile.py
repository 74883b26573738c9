"""Every format against everything that may be done to a file: read, or refused by name; never a crash, a hang, or more memory than it may take."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from feiyu.scan import errors_sources as errors
from feiyu.scan import open_folder, profile
from feiyu.scan.limits import Limits
from feiyu.scan.table import Input

sys.path.append(str(Path(__file__).parent))
import hostile

CHILD = Path(__file__).with_name("hostile_child.py")
SLOWER = 15 if "ASAN_OPTIONS" in os.environ else 1
"""What a sanitizer's tests may take longer."""


def ends(folder, files, seconds):
    """How each file ended, scanned in processes of bounded memory and time."""
    (folder / "in").mkdir()
    names = {}
    for number, (cell, data) in enumerate(files.items()):
        names[f"{number:05}.csv"] = cell  # the extension lies, but for one
        (folder / "in" / f"{number:05}.csv").write_bytes(data)
    command = [sys.executable, str(CHILD), str(folder / "in")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SLOWER * seconds, check=True)
    told = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(told) == len(files)
    return {names[one["file"]]: one for one in told}


def check(told):
    """Nothing ended but by reading or by a refusal in both languages that names the file."""
    assert {cell: one for cell, one in told.items() if one["end"] not in ("read", "refused")} == {}
    for cell, one in told.items():
        if one["end"] == "refused":
            assert one["code"].startswith("SCAN-01"), (cell, one)
            assert one["file"] in one["zh"], (cell, one)
            assert one["file"] in one["en"], (cell, one)


def cells(folder, *, seeds, parts=(10, 50, 99)):
    return {
        f"{name}/{doing}": body
        for name, data in hostile.sound(folder).items()
        for doing, body in hostile.doings(data, seeds=seeds, parts=parts).items()
    }


@pytest.mark.slow
def test_every_format_against_every_doing(tmp_path):
    told = ends(tmp_path, cells(tmp_path, seeds=range(1)), 110)
    check(told)
    for cell, one in told.items():
        name, _, doing = cell.partition("/")
        if doing == "sound" and (
            SLOWER == 1 or one["end"] == "read"
        ):  # what is read apart has no room under a sanitizer
            rows = sum(rows for rows, _ in one["tables"])
            assert rows in (59, 60), (cell, one)
        if doing == "empty":
            assert one["code"] == "SCAN-0103"
        if doing == "truncated at 50 %" and name not in ("csv", "fixed-width", "docx", "pdf"):
            assert one["end"] == "refused", (cell, one)


@pytest.mark.slow
def test_small_files_that_would_be_large(tmp_path):
    told = ends(tmp_path, hostile.bombs(), 110)
    check(told)
    read = {cell for cell, one in told.items() if one["end"] == "read"}
    assert read == {"zip/way out", "zip/bomb"}, told
    assert told["zip/bomb"]["partial"]
    assert all(one.get("peak", 0) < 2 << 30 for one in told.values())
    codes = {cell: one.get("code") for cell, one in told.items()}
    assert {codes[f"{one}/bomb"] for one in ("gz", "zst")} == {"SCAN-0109"}
    assert codes["csv/wide"] == codes["arrow stream/wide"] == "SCAN-0108"
    assert codes["json/deep"] == codes["jsonl/deep"] == codes["docx/deep"] == "SCAN-0114"
    assert codes["docx/entities"] == "SCAN-0110"


@pytest.mark.campaign
@pytest.mark.timeout(3_600)
def test_every_format_against_many_doings(tmp_path):
    check(ends(tmp_path, cells(tmp_path, seeds=range(40), parts=tuple(range(1, 100, 3))), 3_500))


class Endless(Input):
    """A line of a gigabyte, made as it is read."""

    name, size_bytes = "endless.csv", 1 << 30

    def open(self, meter):
        import io

        outer = self

        class Stream(io.RawIOBase):
            at = 0

            def readable(self):
                return True

            def readinto(self, buffer):
                count = min(len(buffer), outer.size_bytes - self.at)
                start = b"id,name\n1,2\n"[self.at : self.at + count]
                buffer[:count] = start.ljust(count, b"x")
                self.at += count
                meter.bytes += count
                return count

        return io.BufferedReader(Stream(), 1 << 20)


def test_a_line_of_a_gigabyte_is_refused_after_its_limit():
    source = Endless()
    with pytest.raises(errors.LineTooLong, match=r"endless\.csv, row 3"):
        profile(source, limits=Limits(line_bytes=1 << 22))


def test_a_link_out_of_a_folder_is_refused(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.csv").symlink_to("/etc/passwd")
    with pytest.raises(errors.LeavesFolder, match=r"a\.csv"):
        open_folder(tmp_path / "in")
