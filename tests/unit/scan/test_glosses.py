"""Headers of other languages, word for word in English."""

import pytest

from feiyu.scan import glosses, header, headindex, headtext
from feiyu.scan.catalogue import by_id


def said(head: str, kind: str) -> float:
    return header.evidence(head)[by_id()[kind].order]


def read(head: str) -> tuple[str, ...]:
    return next(iter(glosses.read(headtext.tokens(head), headindex.words())), ())


@pytest.mark.parametrize("part", ["first", "last"])
def test_words_are_listed_once_and_as_headers_are_read(part):
    seen = {}
    for meaning, listed in glosses.data()[part].items():
        assert headtext.tokens(meaning) == tuple(meaning.split())
        for word in listed.split(", "):
            assert " ".join(headtext.tokens(word)) == word
            assert seen.setdefault(word, meaning) == meaning, word


@pytest.mark.parametrize("part", ["whose", "telling"])
def test_what_is_said_of_meanings_is_said_of_meanings_that_there_are(part):
    known = {meaning for order in ("first", "last") for meaning in glosses.data()[order]}
    assert set(glosses.data()[part].split(", ")) <= known


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Telefonní číslo zákazníka", "phone_intl"),
        ("Kontaktní e-mail", "email"),
        ("Müşteri e-postası", "email"),
        ("Электронная почта клиента", "email"),
        ("Asiakkaan puhelinnumero", "phone_intl"),
        ("Kliento telefonas", "phone_intl"),
        ("رقم هاتف العميل", "phone_intl"),
        ("Führerscheinnummer", "driver_licence"),
        ("Töötaja sünnikuupäev", "birth_date"),
        ("Darbuotojo pavardė", "name_part"),
        ("Fecha de nacimiento del paciente", "birth_date"),
        ("Nombre del producto", "cargo_name"),
        ("Standaardadres", "address_latin"),
        ("Numărul de telefon al angajatului", "phone_intl"),
        ("วันเกิดผู้ป่วย", "birth_date"),
        ("Imię i nazwisko pacjenta", "name_latin"),
        ("Фамилия", "name_part"),
        ("رقم جواز سفر المسافر", "passport_foreign"),
        ("पासपोर्ट नंबर", "passport_foreign"),
        ("ফোন নম্বর", "phone_intl"),
    ],
)
def test_headers_are_read_in_english(head, kind):
    assert said(head, kind) >= header.TAIL


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Gesl.", "gender"),
        ("Дата нар.", "birth_date"),
        ("Apell.", "name_part"),
        ("Τηλ. Επικοινωνίας", "phone_intl"),
    ],
)
def test_words_that_are_cut_short_mean_what_all_that_begin_so_mean(head, kind):
    assert said(head, kind) >= header.TAIL
    assert not read(head[:2])


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Plantilla de correo electrónico", "email"),
        ("Nazwa produktu", "name_latin"),
        ("Nombre del producto", "name_latin"),
    ],
)
def test_what_only_a_part_names_is_not_meant(head, kind):
    assert said(head, kind) < header.TAIL


@pytest.mark.parametrize(
    "head", ["host_id", "targetGender", "stop_lon", "sessStartTs", "Customer status", "客户编号"]
)
def test_names_of_developers_and_english_are_in_no_other_language(head):
    assert read(head) == ()


def test_owners_stand_before_the_noun_whatever_the_language_does():
    assert read("Telefon des Kunden") == read("Kundentelefon") == ("customer", "phone")
    assert read("Adresa pacienta") == read("Potilaan osoite") == ("patient", "address")


def test_letters_that_nobody_knows_leave_a_header_unread():
    assert read("Kundenxyzwvq") == ()
    assert read("ก" * 200) == ()
