"""Lists of revoked certificates (CRL): whether a signer's certificate had been revoked, offline.

The operator puts the lists of the authorities it trusts into a folder; nothing is fetched while a signature is checked. A
list speaks of a certificate if it is by the certificate's own issuer, signed with the issuer's key, and its scope covers
the certificate: a list for users only says nothing of an authority, and a part of a divided list only of certificates that
name that part as their distribution point. Of several that speak, the one made last counts.

Rules this module keeps:
 * unknown is said to be unknown: no list, one that was over at the moment in question, one that is not by the issuer, one
   made after the certificate's end (a list need not name certificates that are over);
 * what a list says *against* a certificate counts also when the list is over;
 * refused by name: indirect and delta lists, lists of some reasons only, of attribute certificates, without an end, and
   with anything marked critical that is not known here;
 * size and number of lists have limits, and reading takes time in proportion to the size; a file that has not changed is
   read once.

Sources: RFC 5280 sections 5 and 6.3; GB/T 20518 (the same lists with SM2).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.x509.oid import CRLEntryExtensionOID, ExtensionOID

from feiyu.base.clock import shown
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.evidence import certificates
from feiyu.evidence.errors import BadCms, BadRevocationList, SignerRevoked

MAX_LIST_BYTES = 32 << 20
MAX_LISTS = 256
MAX_TOTAL_BYTES = 128 << 20
SKEW = timedelta(minutes=5)
"""How far an authority's clock may run ahead of ours."""
_ENDINGS = {".crl", ".pem", ".der"}
_PEM = b"-----BEGIN"
_CRITICAL = b"\x01\x01\xff"
_KNOWN_OF_LIST = {ExtensionOID.ISSUING_DISTRIBUTION_POINT, ExtensionOID.CRL_NUMBER, ExtensionOID.AUTHORITY_KEY_IDENTIFIER}  # fmt: skip
_KNOWN_OF_ENTRY = {CRLEntryExtensionOID.CRL_REASON, CRLEntryExtensionOID.INVALIDITY_DATE}
_UNREADABLE = (
    ValueError, TypeError, x509.InvalidVersion, x509.DuplicateExtension, x509.UnsupportedGeneralNameType,
    UnsupportedAlgorithm,
)  # fmt: skip
REASONS = {
    "unspecified": Text("未注明原因", "no reason stated"),
    "keyCompromise": Text("密钥泄露", "key compromised"),
    "cACompromise": Text("认证机构密钥泄露", "key of the authority compromised"),
    "affiliationChanged": Text("隶属关系变更", "affiliation changed"),
    "superseded": Text("已被替换", "superseded"),
    "cessationOfOperation": Text("停止使用", "cessation of operation"),
    "certificateHold": Text("暂停使用", "on hold"),
    "privilegeWithdrawn": Text("权限撤销", "privilege withdrawn"),
    "aACompromise": Text("属性机构密钥泄露", "key of the attribute authority compromised"),
    "removeFromCRL": Text("自列表移除", "removed from the list"),
}


class State(StrEnum):
    """What the lists say of a certificate."""

    GOOD = "good"
    LATER = "later"
    """Revoked, but after it was signed."""
    NO_LIST = "no-list"
    EXPIRED = "expired"
    NOT_BY_ISSUER = "not-by-issuer"
    AFTER_END = "after-end"
    """The list was made after the certificate's end, and need not name it any more."""
    UNUSABLE = "unusable"
    """The issuer's lists are of a kind that is refused, or do not cover the certificate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """What is known of one certificate; times where the state has them."""

    state: State
    of: str
    """The certificate's subject."""
    made: datetime | None = None
    until: datetime | None = None
    since: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class RevocationList:
    """A file that was read; ``problem`` says why it cannot be used, where it cannot."""

    name: str
    crl: x509.CertificateRevocationList | None
    problem: Text | None = None


def _bad(why: Text) -> BadRevocationList:
    return BadRevocationList(reason=why)


def read(data: bytes) -> x509.CertificateRevocationList:
    """A list of a kind that is used here; raises ``BadRevocationList`` by name."""
    found = _parse(data)
    _refuse(found)
    return found


def _parse(data: bytes) -> x509.CertificateRevocationList:
    if len(data) > MAX_LIST_BYTES:
        raise _bad(Text(f"超过 {MAX_LIST_BYTES} 字节", f"over {MAX_LIST_BYTES} bytes"))
    try:
        pem = data.lstrip()[:10] == _PEM
        found = x509.load_pem_x509_crl(data) if pem else x509.load_der_x509_crl(data)
        _ = found.issuer, found.last_update_utc, found.next_update_utc  # are read when asked for
    except _UNREADABLE:
        raise _bad(
            Text("不是 DER 或 PEM 编码的证书吊销列表", "not a list of revoked certificates in DER or PEM")
        ) from None
    return found


def _refuse(crl: x509.CertificateRevocationList) -> None:
    try:
        extensions = list(crl.extensions)
        if crl.next_update_utc is None or crl.next_update_utc < crl.last_update_utc:
            raise _bad(Text("未注明有效至何时", "it does not say until when it holds"))
        if any(one.oid == ExtensionOID.DELTA_CRL_INDICATOR for one in extensions):
            raise _bad(Text("增量列表", "a delta list"))
        scope = _scope(crl)
        if scope is not None and scope.indirect_crl:
            raise _bad(Text("间接列表", "an indirect list"))
        if scope is not None and (scope.only_contains_attribute_certs or scope.only_some_reasons):
            raise _bad(
                Text(
                    "只含部分吊销原因或只含属性证书的列表",
                    "a list of some reasons, or of attribute certificates, only",
                )
            )
        if scope is not None and scope.relative_name is not None:
            raise _bad(Text("以签发者相对名称标识的分部列表", "a part that is named relative to its issuer"))
        critical = {one.oid for one in extensions if one.critical}
        if critical - _KNOWN_OF_LIST or _strange_entries(crl, len(critical)):
            raise _bad(Text("含有此处未知的关键扩展", "it has a critical extension that is not known here"))
    except _UNREADABLE:
        raise _bad(Text("不符合 RFC 5280 的结构", "not the structure of RFC 5280")) from None


def _strange_entries(crl: x509.CertificateRevocationList, known: int) -> bool:
    """Whether an entry has a critical extension that is not known; entries are gone through only where bytes hint at one."""
    if crl.tbs_certlist_bytes.count(_CRITICAL) <= known:
        return False
    return any(one.critical and one.oid not in _KNOWN_OF_ENTRY for entry in crl for one in entry.extensions)


def _scope(crl: x509.CertificateRevocationList) -> x509.IssuingDistributionPoint | None:
    try:
        return crl.extensions.get_extension_for_class(x509.IssuingDistributionPoint).value
    except x509.ExtensionNotFound:
        return None


Kept = dict[tuple[str, int, int], RevocationList]
"""Lists that were read, by name, time of change and size of their files."""


def read_folder(folder: Path, kept: Kept | None = None) -> list[RevocationList]:
    """Every list in a folder, by name; what cannot be read or used says why. What ``kept`` has is not read again."""
    known, found = dict(kept or {}), Kept()
    left = MAX_TOTAL_BYTES
    try:
        paths = sorted(one for one in folder.iterdir() if one.suffix.lower() in _ENDINGS)
    except OSError as bad:
        return [_unread(str(folder), bad)]
    for path in paths:
        try:
            file = path.stat()
        except OSError as bad:
            found[path.name, 0, 0] = _unread(path.name, bad)
            continue
        key = (path.name, file.st_mtime_ns, file.st_size)
        room = left if len(found) < MAX_LISTS else -1
        found[key] = known[key] if key in known and room >= file.st_size else _read_file(path, room)
        left -= min(left, file.st_size)
    if kept is not None:
        kept.clear()
        kept.update(found)
    return list(found.values())


def _read_file(path: Path, room: int) -> RevocationList:
    crl = None
    try:
        if room < 0:
            raise _bad(Text(f"目录中超过 {MAX_LISTS} 份列表", f"over {MAX_LISTS} lists in the folder"))
        with path.open("rb") as file:
            data = file.read(min(room, MAX_LIST_BYTES) + 1)
        if len(data) > room:
            whole = MAX_TOTAL_BYTES
            raise _bad(Text(f"目录中合计超过 {whole} 字节", f"over {whole} bytes in the folder"))
        crl = _parse(data)
        _refuse(crl)
    except BadRevocationList as bad:
        return RevocationList(path.name, crl, said(bad))
    except OSError as bad:
        return _unread(path.name, bad)
    return RevocationList(path.name, crl)


def _unread(name: str, bad: OSError) -> RevocationList:
    return RevocationList(name, None, Text(str(bad.strerror), str(bad.strerror)))


def by_issuer(crl: x509.CertificateRevocationList, issuer: x509.Certificate) -> bool:
    """Whether this authority signed the list, and may."""
    usage = certificates.usage_of(issuer)
    if crl.issuer != issuer.subject or (usage is not None and not usage.crl_sign):
        return False
    try:
        key, scheme = certificates.key_of(issuer), certificates.scheme_of(crl)
        if not isinstance(key, bytes) and not crl.is_signature_valid(key):
            return False  # also where the algorithm is told in two ways
        return certificates.holds(issuer, scheme, crl.tbs_certlist_bytes, crl.signature)
    except (BadCms, UnsupportedAlgorithm, TypeError):
        return False


def ask(
    path: Sequence[x509.Certificate], lists: Iterable[RevocationList], *, at: datetime, now: datetime
) -> Revocation:
    """What is known of every certificate below the authority; the first that is in doubt speaks for all.

    ``at`` is the moment of signing, ``now`` that of asking: the same where nothing proves an earlier moment.

    Raises:
        SignerRevoked: one of them was revoked by then.
    """
    known = list(lists)
    found = [_judge(one, by, known, at, now) for one, by in pairwise(path)]
    if not found:  # the operator trusts this very certificate: no list speaks of it
        return Revocation(state=State.NO_LIST, of=path[0].subject.rfc4514_string()[:200])
    return next((one for one in found if one.state is not State.GOOD), found[0])


def _judge(
    certificate: x509.Certificate, issuer: x509.Certificate, lists: list[RevocationList], at: datetime, now: datetime
) -> Revocation:  # fmt: skip
    of = certificate.subject.rfc4514_string()[:200]
    named = [one for one in lists if one.crl is not None and one.crl.issuer == issuer.subject]
    if not named:
        return Revocation(state=State.NO_LIST, of=of)
    signed = [one for one in named if one.crl is not None and by_issuer(one.crl, issuer)]
    if not signed:
        return Revocation(state=State.NOT_BY_ISSUER, of=of)
    fit = [one.crl for one in signed if one.crl is not None and not one.problem]
    fit = [crl for crl in fit if crl.last_update_utc <= now + SKEW and _covers(crl, certificate)]
    if not fit:
        return Revocation(state=State.UNUSABLE, of=of)
    return _told(max(fit, key=age), certificate, of, at, now)


def age(crl: x509.CertificateRevocationList) -> tuple[datetime, int]:
    """By when it was made, then by its number."""
    try:
        number = crl.extensions.get_extension_for_class(x509.CRLNumber).value.crl_number
    except x509.ExtensionNotFound:
        number = 0
    return crl.last_update_utc, number


def _covers(crl: x509.CertificateRevocationList, certificate: x509.Certificate) -> bool:
    """Whether the certificate is within the list's scope (RFC 5280 section 6.3.3 (b))."""
    scope = _scope(crl)
    if scope is None:
        return True
    try:
        is_ca = certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        is_ca = False
    if (scope.only_contains_user_certs and is_ca) or (scope.only_contains_ca_certs and not is_ca):
        return False
    return scope.full_name is None or bool(set(scope.full_name) & points_of(certificate))


def points_of(certificate: x509.Certificate) -> set[x509.GeneralName]:
    """The names of the distribution points that the certificate's own issuer serves."""
    try:
        points = certificate.extensions.get_extension_for_class(x509.CRLDistributionPoints).value
    except x509.ExtensionNotFound:
        return set()
    return {name for point in points if not point.crl_issuer for name in point.full_name or ()}


def _told(
    crl: x509.CertificateRevocationList, certificate: x509.Certificate, of: str, at: datetime, now: datetime
) -> Revocation:  # fmt: skip
    made, until = crl.last_update_utc, crl.next_update_utc
    assert until is not None  # else it was refused
    entry = crl.get_revoked_certificate_by_serial_number(certificate.serial_number)
    if entry is not None:
        since, reason = _since(entry), _reason(entry)
        if at >= now or since <= at:
            said = REASONS[reason]
            raise SignerRevoked(
                subject=of, since=shown(since), reason=said,
                made=shown(made),
            )  # fmt: skip
        return Revocation(state=State.LATER, of=of, made=made, until=until, since=since, reason=reason)
    if made > certificate.not_valid_after_utc:
        return Revocation(state=State.AFTER_END, of=of, made=made, until=until)
    state = State.EXPIRED if until < at else State.GOOD
    return Revocation(state=state, of=of, made=made, until=until)


def _since(entry: x509.RevokedCertificate) -> datetime:
    """Since when it does not count: its revocation, or the earlier moment when its key was lost."""
    try:
        lost = entry.extensions.get_extension_for_class(x509.InvalidityDate).value.invalidity_date_utc
    except x509.ExtensionNotFound:
        return entry.revocation_date_utc
    return min(lost, entry.revocation_date_utc)


def _reason(entry: x509.RevokedCertificate) -> str:
    try:
        return entry.extensions.get_extension_for_class(x509.CRLReason).value.reason.value
    except x509.ExtensionNotFound:
        return x509.ReasonFlags.unspecified.value
