"""Tenth hand: what the systems of exporters write by themselves (SAP, Salesforce, Kingdee, Yonyou, HL7, mini programs), and decoys. Labelled before a scan ever saw them."""

import datetime as dt

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
    as_zip,
    dot_zero,
    grouped4,
    id_spaced,
    phone_styles,
    quoted,
    wide,
)
from messy.judges import my_number, rrn, two_headed
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"
BASE62 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def some(r: v.R, n: int, signs: str = BASE62) -> str:
    return "".join(r.choices(signs, k=n))


def day8(r: v.R, low: int = 2022, high: int = 2026) -> str:
    return v.date(r, "%Y%m%d", low, high)


def roc(r: v.R, low: int = 1955, high: int = 2003) -> str:
    y, m, day = v.birthday(r, low, high)
    return f"{y - 1911:03}/{m:02}/{day:02}"


# SAP, Salesforce, Kingdee, Yonyou


@case(70)
def sap_kna1(c: Case) -> None:
    c.add("MANDT", ["800"], NUM + "|text|order_no")
    c.add("KUNNR", lambda r: "00001" + v.num(r, 5), "customer_no|order_no|number", p=None)
    c.add("NAME1", v.firm, "org_name")
    c.add(
        "STRAS",
        lambda r: f"{r.choice(('Hauptstr.', 'Lindenweg', 'Harbour Rd'))} {r.randint(1, 99)}",
        "address_latin|address_text|text",
        p=None,
    )
    c.add("ORT01", ["Hamburg", "Rotterdam", "Shanghai", "Busan"], WORD + "|address_text|un_locode", p=None)
    c.add("PSTLZ", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number|order_no|category", p=None)
    c.add("LAND1", ["DE", "NL", "CN", "KR"], "country|category")
    c.add("TELF1", lambda r: f"+49 40 {v.num(r, 7, '12345678')}", "phone_intl", p=None)
    c.add("ERDAT", day8, "date|number|datetime")
    c.writer = as_csv(delimiter="|")
    c.count = False


@case(50)
def sap_lfbk(c: Case) -> None:
    c.add("LIFNR", lambda r: "0000" + v.num(r, 6, "123"), CODES + "|customer_no", p=None)
    c.add("BANKS", ["DE", "CN", "US"], "country|category")
    c.add("BANKL", lambda r: v.num(r, 8, "123456789"), CODES + "|cnaps")
    c.add("BANKN", lambda r: v.num(r, 10, "123456789"), "bank_account|order_no|number", p=None)
    c.add("KOINH", v.firm, "org_name")
    c.add("SWIFT", ["DEUTDEFF", "BKCHCNBJ", "CHASUS33"], "bic")
    c.suffix, c.writer = ".txt", as_csv(delimiter="\t")
    c.count = False


@case(60)
def sap_pa0002(c: Case) -> None:
    c.add("PERNR", seq(60, "{:08d}", 10420), "employee_no|number|order_no", p=None)
    c.add("BEGDA", day8, "date|number|datetime")
    c.add("ENDDA", ["99991231"], "date|number|category|datetime")
    c.add("NACHN", [x.title() for x in v.FAMILY], "name_part|name_latin", p=True)
    c.add("VORNA", [x.title() for x in v.FIRST], "name_part|name_latin", p=True)
    c.add("GBDAT", lambda r: day8(r, 1960, 2002), "birth_date", p=True)
    c.add("GESCH", ["1", "2"], "gender|category|number", p=None)
    c.add("NATIO", ["DE", "CN", "PH", "FR"], "nationality|country|category", p=None)
    c.add("FAMST", ["0", "1", "2"], "marital_status|category|number", p=None)
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="PA0002")
    c.count = False


@case(60)
def salesforce_contact(c: Case) -> None:
    c.add(
        "Id",
        lambda r: "0035g00000" + some(r, 5) + "AA" + r.choice("ABCDEF"),
        CODES + "|customer_no|uuid",
        p=None,
    )
    c.add(
        "AccountId",
        lambda r: "0015g00000" + some(r, 5) + "AA" + r.choice("ABCDEF"),
        CODES + "|customer_no",
        p=None,
    )
    c.add("FirstName", [x.title() for x in v.FIRST], "name_part", p=True)
    c.add("LastName", [x.title() for x in v.FAMILY], "name_part", p=True)
    c.add("Email", v.email, "email", key="email")
    c.add(
        "MobilePhone",
        lambda r: f"+1 ({r.randint(201, 989)}) 555-{v.num(r, 4)}",
        "phone_intl",
        p=True,
        empty=0.2,
    )
    c.add(
        "MailingStreet",
        lambda r: (
            f"{r.randint(1, 2999)} {r.choice(('Maple', 'Oak', 'King'))} {r.choice(('Street', 'Ave', 'Road'))}"
        ),
        "address_latin|address_text",
        p=True,
    )
    c.add("MailingPostalCode", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number", p=None)
    c.add("LeadSource", ["Web", "Phone Inquiry", "Partner Referral", "Other"], WORD)
    c.add("IsDeleted", ["false"], "boolean|category|text")
    c.add("CreatedDate", lambda r: v.moment(r).replace(" ", "T") + ".000+0000", "datetime")
    c.writer = as_csv(quote=1)
    c.count = False


@case(40)
def kingdee_customer(c: Case) -> None:
    c.add("FNumber", seq(40, "CUST{:04d}"), "customer_no|order_no", p=None)
    c.add("FName", v.company, "org_name")
    c.add("FTAXREGISTERCODE", v.uscc, "uscc")
    c.add("FINVOICEBANKACCOUNT", lambda r: v.num(r, 17, "134"), "bank_account|order_no|number", p=None)
    c.add("FTEL", lambda r: "021-" + v.num(r, 8, "56"), "landline_cn", p=None)
    c.add("FContact", v.name, "name_cn", p=True)
    c.add("FMobile", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("FDocumentStatus", ["C", "A", "B"], WORD)
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(55)
def yonyou_wages(c: Case) -> None:
    c.add("人员编码", seq(55, "{:06d}", 1201), "employee_no|number|order_no", p=None)
    c.add("人员姓名", v.name, "name_cn", p=True)
    c.add("部门名称", ["财务部", "制造一部", "销售部"], WORD + "|org_name")
    c.add("基本工资", lambda r: f"{r.randint(5, 20) * 500:,}.00", "income|number", p=None)
    c.add("岗位津贴", lambda r: f"{r.randint(1, 9) * 100}.00", "income|number|category", p=None)
    c.add("缺勤扣款", lambda r: f"{r.choice((0, 0, 120, 260))}.00", "number|income|category", p=None)
    c.add("代扣税", lambda r: f"{r.uniform(0, 900):.2f}", "number|income", p=None)
    c.add("实发合计", lambda r: f"{r.uniform(3000, 18000):,.2f}", "income|number", p=None)
    c.add("工资卡号", v.card, "bank_card|bank_account", key="bank_card", damage=grouped4)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("2026年10月工资表", "单位：临港某某制造"), merge=True)
    c.count = False


# Health


@case(50)
def hl7_pid(c: Case) -> None:
    c.add("PID-3", lambda r: f"MRN{v.num(r, 7)}^^^HOSP^MR", "medical_record_no|order_no|text", p=None)
    c.add(
        "PID-5",
        lambda r: f"{r.choice(v.FAMILY)}^{r.choice(v.FIRST)}",
        "name_latin|text|name_part|name_other",
        p=True,
    )
    c.add("PID-7", lambda r: day8(r, 1935, 2018), "birth_date|date|number", p=None)
    c.add("PID-8", ["M", "F", "U"], "gender", p=None)
    c.add(
        "PID-11",
        lambda r: f"{r.randint(1, 900)} Oak St^^Austin^TX^787{v.num(r, 2)}",
        "address_latin|address_text|text",
        p=True,
    )
    c.add("PID-13", lambda r: f"(512)555-{v.num(r, 4)}", "phone_intl", p=True)
    c.add(
        "PID-19",
        lambda r: f"{r.randint(100, 665)}-{r.randint(10, 99)}-{r.randint(1000, 9999)}",
        "ssn_us",
        p=True,
    )
    c.suffix, c.writer = ".txt", as_csv(delimiter="|")
    c.count = False


@case(70)
def sdtm_dm(c: Case) -> None:
    c.add("STUDYID", ["LG-2026-301"], WORD + "|order_no|trial_id")
    c.add("SUBJID", lambda r: v.num(r, 6, "1"), "trial_subject|number|order_no", p=None)
    c.add("BRTHDTC", lambda r: v.date(r, low=1945, high=2005), "birth_date", p=True)
    c.add("ETHNIC", ["NOT HISPANIC OR LATINO", "HISPANIC OR LATINO", "UNKNOWN"], "ethnicity|category", p=None)
    c.add("COUNTRY", ["CHN", "USA", "DEU"], "country|category")
    c.add("ARMCD", ["A", "B", "PBO"], WORD)
    c.add("RFSTDTC", v.date, DATE)
    c.add("DTHFL", lambda r: r.choice((None, None, None, "Y")), "boolean|category|text")
    c.count = False


@case(80)
def lis_results(c: Case) -> None:
    c.strong = (ID,)
    c.add("病人ID", lambda r: v.num(r, 8), "medical_record_no|order_no|number|customer_no", p=None)
    c.add("病人姓名", v.name, "name_cn", p=True)
    c.add("证件号", v.prc, ID, key=ID, damage=id_spaced)
    c.add("标本条码", lambda r: v.num(r, 12, "2"), "specimen_no|order_no|number", p=None)
    c.add("项目代码", ["WBC", "HGB", "ALT", "CREA", "GLU"], WORD + "|order_no|lab_result")
    c.add(
        "检验结果",
        lambda r: r.choice((f"{r.uniform(1, 150):.1f}", f"{r.uniform(1, 9):.2f}", "阴性(-)")),
        "lab_result",
        p=None,
    )
    c.add("异常标志", ["↑", "↓", None, None], WORD + "|lab_result", p=None)
    c.add("审核医师", ["周敏", "吴建国"], "name_cn|category", p=None)
    c.writer = as_csv(encoding="gb18030", delimiter="\t")
    c.count = False


@case(60)
def vcf_sites(c: Case) -> None:
    c.add(
        "#CHROM",
        lambda r: f"chr{r.choice([*map(str, range(1, 23)), 'X'])}",
        WORD + "|order_no|genetic_variant",
        p=None,
    )
    c.add("POS", lambda r: str(r.randint(10**5, 2 * 10**8)), "number|order_no")
    c.add(
        "ID",
        lambda r: r.choice((".", "rs" + v.num(r, 8, "123456789"))),
        "genetic_variant|order_no|text",
        p=None,
    )
    c.add("REF", list("ACGT"), WORD + "|gene_sequence", p=None)
    c.add("ALT", list("ACGT"), WORD + "|gene_sequence", p=None)
    c.add("QUAL", lambda r: f"{r.uniform(20, 900):.2f}", "number")
    c.add("FILTER", ["PASS", "LowQual"], WORD)
    c.suffix, c.writer = ".txt", as_csv(delimiter="\t", before=("##fileformat=VCFv4.2", "##source=example"))
    c.count = False


# Vehicles


@case(120)
def gb32960_frames(c: Case) -> None:
    spots = [v.lonlat(c.r) for _ in range(120)]
    cars = [v.vin(c.r, "LRW") for _ in range(9)]
    c.add("VIN码", tuple(c.r.choice(cars) for _ in range(120)), "vin", key="vin")
    c.add("数据采集时间", v.moment, "datetime")
    c.add("车辆状态", ["启动", "熄火"], WORD)
    c.add("车速(km/h)", lambda r: f"{r.uniform(0, 130):.1f}", "vehicle_speed", p=None)
    c.add("总电压(V)", lambda r: f"{r.uniform(320, 410):.1f}", "number|vehicle_speed|charging_record", p=None)
    c.add("总电流(A)", lambda r: f"{r.uniform(-90, 220):.1f}", "number|vehicle_speed|charging_record", p=None)
    c.add("档位", ["D", "P", "R", "N"], WORD + "|vehicle_speed", p=None)
    c.add("定位经度", tuple(a for a, _ in spots), "trajectory|longitude", p=None)
    c.add("定位纬度", tuple(b for _, b in spots), "trajectory|latitude", p=None)
    c.suffix, c.writer = ".csv.gz", as_gz


@case(90)
def ota_tasks(c: Case) -> None:
    c.add("task_id", v.guid, "uuid|order_no")
    c.add("vehicle_vin", lambda r: v.vin(r, "LFP"), "vin", key="vin")
    c.add("ecu", ["BMS", "VCU", "IVI", "ADAS"], WORD)
    c.add("from_version", lambda r: f"V{r.randint(1, 3)}.{r.randint(0, 9)}.{r.randint(0, 9)}", "version")
    c.add("package_md5", lambda r: v.hexes(r, 32), "hash")
    c.add(
        "owner_uid", lambda r: v.num(r, 10, "123456789"), "customer_no|order_no|number|social_account", p=None
    )
    c.add("result", ["SUCCESS", "FAILED", "ROLLBACK"], WORD)
    c.add("finish_time", v.ms, "timestamp|number|datetime")
    c.suffix = ".jsonl"
    c.writer = as_jsonl(
        lambda row: {
            **{k: row[k] for k in ("task_id", "vehicle_vin", "result", "finish_time")},
            "pkg": {k: row[k] for k in ("ecu", "from_version", "package_md5")},
            "owner": {"owner_uid": row["owner_uid"]},
        }
    )
    c.count = False


@case(60)
def motor_claims(c: Case) -> None:
    c.add("报案号", lambda r: "RDAA2026310" + v.num(r, 11), "claim_no|order_no", p=None)
    c.add("号牌号码", v.plate, "plate_cn", p=True)
    c.add("出险驾驶员", v.name, "name_cn", p=True)
    c.add("准驾证号", v.prc, ID + "|driver_licence", p=True)
    c.add("报案人电话", v.mobile, "mobile_cn", key="mobile_cn", damage=dot_zero)
    c.add(
        "出险地点",
        lambda r: (
            f"{r.choice(('沪芦高速', '两港大道', '申港大道'))}{r.choice(('近', '距'))}{r.choice(('环湖西路', '云鹃路', '古棕路'))}{r.randint(50, 900)}米"
        ),
        "address_text|address_cn|text",
        p=None,
    )
    c.add("出险原因", ["碰撞", "单方事故", "玻璃单独破碎"], WORD)
    c.add("估损金额", v.money, "number")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("车险报案清单",), second=True)
    c.count = False


# Banks, funds, insurers


@case(80)
def bank_kyc(c: Case) -> None:
    c.strong = (ID,)
    c.add("CUST_NO", lambda r: "10" + v.num(r, 8), "customer_no|order_no|number", p=None)
    c.add("CUST_NM", v.name, "name_cn", p=True)
    c.add("CERT_TYP", ["0"], NUM + "|text|boolean")
    c.add("CERT_NO", v.prc, ID, key=ID)
    c.add("MOB_NO", v.mobile, "mobile_cn", p=True)
    c.add("OCCUP_CD", ["1A", "2B", "3C", "9Z"], "occupation|category|text|order_no", p=None)
    c.add("ANN_INCM", lambda r: str(r.randint(5, 90) * 10000), "income|number", p=None)
    c.add("RISK_LVL", ["R1", "R2", "R3"], WORD)
    c.add("OPEN_DT", day8, "date|number|datetime")
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(70)
def statement_lines(c: Case) -> None:
    c.add("交易日", lambda r: v.date(r, "%Y/%m/%d"), DATE)
    c.add("交易流水号", lambda r: v.num(r, 16, "2"), CODES)
    c.add("对方户名", lambda r: v.name(r) if r.random() < 0.6 else v.company(r), "name_cn|org_name", p=True)
    c.add(
        "对方账号",
        lambda r: v.card(r) if r.random() < 0.6 else v.num(r, 17, "13"),
        "bank_card|bank_account",
        p=True,
    )
    c.add("借/贷", ["借", "贷"], WORD)
    c.add("发生额", lambda r: f"{r.uniform(1, 90000):,.2f}", "number")
    c.add("账户余额", lambda r: f"{r.uniform(1, 900000):,.2f}", "number|income|investor_holding", p=None)
    c.add("附言", ["货款", "工资", "往来款", "房租", "网银转账"], WORD)
    c.writer = as_csv(
        encoding="gb18030", before=("账号:6222020200012345678,,,,,,,", "起止日期:20260101-20260930,,,,,,,")
    )
    c.count = False


@case(50)
def mt103_export(c: Case) -> None:
    c.add("F20_Ref", lambda r: "LG" + day8(r) + v.num(r, 6), CODES)
    c.add("F32A_ValueDate", lambda r: v.date(r, "%y%m%d"), "date|number|datetime")
    c.add("F32A_Ccy", ["USD", "EUR", "CNY"], "currency|category")
    c.add("F32A_Amt", lambda r: f"{r.randint(100, 900000)},{v.num(r, 2)}", "number|text")
    c.add("F50K_Name", lambda r: v.latin(r).upper(), "name_latin", p=True)
    c.add("F59_Acct", v.iban, "iban", key="iban")
    c.add("F57A_BIC", ["DEUTDEFFXXX", "ABNANL2A", "BARCGB22"], "bic")
    c.add("F70_Remit", ["/INV/2026-", "SALARY SEP", "FAMILY SUPPORT", "TUITION FEE"], WORD)
    c.writer = as_csv(delimiter=";")


@case(40)
def cedant_claims(c: Case) -> None:
    c.add("分出公司", ["某某人寿", "示例财险", "临港相互保险社"], "org_name|category|text")
    c.add("再保合同编号", lambda r: "QS-2026-" + v.num(r, 3), "treaty_no|order_no")
    c.add("被保人", v.name, "name_cn", p=True)
    c.add("被保人性别", ["男", "女"], "gender", p=True)
    c.add("出生年月日", lambda r: v.date(r, "%Y.%m.%d", 1950, 2005), "birth_date", p=True)
    c.add(
        "出险原因", ["恶性肿瘤", "急性心肌梗塞", "意外身故"], "diagnosis|category|text|medical_text", p=None
    )
    c.add("摊回赔款", v.money, "number")
    c.add("备注", lambda r: r.choice(("资料齐全", "待补病理报告", "已结案")), WORD)
    c.suffix, c.writer = (
        ".xlsx",
        two_headed((("合同", 2), ("被保险人", 3), ("赔案", 3)), "再保险赔款账单（三季度）"),
    )
    c.count = False


@case(60)
def us_payroll(c: Case) -> None:
    c.strong = ("ssn_us",)
    c.add("EE ID", seq(60, "{}", 20117), "employee_no|number|order_no", p=None)
    c.add(
        "Employee Name",
        lambda r: f"{r.choice(v.FAMILY).title()}, {r.choice(v.FIRST).title()}",
        "name_latin",
        p=True,
    )
    c.add(
        "SSN",
        lambda r: f"{r.randint(100, 665)}-{r.randint(10, 99)}-{r.randint(1000, 9999)}",
        "ssn_us",
        p=True,
    )
    c.add("Hire Date", lambda r: f"{r.randint(1, 12)}/{r.randint(1, 28)}/{r.randint(2008, 2026)}", DATE)
    c.add("Gross Pay", lambda r: f"{r.uniform(1500, 9000):,.2f}", "income|number", p=None)
    c.add("FICA", lambda r: f"{r.uniform(50, 700):.2f}", "number|income", p=None)
    c.add("Routing #", ["021000021", "026009593", "111000025"], CODES + "|cnaps")
    c.add("Acct #", lambda r: v.num(r, 10, "123456789"), "bank_account|order_no|number", p=None)
    c.count = False


@case(45)
def uk_payroll(c: Case) -> None:
    c.add("Payroll No", seq(45, "P{:04d}", 310), "employee_no|order_no", p=None)
    c.add("Forename", [x.title() for x in v.FIRST], "name_part", p=True)
    c.add("Surname", [x.title() for x in v.FAMILY], "name_part", p=True)
    c.add(
        "NI Number",
        lambda r: f"{r.choice('ABCEGHJKLM')}{r.choice('ABCEGHJKLM')}{v.num(r, 6)}{r.choice('ABCD')}",
        "nino_uk",
        p=True,
    )
    c.add("Tax Code", ["1257L", "BR", "0T", "K475"], WORD + "|order_no")
    c.add(
        "Sort Code",
        lambda r: f"{r.randint(20, 60)}-{v.num(r, 2)}-{v.num(r, 2)}",
        CODES + "|bank_account|date",
        p=None,
    )
    c.add("Account Number", lambda r: v.num(r, 8, "123456789"), "bank_account|number|order_no", p=None)
    c.add("Net Pay", lambda r: f"£{r.uniform(900, 5000):,.2f}", "income|number|text", p=None)
    c.count = False


@case(45)
def german_staff(c: Case) -> None:
    c.add("Personalnummer", seq(45, "{}", 4711), "employee_no|number|order_no", p=None)
    c.add(
        "Name, Vorname",
        lambda r: (
            f"{r.choice(('Müller', 'Schäfer', 'Weiß', 'Krüger'))}, {r.choice(('Jörg', 'Anke', 'Lukas', 'Birgit'))}"
        ),
        "name_latin|name_other",
        p=True,
    )
    c.add("Geburtsdatum", lambda r: v.date(r, "%d.%m.%Y", 1960, 2003), "birth_date", p=True)
    c.add("Familienstand", ["ledig", "verheiratet", "geschieden"], "marital_status", p=True)
    c.add("Konfession", ["rk", "ev", "--"], "religion|category|text", p=None)
    c.add("Steuerklasse", ["I", "III", "IV", "V"], WORD)
    c.add("Bruttogehalt", lambda r: f"{r.randint(2, 8)}.{v.num(r, 3)},00", "income|number|text", p=None)
    c.add("Krankenkasse", ["AOK", "TK", "Barmer"], WORD + "|org_name")
    c.writer = as_csv(encoding="cp1252", delimiter=";")
    c.count = False


@case(40)
def taiwan_staff(c: Case) -> None:
    c.strong = ("taiwan_id",)
    c.add("員工編號", seq(40, "T{:05d}", 100), "employee_no|order_no", p=None)
    c.add("姓名", ["王俊傑", "許雅雯", "鄭文彬", "蔡佩珊", "楊宗翰", "劉欣儀"], "name_cn", p=True)
    c.add("身份證統一編號", v.taiwan, "taiwan_id", key="taiwan_id")
    c.add("出生年月日", roc, "birth_date|date|text", p=None)
    c.add("行動電話", lambda r: "09" + v.num(r, 8), "phone_intl", p=True)
    c.add(
        "戶籍地址",
        lambda r: (
            f"新北市板橋區文化路{r.choice('一二')}段{r.randint(1, 400)}號{r.randint(2, 20)}樓之{r.randint(1, 5)}"
        ),
        "address_cn|address_text",
        p=True,
    )
    c.add("薪轉帳號", lambda r: v.num(r, 14), "bank_account|number|order_no", p=None)
    c.add(
        "緊急聯絡人",
        ["王太太", "許先生", "鄭媽媽"],
        "name_cn|category|text|kinship|name_masked|name_part",
        p=None,
    )
    c.writer = as_csv(encoding="big5")
    c.count = False


# Travel


@case(70)
def apis_list(c: Case) -> None:
    c.add("Flight", ["MU589", "CZ327", "CA981"], "voyage_no|category")
    c.add("Seq", seq(70), NUM + "|order_no")
    c.add("Surname", list(v.FAMILY), "name_part", p=True)
    c.add("Given Names", list(v.FIRST), "name_part", p=True)
    c.add("Nat", ["CHN", "USA", "PHL", "DEU"], "nationality|country", p=None)
    c.add("DOB", lambda r: v.date(r, "%d%b%y", 1950, 1999).upper(), "birth_date", p=True)
    c.add(
        "Doc No",
        lambda r: r.choice(("E", "EA", "K")) + v.num(r, 8),
        "passport_foreign|passport_cn|order_no",
        p=None,
    )
    c.add("Doc Exp", lambda r: v.date(r, "%d%b%y", 2027, 2034).upper(), DATE)
    c.add("Seat", lambda r: f"{r.randint(11, 68)}{r.choice('ABCDEFGHJKL')}", CODES)
    c.add("RecLoc", lambda r: some(r, 6, "BCDFGHJKLMNPQRSTVWXZ23456789"), "pnr|order_no", p=None)
    c.count = False


@case(60)
def hotel_pms(c: Case) -> None:
    c.add("Conf. No", lambda r: v.num(r, 8, "123456789"), CODES + "|pnr", p=None)
    c.add(
        "Guest Name",
        lambda r: f"{r.choice(v.FAMILY).title()}/{r.choice(v.FIRST).title()} {r.choice(('Mr', 'Ms'))}",
        "name_latin",
        p=True,
    )
    c.add("Rm", lambda r: str(r.randint(501, 3210)), NUM + "|order_no")
    c.add("Arr.", lambda r: v.date(r, "%d-%m-%y"), DATE)
    c.add("Dep.", lambda r: v.date(r, "%d-%m-%y"), DATE)
    c.add("Rate Code", ["BAR", "CORP01", "OTA"], WORD)
    c.add("Room Rate", lambda r: f"{r.randint(400, 2900)}.00", "number")
    c.add("Pax", ["1/0", "2/0", "2/1"], WORD)
    c.count = False


@case(30)
def foreigners_shanghai(c: Case) -> None:
    c.add("序", seq(30), NUM + "|order_no")
    c.add("英文姓名", lambda r: v.latin(r).upper(), "name_latin", p=True)
    c.add("国籍（地区）", ["德国", "法国", "韩国", "菲律宾"], "nationality|country", p=None)
    c.add("护照号码", lambda r: r.choice("CKMP") + v.num(r, 8), "passport_foreign", p=True)
    c.add(
        "工作许可证号",
        lambda r: r.choice(("P", "K")) + v.num(r, 9),
        CODES + "|foreign_permanent_resident",
        p=None,
    )
    c.add("居留许可有效期", lambda r: v.date(r, "%Y-%m-%d", 2026, 2029), DATE)
    c.add("在沪住址", v.address, "address_cn", p=True)
    c.add("聘用单位", v.company, "org_name")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("在沪外籍人员登记表",), merge=True)
    c.count = False


@case(50)
def seafarer_dispatch(c: Case) -> None:
    c.strong = (ID,)
    c.add("派员编号", lambda r: "PY" + v.num(r, 7), CODES + "|employee_no", p=None)
    c.add("船员姓名", v.name, "name_cn", p=True)
    c.add("身份证件号码", v.prc, ID, key=ID, damage=quoted)
    c.add("适任证书编号", lambda r: v.num(r, 15, "1234"), CODES + "|crew_list_no", p=None)
    c.add("拟任职务", ["船长", "大副", "轮机长", "水手长", "大厨"], "occupation|category", p=None)
    c.add("拟上船舶", ["新临港", "中远海运白羊座", "长江之星"], "vessel_name|category|text")
    c.add("上船港口", ["洋山", "釜山", "鹿特丹"], WORD + "|un_locode")
    c.add("合同期(月)", ["6", "8", "10"], NUM)
    c.count = False


# Shops, apps


@case(60)
def mini_program_users(c: Case) -> None:
    c.add("openid", lambda r: "oH4Xk5" + some(r, 22), "wechat|social_account|order_no|customer_no", p=None)
    c.add("unionid", lambda r: "oZ7Qw1" + some(r, 22), "wechat|social_account|order_no|customer_no", p=None)
    c.add(
        "nickName",
        ["晴天小猪", "Leo.", "平安是福", "🍀四叶草", "阿杰", "momo"],
        "social_account|text|category|name_cn",
        p=None,
    )
    c.add("gender", ["0", "1", "2"], "gender|category|number", p=None)
    c.add(
        "avatarUrl", lambda r: f"https://img.example.com/mmopen/{some(r, 30)}/132", "url|face_image", p=None
    )
    c.add("purePhoneNumber", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("countryCode", ["86"], NUM + "|country|text")
    c.add("lastLoginAt", v.ms, "timestamp|number|datetime")
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(80)
def cbec_orders(c: Case) -> None:
    c.strong = (ID,)
    c.add("orderNo", lambda r: "XH" + v.num(r, 16), CODES)
    c.add(
        "buyerRegNo", lambda r: v.num(r, 9, "123456789"), "customer_no|order_no|number|social_account", p=None
    )
    c.add("buyerName", v.name, "name_cn", p=True)
    c.add("buyerIdNumber", v.prc, ID, key=ID)
    c.add("buyerTelephone", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("consigneeAddress", v.address, "address_cn", p=True)
    c.add("logisticsNo", lambda r: "YT" + v.num(r, 13), "express_waybill|order_no", p=None)
    c.add("itemName", ["婴儿配方奶粉3段", "面霜50ml", "鱼油软胶囊"], "cargo_name|category|text")
    c.add("acturalPaid", v.money, "number")
    c.suffix, c.writer = ".zip", as_zip
    c.count = False


@case(60)
def amazon_report(c: Case) -> None:
    c.add("amazon-order-id", lambda r: f"{v.num(r, 3, '1')}-{v.num(r, 7)}-{v.num(r, 7)}", CODES)
    c.add(
        "buyer-email",
        lambda r: some(r, 14, "abcdefghijklmnopqrstuvwxyz0123456789") + "@marketplace.example.com",
        "email",
        key="email",
    )
    c.add("recipient-name", v.latin, "name_latin", p=True)
    c.add(
        "ship-address-1",
        lambda r: (
            f"{r.randint(1, 2999)} {r.choice(('Maple', 'Oak', 'King'))} {r.choice(('St', 'Ave', 'Rd'))} Apt {r.randint(1, 40)}"
        ),
        "address_latin|address_text",
        p=True,
    )
    c.add("ship-city", ["Austin", "Seattle", "Boston", "Denver"], WORD + "|address_text", p=None)
    c.add("ship-state", ["TX", "WA", "MA", "CO"], WORD + "|province")
    c.add(
        "ship-phone-number",
        lambda r: f"+1 {r.randint(201, 989)}-555-{v.num(r, 4)} ext. {v.num(r, 5)}",
        "phone_intl|text",
        p=True,
    )
    c.add("quantity-purchased", lambda r: str(r.randint(1, 4)), NUM)
    c.suffix, c.writer = ".txt", as_csv(delimiter="\t", encoding="cp1252")
    c.count = False


@case(90)
def game_roles(c: Case) -> None:
    c.add("角色ID", lambda r: v.num(r, 11, "4567"), "social_account|order_no|number|customer_no", p=None)
    c.add(
        "角色名",
        ["夜雨声烦", "一剑霜寒", "萌萌哒", "Zer0", "龙傲天"],
        "social_account|text|category|name_cn",
        p=None,
    )
    c.add("区服", ["微信1区", "QQ12区", "临港服"], WORD)
    c.add("等级", lambda r: str(r.randint(1, 120)), NUM)
    c.add("累计充值(元)", lambda r: str(r.choice((0, 6, 30, 98, 648, 3280))), NUM)
    c.add("末次登录IP", v.ip, "ipv4", p=True)
    c.add("OAID", v.guid, "device_id|uuid", p=None)
    c.add("是否实名", ["是", "否"], "boolean|category")
    c.count = False


@case(50)
def japan_orders(c: Case) -> None:
    c.add("注文番号", lambda r: f"2026{r.randint(1, 12):02}-{v.num(r, 6)}", CODES)
    c.add(
        "お名前",
        ["佐藤 健一", "鈴木 美咲", "高橋 大輔", "田中 優子", "伊藤 翔太"],
        "name_other|name_cn",
        p=True,
    )
    c.add(
        "お名前（カナ）",
        ["サトウ ケンイチ", "スズキ ミサキ", "タカハシ ダイスケ"],
        "name_other|name_part",
        p=True,
    )
    c.add("電話番号", lambda r: f"0{r.choice('789')}0-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("メールアドレス", v.email, "email", key="email")
    c.add(
        "お届け先住所",
        [
            "神奈川県横浜市西区みなとみらい3-1-1",
            "愛知県名古屋市中村区名駅1-1-4",
            "福岡県福岡市博多区博多駅前2-1-1",
        ],
        "address_text|address_cn|address_latin",
        p=True,
    )
    c.add("合計金額", lambda r: f"{r.randint(5, 300) * 100:,}円", "number|text|category")
    c.writer = as_csv(encoding="cp932")
    c.count = False


@case(60)
def brazil_clients(c: Case) -> None:
    c.strong = ("cpf_br",)
    c.add(
        "Nome Completo",
        ["João da Silva", "Maria Aparecida Souza", "Ana Beatriz Lima", "Carlos Eduardo Rocha"],
        "name_latin|name_other",
        p=True,
    )
    c.add(
        "CPF",
        lambda r: (lambda x: f"{x[:3]}.{x[3:6]}.{x[6:9]}-{x[9:]}")(d.cpf(v.num(r, 9))),
        "cpf_br",
        key="cpf_br",
    )
    c.add("Data de Nascimento", lambda r: v.date(r, "%d/%m/%Y", 1955, 2004), "birth_date", p=True)
    c.add("Celular", lambda r: f"(11) 9{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("CEP", lambda r: f"{v.num(r, 5)}-{v.num(r, 3)}", "postcode_intl", p=None)
    c.add("Renda Mensal", lambda r: f"R$ {r.randint(1, 20)}.{v.num(r, 3)},00", "income|number|text", p=None)
    c.count = False


@case(40)
def korea_japan_staff(c: Case) -> None:
    c.add("Emp_ID", seq(40, "AP-{:04d}", 70), "employee_no|order_no", p=None)
    c.add("Local Name", ["김민준", "이서연", "박지훈", "최하은"], "name_other|name_cn", p=True)
    c.add("RRN", rrn, "rrn_kr", key="rrn_kr")
    c.add("Job Grade", ["M1", "M2", "P3"], WORD)
    c.add("Annual Base (KRW)", lambda r: f"{r.randint(40, 120)},000,000", "income|number", p=None)
    c.add("Line Manager", v.latin, "name_latin", p=True)
    c.add("Work Email", v.email, "email", p=True)
    c.add("Cost Centre", ["CC4100", "CC4200"], WORD + "|order_no")
    c.count = False
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("APAC Headcount", "Confidential", ""), merge=False)


# Forms, offices, telecom


@case(70)
def wenjuanxing(c: Case) -> None:
    notes = [c.r.choice(("没有", "无", "希望增加周末班车", "食堂太贵", "办事流程清楚")) for _ in range(70)]
    notes[20] = f"请联系我 {v.mobile(c.r)} 谢谢"
    notes[44] = f"邮箱{v.email(c.r)}收不到通知"
    c.add("提交答卷时间", v.moment, "datetime")
    c.add("所用时间", lambda r: f"{r.randint(30, 900)}秒", "number|text|category")
    c.add("来自IP", lambda r: f"{v.ip(r)}(上海-上海)", "ipv4|text", p=True, embedded=("ipv4",))
    c.add("1、您的姓名：", v.name, "name_cn", p=True)
    c.add("2、您的性别：", ["男", "女"], "gender", p=True)
    c.add("3、您的联系电话：", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("4、您的年龄段：", ["18~25", "26~30", "31~40", "41~50"], "age|category", p=None)
    c.add("5、您的意见或建议：", tuple(notes), "text|category", p=True, embedded=("mobile_cn", "email"))
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(60)
def pinyin_household(c: Case) -> None:
    c.strong = (ID,)
    c.add("ryxm", v.name, "name_cn", p=True)
    c.add("gmsfhm", v.prc, ID, key=ID)
    c.add("yhzgx", ["户主", "配偶", "长子", "女"], "kinship", p=None)
    c.add("whcd", ["大学本科", "高中", "初中"], "education", p=True)
    c.add("zzmm", ["群众", "中共党员", "共青团员"], "political_status", p=True)
    c.add("hjdz", v.address, "address_cn", p=True)
    c.add("gzdw", v.company, "org_name")
    c.add("bz", ["", "已迁出", "人户分离"], WORD + "|empty")
    c.writer = as_csv(encoding="gb18030", delimiter="|")


@case(100)
def call_records(c: Case) -> None:
    c.add("主叫号码", v.mobile, "mobile_cn", p=True)
    c.add(
        "被叫号码",
        lambda r: v.mobile(r) if r.random() < 0.8 else "021" + v.num(r, 8, "56"),
        "mobile_cn",
        p=True,
    )
    c.add(
        "通话开始时间",
        lambda r: day8(r) + f"{r.randint(0, 23):02}{r.randint(0, 59):02}{r.randint(0, 59):02}",
        "datetime|timestamp|number|order_no",
    )
    c.add("通话时长(s)", lambda r: str(r.randint(1, 3600)), "number")
    c.add("IMSI", lambda r: "46000" + v.num(r, 10), "imsi", p=True)
    c.add("IMEI", v.imei, "imei", p=True)
    c.add("LAC", lambda r: str(r.randint(6000, 6400)), NUM + "|order_no")
    c.add("CI", lambda r: v.num(r, 5, "12345"), "number|order_no")
    c.suffix, c.writer = ".txt", as_csv(header=True, delimiter="|")
    c.count = False


@case(50)
def court_parties(c: Case) -> None:
    c.strong = (ID,)
    c.add("案号", lambda r: f"（2026）沪0115民初{r.randint(100, 99999)}号", CODES)
    c.add(
        "案由", ["买卖合同纠纷", "民间借贷纠纷", "机动车交通事故责任纠纷"], WORD + "|criminal_record", p=None
    )
    c.add("被告", v.name, "name_cn", p=True)
    c.add("被告身份号码", v.prc, ID, key=ID, damage=wide)
    c.add("送达地址", v.address, "address_cn", p=True)
    c.add("承办法官", ["沈国平", "顾晓燕"], "name_cn|category", p=None)
    c.add("标的额", lambda r: f"{r.uniform(1, 500):.2f}万元", "number|text")
    c.count = False


@case(60)
def bilingual_staff(c: Case) -> None:
    c.strong = (ID,)
    c.add("工号 Staff ID", seq(60, "{:05d}", 8801), "employee_no|number|order_no", p=None)
    c.add("姓名\nName", v.name, "name_cn", p=True)
    c.add("身份证号\nID Card No.", v.prc, ID, key=ID)
    c.add("手机\nMobile", v.mobile, "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.add(
        "入职日期\nOnboard Date",
        lambda r: dt.date(r.randint(2010, 2026), r.randint(1, 12), r.randint(1, 28)),
        DATE,
    )
    c.add("婚姻 Marital", ["M", "S", "D"], "marital_status|category", p=None)
    c.add("开户行 Bank", ["中国银行临港支行", "招商银行张江支行"], "org_name|category|text")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("员工花名册 Employee Roster",), merge=True, second=True)
    c.count = False


@case(40)
def bare_transfers(c: Case) -> None:
    """No header line."""
    c.add("", seq(40), NUM + "|order_no")
    c.add("", v.name, "name_cn", p=True)
    c.add("", v.card, "bank_card", key="bank_card")
    c.add("", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("", v.money, "number")
    c.add("", lambda r: v.date(r, "%Y/%m/%d"), DATE)
    c.writer = as_csv(header=False, encoding="gb18030")
    c.order = ("bank_card", "mobile_cn")
    c.count = False


@case(70)
def courier_points(c: Case) -> None:
    riders = [(v.name(c.r), v.mobile(c.r)) for _ in range(12)]
    picks = [c.r.choice(riders) for _ in range(70)]
    c.add("骑手", tuple(a for a, _ in picks), "name_cn", p=True)
    c.add("骑手手机", tuple(b for _, b in picks), "mobile_cn", key="mobile_cn")
    c.add("运单号", lambda r: "SF" + v.num(r, 13), "express_waybill|order_no", p=None)
    c.add("轨迹", lambda r: ";".join(",".join(v.lonlat(r)) for _ in range(4)), "trajectory|lonlat", p=True)
    c.add("客户尾号", lambda r: v.num(r, 4), NUM + "|order_no|mobile_masked", p=None)
    c.add("妥投时间", v.moment, "datetime", empty=0.1)


@case(60)
def web_access(c: Case) -> None:
    c.add("remote_addr", v.ip, "ipv4", p=True)
    c.add("remote_user", lambda r: r.choice(("-", "-", "admin", "wangli")), WORD + "|social_account", p=None)
    c.add(
        "time_local",
        lambda r: (
            v.date(r, "%d/%b/%Y")
            + f":{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02} +0800"
        ),
        "datetime|text",
    )
    c.add(
        "request",
        lambda r: f"GET /api/v2/item/{v.num(r, 5)}?page={r.randint(1, 9)} HTTP/1.1",
        "text|url|advertising_url",
        p=None,
    )
    c.add("status", ["200", "304", "404", "502"], NUM)
    c.add("body_bytes_sent", lambda r: str(r.randint(0, 99999)), "number")
    c.add(
        "http_referer",
        lambda r: r.choice(("-", "https://shop.example.com/list", "https://m.example.com/")),
        "advertising_url|url|category|text",
        p=None,
    )
    c.add(
        "http_user_agent",
        [
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)",
        ],
        "user_agent",
    )
    c.count = False


# Decoys: nobody is in them


@case(80)
def wafer_history(c: Case) -> None:
    c.add("LOT_ID", lambda r: "LG" + v.num(r, 5) + "." + v.num(r, 2), CODES)
    c.add("WAFER_ID", lambda r: f"W{r.randint(1, 25):02}", CODES)
    c.add("EQP_ID", ["ETCH-07", "CVD-12", "LITHO-03"], "device_id|category|order_no|text")
    c.add("RECIPE_NAME", ["M1_ETCH_V3", "STI_CVD_V1"], WORD)
    c.add("TRACK_IN_TIME", v.moment, "datetime")
    c.add("CD_MEAN", lambda r: f"{r.gauss(42, 0.6):.3f}", "number")
    c.add("BIN1_CNT", lambda r: str(r.randint(300, 640)), "number")
    c.suffix, c.writer = ".sqlite", as_sqlite


@case(60)
def connectors(c: Case) -> None:
    """Parts whose sheet has a sex, a name and a family."""
    c.add("Name", ["USB-C Receptacle", "RJ45 Jack", "M12 Plug", "D-Sub 9"], WORD + "|cargo_name")
    c.add("Gender", ["Male", "Female"], "gender|category|text")
    c.add("Family", ["M12", "USB", "D-Sub"], WORD)
    c.add("Contacts", lambda r: str(r.choice((4, 8, 9, 24))), NUM)
    c.add("MPN", lambda r: f"{v.num(r, 7)}-{r.randint(1, 9)}", CODES)
    c.add("Series Born", lambda r: str(r.randint(1990, 2024)), NUM + "|date")
    c.add("Unit Price", lambda r: f"{r.uniform(0.1, 9):.3f}", "number")


@case(60)
def racehorses(c: Case) -> None:
    c.add("Horse", ["Silent Thunder", "Lucky Dragon", "Golden Arrow", "Blue Comet"], WORD + "|name_latin")
    c.add("Sire", ["Storm King", "Northern Gale", "Deep Ocean"], WORD + "|name_latin")
    c.add("Sex", ["C", "F", "G", "M"], "gender|category|text")
    c.add("Foaled", lambda r: v.date(r, low=2016, high=2023), "date|datetime|birth_date")
    c.add("Microchip", lambda r: "985" + v.num(r, 12), CODES + "|device_id")
    c.add("Rating", lambda r: str(r.randint(40, 120)), "number")


@case(31)
def yearbook(c: Case) -> None:
    c.add("地区", ["上海", "江苏", "浙江", "安徽", "福建"], "province|category|text")
    c.add("年末常住人口(万人)", lambda r: f"{r.uniform(300, 9000):.1f}", "number")
    c.add("男", lambda r: f"{r.uniform(150, 4500):.1f}", "number")
    c.add("女", lambda r: f"{r.uniform(150, 4500):.1f}", "number")
    c.add("性别比", lambda r: f"{r.uniform(95, 110):.2f}", "number")
    c.add("出生率(‰)", lambda r: f"{r.uniform(4, 12):.2f}", "number")
    c.add("人均可支配收入(元)", lambda r: str(r.randint(20000, 90000)), "number")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("2-3 各地区人口数和收入", "单位：万人"), merge=True)


@case(60)
def typhoons(c: Case) -> None:
    c.add("台风编号", lambda r: f"26{r.randint(1, 28):02}", CODES)
    c.add("中文名", ["杜苏芮", "卡努", "贝碧嘉", "梅花", "玛莉亚", "珊珊"], WORD)
    c.add("英文名", ["DOKSURI", "KHANUN", "BEBINCA", "MUIFA", "MARIA", "SHANSHAN"], WORD)
    c.add("观测时间", v.moment, "datetime")
    c.add("中心气压", lambda r: str(r.randint(900, 1004)), "weather_value|number")
    c.add("最大风速", lambda r: str(r.randint(15, 65)), "weather_value|number")
    c.add("lat", lambda r: f"{r.uniform(10, 40):.1f}", "latitude|number")
    c.add("lng", lambda r: f"{r.uniform(110, 150):.1f}", "longitude|number")


@case(50)
def tenders(c: Case) -> None:
    c.add("项目编号", lambda r: f"310000000{v.num(r, 9)}-15{v.num(r, 6)}", CODES)
    c.add("项目名称", ["临港地铁车站物业服务", "海事大学实验室设备采购", "滴水湖绿化养护"], WORD)
    c.add("采购人名称", ["上海海事大学", "临港新片区管委会", "浦东新区城管局"], "org_name|category|text")
    c.add("中标供应商", v.company, "org_name")
    c.add("中标金额（元）", v.money, "number")
    c.add("公告日期", lambda r: v.date(r, "%Y年%m月%d日"), DATE)


@case(80)
def quakes(c: Case) -> None:
    c.add("time", lambda r: v.moment(r).replace(" ", "T") + ".120Z", "datetime")
    c.add("latitude", lambda r: f"{r.uniform(-60, 60):.4f}", "latitude|number")
    c.add("longitude", lambda r: f"{r.uniform(-179, 179):.4f}", "longitude|number")
    c.add("depth", lambda r: f"{r.uniform(1, 600):.2f}", "number")
    c.add("magType", ["mb", "ml", "mww"], WORD)
    c.add("id", lambda r: "us7000" + some(r, 4, "abcdefghijklmnopqrstuvwxyz"), CODES)
    c.add(
        "place",
        lambda r: (
            f"{r.randint(1, 200)} km {r.choice(('SSE', 'NW', 'E'))} of {r.choice(('Hualien City, Taiwan', 'Davao, Philippines', 'San Antonio, Chile'))}"
        ),
        "text|category|address_text|address_latin",
    )


@case(60)
def formulary(c: Case) -> None:
    c.add("药品通用名", ["阿莫西林胶囊", "二甲双胍片", "阿托伐他汀钙片"], WORD + "|cargo_name")
    c.add("批准文号", lambda r: "国药准字H" + v.num(r, 8), "drug_approval")
    c.add("规格", ["0.25g*24粒", "0.5g*20片", "20mg*7片"], WORD)
    c.add("适应症", ["敏感菌感染", "2型糖尿病", "高胆固醇血症"], WORD + "|diagnosis|medical_text", p=None)
    c.add("生产企业", ["某某制药有限公司", "示例药业股份有限公司"], "org_name|category|text")
    c.add("中标价", lambda r: f"{r.uniform(1, 90):.2f}", "number")
    c.add("条码", v.ean, "ean")


@case(70)
def lora_uplinks(c: Case) -> None:
    c.add("devEUI", lambda r: "A8404100" + v.hexes(r, 8).upper(), "device_id|hash|order_no|mac_address")
    c.add("fCnt", lambda r: str(r.randint(1, 65535)), "number")
    c.add("rxInfo_rssi", lambda r: str(-r.randint(60, 130)), "number")
    c.add("loRaSNR", lambda r: f"{r.uniform(-20, 12):.1f}", "number")
    c.add("payload_hex", lambda r: v.hexes(r, 22), "hash|order_no|text")
    c.add("batt_mV", lambda r: str(r.randint(2900, 3650)), "number")
    c.add("received_at", lambda r: v.moment(r).replace(" ", "T") + "Z", "datetime")
    c.suffix, c.writer = ".txt", as_fixed


@case(40)
def spoiled_sheet(c: Case) -> None:
    """Identity numbers rounded by a spreadsheet, telephones as floats, wide digits."""
    c.add("业主姓名", v.name, "name_cn", p=True)
    c.add(
        "房号",
        lambda r: f"{r.randint(1, 20)}-{r.randint(1, 3)}-{r.randint(101, 1802)}",
        CODES + "|address_text|date",
        p=None,
    )
    c.add("身份证号码", lambda r: f"{float(v.prc(r)[:17] + '0'):.5E}", ID + "|number|text", p=None)
    c.add("手机号码", v.mobile, "mobile_cn", key="mobile_cn", damage=dot_zero)
    c.add("建筑面积", lambda r: f"{r.uniform(50, 180):.2f}㎡", "number|text")
    c.add(
        "车位号",
        lambda r: f"Ｂ１－{r.randint(100, 400)}".translate(
            str.maketrans("0123456789", "０１２３４５６７８９")
        ),
        CODES,
    )
    c.add("交房日期", lambda r: str(r.randint(43000, 46000)), "date|number|datetime")
    c.exact = False
    c.count = False


@case(9)
def my_number_few(c: Case) -> None:
    c.add("従業員", ["山本 一郎", "中村 愛", "小林 誠"], "name_other|name_cn", p=True)
    c.add("マイナンバー", my_number, "my_number", key="my_number")
    c.add("性別", ["男", "女"], "gender", p=True)
    c.add(
        "入社年月日",
        lambda r: f"令和{r.randint(1, 8)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
        "date|datetime|text",
    )
    c.add("月給", lambda r: f"{r.randint(200, 600)},000", "income|number|category", p=None)
    c.count = False
