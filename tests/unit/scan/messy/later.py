"""A second hand of cases, written after the first were right and before these were ever scanned."""

import json

from messy import digits as d
from messy import values as v
from messy.frame import (
    CODE,
    Case,
    as_csv,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    dot_zero,
    id_spaced,
    phone_styles,
    quoted,
    wide,
)
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"


@case(120)
def cust_info_pinyin(c: Case) -> None:
    c.strong = (ID,)
    c.add("KHMC", v.name, "name_cn", p=True)
    c.add("ZJLX", ["01"], "category|number|order_no|text")
    c.add("ZJHM", v.prc, ID, key=ID, damage=quoted)
    c.add("SJHM", v.mobile, "mobile_cn", key="mobile_cn", damage=dot_zero)
    c.add("JTZZ", v.address, "address_cn", p=True)
    c.add("KHRQ", lambda r: v.date(r, "%Y%m%d"), DATE + "|number")
    c.add("YE", v.money, "number|investor_holding", p=None)
    c.writer = as_csv(encoding="gb18030", delimiter="|")


@case(40)
def passenger_xlsx(c: Case) -> None:
    c.strong = (ID, "passport_cn")
    c.add("No", tuple(str(i + 1) for i in range(40)), "number|order_no")
    c.add("旅客姓名/Name", v.name, "name_cn", p=True)
    c.add("证件号/ID No.", v.prc, ID, key=ID, damage=id_spaced)
    c.add("航班号/Flight", ["MU5101", "CA1858", "9C8889"], "voyage_no|category|text")
    c.add("座位/Seat", lambda r: f"{r.randint(1, 40)}{r.choice('ABCDEF')}", "category|text|order_no")
    c.add("联系电话/Tel", v.mobile, "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(
            title=("东方航空旅客名单 PASSENGER MANIFEST", "日期：2026-11-28    制表：值机部"), merge=True
        ),
    )


@case(60)
def accident_claims(c: Case) -> None:
    c.add("理赔编号", lambda r: "LP" + v.num(r, 12), "claim_no|order_no", p=None)
    c.add("保险单号码", lambda r: "PICC" + v.num(r, 14), "policy_no|order_no", p=None)
    c.add("标的车牌", v.plate, "plate_cn", p=True)
    c.add("VIN码", lambda r: v.vin(r, "LFV"), "vin", p=True)
    c.add("报案人电话", v.mobile, "mobile_cn", p=True)
    c.add("出险地点", v.address, "address_cn", p=True)
    c.add(
        "事故经过",
        lambda r: f"标的车行驶至路口与{v.plate(r)}相撞，三者司机{v.name(r)}电话{v.mobile(r)}",
        "text",
        p=True,
        embedded=("plate_cn", "mobile_cn"),
    )
    c.add("定损金额(元)", v.money, "number")
    c.count = False


@case(100)
def bank_flow_en(c: Case) -> None:
    c.add("txn_ref", lambda r: "TXN" + v.num(r, 14), CODES)
    c.add("debit_acct", lambda r: v.card(r, 19), "bank_card|bank_account", key="bank_card")
    c.add("debit_name", v.name, "name_cn", p=True)
    c.add("credit_iban", v.iban, "iban", p=True)
    c.add("swift_code", ["DEUTDEFF", "ICBKCNBJ", "HSBCHKHH"], "bic")
    c.add("amt", v.money, "number")
    c.add("ccy", ["USD", "EUR"], "currency")
    c.add("val_dt", v.date, DATE)
    c.add("narrative", ["invoice payment", "salary", "freight"], "category|text")
    c.count = False


@case(80)
def sdtm_dm(c: Case) -> None:
    c.add("USUBJID", tuple(f"ABC-301-{i:04d}" for i in range(80)), "trial_subject", key="trial_subject")
    c.add("RFSTDTC", v.date, DATE)
    c.add("BRTHDTC", lambda r: v.date(r, "%Y-%m", 1940, 2005), "birth_date|date", p=None)
    c.add("AGE", lambda r: str(r.randint(18, 80)), "age", p=True)
    c.add("SEX", ["M", "F", "U"], "gender", p=True)
    c.add("ETHNIC", ["HISPANIC OR LATINO", "NOT HISPANIC OR LATINO"], "ethnicity|category", p=None)
    c.add("COUNTRY", ["CHN", "USA", "JPN"], "country|nationality")
    c.add("INVNAM", v.latin, "name_latin", p=True)
    c.add("ARMCD", ["A", "B"], "category|text")


@case(90)
def lab_results_en(c: Case) -> None:
    c.add(
        "patient_id",
        tuple(f"P{c.r.randrange(10**5):05d}{i % 9}" for i in range(90)),
        "medical_record_no|trial_subject",
        p=True,
    )
    c.add("test", ["ALT", "AST", "HbA1c", "WBC"], "category|text")
    c.add("value", lambda r: f"{r.uniform(2, 90):.1f}", "number|lab_result", p=None)
    c.add("unit", ["U/L", "%", "10^9/L"], "category|text")
    c.add("icd10_code", ["E11.9", "I10", "J45.909", "C50.911"], "icd10", p=True)
    c.add("collected", lambda r: v.moment(r), "datetime")
    c.count = False


@case(300)
def gps_points(c: Case) -> None:
    phones = [v.mobile(c.r) for _ in range(9)]
    pts = [v.lonlat(c.r) for _ in range(300)]
    c.add("driver_mobile", tuple(c.r.choice(phones) for _ in range(300)), "mobile_cn", key="mobile_cn")
    c.add("gps_time", v.moment, "datetime")
    c.add("position", tuple(f"{a},{b}" for a, b in pts), "trajectory|lonlat", p=True)
    c.add("heading", lambda r: str(r.randint(0, 359)), "number|vehicle_speed|category")


@case(150)
def ais_zh(c: Case) -> None:
    c.add("船舶MMSI号", lambda r: "413" + v.num(r, 6), "mmsi")
    c.add("船名", ["远洋一号", "海丰89", "新海通"], "vessel_name|category|text|name_cn", p=None)
    c.add("经度(度)", lambda r: f"{r.uniform(121, 123):.5f}", "longitude")
    c.add("纬度(度)", lambda r: f"{r.uniform(29, 31):.5f}", "latitude")
    c.add("航速(节)", lambda r: f"{r.uniform(0, 20):.1f}", "number|vehicle_speed")
    c.add("航向", lambda r: f"{r.uniform(0, 360):.1f}", "number")
    c.add("目的港", ["SHANGHAI", "NINGBO", "BUSAN"], "category|text|un_locode")
    c.add("更新时间", lambda r: str(1_760_000_000 + r.randrange(10**7)), "timestamp|number|datetime")


@case(70)
def customs_items(c: Case) -> None:
    c.add("报关单号", v.declaration, "customs_declaration")
    c.add("项号", tuple(str(i % 20 + 1) for i in range(70)), "number|order_no|category")
    c.add("税号", ["87032341", "85076000", "30049090"], "hs_code|number|category")
    c.add("申报单价", v.money, "number")
    c.add("收发货人", v.company, "org_name")
    c.add("社会信用代码", v.uscc, "uscc")
    c.add(
        "海关十位编码",
        lambda r: "3122" + r.choice("26") + "4" + v.num(r, 4),
        "customs_registration|number|order_no",
    )
    c.add("提运单号", lambda r: "OOLU" + v.num(r, 10), "bill_of_lading|order_no")
    c.add("集装箱号", v.container, "container_no")
    c.add("贸易国", ["USA", "DEU", "JPN"], "country")


@case(60)
def fund_holders(c: Case) -> None:
    c.strong = (ID,)
    c.add("投资者名称", v.name, "name_cn", p=True)
    c.add("投资者证件号码", v.prc, ID, key=ID)
    c.add("基金账号", lambda r: v.num(r, 12), "securities_account", p=True)
    c.add("基金代码", ["000001", "110022", "161725"], "securities_code|number|category")
    c.add("持有份额", v.money, "investor_holding|number", p=None)
    c.add("销售机构", ["中国工商银行股份有限公司", "招商证券股份有限公司"], "org_name|category")
    c.count = False


@case(200)
def orders_with_decoys(c: Case) -> None:
    c.add("order_sn", lambda r: v.date(r, "%Y%m%d%H%M%S") + v.num(r, 6), CODES)
    c.add("pay_no", lambda r: "4200" + v.num(r, 24), CODES)
    c.add("sku", lambda r: "SKU" + v.num(r, 6), CODES)
    c.add("barcode", v.ean, "ean")
    c.add("create_time", lambda r: str(1_700_000_000 + r.randrange(10**7)), "timestamp|number|datetime")
    c.add("version", ["1.2.3.4", "1.2.3.5", "10.0.0.1"], "version|ipv4", p=False)
    c.add("trace_id", lambda r: v.hexes(r, 32), "hash|uuid|order_no")
    c.add("uuid", v.guid, "uuid", p=None)
    c.add("batch", tuple(str(15900000001 + i * 3) for i in range(200)), CODES)
    c.add("is_paid", ["0", "1"], "boolean|number|category")
    c.add("tax_rate", ["6%", "13%"], "number|category|text")


@case(500)
def luhn_noise(c: Case) -> None:
    c.add("a", lambda r: v.num(r, 16, "123456789"), CODES)
    c.add("b", lambda r: v.num(r, 19, "6"), CODES + "|bank_card", p=None)
    c.add("c", lambda r: v.num(r, 15, "123456789"), CODES)
    c.add("d", lambda r: v.num(r, 13, "123456789"), CODES)
    c.add("e", lambda r: v.num(r, 12, "123456789"), CODES)
    c.add("f", lambda r: v.num(r, 9, "123456789"), CODES)
    c.add("g", lambda r: v.num(r, 8, "123456789"), CODES)
    c.add("h", lambda r: v.num(r, 7, "123456789"), CODES)
    c.add("i", lambda r: v.num(r, 6, "123456789"), CODES)
    c.add(
        "j", lambda r: "".join(r.choices("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", k=17)), CODES + "|vin", p=None
    )
    c.add("k", lambda r: "".join(r.choices("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", k=18)), CODES)
    c.add("l", lambda r: v.num(r, 10, "123456789"), CODES)


@case(2000)
def needles_in_numbers(c: Case) -> None:
    c.strong = (ID,)
    cells = [v.num(c.r, 10, "123456789") for _ in range(2000)]
    for i in (5, 900, 1700):
        cells[i] = v.prc(c.r)
    c.add("单据编码", tuple(cells), CODES, p=True, embedded=(ID,))
    c.add("数量", lambda r: str(r.randint(1, 99)), "number|category")
    c.count = False


@case(50)
def nested_orders(c: Case) -> None:
    c.add("mobile", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("realname", v.name, "name_cn", p=True)
    c.add("idcard", v.prc, ID, key=ID)
    c.strong = (ID,)
    c.order = (ID, "mobile_cn")

    def shape(row):
        return {
            "meta": {"v": 1},
            "users": [
                {"mobile": row["mobile"], "profile": {"realname": row["realname"], "idcard": row["idcard"]}}
            ],
        }

    c.suffix, c.writer = ".jsonl", as_jsonl(shape)


@case(40)
def json_in_csv(c: Case) -> None:
    c.add("event", ["login", "pay"], "category|text")
    c.add(
        "payload",
        lambda r: json.dumps({"uid": r.randint(1, 99), "phone": v.mobile(r), "id_no": v.prc(r)}),
        "text",
        p=True,
        embedded=("mobile_cn", ID),
    )
    c.count = False


@case(75)
def visitors(c: Case) -> None:
    c.strong = (ID,)
    c.add("来访日期", lambda r: v.date(r, "%Y.%m.%d"), DATE)
    c.add("访客姓名", v.name, "name_cn", p=True)
    c.add("身份证件", v.prc, ID, key=ID, damage=wide)
    c.add("手机号（必填）", v.mobile, "mobile_cn", key="mobile_cn", damage=wide)
    c.add("来访单位", v.company, "org_name")
    c.add("车号", v.plate, "plate_cn", p=True)
    c.add("进门时间", lambda r: f"{r.randint(7, 19)}:{r.randint(0, 59):02d}", "time_of_day|datetime|text")
    c.add("体温", lambda r: f"{r.uniform(36, 37):.1f}", "lab_result|number|weather_value", p=None)
    c.count = False


@case(66)
def eu_staff(c: Case) -> None:
    c.add(
        "Vorname",
        ["Anna", "Peter", "Jürgen", "Claudia", "Sven", "Uwe"],
        "name_part|name_latin|category",
        p=None,
    )
    c.add(
        "Nachname",
        ["Müller", "Schmidt", "Weber", "Fischer", "Wagner"],
        "name_part|name_latin|category",
        p=None,
    )
    c.add("Geburtsdatum", lambda r: v.date(r, "%d.%m.%Y", 1960, 2001), "birth_date", p=True)
    c.add("E-Mail", v.email, "email", key="email")
    c.add(
        "Straße",
        lambda r: (
            f"{r.choice(('Hauptstraße', 'Bahnhofstr.', 'Gartenweg', 'Lindenallee'))} {r.randint(1, 199)}"
        ),
        "address_latin|address_text",
        p=True,
    )
    c.add("PLZ", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number|category|postcode_cn")
    c.add("Ort", ["Berlin", "Hamburg", "München"], "category|text")
    c.add("Steuer-ID", lambda r: v.num(r, 11, "123456789"), CODES + "|social_security_no", p=None)
    c.add("Gehalt", lambda r: f"{r.randint(2000, 9000)},{r.randint(0, 99):02d}", "number|income|text", p=None)
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(55)
def uk_patients(c: Case) -> None:
    c.strong = ("nhs_uk", "nino_uk")
    c.add(
        "NHS Number",
        lambda r: next(
            f"{b[:3]} {b[3:6]} {b[6:]}{x}"
            for b in (v.num(r, 9, "469") for _ in range(99))
            if (x := d.nhs(b)) != "10" and len(x) == 1
        ),
        "nhs_uk",
        p=True,
    )
    c.add("Title", ["Mr", "Mrs", "Ms", "Dr"], "category|text|occupation", p=None)
    c.add("Full Name", v.latin, "name_latin", p=True)
    c.add(
        "NI No",
        lambda r: f"{r.choice(('AB', 'CE', 'JG', 'SK'))}{v.num(r, 6)}{r.choice('ABCD')}",
        "nino_uk",
        p=True,
    )
    c.add(
        "Postcode",
        lambda r: (
            f"{r.choice(('SW', 'LS', 'M', 'B'))}{r.randint(1, 20)} {r.randint(1, 9)}{r.choice('ABDEF')}{r.choice('HJLN')}"
        ),
        "postcode_intl|text|category",
    )
    c.add("Mobile", lambda r: "07" + v.num(r, 3) + " " + v.num(r, 6), "phone_intl", p=True)
    c.add("Religion", ["Christian", "Muslim", "Hindu", "None"], "religion", p=True)
    c.count = False


@case(45)
def india_kyc(c: Case) -> None:
    c.add(
        "aadhaar_number", lambda r: (lambda b: b + d.verhoeff(b))(v.num(r, 11, "23456789")), "aadhaar", p=True
    )
    c.add(
        "pan_no",
        lambda r: (
            "".join(r.choices("ABCDEFGHKLMN", k=3))
            + "P"
            + r.choice("ABKSR")
            + v.num(r, 4)
            + r.choice("ABCDEFGHJK")
        ),
        "pan_in",
        p=True,
    )
    c.add("mobile", lambda r: "+91 " + v.num(r, 5, "6789") + " " + v.num(r, 5), "phone_intl", p=True)
    c.add("gstin", ["27AAPFU0939F1ZV"], "gstin")
    c.count = False


@case(60)
def cold_chain(c: Case) -> None:
    c.add("IMO", v.imo, "imo_number")
    c.add("container_number", v.container, "container_no")
    c.add("set_temp", lambda r: f"{r.uniform(-25, 5):.1f}", "weather_value|number")
    c.add("supply_air", lambda r: f"{r.uniform(-25, 5):.2f}", "number|weather_value")
    c.add("ts_utc", lambda r: v.moment(r).replace(" ", "T") + "+00:00", "datetime")
    c.add("alarm", ["0", "1"], "boolean|number|category")


@case(80)
def schools(c: Case) -> None:
    c.strong = (ID,)
    ids = [v.prc(c.r, low=2008, high=2018) for _ in range(80)]
    c.add("学籍号", tuple("G" + x for x in ids), "student_no", p=True)
    c.add("学生姓名", v.name, "name_cn", p=True)
    c.add("班级", ["三年级1班", "五年级2班", "六年级1班"], "category|text")
    c.add("监护人姓名", v.name, "name_cn", p=True)
    c.add("监护人电话", v.mobile, "mobile_cn", p=True)
    c.add("家庭住址", v.address, "address_cn", p=True)
    c.add("是否住校", ["是", "否"], "boolean")
    c.count = False


@case(64)
def charging_en(c: Case) -> None:
    c.add("session_id", v.guid, "uuid|charging_record", p=None)
    c.add("evse_id", lambda r: f"CN*LGS*E{v.num(r, 6)}", "charging_station|order_no|text")
    c.add("vin", lambda r: v.vin(r, "LRW"), "vin", key="vin")
    c.add("plug_in_time", v.moment, "datetime")
    c.add("energy_kwh", lambda r: f"{r.uniform(1, 90):.3f}", "charging_record|number", p=None)
    c.add("start_soc", lambda r: str(r.randint(1, 90)), "charging_record|vehicle_speed|number", p=None)
    c.add("lon", lambda r: f"{r.uniform(121.1, 121.9):.6f}", "trajectory|longitude", p=True)
    c.add("lat", lambda r: f"{r.uniform(30.9, 31.4):.6f}", "trajectory|latitude", p=True)
    c.suffix, c.writer = ".parquet", as_parquet


@case(90)
def masked_export(c: Case) -> None:
    c.add("姓名", lambda r: v.name(r)[0] + "*" * r.choice((1, 2)), "name_masked|text", p=None)
    c.add("身份证号", lambda r: v.prc(r)[:6] + "********" + v.num(r, 4), "prc_resident_id_masked", p=None)
    c.add("手机号", lambda r: v.mobile(r)[:3] + "****" + v.num(r, 4), "mobile_masked", p=None)
    c.add("银行卡号", lambda r: "622202*********" + v.num(r, 4), "bank_card_masked", p=None)
    c.add("邮箱", lambda r: f"{r.choice('abcd')}***@example.com", "text|email|category", p=None)
    c.count = False


@case(60)
def excel_serials(c: Case) -> None:
    c.strong = (ID,)
    ids = [v.prc(c.r) for _ in range(60)]
    c.add("编号1", tuple(ids), ID, key=ID)
    c.add("年龄段", ["20-30", "30-40", "40-50"], "category|text|age|order_no", p=None)
    c.add("字段x", tuple(x[6:14] for x in ids), "birth_date", p=True)
    c.add("字段y", tuple("1" if int(x[16]) % 2 else "2" for x in ids), "gender", p=True)
    c.add("字段z", tuple(str(2026 - int(x[6:10])) for x in ids), "age", p=True)
    c.writer = as_csv(delimiter="\t")


@case(100)
def access_control(c: Case) -> None:
    c.add("card_uid", lambda r: v.hexes(r, 8).upper(), CODES + "|device_id|employee_no|customer_no", p=None)
    c.add("holder", v.name, "name_cn", p=True)
    c.add("door", ["A-01", "B-12"], "category|text|order_no")
    c.add(
        "face_feature",
        lambda r: "[" + ",".join(f"{r.uniform(-1, 1):.4f}" for _ in range(16)) + "]",
        "biometric_template",
        p=True,
    )
    c.add("snapshot", lambda r: f"/faces/{v.num(r, 8)}.jpg", "camera_media|face_image", p=None)
    c.add("event_time", v.moment, "datetime")
    c.count = False


@case(72)
def suppliers(c: Case) -> None:
    c.add("供应商代码", tuple(f"V{10000 + i}" for i in range(72)), CODES)
    c.add("供应商全称", v.company, "org_name")
    c.add("纳税人识别号", v.uscc, "uscc")
    c.add("开户行", ["中国银行上海临港支行", "招商银行宁波分行"], "org_name|category")
    c.add("银行账号", lambda r: v.num(r, 17, "123456789"), "bank_account", p=None)
    c.add("法人", v.name, "name_cn", p=True)
    c.add("注册地址", v.address, "address_cn", p=None)
    c.add("传真", lambda r: "021-" + v.num(r, 8, "56"), "landline_cn", p=None)
    c.count = False


@case(40)
def sea_crew_zh(c: Case) -> None:
    c.strong = ("crew_list_no",)
    c.add("船员姓名", v.name, "name_cn", p=True)
    c.add("职务", ["船长", "大副", "轮机长", "水手"], "occupation|category", p=None)
    c.add("海员证号码", lambda r: "A" + v.num(r, 8), "crew_list_no", p=True)
    c.add("护照号", v.passport, "passport_cn", p=True)
    c.add("出生日期", lambda r: v.date(r, "%Y/%m/%d", 1965, 2002), "birth_date", p=True)
    c.add("籍贯", ["江苏南通", "山东青岛", "浙江舟山"], "category|text|province|address_text", p=None)
    c.count = False


@case(60)
def telematics_db(c: Case) -> None:
    c.add("tsp_vin", lambda r: v.vin(r, "LGX"), "vin", key="vin")
    c.add("iccid", v.iccid, "iccid", key=None, p=True)
    c.add("sw_ver", lambda r: f"V{r.randint(1, 3)}.{r.randint(0, 9)}.{r.randint(0, 20)}", "version")
    c.add("dtc_code", ["P0A80", "B1001", "U0100"], "category|text|order_no|icd10", p=False)
    c.add(
        "bat_code",
        lambda r: "".join(r.choices("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", k=17)) + v.num(r, 7),
        "battery_code|order_no|text",
        p=None,
    )
    c.suffix, c.writer = ".sqlite", as_sqlite
    c.count = False


@case(48)
def weather_json(c: Case) -> None:
    c.add("stationId", ["58362", "58367"], "weather_station|number|category")
    c.add("obsTime", lambda r: v.moment(r).replace(" ", "T") + "+08:00", "datetime")
    c.add("temp", lambda r: f"{r.uniform(-5, 35):.1f}", "weather_value|number")
    c.add("windDir", lambda r: str(r.randint(0, 359)), "weather_value|number")
    c.add("precip1h", lambda r: f"{r.uniform(0, 9):.1f}", "weather_value|number")
    c.suffix, c.writer = ".json", as_json


@case(300)
def statistics(c: Case) -> None:
    c.add("年份", lambda r: str(r.randint(2000, 2025)), "number|date|category")
    c.add("地区", ["上海市", "江苏省", "浙江省"], "province")
    c.add("GDP(亿元)", lambda r: f"{r.uniform(100, 99999):.2f}", "number")
    c.add("同比", lambda r: f"{r.uniform(-5, 12):.1f}%", "number|text")
    c.add("人口_万", lambda r: f"{r.uniform(100, 9999):.2f}", "number")
    c.add("行业", ["制造业", "金融业", "批发和零售业"], "category|text|occupation", p=False)


@case(150)
def chat_free_text(c: Case) -> None:
    said = ["您好请问在吗", "价格能便宜点吗", "好的谢谢", "什么时候发货"]
    texts = [c.r.choice(said) for _ in range(150)]
    texts[10] = f"我电话{v.mobile(c.r)}微信同号"
    texts[60] = f"身份证号码是{v.prc(c.r)}麻烦实名一下"
    texts[99] = f"寄到{v.address(c.r)}收件人{v.name(c.r)}"
    texts[120] = f"车牌{v.plate(c.r)}已停好"
    texts[130] = f"银行卡{v.card(c.r)}户名{v.name(c.r)}"
    c.add("消息", tuple(texts), "text|category", p=True, embedded=("mobile_cn", ID, "plate_cn", "bank_card"))
    c.footer = 1
    c.count = False
