"""Signed PDFs that go on with proofs (PAdES-LTA): time stamps over the whole document and a store of certificates; nothing else."""

import pytest
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.base.clock import FixedClock
from feiyu.evidence import paper as papers
from feiyu.evidence.crl import State
from feiyu.evidence.errors import (
    BadCms,
    BadSignedPdf,
    PaperDiffers,
    PaperSignatureFails,
    PdfGoesOn,
    SignerRevoked,
)
from feiyu.evidence.timestamp import Authority, Request
from feiyu.papers.errors import ChangedPaper
from feiyu.papers.reading import only_proofs

from .test_cms import EC, NOW, RSA
from .test_crl import DAY, ROOTS, STAMPER, TRUSTED, entry, held, listed

ROOM = 4096
CATALOG = b"<< /Type /Catalog /Pages 2 0 R >>"
WITH_FORM = b"<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R >>"
ARCHIVED = b"<< /Type /Catalog /Pages 2 0 R /AcroForm 5 0 R /DSS 10 0 R >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R /Annots [6 0 R] >>"
PAGE_STAMPED = PAGE.replace(b"[6 0 R]", b"[6 0 R 12 0 R]")
FORM, FORM_STAMPED = b"<< /Fields [6 0 R] /SigFlags 3 >>", b"<< /Fields [6 0 R 12 0 R] /SigFlags 3 >>"
STAMP_FIELD = (
    b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (Stamp) /V 13 0 R /F 132 /Rect [0 0 0 0] /P 3 0 R >>"
)


def stream(data):
    return b"<< /Length %d >> stream\n%s\nendstream" % (len(data), data)


FIRST = {
    1: CATALOG, 2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] /Contents 4 0 R >>", 4: stream(b"0 0 10 10 re f"),
}  # fmt: skip


def update(file, objects, *, size=20, tail=b""):
    """The file with objects appended and a table that names them, as a first version or a later one."""
    out, places = bytearray(file or b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    xref = len(out)
    out += b"xref\n"
    for number, place in sorted(places.items()):
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    before = file.rfind(b"startxref\n") if file else -1
    prev = b" /Prev %s" % file[before + 10 :].split(b"\n")[0] if before >= 0 else b""
    out += b"trailer\n<< /Size %d /Root 1 0 R%s >>\n%sstartxref\n%d\n%%%%EOF\n" % (size, prev, tail, xref)
    return bytes(out)


def value(kind, type_=b"Sig"):
    return b"<< /Type /%s /Filter /Adobe.PPKLite /SubFilter /%s /ByteRange [%s] /Contents <%s> >>" % (
        type_, kind, b" " * 60, b"0" * 2 * ROOM,
    )  # fmt: skip


def fill(file, sign):
    """The last value that is still empty, filled with what ``sign`` says of all around it."""
    begin = file.index(b"<" + b"0" * 2 * ROOM + b">")
    behind = begin + 2 * ROOM + 2
    place = file.rindex(b"/ByteRange [", 0, begin) + len(b"/ByteRange [")
    told = b"0 %d %d %d" % (begin, behind, len(file) - behind)
    file = file[:place] + told.ljust(60) + file[place + 60 :]
    cms = sign(file[:begin] + file[behind:])
    return file[: begin + 1] + (cms + bytes(ROOM - len(cms))).hex().encode() + file[behind - 1 :]


def signed(sign=None):
    """One page, signed."""
    field = b"<< /Type /Annot /Subtype /Widget /FT /Sig /T (One) /V 7 0 R /F 132 /Rect [0 0 0 0] /P 3 0 R >>"
    base = update(
        update(b"", FIRST), {1: WITH_FORM, 3: PAGE, 5: FORM, 6: field, 7: value(b"ETSI.CAdES.detached")}
    )
    return fill(base, sign or EC.sign)


def stamp(data, *, at=NOW - 3 * DAY, stamper=STAMPER):
    return Authority(*stamper, FixedClock(at)).token(Request.over(data))


DSS = {1: ARCHIVED, 10: b"<< /Certs [11 0 R] >>", 11: stream(EC.below.public_bytes(Encoding.DER))}
STAMP = {3: PAGE_STAMPED, 5: FORM_STAMPED, 12: STAMP_FIELD, 13: value(b"ETSI.RFC3161", b"DocTimeStamp")}


def archived(file=None, *, dss=None, by=None, how=stamp, **more):
    """Signed, with a store of certificates, and a time stamp over all of it."""
    file = update(file or signed(), DSS if dss is None else dss)
    return fill(update(file, STAMP if by is None else by, **more), how)


def check(file, *lists, trusted=TRUSTED, at=NOW, additions=None):
    return papers.check_pdf(
        file, trusted=trusted, at=at, lists=held(*lists), additions=additions or (lambda content, end: only_proofs("a.pdf", content, end))
    )  # fmt: skip


def test_a_store_and_a_time_stamp_may_follow_and_prove_when_it_was_signed():
    (found,) = check(archived(), listed(), ROOTS)
    assert (found.organisation, found.moment.at, found.moment.stamped_by) == (
        "示例零件公司",
        NOW - 3 * DAY,
        "CN=Test Stamps",
    )
    cert = EC.gives()
    file, revoked = (
        signed(lambda data: EC.sign(data, cert=cert)),
        listed(entry(cert.serial_number, at=NOW - DAY)),
    )
    with pytest.raises(SignerRevoked):
        check(file, revoked, ROOTS)
    (found,) = check(archived(file), revoked, ROOTS)
    assert found.revocation.state is State.LATER
    with pytest.raises(SignerRevoked):
        check(archived(file, how=lambda data: stamp(data, at=NOW - DAY / 2)), revoked, ROOTS)


def test_it_may_be_archived_again_and_signed_again():
    again = {3: PAGE_STAMPED.replace(b"12 0 R]", b"12 0 R 14 0 R]"), 5: FORM_STAMPED.replace(b"12 0 R]", b"12 0 R 14 0 R]"),
             14: STAMP_FIELD.replace(b"13 0 R", b"15 0 R"), 15: value(b"ETSI.RFC3161", b"DocTimeStamp")}  # fmt: skip
    twice = fill(update(archived(), again), lambda data: stamp(data, at=NOW - DAY))
    (found,) = check(twice, listed(), ROOTS)
    assert found.moment.at == NOW - 3 * DAY, "the first that counts"
    later = fill(update(archived(), {16: value(b"ETSI.CAdES.detached")}), RSA.sign)
    both = check(later, trusted=[*TRUSTED, RSA.root])
    assert [one.moment.at for one in both] == [NOW - 3 * DAY, NOW], (
        "a stamp proves nothing of what came after it"
    )


def test_a_stamp_by_a_stranger_proves_nothing_and_is_told():
    (found,) = check(archived(), trusted=[EC.root])
    assert (found.moment.at, found.moment.stamped_by) == (NOW, None)
    assert found.moment.doubt is not None


def test_without_somebody_who_looks_nothing_may_follow():
    with pytest.raises(PdfGoesOn):
        papers.check_pdf(archived(), trusted=TRUSTED, at=NOW)


def test_what_is_behind_the_stamp_is_nobodys():
    with pytest.raises(PdfGoesOn, match="1 byte after"):
        check(archived() + b"\n")
    with pytest.raises(PdfGoesOn):
        check(update(archived(), {4: stream(b"0 0 99 99 re f")}))


def test_a_stamp_that_is_not_over_the_whole_file_is_refused():
    whole = archived()
    with pytest.raises(BadCms, match="something else"):
        check(archived(how=lambda data: stamp(data + b"x")))
    with pytest.raises((BadCms, PaperDiffers)):  # what it stamped was changed since
        check(whole.replace(b"/T (Stamp)", b"/T (Stomp)"))
    head, _, tail = whole.rpartition(b"/ByteRange [")
    numbers = [int(one) for one in tail[:60].split()]
    for wrong in (
        [numbers[0], numbers[1], numbers[2], numbers[3] - 5],
        [0, numbers[1] - 9, numbers[2], numbers[3]],
    ):
        told = b" ".join(b"%d" % one for one in wrong).ljust(60)
        with pytest.raises((PdfGoesOn, BadSignedPdf)):
            check(head + b"/ByteRange [" + told + tail[60:])
    with pytest.raises((BadCms, PaperSignatureFails)):
        check(archived(how=EC.sign))


def changed(objects, base=None, **more):
    return archived(by={**STAMP, **objects}, file=base, **more)


@pytest.mark.parametrize(
    ("file", "why"),
    [
        (changed({4: stream(b"0 0 99 99 re f")}), "object 4"),
        (changed({3: PAGE_STAMPED.replace(b"4 0 R", b"14 0 R"), 14: stream(b"0 0 99 99 re f")}), "object 3"),
        (changed({3: PAGE_STAMPED.replace(b"0 0 200 200", b"0 0 10 10")}), "object 3"),
        (changed({2: b"<< /Type /Pages /Kids [3 0 R 14 0 R] /Count 2 >>", 14: PAGE}), "object 2"),
        (changed({1: ARCHIVED.replace(b"/DSS", b"/OpenAction << /S /JavaScript /JS (x) >> /DSS")}), "catalogue"),
        (changed({1: ARCHIVED.replace(b"/Pages 2 0 R", b"/Pages 14 0 R"), 14: b"<< /Type /Pages /Kids [] /Count 0 >>"}), "catalogue"),
        (changed({1: ARCHIVED.replace(b"5 0 R", b"14 0 R"), 14: FORM}), "form"),
        (changed({3: PAGE_STAMPED.replace(b"[6 0 R 12", b"[12")}), "object 3"),
        (changed({12: STAMP_FIELD.replace(b"[0 0 0 0]", b"[0 0 100 100]")}), "no time stamp"),
        (changed({12: STAMP_FIELD.replace(b"/P 3", b"/AA << >> /P 3")}), "no time stamp"),
        (changed({12: STAMP_FIELD.replace(b"/Sig", b"/Tx")}), "no time stamp"),
        (changed({12: STAMP_FIELD.replace(b"13 0 R", b"7 0 R")}), "no time stamp"),
        (changed({5: FORM_STAMPED.replace(b"/SigFlags 3", b"/SigFlags 3 /NeedAppearances true")}), "object 5"),
        (changed({6: b"<< /Type /Annot /Subtype /Widget /FT /Sig /V 7 0 R /Rect [0 0 90 90] >>"}), "object 6"),
        (changed({14: b"<< /Type /ObjStm >>"}), "structures"),
        (changed({}, tail=b"% /XRefStm\n"), "structures"),
        (changed({}, tail=b"% 4 0 obj << >> endobj\n"), "object 4 anew"),
    ],
)  # fmt: skip
def test_what_changes_anything_between_signature_and_stamp_is_refused(file, why):
    with pytest.raises(ChangedPaper, match=why):
        check(file)


def test_a_first_version_that_is_no_sound_pdf_is_not_compared():
    with pytest.raises(ChangedPaper, match="cannot be read"):
        only_proofs("a.pdf", b"%PDF-1.7\nnothing" + archived(), 16)
    with pytest.raises(ChangedPaper, match="cannot be read"):
        only_proofs("a.pdf", archived(), 30)
