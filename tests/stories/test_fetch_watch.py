"""A recipient takes whatever comes, into a folder or a bucket of their own, also with the stand-alone client."""

import os
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from feiyu.seal import KeyStore, StoredKey
from feiyu.testing.s3 import BUCKET
from feiyu_sdk import PortClient, Refused
from feiyu_sdk.errors import BadTrustFile, SinkFailed, Unreachable
from feiyu_sdk.sink import BucketSink, sink_of
from feiyu_sdk.watch import Came, Recipient, look, watch

from .conftest import Story, plain_csv

pytestmark = pytest.mark.slow


def who(story: Story, folder: Path, **more) -> Recipient:
    world = story.world
    given = {"trust": world.trust, "signer": world.recipient_signer, "key": world.recipient_key} | more
    return Recipient(port=world.as_("recipient"), folder=folder, **given)


def sent(story: Story, name: str) -> tuple[str, bytes]:
    path = plain_csv(story.data / name, rows=100)
    run = story.send(path, story.exempt(path))
    story.world.port.sequencer.run_once()
    return run["transfer_id"], path.read_bytes()


def looked(one: Recipient) -> dict[str, Came]:
    return {came.transfer_id: came for came in look(one)}


@pytest.fixture
def bucket(s3_server, monkeypatch):
    monkeypatch.setenv("AWS_ENDPOINT_URL", s3_server.endpoint)
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", s3_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", s3_server.secret_key)
    return f"s3://{BUCKET}/received/"


def test_each_transfer_comes_once(story: Story, tmp_path: Path) -> None:
    first, content = sent(story, "first.csv")
    one = who(story, tmp_path)
    came = looked(one)
    assert Path(came[first].places[0]).read_bytes() == content
    assert Path(came[first].places[1]).name == f"{first}.receipt.json"
    second, content = sent(story, "second.csv")
    came = looked(one)
    assert set(came) == {second}
    assert Path(came[second].places[0]).read_bytes() == content
    assert looked(one) == {}


def test_what_does_not_verify_is_told_and_does_not_stop_the_others(story: Story, tmp_path: Path) -> None:
    ident, _ = sent(story, "doubt.csv")
    came = looked(who(story, tmp_path, trust=b"{}"))
    assert came[ident].refusal is not None
    assert not list(tmp_path.glob(f"{ident}.*csv"))
    assert looked(who(story, tmp_path))[ident].refusal is None


def test_into_a_bucket_also_what_a_crash_left(story: Story, tmp_path: Path, bucket: str) -> None:
    import obstore

    left, left_content = sent(story, "left.csv")
    looked(who(story, tmp_path))  # fetched and signed, and then the machine went down
    ident, content = sent(story, "bucket.csv")
    sink, away = sink_of(bucket)
    assert away
    came = looked(who(story, tmp_path, sink=sink))
    assert came[left].places[0] == f"{bucket}{left}.csv"
    assert came[ident].places == (f"{bucket}{ident}.csv", f"{bucket}{ident}.receipt.json")
    assert list(tmp_path.iterdir()) == []
    store = BucketSink(bucket)._store
    assert bytes(obstore.get(store, f"{ident}.csv").bytes()) == content
    assert bytes(obstore.get(store, f"{left}.csv").bytes()) == left_content


def test_a_bucket_that_refuses_leaves_the_file_at_home(
    story: Story, tmp_path: Path, bucket: str, monkeypatch
) -> None:
    ident, content = sent(story, "refused.csv")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "wrong")
    came = looked(who(story, tmp_path, sink=BucketSink(bucket)))
    assert isinstance(came[ident].refusal, SinkFailed)
    assert (tmp_path / f"{ident}.csv").read_bytes() == content
    for wrong in ("s3://", "s3://user@bucket/", "s3://bucket/?x=1"):
        with pytest.raises(SinkFailed):
            BucketSink(wrong)


def test_watching_goes_on_until_it_is_stopped(story: Story, tmp_path: Path) -> None:
    ident, content = sent(story, "watched.csv")
    stop, came = threading.Event(), []

    def told(one: Came) -> None:
        came.append(one)
        stop.set()

    watch(who(story, tmp_path), told, every_s=0.05, stop=stop)
    assert [one.transfer_id for one in came] == [ident]
    assert (tmp_path / f"{ident}.csv").read_bytes() == content


def test_what_goes_wrong_is_told_once_and_what_waiting_does_not_mend_ends_it(
    story: Story, tmp_path: Path
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nowhere = f"http://127.0.0.1:{closed.getsockname()[1]}"
    stop, came = threading.Event(), []
    away = replace(who(story, tmp_path), port=PortClient(nowhere, token="fy_x"))
    threading.Timer(1.0, stop.set).start()
    watch(away, came.append, every_s=0.05, stop=stop)
    assert [(one.transfer_id, type(one.refusal)) for one in came] == [("", Unreachable)]
    assert came[0].refusal.text("zh").endswith("：对方拒绝连接")
    with pytest.raises(BadTrustFile):
        watch(replace(away, trust=b"{}"), came.append)
    unknown = replace(away, port=PortClient(story.world.port_url, token="fy_unknown"))
    with pytest.raises(Refused, match="REG-0004"):
        watch(unknown, came.append)
    assert len(came) == 1
    for one in (away, unknown):
        one.port.api.close()


def test_the_stand_alone_client_fetches(story: Story, tmp_path: Path) -> None:
    world = story.world
    ident, content = sent(story, "client.csv")
    store = KeyStore.create(tmp_path / "keys", b"phrase")
    key, now = world.recipient_key, world.clock.now()
    for purpose, label, material, algorithm, key_id in (
        ("recipient", "", key.private, key.algorithm, key.key_id),
        ("edge", "receipt", world.recipient_signer.private, "Ed25519", world.recipient_signer.key_id),
    ):
        stored = StoredKey(
            key_id=key_id, purpose=purpose, label=label, algorithm=algorithm, valid_from=now, valid_to=None,
            material=material,
        )  # fmt: skip
        store._change(lambda keys, stored=stored: {**keys, stored.key_id: stored})
    (tmp_path / "trust").write_bytes(world.trust)
    environment = {
        "FEIYU_URL": world.port_url, "FEIYU_TOKEN": world.seats["recipient"].token, "FEIYU_PASSPHRASE": "phrase",
        "PATH": os.environ["PATH"],
    }  # fmt: skip
    command = [sys.executable, "-m", "feiyu_sdk.command"]
    given = [
        "fetch",
        ident,
        "--trust",
        str(tmp_path / "trust"),
        "--keys",
        str(tmp_path / "keys"),
        "--to",
        str(tmp_path),
    ]
    done = subprocess.run(
        [*command, *given], check=False, env=environment, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / f"{ident}.csv").read_bytes() == content
    made = subprocess.run(
        [*command, "keys", "--algorithm", "P-256", str(tmp_path / "mine")],
        check=False, env=environment, capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert "feiyu-key:P-256:" in made.stdout
    again = subprocess.run(
        [*command, "fetch", "trf_none", *given[2:]],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert again.returncode == 1
    assert again.stderr
