"""Receipts and the offline verifier: what is trusted, what is merely intact, what is broken."""

import ast
import base64
import copy
import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feiyu.evidence import note as notes
from feiyu.evidence import verify as v
from feiyu.evidence.keys import Algorithm, MlDsa44Signer, SigningKey
from feiyu.evidence.line import SignatureLine
from feiyu.evidence.proof import Proof
from feiyu.evidence.receipt import build_receipt, sign_body, sign_statement
from feiyu.evidence.trust import Validity
from feiyu.evidence.verify import BROKEN, NOT_TRUSTED, TRUSTED, TrustError, verify_receipt
from tests.unit.base.merkle_probes import inclusions

NOON = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def b64(data):
    return base64.b64encode(data).decode()


def states(verdict):
    return [step.state for step in verdict.steps]


def english(verdict):
    return " | ".join(reason.en for reason in verdict.reasons)


@pytest.fixture
def sealed(world):
    return world.sealed()


def test_a_whole_receipt_is_trusted(world, sealed):
    verdict = verify_receipt(sealed, trust=world.trust(), chunks=[world.data])
    assert verdict.outcome == TRUSTED
    assert verdict.exit_code == 0
    assert states(verdict) == ["passed"] * 8
    assert verdict.facts["witnesses"] == "w0, w1"
    assert verdict.facts["witnessed_at"] == "2026-11-22T09:30:00Z"
    assert verdict.facts["index"] == "300"
    said = " ".join(p.en for p in verdict.proves)
    for part in (
        "handed over to cross the border",
        "bas_1",
        "grt_1",
        "block for block",
        "trusted key signed the manifest",
    ):
        assert part in said
    assert any("level S" in p.en for p in verdict.not_proven)
    assert not verdict.demo


DEEP = b'{"a":' + b"[" * (v.MAX_DEPTH + 1) + b"]" * (v.MAX_DEPTH + 1) + b"}"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (DEEP, "nested too deep"),
        (b'{"a":' + b"[" * 200_000, "maximum recursion depth"),
        (b'{"a":"\\ud800"}', "surrogates not allowed"),
        (b'{"\\udfff":1}', "surrogates not allowed"),
        (b'{"a":"\xff"}', "can't decode byte"),
        (b'{"a":1.5}', "the number 1.5"),
        (b'{"a":1e3}', "the number 1e3"),
        (b'{"a":NaN}', "the number NaN"),
        (b'{"a":1,"a":1}', "a name stands twice"),
        (b'[{"a":1}]', "an object is wanted"),
        (b'{"a":1} x', "Extra data"),
        (b" " * (v.MAX_RECEIPT_BYTES + 1), f"over {v.MAX_RECEIPT_BYTES}"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_two_readers_could_read_differently_is_broken(data, why):
    verdict = verify_receipt(data, trust=None)
    assert verdict.outcome == BROKEN
    assert why in english(verdict)


def test_what_it_does_not_prove_is_said_in_both_languages(world, sealed):
    verdict = verify_receipt(sealed, trust=world.trust())
    said = v.report(verdict, "en")
    for part in (
        "no licence",
        "no filing",
        "complied with the law",
        "nothing else left",
        "licensed authority",
        "level S",
    ):
        assert part in said
    assert "不证明" in v.report(verdict, "zh")
    for two in (*verdict.proves, *verdict.not_proven, *(s.name for s in verdict.steps)):
        assert two.zh.strip()
        assert two.en.strip()
        assert two.zh != two.en


def test_without_a_trust_file_it_is_intact_and_not_trusted(world, sealed):
    verdict = verify_receipt(sealed, trust=None, chunks=[world.data])
    assert (verdict.outcome, verdict.exit_code) == (NOT_TRUSTED, 3)
    assert verdict.proves == ()
    assert states(verdict) == ["passed"] * 4 + ["doubtful"] * 3 + ["passed"]


def test_without_manifest_and_data_those_steps_are_not_claimed(world):
    index = world.record(3) or 2
    world.publish()
    entry, salt, body = world.events[index]
    receipt = build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(index))
    verdict = verify_receipt(receipt, trust=world.trust())
    assert verdict.outcome == TRUSTED
    assert states(verdict) == ["passed"] * 5 + ["skipped"] * 3
    assert verify_receipt(receipt, trust=world.trust(), chunks=[world.data]).where == "data"


def test_a_manifest_handed_in_apart_is_checked(world, sealed):
    found = json.loads(sealed)
    manifest, signature = (base64.b64decode(found.pop(n)) for n in ("manifest", "manifest_signature"))
    bare = json.dumps(found).encode()
    trust = world.trust()
    assert (
        verify_receipt(bare, trust=trust, manifest=manifest, manifest_signature=signature).outcome == TRUSTED
    )
    unsigned = verify_receipt(bare, trust=trust, manifest=manifest)
    assert unsigned.outcome == NOT_TRUSTED
    assert "without its edge's signature" in english(unsigned)
    other = manifest.replace(b"trf_1", b"trf_2")
    assert verify_receipt(bare, trust=trust, manifest=other, manifest_signature=signature).where == "manifest"
    assert verify_receipt(sealed, trust=trust, manifest=other).where == "manifest"
    assert verify_receipt(sealed, trust=trust, manifest=manifest).outcome == TRUSTED
    assert verify_receipt(bare, trust=trust, manifest_signature=signature).where == "manifest_signature"


# --- mutations ---


def mutations(value):
    """Every way to alter one leaf of a JSON value, with its path."""
    if isinstance(value, dict):
        for name, item in value.items():
            for path, changed in mutations(item):
                yield (name, *path), {**value, name: changed}
        for name in value:
            yield (name, "-"), {k: item for k, item in value.items() if k != name}
        yield ("+",), value | {"unknown": "field"}
    elif isinstance(value, list):
        for n, item in enumerate(value):
            for path, changed in mutations(item):
                yield (n, *path), [*value[:n], changed, *value[n + 1 :]]
        yield ("twice",), [*value, *value, {}]
    elif isinstance(value, bool):
        yield ("not",), not value
    elif isinstance(value, int):
        yield ("more",), value + 1
    elif isinstance(value, str):
        yield from text_mutations(value)
    yield ("null",), None
    yield ("kind",), ["x"] if isinstance(value, str | int) else "x"


def text_mutations(value):
    yield ("longer",), value + "A"
    yield ("shorter",), value[:-1]
    yield ("space",), value + " "
    yield ("empty",), ""
    yield ("surrogate",), value + "\ud800"
    for at in sorted({0, len(value) // 3, len(value) // 2, len(value) - 2}):
        if 0 <= at < len(value):
            yield (f"at {at}",), value[:at] + ("B" if value[at] != "B" else "C") + value[at + 1 :]


def test_every_mutation_of_every_field_is_rejected(world, sealed):
    trust = world.trust()
    count = 0
    for path, changed in mutations(json.loads(sealed)):
        verdict = verify_receipt(json.dumps(changed).encode(), trust=trust)
        assert verdict.outcome != TRUSTED, path
        count += 1
    assert count > 80


def test_every_mutation_of_entry_body_and_manifest_is_broken(world, sealed):
    trust, whole = world.trust(), json.loads(sealed)
    for part in ("entry", "body", "manifest"):
        for path, changed in mutations(json.loads(base64.b64decode(whole[part]))):
            try:
                data = json.dumps(changed, separators=(",", ":"), sort_keys=True).encode()
            except UnicodeEncodeError:
                continue
            verdict = verify_receipt(json.dumps(whole | {part: b64(data)}).encode(), trust=trust)
            assert verdict.outcome == BROKEN, (part, path)
            assert verdict.where


@pytest.mark.parametrize(
    ("part", "change", "where"),
    [
        ("entry", {"more": 1}, "entry"),
        ("entry", {"v": 2}, "v"),
        ("entry", {"v": True}, "entry.v"),
        ("entry", {"hour": "2026-11-22T10Z"}, "entry.hour"),
        ("body", {"more": 1}, "body"),
        ("body", {"v": 2}, "v"),
        ("body", {"v": True}, "body.v"),
        ("body", {"refs": []}, "body"),
        ("body", {"data": []}, "body"),
        ("body", {"refs": {"grant": 1}}, "body.refs.grant"),
        ("body", {"at": "2026-11-22T09:30:00"}, "body.at"),
        ("body", {"data": {"manifest_sha256": b64(bytes(32)), "cipher_root": 1}}, ""),
    ],
)
def test_what_a_log_took_in_another_form_is_broken_all_the_same(world, part, change, where):
    """The log, its witnesses and the commitment are right: nothing but the form is not what this verifier knows."""
    world.record(1)
    entry, salt, body = world.events[0]
    said, line = json.loads(body), json.loads(entry)
    (line if part == "entry" else said).update(change)
    body = json.dumps(said, separators=(",", ":"), sort_keys=True).encode()
    line["c"] = b64(hashlib.sha256(b"feiyu/event/v1\n" + salt + body).digest())
    entry = json.dumps(line, separators=(",", ":"), sort_keys=True).encode()
    world.log.append([entry], 1)
    world.publish()
    found = {
        "format": "feiyu-receipt/1", "demo": False, "entry": b64(entry), "salt": b64(salt), "body": b64(body),
        "signatures": [], "proof": world.log.prove(1).text,
    }  # fmt: skip
    verdict = verify_receipt(json.dumps(found).encode(), trust=world.trust())
    assert (verdict.outcome, verdict.where) == ((BROKEN, where) if where else (TRUSTED, None))


@pytest.mark.slow
def test_no_flipped_bit_anywhere_stays_trusted(world, sealed):
    trust = world.trust()
    compact = json.dumps(json.loads(sealed), ensure_ascii=False, separators=(",", ":")).encode()
    for at in range(0, len(compact), 7):
        flipped = compact[:at] + bytes([compact[at] ^ 1]) + compact[at + 1 :]
        assert verify_receipt(flipped, trust=trust).outcome != TRUSTED, at
    for at in range(0, len(compact), 101):
        assert verify_receipt(compact[:at], trust=trust).outcome == BROKEN


def test_every_line_of_the_proof_counts(world, sealed):
    trust, found = world.trust(), json.loads(sealed)
    lines = found["proof"].split("\n")
    for n, line in enumerate(lines):
        for changed in ([], [line, line], [line[:-3] + "xyz"], [line.lower() + "0"]):
            proof = "\n".join([*lines[:n], *changed, *lines[n + 1 :]])
            if proof == found["proof"]:
                continue
            verdict = verify_receipt(json.dumps(found | {"proof": proof}).encode(), trust=trust)
            doubled_signature = changed == [line, line] and line.startswith("—")
            assert (verdict.outcome == TRUSTED) is doubled_signature, (n, changed)


def test_each_probe_of_inclusion_gets_its_verdict_here_too():
    """Of those whose hashes have 32 bytes: a receipt with others is malformed."""
    probes = [p for p in inclusions() if {len(p.leaf), len(p.root), *map(len, p.path)} == {32}]
    assert len(probes) == 72
    for probe in probes:
        found = v._root_from_path(probe.leaf, probe.index, probe.size, list(probe.path)) == probe.root
        assert found == probe.holds, probe


def test_more_hashes_than_a_tree_can_have_are_refused(world, sealed):
    found = json.loads(sealed)
    found["proof"] = found["proof"].replace("\n\n", "\n" + f"{b64(bytes(32))}\n" * 64 + "\n", 1)
    verdict = verify_receipt(json.dumps(found).encode(), trust=world.trust())
    assert (verdict.outcome, verdict.where) == (BROKEN, "proof")


def test_an_extra_line_that_nobody_vouches_for_is_refused(world, sealed):
    found = json.loads(sealed)
    found["proof"] = found["proof"].replace("index ", "extra aGk=\nindex ", 1)
    assert verify_receipt(json.dumps(found).encode(), trust=world.trust()).where == "proof"


def test_a_name_that_stands_twice_is_refused(world, sealed):
    twice = sealed.replace(b'"demo": false', b'"demo": true, "demo": false')
    assert b"true" in twice
    assert verify_receipt(twice, trust=world.trust()).where == "receipt"


# --- whose keys ---


def test_a_forger_with_a_complete_set_of_keys_is_not_trusted(make_world, world, sealed, forger):
    fake_world = make_world("forged", side=forger)
    fake = fake_world.sealed()
    verdict = verify_receipt(fake, trust=world.trust())
    assert verdict.outcome == NOT_TRUSTED
    assert "No trusted key of the log" in english(verdict)
    assert verify_receipt(fake, trust=fake_world.trust()).outcome == TRUSTED
    assert verify_receipt(sealed, trust=fake_world.trust()).outcome == NOT_TRUSTED


def test_the_forgers_lines_beside_the_true_ones_change_nothing(make_world, world, sealed, forger):
    found = json.loads(sealed)
    fake = json.loads(make_world("forged", side=forger).sealed())
    lines = [line for line in fake["proof"].split("\n") if line.startswith("—")]
    found["proof"] += "".join(f"{line}\n" for line in lines)
    assert verify_receipt(json.dumps(found).encode(), trust=world.trust()).outcome == TRUSTED


def test_a_forged_edge_is_not_trusted_under_the_true_log(world, forger, make_world):
    world.side.edge, world.side.edge_id = forger.edge, forger.edge_id
    receipt = world.sealed()
    honest = make_world("honest").trust()
    verdict = verify_receipt(receipt, trust=honest)
    assert verdict.outcome == NOT_TRUSTED
    assert f"no key {forger.edge_id[:24]}" in english(verdict)


def test_a_forged_edge_under_the_true_edges_key_id_is_broken(world, forger, make_world):
    world.side.edge = forger.edge
    verdict = verify_receipt(world.sealed(), trust=make_world("honest").trust())
    assert verdict.outcome == BROKEN
    assert verdict.where == "signatures[0]"


def test_a_recipients_key_signs_no_manifest(world, make_world):
    world.side.edge, world.side.edge_id = world.side.recipient, world.side.recipient_id
    verdict = verify_receipt(world.sealed(), trust=make_world("honest").trust())
    assert verdict.outcome == NOT_TRUSTED
    assert "not the one claimed" in english(verdict)


def test_another_exporters_edge_signs_no_manifest(world):
    trust = world.trust().replace(b"pty_exporter", b"pty_somebody")
    verdict = verify_receipt(world.sealed(), trust=trust)
    assert verdict.outcome == NOT_TRUSTED
    assert "pty_somebody" in english(verdict)


def test_an_unknown_log_is_not_trusted(make_world, world):
    other = make_world("other", origin="log.feiyu.example/2")
    verdict = verify_receipt(other.sealed(), trust=world.trust())
    assert verdict.outcome == NOT_TRUSTED
    assert "knows no log log.feiyu.example/2" in english(verdict)


def test_too_few_witnesses_are_not_enough(world):
    receipt = world.sealed(witnesses=(2,))
    verdict = verify_receipt(receipt, trust=world.trust())
    assert verdict.outcome == NOT_TRUSTED
    assert "only 1" in english(verdict)
    assert verify_receipt(receipt, trust=world.trust(needed=1)).outcome == TRUSTED


@pytest.mark.parametrize("change", [None, "time", "signature"])
def test_post_quantum_cosignatures_count(world, change):
    side = world.side
    side.witnesses[2] = SigningKey("pq.example/1", Algorithm.COSIGNATURE_MLDSA44, MlDsa44Signer(bytes(32)))
    world.record(3)
    note = notes.parse(world.publish(witnesses=(0, 2)).note)
    text = world.log.prove(1).text
    if change:
        blob = next(line.blob for line in note.signatures if line.name == "pq.example/1")
        wrong = b"\0" * 8 + blob[8:] if change == "time" else blob[:-1] + bytes([blob[-1] ^ 1])
        text = text.replace(
            *(SignatureLine("pq.example/1", side.witnesses[2].verifier.id, b).text for b in (blob, wrong))
        )
    entry, salt, body = world.events[1]
    proof = Proof.parse(text)
    verdict = verify_receipt(
        build_receipt(entry=entry, salt=salt, body=body, proof=proof), trust=world.trust()
    )
    assert verdict.outcome == (BROKEN if change else TRUSTED)
    assert verdict.where == ("proof.checkpoint.signatures" if change else None)


def test_a_quorum_of_none_trusts_the_log_alone_and_claims_no_time(world):
    receipt = world.sealed(witnesses=())
    verdict = verify_receipt(receipt, trust=world.trust(needed=0))
    assert verdict.outcome == TRUSTED
    assert "witnessed_at" not in verdict.facts


# --- validity and cut-offs ---


def test_a_rotated_key_is_good_within_its_time(world, sealed):
    before, after = NOON - HOUR, NOON + HOUR
    for name in ("edge", "log"):
        for period in (Validity(valid_from=before, valid_to=after), Validity(valid_from=NOON, valid_to=NOON)):
            assert verify_receipt(sealed, trust=world.trust(**{name: period})).outcome == TRUSTED
        for period in (Validity(valid_to=before), Validity(valid_from=after)):
            verdict = verify_receipt(sealed, trust=world.trust(**{name: period}))
            assert verdict.outcome == NOT_TRUSTED
            assert "not valid" in english(verdict)


@pytest.mark.parametrize("name", ["edge", "log"])
def test_a_compromised_key_is_good_before_its_cut_off_and_not_after(world, sealed, name):
    later = world.trust(**{name: Validity(compromised_at=NOON + HOUR)})
    assert verify_receipt(sealed, trust=later).outcome == TRUSTED
    for cut in (NOON, NOON - HOUR):
        verdict = verify_receipt(sealed, trust=world.trust(**{name: Validity(compromised_at=cut)}))
        assert verdict.outcome == NOT_TRUSTED
        assert "cut off" in english(verdict)


def test_without_witnesses_nothing_shows_that_a_compromised_key_signed_in_time(world):
    receipt = world.sealed(witnesses=())
    trust = world.trust(needed=0, log=Validity(compromised_at=NOON + HOUR))
    assert verify_receipt(receipt, trust=trust).outcome == NOT_TRUSTED


def test_a_thief_of_a_witness_key_cannot_backdate(make_world):
    """The stolen key claims noon; the sound witness saw the checkpoint two hours later, after the cut-off."""
    world = make_world("late")
    world.record(5)
    world.clock.advance(2 * HOUR)
    late = world.publish(witnesses=(0,))
    stolen = world.publish(witnesses=(1,), at=NOON)
    both = notes.parse(late.note).add(notes.parse(stolen.note).signatures)
    world.log.publish(both.encode())
    entry, salt, body = world.events[2]
    receipt = build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(2))
    assert verify_receipt(receipt, trust=world.trust()).outcome == TRUSTED
    trust = world.trust(witness={1: Validity(compromised_at=NOON + HOUR)})
    verdict = verify_receipt(receipt, trust=trust)
    assert verdict.outcome == NOT_TRUSTED
    assert "only 1" in english(verdict)


def test_a_compromised_witness_counts_where_a_sound_one_saw_it_in_time(world, sealed):
    trust = world.trust(witness={1: Validity(compromised_at=NOON + HOUR)})
    assert verify_receipt(sealed, trust=trust).outcome == TRUSTED
    trust = world.trust(witness={n: Validity(compromised_at=NOON + HOUR) for n in range(3)})
    assert verify_receipt(sealed, trust=trust).outcome == NOT_TRUSTED


def test_a_witness_outside_its_validity_does_not_count(world, sealed):
    trust = world.trust(witness={0: Validity(valid_to=NOON - HOUR)})
    assert verify_receipt(sealed, trust=trust).outcome == NOT_TRUSTED


def test_the_quorums_time_is_when_enough_had_seen_it(make_world):
    world = make_world("staggered")
    world.record(3)
    lines = []
    for n in range(3):
        lines += notes.parse(world.publish(witnesses=(n,), at=NOON + n * HOUR).note).signatures
    world.log.publish(notes.parse(world.log.checkpoint()).add(lines).encode())
    entry, salt, body = world.events[0]
    receipt = build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(0))
    assert verify_receipt(receipt, trust=world.trust()).facts["witnessed_at"] == "2026-11-22T10:30:00Z"


def test_an_event_later_than_its_witnesses_is_doubted(world):
    world.record(1)
    world.publish(at=NOON - HOUR)
    entry, salt, body = world.events[0]
    receipt = build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(0))
    verdict = verify_receipt(receipt, trust=world.trust())
    assert verdict.outcome == NOT_TRUSTED
    assert "later than its witnesses'" in english(verdict)


# --- checkpoints ---


def test_a_forked_checkpoint_is_not_borne_out(world, sealed, make_world):
    """The log's true key signs a second history of which no witness knows."""
    fork = make_world("fork")
    fork.record(1, party="pty_other")
    forked = fork.sealed(before=1, witnesses=())
    verdict = verify_receipt(forked, trust=world.trust())
    assert verdict.outcome == NOT_TRUSTED
    assert "only 0" in english(verdict)


def test_cosignatures_of_another_checkpoint_break_it(world, sealed):
    found = json.loads(sealed)
    own = found["proof"]
    world.record(1)
    world.publish()
    other = world.log.published.note.decode()
    lines = "".join(f"{line}\n" for line in other.split("\n") if line.startswith("— witness"))
    head = own[: own.rindex("\n\n") + 2]
    log_line = next(line for line in own.split("\n") if line.startswith("— log"))
    found["proof"] = f"{head}{log_line}\n{lines}"
    verdict = verify_receipt(json.dumps(found).encode(), trust=world.trust())
    assert verdict.outcome == BROKEN
    assert "cosignature" in english(verdict)


def test_another_logs_checkpoint_breaks_the_path(world, sealed, make_world):
    other = make_world("other")
    other.record(400, party="pty_else")
    other.publish()
    found = json.loads(sealed)
    found["proof"] = found["proof"].split("\n\n")[0] + "\n\n" + other.log.published.note.decode()
    assert verify_receipt(json.dumps(found).encode(), trust=world.trust()).where == "proof.path"


def test_a_million_signature_lines_are_refused_before_they_are_parsed(world, sealed):
    found = json.loads(sealed)
    found["proof"] += "— a AAAAAAAA\n" * 1_000_000
    flood = json.dumps(found, ensure_ascii=False).encode()
    verdict = verify_receipt(flood, trust=world.trust())
    assert (verdict.outcome, verdict.where) == (BROKEN, "proof")
    found = json.loads(sealed)
    found["proof"] += "— a AAAAAAAA\n" * 60_000
    verdict = verify_receipt(json.dumps(found).encode(), trust=world.trust())
    assert (verdict.outcome, verdict.where) == (BROKEN, "proof.checkpoint")


@pytest.mark.parametrize(
    "junk",
    [b"", b"\xff", b"[]", b"{}", b"null", b"1.5", b'{"a":1.5}', b'{"a":NaN}', b"[" * 100_000, b'{"a":' * 70 + b"1" + b"}" * 70,
     b'{"format":"feiyu-receipt/2"}', b"1" * 5000, b'{"format":"feiyu-receipt/1"}', b"x" * (v.MAX_RECEIPT_BYTES + 1)],
)  # fmt: skip
def test_junk_is_broken_and_named(junk):
    verdict = verify_receipt(junk, trust=None)
    assert verdict.outcome == BROKEN
    assert verdict.where in {"receipt", "format"}
    assert verdict.exit_code == 1


# --- the sealed data ---


def test_changed_data_is_named_by_segment(world, sealed):
    trust, data = world.trust(), world.data
    half = 2 * 64 * 1024

    def where(*pieces):
        return verify_receipt(sealed, trust=trust, chunks=pieces).where

    assert where(data) is None
    assert where(data[:7], data[7:100_000], data[100_000:]) is None
    flipped = bytearray(data)
    flipped[half + 5] ^= 1
    assert where(bytes(flipped)) == "data.segments[1]"
    assert where(data[half:] + data[:half]) == "data.segments[0]"
    assert where(data[:half]) == "data.segments[1]"
    assert where(data[:-1]) == "data.segments[2]"
    assert where(data, b"more") == "data"
    assert where() == "data.segments[0]"


def test_a_directory_of_segments_is_read_in_their_order(world, sealed, tmp_path):
    trust, half = world.trust(), 2 * 64 * 1024
    folder = tmp_path / "segments"
    folder.mkdir()
    for n in range(3):
        (folder / f"seg-{n + 9}").write_bytes(world.data[n * half : (n + 1) * half])
    (folder / "manifest.json").write_text("{}")
    (folder / ".hidden").write_text("x")
    assert verify_receipt(sealed, trust=trust, chunks=folder).outcome == TRUSTED
    (folder / "seg-10").rename(folder / "seg-99")
    assert verify_receipt(sealed, trust=trust, chunks=folder).where == "data.segments[1]"
    whole = tmp_path / "whole"
    whole.write_bytes(world.data)
    assert verify_receipt(sealed, trust=trust, chunks=whole).outcome == TRUSTED


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"block_size": 4096}, "manifest.block_size"),
        ({"cipher_size": 1}, "manifest.cipher_size"),
        ({"cipher_size": -1}, "manifest.cipher_size"),
        ({"segments": {}}, "manifest.segments"),
        ({"segments": [{"no": 1, "size": 1, "root": ""}]}, "manifest.segments[0]"),
        ({"segments": [{"no": 0, "size": 0, "root": ""}]}, "manifest.segments[0]"),
        ({"segments": [{"no": 0, "size": 5, "root": ""}] * 2}, "manifest.segments[0]"),
        ({"cipher_root": b64(bytes(32))}, "data"),
        ({"format": "feiyu-manifest/2"}, "manifest.format"),
        ({"exporter": 5}, "manifest.exporter"),
    ],
)
def test_a_manifest_that_lies_about_sizes_is_broken(world, change, where):
    manifest, signature = world.manifest(**change)
    world.record(1, data={"manifest_sha256": b64(hashlib.sha256(manifest).digest())})
    world.publish()
    entry, salt, body = world.events[0]
    receipt = build_receipt(
        entry=entry,
        salt=salt,
        body=body,
        proof=world.log.prove(0),
        manifest=manifest,
        manifest_signature=signature,
    )
    verdict = verify_receipt(receipt, trust=world.trust(), chunks=[world.data])
    assert (verdict.outcome, verdict.where) == (BROKEN, where)


def test_no_data_at_all_has_the_root_of_the_empty_tree(world):
    world.data = b""
    sealed = world.sealed(before=1, after=1)
    verdict = verify_receipt(sealed, trust=world.trust(), chunks=[])
    assert verdict.outcome == TRUSTED
    assert verify_receipt(sealed, trust=world.trust(), chunks=[b"x"]).where == "data"


@pytest.mark.parametrize(
    ("refs", "data", "where"),
    [
        ({"transfer": "trf_2"}, {}, "manifest.transfer_id"),
        ({"grant": "grt_2"}, {}, "manifest.grant_id"),
        ({"basis": "bas_2"}, {}, "manifest.basis_id"),
        ({}, {"cipher_root": b64(bytes(32))}, "manifest.cipher_root"),
        ({}, {"manifest_sha256": b64(bytes(32))}, "manifest"),
        ({}, {"manifest_sha256": None}, "manifest"),
    ],
)
def test_a_manifest_of_another_transfer_is_broken(world, refs, data, where):
    """The event names the manifest by hash, yet the two disagree: replayed from another transfer."""
    manifest, signature = world.manifest()
    event = {"manifest_sha256": hashlib.sha256(manifest).hexdigest()} | data
    world.record(1, refs=refs, data=event)
    world.publish()
    entry, salt, body = world.events[0]
    receipt = build_receipt(
        entry=entry,
        salt=salt,
        body=body,
        proof=world.log.prove(0),
        manifest=manifest,
        manifest_signature=signature,
    )
    assert verify_receipt(receipt, trust=world.trust()).where == where


def test_a_hash_in_hex_names_the_manifest_as_well(world):
    manifest, signature = world.manifest()
    world.record(1, data={"manifest_sha256": hashlib.sha256(manifest).hexdigest()})
    world.publish()
    entry, salt, body = world.events[0]
    receipt = build_receipt(
        entry=entry,
        salt=salt,
        body=body,
        proof=world.log.prove(0),
        manifest=manifest,
        manifest_signature=signature,
    )
    assert verify_receipt(receipt, trust=world.trust(), chunks=[world.data]).outcome == TRUSTED


# --- parties' signatures and the demo mark ---


def test_a_statement_signed_before_the_event_is_bound_by_its_hash(world):
    statement = b"received and opened"
    side = world.side
    signed = sign_statement(statement, role="recipient", key_id=side.recipient_id, signer=side.recipient)
    world.record(1, type="transfer.received", data={"statement": hashlib.sha256(statement).hexdigest()})
    world.record(1, type="transfer.received", data={"statement": "of something else"})
    world.publish()
    outcomes = []
    for n, (entry, salt, body) in enumerate(world.events):
        receipt = build_receipt(
            entry=entry, salt=salt, body=body, proof=world.log.prove(n), signatures=[signed]
        )
        outcomes.append(verify_receipt(receipt, trust=world.trust()))
    assert outcomes[0].outcome == TRUSTED
    assert "confirmed" in outcomes[0].proves[0].en
    assert (outcomes[1].outcome, outcomes[1].where) == (BROKEN, "signatures[0].statement")


def test_a_signature_of_another_body_is_broken(world):
    world.record(2)
    world.publish()
    side = world.side
    (entry, salt, body), (_, _, other) = world.events
    signed = sign_body(other, role="edge", key_id=side.edge_id, signer=side.edge)
    receipt = build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(0), signatures=[signed])
    assert verify_receipt(receipt, trust=world.trust()).where == "signatures[0]"


def test_the_demo_mark_follows_from_the_logs_name(make_world):
    demo = make_world("demo", origin="demo.feiyu.example/1")
    receipt = demo.sealed()
    assert json.loads(receipt)["demo"] is True
    verdict = verify_receipt(receipt, trust=demo.trust(demo=True))
    assert verdict.demo
    assert "DEMONSTRATION" in v.report(verdict, "en")
    assert "演示" in v.report(verdict, "zh")
    assert "no effect" in verdict.not_proven[0].en
    washed = json.dumps(json.loads(receipt) | {"demo": False}).encode()
    assert verify_receipt(washed, trust=demo.trust()).where == "demo"


def test_the_demo_mark_may_come_from_event_or_trust_file(world):
    world.record(1, data={"demo": True})
    world.record(1)
    world.publish()
    for n, ((entry, salt, body), trust) in enumerate(
        zip(world.events, (world.trust(), world.trust(demo=True)), strict=True)
    ):
        receipt = build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(n))
        assert verify_receipt(receipt, trust=trust).demo


# --- the trust file ---


def another_vkey(trust, spell):
    """List the log's key in another spelling, and have the policy name it so."""
    old = trust["logs"][0]["vkey"]
    new = spell(*old.split("+", 2))
    trust["logs"][0]["vkey"] = new
    trust["policy"] = trust["policy"].replace(old, new)


def sm2_without_its_mark(name):
    """A key of the kind 0xff that is of no type this verifier knows."""
    data = b"\xff" + bytes(65)
    ident = hashlib.sha256(name.encode() + b"\n" + data).digest()[:4]
    return f"{name}+{ident.hex()}+{b64(data)}"


def groups(count):
    """So many groups beside those that are there, each over the one before."""
    return "".join(f"group g{n} any g{n - 1}\n" if n else "group g0 any all\n" for n in range(count))


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t.pop("policy"),
        lambda t: t.update(format="feiyu-trust/2"),
        lambda t: t.update(more=1),
        lambda t: t.update(logs={}),
        lambda t: t.update(logs=[]),
        lambda t: t.update(witnesses=["x"]),
        lambda t: t.update(policy="quorum none\nquorum none\n"),
        lambda t: t.update(policy="log x\nquorum none\n"),
        lambda t: t.update(policy=t["policy"].replace("quorum all", "")),
        lambda t: t.update(policy=t["policy"].replace("group all 2", "group all 9")),
        lambda t: t.update(policy=t["policy"].replace("w1 w2", "w1 w1")),
        lambda t: t.update(policy=t["policy"].replace("witness w2", "witness w1")),
        lambda t: t.update(policy=t["policy"] + "nonsense\n"),
        lambda t: t.update(policy=t["policy"].replace(t["witnesses"][2]["vkey"], t["witnesses"][1]["vkey"])),
        lambda t: t.update(policy=t["policy"].replace("group all 2", f"group all {'9' * 5000}")),
        lambda t: t.update(policy="".join(f"group g{n} any g{n - 1}\n" for n in range(2000))),
        lambda t: t["logs"].append(t["logs"][0]),
        lambda t: t["keys"].append(t["keys"][0]),
        lambda t: t["keys"][0].update(role="god"),
        lambda t: t["keys"][0].update(algorithm="rot13"),
        lambda t: t["keys"][0].update(public="AAAA"),
        lambda t: t["keys"][0].update(valid_from="yesterday"),
        lambda t: t["keys"][0].update(valid_from="2026-11-22T09:30:00"),
        lambda t: t["keys"][0].update(compromised_at=5),
        lambda t: t["keys"][0].pop("party"),
        lambda t: t["keys"][0].update(secret="x"),
        lambda t: t["logs"][0].update(compromised_since="2026-11-22T09:30:00Z"),
        lambda t: t.update(policy=t["policy"].replace("quorum all", "quorum nobody")),
        lambda t: t.update(policy=t["policy"].replace("w1 w2", "w1 ghost")),
        lambda t: t.update(policy=t["policy"].replace("group all 2", "group one any w0\ngroup all 2")),
        lambda t: t.update(policy=t["policy"].replace("group all 2", "group w0 any w1\ngroup all 2")),
        lambda t: t.update(
            policy=t["policy"].replace("w0 w1 w2", "w0 w1") + f"witness w2 {t['witnesses'][2]['vkey']}\n"
        ),
        lambda t: t.update(
            policy=t["policy"].replace("witness w2", "witness none").replace("w1 w2", "w1 none")
        ),
        lambda t: t.update(policy=t["policy"] + f"log {t['witnesses'][0]['vkey']}\n"),
        lambda t: t.update(policy=t["policy"].replace("w1 w2", "w1") + f"witness x {t['logs'][0]['vkey']}\n"),
        lambda t: another_vkey(t, lambda name, ident, key: f"{name}+{ident[::-1]}+{key}"),
        lambda t: another_vkey(t, lambda name, *_: sm2_without_its_mark(name)),
        lambda t: t.update(policy=t["policy"] + groups(v.MAX_NAMES - 3)),
    ],
)
def test_a_wrong_trust_file_is_said_to_be_wrong(world, sealed, change):
    trust = json.loads(world.trust())
    change(trust)
    with pytest.raises(TrustError):
        verify_receipt(sealed, trust=json.dumps(trust).encode())


def test_other_readings_of_the_policy_are_understood(world, sealed):
    trust = json.loads(world.trust())
    as_many_as_may_be = trust["policy"] + groups(v.MAX_NAMES - 4)
    v.check_trust(json.dumps(trust | {"policy": as_many_as_may_be}).encode())
    with pytest.raises(TrustError):
        v.check_trust(json.dumps(trust | {"policy": as_many_as_may_be + "group more any w0\n"}).encode())
    for group in ("group all all w0 w1", "group all any w0 w2", "group x any w0 w2\ngroup all all x w1"):
        policy = trust["policy"].replace("group all 2 w0 w1 w2", f"# a remark\n{group}")
        assert (
            verify_receipt(sealed, trust=json.dumps(trust | {"policy": policy}).encode()).outcome == TRUSTED
        )


# --- the command line ---


def run(*arguments):
    done = subprocess.run(
        [sys.executable, "-m", "feiyu.evidence.verify", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.mark.slow
def test_the_command_line(world, sealed, tmp_path):
    receipt, trust, data = tmp_path / "r.json", tmp_path / "t.json", tmp_path / "data"
    receipt.write_bytes(sealed)
    trust.write_bytes(world.trust())
    data.write_bytes(world.data)
    code, said, noise = run(receipt, "--trust", trust, "--data", data, "--lang", "en")
    assert (code, noise) == (0, "")
    assert said.startswith("TRUSTED")
    code, said, _ = run(receipt, "--lang", "zh")
    assert code == 3
    assert "完整但不可信" in said
    code, said, _ = run(receipt, "--trust", trust, "--chunks", receipt, "--json")
    assert code == 1
    assert json.loads(said)["where"].startswith("data")
    assert run(tmp_path / "absent")[0] == 2
    assert run(receipt, "--trust", receipt, "--lang", "en")[0] == 2
    assert "cannot be used" in run(receipt, "--trust", receipt, "--lang", "en")[2]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ({"FEIYU_LANG": "zh", "LANG": "en_US.UTF-8"}, "完整但不可信"),
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "C"}, "完整但不可信"),
        ({"LANG": "zh_CN.UTF-8"}, "完整但不可信"),
        ({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}, "INTACT, NOT TRUSTED"),
        ({}, "INTACT, NOT TRUSTED"),
    ],
)
def test_its_language_is_that_of_the_environment_as_for_the_other_commands(
    sealed, tmp_path, monkeypatch, names, wanted
):
    for name in ("FEIYU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PYTHONIOENCODING", "utf-8")
    (tmp_path / "r.json").write_bytes(sealed)
    assert wanted in run(tmp_path / "r.json")[1]


def test_facts_are_told_in_words_of_both_languages(world, sealed):
    verdict = verify_receipt(sealed, trust=world.trust())
    zh, en = v.report(verdict, "zh"), v.report(verdict, "en")
    assert "4. 条目在日志中：通过" in zh
    assert f"传输批次：{verdict.facts['ref.transfer']}" in zh
    assert f"Transfer: {verdict.facts['ref.transfer']}" in en
    assert not re.search(r"(?m)^[a-z_.]+: ", zh + en)


def test_main_returns_the_same_codes(world, sealed, tmp_path, capsys):
    receipt, manifest, trust = tmp_path / "r.json", tmp_path / "m", tmp_path / "t"
    found = json.loads(sealed)
    manifest.write_bytes(base64.b64decode(found.pop("manifest")))
    (tmp_path / "s").write_bytes(base64.b64decode(found.pop("manifest_signature")))
    receipt.write_text(json.dumps(found))
    trust.write_bytes(world.trust())
    arguments = [str(receipt), "--trust", str(trust), "--manifest", str(manifest)]
    assert v.main([*arguments, "--manifest-signature", str(tmp_path / "s")]) == 0
    assert v.main(arguments) == 3
    receipt.write_text("{}")
    assert v.main([str(receipt), "--json"]) == 1
    assert v.main([str(tmp_path / "absent")]) == 2
    trust.write_text("{}")
    capsys.readouterr()
    assert v.main([str(receipt), "--trust", str(trust), "--lang", "zh"]) == 2
    assert "trust 格式不正确（缺少 format, keys, logs, policy, witnesses）" in capsys.readouterr().err
    assert v.main([str(tmp_path), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert str(tmp_path) in told
    assert "Errno" not in told


WRONG_USE = (
    ([], "缺少参数 receipt"), (["r", "--trust"], "--trust 后面须给出值"), (["r", "--truts", "t"], "没有这样的参数：--truts t"),
    (["r", "--man", "x"], "--man 不明确"), (["r", "--json=3"], "--json 不带值"),
)  # fmt: skip


@pytest.mark.parametrize(("words", "wanted"), WRONG_USE)
def test_wrong_use_is_told_in_the_readers_language(words, wanted, capsys, monkeypatch):
    def told(lang: str) -> str:
        monkeypatch.setenv("FEIYU_LANG", lang)
        with pytest.raises(SystemExit) as ended:
            v.main(words)
        assert ended.value.code == 2
        return capsys.readouterr().err

    zh, en = told("zh"), told("en")
    assert wanted in zh
    assert zh.startswith("用法：")
    assert not re.search(r"(?i)\b(usage|error|argument|expected|required)\b", zh)
    assert "usage: feiyu-verify" in en
    assert not re.search("[\u4e00-\u9fff]", en)


def test_whatever_is_said_of_a_form_has_its_chinese():
    """What stands as text in the calls of ``_malformed``, and what ``json`` says; a policy's own line is quoted as it is."""
    source = Path(v.__file__).read_text()
    said = re.findall(r'(?:_malformed\([^"\n]*(?:"[^"]*", )?f?|ValueError\(f?)"([^"]+)"', source)
    assert len(said) > 35
    inside = {
        "7",
        "group 7",
        "a length",
        "cut short",
        "no time-stamp token",
        "the signed attributes are not of this content",
    }
    for words in {re.sub(r"{[^{}]*}", "7", one) for one in said} - inside:
        assert re.search("[\u4e00-\u9fff]", v._chinese(words, v.SHAPES)), words
    told = v.report(verify_receipt(b"{", trust=None), "zh")
    assert "receipt 格式不正确（第 1 行第 2 列不是有效的 JSON）" in told
    assert told.startswith("已损坏：这不是存证凭证，或其格式已被改动\n")
    assert "receipt 格式不正确（第 0 字节不是 UTF-8）" in v.report(verify_receipt(b"\xff", trust=None), "zh")


def test_help_is_in_one_language(capsys):
    for lang, other in (("zh", "receipt offline"), ("en", "凭证")):
        with pytest.raises(SystemExit) as ended:
            v.main(["--help", "--lang", lang])
        assert ended.value.code == 0
        assert other not in capsys.readouterr().out


def test_a_fictional_basis_is_named(world):
    world.record(1, type="transfer.released", data={"fictional": True})
    world.publish()
    entry, salt, body = world.events[0]
    receipt = build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(0))
    verdict = verify_receipt(receipt, trust=world.trust())
    assert "key to the sealed data was released" in verdict.proves[0].en
    assert "fictional" in verdict.not_proven[0].en
    assert "level" in verdict.not_proven[-1].en


def test_nothing_in_a_receipt_reaches_the_terminal_raw(world):
    world.record(1, party="pty\u001b[31m\u202e")
    world.publish()
    entry, salt, body = world.events[0]
    verdict = verify_receipt(
        build_receipt(entry=entry, salt=salt, body=body, proof=world.log.prove(0)), trust=world.trust()
    )
    assert verdict.outcome == TRUSTED
    assert "\x1b" not in v.report(verdict, "en")
    assert "\u202e" not in v.report(verdict, "zh")


def test_it_imports_the_standard_library_and_cryptography_alone():
    tree = ast.parse(Path(v.__file__).read_text())
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    foreign = {name.split(".")[0] for name in imported} - set(sys.stdlib_module_names)
    assert foreign == {
        "cryptography",
        "tongsuopy",
    }  # the latter in one function, for SM2 lines alone, and only if installed


@pytest.mark.slow
def test_running_it_loads_nothing_else_of_feiyu():
    code = "import sys, feiyu.evidence.verify; print(*(m for m in sys.modules if m.startswith('feiyu')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["feiyu", "feiyu.evidence", "feiyu.evidence.verify"]


def test_every_sentence_is_used_and_has_both_halves():
    source = Path(v.__file__).read_text()
    head, _, tail = source.partition('WORDS = """')
    rest = head + tail.partition('"""')[2]
    for key, sentence in v._WORDS.items():
        assert sentence.zh.strip()
        assert sentence.en.strip()
        assert set(re.findall(r"{\w+}", sentence.zh)) == set(re.findall(r"{\w+}", sentence.en)), key
        built = key.startswith(("step ", "level ", "transfer.", "fact ", "ref "))
        assert built or f'"{key}"' in rest, key


def test_verdicts_are_plain_json(world, sealed):
    verdict = verify_receipt(sealed, trust=world.trust())
    again = json.loads(json.dumps(verdict.as_dict()))
    assert again["outcome"] == TRUSTED
    assert again["steps"][0]["name"].keys() == {"zh", "en"}
    assert copy.deepcopy(again) == again
