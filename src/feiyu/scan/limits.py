"""Limits of one scan source.

Rules this module keeps:
 * every reader takes a ``Limits`` and breaks off with a refusal that names place and limit, before memory or time
   run away;
 * the limits bound memory, not the size of a file: a CSV or Parquet file may have any length.
"""

from dataclasses import dataclass

from feiyu.base.text import Text
from feiyu.scan.errors_sources import ExpandsTooMuch, TooMuchAtOnce

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
    held_bytes: int = GIB
    """What a reader holds unpacked at once: a batch of an Arrow file, the open pages of a Parquet file."""
    workbook_bytes: int = GIB
    """All parts of a workbook, unpacked."""
    expanded_bytes: int = 4 * TIB
    """A packed stream, unpacked."""
    expansion_ratio: int = 200
    """Unpacked bytes for each packed byte, looked at once ``document_bytes`` have come out."""
    free_cells: int = 1 << 30
    cells_per_byte: int = 4_096
    """Cells of a columnar table for each byte of its file, looked at once ``free_cells`` have come out: a few bytes can stand for any number of
    equal rows, or for a long value again and again."""
    nesting: int = 64
    """Depth of nested values."""
    members: int = 10_000
    """Files in a folder, entries of an archive, tables of a database."""
    encoding: str = ""
    """The encoding of text files, where the user names it; it is found by itself where this is empty."""
    pad_short_rows: bool = True
    """A row with too few cells is filled up with empty ones and named in the warnings; otherwise it is refused."""

    def check_held(self, name: str, size: int, *, part: Text) -> None:
        """Refuse to unpack so many bytes at once; ``part`` says of what."""
        if size > self.held_bytes:
            raise TooMuchAtOnce(name=name, size=size, limit=self.held_bytes, part=part)

    def check_cells(self, name: str, cells: int, size: int) -> None:
        """Refuse to go on where a file of ``size`` bytes gives more cells than any sound one."""
        if cells > self.free_cells and cells > self.cells_per_byte * max(1, size):
            raise ExpandsTooMuch(name=name, limit=f"{self.cells_per_byte} : 1")

    def check_expansion(self, name: str, unpacked: int, drawn: int) -> None:
        """Refuse to go on once too much came out of a packed stream, in all or for what went in."""
        if unpacked > self.expanded_bytes:
            raise ExpandsTooMuch(name=name, limit=f"{self.expanded_bytes} B")
        if unpacked > self.document_bytes and unpacked > self.expansion_ratio * max(1, drawn):
            raise ExpandsTooMuch(name=name, limit=f"{self.expansion_ratio} : 1")
