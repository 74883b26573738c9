"""Signed human findings 认定 of the level of a data set or a field.

The scan only suspects. That data are general, important or core is found by a person whom the handler authorised, either following a
notice or a published catalogue of the authority, or on the handler's own judgement.

Rules this module keeps:
 * a finding is signed by the edge key and names who signed, level, basis and date; a later one for the same data is a new version, the
   earlier ones stay;
 * it speaks of one file, or of all files of a folder; of one field, or of all that stood there then: a field that came later and that the scan
   suspects is not covered by a finding that says "general";
 * of several findings the strictest stands; the scan never lowers one, and neither does an answer given with a determination;
 * important by notice or publication calls for a security assessment; important in the handler's own judgement is to be identified and
   reported, and is *suspected* to the law until notified or published.

Sources: cn/flow-provisions-2024#2; cn/network-data-regulations-2024#29; cn/dsl-2021#21; GB/T 43697-2024.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from feiyu.base import canonical
from feiyu.base.clock import from_text, legal_date, to_text
from feiyu.base.ids import new_id
from feiyu.base.text import Text
from feiyu.edge.errors import BadFinding
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.profiles import profile_of
from feiyu.edge.store import ProfileRow
from feiyu.edge.tables import finding as table
from feiyu.edge.trail import tell
from feiyu.evidence.entry import STATEMENT_PREFIX
from feiyu.scan.model import Level
from feiyu.store import Tx

FORMAT = "feiyu-finding/1"


class Basis(StrEnum):
    """On what a finding rests."""

    NOTIFIED = "notified"
    PUBLISHED = "published"
    OWN = "own"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a person finds. ``number``: of the notice or the catalogue; ``day``: its date, or that of the person's own judgement."""

    level: Level
    basis: Basis
    item: str
    number: str
    issuer: str
    day: date
    ground: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A signed finding. ``dataset`` is a file, or a folder with a slash behind; ``field`` is empty for all fields."""

    id: str
    dataset: str
    field: str
    version: int
    fields: tuple[str, ...]
    said: Said
    by: str
    at: datetime
    document: bytes
    key_id: str
    signature: bytes

    def speaks_of(self, path: str) -> bool:
        """Whether it is about this file."""
        return path == self.dataset or (self.dataset.endswith("/") and path.startswith(self.dataset))


def sign(edge: Edge, *, profile_id: str, field: str, folder: bool, said: Said, by: str) -> Finding:
    """Sign a finding about the file of a profile, or its folder; about one field of it, or all."""
    row = profile_of(edge, profile_id)
    names = _names(row.profile)
    now = edge.house.clock.now()
    _check(said, field, names, legal_date(now))
    dataset = f"{Path(row.path).parent}/" if folder else row.path
    finding_id, key_id = new_id("finding", now), edge.keys.signer.key_id

    def act(tx: Tx) -> Finding:
        where = (table.c.dataset == dataset, table.c.field == field)
        version = (tx.execute(select(func.max(table.c.version)).where(*where)).scalar() or 0) + 1
        document = canonical.dumps({
            "format": FORMAT, "id": finding_id, "handler": edge.house.party_id, "dataset": dataset, "field": field,
            "version": version, "fields": list(names), "level": said.level.value, "basis": said.basis.value, "item": said.item,
            "number": said.number, "issuer": said.issuer, "day": said.day.isoformat(), "ground": said.ground, "by": by,
            "profile_sha256": hashlib.sha256(canonical.dumps(row.profile)).hexdigest(), "at": to_text(now), "edge_key_id": key_id,
        })  # fmt: skip
        signature = edge.keys.signer.sign(STATEMENT_PREFIX + document)
        values = {
            "id": finding_id, "dataset": dataset, "field": field, "version": version, "document": document, "key_id": key_id,
            "signature": signature,
        }  # fmt: skip
        tx.execute(insert(table).values(owner_party=edge.house.party_id, at=now, **values))
        told = {
            "data_level": said.level.value, "basis": said.basis.value, "version": version, "by": by,
            "document_sha256": hashlib.sha256(document).hexdigest(),
        }  # fmt: skip
        tell(edge, tx, "finding.signed", told, finding=finding_id)
        return _read(values)

    return edge.house.db.write(act, scope=SCOPE)


def about(edge: Edge, row: ProfileRow, *, all_versions: bool = False) -> list[Finding]:
    """The findings about a profile's file and about fields that it has; the newest version of each, or all."""
    names = frozenset(_names(row.profile))
    found = [
        one for one in _all(edge, row.path)
        if one.speaks_of(row.path) and (not one.field or one.field in names)
    ]  # fmt: skip
    if all_versions:
        return found
    return list({(one.dataset, one.field): one for one in found}.values())


def settled(profile: Mapping[str, Any], findings: Iterable[Finding]) -> str | None:
    """What the findings in force say of a profile, in the words of ``assess``; None where they leave it open."""
    stands = {(one.said.level, one.said.basis is Basis.OWN) for one in findings}
    if any(level is Level.CORE for level, _ in stands):
        return "core"
    if (Level.IMPORTANT, False) in stands:
        return "important"
    if (Level.IMPORTANT, True) in stands:
        return "suspected"
    covered = {name for one in findings if not one.field for name in one.fields}
    suspected = {
        field["name"] for table in profile["tables"] for field in table["fields"] if field["level"] != Level.GENERAL
    }  # fmt: skip
    return "general" if covered and suspected <= covered else None


def _names(profile: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(field["name"] for table in profile["tables"] for field in table["fields"]))


def _check(said: Said, field: str, names: tuple[str, ...], today: date) -> None:
    if field and field not in names:
        raise BadFinding(reason=Text(f"文件没有字段 {field[:80]}", f"the file has no field {field[:80]}"))
    if said.day > today:
        raise BadFinding(reason=Text("日期晚于今天", "its date lies ahead"))
    if said.basis is Basis.OWN and len(said.ground.strip()) < 4:
        raise BadFinding(reason=Text("自行认定须写明理由", "one's own finding gives its reason"))
    if said.basis is not Basis.OWN and not (said.item and said.number and said.issuer):
        raise BadFinding(
            reason=Text(
                "告知或目录须写明条目、文号与发文机关",
                "notice or catalogue: item, number and issuer are wanted",
            ),
        )


def _all(edge: Edge, path: str) -> list[Finding]:
    datasets = [path, *(f"{folder}/".replace("//", "/") for folder in Path(path).parents)]
    query = (
        select(table)
        .where(table.c.dataset.in_(datasets))
        .order_by(table.c.dataset, table.c.field, table.c.version)
    )
    with edge.house.db.read(scope=SCOPE) as tx:
        return [_read(row) for row in tx.execute(query).mappings()]


def _read(row: Mapping[Any, Any]) -> Finding:
    told = json.loads(row["document"])
    said = Said(
        level=Level(told["level"]), basis=Basis(told["basis"]), item=told["item"], number=told["number"], issuer=told["issuer"],
        day=date.fromisoformat(told["day"]), ground=told["ground"],
    )  # fmt: skip
    return Finding(
        id=row["id"], dataset=row["dataset"], field=row["field"], version=row["version"], fields=tuple(told["fields"]), said=said,
        by=told["by"], at=from_text(told["at"]), document=row["document"], key_id=row["key_id"], signature=row["signature"],
    )  # fmt: skip
