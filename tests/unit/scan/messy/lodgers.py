"""Thirtieth hand: what hotels, clinics, employers, insurers, shops and warehouses abroad keep of their guests and goods, each in its own language. Labelled before a scan ever saw them."""

from collections.abc import Callable, Sequence
from typing import Any

from messy import digits as d
from messy import values as v
from messy.frame import Case, as_csv, as_jsonl, as_parquet, as_sqlite, as_xlsx
from messy.makers import DAY, NUM, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

PLACE = WORD + "|address_text?"
ZIP = "postcode_intl|number|order_no?"
NAMES = "name_part|name_latin!"
SCRIPT = "name_part|name_other!"
PERSONAL_NO = "social_security_no|taxpayer_no|order_no!"


def of(*parts: Sequence[str], form: str = "{} {}") -> Callable[[v.R], str]:
    """One of each part, set into the form."""
    return lambda r: form.format(*(r.choice(part) for part in parts))


def returning(c: Case, n: int, *makers: Callable[[v.R], Any]) -> list[tuple[Any, ...]]:
    """Columns of rows drawn from ``n`` persons, so that some come again."""
    pool = [tuple(make(c.r) for make in makers) for _ in range(n)]
    return list(zip(*(c.r.choice(pool) for _ in range(c.rows)), strict=True))


def weighed(body: str, weights: Sequence[int]) -> int:
    return sum(int(x) * w for x, w in zip(body, weights, strict=True))


def comma(low: float, high: float, dot: str = ".", after: str = "") -> Callable[[v.R], str]:
    """Money with a decimal comma and ``dot`` between the thousands."""
    return lambda r: (
        f"{r.uniform(low, high):,.2f}".replace(",", "#").replace(".", ",").replace("#", dot) + after
    )


def account(country: str, body: Callable[[v.R], str]) -> Callable[[v.R], str]:
    def make(r: v.R) -> str:
        rest = body(r)
        return country + d.mod97(rest + country) + rest

    return make


def noted(c: Case, usual: Sequence[str], *rare: str) -> tuple[str, ...]:
    """Remarks of which a few say more than they should."""
    out = [c.r.choice(usual) for _ in range(c.rows)]
    for i, one in enumerate(rare):
        out[7 + 11 * i] = one
    return tuple(out)


def ausweis(r: v.R) -> str:
    body = r.choice("LCTX") + "".join(r.choices("CFGHJKLMNPRTVWXYZ0123456789", k=8))
    return body + d.mrz(body)


def pis(r: v.R) -> str:
    body = v.num(r, 10, "12")
    rest = 11 - weighed(body, (3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) % 11
    return f"{body[:3]}.{body[3:8]}.{body[8:]}-{0 if rest > 9 else rest}"


ODD = (1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23)


def codice_fiscale(r: v.R) -> str:
    """Six letters, year, month and day of birth, place, and the letter of control (DM 12/03/1974)."""
    body = f"{r.choice(('RSSMRA', 'BNCLRA', 'FRRGLI', 'GLLMRC', 'CNTSFO'))}{r.randint(45, 99)}{r.choice('ABCDEHLMPRST')}{r.randint(1, 28) + r.choice((0, 40)):02}{r.choice(('D969', 'H501', 'F205', 'L219'))}"
    ranks = [int(x) if x.isdigit() else ord(x) - 65 for x in body]
    return body + chr(65 + sum(ODD[n] if i % 2 == 0 else n for i, n in enumerate(ranks)) % 26)


def bsn(r: v.R) -> str:
    while True:
        body = v.num(r, 8, "123456789")
        last = weighed(body, (9, 8, 7, 6, 5, 4, 3, 2)) % 11
        if last < 10:
            return body + str(last)


def pesel(r: v.R) -> str:
    y, m, dd = v.birthday(r, 1960, 1999)
    body = f"{y % 100:02}{m:02}{dd:02}{v.num(r, 4)}"
    return body + str(-weighed(body, (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)) % 10)


def nrb(r: v.R) -> str:
    text = account("PL", lambda r: r.choice(("1020", "1140", "1050")) + v.num(r, 20))(r)[2:]
    return text[:2] + " " + " ".join(text[i : i + 4] for i in range(2, 26, 4))


def rodne_cislo(r: v.R) -> str:
    while True:
        y, m, dd = v.birthday(r, 1956, 1999)
        body = f"{y % 100:02}{m + r.choice((0, 50)):02}{dd:02}{v.num(r, 3)}"
        last = int(body) % 11
        if last < 10:
            return f"{body[:6]}/{body[6:]}{last}"


def adoszam(r: v.R) -> str:
    body = v.num(r, 7, "12")
    return f"{body}{-weighed(body, (9, 7, 3, 1, 9, 7, 3)) % 10}"


def giro(r: v.R) -> str:
    bank, own = r.choice(("1170001", "1040002", "1200100")), v.num(r, 15)
    weights = (9, 7, 3, 1) * 4
    full = bank + str(-weighed(bank, weights[:7]) % 10) + own + str(-weighed(own, weights[:15]) % 10)
    return f"{full[:8]}-{full[8:16]}-{full[16:]}"


def inn(r: v.R) -> str:
    body = r.choice(("77", "78", "25", "54")) + v.num(r, 8)
    for weights in ((7, 2, 4, 10, 3, 5, 9, 4, 6, 8), (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)):
        body += str(weighed(body, weights) % 11 % 10)
    return body


def snils(r: v.R) -> str:
    body = v.num(r, 9, "123456789")
    return f"{body[:3]}-{body[3:6]}-{body[6:]} {weighed(body, (9, 8, 7, 6, 5, 4, 3, 2, 1)) % 101 % 100:02}"


def rnokpp(r: v.R) -> str:
    body = f"{r.randint(21000, 37500)}{v.num(r, 4)}"
    return body + str(weighed(body, (-1, 5, 7, 9, 4, 6, 10, 5, 7)) % 11 % 10)


def saudi(r: v.R) -> str:
    body = r.choice("122") + v.num(r, 8)
    return body + d.luhn(body)


def teudat(r: v.R) -> str:
    body = v.num(r, 8, "0235")
    return body + d.luhn(body)


def mykad(r: v.R) -> str:
    return f"{r.randint(60, 99)}{r.randint(1, 12):02}{r.randint(1, 28):02}-{r.choice(('14', '10', '01', '07'))}-{v.num(r, 4)}"


def rrn(r: v.R) -> str:
    body = f"{r.randint(0, 6):02}{r.randint(1, 12):02}{r.randint(1, 28):02}{r.choice('34')}{v.num(r, 5)}"
    return f"{body[:6]}-{body[6:]}{d.rrn(body)}"


def ubn(r: v.R) -> str:
    while True:
        body = v.num(r, 8, "12345")
        if d.ubn(body):
            return body


def barcode(head: str) -> Callable[[v.R], str]:
    def make(r: v.R) -> str:
        body = head + v.num(r, 12 - len(head))
        return body + d.ean(body)

    return make


# Western Europe and Brazil


@case(80)
def meldeschein(c: Case) -> None:
    put(
        c,
        ("Res.-Nr.", code("26-######"), "order_no?"),
        ("Zi.", lambda r: str(r.randint(1, 6) * 100 + r.randint(1, 24)), NUM + "|order_no"),
        ("Anrede", ["Herr", "Frau", "Familie"], "gender|category!"),
        ("Nachname", ["Hofmann", "Brückner", "Weiß", "Thalbach", "Kröger", "Öztürk", "von Stetten"], NAMES),
        ("Vorname", ["Matthias", "Ulrike", "Jörn", "Friederike", "Cem", "Anneliese"], NAMES),
        ("Geb.-Dat.", day("%d.%m.%Y", 1940, 2004), "birth_date!"),
        ("Staatsangeh.", ["deutsch", "deutsch", "österreichisch", "schweizerisch", "türkisch"], "nationality|country!"),
        ("Ausweis-/Passnr.", ausweis, "passport_foreign|social_security_no|order_no!"),
        ("Straße/Hausnr.", lambda r: f"{r.choice(('Lindenallee', 'Am Mühlbach', 'Bahnhofstr.', 'Goethestraße'))} {r.randint(1, 140)}{r.choice(('', '', 'a'))}", "address_latin|address_text!"),
        ("PLZ", lambda r: f"{r.randint(1067, 99998):05}", ZIP),
        ("Ort", ["Lübeck", "Dresden", "Köln", "Graz", "Würzburg"], PLACE),
        ("Anreise", day("%d.%m.%y", 2026, 2026), DAY),
        ("Kfz-Kennz.", lambda r: f"{r.choice(('HL', 'DD', 'K', 'WÜ'))}-{code('@@')(r)} {r.randint(10, 9999)}", "order_no|text|plate_cn?", {"empty": 0.4}),
        ("Kurtaxe EUR", ["2,80", "5,60", "8,40", "0,00"], NUM),
    )  # fmt: skip
    c.writer = as_csv(
        delimiter=";", encoding="cp1252", before=("Hotel Seeblick;Meldescheine September 2026",)
    )
    c.count = False


@case(70)
def articles_fr(c: Case) -> None:
    """Nobody stands here."""
    put(
        c,
        ("Réf. article", code("AR-#####"), "order_no|text"),
        ("Désignation", ["Crème mains karité 75 ml", "Savon de Marseille 300 g", "Huile d'amande douce 1 L", "Bougie parfumée figuier"], "cargo_name|category|text"),
        ("Gencod", barcode("376"), "ean"),
        ("Famille", ["Soin du corps", "Hygiène", "Maison"], WORD),
        ("Nomenclature douanière", ["33049900", "34011100", "15159099", "34060000"], "hs_code|number|category|order_no"),
        ("Pays d'origine", ["France", "Espagne", "Maroc"], "country|category"),
        ("Poids net (kg)", lambda r: f"{r.uniform(0.05, 4):.3f}".replace(".", ","), "number"),
        ("PCB", ["6", "12", "24"], NUM),
        ("PA HT", comma(1, 38, " ", " €"), "number"),
        ("Taux TVA", ["20,00", "5,50"], NUM),
        ("Fournisseur", ["Savonnerie du Prado SARL", "Laboratoires Verneuil SAS", "Comptoir Azur SA"], "org_name|category|text"),
        ("Créé le", day("%d/%m/%Y", 2015, 2026), DAY),
        ("Suspendu", ["Oui", "Non", "Non"], "boolean|category"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("Base articles – export du 30/09/2026",), merge=True)


@case(60)
def folha_br(c: Case) -> None:
    c.count = False
    c.strong = ("cpf_br",)
    put(
        c,
        ("matricula", seq(60, "{:06d}", 20417), "employee_no|number|order_no!"),
        ("nome_completo", of(("Thiago", "Juliana", "Antônio", "Larissa", "José Roberto", "Conceição"), ("Figueiredo", "da Silva Prado", "Queiroz", "de Assunção", "Teixeira")), "name_latin!"),
        ("cpf", lambda r: d.cpf(v.num(r, 9)), "cpf_br", key("cpf_br")),
        ("pis_pasep", pis, "social_security_no|order_no!"),
        ("dt_admissao", day("%d/%m/%Y", 2008, 2025), DAY),
        ("cargo", ["Operador de empilhadeira", "Analista fiscal", "Conferente", "Motorista carreteiro"], "occupation|category!"),
        ("cbo", ["782220", "252105", "414215", "782510"], NUM + "|order_no|occupation"),
        ("estado_civil", ["Solteiro(a)", "Casado(a)", "União estável", "Divorciado(a)"], "marital_status!"),
        ("raca_cor", ["Parda", "Branca", "Preta", "Amarela", "Não declarada"], "ethnicity!"),
        ("salario_base", comma(1600, 9800), "income|number!"),
        ("agencia", lambda r: f"{v.num(r, 4)}-{v.num(r, 1)}", "order_no|bank_account|text|cnaps?"),
        ("conta_corrente", lambda r: f"{v.num(r, 6, '123456789')}-{r.choice('0123456789X')}", "bank_account|order_no?"),
        ("celular", lambda r: f"({r.choice(('11', '13', '47'))}) 9{v.num(r, 4, '6789')}-{v.num(r, 4)}", "phone_intl!"),
    )  # fmt: skip
    c.suffix, c.writer = ".db", as_sqlite


@case(70)
def prestazioni(c: Case) -> None:
    c.strong = ("social_security_no",)
    surname, first, cf = returning(
        c,
        42,
        lambda r: r.choice(("Esposito", "Bianchi", "D'Angelo", "Lo Presti", "Colombo", "Niccolò")),
        lambda r: r.choice(("Giulia", "Marco", "Sofia", "Pier Luigi", "Chiara", "Matteo")),
        codice_fiscale,
    )
    put(
        c,
        ("N. fattura", seq(70, "{}/PR", 1204), "order_no"),
        ("Data fatt.", day("%d/%m/%Y", 2026, 2026), DAY),
        ("Cognome", surname, NAMES),
        ("Nome", first, NAMES),
        ("Codice Fiscale", cf, "social_security_no|taxpayer_no|order_no", key("social_security_no")),
        ("Indirizzo", lambda r: f"{r.choice(('Via Garibaldi', 'Corso Italia', 'P.zza Dante', 'Viale dei Mille'))}, {r.randint(1, 120)}", "address_latin|address_text!"),
        ("CAP", lambda r: r.choice(("16121", "00184", "20129", "10138")), ZIP),
        ("Comune", ["Genova", "Roma", "Milano", "Torino"], PLACE),
        ("Prestazione", ["Visita cardiologica con ECG", "Ecografia addome completo", "Risonanza magnetica ginocchio", "Seduta di fisioterapia"], "medical_text|diagnosis|category|text?"),
        ("Medico", of(("Dott.", "Dott.ssa"), ("Ferrero", "Marchetti", "De Luca", "Piras")), "name_latin|text!"),
        ("Imponibile", comma(60, 1900), "number"),
        ("Pagamento", ["POS", "Contanti", "Bonifico"], WORD),
        ("Opposizione TS", ["S", "N", "N", "N"], "boolean|category?"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="latin-1")


@case(60)
def patienten_nl(c: Case) -> None:
    c.count = False
    c.strong = ("social_security_no",)
    put(
        c,
        ("Patiëntnr.", lambda r: v.num(r, 7, "123456789"), "medical_record_no|number|order_no|customer_no", key("medical_record_no")),
        ("BSN", bsn, "social_security_no|order_no|number", key("social_security_no", empty=0.05)),
        ("Voorl.", ["J.", "A.M.", "P.J.C.", "S.", "M.E."], "name_part|text|category?"),
        ("Tussenv.", ["", "", "van", "de", "van der"], "name_part|category|text?"),
        ("Achternaam", ["Jansen", "Bakker", "Vries", "Dijkstra", "Meulen", "El Amrani"], NAMES),
        ("Geb.datum", day("%d-%m-%Y", 1932, 2019), "birth_date!"),
        ("Gesl.", ["M", "V"], "gender!"),
        ("Postcode", lambda r: f"{v.num(r, 4, '123456789')} {code('@@')(r)}", "postcode_intl|text|order_no?"),
        ("Huisnr.", lambda r: f"{r.randint(1, 260)}{r.choice(('', '', '-II', 'bis'))}", "number|text|address_text|category?"),
        ("Tel. mobiel", lambda r: f"06-{v.num(r, 8)}", "phone_intl!"),
        ("Zorgverzekeraar", ["Zilveren Kruis", "CZ", "Menzis", "VGZ"], WORD + "|org_name"),
        ("Polisnr.", lambda r: v.num(r, 9, "123456789"), "policy_no|number|order_no|customer_no!"),
        ("Diagnose", ["Astma", "Diabetes mellitus type 2", "Lage rugpijn", "Boezemfibrilleren"], "diagnosis!"),
        ("Hb (mmol/L)", lambda r: f"{r.uniform(6, 11):.1f}".replace(".", ","), "lab_result|number!"),
    )  # fmt: skip
    c.order = ("social_security_no", "medical_record_no")
    c.writer = as_csv(delimiter=";", encoding="utf-8-sig")


# Central and Eastern Europe


@case(60)
def kadry_pl(c: Case) -> None:
    c.count = False
    c.strong = ("social_security_no",)
    put(
        c,
        ("Nr ewid.", seq(60, "{:05d}", 1180), "employee_no|number|order_no!"),
        ("Nazwisko", ["Wiśniewska", "Dąbrowski", "Łukasik", "Żak", "Kaczmarek", "Górska"], NAMES),
        ("Imię", ["Agnieszka", "Paweł", "Małgorzata", "Łukasz", "Zbigniew"], NAMES),
        ("Imię ojca", ["Jan", "Stanisław", "Ryszard", "Józef"], NAMES),
        ("PESEL", pesel, "social_security_no|order_no|number", key("social_security_no")),
        ("Miejsce ur.", ["Gdynia", "Łódź", "Szczecin", "Rzeszów"], PLACE),
        ("Adres zam.", lambda r: f"ul. {r.choice(('Słowackiego', 'Morska', '3 Maja', 'Kościuszki'))} {r.randint(1, 90)}/{r.randint(1, 60)}", "address_latin|address_text!"),
        ("Kod poczt.", lambda r: f"{v.num(r, 2)}-{v.num(r, 3)}", "postcode_intl|text|order_no?"),
        ("Urząd skarbowy", ["I US Gdynia", "US Łódź-Bałuty", "II US Szczecin"], WORD + "|org_name"),
        ("Stanowisko", ["magazynier", "spedytor", "główna księgowa", "kierowca C+E"], "occupation!"),
        ("Wymiar etatu", ["1/1", "1/2", "3/4"], WORD),
        ("Płaca zasadn.", comma(4700, 14500, " "), "income|number!"),
        ("Nr rachunku", nrb, "bank_account|iban|order_no!"),
        ("St. niepełnospr.", ["brak", "brak", "lekki", "umiarkowany"], "disability!"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1250")


@case(60)
def registr_cz(c: Case) -> None:
    put(
        c,
        ("RZ", lambda r: f"{r.randint(1, 9)}{r.choice('ABCSTZ')}{r.choice('ABCDEHJK0123456789')} {v.num(r, 4)}", "order_no|text|plate_cn?"),
        ("VIN", v.vin_eu, "vin!"),
        ("Tovární značka", ["ŠKODA", "VOLKSWAGEN", "HYUNDAI", "BMW"], WORD),
        ("Palivo", ["BA 95 B", "NM", "ELEKTRO", "LPG"], WORD),
        ("Zdvihový objem [cm³]", ["999", "1498", "1968", "2993"], NUM),
        ("Provozovatel", of(("Nováková", "Dvořák", "Procházka", "Říhová", "Kučera"), ("Jana", "Petr", "Tomáš", "Lenka", "Jiří")), "name_latin?"),
        ("Rodné číslo", rodne_cislo, "social_security_no|order_no!"),
        ("Č. TP", code("U@######"), "order_no?"),
        ("První registrace", lambda r: f"{r.randint(1, 28)}.{r.randint(1, 12)}.{r.randint(2008, 2025)}", DAY),
        ("STK do", lambda r: f"{r.randint(1, 12):02}/{r.randint(2026, 2029)}", "date|text|category"),
        ("Barva", ["bílá", "šedá metal.", "červená", "černá"], WORD),
        ("Poj. smlouva", lambda r: v.num(r, 10, "678"), "policy_no|number|order_no?"),
        ("Zánik", ["ne", "ne", "ano"], "boolean|category"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="Vozidla")
    c.count = False


@case(50)
def szallitok(c: Case) -> None:
    tax = tuple(adoszam(c.r) for _ in range(50))
    put(
        c,
        ("Szállítókód", code("SZ####"), "order_no|text|customer_no|number"),
        ("Cégnév", of(("Dunamenti", "Alföld", "Pannon", "Tisza"), ("Logisztika Kft.", "Csomagolóanyag Zrt.", "Gépgyártó Bt.", "Kereskedelmi Kft.")), "org_name"),
        ("Adószám", tuple(f"{t}-2-{c.r.choice(('41', '13', '06'))}" for t in tax), "taxpayer_no|order_no|org_code"),
        ("Közösségi adószám", tuple("HU" + t for t in tax), "vat_eu"),
        ("Cégjegyzékszám", lambda r: f"{r.choice(('01', '13', '06'))}-09-{v.num(r, 6)}", "org_code|order_no|taxpayer_no"),
        ("Irsz.", ["1117", "6721", "9024", "2040"], "postcode_intl|number|category|order_no"),
        ("Cím", lambda r: f"{r.choice(('Petőfi Sándor u.', 'Ipartelep út', 'Kossuth tér'))} {r.randint(1, 80)}.", "address_latin|address_text?"),
        ("Bankszámlaszám", giro, "bank_account|order_no?"),
        ("Kapcsolattartó", of(("Szabó", "Tóth", "Kővári", "Horváth", "Németh"), ("Eszter", "Gábor", "Zsófia", "László")), "name_latin!"),
        ("E-mail cím", v.email, "email!"),
        ("Telefonszám", lambda r: f"+36 {r.choice(('20', '30', '70'))} {v.num(r, 3, '2345')} {v.num(r, 4)}", "phone_intl!"),
        ("Utolsó szállítás", day("%Y. %m. %d.", 2024, 2026), DAY),
        ("Fiz. határidő (nap)", ["8", "15", "30", "60"], NUM),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1250", quote=1)
    c.count = False


@case(70)
def comenzi(c: Case) -> None:
    c.count = False
    client, phone = returning(
        c,
        48,
        of(("Andreea", "Mihai", "Ioana", "Ștefan", "Răzvan", "Elena"), ("Popescu", "Ionescu", "Dumitrașcu", "Țurcanu", "Stănescu")),
        lambda r: f"07{r.choice('2346')}{v.num(r, 1)} {v.num(r, 3)} {v.num(r, 3)}",
    )  # fmt: skip
    put(
        c,
        ("nr_comanda", seq(70, "RO-{}", 880411), "order_no"),
        ("data_comenzii", lambda r: f"{v.date(r, '%d.%m.%Y', 2026, 2026)} {r.randint(7, 23):02}:{r.randint(0, 59):02}", WHEN),
        ("nume_client", client, "name_latin!"),
        ("telefon", phone, "phone_intl", key("phone_intl")),
        ("judet", ["Cluj", "Timiș", "Iași", "București"], PLACE),
        ("adresa_livrare", lambda r: f"Str. {r.choice(('Mihai Eminescu', 'Libertății', 'Avram Iancu'))} nr. {r.randint(1, 120)}, bl. {r.choice('ABCM')}{r.randint(1, 20)}, ap. {r.randint(1, 60)}", "address_latin|address_text!"),
        ("cod_postal", lambda r: v.num(r, 6, "1234567"), ZIP),
        ("produs", ["Aspirator vertical", "Set lenjerie pat", "Căști fără fir", "Friteuză cu aer cald"], "cargo_name|category|text"),
        ("cant", [1, 2, 3], NUM),
        ("total_cu_tva", lambda r: f"{r.randint(40, 2400)},{v.num(r, 2)} lei", "number|text"),
        ("metoda_plata", ["Ramburs", "Card online", "Ordin de plată"], WORD),
        ("awb", lambda r: v.num(r, 13, "12"), "express_waybill|order_no|number?"),
        ("observatii", noted(c, ("", "Sunați înainte de livrare", "Interfon defect", "De lăsat la recepție"), "Sunați la 0722 418 905 după ora 17", "factura pe mail la elena.turcanu@example.ro"), "text|category!", {"embedded": ("phone_intl", "email")}),
    )  # fmt: skip
    c.suffix, c.writer = ".jsonl", as_jsonl()


@case(60)
def epivates(c: Case) -> None:
    put(
        c,
        ("Α/Α", seq(60), NUM + "|order_no"),
        ("Επώνυμο", ["ΠΑΠΑΔΟΠΟΥΛΟΥ", "ΓΕΩΡΓΙΟΥ", "ΝΙΚΟΛΑΪΔΗΣ", "ΒΛΑΧΟΥ", "ΚΩΝΣΤΑΝΤΙΝΟΥ"], SCRIPT),
        ("Όνομα", ["ΜΑΡΙΑ", "ΓΕΩΡΓΙΟΣ", "ΕΛΕΝΗ", "ΔΗΜΗΤΡΙΟΣ", "ΣΠΥΡΟΣ"], SCRIPT),
        ("Φύλο", ["Α", "Θ"], "gender!"),
        ("Ημ. Γέννησης", day("%d/%m/%Y", 1945, 2018), "birth_date!"),
        ("Υπηκοότητα", ["Ελληνική", "Ελληνική", "Κυπριακή", "Γερμανική"], "nationality|country!"),
        ("ΑΔΤ / Διαβατήριο", lambda r: f"{r.choice('ΑΒΖΙΝ')}{r.choice('ΑΒΕΚΜΝΟ')} {v.num(r, 6)}", "passport_foreign|social_security_no|order_no?"),
        ("Αρ. Εισιτηρίου", lambda r: "047" + v.num(r, 9), "pnr|order_no|number?"),
        ("Πλοίο", ["ΝΗΣΟΣ ΧΙΟΣ", "ΚΥΔΩΝ", "ΑΙΓΑΙΟΝ ΠΕΛΑΓΟΣ"], "vessel_name|category"),
        ("Λιμάνι Αναχ.", ["Πειραιάς", "Ραφήνα", "Ηράκλειο"], WORD),
        ("Αρ. Κυκλοφορίας", lambda r: f"{r.choice('ΙΥΖΧΝ')}{r.choice('ΑΒΕΖΗ')}{r.choice('ΑΒΕΖΗΚ')}-{v.num(r, 4, '123456789')}", "order_no|text|plate_cn?", {"empty": 0.5}),
        ("ΑμεΑ", ["ΟΧΙ", "ΟΧΙ", "ΟΧΙ", "ΝΑΙ"], "disability|boolean?"),
        ("Τηλ. Επικοινωνίας", lambda r: f"69{r.choice('3478')}{v.num(r, 7)}", "phone_intl!"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1253")
    c.count = False


@case(60)
def sotrudniki(c: Case) -> None:
    c.count = False
    c.strong = ("social_security_no",)
    put(
        c,
        ("Таб. №", seq(60, "{:010d}", 347), "employee_no|number|order_no!"),
        ("ФИО", of(("Кузнецова", "Лебедева", "Соловьёва", "Мухаметшина"), ("Ольга", "Наталья", "Алия", "Юлия"), ("Сергеевна", "Викторовна", "Андреевна"), form="{} {} {}"), "name_other!"),
        ("Дата рождения", day("%d.%m.%Y", 1962, 2003), "birth_date!"),
        ("Паспорт (серия, номер)", lambda r: f"{r.choice(('45', '40', '05'))} {r.randint(4, 24):02} {v.num(r, 6)}", "passport_foreign|social_security_no|order_no!"),
        ("ИНН", inn, "social_security_no|taxpayer_no|number|order_no?"),
        ("СНИЛС", snils, "social_security_no|order_no", key("social_security_no")),
        ("Подразделение", ["Склад № 2", "Бухгалтерия", "Отдел ВЭД"], WORD + "|org_name"),
        ("Должность", ["Кладовщик", "Декларант", "Главный бухгалтер", "Водитель погрузчика"], "occupation!"),
        ("Оклад, руб.", comma(45000, 190000, " "), "income|number!"),
        ("Дата приёма", day("%d.%m.%Y", 2006, 2025), DAY),
        ("Адрес регистрации", lambda r: f"{r.choice(('690091, г. Владивосток', '630099, г. Новосибирск'))}, ул. {r.choice(('Светланская', 'Ленина', 'Гоголя'))}, д. {r.randint(1, 90)}, кв. {r.randint(1, 150)}", "address_text|text!"),
        ("Моб. тел.", lambda r: f"+7 (9{v.num(r, 2)}) {v.num(r, 3)}-{v.num(r, 2)}-{v.num(r, 2)}", "phone_intl!"),
        ("Семейное положение", ["замужем", "не замужем", "разведена"], "marital_status!"),
        ("Детей", ["0", "1", "2", "3"], NUM + "?"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1251")


@case(60)
def kliienty_ua(c: Case) -> None:
    c.count = False
    c.strong = ("social_security_no",)
    name, tax, born, card, phone, number = returning(
        c,
        44,
        of(("Шевченко", "Бойко", "Ткачук", "Кравець", "Їжакевич"), ("Тарас", "Андрій", "Євген", "Богдан"), ("Миколайович", "Ігорович", "Петрович"), form="{} {} {}"),
        rnokpp,
        day("%d.%m.%Y", 1958, 2002),
        lambda r: v.num(r, 9, "0"),
        lambda r: f"+380{r.choice(('50', '67', '93'))}{v.num(r, 7)}",
        lambda r: v.num(r, 8, "1234"),
    )  # fmt: skip
    put(
        c,
        ("Код клієнта", number, "customer_no|number|order_no!"),
        ("ПІБ", name, "name_other!"),
        ("РНОКПП", tax, "social_security_no|taxpayer_no|number|order_no", key("social_security_no")),
        ("Дата нар.", born, "birth_date!"),
        ("ID-картка №", card, "passport_foreign|social_security_no|order_no|number?"),
        ("Моб. телефон", phone, "phone_intl!"),
        ("Рахунок IBAN", account("UA", lambda r: r.choice(("305299", "322313")) + "00000" + v.num(r, 14)), "iban!"),
        ("Картка", lambda r: f"{r.choice(('5168', '4149'))} {v.num(r, 2)}** **** {v.num(r, 4)}", "bank_card_masked!"),
        ("Залишок, грн", comma(10, 260000, " "), "number?"),
        ("Клас боржника", ["1", "2", "3", "5"], "credit_score|number|category?"),
        ("Відділення", ["Одеса-3", "Львів Центральне", "Київ Поділ"], WORD + "|org_name"),
        ("Відкрито", day("%d.%m.%Y", 2012, 2026), DAY),
    )  # fmt: skip
    c.suffix, c.writer = ".jsonl", as_jsonl()


# The Near East


@case(60)
def muwazzafin_sa(c: Case) -> None:
    c.count = False
    c.strong = ("social_security_no",)
    put(
        c,
        ("الرقم الوظيفي", seq(60, "{}", 40217), "employee_no|number|order_no!"),
        ("الاسم الرباعي", of(("عبد الرحمن", "نورة", "سلطان", "هيفاء"), ("بن ناصر", "سعد", "فهد"), ("القحطاني", "الزهراني", "العتيبي", "الغامدي"), form="{} {} {}"), "name_other!"),
        ("رقم الهوية / الإقامة", saudi, "social_security_no|order_no|number", key("social_security_no")),
        ("تاريخ الميلاد (هـ)", lambda r: f"{r.randint(1380, 1424)}/{r.randint(1, 12):02}/{r.randint(1, 29):02}", "birth_date!"),
        ("الجنسية", ["سعودي", "سعودي", "مصري", "هندي", "باكستاني"], "nationality!"),
        ("المهنة", ["مشغل رافعة", "محاسب", "أخصائي جمارك", "سائق شاحنة"], "occupation!"),
        ("الحالة الاجتماعية", ["متزوج", "أعزب", "أرمل"], "marital_status!"),
        ("الديانة", ["مسلم", "مسلم", "مسيحي"], "religion!"),
        ("فصيلة الدم", ["O+", "A+", "B-", "AB+"], "blood_type!"),
        ("رقم الجوال", lambda r: f"05{r.choice('03456')}{v.num(r, 7)}", "phone_intl!"),
        ("الآيبان", account("SA", lambda r: r.choice(("80", "10", "20")) + v.num(r, 18)), "iban!"),
        ("إجمالي الراتب", fmt(4000, 32000, 2), "income|number!"),
        ("تاريخ المباشرة", day("%d/%m/%Y", 2009, 2026), DAY),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp1256")


@case(60)
def polisot(c: Case) -> None:
    put(
        c,
        ("מס' פוליסה", code("31-######-##"), "policy_no|order_no!"),
        ("שם המבוטח", of(("יעל", "דוד", "נועה", "איתן", "רחל"), ("כהן", "לוי", "מזרחי", "פרידמן", "ביטון")), "name_other!"),
        ("ת.ז.", teudat, "social_security_no|order_no|number!"),
        ("תאריך לידה", day("%d/%m/%Y", 1948, 2003), "birth_date!"),
        ("מין", ["ז", "נ"], "gender!"),
        ("טלפון נייד", lambda r: f"05{r.choice('0234')}-{v.num(r, 7)}", "phone_intl!"),
        ("כתובת", lambda r: f"{r.choice(('הרצל', 'ויצמן', 'רוטשילד', 'בן גוריון'))} {r.randint(1, 120)}", "address_text|text!"),
        ("יישוב", ["חיפה", "אשדוד", "תל אביב-יפו", "נתניה"], PLACE),
        ("מיקוד", lambda r: v.num(r, 7, "34678"), ZIP),
        ("מס' רישוי", lambda r: f"{v.num(r, 3, '123456789')}-{v.num(r, 2)}-{v.num(r, 3)}", "order_no|text|plate_cn?"),
        ("סוג כיסוי", ["מקיף", "חובה", "צד ג'"], WORD),
        ("פרמיה שנתית", lambda r: f"₪{r.randint(1, 7)},{v.num(r, 3)}.{v.num(r, 2)}", "number|text"),
        ("תחילת ביטוח", day("%d.%m.%Y", 2025, 2026), DAY),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp1255")
    c.count = False


# South-East Asia


@case(70)
def khlang(c: Case) -> None:
    """Nobody stands here."""
    put(
        c,
        ("รหัสสินค้า", code("P-#####"), "order_no|text"),
        ("ชื่อสินค้า", ["ข้าวหอมมะลิ 5 กก.", "น้ำปลาแท้ 700 มล.", "กะทิกระป๋อง 400 มล.", "ปลาทูน่าในน้ำเกลือ"], "cargo_name|category|text"),
        ("บาร์โค้ด", barcode("885"), "ean"),
        ("คลัง", ["แหลมฉบัง 1", "บางนา", "ลาดกระบัง"], WORD),
        ("ตำแหน่งจัดเก็บ", lambda r: f"{r.choice('ABCD')}-{r.randint(1, 40):02}-{r.randint(1, 6)}", "order_no|text|category"),
        ("เลขล็อต", lambda r: f"L{r.randint(66, 69)}{v.num(r, 5)}", "order_no"),
        ("คงเหลือ", lambda r: f"{r.randint(1, 24)},{v.num(r, 3)}", "number"),
        ("หน่วย", ["ถุง", "ลัง", "ขวด"], WORD),
        ("วันหมดอายุ", lambda r: f"{r.randint(1, 28):02}/{r.randint(1, 12):02}/{r.randint(2569, 2572)}", DAY),
        ("ต้นทุน/หน่วย (บาท)", fmt(9, 320, 2), "number"),
        ("ผู้จำหน่าย", ["บริษัท สยามฟู้ดส์ จำกัด", "บจก. อันดามันซีฟู้ด", "หจก. รุ่งเรืองพาณิชย์"], "org_name|category|text"),
        ("สถานะ", ["พร้อมจ่าย", "กักกัน", "รอตรวจ"], WORD),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(title=("รายงานสินค้าคงคลัง", "ณ วันที่ 30 กันยายน 2569"), merge=True)


@case(120)
def sensor_dingin(c: Case) -> None:
    """Nobody stands here."""
    put(
        c,
        ("id_sensor", ["SNS-0117", "SNS-0118", "SNS-0122", "SNS-0131"], "device_id|order_no|category|text"),
        ("waktu_ukur", v.moment, WHEN),
        ("no_peti_kemas", v.container, "container_no"),
        ("suhu_c", lambda r: round(r.uniform(-24, -15), 1), "number|weather_value"),
        ("kelembapan_persen", lambda r: round(r.uniform(55, 96), 1), "number|weather_value"),
        ("tegangan_baterai", lambda r: round(r.uniform(3.1, 4.2), 2), "number"),
        ("lintang", lambda r: round(r.uniform(-7.3, -5.9), 5), "latitude|lonlat|number"),
        ("bujur", lambda r: round(r.uniform(106.6, 112.8), 5), "longitude|lonlat|number"),
        ("pintu_terbuka", [True, False, False], "boolean|category"),
        ("versi_firmware", ["2.4.1", "2.4.3", "2.5.0"], "version|category"),
        ("keterangan", ["", "normal", "suhu di atas ambang", "sinyal lemah"], TEXT),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet


@case(60)
def penyewa(c: Case) -> None:
    c.count = False
    c.strong = ("mykad_my",)
    put(
        c,
        ("No. Perjanjian", code("SW/2026/####"), "order_no?"),
        ("Nama Penyewa", of(("Nurul Aina", "Mohd Faizal", "Lee Siew Mei", "Kavitha", "Azlan"), ("binti Othman", "bin Rahim", "a/p Subramaniam", "bin Yusof")), "name_latin!"),
        ("No. Kad Pengenalan", mykad, "mykad_my", key("mykad_my")),
        ("Bangsa", ["Melayu", "Cina", "India", "Lain-lain"], "ethnicity!"),
        ("Agama", ["Islam", "Buddha", "Hindu", "Kristian"], "religion!"),
        ("Pekerjaan", ["Guru", "Jurutera", "Peniaga", "Kerani"], "occupation!"),
        ("Alamat Premis", lambda r: f"No. {r.randint(1, 88)}, Jalan {r.choice(('Melati', 'Kenanga', 'SS2'))} {r.randint(1, 24)}, Taman {r.choice(('Sri Muda', 'Desa Jaya', 'Perling'))}", "address_latin|address_text!"),
        ("Poskod", ["40400", "52100", "81200", "10470"], "postcode_intl|number|category|order_no?"),
        ("Negeri", ["Selangor", "Johor", "Pulau Pinang", "W.P. Kuala Lumpur"], PLACE),
        ("No. Tel. Bimbit", lambda r: f"01{r.choice('23679')}-{v.num(r, 3, '23456789')} {v.num(r, 4)}", "phone_intl!"),
        ("Sewa Sebulan (RM)", lambda r: f"{r.randint(1, 4)},{r.choice(('200', '500', '850'))}.00", "number?"),
        ("Tarikh Mula", day("%d/%m/%Y", 2024, 2026), DAY),
        ("Tunggakan", ["Tiada", "Tiada", "1 bulan", "3 bulan"], WORD + "|credit_score?"),
    )  # fmt: skip
    c.writer = as_csv(quote=1)


# East Asia


@case(60)
def yoyaku_hotel(c: Case) -> None:
    c.count = False
    read = {"中村 健一": "ナカムラ ケンイチ", "山口 美穂": "ヤマグチ ミホ", "清水 大輔": "シミズ ダイスケ", "岡田 千尋": "オカダ チヒロ", "藤井 誠": "フジイ マコト", "朴 相俊": "パク サンジュン"}  # fmt: skip
    name, phone, passport, age = returning(
        c,
        46,
        lambda r: r.choice(list(read)),
        lambda r: f"0{r.choice('789')}0-{v.num(r, 4, '123456789')}-{v.num(r, 4)}",
        lambda r: f"{r.choice(('TR', 'TZ', 'MK'))}{v.num(r, 7)}" if r.random() < 0.5 else None,
        whole(19, 84),
    )
    c.strong, c.order = ("passport_foreign",), ("passport_foreign", "phone_intl")
    put(
        c,
        ("予約番号", code("R26######"), "order_no?"),
        ("宿泊者氏名", name, "name_other|name_cn!"),
        ("フリガナ", tuple(read[n] for n in name), "name_other!"),
        ("年齢", age, "age|number!"),
        ("職業", ["会社員", "自営業", "公務員", "学生", "無職"], "occupation!"),
        ("国籍", ["日本", "日本", "韓国", "台湾"], "nationality|country!"),
        ("旅券番号", passport, "passport_foreign|order_no", key("passport_foreign")),
        ("住所", lambda r: f"{r.choice(('神奈川県横浜市中区山下町', '福岡県福岡市博多区住吉', '京都府京都市左京区岩倉'))}{r.randint(1, 9)}-{r.randint(1, 30)}", "address_text|address_cn|text!"),
        ("電話番号", phone, "phone_intl", key("phone_intl")),
        ("チェックイン", lambda r: f"令和8年{r.randint(1, 12)}月{r.randint(1, 28)}日", DAY),
        ("到着予定", lambda r: f"{r.randint(14, 22)}:{r.choice(('00', '30'))}", "time_of_day|category|text"),
        ("部屋番号", lambda r: str(r.randint(2, 12) * 100 + r.randint(1, 20)), NUM + "|order_no"),
        ("備考", ["", "禁煙希望", "アレルギー：そば", "連泊のため清掃不要"], "text|category|medical_text?"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="宿泊者名簿")


@case(60)
def haksaeng(c: Case) -> None:
    c.count = False
    c.strong = ("rrn_kr",)
    put(
        c,
        ("학번", seq(60, "2023{:05d}", 10211), "student_id|number|order_no!"),
        ("이름", of(("한", "오", "신", "임", "배"), ("지우", "하은", "준서", "유진", "태양"), form="{}{}"), "name_other!"),
        ("영문이름", of(("HAN", "OH", "SHIN", "LIM"), ("JIWOO", "HAEUN", "JUNSEO", "YUJIN")), "name_latin!"),
        ("주민등록번호", rrn, "rrn_kr", key("rrn_kr")),
        ("성별", ["남", "여"], "gender!"),
        ("학과", ["국제물류학과", "컴퓨터공학과", "중어중문학과"], WORD + "|education|org_name?"),
        ("학년", ["1", "2", "3", "4"], NUM + "|education?"),
        ("학적상태", ["재학", "휴학", "졸업"], WORD + "|education?"),
        ("연락처", lambda r: f"010-{v.num(r, 4, '23456789')}-{v.num(r, 4)}", "phone_intl!"),
        ("보호자성명", of(("한", "오", "신"), ("영수", "미숙", "정호"), form="{}{}"), "name_other!"),
        ("보호자관계", ["부", "모", "조모"], "kinship!"),
        ("평점평균", fmt(1.8, 4.5, 2), "number|education?"),
        ("등록금계좌", lambda r: f"{v.num(r, 3, '123456789')}-{v.num(r, 4)}-{v.num(r, 4)}-{v.num(r, 2)}", "bank_account|order_no!"),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp949")


@case(70)
def huiyuan_tw(c: Case) -> None:
    c.count = False
    c.strong = ("taiwan_id",)
    name, ident, member, born, phone, carrier = returning(
        c,
        50,
        lambda r: (
            r.choice("陳林黃張蔡劉許")
            + r.choice(("怡君", "志豪", "雅婷", "俊傑", "淑芬", "冠宇", "宗翰", "佩珊"))
        ),
        v.taiwan,
        code("TW########"),
        lambda r: f"民國{r.randint(45, 94)}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
        lambda r: f"09{v.num(r, 2)}-{v.num(r, 3)}-{v.num(r, 3)}",
        code("/@##@#@#"),
    )
    put(
        c,
        ("會員編號", member, "customer_no|order_no!"),
        ("姓名", name, "name_cn|name_other!"),
        ("身分證字號", ident, "taiwan_id", key("taiwan_id")),
        ("出生年月日", born, "birth_date!"),
        ("行動電話", phone, "phone_intl!"),
        ("郵遞區號", ["10491", "40756", "80661", "300"], "postcode_intl|number|category|order_no?"),
        ("通訊地址", lambda r: f"{r.choice(('臺北市中山區', '臺中市西屯區', '高雄市前鎮區'))}{r.choice(('民權東路', '文心路', '中華五路'))}{r.randint(1, 4)}段{r.randint(1, 300)}號{r.randint(2, 14)}樓", "address_text|address_cn|text!"),
        ("公司統編", ubn, "ubn_tw", {"empty": 0.3}),
        ("手機條碼載具", carrier, "customer_no|order_no|text?"),
        ("婚姻狀況", ["已婚", "未婚", "不便透露"], "marital_status!"),
        ("紅利點數", whole(0, 48000), "number"),
        ("入會日", lambda r: f"{r.randint(104, 115)}/{r.randint(1, 12):02}/{r.randint(1, 28):02}", DAY),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp950")
