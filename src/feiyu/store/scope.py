"""Whose rows a transaction may see and write.

Every read and every write opens the database under a scope; there is no default.

Rules this module keeps:
 * a scope is one party, or everything with a reason that a person can read in the trace;
 * a store function puts ``owned(scope, table)`` into its where-clause; on PostgreSQL row-level security holds
   the same line a second time, so a forgotten clause shows nothing instead of everything.

Source: DESIGN.md, what must always hold, 11.
"""

import re
from dataclasses import dataclass

from sqlalchemy import FromClause, true
from sqlalchemy.sql import ColumnElement

from feiyu.base.ids import PartyId
from feiyu.base.text import Text
from feiyu.store.errors import BadScope

_PARTY = re.compile(r"[A-Za-z0-9_.:-]{1,32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Either one party's rows, or all rows for a stated reason."""

    party: PartyId | None
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse a scope that is neither."""
        if self.party is None:
            if not self.reason.strip():
                raise BadScope(
                    reason=Text("不限范围的访问须说明理由", "a scope over everything needs a reason")
                )
        elif not _PARTY.fullmatch(self.party):
            raise BadScope(
                reason=Text(f"不是主体编号：{self.party[:40]!r}", f"not a party id: {self.party[:40]!r}")
            )

    @classmethod
    def of(cls, party: PartyId) -> "Scope":
        """The rows of one party."""
        return cls(party=party)

    @classmethod
    def all(cls, reason: str) -> "Scope":
        """All rows: for the sequencer, workers, migrations, the centre's and the authority's views."""
        return cls(party=None, reason=reason)

    def admits(self, owner: str) -> bool:
        """Whether a row of ``owner`` lies inside."""
        return self.party is None or self.party == owner


def owned(scope: Scope, table: FromClause) -> ColumnElement[bool]:
    """The where-clause that keeps ``table`` inside ``scope``."""
    return true() if scope.party is None else table.c.owner_party == scope.party
