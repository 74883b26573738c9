"""A real Ray of two nodes on this machine: the same report as a local scan, to the byte. Run by `make test-ray`."""

import json
from datetime import UTC, datetime

import pytest

from feiyu.base.clock import FixedClock
from feiyu.scan import profile
from feiyu.scan.errors_sources import NoSuchSource
from feiyu.scan.on_ray import profile_on_ray
from feiyu.scan.own import read_types
from feiyu.scan.remote.address import open_address
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
    spread = profile_on_ray(str(folder), clock=CLOCK, own=own)
    assert as_bytes(spread) == as_bytes(local)
    assert [table.persons.counted for table in local.tables if table.rows > 100] == [500, 501, 502, 503, 504]
    assert local.partial


def test_a_refusal_comes_back_as_itself(cluster, tmp_path):
    with pytest.raises(NoSuchSource):
        profile_on_ray(str(tmp_path / "nothing.csv"))
