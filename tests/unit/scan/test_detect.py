"""One column: the answer rests on values and header together, and says why."""

import pyarrow as pa
import pytest

from feiyu.scan import Inspector, header, headtext, headwords, minority, profile, reference
from feiyu.scan.catalogue import by_id
from feiyu.scan.checks import luhn, prc_digit
from feiyu.scan.normalize import masked, normal


def decide(name, values, **others):
    inspector = Inspector((name, *others))
    inspector.feed(pa.record_batch([pa.array(v) for v in (values, *others.values())], names=[name, *others]))
    return inspector.fields()[0]


def ident(n):
    body = f"31010119800101{n:03d}"
    return body + prc_digit(body)


MOBILES = [f"138{i * 7919 % 10**8:08d}" for i in range(60)]


@pytest.mark.parametrize(
    ("name", "values", "expected"),
    [
        ("anything", [ident(i) for i in range(9)], "prc_resident_id"),
        ("订单号", MOBILES, "mobile_cn"),
        ("批次", MOBILES, "order_no"),
        ("身份证号", [str(2 * 10**17 + i * 37) for i in range(40)], "order_no"),
        ("姓名", [f"A{i}" for i in range(40)], "order_no"),
        ("客户编号", [f"C{i:06d}" for i in range(40)], "customer_no"),
        ("驾驶证号", [ident(i) for i in range(9)], "driver_licence"),
        ("车辆颜色", ["白色", "黄色", "金色", "蓝色"] * 5, "category"),
        ("民族", ["白族", "水族", "汉族"] * 5, "ethnicity"),
        ("地区", ["朝鲜国家", "土家菜"] * 5, "category"),
        ("firmware_version", ["1.2.3.4", "1.2.3.5"] * 9, "version"),
        ("Firmware", ["v2.4.1", "v2.4.2-rc1", "v2.5.0", "v2.5.1", "v3.0.0", "v3.0.1"] * 3, "version"),
        ("Nro. de pedido", [f"#{40117 + i}" for i in range(40)], "order_no"),
        ("client_ip", ["10.2.3.4", "10.2.3.5"] * 9, "ipv4"),
        ("出生日期", ["1990-01-01", "1985-12-31"] * 9, "birth_date"),
        ("order_date", ["2026-01-01", "2026-02-28"] * 9, "date"),
        ("ACADEMIC_YEAR_CODE", ["2024", "2025", "2026"] * 9, "number"),
        ("empty", [None, "", "NULL", "-"], "empty"),
        ("urgent", ["是", "否"] * 9, "boolean"),
        ("browser", ["Safari", "Chrome"] * 20, "category"),
        ("sensor", [f"SCN-{i}" for i in range(125, 160)], "order_no"),
        ("commodity", ["TOYS", "beef, boneless", "冷冻虾仁"] * 6, "cargo_name"),
        ("Stanowisko", ["spawacz", "kierownik zmiany", "magazynier"] * 6, "occupation"),
        ("Stanowisko", ["见附件。"] * 9 + ["另见；"] * 9, "category"),
        ("title", ["The Old Sea", "Harbour Lights", "Northern Sky"] * 6, "category"),
        (
            "被保险人",
            ["示例贸易有限公司", "王小明", "示例物流有限公司", "李芳", "张伟", "海鸥医药科技有限公司"] * 4,
            "name_cn",
        ),
        ("替代料", [f"11{n * 7919 % 10**8:08d}" for n in range(1, 60)], "order_no"),
        ("company_size", ["M", "M", "L", "M", "M", "S"] * 6, "category"),
        ("is_paid", ["0", "1", "1"] * 9, "boolean"),
        ("children_count", ["0", "1"] * 9, "number"),
        ("业务种类", ["022", "024", "020"] * 9, "category"),
        ("stop", [f"{n % 9}{n:04d}"[-5:] for n in range(7, 4000, 97)], "order_no"),
        ("Monthly salary", [f"S${n},500.00" for n in range(3, 30)], "income"),
        ("采购申请", [f"138{n:03d}00{n:03d}" for n in range(100, 990, 17)], "order_no"),
        ("peer", [f"10.{n}.2{n % 10}1.7" for n in range(40)], "ipv4"),
        ("node", [f"10.0.{n % 3}.{n}" for n in range(10, 40)], "ipv4"),
        ("image", [f"{22 + n % 5}.{n % 12}.{n % 9}.{n}" for n in range(40)], "version"),
        ("E", [f"1{'3589'[n % 4]}26{n * 7919 % 10**6:06d}" for n in range(1, 60)], "order_no"),
        ("taxable", [f"{n % 9 + 1},{n:02d},450.00" for n in range(10, 40)], "number"),
        ("MOB_NO", [f"{6 + n % 4}{n * 7919 % 10**9:09d}" for n in range(1, 60)], "phone_intl"),
        ("联系电话", [*MOBILES[:20], *(f"021-5812{n}" for n in range(1000, 1022))], "landline_cn"),
        ("buildArea", [f"{n}.4{n % 10}" for n in range(40, 90)], "number"),
        ("xb", ["1-男", "2-女"] * 9, "gender"),
        ("性别", ["男/M", "女/F"] * 9, "gender"),
        ("工资卡", [f"6.2220{n}E+18" for n in range(10, 40)], "bank_card"),
        ("姓名", ["王伟", "John Smith", "李娜", "António Xavier", "何佩珊"] * 5, "name_cn"),
    ],
)
def test_answers(name, values, expected):
    assert decide(name, values).type == expected


def test_a_header_alone_does_not_decide():
    free = {one.id for one in by_id().values() if one.bits & reference.BIT["text"]}
    free |= {kind for group in headwords.kin() if free & set(group) for kind in group}
    free_text = {by_id()[kind].headers for kind in free}
    said = {head for heads in free_text for head in heads}
    for one in by_id().values():
        head = next((h for h in one.headers if h not in said), None)
        if head is not None:
            assert decide(head, ["此处无有效内容。", "另行通知；", "见附件！"] * 4).type in (
                "text",
                "category",
            ), one.id


def test_a_check_digit_alone_does_not_decide():
    """A tenth of any numbers passes a check modulo 10; that makes no column a column of cards or phones."""
    values = [str(10**14 + i * 7919) for i in range(500)]
    found = decide("x", values)
    assert found.type == "order_no"
    assert found.also == ()
    assert not found.personal


def test_a_few_identifiers_among_others_are_told():
    found = decide("备注", ["无"] * 3 + ["正常"] * 200 + [ident(1), "13800138000"])
    assert found.type == "category"
    assert set(found.also) == {"prc_resident_id", "mobile_cn"}
    assert found.personal


def test_a_reason_stands_in_both_languages():
    found = decide("手机号", MOBILES)
    assert "手机号码" in found.reason.zh
    assert "Mobile" in found.reason.en
    assert 90 <= found.confidence <= 99


def test_coordinates_are_personal_only_beside_somebody():
    lon, lat = [f"121.{i:06d}" for i in range(20)], [f"31.{i:06d}" for i in range(20)]
    alone = decide("lng", lon, lat=lat)
    assert (alone.type, alone.personal) == ("longitude", False)
    beside = decide("lng", lon, lat=lat, phone=MOBILES[:20])
    assert (beside.type, beside.personal, beside.sensitive) == ("longitude", True, True)
    timed = decide("lng", lon, lat=lat, phone=MOBILES[:20], at=["2026-01-01 10:00:00"] * 20)
    assert (timed.type, timed.sensitive) == ("trajectory", True)
    assert "轨迹" in timed.reason.zh


def test_a_track_of_ships_is_nobodys():
    tracks = [f"121.{i:06d},31.100000;121.{i:06d},31.200000" for i in range(20)]
    assert decide("轨迹", tracks, mmsi=[f"4120000{i:02d}" for i in range(20)]).personal is False
    assert decide("轨迹", tracks, 手机=MOBILES[:20]).sensitive is True


@pytest.mark.parametrize(
    ("head", "words"),
    [
        ("owner_id_no", ("owner", "id", "no")),
        ("ownerIdNo", ("owner", "id", "no")),
        ("VINCode", ("vin", "code")),
        ("手机号（必填）", ("手机号",)),
        ("ＭＯＢＩＬＥ", ("mobile",)),
        ("phone_2", ("phone",)),
        ("姓名1", ("姓名", "1")),
        ("tel1", ("tel",)),
        ("", ()),
    ],
)
def test_headers_are_taken_apart(head, words):
    found = headtext.tokens(head)
    assert found == words or found == words[:1]


def test_words_do_not_match_inside_other_words():
    order = by_id()["ipv4"].order
    assert header.evidence("shipping")[order] <= 0
    assert header.evidence("client_ip")[order] > 4
    assert header.evidence("firmware_ip_version")[order] == header.AGAINST


def test_the_longest_word_is_meant():
    said = header.evidence("客户编号")
    assert said[by_id()["customer_no"].order] > said[by_id()["order_no"].order]


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (" \t１３８００１３８０００　", "13800138000"),
        ("'110105", "110105"),
        ("13800138000.0", "13800138000"),
        ("1.0", "1.0"),
        ("\ufeffABC\u200b", "ABC"),
        ("＇＇x", "x"),
        ("", ""),
    ],
)
def test_normal_form(value, plain):
    assert normal(value) == plain


@pytest.mark.parametrize(
    "value", ["a", "王伟", "13800138000", "11010519491231002X", "x" * 500, "line\nbreak and more text"]
)
def test_a_masked_value_hides_most_of_it(value):
    shown = masked(value)
    assert "*" in shown
    assert "\n" not in shown
    assert sum(c != "*" for c in shown) <= max(1, len(value) // 2)
    assert masked("") == ""


def test_a_lucky_number_in_a_short_batch_is_no_card():
    """The last batch of a file may have two rows; a tenth of any numbers passes Luhn."""
    assert decide("流水", ["6222021234567890128"[:18] + "0", "6222021234567890135"]).also == ()
    assert decide("流水", ["20261122001", "13912345678"]).also == ()


def test_luck():
    assert minority.luck(1, 0.06) == pytest.approx(0.0582, abs=1e-3)
    assert minority.luck(0, 5.0) == 1.0
    assert minority.luck(500, 5.0) == 0.0


def test_what_agrees_with_the_identity_number_is_named():
    ids = [ident(i) for i in range(20)]
    born = [f"{one[6:10]}/{one[10:12]}/{one[12:14]}" for one in ids]
    assert decide("f1", born, f2=ids).type == "birth_date"
    assert decide("f1", [str(1 + int(one[16]) % 2) for one in ids], f2=ids).type == "gender"
    assert decide("f1", ["2024/05/01"] * 20, f2=ids).type == "date"


def test_places_without_a_header_are_seen_together():
    east, north = [f"121.{i:06d}" for i in range(20)], [f"31.{i:06d}" for i in range(20)]
    assert decide("f1", east, f2=north).type == "longitude"
    assert decide("压力", east, 单价=north).type == "number"


def test_numbers_that_count_up_are_no_phones():
    assert not decide("批次", [str(13800000000 + i) for i in range(40)]).personal
    assert decide("手机", [str(13800000000 + i) for i in range(40)]).type == "mobile_cn"


def test_a_firms_telephone_is_no_persons():
    firms, lines = ["上海示例贸易有限公司"] * 9, [f"021-5812345{i}" for i in range(9)]
    assert not decide("电话", lines, 公司=firms).personal
    assert decide("电话", lines, 公司=firms, 手机=MOBILES[:9]).personal


def test_names_addresses_and_clients_inside_texts_are_told_from_a_sample():
    texts = ["正常"] * 30 + [
        "联系人：王伟，电话另告",
        "寄到上海市浦东新区海山路12号",
        "登录失败，来自 203.0.113.9 的请求",
    ]
    found = decide("备注", texts)
    assert set(found.embedded) == {"name_cn", "address_cn", "ipv4"}
    assert found.personal
    assert "33" in found.reason.zh
    neutral = ["固件版本 1.2.3.4 已升级", "客户要求改期", "请联系物流", "男士女士通用款"] * 9
    assert decide("备注", neutral).embedded == ()


def test_a_name_with_something_behind_it_is_told():
    calls = [f"{name} 80{i:02d}" for i, name in enumerate(["王伟", "李娜", "张志强", "欧阳敏"] * 5)]
    for head in ("被访人+分机", "联系人", "访客及陪同"):
        found = decide(head, calls)
        assert (found.type, found.embedded, found.personal) == ("text", ("name_cn",), True)
    assert not decide("型号", calls).personal
    assert not decide("联系人", [f"高压{i}V" for i in range(20)] + ["机房 3 号", "总台 101"] * 20).personal


def test_every_kind_of_paper_in_a_column_of_papers_is_told():
    papers = [
        *map(ident, range(20)),
        *(f"E{n}" for n in range(12345670, 12345676)),
        "H12345678",
        "M1234567801",
    ]
    assert set(decide("证件号码", papers).also) == {"passport_cn", "home_return_permit"}
    assert decide("货号", papers).also == ()
    assert decide("备注", ["正常"] * 9 + ["护照E12345678已过期"]).embedded == ("passport_cn",)


WRAPPED = {
    "护照号": ("passport_cn", "E1234567{}"),
    "姓名": ("name_cn", "王伟"),
    "出生日期": ("birth_date", "1990-01-0{}"),
    "NRIC": ("nric_sg", "S1234567D"),
    "MAC": ("mac_address", "00-00-5E-00-53-0{}"),
}


@pytest.mark.parametrize("head", WRAPPED)
def test_brackets_quotes_and_blanks_hide_nothing_that_a_header_names(head):
    kind, form = WRAPPED[head]
    values = [form.format(i) for i in range(1, 10)]
    for around in ('"{}"', "（{}）", "[{}]", "【{}】", "{}。"):
        found = decide(head, [around.format(v) for v in values])
        assert (found.type, found.personal) == (kind, True)
        assert decide("货名", [around.format(v) for v in values]).type != kind
    for around in ('["{0}"]', "本人；{0}", "{0}，{0}", '{{"v": "{0}"}}'):
        found = decide(head, [around.format(v) for v in values])
        assert kind in (found.type, *found.embedded)
        assert found.personal
    if kind != "name_cn":
        assert decide(head, [v[:3] + " " + v[3:] for v in values]).type == kind


@pytest.mark.parametrize(
    ("head", "values", "kind"),
    [
        ("性别", ["男", "女"], "gender"),
        ("婚姻状况", ["已婚", "未婚", "离异"], "marital_status"),
        ("年龄", ["34", "51", "28"], "age"),
        ("工号", ["LG00317", "LG20418", "LG11519"], "employee_no"),
        ("Full Name", ["Anna Schmidt", "Peter Wang"], "name_latin"),
        ("姓名", ["张**", "李**", "王*"], "name_masked"),
    ],
)
def test_what_is_said_of_a_value_hides_nothing_that_a_header_names(head, values, kind):
    for form in ("({})", '["{}"]', '{{"v": "{}"}}', "本人：{}", "{}（代填）"):
        assert (
            decide(
                head,
                [form.format(v) for v in values] * 9,
                身份证号=[ident(i) for i in range(9)] * len(values),
            ).type
            == kind
        )
    assert not decide("规格", [f"({v})" for v in values] * 9).personal


def test_rounded_orders_and_masks_of_all_kinds_are_nobodys():
    assert not decide("订单号", [f"2.{i:02d}115E+17" for i in range(10, 99)]).personal
    assert decide("样例", ["138****0000", "310***********0011", "张*", "-", "*"] * 9).type == "category"


def test_devices_inside_texts_are_told():
    texts = ["屏幕划痕"] * 9 + ["IMEI490154203237518返修", "换SIM卡89860312345678901234"]
    assert set(decide("说明", texts).embedded) == {"imei", "iccid"}
    assert decide("说明", ["流水490154203237518已核"] * 9).embedded == ()


def test_a_lone_figure_or_a_picture_of_a_thing_is_nobodys():
    assert not decide("Income", ["6000", "12000"] * 9, state=["CA", "TX"] * 9).personal
    assert decide("Income", ["6000", "12000"] * 9, 姓名=["王伟", "李娜"] * 9).personal
    pictures = [f"goods/{i}.jpg" for i in range(20)]
    assert not decide("image", pictures).personal
    assert decide("cam_front", pictures).personal
    assert decide("image", pictures, 车牌=[f"沪A{10000 + i}" for i in range(20)]).personal


def test_an_order_that_begins_like_an_identity_number_holds_one_by_chance_only():
    bodies = [f"310115{1900 + i % 99}{i * 7919 % 10**7:07d}" for i in range(1, 400)]
    orders = [f"{body}{i % 10}" for i, body in enumerate(bodies)]
    assert "prc_resident_id" not in decide("订单编号", [*orders, ident(1)]).also
    needles = [*orders[:360], *(ident(i) for i in range(40))]
    assert "prc_resident_id" in decide("订单编号", needles).also


def test_a_card_stands_among_texts_with_numbers_of_eighteen_digits():
    def card(i):
        body = f"622848{i * 7919 % 10**12:012d}"
        return next(body + c for c in "0123456789" if luhn(body + c))

    texts = [f"车辆已放行 流水9{i * 99991 % 10**17:017d}" for i in range(1, 2000)]
    assert decide("日志", texts).embedded == ()
    assert decide("日志", [*texts, f"退款到{card(5)}"]).embedded == ("bank_card",)


def test_remarks_that_stand_only_now_and_then_are_texts():
    words = ["急单", "退库重入", "装修中"]
    assert decide("备注", [*words * 9, *[None] * 9]).type == "text"
    assert decide("备注", words * 12).type == "category"
    assert decide("状态", [*words * 9, *[None] * 9]).type == "category"
    assert decide("备注", [*["A", "B"] * 9, *[None] * 9]).type == "category"


def test_what_a_parcel_weighs_is_nobodys():
    kilos = [f"{i % 30},{i:02d}" for i in range(40)]
    assert decide("Gewicht (kg)", kilos, Sendungsnummer=["x"] * 40).type == "number"
    beside = {"Diagnose": ["Asthma", "Hypertonie", "Migräne", "Diabetes"] * 10}
    assert decide("Gewicht (kg)", kilos, **beside).type == "lab_result"


def test_fields_of_customs_declarations_are_known_by_their_names():
    def told(name, values):
        return decide(name, values).type

    assert told("g_name", ["便携式电脑", "越野车", "胰岛素注射液"] * 9) == "cargo_name"
    assert told("origin_country", ["502", "116", "304"] * 9) == "country"
    assert told("code_ts", ["8471300000", "8703234190"] * 9) == "hs_code"
    assert told("entry_id", [f"222720261{i * 7919 % 10**9:09d}" for i in range(40)]) == "customs_declaration"
    assert told("country sales", ["502", "116", "304"] * 9) == "number"


def test_moments_to_the_minute_are_no_numbers_of_persons():
    moments = [f"20260{1 + i % 9}{1 + i % 28:02}{i % 24:02}{i * 7 % 60:02}" for i in range(200)]
    found = decide("观测时间", moments)
    assert not found.personal
    assert not found.also


@pytest.mark.parametrize("value", ["[ ]", '""', "(null)", "（）", "【 - 】"])
@pytest.mark.parametrize("name", ["姓名", "联系人", "手机号", "身份证号", "客户"])
def test_brackets_around_nothing_are_nothing(name, value):
    assert not decide(name, [value] * 40).personal


def test_the_digits_of_a_fraction_are_no_telephone():
    rows = [f"[0.1938775510{i % 10}, {i}.5, 0.13800138{i:03d}]" for i in range(40)]
    assert decide("z", rows).embedded == ()
    listed = [f"联系人1.138001380{i:02d}；2.139001390{i:02d}" for i in range(10, 50)]
    assert decide("备注", listed).embedded == ("mobile_cn",)


def test_the_user_of_a_database_is_no_mail():
    found = decide("dsn", [f"postgres://app{i}:s3cr3t@db{i}.example.com:5432/x" for i in range(30)])
    assert (found.type, found.embedded) == ("url_password", ())


def test_genres_lines_of_documents_and_lists_of_goods_are_nobodys():
    assert not decide("GenreId", [str(1 + i % 25) for i in range(200)]).personal
    assert decide("genre", ["1", "2"] * 50).type == "gender"
    assert not decide("InvoiceLineId", [str(i) for i in range(1, 400)]).personal
    assert not decide("LINE_ID", [str(i * 7919 % 10**6) for i in range(1, 400)]).personal
    assert decide("line id", [f"wang{i:03d}x" for i in range(60)]).type == "social_account"
    goods = [f"4339604{i:04d}\n1380013{i * 7 % 10**4:04d}\n8539175{i:04d}" for i in range(60)]
    assert not decide("Part.UPCCode", goods).personal
    assert decide("contacts", goods).embedded == ("mobile_cn",)
    named = [f"4339604{i:04d}, buyer 1380013{i * 7 % 10**4:04d}" for i in range(60)]
    assert decide("Part.UPCCode", named).embedded == ("mobile_cn",)


def test_a_post_is_no_name_and_nobody_is_counted_by_the_fax_of_an_office(tmp_path):
    posts = [
        f"{kind} {post}"
        for kind in ("Growth", "Brand", "Regional", "Night")
        for post in ("Captain", "Poet", "Wizard")
    ]
    lines = ["LastName,Title,Phone,Fax"]
    lines += [f"Adams,{posts[i % 12]},+49 30 2345{i:04d},+49 30 99{i % 7}8877" for i in range(60)]
    (tmp_path / "staff.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (table,) = profile(tmp_path / "staff.csv").tables
    assert {one.name: one.type for one in table.fields} == {
        "LastName": "name_part", "Title": "category", "Phone": "phone_intl", "Fax": "phone_intl",
    }  # fmt: skip
    assert table.persons.counted == 60
    assert table.persons.by == {"phone_intl": 60}
