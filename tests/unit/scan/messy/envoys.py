"""Twentieth hand: payrolls, clinics, freight and payments as parties abroad keep them, in six languages. Labelled before a scan ever saw them."""

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
    grouped4,
    wide,
)
from messy.makers import CODES, DAY, NUM, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

DE = ("Brandt", "Köhler", "Özdemir", "Schröder", "Weber", "Yildiz", "Böhm", "Lange")
DE_FIRST = ("Annika", "Björn", "Cem", "Dörte", "Felix", "Jürgen", "Svenja")
FR = ("Lefebvre", "Gauthier", "N'Diaye", "Benoît", "Faure", "Chevalier", "Besson")
FR_FIRST = ("Aurélie", "Loïc", "Maëlle", "Thierry", "Inès", "Gaëtan")
ES = ("Gómez Ruiz, Iker", "Peña Soto, Nuria", "Ibáñez Mora, Raúl", "Vidal Cano, Sonia", "Núñez Gil, Óscar")
JA = ("中村 彩花", "小林 大樹", "加藤 葵", "吉田 蓮", "山口 直人", "松本 千尋")
JA_KANA = ("ナカムラ アヤカ", "コバヤシ ダイキ", "カトウ アオイ", "ヨシダ レン", "ヤマグチ ナオト")
KO = ("오세훈", "한지민", "윤도현", "임수정", "서강준", "문채원")


def nhs(r: v.R) -> str:
    while True:
        body = v.num(r, 9, "4679")
        if len(check := d.nhs(body)) == 1:
            return f"{body[:3]} {body[3:6]} {body[6:]}{check}"


def emirates(r: v.R) -> str:
    body = f"784{r.randint(1965, 2002)}{v.num(r, 7)}"
    full = body + d.luhn(body)
    return f"{full[:3]}-{full[3:7]}-{full[7:14]}-{full[14]}"


def rrn(r: v.R) -> str:
    body = f"{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{r.choice('12')}{v.num(r, 5)}"
    full = body + d.rrn(body)
    return f"{full[:6]}-{full[6:]}"


def brn(r: v.R) -> str:
    body = v.num(r, 9, "12")
    total = (
        sum(int(c) * w for c, w in zip(body, (1, 3, 7, 1, 3, 7, 1, 3, 5), strict=True))
        + int(body[8]) * 5 // 10
    )
    return f"{body[:3]}-{body[3:5]}-{body[5:]}{-total % 10}"


def dni(r: v.R) -> str:
    body = v.num(r, 8)
    return body + "TRWAGMYFPDXBNJZSQVHLCKE"[int(body) % 23]


def euro(low: int, high: int):  # type: ignore[no-untyped-def]
    """Amounts as Germans write them."""
    return lambda r: f"{r.uniform(low, high):,.2f}".translate(str.maketrans(",.", ".,"))


@case(60)
def lohnjournal(c: Case) -> None:
    put(
        c,
        ("Pers.-Nr.", seq(60, "{:05d}", 30114), "employee_no|number|order_no!"),
        ("Familienname", list(DE), "name_part|name_latin!"),
        ("Rufname", list(DE_FIRST), "name_part|name_latin!"),
        ("Geb.datum", day("%d.%m.%Y", 1961, 2004), "birth_date|date!"),
        ("SV-Nr.", lambda r: f"{v.num(r, 2, '1456')}{r.randint(1, 28):02}{r.randint(1, 12):02}{r.randint(60, 99)}{r.choice('BKLSW')}{v.num(r, 3)}", "social_security_no|order_no!"),
        ("Steuer-IdNr.", lambda r: v.num(r, 11, "123456789"), "social_security_no|taxpayer_no|order_no|number!"),
        ("StKl", ["1", "3", "4", "5"], NUM),
        ("Konf.", ["rk", "ev", "--"], "religion|category|text!"),
        ("Bruttolohn", euro(2100, 6400), "income|number!"),
        ("Auszahlungsbetrag", euro(1500, 4200), "income|number!"),
        ("Bankverbindung (IBAN)", v.iban, "iban!", {"damage": grouped4}),
        ("Eintritt am", day("%d.%m.%Y", 2005, 2025), DAY),
        ("KoSt", ["4010", "4020", "5500"], "category|number|order_no"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(55)
def consultations_fr(c: Case) -> None:
    put(
        c,
        ("N° IPP", lambda r: "80" + v.num(r, 8), "medical_record_no|order_no|number!"),
        ("Nom d'usage", list(FR), "name_part|name_latin!"),
        ("Prénom", list(FR_FIRST), "name_part|name_latin!"),
        ("DDN", day("%d/%m/%Y", 1935, 2018), "birth_date|date!"),
        ("Sexe", ["F", "M"], "gender!"),
        ("N° Séc. Soc.", lambda r: f"{r.choice('12')} {r.randint(40, 99)} {r.randint(1, 12):02} {r.randint(10, 95)} {v.num(r, 3)} {v.num(r, 3)} {v.num(r, 2)}", "social_security_no|order_no|text!"),
        ("Motif", ["Douleur thoracique", "Suivi HTA", "Lombalgie", "Vaccin"], "medical_text|diagnosis|text|category?"),
        ("TA syst.", whole(95, 180), "lab_result|number!"),
        ("Poids (kg)", fmt(44, 110, 1), "lab_result|number!"),
        ("Allergies connues", ["Pénicilline", "Aucune", "Arachide"], "medical_text|diagnosis|category|text!"),
        ("Portable", lambda r: f"0{r.choice('67')} {v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)} {v.num(r, 2)}", "phone_intl!"),
        ("CP", ["69003", "13008", "75015"], "postcode_intl|number|category"),
        ("Praticien", ["Dr Lambert", "Dr Meunier"], "name_latin|category|text?"),
        ("RDV suivant", day("%d/%m/%Y", 2026, 2027), DAY),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Consultations du mois",))
    c.count = False


@case(60)
def hojas_de_ruta(c: Case) -> None:
    put(
        c,
        ("Nº hoja", code("HR-26-####"), "order_no"),
        ("Transportista", ["Transportes Ebro S.L.", "Logística del Sur S.A."], "org_name|category|text"),
        ("CIF", lambda r: f"B{v.num(r, 8)}", "taxpayer_no|org_code|vat_eu|order_no"),
        ("Chófer", list(ES), "name_latin!"),
        ("DNI chófer", dni, "social_security_no|passport_foreign|order_no|text!"),
        ("Matr. tractora", lambda r: f"{v.num(r, 4)}{r.choice(('KLM', 'JBC', 'LRT', 'MDF'))}", "plate_cn|order_no|text?"),
        ("Remolque", lambda r: f"R{v.num(r, 4)}BD{r.choice('FGHK')}", "plate_cn|order_no|text?"),
        ("Carga en", ["Zaragoza", "Bilbao", "Valencia"], WORD + "|address_text"),
        ("Descarga en", ["Lyon", "Lisboa", "Milano"], WORD + "|address_text"),
        ("Mercancía", ["Bobinas de acero", "Piezas de automóvil", "Fruta fresca"], "cargo_name|category|text"),
        ("Bultos", whole(1, 66), NUM),
        ("Peso bruto (kg)", lambda r: f"{r.randint(1, 24)}.{v.num(r, 3)}", "number"),
        ("Fecha salida", day("%d/%m/%Y"), DAY),
        ("Teléf. móvil", lambda r: f"+34 6{v.num(r, 2)} {v.num(r, 3)} {v.num(r, 3)}", "phone_intl!"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    c.count = False


@case(60)
def karte(c: Case) -> None:
    put(
        c,
        ("診察券番号", code("0######"), "medical_record_no|order_no|number!"),
        ("患者氏名", list(JA), "name_other|name_cn!"),
        ("フリガナ", list(JA_KANA), "name_other!"),
        ("性別", ["男性", "女性"], "gender!"),
        ("生年月日", lambda r: f"{r.choice(('S', 'H'))}{r.randint(3, 30)}.{r.randint(1, 12)}.{r.randint(1, 28)}", "birth_date|date|text!"),
        ("保険者番号", code("0613####"), "order_no|number|org_code|policy_no|social_security_no?"),
        ("被保険者番号", lambda r: f"{v.num(r, 3, '12')}-{v.num(r, 6)}", "social_security_no|policy_no|order_no!"),
        ("傷病名", ["高血圧症", "２型糖尿病", "花粉症", "腰痛症"], "diagnosis|medical_text!"),
        ("主治医", ["石井", "岡田", "藤原"], "name_other|name_cn|name_part|category!"),
        ("受診日", day("%Y/%m/%d"), DAY),
        ("自己負担額", lambda r: f"￥{r.randint(1, 9)},{v.num(r, 3)}", "number|text"),
        ("アレルギー", ["なし", "卵", "ペニシリン"], "medical_text|category|text|diagnosis!"),
        ("住所", lambda r: f"神奈川県横浜市{r.choice(('西区', '中区'))}{r.choice(('高島', '山下町'))}{r.randint(1, 9)}-{r.randint(1, 30)}", "address_text|address_cn|text!"),
        ("電話", lambda r: f"0{r.choice(('80', '90'))}-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp932")
    c.count = False


@case(50)
def insa_daejang(c: Case) -> None:
    c.strong = ("rrn_kr",)
    put(
        c,
        ("사원번호", seq(50, "2019{:04d}", 11), "employee_no|number|order_no!"),
        ("이름", list(KO), "name_other!"),
        ("주민번호", rrn, "rrn_kr", key("rrn_kr")),
        ("휴대전화", lambda r: f"010-{v.num(r, 4)}-{v.num(r, 4)}", "phone_intl!"),
        ("사내메일", v.email, "email!"),
        ("입사일자", day("%Y.%m.%d", 2010, 2025), DAY),
        ("소속부서", ["경영지원팀", "해외영업팀", "품질관리팀"], WORD + "|org_name"),
        ("직위", ["사원", "대리", "과장", "부장"], "occupation|category|text?"),
        ("연봉", lambda r: f"{r.randint(3, 9)}{v.num(r, 1)},000,000", "income|number!"),
        ("급여계좌", lambda r: f"110-{v.num(r, 3)}-{v.num(r, 6)}", "bank_account|order_no!"),
        ("은행", ["신한", "국민", "하나"], WORD + "|org_name"),
        ("결혼여부", ["기혼", "미혼"], "marital_status|category|boolean!"),
        ("병역", ["필", "미필", "면제"], "veteran_status|category|text?"),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(60)
def outpatients_uk(c: Case) -> None:
    c.strong = ("nhs_uk",)
    put(
        c,
        ("NHS No", nhs, "nhs_uk", key("nhs_uk")),
        ("Hosp No", lambda r: r.choice("RTX") + v.num(r, 6), "medical_record_no|order_no!"),
        ("Surname", lambda r: r.choice(v.FAMILY).title(), "name_part|name_latin!"),
        ("Forename", lambda r: r.choice(v.FIRST).title(), "name_part|name_latin!"),
        ("D.O.B.", day("%d/%m/%Y", 1931, 2015), "birth_date|date!"),
        ("Sex at birth", ["Male", "Female"], "gender!"),
        ("PCode", lambda r: f"{r.choice(('LS', 'M', 'SE'))}{r.randint(1, 20)} {r.randint(1, 9)}{r.choice('ABD')}{r.choice('LNP')}", "postcode_intl"),
        ("Reg. GP Practice", ["Harbour View Surgery", "Castle St Medical Centre"], "org_name|category|text"),
        ("Clinic", ["CARD01", "RESP02", "DIAB"], WORD + "|order_no"),
        ("Appt date", day("%d-%b-%y"), DAY),
        ("Appt time", lambda r: f"{r.randint(8, 16):02}:{r.choice(('00', '15', '30', '45'))}", "time_of_day"),
        ("BMI", fmt(17, 41, 1), "lab_result|number!"),
        ("Smoker?", ["Current", "Ex", "Never"], "category|text|medical_text?"),
        ("Outcome", ["Discharged", "Follow-up 6/12", "DNA"], TEXT + "|medical_text?"),
        ("NOK Tel", lambda r: f"07{v.num(r, 3)} {v.num(r, 6)}", "phone_intl!"),
    )  # fmt: skip
    c.suffix, c.writer = ".db", as_sqlite
    c.count = False


@case(80)
def card_settlement(c: Case) -> None:
    put(
        c,
        ("txn_ref", code("ch_3N@@##@@##"), CODES),
        ("cardholder", v.latin, "name_latin!"),
        ("pan_last4", code("####"), CODES + "|bank_card_masked?"),
        ("exp_mm_yy", lambda r: f"{r.randint(1, 12):02}/{r.randint(27, 32)}", "card_secret|date|text?"),
        ("mcc", ["5411", "5812", "4111"], "category|number|order_no"),
        ("merch_nm", ["Harbor Deli LLC", "Northgate Fuel Inc.", "City Transit"], "org_name|category|text"),
        ("auth_cd", lambda r: v.num(r, 6), CODES),
        ("settle_amt", fmt(1, 900, 2), "number"),
        ("settle_ccy", ["USD", "EUR", "GBP"], "currency|category"),
        ("aba_rtn", lambda r: v.num(r, 9, "0123"), "order_no|number|cnaps"),
        ("dda_no", lambda r: v.num(r, 10, "123456789"), "bank_account|order_no|number!"),
        ("bill_zip", lambda r: v.num(r, 5, "123456789"), "postcode_intl|number|order_no"),
        ("ip_addr", v.ip, "ipv4?"),
        ("cvv_match", ["M", "N", "U"], WORD),
        ("post_ts", lambda r: v.moment(r).replace(" ", "T") + "Z", WHEN),
    )
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


@case(60)
def takuhai(c: Case) -> None:
    put(
        c,
        ("お問い合わせ番号", lambda r: f"{v.num(r, 4)}-{v.num(r, 4)}-{v.num(r, 4)}", "express_waybill|order_no|text"),
        ("ご依頼主", ["株式会社東海商事", "有限会社みなと"], "org_name|category|text"),
        ("お届け先氏名", list(JA), "name_other|name_cn!"),
        ("お届け先〒", lambda r: f"{v.num(r, 3, '123')}-{v.num(r, 4)}", "postcode_intl|order_no|text"),
        ("お届け先住所", lambda r: f"大阪府大阪市北区{r.choice(('梅田', '中之島'))}{r.randint(1, 5)}丁目{r.randint(1, 20)}番{r.randint(1, 30)}号", "address_text|address_cn|text!"),
        ("お届け先TEL", lambda r: f"０{v.num(r, 1, '789')}０－{v.num(r, 4)}－{v.num(r, 4)}", "phone_intl!", {"damage": wide}),
        ("品名", ["衣料品", "精密機器", "冷凍食品"], "cargo_name|category|text"),
        ("個数", whole(1, 9), NUM),
        ("重量(kg)", fmt(0.5, 30, 1), "number"),
        ("希望時間帯", ["午前中", "14-16時", "19-21時"], "category|text|time_of_day"),
        ("代引金額", lambda r: f"{r.randint(0, 30)},{v.num(r, 3)}円", "number|text"),
        ("配達完了日時", lambda r: v.moment(r).replace("-", "/")[:16], WHEN),
    )  # fmt: skip
    c.writer = as_csv(encoding="utf-8-sig")
    c.count = False


@case(60)
def virements(c: Case) -> None:
    put(
        c,
        ("Réf. opération", code("VIR26########"), "order_no"),
        ("Donneur d'ordre", ["Sté Maritime du Rhône SA", "Transports Besson SARL"], "org_name|category|text"),
        (
            "SIREN",
            lambda r: (lambda b: b + d.luhn(b))(v.num(r, 8, "345789")),
            "org_code|taxpayer_no|order_no|number",
        ),
        ("Bénéficiaire", lambda r: f"{r.choice(FR_FIRST)} {r.choice(FR)}", "name_latin!"),
        ("IBAN bénéf.", v.iban, "iban!"),
        ("Code BIC", ["BNPAFRPPXXX", "SOGEFRPP", "DEUTDEFF"], "bic"),
        ("Montant", lambda r: f"{r.randint(1, 90)} {v.num(r, 3)},{v.num(r, 2)}", "number|text"),
        ("Devise", ["EUR", "USD", "CHF"], "currency|category"),
        ("Date valeur", day("%d/%m/%Y"), DAY),
        ("Libellé", ["Loyer octobre", "Facture 2026-118", "Salaire"], TEXT),
        ("Frais", ["SHA", "OUR", "BEN"], WORD),
    )
    c.suffix, c.writer = ".txt", as_fixed
    c.count = False


@case(60)
def sendungen(c: Case) -> None:
    put(
        c,
        ("Sdg.-Nr.", code("4400########"), "order_no|express_waybill|number"),
        ("Absender", ["Rheinland Auto Parts GmbH", "Baltic Trading KG"], "org_name|category|text"),
        ("Empfänger", lambda r: f"{r.choice(DE_FIRST)} {r.choice(DE)}", "name_latin!"),
        ("Str./Hausnr.", lambda r: f"{r.choice(('Lindenstr.', 'Am Markt', 'Kaiserallee'))} {r.randint(1, 150)}{r.choice(('', 'a', ''))}", "address_latin|address_text|text!"),
        ("PLZ", lambda r: v.num(r, 5, "012345678"), "postcode_intl|number|order_no"),
        ("Ort", ["Köln", "Lübeck", "Dresden"], WORD + "|address_text"),
        ("Bundesland", ["NRW", "Sachsen", "Hessen"], WORD + "|province"),
        ("Kolli", whole(1, 33), NUM),
        ("Gew. kg", euro(3, 900), "number"),
        ("Inhalt", ["Ersatzteile", "Möbel", "Bücher"], "cargo_name|category|text"),
        ("Kfz-Kennz.", lambda r: f"{r.choice(('HH', 'K', 'DD'))}-{r.choice('ABKX')}{r.choice('EFM')} {v.num(r, 3, '123456789')}", "plate_cn|order_no|text?"),
        ("Fahrer/-in", lambda r: f"{r.choice(DE)}, {r.choice(DE_FIRST)}", "name_latin!"),
        ("Handy", lambda r: f"0{r.choice(('151', '160', '176'))}/{v.num(r, 8)}", "phone_intl!"),
        ("Zugestellt", lambda r: day("%d.%m.%Y")(r) + f" {r.randint(8, 18):02}:{r.randint(0, 59):02}", WHEN),
    )  # fmt: skip
    c.suffix, c.writer = ".json", as_json
    c.count = False


@case(50)
def dubai_staff(c: Case) -> None:
    c.strong = ("emirates_id",)
    put(
        c,
        ("Emp Code", seq(50, "LGD-{:04d}", 88), "employee_no|order_no!"),
        ("Name (as per passport)", v.latin, "name_latin!"),
        ("EID No.", emirates, "emirates_id", key("emirates_id")),
        ("PP No.", v.passport, "passport_cn|passport_foreign!"),
        ("Visa exp.", day("%d-%m-%Y", 2026, 2028), DAY),
        ("Designation", ["Crane Operator", "Accountant", "HSE Officer"], "occupation!"),
        ("Basic Pay (AED)", lambda r: f"{r.randint(2, 20)},{v.num(r, 3)}.00", "income|number!"),
        ("Nationality", ["Indian", "Filipino", "Chinese", "Egyptian"], "nationality|country|category!"),
        ("Mob.", lambda r: f"+971 5{r.choice('0256')} {v.num(r, 3)} {v.num(r, 4)}", "phone_intl!"),
        ("Bld Grp", ["O+ve", "B+ve", "AB-ve"], "blood_type!"),
        ("Marital", ["Single", "Married"], "marital_status!"),
        ("Emergency Contact", v.latin, "name_latin!"),
        ("Relation", ["Wife", "Father", "Brother"], "kinship!"),
        ("DOJ", day("%d-%b-%Y", 2014, 2026), DAY),
    )
    c.suffix, c.writer = ".xlsx", as_xlsx()
    c.count = False


@case(50)
def pacientes_mx(c: Case) -> None:
    def curp(r: v.R) -> str:
        return f"{''.join(r.choices('ABCGLMRST', k=4))}{r.randint(55, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{r.choice('HM')}{r.choice(('DF', 'JC', 'NL'))}{''.join(r.choices('BCDLMNRS', k=3))}0{v.num(r, 1)}"

    def rfc(r: v.R) -> str:
        return f"{''.join(r.choices('ABCGLMRST', k=4))}{r.randint(55, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}{''.join(r.choices('ABC123', k=3))}"

    put(
        c,
        ("No. expediente", code("E-######"), "medical_record_no|order_no!"),
        ("Nombre del paciente", ["María Fernanda López", "José Luis Ramírez", "Ximena Torres"], "name_latin!"),
        ("CURP", curp, "social_security_no|order_no|text!"),
        ("RFC", rfc, "taxpayer_no|social_security_no|order_no|text?"),
        ("F. nac.", day("%d/%m/%Y", 1940, 2015), "birth_date|date!"),
        ("Género", ["Femenino", "Masculino"], "gender!"),
        ("Dx principal", ["Diabetes mellitus tipo 2", "Hipertensión arterial", "Asma"], "diagnosis!"),
        ("CIE-10", ["E11.9", "I10", "J45.9"], "icd10!"),
        ("Glucosa mg/dL", whole(70, 280), "lab_result|number!"),
        ("Talla (m)", fmt(1.45, 1.9, 2), "lab_result|number!"),
        ("Cel.", lambda r: f"+52 55 {v.num(r, 4)} {v.num(r, 4)}", "phone_intl!"),
        ("Médico tratante", ["Dra. Castillo", "Dr. Herrera"], "name_latin|category|text?"),
        ("Aseguradora", ["GNP", "AXA", "MetLife"], "org_name|category|text"),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet
    c.count = False


@case(60)
def gyeolje(c: Case) -> None:
    put(
        c,
        ("결제번호", code("PAY26########"), "order_no"),
        ("구매자명", list(KO), "name_other!"),
        ("연락처", lambda r: f"010{v.num(r, 8)}", "phone_intl!"),
        ("상품명", ["무선 청소기", "유아용 카시트", "등산화"], "cargo_name|category|text"),
        ("결제금액", lambda r: f"{r.randint(1, 90)},{v.num(r, 3)}원", "number|text"),
        ("카드사", ["삼성카드", "현대카드", "BC카드"], WORD + "|org_name"),
        ("카드번호", lambda r: (lambda x: f"{x[:4]}-****-****-{x[-4:]}")(v.card(r, 16)), "bank_card_masked!"),
        ("할부개월", ["0", "3", "6", "12"], NUM),
        ("승인일시", v.moment, WHEN),
        ("판매자 사업자번호", brn, "brn_kr|order_no|org_code|taxpayer_no"),
        ("환불여부", ["Y", "N"], "boolean|category"),
        ("배송메모", ["문 앞에 놓아주세요", "경비실", ""], TEXT),
    )  # fmt: skip
    c.suffix, c.writer = ".jsonl", as_jsonl()
    c.count = False


# Nobody is in these


@case(60)
def country_health(c: Case) -> None:
    put(
        c,
        ("Location", ["Japan", "Germany", "Kenya", "Brazil"], "country|category"),
        ("Year", whole(2000, 2024), "number|date|category"),
        ("Births per 1000", fmt(6, 38, 1), "number"),
        ("Mean age at marriage", fmt(19, 34, 1), "number"),
        ("Physicians per 10k", fmt(1, 60, 1), "number"),
        ("Patient-days (m)", fmt(1, 90, 1), "number"),
        ("Avg. wage (PPP $)", lambda r: f"{r.randint(2, 70)},{v.num(r, 3)}", "number"),
        ("Sex ratio at birth", fmt(1.01, 1.1, 3), "number"),
    )
    c.writer = as_csv(delimiter="\t")


@case(60)
def ersatzteile(c: Case) -> None:
    put(
        c,
        ("Art.-Nr.", code("R9####-##"), "order_no|text"),
        ("Bezeichnung", ["Mutter M8", "Kopfdichtung", "Ölfilter"], "cargo_name|category|text"),
        ("Hersteller", ["Bosch", "Mahle", "Sachs"], WORD + "|org_name"),
        ("Mindestalter Charge", whole(1, 30), NUM),
        ("EK-Preis", euro(1, 300), "number"),
        ("Lagerort", ["A-12-3", "B-04-1"], WORD + "|order_no"),
        ("Geprüft von Anlage", ["P1", "P2"], WORD),
        ("EAN-Code", v.ean, "ean"),
    )
    c.writer = as_csv(delimiter=";")
