"""Headers in other languages, and what tables written in one mean by words that mean something else elsewhere."""

from datetime import date

import pyarrow as pa
import pytest

from feiyu.scan import Inspector, abroad, encoding, header
from feiyu.scan.catalogue import by_id


def said(head: str, kind: str) -> float:
    return header.evidence(head)[by_id()[kind].order]


def fields(table):
    batch = pa.record_batch([pa.array(values) for values in table.values()], names=list(table))
    inspector = Inspector(batch.schema.names)
    inspector.feed(batch)
    return {one.name: one for one in inspector.fields()}


def test_every_type_in_the_data_is_known():
    named = {kind for part in ("words", "hints", "numbered") for kind in abroad.data()[part]}
    named |= {one["type"] for one in abroad.data()["made"]}
    assert named <= set(by_id())


def test_what_a_word_means_in_a_language_names_a_type_anywhere():
    for tongue in abroad.data()["tongues"].values():
        for word, meant in tongue["means"].items():
            assert word == meant or max(header.evidence(str(meant))) >= header.TAIL, meant


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Flugnr.", "voyage_no"),
        ("Vluchtnummer", "voyage_no"),
        ("Polizza n.", "policy_no"),
        ("N° de séjour", "medical_record_no"),
        ("№ полиса", "policy_no"),
        ("ФИО пассажира", "name_other"),
        ("Imię i nazwisko kierowcy", "name_latin"),
        ("Patient/in", "name_latin"),
        ("Nato/a il", "birth_date"),
        ("Mã khách hàng", "customer_no"),
        ("投与 被験者識別コード", "trial_subject"),
        ("수취인 전화번호", "phone_intl"),
        ("수취인전화번호", "phone_intl"),
        ("ชื่อผู้รับ", "name_other"),
        ("raqm_hawiya", "social_security_no"),
        ("Nome do navio", "vessel_name"),
        ("Ονοματεπώνυμο", "name_other"),
        ("Αρ. Διαβατηρίου", "passport_foreign"),
        ("ПІБ водія", "name_other"),
        ("Číslo pojistné smlouvy", "policy_no"),
        ("שם הנהג", "name_other"),
        ("證券戶口號碼", "securities_account"),
        ("Pelabuhan Muat", "un_locode"),
    ],
)
def test_headers_in_other_languages(head, kind):
    assert said(head, kind) >= header.TAIL


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("sound vol", "voyage_no"),
        ("ssid", "social_security_no"),
        ("ratio m/o", "order_no"),
        ("ip lod", "vessel_name"),
    ],
)
def test_short_words_are_no_ends_of_others(head, kind):
    assert said(head, kind) < header.TAIL


@pytest.mark.parametrize("head", ["-", "...", "।", " "])
def test_a_header_without_a_word_says_nothing(head):
    assert not any(header.evidence(head))


def test_a_word_is_read_in_the_language_of_its_table():
    italian = ("Nome", "Cognome", "Indirizzo", "CAP", "Importo")
    assert header.in_tongue(italian)[3] == "codice postale"
    assert header.in_tongue(("Large", "Mid", "CAP")) == ("Large", "Mid", "CAP")
    assert header.in_tongue(("Nome", "Data de nascimento", "Cargo"))[2] != "Cargo"
    assert header.in_tongue(("Vessel", "Port", "Cargo"))[2] == "Cargo"


def test_the_field_keeps_its_name():
    found = fields(
        {
            "Nome": ["Rui Alves"] * 9,
            "Endereço": ["Rua A 1"] * 9,
            "Cargo": ["Gerente", "Motorista", "Vigia"] * 3,
        }
    )
    assert found["Cargo"].type == "occupation"


def test_a_day_numbers_nothing():
    days = [f"{1 + i % 28:02}/0{1 + i % 9}/2026" for i in range(40)]
    assert fields({"Fecha siniestro": days})["Fecha siniestro"].type == "date"


def test_a_control_letter_of_spain_tells_persons_from_firms():
    letters = "TRWAGMYFPDXBNJZSQVHLCKE"
    persons = [f"{n}{letters[n % 23]}" for n in range(12345678, 12345718)]
    firms = [f"B{n}" for n in range(12345678, 12345718)]
    assert fields({"NIF": persons})["NIF"].type == "social_security_no"
    assert fields({"NIF": firms})["NIF"].type == "taxpayer_no"


BORN = [date(1961 + i % 40, 1 + i % 12, 1 + i % 28) for i in range(40)]


@pytest.mark.parametrize(
    "number",
    [
        lambda d: f"{d:%y%m%d}{d.year % 9999:04}08{d.day % 10}",  # South Africa
        lambda d: f"{d:%y}{d.month + (20 if d.year > 1999 else 0):02}{d:%d}{d.year:05}",  # Poland
        lambda d: f"{d:%d%m%y}-{d.year:04}",  # Denmark
        lambda d: f"{d.year:04}{d:%m%d}-{d.day * 37 % 10000:04}",  # Sweden
        lambda d: (
            f"{1 + d.day % 2}{d:%y%m}{d.day:02}{d.year % 1000:03}{d.day:03}"
        ),  # France: department, not the day
        lambda d: f"RSSMRA{d:%y}{'ABCDEHLMPRST'[d.month - 1]}{d.day + 40 * (d.day % 2):02}H501Z",  # Italy
        lambda d: f"GOMA{d:%y%m%d}HDFRRL0{d.day % 10}",  # Mexico
    ],
)
def test_a_number_with_the_birth_date_of_its_row_is_a_persons(number):
    table = {"F1": [number(day) for day in BORN], "Born": [f"{day:%Y-%m-%d}" for day in BORN]}
    found = fields(table)["F1"]
    assert (found.type, found.personal) == ("social_security_no", True)
    other = [number(day) for day in (*BORN[7:], *BORN[:7])]
    assert fields(table | {"F1": other})["F1"].type != "social_security_no"


def test_a_number_beside_persons_abroad_is_no_landline_of_china():
    numbers = [f"08125{i:07}" for i in range(2000000, 2000040)]
    streets = [f"Jl. Melati No. {i}" for i in range(40)]
    assert fields({"no_hp": numbers, "alamat": streets})["no_hp"].type == "phone_intl"
    assert fields({"电话": numbers, "地址": ["上海市浦东新区海山路1号"] * 40})["电话"].type == "landline_cn"


def test_a_description_is_of_goods_beside_goods_only():
    told = ["Colisión trasera", "Rotura de luna", "Robo del vehículo"] * 10
    assert fields({"Descripción": told, "Fecha": ["2026-01-02"] * 30})["Descripción"].type != "cargo_name"
    assert fields({"Descripción": told, "Cantidad": ["3"] * 30})["Descripción"].type == "cargo_name"


def test_japanese_without_kana_and_with_half_width_kana_is_seen():
    kanji = "番号,施設名,生年月日,同意取得日\n" + "S01,東都大学病院,昭和55年3月2日,2026年1月5日\n" * 20
    narrow = "口座番号,名義人,銀行,支店\n" + "1234567,ﾅｶﾑﾗ ｱﾔｶ,東京中央銀行,新宿支店\n" * 20
    for text in (kanji, narrow):
        assert encoding.detect(text.encode("cp932"), whole=True) == ("cp932", 0)
    chinese = "姓名,地址,电话,备注\n" + "张伟,上海市浦东新区海山路,13800000000,货物已签收\n" * 20
    assert encoding.detect(chinese.encode("gb18030"), whole=True) == ("gb18030", 0)


def test_a_telephone_number_with_spaces_inside_a_text_is_told():
    notes = ["Consegna al mattino"] * 20 + ["chiamare +39 347 812 9954 prima della consegna"]
    assert "phone_intl" in fields({"Note": notes})["Note"].embedded


def test_a_code_of_goods_is_no_name_of_them():
    assert said("Název zboží", "cargo_name") >= header.TAIL
    assert said("Kód zboží", "cargo_name") < header.TAIL


def test_four_small_numbers_are_a_release_and_no_address():
    releases = [f"{1 + i % 4}.{i % 20}.{i % 10}.{i % 90}" for i in range(60)]
    hosts = [f"10.20.{i}.{1 + i}" for i in range(60)]
    assert fields({"Micrologiciel": releases})["Micrologiciel"].type != "ipv4"
    assert fields({"a": releases})["a"].type != "ipv4"
    assert fields({"a": hosts})["a"].type == "ipv4"


def test_a_number_in_front_numbers_something():
    numbers = [str(26000000 + 7919 * i % 900000) for i in range(40)]
    assert fields({"Číslo smlouvy": numbers})["Číslo smlouvy"].type == "order_no"
    assert fields({"Number thousands": numbers})["Number thousands"].type == "number"


def test_a_short_word_for_nationality_beside_persons_is_no_country_of_things():
    guests = {"gstNm": ["Anna Santos", "Peter Garcia"] * 20, "gstBrthDt": ["1980-02-03"] * 40}
    codes = {"natCd": ["KR", "DE"] * 20}
    assert fields({**guests, **codes})["natCd"].type == "nationality"
    assert fields({**codes, "hsCode": ["8703229000"] * 40})["natCd"].type == "country"


def test_numbers_of_few_operators_under_another_header_are_no_mobiles():
    lots = [f"{('138', '159')[i % 2]}{10000000 + 999983 * i % 90000000}" for i in range(60)]
    assert fields({"lotNo": lots})["lotNo"].type != "mobile_cn"
    assert fields({"电话": lots})["电话"].type == "mobile_cn"


def test_forms_are_tried_under_headers_that_are_written_together():
    names = ["OKAFOR/THOMAS", "DELA CRUZ/JOSE", "SMITH/ANNA", "IVANOV/OLEG"] * 10
    assert fields({"PAXNM": names})["PAXNM"].type == "name_latin"
    assert said("PYRACCTNBR", "bank_account") >= header.TAIL
    assert said("emrg_ctct_rel", "kinship") >= header.TAIL


def test_identity_numbers_of_other_states_are_told_by_their_header_beside_persons_abroad():
    numbers = [f"{1 + i % 2}{234567000 + i * 7919}" for i in range(40)]
    names = [
        f"{one} {other}" for one in ("Omar", "Laila", "Yusuf", "Sara") for other in ("Haddad", "Mansour")
    ] * 5
    mails = [f"user{i}@example.com" for i in range(40)]
    abroad = {"ID Number": numbers, "Full name": names, "E-mail": mails}
    assert fields(abroad)["ID Number"].type == "social_security_no"
    china = {"身份证号": numbers, "姓名": ["王伟", "李娜", "张敏", "刘洋"] * 10}
    assert fields(china)["身份证号"].type != "social_security_no"


def test_driving_licences_of_other_states_count_as_personal_numbers():
    licences = [f"MORGA{700000 + 7919 * i}SM{i % 9}IJ" for i in range(40)]
    names = [
        f"{one} {other}" for one in ("Nigel", "Anna", "Peter", "Maria") for other in ("Smith", "Garcia")
    ] * 5
    found = fields({"drivingLicenceNumber": licences, "Driver name": names})["drivingLicenceNumber"]
    assert (found.type, found.counts_as, found.personal) == ("driver_licence", "social_security_no", True)
    assert (
        fields({"驾驶证号": licences, "姓名": ["王伟", "李娜", "张敏", "刘洋"] * 10})["驾驶证号"].counts_as
        is None
    )


@pytest.mark.parametrize(
    "head",
    [
        "Führerschein-Nr.",
        "N° de permis de conduire",
        "運転免許証番号",
        "Nr prawa jazdy",
        "Ehliyet No",
        "CNH",
        "Số GPLX",
    ],
)
def test_driving_licences_are_known_in_other_languages(head):
    assert said(head, "driver_licence") >= header.TAIL


def test_a_number_behind_a_hyphen_is_that_written_as_one_word():
    assert said("Zolltarif-Nr.", "hs_code") >= header.TAIL
    assert said("Reg.-Nr.", "plate_cn") < header.TAIL


def test_kana_of_half_width_are_read_as_kana():
    assert header.evidence("ﾌﾘｶﾞﾅ") == header.evidence("フリガナ")
    assert fields({"ｶﾅ氏名": ["ﾀｶﾊｼ ｺｳｼﾞ", "ﾜﾀﾅﾍﾞ ｱﾕﾐ", "ｻﾄｳ ﾏｺﾄ"] * 12})["ｶﾅ氏名"].personal


def test_numbers_that_begin_with_one_are_no_seconds_of_forty_years():
    numbers = [str(1_000_000_000 + 24_999_983 * i) for i in range(40)]
    seconds = [str(1_735_700_000 + 799_983 * i) for i in range(40)]
    assert fields({"REND_NPI": numbers})["REND_NPI"].type != "timestamp"
    assert fields({"a": seconds})["a"].type == "timestamp"


@pytest.mark.parametrize(
    "place", ["Tempat, Tgl Lahir", "Születési hely, idő", "Doğum Yeri ve Tarihi", "Место и дата рождения"]
)
def test_a_birth_place_and_date_in_one_is_a_birth_date(place):
    values = ["BOGOR, 12-03-1988", "Győr, 1990.11.02.", "Казань, 05.07.1979"]
    assert said(place, "birth_date") >= header.TAIL
    assert fields({place: values * 12})[place].type == "birth_date"


def test_amounts_are_written_with_the_signs_and_groups_of_their_country():
    for amount in ("12 345 Ft", "5.400 lei", "Rs. 12,345/-", "38,12,345", "R12 345.67", "12 345,00 грн."):
        assert fields({"a": [amount, amount.replace("3", "7")] * 20})["a"].type == "number", amount
    assert fields({"Room": ["R101", "R204", "R317"] * 12})["Room"].type != "number"


def test_identifiers_behind_a_prefix_number_something_and_name_nobody():
    ids = [f"cus_{'Qz' * 5}{1000 + 7919 * i}" for i in range(40)]
    assert fields({"customer": ids})["customer"].type == "order_no"


def test_digits_alone_under_a_header_of_telephones_are_telephones():
    for first, size in (("2", 10), ("98", 10), ("0", 9), ("119", 11), ("555", 7)):
        numbers = [first + str(7919 * i * 99991 + 10**12)[-(size - len(first)) :] for i in range(1, 41)]
        found = fields({"Phone Number": numbers, "Full name": ["Anna Smith", "Oleg Ivanov"] * 20})
        assert (found["Phone Number"].type, found["Phone Number"].personal) == ("phone_intl", True), first
    assert fields({"Batch": numbers})["Batch"].type == "order_no"
    assert fields({"手机号码": numbers})["手机号码"].type != "phone_intl"


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Туған күні", "birth_date"),
        ("Tug‘ilgan sanasi", "birth_date"),
        ("Vəzifəsi", "occupation"),
        ("Утасны дугаар", "phone_intl"),
        ("მისამართი", "address_text"),
        ("Անուն Ազգանուն", "name_other"),
        ("মোবাইল নম্বর", "phone_intl"),
        ("تاریخ پیدائش", "birth_date"),
        ("பிறந்த தேதி", "birth_date"),
        ("విద్య ఫోన్ నంబర్", "phone_intl"),
        ("දුරකථන අංකය", "phone_intl"),
        ("နေရပ်လိပ်စာ", "address_text"),
        ("លេខទូរស័ព្ទ", "phone_intl"),
        ("ວັນເດືອນປີເກີດ", "birth_date"),
        ("ስልክ ቁጥር", "phone_intl"),
        ("Namba ya simu", "phone_intl"),
        ("Gjendja civile", "marital_status"),
        ("Fæðingardagur", "birth_date"),
        ("Data de naixement", "birth_date"),
    ],
)
def test_headers_of_smaller_languages_are_read_too(head, kind):
    assert said(head, kind) >= header.TAIL


FIRST, LAST = (
    ("anna", "peter", "maria", "john", "fatima", "kevin"),
    ("smith", "garcia", "miller", "ivanov", "khan"),
)


@pytest.mark.parametrize(
    ("head", "form", "kind"),
    [
        ("Customer Name", "{first} {last}", "name_latin"),
        ("Driver", "{last}, {first}", "name_latin"),
        ("Emergency Contact", "{First} {Last} (mother)", "name_latin"),
        ("Customer Name", "{First} & Anna {Last}", "name_latin"),
        ("Spouse Name", "{First}", "name_part"),
        ("Created By", "{first[0]}{last}{first[1]}", "social_account"),
        ("Assigned To", "CORP\\{first}{last}", "social_account"),
        ("Twitter Handle", "@{first}{last}", "social_account"),
    ],
)
def test_who_somebody_is_may_be_written_in_any_way_under_a_header_of_persons(head, form, kind):
    values = [
        form.format(first=first, last=last, First=first.title(), Last=last.title())
        for first in FIRST
        for last in LAST
    ]
    assert fields({head: values})[head].type == kind


def test_things_under_a_header_of_persons_are_no_names():
    things = [
        f"{colour} {thing}" for colour in ("red", "pale", "dark") for thing in ("shirt", "socks", "belt")
    ]
    for head in ("Customer Name", "Driver", "Spouse Name", "Created By"):
        assert not fields({head: things * 4})[head].personal


def test_a_masked_number_is_personal_and_counts_nobody():
    numbers = [f"xxx-xx-{1000 + 37 * i}" for i in range(40)]
    found = fields({"SSN": numbers, "Full name": ["Anna Smith", "Oleg Ivanov"] * 20})["SSN"]
    assert (found.type, found.personal) == ("text", True)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Called Anna at 212-555-0147 about the parcel", "phone_intl"),
        ("SSN 521-69-7289 verified", "ssn_us"),
        ("passport no. L59183426 expired", "passport_foreign"),
        ("patient DOB 03/17/1993, seen today", "birth_date"),
    ],
)
def test_more_stands_inside_remarks(text, kind):
    assert (
        kind
        in fields({"Notes": [text, "nothing to say of this one", "shipped as agreed"] * 10})["Notes"].embedded
    )
    order = ["Contact us about order 415-555-0188", "nothing to say of this one"] * 10
    assert not fields({"Notes": order})["Notes"].embedded


@pytest.mark.parametrize(
    ("head", "values", "kind"),
    [
        ("Salary", ["USD 96,257/yr", "USD 41,100/yr"], "income"),
        ("Income", ["<$25k", "$25k-$50k", ">$100k"], "income"),
        ("Birthday", ["Jan 2", "Aug 17"], "birth_date"),
        ("Card", ["VISA ****8723", "MC ****1145"], "bank_card_masked"),
        ("Ethnicity", ["Black/African-American", "White - British", "Prefer not to say"], "ethnicity"),
        ("Disability Status", ["Yes", "No", "Prefer not to answer"], "disability"),
    ],
)
def test_particulars_in_the_words_of_english_forms(head, values, kind):
    assert fields({head: values * 20})[head].type == kind


def test_telephones_written_in_several_ways_in_one_column_are_telephones():
    numbers = [
        f"0(5{32 + i % 9})55501{i % 90:02}" if i % 2 else f"05{32 + i % 9} 555 01 {i % 90:02}"
        for i in range(40)
    ]
    for head in ("Veli Tel", "Tlm.", "폰번호", "P1 Cell"):
        assert fields({head: numbers})[head].type == "phone_intl", head
    assert fields({"Phone": ["12.04.1985", "02.11.1990"] * 20})["Phone"].type != "phone_intl"


def test_two_names_in_one_cell_are_names():
    tenants = ["Mr A Cole & Ms B Ward", "Ms Priya Nair", "Dr J. Smith and Mrs K. Smith"]
    assert fields({"Tenant(s)": tenants * 12})["Tenant(s)"].type == "name_latin"
