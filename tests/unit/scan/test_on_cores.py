"""The scan on several processes of this machine gives the report of one, to the byte; a process that dies is named."""

import json
import os
import random
import signal
from contextlib import closing
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from pyarrow import csv

from feiyu.base.clock import FixedClock
from feiyu.scan import on_cores, profile, shared_out, split
from feiyu.scan.errors import UnknownWorkers, WorkerLost
from feiyu.scan.errors_sources import NoSuchSource, RaggedRow
from feiyu.scan.own import read_types
from feiyu.scan.remote.address import open_address
from feiyu.scan.shared_out import profile_on
from feiyu.testing.persons import persons
from feiyu.testing.sample import aftersales

CLOCK = FixedClock(datetime(2026, 11, 29, 1, 0, tzinfo=UTC))
OWN = b"format: feiyu-types/1\ntypes:\n  - {id: order, zh: x, en: x, shape: 'AS{9:10}', alone: true}\n"


def as_bytes(found):
    return json.dumps(found.as_dict(), ensure_ascii=False).encode()


def alone(path, own=None):
    with closing(open_address(str(path))) as source:
        return profile(source, clock=CLOCK, own=own)


@pytest.fixture
def put(monkeypatch):
    """Which large tables came apart; files of a test are large enough."""
    monkeypatch.setattr(split, "LEAST_BYTES", 1 << 18)
    monkeypatch.setattr(shared_out, "LEAST_BYTES", 1 << 18)
    found = []

    class Told(shared_out._Pieces):
        def put_into(self, parts):
            found.append((len(self._cut.pieces) > 1, super().put_into(parts)))
            return found[-1][1]

    monkeypatch.setattr(shared_out, "_Pieces", Told)
    return found


def orders(path):
    return aftersales(path, rows=60_000, owners=900, tracked=90)


def late(path):
    """A file that holds its persons behind the rows by which the pieces count at first."""
    ids = [one.resident_id for one in persons(200, random.Random(4))]
    found = ["" if i < split.AHEAD_ROWS else ids[i % 200] for i in range(300_000)]
    csv.write_csv(
        pa.table({"no": list(map(str, range(300_000))), "memo": found, "qty": ["3"] * 300_000}), path
    )
    return path


def short(path):
    """A file whose last rows but one lack a cell, which is told by their numbers."""
    text = "".join(f"{i},a@example.com,x\n" for i in range(300_000))
    path.write_text(f"no,mail,z\n{text}7,b@example.com\n8,c@example.com,y\n")
    return path


@pytest.mark.slow
@pytest.mark.parametrize(
    ("make", "name", "comes_apart", "counted"),
    [
        (orders, "a.csv", True, 900),
        pytest.param(orders, "a.jsonl", True, 900, marks=pytest.mark.campaign),
        (late, "l.csv", True, 200),
        (short, "s.csv", False, 3),
    ],
)
def test_one_file_in_pieces_gives_the_report_of_one_process(put, tmp_path, make, name, comes_apart, counted):
    path, own = make(tmp_path / name), read_types(OWN, "o.yaml")
    spread, local = profile_on(str(path), on="cores:3", clock=CLOCK, own=own), alone(path, own)
    assert as_bytes(spread) == as_bytes(local)
    assert local.tables[0].persons.counted == counted
    assert put == [(True, comes_apart)]


@pytest.mark.slow
def test_a_folder_is_shared_out_by_table(tmp_path):
    for i in range(4):
        aftersales(tmp_path / f"part-{i}.csv", rows=1_000, owners=300 + i, tracked=50, seed=i)
    (tmp_path / "broken.csv").write_bytes(b'a,b\n1,"2\n')
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    spread, local = profile_on(str(tmp_path), on="cores:2", clock=CLOCK), alone(tmp_path)
    assert as_bytes(spread) == as_bytes(local)
    assert [table.persons.counted for table in local.tables if table.rows > 100] == [300, 301, 302, 303]
    assert local.partial


@pytest.mark.slow
def test_a_refusal_comes_back_as_itself(tmp_path):
    (tmp_path / "ragged.csv").write_bytes(b"a,b\n1,2\n3,4,5\n")
    with pytest.raises(RaggedRow) as local:
        alone(tmp_path / "ragged.csv")
    with pytest.raises(RaggedRow) as spread:
        profile_on(str(tmp_path / "ragged.csv"), on="cores:2")
    assert spread.value.values == local.value.values
    with pytest.raises(NoSuchSource):
        profile_on(str(tmp_path / "nothing.csv"), on="cores:2")


@pytest.mark.parametrize(
    "on", ["cores:0", "cores:", "cores:x", "cores:257", "cores:-1", "cores:٣", "coresy", "elsewhere", "rays"]
)
def test_a_number_of_processes_that_is_none_is_refused(tmp_path, on):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    with pytest.raises(UnknownWorkers, match=f"among {on}"):
        profile_on(str(tmp_path / "a.csv"), on=on)


def ends_at_once(*_arguments, **_named):
    os._exit(9)


@pytest.mark.slow
def test_a_process_that_is_killed_ends_the_scan_by_name(tmp_path, monkeypatch):
    path = aftersales(tmp_path / "a.csv", rows=500, owners=20, tracked=5)
    monkeypatch.setattr(shared_out, "_share", ends_at_once)
    with pytest.raises(WorkerLost, match=r"a\.csv"):
        profile_on(str(path), on="cores:2")
    assert on_cores.processes("cores") >= 1


def test_an_interrupt_ends_the_processes_without_a_trace():
    class Pool:
        def submit(self, work):
            return work()

    def masked():
        return signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ())

    assert on_cores._Processes(Pool(), 1).begin(
        masked
    )  # so a process that is being made cannot be hit while it loads
    assert not masked()
    with on_cores.joined("cores:1", "a.csv") as workers:
        assert workers.result(workers.begin(signal.getsignal, signal.SIGINT)) is signal.SIG_DFL
        assert workers.result(workers.begin(signal.pthread_sigmask, signal.SIG_BLOCK, ())) == set()
