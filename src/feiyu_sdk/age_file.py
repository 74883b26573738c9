"""Open what was sealed as an age payload: the recipient's with its age key, the exporter's own copy with its copy key.

Rules this module keeps:
 * segments are fetched whole and verified against the manifest before a byte is opened; a fetch that broke goes on;
 * the file key is the one the manifest commits to; the plaintext has the size the manifest states, and, where the wrap carries
   it, the root; only then does the file appear under its name.
"""

import io
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import BinaryIO, cast

from cryptography.exceptions import InvalidTag

from feiyu.base.content import ContentTree
from feiyu.base.text import Text
from feiyu.seal import Manifest, OpeningKey, Wrap, unwrap
from feiyu.seal import age as form
from feiyu.seal.derive import AgeKeys
from feiyu.seal.errors import BadChunk, ContentMismatch
from feiyu.seal.files import storing, sync_folder
from feiyu.seal.kems import AGE
from feiyu.seal.suites import suite_of
from feiyu.seal.wrap import unwrap_file_key
from feiyu.wire import Downloader, WantedSegment


def fetch_age(downloader: Downloader, manifest: Manifest, wrap: Wrap, key: OpeningKey, path: Path) -> Path:
    """Fetch every segment beside ``path``, open them into it, and remove them."""
    hash_name = suite_of(manifest.suite).hash
    wanted = [
        WantedSegment(no=s.no, size_bytes=s.size_bytes, root=s.root, tree=hash_name)
        for s in manifest.segments
    ]
    folder = path.with_name(path.name + ".segments")
    segments = downloader.fetch(wanted, folder)
    open_age(segments, manifest, wrap, key, path)
    for one in folder.iterdir():
        one.unlink()
    folder.rmdir()
    return path


def open_age(
    segments: Sequence[Path], manifest: Manifest, wrap: Wrap, key: OpeningKey, path: Path
) -> None:  # fmt: skip
    """Open the payload that lies in ``segments``.

    Raises:
        WrongKey: the wrap is not for this key, or the manifest commits to another one.
        BadChunk: a chunk was altered, cut or added.
        ContentMismatch: all opened, yet size or root are not those that were sealed.
    """
    payload = cast("BinaryIO", io.BufferedReader(_Joined(segments), buffer_size=1 << 20))
    with payload:
        _open(payload, manifest, wrap, key, path)


def _open(payload: BinaryIO, manifest: Manifest, wrap: Wrap, key: OpeningKey, path: Path) -> None:
    root: bytes | None = None
    tree: ContentTree | None = None
    head = payload.peek(form.NONCE_BYTES)[: form.NONCE_BYTES]  # type: ignore[attr-defined]
    if wrap.algorithm == AGE:
        keys = AgeKeys(unwrap_file_key(wrap, key, transfer_id=manifest.transfer_id), head)
    else:
        opened = unwrap(wrap, key, transfer_id=manifest.transfer_id)
        keys, root = AgeKeys.of(opened.secret, transfer_id=manifest.transfer_id), opened.plain_root
        tree = ContentTree(salt=opened.secret.salt, name=suite_of(manifest.suite).hash)
    keys.check(manifest.key_commitment)
    part = path.with_name(path.name + ".part")
    try:
        size = _write(payload, keys.file_key, part, tree)
        _compare(size, tree, manifest, root)
    except BaseException:
        part.unlink(missing_ok=True)  # no half of a content is left to be taken for it
        raise
    with storing(path):
        part.rename(path)
        sync_folder(path.parent)


def _write(payload: BinaryIO, file_key: bytes, part: Path, tree: ContentTree | None) -> int:
    """Write the content, durably, and take it into its tree; its size."""
    size = 0
    with storing(part), open(part, "wb", opener=_private) as out:
        for plain in _opened(payload, file_key):
            size += len(plain)
            out.write(plain)
            if tree is not None:
                tree.update(plain)
        out.flush()
        os.fsync(out.fileno())
    return size


def _compare(size: int, tree: ContentTree | None, manifest: Manifest, root: bytes | None) -> None:
    if size != manifest.plain_size:
        raise ContentMismatch(field="plain_size")
    if tree is not None and tree.root() != root:
        raise ContentMismatch(field="plain_root")


def _opened(payload: BinaryIO, file_key: bytes) -> Iterator[bytes]:
    no = 0
    try:
        for plain in form.opened(payload, file_key):
            yield plain
            no += 1
    except (InvalidTag, ValueError):
        raise BadChunk(chunk=no, reason=Text("验证标签不通过", "its tag does not verify")) from None


def _private(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)


class _Joined(io.RawIOBase):
    """Files one behind the other, read as one."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self._rest = list(reversed(paths))
        self._file: io.FileIO | None = None

    def readable(self) -> bool:
        """It is a source."""
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # any buffer
        """The next bytes."""
        while True:
            if self._file is None:
                if not self._rest:
                    return 0
                self._file = io.FileIO(str(self._rest.pop()))
            if got := self._file.readinto(buffer):
                return got
            self._file.close()
            self._file = None

    def close(self) -> None:
        """Close the file that is being read."""
        if self._file is not None:
            self._file.close()
            self._file = None
        super().close()
