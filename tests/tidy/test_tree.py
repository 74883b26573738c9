"""Facts about the tree: nothing of one machine in it, nothing huge, no page in one language only."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:work|farm|root|tmp|home/\w+)/\w")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.|npmjs\.|npmmirror\.|deb\.debian\.|crates\.io|proxy\.golang\."
)
LATER = re.compile(r"\b(?:TO" + "DO|FIX" + r"ME|XX" + r"X)\b")
MAX_BYTES = 1_000_000


def _lines(texts, pattern, **but):
    skipped = but.get("but", ())
    return [
        f"{name}:{number} {line.strip()[:100]}"
        for name, text in texts.items()
        if not name.startswith(skipped or ("\0",))
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_path_of_one_machine(texts):
    assert _lines(texts, MACHINE_PATH) == []


def test_no_host_of_a_package_registry(texts):
    assert _lines(texts, REGISTRY, but=("tests/tidy/",)) == []


def test_nothing_is_left_for_later(texts):
    assert _lines(texts, LATER, but=("src/feiyu/rulebooks/", "locks/", "console/package-lock")) == []


def test_locks_carry_hashes():
    for lock in (ROOT / "locks").glob("*.txt"):
        pins = re.findall(r"^(\S+==\S+)(.*\\\n    --hash=sha256:)?", lock.read_text(), re.MULTILINE)
        assert pins, lock.name
        assert [pin for pin, hashed in pins if not hashed] == [], lock.name


def test_no_file_is_huge(files):
    assert [name for name in files if (ROOT / name).stat().st_size > MAX_BYTES] == []


def test_every_page_has_its_twin():
    def pages(lang):
        return {
            path.relative_to(ROOT / "docs" / lang).as_posix() for path in (ROOT / "docs" / lang).rglob("*.md")
        }

    assert pages("zh") ^ pages("en") == set()
    assert pages("en")
    assert [
        f"docs/{lang}/{page}"
        for lang, twin in (("en", "zh"), ("zh", "en"))
        for page in pages(lang)
        if f"/{twin}/{page})" not in (ROOT / "docs" / lang / page).read_text().partition("\n## ")[0]
    ] == [], "a page links its twin before its first section"


def test_every_verb_of_the_makefile_is_explained():
    text = (ROOT / "Makefile").read_text()
    phony = set(re.search(r"\.PHONY:((?:.*\\\n)*.*)", text).group(1).replace("\\", "").split())
    rules = set(re.findall(r"^([a-z-]+):", text, re.MULTILINE))
    assert rules == phony
