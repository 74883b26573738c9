"""The ways to encrypt a short secret to a key, as data: one row per algorithm, named as in manifests, wraps and key ids.

Rules this module keeps:
 * an algorithm's public half has one form of bytes, so that a key has one id;
 * a box is bound to ``info``: it opens under no other (an age header, which cannot be, holds a key made for one ``info``);
 * what an installation lacks is refused by the name of the extra that brings it.

``MLKEM768-X25519``, ``X25519`` and ``P-256`` are HPKE. ``RSA-OAEP-256`` and ``SM2`` encrypt a fresh seed, and the box is
AEAD under a key derived from seed and ``info``: a key service or an HSM is asked for its plain operation and nothing else.
``age-X25519`` is the recipient of an age file, for whom the box is the header of one.

Sources: RFC 9180 (HPKE); FIPS 203; RFC 8017 (OAEP); GB/T 32918-2016, GM/T 0009 (SM2).
"""

import os
from contextlib import suppress
from typing import Protocol

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, hpke, serialization
from cryptography.hazmat.primitives.asymmetric import ec, mlkem, padding, rsa, x25519
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from feiyu._native.sm4 import sm4_gcm
from feiyu.base.text import Text
from feiyu.seal import age, sm2
from feiyu.seal.errors import BadKey

HYBRID, PLAIN, P256, RSA, SM2 = "MLKEM768-X25519", "X25519", "P-256", "RSA-OAEP-256", "SM2"
AGE = "age-X25519"
_MLKEM_PUBLIC, _MLKEM_SEED, _X25519 = 1184, 64, 32
SEED_BYTES, TAG_BYTES = 32, 16
RSA_BITS, RSA_MIN_BITS, RSA_MAX_BITS = 3072, 2048, 4096
OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class Kem(Protocol):
    """One row. ``private`` and ``public`` are the bytes that a keystore and a grant keep."""

    def generate(self) -> bytes:
        """A new private half."""
        ...

    def public_of(self, private: bytes) -> bytes:
        """The public half of a private one; ``ValueError`` for what is none."""
        ...

    def check_public(self, public: bytes) -> None:
        """``ValueError`` for what is no public half of this algorithm."""
        ...

    def encrypt(self, public: bytes, plain: bytes, info: bytes) -> bytes:
        """The box."""
        ...

    def decrypt(self, private: bytes, box: bytes, info: bytes) -> bytes:
        """What is in the box; ``InvalidTag`` or ``ValueError`` when it does not open."""
        ...


def _sized(name: str, raw: bytes, size: int) -> None:
    if len(raw) != size:
        message = Text(
            f"{name} 应为 {size} 字节，而不是 {len(raw)}", f"{name} wants {size} bytes, not {len(raw)}"
        )
        raise ValueError(message)


def _check_x25519(public: bytes) -> None:
    """``ValueError`` for the few points with which everybody would share the same secret (RFC 7748 section 6.1)."""
    try:
        x25519.X25519PrivateKey.from_private_bytes(bytes(32)).exchange(
            x25519.X25519PublicKey.from_public_bytes(public)
        )
    except ValueError:
        message = Text("公钥为小阶点", "it is a point of small order")
        raise ValueError(message) from None


class Hybrid:
    """ML-KEM-768 with X25519: safe while one of them is."""

    def generate(self) -> bytes:
        """A new private half."""
        try:
            lattice = mlkem.MLKEM768PrivateKey.generate()
        except UnsupportedAlgorithm:
            raise BadKey(
                reason=Text(f"本机的安装不支持 {HYBRID}", f"{HYBRID} is not available in this installation")
            ) from None
        return lattice.private_bytes_raw() + x25519.X25519PrivateKey.generate().private_bytes_raw()

    def _private(self, private: bytes) -> tuple[mlkem.MLKEM768PrivateKey, x25519.X25519PrivateKey]:
        _sized(HYBRID, private, _MLKEM_SEED + _X25519)
        try:
            lattice = mlkem.MLKEM768PrivateKey.from_seed_bytes(private[:_MLKEM_SEED])
        except UnsupportedAlgorithm:
            raise BadKey(
                reason=Text(f"本机的安装不支持 {HYBRID}", f"{HYBRID} is not available in this installation")
            ) from None
        return lattice, x25519.X25519PrivateKey.from_private_bytes(private[_MLKEM_SEED:])

    def public_of(self, private: bytes) -> bytes:
        """The public half of a private one."""
        lattice, classic = self._private(private)
        return lattice.public_key().public_bytes_raw() + classic.public_key().public_bytes_raw()

    def check_public(self, public: bytes) -> None:
        """Right in size, and both parts are keys (FIPS 203 section 7.2)."""
        _sized(HYBRID, public, _MLKEM_PUBLIC + _X25519)
        with suppress(UnsupportedAlgorithm):  # who has no ML-KEM cannot say, and cannot use it either
            mlkem.MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC])
        _check_x25519(public[_MLKEM_PUBLIC:])

    def encrypt(self, public: bytes, plain: bytes, info: bytes) -> bytes:
        """The box."""
        lattice = mlkem.MLKEM768PublicKey.from_public_bytes(public[:_MLKEM_PUBLIC])
        classic = x25519.X25519PublicKey.from_public_bytes(public[_MLKEM_PUBLIC:])
        key = hpke.MLKEM768X25519PublicKey(lattice, classic)
        return _hpke(hpke.KEM.MLKEM768_X25519).encrypt(plain, key, info)

    def decrypt(self, private: bytes, box: bytes, info: bytes) -> bytes:
        """What is in the box."""
        key = hpke.MLKEM768X25519PrivateKey(*self._private(private))
        return _hpke(hpke.KEM.MLKEM768_X25519).decrypt(box, key, info)


class Plain:
    """X25519 alone, for libraries without ML-KEM."""

    def generate(self) -> bytes:
        """A new private half."""
        return x25519.X25519PrivateKey.generate().private_bytes_raw()

    def public_of(self, private: bytes) -> bytes:
        """The public half of a private one."""
        return x25519.X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()

    def check_public(self, public: bytes) -> None:
        """Right in size, and of full order."""
        _sized(PLAIN, public, _X25519)
        _check_x25519(public)

    def encrypt(self, public: bytes, plain: bytes, info: bytes) -> bytes:
        """The box."""
        return _hpke(hpke.KEM.X25519).encrypt(plain, x25519.X25519PublicKey.from_public_bytes(public), info)

    def decrypt(self, private: bytes, box: bytes, info: bytes) -> bytes:
        """What is in the box."""
        key = x25519.X25519PrivateKey.from_private_bytes(private)
        return _hpke(hpke.KEM.X25519).decrypt(box, key, info)


class Nist:
    """P-256, public half as an uncompressed point: every key service and HSM has its Diffie-Hellman."""

    def generate(self) -> bytes:
        """A new private half."""
        return ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32)

    def _private(self, private: bytes) -> ec.EllipticCurvePrivateKey:
        _sized(P256, private, 32)
        return ec.derive_private_key(int.from_bytes(private), ec.SECP256R1())

    def public_of(self, private: bytes) -> bytes:
        """The public half of a private one."""
        return (
            self._private(private)
            .public_key()
            .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
        )

    def check_public(self, public: bytes) -> None:
        """A point on the curve."""
        _sized(P256, public, 65)
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)

    def encrypt(self, public: bytes, plain: bytes, info: bytes) -> bytes:
        """The box."""
        key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), public)
        return _hpke(hpke.KEM.P256).encrypt(plain, key, info)

    def decrypt(self, private: bytes, box: bytes, info: bytes) -> bytes:
        """What is in the box."""
        return _hpke(hpke.KEM.P256).decrypt(box, self._private(private), info)


class Rsa:
    """RSA with OAEP and SHA-256 around a seed; public half as the DER of SubjectPublicKeyInfo."""

    def generate(self) -> bytes:
        """A new private half."""
        key = rsa.generate_private_key(public_exponent=65537, key_size=RSA_BITS)
        return key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def _private(self, private: bytes) -> rsa.RSAPrivateKey:
        key = serialization.load_der_private_key(private, None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise ValueError(Text(f"{RSA} 须为 PKCS#8 格式的 RSA 密钥", f"{RSA} wants an RSA key in PKCS#8"))  # noqa: TRY004 (the bytes are wrong, not the type)
        return key

    def _public(self, public: bytes) -> rsa.RSAPublicKey:
        key = serialization.load_der_public_key(public)
        if not isinstance(key, rsa.RSAPublicKey) or not RSA_MIN_BITS <= key.key_size <= RSA_MAX_BITS:
            message = Text(
                f"{RSA} 须为 {RSA_MIN_BITS} 至 {RSA_MAX_BITS} 位的 RSA 密钥",
                f"{RSA} wants an RSA key of {RSA_MIN_BITS} to {RSA_MAX_BITS} bits",
            )
            raise ValueError(message)
        return key

    def public_of(self, private: bytes) -> bytes:
        """The public half of a private one."""
        return (
            self._private(private)
            .public_key()
            .public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
        )

    def check_public(self, public: bytes) -> None:
        """An RSA key of a size that is allowed, in the one form of its bytes."""
        der = self._public(public).public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        if der != public:
            message = Text("DER 不是规范写法", "the DER is not in its one form")
            raise ValueError(message)

    def encrypt(self, public: bytes, plain: bytes, info: bytes) -> bytes:
        """The box: the encrypted seed, then the AEAD."""
        seed = os.urandom(SEED_BYTES)
        return self._public(public).encrypt(seed, OAEP) + AESGCM(seed_key(seed, info)).encrypt(
            bytes(12), plain, info
        )

    def decrypt(self, private: bytes, box: bytes, info: bytes) -> bytes:
        """What is in the box."""
        key = self._private(private)
        size = key.key_size // 8
        return open_seeded(key.decrypt(box[:size], OAEP), box[size:], info)


class Sm2:
    """SM2 around a seed; public half as an uncompressed point. Wants the extra ``sm``."""

    def generate(self) -> bytes:
        """A new private half."""
        return sm2.generate()

    def public_of(self, private: bytes) -> bytes:
        """The public half of a private one."""
        _sized(SM2, private, sm2.PRIVATE_BYTES)
        return sm2.public_of(private)

    def check_public(self, public: bytes) -> None:
        """A point on the curve."""
        _sized(SM2, public, sm2.PUBLIC_BYTES)
        sm2.check_point(public)

    def encrypt(self, public: bytes, plain: bytes, info: bytes) -> bytes:
        """The box: the encrypted seed with its length before it, then the AEAD."""
        seed = os.urandom(SEED_BYTES)
        first = sm2.encrypt(public, seed)
        out = bytearray(len(plain) + TAG_BYTES)
        sm4_gcm(_gm_key(seed, info)).encrypt_into(bytes(12), plain, info, out)
        return len(first).to_bytes(2) + first + bytes(out)

    def decrypt(self, private: bytes, box: bytes, info: bytes) -> bytes:
        """What is in the box."""
        size = int.from_bytes(box[:2])
        seed, rest = sm2.decrypt(private, box[2 : 2 + size]), box[2 + size :]
        out = bytearray(max(0, len(rest) - TAG_BYTES))
        sm4_gcm(_gm_key(seed, info)).decrypt_into(bytes(12), rest, info, out)
        return bytes(out)


class AgeX25519(Plain):
    """The recipient of an age file. The box is an age header around a file key of 16 bytes, and nothing else fits in.

    The format has no room for ``info``: the file key itself is made for one transfer (``derive.AgeKeys``).
    """

    def encrypt(self, public: bytes, plain: bytes, info: bytes) -> bytes:  # noqa: ARG002 (see above)
        """The header."""
        _sized("a file key", plain, age.FILE_KEY_BYTES)
        return age.header(plain, public)

    def decrypt(self, private: bytes, box: bytes, info: bytes) -> bytes:  # noqa: ARG002 (see above)
        """The file key in the header."""
        file_key, size = age.open_header(box, private)
        if size != len(box):
            raise InvalidTag
        return file_key


KEMS: dict[str, Kem] = {
    HYBRID: Hybrid(),
    PLAIN: Plain(),
    P256: Nist(),
    RSA: Rsa(),
    SM2: Sm2(),
    AGE: AgeX25519(),
}


def kem_of(algorithm: str) -> Kem:
    """The row of that name."""
    if algorithm not in KEMS:
        raise BadKey(
            reason=Text(
                f"未知的算法 {algorithm[:40]!r}；可用：{', '.join(KEMS)}",
                f"unknown algorithm {algorithm[:40]!r}; known: {', '.join(KEMS)}",
            )
        )
    return KEMS[algorithm]


def seed_key(seed: bytes, info: bytes) -> bytes:
    """The AES key that follows from a seed, for ``info`` alone; the seed serves once, so the nonce may be zero."""
    return HKDF(hashes.SHA256(), 32, salt=b"feiyu/seeded/v1", info=info).derive(seed)


def open_seeded(seed: bytes, rest: bytes, info: bytes) -> bytes:
    """What an RSA box holds behind its seed."""
    if len(seed) != SEED_BYTES:
        raise InvalidTag
    return AESGCM(seed_key(seed, info)).decrypt(bytes(12), rest, info)


def _gm_key(seed: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SM3(), 16, salt=b"feiyu/seeded/v1", info=info).derive(seed)


def _hpke(kem: hpke.KEM) -> hpke.Suite:
    return hpke.Suite(kem, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
