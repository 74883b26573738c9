"""The line, as the edge sees it. Read ``send`` top to bottom.

    grant ─check─▶ source ─strip·inspect·count─▶ writer ─▶ stage ─claim─▶ seal ─▶ wire ─▶ manifest ─▶ port

Rules this module keeps:
 * the grant is believed only under the port's pinned grant key, and only for this exporter; each of the recipient's keys in it
   only if this exporter itself confirmed its fingerprint over a second channel: a port that swaps a key fails;
 * the secret is wrapped to every one of them, and to a key of this exporter's own, which no port can swap;
 * every record batch is inspected before a byte of it is staged; what the grant does not cover waits for a person
   (hold, ``edge.held``), ends the run (cut) or is only told (observe), as the grant's mode says; undeclared columns never leave;
 * nothing is handed to the wire before the port has reserved its bytes, and persons are claimed as they are counted;
 * while the port is away a run goes on inside a lease or a break-glass (``edge.leave``), its ciphertext spooled, and comes home later;
   without one it waits;
 * memory does not grow with the file: one batch, two stages (one is sealed while the next is inspected), a few segments;
 * where the sender says so, chunks are packed before they are sealed; persons and bytes are claimed as if they were not;
 * where there is no room on this edge's disk a run waits for it (``edge.room``);
 * a person may cut a run until its manifest is kept, or until what was sealed away has come home: after that the port has it;
 * after a crash the same source gives the same bytes, or a new key is wanted (``SourceChanged``): a nonce never sees
   two plaintexts;
 * plaintext, digests and keys stay here; ciphertext, counts and the signed manifest go.

Source: DESIGN, the main job and invariants 1, 3, 5, 6.
"""

import base64
import hashlib
import time
from collections.abc import Callable
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from feiyu.base import nouns
from feiyu.base.clock import legal_date, to_text
from feiyu.base.errors import FeiyuError, Unavailable
from feiyu.base.ids import new_id
from feiyu.base.text import Text, listed, number_of
from feiyu.edge import entries, held, homecoming, ledger, room, store
from feiyu.edge import leave as leaves
from feiyu.edge.behind import Behind
from feiyu.edge.both import BothKeys
from feiyu.edge.errors import Cut, ForgedGrant, NoCount, RecipientUnpinned
from feiyu.edge.leave import Leave
from feiyu.edge.model import HANDED_OUT, SCOPE, SEALED_AWAY, STOPPED, Control, Edge, RunState
from feiyu.edge.profiles import fields_of
from feiyu.edge.rows import change, reload
from feiyu.edge.source import Plan, plan, select
from feiyu.edge.spool import Spool
from feiyu.edge.stage import Stage, patient
from feiyu.edge.store import LedgerRow, RunRow
from feiyu.edge.take import forget
from feiyu.registry.scenarios.model import Mode
from feiyu.registry.terms import GRANT_SIGNED, Grant, Signed
from feiyu.scan import (
    Mismatch,
    PersonCounts,
    inspect_batches,
    open_writer,
    written_as,
)
from feiyu.scan.catalogue import name_of
from feiyu.scan.commit import commit
from feiyu.scan.survey import Plan as CountPlan
from feiyu.scan.table import together
from feiyu.seal import (
    Manifest,
    Packer,
    PackingWriter,
    Persons,
    RecipientPublic,
    Sealed,
    SealingWriter,
    SealJournal,
    SignedManifest,
    TransferSecret,
    Wrap,
    algorithm_of,
    keys,
    sealer_of,
    suite_for,
    unwrap,
    wrap,
)  # fmt: skip
from feiyu.seal.errors import BadKey
from feiyu.seal.packing import NONE, ZSTD
from feiyu.seal.suites import STREAM, Suite
from feiyu.store import Tx
from feiyu.wire import Endpoint, Patience, Progress, Uploader
from feiyu_sdk.errors import Refused, Unreachable

T = TypeVar("T")
INSPECTED_ROWS, INSPECTED_BATCHES = 1 << 16, 4
"""So many rows are decided about together, or so many batches where rows are wide."""
COUNTED_BYTES = 64 << 20
"""A graph of persons beyond this goes to disk: counting from there is as quick, and an edge has other work beside it."""
WHILE_THE_PORT_IS_AWAY = Patience(tries=1_000_000)
"""Without a lease the edge waits; whoever wants an end sets the run's stop."""


def send(edge: Edge, run: RunRow, control: Control) -> RunRow:
    """Carry one run to its sealed end, or to a cut; a crash anywhere is taken up again by calling this once more.

    Where the disk is full, or the database does not answer, that is done here: nothing is lost by it, and no person has to come.
    """
    tries = 0
    while True:
        try:
            return _carry(edge, run, control)
        except (FeiyuError, OSError) as bad:
            if control.ends:
                return run  # this process ends; the next one takes the run up
            why = room.wanting(edge, bad) if control.cut_ground is None else None
            if why is None and isinstance(bad, FeiyuError):
                return _end(edge, run, control, bad)
            if why is None:
                raise
        control.seen.clear()
        control.stop.clear()  # a failed upload sets it; who ends this process has set ``ends`` before
        if not control.ends:
            room.wait(edge, control, why, tries=tries)
        tries += 1
        run = reload(edge, run)


def _carry(edge: Edge, run: RunRow, control: Control) -> RunRow:
    _go_on_unless_cut(run)
    if run.manifest is None:
        run = _cross(edge, run, control)
    if run.leave_id is not None:
        run = _come_home(edge, run, control)
        _go_on_unless_cut(reload(edge, run))
    _hand_in(edge, run, control)
    return _close(edge, run)


def _go_on_unless_cut(run: RunRow) -> None:
    if run.ground is not None:
        raise Cut(ground=Text.of(run.ground))


def _cross(edge: Edge, run: RunRow, control: Control) -> RunRow:
    """Everything up to the signed manifest, which is kept before the port sees it."""
    grant = check_grant(edge, run)
    chosen = plan(Path(run.path), grant, tuple(run.dropped))
    run = held.go_on(edge, _begin(edge, run, grant, chosen, control), control)
    assert run.transfer_id is not None
    secret = _secret(edge, run)
    counter = _counter(edge, run, chosen)
    to = _recipient(grant)
    suite = suite_for(to.algorithm)
    leave = leaves.of_run(edge, run)
    seal_journal = edge.runs_folder / f"{run.id}.seals"
    packer = Packer() if run.packing == ZSTD and suite.aead != STREAM else None
    with (
        _carrier(edge, run, control, leave, suite) as carrier,
        SealJournal(
            seal_journal, transfer_id=run.transfer_id, packer=packer.name if packer else NONE
        ) as journal,
    ):
        sealer = sealer_of(secret, transfer_id=run.transfer_id, suite=suite, sealed=journal.chunks)
        room = carrier.room if isinstance(carrier, Uploader) else None
        sink = (
            PackingWriter(sealer, carrier.write, packer=packer, journal=journal, room=room)
            if packer
            else SealingWriter(sealer, carrier.write, journal=journal, room=room)
        )
        with Behind[memoryview](sink.write, name="seal-behind") as behind, counter or nullcontext():
            stage = Stage(edge, run, counter, control, sink, behind, suite.geometry(), leave)
            try:
                rows = _stream(edge, run, grant, chosen, stage, counter, control)
            except Cut:
                if isinstance(carrier, Uploader) and carrier.failure is not None:
                    raise carrier.failure from None  # a refusal by the port stops the run too, and says why
                raise
            persons, union = _final_persons(edge, run, counter)
            stage.finish(union)
            behind.wait()
        sealed = sink.finish()
        if isinstance(carrier, Uploader):
            carrier.finish([segment.root for segment in sealed.segments])
        else:
            carrier.finish()
    own = edge.keys.copies.current(suite, edge.house.clock.now())
    manifest = _manifest(
        edge, run, grant, chosen, sealed=sealed, rows=rows, persons=persons, own_key_id=own.key_id
    )  # fmt: skip
    wraps = [
        wrap(
            secret, one, transfer_id=run.transfer_id, pinned_key_id=pinned, plain_root=sealed.plain_root, suite=suite
        ).to_bytes()
        for one, pinned in [
            (to, grant.recipient_key_id), *((_public(term.key, term.key_id), term.key_id) for term in grant.also),
            (own.public, own.key_id),
        ]
    ]  # fmt: skip
    kept: dict[str, Any] = {
        "manifest": manifest.body, "manifest_signature": manifest.signature, "wrap": wraps[0], "rows": rows,
        "also": [base64.b64encode(one).decode() for one in wraps[1:]],
        "plain_bytes": sealed.plain_bytes, "cipher_bytes": sealed.cipher_bytes, "persons": persons.as_dict(),
        "changed_at": edge.house.clock.now(),
    }  # fmt: skip

    def act(tx: Tx) -> None:
        now = store.run_of(tx, run.id)
        assert now is not None, "a run's row is never deleted"
        _go_on_unless_cut(now)  # from here on nobody at this edge can cut it
        store.set_run(tx, run.id, **kept)
        if leave is not None:
            digest = hashlib.sha256(manifest.body).hexdigest()
            homecoming.sealed_away(edge, tx, run, leave, Manifest.from_bytes(manifest.body), digest)

    edge.house.db.write(act, scope=SCOPE)
    return reload(edge, run)


def _carrier(
    edge: Edge, run: RunRow, control: Control, leave: Leave | None, suite: Suite
) -> Uploader | Spool:  # fmt: skip
    """Where ciphertext goes: to the port, or into a spool while it is away."""
    if leave is not None:
        return Spool(homecoming.spool_of(edge, run))
    assert run.transfer_id is not None
    return Uploader(
        Endpoint.of(run.wire_url or ""), run.transfer_id, token=run.upload_token or "", cancel=control.stop,
        tree=suite.hash, progress=lambda told: _count(control, told),
        patience=replace(WHILE_THE_PORT_IS_AWAY, trouble=control.trouble),
        pace=control.pace,
    )  # fmt: skip


def _come_home(edge: Edge, run: RunRow, control: Control) -> RunRow:
    """Hand out (break-glass), settle with the port as soon as it is back, upload what was spooled."""
    leave = leaves.of_run(edge, run)
    assert leave is not None
    if leave.is_glass:
        homecoming.hand_out(edge, run, leave, _entry(edge, run))
    if run.wire_url is None:
        why = HANDED_OUT if leave.is_glass else SEALED_AWAY
        homecoming.settle(edge, run, leave, lambda ask: patient(control, ask, why))
        run = reload(edge, run)
    homecoming.upload(edge, run, control, replace(WHILE_THE_PORT_IS_AWAY, trouble=control.trouble))
    return run


def check_grant(edge: Edge, run: RunRow) -> Grant:
    """The grant's terms, once its signature and its parties are what this edge was told apart from the port."""
    signed = Signed.of(run.grant)
    if signed.key_id != keys.key_id(keys.ED25519, edge.keys.grant_public):
        raise ForgedGrant(
            grant=run.grant_id, reason=Text("签名所用的密钥不是登记的密钥", "another key signed it")
        )
    keys.verify(edge.keys.grant_public, GRANT_SIGNED + signed.document, signed.signature, what=nouns.GRANT)
    grant = Grant.of_bytes(signed.document)
    if grant.exporter != edge.house.party_id or grant.id != run.grant_id:
        raise ForgedGrant(
            grant=run.grant_id,
            reason=Text("其中写明的是另一出境方或另一份授权", "it names another exporter or another grant"),
        )
    try:
        suite = suite_for(_recipient(grant).algorithm)
        further = [_public(term.key, term.key_id) for term in grant.also]
    except BadKey:
        raise ForgedGrant(
            grant=run.grant_id,
            reason=Text("接收方的密钥与其中写明的不同", "a key of the recipient's is not the one it names"),
        ) from None
    if any(term.party != grant.recipient for term in grant.also):
        raise ForgedGrant(
            grant=run.grant_id,
            reason=Text("其中写明的密钥不属于该接收方", "it names a key of somebody else than the recipient"),
        )
    if any(one.algorithm not in suite.kems for one in further):
        raise ForgedGrant(
            grant=run.grant_id,
            reason=Text("其中的密钥不属于同一加密套件", "its keys are not of one cipher suite"),
        )
    with edge.house.db.read(scope=SCOPE) as tx:
        pins = store.pins(tx, grant.recipient)
    for key_id in grant.key_ids:
        shown = keys.fingerprint(key_id)
        if shown.replace(" ", "") not in pins:
            raise RecipientUnpinned(recipient=grant.recipient, fingerprint=shown)
    return grant


def _recipient(grant: Grant) -> RecipientPublic:
    """The pinned key. Its id says the algorithm too, and the algorithm the suite."""
    return _public(grant.recipient_key, grant.recipient_key_id)


def _public(raw: bytes, key_id: str) -> RecipientPublic:
    return RecipientPublic(algorithm_of(raw, key_id), raw)


def _begin(edge: Edge, run: RunRow, grant: Grant, chosen: Plan, control: Control) -> RunRow:
    """Open the transfer at the port, or take up the one a crash left; the secret is in custody before a byte is sealed."""
    control.total_bytes = chosen.source.size_bytes
    if run.custody is not None:
        return run
    fields = [{"name": name, "type": chosen.expected[name]} for name in chosen.kept]
    opened = _open_or_take(edge, run, grant, control, lambda: edge.port.open_transfer(
        grant_id=grant.id, title=chosen.source.name, fields=fields, stripped=list(chosen.stripped),
        expected_bytes=suite_for(_recipient(grant).algorithm).geometry().cipher_bytes(chosen.source.size_bytes),
    ))  # fmt: skip
    transfer_id = opened["transfer"]["id"]
    custody = wrap(
        TransferSecret.generate(), edge.keys.custody.public, transfer_id=transfer_id,
        pinned_key_id=edge.keys.custody.key_id,
    )  # fmt: skip
    return change(
        edge, run, transfer_id=transfer_id, upload_token=opened.get("upload_token"), wire_url=opened.get("wire_url"),
        custody=base64.b64encode(custody.to_bytes()).decode(), state=RunState.RUNNING.value,
    )  # fmt: skip


def _open_or_take(
    edge: Edge, run: RunRow, grant: Grant, control: Control, ask: Callable[[], dict[str, Any]]
) -> dict[str, Any]:  # fmt: skip
    """Open at the port; while it is away take a lease or a break-glass where there is one, else wait."""

    def once() -> dict[str, Any]:
        now = reload(edge, run)
        if (taken := leaves.of_run(edge, now)) is not None:  # a crash may lie between taking it and here
            return {"transfer": {"id": taken.transfer_id}}
        try:
            return ask()
        except Unreachable:
            leave = leaves.take(edge, now, grant)
            if leave is None:
                raise
            return {"transfer": {"id": leave.transfer_id}}

    return patient(control, once)


def _secret(edge: Edge, run: RunRow) -> TransferSecret:
    assert run.custody is not None
    assert run.transfer_id is not None
    kept = Wrap.from_bytes(base64.b64decode(run.custody))
    return unwrap(kept, edge.keys.custody, transfer_id=run.transfer_id).secret


def _counter(edge: Edge, run: RunRow, chosen: Plan) -> BothKeys | None:
    """A counter over what the file's own scan found in the fields that go; None where nobody is in them."""
    plan_ = CountPlan.of(fields_of(edge, Path(run.path), chosen.kept))
    if not plan_.personal:
        return None
    clock, now = edge.house.clock, edge.house.clock.now()
    group = edge.keys.counting.group(now)
    spill = edge.runs_folder  # files without a name
    return BothKeys(
        plan_.counter(edge.keys.counting.secret(now), spill=spill, memory_bytes=COUNTED_BYTES, clock=clock),
        plan_.counter(group.secret, spill=spill, memory_bytes=COUNTED_BYTES, clock=clock)
        if group is not None
        else None,
    )


def _stream(
    edge: Edge, run: RunRow, grant: Grant, chosen: Plan, stage: Stage, counter: BothKeys | None, control: Control
) -> int:  # fmt: skip
    """Every record batch: keep what may go, inspect, count, write. The number of rows.

    A few batches are inspected together, for a decision costs much more than a look at a few thousand rows. Plain delimited text comes
    as views over its bytes; where no column is stripped or emptied, these bytes are passed on as they are.
    """
    schema = select(chosen.table.schema.empty_table(), chosen.kept).schema
    writer = open_writer(written_as(chosen.source.format), schema, cast("BinaryIO", stage))
    masked_from = dict(run.masked_from)
    rows = 0
    entire = chosen.kept == chosen.table.fields
    for some in together(chosen.table.views(), rows=INSPECTED_ROWS, most=INSPECTED_BATCHES):
        batches = [_masked(select(one, chosen.kept), masked_from, rows) for one in some]
        if found := inspect_batches(batches, chosen.expected, own=edge.own):
            masked_from = _settle(edge, run, grant, found, masked_from, rows=rows, control=control)
            batches = [_masked(one, masked_from, rows) for one in batches]
        if counter is not None:
            counter.take(batches)
        for batch in batches:
            if not (entire and writer.pass_on(batch)):
                writer.write(batch)
            rows += batch.num_rows
        control.rows = rows
        stage.flush_if_full()
        if control.stop.is_set():
            raise Cut(ground=control.cut_ground or STOPPED)
    writer.close()
    return rows


def _settle(
    edge: Edge, run: RunRow, grant: Grant, found: tuple[Mismatch, ...], masked_from: dict[str, int],
    *, rows: int, control: Control,
) -> dict[str, int]:  # fmt: skip
    """Content that the grant does not cover: observe, cut, or hold until a person decides. Columns emptied from a row on."""
    if grant.mode is Mode.OBSERVE:
        change(edge, run, held=held.shown(found, rows))
        return masked_from
    if grant.mode is Mode.CUT:
        raise Cut(ground=listed(_counted(one) for one in found))
    return dict(held.hold(edge, run, found, row=rows, control=control).masked_from)


def _counted(one: Mismatch) -> Text:
    """A mismatch in few words: no field and no value, for the port reads them too."""
    found = name_of(one.found)
    return Text(f"{found.zh} {one.hits:,} 处", f"{found.en}, {number_of(one.hits, 'time')}")


def _masked(batch: Any, masked_from: dict[str, int], rows: int) -> Any:
    """The batch with the columns emptied that a person told to mask from some row on."""
    import pyarrow as pa

    for name, start in masked_from.items():
        if rows >= start and name in batch.schema.names:
            index = batch.schema.get_field_index(name)
            kind = batch.schema.field(index).type
            empty = (
                pa.array([""] * batch.num_rows, kind)
                if pa.types.is_string(kind) or pa.types.is_string_view(kind)
                else pa.nulls(batch.num_rows, kind)
            )
            batch = batch.set_column(index, batch.schema.field(index), empty)
    return batch


def _final_persons(edge: Edge, run: RunRow, counter: BothKeys | None) -> tuple[PersonCounts, PersonCounts]:
    """Write the run's digests, and count: this run, and its union with earlier runs under the grant."""
    path = edge.runs_folder / f"{run.id}.persons"
    with edge.house.db.read(scope=SCOPE) as tx:
        earlier = ledger.live(store.ledger_rows(tx, since=ledger.EVER, grant_id=run.grant_id))
    if counter is None:
        return PersonCounts(), ledger.union(edge.runs_folder, earlier)
    mine = counter.write_run(path)
    if not mine.exact:
        raise NoCount(fields=", ".join(mine.damaged))
    return mine, ledger.union(edge.runs_folder, earlier, path) if earlier else mine


def _manifest(
    edge: Edge, run: RunRow, grant: Grant, chosen: Plan, *, sealed: Sealed, rows: int, persons: PersonCounts,
    own_key_id: str,
) -> SignedManifest:  # fmt: skip
    manifest = Manifest.of_sealed(
        sealed, transfer_id=run.transfer_id, grant_id=grant.id, basis_id=grant.basis_id, flow_id=grant.flow_id,
        exporter=grant.exporter, recipient=grant.recipient, recipient_key_id=grant.recipient_key_id,
        suite=suite_for(_recipient(grant).algorithm).id,
        fields=tuple(chosen.expected.items()), stripped=chosen.stripped, rows=rows,
        persons=Persons(
            lower=persons.lower, counted=persons.counted, upper=persons.upper, sensitive=persons.sensitive
        ),
        evidence_level="S", content_format=written_as(chosen.source.format),
        created_at=to_text(edge.house.clock.now()), edge_key_id=edge.keys.signer.key_id,
        also=(*((term.party, term.key_id) for term in grant.also), (edge.house.party_id, own_key_id)),
    )  # fmt: skip
    return SignedManifest.sign(manifest, edge.keys.signer)


def _hand_in(edge: Edge, run: RunRow, control: Control) -> None:
    """Give the port manifest and wraps. Asking twice gives the same answer."""
    assert run.transfer_id is not None
    assert run.manifest is not None
    transfer_id = run.transfer_id
    parts = {
        "manifest": base64.b64encode(run.manifest).decode(),
        "signature": base64.b64encode(run.manifest_signature or b"").decode(),
        "wrap": base64.b64encode(run.wrap or b"").decode(),
    }
    patient(control, lambda: edge.port.seal(transfer_id, **parts, also=run.also or []))


def _entry(edge: Edge, run: RunRow) -> LedgerRow:
    """The ledger's entry of a run that is sealed."""
    now = edge.house.clock.now()
    persons = PersonCounts.of(run.persons or {})
    path = edge.runs_folder / f"{run.id}.persons"
    held = commit(path, edge.keys.counting.secret(now)) if persons.upper and path.exists() else None
    group = path.with_suffix(".group")
    return LedgerRow(
        id=new_id("entry", now), owner_party=edge.house.party_id, run_id=run.id, grant_id=run.grant_id,
        day=legal_date(now), level="S", source=run.transfer_id or "", exempt_rule=None, file=path.name if held else None,
        persons=persons.counted, sensitive=persons.sensitive.counted, reverses=None, at=now, kind=entries.TRANSFER,
        basis_id=Grant.of_bytes(Signed.of(run.grant).document).basis_id, title=Path(run.path).name[:200],
        persons_upper=persons.upper, sensitive_upper=persons.sensitive.upper,
        commitment=held.root.hex() if held else None, identifiers=held.size if held else None,
        group_file=group.name if held and group.exists() else None,
    )  # fmt: skip


def _close(edge: Edge, run: RunRow) -> RunRow:
    """Put the run into the ledger and end it; the custody wrap is destroyed, resume is over."""
    now = edge.house.clock.now()
    entry = _entry(edge, run)

    def act(tx: Any) -> None:
        if store.ledger_of_run(tx, run.id) is None:
            entries.record_entry(edge, tx, entry)
        store.set_run(
            tx,
            run.id,
            state=RunState.SEALED.value,
            custody=None,
            also=None,
            upload_token=None,
            changed_at=now,
        )

    edge.house.db.write(act, scope=SCOPE)
    for name in (f"{run.id}.seals", f"{run.id}.spool"):
        (edge.runs_folder / name).unlink(missing_ok=True)
    forget(edge, Path(run.path))
    return reload(edge, run)


def _end(edge: Edge, run: RunRow, control: Control, refusal: FeiyuError) -> RunRow:
    """A refusal ends the run; the port is told, as far as it can be reached, and what it had reserved is free again."""
    run = reload(edge, run)
    decided = Text.of(run.ground) if run.ground else control.cut_ground
    ground = decided or _why(refusal)
    known = decided or isinstance(refusal, Cut | Refused)  # else it may name a folder of this edge
    untold = None
    if run.transfer_id is not None:
        try:
            homecoming.tell_end(edge, run.transfer_id, _in_one(ground if known else _code_of(refusal)))
        except FeiyuError:
            untold = run.upload_token  # ``edge.rounds`` tells it later
    if run.leave_id is not None:
        with suppress(FeiyuError):
            leaves.give_back(edge, run.leave_id)
    with edge.house.db.read(scope=SCOPE) as tx:
        crossed = (
            store.ledger_of_run(tx, run.id) is not None
        )  # a break-glass was handed out: its persons stay counted
    digests = () if crossed else (f"{run.id}.persons", f"{run.id}.group")
    for name in (f"{run.id}.seals", f"{run.id}.spool", *digests):
        (edge.runs_folder / name).unlink(missing_ok=True)
    ended = {"state": RunState.CUT.value, "ground": ground.as_dict(), "rows": control.rows}
    return _once_it_can_be_kept(
        control, lambda: change(edge, run, **ended, custody=None, upload_token=untold)
    )


def _once_it_can_be_kept(control: Control, act: Callable[[], T]) -> T:
    """Do what ends a run, again until the database takes it: a full disk must not leave it running for ever."""
    while True:
        try:
            return act()
        except Unavailable:
            if control.ends:
                raise
            time.sleep(1.0)


def _code_of(refusal: FeiyuError) -> Text:
    return Text(f"出境侧中止，代码 {refusal.code}", f"the edge ended it, code {refusal.code}")


def _why(refusal: FeiyuError) -> Text:
    """Why a run ended, in both languages."""
    ground = refusal.values.get("ground")
    if isinstance(ground, Text):
        return ground
    return Text(f"{refusal.code}：{refusal.told.zh}", f"{refusal.code}: {refusal.told.en}")


def _in_one(ground: Text) -> str:
    """A ground as the port's evidence holds it: one line of 500 characters at most, with both languages where they differ."""
    return ground.zh[:500] if ground.zh == ground.en else f"{ground.zh[:200]} / {ground.en[:297]}"


def _count(control: Control, told: Progress) -> None:
    control.confirm(told.confirmed_bytes)
