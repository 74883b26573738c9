"""What people hand in for a public key by mistake, and must not: a private one.

Rules this module keeps:
 * it looks at form alone and keeps nothing; what it finds is refused without repeating any of it;
 * a private key that has been sent is a private key no more: whoever gave it is told to destroy it.

It cannot tell the halves of X25519 and Ed25519 apart when they come as 32 bare bytes: both are any 32 bytes.

Sources: RFC 7468 (PEM), RFC 5958 (PKCS#8), RFC 7518 section 6 (JWK), age v1.
"""

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.serialization import load_der_private_key

from feiyu.seal.errors import PrivateKeyGiven
from feiyu.seal.kems import HYBRID, P256, SM2

_WRITTEN = (b"PRIVATE KEY-----", b"AGE-SECRET-KEY-1")
_BARE = {HYBRID: 96, P256: 32, SM2: 32}
"""Private halves as this program keeps them, where no public half is that long."""


def refuse_private(algorithm: str, data: bytes) -> None:
    """Raise ``PrivateKeyGiven`` for what is the private half of a key, bare, as DER, PEM, JWK or an age identity."""
    written = any(mark in data.upper() for mark in _WRITTEN)
    if written or len(data) == _BARE.get(algorithm) or _is_jwk(data) or _is_der(data):
        raise PrivateKeyGiven


def _is_jwk(data: bytes) -> bool:
    return data.lstrip().startswith(b"{") and b'"kty"' in data and b'"d"' in data


def _is_der(data: bytes) -> bool:
    try:
        load_der_private_key(data, None, unsafe_skip_rsa_key_validation=True)
    except ValueError:
        return False
    except (TypeError, UnsupportedAlgorithm):  # encrypted, or of a kind that the library does not know
        return True
    return True
