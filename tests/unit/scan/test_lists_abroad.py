"""Closed lists of values in other languages, and words of things that only look like them."""

import pyarrow as pa
import pytest

from feiyu.scan import Inspector, vocabulary


def told(head, *values):
    # beside a number, so that the column is not alone; no rhythm that another column has
    column = [values[(i * i + i // 3) % len(values)] for i in range(40)]
    batch = pa.record_batch(
        [pa.array(column), pa.array([str(i * 37 % 91) for i in range(40)])], [head, "amt"]
    )
    inspector = Inspector(batch.schema.names)
    inspector.feed(batch)
    return inspector.fields()[0]


LISTED = {
    "marital_status": [
        ("Casado(a)", "Soltero(a)", "Viudo(a)", "Divorciado(a)"),
        ("SOLTEIRO", "CASADA", "UNIAO ESTAVEL", "DIVORCIADO"),
        ("żonaty/mężatka", "kawaler/panna", "wdowiec/wdowa"),
        ("Svobodný/á", "Ženatý/Vdaná", "Rozvedená"),
        ("nőtlen", "házas", "elvált", "özvegy"),
        ("Célibataire", "Marié(e)", "Concubinage", "Veuf/Veuve"),
        ("gehuwd", "samenwonend", "ongehuwd"),
        ("gift", "ogift", "sambo"),
        ("Έγγαμος/η", "Άγαμος", "Διαζευγμένος"),
        ("Одружений", "Неодружена", "Вдова"),
        ("기혼", "미혼", "사별"),
        ("สมรส", "โสด", "หย่า"),
        ("متزوج", "عازب", "مطلق"),
        ("נשוי/אה", "רווק", "גרושה"),
        ("Kawin", "Belum Kawin", "Cerai Hidup"),
        ("Độc thân", "Đã kết hôn", "Ly hôn"),
    ],
    "kinship": [
        ("조부", "모", "부", "배우자"),
        ("Ibu", "Ayah", "Suami", "Istri"),
        ("anne", "baba", "abla", "eş"),
        ("mamá", "papá", "hermano", "esposa"),
        ("fils", "mère", "conjoint", "sœur"),
        ("Ehefrau", "Sohn", "Schwiegermutter"),
        ("matka", "ojciec", "córka"),
        ("дочь", "свекровь", "брат"),
    ],
    "education": [
        ("LİSE", "İLKOKUL", "ÖN LİSANS", "LİSANS"),
        ("średnie zawodowe", "wyższe", "podstawowe"),
        ("Ensino médio completo", "Superior incompleto", "Pós-graduação"),
        ("érettségi", "főiskola", "szakmunkásképző"),
        ("대졸", "고졸", "석사"),
        ("Cao đẳng", "Đại học", "Trung cấp"),
    ],
    "religion": [
        ("rzymskokatolickie", "prawosławne", "bezwyznaniowe"),
        ("Islam", "Kristen", "Katolik", "Hindu"),
        ("พุทธ", "อิสลาม", "คริสต์"),
        ("פרוטסטנטי", "יהודי", "נוצרי", "מוסלמי"),
    ],
    "disability": [
        ("stopień lekki", "stopień umiarkowany", "stopień znaczny"),
        ("지체장애", "시각장애", "청각장애"),
        ("discapacidad física", "discapacidad visual", "sin discapacidad"),
        ("инвалид 1 группы", "инвалид 2 группы", "ребенок-инвалид"),
    ],
    "occupation": [
        ("Ev hanımı", "Emekli", "İşçi", "Memur"),
        ("lekarz", "kierowca", "nauczyciel", "emeryt"),
        ("Lehrer/in", "Rentner", "Krankenschwester", "Verkäuferin"),
        ("ama de casa", "albañil", "jubilado"),
        ("会社員", "専業主婦", "自営業", "無職"),
    ],
    "gender": [
        ("férfi", "nő"),
        ("чоловіча", "жіноча"),
        ("Άνδρας", "ΓΥΝΑΙΚΑ"),
        ("זכר", "נקבה"),
        ("mies", "nainen"),
        ("पुरुष", "महिला"),
    ],
    "boolean": [("igen", "nem"), ("예", "아니요"), ("نعم", "لا"), ("taip", "ne"), ("ใช่", "ไม่ใช่")],
}


@pytest.mark.parametrize(("kind", "values"), [(kind, one) for kind, many in LISTED.items() for one in many])
def test_lists_of_other_languages_are_known_without_a_header(kind, values):
    assert told("F7", *values).type == kind


def test_the_reason_says_that_a_sample_was_looked_at():
    reason = told("F7", "gehuwd", "samenwonend").reason.en
    assert reason.startswith(
        "100% of the values are in the list of Marital status; by a sample of 40 values."
    )


@pytest.mark.parametrize(
    ("head", "values", "kind"),
    [
        ("Płeć", ("K", "M"), "gender"),
        ("Pohlaví", ("M", "Ž"), "gender"),
        ("Sex", ("Ž", "M"), "gender"),
        ("מין", ("ז", "נ"), "gender"),
        ("الجنس", ("ذ", "أ"), "gender"),
        ("Sex", ("ช", "ญ"), "gender"),
        ("Стать", ("Ч", "Ж"), "gender"),
        ("Kan grubu", ("A Rh+", "0 Rh-", "AB Rh(+)", "B Rh poz"), "blood_type"),
        ("Blood type", ("0(I) Rh+", "A(II) Rh-", "B(III) Rh+"), "blood_type"),
        ("Blutgruppe", ("0", "A", "B", "AB"), "blood_type"),
        ("혈액형", ("RH+ A", "RH+ O", "RH- B"), "blood_type"),
        ("Grad der Behinderung", ("50", "80", "30", "100"), "disability"),
        ("Disability", ("GdB 50", "GdB 80", "keine"), "disability"),
        ("Инвалидность", ("1 группа", "2 группа", "3 группа"), "disability"),
        ("Stopień niepełnosprawności", ("lekki", "umiarkowany", "znaczny"), "disability"),
        ("障害等級", ("1級", "2級", "3級"), "disability"),
        ("Pendidikan", ("SD", "SMP", "SMA", "S1", "D3"), "education"),
    ],
)
def test_letters_and_codes_are_read_under_their_header(head, values, kind):
    assert told(head, *values).type == kind
    assert told("Size", *values).type != kind


@pytest.mark.parametrize(
    "values",
    [
        ("S1", "S2", "S3", "D1"),
        ("Twin", "Double", "Queen"),
        ("niski", "średni", "wysoki"),
        ("střední", "vysoká", "nízká"),
        ("primary", "secondary", "tertiary sector"),
        ("1 группа", "2 группа", "3 группа"),
        ("caixa", "palete", "saco"),
        ("Operator", "Administrator", "Viewer"),
        ("alto", "medio", "bajo"),
        ("gift", "sample", "sale"),
        ("営業", "経理", "総務"),
        ("leve", "moderado", "grave"),
        ("light", "moderate", "severe"),
        ("Ž", "K", "V"),
        ("0", "1"),
        ("BA", "ME", "CO", "EM"),
        ("hotel/spa", "hotel/bar", "mall/bar"),
        ("libre", "ocupado", "reservado"),
        ("Nachbar", "Paketstation", "Schwester", "Oma"),
    ],
)
def test_words_of_things_are_of_no_list(values):
    found = told("F7", *values)
    assert found.type in ("category", "order_no", "text", "number", "boolean", "country")
    assert not found.personal


def test_both_genders_of_a_word_are_one_entry():
    married = vocabulary.known("casado")
    assert married
    for writing in ("Casado/a", "casado(a)", "CASADO (A)", "casado/casada", "Casado / Casada", "casado:a"):
        assert vocabulary.known(writing) & married, writing
    assert not vocabulary.known("casado/almacén")
    assert not vocabulary.known("caja/a")


def test_an_entry_stands_in_a_list_that_is_there():
    for word, bits in vocabulary._abroad().items():
        assert word == word.strip()
        assert word
        assert 0 < bits < 1 << len(vocabulary.MATCHED), word
