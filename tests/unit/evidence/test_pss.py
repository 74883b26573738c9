"""RSA-PSS: read as OpenSSL and pyca write it; what is stated is what was done, and a key keeps to what it states."""

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

from feiyu.base.errors import FeiyuError
from feiyu.evidence import certificates, crl, der
from feiyu.evidence.errors import BadCms, PaperDiffers, PaperSignatureFails, SignerUntrusted
from feiyu.evidence.scheme import MAX_SALT, Scheme, keeps, pss_of

from .test_cms import _RSA, EC, NOW, PAPER, RSA, certificate, check, openssl
from .test_pdf import check as check_pdf
from .test_pdf import signed

SHA1 = der.oid("1.3.14.3.2.26")
SHA256, SHA384 = der.oid("2.16.840.1.101.3.4.2.1"), der.oid("2.16.840.1.101.3.4.2.2")
MGF1 = der.oid("1.2.840.113549.1.1.8")
PSS = der.oid("1.2.840.113549.1.1.10")
NULL = b"\x05\x00"


def named(oid):
    return der.sequence(oid, NULL)


def identifier(*, hash_=SHA256, mask=SHA256, salt=32, trailer=None, more=b"", mgf=MGF1):
    parts = [der.tagged(0xA0, named(hash_))] if hash_ else []
    parts += [der.tagged(0xA1, der.sequence(mgf, named(mask)))] if mask else []
    parts += [der.tagged(0xA2, der.integer(salt))] if salt is not None else []
    parts += [der.tagged(0xA3, der.integer(trailer))] if trailer is not None else []
    return der.sequence(PSS, der.sequence(*parts, more))


def sign(data=PAPER, *, cert=None, hash_=None, salt=32, mask=None):
    """A detached CMS by pyca's writer."""
    hash_ = hash_ or hashes.SHA256()
    builder = pkcs7.PKCS7SignatureBuilder().set_data(data)
    builder = builder.add_signer(
        cert or RSA.gives(), _RSA[2], hash_, rsa_padding=padding.PSS(padding.MGF1(mask or hash_), salt)
    )
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return builder.add_certificate(RSA.below).sign(Encoding.DER, options)


def told_otherwise(cms, before, after):
    """The same signature under another identifier of the same length."""
    assert len(before) == len(after)
    assert cms.count(before) == 1
    return cms.replace(before, after)


@pytest.mark.parametrize(
    ("hash_", "salt"), [(hashes.SHA256(), 32), (hashes.SHA384(), 48), (hashes.SHA512(), 64), (hashes.SHA256(), 200)]
)  # fmt: skip
def test_a_pss_signature_beside_a_paper_and_inside_a_pdf_holds(hash_, salt):
    assert check(sign(hash_=hash_, salt=salt)).algorithm == "RSA"
    (found,) = check_pdf(signed(sign=lambda data: sign(data, hash_=hash_, salt=salt)))
    assert found.organisation == "示例零件公司"
    with pytest.raises(PaperDiffers):
        check(sign(PAPER + b"x", hash_=hash_, salt=salt))


def test_a_hash_a_mask_or_a_salt_that_does_not_fit_is_refused():
    with pytest.raises(BadCms, match="mask"):
        check(sign(mask=hashes.SHA384()))
    whole = sign()
    stated = identifier()
    assert whole.count(stated) == 1
    with pytest.raises(PaperSignatureFails):  # the salt is longer than it says, or shorter
        check(told_otherwise(sign(salt=33), identifier(salt=33), identifier(salt=32)))
    with pytest.raises(PaperSignatureFails):
        check(told_otherwise(whole, stated, identifier(salt=33)))
    with pytest.raises(BadCms, match="another hash than that of the content"):
        check(told_otherwise(whole, stated, identifier(hash_=SHA384, mask=SHA384, salt=48)))
    with pytest.raises(BadCms, match="salt of 20 bytes"):
        check(sign(salt=20))


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (identifier(hash_=None), "SHA-1"),
        (identifier(mask=None), "SHA-1"),
        (identifier(hash_=SHA1, mask=SHA1), "other than SHA-256"),
        (identifier(mask=SHA1), "other than SHA-256"),
        (identifier(salt=None), "salt of 20"),
        (identifier(salt=31), "salt of 31"),
        (identifier(salt=MAX_SALT + 1), "too long"),
        (identifier(trailer=2), "trailer"),
        (identifier(mgf=der.oid("1.2.3")), "mask"),
        (identifier(more=b"\xa4\x02\x05\x00"), "SHA-1"),
        (identifier(more=b"\xa2\x00"), "RFC 4055"),
        (identifier(more=b"\xa2\x05\x02\x01"), "RFC 4055"),
        (der.sequence(PSS), "RFC 4055"),
        (der.sequence(PSS, NULL), "RFC 4055"),
        (der.sequence(PSS, der.sequence(), der.sequence()), "RFC 4055"),
    ],
)
def test_parameters_of_another_form_are_refused_by_name(bad, why):
    with pytest.raises(BadCms, match=why):
        pss_of(der.read(bad))


def test_what_is_taken_is_read_as_it_was_stated():
    found = pss_of(der.read(identifier(trailer=1)))
    assert found.hash is not None
    assert (found.hash.name, found.salt_bytes) == ("sha256", 32)


def test_no_altered_byte_of_a_pss_signature_passes():
    cert = RSA.gives()
    whole = sign(cert=cert)
    truth = check(whole)
    for at in range(0, len(whole), 3):
        spoiled = bytearray(whole)
        spoiled[at] ^= 1
        try:
            found = check(bytes(spoiled))
        except FeiyuError:
            continue
        assert (found.subject, found.organisation) == (truth.subject, truth.organisation), at


# --- authorities and keys that are for RSA-PSS alone, by OpenSSL ---------------------------------------------------


@pytest.fixture(scope="module")
def alone(tmp_path_factory):
    """A root and a signer, both with keys for RSA-PSS alone with SHA-256; and the signer's key as a plain one."""
    folder = tmp_path_factory.mktemp("pss")
    kind = ("-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-pkeyopt", "rsa_pss_keygen_md:sha256",
            "-pkeyopt", "rsa_pss_keygen_mgf1_md:sha256", "-pkeyopt", "rsa_pss_keygen_saltlen:32")  # fmt: skip
    (folder / "of.ext").write_text("keyUsage=critical,digitalSignature\n")
    subject = "/O=Second Ltd/CN="
    for one in ("ca", "of"):
        openssl(folder, "genpkey", *kind, "-out", f"{one}.key")
    openssl(folder, "req", "-x509", "-new", "-key", "ca.key", "-subj", subject + "Root", "-days", "30", "-out", "ca.pem",
            "-addext", "keyUsage=critical,keyCertSign,cRLSign")  # fmt: skip
    openssl(folder, "req", "-new", "-key", "of.key", "-subj", subject + "Signer", "-out", "of.csr")
    openssl(folder, "x509", "-req", "-in", "of.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "30", "-extfile", "of.ext",
            "-out", "of.pem", "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32")  # fmt: skip
    return folder


def by_openssl(folder, *more, paper=PAPER, hash_="sha256"):
    words = (
        "cms",
        "-sign",
        "-binary",
        "-outform",
        "DER",
        "-signer",
        "of.pem",
        "-inkey",
        "of.key",
        "-md",
        hash_,
    )
    return openssl(folder, *words, *more, stdin=paper)


def root_of(folder):
    return x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())


def now_of(folder):
    """A moment at which the certificates of the folder, made just now, are valid."""
    return x509.load_pem_x509_certificate((folder / "of.pem").read_bytes()).not_valid_before_utc


@pytest.mark.parametrize("salt", ["32", "max"])
def test_a_whole_chain_of_pss_by_another_implementation_holds(alone, salt):
    cms = by_openssl(alone, "-keyopt", "rsa_padding_mode:pss", "-keyopt", f"rsa_pss_saltlen:{salt}")
    found = check(cms, trusted=[root_of(alone)], at=now_of(alone))
    assert (found.organisation, found.algorithm) == ("Second Ltd", "RSA")
    with pytest.raises(SignerUntrusted):
        check(cms, trusted=[RSA.root, EC.root], at=now_of(alone))


def test_a_key_for_pss_alone_signs_in_no_other_way(alone):
    plain = by_openssl(alone)
    assert PSS not in plain.split(der.oid("1.2.840.113549.1.9.4"))[-1], (
        "OpenSSL signs as PKCS #1 1.5 when not told"
    )
    with pytest.raises(PaperSignatureFails):
        check(plain, trusted=[root_of(alone)], at=now_of(alone))


def test_a_key_keeps_to_the_hash_that_it_states(alone):
    cert = x509.load_pem_x509_certificate((alone / "of.pem").read_bytes())
    key = certificates.inside(cert)[5].parts()[0]
    assert keeps(Scheme(hashes.SHA256(), 32), key)
    assert keeps(Scheme(hashes.SHA256(), 64), key)
    assert not keeps(Scheme(hashes.SHA256()), key)
    assert not keeps(Scheme(hashes.SHA384(), 48), key)


def test_a_list_of_revoked_certificates_signed_with_pss_is_read(alone):
    key = RSA.keys[0]
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(RSA.root.subject)
        .last_update(NOW)
        .next_update(NOW.replace(year=2027))
    )
    made = builder.sign(key, hashes.SHA256(), rsa_padding=padding.PSS(padding.MGF1(hashes.SHA256()), 32))
    assert crl.by_issuer(made, RSA.root)
    assert not crl.by_issuer(made, certificate(_RSA[1], RSA.root.subject, ca=True))
    weak = builder.sign(key, hashes.SHA256(), rsa_padding=padding.PSS(padding.MGF1(hashes.SHA256()), 8))
    assert not crl.by_issuer(weak, RSA.root)
