"""Objects in any S3-compatible store, through obstore.

Rules this module keeps:
 * an object is there when the store has answered, and the store is asked to refuse an existing name with
   ``If-None-Match: *`` where ``create`` is wanted, so two machines cannot both create it;
 * large files go in parts; a broken upload leaves no object.

Sources: Amazon S3 API, PutObject (conditional writes); https://developmentseed.org/obstore/.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from feiyu.base.said import said
from feiyu.store.errors import ObjectExists, ObjectMissing, ObjectsUnreachable
from feiyu.store.objects import ObjectStat, check_key, check_size

PART_BYTES = 8 * 1024 * 1024


class S3Store:
    """Objects in one bucket, under an optional prefix."""

    def __init__(
        self,
        bucket: str,
        *,
        endpoint: str,
        access_key: str,
        secret_key: str,
        region: str = "us-east-1",
        prefix: str = "",
        allow_http: bool = False,
        retries: int = 5,
    ) -> None:
        """Nothing is asked of the store yet. ``allow_http`` is for a store on this machine."""
        from obstore.store import S3Store as Bucket  # only who uses S3 loads it

        self._bucket = Bucket(
            bucket,
            prefix=prefix or None,
            endpoint=endpoint,
            access_key_id=access_key,
            secret_access_key=secret_key,
            region=region,
            client_options={"allow_http": allow_http, "timeout": "60s", "connect_timeout": "10s"},
            retry_config={"max_retries": retries},
        )

    def put(self, key: str, data: bytes, *, create: bool = False) -> None:
        """Keep ``data`` under ``key``; with ``create`` refuse when it exists."""
        check_size(key, len(data))
        with _reachable(check_key(key)):
            self._bucket.put(key, data, mode="create" if create else "overwrite", use_multipart=False)

    def put_file(self, key: str, path: Path, *, create: bool = False) -> None:
        """Upload a file of any size, in parts."""
        mode: Literal["create", "overwrite"] = "create" if create else "overwrite"
        with _reachable(check_key(key)), path.open("rb") as file:
            self._bucket.put(key, file, mode=mode, chunk_size=PART_BYTES, max_concurrency=4)

    def get(self, key: str) -> bytes:
        """The whole object."""
        with _reachable(check_key(key)):
            found = self._bucket.get(key)
            check_size(key, found.meta["size"])
            return bytes(found.bytes())

    def get_range(self, key: str, start: int, length: int) -> bytes:
        """``length`` bytes from ``start``; fewer only at the end of the object."""
        check_size(key, length)
        with _reachable(check_key(key)):
            left = self._bucket.head(key)["size"] - start
            if min(left, length) <= 0:
                return b""
            return bytes(self._bucket.get_range(key, start=start, length=min(left, length)))

    def head(self, key: str) -> ObjectStat | None:
        """What is known of it, or None when there is none."""
        try:
            with _reachable(check_key(key)):
                return ObjectStat(key=key, size_bytes=self._bucket.head(key)["size"])
        except ObjectMissing:
            return None

    def delete(self, key: str) -> None:
        """Remove it; nothing happens when there is none."""
        try:
            with _reachable(check_key(key)):
                self._bucket.delete(key)
        except ObjectMissing:
            return

    def list(self, prefix: str = "") -> Iterator[ObjectStat]:
        """All objects whose key begins with the folder ``prefix``, in no promised order."""
        folder = check_key(prefix.rstrip("/")) if prefix else None
        with _reachable():
            for page in self._bucket.list(folder):
                for each in page:
                    yield ObjectStat(key=each["path"], size_bytes=each["size"])


@contextmanager
def _reachable(key: str = "") -> Iterator[None]:
    from obstore.exceptions import AlreadyExistsError, BaseError

    try:
        yield
    except AlreadyExistsError:
        raise ObjectExists(key=key) from None
    except FileNotFoundError as failure:
        if key:
            raise ObjectMissing(ident=key, key=key) from None
        raise ObjectsUnreachable(reason=said(failure)) from failure
    except (BaseError, OSError) as failure:
        raise ObjectsUnreachable(reason=said(failure)) from failure
