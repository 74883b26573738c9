"""Nineteenth hand: what a data steward pulls out of SAP, Oracle, Kingdee, Yonyou, Salesforce and the services of Chinese teams. Labelled before a scan ever saw them."""

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
    wide,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


@case(80)
def lfa1_vendors(c: Case) -> None:
    put(
        c,
        ("LIFNR", lambda r: "0000" + v.num(r, 6, "12"), CODES),
        ("NAME1", v.company, "org_name"),
        ("STCD1", v.uscc, "uscc|taxpayer_no"),
        ("STRAS", v.address, "address_cn|address_text?"),
        ("ORT01", ["上海", "宁波", "苏州", "深圳"], WORD + "|province|address_text"),
        ("PSTLZ", ["201306", "315000", "215000", "518000"], "postcode_cn|number|category"),
        ("LAND1", ["CN", "HK", "SG"], "country|category"),
        ("TELF1", lambda r: f"021-58{v.num(r, 6)}", "landline_cn?"),
        ("KTOKK", ["KRED", "LIEF", "ZIMP"], WORD),
        ("BANKN", lambda r: "31050161" + v.num(r, 12), "bank_account|order_no|number?"),
        ("KOINH", v.company, "org_name"),
        ("WAERS", ["CNY", "USD", "HKD"], "currency|category"),
        ("ZTERM", ["Z030", "Z060", "0001"], WORD + "|order_no"),
        ("ERDAT", day("%Y%m%d"), "date|number"),
        ("SPERR", ["", "X"], "boolean|category|text"),
    )
    c.writer = as_csv(delimiter="|")
    c.count = False


@case(90)
def vbap_lines(c: Case) -> None:
    put(
        c,
        ("VBELN", lambda r: "00" + v.num(r, 8, "4"), CODES),
        ("POSNR", ["000010", "000020", "000030"], "order_no|number|category"),
        ("AUART", ["TA", "ZEXP", "RE"], WORD),
        ("VKORG", ["1000", "3020"], "category|number|order_no"),
        ("KUNAG", lambda r: "0000" + v.num(r, 6, "3"), "customer_no|order_no|number?"),
        ("BSTKD", code("PO26-#####"), "order_no"),
        ("MATNR", code("FG-@@####"), "order_no|category|text"),
        ("ARKTX", ["Wafer carrier 300mm", "Ceramic ring", "Gasket, fluoro"], "cargo_name|category|text"),
        ("KWMENG", lambda r: f"{r.randint(1, 400)}.000", "number"),
        ("VRKME", ["ST", "KAR", "PAL"], WORD),
        ("NETWR", lambda r: f"{r.uniform(50, 90000):.2f}", "number"),
        ("WERKS", ["1010", "1020", "3000"], "category|number|order_no"),
        ("EDATU", day("%Y%m%d"), "date|number"),
        ("ABGRU", ["", "Z1", "02"], WORD),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()


@case(60)
def hz_parties(c: Case) -> None:
    put(
        c,
        ("PARTY_ID", seq(60, "{}", 100412), "customer_no|number|order_no?"),
        ("PARTY_TYPE", ["PERSON", "ORGANIZATION"], WORD),
        ("PERSON_FIRST_NAME", lambda r: r.choice(v.FIRST).title(), "name_part|name_latin!"),
        ("PERSON_LAST_NAME", lambda r: r.choice(v.FAMILY).title(), "name_part|name_latin!"),
        ("EMAIL_ADDRESS", v.email, "email!"),
        ("PRIMARY_PHONE_NUMBER", lambda r: f"+65 {r.choice('89')}{v.num(r, 3)} {v.num(r, 4)}", "phone_intl!"),
        ("ADDRESS1", v.street, "address_latin|address_text!"),
        ("POSTAL_CODE", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number|order_no"),
        ("DUNS_NUMBER_C", lambda r: v.num(r, 9, "123456789"), "order_no|number|org_code"),
        ("KNOWN_AS", ["Ann", "Pete", "Joe", "Mia"], "name_part|name_latin|social_account|category!"),
        ("CREATED_BY", ["1318", "0", "1170"], "employee_no|number|category|order_no?"),
        ("CREATION_DATE", lambda r: day("%d-%b-%Y")(r).upper(), DAY),
        ("STATUS", ["A", "I"], WORD),
    )  # fmt: skip
    c.count = False


@case(60)
def t_hr_emp_kingdee(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("FNUMBER", seq(60, "LG{:05d}", 731), "employee_no|order_no?"),
        ("FNAME", v.name, "name_cn!"),
        ("FIDCARD", v.prc, ID, key(ID, damage=id_spaced)),
        ("FSEX", ["1", "2"], "gender|number|category|boolean?"),
        ("FBIRTHDAY", day("%Y-%m-%d 00:00:00", 1962, 2003), "birth_date|datetime|date!"),
        ("FMOBILE", v.mobile, TEL, key(TEL, damage=wide)),
        ("FDEPTID", ["10231", "10232", "10240"], "number|order_no|category"),
        ("FHIREDATE", day("%Y-%m-%d 00:00:00"), DAY),
        ("FBASESALARY", fmt(4200, 31000, 2), "income|number!"),
        ("FBANKACCOUNT", v.card, "bank_card!"),
        ("FFORBIDSTATUS", ["A", "B"], WORD),
        ("FDESCRIPTION", ["", "试用期", "外派昆山"], TEXT),
    )
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(80)
def rdrecord_u8(c: Case) -> None:
    put(
        c,
        ("cCode", code("RK26######"), "order_no"),
        ("dDate", day("%Y/%m/%d"), DAY),
        ("cVenAbbName", ["远航贸易", "青禾医药", "海鸥汽配"], "org_name|category|text"),
        ("cInvCode", code("01-##-####"), "order_no|category|text"),
        ("cInvName", ["刹车片", "轴承座", "密封圈"], "cargo_name|category|text"),
        ("cInvStd", ["6204-2RS", "DN50", "M8×30"], WORD + "|order_no"),
        ("cComUnitName", ["只", "套", "千克"], WORD),
        ("iQuantity", lambda r: f"{r.randint(1, 900)}.00", "number"),
        ("iUnitCost", fmt(1, 900, 4), "number"),
        ("iPrice", fmt(10, 90000, 2), "number"),
        ("cWhCode", ["01", "02", "11"], "category|order_no|number|text"),
        ("cBatch", code("2026####"), CODES),
        ("cMaker", v.name, "name_cn!"),
        ("cHandler", v.name, "name_cn!"),
        ("bRdFlag", ["1", "0"], "boolean|number|category"),
        ("cMemo", ["", "急单", "退库重入"], TEXT),
    )
    c.writer = as_csv(encoding="gb18030", delimiter="\t")


@case(60)
def sf_contact(c: Case) -> None:
    put(
        c,
        ("Id", lambda r: "0035g00000" + "".join(r.choices("ABCDEFabcdef0123456789", k=8)), CODES + "|customer_no"),
        ("LastName", lambda r: r.choice(v.FAMILY).title(), "name_part|name_latin!"),
        ("Passport_Number__c", v.passport, "passport_cn", key("passport_cn")),
        ("Birth_Date__c", day("%Y-%m-%d", 1950, 2003), "birth_date|date!"),
        ("WeChat_ID__c", lambda r: f"wxid_{v.hexes(r, 12)}", "wechat", key("wechat")),
        ("Annual_Income__c", whole(90000, 900000), "income|number!"),
        ("Marketing_Opt_In__c", ["true", "false"], "boolean"),
        ("Risk_Rating__c", ["Low", "Medium", "High"], WORD),
        ("Household_Size__c", whole(1, 6), NUM),
        ("Home_Street__c", lambda r: f"{r.randint(1, 900)} {r.choice(('Dishui Lake Rd', 'Shengang Ave', 'Orchard Rd'))}", "address_latin|address_text!"),
        ("Preferred_Lang__c", ["en", "zh", "de"], WORD),
        ("KYC_Expiry__c", day(low=2026, high=2030), DAY),
        ("LastModifiedDate", lambda r: v.moment(r).replace(" ", "T") + ".000Z", WHEN),
        ("IsDeleted", ["false", "true"], "boolean"),
    )  # fmt: skip
    c.strong = ("passport_cn",)
    c.suffix, c.writer = ".json", as_json


@case(70)
def tsp_bind(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("carVin", lambda r: v.vin(r, "LRW"), "vin", key("vin")),
        ("carPlateNo", v.plate, "plate_cn!", {"empty": 0.2}),
        ("carOwnerName", v.name, "name_cn!"),
        ("carOwnerIdNo", v.prc, ID, key(ID)),
        ("userPhone", v.mobile, TEL, key(TEL)),
        ("emergContactName", v.name, "name_cn!"),
        ("emergContactPhone", v.mobile, TEL + "!"),
        ("seriesName", ["海豚", "极氪001", "ES6"], WORD),
        ("deviceSn", code("TBX##########"), "device_id|order_no?"),
        ("simIccid", v.iccid, "iccid!"),
        ("realNameStatus", ["0", "1", "2"], NUM),
        ("bindTime", v.moment, WHEN),
        ("gmtCreate", v.ms, "timestamp|number"),
        ("isDel", ["0", "1"], "boolean|number|category"),
        ("extJson", ["{}", '{"src":"app"}', '{"src":"dealer"}'], TEXT),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(60)
def t_khzl(c: Case) -> None:
    put(
        c,
        ("khbh", code("KH######"), "customer_no|order_no?"),
        ("khmc", v.company, "org_name"),
        ("tyshxydm", v.uscc, "uscc"),
        ("fddbr", v.name, "name_cn!"),
        ("zcdz", v.address, "address_cn?"),
        ("lxr", v.name, "name_cn!"),
        ("lxdh", v.mobile, TEL, key(TEL)),
        ("dzyx", v.email, "email!"),
        ("khyh", ["中国银行上海市分行", "招商银行临港支行"], "org_name|category"),
        ("yhzh", lambda r: "4553" + v.num(r, 13), "bank_account|order_no|number?"),
        ("hylb", ["批发零售", "装备制造", "生物医药"], WORD),
        ("zczb", lambda r: f"{r.randint(50, 9000)}.00", "number"),
        ("slrq", day(low=1998, high=2024), DAY),
        ("khzt", ["正常", "注销", "冻结"], WORD),
        ("ssqy", ["浦东新区", "奉贤区", "昆山市"], WORD + "|address_text"),
    )
    c.writer = as_csv(encoding="gb18030")
    c.count = False


@case(70)
def ta_confirm(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("INVSTR_NM", v.name, "name_cn!"),
        ("CERT_TP", ["0", "1", "7"], NUM),
        ("CERT_NO", v.prc, ID, key(ID)),
        ("TA_ACCT_NO", lambda r: "98" + v.num(r, 10), "securities_account|order_no|number!"),
        ("FND_CD", ["110022", "161725", "005827"], "securities_code|category|number|order_no"),
        ("FND_NM", ["易方达消费行业", "招商中证白酒", "中欧医疗健康A"], WORD + "|org_name"),
        ("BIZ_CD", ["122", "124", "143"], "category|number|order_no"),
        ("APL_AMT", fmt(100, 90000, 2), "number|investor_holding?"),
        ("CFM_SHR", fmt(100, 90000, 2), "investor_holding|number?"),
        ("NAV_VAL", fmt(0.6, 4, 4), "number"),
        ("CHRG_RT", ["0.0015", "0.0120", "0"], NUM),
        ("CFM_DT", day("%Y%m%d"), "date|number"),
        ("TXN_SERNO", code("20260#########"), CODES),
        ("AGCY_NO", ["002", "237", "307"], "category|number|order_no"),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(80)
def lb_sdtm(c: Case) -> None:
    put(
        c,
        ("STUDYID", ["LG-301"], "order_no|category|text|trial_id"),
        ("DOMAIN", ["LB"], WORD),
        ("USUBJID", code("LG-301-0#-0##"), "trial_subject|order_no!"),
        ("LBTESTCD", ["ALT", "AST", "CREAT", "HGB"], WORD),
        (
            "LBTEST",
            ["Alanine Aminotransferase", "Creatinine", "Hemoglobin"],
            WORD + "|medical_text|lab_result?",
        ),
        ("LBORRES", fmt(3, 180, 1), "lab_result|number!"),
        ("LBORRESU", ["U/L", "umol/L", "g/L"], WORD),
        ("LBORNRHI", ["40", "97", "160"], NUM + "|lab_result?"),
        ("LBNRIND", ["NORMAL", "HIGH", "LOW"], WORD + "|lab_result?"),
        ("LBSPEC", ["SERUM", "BLOOD"], WORD),
        ("VISITNUM", ["1", "2", "3"], NUM),
        ("LBDTC", lambda r: v.moment(r).replace(" ", "T")[:16], WHEN),
        ("LBBLFL", ["Y", ""], "boolean|category|text"),
    )
    c.count = False


@case(60)
def vsl_call(c: Case) -> None:
    put(
        c,
        ("VSL_NM", ["XIN YAN TAI", "EVER GIVEN", "CMA CGM RIGOLETTO"], "vessel_name|category|text"),
        ("VSL_IMO", v.imo, "imo_number"),
        ("VSL_CALL_SGN", code("B@@@#"), "call_sign|order_no|text"),
        ("INB_VOY", code("0##W"), "voyage_no|order_no|text"),
        ("FLG_CD", ["CN", "PA", "LR"], "country|category"),
        ("GRS_TON", whole(9000, 210000), "number"),
        ("LOA_M", fmt(120, 400, 1), "number"),
        ("DRFT_ARR", fmt(6, 16, 1), "number"),
        ("BRTH_NO", ["YS1-03", "YS2-07", "YS4-01"], CODES),
        ("ETB", lambda r: v.moment(r)[:16], WHEN),
        ("LST_PRT_CD", ["KRPUS", "CNNGB", "SGSIN"], "un_locode|category"),
        ("DSCH_TEU", whole(10, 4000), "number"),
        ("DG_IND", ["Y", "N"], "boolean|category"),
        ("MSTR_NM", v.latin, "name_latin!"),
        ("AGT_NM", v.firm, "org_name|text"),
        ("AGT_TEL", lambda r: f"021-6{v.num(r, 7)}", "landline_cn?"),
    )
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(60)
def ri_cession(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("TRTY_NO", code("QS2026-###"), "treaty_no|order_no"),
        ("TRTY_TP_CD", ["QS", "SL", "XL"], WORD),
        ("CEDENT_NM", ["太平洋财险", "Pacific Mutual", "大地保险"], "org_name|category|text"),
        ("PLCY_NO", code("PDAA2026##########"), "policy_no|order_no!"),
        ("INSRD_NM", v.name, "name_cn!"),
        ("INSRD_ID_NO", v.prc, ID, key(ID)),
        ("SUM_INS", whole(10000, 900000), "number"),
        ("GRS_PREM", fmt(100, 9000, 2), "number"),
        ("CESS_RT", ["0.2000", "0.4000"], NUM),
        ("COMM_AMT", fmt(10, 900, 2), "number"),
        ("LOSS_DT", day("%Y%m%d"), "date|number"),
        ("LOSS_CAUSE", ["追尾", "暴雨", "盗抢"], TEXT),
        ("OS_LOSS", fmt(0, 90000, 2), "number"),
        ("CLM_NO", code("CL2026########"), "claim_no|order_no?"),
        ("CCY_CD", ["CNY", "USD"], "currency|category"),
    )
    c.count = False


@case(100)
def mes_lot_track(c: Case) -> None:
    put(
        c,
        ("LOT_ID", code("N26####.##"), "order_no|text|category"),
        ("WAFER_NO", whole(1, 25), NUM),
        ("EQP_ID", ["ETC-A01", "CVD-B03", "LIT-C02"], "category|order_no|text|device_id"),
        ("RECIPE_NM", ["M1_ETCH_V3", "OX_DEP_2K", "PHO_KRF_01"], WORD + "|order_no"),
        ("STEP_SEQ", whole(100, 900), NUM),
        ("OPER_EMP_NO", code("E0####"), "employee_no|order_no!"),
        ("TRK_IN_TM", v.moment, WHEN),
        ("THK_AVG_NM", fmt(90, 2100, 2), "number"),
        ("CD_MEAN", fmt(30, 90, 3), "number"),
        ("YLD_PCT", fmt(60, 99, 2), "number"),
        ("DFCT_CNT", whole(0, 80), "number"),
        ("HOLD_YN", ["Y", "N"], "boolean|category"),
        ("SHFT_CD", ["D", "N"], WORD),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(90)
def surf_wea_chn(c: Case) -> None:
    put(
        c,
        ("Station_Id_C", ["58362", "58366", "58369", "A1234"], "weather_station|category|order_no|text"),
        ("Datetime", v.moment, WHEN),
        ("Lat", ["31.4000", "30.8833", "31.1667"], "latitude|number"),
        ("Lon", ["121.4500", "121.9167", "121.7833"], "longitude|number"),
        ("Alti", ["5.5", "4.2", "3.9"], NUM),
        ("PRS", fmt(995, 1030, 1), "weather_value|number"),
        ("TEM", fmt(-3, 38, 1), "weather_value|number"),
        ("DPT", fmt(-9, 27, 1), "weather_value|number"),
        ("RHU", whole(20, 100), "weather_value|number"),
        ("PRE_1h", fmt(0, 30, 1), "weather_value|number"),
        ("WIN_D_Avg_2mi", whole(0, 359), "weather_value|number"),
        ("WIN_S_Avg_2mi", fmt(0, 20, 1), "weather_value|number"),
        ("Q_TEM", ["0", "1", "9"], NUM),
    )
    c.writer = as_csv(delimiter="\t")


@case(60)
def dcs_pax(c: Case) -> None:
    put(
        c,
        ("recLoc", lambda r: "".join(r.choices("BCDFGHJKLMNPQRSTVWXZ23456789", k=6)), "pnr|order_no!"),
        ("tktNo", lambda r: f"{r.choice(('781', '784', '160'))}-{v.num(r, 10)}", "pnr|order_no|air_waybill!"),
        ("paxNm", lambda r: f"{r.choice(v.FAMILY).replace(' ', '')}/{r.choice(v.FIRST)} {r.choice(('MR', 'MS'))}", "name_latin!"),
        ("paxTp", ["ADT", "CHD", "INF"], WORD),
        ("docTp", ["P", "I"], WORD),
        ("docNo", v.passport, "passport_cn", key("passport_cn")),
        ("docExpDt", day("%Y-%m-%d", 2027, 2035), DAY),
        ("natlCd", ["CHN", "SGP", "DEU"], "nationality|country|category!"),
        ("gndrCd", ["M", "F"], "gender!"),
        ("birthDt", day("%Y-%m-%d", 1950, 2020), "birth_date|date!"),
        ("fltNo", lambda r: f"MU{v.num(r, 3, '5')}", "voyage_no|order_no|category"),
        ("depArpt", ["PVG", "SHA"], WORD + "|un_locode"),
        ("cabinCls", ["Y", "J", "F"], WORD),
        ("seatNo", lambda r: f"{r.randint(11, 60)}{r.choice('ABCHJK')}", CODES),
        ("bagWtKg", lambda r: str(r.randint(5, 40)), NUM, {"damage": dot_zero}),
        ("ctcMobile", v.mobile, TEL, key(TEL)),
    )  # fmt: skip
    c.strong = ("passport_cn",)
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False
