"""Offices: personnel, pay, hospitals, trials, schools, contacts."""

from messy import digits as d
from messy import values as v
from messy.frame import (
    CODE,
    Case,
    as_csv,
    as_fixed,
    as_json,
    as_xlsx,
    grouped4,
    id_spaced,
    phone_styles,
    quoted,
    wide,
)
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"


@case(60)
def hr_roster(c: Case) -> None:
    c.strong = (ID,)
    c.add("序号", tuple(str(i + 1) for i in range(60)), "number|order_no")
    c.add("工号", tuple(f"LG{1000 + i}" for i in range(60)), "employee_no|order_no", p=True)
    c.add("姓名", v.name, "name_cn", p=True)
    c.add("性别", ["男", "女"], "gender", p=True)
    c.add("身份证号码", v.prc, ID, key=ID, damage=id_spaced)
    c.add("手机", v.mobile, "mobile_cn", key="mobile_cn", damage=phone_styles)
    c.add("入职日期", lambda r: v.date(r, "%Y%m%d"), DATE + "|number")
    c.add("部门", ["财务部", "研发中心", "市场部", "法务部", "行政部"], "category|text")
    c.add("岗位", ["会计", "工程师", "销售经理", "法务专员", "司机"], "occupation|category", p=None)
    c.add("学历", ["本科", "大专", "硕士研究生", "博士", "高中"], "education", p=True)
    c.add("政治面貌", ["中共党员", "群众", "共青团员"], "political_status", p=True)
    c.add("工资卡号", v.card, "bank_card|bank_account", key="bank_card", damage=grouped4)
    c.add("紧急联系人", v.name, "name_cn", p=True)
    c.add("与本人关系", ["父亲", "母亲", "配偶", "兄弟"], "kinship|category", p=None)
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(title=("XX公司员工花名册（2026年11月）",), merge=True, sheet="花名册", second=True),
    )
    c.count = False  # employee numbers count too, under whatever name they get: looked at in another case


@case(45)
def payroll_gbk(c: Case) -> None:
    c.strong = (ID,)
    c.add("xh", tuple(str(i + 1) for i in range(45)), "number|order_no")
    c.add("xm", v.name, "name_cn", p=True)
    c.add("sfzh", v.prc, ID, key=ID, damage=quoted)
    c.add("jbgz", lambda r: f"{r.uniform(4000, 30000):,.2f}", "income|number", p=None)
    c.add("yfgz", lambda r: f"{r.uniform(4000, 30000):,.2f}", "income|number", p=None)
    c.add("sfgz", lambda r: f"{r.uniform(4000, 30000):,.2f}", "income|number", p=None)
    c.add("yhzh", lambda r: v.card(r, 19), "bank_card|bank_account", key="bank_card")
    c.add("bz", ["", "离职", "试用期", "病假3天"], "category|text")
    c.writer = as_csv(encoding="gb18030", before=("XX公司2026年3月工资表,,,,,,,", "制表人：财务部,,,,,,,"))


@case(80)
def no_header(c: Case) -> None:
    c.strong = (ID,)
    c.add("", v.name, "name_cn", p=True)
    c.add("", v.prc, ID, key=ID)
    c.add("", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("", v.address, "address_cn", p=True)
    c.add("", v.money, "number")
    c.writer = as_csv(header=False)


@case(200)
def attendance(c: Case) -> None:
    staff = [(f"{10300 + i}", v.name(c.r)) for i in range(25)]
    rows = [c.r.choice(staff) for _ in range(200)]
    c.add("人员编号", tuple(a for a, _ in rows), "employee_no|order_no|number", p=None)
    c.add("人员姓名", tuple(b for _, b in rows), "name_cn", p=True)
    c.add("刷卡时间", v.moment, "datetime")
    c.add("进出", ["进", "出"], "category|boolean|text")
    c.add("门禁点", ["东门1号闸机", "西门2号闸机", "地下车库"], "category|text")
    c.count = False


@case(90)
def old_and_new_ids(c: Case) -> None:
    people = [v.prc(c.r, low=1940, high=1985) for _ in range(60)]
    c.strong = (ID,)
    c.add("被征地人员", v.name, "name_cn", p=True)
    c.add(
        "公民身份号码",
        tuple(v.fifteen(p) if c.r.random() < 0.4 else p for p in (c.r.choice(people) for _ in range(90))),
        ID,
        key=ID,
    )
    c.add("安置补助费", v.money, "number|income", p=None)


@case(70)
def social_insurance(c: Case) -> None:
    c.strong = (ID,)
    c.add("单位编号", lambda r: v.num(r, 8, "1"), CODES)
    c.add("个人社保号", v.prc, ID + "|social_security_no", key=ID)
    c.add("缴费基数", lambda r: str(r.randint(5000, 36549)), "income|number", p=None)
    c.add("缴费月份", lambda r: v.date(r, "%Y%m"), "date|number|category", p=False)
    c.add("养老个人", v.money, "number|income", p=None)
    c.writer = as_csv(delimiter="\t", encoding="utf-16")


@case(50)
def trial_subjects(c: Case) -> None:
    c.add("STUDYID", ["NCT04368728"], "trial_id")
    c.add("SITEID", ["1001", "1002", "1044"], "category|number|order_no|text")
    c.add(
        "SUBJID",
        tuple(f"{c.r.choice(('1001', '1002', '1044'))}-{i:03d}" for i in range(50)),
        "trial_subject",
        key="trial_subject",
    )
    c.add("BRTHYR", lambda r: str(r.randint(1940, 2005)), "birth_date|number|date|category", p=None)
    c.add("SEX", ["M", "F"], "gender", p=True)
    c.add("RACE", ["ASIAN", "WHITE", "BLACK OR AFRICAN AMERICAN"], "ethnicity|category", p=None)
    c.add("RFICDTC", v.date, DATE)
    c.add("ARM", ["Placebo", "Drug 10 mg", "Drug 20 mg"], "category|text")
    c.add(
        "AETERM",
        ["Headache", "Nausea", "Neutropenia", "Rash"],
        "diagnosis|medical_text|category|text",
        p=None,
    )
    c.add("AGE", lambda r: str(r.randint(19, 85)), "age", p=True)


@case(64)
def hospital(c: Case) -> None:
    c.strong = (ID,)
    c.add(
        "病案号",
        tuple(f"{202600000 + i * 7}" for i in range(64)),
        "medical_record_no",
        key="medical_record_no",
    )
    c.add(
        "住院号",
        tuple(f"ZY{c.r.randrange(10**6):06d}{i:02d}" for i in range(64)),
        "medical_record_no|order_no",
        p=None,
    )
    c.add("患者姓名", v.name, "name_cn", p=True)
    c.add("证件号", v.prc, ID, key=ID, empty=0.1)
    c.add(
        "主诊断编码",
        ["I10.x00", "E11.900x001", "J18.901", "C34.900x001", "K80.000", "I63.900"],
        "icd10",
        p=True,
    )
    c.add(
        "出院诊断",
        ["原发性高血压", "2型糖尿病", "肺部感染", "右肺上叶恶性肿瘤", "胆囊结石", "脑梗死"],
        "diagnosis|medical_text",
        p=True,
    )
    c.add("手术操作", ["36.0700", "51.2300", "88.5500", "38.9300x001"], "icd9_procedure", p=True)
    c.add("过敏史", ["青霉素过敏", "否认", "头孢过敏"], "medical_text|diagnosis|category|text", p=None)
    c.add("血型", ["A型", "B型", "O型", "AB型"], "blood_type", p=True)
    c.add("费用合计", v.money, "number")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("出院病人明细", "统计区间：2026-01-01 至 2026-06-30"))
    c.count = False


@case(120)
def laboratory(c: Case) -> None:
    c.add(
        "标本条码",
        tuple(f"26{c.r.randrange(10**8):08d}{i:02d}" for i in range(120)),
        "specimen_no|" + CODES + "|medical_record_no",
        p=None,
    )
    c.add(
        "检验项目",
        ["白细胞计数", "血红蛋白", "丙氨酸氨基转移酶", "葡萄糖"],
        "category|lab_result|text|medical_text",
        p=None,
    )
    c.add("检验结果", lambda r: f"{r.uniform(1, 150):.1f}", "lab_result|number", p=None)
    c.add("单位", ["10^9/L", "g/L", "U/L", "mmol/L"], "category|text")
    c.add("参考范围", ["3.5-9.5", "115-150", "7-40", "3.9-6.1"], "category|text")


@case(80)
def drug_trace(c: Case) -> None:
    c.add("药品追溯码", lambda r: "8" + v.num(r, 19), "drug_trace_code")
    c.add("批准文号", lambda r: "国药准字" + r.choice("HSZ") + "20" + v.num(r, 6), "drug_approval")
    c.add("通用名", ["阿司匹林肠溶片", "盐酸二甲双胍片", "头孢克肟胶囊"], "category|text")
    c.add("注册证号", lambda r: "国械注准2021" + v.num(r, 7), "device_registration")
    c.add("生产批号", lambda r: v.date(r, "%y%m%d") + "A", CODES)
    c.add(
        "CAS号", lambda r: (lambda b: f"{b[:-2]}-{b[-2:]}-{d.cas(b)}")(v.num(r, 6, "123456789")), "cas_number"
    )
    c.add("有效期至", lambda r: v.date(r, "%Y-%m"), "date|category|text")


@case(40)
def gene_variants(c: Case) -> None:
    c.add(
        "sample_id",
        tuple(f"WGS-{i:04d}" for i in range(40)),
        "specimen_no|trial_subject|order_no|text|category",
        p=None,
    )
    c.add("rsid", lambda r: f"rs{r.randint(1000, 99999999)}", "genetic_variant", p=True)
    c.add("chrom", ["chr1", "chr7", "chrX", "chr17"], "category|text|genetic_variant", p=None)
    c.add("pos", lambda r: str(r.randint(10000, 240000000)), "number|order_no|genetic_variant", p=None)
    c.add("ref", ["A", "C", "G", "T"], "category|text|genetic_variant|gene_sequence", p=None)
    c.add("genotype", ["0/0", "0/1", "1/1"], "category|text|genetic_variant", p=None)
    c.add("flank_seq", lambda r: "".join(r.choices("ACGT", k=60)), "gene_sequence", p=True)
    c.count = False


@case(30)
def contacts_firms(c: Case) -> None:
    c.add("单位名称", v.company, "org_name")
    c.add("统一社会信用代码", v.uscc, "uscc", damage=wide)
    c.add("组织机构代码", lambda r: (lambda b: f"{b}-{d.org(b)}")(v.num(r, 8)), "org_code")
    c.add(
        "单位电话",
        lambda r: (
            r.choice(("021", "0512", "0755", "010"))
            + "-"
            + v.num(r, 8, "2345678")
            + r.choice(("", "", "-801", "转808"))
        ),
        "landline_cn",
        p=None,
    )
    c.add(
        "客服热线",
        lambda r: "400" + r.choice(("-", "")) + v.num(r, 3, "18") + r.choice(("-", "")) + v.num(r, 4),
        "tollfree_cn",
    )
    c.add("邮编", lambda r: r.choice(("200120", "215300", "518000", "310013")), "postcode_cn")
    c.add("注册资本（万元）", lambda r: str(r.choice((50, 100, 500, 1000, 5000))), "number|category")
    c.add("网址", lambda r: f"https://www.example{r.randint(1, 99)}.com/cn", "url")


@case(55)
def students_big5(c: Case) -> None:
    c.strong = ("taiwan_id",)
    c.add("學號", tuple(f"B{109000000 + i * 3}" for i in range(55)), "student_id|order_no", p=None)
    c.add(
        "姓名",
        lambda r: r.choice("陳林黃張李王吳劉蔡楊") + "".join(r.choices("志明淑芬家豪雅婷怡君冠宇", k=2)),
        "name_cn",
        p=True,
    )
    c.add("身分證字號", v.taiwan, "taiwan_id", key="taiwan_id")
    c.add(
        "行動電話",
        lambda r: "09" + v.num(r, 2) + "-" + v.num(r, 6),
        "phone_intl|mobile_cn|landline_cn",
        p=True,
    )
    c.add("統一編號", lambda r: next(b for b in (v.num(r, 8) for _ in range(10**4)) if d.ubn(b)), "ubn_tw")
    c.writer = as_csv(encoding="big5")
    c.count = False


@case(66)
def hongkong(c: Case) -> None:
    c.strong = ("hkid",)
    c.add("English Name", v.latin, "name_latin", p=True)
    c.add(
        "HKID No.",
        v.hkid,
        "hkid",
        key="hkid",
        damage=lambda r, x: r.choice((x, x.replace("(", "").replace(")", ""), x.lower())),
    )
    c.add("Mobile", lambda r: "+852 " + v.num(r, 4, "569") + " " + v.num(r, 4), "phone_intl", p=True)
    c.add(
        "Correspondence Address",
        lambda r: (
            f"Flat {r.choice('ABCD')}, {r.randint(1, 40)}/F, Block {r.randint(1, 9)}, Harbour Garden, {r.randint(1, 300)} King's Road, North Point, Hong Kong"
        ),
        "address_latin|address_text",
        p=True,
    )
    c.add("MPF A/C", lambda r: v.num(r, 10, "123456789"), CODES + "|bank_account|social_security_no", p=None)
    c.count = False


@case(50)
def us_payroll(c: Case) -> None:
    def ssn(r):
        return f"{r.randint(1, 665):03d}-{r.randint(1, 99):02d}-{r.randint(1, 9999):04d}"

    c.strong = ("ssn_us",)
    c.add("EmpID", tuple(str(50210 + i) for i in range(50)), "employee_no|number|order_no", p=None)
    c.add(
        "Employee Name",
        lambda r: f"{r.choice(v.FAMILY).title()}, {r.choice(v.FIRST).title()}",
        "name_latin",
        p=True,
    )
    c.add("SSN", ssn, "ssn_us", key="ssn_us")
    c.add("DOB", lambda r: v.date(r, "%m/%d/%Y", 1955, 2003), "birth_date", p=True)
    c.add("Home Phone", lambda r: f"(212) 555-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("Street", v.street, "address_latin|address_text", p=True)
    c.add("Gross Pay", lambda r: f"${r.uniform(1500, 9000):,.2f}", "income|number", p=None)
    c.add("Marital Status", ["Single", "Married", "Divorced"], "marital_status", p=True)
    c.count = False


@case(44)
def asia_ids(c: Case) -> None:
    c.strong = ("nric_sg", "mykad_my", "pin_th", "aadhaar", "my_number", "rrn_kr", "cpf_br")
    c.add("NRIC/FIN", v.nric, "nric_sg", key="nric_sg")
    c.add(
        "MyKad",
        lambda r: (
            f"{r.randint(60, 99)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}-{r.choice(('01', '10', '14', '08'))}-{v.num(r, 4)}"
        ),
        "mykad_my",
        p=True,
    )
    c.add(
        "เลขประจำตัวประชาชน", lambda r: (lambda b: b + d.thai(b))(v.num(r, 12, "12345678")), "pin_th", p=True
    )
    c.add(
        "Aadhaar No",
        lambda r: (lambda b: b + d.verhoeff(b))(v.num(r, 11, "23456789")),
        "aadhaar",
        p=True,
        damage=grouped4,
    )
    c.add(
        "PAN",
        lambda r: (
            "".join(r.choices("ABCDEFGHKLMN", k=3))
            + "P"
            + r.choice("ABKSR")
            + v.num(r, 4)
            + r.choice("ABCDEFGHJK")
        ),
        "pan_in",
        p=True,
    )
    c.add("マイナンバー", lambda r: (lambda b: b + d.my_number(b))(v.num(r, 11)), "my_number", p=True)
    c.add(
        "주민등록번호",
        lambda r: (lambda b: f"{b[:6]}-{b[6:]}{d.rrn(b)}")(
            f"{r.randint(50, 99)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{r.choice('12')}{v.num(r, 5)}"
        ),
        "rrn_kr",
        p=True,
    )
    c.add(
        "CPF",
        lambda r: (lambda b: f"{b[:3]}.{b[3:6]}.{b[6:9]}-{b[9:]}")(d.cpf(v.num(r, 9))),
        "cpf_br",
        p=True,
    )
    c.count = False


@case(40)
def japan_korea_names(c: Case) -> None:
    c.add(
        "氏名",
        lambda r: (
            r.choice(("山田", "佐藤", "鈴木", "高橋", "田中", "伊藤"))
            + r.choice(("太郎", "花子", "健一", "美咲", "翔太"))
        ),
        "name_other|name_cn|name_latin",
        p=True,
    )
    c.add(
        "フリガナ",
        lambda r: r.choice(("ヤマダ", "サトウ", "スズキ")) + " " + r.choice(("タロウ", "ハナコ", "ケンイチ")),
        "name_other|name_latin|name_cn|name_part",
        p=True,
    )
    c.add(
        "電話番号",
        lambda r: f"0{r.choice('789')}0-{v.num(r, 4)}-{v.num(r, 4)}",
        "phone_intl|landline_cn|mobile_cn",
        p=True,
    )
    c.add(
        "성명",
        lambda r: r.choice("김이박최정") + r.choice(("민준", "서연", "지훈", "수빈")),
        "name_other|name_cn|name_latin",
        p=True,
    )
    c.add(
        "生年月日",
        lambda r: f"{r.randint(1950, 2003)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
        "birth_date",
        p=True,
    )
    c.count = False


@case(36)
def fixed_width_people(c: Case) -> None:
    c.strong = (ID,)
    c.add("CUST_NAME", v.name, "name_cn", p=True)
    c.add("CERT_NO", v.prc, ID, key=ID)
    c.add("TEL", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("OPEN_DT", v.date, DATE)
    c.suffix, c.writer = ".txt", as_fixed


@case(75)
def visa_list_json(c: Case) -> None:
    c.strong = ("passport_cn",)
    c.add("fullName", v.name, "name_cn", p=True)
    c.add("passportNumber", v.passport, "passport_cn", key="passport_cn")
    c.add("passportExpiry", lambda r: v.date(r, low=2027, high=2034), DATE + "|text")
    c.add("birthDate", lambda r: v.date(r, low=1950, high=2005), "birth_date", p=True)
    c.add("nationalityCode", ["CHN"], "nationality|country|category", p=None)
    c.add("visaType", ["L", "F", "Q1", "Z"], "category|text")
    c.suffix, c.writer = ".json", as_json


@case(48)
def doctors_dates(c: Case) -> None:
    c.strong = (ID,)
    ids = [v.prc(c.r) for _ in range(48)]
    c.add("教师姓名", v.name, "name_cn", p=True)
    c.add("证件号码", tuple(ids), ID, key=ID)
    c.add("出生年月", tuple(f"{x[6:10]}年{int(x[10:12])}月" for x in ids), "birth_date", p=True)
    c.add("XB", tuple("男" if int(x[16]) % 2 else "女" for x in ids), "gender", p=True)
    c.add("民族", ["汉", "回", "满", "壮", "维吾尔族"], "ethnicity", p=True)
    c.add("婚姻状况", ["已婚", "未婚", "离异"], "marital_status", p=True)
    c.add("宗教信仰", ["无", "佛教", "伊斯兰教"], "religion", p=True)
    c.add("职称", ["教授", "副教授", "讲师", "助教"], "occupation|category|text", p=None)
    c.add("残疾类别", ["无", "肢体", "听力"], "disability|category|text", p=None)
