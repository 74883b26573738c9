"""Where a recipient's verified files go: a folder, or a bucket of their own.

Rules this module keeps:
 * only what has verified in every step comes here;
 * a bucket's object appears whole or not at all, and its size is compared before the local copy is removed.

S3 is spoken through ``obstore`` (extra ``s3`` of the stand-alone client), with the usual variables: ``AWS_ACCESS_KEY_ID``,
``AWS_SECRET_ACCESS_KEY``, ``AWS_REGION``, ``AWS_ENDPOINT_URL``.
"""

import importlib
import os
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.seal.errors import MissingExtra
from feiyu_sdk.errors import SinkFailed

LOCAL = ("http://127.", "http://localhost", "http://[::1]")


class Sink(Protocol):
    """Takes a verified file over."""

    def put(self, path: Path) -> str:
        """Keep a file; where it is now."""
        ...


class FolderSink:
    """Files stay where they were fetched to."""

    def put(self, path: Path) -> str:
        """It is there already."""
        return str(path)


class BucketSink:
    """``s3://bucket/prefix/``."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "s3" or not parts.netloc or "@" in parts.netloc or parts.query:
            raise SinkFailed(place=address[:200], reason=Text("应为 s3://桶/前缀/", "s3://bucket/prefix/"))
        try:
            stores = importlib.import_module("obstore.store")
        except ImportError:
            raise MissingExtra(name="S3", extra="s3") from None
        self._place = f"s3://{parts.netloc}/{parts.path.strip('/')}".rstrip("/")
        endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
        more: dict[str, Any] = {"endpoint": endpoint} if endpoint else {}
        self._store = stores.S3Store(
            parts.netloc, prefix=parts.path.strip("/") or None,
            region=os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION") or "us-east-1",
            client_options={
                "allow_http": (endpoint or "").startswith(LOCAL), "timeout": "120s", "connect_timeout": "10s",
            }, retry_config={"max_retries": 5}, **more,
        )  # fmt: skip

    def put(self, path: Path) -> str:
        """Upload in parts, compare the size, remove the local copy."""
        place, size = f"{self._place}/{path.name}", path.stat().st_size
        errors = importlib.import_module("obstore.exceptions")
        try:
            with path.open("rb") as file:
                self._store.put(path.name, file)
            kept = self._store.head(path.name)["size"]
        except (errors.BaseError, OSError) as bad:
            raise SinkFailed(place=place, reason=said(bad)) from None
        if kept != size:
            raise SinkFailed(
                place=place,
                reason=Text(f"存入 {kept} 字节，应为 {size} 字节", f"{kept} bytes instead of {size}"),
            )
        path.unlink()
        return place


def sink_of(address: str) -> tuple[Sink, bool]:
    """The sink an address names, and whether files leave the local folder for it."""
    return (BucketSink(address), True) if address.startswith("s3://") else (FolderSink(), False)
