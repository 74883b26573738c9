"""Facts about errors and texts: unique codes, both languages, the same places in both, every place filled."""

import ast
import re
from collections import Counter
from string import Formatter

import pytest

from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text

PREFIXES = {
    "base": "BASE", "store": "STORE", "scan": "SCAN", "rules": "RULES", "seal": "SEAL", "evidence": "LOG",
    "wire": "WIRE", "papers": "DOSS", "registry": "REG", "edge": "EDGE", "port": "PORT", "api": "API|BASE", "app": "APP|CLI", "cli": "CLI",
    "testing": "TEST", "feiyu_sdk": "SDK", "_native": "BASE",
}  # fmt: skip

PHRASE = re.compile("[a-z]{2,}[:,]? [a-z]{2,}|[\u4e00-\u9fff]")
WORD_AND_PLACE = re.compile(r"[a-z]{3,}[:,]? (?:\{|$)|^ [a-z]{3,}")
ODD = re.compile("[!\uff01]|[\u4e00-\u9fff][,;:?(]")


@pytest.fixture(scope="module")
def errors(reference) -> list[type[FeiyuError]]:
    """Every error class, found by importing every module."""
    return [FeiyuError, *reference.subclasses(FeiyuError)]


def _places(text: str) -> set[str]:
    """The named places of a text. ``{reason_zh}`` and ``{reason_en}`` are one, and so are ``{n}`` and ``{n?row:rows}``."""
    names = (name for _, name, _, _ in Formatter().parse(text) if name is not None)
    return {re.sub(r"(^|_)(zh|en)$", "", re.split(r"[.\[?]", name)[0]) for name in names}


def test_every_error_has_its_own_code(errors):
    own = [kind for kind in errors if "code" in vars(kind)]
    assert [kind.__qualname__ for kind in errors if kind not in own] == []
    assert [code for code, count in Counter(kind.code for kind in own).items() if count > 1] == []


def test_a_code_names_the_room_it_comes_from(errors):
    found = []
    for kind in errors:
        parts = kind.__module__.split(".")
        room = parts[1] if parts[0] == "feiyu" and len(parts) > 1 else parts[0]
        if not re.fullmatch(rf"(?:{PREFIXES[room]})-\d{{4}}", kind.code):
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


def _missing(kind: type[FeiyuError], call: ast.Call) -> set[str]:
    given = {re.sub(r"(^|_)(zh|en)$", "", str(word.arg)) for word in call.keywords}
    return _places(kind.message.en + kind.hint.en) - given


def test_every_place_is_filled_where_the_error_is_raised(errors, library):
    """Two rooms may have an error of one name; a call must fit one of them."""
    found = []
    for source in library:
        for call in ast.walk(source.tree):
            # An error takes names only: a call with anything else is of another class of that name.
            if not isinstance(call, ast.Call) or call.args or any(word.arg is None for word in call.keywords):
                continue
            name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
            kinds = [
                kind for kind in errors if kind.__name__ == name and kind.__init__ is FeiyuError.__init__
            ]
            if kinds and all(_missing(kind, call) for kind in kinds):
                found.append(f"{source.at(call)} {name} lacks {sorted(_missing(kinds[0], call))}")
    assert found == []


def _prose(value: ast.expr) -> list[str]:
    """What a value says in one language only: literals outside a ``Text`` that are a phrase, not a name or a code."""
    if isinstance(value, ast.Call) and ast.unparse(value.func) in {"Text", "Text.same", "said"}:
        return []
    if isinstance(value, ast.JoinedStr):
        literal = "{}".join(str(part.value) for part in value.values if isinstance(part, ast.Constant))
        return [literal] if PHRASE.search(literal) or WORD_AND_PLACE.search(literal) else []
    if isinstance(value, ast.Constant):
        return [value.value] if isinstance(value.value, str) and PHRASE.search(value.value) else []
    parts = (part for part in ast.iter_child_nodes(value) if isinstance(part, ast.expr))
    return [words for part in parts for words in _prose(part)]


def test_what_a_refusal_is_given_in_words_is_in_both_languages(errors, library):
    """``reason`` and ``what`` are a ``Text`` by type; no other value may smuggle a phrase of one language into the other's sentence."""
    names = {kind.__name__ for kind in errors}
    found = [
        f"{source.at(call)} {word.arg}={words!r}"
        for source in library
        for call in ast.walk(source.tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2] in names
        for word in call.keywords
        for words in _prose(word.value)
    ]
    assert found == []


def test_what_others_say_is_quoted_in_the_chinese_half(library):
    """The words of an exception are English: into a Chinese sentence they go by way of ``base.said``."""
    found = []
    for source in library:
        for caught in ast.walk(source.tree):
            if not isinstance(caught, ast.ExceptHandler) or caught.name is None:
                continue
            for words in ast.walk(caught):
                if isinstance(words, ast.JoinedStr) and re.search("[\u4e00-\u9fff]", ast.unparse(words)):
                    placed = [part.value for part in words.values if isinstance(part, ast.FormattedValue)]
                    whole = {
                        caught.name,
                        f"str({caught.name})",
                        f"{caught.name}.problem",
                        f"{caught.name}.strerror",
                    }
                    found += [source.at(words) for one in placed if ast.unparse(one) in whole]
    assert found == []


def _halves(call: ast.Call) -> dict[str, object]:
    given = dict(zip(("zh", "en"), call.args, strict=False)) | {
        str(word.arg): word.value for word in call.keywords
    }
    return {half: node.value for half, node in given.items() if isinstance(node, ast.Constant)}


def test_every_text_is_whole_and_plain(library):
    """A Text built from constants has both halves, the same places in both, Chinese punctuation, no exclamation mark."""
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
            if not zh or not en or ODD.search(zh) or (both and _places(zh) != _places(en)):
                found.append(f"{source.at(call)} {zh!r} {en!r}")
    assert found == []
