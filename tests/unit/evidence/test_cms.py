"""Signatures over papers: RSA, ECDSA and SM2 under an authority that was named apart; what does not hold has a name."""

import re
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, pkcs7
from cryptography.x509.oid import NameOID

from feiyu.base.errors import FeiyuError
from feiyu.evidence import der
from feiyu.evidence.errors import BadCms, PaperDiffers, PaperSignatureFails, SignerExpired, SignerUntrusted
from feiyu.evidence.paper import check as check_paper
from feiyu.evidence.paper import load_authorities

NOW = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
PAPER = "承诺书：示例零件公司。".encode() * 20
CODE = "91310000MA1FL00007"
ORGANISATION = "示例零件公司"
_RSA = [rsa.generate_private_key(65537, 2048) for _ in range(3)]
_EC = [ec.generate_private_key(ec.SECP256R1()) for _ in range(3)]
_SIGN = {"digital_signature": True, "content_commitment": True}


def _usage(**on):
    names = [
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    ]
    return x509.KeyUsage(**(dict.fromkeys(names, False) | on))


def name(common, organisation=ORGANISATION):
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def certificate(
    key, subject, *, by=None, ca=False, days=(-30, 300), usage=None, path=None, more=(), hash_=None
):
    """A certificate of ``key``, by an (authority, its key) or by itself."""
    issuer, signer = by or (None, key)
    builder = x509.CertificateBuilder(
        issuer_name=issuer.subject if issuer else subject, subject_name=subject, public_key=key.public_key(),
        serial_number=x509.random_serial_number(), not_valid_before=NOW + timedelta(days=days[0]),
        not_valid_after=NOW + timedelta(days=days[1]),
    )  # fmt: skip
    builder = builder.add_extension(x509.BasicConstraints(ca, path), critical=True)
    usage = usage or (_usage(key_cert_sign=True, crl_sign=True) if ca else _usage(**_SIGN))
    builder = builder.add_extension(usage, critical=True)
    for extension, critical in more:
        builder = builder.add_extension(extension, critical=critical)
    return builder.sign(signer, hash_ or hashes.SHA256())


class Authority:
    """A root, an authority below it, and the certificates it gives."""

    def __init__(self, keys):
        self.keys = keys
        self.root = certificate(keys[0], name("Root", "Test Authority"), ca=True)
        self.below = certificate(
            keys[1], name("Below", "Test Authority"), ca=True, by=(self.root, keys[0]), path=0
        )

    def gives(self, **more):
        code = x509.UnrecognizedExtension(
            x509.ObjectIdentifier("1.2.156.10260.4.1.4"), b"\x13\x12" + CODE.encode()
        )
        wanted = {"subject": name("经办人"), "more": [(code, False)]} | more
        return certificate(self.keys[2], by=(self.below, self.keys[1]), **wanted)

    def sign(self, paper=PAPER, *, cert=None, options=(), hash_=None, sent=None):
        """The detached CMS of an independent implementation (pyca/cryptography's writer)."""
        cert = cert or self.gives()
        builder = pkcs7.PKCS7SignatureBuilder().set_data(paper)
        builder = builder.add_signer(cert, self.keys[2], hash_ or hashes.SHA256())
        for one in [self.below] if sent is None else sent:
            builder = builder.add_certificate(one)
        return builder.sign(
            Encoding.DER, [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary, *options]
        )


RSA, EC = Authority(_RSA), Authority(_EC)


def check(signature, *, paper=PAPER, trusted=None, at=NOW):
    return check_paper(paper, signature, trusted=trusted or [RSA.root, EC.root], at=at)


@pytest.mark.parametrize("authority", [RSA, EC], ids=["rsa", "ecdsa"])
@pytest.mark.parametrize("options", [(), (pkcs7.PKCS7Options.NoAttributes,)], ids=["attributes", "plain"])
@pytest.mark.parametrize("hash_", [hashes.SHA256(), hashes.SHA512()], ids=["sha256", "sha512"])
def test_a_signature_under_a_named_authority_holds(authority, options, hash_):
    found = check(authority.sign(options=options, hash_=hash_))
    assert (found.organisation, found.credit_code) == (ORGANISATION, CODE)
    assert found.algorithm == ("RSA" if authority is RSA else "ECDSA")
    assert "Root" in found.authority


def test_the_credit_code_may_stand_in_the_subject_and_two_that_differ_are_none():
    subject = x509.Name(
        [*name("经办人"), x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, f"NTRCN-{CODE}")]
    )
    assert check(RSA.sign(cert=RSA.gives(subject=subject, more=()))).credit_code == CODE
    other = x509.Name([*name("经办人"), x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, CODE[:-1] + "8")])
    assert check(RSA.sign(cert=RSA.gives(subject=other))).credit_code is None


@pytest.mark.parametrize("authority", [RSA, EC], ids=["rsa", "ecdsa"])
def test_another_paper_is_named(authority):
    with pytest.raises(PaperDiffers):
        check(authority.sign(), paper=PAPER + b"x")
    with pytest.raises(PaperSignatureFails):
        check(authority.sign(options=(pkcs7.PKCS7Options.NoAttributes,)), paper=PAPER + b"x")


def test_no_altered_byte_of_a_signature_passes():
    """A bit around a certificate that its issuer does not sign may fall; whatever still holds tells the very same signer."""
    whole = EC.sign()
    truth = check(whole)
    for at in range(len(whole)):
        spoiled = bytearray(whole)
        spoiled[at] ^= 1
        try:
            found = check(bytes(spoiled))
        except FeiyuError:
            continue
        assert replace(found, certificate_sha256=truth.certificate_sha256) == truth, at


def test_who_is_not_under_a_named_authority_is_not_trusted():
    stranger = Authority(_EC[::-1])
    with pytest.raises(SignerUntrusted):
        check(stranger.sign(), trusted=[EC.root])
    with pytest.raises(SignerUntrusted):  # the chain brings its own root along
        check(stranger.sign(sent=[stranger.below, stranger.root]), trusted=[EC.root])
    with pytest.raises(SignerUntrusted):  # the authority between is missing
        check(EC.sign(sent=[]))
    forged = certificate(_RSA[2], name("经办人"), by=(EC.below, _RSA[1]))  # named issuer, other key
    builder = pkcs7.PKCS7SignatureBuilder().set_data(PAPER).add_signer(forged, _RSA[2], hashes.SHA256())
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    with pytest.raises(SignerUntrusted):
        check(builder.add_certificate(EC.below).sign(Encoding.DER, options))


@pytest.mark.parametrize(
    "below",
    [
        {"ca": False, "usage": _usage(key_cert_sign=True)},
        {"ca": True, "usage": _usage(digital_signature=True)},
    ],
    ids=["no authority", "no signing of certificates"],
)
def test_who_is_no_authority_signs_no_certificate(below):
    between = certificate(_EC[1], name("Below", "Test Authority"), by=(EC.root, _EC[0]), **below)
    cert = certificate(_EC[2], name("经办人"), by=(between, _EC[1]))
    with pytest.raises(SignerUntrusted):
        check(EC.sign(cert=cert, sent=[between]))


def test_a_path_longer_than_the_authority_allows_is_refused():
    third = ec.generate_private_key(ec.SECP256R1())
    further = certificate(third, name("Further", "Test Authority"), ca=True, by=(EC.below, _EC[1]))
    cert = certificate(_EC[2], name("经办人"), by=(further, third))
    with pytest.raises(SignerUntrusted):  # the authority between allows none below itself
        check(EC.sign(cert=cert, sent=[EC.below, further]))


@pytest.mark.parametrize("days", [(-30, -1), (1, 30)], ids=["expired", "not yet"])
def test_a_certificate_that_is_not_valid_now_is_named(days):
    with pytest.raises(SignerExpired):
        check(EC.sign(cert=EC.gives(days=days)))
    with pytest.raises(SignerExpired):
        check(EC.sign(), at=NOW + timedelta(days=400))


def test_what_may_not_sign_or_is_not_understood_is_refused():
    for changed in (
        {"usage": _usage(key_encipherment=True)},
        {"more": [(x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00"), True)]},
    ):
        with pytest.raises(BadCms):
            check(EC.sign(cert=EC.gives(**changed)))


def test_a_file_of_another_form_is_refused():
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    two = pkcs7.PKCS7SignatureBuilder().set_data(PAPER).add_signer(EC.gives(), _EC[2], hashes.SHA256())
    two = two.add_signer(RSA.gives(), _RSA[2], hashes.SHA256()).sign(Encoding.DER, options)
    other = pkcs7.PKCS7SignatureBuilder().set_data(b"other").add_signer(EC.gives(), _EC[2], hashes.SHA256())
    nobody = EC.sign(options=(pkcs7.PKCS7Options.NoCerts,))
    for bad in (
        b"", b"0", PAPER, EC.root.public_bytes(Encoding.DER), EC.sign() + b"\0", EC.sign()[:-1], two, nobody,
        other.sign(Encoding.DER, [pkcs7.PKCS7Options.Binary]), b"\x30\x80" + EC.sign()[2:],
    ):  # fmt: skip
        with pytest.raises(BadCms) as refusal:
            check(bad)
        assert re.search("[\u4e00-\u9fff]", refusal.value.text("zh").partition("：")[2])
        assert not re.search("[\u4e00-\u9fff]", refusal.value.text("en"))
    inside = pkcs7.PKCS7SignatureBuilder().set_data(PAPER).add_signer(EC.gives(), _EC[2], hashes.SHA256())
    held = inside.add_certificate(EC.below).sign(Encoding.DER, [pkcs7.PKCS7Options.Binary])
    assert check(held).organisation == ORGANISATION  # it may hold the paper itself


# --- BER, by OpenSSL -----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def streamed(tmp_path_factory):
    """How OpenSSL signs when it streams: detached, or with the paper inside, in pieces."""
    folder = tmp_path_factory.mktemp("ber")
    (folder / "key.pem").write_bytes(_RSA[2].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "of.pem").write_bytes(RSA.gives().public_bytes(Encoding.PEM))
    (folder / "below.pem").write_bytes(RSA.below.public_bytes(Encoding.PEM))

    def sign(paper, *more):
        words = [
            "cms",
            "-sign",
            "-binary",
            "-stream",
            "-outform",
            "DER",
            "-md",
            "sha256",
            "-signer",
            "of.pem",
            "-inkey",
            "key.pem",
        ]
        return openssl(folder, *words, "-certfile", "below.pem", *more, stdin=paper)

    return sign


def test_indefinite_length_is_read_detached_and_in_pieces(streamed):
    for signature in (streamed(PAPER), streamed(PAPER, "-nodetach"), streamed(PAPER * 60, "-nodetach")):
        assert signature[1] == 0x80
        paper = PAPER * 60 if len(signature) > 30_000 else PAPER
        assert check(signature, paper=paper).organisation == ORGANISATION
        with pytest.raises((PaperDiffers, BadCms)):
            check(signature, paper=b"another")
        for cut in range(0, len(signature) - 1, 7):
            with pytest.raises(BadCms):
                check(signature[:cut], paper=paper)
        with pytest.raises(BadCms):
            check(signature + b"\0\0", paper=paper)


@pytest.mark.timeout(60)
def test_depth_and_size_of_indefinite_length_have_limits():
    for bad in (
        b"\x30\x80" * 30_000,
        b"\x24\x80" * 20 + bytes(40),
        b"\x30\x80" + b"\x05\x00" * 30_000,
        b"\x04\x80\0\0",
        bytes(70_000),
    ):
        with pytest.raises(BadCms):
            check(bad)


# --- SM2: keys, certificates and signature by OpenSSL --------------------------------------------------------------

_ID = "distid:1234567812345678"


def openssl(folder, *words, stdin=b""):
    done = subprocess.run(["openssl", *words], cwd=folder, input=stdin, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture(scope="module")
def sm(tmp_path_factory):
    """A root and a signer's certificate, both SM2 with SM3."""
    folder = tmp_path_factory.mktemp("sm2")
    (folder / "ca.ext").write_text("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n")
    (folder / "of.ext").write_text(
        f"keyUsage=critical,digitalSignature,nonRepudiation\n1.2.156.10260.4.1.4=ASN1:PRINTABLESTRING:{CODE}\n"
    )
    for who in ("ca", "of"):
        openssl(folder, "ecparam", "-genkey", "-name", "SM2", "-noout", "-out", f"{who}.key")
    subject = f"/C=CN/O={ORGANISATION}/CN=signer"
    sign = ["-sm3", "-sigopt", _ID]
    openssl(
        folder, "req", "-x509", "-new", "-key", "ca.key", *sign, "-subj", "/C=CN/O=SM/CN=SM Root", "-days", "3650",
        "-out", "ca.pem", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
    )  # fmt: skip
    openssl(folder, "req", "-new", "-utf8", "-key", "of.key", *sign, "-subj", subject, "-out", "of.csr")
    openssl(
        folder, "x509", "-req", "-in", "of.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", *sign,
        "-vfyopt", _ID, "-days", "300", "-extfile", "of.ext", "-out", "of.pem",
    )  # fmt: skip
    return folder


def sm2_cms(folder, paper, *, signed_paper=None, kind="1.2.156.10197.6.1.4.2"):
    """A detached signature as GB/T 35275 has it, with signed attributes."""
    cert = x509.load_pem_x509_certificate((folder / "of.pem").read_bytes())
    digest = openssl(folder, "dgst", "-sm3", "-binary", stdin=signed_paper or paper)
    data = der.oid(f"{kind}.1")
    attributes = der.set_of(
        [
            der.sequence(der.oid("1.2.840.113549.1.9.3"), der.set_of([data])),
            der.sequence(der.oid("1.2.840.113549.1.9.4"), der.set_of([der.tagged(der.OCTETS, digest)])),
        ]
    )
    (folder / "attributes").write_bytes(attributes)
    signature = openssl(folder, "dgst", "-sm3", "-sign", "of.key", "-sigopt", _ID, "attributes")
    sm3, sm2 = der.sequence(der.oid("1.2.156.10197.1.401")), der.sequence(der.oid("1.2.156.10197.1.301.1"))
    issuer = der.sequence(cert.issuer.public_bytes(), der.integer(cert.serial_number))
    signer = der.sequence(
        der.integer(1), issuer, sm3, b"\xa0" + attributes[1:], sm2, der.tagged(der.OCTETS, signature)
    )
    inside = der.sequence(
        der.integer(1), der.set_of([sm3]), der.sequence(data),
        der.tagged(0xA0, cert.public_bytes(Encoding.DER)), der.set_of([signer]),
    )  # fmt: skip
    return der.sequence(der.oid(f"{kind}.2"), der.tagged(0xA0, inside))


def test_sm2_with_sm3_by_openssl_holds(sm):
    trusted, now = load_authorities((sm / "ca.pem").read_bytes()), datetime.now(UTC)
    found = check(sm2_cms(sm, PAPER), trusted=trusted, at=now)
    assert (found.algorithm, found.organisation, found.credit_code) == ("SM2", ORGANISATION, CODE)
    with pytest.raises(PaperDiffers):
        check(sm2_cms(sm, PAPER), paper=b"another", trusted=trusted, at=now)
    with pytest.raises(PaperDiffers):
        check(sm2_cms(sm, PAPER, signed_paper=b"another"), trusted=trusted, at=now)
    with pytest.raises(SignerUntrusted):
        check(sm2_cms(sm, PAPER), at=now)
    with pytest.raises(SignerExpired):
        check(sm2_cms(sm, PAPER), trusted=trusted, at=now + timedelta(days=400))
    spoiled = bytearray(sm2_cms(sm, PAPER))
    spoiled[-3] ^= 1
    with pytest.raises(PaperSignatureFails):
        check(bytes(spoiled), trusted=trusted, at=now)
