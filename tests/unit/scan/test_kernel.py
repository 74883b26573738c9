"""The native lane and the pure-Python reference say the same, on examples and on anything."""

import codecs
import ctypes
import random

import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from feiyu.scan import kernel, native, reference, vocabulary
from feiyu.scan.catalogue import types
from feiyu.scan.checks import prc_digit
from feiyu.scan.normalize import normal

EXAMPLES = sorted(
    {normal(v) for one in types() for v in (*one.positive, *one.negative, *one.near)}
    | set(vocabulary.table())
)
PIECES = "0123456789ABCXxaEe-.:/ ,+()[]{}@_*%·沪省市路号年月日第字★王男绝密护照\"'\n;１ｘ\u3000\u200b\u202d\u2013\u2060="


@pytest.fixture(scope="module")
def lane():
    found = native.lane()
    if found is None:
        pytest.fail("the native lane is not built: run python -m feiyu._native.build")
    return found


def by_lane(lane, value):
    data, out = value.encode(), (ctypes.c_uint64 * 5)()
    lane.scan_one(data, len(data), out)
    return out[0] | out[1] << 64, out[2] | out[3] << 64, out[4]


def by_reference(value):
    bits = reference.detect(value)
    inside = reference.embedded(value) if reference.searched(value, bits) else 0
    return bits, inside, vocabulary.matches(value)


def names(bits):
    return [reference.NAMES[i] for i in kernel.bits_of(bits)]


def assert_same(lane, value):
    mine, theirs = by_lane(lane, value), by_reference(value)
    assert (names(mine[0]), names(mine[1]), mine[2]) == (names(theirs[0]), names(theirs[1]), theirs[2]), repr(
        value
    )


def mutated(rng, value):
    chars = list(value)
    at = rng.randrange(len(chars) + 1)
    match rng.randrange(7):
        case 0:
            chars[at : at + 1] = rng.choice(PIECES)
        case 1:
            chars.insert(at, rng.choice(PIECES))
        case 2:
            del chars[at : at + 1]
        case 3:
            chars = [
                *rng.choice(["电话", "备注:", "id=", "(", "+", "见tel", "card", "转IBAN", "IdNo"]),
                *chars,
                *rng.choice(["。", " ok", ")", "abc", "12"]),
            ]
        case 4:
            chars = [str(rng.randrange(10)) if c.isdigit() and rng.random() < 0.3 else c for c in chars]
        case 5:
            chars = [c.lower() for c in chars]
        case _:
            chars = [*chars, *rng.choice(EXAMPLES)]
    return "".join(chars)


@pytest.mark.slow
def test_lane_equals_reference_on_all_examples_and_their_mutations(lane):
    rng = random.Random(20261122)
    for value in EXAMPLES:
        assert_same(lane, value)
    for _ in range(12_000):
        value = rng.choice(EXAMPLES)
        for _ in range(rng.randrange(1, 4)):
            value = mutated(rng, value)
        if plain := normal(value):
            assert_same(lane, plain)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=60),
        st.text(alphabet=PIECES, max_size=40),
        st.text(alphabet="0123456789-xX. +", max_size=24),
    )
)
def test_lane_equals_reference_on_any_text(lane, value):
    plain = normal(value)
    if plain:
        assert_same(lane, plain)


def test_all_lanes_of_this_machine_say_the_same(lane):
    rng = random.Random(20261128)
    for value in [mutated(rng, rng.choice(EXAMPLES)) for _ in range(4000)]:
        if plain := normal(value):
            assert len({by_lane(one, plain) for one in native.lanes()}) == 1, repr(plain)
    column = pa.array(
        [rng.choice(["", " ", "'", '="', "\u3000"]) + mutated(rng, rng.choice(EXAMPLES)) for _ in range(2000)]
    )
    counted = [kernel.NativeStats(one) for one in native.lanes()]
    for one in counted:
        one.add(column)
    assert all(one.numbers() == counted[0].numbers() for one in counted)


cells = st.one_of(
    st.none(),
    st.sampled_from(EXAMPLES),
    st.text(alphabet=PIECES, max_size=30),
    st.text(max_size=12),
    st.just(" N/A "),
)


def both(column):
    mine, theirs = kernel.new_stats(), kernel.ColumnStats()
    mine.add(column)
    theirs.add(column)
    return mine.numbers(), theirs.numbers()


@settings(max_examples=60, deadline=None)
@given(st.lists(cells, max_size=40), st.integers(0, 5))
@example([None, "", " 'ＡＢ１２ ", "13800138000.0", "13800138000.00", "138001380.000"], 0)
@example(
    [
        '="13800138000"',
        '=""',
        "\u202d13800138000\u202c",
        "138\u20130013\u20128000",
        "a@\u2060example.com\xad",
    ],
    0,
)
@example(["310104199001011232", "310104199001011248", "440524188001010048", "440524188001010014"], 0)
@example(
    [
        "1-877-517-2847",
        "1 877 517 2847",
        "187-7517-2847",
        "+86 187-7517-2847",
        "15-12-10-14-161",
        "86 13-800138000",
    ],
    0,
)
def test_columns_add_up_to_the_same_numbers(lane, values, skip):
    for kind in (pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int32(), pa.string())):
        mine, theirs = both(pa.array(values, kind).slice(skip))
        assert mine == theirs


def in_rows(rng):
    """Values that stand in rows of one kind, now and then another among them, after enough different ones that none is remembered."""
    values = [f"C{rng.randrange(10**9):09d}" for _ in range(1030)]
    hosts = [
        "example.com",
        "mail.example.cn",
        "a-b.example.org",
        "example.jpg",
        "example.mov",
        "x",
        "a..b.cn",
        "EXAMPLE.COM",
    ]
    kinds = [
        lambda e=e: "".join(str(rng.randrange(10)) if c.isdigit() else c for c in e)
        for e in EXAMPLES
        if 4 < len(e) < 33 and e.isascii()
    ]
    kinds += [lambda e=e: e for e in EXAMPLES if 4 < len(e) < 33 and e.isascii()]
    kinds += [lambda: f"{rng.choice('uV._8')}{rng.randrange(10**6)}@{rng.choice(hosts)}"]
    kinds += [
        lambda: "".join(rng.choice("王欧阳李伟芳路男市一Ａé9") for _ in range(rng.choice([2, 3, 3, 4, 5])))
    ] * 4
    kinds += [
        lambda: (
            "上海市浦东新区"
            + "".join(rng.choice("水芸路弄号室座1554A司公６ -") for _ in range(rng.choice([3, 6, 9])))
        )
    ] * 4
    kinds += [
        lambda: "".join(rng.choice("0123456789ABCDEFGHJKX") for _ in range(rng.choice([9, 11, 17, 18])))
    ]
    eight = [e for e in EXAMPLES if 17 <= len(e) <= 19 and e.isascii() and e.isalnum()]
    kinds += [
        lambda e=e: "".join(rng.choice("0123456789X") if rng.random() < 0.05 else c for c in e) for e in eight
    ]
    for kind in rng.sample(kinds, 160):
        values += [kind() for _ in range(rng.choice([1, 3, 20]))]
        values += rng.choice([[], [None], [rng.choice(EXAMPLES)], [kind().lower()]])
    return values


def test_values_in_rows_of_one_kind_add_up_to_the_same_numbers(lane):
    rng = random.Random(20261129)
    for kind in (pa.string(), pa.large_string(), pa.string_view()):
        column = pa.array(in_rows(rng), kind).slice(rng.randrange(4))
        mine, theirs = both(column)
        assert mine == theirs
        for one in native.lanes():
            again = kernel.NativeStats(one)
            again.add(column.slice(0, 2000))
            again.add(column.slice(2000))
            assert again.numbers() == theirs


def test_two_batches_are_one(lane):
    mine, whole = kernel.new_stats(), kernel.new_stats()
    first, second = pa.array(["a@example.com", None, "x"]), pa.array(["沪A12345", "a@example.com"])
    mine.add(first)
    mine.add(second)
    whole.add(pa.concat_arrays([first, second]))
    assert mine.numbers() == whole.numbers()
    assert mine.distinct() == 3


@pytest.mark.parametrize(
    "column",
    [
        pa.array([13800138000, None, -5], pa.int64()),
        pa.array([13800138000.0, 4.40524188001010e17, float("nan"), None, 1e300, 0.25], pa.float64()),
        pa.array([b"13800138000", b"\xff\xfe", None], pa.binary()),
        pa.array([[[121.8987, 30.9023], [121.899, 30.903]], None]),
        pa.array([{"lon": 121.8987, "lat": 30.9023}]),
        pa.nulls(3),
        pa.array([pa.MonthDayNano([1, 2, 3]), None]),
        pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["a@example.com", "x"])),
        pa.ExtensionArray.from_storage(pa.uuid(), pa.array([b"0" * 16], pa.binary(16))),
        pa.array([b"ab"], pa.binary_view()),
        pa.array([True, False]),
        pa.array([0, 86400], pa.timestamp("s")),
    ],
    ids=str,
)
def test_every_type_of_column_is_read_alike(lane, column):
    mine, theirs = both(column)
    assert mine == theirs
    assert mine["rows"] == len(column)


def test_a_dictionary_is_looked_at_once_per_entry_and_counts_all(lane):
    column = pa.array(["11010519491231002X", "王伟"] * 500 + [None]).dictionary_encode()
    mine, theirs = both(column)
    assert mine == theirs
    assert mine["hits"][reference.NAMES.index("prc18")] == 500
    assert mine["nulls"] == 1


@pytest.mark.slow
def test_distinct_is_exact_to_4096_and_near_above(lane):
    for size, spread in ((4096, 0), (60_000, 0.06)):
        mine, theirs = both(pa.array([f"value {i}" for i in range(size)] * 2))
        assert mine["distinct"] == theirs["distinct"]
        assert abs(mine["distinct"] - size) <= spread * size


def test_a_lane_with_other_detectors_is_not_used(monkeypatch):
    class Other:
        class scan_name:  # noqa: N801 - the name of a C function
            restype = None

            def __new__(cls, _index):
                return b"other"

        class scan_column_size:  # noqa: N801 - the name of a C function
            restype = None

    native.lane.cache_clear()
    native.lanes.cache_clear()
    monkeypatch.setattr("feiyu._native.load", lambda _name: Other)
    assert native.lane() is None
    assert type(kernel.new_stats()) is kernel.ColumnStats
    native.lane.cache_clear()
    native.lanes.cache_clear()


def test_an_answer_of_the_lane_that_is_no_success_is_raised():
    native.check(0)
    with pytest.raises(MemoryError):
        native.check(1)
    with pytest.raises(ValueError):
        native.check(2)


def test_a_block_is_utf8_where_the_decoder_says_so():
    rng = random.Random(8)
    bytes_ = (0x41, 0x80, 0x9F, 0xA1, 0xB8, 0xC2, 0xC3, 0xE4, 0xE9, 0xED, 0xF0, 0xF4, 0xFF)
    told = set()
    for _ in range(20_000):
        block = bytes(rng.choice(bytes_) for _ in range(rng.randrange(1, 7)))
        try:
            codecs.getincrementaldecoder("utf-8")("strict").decode(block, final=False)
            so = True
        except UnicodeDecodeError:
            so = False
        assert native.utf8(block) is so, block
        assert native.utf8("海关".encode() + block) is so, block
        told.add(so)
    assert told == {True, False}


def test_a_residents_number_inside_a_text_is_nothing_else(lane):
    rng = random.Random(62)
    also = reference.BIT["uscc"] | reference.BIT["bank_card"]
    by_chance = 0
    for _ in range(4_000):
        body = f"{rng.choice(('620102', '310115', '910102'))}1985{rng.randrange(1, 13):02d}{rng.randrange(1, 28):02d}{rng.randrange(1000):03d}"
        number = body + prc_digit(body)
        bits = reference.detect(number)
        if number[:2] != "91":
            by_chance += bool(bits & also)
            assert reference.embedded(f"身份证{number}已核对") == reference.BIT["prc18"]
        assert_same(lane, f"身份证{number}已核对")
    assert by_chance


def test_a_number_glued_to_the_word_for_it_is_found(lane):
    told = {
        "请回tel13812345678谢谢": "mobile_cn",
        "refund to card4111111111111111pending": "bank_card",
        "verified,IBANGB82WEST12345698765432updated": "iban",
        "已核ID11010519491231002X": "prc18",
        "召回 vinLSVAA49J132047371 登记": "vin",
    }
    for text, kind in told.items():
        assert reference.embedded(text) == reference.BIT[kind]
        assert_same(lane, text)
    for text in ("单号NO13812345678 已归档", "idle13812345678 ok", "card 1234", "批次TELX13812345678 入库"):
        assert reference.embedded(text) == 0
        assert_same(lane, text)
