"""Twenty-second hand: short names again, at home and abroad: cold chains, dialysis, ferries, pensions, wages of drivers, brokers, hotels, tolls. Labelled before a scan ever saw them."""

from messy import values as v
from messy.frame import Case, as_csv, as_json, as_jsonl, as_parquet, as_xlsx
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, whole
from messy.tables import case


@case(60)
def ll_waybill(c: Case) -> None:
    put(
        c,
        ("ydh", lambda r: "SF" + v.num(r, 13), "express_waybill|order_no"),
        ("fhrxm", v.name, "name_cn!"),
        ("fhrdh", v.mobile, TEL + "!"),
        ("shrxm", v.name, "name_cn!"),
        ("shrdz", v.address, "address_cn!"),
        ("hwmc", ["冷冻牛肉", "疫苗冷藏箱", "鲜切花"], "cargo_name|category|text"),
        ("zl", fmt(1, 900, 1), "number"),
        ("wd", fmt(-25, 8, 1), "number|weather_value"),
        ("cph", v.plate, "plate_cn!"),
        ("sjxm", v.name, "name_cn!"),
        ("yfje", fmt(20, 3000, 2), "number"),
        ("qssj", v.moment, WHEN),
    )
    c.count = False


@case(60)
def hd_session(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("dialysisNo", code("HD######"), "medical_record_no|order_no!"),
        ("ptntName", v.name, "name_cn!"),
        ("ptntIdno", v.prc, ID, key(ID)),
        ("preWt", fmt(42, 95, 1), "lab_result|number!"),
        ("postWt", fmt(40, 92, 1), "lab_result|number!"),
        ("ufVol", whole(800, 4200), "number|lab_result?"),
        ("sysBp", whole(95, 190), "lab_result|number!"),
        ("hepatitisB", ["阴性", "阳性"], "lab_result|category|diagnosis!"),
        ("respDoctor", v.name, "name_cn!"),
        ("primNurse", v.name, "name_cn!"),
        ("bedNo", whole(1, 40), NUM + "|order_no"),
        ("payTp", ["医保", "自费"], WORD),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(50)
def ferry_tickets(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("tktSn", code("26##########"), "order_no|number"),
        ("psgrNm", v.name, "name_cn!"),
        ("psgrIdNo", v.prc, ID, key(ID)),
        ("psgrMob", v.mobile, TEL, key(TEL)),
        ("shipNm", ["东海明珠", "紫竹林6", "瀛洲1"], "vessel_name|category|text"),
        ("depPrtNm", ["南浦码头", "小洋山"], WORD + "|address_text|un_locode"),
        ("depDtm", v.moment, WHEN),
        ("seatCls", ["一等", "二等"], WORD),
        ("tktPrc", fmt(20, 240, 2), "number"),
        ("rfndFlg", ["0", "1"], "boolean|number|category"),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(60)
def toll_pass(c: Case) -> None:
    put(
        c,
        ("PASS_ID", lambda r: "0112" + v.num(r, 20), CODES),
        ("VEH_PLT", v.plate, "plate_cn!"),
        ("VEH_CLS", ["1", "2", "3", "4"], NUM),
        ("AXLE_CNT", ["2", "3", "6"], NUM),
        ("TOT_WT", whole(1200, 49000), "number"),
        ("EN_STN_NM", ["临港", "新场", "六灶"], WORD + "|charging_station|weather_station"),
        ("EX_TM", v.moment, WHEN),
        ("OBU_SN", code("3101########"), "device_id|order_no|number?"),
        ("TOLL_FEE", fmt(2, 300, 2), "number"),
        ("ETC_CARD_NO", lambda r: "3101" + v.num(r, 16), "order_no|number|customer_no|payment_account?"),
    )
    c.count = False


@case(50)
def pension_uk(c: Case) -> None:
    put(
        c,
        ("Member ref", code("PEN#####"), "customer_no|order_no?"),
        ("Ttl", ["Mr", "Mrs", "Ms"], WORD + "|gender|occupation?"),
        ("Initials", ["A.J.", "R", "M.K."], "name_part|category|text!"),
        ("Last name", lambda r: r.choice(v.FAMILY).title(), "name_part|name_latin!"),
        ("Date joined scheme", day("%d/%m/%Y", 1990, 2022), DAY),
        ("DoB", day("%d/%m/%Y", 1950, 1999), "birth_date|date!"),
        ("Marital stat.", ["Married", "Widowed", "Single"], "marital_status!"),
        ("Pensionable pay £", lambda r: f"{r.randint(18, 90)},{v.num(r, 3)}", "income|number!"),
        ("Sort code", lambda r: f"{v.num(r, 2)}-{v.num(r, 2)}-{v.num(r, 2)}", "order_no|text|bank_account|category"),
        ("Acc no", lambda r: v.num(r, 8, "123456789"), "bank_account|order_no|number!"),
        ("Spouse's name", v.latin, "name_latin!"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(50)
def gaeste(c: Case) -> None:
    put(
        c,
        ("Buchungsnr.", code("B26####"), "pnr|order_no?"),
        (
            "Gast",
            ["Herr Müller", "Frau Dr. Schäfer", "Familie Weiß", "Frau Krämer"],
            "name_latin|text|category!",
        ),
        ("Anreise", day("%d.%m.%Y"), DAY),
        ("Zi.-Nr.", ["101", "204", "310"], "category|order_no|number"),
        ("Ausweisnr.", lambda r: "L" + v.num(r, 8), "passport_foreign|order_no|social_security_no!"),
        ("Staatsang.", ["deutsch", "österreichisch", "polnisch"], "nationality|category!"),
        ("Geb.-Ort", ["Köln", "Wien", "Kraków"], WORD + "|address_text?"),
        ("E-Mail-Adr.", v.email, "email!"),
        ("Rechnungsbetrag", lambda r: f"{r.randint(80, 990)},{v.num(r, 2)} €", "number|text"),
        ("Bem.", ["Nichtraucher", "spätes Check-in", ""], TEXT),
    )
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(60)
def nomina_mx(c: Case) -> None:
    put(
        c,
        ("num_emp", code("1####"), "employee_no|number|order_no!"),
        ("ap_paterno", ["Hernández", "García", "Martínez"], "name_part|name_latin!"),
        ("nombre_emp", ["Luis Ángel", "María José", "Ximena"], "name_part|name_latin!"),
        ("puesto", ["Operador de grúa", "Contador", "Auxiliar"], "occupation!"),
        ("sal_diario", fmt(250, 1900, 2), "income|number!"),
        ("fec_ingreso", day("%d/%m/%Y"), DAY),
        ("cta_clabe", lambda r: "0" + v.num(r, 17), "bank_account|order_no|number!"),
        ("edo_civil", ["Soltero", "Casada", "Unión libre"], "marital_status|category!"),
        ("correo_e", v.email, "email!"),
        ("tel_emerg", lambda r: f"+52 33 {v.num(r, 4)} {v.num(r, 4)}", "phone_intl!"),
    )
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(60)
def qh_broker_cust(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("khbm", code("80######"), "customer_no|order_no|number!"),
        ("khxm", v.name, "name_cn!"),
        ("zjhm", v.prc, ID, key(ID)),
        ("zjzh", code("6600########"), "securities_account|bank_account|order_no|number!"),
        ("fxdj", ["C1", "C3", "C5"], WORD + "|order_no"),
        ("khqy", fmt(0, 900000, 2), "number|investor_holding?"),
        ("bzj", fmt(0, 400000, 2), "number"),
        ("ccsl", whole(0, 90), NUM + "|investor_holding?"),
        ("khjl", v.name, "name_cn!"),
        ("yjkhrq", day("%Y%m%d"), "date|number"),
        ("khzt", ["正常", "休眠"], WORD),
    )
    c.suffix, c.writer = ".json", as_json
    c.count = False


# Nobody is in these


@case(60)
def reefer_log(c: Case) -> None:
    put(
        c,
        ("cntrId", v.container, "container_no"),
        ("setPtC", ["-18.0", "2.0"], NUM),
        ("supAirC", fmt(-20, 5, 1), "number|weather_value"),
        ("retAirC", fmt(-20, 5, 1), "number|weather_value"),
        ("rhPct", whole(40, 95), "number|weather_value"),
        ("alrmCd", ["AL12", "AL55", ""], WORD + "|order_no"),
        ("logTs", v.ms, "timestamp|number|order_no"),
        ("pwrSts", ["ON", "OFF"], "boolean|category"),
    )
