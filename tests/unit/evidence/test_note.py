"""Signed notes: vectors of the Go and C2SP specifications, and everything that must be refused."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.evidence import note as notes
from feiyu.evidence.errors import BadKey, BadNote, UntrustedNote
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey, VerifierKey, generate_skey, key_id
from feiyu.evidence.line import SignatureLine

NEUMANN_SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
NEUMANN_SIGNATURE = (
    "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
)
ENOCH_SIGNATURE = (
    "rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ="
)
PETER_LINE = f"— PeterNeumann {NEUMANN_SIGNATURE}\n"
ENOCH_LINE = f"— EnochRoot {ENOCH_SIGNATURE}\n"
NOTE = (TEXT + "\n" + PETER_LINE + ENOCH_LINE).encode()
KEYS = [VerifierKey.parse(NEUMANN), VerifierKey.parse(ENOCH)]


def test_the_go_key_signs_the_published_bytes():
    key = SigningKey.parse(NEUMANN_SKEY)
    assert key.verifier.text == NEUMANN
    assert notes.sign(TEXT, key).encode() == (TEXT + "\n" + PETER_LINE).encode()


def test_the_go_note_verifies_under_both_keys():
    note = notes.parse(NOTE)
    assert note.text == TEXT
    assert note.encode() == NOTE
    assert [s.key.name for s in notes.verify(note, KEYS)] == ["PeterNeumann", "EnochRoot"]


def test_the_c2sp_example_verifies():
    key = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    line = "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
    assert notes.verify(notes.parse(f"This is an example message.\n\n{line}".encode()), [key])


def test_a_head_of_the_go_checksum_database_verifies():
    key = VerifierKey.parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8")
    text = "go.sum database tree\n35225469\nvt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=\n"
    line = "— sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=\n"
    assert notes.verify(notes.parse(f"{text}\n{line}".encode()), [key])


def test_the_last_blank_line_separates():
    key = SigningKey.parse(NEUMANN_SKEY)
    text = "one\n\n\ntwo\n\n"
    note = notes.parse(notes.sign(text, key).encode())
    assert note.text == text
    assert notes.verify(note, KEYS)


@pytest.mark.parametrize(
    "bad",
    [
        pytest.param(NOTE[:-1], id="no final line feed"),
        pytest.param(TEXT.encode(), id="no signature block"),
        pytest.param((TEXT + "\n").encode(), id="empty signature block"),
        pytest.param(b"\x01" + NOTE, id="control character"),
        pytest.param(NOTE.replace(b"problem,\n", b"problem,\r\n"), id="carriage return"),
        pytest.param(b"\xff" + NOTE, id="invalid UTF-8 in the text"),
        pytest.param(NOTE.replace(b"PeterNeumann", b"Peter\xff"), id="invalid UTF-8 in a name"),
        pytest.param(NOTE.replace(b"PeterNeumann", b"Peter Neumann"), id="space in a name"),
        pytest.param(NOTE.replace(b"PeterNeumann", "Peter\u2003Neumann".encode()), id="wide space in a name"),
        pytest.param(NOTE.replace(b"PeterNeumann", b"Peter+Neumann"), id="plus in a name"),
        pytest.param(NOTE.replace(b"PeterNeumann", b""), id="empty name"),
        pytest.param(NOTE.replace(b"PeterNeumann", b"n" * 300), id="endless name"),
        pytest.param(NOTE + b"junk\n", id="trailing junk line"),
        pytest.param(NOTE + b"\n", id="trailing empty line"),
        pytest.param(NOTE.replace("—".encode(), b"-"), id="hyphen for dash"),
        pytest.param(NOTE.replace(b"x08go", b"x08!o"), id="broken base64"),
        pytest.param(NOTE.replace(b"nAM=", b"nAN="), id="base64 with stray bits"),
        pytest.param((TEXT + "\n" + "— Peter x08gow==\n").encode(), id="key id without signature"),
        pytest.param((TEXT + "\n" + PETER_LINE * 101).encode(), id="101 signatures"),
        pytest.param(b"x" * (notes.MAX_BYTES + 1) + NOTE, id="too large"),
        pytest.param(b"", id="nothing"),
    ],
)
def test_what_is_no_note_is_refused(bad):
    with pytest.raises(BadNote):
        notes.parse(bad)


def test_a_hundred_signatures_are_read():
    note = notes.parse((TEXT + "\n" + PETER_LINE * 100).encode())
    assert len(note.signatures) == 100
    assert notes.verify(note, KEYS)


def test_a_million_signature_lines_are_refused_before_they_are_parsed():
    flood = (TEXT + "\n").encode() + b"\xe2\x80\x94 a AAAAAAA=\n" * 1_000_000
    with pytest.raises(BadNote, match="over"):
        notes.parse(flood)
    with pytest.raises(BadNote, match="signature lines"):
        notes.parse(flood, max_bytes=len(flood))


def test_a_known_key_that_fails_spoils_the_note():
    note = notes.parse(NOTE.replace(b"your problem is", b"your solution is"))
    with pytest.raises(UntrustedNote, match="fails"):
        notes.verify(note, KEYS)
    forged = SignatureLine("EnochRoot", KEYS[1].id, b"x" * 64)
    with pytest.raises(UntrustedNote, match="EnochRoot"):
        notes.verify(notes.parse(NOTE).add([forged]), KEYS)


def test_unknown_keys_are_ignored_and_never_enough():
    stranger = VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k")
    with pytest.raises(UntrustedNote, match="no known key"):
        notes.verify(notes.parse(NOTE), [stranger])
    assert len(notes.verify(notes.parse(NOTE), [stranger, KEYS[0]])) == 1


def test_a_known_name_with_an_unknown_id_is_unknown():
    line = notes.parse(NOTE).signatures[0]
    other = SignatureLine(line.name, b"\0\0\0\0", line.blob)
    with pytest.raises(UntrustedNote, match="no known key"):
        notes.verify(notes.Note(TEXT, (other,)), KEYS)


def test_adding_the_same_line_twice_changes_nothing():
    note = notes.parse(NOTE)
    assert note.add(note.signatures) == note


@pytest.mark.parametrize("text", ["no line feed", "bell\a\n", ""])
def test_what_cannot_be_a_note_is_not_signed(text):
    with pytest.raises(BadNote):
        notes.sign(text, SigningKey.parse(NEUMANN_SKEY))


def test_a_witness_key_signs_no_plain_note():
    key = SigningKey.parse(generate_skey("w", Algorithm.COSIGNATURE_ED25519))
    with pytest.raises(BadNote, match="time"):
        notes.sign(TEXT, key)


@pytest.mark.parametrize(
    "vkey",
    [
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpcZQcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10Q=",
        "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+",
        "PeterNeumann+c74f20a3",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+!!!!",
        "n" * 5000,
        "",
    ],
)
def test_a_key_that_does_not_fit_is_refused(vkey):
    with pytest.raises(BadKey):
        VerifierKey.parse(vkey)


@pytest.mark.parametrize("position", range(0, len(NEUMANN_SKEY), 3))
def test_a_private_key_mangled_anywhere_is_refused(position):
    wrong = "#" if NEUMANN_SKEY[position] != "#" else "%"
    with pytest.raises(BadKey):
        SigningKey.parse(NEUMANN_SKEY[:position] + wrong + NEUMANN_SKEY[position + 1 :])


def test_a_seed_of_the_wrong_length_is_refused():
    encoded = base64.b64encode(b"\x01" + bytes(16)).decode()
    with pytest.raises(BadKey, match="seed"):
        SigningKey.parse(f"PRIVATE+KEY+x+00000000+{encoded}")


@pytest.mark.parametrize("algorithm", Algorithm)
def test_generated_keys_read_back(algorithm):
    text = generate_skey("feiyu.example/k", algorithm)
    key = SigningKey.parse(text)
    assert VerifierKey.parse(key.verifier.text) == key.verifier
    assert key.verifier.id == key_id("feiyu.example/k", algorithm, key.signer.public)
    assert generate_skey("feiyu.example/k", algorithm) != text


@given(
    st.text(st.characters(min_codepoint=0x20, exclude_categories=["Cs"]), max_size=60),
    st.binary(min_size=32, max_size=32),
)
def test_what_is_signed_reads_back_and_verifies(text, seed):
    key = SigningKey("feiyu.example/k", Algorithm.ED25519, Ed25519Signer(seed))
    data = notes.sign(text + "\n", key).encode()
    note = notes.parse(data)
    assert note.text == text + "\n"
    assert note.encode() == data
    assert notes.verify(note, [key.verifier])


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data):
    for attempt in (data, TEXT.encode() + b"\n" + data, NOTE[:-20] + data):
        try:
            note = notes.parse(attempt)
        except BadNote:
            continue
        assert note.encode() == attempt
