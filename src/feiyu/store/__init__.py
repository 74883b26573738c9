"""Records and objects: SQLite or PostgreSQL behind one face, objects on disk or in S3, migrations."""

from feiyu.store.database import Database, Tx, after_commit
from feiyu.store.migrate import migrate
from feiyu.store.scope import Scope, owned, scope_of
from feiyu.store.types import Document, Instant, ident, metadata_convention, owner

__all__ = [
    "Database",
    "Document",
    "Instant",
    "Scope",
    "Tx",
    "after_commit",
    "ident",
    "metadata_convention",
    "migrate",
    "owned",
    "owner",
    "scope_of",
]
