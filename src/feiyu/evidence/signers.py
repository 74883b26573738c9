"""What is known of a signer, kept as words that a record holds, and said in both languages.

Rules this module keeps:
 * only what was known when it was asked: a revocation that nobody knows of is said to be unknown;
 * a record of a time when less was asked says less.
"""

from collections.abc import Mapping
from datetime import datetime

from feiyu.base.clock import shown
from feiyu.base.text import Text
from feiyu.evidence.crl import REASONS, State
from feiyu.evidence.paper import PaperSigner

_SEAL = Text("印章：{seal}。", "The seal: {seal}.")
_NOT_ASKED = Text("未查询证书是否已吊销。", "Whether the certificate was revoked was not asked.")
_STAMPED = Text(
    "签名时间：不晚于 {at}，有 {by} 的时间戳证明。",
    "Signed by {at} at the latest, as the time stamp of {by} proves.",
)
_RECEIVED = Text(
    "签名时间：无可信时间戳，按收到时间 {at} 判断。",
    "When it was signed is not proven; judged as of its arrival, {at}.",
)
_CLAIMED = Text("签名人自称签于 {at}，不作依据。", "The signer claims {at}, which counts for nothing.")
_DOUBT = Text("所附时间戳未予采信：{zh}", "The time stamp that came along does not count: {en}")
_REVOCATION = {
    State.GOOD: Text(
        "吊销情况：按 {made} 的吊销列表，未被吊销。", "Revocation: not revoked, by the list of {made}."
    ),
    State.LATER: Text(
        "吊销情况：{since} 起被吊销（{reason_zh}），在签名之后；依据 {made} 的吊销列表。",
        "Revocation: revoked as of {since} ({reason_en}), after it was signed; by the list of {made}.",
    ),
    State.NO_LIST: Text(
        "吊销情况不明：没有 {of} 的签发者的吊销列表。",
        "Revocation unknown: there is no list of the issuer of {of}.",
    ),
    State.EXPIRED: Text(
        "吊销情况不明：{made} 的吊销列表已于 {until} 过期；该列表中没有此证书。",
        "Revocation unknown: the list of {made} held until {until} only; it does not name the certificate.",
    ),
    State.NOT_BY_ISSUER: Text(
        "吊销情况不明：现有的吊销列表不是由 {of} 的签发者签名。",
        "Revocation unknown: the list that is there is not signed by the issuer of {of}.",
    ),
    State.AFTER_END: Text(
        "吊销情况不明：吊销列表制于 {made}，当时证书已到期，列表不必再列入。",
        "Revocation unknown: the list was made on {made}, after the certificate's end, and need not name it any more.",
    ),
    State.UNUSABLE: Text(
        "吊销情况不明：{of} 的签发者的吊销列表不属于此处可用的种类，或不涵盖此证书。",
        "Revocation unknown: the lists of the issuer of {of} are of no kind that is used here, or do not cover it.",
    ),
}


def known(signer: PaperSigner) -> dict[str, str]:
    """Who it is by the certificate, when it was signed, and what was known of the certificate's revocation."""
    of, when = signer.revocation, signer.moment
    times = {"judged_at": when.at, "claimed_at": signer.claimed_at, "list_made": of.made, "list_until": of.until, "revoked_since": of.since}  # fmt: skip
    doubt = when.doubt
    told = {
        "subject": signer.subject, "organisation": signer.organisation, "credit_code": signer.credit_code,
        "authority": signer.authority, "algorithm": signer.algorithm, "certificate_sha256": signer.certificate_sha256, "seal": signer.seal,
        "revocation": of.state.value, "revocation_of": of.of, "revoked_for": of.reason, "stamped_by": when.stamped_by,
        "stamp_doubt_zh": doubt.text("zh") if doubt else None, "stamp_doubt_en": doubt.text("en") if doubt else None,
    } | {name: at.isoformat() if at else None for name, at in times.items()}  # fmt: skip
    return {name: value for name, value in told.items() if value is not None}


def told(signer: Mapping[str, str]) -> list[Text]:
    """The seal, when it was signed, and the certificate's revocation, of what ``known`` said."""
    said = [_SEAL.format(seal=signer["seal"])] if "seal" in signer else []
    if "revocation" not in signer:  # of a time when nobody asked
        return [*said, _NOT_ASKED]
    at, by = _when(signer, "judged_at"), signer.get("stamped_by")
    said += [_STAMPED.format(at=at, by=by) if by else _RECEIVED.format(at=at)]
    if "stamp_doubt_en" in signer:
        said.append(_DOUBT.format(zh=signer["stamp_doubt_zh"], en=signer["stamp_doubt_en"]))
    if "claimed_at" in signer:
        said.append(_CLAIMED.format(at=_when(signer, "claimed_at")))
    reason = REASONS[signer.get("revoked_for", "unspecified")]
    words = _REVOCATION[State(signer["revocation"])].format(
        made=_when(signer, "list_made"), until=_when(signer, "list_until"), since=_when(signer, "revoked_since"),
        of=signer["revocation_of"], reason_zh=reason.zh, reason_en=reason.en,
    )  # fmt: skip
    return [*said, words]


def _when(signer: Mapping[str, str], name: str) -> str:
    return shown(datetime.fromisoformat(signer[name])) if name in signer else ""
