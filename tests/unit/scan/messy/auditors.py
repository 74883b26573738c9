"""Sixteenth hand: what an auditor collects in a year: offices abroad, secretaries' sheets, exports of portals, logs. Labelled before a scan ever saw them."""

import json
from pathlib import Path

from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_fixed,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    as_zip,
    id_spaced,
    phone_styles,
    wide,
)
from messy.judges import my_number, rrn, two_headed
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

KANJI = ("佐藤 健", "鈴木 美咲", "高橋 大輔", "田中 陽子", "伊藤 翔太", "渡辺 真由美")
HANGUL = ("김민준", "이서연", "박지훈", "최수빈", "정하은", "강도윤")


@case(50)
def tokyo_payroll(c: Case) -> None:
    put(
        c,
        ("社員コード", code("0####"), "employee_no|order_no|number?"),
        ("氏名", list(KANJI), "name_other|name_cn!"),
        ("個人番号", my_number, "my_number", key("my_number")),
        (
            "生年月日",
            lambda r: f"昭和{r.randint(40, 63)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
            "birth_date!",
        ),
        ("総支給額", lambda r: f"{r.randint(200, 900)},{v.num(r, 3)}", "income|number!"),
        ("振込先銀行", ["みずほ銀行", "三井住友銀行", "ゆうちょ銀行"], "org_name|category"),
        ("口座番号", code("#######"), "bank_account|number|order_no!"),
        ("扶養人数", whole(0, 4), NUM),
    )
    c.strong = ("my_number",)
    c.writer = as_csv(encoding="cp932")
    c.count = False


@case(50)
def seoul_orders(c: Case) -> None:
    put(
        c,
        ("주문번호", code("2026####-#####"), CODES),
        ("수령인", list(HANGUL), "name_other!"),
        ("수령인 연락처", lambda r: f"010-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        (
            "배송지 주소",
            lambda r: f"서울특별시 강남구 테헤란로 {r.randint(1, 500)}",
            "address_text|address_latin|text!",
        ),
        ("우편번호", code("0####"), "postcode_intl|number|order_no"),
        ("결제수단", ["신용카드", "무통장입금", "카카오페이"], WORD),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(40)
def seoul_staff(c: Case) -> None:
    put(
        c,
        ("성명", list(HANGUL), "name_other!"),
        ("주민등록번호", rrn, "rrn_kr", key("rrn_kr")),
        ("직급", ["과장", "대리", "사원"], "occupation|category|text?"),
        ("부서", ["영업팀", "물류팀"], WORD),
        ("기본급(원)", lambda r: f"{r.randint(2, 6)},{v.num(r, 3)},000", "income|number!"),
    )
    c.strong = ("rrn_kr",)


@case(50)
def berlin_patients(c: Case) -> None:
    put(
        c,
        ("Patienten-ID", code("4#######"), "medical_record_no|number|order_no?"),
        ("Nachname, Vorname", ["Müller, Anna", "Schäfer, Jörg", "Weiß, Ute", "Krämer, Björn"], "name_latin!"),
        ("Geb.-Dat.", lambda r: v.date(r, "%d.%m.%Y", 1935, 2010), "birth_date!"),
        ("Krankenkasse", ["AOK Nordost", "TK", "Barmer"], "org_name|category|text"),
        (
            "Versichertennummer",
            lambda r: r.choice("ABKLMX") + v.num(r, 9),
            "social_security_no|policy_no|order_no?",
        ),
        ("Hauptdiagnose", ["Diabetes mellitus Typ 2", "Hypertonie", "Asthma bronchiale"], "diagnosis!"),
        ("ICD", ["E11.9", "I10.90", "J45.9"], "icd10!"),
        ("Tel. privat", lambda r: f"030 / {v.num(r, 7)}", "phone_intl!"),
    )
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(50)
def madrid_policies(c: Case) -> None:
    put(
        c,
        ("Nº Póliza", code("PZ-########"), "policy_no|order_no?"),
        ("Tomador", ["Lucía Fernández Gil", "Javier Ortega Ruiz", "Marta Navarro Sanz"], "name_latin!"),
        (
            "DNI/NIE",
            lambda r: (lambda n: n + "TRWAGMYFPDXBNJZSQVHLCKE"[int(n) % 23])(v.num(r, 8)),
            "passport_foreign|social_security_no|order_no|text!",
        ),
        (
            "Matrícula",
            lambda r: f"{v.num(r, 4)} {r.choice(('KLM', 'JBC', 'LRT'))}",
            "plate_cn|order_no|text?",
        ),
        ("Prima anual", lambda r: f"{r.randint(200, 900)},{v.num(r, 2)} €", "number|text"),
        ("Fecha de efecto", day("%d/%m/%Y"), DAY),
    )
    c.writer = as_csv(delimiter=";")
    c.count = False


@case(40)
def lyon_rh(c: Case) -> None:
    put(
        c,
        ("Matricule", code("M####"), "employee_no|order_no?"),
        ("Nom", ["Lefèvre", "Moreau", "Girard", "Petit"], "name_part|name_latin!"),
        ("Prénom", ["Élodie", "Hugo", "Chloé", "Rémi"], "name_part|name_latin!"),
        ("N° Sécu", lambda r: r.choice("12") + v.num(r, 14), "social_security_no|order_no|number!"),
        ("Poste occupé", ["Chef d'équipe", "Comptable", "Technicien"], "occupation!"),
        (
            "Salaire brut mensuel",
            lambda r: f"{r.randint(1, 6)} {v.num(r, 3)},{v.num(r, 2)} €",
            "income|number|text!",
        ),
        ("RIB / IBAN", v.iban, "iban!"),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Effectifs au 30/09/2026",))
    c.count = False


@case(45)
def delhi_vendors(c: Case) -> None:
    def gst(r: v.R) -> str:
        return r.choice(("27AAPFU0939F1ZV",))

    put(
        c,
        ("Vendor Name", v.firm, "org_name"),
        ("GSTIN/UIN", gst, "gstin"),
        ("Contact Person", v.latin, "name_latin!"),
        ("Contact No", lambda r: f"+91 9{v.num(r, 4)} {v.num(r, 5)}", "phone_intl!"),
        ("IFSC", ["HDFC0000123", "ICIC0004567"], "order_no|category|text|cnaps|bic"),
        (
            "PAN",
            lambda r: (
                "".join(r.choices("ABCDEFGHJK", k=3))
                + "P"
                + r.choice("ABCDEF")
                + v.num(r, 4)
                + r.choice("ABCDEF")
            ),
            "pan_in!",
        ),
    )
    c.count = False


# Secretaries' sheets


@case(40)
def merged_groups(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("姓名", v.name, "name_cn!"),
        ("身份证号", v.prc, ID, key(ID, damage=id_spaced)),
        ("手机", v.mobile, TEL, key(TEL)),
        ("关系", ["父亲", "母亲", "祖父"], "kinship!"),
        ("联系人手机", v.mobile, TEL + "!"),
        ("金额", fmt(100, 900, 2), "number"),
    )
    c.suffix = ".xlsx"
    c.writer = two_headed((("本人", 3), ("紧急联系人", 2), ("缴费", 1)), "夏令营报名汇总")
    c.count = False


@case(36)
def company_trip(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("序", seq(36), NUM + "|order_no"),
        ("参加人员", v.name, "name_cn!"),
        ("部门", ["研发部", "行政部"], WORD),
        ("证件号（买保险用）", v.prc, ID, key(ID, damage=wide)),
        ("是否带家属", ["是", "否"], "boolean"),
        ("尺码", ["M", "L", "XL"], WORD),
        ("忌口", ["无", "不吃辣", "海鲜过敏"], TEXT + "|medical_text?"),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("2026 年秋游报名",), merge=True, second=True)


@case(30)
def key_register(c: Case) -> None:
    put(
        c,
        ("钥匙编号", seq(30, "K-{:03d}"), CODES),
        ("领用日期", day("%m月%d日"), "date|text"),
        ("领用人签字", v.name, "name_cn!"),
        ("归还", ["已还", "未还"], "category|boolean|text"),
        ("电话短号", lambda r: "6" + v.num(r, 4), CODES + "|landline_cn|mobile_cn?"),
    )


@case(55)
def complaints(c: Case) -> None:
    put(
        c,
        ("工单编号", code("GD2026#######"), CODES),
        ("来电人", lambda r: v.name(r)[0] + r.choice(("先生", "女士")), "name_masked|name_cn!"),
        ("来电号码", v.mobile, TEL, key(TEL)),
        (
            "诉求内容",
            lambda r: r.choice(
                (
                    f"反映{v.address(r)}夜间施工扰民，请回电{v.mobile(r)}。",
                    f"咨询退税进度，身份证{v.prc(r)}，微信同手机号。",
                    "路灯不亮，请尽快处理。",
                )
            ),
            "text|search_history!",
            {"embedded": (ID, TEL)},
        ),
        ("承办单位", ["区城管局", "南汇新城镇政府", "区税务局"], "org_name|category"),
        ("办结时限", v.moment, WHEN),
    )
    c.count = False


# Portals


@case(60)
def visa_applications(c: Case) -> None:
    put(
        c,
        ("Application ID", code("VA########"), CODES),
        ("Surname (as in passport)", list(v.FAMILY), "name_part|name_latin!"),
        ("Given names", list(v.FIRST), "name_part|name_latin!"),
        ("Country of birth", ["CHN", "IND", "VNM"], "country|nationality|category?"),
        ("Travel document", v.passport, "passport_cn", key("passport_cn")),
        ("Purpose of travel", ["Business", "Tourism", "Study"], WORD),
        ("Intended arrival", day("%d %B %Y", 2026, 2027), DAY),
        ("Biometrics captured", ["Y", "N"], "boolean|category|biometric_template"),
    )
    c.strong = ("passport_cn",)
    c.suffix = ".json"

    def write(one: Case, path: Path) -> None:
        rows = [dict(zip(one.headers, row, strict=True)) for row in one.lines()]
        path.write_text(
            json.dumps({"meta": {"v": 2}, "applications": [{"form": x} for x in rows]}), encoding="utf-8"
        )

    c.writer = write
    c.count = False


@case(50)
def conference(c: Case) -> None:
    put(
        c,
        (
            "Timestamp",
            lambda r: (
                f"{r.randint(1, 12)}/{r.randint(1, 28)}/2026 {r.randint(0, 23)}:{r.randint(10, 59)}:{r.randint(10, 59)}"
            ),
            WHEN + "|text",
        ),
        ("What is your full name?", v.latin, "name_latin!"),
        (
            "Affiliation",
            ["Fudan University", "Blue Whale Shipping", "Imperial College London"],
            "org_name|category|text",
        ),
        ("Best email to reach you", v.email, "email", key("email")),
        ("Dietary requirements", ["None", "Halal", "Vegan"], "category|text|religion|medical_text?"),
        ("Will you attend the dinner?", ["Yes", "No"], "boolean|category"),
    )


@case(45)
def clinic_bookings(c: Case) -> None:
    put(
        c,
        ("就诊人", v.name, "name_cn!"),
        ("就诊卡", code("10########"), "medical_record_no|order_no|number?"),
        ("预约科室", ["儿科", "皮肤科", "骨科"], WORD),
        ("预约时段", ["08:00-08:30", "09:30-10:00"], "category|text|time_of_day"),
        ("症状自述", ["发热三天", "皮疹瘙痒", "膝盖疼"], "medical_text|diagnosis|category!"),
        ("付款状态", ["已支付", "待支付"], WORD),
        (
            "openId",
            lambda r: "oX" + "".join(r.choices("abcdefXYZ0123456789_-", k=26)),
            "wechat|social_account!",
        ),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(80)
def ride_trips(c: Case) -> None:
    put(
        c,
        ("trip_uuid", v.guid, "uuid|order_no"),
        ("driver_ref", code("D#####"), "employee_no|customer_no|order_no?"),
        ("rider_phone_last4", code("####"), CODES + "|mobile_masked?"),
        (
            "pickup",
            lambda r: f"{31 + r.random() / 3:.5f},{121 + r.random():.5f}",
            "trajectory|lonlat!",
        ),
        ("fare_cny", fmt(10, 200, 2), "number"),
        ("started_at", v.moment, WHEN),
        ("plate", v.plate, "plate_cn", key("plate_cn")),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(60)
def tax_invoices(c: Case) -> None:
    put(
        c,
        ("发票代码", code("0310########"), CODES),
        ("发票号码", code("########"), CODES),
        ("购买方名称", v.company, "org_name"),
        ("购买方识别号", v.uscc, "uscc"),
        ("价税合计", fmt(100, 90000, 2), "number"),
        ("开票员", v.name, "name_cn!"),
        ("校验码", code("####################"), CODES + "|hash"),
        ("备注栏", ["", "代开", "差额征税"], TEXT),
    )
    c.suffix, c.writer = ".zip", as_zip


@case(50)
def real_estate(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("不动产单元号", code("310115######GB#####F########"), CODES),
        ("权利人", v.name, "name_cn!"),
        ("权利人证件号码", v.prc, ID, key(ID)),
        ("坐落", v.address, "address_cn!"),
        ("建筑面积(㎡)", fmt(40, 300, 2), "number"),
        ("用途", ["住宅", "商业", "车位"], WORD),
        ("抵押权人", ["中国建设银行股份有限公司上海分行", "上海农村商业银行"], "org_name|category"),
    )
    c.suffix, c.writer = ".db", as_sqlite


@case(60)
def express_signed(c: Case) -> None:
    put(
        c,
        ("面单号", lambda r: "YT" + v.num(r, 13), "express_waybill|order_no"),
        ("寄方", lambda r: v.company(r) if r.random() < 0.5 else v.name(r), "name_cn|org_name!"),
        ("收方电话", v.mobile, TEL, key(TEL, damage=phone_styles)),
        ("收方详址", v.address, "address_cn!"),
        ("内件", ["文件", "服装", "数码配件"], "cargo_name|category|text"),
        ("代收款", fmt(0, 500, 2), "number"),
        (
            "签收图",
            lambda r: f"https://img.example.com/pod/{v.hexes(r, 12)}.jpg",
            "camera_media|url|face_image?",
        ),
    )
    c.writer = as_csv(encoding="utf-16")
    c.count = False


# Logs, and nobody


@case(90)
def vpn_sessions(c: Case) -> None:
    put(
        c,
        ("log_time", v.moment, WHEN),
        (
            "account",
            lambda r: f"{r.choice(v.FIRST).lower()}.{v.num(r, 3)}",
            "social_account|text|employee_no!",
        ),
        ("outer_ip", v.ip, "ipv4!"),
        ("bytes_in", whole(1000, 9_000_000), "number"),
        ("client_ver", ["5.1.2", "5.2.0", "4.9.11"], "version|category|text"),
        ("hw_addr", v.mac, "mac_address|device_id!"),
    )
    c.count = False


@case(60)
def elevator_alarms(c: Case) -> None:
    put(
        c,
        ("电梯编号", ["DT-01", "DT-02", "DT-03"], "category|order_no|text"),
        ("告警码", ["E12", "E07", "E33"], "category|order_no|text"),
        ("发生时刻", v.moment, WHEN),
        ("恢复用时(s)", whole(10, 900), "number"),
        ("轿厢负载kg", whole(0, 1000), "number"),
    )


@case(50)
def bus_timetable(c: Case) -> None:
    put(
        c,
        ("线路", ["1077路", "申港2路", "1043路"], WORD),
        ("站名", ["滴水湖站", "临港大道站", "书院镇"], "category|text|address_text|weather_station"),
        ("首班车", ["05:30", "06:00"], "time_of_day|category"),
        ("票价", ["2元", "3元"], "number|category|text"),
        ("站序", whole(1, 30), NUM),
    )
    c.writer = as_csv(encoding="gb18030")


@case(60)
def lab_assay(c: Case) -> None:
    put(
        c,
        ("Well", code("B##"), "order_no|category|text"),
        ("Compound", ["CMPD-001", "CMPD-002", "DMSO"], "category|order_no|text"),
        ("CAS No.", ["7732-18-5", "67-68-5", "64-17-5"], "cas_number"),
        ("IC50 (nM)", fmt(0.1, 900, 2), "number|lab_result"),
        ("Plate", ["P1", "P2"], WORD + "|order_no"),
        ("OD450", fmt(0, 3, 3), "number|lab_result"),
    )
    c.suffix, c.writer = ".txt", as_fixed


@case(50)
def cat_models(c: Case) -> None:
    put(
        c,
        ("Event ID", code("#####"), CODES),
        ("Region", ["Zhejiang", "Florida", "Kanto"], WORD + "|province"),
        ("Return period (yr)", ["10", "50", "250"], NUM),
        ("Gross loss", lambda r: f"{r.uniform(1e5, 9e8):.0f}", "number"),
        ("Treaty layer", ["L1 10m xs 5m", "L2 20m xs 15m"], WORD + "|treaty_no"),
    )
    c.suffix, c.writer = ".json", as_json
