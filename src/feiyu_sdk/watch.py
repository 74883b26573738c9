"""Fetch whatever comes for a recipient, as it comes, into a folder or a bucket.

Rules this module keeps:
 * what is there to fetch is asked of the port each time: the port's state is the memory, a crash loses nothing;
 * one transfer that cannot be fetched is told and left for the next look; the others go on;
 * what was verified and signed but had not yet gone to the sink when a crash came goes there first.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text
from feiyu.seal import OpeningKey, Signer
from feiyu_sdk.port import PortClient
from feiyu_sdk.recipient import fetch, usable_trust
from feiyu_sdk.sink import FolderSink, Sink

READY = ("sealed", "released")
RECEIPT = ".receipt.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """One transfer of a look: where its files are now, or why it did not come."""

    transfer_id: str
    places: tuple[str, ...] = ()
    refusal: FeiyuError | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Who fetches, and where to."""

    port: PortClient
    key: OpeningKey
    signer: Signer
    trust: bytes
    folder: Path
    sink: Sink | None = None


def look(who: Recipient, *, progress: Callable[[int, int], None] | None = None) -> Iterator[Came]:
    """One look: every transfer that is ready for this recipient, fetched, verified, signed, handed to the sink."""
    yield from _left_over(who)
    mine = who.port.me()["party"]["id"]
    ready = [one for one in who.port.transfers() if one["recipient"] == mine and one["state"] in READY]
    for one in sorted(ready, key=lambda one: one["changed_at"]):
        transfer_id = one["id"]
        try:
            if not _proven(who.port, transfer_id):
                continue
            got = fetch(
                who.port, transfer_id, key=who.key, signer=who.signer, folder=who.folder, trust=who.trust,
                progress=progress,
            )  # fmt: skip
            yield Came(transfer_id=transfer_id, places=_hand_over(who, got.path, got.receipt))
        except FeiyuError as refusal:
            yield Came(transfer_id=transfer_id, refusal=refusal)


def watch(
    who: Recipient,
    told: Callable[[Came], None],
    *,
    every_s: float = 10.0,
    stop: threading.Event | None = None,
) -> None:
    """Look again and again until ``stop``; a port that is away for a while is asked again.

    What goes wrong is told once, and again only when it changes or has gone well in between.

    Raises:
        BadTrustFile: nothing could be checked, however long one waits.
        Refused: the port does not know the token, or no longer (401).
    """
    stop = stop or threading.Event()
    usable_trust(who.trust)
    wrong: dict[str, Text] = {}
    while not stop.is_set():
        before, wrong = wrong, {}
        for came in _looked(who):
            if came.refusal is not None:
                wrong[came.transfer_id] = came.refusal.told
            if came.refusal is None or before.get(came.transfer_id) != came.refusal.told:
                told(came)
            if stop.is_set():
                return
        stop.wait(every_s)


def _looked(who: Recipient) -> Iterator[Came]:
    """A look that a port which is away does not end."""
    try:
        yield from look(who)
    except FeiyuError as refusal:
        if refusal.http_status == HTTPStatus.UNAUTHORIZED:
            raise
        yield Came(transfer_id="", refusal=refusal)


def _proven(port: PortClient, transfer_id: str) -> bool:
    """Whether the sealing stands in a witnessed checkpoint; before that no key is released."""
    sealed = [one for one in port.transfer(transfer_id)["events"] if one["type"] == "transfer.sealed"]
    return bool(sealed) and bool(sealed[-1]["proven"])


def _hand_over(who: Recipient, *paths: Path) -> tuple[str, ...]:
    sink = who.sink or FolderSink()
    return tuple(sink.put(path) for path in paths)


def _left_over(who: Recipient) -> Iterator[Came]:
    """Files of an earlier run that are complete (their receipt is there) and should have gone to the sink."""
    if who.sink is None or not who.folder.exists():
        return
    for receipt in sorted(who.folder.glob(f"*{RECEIPT}")):
        transfer_id = receipt.name.removesuffix(RECEIPT)
        content = [
            path for path in who.folder.glob(f"{transfer_id}.*")
            if path != receipt and not path.name.endswith((".part", ".part.log"))
        ]  # fmt: skip
        try:
            yield Came(transfer_id=transfer_id, places=_hand_over(who, *content, receipt))
        except FeiyuError as refusal:
            yield Came(transfer_id=transfer_id, refusal=refusal)
