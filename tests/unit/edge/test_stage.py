"""What is claimed while a table goes out: the first count at once, later ones when they are there, the exact one at the end."""

import threading
from types import SimpleNamespace

import pyarrow as pa
import pytest

from feiyu.edge import stage as stages
from feiyu.edge.behind import Behind
from feiyu.edge.both import BothKeys
from feiyu.edge.model import Control
from feiyu.scan import PersonCounter
from feiyu.seal import Geometry

ROWS = 10


class Slow(PersonCounter):
    """A counter whose counts after the first wait until they may go on."""

    may_go_on = threading.Event()
    first = True

    def counts(self):
        if not self.first:
            assert self.may_go_on.wait(10)
        self.first = False
        return super().counts()


@pytest.fixture
def line(monkeypatch):
    monkeypatch.setattr(stages, "STAGE_BYTES", ROWS)
    monkeypatch.setattr(stages.Stage, "_earlier", lambda _: (0, 0))
    claims, out = [], []
    Slow.may_go_on.clear()
    counter = BothKeys(Slow(bytes(32), fields={"no": "customer_no"}), None)
    edge = SimpleNamespace(port=SimpleNamespace(claim=lambda _, **what: claims.append(what)))
    sink = SimpleNamespace(sealed_bytes=0)
    with Behind(out.append, name="seal") as behind, counter:
        stage = stages.Stage(
            edge, SimpleNamespace(transfer_id="trf_1"), counter, Control(), sink, behind, Geometry()
        )
        yield stage, counter, claims, out


def test_stages_go_on_with_the_last_count_until_the_next_is_there(line, tmp_path):
    stage, counter, claims, out = line

    def group(first):
        rows = [f"C{first + i:06d}" for i in range(ROWS)]
        counter.take([pa.record_batch({"no": rows})])
        stage.write(bytes(ROWS))
        stage.flush_if_full()

    for no in range(6):  # counted after the first and the fourth
        group(no * ROWS)
    assert [one["persons"] for one in claims] == [ROWS] * 6
    Slow.may_go_on.set()
    counted = counter.counts().result()
    assert counted.counted == 6 * ROWS
    group(6 * ROWS)
    assert ROWS < claims[-1]["persons"] <= 7 * ROWS
    stage.finish(counter.write_run(tmp_path / "run"))
    assert claims[-1]["persons"] == 7 * ROWS
    stage._behind.wait()
    assert b"".join(out) == bytes(7 * ROWS)
