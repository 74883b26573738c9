"""Files with sets of facts: worked cases, determination documents of an edge, filings as the port's API gives them.

Rules this module keeps:
 * each form is told apart by what it holds, never by the file's name;
 * a file is bounded, and a fault names the line.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from feiyu.base.errors import TooLarge
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.rules.books import Rulebooks
from feiyu.rules.cases import CaseReader
from feiyu.rules.errors import BadTable

MAX_BYTES = 256 * 1024 * 1024


def read_cases(rulebooks: Rulebooks, path: Path) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Id and facts, by the rulebook's own names, of every case in a file (JSON, or JSON a line)."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise TooLarge(what=Text.same(path.name), size=size, limit=MAX_BYTES)
    for number, found in _objects(path):
        if not isinstance(found, dict):
            raise _bad(path, number, "an object is wanted", "应为对象")
        yield case_facts(rulebooks, found, ident=f"{path.name}:{number}")


def case_facts(
    rulebooks: Rulebooks, found: Mapping[str, object], *, ident: str
) -> tuple[str, Mapping[str, object]]:
    """Id and facts of one case in any of the forms."""
    ident = str(found.get("id") or found.get("scenario_id") or ident)
    facts = found.get("facts", found)
    given = isinstance(facts, dict) and ({"as_of", "counts", "exporter"} & facts.keys())
    if given:
        return ident, CaseReader(rulebooks, found).read()
    if not isinstance(facts, dict):
        return ident, {}
    return ident, {name: value for name, value in facts.items() if name != "id"}


def _objects(path: Path) -> Iterator[tuple[int, object]]:
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as bad:
        raise _bad(path, 1, f"not UTF-8 at byte {bad.start}", f"第 {bad.start} 字节不是 UTF-8") from None
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        yield from _lines(path, text)
        return
    rows = whole if isinstance(whole, list) else [whole]
    yield from enumerate(rows, 1)


def _lines(path: Path, text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except (ValueError, RecursionError) as bad:
                told = said(bad)
                raise _bad(path, number, told.en, told.zh) from None


def _bad(path: Path, number: int, en: str, zh: str) -> BadTable:
    return BadTable(name=f"{path.name}:{number}", reason=Text(zh, en))
