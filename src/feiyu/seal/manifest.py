"""The manifest of a transfer: what crossed, under which grant, to whom, in which segments, vouched for by the edge.

Rules this module keeps:
 * the bytes that were signed are kept verbatim; nobody serialises a manifest again to verify it;
 * reading is strict: unknown or missing names, wrong types, and every limit are refused, naming the field;
 * a manifest that contradicts itself is refused: sizes follow from the plaintext's size (the packed one, where it is packed)
   and the cut, segment numbers run without gap, and the ciphertext root is the root over the segments' roots;
 * it holds no plaintext hash and no key: those are wrapped (``wrap``).

A segment's ``root`` is the root of its subtree of the content tree, computed over its bytes alone: whoever holds the
segment files checks each of them, and the whole, without a key.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from feiyu.base import canonical, merkle, nouns
from feiyu.base.clock import from_text
from feiyu.base.content import BLOCK_BYTES
from feiyu.base.persons import Three
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.seal import fields as f
from feiyu.seal.errors import BadManifest
from feiyu.seal.keys import ED25519, Signer, key_id, verify
from feiyu.seal.packing import PAGE_BYTES, ZSTD, Packing
from feiyu.seal.sealer import Sealed, SegmentSeal
from feiyu.seal.suites import STREAM, Geometry, suite_of

FORMAT = "feiyu-manifest/1"
SIGNED = b"feiyu/manifest/v1\n"
MAX_BYTES = 8 * 1024 * 1024
MAX_SEGMENTS = 65_536
MAX_FIELDS = 20_000
MAX_ID = 128
MAX_ALSO = 8
EVIDENCE_LEVELS = ("D", "L", "M", "S")


@dataclass(frozen=True, slots=True, kw_only=True)
class Persons(Three):
    """All persons, and those of whom sensitive information crosses."""

    sensitive: Three

    def as_dict(self) -> dict[str, object]:
        """The wire form."""
        return Three.as_dict(self) | {"sensitive": self.sensitive.as_dict()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """One transfer, as the edge states it. ``fields`` are (name, semantic type) pairs."""

    transfer_id: str
    grant_id: str
    basis_id: str
    flow_id: str
    exporter: str
    recipient: str
    recipient_key_id: str
    suite: str
    geometry: Geometry
    cipher_root: bytes
    cipher_size: int
    plain_size: int
    segments: tuple[SegmentSeal, ...]
    key_commitment: bytes
    fields: tuple[tuple[str, str], ...]
    stripped: tuple[str, ...]
    rows: int
    persons: Persons
    evidence_level: str
    content_format: str
    created_at: str
    edge_key_id: str
    also: tuple[tuple[str, str], ...] = ()
    """(party, key id) of every further key the secret was wrapped to: the recipient's others, the exporter's own copy."""
    packing: Packing | None = None
    """How the content lies under the AEAD; nothing where it lies there as it is."""

    def __post_init__(self) -> None:
        """Refuse a manifest that contradicts itself."""
        suite = suite_of(self.suite)
        if self.packing:
            self._check(self.packing)
        if self.cipher_size != self.geometry.cipher_bytes(self.sealed_size):
            raise BadManifest(
                field="cipher_size",
                reason=Text(
                    "与 plain_size 和 chunk_size 推出的不符",
                    "it does not follow from plain_size and chunk_size",
                ),
            )
        if len(self.segments) > MAX_SEGMENTS:
            raise BadManifest(
                field="segments", reason=Text(f"超过 {MAX_SEGMENTS} 个", f"over {MAX_SEGMENTS}")
            )
        if [segment.no for segment in self.segments] != list(range(len(self.segments))):
            raise BadManifest(
                field="segments",
                reason=Text("编号须自 0 起连续", "the numbers do not run from 0 without gap"),
            )
        if tuple(segment.size_bytes for segment in self.segments) != self.geometry.segment_sizes(
            self.sealed_size
        ):
            raise BadManifest(
                field="segments",
                reason=Text(
                    "大小与 cipher_size 和 segment_size 推出的不符",
                    "the sizes do not follow from cipher_size and segment_size",
                ),
            )
        if merkle.root((s.root for s in self.segments), hasher=suite.hasher) != self.cipher_root:
            raise BadManifest(
                field="cipher_root",
                reason=Text("不是各分段根哈希的根", "it is not the root over the segments' roots"),
            )
        if self.evidence_level not in EVIDENCE_LEVELS:
            raise BadManifest(
                field="evidence_level",
                reason=Text(
                    f"可选：{', '.join(EVIDENCE_LEVELS)}", f"one of {', '.join(EVIDENCE_LEVELS)} is wanted"
                ),
            )
        if len(self.also) > MAX_ALSO or len(set(self.key_ids)) != len(self.also) + 1:
            raise BadManifest(
                field="also",
                reason=Text(
                    f"另加的密钥至多 {MAX_ALSO} 把，且不得重复",
                    f"at most {MAX_ALSO} further keys, each once, are wanted",
                ),
            )

    def _check(self, packing: Packing) -> None:
        if packing.method != ZSTD or suite_of(self.suite).aead == STREAM:
            raise BadManifest(
                field="packing",
                reason=Text(f"须为 {ZSTD}，且内容不是 age 格式", f"{ZSTD} is wanted, and no age payload"),
            )
        if not 0 < packing.size_bytes < self.plain_size or packing.size_bytes % PAGE_BYTES:
            raise BadManifest(
                field="packing",
                reason=Text(
                    f"须为 {PAGE_BYTES} 字节的整页，且字节数少于原内容",
                    f"pages of {PAGE_BYTES}, fewer bytes than the content, are wanted",
                ),
            )

    @property
    def sealed_size(self) -> int:
        """How many bytes lie under the AEAD."""
        return self.packing.size_bytes if self.packing else self.plain_size

    @property
    def counted_size(self) -> int:
        """What counts against a grant: the size of the ciphertext were nothing packed. Packing widens no grant."""
        return self.geometry.cipher_bytes(self.plain_size)

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Every key that opens the content, the recipient's pinned one first."""
        return (self.recipient_key_id, *(key for _, key in self.also))

    @classmethod
    def of_sealed(cls, sealed: Sealed, *, geometry: Geometry | None = None, **said: object) -> "Manifest":
        """The manifest of what a ``Sealer`` finished; ``said`` are the fields it does not know."""
        return cls(
            geometry=geometry or suite_of(str(said.get("suite"))).geometry(),
            cipher_root=sealed.cipher_root,
            cipher_size=sealed.cipher_bytes,
            plain_size=sealed.plain_bytes,
            segments=sealed.segments,
            key_commitment=sealed.commitment,
            packing=sealed.packing,
            **said,  # type: ignore[arg-type]  # checked by the dataclass: a missing or unknown name is a TypeError
        )

    def to_bytes(self) -> bytes:
        """The canonical JSON that is signed and kept."""
        return canonical.dumps(
            {
                "format": FORMAT,
                "transfer_id": self.transfer_id,
                "grant_id": self.grant_id,
                "basis_id": self.basis_id,
                "flow_id": self.flow_id,
                "exporter": self.exporter,
                "recipient": self.recipient,
                "recipient_key_id": self.recipient_key_id,
                "suite": self.suite,
                "cipher_root": _b64(self.cipher_root),
                "cipher_size": self.cipher_size,
                "plain_size": self.plain_size,
                "block_size": BLOCK_BYTES,
                "chunk_size": self.geometry.chunk_bytes,
                "segment_size": self.geometry.segment_bytes,
                "segments": [{"no": s.no, "size": s.size_bytes, "root": _b64(s.root)} for s in self.segments],
                "key_commitment": _b64(self.key_commitment),
                "fields": [{"name": name, "type": kind} for name, kind in self.fields],
                "stripped": list(self.stripped),
                "rows": self.rows,
                "persons": self.persons.as_dict(),
                "evidence_level": self.evidence_level,
                "content_format": self.content_format,
                "created_at": self.created_at,
                "edge_key_id": self.edge_key_id,
            }
            | ({"also": [{"party": party, "key_id": key} for party, key in self.also]} if self.also else {})
            | (
                {"packing": {"method": self.packing.method, "size": self.packing.size_bytes}}
                if self.packing
                else {}
            )
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Manifest":
        """Read a manifest strictly."""
        if len(data) > MAX_BYTES:
            raise BadManifest(
                field="$",
                reason=Text(f"共 {len(data)} 字节，超过 {MAX_BYTES}", f"{len(data)} bytes, over {MAX_BYTES}"),
            )
        try:
            read = canonical.loads_object(data, max_bytes=MAX_BYTES)
        except canonical.NotCanonical as bad:
            raise BadManifest(field="$", reason=said(bad)) from None
        f.names(read, _NAMES | (_MAYBE & set(read)), where="$")
        if read["format"] != FORMAT:
            raise BadManifest(field="format", reason=Text(f"应为 {FORMAT}", f"{FORMAT} is wanted"))
        if read["block_size"] != BLOCK_BYTES:
            raise BadManifest(
                field="block_size", reason=Text(f"应为 {BLOCK_BYTES}", f"{BLOCK_BYTES} is wanted")
            )
        ids = {name: f.text(read, name, limit=MAX_ID) for name in _IDS}
        return cls(
            **ids,
            geometry=suite_of(ids["suite"]).geometry(
                chunk_bytes=f.number(read, "chunk_size"), segment_bytes=f.number(read, "segment_size")
            ),
            cipher_root=f.digest(read, "cipher_root"),
            cipher_size=f.number(read, "cipher_size"),
            plain_size=f.number(read, "plain_size"),
            segments=tuple(_segment(item) for item in f.objects(read, "segments", limit=MAX_SEGMENTS)),
            key_commitment=f.digest(read, "key_commitment"),
            fields=tuple(_field(item) for item in f.objects(read, "fields", limit=MAX_FIELDS)),
            stripped=f.texts(read, "stripped", limit=MAX_FIELDS),
            rows=f.number(read, "rows"),
            persons=_persons(read),
            created_at=_instant(read),
            also=_also(read),
            packing=_packing(read),
        )


_IDS = (
    "transfer_id", "grant_id", "basis_id", "flow_id", "exporter", "recipient", "recipient_key_id",
    "suite", "evidence_level", "content_format", "edge_key_id",
)  # fmt: skip
_NAMES = frozenset(_IDS) | {
    "format", "cipher_root", "cipher_size", "plain_size", "block_size", "chunk_size", "segment_size", "segments",
    "key_commitment", "fields", "stripped", "rows", "persons", "created_at",
}  # fmt: skip
_MAYBE = frozenset({"also", "packing"})
"""Left out where there is nothing to say, so that a manifest has one form of bytes."""


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _segment(item: Mapping[str, object]) -> SegmentSeal:
    f.names(item, {"no", "size", "root"}, where="segments")
    return SegmentSeal(
        no=f.number(item, "no"), size_bytes=f.number(item, "size"), root=f.digest(item, "root")
    )


def _field(item: Mapping[str, object]) -> tuple[str, str]:
    f.names(item, {"name", "type"}, where="fields")
    return f.text(item, "name", limit=f.MAX_NAME), f.text(item, "type", limit=MAX_ID)


def _also(read: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    if "also" not in read:
        return ()
    items = f.objects(read, "also", limit=MAX_ALSO)
    for item in items:
        f.names(item, {"party", "key_id"}, where="also")
    if not items:
        raise BadManifest(field="also", reason=Text("空列表应当省略", "an empty list is left out"))
    return tuple((f.text(i, "party", limit=MAX_ID), f.text(i, "key_id", limit=MAX_ID)) for i in items)


def _packing(read: Mapping[str, object]) -> Packing | None:
    if "packing" not in read:
        return None
    item = f.mapping(read, "packing")
    f.names(item, {"method", "size"}, where="packing")
    return Packing(method=f.text(item, "method", limit=MAX_ID), size_bytes=f.number(item, "size"))


def _persons(read: Mapping[str, object]) -> Persons:
    item = f.mapping(read, "persons")
    f.names(item, {"lower", "counted", "upper", "sensitive"}, where="persons")
    inner = f.mapping(item, "sensitive")
    f.names(inner, {"lower", "counted", "upper"}, where="persons.sensitive")
    try:
        three = Three(**{name: f.number(inner, name) for name in inner})
        return Persons(
            **{name: f.number(item, name) for name in ("lower", "counted", "upper")}, sensitive=three
        )
    except ValueError as bad:
        raise BadManifest(field="persons", reason=said(bad)) from None


def _instant(read: Mapping[str, object]) -> str:
    text = f.text(read, "created_at", limit=40)
    try:
        from_text(text)
    except ValueError:
        raise BadManifest(
            field="created_at", reason=Text("应为带时区的时刻", "an instant with its zone is wanted")
        ) from None
    return text


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedManifest:
    """The bytes as they were signed, and the edge's signature over them."""

    body: bytes
    signature: bytes

    @classmethod
    def sign(cls, manifest: Manifest, signer: Signer) -> "SignedManifest":
        """Sign as the edge that the manifest names."""
        if manifest.edge_key_id != signer.key_id:
            raise BadManifest(
                field="edge_key_id", reason=Text("签署者是另一把密钥", "the signer is another key")
            )
        body = manifest.to_bytes()
        return cls(body=body, signature=signer.sign(SIGNED + body))

    def open(self, edge_public: bytes) -> Manifest:
        """Verify the signature, then read; a manifest that names another edge key is refused."""
        verify(edge_public, SIGNED + self.body, self.signature, what=nouns.MANIFEST)
        manifest = Manifest.from_bytes(self.body)
        if manifest.edge_key_id != key_id(ED25519, edge_public):
            raise BadManifest(
                field="edge_key_id", reason=Text("签名出自另一把密钥", "it was signed by another key")
            )
        return manifest
