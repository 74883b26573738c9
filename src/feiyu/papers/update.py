"""What an update of a PDF adds: whether it is proofs alone, and changes nothing that a reader shows.

An archive of signatures (PAdES-LTA) goes on after the last signature: a store of certificates and revocation lists (``/DSS``), and a
time stamp over the whole document. The signer signed neither, so all else must be as the signer left it. Two versions of the
file are read, up to the last signature and whole, and each object of the first is compared with that of the second.

Rules this module keeps:
 * each object that was there is the same, but for what a proof needs: the catalogue may get ``/DSS``, ``/Extensions`` and fields, a page
   and a list of fields may get time stamps behind what they have;
 * a time stamp's field is new, shows nothing (its rectangle has no area) and does nothing;
 * no object of the update lies in an object stream, and no number that was there is written anew but where it is allowed to change,
   so that a reader that looks for objects by itself finds no others;
 * what is not understood refuses the file. It is read in the child's process, with its limits.

Sources: ETSI EN 319 142-1 sections 5.4 and 5.5; ISO 32000-2 sections 7.5.6 and 12.7; "Shadow Attacks" (NDSS 2021).
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from feiyu.papers.office import Refused

OBJECTS_MAX = 200_000
DEPTH_MAX = 50
_WRITTEN = re.compile(rb"(?<![0-9])([0-9]{1,10})[\s\0]+[0-9]{1,5}[\s\0]+obj(?![A-Za-z0-9])")
_HIDING = (b"/ObjStm", b"/XRefStm", b"/Encrypt")
_OF_ROOT = {"/DSS", "/Extensions", "/AcroForm"}
_OF_FORM = {"/Fields", "/SigFlags"}
_OF_FIELD = {"/Type", "/Subtype", "/FT", "/T", "/V", "/F", "/Rect", "/P", "/AP"}
_SIGNATURE_FLAGS = {0, 1, 2, 3}
_REF = "ref"
Plain = Any
"""An object of a PDF as dictionaries, lists, strings and numbers."""


def only_proofs(content: bytes, end: int) -> None:
    """Raise where what stands behind ``end`` is more than proofs."""
    from pypdf.errors import PyPdfError

    try:
        _Update(content, end).check()
    except (
        PyPdfError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
        ArithmeticError,
        RecursionError,
    ) as bad:
        raise _no("无法读取", f"it cannot be read ({type(bad).__name__})") from None


def _no(zh: str, en: str) -> Refused:
    return Refused("changed", "-", zh, en)


class _Update:
    def __init__(self, content: bytes, end: int) -> None:
        from pypdf import PdfReader

        self._region = content[end:]
        self._old = PdfReader(BytesIO(content[:end]), strict=True)
        self._new = PdfReader(BytesIO(content), strict=True)
        self._before = _numbers(self._old)
        self._changed: set[int] = set()

    def check(self) -> None:
        """All rules."""
        if any(one in self._region for one in _HIDING) or self._old.is_encrypted or self._new.is_encrypted:
            raise _no("含有此处不予读取的结构", "it has structures that are not read here")
        if self._new.xref_objStm != self._old.xref_objStm:
            raise _no("改写了压缩对象", "it exchanges compressed objects")
        if len(self._before) > OBJECTS_MAX or any(
            one for reader in (self._old, self._new) for one in reader.xref
        ):
            raise _no("对象过多，或使用了世代号", "there are too many objects, or some of later generations")
        old, new = ({name: _plain(one) for name, one in r.trailer.items()} for r in (self._old, self._new))
        if any(old.get(name) != new.get(name) for name in ("/Root", "/Info", "/ID")):
            raise _no("改换了目录或文档信息", "it exchanges the catalogue or the document's information")
        for number in sorted(self._before):
            self._compare(number)
        written = {int(found[1]) for found in _WRITTEN.finditer(self._region)}
        if again := (written & self._before) - self._changed:
            raise _no(f"重写了对象 {min(again)}", f"it writes object {min(again)} anew")

    def _compare(self, number: int) -> None:
        before, after = self._old.get_object(number), self._new.get_object(number)
        was, now = _plain(before), _plain(after)
        if was == now:
            return None
        self._changed.add(number)
        if isinstance(was, dict) and isinstance(now, dict) and was.get("/Type") == now.get("/Type"):
            if number == self._old.trailer.raw_get("/Root").idnum:
                return self._root(was, now)
            if was.get("/Type") == "/Page":
                return self._same_but(number, was, now, {"/Annots"})
            if "/Fields" in was:
                return self._form(number, was, now)
        elif isinstance(was, list) and isinstance(now, list):
            return self._behind(number, was, now)
        raise _no(f"改动了对象 {number}", f"it changes object {number}")

    def _root(self, was: dict[str, Plain], now: dict[str, Plain]) -> None:
        number = self._old.trailer.raw_get("/Root").idnum
        if {k: v for k, v in was.items() if k not in _OF_ROOT} != {
            k: v for k, v in now.items() if k not in _OF_ROOT
        }:
            raise _no("改动了文档目录", "it changes the document's catalogue")
        form_was, form_now = was.get("/AcroForm", {}), now.get("/AcroForm", {})
        if form_was == form_now:
            return None
        if isinstance(form_was, dict) and isinstance(form_now, dict):
            return self._form(number, form_was, form_now)
        if not form_was and (fresh := self._fresh(form_now)):
            return self._form(fresh, {}, _plain(self._new.get_object(fresh)))
        raise _no("改换了表单", "it exchanges the form")

    def _form(self, number: int, was: dict[str, Plain], now: dict[str, Plain]) -> None:
        if now.get("/SigFlags", 0) not in _SIGNATURE_FLAGS:
            raise _no("改动了表单", "it changes the form")
        self._same_but(
            number,
            {k: v for k, v in was.items() if k != "/SigFlags"},
            {k: v for k, v in now.items() if k != "/SigFlags"},
            {"/Fields"},
        )

    def _same_but(self, number: int, was: dict[str, Plain], now: dict[str, Plain], lists: set[str]) -> None:
        """The same, but for lists that got time stamps behind what they had."""
        if any(was.get(name) != now.get(name) for name in (was.keys() | now.keys()) - lists):
            raise _no(f"改动了对象 {number}", f"it changes object {number}")
        for name in lists:
            before, after = was.get(name, []), now.get(name, [])
            if before == after:
                continue
            if fresh := self._fresh(after):
                after = _plain(self._new.get_object(fresh))
            if lies := _ref(before):
                before = _plain(self._old.get_object(lies))
            if not isinstance(before, list) or not isinstance(after, list):
                raise _no(f"改动了对象 {number}", f"it changes object {number}")
            self._behind(number, before, after)

    def _behind(self, number: int, was: list[Plain], now: list[Plain]) -> None:
        if now[: len(was)] != was:
            raise _no(f"改动了对象 {number}", f"it changes object {number}")
        for one in now[len(was) :]:
            fresh = self._fresh(one)
            if not fresh or not self._is_stamp(fresh):
                raise _no("增加了时间戳以外的内容", "it adds what is no time stamp")

    def _fresh(self, one: Plain) -> int:
        """The number of what is referred to, if it was not there before; else 0."""
        number = _ref(one)
        return 0 if number in self._before else number

    def _is_stamp(self, number: int) -> bool:
        """Whether an object is the field of a time stamp that shows nothing."""
        field = _plain(self._new.get_object(number))
        if not isinstance(field, dict) or field.keys() - _OF_FIELD or field.get("/FT") != "/Sig":
            return False
        value, place = self._fresh(field.get("/V")), field.get("/Rect", [0, 0, 0, 0])
        if not value:
            return False
        of = _plain(self._new.get_object(value))
        empty = isinstance(place, list) and len(place) == 4 and (place[0] == place[2] or place[1] == place[3])
        return (
            empty
            and isinstance(of, dict)
            and (of.get("/Type"), of.get("/SubFilter")) == ("/DocTimeStamp", "/ETSI.RFC3161")
        )


def _numbers(reader: Any) -> set[int]:
    """The numbers of all objects of a file."""
    plain: Iterator[int] = (number for part in reader.xref.values() for number in part)
    return {number for number in (*plain, *reader.xref_objStm) if number}


def _plain(one: Any, depth: int = 0) -> Plain:
    """An object as values that can be compared; what it refers to by its number alone, a stream with its bytes as they stand."""
    from pypdf.generic import (
        ArrayObject,
        DictionaryObject,
        IndirectObject,
        NameObject,
        NullObject,
        StreamObject,
    )

    if depth > DEPTH_MAX:
        raise _no("嵌套过深", "it is nested too deep")
    if isinstance(one, IndirectObject):
        return (_REF, one.idnum, one.generation)
    if isinstance(one, DictionaryObject):
        found = {str(name): _plain(one.raw_get(name), depth + 1) for name in one}
        return (found, bytes(one._data)) if isinstance(one, StreamObject) else found  # noqa: SLF001 - not decoded
    if isinstance(one, ArrayObject):
        return [_plain(list.__getitem__(one, at), depth + 1) for at in range(len(one))]
    if isinstance(one, NullObject):
        return None
    if isinstance(one, NameObject):
        return str(one)
    if isinstance(one, int | float) and not isinstance(one, bool):
        return float(one)
    return (type(one).__name__, bytes(one) if isinstance(one, bytes) else str(one))


def _ref(one: Plain) -> int:
    """The number of what is referred to; 0, which is no object's, where nothing is."""
    return int(one[1]) if isinstance(one, tuple) and one[0] == _REF else 0
