"""What the docs name exists: files, verbs of the Makefile, commands and their options."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = ("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/")


def _pages(texts):
    return {name: text for name, text in texts.items() if name.startswith(PAGES) and name.endswith(".md")}


def test_every_file_that_the_docs_name_exists(texts):
    named = re.compile(r"`((?:src|tests|scripts|bench|docs|locks|console|openapi|examples)/[\w./-]*)`")
    missing = {
        f"{page}: {path}"
        for page, text in _pages(texts).items()
        for path in named.findall(text)
        if not (ROOT / path).exists()
    }
    assert sorted(missing) == []


def test_every_verb_that_the_docs_name_is_in_the_makefile(texts):
    verbs = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = re.compile(r"(?:^|`)make ([a-z][a-z-]*)", re.MULTILINE)
    missing = {
        f"{page}: make {verb}"
        for page, text in _pages(texts).items()
        for verb in named.findall(text)
        if verb not in verbs
    }
    assert sorted(missing) == []
