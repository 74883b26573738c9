"""Records and objects: SQLite or PostgreSQL behind one face, objects on disk or in S3, migrations."""

from feiyu.store.database import Database
from feiyu.store.migrate import migrate
from feiyu.store.objects import DirectoryStore, ObjectStat, ObjectStore
from feiyu.store.rows import fetch_prepared, insert_rows, run_prepared
from feiyu.store.scope import Scope, owned
from feiyu.store.transaction import Tx, after_commit, announce, clock_of, scope_of
from feiyu.store.types import Document, Instant, ident, metadata_convention, ordinal, owner

__all__ = [
    "Database",
    "DirectoryStore",
    "Document",
    "Instant",
    "ObjectStat",
    "ObjectStore",
    "Scope",
    "Tx",
    "after_commit",
    "announce",
    "clock_of",
    "fetch_prepared",
    "ident",
    "insert_rows",
    "metadata_convention",
    "migrate",
    "ordinal",
    "owned",
    "owner",
    "run_prepared",
    "scope_of",
]
