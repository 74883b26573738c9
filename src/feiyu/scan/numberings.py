"""Several numbers that states and hospitals give to one person, side by side in a table: he is counted once.

A payroll of the Philippines has SSS, PhilHealth and Pag-IBIG numbers, a list of patients the numbers of their records and of their stays. All of a kind are
one type, and two values of one type in a row are two persons; so all but one of these columns count as what is tied to the first.

Rules this module keeps:
 * the headers name different numbers (``SSS No``, ``PhilHealth No``) of the same person: of ``Mother MRN`` and ``Baby Hospital No``, or of ``SSN`` twice, each counts;
 * what the header does not name by a known word stays as it is: too many persons rather than too few;
 * the column with the fewest gaps leads.
"""

from collections.abc import Sequence
from dataclasses import replace

from feiyu.scan import headindex, headtext
from feiyu.scan.catalogue import by_id
from feiyu.scan.model import Field
from feiyu.scan.persons import FURTHER

SAYS_NOTHING = frozenset(["no", "id", "code", "card", "号", "号码", "编号", "卡号", "码"])
"""Beside what is numbered and who has it."""


def further(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Let each further numbering of one person count beside the first."""
    out = list(fields)
    led: dict[tuple[str, tuple[str, ...]], set[str]] = {}
    for field in sorted(fields, key=lambda one: one.nulls):
        kind = field.counts_as or field.type
        if not field.personal or kind not in by_id() or not by_id()[kind].further:
            continue
        word, whose = _numbering(field.name, by_id()[kind].order)
        if not word:
            continue
        names = led.setdefault((kind, whose), set())
        if names and word not in names:
            out[field.index] = replace(field, counts_as=kind + FURTHER)
        names.add(word)
    return tuple(out)


def _numbering(header: str, order: int) -> tuple[str, tuple[str, ...]]:
    """The longest word for numbers of this type in a header, and what else it says; no word where it says none that is known."""
    head = headtext.tokens(header)
    apart, joined = headindex.index()
    place = (order, headindex.WORDS)
    found = [("", head)]
    if place in joined.get("".join(head), ()):
        found.append(("".join(head), ()))
    runs = [(i, j) for i in range(len(head)) for j in range(i + 1, len(head) + 1)]
    found += [("".join(head[i:j]), head[:i] + head[j:]) for i, j in runs if place in apart.get(head[i:j], ())]
    found += [
        (part, (*head[:i], *filter(None, (before, after)), *head[i + 1 :]))
        for i, token in enumerate(head)
        if not token.isascii()
        for part, before, after in _within(token)
        if place in apart.get((part,), ())
    ]
    word, rest = max(found, key=lambda one: len(one[0]))
    return word, tuple(one for one in rest if one not in SAYS_NOTHING)


def _within(token: str) -> list[tuple[str, str, str]]:
    """Each part of a run of Chinese, with what stands before and behind it."""
    return [
        (token[i:j], token[:i], token[j:])
        for i in range(len(token))
        for j in range(i + 2, min(len(token), i + headindex.LONGEST) + 1)
    ]
