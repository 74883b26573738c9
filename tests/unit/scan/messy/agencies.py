"""Fourth hand, after the third had been learnt from: other trades and languages. Labelled before a scan ever saw them."""

import json

from messy import digits as d
from messy import values as v
from messy.frame import CODE, Case, as_csv, as_json, as_jsonl, as_parquet, as_sqlite, as_xlsx, quoted
from messy.makers import seq
from messy.tables import case

ID = "prc_resident_id"
CODES = "|".join(CODE)
DATE = "date|datetime"
WORD = "category|text"
NUM = "number|category"
MARKS = "\u202d{}\u202c"


@case(70)
def flats_sold(c: Case) -> None:
    """A land register: seller and buyers, some of them couples."""
    c.strong = (ID,)
    c.add("不动产单元号", lambda r: "310115" + v.num(r, 6) + "GB" + v.num(r, 5) + "F" + v.num(r, 8), CODES)
    c.add("坐落", v.address, "address_cn|address_text", p=True)
    c.add("权利人", v.name, "name_cn", p=True)
    c.add("权利人证件号", v.prc, ID, key=ID)
    c.add("共有权人证件号", v.prc, ID, key=ID, empty=0.5)
    c.add("建筑面积(㎡)", lambda r: f"{r.uniform(30, 240):.2f}", "number")
    c.add(
        "权证号",
        lambda r: f"沪（{r.randint(2010, 2026)}）浦字不动产权第{v.num(r, 6)}号",
        "text|category|order_no",
    )
    c.add("登簿时间", v.moment, "datetime")
    c.writer = as_csv(encoding="gb18030")


@case(90)
def meter_readings(c: Case) -> None:
    c.add("户号", lambda r: v.num(r, 10, "3"), "customer_no", p=True)
    c.add("户名", v.name, "name_cn", p=True)
    c.add("表号", lambda r: v.num(r, 12, "1"), "device_id|order_no|number", p=None)
    c.add("用电地址", v.address, "address_cn", p=True)
    c.add("上期示数", lambda r: str(r.randint(100, 40000)), "number")
    c.add("电费年月", lambda r: v.date(r, "%Y%m"), "date|number|category")
    c.add("应缴电费", v.money, "number")
    c.add("联系人手机号", v.mobile, "mobile_cn", p=True, damage=lambda r, x: MARKS.format(x))
    c.count = False


@case(60)
def google_contacts(c: Case) -> None:
    c.add(
        "Name",
        lambda r: (
            f"{r.choice(('Hannah', 'Louis', 'Priya', 'Mateo', 'Freya'))} {r.choice(('Becker', 'Tremblay', 'Nair', 'Vega', 'Lindqvist'))}"
        ),
        "name_latin",
        p=True,
    )
    c.add("Given Name", ["Hannah", "Louis", "Priya", "Mateo", "Freya"], "name_part|name_latin", p=True)
    c.add("Family Name", ["Becker", "Tremblay", "Nair", "Vega", "Lindqvist"], "name_part|name_latin", p=True)
    c.add("Birthday", lambda r: v.date(r, "%Y-%m-%d", 1960, 2004), "birth_date", p=True)
    c.add("Group Membership", ["* myContacts", "* friends"], WORD)
    c.add("E-mail 1 - Type", ["Work", "Home"], WORD)
    c.add("E-mail 1 - Value", v.email, "email", key="email")
    c.add("Phone 1 - Type", ["Mobile"], WORD)
    c.add(
        "Phone 1 - Value",
        lambda r: f"(0{r.randint(20, 99)}) {v.num(r, 4)} {v.num(r, 4)}",
        "phone_intl",
        p=True,
    )
    c.add(
        "Address 1 - Street",
        lambda r: f"{r.randint(1, 99)} {r.choice(('Elm', 'Birch', 'Cedar'))} Drive",
        "address_latin",
        p=True,
    )
    c.add("Organization 1 - Name", v.firm, "org_name")
    c.count = False


@case(60)
def ldap_dump(c: Case) -> None:
    c.add(
        "uid",
        lambda r: r.choice("abcdfghjk") + r.choice(v.FAMILY).lower().replace(" ", "") + str(r.randint(1, 99)),
        "social_account|customer_no|text",
        p=None,
    )
    c.add("cn", v.latin, "name_latin", p=True)
    c.add("sn", lambda r: r.choice(v.FAMILY).title(), "name_part|name_latin|text|category", p=None)
    c.add("mail", v.email, "email", key="email")
    c.add("telephoneNumber", lambda r: f"+86 21 5{v.num(r, 7)}", "phone_intl|landline_cn", p=True)
    c.add("employeeNumber", lambda r: v.num(r, 6, "123456789"), "employee_no", p=True)
    c.add(
        "userPassword",
        lambda r: "{SSHA}" + "".join(r.choices("ABCDEFabcdef0123456789+/", k=38)) + "==",
        "password",
        p=True,
    )
    c.add(
        "memberOf",
        ["CN=VPN Users,OU=Groups,DC=example,DC=com", "CN=Finance,OU=Groups,DC=example,DC=com"],
        WORD,
    )
    c.add(
        "lastLogonTimestamp",
        lambda r: str(133_000_000_000_000_000 + r.randrange(10**15)),
        "timestamp|number|order_no|category|text",
    )
    c.count = False


@case(60)
def salesforce_leads(c: Case) -> None:
    c.add(
        "Id", lambda r: "00Q5g00000" + "".join(r.choices("ABCDEFGHabcdefgh0123456789", k=8)), CODES + "|uuid"
    )
    c.add("FirstName", ["Anna", "Lars", "Chiara", "Tomasz", "Yuki"], "name_part|name_latin", p=True)
    c.add("LastName", ["Novak", "Jensen", "Ricci", "Zielinski", "Mori"], "name_part|name_latin", p=True)
    c.add("Company", v.firm, "org_name")
    c.add("Title", ["VP Sales", "Buyer", "Head of Logistics", "CFO"], "occupation|category|text", p=None)
    c.add("Phone", lambda r: f"+44 20 7946 {v.num(r, 4, '0')}", "phone_intl", key="phone_intl")
    c.add("MailingStreet", lambda r: f"{r.randint(1, 300)} High Street", "address_latin", p=True)
    c.add("LeadSource", ["Web", "Trade Show", "Partner"], WORD)
    c.add("IsConverted", ["true", "false"], "boolean")
    c.add("CreatedDate", lambda r: v.date(r) + "T09:12:44.000+0000", "datetime")
    c.count = False


@case(60)
def shop_orders_shopify(c: Case) -> None:
    c.add("Name", tuple(f"#{1001 + i}" for i in range(60)), "order_no|text|number", p=False)
    c.add("Email", v.email, "email", key="email")
    c.add("Financial Status", ["paid", "refunded"], WORD)
    c.add("Lineitem sku", lambda r: f"G{v.num(r, 8)}", CODES)
    c.add("Billing Name", v.latin, "name_latin", p=True)
    c.add("Billing Street", lambda r: f"{r.randint(1, 999)} Sunset Blvd", "address_latin", p=True)
    c.add("Billing Zip", lambda r: "'" + v.num(r, 5), "postcode_intl|number")
    c.add("Shipping Phone", lambda r: f"({v.num(r, 3, '2345')}) 555-01{v.num(r, 2)}", "phone_intl", p=True)
    c.add("Payment Reference", lambda r: "c" + v.num(r, 14) + "." + v.num(r, 1), CODES)
    c.add("Risk Level", ["Low", "Medium"], WORD)
    c.add("Total", v.money, "number")
    c.count = False


@case(50)
def zoom_attendees(c: Case) -> None:
    c.add("Attended", ["Yes", "No"], "boolean|category")
    c.add("User Name (Original Name)", lambda r: v.latin(r), "name_latin", p=True)
    c.add("Email", v.email, "email", key="email")
    c.add(
        "Join Time",
        lambda r: v.date(r, "%m/%d/%Y ") + f"{r.randint(1, 12):02d}:{r.randint(0, 59):02d}:00 PM",
        "datetime",
    )
    c.add("Time in Session (minutes)", lambda r: str(r.randint(1, 90)), NUM)
    c.add("Country/Region Name", ["China", "Germany", "United Kingdom", "Singapore"], "country")
    c.writer = as_csv(encoding="utf-16")


@case(60)
def clinic_italian(c: Case) -> None:
    c.add("Codice paziente", seq(60, "PZ{:05d}"), "medical_record_no|customer_no|order_no", p=None)
    c.add("Cognome", ["Rossi", "D'Angelo", "Esposito", "Conti", "De Luca"], "name_part|name_latin", p=True)
    c.add("Nome", ["Giulia", "Marco", "Niccolò", "Sofia"], "name_part|name_latin", p=True)
    c.add("Data di nascita", lambda r: v.date(r, "%d/%m/%Y", 1940, 2010), "birth_date", p=True)
    c.add("Sesso", ["M", "F"], "gender", p=True)
    c.add(
        "Indirizzo",
        lambda r: f"Via {r.choice(('Garibaldi', 'Roma', 'Dante Alighieri'))}, {r.randint(1, 120)}",
        "address_latin|address_text",
        p=True,
    )
    c.add("CAP", lambda r: v.num(r, 5, "12"), "postcode_intl|number")
    c.add("Cellulare", lambda r: f"+39 3{v.num(r, 2)} {v.num(r, 7)}", "phone_intl", p=True)
    c.add(
        "Diagnosi",
        ["ipertensione", "diabete tipo 2", "asma bronchiale"],
        "diagnosis|medical_text|category|text",
        p=None,
    )
    c.add("ICD-10", ["I10", "E11.9", "J45.0"], "icd10", p=True)
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(60)
def payroll_portuguese(c: Case) -> None:
    c.strong = ("cpf_br",)
    c.add("Matrícula", seq(60, "{:06d}", 4001), "employee_no|order_no|number", p=None)
    c.add(
        "Nome completo",
        lambda r: (
            f"{r.choice(('João', 'Ana', 'Luís', 'Beatriz'))} {r.choice(('Silva', 'Gonçalves', 'Araújo'))} {r.choice(('Pereira', 'Simões', 'Costa'))}"
        ),
        "name_latin",
        p=True,
    )
    c.add(
        "CPF",
        lambda r: (lambda b: f"{b[:3]}.{b[3:6]}.{b[6:9]}-{b[9:]}")(d.cpf(v.num(r, 9, "123456789"))),
        "cpf_br",
        p=True,
    )
    c.add("Estado civil", ["casado", "solteira", "divorciado", "viúva"], "marital_status", p=True)
    c.add(
        "Salário",
        lambda r: f"R$ {r.randint(2, 19)}.{v.num(r, 3)},{v.num(r, 2)}",
        "income|number|text",
        p=None,
    )
    c.add("Telefone", lambda r: f"(11) 9{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("CEP", lambda r: f"{v.num(r, 5)}-{v.num(r, 3)}", "postcode_intl|order_no|text")
    c.add("Cargo", ["Analista", "Motorista", "Gerente"], "occupation|category|cargo_name", p=None)
    c.count = False


@case(60)
def staff_polish(c: Case) -> None:
    c.add("Imię", ["Agnieszka", "Paweł", "Łukasz", "Zofia"], "name_part|name_latin", p=True)
    c.add("Nazwisko", ["Kowalska", "Wiśniewski", "Wójcik", "Lewandowska"], "name_part|name_latin", p=True)
    c.add("Data urodzenia", lambda r: v.date(r, "%Y-%m-%d", 1960, 2002), "birth_date", p=True)
    c.add("Płeć", ["kobieta", "mężczyzna"], "gender", p=True)
    c.add(
        "Adres zamieszkania",
        lambda r: (
            f"ul. {r.choice(('Długa', 'Kwiatowa', 'Polna'))} {r.randint(1, 80)}/{r.randint(1, 30)}, 0{v.num(r, 1)}-{v.num(r, 3)} Warszawa"
        ),
        "address_latin|address_text",
        p=True,
    )
    c.add("Nr telefonu", lambda r: f"{v.num(r, 3, '567')} {v.num(r, 3)} {v.num(r, 3)}", "phone_intl", p=True)
    c.add("Stanowisko", ["kierowca", "księgowa", "magazynier"], "occupation|category|text", p=None)
    c.count = False


@case(60)
def clients_russian(c: Case) -> None:
    c.add("№ п/п", seq(60), "number|order_no")
    c.add(
        "ФИО",
        lambda r: (
            f"{r.choice(('Иванов', 'Петрова', 'Сидоров', 'Кузнецова'))} {r.choice(('Иван', 'Мария', 'Олег'))} {r.choice(('Петрович', 'Сергеевна', 'Ильич'))}"
        ),
        "name_other",
        p=True,
    )
    c.add("Дата рождения", lambda r: v.date(r, "%d.%m.%Y", 1955, 2004), "birth_date", p=True)
    c.add("Пол", ["муж", "жен"], "gender", p=True)
    c.add(
        "Паспорт",
        lambda r: f"{v.num(r, 2, '4')} {v.num(r, 2)} {v.num(r, 6)}",
        "passport_foreign|order_no|text|number",
        p=None,
    )
    c.add(
        "Телефон",
        lambda r: f"+7 (9{v.num(r, 2)}) {v.num(r, 3)}-{v.num(r, 2)}-{v.num(r, 2)}",
        "phone_intl",
        p=True,
    )
    c.add(
        "Адрес",
        lambda r: (
            f"г. Москва, ул. {r.choice(('Ленина', 'Мира', 'Садовая'))}, д. {r.randint(1, 90)}, кв. {r.randint(1, 200)}"
        ),
        "address_text|address_latin",
        p=True,
    )
    c.add("Эл. почта", v.email, "email", key="email")
    c.writer = as_csv(encoding="cp1251", delimiter=";")
    c.count = False


@case(60)
def members_indonesian(c: Case) -> None:
    c.strong = ("nik_id",)
    c.add(
        "NIK",
        lambda r: (
            f"3171{v.num(r, 1, '01')}{v.num(r, 1, '123456')}{r.randint(1, 28):02d}{r.randint(1, 12):02d}{r.randint(60, 99)}{r.randint(1, 99):04d}"
        ),
        "nik_id",
        p=True,
    )
    c.add(
        "Nama Lengkap",
        lambda r: (
            f"{r.choice(('Siti', 'Budi', 'Dewi', 'Agus'))} {r.choice(('Rahayu', 'Santoso', 'Lestari', 'Wijaya'))}"
        ),
        "name_latin",
        p=True,
    )
    c.add("Tgl Lahir", lambda r: v.date(r, "%d-%m-%Y", 1960, 1999), "birth_date", p=True)
    c.add("Jenis Kelamin", ["Laki-laki", "Perempuan"], "gender", p=True)
    c.add(
        "No HP",
        lambda r: "+62 8" + v.num(r, 2, "123") + "-" + v.num(r, 4) + "-" + v.num(r, 4),
        "phone_intl",
        p=True,
    )
    c.add("Agama", ["Islam", "Kristen", "Katolik", "Hindu"], "religion", p=True)
    c.add("Pekerjaan", ["Guru", "Petani", "Karyawan swasta"], "occupation|category|text", p=None)
    c.count = False


@case(60)
def patients_vietnamese(c: Case) -> None:
    c.add("Mã BN", seq(60, "BN{:06d}"), "medical_record_no|order_no|customer_no", p=None)
    c.add(
        "Họ và tên",
        lambda r: (
            f"{r.choice(('Nguyễn', 'Trần', 'Lê', 'Phạm'))} {r.choice(('Văn', 'Thị', 'Minh'))} {r.choice(('An', 'Bình', 'Hương', 'Đức'))}"
        ),
        "name_latin|name_other",
        p=True,
    )
    c.add("Ngày sinh", lambda r: v.date(r, "%d/%m/%Y", 1940, 2012), "birth_date", p=True)
    c.add("Giới tính", ["Nam", "Nữ"], "gender", p=True)
    c.add("Số điện thoại", lambda r: f"09{v.num(r, 2)} {v.num(r, 3)} {v.num(r, 3)}", "phone_intl", p=True)
    c.add("Số CCCD", lambda r: "0" + v.num(r, 2, "0123") + r.choice("0123") + v.num(r, 8), "cccd_vn", p=True)
    c.count = False


@case(60)
def tenants_thai(c: Case) -> None:
    c.add("ชื่อ-นามสกุล", ["สมชาย ใจดี", "สุดา แก้วมณี", "ประเสริฐ ศรีสุข"], "name_other", p=True)
    c.add("เลขประจำตัวประชาชน", lambda r: (lambda b: b + d.thai(b))(v.num(r, 12, "13")), "pin_th", p=True)
    c.add("เบอร์โทร", lambda r: f"08{v.num(r, 1)}-{v.num(r, 3)}-{v.num(r, 4)}", "phone_intl", p=True)
    c.add("เพศ", ["ชาย", "หญิง"], "gender", p=True)
    c.add("ค่าเช่า", lambda r: str(r.randint(3, 40) * 500), "number")
    c.count = False


@case(50)
def insured_turkish(c: Case) -> None:
    c.add("Poliçe No", lambda r: v.num(r, 10, "4"), "policy_no|order_no|number", p=None)
    c.add(
        "Adı Soyadı",
        lambda r: f"{r.choice(('Ayşe', 'Mehmet', 'Gül', 'Çağrı'))} {r.choice(('Yılmaz', 'Şahin', 'Öztürk'))}",
        "name_latin",
        p=True,
    )
    c.add("Doğum Tarihi", lambda r: v.date(r, "%d.%m.%Y", 1955, 2002), "birth_date", p=True)
    c.add("Cinsiyet", ["Kadın", "Erkek"], "gender", p=True)
    c.add(
        "Cep Telefonu",
        lambda r: f"0 5{v.num(r, 2)} {v.num(r, 3)} {v.num(r, 2)} {v.num(r, 2)}",
        "phone_intl",
        p=True,
    )
    c.add("Prim (TL)", lambda r: f"{r.randint(1, 9)}.{v.num(r, 3)},{v.num(r, 2)}", "number|text")
    c.count = False


@case(80)
def riders_and_drivers(c: Case) -> None:
    c.add("订单ID", lambda r: v.num(r, 17, "1"), CODES)
    c.add("乘客手机尾号", lambda r: v.num(r, 4), "number|text|category|mobile_masked|order_no", p=None)
    c.add("虚拟号", lambda r: "170" + v.num(r, 8), "mobile_cn", p=True)
    c.add("司机姓名", lambda r: v.name(r)[0] + "师傅", "name_masked|name_cn", p=True)
    c.add("车牌照", v.plate, "plate_cn", p=True)
    c.add("上车点经度", lambda r: f"{r.uniform(121.2, 121.9):.6f}", "trajectory|longitude", p=True)
    c.add("上车点纬度", lambda r: f"{r.uniform(30.9, 31.4):.6f}", "trajectory|latitude", p=True)
    c.add(
        "上车点",
        ["虹桥火车站P9", "世纪大道地铁站4口", "临港滴水湖"],
        WORD + "|address_text|address_cn",
        p=None,
    )
    c.add("下单时间", v.moment, "datetime")
    c.add("预估价", lambda r: f"{r.uniform(9, 200):.1f}", "number")
    c.count = False


@case(50)
def fhir_patients(c: Case) -> None:
    c.add("id", v.guid, "uuid|medical_record_no", p=None)
    c.add("family", lambda r: r.choice(v.FAMILY).title(), "name_part|name_latin", p=True)
    c.add("gender", ["male", "female", "other"], "gender", p=True)
    c.add("birthDate", lambda r: v.date(r, "%Y-%m-%d", 1940, 2015), "birth_date", p=True)
    c.add("phone", lambda r: "+1 " + v.num(r, 3, "23456789") + " 555 01" + v.num(r, 2), "phone_intl", p=True)
    c.add("postalCode", lambda r: v.num(r, 5), "postcode_intl|number")

    def shape(row):  # type: ignore[no-untyped-def]
        return {
            "resourceType": "Patient",
            "id": row["id"],
            "name": [{"use": "official", "family": row["family"]}],
            "telecom": [{"system": "phone", "phone": row["phone"]}],
            "gender": row["gender"],
            "birthDate": row["birthDate"],
            "address": [{"postalCode": row["postalCode"]}],
        }

    c.suffix, c.writer = ".jsonl", as_jsonl(shape)
    c.count = False


@case(60)
def court_texts(c: Case) -> None:
    c.strong = (ID,)
    c.add(
        "案号",
        lambda r: f"（2026）沪0115民初{r.randint(1, 9999)}号",
        "text|claim_no|order_no|category",
        p=None,
    )
    c.add("案由", ["买卖合同纠纷", "机动车交通事故责任纠纷"], WORD)
    c.add(
        "裁判文书正文",
        lambda r: (
            f"原告：{v.name(r)}，男，汉族，公民身份号码{v.prc(r)}，住{v.address(r)}。被告驾驶{v.plate(r)}小型轿车。"
        ),
        "text|medical_text|search_history",
        p=True,
        embedded=(ID, "plate_cn"),
    )
    c.add("审判长", v.name, "name_cn", p=True)
    c.count = False


@case(60)
def donors_ngo(c: Case) -> None:
    c.add("捐赠人", lambda r: v.name(r) if r.random() < 0.7 else "爱心人士", "name_cn|text", p=True)
    c.add("捐赠金额", v.money, "number")
    c.add("捐赠方式", ["支付宝", "微信", "银行转账"], WORD)
    c.add("寄语", ["加油", "祝孩子们健康", "一点心意"], WORD)
    c.add("票据邮寄地址", v.address, "address_cn", p=True)
    c.add("手机", v.mobile, "mobile_cn", key="mobile_cn", damage=quoted)


@case(60)
def library_loans(c: Case) -> None:
    c.add("读者证号", lambda r: "D" + v.num(r, 9), "customer_no|order_no", p=None)
    c.add("读者姓名", v.name, "name_cn", p=True)
    c.add("题名", ["红楼梦", "三体", "时间简史", "C程序设计"], WORD)
    c.add(
        "ISBN",
        lambda r: (lambda b: f"{b[:3]}-{b[3]}-{b[4:8]}-{b[8:]}-{d.ean(b)}")("9787" + v.num(r, 8)),
        "ean|order_no|text",
    )
    c.add("索书号", lambda r: f"TP{r.randint(300, 399)}/{r.randint(1, 99)}", WORD + "|order_no")
    c.add("借出日期", lambda r: v.date(r, "%Y/%m/%d"), DATE)
    c.suffix, c.writer = ".sqlite", as_sqlite
    c.count = False


@case(60)
def visa_centre(c: Case) -> None:
    c.add("Application No", lambda r: "SHA" + v.num(r, 11), CODES)
    c.add("Surname", lambda r: r.choice(v.FAMILY), "name_part|name_latin", p=True)
    c.add("Given Names", lambda r: r.choice(v.FIRST), "name_part|name_latin", p=True)
    c.add(
        "Passport No.",
        lambda r: r.choice((v.passport(r), "K" + v.num(r, 8), v.num(r, 9, "5"), "AB" + v.num(r, 7))),
        "passport_foreign|passport_cn",
        p=True,
    )
    c.add("Nationality", ["Chinese", "British", "Indian", "Pakistani"], "nationality|category|text", p=None)
    c.add("Date of Birth", lambda r: v.date(r, "%d %b %Y", 1960, 2010).upper(), "birth_date", p=True)
    c.add("Date of Expiry", lambda r: v.date(r, "%d %b %Y", 2027, 2035).upper(), DATE)
    c.add("Occupation", ["Engineer", "Student", "Retired"], "occupation", p=True)
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("VISA APPLICATION LIST",))
    c.count = False


@case(80)
def locker_pickups(c: Case) -> None:
    c.add("取件码", lambda r: v.num(r, 6), CODES + "|card_secret|password|postcode_cn|area_code", p=None)
    c.add("运单", lambda r: r.choice(("SF", "YT", "JT")) + v.num(r, 13), "express_waybill")
    c.add("收件手机", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("格口", lambda r: f"A{r.randint(1, 40):02d}", WORD + "|order_no")
    c.add("入柜", v.ms, "timestamp|number|datetime")
    c.add("照片", lambda r: f"/img/{v.hexes(r, 10)}.png", "camera_media|text|url", p=None)
    c.suffix, c.writer = ".parquet", as_parquet


@case(70)
def glucose_app(c: Case) -> None:
    c.add(
        "openid",
        lambda r: "o" + "".join(r.choices("ABCDEFGHIJKLabcdefghijkl0123456789_-", k=27)),
        "wechat",
        key="wechat",
    )
    c.add(
        "昵称",
        lambda r: r.choice(("糖友", "小鱼", "Lucky", "老陈")) + r.choice(("", "~", "2026")),
        "social_account|text|category",
        p=None,
    )
    c.add("血糖值(mmol/L)", lambda r: f"{r.uniform(3, 18):.1f}", "lab_result|number", p=None)
    c.add("测量时段", ["空腹", "餐后2小时", "睡前"], WORD)
    c.add("测量时间", v.moment, "datetime")
    c.add("设备序列号", lambda r: "GM" + v.num(r, 10), "device_id|order_no", p=None)
    c.count = False


@case(60)
def survey_answers(c: Case) -> None:
    c.add("提交序号", seq(60), "number|order_no")
    c.add("1、您的姓名", v.name, "name_cn", p=True)
    c.add("2、您的性别", ["男", "女"], "gender", p=True)
    c.add("3、您的年龄段", ["18-25", "26-30", "31-40"], WORD + "|age|order_no", p=None)
    c.add("4、您的手机号码", v.mobile, "mobile_cn", key="mobile_cn")
    c.add("5、您对服务是否满意", ["非常满意", "一般", "不满意"], WORD)
    c.add("来源IP", lambda r: f"{v.ip(r)}(上海-上海)", "ipv4|text", p=True, embedded=("ipv4",))
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("问卷星导出",))
    c.count = False


@case(50)
def bmp_sap_json(c: Case) -> None:
    c.add("PARTNER", seq(50, "{:010d}", 1000321), "customer_no|order_no|number", p=None)
    c.add("NAME_FIRST", ["Karl", "Ute", "Jens"], "name_part|name_latin", p=True)
    c.add("NAME_LAST", ["Krüger", "Vogt", "Seidel"], "name_part|name_latin", p=True)
    c.add("BIRTHDT", lambda r: v.date(r, "%Y%m%d", 1950, 2003), "birth_date", p=True)
    c.add(
        "STREET",
        lambda r: f"{r.choice(('Lindenstr.', 'Am Markt', 'Hauptstraße'))} {r.randint(1, 99)}",
        "address_latin|address_text",
        p=True,
    )
    c.add("POST_CODE1", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number")
    c.add("BANKL", lambda r: v.num(r, 8, "123456789"), CODES + "|bank_account|cnaps|taiwan_permit", p=None)
    c.add("TAXNUM", lambda r: v.num(r, 11, "123456789"), CODES + "|taxpayer_no", p=None)
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(60)
def events_with_json(c: Case) -> None:
    c.add("event_id", v.guid, "uuid")
    c.add("distinct_id", lambda r: v.hexes(r, 16), "device_id|hash|order_no", p=None)
    c.add(
        "properties",
        lambda r: json.dumps({"$ip": v.ip(r), "$os": "iOS", "phone": v.mobile(r), "$app_version": "8.0.1"}),
        "text",
        p=True,
        embedded=("mobile_cn",),
    )
    c.add("event", ["$pageview", "addToCart"], WORD)
    c.add("ts", v.ms, "timestamp|number|datetime")
    c.count = False
