"""Trade and money: customs, cargo, banks, insurers, securities, shops, customers."""

from messy import digits as d
from messy import values as v
from messy.frame import (
    CODE,
    Case,
    as_csv,
    as_gz,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    as_zip,
    grouped4,
    id_spaced,
    phone_styles,
    wide,
)
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"


@case(90)
def customs_declarations(c: Case) -> None:
    c.add("海关编号", lambda r: v.declaration(r, r.random() < 0.5), "customs_declaration|order_no|number")
    c.add("申报日期", lambda r: v.date(r, "%Y/%m/%d"), DATE)
    c.add("经营单位", v.company, "org_name")
    c.add(
        "经营单位编码",
        lambda r: r.choice(("3122", "3223", "4403")) + r.choice("2346") + r.choice("1234") + v.num(r, 4),
        "customs_registration|order_no|number",
    )
    c.add("信用代码", v.uscc, "uscc")
    c.add("商品编号", ["8703234110", "8708299000", "8507600090", "3004909099", "8542311990"], "hs_code")
    c.add("原产国", ["德国", "日本", "美国", "韩国"], "country")
    c.add("运输方式", ["水路运输", "航空运输", "公路运输"], "category|text")
    c.add("成交币制", ["USD", "EUR", "CNY", "JPY"], "currency")
    c.add("毛重(KG)", v.money, "number")
    c.add("随附单证", ["合同", "发票", "装箱单"], "category|text")
    c.writer = as_csv(encoding="gb18030", delimiter=";")


@case(70)
def airway_bills(c: Case) -> None:
    c.add("MAWB No.", v.awb, "air_waybill")
    c.add("HAWB", lambda r: "SHA" + v.num(r, 8), CODES + "|bill_of_lading|air_waybill")
    c.add("Shipper", v.firm, "org_name")
    c.add("Consignee", v.firm, "org_name")
    c.add("Origin", ["PVG", "SHA", "HKG"], "category|un_locode|text")
    c.add("Pcs", lambda r: str(r.randint(1, 300)), "number")
    c.add("Chg Wt", lambda r: f"{r.uniform(10, 4000):.1f}", "number")
    c.add(
        "Nature of Goods",
        ["AUTO PARTS", "CONSOL", "GARMENTS", "LITHIUM BATTERY UN3481"],
        "cargo_name|category|text",
    )
    c.add(
        "Flight/Date",
        lambda r: f"MU{r.randint(200, 799)}/{r.randint(1, 28):02d}NOV",
        "text|voyage_no|category|order_no",
    )


@case(80)
def manifest_bl(c: Case) -> None:
    c.add("B/L NO.", lambda r: r.choice(("COSU", "MAEU", "OOLU")) + v.num(r, 10, "6"), "bill_of_lading")
    c.add(
        "CNTR NO",
        v.container,
        "container_no",
        damage=lambda r, x: r.choice((x, f"{x[:4]} {x[4:10]}-{x[10]}", f"{x[:4]} {x[4:]}", x.lower())),
    )
    c.add("SEAL NO", lambda r: r.choice(("AB", "CN", "ML")) + v.num(r, 7), "seal_no|" + CODES)
    c.add(
        "VESSEL",
        ["COSCO SHIPPING ARIES", "EVER GIVEN", "MSC OSCAR", "OOCL HONG KONG"],
        "vessel_name|category|text",
    )
    c.add("VOY", ["032W", "1123E", "0FL5RW1MA"], "voyage_no|category|text")
    c.add("POL", ["CNSHA", "CNNGB"], "un_locode")
    c.add("POD", ["DEHAM", "NLRTM", "USLAX"], "un_locode")
    c.add("IMO NO.", v.imo, "imo_number")
    c.add("CARGO", ["PHOTOVOLTAIC MODULES", "TOYS", "PASSENGER CARS"], "cargo_name|category|text")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("CARGO MANIFEST", "", "Page 1 of 1"))


@case(100)
def express(c: Case) -> None:
    c.add("运单号", lambda r: r.choice(("SF", "YT")) + v.num(r, 13, "1"), "express_waybill|order_no")
    c.add("收件人", v.name, "name_cn", p=True)
    c.add("收件电话", v.mobile, "mobile_masked|mobile_cn", p=True, damage=lambda r, x: x[:3] + "****" + x[7:])
    c.add("收货地址", v.address, "address_cn", p=True)
    c.add("重量", lambda r: f"{r.uniform(0.1, 30):.2f}kg", "text|number|category")
    c.add(
        "国际邮件号",
        lambda r: (lambda b: r.choice(("RB", "EE", "CP")) + b + d.s10(b) + "CN")(v.num(r, 8)),
        "postal_item",
    )
    c.count = False


@case(88)
def bank_transfers(c: Case) -> None:
    names = [v.name(c.r) for _ in range(88)]
    c.add("交易流水号", lambda r: v.date(r, "%Y%m%d") + v.num(r, 14), CODES)
    c.add("付款账号", lambda r: v.card(r, 19), "bank_card|bank_account", key="bank_card")
    c.add("付款户名", tuple(names), "name_cn", p=True)
    c.add("收款账号", lambda r: "3100" + v.num(r, 14), "bank_account|number|order_no", p=None)
    c.add("收款户名", v.company, "org_name")
    c.add("联行号", lambda r: r.choice(("102290", "103301", "105584")) + v.num(r, 6), "cnaps|number|order_no")
    c.add("金额", v.money, "number")
    c.add(
        "附言",
        tuple(f"{n}货款" if i % 3 else f"还款 {n} 身份证{v.prc(c.r)}" for i, n in enumerate(names)),
        "text",
        p=True,
        embedded=(ID,),
    )
    c.add("交易时间", v.moment, "datetime")
    c.count = False


@case(60)
def swift_payments(c: Case) -> None:
    c.add("Ordering IBAN", v.iban, "iban", key="iban", damage=grouped4)
    c.add("Beneficiary BIC", ["DEUTDEFF", "COBADEFFXXX", "BKCHCNBJ300", "HSBCHKHHHKH"], "bic")
    c.add("Beneficiary", v.firm, "org_name")
    c.add("LEI", v.lei, "lei")
    c.add("Ccy", ["EUR", "USD", "CNH"], "currency")
    c.add("Amount", lambda r: f"{r.uniform(100, 99999):.2f}".replace(".", ","), "number|text")
    c.add("Value date", lambda r: v.date(r, "%d.%m.%Y"), DATE)
    c.add("Remittance info", ["Invoice 2026-0012", "INV/8871", "Freight charges"], "text|category")
    c.writer = as_csv(delimiter=";")


@case(72)
def securities(c: Case) -> None:
    c.add("证券代码", ["600000.SH", "000001.SZ", "430047.BJ", "688981.SH"], "securities_code")
    c.add("ISIN代码", v.isin, "isin")
    c.add("股东账户", lambda r: "A" + v.num(r, 9), "securities_account", key="securities_account")
    c.add("股东姓名", v.name, "name_cn", p=True)
    c.add("持股数量", lambda r: str(r.randint(1, 99) * 100), "number|investor_holding", p=None)
    c.add("CUSIP", ["037833100", "594918104", "38259P508"], "cusip")
    c.add("SEDOL", ["B15KXQ8", "0263494", "B0WNLY7"], "sedol")
    c.add("收盘价", lambda r: f"{r.uniform(3, 99):.2f}", "number")


@case(64)
def card_transactions(c: Case) -> None:
    c.add("PAN", lambda r: v.card(r, 19)[:6] + "*" * 9 + v.num(r, 4), "bank_card_masked", p=None)
    c.add("MCC", ["5411", "5812", "4111"], "category|number|text")
    c.add("AUTH_CODE", lambda r: v.num(r, 6), "number|order_no|category|text")
    c.add("RRN", lambda r: v.num(r, 12), CODES)
    c.add("TERMINAL", lambda r: v.num(r, 8, "1"), CODES + "|device_id", p=None)
    c.add("TXN_AMT", v.money, "number")
    c.add("CVV2", lambda r: v.num(r, 3), "card_secret|number", p=None)
    c.suffix, c.writer = ".parquet", as_parquet


@case(84)
def policies_claims(c: Case) -> None:
    c.strong = (ID, "passport_cn")
    kinds, papers = [], []
    for i in range(84):
        foreign = i % 6 == 5
        kinds.append("护照" if foreign else "身份证")
        papers.append(v.passport(c.r) if foreign else v.prc(c.r))
    c.add("保单号码", lambda r: "PDAA2026310115" + v.num(r, 8), "policy_no|order_no", p=None)
    c.add("投保人", v.name, "name_cn", p=True)
    c.add("证件类型", tuple(kinds), "category|text")
    c.add("证件号码", tuple(papers), ID, p=True)
    c.add("赔案号", lambda r: "CLM" + v.num(r, 10), "claim_no|order_no", p=None)
    c.add("出险日期", v.date, DATE)
    c.add("出险原因", ["追尾", "单方事故", "暴雨涉水"], "category|text")
    c.add("已决赔款", v.money, "number")
    c.count = False


@case(40)
def reinsurance(c: Case) -> None:
    c.add(
        "Treaty Ref",
        lambda r: f"TR-2026-{r.choice(('QS', 'XL'))}-{v.num(r, 3)}",
        "treaty_no|order_no|text|category",
    )
    c.add("Cedent", v.firm, "org_name")
    c.add("Line of Business", ["Property", "Marine Cargo", "Motor"], "category|text")
    c.add("Period From", v.date, DATE)
    c.add("Ceded Share %", ["20", "35", "50"], "number|category")
    c.add("100% Premium", v.money, "number")


@case(60)
def shop_orders_json(c: Case) -> None:
    c.add("order_id", lambda r: v.num(r, 18, "2"), CODES)
    c.add("buyer", v.name, "name_cn", p=True)
    c.add("phone", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("gtin", v.ean, "ean")
    c.add("addr", v.address, "address_cn", p=True)
    c.add("paid_at", v.ms, "timestamp|number|datetime")

    def shape(row):
        return {
            "order_id": row["order_id"],
            "buyer": {"buyer": row["buyer"], "contact": {"phone": row["phone"]}},
            "items": [{"gtin": row["gtin"], "qty": 1}],
            "ship": [{"to": {"addr": row["addr"]}}],
            "paid_at": int(row["paid_at"]),
        }

    c.suffix, c.writer = ".jsonl", as_jsonl(shape)
    c.by_suffix = True


@case(52)
def crm_export(c: Case) -> None:
    c.add("Account Name", v.firm, "org_name")
    c.add("Contact Name", v.latin, "name_latin", p=True)
    c.add("Email", v.email, "email", key="email")
    c.add("Phone", lambda r: f"+49 30 {v.num(r, 7, '12345678')}", "phone_intl", key=None, p=True)
    c.add("VAT ID", ["DE136695976", "FR40303265045", "ATU13585627", "NL004495445B01"], "vat_eu")
    c.add("Billing Country", ["Germany", "France", "Austria", "Netherlands"], "country")
    c.add("Lead Source", ["Web", "Trade Show", "Partner"], "category|text")
    c.add("Annual Revenue", lambda r: str(r.randint(1, 90) * 100000), "number|income", p=None)
    c.add("Last Activity", lambda r: v.date(r, "%d/%m/%Y"), DATE)
    c.writer = as_csv(delimiter=";", encoding="utf-8-sig")
    c.count = False


@case(120)
def reviews(c: Case) -> None:
    said = ["质量不错，下次还来", "物流太慢了", "包装破损，客服态度好", "和描述一致", "颜色有色差"]
    texts = [c.r.choice(said) for _ in range(120)]
    texts[7] = f"卖家让我加微信再打{v.mobile(c.r)}退款"
    texts[44] = f"发票请寄{v.email(c.r)}谢谢"
    texts[90] = f"我的卡号{v.card(c.r)}一直没有收到退款"
    c.add("评价ID", lambda r: v.num(r, 12, "1"), CODES)
    c.add("评价内容", tuple(texts), "text|category", p=True, embedded=("mobile_cn", "email", "bank_card"))
    c.add("评分", ["1", "2", "3", "4", "5"], "number|category")
    c.count = False


@case(150)
def shared_phone(c: Case) -> None:
    c.strong = (ID,)
    phones = [v.mobile(c.r) for _ in range(12)]
    c.add("户主证件", v.prc, ID, key=ID)
    c.add("联系电话", tuple(c.r.choice(phones) for _ in range(150)), "mobile_cn", key="mobile_cn")
    c.add("楼栋", lambda r: f"{r.randint(1, 30)}号楼", "category|text")


@case(130)
def agent_mail(c: Case) -> None:
    c.strong = (ID,)
    c.add("被保险人证件号", v.prc, ID, key=ID)
    c.add("联系邮箱", ["agent.li@example.com", "agent.wu@example.com"], "email", key="email")
    c.add("保费", v.money, "number")


@case(140)
def weak_bridge(c: Case) -> None:
    c.strong = (ID,)
    people = [(v.prc(c.r), v.mobile(c.r)) for _ in range(50)]
    rows = [c.r.choice(people) for _ in range(140)]
    c.add("身份证", tuple(a if c.r.random() < 0.4 else None for a, _ in rows), ID, key=ID)
    c.add("手机号", tuple(b for _, b in rows), "mobile_cn", key="mobile_cn", damage=wide)
    c.add("消费金额", v.money, "number")


@case(46)
def members_sqlite(c: Case) -> None:
    c.strong = (ID,)
    c.add("member_name", v.name, "name_cn", p=True)
    c.add("id_card", v.prc, ID, key=ID, damage=id_spaced)
    c.add("mobile_phone", v.mobile, "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.add("points", lambda r: str(r.randint(0, 9000)), "number")
    c.suffix, c.writer = ".db", as_sqlite


@case(58)
def wechat_users_zip(c: Case) -> None:
    c.add(
        "openid",
        lambda r: (
            "o" + "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", k=27))
        ),
        "wechat|social_account|device_id",
        p=True,
    )
    c.add(
        "微信号",
        lambda r: r.choice(("wx_", "li-", "zhao")) + "".join(r.choices("abcdefghij0123456789", k=8)),
        "wechat|social_account",
        p=True,
    )
    c.add("QQ", lambda r: v.num(r, 9, "123456789"), "qq", p=True)
    c.add("昵称", ["小鱼儿", "追风少年", "Amy酱", "阿强"], "text|category|social_account|name_cn", p=None)
    c.suffix, c.writer = ".zip", as_zip
    c.count = False


@case(90)
def products_gz(c: Case) -> None:
    c.add("商品条形码", v.ean, "ean")
    c.add("品名", ["男款T恤", "女鞋", "儿童书包", "玻璃杯"], "cargo_name|category|text")
    c.add("规格型号", ["A4-100", "B5-200", "500ml"], "category|text|order_no")
    c.add("颜色", ["白色", "黄色", "金色", "高级灰"], "category|text")
    c.add("产地", ["江苏", "浙江", "广东"], "province|category")
    c.add("ISBN", lambda r: (lambda b: b + d.ean(b))("9787" + v.num(r, 8)), "ean")
    c.add("库存", lambda r: str(r.randint(0, 999)), "number")
    c.suffix, c.writer = ".csv.gz", as_gz


@case(50)
def home_return(c: Case) -> None:
    c.strong = ("home_return_permit",)
    people = [c.r.choice("HM") + v.num(c.r, 8) for _ in range(30)]
    c.add("旅客姓名", v.name, "name_cn", p=True)
    c.add(
        "回乡证号",
        tuple(p + c.r.choice(("", "00", "01", "02")) for p in (c.r.choice(people) for _ in range(50))),
        "home_return_permit",
        key="home_return_permit",
    )
    c.add("口岸", ["皇岗口岸", "拱北口岸", "罗湖口岸"], "category|text")
    c.add("入境时间", v.moment, "datetime")


@case(42)
def taiwan_permits(c: Case) -> None:
    c.strong = ("taiwan_permit",)
    c.add("姓名", v.name, "name_cn", p=True)
    c.add("台胞证号码", lambda r: v.num(r, 8), "taiwan_permit", key="taiwan_permit")
    c.add("停留期限", v.date, DATE)


@case(46)
def residence_hmt(c: Case) -> None:
    c.strong = ("residence_permit_hmt",)
    c.add("姓名", v.name, "name_cn", p=True)
    c.add(
        "居住证号码",
        lambda r: v.prc(r, r.choice(("810000", "820000", "830000"))),
        "residence_permit_hmt",
        key="residence_permit_hmt",
    )
    c.add("签发机关", ["上海市公安局", "深圳市公安局"], "org_name|category|text")
