"""Natural persons are counted by the stated rule, whatever the order, the split and the kernel."""

import ctypes
import tempfile
from datetime import UTC, date, datetime
from itertools import pairwise

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.base.clock import FixedClock
from feiyu.base.persons import Three
from feiyu.scan import PersonCounter, count_runs, identity, links_native, native, runs, spilled
from feiyu.scan.checks import prc_digit
from feiyu.scan.errors import BadRun, OtherKey, ShortKey
from feiyu.scan.links import Links
from feiyu.scan.persons import names, orders, weak_from

LANE = native.lane()
KEY = b"a counting key for tests only..."
CLOCK = FixedClock(datetime(2026, 11, 22, tzinfo=UTC))
KINDS = {"id": "prc_resident_id", "pass": "passport_cn", "phone": "mobile_cn", "mail": "email", "vin": "vin"}


def ident(n, born="19800101"):
    body = f"310101{born}{n:03d}"
    return body + prc_digit(body)


def phone(n):
    return f"138{n:08d}"


def batch(*rows, fields=("id", "phone")):
    rows = [(*row, *(None,) * (len(fields) - len(row))) for row in rows]
    return pa.record_batch(
        {name: pa.array([row[i] for row in rows], pa.string()) for i, name in enumerate(fields)}
    )


def counter(fields=("id", "phone"), **more):
    return PersonCounter(KEY, fields={one: KINDS.get(one, one) for one in fields if one in KINDS or one == "birth_date"},
                         clock=CLOCK, **more)  # fmt: skip


def count(*rows, fields=("id", "phone"), **more):
    one = counter(fields, **more)
    one.add(batch(*rows, fields=fields))
    return one.counts()


@pytest.fixture(autouse=True, params=["native", "reference"])
def kernel_kind(request, monkeypatch):
    if request.param == "reference":
        monkeypatch.setattr(links_native.native, "lane", lambda: None)
    else:
        assert LANE is not None
    return request.param


def three(found):
    return found.lower, found.counted, found.upper


A, B, C = ident(1), ident(2), ident(3)
P, Q = phone(1), phone(2)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([(A, P), (A, P)], (1, 1, 1)),
        ([(A, P), (B, Q)], (2, 2, 2)),
        ([(A, P), (A, Q)], (1, 1, 1)),
        ([(A, P), (B, P)], (2, 2, 2)),  # a shared phone merges nobody
        ([(A, P), (None, P)], (1, 1, 2)),  # a weak id links a row without a strong one
        ([(A, P), (B, P), (None, P)], (2, 3, 3)),  # shared by two: it links nothing and stands for itself
        ([(A, P), (B, P), (None, P), (None, P)], (2, 3, 4)),
        ([(None, P), (None, P), (None, Q)], (2, 2, 2)),
        ([(A, None), (None, None), (None, None)], (1, 1, 3)),  # rows without identifier count above
        ([(None, None)], (1, 1, 1)),
        ([("无", "N/A"), (A, None)], (1, 1, 2)),
        ([("110105194912310021", P)], (1, 1, 1)),  # a wrong check digit is no identifier
    ],
)
def test_the_three_numbers(rows, expected):
    assert three(count(*rows)) == expected


def test_a_passport_beside_one_id_is_that_person_and_beside_two_is_nobodys():
    fields = ("id", "pass", "phone")
    assert three(count((A, "E12345678"), (None, "E12345678"), fields=fields)) == (1, 1, 1)
    assert three(count((A, "E12345678"), (A, "E87654321"), fields=fields)) == (1, 1, 1)
    assert three(count((A, "E12345678"), (B, "E12345678"), fields=fields)) == (2, 2, 2)
    assert three(count((A, "E12345678"), (B, "E12345678"), (None, "E12345678"), fields=fields)) == (2, 3, 3)


def test_two_strong_identifiers_never_merge_through_a_phone():
    found = count((A, None, P), (None, "E12345678", P), fields=("id", "pass", "phone"))
    assert three(found) == (1, 2, 2)
    assert found.linked == 1
    assert dict(found.by) == {"prc_resident_id": 2 - 1, "passport_cn": 1, "mobile_cn": 1}


def test_an_agents_mail_merges_nobody():
    rows = [(None, phone(i), "agent@example.com") for i in range(20)]
    found = count(*rows, fields=("id", "phone", "mail"))
    assert three(found) == (1, 20, 20)
    with_agent_alone = count(*rows, (None, None, "agent@example.com"), fields=("id", "phone", "mail"))
    assert three(with_agent_alone) == (1, 21, 21)


def test_a_chain_of_weak_identifiers_leads_to_the_owner():
    fields = ("id", "phone", "vin")
    vin = "1M8GDM9AXKP042788"
    assert three(count((A, P, None), (None, P, vin), (None, None, vin), fields=fields)) == (1, 1, 3)


def test_two_owners_in_one_row_are_two_and_their_child_is_counted_alone():
    fields = {"father": "prc_resident_id", "child": "prc_resident_id"}
    one = PersonCounter(KEY, fields=fields, clock=CLOCK)
    one.add(batch((A, ident(9, "20200101")), fields=("father", "child")))
    found = one.counts()
    assert three(found) == (2, 2, 2)
    assert found.linked == 1
    assert three(found.under14) == (1, 1, 1)
    assert three(found.sensitive) == (1, 1, 1)


def test_fourteen_is_reached_on_the_birthday():
    rows = [(ident(1, "20121122"),), (ident(2, "20121123"),), (ident(3, "20100101"),)]
    found = count(*rows, fields=("id",))
    assert found.under14 == Three(lower=1, counted=1, upper=1)


def test_a_birth_date_field_tells_who_is_under_14():
    rows = [
        (P, "2015-03-01"),
        (Q, "1990年1月1日"),
        (phone(3), "2016/2/29"),
        (phone(4), "garbage"),
        (phone(5), "1/2/2020"),
    ]
    found = count(*rows, fields=("phone", "birth_date"))
    assert found.under14.counted == 3


@pytest.mark.parametrize(
    ("value", "young"),
    [
        ("2015/3/1 0:00", True),
        ("3/1/2015 0:00", True),
        ("2015-03-01T00:00:00Z", True),
        ("2015年3月1日 0:00", True),
        ("2015年12月31日 10:30", True),
        ("2012/11/22 8:00", False),
        ("2012", True),
        ("2011", False),
        ("2015年", True),
        ("2012-11", True),
        ("2012.10", False),
        ("2012年11月", True),
        ("2012年9月", False),
        ("11/2012", True),
        ("2012-13", False),
        ("2150", False),
        ("201511", False),
    ],
)
def test_a_birth_day_with_a_time_and_one_of_which_only_month_or_year_are_told_in_doubt_young(value, young):
    assert count((P, value), fields=("phone", "birth_date")).under14.counted == young


def test_a_month_of_birth_ends_on_its_last_day():
    leap = FixedClock(datetime(2026, 2, 28, tzinfo=UTC))
    one = PersonCounter(KEY, fields={"phone": "mobile_cn", "birth_date": "birth_date"}, clock=leap)
    one.add(batch((P, "2012-02"), (Q, "2012-01"), fields=("phone", "birth_date")))
    assert one.counts().under14.counted == 1


@pytest.mark.parametrize(
    ("value", "young"),
    [("13", True), ("13.5", True), ("8岁", True), ("9 years", True), ("6个月", True), ("14", False), ("0-17", False), ("139", False), ("", False)],
)  # fmt: skip
def test_an_age_tells_who_is_under_14(value, young):
    one = PersonCounter(KEY, fields={"phone": "mobile_cn", "how_old": "age"}, clock=CLOCK)
    one.add(batch((P, value), fields=("phone", "how_old")))
    assert one.counts().under14.counted == young


def test_a_birthday_on_the_29th_of_february():
    leap = FixedClock(datetime(2028, 2, 29, tzinfo=UTC))
    one = PersonCounter(KEY, fields={"id": "prc_resident_id"}, clock=leap)
    assert one.adult == date(2014, 2, 28)


def test_a_value_in_a_sensitive_field_makes_the_row_sensitive():
    rows = [(A, "[[121.1,30.1]]"), (A, None), (B, None), (None, "x"), (C, " null ")]
    one = PersonCounter(KEY, fields={"id": "prc_resident_id"}, sensitive=["track"], clock=CLOCK)
    one.add(batch(*rows, fields=("id", "track")))
    assert one.counts().sensitive == Three(lower=1, counted=1, upper=2)


@pytest.mark.parametrize(
    ("kind", "writings"),
    [
        (
            "prc_resident_id",
            [
                "11010519491231002X",
                "11010519491231002x",
                "１１０１０５１９４９１２３１００２Ｘ",
                "110105 19491231 002X",
            ],
        ),
        ("prc_resident_id", ["130503670401001", "130503196704010016"]),
        ("student_no", ["G11010519491231002X", "11010519491231002X"]),
        ("home_return_permit", ["H12345678", "H1234567801", "h1234567802"]),
        (
            "mobile_cn",
            ["13800138000", "+86 138 0013 8000", "86-138-0013-8000", "13800138000.0", "'13800138000"],
        ),
        ("email", ["A.b@Example.com", " a.b@example.COM "]),
        ("plate_cn", ["沪A12345", "沪A·12345", "沪a 12345"]),
        ("hkid", ["A123456(3)", "a1234563"]),
        ("bank_card", ["6200 0000 0000 0005", "6200000000000005"]),
    ],
)
def test_writings_of_one_identifier_are_one_person(kind, writings):
    one = PersonCounter(KEY, fields={"x": kind}, clock=CLOCK)
    one.add(batch(*[(w,) for w in writings], fields=("x",)))
    found = one.counts()
    assert (found.counted, found.upper) == (1, 1)


def test_types_that_fold_share_their_keys():
    one = PersonCounter(KEY, fields={"licence": "driver_licence", "id": "prc_resident_id"}, clock=CLOCK)
    one.add(batch((A, None), (None, A), fields=("licence", "id")))
    assert three(one.counts()) == (1, 1, 1)


def test_damaged_identifiers_make_the_count_inexact_and_name_the_field():
    found = count(("4.40524188001010E+17", P), ("440524188001010000", Q), (A, "1.38E+10"))
    assert not found.exact
    assert found.damaged == ("id", "phone")
    assert count((A, P)).exact


def test_a_number_that_a_spreadsheet_rounded_is_nobodys():
    for kind in ("bank_card", "passport_cn"):
        one = PersonCounter(KEY, fields={"x": kind}, clock=CLOCK)
        one.add(batch(("6.22202E+18",), ("6.22848e18",), ("6222021234567890123",), fields=("x",)))
        found = one.counts()
        assert found.by == {kind: 1}
        assert found.damaged == ("x",)


def test_a_short_key_is_refused():
    with pytest.raises(ShortKey):
        PersonCounter(b"short", fields={"id": "prc_resident_id"})


def test_the_digest_is_siphash_2_4_with_128_bits():
    """The first and the last vector of the reference code's ``vectors_sip128``."""
    key = bytes(range(16))
    assert identity.siphash128(key, b"").hex() == "a3817f04ba25a8e66df67214c7550293"
    assert identity.siphash128(key, bytes(range(15))).hex() == "5493e99933b0a8117e08ec0f97cfc3d9"


def test_the_lane_digests_alike():
    out = (ctypes.c_uint64 * 2)()
    for size in range(40):
        data = bytes(range(size))
        LANE.scan_siphash(KEY[:16], data, size, out)
        assert identity.siphash128(KEY[:16], data) == out[0].to_bytes(8, "little") + out[1].to_bytes(
            8, "little"
        )


def test_surer_types_come_first():
    assert orders()["prc_resident_id"] == orders()["driver_licence"] == 0
    assert all(a in orders() for a in names())
    assert (
        orders()["crew_list_no"] < weak_from() <= orders()["mobile_cn"] < orders()["email"] < orders()["vin"]
    )


ids = st.one_of(
    st.none(), st.integers(1, 4).map(ident), st.integers(1, 2).map(lambda n: ident(n, "20200101"))
)
passports = st.one_of(st.none(), st.integers(1, 3).map(lambda n: f"E1234567{n}"))
phones = st.one_of(st.none(), st.integers(1, 3).map(phone))
mails = st.one_of(st.none(), st.integers(1, 2).map(lambda n: f"p{n}@example.com"))
rows_of = st.lists(st.tuples(ids, passports, phones, mails, ids, st.sampled_from([None, "x"])), max_size=14)
FIELDS = ("id", "pass", "phone", "mail", "second", "track")
TYPES = {
    "id": "prc_resident_id",
    "pass": "passport_cn",
    "phone": "mobile_cn",
    "mail": "email",
    "second": "prc_resident_id",
}


def graph(rows, make):
    one = PersonCounter(KEY, fields=TYPES, sensitive=["track"], clock=CLOCK)
    one.links = make()
    if rows:
        one.add(batch(*rows, fields=FIELDS))
    return one


def written(links):
    with tempfile.TemporaryFile() as file:
        at, counted = links.put(file, weak_from())
        assert counted == links.counts(weak_from())
        file.seek(0)
        return at, links.loose_rows(), file.read()


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(rows_of, st.randoms(use_true_random=False))
def test_lane_and_reference_count_alike_in_any_order(rows, random):
    mine = graph(
        rows,
        lambda: links_native.NativeLinks(LANE),
    )
    shuffled = list(rows)
    random.shuffle(shuffled)
    theirs = graph(shuffled, Links)
    assert mine.counts() == theirs.counts()
    assert written(mine.links) == written(theirs.links)
    found = mine.counts()
    for one in (found, found.sensitive, found.under14):
        assert one.lower <= one.counted <= one.upper
    assert found.sensitive.counted >= found.under14.counted


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(rows_of, st.integers(1, 5), st.booleans())
def test_what_goes_to_disk_in_between_counts_the_same(rows, step, halves):
    mine = graph([], lambda: links_native.NativeLinks(LANE))
    for i in range(0, len(rows), step):
        mine.add(batch(*rows[i : i + step], fields=FIELDS))
        mine.links.spill(None)
    theirs = graph(rows, Links)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spilled, "_worth_two", lambda _: halves)
        assert mine.counts() == theirs.counts()
        assert written(mine.links) == written(theirs.links)
        assert mine.counts() == theirs.counts()


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(rows=rows_of, cuts=st.lists(st.integers(0, 14), max_size=3))
def test_any_split_into_runs_counts_the_same(tmp_path_factory, rows, cuts):
    folder = tmp_path_factory.mktemp("runs")
    edges = sorted({0, len(rows), *(c for c in cuts if c < len(rows))})
    whole = graph(rows, links_native.new_links)
    paths = []
    for i, (a, b) in enumerate(pairwise(edges)):
        part = graph(rows[a:b], links_native.new_links)
        part.write_run(folder / f"{i}.run")
        paths.append(folder / f"{i}.run")
    assert count_runs(paths) == whole.counts() or not rows


@pytest.mark.slow
def test_spilling_changes_nothing(tmp_path):
    rows = [(ident(i), phone(i % 7)) for i in range(60)] + [(None, phone(i)) for i in range(9)]
    one = counter(spill=tmp_path, memory_bytes=1)
    for row in rows:
        one.add(batch(row))
    assert not list(tmp_path.iterdir())  # what goes to disk has no name there
    assert one.counts() == one.counts() == count(*rows)
    one.add(batch((None, phone(0)), (ident(3), phone(3))))
    rows += [(None, phone(0)), (ident(3), phone(3))]
    assert one.counts() == count(*rows)
    one.write_run(tmp_path / "whole.run")
    assert count_runs([tmp_path / "whole.run"]) == count(*rows)


def test_a_run_under_another_key_is_refused(tmp_path):
    for name, key in (("a", KEY), ("b", b"another counting key, for tests.")):
        PersonCounter(key, fields={"id": "prc_resident_id"}, clock=CLOCK).write_run(tmp_path / name)
    with pytest.raises(OtherKey):
        count_runs([tmp_path / "a", tmp_path / "b"])


def test_a_run_holds_no_identifier(tmp_path):
    one = counter()
    one.add(batch((A, P)))
    one.write_run(tmp_path / "run")
    data = (tmp_path / "run").read_bytes()
    assert A.encode() not in data
    assert P.encode() not in data


@pytest.mark.parametrize("where", [0, 40, 300, -40, -1])
def test_a_changed_or_cut_run_is_refused(tmp_path, where):
    path = tmp_path / "run"
    one = counter()
    one.add(batch((A, P), (B, Q)))
    one.write_run(path)
    data = bytearray(path.read_bytes())
    data[where] ^= 1
    path.write_bytes(data)
    with pytest.raises(BadRun):
        count_runs([path])
    path.write_bytes(data[: len(data) // 2])
    with pytest.raises(BadRun):
        count_runs([path])


def rewritten(path, one, change, types=None):
    """A run with a right checksum, whose records were changed."""
    at, loose, data = written(one.links)
    data = bytearray(data)
    change(data, at)
    head = runs.Head(mark=one.mark, types=types or names(), loose=loose, damaged={})
    runs.write(path, head, lambda stream: (at, stream.write(data)))
    return path


def record(at, kind):
    """The byte of the first record of a kind, and its section."""
    section = next(i for i in range(kind, 768, 3) if at[i + 1] > at[i])
    return 32 * at[section]


@pytest.mark.parametrize(
    ("kind", "byte", "value"),
    [
        (0, 7, 0),  # a head in a part that is not its own
        (0, 28, 255),  # a type beyond the list
        (0, 16, 1),  # a head of no row
        (1, 7, 255),  # a tie of a type beyond the list
        (1, 23, 1),  # a tie to one that is not there
        (2, 16, 1),  # a mate that is not there
    ],
)
def test_a_run_that_lies_about_itself_is_refused(tmp_path, kind, byte, value, monkeypatch):
    fields = ("id", "phone", "second")
    one = PersonCounter(KEY, fields={name: TYPES[name] for name in fields}, clock=CLOCK)
    one.add(batch((A, P, B), (None, P, C), fields=fields))

    def change(data, at):
        data[record(at, kind) + byte] ^= value or 0xFF

    path = rewritten(tmp_path / "run", one, change)
    for in_place in (1 << 20, 0):
        monkeypatch.setattr(links_native, "IN_PLACE_BYTES", in_place)
        with pytest.raises(BadRun):
            count_runs([path])


def test_a_tie_to_one_less_sure_is_refused(tmp_path, monkeypatch):
    one = counter(("id", "phone"))
    one.add(batch((A, P), (B, P)))

    def turn(data, at):
        place = {name: i for i, name in enumerate(names())}
        for section in range(0, 768, 3):
            for i in range(at[section], at[section + 1]):
                order = int.from_bytes(data[32 * i + 28 : 32 * i + 30], "little")
                other = place["mobile_cn"] if order == place["prc_resident_id"] else place["prc_resident_id"]
                data[32 * i + 28 : 32 * i + 30] = other.to_bytes(2, "little")

    path = rewritten(tmp_path / "run", one, turn)
    for in_place in (1 << 20, 0):
        monkeypatch.setattr(links_native, "IN_PLACE_BYTES", in_place)
        with pytest.raises(BadRun):
            count_runs([path])


def test_a_run_of_types_unheard_of_is_refused(tmp_path):
    one = counter()
    one.add(batch((A, P)))
    path = rewritten(tmp_path / "run", one, lambda *_: None, types=("unheard_of",))
    with pytest.raises(BadRun):
        count_runs([path])


def test_types_of_another_version_are_translated(tmp_path, monkeypatch):
    one = counter()
    one.add(batch((A, P), (None, P)))
    last = len(names()) - 1

    def turn(data, at):
        for section in range(0, 768, 3):
            for i in range(at[section], at[section + 1]):
                data[32 * i + 28] = last - data[32 * i + 28]
            for i in range(at[section + 1], at[section + 2]):
                data[32 * i + 7] = last - data[32 * i + 7]

    path = rewritten(tmp_path / "run", one, turn, types=tuple(reversed(names())))
    for in_place in (1 << 20, 0):
        monkeypatch.setattr(links_native, "IN_PLACE_BYTES", in_place)
        assert count_runs([path]) == one.counts()


def test_runs_count_alike_where_they_stand_and_in_memory(tmp_path, monkeypatch):
    rows = (
        [(ident(i), phone(i % 5)) for i in range(40)] + [(None, phone(i)) for i in range(9)] + [(None, None)]
    )
    paths = []
    for i in range(0, len(rows), 10):
        part = counter()
        part.add(batch(*rows[i : i + 10]))
        paths.append(tmp_path / f"{i}.run")
        part.write_run(paths[-1])
    for in_place, memory in ((1 << 20, 1 << 20), (0, 1 << 20), (1 << 20, 1)):
        monkeypatch.setattr(links_native, "IN_PLACE_BYTES", in_place)
        assert count_runs(paths, memory_bytes=memory) == count(*rows)


@pytest.mark.parametrize("halves", [False, True])
def test_a_lie_in_either_half_of_a_run_is_refused(tmp_path, monkeypatch, halves):
    """The heads of the last part claim to be of another part."""
    monkeypatch.setattr(spilled, "_worth_two", lambda _: halves)
    monkeypatch.setattr(links_native, "IN_PLACE_BYTES", 0)
    one = counter()
    one.add(batch(*((ident(i), phone(i)) for i in range(900))))
    assert one.counts().counted == 900

    def lie_in(part):
        def lie(data, at):
            assert at[3 * part + 1] > at[3 * part]
            data[32 * at[3 * part] + 7] ^= 1

        return lie

    for part in (0, 255):
        with pytest.raises(BadRun):
            count_runs([rewritten(tmp_path / f"{part}.run", one, lie_in(part))])


def test_rows_without_identifier_count_only_when_they_tell_of_a_person():
    rows = [(A, "王伟", "x"), (None, None, "y"), (None, "李娜", None), (None, "N/A", "z")]
    for told, upper in ((None, 4), (("name",), 2), ((), 1)):
        one = PersonCounter(KEY, fields={"id": "prc_resident_id"}, told=told, clock=CLOCK)
        one.add(batch(*rows, fields=("id", "name", "note")))
        assert three(one.counts()) == (1, 1, upper)


def test_identifiers_inside_texts_are_persons():
    rows = [
        (f"客户身份证{A}，电话{P}",),
        (f"{A}与{B}共有，请联系wang@example.com",),
        (B,),
        ("没有什么",),
        ("公" * 3000 + C,),
    ]
    one = PersonCounter(
        KEY, fields={}, inside={"note": ["prc_resident_id", "mobile_cn", "email"]}, told=(), clock=CLOCK
    )
    one.add(batch(*rows, fields=("note",)))
    found = one.counts()
    assert three(found) == (3, 3, 3)
    assert dict(found.by) == {"prc_resident_id": 3, "mobile_cn": 1, "email": 1}
    assert found.exact


def test_more_identifiers_in_one_text_than_are_counted_make_it_inexact():
    one = PersonCounter(KEY, fields={}, inside={"note": ["prc_resident_id"]}, clock=CLOCK)
    one.add(batch((" ".join(ident(i) for i in range(40)),), fields=("note",)))
    assert not one.counts().exact


@pytest.mark.parametrize("lane", [None, *native.lanes()])
def test_telephones_count_whatever_signs_divide_them(lane, monkeypatch):
    monkeypatch.setattr(links_native.native, "lane", lambda: lane)
    one = PersonCounter(KEY, fields={"phone": "phone_intl"}, clock=CLOCK)
    one.add(
        batch(
            ("0171/1234567",), ("0171 1234567",), ("06.39.98.41.07",), ("06 39 98 41 07",), fields=("phone",)
        )
    )
    assert one.counts().counted == 2
