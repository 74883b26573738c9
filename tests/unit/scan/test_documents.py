"""Documents, logs, and what no reader understands: text is read, the rest is listed with what its header says, and is unread."""

import io
import struct
import zipfile

import pytest

from feiyu.scan import open_source, profile
from feiyu.scan.errors_sources import Damaged, ExpandsTooMuch, HostileContent, Unread
from feiyu.scan.limits import Limits
from feiyu.scan.media import facts
from feiyu.scan.remote.address import open_address
from feiyu.testing.tables import read, rows_of, table_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ID = "11010519491231002X"


def paragraph(*runs):
    return "<w:p>" + "".join(f"<w:r><w:t>{run}</w:t></w:r>" for run in runs) + "</w:p>"


def docx(body, **parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def pdf(lines, *, pages=1, filters=b"", stream=None, signs=None):
    text = b" 0 -20 Td ".join(b"(" + line.encode() + b") Tj" for line in lines)
    stream = stream if stream is not None else b"BT /F1 12 Tf 50 700 Td " + text + b" ET"
    kids = b" ".join(b"%d 0 R" % (5 + i) for i in range(pages))
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, pages),
               b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(stream), filters, stream),
               b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"]  # fmt: skip
    objects += [
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 3 0 R /Resources << /Font << /F1 4 0 R >> >> >>"
    ] * pages
    if signs is not None:  # what the font's signs stand for
        objects[3] = objects[3].replace(b" >>", b" /ToUnicode %d 0 R >>" % (len(objects) + 1))
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(signs), signs))
    out, places = b"%PDF-1.4\n", []
    for i, one in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (i, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        size, table, size, len(out)
    )  # fmt: skip


def test_a_word_document_gives_lines_and_tables(tmp_path):
    rows = [["姓名", "身份证号"], ["王伟", ID], ["李娜", "440524188001010014"]]
    table = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(c)}</w:tc>" for c in row) + "</w:tr>" for row in rows
    )
    body = paragraph("电话138", "00138000请联系") + f"<w:tbl>{table}</w:tbl>"
    path = tmp_path / "letter.docx"
    path.write_bytes(
        docx(
            body, word__header1_dot_xml=f"<w:hdr {W}>{paragraph('内部')}</w:hdr>", word__media__p_dot_png=b"x"
        )
    )
    found = profile(path)
    lines, people = found.tables
    assert "mobile_cn" in lines.fields[1].embedded
    assert [one.type for one in people.fields] == ["name_cn", "prc_resident_id"]
    assert people.persons.counted == 2
    assert found.partial
    assert any("word/media/p.png" in one.en for one in found.warnings)


def test_slides_and_open_documents_are_read(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("ppt/presentation.xml", "<p/>")
        made.writestr(
            "ppt/slides/slide1.xml", f'<s xmlns:a="urn:a"><a:p><a:r><a:t>证件{ID}</a:t></a:r></a:p></s>'
        )
    _, (table,) = read(tmp_path / "s.pptx", out.getvalue())
    assert rows_of(table) == [("ppt/slides/slide1.xml", f"证件{ID}")]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        made.writestr(
            "content.xml", '<o xmlns:text="urn:t"><text:p>甲<text:span>乙</text:span>丙</text:p></o>'
        )
    _, (table,) = read(tmp_path / "s.odt", out.getvalue())
    assert rows_of(table) == [("content.xml", "甲乙丙")]


@pytest.mark.parametrize(
    ("body", "error"),
    [
        ("<w:p><w:r><w:t>", Damaged),
        ("<w:p>" * 400 + "</w:p>" * 400, Exception),
        (paragraph("x" * (1 << 20)) * 3, ExpandsTooMuch),
    ],
)
def test_bad_documents_are_refused(tmp_path, body, error):
    path = tmp_path / "bad.docx"
    path.write_bytes(docx(body))
    with pytest.raises(error, match="SCAN-01"):
        profile(path, limits=Limits(document_bytes=2 << 20, workbook_bytes=8 << 20))


def test_a_document_that_declares_entities_is_refused(tmp_path):
    path = tmp_path / "laughs.docx"
    bomb = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><w:hdr>&b;</w:hdr>'
    path.write_bytes(docx(paragraph("x"), word__header1_dot_xml=bomb))
    with pytest.raises(HostileContent):
        open_source(path)


@pytest.mark.slow
def test_the_text_of_a_pdf(tmp_path):
    path = tmp_path / "list.pdf"
    path.write_bytes(pdf(["Passenger list", f"ID {ID}", "Mail a@example.com"], pages=2))
    found = profile(path)
    assert found.source.format == "pdf"
    assert set(found.tables[0].fields[1].embedded) == {"prc_resident_id", "email"}
    assert found.tables[0].rows == 6


@pytest.mark.slow
@pytest.mark.parametrize(
    ("data", "error"),
    [
        (pdf(["x"])[:200], (Damaged, Unread)),
        (b"%PDF-1.7\n" + b"\xff" * 2000, (Damaged, Unread)),
        (pdf([], stream=b""), Unread),
        (pdf(["x"]) + b" " * (3 << 20), ExpandsTooMuch),
    ],
)
def test_bad_pdfs_are_refused_in_bounded_time(tmp_path, data, error):
    path = tmp_path / "bad.pdf"
    path.write_bytes(data)
    with pytest.raises(error):
        open_source(path, limits=Limits(document_bytes=2 << 20))


def test_half_a_character_in_a_pdf_is_a_sign_of_its_own(tmp_path):
    signs = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange 2 beginbfchar <41> <D83D> <42> <0058> endbfchar endcmap"
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(["BAB"], signs=signs))
    assert rows_of(table_of(path)) == [("1", "X\ufffdX")]


@pytest.mark.slow
def test_a_pdf_that_unpacks_to_gigabytes_does_not(tmp_path):
    import zlib

    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(b" " * (1 << 20)) for _ in range(150)) + packer.flush()
    path = tmp_path / "bomb.pdf"
    path.write_bytes(pdf([], filters=b"/Filter /FlateDecode", stream=bomb))
    with pytest.raises((Damaged, Unread)):
        open_source(path)


def test_access_logs_are_columns(tmp_path):
    lines = [
        f'203.0.113.{i} - - [28/Nov/2026:10:00:{i:02d} +0800] "GET /u HTTP/1.1" 200 12 "-" "curl/8"'
        for i in range(30)
    ]
    source, (table,) = read(tmp_path / "access.log", "\n".join([*lines, "garbage"]))
    assert source.format == "log"
    got = rows_of(table)
    assert got[3][0] == "203.0.113.3"
    assert got[30][-1] == "garbage"
    assert len(table.warnings) == 1
    assert profile(tmp_path / "access.log").tables[0].fields[0].type == "ipv4"


def test_application_logs_are_columns(tmp_path):
    lines = [f"2026-11-28 10:00:{i:02d},123 [main] INFO user 1380013800{i % 10} in" for i in range(30)]
    _, (table,) = read(tmp_path / "app.log", "\n".join(lines))
    assert table.fields == ("time", "thread", "level", "message", "other_line")
    assert rows_of(table)[0][:3] == ("2026-11-28 10:00:00,123", "main", "INFO")


def tiff_with_position():
    def entry(tag, kind, count, value):
        return struct.pack("<HHI", tag, kind, count) + value

    first = struct.pack("<H", 2) + entry(0x0110, 2, 4, b"X100") + entry(0x8825, 4, 1, struct.pack("<I", 100))
    gps = struct.pack("<H", 4) + entry(1, 2, 2, b"N\0\0\0") + entry(2, 5, 3, struct.pack("<I", 200))
    gps += entry(3, 2, 2, b"W\0\0\0") + entry(4, 5, 3, struct.pack("<I", 240))
    data = (b"II*\0" + struct.pack("<I", 8) + first + bytes(4)).ljust(100, b"\0") + gps
    data = data.ljust(200, b"\0") + struct.pack("<6I", 30, 1, 54, 1, 830, 100)
    return data.ljust(240, b"\0") + struct.pack("<6I", 121, 1, 30, 1, 0, 1)


def jpeg():
    body = b"Exif\0\0" + tiff_with_position()
    frame = struct.pack(">HBHH", 17, 8, 480, 640) + b"\x03" + bytes(9)
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(body) + 2) + body + b"\xff\xc0" + frame + b"\xff\xd9"


def test_a_photograph_tells_where_it_was_taken_and_stays_unread(tmp_path):
    path = tmp_path / "p.csv"
    path.write_bytes(jpeg())
    with pytest.raises(Unread):
        open_source(path)
    found = profile(path)
    held = {one.name: one for one in found.tables[0].fields}
    assert held["latitude"].type == "latitude"
    assert held["longitude"].samples
    assert held["content"].state == "unread"
    assert found.partial


@pytest.mark.parametrize(
    ("kind", "head", "expected"),
    [
        (
            "jpeg",
            jpeg(),
            {
                "camera_model": "X100",
                "latitude": "30.902306",
                "longitude": "-121.500000",
                "width": "640",
                "height": "480",
            },
        ),
        (
            "png",
            b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 3, 4),
            {"width": "3", "height": "4"},
        ),
        (
            "gif",
            b"GIF89a" + struct.pack("<HH", 3, 4) + b"\x21\xf9\x04" * 5,
            {"width": "3", "height": "4", "frames": "5"},
        ),
        (
            "pcd",
            b"# .PCD v0.7\nFIELDS x y z\nPOINTS 1000\nDATA ascii\n",
            {"fields": "x y z", "points": "1000", "data": "ascii"},
        ),
        ("ply", b"ply\nformat ascii 1.0\nelement vertex 77\n", {"points": "77"}),
        (
            "dicom",
            bytes(128) + b"DICM" + struct.pack("<HH2sH", 0x10, 0x10, b"PN", 8) + b"WANG^WEI",
            {"patient_name": "WANG^WEI"},
        ),
        ("jpeg", b"\xff\xd8\xff", {}),
        ("las", b"LASF" + bytes(30), {}),
        ("mp4", bytes(40), {}),
        ("rosbag", b"#ROSBAG V2.0", {}),
    ],
)
def test_what_headers_say(kind, head, expected):
    assert facts(kind, head) == expected


def test_headers_that_lie_give_fewer_facts_and_no_error():
    for kind in ("jpeg", "png", "tiff", "heif", "mp4", "avi", "gif", "bmp", "las", "pcd", "ply", "dicom"):
        for junk in (
            b"",
            b"\xff" * 300,
            bytes(300),
            jpeg()[:90],
            b"II*\0\xff\xff\xff\xff",
            b"MM\0*" + b"\0\0\0\x08" + b"\xff" * 80,
        ):
            facts(kind, junk, junk)


def test_a_folder_lists_what_is_unread_and_what_is_broken(tmp_path):
    (tmp_path / "a.csv").write_text("姓名,手机\n王伟,13800138000\n")
    (tmp_path / "b.jpg").write_bytes(jpeg())
    (tmp_path / "c.parquet").write_bytes(b"PAR1" + b"x" * 50 + b"PAR1")
    found = profile(open_address(str(tmp_path)))
    assert found.partial
    names = [one.name for one in found.tables]
    assert names == ["a.csv", "unread"]
    assert {one.name for one in found.tables[1].fields} >= {"file", "latitude", "content"}
    assert any("c.parquet" in one.en for one in found.warnings)


def test_a_pattern_names_files(tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("a.csv", "sub/b.csv", "c.txt"):
        (tmp_path / name).write_text("x,y\n1,2\n2,3\n")
    found = profile(open_address(f"{tmp_path}/**/*.csv"))
    assert sorted(one.name for one in found.tables) == ["a.csv", "sub/b.csv"]
