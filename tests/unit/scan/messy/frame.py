"""A case: columns with their truth, and how the file is written."""

import csv
import gzip
import io
import json
import random
import sqlite3
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from messy.brute import Row, persons

WIDE = str.maketrans("0123456789X()-", "０１２３４５６７８９Ｘ（）－")
GENERIC = ("text", "category", "number", "order_no", "boolean", "date", "datetime", "empty", "unknown")
CODE = ("order_no", "number", "text", "category")
Damage = Callable[[random.Random, str], str]


@dataclass
class Column:
    """What stands in a column, and what it may be called, the best answer first."""

    header: str
    cells: list[Any]
    label: tuple[str, ...]
    personal: bool | None
    embedded: tuple[str, ...] = ()
    key: str | None = None
    truth: list[str | None] = field(default_factory=list)


@dataclass
class Case:
    """One table of one file."""

    name: str
    rows: int
    r: random.Random
    columns: list[Column] = field(default_factory=list)
    order: tuple[str, ...] = ()
    strong: tuple[str, ...] = ()
    exact: bool = True
    footer: int = 0
    count: bool = True
    suffix: str = ".csv"
    writer: Callable[["Case", Path], None] = field(default=lambda case, path: delimited(case, path))

    def add(
        self,
        header: str,
        make: Any,
        label: str,
        *,
        p: bool | None = False,
        key: str | None = None,
        damage: Damage | None = None,
        embedded: Sequence[str] = (),
        empty: float = 0.0,
    ) -> "Case":
        """Add a column; ``make`` is a maker, a list of choices, or the whole column as a tuple."""
        if isinstance(make, tuple):
            truth = list(make)
        elif isinstance(make, list):
            truth = [self.r.choice(make) for _ in range(self.rows)]
        else:
            truth = [make(self.r) for _ in range(self.rows)]
        truth = [None if v is None or (empty and self.r.random() < empty) else v for v in truth]
        cells = [v if v is None or damage is None else damage(self.r, v) for v in truth]
        kinds = tuple(label.split("|"))
        self.columns.append(Column(header, cells, kinds, True if key else p, tuple(embedded), key, truth))
        if key and key not in self.order:
            self.order = (*self.order, key)
        return self

    @property
    def headers(self) -> list[str]:
        return [one.header for one in self.columns]

    def lines(self) -> list[list[Any]]:
        return [[one.cells[i] for one in self.columns] for i in range(self.rows)]

    def keys(self) -> list[Row]:
        kinds = self._kinds()
        return [
            [
                (kinds[id(one)], canon(one.key, one.truth[i]))
                for one in self.columns
                if one.key and one.truth[i]
            ]
            for i in range(self.rows)
        ]

    def _kinds(self) -> dict[int, str]:
        """As what each column identifies: several numberings of the same person stand behind the one with the fewest gaps."""
        kinds: dict[int, str] = {}
        for one in sorted(self.columns, key=lambda one: sum(not v for v in one.truth)):
            if one.key:
                kinds[id(one)] = one.key + "+" * (one.key in NUMBERINGS and one.key in kinds.values())
        return kinds

    def persons(self) -> dict[str, Any]:
        order = [kind for key in self.order for kind in (key, *((key + "+",) if key in NUMBERINGS else ()))]
        found = persons(self.keys(), order, self.strong)
        by: dict[str, int] = {}
        for kind, many in found["by"].items():
            by[kind.rstrip("+")] = by.get(kind.rstrip("+"), 0) + many
        return {**found, "by": by}


NUMBERINGS = ("social_security_no", "medical_record_no", "wechat")
"""Of these one person has several kinds, each under a header of its own; here no table has those of two persons."""


def canon(kind: str, value: str) -> str:
    if kind == "prc_resident_id" and len(value) == 15:
        from messy import digits

        body = value[:6] + "19" + value[6:]
        return body + digits.prc(body)
    if kind == "home_return_permit":
        return value[:9]
    return value.lower() if kind == "email" else value.upper()


def text(
    case: Case,
    *,
    delimiter: str = ",",
    header: bool = True,
    before: Sequence[str] = (),
    after: Sequence[str] = (),
    quote: int = csv.QUOTE_MINIMAL,
) -> str:
    out = io.StringIO()
    made = csv.writer(out, delimiter=delimiter, quoting=quote, lineterminator="\n")
    for line in before:
        out.write(line + "\n")
    if header:
        made.writerow(case.headers)
    made.writerows([["" if c is None else c for c in row] for row in case.lines()])
    for line in after:
        out.write(line + "\n")
    return out.getvalue()


def delimited(case: Case, path: Path, *, encoding: str = "utf-8", **how: Any) -> None:
    path.write_bytes(text(case, **how).encode(encoding))


def as_csv(**how: Any) -> Callable[[Case, Path], None]:
    return lambda case, path: delimited(case, path, **how)


def as_gz(case: Case, path: Path) -> None:
    path.write_bytes(gzip.compress(text(case).encode()))


def as_zip(case: Case, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("data/part.csv", text(case))


def as_xlsx(
    *, title: Sequence[str] = (), merge: bool = False, sheet: str = "Sheet1", second: bool = False
) -> Callable[[Case, Path], None]:
    def write(case: Case, path: Path) -> None:
        from openpyxl import Workbook

        book = Workbook()
        page = book.active
        page.title = sheet
        for line in title:
            page.append([line])
        if merge and title:
            page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=len(case.columns))
        page.append(case.headers)
        for row in case.lines():
            page.append(row)
        if second:
            other = book.create_sheet("说明")
            other.append(["填表说明"])
            other.append(["1. 红色为必填"])
            other.append(["2. 请勿修改表头"])
        with path.open("wb") as file:
            book.save(file)

    return write


def as_jsonl(
    shape: Callable[[dict[str, Any]], dict[str, Any]] = lambda row: row,
) -> Callable[[Case, Path], None]:
    def write(case: Case, path: Path) -> None:
        rows = [shape(dict(zip(case.headers, row, strict=True))) for row in case.lines()]
        path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")

    return write


def as_json(case: Case, path: Path) -> None:
    rows = [dict(zip(case.headers, row, strict=True)) for row in case.lines()]
    path.write_text(json.dumps({"code": 0, "data": rows}, ensure_ascii=False, indent=1), encoding="utf-8")


def as_parquet(case: Case, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({one.header: pa.array(one.cells) for one in case.columns}), path)


def as_sqlite(case: Case, path: Path) -> None:
    base = sqlite3.connect(path)
    names = ", ".join(f'"{h}"' for h in case.headers)
    base.execute(f'CREATE TABLE "{case.name}" ({names})')
    base.executemany(f'INSERT INTO "{case.name}" VALUES ({",".join("?" * len(case.headers))})', case.lines())
    base.commit()
    base.close()


def as_fixed(case: Case, path: Path) -> None:
    rows = [case.headers, *[["" if c is None else str(c) for c in row] for row in case.lines()]]
    widths = [max(len(row[i]) for row in rows) + 3 for i in range(len(case.headers))]
    path.write_text(
        "\n".join("".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in rows),
        encoding="utf-8",
    )


def wide(r: random.Random, v: str) -> str:
    return v.translate(WIDE) if r.random() < 0.4 else v


def quoted(r: random.Random, v: str) -> str:
    return "'" + v


def grouped4(r: random.Random, v: str) -> str:
    return " ".join(v[i : i + 4] for i in range(0, len(v), 4)) if r.random() < 0.6 else v


def id_spaced(r: random.Random, v: str) -> str:
    return r.choice(
        (v, f"{v[:6]} {v[6:14]} {v[14:]}", v.lower(), f" {v}", f"{v[:6]}-{v[6:14]}-{v[14:]}", v + "　")
    )


def phone_styles(r: random.Random, v: str) -> str:
    return r.choice(
        (
            v,
            f"{v[:3]}-{v[3:7]}-{v[7:]}",
            f"{v[:3]} {v[3:7]} {v[7:]}",
            f"+86 {v}",
            f"86-{v}",
            f"+86-{v[:3]}-{v[3:7]}-{v[7:]}",
            f"(+86){v}",
        )
    )


def dot_zero(r: random.Random, v: str) -> str:
    return v + ".0"
