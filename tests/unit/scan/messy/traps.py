"""Traps: decoys, lying headers, needles, damage, sparse columns, secrets, marks."""

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_jsonl, as_parquet, as_xlsx
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)


@case(400)
def number_decoys(c: Case) -> None:
    def passing(r):
        body = v.num(r, 17, "23456789")
        return body + (d.prc(body) if d.prc(body) != "X" else "0")

    c.add("订单编号", passing, CODES)
    c.add("流水", lambda r: v.num(r, 19, "123456789"), CODES)
    c.add("采集时刻", v.ms, "timestamp|number|datetime")
    c.add("GTIN", lambda r: (lambda b: b + d.ean(b))(v.num(r, 12, "4")), "ean")
    c.add("批次序列", tuple(str(13800000000 + i) for i in range(400)), CODES)
    c.add("计数器", lambda r: v.num(r, 16, "123456789"), CODES)
    c.add("纳秒", lambda r: "17" + v.num(r, 17), "timestamp|number|order_no")
    c.add("摘要", lambda r: v.hexes(r, 32), "hash")
    c.add("提交", lambda r: v.hexes(r, 40), "hash")
    c.add("SN", lambda r: v.num(r, 15, "12345"), CODES + "|device_id", p=None)


@case(300)
def date_like_numbers(c: Case) -> None:
    c.add("日期数值", lambda r: v.date(r, "%Y%m%d"), "date|number|datetime")
    c.add("月份", lambda r: v.date(r, "%Y%m"), "date|number|category")
    c.add("物料编码", lambda r: v.num(r, 8, "123"), CODES)
    c.add(
        "版本号",
        lambda r: f"{r.randint(1, 20)}.{r.randint(0, 30)}.{r.randint(0, 9)}.{r.randint(0, 255)}",
        "version",
    )
    c.add(
        "build",
        lambda r: f"{r.randint(1, 3)}.{r.randint(0, 30)}.{r.randint(0, 9)}-rc{r.randint(1, 4)}",
        "version|text|category",
    )
    c.add(
        "尺寸",
        lambda r: f"{r.randint(10, 99)}x{r.randint(10, 99)}x{r.randint(1, 9)}",
        "text|category|order_no",
    )
    c.add(
        "时长",
        lambda r: f"{r.randint(0, 23):02d}:{r.randint(0, 59):02d}:{r.randint(0, 59):02d}",
        "time_of_day|text|datetime|category",
    )
    c.add("占比", lambda r: f"{r.uniform(0, 100):.2f}%", "number|text")
    c.add("excel日期", lambda r: str(r.randint(44000, 46500)), "number|date")


@case(200)
def lying_headers(c: Case) -> None:
    c.strong = (ID,)
    c.add("身份证号", lambda r: v.num(r, 18, "9"), CODES)
    c.add("备注", v.prc, ID, key=ID)
    c.add("日期", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("姓名", ["刹车片", "机油滤芯", "前保险杠", "雨刮片"], "category|text")
    c.add("VIN", lambda r: "P/N-" + v.num(r, 13), CODES)
    c.add("联系电话", v.money, "number")
    c.add("email", lambda r: v.date(r), "date|datetime")
    c.add("数量", v.email, "email", key="email")
    c.add("银行卡号", lambda r: v.guid(r), "uuid")
    c.add("金额", v.name, "name_cn", p=True)
    c.add("车牌号", ["苏A级景区", "沪B类", "京C组"], "category|text")
    c.count = False


@case(2000)
def needles(c: Case) -> None:
    notes = ["正常", "已签收", "客户要求改期", "仓库缺货，待补", "无"]
    texts = [c.r.choice(notes) for _ in range(2000)]
    texts[3] = f"收件人改为李静{v.mobile(c.r)}"
    texts[777] = f"证件{v.prc(c.r)}复印件已收"
    texts[1998] = f"车架{v.vin(c.r)}需召回"
    c.add("id", tuple(str(i) for i in range(2000)), "number|order_no")
    c.add("note", tuple(texts), "text|category", p=True, embedded=("mobile_cn", ID, "vin"))
    c.add("qty", lambda r: str(r.randint(1, 9)), "number|category")
    c.count = False


@case(2000)
def sparse(c: Case) -> None:
    c.strong = (ID,)
    at = c.r.sample(range(2000), 3)
    c.add("k", tuple(f"R{i:05d}" for i in range(2000)), CODES)
    c.add("经办人证件", tuple(v.prc(c.r) if i in at else None for i in range(2000)), ID, key=ID)
    for n in range(12):
        c.add(
            f"扩展字段{n}",
            tuple("Y" if i % 400 == n else None for i in range(2000)),
            "category|boolean|text|empty",
        )
    c.add("空列", tuple(None for _ in range(2000)), "empty")


@case(80)
def damaged_ids(c: Case) -> None:
    c.add("姓名", v.name, "name_cn", p=True)
    c.add(
        "身份证号", v.prc, ID, p=True, damage=lambda r, x: f"{float(x[:17] + '0'):.5E}".replace("E+1", "E+1")
    )
    c.exact, c.count = False, False


@case(90)
def float_phones(c: Case) -> None:
    phones = tuple(v.mobile(c.r) for _ in range(90))
    c.add("contact", phones, "mobile_cn", key="mobile_cn")
    c.add("score", tuple(float(c.r.randint(1, 99)) for _ in range(90)), "number")
    c.columns[0].cells = [float(p) for p in phones]
    c.suffix, c.writer = ".parquet", as_parquet


@case(90)
def integer_phones(c: Case) -> None:
    phones = tuple(v.mobile(c.r) for _ in range(90))
    c.add("f1", phones, "mobile_cn", key="mobile_cn")
    c.add("f2", tuple(c.r.randint(10**17, 10**18) for _ in range(90)), "order_no|number")
    c.columns[0].cells = [int(p) for p in phones]
    c.suffix, c.writer = ".parquet", as_parquet


@case(60)
def excel_numbers(c: Case) -> None:
    phones = tuple(v.mobile(c.r) for _ in range(60))
    c.add("客户", v.name, "name_cn", p=True)
    c.add("电话", phones, "mobile_cn", key="mobile_cn")
    c.add("下单数", tuple(c.r.randint(1, 50) for _ in range(60)), "number|category")
    c.columns[1].cells = [int(p) for p in phones]
    c.suffix, c.writer = ".csv", as_xlsx()  # a workbook under a lying name


@case(70)
def key_value_text(c: Case) -> None:
    c.strong = (ID,)
    c.add("seq", tuple(str(i) for i in range(70)), "number|order_no")
    c.add(
        "content",
        lambda r: f"姓名:{v.name(r)};身份证:{v.prc(r)};电话:{v.mobile(r)};地址:{v.address(r)}",
        "text",
        p=True,
        embedded=(ID, "mobile_cn"),
    )
    c.count = False


@case(60)
def quoted_newlines(c: Case) -> None:
    c.strong = (ID,)
    c.add("姓名", v.name, "name_cn", p=True)
    c.add("地址", v.address, "address_cn", p=True, damage=lambda r, x: x.replace("区", "区\n", 1))
    c.add("证件号", v.prc, ID, key=ID)
    c.writer = as_csv(quote=1)


@case(120)
def six_digits(c: Case) -> None:
    c.add("行政区划代码", ["310115", "320583", "440305", "110108"], "area_code")
    c.add("邮政编码", ["200120", "215300", "518057", "100080"], "postcode_cn")
    c.add("股票代码", ["600519", "000858", "300750", "601318"], "securities_code")
    c.add("HS6", ["870323", "850760", "300490", "854231"], "hs_code")
    c.add("验证码", lambda r: v.num(r, 6), "number|order_no|category|text|card_secret|password", p=None)
    c.add("会计期间", ["202601", "202602", "202603"], "date|number|category")


@case(100)
def secrets_and_tokens(c: Case) -> None:
    c.add(
        "token",
        lambda r: (
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIx"
            + "".join(r.choices("abcdefgh0123456789", k=12))
            + "."
            + "".join(r.choices("ABCDEFGHabcdefgh0123456789_-", k=43))
        ),
        "jwt",
        p=None,
    )
    c.add(
        "access_key",
        lambda r: "AKIA" + "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", k=16)),
        "cloud_key",
        p=None,
    )
    c.add(
        "db_url",
        lambda r: f"postgresql://app:{v.hexes(r, 10)}@db.example.com:5432/main",
        "url_password",
        p=None,
    )
    c.add(
        "pwd",
        lambda r: "$2b$12$" + "".join(r.choices("ABCDEFGHabcdefgh0123456789./", k=53)),
        "password|hash",
        p=None,
    )
    c.add(
        "wallet",
        [
            "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
            "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
            "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
        ],
        "crypto_address",
        p=None,
    )
    c.count = False


@case(40)
def classified(c: Case) -> None:
    texts = ["会议纪要", "工作要点", "值班安排", "采购计划"] * 10
    texts[11] = "绝密★启用前 某项目技术方案"
    texts[30] = "【秘密★1年】关于专项检查的函"
    c.add("文号", tuple(f"沪港发〔2026〕{i + 1}号" for i in range(40)), "text|order_no|category")
    c.add("标题", tuple(texts), "text|category|state_secret", p=None, embedded=("state_secret",))
    c.count = False


@case(100)
def not_persons(c: Case) -> None:
    c.add("状态词", ["高兴", "马上", "黄色", "金属", "江苏", "白云"], "category|text|province")
    c.add("开关", ["Y", "N"], "boolean|category")
    c.add("标志", ["0", "1"], "boolean|number|category")
    c.add("尺码", ["M", "F", "L", "S"], "category|text|gender", p=None)
    c.add("菜品", ["土家菜", "朝鲜冷面", "回锅肉", "满汉全席"], "category|text")
    c.add("机构", ["宗教局", "民政局", "工信局"], "category|text|org_name")
    c.add("标签", ["SCN-125", "AB1234567", "C10000000", "PLC-I10.1"], "category|text|order_no")
    c.add("压力MPa", lambda r: f"{r.uniform(100, 125):.4f}", "number|weather_value")
    c.add("单价", lambda r: f"{r.uniform(20, 50):.4f}", "number")
    c.add("学年", ["2021", "2022", "2023", "2024"], "number|category|date")
    c.add("浏览器", ["Safari", "Chrome", "Edge"], "category|text")


@case(150)
def mixed_contacts(c: Case) -> None:
    def contact(r):
        return r.choice((v.mobile, v.mobile, v.mobile, v.email))(r)

    c.add("联系方式(手机/邮箱)", contact, "mobile_cn", p=True)
    c.add("渠道", ["线上", "线下"], "category|text")
    c.count = False


@case(60)
def nested_deep(c: Case) -> None:
    c.strong = (ID,)
    c.add("id", v.prc, ID, key=ID)
    c.add("mail", v.email, "email", key="email")
    c.add("note", ["ok", "pending"], "category|text")

    def shape(row):
        return {
            "a": {"b": {"c": {"d": {"id": row["id"]}}}},
            "l": [{"m": [{"mail": row["mail"]}]}],
            "note": row["note"],
        }

    c.suffix, c.writer = ".jsonl", as_jsonl(shape)
    c.by_suffix = True


@case(72)
def duplicate_headers(c: Case) -> None:
    c.add("电话", v.mobile, "mobile_cn", p=True)
    c.add("电话", lambda r: "021-" + v.num(r, 8, "5678"), "landline_cn", p=None)
    c.add("", v.money, "number")
    c.add("备注", ["", "A", "B"], "category|text")
    c.add("备注", v.name, "name_cn", p=True)
    c.count = False


@case(64)
def mostly_numbers_gb(c: Case) -> None:
    c.strong = (ID,)
    c.add(
        "证件号1",
        v.prc,
        ID,
        key=ID,
        damage=lambda r, x: r.choice((x, x.lower(), "\u202a" + x, x + "\t")),
    )
    c.add("金额1", v.money, "number")
    c.add("说明", ["已核", "未核"], "category|text|boolean")
    c.writer = as_csv(encoding="gb18030", after=("合计,,", "制表：张三,,"))
    c.footer = 2
    c.count = False


@case(50)
def foreign_residents(c: Case) -> None:
    def card(r):
        y, m, day = v.birthday(r)
        body = f"9{r.choice(('11', '31', '44'))}{r.choice(('840', '392', '276', '410'))}{y}{m:02d}{day:02d}{r.randint(1, 899):03d}"
        return body + d.prc(body)

    c.strong = ("foreign_permanent_resident",)
    c.add("外籍人员姓名", v.latin, "name_latin", p=True)
    c.add("永久居留身份证号码", card, "foreign_permanent_resident", key="foreign_permanent_resident")
    c.add("国籍", ["美国", "日本", "德国"], "nationality|country", p=None)
