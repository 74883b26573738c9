"""Twelfth hand: warehouses, interfaces and registers: columns as engineers name them, nested records, keys of their own. Labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import (
    CODE,
    Case,
    as_csv,
    as_gz,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    phone_styles,
    wide,
)
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"


def residence(r: v.R) -> str:
    y, m, day = v.birthday(r)
    body = f"{r.choice(('810000', '820000', '830000'))}{y}{m:02}{day:02}{r.randint(1, 899):03}"
    return body + d.prc(body)


@case(90)
def dwd_member_profile(c: Case) -> None:
    c.strong = (ID,)
    c.add("member_uid", lambda r: v.num(r, 12, "8"), "customer_no|number|order_no", p=None)
    c.add("real_nm", v.name, "name_cn", p=True)
    c.add("idcard_no", v.prc, ID, key=ID, empty=0.1)
    c.add("reg_mobile", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("gender_cd", ["0", "1", "2"], "gender|category|number", p=None)
    c.add("birth_ymd", lambda r: v.date(r, "%Y%m%d", 1960, 2005), "birth_date", p=True)
    c.add("reg_channel", ["APP", "H5", "MINI"], WORD)
    c.add("last_login_ip", v.ip, "ipv4", p=True)
    c.add("etl_dt", lambda r: "20261001", "date|number|category|datetime")
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(80)
def ods_hive_orders(c: Case) -> None:
    c.add("ord_id", lambda r: v.num(r, 18, "7"), CODES)
    c.add("rcv_name", v.name, "name_cn", p=True)
    c.add("rcv_tel", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("rcv_prov", ["上海", "浙江省", "江苏"], "province|category|text")
    c.add("rcv_detail_addr", v.address, "address_cn", p=True)
    c.add("sku_cnt", lambda r: str(r.randint(1, 9)), NUM)
    c.add("pay_amt", v.money, "number")
    c.add("dt", ["2026-10-01", "2026-10-02"], DATE + "|category")
    c.suffix, c.writer = ".txt", as_csv(delimiter="\x01")


@case(70)
def api_travellers(c: Case) -> None:
    c.strong = ("passport_cn",)
    c.add(
        "bookingRef",
        lambda r: "".join(r.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=6)),
        "pnr|order_no|text",
        p=None,
    )
    c.add("lastName", list(v.FAMILY), "name_part", p=True)
    c.add("firstName", list(v.FIRST), "name_part", p=True)
    c.add("dateOfBirth", lambda r: v.date(r, low=1950, high=2015), "birth_date", p=True)
    c.add("docNumber", v.passport, "passport_cn|passport_foreign", key="passport_cn")
    c.add("docIssuingCountry", ["CN", "CN", "HK"], "country|category|nationality")
    c.add("seatNumber", lambda r: f"{r.randint(1, 60)}{r.choice('ABCDEF')}", CODES)
    c.suffix = ".jsonl"
    c.writer = as_jsonl(
        lambda row: {
            "bookingRef": row["bookingRef"],
            "traveller": {k: row[k] for k in ("lastName", "firstName", "dateOfBirth")},
            "documents": [{k: row[k] for k in ("docNumber", "docIssuingCountry")}],
            "seatNumber": row["seatNumber"],
        }
    )
    c.count = False


@case(80)
def telematics_events(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(80)]
    c.add("evt_id", v.guid, "uuid|order_no")
    c.add("veh_vin", lambda r: v.vin(r, "LSJ"), "vin", p=True)
    c.add("evt_type", ["HARD_BRAKE", "AEB", "LANE_DEPARTURE"], WORD)
    c.add("gcj_lng", tuple(a for a, _ in spots), "trajectory|longitude", p=None)
    c.add("gcj_lat", tuple(b for _, b in spots), "trajectory|latitude", p=None)
    c.add("veh_spd_kph", lambda r: str(r.randint(0, 130)), "vehicle_speed|number", p=None)
    c.add(
        "clip_oss_key",
        lambda r: f"dms/2026/{v.hexes(r, 8)}_cabin.mp4",
        "camera_media|face_image|text|order_no",
        p=None,
    )
    c.add("evt_ts_ms", v.ms, "timestamp|number|datetime")
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(60)
def hmt_residents(c: Case) -> None:
    c.strong = ("residence_permit_hmt",)
    c.add("姓名", ["陳大文", "林雅婷", "何嘉欣", "黃志強"], "name_cn", p=True)
    c.add("居住证号码", residence, "residence_permit_hmt", key="residence_permit_hmt")
    c.add("原籍", ["香港", "澳门", "台湾"], "province|category|nationality|country|text", p=None)
    c.add("在沪手机", v.mobile, "mobile_cn", p=True, damage=phone_styles)
    c.add("缴纳社保", ["是", "否"], "boolean|category")
    c.count = False


@case(60)
def credit_features(c: Case) -> None:
    c.add("cust_key", lambda r: v.hexes(r, 32), "customer_no|hash|order_no", p=None)
    c.add("bureau_score", lambda r: str(r.randint(350, 900)), "credit_score|number", p=None)
    c.add("max_dpd_12m", lambda r: str(r.choice((0, 0, 5, 31, 92))), "credit_score|number|category", p=None)
    c.add("marital_status_cd", ["10", "20", "30", "40"], "marital_status|category|number", p=None)
    c.add("edu_level", ["本科", "大专", "高中"], "education", p=True)
    c.add("monthly_income_amt", lambda r: str(r.randint(3, 60) * 1000), "income|number", p=None)
    c.add("label_bad", ["0", "1"], "boolean|number|category")
    c.count = False


@case(50)
def wallets(c: Case) -> None:
    c.add("account_email", v.email, "email", key="email")
    c.add("deposit_wallet", lambda r: "0x" + v.hexes(r, 40), "crypto_address", p=True)
    c.add("kyc_level", ["L1", "L2", "L3"], WORD + "|order_no")
    c.add(
        "kyc_selfie_url",
        lambda r: f"https://kyc.example.com/s/{v.hexes(r, 16)}.jpg",
        "face_image|url|id_photo|camera_media",
        p=None,
    )
    c.add("coin", ["USDT", "BTC", "ETH"], WORD + "|currency|securities_code")
    c.add("withdraw_qty", lambda r: f"{r.uniform(0.01, 900):.6f}", "number")
    c.count = False


@case(60)
def vessel_calls(c: Case) -> None:
    c.add("imo_num", v.imo, "imo_number")
    c.add(
        "vessel_nm",
        ["XIN SHANGHAI", "EVER GIVEN", "MSC OSCAR", "ONE INNOVATION"],
        "vessel_name|category|text",
    )
    c.add("flag_state", ["PA", "LR", "HK", "CN"], "country|category")
    c.add("last_port_cd", ["KRPUS", "SGSIN", "CNNGB"], "un_locode|category|text")
    c.add("ata_berth", v.moment, "datetime")
    c.add("draft_m", lambda r: f"{r.uniform(6, 16):.1f}", "number")
    c.add("agent_company", v.firm, "org_name")


@case(60)
def lab_wide(c: Case) -> None:
    """One row a visit, one column a test."""
    c.add("subj_no", lambda r: f"{r.randint(1, 9):02}-{v.num(r, 4)}", "trial_subject|order_no|text", p=None)
    c.add("visit", ["SCR", "C1D1", "EOT"], WORD)
    c.add("wbc_10e9_l", lambda r: f"{r.uniform(2, 14):.2f}", "lab_result|number", p=None)
    c.add("hgb_g_l", lambda r: str(r.randint(80, 170)), "lab_result|number", p=None)
    c.add("alt_u_l", lambda r: str(r.randint(8, 120)), "lab_result|number", p=None)
    c.add("ecog", ["0", "1", "2"], NUM + "|lab_result")
    c.add("smoker_yn", ["Y", "N"], "boolean|category")
    c.count = False


@case(70)
def hr_master(c: Case) -> None:
    c.add("emp_code", seq(70, "LG{:05d}", 12), "employee_no|order_no", p=None)
    c.add("cn_name", v.name, "name_cn", p=True)
    c.add("en_name", v.latin, "name_latin", p=True)
    c.add("work_email", v.email, "email", key="email")
    c.add("job_family", ["R&D", "Sales", "Finance"], WORD + "|occupation")
    c.add("grade", ["P5", "P6", "M1"], WORD + "|order_no")
    c.add("base_salary_cny", lambda r: str(r.randint(8, 60) * 1000), "income|number", p=None)
    c.add("emergency_contact_phone", v.mobile, "mobile_cn", p=True)
    c.suffix, c.writer = ".sqlite", as_sqlite
    c.count = False


@case(60)
def insurance_fact(c: Case) -> None:
    c.strong = (ID,)
    c.add("plcy_nbr", lambda r: "P" + v.num(r, 15), "policy_no|order_no", p=None)
    c.add("insrd_nm", v.name, "name_cn", p=True)
    c.add("insrd_cert_no", v.prc, ID, key=ID, damage=wide)
    c.add("prem_amt", v.money, "number")
    c.add("eff_dt", v.date, DATE)
    c.add(
        "uw_remark",
        ["标准体", "乙肝小三阳加费", "甲状腺结节除外"],
        "category|text|diagnosis|medical_text",
        p=None,
    )
    c.count = False


@case(50)
def device_binding(c: Case) -> None:
    c.add("phone_md5", lambda r: v.hexes(r, 32), "hash|device_id|mobile_masked", p=None)
    c.add("imei", v.imei, "imei", p=True)
    c.add("oaid", v.guid, "device_id|uuid", p=None)
    c.add("bt_mac", v.mac, "mac_address", p=True)
    c.add("push_token", lambda r: v.hexes(r, 64), "device_id|hash|password", p=None)
    c.add("bind_time", v.moment, "datetime")
    c.count = False


@case(40)
def tokens_leaked(c: Case) -> None:
    c.add("svc", ["billing", "crm", "iot-hub"], WORD)
    c.add(
        "api_secret",
        lambda r: "AKIA" + "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)),
        "cloud_key",
    )
    c.add(
        "db_dsn",
        lambda r: f"mysql://app:{v.hexes(r, 8)}@10.0.{r.randint(1, 9)}.{r.randint(1, 200)}:3306/crm",
        "url_password",
    )
    c.add("owner_mail", v.email, "email", key="email")


@case(60)
def parolees(c: Case) -> None:
    c.add("人员姓名", v.name, "name_cn", p=True)
    c.add("罪名", ["盗窃罪", "危险驾驶罪", "诈骗罪"], "criminal_record", p=True)
    c.add("残疾类别", ["肢体残疾", "视力残疾", "无"], "disability|category", p=None)
    c.add("宗教信仰", ["无宗教信仰", "佛教", "基督教"], "religion", p=True)
    c.add("监管民警", ["王强", "刘敏", "赵志远"], "name_cn|category", p=None)
    c.add("矫正期限", ["6个月", "1年", "2年"], WORD + "|number|date")
    c.count = False


@case(50)
def swedish_patients(c: Case) -> None:
    c.add("Förnamn", ["Åsa", "Erik", "Linnéa", "Göran"], "name_part", p=True)
    c.add("Efternamn", ["Johansson", "Lindström", "Öberg", "Nyström"], "name_part", p=True)
    c.add("Födelsedatum", lambda r: v.date(r, "%Y-%m-%d", 1940, 2010), "birth_date", p=True)
    c.add(
        "Mobilnummer",
        lambda r: f"07{r.choice('0236')}-{v.num(r, 3)} {v.num(r, 2)} {v.num(r, 2)}",
        "phone_intl",
        p=True,
    )
    c.add(
        "Gatuadress",
        lambda r: f"{r.choice(('Storgatan', 'Kungsgatan', 'Skolvägen'))} {r.randint(1, 90)}",
        "address_latin|address_text",
        p=True,
    )
    c.add("Postnummer", lambda r: f"{v.num(r, 3, '123456')} {v.num(r, 2)}", "postcode_intl", p=None)
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(50)
def turkish_members(c: Case) -> None:
    c.add("Üye No", seq(50, "{}", 50210), "customer_no|number|order_no", p=None)
    c.add(
        "Ad Soyad",
        ["Ayşe Yılmaz", "Mehmet Demir", "Zeynep Çelik", "Ali Şahin"],
        "name_latin|name_other",
        p=True,
    )
    c.add("Doğum Tarihi", lambda r: v.date(r, "%d.%m.%Y", 1960, 2003), "birth_date", p=True)
    c.add(
        "Cep Telefonu",
        lambda r: f"+90 5{v.num(r, 2)} {v.num(r, 3)} {v.num(r, 2)} {v.num(r, 2)}",
        "phone_intl",
        p=True,
    )
    c.add("Cinsiyet", ["Erkek", "Kadın"], "gender", p=True)
    c.add("Medeni Durum", ["Evli", "Bekar"], "marital_status", p=True)
    c.count = False


@case(60)
def remarks_mixed(c: Case) -> None:
    """Calls to a hotline in English, with numbers inside."""
    notes = [
        c.r.choice(
            ("Customer asked about refund status.", "Wrong item, replacement sent.", "No answer, will retry.")
        )
        for _ in range(60)
    ]
    notes[7] = f"Caller gave card {v.card(c.r, 16, '451461')} for the refund."
    notes[31] = f"Verified passport E{v.num(c.r, 8)} and mail {v.email(c.r)}."
    notes[50] = f"Call back +86 {v.mobile(c.r)} after 6pm"
    c.add("case_no", lambda r: "CS-" + v.num(r, 7), CODES + "|claim_no", p=None)
    c.add("agent_note", tuple(notes), "text|category", p=True, embedded=("bank_card", "email", "mobile_cn"))
    c.add("csat", ["1", "3", "5", ""], NUM)
    c.count = False


# Nobody is in these


@case(60)
def dim_store(c: Case) -> None:
    c.add("store_cd", lambda r: "S" + v.num(r, 4), CODES)
    c.add("store_nm", ["临港万达店", "世纪大道店", "虹桥天地店"], WORD + "|org_name")
    c.add("biz_hours", ["10:00-22:00", "09:30-21:30"], WORD)
    c.add("floor_area_sqm", lambda r: f"{r.uniform(40, 900):.1f}", "number")
    c.add("city_tier", ["1", "2"], NUM)
    c.add("open_dt", v.date, DATE)


@case(60)
def api_products(c: Case) -> None:
    c.add("productId", lambda r: v.num(r, 13, "6"), CODES + "|ean")
    c.add("title", ["Men's Running Shoes", "Women's Rain Jacket", "Kids Backpack"], WORD + "|cargo_name")
    c.add("ageGroup", ["adult", "kids"], WORD + "|age")
    c.add("targetGender", ["male", "female", "unisex"], "gender|category|text")
    c.add("listPrice", lambda r: f"{r.uniform(5, 200):.2f}", "number")
    c.add("ratingAvg", lambda r: f"{r.uniform(1, 5):.1f}", "number")
    c.suffix, c.writer = ".jsonl", as_jsonl()


@case(60)
def stellar(c: Case) -> None:
    c.add("name", ["Sirius", "Vega", "Altair", "Antares", "Spica"], WORD + "|name_part")
    c.add("constellation", ["Lyra", "Virgo", "Scorpius"], WORD)
    c.add("ra_deg", lambda r: f"{r.uniform(0, 360):.5f}", "number|longitude")
    c.add("dec_deg", lambda r: f"{r.uniform(-90, 90):.5f}", "number|latitude")
    c.add("v_mag", lambda r: f"{r.uniform(-1, 6):.2f}", "number")


@case(60)
def budget_lines(c: Case) -> None:
    c.add("预算科目", ["2010101", "2010103", "2050205"], CODES)
    c.add("科目名称", ["行政运行", "机关服务", "高等教育"], WORD)
    c.add("责任处室", ["办公室", "财务处", "人事处"], WORD + "|org_name")
    c.add("年初预算", lambda r: f"{r.randint(1, 900)},{v.num(r, 3)}.00", "number")
    c.add("执行率", lambda r: f"{r.uniform(20, 100):.1f}%", "number|text")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("2026 年部门预算执行表", "单位：元"))


@case(70)
def drone_survey(c: Case) -> None:
    c.add("tile", lambda r: f"T{r.randint(10, 99)}_{r.randint(10, 99)}", CODES)
    c.add("img", lambda r: f"DJI_{v.num(r, 4)}.JPG", "camera_media|text|order_no", p=None)
    c.add("alt_agl_m", lambda r: f"{r.uniform(60, 120):.1f}", "number|lab_result")
    c.add("x_cgcs2000", lambda r: f"{r.uniform(3410000, 3430000):.3f}", "plane_coordinate|number")
    c.add("y_cgcs2000", lambda r: f"{r.uniform(380000, 400000):.3f}", "plane_coordinate|number")
    c.add("overlap_pct", lambda r: str(r.randint(60, 85)), "number")
    c.count = False
