"""Limits of one scan source.

Rules this module keeps:
 * every reader takes a ``Limits`` and breaks off with a refusal that names place and limit, before memory or time
   run away;
 * the limits bound memory, not the size of a file: a CSV or Parquet file may have any length.
"""

from dataclasses import dataclass

KIB = 1 << 10
MIB = 1 << 20
GIB = 1 << 30
TIB = 1 << 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a reader accepts. The defaults suit one machine that does other work too."""

    columns: int = 20_000
    """Fields of one table."""
    line_bytes: int = 16 * MIB
    """One row of a text file, one JSON value."""
    document_bytes: int = 64 * MIB
    """A document that can only be read as a whole (one JSON document, a packed file that needs seeking)."""
    workbook_bytes: int = GIB
    """All parts of a workbook, unpacked."""
    expanded_bytes: int = 4 * TIB
    """A packed stream, unpacked."""
    expansion_ratio: int = 200
    """Unpacked bytes for each packed byte, looked at once ``document_bytes`` have come out."""
    nesting: int = 64
    """Depth of nested values."""
    members: int = 10_000
    """Files in a folder, entries of an archive, tables of a database."""
    pad_short_rows: bool = True
    """A row with too few cells is filled up with empty ones and named in the warnings; otherwise it is refused."""
