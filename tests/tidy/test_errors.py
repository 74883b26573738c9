"""Facts about errors and texts: unique codes, both languages, the same places in both, every place filled."""

import ast
import importlib
import pkgutil
import re
from collections import Counter
from string import Formatter

import pytest

import feiyu
import feiyu_sdk
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text

PREFIXES = {
    "base": "BASE", "store": "STORE", "scan": "SCAN", "rules": "RULES", "seal": "SEAL", "evidence": "LOG",
    "wire": "WIRE", "registry": "REG", "edge": "EDGE", "port": "PORT", "api": "API", "app": "APP", "cli": "CLI",
    "testing": "TEST", "feiyu_sdk": "SDK", "_native": "BASE",
}  # fmt: skip


@pytest.fixture(scope="module")
def errors() -> list[type[FeiyuError]]:
    """Every error class, found by importing every module."""
    for root in (feiyu, feiyu_sdk):
        for module in pkgutil.walk_packages(root.__path__, root.__name__ + "."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found, queue = [FeiyuError], [FeiyuError]
    while queue:
        children = [kind for kind in queue.pop().__subclasses__() if kind.__module__.startswith("feiyu")]
        queue += children
        found += children
    return list(dict.fromkeys(found))


def _places(text: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(text) if name is not None}


def test_every_error_has_its_own_code(errors):
    own = [kind for kind in errors if "code" in vars(kind)]
    assert [kind.__qualname__ for kind in errors if kind not in own] == []
    assert [code for code, count in Counter(kind.code for kind in own).items() if count > 1] == []


def test_a_code_names_the_room_it_comes_from(errors):
    found = []
    for kind in errors:
        parts = kind.__module__.split(".")
        room = parts[1] if parts[0] == "feiyu" and len(parts) > 1 else parts[0]
        if not re.fullmatch(rf"{PREFIXES[room]}-\d{{4}}", kind.code):
            found.append(f"{kind.__qualname__} {kind.code}")
    assert found == []


def test_message_and_hint_speak_both_languages_with_the_same_places(errors):
    found = []
    for kind in errors:
        for text in (kind.message, kind.hint):
            assert isinstance(text, Text), kind
            if _places(text.zh) != _places(text.en):
                found.append(f"{kind.__qualname__}: {text}")
    assert found == []


def test_every_place_is_filled_where_the_error_is_raised(errors, library):
    plain = {kind.__name__: kind for kind in errors if kind.__init__ is FeiyuError.__init__}
    found = []
    for source in library:
        for call in ast.walk(source.tree):
            if not isinstance(call, ast.Call) or any(word.arg is None for word in call.keywords):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            if name in plain:
                kind = plain[name]
                missing = _places(kind.message.en + kind.hint.en) - {str(word.arg) for word in call.keywords}
                if missing:
                    found.append(f"{source.at(call)} {name} lacks {sorted(missing)}")
    assert found == []


def _halves(call: ast.Call) -> dict[str, object]:
    given = dict(zip(("zh", "en"), call.args, strict=False)) | {
        str(word.arg): word.value for word in call.keywords
    }
    return {half: node.value for half, node in given.items() if isinstance(node, ast.Constant)}


def test_every_text_is_whole_and_plain(library):
    """A Text built from constants has both halves, the same places in both, and no exclamation mark."""
    found = []
    for source in library:
        for call in ast.walk(source.tree):
            if not (
                isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Text"
            ):
                continue
            halves = _halves(call)
            zh, en = str(halves.get("zh", "-")).strip(), str(halves.get("en", "-")).strip()
            both = len(halves) == 2
            if not zh or not en or "!" in zh or "\uff01" in zh or (both and _places(zh) != _places(en)):
                found.append(f"{source.at(call)} {zh!r} {en!r}")
    assert found == []
