"""Lists of revoked certificates: what each says, which are refused, and that unknown stays unknown."""

import hashlib
import random
import re
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.serialization import Encoding

from feiyu.base.clock import FixedClock
from feiyu.base.errors import FeiyuError
from feiyu.evidence import crl, der
from feiyu.evidence import paper as papers
from feiyu.evidence.crl import RevocationList, State
from feiyu.evidence.errors import BadRevocationList, SignerRevoked
from feiyu.evidence.timestamp import Authority, Request, new_authority

from .test_cms import _EC, _ID, _RSA, EC, NOW, PAPER, RSA, _usage, certificate, name, openssl, sm, sm2_cms

DAY = timedelta(days=1)
POINT = "http://crl.example/part-7.crl"
__all__ = ["sm"]


def point(url=POINT):
    return [x509.UniformResourceIdentifier(url)]


def scope(**said):
    given = dict.fromkeys(
        (
            "only_contains_user_certs",
            "only_contains_ca_certs",
            "indirect_crl",
            "only_contains_attribute_certs",
        ),
        False,
    )
    given |= {"full_name": None, "relative_name": None, "only_some_reasons": None}
    return x509.IssuingDistributionPoint(**(given | said))


def entry(serial, *, at=NOW - DAY, reason=None, lost=None, more=()):
    made = x509.RevokedCertificateBuilder(serial, at.replace(tzinfo=None))
    if reason:
        made = made.add_extension(x509.CRLReason(reason), critical=False)
    if lost:
        made = made.add_extension(x509.InvalidityDate(lost.replace(tzinfo=None)), critical=False)
    for extension, critical in more:
        made = made.add_extension(extension, critical=critical)
    return made.build()


def listed(
    *entries, by=None, key=None, days=(-1, 7), more=(), number=None, hash_=None, issuer=None
):  # fmt: skip
    """A list of the authority below the EC root, unless told otherwise."""
    builder = x509.CertificateRevocationListBuilder(
        issuer or (by or EC.below).subject, NOW + timedelta(days=days[0]), NOW + timedelta(days=days[1])
    )
    for one in entries:
        builder = builder.add_revoked_certificate(one)
    for extension, critical in more:
        builder = builder.add_extension(extension, critical=critical)
    if number is not None:
        builder = builder.add_extension(x509.CRLNumber(number), critical=False)
    return builder.sign(key or _EC[1], hash_ or hashes.SHA256())


ROOTS = listed(by=EC.root, key=_EC[0])


def held(*lists):
    """As they come out of the folder."""
    found = []
    for one in lists:
        try:
            found.append(RevocationList("a.crl", crl.read(one.public_bytes(Encoding.DER))))
        except BadRevocationList as bad:
            found.append(RevocationList("a.crl", one, bad))
    return found


def ask(cert, *lists, at=NOW, now=None, way=None):
    return crl.ask(way or (cert, EC.below, EC.root), held(*lists), at=at, now=now or at)


def test_not_revoked_by_the_list_of_a_date():
    cert = EC.gives()
    found = ask(cert, listed(entry(4711)), ROOTS)
    assert (found.state, found.made, found.until) == (State.GOOD, NOW - DAY, NOW + 7 * DAY)


def test_revoked_is_refused_with_date_and_reason():
    cert = EC.gives()
    bad = entry(cert.serial_number, reason=x509.ReasonFlags.key_compromise)
    with pytest.raises(SignerRevoked) as refusal:
        ask(cert, listed(entry(1), bad, entry(2)), ROOTS)
    assert "2026-11-27 17:30 UTC+8" in refusal.value.text("zh")
    assert "密钥泄露" in refusal.value.text("zh")
    assert "key compromised" in refusal.value.text("en")
    with pytest.raises(SignerRevoked, match="no reason stated"):
        ask(cert, listed(entry(cert.serial_number)), ROOTS)
    with pytest.raises(SignerRevoked, match="on hold"):
        ask(cert, listed(entry(cert.serial_number, reason=x509.ReasonFlags.certificate_hold)), ROOTS)


def test_a_revocation_of_tomorrow_counts_where_no_stamp_proves_the_time():
    cert = EC.gives()
    with pytest.raises(SignerRevoked):
        ask(cert, listed(entry(cert.serial_number, at=NOW + DAY)), ROOTS)


def test_what_was_signed_before_the_revocation_holds_and_is_told():
    cert = EC.gives()
    later = listed(entry(cert.serial_number, at=NOW - DAY, reason=x509.ReasonFlags.superseded), days=(-1, 7))
    found = ask(cert, later, ROOTS, at=NOW - 3 * DAY, now=NOW)
    assert (found.state, found.since, found.reason) == (State.LATER, NOW - DAY, "superseded")
    lost = entry(cert.serial_number, at=NOW - DAY, lost=NOW - 4 * DAY)
    with pytest.raises(SignerRevoked):  # the key was lost before that
        ask(cert, listed(lost), ROOTS, at=NOW - 3 * DAY, now=NOW)
    with pytest.raises(SignerRevoked):
        ask(cert, later, ROOTS, at=NOW - DAY, now=NOW)


def test_an_authority_in_the_middle_may_be_revoked_too():
    cert = EC.gives()
    with pytest.raises(SignerRevoked, match="Below"):
        ask(cert, listed(), listed(entry(EC.below.serial_number), by=EC.root, key=_EC[0]))
    found = ask(cert, listed())
    assert (found.state, "Below" in found.of) == (State.NO_LIST, True)


@pytest.mark.parametrize(
    ("state", "lists"),
    [
        (State.NO_LIST, []),
        (State.NO_LIST, [listed(by=EC.root, key=_EC[0])]),
        (State.EXPIRED, [listed(days=(-9, -1))]),
        (State.NOT_BY_ISSUER, [listed(key=_EC[2])]),
        (State.NOT_BY_ISSUER, [listed(key=_RSA[1])]),
        (State.UNUSABLE, [listed(days=(1, 7))]),
        (State.UNUSABLE, [listed(more=[(scope(indirect_crl=True), True)])]),
        (State.UNUSABLE, [listed(more=[(scope(only_contains_ca_certs=True), True)])]),
        (State.UNUSABLE, [listed(more=[(scope(full_name=point()), True)])]),
        (State.EXPIRED, [listed(days=(-9, -1)), listed(key=_EC[2])]),
    ],
    ids=[
        "none", "of another issuer", "over", "other key", "other kind of key", "from tomorrow", "indirect", "of authorities only",
        "a part that the certificate does not name", "over, and a forged one",
    ],
)  # fmt: skip
def test_unknown_is_said_to_be_unknown(state, lists):
    assert ask(EC.gives(), *lists, ROOTS).state is state


def test_a_list_that_is_over_still_speaks_against():
    cert = EC.gives()
    with pytest.raises(SignerRevoked):
        ask(cert, listed(entry(cert.serial_number, at=NOW - 9 * DAY), days=(-9, -1)), ROOTS)


def test_a_list_made_after_the_certificates_end_does_not_speak_for_it():
    cert = EC.gives(days=(-30, -2))
    found = ask(cert, listed(), ROOTS, at=NOW - 5 * DAY, now=NOW)
    assert found.state is State.AFTER_END


def test_a_forged_list_revokes_nothing():
    cert = EC.gives()
    forged = listed(entry(cert.serial_number), key=_EC[2], days=(0, 7))
    assert ask(cert, forged, listed(), ROOTS).state is State.GOOD


def test_an_authority_that_may_not_sign_lists_signs_none():
    usage = _usage(key_cert_sign=True)
    below = certificate(_EC[1], name("Below", "Test Authority"), ca=True, by=(EC.root, _EC[0]), usage=usage)
    cert = certificate(_EC[2], name("经办人"), by=(below, _EC[1]))
    assert (
        crl.ask((cert, below, EC.root), held(listed(), ROOTS), at=NOW, now=NOW).state is State.NOT_BY_ISSUER
    )


def test_of_several_the_one_made_last_counts_in_any_order():
    cert = EC.gives()
    hold = listed(entry(cert.serial_number, reason=x509.ReasonFlags.certificate_hold), days=(-3, 7), number=1)
    free = listed(days=(-2, 7), number=2)
    again = listed(entry(cert.serial_number), days=(-2, 7), number=3)  # of the same second
    for order in ((hold, free, ROOTS), (ROOTS, free, hold)):
        assert ask(cert, *order).made == NOW - 2 * DAY
    for order in ((hold, free, again, ROOTS), (again, ROOTS, free, hold)):
        with pytest.raises(SignerRevoked):
            ask(cert, *order)


def test_entries_stand_in_any_order():
    cert = EC.gives()
    serials = [*range(1, 500), cert.serial_number]
    for seed in range(5):
        random.Random(seed).shuffle(serials)
        with pytest.raises(SignerRevoked):
            ask(cert, listed(*map(entry, serials)), ROOTS)


def test_a_part_of_a_divided_list_speaks_of_those_that_name_it():
    points = x509.CRLDistributionPoints([x509.DistributionPoint(point(), None, None, None)])
    cert = EC.gives(more=[(points, False)])
    part = (
        scope(full_name=[*point("http://other.example/7"), *point()], only_contains_user_certs=True),
        True,
    )
    other = (scope(full_name=point("http://crl.example/part-8.crl")), True)
    assert ask(cert, listed(more=[part]), ROOTS).state is State.GOOD
    assert ask(cert, listed(more=[other]), ROOTS).state is State.UNUSABLE
    with pytest.raises(SignerRevoked):
        ask(cert, listed(entry(cert.serial_number), more=[part], days=(-2, 7)), listed(more=[other]), ROOTS)
    of_another = x509.DistributionPoint(point(), None, None, [x509.DirectoryName(name("Lists", "Other"))])
    cert = EC.gives(more=[(x509.CRLDistributionPoints([of_another]), False)])
    assert ask(cert, listed(more=[part]), ROOTS).state is State.UNUSABLE


# --- what is refused by name ---------------------------------------------------------------------------------------

_STRANGE = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.2.3.4"), b"\x05\x00")


def _without_end():
    """The builder writes none without an end, so the field is cut out; whether its signature holds does not matter here."""
    whole = der.read(listed().public_bytes(Encoding.DER))
    tbs, *rest = whole.parts()
    fields = [one.whole for one in tbs.parts()]
    return der.sequence(der.sequence(*fields[:4], *fields[5:]), *(one.whole for one in rest))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "DER or PEM"),
        (PAPER, "DER or PEM"),
        (EC.root.public_bytes(Encoding.DER), "DER or PEM"),
        (listed().public_bytes(Encoding.DER)[:-1], "DER or PEM"),
        (listed().public_bytes(Encoding.DER) + b"\0", "DER or PEM"),
        (b"-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----\n", "DER or PEM"),
        (bytes(crl.MAX_LIST_BYTES + 1), "bytes"),
        (_without_end(), "until when"),
        (listed(more=[(x509.DeltaCRLIndicator(1), True)]), "delta"),
        (listed(more=[(scope(indirect_crl=True), True)]), "indirect"),
        (listed(more=[(scope(only_contains_attribute_certs=True), True)]), "attribute certificates"),
        (listed(more=[(scope(only_some_reasons=frozenset({x509.ReasonFlags.key_compromise})), True)]), "some reasons"),
        (listed(more=[(scope(relative_name=x509.RelativeDistinguishedName([name("x").rdns[-1]._attributes[0]])), True)]), "relative"),
        (listed(more=[(_STRANGE, True)]), "critical"),
        (listed(entry(1), entry(2, more=[(_STRANGE, True)]), entry(3)), "critical"),
        (listed(entry(1, more=[(x509.CertificateIssuer([x509.DirectoryName(name("Other"))]), True)])), "critical"),
    ],
    ids=[
        "empty", "a text", "a certificate", "cut short", "longer", "not PEM inside", "too big", "without an end", "delta", "indirect",
        "of attribute certificates", "of some reasons", "named relative", "strange", "a strange entry", "an entry of another issuer",
    ],
)  # fmt: skip
def test_a_list_of_a_kind_that_is_not_used_is_refused_by_name(data, why):
    data = data if isinstance(data, bytes) else data.public_bytes(Encoding.DER)
    with pytest.raises(BadRevocationList, match=why):
        crl.read(data)


def test_what_is_not_critical_does_no_harm_and_pem_is_read():
    plain = listed(entry(1, more=[(_STRANGE, False)]), more=[(_STRANGE, False)])
    assert crl.read(plain.public_bytes(Encoding.PEM)) == plain


def test_bytes_that_look_critical_and_are_not_do_no_harm():
    serial = int.from_bytes(b"\x01\x01\xff" * 4)
    assert len(list(crl.read(listed(entry(serial)).public_bytes(Encoding.DER)))) == 1


def test_what_is_altered_is_refused_or_not_the_issuers():
    """The bits that fill up its signature may change, and nothing else."""
    whole = listed(
        entry(4711, reason=x509.ReasonFlags.superseded), more=[(scope(only_contains_user_certs=True), True)]
    )
    data = whole.public_bytes(Encoding.DER)
    for at in range(len(data)):
        altered = data[:at] + bytes([data[at] ^ 0x01]) + data[at + 1 :]
        try:
            found = crl.read(altered)
        except BadRevocationList:
            continue
        assert not crl.by_issuer(found, EC.below) or found.tbs_certlist_bytes == whole.tbs_certlist_bytes, at


@pytest.mark.timeout(60)
def test_a_list_of_three_hundred_thousand_entries_that_each_must_be_looked_at_is_read():
    at = der.tagged(0x17, b"261127093000Z")
    one = der.sequence(der.integer(int.from_bytes(b"\x01\x01\xff")), at)
    entries = der.tagged(der.SEQUENCE, one * 300_000)
    whole = der.read(listed(entry(1)).public_bytes(Encoding.DER))
    tbs, *rest = whole.parts()
    fields = [field.whole for field in tbs.parts()]
    data = der.sequence(der.sequence(*fields[:5], entries), *(part.whole for part in rest))
    assert crl.read(data).get_revoked_certificate_by_serial_number(7) is None


# --- the folder ----------------------------------------------------------------------------------------------------


def test_a_folder_tells_of_every_file_what_it_is(tmp_path, monkeypatch):
    (tmp_path / "a.crl").write_bytes(listed().public_bytes(Encoding.DER))
    (tmp_path / "b.PEM").write_bytes(ROOTS.public_bytes(Encoding.PEM))
    (tmp_path / "c.crl").write_bytes(
        listed(more=[(scope(indirect_crl=True), True)]).public_bytes(Encoding.DER)
    )
    (tmp_path / "d.crl").write_bytes(b"no list")
    (tmp_path / "e.crl").mkdir()
    (tmp_path / "readme.txt").write_text("not looked at")
    found = crl.read_folder(tmp_path)
    assert [(one.name, one.crl is not None, one.problem.en if one.problem else "") for one in found] == [
        ("a.crl", True, ""), ("b.PEM", True, ""), ("c.crl", True, "an indirect list"),
        ("d.crl", False, "not a list of revoked certificates in DER or PEM"), ("e.crl", False, "Is a directory"),
    ]  # fmt: skip
    cert = EC.gives()
    assert crl.ask((cert, EC.below, EC.root), found, at=NOW, now=NOW).state is State.GOOD
    monkeypatch.setattr(crl, "MAX_LISTS", 1)
    assert "over 1 lists" in str(crl.read_folder(tmp_path)[1].problem)
    monkeypatch.setattr(crl, "MAX_LISTS", 9)
    monkeypatch.setattr(crl, "MAX_TOTAL_BYTES", 400)
    assert [
        "in the folder" in one.problem.en if one.problem else None for one in crl.read_folder(tmp_path)[:2]
    ] == [None, True]
    gone = crl.read_folder(tmp_path / "gone")
    assert [one.crl for one in gone] == [None]


def test_a_file_that_has_not_changed_is_read_once_and_one_that_has_again(tmp_path, monkeypatch):
    trusted = papers.Trusted(folder=tmp_path)
    (tmp_path / "a.crl").write_bytes(listed().public_bytes(Encoding.DER))
    first = trusted.lists()
    assert trusted.lists()[0] is first[0]
    (tmp_path / "b.crl").write_bytes(ROOTS.public_bytes(Encoding.DER))
    (tmp_path / "a.crl").write_bytes(listed(entry(1), entry(2)).public_bytes(Encoding.DER))
    second = trusted.lists()
    assert [len(one.crl) for one in second] == [2, 0]
    monkeypatch.setattr(crl, "MAX_TOTAL_BYTES", 0)
    assert [one.problem is not None for one in trusted.lists()] == [
        True,
        True,
    ]  # a limit holds for what is kept too
    (tmp_path / "a.crl").unlink()
    (tmp_path / "b.crl").unlink()
    assert trusted.lists() == []


# --- through the whole check, and with a time stamp ----------------------------------------------------------------


def check(signature, *lists, at=NOW, trusted=None):
    return papers.check(PAPER, signature, trusted=trusted or [RSA.root, EC.root], at=at, lists=held(*lists))


STAMPER = new_authority("Test Stamps", at=NOW - 90 * DAY)


def with_stamp(signed, *, at=NOW - 3 * DAY, over=None, stamper=STAMPER, token=None):
    """The signature with a time stamp among its unsigned attributes, as CAdES-T has it."""
    kind, content = der.read(signed).parts()
    parts = content.parts()[0].parts()
    fields = parts[-1].parts()[0].parts()
    digest = hashlib.sha256(over or fields[-1].body).digest()
    token = token or Authority(*stamper, FixedClock(at)).token(Request(digest, 7))
    stamp = der.sequence(der.oid("1.2.840.113549.1.9.16.2.14"), der.set_of([token]))
    signer = der.sequence(*(one.whole for one in fields), der.tagged(0xA1, stamp))
    inside = der.sequence(*(one.whole for one in parts[:-1]), der.set_of([signer]))
    return der.sequence(kind.whole, der.tagged(0xA0, inside))


TRUSTED = [EC.root, STAMPER[1]]


def test_without_a_stamp_the_moment_is_that_of_asking_and_the_claim_is_told():
    found = check(EC.sign(), listed(), ROOTS)
    assert (found.moment.at, found.moment.stamped_by, found.moment.doubt) == (NOW, None, None)
    assert found.revocation.state is State.GOOD
    assert found.claimed_at is not None
    assert check(EC.sign()).revocation.state is State.NO_LIST


def test_a_trusted_stamp_proves_that_it_was_signed_before_the_revocation():
    cert = EC.gives()
    revoked = listed(entry(cert.serial_number, at=NOW - DAY, reason=x509.ReasonFlags.key_compromise))
    with pytest.raises(SignerRevoked):
        check(EC.sign(cert=cert), revoked, ROOTS, trusted=TRUSTED)
    found = check(with_stamp(EC.sign(cert=cert)), revoked, ROOTS, trusted=TRUSTED)
    assert (found.moment.at, found.moment.stamped_by) == (NOW - 3 * DAY, "CN=Test Stamps")
    assert found.revocation.state is State.LATER
    with pytest.raises(SignerRevoked):
        check(with_stamp(EC.sign(cert=cert), at=NOW - DAY / 2), revoked, ROOTS, trusted=TRUSTED)


def test_a_trusted_stamp_proves_that_it_was_signed_before_the_certificates_end():
    cert = EC.gives(days=(-30, -2))
    found = check(
        with_stamp(EC.sign(cert=cert)),
        listed(days=(-4, -2)),
        listed(by=EC.root, key=_EC[0], days=(-4, 2)),
        trusted=TRUSTED,
    )
    assert found.revocation.state is State.GOOD


_ORDINARY = certificate(_EC[2], name("经办人"), by=(EC.below, _EC[1]))


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"over": b"another signature"}, "over something else"),
        ({"at": NOW + DAY}, "lies ahead"),
        ({"stamper": (_EC[2], _ORDINARY)}, "authority that is trusted"),  # the way up is not sent along
        ({"stamper": (_EC[0], EC.root)}, "time stamps alone"),
        ({"stamper": new_authority("Stranger", at=NOW - 90 * DAY)}, "authority that is trusted"),
        ({"token": b"\x30\x03\x02\x01\x01"}, "structure|cannot be checked"),
        ({"token": b"\x04\x01\x00"}, "tag"),
        ({"stamper": (STAMPER[0], new_authority("Test Stamps", at=NOW - 90 * DAY)[1])}, "does not hold"),
    ],
    ids=["another signature", "from tomorrow", "not sent along", "no stamper", "untrusted", "no token", "no sequence", "forged"],
)  # fmt: skip
def test_a_stamp_that_does_not_count_is_told_and_the_paper_judged_as_of_now(how, why):
    cert = EC.gives()
    found = check(with_stamp(EC.sign(cert=cert), **how), listed(), ROOTS, trusted=TRUSTED)
    assert (found.moment.at, found.moment.stamped_by) == (NOW, None)
    assert re.search(why, str(found.moment.doubt))
    revoked = listed(entry(cert.serial_number, at=NOW - DAY))
    with pytest.raises(SignerRevoked):
        check(with_stamp(EC.sign(cert=cert), **how), revoked, ROOTS, trusted=TRUSTED)


def test_a_stamp_by_a_key_that_is_over_now_or_revoked_does_not_count():
    over = new_authority("Old Stamps", at=NOW - 800 * DAY, years=2)
    found = check(with_stamp(EC.sign(), at=NOW - 20 * DAY, stamper=over), trusted=[EC.root, over[1]])
    assert "was not valid" in str(found.moment.doubt)


def test_no_altered_byte_of_a_stamp_tells_another_moment():
    """What holds it, and is signed by nobody, may change; the moment may not."""
    whole = with_stamp(EC.sign())
    truth = check(whole, trusted=TRUSTED).moment
    moments = set()
    for place in range(whole.index(der.oid("1.2.840.113549.1.9.16.2.14")), len(whole)):
        altered = whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :]
        try:
            found = check(altered, trusted=TRUSTED).moment
        except FeiyuError:  # the frame around it
            continue
        moments.add((found.at, found.stamped_by))
    assert moments == {(truth.at, truth.stamped_by), (NOW, None)}


# --- SM2: lists by OpenSSL -----------------------------------------------------------------------------------------


def sm2_list(folder, *, revoked=None):
    """A list that OpenSSL signs with the SM2 root's key."""
    index = f"R\t400101000000Z\t261101000000Z,keyCompromise\t{revoked}\tunknown\t/CN=x\n" if revoked else ""
    (folder / "index.txt").write_text(index)
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sm3\ndefault_crl_days=7\n"
    )
    sign = ["-keyfile", "ca.key", "-cert", "ca.pem", "-sigopt", _ID]
    openssl(folder, "ca", "-gencrl", "-config", "ca.cnf", *sign, "-out", "sm2.crl")
    return crl.read((folder / "sm2.crl").read_bytes())


def test_lists_signed_with_sm2_by_openssl(sm):
    trusted, now = papers.load_authorities((sm / "ca.pem").read_bytes()), datetime.now(UTC)
    cert = x509.load_pem_x509_certificate((sm / "of.pem").read_bytes())
    plain, against = sm2_list(sm), sm2_list(sm, revoked=f"{cert.serial_number:040X}")
    found = papers.check(PAPER, sm2_cms(sm, PAPER), trusted=trusted, at=now, lists=held(plain))
    assert (found.algorithm, found.revocation.state) == ("SM2", State.GOOD)
    with pytest.raises(SignerRevoked, match="key compromised"):
        papers.check(PAPER, sm2_cms(sm, PAPER), trusted=trusted, at=now, lists=held(against))
    spoiled = bytearray(plain.public_bytes(Encoding.DER))
    spoiled[-3] ^= 1
    again = [RevocationList("x", x509.load_der_x509_crl(bytes(spoiled)))]
    assert (
        papers.check(PAPER, sm2_cms(sm, PAPER), trusted=trusted, at=now, lists=again).revocation.state
        is State.NOT_BY_ISSUER
    )
