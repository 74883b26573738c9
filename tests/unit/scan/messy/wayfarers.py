"""Thirty-second hand: what affiliates and partners in two dozen countries send, with headers as their own staff and software write them. Labelled before a scan ever saw them."""

from collections.abc import Callable

from messy import digits as d
from messy import values as v
from messy.frame import Case, as_csv, as_jsonl, as_parquet, as_sqlite, as_xlsx
from messy.makers import DAY, NUM, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

STRONG = (
    "passport_foreign", "driver_licence", "social_security_no", "hkid", "pan_in", "nik_id", "cccd_vn", "cpf_br", "crew_list_no",
)  # fmt: skip
WEAK = (
    "phone_intl", "email", "social_account", "customer_no", "employee_no", "student_id", "imei", "device_id", "bank_account", "payment_account", "iban", "policy_no", "vin", "medical_record_no", "pnr",
)  # fmt: skip
TOWN = WORD + "|address_text?"
STREET = "address_latin|address_text!"
GIVEN = "name_part|name_latin!"
Person = dict[str, str]


def crowd(c: Case, n: int, one: Callable[[v.R], Person]) -> Callable[[str], tuple[str, ...]]:
    """Rows drawn from ``n`` persons, some of whom therefore come more than once."""
    made = [one(c.r) for _ in range(n)]
    rows = [c.r.choice(made) for _ in range(c.rows)]
    return lambda field: tuple(person[field] for person in rows)


def settle(c: Case) -> None:
    """The identifiers of the case in order, the surest first."""
    c.strong = tuple(kind for kind in STRONG if kind in c.order)
    c.order = tuple(kind for kind in (*STRONG, *WEAK) if kind in c.order)


def iban(country: str, body: str) -> str:
    return country + d.mod97(body + country) + body


def nif(r: v.R) -> str:
    n = v.num(r, 8, "1234567")
    return n + "TRWAGMYFPDXBNJZSQVHLCKE"[int(n) % 23]


def curp(r: v.R, y: int, m: int, dd: int, sex: str) -> str:
    alphabet = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
    body = f"{code('@')(r)}{r.choice('AEIOU')}{code('@@')(r)}{y % 100:02}{m:02}{dd:02}{sex}{r.choice(('DF', 'JC', 'NL', 'PL'))}"
    body += "".join(r.choices("BCDFGLMNPRSTVZ", k=3)) + ("0" if y < 2000 else "A")
    return body + str(-sum(alphabet.index(x) * (18 - i) for i, x in enumerate(body)) % 10)


def cuil(r: v.R) -> str:
    while True:
        body = r.choice(("20", "27", "23")) + v.num(r, 8, "123")
        rest = -sum(int(x) * w for x, w in zip(body, (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=True)) % 11
        if rest != 10:
            return f"{body[:2]}-{body[2:]}-{rest}"


def cns(r: v.R) -> str:
    while True:
        body = v.num(r, 14, "789")
        rest = -sum(int(x) * (15 - i) for i, x in enumerate(body)) % 11
        if rest != 10:
            return f"{body[:3]} {body[3:7]} {body[7:11]} {body[11:]}{rest}"


def cpf(r: v.R) -> str:
    n = d.cpf(v.num(r, 9))
    return f"{n[:3]}.{n[3:6]}.{n[6:9]}-{n[9:]}"


def svnr(r: v.R, y: int, m: int, dd: int) -> str:
    birth = f"{dd:02}{m:02}{y % 100:02}"
    while True:
        serial = v.num(r, 3, "123456789")
        rest = sum(int(x) * w for x, w in zip(serial + birth, (3, 7, 9, 5, 8, 4, 2, 1, 6), strict=True)) % 11
        if rest != 10:
            return f"{serial}{rest} {birth}"


def fiscale(r: v.R, y: int, m: int, dd: int, sex: str) -> str:
    odd = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)
    body = "".join(r.choices("BCDFGLMNPRSTVZ", k=6))
    body += f"{y % 100:02}{'ABCDEHLMPRST'[m - 1]}{dd + (40 if sex == 'F' else 0):02}{r.choice(('F205', 'H501', 'D969', 'L219'))}"
    places = [int(x) if x.isdigit() else ord(x) - 65 for x in body]
    return body + chr(65 + (sum(odd[p] for p in places[::2]) + sum(places[1::2])) % 26)


def tckn(r: v.R) -> str:
    b = [int(x) for x in v.num(r, 9, "123456789")]
    ten = (sum(b[::2]) * 7 - sum(b[1::2])) % 10
    return "".join(map(str, b)) + str(ten) + str((sum(b) + ten) % 10)


def saudi(r: v.R) -> str:
    body = v.num(r, 9, "12")
    return body + d.luhn(body)


def siren(r: v.R) -> str:
    body = v.num(r, 8, "3458")
    return body + d.luhn(body)


def vat_be(r: v.R) -> str:
    body = "0" + v.num(r, 7, "4567")
    return f"BE{body}{97 - int(body) % 97:02}"


# Employees, orders, patients


@case(60)
def remesa_nominas(c: Case) -> None:
    first, last = ("Begoña", "Íñigo", "Rocío", "Pau", "Montserrat", "Iker", "Nuria"), ("Etxeberria", "Castaño", "Puig", "Vidal", "Muñoz", "Iglesias")  # fmt: skip
    put(
        c,
        ("Nº Empleado", seq(60, "{:06d}", 2207), "employee_no|number|order_no", key("employee_no")),
        ("D.N.I./N.I.E.", nif, "social_security_no|taxpayer_no|order_no", key("social_security_no")),
        ("Primer apellido", list(last), GIVEN),
        ("Segundo apellido", list(last), GIVEN),
        ("Nombre", list(first), GIVEN),
        ("Puesto", ["Carretillero", "Administrativa", "Jefe de tráfico", "Operario de muelle"], "occupation|category!"),
        ("Estado civil", ["Soltero/a", "Casado/a", "Divorciado/a", "Viudo/a"], "marital_status!"),
        ("Minusvalía %", ["0", "0", "0", "33", "65"], "disability|number|category?"),
        ("Fec. alta", day("%d-%m-%Y", 2004, 2025), DAY),
        ("Total devengado", lambda r: f"{r.randint(1, 4)}.{v.num(r, 3)},{v.num(r, 2)}", "income|number!"),
        ("Líquido a percibir", lambda r: f"{r.randint(1, 3)}.{v.num(r, 3)},{v.num(r, 2)}", "income|number!"),
        ("IBAN abono", lambda r: iban("ES", v.num(r, 20)), "iban", key("iban")),
        ("Móvil", lambda r: f"6{v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)}", "phone_intl", key("phone_intl", empty=0.15)),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252", before=("EMPRESA: 00014;;NÓMINA ORDINARIA 10/2026",))
    settle(c)


@case(80)
def pedidos_latam(c: Case) -> None:
    """One shop for Mexico and Argentina: each country fills the document number that it knows."""

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r)
        mexico = r.random() < 0.55
        name = f"{r.choice(('Ximena', 'Facundo', 'Guadalupe', 'Joaquín', 'Milagros', 'Emiliano'))} {r.choice(('Hinojosa', 'Quiroga', 'Zárate', 'Ledesma', 'Escobedo', 'Bustos'))}"
        return {
            "name": name,
            "country": "México" if mexico else "Argentina",
            "curp": curp(r, y, m, dd, r.choice("HM")) if mexico else "",
            "cuil": "" if mexico else cuil(r),
            "phone": f"+52 {r.choice(('55', '33', '81'))} {v.num(r, 4)} {v.num(r, 4)}"
            if mexico
            else f"+54 9 {r.choice(('11', '341', '351'))} {v.num(r, 4)}-{v.num(r, 4)}",
            "email": v.email(r),
            "street": f"{r.choice(('Av. Insurgentes Sur', 'Calle Hidalgo', 'Blvd. Juárez'))} {r.randint(10, 1900)}, Col. Centro"
            if mexico
            else f"{r.choice(('Av. Corrientes', 'San Martín', 'Belgrano'))} {r.randint(100, 5900)}, piso {r.randint(1, 12)} dto. {r.choice('ABC')}",
            "post": v.num(r, 5, "0234678") if mexico else f"{r.choice('BCSX')}{v.num(r, 4, '12345')}{code('@@@')(r)}",
        }  # fmt: skip

    who = crowd(c, 55, one)
    put(
        c,
        ("Nro. de pedido", seq(80, "#{}", 40117), "order_no"),
        ("Fecha de compra", lambda r: v.date(r, "%d/%m/%Y", 2025, 2026) + f" {r.randint(0, 23):02}:{r.randint(10, 59)} hs", WHEN + "|text"),
        ("Destinatario", who("name"), "name_latin!"),
        ("País", who("country"), "country|category"),
        ("CURP", tuple(x or None for x in who("curp")), "social_security_no", key("social_security_no")),
        ("CUIL/CUIT", tuple(x or None for x in who("cuil")), "social_security_no|taxpayer_no", key("social_security_no")),
        ("Celular", who("phone"), "phone_intl", key("phone_intl")),
        ("Correo electrónico", who("email"), "email", key("email")),
        ("Calle y número", who("street"), STREET),
        ("C.P.", who("post"), "postcode_intl|text|order_no?"),
        ("Artículo", ["Termo acero 1 L", "Mochila urbana 25 L", "Cafetera italiana", "Juego de sábanas"], "cargo_name|category|text"),
        ("Cant.", whole(1, 5), NUM),
        ("Importe total", lambda r: f"$ {r.randint(1, 90)}.{v.num(r, 3)},{v.num(r, 2)}", "number|text"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="Pedidos")
    settle(c)


@case(70)
def internacao_br(c: Case) -> None:
    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1938, 2015)
        return {
            "record": v.num(r, 7, "123456789"),
            "name": f"{r.choice(('JOSEFA', 'ADEMIR', 'LUZIA', 'WELLINGTON', 'TEREZINHA'))} {r.choice(('ALVES', 'BATISTA', 'FREITAS', 'PEIXOTO'))} {r.choice(('DA SILVA', 'DE SOUZA', 'BARBOSA'))}",
            "mother": f"{r.choice(('MARIA', 'ANTÔNIA', 'FRANCISCA'))} {r.choice(('ALVES', 'BATISTA', 'FREITAS'))} {r.choice(('DA SILVA', 'DE SOUZA'))}",
            "cpf": cpf(r),
            "cns": cns(r),
            "born": f"{dd:02}/{m:02}/{y}",
            "sex": r.choice(("Feminino", "Masculino")),
            "race": r.choice(("Parda", "Branca", "Preta", "Amarela")),
            "phone": f"({r.choice(('11', '21', '71', '81'))}) 9{v.num(r, 4, '6789')}-{v.num(r, 4)}",
            "cep": f"{v.num(r, 5)}-{v.num(r, 3)}",
        }  # fmt: skip

    who = crowd(c, 52, one)
    put(
        c,
        ("NR_PRONTUARIO", who("record"), "medical_record_no", key("medical_record_no")),
        ("NM_PACIENTE", who("name"), "name_latin!"),
        ("NM_MAE", who("mother"), "name_latin?"),
        ("NR_CPF", who("cpf"), "cpf_br", key("cpf_br")),
        ("NR_CNS", who("cns"), "social_security_no|medical_record_no|order_no", key("social_security_no")),
        ("DT_NASCIMENTO", who("born"), "birth_date!"),
        ("DS_SEXO", who("sex"), "gender!"),
        ("DS_COR_RACA", who("race"), "ethnicity!"),
        ("NR_CELULAR", who("phone"), "phone_intl", key("phone_intl")),
        ("NR_CEP", who("cep"), "postcode_intl|order_no?"),
        ("CD_CID", ["J15.9", "I21.0", "N39.0", "A90"], "icd10!"),
        ("DS_DIAGNOSTICO", ["Pneumonia bacteriana", "Infarto agudo do miocárdio", "Infecção urinária", "Dengue clássica"], "diagnosis!"),
        ("DT_ENTRADA", lambda r: v.date(r, "%d/%m/%Y", 2025, 2026) + f" {r.randint(0, 23):02}:{r.randint(10, 59)}:00", WHEN),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="utf-8-sig", quote=1)
    settle(c)


# Tenants, students, accounts


@case(60)
def quittancement(c: Case) -> None:
    notes = [
        c.r.choice(("", "Chèque rejeté", "Plan d'apurement en cours", "Caution solidaire")) for _ in range(60)
    ]
    notes[9] = "Rappeler au 06 39 98 41 07 après 18 h"
    notes[44] = "Préavis reçu par mail de ines.faucher@example.fr"
    put(
        c,
        ("N° locataire", lambda r: "L" + v.num(r, 6), "customer_no|order_no?"),
        ("Civilité", ["M.", "Mme"], "gender|category?"),
        ("Nom et prénom", lambda r: f"{r.choice(('BERTHELOT', 'FAUCHER', 'LE GOFF', 'DIALLO', 'MÉNARD'))} {r.choice(('Solène', 'Bastien', 'Aminata', 'Gwenaël', 'Maëlys'))}", "name_latin!"),
        ("Adresse du lot", lambda r: f"{r.randint(1, 98)} {r.choice(('rue des Lilas', 'allée du Port', 'quai de la Fosse'))}, Bât. {r.choice('ABC')}, {r.randint(1, 6)}e étage", STREET),
        ("CP", lambda r: r.choice(("44", "35", "56")) + v.num(r, 3), "postcode_intl|number|category?"),
        ("Commune", ["NANTES", "SAINT-NAZAIRE", "RENNES", "VANNES"], TOWN),
        ("Date d'effet du bail", day("%d/%m/%Y", 2012, 2025), DAY),
        ("Loyer HC", lambda r: f"{r.randint(380, 1290)},{v.num(r, 2)}", "number?"),
        ("N° allocataire CAF", lambda r: v.num(r, 7), "social_security_no|order_no|number|customer_no?"),
        ("IBAN prélèvement", lambda r: iban("FR", v.num(r, 23)), "iban!"),
        ("Tél. portable", lambda r: "0" + r.choice("67") + "." + ".".join(v.num(r, 2) for _ in range(4)), "phone_intl!"),
        ("Solde débiteur", lambda r: r.choice(("0,00", f"{r.randint(20, 2400)},{v.num(r, 2)}")), "number?"),
        ("Commentaire gestionnaire", tuple(notes), "text!", {"embedded": ("phone_intl", "email")}),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False  # people stand in the remarks besides the tenants


@case(70)
def inskription(c: Case) -> None:
    """Students of an Austrian school of applied sciences, some from Germany."""

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1994, 2007)
        german = r.random() < 0.3
        return {
            "matr": f"{r.choice(('01', '11', '12'))}{v.num(r, 6)}",
            "svnr": svnr(r, y, m, dd),
            "born": f"{dd:02}.{m:02}.{y}",
            "nation": "Deutschland" if german else "Österreich",
            "street": f"{r.choice(('Mariahilfer Straße', 'Grazer Gasse', 'Am Tabor', 'Lindenweg'))} {r.randint(1, 140)}/{r.randint(1, 30)}",
            "town": f"{r.choice(('80331 München', '94032 Passau'))}" if german else f"{r.choice(('1070 Wien', '8010 Graz', '4020 Linz'))}",
            "phone": f"+49 17{r.choice('0156')} {v.num(r, 7)}" if german else f"+43 6{r.choice(('64', '76', '99'))} {v.num(r, 7)}",
            "email": v.email(r),
        }  # fmt: skip

    who = crowd(c, 58, one)
    put(
        c,
        ("matrikelnummer", who("matr"), "student_id", key("student_id")),
        ("svnr", who("svnr"), "social_security_no", key("social_security_no")),
        ("familienname", ["Hofstätter", "Pichler", "Grünwald", "Kröll", "Stöger"], GIVEN),
        ("vorname", ["Magdalena", "Lukas", "Valentina", "Matthäus", "Resi"], GIVEN),
        ("geschlecht", ["w", "m", "d"], "gender!"),
        ("geburtsdatum", who("born"), "birth_date!"),
        ("staatsbürgerschaft", who("nation"), "nationality|country!"),
        ("heimatadresse", who("street"), STREET),
        ("plz_ort", who("town"), WORD + "|address_text|address_latin|postcode_intl?"),
        ("handy", who("phone"), "phone_intl", key("phone_intl")),
        ("e_mail", who("email"), "email", key("email")),
        ("studiengang", ["Logistik und Transport", "Wirtschaftsinformatik", "Pflege"], WORD + "|education?"),
        ("notenschnitt", lambda r: round(r.uniform(1, 4.5), 2), "number?"),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet
    settle(c)


@case(70)
def conti_correnti(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1940, 2003)
        sex = r.choice("MF")
        first = ("Ludovica", "Annamaria", "Giada") if sex == "F" else ("Pasquale", "Edoardo", "Niccolò")
        return {
            "ndg": v.num(r, 9, "123456789"),
            "name": f"{r.choice(('DE LUCA', 'BERTOLINI', 'SCOGNAMIGLIO', 'PELLEGRINI'))} {r.choice(first).upper()}",
            "cf": fiscale(r, y, m, dd, sex),
            "born": f"{dd:02}/{m:02}/{y}",
            "place": r.choice(("MILANO (MI)", "ROMA (RM)", "GENOVA (GE)", "TORINO (TO)")),
            "phone": f"3{r.choice(('28', '33', '47', '92'))} {v.num(r, 7)}",
        }  # fmt: skip

    who = crowd(c, 54, one)
    put(
        c,
        ("NDG", who("ndg"), "customer_no|number|order_no?"),
        ("Intestatario", who("name"), "name_latin!"),
        ("Cod. fiscale", who("cf"), "social_security_no|taxpayer_no", key("social_security_no")),
        ("Luogo di nascita", who("place"), TOWN),
        ("Data di nascita", who("born"), "birth_date!"),
        ("Cellulare", who("phone"), "phone_intl", key("phone_intl")),
        ("IBAN", lambda r: iban("IT", code("@")(r) + r.choice(("0306909606", "0200801600")) + v.num(r, 12)), "iban", key("iban")),
        ("Data apertura", day("%d/%m/%Y", 2001, 2025), DAY),
        ("Saldo contabile", lambda r: f"{r.choice(('', '-'))}{r.randint(1, 60)}.{v.num(r, 3)},{v.num(r, 2)}", "number?"),
        ("Profilo MiFID", ["Prudente", "Equilibrato", "Dinamico"], WORD + "?"),
        ("Filiale", ["00214", "00377", "01020"], NUM + "|order_no"),
        ("Note", ["", "Documento scaduto", "Delega alla firma", "Successione in corso"], TEXT),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Rapporti di c/c in essere al 30/10/2026",), merge=True)
    settle(c)


# Travellers


@case(80)
def yolcu_listesi(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        return {
            "name": r.choice(("OĞUZHAN", "ŞERİFE", "TUNCAY", "GÜLCAN", "İLKER")),
            "surname": r.choice(("KOÇYİĞİT", "ÜNAL", "BAYRAKTAR", "SÖNMEZ", "ÇAKIR")),
            "tckn": tckn(r),
            "passport": f"U{v.num(r, 8)}",
            "sex": r.choice(("E", "K")),
            "phone": f"0 5{r.choice(('32', '42', '55'))} {v.num(r, 3)} {v.num(r, 2)} {v.num(r, 2)}",
        }

    who = crowd(c, 64, one)
    put(
        c,
        ("Sefer No", ["TS 417", "TS 803", "TS 1126"], "voyage_no|category"),
        ("Sefer Tarihi", day("%d.%m.%Y", 2026, 2026), DAY),
        ("Rezervasyon Kodu", code("@@@@@@"), "pnr|order_no", key("pnr")),
        ("Adı", who("name"), GIVEN),
        ("Soyadı", who("surname"), GIVEN),
        ("TC Kimlik No", who("tckn"), "social_security_no", key("social_security_no")),
        ("Pasaport No", who("passport"), "passport_foreign", key("passport_foreign", empty=0.4)),
        ("Cinsiyet", who("sex"), "gender!"),
        ("Uyruk", ["TC", "TC", "TC", "KKTC"], "nationality|country|category!"),
        ("Cep Tel", who("phone"), "phone_intl", key("phone_intl")),
        ("Koltuk", lambda r: f"{r.randint(1, 31)}{r.choice('ABCDEF')}", WORD + "|order_no"),
        ("Özel Hizmet", ["", "", "Tekerlekli sandalye", "Diyabetik yemek"], TEXT + "?"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1254")
    settle(c)


@case(60)
def thuyen_vien(c: Case) -> None:
    """Crew from Viet Nam and Indonesia; each country has a number of its own."""
    rows = []
    for _ in range(60):
        y, m, dd = v.birthday(c.r, 1968, 1999)
        viet, place = c.r.random() < 0.6, c.r.choice(("001", "031", "079"))
        rows.append((
            c.r.choice(("Đặng Quốc Khánh", "Bùi Xuân Trường", "Đỗ Hữu Nghĩa", "Ngô Thanh Tùng"))
            if viet
            else c.r.choice(("Bambang Prasetyo", "Yudi Hermawan", "Slamet Riyadi", "Made Suarjana")),
            "VNM" if viet else "IDN",
            f"{dd:02}/{m:02}/{y}",
            f"{place}0{y % 100:02}{v.num(c.r, 6)}" if viet else None,
            None if viet else f"{c.r.choice(('317105', '327506', '357801'))}{dd:02}{m:02}{y % 100:02}{c.r.randint(1, 29):04}",
            c.r.choice("CP") + v.num(c.r, 7) if viet else c.r.choice("EX") + v.num(c.r, 7),
            f"+84 {c.r.choice(('90', '91', '98'))} {v.num(c.r, 3)} {v.num(c.r, 4)}" if viet else f"+62 8{c.r.choice(('12', '57', '78'))}-{v.num(c.r, 4)}-{v.num(c.r, 4)}",
        ))  # fmt: skip
    name, nation, born, cccd, nik, passport, phone = zip(*rows, strict=True)
    put(
        c,
        ("Họ tên / Name", name, "name_latin|name_other!"),
        ("Chức danh / Rank", ["Thuyền trưởng", "Đại phó", "Máy trưởng", "Thủy thủ", "Bếp trưởng"], "occupation|category?"),
        ("Quốc tịch / Nationality", nation, "nationality|country!"),
        ("Ngày sinh / DOB", born, "birth_date!"),
        ("Số CCCD", cccd, "cccd_vn", key("cccd_vn")),
        ("NIK (Indonesia)", nik, "nik_id", key("nik_id")),
        ("Hộ chiếu / Passport", passport, "passport_foreign", key("passport_foreign")),
        ("Sổ thuyền viên", lambda r: v.num(r, 8), "crew_list_no|order_no|number", key("crew_list_no")),
        ("Điện thoại", phone, "phone_intl", key("phone_intl")),
        ("Tên tàu", ["BIỂN ĐÔNG STAR", "MEKONG PEARL", "SUNDA JAYA"], "vessel_name|category"),
        ("Nhóm máu", ["O", "A", "B", "AB"], "blood_type!"),
        ("Lương USD/tháng", lambda r: f"{r.randint(900, 9800)}", "income|number!"),
        ("Người thân", ["Vợ", "Mẹ", "Istri", "Anh trai"], "kinship|category!"),
    )  # fmt: skip
    c.suffix, c.writer = ".db", as_sqlite
    settle(c)


@case(70)
def shukuhaku(c: Case) -> None:
    """A Japanese inn's register with Korean beside it for its guests from Busan."""

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1950, 2004)
        korean = r.random() < 0.4
        return {
            "name": r.choice(("오세훈", "한지민", "배준호", "신유진", "문가영"))
            if korean
            else f"{r.choice(('阿部', '西村', '岩崎', '大久保'))} {r.choice(('和也', '美咲', '健太郎', '千尋'))}",
            "nation": "大韓民国" if korean else "日本",
            "passport": f"M{v.num(r, 3)}{code('@')(r)}{v.num(r, 4)}" if korean else "",
            "born": f"{y}年{m}月{dd}日",
            "phone": f"+82-10-{v.num(r, 4, '23456789')}-{v.num(r, 4)}" if korean else f"0{r.choice(('90', '80', '70'))}-{v.num(r, 4, '123456789')}-{v.num(r, 4)}",
            "email": v.email(r),
            "address": f"부산광역시 {r.choice(('수영구 광안로', '동래구 충렬대로'))} {r.randint(1, 300)}"
            if korean
            else f"{r.choice(('福岡県福岡市博多区', '長崎県佐世保市', '熊本県熊本市中央区'))}{r.choice(('本町', '中央', '駅前'))}{r.randint(1, 5)}-{r.randint(1, 20)}-{r.randint(1, 15)}",
            "job": r.choice(("회사원", "자영업", "학생") if korean else ("会社員", "自営業", "公務員")),
        }  # fmt: skip

    who = crowd(c, 50, one)
    put(
        c,
        ("予約番号／예약번호", code("RY26-######"), "order_no|pnr?"),
        ("氏名／성명", who("name"), "name_other|name_cn!"),
        ("国籍／국적", who("nation"), "nationality|country!"),
        ("旅券番号／여권번호", tuple(x or None for x in who("passport")), "passport_foreign", key("passport_foreign")),
        ("生年月日", who("born"), "birth_date!"),
        ("電話番号／전화번호", who("phone"), "phone_intl", key("phone_intl")),
        ("メール", who("email"), "email", key("email")),
        ("住所／주소", who("address"), "address_text|address_cn|text!"),
        ("職業／직업", who("job"), "occupation|category!"),
        ("到着日", lambda r: f"2026年{r.randint(1, 12)}月{r.randint(1, 28)}日", DAY),
        ("部屋", ["松の間", "竹の間", "梅の間", "離れ 楓"], WORD),
        ("アレルギー", ["", "", "そば", "甲殻類"], "medical_text|category|text!"),
        ("宿泊料", lambda r: f"¥{r.randint(12, 98)},{v.num(r, 3)}", "number|text"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="宿泊者名簿")
    settle(c)


# Users, policies, contacts, customers, owners


@case(80)
def wallet_users_in(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        first, last = r.choice(("harpreet", "ananya", "suresh", "meenakshi", "imran")), r.choice(("bhatia", "kulkarni", "ansari", "menon"))  # fmt: skip
        return {
            "user": f"USR{v.num(r, 8)}",
            "name": f"{first.title()} {last.title()}",
            "mobile": "91" + v.num(r, 10, "6789"),
            "email": v.email(r),
            "pan": code(f"@@@P{last[0].upper()}####@")(r),
            "vpa": f"{first}{r.randint(10, 9999)}@{r.choice(('okaxis', 'ybl', 'paytm'))}",
            "imei": v.imei(r),
            "gaid": v.guid(r),
        }

    who = crowd(c, 60, one)
    put(
        c,
        ("userId", who("user"), "customer_no|social_account|order_no", key("customer_no")),
        ("fullName", who("name"), "name_latin!"),
        ("mobileNumber", who("mobile"), "phone_intl", key("phone_intl")),
        ("emailId", who("email"), "email", key("email")),
        ("panNumber", who("pan"), "pan_in", key("pan_in")),
        ("upiVpa", who("vpa"), "payment_account|social_account|email?"),
        ("imei1", who("imei"), "imei", key("imei")),
        ("advertisingId", who("gaid"), "device_id|uuid", key("device_id")),
        ("kycLevel", ["MIN_KYC", "FULL_KYC", "NONE"], WORD),
        ("walletBalance", lambda r: round(r.uniform(0, 9999), 2), "number?"),
        ("pinCode", lambda r: v.num(r, 6, "1234567"), "postcode_intl|number?"),
        ("lastLoginIp", v.ip, "ipv4!"),
        ("lastLoginAt", lambda r: v.moment(r).replace(" ", "T") + "+05:30", WHEN),
        ("marketingConsent", lambda r: r.random() < 0.5, "boolean"),
    )  # fmt: skip
    c.suffix, c.writer = ".jsonl", as_jsonl()
    settle(c)


@case(70)
def hk_claims(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        last, roman = r.choice(
            (("陳", "CHAN"), ("黃", "WONG"), ("林", "LAM"), ("張", "CHEUNG"), ("李", "LEE"))
        )
        given, said = r.choice((("志明", "Chi Ming"), ("嘉欣", "Ka Yan"), ("家豪", "Ka Ho"), ("詠詩", "Wing Sze")))  # fmt: skip
        y, m, dd = v.birthday(r, 1948, 2004)
        return {
            "policy": f"HK{v.num(r, 8)}",
            "cn": last + given,
            "en": f"{roman} {said}",
            "hkid": v.hkid(r),
            "born": f"{dd:02}/{m:02}/{y}",
            "phone": f"{r.choice('569')}{v.num(r, 3)} {v.num(r, 4)}",
            "address": f"{r.choice(('九龍旺角彌敦道', '香港鰂魚涌英皇道', '新界沙田大涌橋路'))}{r.randint(1, 900)}號{r.randint(1, 40)}樓{r.choice('ABCDEFGH')}室",
        }  # fmt: skip

    who = crowd(c, 48, one)
    put(
        c,
        ("賠償編號 Claim No.", code("CLM26######"), "claim_no|order_no!"),
        ("保單號碼 Policy No.", who("policy"), "policy_no", key("policy_no")),
        ("受保人姓名", who("cn"), "name_cn!"),
        ("Name of Insured", who("en"), "name_latin!"),
        ("身份證號碼 HKID", who("hkid"), "hkid", key("hkid")),
        ("出生日期", who("born"), "birth_date!"),
        ("聯絡電話", who("phone"), "phone_intl", key("phone_intl")),
        ("通訊地址", who("address"), "address_cn|address_text!"),
        ("診斷 Diagnosis", ["急性闌尾炎", "白內障", "腰椎間盤突出", "Acute gastroenteritis"], "diagnosis!"),
        ("入院日期", day("%d/%m/%Y", 2025, 2026), DAY),
        ("索償金額 (HK$)", lambda r: f"{r.randint(1, 180)},{v.num(r, 3)}.00", "number"),
        ("收款戶口", lambda r: f"{r.choice(('004', '012', '024'))}-{v.num(r, 3)}-{v.num(r, 6)}-{v.num(r, 3)}", "bank_account|order_no?"),
        ("狀況", ["已批核", "待補文件", "拒賠", "審核中"], WORD),
    )  # fmt: skip
    c.writer = as_csv(encoding="big5hkscs")
    settle(c)


@case(90)
def hubspot_contacts(c: Case) -> None:
    c.count = False
    """An American and a British sales team in one list."""

    def one(r: v.R) -> Person:
        british = r.random() < 0.45
        return {
            "id": v.num(r, 11, "123456789"),
            "first": r.choice(("Imogen", "Alistair", "Rhys", "Philippa")) if british else r.choice(("Brandon", "Kaylee", "DeShawn", "Marisol")),
            "last": r.choice(("Ashworth", "Llewellyn", "Featherstone", "Okonkwo")) if british else r.choice(("Kowalczyk", "Gutierrez", "Henderson", "McAllister")),
            "email": v.email(r),
            "phone": f"+44 7{v.num(r, 3, '3456789')} {v.num(r, 6)}" if british else f"+1 ({r.randint(201, 989)}) 555-{v.num(r, 4)}",
            "street": f"{r.randint(1, 140)} {r.choice(('Church Lane', 'Station Road', 'The Crescent'))}" if british else f"{r.randint(100, 9900)} {r.choice(('W Pine St', 'Ridgeview Dr', 'County Rd 12'))}",
            "post": f"{r.choice(('BS', 'LS', 'EH'))}{r.randint(1, 19)} {r.randint(1, 9)}{code('@@')(r)}" if british else v.num(r, 5, "123456789"),
            "country": "United Kingdom" if british else "United States",
            "linkedin": f"https://www.linkedin.example/in/{r.choice(('sales', 'ops', 'buyer'))}-{v.hexes(r, 8)}",
        }  # fmt: skip

    who = crowd(c, 90, one)
    put(
        c,
        ("Record ID", who("id"), "customer_no|order_no|number?"),
        ("First Name", who("first"), GIVEN),
        ("Last Name", who("last"), GIVEN),
        ("Email", who("email"), "email", key("email")),
        ("Mobile Phone Number", who("phone"), "phone_intl", key("phone_intl", empty=0.1)),
        ("Job Title", ["Head of Procurement", "Supply Chain Analyst", "Owner", "Plant Manager"], "occupation|category!"),
        ("Company Name", v.firm, "org_name"),
        ("Street Address", who("street"), STREET),
        ("Postal Code", who("post"), "postcode_intl|order_no|text?"),
        ("Country/Region", who("country"), "country|category"),
        ("LinkedIn URL", who("linkedin"), "url|social_account|advertising_url?"),
        ("Lifecycle Stage", ["Lead", "MQL", "Opportunity", "Customer"], WORD),
        ("Last Activity Date", lambda r: f"{v.date(r)} {r.randint(0, 23):02}:{r.randint(10, 59)}", WHEN),
    )  # fmt: skip
    c.writer = as_csv(encoding="utf-8-sig", quote=1)
    settle(c)


@case(60)
def umala_sa(c: Case) -> None:
    """Customers of a Saudi car rental."""

    def one(r: v.R) -> Person:
        return {
            "no": f"{v.num(r, 7, '123456789')}",
            "name": f"{r.choice(('عبدالعزيز', 'نورة', 'تركي', 'هيفاء', 'سلطان'))} {r.choice(('بن ناصر', 'محمد', 'إبراهيم'))} {r.choice(('القحطاني', 'الدوسري', 'الشهري', 'العتيبي'))}",
            "id": saudi(r),
            "born": f"{r.randint(1375, 1425)}/{r.randint(1, 12):02}/{r.randint(1, 29):02}",
            "phone": f"+9665{v.num(r, 8)}",
            "email": v.email(r),
            "sex": r.choice(("ذكر", "أنثى")),
            "nation": r.choice(("سعودي", "يمني", "مصري", "هندي")),
        }  # fmt: skip

    who = crowd(c, 46, one)
    put(
        c,
        ("رقم العميل", who("no"), "customer_no|number|order_no", key("customer_no")),
        ("اسم العميل", who("name"), "name_other!"),
        ("رقم الهوية / الإقامة", who("id"), "social_security_no", key("social_security_no")),
        ("تاريخ الميلاد (هـ)", who("born"), "birth_date|date!"),
        ("الجنس", who("sex"), "gender!"),
        ("الجنسية", who("nation"), "nationality|country!"),
        ("رقم الجوال", who("phone"), "phone_intl", key("phone_intl")),
        ("البريد الإلكتروني", who("email"), "email", key("email")),
        ("المدينة", ["الرياض", "جدة", "الدمام", "أبها"], TOWN),
        ("العنوان الوطني", lambda r: f"{v.num(r, 4, '2345678')} {r.choice(('طريق الملك فهد', 'شارع التحلية', 'شارع الأمير سلطان'))}، حي {r.choice(('العليا', 'الروضة', 'النخيل'))}", "address_text|text!"),
        ("رقم العقد", code("RA-26######"), "order_no"),
        ("مبلغ الإيجار (ر.س)", fmt(140, 3900, 2), "number"),
        ("ملاحظات", ["", "عميل مميز", "تأخر في الإرجاع", "يحتاج مقعد أطفال"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1256")
    settle(c)


@case(60)
def vladeltsy_ts(c: Case) -> None:
    c.count = False
    """Owners of Russian vehicles; some own two."""

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1950, 2002)
        return {
            "name": r.choice(("Тихонов Аркадий Львович", "Зайцева Раиса Павловна", "Гусев Егор Ильич", "Мартынова Алла Юрьевна", "Шаповалов Глеб Олегович")),
            "born": f"{dd:02}.{m:02}.{y}",
            "passport": f"{r.choice(('45', '40', '65'))} {r.randint(5, 24):02} {v.num(r, 6, '123456789')}",
            "licence": f"99 {r.randint(10, 39)} {v.num(r, 6)}",
            "phone": f"+7 (9{v.num(r, 2)}) {v.num(r, 3)}-{v.num(r, 2)}-{v.num(r, 2)}",
            "address": f"г. {r.choice(('Москва', 'Владивосток', 'Екатеринбург'))}, ул. {r.choice(('Лесная', 'Мира', 'Гагарина'))}, д. {r.randint(1, 120)}, кв. {r.randint(1, 240)}",
        }  # fmt: skip

    who = crowd(c, 45, one)
    put(
        c,
        ("№ п/п", seq(60), NUM + "|order_no"),
        ("ФИО собственника", who("name"), "name_other!"),
        ("Дата рождения", who("born"), "birth_date!"),
        ("Паспорт (серия, номер)", who("passport"), "passport_foreign|social_security_no", key("passport_foreign")),
        ("Вод. удостоверение", who("licence"), "driver_licence|order_no?"),
        ("Телефон", who("phone"), "phone_intl", key("phone_intl")),
        ("Адрес регистрации", who("address"), "address_text|text!"),
        ("Гос. номер", lambda r: f"{r.choice('АВЕКМНОРСТУХ')}{v.num(r, 3)}{''.join(r.choices('АВЕКМНОРСТУХ', k=2))}{r.choice(('77', '125', '196', '799'))}", "order_no|plate_cn|text?"),
        ("VIN", lambda r: v.vin(r, r.choice(("XTA", "Z94", "LVV"))), "vin", key("vin")),
        ("Марка, модель", ["LADA VESTA", "CHERY TIGGO 7 PRO", "KIA RIO", "HAVAL JOLION"], WORD),
        ("Год выпуска", whole(2008, 2025), "number|category|date"),
        ("ПТС", lambda r: f"{r.choice(('77', '25', '66'))} {r.choice(('ОУ', 'РВ', 'НХ'))} {v.num(r, 6)}", "order_no|text?"),
        ("Мощность, л.с.", whole(87, 249), NUM),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1251")
    settle(c)


# Nobody stands in these


@case(60)
def factures_be(c: Case) -> None:
    """Invoices between firms, in the two languages of a Brussels office."""
    put(
        c,
        ("N° facture / Factuurnr.", seq(60, "VF2026/{:05d}", 811), "order_no"),
        ("Date / Datum", day("%d/%m/%Y", 2026, 2026), DAY),
        ("Échéance / Vervaldag", day("%d/%m/%Y", 2026, 2026), DAY),
        ("Client / Klant", ["Brouwerij De Zwaan NV", "Carrelages Dumoulin SRL", "Vlaamse Staalhandel BV", "Transports Meuse & Sambre SA"], "org_name|category"),
        ("N° TVA / BTW-nr.", vat_be, "vat_eu|taxpayer_no"),
        ("SIREN fournisseur", siren, "taxpayer_no|org_code|number|order_no"),
        ("Communication structurée", lambda r: (lambda n: f"+++{n[:3]}/{n[3:7]}/{n[7:]}{int(n) % 97 or 97:02}+++")(v.num(r, 10, "123456789")), "order_no|text"),
        ("Omschrijving", ["Vervoer Antwerpen-Luik", "Opslag pallets oktober", "Frais de manutention", "Douaneformaliteiten"], "category|text|cargo_name"),
        ("HTVA / Excl. btw", lambda r: f"{r.randint(1, 19)}.{v.num(r, 3)},{v.num(r, 2)}", "number"),
        ("Taux TVA / Btw %", ["21", "6", "0"], NUM),
        ("BIC", ["KREDBEBB", "GEBABEBB", "BBRUBEBB"], "bic|category"),
        ("Payé / Betaald", ["Oui/Ja", "Non/Neen"], "boolean|category"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="latin-1")


@case(60)
def stany_mag(c: Case) -> None:
    put(
        c,
        ("Symbol", code("@@-####/@"), "order_no|text"),
        ("Nazwa towaru", ["Śruba M8x40 ocynk", "Łożysko 6205 2RS", "Uszczelka głowicy", "Przewód olejowy 1/2'"], "cargo_name|category|text"),
        ("Kod kreskowy", lambda r: (lambda b: b + d.ean(b))("590" + v.num(r, 9)), "ean"),
        ("Magazyn", ["MAG Główny", "MAG Gdańsk", "MAG Zwroty"], WORD),
        ("Stan", lambda r: f"{r.randint(0, 900)},000", "number"),
        ("Rezerwacja", lambda r: f"{r.randint(0, 40)},000", "number"),
        ("J.m.", ["szt.", "kpl.", "mb"], WORD),
        ("Cena zakupu netto", lambda r: f"{r.randint(1, 480)},{v.num(r, 2)}", "number"),
        ("Stawka VAT", ["23%", "8%", "5%"], WORD + "|number"),
        ("Kod CN", ["73181595", "84821010", "84841000", "40093100"], "hs_code|number|category|order_no"),
        ("Ostatnia dostawa", day("%d.%m.%Y", 2024, 2026), DAY),
        ("Uwagi", ["", "Końcówka serii", "Zamówić przed świętami"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1250")


@case(50)
def ficheiro_artigos(c: Case) -> None:
    put(
        c,
        ("Artigo", seq(50, "PA{:05d}", 3010), "order_no"),
        ("Descrição", ["Azeite virgem extra 0,75 L", "Rolha de cortiça 45x24", "Conserva de sardinha 120 g", "Azulejo 14x14 azul"], "cargo_name|category|text"),
        ("Família", ["Alimentar", "Cortiça", "Cerâmica"], WORD),
        ("Cód. Barras", lambda r: (lambda b: b + d.ean(b))("560" + v.num(r, 9)), "ean"),
        ("Pauta aduaneira", ["15092000", "45031010", "16041311", "69072190"], "hs_code|number|category|order_no"),
        ("Unid. Base", ["UN", "CX", "M2"], WORD),
        ("Peso líq. (kg)", lambda r: f"{r.randint(0, 24)},{v.num(r, 3)}", "number"),
        ("PVP1", lambda r: f"{r.randint(1, 90)},{v.num(r, 2)} €", "number|text"),
        ("País origem", ["PT", "ES", "PT", "CN"], "country|category"),
        ("Fornecedor principal", ["Lagares do Tejo, Lda.", "Cortiças Montado S.A.", "Conserveira Atlântico, Lda."], "org_name|category"),
        ("Descontinuado", ["Sim", "Não"], "boolean|category"),
        ("Últ. alteração", lambda r: f"{v.date(r, '%d-%m-%Y')} {r.randint(8, 18):02}:{r.randint(10, 59)}", WHEN),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="Artigos", title=("Ficheiro mestre de artigos",))


@case(80)
def mittaukset(c: Case) -> None:
    """Measurements of a harbour whose staff write Finnish and Swedish."""
    put(
        c,
        ("Anturi / Givare", lambda r: f"HKI-{r.choice(('LT', 'KOS', 'PAI'))}-{r.randint(1, 24):03}", "order_no|category|text"),
        ("Aikaleima / Tidsstämpel", lambda r: v.date(r, "%d.%m.%Y", 2026, 2026) + f" klo {r.randint(0, 23)}.{r.randint(10, 59)}", WHEN + "|text"),
        ("Ilman lämpötila °C / Lufttemperatur", lambda r: f"{r.uniform(-24, 29):.1f}".replace(".", ","), "weather_value|number"),
        ("Suhteellinen kosteus %", whole(28, 100), "weather_value|number"),
        ("Tuulen nopeus m/s / Vindhastighet", lambda r: f"{r.uniform(0, 24):.1f}".replace(".", ","), "weather_value|number"),
        ("Veden korkeus cm / Vattenstånd", whole(-60, 110), "number|weather_value"),
        ("Leveysaste", lambda r: f"{60.1 + r.random() * 0.1:.5f}", "latitude"),
        ("Pituusaste", lambda r: f"{24.9 + r.random() * 0.2:.5f}", "longitude"),
        ("Akun jännite V / Batterispänning", fmt(3.1, 4.2, 2), "number"),
        ("Tila / Status", ["OK", "Häiriö", "Huolto", "Ei yhteyttä"], WORD),
        ("Laiteohjelmisto", lambda r: f"v{r.randint(1, 3)}.{r.randint(0, 12)}.{r.randint(0, 9)}", "version"),
        ("Sarjanumero / Serienr", code("FI########"), "order_no"),
    )  # fmt: skip
    c.suffix, c.writer = ".tsv", as_csv(delimiter="\t")
