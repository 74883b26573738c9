"""Read a paper made elsewhere: DOCX, PDF or XLSX, in a process of its own with little time and memory.

Rules this module keeps:
 * the file is read in a child that has limits of the operating system on processor time, memory and files; what it cannot
   read within them is refused, and nothing else is harmed;
 * a refusal names the page, part or cell;
 * a scan without words, and a paper that is another one, are refused as what they are, and not compared;
 * only words are taken; no formula is computed, no link followed, no macro run.

Source: STYLE section 4; ECMA-376; ISO 32000.
"""

import json
import os
import re
import subprocess
import sys
from typing import Any

from feiyu.base.text import Text
from feiyu.papers.compare import Comparison, Difference
from feiyu.papers.errors import (
    ChangedPaper,
    NoWords,
    OtherPaper,
    PaperTooLarge,
    SlowPaper,
    UnreadPaper,
)
from feiyu.papers.script import Line, Script

FILE_MAX = 20 * 1024 * 1024
CHILD_S = 40
KEPT = {"PATH", "PYTHONPATH", "LANG", "LD_LIBRARY_PATH", "SYSTEMROOT"}
Json = dict[str, Any]
_REFUSALS = {"large": PaperTooLarge, "unread": UnreadPaper, "changed": ChangedPaper}
KINDS = {b"%PDF-": "pdf", b"PK\x03\x04": "zip"}
LEAST_KEPT = 10
"""A paper that has less than a tenth of an official text is another paper: listing all that differs would help nobody."""
_PAGE = re.compile(r"第(\d+)页")


def read_paper(name: str, content: bytes) -> Script:
    """Read a paper; what it is shows in its content, not its name."""
    return _script(name, _child(name, content, None))


def compare_paper(name: str, content: bytes, official: str) -> tuple[Script, Comparison]:
    """Read a paper and compare it with an official text, both in the reading process."""
    answer = _child(name, content, official)
    found = answer["comparison"]
    differences = tuple(
        Difference(one["kind"], one["article"], one["official"], one["found"], Line(*one["line"]))
        for one in found["differences"]
    )
    script = _script(name, answer)
    if found["kept"] * LEAST_KEPT < found["fixed"]:
        raise OtherPaper(name=script.name, fixed=f"{found['fixed']:,}", kept=f"{found['kept']:,}")
    return script, Comparison(differences, found["fills"], found["fixed"], found["kept"])


def only_proofs(name: str, content: bytes, end: int) -> None:
    """Raise where what stands behind ``end`` in a PDF is more than proofs of the signatures before it."""
    _child(name, content, None, end=end)


def _script(name: str, answer: Json) -> Script:
    if not answer["lines"]:
        raise NoWords(name=name[-120:])
    return Script(
        name=name[-120:], kind=answer["kind"], lines=tuple(Line(*line) for line in answer["lines"]),
        warnings=tuple(Text(zh, en) for zh, en in answer["warnings"]),
    )  # fmt: skip


def _child(name: str, content: bytes, official: str | None, *, end: int | None = None) -> Json:
    name = name[-120:]
    if len(content) > FILE_MAX:
        size = f"{FILE_MAX // 1024 // 1024} MB"
        raise PaperTooLarge(name=name, reason=Text(f"文件大于 {size}", f"the file is over {size}"))
    kind = next((kind for mark, kind in KINDS.items() if content[:1024].lstrip().startswith(mark)), None)
    if kind is None:
        raise UnreadPaper(
            name=name,
            reason=Text("不是 DOCX、PDF 或 XLSX 文件", "it is no DOCX, PDF or XLSX"),
        )
    kept = {key: value for key, value in os.environ.items() if key in KEPT}
    header = json.dumps({"kind": kind, "official": official, "end": end}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "feiyu.papers.child"], input=header + content, capture_output=True, timeout=CHILD_S,
            check=False, env=kept | {"PYTHONIOENCODING": "utf-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        raise SlowPaper(name=name) from None
    if done.returncode != 0:
        raise SlowPaper(name=name)
    answer: Json = json.loads(done.stdout)
    if "refused" in answer:
        reason = Text(answer["zh"], answer["en"])
        raise _REFUSALS[answer["refused"]](name=_at(name, answer["place"]), reason=reason)
    return answer


def _at(name: str, place: str) -> Text:
    """A paper and the page, part or cell in it; the paper alone where none is named."""
    if place == "-":
        return Text.same(name)
    english = _PAGE.sub(r"page \1", place)
    return Text(f"{name}（{place}）", f"{name} ({english})")
