"""A real Ray of two nodes on this machine: the same report as a local scan, to the byte. Run by `make test-ray`."""

import json
import random
from contextlib import closing
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from pyarrow import csv, parquet

from feiyu.base.clock import FixedClock
from feiyu.scan import profile, shared_out, split
from feiyu.scan.errors_sources import NoSuchSource
from feiyu.scan.own import read_types
from feiyu.scan.remote.address import open_address
from feiyu.testing.persons import persons
from feiyu.testing.sample import aftersales

pytestmark = [pytest.mark.campaign, pytest.mark.filterwarnings("default")]
CLOCK = FixedClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))
OWN = b"format: feiyu-types/1\ntypes:\n  - {id: order, zh: x, en: x, shape: 'AS{9:10}', alone: true}\n"


@pytest.fixture(scope="module")
def cluster():
    import ray
    from ray.cluster_utils import Cluster

    made = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    made.add_node(num_cpus=1)
    ray.init(address=made.address, log_to_driver=False)
    made.wait_for_nodes()
    yield made
    ray.shutdown()
    made.shutdown()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("ray") / "many"
    path.mkdir()
    for i in range(5):
        name = f"part-{i}.{'parquet' if i % 2 else 'csv'}"
        aftersales(path / name, rows=2_000, owners=500 + i, tracked=50, seed=i)
    (path / "broken.csv").write_bytes(b'a,b\n1,"2\n')
    (path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (path / "empty.csv").write_bytes(b"")
    return path


def as_bytes(found):
    return json.dumps(found.as_dict(), ensure_ascii=False).encode()


def test_two_nodes_give_the_report_of_a_local_scan(cluster, folder):
    import ray

    assert len([node for node in ray.nodes() if node["Alive"]]) == 2
    own = read_types(OWN, "o.yaml")
    local = profile(open_address(str(folder)), clock=CLOCK, own=own)
    spread = shared_out.profile_on(str(folder), on="ray", clock=CLOCK, own=own)
    assert as_bytes(spread) == as_bytes(local)
    assert [table.persons.counted for table in local.tables if table.rows > 100] == [500, 501, 502, 503, 504]
    assert local.partial


def test_a_refusal_comes_back_as_itself(cluster, tmp_path):
    with pytest.raises(NoSuchSource):
        shared_out.profile_on(str(tmp_path / "nothing.csv"), on="ray")


def late(path, rows):
    """A file that holds its persons behind the rows by which the pieces count at first."""
    ids = [one.resident_id for one in persons(200, random.Random(4))]
    found = ["" if i < split.AHEAD_ROWS else ids[i % 200] for i in range(rows)]
    csv.write_csv(pa.table({"no": list(map(str, range(rows))), "memo": found, "qty": ["3"] * rows}), path)
    return path


def short(path, rows):
    """A file whose last rows but one lack a cell, which is told by their numbers."""
    text = "".join(f"{i},a@example.com,x\n" for i in range(rows))
    path.write_text(f"no,mail,z\n{text}7,b@example.com\n8,c@example.com,y\n")
    return path


def grouped(path, rows):
    parquet.write_table(
        parquet.read_table(aftersales(path, rows=rows, owners=900, tracked=90)), path, row_group_size=20_000
    )
    return path


def orders(path, rows):
    return aftersales(path, rows=rows, owners=900, tracked=90)


@pytest.mark.parametrize(
    ("make", "name", "rows", "comes_apart", "persons"),
    [
        (orders, "a.csv", 110_000, True, 900),
        (orders, "a.jsonl", 110_000, True, 900),
        (grouped, "a.parquet", 110_000, True, 900),
        (late, "l.csv", 400_000, True, 200),
        (short, "s.csv", 400_000, False, 3),
    ],
)
def test_one_file_in_pieces_gives_the_report_of_a_local_scan(
    cluster, tmp_path, monkeypatch, make, name, rows, comes_apart, persons
):
    monkeypatch.setattr(split, "LEAST_BYTES", 1 << 18)
    monkeypatch.setattr(shared_out, "LEAST_BYTES", 1 << 18)
    path, own = make(tmp_path / name, rows), read_types(OWN, "o.yaml")
    put = []

    class Told(shared_out._Pieces):
        def put_into(self, parts):
            put.append((len(self._cut.pieces) > 1, super().put_into(parts)))
            return put[-1][1]

    monkeypatch.setattr(shared_out, "_Pieces", Told)
    spread = shared_out.profile_on(str(path), on="ray", clock=CLOCK, own=own)
    with closing(open_address(str(path))) as source:
        local = profile(source, clock=CLOCK, own=own)
    assert as_bytes(spread) == as_bytes(local)
    assert local.tables[0].persons.counted == persons
    assert put == [(True, comes_apart)]
