"""Own types: the file is read strictly, both lanes see the same, and a field is decided by what it holds."""

import json
import random

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feiyu.scan import inspect_batch, profile
from feiyu.scan.own import OwnColumns, load_types, read_types
from feiyu.scan.own import lane as lanes
from feiyu.scan.own.errors import BadOwnTypes
from feiyu.scan.own.model import Kind
from feiyu.scan.own.reference import ReferenceLook
from feiyu.scan.own.shapes import fits, forms

TYPES = """
format: feiyu-types/1
types:
  - {id: contract_no, zh: 合同号, en: Contract number, shape: "HT-{9:4}", headers: [合同号, contract no], class: commerce}
  - {id: member_no, zh: 会员号, en: Member number, shape: ["{A:2}{9:6-8}", "M{汉}{9}"], headers: [会员号], strength: weak, counts_as: customer_no}
  - {id: project, zh: 项目代号, en: Project code name, words: [海燕, 雪豹, "ｏｓｐｒｅｙ"], level: important, class: project}
  - {id: site, zh: 站点, en: Site, words: [Lingang-1, Lingang-2]}
  - {id: ticket, zh: 工单, en: Ticket, regex: "WO-[0-9]{3,}-[A-Z]", literal: WO-, inside: true, headers: [工单]}
  - {id: asset, zh: 资产, en: Asset, regex: "资产[a-z]+", literal: 资产, sensitive: true}
"""


@pytest.fixture(scope="module")
def own():
    return read_types(TYPES.encode(), "my.yaml")


def hits(own, values, kind=None):
    columns = OwnColumns(own, ["x"])
    for part in values:
        columns.feed(pa.record_batch({"x": pa.array(part, kind or pa.string())}))
    (found,) = columns.hits()
    return found.values, found.counts, found.first


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string(), pa.string_view()])
def test_values_are_told_apart_with_their_first_row(own, kind):
    values = [["HT-1234", None, " ", "HT-12345", "ＨＴ－９９９９", "　HT-0001 "], ["AB123456", "M王7", "M王77", "海燕", "osprey", "海燕x", "Lingang-2"],
              ["见 WO-123-A 与 WO-1", "WO-12-A", "xWO-999-Zx", "资产abc", "资产", "有资产abc"]]  # fmt: skip
    count, found, first = hits(own, values, kind)
    assert count == 17
    assert found == {"contract_no": 3, "member_no": 2, "project": 2, "site": 1, "ticket": 2, "asset": 1}
    assert first == {"contract_no": 0, "member_no": 6, "project": 9, "site": 12, "ticket": 13, "asset": 16}


PIECES = st.sampled_from(
    [
        "HT-",
        "1234",
        "ＨＴ",
        "海燕",
        "WO-",
        "123",
        "-A",
        "资产",
        "abc",
        " ",
        "　",
        "",
        "M王7",
        "AB123456",
        "Lingang-1",
        "é",
        "\U00020000",
        "Ｚ",
    ]
)


@settings(deadline=None, max_examples=120)
@given(
    st.lists(st.one_of(st.none(), st.lists(PIECES, max_size=4).map("".join)), max_size=30), st.integers(0, 3)
)
def test_the_lane_agrees_with_its_reference(own, values, cut):
    column = pa.array(values, pa.string())[min(cut, len(values)) :]
    native = OwnColumns(own, ["x"])
    assert native._native
    slow = OwnColumns(own, ["x"])
    slow._native, slow._look = False, ReferenceLook(own)
    for one in (native, slow):
        one.feed(pa.record_batch([column], names=["x"]))
    (a,), (b,) = native.hits(), slow.hits()
    assert (a.values, a.counts, a.first) == (b.values, b.counts, b.first)


SHAPES = ("{x:33}", "{A}{9:39}", "AS{9:10}", "{汉:2-4}", "{X:16}", "{a:16}", "{9:64}", "B{x:30}z", "-{9}")


def test_shapes_of_every_length_and_words_agree_in_every_kind_of_column():
    """Beside columns that share their text, across blocks of rows, to the last byte of a buffer; near misses too."""
    rng = random.Random(6)
    entries = [f'{{id: s{i}, zh: x, en: x, shape: "{one}"}}' for i, one in enumerate(SHAPES)]
    words = [f"{'项目号ab1'[rng.randrange(6) :]}{i}"[: rng.randrange(1, 21)] for i in range(400)]
    entries.append(f"{{id: w, zh: x, en: x, words: {json.dumps(words, ensure_ascii=False)}}}")
    many = read_types(("format: feiyu-types/1\ntypes:\n  - " + "\n  - ".join(entries)).encode(), "many.yaml")
    made = [form for one in many.of(Kind.SHAPE) for shape in one.shapes for form in forms(shape)]

    def value():
        form = bytearray(rng.choice(sorted(one)) for one in rng.choice(made))
        if rng.random() < 0.4:
            form[rng.randrange(len(form))] = rng.randrange(0x20, 0x7F)
        return rng.choice(words) if rng.random() < 0.3 else form.decode("utf-8", "replace")

    rows = [value() for _ in range(1_300)]
    columns = [pa.array(rows, kind) for kind in (pa.string(), pa.string_view(), pa.large_string())]
    columns.append(pa.array([row if i % 7 else None for i, row in enumerate(rows)], pa.string_view()))
    batch = pa.record_batch(columns, names=list("abcd")).slice(3)
    native, slow = OwnColumns(many, list("abcd")), OwnColumns(many, list("abcd"))
    slow._native, slow._look = False, ReferenceLook(many)
    for one in (native, slow):
        one.feed(batch)
    assert native.hits() == slow.hits()
    assert len(native.hits()[1].counts) == len(SHAPES) + 1


def test_a_shape_becomes_bounded_forms():
    assert [len(form) for form in forms("A{9:1-3}")] == [2, 3, 4]
    assert fits(forms("{汉:2}-{x}")[0], "正茂-a".encode())
    for wrong in ("{9:0}", "{9:3-2}", "{Q}", "{9", "{9:64}{9}", "{9:1-9}{9:1-9}", "{9:0-1}", ""):
        with pytest.raises(ValueError, match=r"."):
            forms(wrong)


def test_fields_are_decided_and_persons_counted(own, tmp_path):
    path = tmp_path / "t.csv"
    rows = [f"HT-{i:04d},AB{100000 + i % 40},海燕,处理 WO-{i:03d}-A 完成,{i}" for i in range(100)]
    path.write_text("合同号,会员号,代号,备注,编号\n" + "\n".join(rows) + "\n", encoding="utf-8")
    table = profile(path, own=own).tables[0]
    by_name = {one.name: one for one in table.fields}
    assert by_name["合同号"].type == "contract_no"
    assert (by_name["会员号"].type, by_name["会员号"].personal) == ("member_no", True)
    assert (by_name["代号"].type, by_name["代号"].level) == ("project", "important")
    assert by_name["备注"].embedded == ("ticket",)
    assert "自定义类型" in by_name["合同号"].reason.zh
    assert (table.persons.counted, table.persons.by) == (40, {"customer_no": 40})
    again = profile(path).tables[0]
    assert again.fields[4] == by_name["编号"]


def test_a_bare_shape_wants_its_header_and_a_check_digit_is_not_overruled(own, tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("x,id\n" + "HT-1234,11010519491231002X\n" * 20, encoding="utf-8")
    more = read_types(
        b'format: feiyu-types/1\ntypes:\n  - {id: odd, zh: a, en: a, shape: "{9:17}{X}", alone: true}\n',
        "o.yaml",
    )
    assert profile(path, own=own).tables[0].fields[0].type != "contract_no"
    field = profile(path, own=more).tables[0].fields[1]
    assert (field.type, field.also) == ("prc_resident_id", ("odd",))


@pytest.mark.parametrize(
    ("entry", "word"),
    [
        ("{id: a, zh: a, en: a}", "exactly one"),
        ("{id: a, zh: a, en: a, shape: x, words: [b]}", "exactly one"),
        ("{id: mobile_cn, zh: a, en: a, shape: x}", "taken"),
        ("{id: A b, zh: a, en: a, shape: x}", "small letters"),
        ('{id: a, zh: a, en: a, shape: "{9"}', "shape"),
        ("{id: a, zh: a, en: a, regex: 'a(b'}", "RE2"),
        ("{id: a, zh: a, en: a, regex: '(a)\\1', literal: aaa}", "RE2"),
        ("{id: a, zh: a, en: a, regex: '(?=x)a', literal: aaa}", "RE2"),
        ("{id: a, zh: a, en: a, regex: 'ab+'}", "literal"),
        ("{id: a, zh: a, en: a, regex: 'ab+', literal: ab}", "3 to"),
        ("{id: a, zh: a, en: a, words: []}", "words"),
        ("{id: a, zh: a, en: a, words_file: ../x.txt}", "beside the file"),
        (
            "{id: a, zh: a, en: a, words_file: absent.txt}",
            "absent.txt cannot be read: no such file or folder",
        ),
        ("{id: a, zh: a, en: a, shape: x, strength: strong}", "counts_as"),
        ("{id: a, zh: a, en: a, shape: x, strength: strong, counts_as: mobile_cn}", "not one of"),
        ("{id: a, zh: a, en: a, shape: x, inside: true}", "belongs to"),
        ("{id: a, zh: a, en: a, shape: x, share: 0}", "1 to 100"),
        ("{id: a, zh: a, en: a, shape: x, what: 1}", "unknown key"),
    ],
)
def test_a_wrong_file_is_refused_at_its_line(entry, word, tmp_path):
    path = tmp_path / "my.yaml"
    path.write_text(f"format: feiyu-types/1\ntypes:\n  - {entry}\n", encoding="utf-8")
    with pytest.raises(BadOwnTypes) as refused:
        load_types(path)
    assert refused.value.values["place"] == "my.yaml:3"
    assert word in refused.value.text("en")


def test_word_lists_lie_beside_the_file(tmp_path):
    (tmp_path / "terms.txt").write_text("甲项目\n乙项目\n\n", encoding="utf-8")
    (tmp_path / "my.yaml").write_text(
        "format: feiyu-types/1\ntypes:\n  - {id: a, zh: a, en: a, words_file: terms.txt}\n"
    )
    assert load_types(tmp_path / "my.yaml").types[0].words == ("甲项目", "乙项目")


def test_there_are_limits(tmp_path):
    many = "\n".join(f"  - {{id: t{i}, zh: a, en: a, words: [w{i}]}}" for i in range(65))
    with pytest.raises(BadOwnTypes, match="SCAN-0170"):
        read_types(f"format: feiyu-types/1\ntypes:\n{many}\n".encode(), "m.yaml")
    alike = "\n".join(
        f'  - {{id: t{i}, zh: a, en: a, shape: ["A{i}{{9:5}}", "B{i}{{9:5}}"]}}' for i in range(10, 60)
    )
    with pytest.raises(BadOwnTypes) as refused:
        read_types(f"format: feiyu-types/1\ntypes:\n{alike}\n".encode(), "m.yaml")
    assert "forms of 8 bytes" in refused.value.text("en")


def test_there_is_a_lane_here():
    assert lanes.library() is not None


def test_a_batch_is_held_against_what_was_declared(own):
    batch = pa.record_batch({"代号": ["海燕", "x", "y"] * 10, "会员号": ["AB123456"] * 30})
    found = inspect_batch(batch, {"代号": "text", "会员号": "member_no"}, own=own)
    assert [(one.field, one.found, one.row, one.hits) for one in found] == [("代号", "project", 0, 10)]
    assert found[0].example == "海*"
    assert {one.found for one in inspect_batch(batch, {}, own=own)} >= {"project", "member_no"}
