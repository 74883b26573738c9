"""Third hand: banks, funds, reinsurers, telephone records, shops and customer lists. Written and labelled before a scan ever saw them."""

import json

from messy import digits as d
from messy import values as v
from messy.frame import (
    CODE,
    Case,
    as_csv,
    as_json,
    as_jsonl,
    as_parquet,
    as_xlsx,
    dot_zero,
    grouped4,
    phone_styles,
    quoted,
)
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"


@case(100)
def bank_statement_title(c: Case) -> None:
    c.add("交易日期", lambda r: v.date(r, "%Y%m%d"), DATE + "|number")
    c.add(
        "交易时间",
        lambda r: f"{r.randint(0, 23):02d}{r.randint(0, 59):02d}{r.randint(0, 59):02d}",
        "time_of_day|number|order_no|category|text",
    )
    c.add(
        "借方发生额", lambda r: f"{r.randint(1, 90)},{r.randint(0, 999):03d}.{r.randint(0, 99):02d}", "number"
    )
    c.add("余额", v.money, "number|investor_holding", p=None)
    c.add("对方账号", v.card, "bank_card|bank_account", p=True, damage=grouped4)
    c.add(
        "对方户名", lambda r: v.name(r) if r.random() < 0.6 else v.company(r), "name_cn|org_name|text", p=None
    )
    c.add(
        "对方开户行", ["中国工商银行上海市自贸试验区分行", "招商银行深圳南山支行"], "org_name|category|text"
    )
    c.add("摘要", ["工资", "转账", "跨行汇款", "消费"], WORD)
    c.add("流水号", lambda r: v.num(r, 20), CODES)
    c.writer = as_csv(encoding="gb18030", before=("账号：6222********1234    户名：张*    币种：人民币", ""))
    c.count = False


@case(80)
def wires_out(c: Case) -> None:
    c.add("UETR", v.guid, "uuid")
    c.add("Ordering Customer", lambda r: v.latin(r).upper(), "name_latin", p=True)
    c.add("Ordering IBAN", v.iban, "iban", key="iban")
    c.add("Beneficiary", v.firm, "org_name")
    c.add("BIC", ["DEUTDEFFXXX", "BOFAUS3N", "HSBCHKHHHKH"], "bic")
    c.add("LEI", v.lei, "lei")
    c.add("CNAPS", lambda r: "1022900" + v.num(r, 5), "cnaps|order_no|number", p=False)
    c.add("Amount", lambda r: f"{r.uniform(100, 99999):,.2f}", "number")
    c.add("Ccy", ["USD", "EUR", "CNH"], "currency")
    c.add("Value Date", lambda r: v.date(r, "%d %b %Y"), DATE)
    c.add("Remittance Info", lambda r: f"INV {v.num(r, 6)} / PO-{v.num(r, 5)}", WORD + "|order_no")
    c.count = False


@case(60)
def joint_accounts(c: Case) -> None:
    """Two holders of one account are two persons; the account alone is none."""
    c.strong = (ID,)
    people = [v.prc(c.r) for _ in range(70)]
    second: list[str | None] = [c.r.choice(people) if c.r.random() < 0.4 else None for _ in range(60)]
    first = [c.r.choice(people) for _ in range(60)]
    c.add("主账户人证件号", tuple(first), ID, key=ID)
    c.add(
        "联名人证件号", tuple(None if a == b else b for a, b in zip(first, second, strict=True)), ID, key=ID
    )
    c.add("卡号", lambda r: v.card(r, 19), "bank_card", p=True)
    c.add("开户日期", v.date, DATE)
    c.count = False


@case(90)
def fund_trades(c: Case) -> None:
    c.strong = (ID,)
    c.add("申请编号", lambda r: v.num(r, 24, "2"), CODES)
    c.add("TA账号", lambda r: v.num(r, 12, "9"), "securities_account", p=True)
    c.add("客户姓名", v.name, "name_cn", p=True)
    c.add("证件代码", v.prc, ID, key=ID, damage=quoted)
    c.add("基金代码", ["110011", "001234", "519736"], "securities_code|number|category")
    c.add("确认净值", lambda r: f"{r.uniform(0.8, 3):.4f}", "number")
    c.add("确认份额", lambda r: f"{r.uniform(100, 90000):.2f}", "investor_holding|number", p=None)
    c.add("业务代码", ["022", "024", "120"], NUM + "|text")
    c.add("ISIN", v.isin, "isin")
    c.count = False


@case(80)
def margin_positions(c: Case) -> None:
    c.add("股东账户", lambda r: r.choice("A") + v.num(r, 9), "securities_account", p=True)
    c.add("证券代码", ["600519.SH", "000858.SZ", "300750.SZ"], "securities_code")
    c.add("证券简称", ["贵州茅台", "五粮液", "宁德时代"], WORD, p=False)
    c.add("持仓数量", lambda r: str(r.randint(1, 900) * 100), "investor_holding|number", p=None)
    c.add("CUSIP", lambda r: "037833100", "cusip|number|category")
    c.add("SEDOL", lambda r: "B15KXQ8", "sedol|category|text")
    c.add("维持担保比例", lambda r: f"{r.uniform(130, 400):.2f}%", "number|text")
    c.count = False


@case(70)
def ri_cessions(c: Case) -> None:
    c.add("Treaty Ref", lambda r: f"QS-2026-{v.num(r, 4)}", "treaty_no|order_no")
    c.add(
        "Cedant",
        ["Ping An Property & Casualty", "Munich Re", "Swiss Re Asia Pte. Ltd."],
        "org_name|category|text",
        p=False,
    )
    c.add("Orig. Policy No.", lambda r: "P" + v.num(r, 14), "policy_no|order_no", p=None)
    c.add("Insured Name", v.latin, "name_latin", p=True)
    c.add("Insured DOB", lambda r: v.date(r, "%m/%d/%Y", 1940, 2005), "birth_date", p=True)
    c.add("Cause of Loss", ["Windstorm", "Earthquake", "Motor TPL"], WORD)
    c.add("Sum Insured", lambda r: f"{r.randint(1, 90)}00,000", "number|income", p=None)
    c.add("Ceded %", ["40%", "25%"], NUM + "|text")
    c.add("Claim Ref", lambda r: f"CLM/{v.num(r, 8)}", "claim_no|order_no", p=None)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Bordereau Q3 2026", "Strictly confidential"), merge=True)
    c.count = False


@case(120)
def cdr_calls(c: Case) -> None:
    a = [v.mobile(c.r) for _ in range(20)]
    c.add("calling_number", tuple("86" + c.r.choice(a) for _ in range(120)), "mobile_cn", p=True)
    c.add("called_number", lambda r: "86" + v.mobile(r), "mobile_cn", p=True)
    c.add("imsi", lambda r: "46000" + v.num(r, 10), "imsi", p=True)
    c.add("imei", v.imei, "imei", p=True)
    c.add("iccid", v.iccid, "iccid", p=True)
    c.add("start_time", lambda r: v.date(r, "%Y%m%d%H%M%S"), "datetime|timestamp|date")
    c.add("duration", lambda r: str(r.randint(1, 3600)), "number")
    c.add("lac", lambda r: v.num(r, 5, "1234"), NUM + "|order_no")
    c.add("ci", lambda r: v.num(r, 9, "12"), CODES)
    c.writer = as_csv(delimiter="|", header=True)
    c.count = False


@case(60)
def cdr_no_header(c: Case) -> None:
    c.add("", lambda r: v.mobile(r), "mobile_cn", key="mobile_cn")
    c.add("", lambda r: v.date(r, "%Y-%m-%d ") + "12:30:11", "datetime")
    c.add("", lambda r: str(r.randint(1, 3000)), "number")
    c.add("", ["语音", "短信", "流量"], WORD)
    c.add("", lambda r: v.ip(r), "ipv4", p=None)
    c.add("", lambda r: f"{r.uniform(0, 9):.3f}", "number")
    c.writer = as_csv(header=False)


@case(90)
def taobao_like_export(c: Case) -> None:
    c.add("订单编号", lambda r: '="' + v.num(r, 19, "123") + '"', CODES)
    c.add(
        "买家会员名",
        lambda r: r.choice(("tb", "小仙女", "sky_", "老王")) + v.num(r, 6),
        "social_account|customer_no|text",
        p=None,
    )
    c.add(
        "买家支付宝账号",
        lambda r: v.mobile(r) if r.random() < 0.5 else v.email(r),
        "payment_account|mobile_cn|email|text",
        p=True,
    )
    c.add("收货人姓名", v.name, "name_cn", p=True)
    c.add("收货地址 ", v.address, "address_cn", p=True)
    c.add("联系手机", v.mobile, "mobile_cn", p=True, damage=quoted)
    c.add(
        "宝贝标题",
        ["2026新款男款连帽卫衣", "苹果15手机壳 防摔", "云南白药牙膏 120g*3"],
        WORD + "|cargo_name",
        p=False,
    )
    c.add(
        "买家留言",
        lambda r: r.choice(("", "", "周末送", f"打{v.mobile(r)}这个电话")),
        "text|category|search_history|medical_text",
        p=True,
        embedded=("mobile_cn",),
    )
    c.add("总金额", v.money, "number")
    c.add("订单状态", ["交易成功", "卖家已发货"], WORD)
    c.writer = as_csv(encoding="gb18030")
    c.count = False


@case(60)
def marketplace_jsonl(c: Case) -> None:
    c.add("amazonOrderId", lambda r: f"{v.num(r, 3)}-{v.num(r, 7)}-{v.num(r, 7)}", CODES)
    c.add("buyerEmail", lambda r: v.hexes(r, 14) + "@marketplace.example.com", "email", key="email")
    c.add("recipientName", v.latin, "name_latin", p=True)
    c.add(
        "addressLine1",
        lambda r: f"{r.randint(1, 2999)} {r.choice(('Maple', 'Oak'))} {r.choice(('Street', 'Ave'))}",
        "address_latin|address_text",
        p=True,
    )
    c.add("postalCode", lambda r: v.num(r, 5), "postcode_intl|number")
    c.add("countryCode", ["US", "DE", "JP"], "country")
    c.add("asin", lambda r: "B0" + "".join(r.choices("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", k=8)), CODES)
    c.add("sku", lambda r: f"E{v.num(r, 8)}", CODES)
    c.add("itemPrice", lambda r: f"{r.uniform(5, 99):.2f}", "number")
    c.add("purchaseDate", lambda r: v.date(r) + "T08:15:30Z", "datetime")
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda row: {
                **{k: row[k] for k in ("amazonOrderId", "purchaseDate")},
                "buyer": {"buyerEmail": row["buyerEmail"]},
                "shipTo": {k: row[k] for k in ("recipientName", "addressLine1", "postalCode", "countryCode")},
                "items": [{k: row[k] for k in ("asin", "sku", "itemPrice")}],
            }
        ),
    )
    c.count = False


@case(60)
def crm_split_address(c: Case) -> None:
    c.add("客户ID", seq(60, "C{:08d}", 31), "customer_no", p=True)
    c.add(
        "客户称呼",
        lambda r: v.name(r)[0] + r.choice(("先生", "女士", "总")),
        "name_masked|name_cn|text|name_part|category",
        p=None,
    )
    c.add("省", ["浙江省", "江苏省", "广东省"], "province")
    c.add("市", ["杭州市", "苏州市", "深圳市"], WORD + "|address_text")
    c.add("区县", ["西湖区", "昆山市", "南山区"], WORD + "|address_text")
    c.add(
        "详细地址",
        lambda r: f"{r.choice(('文三路', '人民路', '科苑路'))}{r.randint(1, 400)}号{r.randint(101, 2000)}室",
        "address_cn|address_text",
        p=True,
    )
    c.add("固话", lambda r: f"0571-{v.num(r, 8, '8')}转{v.num(r, 3)}", "landline_cn", p=True)
    c.add("微信", lambda r: "wxid_" + v.hexes(r, 12), "wechat", p=True)
    c.add("QQ", lambda r: v.num(r, 9, "123"), "qq", p=True)
    c.add("生日", lambda r: v.date(r, "%m-%d"), "birth_date|text|date|category", p=None)
    c.count = False


@case(60)
def crm_contacts_jsoncol(c: Case) -> None:
    c.strong = (ID,)
    c.add("uid", seq(60, "{}", 900001), "customer_no|number|order_no", p=None)
    c.add(
        "profile",
        lambda r: json.dumps(
            {"name": v.name(r), "idNo": v.prc(r), "phones": [v.mobile(r)]}, ensure_ascii=False
        ),
        "text",
        p=True,
        embedded=(ID, "mobile_cn"),
    )
    c.add(
        "xml",
        lambda r: f"<cust><tel>{v.mobile(r)}</tel><mail>{v.email(r)}</mail></cust>",
        "text",
        p=True,
        embedded=("mobile_cn", "email"),
    )
    c.add("tags", lambda r: json.dumps(r.sample(["vip", "new", "lost"], 2)), WORD)
    c.count = False


@case(100)
def contact_anything(c: Case) -> None:
    """One column for whatever the customer gave."""
    c.strong = (ID,)
    c.add("登记号", seq(100, "D{:06d}"), CODES)
    c.add(
        "账号/手机/邮箱/证件",
        lambda r: r.choice((v.mobile, v.email, v.prc))(r),
        f"text|{ID}|mobile_cn|email|social_account",
        p=True,
        embedded=(),
    )
    c.add("渠道", ["官网", "小程序", "门店"], WORD)
    c.count = False


@case(80)
def agents_mail(c: Case) -> None:
    """All clients of an agent carry the agent's address and office phone."""
    c.strong = (ID,)
    mails = [v.email(c.r) for _ in range(3)]
    ids = [v.prc(c.r) for _ in range(70)]
    ids += ids[:10]
    c.add("insured_id", tuple(ids), ID, key=ID)
    c.add("insured_name", v.name, "name_cn", p=True)
    c.add("agent_email", tuple(c.r.choice(mails) for _ in range(80)), "email", key="email")
    c.add("policy_number", lambda r: "PL" + v.num(r, 12), "policy_no|order_no", p=None)
    c.add("premium", v.money, "number")
    c.count = False


@case(90)
def accounts_phones_only(c: Case) -> None:
    phones = [v.mobile(c.r) for _ in range(40)]
    c.add(
        "phone",
        tuple(c.r.choice(phones) for _ in range(90)),
        "mobile_cn",
        key="mobile_cn",
        damage=phone_styles,
    )
    c.add(
        "nick",
        lambda r: r.choice(("星辰大海", "momo", "小确幸", "阿杰")) + r.choice(("", "123", "_o")),
        "social_account|text|category|name_part",
        p=None,
    )
    c.add("last_login_ip", v.ip, "ipv4", p=None)
    c.add("app_ver", ["8.0.44", "8.0.50"], "version")


@case(50)
def float_ids_xlsx(c: Case) -> None:
    """Identity numbers that a spreadsheet has rounded: no count is exact."""
    c.add("名字", v.name, "name_cn", p=True)
    c.add("证件号", v.prc, ID, p=True, damage=lambda r, x: x)
    c.columns[1].cells = [float(x[:17] + "0") for x in c.columns[1].cells]
    c.add("手机", v.mobile, "mobile_cn", p=True)
    c.columns[2].cells = [float(x) for x in c.columns[2].cells]
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.exact, c.count = False, False


@case(60)
def phones_scientific(c: Case) -> None:
    c.add("客户", v.name, "name_cn", p=True)
    c.add("电话", v.mobile, "mobile_cn", p=True, damage=lambda r, x: f"{float(x):.4E}")
    c.add("订单金额", v.money, "number")
    c.exact, c.count = False, False


@case(70)
def vendors_master(c: Case) -> None:
    c.add("VENDOR", seq(70, "{:010d}", 100000), CODES)
    c.add("NAME1", lambda r: v.firm(r) if r.random() < 0.5 else v.company(r), "org_name")
    c.add("STCD5", v.uscc, "uscc")
    c.add("组织机构代码", lambda r: (lambda b: f"{b}-{d.org(b)}")(v.num(r, 8)), "org_code")
    c.add("VAT", ["DE136695976", "IT00743110157", "ATU13585627"], "vat_eu")
    c.add("BANKN", lambda r: v.num(r, 17, "123456789"), "bank_account|order_no|number", p=None)
    c.add(
        "SMTP_ADDR",
        lambda r: (
            r.choice(("sales", "info", "ap"))
            + "@"
            + r.choice(("northgate", "baltic", "qinghe"))
            + ".example.com"
        ),
        "email",
        p=True,
    )
    c.add("TELF1", lambda r: "+49 30 " + v.num(r, 7, "23456789"), "phone_intl|landline_cn", p=None)
    c.add("ORT01", ["Berlin", "上海", "Milano"], WORD)
    c.count = False


@case(50)
def masked_letters(c: Case) -> None:
    c.add("cust_name", lambda r: v.name(r)[0] + "**", "name_masked", p=True)
    c.add("cert_no", lambda r: v.prc(r)[:3] + "***********" + v.num(r, 4), "prc_resident_id_masked", p=True)
    c.add("mobile", lambda r: v.mobile(r)[:3] + "xxxx" + v.num(r, 4), "mobile_masked", p=True)
    c.add("card_no", lambda r: "6222 **** **** " + v.num(r, 4), "bank_card_masked", p=True)
    c.add("addr", lambda r: v.address(r)[:9] + "****", "address_cn|address_text|text", p=None)
    c.add("score", lambda r: str(r.randint(350, 950)), "number|credit_score", p=None)
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(40)
def payouts_json(c: Case) -> None:
    c.add(
        "payee",
        lambda r: r.choice(("J. Smith", "M.-L. Dubois", "A. K. Kumar", "R. O'Neil", "T. van Dijk")),
        "name_latin",
        p=True,
    )
    c.add("pan", lambda r: v.card(r, 16, r.choice(("453201", "545454"))), "bank_card", key="bank_card")
    c.add(
        "exp",
        lambda r: f"{r.randint(1, 12):02d}/{r.randint(26, 31)}",
        "card_secret|text|category|date",
        p=None,
    )
    c.add("cvv", lambda r: v.num(r, 3), "card_secret|number", p=None)
    c.add("wallet", lambda r: "0x" + v.hexes(r, 40), "crypto_address|hash", p=None)
    c.add("amount", v.money, "number")
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(40)
def dotzero_everything(c: Case) -> None:
    c.add("tel", v.mobile, "mobile_cn", key="mobile_cn", damage=dot_zero)
    c.add("zip", lambda r: "20" + v.num(r, 4), "postcode_cn|number", damage=dot_zero)
    c.add("qty", lambda r: str(r.randint(1, 60)), "number", damage=dot_zero)
    c.add("order", lambda r: v.num(r, 11, "2"), CODES, damage=dot_zero)
