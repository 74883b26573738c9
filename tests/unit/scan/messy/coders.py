"""Twenty-first hand: tables of domestic developers in other trades: schools, estates, sites, courts, farms, telecoms, tours, labour, bonded stores. Labelled before a scan ever saw them."""

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
    dot_zero,
    id_spaced,
    quoted,
    wide,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


@case(60)
def xs_jbxx(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("xsxm", v.name, "name_cn!"),
        ("xbdm", ["1", "2"], "gender|category|number|boolean?"),
        ("sfzjh", lambda r: v.prc(r, low=2008, high=2017), ID, key(ID, damage=id_spaced)),
        ("xjfh", lambda r: v.num(r, 10, "3"), "student_id|student_no|order_no|number?"),
        ("njmc", ["一年级", "三年级", "五年级"], WORD),
        ("bjmc", ["1班", "2班", "3班"], WORD),
        ("rxny", day("%Y%m", 2014, 2025), "date|number"),
        ("jtzz", v.address, "address_cn!"),
        ("jzxm", v.name, "name_cn!"),
        ("jzlxdh", v.mobile, TEL, key(TEL)),
        ("sfzx", ["是", "否"], "boolean"),
        ("jkzk", ["健康", "哮喘", "过敏体质"], "medical_text|category|text|diagnosis?"),
    )
    c.writer = as_csv(encoding="gb18030")
    c.count = False


@case(60)
def wy_owner_house(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("houseCode", code("#-##-##0#"), CODES),
        ("ownerName", v.name, "name_cn!"),
        ("ownerIdCard", v.prc, ID, key(ID)),
        ("ownerTel", v.mobile, TEL, key(TEL, damage=wide)),
        ("buildArea", fmt(45, 220, 2), "number"),
        ("feeStd", ["2.80", "3.20", "4.50"], NUM),
        ("arrearsAmt", fmt(0, 9000, 2), "number"),
        ("checkInDt", day(), DAY),
        ("carPlate", v.plate, "plate_cn!", {"empty": 0.4}),
        ("parkNo", code("B#-###"), CODES),
        ("isRent", ["0", "1"], "boolean|number|category"),
        ("rmk", ["", "委托出租", "常年空置"], TEXT),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(70)
def lw_worker(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("projectCode", code("3101152026######"), CODES),
        ("corpName", v.company, "org_name"),
        ("corpCode", v.uscc, "uscc"),
        ("workerName", v.name, "name_cn!"),
        ("idCardNumber", v.prc, ID, key(ID, damage=quoted)),
        ("nation", ["汉族", "苗族", "彝族"], "ethnicity!"),
        ("workType", ["钢筋工", "木工", "塔吊司机", "杂工"], "occupation|category!"),
        ("teamName", ["钢筋一班", "木工二班"], WORD + "|org_name"),
        ("payRollBankCardNumber", v.card, "bank_card!"),
        ("payRollBankName", ["中国建设银行", "上海农商银行"], "org_name|category"),
        ("daySalary", whole(180, 520), "income|number!"),
        ("entryTime", v.moment, WHEN),
        ("hasBadMedicalHistory", ["0", "1"], "boolean|number|category|medical_text?"),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(50)
def ajxx_court(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("ah", lambda r: f"（2026）沪0115民初{v.num(r, 5, '1234')}号", "order_no|text"),
        ("ay", ["民间借贷纠纷", "劳动争议", "买卖合同纠纷"], WORD),
        ("dsrxm", v.name, "name_cn!"),
        ("dsrzjhm", v.prc, ID, key(ID)),
        ("ssdw", ["原告", "被告", "第三人"], WORD),
        ("cbr", v.name, "name_cn!"),
        ("sjyxm", v.name, "name_cn!"),
        ("bdje", fmt(1000, 900000, 2), "number"),
        ("larq", day("%Y/%m/%d"), DAY),
        ("jafs", ["判决", "调解", "撤诉"], WORD),
        ("sddz", v.address, "address_cn!"),
    )
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(60)
def ny_trace(c: Case) -> None:
    put(
        c,
        ("batchNo", code("NY2026####"), CODES),
        ("cropName", ["翠冠梨", "南汇水蜜桃", "8424西瓜"], "cargo_name|category|text"),
        ("plotCode", ["DK-001", "DK-014", "DK-102"], "category|order_no|text"),
        ("growerName", v.name, "name_cn!"),
        ("growerPhone", v.mobile, TEL, key(TEL)),
        ("sowDt", day(), DAY),
        ("pesticideNm", ["吡虫啉", "阿维菌素", "多菌灵"], WORD + "|cargo_name"),
        ("doseMl", fmt(5, 80, 1), "number"),
        ("yieldKg", whole(100, 9000), "number"),
        ("soilPh", fmt(5.5, 8, 1), NUM),
        ("lng", lambda r: f"121.{v.num(r, 5)}", "longitude|number?"),
        ("lat", lambda r: f"30.{v.num(r, 5)}", "latitude|number?"),
    )
    c.count = False


@case(80)
def tf_user_prod(c: Case) -> None:
    put(
        c,
        ("SERV_ID", seq(80, "{}", 900000417), "customer_no|order_no|number?"),
        ("ACC_NBR", v.mobile, TEL, key(TEL)),
        ("CUST_NAME", v.name, "name_cn!"),
        ("CERT_NBR", v.prc, ID + "!"),
        ("IMSI_NBR", lambda r: "46001" + v.num(r, 10), "imsi!"),
        ("IMEI_CD", v.imei, "imei!"),
        ("OFFER_NM", ["畅享5G套餐129元", "校园卡29元", "冰激凌199元"], WORD),
        ("OPEN_DT", day("%Y%m%d"), "date|number"),
        ("ARPU_VAL", fmt(9, 300, 2), "number"),
        ("FLUX_MB", whole(100, 90000), "number"),
        ("OWE_FEE", fmt(0, 200, 2), "number"),
        ("USER_STS", ["在用", "停机", "拆机"], WORD),
        ("AREA_CD", ["021", "0512", "0571"], "category|order_no|number|area_code"),
    )
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(50)
def ly_group_guest(c: Case) -> None:
    c.strong = ("passport_cn",)
    put(
        c,
        ("tdbh", code("LGT-26-###"), "order_no|category|text"),
        ("ykxm", v.name, "name_cn!"),
        ("ykpy", v.latin, "name_latin!"),
        ("hzh", v.passport, "passport_cn", key("passport_cn")),
        ("hzyxq", day(low=2027, high=2034), DAY),
        ("csrq", day("%Y-%m-%d", 1948, 2015), "birth_date|date!"),
        ("lxsj", v.mobile, TEL, key(TEL)),
        ("jjlxr", v.name, "name_cn!"),
        ("yczk", ["无", "素食", "清真"], WORD + "|religion?"),
        ("fx", ["大床", "双床"], WORD),
        ("tk", whole(3000, 19000), "number"),
        ("dyxm", v.name, "name_cn!"),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("出境团名单",))
    c.count = False


@case(60)
def bonded_stock(c: Case) -> None:
    put(
        c,
        ("emsNo", code("T2234W######"), CODES),
        ("gdsMtno", code("MT########"), "order_no|text"),
        ("gdsNm", ["红葡萄酒 750ml", "婴儿配方奶粉 3段", "面膜 5片装"], "cargo_name|category|text"),
        ("codeTs", ["2204210000", "1901101090", "3304990039"], "hs_code|category|number|order_no"),
        ("natcd", ["FRA", "NZL", "KOR"], "country|category"),
        ("dclUprcAmt", fmt(5, 300, 4), "number"),
        ("dclCurrcd", ["502", "300", "142"], "category|number|currency|order_no"),
        ("inQty", whole(1, 900), NUM),
        ("dclUnitcd", ["007", "011", "035"], "category|order_no|number"),
        ("rltGdsSeqno", whole(1, 60), NUM + "|order_no"),
        ("bizopEtpsno", lambda r: "31222" + v.num(r, 5), "customs_registration|order_no|number"),
        ("bizopEtpsNm", v.company, "org_name"),
        ("inExpTime", v.moment, WHEN),
    )
    c.suffix, c.writer = ".json", as_json


@case(70)
def his_inp_order(c: Case) -> None:
    put(
        c,
        ("inpNo", code("00######"), "medical_record_no|order_no|number!"),
        ("patName", v.name, "name_cn!"),
        ("patAge", whole(1, 92), "age|number!"),
        ("wardNm", ["心内一病区", "普外二病区", "儿科病区"], WORD + "|org_name"),
        ("bedCd", code("##"), NUM + "|order_no"),
        ("drugNm", ["注射用头孢曲松钠", "氯化钠注射液", "阿司匹林肠溶片"], "medical_text|cargo_name|category|text?"),
        ("dosage", ["2g", "100ml", "0.1g"], "category|text|number|medical_text?"),
        ("freqCd", ["qd", "bid", "q8h"], WORD + "|medical_text?"),
        ("orderDrNm", v.name, "name_cn!"),
        ("execNurseId", code("N####"), "employee_no|order_no!"),
        ("mainDiagCd", ["I21.900", "K35.800", "J18.900"], "icd10!"),
        ("mainDiagNm", ["急性心肌梗死", "急性阑尾炎", "肺炎"], "diagnosis|medical_text!"),
        ("orderTm", v.moment, WHEN),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(60)
def sb_jfmx(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("grbh", code("31######"), "social_security_no|order_no|number!"),
        ("xm", v.name, "name_cn!"),
        ("gmsfhm", v.prc, ID, key(ID)),
        ("dwbh", code("7#####"), CODES),
        ("dwmc", v.company, "org_name"),
        ("jfjs", whole(7310, 36549), "income|number!"),
        ("jfny", day("%Y%m"), "date|number"),
        ("grjfje", fmt(500, 3900, 2), "number|income?"),
        ("dwjfje", fmt(1100, 8000, 2), "number"),
        ("xzlx", ["养老", "医疗", "失业", "工伤"], WORD),
        ("dzrq", day("%Y%m%d"), "date|number"),
    )
    c.count = False


@case(60)
def gym_member(c: Case) -> None:
    put(
        c,
        ("memberCardNo", code("GYM######"), "customer_no|order_no!"),
        ("nickName", ["小鹿", "Kevin", "跑步的猫", "阿明", "大熊"], "social_account|name_cn|text|category!"),
        ("realName", v.name, "name_cn!"),
        ("sexFlag", ["0", "1"], "gender|boolean|number|category?"),
        ("mobileNo", v.mobile, TEL, key(TEL)),
        ("bodyHeight", lambda r: str(r.randint(150, 190)), "lab_result|number!", {"damage": dot_zero}),
        ("bodyFatRate", fmt(9, 38, 1), "lab_result|number!"),
        ("coachName", v.name, "name_cn!"),
        ("cardTypeName", ["年卡", "次卡", "私教课包"], WORD),
        ("remainTimes", whole(0, 60), NUM),
        ("expireTime", v.moment, WHEN),
        ("faceUrl", lambda r: f"https://oss.example.com/face/{v.hexes(r, 16)}.jpg", "face_image|url!"),
    )
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(70)
def ev_charge_ord(c: Case) -> None:
    put(
        c,
        ("chrgOrdNo", code("CO20260#########"), "charging_record|order_no!"),
        ("stnNm", ["临港大道充电站", "滴水湖停车场站"], WORD + "|charging_station|org_name"),
        ("pileCd", code("3101150###0#"), "charging_station|order_no|number"),
        ("gunNo", ["1", "2"], NUM),
        ("vinCd", lambda r: v.vin(r, "LGX"), "vin!"),
        ("plateNum", v.plate, "plate_cn!"),
        ("startSoc", whole(5, 60), "vehicle_speed|charging_record|number?"),
        ("endSoc", whole(60, 100), "vehicle_speed|charging_record|number?"),
        ("chrgKwh", fmt(3, 80, 2), "charging_record|number?"),
        ("elecFee", fmt(2, 90, 2), "number|charging_record?"),
        ("svcFee", fmt(1, 40, 2), "number|charging_record?"),
        ("startTm", v.moment, WHEN),
        ("stopRsn", ["用户停止", "充满", "急停"], WORD),
    )
    c.count = False


@case(60)
def fin_loan_apply(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("aplyNo", code("AP2026########"), "order_no"),
        ("aplyCustNm", v.name, "name_cn!"),
        ("aplyCertNo", v.prc, ID, key(ID)),
        ("aplyTel", v.mobile, TEL, key(TEL)),
        ("marrSt", ["已婚", "未婚", "离异"], "marital_status!"),
        ("eduDegree", ["本科", "大专", "硕士研究生"], "education!"),
        ("unitNm", v.company, "org_name"),
        ("mthIncm", whole(4000, 60000), "income|number!"),
        ("crdtScr", whole(350, 850), "credit_score|number!"),
        ("loanAmt", whole(10000, 500000), "number"),
        ("loanTerm", ["12", "24", "36"], NUM),
        ("pboOverdueCnt", whole(0, 9), "number|credit_score|category?"),
        ("mateNm", v.name, "name_cn!"),
        ("mateCertNo", v.prc, ID + "!"),
        ("homeAddrDtl", v.address, "address_cn!"),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


# Nobody is in these


@case(60)
def cy_dish(c: Case) -> None:
    put(
        c,
        ("cpbm", code("CP####"), CODES),
        ("cpmc", ["红烧肉", "清炒时蔬", "酸菜鱼"], "cargo_name|category|text"),
        ("cplb", ["热菜", "凉菜", "主食"], WORD),
        ("dj", fmt(8, 188, 2), "number"),
        ("kc", whole(0, 90), NUM),
        ("sjzt", ["1", "0"], "boolean|number|category"),
        ("cbje", fmt(3, 80, 2), "number"),
    )


@case(80)
def fut_quote(c: Case) -> None:
    put(
        c,
        ("instrumentId", ["cu2612", "rb2701", "sc2611"], "securities_code|category|order_no|text"),
        ("tradingDay", day("%Y%m%d"), "date|number"),
        ("lastPx", fmt(400, 90000, 2), "number"),
        ("openInt", whole(1000, 900000), "number"),
        ("settlePx", fmt(400, 90000, 2), "number"),
        ("bidVol1", whole(1, 900), "number"),
        ("updTm", lambda r: f"{r.randint(9, 14):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}", "time_of_day|datetime"),
    )  # fmt: skip
    c.suffix, c.writer = ".csv.gz", as_gz
