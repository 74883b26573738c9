"""Eighth hand: a sceptical judge's tables of the sectors of Lingang, with decoys, damage and few rows. Labelled before a scan ever saw them."""

from pathlib import Path

from messy import digits as d
from messy import values as v
from messy.frame import (
    CODE,
    Case,
    as_csv,
    as_fixed,
    as_gz,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    grouped4,
    phone_styles,
    quoted,
    wide,
)
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"
SYMBOLS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def two_headed(groups: tuple[tuple[str, int], ...], title: str):  # type: ignore[no-untyped-def]
    """A workbook with a title, a line of merged group headers, and the headers under it."""

    def write(one: Case, path: Path) -> None:
        from openpyxl import Workbook

        book = Workbook()
        page = book.active
        page.append([title])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(one.columns))
        line: list[str | None] = []
        for word, width in groups:
            page.merge_cells(start_row=2, start_column=len(line) + 1, end_row=2, end_column=len(line) + width)
            line += [word, *[None] * (width - 1)]
        for at, word in enumerate(line, 1):
            if word:
                page.cell(row=2, column=at, value=word)
        page.append(one.headers)
        for row in one.lines():
            page.append(row)
        with path.open("wb") as file:
            book.save(file)

    return write


def rrn(r: v.R) -> str:
    body = f"{r.randint(50, 99)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{r.choice('12')}{v.num(r, 5)}"
    return f"{body[:6]}-{body[6:]}{d.rrn(body)}"


def my_number(r: v.R) -> str:
    body = v.num(r, 11, "123456789")
    return body + d.my_number(body)


def s10(r: v.R) -> str:
    body = v.num(r, 8)
    return f"{r.choice(('LX', 'RB', 'EE'))}{body}{d.s10(body)}{r.choice(('CN', 'HK', 'DE'))}"


# Connected vehicles and charging


@case(120)
def tbox_heartbeat(c: Case) -> None:
    c.add("iccid", v.iccid, "iccid", p=None)
    c.add("msisdn", lambda r: "1064" + v.num(r, 9), CODES + "|phone_intl|device_id|mobile_cn|imsi", p=None)
    c.add("TBOX_SN", lambda r: "TB" + v.num(r, 12), "device_id|order_no|text", p=None)
    c.add("vin_code", lambda r: v.vin(r, "LGX"), "vin", p=True)
    c.add("rsrp", lambda r: str(-r.randint(60, 120)), "number")
    c.add("report_ts", v.ms, "timestamp|number|datetime")
    c.add("sw_ver", lambda r: f"10.{r.randint(0, 9)}.{r.randint(0, 9)}.{r.randint(1, 99)}", "version|text")
    c.add("raw_frame", lambda r: "2323" + v.hexes(r, 60).upper(), "text|hash|order_no")
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(80)
def charging_sessions(c: Case) -> None:
    c.add("交易流水号", lambda r: "395815801" + v.num(r, 23), "charging_record|order_no|number", p=None)
    c.add("充电设备接口编码", lambda r: "310115" + v.num(r, 10), "charging_station|order_no|number")
    c.add("用户手机号", v.mobile, "mobile_cn", key="mobile_cn", damage=wide)
    c.add("开始SOC", lambda r: str(r.randint(3, 60)), "number|vehicle_speed|charging_record", p=None)
    c.add("结束SOC", lambda r: str(r.randint(61, 100)), "number|vehicle_speed|charging_record", p=None)
    c.add("充电电量(kWh)", lambda r: f"{r.uniform(2, 70):.3f}", "number|charging_record", p=None)
    c.add("停止原因", ["用户主动停止", "充满", "余额不足", "急停"], WORD)
    c.add("结束时间", v.moment, "datetime")
    c.writer = as_csv(encoding="gb18030", before=("临港充电网络 2026年9月充电订单,,,,,,,",))
    c.count = False


@case(60)
def road_test(c: Case) -> None:
    c.add("测试车辆", ["智驾01", "智驾02", "智驾03"], WORD)
    c.add("临时号牌", lambda r: "沪A" + v.num(r, 4) + "试", "plate_cn|order_no|text", p=None)
    c.add("安全员", v.name, "name_cn", p=True)
    c.add(
        "pcd文件",
        lambda r: f"/data/lidar/2026{r.randint(1, 12):02}/{v.num(r, 10)}.pcd",
        "camera_media|text|url|order_no",
        p=None,
    )
    c.add("接管次数", lambda r: str(r.randint(0, 5)), NUM)
    c.add("最高车速", lambda r: f"{r.uniform(20, 80):.1f}", "vehicle_speed|number", p=None)
    c.add("里程km", lambda r: f"{r.uniform(2, 180):.1f}", "number|vehicle_speed", p=None)
    c.count = False


# Funds and securities


@case(100)
def fund_redemptions(c: Case) -> None:
    """Natural persons and organisations in one column of papers."""
    c.add("TA账号", lambda r: "98" + v.num(r, 10), "securities_account|order_no|number", p=None)
    c.add("基金代码", ["000001", "110011", "161725", "519674"], "securities_code|category|number")
    c.add("投资者名称", v.name, "name_cn", p=True)
    c.add("证件类型", ["身份证", "统一社会信用代码"], WORD)
    c.add("证件号码", lambda r: v.prc(r) if r.random() < 0.85 else v.uscc(r), ID, p=True, embedded=("uscc",))
    c.add("赎回份额", lambda r: f"{r.uniform(100, 99999):.2f}", "number|investor_holding", p=None)
    c.add("确认日期", lambda r: v.date(r, "%Y%m%d"), "date|number|datetime")
    c.writer = as_csv(delimiter="|")
    c.count = False


@case(60)
def custody_positions(c: Case) -> None:
    c.add("ISIN", v.isin, "isin")
    c.add("Ticker", ["AAPL US", "700 HK", "600519 CH", "SAP GY", "MSFT US"], "securities_code|category|text")
    c.add("Qty", lambda r: f"{r.randint(1, 900) * 100:,}", "number|investor_holding", p=None)
    c.add("MV (USD)", lambda r: f"{r.uniform(1e4, 9e6):,.2f}", "number|investor_holding", p=None)
    c.add("Px Date", lambda r: v.date(r, "%d-%b-%y"), DATE)
    c.add("Custodian BIC", ["IRVTUS3N", "CITIHKHX", "SBOSUS3U"], "bic")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Position statement", "As of 30 Sep 2026"), merge=True)


@case(7)
def brokers_few(c: Case) -> None:
    """Seven rows."""
    c.add("客户", v.name, "name_cn", p=True)
    c.add(
        "资金账号", lambda r: v.num(r, 12, "1359"), "securities_account|bank_account|order_no|number", p=None
    )
    c.add("股东卡", lambda r: "A" + v.num(r, 9), "securities_account|order_no", p=None)
    c.add("联系手机", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("风险等级", ["C1", "C3", "C4", "C5"], WORD)
    c.count = False


# Trials and laboratories


@case(80)
def adverse_events(c: Case) -> None:
    c.add("USUBJID", lambda r: f"LG301-{r.randint(101, 120)}-{v.num(r, 4)}", "trial_subject|order_no", p=None)
    c.add("SITEID", lambda r: str(r.randint(101, 120)), CODES)
    c.add(
        "AETERM",
        ["NAUSEA", "HEADACHE", "ALT INCREASED", "UPPER RESPIRATORY TRACT INFECTION"],
        "diagnosis|medical_text|text|category",
        p=None,
    )
    c.add("AESER", ["Y", "N"], "boolean|category")
    c.add("AESTDTC", lambda r: r.choice((v.date(r), v.date(r, "%Y-%m"), v.date(r))), "date|datetime|text")
    c.add("SEX", ["M", "F"], "gender", p=True)
    c.add("RACE", ["ASIAN", "WHITE", "BLACK OR AFRICAN AMERICAN"], "ethnicity|category", p=None)
    c.add("AGE", lambda r: str(r.randint(18, 80)), "age", p=True)
    c.count = False


@case(90)
def lab_domain(c: Case) -> None:
    c.add("受试者筛选号", lambda r: f"S{r.randint(1, 30):02}{v.num(r, 3)}", "trial_subject|order_no", p=None)
    c.add("检验项目", ["白细胞计数", "血红蛋白", "丙氨酸氨基转移酶", "肌酐"], WORD + "|lab_result", p=None)
    c.add("结果", lambda r: f"{r.uniform(1, 150):.2f}", "lab_result|number", p=None)
    c.add("单位", ["10^9/L", "g/L", "U/L", "μmol/L"], WORD)
    c.add("参考范围", ["3.5-9.5", "115-150", "7-40", "41-81"], WORD + "|lab_result", p=None)
    c.add("临床意义", ["正常", "异常无临床意义", "异常有临床意义"], WORD + "|lab_result|medical_text", p=None)
    c.add("采样日期", v.date, DATE)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("实验室检查（CRF 第 7 页）",), second=True)
    c.count = False


@case(50)
def freezer_slots(c: Case) -> None:
    c.add("样本管编号", lambda r: "LGB" + v.num(r, 9), "specimen_no|order_no", p=None)
    c.add(
        "冻存位置",
        lambda r: (
            f"F{r.randint(1, 9)}-R{r.randint(1, 5)}-B{r.randint(1, 20)}-{r.choice('ABCDEFGHI')}{r.randint(1, 9)}"
        ),
        CODES,
    )
    c.add("样本类型", ["血清", "EDTA血浆", "PBMC", "组织"], WORD)
    c.add("体积(μL)", ["200", "500", "1000"], NUM)
    c.add("库温(℃)", lambda r: f"{-r.uniform(76, 84):.1f}", "number|weather_value")
    c.add("入库时间", v.moment, "datetime")
    c.count = False


@case(60)
def gwas_hits(c: Case) -> None:
    """Published statistics, nobody in it."""
    c.add("rsid", lambda r: "rs" + v.num(r, 8, "123456789"), "genetic_variant|order_no|text", p=None)
    c.add("chr", lambda r: str(r.randint(1, 22)), NUM)
    c.add("pos", lambda r: str(r.randint(10**6, 2 * 10**8)), "number|order_no")
    c.add("beta", lambda r: f"{r.gauss(0, 0.1):.4f}", "number")
    c.add("p_value", lambda r: f"{r.uniform(1, 9):.2f}e-{r.randint(8, 40):02}", "number|text")
    c.writer = as_csv(delimiter="\t")
    c.count = False


# Shipping


@case(45)
def crew_manila(c: Case) -> None:
    c.add("No.", seq(45), NUM + "|order_no")
    c.add(
        "NAME OF CREW",
        lambda r: f"{r.choice(v.FAMILY)}, {r.choice(v.FIRST)} {r.choice('ABCDEFG')}.",
        "name_latin",
        p=True,
    )
    c.add("RANK", ["MASTER", "CHIEF MATE", "OILER", "MESSMAN", "FITTER"], "occupation|category", p=None)
    c.add("PASSPORT", lambda r: "P" + v.num(r, 7) + r.choice("ABC"), "passport_foreign|order_no", p=True)
    c.add("SEAMAN BOOK", lambda r: "C" + v.num(r, 7), "crew_list_no|order_no|passport_foreign", p=None)
    c.add("DOB", lambda r: v.date(r, "%d.%m.%Y", 1964, 2003), "birth_date", p=True)
    c.add("SEX", ["M", "M", "M", "F"], "gender", p=True)
    c.add("NATIONALITY", ["FILIPINO", "CHINESE", "MYANMAR"], "nationality", p=True)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("IMO FAL FORM 5", "MV XIN LIN GANG / VOY 026W"), merge=True)
    c.count = False


@case(150)
def ais_short(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(150)]
    c.add("mmsi", lambda r: r.choice(("412", "413", "477", "636")) + v.num(r, 6), "mmsi")
    c.add("ts", lambda r: str(1_780_000_000 + r.randrange(10**7)), "timestamp|number")
    c.add("lon", tuple(a for a, _ in spots), "longitude|trajectory|number", p=None)
    c.add("lat", tuple(b for _, b in spots), "latitude|trajectory|number", p=None)
    c.add("sog", lambda r: f"{r.uniform(0, 22):.1f}", "number|vehicle_speed", p=None)
    c.add("cog", lambda r: f"{r.uniform(0, 359):.1f}", "number|vehicle_speed", p=None)
    c.add("hdg", lambda r: r.choice((str(r.randint(0, 359)), "511")), "number|vehicle_speed", p=None)
    c.add("navstat", lambda r: str(r.choice((0, 1, 5, 15))), NUM)
    c.suffix, c.writer = ".csv.gz", as_gz
    c.count = False


@case(60)
def dangerous_manifest(c: Case) -> None:
    c.add("箱号", v.container, "container_no")
    c.add("铅封", lambda r: r.choice(("CN", "ML")) + v.num(r, 7), "seal_no|order_no", p=None)
    c.add("提单号", lambda r: "COSU" + v.num(r, 10), "bill_of_lading|order_no", p=None)
    c.add("UN NO.", ["UN3480", "UN1263", "UN1993", "UN2794"], "un_number")
    c.add("IMDG类别", ["9", "3", "3", "8"], NUM)
    c.add(
        "中文品名", ["锂离子电池组", "涂料", "易燃液体，未另列明的", "湿的蓄电池"], "cargo_name|category|text"
    )
    c.add("毛重KGS", lambda r: f"{r.uniform(500, 26000):.1f}", "number")
    c.add("应急联系电话", lambda r: "021-" + v.num(r, 8, "56"), "landline_cn", p=None)


# Reinsurance


@case(50)
def life_bordereau(c: Case) -> None:
    c.add("Treaty Ref", lambda r: f"RT-2026-{v.num(r, 4)}", "treaty_no|order_no")
    c.add("Policy No.", lambda r: "L" + v.num(r, 10), "policy_no|order_no", p=None)
    c.add("Life Assured", v.latin, "name_latin", p=True)
    c.add("DoB", lambda r: v.date(r, "%d/%m/%Y", 1945, 2005), "birth_date", p=True)
    c.add("Smoker", ["Y", "N"], "boolean|category")
    c.add("Sum Reassured", lambda r: f"{r.randint(1, 90) * 50000:,}", "number")
    c.add("Cession %", ["25%", "40%", "50%"], "number|category|text")
    c.add(
        "Underwriting Note", ["Standard", "+50% EM build", "Excl. diabetes"], WORD + "|medical_text", p=None
    )
    c.count = False


@case(40)
def cat_losses(c: Case) -> None:
    c.add("UMR", lambda r: "B0509LG" + v.num(r, 7) + "26", "treaty_no|policy_no|order_no", p=None)
    c.add("Event", ["Typhoon Bebinca", "Henan Flood", "Noto EQ", "Hurricane Milton"], WORD)
    c.add("Loss Date", lambda r: v.date(r, "%d/%m/%Y"), DATE)
    c.add("100% Gross", lambda r: f"{r.uniform(1e5, 9e7):,.0f}", "number")
    c.add("Our Share", lambda r: f"{r.uniform(0.01, 0.2):.4f}", "number")
    c.add("O/S", lambda r: f"({r.randint(1, 900)},{r.randint(0, 999):03})", "number|text")
    c.count = False


# Cross-border trade


@case(90)
def three_orders(c: Case) -> None:
    c.strong = (ID,)
    c.add("平台订单号", lambda r: v.num(r, 18, "23456789"), CODES)
    c.add("支付交易编号", lambda r: "4200002" + v.num(r, 21), CODES + "|payment_account", p=None)
    c.add("订购人姓名", v.name, "name_cn", p=True)
    c.add("订购人身份证号", v.prc, ID, key=ID, damage=quoted)
    c.add("订购人电话", v.mobile, "mobile_cn", key="mobile_cn", damage=quoted)
    c.add("商品HS编码", ["3304990099", "2106909090", "1901101090"], "hs_code|number|category")
    c.add("电商企业代码", lambda r: "3122" + v.num(r, 6), "customs_registration|order_no|number")
    c.add("清单编号", v.declaration, "customs_declaration|order_no|number")
    c.writer = as_csv(encoding="gb18030")


@case(60)
def parcels_taiwan(c: Case) -> None:
    c.strong = ("taiwan_id",)
    c.add("收件人", ["陳怡君", "林志明", "黃淑芬", "張家豪", "李雅婷", "吳建宏"], "name_cn", p=True)
    c.add("身分證字號", v.taiwan, "taiwan_id", key="taiwan_id")
    c.add("手機", lambda r: f"09{v.num(r, 2)}-{v.num(r, 3)}-{v.num(r, 3)}", "phone_intl", p=True)
    c.add("郵遞區號", ["106", "11049", "403", "80661"], "postcode_intl|number|category|postcode_cn", p=None)
    c.add(
        "地址",
        lambda r: f"台北市大安區忠孝東路{r.choice('一二三四')}段{r.randint(1, 300)}號{r.randint(2, 15)}樓",
        "address_cn|address_text",
        p=True,
    )
    c.add(
        "統一編號",
        lambda r: next(x for x in iter(lambda: v.num(r, 8), "") if d.ubn(x)),
        "ubn_tw|number|order_no",
        empty=0.6,
    )
    c.writer = as_csv(encoding="big5")
    c.count = False


@case(70)
def postal_parcels(c: Case) -> None:
    c.add("barcode", s10, "postal_item")
    c.add("wt_g", lambda r: str(r.randint(50, 2000)), "number")
    c.add("dest", ["DE", "US", "JP", "AU"], "country|category")
    c.add("declared_value", lambda r: f"{r.uniform(3, 150):.2f} USD", "number|text|category")
    c.add("contents", ["phone case", "cotton T-shirt", "toy"], "cargo_name|category|text")
    c.add("last_scan", lambda r: v.moment(r).replace(" ", "T") + "+08:00", "datetime")


# People offices


@case(60)
def staff_hongkong(c: Case) -> None:
    c.strong = ("hkid",)
    c.add("Staff No", seq(60, "HK{:05d}", 301), "employee_no|order_no", p=None)
    c.add("Name (Eng)", v.latin, "name_latin", p=True)
    c.add("中文姓名", v.name, "name_cn", p=True)
    c.add("香港身份證號碼", v.hkid, "hkid", key="hkid", damage=wide)
    c.add("Date Joined", lambda r: v.date(r, "%d/%m/%Y"), DATE)
    c.add("MPF Scheme", ["HSBC SuperTrust", "Manulife", "AIA"], WORD + "|org_name")
    c.add("Basic Salary HK$", lambda r: f"{r.randint(15, 90) * 1000:,}.00", "income|number", p=None)
    c.writer = as_csv(encoding="utf-16", delimiter="\t")
    c.count = False


@case(80)
def hotel_upload(c: Case) -> None:
    c.strong = (ID,)
    c.add("xm", v.name, "name_cn", p=True)
    c.add("xb", ["1", "2"], "gender", p=True)
    c.add("mz", ["01", "02", "03", "11"], "ethnicity|category|number", p=None)
    c.add("zjlx", ["11"], NUM + "|text")
    c.add("zjhm", v.prc, ID, key=ID, empty=0.05)
    c.add("xz", v.address, "address_cn", p=True)
    c.add("fh", lambda r: str(r.randint(201, 1812)), "number|order_no|category")
    c.add(
        "rzsj",
        lambda r: v.moment(r).replace("-", "").replace(":", "").replace(" ", ""),
        "datetime|timestamp|number|order_no",
    )
    c.writer = as_csv(delimiter="\t", encoding="gb18030")


@case(60)
def exam_scores(c: Case) -> None:
    c.strong = (ID,)
    c.add("准考证号", lambda r: "26310115" + v.num(r, 6), "student_id|student_no|order_no|number", p=None)
    c.add("姓名", v.name, "name_cn", p=True)
    c.add("身份证号", v.prc, ID, key=ID)
    c.add("语文", lambda r: str(r.randint(60, 145)), "number")
    c.add("数学", lambda r: str(r.randint(40, 150)), "number")
    c.add("外语", lambda r: str(r.randint(50, 148)), "number")
    c.add("总分", lambda r: str(r.randint(200, 640)), "number")
    c.add("第一志愿", ["上海海事大学", "上海海洋大学", "上海电力大学"], "org_name|category|text")
    c.suffix, c.writer = ".xlsx", two_headed((("考生信息", 3), ("成绩", 4), ("志愿", 1)), "2026 年录取名册")
    c.count = False


@case(5)
def duty_list(c: Case) -> None:
    """Five rows on a wall."""
    c.add("值班人", v.name, "name_cn", p=True)
    c.add("短号", lambda r: "6" + v.num(r, 5), CODES + "|landline_cn|employee_no", p=None)
    c.add("手机", v.mobile, "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.add("微信", lambda r: "wxid_" + v.hexes(r, 12), "wechat", p=True)
    c.add("QQ", lambda r: v.num(r, 9, "123456789"), "qq", p=True)
    c.count = False


@case(50)
def staff_japan(c: Case) -> None:
    c.strong = ("my_number",)
    c.add("社員番号", seq(50, "{:06d}", 10231), "employee_no|number|order_no", p=None)
    c.add(
        "氏名", ["佐藤 健", "鈴木 花子", "高橋 誠", "渡辺 さくら", "小林 大輔"], "name_other|name_cn", p=True
    )
    c.add("フリガナ", ["サトウ ケン", "スズキ ハナコ", "タカハシ マコト"], "name_other|name_part", p=True)
    c.add("個人番号", my_number, "my_number", key="my_number")
    c.add(
        "生年月日",
        lambda r: f"昭和{r.randint(40, 63)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
        "birth_date",
        p=True,
    )
    c.add("郵便番号", lambda r: f"{v.num(r, 3, '12356')}-{v.num(r, 4)}", "postcode_intl", p=None)
    c.add(
        "住所",
        ["東京都港区芝公園4-2-8", "大阪府大阪市北区梅田1-1-3", "横浜市中区山下町279"],
        "address_text|address_cn|address_latin",
        p=True,
    )
    c.writer = as_csv(encoding="cp932")
    c.count = False


@case(50)
def members_korea(c: Case) -> None:
    c.strong = ("rrn_kr",)
    c.add(
        "이름",
        lambda r: r.choice("김이박최정강조") + r.choice(("민준", "서연", "지훈", "수빈", "하은")),
        "name_other",
        p=True,
    )
    c.add("주민번호", rrn, "rrn_kr", key="rrn_kr")
    c.add("휴대폰", lambda r: f"010-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("이메일", v.email, "email", key="email")
    c.add(
        "주소",
        ["서울특별시 강남구 테헤란로 152", "부산광역시 해운대구 센텀중앙로 97"],
        "address_text|address_latin",
        p=True,
    )
    c.add("가입일", lambda r: v.date(r, "%Y.%m.%d"), DATE)
    c.writer = as_csv(encoding="cp949")
    c.count = False


@case(40)
def residents_macao(c: Case) -> None:
    c.strong = ("macao_bir",)
    c.add("姓名", ["陳大文", "何嘉欣", "梁偉業", "歐陽小慧", "黃志強"], "name_cn", p=True)
    c.add(
        "澳門居民身份證編號",
        lambda r: f"{r.choice('157')}{v.num(r, 6)}({r.randint(0, 9)})",
        "macao_bir",
        key="macao_bir",
    )
    c.add("聯絡電話", lambda r: f"+853 6{v.num(r, 3)} {v.num(r, 4)}", "phone_intl", p=True)
    c.add("婚姻狀況", ["未婚", "已婚", "離婚"], "marital_status", p=True)
    c.count = False


@case(45)
def dental_us(c: Case) -> None:
    c.add("Pt #", seq(45, "{}", 40117), "medical_record_no|number|order_no", p=None)
    c.add("Last", list(v.FAMILY), "name_part", p=True)
    c.add("First", list(v.FIRST), "name_part", p=True)
    c.add(
        "SSN", lambda r: f"{r.randint(100, 665)}{r.randint(10, 99)}{r.randint(1000, 9999)}", "ssn_us", p=True
    )
    c.add(
        "DOB",
        lambda r: f"{r.randint(1, 12)}/{r.randint(1, 28)}/{r.randint(1940, 2015)}",
        "birth_date",
        p=True,
    )
    c.add("Cell", lambda r: f"(512) 555-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("Zip", lambda r: r.choice(("78701", "78704", "78758-1120")), "postcode_intl", p=None)
    c.add("Balance", lambda r: f"${r.uniform(0, 900):,.2f}", "number")
    c.count = False


@case(50)
def kunden(c: Case) -> None:
    c.add("Kd-Nr.", seq(50, "{}", 100482), "customer_no|number|order_no", p=None)
    c.add("Vorname", ["Jürgen", "Sabine", "Lukas", "Zoë"], "name_part", p=True)
    c.add("Nachname", ["Müller", "Schäfer", "Groß", "van der Berg"], "name_part", p=True)
    c.add(
        "Straße / Nr.",
        lambda r: f"{r.choice(('Hauptstraße', 'Goethestr.', 'Am Markt'))} {r.randint(1, 99)}",
        "address_latin|address_text",
        p=True,
    )
    c.add("PLZ", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number", p=None)
    c.add("geb. am", lambda r: v.date(r, "%d.%m.%Y", 1950, 2004), "birth_date", p=True)
    c.add("IBAN", v.iban, "iban", p=True, damage=grouped4)
    c.add("USt-IdNr.", ["DE136695976", None, None], "vat_eu", p=None)
    c.writer = as_csv(encoding="cp1252", delimiter=";")
    c.count = False


# Factory, network, ledgers


@case(100)
def mes_batches(c: Case) -> None:
    """Batches of eleven digits that look like mobiles, materials that look like plates."""
    c.add("工单", lambda r: "WO26" + v.num(r, 8), CODES)
    c.add("批次号", lambda r: r.choice(("138", "139", "150")) + "26" + v.num(r, 6), CODES)
    c.add("物料", lambda r: r.choice("ABC") + v.num(r, 5), CODES)
    c.add("操作工", lambda r: f"OP{v.num(r, 4)}", "employee_no|order_no", p=None)
    c.add("炉温", lambda r: f"{r.uniform(180, 260):.1f}", "number|weather_value")
    c.add("良率", lambda r: f"{r.uniform(92, 100):.2f}%", "number|text")
    c.add("完工", v.moment, "datetime")
    c.suffix, c.writer = ".sqlite", as_sqlite
    c.count = False


@case(80)
def spare_parts(c: Case) -> None:
    """Parts numbered like passports and permits."""
    c.add("零件号", lambda r: "E" + v.num(r, 8), CODES)
    c.add("替代件号", lambda r: "H" + v.num(r, 8), CODES)
    c.add("图号", lambda r: f"LG{v.num(r, 3)}-{v.num(r, 5)}-{r.choice('AB')}", CODES)
    c.add("供应商代码", lambda r: v.num(r, 9, "1"), CODES + "|org_code")
    c.add("EAN", v.ean, "ean")
    c.add("名称", ["制动盘", "前保险杠", "雨刮片", "空调滤芯"], "cargo_name|category|text")
    c.add("单价", v.money, "number")


@case(90)
def gateways(c: Case) -> None:
    c.add(
        "mac",
        lambda r: v.mac(r).replace(":", "").replace("-", "").lower(),
        "mac_address|device_id|hash|order_no",
        p=None,
    )
    c.add("mgmt_ip", v.ip, "ipv4", p=None)
    c.add(
        "firmware",
        lambda r: f"{r.randint(1, 12)}.{r.randint(0, 20)}.{r.randint(0, 9)}.{r.randint(0, 250)}",
        "version|text",
    )
    c.add("rssi_dbm", lambda r: str(-r.randint(30, 95)), "number")
    c.add("uptime", lambda r: f"{r.randint(0, 300)}d {r.randint(0, 23)}h", "text|category|number")
    c.add("sha256", lambda r: v.hexes(r, 64), "hash")
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(120)
def firewall_log(c: Case) -> None:
    c.add("time", lambda r: v.moment(r).replace(" ", "T") + "Z", "datetime")
    c.add("src", v.ip, "ipv4", p=None)
    c.add("spt", lambda r: str(r.randint(1024, 65535)), "number|order_no")
    c.add("dst", v.ip, "ipv4", p=None)
    c.add("dpt", ["443", "80", "22", "3306"], NUM)
    c.add("act", ["allow", "deny"], WORD + "|boolean")
    c.add("out_bytes", lambda r: str(r.randint(60, 10**7)), "number")
    c.suffix, c.writer = ".log", as_csv(delimiter="\t")
    c.count = False


@case(80)
def service_log(c: Case) -> None:
    lines = [
        c.r.choice(("order saved", "cache miss", "retry 3 of 5", "timeout after 3000 ms")) for _ in range(80)
    ]
    lines[11] = f"login failed for {v.email(c.r)} from 203.0.113.9"
    lines[57] = f"sms to {v.mobile(c.r)} rejected: code 4021"
    c.add("ts", lambda r: v.moment(r).replace(" ", "T") + ".120Z", "datetime")
    c.add("level", ["INFO", "WARN", "ERROR"], "category|text")
    c.add("trace_id", lambda r: v.hexes(r, 32), "hash|uuid|order_no")
    c.add("msg", tuple(lines), "text|search_history|category", p=True, embedded=("email", "mobile_cn"))
    c.add("span_ms", lambda r: str(r.randint(1, 3000)), "number")
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda row: {
                **{k: row[k] for k in ("ts", "level", "msg")},
                "ctx": {"trace_id": row["trace_id"], "span_ms": row["span_ms"]},
            }
        ),
    )
    c.count = False


@case(70)
def vouchers(c: Case) -> None:
    c.add("凭证字号", lambda r: f"记-{r.randint(1, 400):04}", CODES)
    c.add("科目编码", ["1001", "1002.01", "6602.03", "2221.01.05"], CODES)
    c.add(
        "摘要",
        lambda r: r.choice(("支付9月电费", "收到货款", "计提折旧", f"报销差旅费-{v.name(r)}")),
        "text|category",
        p=None,
    )
    c.add("借方金额", v.money, "number", empty=0.5)
    c.add("贷方金额", v.money, "number", empty=0.5)
    c.add("制单人", ["王会计", "李会计"], "name_cn|category|text|name_masked", p=None)
    c.add("记账日期", lambda r: v.date(r, "%Y年%m月%d日"), DATE)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("序时账", "单位：上海某某有限公司  2026年9月"))
    c.count = False


@case(40)
def vendors(c: Case) -> None:
    c.add("供应商全称", v.company, "org_name")
    c.add("税号", v.uscc, "uscc")
    c.add("开户行", ["工商银行上海临港支行", "建设银行宁波北仑支行"], "org_name|category|text")
    c.add("对公账号", lambda r: v.num(r, 19, "13"), "bank_account|order_no|number", p=None)
    c.add("联行号", lambda r: "102290" + v.num(r, 6), "cnaps|number|order_no")
    c.add("业务联系人", v.name, "name_cn", p=True)
    c.add(
        "联系电话",
        lambda r: v.mobile(r) if r.random() < 0.5 else "021-" + v.num(r, 8, "56"),
        "mobile_cn|landline_cn",
        p=True,
    )
    c.count = False


@case(60)
def pos_slips(c: Case) -> None:
    c.add("商户号", lambda r: "898310" + v.num(r, 9), CODES)
    c.add("终端号", lambda r: v.num(r, 8), CODES + "|device_id", p=None)
    c.add(
        "卡号",
        lambda r: f"{r.choice(('622202', '621700', '451461'))}******{v.num(r, 4)}",
        "bank_card_masked",
        p=True,
    )
    c.add("参考号", lambda r: v.num(r, 12), CODES)
    c.add("授权码", lambda r: v.num(r, 6), CODES)
    c.add("金额", lambda r: f"￥{r.uniform(5, 3000):.2f}", "number|text")
    c.add(
        "时间",
        lambda r: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}",
        "time_of_day|datetime|text",
    )
    c.writer = as_csv(encoding="gb18030")
    c.count = False


# Open data of government


@case(60)
def penalties(c: Case) -> None:
    c.add("行政处罚决定书文号", lambda r: f"沪市监浦处〔2026〕{v.num(r, 12)}号", CODES)
    c.add("行政相对人名称", v.company, "org_name")
    c.add("统一社会信用代码", v.uscc, "uscc")
    c.add("法定代表人", v.name, "name_cn", p=True)
    c.add("违法行为类型", ["销售不合格商品", "虚假宣传", "无照经营"], WORD + "|criminal_record", p=None)
    c.add("罚款金额(万元)", lambda r: f"{r.uniform(0.1, 50):.2f}", "number")
    c.add("处罚决定日期", lambda r: v.date(r, "%Y/%m/%d"), DATE)
    c.count = False


@case(70)
def bus_stops(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(70)]
    c.add("站点名称", ["临港大道", "滴水湖站", "海事大学", "惠南镇", "书院镇"], WORD + "|address_text")
    c.add("线路", ["1077路", "龙港快线", "申港1路"], WORD + "|order_no")
    c.add("X", tuple(a for a, _ in spots), "longitude|number")
    c.add("Y", tuple(b for _, b in spots), "latitude|number")
    c.add("上行序号", lambda r: str(r.randint(1, 40)), NUM)


@case(60)
def weather_aws(c: Case) -> None:
    c.add("站号", ["58362", "58367", "58366", "58370"], "weather_station|category|number|order_no")
    c.add(
        "资料时间",
        lambda r: v.date(r, "%Y%m%d") + f"{r.randint(0, 23):02}00",
        "datetime|number|timestamp|order_no",
    )
    c.add("气温0.1℃", lambda r: str(r.randint(-30, 380)), "weather_value|number")
    c.add("风向", lambda r: str(r.randint(0, 359)), "weather_value|number")
    c.add("风速", lambda r: f"{r.uniform(0, 20):.1f}", "weather_value|number")
    c.add("过去1h降水", lambda r: r.choice(("0.0", "0.0", "1.2", "999990")), "weather_value|number")
    c.suffix, c.writer = ".txt", as_fixed


@case(80)
def library_books(c: Case) -> None:
    c.add("ISBN", lambda r: (lambda b: b + d.ean(b))("978" + v.num(r, 9, "7")), "ean")
    c.add("题名", ["航海气象学", "再保险实务", "数据出境法律指南", "集装箱运输"], WORD)
    c.add("索书号", lambda r: f"U{v.num(r, 3)}.{v.num(r, 2)}/{v.num(r, 4)}", CODES)
    c.add("馆藏条码", lambda r: "SL" + v.num(r, 8), CODES)
    c.add("馆藏地", ["临港分馆", "总馆三楼"], WORD)
    c.add("定价", lambda r: f"CNY{r.randint(20, 180)}.00", "number|text|category")


# Traps


@case(60)
def headers_lie(c: Case) -> None:
    c.strong = (ID,)
    c.add("身份证号", lambda r: v.num(r, 18, "789"), CODES)
    c.add("电话", lambda r: f"{r.uniform(10, 900):.2f}", "number")
    c.add("单价", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("备注2", v.prc, ID, key=ID)
    c.add("姓名", v.plate, "plate_cn", p=True)
    c.count = False


@case(8)
def no_header_few(c: Case) -> None:
    c.strong = (ID,)
    c.add("", v.name, "name_cn", p=True)
    c.add("", v.prc, ID, key=ID)
    c.add("", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("", v.address, "address_cn", p=True)
    c.writer = as_csv(header=False)


@case(2000)
def needles_long(c: Case) -> None:
    """Three identity numbers, a passport under its name and a card in two thousand lines."""
    words = (
        "货物外包装完好，已签收",
        "客户要求改期配送",
        "仓库反馈缺货 20260901001",
        "车辆到达后排队等候",
        "单据号 310115202609010012 已归档",
        "温度记录 2.4 3.1 2.8",
    )
    texts = [c.r.choice(words) for _ in range(2000)]
    for at in (401, 999, 1777):
        texts[at] = f"补录收货人证件{v.prc(c.r)}，已核对"
    texts[1500] = f"退款至卡{v.card(c.r)}"
    c.add("序号", seq(2000), "number|order_no")
    c.add("现场记录", tuple(texts), "text|category", p=True, embedded=(ID, "bank_card"))
    c.add("状态", ["完成", "异常"], WORD)
    c.count = False


@case(120)
def sparse_contacts(c: Case) -> None:
    """Ninety-five cells of a hundred are empty."""
    c.add("设施名称", ["滴水湖水质站", "东海大桥气象站", "芦潮港泵站"], WORD + "|org_name")
    c.add("联系人", v.name, "name_cn", p=True, empty=0.93)
    c.add("联系方式", v.mobile, "mobile_cn", key="mobile_cn", empty=0.93)
    c.add("邮编", ["201306", "200120"], "postcode_cn|number|category", p=None)
    c.add("建成年份", lambda r: str(r.randint(1985, 2025)), "number|date|category")


@case(70)
def orders_nested(c: Case) -> None:
    c.strong = ("passport_cn",)
    c.add("orderId", lambda r: v.num(r, 19, "2"), CODES)
    c.add("buyerName", v.name, "name_cn", p=True)
    c.add("buyerPassport", v.passport, "passport_cn", key="passport_cn")
    c.add("sku", lambda r: "A" + v.num(r, 5), CODES)
    c.add("qty", lambda r: r.randint(1, 5), NUM)
    c.add("trackingNo", lambda r: "1Z999AA1" + v.num(r, 10), "express_waybill|order_no", p=None)
    c.add("createdAt", lambda r: int(v.ms(r)), "timestamp|number|datetime")
    c.suffix = ".jsonl"
    c.writer = as_jsonl(
        lambda row: {
            "orderId": row["orderId"],
            "buyer": {"buyerName": row["buyerName"], "docs": [{"buyerPassport": row["buyerPassport"]}]},
            "items": [{"sku": row["sku"], "qty": row["qty"]}],
            "ship": {"trackingNo": row["trackingNo"]},
            "createdAt": row["createdAt"],
        }
    )


@case(50)
def numbers_as_floats(c: Case) -> None:
    """A workbook under the name of a text, telephones as numbers, birthdays as real dates."""
    import datetime as dt

    c.add("员工", v.name, "name_cn", p=True)
    c.add("手机号", lambda r: v.mobile(r), "mobile_cn", key="mobile_cn", damage=lambda r, x: float(x))  # type: ignore[arg-type,return-value]
    c.add("出生年月", lambda r: dt.date(r.randint(1965, 2003), r.randint(1, 12), 1), "birth_date", p=True)  # type: ignore[arg-type]
    c.add("民族", ["汉", "汉", "回", "满"], "ethnicity", p=True)
    c.add("最高学历", ["本科", "硕士研究生", "大专"], "education", p=True)
    c.add("紧急联系人关系", ["配偶", "父亲", "母亲"], "kinship", p=True)
    c.suffix, c.writer = ".csv", as_xlsx(title=("员工信息采集表",), merge=True)
    c.count = False
