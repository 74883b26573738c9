"""Related handlers counted together: a file under the group's key goes to a member, and only the total comes out.

Each member counts its own rows a second time under the group's counting key. For a union it writes one file of those digests, sealed
under a key derived from the group's; another member's edge opens it in memory, counts the union with its own, and keeps the total.

Rules this module keeps:
 * outside the group the file is ciphertext; inside it no call and no page shows a digest or answers whether somebody is in it;
 * what a member entered without digests (declared numbers, or before it joined) is added by its number, and told apart;
 * a file is of one group and one year; another's is refused; a member counted twice replaces its earlier file.

What it does not do: somebody who holds the group's key outside the edges, and a member's file, could test an identifier that he
knows against it. So the key lies in the edges' keystores and is handed over once, apart from the network (ADR 0111).

Source: DESIGN invariant 5.
"""

import hashlib
import hmac
import os
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from feiyu.base import canonical
from feiyu.base.clock import legal_date
from feiyu.base.persons import Three
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.edge import ledger
from feiyu.edge.counting import GroupKey
from feiyu.edge.errors import BadGroupFile, NoGroup
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.store import LedgerRow
from feiyu.edge.trail import tell
from feiyu.scan import count_runs
from feiyu.scan.identity import fingerprint
from feiyu.scan.runs import mark_of

MAGIC = b"feiyu-group/1\n"
FILE_MAX = 1 << 30
MEMBERS_MAX = 200
_SIZE = struct.Struct("<I")


@dataclass(frozen=True, slots=True, kw_only=True)
class Union:
    """What a group sent this year, counted once; ``added`` are numbers that had no digests."""

    group: str
    year: int
    members: tuple[str, ...]
    persons: Three
    sensitive: Three
    added: int


@dataclass(frozen=True, slots=True)
class _Share:
    member: str
    runs: tuple[bytes, ...]
    added: tuple[int, int]


def write_share(edge: Edge, to: Path, *, by: str) -> str:
    """Write this handler's file for its group; the SHA-256 of it."""
    key = _key(edge)
    share = _own(edge, key)
    head = canonical.dumps({
        "member": share.member, "group": key.name, "year": key.year, "added": list(share.added),
        "sizes": [len(run) for run in share.runs],
    })  # fmt: skip
    plain = _SIZE.pack(len(head)) + head + b"".join(share.runs)
    nonce = os.urandom(12)
    sealed = MAGIC + nonce + AESGCM(_file_key(key)).encrypt(nonce, plain, MAGIC)
    draft = to.with_name(to.name + ".part")
    draft.write_bytes(sealed)
    draft.replace(to)
    digest = hashlib.sha256(sealed).hexdigest()
    said = {"group": key.name, "year": key.year, "sha256": digest, "by": by}
    edge.house.db.write(lambda tx: tell(edge, tx, "ledger.group_shared", said), scope=SCOPE)
    return digest


def count(edge: Edge, files: Sequence[Path], *, by: str) -> Union:
    """Count this handler and the members whose files are given, each person once."""
    key = _key(edge)
    if len(files) > MEMBERS_MAX:
        raise BadGroupFile(
            name="-", reason=Text(f"至多 {MEMBERS_MAX} 个成员", f"at most {MEMBERS_MAX} members")
        )
    shares = {share.member: share for share in (*(_read(path, key) for path in files), _own(edge, key))}
    folder = edge.runs_folder / f"union-{os.urandom(6).hex()}"
    folder.mkdir(mode=0o700)
    runs: list[Path] = []
    try:
        for share in shares.values():
            for run in share.runs:
                path = folder / f"{len(runs):05d}"
                path.write_bytes(run)
                runs.append(path)
        met = count_runs(runs)
    finally:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    added = sum(share.added[0] for share in shares.values())
    sensitive = sum(share.added[1] for share in shares.values())
    found = Union(
        group=key.name, year=key.year, members=tuple(sorted(shares)),
        persons=Three(lower=met.lower, counted=met.counted + added, upper=met.upper + added),
        sensitive=Three(
            lower=met.sensitive.lower, counted=met.sensitive.counted + sensitive, upper=met.sensitive.upper + sensitive
        ), added=added,
    )  # fmt: skip
    said = {
        "group": key.name, "year": key.year, "members": len(shares), "persons": found.persons.counted,
        "sensitive": found.sensitive.counted, "by": by,
    }  # fmt: skip
    edge.house.db.write(lambda tx: tell(edge, tx, "ledger.group_counted", said), scope=SCOPE)
    return found


def join(edge: Edge, name: str, secret: bytes, *, by: str) -> GroupKey:
    """Keep the group's counting key at this edge."""
    made = edge.keys.counting.join(name, secret, edge.house.clock.now())
    said = {"group": made.name, "year": made.year, "by": by}
    edge.house.db.write(lambda tx: tell(edge, tx, "ledger.group_joined", said), scope=SCOPE)
    return made


def _key(edge: Edge) -> GroupKey:
    key = edge.keys.counting.group(edge.house.clock.now())
    if key is None:
        raise NoGroup
    return key


def _own(edge: Edge, key: GroupKey) -> _Share:
    folder = edge.runs_folder
    with edge.house.db.read(scope=SCOPE) as tx:
        rows = [
            row
            for row in ledger.entries(tx, since=date(legal_date(edge.house.clock.now()).year, 1, 1))
            if row.exempt_rule not in ledger.PERSON_EXEMPT
        ]
    mark = fingerprint(key.secret)

    def has(row: LedgerRow) -> bool:
        path = folder / (row.group_file or "")
        return bool(row.group_file) and path.exists() and mark_of(path) == mark

    files = [folder / str(row.group_file) for row in rows if has(row)]
    without = [row for row in rows if not has(row)]
    rest = ledger.measure(folder, without)
    return _Share(
        member=edge.house.party_id, runs=tuple(path.read_bytes() for path in files),
        added=(rest.persons.counted, rest.sensitive.counted),
    )  # fmt: skip


def _read(path: Path, key: GroupKey) -> _Share:
    try:
        if path.stat().st_size > FILE_MAX:
            raise BadGroupFile(name=path.name, reason=Text("超过 1 GiB", "over 1 GiB"))
        data = path.read_bytes()
    except OSError as bad:
        raise BadGroupFile(name=path.name, reason=said(bad)) from None
    if not data.startswith(MAGIC):
        raise BadGroupFile(name=path.name, reason=Text("格式不符", "another format"))
    at = len(MAGIC)
    try:
        plain = AESGCM(_file_key(key)).decrypt(data[at : at + 12], data[at + 12 :], MAGIC)
        (size,) = _SIZE.unpack_from(plain)
        head = canonical.loads_object(plain[4 : 4 + size])
        if (head["group"], head["year"]) != (key.name, key.year):
            raise BadGroupFile(
                name=path.name,
                reason=Text(
                    f"属于 {head['group']}/{head['year']}", f"it is of {head['group']}/{head['year']}"
                ),
            )
        runs, begin = [], 4 + size
        for length in head["sizes"]:  # type: ignore[attr-defined]
            runs.append(plain[begin : begin + int(length)])
            begin += int(length)
        added = head["added"]
        return _Share(str(head["member"]), tuple(runs), (int(added[0]), int(added[1])))  # type: ignore[index]
    except InvalidTag:
        raise BadGroupFile(
            name=path.name,
            reason=Text(
                "属于另一组的密钥或另一年份，或已被改动", "another group's key, another year, or altered"
            ),
        ) from None
    except (canonical.NotCanonical, KeyError, ValueError, TypeError, IndexError, struct.error):
        raise BadGroupFile(
            name=path.name,
            reason=Text("内容不完整或格式不符", "its content is not whole or has another form"),
        ) from None


def _file_key(key: GroupKey) -> bytes:
    return hmac.digest(key.secret, b"feiyu/group/file/v1", "sha256")
