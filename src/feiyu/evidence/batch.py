"""A batch: one logged root stands for many events of one source, each provable by itself.

What a device hall needs: a million readings become one entry, and any one of them can still be shown to have been
among them, unaltered, by whoever kept them.

Source: RFC 9162 section 2.1.
"""

import json
from collections.abc import Sequence

from feiyu.base import canonical, merkle
from feiyu.base.text import Text
from feiyu.evidence.errors import BadReceipt, NoSuchEntry
from feiyu.evidence.keys import to_base64

MAX_EVENT_BYTES = 1024 * 1024


class Batch:
    """The events, in their order; memory is the events' hashes."""

    def __init__(self, events: Sequence[bytes]) -> None:
        if not events:
            raise BadReceipt(reason=Text("批次中没有事件", "a batch without events"))
        if max(map(len, events)) > MAX_EVENT_BYTES:
            raise BadReceipt(
                reason=Text(f"有事件超过 {MAX_EVENT_BYTES} 字节", f"an event over {MAX_EVENT_BYTES} bytes")
            )
        self.events = tuple(events)
        self._leaves = [merkle.leaf_hash(event) for event in events]

    @property
    def root(self) -> bytes:
        """What is logged, with the number of events."""
        return merkle.root(self._leaves)

    def attach(self, receipt: bytes, index: int) -> bytes:
        """The batch's receipt, with one of its events and the path from it to the logged root."""
        if not 0 <= index < len(self.events):
            raise NoSuchEntry(index=index, size=len(self.events))
        found = canonical.loads_object(receipt)
        path = merkle.inclusion_path(self._leaves, index)
        found["batch"] = {
            "event": to_base64(self.events[index]), "index": index, "path": [to_base64(step) for step in path],
        }  # fmt: skip
        canonical.dumps(found)
        return json.dumps(found, ensure_ascii=False, indent=1).encode() + b"\n"
