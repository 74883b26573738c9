"""The port takes one wrap for each key that manifest and grant agree on, of this transfer, and nothing else."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from feiyu.base.ids import BasisId, FlowId, GrantId, PartyId, ScenarioId, TransferId
from feiyu.base.persons import Three
from feiyu.port.errors import ManifestDiffers
from feiyu.port.model import Transfer, TransferState
from feiyu.port.store import GrantRow
from feiyu.port.transfer import _wrapped
from feiyu.registry.scenarios.model import Mode
from feiyu.registry.terms import Grant, KeyTerm, Signed
from feiyu.seal import Manifest, Persons, RecipientKey, Sealer, SealingWriter, TransferSecret, wrap

NOW = datetime(2026, 11, 28, tzinfo=UTC)
EXPORTER, RECIPIENT, STRANGER = PartyId("pty_1"), PartyId("pty_2"), PartyId("pty_3")
FIRST, SECOND, OWN, OTHER = (RecipientKey("X25519", bytes([n] * 32)) for n in (1, 2, 3, 4))
SECRET = TransferSecret(bytes(32), bytes(range(32)))


def wrapped(key: RecipientKey, transfer_id: str = "trf_1") -> bytes:
    return wrap(
        SECRET, key.public, transfer_id=transfer_id, pinned_key_id=key.key_id, plain_root=bytes(32)
    ).to_bytes()


GRANT = Grant(
    id=GrantId("grt_1"), basis_id=BasisId("bas_1"), agreement_id=None, scenario_id=ScenarioId("scn_1"),
    flow_id=FlowId("flw_1"), exporter=EXPORTER, recipient=RECIPIENT, recipient_key_id=FIRST.key_id,
    recipient_key=FIRST.public.raw, country="DE", fields=(), persons_max=0, sensitive_max=0, bytes_max=10**6,
    not_before=NOW, not_after=NOW, retain_until=NOW, mode=Mode.STRIP, demo=True,
    also=(KeyTerm(party=RECIPIENT, key_id=SECOND.key_id, key=SECOND.public.raw),),
)  # fmt: skip
ROW = GrantRow(
    grant=GRANT, signed=Signed(document=b"", key_id="", signature=b""), issued_at=NOW, revoked_at=None, revoked_ground=None
)  # fmt: skip
TRANSFER = Transfer(
    id=TransferId("trf_1"), owner_party=EXPORTER, grant_id=GRANT.id, basis_id=GRANT.basis_id, flow_id=GRANT.flow_id,
    scenario_id=GRANT.scenario_id, recipient=RECIPIENT, agreement_id=None, subject="dataset", direction="outbound",
    origin="domestic", state=TransferState.OPEN, persons=0, sensitive=0, size_bytes=0, arrived_bytes=0, title="t",
    stripped=(), opened_at=NOW, changed_at=NOW, ground=None, sealed_event=None, manifest_sha256=None,
)  # fmt: skip
NOBODY = Three(lower=0, counted=0, upper=0)


def made() -> Manifest:
    writer = SealingWriter(Sealer(SECRET, transfer_id="trf_1"), io.BytesIO().write)
    said: dict[str, Any] = {
        "transfer_id": "trf_1", "grant_id": "grt_1", "basis_id": "bas_1", "flow_id": "flw_1", "exporter": EXPORTER,
        "recipient": RECIPIENT, "recipient_key_id": FIRST.key_id, "suite": "intl", "fields": (), "stripped": (), "rows": 0,
        "persons": Persons(lower=0, counted=0, upper=0, sensitive=NOBODY), "evidence_level": "S", "content_format": "csv",
        "created_at": "2026-11-28T00:00:00.000Z", "edge_key_id": "ab" * 32,
        "also": ((RECIPIENT, SECOND.key_id), (EXPORTER, OWN.key_id)),
    }  # fmt: skip
    return Manifest.of_sealed(writer.finish(), **said)


MANIFEST = made()
ALL = [wrapped(FIRST), wrapped(SECOND), wrapped(OWN)]


def test_each_key_gets_its_wrap_and_its_party() -> None:
    rows = {row.key_id: row for row in _wrapped(MANIFEST, ROW, TRANSFER, ALL)}
    assert {row.key_id: row.party for row in rows.values()} == {
        FIRST.key_id: RECIPIENT, SECOND.key_id: RECIPIENT, OWN.key_id: EXPORTER,
    }  # fmt: skip
    assert [rows[key.key_id].wrapped for key in (FIRST, SECOND, OWN)] == ALL
    assert b"box" not in repr(rows).encode()


@pytest.mark.parametrize(("wraps", "field"), [
    (lambda: ALL[:2], "wrap"),
    (lambda: [*ALL, wrapped(OTHER)], "wrap"),
    (lambda: [*ALL, ALL[0]], "wrap"),
    (lambda: [ALL[0], ALL[0], ALL[2]], "wrap"),
    (lambda: [ALL[0], wrapped(SECOND, "trf_2"), ALL[2]], "wrap"),
    (list, "wrap"),
])  # fmt: skip
def test_wraps_that_are_missing_added_doubled_or_of_another_transfer(
    wraps: Callable[[], list[bytes]], field: str
) -> None:
    with pytest.raises(ManifestDiffers) as refused:
        _wrapped(MANIFEST, ROW, TRANSFER, wraps())
    assert refused.value.values["field"] == field


@pytest.mark.parametrize("also", [
    ((EXPORTER, OWN.key_id),),
    ((RECIPIENT, OTHER.key_id), (EXPORTER, OWN.key_id)),
    ((RECIPIENT, SECOND.key_id), (STRANGER, OWN.key_id)),
    ((RECIPIENT, SECOND.key_id), (RECIPIENT, OWN.key_id)),
    ((STRANGER, SECOND.key_id), (EXPORTER, OWN.key_id)),
    ((RECIPIENT, SECOND.key_id), (EXPORTER, OWN.key_id), (EXPORTER, OTHER.key_id)),
])  # fmt: skip
def test_keys_that_the_grant_does_not_pin(also: tuple[tuple[str, str], ...]) -> None:
    with pytest.raises(ManifestDiffers) as refused:
        _wrapped(replace(MANIFEST, also=also), ROW, TRANSFER, ALL)
    assert refused.value.values["field"] == "also"


def test_a_grant_without_further_keys_keeps_its_bytes() -> None:
    plain = replace(GRANT, also=())
    assert b'"also"' not in plain.to_bytes()
    assert Grant.of_bytes(plain.to_bytes()) == plain
    assert Grant.of_bytes(GRANT.to_bytes()) == GRANT
