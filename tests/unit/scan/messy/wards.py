"""Third hand: hospitals, trials, schools and staff. Written and labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_json, as_jsonl, as_parquet, as_sqlite, as_xlsx, id_spaced, wide
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"
ZERO = ("\u200b", "\ufeff", "\u00a0", "\u200c", "\u2060")


def invisible(r: v.R, x: str) -> str:
    """An identifier copied from a web page: zero-width and no-break characters around it."""
    return r.choice((x, r.choice(ZERO) + x, x + r.choice(ZERO), x[:6] + r.choice(ZERO) + x[6:]))


@case(90)
def ward_inpatients(c: Case) -> None:
    c.strong = (ID,)
    c.add("住院号", seq(90, "ZY2026{:05d}"), "medical_record_no", key=None, p=True)
    c.add("患者", v.name, "name_cn", p=True)
    c.add("性别代码", ["1", "2"], "gender|category|number", p=None)
    c.add("身份证", v.prc, ID, key=ID, damage=invisible)
    c.add("入院科室", ["心内科", "神经外科", "呼吸与危重症医学科", "骨科二病区"], WORD)
    c.add("床号", lambda r: f"{r.randint(1, 60)}床", WORD + "|order_no")
    c.add("主要诊断编码", ["I21.900", "J18.900x001", "S72.000", "I63.902"], "icd10", p=True)
    c.add("主要诊断名称", ["急性心肌梗死", "肺炎", "股骨颈骨折", "脑梗死"], "diagnosis", p=True)
    c.add("手术编码", ["36.0700x004", "81.5200", "39.7400x001"], "icd9_procedure", p=True)
    c.add("过敏史", ["青霉素过敏", "无", "否认药物过敏史"], "medical_text|category|text|diagnosis", p=None)
    c.add("入院时间", v.moment, "datetime")
    c.add("总费用", v.money, "number")
    c.count = False


@case(60)
def ward_outpatient_pinyin(c: Case) -> None:
    c.strong = (ID,)
    c.add("xm", v.name, "name_cn", p=True)
    c.add("xb", ["男", "女"], "gender", p=True)
    c.add("csrq", lambda r: v.date(r, "%Y%m%d", 1940, 2019), "birth_date", p=True)
    c.add("sfzh", v.prc, ID, key=ID)
    c.add("lxdh", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("jtdz", v.address, "address_cn", p=True)
    c.add("mz", ["汉族", "回族", "维吾尔族", "苗族"], "ethnicity", p=True)
    c.add("hyzk", ["已婚", "未婚", "离异"], "marital_status", p=True)
    c.add("zdmc", ["高血压病3级", "2型糖尿病", "慢性胃炎"], "diagnosis", p=True)
    c.writer = as_csv(encoding="gb18030")


@case(48)
def ward_births(c: Case) -> None:
    """A maternity register: mother, father and child, two identified adults in each row."""
    c.strong = (ID,)
    c.add("新生儿姓名", lambda r: v.name(r)[0] + "宝宝", "name_cn|text|name_masked|category", p=None)
    c.add("出生证编号", lambda r: r.choice("RSTU") + "3" + v.num(r, 8), CODES + "|medical_record_no", p=None)
    c.add("出生时间", lambda r: v.moment(r), "datetime|birth_date", p=None)
    c.add("母亲姓名", v.name, "name_cn", p=True)
    c.add("母亲身份证号", lambda r: v.prc(r, low=1985), ID, key=ID)
    c.add("父亲姓名", v.name, "name_cn", p=True)
    c.add("父亲身份证号", lambda r: v.prc(r, low=1982), ID, key=ID)
    c.add("体重(g)", lambda r: str(r.randint(2100, 4500)), "number|lab_result", p=None)
    c.add("Apgar评分", lambda r: str(r.randint(7, 10)), NUM, p=None)
    c.add("血型", ["A", "B", "O", "AB"], "blood_type", p=True)


@case(70)
def ward_lab_hl7(c: Case) -> None:
    c.add("PatientID", seq(70, "MRN{:07d}", 1000), "medical_record_no|customer_no", key=None, p=True)
    c.add("PatientName", lambda r: f"{r.choice(v.FAMILY)}^{r.choice(v.FIRST)}", "name_latin", p=True)
    c.add("DOB", lambda r: v.date(r, "%Y%m%d", 1935, 2015), "birth_date", p=True)
    c.add("Sex", ["M", "F"], "gender", p=True)
    c.add("ObsCode", ["2345-7", "718-7", "2160-0", "4548-4"], WORD + "|order_no|cas_number", p=None)
    c.add("ObsText", ["Glucose", "Hemoglobin", "Creatinine", "HbA1c"], WORD)
    c.add("ResultValue", lambda r: f"{r.uniform(0.4, 160):.2f}", "number|lab_result", p=None)
    c.add("RefRange", ["3.9-6.1", "120-160", "57-97"], WORD + "|lab_result|order_no", p=None)
    c.add("AbnFlag", ["H", "L", "N"], WORD + "|lab_result", p=None)
    c.add("CollectDT", lambda r: v.date(r, "%Y%m%d%H%M%S"), "datetime|timestamp|date")
    c.writer = as_csv(delimiter="|")
    c.count = False


@case(40)
def trial_adverse_events(c: Case) -> None:
    c.add("STUDYID", ["CTR20260123"], "trial_id|category|text")
    c.add("受试者筛选号", seq(40, "S{:02d}003"), "trial_subject", p=True)
    c.add(
        "受试者姓名缩写",
        lambda r: "".join(r.choices("ABCDEFGHLMWXYZ", k=4)),
        "name_part|name_latin|text|category|name_masked",
        p=None,
    )
    c.add(
        "不良事件", ["恶心", "皮疹", "中性粒细胞减少", "发热"], "diagnosis|medical_text|category|text", p=None
    )
    c.add("AE开始日期", lambda r: v.date(r, "%d-%b-%Y").upper(), DATE)
    c.add("CTCAE分级", ["1级", "2级", "3级"], WORD + "|number")
    c.add(
        "合并用药",
        ["国药准字H20200001 布洛芬", "国药准字Z20190123 板蓝根"],
        WORD + "|drug_approval|medical_text",
        p=None,
    )
    c.add("ICD", ["R11.x00", "L27.000", "D70.x00"], "icd10", p=True)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("不良事件一览表", "方案编号 ABC-301"), sheet="AE")
    c.count = False


@case(60)
def trial_samples(c: Case) -> None:
    c.add("BARCODE", lambda r: "BS" + v.num(r, 9), "specimen_no|order_no", p=None)
    c.add("SUBJ", seq(60, "1001-{:03d}"), "trial_subject|order_no", p=None)
    c.add("VISIT", ["C1D1", "C1D15", "C2D1", "EOT"], WORD + "|order_no")
    c.add("rsID", lambda r: "rs" + v.num(r, 7, "123456789"), "genetic_variant", p=True)
    c.add("GENE", ["EGFR", "KRAS", "TP53", "BRCA1", "ALK"], WORD, p=None)
    c.add("GENOTYPE", ["A/G", "G/G", "A/A"], WORD + "|genetic_variant", p=None)
    c.add("SEQ", lambda r: "".join(r.choices("ACGT", k=40)), "gene_sequence", p=True)
    c.add("VAF", lambda r: f"{r.random():.4f}", "number")
    c.count = False


@case(80)
def school_enrolment(c: Case) -> None:
    """Minors with a guardian; the guardian's number stands in two rows where there are siblings."""
    c.strong = (ID,)
    kids = [v.prc(c.r, low=2013, high=2019) for _ in range(80)]
    adults = [v.prc(c.r, low=1978, high=1990) for _ in range(55)]
    c.add("学籍号", tuple("G" + x for x in kids), "student_no", p=True)
    c.add("学生姓名", v.name, "name_cn", p=True)
    c.add("学生身份证件号", tuple(kids), ID, key=ID)
    c.add("年级", ["一年级", "二年级", "三年级", "四年级"], WORD)
    c.add("监护人", v.name, "name_cn", p=True)
    c.add("与学生关系", ["父亲", "母亲", "祖父"], "kinship|category", p=None)
    c.add("监护人身份证号", tuple(c.r.choice(adults) for _ in range(80)), ID, key=ID)
    c.add("监护人手机", v.mobile, "mobile_cn", p=True)
    c.add("户籍地", v.address, "address_cn", p=True)
    c.count = False


@case(120)
def school_grades(c: Case) -> None:
    c.add("学号", seq(120, "20231{:04d}"), "student_id", key="student_id")
    c.add("姓名", v.name, "name_cn", p=True)
    for course in ("高等数学", "大学英语", "线性代数", "体育"):
        c.add(course, lambda r: str(r.randint(41, 100)), NUM, p=None)
    c.add("绩点", lambda r: f"{r.uniform(1, 4):.2f}", "number", p=None)
    c.add("班级名称", ["计科2301", "软工2302", "信安2301"], WORD)
    c.add("辅导员", v.name, "name_cn", p=True)
    c.suffix, c.writer = ".xls", as_csv(delimiter="\t", encoding="utf-16")


@case(50)
def staff_roster_two_rows(c: Case) -> None:
    """A merged title, a note, then the header."""
    c.strong = (ID,)
    c.add("序号", seq(50), "number|order_no")
    c.add("姓  名", v.name, "name_cn", p=True)
    c.add("身份证号码\n(18位)", v.prc, ID, key=ID, damage=id_spaced)
    c.add("政治面貌", ["中共党员", "群众", "共青团员"], "political_status", p=True)
    c.add("学历", ["本科", "硕士研究生", "大专"], "education", p=True)
    c.add("参加工作时间", lambda r: v.date(r, "%Y.%m", 1990, 2024), DATE + "|number")
    c.add("岗位", ["会计", "司机", "工程师", "护士"], "occupation|category", p=None)
    c.add("基本工资", lambda r: str(r.randint(4000, 20000)), "income|number", p=None)
    c.add("紧急联系人", v.name, "name_cn", p=True)
    c.add("紧急联系人电话", v.mobile, "mobile_cn", key="mobile_cn")
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(title=("2026年度在册职工花名册", "填报单位：（盖章）"), merge=True, second=True),
    )


@case(60)
def staff_couples(c: Case) -> None:
    """A form on relatives: the spouse is a person of the same row, and may be staff in another."""
    c.strong = (ID,)
    staff = [v.prc(c.r, low=1970, high=1995) for _ in range(60)]
    spouses = [v.prc(c.r, low=1970, high=1995) for _ in range(60)]
    spouses[10], spouses[11] = staff[11], staff[10]
    spouses[20:26] = [None] * 6
    c.add("工号", seq(60, "E{:05d}"), "employee_no", p=True)
    c.add("本人证件号", tuple(staff), ID, key=ID)
    c.add("配偶姓名", v.name, "name_cn", p=True, empty=0.1)
    c.add("配偶证件号", tuple(spouses), ID, key=ID)
    c.add("是否双职工", ["是", "否"], "boolean")
    c.count = False


@case(70)
def staff_german(c: Case) -> None:
    c.add("Personalnummer", seq(70, "{:06d}", 100200), "employee_no", p=True)
    c.add(
        "Vor- und Nachname",
        lambda r: (
            f"{r.choice(('Jürgen', 'Anke', 'Björn', 'Heike', 'Uwe', 'Sabine'))} {r.choice(('Müller', 'Weiß', 'Köhler', 'Schäfer', 'Hoffmann'))}"
        ),
        "name_latin",
        p=True,
    )
    c.add("Geb.-Datum", lambda r: v.date(r, "%d.%m.%Y", 1960, 2003), "birth_date", p=True)
    c.add("Geschlecht", ["männlich", "weiblich", "divers"], "gender", p=True)
    c.add("Familienstand", ["ledig", "verheiratet", "geschieden", "verwitwet"], "marital_status", p=True)
    c.add("Konfession", ["rk", "ev", "keine"], "religion|category|text", p=None)
    c.add(
        "IBAN",
        lambda r: (lambda b: " ".join(("DE" + d.mod97(b + "DE") + b)[i : i + 4] for i in range(0, 22, 4)))(
            v.num(r, 18)
        ),
        "iban",
        key="iban",
    )
    c.add("Mobilnr.", lambda r: "+49 17" + v.num(r, 1) + " " + v.num(r, 7, "123456789"), "phone_intl", p=True)
    c.add("Eintrittsdatum", lambda r: v.date(r, "%d.%m.%Y", 2001, 2024), DATE)
    c.add("Abteilung", ["Einkauf", "Vertrieb", "Fertigung"], WORD)
    c.writer = as_csv(delimiter=";", encoding="utf-8-sig")
    c.count = False


@case(60)
def staff_french(c: Case) -> None:
    c.add("Matricule", seq(60, "M{:04d}"), "employee_no|order_no", p=None)
    c.add(
        "Nom",
        ["Lefèvre", "Dupont", "Moreau", "Girard", "Bernard", "Rousseau"],
        "name_part|name_latin",
        p=True,
    )
    c.add("Prénom", ["Élodie", "Jean-Luc", "Chloé", "Hugo", "Inès"], "name_part|name_latin", p=True)
    c.add("Date de naissance", lambda r: v.date(r, "%d/%m/%Y", 1960, 2003), "birth_date", p=True)
    c.add(
        "Adresse",
        lambda r: (
            f"{r.randint(1, 199)} {r.choice(('rue de la Paix', 'avenue Victor Hugo', 'boulevard Voltaire'))}"
        ),
        "address_latin|address_text",
        p=True,
    )
    c.add("Code postal", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number")
    c.add("Ville", ["Lyon", "Nantes", "Lille"], WORD)
    c.add(
        "Téléphone",
        lambda r: f"+33 6 {v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)}",
        "phone_intl",
        p=True,
    )
    c.add("Courriel", v.email, "email", key="email")
    c.add(
        "Salaire brut",
        lambda r: f"{r.randint(1800, 7000)},{r.randint(0, 99):02d} €",
        "income|number|text",
        p=None,
    )
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(60)
def staff_japanese(c: Case) -> None:
    c.add("社員番号", seq(60, "{:07d}", 20001), "employee_no", p=True)
    c.add(
        "氏名",
        ["佐藤 健", "鈴木 花子", "高橋 誠", "田中 美咲", "渡辺 翔", "伊藤 さくら"],
        "name_other|name_cn",
        p=True,
    )
    c.add(
        "フリガナ", ["サトウ ケン", "スズキ ハナコ", "タカハシ マコト", "タナカ ミサキ"], "name_other", p=True
    )
    c.add("生年月日", lambda r: v.date(r, "%Y年%m月%d日", 1965, 2003), "birth_date", p=True)
    c.add("性別", ["男", "女"], "gender", p=True)
    c.add("マイナンバー", lambda r: (lambda b: b + d.my_number(b))(v.num(r, 11)), "my_number", p=True)
    c.add("郵便番号", lambda r: f"{v.num(r, 3)}-{v.num(r, 4)}", "postcode_intl|order_no")
    c.add(
        "住所",
        lambda r: (
            f"{r.choice(('東京都港区芝公園', '大阪府大阪市北区梅田', '愛知県名古屋市中区栄'))}{r.randint(1, 5)}丁目{r.randint(1, 20)}-{r.randint(1, 30)}"
        ),
        "address_text|address_cn",
        p=True,
    )
    c.add(
        "電話番号",
        lambda r: f"0{r.choice(('90', '80', '70'))}-{v.num(r, 4)}-{v.num(r, 4)}",
        "phone_intl",
        p=True,
    )
    c.add("部署", ["総務部", "営業部", "開発課"], WORD)
    c.writer = as_csv(encoding="cp932")
    c.count = False


@case(60)
def staff_korean(c: Case) -> None:
    c.strong = ("rrn_kr",)
    c.add("사번", seq(60, "K{:05d}"), "employee_no|order_no", p=None)
    c.add("성명", ["김민수", "이영희", "박지훈", "최수진", "정다은", "강현우"], "name_other", p=True)
    c.add(
        "주민등록번호",
        lambda r: (lambda b: f"{b[:6]}-{b[6:]}{d.rrn(b)}")(
            f"{r.randint(60, 99)}{r.randint(1, 12):02d}{r.randint(1, 28):02d}{r.choice('12')}{v.num(r, 5)}"
        ),
        "rrn_kr",
        p=True,
    )
    c.add("휴대폰", lambda r: f"010-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("이메일", v.email, "email", key="email")
    c.add("주소", lambda r: f"서울특별시 강남구 테헤란로 {r.randint(1, 500)}", "address_text", p=True)
    c.add("부서", ["영업팀", "인사팀", "개발팀"], WORD)
    c.add("입사일", lambda r: v.date(r, "%Y.%m.%d"), DATE)
    c.count = False


@case(60)
def staff_spanish(c: Case) -> None:
    c.add("Nº empleado", seq(60), "employee_no|number|order_no", p=None)
    c.add(
        "Nombre completo",
        lambda r: (
            f"{r.choice(('María', 'José', 'Lucía', 'Íñigo'))} {r.choice(('García', 'Fernández', 'Muñoz'))} {r.choice(('López', 'Peña', 'Ruiz'))}"
        ),
        "name_latin",
        p=True,
    )
    c.add(
        "DNI",
        lambda r: (lambda n: f"{n}{'TRWAGMYFPDXBNJZSQVHLCKE'[int(n) % 23]}")(v.num(r, 8)),
        CODES + "|social_security_no",
        p=None,
    )
    c.add("Fecha de nacimiento", lambda r: v.date(r, "%d-%m-%Y", 1960, 2003), "birth_date", p=True)
    c.add("Correo electrónico", v.email, "email", key="email")
    c.add(
        "Móvil", lambda r: "+34 6" + v.num(r, 2) + " " + v.num(r, 3) + " " + v.num(r, 3), "phone_intl", p=True
    )
    c.add("Estado civil", ["soltero", "casada", "divorciado"], "marital_status", p=True)
    c.add("Sexo", ["H", "M"], "gender", p=True)
    c.count = False


@case(60)
def staff_arabic(c: Case) -> None:
    c.add("الاسم", ["محمد أحمد", "فاطمة علي", "خالد حسن", "نورة سعيد", "يوسف إبراهيم"], "name_other", p=True)
    c.add("رقم الهوية", lambda r: (lambda b: b + d.luhn(b))("7841985" + v.num(r, 7)), "emirates_id", p=True)
    c.add("الجنسية", ["الإمارات", "مصر", "الهند"], "nationality|category|text|country", p=None)
    c.add("رقم الجوال", lambda r: "+97150" + v.num(r, 7, "123456789"), "phone_intl", p=True)
    c.add("تاريخ الميلاد", lambda r: v.date(r, "%Y/%m/%d", 1960, 2003), "birth_date", p=True)
    c.add("البريد الإلكتروني", v.email, "email", key="email")
    c.add("الراتب", lambda r: str(r.randint(3000, 40000)), "income|number", p=None)
    c.count = False


@case(80)
def candidates_nested(c: Case) -> None:
    """Applications of a job portal, one JSON a line, contact and history inside."""
    c.add("applicationId", v.guid, "uuid")
    c.add(
        "fullName",
        lambda r: f"{r.choice(v.FAMILY).title()}, {r.choice(v.FIRST).title()}",
        "name_latin",
        p=True,
    )
    c.add("emailAddress", v.email, "email", key="email")
    c.add("mobilePhone", lambda r: "+86 " + v.mobile(r), "mobile_cn", key="mobile_cn")
    c.add("expectedSalary", lambda r: str(r.randint(8, 60) * 1000), "income|number", p=None)
    c.add("highestDegree", ["Bachelor", "Master", "PhD"], "education|category", p=None)
    c.add("source", ["boss", "liepin", "referral"], WORD)

    def shape(row):  # type: ignore[no-untyped-def]
        return {
            "applicationId": row["applicationId"],
            "candidate": {
                "fullName": row["fullName"],
                "contact": {k: row[k] for k in ("emailAddress", "mobilePhone")},
            },
            "job": {
                "expectedSalary": row["expectedSalary"],
                "highestDegree": row["highestDegree"],
                "source": row["source"],
            },
        }

    c.suffix, c.writer = ".jsonl", as_jsonl(shape)
    c.count = False


@case(50)
def insured_parquet(c: Case) -> None:
    c.strong = (ID,)
    ids = [v.prc(c.r) for _ in range(50)]
    c.add("aac002", tuple(ids), ID, key=ID)
    c.add("aac003", v.name, "name_cn", p=True)
    c.add("aac004", ["1", "2"], "gender|category|number|boolean", p=None)
    c.add("aac006", tuple(x[6:14] for x in ids), "birth_date", p=True)
    c.add("aae005", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("aab004", v.company, "org_name")
    c.add("aae041", lambda r: v.date(r, "%Y%m"), "date|number|category")
    c.add("aae180", lambda r: f"{r.uniform(3000, 30000):.2f}", "number|income", p=None)
    c.suffix, c.writer = ".parquet", as_parquet


@case(60)
def blood_donors_db(c: Case) -> None:
    c.strong = (ID,)
    ids = [v.prc(c.r, low=1970, high=2003) for _ in range(45)]
    c.add(
        "donor_idcard",
        tuple(c.r.choice(ids) for _ in range(60)),
        ID,
        key=ID,
        damage=lambda r, x: v.fifteen(x) if x[6:8] == "19" and r.random() < 0.3 else x,
    )
    c.add("donor_name", v.name, "name_cn", p=True)
    c.add("abo", ["A型", "B型", "O型", "AB型"], "blood_type", p=True)
    c.add("rh", ["阳性", "阴性"], WORD + "|lab_result|blood_type", p=None)
    c.add("donation_code", lambda r: "3101" + v.num(r, 10), CODES + "|specimen_no", p=None)
    c.add("volume_ml", ["200", "300", "400"], NUM)
    c.add("hbsag", ["阴性", "阳性"], WORD + "|lab_result", p=None)
    c.suffix, c.writer = ".db", as_sqlite


@case(45)
def pharmacy_wide(c: Case) -> None:
    c.strong = (ID,)
    c.add("处方号", lambda r: "CF" + v.num(r, 12), CODES + "|medical_record_no", p=None)
    c.add(
        "医保卡号",
        lambda r: r.choice("AB") + v.num(r, 9),
        "social_security_no|medical_record_no|customer_no|order_no|bank_account",
        p=None,
    )
    c.add("持卡人身份证", v.prc, ID, key=ID, damage=wide)
    c.add(
        "药品名称",
        ["阿司匹林肠溶片", "二甲双胍缓释片", "阿莫西林胶囊"],
        WORD + "|cargo_name|medical_text",
        p=None,
    )
    c.add("批准文号", ["国药准字H20200001", "国药准字J20171021", "国药准字Z10950047"], "drug_approval")
    c.add("追溯码", lambda r: "8" + v.num(r, 19), "drug_trace_code")
    c.add("用法用量", ["口服 一次1片 一日2次", "餐后服用"], WORD + "|medical_text", p=None)
    c.add("开方医师", v.name, "name_cn", p=True)
    c.add("金额", v.money, "number")
    c.suffix, c.writer = ".json", as_json
    c.count = False
