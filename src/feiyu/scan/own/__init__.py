"""Users' own types: shapes, word lists and regular expressions from a YAML file, looked at beside the built-in ones.

Read in this order: ``model`` (what a type is), ``load`` (the file), ``shapes`` (the notation of forms), ``reference`` and ``lane`` (one
column), ``columns`` (a table), ``decide`` (what a field holds then).
"""

from feiyu.scan.own.columns import OwnColumns
from feiyu.scan.own.load import load_types, read_types
from feiyu.scan.own.model import OwnType, OwnTypes

__all__ = ["OwnColumns", "OwnType", "OwnTypes", "load_types", "read_types"]
