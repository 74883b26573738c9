"""Twenty-fourth hand: leasing, ferries, brokers, biobanks, freight, clinics, shops and sensors, in Czech, Arabic, Swedish, Greek, Ukrainian, Malay and Romanian, and in two languages at once. Labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import Case, as_csv, as_jsonl, as_parquet, as_xlsx, id_spaced, wide
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

AR = ("خالد العتيبي", "نورة الحربي", "يوسف القحطاني", "ليلى منصور", "أحمد حسن", "فاطمة الزهراء")
GR = ("Παπαδόπουλος Νίκος", "Γεωργίου Μαρία", "Κωνσταντίνου Ελένη", "Νικολάου Δημήτρης", "Ιωάννου Άννα")
UA = (
    "Шевченко Олександр Іванович",
    "Коваленко Ірина Петрівна",
    "Бондаренко Сергій Олегович",
    "Мельник Юлія Андріївна",
)
HK = ("陳大文", "李嘉欣", "黃志明", "張美玲", "何家豪", "梁詠琪")


def rodne(r: v.R) -> str:
    return f"{r.randint(60, 99)}{r.choice((0, 50)) + r.randint(1, 12):02}{r.randint(1, 28):02}/{v.num(r, 4)}"


def personnr(r: v.R) -> str:
    body = f"{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{v.num(r, 3)}"
    return f"19{body[:6]}-{body[6:]}{d.luhn(body)}"


def cnp(r: v.R) -> str:
    body = f"{r.choice('12')}{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{r.randint(1, 46):02}{v.num(r, 3)}"
    rest = sum(int(a) * int(b) for a, b in zip(body, "279146358279", strict=True)) % 11
    return body + str(1 if rest == 10 else rest)


def mykad(r: v.R) -> str:
    return f"{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}-{r.choice(('01', '10', '14', '07'))}-{v.num(r, 4)}"


@case(60)
def leasing_cz(c: Case) -> None:
    put(
        c,
        ("Číslo smlouvy", code("26######"), "order_no|number|policy_no"),
        ("Jméno", ["Petr", "Jiří", "Kateřina", "Lukáš"], "name_part|name_latin!"),
        ("Příjmení", ["Novák", "Dvořáková", "Procházka", "Říha"], "name_part|name_latin!"),
        ("Rodné číslo", rodne, "social_security_no|order_no!"),
        ("Datum narození", day("%d.%m.%Y", 1960, 2002), "birth_date!"),
        ("Ulice a č.p.", lambda r: f"{r.choice(('Dlouhá', 'Husova', 'Nádražní'))} {r.randint(1, 900)}/{r.randint(1, 40)}", "address_latin|address_text|text!"),
        ("PSČ", lambda r: f"{v.num(r, 3, '1234567')} {v.num(r, 2)}", "postcode_intl|text|order_no|number"),
        ("Obec", ["Praha 5", "Brno", "Plzeň"], WORD + "|address_text"),
        ("SPZ", lambda r: f"{r.randint(1, 9)}{r.choice('ABCEHSU')}{r.randint(0, 9)} {v.num(r, 4)}", "plate_cn|order_no|text?"),
        ("VIN", v.vin_eu, "vin!"),
        ("Měsíční splátka", lambda r: f"{r.randint(4, 30)} {v.num(r, 3)},00", "number"),
        ("Mobil", lambda r: f"+420 {v.num(r, 3, '67')} {v.num(r, 3)} {v.num(r, 3)}", "phone_intl!"),
        ("E-mail", v.email, "email!"),
        ("Poznámka", ["", "platba předem", "změna adresy"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1250")
    c.count = False


@case(50)
def funduq(c: Case) -> None:
    put(
        c,
        ("اسم النزيل", list(AR), "name_other!"),
        ("رقم جواز السفر", lambda r: r.choice("ABN") + v.num(r, 8), "passport_foreign|order_no!"),
        ("الجنسية", ["سعودي", "مصري", "صيني", "هندي"], "nationality|country|category!"),
        ("تاريخ الميلاد", day("%Y/%m/%d", 1955, 2004), "birth_date!"),
        ("تاريخ الوصول", day("%Y/%m/%d"), DAY),
        ("تاريخ المغادرة", day("%Y/%m/%d"), DAY),
        ("رقم الغرفة", ["101", "215", "318", "402"], NUM + "|order_no"),
        ("رقم الجوال", lambda r: f"+966 5{v.num(r, 1)} {v.num(r, 3)} {v.num(r, 4)}", "phone_intl!"),
        ("البريد الإلكتروني", v.email, "email!"),
        ("سعر الليلة", fmt(180, 1500, 2), "number"),
        ("ملاحظات", ["غرفة لغير المدخنين", "وصول متأخر", ""], TEXT),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("سجل النزلاء",))
    c.count = False


@case(60)
def anstallda(c: Case) -> None:
    put(
        c,
        ("Anst.nr", seq(60, "{:05d}", 10233), "employee_no|order_no|number!"),
        ("Förnamn", ["Åsa", "Björn", "Linnéa", "Örjan"], "name_part|name_latin!"),
        ("Efternamn", ["Lindström", "Åkesson", "Bergqvist", "Sjöö"], "name_part|name_latin!"),
        ("Personnummer", personnr, "social_security_no|order_no!"),
        ("Befattning", ["Kranförare", "Redovisningsekonom", "Lagerchef"], "occupation!"),
        ("Avdelning", ["Terminal", "Ekonomi", "Lager"], WORD + "|org_name"),
        ("Månadslön", lambda r: f"{r.randint(26, 70)} {v.num(r, 3)}", "income|number!"),
        ("Kontonr", lambda r: f"{v.num(r, 4, '3568')}-{v.num(r, 7)}", "bank_account|order_no!"),
        (
            "Mobilnr",
            lambda r: f"07{r.choice('0236')}-{v.num(r, 3)} {v.num(r, 2)} {v.num(r, 2)}",
            "phone_intl!",
        ),
        ("Anställd sedan", day("%Y-%m-%d", 2001, 2025), DAY),
        ("Civilstånd", ["gift", "ogift", "sambo"], "marital_status!"),
        ("Sysselsättningsgrad", ["100 %", "75 %", "50 %"], NUM + "|text"),
    )
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(60)
def akto(c: Case) -> None:
    put(
        c,
        ("Ονοματεπώνυμο", list(GR), "name_other!"),
        ("Αρ. Ταυτότητας", lambda r: f"{r.choice(('ΑΚ', 'ΑΝ', 'ΑΜ'))} {v.num(r, 6)}", "social_security_no|passport_foreign|order_no|text!"),
        ("Ημ/νία γέννησης", day("%d/%m/%Y", 1950, 2012), "birth_date|date!"),
        ("Υπηκοότητα", ["Ελληνική", "Κυπριακή", "Γερμανική"], "nationality|category!"),
        ("Κινητό", lambda r: f"+30 69{v.num(r, 1)} {v.num(r, 3)} {v.num(r, 4)}", "phone_intl!"),
        ("Πλοίο", ["BLUE STAR NAXOS", "KNOSSOS PALACE", "NISSOS CHIOS"], "vessel_name|category|text"),
        ("Λιμάνι αναχώρησης", ["Πειραιάς", "Ηράκλειο", "Χανιά"], WORD + "|un_locode|address_text"),
        ("Αρ. εισιτηρίου", code("GR26#######"), "pnr|order_no!"),
        ("Ναύλος", lambda r: f"{r.randint(20, 140)},{v.num(r, 2)} €", "number|text"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";")
    c.count = False


@case(60)
def hk_broker(c: Case) -> None:
    c.strong = ("hkid",)
    put(
        c,
        ("客戶姓名", list(HK), "name_cn!"),
        ("英文姓名", v.latin, "name_latin!"),
        ("香港身份證號碼", v.hkid, "hkid", key("hkid")),
        ("出生日期", day("%d/%m/%Y", 1950, 2002), "birth_date!"),
        ("住址", lambda r: f"九龍{r.choice(('旺角', '觀塘', '北角'))}{r.choice(('彌敦道', '鴻圖道'))}{r.randint(1, 700)}號{r.randint(2, 30)}樓{r.choice('ABCDEF')}室", "address_cn|address_text!"),
        ("證券戶口號碼", lambda r: f"{v.num(r, 3)}-{v.num(r, 6)}-{v.num(r, 1)}", "securities_account", key("securities_account")),
        ("股票代號", ["00700", "09988", "00005", "01810"], "securities_code|category|number|order_no"),
        ("持股數量", lambda r: str(r.randint(1, 90) * 100), "investor_holding|number?"),
        ("平均成本(HKD)", fmt(1, 600, 3), "number"),
        ("風險評級", ["保守", "平衡", "進取"], WORD),
        ("開戶日期", day("%d/%m/%Y"), DAY),
    )  # fmt: skip
    c.writer = as_csv(encoding="big5")


@case(70)
def biobank(c: Case) -> None:
    c.strong = (ID,)
    put(
        c,
        ("样本条码", code("BB26-######"), "specimen_no|order_no!"),
        ("捐献者身份证", v.prc, ID, key(ID, damage=id_spaced)),
        ("捐献者姓名", v.name, "name_cn!"),
        ("采集时间", v.moment, WHEN),
        ("样本类型", ["全血", "血浆", "组织", "尿液"], WORD + "|specimen_no"),
        ("检出位点", lambda r: "rs" + v.num(r, 7, "123456789"), "genetic_variant|order_no!"),
        ("临床诊断", ["2型糖尿病", "冠心病", "肺腺癌"], "diagnosis!"),
        ("疾病编码", ["E11.900", "I25.101", "C34.101"], "icd10!"),
        ("血红蛋白(g/L)", whole(95, 170), "lab_result|number!"),
        ("冻存位置", code("F#-R#-B##"), "order_no|category|text"),
        ("知情同意", ["是", "是", "否"], "boolean|category"),
    )
    c.suffix, c.writer = ".parquet", as_parquet


@case(60)
def perevezennia(c: Case) -> None:
    put(
        c,
        ("Номер ТТН", code("ТТН-######"), "order_no|express_waybill|text"),
        ("ПІБ водія", list(UA), "name_other!"),
        ("РНОКПП", lambda r: v.num(r, 10, "23"), "social_security_no|taxpayer_no|order_no|number?"),
        ("Номер авто", lambda r: f"{r.choice(('АА', 'ВН', 'КА'))}{v.num(r, 4)}{r.choice(('ВС', 'ЕІ'))}", "plate_cn|order_no|text?"),
        ("Телефон водія", lambda r: f"+380{r.choice(('50', '67', '93'))}{v.num(r, 7)}", "phone_intl!"),
        ("Вантаж", ["Пшениця", "Металопрокат", "Побутова техніка"], "cargo_name|category|text"),
        ("Вага, т", lambda r: f"{r.randint(1, 24)},{v.num(r, 1)}", "number"),
        ("Пункт завантаження", ["Одеса", "Львів", "Дніпро"], WORD + "|address_text"),
        ("Дата завантаження", day("%d.%m.%Y"), DAY),
        ("Замовник", ["ТОВ «Південь Транс»", "ПП «Карпати Логістик»"], "org_name|category|text"),
        ("Вартість, грн", lambda r: f"{r.randint(5, 60)} {v.num(r, 3)},00", "number"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";")
    c.count = False


@case(60)
def klinik_my(c: Case) -> None:
    c.strong = ("mykad_my",)
    put(
        c,
        ("No. K/P", mykad, "mykad_my", key("mykad_my")),
        ("Nama Pesakit", ["Ahmad bin Ismail", "Siti Aminah binti Yusof", "Tan Wei Ling", "Rajesh a/l Kumar"], "name_latin!"),
        ("Jantina", ["Lelaki", "Perempuan"], "gender!"),
        ("Bangsa", ["Melayu", "Cina", "India"], "ethnicity|nationality|category!"),
        ("Tarikh Lahir", day("%d/%m/%Y", 1945, 2018), "birth_date!"),
        ("Alahan", ["Tiada", "Penisilin", "Makanan laut"], "medical_text|diagnosis|category|text!"),
        ("Diagnosis", ["Hipertensi", "Kencing manis", "Asma"], "diagnosis!"),
        ("Tekanan Darah", lambda r: f"{r.randint(100, 170)}/{r.randint(60, 100)}", "lab_result|text!"),
        ("Berat (kg)", fmt(40, 110, 1), "lab_result|number!"),
        ("Tarikh Rawatan", day("%d/%m/%Y"), DAY),
        ("Bil (RM)", fmt(20, 400, 2), "number"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("KLINIK HARMONI", "Senarai pesakit"), merge=True)


@case(70)
def comenzi_ro(c: Case) -> None:
    put(
        c,
        ("Nr. comandă", code("EM########"), "order_no"),
        ("Nume client", ["Popescu Andrei", "Ionescu Maria", "Țăranu Ștefan", "Dumitrescu Ioana"], "name_latin|name_other!"),
        ("CNP", cnp, "social_security_no|order_no|number!"),
        ("Telefon", lambda r: f"07{r.choice('2346')}{v.num(r, 7)}", "phone_intl!"),
        ("Adresă livrare", lambda r: f"Str. {r.choice(('Mihai Eminescu', 'Libertății', 'Florilor'))} nr. {r.randint(1, 150)}, bl. {r.choice('ABC')}{r.randint(1, 9)}, ap. {r.randint(1, 60)}", "address_latin|address_text!"),
        ("Localitate", ["București", "Cluj-Napoca", "Iași"], WORD + "|address_text"),
        ("Cod poștal", lambda r: v.num(r, 6, "0123456"), "postcode_intl|number|order_no"),
        ("Produs", ["Telefon mobil", "Aspirator", "Pantofi sport"], "cargo_name|category|text"),
        ("Cantitate", whole(1, 5), NUM),
        ("Preț (lei)", lambda r: f"{r.randint(1, 9)}.{v.num(r, 3)},{v.num(r, 2)}", "number"),
        ("AWB", lambda r: v.num(r, 13, "123"), "express_waybill|order_no|number|air_waybill"),
        ("Data comenzii", day("%d.%m.%Y"), DAY),
    )  # fmt: skip
    c.count = False


@case(45)
def crew_bilingual(c: Case) -> None:
    c.strong = ("passport_cn", "crew_list_no")
    put(
        c,
        ("序号 No.", seq(45), NUM + "|order_no"),
        ("姓名 Name", v.name, "name_cn!"),
        ("护照号码 Passport No.", v.passport, "passport_cn", key("passport_cn")),
        ("海员证号 Seaman's Book No.", lambda r: "C" + v.num(r, 7), "crew_list_no", key("crew_list_no")),
        ("职务 Rank", ["船长", "大副", "轮机长", "水手"], "occupation!"),
        ("出生日期 Date of Birth", day("%Y.%m.%d", 1965, 2002), "birth_date!"),
        ("登轮港 Joining Port", ["洋山港", "宁波", "新加坡"], WORD + "|un_locode|address_text"),
        ("登轮日期 Sign-on Date", day("%Y.%m.%d"), DAY),
        ("健康证有效期 Medical Expiry", day("%Y.%m.%d", 2027, 2028), DAY),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("船员名单 CREW LIST", "船名 M/V: XIN HAI OU"), merge=True)


@case(80)
def app_sessions(c: Case) -> None:
    put(
        c,
        ("usrUid", lambda r: "U" + v.num(r, 9), "customer_no|social_account|order_no!"),
        ("acctEmail", v.email, "email!"),
        ("pwdHash", lambda r: v.hexes(r, 64), "password|hash!"),
        ("msisdn", lambda r: "+4479" + v.num(r, 8), "phone_intl!"),
        ("lastIp", v.ip, "ipv4?"),
        ("devMac", v.mac, "mac_address?"),
        (
            "appVer",
            lambda r: f"{r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 9)}",
            "version|text|category",
        ),
        ("osNm", ["android", "ios", "harmony"], WORD),
        ("sessStartTs", v.ms, "timestamp|number|datetime"),
        ("durMs", whole(1000, 900000), "number"),
        ("planCd", ["FREE", "PRO", "TEAM"], WORD + "|order_no"),
    )
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda row: {
                "user": {k: row[k] for k in ("usrUid", "acctEmail", "pwdHash", "msisdn")},
                "dev": {k: row[k] for k in ("devMac", "appVer", "osNm")},
                **{k: row[k] for k in ("lastIp", "sessStartTs", "durMs", "planCd")},
            }
        ),
    )
    c.count = False


@case(80)
def huadan(c: Case) -> None:
    """Calls as an operator keeps them."""
    put(
        c,
        ("主叫号码", v.mobile, TEL, key(TEL, damage=wide)),
        ("被叫号码", v.mobile, TEL, key(TEL)),
        ("开始时间", lambda r: v.moment(r).replace("-", "").replace(" ", "").replace(":", ""), WHEN + "|number|order_no"),
        ("通话时长(秒)", whole(1, 3600), "number"),
        ("小区CI", lambda r: v.num(r, 9, "12"), CODES),
        ("LAC", lambda r: v.num(r, 5, "123"), CODES),
        ("终端IMEI", v.imei, "imei!"),
        ("呼叫类型", ["MOC", "MTC", "SMS"], WORD),
        ("费用(元)", fmt(0, 9, 2), "number"),
    )  # fmt: skip
    c.writer = as_csv(delimiter="|")
    c.count = False


@case(40)
def bare_utf16(c: Case) -> None:
    """No header at all, in UTF-16."""
    c.strong = (ID,)
    put(
        c,
        ("", v.name, "name_cn!"),
        ("", v.prc, ID, key(ID, damage=id_spaced)),
        ("", v.mobile, TEL, key(TEL, damage=wide)),
        ("", v.address, "address_cn!"),
        ("", v.plate, "plate_cn", key("plate_cn")),
        ("", v.money, "number"),
        ("", day("%Y/%m/%d"), DAY),
    )
    c.writer = as_csv(header=False, encoding="utf-16")


# Nobody is in these


@case(90)
def capteurs(c: Case) -> None:
    put(
        c,
        ("Identifiant capteur", lambda r: v.num(r, 18, "456"), CODES + "|device_id"),
        ("Horodatage", lambda r: v.moment(r).replace(" ", "T"), WHEN),
        ("PM2,5 (µg/m³)", lambda r: f"{r.randint(2, 90)},{v.num(r, 1)}", "weather_value|number"),
        ("Température (°C)", lambda r: f"{r.randint(-5, 35)},{v.num(r, 1)}", "weather_value|number"),
        ("Humidité", whole(20, 99), "weather_value|number"),
        ("Quartier", ["Gare", "Vieux-Port", "Les Docks"], WORD + "|address_text"),
        ("État", ["actif", "en panne"], WORD),
        ("Micrologiciel", lambda r: f"{r.randint(1, 4)}.{r.randint(0, 20)}.{r.randint(0, 9)}.{r.randint(0, 99)}", "version|text|category"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252")


@case(70)
def skladove_zasoby(c: Case) -> None:
    put(
        c,
        ("Kód zboží", code("Z-#####"), "order_no|text|category"),
        ("Název zboží", ["Brzdový kotouč", "Olejový filtr", "Žárovka H7"], "cargo_name|category|text"),
        ("EAN kód", v.ean, "ean"),
        ("Množství", whole(0, 900), "number"),
        ("Cena bez DPH", lambda r: f"{r.randint(1, 9)} {v.num(r, 3)},{v.num(r, 2)}", "number"),
        ("Umístění", ["A-12-3", "B-04-1", "C-01-7"], WORD + "|order_no"),
        ("Šarže", code("L26###@"), CODES),
        ("Datum příjmu", day("%d.%m.%Y"), DAY),
    )
    c.writer = as_csv(delimiter=";")
