"""Thirty-fifth hand: files of the sectors as a stranger to the scan would draw them up, with headers in every habit of writing. Labelled before a scan ever saw them."""

import datetime as dt
import json
from pathlib import Path

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
    id_spaced,
    phone_styles,
    wide,
)
from messy.makers import DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

FIRST = (
    "Stephanie", "Aimee", "Gregory", "Latoya", "Brandon", "Kimberly", "Dustin", "Megan", "Curtis", "Alison", "Wesley", "Tiffany", "Darren", "Naomi",
    "Elliot", "Shannon", "Craig", "Bethany", "Trevor", "Jacqueline", "Marcus", "Paige", "Rodney", "Heather", "Clifford", "Yolanda", "Spencer", "Imogen",
)  # fmt: skip
LAST = (
    "Love", "Zank", "Hartley", "Bishop", "Mccarthy", "Underwood", "Pratt", "Sheppard", "Vaughn", "Whitehead", "Cross", "Banks", "Holloway", "Dudley",
    "Frost", "Gallagher", "Ingram", "Lockhart", "Page", "Stokes", "Tate", "Barker", "Marsh", "Rhodes", "Sparks", "Winters", "Boyle", "Osborne",
)  # fmt: skip
PINYIN_SUR = ("Zhao", "Qian", "Sun", "Zhou", "Zheng", "Feng", "Jiang", "Shen", "Han", "Xu")
PINYIN_GIV = ("Yuxin", "Haoran", "Meiling", "Zhiyuan", "Jiaqi", "Wenbo", "Xiaoli", "Guoqiang")


def full(r: v.R) -> str:
    return f"{r.choice(FIRST)} {r.choice(LAST)}"


def sloppy(r: v.R) -> str:
    one = full(r)
    return r.choice((one, one.lower(), one.upper(), one))


def pinyin(r: v.R) -> str:
    return f"{r.choice(PINYIN_SUR)} {r.choice(PINYIN_GIV)}"


def mail(r: v.R) -> str:
    return f"{r.choice(FIRST).lower()}{r.choice('._-')}{r.choice(LAST).lower()}{r.choice(('', str(r.randint(1, 99))))}@{r.choice(('example.com', 'example.org', 'mail.example.net', 'corp.example.cn'))}"


def us_tel(r: v.R) -> str:
    a, b = r.randint(201, 989), v.num(r, 4)
    return r.choice((f"({a}) 555-{b}", f"{a}-555-{b}", f"+1 {a} 555 {b}", f"{a}.555.{b}"))


def born(form: str = "%Y-%m-%d", low: int = 1950, high: int = 2006):  # type: ignore[no-untyped-def]
    return lambda r: v.date(r, form, low, high)


def under(suffix: str, write):  # type: ignore[no-untyped-def]
    """Written by one writer under another's extension."""
    return {"suffix": suffix, "writer": write}


@case(150)
def veh_telemetry(c: Case) -> None:
    fleet = [v.vin(c.r, "LRW") for _ in range(30)]
    put(
        c,
        ("vin", tuple(c.r.choice(fleet) for _ in range(150)), "vin", key("vin")),
        ("msgTime", v.ms, "timestamp|datetime|number"),
        ("gpsLng", lambda r: f"{121.3 + r.random() * 0.7:.6f}", "longitude|trajectory|lonlat!"),
        ("gpsLat", lambda r: f"{30.8 + r.random() * 0.5:.6f}", "latitude|trajectory|lonlat!"),
        ("vehSpeed", fmt(0, 140), "vehicle_speed|number"),
        ("soc", whole(3, 100), "number|battery_code|vehicle_speed"),
        ("totalMileage", fmt(100, 160000), "number|vehicle_speed"),
        ("cellVoltMax", fmt(3.1, 4.2, 3), "number|vehicle_speed"),
        ("motorTemp", whole(20, 110), "number|vehicle_speed|weather_value"),
        ("gear", ["P", "D", "R", "N"], WORD),
        ("alarmLevel", ["0", "1", "2", "3"], NUM + "|order_no"),
        ("fwVersion", lambda r: f"{r.randint(1, 9)}.{r.randint(0, 40)}.{r.randint(0, 9)}.{r.randint(0, 255)}", "version|category|text"),
    )  # fmt: skip
    c.suffix, c.writer = ".jsonl", as_jsonl()


@case(70)
def dealer_leads(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("序号", seq(70), "number|order_no"),
        ("车主姓名", v.name, "name_cn!"),
        ("联系方式", v.mobile, TEL, key(TEL, damage=phone_styles)),
        ("证件号码", v.prc, ID, key(ID, damage=id_spaced)),
        ("车架号（VIN）", v.vin, "vin", key("vin")),
        ("号牌号码", v.plate, "plate_cn", key("plate_cn")),
        ("电机号", code("TZ2##XS#####"), "engine_no|order_no?"),
        ("购车日期", day("%Y/%m/%d"), DAY),
        ("成交价(元)", whole(89000, 420000), "number"),
        ("销售顾问", v.name, "name_cn!"),
        ("通讯地址", v.address, "address_cn!"),
        ("客户意见", ["满意", "希望赠送脚垫", "保险续保时再联系", ""], TEXT),
    )
    c.order = (ID, TEL, "vin", "plate_cn")
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(title=("××汽车销售服务店客户台账", "制表日期：2026-10-31"), merge=True),
    )
    c.count = False


@case(120)
def jj_cyr(c: Case) -> None:
    """Fund holders under initials of pinyin."""
    c.strong = (ID,)
    put(
        c,
        (
            "jjzh",
            lambda r: r.choice(("98", "05")) + v.num(r, 10),
            "securities_account",
            key("securities_account"),
        ),
        ("khmc", v.name, "name_cn!"),
        ("zjlx", ["0", "0", "1"], NUM + "|order_no|boolean"),
        ("zjhm", v.prc, ID, key(ID)),
        ("sjhm", v.mobile, TEL, key(TEL)),
        (
            "jjdm",
            lambda r: r.choice(("000", "110", "161", "005")) + v.num(r, 3),
            "securities_code|order_no|number|category",
        ),
        ("fe", fmt(100, 900000, 2), "investor_holding|number?"),
        ("jz", fmt(0.6, 3.2, 4), "number"),
        ("fxcsnl", ["C1", "C2", "C4"], WORD + "|order_no"),
        ("yhkh", v.card, "bank_card", key("bank_card")),
        ("khrq", day("%Y%m%d"), "date|number|datetime"),
    )
    c.order = (ID, TEL, "bank_card", "securities_account")
    c.writer = as_csv(encoding="gb18030")


@case(90)
def sdtm_dm(c: Case) -> None:
    ids = [f"CN-{r:03d}-{i:04d}" for i, r in enumerate(c.r.choices(range(1, 9), k=90))]
    put(
        c,
        ("STUDYID", ["HR20261-301"], "order_no|category|text|trial_id"),
        ("USUBJID", tuple(f"HR20261-301-{x[3:]}" for x in ids), "trial_subject", key("trial_subject")),
        ("SITEID", tuple(x[3:6] for x in ids), "order_no|category|number"),
        ("RFSTDTC", day(), DAY),
        ("BRTHDTC", born("%Y-%m"), "birth_date|date!"),
        ("AGE", whole(18, 76), "age|number!"),
        ("SEX", ["M", "F"], "gender!"),
        ("RACE", ["ASIAN", "WHITE", "BLACK OR AFRICAN AMERICAN"], "ethnicity!"),
        ("ETHNIC", ["NOT HISPANIC OR LATINO", "HISPANIC OR LATINO", "NOT REPORTED"], "ethnicity!"),
        ("ARMCD", ["TRT", "PBO"], WORD + "|order_no"),
        ("COUNTRY", ["CHN", "USA", "KOR"], "country|nationality|category?"),
        ("DTHFL", ["", "", "", "Y"], "boolean|category|empty?"),
        ("INVNAM", full, "name_latin!"),
    )
    c.count = False


@case(80)
def ocean_manifest(c: Case) -> None:
    put(
        c,
        ("B/L No.", lambda r: r.choice(("COSU", "MAEU", "ONEY")) + v.num(r, 10), "bill_of_lading|order_no"),
        ("Container #", v.container, "container_no"),
        ("Seal", lambda r: "CN" + v.num(r, 7), "seal_no|order_no|passport_foreign"),
        ("ISO Size/Type", ["22G1", "45G1", "45R1"], WORD + "|order_no"),
        ("Gross Wt (KGS)", fmt(900, 27000, 1), "number"),
        ("HS", ["8708.29", "8507.60", "6109.10", "3004.90"], "hs_code|number|category"),
        ("Description of Goods", ["AUTO PARTS", "LITHIUM ION BATTERY PACK", "COTTON T-SHIRT"], "cargo_name|category|text"),
        ("Shipper", v.firm, "org_name"),
        ("Consignee", v.firm, "org_name"),
        ("Notify Tel", lambda r: f"+49 {v.num(r, 2, '34')} {v.num(r, 7, '23456789')}", "phone_intl!"),
        ("POL", ["CNSHA", "CNNGB", "CNYTN"], "un_locode"),
        ("POD", ["DEHAM", "NLRTM", "GBFXT"], "un_locode"),
        ("UN No", ["UN3480", "UN3481", ""], "un_number|category|order_no"),
        ("ETA", day("%d-%b-%Y"), DAY),
    )  # fmt: skip
    c.count = False
    c.suffix, c.writer = ".tsv", as_csv(delimiter="\t")


@case(40)
def imo_crew_list(c: Case) -> None:
    put(
        c,
        ("No.", seq(40), "number|order_no"),
        ("Family name", lambda r: r.choice(("SANTOS", "DELA ROSA", "KOVALENKO", "MENSAH", "TRAN")), "name_part|name_latin!"),
        ("Given names", lambda r: r.choice(("JUAN MIGUEL", "OLEKSANDR", "KWAME", "VAN HUNG")), "name_part|name_latin!"),
        ("Rank or rating", ["MASTER", "C/O", "2/E", "BOSUN", "AB", "OILER"], "occupation|category!"),
        ("Nationality", ["FILIPINO", "UKRAINIAN", "GHANAIAN", "VIETNAMESE"], "nationality!"),
        ("Date and place of birth", lambda r: f"{v.date(r, '%d.%m.%Y', 1965, 2001)} {r.choice(('ILOILO', 'ODESA', 'TEMA', 'HAI PHONG'))}", "birth_date|text!"),
        ("Nature and number of identity document", lambda r: f"PASSPORT {r.choice('PEF')}{v.num(r, 7)}{r.choice('AB')}", "passport_foreign|text!"),
        ("Seaman's book", lambda r: r.choice(("SRC", "SB")) + v.num(r, 7), "crew_list_no|order_no!"),
        ("Signed on", day("%d/%m/%Y"), DAY),
    )  # fmt: skip
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(title=("IMO CREW LIST (FAL FORM 5)", "Ship: MV HAI FENG 8   Voyage 2614W")),
    )
    c.count = False


@case(80)
def ri_bordereau(c: Case) -> None:
    put(
        c,
        ("TreatyRef", code("TTY-26-XL-###"), "treaty_no|order_no"),
        ("CedingCo", ["Huatai Property & Casualty", "Sompo Asia", "Allianz SE"], "org_name|category"),
        ("PolicyNumber", code("PA############"), "policy_no|order_no!"),
        ("ClaimNo", code("CL26-######"), "claim_no|order_no!"),
        ("InsuredName", pinyin, "name_latin!"),
        ("InsuredDOB", born("%d/%m/%Y"), "birth_date!"),
        ("LossDate", day("%d/%m/%Y"), DAY),
        ("CauseOfLoss", ["Motor collision", "Slip and fall", "Fire"], WORD + "|diagnosis?"),
        ("Injury", ["Fracture of femur", "Whiplash", "Burns", ""], "diagnosis|medical_text|category|text!"),
        ("GrossLoss", lambda r: f"{r.randint(1, 900)},{v.num(r, 3)}.{v.num(r, 2)}", "number"),
        ("Ccy", ["CNY", "USD", "EUR"], "currency"),
        ("CededPct", ["25%", "40.0%", "60%"], "number|text|category"),
    )
    c.count = False


@case(140)
def mall_orders(c: Case) -> None:
    buyers = [(v.name(c.r), v.mobile(c.r), v.address(c.r), "tb" + v.num(c.r, 9)) for _ in range(90)]
    who = [c.r.choice(buyers) for _ in range(140)]
    put(
        c,
        ("order_id", lambda r: "26" + v.num(r, 16), "order_no|number"),
        (
            "trade_no",
            lambda r: f"{v.date(r, '%Y%m%d', 2026, 2026)}22001{v.num(r, 15)}",
            "order_no|number|payment_account",
        ),
        ("buyer_nick", tuple(x[3] for x in who), "social_account|customer_no|order_no!"),
        ("receiver_name", tuple(x[0] for x in who), "name_cn!"),
        ("receiver_mobile", tuple(x[1] for x in who), TEL, key(TEL)),
        ("receiver_address", tuple(x[2] for x in who), "address_cn!"),
        (
            "item_title",
            ["男士纯棉短袖T恤 夏季薄款", "儿童保温杯500ml", "无线蓝牙耳机 降噪"],
            "text|category|cargo_name",
        ),
        ("barcode", v.ean, "ean"),
        ("sku_id", lambda r: "4" + v.num(r, 12), "order_no|number"),
        ("num", ["1", "1", "2", "3"], NUM),
        ("payment", v.money, "number"),
        ("pay_time", v.ms, "timestamp|datetime|number"),
        ("tid_remark", ["", "尽快发货", "周末送货", "要发票"], TEXT + "|empty"),
    )
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(100)
def aws_obs(c: Case) -> None:
    put(
        c,
        ("StationID", ["58362", "58366", "58370", "58460"], "weather_station|number|category|order_no"),
        (
            "ObsTime(UTC)",
            lambda r: v.date(r, "%Y%m%d") + f"{r.randint(0, 23):02d}00",
            WHEN + "|number|timestamp",
        ),
        ("Lat", lambda r: r.choice(("31.40", "31.62", "31.23", "30.88")), "latitude|number"),
        ("Lon", lambda r: r.choice(("121.45", "121.47", "121.47", "121.90")), "longitude|number"),
        ("T2m", fmt(-5, 39), "weather_value|number"),
        ("RH", whole(20, 100), "weather_value|number"),
        ("SLP", fmt(985, 1040), "weather_value|number"),
        ("WS10", fmt(0, 22), "weather_value|number"),
        ("WD10", whole(0, 359), "weather_value|number"),
        ("Precip1h", fmt(0, 30), "weather_value|number"),
        ("QC", ["0", "1", "9"], NUM + "|boolean"),
    )
    c.suffix, c.writer = ".txt", as_fixed


@case(80)
def self_identification(c: Case) -> None:
    """What people say of themselves to an employer, under ordinary English full names."""
    who = [(f"{10000 + i}", full(c.r)) for i in range(80)]
    put(
        c,
        ("employee_id", tuple(x[0] for x in who), "employee_no|number|order_no", key("employee_no")),
        ("name", tuple(x[1] for x in who), "name_latin!"),
        ("work_email", mail, "email", key("email")),
        ("job_title", ["Account Executive", "QA Engineer", "Warehouse Associate", "Team Lead"], "occupation|category!"),
        ("department", ["Sales", "Quality", "Operations"], WORD),
        ("sexual_orientation", ["Heterosexual", "Gay", "Bisexual", "Prefer not to say", "Lesbian"], "sexual_orientation|category|text!"),
        ("union_member", ["Yes", "No"], "boolean|category|trade_union?"),
        ("union_name", ["Unite", "UNISON", "GMB", ""], "trade_union|category|org_name|text?"),
        ("veteran_status", ["Not a veteran", "Protected veteran", "I decline to answer"], "veteran_status|category|text?"),
        ("disability_status", ["No", "Yes", "Decline to state"], "disability|category|boolean!"),
        ("race_ethnicity", ["White", "Black", "Two or More Races", "Asian"], "ethnicity!"),
        ("hire_date", day("%m/%d/%Y"), DAY),
        ("base_salary", whole(38000, 165000), "income|number!"),
    )  # fmt: skip


@case(90)
def menzhen(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("门诊号", lambda r: "MZ" + v.num(r, 9), "medical_record_no", key("medical_record_no")),
        ("患者姓名", v.name, "name_cn!"),
        ("性别", ["男", "女"], "gender!"),
        (
            "年龄",
            lambda r: r.choice((f"{r.randint(2, 88)}岁", f"{r.randint(2, 88)}岁", f"{r.randint(1, 11)}月")),
            "age|text!",
        ),
        ("身份证号", v.prc, ID, key(ID, empty=0.1)),
        ("医保卡号", code("A########"), "social_security_no", key("social_security_no")),
        ("主诉", ["咳嗽3天伴发热", "头晕乏力半月", "右下腹痛6小时"], "medical_text|text|category|diagnosis!"),
        ("初步诊断", ["急性支气管炎", "原发性高血压", "急性阑尾炎", "2型糖尿病"], "diagnosis|category!"),
        ("ICD编码", ["J20.900", "I10.x00", "K35.800", "E11.900"], "icd10!"),
        ("接诊医师", v.name, "name_cn!"),
        ("科室", ["呼吸内科", "心内科", "普外科"], WORD + "|org_name"),
        ("就诊时间", v.moment, WHEN),
        ("总费用", v.money, "number"),
    )
    c.order = (ID, "social_security_no", "medical_record_no")
    c.strong = (ID, "social_security_no")
    c.writer = as_csv(encoding="utf-16")


@case(60)
def hotel_guests(c: Case) -> None:
    put(
        c,
        ("GuestName", full, "name_latin!"),
        ("IDType", ["Passport"], WORD),
        ("PassportNo", lambda r: v.num(r, 9, "3456"), "passport_foreign|order_no|number!"),
        ("Nation", ["GBR", "USA", "AUS", "CAN"], "nationality|country!"),
        ("VisaNo", code("@#######"), "passport_foreign|order_no|exit_entry_permit?"),
        ("RoomNo", ["0812", "1106", "2210"], NUM + "|order_no"),
        ("CheckIn", v.moment, WHEN),
        ("CheckOut", v.moment, WHEN),
        ("Tel", us_tel, "phone_intl!"),
        ("PlateNo", v.plate, "plate_cn!"),
        ("RoomRate", lambda r: f"¥{r.randint(380, 2800)}.00", "number|text"),
        ("Remarks", ["late check-out", "extra bed", "non-smoking", ""], TEXT),
    )
    c.count = False
    c.suffix, c.writer = ".parquet", as_parquet


@case(120)
def xueji(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("学籍号", lambda r: "G" + v.prc(r, low=2010, high=2018), "student_no", {"key": "student_no"}),
        ("学生姓名", v.name, "name_cn!"),
        ("班级", ["一（1）班", "三（4）班", "六（2）班"], WORD),
        ("民族", ["汉族", "回族", "满族"], "ethnicity!"),
        ("出生年月", born("%Y.%m", 2010, 2018), "birth_date|date!"),
        ("是否住校", ["是", "否"], "boolean|category"),
        ("家长姓名", v.name, "name_cn!"),
        ("与学生关系", ["父亲", "母亲", "祖父"], "kinship|category!"),
        ("家长电话", v.mobile, TEL + "!"),
        ("家庭住址", v.address, "address_cn!"),
        ("过敏史", ["无", "青霉素", "花生"], "medical_text|diagnosis|category|text!"),
    )
    c.count = False
    c.suffix, c.writer = ".xlsx", as_xlsx(second=True)


@case(100)
def air_bookings(c: Case) -> None:
    put(
        c,
        ("pnrCode", code("@@@@@@"), "pnr|order_no!"),
        (
            "ticketNumber",
            lambda r: r.choice(("781", "999", "784")) + "-" + v.num(r, 10),
            "pnr|air_waybill|order_no!",
        ),
        (
            "paxName",
            lambda r: f"{r.choice(v.FAMILY)}/{r.choice(v.FIRST)} {r.choice(('MR', 'MS', 'CHD'))}",
            "name_latin!",
        ),
        ("paxType", ["ADT", "CHD", "INF"], WORD),
        ("docNumber", v.passport, "passport_cn!"),
        ("dateOfBirth", born("%d%b%Y"), "birth_date!"),
        ("flightNo", ["MU5101", "CA1832", "FM9331", "HO1252"], "voyage_no|category|order_no"),
        ("depAirport", ["PVG", "SHA", "PEK"], WORD + "|un_locode"),
        ("cabin", ["Y", "C", "F"], WORD),
        ("ffpNumber", lambda r: "6" + v.num(r, 11), "customer_no|order_no|number!"),
        ("contactPhone", lambda r: "86" + v.mobile(r), TEL + "!"),
        ("specialMeal", ["", "MOML", "VGML", "KSML"], WORD + "|religion|empty?"),
        ("baggageWt", whole(0, 46), NUM),
    )
    c.count = False
    c.suffix, c.writer = ".json", as_json


@case(110)
def iit_withholding(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("工号", code("E#####"), "employee_no|order_no!"),
        ("姓名", v.name, "name_cn!"),
        ("证件类型", ["居民身份证"], WORD),
        ("证件号码", v.prc, ID, key(ID, damage=wide)),
        ("所得期间起", ["2026-09-01"], DAY),
        ("所得项目", ["正常工资薪金", "劳务报酬"], WORD),
        ("本期收入", v.money, "income|number!"),
        ("基本养老保险费", fmt(200, 2400, 2), "number|income?"),
        ("累计子女教育", ["0", "1000", "2000"], NUM + "?"),
        ("应纳税所得额", v.money, "number|income?"),
        ("扣缴义务人名称", v.company, "org_name"),
        ("纳税人识别号", v.uscc, "uscc"),
        ("开户银行账号", v.card, "bank_card|bank_account", key("bank_card")),
    )
    c.order = (ID, "bank_card")
    c.count = False


@case(150)
def telecom_cdr(c: Case) -> None:
    put(
        c,
        ("calling_nbr", lambda r: "86" + v.mobile(r), TEL + "!"),
        ("called_nbr", lambda r: r.choice((v.mobile(r), "021" + v.num(r, 8, "56"), v.mobile(r))), TEL + "|landline_cn!"),
        ("imsi", lambda r: "46000" + v.num(r, 10), "imsi!"),
        ("imei", v.imei, "imei!"),
        ("lac", lambda r: v.num(r, 5, "123"), NUM + "|order_no"),
        ("ci", lambda r: v.num(r, 8, "123"), NUM + "|order_no"),
        ("start_time", lambda r: v.date(r, "%Y%m%d") + f"{r.randint(0, 23):02d}{r.randint(0, 59):02d}{r.randint(0, 59):02d}", WHEN + "|timestamp|number"),
        ("duration_s", whole(1, 3600), "number"),
        ("roam_flag", ["0", "1"], "boolean|number|category"),
        ("bill_fee", fmt(0, 12, 2), "number"),
    )  # fmt: skip
    c.count = False
    c.writer = as_csv(delimiter="|")


@case(100)
def iot_gateway(c: Case) -> None:
    put(
        c,
        ("deviceSn", code("GW26########"), "device_id|order_no?"),
        ("phone", ["Galaxy A15", "Redmi 12", "iPhone 13"], WORD),
        ("address", lambda r: f"0x{v.hexes(r, 4).upper()}", "order_no|text|category"),
        (
            "firmware",
            lambda r: f"{r.randint(1, 5)}.{r.randint(0, 20)}.{r.randint(0, 99)}.{r.randint(0, 250)}",
            "version",
        ),
        ("ip", v.ip, "ipv4!"),
        ("mac", v.mac, "mac_address!"),
        ("name", ["温湿度网关", "边缘控制器", "电表采集终端"], WORD),
        ("id", seq(100, "{}", 900001), "number|order_no"),
        ("rssi", whole(-95, -40), "number"),
        (
            "uptime",
            lambda r: f"{r.randint(0, 400)}d {r.randint(0, 23):02d}:{r.randint(0, 59):02d}",
            "text|time_of_day|category",
        ),
        ("last_seen", lambda r: f"{v.date(r)}T{r.randint(0, 23):02d}:00:{r.randint(10, 59)}+08:00", WHEN),
        ("checksum", lambda r: v.hexes(r, 64), "hash"),
    )
    c.count = False


@case(90)
def expo_visitors(c: Case) -> None:
    put(
        c,
        ("证件编号", code("V26-#####"), "order_no|customer_no|employee_no?"),
        ("观众姓名", lambda r: r.choice((v.name(r), v.name(r), full(r))), "name_cn|name_latin!"),
        ("公司", lambda r: r.choice((v.company(r), v.firm(r))), "org_name"),
        ("职位", ["采购总监", "Project Manager", "工程师", "CEO"], "occupation|category!"),
        ("手机", v.mobile, TEL, key(TEL, damage=wide)),
        ("邮箱", mail, "email", key("email")),
        ("微信", lambda r: "wx_" + r.choice(LAST).lower() + v.num(r, 4), "wechat|social_account!"),
        ("国家/地区", ["中国", "德国", "日本"], "country|category|nationality?"),
        ("感兴趣展品", ["新能源整车", "智能座舱", "医疗器械"], WORD + "|cargo_name"),
        ("是否VIP", ["是", "否"], "boolean|category"),
        ("入场时间", v.moment, WHEN),
    )
    c.order = (TEL, "email")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("第八届进博会专业观众名单（内部）",))
    c.count = False


@case(120)
def bgd_lines(c: Case) -> None:
    """Customs lines: many long numbers, and nobody."""
    put(
        c,
        ("报关单号", v.declaration, "customs_declaration|order_no"),
        ("项号", whole(1, 20), NUM + "|order_no"),
        ("商品编号", lambda r: r.choice(("8708299000", "8507600090", "6109100021")), "hs_code|number|category"),
        ("商品名称", ["车身零件", "锂离子蓄电池", "棉制针织T恤衫"], "cargo_name|category|text"),
        ("境内收货人", v.company, "org_name"),
        ("信用代码", v.uscc, "uscc"),
        ("海关编码", lambda r: "3122" + r.choice("269") + r.choice("1234") + v.num(r, 4), "customs_registration|order_no|number|hs_code"),
        ("成交方式", ["CIF", "FOB", "EXW"], WORD),
        ("币制", ["人民币", "美元", "欧元"], "currency|category"),
        ("法定数量", fmt(1, 9000, 3), "number"),
        ("批次号", lambda r: "LOT" + v.num(r, 15), "order_no"),
        ("申报日期", day("%Y%m%d"), "date|number|datetime"),
    )  # fmt: skip
    c.writer = as_csv(encoding="gb18030")


@case(2000)
def ticket_notes(c: Case) -> None:
    """Three needles in two thousand rows."""
    plain = (
        "已处理",
        "客户未接听，稍后再拨",
        "转二线跟进",
        "重复工单，关闭",
        "等待配件到货",
        "referred to billing",
        "no action needed",
    )
    notes = [c.r.choice(plain) for _ in range(2000)]
    notes[211] = f"用户来电{v.mobile(c.r)}要求回访"
    notes[1043] = f"补充材料：身份证{v.prc(c.r)}，已上传"
    notes[1877] = f"改用邮箱{mail(c.r)}接收账单"
    put(
        c,
        ("ticket_no", seq(2000, "T2026{:07d}", 400), "order_no"),
        ("created_at", v.moment, WHEN),
        ("priority", ["P1", "P2", "P3"], WORD + "|order_no"),
        ("agent_note", tuple(notes), "text|category!", {"embedded": (TEL, ID, "email")}),
        ("closed", ["Y", "N"], "boolean|category"),
    )
    c.count = False


@case(100)
def bare_rows(c: Case) -> None:
    """No header at all."""
    c.strong = (ID,)
    put(
        c,
        ("c0", seq(100, "{}", 1), "number|order_no"),
        ("c1", v.name, "name_cn!"),
        ("c2", v.prc, ID, key(ID)),
        ("c3", v.mobile, TEL, key(TEL)),
        ("c4", v.address, "address_cn!"),
        ("c5", v.money, "number"),
        ("c6", v.moment, WHEN),
        ("c7", mail, "email", key("email")),
    )
    c.order = (ID, TEL, "email")
    c.writer = as_csv(header=False)


@case(80)
def damaged_floats(c: Case) -> None:
    put(
        c,
        ("name", v.name, "name_cn!"),
        ("id_card", v.prc, ID + "!", {"damage": lambda r, x: f"{float(x[:17] + '0'):.5E}"}),
        ("mobile", v.mobile, TEL, key(TEL, damage=lambda r, x: x + ".0")),
        (
            "card_no",
            lambda r: v.card(r),
            "bank_card|bank_account!",
            {"damage": lambda r, x: f"{float(x):.6e}"},
        ),
        ("amount", v.money, "number"),
    )
    c.exact, c.count = False, False


@case(70)
def parcel_csv(c: Case) -> None:
    """A workbook under the extension of a plain text."""
    put(
        c,
        ("TrackingNo", lambda r: r.choice(("SF", "YT")) + v.num(r, 13), "express_waybill|order_no"),
        ("SenderName", full, "name_latin!"),
        ("SenderPhone", us_tel, "phone_intl!"),
        ("RecipientName", pinyin, "name_latin!"),
        ("RecipientIDNo", v.prc, ID, key(ID)),
        ("RecipientAddr", v.address, "address_cn!"),
        ("DeclaredItem", ["Milk powder", "Vitamins", "Shoes"], "cargo_name|category|text"),
        ("DeclaredValueUSD", fmt(10, 400, 2), "number"),
        ("Via", ["HKG", "SIN", "NRT"], WORD + "|un_locode"),
        ("Shipped via", ["Air", "Sea", "Rail"], WORD),
    )
    c.strong = (ID,)
    c.count = False
    c.suffix, c.writer = ".csv", as_xlsx()


def as_text_of_lines(c: Case, path: Path) -> None:
    path.write_text(
        "\n".join(
            json.dumps(dict(zip(c.headers, row, strict=True)), ensure_ascii=False) for row in c.lines()
        ),
        encoding="utf-8",
    )


@case(80)
def calendars(c: Case) -> None:
    """Days of birth of other calendars, as they stand in the registers of those who use them."""

    def roc(r: v.R) -> str:
        y, m, x = v.birthday(r, 1950, 2005)
        return f"{y - 1911}/{m:02d}/{x:02d}"

    def buddhist(r: v.R) -> str:
        y, m, x = v.birthday(r, 1950, 2005)
        return f"{x:02d}/{m:02d}/{y + 543}"

    def era(r: v.R) -> str:
        y, m, x = v.birthday(r, 1950, 2005)
        one = dt.date(y, m, x)
        start, name = (
            (dt.date(1988, 1, 1), "平成") if one >= dt.date(1989, 1, 8) else (dt.date(1925, 1, 1), "昭和")
        )
        return f"{name}{one.year - start.year}年{m}月{x}日"

    put(
        c,
        ("姓名", v.name, "name_cn!"),
        ("身分證字號", v.taiwan, "taiwan_id", key("taiwan_id")),
        ("出生日期(民國)", roc, "birth_date!"),
        ("วันเกิด", buddhist, "birth_date!"),
        ("生年月日", era, "birth_date!"),
        ("電話", lambda r: f"09{v.num(r, 2)}-{v.num(r, 3)}-{v.num(r, 3)}", "phone_intl!"),
        ("備註", ["無", "已繳費", "補件中"], TEXT),
    )
    c.strong = ("taiwan_id",)
    c.count = False
    c.suffix, c.writer = ".txt", as_text_of_lines


@case(80)
def shop_customers(c: Case) -> None:
    """A table of a small database, as a programmer names it."""
    put(
        c,
        ("id", seq(80), "number|order_no|customer_no"),
        ("fullName", sloppy, "name_latin!"),
        ("EmailAddr", mail, "email", key("email")),
        ("ph", us_tel, "phone_intl", key("phone_intl")),
        (
            "addr1",
            lambda r: f"{r.randint(1, 2999)} {r.choice(('Maple St', 'Elm Grove', 'W Lake Dr', 'Queens Rd'))}",
            "address_latin|address_text!",
        ),
        ("city", ["Austin", "Leeds", "Portland"], WORD + "|address_text"),
        ("st", ["TX", "OR", "NY"], WORD + "|province"),
        ("zip", lambda r: v.num(r, 5), "postcode_intl|number|order_no?"),
        (
            "pwd_hash",
            lambda r: "$2b$12$" + "".join(r.choices("abcdefghijkABCDEFGHIJK0123456789./", k=53)),
            "password|hash!",
        ),
        ("lastLoginIp", v.ip, "ipv4!"),
        ("isActive", ["true", "false"], "boolean"),
        ("createdAt", v.moment, WHEN),
    )
    c.order = ("phone_intl", "email")
    c.count = False
    c.suffix, c.writer = ".sqlite", as_sqlite
