"""The commitment of a run opens at drawn places, and nothing else about it can be shown."""

import base64
import random
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.base.merkle import inclusion_path, leaf_hash, root
from feiyu.scan import PersonCounter, runs
from feiyu.scan.commit import (
    SAMPLE_MAX,
    BadOpening,
    Commitment,
    _levels,
    _path,
    check_opening,
    commit,
    open_places,
    places,
)
from feiyu.testing.persons import persons

KEY, NONCE = b"k" * 32, b"n" * 16


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run") / "one.persons"
    counter = PersonCounter(KEY, fields={"id": "prc_resident_id"})
    ids = [one.resident_id for one in persons(37, random.Random(3))]
    counter.add(pa.record_batch({"id": pa.array(ids)}))
    counter.write_run(path)
    return path


@given(st.integers(1, 70), st.data())
@settings(max_examples=40, deadline=None)
def test_paths_are_those_of_rfc_6962(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(bytes([n])) for n in range(size)]
    place = data.draw(st.integers(0, size - 1))
    levels = _levels(b"".join(leaves))
    assert _path(levels, place) == inclusion_path(leaves, place)
    assert levels[-1] == root(leaves)


@pytest.mark.parametrize("size", [1, 8, 15, 16, 17, 37])
def test_a_tree_of_subtrees_is_the_tree_of_all_leaves(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, size: int
) -> None:
    counter = PersonCounter(KEY, fields={"id": "prc_resident_id"})
    ids = [one.resident_id for one in persons(size, random.Random(3))]
    counter.add(pa.record_batch({"id": pa.array(ids)}))
    counter.write_run(tmp_path / "some.persons")
    whole = commit(tmp_path / "some.persons", KEY), open_places(tmp_path / "some.persons", KEY, NONCE, 5)
    monkeypatch.setattr("feiyu.scan.commit.AT_ONCE", 8)
    assert (
        commit(tmp_path / "some.persons", KEY),
        open_places(tmp_path / "some.persons", KEY, NONCE, 5),
    ) == whole


def test_an_opening_verifies_and_shows_no_more_than_was_drawn(run: Path) -> None:
    of = commit(run, KEY)
    assert of.size == 37
    opened = open_places(run, KEY, NONCE, 6)
    assert check_opening(of, NONCE, 6, opened) == 6
    assert tuple(one["place"] for one in opened) == places(of, NONCE, 6)
    shown = b"".join(base64.b64decode(h) for one in opened for h in one["path"])
    with runs.opened(run) as held:
        heads = [head for section in range(0, runs.SECTIONS, 3) for head in held.records(section)]
    assert len(heads) == 37
    assert all(head[:16] not in shown for head in heads)


def test_other_places_other_leaves_and_other_runs_are_refused(run: Path) -> None:
    of = commit(run, KEY)
    opened = open_places(run, KEY, NONCE, 4)
    with pytest.raises(BadOpening, match="other places"):
        check_opening(of, b"m" * 16, 4, opened)
    leaf = bytearray(base64.b64decode(opened[0]["leaf"]))
    leaf[40] ^= 1
    with pytest.raises(BadOpening, match="not under the root"):
        check_opening(of, NONCE, 4, [{**opened[0], "leaf": base64.b64encode(leaf).decode()}, *opened[1:]])
    with pytest.raises(BadOpening, match="not under the root"):
        check_opening(Commitment(root=bytes(32), size=37), NONCE, 37, open_places(run, KEY, NONCE, 37))
    first, *others = opened
    hashes = [base64.b64decode(one) for one in first["path"]]
    cut = [hashes[0] + hashes[1][:1], hashes[1][1:], *hashes[2:]]
    for change in (
        {"place": "x"}, {"place": str(first["place"])}, {"place": first["place"] + 0.5}, {"more": 1},
        {"leaf": first["leaf"][:-4]}, {"leaf": 1}, {"path": 1}, {"path": first["path"][0]}, {"path": dict.fromkeys(first["path"])},
        {"path": [base64.b64encode(one).decode() for one in cut]},
    ):  # fmt: skip
        with pytest.raises(BadOpening, match="form"):
            check_opening(of, NONCE, 4, [{**first, **change}, *others])
    for path in (first["path"][1:], [*first["path"], first["path"][0]], []):
        with pytest.raises(BadOpening, match="not under the root"):
            check_opening(of, NONCE, 4, [{**first, "path": path}, *others])
    for nonce, count in ((b"s" * 15, 4), (b"l" * 65, 4), (NONCE, 0), (NONCE, SAMPLE_MAX + 1)):
        with pytest.raises(BadOpening, match="a nonce of 16 to 64 bytes"):
            places(of, nonce, count)
    assert len(places(of, b"s" * 16, 1)) == len(places(of, b"l" * 64, 1)) == 1


def test_the_same_persons_in_two_runs_do_not_show_as_the_same(run: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.persons"
    counter = PersonCounter(KEY, fields={"id": "prc_resident_id"})
    ids = [one.resident_id for one in persons(36, random.Random(3))]
    counter.add(pa.record_batch({"id": pa.array(ids)}))
    counter.write_run(copy)
    first = {one["leaf"] for one in open_places(run, KEY, NONCE, 36)}
    assert not first & {one["leaf"] for one in open_places(copy, KEY, NONCE, 36)}
