"""FF1: encryption that keeps the format, so that a number of eleven digits becomes another of eleven digits.

Rules this module keeps:
 * the steps are those of the standard, numbered as there; its sample vectors are tests;
 * a domain smaller than a million values is refused: it could be tried through.

Sources: NIST SP 800-38G (March 2016) algorithms 7 and 8; draft Revision 1 for the least domain. FF3-1 was withdrawn in the
second draft of Revision 1 (February 2025), so FF1 it is.
"""

from collections.abc import Sequence

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

LEAST_DOMAIN = 1_000_000
MAX_LENGTH = 4096
ROUNDS = 10


class Ff1:
    """FF1 over one radix with one AES key."""

    def __init__(self, key: bytes, radix: int) -> None:
        assert 2 <= radix <= 1 << 16
        self.radix = radix
        # one block at a time: the chaining of CBC-MAC is done here
        self._block = Cipher(algorithms.AES(key), modes.ECB()).encryptor().update  # noqa: S305
        self.least = next(size for size in range(2, 64) if radix**size >= LEAST_DOMAIN)

    def encrypt(self, numerals: Sequence[int], tweak: bytes = b"") -> list[int]:
        """Algorithm 7, FF1.Encrypt; one numeral for one numeral."""
        return self._run(numerals, tweak, range(ROUNDS), 1)

    def decrypt(self, numerals: Sequence[int], tweak: bytes = b"") -> list[int]:
        """Algorithm 8, FF1.Decrypt."""
        return self._run(numerals, tweak, range(ROUNDS - 1, -1, -1), -1)

    def _run(self, numerals: Sequence[int], tweak: bytes, rounds: range, sign: int) -> list[int]:
        n = len(numerals)
        assert self.least <= n <= MAX_LENGTH
        u = n // 2  # 1
        v = n - u
        a, b = self._number(numerals[:u]), self._number(numerals[u:])  # 2
        size = ((self.radix**v - 1).bit_length() + 7) // 8  # 3
        d = 4 * -(-size // 4) + 4  # 4
        p = bytes((1, 2, 1)) + self.radix.to_bytes(3, "big") + bytes((10, u % 256))  # 5
        p += n.to_bytes(4, "big") + len(tweak).to_bytes(4, "big")
        first = self._block(p)
        pad = bytes((-len(tweak) - size - 1) % 16)
        for i in rounds:  # 6
            kept = b if sign > 0 else a
            q = tweak + pad + bytes((i,)) + kept.to_bytes(size, "big")
            y = int.from_bytes(self._stretch(self._mac(first, q), d), "big")
            modulus = self.radix ** (u if i % 2 == 0 else v)
            if sign > 0:
                a, b = b, (a + y) % modulus
            else:
                a, b = (b - y) % modulus, a
        return [*self._numerals(a, u), *self._numerals(b, v)]  # 7

    def _mac(self, state: bytes, data: bytes) -> bytes:
        for at in range(0, len(data), 16):
            state = self._block(_xor(state, data[at : at + 16]))
        return state

    def _stretch(self, r: bytes, d: int) -> bytes:
        out = r
        for j in range(1, -(-d // 16)):
            out += self._block(_xor(r, j.to_bytes(16, "big")))
        return out[:d]

    def _number(self, numerals: Sequence[int]) -> int:
        value = 0
        for one in numerals:
            value = value * self.radix + one
        return value

    def _numerals(self, value: int, size: int) -> list[int]:
        out = []
        for _ in range(size):
            value, one = divmod(value, self.radix)
            out.append(one)
        return out[::-1]


def _xor(a: bytes, b: bytes) -> bytes:
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).to_bytes(16, "big")
