"""Fifteenth hand: exports under the names that developers give to columns: hospitals, credit, fleets, charging, claims, shops. Labelled before a scan ever saw them."""

from messy import values as v
from messy.frame import Case, as_csv, as_gz, as_json, as_jsonl, as_parquet, as_sqlite, as_xlsx, phone_styles
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


@case(70)
def pat_visit(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("PATIENT_ID", code("P########"), "medical_record_no|order_no!"),
        ("NAME", v.name, "name_cn!"),
        ("ID_NO", v.prc, ID, key(ID)),
        ("DEPT_ADMISSION_TO", ["010203", "020101", "030405"], "category|order_no|number"),
        ("CHARGE_TYPE", ["医保", "自费", "公费"], WORD),
        ("NEXT_OF_KIN", v.name, "name_cn!"),
        ("RELATIONSHIP", ["夫妻", "父子", "母女", "兄弟"], "kinship|category!"),
        ("NEXT_OF_KIN_PHONE", v.mobile, TEL, key(TEL)),
        ("PAT_ADM_CONDITION", ["危", "急", "一般"], "category|text|medical_text?"),
        ("CONSULTING_DOCTOR", v.name, "name_cn!"),
        ("ADMISSION_DATE_TIME", v.moment, WHEN),
    )
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(60)
def nursing_board(c: Case) -> None:
    put(
        c,
        ("bedNo", whole(1, 48), "order_no|number|category"),
        ("nursing_Level", ["1", "2", "3"], NUM),
        ("attnDoctor", v.name, "name_cn!"),
        ("inAdmitTime", v.moment, WHEN),
        ("diagnosis", ["急性胰腺炎", "胆囊结石", "肠梗阻"], "diagnosis!"),
        ("height", whole(150, 190), "lab_result|number?"),
        ("homeAddress", v.address, "address_cn!"),
    )
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(50)
def eye_clinic(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("id", seq(50), NUM + "|order_no"),
        ("name", v.name, "name_cn!"),
        ("id_card", v.prc, ID, key(ID)),
        ("phone", v.mobile, TEL, key(TEL)),
        (
            "left_img",
            lambda r: f"fundus/2026/{v.hexes(r, 12)}_L.jpg",
            "camera_media|text|order_no|medical_text?",
        ),
        (
            "left_diag",
            ["轻度非增殖期糖尿病视网膜病变", "未见异常", "黄斑水肿"],
            "diagnosis|medical_text|category!",
        ),
        ("pres_history", ["视物模糊半年", "飞蚊症一周", "体检发现"], "medical_text|text|category?"),
        ("visit", ["1", "2"], NUM + "|boolean"),
    )


@case(90)
def customer_info(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("cus_id", code("CUS#########"), "customer_no|order_no?"),
        ("cus_name", v.name, "name_cn!"),
        ("id_num", v.prc, ID, key(ID)),
        ("cus_brith", day(low=1955, high=2003), "birth_date|date!"),
        ("cus_gender", ["0", "1"], "gender|boolean|number|category?"),
        ("mar_status", ["已婚", "未婚", "离异"], "marital_status!"),
        ("edu_level", ["大学", "高中", "硕士研究生"], "education!"),
        ("occ_type", ["公务员", "公司职员", "自由职业"], "occupation|category!"),
        ("cus_cardno", v.card, "bank_card!"),
        ("cus_bank", ["中国工商银行", "招商银行", "上海银行"], "org_name|category"),
        ("cre_teller", code("T####"), "employee_no|order_no|text?"),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(60)
def pcr_marriage(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("serial_id", v.guid, "uuid|order_no"),
        ("spouse_name", v.name, "name_cn!"),
        ("spouse_id_card_no", v.prc, ID, key(ID)),
        ("spouse_work_unit", v.company, "org_name"),
        ("spouse_phone", v.mobile, TEL, key(TEL)),
    )


@case(80)
def home_credit(c: Case) -> None:
    put(
        c,
        ("SK_ID_CURR", lambda r: v.num(r, 6, "1234"), "customer_no|order_no|number?"),
        ("CODE_GENDER", ["M", "F"], "gender!"),
        ("FLAG_OWN_CAR", ["Y", "N"], "boolean|category"),
        ("CNT_CHILDREN", whole(0, 4), NUM),
        ("AMT_INCOME_TOTAL", lambda r: f"{r.randint(30, 900)}000.0", "income|number!"),
        (
            "NAME_EDUCATION_TYPE",
            ["Higher education", "Secondary / secondary special", "Incomplete higher"],
            "education|category!",
        ),
        (
            "NAME_FAMILY_STATUS",
            ["Married", "Civil marriage", "Widow", "Single / not married"],
            "marital_status|category!",
        ),
        ("DAYS_BIRTH", lambda r: str(-r.randint(8000, 25000)), "number|age|birth_date?"),
        ("OCCUPATION_TYPE", ["Laborers", "Core staff", "Drivers"], "occupation|category!"),
        ("EXT_SOURCE_2", fmt(0, 1, 6), "number|credit_score?"),
    )
    c.count = False


@case(60)
def claims_us(c: Case) -> None:
    put(
        c,
        ("policy_number", lambda r: v.num(r, 6, "123456789"), "policy_no|order_no|number?"),
        ("policy_bind_date", day("%Y/%m/%d", 2010, 2024), DAY),
        ("insured_zip", lambda r: v.num(r, 6, "46"), "postcode_intl|number|order_no"),
        ("insured_sex", ["MALE", "FEMALE"], "gender!"),
        (
            "insured_occupation",
            ["craft-repair", "sales", "tech-support", "exec-managerial"],
            "occupation|category!",
        ),
        ("insured_hobbies", ["chess", "reading", "paintball"], WORD),
        ("insured_relationship", ["husband", "own-child", "unmarried", "wife"], "kinship|category!"),
        (
            "incident_location",
            lambda r: (
                f"{r.randint(1000, 9999)} {r.choice(('MLK', 'Oak', 'Weaver'))} {r.choice(('Drive', 'Ave', 'Ridge'))}"
            ),
            "address_latin|address_text|text?",
        ),
        ("police_report_available", ["YES", "NO", "?"], "boolean|category"),
        ("total_claim_amount", whole(100, 90000), "number"),
    )
    c.count = False


@case(50)
def policies_api(c: Case) -> None:
    put(
        c,
        ("policyHolderID", code("holder_###"), "customer_no|order_no|policy_no?"),
        ("agentLicense", code("AG-####"), "employee_no|order_no?"),
        (
            "agencyName",
            ["Spencer-Garcia Agency", "Harbour Brokers Ltd", "Lee & Sons Agency"],
            "org_name|category",
        ),
        (
            "registrationNumber",
            lambda r: (
                f"{r.choice(('KA', 'MH', 'DL'))}{r.randint(1, 50):02}{r.choice(('AB', 'CD', 'MJ'))}{v.num(r, 4)}"
            ),
            "plate_cn|order_no|text?",
        ),
        ("ncb", ["0", "20", "35", "50"], NUM),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(60)
def driver_info_hk(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("name", v.name, "name_cn!"),
        ("is_main", ["0", "1"], "boolean|number|category"),
        ("hk_phone", lambda r: f"{r.choice('569')}{v.num(r, 3)} {v.num(r, 4)}", "phone_intl|text|order_no!"),
        ("phone", v.mobile, TEL, key(TEL)),
        ("id_no", v.prc, ID, key(ID)),
        ("driving_no", v.prc, "driver_licence|prc_resident_id!"),
        ("hk_number", lambda r: r.choice(("VX", "TR", "SN")) + f" {v.num(r, 4)}", "plate_cn|order_no|text?"),
        ("plate_number", v.plate, "plate_cn!"),
    )
    c.count = False


@case(120)
def tb_vehicle(c: Case) -> None:
    put(
        c,
        ("vin", lambda r: v.vin(r, "LSV"), "vin!"),
        ("speed_value", fmt(0, 120, 1), "vehicle_speed|number?"),
        ("brake_percent", whole(0, 100), "vehicle_speed|number?"),
        ("mileage_value", fmt(10, 90000, 1), "vehicle_speed|number?"),
        ("gear_value", ["1", "2", "D", "R"], "vehicle_speed|category?"),
        ("total_voltage", fmt(300, 420, 1), "number|vehicle_speed|charging_record?"),
        ("DCDC_state", ["1", "2"], NUM + "|boolean"),
        ("tboxsn", code("TB##########"), "device_id|order_no?"),
    )
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(60)
def irve_static(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(60)]
    put(
        c,
        ("nom_operateur", ["Freshmile", "Izivia", "Ionity"], "org_name|category|text"),
        ("contact_operateur", v.email, "email!"),
        ("id_pdc_itinerance", lambda r: f"FRFR1E{v.num(r, 6)}", "charging_station|order_no"),
        ("puissance_nominale", ["22", "50", "150"], NUM),
        ("prise_type_2", ["true", "false"], "boolean"),
        ("coordonneesXY", tuple(f"[{a}, {b}]" for a, b in spots), "lonlat|text"),
        ("date_mise_en_service", day(), DAY),
    )
    c.count = False


@case(90)
def ocpp_transactions(c: Case) -> None:
    put(
        c,
        ("idTag", code("0########"), "charging_record|customer_no|order_no|number?"),
        ("connectorId", ["1", "2"], "number|charging_station|category"),
        ("meterStart", whole(1000, 900000), "number|charging_record?"),
        ("stopReason", ["EVDisconnected", "Remote", "Local"], WORD),
        ("startTimestamp", lambda r: v.moment(r).replace(" ", "T") + "Z", WHEN),
        ("evMacAddress", v.mac, "mac_address|device_id!"),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(70)
def express_routes(c: Case) -> None:
    put(
        c,
        ("lo_order_no", lambda r: "SF" + v.num(r, 13), "express_waybill|order_no"),
        ("carriage_amt", fmt(5, 90, 2), "number"),
        ("clerk_name", v.name, "name_cn!"),
        ("clerk_mob", v.mobile, TEL, key(TEL, damage=phone_styles)),
        ("town", ["花桥镇", "周浦镇", "泥城镇"], "category|text|address_text"),
        ("zip_codes_delivering", lambda r: "201306,201308", "text|postcode_cn|category"),
    )
    c.count = False


@case(50)
def company_loan(c: Case) -> None:
    put(
        c,
        ("company_name", v.company, "org_name"),
        ("company_credit_code", v.uscc, "uscc"),
        ("company_industry", ["批发业", "软件业", "道路运输业"], WORD),
        ("loan_amount", whole(10, 900), "number"),
        ("loan_first", ["0", "1"], "boolean|number|category"),
        ("contact_name", v.name, "name_cn!"),
        ("contact_phone", v.mobile, TEL, key(TEL)),
    )
    c.writer = as_csv(encoding="gb18030", delimiter="|")


@case(60)
def sys_user(c: Case) -> None:
    put(
        c,
        (
            "login_name",
            lambda r: f"{r.choice(v.FAMILY).lower().replace(' ', '')}{v.num(r, 2)}",
            "social_account|text!",
        ),
        ("nick_name", ["超级管理员", "小林", "ops-bot", "阿杰"], "social_account|name_cn|category|text?"),
        ("avatar", lambda r: f"/profile/avatar/{v.hexes(r, 16)}.png", "face_image|url|text?"),
        ("pwd", lambda r: "$2a$10$" + v.hexes(r, 50), "password|hash|text?"),
        ("salt", lambda r: v.hexes(r, 6), "text|order_no|password|hash"),
        ("login_ip", v.ip, "ipv4?"),
        ("dept_id", ["103", "105", "110"], "order_no|number|category"),
        ("del_flag", ["0", "2"], NUM + "|boolean"),
        ("create_by", ["admin", "ry", "system"], "category|social_account|text?"),
    )
    c.count = False


@case(80)
def oper_log(c: Case) -> None:
    put(
        c,
        ("oper_url", ["/system/user/edit", "/monitor/job/run", "/tool/gen"], "category|text|url"),
        ("request_method", ["GET", "POST", "PUT"], WORD),
        (
            "oper_param",
            lambda r: '{"phonenumber":"' + v.mobile(r) + '","userName":"' + v.name(r) + '"}',
            "text!",
            {"embedded": (TEL,)},
        ),
        ("cost_time", whole(1, 900), "number"),
        ("error_msg", ["", "NullPointerException", "timeout"], TEXT),
    )
    c.count = False


@case(70)
def members_app(c: Case) -> None:
    put(
        c,
        (
            "unionid",
            lambda r: "oT6" + "".join(r.choices("abcdefghijkXYZ0123456789_-", k=25)),
            "wechat|social_account!",
        ),
        ("phone_enc", lambda r: v.hexes(r, 64), "hash|text|mobile_masked?"),
        ("phone_mask", lambda r: f"{v.mobile(r)[:3]}****{v.num(r, 4)}", "mobile_masked!"),
        (
            "birthday_md",
            lambda r: f"{r.randint(1, 12):02}-{r.randint(1, 28):02}",
            "birth_date|date|text|order_no!",
        ),
        ("constellation", ["白羊座", "金牛座", "双子座"], WORD),
        ("growth_val", whole(0, 9000), "number"),
        ("reg_source", ["miniapp", "pos", "tmall"], WORD),
    )
    c.count = False


@case(60)
def goods_items(c: Case) -> None:
    put(
        c,
        ("goods_sn", code("HG########"), CODES),
        ("goods_name", ["女士真皮手提包", "男士运动鞋", "宝宝爬爬服"], "cargo_name|category|text"),
        ("brand_name", ["海鸥", "青禾", "Northgate"], WORD + "|org_name"),
        ("market_price", fmt(9, 900, 2), "number"),
        ("keywords", ["包,皮具", "鞋,跑步", "婴儿,棉"], TEXT),
        ("sort_order", whole(0, 99), NUM),
        ("barcode", v.ean, "ean"),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()


@case(60)
def addresses_split(c: Case) -> None:
    put(
        c,
        ("receive_name", v.name, "name_cn!"),
        ("receive_prov", ["上海市", "江苏省", "浙江省"], "province"),
        ("receive_city", ["上海市", "苏州市", "杭州市"], "category|text|province"),
        ("receive_dist", ["浦东新区", "昆山市", "西湖区"], WORD + "|address_text"),
        (
            "receive_detail",
            lambda r: f"{r.choice('东西南北')}山路{r.randint(1, 999)}号{r.randint(1, 30)}栋",
            "address_cn|address_text!",
        ),
        ("receive_postcode", ["201306", "215300", "310012"], "postcode_cn|number|category"),
        ("id_front_img", lambda r: f"oss://kyc/{v.hexes(r, 10)}/front.jpg", "id_photo|url|text!"),
    )
    c.count = False


@case(45)
def hr_salary(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("psn_code", code("8####"), "employee_no|order_no|number?"),
        ("psn_name", v.name, "name_cn!"),
        ("cert_no", v.prc, ID, key(ID)),
        ("f_1", fmt(5000, 30000, 2), "number|income?"),
        ("taxable_income", fmt(5000, 30000, 2), "income|number!"),
        ("housing_fund_acct", lambda r: v.num(r, 12), "bank_account|social_security_no|order_no|number?"),
        ("pay_card", v.card, "bank_card!"),
        ("entry_date", day("%Y%m%d"), "date|number"),
        ("leave_reason", ["", "个人发展", "合同到期"], TEXT),
    )
    c.count = False


@case(50)
def school_admin(c: Case) -> None:
    put(
        c,
        ("stu_name", v.name, "name_cn!"),
        ("stu_sfz", lambda r: v.prc(r, low=2008, high=2018), ID + "!"),
        ("father_name", v.name, "name_cn!"),
        ("father_mobile", v.mobile, TEL + "!"),
        ("class_name", ["三年级2班", "五年级1班"], WORD),
        ("dorm_no", code("#-###"), "order_no|text|category"),
        ("dietary_ban", ["清真", "无", "花生过敏"], "category|text|medical_text|religion?"),
        ("enroll_year", whole(2014, 2025), "number|date|category"),
    )
    c.count = False


@case(60)
def vessel_db(c: Case) -> None:
    put(
        c,
        ("vessel_imo", v.imo, "imo_number"),
        ("vessel_name_en", ["XIN HAI TONG 28", "MSC ANNA", "EVER ACE"], "vessel_name|category|text"),
        ("flag_state", ["Panama", "China", "Liberia"], "country|category"),
        ("dwt", whole(3000, 200000), "number"),
        ("captain_name", v.latin, "name_latin!"),
        ("inmarsat_no", lambda r: "4" + v.num(r, 8), "order_no|phone_intl|number|text?"),
        ("eta_utc", lambda r: v.moment(r) + "Z", WHEN + "|text"),
    )
    c.count = False


@case(70)
def cargo_manifest(c: Case) -> None:
    put(
        c,
        ("hbl_no", lambda r: "SHGU" + v.num(r, 8), "bill_of_lading|order_no"),
        ("ctn_no", v.container, "container_no"),
        ("seal", code("CN######"), "seal_no|order_no"),
        ("shpr_nm", v.company, "org_name"),
        (
            "cnee_tel",
            lambda r: f"+1 {v.num(r, 3, '23456789')} {v.num(r, 3, '23456789')} {v.num(r, 4)}",
            "phone_intl!",
        ),
        ("gds_desc", ["PLASTIC TOYS", "STEEL PIPE FITTINGS", "LED LAMPS"], "cargo_name|category|text"),
        ("hs6", ["950300", "730799", "940542"], "hs_code|number|category"),
        ("pkg_unit", ["CTN", "PLT", "BAG"], WORD),
    )
    c.count = False


@case(60)
def lab_lims(c: Case) -> None:
    put(
        c,
        ("sample_code", code("S26-#####"), "specimen_no|order_no?"),
        ("test_item", ["HBsAg", "HCV-Ab", "TPPA"], "category|text|lab_result?"),
        ("test_value", ["阴性(-)", "阳性(+)", "0.03"], "lab_result|category|text?"),
        ("ref_range", ["阴性", "<0.05"], TEXT + "|lab_result?"),
        ("tester", v.name, "name_cn!"),
        ("instrument_sn", code("XN-#####"), "device_id|order_no"),
        ("abnormal_flag", ["H", "L", "N"], WORD + "|lab_result?"),
    )
    c.count = False


@case(60)
def fund_ta(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("FUND_ACCO", lambda r: "98" + v.num(r, 10), "securities_account|order_no|number?"),
        ("INVEST_NAME", v.name, "name_cn!"),
        ("IDENTITY_NO", v.prc, ID, key(ID)),
        ("CONFIRM_SHARE", fmt(100, 99999, 2), "investor_holding|number?"),
        ("BONUS_TYPE", ["0", "1"], NUM + "|boolean"),
        ("NETVALUE_DATE", day("%Y%m%d"), "date|number"),
        ("AGENCY_NO", ["002", "247", "305"], "category|order_no|number"),
        ("RISK_ABILITY", ["C1", "C3", "C5"], WORD),
    )
    c.suffix, c.writer = ".txt", as_csv(delimiter="|")
    c.count = False


# Nobody is in these


@case(60)
def device_metrics(c: Case) -> None:
    put(
        c,
        ("metric_ts", lambda r: str(1_790_000_000 + r.randrange(10**6)), "timestamp|number"),
        ("host_alias", ["gw-sh-01", "gw-sh-02"], WORD + "|order_no"),
        ("cpu_pct", fmt(0, 100, 1), "number"),
        ("kernel_release", ["5.15.0-91", "6.1.0-18"], "version|category|text"),
        ("trace_id", lambda r: v.hexes(r, 32), "hash|order_no|text"),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()


@case(60)
def station_hourly(c: Case) -> None:
    put(
        c,
        ("stationCode", ["A1042", "A1057"], "weather_station|order_no|category|text"),
        ("tempAvg", fmt(-10, 36, 1), "weather_value|number"),
        ("rainHour", fmt(0, 40, 1), "weather_value|number"),
        ("windDir", ["NE", "SSW", "W"], "weather_value|category|text"),
        ("aqiLevel", ["优", "良", "轻度污染"], "category|text|weather_value"),
    )
    c.suffix, c.writer = ".json", as_json


@case(50)
def spare_catalogue(c: Case) -> None:
    put(
        c,
        ("part_no", code("##@###-###"), CODES),
        ("part_nm_en", ["Brake pad", "Wiper blade", "Oil filter"], "cargo_name|category|text"),
        ("oem_code", code("@@@#####"), CODES),
        ("fit_model", ["Model A 2021", "Model B 2023"], WORD),
        ("moq", whole(1, 200), NUM),
        ("lead_days", whole(3, 60), NUM),
        ("min_age", ["3+", "6+"], "category|text|age"),
    )
