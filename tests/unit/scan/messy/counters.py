"""A seventh hand, labelled before any scan of it: hospitals, airlines, schools, returns, pay, telematics, claims, crews, flats, banks, hotels, couriers."""

from messy import values as v
from messy.frame import CODE, Case, as_csv, as_json, as_jsonl, as_parquet, as_xlsx, phone_styles
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
SHORT = "category|text"


@case(48)
def emergency_triage(c: Case) -> None:
    c.strong = (ID,)
    c.add("就诊流水号", lambda r: "MZ20261" + v.num(r, 7), CODES + "|medical_record_no", p=None)
    c.add("患者姓名", v.name, "name_cn", p=True)
    c.add("性别", ["男", "女"], "gender", p=True)
    c.add("岁", lambda r: str(r.randint(1, 95)), "age|number", p=None)
    c.add("身份证件号码", v.prc, ID, key=ID)
    c.add("分诊级别", ["Ⅰ级", "Ⅱ级", "Ⅲ级", "Ⅳ级"], SHORT)
    c.add(
        "主诉",
        ["胸痛2小时", "高热伴咳嗽3天", "外伤出血", "腹痛待查"],
        "medical_text|diagnosis|text|category",
        p=None,
    )
    c.add("分诊时间", v.moment, "datetime")
    c.count = False  # numbers of records and accounts count too


@case(40)
def ward_beds(c: Case) -> None:
    c.add("病区", ["心内一", "心内二", "ICU", "骨科"], SHORT)
    c.add("床号", lambda r: f"{r.randint(1, 48):02}", CODES)
    c.add("开放状态", ["占用", "空床", "待消毒"], SHORT)
    c.add("更新时间", v.moment, "datetime")


@case(40)
def vaccination_record(c: Case) -> None:
    c.add("儿童姓名", v.name, "name_cn", p=True)
    c.add("出生日期", lambda r: v.date(r, "%Y-%m-%d", 2016, 2025), "birth_date", p=True)
    c.add("监护人姓名", v.name, "name_cn", p=True)
    c.add("监护人手机", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("疫苗名称", ["乙肝疫苗", "百白破疫苗", "脊灰疫苗"], SHORT + "|medical_text", p=None)
    c.add("批号", lambda r: "2025" + v.num(r, 6), CODES)
    c.add(
        "接种单位",
        ["浦东新区周浦镇社区卫生服务中心", "徐汇区枫林街道社区卫生服务中心"],
        "org_name|text|category",
    )


@case(45)
def pathology(c: Case) -> None:
    c.add("Accession", lambda r: f"S26-{v.num(r, 5)}", "specimen_no|order_no", p=None)
    c.add("MRN", lambda r: v.num(r, 8, "123"), "medical_record_no|number|order_no", p=None)
    c.add("Pt Name", lambda r: v.latin(r), "name_latin", p=True)
    c.add("DOB", lambda r: v.date(r, "%d/%m/%Y", 1940, 2005), "birth_date", p=True)
    c.add("ICD-10", ["C50.9", "D05.1", "K29.5", "N60.1"], "icd10", p=True)
    c.add("Reported", lambda r: v.date(r, "%d %b %Y"), DATE)


@case(50)
def passenger_manifest(c: Case) -> None:
    c.add(
        "PNR",
        lambda r: "".join(r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _ in range(6)),
        "pnr|order_no|text",
        p=None,
    )
    c.add("Surname", list(v.FAMILY), "name_part", p=True)
    c.add("Given Names", list(v.FIRST), "name_part", p=True)
    c.add("Passport No", v.passport, "passport_cn|passport_foreign", p=True)
    c.add("Nat.", ["CHN", "SGP", "DEU", "MYS", "JPN"], "nationality|country", p=None)
    c.add("Flt", ["MU567", "CA833", "SQ825"], "voyage_no|order_no|" + SHORT)
    c.add("Seat", lambda r: f"{r.randint(11, 60)}{r.choice('ABCDEF')}", SHORT + "|order_no")
    c.add("Bags", lambda r: str(r.randint(0, 3)), "number|category")
    c.count = False


@case(40)
def flight_ops(c: Case) -> None:
    c.add("航班号", ["MU5101", "CA1501", "FM9311", "HO1252"], "voyage_no|order_no|" + SHORT)
    c.add("机号", lambda r: "B-" + v.num(r, 4), CODES)
    c.add("起飞机场", ["SHA", "PVG", "PEK", "CAN"], SHORT + "|un_locode")
    c.add("实际起飞", v.moment, "datetime")
    c.add("旅客数", lambda r: str(r.randint(60, 290)), "number")
    c.add("延误原因", ["天气", "流量控制", "", "机械"], SHORT)


@case(45)
def frequent_flyers(c: Case) -> None:
    c.add("memberId", lambda r: "6" + v.num(r, 11), "customer_no|order_no|number", p=None)
    c.add("nameCn", v.name, "name_cn", p=True)
    c.add("eMail", v.email, "email", key="email")
    c.add("tier", ["银卡", "金卡", "白金卡", "普卡"], SHORT)
    c.add("miles", lambda r: str(r.randint(0, 400000)), "number")
    c.add("joined", lambda r: v.date(r), DATE)
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(48)
def class_roll(c: Case) -> None:
    c.strong = (ID,)
    c.add("学号", lambda r: "2026" + v.num(r, 6), "student_id|student_no|order_no|number", p=None)
    c.add("学生姓名", v.name, "name_cn", p=True)
    c.add("班级", ["高一(1)班", "高一(2)班", "高一(3)班"], SHORT)
    c.add("学籍号", lambda r: "G" + v.prc(r, low=2008, high=2011), "student_no", p=True)
    c.add("家长电话", v.mobile, "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.add("语文", lambda r: str(r.randint(40, 150)), "number")
    c.add("数学", lambda r: str(r.randint(40, 150)), "number")
    c.count = False


@case(40)
def course_catalogue(c: Case) -> None:
    c.add("course_code", lambda r: r.choice(("CS", "MA", "EE")) + v.num(r, 3), CODES)
    c.add("title", ["Linear Algebra", "Operating Systems", "Signals and Systems", "Compilers"], SHORT)
    c.add("credits", ["2", "3", "4"], "number|category")
    c.add("max_seats", lambda r: str(r.randint(20, 200)), "number")


@case(45)
def alumni(c: Case) -> None:
    c.add("Full Name", lambda r: v.latin(r), "name_latin", p=True)
    c.add("Grad Year", lambda r: str(r.randint(1990, 2025)), "number|date|category")
    c.add("E-mail (personal)", v.email, "email", key="email")
    c.add("Employer", v.firm, "org_name|text")
    c.add("Degree", ["BSc", "MSc", "PhD", "MBA"], "education|category", p=None)
    c.add("Donated (USD)", lambda r: str(r.randint(0, 5000)), "number")


@case(50)
def returns_desk(c: Case) -> None:
    c.add("退货单号", lambda r: "TH2026" + v.num(r, 10), CODES)
    c.add("原订单号", lambda r: v.num(r, 18, "2"), CODES)
    c.add("买家昵称", lambda r: "tb" + v.num(r, 8), "social_account|customer_no|order_no|text", p=None)
    c.add("联系电话", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("退回运单", lambda r: "YT" + v.num(r, 13), "express_waybill|order_no", p=None)
    c.add("退货原因", ["尺码不合适", "质量问题", "七天无理由", "发错货"], SHORT)
    c.add("退款金额", v.money, "number")
    c.count = False  # numbers of records and accounts count too


@case(40)
def sku_stock(c: Case) -> None:
    c.add("SKU", lambda r: f"LG-{v.num(r, 4)}-{r.choice(('S', 'M', 'L'))}", CODES)
    c.add("条码", v.ean, "ean")
    c.add("品名", ["男款T恤", "女士连衣裙", "儿童雨衣"], SHORT + "|cargo_name")
    c.add("库存", lambda r: str(r.randint(0, 900)), "number")
    c.add("仓库", ["临港仓", "嘉定仓"], SHORT)


@case(45)
def chat_complaints(c: Case) -> None:
    phones = tuple(v.mobile(c.r) for _ in range(45))
    c.add("会话ID", lambda r: v.guid(r), "uuid|order_no")
    c.add(
        "内容",
        tuple(f"你好，我的电话是{p}，请尽快回电处理退款" for p in phones),
        "text",
        embedded=("mobile_cn",),
        p=None,
    )
    c.add("满意度", ["1", "2", "3", "4", "5"], "number|category")
    c.count = False


@case(45)
def payroll_overseas(c: Case) -> None:
    c.add("Emp ID", lambda r: "E" + v.num(r, 6), "employee_no|order_no", p=None)
    c.add("Employee", lambda r: v.latin(r), "name_latin", p=True)
    c.add("NRIC/FIN", v.nric, "nric_sg", key="nric_sg")
    c.add("Basic (SGD)", lambda r: str(r.randint(2500, 18000)), "income|number", p=None)
    c.add("CPF Employee", lambda r: f"{r.uniform(300, 1500):.2f}", "income|number", p=None)
    c.add("Bank A/C", lambda r: v.num(r, 10, "123"), "bank_account|order_no|number", p=None)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Payroll register Nov 2026",), sheet="PAY")
    c.count = False


@case(40)
def leave_balance(c: Case) -> None:
    c.add("员工编号", lambda r: "HR" + v.num(r, 5), "employee_no|order_no", p=None)
    c.add("员工", v.name, "name_cn", p=True)
    c.add("年假余额", lambda r: f"{r.randint(0, 15)}.5", "number")
    c.add("入司", lambda r: v.date(r, "%Y.%m.%d"), DATE)
    c.add("直线经理", v.name, "name_cn", p=True)
    c.count = False


@case(60)
def telematics_trips(c: Case) -> None:
    cars = [v.vin(c.r) for _ in range(12)]
    spots = [v.lonlat(c.r) for _ in range(60)]
    c.add("vin", tuple(c.r.choice(cars) for _ in range(60)), "vin", key="vin")
    c.add("gps_time", v.moment, "datetime")
    c.add("lng", tuple(a for a, _ in spots), "trajectory|longitude", p=True)
    c.add("lat", tuple(b for _, b in spots), "trajectory|latitude", p=True)
    c.add("speed_kmh", lambda r: str(r.randint(0, 130)), "vehicle_speed|number", p=None)
    c.add("soc", lambda r: str(r.randint(5, 100)), "number|charging_record|vehicle_speed", p=None)
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(40)
def tbox_stock(c: Case) -> None:
    c.add("资产编号", lambda r: "ZC" + v.num(r, 6), CODES)
    c.add("MAC", v.mac, "mac_address")
    c.add(
        "固件", lambda r: f"v{r.randint(1, 5)}.{r.randint(0, 9)}.{r.randint(0, 9)}", "version|text|category"
    )
    c.add("入库日期", lambda r: v.date(r), DATE)


@case(45)
def motor_claims(c: Case) -> None:
    c.add("报案号", lambda r: "RDAA" + v.num(r, 18), "claim_no|order_no", p=None)
    c.add("保单号", lambda r: "PDAA" + v.num(r, 18), "policy_no|order_no", p=None)
    c.add("标的车牌", v.plate, "plate_cn", key="plate_cn")
    c.add("驾驶员", v.name, "name_cn", p=True)
    c.add("出险地点", v.address, "address_cn|address_text", p=None)
    c.add("估损金额", v.money, "number")
    c.count = False


@case(40)
def reserve_triangle(c: Case) -> None:
    c.add("Accident Year", lambda r: str(r.randint(2012, 2025)), "number|date|category")
    c.add("Dev 12", lambda r: str(r.randint(10**6, 10**8)), "number")
    c.add("Dev 24", lambda r: str(r.randint(10**6, 10**8)), "number")
    c.add("Line", ["Motor", "Marine Cargo", "Property"], SHORT)


@case(40)
def crew_list(c: Case) -> None:
    c.add("Rank", ["Master", "C/O", "2/O", "C/E", "Bosun", "AB"], "occupation|category|text", p=None)
    c.add("Family name, given names", lambda r: v.latin(r), "name_latin|name_part", p=True)
    c.add("Nationality", ["CHINESE", "FILIPINO", "INDIAN", "UKRAINIAN"], "nationality", p=True)
    c.add("Date of birth", lambda r: v.date(r, "%d-%b-%Y", 1965, 2002), "birth_date", p=True)
    c.add("Seaman's book", lambda r: "A" + v.num(r, 8), "crew_list_no|passport_foreign|order_no", p=None)
    c.writer = as_csv(before=("IMO CREW LIST,,,,", "Name of ship: MV LINGANG STAR,,,,"))
    c.count = False


@case(40)
def port_calls(c: Case) -> None:
    c.add("IMO", v.imo, "imo_number|number")
    c.add("Vessel", ["LINGANG STAR", "EVER GIVEN", "COSCO GALAXY", "MSC OSCAR"], "vessel_name|text|category")
    c.add("Last Port", ["SGSIN", "KRPUS", "NLRTM", "HKHKG"], "un_locode")
    c.add("ETA", v.moment, "datetime")
    c.add("Draft (m)", lambda r: f"{r.uniform(7, 16):.1f}", "number")


@case(48)
def tenants(c: Case) -> None:
    c.strong = (ID,)
    c.add(
        "房号",
        lambda r: f"{r.randint(1, 20)}-{r.randint(1, 28)}{r.randint(1, 4):02}",
        CODES + "|address_text",
        p=None,
    )
    c.add("租客", v.name, "name_cn", p=True)
    c.add("证件号", v.prc, ID, key=ID)
    c.add("联系方式", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("月租金", lambda r: str(r.randint(15, 120) * 100), "number")
    c.add("起租日", lambda r: v.date(r, "%Y/%m/%d"), DATE)
    c.add("备注", ["", "养猫", "押一付三", "提前退租"], SHORT)


@case(40)
def lift_maintenance(c: Case) -> None:
    c.add("电梯注册代码", lambda r: "3110310115" + v.num(r, 10), CODES)
    c.add("位置", ["1号楼东梯", "2号楼西梯", "地库货梯"], SHORT)
    c.add("维保人员", v.name, "name_cn", p=True)
    c.add("维保日期", lambda r: v.date(r), DATE)
    c.add("结论", ["正常", "需更换钢丝绳"], SHORT)


@case(48)
def kyc_onboarding(c: Case) -> None:
    c.add("cust_no", lambda r: "C" + v.num(r, 9), "customer_no|order_no", p=None)
    c.add("cust_nm", v.name, "name_cn", p=True)
    c.add("id_typ", ["01", "02", "07"], SHORT + "|number")
    c.add("id_no", v.prc, ID, key=ID)
    c.add("mob_no", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("annl_inc", lambda r: str(r.randint(5, 200) * 10000), "income|number", p=None)
    c.add("risk_lvl", ["R1", "R2", "R3", "R4", "R5"], SHORT)
    c.add("pep_flg", ["Y", "N"], "boolean|category")
    c.strong = (ID,)
    c.count = False
    c.writer = as_csv(delimiter="|")


@case(40)
def correspondent_banks(c: Case) -> None:
    c.add("BIC", lambda r: r.choice(("ICBKCNBJ", "DEUTDEFF", "BOFAUS3N", "HSBCHKHH")), "bic")
    c.add("Nostro IBAN", v.iban, "iban", p=None)
    c.add("LEI", v.lei, "lei")
    c.add("CCY", ["USD", "EUR", "CNY", "HKD"], "currency|category")
    c.count = False


@case(45)
def aml_alerts(c: Case) -> None:
    c.add("alert_id", lambda r: "AL-" + v.num(r, 8), CODES)
    c.add("acct", lambda r: v.card(r), "bank_card|bank_account", key="bank_card")
    c.add("amt", v.money, "number")
    c.add("narrative", ["频繁小额转入集中转出", "跨境汇款与职业不符", "夜间大额取现"], SHORT)
    c.add("score", lambda r: f"{r.random():.3f}", "number|credit_score", p=None)


@case(48)
def hotel_arrivals(c: Case) -> None:
    c.add("Conf#", lambda r: v.num(r, 8, "789"), CODES)
    c.add("Guest", lambda r: v.latin(r), "name_latin", p=True)
    c.add("Rm", lambda r: str(r.randint(201, 2899)), CODES)
    c.add("Arr", lambda r: v.date(r, "%d-%m-%y"), DATE)
    c.add("Mobile", lambda r: "+65 8" + v.num(r, 3) + " " + v.num(r, 4), "phone_intl", p=True)
    c.add("Passport/ID", v.passport, "passport_cn|passport_foreign", p=True)
    c.add("Rate (CNY)", lambda r: str(r.randint(400, 3000)), "number")
    c.count = False


@case(40)
def room_inventory(c: Case) -> None:
    c.add("房型", ["豪华大床房", "行政双床房", "套房"], SHORT)
    c.add("日期", lambda r: v.date(r), DATE)
    c.add("可售", lambda r: str(r.randint(0, 60)), "number")
    c.add("门市价", lambda r: str(r.randint(500, 4000)), "number")


@case(50)
def courier_scans(c: Case) -> None:
    c.add("运单号", lambda r: "SF" + v.num(r, 13, "1"), "express_waybill|order_no", p=None)
    c.add("收件人", v.name, "name_cn", p=True)
    c.add("收件电话", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("收件地址", v.address, "address_cn", p=True)
    c.add("派件员", v.name, "name_cn", p=True)
    c.add("扫描类型", ["到件", "派件", "签收", "问题件"], SHORT)
    c.add("扫描时间", v.moment, "datetime")
    c.writer = as_csv(encoding="gb18030")
    c.count = False


@case(40)
def sorting_faults(c: Case) -> None:
    c.add("分拣口", lambda r: f"C{r.randint(1, 99):02}", CODES)
    c.add("设备ID", ["SRT-01", "SRT-02", "SRT-03"], "device_id|category|order_no|text")
    c.add("卡件次数", lambda r: str(r.randint(0, 40)), "number")
    c.add("平均时效", lambda r: f"{r.uniform(1, 9):.2f}", "number")


@case(40)
def kennel_club(c: Case) -> None:
    c.add("Reg No", lambda r: "KC" + v.num(r, 7), CODES)
    c.add("Name", ["Bella", "Max", "Luna", "Charlie", "Daisy", "Rocky"], "name_part|text|category")
    c.add("Breed", ["Beagle", "Whippet", "Labrador Retriever"], SHORT)
    c.add("Sex", ["M", "F"], "gender|category")
    c.add("Whelped", lambda r: v.date(r), DATE + "|birth_date")


@case(40)
def typhoon_tracks(c: Case) -> None:
    c.add("Name", ["Maria", "Lekima", "Haishen", "Nora", "Jose", "Irma"], "text|category|name_part")
    c.add("Category", ["1", "2", "3", "4", "5"], "number|category")
    c.add("Pressure_hPa", lambda r: str(r.randint(900, 1005)), "weather_value|number")
    c.add("Landfall", lambda r: v.date(r), DATE)


@case(45)
def school_transport(c: Case) -> None:
    c.add("Pupil", lambda r: v.latin(r), "name_latin", p=True)
    c.add("Parent phone", lambda r: f"+44 7700 {v.num(r, 6)}", "phone_intl", p=True)
    c.add("Stop", ["High Street", "Mill Lane", "Station Road"], SHORT + "|address_latin", p=None)
    c.add("Route", ["R1", "R2", "R7"], SHORT + "|order_no")
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(45)
def visitor_log(c: Case) -> None:
    c.strong = (ID,)
    c.add("来访人", v.name, "name_cn", p=True)
    c.add("身份证", v.prc, ID, key=ID, damage=lambda r, x: x.lower())
    c.add("来访单位", v.company, "org_name|text")
    c.add("车牌", v.plate, "plate_cn", key="plate_cn", empty=0.5)
    c.add("被访人", v.name, "name_cn", p=True)
    c.add("进门时间", v.moment, "datetime")
    c.count = False


@case(40)
def dispensing(c: Case) -> None:
    c.strong = (ID,)
    c.add("处方号", lambda r: "CF" + v.num(r, 10), CODES + "|medical_record_no", p=None)
    c.add("药品", ["阿莫西林胶囊", "二甲双胍片", "氨氯地平片"], SHORT + "|medical_text", p=None)
    c.add("取药人证件", v.prc, ID, key=ID)
    c.add("医保卡号", lambda r: v.num(r, 9, "0123"), "social_security_no|order_no|number", p=None)
    c.add("剂量", ["0.5g tid", "5mg qd", "0.25g bid"], SHORT)
    c.count = False
