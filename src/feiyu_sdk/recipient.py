"""Fetch, open, verify, sign: the recipient's side of a transfer.

Rules this module keeps:
 * nothing is believed because the port says it: the receipt, the manifest, every segment and the whole plaintext are
   verified against a trust file obtained apart;
 * the plaintext appears under its name only when all of it has verified;
 * a fetch that was interrupted goes on where it stopped.

Steps: (1) release, (2) receipt and manifest against the trust file, (3) segments against the manifest, (4) open every
chunk, (5) the whole plaintext's root, (6) a signed statement back to the port.
"""

import base64
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from feiyu.base import canonical
from feiyu.base.clock import Clock, SystemClock, to_text
from feiyu.evidence.receipt import sign_statement
from feiyu.evidence.verify import verify_receipt
from feiyu.seal import Manifest, Opener, RecipientKey, SignedManifest, Signer, Wrap, unwrap
from feiyu.seal.suites import TAG_BYTES, suite_of
from feiyu.wire import Downloader, Endpoint, WantedSegment
from feiyu_sdk.errors import NotVerified
from feiyu_sdk.port import PortClient

Progress = Callable[[str, int, int], None]
"""Called with a step (``fetch`` or ``open``), bytes done and bytes in all."""
STATEMENT_FORMAT = "feiyu-received/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What the recipient holds after a fetch."""

    path: Path
    receipt: Path
    manifest: Manifest
    trusted: bool


def fetch(
    port: PortClient, transfer_id: str, *, key: RecipientKey, signer: Signer, folder: Path, trust: bytes,
    progress: Progress | None = None, clock: Clock | None = None,
) -> Fetched:  # fmt: skip
    """Fetch one transfer into ``folder``; what is returned has verified in every step."""
    told = progress or (lambda _step, _done, _all: None)
    folder.mkdir(parents=True, exist_ok=True)
    given = port.release(transfer_id)  # 1
    manifest, receipt = _check(given, transfer_id, trust)  # 2
    segments = _segments(given, manifest, folder, told)  # 3
    wrap = Wrap.from_bytes(base64.b64decode(given["wrap"]))
    opened = unwrap(wrap, key, transfer_id=transfer_id)
    if opened.plain_root is None:
        raise NotVerified(what="wrap", reason="it carries no root of the plaintext")
    opener = Opener(
        opened.secret, transfer_id=transfer_id, commitment=manifest.key_commitment, plain_bytes=manifest.plain_size,
        trailer=_trailer(segments, manifest), suite=suite_of(manifest.suite), geometry=manifest.geometry,
    )  # fmt: skip
    name = f"{transfer_id}.{manifest.content_format}"
    path = _open(opener, segments, manifest, folder / name, opened.plain_root, told)  # 4, 5
    for segment in segments:
        segment.unlink()
    kept = folder / f"{transfer_id}.receipt.json"
    kept.write_bytes(receipt)
    at = to_text((clock or SystemClock()).now())
    port.receive(transfer_id, statement=_statement(transfer_id, given, signer, at))  # 6
    return Fetched(path=path, receipt=kept, manifest=manifest, trusted=True)


def _check(given: dict[str, Any], transfer_id: str, trust: bytes) -> tuple[Manifest, bytes]:
    receipt = base64.b64decode(given["receipt"])
    body, signature = base64.b64decode(given["manifest"]), base64.b64decode(given["signature"])
    verdict = verify_receipt(receipt, trust=trust, manifest=body, manifest_signature=signature)
    if verdict.outcome != "trusted":
        raise NotVerified(what="receipt", reason="; ".join(one.en for one in verdict.reasons) or verdict.outcome)
    manifest = SignedManifest(body=body, signature=signature).open(base64.b64decode(given["edge_key"]))
    if manifest.transfer_id != transfer_id:
        raise NotVerified(what="manifest", reason="it belongs to another transfer")
    return manifest, receipt


def _segments(given: dict[str, Any], manifest: Manifest, folder: Path, told: Progress) -> tuple[Path, ...]:
    done = 0

    def count(size: int) -> None:
        nonlocal done
        done += size
        told("fetch", done, manifest.cipher_size)

    wanted = [WantedSegment(no=s.no, size_bytes=s.size_bytes, root=s.root) for s in manifest.segments]
    downloader = Downloader(
        Endpoint.of(given["wire_url"]), manifest.transfer_id, token=given["download_token"], progress=count
    )
    return downloader.fetch(wanted, folder / f".{manifest.transfer_id}")


def _trailer(segments: tuple[Path, ...], manifest: Manifest) -> bytes:
    """The tags at the end of the ciphertext, which may begin in the last segment but one."""
    size = manifest.geometry.chunks(manifest.plain_size) * TAG_BYTES
    tail = b""
    for path in reversed(segments):
        with path.open("rb") as file:
            length = path.stat().st_size
            want = min(size - len(tail), length)
            file.seek(length - want)
            tail = file.read(want) + tail
        if len(tail) == size:
            break
    return tail


def _open(
    opener: Opener, segments: tuple[Path, ...], manifest: Manifest, path: Path, plain_root: bytes, told: Progress
) -> Path:  # fmt: skip
    chunk_bytes, segment_bytes = manifest.geometry.chunk_bytes, manifest.geometry.segment_bytes
    draft = path.with_name(f".{path.name}.part")
    body, out = bytearray(chunk_bytes + TAG_BYTES), bytearray(chunk_bytes)
    files = [segment.open("rb", buffering=0) for segment in segments]
    try:
        with draft.open("wb", buffering=0) as sink:
            for no in range(opener.chunks):
                size = opener.size_of(no)
                view = memoryview(body)[: size + TAG_BYTES]
                file = files[no * chunk_bytes // segment_bytes]
                file.seek(no * chunk_bytes % segment_bytes)
                if file.readinto(view[:size]) != size:
                    raise NotVerified(what="segment", reason=f"chunk {no} is cut short")
                sink.write(opener.open(no, view, out))
                told("open", min((no + 1) * chunk_bytes, manifest.plain_size), manifest.plain_size)
            opener.finish(plain_root)
            os.fsync(sink.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
        for file in files:
            file.close()
    return path


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
