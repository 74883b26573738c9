"""Thirty-third hand: an outside judge's tables of Lingang's sectors and their partners: legacy columns, codes of WMO and SDTM, keys in camel case, initials of pinyin, prefixes of tables, single letters, with every damage. Labelled before a scan ever saw them."""

import datetime as dt
import json
from base64 import urlsafe_b64encode
from collections.abc import Callable

from messy import digits as d
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
    dot_zero,
    grouped4,
    id_spaced,
    phone_styles,
    quoted,
    wide,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

STRONG = (
    ID, "passport_cn", "passport_foreign", "driver_licence", "social_security_no", "hkid", "taiwan_id", "nric_sg", "ssn_us", "aadhaar", "pan_in", "rrn_kr", "crew_list_no",
)  # fmt: skip
WEAK = (
    TEL, "phone_intl", "email", "customer_no", "employee_no", "iccid", "device_id", "bank_card", "bank_account", "securities_account", "policy_no", "plate_cn", "vin", "engine_no", "medical_record_no", "trial_subject",
)  # fmt: skip
Person = dict[str, str]


def settle(c: Case) -> None:
    """The identifiers of the case in order, the surest first."""
    c.strong = tuple(kind for kind in STRONG if kind in c.order)
    c.order = tuple(kind for kind in (*STRONG, *WEAK) if kind in c.order)


def crowd(c: Case, n: int, one: Callable[[v.R], Person]) -> Callable[[str], tuple[str, ...]]:
    """Rows drawn from ``n`` persons, some of whom therefore come more than once."""
    made = [one(c.r) for _ in range(n)]
    rows = [c.r.choice(made) for _ in range(c.rows)]
    return lambda field: tuple(person[field] for person in rows)


def minguo(r: v.R) -> str:
    y, m, dd = v.birthday(r, 1955, 2003)
    return f"{y - 1911}/{m:02}/{dd:02}"


def rrn(r: v.R) -> str:
    y, m, dd = v.birthday(r, 1960, 1999)
    body = f"{y % 100:02}{m:02}{dd:02}{r.choice('12')}{v.num(r, 5)}"
    return f"{body[:6]}-{body[6:]}{d.rrn(body)}"


def aadhaar(r: v.R) -> str:
    body = v.num(r, 11, "23456789")
    body += d.verhoeff(body)
    return f"{body[:4]} {body[4:8]} {body[8:]}"


def snils(r: v.R) -> str:
    body = v.num(r, 9, "12")
    rest = sum(int(x) * (9 - i) for i, x in enumerate(body)) % 101 % 100
    return f"{body[:3]}-{body[3:6]}-{body[6:]} {rest:02}"


def inn(r: v.R) -> str:
    body = r.choice(("77", "78", "25", "54")) + v.num(r, 8)
    for weights in ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)):
        body += str(sum(int(x) * w for x, w in zip(body, weights, strict=True)) % 11 % 10)
    return body


def jwt(r: v.R) -> str:
    def part(of: object) -> str:
        return urlsafe_b64encode(json.dumps(of).encode()).decode().rstrip("=")

    return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part({'sub': v.num(r, 8), 'exp': 1_780_000_000 + r.randrange(10**7)})}.{code('@@@@')(r)}{v.hexes(r, 39)}"


# Connected vehicles


@case(70)
def t_veh_owner(c: Case) -> None:
    """A legacy table of owners, every column with the F of its field."""

    def one(r: v.R) -> Person:
        number = v.prc(r)
        return {
            "name": v.name(r), "id": number, "tel": v.mobile(r), "plate": v.plate(r), "vin": v.vin(r, "LSG"), "engine": code("L2B######")(r), "home": v.address(r), "born": number[6:14], "sex": str(2 - int(number[16]) % 2),
        }  # fmt: skip

    who = crowd(c, 60, one)
    put(
        c,
        ("F_XH", seq(70), "number|order_no"),
        ("F_CZXM", who("name"), "name_cn!"),
        ("F_SFZH", who("id"), ID, key(ID, damage=wide)),
        ("F_SJHM", who("tel"), TEL, key(TEL)),
        ("F_CPH", who("plate"), "plate_cn", key("plate_cn")),
        ("F_CJH", who("vin"), "vin", key("vin")),
        ("F_FDJH", who("engine"), "engine_no|order_no|device_id", key("engine_no")),
        ("F_LXDZ", who("home"), "address_cn|address_text!"),
        ("F_CSRQ", who("born"), "birth_date!"),
        ("F_XBDM", who("sex"), "gender|category|number?"),
        ("F_DJRQ", day("%Y%m%d", 2016, 2025), DAY),
        ("F_YXBZ", ["1", "1", "1", "0"], "boolean|category|number"),
        ("F_CZY", ["admin", "lgzx01", "lgzx02"], "category|text|employee_no|social_account?"),
    )
    c.suffix, c.writer = ".sqlite", as_sqlite
    settle(c)


@case(120)
def telemetry_nested(c: Case) -> None:
    cars = [(v.vin(c.r, "LRW"), v.iccid(c.r)) for _ in range(9)]
    rows = [c.r.choice(cars) for _ in range(120)]
    spots = [v.lonlat(c.r) for _ in range(120)]
    put(
        c,
        ("vehVin", tuple(a for a, _ in rows), "vin", key("vin")),
        ("simIccid", tuple(b for _, b in rows), "iccid", key("iccid")),
        ("lngDeg", tuple(float(a) for a, _ in spots), "longitude|trajectory?"),
        ("latDeg", tuple(float(b) for _, b in spots), "latitude|trajectory?"),
        ("spdKmh", lambda r: round(r.uniform(0, 118), 1), "vehicle_speed|number?"),
        ("odoKm", lambda r: r.randint(800, 190_000), "vehicle_speed|number?"),
        ("socPct", whole(5, 100), "number|vehicle_speed|charging_record?"),
        ("packVoltV", fmt(330, 420), "number|vehicle_speed?"),
        ("fwVer", lambda r: f"{r.randint(1, 4)}.{r.randint(0, 12)}.{r.randint(0, 9)}.{r.randint(1, 250)}", "version"),
        ("wanIp", v.ip, "ipv4?"),
        ("tsMs", lambda r: int(v.ms(r)), "timestamp|datetime"),
        ("adasOn", lambda r: r.random() < 0.5, "boolean"),
    )  # fmt: skip
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda x: {
                "hdr": {"vehVin": x["vehVin"], "tsMs": x["tsMs"], "fwVer": x["fwVer"]},
                "net": {"simIccid": x["simIccid"], "wanIp": x["wanIp"]},
                "body": {
                    "pos": {"lngDeg": x["lngDeg"], "latDeg": x["latDeg"]},
                    "drv": {"spdKmh": x["spdKmh"], "odoKm": x["odoKm"], "adasOn": x["adasOn"]},
                    "bms": {"socPct": x["socPct"], "packVoltV": x["packVoltV"]},
                },
            }
        ),
    )
    settle(c)


@case(90)
def charge_orders(c: Case) -> None:
    """An answer of the charging platform: keys of its interface, masked telephones."""
    put(
        c,
        ("startChargeSeq", lambda r: "395815801" + v.num(r, 18), "charging_record|order_no|number?"),
        ("connectorId", lambda r: "31011500" + v.num(r, 6), "charging_station|order_no|number"),
        ("operatorId", ["395815801", "MA1FL0BN5"], "category|order_no|org_code|text|number"),
        ("carPlate", v.plate, "plate_cn", key("plate_cn")),
        ("ownerPhone", lambda r: (lambda m: m[:3] + "****" + m[7:])(v.mobile(r)), "mobile_masked!"),
        ("totalPowerKwh", fmt(2, 80, 2), "number|charging_record?"),
        ("elecMoneyYuan", fmt(2, 90, 2), "number"),
        ("serviceMoneyYuan", fmt(1, 30, 2), "number"),
        ("stopReasonCode", ["0", "1", "3", "4"], NUM + "|order_no"),
        ("beginAt", v.moment, WHEN),
        ("endAt", v.moment, WHEN),
    )
    c.suffix, c.writer = ".json", as_json
    settle(c)


# Funds and reinsurance


@case(80)
def pe_investors(c: Case) -> None:
    """Old and new identity numbers of the same persons in one column."""

    def one(r: v.R) -> Person:
        return {
            "no": code("SM######")(r), "name": v.name(r), "id": v.prc(r, low=1956, high=1984), "tel": v.mobile(r), "mail": v.email(r), "card": v.card(r),
        }  # fmt: skip

    who = crowd(c, 66, one)
    put(
        c,
        ("行号", seq(80), "number|order_no"),
        ("客户内码", who("no"), "customer_no|order_no", key("customer_no")),
        ("投资者全称", who("name"), "name_cn!"),
        ("证照类别", ["居民身份证"], WORD),
        ("证照编号", who("id"), ID, key(ID, damage=lambda r, x: v.fifteen(x) if r.random() < 0.3 else x)),
        ("联系手机", who("tel"), TEL, key(TEL, damage=phone_styles)),
        ("电邮", who("mail"), "email", key("email", empty=0.2)),
        ("收款卡卡号", who("card"), "bank_card", key("bank_card", damage=grouped4)),
        ("开户网点", ["招商银行上海临港支行", "工行南汇新城支行", "浦发银行自贸区分行"], "org_name|category|text"),
        ("认购份额(万份)", fmt(100, 3000, 2), "investor_holding|number?"),
        ("适当性评级", ["C3", "C4", "C5", "专业"], WORD + "|credit_score?"),
        ("回访日期", day("%Y.%m.%d"), DAY),
        ("客户经理", v.name, "name_cn!"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("私募基金投资者名册（2026 年第三季度）", "制表：运营部    单位：人民币"), merge=True)  # fmt: skip
    settle(c)


@case(60)
def sg_medex(c: Case) -> None:
    """A bordereau of medical expenses in the abbreviations of a Singapore cedant."""
    put(
        c,
        ("Cert#", lambda r: "GHS" + v.num(r, 7), "policy_no|order_no?"),
        ("Insd Nm", lambda r: f"{r.choice(('Tan', 'Lim', 'Ng', 'Chua', 'Goh'))} {r.choice(('Wei Ling', 'Jun Hao', 'Siew Mei', 'Boon Keng'))}", "name_latin!"),
        ("NRIC/FIN", v.nric, "nric_sg", key("nric_sg")),
        ("D.O.B", day("%d-%b-%Y", 1950, 2005), "birth_date!"),
        ("Sx", ["M", "F"], "gender!"),
        ("Rel to Mbr", ["Self", "Spouse", "Child"], "kinship|category?"),
        ("HP No.", lambda r: "9" + v.num(r, 3) + " " + v.num(r, 4), "phone_intl!"),
        ("Clm Ref", lambda r: f"CL/26/{v.num(r, 5)}", "claim_no|order_no?"),
        ("Dx (ICD10)", ["E11.9", "I10", "M54.5", "K35.8", "J18.9"], "icd10!"),
        ("Adm Dt", day("%d/%m/%y"), DAY),
        ("Hosp", ["Mount Alvernia", "Raffles", "NUH", "Gleneagles"], WORD + "|org_name"),
        ("Bill Amt (SGD)", lambda r: f"{r.uniform(200, 40000):,.2f}", "number"),
        ("R/I Share %", ["40", "60", "75"], NUM),
    )  # fmt: skip
    c.suffix, c.writer = ".tsv", as_csv(delimiter="\t")
    c.count = False


@case(50)
def policy_taiwan(c: Case) -> None:
    """Years of the Republic, papers of Taiwan, an encoding of its own."""

    def one(r: v.R) -> Person:
        return {"id": v.taiwan(r), "name": r.choice(("陳怡君", "林志明", "黃淑芬", "張家豪", "李雅婷", "吳建宏", "劉美玲", "蔡宗翰")), "born": minguo(r), "tel": f"09{v.num(r, 8)}"}  # fmt: skip

    who = crowd(c, 44, one)
    put(
        c,
        ("保單號碼", lambda r: "LT" + v.num(r, 9), "policy_no", key("policy_no")),
        ("要保人", who("name"), "name_cn!"),
        ("身分證統一編號", who("id"), "taiwan_id", key("taiwan_id")),
        ("出生年月日(民國)", who("born"), "birth_date!"),
        ("行動電話", who("tel"), "phone_intl", key("phone_intl")),
        ("通訊地址", lambda r: f"新北市板橋區文化路{r.choice('一二')}段{r.randint(1, 400)}號{r.randint(2, 20)}樓之{r.randint(1, 6)}", "address_cn|address_text!"),
        ("險種代號", ["20PLB", "HSR1", "XDE3"], WORD + "|order_no"),
        ("保額(萬元)", ["100", "200", "300", "500"], NUM),
        ("繳別", ["年繳", "月繳", "季繳"], WORD),
        ("生效日", lambda r: f"{r.randint(105, 114)}/{r.randint(1, 12):02}/{r.randint(1, 28):02}", DAY + "|text|order_no"),
        ("招攬人登錄字號", lambda r: "01" + v.num(r, 8), CODES + "|employee_no?"),
        ("體檢結果", ["正常", "血壓偏高", "脂肪肝", "未體檢"], "medical_text|lab_result|diagnosis|category|text?"),
    )  # fmt: skip
    c.writer = as_csv(encoding="big5")
    settle(c)


# Biomedicine and hospitals


@case(64)
def trial_demog(c: Case) -> None:
    subjects = tuple(f"LGH-{c.r.randint(1, 12):02}-{v.num(c.r, 4)}" for _ in range(64))
    put(
        c,
        ("STUDYID", ["LGH-2026-017"], WORD + "|order_no|trial_id"),
        ("SUBJID", subjects, "trial_subject|order_no", key("trial_subject")),
        ("SUBJINIT", lambda r: code("@@@@")(r), "name_part|name_masked|name_latin|text|category|order_no?"),
        ("BRTHYR", whole(1945, 2004), "birth_date|number|date|age?"),
        ("SEXCD", ["1", "2"], "gender|category|number?"),
        ("ETHGRP", ["HAN", "HUI", "MAN", "ZHUANG"], "ethnicity|category?"),
        ("HTCM", fmt(148, 190), "number|lab_result?"),
        ("WTKG", fmt(42, 110), "number|lab_result?"),
        ("LBTEST", ["ALT", "AST", "CREAT", "HGB"], WORD + "|lab_result?"),
        ("LBORRES", fmt(4, 160), "lab_result|number?"),
        ("LBORRESU", ["U/L", "umol/L", "g/L"], WORD),
        ("VISITDTC", lambda r: v.date(r) + f"T{r.randint(8, 17):02}:{r.randint(10, 59)}", WHEN),
        ("PINAME", lambda r: f"{r.choice(('ZHANG', 'LIU', 'SHEN', 'XU'))} {r.choice(('Weidong', 'Haiyan', 'Xiaofeng'))}", "name_latin!"),
        ("REGNO", lambda r: "ChiCTR2600" + v.num(r, 6), "trial_id"),
    )  # fmt: skip
    settle(c)


@case(75)
def his_admissions(c: Case) -> None:
    """Columns in the initials of a hospital's system."""

    def one(r: v.R) -> Person:
        number = v.prc(r, low=1935, high=2012)
        return {"mr": "00" + v.num(r, 6), "name": v.name(r), "id": number, "sex": "男" if int(number[16]) % 2 else "女", "age": f"{2026 - int(number[6:10])}岁", "tel": v.mobile(r), "home": v.address(r)}  # fmt: skip

    who = crowd(c, 62, one)
    put(
        c,
        ("BAH", who("mr"), "medical_record_no|order_no|number", key("medical_record_no")),
        ("BRXM", who("name"), "name_cn!"),
        ("BRXB", who("sex"), "gender!"),
        ("BRNL", who("age"), "age!"),
        ("BRSFZH", who("id"), ID, key(ID, damage=id_spaced)),
        ("JTZZ", who("home"), "address_cn|address_text!"),
        ("LXRXM", v.name, "name_cn!"),
        ("LXRGX", ["配偶", "儿子", "女儿", "父亲"], "kinship!"),
        ("LXRDH", who("tel"), TEL, key(TEL)),
        ("RYSJ", v.moment, WHEN),
        ("RYKS", ["心血管内科", "骨科", "儿科", "神经外科"], WORD),
        ("ZDBM", ["I10.x00", "E11.900", "S72.000", "J18.900"], "icd10!"),
        ("ZDMC", ["高血压病", "2型糖尿病", "股骨颈骨折", "肺炎"], "diagnosis|medical_text!"),
        ("ZYFY", v.money, "number"),
        ("YBLX", ["城镇职工", "城乡居民", "自费"], WORD),
    )
    c.writer = as_csv(encoding="gb18030", delimiter="|")
    settle(c)


# Shipping


@case(24)
def crew_change(c: Case) -> None:
    """Both languages in every heading, and lines over and under the table."""
    put(
        c,
        ("序号 No.", seq(24), "number|order_no"),
        ("姓名 Name", lambda r: f"{r.choice(('WANG', 'CHEN', 'SUN', 'HUANG'))} {r.choice(('DAWEI', 'GUOQIANG', 'YONG', 'ZHIPENG'))}", "name_latin!"),
        ("职务 Rank", ["Master", "C/O", "2/E", "A.B.", "Ch.Cook"], "occupation|category?"),
        ("海员证号 S/Book No.", lambda r: "A" + v.num(r, 8), "crew_list_no|order_no", key("crew_list_no")),
        ("护照号 PPT No.", v.passport, "passport_cn", key("passport_cn")),
        ("护照有效期 Exp.", day("%d/%m/%Y", 2027, 2034), DAY),
        ("出生日期 DOB", day("%d/%m/%Y", 1966, 2003), "birth_date!"),
        ("出生地 POB", ["ZHEJIANG", "SHANDONG", "FUJIAN", "LIAONING"], "province|category|text|address_text?"),
        ("上船港 Join Port", ["CNSHA", "SGSIN", "KRPUS"], "un_locode|category"),
        ("船名 Vessel", ["XIN HAI TONG 21", "LIN GANG EXPRESS"], "vessel_name|category"),
        ("IMO编号", v.imo, "imo_number"),
        ("家属电话 NOK Tel", v.mobile, TEL, key(TEL)),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("船员换班计划 CREW CHANGE PLAN", "Agent: 临港外轮代理 / ETA 2026-10-08"), second=True)  # fmt: skip
    settle(c)


@case(40)
def port_calls_utf16(c: Case) -> None:
    """Ships and boxes, and nobody."""
    put(
        c,
        ("VslNm", ["EVER GOLDEN", "COSCO SHIPPING ARIES", "MSC ISABELLA", "HMM ALGECIRAS"], "vessel_name|category|text"),
        ("Imo#", lambda r: "IMO" + v.imo(r), "imo_number"),
        ("Mmsi#", lambda r: r.choice(("413", "477", "538")) + v.num(r, 6), "mmsi"),
        ("CallSgn", lambda r: r.choice(("BP", "VR", "V7")) + code("@@#")(r), "call_sign|order_no|text"),
        ("Voy", lambda r: f"0{v.num(r, 2)}{r.choice('EW')}", "voyage_no|order_no|text"),
        ("Pol", ["CNSHA", "CNNGB", "KRPUS"], "un_locode|category"),
        ("Pod", ["NLRTM", "DEHAM", "USLAX"], "un_locode|category"),
        ("CntrNo", v.container, "container_no"),
        ("SzTp", ["40HQ", "20GP", "45HQ", "40RF"], WORD + "|order_no"),
        ("SealNo", lambda r: "CNA" + v.num(r, 6), "seal_no|order_no"),
        ("Vgm_kg", whole(4200, 30000), "number"),
        ("BlNo", lambda r: "EGLV" + v.num(r, 12), "bill_of_lading|order_no"),
        ("EtaUtc", lambda r: v.date(r, "%Y%m%d") + f"{r.randint(0, 23):02}{r.randint(0, 59):02}", "datetime|number|timestamp|date"),
    )  # fmt: skip
    c.suffix, c.writer = ".txt", as_csv(encoding="utf-16", delimiter="\t")


# Cross-border commerce, logistics, customs


@case(90)
def xborder_orders(c: Case) -> None:
    def one(r: v.R) -> Person:
        return {"name": v.name(r), "id": v.prc(r), "tel": v.mobile(r), "street": f"{r.choice('东西南北')}{r.choice('海山江湖')}路{r.randint(1, 999)}弄{r.randint(1, 60)}号{r.randint(101, 2304)}室"}  # fmt: skip

    who = crowd(c, 77, one)
    put(
        c,
        ("订单sn", lambda r: v.num(r, 18, "567"), CODES),
        ("支付流水", lambda r: "4200002" + v.num(r, 21), CODES + "|payment_account?"),
        ("收件人", who("name"), "name_cn!"),
        ("收件人ID", who("id"), ID, key(ID, damage=quoted)),
        ("收件人Tel", who("tel"), TEL, key(TEL, damage=wide)),
        ("收件省", ["上海市", "江苏省", "广东省"], "province|category|address_text?"),
        ("收件市", ["上海市", "苏州市", "深圳市"], "category|province|text|address_text?"),
        ("详址", who("street"), "address_cn|address_text!"),
        ("运单号", lambda r: "SF" + v.num(r, 13), "express_waybill|order_no"),
        ("69码", v.ean, "ean"),
        ("商编(HS10)", ["3304990099", "2106909090", "1901101090"], "hs_code|category|number"),
        ("含税价￥", fmt(20, 1999, 2), "number"),
        ("推送状态", ["已申报", "已放行", "退单"], WORD),
        ("回执ts", v.ms, "timestamp|datetime|number"),
    )  # fmt: skip
    c.writer = as_csv(encoding="gb18030")
    settle(c)


@case(60)
def wb_main(c: Case) -> None:
    """Waybills under the prefix of their table; the remark repeats the driver's own telephone."""

    def one(r: v.R) -> Person:
        tel = v.mobile(r)
        return {"driver": v.name(r), "id": v.prc(r, low=1968, high=2001), "tel": tel, "plate": v.plate(r), "note": r.choice((f"到厂前联系司机{tel}卸货", f"夜间收货电{tel}勿按铃", "货到付款，带回单", "易碎，单号20260917000123勿压"))}  # fmt: skip

    who = crowd(c, 48, one)
    put(
        c,
        ("wb_id", seq(60, "{}", 880_017), "number|order_no"),
        ("wb_shipper", v.company, "org_name"),
        ("wb_shpr_lxr", v.name, "name_cn!"),
        ("wb_drv_nm", who("driver"), "name_cn!"),
        ("wb_drv_sfz", who("id"), ID, key(ID)),
        ("wb_drv_tel", who("tel"), TEL, key(TEL, damage=dot_zero)),
        ("wb_truck_no", who("plate"), "plate_cn", key("plate_cn")),
        ("wb_cntr", v.container, "container_no"),
        ("wb_seal", lambda r: code("@@#######")(r), "seal_no|order_no"),
        ("wb_gw_t", fmt(1, 32, 2), "number"),
        ("wb_frt_cny", v.money, "number"),
        ("wb_rmk", who("note"), "text|category!", {"embedded": (TEL,)}),
        ("wb_crt_tm", v.moment, WHEN),
    )
    settle(c)


@case(55)
def declarations(c: Case) -> None:
    """Numbers of eighteen digits that are nobody's."""
    put(
        c,
        ("预录入号", lambda r: v.declaration(r), "customs_declaration|order_no|number"),
        ("报关单号", lambda r: v.declaration(r, r.random() < 0.3), "customs_declaration|order_no|number"),
        ("境内收发货人", v.company, "org_name"),
        ("信用代码", v.uscc, "uscc"),
        ("海关十位码", lambda r: "31222" + v.num(r, 5), "customs_registration|order_no|number"),
        ("商品编号", ["8703801090", "8542399000", "3002150090", "9018199000"], "hs_code|number|category"),
        (
            "品名规格",
            ["电动乘用车|全新|5座", "集成电路|BGA封装", "抗体药物|冷藏"],
            "cargo_name|category|text",
        ),
        ("毛重KG", fmt(10, 24000, 1), "number"),
        ("成交方式", ["FOB", "CIF", "EXW"], WORD),
        ("币制", ["USD", "EUR", "CNY"], "currency|category"),
        ("运抵国", ["德国", "墨西哥", "泰国"], "country|category"),
        ("提运单号", lambda r: "OOLU" + v.num(r, 10), "bill_of_lading|order_no"),
        ("运费/率", lambda r: f"502/{r.randint(300, 4000)}/3", "text|category|order_no|number"),
    )
    c.suffix, c.writer = ".xls", as_xlsx(title=("出口报关单明细",))


# Weather, staff, compute


@case(72)
def aws_hourly(c: Case) -> None:
    """Elements under the codes of the meteorological data service."""
    put(
        c,
        ("V01301", ["58367", "58462", "58361"], "weather_station|category|number|order_no"),
        ("V04001", ["2026"], "number|category|date"),
        ("V04002", whole(1, 12), NUM),
        ("V05001", ["30.8850", "31.1000", "31.3942"], "latitude|number|category?"),
        ("V06001", ["121.9166", "121.4833", "121.4550"], "longitude|number|category?"),
        ("V07001", ["4.6", "5.5", "9.1"], NUM + "|weather_value"),
        ("V12001", fmt(-4, 38), "weather_value|number"),
        ("V13003", whole(25, 100), "weather_value|number"),
        ("V10004", fmt(985, 1038), "weather_value|number"),
        ("V11201", lambda r: r.choice((f"{r.uniform(0, 17):.1f}", "999999")), "weather_value|number"),
        ("V13019", ["0.0", "0.0", "0.0", "2.4", "999990"], "weather_value|number|category"),
    )
    c.suffix, c.writer = ".dat", as_fixed


@case(66)
def hr_ryxx(c: Case) -> None:
    def one(r: v.R) -> Person:
        number = v.prc(r, low=1966, high=2003)
        tel = v.mobile(r)
        return {"no": "LG" + v.num(r, 5), "name": v.name(r), "id": number, "born": number[6:12], "sex": str(2 - int(number[16]) % 2), "tel": tel, "card": v.card(r), "mail": v.email(r)}  # fmt: skip

    who = crowd(c, 66, one)
    put(
        c,
        ("ygbh", who("no"), "employee_no|order_no", key("employee_no")),
        ("ygxm", who("name"), "name_cn!"),
        ("xbdm", who("sex"), "gender|category|number?"),
        ("mzmc", ["汉族", "汉族", "回族", "土家族"], "ethnicity!"),
        ("zzmm", ["中共党员", "群众", "共青团员"], "political_status!"),
        ("whcd", ["本科", "大专", "硕士研究生"], "education!"),
        ("hyzk", ["已婚", "未婚", "离异"], "marital_status!"),
        ("csny", who("born"), "birth_date|number|date?"),
        ("sfzhm", who("id"), ID, key(ID)),
        ("lxfs", who("tel"), TEL, key(TEL, damage=phone_styles)),
        ("gzkh", who("card"), "bank_card", key("bank_card")),
        ("yfgz", fmt(4200, 42000, 2), "income|number!"),
        ("zwmc", ["桥吊司机", "报关员", "算法工程师", "仓储主管"], "occupation|category!"),
        ("rzrq", day("%Y-%m-%d", 2009, 2025), DAY),
        ("dzyx", who("mail"), "email", key("email")),
    )
    c.writer = as_csv(delimiter=";")
    settle(c)


@case(80)
def gpu_jobs(c: Case) -> None:
    """Jobs of a computing centre; an access key in the environment of each tenth."""

    def env(r: v.R) -> str:
        out = {"NCCL_DEBUG": "WARN", "OMP_NUM_THREADS": r.choice((8, 16))}
        if r.random() < 0.2:
            out["OSS_KEY_ID"] = "LTAI5t" + code("@@@@@@@@@@@@@@####")(r)
        return json.dumps(out)

    def one(r: v.R) -> Person:
        return {"login": r.choice(("zhangwei", "liming", "chenyu", "wanghao")) + str(r.randint(10, 99)), "mail": v.email(r), "tel": v.mobile(r), "name": v.name(r)}  # fmt: skip

    who = crowd(c, 30, one)
    put(
        c,
        ("jobUuid", v.guid, "uuid"),
        ("submitterLogin", who("login"), "social_account|category|text|employee_no|name_latin?"),
        ("submitterRealName", who("name"), "name_cn!"),
        ("notifyMail", who("mail"), "email", key("email")),
        ("notifyMobile", who("tel"), TEL, key(TEL)),
        ("nodeIp", lambda r: f"10.{r.randint(0, 9)}.{r.randint(0, 255)}.{r.randint(1, 254)}", "ipv4?"),
        ("imageTag", lambda r: f"{r.randint(22, 26)}.{r.randint(1, 12)}.{r.randint(0, 9)}.{r.randint(0, 40)}", "version|text"),
        ("gpuModel", ["A800-80G", "H20", "Ascend910B"], WORD + "|order_no"),
        ("gpuCnt", [1, 2, 4, 8], NUM),
        ("queuedAtMs", lambda r: int(v.ms(r)), "timestamp|datetime"),
        ("gpuHours", lambda r: round(r.uniform(0.2, 900), 2), "number"),
        ("envVars", env, "text|cloud_key|category?", {"embedded": ("cloud_key",)}),
        ("commitSha", lambda r: v.hexes(r, 40), "hash"),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(100)
def gateway_log(c: Case) -> None:
    """Bodies of requests as JSON in a cell, names of keys and numbers together."""

    def body(r: v.R) -> str:
        return json.dumps({"realName": v.name(r), "certNo": v.prc(r), "phone": v.mobile(r), "bizType": r.choice(("A01", "B07"))}, ensure_ascii=False)  # fmt: skip

    put(
        c,
        ("ts", lambda r: v.moment(r).replace(" ", "T") + "+08:00", WHEN),
        ("traceId", lambda r: v.hexes(r, 32), "hash|uuid|order_no"),
        ("uri", ["/api/v2/realname/verify", "/api/v2/order/create", "/healthz"], "url|text|category|advertising_url?"),
        ("reqBody", body, "text|name_cn!", {"embedded": (ID, TEL)}),
        ("bearer", jwt, "jwt"),
        ("cliIp", v.ip, "ipv4?"),
        ("ua", ["Mozilla/5.0 (iPhone; CPU iPhone OS 19_1 like Mac OS X) AppleWebKit/605.1.15", "okhttp/4.12.0"], "user_agent|text|category"),
        ("sdkVer", lambda r: f"{r.randint(3, 5)}.{r.randint(0, 20)}.{r.randint(0, 9)}.{r.randint(0, 99)}", "version|text"),
        ("httpSt", ["200", "200", "401", "500"], NUM),
        ("costMs", whole(3, 2400), "number"),
    )  # fmt: skip
    c.count = False


# Traps


@case(40)
def bare_rows(c: Case) -> None:
    """No line of headers at all."""
    put(
        c,
        ("", seq(40), "number|order_no"),
        ("", v.name, "name_cn!"),
        ("", v.prc, ID, key(ID)),
        ("", v.mobile, TEL, key(TEL)),
        ("", v.plate, "plate_cn", key("plate_cn")),
        ("", v.address, "address_cn!"),
        ("", lambda r: v.num(r, 18, "9"), CODES),
        ("", v.ean, "ean"),
        ("", v.ms, "timestamp|number"),
        ("", v.money, "number"),
        ("", v.date, DAY),
    )
    c.writer = as_csv(header=False)
    settle(c)


@case(120)
def letters_only(c: Case) -> None:
    """Columns called A to N, and nobody: everything is shaped like something else."""
    put(
        c,
        ("A", lambda r: v.num(r, 18, "23456"), CODES),
        ("B", lambda r: v.declaration(r), "customs_declaration|order_no|number"),
        ("C", v.ms, "timestamp|number"),
        ("D", v.ean, "ean"),
        ("E", lambda r: "1" + r.choice("3589") + "26" + v.num(r, 6), CODES),
        ("F", lambda r: f"{r.randint(1, 3)}.{r.randint(0, 9)}.{r.randint(0, 9)}.{r.randint(0, 30)}", "version|text|ipv4?"),
        ("G", lambda r: "H" + v.num(r, 7), CODES),
        ("H", lambda r: code("QX######-@")(r), CODES),
        ("I", lambda r: "86" + v.num(r, 12), CODES + "|device_id?"),
        ("J", lambda r: v.hexes(r, 64), "hash"),
        ("K", lambda r: v.date(r, "%Y%m%d") + v.num(r, 6), CODES),
        ("L", ["合格", "不合格", "让步接收"], WORD),
        ("M", fmt(0.01, 9, 3), "number"),
        ("N", ["8708.29", "8421.23", "4016.93"], "hs_code|number|category"),
    )  # fmt: skip


@case(50)
def liars(c: Case) -> None:
    """Every heading belongs to another column."""
    put(
        c,
        ("商品条码", v.prc, ID, key(ID)),
        ("身份证号码", v.ean, "ean|order_no|number"),
        ("手机号码", lambda r: v.date(r), DAY),
        ("入库日期", v.mobile, TEL, key(TEL)),
        ("姓名", v.container, "container_no"),
        ("数量", v.name, "name_cn!"),
        ("邮箱", v.money, "number"),
        ("金额", v.email, "email", key("email")),
        ("住址", whole(1, 500), NUM + "|order_no"),
        ("版本号", v.address, "address_cn!"),
    )
    c.writer = as_csv(delimiter="\t")
    settle(c)


@case(2000)
def visits_long(c: Case) -> None:
    """Three needles in two thousand lines, no boundary about them."""
    words = (
        "现场检查无异常",
        "门禁故障已报修",
        "访客证押金已退",
        "装卸超时35分钟",
        "申请单LG20260911000317已批",
        "温控2.1到7.8度",
        "对讲机频道3转5",
    )
    notes = [c.r.choice(words) for _ in range(2000)]
    notes[211] = f"访客出示证件{v.prc(c.r)}登记后放行"
    notes[1203] = f"来电{v.mobile(c.r)}称丢失物品"
    notes[1987] = f"发票寄至{v.email(c.r)}谢谢"
    put(
        c,
        ("lsh", seq(2000, "{}", 100_001), "number|order_no"),
        ("rq", day(), DAY),
        ("sj", lambda r: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}", "time_of_day|datetime|text"),
        ("gwmc", ["1号门岗", "2号门岗", "危险品堆场", "查验平台"], WORD),
        ("jcjg", ["正常", "异常"], WORD + "|boolean"),
        ("clsl", whole(0, 40), NUM),
        ("wdC", fmt(-2, 37), "number|weather_value"),
        ("sbbm", lambda r: "MJ-" + v.num(r, 4), CODES + "|device_id?"),
        ("jlxx", tuple(notes), "text|category!", {"embedded": (ID, TEL, "email")}),
        ("shbz", ["0", "1"], "boolean|category|number"),
    )  # fmt: skip
    c.count = False


@case(45)
def floats_in_csv(c: Case) -> None:
    """A workbook under a wrong extension, whose numbers a spreadsheet has rounded."""
    put(
        c,
        ("申领人", v.name, "name_cn!"),
        ("身份证件号码", v.prc, ID, key(ID, damage=lambda r, x: float(x[:17] + "0"))),
        ("联系电话", v.mobile, TEL, key(TEL, damage=lambda r, x: float(x))),
        ("出生日期", lambda r: dt.datetime(*v.birthday(r, 1960, 2003)), "birth_date!"),  # noqa: DTZ001 - as a workbook keeps days
        ("补贴类别", ["人才租房", "交通补贴", "实习补贴"], WORD),
        ("补贴金额(元)", [1500.0, 800.0, 3000.0], "number|income|category?"),
        ("开户行", ["建设银行临港支行", "农商银行泥城支行"], "org_name|category|text"),
        (
            "卡号后四位",
            lambda r: v.num(r, 4, "123456789"),
            "bank_card_masked|number|order_no|category|bank_card?",
        ),
        ("所在单位", v.company, "org_name"),
        ("最高学历", ["本科", "硕士", "博士"], "education!"),
        ("发放批次", ["202609", "202610"], "category|number|date|order_no"),
    )
    c.exact = False
    c.count = False
    c.suffix, c.writer = ".csv", as_xlsx(title=("临港人才补贴发放表",), merge=True)


# Partners abroad


@case(55)
def payroll_us(c: Case) -> None:
    def one(r: v.R) -> Person:
        return {"no": f"E{v.num(r, 5)}", "ssn": f"{r.choice((212, 348, 455, 531, 602))}-{r.randint(10, 99)}-{r.randint(1000, 9999)}"}  # fmt: skip

    who = crowd(c, 55, one)
    put(
        c,
        ("EmpID", who("no"), "employee_no|order_no", key("employee_no")),
        ("LName", list(v.FAMILY), "name_part|name_latin!"),
        ("FName", list(v.FIRST), "name_part|name_latin!"),
        ("MI", ["A", "J", "R", "M", ""], "name_part|category|text?"),
        ("SocSecNum", who("ssn"), "ssn_us", key("ssn_us")),
        ("BrthDt", lambda r: f"{r.randint(1, 12):02}/{r.randint(1, 28):02}/{r.randint(1958, 2003)}", "birth_date!"),
        ("St Adress", lambda r: f"{r.randint(10, 9999)} {r.choice(('Maple', 'Juniper', 'Lakeview'))} {r.choice(('Dr', 'Ln', 'Ct'))}", "address_latin|address_text!"),
        ("City", ["Tulsa", "Fresno", "Dayton"], WORD + "|address_text?"),
        ("ST", ["OK", "CA", "OH"], WORD + "|address_text?"),
        ("ZIP+4", lambda r: f"{v.num(r, 5, '4579')}-{v.num(r, 4)}", "postcode_intl|text|order_no?"),
        ("ABA Rtg", ["103000017", "121000358", "042000314"], CODES + "|cusip|bic|bank_account"),
        ("DD Acct", lambda r: v.num(r, 10, "123456789"), "bank_account", key("bank_account")),
        ("Hrly Rt", fmt(17, 62, 2), "income|number?"),
        ("YTD Gross", lambda r: f"${r.uniform(9000, 90000):,.2f}", "income|number!"),
        ("Dt of Hire", lambda r: f"{r.randint(1, 12):02}/{r.randint(1, 28):02}/{r.randint(2008, 2025)}", DAY),
    )  # fmt: skip
    settle(c)


@case(60)
def chumon_jp(c: Case) -> None:
    names = (
        "佐藤 翔太",
        "鈴木 美咲",
        "高橋 健一",
        "田中 陽子",
        "渡辺 大輔",
        "伊藤 さくら",
        "山本 直樹",
        "中村 彩",
    )
    kana = (
        "サトウ ショウタ",
        "スズキ ミサキ",
        "タカハシ ケンイチ",
        "タナカ ヨウコ",
        "ワタナベ ダイスケ",
        "イトウ サクラ",
    )
    put(
        c,
        ("注文ＩＤ", lambda r: f"{v.num(r, 3, '123')}-{v.num(r, 7)}-{v.num(r, 7)}", "order_no"),
        ("お届け先氏名", list(names), "name_cn|name_other!"),
        ("フリガナ", list(kana), "name_other!"),
        ("〒", lambda r: f"{v.num(r, 3, '1235')}-{v.num(r, 4)}", "postcode_intl|text|order_no?"),
        ("住所１", ["東京都江東区青海2丁目4-10", "大阪府大阪市北区梅田3-1-3", "愛知県名古屋市中村区名駅1-1-4"], "address_text|address_cn!"),
        ("ＴＥＬ", lambda r: f"0{r.choice('789')}0-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl", key("phone_intl")),
        ("連絡先E-mail", v.email, "email", key("email")),
        ("JANコード", lambda r: (lambda b: b + d.ean(b))("49" + v.num(r, 10)), "ean"),
        ("数量(個)", whole(1, 9), NUM),
        ("税込金額", lambda r: f"￥{r.randint(800, 48000):,}", "number"),
        ("お問い合わせ伝票番号", lambda r: f"{v.num(r, 4, '3456')}-{v.num(r, 4)}-{v.num(r, 4)}", "express_waybill|order_no"),
        ("着日指定", day("%Y年%m月%d日"), DAY),
        ("のし", ["有", "無"], "boolean|category"),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp932")
    settle(c)


@case(45)
def insa_kr(c: Case) -> None:
    def one(r: v.R) -> Person:
        return {"no": "K" + v.num(r, 6), "rrn": rrn(r), "tel": f"010-{v.num(r, 4, '23456789')}-{v.num(r, 4)}", "mail": v.email(r)}  # fmt: skip

    who = crowd(c, 45, one)
    put(
        c,
        ("사원번호", who("no"), "employee_no|order_no", key("employee_no")),
        ("성명(한글)", ["김민준", "이서연", "박지훈", "최유진", "정하은", "강도윤"], "name_other!"),
        ("성명(영문)", lambda r: f"{r.choice(('KIM', 'LEE', 'PARK', 'CHOI'))} {r.choice(('MINJUN', 'SEOYEON', 'JIHOON'))}", "name_latin!"),
        ("주민번호", who("rrn"), "rrn_kr", key("rrn_kr")),
        ("핸드폰", who("tel"), "phone_intl", key("phone_intl")),
        ("이메일주소", who("mail"), "email", key("email")),
        ("부서명", ["물류팀", "통관팀", "재무팀"], WORD),
        ("직위", ["사원", "대리", "과장", "부장"], "occupation|category?"),
        ("입사일자", day("%Y.%m.%d", 2008, 2025), DAY),
        ("급여계좌", lambda r: f"{v.num(r, 3, '123')}-{v.num(r, 6)}-{v.num(r, 2)}-{v.num(r, 3)}", "bank_account", key("bank_account")),
        ("기본급(천원)", lambda r: f"{r.randint(2400, 7900):,}", "income|number!"),
        ("장애여부", ["N", "N", "N", "Y"], "disability|boolean|category?"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("2026년 인사기록",), sheet="인사")
    settle(c)


@case(60)
def vendors_india(c: Case) -> None:
    def pan(r: v.R) -> str:
        return code("@@@P@####@")(r)

    put(
        c,
        ("Sr.No", seq(60), "number|order_no"),
        ("Prop. Name", lambda r: f"{r.choice(('Rajesh', 'Sunita', 'Anil', 'Kavitha', 'Imran'))} {r.choice(('Sharma', 'Patel', 'Iyer', 'Reddy', 'Khan'))}", "name_latin!"),
        ("PAN", pan, "pan_in", key("pan_in")),
        ("Aadhaar No", aadhaar, "aadhaar", key("aadhaar")),
        ("Mob. No", lambda r: f"+91 {v.num(r, 5, '6789')} {v.num(r, 5)}", "phone_intl", key("phone_intl")),
        ("PIN Cd", lambda r: v.num(r, 6, "12345678"), "postcode_intl|number|order_no|postcode_cn?"),
        ("A/c No.", lambda r: v.num(r, 14, "123456789"), "bank_account", key("bank_account")),
        ("IFSC", lambda r: r.choice(("HDFC", "ICIC", "SBIN")) + "0" + v.num(r, 6), "bic|order_no|text|category"),
        ("HSN", ["85044090", "39269099", "73181500"], "hs_code|number|category|order_no"),
        ("Inv Dt", day("%d-%m-%Y"), DAY),
        ("Taxable Val (INR)", lambda r: f"{r.randint(1, 9)},{r.randint(10, 99)},{v.num(r, 3)}.00", "number"),
        ("e-Way Bill", lambda r: v.num(r, 12, "123456789"), CODES),
    )  # fmt: skip
    settle(c)


@case(50)
def kadry_ru(c: Case) -> None:
    put(
        c,
        ("Таб.№", seq(50, "{:05d}", 317), "employee_no|number|order_no", key("employee_no")),
        ("ФИО сотрудника", lambda r: f"{r.choice(('Кузнецов', 'Соколов', 'Лебедев', 'Морозов'))} {r.choice(('Андрей', 'Игорь', 'Павел'))} {r.choice(('Сергеевич', 'Олегович', 'Иванович'))}", "name_other!"),
        ("Дата рожд.", day("%d.%m.%Y", 1962, 2002), "birth_date!"),
        ("Пасп. серия/№", lambda r: f"{v.num(r, 2, '4')} {v.num(r, 2)} {v.num(r, 6)}", "passport_foreign|social_security_no|order_no", key("passport_foreign")),
        ("СНИЛС", snils, "social_security_no", key("social_security_no")),
        ("ИНН физ.л.", inn, "social_security_no|taxpayer_no|order_no|number?"),
        ("Моб.тел.", lambda r: f"+7 (9{v.num(r, 2)}) {v.num(r, 3)}-{v.num(r, 2)}-{v.num(r, 2)}", "phone_intl", key("phone_intl")),
        ("Адрес рег-ции", lambda r: f"г. {r.choice(('Владивосток', 'Новосибирск'))}, ул. {r.choice(('Светланская', 'Ленина'))}, д. {r.randint(1, 120)}, кв. {r.randint(1, 90)}", "address_text|address_latin!"),
        ("Должн.", ["Водитель", "Кладовщик", "Логист"], "occupation|category!"),
        ("Оклад, руб.", lambda r: f"{r.randint(40, 150)} {v.num(r, 3)},00", "income|number!"),
        ("Сем. полож.", ["женат", "замужем", "холост"], "marital_status!"),
        ("Воинский учёт", ["годен", "ограниченно годен", "снят"], WORD + "|medical_text|disability?"),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp1251", delimiter=";")
    c.count = False


@case(50)
def tms_eu(c: Case) -> None:
    """A freight forwarder's export: customers are companies, drivers are persons."""

    def one(r: v.R) -> Person:
        return {"name": f"{r.choice(('Marek', 'Tomasz', 'Jiri', 'Andrei'))} {r.choice(('Nowak', 'Svoboda', 'Popescu', 'Wojcik'))}", "tel": f"+48 {v.num(r, 3, '567')} {v.num(r, 3)} {v.num(r, 3)}", "mail": v.email(r)}  # fmt: skip

    who = crowd(c, 38, one)
    put(
        c,
        ("CMR_NO", lambda r: f"PL-{v.num(r, 7)}", "order_no|bill_of_lading"),
        ("CNEE_NM", v.firm, "org_name"),
        ("CNEE_VATID", ["DE136695976", "ATU13585627", "PL8567346215", "BE0428759497"], "vat_eu"),
        ("CNEE_LEI", v.lei, "lei"),
        ("CNEE_IBAN", v.iban, "iban", key("iban")),
        ("CNEE_BIC", ["DEUTDEFF500", "BREXPLPW", "GIBAATWW"], "bic"),
        ("DRVR_NM", who("name"), "name_latin!"),
        ("DRVR_GSM", who("tel"), "phone_intl", key("phone_intl")),
        ("DRVR_EML", who("mail"), "email", key("email")),
        ("TRK_REG", lambda r: f"WX {v.num(r, 4)}{r.choice('KLMN')}", "plate_cn|order_no|text|vin?"),
        ("LDG_DT", day("%Y-%m-%d"), DAY),
        ("AWB_REF", v.awb, "air_waybill"),
        ("UNDG", ["UN1263", "UN3480", "UN1950"], "un_number"),
        ("GW_KGS", lambda r: f"{r.randint(1, 24)}.{v.num(r, 3)},{v.num(r, 1)}", "number"),
    )  # fmt: skip
    c.count = False


@case(50)
def macau_clinic(c: Case) -> None:
    """Portuguese and Chinese in one heading."""
    put(
        c,
        ("編號/N.º", seq(50, "MC{:05d}", 90), "medical_record_no|order_no|customer_no?"),
        ("姓名/Nome", ["何佩珊", "梁志強", "歐陽嘉敏", "António Xavier", "Maria de Assunção"], "name_cn|name_latin!"),
        ("身份證/BIR", lambda r: f"{r.choice('157')}{v.num(r, 6)}({v.num(r, 1)})", "macao_bir!"),
        ("出生日期/D.N.", day("%d/%m/%Y", 1940, 2018), "birth_date!"),
        ("性別/Sexo", ["男/M", "女/F"], "gender!"),
        ("電話/Tel.", lambda r: f"6{v.num(r, 3)} {v.num(r, 4)}", "phone_intl!"),
        ("地址/Morada", lambda r: f"澳門氹仔哥英布拉街{r.randint(1, 400)}號{r.randint(1, 30)}樓{r.choice('ABCD')}座", "address_cn|address_text!"),
        ("血型/Tipo", ["A", "B", "O", "AB"], "blood_type!"),
        ("診斷/Diag.", ["高血壓", "第二型糖尿病", "哮喘", "濕疹"], "diagnosis|medical_text!"),
        ("敏感藥物/Alergia", ["青黴素", "無", "阿士匹靈"], "medical_text|category|text|diagnosis?"),
        ("費用/MOP", ["350.00", "500.00", "1,200.00"], NUM),
    )  # fmt: skip
    c.writer = as_csv(encoding="utf-8-sig")
    c.count = False


# Written after the answers to the tables above, before any rule was read or changed: cells that hold several things


@case(40)
def gate_papers(c: Case) -> None:
    """Papers of four kinds in one column, companions in brackets."""

    def paper(r: v.R) -> str:
        kind = r.random()
        if kind < 0.5:
            return v.prc(r)
        if kind < 0.7:
            return v.passport(r)
        return r.choice("HM") + v.num(r, 8) if kind < 0.9 else v.hkid(r)

    put(
        c,
        ("来访单位", v.company, "org_name"),
        ("来访人(随行)", lambda r: f"{v.name(r)}({v.name(r)}、{v.name(r)})", "name_cn|text!"),
        ("证件号", paper, ID + "!", {"embedded": (ID, "passport_cn", "home_return_permit")}),
        ("车牌/无", lambda r: r.choice((v.plate(r), v.plate(r), "无")), "plate_cn!"),
        ("被访人+分机", lambda r: f"{v.name(r)} 8{v.num(r, 3)}", "name_cn|text|order_no!"),
        ("进门时刻", lambda r: f"{r.randint(7, 19)}:{r.randint(0, 59):02}", "time_of_day|text|datetime"),
        ("体温℃", fmt(35.8, 37.4), "number|lab_result|weather_value?"),
        ("携带物品", ["笔记本电脑1台", "无", "样品两箱", "工具包"], "cargo_name|category|text"),
        ("通行证号", lambda r: "LS" + v.num(r, 6), "order_no"),
        ("安检员签名", v.name, "name_cn!"),
    )
    c.count = False


@case(60)
def loading_slots(c: Case) -> None:
    """Two or three things in each cell, as dispatchers type them."""
    spots = [v.lonlat(c.r) for _ in range(60)]
    put(
        c,
        ("联系人及电话", lambda r: f"{v.name(r)}{r.choice(('', ' ', '/', '：'))}{v.mobile(r)}", "mobile_cn|name_cn|text!", {"embedded": (TEL,)}),
        ("收货信息", lambda r: f"{v.address(r)}，{v.name(r)}，{v.mobile(r)}", "address_cn|address_text|text|mobile_cn|name_cn!", {"embedded": (TEL,)}),
        ("开票信息", lambda r: f"{v.company(r)} 税号{v.uscc(r)} 工行临港支行{v.num(r, 19, '1')}", "text|uscc|org_name?", {"embedded": ("uscc",)}),
        ("车辆", lambda r: f"{v.plate(r)}/{r.choice(('半挂', '厢货'))}/{r.choice('王李张')}师傅", "plate_cn|text!", {"embedded": ("plate_cn",)}),
        ("箱号/铅封", lambda r: f"{v.container(r)}/CN{v.num(r, 6)}", "container_no|seal_no|text|order_no", {"embedded": ("container_no",)}),
        ("时间窗", ["08:00-10:00", "10:00-12:00", "13:30-15:30"], "category|text|time_of_day"),
        ("坐标", tuple(f"{a},{b}" for a, b in spots), "lonlat|trajectory?"),
        ("长*宽*高(cm)", lambda r: f"{r.randint(40, 240)}*{r.randint(40, 120)}*{r.randint(20, 200)}", "text|order_no|category|number"),
        ("件/毛重", lambda r: f"{r.randint(1, 40)}/{r.uniform(2, 900):.1f}KGS", "text|category|number|order_no"),
        ("温区", ["2~8℃", "常温", "-18℃以下"], WORD + "|weather_value"),
    )  # fmt: skip
    c.count = False


@case(90)
def attributes_long(c: Case) -> None:
    """Names of attributes in one column, their values in another."""
    makers = (("real_name", v.name), ("id_card", v.prc), ("cell", v.mobile), ("mail", v.email), ("level", lambda r: r.choice(("L1", "L2"))), ("reg_ip", v.ip))  # fmt: skip
    pairs = [(name, make(c.r)) for name, make in (c.r.choice(makers) for _ in range(90))]
    put(
        c,
        ("ent_id", lambda r: v.num(r, 8, "7"), "order_no|number|customer_no?"),
        ("attr_key", tuple(a for a, _ in pairs), WORD),
        ("attr_val", tuple(b for _, b in pairs), "text|name_cn|prc_resident_id|mobile_cn|email!", {"embedded": (ID, TEL, "email")}),
        ("attr_seq", whole(1, 6), NUM),
        ("src_sys", ["CRM", "OMS", "ERP"], WORD),
        ("crc32", lambda r: v.hexes(r, 8), "hash|order_no|text"),
        ("upd_ms", v.ms, "timestamp|number"),
        ("del_flg", ["0", "1"], "boolean|category|number"),
        ("tenant", ["lingang", "yangshan"], WORD),
        ("dt", day("%Y%m%d"), DAY),
    )  # fmt: skip
    c.count = False


@case(50)
def rounded_text(c: Case) -> None:
    """A spreadsheet has saved its rounded numbers as text."""
    put(
        c,
        ("姓 名", v.name, "name_cn!"),
        ("身份证号码", v.prc, f"{ID}|number|text!", {"damage": lambda r, x: f"{float(x[:17] + '0'):.5E}"}),
        ("手 机", v.mobile, f"{TEL}|number|text!", {"damage": lambda r, x: f"{float(x):.2E}"}),
        ("工资卡", v.card, "bank_card|bank_account|number|text!", {"damage": lambda r, x: f"{float(x):.5E}"}),
        ("订单号", lambda r: v.num(r, 18, "2"), CODES, {"damage": lambda r, x: f"{float(x):.5E}"}),
        ("部 门", ["关务部", "船务部", "冷链部"], WORD),
        ("入职年月", day("%Y.%m", 2008, 2025), DAY + "|number"),
        ("应发(元)", fmt(5000, 30000, 2), "income|number!"),
        ("个税(元)", fmt(0, 3000, 2), "income|number?"),
        ("签收", ["√", "√", ""], "boolean|category|text"),
    )
    c.exact = False
    c.count = False
    c.writer = as_csv(encoding="gb18030")


@case(80)
def notes_unbroken(c: Case) -> None:
    """Identifiers of many countries in notes, no space about them."""
    put(
        c,
        ("Ticket", seq(80, "CS-{}", 77001), "order_no"),
        ("处理备注", lambda r: r.choice((f"客户护照{v.passport(r)}过期需更新", f"车牌{v.plate(r)}违停已通知", "等待仓库答复", f"车架号{v.vin(r, 'LSV')}召回登记")), "text|category!", {"embedded": ("passport_cn", "plate_cn", "vin")}),
        ("香港客服記錄", lambda r: r.choice((f"客戶身份證{v.hkid(r)}已核實", "已回電，無人接聽", f"退款至電郵{v.email(r)}請跟進")), "text|category!", {"embedded": ("hkid", "email")}),
        ("Agent memo", lambda r: r.choice((f"caller verified,IBAN{v.iban(r)}updated", "left voicemail", f"refund to card{v.card(r, 16, '455673')}pending", "asked for invoice copy")), "text|category!", {"embedded": ("iban", "bank_card")}),
        ("設備說明", lambda r: r.choice((f"IMEI{v.imei(r)}返修", f"更换SIM卡{v.iccid(r)}后恢复", "屏幕划痕")), "text|category!", {"embedded": ("imei", "iccid")}),
        ("企业情况", lambda r: f"{v.company(r)}（{v.uscc(r)}）年报已公示", "text|org_name|uscc", {"embedded": ("uscc",)}),
        ("箱况", lambda r: r.choice((f"箱{v.container(r)}底板破损", f"{v.container(r)}重箱进场", "空箱回库")), "text|container_no|category", {"embedded": ("container_no",)}),
        ("prio", ["P1", "P2", "P3"], WORD + "|order_no"),
        ("opened", v.moment, WHEN),
        ("csat", ["5", "4", "3", ""], NUM),
    )  # fmt: skip
    c.count = False


@case(35)
def contracts_grouped(c: Case) -> None:
    """A title, a line of merged groups, and the headers below."""
    from messy.judges import two_headed

    put(
        c,
        ("编号", lambda r: "RY" + v.num(r, 4), "employee_no|order_no?"),
        ("姓名", v.name, "name_cn!"),
        ("证号", v.prc, ID, key(ID, damage=id_spaced)),
        ("手机", v.mobile, TEL, key(TEL)),
        ("邮件", v.email, "email", key("email")),
        ("基本", whole(4000, 15000), "income|number?"),
        ("绩效", whole(0, 9000), "income|number?"),
        ("实发", fmt(4000, 22000, 2), "income|number?"),
        ("起", day("%Y/%m/%d", 2020, 2025), DAY),
        ("止", day("%Y/%m/%d", 2026, 2029), DAY),
        ("续签次数", ["0", "1", "2"], NUM),
    )
    c.suffix, c.writer = ".xlsx", two_headed((("人员", 3), ("联系方式", 2), ("薪酬(元/月)", 3), ("劳动合同", 3)), "劳动合同台账")  # fmt: skip
    c.count = False


@case(50)
def bookings_deep(c: Case) -> None:
    """Lists in records in lists, and a record written as a string."""
    put(
        c,
        ("bookingRef", code("@@####"), "pnr|order_no|text?"),
        ("paxName", v.latin, "name_latin!"),
        ("docNo", v.passport, "passport_cn", key("passport_cn")),
        ("dob", day("%Y-%m-%d", 1960, 2015), "birth_date!"),
        ("phones", v.mobile, TEL, key(TEL)),
        ("ext", lambda r: json.dumps({"openId": "o6_" + code("@#@#@@##@@#@@#@#@@#@@#@#@")(r), "idfa": v.guid(r).upper()}), "text|social_account|device_id|uuid?"),
        ("depTime", lambda r: v.moment(r).replace(" ", "T") + "Z", WHEN),
        ("fltNo", lambda r: r.choice(("MU", "FM", "HO")) + v.num(r, 4), "voyage_no|order_no|text"),
        ("fareCny", lambda r: round(r.uniform(300, 4000), 2), "number"),
        ("seat", lambda r: f"{r.randint(1, 48)}{r.choice('ABCDEF')}", "text|category|order_no"),
    )  # fmt: skip
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda x: {
                "data": {
                    "bookingRef": x["bookingRef"],
                    "pax": [{"paxName": x["paxName"], "doc": {"docNo": x["docNo"], "dob": x["dob"]}, "phones": [x["phones"]]}],
                    "legs": [{"fltNo": x["fltNo"], "depTime": x["depTime"], "seat": x["seat"]}],
                    "fareCny": x["fareCny"],
                },
                "ext": x["ext"],
            }
        ),
    )  # fmt: skip
    c.count = False


@case(6)
def guests_six(c: Case) -> None:
    """Six rows under clipped English."""
    put(
        c,
        ("Nm", v.latin, "name_latin!"),
        ("Gndr", ["M", "F"], "gender!"),
        ("DoB", day("%d %b %Y", 1955, 2001), "birth_date!"),
        ("Natl", ["German", "French", "Japanese"], "nationality!"),
        ("PP#", code("C@######@"), "passport_foreign|order_no!"),
        ("PP Exp", day("%d %b %Y", 2027, 2034), DAY),
        ("Mob", lambda r: f"+49 15{v.num(r, 1)} {v.num(r, 7)}", "phone_intl!"),
        ("e-mial", v.email, "email!"),
        ("Hm Addr", v.street, "address_latin|address_text!"),
        ("Occup.", ["Engineer", "Surveyor", "Lecturer"], "occupation!"),
        ("NoK", v.latin, "name_latin!"),
        ("Rm", whole(201, 1120), NUM + "|order_no"),
    )
    c.count = False


@case(65)
def lp_bdmx(c: Case) -> None:
    """Claims in initials of pinyin behind the prefix of their table."""
    put(
        c,
        ("LP_LPH", lambda r: "C26" + v.num(r, 9), "claim_no|order_no?"),
        ("LP_BDH", lambda r: "P" + v.num(r, 14), "policy_no|order_no?"),
        ("LP_BBXRXM", v.name, "name_cn!"),
        ("LP_BBXRZJH", v.prc, ID, key(ID)),
        ("LP_SYRXM", v.name, "name_cn!"),
        ("LP_YSYRGX", ["本人", "配偶", "子女"], "kinship|category!"),
        ("LP_CXRQ", day("%Y%m%d"), DAY),
        ("LP_CXDD", v.address, "address_cn|address_text?"),
        ("LP_CXYY", ["疾病住院", "意外骨折", "车祸"], "text|category|medical_text|diagnosis?"),
        ("LP_JZYY", ["瑞金医院", "仁济医院", "市六医院临港院区"], "org_name|category|text"),
        ("LP_SKZH", lambda r: v.card(r), "bank_card|bank_account!"),
        ("LP_PFJE", v.money, "number"),
        ("LP_BAR_DH", v.mobile, TEL, key(TEL)),
    )
    c.count = False


@case(100)
def meter_frames(c: Case) -> None:
    """Meters, and nobody; the address of a meter is no address."""
    put(
        c,
        ("meterNo", lambda r: v.num(r, 12, "3"), CODES + "|device_id?"),
        ("addr", lambda r: "0x" + v.hexes(r, 8), CODES + "|hash|device_id?"),
        ("modemImei", v.imei, "imei?"),
        ("snr_dB", fmt(-5, 14), "number"),
        ("uA_V", fmt(218, 239), "number"),
        ("iA_A", fmt(0, 40, 3), "number"),
        ("valve", ["on", "off"], "boolean|category"),
        ("frzDay", day("%y%m%d"), DAY + "|number|order_no"),
        ("fw", lambda r: f"v{r.randint(1, 4)}.{r.randint(0, 9)}.{r.randint(0, 99)}", "version|text"),
        ("concentrator", lambda r: f"3101-{v.num(r, 5)}", CODES + "|device_id?"),
        ("rawHex", lambda r: "68" + v.hexes(r, 26).upper() + "16", "text|hash|order_no"),
    )
    c.count = False


@case(40)
def dictionary_of_fields(c: Case) -> None:
    """A dictionary of data: it speaks of identity numbers and holds none."""
    put(
        c,
        ("序", seq(40), "number|order_no"),
        ("库表", ["ods_user_base", "dwd_order_df", "ads_driver_score"], WORD),
        ("字段英文名", ["id_card_no", "mobile", "real_name", "bank_card", "gmt_create"], WORD),
        ("字段中文名", ["身份证号", "手机号", "姓名", "银行卡号", "创建时间"], WORD),
        ("类型(长度)", ["varchar(18)", "varchar(11)", "datetime", "decimal(16,2)"], WORD),
        ("可空", ["Y", "N"], "boolean|category"),
        ("敏感级别", ["S1", "S2", "S3", "S4"], WORD + "|order_no"),
        ("脱敏规则", ["保留前3后4", "全掩码", "哈希", "不脱敏"], WORD),
        ("样例", ["138****0000", "310***********0011", "张*", "-"], "text|category|mobile_masked|prc_resident_id_masked|name_masked?"),
        ("责任团队", ["数据平台组", "风控组", "车联网组"], WORD + "|org_name"),
        ("调度cron", ["0 0 2 * * ?", "0 30 1 * * ?"], WORD),
    )  # fmt: skip


@case(70)
def survey_export(c: Case) -> None:
    """Whole questions as headings."""
    put(
        c,
        ("ResponseId", lambda r: "R_" + code("#@@#@##@@#@@#@@")(r), "order_no|text|uuid"),
        ("StartDate", v.moment, WHEN),
        ("Duration (in seconds)", whole(40, 2000), "number"),
        ("Finished", ["True", "False"], "boolean|category"),
        ("IPAddress", v.ip, "ipv4?"),
        ("Q1. What is your full name?", v.latin, "name_latin!"),
        ("Q2. Which age group do you belong to?", ["18-24", "25-34", "35-44", "45+"], "age|category|text?"),
        ("Q3. E-mail for the voucher (optional)", v.email, "email!", {"empty": 0.4}),
        ("Q4. Which terminal do you use most often?", ["Yangshan IV", "Waigaoqiao", "Ningbo"], WORD),
        ("Q5. 您的手机号（选填）", v.mobile, TEL + "!", {"empty": 0.5}),
        ("Q6_NPS (0-10)", whole(0, 10), NUM),
        ("Q7. Anything else?", ["no", "faster customs please", "app keeps crashing", ""], TEXT + "|search_history?"),
    )  # fmt: skip
    c.count = False
