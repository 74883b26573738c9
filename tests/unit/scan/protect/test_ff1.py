"""FF1 against the sample vectors of NIST SP 800-38G (FF1 samples 1 to 9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feiyu.scan.protect.ff1 import Ff1

KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
TWEAKS = (
    (10, "", "0123456789"),
    (10, "39383736353433323130", "0123456789"),
    (36, "3737373770717273373737", "0123456789abcdefghi"),
)
SAMPLES = [
    (16, ("2433477484", "6124200773", "a9tv40mll9kdu509eum")),
    (24, ("2830668132", "2496655549", "xbj3kv35jrawxv32ysr")),
    (32, ("6657667009", "1001623463", "xs8a0azh2avyalyzuwd")),
]


@pytest.mark.parametrize(("size", "wanted"), SAMPLES)
def test_the_standards_samples(size, wanted):
    for (radix, tweak, plain), cipher in zip(TWEAKS, wanted, strict=True):
        ff1 = Ff1(KEY[:size], radix)
        numerals = [DIGITS.index(c) for c in plain]
        found = ff1.encrypt(numerals, bytes.fromhex(tweak))
        assert "".join(DIGITS[i] for i in found) == cipher
        assert ff1.decrypt(found, bytes.fromhex(tweak)) == numerals


@given(st.lists(st.integers(0, 9), min_size=6, max_size=60), st.binary(max_size=20))
def test_what_was_enciphered_can_be_read_back(numerals, tweak):
    ff1 = Ff1(KEY[:32], 10)
    assert ff1.decrypt(ff1.encrypt(numerals, tweak), tweak) == numerals


def test_a_domain_below_a_million_is_refused():
    assert Ff1(KEY[:16], 10).least == 6
    assert Ff1(KEY[:16], 26).least == 5
    with pytest.raises(AssertionError):
        Ff1(KEY[:16], 10).encrypt([1, 2, 3, 4, 5])
