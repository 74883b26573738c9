"""The process in which a paper is read: ``python -m feiyu.papers.child``.

Standard input is a line of JSON (kind, the official text to compare with, or where an update begins) and the paper; standard output is JSON.
"""

import json
import sys

CPU_S = 20
MEMORY_BYTES = 2 << 30


def main() -> None:
    """Limit oneself, read, compare where that is asked, answer."""
    _limits()
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    from feiyu.papers.office import Refused, read_office
    from feiyu.papers.portable import read_pdf
    from feiyu.papers.update import only_proofs

    try:
        if asked.get("end") is not None:
            only_proofs(content, asked["end"])
            json.dump({}, sys.stdout)
            return
        kind, lines, warnings = read_pdf(content) if asked["kind"] == "pdf" else read_office(content)
        answer: dict[str, object] = {"kind": kind, "lines": lines, "warnings": warnings}
        if asked["official"] is not None:
            answer["comparison"] = _compared(asked["official"], kind, lines)
    except Refused as refused:
        answer = {"refused": refused.kind, "place": refused.place, "zh": refused.zh, "en": refused.en}
    json.dump(answer, sys.stdout, ensure_ascii=False)


def _compared(official: str, kind: str, lines: "list[tuple[str, int, int, str]]") -> dict[str, object]:
    from dataclasses import asdict, astuple

    from feiyu.papers.compare import compare
    from feiyu.papers.official import parse_official
    from feiyu.papers.script import Line, Script

    found = compare(parse_official(official), Script("", kind, tuple(Line(*line) for line in lines)))
    differences = [asdict(one) | {"line": astuple(one.line)} for one in found.differences]
    return {"differences": differences, "fills": found.fills, "fixed": found.fixed, "kept": found.kept}


def _limits() -> None:
    """Processor time, memory, and no file that grows; where the operating system has such limits."""
    try:
        import resource
    except ImportError:
        return
    for limit, value in (
        (resource.RLIMIT_CPU, CPU_S), (resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_FSIZE, 0), (resource.RLIMIT_CORE, 0),
    ):  # fmt: skip
        resource.setrlimit(limit, (value, value))


if __name__ == "__main__":
    main()
