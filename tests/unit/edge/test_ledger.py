"""Totals as queries over entries: parts, windows, declared numbers, two years' keys; and the counting keys themselves."""

import random
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.base.ids import PartyId
from feiyu.base.persons import Three
from feiyu.edge import ledger
from feiyu.edge.counting import Counting
from feiyu.edge.errors import GroupKeyTaken
from feiyu.edge.store import LedgerRow
from feiyu.scan import PersonCounter
from feiyu.seal import KeyStore
from feiyu.testing.persons import persons

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


def row(ident: str = "led_1", **more: Any) -> LedgerRow:
    given: dict[str, Any] = {
        "id": ident, "owner_party": PartyId("pty_a"), "run_id": None, "grant_id": None, "day": date(2026, 3, 1),
        "level": "D", "source": "x", "exempt_rule": None, "file": None, "persons": 0, "sensitive": 0,
        "reverses": None, "at": AT,
    }  # fmt: skip
    return LedgerRow(**given | more)


def write(folder: Path, name: str, count: int, *, key: bytes = b"k" * 32, seed: int = 1) -> str:
    counter = PersonCounter(key, fields={"id": "prc_resident_id"})
    counter.add(
        pa.record_batch({"id": pa.array([p.resident_id for p in persons(count, random.Random(seed))])})
    )
    counter.write_run(folder / name)
    return name


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), max_size=6))
def test_declared_numbers_add_up_and_their_lower_is_the_greatest(numbers: list[tuple[int, int]]) -> None:
    rows = [row(f"led_{n}", persons=a, persons_upper=a + b) for n, (a, b) in enumerate(numbers)]
    found = ledger.measure(Path("/nowhere"), rows).persons
    assert found.counted == sum(a for a, _ in numbers)
    assert found.upper == sum(a + b for a, b in numbers)
    assert found.lower == max((a for a, _ in numbers), default=0)


def test_the_union_counts_each_person_once_and_two_keys_are_added(tmp_path: Path) -> None:
    same = [
        row("led_1", file=write(tmp_path, "a", 30), persons=30),
        row("led_2", file=write(tmp_path, "b", 50), persons=50),
    ]
    assert ledger.measure(tmp_path, same).persons == Three(lower=50, counted=50, upper=50)
    other = row("led_3", file=write(tmp_path, "c", 20, key=b"z" * 32), persons=20)
    assert ledger.measure(tmp_path, [*same, other]).persons == Three(lower=50, counted=70, upper=70)


def test_an_entry_whose_digests_are_destroyed_keeps_its_number(tmp_path: Path) -> None:
    gone = row(file="gone", persons=41, persons_upper=45, sensitive=2)
    found = ledger.measure(tmp_path, [gone])
    assert (found.persons.counted, found.persons.upper, found.sensitive.counted) == (41, 45, 2)


def test_a_reversed_entry_and_its_reversal_do_not_live() -> None:
    rows = [row("led_1"), row("led_2"), row("led_3", reverses="led_1")]
    assert [one.id for one in ledger.live(rows)] == ["led_2"]


@pytest.fixture
def keys(tmp_path: Path) -> Counting:
    return Counting(KeyStore.create(tmp_path / "keys", b"p", scrypt_n=1 << 10))


def test_each_year_has_its_key_and_a_destroyed_one_does_not_come_back(keys: Counting) -> None:
    eve, morning = datetime(2026, 12, 31, 15, 59, tzinfo=UTC), datetime(2026, 12, 31, 16, 0, tzinfo=UTC)
    old = keys.secret(eve)
    assert keys.secret(AT) == old
    new = keys.secret(morning)
    assert new != old  # 2027 begins at 16:00 UTC in Shanghai
    (gone,) = keys.old(2027)
    keys.destroy(gone.key_id)
    assert keys.secret(AT) not in {old, new}


def test_a_groups_key_goes_forward_only(keys: Counting, tmp_path: Path) -> None:
    assert keys.group(AT) is None
    keys.join("group", b"g" * 32, AT)
    first = keys.group(AT)
    later = keys.group(datetime(2028, 3, 1, tzinfo=UTC))
    assert first is not None
    assert later is not None
    other = Counting(KeyStore.create(tmp_path / "others", b"p", scrypt_n=1 << 10))
    other.join("group", b"g" * 32, AT)
    assert other.group(datetime(2028, 3, 1, tzinfo=UTC)) == later
    assert later.secret != first.secret
    assert keys.group(AT) == first
    with pytest.raises(GroupKeyTaken):
        keys.join("another", b"h" * 32, AT)
