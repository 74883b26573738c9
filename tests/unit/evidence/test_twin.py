"""The SM3 twin of a log: the same entries under another hash, never ahead, found out where it differs."""

import base64
import json
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import hashes

from feiyu.evidence import note as notes
from feiyu.evidence import serve, tiles
from feiyu.evidence.chain import Kind
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.directory import DirectoryHead
from feiyu.evidence.errors import BadKey, BadReceipt, LogDamaged
from feiyu.evidence.fsck import check_tiles, check_twin
from feiyu.evidence.keys import Algorithm, SigningKey, generate_skey
from feiyu.evidence.monitor import Monitor
from feiyu.evidence.proof import Proof
from feiyu.evidence.receipt import with_twin
from feiyu.evidence.trust import NoteKey, Validity
from feiyu.evidence.twin import Twin, TwinTiles, TwinWatch, twin_get, twin_key
from feiyu.evidence.verify import BROKEN, NOT_TRUSTED, TRUSTED, verify_receipt
from feiyu.evidence.witness import Request, Witness

from .conftest import NOON, seed
from .crashing import ENTRIES, ORIGIN, Crash, Stores

SM2 = SigningKey.parse(generate_skey(f"{ORIGIN}/sm3", Algorithm.SM2_SM3, seed=seed("twin sm2")))
ED25519 = SigningKey.parse(generate_skey(f"{ORIGIN}/sm3", Algorithm.ED25519, seed=seed("twin ed25519")))


def sm3(data):
    state = hashes.Hash(hashes.SM3())
    state.update(data)
    return state.finalize()


def mth(entries):
    """RFC 6962 section 2.1, word for word, with SM3."""
    if len(entries) < 2:
        return sm3(b"\x00" + entries[0]) if entries else sm3(b"")
    k = 1 << (len(entries) - 1).bit_length() - 1
    return sm3(b"\x01" + mth(entries[:k]) + mth(entries[k:]))


class Pair(Stores):
    """A log, its twin, and both heads, in one directory; may die at any step of any of them."""

    def __init__(self, root):
        super().__init__(root)
        self.twin_head = DirectoryHead(root / "twin-head")

    def open_twin(self):
        head = self.twin_head
        stores = self

        class Head:
            load = staticmethod(head.load)
            swap = staticmethod(lambda old, new: stores._step("swap", lambda: head.swap(old, new)))

        return Twin(self, Head(), [SM2, ED25519])

    def round(self, log, twin, count, *, at_once=4096):
        """What the sequencer does in one round, with a journal of ``count`` entries."""
        size = log.head.size
        if size < count:
            log.append(ENTRIES[size:count], size)
        if log.published is None or log.published.checkpoint.size < log.head.size:
            log.publish(log.checkpoint())
        while twin.follow(log, lambda first, some: ENTRIES[first : first + some], at_once=at_once):
            pass


@pytest.fixture
def pair(tmp_path):
    found = Pair(tmp_path)
    yield found
    found.head.close()
    found.twin_head.close()


def agree(log, twin, count):
    assert log.head.size == twin.log.head.size == count
    assert twin.log.head.root == mth(ENTRIES[:count])
    assert twin.log.published.checkpoint.size == count


@pytest.mark.parametrize("at_once", [100, 256, 4096])
def test_the_twin_has_the_same_entries_under_sm3_whatever_the_steps(pair, at_once):
    log, twin = pair.open(), pair.open_twin()
    for count in (1, 8, 255, 256, 300, 1400):
        pair.round(log, twin, count, at_once=at_once)
        agree(log, twin, count)
        log, twin = pair.open(), pair.open_twin()
    proof = twin.log.prove(1000)
    assert proof.check(ENTRIES[1000]).origin == f"{ORIGIN}/sm3"
    assert Proof.parse(proof.text) == proof
    note = notes.parse(twin.log.published.note)
    signed = {one.key.algorithm for one in notes.verify(note, [SM2.verifier, ED25519.verifier])}
    assert signed == {Algorithm.SM2_SM3, Algorithm.ED25519}
    kept = {path.name for path in (pair.tiles.root / "sm3").iterdir()}
    assert kept == {"checkpoint", "tile"}
    assert not (pair.tiles.root / "sm3/tile/entries").exists()  # the log's own bundles are the twin's


def test_turned_on_late_it_catches_up_a_bounded_part_at_a_time(pair):
    log = pair.open()
    log.append(ENTRIES, 0)
    log.publish(log.checkpoint())
    twin, asked = pair.open_twin(), []

    def take(first, count):
        asked.append((first, count))
        return ENTRIES[first : first + count]

    while twin.follow(log, take, at_once=500):
        assert twin.log.published.checkpoint.size == twin.log.head.size < 1400
    agree(log, twin, 1400)
    assert asked == [(0, 500), (500, 500), (1000, 400)]
    assert not twin.follow(log, take, at_once=500)


def test_it_never_goes_beyond_what_the_log_has_published(pair):
    log, twin = pair.open(), pair.open_twin()
    pair.round(log, twin, 300)
    log.append(ENTRIES[300:900], 300)  # durable, and no witness has seen it yet
    assert not twin.follow(log, lambda first, some: ENTRIES[first : first + some], at_once=4096)
    assert twin.log.head.size == 300


def test_killed_at_any_step_the_twin_is_behind_and_catches_up(tmp_path):
    def story(pair):
        """Two rounds of a process, then the machine's restart."""
        log, twin = pair.open(), pair.open_twin()
        pair.round(log, twin, 250)
        pair.round(log, twin, 262, at_once=7)

    whole = Pair(tmp_path / "whole")
    story(whole)
    assert {"put", "swap", "replace", "discard"} == set(whole.steps)
    assert len(whole.steps) > 25
    for number in range(len(whole.steps)):  # before a step is after the one before it
        place = (number, "before")
        pair = Pair(tmp_path / str(number))
        pair.die = place
        with pytest.raises(Crash):
            story(pair)
        pair.die = None
        log, twin = pair.open(), pair.open_twin()
        assert twin.log.head.size <= (log.published.checkpoint.size if log.published else 0), place
        pair.round(log, twin, 262)
        agree(log, twin, 262)
        report = check_tiles(pair.tiles.get, log.verifier, head=log.head, chains=False)
        assert report.clean, (place, report.findings)
        assert check_twin(pair.tiles.get, SM2.verifier, report, head=twin.log.head).clean, place
        pair.head.close()
        pair.twin_head.close()


def test_another_journal_than_the_logs_is_refused_before_the_twin_takes_it(pair):
    log, twin = pair.open(), pair.open_twin()
    log.append(ENTRIES[:300], 0)
    log.publish(log.checkpoint())
    forged = [*ENTRIES[:299], b"forged"]
    with pytest.raises(Exception, match="299"):
        twin.follow(log, lambda first, some: forged[first : first + some], at_once=4096)
    assert twin.log.head.size == 0
    with pytest.raises(LogDamaged, match="other entries"):  # and so would its tiles refuse it
        TwinTiles(pair).put({tiles.bundle_path(0): b"\x00\x01x"})


def test_a_twin_beyond_its_log_stops(pair, tmp_path):
    pair.round(pair.open(), twin := pair.open_twin(), 300)
    younger = Stores(tmp_path / "younger").open()
    with pytest.raises(LogDamaged, match="the twin has 300 entries"):
        twin.follow(younger, lambda *_: [], at_once=4096)


def signed_by(pair, *, entries=None, origin=None, keys=(SM2,)):
    """A checkpoint of a twin over other entries, or of another name."""
    entries = entries or ENTRIES[:300]
    text = f"{origin or keys[0].name}\n{len(entries)}\n{base64.b64encode(mth(entries)).decode()}\n"
    return notes.sign(text, *keys).encode()


def test_fsck_names_a_twin_that_differs(pair):
    pair.round(log := pair.open(), pair.open_twin(), 700)
    report = check_tiles(pair.tiles.get, log.verifier, head=log.head, chains=False)
    assert report.clean
    whole = check_twin(pair.tiles.get, SM2.verifier, report)
    assert (whole.size, whole.root, whole.findings) == (700, mth(ENTRIES[:700]), ())
    tile = pair.tiles.root / "sm3/tile/0/001"
    tile.write_bytes(tile.read_bytes()[::-1])
    found = check_twin(pair.tiles.get, SM2.verifier, report).findings
    assert [(one.kind, one.where) for one in found] == [(Kind.TILE, "sm3/tile/0/001")]
    pair.tiles.replace("sm3/checkpoint", signed_by(pair, entries=[*ENTRIES[:299], b"another"]))
    found = check_twin(pair.tiles.get, SM2.verifier, report).findings
    assert (Kind.ROOT, "sm3/checkpoint") in [(one.kind, one.where) for one in found]
    pair.tiles.replace("sm3/checkpoint", signed_by(pair, keys=(replace_name(SM2, f"{ORIGIN}/md5"),)))
    found = check_twin(pair.tiles.get, SM2.verifier, report).findings
    assert found[0].where == "sm3/checkpoint"
    less = replace(report, size=600)
    pair.tiles.replace("sm3/checkpoint", signed_by(pair, entries=ENTRIES[:700]))
    assert "beyond" in check_twin(pair.tiles.get, SM2.verifier, less).findings[-1].text.en


def replace_name(key, name):
    return SigningKey(name, key.algorithm, key.signer)


def test_a_monitor_holds_the_twin_against_the_logs_entries(pair):
    pair.round(log := pair.open(), pair.open_twin(), 700)

    def looked(data, upto=700):
        watch = TwinWatch(SM2.verifier, data)
        monitor = Monitor(log.verifier, pair.tiles.get, take=watch.take)
        assert monitor.look().size == upto
        return [(one.kind, one.where) for one in watch.findings()]

    where = "sm3/checkpoint"
    assert looked(pair.tiles.get(where)) == []
    assert looked(signed_by(pair, entries=ENTRIES[:300])) == []  # it follows behind
    assert looked(signed_by(pair, entries=[b"x"])) == [(Kind.ROOT, where)]
    assert looked(signed_by(pair, entries=ENTRIES[:701])) == [(Kind.CHECKPOINT, where)]
    assert looked(None) == [(Kind.MISSING, where)]
    assert looked(log.published.note) == [(Kind.CHECKPOINT, where)]  # no key of the twin's
    assert looked(signed_by(pair, origin="log.example/other/sm3")) == [(Kind.CHECKPOINT, where)]
    empty = notes.sign(f"{SM2.name}\n0\n{base64.b64encode(sm3(b'')).decode()}\n", SM2).encode()
    assert looked(empty) == []


def test_a_key_of_the_twin_is_of_the_logs_own(pair):
    log = pair.open().verifier
    assert twin_key(SM2.verifier.text, log) == SM2.verifier
    with pytest.raises(BadKey, match="/sm3 is wanted"):
        twin_key(log.text, log)


def test_it_is_served_beside_the_log(pair):
    pair.round(pair.open(), pair.open_twin(), 300)

    def got(path):
        found = serve.answer(pair.tiles, "GET", path)
        return found.status, found.body

    assert got("/sm3/checkpoint") == (200, pair.tiles.get("sm3/checkpoint"))
    assert got("/sm3/tile/0/000")[1] == b"".join(sm3(b"\x00" + entry) for entry in ENTRIES[:256])
    assert got("/sm3/tile/entries/000") == got("/tile/entries/000")
    assert got("/sm3/sm3/checkpoint")[0] == got("/sm3/../checkpoint")[0] == got("/sm3/")[0] == 404


def test_any_reader_takes_the_hash_from_the_name(pair, tmp_path):
    """A monitor and a witness follow a twin like any log, through its own paths."""
    pair.round(log := pair.open(), twin := pair.open_twin(), 300)
    monitor = Monitor(ED25519.verifier, twin_get(pair.tiles.get))
    assert rooted(monitor.look()) == []
    assert monitor.size == 300
    pair.round(log, twin, 800)
    assert rooted(monitor.look()) == []
    assert monitor.size == 800
    cosigner = Cosigner(
        SigningKey("w.example", Algorithm.COSIGNATURE_ED25519, ED25519.signer), StoppedClock()
    )
    witness = Witness(cosigner, tmp_path / "memory", [ED25519.verifier])
    for old, new in ((0, 300), (300, 800)):
        note = notes.parse(signed_by(pair, entries=ENTRIES[:new], keys=(ED25519,)))
        path = tuple(twin.log.consistency(old, new))
        request = Request(old, path, note, twin.log.published.checkpoint)
        assert witness.add_checkpoint(request.encode()).status == 200
    witness.close()


def rooted(seen):
    """Findings about the tree; these entries are of no source, and have no chain."""
    return [
        one for one in seen.findings if one.kind in {Kind.ROOT, Kind.TILE, Kind.CHECKPOINT, Kind.SPLIT_VIEW}
    ]


class StoppedClock:
    def now(self):
        return NOON


# --- receipts ------------------------------------------------------------------------------------------------------


class Twinned:
    """A world whose log keeps a twin."""

    def __init__(self, world, root, *, keys=None):
        self.world, self.name = world, f"{world.log.origin}/sm3"
        self.keys = [replace_name(SM2, self.name), replace_name(ED25519, self.name)] if keys is None else keys
        self.head = DirectoryHead(root)
        self.sealed = world.sealed()
        self.twin = Twin(world.tiles, self.head, self.keys)
        self.index = Proof.parse(json.loads(self.sealed)["proof"]).index
        entries = [entry for entry, _, _ in world.events]
        self.twin.follow(world.log, lambda first, count: entries[first : first + count], at_once=4096)
        self.receipt = with_twin(self.sealed, self.twin.log.prove(self.index))

    def trust(self, *, keys=None, validity=None):
        found = json.loads(self.world.trust())
        keys = self.keys if keys is None else keys
        listed = [NoteKey(key=key.verifier, validity=validity or Validity()).as_dict() for key in keys]
        found["logs"] += listed
        found["policy"] = "".join(f"log {one['vkey']}\n" for one in listed) + found["policy"]
        return json.dumps(found).encode()


@pytest.fixture
def twinned(world, tmp_path):
    found = Twinned(world, tmp_path / "twin-head")
    yield found
    found.head.close()


def last(verdict):
    return verdict.steps[-1].number, verdict.steps[-1].state


def test_a_receipt_carries_the_twins_proof_and_the_verifier_checks_it(twinned):
    verdict = verify_receipt(twinned.receipt, trust=twinned.trust())
    assert (verdict.outcome, last(verdict)) == (TRUSTED, (11, "passed"))
    assert verdict.facts["twin"] == twinned.name
    assert any("hashed with SM3" in said.en and twinned.name in said.zh for said in verdict.proves)
    plain = verify_receipt(twinned.sealed, trust=twinned.trust())
    assert (plain.outcome, last(plain)[0]) == (TRUSTED, 8)


def test_a_trust_file_that_knows_no_twin_leaves_it_unchecked(twinned):
    verdict = verify_receipt(twinned.receipt, trust=twinned.world.trust())
    assert (verdict.outcome, last(verdict)) == (TRUSTED, (11, "skipped"))
    assert "twin" not in verdict.facts
    assert "names no key of the twin" in verdict.steps[-1].notes[0].en
    alone = verify_receipt(twinned.receipt, trust=None)
    assert (alone.outcome, last(alone)) == (NOT_TRUSTED, (11, "skipped"))


def test_each_kind_of_the_twins_keys_is_wanted(twinned):
    stranger = SigningKey.parse(generate_skey(twinned.name, Algorithm.ED25519, seed=seed("stranger")))
    for keys, word in (([stranger], "No trusted key"), ([twinned.keys[0], stranger], "Ed25519")):
        verdict = verify_receipt(twinned.receipt, trust=twinned.trust(keys=keys))
        assert (verdict.outcome, last(verdict)) == (NOT_TRUSTED, (11, "doubtful"))
        assert word in verdict.reasons[0].en


@pytest.mark.parametrize("name", ["valid_to", "compromised_at"])
def test_a_key_of_the_twin_that_was_not_good_then_does_not_count(twinned, name):
    """Where it has a cut-off it never counts: no witness says when the twin was signed."""
    at = NOON.replace(year=2026 if name == "valid_to" else 2027, month=1)
    verdict = verify_receipt(twinned.receipt, trust=twinned.trust(validity=Validity(**{name: at})))
    assert (verdict.outcome, last(verdict)) == (NOT_TRUSTED, (11, "doubtful"))
    good = Validity(valid_from=NOON.replace(year=2025), valid_to=NOON.replace(year=2028))
    assert verify_receipt(twinned.receipt, trust=twinned.trust(validity=good)).outcome == TRUSTED


def changed(receipt, change):
    found = json.loads(receipt)
    lines = found["twin"].split("\n")
    found["twin"] = "\n".join(change(lines))
    return json.dumps(found).encode()


def test_every_line_of_the_twins_proof_counts(twinned):
    lines = json.loads(twinned.receipt)["twin"].split("\n")
    assert len(lines) > 12
    for number, line in enumerate(lines):
        for other in ("", line[:-6] + "AAAA==", line[1:], f"{line} "):
            if other == line:
                continue
            spoiled = changed(twinned.receipt, lambda all_, n=number, o=other: [*all_[:n], o, *all_[n + 1 :]])
            verdict = verify_receipt(spoiled, trust=twinned.trust())
            assert verdict.outcome != TRUSTED, (number, other)
            if verdict.outcome == BROKEN:
                assert verdict.where.startswith("twin"), verdict.where
                assert last(verdict) == (11, "failed")


def test_the_proof_of_another_place_or_log_is_refused(twinned, world):
    entry = json.loads(twinned.receipt)
    for proof in (world.log.prove(twinned.index), twinned.twin.log.prove(twinned.index - 1)):
        with pytest.raises(BadReceipt):
            with_twin(twinned.sealed, proof)
        spoiled = json.dumps(entry | {"twin": proof.text}).encode()
        assert verify_receipt(spoiled, trust=twinned.trust()).where == "twin"
