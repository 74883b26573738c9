"""Objects and prefixes in S3 or a store that speaks it.

Credentials, region and endpoint come from the usual variables (``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_REGION``,
``AWS_ENDPOINT_URL``), never from the address.

Rules this module keeps:
 * an object is read in ranges of a bounded size, never whole;
 * an object that was replaced between two passes is refused;
 * ``s3://bucket/prefix/`` reads every object below, in the order of their names; folders' own markers are passed over.
"""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.scan.errors_sources import NoSuchSource, TooManyMembers
from feiyu.scan.limits import Limits
from feiyu.scan.remote.errors import BadAddress, ChangedWhileRead, ObjectExists, SourceUnreachable
from feiyu.scan.source import open_inputs, open_source
from feiyu.scan.table import AtPlaces, Input, Meter, Source

if TYPE_CHECKING:
    from obstore.store import S3Store

READ_BYTES = 4 << 20
NO_CREDENTIALS = (
    "169.254.169.254"  # where the library asks a cloud's machine for them, when the variables hold none
)
LOCAL = ("http://127.", "http://localhost", "http://[::1]")


def open_s3(address: str, *, limits: Limits) -> Source:
    """One object, or all below a prefix that ends in a slash."""
    parts = urlsplit(address)
    bucket, key = parts.netloc, unquote(parts.path.lstrip("/"))
    if not bucket or "@" in bucket or parts.query:
        raise BadAddress(
            address=f"s3://{bucket.rpartition('@')[2]}",
            reason=Text("应为 s3://桶/对象", "s3://bucket/key"),
        )
    store = _store(bucket)
    if key and not key.endswith("/"):
        return open_source(_object(store, bucket, key), limits=limits)
    found: list[Input] = []
    with _honest(f"s3://{bucket}/{key}"):
        for page in store.list(key.rstrip("/") or None):
            for one in page:
                if not one["path"].endswith("/") and one["size"]:
                    found.append(ObjectInput(store, bucket, one["path"], one["size"], one.get("e_tag")))
                if len(found) > limits.members:
                    raise TooManyMembers(name=f"s3://{bucket}/{key}", limit=limits.members)
    if not found:
        raise NoSuchSource(name=f"s3://{bucket}/{key}", ident=key)
    return open_inputs(
        f"s3://{bucket}/{key}".rstrip("/"), sorted(found, key=lambda one: one.name), limits=limits
    )


def object_input(address: str) -> "ObjectInput":
    """One object as a stream of its bytes."""
    parts = urlsplit(address)
    return _object(_store(parts.netloc), parts.netloc, unquote(parts.path.lstrip("/")))


def put_file(address: str, path: Path) -> None:
    """Put a file as a new object, in parts; one that is there is not replaced.

    Raises:
        ObjectExists: there is one of this name.
        SourceUnreachable: the store does not take it.
    """
    parts = urlsplit(address)
    key = unquote(parts.path.lstrip("/"))
    store = _store(parts.netloc)
    with _honest(address):
        try:
            store.head(key)
        except FileNotFoundError:
            with path.open("rb") as file:
                store.put(key, file)
            return
    raise ObjectExists(name=address)


def _store(bucket: str) -> "S3Store":
    from obstore.store import S3Store

    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    more: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
    return S3Store(
        bucket,
        region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1",
        client_options={
            "allow_http": (endpoint or "").startswith(LOCAL),
            "timeout": "60s",
            "connect_timeout": "10s",
        },
        retry_config={"max_retries": 5},
        **more,
    )


def _object(store: "S3Store", bucket: str, key: str) -> "ObjectInput":
    with _honest(f"s3://{bucket}/{key}"):
        try:
            head = store.head(key)
        except FileNotFoundError:
            raise NoSuchSource(name=f"s3://{bucket}/{key}", ident=key) from None
    return ObjectInput(store, bucket, key, head["size"], head.get("e_tag"))


class ObjectInput(Input):
    """One object."""

    def __init__(self, store: "S3Store", bucket: str, key: str, size: int, tag: str | None) -> None:
        self._store, self._key, self._tag = store, key, tag
        self.name = f"s3://{bucket}/{key}"
        self.size_bytes = size

    def open(self, meter: Meter) -> BinaryIO:
        """A stream that draws ranges; it can go back."""
        with _honest(self.name):
            head = self._store.head(self._key)
        if head.get("e_tag") != self._tag or head["size"] != self.size_bytes:
            raise ChangedWhileRead(name=self.name)
        return cast("BinaryIO", _Ranges(self._store, self._key, self.name, self.size_bytes, meter))

    @property
    def seekable(self) -> bool:
        """Ranges can be asked for in any order."""
        return True


class _Ranges(AtPlaces):
    """An object as a raw file: a window of a few MiB is held."""

    def __init__(self, store: "S3Store", key: str, name: str, size: int, meter: Meter) -> None:
        super().__init__(size)
        self._store, self._key, self._name, self._meter = store, key, name, meter
        self._from, self._held = 0, b""

    def readinto(self, buffer: Any, /) -> int:
        view = memoryview(buffer).cast("B")
        want = min(len(view), self._size - self._at)
        if want <= 0:
            return 0
        start = self._at - self._from
        if not 0 <= start < len(self._held):
            length = min(max(want, READ_BYTES), self._size - self._at, max(READ_BYTES, len(view)))
            with _honest(self._name):
                self._held = bytes(self._store.get_range(self._key, start=self._at, length=length))
            self._meter.bytes += len(self._held)
            self._from, start = self._at, 0
        piece = self._held[start : start + want]
        view[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)


@contextmanager
def _honest(name: str) -> Iterator[None]:
    """Turn the store's errors into a refusal without its signed addresses."""
    from obstore.exceptions import BaseError

    try:
        yield
    except (BaseError, OSError) as error:
        raise SourceUnreachable(address=name, reason=_reason(error)) from None


def _reason(error: Exception) -> Text:
    """Why a store did not answer: its status and code, never the address that was asked, which is signed."""
    told = str(error)
    if NO_CREDENTIALS in told:
        return Text(
            "没有访问凭证（AWS_ACCESS_KEY_ID、AWS_SECRET_ACCESS_KEY）",
            "there are no credentials (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY)",
        )
    if (status := re.search(r"status code: (\d{3}[ \w]*)", told)) is not None:
        code = re.search(r"<Code>(\w{1,60})</Code>", told)
        words = f"{status[1].strip()}{f', {code[1]}' if code else ''}"
        return Text(f"对象存储答复“{words}”", f"the store answers {words}")
    if "error sending request" in told:
        return Text("无法连接对象存储（AWS_ENDPOINT_URL）", "the store cannot be reached (AWS_ENDPOINT_URL)")
    return said(type(error).__name__.removesuffix("Error"))
