"""Strict YAML as rulebooks use it: ``feiyu.base.strict_yaml`` with the refusals of this room."""

from typing import NoReturn

from feiyu.base import strict_yaml
from feiyu.base.strict_yaml import MAX_BYTES, Node
from feiyu.base.text import Text
from feiyu.rules.errors import BadRulebook

__all__ = ["MAX_BYTES", "Node", "parse", "refuse"]


def refuse(place: str, en: str, zh: str) -> NoReturn:
    """Refuse a rulebook at a place."""
    raise BadRulebook(place=place, reason=Text(zh, en))


def parse(data: bytes, file: str) -> Node:
    """Read one YAML document; ``file`` is the name used in refusals."""
    return strict_yaml.parse(data, file, refuse)
