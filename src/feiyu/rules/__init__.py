"""Decide from facts and law: a pure engine over rulebooks that are data, usable alone."""

from feiyu.rules.books import PATHWAY, Rulebooks, load
from feiyu.rules.model import Citation, Determination, Mark, Missing, Obligation, Route, Step

__all__ = [
    "PATHWAY", "Citation", "Determination", "Mark", "Missing", "Obligation", "Route", "Rulebooks", "Step", "load",
]  # fmt: skip
