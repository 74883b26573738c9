"""Every lane of this machine counts persons as the reference does, over more rows than it takes at once."""

import random
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.base.clock import FixedClock
from feiyu.scan import PersonCounter, identity, links_native, native, runs
from feiyu.scan.catalogue import get
from feiyu.scan.checks import prc_digit
from feiyu.scan.links import NODE, Links
from feiyu.scan.persons import names, weak_from

KEY = bytes(32)
CLOCK = FixedClock(datetime(2026, 11, 22, tzinfo=UTC))
FIELDS = {
    "no": "customer_no",
    "id": "prc_resident_id",
    "second": "prc_resident_id",
    "phone": "mobile_cn",
    "mail": "email",
    "vin": "vin",
}
"""Several orders, one of them twice, keys of one to many words."""


def ident(rng: random.Random) -> str:
    body = (
        f"310101{rng.choice(('1980', '2019'))}0{rng.randint(1, 9)}1{rng.randint(0, 9)}00{rng.randint(1, 3)}"
    )
    return body + prc_digit(body)


def row(rng: random.Random) -> tuple[str | None, ...]:
    n = rng.randrange(90)
    one = (
        f"C{n:0{rng.choice((3, 9, 17, 25, 37, 38, 39, 50))}d}",
        ident(rng),
        ident(rng) if rng.random() < 0.1 else "",
        rng.choice((f"138{n:08d}", f"+86 138{n:08d}", "４" * 11)),
        f"{'u' * rng.randrange(1, 40)}{n}@example.com",
        rng.choice(("1M8GDM9AXKP042788", "11111111111111111", "lsvaa49j132047371")),
    )
    return tuple(value if rng.random() < 0.8 else None for value in one)


def row_alike(rng: random.Random) -> tuple[str | None, ...]:
    """Values of one size in each column, as those of a register are, most of them sound."""
    n = rng.randrange(90)
    born = rng.choice(("19800229", "19810229", "19791301", "20190107", f"198{n // 10}0415"))
    body = f"{rng.choice(('310101', '990101', '830000', '931010'))}{born}00{rng.randrange(10)}"
    one = (
        rng.choice((f"C{n:09d}", f"c{n:09d}", f"C{n:08d} ", f"公{n:07d}", "NOTHINGYET")),
        body + rng.choice((prc_digit(body), prc_digit(body), "X", "x", "7")),
        "",
        rng.choice((f"138{n:08d}", f"138{n:07d}X", f"+86138{n:05d}")),
        f"user{n:03d}@example.com",
        rng.choice((f"LSVAA49J0{n:08d}", f"LSVAA49J0{n:07d}x", "ABCDEFGHJKLMNPRST")),
    )
    return tuple(value if rng.random() < 0.98 else None for value in one)


def table(rows: int, row: Callable[[random.Random], tuple[str | None, ...]]) -> pa.RecordBatch:
    rng = random.Random(7)
    columns = zip(*(row(rng) for _ in range(rows)), strict=True)
    return pa.record_batch(
        {name: pa.array(values, pa.string()) for name, values in zip(FIELDS, columns, strict=True)}
    )


def written(links: Links | links_native.NativeLinks) -> tuple[list[int], bytes]:
    with tempfile.TemporaryFile() as file:
        at, counted = links.put(file, weak_from())
        assert counted == links.counts(weak_from())
        file.seek(0)
        return at, file.read()


@pytest.mark.slow
@pytest.mark.parametrize("values", [row, row_alike])
def test_every_lane_counts_and_writes_as_the_reference(
    values: Callable[[random.Random], tuple[str | None, ...]],
) -> None:
    whole = table(700, values)
    counters = []
    for links in (Links(), *(links_native.NativeLinks(lane) for lane in native.lanes())):
        one = PersonCounter(KEY, fields=FIELDS, sensitive=["vin"], told=["mail"], clock=CLOCK)
        one.links = links
        one.add(whole)
        one.add(whole.slice(100, 300))
        counters.append(one)
    first = counters[0]
    assert first.counts().counted < first.counts().upper
    for one in counters[1:]:
        assert one.counts() == first.counts()
        assert written(one.links) == written(first.links)


born = st.sampled_from(
    ["2012", "2015", "1999", "2049", "2050", "1899", "11", "3", "03", "31", "0", "12", "20150301", "年", "月", "日", "-", "/", ".", "T", " ", "0:00", "１", "\u3000", "é", "🙂"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(st.lists(born, max_size=7).map("".join), min_size=1, max_size=30))
def test_every_lane_reads_days_of_birth_as_the_reference_does(texts: list[str]) -> None:
    whole = pa.record_batch(
        {"phone": pa.array([f"138{i:08d}" for i in range(len(texts))]), "born": pa.array(texts)}
    )
    found = []
    for links in (Links(), *(links_native.NativeLinks(lane) for lane in native.lanes())):
        one = PersonCounter(KEY, fields={"phone": "mobile_cn", "born": "birth_date"}, clock=CLOCK)
        one.links = links
        one.add(whole)
        found.append(written(one.links))
    assert all(one == found[0] for one in found)


piece = st.sampled_from(
    ["3401011980010100", "11010519491231002X", "４４０５２４188001010014", "13912345678", "+86", "-", ".", "@example.com", "ａ＠example.cn", "wang",
     "6200000000000005", "911124198108030024", "810000199408230021", "971013-1019902", "A123456(3)", "护照E12345678", "沪A12345", "客户", " ", "GB82WEST12345698765432",
     "1M8GDM9AXKP042788", "1", "2024", "＋86１３９12345678", "×" * 40]
)  # fmt: skip
KINDS = ("prc_resident_id", "residence_permit_hmt", "foreign_permanent_resident", "rrn_kr", "mobile_cn", "phone_intl", "email", "bank_card", "iban", "vin",
         "plate_cn", "hkid", "passport_cn", "student_no", "customer_no")  # fmt: skip


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(
    texts=st.lists(st.lists(piece, max_size=6).map("".join), max_size=8),
    kinds=st.sets(st.sampled_from(KINDS), min_size=1, max_size=3),
)
def test_every_lane_finds_what_stands_inside_texts_as_the_reference_does(
    texts: list[str], kinds: set[str]
) -> None:
    bits = 0
    for kind in kinds:
        bits |= get(kind).bits
    values = pa.array(texts, pa.string())
    with pytest.MonkeyPatch.context() as patch:
        found = []
        for lane in (None, *native.lanes()):
            patch.setattr(links_native.native, "lane", lambda lane=lane: lane)
            columns, more = links_native.inside(values, bits)
            found.append(
                ([[one or None for one in column.cast(pa.string()).to_pylist()] for column in columns], more)
            )
    assert all(one == found[0] for one in found), found


@pytest.mark.parametrize("lane", native.lanes())
def test_what_is_not_kept_while_counting_is_read_again_to_be_written(lane, tmp_path, monkeypatch) -> None:
    """More ties in one part than are kept: a run that is united with nothing stays the same to the byte."""
    monkeypatch.setattr(links_native, "IN_PLACE_BYTES", 0)
    ties, place = 140_000, {name: i for i, name in enumerate(names())}
    head = (1).to_bytes(8, "little") + bytes(8)
    tied = [((i + 2) << 32).to_bytes(8, "little") + bytes(8) for i in range(ties)]
    own = bytes([place["mobile_cn"]])
    records = NODE.pack(head, 3, 0, 0, place["customer_no"]) + b"".join(
        one[:7] + own + one[8:] + head for one in tied
    )
    at = [0, 1] + [1 + ties] * (runs.SECTIONS - 1)
    said = runs.Head(mark=identity.fingerprint(KEY), types=names(), loose=(0, 0, 0), damaged={})
    runs.write(tmp_path / "a", said, lambda stream: (at, stream.write(records)))
    one = PersonCounter(KEY, fields=FIELDS, clock=CLOCK)
    one.links = links_native.NativeLinks(lane)
    with runs.opened(tmp_path / "a") as run:
        one.links.take_in(run, run.places(names()))
    assert one.write_run(tmp_path / "b") == one.counts()
    assert one.counts().by == {"customer_no": 1, "mobile_cn": ties}
    assert one.counts().counted == 1
    assert (tmp_path / "b").read_bytes() == (tmp_path / "a").read_bytes()


@pytest.mark.parametrize("memory_bytes", [1 << 40, 12 << 20])
@pytest.mark.parametrize("lane", native.lanes())
def test_rows_of_one_identifier_alone_are_told_apart_while_they_come(lane, memory_bytes: int) -> None:
    """More of them than are put down before they are looked through, in memory and beyond it; some have company in between."""
    rows, people = 1_200_000, 30_000
    row = np.arange(rows)
    who = (row * 7919) % people
    batch = pa.record_batch(
        {
            "no": pa.array(np.strings.add("C", np.strings.zfill(who.astype(str), 9))),
            "car": pa.array(np.where(row % 50_000 == 0, "1M8GDM9AXKP042788", "")),
            "note": pa.array(np.where(row % 3 == 0, "ill", "")),
        }
    )
    one = PersonCounter(
        KEY,
        fields={"no": "customer_no", "car": "vin"},
        sensitive=["note"],
        memory_bytes=memory_bytes,
        clock=CLOCK,
    )
    one.links = links_native.NativeLinks(lane)
    for part in range(0, rows, 1 << 17):
        one.add(batch.slice(part, 1 << 17))
    counts = one.counts()
    beside = len(set(who[::50_000].tolist()))
    assert counts.by == {"customer_no": people, "vin": 1}
    assert counts.counted == people
    assert counts.linked == people - beside + 1
    assert counts.sensitive.counted == len(set(who[::3].tolist()))
