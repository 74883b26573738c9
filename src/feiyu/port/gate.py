"""The wire's gate over grants: asked before every chunk, on the connection's own thread.

Rules this module keeps:
 * the answer comes from the database each time, so a revocation made by any process stops the next chunk here;
 * a key that was revoked ends its uploads at the next chunk and its downloads at the next segment;
 * a token opens one transfer in one direction; only its digest is stored;
 * a segment is remembered in the same transaction that raises the count of what arrived.
"""

import hmac
from pathlib import Path

from feiyu.base import nouns
from feiyu.base.errors import NotFound, Unauthenticated
from feiyu.port import copy, store, transfer
from feiyu.registry.house import House
from feiyu.registry.identity.service import usable_keys
from feiyu.store import Tx
from feiyu.wire import DownloadSource, SegmentDigest, UploadTarget
from feiyu.wire.limits import SEGMENT_BYTES

SEGMENTS_MAX = 65_536


class PortGate:
    """Implements ``feiyu.wire.Gate``."""

    def __init__(self, house: House) -> None:
        self._house = house
        self.live: dict[str, int] = {}
        """Bytes that arrived so far, by transfer, for the live view; the database has the durable figure."""

    def authorize_upload(self, token: str, transfer_id: str, segment: int) -> UploadTarget:
        """The file a segment goes to; only for who opened the transfer."""
        with self._house.db.read(scope=transfer.SYSTEM) as tx:
            known = store.upload_digest(tx, transfer_id)
        if known is None:
            raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
        if not hmac.compare_digest(known, transfer.digest(token)):
            raise Unauthenticated
        if not 0 <= segment < SEGMENTS_MAX:
            raise NotFound(what=nouns.SEGMENT, ident=str(segment))
        return UploadTarget(path=self._path(transfer_id, segment), max_bytes=SEGMENT_BYTES)

    def before_accept(self, transfer_id: str, segment: int, offset: int, length: int) -> None:
        """Still open, not revoked, in its window, within what was claimed."""
        end = segment * SEGMENT_BYTES + offset + length
        with self._house.db.read(scope=transfer.SYSTEM) as tx:
            transfer.check_chunk(self._house, tx, transfer_id=transfer_id, end=end)
        self.live[transfer_id] = max(end, self.live.get(transfer_id, 0))

    def segment_complete(self, transfer_id: str, segment: int, digest: SegmentDigest) -> None:
        """Remember the segment's size and root."""

        def put(tx: Tx) -> None:
            found = store.transfer_of(tx, transfer.SYSTEM, transfer_id)
            if found is None:
                raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
            store.put_segment(
                tx, found, segment, size_bytes=digest.size_bytes, root=digest.root, at=self._house.clock.now()
            )

        self._house.db.write(put, scope=transfer.SYSTEM)

    def authorize_download(self, token: str, transfer_id: str, segment: int) -> DownloadSource:
        """The file a segment lies in; only for whom it was released to."""
        with self._house.db.read(scope=transfer.SYSTEM) as tx:
            if store.transfer_of(tx, transfer.SYSTEM, transfer_id) is None:
                raise NotFound(what=nouns.TRANSFER, ident=transfer_id)
            given = transfer.digest(token)
            holders = [
                key for key in store.keys_of(tx, transfer_id)
                if key.download_digest is not None and hmac.compare_digest(key.download_digest, given)
            ]  # fmt: skip
            if not holders:
                raise Unauthenticated
            own = holders[0].party == holders[0].owner_party
            usable_keys(tx, holders[0].key_id)
            self._check(tx, transfer_id, own=own)
            known = {no: (size, root) for no, size, root in store.segments_of(tx, transfer_id)}
        if segment not in known:
            raise NotFound(what=nouns.SEGMENT, ident=str(segment))
        size, root = known[segment]
        return DownloadSource(path=self._path(transfer_id, segment), size_bytes=size, root=root, own=own)

    def before_release(
        self, source: DownloadSource, transfer_id: str, segment: int, offset: int, length: int  # noqa: ARG002
    ) -> None:  # fmt: skip
        """Released, not revoked, in its window; for the exporter's own copy: sealed, and still kept."""
        with self._house.db.read(scope=transfer.SYSTEM) as tx:
            self._check(tx, transfer_id, own=source.own)

    def _check(self, tx: Tx, transfer_id: str, *, own: bool) -> None:
        if own:
            copy.check_copy(self._house, tx, transfer_id=transfer_id)
        else:
            transfer.check_fetch(self._house, tx, transfer_id=transfer_id)

    def _path(self, transfer_id: str, segment: int) -> Path:
        return copy.folder_of(self._house, transfer_id) / f"{segment:05d}"
