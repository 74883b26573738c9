"""Thirty-first hand: what an examiner brings who knows nothing but the list of identifiers: one table for each corner of it, with its decoys, damages, lying headers and needles. Labelled before a scan ever saw them."""

import base64
import hashlib
import json
from typing import Any

from messy import digits as d
from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_fixed,
    as_gz,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    as_zip,
    dot_zero,
    grouped4,
    id_spaced,
    phone_styles,
    quoted,
    wide,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


def crowd(c: Case, n: int, *makes: Any) -> list[tuple[str, ...]]:
    """One column for each maker; every row shows one of ``n`` persons, who keeps all of his values."""
    pool = [[make(c.r) for make in makes] for _ in range(n)]
    seen = [c.r.choice(pool) for _ in range(c.rows)]
    return [tuple(one[i] for one in seen) for i in range(len(makes))]


def turns(c: Case, *makes: Any) -> list[tuple[str | None, ...]]:
    """One column for each maker, of which every row fills exactly one."""
    who = [c.r.randrange(len(makes)) for _ in range(c.rows)]
    return [tuple(make(c.r) if w == i else None for w in who) for i, make in enumerate(makes)]


def whole_number(r: v.R, x: str) -> Any:
    return int(x)


def checked(form: Any, check: Any) -> Any:
    """A maker: the body with its check digit; a body that has none is drawn again."""

    def make(r: v.R) -> str:
        while len(last := check(body := form(r))) != 1:
            pass
        return body + last

    return make


def six(r: v.R, low: int = 1960, high: int = 1999) -> str:
    y, m, day_ = v.birthday(r, low, high)
    return f"{y % 100:02d}{m:02d}{day_:02d}"


def mykad(r: v.R) -> str:
    return f"{six(r)}-{r.choice(('01', '07', '10', '14'))}-{v.num(r, 4)}"


def nik(r: v.R) -> str:
    y, m, day_ = v.birthday(r)
    return f"{r.choice(('317101', '327301', '357801'))}{day_ + r.choice((0, 40)):02d}{m:02d}{y % 100:02d}000{r.randint(1, 9)}"


def rrn(r: v.R) -> str:
    body = six(r) + r.choice("12") + v.num(r, 5)
    return f"{body[:6]}-{body[6:]}{d.rrn(body)}"


def cccd(r: v.R) -> str:
    return r.choice(("001", "079", "031", "048")) + r.choice("01") + six(r)[:2] + v.num(r, 6)


def pan(r: v.R) -> str:
    return code("@@@")(r) + "P" + code("@####@")(r)


def cpf(r: v.R) -> str:
    x = d.cpf(v.num(r, 9))
    return f"{x[:3]}.{x[3:6]}.{x[6:9]}-{x[9:]}"


def emirates(r: v.R) -> str:
    body = f"784{r.randint(1960, 2001)}{v.num(r, 7)}"
    return f"784-{body[3:7]}-{body[7:]}-{d.luhn(body)}"


def ssn(r: v.R) -> str:
    return f"{r.choice((212, 318, 449, 536, 601))}-{r.randint(10, 99)}-{r.randint(1000, 9999)}"


def settler(r: v.R) -> str:
    y, m, day_ = v.birthday(r)
    body = f"9{r.choice(('31', '11', '44'))}{r.choice(('840', '276', '392', '250'))}{y}{m:02d}{day_:02d}{r.randint(1, 899):03d}"
    return body + d.prc(body)


def mrz(r: v.R) -> str:
    """A TD3 zone in one cell, both lines on end (ICAO 9303)."""
    number, born, ends = v.passport(r), six(r), f"3{r.randint(0, 5)}0{r.randint(1, 9)}1{r.randint(0, 9)}"
    head = f"P<CHN{r.choice(('WANG', 'LI', 'ZHANG', 'CHEN'))}<<{r.choice(('WEI', 'MIN', 'JUN', 'XIAOMING'))}"
    own = "<" * 14
    a, b, e = number + d.mrz(number), born + d.mrz(born), ends + d.mrz(ends)
    body = a + "CHN" + b + r.choice("MF") + e + own + "0"
    return head.ljust(44, "<") + body + d.mrz(a + b + e + own + "0")


def foreign_passport(r: v.R) -> str:
    return r.choice(("C", "L", "P", "K", "M")) + r.choice("0123456789") + code("@#@#####")(r)[:7]


def cusip(r: v.R) -> str:
    body = v.num(r, 6) + "10"
    total = sum(sum(divmod(int(x) * (1 + i % 2), 10)) for i, x in enumerate(body))
    return body + str(-total % 10)


def sedol(r: v.R) -> str:
    body = "B" + code("#@")(r).replace("U", "T").replace("A", "C").replace("E", "F") + v.num(r, 3)
    total = sum(int(x, 36) * w for x, w in zip(body, (1, 3, 1, 7, 3, 9), strict=True))
    return body + str(-total % 10)


def bitcoin(r: v.R) -> str:
    raw = b"\0" + r.randbytes(20)
    raw += hashlib.sha256(hashlib.sha256(raw).digest()).digest()[:4]
    n, out = int.from_bytes(raw, "big"), ""
    while n:
        n, rest = divmod(n, 58)
        out = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"[rest] + out
    return "1" * (len(raw) - len(raw.lstrip(b"\0"))) + out


def cas(r: v.R) -> str:
    body = v.num(r, r.randint(5, 7), "123456789")
    return f"{body[:-2]}-{body[-2:]}-{d.cas(body)}"


def postal(r: v.R) -> str:
    body = v.num(r, 8)
    return r.choice(("RB", "EE", "LX")) + body + d.s10(body) + r.choice(("CN", "DE", "JP"))


def cnaps(r: v.R) -> str:
    return r.choice(("102", "105", "308")) + "290" + v.num(r, 6)


def jwt(r: v.R) -> str:
    def part(raw: bytes) -> str:
        return base64.urlsafe_b64encode(raw).decode().rstrip("=")

    head, claims = b'{"alg":"HS256","typ":"JWT"}', json.dumps({"sub": v.num(r, 8)}).encode()
    return ".".join((part(head), part(claims), part(r.randbytes(32))))


def ipv6(r: v.R) -> str:
    return "2408:8" + v.hexes(r, 3) + ":" + ":".join(v.hexes(r, 4) for _ in range(6))


def four(r: v.R) -> str:
    return f"{r.randint(1, 9)}.{r.randint(0, 12)}.{r.randint(0, 20)}.{r.randint(0, 240)}"


def long_order(r: v.R) -> str:
    return "20260" + str(r.randint(1, 9)) + v.num(r, 12)


def iso(r: v.R) -> str:
    return v.moment(r).replace(" ", "T") + "Z"


def wx(r: v.R) -> str:
    return r.choice(("wxid_", "sunny_", "lin-")) + v.hexes(r, 9)


def dose(r: v.R) -> str:
    return "国药准字" + r.choice("HZS") + "20" + v.num(r, 6)


# Persons: at home and abroad


@case(120)
def xiao_gongsi(c: Case) -> None:
    c.count = False
    who = crowd(c, 70, v.name, lambda r: "LG" + v.num(r, 5), v.prc, v.mobile, v.card, v.email, wx, v.address)
    notes = [c.r.choice(("试用期", "返聘", "调休2天", "", "已交体检表")) for _ in range(c.rows)]
    notes[17] = f"爱人电话{v.mobile(c.r)}，紧急时打"
    notes[92] = f"原证件{v.prc(c.r)}登记有误"
    put(
        c,
        ("员工", who[0], "name_cn!"),
        ("工号", who[1], "employee_no|order_no", key("employee_no")),
        ("证件号", who[2], ID, key(ID, damage=id_spaced)),
        ("手机", who[3], TEL, key(TEL, damage=wide)),
        ("工资卡", who[4], "bank_card|bank_account", key("bank_card", damage=quoted)),
        ("邮箱", who[5], "email", key("email")),
        ("微信号", who[6], "wechat|social_account", key("wechat")),
        ("家庭住址", who[7], "address_cn!"),
        ("学历", ["本科", "大专", "硕士", "高中"], "education!"),
        ("政治面貌", ["群众", "中共党员", "共青团员"], "political_status!"),
        ("民族", ["汉族", "回族", "苗族", "维吾尔族"], "ethnicity!"),
        ("岗位", ["会计", "销售经理", "仓库管理员"], "occupation|category!"),
        ("实发工资", fmt(4200, 19000, 2), "income|number!"),
        ("分机电话", lambda r: f"021-{v.num(r, 8, '56')}-{r.randint(800, 899)}", "landline_cn!"),
        ("备注", tuple(notes), "text!", {"embedded": (TEL, ID)}),
        ("预留列", tuple([None] * c.rows), "empty|unknown"),
    )
    c.order, c.strong = (ID, TEL, "email", "employee_no", "bank_card", "wechat"), (ID,)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("工资发放表（内部）", "制表：2026-11-02"), merge=True)


@case(160)
def apac_contractors(c: Case) -> None:
    kinds = ("hkid", "nric_sg", "mykad_my", "nik_id", "pin_th", "cccd_vn", "my_number", "rrn_kr", "aadhaar", "pan_in")  # fmt: skip
    ids = turns(
        c, v.hkid, v.nric, mykad, nik, checked(lambda r: v.num(r, 12, "1358"), d.thai), cccd,
        checked(lambda r: v.num(r, 11, "123456789"), d.my_number), rrn,
        checked(lambda r: v.num(r, 11, "23456789"), d.verhoeff), pan,
    )  # fmt: skip
    heads = ("HKID", "NRIC / FIN", "MyKad", "NIK", "Thai ID", "CCCD", "My Number", "RRN", "Aadhaar", "PAN")
    put(
        c,
        ("Full name", v.latin, "name_latin!"),
        *((h, col, kind, key(kind)) for h, col, kind in zip(heads, ids, kinds, strict=True)),
        ("Work e-mail", v.email, "email", key("email")),
        ("Passport No.", foreign_passport, "passport_foreign", key("passport_foreign")),
        ("Contract ends", day("%d/%m/%Y", 2026, 2029), DAY),
    )
    c.strong = ("passport_foreign", *kinds)
    c.order = (*c.strong, "email")
    c.writer = as_csv(encoding="utf-8-sig")


@case(110)
def western_members(c: Case) -> None:
    c.count = False
    kinds = ("ssn_us", "itin_us", "nino_uk", "nhs_uk", "cpf_br", "emirates_id")
    ids = turns(
        c, ssn, lambda r: f"9{v.num(r, 2)}-{r.randint(70, 88)}-{v.num(r, 4)}",
        lambda r: r.choice(("AB", "CE", "JK", "SP")) + v.num(r, 6) + r.choice("ABCD"),
        checked(lambda r: v.num(r, 9, "4679"), d.nhs), cpf, emirates,
    )  # fmt: skip
    heads = ("ssn", "itin", "nationalInsurance", "nhsNumber", "cpf", "emiratesId")
    put(
        c,
        ("memberUuid", v.guid, "uuid?"),
        ("givenName", [x.title() for x in v.FIRST], "name_part|name_latin!"),
        ("familyName", [x.title() for x in v.FAMILY], "name_part|name_latin!"),
        ("dateOfBirth", day("%Y-%m-%d", 1948, 2003), "birth_date|date!"),
        *((h, col, kind, key(kind)) for h, col, kind in zip(heads, ids, kinds, strict=True)),
        ("payoutIban", v.iban, "iban|bank_account", key("iban")),
        ("homeAddress", v.street, "address_latin|address_text!"),
        ("mobilePhone", lambda r: r.choice(("+1 201-555-01" + v.num(r, 2), "+44 7700 900" + v.num(r, 3))), "phone_intl", key("phone_intl")),
        ("marketingOptIn", [True, False], "boolean|category"),
    )  # fmt: skip
    c.strong, c.order = kinds, (*kinds, "phone_intl", "iban")
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda row: {
                "memberUuid": row["memberUuid"],
                "person": {k: row[k] for k in list(row)[1:10]},
                "account": {k: row[k] for k in list(row)[10:]},
            }
        ),
    )


@case(90)
def jingwai_juzhu(c: Case) -> None:
    hk = [c.r.random() < 0.5 for _ in range(c.rows)]
    ids = [v.prc(c.r, "810000" if h else "830000") for h in hk]

    def only(flag: bool, make: Any) -> tuple[str | None, ...]:
        return tuple(make(c.r) if h is flag else None for h in hk)

    put(
        c,
        ("序号", seq(c.rows), NUM + "|order_no"),
        ("姓名", v.name, "name_cn!"),
        ("来源地", tuple("香港" if h else "台湾" for h in hk), "category|nationality|province|country?"),
        ("居住证号码", tuple(ids), "residence_permit_hmt", key("residence_permit_hmt", damage=wide)),
        ("回乡证号", only(True, lambda r: "H" + v.num(r, 8)), "home_return_permit", key("home_return_permit")),
        ("台胞证号", only(False, lambda r: v.num(r, 8)), "taiwan_permit", key("taiwan_permit")),
        ("香港身份证", only(True, v.hkid), "hkid", key("hkid")),
        ("台湾身分证字号", only(False, v.taiwan), "taiwan_id", key("taiwan_id")),
        ("出生日期", tuple(f"{x[6:10]}.{x[10:12]}.{x[12:14]}" for x in ids), "birth_date|date!"),
        ("性别", tuple("女男"[int(x[16]) % 2] for x in ids), "gender!"),
        ("婚姻状况", ["未婚", "已婚", "离异", "丧偶"], "marital_status!"),
        ("宗教信仰", ["无", "佛教", "基督教", "道教"], "religion!"),
        ("现住址", v.address, "address_cn!"),
        ("与户主关系", ["本人", "配偶", "之子", "之女"], "kinship|category!"),
    )  # fmt: skip
    c.strong = c.order
    c.suffix = ".xls"
    c.writer = as_csv(encoding="gb18030", delimiter="\t", before=("港澳台居民居住登记表",))


@case(80)
def lane_scans(c: Case) -> None:
    """No header: a gate's passage log."""
    put(
        c,
        ("1", v.moment, WHEN),
        ("2", mrz, "passport_mrz!"),
        ("3", lambda r: f"{r.choice(('MU', 'CA', 'LH', 'NH'))}{r.randint(100, 999)}", "voyage_no|order_no|category|text"),
        ("4", code("##@"), "order_no|text|category"),
        ("5", ["CHN"], "country|nationality|category?"),
        ("6", ["E-LANE-01", "E-LANE-02", "M-07"], WORD + "|device_id|order_no"),
        ("7", settler, "foreign_permanent_resident!", {"empty": 0.7}),
        ("8", ["PASS", "PASS", "REFER"], WORD),
        ("9", fmt(0.61, 0.99, 4), "number"),
        ("10", lambda r: v.hexes(r, 64), "hash|order_no|text?"),
    )  # fmt: skip
    c.count = False
    c.suffix, c.writer = ".txt", as_csv(delimiter="|", header=False)


# Vehicles


@case(200)
def trip_upload(c: Case) -> None:
    cars = crowd(c, 30, v.vin, v.plate, v.imei, lambda r: "46000" + v.num(r, 10), v.iccid)
    spots = [v.lonlat(c.r) for _ in range(c.rows)]
    put(
        c,
        ("vin", cars[0], "vin", key("vin")),
        ("licensePlate", cars[1], "plate_cn", key("plate_cn", empty=0.1)),
        ("tboxImei", cars[2], "imei", key("imei")),
        ("imsi", cars[3], "imsi", key("imsi")),
        ("iccid", cars[4], "iccid", key("iccid")),
        ("uploadTs", v.ms, "timestamp|number|datetime", {"damage": whole_number}),
        ("longitude", tuple(a for a, _ in spots), "longitude|trajectory?"),
        ("latitude", tuple(b for _, b in spots), "latitude|trajectory?"),
        ("speedKmh", lambda r: round(r.uniform(0, 128), 1), "vehicle_speed|number?"),
        ("firmware", four, "version"),
        ("cellVoltageMax", lambda r: round(r.uniform(3.2, 4.2), 3), "number|vehicle_speed?"),
        ("acceleratorPct", lambda r: r.randint(0, 100), "number|vehicle_speed?"),
    )
    c.order = ("vin", "plate_cn", "imei", "imsi", "iccid")
    c.suffix, c.writer = ".parquet", as_parquet


@case(110)
def cheliang_dengji(c: Case) -> None:
    who = crowd(
        c, 80, v.name, v.prc, v.plate, v.vin, lambda r: code("@##@")(r) + v.num(r, 6),
        lambda r: "3100" + v.num(r, 8), v.mobile, lambda r: "PDAA2026" + v.num(r, 14),
    )  # fmt: skip
    put(
        c,
        ("机动车所有人", who[0], "name_cn!"),
        ("身份证明号码", who[1], ID, key(ID, damage=quoted, empty=0.08)),
        ("号牌号码", who[2], "plate_cn", key("plate_cn")),
        ("车辆识别代号", who[3], "vin", key("vin")),
        ("发动机号", who[4], "engine_no|order_no", key("engine_no")),
        ("驾驶证档案编号", who[5], "driver_file_no|order_no|number", key("driver_file_no")),
        ("联系手机", who[6], TEL, key(TEL, damage=dot_zero)),
        ("交强险保单号", who[7], "policy_no|order_no", key("policy_no")),
        ("品牌型号", ["大众牌SVW7002", "特斯拉牌TSL6480", "荣威牌CSA6461"], TEXT),
        ("动力电池编码", lambda r: code("04QPE#######@")(r) + v.num(r, 11), "battery_code|order_no|text"),
        ("初次登记", day("%Y%m%d", 2012, 2026), "date|number"),
        ("使用性质", ["非营运", "网约车", "货运"], WORD),
        ("整备质量kg", whole(1100, 2600), NUM),
    )
    c.order = (ID, TEL, "plate_cn", "vin", "engine_no", "driver_file_no", "policy_no")
    c.strong = (ID,)
    c.suffix, c.writer = ".xlsx", as_xlsx(second=True)


# Funds and securities


@case(130)
def fund_register(c: Case) -> None:
    who = crowd(c, 90, v.name, v.prc, lambda r: "A" + v.num(r, 9), v.card, v.email)
    put(
        c,
        ("investor_name", who[0], "name_cn!"),
        ("id_card_no", who[1], ID, key(ID)),
        ("sec_account", who[2], "securities_account|order_no", key("securities_account")),
        ("settle_card", who[3], "bank_card|bank_account", key("bank_card", damage=grouped4)),
        ("email", who[4], "email", key("email", empty=0.2)),
        ("fund_code", ["001938", "519674", "161005"], "securities_code|number|category|order_no"),
        ("isin", v.isin, "isin"),
        ("shares", fmt(100, 80000, 2), "investor_holding|number?"),
        ("nav", fmt(0.7, 3.1, 4), "number"),
        ("risk_level", ["C1", "C2", "C3", "C4", "C5"], WORD + "?"),
        ("annual_income", lambda r: str(r.randint(8, 90) * 10000), "income|number!"),
        ("distributor_lei", v.lei, "lei"),
        ("confirm_no", lambda r: v.date(r, "%Y%m%d") + v.num(r, 12), "order_no|number"),
    )
    c.order, c.strong = (ID, "bank_card", "securities_account", "email"), (ID,)
    c.suffix, c.writer = ".db", as_sqlite


@case(100)
def bond_tickets(c: Case) -> None:
    """Nobody: trades between houses."""
    put(
        c,
        ("ticket", seq(c.rows, "TK-{:07d}", 880121), "order_no"),
        ("ISIN", v.isin, "isin"),
        ("CUSIP", cusip, "cusip"),
        ("SEDOL", sedol, "sedol"),
        ("Counterparty", v.firm, "org_name"),
        ("CptyLEI", v.lei, "lei"),
        ("SettleBIC", ["ICBKCNBJSHI", "DEUTDEFF", "HSBCHKHH", "BKCHCNBJ300"], "bic"),
        ("CNAPS", cnaps, "cnaps|order_no|number"),
        ("Nominal", lambda r: f"{r.randint(1, 90)},000,000", "number"),
        ("CleanPrice", fmt(88, 112, 4), "number"),
        ("Ccy", ["CNY", "USD", "EUR", "HKD"], "currency"),
        ("ExecTs", v.ms, "timestamp|number|datetime"),
    )
    c.writer = as_gz
    c.suffix = ".csv.gz"


# Biomedicine


@case(120)
def menzhen_jiuzhen(c: Case) -> None:
    c.count = False
    who = crowd(c, 75, v.name, lambda r: "ZY" + v.num(r, 8), v.prc, lambda r: code("@")(r) + v.num(r, 8))
    notes = [
        c.r.choice(
            ("反复咳嗽3天，无发热", "头晕伴恶心半日", "右膝疼痛1月余", "复诊，血压控制可", "皮疹伴瘙痒")
        )
        for _ in range(c.rows)
    ]
    notes[5] += f"，家属{v.name(c.r)}陪同，电话{v.mobile(c.r)}"
    notes[60] += f"，外院身份证登记为{v.prc(c.r)}"
    put(
        c,
        ("病案号", who[1], "medical_record_no", key("medical_record_no")),
        ("姓名", who[0], "name_cn!"),
        ("身份证", who[2], ID, key(ID, damage=wide, empty=0.1)),
        ("社会保障号", who[3], "social_security_no", key("social_security_no")),
        ("性别代码", tuple("21"[int(x[16]) % 2] for x in who[2]), "gender|number|category!"),
        ("年龄", tuple(f"{2026 - int(x[6:10])}岁" for x in who[2]), "age!"),
        ("诊断编码", ["I10.x00", "J06.900", "M17.900", "E11.900x001", "L30.900"], "icd10!"),
        ("主要诊断", ["高血压病", "急性上呼吸道感染", "膝关节骨性关节炎", "2型糖尿病", "湿疹"], "diagnosis|medical_text|category!"),
        ("手术操作", ["36.0700", "81.5400", "45.1300x005", ""], "icd9_procedure|number|category!"),
        ("血型", ["A", "B", "O", "AB"], "blood_type|category!"),
        ("批准文号", dose, "drug_approval"),
        ("主诉", tuple(notes), "medical_text|text!", {"embedded": (TEL, ID)}),
        ("就诊时间", v.moment, WHEN),
    )  # fmt: skip
    c.strong, c.order = (ID, "social_security_no"), (ID, "social_security_no", "medical_record_no")
    c.writer = as_csv(encoding="gb18030")


@case(110)
def lab_samples(c: Case) -> None:
    put(
        c,
        ("trial_registration", ["NCT05518201", "ChiCTR2400081234", "CTR20241377"], "trial_id"),
        ("subject_id", lambda r: f"{r.choice(('031', '044', '107'))}-{r.randint(1, 40):04d}", "trial_subject|order_no", key("trial_subject")),
        ("specimen_barcode", lambda r: "SPM" + v.num(r, 9), "specimen_no|order_no!"),
        ("matrix", ["plasma", "whole blood", "buffy coat"], WORD),
        ("variant_hgvs", ["NM_005228.5:c.2573T>G", "NM_004333.6:c.1799T>A", "NM_000546.6:c.743G>A"], "genetic_variant!"),
        ("amplicon", lambda r: "".join(r.choices("ACGT", k=r.randint(60, 90))), "gene_sequence!"),
        ("ALT (U/L)", fmt(6, 140, 1), "lab_result|number!"),
        ("reagent_cas", cas, "cas_number"),
        ("analyser_reg", lambda r: f"国械注{r.choice('准进')}2024{v.num(r, 7, '23')}", "device_registration"),
        ("drug_trace", lambda r: "8" + v.num(r, 19), "drug_trace_code|order_no|number"),
        ("lot", lambda r: "138" + v.num(r, 8), CODES),
        ("drawn_on", day("%d-%b-%Y"), "date|datetime|text"),
    )  # fmt: skip
    c.suffix, c.writer = ".csv", as_csv(delimiter=";")


# Shipping and trade


@case(70)
def crew_manifest(c: Case) -> None:
    who = crowd(c, 48, lambda r: "A" + v.num(r, 8), v.passport, v.latin, day("%d.%m.%Y", 1966, 2003))
    put(
        c,
        ("Vessel", ["MV ORIENT PEARL", "XIN YANG SHAN", "LINGANG STAR"], "vessel_name|category|text"),
        ("IMO No.", v.imo, "imo_number|number"),
        ("MMSI", lambda r: r.choice(("412", "413", "477")) + v.num(r, 6), "mmsi|number"),
        ("Call Sign", code("B@@@#"), "call_sign|order_no|text"),
        ("Voy", code("2##@"), "voyage_no|order_no|category"),
        ("Name of Seafarer", who[2], "name_latin!"),
        ("Rank", ["Master", "Chief Officer", "Oiler", "AB", "Cook"], "occupation|category!"),
        ("Seafarer's ID (海员证)", who[0], "crew_list_no", key("crew_list_no")),
        ("Passport No", who[1], "passport_cn", key("passport_cn")),
        ("Nationality", ["CHN"], "nationality|country!"),
        ("Date of birth", who[3], "birth_date|date!"),
        ("Embarked at", ["CNYSA", "SGSIN", "KRPUS", "NLRTM"], "un_locode|category"),
        ("Sign-on", day("%d.%m.%Y"), DAY),
    )
    c.strong = c.order = ("passport_cn", "crew_list_no")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("IMO CREW LIST (FAL Form 5)",), sheet="FAL5")


@case(90)
def box_moves(c: Case) -> None:
    """No header and nobody: numbers that are checked, and numbers that only look so."""
    put(
        c,
        ("a", v.container, "container_no"),
        ("b", lambda r: r.choice(("MSCUSH", "COSU62", "OOLU27")) + v.num(r, 8), "bill_of_lading|order_no"),
        ("c", lambda r: v.declaration(r, True), "customs_declaration|order_no|number"),
        ("d", v.awb, "air_waybill|order_no"),
        ("e", postal, "postal_item|order_no"),
        ("f", v.ean, "ean|number|order_no"),
        ("g", ["8703.80", "8507.60", "9405.42"], "hs_code|number"),
        ("h", ["CNSHA", "CNYSA", "DEHAM", "USLAX"], "un_locode|category"),
        ("i", ["UN1263", "UN3480", "UN1993"], "un_number|category|order_no"),
        ("j", whole(2100, 28000), NUM),
        ("k", v.moment, WHEN),
        ("l", long_order, "order_no|number"),
    )
    c.writer = as_csv(header=False, delimiter=";")


@case(140)
def kuajing_baoguo(c: Case) -> None:
    who = crowd(c, 95, v.name, v.prc, v.mobile, v.address)
    put(
        c,
        ("订单编号", long_order, "order_no|number"),
        ("运单号", lambda r: r.choice(("SF", "YT")) + v.num(r, 13), "express_waybill|order_no"),
        ("报关单号", v.declaration, "customs_declaration|order_no|number"),
        ("电商企业海关代码", lambda r: "3122" + r.choice("69") + "60" + v.num(r, 3), "customs_registration|order_no|number"),
        ("电商企业信用代码", v.uscc, "uscc"),
        ("商品条码", v.ean, "ean"),
        ("商品名称", ["婴儿奶粉3段800g", "保湿面霜50ml", "鱼油软胶囊"], "cargo_name|category|text"),
        ("税号", ["1901101000", "3304990039", "2106909090"], "hs_code|number|order_no"),
        ("收件人", who[0], "name_cn!"),
        ("收件人证件号", who[1], ID, key(ID, damage=id_spaced)),
        ("收件人电话", who[2], TEL, key(TEL, damage=phone_styles)),
        ("收件地址", who[3], "address_cn!"),
        ("实付金额", v.money, "number"),
    )  # fmt: skip
    c.strong, c.order = (ID,), (ID, TEL)
    c.writer = as_zip
    c.suffix = ".zip"


# Reinsurance


@case(90)
def loss_bordereau(c: Case) -> None:
    put(
        c,
        ("Treaty Ref", code("QS-2026-####"), "treaty_no|order_no"),
        ("Cedant", ["Donghai P&C", "Pujiang Life", "Linhai General"], "org_name|category|text"),
        ("Cedant LEI", v.lei, "lei"),
        ("Policy No", lambda r: "PLY" + v.num(r, 12), "policy_no|order_no", key("policy_no")),
        ("Claim Ref", lambda r: "CLM/26/" + v.num(r, 6), "claim_no|order_no!"),
        ("Life Assured", v.latin, "name_latin!"),
        ("DOB", day("%d/%m/%Y", 1940, 2004), "birth_date|date!"),
        ("Sex", ["M", "F"], "gender!"),
        ("Cause of Loss", ["Myocardial infarction", "Lung cancer", "Road accident", "Stroke"], "diagnosis|medical_text|category|text!"),
        ("Date of Loss", day("%d/%m/%Y"), DAY),
        ("Reserve", lambda r: f"{r.randint(10, 900)},{v.num(r, 3)}", "number"),
        ("Orig. Ccy", ["CNY", "HKD", "SGD"], "currency"),
        ("UW Year", ["2023", "2024", "2025"], "number|date|category"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Loss bordereau Q3", ""))


# Apps, weather, machines


@case(150)
def shop_app_events(c: Case) -> None:
    put(
        c,
        ("eventTime", iso, WHEN),
        ("sessionId", v.guid, "uuid|device_id|order_no?"),
        ("clientIp", v.ip, "ipv4!"),
        ("clientIp6", ipv6, "ipv6!", {"empty": 0.3}),
        ("userAgent", ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15", "Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36"], "user_agent?"),
        ("oaid", lambda r: v.hexes(r, 16), "device_id|hash!"),
        ("wifiMac", v.mac, "mac_address!"),
        ("imei", v.imei, "imei!", {"empty": 0.5}),
        ("openid", lambda r: "o6_bm" + v.hexes(r, 23), "wechat|social_account|device_id!"),
        ("phone", v.mobile, TEL + "!", {"empty": 0.4, "damage": phone_styles}),
        ("appVersion", four, "version"),
        ("pageUrl", lambda r: f"https://shop.example.com/item/{v.num(r, 7)}?from=feed", "url|advertising_url?"),
        ("keyword", ["孕妇枕", "降压药", "临港租房", "二手车"], "search_history|text|category?"),
        ("traceHash", lambda r: v.hexes(r, 40), "hash|order_no"),
    )  # fmt: skip
    c.count = False
    c.suffix, c.writer = (
        ".json",
        as_jsonl(lambda row: {"eventTime": row["eventTime"], "ctx": {"dev": {k: row[k] for k in list(row)[1:]}}}),
    )  # fmt: skip


@case(120)
def coast_stations(c: Case) -> None:
    """Nobody: ten-minute readings."""
    put(
        c,
        ("区站号", ["58366", "58472", "58474"], "weather_station|number|category|order_no"),
        ("观测时间", lambda r: f"{v.date(r, '%Y%m%d')}{r.randint(0, 23):02}{r.choice('012345')}0", "datetime|number|date"),
        ("经度", ["121.9333", "122.4500", "122.1667"], "longitude|number"),
        ("纬度", ["30.9000", "30.7333", "30.6167"], "latitude|number"),
        ("气温", fmt(-3, 38, 1), "weather_value|number"),
        ("相对湿度", whole(30, 100), "weather_value|number"),
        ("海平面气压", fmt(996, 1034, 1), "weather_value|number"),
        ("十分钟平均风速", fmt(0, 24, 1), "weather_value|number"),
        ("能见度m", whole(80, 30000), "weather_value|number"),
        ("降水量", ["0.0", "0.0", "0.4", "999999"], "weather_value|number|category"),
        ("质控码", ["0", "0", "0", "1", "9"], NUM),
    )  # fmt: skip
    c.suffix, c.writer = ".txt", as_fixed


@case(50)
def ops_inventory(c: Case) -> None:
    put(
        c,
        ("service", ["billing", "gateway", "etl", "portal"], WORD),
        ("host", lambda r: f"10.{r.randrange(256)}.{r.randrange(256)}.{r.randint(1, 254)}", "ipv4?"),
        ("dsn", lambda r: f"postgresql://app:{v.hexes(r, 10)}@db{r.randint(1, 9)}.example.com:5432/main", "url_password"),
        ("access_key", lambda r: "AKIA" + "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)), "cloud_key"),
        ("bearer", jwt, "jwt"),
        ("admin_password", lambda r: code("@")(r) + v.hexes(r, 7) + "!9", "password?"),
        ("payout_wallet", bitcoin, "crypto_address?"),
        ("release", four, "version"),
        ("rotated_on", day(), DAY),
        ("hotline", lambda r: "400" + v.num(r, 7), "tollfree_cn"),
    )  # fmt: skip
    c.count = False
    c.suffix, c.writer = ".csv", as_xlsx()


# Headers that lie, needles


@case(130)
def wrong_labels(c: Case) -> None:
    who = crowd(c, 85, v.prc, v.mobile, v.email)
    put(
        c,
        ("身份证号", lambda r: v.declaration(r, True), "customs_declaration|order_no|number"),
        ("订单号", who[0], ID, key(ID)),
        ("商品名称", v.name, "name_cn?"),
        ("姓名", v.company, "org_name"),
        ("手机号码", lambda r: "2" + v.num(r, 10), "order_no|number"),
        ("客户名称", who[1], TEL, key(TEL)),
        ("银行卡号", lambda r: v.date(r, "%Y%m%d%H%M%S") + v.num(r, 5), "order_no|number"),
        ("ip地址", v.money, "number"),
        ("备注", who[2], "email", key("email")),
        ("出生日期", v.moment, WHEN + "|birth_date?"),
    )
    c.strong, c.order = (ID,), (ID, TEL, "email")
    c.writer = as_csv(encoding="gb18030")


@case(2400)
def deep_needles(c: Case) -> None:
    words = [
        c.r.choice(("已入库", "抽检合格", "外箱轻微破损", "等待放行", "", "托盘回收")) for _ in range(c.rows)
    ]
    refs: list[str] = [code("R#######")(c.r) for _ in range(c.rows)]
    words[311] = f"司机{v.name(c.r)}，身份证{v.prc(c.r)}，已核对"
    words[1702] = f"联系人{v.mobile(c.r)}"
    words[2288] = f"退款卡号{v.card(c.r)}请财务处理"
    refs[777], refs[1999] = v.prc(c.r), v.prc(c.r)
    put(
        c,
        ("id", seq(c.rows, start=100001), "number|order_no"),
        ("sku", lambda r: "SKU" + v.num(r, 6), "order_no"),
        ("gtin", v.ean, "ean"),
        ("batch", lambda r: "150" + v.num(r, 8), CODES),
        ("warehouse", ["LG-A", "LG-B", "YS-1"], WORD),
        ("qty", lambda r: r.randint(1, 400), NUM),
        ("external_ref", tuple(refs), "order_no|text!", {"embedded": (ID,)}),
        ("remark", tuple(words), "text|category!", {"embedded": (ID, TEL, "bank_card")}),
        ("updated_ms", v.ms, "timestamp|number|datetime"),
        ("row_guid", v.guid, "uuid"),
    )  # fmt: skip
    c.count = False
    c.suffix, c.writer = ".json", as_json
