"""Fetch, open, verify, sign: the recipient's side of a transfer.

Rules this module keeps:
 * nothing is believed because the port says it: the receipt, the manifest, every segment and the whole plaintext are
   verified against a trust file obtained apart;
 * the plaintext appears under its name only when all of it has verified;
 * a fetch that was interrupted goes on where it stopped.

Steps: (1) release, (2) receipt and manifest against the trust file, (3) segments against the manifest, (4) open every
chunk, (5) unpack what was packed; the whole plaintext's root, (6) a signed statement back to the port.
"""

import base64
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feiyu.base import canonical, nouns
from feiyu.base.clock import Clock, SystemClock, to_text
from feiyu.base.text import Text, listed
from feiyu.evidence.receipt import sign_statement
from feiyu.evidence.verify import TrustError, check_trust, verify_receipt
from feiyu.seal import (
    ContentTree,
    Manifest,
    Opener,
    OpeningKey,
    ReceivedFile,
    SignedManifest,
    Signer,
    Wrap,
    unwrap,
)  # fmt: skip
from feiyu.seal.suites import AGE, TAG_BYTES, suite_of
from feiyu.wire import Downloader, Endpoint, WantedSegment
from feiyu_sdk.age_file import fetch_age
from feiyu_sdk.errors import BadTrustFile, NotVerified
from feiyu_sdk.port import PortClient

Progress = Callable[[int, int], None]
"""Called with bytes received and bytes in all, from the receiving threads."""
STATEMENT_FORMAT = "feiyu-received/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What the recipient holds after a fetch."""

    path: Path
    receipt: Path
    manifest: Manifest


def fetch(
    port: PortClient, transfer_id: str, *, key: OpeningKey, signer: Signer, folder: Path, trust: bytes,
    progress: Progress | None = None, clock: Clock | None = None,
) -> Fetched:  # fmt: skip
    """Fetch one transfer into ``folder``; what is returned has verified in every step."""
    given = port.release(transfer_id, key_id=key.key_id)  # 1
    manifest, receipt = _check(given, transfer_id, trust)  # 2
    path = open_into(given, manifest, key=key, folder=folder, progress=progress)  # 3, 4, 5
    kept = folder / f"{transfer_id}.receipt.json"
    kept.write_bytes(receipt)
    at = to_text((clock or SystemClock()).now())
    port.receive(transfer_id, statement=_statement(transfer_id, given, signer, at))  # 6
    return Fetched(path=path, receipt=kept, manifest=manifest)


def open_into(
    given: dict[str, Any], manifest: Manifest, *, key: OpeningKey, folder: Path, progress: Progress | None = None
) -> Path:  # fmt: skip
    """Fetch and open what was released, against a manifest that was verified; the file in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    transfer_id = manifest.transfer_id
    wrap = Wrap.from_bytes(base64.b64decode(given["wrap"]))
    path = folder / f"{transfer_id}.{manifest.content_format}"
    downloader = Downloader(
        Endpoint.of(given["wire_url"]), transfer_id, token=given["download_token"],
        progress=_counted(progress, manifest.cipher_size),
    )  # fmt: skip
    if manifest.suite == AGE.id:
        return fetch_age(downloader, manifest, wrap, key, path)
    opened = unwrap(wrap, key, transfer_id=transfer_id)
    if opened.plain_root is None:
        raise NotVerified(
            what=nouns.WRAP, reason=Text("其中没有明文的根哈希", "it carries no root of the plaintext")
        )
    trailer = downloader.read_range(
        manifest.sealed_size, manifest.cipher_size, segment_bytes=manifest.geometry.segment_bytes
    )
    opener = Opener.of(manifest, opened.secret, trailer)
    with ReceivedFile(path, opener, commitment=manifest.key_commitment) as file:
        _receive(file, downloader, manifest)
        return file.finish(opened.plain_root)


def usable_trust(trust: bytes) -> None:
    """Refuse what is no trust file, before anything is fetched."""
    try:
        check_trust(trust)
    except TrustError as bad:
        raise BadTrustFile(reason=Text(*bad.reason)) from None


def _check(given: dict[str, Any], transfer_id: str, trust: bytes) -> tuple[Manifest, bytes]:
    receipt = base64.b64decode(given["receipt"])
    body, signature = base64.b64decode(given["manifest"]), base64.b64decode(given["signature"])
    try:
        verdict = verify_receipt(receipt, trust=trust, manifest=body, manifest_signature=signature)
    except TrustError as bad:
        raise BadTrustFile(reason=Text(*bad.reason)) from None
    if verdict.outcome != "trusted":
        raise NotVerified(
            what=nouns.RECEIPT,
            reason=listed(Text(*one) for one in verdict.reasons)
            if verdict.reasons
            else Text.same(verdict.outcome),
        )
    manifest = SignedManifest(body=body, signature=signature).open(base64.b64decode(given["edge_key"]))
    if manifest.transfer_id != transfer_id:
        raise NotVerified(
            what=nouns.MANIFEST, reason=Text("属于另一传输批次", "it belongs to another transfer")
        )
    return manifest, receipt


def _receive(file: ReceivedFile, downloader: Downloader, manifest: Manifest) -> None:
    """Fetch the segments of which a chunk is missing, several at once; compare each with the manifest, open its chunks."""
    suite = suite_of(manifest.suite)
    chunk_bytes, segment_bytes = manifest.geometry.chunk_bytes, manifest.geometry.segment_bytes
    missing = {no * chunk_bytes // segment_bytes for no in file.missing()}

    def work(segment: WantedSegment) -> None:
        tree, buffer = ContentTree(name=suite.hash), bytearray(chunk_bytes + TAG_BYTES)

        def sink(at: int, view: memoryview) -> None:
            tree.update(view)
            file.take(segment.no * segment_bytes + at, buffer, len(view))

        downloader.read_segment(segment.no, segment.size_bytes, sink, buffer=buffer)
        if tree.root() != segment.root:
            raise NotVerified(
                what=nouns.SEGMENT,
                reason=Text(
                    f"第 {segment.no} 个分段不是清单中的那一个",
                    f"segment {segment.no} is not the one of the manifest",
                ),
            )

    wanted = [
        WantedSegment(no=s.no, size_bytes=s.size_bytes, root=s.root, tree=suite.hash)
        for s in manifest.segments
        if s.no in missing
    ]
    downloader.each(wanted, work)


def _counted(progress: Progress | None, total: int) -> Callable[[int], None] | None:
    if progress is None:
        return None
    lock, done = threading.Lock(), 0

    def count(size: int) -> None:
        nonlocal done
        with lock:
            done += size
            progress(min(done, total), total)

    return count


def _statement(transfer_id: str, given: dict[str, Any], signer: Signer, at: str) -> dict[str, str]:
    document = canonical.dumps({
        "format": STATEMENT_FORMAT, "transfer_id": transfer_id, "at": at,
        "manifest_sha256": given["transfer"]["manifest_sha256"], "opened": True,
    })  # fmt: skip
    signed = sign_statement(document, role="recipient", key_id=signer.key_id, signer=signer)
    return {
        "document": base64.b64encode(document).decode(), "key_id": signer.key_id,
        "signature": base64.b64encode(signed.signature).decode(),
    }  # fmt: skip
