"""TLS on the data plane: verified, 1.3, and the same bytes."""

import datetime as dt
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from feiyu.testing.wire import TOKEN, FolderGate
from feiyu.wire import Endpoint, Patience, Uploader, WireServer, client_context, server_context
from feiyu.wire.errors import BadCertificate, Unreachable

DATA = bytes(range(256)) * 9000
NOW = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(NOW - dt.timedelta(days=3000)).not_valid_after(NOW + dt.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    encoding = serialization.Encoding.PEM
    private = key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(private + made.public_bytes(encoding))
    return path


def send(server: WireServer, context: ssl.SSLContext | None) -> None:
    patience = Patience(tries=2, first_pause_s=0.01)
    endpoint = Endpoint(host="localhost", port=server.address[1], tls=context)
    with Uploader(endpoint, "t", token=TOKEN, segment_bytes=1 << 20, patience=patience) as up:
        up.write(DATA)
        up.finish()


def test_the_same_bytes_arrive_under_tls(tmp_path: Path, pem: Path) -> None:
    with WireServer(FolderGate(tmp_path), tls=server_context(pem)) as server:
        assert server.url.startswith("https://")
        send(server, client_context(pem))
    assert b"".join(path.read_bytes() for path in sorted((tmp_path / "t").glob("*.seg"))) == DATA


def test_an_unknown_certificate_and_plain_speech_are_refused(tmp_path: Path, pem: Path) -> None:
    with WireServer(FolderGate(tmp_path), tls=server_context(pem)) as server:
        for context in (client_context(), None):
            with pytest.raises(Unreachable):
                send(server, context)
    assert not list(tmp_path.glob("t/*.seg"))


def test_older_versions_are_not_spoken(pem: Path) -> None:
    for context in (server_context(pem), client_context(pem)):
        assert context.minimum_version is ssl.TLSVersion.TLSv1_3
    assert client_context().verify_mode is ssl.CERT_REQUIRED


def test_a_certificate_that_is_none_is_named(tmp_path: Path, pem: Path) -> None:
    (tmp_path / "none.pem").write_text("nothing")
    for certificate, key in (
        (tmp_path / "none.pem", None),
        (tmp_path / "absent.pem", None),
        (pem, tmp_path / "none.pem"),
    ):
        with pytest.raises(BadCertificate):
            server_context(certificate, key)
