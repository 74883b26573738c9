"""One table in pieces: whatever the cut, the parts add up to what one pass over the whole gives."""

import json
import pickle
import random
from dataclasses import asdict
from datetime import UTC, datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from feiyu.base.clock import FixedClock
from feiyu.base.errors import FeiyuError
from feiyu.scan import kernel, native, open_source, profile, vocabulary
from feiyu.scan.catalogue import types
from feiyu.scan.inspect import Inspector
from feiyu.scan.own import read_types
from feiyu.scan.remember import beginning
from feiyu.scan.split import Together, cut, scan_piece
from feiyu.scan.table import BytesInput, Meter, NotApart
from feiyu.testing.sample import aftersales

OWN = read_types(
    """
format: feiyu-types/1
types:
  - {id: order, zh: 单, en: order, shape: "AS{9:4}", alone: true}
  - {id: wash, zh: 洗, en: wash, words: [洗车, 保养]}
  - {id: late, zh: 晚, en: late, regex: "更换.{1,12}", literal: 更换, inside: true}
""".encode(),
    "o.yaml",
)
EXAMPLES = sorted({v for one in types() for v in (*one.positive, *one.near)} | set(vocabulary.table()))
cells = st.one_of(st.none(), st.sampled_from(EXAMPLES), st.sampled_from(["", "AS1234", "洗车", "更换机滤"]))


@pytest.fixture(scope="module", autouse=True)
def lane():
    if native.lane() is None:
        pytest.fail("the native lane is not built: run python -m feiyu._native.build")


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(cells, max_size=12), min_size=1, max_size=5), st.data())
def test_sums_of_a_column_merge_to_those_of_one_pass(parts, data):
    """In any grouping, of either kernel with either."""
    whole = kernel.ColumnStats()
    whole.add(pa.array([cell for part in parts for cell in part], pa.string()))
    held = []
    for part in parts:
        stats = data.draw(st.sampled_from([kernel.new_stats, kernel.ColumnStats]))()
        stats.add(pa.array(part, pa.string()))
        held.append(stats)
    while len(held) > 1:
        at = data.draw(st.integers(0, len(held) - 2))
        held[at].merge(held.pop(at + 1).sums())
    assert held[0].numbers() == whole.numbers()
    assert held[0].sums() == whole.sums()


def test_distinct_values_merge_across_the_edge_of_what_is_exact():
    for sizes in ((4000, 96), (4000, 97), (5000, 10), (10, 5000), (5000, 5000)):
        values = [[f"value {i + 3990 * part}" for i in range(size)] for part, size in enumerate(sizes)]
        whole, *parts = (kernel.new_stats() if i % 2 else kernel.ColumnStats() for i in range(3))
        whole.add(pa.array(values[0] + values[1]))
        for part, one in zip(parts, values, strict=True):
            part.add(pa.array(one))
        parts[0].merge(parts[1].sums())
        assert parts[0].sums() == whole.sums()


def table(rows: int, seed: int = 3) -> pa.RecordBatch:
    rng = random.Random(seed)
    return pa.record_batch(
        {
            "mixed": pa.array([rng.choice([*EXAMPLES, "AS1234", "更换机滤"]) for _ in range(rows)]),
            "seldom": pa.array([rng.choice(EXAMPLES) if rng.random() < 0.002 else "" for _ in range(rows)]),
            "number": pa.array([str(i) for i in range(rows)]),
            "words": pa.array([rng.choice(["洗车", None]) for _ in range(rows)]),
        }
    )


def fed(batch: pa.RecordBatch, cuts: list[int], *, behind: bool = False) -> Inspector:
    made = Inspector(batch.schema.names, own=OWN, behind=behind)
    for at, to in zip([0, *cuts], [*cuts, batch.num_rows], strict=True):
        made.feed(batch.slice(at, to - at))
    return made


@pytest.mark.parametrize("seed", [1, 2])
def test_the_answer_does_not_depend_on_how_the_rows_were_drawn(seed):
    batch = table(beginning(4) + 3000, seed)
    rng = random.Random(seed)
    whole = fed(batch, [])
    said = [asdict(one) for one in whole.fields()]
    cuts = sorted(rng.sample(range(batch.num_rows), 9))
    assert [asdict(one) for one in fed(batch, cuts).fields()] == said
    first, *more = (beginning(4) + rng.randrange(500), beginning(4) + 1000, beginning(4) + 2000)
    ends = [first, *more, batch.num_rows]
    parts = [
        fed(batch.slice(at, to - at), sorted(rng.sample(range(to - at), 3)), behind=at > 0)
        for at, to in zip([0, *ends], ends, strict=False)
    ]
    parts[2].merge(parts[3].seen())
    merged = Inspector(batch.schema.names, own=OWN)
    for part in parts[:3]:
        merged.merge(part.seen())
    assert [asdict(one) for one in merged.fields()] == said
    assert merged.rows == batch.num_rows


def test_a_first_part_that_is_shorter_than_the_beginning_is_refused():
    batch = table(600)
    first = fed(batch, [])
    with pytest.raises(ValueError, match="shorter"):
        first.merge(fed(batch, [], behind=True).seen())


def lines(rows: int, seed: int = 5) -> list[list[str]]:
    rng = random.Random(seed)
    return [
        [
            str(i),
            rng.choice(["王伟", "李娜", ""]),
            rng.choice(EXAMPLES).replace("\n", " ").replace('"', ""),
            f"{rng.random():.6f}",
        ]
        for i in range(rows)
    ]


def as_csv(rows, quote='"'):
    return (
        "no,name,found,x\n"
        + "".join(",".join(f"{quote}{c}{quote}" if "," in c else c for c in row) + "\n" for row in rows)
    ).encode()


def as_jsonl(rows):
    return "".join(
        json.dumps(dict(zip("abcd", row, strict=True)), ensure_ascii=False) + "\n" for row in rows
    ).encode()


def as_parquet(rows):
    sink = pa.BufferOutputStream()
    parquet.write_table(
        pa.table(dict(zip("abcd", map(list, zip(*rows, strict=True)), strict=True))), sink, row_group_size=300
    )
    return sink.getvalue().to_pybytes()


def as_arrow(rows):
    sink = pa.BufferOutputStream()
    made = pa.table(dict(zip("abcd", map(list, zip(*rows, strict=True)), strict=True)))
    with pa.ipc.new_file(sink, made.schema) as writer:
        writer.write_table(made, max_chunksize=300)
    return sink.getvalue().to_pybytes()


def of(data: bytes):
    return next(open_source(BytesInput("t", data)).tables())


@pytest.mark.parametrize("made", [as_csv, as_jsonl, as_parquet, as_arrow])
def test_pieces_hold_the_rows_of_the_table(made):
    data = made(lines(5000))
    whole = [row for batch in of(data).views() for row in batch.to_pylist()]
    for size in (len(data) // 2, len(data) // 7, 2000):
        table = of(data)
        pieces = table.pieces.cut(size)
        assert len(pieces) > 1
        assert (pieces[0].first, pieces[-1].last) == (True, True)
        drawn = [
            row
            for piece in pieces
            for batch in table.pieces.draw(piece, Meter())
            for row in batch.to_pylist()
        ]
        assert drawn == whole


def drawn_apart(data: bytes, size: int):
    """The rows by pieces, or None where they do not come apart."""
    table = of(data)
    try:
        return [
            row
            for piece in table.pieces.cut(size)
            for batch in table.pieces.draw(piece, Meter())
            for row in batch.to_pylist()
        ]
    except (NotApart, FeiyuError):
        return None


def test_a_line_end_inside_a_quotation_is_never_taken_for_the_end_of_a_row():
    """Whatever the cut: rows that stand in a quoted cell are no rows, and pieces either hold the table's rows or are none."""
    head = "no,name,found,x\n" + "".join(f"{i},a,b,c\n" for i in range(300))
    hidden = "".join(f"{i},evil,evil,evil\n" for i in range(300))
    data = (head + f'7,"{hidden}",q,r\n' + "".join(f"{i},d,e,f\n" for i in range(300))).encode()
    whole = [row for batch in of(data).views() for row in batch.to_pylist()]
    assert len(whole) == 601
    got = {size: drawn_apart(data, size) for size in range(200, len(data), 97)}
    assert all(rows in (None, whole) for rows in got.values())
    assert any(rows is None for rows in got.values())
    assert any(rows == whole for rows in got.values())


def test_a_json_text_of_several_lines_a_value_is_read_in_one_piece():
    data = "".join(json.dumps({"a": i, "b": {"c": "x"}}, indent=1) + "\n" for i in range(5000)).encode()
    assert drawn_apart(data, 3000) is None
    assert of(as_jsonl(lines(5000)).decode().encode("utf-16")).pieces.cut(1000) == []


@pytest.mark.parametrize(
    "data",
    [
        as_csv(lines(3000)) + b"1,2\n" + as_csv(lines(3000)).partition(b"\n")[2],
        as_csv([["1", "a", "b", "c"]] * 12_000)
        + "2,中,b,c\n".encode("gb18030")
        + as_csv([["1", "a", "b", "c"]] * 3000),
    ],
    ids=["a short row", "another encoding"],
)
def test_what_is_told_by_rows_or_in_another_encoding_is_read_in_one_piece(data):
    assert drawn_apart(data, len(data) // 4) is None


CLOCK = FixedClock(datetime(2026, 11, 22, 1, 0, tzinfo=UTC))


@pytest.mark.parametrize("name", ["orders.csv", "orders.jsonl", "orders.parquet"])
def test_a_file_scanned_in_pieces_gives_the_profile_of_one_pass(name, tmp_path, monkeypatch):
    monkeypatch.setattr("feiyu.scan.split.LEAST_BYTES", 1 << 10)
    monkeypatch.setattr("feiyu.scan.split.AHEAD_ROWS", 500)
    monkeypatch.setattr("feiyu.scan.remember.BEGINNING", 500)
    path = aftersales(tmp_path / name, rows=6000, owners=900, tracked=90)
    if path.suffix == ".parquet":
        parquet.write_table(parquet.read_table(path), path, row_group_size=1500)
    own, key = OWN, bytes(32)
    table = next(open_source(path).tables())
    made = cut(table, 3, own=own)
    assert made is not None
    assert len(made.pieces) > 2
    seen, runs = [], [tmp_path / f"{i}" for i in range(len(made.pieces))]
    for run, piece in zip(runs, made.pieces, strict=True):
        seen.append(scan_piece(table, piece, made.plan, key=key, clock=CLOCK, run=run, own=own))
    together = Together(table, pickle.loads(pickle.dumps(seen)), own=own)
    assert together.plan == made.plan
    whole = profile(path, key=key, clock=CLOCK, own=own).tables[0]
    assert together.profile(runs) == whole
    assert whole.persons.counted == 900
