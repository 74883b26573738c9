"""Column types and the naming convention that every room's tables share.

Rules this module keeps:
 * one ``MetaData`` per room, all with ``metadata_convention``: every index and constraint has a name that a
   later migration can say, the same on both engines;
 * an instant is an aware UTC ``datetime`` to the millisecond: RFC 3339 text on SQLite (sorts as text),
   ``timestamptz`` on PostgreSQL; one without a zone is refused;
 * a document is canonical JSON text, so what is hashed is what is stored.
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime, Dialect, Integer, String, Text
from sqlalchemy.types import TypeDecorator, TypeEngine

from feiyu.base import canonical
from feiyu.base.clock import from_text, to_text

metadata_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def ident() -> String:
    """The type of an id column: a prefix and 26 characters, see ``feiyu.base.ids``."""
    return String(32)


def owner() -> Column[str]:
    """The column that says whose row it is."""
    return Column("owner_party", ident(), nullable=False, index=True)


def ordinal() -> Column[int]:
    """A primary key that only grows and is never given twice, in order of insertion."""
    kind = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER is SQLite's own row number
    return Column("ordinal", kind, primary_key=True, autoincrement=True)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, to the millisecond."""

    impl = String(24)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, ``timestamptz`` on PostgreSQL."""
        chosen = DateTime(timezone=True) if dialect.name == "postgresql" else String(24)
        return dialect.type_descriptor(chosen)

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse a naive instant; cut to milliseconds."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "an instant needs a time zone"
            raise ValueError(message)
        if dialect.name == "postgresql":
            return value.astimezone(UTC).replace(microsecond=value.microsecond // 1000 * 1000)
        return to_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base class's signature
        """Give back aware UTC."""
        if value is None:
            return None
        return value.astimezone(UTC) if isinstance(value, datetime) else from_text(value)


class Document(TypeDecorator[object]):
    """A JSON document as canonical text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: object, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Write canonical bytes."""
        return None if value is None else canonical.dumps(value).decode()

    def process_result_value(self, value: str | None, dialect: Dialect) -> object:  # noqa: ARG002
        """Read strictly."""
        return None if value is None else canonical.loads(value.encode())
