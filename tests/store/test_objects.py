"""Objects in a directory and in S3: one contract."""

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.store import DirectoryStore, ObjectStore
from feiyu.store.errors import BadObjectKey, ObjectExists, ObjectMissing, ObjectsUnreachable, ObjectTooLarge
from feiyu.store.objects import MAX_WHOLE_BYTES, check_key
from feiyu.store.objects_s3 import S3Store

pytestmark = pytest.mark.slow


def test_what_is_put_comes_back(objects: ObjectStore):
    objects.put("a/b-1", b"first")
    assert objects.get("a/b-1") == b"first"
    objects.put("a/b-1", b"second, longer")
    assert objects.get("a/b-1") == b"second, longer"
    found = objects.head("a/b-1")
    assert found is not None
    assert (found.key, found.size_bytes) == ("a/b-1", 14)


def test_an_empty_object_is_an_object(objects: ObjectStore):
    objects.put("empty", b"")
    assert objects.get("empty") == b""
    assert objects.get_range("empty", 0, 10) == b""


def test_ranges_end_with_the_object(objects: ObjectStore):
    objects.put("range", bytes(range(100)))
    assert objects.get_range("range", 0, 5) == bytes(range(5))
    assert objects.get_range("range", 90, 50) == bytes(range(90, 100))
    assert objects.get_range("range", 100, 1) == b""
    assert objects.get_range("range", 5000, 1) == b""
    assert objects.get_range("range", 7, 0) == b""


def test_create_never_overwrites(objects: ObjectStore):
    objects.put("once", b"first", create=True)
    with pytest.raises(ObjectExists):
        objects.put("once", b"second", create=True)
    assert objects.get("once") == b"first"


def test_of_many_creators_one_wins(objects: ObjectStore):
    gate = threading.Barrier(6)

    def create(n: int) -> bool:
        gate.wait()
        try:
            objects.put("race", str(n).encode(), create=True)
        except ObjectExists:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(create, range(6)))
    assert sum(won) == 1
    assert objects.get("race") == str(won.index(True)).encode()


def test_files_of_several_parts(objects: ObjectStore, tmp_path: Path):
    data = os.urandom(1024 * 1024) * 17 + b"end"
    source = tmp_path / "source"
    source.write_bytes(data)
    objects.put_file("big", source)
    found = objects.head("big")
    assert found is not None
    assert found.size_bytes == len(data)
    assert objects.get_range("big", 16 * 1024 * 1024 - 3, 6) == data[16 * 1024 * 1024 - 3 :][:6]
    assert objects.get("big") == data
    with pytest.raises(ObjectExists):
        objects.put_file("big", source, create=True)
    objects.put_file("big-2", source, create=True)
    assert objects.get_range("big-2", len(data) - 3, 10) == b"end"


def test_what_is_missing_is_named(objects: ObjectStore):
    assert objects.head("nowhere") is None
    with pytest.raises(ObjectMissing):
        objects.get("nowhere")
    with pytest.raises(ObjectMissing):
        objects.get_range("nowhere/at/all", 0, 1)
    objects.delete("nowhere")


def test_deleting(objects: ObjectStore):
    objects.put("gone/x", b"1")
    objects.delete("gone/x")
    assert objects.head("gone/x") is None
    assert list(objects.list("gone")) == []


def test_lists_are_by_folder(objects: ObjectStore):
    for key in ("l/b", "l/a/2", "l/a/1", "l/a-1", "lb", "l/a.x"):
        objects.put(key, key.encode())
    assert {each.key for each in objects.list("l")} == {"l/b", "l/a/2", "l/a/1", "l/a-1", "l/a.x"}
    assert {(each.key, each.size_bytes) for each in objects.list("l/a/")} == {("l/a/1", 5), ("l/a/2", 5)}
    assert len(list(objects.list())) == 6
    assert list(objects.list("no/such/folder")) == []


BAD_KEYS = [
    "",
    "/",
    "/a",
    "a/",
    "a//b",
    "../a",
    "a/../b",
    ".",
    "a/.hidden",
    "a b",
    "a\\b",
    "飞鱼",
    "a\n",
    "x" * 513,
    "a\0",
]


@pytest.mark.parametrize("key", BAD_KEYS)
def test_names_that_are_none(objects: ObjectStore, key: str):
    for act in (
        objects.get,
        objects.head,
        objects.delete,
        lambda k: objects.put(k, b""),
        lambda k: objects.get_range(k, 0, 1),
    ):
        with pytest.raises(BadObjectKey):
            act(key)


@given(st.text(max_size=60))
def test_no_accepted_name_leaves_the_folder(key: str):
    try:
        check_key(key)
    except BadObjectKey:
        return
    root = Path("/store")
    assert os.path.normpath(root / key).startswith("/store/")
    assert (root / key).relative_to(root).as_posix() == key


def test_too_much_for_one_call(objects: ObjectStore):
    with pytest.raises(ObjectTooLarge):
        objects.put("large", bytes(MAX_WHOLE_BYTES + 1))
    with pytest.raises(ObjectTooLarge):
        objects.get_range("large", 0, MAX_WHOLE_BYTES + 1)


def test_a_get_of_something_too_large_is_refused(tmp_path: Path):
    store = DirectoryStore(tmp_path)
    with (tmp_path / "sparse").open("wb") as file:
        file.truncate(MAX_WHOLE_BYTES + 1)
    with pytest.raises(ObjectTooLarge):
        store.get("sparse")


def test_a_write_that_fails_leaves_no_trace(tmp_path: Path):
    store = DirectoryStore(tmp_path)
    store.put("kept", b"old")
    with pytest.raises(ObjectsUnreachable):
        store.put_file("kept", tmp_path / "no such source")
    assert store.get("kept") == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["kept"]


def test_a_leftover_of_a_crash_is_not_listed(tmp_path: Path):
    store = DirectoryStore(tmp_path)
    store.put("a/x", b"1")
    (tmp_path / "a" / ".tmp-0123456789abcdef").write_bytes(b"half")
    assert [each.key for each in store.list()] == ["a/x"]


def test_everything_is_flushed_before_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The order of system calls is the promise: new folders in their parents, the file, its name, its folder."""
    calls: list[str] = []
    fsync, rename = os.fsync, Path.rename

    def seen_fsync(handle: int) -> None:
        path = Path(f"/proc/self/fd/{handle}").readlink()
        calls.append(f"fsync {'file' if path.name.startswith('.tmp-') else path.relative_to(tmp_path)}")
        fsync(handle)

    def seen_rename(self: Path, target: Path) -> Path:
        calls.append("rename")
        return rename(self, target)

    store = DirectoryStore(tmp_path)
    monkeypatch.setattr(os, "fsync", seen_fsync)
    monkeypatch.setattr(Path, "rename", seen_rename)
    store.put("new/folder/x", b"1")
    assert calls == ["fsync .", "fsync new", "fsync file", "rename", "fsync new/folder"]


def test_an_absent_s3_says_so():
    store = S3Store(
        "none", endpoint="http://127.0.0.1:1", access_key="a", secret_key="b", allow_http=True, retries=0
    )
    with pytest.raises(ObjectsUnreachable):
        store.get("x")
    with pytest.raises(ObjectsUnreachable):
        store.put("x", b"")


def test_wrong_credentials_are_refused(s3_server):
    store = S3Store(
        "feiyu-test",
        endpoint=s3_server.endpoint,
        access_key=s3_server.access_key,
        secret_key="wrong",
        allow_http=True,
    )
    with pytest.raises(ObjectsUnreachable):
        store.put("x", b"")
