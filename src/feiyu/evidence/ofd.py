"""The seals in an OFD: what each is over, by the files of the package and their bytes alone.

The question is whose seal stands over *these files*; what they draw is not looked at. So that nothing can be added, taken away or
exchanged behind a seal, each must name every file there is.

Rules this module keeps:
 * the package is one ZIP within limits, not encrypted, no name in it twice, its files one behind the other from the first byte on: nobody who
   reads it from its beginning sees others than who reads it from its end;
 * a document type in its XML is refused, so no entity is expanded;
 * every seal of every list is read; it names each file of the package with its SM3 once, and each is as it was when it was sealed;
 * nobody seals the list of seals, nor what a seal brings along in its own folder (description, value, picture): of those, what no list names
   is refused.

Sources: GB/T 33190-2016 clauses 7.4 (the package and its root) and 18 (signatures: list, description, protected files).
"""

import base64
import binascii
import io
import posixpath
import struct
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.parsers import expat

from feiyu.evidence.errors import BadOfd, SealedFileDiffers, because
from feiyu.evidence.tree import SM3

PARTS_MAX = 2_000
SUM_MAX = 128 << 20
RATIO_MAX, RATIO_FROM = 250, 1 << 20
XML_MAX, ELEMENTS_MAX = 4 << 20, 20_000
SEALS_MAX = 50
_SM3 = frozenset({"SM3", "1.2.156.10197.1.401"})
_UNREADABLE = (zipfile.BadZipFile, OSError, EOFError, ValueError, NotImplementedError, RuntimeError)


@dataclass(frozen=True, slots=True)
class Inside:
    """One seal: where its description stands, that description as it is, and its value (an SES_Signature)."""

    place: str
    description: bytes
    value: bytes


def seals(file: bytes) -> list[Inside]:
    """The seals of an OFD in the order of its lists, each over all of the package; raises by name where one is not."""
    package = _Package(file)
    lists = [package.resolve("OFD.xml", one) for one in _texts(package.xml("OFD.xml"), "Signatures")]
    places = [place for one in lists for place in _listed(package, one)]
    if not places:
        raise because(BadOfd, "其中没有签章", "there is no seal in it")
    if len(places) > SEALS_MAX or len(set(places)) < len(places):
        raise because(
            BadOfd,
            f"签章超过 {SEALS_MAX} 个，或重复列出",
            f"over {SEALS_MAX} seals, or one that is listed twice",
        )
    found = [_Seal(package, place) for place in places]
    unsealed = {*lists, *(name for one in found for name in one.own)}
    for one in found:
        one.demand(package, unsealed)
    return [Inside(one.place, package.read(one.place), package.read(one.value)) for one in found]


class _Package:
    """The files of the ZIP by their names within it, without the leading slash."""

    def __init__(self, file: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(file))
        except _UNREADABLE:
            raise because(BadOfd, "压缩结构损坏", "its archive is damaged") from None
        parts = [one for one in self._archive.infolist() if not one.is_dir()]
        self._parts = {one.filename.removeprefix("/"): one for one in parts}
        self._digests: dict[str, bytes] = {}
        same = len(parts) - len({name.casefold() for name in self._parts})
        if same or len(parts) > PARTS_MAX:
            raise because(
                BadOfd,
                f"重名文件，或文件超过 {PARTS_MAX} 个",
                f"a name stands twice, or over {PARTS_MAX} files",
            )
        for one in parts:
            ratio = one.file_size / max(1, one.compress_size)
            if one.flag_bits & 1 or (one.file_size > RATIO_FROM and ratio > RATIO_MAX):
                raise _of(one.filename, "已加密，或解压后过大", "encrypted, or it unpacks to too much")
        if sum(one.file_size for one in parts) > SUM_MAX:
            raise because(BadOfd, "解压总量过大", "it unpacks to too much in all")
        if not _in_a_row(file, self._archive):
            raise because(
                BadOfd, "压缩包内夹有其他字节", "bytes stand between or before the files of its archive"
            )

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self._parts)

    def read(self, name: str, most: int = SUM_MAX) -> bytes:
        part = self._parts.get(name)
        if part is None:
            raise _of(name, "包内没有该文件", "it is not in the package")
        if part.file_size > most:
            raise _of(name, f"超过 {most} 字节", f"over {most} bytes")
        try:
            with self._archive.open(part) as stream:
                data = stream.read(part.file_size + 1)
        except _UNREADABLE:
            raise _of(name, "文件损坏", "it is damaged") from None
        if len(data) != part.file_size:
            raise _of(name, "大小与所述不符", "it is not of the size that it says")
        return data

    def digest(self, name: str) -> bytes:
        """Each file is hashed once, however many seals are over it."""
        if name not in self._digests:
            self._digests[name] = SM3.hash(self.read(name))
        return self._digests[name]

    def resolve(self, at: str, location: str) -> str:
        """A location as the file ``at`` writes it: from the package's root, or from its own folder."""
        name = posixpath.normpath(posixpath.join("/", posixpath.dirname(at), location.strip()))[1:]
        if name not in self._parts:
            raise _of(location[:200], "包内没有该文件", "it is not in the package")
        return name

    def xml(self, name: str) -> list["_Element"]:
        """All elements of a part in their order, with text and the names they stand in."""
        found: list[_Element] = []
        open_: list[_Element] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            one = _Element(tag.rpartition(" ")[2], attributes, [])
            open_.append(one)
            found.append(one)
            if len(found) > ELEMENTS_MAX:
                raise _of(name, f"超过 {ELEMENTS_MAX} 个元素", f"over {ELEMENTS_MAX} elements")

        def end(_: str) -> None:
            open_.pop()

        def words(text: str) -> None:
            if open_:
                open_[-1].words.append(text)

        def declared(*_: object) -> None:
            raise _of(
                name, "含文档类型声明（可能用于实体扩展）", "it declares a document type, as entity bombs do"
            )

        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, words
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = declared
        try:
            parser.Parse(self.read(name, XML_MAX), True)
        except expat.ExpatError:
            raise _of(name, "XML 损坏", "its XML is damaged") from None
        return found


_LOCAL, _DESCRIBED, _DESCRIPTORS = struct.Struct("<26xHH"), 1 << 3, (12, 16, 20, 24)


def _in_a_row(file: bytes, archive: zipfile.ZipFile) -> bool:
    """Whether the files stand one behind the other from the first byte to the directory, which ends the archive."""
    end, described = 0, False
    for at, part in sorted(
        ((one.header_offset, one) for one in archive.infolist()), key=lambda pair: pair[0]
    ):
        apart = at != end and not (described and at - end in _DESCRIPTORS)
        if apart or at + _LOCAL.size > len(file):
            return False
        name, extra = _LOCAL.unpack_from(file, at)
        end, described = (
            at + _LOCAL.size + name + extra + part.compress_size,
            bool(part.flag_bits & _DESCRIBED),
        )
    gap = archive.start_dir - end
    return not archive.comment and (gap == 0 or (described and gap in _DESCRIPTORS))


@dataclass(frozen=True, slots=True)
class _Element:
    """An element by its local name."""

    tag: str
    attributes: dict[str, str]
    words: list[str]

    @property
    def text(self) -> str:
        return "".join(self.words).strip()


def _texts(elements: Sequence[_Element], tag: str) -> list[str]:
    return [one.text for one in elements if one.tag == tag and one.text]


def _listed(package: _Package, name: str) -> Iterator[str]:
    """Where the seals of a list are described."""
    for one in package.xml(name):
        if one.tag != "Signature":
            continue
        if one.attributes.get("Type", "Seal") != "Seal":
            raise _of(name, "其中的数字签名不是签章", "it lists a signature that is no seal")
        yield package.resolve(name, one.attributes.get("BaseLoc", ""))


class _Seal:
    """The description of one seal: its value, its picture, and the digests of what it is over."""

    def __init__(self, package: _Package, place: str) -> None:
        self.place = place
        elements = package.xml(place)
        values = _texts(elements, "SignedValue")
        beside = posixpath.join(posixpath.dirname(place), "SignedValue.dat")
        self.value = (
            package.resolve(place, values[0]) if len(values) == 1 else package.resolve(place, f"/{beside}")
        )
        pictures = [package.resolve(place, one) for one in _texts(elements, "BaseLoc")]
        self.own = {place, self.value, *pictures}
        if {posixpath.dirname(one) for one in self.own} != {posixpath.dirname(place)}:
            raise _of(
                place,
                "签章的文件不在其自己的文件夹内",
                "what the seal brings along lies outside of its folder",
            )
        methods = [one.attributes.get("CheckMethod", "") for one in elements if one.tag == "References"]
        if len(methods) != 1 or methods[0] not in _SM3:
            raise _of(place, "摘要算法不是 SM3", "a hash other than SM3")
        self.told = dict(self._references(package, elements))

    def _references(self, package: _Package, elements: Sequence[_Element]) -> Iterator[tuple[str, bytes]]:
        seen = set[str]()
        for one, value in pairwise(elements):
            if one.tag != "Reference":
                continue
            name = package.resolve(self.place, one.attributes.get("FileRef", ""))
            if name in seen or value.tag != "CheckValue":
                raise _of(name, "摘要缺失或重复", "its digest is missing, or told twice")
            seen.add(name)
            try:
                yield name, base64.b64decode(value.text, validate=True)
            except binascii.Error:
                raise _of(name, "摘要不是 Base64", "its digest is no Base64") from None

    def demand(self, package: _Package, unsealed: set[str]) -> None:
        """Raise where a file is not as it was sealed, or is one that the seal leaves out."""
        left = sorted(package.names - unsealed - set(self.told))
        if left:
            raise SealedFileDiffers(name=left[0], seal=self.place)
        for name, digest in self.told.items():
            if package.digest(name) != digest:
                raise SealedFileDiffers(name=name, seal=self.place)


def _of(name: str, zh: str, en: str) -> BadOfd:
    return because(BadOfd, f"{name[:200]}：{zh}", f"{name[:200]}: {en}")
