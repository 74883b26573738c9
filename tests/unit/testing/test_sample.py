"""The sample files are what the demo says they are."""

import csv
import random
from pathlib import Path

import pytest

from feiyu.testing.persons import mobiles, persons, resident_id, vin
from feiyu.testing.sample import AFTERSALES_FIELDS, aftersales, flights, mislabelled


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_published_numbers_have_their_check_digit() -> None:
    import datetime as dt

    assert resident_id("110105", dt.date(1949, 12, 31), 2) == "11010519491231002X"  # GB 11643
    assert resident_id("440524", dt.date(1880, 1, 1), 1) == "440524188001010014"
    assert vin("1M8GDM9A", "KP042788") == "1M8GDM9AXKP042788"
    assert vin("LSVAA49J", "32047371") == "LSVAA49J132047371"


def test_persons_are_distinct_under_every_identifier() -> None:
    people = persons(3_000, random.Random(1))
    for field in ("resident_id", "mobile", "vin"):
        assert len({getattr(person, field) for person in people}) == 3_000
    assert people == persons(3_000, random.Random(1))
    assert len(set(mobiles(500, random.Random(2)))) == 500


def test_aftersales_has_exactly_the_owners_and_tracks(tmp_path: Path) -> None:
    table = read(aftersales(tmp_path / "a.csv", rows=3_000, owners=600, tracked=80, seed=3))
    assert tuple(table[0]) == AFTERSALES_FIELDS
    assert len(table) == 3_000
    owners = {(row["resident_id"], row["mobile"], row["vin"], row["owner_name"]) for row in table}
    assert len(owners) == len({owner[0] for owner in owners}) == 600
    tracked = [row for row in table if row["trajectory"]]
    assert len({row["resident_id"] for row in tracked}) == 80
    assert {row["resident_id"] for row in tracked}.isdisjoint(
        row["resident_id"] for row in table if not row["trajectory"]
    )
    points = [point.split(",") for row in tracked for point in row["trajectory"].split(";")]
    assert all(120.8 < float(lon) < 122.2 and 30.6 < float(lat) < 31.6 for lon, lat in points)
    assert len({row["order_no"] for row in table}) == 3_000
    assert all(row["order_time"] < row["finished_at"] for row in table)


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    one = aftersales(tmp_path / "1.csv", rows=500, owners=90, tracked=9).read_bytes()
    assert aftersales(tmp_path / "2.csv", rows=500, owners=90, tracked=9).read_bytes() == one
    assert aftersales(tmp_path / "3.csv", rows=500, owners=90, tracked=9, seed=1).read_bytes() != one


def test_the_undeclared_column_belongs_to_other_people(tmp_path: Path) -> None:
    path = aftersales(tmp_path / "a.csv", rows=400, owners=100, tracked=0, extra="emergency_contact_mobile")
    table = read(path)
    assert list(table[0])[-1] == "emergency_contact_mobile"
    assert {row["emergency_contact_mobile"] for row in table}.isdisjoint(row["mobile"] for row in table)


def test_a_parquet_sample_holds_the_same_rows(tmp_path: Path) -> None:
    from pyarrow import parquet

    aftersales(tmp_path / "a.csv", rows=300, owners=50, tracked=5)
    aftersales(tmp_path / "a.parquet", rows=300, owners=50, tracked=5)
    assert parquet.read_table(tmp_path / "a.parquet").to_pylist() == read(tmp_path / "a.csv")


def test_more_owners_than_orders_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="tracked <= owners <= rows"):
        aftersales(tmp_path / "a.csv", rows=5, owners=6, tracked=0)


def test_mislabelled_turns_personal_only_after_the_clean_rows(tmp_path: Path) -> None:
    table = read(mislabelled(tmp_path / "m.csv", rows=1_500, clean_rows=1_000))
    assert not any(any(char.isdigit() for char in row["contact"] + row["remark"]) for row in table[:1_000])
    personal = [row for row in table[1_000:] if row["contact"].isdigit()]
    assert len(personal) > 200
    assert all(len(row["remark"].rpartition(" ")[2]) == 18 for row in personal)


@pytest.mark.slow
def test_flights_are_the_real_ones(tmp_path: Path) -> None:
    path = flights(tmp_path / "flights.csv")
    with path.open("rb") as file:
        header = file.readline()
        assert header.startswith(b"year,month,day,dep_time")
        assert sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b"")) == 336_776


@pytest.mark.slow
def test_the_demo_cargo_has_sixty_thousand_persons(tmp_path: Path) -> None:
    from pyarrow import compute, parquet

    path = aftersales(tmp_path / "a.parquet")
    table = parquet.read_table(path, columns=["resident_id", "mobile", "vin", "trajectory"])
    assert table.num_rows == 1_000_000
    for field in ("resident_id", "mobile", "vin"):
        assert compute.count_distinct(table[field]).as_py() == 60_000
    tracked = table.filter(compute.not_equal(table["trajectory"], ""))
    assert compute.count_distinct(tracked["resident_id"]).as_py() == 8_000
