"""The witness: its rule, its memory, and the whole way over HTTP to a process of its own."""

import http.client
import socket
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest

from feiyu.base.clock import FixedClock, SystemClock
from feiyu.base.text import Text
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.errors import (
    LogBusy,
    LogDamaged,
    LogForked,
    QuorumMissing,
    StorageFailed,
    WitnessRefused,
    WitnessStateDamaged,
    WitnessUnreachable,
)
from feiyu.evidence.keys import Algorithm, Ed25519Signer, MlDsa44Signer, SigningKey, generate_skey
from feiyu.evidence.line import SignatureLine
from feiyu.evidence.listener import Answer, Listener
from feiyu.evidence.policy import Policy, simple_policy
from feiyu.evidence.publication import forked, publish
from feiyu.evidence.tiles import EMPTY_ROOT
from feiyu.evidence.witness import SIZE_TYPE, Request, Witness, place_of
from feiyu.evidence.witness_client import WitnessClient
from feiyu.evidence.witness_server import listen, main

CLOCK = FixedClock(datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
KEY = SigningKey("witness.example/1", Algorithm.COSIGNATURE_ED25519, Ed25519Signer(bytes(range(32, 64))))


@pytest.fixture
def make_witness(world, tmp_path):
    made = []

    def make():
        """As after a restart: the one before is gone."""
        if made:
            made.pop().close()
        made.append(Witness(Cosigner(KEY, CLOCK), tmp_path / "witness", [world.log.verifier]))
        return made[-1]

    yield make
    for witness in made:
        witness.close()


@pytest.fixture
def witness(make_witness):
    return make_witness()


def request(world, old, size, *, root=None, path=None, origin=None, key=None, old_text=None):
    path = world.log.consistency(old, size) if path is None and 0 < old <= size else path or []
    text = Checkpoint(origin or world.log.origin, size, root or world.log._reader.root(size)).text
    note = notes.sign(text, key or world.log.key)
    body = Request(old, tuple(path), note, Checkpoint.parse(text)).encode()
    return body.replace(b"old ", b"old " + old_text, 1) if old_text else body


def test_a_growing_log_is_cosigned(world, witness):
    world.record(700)
    last = 0
    for size in (0, 1, 5, 5, 256, 700, 700):
        answer = witness.add_checkpoint(request(world, last, size))
        assert answer.status == 200, answer.body
        note = notes.parse(witness.checkpoint(place_of(world.log.origin)).body)
        assert answer.body.decode() in note.encode().decode()
        assert len(notes.verify(note, [KEY.verifier, world.log.verifier])) == 2
        last = size


def test_every_refusal_has_its_status_and_changes_nothing(world, witness, forger):
    world.record(50)
    assert witness.add_checkpoint(request(world, 0, 20)).status == 200
    kept = witness.checkpoint(place_of(world.log.origin)).body
    x = b"x" * 32
    refusals = {
        "unknown log": (404, request(world, 20, 30, origin="other.example")),
        "forged signature": (403, request(world, 20, 30, key=forger.log)),
        "corrupt signature": (403, corrupt(request(world, 20, 30), world)),
        "old larger than new": (400, request(world, 31, 30, path=[])),
        "old is not the last": (409, request(world, 19, 30)),
        "starting over": (409, request(world, 0, 30)),
        "wrong root": (422, request(world, 20, 30, root=x)),
        "wrong proof": (422, request(world, 20, 30, path=[x, x])),
        "no proof": (422, request(world, 20, 30, path=[])),
        "same size, another root": (422, request(world, 20, 20, root=x)),
        "same size with a proof": (422, request(world, 20, 20, path=[x])),
        "no number": (400, request(world, 20, 30, old_text=b"x")),
        "negative": (400, request(world, 20, 30, old_text=b"-")),
        "leading zero": (400, request(world, 20, 30, old_text=b"0")),
        "64 hashes": (400, request(world, 20, 30, path=[x] * 64)),
        "short hash": (400, request(world, 20, 30, path=[b"x"])),
        "junk": (400, b"junk"),
        "nothing": (400, b""),
        "no note": (400, b"old 20\n\nnot a note"),
        "no checkpoint": (400, b"old 20\n\n" + notes.sign("hello\n", world.log.key).encode()),
        "flood": (400, b"old 20\n" + b"A" * 300_000),
    }
    for name, (status, body) in refusals.items():
        answer = witness.add_checkpoint(body)
        assert answer.status == status, (name, answer)
        if status == 409:
            assert (answer.body, answer.content_type) == (b"20\n", "text/x.tlog.size")
        assert witness.checkpoint(place_of(world.log.origin)).body == kept
    assert witness.add_checkpoint(request(world, 20, 50)).status == 200


def corrupt(body, world):
    line = notes.parse(body.split(b"\n\n", 1)[1]).signatures[0]
    bad = SignatureLine(line.name, line.key_id, bytes(64))
    return body.replace(line.text.encode(), bad.text.encode())


def test_size_zero_has_the_empty_root_and_no_proof(world, witness):
    world.record(4)
    assert witness.add_checkpoint(request(world, 0, 0, root=b"x" * 32)).status == 422
    assert witness.add_checkpoint(request(world, 0, 4, path=[b"x" * 32])).status == 422
    assert witness.add_checkpoint(request(world, 0, 0, root=EMPTY_ROOT)).status == 200
    assert witness.add_checkpoint(request(world, 0, 4)).status == 200


def test_memory_outlives_the_process(world, witness, make_witness):
    world.record(30)
    witness.add_checkpoint(request(world, 0, 20))
    again = make_witness()
    assert again.add_checkpoint(request(world, 0, 30)).status == 409
    assert again.add_checkpoint(request(world, 20, 30)).status == 200


def test_a_second_process_cannot_have_the_same_memory(world, witness, tmp_path):
    with pytest.raises(LogBusy):
        Witness(Cosigner(KEY, CLOCK), tmp_path / "witness", [world.log.verifier])


def test_strangers_lines_are_not_kept(world, witness):
    world.record(3)
    body = request(world, 0, 3)
    witness.add_checkpoint(body + SignatureLine("stranger", b"\1\2\3\4", bytes(64)).text.encode())
    assert b"stranger" not in witness.checkpoint(place_of(world.log.origin)).body


def test_nothing_is_answered_that_was_not_remembered(world, witness, monkeypatch):
    world.record(30)
    witness.add_checkpoint(request(world, 0, 20))

    def fail(*_):
        raise StorageFailed(reason=Text("磁盘已满", "disk full"))

    monkeypatch.setattr(witness._memory, "write", fail)
    with pytest.raises(StorageFailed):
        witness.add_checkpoint(request(world, 20, 30))
    monkeypatch.undo()
    assert witness.add_checkpoint(request(world, 20, 25)).status == 200


@pytest.mark.parametrize("damage", ["junk", "other key", "other log"])
def test_a_damaged_memory_stops_the_witness(world, witness, make_witness, tmp_path, damage):
    world.record(3)
    witness.add_checkpoint(request(world, 0, 3))
    path = tmp_path / "witness" / place_of(world.log.origin)
    other = Checkpoint("other.example", 1, bytes(32)).text
    path.write_bytes(
        {
            "junk": b"junk",
            "other key": notes.sign(other, world.log.key).encode(),
            "other log": notes.Note(other, (Cosigner(KEY, CLOCK).line(other),)).encode(),
        }[damage]
    )
    with pytest.raises(WitnessStateDamaged):
        make_witness()


def test_two_racing_requests_cannot_fork_it(world, witness):
    world.record(40)
    witness.add_checkpoint(request(world, 0, 10))
    bodies = [request(world, 10, size) for size in range(11, 41)]
    answers = []
    threads = [
        threading.Thread(target=lambda b=b: answers.append(witness.add_checkpoint(b).status)) for b in bodies
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(set(answers)) == [200, 409]
    assert answers.count(200) == 1


# --- over HTTP ---


@pytest.fixture
def served(world, tmp_path):
    listener = listen(("127.0.0.1", 0), tmp_path / "served", KEY, [world.log.verifier], clock=CLOCK)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield listener
    listener.shutdown()
    thread.join()
    listener.server_close()


@pytest.fixture
def client(served):
    return WitnessClient("http://{}:{}".format(*served.bound), KEY.verifier)


def policy_of(world, *keys, needed=1):
    return Policy.parse(simple_policy([world.log.verifier], keys or [KEY.verifier], needed=needed))


def test_published_with_a_witness(world, client):
    world.record(10)
    done, trouble = publish(world.log, [client], policy_of(world))
    assert trouble == ()
    world.record(300)
    done, _ = publish(world.log, [client], policy_of(world))
    assert policy_of(world).check(notes.parse(done.note)).size == 310
    assert world.log.prove(5).checkpoint == done.note


def test_a_client_that_knows_nothing_learns_the_size(world, client, served):
    world.record(10)
    publish(world.log, [client], policy_of(world))
    world.record(10)
    fresh = WitnessClient(client.url, KEY.verifier)
    done, _ = publish(world.log, [fresh], policy_of(world))
    assert done.checkpoint.size == 20


def test_without_quorum_the_last_checkpoint_stays(world, client):
    world.record(10)
    publish(world.log, [client], policy_of(world))
    world.record(10)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        gone = WitnessClient(f"http://127.0.0.1:{silent.getsockname()[1]}", KEY.verifier, timeout_s=0.05)
        with pytest.raises(QuorumMissing):
            publish(world.log, [gone], policy_of(world))
    assert world.log.published.checkpoint.size == 10
    done, trouble = publish(world.log, [client, gone], policy_of(world))
    assert done.checkpoint.size == 20
    assert isinstance(trouble[0][1], WitnessUnreachable)
    assert not forked(trouble)


def test_a_restored_copy_of_the_log_is_exposed(world, client, make_world):
    world.record(20)
    publish(world.log, [client], policy_of(world))
    copy = make_world("restored copy")
    copy.record(15, party="pty_other")
    with pytest.raises(LogForked, match="already cosigned size 20"):
        publish(copy.log, [client], policy_of(world))
    copy.record(15, party="pty_other")
    for attempt in (client, WitnessClient(client.url, KEY.verifier)):
        with pytest.raises(LogForked, match="size 30 does not extend the size 20"):
            publish(copy.log, [attempt], policy_of(world, needed=0))
    assert copy.log.published is None


def test_what_a_fork_is_and_what_not():
    refused = [
        WitnessRefused(witness="w", status=status, reason=Text.same("r")) for status in (409, 422, 403)
    ]
    assert [forked([("w", bad)]) for bad in refused] == [True, True, False]
    assert not forked([("w", WitnessUnreachable(witness="w", reason=Text.same("r")))])
    assert not forked([])


def test_a_witness_that_answers_nonsense_is_refused(world):
    answers = iter(
        [Answer(409, b"x", SIZE_TYPE), Answer(200, b"junk"), Answer(200, b"x" * 100_000), Answer(404, b"no")]
    )
    listener = Listener(("127.0.0.1", 0), lambda *_: next(answers), max_body=10**6)
    thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        client = WitnessClient("http://{}:{}".format(*listener.bound), KEY.verifier)
        world.record(5)
        for words in ("answers no size", "does not verify", "over", "no"):
            with pytest.raises(WitnessRefused, match=words):
                client.cosign(notes.parse(world.log.checkpoint()), world.log.consistency)
    finally:
        listener.shutdown()
        thread.join()
        listener.server_close()


def test_the_log_signs_with_a_post_quantum_key_as_well(world, client):
    own = SigningKey(world.log.origin, Algorithm.COSIGNATURE_MLDSA44, MlDsa44Signer(bytes(32)))
    world.record(5)
    done, _ = publish(world.log, [client], policy_of(world), also=[Cosigner(own, CLOCK)])
    good = notes.verify(notes.parse(done.note), [world.log.verifier, own.verifier, KEY.verifier])
    assert [s.key.algorithm.name for s in good] == ["ED25519", "COSIGNATURE_MLDSA44", "COSIGNATURE_ED25519"]


def test_without_witnesses_the_policy_alone_decides(world):
    world.record(5)
    assert publish(world.log, [], policy_of(world, needed=0))[0].checkpoint.size == 5
    with pytest.raises(QuorumMissing):
        publish(world.log, [], policy_of(world))


def test_a_witness_that_lies_is_not_believed(world, served):
    world.record(5)
    stranger = SigningKey("witness.example/1", Algorithm.COSIGNATURE_ED25519, Ed25519Signer(bytes(32)))
    client = WitnessClient("http://{}:{}".format(*served.bound), stranger.verifier)
    with pytest.raises(WitnessRefused, match="does not verify"):
        client.cosign(notes.parse(world.log.checkpoint()), world.log.consistency)


def ask(served, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(*served.bound, timeout=5)
    try:
        connection.request(method, path, body, headers or {})
        reply = connection.getresponse()
        return reply.status, reply.read()
    finally:
        connection.close()


def test_the_listener_answers_only_what_it_knows(world, served):
    world.record(3)
    place = "/" + place_of(world.log.origin)
    assert ask(served, "GET", place)[0] == 404
    assert ask(served, "POST", "/add-checkpoint", request(world, 0, 3))[0] == 200
    assert b"witness.example/1" in ask(served, "GET", place)[1]
    assert ask(served, "GET", "/" + "0" * 64 + "/checkpoint")[0] == 404
    assert ask(served, "GET", "/../head/checkpoint")[0] == 404
    assert ask(served, "GET", "/")[0] == 404
    assert ask(served, "GET", "/add-checkpoint")[0] == 405
    assert ask(served, "PUT", "/add-checkpoint", b"x")[0] == 501
    assert ask(served, "POST", "/add-checkpoint", b"x" * 300_000)[0] == 413
    assert ask(served, "POST", "/add-checkpoint", headers={"Content-Length": "many"})[0] == 411


def test_a_fault_answers_500_without_detail(world, served, monkeypatch):
    monkeypatch.setattr(served, "answer", lambda *_: 1 / 0)
    status, body = ask(served, "GET", "/")
    assert (status, body) == (500, b"internal error\n")


@pytest.mark.slow
def test_a_witness_in_a_process_of_its_own(world, tmp_path):
    text = generate_skey("own.example/1", Algorithm.COSIGNATURE_ED25519)
    key = SigningKey.parse(text).verifier
    (tmp_path / "key").write_text(text + "\n")
    command = [sys.executable, "-m", "feiyu.evidence.witness_server", "--listen", "127.0.0.1:0", "--state"]
    command += [str(tmp_path / "own"), "--key", str(tmp_path / "key"), "--log", world.log.verifier.text]
    world.clock = SystemClock()
    for size in (3, 5):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            try:
                client = WitnessClient(process.stdout.readline().strip(), key)
                world.record(size - world.log.head.size)
                done, _ = publish(world.log, [client], policy_of(world, key))
                assert done.checkpoint.size == size
            finally:
                process.kill()
    with pytest.raises(LogDamaged):
        world.log.publish(notes.sign(Checkpoint(world.log.origin, 2, bytes(32)).text, world.log.key).encode())


def test_its_help_and_its_refusals_are_in_one_language(capsys):
    for lang, own, other in (
        ("zh", "为存证日志的检查点附签。", "where to listen"),
        ("en", "where to listen", "监听地址"),
    ):
        with pytest.raises(SystemExit) as ended:
            main(["--help", "--lang", lang])
        told = capsys.readouterr().out
        assert (ended.value.code, own in told, other in told) == (0, True, False)
    with pytest.raises(SystemExit) as ended:
        main(["--lang", "zh"])
    assert (ended.value.code, "缺少参数" in capsys.readouterr().err) == (2, True)


def test_the_command_reads_its_keys(world, tmp_path, monkeypatch, capsys):
    text = generate_skey("own.example/1", Algorithm.COSIGNATURE_ED25519)
    (tmp_path / "key").write_text(text + "\n")
    monkeypatch.setattr(Listener, "serve_forever", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
    arguments = ["--listen", "127.0.0.1:0", "--state", str(tmp_path / "own"), "--key", str(tmp_path / "key")]
    assert main([*arguments, "--log", world.log.verifier.text]) == 0
    assert capsys.readouterr().out.startswith("http://127.0.0.1:")
