"""The cases, by sector. ``cases()`` is always the same for one seed."""

import random
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module

from messy.frame import Case

SEED = 20261128
HANDS = (
    "offices", "parties", "traffic", "traps", "later", "cargo", "gauges", "gazettes", "ledgers", "wards", "agencies", "heads", "desks", "counters", "judges", "callers", "exporters", "clerks", "weavers", "porters", "examiners", "schemas", "auditors", "visitors", "builders", "stewards", "envoys", "coders", "hauliers", "pilots", "leasers", "rangers", "surveyors", "brokers", "keepers", "tellers", "lodgers", "assayers", "wayfarers", "chandlers", "registrars", "ushers", "millers",
)  # fmt: skip
"""The modules of cases, in the order in which they were written."""
MADE: list[Callable[[Case], None]] = []


def case(rows: int) -> Callable[[Callable[[Case], None]], Callable[[Case], None]]:
    def keep(make: Callable[[Case], None]) -> Callable[[Case], None]:
        make.rows = rows
        MADE.append(make)
        return make

    return keep


def cases(seed: int = SEED, hands: Sequence[str] = HANDS) -> Iterator[Case]:
    """Every case of these hands, each from a random source of its own."""
    for hand in HANDS:
        import_module(f"messy.{hand}")  # each registers its cases
    for make in MADE:
        if make.__module__.removeprefix("messy.") not in hands:
            continue
        one = Case(make.__name__, make.rows, random.Random(f"{seed}/{make.__name__}"))
        make(one)
        yield one
