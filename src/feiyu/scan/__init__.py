"""Know what data is: read any source, name what each field holds, count natural persons exactly."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from feiyu.scan.catalogue import SemanticType, types
    from feiyu.scan.inspect import Inspector, inspect_batch, inspect_batches
    from feiyu.scan.limits import Limits
    from feiyu.scan.model import (
        Field,
        Level,
        Mismatch,
        PersonCounts,
        Profile,
        Progress,
        SourceInfo,
        State,
        Strength,
        TableProfile,
    )
    from feiyu.scan.persons import PersonCounter, count_runs
    from feiyu.scan.source import open_folder, open_source
    from feiyu.scan.survey import profile
    from feiyu.scan.table import Input, Source, Table
    from feiyu.scan.writers import Writer, open_writer, written_as

_HOMES = {
    "Field": "model",
    "Input": "table",
    "Inspector": "inspect",
    "Level": "model",
    "Limits": "limits",
    "Mismatch": "model",
    "PersonCounter": "persons",
    "PersonCounts": "model",
    "Profile": "model",
    "Progress": "model",
    "SemanticType": "catalogue",
    "Source": "table",
    "SourceInfo": "model",
    "State": "model",
    "Strength": "model",
    "Table": "table",
    "TableProfile": "model",
    "Writer": "writers",
    "count_runs": "persons",
    "inspect_batch": "inspect",
    "inspect_batches": "inspect",
    "open_folder": "source",
    "open_source": "source",
    "open_writer": "writers",
    "profile": "survey",
    "types": "catalogue",
    "written_as": "writers",
}
"""Where each public name lives. No module has the name of a function here, for a loaded module would hide it."""

__all__ = [
    "Field",
    "Input",
    "Inspector",
    "Level",
    "Limits",
    "Mismatch",
    "PersonCounter",
    "PersonCounts",
    "Profile",
    "Progress",
    "SemanticType",
    "Source",
    "SourceInfo",
    "State",
    "Strength",
    "Table",
    "TableProfile",
    "Writer",
    "count_runs",
    "inspect_batch",
    "inspect_batches",
    "open_folder",
    "open_source",
    "open_writer",
    "profile",
    "types",
    "written_as",
]


def __getattr__(name: str) -> object:
    """Load a name when it is first used: Arrow is heavy, and not every use needs it."""
    if name not in _HOMES:
        raise AttributeError(name)
    return getattr(import_module(f"feiyu.scan.{_HOMES[name]}"), name)
