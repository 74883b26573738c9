"""Ninth hand: whether the rules made for the eighth hold for tables that nobody thought of then. Labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_fixed, as_json, as_jsonl, as_parquet, as_xlsx, id_spaced, wide
from messy.judges import two_headed
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"


@case(80)
def battery_swap(c: Case) -> None:
    c.add("换电订单", lambda r: "HD26" + v.num(r, 12), CODES + "|charging_record", p=None)
    c.add("车架号VIN", lambda r: v.vin(r, "LJ1"), "vin", key="vin")
    c.add(
        "换下电池包编码", lambda r: "04QPE" + v.num(r, 2) + "Y" + v.num(r, 16, "5"), "battery_code|order_no"
    )
    c.add("换电站", ["临港站", "外高桥站", "张江站"], WORD + "|charging_station|org_name")
    c.add("SOC_before", lambda r: str(r.randint(2, 40)), "number|vehicle_speed|charging_record", p=None)
    c.add("累计里程", lambda r: str(r.randint(100, 180000)), "vehicle_speed|number", p=None)
    c.add("完成时刻", v.ms, "timestamp|number|datetime")
    c.count = False


@case(9)
def drivers_nine(c: Case) -> None:
    """Nine rows in a workbook with two lines of headers."""
    c.strong = (ID,)
    c.add("姓 名", v.name, "name_cn", p=True)
    c.add("身份证号码", v.prc, ID, key=ID, damage=id_spaced)
    c.add("准驾车型", ["A2", "B2", "C1"], WORD + "|order_no")
    c.add("联系电话", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("牵引车", v.plate, "plate_cn", p=True)
    c.suffix, c.writer = ".xlsx", two_headed((("驾驶员", 3), ("联络", 1), ("车辆", 1)), "集卡司机备案表")
    c.count = False


@case(70)
def private_funds(c: Case) -> None:
    c.add("合格投资者", lambda r: v.name(r) if r.random() < 0.8 else v.company(r), "name_cn", p=True)
    c.add("认缴金额（万元）", lambda r: str(r.randint(1, 30) * 100), "number|investor_holding|income", p=None)
    c.add("打款银行卡", v.card, "bank_card", key="bank_card")
    c.add("风测等级", ["C4", "C5"], WORD)
    c.add("合同签署日", lambda r: v.date(r, "%Y.%m.%d"), DATE)
    c.writer = as_csv(encoding="gb18030")
    c.count = False


@case(60)
def trade_blotter(c: Case) -> None:
    c.add("ExecID", lambda r: "EX" + v.hexes(r, 10).upper(), CODES)
    c.add("Side", ["BUY", "SELL"], WORD)
    c.add("RIC", ["0700.HK", "600519.SS", "AAPL.OQ", "7203.T"], "securities_code|category|text")
    c.add("Px", lambda r: f"{r.uniform(1, 900):.4f}", "number")
    c.add("Trader", lambda r: v.latin(r), "name_latin", p=True)
    c.add("LEI of Counterparty", v.lei, "lei")
    c.add(
        "TransactTime",
        lambda r: v.moment(r).replace("-", "").replace(" ", "-") + ".123",
        "datetime|text|timestamp",
    )


@case(60)
def pharmacovigilance(c: Case) -> None:
    """Reports of reactions, with a reporter's telephone inside some texts."""
    notes = [
        c.r.choice(("患者服药后出现皮疹，停药后好转。", "轻度恶心，未处理。", "家属补充病史，无特殊。"))
        for _ in range(60)
    ]
    notes[14] = f"报告人来电{v.mobile(c.r)}补充：症状消失。"
    c.add("报告编码", lambda r: "3101" + v.num(r, 14), CODES)
    c.add(
        "患者姓名缩写",
        lambda r: "".join(r.choices("ABCDEFGHLMWXYZ", k=r.choice((2, 3)))),
        "name_part|text|category",
        p=None,
    )
    c.add("不良反应", ["皮疹", "恶心", "肝功能异常"], "diagnosis|medical_text|category", p=None)
    c.add("过程描述", tuple(notes), "medical_text|text|category", p=True, embedded=("mobile_cn",))
    c.add("怀疑药品批准文号", lambda r: "国药准字H" + v.num(r, 8), "drug_approval")
    c.count = False


@case(50)
def genotypes(c: Case) -> None:
    c.add("SampleBarcode", lambda r: "BC" + v.num(r, 8), "specimen_no|order_no", p=None)
    c.add("Gene", ["BRCA1", "EGFR", "TP53", "KRAS"], WORD + "|order_no")
    c.add(
        "HGVSc",
        lambda r: f"c.{r.randint(10, 5000)}{r.choice('ACGT')}>{r.choice('ACGT')}",
        "genetic_variant",
        p=True,
    )
    c.add("VAF", lambda r: f"{r.random():.3f}", "number")
    c.add("Depth", lambda r: str(r.randint(50, 4000)), "number")
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(40)
def port_passes(c: Case) -> None:
    """Seafarers who go ashore: papers of several kinds."""
    c.add("船员姓名", lambda r: f"{r.choice(v.FAMILY)} {r.choice(v.FIRST)}", "name_latin", p=True)
    c.add("国籍", ["菲律宾", "中国", "缅甸", "乌克兰"], "nationality|country", p=None)
    c.add(
        "海员证/护照",
        lambda r: "P" + v.num(r, 7) + r.choice("AB"),
        "passport_foreign|crew_list_no|order_no",
        p=None,
    )
    c.add("登轮证号", lambda r: "DL" + v.num(r, 8), CODES)
    c.add("所属船舶", ["XIN LIN GANG", "EVER ACE", "ONE APUS"], "vessel_name|category|text")
    c.add("离船", v.moment, "datetime")
    c.add("返船", v.moment, "datetime", empty=0.3)
    c.count = False


@case(50)
def vgm_list(c: Case) -> None:
    c.add("CTN NO", v.container, "container_no")
    c.add("VGM", lambda r: str(r.randint(4000, 30000)), "number")
    c.add("S/O", lambda r: "SO" + v.num(r, 9), CODES)
    c.add("Weighing party", v.firm, "org_name")
    c.add(
        "Signature",
        lambda r: r.choice(v.FAMILY) + " " + r.choice("ABCJ") + ".",
        "name_latin|name_part|text|category",
        p=None,
    )
    c.suffix, c.writer = ".csv", as_csv(delimiter=";")


@case(60)
def health_claims(c: Case) -> None:
    c.strong = (ID,)
    c.add("赔案流水", lambda r: "LP" + v.num(r, 13), "claim_no|order_no", p=None)
    c.add("分单号", lambda r: "FD" + v.num(r, 12), "policy_no|order_no|bill_of_lading", p=None)
    c.add("出险人证件", v.prc, ID, key=ID, damage=wide)
    c.add("就诊医院", ["示例市第一人民医院", "示例区中心医院"], "org_name|category|text")
    c.add("疾病代码", ["I10.x00", "E11.900", "J18.900", "K35.900"], "icd10", p=True)
    c.add("赔付金额", v.money, "number")
    c.count = False


@case(60)
def sellers_abroad(c: Case) -> None:
    c.add("buyer_email", v.email, "email", key="email")
    c.add("ship_to", lambda r: v.latin(r), "name_latin", p=True)
    c.add("ship_address", v.street, "address_latin|address_text", p=True)
    c.add("ship_zip", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number", p=None)
    c.add("ASIN", lambda r: "B0" + "".join(r.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=8)), CODES)
    c.add("order_total", lambda r: f"US${r.uniform(5, 300):.2f}", "number|text")
    c.add("purchase_date", lambda r: v.moment(r).replace(" ", "T") + "+00:00", "datetime")
    c.suffix, c.writer = ".json", as_json


@case(50)
def interviews(c: Case) -> None:
    c.add("应聘人", v.name, "name_cn", p=True)
    c.add("手机/微信同号", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("毕业院校", ["上海海事大学", "华东理工大学", "同济大学"], "org_name|category|text")
    c.add("最高学历", ["本科", "硕士", "博士"], "education", p=True)
    c.add("期望月薪", lambda r: f"{r.randint(8, 40)}K", "income|text|category", p=None)
    c.add("面试评价", ["沟通好", "经验不足", "建议录用"], WORD)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("2026 秋招面试记录",), second=True)
    c.count = False


@case(60)
def korean_hotel(c: Case) -> None:
    c.add("예약번호", lambda r: "R" + v.num(r, 8), CODES + "|pnr", p=None)
    c.add(
        "투숙객",
        lambda r: r.choice("김이박최정강") + r.choice(("민준", "서연", "지훈", "하은")),
        "name_other",
        p=True,
    )
    c.add("연락처", lambda r: f"010-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("생년월일", lambda r: v.date(r, "%y%m%d", 1960, 1999), "birth_date", p=True)
    c.add("객실", lambda r: str(r.randint(301, 1820)), NUM + "|order_no")
    c.add("요금", lambda r: f"{r.randint(80, 400)},000원", "number|text")
    c.writer = as_csv(encoding="cp949")
    c.count = False


@case(90)
def school_physicals(c: Case) -> None:
    c.strong = ("student_no",)
    c.add("全国学籍号", lambda r: "G" + v.prc(r, low=2010, high=2017), "student_no", key="student_no")
    c.add("年级", ["三年级", "四年级"], WORD)
    c.add("身高cm", lambda r: f"{r.uniform(110, 160):.1f}", "lab_result|number", p=None)
    c.add("体重kg", lambda r: f"{r.uniform(18, 60):.1f}", "lab_result|number", p=None)
    c.add("左眼裸眼视力", ["5.0", "4.8", "4.6"], "lab_result|number|category", p=None)
    c.add("龋齿", ["有", "无"], "category|boolean|diagnosis|text", p=None)
    c.count = False


@case(70)
def cold_store(c: Case) -> None:
    c.add("探头ID", lambda r: f"TH-{r.randint(1, 14):03}", "device_id|order_no|category|text")
    c.add("温度℃", lambda r: f"{r.uniform(-25, 8):.1f}", "number|weather_value")
    c.add("湿度%", lambda r: str(r.randint(30, 95)), "number|weather_value")
    c.add("电量", lambda r: str(r.randint(5, 100)), "number")
    c.add(
        "采样时间", lambda r: v.date(r, "%Y/%m/%d") + f" {r.randint(0, 23)}:{r.randint(0, 59):02}", "datetime"
    )
    c.suffix, c.writer = ".txt", as_fixed


@case(100)
def spindle_log(c: Case) -> None:
    c.add("station", ["OP10", "OP20", "OP30"], WORD + "|order_no|weather_station|charging_station")
    c.add("serial", lambda r: "1390026" + v.num(r, 4), CODES)
    c.add("rpm", lambda r: str(r.randint(500, 12000)), "number")
    c.add("torque_Nm", lambda r: f"{r.uniform(1, 90):.2f}", "number")
    c.add("OK", ["1", "0"], "boolean|number|category")
    c.add(
        "tool_ver",
        lambda r: f"{r.randint(1, 9)}.{r.randint(0, 9)}.{r.randint(0, 30)}.{r.randint(1, 99)}",
        "version|text",
    )


@case(90)
def vpn_log(c: Case) -> None:
    c.add("@timestamp", lambda r: v.moment(r).replace(" ", "T") + ".000Z", "datetime")
    c.add(
        "login_name",
        lambda r: f"{r.choice(v.FIRST).lower()}.{r.choice(v.FAMILY).lower().replace(' ', '')}",
        "social_account|text|employee_no",
        p=True,
    )
    c.add("remote_ip", v.ip, "ipv4", p=True)
    c.add("client", ["OpenVPN 2.6.8", "OpenVPN 2.5.1"], WORD + "|version")
    c.add("rx_bytes", lambda r: r.randint(100, 10**9), "number")
    c.add("device_mac", v.mac, "mac_address", p=True)
    c.suffix = ".jsonl"
    c.writer = as_jsonl(
        lambda row: {
            "@timestamp": row["@timestamp"],
            "user": {"login_name": row["login_name"]},
            "net": {"remote_ip": row["remote_ip"], "rx_bytes": row["rx_bytes"]},
            "dev": {"client": row["client"], "device_mac": row["device_mac"]},
        }
    )
    c.count = False


@case(60)
def expense_ledger(c: Case) -> None:
    c.add("单据编号", seq(60, "BX2026{:06d}"), CODES)
    c.add("报销人", v.name, "name_cn", p=True)
    c.add("部门", ["市场部", "研发部", "财务部"], WORD + "|org_name")
    c.add("费用类型", ["差旅", "招待", "办公"], WORD)
    c.add("价税合计", lambda r: f"¥{r.uniform(10, 9000):,.2f}", "number|text")
    c.add("收款账户", v.card, "bank_card|bank_account", p=True)
    c.writer = as_csv(encoding="utf-16")
    c.count = False


@case(60)
def air_quality(c: Case) -> None:
    c.add("监测点编码", lambda r: f"{r.randint(1141, 1160)}A", CODES + "|weather_station")
    c.add("城市", ["上海", "苏州", "南通"], WORD + "|province")
    c.add("PM2.5", lambda r: str(r.randint(5, 180)), "number|weather_value")
    c.add("AQI", lambda r: str(r.randint(20, 220)), "weather_value|number")
    c.add("首要污染物", ["PM2.5", "O3", "NO2", "—"], WORD)
    c.add("时间点", lambda r: v.date(r) + f" {r.randint(0, 23):02}:00", "datetime")


@case(40)
def licences_open(c: Case) -> None:
    """A register of permits: firms and their persons in charge."""
    c.add("许可证编号", lambda r: "JY131" + v.num(r, 11), CODES)
    c.add("经营者名称", v.company, "org_name")
    c.add("社会信用代码（身份证号码）", v.uscc, "uscc")
    c.add("负责人", v.name, "name_cn", p=True)
    c.add("经营场所", v.address, "address_cn", p=None)
    c.add("有效期至", lambda r: v.date(r, "%Y年%m月%d日", 2027, 2031), DATE)
    c.count = False


@case(1500)
def needles_remarks(c: Case) -> None:
    """Two identity numbers and a foreign telephone among lot numbers in fifteen hundred remarks."""
    texts = [
        f"批次 {c.r.randint(20250101, 20261231)}-{c.r.randint(100000, 999999)} {c.r.choice(('已放行', '待检', '让步接收'))}"
        for _ in range(1500)
    ]
    texts[700] = f"联系检验员，证件 {v.prc(c.r)}"
    texts[1300] = f"身份证{v.prc(c.r)}复印件已收"
    c.add("行", seq(1500), "number|order_no")
    c.add("remark", tuple(texts), "text|category", p=True, embedded=(ID,))
    c.add("qty", lambda r: str(r.randint(1, 999)), "number")
    c.count = False


@case(60)
def thai_my_workers(c: Case) -> None:
    c.add("Name (as per passport)", lambda r: v.latin(r).upper(), "name_latin", p=True)
    c.add(
        "No. KP",
        lambda r: (
            f"{r.randint(70, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}-{r.choice(('01', '10', '14'))}-{v.num(r, 4)}"
        ),
        "mykad_my",
        p=True,
    )
    c.add("Thai National ID", lambda r: (lambda b: b + d.thai(b))(v.num(r, 12, "1345")), "pin_th", p=True)
    c.add("Permit expiry", lambda r: v.date(r, "%d/%m/%Y", 2026, 2029), DATE)
    c.add("Basic wage RM", lambda r: f"{r.randint(15, 60) * 100}", "income|number", p=None)
    c.count = False
