"""Time stamps over a checkpoint: our authority against OpenSSL both ways, tokens in receipts, and every way to break one."""

import base64
import hashlib
import json
import shutil
import subprocess
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.base.clock import FixedClock
from feiyu.evidence import der, timestamp
from feiyu.evidence import note as notes
from feiyu.evidence.errors import BadTimeStamp, StampRefused
from feiyu.evidence.listener import Listener
from feiyu.evidence.receipt import with_stamps
from feiyu.evidence.trust import Stamper, Validity
from feiyu.evidence.verify import BROKEN, TRUSTED, TrustError, verify_receipt

NOON = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
OPENSSL = shutil.which("openssl")


def openssl(*words, **kw):
    return subprocess.run([OPENSSL, *map(str, words)], capture_output=True, check=True, **kw).stdout


@pytest.fixture(scope="module")
def authority():
    key, certificate = timestamp.new_authority("tsa.example", at=NOON - HOUR)
    return timestamp.Authority(key, certificate, FixedClock(NOON))


@pytest.fixture
def stamped(world, authority):
    """A receipt with one token, and the text that was stamped."""
    receipt = world.sealed()
    text = notes.parse(world.log.published.note).text.encode()
    token = authority.token(timestamp.Request.over(text))
    return with_stamps(receipt, [token]), token, text


def stamper(authority, *, licensed=True, **validity):
    return Stamper(
        name="tsa.example", certificate=authority.certificate.public_bytes(Encoding.DER), licensed=licensed,
        validity=Validity(**validity),
    )  # fmt: skip


def trust_with(world, *stampers):
    found = json.loads(world.trust())
    return json.dumps(found | {"time_stamps": [one.as_dict() for one in stampers]}).encode()


def test_a_licensed_stamp_is_told_and_no_longer_missing(world, authority, stamped):
    verdict = verify_receipt(stamped[0], trust=trust_with(world, stamper(authority)))
    assert verdict.outcome == TRUSTED
    assert (verdict.steps[-1].number, verdict.steps[-1].state) == (10, "passed")
    assert any(
        "a licensed time-stamp authority" in said.en and "09:30:00Z" in said.en for said in verdict.proves
    )
    assert not any("no time stamp" in said.en for said in verdict.not_proven)
    plain = verify_receipt(stamped[0], trust=trust_with(world, stamper(authority, licensed=False)))
    assert any("not marked as licensed" in said.en for said in plain.proves)
    assert any("no time stamp of a licensed" in said.en for said in plain.not_proven)


def test_an_unknown_authority_changes_nothing_and_is_named_as_unchecked(world, stamped):
    verdict = verify_receipt(stamped[0], trust=world.trust())
    assert verdict.outcome == TRUSTED
    assert verdict.steps[-1].state == "skipped"
    assert "not checked" in verdict.steps[-1].notes[0].en
    assert any("no time stamp" in said.en for said in verdict.not_proven)


@pytest.mark.parametrize(
    "validity", [{"valid_to": NOON - HOUR}, {"valid_from": NOON + HOUR}, {"compromised_at": NOON}]
)
def test_a_certificate_out_of_its_time_or_cut_off_does_not_count(world, authority, stamped, validity):
    verdict = verify_receipt(stamped[0], trust=trust_with(world, stamper(authority, **validity)))
    assert verdict.outcome == TRUSTED
    assert any("no time stamp" in said.en for said in verdict.not_proven)
    assert "not valid then" in verdict.steps[-1].notes[0].en


def test_a_stamp_over_another_checkpoint_breaks_the_receipt(world, authority, stamped):
    other = authority.token(timestamp.Request.over(b"another text\n"))
    verdict = verify_receipt(
        with_stamps(world.sealed(), [other]), trust=trust_with(world, stamper(authority))
    )
    assert (verdict.outcome, verdict.where) == (BROKEN, "timestamps[0]")


def test_no_altered_byte_changes_what_a_token_says(world, authority, stamped):
    trust = trust_with(world, stamper(authority))
    whole, token = json.loads(stamped[0]), stamped[1]
    said = verify_receipt(stamped[0], trust=trust).proves
    broken = 0
    for at in range(0, len(token), 3):
        altered = token[:at] + bytes([token[at] ^ 0x20]) + token[at + 1 :]
        shown = whole | {"timestamps": [{"token": base64.b64encode(altered).decode()}]}
        verdict = verify_receipt(json.dumps(shown).encode(), trust=trust)
        if verdict.outcome == BROKEN:
            broken += 1
            continue
        counted = [told for told in verdict.proves if "time-stamp authority" in told.en]
        assert not counted or verdict.proves == said, at
    assert broken > len(token) // 12
    for wrong in (
        [{}],
        [{"token": ""}],
        [{"token": "AA=="}],
        [{"token": "A", "x": 1}],
        {},
        None,
        [{"token": whole["entry"]}] * 9,
    ):
        assert (
            verify_receipt(json.dumps(whole | {"timestamps": wrong}).encode(), trust=trust).outcome == BROKEN
        )


def test_a_forgers_authority_of_the_same_name_is_unknown(world, authority):
    forger = timestamp.Authority(*timestamp.new_authority("tsa.example", at=NOON - HOUR), FixedClock(NOON))
    receipt = world.sealed()
    text = notes.parse(world.log.published.note).text.encode()
    verdict = verify_receipt(
        with_stamps(receipt, [forger.token(timestamp.Request.over(text))]),
        trust=trust_with(world, stamper(authority)),
    )
    assert any("no time stamp" in said.en for said in verdict.not_proven)


@pytest.mark.parametrize("change", [{"certificate": "AAAA"}, {"licensed": "no"}, {"revoked": True}])
def test_a_trust_file_with_a_bad_authority_is_refused(world, stamped, authority, change):
    wrong = stamper(authority).as_dict() | change
    trust = json.dumps(json.loads(world.trust()) | {"time_stamps": [wrong]}).encode()
    with pytest.raises(TrustError):
        verify_receipt(stamped[0], trust=trust)


@pytest.fixture
def server(authority):
    listener = Listener(("127.0.0.1", 0), authority.answer, max_body=4096)
    thread = threading.Thread(target=listener.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listener.bound[1]}/tsa"
    listener.shutdown()
    listener.server_close()
    thread.join()


def test_a_client_gets_a_token_it_can_believe(server, authority):
    text = b"log.example\n1\nAAAA\n"
    token = timestamp.stamp(server, text, authority.certificate)
    assert token[:1] == b"\x30"
    _, other = timestamp.new_authority("other.example", at=NOON)
    with pytest.raises(BadTimeStamp, match="do not know"):
        timestamp.stamp(server, text, other)
    with pytest.raises(StampRefused):
        timestamp.stamp("http://127.0.0.1:1/", text, authority.certificate)
    with pytest.raises(StampRefused):
        timestamp.stamp(server.replace("/tsa", "/other"), text, authority.certificate)
    request = timestamp.Request.over(text)
    reply = authority.reply(request.encode())
    with pytest.raises(BadTimeStamp, match="something else"):
        timestamp.checked(reply, timestamp.Request.over(b"x"), authority.certificate)
    with pytest.raises(BadTimeStamp, match="nonce"):
        timestamp.checked(reply, timestamp.Request(request.digest, 1), authority.certificate)
    for cut in range(0, len(reply), 7):
        with pytest.raises((BadTimeStamp, ValueError, IndexError)):
            timestamp.checked(reply[:cut], request, authority.certificate)


@pytest.mark.slow
def test_openssl_believes_our_authority(tmp_path, authority):
    data, query, reply, ca = (tmp_path / name for name in ("data", "q.tsq", "r.tsr", "ca.pem"))
    data.write_bytes(b"log.example\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=\n")
    openssl("ts", "-query", "-data", data, "-sha256", "-cert", "-out", query)
    reply.write_bytes(authority.reply(query.read_bytes()))
    ca.write_bytes(authority.certificate.public_bytes(Encoding.PEM))
    shown = openssl("ts", "-reply", "-in", reply, "-text").decode()
    assert "Granted" in shown
    assert "Nov 22 09:30:00 2026 GMT" in shown
    at = str(int(NOON.timestamp()))
    told = openssl("ts", "-verify", "-data", data, "-in", reply, "-CAfile", ca, "-attime", at)
    assert b"OK" in told


CONFIG = """
[tsa]
default_tsa = one
[one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
certs = {folder}/ca.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[ext]
extendedKeyUsage = critical,timeStamping
[req]
distinguished_name = dn
[dn]
"""


@pytest.mark.slow
@pytest.mark.parametrize("kind", [("rsa:2048",), ("ec", "-pkeyopt", "ec_paramgen_curve:P-256")])
def test_we_believe_openssls_authority_under_its_issuer(tmp_path, world, kind):
    config = tmp_path / "tsa.cnf"
    config.write_text(CONFIG.format(folder=tmp_path))
    (tmp_path / "serial").write_text("01\n")
    request = ["req", "-newkey", *kind, "-nodes", "-config", config]
    openssl(
        *request,
        "-x509",
        "-days",
        "3650",
        "-subj",
        "/CN=CA",
        "-keyout",
        tmp_path / "ca.key",
        "-out",
        tmp_path / "ca.pem",
    )
    openssl(*request, "-subj", "/CN=TSA", "-keyout", tmp_path / "tsa.key", "-out", tmp_path / "tsa.csr")
    openssl(
        "x509", "-req", "-in", tmp_path / "tsa.csr", "-CA", tmp_path / "ca.pem", "-CAkey", tmp_path / "ca.key", "-set_serial",
        "7", "-days", "3650", "-extfile", config, "-extensions", "ext", "-out", tmp_path / "tsa.pem",
    )  # fmt: skip
    receipt = world.sealed()
    request_ = timestamp.Request.over(notes.parse(world.log.published.note).text.encode())
    (tmp_path / "q").write_bytes(request_.encode())
    openssl("ts", "-reply", "-config", config, "-queryfile", tmp_path / "q", "-out", tmp_path / "r")
    ca = x509.load_pem_x509_certificate((tmp_path / "ca.pem").read_bytes())
    token = timestamp.checked((tmp_path / "r").read_bytes(), request_, ca)
    known = Stamper(name="ca.example", certificate=ca.public_bytes(Encoding.DER), licensed=True)
    verdict = verify_receipt(with_stamps(receipt, [token]), trust=trust_with(world, known))
    assert verdict.outcome == TRUSTED
    assert any("ca.example, a licensed" in said.en for said in verdict.proves), verdict.steps[-1]


def sha256(data):
    return hashlib.sha256(data).digest()


WRONG = {
    "left out": lambda _: b"", "emptied": lambda value: der.tagged(value.tag, b""), "null": lambda _: b"\x05\x00",
    "a list": lambda _: b"\x30\x00", "version 39": lambda _: b"\x02\x01\x26", "doubled": lambda value: value.whole * 2,
    "junk": lambda value: der.tagged(value.tag, b"\xff\xff\xff"),
}  # fmt: skip


def altered(value, wrong):
    """The bytes of a value, each time with another of the values in it made wrong."""
    yield wrong(value)
    parts = value.parts() if value.tag & 0x20 else []
    for number, part in enumerate(parts):
        before, after = (
            b"".join(one.whole for one in some) for some in (parts[:number], parts[number + 1 :])
        )
        for inner in altered(part, wrong):
            yield der.tagged(value.tag, before + inner + after)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_reply_that_is_wrong_anywhere_is_refused_by_name(authority, wrong):
    """Whatever else an authority sends, it is its token or a refusal with a code."""
    request = timestamp.Request.over(b"text")
    for reply in altered(der.read(authority.reply(request.encode())), WRONG[wrong]):
        with suppress(BadTimeStamp):
            timestamp.checked(reply, request, authority.certificate)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_is_wrong_anywhere_gets_a_verdict(world, authority, stamped, wrong):
    """Also where its certificate is none that the library reads, and where the token names that very certificate."""
    receipt, token, _ = stamped
    bare, trust = json.loads(receipt), trust_with(world, stamper(authority))
    certificate = authority.certificate.public_bytes(Encoding.DER)
    named = [
        put(der.read(token.replace(sha256(certificate), sha256(other))), certificate, other)
        for other in altered(der.read(certificate), WRONG[wrong])
    ]
    for other in (*altered(der.read(token), WRONG[wrong]), *named):
        found = bare | {"timestamps": [{"token": base64.b64encode(other).decode()}]}
        verdict = verify_receipt(json.dumps(found).encode(), trust=trust)
        assert verdict.outcome in {TRUSTED, BROKEN}


def put(value, old, new):
    """A value with another in the place of the one that is ``old``."""
    if value.whole == old or not value.tag & 0x20:
        return new if value.whole == old else value.whole
    return der.tagged(value.tag, b"".join(put(part, old, new) for part in value.parts()))


def test_a_token_that_does_not_hold_is_not_kept(authority):
    """Put into receipts it would break them all: its signature fails, or it is a stranger's who sends the known certificate along."""
    request = timestamp.Request.over(b"text")
    key, certificate = timestamp.new_authority("stranger.example", at=NOON - HOUR)
    forged = timestamp.Authority(key, authority.certificate, authority._clock).reply(request.encode())
    stranger = timestamp.Authority(key, certificate, authority._clock).reply(request.encode())
    theirs, ours = (one.public_bytes(Encoding.DER) for one in (certificate, authority.certificate))
    for reply in (forged, stranger, put(der.read(stranger), theirs, theirs + ours)):
        with pytest.raises(BadTimeStamp):
            timestamp.checked(reply, request, authority.certificate)
