"""Dates in national writings, and what is only written like them."""

from datetime import date

import pyarrow as pa
import pytest

from feiyu.scan import Inspector, days, detect

DAYS = [date(1961 + i * 7 % 40, 1 + i * 5 % 12, 1 + i * 11 % 28) for i in range(48)]
ALSO = [date(2018 + i % 8, 1 + i * 5 % 12, 1 + i * 11 % 28) for i in range(48)]


def told(head, values):
    batch = pa.record_batch([pa.array(values)], names=[head])
    inspector = Inspector(batch.schema.names)
    inspector.feed(batch)
    return inspector.fields()[0]


def era(day):
    name, first = ("平成", 1989) if day.year > 1988 else ("昭和", 1926)
    return f"{name}{day.year - first + 1}"


def named(months):
    return lambda day: months.split()[day.month - 1]


FRENCH = named("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.")
GERMAN = named("Januar Februar März April Mai Juni Juli August September Oktober November Dezember")
SPANISH = named("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
RUSSIAN = named("янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.")
TURKISH = named("Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara")
THAI = named("ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.")
POLISH = named(
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
)
CZECH = named("ledna února března dubna května června července srpna září října listopadu prosince")
GREEK = named(
    "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου"
)
HEBREW = named("ינואר פברואר מרץ אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר")
ARABIC = named("يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر")
HINDI = named("जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर")
FINNISH = named(
    "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta"
)
LITHUANIAN = named(
    "sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio"
)
ROMAN = named("I II III IV V VI VII VIII IX X XI XII")
ARABIC_DIGITS = {48 + i: 0x660 + i for i in range(10)}

WRITINGS = {
    "Születési dátum": lambda d: f"{d:%Y. %m. %d.}",
    "생년월일": lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    "出生年月日": lambda d: f"民國{d.year - 1911}年{d.month}月{d.day}日",
    "生日": lambda d: f"{d.year - 1911}/{d:%m/%d}",
    "生年月日": lambda d: f"{era(d)}年{d.month}月{d.day}日",
    "誕生日": lambda d: f"{era(d)}/{d:%m/%d}",
    "วันเกิด": lambda d: f"{d.day} {THAI(d)} {d.year + 543}",
    "วันเดือนปีเกิด": lambda d: f"{d:%d/%m}/{d.year + 543}",
    "تاريخ الميلاد": lambda d: f"{d.year - 579}/{d:%m/%d}",
    "تاريخ ميلاد": lambda d: f"{d.year - 579}-{d:%m-%d} هـ",
    "Date de naissance": lambda d: f"{d.day} {FRENCH(d)} {d.year}",
    "Geburtsdatum": lambda d: f"{d.day}. {GERMAN(d)} {d.year}",
    "Geboren": lambda d: f"{d.day}.{d.month}.{d.year}",
    "Geb.-Datum": lambda d: f"{d:%d.%m.%y}",
    "Fecha de nacimiento": lambda d: f"{d.day} de {SPANISH(d)} de {d.year}",
    "Дата рождения": lambda d: f"{d.day} {RUSSIAN(d)} {d.year} г.",
    "Doğum tarihi": lambda d: f"{d.day} {TURKISH(d)} {d.year}",
    "Data urodzenia": lambda d: f"{d.day} {POLISH(d)} {d.year} r.",
    "Datum narození": lambda d: f"{d.day}. {CZECH(d)} {d.year}",
    "Syntymäaika": lambda d: f"{d.day}. {FINNISH(d)} {d.year}",
    "DOB": lambda d: f"{d:%d-%b-%y}",
    "Birthday": lambda d: f"{d.month}/{d.day}/{d:%y}",
    "Birth date": lambda d: f"{d:%a, %d %b %Y}",
    "Born": lambda d: f"{d.day} ב{HEBREW(d)} {d.year}",
    "Date of birth": lambda d: f"{d.day} {ARABIC(d)} {d.year}",
    "date_naissance": lambda d: f"{d:%d/%m/%Y}".translate(ARABIC_DIGITS),
    "birthdate": lambda d: f"{d.day} {HINDI(d)}, {d.year}",
    "Birth day": lambda d: f"{d.year} m. {LITHUANIAN(d)} {d.day} d.",
    "Datum rođenja": lambda d: f"{d:%d.%m.%Y.}",
    "birth_dt": lambda d: f"{d.day} {GREEK(d)} {d.year}",
    "Ngày sinh": lambda d: f"ngày {d.day} tháng {d.month} năm {d.year}",
    "Data ur.": lambda d: f"{d.day} {ROMAN(d)} {d.year}",
}


@pytest.mark.parametrize("head", WRITINGS)
def test_days_as_they_are_written_in_the_world(head):
    write = WRITINGS[head]
    assert told(head, [write(day) for day in DAYS]).type == "birth_date"
    assert told("Date of birth", [write(day) for day in DAYS]).type == "birth_date"
    for other in ("Date", "Policy start", "F7"):
        found = told(other, [write(day) for day in ALSO])
        assert found.type == "date"
        assert not found.personal


def test_the_reason_says_that_a_sample_was_looked_at():
    found = told("F7", [f"{day.day}. {GERMAN(day)} {day.year}" for day in ALSO])
    assert found.reason.en == "The values of a sample (48) are dates."


SHORT = {
    "S43.6.12": lambda d: f"{'SH'[d.year > 1988]}{era(d)[2:]}.{d.month}.{d.day}",
    "S430612": lambda d: f"{'SH'[d.year > 1988]}{era(d)[2:]:0>2}{d:%m%d}",
    "0570612": lambda d: f"{d.year - 1911:03}{d:%m%d}",
    "Jun-68": lambda d: f"{d:%b-%y}",
}


@pytest.mark.parametrize("writing", SHORT)
def test_what_other_things_are_written_like_is_a_day_under_its_header_only(writing):
    values = [SHORT[writing](day) for day in DAYS]
    assert told("出生日期", values).type == "birth_date"
    assert told("交屋日期", values).type == "date"
    assert told("F7", values).type != "date"


def test_a_day_with_a_time_is_a_time():
    values = [f"{day.day}. {GERMAN(day)} {day.year} {8 + day.day % 9}:{day.day:02}" for day in ALSO]
    assert told("F7", values).type == "datetime"
    assert told("F7", [f"{day:%Y. %m. %d.} 14:{day.day:02}" for day in ALSO]).type == "datetime"
    assert told("F7", [f"{day.day}. {GERMAN(day)} {day.year} 00:00" for day in ALSO]).type == "date"


@pytest.mark.parametrize(
    "values",
    [
        [f"{1 + i % 4}.{i % 20}.{i % 9}" for i in range(48)],  # releases
        [f"{1 + i % 9}.{1 + i % 7}.{1 + i % 5}." for i in range(48)],  # sections
        [f"{1 + i % 9}. {1 + i % 7}. {1 + i % 5}." for i in range(48)],
        [f"{1400 + i}-{20 + i % 70}-{10 + i}" for i in range(48)],  # numbers of orders
        [f"{14000 + i}/{1 + i % 12}" for i in range(48)],
        [f"DEC-{i:03}" for i in range(48)],  # numbers of boxes
        [f"{i} mars bars" for i in range(48)],
        [f"{1 + i} mm 2000" for i in range(48)],  # sizes
        [f"Rule {i} of 2019" for i in range(48)],
        [f"M{i % 60:02}.{i % 30}.{i % 99}" for i in range(48)],
    ],
)
def test_other_numbers_are_no_days(values):
    for head in ("F7", "Date", "Order no"):
        assert told(head, values).type not in ("date", "datetime", "birth_date"), head


@pytest.mark.parametrize(
    "value", ["May 5", "Windows 10 2004", "12 men 1968", "5 set 3000", "1389-66-12", "A 1985", "", "2024 v"]
)
def test_one_value_is_no_day(value):
    assert not days.written_with_time(value)


def test_birth_dates_that_are_not_converted_say_that_nobody_under_14_is_told_by_them():
    written = [f"民國{60 + i % 40}年{1 + i % 12}月{1 + i % 28}日" for i in range(40)]
    assert detect.UNCOUNTED.en in told("出生年月日", written).reason.en
    plain = [f"{1971 + i % 40}-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(40)]
    for some in (
        plain,
        [f"{one} 00:00:00" for one in plain],
        [one[:7] for one in plain],
        [one[:4] for one in plain],
    ):
        assert told("出生年月日", some).type == "birth_date"
        assert detect.UNCOUNTED.en not in told("出生年月日", some).reason.en


def test_ages_in_bands_say_that_nobody_under_14_is_told_by_them():
    bands = [f"{i % 9 * 10}-{i % 9 * 10 + 9}岁" for i in range(40)]
    assert detect.UNCOUNTED.en in told("年龄", bands).reason.en
    plain = [f"{i % 80}岁" for i in range(40)]
    assert told("年龄", plain).type == "age"
    assert detect.UNCOUNTED.en not in told("年龄", plain).reason.en
