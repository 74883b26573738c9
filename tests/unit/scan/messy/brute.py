"""Persons by comparing every row with every other: slow, and written from the stated rule alone."""

from collections.abc import Sequence

Key = tuple[str, str]
Row = Sequence[Key]


def persons(rows: Sequence[Row], order: Sequence[str], strong: Sequence[str]) -> dict[str, object]:
    """``rows``: the identifiers of each row; ``order``: the types, the surest first.

    *counted*: heads, each lesser head going to the one person it stands beside elsewhere. *linked*: plain components.
    """
    heads: list[list[Key]] = []
    for row in rows:
        kinds = [k for k in order if any(k == kind for kind, _ in row)]
        heads.append([key for key in row if kinds and key[0] == kinds[0]])
    rank = {kind: i for i, kind in enumerate(order)}

    def beside(key: Key) -> set[Key]:
        return {
            h
            for row, hs in zip(rows, heads, strict=True)
            if key in row
            for h in hs
            if h != key and rank[h[0]] < rank[key[0]]
        }

    def person(key: Key) -> Key:
        others = {person(h) for h in beside(key)}
        return others.pop() if len(others) == 1 else key

    everyone = {person(h) for hs in heads for h in hs}
    by = {kind: len({v for row in rows for k, v in row if k == kind}) for kind in order}
    return {
        "counted": len(everyone),
        "linked": components([row for row in rows if row]),
        "by": {k: n for k, n in by.items() if n},
        "strong": len({h for h in everyone if h[0] in strong}),
        "loose": sum(not row for row in rows),
    }


def components(rows: Sequence[Row]) -> int:
    """Groups of rows that share any identifier, by growing each group until nothing joins."""
    groups: list[set[Key]] = []
    for row in rows:
        one = set(row)
        apart = []
        for group in groups:
            if group & one:
                one |= group
            else:
                apart.append(group)
        groups = [*apart, one]
    return len(groups)
