"""A labelled set of messy tables, made from a seed: what each column holds and how many natural persons there are.

Every person is invented. A column is a maker of values with its headers in four tongues (Chinese, English, pinyin or abbreviation, lying or
missing) and a label: the best answer first, then other acceptable ones. ``tables`` draws tables from templates of the sectors; damages are
laid over the values as they happen in offices: full-width digits, blanks, a leading apostrophe, floats, missing values.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from feiyu.scan import checks

SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建文斌宇浩然欣怡"
AREAS = ("310101", "310115", "110105", "320505", "330106", "440304", "510104", "610102", "420102", "370202")
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
Make = Callable[[random.Random, int], str]


@dataclass(frozen=True)
class Column:
    """A column: its headers (zh, en, short, lying) and what it may be called."""

    headers: tuple[str, str, str, str]
    make: Make
    label: tuple[str, ...]
    personal: bool
    embedded: tuple[str, ...] = ()


@dataclass
class Table:
    """A table with the truth about it."""

    name: str
    headers: list[str]
    rows: list[list[str]]
    labels: list[tuple[str, ...]]
    personal: list[bool]
    embedded: list[tuple[str, ...]]
    persons: int | None
    notes: list[str] = field(default_factory=list)


def digits(rng: random.Random, n: int, first: str = "0123456789") -> str:
    return rng.choice(first) + "".join(rng.choices("0123456789", k=n - 1))


def resident_id(rng: random.Random, i: int) -> str:
    body = f"{rng.choice(AREAS)}{rng.randint(1950, 2004)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{i % 1000:03d}"
    return body + checks.prc_digit(body)


def old_id(rng: random.Random, i: int) -> str:
    return f"{rng.choice(AREAS)}{rng.randint(40, 80):02d}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{i % 1000:03d}"


def hmt_id(rng: random.Random, i: int) -> str:
    body = f"810000{rng.randint(1950, 2004)}{rng.randint(1, 12):02d}{rng.randint(1, 28):02d}{i % 1000:03d}"
    return body + checks.prc_digit(body)


def mobile(rng: random.Random, i: int) -> str:
    return (
        rng.choice(("138", "139", "150", "186", "188", "177", "199")) + f"{rng.randrange(10**4):04d}{i:04d}"
    )


def with_check(body: str, alphabet: str, check: Callable[[str], bool]) -> str:
    return next(body + c for c in alphabet if check(body + c))


def card(rng: random.Random, i: int) -> str:
    return with_check("6222" + digits(rng, 10) + f"{i:04d}", "0123456789", checks.luhn)


def vin(rng: random.Random, i: int) -> str:
    body = [
        "L",
        *rng.choices("ABCDEFGHJKLMNPRSTUVWXYZ", k=7),
        "0",
        *rng.choices("ABCDEFGHJK0123456789", k=2),
        f"{i:06d}",
    ]
    text = "".join(body)
    return next(t for c in "0123456789X" if checks.vin(t := text[:8] + c + text[9:]))


def name(rng: random.Random, _: int) -> str:
    return rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2, 2))))


def latin(rng: random.Random, _: int) -> str:
    return (
        rng.choice(("Wang", "Li", "Smith", "Schmidt", "Tanaka", "Kim"))
        + " "
        + rng.choice(("Anna", "Wei", "Peter", "Hiro", "Min"))
    )


def mail(rng: random.Random, i: int) -> str:
    return (
        rng.choice(("wang", "li.wei", "anna", "sales"))
        + f"{i}@{rng.choice(('example.com', 'mail.example.cn'))}"
    )


def plate(rng: random.Random, i: int) -> str:
    return (
        rng.choice("沪苏浙粤京")
        + rng.choice("ABCDEFGH")
        + (f"{i % 100000:05d}" if rng.random() < 0.6 else f"D{i % 100000:05d}")
    )


def address(rng: random.Random, _: int) -> str:
    return f"上海市浦东新区{rng.choice('东西南北中')}{rng.choice('海山江湖')}路{rng.randint(1, 999)}号{rng.randint(1, 30)}楼{rng.randint(101, 999)}室"


def uscc(rng: random.Random, _: int) -> str:
    org = digits(rng, 8)
    body = "91310115" + org + checks.org_digit(org)
    return with_check(body, "0123456789ABCDEFGHJKLMNPQRTUWXY", checks.uscc)


def company(rng: random.Random, _: int) -> str:
    return f"上海{rng.choice(('远航', '示例', '海鸥', '青禾'))}{rng.choice(('贸易', '科技', '物流', '汽车零部件'))}有限公司"


def day(rng: random.Random, _: int) -> str:
    return f"{rng.randint(2023, 2026)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def birth(rng: random.Random, _: int) -> str:
    return f"{rng.randint(1950, 2004)}-{rng.randint(1, 12):02d}-{rng.randint(1, 28):02d}"


def moment(rng: random.Random, i: int) -> str:
    return f"{day(rng, i)} {rng.randint(0, 23):02d}:{rng.randint(0, 59):02d}:{rng.randint(0, 59):02d}"


def money(rng: random.Random, _: int) -> str:
    return f"{rng.random() * 10_000:.2f}"


def lon(rng: random.Random, _: int) -> str:
    return f"{121 + rng.random():.6f}"


def lat(rng: random.Random, _: int) -> str:
    return f"{30.5 + rng.random():.6f}"


def track(rng: random.Random, i: int) -> str:
    at = [(121 + rng.random(), 30.5 + rng.random())]
    at += [(at[0][0] + k * 0.001, at[0][1] + k * 0.001) for k in range(1, rng.randint(2, 6))]
    if i % 2:
        return "[" + ",".join(f"[{x:.6f},{y:.6f}]" for x, y in at) + "]"
    return ";".join(f"{x:.6f},{y:.6f}" for x, y in at)


def container(rng: random.Random, i: int) -> str:
    return with_check(
        f"{rng.choice(('COSU', 'TOLU', 'MSCU'))}{rng.randrange(100):02d}{i:04d}",
        "0123456789",
        checks.container,
    )


def imo(rng: random.Random, i: int) -> str:
    return with_check(f"9{rng.randrange(10)}{i:04d}", "0123456789", checks.imo)


def awb(rng: random.Random, i: int) -> str:
    body = f"{rng.randrange(1000):03d}{i:04d}"
    return f"784-{body}{int(body) % 7}"


def ean(rng: random.Random, i: int) -> str:
    return with_check(f"690{rng.randrange(100000):05d}{i:04d}", "0123456789", checks.ean)


def isin(rng: random.Random, i: int) -> str:
    return with_check(f"CNE{rng.randrange(10000):04d}{i:04d}", "0123456789", checks.isin)


def remark(rng: random.Random, _: int) -> str:
    return rng.choice(
        (
            "已联系客户，待回访",
            "更换机滤，车况良好",
            "资料齐全，等待盖章",
            "货物外包装破损一件",
            "无异常",
            "请于下周一前寄出",
        )
    )


def pick(*choices: str) -> Make:
    return lambda rng, _: rng.choice(choices)


def number(prefix: str, n: int) -> Make:
    return lambda rng, i: f"{prefix}{rng.randrange(10 ** (n - 4)):0{n - 4}d}{i:04d}"


def serial(first: str, n: int) -> Make:
    return lambda rng, _: digits(rng, n, first)


def declaration(rng: random.Random, i: int) -> str:
    return f"4227{rng.randint(2020, 2026)}{rng.choice('01')}{rng.randrange(10**5):05d}{i:04d}"


def stamp(rng: random.Random, _: int) -> str:
    return str(1_700_000_000_000 + rng.randrange(10**11))


def mac(rng: random.Random, _: int) -> str:
    return ":".join(f"{rng.randrange(256):02x}" for _ in range(6))


def ip(rng: random.Random, _: int) -> str:
    return f"{rng.choice((10, 172, 192, 203))}." + ".".join(str(rng.randrange(256)) for _ in range(3))


P = {
    "id": Column(("身份证号", "id_card_no", "sfzh", "编号2"), resident_id, ("prc_resident_id",), True),
    "hmt": Column(("居住证号", "residence_permit", "jzzh", "号码"), hmt_id, ("residence_permit_hmt",), True),
    "old": Column(("证件号码", "id_no", "zjhm", "身份证"), old_id, ("prc_resident_id",), True),
    "mobile": Column(("手机号码", "mobile", "sjhm", "备注1"), mobile, ("mobile_cn",), True),
    "name": Column(("姓名", "customer_name", "xm", "字段3"), name, ("name_cn",), True),
    "latin": Column(("英文姓名", "passenger_name", "ename", "Name"), latin, ("name_latin",), True),
    "mail": Column(("电子邮箱", "email", "E-MAIL", "col7"), mail, ("email",), True),
    "plate": Column(("车牌号", "license_plate", "cph", "标识"), plate, ("plate_cn",), True),
    "vin": Column(("车架号", "VIN", "cjh", "产品码"), vin, ("vin",), True),
    "address": Column(("家庭住址", "home_address", "dz", "说明"), address, ("address_cn",), True),
    "card": Column(("银行卡号", "card_no", "yhkh", "流水"), card, ("bank_card",), True),
    "birth": Column(("出生日期", "date_of_birth", "csrq", "生日"), birth, ("birth_date",), True),
    "gender": Column(("性别", "gender", "xb", "sex"), pick("男", "女"), ("gender",), True),
    "ethnic": Column(
        ("民族", "ethnicity", "mz", "类别A"), pick("汉族", "回族", "维吾尔族", "满族"), ("ethnicity",), True
    ),
    "diagnosis": Column(
        ("主要诊断", "diagnosis", "zd", "内容"),
        pick("高血压", "2型糖尿病", "肺炎", "胃炎"),
        ("diagnosis",),
        True,
    ),
    "icd": Column(
        ("诊断编码", "icd10", "jbbm", "ICD"),
        pick("I10.x00", "E11.900", "J18.900", "C34.900x001"),
        ("icd10",),
        True,
    ),
    "track": Column(("行驶轨迹", "trajectory", "gps_track", "数据"), track, ("trajectory",), True),
    "customer": Column(("客户编号", "customer_id", "khbh", "custId"), number("C", 8), ("customer_no",), True),
    "subject": Column(
        ("受试者编号", "subject_id", "USUBJID", "subjid"), number("S01-", 6), ("trial_subject",), True
    ),
    "mac": Column(("MAC地址", "mac_address", "mac", "网卡"), mac, ("mac_address",), True),
    "ip": Column(("登录IP", "client_ip", "ip", "src_ip"), ip, ("ipv4",), True),
    "seaman": Column(
        ("海员证号", "seaman_book", "seafarer_id", "cdc_no"), number("A", 8), ("crew_list_no",), True
    ),
    "policy": Column(("保单号", "policy_no", "bdh", "policyId"), number("PDAA", 14), ("policy_no",), True),
    "income": Column(("年收入", "annual_income", "gz", "salary"), money, ("income",), True),
}
Q = {
    "order": Column(
        ("订单号", "order_no", "ddh", "单号"), serial("2", 18), ("order_no", "number", "text"), False
    ),
    "order11": Column(
        ("工单号", "work_order", "lsh", "编号"), serial("2", 11), ("order_no", "number"), False
    ),
    "decl": Column(
        ("报关单号", "customs_declaration", "bgdh", "证件号"),
        declaration,
        ("customs_declaration", "order_no", "number"),
        False,
    ),
    "stamp": Column(("时间戳", "timestamp_ms", "ts", "时间"), stamp, ("timestamp", "number"), False),
    "ean": Column(("商品条码", "barcode", "txm", "EAN"), ean, ("ean",), False),
    "version": Column(
        ("软件版本", "fw_version", "ver", "版本"), pick("1.2.3.4", "1.2.3.5", "2.0.0.1"), ("version",), False
    ),
    "uscc": Column(("统一社会信用代码", "uscc", "tyshxydm", "税号"), uscc, ("uscc",), False),
    "company": Column(("公司名称", "company_name", "gsmc", "supplier"), company, ("org_name",), False),
    "day": Column(("下单日期", "order_date", "xdrq", "日期"), day, ("date",), False),
    "moment": Column(("创建时间", "created_at", "cjsj", "时间"), moment, ("datetime",), False),
    "money": Column(("金额", "amount", "je", "price"), money, ("number",), False),
    "remark": Column(("备注", "remark", "bz", "memo"), remark, ("text", "category"), False),
    "container": Column(("箱号", "container_no", "cntr_no", "柜号"), container, ("container_no",), False),
    "imo": Column(("IMO号", "imo_number", "imo", "IMO"), imo, ("imo_number",), False),
    "awb": Column(("航空运单号", "awb", "mawb", "主单号"), awb, ("air_waybill",), False),
    "isin": Column(("ISIN", "isin", "isin_code", "证券"), isin, ("isin",), False),
    "port": Column(
        ("目的港", "port_of_discharge", "pod", "POD"),
        pick("CNSHA", "SGSIN", "DEHAM", "USLAX"),
        ("un_locode",),
        False,
    ),
    "hs": Column(
        ("商品编码", "hs_code", "hs", "HS"),
        pick("8703800090", "8708299000", "8507600090"),
        ("hs_code",),
        False,
    ),
    "color": Column(
        ("颜色", "color", "ys", "款式"), pick("白色", "黄色", "黑色", "金色"), ("category", "text"), False
    ),
    "shirt": Column(
        ("品类", "product", "pl", "商品"),
        pick("男款T恤", "女鞋", "童装", "箱包"),
        ("category", "text"),
        False,
    ),
    "unit": Column(
        ("单位", "unit", "dw", "规格"), pick("件", "箱", "千克", "台"), ("category", "text"), False
    ),
    "qty": Column(
        ("数量", "quantity", "sl", "qty"), pick("1", "2", "3", "10", "250"), ("number", "category"), False
    ),
    "part": Column(("零件号", "part_no", "ljh", "料号"), number("FY", 9), ("order_no", "text"), False),
    "status": Column(
        ("状态", "status", "zt", "state"), pick("已完成", "处理中", "高", "关闭"), ("category", "text"), False
    ),
    "province": Column(
        ("省份", "province", "sf", "地区"), pick("上海", "江苏", "浙江", "广东"), ("province",), False
    ),
    "country": Column(
        ("目的国", "destination_country", "gb", "country"),
        pick("DE", "FR", "SG", "US", "JP"),
        ("country",),
        False,
    ),
    "currency": Column(("币种", "currency", "bz", "ccy"), pick("CNY", "USD", "EUR"), ("currency",), False),
    "flag": Column(("是否加急", "urgent", "sfjj", "flag"), pick("是", "否"), ("boolean",), False),
    "temp": Column(
        ("气温", "temperature", "temp", "wd"),
        lambda rng, _: f"{rng.uniform(-5, 38):.1f}",
        ("weather_value", "number"),
        False,
    ),
    "fault": Column(
        ("故障码", "dtc", "gzm", "fault"),
        pick("P0A80", "B1001", "U0100", "C1234"),
        ("category", "order_no", "text"),
        False,
    ),
}
C = P | Q
TEMPLATES = (
    ("客户资料", ("name", "id", "mobile", "mail", "address", "birth", "gender"), "id"),
    ("售后工单", ("order", "name", "mobile", "vin", "plate", "day", "money", "fault", "remark"), "mobile"),
    ("车辆轨迹", ("vin", "track", "moment", "version", "status"), "vin"),
    ("临床试验", ("subject", "birth", "gender", "icd", "diagnosis", "day"), "subject"),
    ("体检名单", ("name", "id", "ethnic", "diagnosis", "mobile"), "id"),
    ("港澳员工", ("name", "hmt", "mobile", "income", "currency"), "hmt"),
    ("旅客名单", ("latin", "mail", "country", "day", "port"), "mail"),
    ("船员名单", ("latin", "seaman", "imo", "port", "day"), "seaman"),
    ("保单分出", ("policy", "name", "birth", "money", "currency", "company"), None),
    ("支付流水", ("order", "card", "money", "currency", "moment"), "card"),
    ("登录日志", ("customer", "ip", "mac", "stamp", "version"), "customer"),
    ("老档案", ("name", "old", "gender", "address"), "old"),
    ("海运清单", ("container", "imo", "port", "hs", "money", "company", "uscc"), None),
    ("空运清单", ("awb", "decl", "hs", "country", "qty", "unit", "day"), None),
    ("商品主数据", ("ean", "shirt", "color", "unit", "money", "country"), None),
    ("零件目录", ("part", "fault", "qty", "company", "version", "stamp"), None),
    ("报关明细", ("decl", "hs", "uscc", "company", "province", "money"), None),
    ("证券清单", ("isin", "company", "currency", "money", "day"), None),
    ("订单表", ("order", "order11", "status", "flag", "moment", "color", "qty"), None),
    ("气象观测", ("temp", "moment", "province", "remark", "qty"), None),
)
LYING_HARMS = {
    "decl",
    "birth",
    "gender",
    "subject",
    "income",
    "customer",
    "seaman",
    "policy",
    "version",
    "hs",
    "temp",
    "old",
    "icd",
}
"""Columns whose values alone cannot tell what they are: under a lying header their label does not hold."""


def damage(rng: random.Random, value: str, how: str) -> str:
    match how:
        case "wide":
            return value.translate(WIDE)
        case "blank":
            return f"  {value}\t"
        case "quote":
            return f"'{value}"
        case "null":
            return rng.choice(("", "NULL", "N/A", "-")) if rng.random() < 0.15 else value
        case "dirt":
            return rng.choice(("待补", "不详", "?")) if rng.random() < 0.08 else value
    return value


def tables(seed: int = 20261122) -> list[Table]:
    """All tables of the set."""
    rng = random.Random(seed)
    out = []
    for tongue in range(4):
        for title, columns, person in TEMPLATES:
            how = ("plain", "wide", "blank", "quote", "null", "dirt")[rng.randrange(6)]
            out.append(_table(rng, f"{title}-{tongue}-{how}", columns, person, tongue, how))
    out += [
        needles(rng),
        damaged(rng),
        decoys(rng),
        joined_points(rng),
        mixed(rng),
        secret(rng),
        floats(rng),
        ships(rng),
    ]
    return out


def _table(
    rng: random.Random, title: str, columns: tuple[str, ...], person: str | None, tongue: int, how: str
) -> Table:
    keep = [c for c in columns if not (tongue == 3 and c in LYING_HARMS)]
    size = rng.choice((12, 40, 200))
    rows = [[C[c].make(rng, i) for c in keep] for i in range(size)]
    for row in rows:
        for k, c in enumerate(keep):
            if c in P or how in ("blank", "null"):
                row[k] = damage(rng, row[k], how)
    persons = None
    if person in keep and how not in ("null", "dirt"):
        at = keep.index(person)
        persons = len({row[at] for row in rows})
    return Table(
        title,
        [C[c].headers[tongue] for c in keep],
        rows,
        [C[c].label for c in keep],
        [C[c].personal for c in keep],
        [C[c].embedded for c in keep],
        persons,
    )


def needles(rng: random.Random) -> Table:
    """Three identifiers in two thousand remarks."""
    rows = [[str(i), remark(rng, i)] for i in range(2000)]
    rows[17][1] = f"客户王伟身份证{resident_id(rng, 1)}已核对"
    rows[900][1] = f"请致电{mobile(rng, 2)}，谢谢"
    rows[1999][1] = f"发票寄{mail(rng, 3)}。"
    found = ("prc_resident_id", "mobile_cn", "email")
    return Table(
        "needles",
        ["序号", "备注"],
        rows,
        [("number",), ("text", "category")],
        [False, True],
        [(), found],
        None,
    )


def damaged(rng: random.Random) -> Table:
    """Identity numbers that a spreadsheet made numbers."""
    rows = [
        [f"{int(resident_id(rng, i)[:17]):.14E}".replace("E+16", "E+17"), name(rng, i)] for i in range(60)
    ]
    return Table(
        "damaged",
        ["身份证号", "姓名"],
        rows,
        [("prc_resident_id",), ("name_cn",)],
        [True, True],
        [(), ()],
        None,
    )


def decoys(rng: random.Random) -> Table:
    """Numbers that look like identifiers."""
    makers = [
        serial("2", 18),
        serial("9", 15),
        stamp,
        serial("1", 10),
        serial("23456789", 12),
        number("H", 9),
        number("A", 7),
    ]
    heads = ["业务流水号", "设备序列号", "采集时间戳", "批次号", "合同编号", "物料号", "仓位"]
    labels = [("order_no", "number"), ("order_no", "number"), ("timestamp", "number"), ("order_no", "number", "timestamp"),
              ("order_no", "number"), ("order_no", "text"), ("text", "order_no", "category")]  # fmt: skip
    rows = [[m(rng, i) for m in makers] for i in range(300)]
    return Table("decoys", heads, rows, labels, [False] * 7, [()] * 7, None)


def joined_points(rng: random.Random) -> Table:
    """Longitude and latitude in two columns beside a vehicle and a time."""
    rows = [
        [vin(rng, i % 5), moment(rng, i), lon(rng, i), lat(rng, i), f"{rng.randint(0, 120)}"]
        for i in range(100)
    ]
    labels = [("vin",), ("datetime",), ("trajectory",), ("trajectory",), ("vehicle_speed", "number")]
    return Table(
        "points",
        ["VIN", "time", "lng", "lat", "speed"],
        rows,
        labels,
        [True, False, True, True, False],
        [()] * 5,
        None,
    )


def mixed(rng: random.Random) -> Table:
    """One column of several kinds of papers."""
    rows = [[resident_id(rng, i) if i % 10 else f"E{i:08d}", name(rng, i)] for i in range(100)]
    return Table(
        "mixed", ["证件号码", "姓名"], rows, [("prc_resident_id",), ("name_cn",)], [True, True], [(), ()], 100
    )


def secret(rng: random.Random) -> Table:
    """A classification mark in a text."""
    rows = [[remark(rng, i)] for i in range(50)]
    rows[30][0] = "机密★10年 关于某项目的请示"
    return Table("secret", ["正文"], rows, [("text", "category")], [False], [("state_secret",)], None)


def floats(rng: random.Random) -> Table:
    """Mobiles written by a program that thinks in floats."""
    rows = [[mobile(rng, i) + ".0"] for i in range(80)]
    return Table("floats", ["tel"], rows, [("mobile_cn",)], [True], [()], 80)


def ships(rng: random.Random) -> Table:
    """Positions of ships: nobody's."""
    rows = [[imo(rng, i % 9), moment(rng, i), lon(rng, i), lat(rng, i)] for i in range(90)]
    labels = [("imo_number",), ("datetime",), ("longitude",), ("latitude",)]
    return Table("ships", ["imo", "time", "longitude", "latitude"], rows, labels, [False] * 4, [()] * 4, None)
