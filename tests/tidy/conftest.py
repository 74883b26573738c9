"""What the tidy tests look at: every file of the tree, and every Python source parsed once."""

import ast
import importlib.util
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Source:
    """One Python file."""

    path: str
    tree: ast.Module

    def at(self, node: ast.AST) -> str:
        return f"{self.path}:{getattr(node, 'lineno', 1)}"

    def within(self, *folders: str) -> bool:
        return self.path.startswith(folders)


@pytest.fixture(scope="session")
def files() -> tuple[str, ...]:
    """Every file that git keeps or would keep, relative to the root."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, check=True, text=True,
    ).stdout  # fmt: skip
    return tuple(sorted(name for name in set(listed.split("\0")) if name and (ROOT / name).is_file()))


@pytest.fixture(scope="session")
def texts(files: tuple[str, ...]) -> dict[str, str]:
    """The text files among them."""
    found = {}
    for name in files:
        data = (ROOT / name).read_bytes()
        if b"\0" not in data[:8192]:
            found[name] = data.decode(errors="replace")
    return found


@cache
def _parsed(name: str, text: str) -> Source:
    return Source(name, ast.parse(text))


@pytest.fixture(scope="session")
def sources(texts: dict[str, str]) -> tuple[Source, ...]:
    """Every Python file, parsed."""
    return tuple(_parsed(name, text) for name, text in texts.items() if name.endswith(".py"))


@pytest.fixture(scope="session")
def library(texts: dict[str, str]) -> tuple[Source, ...]:
    """What is shipped, parsed: a third of all."""
    return tuple(
        _parsed(name, text)
        for name, text in texts.items()
        if name.endswith(".py") and name.startswith("src/")
    )


@pytest.fixture(scope="session")
def reference() -> ModuleType:
    """What writes the reference pages: it knows every error, setting and command."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts/reference.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
