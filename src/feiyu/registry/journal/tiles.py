"""Log tiles in any object store: a directory, or S3 behind a CDN.

Rules this module keeps:
 * a tile is created once and never overwritten; a name that exists must hold the same bytes;
 * the checkpoint alone is replaced.

Source: C2SP tlog-tiles.
"""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from feiyu.base.text import Text
from feiyu.evidence.errors import LogDamaged
from feiyu.store import ObjectStore
from feiyu.store.errors import ObjectExists, ObjectMissing

AT_ONCE = 16


class ObjectTiles:
    """A ``feiyu.evidence.log.TileStore`` in an object store, under an optional folder of it."""

    def __init__(self, objects: ObjectStore, folder: str = "") -> None:
        self._objects = objects
        self._folder = f"{folder.rstrip('/')}/" if folder else ""

    def get(self, path: str, /) -> bytes | None:
        """The file, or None when there is none."""
        try:
            return self._objects.get(self._folder + path)
        except ObjectMissing:
            return None

    def put(self, files: Mapping[str, bytes], /) -> None:
        """Create files, many at once; back when all are durable."""
        if len(files) == 1:
            self._create(*next(iter(files.items())))
            return
        with ThreadPoolExecutor(min(AT_ONCE, len(files)), thread_name_prefix="feiyu-tiles") as pool:
            for done in [pool.submit(self._create, path, data) for path, data in files.items()]:
                done.result()

    def replace(self, path: str, data: bytes, /) -> None:
        """Replace one small file."""
        self._objects.put(self._folder + path, data)

    def discard(self, prefix: str, /) -> None:
        """Remove all files in the folder ``prefix``."""
        for each in list(self._objects.list(self._folder + prefix)):
            self._objects.delete(each.key)

    def _create(self, path: str, data: bytes) -> None:
        try:
            self._objects.put(self._folder + path, data, create=True)
        except ObjectExists:
            if self._objects.get(self._folder + path) != data:
                raise LogDamaged(
                    reason=Text(f"{path} 已存在且内容不同", f"{path} exists with other bytes")
                ) from None
