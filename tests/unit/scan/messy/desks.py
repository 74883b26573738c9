"""Sixth hand: the desks of Chinese offices, and exports of machines abroad. Labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_jsonl, as_sqlite, as_xlsx, grouped4, id_spaced, wide
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"


@case(60)
def crew_change(c: Case) -> None:
    c.add("Rank", ["Master", "C/O", "2/E", "AB", "Cook"], "occupation|category", p=None)
    c.add("Seafarer", lambda r: f"{r.choice(v.FAMILY)} {r.choice(v.FIRST).title()}", "name_latin", p=True)
    c.add("S/Book No.", lambda r: "A" + v.num(r, 8), "crew_list_no|order_no|passport_foreign", p=None)
    c.add(
        "PPT No.",
        lambda r: r.choice((v.passport(r), "P" + v.num(r, 7) + "A")),
        "passport_cn|passport_foreign",
        p=True,
    )
    c.add("D.O.B.", lambda r: v.date(r, "%d-%b-%Y", 1965, 2003), "birth_date", p=True)
    c.add("Sign-on port", ["Shanghai", "Busan", "Rotterdam"], WORD + "|un_locode")
    c.add("Vessel IMO", v.imo, "imo_number")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("CREW CHANGE PLAN", "CONFIDENTIAL"), merge=True)
    c.count = False


@case(70)
def loan_book(c: Case) -> None:
    """Borrower and guarantor: two persons in a row."""
    c.strong = (ID,)
    c.add("借据号", lambda r: "JJ" + v.num(r, 14), CODES)
    c.add("借款人", v.name, "name_cn", p=True)
    c.add("借款人身份证", v.prc, ID, key=ID, damage=id_spaced)
    c.add("担保人身份证", v.prc, ID, key=ID, empty=0.6, damage=wide)
    c.add("放款卡号", v.card, "bank_card", p=True, damage=grouped4)
    c.add("征信评分", lambda r: str(r.randint(350, 900)), "credit_score|number", p=None)
    c.add("五级分类", ["正常", "关注", "次级"], WORD)
    c.add("放款日", lambda r: v.date(r, "%Y%m%d"), DATE + "|number")
    c.count = False


@case(60)
def gym_members(c: Case) -> None:
    c.add("会员卡号", seq(60, "VIP{:06d}", 88), "customer_no", p=True)
    c.add("会员", v.name, "name_cn", p=True)
    c.add(
        "电话(微信同号)",
        v.mobile,
        "mobile_cn",
        p=True,
        damage=lambda r, x: f"{x[:3]}.{x[3:7]}.{x[7:]}" if r.random() < 0.3 else x,
    )
    c.add("体脂率", lambda r: f"{r.uniform(10, 35):.1f}%", "number|lab_result|text", p=None)
    c.add("到期日", lambda r: v.date(r, "%Y/%m/%d"), DATE)
    c.add("跟进教练", v.name, "name_cn", p=True)
    c.count = False


@case(80)
def vehicle_inspection(c: Case) -> None:
    c.add("检验流水号", lambda r: v.num(r, 18, "3"), CODES)
    c.add("号牌种类", ["小型汽车", "新能源小型车"], WORD)
    c.add("车辆号牌", v.plate, "plate_cn", p=True)
    c.add("车辆识别代号(车架号)", lambda r: v.vin(r, "LGB"), "vin", p=True)
    c.add("使用性质", ["非营运", "货运"], WORD)
    c.add("初登日期", v.date, DATE)
    c.add("送检人", v.name, "name_cn", p=True)
    c.add("CO(g/km)", lambda r: f"{r.uniform(0, 2):.3f}", "number")
    c.count = False


@case(70)
def talent_passports(c: Case) -> None:
    c.add("外国人姓名", lambda r: v.latin(r).upper(), "name_latin", p=True)
    c.add("工作许可证号", lambda r: v.num(r, 12, "3") + "0", CODES + "|nric_sg|pin_th", p=None)
    c.add("护照", lambda r: v.num(r, 9, "456"), "passport_foreign|order_no", p=None)
    c.add("国籍(地区)", ["USA", "GBR", "FRA", "IND"], "nationality|country", p=None)
    c.add("聘用单位", v.company, "org_name")
    c.add("年薪(万元)", lambda r: str(r.randint(20, 200)), "income|number", p=None)
    c.count = False


@case(90)
def tax_withholding(c: Case) -> None:
    c.strong = (ID,)
    c.add("纳税人姓名", v.name, "name_cn", p=True)
    c.add("身份证件类型", ["居民身份证"], WORD)
    c.add("身份证件号码", v.prc, ID, key=ID)
    c.add("所得项目", ["正常工资薪金", "劳务报酬"], WORD)
    c.add("本期收入", v.money, "income|number", p=None)
    c.add("累计减除费用", v.money, "number")
    c.add("应补/退税额", v.money, "number|income", p=None)
    c.add("扣缴义务人统一社会信用代码", v.uscc, "uscc")
    c.writer = as_csv(encoding="gb18030", before=("个人所得税扣缴申报表", "税款所属期：2026年10月"))


@case(80)
def freight_insurance_ja(c: Case) -> None:
    c.add("証券番号", lambda r: "T" + v.num(r, 9), "policy_no|order_no", p=None)
    c.add("荷主", ["株式会社サクラ商事", "東洋物流株式会社"], "org_name|category|text", p=False)
    c.add("船名", ["EVER ACE", "ONE APUS"], "vessel_name|category|text", p=None)
    c.add("積港", ["JPTYO", "JPOSA"], "un_locode|category")
    c.add("担当者名", ["佐藤 健", "鈴木 花子", "高橋 誠"], "name_other", p=True)
    c.add("保険金額", lambda r: f"{r.randint(1, 99)},{r.randint(0, 999):03d},000", "number|text")
    c.add("備考", ["特になし", "冷凍貨物"], WORD)
    c.writer = as_csv(encoding="cp932")
    c.count = False


@case(100)
def chat_tickets(c: Case) -> None:
    c.strong = (ID,)
    texts = [
        c.r.choice(("包裹还没到", "怎么退款", "谢谢", "发票抬头写错了", "版本 8.0.1.2 闪退"))
        for _ in range(100)
    ]
    texts[7] = f"我叫{v.name(c.r)}，电话{v.mobile(c.r)}，帮我查下"
    texts[55] = f"户号绑定的身份证是{v.prc(c.r)}"
    texts[90] = f"卡号 {v.card(c.r)} 没到账"
    c.add("工单号", seq(100, "T2026{:07d}"), CODES)
    c.add(
        "问题描述",
        tuple(texts),
        "text|search_history|category",
        p=True,
        embedded=("mobile_cn", ID, "bank_card"),
    )
    c.add("客服", ["01号客服", "02号客服"], WORD)
    c.add("满意度", ["5", "4", "1"], NUM)
    c.count = False


@case(60)
def drone_flights(c: Case) -> None:
    c.add("登记号", lambda r: "UAS" + v.num(r, 8), CODES)
    c.add("操控员执照", lambda r: v.prc(r), ID + "|driver_licence", p=True)
    c.add(
        "航迹",
        lambda r: (
            "LINESTRING("
            + ", ".join(
                f"{121.5 + i / 100 + r.random() / 100:.6f} {30.9 + r.random() / 10:.6f}" for i in range(4)
            )
            + ")"
        ),
        "trajectory",
        p=True,
    )
    c.add("最大高度(m)", lambda r: f"{r.uniform(20, 300):.1f}", "number")
    c.add("起飞时刻", v.moment, "datetime")
    c.suffix, c.writer = ".sqlite", as_sqlite
    c.count = False


@case(80)
def smart_home_events(c: Case) -> None:
    c.add("homeId", lambda r: v.num(r, 9, "123456789"), CODES + "|customer_no|mmsi", p=None)
    c.add("mac", v.mac, "mac_address", p=True)
    c.add("model", ["AX-3000", "CAM-2K"], WORD + "|order_no")
    c.add("fw", lambda r: f"{r.randint(1, 3)}.{r.randint(0, 9)}.{r.randint(0, 99)}", "version")
    c.add("rssi", lambda r: str(-r.randint(30, 90)), "number")
    c.add("clientIp", v.ip, "ipv4", p=None)
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(60)
def research_cohort(c: Case) -> None:
    c.add("入组编号", seq(60, "HX-{:04d}"), "trial_subject|order_no", p=None)
    c.add(
        "姓名首字母",
        lambda r: "".join(r.choices("ABCDFGHJLMWXYZ", k=3)),
        "name_part|text|category|name_latin",
        p=None,
    )
    c.add("民族", ["汉", "藏", "彝"], "ethnicity", p=True)
    c.add("出生年月", lambda r: v.date(r, "%Y-%m", 1940, 1990), "birth_date", p=True)
    c.add("吸烟史(年)", lambda r: str(r.randint(0, 40)), "number|category", p=None)
    c.add("病理诊断", ["浸润性腺癌", "鳞状细胞癌"], "diagnosis|medical_text|category", p=None)
    c.add("EGFR", ["19del", "L858R", "野生型"], WORD + "|genetic_variant", p=None)
    c.add("PFS(月)", lambda r: f"{r.uniform(1, 40):.1f}", "number")
    c.count = False


@case(60)
def visitors_register(c: Case) -> None:
    c.strong = (ID,)
    c.add("来访单位", v.company, "org_name")
    c.add("来访人", v.name, "name_cn", p=True)
    c.add("证件号码(身份证/护照)", lambda r: v.prc(r), ID, key=ID)
    c.add("来访车辆", v.plate, "plate_cn", p=True, empty=0.5)
    c.add("被访人", v.name, "name_cn", p=True)
    c.add("体温", lambda r: f"{r.uniform(36, 37.2):.1f}", "number|weather_value|lab_result", p=None)
    c.add("进门", lambda r: f"{r.randint(8, 17):02d}:{r.randint(0, 59):02d}", "time_of_day")
    c.count = False


@case(60)
def stock_counts(c: Case) -> None:
    c.add("料号", lambda r: r.choice("EG") + v.num(r, 8), CODES, p=False)
    c.add("储位", lambda r: f"A-{r.randint(1, 30):02d}-{r.randint(1, 9)}", WORD + "|order_no", p=False)
    c.add("LOT", lambda r: v.date(r, "%y%m%d") + r.choice("ABC") + v.num(r, 3), CODES, p=False)
    c.add("GTIN-14", lambda r: (lambda b: b + d.ean(b))("1690" + v.num(r, 9)), "ean|order_no|number", p=False)
    c.add("盘点数", lambda r: str(r.randint(0, 500)), "number", p=False)
    c.add("库管", ["甲组", "乙组"], WORD, p=False)
