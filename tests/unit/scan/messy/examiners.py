"""Fourteenth hand: an examiner's tables, written from the list of identifiers alone. Labelled before a scan ever saw them."""

import json
from pathlib import Path

from messy import digits as d
from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_fixed,
    as_gz,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    as_zip,
    dot_zero,
    grouped4,
    id_spaced,
    phone_styles,
    quoted,
    wide,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

# Three needles in two thousand rows


@case(2000)
def wms_pick_lines(c: Case) -> None:
    spots = {411, 1203, 1877}
    notes = tuple(
        f"客户{v.name(c.r)}要求改址，证件{v.prc(c.r)}"
        if i in spots
        else c.r.choice(("", "轻放", "补打面单", "加急"))
        for i in range(2000)
    )
    put(
        c,
        ("波次号", code("W20260901-####"), CODES),
        ("SKU编码", code("@@-#####-@"), CODES),
        ("库位", code("A-##-##"), "category|order_no|text"),
        ("应拣", whole(1, 40), NUM),
        ("拣货备注", notes, "text|category!", {"embedded": (ID,)}),
    )
    c.count = False


@case(2000)
def sensor_labels(c: Case) -> None:
    spots = {77, 900, 1500}
    labels = tuple(v.mobile(c.r) if i in spots else f"TAG{i:06d}" for i in range(2000))
    put(
        c,
        ("tag", labels, "order_no|text|category?", {"embedded": (TEL,)}),
        ("value", fmt(-10, 90, 2), "number"),
        ("quality", ["GOOD", "BAD", "UNCERTAIN"], WORD),
    )
    c.count = False


# Damage of spreadsheets


@case(60)
def teachers_floats(c: Case) -> None:
    c.strong = (ID,)
    c.exact = False
    c.count = False
    put(
        c,
        ("教师姓名", v.name, "name_cn!"),
        ("身份证件号", lambda r: f"{float(v.prc(r)[:17] + '0'):.14E}", ID + "!"),
        ("联系手机", v.mobile, TEL + "!", {"damage": dot_zero}),
        ("职称", ["高级教师", "一级教师", "正高级教师"], "occupation|category?"),
        ("任教学科", ["语文", "数学", "物理"], WORD),
    )


@case(70)
def wide_digits_visitors(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("訪客姓名", ["陳志明", "林美玲", "黃國棟", "張淑芬", "何家豪"], "name_cn!"),
        ("身份證號碼", v.prc, ID, key(ID, damage=wide)),
        ("聯絡電話", v.mobile, TEL, key(TEL, damage=wide)),
        ("到訪時間", v.moment, WHEN),
        ("事由", ["面試", "送貨", "開會"], WORD),
    )
    c.writer = as_csv(encoding="big5hkscs")


@case(60)
def apostrophes(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("开户人", v.name, "name_cn!"),
        ("证照号码", v.prc, ID, key(ID, damage=quoted)),
        ("卡/折号", v.card, "bank_card!", {"damage": grouped4}),
        ("网点号", code("0####"), CODES),
        ("余额", lambda r: f"￥{r.uniform(10, 99999):,.2f}", "number|text|investor_holding?"),
    )
    c.count = False


# Lying headers and none


@case(50)
def lying(c: Case) -> None:
    put(
        c,
        ("姓名", v.plate, "plate_cn!"),
        ("手机号", v.container, "container_no"),
        ("身份证号", v.uscc, "uscc"),
        ("邮箱", v.ip, "ipv4?"),
        ("金额", v.mobile, TEL, key(TEL)),
        ("订单号", v.email, "email", key("email")),
    )
    c.count = False


@case(80)
def headless(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("", seq(80), "number|order_no"),
        ("", v.name, "name_cn!"),
        ("", v.prc, ID, key(ID)),
        ("", v.company, "org_name"),
        ("", v.address, "address_cn!"),
        ("", day("%Y/%m/%d"), DAY),
        ("", v.money, "number"),
    )
    c.writer = as_csv(header=False, delimiter="\t")


@case(64)
def titled(c: Case) -> None:
    c.strong = ("passport_cn",)
    put(
        c,
        ("序号", seq(64), NUM + "|order_no"),
        ("团员姓名", v.name, "name_cn!"),
        ("姓名拼音", v.latin, "name_latin!"),
        ("护照", v.passport, "passport_cn", key("passport_cn")),
        ("签发地", ["上海", "浙江", "江苏"], "province|category|text"),
        ("有效期至", day(low=2027, high=2034), DAY),
        ("房型", ["双床", "大床"], WORD),
    )
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(title=("邮轮团名单", "领队：(略)", "出发：2026-10-03"), merge=True, second=True),
    )


# Decoys


@case(120)
def decoys_eighteen(c: Case) -> None:
    put(
        c,
        ("报关单编号", v.declaration, "customs_declaration|order_no"),
        ("平台交易单号", lambda r: "2026" + v.num(r, 14), CODES),
        ("采集毫秒", v.ms, "timestamp|number"),
        ("商品69码", v.ean, "ean"),
        (
            "固件",
            lambda r: f"{r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 9)}.{r.randint(0, 250)}",
            "version|text",
        ),
        ("批次", lambda r: "26" + v.num(r, 8), CODES),
        ("git提交", lambda r: v.hexes(r, 40), "hash|text"),
    )


@case(90)
def decoys_mobiles(c: Case) -> None:
    put(
        c,
        ("采购申请", lambda r: "138" + f"{r.randint(0, 999):03}" + "00" + v.num(r, 3), CODES + "|mobile_cn?"),
        ("凭证流水", seq(90, "139{:08d}", 20260001), CODES),
        ("含税价", fmt(1, 900, 2), "number"),
        ("税率", ["13%", "9%", "6%"], "number|category|text"),
        ("收款方", v.company, "org_name"),
    )


# Vehicles


@case(100)
def dealer_sales(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("底盘号", lambda r: v.vin(r, "LB3"), "vin!"),
        ("购车人", v.name, "name_cn!"),
        ("购车人证件", v.prc, ID, key(ID)),
        ("上牌号码", v.plate, "plate_cn!", {"empty": 0.3}),
        ("车身颜色", ["珍珠白", "曜石黑", "深海蓝"], WORD),
        ("成交价（万元）", fmt(8, 60, 2), "number"),
        ("销售顾问", v.name, "name_cn!"),
        ("提车日期", day("%Y.%m.%d"), DAY),
    )
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(150)
def can_frames(c: Case) -> None:
    put(
        c,
        ("ts", v.ms, "timestamp|number"),
        ("can_id", lambda r: f"0x{r.randrange(2048):03X}", "order_no|text|category|hash"),
        ("dlc", whole(1, 8), NUM),
        ("motor_rpm", whole(0, 12000), "vehicle_speed|number?"),
        ("brake_pedal", whole(0, 100), "vehicle_speed|number?"),
        ("seat_belt", ["0", "1"], "boolean|number|category|vehicle_speed?"),
    )
    c.suffix, c.writer = ".parquet", as_parquet


# Funds and banks


@case(60)
def wealth_clients(c: Case) -> None:
    put(
        c,
        ("Client Ref", code("PB-######"), "customer_no|order_no?"),
        ("Account Name", v.latin, "name_latin!"),
        ("HKID / Passport", v.hkid, "hkid", key("hkid")),
        ("AUM (USD m)", fmt(0.5, 80, 1), "number|investor_holding?"),
        ("Tax residency", ["HK", "SG", "UK"], "country|nationality|category?"),
        ("RM", v.latin, "name_latin!"),
        ("IBAN (if any)", v.iban, "iban!", {"empty": 0.5}),
    )
    c.strong = ("hkid",)
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(80)
def bond_trades(c: Case) -> None:
    put(
        c,
        ("债券代码", lambda r: r.choice("012") + v.num(r, 8), "securities_code|order_no|number|category"),
        ("ISIN码", v.isin, "isin"),
        ("对手方LEI", v.lei, "lei"),
        ("净价", fmt(95, 110, 4), "number"),
        ("结算日", day("%Y%m%d"), "date|number"),
        (
            "清算行号",
            lambda r: r.choice(("102290", "103290", "308290")) + v.num(r, 6),
            "cnaps|order_no|number",
        ),
    )


# Biomedicine


@case(70)
def edc_subjects(c: Case) -> None:
    put(
        c,
        ("中心号", ["01", "02", "07", "11"], "category|order_no|number|text"),
        ("筛选号", code("S##-###"), "trial_subject|order_no?"),
        (
            "姓名缩写",
            lambda r: "".join(r.choices("ABCDEFGHLMWXYZ", k=4)),
            "name_part|category|text|order_no?",
        ),
        ("知情同意日期", day(), DAY),
        ("既往病史", ["高血压", "2型糖尿病", "无"], "diagnosis|medical_text|category?"),
        ("ECOG评分", ["0", "1", "2"], "number|category|lab_result?"),
        ("eGFR(mL/min)", fmt(30, 120, 1), "lab_result|number?"),
    )
    c.suffix, c.writer = ".zip", as_zip
    c.count = False


@case(40)
def variants(c: Case) -> None:
    put(
        c,
        ("rsID", lambda r: "rs" + v.num(r, 8), "genetic_variant|order_no|text?"),
        ("chrom", lambda r: f"chr{r.randint(1, 22)}", "category|text|genetic_variant?"),
        ("pos", lambda r: v.num(r, 8, "123456789"), "number|order_no"),
        ("genotype", ["A/G", "G/G", "A/A"], "category|genetic_variant|text?"),
        ("sample_barcode", code("BX########"), "specimen_no|order_no?"),
    )
    c.suffix, c.writer = ".txt", as_csv(delimiter="\t")
    c.count = False


@case(60)
def discharge_notes(c: Case) -> None:
    put(
        c,
        ("病案首页号", code("#########"), "medical_record_no|number|order_no!"),
        (
            "出院小结",
            lambda r: (
                f"患者{v.name(r)}，因胸痛2天入院，予抗凝治疗后好转出院。家属电话{v.mobile(r)}，身份证{v.prc(r)}。"
            ),
            "medical_text|text!",
            {"embedded": (ID, TEL)},
        ),
        ("出院带药", ["阿司匹林肠溶片 100mg qd", "阿托伐他汀钙片 20mg qn"], "medical_text|text|category?"),
        ("主诊断ICD", ["I20.000", "I21.401", "I25.103"], "icd10!"),
    )
    c.count = False


# Shipping


@case(75)
def reefer_bookings(c: Case) -> None:
    put(
        c,
        ("BKG No", code("6#########"), CODES + "|bill_of_lading"),
        ("Cntr No.", v.container, "container_no"),
        ("Set temp", ["-18", "+4", "-25"], "number|category|weather_value|text"),
        ("Commodity desc", ["Frozen shrimp", "Beef, boneless", "Cherries"], "cargo_name|category|text"),
        ("POL/POD", ["CNSHA", "USLAX", "NLRTM"], "un_locode|category"),
        ("Vsl/Voy", ["COSCO PRIDE/041E", "EVER GOLDEN/1120W"], "vessel_name|voyage_no|text|category"),
        ("HS", ["0306.17", "0202.30", "0809.29"], "hs_code|category|number"),
    )
    c.suffix, c.writer = ".csv.gz", as_gz


@case(22)
def imo_crew(c: Case) -> None:
    c.strong = ("passport_cn",)
    put(
        c,
        ("No.", seq(22), NUM + "|order_no"),
        ("Family name", list(v.FAMILY), "name_part|name_latin!"),
        ("Given name(s)", list(v.FIRST), "name_part|name_latin!"),
        ("Rank or rating", ["Master", "2/O", "A/B", "Oiler", "Ch. Cook"], "occupation|category|text?"),
        ("Nationality", ["CHN", "PHL", "MMR"], "nationality|country|category?"),
        (
            "Date and place of birth",
            lambda r: f"{v.date(r, '%d/%m/%Y', 1965, 2003)} {r.choice(('NINGBO', 'CEBU', 'YANGON'))}",
            "birth_date|text!",
        ),
        ("Nature and No. of identity document", v.passport, "passport_cn", key("passport_cn")),
    )
    c.writer = as_fixed
    c.suffix = ".txt"
    c.count = False


@case(90)
def ais_static(c: Case) -> None:
    put(
        c,
        ("mmsi", lambda r: r.choice(("412", "413", "477")) + v.num(r, 6), "mmsi|order_no|number"),
        ("imo", v.imo, "imo_number"),
        ("callsign", code("B@@@#"), "call_sign|order_no|text|category"),
        ("shiptype", ["70", "80", "52"], NUM),
        ("draught", fmt(3, 16, 1), "number"),
        ("destination", ["CN YSN", "SG SIN", "NINGBO"], "category|text|un_locode"),
        ("nav_status", ["0", "1", "5"], NUM),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()


# Reinsurance


@case(50)
def bordereau(c: Case) -> None:
    put(
        c,
        ("UMR", code("B1234@@######"), "treaty_no|policy_no|order_no?"),
        ("Insured", v.firm, "org_name"),
        ("Peril", ["Flood", "Windstorm", "Fire"], WORD),
        ("Sum insured (100%)", lambda r: f"{r.randint(1, 900)},000,000", "number|text"),
        ("Our share %", ["7.5", "10", "12.5"], NUM),
        ("Loss date", day("%d %b %Y"), DAY),
        ("Claimant", v.latin, "name_latin!"),
    )
    c.count = False


@case(60)
def life_cessions(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("保单印刷号", code("886##########"), "policy_no|order_no|number?"),
        ("被保险人客户号", code("00########"), "customer_no|order_no|number?"),
        ("被保险人证件号码", v.prc, ID, key(ID, damage=id_spaced)),
        ("投保年龄", whole(18, 60), "age|number!"),
        ("职业类别", ["1类", "2类", "4类"], "category|occupation|text?"),
        ("是否吸烟", ["是", "否"], "boolean|category|medical_text?"),
        ("自留额", fmt(1e4, 9e5, 2), "number"),
        ("核保结论", ["标准体", "次标体加费", "除外"], "category|text|medical_text?"),
    )
    c.count = False


# Commerce


@case(80)
def shop_nested(c: Case) -> None:
    put(
        c,
        ("orderSn", code("260901######"), CODES),
        ("consignee", v.name, "name_cn!"),
        ("tel", v.mobile, TEL, key(TEL, damage=phone_styles)),
        ("fullAddress", v.address, "address_cn!"),
        ("skuName", ["蓝牙耳机 Pro", "儿童雨衣 110cm", "猫砂 6L"], "cargo_name|category|text"),
        ("payChannel", ["alipay", "wxpay"], WORD),
        ("buyerMsg", ["请发顺丰", "", "不要打电话"], TEXT + "|search_history?"),
    )
    c.suffix = ".json"

    def write(one: Case, path: Path) -> None:
        rows = [dict(zip(one.headers, row, strict=True)) for row in one.lines()]
        nested = [
            {
                "orderSn": x["orderSn"],
                "receiver": {k: x[k] for k in ("consignee", "tel", "fullAddress")},
                "items": [{"skuName": x["skuName"], "payChannel": x["payChannel"]}],
                "buyerMsg": x["buyerMsg"],
            }
            for x in rows
        ]
        path.write_text(
            json.dumps({"total": len(nested), "list": nested}, ensure_ascii=False), encoding="utf-8"
        )

    c.writer = write
    c.count = False


@case(60)
def loyalty_mixed(c: Case) -> None:
    put(
        c,
        ("loyalty_tier", ["Gold", "Silver", "Plat"], WORD),
        ("points_bal", whole(0, 99999), "number"),
        ("dob_mmdd", lambda r: f"{r.randint(1, 12):02}-{r.randint(1, 28):02}", "birth_date|date|text!"),
        ("cell_phone", lambda r: f"({r.randint(201, 989)}) 555-01{r.randint(10, 99)}", "phone_intl!"),
        ("zip5", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number"),
        ("opt_in_sms", ["Y", "N"], "boolean|category"),
    )
    c.count = False


# Weather


@case(120)
def aws_minute(c: Case) -> None:
    put(
        c,
        ("区站号", ["58362", "58461", "58370"], "weather_station|category|number|order_no"),
        ("观测时间(UTC)", v.moment, WHEN),
        ("气温", fmt(-5, 38, 1), "weather_value|number"),
        ("2分钟平均风速", fmt(0, 18, 1), "weather_value|number"),
        ("过去1小时降水", fmt(0, 30, 1), "weather_value|number"),
        ("天气现象", ["霾", "小雨", "晴"], "category|text|weather_value"),
        ("质控码", ["0", "1", "9"], NUM),
    )


@case(80)
def buoy(c: Case) -> None:
    put(
        c,
        ("STN", ["46042", "44025"], "weather_station|category|number|order_no"),
        ("WVHT", fmt(0.4, 7, 2), "number|weather_value"),
        ("SST_C", fmt(3, 28, 1), "weather_value|number"),
        ("LAT", fmt(20, 45, 3), "latitude|number"),
        ("LON", fmt(-160, -70, 3), "longitude|number"),
    )
    c.suffix, c.writer = ".txt", as_fixed


# Foreign identifiers


@case(60)
def apac_hr(c: Case) -> None:
    put(
        c,
        ("NRIC/FIN", v.nric, "nric_sg", key("nric_sg")),
        ("Staff name", v.latin, "name_latin!"),
        ("Employment pass expiry", day("%d-%b-%Y", 2026, 2029), DAY),
        ("Monthly basic", lambda r: f"S${r.randint(3, 18)},{v.num(r, 3)}.00", "income|number!"),
        ("Reporting to", v.latin, "name_latin!"),
        ("Next of kin relationship", ["Spouse", "Mother", "Brother"], "kinship|category!"),
    )
    c.strong = ("nric_sg",)
    c.count = False


@case(60)
def brazil_clients(c: Case) -> None:
    def cpf(r: v.R) -> str:
        body = v.num(r, 9)
        full = d.cpf(body)
        return f"{full[:3]}.{full[3:6]}.{full[6:9]}-{full[9:]}"

    put(
        c,
        ("Nome do cliente", v.latin, "name_latin!"),
        ("CPF/CNPJ", cpf, "cpf_br", key("cpf_br")),
        ("Logradouro", lambda r: f"Rua das Flores, {r.randint(1, 999)}", "address_latin|address_text!"),
        ("UF", ["SP", "RJ", "MG"], WORD + "|province"),
        ("Nascimento", day("%d/%m/%Y", 1950, 2005), "birth_date!"),
        ("Valor do pedido", lambda r: f"R$ {r.randint(1, 9)}.{v.num(r, 3)},{v.num(r, 2)}", "number|text"),
    )
    c.strong = ("cpf_br",)
    c.writer = as_csv(delimiter=";", encoding="cp1252")


# Nobody is in these


@case(60)
def tariff_schedule(c: Case) -> None:
    put(
        c,
        (
            "税则号列",
            lambda r: r.choice(("87038000", "85176200", "30049090", "61091000")),
            "hs_code|category|number|order_no",
        ),
        ("货品名称", ["纯电动乘用车", "交换机", "中式成药", "棉制针织T恤衫"], "cargo_name|category|text"),
        ("最惠国税率", ["15%", "0", "3%"], "number|category|text"),
        ("法定第一单位", ["辆", "台", "千克", "件"], WORD),
        ("监管条件", ["AB", "46", "Q"], WORD),
    )


@case(50)
def port_calls_stats(c: Case) -> None:
    put(
        c,
        ("年份", whole(2010, 2025), "number|date|category"),
        ("集装箱吞吐量(万TEU)", fmt(1000, 5000, 1), "number"),
        ("国际航线班轮（班）", whole(100, 900), "number"),
        ("旅客吞吐量", whole(1000, 90000), "number"),
        ("港区", ["洋山", "外高桥", "吴淞"], WORD + "|province|address_text"),
    )
    c.suffix, c.writer = ".json", as_json
