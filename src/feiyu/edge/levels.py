"""What follows from the level that a file's data are found to have.

Rules this module keeps:
 * what follows is what the rulebook in force answers, for this file alone and without a scenario: what a scenario would settle stays open,
   and the routes that remain possible are told;
 * each level a person can sign is tried, so that whoever signs sees the consequence first; only the one that ``stands`` is in force.

Source: cn/flow-provisions-2024#2.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from feiyu.base.clock import legal_date
from feiyu.edge.assess import NOTHING, facts_for
from feiyu.edge.model import Edge
from feiyu.rules import Determination

TRIED = (None, "general", "suspected", "important", "core")
"""Open, general, important in the handler's own judgement, important by notice or publication, core: the words of ``findings.settled``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What the rules answer under one level; ``found`` is None where no finding settles it."""

    found: str | None
    stands: bool
    determination: Determination


def effects(edge: Edge, profile: Mapping[str, Any], found: str | None) -> list[Effect]:
    """What each level leads to; ``found`` is the one that stands."""
    rulebooks, at = edge.house.rulebooks, legal_date(edge.house.clock.now())
    return [
        Effect(
            found=level,
            stands=level == found,
            determination=rulebooks.determine(facts_for(profile, {}, NOTHING, {}, level), at=at, trace=False),
        )
        for level in TRIED
    ]
