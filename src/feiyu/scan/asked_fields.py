"""Fields that somebody named must be there: a slip of the pen would leave out, or keep, nothing."""

from collections.abc import Iterable

from feiyu.scan.errors_sources import NoSuchField
from feiyu.scan.model import Profile


def refuse_unknown(names: Iterable[str], found: Profile) -> None:
    """Refuse names that no table of the profile has."""
    known = list(dict.fromkeys(field.name for table in found.tables for field in table.fields))
    if unknown := [name for name in names if name not in known]:
        raise NoSuchField(
            name=found.source.name, fields=", ".join(unknown)[:200], known=", ".join(known[:50]) or "—"
        )
