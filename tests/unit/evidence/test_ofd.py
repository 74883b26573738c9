"""E-seals in an OFD: each is over the whole package, made for who used it, under authorities named apart; what is not has a name."""

import base64
import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.evidence import der
from feiyu.evidence.errors import (
    BadOfd,
    BadSeal,
    PaperSignatureFails,
    SealedFileDiffers,
    SealExpired,
    SealOverOther,
    SignerExpired,
    SignerRevoked,
    SignerUntrusted,
)
from feiyu.evidence.paper import check_ofd
from feiyu.evidence.tree import SM3
from tests.unit.evidence import test_crl as lists
from tests.unit.evidence.test_cms import _ID, CODE, ORGANISATION, openssl

SM2_SM3 = der.oid("1.2.156.10197.1.501")
NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
PAGE = "Doc_0/Pages/Page_0/Content.xml"
FILES = {
    "OFD.xml": f"<ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot><ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures></ofd:DocBody></ofd:OFD>",
    "Doc_0/Document.xml": f"<ofd:Document {NS}><ofd:Pages><ofd:Page ID='1' BaseLoc='Pages/Page_0/Content.xml'/></ofd:Pages></ofd:Document>",
    PAGE: f"<ofd:Page {NS}>承诺书：内容属实。</ofd:Page>",
}
LIST = "Doc_0/Signs/Signatures.xml"


class Seals:
    """An authority, a maker of seals and those who use them, with keys and certificates of OpenSSL."""

    def __init__(self, folder, *, organisation=ORGANISATION, code=CODE):
        self.folder = folder
        (folder / "of.ext").write_text(
            "keyUsage=critical,digitalSignature,nonRepudiation\n"
            + (f"1.2.156.10260.4.1.4=ASN1:PRINTABLESTRING:{code}\n" if code else "")
        )
        (folder / "maker.ext").write_text("keyUsage=critical,digitalSignature\n")
        for who in ("ca", "maker", "of", "other"):
            openssl(folder, "ecparam", "-genkey", "-name", "SM2", "-noout", "-out", f"{who}.key")
        openssl(
            folder, "req", "-x509", "-new", "-key", "ca.key", "-sm3", "-sigopt", _ID, "-subj", "/C=CN/O=SM/CN=SM Root", "-days", "3650",
            "-out", "ca.pem", "-addext", "keyUsage=critical,keyCertSign,cRLSign",
        )  # fmt: skip
        self.root = x509.load_pem_x509_certificate((folder / "ca.pem").read_bytes())
        self.maker = self.gives("maker", "示例印章制作中心（虚构）")
        self.of = self.gives("of", organisation)
        self.other = self.gives("other", "另一家公司（虚构）", ext="of")

    def gives(self, who, organisation, *, ext=None):
        subject = f"/C=CN/O={organisation}/CN={who}"
        openssl(
            self.folder,
            "req",
            "-new",
            "-utf8",
            "-key",
            f"{who}.key",
            "-sm3",
            "-sigopt",
            _ID,
            "-subj",
            subject,
            "-out",
            f"{who}.csr",
        )
        openssl(
            self.folder, "x509", "-req", "-in", f"{who}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-sm3", "-sigopt", _ID,
            "-vfyopt", _ID, "-days", "300", "-extfile", f"{ext or who}.ext", "-out", f"{who}.pem",
        )  # fmt: skip
        return x509.load_pem_x509_certificate((self.folder / f"{who}.pem").read_bytes())

    def sign(self, who, data):
        (self.folder / "data").write_bytes(data)
        return openssl(self.folder, "dgst", "-sm3", "-sign", f"{who}.key", "-sigopt", _ID, "data")

    def seal(
        self, *, users=None, listed="whole", days=(-100, 200), version=4, name="示例零件公司印章（虚构）"
    ):
        """The seal itself (SESeal), made for ``users``."""
        now, users = datetime.now(UTC), [of.public_bytes(Encoding.DER) for of in users or [self.of]]
        held = {
            "whole": [der.tagged(der.OCTETS, one) for one in users],
            "digest": [der.sequence(der.tagged(0x13, b"SM3"), der.tagged(der.OCTETS, SM3.hash(one))) for one in users],
        }  # fmt: skip
        told = der.sequence(
            der.integer(1), der.tagged(0x0C, name.encode()), der.integer(1 if listed == "whole" else 2), der.sequence(*held[listed]),
            *(der.generalized(now + timedelta(days=each)) for each in (days[0], *days)),
        )  # fmt: skip
        picture = der.sequence(
            der.tagged(0x16, b"png"), der.tagged(der.OCTETS, b"\x89PNG"), der.integer(40), der.integer(40)
        )
        head = der.sequence(der.tagged(0x16, b"ES"), der.integer(version), der.tagged(0x16, b"MADE"))
        info = der.sequence(head, der.tagged(0x16, b"3101000001"), told, picture)
        return info, der.sequence(
            info,
            der.tagged(der.OCTETS, self.maker.public_bytes(Encoding.DER)),
            SM2_SM3,
            bits(self.sign("maker", info)),
        )

    def value(self, description, *, by="of", seal=None, stamp=None):
        """The value of a seal over a description (SES_Signature)."""
        _, seal = seal or self.seal()
        to_sign = der.sequence(
            der.integer(4),
            seal,
            der.generalized(datetime.now(UTC)),
            bits(SM3.hash(description)),
            der.tagged(0x16, b"/Signature.xml"),
        )
        cert = getattr(self, by).public_bytes(Encoding.DER)
        more = [der.tagged(0xA0, bits(stamp))] if stamp else []
        return der.sequence(
            to_sign, der.tagged(der.OCTETS, cert), SM2_SM3, bits(self.sign(by, to_sign)), *more
        )

    def sealed(
        self, files=None, *, places=("Sign_0",), over=None, method="1.2.156.10197.1.401", more="", **how
    ):
        """The files of an OFD with its seals; ``over`` are the files that each names, all but the seals' own."""
        files = {name: text.encode() for name, text in (FILES if files is None else files).items()}
        over = [name for name in files if name != LIST] if over is None else over
        found = "".join(
            f'<ofd:Signature ID="{i}" BaseLoc="/Doc_0/Signs/{place}/Signature.xml"/>'
            for i, place in enumerate(places)
        )
        made = dict(files)
        for place in places:
            told = "".join(
                f'<ofd:Reference FileRef="/{name}"><ofd:CheckValue>{base64.b64encode(SM3.hash(files[name])).decode()}</ofd:CheckValue></ofd:Reference>'
                for name in over
            )
            base = f"Doc_0/Signs/{place}"
            description = (
                f"<ofd:Signature {NS}><ofd:SignedInfo><ofd:SignatureMethod>1.2.156.10197.1.501</ofd:SignatureMethod>{more}"
                f'<ofd:References CheckMethod="{method}">{told}</ofd:References></ofd:SignedInfo><ofd:SignedValue>/{base}/SignedValue.dat</ofd:SignedValue></ofd:Signature>'
            ).encode()
            made |= {
                f"{base}/Signature.xml": description,
                f"{base}/SignedValue.dat": self.value(description, **how),
            }
        return made | {
            LIST: f"<ofd:Signatures {NS}><ofd:MaxSignId>9</ofd:MaxSignId>{found}</ofd:Signatures>".encode()
        }


def bits(data):
    return der.tagged(0x03, b"\0" + data)


def packed(files, *, compression=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


@pytest.fixture(scope="module")
def seals(tmp_path_factory):
    return Seals(tmp_path_factory.mktemp("seals"))


def check(seals, file, *, at=None, **more):
    return check_ofd(
        file if isinstance(file, bytes) else packed(file),
        trusted=[seals.root],
        at=at or datetime.now(UTC),
        **more,
    )


@pytest.mark.parametrize("listed", ["whole", "digest"])
def test_a_seal_over_the_whole_package_tells_who_sealed_and_with_what(seals, listed):
    found = check(seals, seals.sealed(seal=seals.seal(listed=listed)))
    assert [(one.organisation, one.credit_code, one.algorithm) for one in found] == [
        (ORGANISATION, CODE, "SM2")
    ]
    assert found[0].seal == "示例零件公司印章（虚构） (3101000001)"
    assert found[0].claimed_at is not None
    assert found[0].moment.stamped_by is None


def test_two_who_sealed_the_same_document_are_both_told(seals):
    both = seals.seal(users=[seals.of, seals.other])
    one, two = seals.sealed(seal=both), seals.sealed(places=("Sign_0", "Sign_1"), seal=both)
    mixed = two | {name: data for name, data in one.items() if name.startswith("Doc_0/Signs/Sign_0")}
    place = "Doc_0/Signs/Sign_1/"
    mixed[f"{place}SignedValue.dat"] = seals.value(mixed[f"{place}Signature.xml"], by="other", seal=both)
    assert [one.organisation for one in check(seals, mixed)] == [ORGANISATION, "另一家公司（虚构）"]


@pytest.mark.parametrize(
    "name", [*FILES, LIST, "Doc_0/Signs/Sign_0/Signature.xml", "Doc_0/Signs/Sign_0/SignedValue.dat"]
)
def test_no_file_of_the_package_can_be_altered_or_taken_away(seals, name):
    whole = seals.sealed()
    altered = (
        (whole[name] + b" ").replace(b"Sign_0", b"Sign_9")
        if name == LIST
        else whole[name].replace(b"0", b"8", 1) + b" "
    )
    for files in (whole | {name: altered}, {one: data for one, data in whole.items() if one != name}):
        with pytest.raises((BadOfd, BadSeal, SealedFileDiffers, SealOverOther, PaperSignatureFails)):
            check(seals, files)


@pytest.mark.parametrize("name", ["Doc_0/Annots/Annotations.xml", "Doc_0/Signs/Sign_0/more.xml", "more.txt"])
def test_nothing_can_be_added(seals, name):
    with pytest.raises(SealedFileDiffers) as refusal:
        check(seals, seals.sealed() | {name: b"<more/>"})
    assert refusal.value.values["name"] == name


def test_a_seal_over_some_files_is_none_over_the_document(seals):
    with pytest.raises(SealedFileDiffers, match=r"OFD\.xml"):
        check(seals, seals.sealed(over=[PAGE, "Doc_0/Document.xml"]))


def test_what_a_seal_brings_along_lies_in_its_own_folder(seals):
    """Else one who may seal could name a file of the document as a picture, and take it out of another's seal."""
    files = FILES | {"Doc_0/Annots.xml": "<annots/>"}
    picture = "<ofd:Seal><ofd:BaseLoc>/Doc_0/Annots.xml</ofd:BaseLoc></ofd:Seal>"
    with pytest.raises(BadOfd, match="outside of its folder"):
        check(seals, seals.sealed(files, over=list(FILES), more=picture))


@pytest.mark.filterwarnings(
    "ignore::cryptography.utils.CryptographyDeprecationWarning"
)  # serial numbers below nought
def test_every_bit_of_a_seal_counts(seals):
    """Whatever still holds tells the same signer and the same seal."""
    files = seals.sealed()
    place = "Doc_0/Signs/Sign_0/SignedValue.dat"
    (truth,), whole = check(seals, files), files[place]
    for at in range(0, len(whole), 3):
        bad = bytearray(whole)
        bad[at] ^= 1 << at % 8
        try:
            (found,) = check(seals, files | {place: bytes(bad)})
        except (
            BadOfd,
            BadSeal,
            SealOverOther,
            PaperSignatureFails,
            SignerUntrusted,
            SignerExpired,
            SealExpired,
        ):
            continue
        assert (found.subject, found.seal) == (truth.subject, truth.seal)


def test_each_link_from_seal_to_authority_has_a_name(seals):
    now = datetime.now(UTC)
    with pytest.raises(BadSeal, match="none of those whom the seal was made for"):
        check(seals, seals.sealed(by="other"))
    with pytest.raises(BadSeal, match="version 3"):
        check(seals, seals.sealed(seal=seals.seal(version=3)))
    with pytest.raises(SealExpired):
        check(seals, seals.sealed(seal=seals.seal(days=(-100, -1))))
    with pytest.raises(SignerExpired):
        check(seals, seals.sealed(seal=seals.seal(days=(-100, 900))), at=now + timedelta(days=400))
    with pytest.raises(SignerUntrusted):
        check_ofd(packed(seals.sealed()), trusted=[seals.of], at=now)
    with pytest.raises(SignerUntrusted):
        check_ofd(packed(seals.sealed()), trusted=[seals.maker], at=now)
    info, seal = seals.seal()
    made = der.read(seal, limit=1 << 20).parts()
    forged = der.sequence(info, made[1].whole, made[2].whole, bits(seals.sign("of", info)))
    with pytest.raises(PaperSignatureFails, match="CN=maker"):
        check(seals, seals.sealed(seal=(info, forged)))


def test_who_was_revoked_seals_nothing(seals):
    for one in (seals.of, seals.maker):
        against = lists.sm2_list(seals.folder, revoked=f"{one.serial_number:040X}")
        with pytest.raises(SignerRevoked):
            check(seals, seals.sealed(), lists=lists.held(against))


def test_what_is_no_ofd_with_seals_is_named(seals):
    whole = seals.sealed()
    bomb = f"<!DOCTYPE x [<!ENTITY a 'b'>]><ofd:Signatures {NS}/>".encode()
    bad = {
        "archive is damaged": b"PK\x03\x04" + bytes(100),
        "no seal in it": packed(FILES | {"OFD.xml": f"<ofd:OFD {NS}/>"}),
        "is not in the package": packed({name: data for name, data in whole.items() if name != "OFD.xml"}),
        "entity bombs": packed(whole | {LIST: bomb}),
        "XML is damaged": packed(whole | {LIST: b"<a"}),
        "signature that is no seal": packed(whole | {LIST: whole[LIST].replace(b"<ofd:Signature ", b'<ofd:Signature Type="Sign" ')}),
        "other than SM3": packed(seals.sealed(method="MD5")),
        "before the files": b"MZ" + packed(whole),
        "stands twice": packed(whole | {"ofd.XML": b"<x/>"}),
        "told twice": packed(seals.sealed(over=[*FILES, PAGE])),
        "listed twice": packed(whole | {LIST: whole[LIST].replace(b"</ofd:Signatures>", whole[LIST][whole[LIST].index(b"<ofd:Signature ") :])}),
        "elements": packed(whole | {LIST: b"<a>" * 30_000 + b"</a>" * 30_000}),
        "unpacks to too much": packed(whole | {"Doc_0/zeros": bytes(40 << 20)}),
    }  # fmt: skip
    for words, file in bad.items():
        with pytest.raises(BadOfd, match=words):
            check(seals, file)


def test_a_second_archive_before_the_first_is_seen(seals):
    """Who reads from the beginning would be shown the evil one, who reads from the end the one that is sealed."""
    whole = seals.sealed()
    evil = packed(whole | {PAGE: b"<x>evil</x>"})
    with pytest.raises(BadOfd, match="between or before"):
        check(seals, evil + packed(whole))
    with pytest.raises(BadOfd, match="between or before"):
        check(seals, evil[: evil.index(b"PK\x01\x02")] + packed(whole))


def test_an_archive_written_as_a_stream_is_read(seals):
    """Sizes stand behind each file, as writers in Java put them."""

    class Stream(io.BytesIO):
        def seekable(self):
            return False

        def seek(self, *_):
            raise OSError

        def tell(self):
            raise OSError

    out = Stream()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in seals.sealed().items():
            archive.writestr(name, data)
    assert check(seals, out.getvalue())[0].organisation == ORGANISATION
