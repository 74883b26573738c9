"""Thirty-sixth hand: the half of its day's tables that was held back while the scan was mended by the other, at home and abroad. Labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_gz,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    as_zip,
    dot_zero,
    grouped4,
    phone_styles,
    quoted,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

GIRLS = (
    "Charlotte",
    "Phoebe",
    "Rosalind",
    "Tamsin",
    "Keisha",
    "Monique",
    "Brenda",
    "Gwendolyn",
    "Lorraine",
    "Saoirse",
    "Beatrice",
    "Janet",
)
BOYS = (
    "Nigel",
    "Terrence",
    "Dwayne",
    "Alistair",
    "Duncan",
    "Jerome",
    "Clive",
    "Everett",
    "Malcolm",
    "Rory",
    "Stuart",
    "Leroy",
)
HOUSE = (
    "Whitmore",
    "Steele",
    "Fox",
    "Chambers",
    "Rowe",
    "Buckley",
    "Goodwin",
    "Hale",
    "Kirkland",
    "Lamb",
    "Moss",
    "Noble",
    "Pike",
    "Quinn",
    "Savage",
    "Thorne",
    "Wade",
    "Yates",
    "Ashby",
    "Barlow",
)


def full(r: v.R) -> str:
    return f"{r.choice(GIRLS + BOYS)} {r.choice(HOUSE)}"


def last_first(r: v.R) -> str:
    return f"{r.choice(HOUSE)}, {r.choice(GIRLS + BOYS)}"


def mail(r: v.R) -> str:
    return f"{r.choice(GIRLS + BOYS).lower()}.{r.choice(HOUSE).lower()}{r.randint(1, 999)}@{r.choice(('example.com', 'example.co.uk', 'example.fr', 'mail.example.cn'))}"


def clock(r: v.R) -> str:
    return f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}"


@case(160)
def charge_orders(c: Case) -> None:
    c.strong = ()
    put(
        c,
        ("充电订单号", lambda r: "MA" + v.num(r, 25), "charging_record|order_no?"),
        ("充电桩编码", lambda r: "3101" + v.num(r, 12), "charging_station|order_no|number|device_id"),
        ("枪号", ["A", "B", "1", "2"], WORD + "|number|order_no"),
        ("车牌", v.plate, "plate_cn", key("plate_cn")),
        ("VIN码", v.vin, "vin", key("vin")),
        ("用户手机号", v.mobile, TEL, key(TEL, damage=quoted)),
        ("开始SOC", whole(5, 60), "number|vehicle_speed"),
        ("结束SOC", whole(61, 100), "number|vehicle_speed"),
        ("电量(kWh)", fmt(3, 80, 2), "number"),
        ("电费", fmt(2, 80, 2), "number"),
        ("开始时间", v.moment, WHEN),
        ("支付方式", ["微信", "支付宝", "车企钱包"], WORD),
    )
    c.order = (TEL, "vin", "plate_cn")
    c.count = False


@case(90)
def v2x_camera(c: Case) -> None:
    put(
        c,
        ("frame_id", seq(90, "{:08d}", 1200), "order_no|number"),
        (
            "cam_file",
            lambda r: f"s3://adas/front_wide/{v.date(r, '%Y%m%d')}/{v.hexes(r, 12)}.jpg",
            "camera_media|url!",
        ),
        ("lidar_pcd", lambda r: f"lidar_top/{v.ms(r)}.pcd", "camera_media|url!"),
        ("capture_ts", v.ms, "timestamp|datetime|number"),
        ("ego_lon", lambda r: f"{121.4 + r.random():.7f}", "longitude|trajectory?"),
        ("ego_lat", lambda r: f"{30.9 + r.random():.7f}", "latitude|trajectory?"),
        ("ego_speed_kph", fmt(0, 120), "vehicle_speed|number"),
        ("weather_tag", ["sunny", "rain", "night"], WORD),
        ("md5", lambda r: v.hexes(r, 32), "hash"),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(90)
def fund_investors_en(c: Case) -> None:
    put(
        c,
        ("Investor ID", code("INV-#####"), "customer_no|order_no?"),
        ("Investor Name", full, "name_latin!"),
        ("HKID / Passport", v.hkid, "hkid", key("hkid")),
        ("ISIN", v.isin, "isin"),
        ("Units Held", fmt(100, 90000, 4), "investor_holding|number?"),
        ("NAV Date", day("%d %b %Y"), DAY),
        ("Bank A/C", lambda r: f"{v.num(r, 3)}-{v.num(r, 6)}-{v.num(r, 3)}", "bank_account|order_no!"),
        ("SWIFT", ["HSBCHKHHHKH", "BKCHHKHH", "SCBLHKHH"], "bic"),
        ("Risk Profile", ["Balanced", "Aggressive", "Conservative"], WORD),
        ("FATCA", ["Y", "N"], "boolean|category"),
        ("Email", mail, "email", key("email")),
    )
    c.order = ("hkid", "email")
    c.strong = ("hkid",)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Register of Unitholders", "As at 30 September 2026"))
    c.count = False


@case(80)
def biobank(c: Case) -> None:
    put(
        c,
        ("样本编号", code("BB26-######"), "specimen_no|order_no!"),
        ("受试者编号", code("S##-###"), "trial_subject", key("trial_subject")),
        ("采集日期", day("%Y年%m月%d日"), DAY),
        ("样本类型", ["全血", "血浆", "组织"], WORD + "|specimen_no"),
        ("血型", ["A型", "B型", "O型", "AB型"], "blood_type!"),
        ("突变位点", ["BRCA1 c.5266dupC", "EGFR p.L858R", "TP53 c.743G>A"], "genetic_variant|text|category!"),
        ("HbA1c(%)", fmt(4, 11), "lab_result|number!"),
        ("ALT(U/L)", whole(8, 160), "lab_result|number!"),
        ("诊断", ["乳腺癌", "肺腺癌", "结直肠癌"], "diagnosis!"),
        (
            "试剂CAS号",
            lambda r: (lambda a, b: f"{a}-{b}-{d.cas(a + b)}")(v.num(r, 5, "123456789"), v.num(r, 2)),
            "cas_number",
        ),
        (
            "冻存位置",
            lambda r: f"F{r.randint(1, 9)}-R{r.randint(1, 5)}-B{r.randint(1, 20)}",
            "order_no|text|category",
        ),
        ("操作员", v.name, "name_cn!"),
    )
    c.count = False


@case(120)
def ais_dump(c: Case) -> None:
    put(
        c,
        ("mmsi", lambda r: r.choice(("412", "413", "477", "636")) + v.num(r, 6), "mmsi"),
        ("imo", v.imo, "imo_number"),
        (
            "ship_name",
            ["XIN HAI TONG 9", "EVER BLOOM", "COSCO PRIDE", "ZHONG GU BO HAI"],
            "vessel_name|category",
        ),
        ("callsign", lambda r: "B" + code("@@@")(r), "call_sign|order_no|category|text"),
        ("lon", lambda r: f"{121.9 + r.random():.5f}", "longitude"),
        ("lat", lambda r: f"{30.4 + r.random():.5f}", "latitude"),
        ("sog", fmt(0, 22), "number|vehicle_speed"),
        ("cog", fmt(0, 359), "number"),
        ("nav_status", ["0", "1", "5"], NUM),
        ("dest", ["CN SHA", "KRPUS", "JP TYO"], WORD + "|un_locode"),
        ("eta", lambda r: f"{r.randint(1, 12):02d}-{r.randint(1, 28):02d} {clock(r)}", WHEN + "|text"),
    )
    c.writer = as_csv(delimiter=";")


@case(70)
def marine_claims(c: Case) -> None:
    put(
        c,
        ("赔案号", code("PA2026######"), "claim_no|order_no!"),
        ("保单号码", code("PQYA2026##########"), "policy_no|order_no!"),
        ("分保合同编号", code("RI-2026-QS-###"), "treaty_no|order_no"),
        ("被保险人", lambda r: r.choice((v.name(r), v.company(r), v.name(r))), "name_cn|org_name|text!"),
        ("出险时间", v.moment, WHEN),
        ("出险地点", ["长江口灯船", "洋山深水港区", "舟山普陀"], "address_text|address_cn|category|text?"),
        ("报案电话", v.mobile, TEL, key(TEL, damage=dot_zero)),
        ("估损金额", v.money, "number"),
        ("分出比例", ["0.35", "0.6", "0.15"], NUM),
        ("收款人开户行", ["中国银行临港支行", "工商银行洋山支行"], "org_name|category"),
        ("收款账号", v.card, "bank_card|bank_account!", {"damage": grouped4}),
        ("查勘员", v.name, "name_cn!"),
    )
    c.count = False
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("水险赔案台账",))


@case(120)
def marketplace_reviews(c: Case) -> None:
    text_ = [
        c.r.choice(
            ("Great product!", "Arrived late but ok", "Stopped working after a week", "Would buy again")
        )
        for _ in range(120)
    ]
    text_[17] = "Contact me at hale.dwayne@example.com about a refund"
    text_[90] = "please call +44 7700 900456 thanks"
    put(
        c,
        ("ReviewId", v.guid, "uuid"),
        ("ProductASIN", code("B0########"), "order_no|text"),
        ("ReviewerName", full, "name_latin!"),
        ("Rating", ["1", "2", "3", "4", "5"], NUM),
        ("HelpfulVotes", whole(0, 40), NUM),
        ("ReviewText", tuple(text_), "text|category!", {"embedded": ("email", "phone_intl")}),
        ("VerifiedPurchase", ["TRUE", "FALSE"], "boolean"),
        ("OrderRef", lambda r: f"{v.num(r, 3)}-{v.num(r, 7)}-{v.num(r, 7)}", "order_no"),
        ("PostedOn", day("%B %d, %Y"), DAY),
    )
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(90)
def typhoon_grid(c: Case) -> None:
    put(
        c,
        (
            "站号",
            lambda r: r.choice(("58361", "58365", "58472", "58477")),
            "weather_station|number|category|order_no",
        ),
        ("站名", ["宝山", "嘉定", "小洋山", "定海"], WORD + "|weather_station|province|address_text"),
        ("观测时间", lambda r: v.date(r, "%Y-%m-%d") + f" {r.randint(0, 23):02d}:00", WHEN),
        ("气温", fmt(-3, 39), "weather_value|number"),
        ("气压(hPa)", fmt(960, 1035), "weather_value|number"),
        ("2分钟平均风速", fmt(0, 40), "weather_value|number"),
        ("降水量", fmt(0, 120), "weather_value|number"),
        ("能见度m", whole(50, 30000), "weather_value|number"),
        ("质控码", ["0", "1", "3"], NUM + "|order_no"),
    )
    c.writer = as_csv(encoding="gb18030", before=("自动站逐时资料",))


@case(80)
def hr_master_en(c: Case) -> None:
    put(
        c,
        ("EmpNo", code("6####"), "employee_no", key("employee_no")),
        ("Employee", last_first, "name_latin!"),
        ("Pref. Pronouns", ["she/her", "he/him", "they/them"], WORD + "|gender?"),
        ("DOB", day("%d/%m/%Y", 1962, 2003), "birth_date!"),
        ("NI Number", lambda r: r.choice(("AB", "JK", "PX")) + v.num(r, 6) + r.choice("ABCD"), "nino_uk", key("nino_uk")),
        ("Ethnic Origin", ["White British", "Indian", "Black Caribbean", "Mixed White and Asian"], "ethnicity!"),
        ("Religion or Belief", ["Christian", "Muslim", "No religion", "Sikh"], "religion!"),
        ("Sexual Orientation", ["Heterosexual / Straight", "Gay or Lesbian", "Bi", "Prefer not to say"], "sexual_orientation|category|text!"),
        ("TU Membership", ["UNISON", "Unite", "None"], "trade_union|category|org_name|text?"),
        ("Next of kin", full, "name_latin!"),
        ("NOK Relationship", ["Spouse", "Mother", "Partner"], "kinship|category!"),
        ("Home Tel.", lambda r: f"01{v.num(r, 3)} {v.num(r, 6)}", "phone_intl!"),
        ("Annual Salary", lambda r: f"£{r.randint(21, 98)},{v.num(r, 3)}", "income|number|text!"),
        ("Start Date", day("%d/%m/%Y"), DAY),
    )  # fmt: skip
    c.order = ("nino_uk", "employee_no")
    c.strong = ("nino_uk",)
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="Staff")
    c.count = False


@case(80)
def zyba(c: Case) -> None:
    """The first page of inpatient records, under initials of pinyin and codes."""
    c.strong = (ID,)
    put(
        c,
        ("BAH", lambda r: v.num(r, 8, "123"), "medical_record_no", key("medical_record_no")),
        ("XM", v.name, "name_cn!"),
        ("XB", ["1", "2"], "gender!"),
        ("CSRQ", day("%Y-%m-%d", 1938, 2019), "birth_date!"),
        ("NL", whole(1, 88), "age|number!"),
        ("MZ", ["汉族", "壮族", "苗族"], "ethnicity!"),
        ("SFZH", v.prc, ID, key(ID)),
        ("XZZ", v.address, "address_cn!"),
        ("DH", v.mobile, TEL, key(TEL)),
        ("RYSJ", v.moment, WHEN),
        ("ZYZD", ["脑梗死", "股骨颈骨折", "慢性阻塞性肺疾病"], "diagnosis!"),
        ("JBDM", ["I63.900", "S72.000", "J44.900"], "icd10!"),
        ("SSJCZBM1", ["36.0700", "79.3500", "45.2300"], "icd9_procedure|number!"),
        ("ZFY", v.money, "number"),
    )
    c.order = (ID, TEL, "medical_record_no")


@case(80)
def airbnb_like(c: Case) -> None:
    put(
        c,
        ("listing_id", lambda r: v.num(r, 8, "123456789"), "order_no|number"),
        ("listing_name", ["Cosy loft near the Bund", "Sunny flat w/ balcony", "Private room in Jing'an"], TEXT + "|org_name"),
        ("host_id", lambda r: v.num(r, 7, "123456789"), "customer_no|order_no|number|social_account?"),
        ("host_name", lambda r: r.choice(GIRLS + BOYS), "name_part|name_latin!"),
        ("host_since", day(), DAY),
        ("host_location", ["Shanghai, China", "London, United Kingdom", "Lyon, France"], WORD + "|address_latin|address_text?"),
        ("neighbourhood_cleansed", ["Pudong", "Xuhui", "Jing'an"], WORD + "|address_text"),
        ("latitude", lambda r: f"{31.1 + r.random() * 0.3:.5f}", "latitude?"),
        ("longitude", lambda r: f"{121.3 + r.random() * 0.4:.5f}", "longitude?"),
        ("price", lambda r: f"${r.randint(25, 480)}.00", "number|text"),
        ("host_is_superhost", ["t", "f"], "boolean|category"),
        ("picture_url", lambda r: f"https://img.example.com/pictures/{v.guid(r)}.jpg", "url?"),
        ("reviews_per_month", fmt(0, 6, 2), "number"),
    )  # fmt: skip
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(90)
def pupils_fr(c: Case) -> None:
    put(
        c,
        (
            "INE",
            lambda r: v.num(r, 9) + r.choice("ABCDEFGHJK") + r.choice("ABCDEFGHJK"),
            "student_id|order_no|social_security_no!",
        ),
        ("Nom de famille", ["Lefèvre", "Moreau", "Benali", "Girard"], "name_part|name_latin!"),
        ("Prénom(s)", ["Chloé", "Mathis", "Inès", "Jean-Baptiste"], "name_part|name_latin!"),
        ("Né(e) le", day("%d/%m/%Y", 2008, 2017), "birth_date!"),
        ("Sexe", ["F", "M"], "gender!"),
        ("Classe", ["6e B", "5e A", "CM2"], WORD),
        (
            "Resp. légal 1",
            lambda r: f"{r.choice(('Mme', 'M.'))} {r.choice(('Moreau', 'Benali', 'Girard'))}",
            "name_latin|text|category|name_part!",
        ),
        ("Tél. portable", lambda r: "06 " + " ".join(v.num(r, 2) for _ in range(4)), "phone_intl!"),
        (
            "Adresse",
            lambda r: (
                f"{r.randint(1, 190)} {r.choice(('rue des Lilas', 'avenue Jean Jaurès', 'impasse du Moulin'))}, 69003 Lyon"
            ),
            "address_latin!",
        ),
        ("Régime", ["Demi-pensionnaire", "Externe"], WORD),
        ("Allergies", ["", "Arachide", "Gluten"], "diagnosis|medical_text|category|text!"),
    )
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(110)
def apis_passengers(c: Case) -> None:
    put(
        c,
        ("Surname", lambda r: r.choice(HOUSE).upper(), "name_part|name_latin!"),
        ("FirstGivenName", lambda r: r.choice(GIRLS + BOYS).upper(), "name_part|name_latin!"),
        ("TravelDocType", ["P"], WORD),
        ("TravelDocNbr", lambda r: r.choice("PNL") + v.num(r, 8), "passport_foreign|order_no!"),
        ("IssuingCountry", ["GBR", "IRL", "NZL"], "country|nationality|category"),
        ("BirthDate", day("%y%m%d", 1955, 2012), "birth_date|number!"),
        ("SexCode", ["M", "F"], "gender!"),
        ("RecordLocator", code("@@@@@@"), "pnr|order_no!"),
        ("ETicket", lambda r: "7812" + v.num(r, 9), "pnr|order_no|number!"),
        ("SeatNbr", lambda r: f"{r.randint(1, 60)}{r.choice('ABCDEF')}", "category|text|order_no"),
        ("BagTags", lambda r: "0781" + v.num(r, 6), "order_no|number?"),
        ("Board", ["Y", "N"], "boolean|category"),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(90)
def vat_invoices(c: Case) -> None:
    put(
        c,
        ("发票代码", lambda r: "0310026" + v.num(r, 5), "order_no|number|taxpayer_no"),
        ("发票号码", lambda r: v.num(r, 8), "order_no|number"),
        ("数电票号", lambda r: "26312000" + v.num(r, 12), "order_no|number"),
        ("开票日期", day("%Y-%m-%d"), DAY),
        ("购方名称", v.company, "org_name"),
        ("购方税号", v.uscc, "uscc"),
        ("销方地址电话", lambda r: f"{v.address(r)} 021-{v.num(r, 8, '56')}", "address_cn|text|landline_cn?"),
        ("销方开户行及账号", lambda r: f"交通银行临港支行 3100{v.num(r, 17)}", "bank_account|text|org_name?"),
        (
            "货物名称",
            ["*运输服务*运费", "*汽车零部件*车门", "*研发服务*技术服务费"],
            "cargo_name|text|category",
        ),
        ("税率", ["13%", "6%", "9%"], NUM + "|text"),
        ("税额", v.money, "number"),
        ("开票人", v.name, "name_cn!"),
    )
    c.suffix, c.writer = ".zip", as_zip
    c.count = False


@case(120)
def prepaid_subs(c: Case) -> None:
    put(
        c,
        ("MSISDN", lambda r: "447" + v.num(r, 9, "3456789"), "phone_intl", key("phone_intl")),
        ("ICCID", v.iccid, "iccid!"),
        ("IMSI", lambda r: "23410" + v.num(r, 10), "imsi|number|order_no!"),
        ("SubscriberName", full, "name_latin!"),
        ("PUK1", lambda r: v.num(r, 8), "number|order_no|password?"),
        ("PlanCode", ["PAYG10", "SIM30", "DATA5"], WORD + "|order_no"),
        ("ActivationDate", lambda r: v.date(r, "%Y%m%d%H%M%S"), WHEN + "|timestamp|number"),
        ("Balance", fmt(0, 50, 2), "number"),
        ("LastCellID", lambda r: f"234-10-{v.num(r, 4, '123')}-{v.num(r, 5, '123')}", "order_no|text?"),
        (
            "Postcode",
            lambda r: f"{r.choice(('LS', 'M', 'BS'))}{r.randint(1, 20)} {r.randint(1, 9)}{code('@@')(r)}",
            "postcode_intl?",
        ),
    )
    c.count = False
    c.suffix, c.writer = ".sqlite", as_sqlite


@case(2000)
def visit_logs(c: Case) -> None:
    """Three needles among two thousand lines, and addresses that are none."""
    plain = (
        "login ok",
        "报表导出完成",
        "session expired",
        "权限校验通过",
        "cache refreshed",
        "任务重试 2 次",
    )
    lines = [c.r.choice(plain) for _ in range(2000)]
    lines[5] = f"用户{v.name(c.r)}绑定银行卡{v.card(c.r)}成功"
    lines[999] = f"driver {v.plate(c.r)} entered gate 3"
    lines[1998] = f"sms sent to {v.mobile(c.r)}"
    put(
        c,
        ("ts", v.ms, "timestamp|datetime|number"),
        ("level", ["INFO", "WARN", "ERROR"], WORD),
        (
            "app_version",
            lambda r: f"{r.randint(1, 3)}.{r.randint(0, 9)}.{r.randint(0, 30)}.{r.randint(0, 255)}",
            "version",
        ),
        ("trace", lambda r: v.hexes(r, 32), "hash|order_no|uuid"),
        ("message", tuple(lines), "text|category!", {"embedded": ("bank_card", "plate_cn", TEL)}),
        ("cost_ms", whole(1, 900), "number"),
    )
    c.count = False


@case(80)
def tw_members(c: Case) -> None:
    def roc(r: v.R) -> str:
        y, m, x = v.birthday(r, 1950, 2005)
        return f"民國{y - 1911}年{m}月{x}日"

    put(
        c,
        ("會員編號", code("M#######"), "customer_no|order_no!"),
        (
            "會員姓名",
            lambda r: r.choice("陳林黃張李王吳劉蔡楊") + "".join(r.choices("怡君雅婷家豪志明淑芬俊傑", k=2)),
            "name_cn!",
        ),
        ("身分證", v.taiwan, "taiwan_id", key("taiwan_id")),
        ("生日", roc, "birth_date!"),
        ("行動電話", lambda r: f"09{v.num(r, 8)}", "phone_intl!"),
        (
            "通訊地址",
            lambda r: (
                f"臺北市{r.choice(('大安區', '信義區'))}{r.choice(('和平東路', '忠孝東路'))}{r.randint(1, 4)}段{r.randint(1, 300)}號{r.randint(2, 12)}樓"
            ),
            "address_cn!",
        ),
        ("點數", whole(0, 9000), "number"),
        (
            "入會日",
            lambda r: f"{r.randint(100, 115)}.{r.randint(1, 12):02d}.{r.randint(1, 28):02d}",
            DAY + "|text|version",
        ),
    )
    c.strong = ("taiwan_id",)
    c.writer = as_csv(encoding="big5")
    c.count = False


@case(90)
def bondedpark_gate(c: Case) -> None:
    """Trucks at a gate: no header but lines of a title, whole numbers that look like others."""
    c.strong = (ID,)
    put(
        c,
        ("过卡流水", lambda r: v.num(r, 18, "6"), CODES),
        ("车牌号码", v.plate, "plate_cn", key("plate_cn")),
        ("司机", v.name, "name_cn!"),
        ("司机证件", v.prc, ID, key(ID)),
        ("电话", v.mobile, TEL, key(TEL, damage=phone_styles)),
        ("箱号", v.container, "container_no"),
        ("封号", lambda r: "H" + v.num(r, 6), "seal_no|order_no"),
        ("毛重", whole(900, 49000), "number"),
        ("核放单号", lambda r: "2200" + v.num(r, 14), "order_no|customs_declaration|number"),
        ("进出标志", ["I", "E"], WORD),
        ("抬杆时间", v.moment, WHEN),
    )
    c.order = (ID, TEL, "plate_cn")
    c.writer = as_csv(delimiter="\t", encoding="utf-8-sig")
    c.suffix = ".txt"
    c.count = False


@case(70)
def jp_members(c: Case) -> None:
    put(
        c,
        ("会員番号", code("########"), "customer_no|number|order_no!"),
        (
            "氏名",
            lambda r: (
                r.choice(("佐藤", "鈴木", "高橋", "伊藤", "渡辺"))
                + r.choice((" ", "　", ""))
                + r.choice(("翔太", "美咲", "健一", "さくら"))
            ),
            "name_cn|name_other!",
        ),
        ("フリガナ", ["サトウ ショウタ", "スズキ ミサキ", "タカハシ ケンイチ"], "name_other|text|category!"),
        (
            "生年月日",
            lambda r: (lambda y, m, x: f"S{y - 1925}.{m}.{x}")(*v.birthday(r, 1950, 1988)),
            "birth_date|text|date!",
        ),
        ("郵便番号", lambda r: f"{v.num(r, 3, '1234')}-{v.num(r, 4)}", "postcode_intl|order_no?"),
        (
            "住所",
            lambda r: (
                f"東京都{r.choice(('江東区豊洲', '世田谷区用賀'))}{r.randint(1, 6)}-{r.randint(1, 20)}-{r.randint(1, 12)}"
            ),
            "address_cn|address_text!",
        ),
        ("携帯電話", lambda r: f"0{r.choice('789')}0-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        ("ポイント残高", whole(0, 9000), "number"),
    )
    c.writer = as_csv(encoding="utf-8")
    c.count = False
