"""Several numbers that states and hospitals give to one person, side by side in a table: he is counted once.

A payroll of the Philippines has SSS, PhilHealth and Pag-IBIG numbers, a list of patients the numbers of their records and of their stays. All of a kind are
one type, and two values of one type in a row are two persons; so all but one of these columns count as what is tied to the first.

Rules this module keeps:
 * headers that share no word number the same person otherwise (``SSS No``, ``PhilHealth No``); those that share one number two persons alike (``SSN``, ``Spouse SSN``);
 * whoever a header speaks of, the other does as well: ``Mother MRN`` and ``Baby Hospital No`` are of two;
 * the column with the fewest gaps leads.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from feiyu.scan import header, headtext, headwords
from feiyu.scan.catalogue import by_id
from feiyu.scan.model import Field
from feiyu.scan.persons import FURTHER

SAYS_NOTHING = re.compile(r"no|id|code|card|of|[a-z]|[0-9]+|.[号码]|号.|编号")
"""Words, and pairs of Chinese characters, that numbers of all kinds share."""


def further(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Let each further numbering of one person count beside the first."""
    out = list(fields)
    leads: dict[str, list[str]] = {}
    for field in sorted(fields, key=lambda one: one.nulls):
        kind = field.counts_as or field.type
        if not field.personal or kind not in by_id() or not by_id()[kind].further:
            continue
        if any(_of_one(lead, field.name) for lead in leads.setdefault(kind, [])):
            out[field.index] = replace(field, counts_as=kind + FURTHER)
        else:
            leads[kind].append(field.name)
    return tuple(out)


def _of_one(one: str, other: str) -> bool:
    """Whether two headers name different numbers of the same person."""
    (words, whose, roles), (others, other_whose, other_roles) = _said(one), _said(other)
    if not words or not others or whose != other_whose or (roles and other_roles and roles != other_roles):
        return False
    return words.isdisjoint(others)


Said = frozenset[str]


@lru_cache(maxsize=1024)
def _said(name: str) -> tuple[Said, Said, Said]:
    """What a header says of the number (in Chinese, each two characters), of whom else it is than the row, and of who has it."""
    chinese = [one for one in headtext.tokens(name) if headtext.ONLY_HAN.fullmatch(one)]
    words = {one for one in header.said_words(name) if one not in chinese}
    whose = {one for one in words if one in headwords.whose()}
    whose |= {one for one in headwords.whose() if len(one) > 1 and any(one in token for token in chinese)}
    roles = words & headwords.persons()
    words |= {token[i : i + 2] for token in chinese for i in range(len(token) - 1)}
    plain = words - whose - roles
    return (
        frozenset(one for one in plain if not SAYS_NOTHING.fullmatch(one)),
        frozenset(whose),
        frozenset(roles),
    )
