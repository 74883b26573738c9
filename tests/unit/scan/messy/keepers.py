"""Twenty-eighth hand: what the systems of Lingang's sectors export by themselves: field codes of ERP, HL7 and SDTM, AIS, T-Box, tills, ledgers of banks and funds, pinyin initials. Labelled before a scan ever saw them."""

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
    dot_zero,
    id_spaced,
    phone_styles,
    quoted,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


def stamp(r: v.R) -> str:
    return f"{v.date(r, '%Y%m%d')}{r.randint(0, 23):02}{r.randint(0, 59):02}{r.randint(0, 59):02}"


def cnaps(r: v.R) -> str:
    return r.choice(("102", "103", "104", "105", "308")) + "290" + v.num(r, 6)


def masked(r: v.R) -> str:
    x = v.mobile(r)
    return f"{x[:3]}****{x[7:]}"


# Connected vehicles and energy


@case(100)
def tbox_realtime(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(100)]
    put(
        c,
        ("vin", v.vin, "vin", key("vin")),
        ("collectTime", v.ms, "timestamp|number|datetime"),
        ("vehicleStatus", ["1", "2", "3"], NUM),
        ("chargeStatus", ["1", "3", "4"], NUM),
        ("vehSpeed", fmt(0, 120, 1), "vehicle_speed|number?"),
        ("odo", fmt(100, 180000, 1), "vehicle_speed|number?"),
        ("totalVoltage", fmt(310, 410, 1), "vehicle_speed|number?"),
        ("totalCurrent", fmt(-120, 300, 1), "vehicle_speed|number?"),
        ("soc", whole(3, 100), "vehicle_speed|number?"),
        ("gear", ["D", "P", "R", "N"], WORD + "|vehicle_speed?"),
        ("insulationResistance", whole(500, 9000), "vehicle_speed|number?"),
        ("lng", tuple(a for a, _ in spots), "longitude|trajectory?"),
        ("lat", tuple(b for _, b in spots), "latitude|trajectory?"),
        ("maxAlarmLevel", ["0", "0", "1", "2"], NUM),
    )
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda row: {
                "vin": row["vin"],
                "collectTime": row["collectTime"],
                "data": {k: row[k] for k in list(row)[2:]},
            }
        ),
    )
    c.count = False


@case(80)
def chongdian_dd(c: Case) -> None:
    put(
        c,
        ("充电流水号", lambda r: "310115" + stamp(r) + v.num(r, 6), "charging_record|order_no|number?"),
        (
            "充电站名称",
            ["滴水湖地铁站", "临港大道南", "海昌停车场P2"],
            WORD + "|org_name|charging_station|address_text",
        ),
        ("充电桩编码", lambda r: "3101150" + v.num(r, 9), "charging_station|order_no|number"),
        ("枪口", ["1", "2", "A", "B"], WORD + "|number"),
        ("用户手机", v.mobile, TEL, key(TEL, damage=phone_styles)),
        ("车牌号码", v.plate, "plate_cn", key("plate_cn", empty=0.2)),
        ("开始充电时间", v.moment, WHEN),
        ("充电电量(kWh)", fmt(2, 78, 2), "number|charging_record?"),
        ("起始SOC", lambda r: f"{r.randint(3, 60)}%", "vehicle_speed|number|text?"),
        ("服务费", fmt(1, 40, 2), "number"),
        ("结束原因", ["用户主动停止", "充满", "桩急停", "余额不足"], WORD),
        ("结算状态", ["已结算", "待结算"], WORD),
    )
    c.order = (TEL, "plate_cn")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("充电订单明细", "导出时间：2026-10-08 09:12"), merge=True)


# ERP and staff


@case(70)
def sap_kna1(c: Case) -> None:
    put(
        c,
        ("MANDT", ["800"], NUM),
        ("KUNNR", lambda r: "00001" + v.num(r, 5), "customer_no|order_no|number?"),
        ("NAME1", v.company, "org_name"),
        ("LAND1", ["CN", "DE", "JP"], "country|category"),
        ("ORT01", ["上海", "苏州", "宁波"], WORD + "|address_text"),
        ("PSTLZ", lambda r: v.num(r, 1, "23") + v.num(r, 5), "postcode_cn|number|postcode_intl|order_no"),
        ("STRAS", v.address, "address_cn?"),
        ("TELF1", lambda r: f"021-{v.num(r, 8, '56')}", "landline_cn!"),
        ("STCD5", v.uscc, "uscc"),
        ("KTOKD", ["0001", "Z002", "CPD"], WORD + "|order_no"),
        ("ERDAT", day("%Y%m%d", 2012, 2026), "date|number"),
        ("ERNAM", ["LIWEI", "ZHANGMIN", "BATCH01"], "social_account|category|text|name_latin|employee_no?"),
        ("LOEVM", ["", "", "X"], WORD + "|boolean"),
    )  # fmt: skip
    c.writer = as_csv(delimiter="\t")
    c.suffix = ".txt"
    c.count = False


@case(60)
def pa_master(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("PERNR", seq(60, "{:08d}", 10023), "employee_no|number|order_no!"),
        ("NACHN", ["欧阳", "王", "陈", "李", "周"], "name_part|name_cn!"),
        ("VORNA", ["雪梅", "建国", "思远", "敏", "立华"], "name_part|name_cn!"),
        ("GBDAT", day("%Y%m%d", 1966, 2002), "birth_date|date!"),
        ("GESCH", ["1", "2"], "gender|number|category!"),
        ("NATIO", ["CN", "CN", "HK", "DE"], "nationality|country!"),
        ("FAMST", ["0", "1", "3"], "marital_status|number|category?"),
        ("ICNUM", v.prc, ID, key(ID, damage=quoted)),
        ("BEGDA", day("%Y%m%d", 2008, 2025), "date|number"),
        ("ENDDA", ["99991231"], "date|number|category"),
        ("BANKN", v.card, "bank_card|bank_account!"),
        ("BET01", fmt(5000, 40000, 2), "income|number!"),
        ("PLSTX", ["仓储主管", "关务专员", "叉车司机"], "occupation|category!"),
    )  # fmt: skip
    c.suffix, c.writer = ".csv", as_csv(delimiter=";")
    c.count = False


@case(70)
def xinchou(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("gh", seq(70, "A{:04d}", 301), "employee_no|order_no!"),
        ("xm", v.name, "name_cn!"),
        ("sfzh", v.prc, ID, key(ID, damage=id_spaced)),
        ("lxdh", v.mobile, TEL + "!"),
        ("bm", ["生产部", "质检部", "仓储部"], WORD + "|org_name"),
        ("gw", ["操作工", "班组长", "检验员"], "occupation|category!"),
        ("rzrq", day("%Y/%m/%d", 2010, 2026), DAY),
        ("jbgz", fmt(3200, 9000, 2), "income|number!"),
        ("gjj", fmt(200, 1800, 2), "income|number?"),
        ("sbjs", whole(7384, 36921), "income|number?"),
        ("yhkh", v.card, "bank_card!"),
        ("khh", ["工商银行临港支行", "建行泥城支行"], "org_name|category|text"),
        ("jjlxr", v.name, "name_cn!"),
        ("bz", ["", "试用期", "返聘"], TEXT),
    )
    c.writer = as_csv(encoding="gb18030")
    c.count = False


# Hospitals and trials


@case(70)
def hl7_flat(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("MSH-7", stamp, "datetime|number|date"),
        ("PID-3.1", lambda r: "P00" + v.num(r, 7), "medical_record_no|order_no|customer_no!"),
        ("PID-5", v.name, "name_cn!"),
        ("PID-7", day("%Y%m%d", 1938, 2018), "birth_date|date|number!"),
        ("PID-8", ["M", "F"], "gender!"),
        ("PID-11", v.address, "address_cn!"),
        ("PID-13", v.mobile, TEL + "!"),
        ("PID-19", v.prc, ID, key(ID, empty=0.1)),
        ("PV1-2", ["I", "O", "E"], WORD),
        ("PV1-19", lambda r: "26" + v.num(r, 8), "medical_record_no|order_no|number?"),
        ("DG1-3", ["I10.x00", "K29.500", "M54.502"], "icd10!"),
        ("OBX-3", ["GLU", "ALT", "WBC", "CRP"], WORD + "|lab_result?"),
        ("OBX-5", fmt(0.4, 98, 2), "lab_result|number?"),
        ("OBX-6", ["mmol/L", "U/L", "10^9/L"], WORD + "|lab_result?"),
        ("OBX-8", ["N", "H", "L"], WORD + "|lab_result?"),
    )
    c.writer = as_csv(delimiter="|")
    c.suffix = ".txt"
    c.count = False


@case(70)
def sdtm_dm(c: Case) -> None:
    put(
        c,
        ("STUDYID", ["LG-ONC-301"], "trial_id|category|order_no|text"),
        ("DOMAIN", ["DM"], WORD),
        ("USUBJID", code("LG-ONC-301-0##-###"), "trial_subject", key("trial_subject")),
        ("RFSTDTC", lambda r: f"{v.date(r)}T{r.randint(8, 17):02}:{r.randint(10, 59)}", WHEN),
        ("SITEID", ["011", "024", "037"], NUM + "|order_no|text"),
        ("INVNAM", v.latin, "name_latin!"),
        ("BRTHDTC", day("%Y-%m-%d", 1940, 2003), "birth_date|date!"),
        ("AGE", whole(22, 86), "age!"),
        ("AGEU", ["YEARS"], WORD + "|age"),
        ("SEX", ["M", "F", "U"], "gender!"),
        ("RACE", ["ASIAN", "WHITE", "NOT REPORTED"], "ethnicity|category!"),
        ("ETHNIC", ["NOT HISPANIC OR LATINO", "HISPANIC OR LATINO"], "ethnicity|category!"),
        ("ARMCD", ["TRT20", "PBO", "SCRNFAIL"], WORD + "|order_no"),
        ("COUNTRY", ["CHN", "USA", "KOR"], "country|category|nationality"),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet


@case(80)
def sdtm_ae(c: Case) -> None:
    put(
        c,
        ("USUBJID", code("LG-ONC-301-0##-###"), "trial_subject", key("trial_subject")),
        ("AESEQ", whole(1, 9), NUM),
        ("AETERM", ["rash on both arms", "feeling sick", "low white cells", "headache"], "medical_text|diagnosis|category|text!"),
        ("AEDECOD", ["Rash", "Nausea", "Neutropenia", "Headache"], "diagnosis|medical_text|category!"),
        ("AEBODSYS", ["Skin and subcutaneous tissue disorders", "Gastrointestinal disorders", "Blood disorders"], "diagnosis|medical_text|category?"),
        ("AESEV", ["MILD", "MODERATE", "SEVERE"], WORD + "|medical_text?"),
        ("AESER", ["N", "N", "Y"], "boolean|category?"),
        ("AEACN", ["DOSE NOT CHANGED", "DRUG WITHDRAWN", "DOSE REDUCED"], WORD + "|medical_text?"),
        ("AEOUT", ["RECOVERED/RESOLVED", "NOT RECOVERED/NOT RESOLVED"], WORD + "|medical_text?"),
        ("AESTDTC", lambda r: r.choice((v.date(r), v.date(r, "%Y-%m"))), "date|datetime|text"),
        ("AESTDY", whole(-3, 240), "number"),
        ("VISIT", ["SCREENING", "CYCLE 1 DAY 1", "END OF TREATMENT"], WORD),
    )  # fmt: skip
    c.writer = as_zip
    c.suffix = ".zip"


@case(60)
def yangben_ku(c: Case) -> None:
    put(
        c,
        ("冻存管条码", lambda r: "LGBB26" + v.num(r, 6), "specimen_no|order_no?"),
        ("受试者筛选号", code("S##-###"), "trial_subject!"),
        ("姓名缩写", code("@@@@"), "name_part|name_masked|category|text|order_no!"),
        ("样本类型", ["血浆", "血清", "FFPE切片", "PBMC"], WORD),
        ("冰箱位置", code("F#-R##-B##-@#"), "order_no|text|category"),
        ("体积(μL)", whole(50, 1800), NUM),
        ("采样时间", lambda r: v.date(r, "%Y.%m.%d") + f" {r.randint(7, 18)}:{r.randint(10, 59)}", WHEN),
        ("EGFR位点", ["c.2573T>G", "c.2236_2250del", "野生型"], "genetic_variant|category|text!"),
        ("PD-L1 TPS", lambda r: f"{r.randint(0, 95)}%", "lab_result|number|text?"),
        ("试剂CAS号", ["67-56-1", "67-64-1", "64-17-5", "75-09-2"], "cas_number|category"),
        ("保存温度", ["-80℃", "-196℃", "4℃"], WORD + "|number"),
        ("知情同意", ["已签", "已签", "补签中"], WORD + "|boolean"),
        ("异常说明", ["", "溶血", "脂血", "量不足"], TEXT),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(second=True)
    c.count = False


# Ports, ships, roads


@case(100)
def ais_positions(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(100)]
    put(
        c,
        ("MMSI", lambda r: r.choice(("412", "413", "477", "636")) + v.num(r, 6), "mmsi|number"),
        ("BaseDateTime", lambda r: f"{v.date(r)}T{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}", WHEN),
        ("LAT", tuple(b for _, b in spots), "latitude|trajectory"),
        ("LON", tuple(a for a, _ in spots), "longitude|trajectory"),
        ("SOG", fmt(0, 22, 1), "number|vehicle_speed"),
        ("COG", fmt(0, 359, 1), "number"),
        ("Heading", whole(0, 359), "number"),
        ("VesselName", ["XIN HAI OU 8", "COSCO NETHERLANDS", "EVER GOLDEN", "HAI GANG 27"], "vessel_name|category|text"),
        ("IMO", lambda r: "IMO" + v.imo(r), "imo_number"),
        ("CallSign", code("B@@@#"), "call_sign|order_no"),
        ("VesselType", ["70", "79", "80", "52"], NUM),
        ("Status", ["0", "1", "5", "15"], NUM),
        ("Draft", fmt(3, 15, 1), "number"),
        ("TransceiverClass", ["A", "B"], WORD),
        ("Dest", ["CNYSA", "SGSIN", "CN SHA>KR PUS"], WORD + "|un_locode"),
    )  # fmt: skip
    c.count = False


@case(60)
def cangdan_py(c: Case) -> None:
    put(
        c,
        ("cm", ["中远之星", "新海欧", "振华重工28"], "vessel_name|category|text"),
        ("hc", code("0##E"), "voyage_no|order_no|category"),
        ("tdh", lambda r: "COSU" + v.num(r, 10), "bill_of_lading|order_no"),
        ("xh", v.container, "container_no"),
        ("qfh", code("H#######"), "seal_no|order_no"),
        ("xxcc", ["40HQ", "20GP", "45HQ"], WORD),
        ("hm", ["汽车配件", "冷冻虾仁", "光伏组件"], "cargo_name|category|text"),
        ("js", whole(1, 2400), NUM),
        ("mz", fmt(200, 28000, 1), "number"),
        ("shr", v.company, "org_name?"),
        ("shrdh", v.mobile, TEL + "!"),
        ("xhg", ["洋山", "外高桥"], WORD + "|un_locode"),
        ("wxpbh", ["", "", "1263", "3480"], "un_number|number|category"),
    )
    c.suffix, c.writer = ".txt", as_fixed
    c.count = False


@case(70)
def tms_paiche(c: Case) -> None:
    notes = [
        c.r.choice(("空车返回", "等待装货2小时", "客户要求下午送", "过磅后走内环", "")) for _ in range(70)
    ]
    notes[8] = f"改由{v.name(c.r)}司机{v.mobile(c.r)}提货"
    notes[41] = f"换车{v.plate(c.r)}"
    notes[63] = f"补登身份证{v.prc(c.r)}"
    put(
        c,
        ("派车单号", lambda r: "PC" + v.date(r, "%y%m%d") + v.num(r, 4), "order_no"),
        ("驾驶员", v.name, "name_cn!"),
        ("驾驶员手机", v.mobile, TEL + "!", {"damage": dot_zero}),
        ("从业资格证号", v.prc, ID + "|driver_licence!"),
        ("主车", v.plate, "plate_cn!"),
        ("挂车", lambda r: f"沪{r.choice('ABDE')}{v.num(r, 4)}挂", "plate_cn!"),
        ("提箱点", ["洋山四期", "芦潮港堆场", "外六"], WORD + "|address_text"),
        ("卸货地址", v.address, "address_cn?"),
        ("箱号1", v.container, "container_no"),
        ("吨数", fmt(2, 33, 2), "number"),
        ("应付运费", lambda r: f"{r.randint(400, 3200)}元", "number|text"),
        ("回单", ["√", "", "×"], WORD + "|boolean"),
        ("调度备注", tuple(notes), "text!", {"embedded": (TEL, "plate_cn", ID)}),
    )  # fmt: skip
    c.suffix, c.writer = ".csv", as_csv(encoding="gb18030", before=("调度派车明细表", "日期：2026年9月"))
    c.count = False


# Shops, banks, funds, reinsurance


@case(90)
def pos_xiaopiao(c: Case) -> None:
    put(
        c,
        ("门店编码", ["SH0102", "SH0117", "LG0003"], WORD + "|order_no"),
        ("小票号", lambda r: v.date(r, "%Y%m%d") + v.num(r, 8), "order_no|number"),
        ("POS机号", ["01", "02", "07"], NUM + "|device_id|order_no|text"),
        ("收银员", ["1003", "1017", "1022"], "employee_no|number|category|order_no?"),
        ("会员卡号", lambda r: "8800" + v.num(r, 8), "customer_no|order_no|number!"),
        ("会员手机号", masked, "mobile_masked!"),
        ("商品条码", v.ean, "ean"),
        ("品名", ["农夫山泉550ml", "光明鲜牛奶950ml", "清风抽纸3包"], "cargo_name|category|text"),
        ("数量", ["1", "2", "0.455"], NUM),
        ("折扣额", ["0.00", "1.50", "3.00"], NUM),
        ("支付方式", ["微信", "支付宝", "现金", "储值卡"], WORD),
        ("支付单号", lambda r: "42000" + v.num(r, 23), "order_no|number|payment_account?"),
        ("交易时间", lambda r: f"{v.date(r, '%Y/%m/%d')} {r.randint(8, 22)}:{r.randint(10, 59)}", WHEN),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(100)
def liushui(c: Case) -> None:
    notes = [c.r.choice(("货款", "工资", "报销差旅费", "还款", "往来款", "房租")) for _ in range(100)]
    notes[31] = f"代付{v.name(c.r)} {v.prc(c.r)}"
    notes[77] = f"退款至{v.card(c.r)}"
    put(
        c,
        ("交易日", day("%Y%m%d"), "date|number"),
        ("交易时间", lambda r: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}", "time_of_day"),
        ("核心流水号", lambda r: "EB" + stamp(r) + v.num(r, 6), "order_no"),
        ("本方账号", lambda r: "3105" + v.num(r, 16), "bank_account|order_no|number!"),
        ("借贷标志", ["借", "贷"], WORD),
        ("发生额", lambda r: f"{r.randint(1, 900)},{v.num(r, 3)}.{v.num(r, 2)}", "number"),
        ("余额", lambda r: f"{r.randint(1, 900)},{v.num(r, 3)}.{v.num(r, 2)}", "number?"),
        ("对方户名", lambda r: v.company(r) if r.random() < 0.7 else v.name(r), "org_name|name_cn|text?"),
        ("对方账号", lambda r: v.card(r) if r.random() < 0.3 else "1001" + v.num(r, 15), "bank_account|bank_card|order_no|number!"),
        ("对方行号", cnaps, "cnaps|order_no|number"),
        ("币种", ["CNY", "USD"], "currency|category"),
        ("附言", tuple(notes), "text!", {"embedded": (ID, "bank_card")}),
        ("渠道", ["网银", "柜面", "银企直连"], WORD),
    )  # fmt: skip
    c.writer = as_csv(encoding="gb18030")
    c.count = False


@case(80)
def ta_queren(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("jyzh", lambda r: "SH" + v.num(r, 10), "securities_account|order_no|bank_account!"),
        ("khmc", v.name, "name_cn!"),
        ("zjlx", ["0", "0", "1", "4"], NUM),
        ("zjhm", v.prc, ID, key(ID)),
        ("jjdm", ["005827", "161725", "110011"], "securities_code|number|category|order_no"),
        ("ywdm", ["122", "124", "143"], NUM + "|order_no"),
        ("sqdh", lambda r: stamp(r) + v.num(r, 10), "order_no|number"),
        ("qrfe", fmt(10, 90000, 2), "investor_holding|number?"),
        ("qrje", fmt(10, 90000, 2), "number|investor_holding?"),
        ("jjjz", fmt(0.6, 3.8, 4), "number"),
        ("qrrq", day("%Y%m%d"), "date|number"),
        ("xsjgdm", ["304", "235", "378"], NUM + "|order_no"),
        ("fxdj", ["R2", "R3", "R5"], WORD + "|order_no"),
        ("yxtx", v.email, "email!"),
        ("jydbh", lambda r: "TA" + v.num(r, 12), "order_no"),
    )  # fmt: skip
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(60)
def fenbao_zhangdan(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("合约编号", code("TR2026-QS-###"), "treaty_no|order_no"),
        ("分出公司", ["东海财险", "浦江人寿", "临海保险"], "org_name|category|text"),
        ("业务年度", ["2024", "2025", "2026"], "number|date|category"),
        ("险种", ["货运险", "船舶险", "意外险", "雇主责任险"], WORD),
        ("原保单号", lambda r: "AA" + v.num(r, 16), "policy_no|order_no!"),
        ("被保险人", lambda r: v.name(r) if r.random() < 0.6 else v.company(r), "name_cn|org_name|text!"),
        ("证件号", lambda r: v.prc(r) if r.random() < 0.6 else v.uscc(r), ID + "|uscc!"),
        ("分保比例", ["35%", "50%", "20%"], "number|category|text"),
        ("分保费", lambda r: f"{r.randint(1, 90)},{v.num(r, 3)}.{v.num(r, 2)}", "number"),
        ("赔案号", lambda r: "LP26" + v.num(r, 8), "claim_no|order_no?"),
        ("出险日期", day("%Y年%m月%d日"), DAY),
        ("出险原因", ["碰撞", "台风", "火灾", "工伤"], WORD + "|text|medical_text?"),
        ("已决赔款", lambda r: str(r.randint(0, 40) * 1000), NUM),
        ("账单期", ["2026Q1", "2026Q2"], WORD + "|date"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("分保业务账单",), merge=True)
    c.count = False


# Weather, government, culture


@case(90)
def cimiss_hour(c: Case) -> None:
    put(
        c,
        ("Station_Id_C", ["58366", "58369", "58460"], "weather_station|number|category|order_no"),
        ("Station_Name", ["南汇", "洋山", "芦潮港"], WORD + "|weather_station|address_text"),
        ("Lat", ["31.0500", "30.6333", "30.8500"], "latitude|number"),
        ("Lon", ["121.7833", "122.0667", "121.8500"], "longitude|number"),
        ("Alti", ["4.7", "21.3", "5.1"], "number|weather_value|category"),
        ("Datetime", lambda r: f"{v.date(r)} {r.randint(0, 23):02}:00:00", WHEN),
        ("PRS", fmt(995, 1032, 1), "weather_value|number"),
        ("TEM", fmt(-4, 38, 1), "weather_value|number"),
        ("RHU", whole(28, 100), "weather_value|number"),
        ("PRE_1h", ["0.0", "0.0", "1.2", "999990"], "weather_value|number|category"),
        ("WIN_S_Avg_2mi", fmt(0, 21, 1), "weather_value|number"),
        ("WIN_D_Avg_2mi", whole(0, 359), "weather_value|number"),
        ("VIS", whole(60, 30000), "weather_value|number"),
        ("Q_TEM", ["0", "0", "8"], NUM),
    )
    c.suffix, c.writer = ".txt", as_csv(delimiter=" ")


@case(70)
def ywtb_banjian(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("办件编号", lambda r: "310115" + v.date(r, "%Y%m%d") + v.num(r, 6), "order_no|number"),
        ("事项名称", ["食品经营许可新办", "居住证签注", "企业变更登记", "船员证书换发"], WORD),
        ("申请人类型", ["自然人", "法人"], WORD),
        ("申请人名称", lambda r: v.name(r) if r.random() < 0.6 else v.company(r), "name_cn|org_name|text!"),
        ("证照号码", lambda r: v.prc(r) if r.random() < 0.6 else v.uscc(r), ID + "|uscc!"),
        ("经办人", v.name, "name_cn!"),
        ("经办人联系方式", lambda r: v.mobile(r) if r.random() < 0.8 else f"021-{v.num(r, 8, '56')}", TEL + "|landline_cn!"),
        ("受理窗口", ["A03", "A12", "B07"], WORD + "|order_no"),
        ("受理时间", v.moment, WHEN),
        ("办结时限", ["5个工作日", "即办", "20个工作日"], WORD),
        ("办理状态", ["已办结", "补正中", "不予受理"], WORD),
        ("好差评", ["非常满意", "满意", "基本满意", ""], WORD),
        ("意见", ["", "材料齐全", "缺少租赁合同", "法人签字不符"], TEXT),
    )  # fmt: skip
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(80)
def haichang_piao(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("票务订单", lambda r: "OTA" + v.num(r, 12), "order_no"),
        ("票型", ["成人票", "儿童票", "亲子套票", "夜场"], WORD),
        ("入园日", day("%Y-%m-%d", 2026, 2026), DAY),
        ("场次", ["09:30", "13:00", "17:30"], "time_of_day|category"),
        ("游客", v.name, "name_cn!"),
        ("证件", v.prc, ID, key(ID, empty=0.15)),
        ("取票手机", v.mobile, TEL, key(TEL)),
        ("取票码", lambda r: v.num(r, 8), "order_no|number"),
        ("票价", ["299.00", "209.00", "168.00"], NUM),
        ("OTA渠道", ["携程", "美团", "官网", "抖音"], WORD),
        ("核销", ["Y", "N"], "boolean|category"),
        ("闸机", ["G01", "G02", "G05"], WORD + "|order_no|device_id"),
        ("退改说明", ["", "台风改期", "全额退"], TEXT),
    )
    c.order = (ID, TEL)
    c.writer = as_csv(encoding="utf-8-sig")


@case(80)
def gongdan_hao(c: Case) -> None:
    """Numbers that look like much and name nobody."""
    put(
        c,
        ("工单号", lambda r: "20260" + v.num(r, 13), "order_no|number"),
        ("物料凭证", lambda r: "49" + v.num(r, 8), CODES),
        ("过账日期", day("%Y.%m.%d"), DAY),
        ("工厂", ["1000", "2100"], NUM + "|order_no"),
        ("物料描述", ["前保险杠总成", "线束A柱左", "电驱壳体"], "cargo_name|category|text"),
        ("批次", lambda r: "139" + v.num(r, 8), CODES),
        ("序列号", lambda r: "62" + v.num(r, 14), "order_no|number"),
        ("移动类型", ["101", "261", "311", "601"], NUM + "|order_no"),
        ("数量", whole(1, 900), NUM),
        ("单位", ["件", "套", "KG"], WORD),
        ("班次", ["早班", "中班", "夜班"], WORD),
        ("质检结论", ["合格", "让步接收", "返工"], WORD),
        ("备注", ["", "急件", "尾数"], TEXT),
    )
    c.writer = as_csv(encoding="gb18030")
