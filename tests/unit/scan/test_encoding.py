"""Code pages of one byte for a letter: named by the user, or seen where only their languages put their letters."""

import random

import pytest

from feiyu.scan import Limits, profile
from feiyu.scan import errors_sources as errors
from feiyu.scan.encoding import detect, legacy, named
from feiyu.testing.persons import persons
from feiyu.testing.tables import read, rows_of

IDS = [one.resident_id for one in persons(20, random.Random(5))]
NAMES = {
    "cp1250": [
        "Łukasz Kowalski",
        "Agnieszka Wójcik",
        "Paweł Dąbrowski",
        "Małgorzata Świątek",
        "Krzysztof Jędrzejczyk",
    ],
    "cp1254": ["Ayşe Yılmaz", "Işık Şahin", "Gülşen Çağlar", "İbrahim Öztürk", "Doğan Kılıç"],
    "cp1256": ["محمد عبد الرحمن الهاشمي", "فاطمة الزهراء", "علي بن الحسين", "نورة الدوسري", "خالد المنصور"],
    "cp874": ["สมชาย ใจดี", "สุดารัตน์ ศรีสุข", "กิตติพงษ์ วงศ์ใหญ่", "นภัสสร เพ็ชรน้อย", "อภิชาติ ทองคำ"],
    "cp1252": ["José García", "François Lefèvre", "Jürgen Müller", "Søren Ångström", "Þóra Sigurðardóttir"],
    "cp1251": ["Иван Петров", "Ольга Смирнова", "Дмитрий Кузнецов", "Елена Попова", "Сергей Волков"],
    "koi8_r": ["Иван Петров", "Ольга Смирнова", "Дмитрий Кузнецов", "Елена Попова", "Сергей Волков"],
    "cp866": ["Иван Петров", "Ольга Смирнова", "Дмитрий Кузнецов", "Елена Попова", "Сергей Волков"],
    "cp1253": [
        "Νίκος Παπαδόπουλος",
        "Μαρία Γεωργίου",
        "Ελένη Κωνσταντίνου",
        "Δημήτρης Νικολάου",
        "Άννα Ιωάννου",
    ],
    "cp1255": ["משה כהן", "שרה לוי", "יוסף מזרחי", "רחל אברהם", "דוד פרץ בן שמעון"],
    "euc_jp": ["佐々木健一", "高橋由美", "渡辺翔", "伊藤さくら", "前田美咲"],
    "gb18030": ["张伟", "王秀英", "李娜", "欧阳建国", "陈晓东"],
}


def made(encoding: str) -> bytes:
    lines = [f"{ident};{NAMES[encoding][i % 5]};{i}" for i, ident in enumerate(IDS)]
    return "\r\n".join(["id;name;n", *lines, ""]).encode(encoding)


CAPITALS = {
    "cp1251": ["ПЕТРОВ ИВАН", "СМИРНОВА ОЛЬГА", "КУЗНЕЦОВ ДМИТРИЙ", "ШЕВЧЕНКО ОЛЕНА", "ВОЛКОВ СЕРГЕЙ"],
    "koi8_r": ["ПЕТРОВ ИВАН", "СМИРНОВА ОЛЬГА", "КУЗНЕЦОВ ДМИТРИЙ", "ПОПОВА ЕЛЕНА", "ВОЛКОВ СЕРГЕЙ"],
    "cp866": ["ПЕТРОВ ИВАН", "СМИРНОВА ОЛЬГА", "КУЗНЕЦОВ ДМИТРИЙ", "ПОПОВА ЕЛЕНА", "ВОЛКОВ СЕРГЕЙ"],
    "cp1253": ["ΠΑΠΑΔΟΠΟΥΛΟΣ ΝΙΚΟΣ", "ΓΕΩΡΓΙΟΥ ΜΑΡΙΑ", "ΚΩΝΣΤΑΝΤΙΝΟΥ ΕΛΕΝΗ", "ΒΛΑΧΟΥ ΖΩΗ", "ΧΑΤΖΗΣ ΦΩΤΗΣ"],
    "cp1250": [
        "WÓJCIK AGNIESZKA",
        "DĄBROWSKI PAWEŁ",
        "ŚWIĄTEK MAŁGORZATA",
        "JĘDRZEJCZYK ŁUCJA",
        "KOŃCZAK JÓZEF",
    ],
}
"""As passports and banks write names."""


@pytest.mark.parametrize("encoding", CAPITALS)
def test_names_in_capitals_are_read_in_their_own_page(tmp_path, encoding):
    text = "\r\n".join(
        ["id;name", *(f"{ident};{CAPITALS[encoding][i % 5]}" for i, ident in enumerate(IDS)), ""]
    )
    _, (table,) = read(tmp_path / "a.csv", text.encode(encoding))
    assert [row[1] for row in rows_of(table)[:5]] == CAPITALS[encoding]


def test_icelandic_is_read_in_the_western_page():
    text = "Nafn;Heimili\nÞóra Ágústsdóttir;Reykjavík\nSigurður Jónsson;Kópavogur\n" * 5
    assert legacy(text.encode("cp1252"), whole=True) == "cp1252"


def test_blanks_that_do_not_break_are_western_text():
    text = "Person,Event\nAnn Roe,Spoke\u00a0at “Celebrate the Family” in\u00a0Bedford,\u00a0NH\n" * 9
    assert legacy(text.encode("cp1252"), whole=True) == "cp1252"


def test_a_character_of_hong_kong_alone_does_not_hide_big5():
    text = "保單號碼,受保人姓名,通訊地址\r\n" + "HK59350941,張家豪,香港鰂魚涌英皇道669號\r\n" * 8
    assert legacy(text.encode("big5hkscs"), whole=True) == "big5hkscs"


@pytest.mark.parametrize("encoding", NAMES)
def test_what_stands_as_its_language_puts_it_is_seen(tmp_path, encoding):
    source, (table,) = read(tmp_path / "a.csv", made(encoding))
    assert [row[1] for row in rows_of(table)[:5]] == NAMES[encoding]
    if encoding in ("euc_jp", "gb18030"):
        assert not source.warnings
    else:
        called = encoding.upper().replace("_", "-")
        assert called in source.warnings[0].zh
        assert called in source.warnings[0].en
        assert named(called) == encoding


@pytest.mark.parametrize("encoding", NAMES)
@pytest.mark.parametrize("wrong", ["cp1250", "cp1252", "gb18030", "koi8-r"])
def test_a_wrong_encoding_loses_no_identifier(tmp_path, encoding, wrong):
    (tmp_path / "a.csv").write_bytes(made(encoding))
    try:
        found = profile(tmp_path / "a.csv", limits=Limits(encoding=named(wrong)))
    except errors.BadEncoding:
        return  # these bytes are nothing in it, and the place is named
    assert found.tables[0].persons.by["prc_resident_id"] == len(IDS)


def test_the_user_is_believed(tmp_path):
    source, (table,) = read(tmp_path / "a.csv", made("cp1250"), limits=Limits(encoding=named("ISO-8859-5")))
    assert rows_of(table)[0][1] != NAMES["cp1250"][0]
    assert "ISO8859_5" in source.warnings[0].en
    assert detect(b"\xef\xbb\xbfa", wanted="cp1250") == ("utf-8", 3)
    with pytest.raises(errors.UnknownEncoding, match="zip_codec") as caught:
        named("zip_codec")
    assert "cp1250" in str(caught.value.values["allowed"])


def test_no_page_is_seen_in_chance_bytes_or_in_chinese():
    chance = random.Random(8)
    pages = {"cp874", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "cp866"}
    for _ in range(400):
        high = bytes(chance.randrange(0xA1, 0xF8) for _ in range(120))
        chinese = "".join(chr(chance.randrange(0x4E00, 0x9F00)) for _ in range(60))
        assert legacy(high, whole=True) not in pages
        assert legacy(chinese.encode("gb18030"), whole=True) not in pages
