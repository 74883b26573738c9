"""Signatures inside a PDF: which there are, over which bytes, and whether the last one is over the whole file.

A signature in a PDF (``adbe.pkcs7.detached``, ``ETSI.CAdES.detached``) is a detached CMS that stands as a string of hexadecimal
digits in the file itself. Its ``/ByteRange`` names the bytes before and after that string, and those are what it signs. A
second signer appends to the file and signs all of it, the first signature included. So no parser of PDF is needed to say who
signed these bytes: the file is the signed bytes, the string, and nothing else. What a reader shows follows from them.

Rules this module keeps:
 * what is signed begins with the file's first byte and leaves out one string alone, which is the value of ``/Contents`` and
   holds a CMS and zeros behind it;
 * the last signature, or a time stamp over the whole document behind it, reaches the file's last byte; bytes behind it, which
   anybody may have appended, refuse the file by name;
 * every signature must hold; one of a kind that is not read here refuses the file;
 * a time stamp over the whole document is no signature; whoever takes one behind the last signature sees to what else stands between them;
 * size and number have limits, and the work is a few passes over the bytes for each signature.

Sources: ISO 32000-2 section 12.8.1 (ByteRange) and 12.8.3.3; ETSI EN 319 142-1 sections 4 and 5; the attacks of
pdf-insecurity.org (incremental saving, signature wrapping, universal forgery).
"""

import re
from dataclasses import dataclass
from itertools import pairwise

from feiyu.base.said import said
from feiyu.evidence import ber
from feiyu.evidence.errors import BadSignedPdf, BadTimeStamp, PdfGoesOn, because

MAX_SIGNATURES = 16
MAX_CONTENTS = 2 << 20
SUBFILTERS = (b"adbe.pkcs7.detached", b"ETSI.CAdES.detached")
STAMP = b"ETSI.RFC3161"
_RANGE = re.compile(rb"/ByteRange\s{0,8}\[([0-9\s]{0,80})\]")
_CONTENTS = re.compile(rb"/Contents\s{0,8}$")
_SUBFILTER = re.compile(rb"/SubFilter\s{0,8}/([A-Za-z0-9.#_-]{1,64})")
_HEX = re.compile(rb"(?:[0-9A-Fa-f]{2})+")
_DICTIONARY = 8192
"""How far before and behind its string a signature's dictionary is looked for."""


@dataclass(frozen=True, slots=True)
class Inside:
    """One signature or time stamp: the CMS, and where the string that holds it begins and ends; it is over all up to ``end``."""

    cms: bytes
    gap: tuple[int, int]
    end: int
    is_stamp: bool = False

    def signed(self, file: bytes) -> bytes:
        """The bytes that it signs."""
        return file[: self.gap[0]] + file[self.gap[1] : self.end]


def signatures(file: bytes) -> list[Inside]:
    """The signatures and time stamps in the order in which they were made, the last over the whole file.

    Raises:
        BadSignedPdf: there is no signature, or one that cannot be what the rules above ask for.
        PdfGoesOn: bytes follow what the last is over.
    """
    if not file.startswith(b"%PDF-"):
        raise _bad("不是 PDF 文件", "it is no PDF")
    ranges = sorted((_range(found[1]) for found in _RANGE.finditer(file)), key=lambda one: one[1])
    if len(ranges) != file.count(b"/ByteRange"):
        raise _bad("某个 ByteRange 无法读取", "a ByteRange cannot be read")
    if not 0 < len(ranges) <= MAX_SIGNATURES:
        raise _bad(
            f"含 {len(ranges)} 个签名，须为 1 至 {MAX_SIGNATURES} 个",
            f"{len(ranges)} signatures, 1 to {MAX_SIGNATURES} are wanted",
        )
    if any(earlier[1] > later[0][0] for earlier, later in pairwise(ranges)):
        raise _bad("各签名所签范围互相交错", "what the signatures sign is interlaced")
    found = [_inside(file, gap, end) for gap, end in ranges]
    if all(one.is_stamp for one in found):
        raise _bad("只有时间戳，没有签名", "there are time stamps and no signature")
    if found[-1].end != len(file):
        raise PdfGoesOn(signed=found[-1].end, size=len(file), more=len(file) - found[-1].end)
    return found


def _range(text: bytes) -> tuple[tuple[int, int], int]:
    """The gap and the end that a ``/ByteRange`` names."""
    numbers = [int(one) for one in text.split()]
    if len(numbers) != 4:
        raise _bad("ByteRange 不是四个数", "a ByteRange is not four numbers")
    first, size, second, rest = numbers
    if first != 0 or not 0 < size < second:
        raise _bad("所签范围不自文件第一个字节起", "what is signed does not begin with the file's first byte")
    return (size, second), second + rest


def _inside(file: bytes, gap: tuple[int, int], end: int) -> Inside:
    """The signature or time stamp in a gap."""
    begin, behind = gap
    if end > len(file) or behind - begin > 2 * MAX_CONTENTS:
        raise _bad(
            "所签范围超出文件，或签名过大",
            "what is signed reaches beyond the file, or the signature is too big",
        )
    string = file[begin:behind]
    if string[:1] != b"<" or string[-1:] != b">" or not _HEX.fullmatch(string[1:-1]):
        raise _bad("所签范围略过的不只是签名本身", "more is left out than the signature itself")
    before = file[max(0, begin - _DICTIONARY) : begin]
    if not _CONTENTS.search(before[-32:]):
        raise _bad("所签范围略过的不是签名的 Contents", "what is left out is not the signature's Contents")
    kind = _kind(
        before.rpartition(b"obj")[2] + file[behind : min(end, behind + _DICTIONARY)].partition(b"endobj")[0]
    )
    if kind not in (*SUBFILTERS, STAMP):
        told = kind.decode("ascii")
        raise _bad(f"不支持此种签名：{told}", f"a kind of signature that is not read here: {told}")
    return Inside(_unpadded(bytes.fromhex(string[1:-1].decode("ascii"))), gap, end, kind == STAMP)


def _kind(dictionary: bytes) -> bytes:
    kinds = {found[1] for found in _SUBFILTER.finditer(dictionary)}
    if len(kinds) != 1:
        raise _bad("签名字典未注明唯一的 SubFilter", "a signature's dictionary does not name one SubFilter")
    return kinds.pop()


def _unpadded(string: bytes) -> bytes:
    """The one value that a string begins with; behind it are zeros."""
    try:
        _, end = ber.definite(string)
    except BadTimeStamp as bad:
        why = said(bad)
        raise _bad(f"签名不是 DER 编码（{why.zh}）", f"the signature is no DER: {why.en}") from None
    if string[end:].strip(b"\0"):
        raise _bad("签名之后尚有其他内容", "something follows the signature in its string")
    return string[:end]


def _bad(zh: str, en: str) -> BadSignedPdf:
    return because(BadSignedPdf, zh, en)
