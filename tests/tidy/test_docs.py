"""What the docs name exists: files, verbs of the Makefile, commands and their options."""

import re
import shlex
from pathlib import Path

import pytest

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


@pytest.mark.slow
def test_the_generated_pages_say_what_the_code_says(reference):
    behind = [
        path.relative_to(ROOT).as_posix()
        for path, text in reference.render().items()
        if not path.exists() or path.read_text() != text
    ]
    assert behind == [], "run make reference"


def _examples(texts):
    """Every line of a code block that calls feiyu: page, words."""
    for page, text in _pages(texts).items():
        blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        named = re.findall(r"(?<!`)`(feiyu [a-z][^`]* --[^`]*)`(?!`)", text)  # in a sentence, with options
        for block in [*blocks, *(" ".join(one.split()) for one in named)]:
            for line in block.replace("\\\n", " ").splitlines():
                command = re.match(r"(?:\$ )?(?:[A-Z_]+=\S+ )*(?:\.venv/bin/)?(feiyu [a-z].*)", line)
                if command:
                    yield page, shlex.split(re.split(r"\s{3,}|\s[#>|]\s", command[1])[0])


def test_every_command_in_the_docs_exists_with_its_options(texts, reference):
    known = {
        command["path"]: {option for name, _, _ in command["parameters"] for option in name.split(", ")}
        for command in reference.command_tree()
    }
    wanted = {
        command["path"]: {
            name for name, _, needed in command["parameters"] if needed and name.startswith("--")
        }
        for command in reference.command_tree()
    }
    wrong = []
    examples = list(_examples(texts))
    for page, words in examples:
        if words[-1] == "…" and not any(word.startswith("--") for word in words):  # a family of commands
            family = " ".join(words[:-1])
            wrong += [] if any(name.startswith(f"{family} ") for name in known) else [f"{page}: {family} …"]
            continue
        path = next((" ".join(words[:n]) for n in (4, 3, 2) if " ".join(words[:n]) in known), None)
        if path is None:
            wrong.append(f"{page}: {' '.join(words)}")
        elif path != "feiyu verify":  # its words go to evidence/verify.py as they are
            options = {word.partition("=")[0] for word in words if word.startswith("--")}
            unknown = options - known[path] - {"--help", "--lang"}
            wrong += [f"{page}: {path} has no {option}" for option in sorted(unknown)]
            whole = "…" not in words and not page.startswith(
                "docs/adr/"
            )  # a record of a decision names options alone
            lacking = (
                {name for name in wanted[path] if not options & set(name.split(", "))} if whole else set()
            )
            wrong += [f"{page}: {path} wants {name}" for name in sorted(lacking)]
    assert examples
    assert wrong == []
