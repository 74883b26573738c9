"""What a file is, by its first bytes. The extension is never believed.

Rules this module keeps:
 * a table reader only gets what is really its format; everything else is named and refused as unread;
 * the names people read exist in both languages.

Sources: the signatures published with each format; RFC 1952, RFC 8878 (gzip, zstd); Apache Parquet, Arrow, ORC, Avro.
"""

import re
from dataclasses import dataclass
from pathlib import PurePath

from feiyu.base.text import Text

HEAD_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: its id, how people call it, and whether it is a table, a wrapper around one, or neither."""

    id: str
    looks: Text
    role: str = "unread"


CSV = Kind("csv", Text("分隔文本", "delimited text"), "table")
TEXT = Kind("text", Text("纯文本", "plain text"), "table")
FIXED = Kind("fixed", Text("定宽文本", "fixed-width text"), "table")
JSON = Kind("json", Text("JSON 文件", "a JSON file"), "table")
PARQUET = Kind("parquet", Text("Parquet 文件", "a Parquet file"), "table")
ARROW = Kind("arrow", Text("Arrow 文件", "an Arrow file"), "table")
ARROW_STREAM = Kind("arrow", Text("Arrow 流", "an Arrow stream"), "table")
ORC = Kind("orc", Text("ORC 文件", "an ORC file"), "table")
AVRO = Kind("avro", Text("Avro 文件", "an Avro file"), "table")
SQLITE = Kind("sqlite", Text("SQLite 数据库", "a SQLite database"), "table")
DUCKDB = Kind("duckdb", Text("DuckDB 数据库", "a DuckDB database"), "table")
ZIP = Kind("zip", Text("ZIP 压缩包", "a ZIP archive"), "archive")
OLE = Kind("ole", Text("旧版 Office 文件", "an old Office file"), "table")
XLSX = Kind("xlsx", Text("Excel 工作簿", "an Excel workbook"), "table")
GZIP = Kind("gzip", Text("gzip 压缩文件", "a gzip file"), "packed")
ZSTD = Kind("zstd", Text("zstd 压缩文件", "a zstd file"), "packed")
BZIP2 = Kind("bzip2", Text("bzip2 压缩文件", "a bzip2 file"), "packed")
XZ = Kind("xz", Text("xz 压缩文件", "an xz file"), "packed")
PDF = Kind("pdf", Text("PDF 文档", "a PDF document"), "table")
DOCUMENTS = {
    "docx": Kind("docx", Text("Word 文档", "a Word document"), "table"),
    "pptx": Kind("pptx", Text("PowerPoint 演示文稿", "a PowerPoint presentation"), "table"),
    "odt": Kind("odt", Text("OpenDocument 文档", "an OpenDocument document"), "table"),
}
LOG = Kind("log", Text("日志文件", "a log file"), "table")
BINARY = Kind("binary", Text("二进制数据", "binary data"))
XML = Kind("xml", Text("XML 文件", "an XML file"))
HTML = Kind("html", Text("网页（HTML）", "a web page (HTML)"))

_PICTURE = Text("图片", "a picture")
_VIDEO = Text("视频", "a video")
_SOUND = Text("音频", "a sound recording")
_ARCHIVE = Text("压缩包", "an archive")
_PROGRAM = Text("可执行程序", "a program")
_SECRET = Text("加密文件", "an encrypted file")

# (offset, bytes, kind); the longer signatures stand first where one begins another
_MAGIC: tuple[tuple[int, bytes, Kind], ...] = (
    (0, b"PAR1", PARQUET),
    (0, b"PARE", Kind("parquet-encrypted", Text("加密的 Parquet 文件", "an encrypted Parquet file"))),
    (0, b"ARROW1\x00\x00", ARROW),
    (0, b"\xff\xff\xff\xff", ARROW_STREAM),
    (0, b"ORC", ORC),
    (0, b"Obj\x01", AVRO),
    (0, b"SQLite format 3\x00", SQLITE),
    (0, b"PK\x03\x04", ZIP),
    (0, b"PK\x05\x06", ZIP),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLE),
    (0, b"\x1f\x8b", GZIP),
    (0, b"\x28\xb5\x2f\xfd", ZSTD),
    (0, b"BZh", BZIP2),
    (0, b"\xfd7zXZ\x00", XZ),
    (0, b"%PDF-", PDF),
    (0, b"\xff\xd8\xff", Kind("jpeg", _PICTURE)),
    (0, b"\x89PNG\r\n\x1a\n", Kind("png", _PICTURE)),
    (0, b"GIF87a", Kind("gif", _PICTURE)),
    (0, b"GIF89a", Kind("gif", _PICTURE)),
    (0, b"II*\x00", Kind("tiff", _PICTURE)),
    (0, b"MM\x00*", Kind("tiff", _PICTURE)),
    (0, b"BM", Kind("bmp", _PICTURE)),
    (8, b"WEBP", Kind("webp", _PICTURE)),
    (4, b"ftyphei", Kind("heif", _PICTURE)),
    (4, b"ftypavif", Kind("avif", _PICTURE)),
    (128, b"DICM", Kind("dicom", Text("医学影像（DICOM）", "a medical image (DICOM)"))),
    (4, b"ftyp", Kind("mp4", _VIDEO)),
    (0, b"\x1a\x45\xdf\xa3", Kind("matroska", _VIDEO)),
    (8, b"AVI ", Kind("avi", _VIDEO)),
    (0, b"\x00\x00\x01\xba", Kind("mpeg", _VIDEO)),
    (0, b"FLV\x01", Kind("flv", _VIDEO)),
    (8, b"WAVE", Kind("wav", _SOUND)),
    (0, b"ID3", Kind("mp3", _SOUND)),
    (0, b"fLaC", Kind("flac", _SOUND)),
    (0, b"OggS", Kind("ogg", _SOUND)),
    (0, b"7z\xbc\xaf\x27\x1c", Kind("7z", _ARCHIVE)),
    (0, b"Rar!\x1a\x07", Kind("rar", _ARCHIVE)),
    (257, b"ustar", Kind("tar", _ARCHIVE)),
    (0, b"\x7fELF", Kind("elf", _PROGRAM)),
    (0, b"MZ", Kind("exe", _PROGRAM)),
    (0, b"age-encryption.org/", Kind("age", _SECRET)),
    (0, b"-----BEGIN PGP MESSAGE", Kind("pgp", _SECRET)),
    (0, b"Salted__", Kind("openssl", _SECRET)),
    (0, b"\x89HDF\r\n\x1a\n", Kind("hdf5", Text("HDF5 文件", "an HDF5 file"))),
    (0, b"CDF\x01", Kind("netcdf", Text("NetCDF 文件", "a NetCDF file"))),
    (0, b"CDF\x02", Kind("netcdf", Text("NetCDF 文件", "a NetCDF file"))),
    (0, b"GRIB", Kind("grib", Text("气象数据（GRIB）", "weather data (GRIB)"))),
    (0, b"BUFR", Kind("bufr", Text("气象数据（BUFR）", "weather data (BUFR)"))),
    (0, b"LASF", Kind("las", Text("激光点云（LAS）", "a lidar point cloud (LAS)"))),
    (0, b"# .PCD", Kind("pcd", Text("激光点云（PCD）", "a lidar point cloud (PCD)"))),
    (0, b"ply\n", Kind("ply", Text("点云（PLY）", "a point cloud (PLY)"))),
    (0, b"#ROSBAG V", Kind("rosbag", Text("车端录制数据（ROS bag）", "a vehicle recording (ROS bag)"))),
    (0, b"\x89MCAP0\r\n", Kind("mcap", Text("车端录制数据（MCAP）", "a vehicle recording (MCAP)"))),
    (0, b"MDF     ", Kind("mdf", Text("车载测量数据（MDF）", "vehicle measurement data (MDF)"))),
    (0, b"AC10", Kind("dwg", Text("CAD 图纸", "a CAD drawing"))),
    (0, b"  0\r\nSECTION", Kind("dxf", Text("CAD 图纸（DXF）", "a CAD drawing (DXF)"))),
    (0, b"  0\nSECTION", Kind("dxf", Text("CAD 图纸（DXF）", "a CAD drawing (DXF)"))),
    (0, b"0\nSECTION", Kind("dxf", Text("CAD 图纸（DXF）", "a CAD drawing (DXF)"))),
    (0, b"0\r\nSECTION", Kind("dxf", Text("CAD 图纸（DXF）", "a CAD drawing (DXF)"))),
    (0, b"AutoCAD Binary DXF", Kind("dxf", Text("CAD 图纸（DXF）", "a CAD drawing (DXF)"))),
    (0, b"solid ", Kind("stl", Text("三维模型（STL）", "a 3D model (STL)"))),
    (0, b"glTF", Kind("gltf", Text("三维模型（glTF）", "a 3D model (glTF)"))),
    (0, b"# PointCloud", Kind("pcd", Text("激光点云（PCD）", "a lidar point cloud (PCD)"))),
    (0, b"ply\r\n", Kind("ply", Text("点云（PLY）", "a point cloud (PLY)"))),
    (0, b"ASTM-E57", Kind("e57", Text("激光点云（E57）", "a lidar point cloud (E57)"))),
    (0, b"!BDN", Kind("pst", Text("邮箱文件（PST）", "a mailbox (PST)"))),
    (0, b"ISO-10303-21", Kind("step", Text("CAD 模型", "a CAD model"))),
    (0, b"{\\rtf", Kind("rtf", Text("RTF 文档", "an RTF document"))),
    (0, b"PGDMP", Kind("pgdump", Text("PostgreSQL 备份", "a PostgreSQL dump"))),
    (8, b"DUCK", DUCKDB),
)
_SHORT_TEXTUAL = {b"BM", b"MZ", b"ORC", b"ID3", b"GRIB", b"BUFR", b"LASF", b"PAR1", b"PARE", b"AC10", b"BZh"}
_DELIMITER_CONTROLS = b"\x01\x02\x1c\x1d\x1e\x1f"
_TEXT_CONTROLS = b"\t\n\x0b\x0c\r\x1a\x1b" + _DELIMITER_CONTROLS
_CONTROLS = bytes(set(range(32)) - set(_TEXT_CONTROLS))
_MARKUP = re.compile(rb"\s*<(\?xml|!doctype|!--|[a-z][a-z0-9:]*[\s>/])", re.IGNORECASE)
_HTML = re.compile(rb"<(!doctype html|html|table|head|body|meta)[\s>]", re.IGNORECASE)
_EXTENSIONS = {
    "csv": "csv", "tsv": "csv", "txt": "csv", "tab": "csv", "json": "json", "jsonl": "json", "ndjson": "json",
    "parquet": "parquet", "arrow": "arrow", "feather": "arrow", "orc": "orc", "avro": "avro", "xlsx": "xlsx",
    "xlsm": "xlsx", "xls": "xlsx", "xlsb": "xlsx", "ods": "xlsx", "db": "sqlite", "sqlite": "sqlite", "duckdb": "duckdb",
    "pdf": "pdf", "docx": "docx", "pptx": "pptx", "odt": "odt",
    "gz": "gzip", "zst": "zstd", "bz2": "bzip2", "xz": "xz", "zip": "zip",
}  # fmt: skip


def kind_of(head: bytes) -> Kind | None:
    """The kind a signature names, or None for what may be text."""
    for offset, magic, kind in _MAGIC:
        if head.startswith(magic, offset) and not (magic in _SHORT_TEXTUAL and _is_plain(head)):
            return kind
    return None


def text_kind(head: bytes) -> Kind | None:
    """XML, HTML or binary, where the head is not text that a table reader may try; else None."""
    body = head.removeprefix(b"\xef\xbb\xbf")
    if _MARKUP.match(body):
        return HTML if _HTML.search(body[:4096]) else XML
    return BINARY if is_binary(head) else None


def is_binary(head: bytes) -> bool:
    """Whether control characters say that this is no text in any single- or multi-byte encoding but UTF-16/32."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > max(1, len(head) // 500)


def lies(name: str, kind: Kind) -> bool:
    """Whether the extension promises another format than the content is."""
    promised = _EXTENSIONS.get(PurePath(name).suffix.lower().lstrip("."))
    found = {"text": "csv", "log": "csv", "fixed": "csv", "xls": "xlsx", "xlsb": "xlsx", "ods": "xlsx"}.get(
        kind.id, kind.id
    )
    return promised is not None and promised != found


def _is_plain(head: bytes) -> bool:
    """Whether a short signature is more likely the first word of a text."""
    return b"\n" in head and not is_binary(head) and all(byte >= 9 for byte in head[:64])
