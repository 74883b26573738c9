"""Open an emergency bundle: what an exporter handed out by break-glass, without the port.

Rules this module keeps:
 * the edge's key is the one the recipient knows apart from the bundle: its fingerprint is compared, never taken from the bundle alone;
 * the plaintext appears under its name only when every segment, every chunk and the whole have verified.

There is no receipt yet: the bundle proves who sealed it and for whom. The evidence of the port comes once the exporter's edge has
reported, and ``fetch`` works for the same transfer then.
"""

import base64
from pathlib import Path
from typing import Any

from feiyu.base import canonical, nouns
from feiyu.base.text import Text
from feiyu.seal import ContentTree, Manifest, Opener, OpeningKey, ReceivedFile, SignedManifest, Wrap, unwrap
from feiyu.seal.keys import ED25519, key_id
from feiyu.seal.suites import AGE, TAG_BYTES, suite_of
from feiyu_sdk.age_file import open_age
from feiyu_sdk.errors import NotVerified

FORMAT = "feiyu-emergency/1"


def open_bundle(bundle: Path, *, key: OpeningKey, edge_key_id: str, folder: Path) -> tuple[Path, Manifest]:
    """Open a bundle into ``folder``; the path of the plaintext, and the manifest.

    Raises:
        NotVerified: another edge signed it, it is for somebody else, or it was altered.
    """
    said: dict[str, Any] = canonical.loads_object((bundle / "release.json").read_bytes(), max_bytes=32 << 20)
    if said.get("format") != FORMAT:
        raise NotVerified(what=nouns.BUNDLE, reason=Text(f"不是 {FORMAT}", f"not a {FORMAT}"))
    parts = {name: base64.b64decode(said[name]) for name in ("manifest", "signature", "wrap", "edge_key")}
    if key_id(ED25519, parts["edge_key"]) != edge_key_id:
        raise NotVerified(
            what=nouns.BUNDLE, reason=Text("签名出自另一出境侧的密钥", "another edge's key signed it")
        )
    manifest = SignedManifest(body=parts["manifest"], signature=parts["signature"]).open(parts["edge_key"])
    wrap, content = Wrap.from_bytes(parts["wrap"]), bundle / "content.sealed"
    path = folder / f"{manifest.transfer_id}.{manifest.content_format}"
    if content.stat().st_size != manifest.cipher_size:
        raise NotVerified(
            what=nouns.BUNDLE,
            reason=Text("其内容的长度与清单不符", "its content is not as long as the manifest says"),
        )
    folder.mkdir(parents=True, exist_ok=True)
    if manifest.suite == AGE.id:
        open_age([content], manifest, wrap, key, path)
        return path, manifest
    opened = unwrap(wrap, key, transfer_id=manifest.transfer_id)
    if opened.plain_root is None:
        raise NotVerified(
            what=nouns.WRAP, reason=Text("其中没有明文的根哈希", "it carries no root of the plaintext")
        )
    with content.open("rb") as file:
        file.seek(manifest.sealed_size)
        opener = Opener.of(manifest, opened.secret, file.read())
    with ReceivedFile(path, opener, commitment=manifest.key_commitment) as received:
        _take(content, received, manifest)
        received.finish(opened.plain_root)
    return path, manifest


def _take(content: Path, received: ReceivedFile, manifest: Manifest) -> None:
    """Every segment against its root, every chunk opened, in one pass."""
    chunk_bytes, segment_bytes = manifest.geometry.chunk_bytes, manifest.geometry.segment_bytes
    with content.open("rb") as file:
        for segment in manifest.segments:
            tree, left, at = (
                ContentTree(name=suite_of(manifest.suite).hash),
                segment.size_bytes,
                segment.no * segment_bytes,
            )
            while left:
                block = file.read(min(chunk_bytes, left))
                if not block:
                    raise NotVerified(what=nouns.BUNDLE, reason=Text("内容提前结束", "it ends early"))
                tree.update(block)
                buffer = bytearray(block) + bytearray(chunk_bytes - len(block) + TAG_BYTES)
                received.take(at, buffer, len(block))
                at, left = at + len(block), left - len(block)
            if tree.root() != segment.root:
                raise NotVerified(
                    what=nouns.SEGMENT,
                    reason=Text(
                        f"第 {segment.no} 个分段不是清单中的那一个",
                        f"segment {segment.no} is not the one of the manifest",
                    ),
                )
