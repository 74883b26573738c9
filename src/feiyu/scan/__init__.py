"""Know what data is: read any source, name what each field holds, count natural persons exactly."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feiyu.scan.limits import Limits
    from feiyu.scan.source import open_source
    from feiyu.scan.table import Input, Source, Table
    from feiyu.scan.writers import Writer, open_writer, written_as

_HOMES = {
    "Input": "table",
    "Limits": "limits",
    "Source": "table",
    "Table": "table",
    "Writer": "writers",
    "open_source": "source",
    "open_writer": "writers",
    "written_as": "writers",
}

__all__ = ["Input", "Limits", "Source", "Table", "Writer", "open_source", "open_writer", "written_as"]


def __getattr__(name: str) -> object:
    """Load a name when it is first used: Arrow is heavy, and not every use needs it."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"feiyu.scan.{_HOMES[name]}"), name)
