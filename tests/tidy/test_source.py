"""Facts that every source file keeps. Tastes are ruff's and the reviewer's."""

import ast
import re
from collections.abc import Iterator

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.time_ns", "uuid.uuid4",
    "uuid4", "uuid.uuid1", "uuid1",
}  # fmt: skip


def _name(node: ast.expr) -> str:
    """The last two parts of a dotted name: ``datetime.datetime.now`` is ``datetime.now``."""
    if isinstance(node, ast.Attribute):
        return f"{_name(node.value).rpartition('.')[2]}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def _calls(tree: ast.Module) -> Iterator[tuple[ast.Call, str]]:
    return ((node, _name(node.func)) for node in ast.walk(tree) if isinstance(node, ast.Call))


def test_every_module_says_what_it_is(sources):
    silent = [
        s.path for s in sources if not s.within("tests/") and not ast.get_docstring(s.tree) and s.tree.body
    ]
    assert silent == []


def test_only_base_asks_the_machine_for_time_and_ids(library):
    found = [
        f"{source.at(call)} {name}"
        for source in library
        if not source.within("src/feiyu/base/")
        for call, name in _calls(source.tree)
        if name in CLOCKS
    ]
    assert found == []


def test_async_stays_where_thousands_of_sockets_wait(library):
    found = [
        source.at(node)
        for source in library
        if not source.within("src/feiyu/api/") and not source.within("src/feiyu/evidence/intake.py")
        for node in ast.walk(source.tree)
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert found == []


def _catches_everything(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or _name(kind) in {"Exception", "BaseException"} for kind in kinds)


def _answers(handler: ast.ExceptHandler) -> bool:
    """Whether the handler raises, or does something with what it caught."""
    inside = [node for statement in handler.body for node in ast.walk(statement)]
    return any(
        isinstance(node, ast.Raise)
        or (isinstance(node, ast.Name) and node.id == handler.name)
        or (isinstance(node, ast.Attribute) and node.attr == "exception")
        for node in inside
    )


def test_nothing_swallows_every_exception(library):
    found = [
        source.at(node)
        for source in library
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ExceptHandler) and _catches_everything(node) and not _answers(node)
    ]
    assert found == []


def test_the_library_does_not_print(library):
    found = [
        source.at(call)
        for source in library
        if not source.within("src/feiyu/cli/")
        for call, name in _calls(source.tree)
        if name == "print"
    ]
    assert found == []


def test_no_test_is_skipped_or_left_for_later(sources):
    later = re.compile(r"^(pytest\.|mark\.)(skip|skipif|xfail|importorskip)$")
    found = [
        source.at(node)
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and later.match(_name(node))
    ]
    assert found == []
