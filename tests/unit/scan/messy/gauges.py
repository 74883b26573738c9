"""Third hand: things, logs and decoys, where nobody is. Written and labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_json, as_jsonl, as_parquet, as_sqlite, as_xlsx
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"


def luhny(r: v.R, n: int, first: str = "123456789") -> str:
    body = v.num(r, n - 1, first)
    return body + d.luhn(body)


@case(200)
def parts_catalogue(c: Case) -> None:
    c.add("Part No.", lambda r: f"{v.num(r, 5)}-{r.choice(('0D', '1K', '06'))}{v.num(r, 3)}", CODES)
    c.add("OE号", lambda r: "".join(r.choices("ABCDEFGH0123456789", k=11)), CODES)
    c.add("产品码", lambda r: r.choice("EGD") + v.num(r, 8), CODES)
    c.add("型号", ["S7-1200", "M16x1.5", "G1/4", "HT-200"], WORD + "|order_no")
    c.add("图号", lambda r: f"A{v.num(r, 3)}.{v.num(r, 2)}.{v.num(r, 3)}", CODES + "|version")
    c.add("序列号", lambda r: luhny(r, 16), CODES, p=False)
    c.add("条码", v.ean, "ean")
    c.add("ISBN", lambda r: (lambda b: b + d.ean(b))("978" + v.num(r, 9)), "ean")
    c.add("重量(kg)", lambda r: f"{r.uniform(0.01, 20):.3f}", "number")


@case(300)
def orders_luhn(c: Case) -> None:
    c.add("order_id", lambda r: luhny(r, 16, "9"), CODES, p=False)
    c.add("pay_order", lambda r: luhny(r, 15, "1"), CODES, p=False)
    c.add("batch_no", lambda r: "20" + v.num(r, 8), CODES)
    c.add("ext_id", lambda r: v.num(r, 12, "123456789"), CODES)
    c.add("trade_no", lambda r: v.date(r, "%Y%m%d") + "22001" + v.num(r, 15), CODES)
    c.add("create_ms", v.ms, "timestamp|number|datetime")
    c.add("sign", lambda r: v.hexes(r, 64), "hash")


@case(240)
def release_builds(c: Case) -> None:
    c.add("component", ["gateway", "agent", "kernel", "ui"], WORD)
    c.add(
        "build_version",
        lambda r: f"{r.randint(1, 12)}.{r.randint(0, 20)}.{r.randint(0, 40)}.{r.randint(0, 250)}",
        "version",
    )
    c.add("commit", lambda r: v.hexes(r, 40), "hash")
    c.add("short_sha", lambda r: v.hexes(r, 7), "hash|order_no|text")
    c.add(
        "artifact", lambda r: f"app-{r.randint(1, 9)}.{r.randint(0, 9)}.{r.randint(0, 9)}-SNAPSHOT.jar", WORD
    )
    c.add("size_bytes", lambda r: str(r.randint(10**6, 10**9)), "number|order_no")
    c.add("built_at", lambda r: v.date(r) + "T03:04:05.123456Z", "datetime")
    c.add("passed", ["true", "false"], "boolean")


@case(200)
def modbus_registers(c: Case) -> None:
    c.add("ts", lambda r: str(1_760_000_000 + r.randrange(10**7)), "timestamp|number|datetime")
    c.add("tag", ["I10.0", "Q4.1", "M20.5", "DB10.DBX0"], WORD + "|order_no", p=False)
    c.add("raw", lambda r: f"{r.randrange(65536):04X}", CODES + "|hash")
    c.add("pressure", lambda r: f"{r.uniform(99.1, 121.9):.5f}", "number")
    c.add("flow", lambda r: f"{r.uniform(21.0, 31.9):.5f}", "number")
    c.add("level_mm", lambda r: f"{r.uniform(-5, 5):.4f}", "number")
    c.add("quality", ["GOOD", "BAD"], WORD + "|boolean")


@case(150)
def syslog_json(c: Case) -> None:
    c.add("time", lambda r: v.date(r) + "T01:02:03+08:00", "datetime")
    c.add("host", ["web-01", "web-02", "db-01"], WORD + "|order_no")
    c.add("level", ["INFO", "WARN", "ERROR"], WORD)
    c.add("traceId", lambda r: v.hexes(r, 32), "hash|uuid")
    c.add("latency_ms", lambda r: str(r.randint(1, 2000)), "number")
    c.add("message", lambda r: f"GET /api/v1/items/{v.num(r, 6)} 200 in {r.randint(1, 90)}ms", "text")
    c.suffix, c.writer = ".jsonl", as_jsonl()


@case(150)
def nginx_with_people(c: Case) -> None:
    c.add("remote_addr", v.ip, "ipv4", p=None)
    c.add(
        "request",
        lambda r: f"/h5/bind?mobile={v.mobile(r)}&t={v.ms(r)}",
        "text|url|advertising_url",
        p=True,
        embedded=("mobile_cn",),
    )
    c.add(
        "ua",
        ["Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15", "okhttp/4.9.3"],
        "user_agent|text",
    )
    c.add("status", ["200", "302", "404"], NUM)
    c.count = False


@case(120)
def sensor_wide(c: Case) -> None:
    c.add("devEui", lambda r: v.hexes(r, 16).upper(), "device_id|mac_address|hash|order_no", p=None)
    c.add("gw_mac", v.mac, "mac_address", p=True)
    for i in range(30):
        c.add(f"ch{i:02d}", lambda r: f"{r.uniform(-40, 125):.2f}", "number")
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(120)
def sim_inventory(c: Case) -> None:
    c.add("ICCID", v.iccid, "iccid", key="iccid", damage=lambda r, x: x + "F" if r.random() < 0.2 else x)
    c.add("IMSI", lambda r: "46001" + v.num(r, 10), "imsi", p=True)
    c.add("MSISDN", lambda r: "1064" + v.num(r, 9), CODES, p=None)
    c.add("IMEI", v.imei, "imei", p=True)
    c.add("SN", lambda r: v.num(r, 15, "2"), CODES + "|device_id", p=None)
    c.add("状态", ["已激活", "库存"], WORD)
    c.count = False


@case(2000)
def needles_log(c: Case) -> None:
    c.strong = (ID,)
    lines = [
        f"task {v.num(c.r, 8)} finished in {c.r.randint(1, 999)} ms code={c.r.randint(0, 9)}"
        for _ in range(2000)
    ]
    lines[31] = f"user input idcard={v.prc(c.r)} rejected"
    lines[1203] = f"sms sent to {v.mobile(c.r)} ok"
    lines[1999] = f"notify {v.email(c.r)} failed"
    c.add("seq", seq(2000), "number|order_no")
    c.add("line", tuple(lines), "text", p=True, embedded=(ID, "mobile_cn", "email"))
    c.count = False


@case(300)
def hidden_in_codes(c: Case) -> None:
    """Three identity numbers typed into a column of eighteen-digit document numbers."""
    c.strong = (ID,)
    cells = [v.declaration(c.r) for _ in range(300)]
    for i in (7, 150, 299):
        cells[i] = v.prc(c.r)
    c.add("单证编号", tuple(cells), "customs_declaration|" + CODES, p=True, embedded=(ID,))
    c.add("份数", lambda r: str(r.randint(1, 5)), NUM)
    c.count = False


@case(150)
def lies(c: Case) -> None:
    c.strong = (ID,)
    c.add("手机号", lambda r: v.ean(r), "ean|number|order_no")
    c.add("姓名", ["红烧牛肉面", "老坛酸菜面", "香菇炖鸡面", "番茄鸡蛋面"], WORD + "|cargo_name", p=False)
    c.add("出生日期", lambda r: v.date(r, "%Y-%m-%d", 2026, 2026), "date|datetime|birth_date", p=None)
    c.add("product", v.prc, ID, key=ID)
    c.add("邮箱", lambda r: f"{r.randint(1, 99)}号信箱", WORD, p=False)
    c.add("国籍", ["USD", "EUR", "CNY"], "currency|category", p=False)
    c.add("经度", lambda r: f"{r.uniform(900, 1100):.1f}", "number|weather_value", p=False)
    c.add(
        "IP",
        lambda r: f"{r.randint(1, 3)}.{r.randint(0, 9)}.{r.randint(0, 9)}",
        "version|text|number",
        p=False,
    )
    c.add("护照号", lambda r: f"SKU-{v.num(r, 7)}", CODES, p=False)
    c.add("数量", v.mobile, "mobile_cn", p=True)
    c.count = False


@case(100)
def chemistry(c: Case) -> None:
    c.add(
        "CAS", lambda r: (lambda b: f"{b[:-2]}-{b[-2:]}-{d.cas(b)}")(v.num(r, 7, "123456789")), "cas_number"
    )
    c.add("品名", ["乙醇", "丙酮", "甲苯", "二氯甲烷"], WORD + "|cargo_name", p=False)
    c.add("Formula", ["C2H5OH", "C3H6O", "C7H8", "CH2Cl2"], WORD + "|order_no")
    c.add("UN", ["1170", "1090", "1294", "1593"], "un_number|number|category")
    c.add("纯度", ["99.9%", "98%", "AR"], WORD + "|number")
    c.add("批号", lambda r: v.date(r, "%Y%m%d") + "-" + v.num(r, 2), CODES + "|date")
    c.add("安全库存", lambda r: str(r.randint(1, 100)), NUM)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("危险化学品台账",), merge=True)


@case(200)
def company_register(c: Case) -> None:
    """Open data: firms, not persons; the legal representative is one."""
    c.add("企业名称", v.company, "org_name", p=False)
    c.add("统一社会信用代码", v.uscc, "uscc", p=False)
    c.add("注册号", lambda r: "3101150" + v.num(r, 8), CODES + "|taxpayer_no", p=False)
    c.add("法定代表人", v.name, "name_cn", p=True)
    c.add("注册资本", ["100万元人民币", "5000万元人民币", "50万美元"], WORD + "|number")
    c.add("成立日期", lambda r: v.date(r, "%Y年%m月%d日", 1995, 2025), DATE, p=False)
    c.add("经营范围", ["道路货物运输；国内货运代理", "软件开发；技术咨询"], WORD, p=False)
    c.add("住所", v.address, "address_cn|address_text", p=None)
    c.add(
        "登记机关",
        ["中国（上海）自由贸易试验区临港新片区市场监督管理局", "杭州市市场监督管理局"],
        "org_name|category|text",
        p=False,
    )
    c.count = False


@case(150)
def weather_hourly(c: Case) -> None:
    c.add("站号", ["58362", "58457", "54511"], "weather_station|number|category")
    c.add(
        "时间",
        lambda r: v.date(r, "%Y%m%d") + f"{r.randint(0, 23):02d}",
        "datetime|number|date|order_no|category",
    )
    c.add("气温", lambda r: f"{r.uniform(-9, 38):.1f}", "weather_value|number")
    c.add("相对湿度", lambda r: str(r.randint(10, 100)), "weather_value|number")
    c.add("本站气压", lambda r: f"{r.uniform(980, 1040):.1f}", "weather_value|number")
    c.add("10分钟风速", lambda r: f"{r.uniform(0, 25):.1f}", "weather_value|number")
    c.add("天气现象", ["晴", "小雨", "雾"], WORD + "|weather_value")
    c.suffix, c.writer = ".sqlite", as_sqlite


@case(60)
def classified_mark(c: Case) -> None:
    c.add("文号", lambda r: f"沪数〔2026〕{r.randint(1, 99)}号", WORD + "|order_no", p=False)
    c.add("标题", ["关于印发年度计划的通知", "关于召开工作会议的函"], WORD, p=False)
    c.add("密级", ["秘密★10年", "机密★20年", ""], "state_secret|category", p=False)
    c.add("签发人", v.name, "name_cn", p=True)
    c.count = False


@case(80)
def keys_dump(c: Case) -> None:
    c.add("name", ["DB_PASS", "OSS_KEY", "JWT", "HOOK"], WORD, p=None)
    c.add(
        "access_key",
        lambda r: "LTAI5t" + "".join(r.choices("ABCDEFGHabcdefgh0123456789", k=18)),
        "cloud_key",
        p=False,
    )
    c.add(
        "dsn",
        lambda r: f"postgresql://app:{v.hexes(r, 10)}@10.0.{r.randint(0, 9)}.{r.randint(1, 200)}:5432/prod",
        "url_password",
        p=False,
    )
    c.add("pwd_md5", lambda r: v.hexes(r, 32), "hash|password", p=None)
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(100)
def seventeen_characters(c: Case) -> None:
    """Seventeen characters, none of them a vehicle."""
    c.add("工单", lambda r: "WO" + v.date(r, "%Y%m%d") + v.num(r, 7), CODES, p=False)
    c.add("托盘码", lambda r: "PLT" + v.num(r, 14), CODES, p=False)
    c.add(
        "license",
        lambda r: "".join(r.choices("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", k=17)),
        CODES + "|driver_licence",
        p=None,
    )
    c.add(
        "EUI",
        lambda r: ":".join(f"{r.randrange(256):02x}" for _ in range(8)),
        CODES + "|device_id|mac_address",
        p=None,
    )
    c.add("chassis", lambda r: v.vin(r, "LDC"), "vin", key="vin")
    c.writer = as_csv(delimiter=";")
    c.count = False
