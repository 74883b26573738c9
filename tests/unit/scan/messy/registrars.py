"""Thirty-fourth hand: what an exporter's companies abroad draw from the systems they work with, and lists in eight languages. Labelled before a scan ever saw them."""

from collections.abc import Callable
from typing import Any

from messy import digits as d
from messy import values as v
from messy.frame import Case, as_csv, as_fixed, as_jsonl, as_parquet, as_sqlite, as_xlsx, wide
from messy.makers import DAY, NUM, TEXT, WHEN, WORD, code, day, fmt, key, put, seq, whole
from messy.tables import case

STRONG = (
    "passport_foreign", "social_security_no", "nric_sg", "ssn_us", "nino_uk", "aadhaar", "pan_in", "my_number", "rrn_kr", "nik_id", "pin_th", "cccd_vn",
)  # fmt: skip
WEAK = (
    "mobile_cn", "phone_intl", "email", "social_account", "customer_no", "employee_no", "student_id", "imei", "device_id", "bank_account", "payment_account", "iban", "policy_no", "vin", "medical_record_no", "trial_subject", "pnr", "plate_cn",
)  # fmt: skip
TOWN = WORD + "|address_text?"
STREET = "address_latin|address_text!"
GIVEN = "name_part|name_latin!"
SAME = "order_no|text|category"
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


def nested(row: dict[str, Any]) -> dict[str, Any]:
    """Dotted headers as objects within objects."""
    out: dict[str, Any] = {}
    for path, value in row.items():
        place = out
        *above, last = path.split(".")
        for step in above:
            place = place.setdefault(step, {})
        place[last] = value
    return out


def us_phone(r: v.R) -> str:
    return f"({r.randint(201, 989)}) 555-{v.num(r, 4)}"


def ssn(r: v.R) -> str:
    return f"{r.randint(1, 665):03}-{r.randint(1, 99):02}-{r.randint(1, 9999):04}"


def alnum(n: int) -> Callable[[v.R], str]:
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789"
    return lambda r: "".join(r.choices(letters, k=n))


def iban(country: str, body: str) -> str:
    return country + d.mod97(body + country) + body


def steuer_id(r: v.R) -> str:
    """Eleven digits, one of the first ten twice, with the check of ISO 7064 MOD 11,10."""
    places = list("0123456789")
    r.shuffle(places)
    places[9] = places[r.randint(1, 8)]
    if places[0] == "0":
        places[0], places[3] = places[3], places[0]
    rest = 10
    for x in places:
        total = (int(x) + rest) % 10 or 10
        rest = total * 2 % 11
    return "".join(places) + str((11 - rest) % 10)


def bsn(r: v.R) -> str:
    while True:
        body = v.num(r, 8, "123456789")
        rest = sum(int(x) * (9 - i) for i, x in enumerate(body)) % 11
        if rest != 10:
            return body + str(rest)


def tckn(r: v.R) -> str:
    b = [int(x) for x in v.num(r, 9, "123456789")]
    ten = (sum(b[::2]) * 7 - sum(b[1::2])) % 10
    return "".join(map(str, b)) + str(ten) + str((sum(b) + ten) % 10)


def tfn(r: v.R) -> str:
    while True:
        body = v.num(r, 8, "123456789")
        rest = sum(int(x) * w for x, w in zip(body, (1, 4, 3, 7, 5, 8, 6, 9), strict=True)) % 11
        if rest != 10:  # the last weight is 10, which is -1
            return f"{body[:3]} {body[3:6]} {body[6:]}{rest}"


def npi(r: v.R) -> str:
    body = "1" + v.num(r, 8)
    return body + d.luhn("80840" + body)


def aadhaar(r: v.R) -> str:
    body = v.num(r, 11, "23456789")
    return body + d.verhoeff(body)


def vat_de(r: v.R) -> str:
    body = v.num(r, 8, "123456789")
    rest = 10
    for x in body:
        total = (int(x) + rest) % 10 or 10
        rest = total * 2 % 11
    return f"DE{body}{(11 - rest) % 10}"


# Systems with English headers


@case(90)
def salesforce_contacts(c: Case) -> None:
    def one(r: v.R) -> Person:
        first, last = r.choice(("Tamara", "Deion", "Marcus", "Hailey", "Priscilla")), r.choice(("Brockmann", "Whitaker", "Delgado", "Nakamura", "O'Leary"))  # fmt: skip
        return {
            "id": "0035g00000" + alnum(8)(r),
            "hail": r.choice(("Mr.", "Ms.", "Dr.", "Mrs.")),
            "first": first,
            "last": last,
            "email": v.email(r),
            "phone": us_phone(r),
            "street": f"{r.randint(100, 9900)} {r.choice(('Larkspur Ln', 'E 14th St', 'Commerce Pkwy'))}{r.choice(('', ' Ste 210', ' Apt 4B'))}",
            "zip": v.num(r, 5, "0123456789") + r.choice(("", "-" + v.num(r, 4))),
        }

    who = crowd(c, 78, one)
    put(
        c,
        ("Id", who("id"), "customer_no|order_no|text?"),
        ("AccountId", lambda r: "0015g00000" + alnum(8)(r), "order_no|customer_no|text?"),
        ("Salutation", who("hail"), "category|gender|text|name_part?"),
        ("FirstName", who("first"), GIVEN),
        ("LastName", who("last"), GIVEN),
        ("Title", ["VP Sourcing", "Logistics Coordinator", "Sr. Buyer", "Import Compliance Manager"], "occupation|category!"),
        ("Email", who("email"), "email", key("email")),
        ("MobilePhone", who("phone"), "phone_intl", key("phone_intl", empty=0.1)),
        ("MailingStreet", who("street"), STREET),
        ("MailingCity", ["Plano", "Reno", "Chattanooga", "Fort Wayne"], TOWN),
        ("MailingStateCode", ["TX", "NV", "TN", "IN"], WORD + "|province?"),
        ("MailingPostalCode", who("zip"), "postcode_intl|order_no|text?"),
        ("HasOptedOutOfEmail", ["true", "false"], "boolean"),
        ("CreatedDate", lambda r: v.moment(r).replace(" ", "T") + ".000+0000", WHEN),
    )  # fmt: skip
    c.writer = as_csv(quote=1)
    settle(c)


@case(80)
def sap_customer_master(c: Case) -> None:
    """General data of customers, as the table KNA1 names it; all of them firms."""
    c.count = False
    put(
        c,
        ("MANDT", ["100"], "number|category|order_no"),
        ("KUNNR", seq(80, "{:010d}", 104211), "customer_no|order_no?"),
        ("KTOKD", ["0001", "0002", "ZEXP"], "category|order_no|number"),
        ("ANRED", ["Company", "Firma"], "category|text?"),
        ("NAME1", v.firm, "org_name"),
        ("STRAS", lambda r: f"{r.choice(('Industriestraße', 'Hafenweg', 'Am Gleisdreieck'))} {r.randint(1, 140)}", "address_latin|address_text|text?"),
        ("ORT01", ["Duisburg", "Linz", "Bremerhaven", "Kassel"], TOWN),
        ("PSTLZ", lambda r: v.num(r, 5), "postcode_intl|number|category|order_no?"),
        ("LAND1", ["DE", "AT", "NL"], "country|category"),
        ("TELF1", lambda r: f"+49 {r.choice(('203', '471', '561'))} {v.num(r, 6, '23456789')}", "phone_intl?"),
        ("SMTP_ADDR", lambda r: f"{r.choice(('einkauf', 'logistik', 'ap'))}{r.randint(1, 99)}@example.{r.choice(('de', 'at'))}", "email?"),
        ("STCEG", vat_de, "vat_eu|taxpayer_no"),
        ("ERDAT", day("%Y%m%d", 2009, 2025), DAY),
        ("LOEVM", ["", "", "", "X"], "boolean|category|text|empty"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    settle(c)


@case(70)
def workday_workers(c: Case) -> None:
    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1960, 2003)
        first, last = r.choice(("Brianna", "Terrence", "Lakshmi", "Gilberto", "Soo-Jin")), r.choice(("Castellano", "Pruitt", "Raghavan", "Yoon", "Fitzgerald"))  # fmt: skip
        return {
            "no": v.num(r, 6, "12"),
            "first": first,
            "last": last,
            "born": f"{m:02}/{dd:02}/{y}",
            "sex": r.choice(("Male", "Female", "Not Declared")),
            "race": r.choice(("White (United States of America)", "Asian (United States of America)", "Hispanic or Latino (United States of America)", "Black or African American (United States of America)")),
            "ssn": ssn(r),
            "street": f"{r.randint(10, 4900)} {r.choice(('Sycamore Ct', 'Old Mill Rd', 'N Halsted St'))}",
            "zip": v.num(r, 5, "123456789"),
            "pay": f"{r.randint(48, 210)},{v.num(r, 3)}.00",
        }  # fmt: skip

    who = crowd(c, 66, one)
    put(
        c,
        ("Employee ID", who("no"), "employee_no|number|order_no", key("employee_no")),
        ("Legal Name - First Name", who("first"), GIVEN),
        ("Legal Name - Last Name", who("last"), GIVEN),
        ("Business Title", ["Warehouse Lead", "Staff Accountant", "Field Service Engineer"], "occupation|category!"),
        ("Supervisory Organization", ["Midwest Distribution", "Shared Services Finance", "Aftermarket"], WORD + "|org_name"),
        ("Worker's Manager", lambda r: f"{r.choice(('Janelle', 'Curtis', 'Renata'))} {r.choice(('Hobbs', 'Alvarado', 'Kim'))}", "name_latin!"),
        ("Date of Birth", who("born"), "birth_date!"),
        ("Gender", who("sex"), "gender!"),
        ("Race/Ethnicity (Locale Sensitive)", who("race"), "ethnicity!"),
        ("National ID", who("ssn"), "ssn_us|social_security_no", key("ssn_us")),
        ("Primary Home Address - Line 1", who("street"), STREET),
        ("Primary Home Address - Postal Code", who("zip"), "postcode_intl|number?"),
        ("Total Base Pay Annualized - Amount", who("pay"), "income|number!"),
        ("Original Hire Date", day("%m/%d/%Y", 2005, 2025), DAY),
    )  # fmt: skip
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(sheet="Sheet1", title=("RPT - All Active Workers (US)", "Effective Date: 10/31/2026")),
    )
    settle(c)


@case(100)
def stripe_charges(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        return {
            "customer": "cus_" + alnum(14)(r),
            "name": v.latin(r),
            "email": v.email(r),
            "line1": f"{r.randint(1, 300)} {r.choice(('Granville St', 'Rue Sainte-Catherine O', 'Queen St W'))}",
            "post": f"{code('@')(r)}{v.num(r, 1)}{code('@')(r)} {v.num(r, 1)}{code('@')(r)}{v.num(r, 1)}",
            "last4": v.num(r, 4),
            "print": alnum(16)(r),
        }

    who = crowd(c, 84, one)
    put(
        c,
        ("id", lambda r: "ch_3" + alnum(23)(r), SAME),
        ("amount", whole(499, 184900), NUM),
        ("currency", ["cad", "usd"], "currency|category"),
        ("created", lambda r: str(r.randint(1_735_700_000, 1_767_200_000)), "timestamp|datetime|number"),
        ("customer", who("customer"), "customer_no|order_no|text?"),
        ("billing_details.name", who("name"), "name_latin!"),
        ("billing_details.email", who("email"), "email!"),
        ("billing_details.address.line1", who("line1"), STREET),
        ("billing_details.address.postal_code", who("post"), "postcode_intl|order_no|text?"),
        ("payment_method_details.card.brand", ["visa", "mastercard", "amex"], WORD),
        ("payment_method_details.card.last4", who("last4"), "bank_card_masked|number|category|order_no?"),
        ("payment_method_details.card.fingerprint", who("print"), "order_no|text|device_id|hash?"),
        ("outcome.risk_score", whole(0, 99), NUM),
        ("status", ["succeeded", "failed", "pending"], WORD),
    )  # fmt: skip
    c.suffix, c.writer = ".jsonl", as_jsonl(nested)
    settle(c)


@case(80)
def shopify_orders(c: Case) -> None:
    c.count = False  # people stand in the notes besides the buyers

    def one(r: v.R) -> Person:
        return {
            "email": v.email(r),
            "name": v.latin(r),
            "street": f"{r.randint(1, 3900)} {r.choice(('Juniper Way', 'Bayshore Blvd', 'Old Post Rd'))}",
            "zip": "'" + v.num(r, 5),
            "phone": f"+1{r.randint(201, 989)}555{v.num(r, 4)}",
        }

    who = crowd(c, 70, one)
    notes = [
        c.r.choice(("", "", "Leave at side door", "Gift wrap please", "Ring bell twice")) for _ in range(80)
    ]
    notes[11] = "Call my sister at (415) 555-0188 if nobody answers"
    notes[53] = "new email is hana.lindqvist@example.net"
    put(
        c,
        ("Name", seq(80, "#{}", 20817), SAME),
        ("Email", who("email"), "email!"),
        ("Financial Status", ["paid", "partially_refunded", "pending"], WORD),
        ("Paid at", lambda r: v.moment(r) + " -0500", WHEN),
        ("Subtotal", fmt(9, 640, 2), "number"),
        ("Lineitem quantity", whole(1, 4), NUM),
        ("Lineitem name", ["Bamboo Cutting Board - Large", "Enamel Camp Mug / Navy", "Wool Throw"], "cargo_name|category|text"),
        ("Lineitem sku", code("@@@-####-@@"), SAME),
        ("Shipping Name", who("name"), "name_latin!"),
        ("Shipping Street", who("street"), STREET),
        ("Shipping Zip", who("zip"), "postcode_intl|order_no|number|text?"),
        ("Shipping Phone", who("phone"), "phone_intl!"),
        ("Notes", tuple(notes), "text!", {"embedded": ("phone_intl", "email")}),
        ("Payment Reference", lambda r: f"c{v.num(r, 14, '123456789')}.1", SAME),
    )  # fmt: skip
    c.writer = as_csv(encoding="utf-8-sig")
    settle(c)


@case(80)
def hl7_admissions(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1935, 2020)
        return {
            "mrn": f"E{v.num(r, 8, '123456789')}",
            "last": r.choice(("GUNDERSON", "ABERNATHY", "TRAN", "ESPINOZA", "WASHINGTON")),
            "first": r.choice(("MABEL", "CLARENCE", "ROSA", "ETHAN", "LUCILLE")),
            "born": f"{y}{m:02}{dd:02}",
            "sex": r.choice("MF"),
            "race": r.choice(("2106-3", "2054-5", "2028-9", "1002-5")),
            "street": f"{r.randint(10, 3900)} {r.choice(('PRAIRIE AVE', 'LAKE SHORE DR', 'COUNTY ROAD 9'))}",
            "zip": v.num(r, 9, "123456789"),
            "phone": us_phone(r),
            "ssn": ssn(r).replace("-", ""),
        }

    who = crowd(c, 72, one)
    put(
        c,
        ("MSH-7 Message DateTime", lambda r: f"{v.date(r, '%Y%m%d', 2026, 2026)}{r.randint(0, 23):02}{r.randint(10, 59)}{r.randint(10, 59)}", WHEN + "|timestamp"),
        ("PID-3 Patient Identifier", who("mrn"), "medical_record_no", key("medical_record_no")),
        ("PID-5.1 Family Name", who("last"), GIVEN),
        ("PID-5.2 Given Name", who("first"), GIVEN),
        ("PID-7 DOB", who("born"), "birth_date!"),
        ("PID-8 Admin Sex", who("sex"), "gender!"),
        ("PID-10 Race", who("race"), "ethnicity|category|order_no!"),
        ("PID-11.1 Street", who("street"), STREET),
        ("PID-11.5 Zip", who("zip"), "postcode_intl|number|order_no?"),
        ("PID-13 Home Phone", who("phone"), "phone_intl", key("phone_intl")),
        ("PID-19 SSN", who("ssn"), "ssn_us|social_security_no", key("ssn_us")),
        ("PV1-2 Patient Class", ["I", "O", "E"], WORD + "?"),
        ("PV1-7 Attending", lambda r: f"{npi(r)}^{r.choice(('OYELARAN', 'HUTCHINS', 'PATEL'))}^{r.choice(('SIMON', 'ADA', 'NEIL'))}", "text|name_latin|order_no?"),
        ("DG1-3 Diagnosis Code", ["I50.9", "S72.001A", "J44.1", "O80"], "icd10|diagnosis!"),
    )  # fmt: skip
    c.suffix, c.writer = ".tsv", as_csv(delimiter="\t")
    settle(c)


@case(120)
def ais_positions(c: Case) -> None:
    put(
        c,
        ("MMSI", lambda r: r.choice(("366", "538", "477", "235")) + v.num(r, 6), "mmsi"),
        ("BaseDateTime", lambda r: v.moment(r).replace(" ", "T"), WHEN),
        ("LAT", fmt(29.1, 30.2, 5), "latitude"),
        ("LON", lambda r: f"-{r.uniform(89, 90.9):.5f}", "longitude"),
        ("SOG", fmt(0, 19), "vehicle_speed|number"),
        ("COG", fmt(0, 359), "number"),
        ("Heading", whole(0, 359), NUM),
        ("VesselName", ["BAYOU PRINCE", "OCEAN LARK", "STOLT HERON", "MISS KATIE II", "EVER GLADE"], "vessel_name|category"),
        ("IMO", lambda r: "IMO" + v.imo(r), "imo_number"),
        ("CallSign", lambda r: r.choice(("WD", "V7", "VR")) + code("@@#")(r), "call_sign|order_no|category"),
        ("VesselType", ["31", "70", "80", "52"], NUM + "|order_no"),
        ("Status", ["0", "1", "5", "8"], NUM + "|order_no"),
        ("Draft", fmt(2, 14), "number"),
        ("TransceiverClass", ["A", "B"], WORD),
    )  # fmt: skip


@case(110)
def dcs_passengers(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1948, 2021)
        nation = r.choice(("USA", "GBR", "AUS"))
        return {
            "loc": code("@@@@@@")(r),
            "last": r.choice(("MONTGOMERY", "PAPADOPOULOS", "SINGH", "HALLORAN", "VANDENBERG")),
            "first": r.choice(("JUNE MS", "OSCAR MR", "AMELIA MISS", "RAJ MR", "TOBY MSTR")),
            "sex": r.choice("MF"),
            "born": f"{dd:02}{('JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC')[m - 1]}{y % 100:02}",
            "nation": nation,
            "doc": {"USA": v.num(r, 9, "456"), "GBR": v.num(r, 9, "5"), "AUS": f"{r.choice('NP')}{r.choice('AB')}{v.num(r, 7)}"}[nation],
            "mobile": {"USA": f"1{r.randint(201, 989)}555{v.num(r, 4)}", "GBR": f"447{v.num(r, 9, '3456789')}", "AUS": f"614{v.num(r, 8)}"}[nation],
        }  # fmt: skip

    who = crowd(c, 104, one)
    put(
        c,
        ("RECLOC", who("loc"), "pnr|order_no!"),
        ("PAX_SURNAME", who("last"), GIVEN),
        ("PAX_GIVEN", who("first"), GIVEN),
        ("PAX_SEX", who("sex"), "gender!"),
        ("DOB", who("born"), "birth_date!"),
        ("NATLTY", who("nation"), "nationality|country!"),
        ("DOC_NO", who("doc"), "passport_foreign|order_no!"),
        ("DOC_EXP", lambda r: v.date(r, "%d%b%y", 2027, 2035).upper(), DAY),
        ("FLT", ["MU588", "MU562", "CA982"], "voyage_no|category|order_no"),
        ("DEP_DT", lambda r: v.date(r, "%d%b%y", 2026, 2026).upper(), DAY),
        ("SEAT", lambda r: f"{r.randint(1, 66):02}{r.choice('ABCDEFGHJK')}", "category|order_no|text?"),
        ("TKT_NO", lambda r: "781" + v.num(r, 10, "123456789"), "order_no|number|pnr?"),
        ("CTCM", who("mobile"), "phone_intl!"),
        ("BAG_WT_KG", whole(0, 46), NUM),
    )  # fmt: skip
    c.suffix, c.writer = ".txt", as_fixed
    settle(c)


@case(90)
def medical_claims(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1938, 2012)
        return {
            "member": f"W{v.num(r, 9, '123456789')}{r.choice(('01', '02'))}",
            "born": f"{m}/{dd}/{y}",
            "sex": r.choice("MF"),
        }

    who = crowd(c, 70, one)
    put(
        c,
        ("CLM_ID", code("26##########"), "claim_no|order_no|number!"),
        ("MBR_ID", who("member"), "policy_no|customer_no|social_security_no|medical_record_no|order_no!"),
        ("MBR_DOB", who("born"), "birth_date!"),
        ("MBR_SEX", who("sex"), "gender!"),
        ("SVC_FROM_DT", day("%m/%d/%Y", 2025, 2026), DAY),
        ("DX1", ["E119", "I10", "M5450", "Z0000"], "icd10|diagnosis!"),
        ("PROC_CD", ["99213", "99214", "J1885", "80053"], "category|order_no|number|icd9_procedure|text?"),
        ("POS", ["11", "21", "23"], NUM + "|order_no"),
        ("REND_NPI", npi, "order_no|number|employee_no|social_security_no?"),
        ("BILL_TIN", code("##-#######"), "taxpayer_no|order_no|text?"),
        ("RX_NDC", code("00#########"), "order_no|number|drug_approval|drug_trace_code"),
        ("CHRG_AMT", fmt(40, 4200, 2), "number?"),
        ("ALWD_AMT", fmt(20, 2100, 2), "number?"),
        ("ADJ_RSN", ["CO-45", "PR-1", "PR-2", "OA-23"], WORD + "|order_no"),
    )  # fmt: skip
    c.writer = as_csv(delimiter="|")
    settle(c)


@case(100)
def edc_labs(c: Case) -> None:
    """A listing of a trial with the names of CDISC."""

    def one(r: v.R) -> Person:
        site = r.choice(("1041", "1042", "2017"))
        return {
            "site": site,
            "usub": f"FY2601-{site}-{v.num(r, 3)}",
            "sex": r.choice("MF"),
            "age": str(r.randint(19, 78)),
            "race": r.choice(("WHITE", "ASIAN", "BLACK OR AFRICAN AMERICAN", "NOT REPORTED")),
            "born": r.choice(("{}-{:02}", "{}")).format(r.randint(1947, 2006), r.randint(1, 12)),
        }

    who = crowd(c, 60, one)
    put(
        c,
        ("STUDYID", ["FY2601"], "category|trial_id|order_no"),
        ("SITEID", who("site"), "category|number|order_no"),
        ("USUBJID", who("usub"), "trial_subject|order_no", key("trial_subject")),
        ("SEX", who("sex"), "gender!"),
        ("AGE", who("age"), "age!"),
        ("RACE", who("race"), "ethnicity!"),
        ("BRTHDTC", who("born"), "birth_date|date!"),
        ("RFSTDTC", day("%Y-%m-%d", 2025, 2026), DAY),
        ("ARM", ["FY-101 50 mg", "FY-101 100 mg", "Placebo"], WORD + "?"),
        ("VISIT", ["SCREENING", "WEEK 2", "WEEK 12"], WORD),
        ("LBTESTCD", ["ALT", "AST", "CREAT", "HGB"], WORD + "?"),
        ("LBORRES", fmt(0.4, 180, 1), "lab_result|number!"),
        ("LBORRESU", ["U/L", "mg/dL", "g/L"], WORD),
        ("LBNRIND", ["NORMAL", "HIGH", "LOW"], WORD + "|lab_result?"),
    )  # fmt: skip
    c.suffix, c.writer = ".parquet", as_parquet
    settle(c)


@case(100)
def fleet_telematics(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        last = r.choice(("MORGA", "PRITC", "SINGH", "GREEN"))
        return {
            "name": f"{r.choice(('Nigel', 'Bronwen', 'Jaswant', 'Shona'))} {r.choice(('Morgan', 'Pritchard', 'Singh', 'Greenwood'))}",
            "licence": f"{last}{v.num(r, 1, '6789')}{r.choice(('05', '11', '53', '62'))}{r.randint(10, 28)}{v.num(r, 1)}{code('@')(r)}9{code('@@')(r)}",
        }

    who = crowd(c, 30, one)
    put(
        c,
        ("vehicleId", code("VH-####"), SAME),
        ("vin", lambda r: v.vin_eu(r), "vin!"),
        ("registrationNumber", lambda r: f"{code('@@')(r)}{r.randint(12, 26)} {code('@@@')(r)}", "order_no|plate_cn|text?"),
        ("driverName", who("name"), "name_latin!"),
        ("drivingLicenceNumber", who("licence"), "driver_licence!"),
        ("eventTimestampMs", v.ms, "timestamp"),
        ("position.lat", fmt(51.2, 53.8, 6), "latitude|trajectory?"),
        ("position.lng", lambda r: f"-{r.uniform(0.1, 2.9):.6f}", "longitude|trajectory?"),
        ("speedKph", fmt(0, 112), "vehicle_speed|number?"),
        ("odometerKm", fmt(1200, 310000), "number|vehicle_speed"),
        ("ignitionOn", lambda r: r.random() < 0.8, "boolean"),
        ("device.imei", v.imei, "imei!"),
        ("device.firmware", lambda r: f"{r.randint(3, 12)}.{r.randint(0, 9)}.{r.randint(0, 40)}.{r.randint(1, 250)}", "version"),
        ("harshBrakingScore", fmt(0, 100, 2), "number?"),
    )  # fmt: skip
    c.suffix, c.writer = ".jsonl", as_jsonl(nested)
    settle(c)


@case(70)
def kyc_onboarding(c: Case) -> None:
    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1952, 2003)
        return {
            "ref": f"CIF{v.num(r, 7)}",
            "name": r.choice(("Tan Wei Ling", "Muhammad Faizal Bin Rahmat", "Kavitha D/O Subramaniam", "Lim Boon Keng", "Siti Nurhaliza Binte Osman")),
            "nric": v.nric(r),
            "born": f"{dd:02}-{('Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec')[m - 1]}-{y}",
            "address": f"Blk {r.randint(1, 890)} {r.choice(('Ang Mo Kio Ave 3', 'Tampines St 81', 'Jurong West St 42'))} #{r.randint(2, 24):02}-{v.num(r, 3)}",
            "post": v.num(r, 6, "12345678"),
            "mobile": f"+65 {r.choice('89')}{v.num(r, 3)} {v.num(r, 4)}",
            "email": v.email(r),
        }  # fmt: skip

    who = crowd(c, 62, one)
    put(
        c,
        ("cif_no", who("ref"), "customer_no|order_no", key("customer_no")),
        ("cust_full_name", who("name"), "name_latin!"),
        ("nric_fin", who("nric"), "nric_sg", key("nric_sg")),
        ("dt_of_birth", who("born"), "birth_date!"),
        ("ctry_of_citizenship", ["SG", "MY", "IN"], "nationality|country!"),
        ("resi_addr", who("address"), STREET),
        ("resi_postcd", who("post"), "postcode_intl|number|postcode_cn?"),
        ("mobile_no", who("mobile"), "phone_intl", key("phone_intl")),
        ("email_addr", who("email"), "email", key("email")),
        ("employment_type", ["Salaried", "Self-employed", "Retired"], "occupation|category?"),
        ("annual_income_band", ["<30k", "30k-60k", "60k-120k", ">120k"], "income|category!"),
        ("pep_flag", ["N", "N", "Y"], "boolean|category?"),
        ("aml_risk_rating", ["L", "M", "H"], WORD + "?"),
        ("next_review_dt", day("%d-%b-%Y", 2027, 2029), DAY),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="onboarding_202610")
    settle(c)


@case(60)
def payroll_fps(c: Case) -> None:
    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1958, 2005)
        sex = r.choice("MF")
        return {
            "works": str(r.randint(1000, 9999)),
            "nino": f"{r.choice(('AB', 'JH', 'NR', 'PW', 'SY'))}{v.num(r, 6)}{r.choice('ABCD')}",
            "title": "Mr" if sex == "M" else r.choice(("Mrs", "Ms", "Miss")),
            "first": r.choice(("Gareth", "Oluwaseun", "Kieran") if sex == "M" else ("Fiona", "Zainab", "Cerys")),
            "last": r.choice(("Thistlewood", "Adeyemi", "Gallagher", "Bannister")),
            "born": f"{dd:02}/{m:02}/{y}",
            "sex": sex,
            "line": f"{r.randint(1, 190)} {r.choice(('Beech Grove', 'Canal Street', 'Vicarage Road'))}",
            "post": f"{r.choice(('M', 'CF', 'NE', 'SW'))}{r.randint(1, 29)} {r.randint(1, 9)}{code('@@')(r)}",
            "account": v.num(r, 8),
        }  # fmt: skip

    who = crowd(c, 57, one)
    put(
        c,
        ("Works No.", who("works"), "employee_no|number|order_no", key("employee_no")),
        ("NI Number", who("nino"), "nino_uk", key("nino_uk")),
        ("Title", who("title"), "category|gender|name_part?"),
        ("Forename(s)", who("first"), GIVEN),
        ("Surname", who("last"), GIVEN),
        ("DOB", who("born"), "birth_date!"),
        ("Addr Line 1", who("line"), STREET),
        ("Post Code", who("post"), "postcode_intl|order_no|text?"),
        ("Tax Code", ["1257L", "BR", "K475", "S1257L"], WORD + "|order_no?"),
        ("Gross for Tax TD", lambda r: f"£{r.randint(2, 58)},{v.num(r, 3)}.{v.num(r, 2)}", "income|number|text!"),
        ("EE Pension", fmt(0, 310, 2), "number|income?"),
        ("Sort Code", lambda r: f"{r.choice(('20', '40', '60'))}-{v.num(r, 2)}-{v.num(r, 2)}", "order_no|category|text?"),
        ("Acc No", who("account"), "bank_account", key("bank_account")),
        ("Student Loan", ["", "Plan 1", "Plan 2", "PGL"], WORD + "?"),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp1252", before=("Employer PAYE Ref: 120/FY8841,Tax Year 2026-27,Month 7",))
    settle(c)


@case(60)
def payroll_au(c: Case) -> None:
    c.count = False

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1960, 2004)
        return {
            "no": f"E{v.num(r, 4)}",
            "name": f"{r.choice(('Lachlan', 'Matilda', 'Jarrah', 'Bronte'))} {r.choice(('Fairweather', 'Nguyen', 'Petersen', 'Kostas'))}",
            "tfn": tfn(r),
            "born": f"{dd}/{m}/{y}",
            "mobile": f"04{v.num(r, 2)} {v.num(r, 3)} {v.num(r, 3)}",
            "street": f"{r.choice(('', 'U3/'))}{r.randint(1, 240)} {r.choice(('Wattle Cres', 'Flinders Pde', 'Bunya St'))}",
        }

    who = crowd(c, 54, one)
    put(
        c,
        ("EmpCode", who("no"), "employee_no|order_no!"),
        ("Preferred Name", who("name"), "name_latin!"),
        ("TFN", who("tfn"), "taxpayer_no|social_security_no!"),
        ("D.O.B.", who("born"), "birth_date!"),
        ("Residential Address", who("street"), STREET),
        ("Suburb", ["Toowong", "Footscray", "Marrickville"], TOWN),
        ("State", ["QLD", "VIC", "NSW"], WORD + "|province?"),
        ("P/Code", ["4066", "3011", "2204", "0810"], "postcode_intl|number|category|order_no?"),
        ("Mob", who("mobile"), "phone_intl!"),
        ("BSB", lambda r: f"{r.choice(('062', '083', '484'))}-{v.num(r, 3)}", "order_no|category|text?"),
        ("Acct #", lambda r: v.num(r, 9, "123456789"), "bank_account|number|order_no?"),
        ("Super Fund", ["Harbour Super", "Outback Industry Fund", "Self-managed"], WORD + "|org_name"),
        ("Hourly Rate", lambda r: f"${r.uniform(27, 92):.2f}", "income|number|text!"),
        ("Emerg. Contact", lambda r: f"{r.choice(('Kylie', 'Bruce', 'Thuy'))} {r.choice(('Fairweather', 'Nguyen', 'Petersen'))}", "name_latin!"),
    )  # fmt: skip
    c.suffix, c.writer = ".xlsx", as_xlsx(sheet="Pay Run 26-21")
    settle(c)


@case(70)
def employee_master_in(c: Case) -> None:
    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1965, 2003)
        last = r.choice(("DESHMUKH", "IYER", "CHAUDHARY", "BANERJEE", "REDDY"))
        return {
            "code": f"MH{v.num(r, 5)}",
            "name": f"{r.choice(('VIKAS', 'LALITHA', 'ROHINI', 'ABDUL'))} {last}",
            "father": f"{r.choice(('RAMESH', 'GOPAL', 'SUBHASH'))} {last}",
            "born": f"{dd:02}-{m:02}-{y}",
            "aadhaar": aadhaar(r),
            "pan": code(f"@@@P{last[0]}####@")(r),
            "uan": "10" + v.num(r, 10),
            "mobile": v.num(r, 10, "6789"),
            "account": v.num(r, r.choice((11, 14)), "123456789"),
        }

    who = crowd(c, 64, one)
    put(
        c,
        ("EMP_CODE", who("code"), "employee_no|order_no", key("employee_no")),
        ("EMP_NAME", who("name"), "name_latin!"),
        ("FATHER_NAME", who("father"), "name_latin!"),
        ("DOB", who("born"), "birth_date!"),
        ("BLOOD_GRP", ["O+", "B+", "AB-", "A+"], "blood_type!"),
        ("AADHAAR_NO", who("aadhaar"), "aadhaar", {"key": "aadhaar", "damage": lambda r, x: f"{x[:4]} {x[4:8]} {x[8:]}"}),
        ("PAN", who("pan"), "pan_in", key("pan_in")),
        ("UAN_NO", who("uan"), "social_security_no", key("social_security_no")),
        ("MOB_NO", who("mobile"), "phone_intl", key("phone_intl")),
        ("BANK_AC_NO", who("account"), "bank_account", key("bank_account")),
        ("IFSC_CODE", lambda r: r.choice(("SBIN", "HDFC", "ICIC")) + "0" + v.num(r, 6), "order_no|category|text"),
        ("DOJ", day("%d-%m-%Y", 2004, 2025), DAY),
        ("CTC_PA", lambda r: f"{r.randint(3, 38)},{v.num(r, 2)},{v.num(r, 3)}", "income|number|text!"),
        ("PERM_ADDR_PIN", lambda r: v.num(r, 6, "12345678"), "postcode_intl|postcode_cn|number?"),
    )  # fmt: skip
    c.suffix, c.writer = ".tsv", as_csv(delimiter="\t", encoding="utf-16")
    settle(c)


@case(100)
def invoice_lines(c: Case) -> None:
    """Payables of an American company: many numbers, nobody's."""
    put(
        c,
        ("VEND_NO", lambda r: v.num(r, 9, "1"), "order_no|number|customer_no"),
        ("VEND_NM", v.firm, "org_name"),
        ("INV_NBR", lambda r: v.num(r, 9, "123456789"), "order_no|number"),
        ("PO_LINE", lambda r: f"45{v.num(r, 8)}-{r.randint(1, 9) * 10:05}", SAME),
        ("UPC", lambda r: (lambda b: b + d.ean(b))("0" + v.num(r, 10, "678")), "ean|order_no|number"),
        ("MFR_PART", lambda r: f"{code('@@')(r)}{r.randint(10, 69)}-{code('@@@')(r)}", SAME),
        ("LOT_NBR", lambda r: v.date(r, "%y%m%d") + v.num(r, 5), "order_no|number"),
        ("GTIN13", v.ean, "ean"),
        ("TRK_NBR", lambda r: "1Z" + code("@@@###")(r) + "03" + v.num(r, 8), "express_waybill|order_no|text"),
        ("SHIP_TO_ZIP4", lambda r: v.num(r, 5, "123456789") + "-" + v.num(r, 4), "postcode_intl|order_no|text?"),
        ("SVC_BUILD", lambda r: f"{r.randint(1, 9)}.{r.randint(0, 20)}.{r.randint(0, 255)}.{r.randint(0, 255)}", "version|order_no|text"),
        ("POSTED_TS", v.ms, "timestamp"),
        ("INV_CCY", ["USD", "CAD", "MXN"], "currency|category"),
        ("NET_AMT", lambda r: f"{r.randint(1, 90)},{v.num(r, 3)}.{v.num(r, 2)}", "number"),
    )  # fmt: skip
    settle(c)


# Lists in other languages


@case(70)
def kaiin_meibo(c: Case) -> None:
    """Members of a Japanese shop; years by era."""

    def one(r: v.R) -> Person:
        era, year = r.choice((("昭和", r.randint(30, 63)), ("平成", r.randint(1, 17))))
        sei, kana = r.choice((("斎藤", "サイトウ"), ("東海林", "ショウジ"), ("小野寺", "オノデラ"), ("長谷川", "ハセガワ"), ("田中", "タナカ")))  # fmt: skip
        mei, yomi = r.choice((("結衣", "ユイ"), ("翔太", "ショウタ"), ("久美子", "クミコ"), ("誠", "マコト")))
        body = v.num(r, 11)
        return {
            "no": f"M{v.num(r, 8)}",
            "name": f"{sei}　{mei}",
            "kana": f"{kana}　{yomi}",
            "born": f"{era}{year}年{r.randint(1, 12)}月{r.randint(1, 28)}日",
            "sex": r.choice(("男性", "女性")),
            "post": f"〒{v.num(r, 3)}-{v.num(r, 4)}",
            "address": f"{r.choice(('世田谷区成城', '横浜市港北区日吉', '名古屋市千種区今池'))}{r.randint(1, 8)}丁目{r.randint(1, 20)}-{r.randint(1, 20)}{r.choice(('', ' コーポ緑201', ' サンハイツ3F'))}",
            "mobile": f"0{r.choice(('80', '90', '70'))}-{v.num(r, 4, '123456789')}-{v.num(r, 4)}",
            "email": v.email(r),
            "mynumber": body + d.my_number(body),
        }  # fmt: skip

    who = crowd(c, 63, one)
    put(
        c,
        ("会員番号", who("no"), "customer_no|order_no", key("customer_no")),
        ("お名前", who("name"), "name_other|name_cn!"),
        ("フリガナ", who("kana"), "name_other|name_part!"),
        ("生年月日(和暦)", who("born"), "birth_date!"),
        ("性別", who("sex"), "gender!"),
        ("郵便番号", who("post"), "postcode_intl|order_no|text?"),
        ("都道府県", ["東京都", "神奈川県", "愛知県"], WORD + "|province|address_text?"),
        ("市区町村・番地", who("address"), "address_text|address_cn|text!"),
        ("携帯電話", who("mobile"), "phone_intl", {"key": "phone_intl", "damage": wide}),
        ("Ｅメール", who("email"), "email", key("email")),
        ("個人番号", who("mynumber"), "my_number", key("my_number")),
        ("会員ランク", ["一般", "ゴールド", "プラチナ"], WORD),
        ("最終購入日", day("%Y/%m/%d", 2024, 2026), DAY),
        ("備考", ["", "", "DM不要", "電話は午前中"], TEXT),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp932")
    settle(c)


@case(80)
def jumun_naeyeok(c: Case) -> None:
    """Orders of a Korean shop with what the delivery asks."""
    c.count = False

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1965, 1999)
        body = f"{y % 100:02}{m:02}{dd:02}{r.choice('12')}{v.num(r, 5)}"
        rrn = body + d.rrn(body)
        return {
            "id": f"{r.choice(('sunny', 'haneul', 'mint', 'dolphin'))}{r.randint(10, 9999)}",
            "name": r.choice(("김도윤", "이서연", "박하준", "최유나", "남궁민")),
            "rrn": f"{rrn[:6]}-{rrn[6:]}",
            "phone": f"010-{v.num(r, 4, '23456789')}-{v.num(r, 4)}",
            "address": f"{r.choice(('경기도 성남시 분당구 판교역로', '대구광역시 수성구 달구벌대로', '서울특별시 마포구 월드컵북로'))} {r.randint(1, 400)}, {r.randint(101, 120)}동 {r.randint(101, 2504)}호",
            "account": f"{v.num(r, 3)}-{v.num(r, 6)}-{v.num(r, 2)}-{v.num(r, 3)}",
        }  # fmt: skip

    who = crowd(c, 70, one)
    put(
        c,
        ("주문번호", lambda r: f"{v.date(r, '%Y%m%d', 2026, 2026)}-{v.num(r, 7)}", SAME),
        ("회원아이디", who("id"), "customer_no|social_account|order_no|text!"),
        ("수취인명", who("name"), "name_other!"),
        ("주민등록번호", who("rrn"), "rrn_kr", key("rrn_kr")),
        ("수취인 휴대폰", who("phone"), "phone_intl", key("phone_intl")),
        ("우편번호", lambda r: v.num(r, 5), "postcode_intl|number|order_no?"),
        ("배송지 주소", who("address"), "address_text|text!"),
        ("상품명", ["스텐 텀블러 500ml", "무선 청소기", "국산 들기름 세트"], "cargo_name|category|text"),
        ("수량", whole(1, 5), NUM),
        ("결제금액", lambda r: f"{r.randint(9, 320)},{v.num(r, 3)}원", "number|text"),
        ("환불계좌", who("account"), "bank_account|order_no!"),
        ("배송메모", ["문 앞에 놔주세요", "경비실에 맡겨주세요", ""], TEXT),
        ("운송장번호", lambda r: v.num(r, 12, "3456"), "express_waybill|order_no|number"),
        ("주문일시", lambda r: v.date(r, "%Y. %m. %d.", 2026, 2026) + f" {r.choice(('오전', '오후'))} {r.randint(1, 12)}:{r.randint(10, 59)}", WHEN + "|text"),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp949")
    settle(c)


@case(60)
def fahrerstamm(c: Case) -> None:
    """Drivers of a German haulier, for the payroll office."""

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1958, 2003)
        first, last = r.choice(("Heinz-Jürgen", "Yasemin", "Torsten", "Agnieszka")), r.choice(("Schröder", "Demirtas", "Kühnast", "Wojcik", "Oberländer"))  # fmt: skip
        return {
            "no": f"{r.randint(10001, 19999)}",
            "last": last,
            "first": first,
            "born": f"{dd:02}.{m:02}.{y}",
            "steuer": steuer_id(r),
            "sv": f"{r.choice(('12', '65', '53'))} {dd:02}{m:02}{y % 100:02} {last[0]} {v.num(r, 3)}",
            "fuehrer": f"{r.choice('BJNT')}{v.num(r, 3)}{code('@')(r)}{v.num(r, 4)}{r.choice('12')}{v.num(r, 1)}",
            "mobil": f"017{r.choice('0156')}/{v.num(r, 7, '23456789')}",
            "iban": iban("DE", v.num(r, 18)),
            "plate": f"{r.choice(('HH', 'DU', 'M', 'KS'))}-{code('@@')(r)} {r.randint(10, 9999)}",
        }

    who = crowd(c, 56, one)
    put(
        c,
        ("PersNr", who("no"), "employee_no|number|order_no", key("employee_no")),
        ("Nachname", who("last"), GIVEN),
        ("Vorname", who("first"), GIVEN),
        ("geb. am", who("born"), "birth_date!"),
        ("Konf.", ["rk", "ev", "--"], "religion|category!"),
        ("StKl", ["1", "3", "4", "5"], "number|category|marital_status?"),
        ("Steuer-IdNr.", who("steuer"), "taxpayer_no|social_security_no", key("social_security_no")),
        ("RV-Nummer", who("sv"), "social_security_no", key("social_security_no")),
        ("FS-Nr.", who("fuehrer"), "driver_licence|order_no", key("social_security_no")),
        ("FS gültig bis", day("%d.%m.%Y", 2027, 2035), DAY),
        ("Mobil", who("mobil"), "phone_intl", key("phone_intl")),
        ("Kfz-Kennz.", who("plate"), "plate_cn|order_no|text", key("plate_cn")),
        ("Bruttolohn", lambda r: f"{r.randint(2, 5)}.{v.num(r, 3)},{v.num(r, 2)} €", "income|number|text!"),
        ("IBAN", who("iban"), "iban", {"key": "iban", "damage": lambda r, x: " ".join(x[i : i + 4] for i in range(0, len(x), 4))}),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1252")
    settle(c)


@case(60)
def bewonerslijst(c: Case) -> None:
    """Residents of a Dutch care home."""
    families = ("van den Heuvel", "Dijkstra", "de Wit-Bakker", "Hoogendoorn", "in 't Veld")

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1930, 1958)
        return {
            "nr": f"CL{v.num(r, 5)}",
            "bsn": bsn(r),
            "name": f"{r.choice(('Mw.', 'Dhr.'))} {r.choice('ABCJMP')}.{r.choice('ABCHM')}. {r.choice(families)}",
            "born": f"{dd:02}-{m:02}-{y}",
            "sex": r.choice(("man", "vrouw")),
            "phone": f"06-{v.num(r, 8, '123456789')}",
            "policy": v.num(r, 9, "123456789"),
        }

    who = crowd(c, 54, one)
    put(
        c,
        ("Cliëntnr", who("nr"), "customer_no|medical_record_no|order_no", key("customer_no")),
        ("BSN", who("bsn"), "social_security_no", key("social_security_no")),
        ("Naam bewoner", who("name"), "name_latin!"),
        ("Geb.dat.", who("born"), "birth_date!"),
        ("M/V", who("sex"), "gender!"),
        ("Kamer", ["A12", "A14", "B03", "C21"], WORD + "|order_no?"),
        ("Zorgverzekeraar", ["Zilverkruis Polder", "De Lage Landen Zorg", "Coöp. Noordzee"], WORD + "|org_name?"),
        ("Polisnr.", who("policy"), "policy_no", key("policy_no")),
        ("Huisarts", ["dr. S. Bouazza", "dr. L. Terpstra"], "name_latin|category!"),
        ("Diagnose", ["Dementie", "CVA", "Parkinson", "Heupfractuur"], "diagnosis!"),
        ("Allergieën", ["geen", "penicilline", "noten"], "medical_text|category|text!"),
        ("1e contactpersoon", lambda r: f"{r.choice(('Marloes', 'Sander', 'Fatima'))} {r.choice(('Dijkstra', 'El Amrani', 'Hoogendoorn'))}", "name_latin!"),
        ("Mobiel contact", who("phone"), "phone_intl", key("phone_intl")),
        ("Opnamedatum", day("%d-%m-%Y", 2021, 2026), DAY),
    )  # fmt: skip
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(sheet="Bewoners", title=("Bewonerslijst locatie De Wilgen",), merge=True),
    )
    settle(c)


def pin_th(r: v.R) -> str:
    body = v.num(r, 12, "1358")
    return body + d.thai(body)


@case(60)
def luk_kha_th(c: Case) -> None:
    """Customers of a Thai car dealer; years of the Buddhist era."""

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1962, 2002)
        pin = pin_th(r)
        return {
            "no": f"C{v.num(r, 6)}",
            "title": r.choice(("นาย", "นาง", "นางสาว")),
            "first": r.choice(("สมชาย", "อรุณี", "ณัฐพล", "วิไลวรรณ", "กิตติพงษ์")),
            "last": r.choice(("แก้วมณี", "ศรีสุวรรณ", "บุญเรือง", "ทองดี")),
            "pin": f"{pin[0]}-{pin[1:5]}-{pin[5:10]}-{pin[10:12]}-{pin[12]}",
            "born": f"{dd:02}/{m:02}/{y + 543}",
            "phone": f"08{v.num(r, 1, '1345689')}-{v.num(r, 3)}-{v.num(r, 4)}",
            "address": f"{r.randint(1, 399)}/{r.randint(1, 30)} หมู่ {r.randint(1, 12)} ต.{r.choice(('บางพลี', 'หนองปรือ', 'ศรีราชา'))} อ.{r.choice(('บางพลี', 'บางละมุง', 'ศรีราชา'))} จ.{r.choice(('สมุทรปราการ', 'ชลบุรี'))}",
        }  # fmt: skip

    who = crowd(c, 55, one)
    put(
        c,
        ("รหัสลูกค้า", who("no"), "customer_no|order_no", key("customer_no")),
        ("คำนำหน้า", who("title"), "category|gender|text|name_part?"),
        ("ชื่อ", who("first"), "name_part|name_other!"),
        ("นามสกุล", who("last"), "name_part|name_other!"),
        ("เลขบัตรประชาชน", who("pin"), "pin_th", key("pin_th")),
        ("วันเกิด", who("born"), "birth_date!"),
        ("เบอร์มือถือ", who("phone"), "phone_intl", key("phone_intl")),
        ("ที่อยู่", who("address"), "address_text|text!"),
        ("รหัสไปรษณีย์", lambda r: r.choice(("10", "20")) + v.num(r, 3), "postcode_intl|number?"),
        ("อาชีพ", ["พนักงานบริษัท", "ค้าขาย", "ข้าราชการ", "เกษตรกร"], "occupation|category!"),
        ("รุ่นรถ", ["ATTO 3", "HAVAL H6", "NETA V"], WORD),
        ("ทะเบียนรถ", lambda r: f"{r.randint(1, 9)}{r.choice(('กก', 'ขง', 'ฆบ'))} {r.randint(1, 9999)} กทม.", "order_no|plate_cn|text?"),
        ("ราคา (บาท)", lambda r: f"{r.randint(500, 1900)},000", "number"),
        ("วันที่จอง", lambda r: v.date(r, "%d/%m/", 2026, 2026) + "2569", DAY),
    )  # fmt: skip
    c.writer = as_csv(encoding="cp874")
    settle(c)


@case(60)
def nhan_su_vn(c: Case) -> None:
    """Staff of a Vietnamese factory."""

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1970, 1999)
        return {
            "ma": f"NV{v.num(r, 5)}",
            "name": r.choice(("Phạm Thị Bích Ngọc", "Trần Văn Hoàng", "Lê Thị Hồng Nhung", "Vũ Đình Phúc", "Hoàng Kim Oanh")),
            "born": f"{dd:02}/{m:02}/{y}",
            "sex": r.choice(("Nam", "Nữ")),
            "cccd": f"{r.choice(('001', '027', '034'))}{r.choice('01')}{y % 100:02}{v.num(r, 6)}",
            "bhxh": v.num(r, 10, "0123"),
            "mst": "8" + v.num(r, 9),
            "stk": v.num(r, 13, "01"),
            "sdt": f"0{r.choice(('912', '983', '365'))}{v.num(r, 6)}",
        }  # fmt: skip

    who = crowd(c, 57, one)
    put(
        c,
        ("Mã NV", who("ma"), "employee_no|order_no", key("employee_no")),
        ("Họ và tên", who("name"), "name_latin|name_other!"),
        ("Ngày sinh", who("born"), "birth_date!"),
        ("Giới tính", who("sex"), "gender!"),
        ("Số CCCD", who("cccd"), "cccd_vn", key("cccd_vn")),
        ("Ngày cấp", day("%d/%m/%Y", 2021, 2025), DAY),
        ("Dân tộc", ["Kinh", "Tày", "Mường", "Nùng"], "ethnicity!"),
        ("Hộ khẩu thường trú", lambda r: f"Thôn {r.randint(1, 9)}, xã {r.choice(('Yên Phong', 'Đông Tiến'))}, huyện {r.choice(('Quế Võ', 'Tiên Du'))}, Bắc Ninh", "address_text|address_latin|text!"),
        ("SĐT", who("sdt"), "phone_intl", key("phone_intl")),
        ("Số sổ BHXH", who("bhxh"), "social_security_no", key("social_security_no")),
        ("MST cá nhân", who("mst"), "taxpayer_no|social_security_no", key("social_security_no")),
        ("Số tài khoản", who("stk"), "bank_account", key("bank_account")),
        ("Lương cơ bản", lambda r: f"{r.randint(5, 24)}.{v.num(r, 3)}.000", "income|number!"),
        ("Ca làm việc", ["Ca 1", "Ca 2", "Ca đêm"], WORD),
    )  # fmt: skip
    c.suffix, c.writer = (
        ".xlsx",
        as_xlsx(sheet="NhanSu", title=("CÔNG TY TNHH LINH KIỆN Ô TÔ - DANH SÁCH CBCNV",), merge=True),
    )
    settle(c)


@case(70)
def peserta_asuransi(c: Case) -> None:
    """Insured members of an Indonesian company's health plan."""

    def one(r: v.R) -> Person:
        y, m, dd = v.birthday(r, 1964, 2018)
        woman = r.random() < 0.5
        return {
            "no": f"8000{v.num(r, 9)}",
            "name": r.choice(("DEWI LESTARI", "RATNA SARI", "YULIANA") if woman else ("AGUS SETIAWAN", "HENDRA GUNAWAN", "FAJAR NUGROHO")),
            "nik": f"{r.choice(('320101', '337402', '357803'))}{dd + (40 if woman else 0):02}{m:02}{y % 100:02}{r.randint(1, 19):04}",
            "born": f"{r.choice(('BOGOR', 'SEMARANG', 'SURABAYA'))}, {dd:02}-{m:02}-{y}",
            "sex": "Perempuan" if woman else "Laki-laki",
            "faith": r.choice(("Islam", "Kristen", "Katolik", "Hindu")),
            "hp": f"08{r.choice(('12', '21', '57'))}{v.num(r, 8)}",
        }  # fmt: skip

    who = crowd(c, 62, one)
    put(
        c,
        ("no_peserta", who("no"), "policy_no|customer_no|social_security_no|order_no!"),
        ("nama_lengkap", who("name"), "name_latin|name_other!"),
        ("nik_ktp", who("nik"), "nik_id", key("nik_id")),
        ("tempat_tgl_lahir", who("born"), "birth_date|text|address_text!"),
        ("jenis_kelamin", who("sex"), "gender!"),
        ("agama", who("faith"), "religion!"),
        ("status_kawin", ["Kawin", "Belum Kawin", "Cerai Hidup"], "marital_status!"),
        ("hubungan", ["Peserta", "Istri", "Suami", "Anak"], "kinship|category!"),
        ("no_hp", who("hp"), "phone_intl", key("phone_intl")),
        ("kelas_rawat", ["I", "II", "VIP"], WORD + "?"),
        ("kode_icd", ["A91", "K35.8", "J45.9"], "icd10!"),
        ("biaya_klaim", lambda r: f"Rp{r.randint(1, 48)}.{v.num(r, 3)}.000", "number|text?"),
        ("faskes_tk1", ["Klinik Pratama Melati", "Puskesmas Cibinong", "dr. Bayu"], WORD + "|org_name?"),
        ("tgl_klaim", day("%d-%m-%Y", 2025, 2026), DAY),
    )  # fmt: skip
    c.count = False  # the members' own numbers may be told as one of several
    c.suffix, c.writer = ".db", as_sqlite
    settle(c)


@case(60)
def servis_kayitlari(c: Case) -> None:
    """Visits to a Turkish garage."""
    c.count = False

    def one(r: v.R) -> Person:
        return {
            "name": f"{r.choice(('Çağla', 'Hüseyin', 'Nurten', 'Umut'))} {r.choice(('Yıldırım', 'Özdemir', 'Akbulut', 'Şimşek'))}",
            "tc": tckn(r),
            "gsm": f"+90 (5{r.choice(('32', '05', '43'))}) {v.num(r, 3)} {v.num(r, 2)} {v.num(r, 2)}",
            "address": f"{r.choice(('Bahçelievler', 'Yenişehir', 'Çınarlı'))} Mah. {r.randint(100, 2300)}. Sok. No:{r.randint(1, 80)} D:{r.randint(1, 20)} {r.choice(('Konak/İzmir', 'Nilüfer/Bursa'))}",
            "plate": f"{r.choice(('35', '16', '34'))} {code('@@@')(r)} {v.num(r, 3)}",
            "vin": v.vin(r, "LVV"),
        }  # fmt: skip

    who = crowd(c, 52, one)
    put(
        c,
        ("İş Emri No", code("IE26-#####"), SAME),
        ("Müşteri Adı Soyadı", who("name"), "name_latin!"),
        ("T.C. No", who("tc"), "social_security_no", key("social_security_no")),
        ("GSM", who("gsm"), "phone_intl", key("phone_intl")),
        ("Açık Adres", who("address"), STREET),
        ("Plaka", who("plate"), "order_no|plate_cn|text?"),
        ("Şasi No", who("vin"), "vin", key("vin")),
        ("Motor No", code("SQRE4T15@@#####"), "engine_no|order_no?"),
        ("KM", lambda r: f"{r.randint(1, 180)}.{v.num(r, 3)}", "number|vehicle_speed"),
        ("Giriş Tarihi", lambda r: v.date(r, "%d.%m.%Y", 2026, 2026) + f" {r.randint(8, 18):02}:{r.randint(10, 59)}", WHEN),
        ("Şikayet", ["Fren sesi", "Klima soğutmuyor", "Periyodik bakım"], TEXT),
        ("Parça Kodu", code("J42-#######@@"), SAME),
        ("Tutar (TL)", lambda r: f"{r.randint(1, 48)}.{v.num(r, 3)},{v.num(r, 2)}", "number"),
        ("Danışman", ["Serkan K.", "Elif T."], "name_latin|name_part|category?"),
    )  # fmt: skip
    c.writer = as_csv(delimiter=";", encoding="cp1254")
    settle(c)
