"""Twenty-third hand: hotels, reinsurance, trials, crews, shops, networks, schools, flights and clinics in fifteen languages and as many encodings. Labelled before a scan ever saw them."""

from messy import digits as d
from messy import values as v
from messy.frame import (
    Case,
    as_csv,
    as_fixed,
    as_json,
    as_jsonl,
    as_parquet,
    as_sqlite,
    as_xlsx,
    dot_zero,
    id_spaced,
    wide,
)
from messy.makers import CODES, DAY, ID, NUM, TEL, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

KO = ("김서연", "이준호", "박민지", "최우진", "정하늘", "강지훈", "조은비")
JA = ("佐々木 健一", "高橋 由美", "渡辺 翔", "伊藤 さくら", "斎藤 誠", "前田 美咲")
VN = ("Nguyễn Văn Hùng", "Trần Thị Mai", "Lê Quốc Bảo", "Phạm Thu Hà", "Vũ Đức Anh", "Đặng Thị Ngọc")
TH = ("สมชาย ใจดี", "วราภรณ์ ศรีสุข", "ณัฐพล แก้วมณี", "กมลชนก ทองคำ", "ปิยะ วงศ์ไทย")
RU = (
    "Соколов Андрей Викторович",
    "Морозова Елена Игоревна",
    "Лебедев Павел Олегович",
    "Орлова Дарья Сергеевна",
)
TR = ("Mehmet Yılmaz", "Ayşe Çelik", "Burak Şahin", "Zeynep Öztürk", "Emre Doğan")
IT = ("Giulia Conti", "Matteo D'Angelo", "Chiara Ferri", "Niccolò Bianchi", "Lucia De Santis")
TW = ("陳怡君", "林志豪", "黃淑芬", "張家瑋", "吳佩珊", "蔡宗翰")


def pesel(r: v.R) -> str:
    body = f"{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{v.num(r, 4)}"
    return body + str(
        -sum(int(c) * w for c, w in zip(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3), strict=True)) % 10
    )


def cpf(r: v.R) -> str:
    full = d.cpf(v.num(r, 9))
    return f"{full[:3]}.{full[3:6]}.{full[6:9]}-{full[9:]}"


def fiscale(r: v.R) -> str:
    letters = "BCDFGLMNPRSTVZ"
    return f"{''.join(r.choices(letters, k=6))}{r.randint(50, 99)}{r.choice('ABCDEHLMPRST')}{r.randint(1, 28):02}{r.choice('FHLA')}{v.num(r, 3)}{r.choice('ABKXZ')}"


def bsn(r: v.R) -> str:
    while True:
        body = v.num(r, 8, "1234")
        rest = sum(int(c) * w for c, w in zip(body, (9, 8, 7, 6, 5, 4, 3, 2), strict=True)) % 11
        if rest < 10:
            return body + str(rest)


def cccd(r: v.R) -> str:
    return f"{r.choice(('001', '024', '030', '079', '036'))}{r.choice('01')}{r.randint(65, 99)}{v.num(r, 6)}"


def pin(r: v.R) -> str:
    body = v.num(r, 12, "13")
    return body + d.thai(body)


def nik(r: v.R) -> str:
    return f"{r.choice(('317401', '327301', '351501', '510301'))}{r.randint(1, 28) + r.choice((0, 40)):02}{r.randint(1, 12):02}{r.randint(60, 99)}000{r.randint(1, 9)}"


def tckn(r: v.R) -> str:
    b = [int(c) for c in v.num(r, 9, "123456789")]
    ten = (sum(b[::2]) * 7 - sum(b[1::2])) % 10
    return "".join(map(str, b)) + str(ten) + str((sum(b) + ten) % 10)


@case(70)
def hotel_seoul(c: Case) -> None:
    put(
        c,
        ("예약번호", code("HR26######"), "order_no|pnr?"),
        ("투숙객 성명", list(KO), "name_other!"),
        ("여권번호", lambda r: "M" + v.num(r, 8), "passport_foreign!"),
        ("국적", ["대한민국", "중국", "일본", "베트남"], "nationality|country!"),
        ("체크인", day("%Y-%m-%d"), DAY),
        ("체크아웃", day("%Y-%m-%d"), DAY),
        ("객실유형", ["디럭스 더블", "스탠다드 트윈", "스위트"], WORD),
        ("인원", whole(1, 4), NUM),
        ("1박 요금", lambda r: f"{r.randint(80, 400)},000", "number"),
        ("휴대폰", lambda r: f"010-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        ("이메일", v.email, "email!"),
        ("요청사항", ["고층 희망", "금연실", "유아용 침대", ""], TEXT),
    )
    c.writer = as_csv(encoding="euc-kr")
    c.count = False


@case(60)
def reinsurance_tw(c: Case) -> None:
    c.strong = ("taiwan_id",)
    put(
        c,
        ("再保合約編號", code("TTY-2026-###"), "treaty_no|order_no"),
        ("保單號碼", code("LI########"), "policy_no|order_no!"),
        ("要保人姓名", list(TW), "name_cn!"),
        ("被保險人身分證字號", v.taiwan, "taiwan_id", key("taiwan_id")),
        ("出生年月日", lambda r: f"{r.randint(45, 95):03}/{r.randint(1, 12):02}/{r.randint(1, 28):02}", "birth_date|date!"),
        ("性別", ["男", "女"], "gender!"),
        ("行動電話", lambda r: f"09{v.num(r, 2)}-{v.num(r, 3)}-{v.num(r, 3)}", "phone_intl!"),
        ("通訊地址", lambda r: f"臺北市{r.choice(('大安區', '信義區', '中山區'))}{r.choice(('忠孝東路', '民生西路'))}{r.randint(1, 6)}段{r.randint(1, 300)}號{r.randint(2, 15)}樓", "address_cn|address_text!"),
        ("保險金額", lambda r: f"{r.randint(1, 30)},000,000", "number"),
        ("自留額比率", lambda r: f"{r.randint(5, 60)}%", "number|category|text"),
        ("理賠案號", code("CLM26#####"), "claim_no|order_no!"),
        ("匯款帳號", lambda r: v.num(r, 14, "0123"), "bank_account|order_no|number!"),
    )  # fmt: skip
    c.writer = as_csv(encoding="big5")
    c.count = False


@case(50)
def chiken_jp(c: Case) -> None:
    put(
        c,
        ("被験者識別コード", code("S0#-0##"), "trial_subject|order_no!"),
        ("実施医療機関名", ["東都大学病院", "みなと総合病院"], "org_name|category|text"),
        ("イニシャル", code("@.@."), "name_part|name_masked|category|text!"),
        ("生年月日", lambda r: f"昭和{r.randint(30, 63)}年{r.randint(1, 12)}月{r.randint(1, 28)}日", "birth_date|date!"),
        ("性別", ["男", "女"], "gender!"),
        ("同意取得日", day("%Y/%m/%d"), DAY),
        ("体重(kg)", fmt(42, 90, 1), "lab_result|number!"),
        ("収縮期血圧", whole(98, 170), "lab_result|number!"),
        ("ＡＳＴ(U/L)", whole(11, 60), "lab_result|number!"),
        ("有害事象名", ["悪心", "頭痛", "発疹", "好中球減少症"], "diagnosis|medical_text|category!"),
        ("重篤性", ["重篤", "非重篤"], WORD + "|medical_text|diagnosis?"),
        ("治験実施計画番号", lambda r: "jRCT20312" + v.num(r, 5), "trial_id|order_no"),
        ("治験責任医師", list(JA), "name_other|name_cn!"),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp932", before=("症例一覧表　（2026年度）",))
    c.count = False


@case(60)
def kadry(c: Case) -> None:
    put(
        c,
        ("Nr ewid.", seq(60, "{:05d}", 2107), "employee_no|number|order_no!"),
        ("Nazwisko", ["Wójcik", "Kamiński", "Zielińska", "Szymańska"], "name_part|name_latin!"),
        ("Imię", ["Łukasz", "Agnieszka", "Paweł", "Małgorzata"], "name_part|name_latin!"),
        ("PESEL", pesel, "social_security_no|order_no!"),
        ("Data ur.", day("%d.%m.%Y", 1960, 1999), "birth_date|date!"),
        ("Płeć", ["K", "M"], "gender!"),
        ("Ulica i nr domu", lambda r: f"ul. {r.choice(('Polna', 'Słowackiego', 'Długa'))} {r.randint(1, 90)}/{r.randint(1, 40)}", "address_latin|address_text!"),
        ("Kod pocztowy", lambda r: f"{v.num(r, 2)}-{v.num(r, 3)}", "postcode_intl|order_no"),
        ("Miejscowość", ["Gdańsk", "Łódź", "Kraków"], WORD + "|address_text"),
        ("Stanowisko", ["Magazynier", "Księgowa", "Spedytor"], "occupation!"),
        ("Wynagrodzenie brutto", lambda r: f"{r.randint(4, 15)} {v.num(r, 3)},{v.num(r, 2)}", "income|number!"),
        ("Nr rachunku bankowego", lambda r: f"{v.num(r, 2)} {v.num(r, 4)} {v.num(r, 4)} {v.num(r, 4)} {v.num(r, 4)} {v.num(r, 4)} {v.num(r, 4)}", "bank_account|order_no|iban!"),
        ("Tel. kom.", lambda r: f"+48 {v.num(r, 3, '567')} {v.num(r, 3)} {v.num(r, 3)}", "phone_intl!"),
        ("Data zatrudnienia", day("%d.%m.%Y"), DAY),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1250")
    c.count = False


@case(45)
def tripulacao(c: Case) -> None:
    c.strong = ("cpf_br",)
    put(
        c,
        ("Navio", ["MV Atlântico Sul", "MV Rio Doce", "MV Santos Star"], "vessel_name|category|text"),
        ("Nº IMO", v.imo, "imo_number"),
        ("Nome do tripulante", ["João Pedro Alves", "Maria Conceição Souza", "Antônio Ferreira", "Luís Gonçalves"], "name_latin!"),
        ("CPF", cpf, "cpf_br", key("cpf_br")),
        ("Passaporte", lambda r: f"{r.choice('FG')}{r.choice('ABC')}{v.num(r, 6)}", "passport_foreign|order_no!"),
        ("Função a bordo", ["Comandante", "Imediato", "Cozinheiro", "Marinheiro de convés"], "occupation!"),
        ("Data de nascimento", day("%d/%m/%Y", 1962, 2001), "birth_date!"),
        ("Nacionalidade", ["brasileira", "portuguesa", "cabo-verdiana"], "nationality|category!"),
        ("Porto de embarque", ["BRSSZ", "BRRIG", "PTLEI"], "un_locode|category"),
        ("Data de embarque", day("%d/%m/%Y"), DAY),
        ("Tipo sanguíneo", ["O+", "A-", "B+"], "blood_type!"),
        ("Contato de emergência", lambda r: f"+55 21 9{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Lista de tripulantes", "Viagem 26-114"), merge=True)
    c.count = False


@case(80)
def ordini(c: Case) -> None:
    notes = [c.r.choice(("Citofono Rossi", "Consegna al mattino", "Fragile", "")) for _ in range(80)]
    notes[9] = "chiamare +39 347 812 9954 prima della consegna"
    notes[31] = "fattura a giulia.conti@example.com"
    put(
        c,
        ("N. ordine", code("IT-26-######"), "order_no"),
        ("Data ordine", lambda r: v.date(r, "%d/%m/%Y") + f" {r.randint(8, 22)}:{v.num(r, 1, '012345')}{v.num(r, 1)}", WHEN),
        ("Destinatario", list(IT), "name_latin!"),
        ("Cod. fiscale", fiscale, "social_security_no|taxpayer_no|order_no!"),
        ("Indirizzo di spedizione", lambda r: f"{r.choice(('Via Garibaldi', 'Corso Italia', 'Piazza Dante'))} {r.randint(1, 200)}", "address_latin|address_text!"),
        ("CAP", lambda r: v.num(r, 5, "0123456789"), "postcode_intl|number|order_no"),
        ("Prov.", ["MI", "TO", "BO", "NA"], WORD + "|province"),
        ("Cellulare", lambda r: f"+39 3{v.num(r, 2)} {v.num(r, 7)}", "phone_intl!"),
        ("Articolo", ["Scarpe da corsa", "Borsa in pelle", "Occhiali da sole"], "cargo_name|category|text"),
        ("Q.tà", whole(1, 6), NUM),
        ("Prezzo unit.", lambda r: f"{r.randint(9, 400)},{v.num(r, 2)}", "number"),
        ("Corriere", ["BRT", "GLS", "Poste"], WORD + "|org_name"),
        ("Note", tuple(notes), "text|category", {"embedded": ("phone_intl", "email")}),
    )  # fmt: skip
    c.columns[-1].personal = True
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(60)
def abonnees(c: Case) -> None:
    put(
        c,
        ("klantnummer", code("70######"), "customer_no|order_no|number!"),
        ("naam", ["Sanne de Vries", "Joost van Dijk", "Fatima El Idrissi", "Pieter Bakker"], "name_latin!"),
        ("geboortedatum", day("%d-%m-%Y", 1950, 2005), "birth_date!"),
        ("bsn", bsn, "social_security_no|order_no|number!"),
        ("mobiel", lambda r: "+316" + v.num(r, 8), "phone_intl!"),
        ("imsi", lambda r: "20408" + v.num(r, 10), "imsi!"),
        ("imei", v.imei, "imei!"),
        ("iccid", lambda r: (lambda b: b + d.luhn(b))("893144" + v.num(r, 12)), "iccid!"),
        (
            "postcode",
            lambda r: f"{v.num(r, 4, '123456789')} {r.choice(('AB', 'KL', 'XT'))}",
            "postcode_intl|text",
        ),
        ("abonnement", ["Onbeperkt 5G", "Sim Only 10GB", "Prepaid"], WORD),
        ("laatsteVerbinding", lambda r: v.moment(r).replace(" ", "T") + "+02:00", WHEN),
        ("verbruikMB", fmt(0, 90000, 1), "number"),
        ("opzegreden", [None, "verhuizing", "prijs"], TEXT),
    )
    c.suffix, c.writer = (
        ".jsonl",
        as_jsonl(
            lambda row: {
                "klant": {k: row[k] for k in ("klantnummer", "naam", "geboortedatum", "bsn", "postcode")},
                "sims": [{k: row[k] for k in ("mobiel", "imsi", "imei", "iccid")}],
                **{k: row[k] for k in ("abonnement", "laatsteVerbinding", "verbruikMB", "opzegreden")},
            }
        ),
    )
    c.count = False


@case(70)
def nhan_su(c: Case) -> None:
    c.strong = ("cccd_vn",)
    put(
        c,
        ("Mã NV", seq(70, "NV{:04d}", 218), "employee_no|order_no!"),
        ("Họ và tên", list(VN), "name_latin|name_other!"),
        ("Số CCCD", cccd, "cccd_vn", key("cccd_vn")),
        ("Ngày sinh", day("%d/%m/%Y", 1965, 1999), "birth_date!"),
        ("Giới tính", ["Nam", "Nữ"], "gender!"),
        ("Dân tộc", ["Kinh", "Tày", "Mường"], "ethnicity!"),
        ("Quê quán", ["Nam Định", "Hải Phòng", "Nghệ An"], WORD + "|address_text|province?"),
        ("SĐT", lambda r: f"0{r.choice('379')}{v.num(r, 8)}", "phone_intl!"),
        ("Chức vụ", ["Công nhân", "Tổ trưởng", "Kế toán"], "occupation!"),
        ("Lương cơ bản", lambda r: f"{r.randint(5, 20)}.{v.num(r, 1)}00.000", "income|number!"),
        ("Số tài khoản", lambda r: v.num(r, 13, "01"), "bank_account|order_no|number!"),
        ("Tình trạng hôn nhân", ["Đã kết hôn", "Độc thân"], "marital_status!"),
        ("Ngày vào làm", day("%d/%m/%Y"), DAY),
    )
    c.suffix, c.writer = ".txt", as_csv(delimiter="\t", encoding="utf-16")
    c.count = False


@case(60)
def naksuksa(c: Case) -> None:
    c.strong = ("pin_th",)
    put(
        c,
        ("รหัสนักศึกษา", code("65########"), "student_id|order_no|number!"),
        ("ชื่อ-สกุล", list(TH), "name_other!"),
        ("เลขประจำตัวประชาชน", pin, "pin_th", key("pin_th")),
        ("วันเกิด", lambda r: f"{r.randint(1, 28):02}/{r.randint(1, 12):02}/{r.randint(2543, 2549)}", "birth_date|date!"),
        ("เพศ", ["ชาย", "หญิง"], "gender!"),
        ("คณะ", ["วิศวกรรมศาสตร์", "บริหารธุรกิจ", "พยาบาลศาสตร์"], WORD + "|org_name"),
        ("เกรดเฉลี่ย", fmt(1.8, 4, 2), "number"),
        ("เบอร์โทรศัพท์", lambda r: f"08{v.num(r, 1)}-{v.num(r, 3)}-{v.num(r, 4)}", "phone_intl!"),
        ("ศาสนา", ["พุทธ", "อิสลาม", "คริสต์"], "religion!"),
        ("หมู่เลือด", ["A", "B", "O", "AB"], "blood_type!"),
        ("อีเมล", v.email, "email!"),
    )  # fmt: skip
    c.writer = as_csv(encoding="utf-8-sig")
    c.count = False


@case(70)
def pesanan(c: Case) -> None:
    c.strong = ("nik_id",)
    put(
        c,
        ("no_pesanan", code("INV/2026/######"), "order_no"),
        ("nama_pembeli", ["Budi Santoso", "Siti Nurhaliza", "Agus Wijaya", "Dewi Lestari"], "name_latin!"),
        ("nik", nik, "nik_id", key("nik_id")),
        ("no_hp", lambda r: f"08{r.choice(('12', '13', '57'))}{v.num(r, 8)}", "phone_intl!"),
        ("alamat_kirim", lambda r: f"Jl. {r.choice(('Sudirman', 'Diponegoro', 'Melati'))} No. {r.randint(1, 200)} RT 0{r.randint(1, 9)}/RW 0{r.randint(1, 9)}", "address_latin|address_text!"),
        ("kota", ["Jakarta Selatan", "Bandung", "Surabaya"], WORD + "|address_text"),
        ("kode_pos", lambda r: v.num(r, 5, "1234"), "postcode_intl|number|order_no"),
        ("nama_barang", ["Sepatu lari", "Kipas angin", "Tas sekolah"], "cargo_name|category|text"),
        ("jumlah", lambda r: r.randint(1, 5), NUM),
        ("harga_satuan", lambda r: f"Rp {r.randint(10, 900)}.000", "number|text"),
        ("status_pesanan", ["dikirim", "selesai", "batal"], WORD),
        ("tgl_pesan", day("%d-%m-%Y"), DAY),
    )  # fmt: skip
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(60)
def passazhiry(c: Case) -> None:
    put(
        c,
        ("ФИО пассажира", list(RU), "name_other!"),
        ("Серия и номер паспорта", lambda r: f"{v.num(r, 2, '4')} {v.num(r, 2)} {v.num(r, 6)}", "passport_foreign|order_no|social_security_no!"),
        ("Дата рождения", day("%d.%m.%Y", 1950, 2010), "birth_date!"),
        ("Гражданство", ["РФ", "КНР", "Казахстан"], "nationality|country|category!"),
        ("Рейс", lambda r: f"SU{r.randint(100, 999)}", "voyage_no|order_no"),
        ("Дата вылета", day("%d.%m.%Y"), DAY),
        ("Место", lambda r: f"{r.randint(1, 40)}{r.choice('ABCDEF')}", CODES),
        ("Код брони", code("@@@@@@"), "pnr|order_no!"),
        ("Номер билета", lambda r: "555" + v.num(r, 10), "pnr|order_no|number!"),
        ("Багаж, кг", lambda r: f"{r.randint(0, 40)},{v.num(r, 1)}", "number"),
        ("Телефон", lambda r: f"+7 (9{v.num(r, 2)}) {v.num(r, 3)}-{v.num(r, 2)}-{v.num(r, 2)}", "phone_intl!"),
        ("Тариф, руб.", lambda r: f"{r.randint(3, 60)} {v.num(r, 3)},00", "number"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1251")
    c.count = False


@case(60)
def hastalar(c: Case) -> None:
    put(
        c,
        ("Hasta No", code("H2######"), "medical_record_no|order_no!"),
        ("Adı Soyadı", list(TR), "name_latin!"),
        ("T.C. Kimlik No", tckn, "social_security_no|order_no|number!"),
        ("Doğum Tarihi", day("%d.%m.%Y", 1940, 2015), "birth_date!"),
        ("Cinsiyeti", ["Erkek", "Kadın"], "gender!"),
        ("Kan Grubu", ["A Rh+", "0 Rh+", "B Rh-"], "blood_type!"),
        ("Tanı", ["Hipertansiyon", "Tip 2 diyabet", "Astım"], "diagnosis!"),
        ("ICD Kodu", ["I10", "E11.9", "J45.0"], "icd10!"),
        (
            "Cep Tel.",
            lambda r: f"05{v.num(r, 2, '345')} {v.num(r, 3)} {v.num(r, 2)} {v.num(r, 2)}",
            "phone_intl!",
        ),
        ("Muayene Tarihi", day("%d.%m.%Y"), DAY),
        ("Ücret (TL)", lambda r: f"{r.randint(1, 9)}.{v.num(r, 3)},{v.num(r, 2)}", "number"),
        ("Medeni Hali", ["Evli", "Bekar"], "marital_status!"),
        ("Hekim", ["Dr. Kaya", "Uzm. Dr. Aydın"], "name_latin|category|text?"),
    )
    c.writer = as_csv(delimiter=";", encoding="cp1254")
    c.count = False


@case(50)
def muwazzafin(c: Case) -> None:
    put(
        c,
        ("raqm_muwazzaf", seq(50, "{}", 40871), "employee_no|number|order_no?"),
        ("al_ism", ["Khalid Al-Otaibi", "Noura Al-Harbi", "Yousef Al-Qahtani"], "name_latin!"),
        ("raqm_hawiya", lambda r: v.num(r, 10, "12"), "social_security_no|order_no|number?"),
        ("jinsiya", ["Saudi", "Egyptian", "Yemeni"], "nationality|country|category!"),
        ("tarikh_milad", day("%Y-%m-%d", 1960, 2002), "birth_date|date!"),
        ("raqm_jawal", lambda r: f"+9665{v.num(r, 8)}", "phone_intl!"),
        ("IBAN", lambda r: (lambda b: "SA" + d.mod97(b + "SA") + b)("80" + v.num(r, 18)), "iban!"),
        ("wazifa", ["Muhandis", "Muhasib", "Sa'iq"], "occupation|category|text?"),
        ("ratib", lambda r: f"{r.randint(4, 30)}{v.num(r, 3)}", "income|number?"),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(90)
def tbox_cl(c: Case) -> None:
    """Pinyin's initials from a vehicle platform; the serial number has eighteen digits."""
    spots = [v.lonlat(c.r) for _ in range(90)]
    put(
        c,
        ("lsh", v.declaration, CODES + "|customs_declaration"),
        ("clsbdm", v.vin, "vin!"),
        ("cphm", v.plate, "plate_cn!"),
        ("czxm", v.name, "name_cn!"),
        ("czsfzh", v.prc, ID, key(ID)),
        ("lxdh", v.mobile, TEL, key(TEL)),
        ("fdjhm", lambda r: r.choice(("CUH", "DKX", "EA2")) + v.num(r, 6), "engine_no|order_no!"),
        ("jd", tuple(a for a, _ in spots), "trajectory|longitude|number!"),
        ("wd", tuple(b for _, b in spots), "trajectory|latitude|number!"),
        ("ssd", whole(0, 130), "vehicle_speed|number?"),
        ("ljlc", fmt(100, 120000, 1), "number|vehicle_speed"),
        ("sydl", whole(5, 100), "number|vehicle_speed|charging_record"),
        ("sbsj", v.ms, "timestamp|number|order_no"),
    )
    c.strong = (ID,)
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(40)
def crew_bare(c: Case) -> None:
    """A crew list without any header."""
    put(
        c,
        ("", v.latin, "name_latin!"),
        ("", lambda r: r.choice("PKM") + v.num(r, 7), "passport_foreign|order_no|text?"),
        ("", ["PHL", "CHN", "UKR", "IND"], "country|nationality|category?"),
        ("", ["Master", "Chief Officer", "Bosun", "Oiler", "Messman"], "occupation|category|text?"),
        ("", day("%d-%b-%Y", 1965, 2002), DAY + "|birth_date?"),
        ("", v.email, "email!"),
        ("", v.container, "container_no"),
    )
    c.writer = as_csv(header=False)
    c.count = False


@case(2000)
def grid_events(c: Case) -> None:
    """Sensing of a city: three identity numbers and two mobiles in two thousand lines."""
    c.strong = (ID,)
    words = (
        "井盖松动，已设围挡",
        "占道堆放建筑垃圾",
        "路灯不亮，编号 310115000012345678",
        "工单 202609120931 已派单",
        "河道水位 2.31 米 偏高",
        "现场复核无异常",
    )
    texts = [c.r.choice(words) for _ in range(2000)]
    for at in (77, 812, 1609):
        texts[at] = f"举报人身份证号{v.prc(c.r)}，要求回复"
    texts[500] = f"联系电话：{v.mobile(c.r)}（陈先生）"
    texts[1444] = f"请回电{v.mobile(c.r)}"
    spots = [v.lonlat(c.r) for _ in range(2000)]
    put(
        c,
        ("事件编号", lambda r: "SJ" + v.date(r, "%Y%m%d") + v.num(r, 6), CODES),
        ("上报时间", v.moment, WHEN),
        ("问题描述", tuple(texts), "text|category", {"embedded": (ID, TEL)}),
        ("经度", tuple(a for a, _ in spots), "longitude?"),
        ("纬度", tuple(b for _, b in spots), "latitude?"),
        ("传感器编号", code("IOT-31-#####"), "order_no|device_id?"),
        ("所属街镇", ["南汇新城镇", "泥城镇", "书院镇"], WORD + "|address_text|province"),
        ("处置状态", ["已结案", "处置中", "挂起"], WORD),
    )  # fmt: skip
    c.columns[2].personal = True
    c.count = False


@case(60)
def fund_holders(c: Case) -> None:
    """Fixed width, short English names, blanks and several words for nothing."""
    c.strong = ("nric_sg",)
    put(
        c,
        ("INVSTR_NM", v.latin, "name_latin!"),
        ("NRIC_NO", v.nric, "nric_sg", key("nric_sg")),
        ("FUND_ACCT", code("F1########"), "securities_account|order_no!"),
        ("ISIN", v.isin, "isin"),
        ("UNITS_HLD", fmt(1, 90000, 4), "investor_holding|number?"),
        ("NAV_DT", day("%Y%m%d"), DAY + "|number"),
        ("NAV", fmt(0.6, 3, 4), "number"),
        ("RSK_PRFL", ["C1", "C3", "C5"], WORD + "|order_no"),
        ("DOB", day("%d%b%Y", 1950, 2001), "birth_date|date!"),
        ("MBL", lambda r: f"+65{r.choice('89')}{v.num(r, 7)}", "phone_intl!"),
        ("RMK", ["N/A", "-", "VIP", "NULL"], "category|text|empty"),
    )
    c.suffix, c.writer = ".txt", as_fixed
    c.count = False


@case(55)
def etudiants(c: Case) -> None:
    put(
        c,
        ("N° étudiant", code("22######"), "student_id|order_no|number!"),
        ("NOM", ["DUPONT", "LE GOFF", "MOREAU", "N'GUYEN"], "name_part|name_latin!"),
        ("Prénom(s)", ["Chloé", "Théo", "Inès", "Jean-Baptiste"], "name_part|name_latin!"),
        ("Né(e) le", day("%d/%m/%Y", 1998, 2007), "birth_date|date!"),
        ("Lieu de naissance", ["Lyon", "Brest", "Dakar"], WORD + "|address_text?"),
        ("Adresse électronique", v.email, "email!"),
        ("Tél. port.", lambda r: f"0{r.choice('67')}.{v.num(r, 2)}.{v.num(r, 2)}.{v.num(r, 2)}.{v.num(r, 2)}", "phone_intl!"),
        ("Boursier", ["Oui", "Non"], "boolean|category"),
        ("Moyenne gén.", lambda r: f"{r.randint(6, 18)},{v.num(r, 2)}", "number"),
        ("Diplôme préparé", ["Licence 3", "Master 1", "BUT 2"], "education|category|text?"),
        ("Adresse postale", lambda r: f"{r.randint(1, 120)} rue {r.choice(('Victor Hugo', 'des Lilas', 'de la Gare'))}, {r.choice(('69007 Lyon', '29200 Brest'))}", "address_latin|address_text!"),
        ("Handicap", ["", "", "RQTH"], "disability|category|text|boolean?"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Scolarité 2026-2027",))
    c.count = False


@case(50)
def siniestros(c: Case) -> None:
    put(
        c,
        ("Nº póliza", code("AU-#######"), "policy_no|order_no!"),
        ("Nº siniestro", code("SIN26#####"), "claim_no|order_no!"),
        ("Tomador del seguro", ["Lucía Romero Gil", "Javier Ortega Díaz", "Núria Puig Serra"], "name_latin!"),
        ("NIF", lambda r: (lambda b: b + "TRWAGMYFPDXBNJZSQVHLCKE"[int(b) % 23])(v.num(r, 8)), "social_security_no|taxpayer_no|order_no!"),
        ("Fecha de nacimiento", day("%d/%m/%Y", 1950, 2003), "birth_date!"),
        ("Bastidor", v.vin_eu, "vin!"),
        ("Fecha siniestro", day("%d/%m/%Y"), DAY),
        ("Descripción", ["Colisión trasera en autopista", "Rotura de luna", "Robo del vehículo"], TEXT),
        ("Importe reclamado (€)", lambda r: f"{r.randint(1, 20)}.{v.num(r, 3)},{v.num(r, 2)}", "number"),
        ("Perito", ["M. Salas", "J. Riera"], "name_latin|name_masked|category|text?"),
        ("Correo", v.email, "email!"),
        ("Provincia", ["Madrid", "Barcelona", "Sevilla"], WORD + "|province"),
    )  # fmt: skip
    c.suffix, c.writer = ".sqlite", as_sqlite
    c.count = False


@case(120)
def daochu_damaged(c: Case) -> None:
    """An export of a shop over the border, spoiled: full-width digits, floats, spaces, several nulls."""
    c.strong = (ID,)
    put(
        c,
        ("订单编号", lambda r: "6" + v.num(r, 17), CODES),
        ("订购人", v.name, "name_cn!"),
        ("订购人证件号码", v.prc, ID, key(ID, damage=id_spaced)),
        ("订购人电话", v.mobile, TEL, key(TEL, damage=dot_zero)),
        ("收件人电话", v.mobile, TEL, key(TEL, damage=wide)),
        ("商品条码", v.ean, "ean"),
        (
            "HS编码",
            lambda r: r.choice(("33049900", "21069090", "61091000")) + "10",
            "hs_code|order_no|number",
        ),
        ("成交总价", lambda r: r.choice((v.money(r), "NULL", "--", "")), "number"),
        ("支付流水号", lambda r: "42000" + v.num(r, 23), CODES),
        ("原产国", ["日本", "韩国", "法国", "-"], "country|category"),
    )
    c.count = False


# Nobody is in these


@case(100)
def firmware_fleet(c: Case) -> None:
    put(
        c,
        ("身份标识", lambda r: "9" + v.num(r, 17), CODES + "|device_id"),
        ("fw", lambda r: f"{r.randint(1, 5)}.{r.randint(0, 30)}.{r.randint(0, 9)}.{r.randint(0, 250)}", "version|text|order_no"),
        ("build_ts", lambda r: str(1_700_000_000 + r.randrange(50_000_000)), "timestamp|number|order_no"),
        ("artikelnummer", v.ean, "ean"),
        ("charge", code("L26##@"), CODES),
        ("Temperatur °C", lambda r: f"{r.randint(-20, 60)},{v.num(r, 1)}", "number|weather_value"),
        ("name", ["edge-agent", "mqtt-bridge", "ota-core"], WORD),
        ("state", ["ok", "degraded"], WORD),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";")
