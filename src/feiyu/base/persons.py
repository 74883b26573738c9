"""A number of natural persons, as three numbers.

Rules this module keeps:
 * ``lower`` <= ``counted`` <= ``upper``: all links hold; the number that law uses; nothing links;
 * a figure that breaks the order is refused by ``ValueError``, wherever it comes from.

Source: DESIGN, what must always hold, 5.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Three:
    """Persons by the stated rule; ``counted`` is the figure that law uses."""

    lower: int = 0
    counted: int = 0
    upper: int = 0

    def __post_init__(self) -> None:
        """They are ordered."""
        if not 0 <= self.lower <= self.counted <= self.upper:
            message = f"persons must satisfy 0 <= lower <= counted <= upper: {self.lower}, {self.counted}, {self.upper}"
            raise ValueError(message)

    def as_dict(self) -> dict[str, Any]:
        """The wire form."""
        return {"lower": self.lower, "counted": self.counted, "upper": self.upper}

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Self:
        """Read the wire form."""
        return cls(lower=int(raw["lower"]), counted=int(raw["counted"]), upper=int(raw["upper"]))


NOBODY = Three()
"""No persons."""
