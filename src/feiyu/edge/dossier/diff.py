"""The difference of two versions of a dossier: which values changed, where they are printed, and which findings came and went."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Snapshot = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Change:
    """One value that differs. A missing side is ``None``."""

    name: str
    before: dict[str, str] | None
    after: dict[str, str] | None
    source: str
    ref: str

    def as_dict(self) -> dict[str, Any]:
        """Wire form."""
        return {
            "name": self.name,
            "before": self.before,
            "after": self.after,
            "source": self.source,
            "ref": self.ref,
        }


def snapshot(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as a version keeps them."""
    return {
        name: {"text": one.text.as_dict(), "source": one.source.value, "ref": one.ref}
        for name, one in sorted(values.items())
    }


def changes(before: Snapshot, after: Snapshot) -> tuple[Change, ...]:
    """What differs between two snapshots, by name."""
    found = []
    for name in sorted({*before, *after}):
        old, new = before.get(name), after.get(name)
        if (old and old["text"]) != (new and new["text"]):
            told = new or old
            assert told
            found.append(
                Change(
                    name,
                    old["text"] if old else None,
                    new["text"] if new else None,
                    told["source"],
                    told["ref"],
                )
            )
    return tuple(found)
