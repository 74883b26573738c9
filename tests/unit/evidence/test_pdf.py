"""Signed PDFs: every byte is somebody's, what was appended is nobody's, and no trick with ranges passes."""

from types import SimpleNamespace

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.base.errors import FeiyuError
from feiyu.evidence import der, pdf
from feiyu.evidence import paper as papers
from feiyu.evidence.crl import State
from feiyu.evidence.errors import (
    BadCms,
    BadSignedPdf,
    PaperDiffers,
    PdfGoesOn,
    SignerRevoked,
    SignerUntrusted,
)

from .test_cms import EC, NOW, RSA, name, sm, sm2_cms
from .test_crl import ROOTS, TRUSTED, entry, held, listed, with_stamp

__all__ = ["sm"]
PLAIN = b"""%PDF-1.7
1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >> endobj
trailer << /Root 1 0 R >>
%%EOF
"""
ROOM = 4096


def signed(
    file=PLAIN, *, sign=EC.sign, kind=b"ETSI.CAdES.detached", ranges=None, room=ROOM, contents=None, before=b"/Contents ",
    padding=b"\0",
):  # fmt: skip
    """The file with a signature appended, as a signing tool does it; what is named otherwise is done wrong."""
    head = file + b"9 0 obj << /Type /Sig /Filter /Adobe.PPKLite /SubFilter /" + kind + b" /ByteRange ["
    place, tail = len(head), b" >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
    begin = place + 60 + 2 + len(before)
    behind = begin + 2 * room + 2
    numbers = SimpleNamespace(b=begin, c=behind, d=len(tail))
    told = ranges(numbers) if ranges else (0, begin, behind, len(tail))
    head += " ".join(map(str, told)).encode().ljust(60) + b"] " + before
    assert len(head) == begin
    cms = sign(head + tail) if contents is None else contents
    return head + b"<" + (cms + padding * (room - len(cms))).hex().encode()[: 2 * room] + b">" + tail


def check(file, *lists, trusted=None, at=NOW):
    return papers.check_pdf(file, trusted=trusted or [EC.root, RSA.root], at=at, lists=held(*lists))


@pytest.mark.parametrize("kind", [b"ETSI.CAdES.detached", b"adbe.pkcs7.detached"])
def test_one_signature_over_the_whole_file(kind):
    (found,) = check(signed(kind=kind), listed(), ROOTS)
    assert (found.organisation, found.algorithm, found.revocation.state) == (
        "示例零件公司",
        "ECDSA",
        State.GOOD,
    )


def test_each_signer_appends_and_the_last_signs_all_of_it():
    first = signed(sign=lambda data: RSA.sign(data, cert=RSA.gives(subject=name("乙方", "Second Ltd"))))
    both = signed(first)
    assert [one.organisation for one in check(both)] == ["Second Ltd", "示例零件公司"]
    assert [one.end for one in pdf.signatures(both)] == [len(first), len(both)]


def test_a_time_stamp_inside_a_revocation_and_sm2(sm):
    cert = EC.gives()
    revoked = listed(entry(cert.serial_number))
    with pytest.raises(SignerRevoked):
        check(signed(sign=lambda data: EC.sign(data, cert=cert)), revoked, ROOTS)
    (found,) = check(
        signed(sign=lambda data: with_stamp(EC.sign(data, cert=cert))), revoked, ROOTS, trusted=TRUSTED
    )
    assert (found.revocation.state, found.moment.stamped_by) == (State.LATER, "CN=Test Stamps")
    trusted = papers.load_authorities((sm / "ca.pem").read_bytes())
    (found,) = check(
        signed(sign=lambda data: sm2_cms(sm, data)), trusted=trusted, at=papers.datetime.now(NOW.tzinfo)
    )
    assert found.algorithm == "SM2"


def test_what_is_appended_is_nobodys_and_counted():
    with pytest.raises(PdfGoesOn, match="1 byte after"):
        check(signed() + b"\n")
    more = signed() + b"3 0 obj << /Type /Page /Contents 11 0 R >> endobj\n%%EOF\n"
    with pytest.raises(PdfGoesOn) as refusal:
        check(more)
    assert refusal.value.values["more"] == len(more) - len(signed())


def test_every_altered_byte_outside_the_padding_is_refused_by_name():
    whole = signed()
    ((begin, behind),) = (one.gap for one in pdf.signatures(whole))
    for at in [*range(begin), *range(begin, begin + 40), *range(behind - 40, len(whole))]:
        with pytest.raises(FeiyuError):
            check(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (PLAIN, "0 signatures"),
        (b"not a PDF" + signed(), "no PDF"),
        (b"", "no PDF"),
        (signed(ranges=lambda n: (1, n.b, n.c, n.d)), "first byte"),
        (signed(ranges=lambda n: (0, 0, 0, n.d)), "first byte"),
        (signed(ranges=lambda n: (0, n.c, n.b, n.d)), "first byte"),
        (signed(ranges=lambda n: (0, n.b, n.c)), "four numbers"),
        (signed(ranges=lambda n: (0, n.b, n.c, n.d, 0)), "four numbers"),
        (signed(ranges=lambda n: (0, n.b, n.c, n.d + 1)), "beyond the file"),
        (signed(ranges=lambda n: (0, n.b, 10**30, n.d)), "beyond the file|too big"),
        (signed(ranges=lambda n: (0, n.b - 1, n.c, n.d)), "more is left out"),
        (signed(ranges=lambda n: (0, n.b, n.c + 1, n.d - 1)), "more is left out"),
        (signed(ranges=lambda n: (0, n.b + 1, n.c, n.d)), "more is left out"),
        (signed(before=b"/Elsewhere "), "not the signature's Contents"),
        (signed(kind=b"adbe.pkcs7.sha1"), "adbe.pkcs7.sha1"),
        (signed(kind=b"GM.sm2seal"), "GM.sm2seal"),
        (signed(kind=b"ETSI.RFC3161"), "no signature"),
        (signed(kind=b"A /SubFilter /B"), "one SubFilter"),
        (signed(contents=b""), "more is left out|no DER|cannot be checked"),
        (signed(contents=b"\x30\x84\xff\xff\xff\xff"), "no DER"),
        (signed(padding=b"\1"), "follows the signature"),
        (signed(PLAIN + b"(/ByteRange)"), "cannot be read"),
        (signed(PLAIN + b"/ByteRange [0 1 2 x]"), "cannot be read"),
        (PLAIN + b"/ByteRange [0 1 2 3] " * 17, "17 signatures"),
        (PLAIN + b"/ByteRange [0 30 50 20] /ByteRange [0 40 60 30]", "interlaced"),
    ],
)
def test_what_is_not_as_it_seems_is_refused_by_name(file, why):
    with pytest.raises((BadSignedPdf, BadCms), match=why):
        check(file)


def test_a_signature_over_another_file_or_by_a_stranger_is_refused():
    with pytest.raises(PaperDiffers):
        check(signed(sign=lambda data: EC.sign(data + b"x")))
    with pytest.raises(SignerUntrusted):
        check(signed(), trusted=[RSA.root])
    moved = signed().replace(b"/MediaBox [0 0 200 200]", b"/MediaBox [0 0 200 999]")
    with pytest.raises(PaperDiffers):
        check(moved)


def test_a_true_signature_stamped_onto_another_first_version_is_refused():
    """The shadow attack: what the first signer signed is exchanged, and the second signs what then lies there."""
    first = signed(sign=RSA.sign)
    forged = first.replace(b"/Count 1", b"/Count 2")
    with pytest.raises(PaperDiffers):
        check(signed(forged))


@pytest.mark.timeout(60)
def test_a_file_full_of_beginnings_is_read_in_bounded_time():
    for piece in (
        b"/ByteRange [",
        b"/ByteRange [0 " + b"1" * 70,
        b"/ByteRange    ",
        b"/SubFilter /",
        b"<" * 12,
        b"0" * 12,
    ):
        file = PLAIN + piece * (4_000_000 // len(piece))
        with pytest.raises((BadSignedPdf, PdfGoesOn)):
            check(file)
        with pytest.raises((BadSignedPdf, PaperDiffers)):
            check(signed(file, sign=lambda data: EC.sign(data[:0])))


@pytest.mark.timeout(60)
def test_a_signature_full_of_certificates_or_of_nothing_is_refused_in_bounded_time():
    plain = EC.sign()
    kind, content = der.read(plain).parts()
    version, hashes, what, _, signers = content.parts()[0].parts()
    for inside, why in (
        (EC.below.public_bytes(Encoding.DER) * 40, "40 certificates"),
        (b"\x05\x00" * 900_000, "over 10000 values"),
        (b"\x30\x80" * 900_000, "deep"),
    ):
        parts = (version.whole, hashes.whole, what.whole, der.tagged(0xA0, inside), signers.whole)
        cms = der.sequence(kind.whole, der.tagged(0xA0, der.sequence(*parts)))
        with pytest.raises(FeiyuError, match=why):
            check(signed(contents=cms, room=len(cms)))
