"""Twenty-seventh hand: what customers, staff, patients, crews and policies look like in the systems of sixteen countries. Labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_fixed,
    as_gz,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    dot_zero,
)
from messy.makers import CODES, DAY, NUM, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case


def both(first: tuple[str, ...], last: tuple[str, ...], form: str = "{} {}"):  # type: ignore[no-untyped-def]
    return lambda r: form.format(r.choice(first), r.choice(last))


US_FIRST = ("James", "Olivia", "Ethan", "Sophia", "Mason", "Ava", "Logan", "Harper", "Tyrone", "Guadalupe")
US_LAST = (
    "Walker",
    "Hernandez",
    "O'Brien",
    "Washington",
    "Schultz",
    "Patel",
    "McCarthy",
    "Nakamura",
    "Lopez",
)
IN_FIRST = ("Rajesh", "Priya", "Anil", "Sunita", "Karthik", "Deepa", "Mohammed", "Lakshmi", "Vikram")
IN_LAST = ("Sharma", "Iyer", "Reddy", "Khan", "Banerjee", "Deshmukh", "Nair", "Gupta", "Pillai")
KO_LAST, KO_FIRST = (
    ("김", "이", "박", "최", "정", "강", "윤"),
    ("민준", "서연", "지훈", "수빈", "현우", "예진", "도윤"),
)
DE_FIRST = ("Jürgen", "Sabine", "Wolfgang", "Katrin", "Uwe", "Annika", "Dieter", "Heike")
DE_LAST = ("Schäfer", "Müller", "Koch", "Richter", "Vogel", "Böhm", "Krause", "Lehmann")
FR_LAST = ("LEFEBVRE", "MOREAU", "GARNIER", "FAURE", "ROUSSEAU", "BLANC", "CHEVALIER", "NGUYEN")
FR_FIRST = ("Camille", "Hugo", "Chloé", "Théo", "Léa", "Nathan", "Inès", "Jean-Pierre")
VN = ("Nguyễn Thị Hương", "Trần Văn Dũng", "Lê Minh Tuấn", "Phạm Ngọc Ánh", "Hoàng Đức Thắng", "Võ Thị Lan")
TH_FIRST, TH_LAST = ("สมศักดิ์", "วันเพ็ญ", "ธนพล", "อรทัย", "กิตติ"), ("ศรีทอง", "บุญมา", "วงศ์สวัสดิ์", "พรหมดี")
AR = (
    "محمد عبد الله الحمادي",
    "فاطمة سعيد المنصوري",
    "أحمد خالد الشامسي",
    "مريم علي الكعبي",
    "يوسف حسن البلوشي",
)
TR = ("Hakan Demir", "Elif Kaya", "Murat Öztürk", "Zeynep Aydın", "Emre Şahin", "Gülşen Çetin")


def ssn(r: v.R) -> str:
    return f"{r.randint(100, 665)}-{r.randint(10, 99)}-{r.randint(1000, 9999)}"


def aba(r: v.R) -> str:
    body = r.choice(("0210", "1210", "0310", "0611")) + v.num(r, 4)
    return body + str(-sum(int(c) * w for c, w in zip(body, (3, 7, 1) * 3, strict=False)) % 10)


def rrn(r: v.R) -> str:
    y, m, dd = v.birthday(r, 1960, 1999)
    body = f"{y % 100:02}{m:02}{dd:02}{r.choice('12')}{v.num(r, 5)}"
    return f"{body[:6]}-{body[6:]}{d.rrn(body)}"


def aadhaar(r: v.R) -> str:
    body = v.num(r, 11, "23456789")
    full = body + d.verhoeff(body)
    return f"{full[:4]} {full[4:8]} {full[8:]}"


def pan(r: v.R) -> str:
    return code("@@@P@####@")(r)


def nik(r: v.R) -> str:
    area = r.choice(("317105", "327506", "357801", "337402"))
    return f"{area}{r.randint(1, 28) + r.choice((0, 40)):02}{r.randint(1, 12):02}{r.randint(60, 99)}{r.randint(1, 29):04}"


def cccd(r: v.R) -> str:
    return f"{r.choice(('001', '031', '079', '048'))}{r.choice('01')}{r.randint(60, 99)}{v.num(r, 6)}"


def pin_th(r: v.R) -> str:
    body = v.num(r, 12, "13")
    return body + d.thai(body)


def emirates(r: v.R) -> str:
    body = f"784{r.randint(1965, 2003)}{v.num(r, 7)}"
    return f"784-{body[3:7]}-{body[7:]}-{d.luhn(body)}"


def mykad(r: v.R) -> str:
    return f"{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}-{r.choice(('14', '10', '01', '07'))}-{v.num(r, 4)}"


def tckn(r: v.R) -> str:
    b = [int(c) for c in v.num(r, 9, "123456789")]
    ten = (sum(b[::2]) * 7 - sum(b[1::2])) % 10
    return "".join(map(str, b)) + str(ten) + str((sum(b) + ten) % 10)


def nir(r: v.R) -> str:
    body = f"{r.choice('12')}{r.randint(50, 99)}{r.randint(1, 12):02}{r.choice(('75', '69', '13', '33'))}{r.randint(1, 400):03}{r.randint(1, 900):03}"
    return body + f"{97 - int(body) % 97:02}"


def nif(r: v.R) -> str:
    n = v.num(r, 8)
    return n + "TRWAGMYFPDXBNJZSQVHLCKE"[int(n) % 23]


def cnpj(r: v.R) -> str:
    body = v.num(r, 8) + "0001"
    for w in ((5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2), (6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)):
        rest = sum(int(c) * k for c, k in zip(body, w, strict=True)) % 11
        body += "0" if rest < 2 else str(11 - rest)
    return f"{body[:2]}.{body[2:5]}.{body[5:8]}/{body[8:12]}-{body[12:]}"


def steuer_id(r: v.R) -> str:
    body, p = v.num(r, 10, "123456789"), 10
    for c in body:
        s = (int(c) + p) % 10 or 10
        p = s * 2 % 11
    return body + str((11 - p) % 10)


# North America and Britain


@case(90)
def sfdc_contact(c: Case) -> None:
    put(
        c,
        ("Id", lambda r: "0035g" + "".join(r.choices("ABCDEFGHabcdefgh0123456789", k=13)), "order_no|customer_no|device_id|text?"),
        ("FirstName", list(US_FIRST), "name_part|name_latin!"),
        ("LastName", list(US_LAST), "name_part|name_latin!"),
        ("Title", ["VP Operations", "Buyer", "Account Manager", "CFO", ""], "occupation|category!"),
        ("Account.Name", v.firm, "org_name|text"),
        ("Email", v.email, "email", key("email", empty=0.1)),
        ("Phone", lambda r: f"({r.randint(201, 989)}) 555-{v.num(r, 4)}", "phone_intl", key("phone_intl")),
        ("MailingStreet", lambda r: f"{r.randint(10, 9999)} {r.choice(('Elm St', 'Lakeview Dr Apt 4', 'Sunset Blvd'))}", "address_latin|address_text!"),
        ("MailingCity", ["Denver", "San Jose", "Tampa", "St. Louis"], WORD + "|address_text?"),
        ("MailingState", ["CO", "CA", "FL", "MO"], WORD + "|address_text?"),
        ("MailingPostalCode", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number|order_no?"),
        ("LeadSource", ["Web", "Trade Show", "Referral", "Purchased List"], WORD),
        ("DoNotCall", ["TRUE", "FALSE"], "boolean|category"),
        ("CreatedDate", lambda r: f"{v.date(r)}T{r.randint(0, 23):02}:{r.randint(10, 59)}:{r.randint(10, 59)}.000Z", WHEN),
        ("Description", ["", "Met at MODEX booth", "Asked for a quote on 40HQ", "left voicemail, will retry"], TEXT),
    )  # fmt: skip
    c.order = ("phone_intl", "email")
    c.writer = as_csv(encoding="utf-8-sig", quote=1)


@case(70)
def adp_register(c: Case) -> None:
    c.strong = ("ssn_us",)
    put(
        c,
        ("Co Code", ["K7Q", "R2M"], WORD + "|order_no"),
        ("File #", seq(70, "{:06d}", 100231), "employee_no|number|order_no?"),
        ("Payroll Name", lambda r: f"{r.choice(US_LAST)}, {r.choice(US_FIRST)}", "name_latin!"),
        ("Tax ID (SSN)", ssn, "ssn_us!"),
        ("Home Dept", ["002100", "004310", "000870"], NUM + "|order_no|text"),
        ("Job Title", ["Forklift Operator", "Picker/Packer", "HR Generalist"], "occupation|category!"),
        ("Hire Dt", day("%m/%d/%Y", 2005, 2025), DAY),
        ("Fed Filing Stat", ["Single", "Married filing jointly", "Head of household"], "marital_status|category?"),
        ("Reg Rate", fmt(17, 62, 4), "income|number!"),
        ("Gross Pay", lambda r: f"{r.randint(1, 6)},{v.num(r, 3)}.{v.num(r, 2)}", "income|number!"),
        ("DD Bank ABA", aba, "bic|cnaps|number|order_no|bank_account?"),
        ("DD Acct", lambda r: v.num(r, 10, "123456789"), "bank_account|number|order_no!"),
        ("Chk Dt", day("%m/%d/%Y", 2026, 2026), DAY),
    )  # fmt: skip
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(title=("Payroll Register", "Pay period ending 09/27/2026"), merge=True),
    )
    c.count = False


@case(80)
def epic_enc(c: Case) -> None:
    put(
        c,
        ("PAT_MRN_ID", lambda r: "E" + v.num(r, 7), "medical_record_no", key("medical_record_no")),
        ("PAT_NAME", lambda r: f"{r.choice(US_LAST).upper()},{r.choice(US_FIRST).upper()} {r.choice('ABCDEJLM')}", "name_latin!"),
        ("BIRTH_DATE", day("%Y-%m-%d 00:00:00", 1935, 2020), "birth_date|datetime|date!"),
        ("PATIENT_SEX", ["Female", "Male", "Unknown"], "gender!"),
        ("RACE", ["White", "Black or African American", "Asian", "Declined"], "ethnicity!"),
        ("PAT_ENC_CSN_ID", lambda r: "10" + v.num(r, 8), "medical_record_no|order_no|number?"),
        ("CONTACT_DATE", day("%m/%d/%Y"), DAY),
        ("DEPARTMENT_NAME", ["EMG EMERGENCY", "CARDIOLOGY CLINIC", "4 WEST MED SURG"], WORD + "|org_name"),
        ("DX_CODE", ["I50.9", "E11.65", "J44.1", "Z79.4"], "icd10!"),
        ("DX_NAME", ["Heart failure, unspecified", "Type 2 diabetes mellitus with hyperglycemia", "COPD exacerbation"], "diagnosis!"),
        ("CPT_CODE", ["99214", "93000", "80053", "71046"], "number|category|order_no|icd9_procedure?"),
        ("ATTENDING_PROV", both(US_FIRST, US_LAST, "{} {}, MD"), "name_latin|text!"),
        ("PAYOR_NAME", ["Medicare Part B", "Aetna PPO", "Self Pay"], WORD + "|org_name"),
        ("SUBSCR_NUM", lambda r: code("W#########")(r), "policy_no|order_no|social_security_no|medical_record_no|customer_no!"),
        ("CHIEF_COMPLAINT", ["Shortness of breath", "Chest pain", "Med refill", ""], "medical_text|diagnosis|category|text!"),
    )  # fmt: skip
    c.suffix, c.writer = ".txt", as_csv(delimiter="|")
    c.count = False


@case(60)
def motor_claims_uk(c: Case) -> None:
    notes = [
        c.r.choice(
            (
                "TP reversed into PH in car park",
                "Hit kerb, tyre damage",
                "Windscreen only",
                "Awaiting engineer",
            )
        )
        for _ in range(60)
    ]
    notes[12] = "PH called from 07700 900461, wants courtesy car"
    notes[37] = "pls email docs to sophia.patel@example.co.uk"
    put(
        c,
        ("Clm Ref", code("MC/26/#####"), "claim_no!"),
        ("Pol No", code("PMV#######"), "policy_no!"),
        ("Policyholder", both(US_FIRST, US_LAST), "name_latin!"),
        ("PH DOB", day("%d/%m/%y", 1950, 1999), "birth_date|date!"),
        ("NI No.", lambda r: f"{r.choice(('AB', 'JK', 'PE', 'SN'))} {v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)} {r.choice('ABCD')}", "nino_uk!"),
        ("VRM", lambda r: f"{r.choice(('LK', 'BD', 'YX'))}{r.randint(14, 25)} {code('@@@')(r)}", "order_no|text|plate_cn?"),
        ("Post Code", lambda r: f"{r.choice(('LS', 'M', 'BS', 'SW'))}{r.randint(1, 19)} {r.randint(1, 9)}{code('@@')(r)}", "postcode_intl|text?"),
        ("Date of Loss", day("%d/%m/%Y", 2025, 2026), DAY),
        ("Loss Circs", tuple(notes), "text!", {"embedded": ("phone_intl", "email")}),
        ("Fault", ["Y", "N", "50/50"], WORD + "|boolean"),
        ("Reserve £", lambda r: f"£{r.randint(1, 28)},{v.num(r, 3)}", "number|text"),
        ("Sort Code", lambda r: f"{v.num(r, 2)}-{v.num(r, 2)}-{v.num(r, 2)}", "cnaps|order_no|text|bank_account|category?"),
        ("A/C No", lambda r: v.num(r, 8), "bank_account|number|order_no!"),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp1252")
    c.count = False


# East Asia


@case(80)
def rakuten_orders(c: Case) -> None:
    put(
        c,
        ("注文番号", lambda r: f"3{v.num(r, 5)}-2026{v.num(r, 4)}-0{v.num(r, 9)}", "order_no"),
        ("注文日時", lambda r: f"2026/{r.randint(1, 12):02}/{r.randint(1, 28):02} {r.randint(0, 23):02}:{r.randint(10, 59)}", WHEN),
        ("注文者姓", ["渡部", "小林", "松本", "斉藤", "三浦"], "name_part!"),
        ("注文者名", ["拓也", "真由美", "翔太", "結衣", "洋子"], "name_part!"),
        ("注文者姓カナ", ["ワタナベ", "コバヤシ", "マツモト", "サイトウ", "ミウラ"], "name_part|name_other!"),
        ("注文者郵便番号1", lambda r: v.num(r, 3, "123456789"), "postcode_intl|number|text|category|order_no?"),
        ("注文者都道府県", ["東京都", "大阪府", "愛知県", "北海道"], WORD + "|address_text|province?"),
        ("注文者住所", lambda r: f"{r.choice(('渋谷区', '北区', '中村区'))}{r.choice(('神南', '本町', '名駅'))}{r.randint(1, 5)}-{r.randint(1, 30)}-{r.randint(1, 15)}", "address_text|address_cn|text!"),
        ("注文者電話番号", lambda r: f"0{r.choice(('90', '80', '70'))}-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        ("注文者メールアドレス", v.email, "email!"),
        ("商品管理番号", code("sku-####-@@"), "order_no|text"),
        ("商品名", ["天然水 2L×9本", "ワイヤレスイヤホン", "お米 5kg 新潟産", "ベビーカー用カバー"], "cargo_name|category|text"),
        ("決済方法", ["クレジットカード", "代金引換", "銀行振込"], WORD),
        ("ポイント利用額", ["0", "120", "500"], NUM),
        ("ひとことメモ", ["", "宅配BOX希望", "のし対応"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp932", quote=1)
    c.count = False


@case(60)
def kr_insa(c: Case) -> None:
    c.strong = ("rrn_kr",)
    put(
        c,
        ("사번", seq(60, "2019{:04d}", 117), "employee_no", key("employee_no")),
        ("성명", lambda r: r.choice(KO_LAST) + r.choice(KO_FIRST), "name_other!"),
        ("주민번호", rrn, "rrn_kr", key("rrn_kr")),
        ("소속", ["물류운영팀", "재무팀", "해외영업1팀"], WORD + "|org_name"),
        ("직위", ["사원", "대리", "과장", "부장"], "occupation|category!"),
        ("입사일자", day("%Y.%m.%d", 2005, 2025), DAY),
        ("휴대폰번호", lambda r: f"010-{v.num(r, 4, '23456789')}-{v.num(r, 4)}", "phone_intl", key("phone_intl")),
        ("주소", lambda r: f"부산광역시 {r.choice(('해운대구', '강서구', '사하구'))} {r.choice(('센텀로', '명지로', '낙동대로'))} {r.randint(1, 400)}", "address_text|text!"),
        ("급여은행", ["국민은행", "신한은행", "농협"], WORD + "|org_name"),
        ("최종학력", ["학사", "전문학사", "석사", "고졸"], "education!"),
        ("병역", ["군필", "면제", "해당없음"], "veteran_status|category|text?"),
        ("기본급", lambda r: f"{r.randint(2, 6)},{v.num(r, 3)},000", "income|number!"),
        ("비고", ["", "육아휴직", "파견"], TEXT),
    )  # fmt: skip
    c.order = ("rrn_kr", "phone_intl", "employee_no")
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("인사기본현황",))


# India, Gulf, South-East Asia


@case(70)
def in_kyc(c: Case) -> None:
    c.strong = ("pan_in", "aadhaar")
    put(
        c,
        ("UCC", code("@@####"), "customer_no|securities_account|order_no!"),
        ("Client Name (as per PAN)", both(IN_FIRST, IN_LAST), "name_latin!"),
        ("PAN", pan, "pan_in!"),
        ("UID No.", aadhaar, "aadhaar!"),
        ("Father/Spouse Name", both(IN_FIRST, IN_LAST), "name_latin!"),
        ("DOB/DOI", day("%d-%m-%Y", 1950, 2002), "birth_date|date!"),
        ("Mob.", lambda r: f"+91-{v.num(r, 10, '6789')}", "phone_intl!"),
        ("Pincode", lambda r: v.num(r, 6, "1234567"), "postcode_intl|number|order_no?"),
        ("Gross Annual Income", ["1-5 Lac", "5-10 Lac", "10-25 Lac", ">25 Lac"], "income|category|text!"),
        ("DP ID", ["IN300513", "12081600"], "securities_account|order_no|category|number?"),
        ("BO ID", lambda r: "12081600" + v.num(r, 8), "securities_account|order_no|number|customer_no!"),
        ("Bank A/c", lambda r: v.num(r, 14, "123456789"), "bank_account|order_no|number!"),
        ("IFSC", lambda r: f"{r.choice(('HDFC', 'SBIN', 'ICIC'))}0{v.num(r, 6)}", "cnaps|bic|order_no|text"),
        ("PEP", ["No", "No", "No", "Yes"], "boolean|category?"),
        ("KRA Status", ["KYC Registered", "KYC Validated", "On Hold"], WORD),
    )  # fmt: skip
    c.writer = as_csv()
    c.count = False


@case(60)
def ae_staff(c: Case) -> None:
    c.strong = ("emirates_id", "passport_foreign")
    put(
        c,
        ("م", seq(60), NUM + "|order_no"),
        ("الاسم الكامل", list(AR), "name_other!"),
        ("Full Name (EN)", both(("Mohammed", "Fatima", "Ahmed", "Maria", "Joseph"), ("Al Hammadi", "Al Mansoori", "Reyes", "Fernandes")), "name_latin!"),
        ("رقم الهوية", emirates, "emirates_id!"),
        ("رقم الجواز", lambda r: code("@#######")(r), "passport_foreign|order_no!"),
        ("الجنسية", ["الإمارات", "الهند", "الفلبين", "مصر"], "nationality|country!"),
        ("المسمى الوظيفي", ["مهندس", "محاسب", "سائق", "مندوب مبيعات"], "occupation!"),
        ("Mobile", lambda r: f"+971 5{r.choice('024568')} {v.num(r, 3)} {v.num(r, 4)}", "phone_intl!"),
        ("Visa File No", lambda r: f"201/{r.randint(2019, 2026)}/{v.num(r, 7)}", "order_no|exit_entry_permit|passport_foreign|text?"),
        ("تاريخ الانتهاء", day("%d/%m/%Y", 2026, 2029), DAY),
        ("الراتب الأساسي", whole(2500, 28000), "income|number!"),
        ("ملاحظات", ["", "إجازة سنوية", "تحت التجربة"], TEXT),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(70)
def sg_manifest(c: Case) -> None:
    put(
        c,
        ("HBL No", code("SINSHA26####"), "bill_of_lading|order_no"),
        ("MBL", lambda r: "ONEY" + code("SINF########")(r), "bill_of_lading|order_no"),
        ("Vsl/Voy", ["EVER GIFTED 0142E", "ONE HARBOUR 088W"], "vessel_name|voyage_no|category|text"),
        ("Shipper", v.firm, "org_name|text?"),
        ("Cnee", v.firm, "org_name|text?"),
        ("UEN", lambda r: f"{r.randint(1998, 2024)}{v.num(r, 5)}{r.choice('ACDEGHKMNRWZ')}", "taxpayer_no|order_no|org_code|uscc"),
        ("Cntr No", v.container, "container_no"),
        ("Seal", code("SG#######"), "seal_no|order_no"),
        ("Sz/Tp", ["22G1", "45G1", "45R1"], WORD + "|order_no"),
        ("Pkgs", lambda r: f"{r.randint(1, 900)} {r.choice(('CTNS', 'PLTS', 'DRUMS'))}", TEXT + "|number"),
        ("G.W. (KGS)", lambda r: f"{r.randint(1, 27)},{v.num(r, 3)}.{v.num(r, 2)}", "number"),
        ("CBM", fmt(1, 68, 3), "number"),
        ("Description of Goods", ["FROZEN CHICKEN WINGS", "LUBRICATING OIL IN DRUMS", "USED MACHINERY PARTS", "RUBBER GLOVES"], "cargo_name|category|text"),
        ("Frt Term", ["PREPAID", "COLLECT"], WORD),
        ("POL", ["SGSIN", "MYPKG"], "un_locode|category"),
        ("POD", ["CNSHA", "CNNGB", "JPYOK"], "un_locode|category"),
    )  # fmt: skip
    c.suffix, c.writer = ".dat", as_fixed


@case(60)
def pinjaman(c: Case) -> None:
    c.strong = ("nik_id",)
    put(
        c,
        ("No. Pinjaman", code("PJM-2026-#####"), "order_no?"),
        ("No. KTP", nik, "nik_id", key("nik_id")),
        ("Nama Nasabah", both(("Siti", "Budi", "Dewi", "Agus", "Rina", "Joko"), ("Nurhaliza", "Santoso", "Lestari", "Setiawan", "Wijaya")), "name_latin!"),
        ("Tempat Lahir", ["Surabaya", "Bandung", "Medan", "Solo"], WORD + "|address_text?"),
        ("Tgl Lahir", day("%d-%m-%Y", 1960, 1999), "birth_date!"),
        ("L/P", ["L", "P"], "gender!"),
        ("Agama", ["Islam", "Kristen", "Katolik", "Hindu"], "religion!"),
        ("Status Kawin", ["Belum Kawin", "Kawin", "Cerai Hidup"], "marital_status!"),
        ("No. HP", lambda r: f"08{r.choice(('12', '13', '57', '78'))}{v.num(r, 8)}", "phone_intl", key("phone_intl")),
        ("Alamat KTP", lambda r: f"Jl. {r.choice(('Merdeka', 'Sudirman', 'Diponegoro'))} No. {r.randint(1, 200)} RT {r.randint(1, 9):02}/RW {r.randint(1, 9):02}", "address_latin|address_text!"),
        ("Kelurahan", ["Wonokromo", "Cempaka Putih", "Sukajadi"], WORD + "|address_text?"),
        ("Pekerjaan", ["Wiraswasta", "PNS", "Karyawan Swasta", "Ibu Rumah Tangga"], "occupation!"),
        ("Penghasilan/bln", lambda r: f"Rp {r.randint(2, 20)}.{v.num(r, 3)}.000", "income|number!"),
        ("Nama Ibu Kandung", both(("Sri", "Endang", "Sulastri"), ("Rahayu", "Hartati", "Wahyuni")), "name_latin!"),
        ("Keterangan", ["", "lancar", "kurang lancar", "restrukturisasi"], TEXT + "|credit_score"),
    )  # fmt: skip
    c.order = ("nik_id", "phone_intl")
    c.writer = as_csv(delimiter=";")


@case(60)
def benh_nhan(c: Case) -> None:
    put(
        c,
        ("Mã BN", code("BN26######"), "medical_record_no|order_no!"),
        ("Họ và tên", list(VN), "name_latin|name_other!"),
        ("Ngày sinh", day("%d/%m/%Y", 1940, 2018), "birth_date!"),
        ("Giới tính", ["Nam", "Nữ"], "gender!"),
        ("Số CCCD", cccd, "cccd_vn!"),
        ("Số thẻ BHYT", lambda r: f"{r.choice(('GD', 'HS', 'DN'))}4{v.num(r, 12)}", "social_security_no|policy_no|order_no!"),
        ("SĐT", lambda r: f"0{r.choice(('90', '91', '98', '37'))}{v.num(r, 7)}", "phone_intl!"),
        ("Địa chỉ", lambda r: f"{r.randint(1, 300)} {r.choice(('Lê Lợi', 'Nguyễn Huệ', 'Trần Phú'))}, Quận {r.randint(1, 12)}, TP.HCM", "address_latin|address_text|text!"),
        ("Dân tộc", ["Kinh", "Hoa", "Khmer"], "ethnicity!"),
        ("Nghề nghiệp", ["Công nhân", "Hưu trí", "Học sinh", "Buôn bán"], "occupation!"),
        ("Chẩn đoán", ["Viêm phổi", "Tăng huyết áp", "Đái tháo đường type 2"], "diagnosis!"),
        ("Mã ICD", ["J18.9", "I10", "E11"], "icd10!"),
        ("Bác sĩ điều trị", list(VN[:3]), "name_latin|name_other!"),
        ("Ngày vào viện", lambda r: v.date(r, "%d/%m/%Y") + f" {r.randint(0, 23):02}:{r.randint(10, 59)}", WHEN),
        ("Viện phí", lambda r: f"{r.randint(1, 30)}.{v.num(r, 3)}.000", "number"),
    )  # fmt: skip
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(70)
def th_member(c: Case) -> None:
    put(
        c,
        ("รหัสสมาชิก", code("TH########"), "customer_no|order_no!"),
        ("ชื่อ", list(TH_FIRST), "name_part|name_other!"),
        ("นามสกุล", list(TH_LAST), "name_part|name_other!"),
        ("เลขบัตรประชาชน", pin_th, "pin_th!"),
        ("เบอร์โทร", lambda r: f"08{v.num(r, 1)}-{v.num(r, 3)}-{v.num(r, 4)}", "phone_intl!"),
        ("เพศ", ["ชาย", "หญิง"], "gender!"),
        ("วันเกิด", lambda r: f"{r.randint(1, 28):02}/{r.randint(1, 12):02}/{r.randint(2500, 2547)}", "birth_date|date!"),
        ("จังหวัด", ["กรุงเทพมหานคร", "ชลบุรี", "เชียงใหม่"], WORD + "|address_text?"),
        ("ระดับ", ["Silver", "Gold", "Platinum"], WORD),
        ("คะแนนสะสม", whole(0, 90000), "number"),
        ("LINE ID", lambda r: r.choice(("nong", "beer", "ploy", "mint")) + v.num(r, 4), "social_account|wechat|text!"),
        ("วันที่สมัคร", lambda r: f"{r.randint(1, 28):02}/{r.randint(1, 12):02}/{r.randint(2560, 2569)}", "date"),
        ("หมายเหตุ", ["", "ลูกค้า VIP", "ไม่รับ SMS"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp874")
    c.count = False


@case(60)
def my_broker(c: Case) -> None:
    c.strong, c.order = ("mykad_my",), ("mykad_my", "securities_account")
    put(
        c,
        ("CDS A/C", lambda r: f"0{v.num(r, 2)}-{v.num(r, 3)}-{v.num(r, 9)}", "securities_account", key("securities_account")),
        ("Client", both(("Tan", "Lim", "Siti", "Ahmad", "Muthu"), ("Wei Ling", "Chee Keong", "binti Hassan", "bin Ismail", "a/l Raman")), "name_latin!"),
        ("IC No", mykad, "mykad_my", key("mykad_my")),
        ("Race", ["Malay", "Chinese", "Indian", "Others"], "ethnicity|category!"),
        ("Counter", ["MAYBANK", "TENAGA", "PBBANK", "GENTING"], WORD + "|org_name|securities_code"),
        ("Stk Code", ["1155", "5347", "1295", "3182"], "securities_code|number|category|order_no"),
        ("B/S", ["B", "S"], WORD),
        ("Qty", lambda r: str(r.randint(1, 90) * 100), NUM + "|investor_holding?"),
        ("Px", fmt(0.8, 14, 2), "number"),
        ("Trade Dt", day("%d-%b-%y", 2025, 2026), DAY),
        ("Contract No", code("K26#######"), "order_no"),
        ("Rem Code", ["R041", "R077", "R102"], WORD + "|employee_no|order_no?"),
    )  # fmt: skip
    c.writer = as_gz
    c.suffix = ".csv.gz"


# Europe and Brazil


@case(60)
def kfz_bestand(c: Case) -> None:
    put(
        c,
        ("VSNR", code("K-######/##"), "policy_no|order_no!"),
        ("Versicherungsnehmer", lambda r: f"{r.choice(DE_LAST)}, {r.choice(DE_FIRST)}", "name_latin!"),
        ("Anrede", ["Herr", "Frau"], "gender|category!"),
        ("Geb.dat.", day("%d.%m.%Y", 1945, 2002), "birth_date!"),
        ("Steuer-ID", steuer_id, "social_security_no|taxpayer_no|order_no!"),
        ("Kennz.", lambda r: f"{r.choice(('HH', 'B', 'M', 'KA'))}-{code('@@')(r)} {r.randint(10, 9999)}", "order_no|plate_cn|text?"),
        ("FIN", v.vin_eu, "vin!"),
        ("SF-Klasse", ["SF1", "SF8", "SF22", "M"], WORD + "|order_no"),
        ("Beitrag p.a.", lambda r: f"{r.randint(210, 1400)},{v.num(r, 2)} €", "number"),
        ("IBAN", lambda r: (lambda b: "DE" + d.mod97(b + "DE") + b)(v.num(r, 18)), "iban!"),
        ("Zahlweise", ["jährlich", "1/4-jährlich", "monatlich"], WORD),
        ("Mandatsref.", code("MND########"), "order_no?"),
        ("Ablauf", day("%d.%m.%Y", 2026, 2028), DAY),
        ("Bem.", ["", "Rückruf erbeten", "Kündigung z. Ablauf"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252", before=("Bestandsliste KFZ;Stand 30.09.2026",))
    c.count = False


@case(60)
def patients_fr(c: Case) -> None:
    put(
        c,
        ("IPP", lambda r: "8" + v.num(r, 8), "medical_record_no|number|order_no!"),
        ("NIR", nir, "social_security_no|order_no!"),
        ("Nom de naissance", list(FR_LAST), "name_part|name_latin!"),
        ("Prénom", list(FR_FIRST), "name_part|name_latin!"),
        ("DDN", day("%d/%m/%Y", 1935, 2015), "birth_date|date!"),
        ("Sexe", ["F", "M"], "gender!"),
        ("Adresse", lambda r: f"{r.randint(1, 150)} {r.choice(('rue Victor Hugo', 'avenue Jean Jaurès', 'bd de la Liberté'))}", "address_latin|address_text!"),
        ("CP", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number?"),
        ("Ville", ["LYON", "MARSEILLE", "BORDEAUX"], WORD + "|address_text?"),
        ("Tél.", lambda r: "0" + r.choice("67") + " " + " ".join(v.num(r, 2) for _ in range(4)), "phone_intl!"),
        ("UF", ["2101", "3340", "5512"], NUM + "|order_no"),
        ("DP (CIM-10)", ["I639", "S7200", "K358"], "icd10!"),
        ("Libellé", ["Infarctus cérébral", "Fracture du col du fémur", "Appendicite aiguë"], "diagnosis|medical_text|category|text?"),
        ("Mode de sortie", ["Domicile", "Transfert", "Décès"], WORD),
        ("Médecin traitant", lambda r: f"Dr {r.choice(FR_LAST)}", "name_latin|text!"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="latin-1")
    c.count = False


@case(60)
def nomina_es(c: Case) -> None:
    put(
        c,
        ("Cód. trab.", seq(60, "{:05d}", 418), "employee_no|number|order_no!"),
        ("NIF", nif, "social_security_no|taxpayer_no|order_no!"),
        ("Apellidos y nombre", both(("García López", "Fernández Ruiz", "Martín Núñez", "Sánchez Gil"), ("Lucía", "Javier", "Carmen", "Álvaro"), "{}, {}"), "name_latin!"),
        ("NAF", lambda r: f"28/{v.num(r, 8)}/{v.num(r, 2)}", "social_security_no|order_no!"),
        ("F. nacimiento", day("%d/%m/%Y", 1960, 2002), "birth_date!"),
        ("F. antigüedad", day("%d/%m/%Y", 2000, 2025), DAY),
        ("Categoría", ["Oficial 1ª", "Mozo almacén", "Aux. administrativo"], "occupation|category?"),
        ("Tipo contrato", ["100", "189", "402"], NUM),
        ("Salario base", lambda r: f"{r.randint(1, 3)}.{v.num(r, 3)},{v.num(r, 2)}", "income|number!"),
        ("% IRPF", lambda r: f"{r.randint(2, 30)},{v.num(r, 2)}", "number"),
        ("Líquido", lambda r: f"{r.randint(1, 2)}.{v.num(r, 3)},{v.num(r, 2)}", "income|number!"),
        ("Cta. abono", lambda r: (lambda b: "ES" + d.mod97(b + "ES") + b)(v.num(r, 20)), "iban!"),
        ("Observaciones", ["", "IT desde 12/09", "Vacaciones"], TEXT),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Nómina septiembre 2026", "Centro: Valencia Puerto"))
    c.count = False


@case(60)
def nfe_entrada(c: Case) -> None:
    put(
        c,
        ("chNFe", lambda r: "3526" + v.num(r, 40), "order_no|number"),
        ("CNPJ_emit", cnpj, "taxpayer_no|org_code|order_no"),
        ("xNome_emit", ["Porto Sul Comércio Ltda", "Ferragens Aurora S.A.", "Café do Vale EIRELI"], "org_name|category|text"),
        ("CPF_dest", lambda r: d.cpf(v.num(r, 9)), "cpf_br", key("cpf_br", damage=dot_zero)),
        ("xNome_dest", both(("Ana Paula", "Carlos Eduardo", "Beatriz", "Rafael"), ("Nogueira", "dos Santos", "Cavalcanti", "Moraes")), "name_latin!"),
        ("xMun", ["Santos", "Itajaí", "Paranaguá"], WORD + "|address_text"),
        ("UF", ["SP", "SC", "PR"], WORD),
        ("NCM", ["09012100", "73181500", "84713012"], "hs_code|number|category|order_no"),
        ("CFOP", ["5102", "6102", "5405"], NUM + "|order_no"),
        ("xProd", ["CAFE TORRADO 500G", "PARAFUSO SEXT M8", "NOTEBOOK 14 POL"], "cargo_name|category|text"),
        ("qCom", fmt(1, 200, 4), "number"),
        ("vNF", fmt(10, 9000, 2), "number"),
        ("dhEmi", lambda r: f"{v.date(r)}T{r.randint(8, 19):02}:{r.randint(10, 59)}:00-03:00", WHEN),
    )  # fmt: skip
    c.strong = ("cpf_br",)
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(50)
def crew_ph(c: Case) -> None:
    put(
        c,
        ("S/N", seq(50), NUM + "|order_no"),
        ("Rank", ["MASTER", "2/O", "AB", "OILER", "CH/COOK"], "occupation|category!"),
        ("Family Name", ["DELA CRUZ", "BAUTISTA", "VILLANUEVA", "MAGSAYSAY"], "name_part|name_latin!"),
        ("Given Names", ["JOSE MARI", "RODEL", "ARNEL", "MARK ANTHONY"], "name_part|name_latin!"),
        ("Nat.", ["PHL", "PHL", "IND", "UKR"], "nationality|country!"),
        ("D.O.B.", day("%d %b %Y", 1965, 2002), "birth_date!"),
        ("P.O.B.", ["ILOILO", "CEBU", "BATANGAS", "MUMBAI"], WORD + "|address_text?"),
        ("PPT No", lambda r: f"P{v.num(r, 7)}{r.choice('AB')}", "passport_foreign|order_no!"),
        ("PPT Exp", day("%d %b %Y", 2027, 2034), DAY),
        ("S/Book No", lambda r: f"C{v.num(r, 7)}", "crew_list_no|order_no|passport_foreign!"),
        ("COC No", code("OIC-##-#####"), "order_no?"),
        ("Sign On", day("%d %b %Y", 2025, 2026), DAY),
        ("Joining Port", ["SGSIN", "CNSHA", "PHMNL"], "un_locode|category"),
        ("NOK", both(("Maria", "Liza", "Rowena"), ("Dela Cruz", "Bautista", "Villanueva")), "name_latin!"),
        ("NOK Relation", ["WIFE", "MOTHER", "BROTHER"], "kinship!"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("IMO CREW LIST", "M/V PACIFIC DAWN   Voy 26-08"), merge=True)
    c.count = False


@case(80)
def hesap_ekstresi(c: Case) -> None:
    notes = [
        c.r.choice(("EFT gönderimi", "ATM para çekme", "Kira ödemesi", "POS harcama MIGROS", "Maaş ödemesi"))
        for _ in range(80)
    ]
    notes[20] = f"Havale TCKN {tckn(c.r)} adına"
    notes[55] = "Alıcı tel +90 532 418 77 02"
    put(
        c,
        ("İşlem Tarihi", lambda r: v.date(r, "%d.%m.%Y") + f" {r.randint(8, 22):02}:{r.randint(10, 59)}", WHEN),
        ("Dekont No", code("DK##########"), "order_no"),
        ("Müşteri No", lambda r: v.num(r, 9, "123456789"), "customer_no|number|order_no!"),
        ("T.C. Kimlik No", tckn, "social_security_no|order_no!"),
        ("Ad Soyad", list(TR), "name_latin!"),
        ("İşlem Tutarı", lambda r: f"{r.choice(('', '-'))}{r.randint(1, 40)}.{v.num(r, 3)},{v.num(r, 2)}", "number"),
        ("Bakiye", lambda r: f"{r.randint(1, 90)}.{v.num(r, 3)},{v.num(r, 2)}", "number?"),
        ("Döviz", ["TRY", "USD", "EUR"], "currency|category"),
        ("Karşı IBAN", lambda r: (lambda b: "TR" + d.mod97(b + "TR") + b)("0006" + v.num(r, 18)), "iban!"),
        ("Kanal", ["Mobil", "Şube", "ATM", "İnternet"], WORD),
        ("Açıklama", tuple(notes), "text!", {"embedded": ("phone_intl",)}),
    )  # fmt: skip
    c.writer = as_csv(
        delimiter=";", encoding="cp1254", before=("Hesap Ekstresi", "Dönem: 01.07.2026 - 30.09.2026")
    )
    c.count = False


@case(60)
def member_hub(c: Case) -> None:
    """Headers of a warehouse that say little: the values must speak."""
    put(
        c,
        ("mbr_key", v.guid, "uuid|customer_no|device_id?"),
        ("doc_type", ["PP", "NRIC", "FIN"], WORD),
        ("doc_val", v.nric, "nric_sg", key("nric_sg")),
        ("fld_07", v.email, "email", key("email")),
        ("msisdn", lambda r: f"65{r.choice('89')}{v.num(r, 7)}", "phone_intl!"),
        ("tier_cd", ["S", "G", "P", "D"], WORD),
        ("pts_bal", whole(0, 250000), "number"),
        ("opt_in_flg", ["1", "0"], "boolean|number|category"),
        ("src_sys", ["POS", "APP", "KIOSK"], WORD),
        ("upd_ts", lambda r: v.moment(r) + "." + v.num(r, 3), WHEN),
        ("ext_attr_1", ["", "BLUE", "vegan", "pram"], TEXT),
        ("last_ip", v.ip, "ipv4!"),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(60)
def polizas_mx(c: Case) -> None:
    put(
        c,
        ("num_poliza", code("GMM-########"), "policy_no|order_no!"),
        ("asegurado", both(("María Fernanda", "José Luis", "Alejandra", "Juan Carlos"), ("Ramírez Ortiz", "Torres Vega", "Mendoza Cruz")), "name_latin!"),
        ("curp", lambda r: f"{code('@A@@')(r)}{r.randint(50, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{r.choice('HM')}{r.choice(('DF', 'JC', 'NL'))}{code('@@@')(r)}0{v.num(r, 1)}", "social_security_no|order_no!"),
        ("rfc", lambda r: f"{code('@@@@')(r)}{r.randint(50, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{code('@#@')(r)}", "taxpayer_no|social_security_no|order_no?"),
        ("fec_nac", day("%Y-%m-%d", 1950, 2010), "birth_date!"),
        ("parentesco", ["Titular", "Cónyuge", "Hijo"], "kinship|category!"),
        ("suma_aseg", lambda r: str(r.randint(1, 50) * 100000), NUM),
        ("deducible", ["15000", "25000", "40000"], NUM),
        ("ramo", ["Gastos médicos", "Vida", "Autos"], WORD),
        ("clabe", lambda r: "012" + v.num(r, 15), "bank_account|order_no|number!"),
        ("estatus", ["Vigente", "Cancelada", "En gracia"], WORD),
        ("agente", both(("Laura", "Ricardo", "Patricia"), ("Salinas", "Gómez", "Ibarra")), "name_latin!"),
    )  # fmt: skip
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(60)
def stock_levels(c: Case) -> None:
    """Nobody stands here."""
    put(
        c,
        ("Plant", ["1010", "1710", "3000"], NUM + "|order_no"),
        ("Material", code("FG-#####-@@"), "order_no|text"),
        ("Material Desc", ["Hex bolt M10x60 8.8", "Bearing 6204-2RS", "Gasket kit, pump"], "cargo_name|category|text"),
        ("SLoc", ["0001", "RM02", "QI01"], WORD + "|order_no"),
        ("Batch", lambda r: "26" + v.num(r, 8), "order_no|number"),
        ("GTIN", v.ean, "ean"),
        ("UoM", ["EA", "KG", "BOX"], WORD),
        ("Unrestr. Qty", lambda r: f"{r.randint(0, 9)},{v.num(r, 3)}.000", "number"),
        ("MvT", ["101", "261", "311"], NUM + "|order_no"),
        ("Pstng Date", day("%m/%d/%Y"), DAY),
        ("Vendor", lambda r: "10" + v.num(r, 4), CODES),
        ("Rev", ["A", "B", "C"], WORD + "|version"),
        ("Serial No", lambda r: "49" + v.num(r, 13), "order_no|number"),
    )  # fmt: skip
    c.writer = as_csv(delimiter="\t", encoding="utf-16")
    c.suffix = ".xls"
