"""What the hands fill their columns with, and the labels they give most."""

from messy import values as v
from messy.frame import CODE, Case

ID, TEL = "prc_resident_id", "mobile_cn"
CODES = "|".join(CODE)
DAY, WHEN = "date|datetime", "datetime|date"
WORD, NUM, TEXT = "category|text", "number|category", "text|category"


def put(c: Case, *rows: tuple) -> None:  # type: ignore[type-arg]
    """Columns as header, maker, labels and options; a label that ends in ``!`` is personal, in ``?`` perhaps."""
    for header, make, label, *more in rows:
        p = {"!": True, "?": None}.get(label[-1], False)
        c.add(header, make, label.rstrip("!?"), p=p, **(more[0] if more else {}))


def key(kind: str, **more: object) -> dict[str, object]:
    return {"key": kind, **more}


def fmt(low: float, high: float, places: int = 1):  # type: ignore[no-untyped-def]
    return lambda r: f"{r.uniform(low, high):.{places}f}"


def whole(low: int, high: int):  # type: ignore[no-untyped-def]
    return lambda r: str(r.randint(low, high))


def day(form: str = "%Y-%m-%d", low: int = 2022, high: int = 2026):  # type: ignore[no-untyped-def]
    return lambda r: v.date(r, form, low, high)


def code(form: str):  # type: ignore[no-untyped-def]
    """A maker: ``#`` a digit, ``@`` a letter."""
    return lambda r: "".join(
        r.choice("0123456789") if x == "#" else r.choice("ABCDEFGHJKLMNPQRSTUVWXYZ") if x == "@" else x
        for x in form
    )


def seq(n: int, form: str = "{}", start: int = 1) -> tuple[str, ...]:
    return tuple(form.format(i) for i in range(start, start + n))
