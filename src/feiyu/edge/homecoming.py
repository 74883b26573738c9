"""What was sealed while the port was away goes home: hand out (break-glass), report, settle, upload.

Rules this module keeps:
 * each step looks at what is done already, so that a crash anywhere is taken up by doing it again;
 * the manifest that was signed then is the one that is handed in: its counts are what the port reserves;
 * a break-glass is in the ledger in the transaction that says it was handed out.
"""

import base64
import hashlib
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from feiyu.base import canonical
from feiyu.base.clock import to_text
from feiyu.edge import entries, lease_store, ledger, store
from feiyu.edge.leave import Leave, name_of
from feiyu.edge.model import SCOPE, Control, Edge
from feiyu.edge.spool import blocks
from feiyu.edge.store import LedgerRow, RunRow
from feiyu.edge.trail import tell
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.registry.leases import GLASS_FORMAT
from feiyu.seal import Manifest, Wrap
from feiyu.seal.suites import AGE, suite_of
from feiyu.store import Tx
from feiyu.wire import Endpoint, Patience, Uploader
from feiyu_sdk.errors import Refused

T = TypeVar("T")
Ask = Callable[[Callable[[], Any]], Any]
"""Asks the port, patiently."""


def spool_of(edge: Edge, run: RunRow) -> Path:
    """Where the sealed bytes of a run wait."""
    return edge.runs_folder / f"{run.id}.spool"


def hand_out(edge: Edge, run: RunRow, leave: Leave, entry: LedgerRow) -> None:
    """Write a break-glass's bundle for the recipient, put it into the ledger, and say so; once."""
    assert run.manifest is not None
    folder = edge.house.folder / "emergency" / leave.transfer_id
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    manifest = Manifest.from_bytes(run.manifest)
    content = folder / "content.sealed"
    if not content.exists() or content.stat().st_size != manifest.cipher_size:
        shutil.copyfile(spool_of(edge, run), content)
    if manifest.suite == AGE.id:
        with (folder / "content.age").open("wb") as file, content.open("rb") as payload:
            file.write(
                Wrap.from_bytes(run.wrap or b"").box
            )  # the stock tool opens header and payload together
            shutil.copyfileobj(payload, file, 1 << 20)
    (folder / "release.json").write_bytes(canonical.dumps({
        "format": "feiyu-emergency/1", "transfer_id": leave.transfer_id, "manifest": _b64(run.manifest),
        "signature": _b64(run.manifest_signature or b""), "wrap": _b64(run.wrap or b""),
        "edge_key": _b64(edge.keys.signer.public),
    }))  # fmt: skip

    def act(tx: Tx) -> None:
        if store.ledger_of_run(tx, run.id) is not None:
            return
        entries.record_entry(edge, tx, entry)
        lease_store.set_glass(tx, leave.id, state="out", bundle=str(folder))
        said = {"persons": manifest.persons.counted, "bytes": manifest.cipher_size}
        tell(
            edge,
            tx,
            "breakglass.handed_out",
            said,
            breakglass=leave.id,
            grant=run.grant_id,
            transfer=leave.transfer_id,
        )

    edge.house.db.write(act, scope=SCOPE)


def settle(edge: Edge, run: RunRow, leave: Leave, ask: Ask) -> dict[str, Any]:
    """Have the port open the transfer that the leave named; the answer holds the data plane's address and token."""
    assert run.manifest is not None
    manifest = Manifest.from_bytes(run.manifest)
    new = _new_persons(edge, run, manifest)
    usage = {"persons": new[0], "sensitive": new[1], "size_bytes": manifest.counted_size}
    if leave.is_glass:
        report = _report(edge, run, leave, manifest)
        ask(lambda: edge.port.report_breakglass(report))
    fields = [{"name": name, "type": kind} for name, kind in manifest.fields]
    opened: dict[str, Any] = ask(lambda: edge.port.settle_lease(
        leave.id, title=Path(run.path).name[:200], fields=fields, stripped=list(manifest.stripped), usage=usage,
    ))  # fmt: skip

    def act(tx: Tx) -> None:
        if leave.is_glass:
            lease_store.set_glass(tx, leave.id, state="reported", reported_at=edge.house.clock.now())
        else:
            lease_store.set_lease(tx, leave.id, state="over")
        store.set_run(
            tx, run.id, wire_url=opened["wire_url"], upload_token=opened["upload_token"],
            changed_at=edge.house.clock.now(),
        )  # fmt: skip
        if run.wire_url is None:
            tell(
                edge, tx, "leave.settled", {}, leave=leave.id, grant=run.grant_id, transfer=leave.transfer_id
            )

    edge.house.db.write(act, scope=SCOPE)
    return opened


def upload(edge: Edge, run: RunRow, control: Control, patience: Patience) -> None:
    """Send the spooled bytes; what the port has already is not sent again."""
    assert run.manifest is not None
    assert run.transfer_id is not None
    manifest = Manifest.from_bytes(run.manifest)

    def told(progress: Any) -> None:
        control.confirmed_bytes = progress.confirmed_bytes

    uploader = Uploader(
        Endpoint.of(run.wire_url or ""), run.transfer_id, token=run.upload_token or "", cancel=control.stop, tree=suite_of(manifest.suite).hash, progress=told,
        patience=patience, pace=control.pace,
    )  # fmt: skip
    with uploader:
        for block in blocks(spool_of(edge, run)):
            uploader.write(block)
        uploader.finish([segment.root for segment in manifest.segments])


def tell_end(edge: Edge, transfer_id: str, ground: str) -> None:
    """Tell the port that a run ended, so that what it had reserved is free; raises where the port is out of reach.

    That the port knows no such transfer, or that it ended there otherwise, is an answer too. Until it was told, the row keeps its upload token.
    """
    with suppress(Refused):
        edge.port.cut(transfer_id, ground=ground)


def sealed_away(edge: Edge, tx: Tx, run: RunRow, leave: Leave, manifest: Manifest, digest: str) -> None:
    """Say in the edge's chain what was sealed without the port."""
    tell(edge, tx, "leave.sealed", {
        "persons": manifest.persons.counted, "sensitive": manifest.persons.sensitive.counted,
        "bytes": manifest.cipher_size, "manifest_sha256": digest,
    }, leave=leave.id, grant=run.grant_id, transfer=leave.transfer_id)  # fmt: skip


def _new_persons(edge: Edge, run: RunRow, manifest: Manifest) -> tuple[int, int]:
    """Persons that earlier transfers under the grant did not count."""
    path = edge.runs_folder / f"{run.id}.persons"
    if not path.exists():
        return 0, 0
    with edge.house.db.read(scope=SCOPE) as tx:
        rows = [
            row for row in ledger.live(store.ledger_rows(tx, since=ledger.EVER, grant_id=run.grant_id))
            if row.run_id != run.id
        ]  # fmt: skip
    before, after = ledger.union(edge.runs_folder, rows), ledger.union(edge.runs_folder, rows, path)
    return (
        min(after.counted - before.counted, manifest.persons.counted),
        min(after.sensitive.counted - before.sensitive.counted, manifest.persons.sensitive.counted),
    )


def _report(edge: Edge, run: RunRow, leave: Leave, manifest: Manifest) -> dict[str, str]:
    with edge.house.db.read(scope=SCOPE) as tx:
        glass = lease_store.glass_of(tx, leave.id)
        assert glass is not None
        asked_by, confirmed_by = (_person(tx, one) for one in (glass.asked_by, glass.confirmed_by))
    assert run.manifest is not None
    document = canonical.dumps({
        "format": GLASS_FORMAT, "id": glass.id, "exporter": edge.house.party_id, "grant_id": glass.grant_id,
        "transfer_id": glass.transfer_id, "ground": glass.ground, "asked_by": asked_by,
        "confirmed_by": confirmed_by, "persons": manifest.persons.counted,
        "sensitive": manifest.persons.sensitive.counted, "size_bytes": manifest.counted_size,
        "manifest_sha256": hashlib.sha256(run.manifest).hexdigest(), "at": to_text(glass.confirmed_at or glass.asked_at),
    })  # fmt: skip
    signature = edge.keys.signer.sign(STATEMENT_PREFIX + document)
    return {"document": _b64(document), "key_id": edge.keys.signer.key_id, "signature": _b64(signature)}


def _person(tx: Tx, principal_id: str | None) -> str:
    """By name, which the port cannot look up, and by the id under which this edge's own evidence has the person."""
    name = name_of(tx, principal_id)
    return f"{name[:60]} ({principal_id})" if name and name != principal_id else str(principal_id)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()
