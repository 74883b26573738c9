"""How a signature was made: which hash, and for RSA-PSS which salt, as its algorithm's identifier says.

Rules this module keeps:
 * RSA-PSS states its hash, and its mask is made with the same one; what it leaves out would be SHA-1, and is refused;
 * the salt is at least as long as the hash and no longer than 512 bytes; a signature whose salt is of another length than stated does not hold;
 * a key that is for RSA-PSS alone signs in no other way, and keeps to the hash and the least salt that it states.

Sources: RFC 4055 sections 1.2 and 3.1; RFC 4056 section 3; RFC 8017 section 9.1.
"""

from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes

from feiyu.evidence import der
from feiyu.evidence.errors import BadCms, BadTimeStamp, because

MAX_SALT = 512
SHA2: dict[bytes, hashes.HashAlgorithm] = {
    der.oid("2.16.840.1.101.3.4.2.1"): hashes.SHA256(),
    der.oid("2.16.840.1.101.3.4.2.2"): hashes.SHA384(),
    der.oid("2.16.840.1.101.3.4.2.3"): hashes.SHA512(),
}
RSA_PSS = der.oid("1.2.840.113549.1.1.10")
_MGF1 = der.oid("1.2.840.113549.1.1.8")
_HASH, _MASK, _SALT, _TRAILER = 0xA0, 0xA1, 0xA2, 0xA3
_SALT_UNSTATED = 20


@dataclass(frozen=True, slots=True)
class Scheme:
    """``hash`` None is SM3, and goes with SM2 alone; ``salt_bytes`` makes it RSA-PSS."""

    hash: hashes.HashAlgorithm | None
    salt_bytes: int | None = None


def pss_of(algorithm: der.Value) -> Scheme:
    """What the identifier of RSA-PSS states; raises ``BadCms`` for what is not taken."""
    try:
        return _stated(algorithm)
    except (BadTimeStamp, ValueError, IndexError):
        raise _bad(
            "RSA-PSS 的参数不符合 RFC 4055", "RSA-PSS with parameters that are not those of RFC 4055"
        ) from None


def _stated(algorithm: der.Value) -> Scheme:
    _, stated = algorithm.of(der.SEQUENCE).parts()
    values = {one.tag: one.parts()[0] for one in stated.of(der.SEQUENCE).parts()}
    if set(values) - {_HASH, _MASK, _SALT, _TRAILER} or not {_HASH, _MASK} <= set(values):
        raise _bad(
            "RSA-PSS 未注明摘要算法（默认的 SHA-1 不予接受）",
            "RSA-PSS without a stated hash, which would be SHA-1",
        )
    hash_ = _hash(values[_HASH])
    mask, of = values[_MASK].of(der.SEQUENCE).parts()
    if mask.whole != _MGF1 or _hash(of) is not hash_:
        raise _bad("RSA-PSS 的掩码未用同一摘要算法", "RSA-PSS with a mask that is made with another hash")
    salt = values[_SALT].number() if _SALT in values else _SALT_UNSTATED
    if not hash_.digest_size <= salt <= MAX_SALT:
        raise _bad(
            f"RSA-PSS 的盐为 {salt} 字节，短于摘要或过长",
            f"RSA-PSS with a salt of {salt} bytes, shorter than the hash or too long",
        )
    if _TRAILER in values and values[_TRAILER].number() != 1:
        raise _bad("RSA-PSS 的尾字段未知", "RSA-PSS with an unknown trailer")
    return Scheme(hash_, salt)


def keeps(scheme: Scheme, key: der.Value) -> bool:
    """Whether a signature is of a kind that its key's own identifier allows."""
    name, *stated = key.of(der.SEQUENCE).parts()
    if name.whole != RSA_PSS:
        return True
    if scheme.salt_bytes is None or scheme.hash is None:
        return False
    if not stated:
        return True
    wanted = pss_of(key)
    assert wanted.hash is not None
    return wanted.hash.name == scheme.hash.name and scheme.salt_bytes >= (wanted.salt_bytes or 0)


def _hash(identifier: der.Value) -> hashes.HashAlgorithm:
    name = identifier.of(der.SEQUENCE).parts()[0].whole
    if name not in SHA2:
        raise _bad(
            "RSA-PSS 的摘要算法不是 SHA-256、SHA-384、SHA-512",
            "RSA-PSS with a hash other than SHA-256, SHA-384, SHA-512",
        )
    return SHA2[name]


def _bad(zh: str, en: str) -> BadCms:
    return because(BadCms, zh, en)
