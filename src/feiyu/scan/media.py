"""What a file that no table reader understands says about itself: sizes, frames, points, positions, the persons named in its header.

Rules this module keeps:
 * only headers are read, a mebibyte or two at most; a header that lies gives fewer facts, never an error;
 * facts are values like others: they go through the same detection, so that a position in a photograph is a location.

Sources: ITU-T T.81 and JEITA CP-3451 (JPEG, Exif 2.3); ISO/IEC 15948 (PNG); ISO/IEC 14496-12 (boxes); ASPRS LAS 1.4; the headers of PCD and
PLY; DICOM PS3.5 and PS3.10; Microsoft RIFF.
"""

import re
import struct
from collections.abc import Callable, Iterator
from typing import Any

HEAD = 1 << 21
Facts = dict[str, str]


def facts(kind: str, head: bytes, tail: bytes = b"") -> Facts:
    """What the header says, for a kind of ``sniff``."""
    reader = READERS.get(kind)
    if reader is None:
        return {}
    try:
        return {name: value for name, value in reader(head, tail).items() if value}
    except (struct.error, IndexError, ValueError, KeyError, UnicodeError, OverflowError, ZeroDivisionError):
        return {}


def _jpeg(head: bytes, _: bytes) -> Facts:
    out: Facts = {}
    at = 2
    while at + 4 <= len(head) and head[at] == 0xFF:
        marker, size = head[at + 1], struct.unpack_from(">H", head, at + 2)[0]
        body = head[at + 4 : at + 2 + size]
        if marker == 0xE1 and body.startswith(b"Exif\0\0"):
            out |= exif(body[6:])
        elif 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack_from(">HH", body, 1)
            return out | {"width": str(width), "height": str(height)}
        elif marker == 0xDA or size < 2:
            break
        at += 2 + size
    return out


def _png(head: bytes, _: bytes) -> Facts:
    width, height = struct.unpack_from(">II", head, 16)
    out = {"width": str(width), "height": str(height)}
    at = 8
    while at + 12 <= len(head):
        size, name = struct.unpack_from(">I4s", head, at)
        if name == b"eXIf":
            out |= exif(head[at + 8 : at + 8 + size])
        if name in (b"IDAT", b"IEND"):
            break
        at += 12 + size
    return out


def _tiff(head: bytes, _: bytes) -> Facts:
    return exif(head)


def _heif(head: bytes, _: bytes) -> Facts:
    at = head.find(b"Exif\0\0")
    return exif(head[at + 6 :]) if at >= 0 else {}


_TAGS = {0x0100: "width", 0x0101: "height", 0x010F: "camera_make", 0x0110: "camera_model", 0x0132: "captured_at", 0x013B: "author",
         0x9003: "captured_at", 0xA430: "camera_owner", 0xA431: "camera_serial_no"}  # fmt: skip
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 7: 1, 9: 4, 10: 8}


def exif(data: bytes) -> Facts:
    """The tags of a TIFF structure that tell camera, time, owner and position."""
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None:
        return {}
    out: Facts = {}
    gps: dict[int, Any] = {}
    todo = [(struct.unpack_from(order + "I", data, 4)[0], False)]
    for _ in range(8):
        if not todo:
            break
        at, is_gps = todo.pop()
        for tag, value in _entries(data, at, order):
            if is_gps:
                gps[tag] = value
            elif tag in (0x8769, 0x8825) and isinstance(value, int):
                todo.append((value, tag == 0x8825))
            elif tag in _TAGS:
                out[_TAGS[tag]] = str(value)
    return out | _position(gps)


def _entries(data: bytes, at: int, order: str) -> Iterator[tuple[int, Any]]:
    count = struct.unpack_from(order + "H", data, at)[0]
    for i in range(min(count, 256)):
        tag, kind, number = struct.unpack_from(order + "HHI", data, at + 2 + 12 * i)
        size = _SIZES.get(kind, 0) * number
        if not 0 < size <= 4096:
            continue
        place = at + 10 + 12 * i
        if size > 4:
            place = struct.unpack_from(order + "I", data, place)[0]
        raw = data[place : place + size]
        if kind == 2:
            yield tag, raw.split(b"\0")[0].decode("utf-8", "replace").strip()
        elif kind in (3, 4, 9):
            yield tag, struct.unpack_from(order + {3: "H", 4: "I", 9: "i"}[kind], raw)[0]
        elif kind in (5, 10):
            parts = struct.unpack_from(order + "II" * number, raw)
            yield tag, [a / b if b else 0.0 for a, b in zip(parts[::2], parts[1::2], strict=True)]


def _position(gps: dict[int, Any]) -> Facts:
    out: Facts = {}
    for name, side, place in (("latitude", 1, 2), ("longitude", 3, 4)):
        value = gps.get(place)
        if isinstance(value, list) and len(value) == 3:
            degrees = value[0] + value[1] / 60 + value[2] / 3600
            out[name] = f"{-degrees if str(gps.get(side)) in 'SW' else degrees:.6f}"
    return out


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    at = start
    for _ in range(512):
        if at + 8 > min(end, len(data)):
            return
        size, name = struct.unpack_from(">I4s", data, at)
        body = at + 8
        if size == 1:
            size, body = struct.unpack_from(">Q", data, at + 8)[0], at + 16
        stop = end if size == 0 else at + size
        if size and size < 8:
            return
        yield name, body, min(stop, len(data))
        at = stop


def _mp4(head: bytes, tail: bytes) -> Facts:
    data = head if b"moov" in head else tail[max(0, tail.find(b"moov") - 4) :]
    out: Facts = {}
    _mp4_level(data, 0, len(data), out, 0)
    place = re.search(rb"([+-][0-9]{2}\.[0-9]{3,})([+-][0-9]{3}\.[0-9]{3,})", data)
    if place:
        out |= {"latitude": place[1].decode().lstrip("+"), "longitude": place[2].decode().lstrip("+")}
    return out


def _mp4_level(data: bytes, start: int, end: int, out: Facts, depth: int) -> None:
    for name, body, stop in _boxes(data, start, end):
        if name in (b"moov", b"trak", b"mdia", b"minf", b"stbl") and depth < 6:
            _mp4_level(data, body, stop, out, depth + 1)
        elif name == b"mvhd":
            long = data[body] == 1
            scale, length = struct.unpack_from(">IQ" if long else ">II", data, body + (20 if long else 12))
            out["duration_s"] = f"{length / scale:.1f}"
        elif name == b"tkhd" and stop - body >= 84:
            width, height = struct.unpack_from(">II", data, stop - 8)
            if width:
                out |= {"width": str(width >> 16), "height": str(height >> 16)}
        elif name == b"stsz" and "frames" not in out:
            out["frames"] = str(struct.unpack_from(">I", data, body + 8)[0])


def _avi(head: bytes, _: bytes) -> Facts:
    at = head.find(b"avih")
    micro, frames, width, height = (struct.unpack_from("<I", head, at + 8 + k)[0] for k in (0, 16, 32, 36))
    return {
        "frames": str(frames),
        "width": str(width),
        "height": str(height),
        "duration_s": f"{micro * frames / 1e6:.1f}",
    }


def _gif(head: bytes, _: bytes) -> Facts:
    width, height = struct.unpack_from("<HH", head, 6)
    return {"width": str(width), "height": str(height), "frames": str(head.count(b"\x21\xf9\x04"))}


def _bmp(head: bytes, _: bytes) -> Facts:
    width, height = struct.unpack_from("<ii", head, 18)
    return {"width": str(width), "height": str(abs(height))}


def _las(head: bytes, _: bytes) -> Facts:
    major, minor = head[24], head[25]
    day, year = struct.unpack_from("<HH", head, 90)
    count = struct.unpack_from("<I", head, 107)[0]
    if (major, minor) >= (1, 4):
        count = struct.unpack_from("<Q", head, 247)[0] or count
    most_x, least_x, most_y, least_y = struct.unpack_from("<4d", head, 179)
    return {
        "version": f"{major}.{minor}", "points": str(count), "day_of_year": f"{year}-{day:03d}" if year else "",
        "x_min": f"{least_x:.4f}", "x_max": f"{most_x:.4f}", "y_min": f"{least_y:.4f}", "y_max": f"{most_y:.4f}",
    }  # fmt: skip


def _pcd(head: bytes, _: bytes) -> Facts:
    found = dict(re.findall(rb"(?m)^(POINTS|WIDTH|HEIGHT|FIELDS|DATA) ([^\n]{1,200})", head[:4096]))
    return {name.decode().lower(): value.decode("ascii", "replace").strip() for name, value in found.items()}


def _ply(head: bytes, _: bytes) -> Facts:
    found = re.search(rb"element vertex ([0-9]{1,18})", head[:4096])
    return {"points": found[1].decode()} if found else {}


_DICOM = {
    (0x0008, 0x0020): "study_date", (0x0008, 0x0060): "modality", (0x0008, 0x0080): "institution", (0x0008, 0x0090): "physician_name",
    (0x0010, 0x0010): "patient_name", (0x0010, 0x0020): "patient_id", (0x0010, 0x0030): "birth_date", (0x0010, 0x0040): "sex",
    (0x0010, 0x1010): "patient_age", (0x0028, 0x0008): "frames", (0x0028, 0x0010): "height", (0x0028, 0x0011): "width",
}  # fmt: skip
_LONG = (b"OB", b"OW", b"OF", b"SQ", b"UT", b"UN", b"OD", b"OL", b"UC", b"UR")


def _dicom(head: bytes, _: bytes) -> Facts:
    out: Facts = {}
    at = 132
    for _i in range(2000):
        if at + 8 > len(head):
            break
        group, element, kind = struct.unpack_from("<HH2s", head, at)
        if not kind.isalpha() or group > 0x0028:
            break
        if kind in _LONG:
            size, at = struct.unpack_from("<I", head, at + 8)[0], at + 12
        else:
            size, at = struct.unpack_from("<H", head, at + 6)[0], at + 8
        if size == 0xFFFFFFFF:
            break
        name = _DICOM.get((group, element))
        if name:
            raw = head[at : at + size]
            out[name] = (
                str(struct.unpack("<H", raw)[0])
                if kind == b"US"
                else raw.decode("utf-8", "replace").strip(" \0")
            )
        at += size
    return out


READERS: dict[str, Callable[[bytes, bytes], Facts]] = {
    "jpeg": _jpeg, "png": _png, "tiff": _tiff, "heif": _heif, "mp4": _mp4, "avi": _avi, "gif": _gif, "bmp": _bmp, "las": _las, "pcd": _pcd,
    "ply": _ply, "dicom": _dicom,
}  # fmt: skip
