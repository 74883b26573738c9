"""What is written about the rulebooks agrees with them."""

import re

import pytest

from feiyu.rules.conditions import WORDS
from feiyu.rules.load import packaged


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_readme_names_every_word_of_the_vocabulary(lang):
    text = packaged().joinpath(f"README.{lang}.md").read_text(encoding="utf-8")
    listed = re.search(r"`(all any not [a-z_ ]+)`", text)
    assert listed
    assert set(listed[1].split()) == set(WORDS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_readme_names_every_folder(lang):
    text = packaged().joinpath(f"README.{lang}.md").read_text(encoding="utf-8")
    folders = [
        entry.name for entry in packaged().iterdir() if entry.is_dir() and not entry.name.startswith("__")
    ]
    assert [name for name in folders if f"`{name}/" not in text] == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_changelog_has_an_entry_for_this_version(books, lang):
    text = packaged().joinpath(f"CHANGELOG-LAW.{lang}.md").read_text(encoding="utf-8")
    assert f"## {books.book().version} " in text


def test_both_changelogs_have_the_same_entries():
    rows = [
        [
            line
            for line in packaged()
            .joinpath(f"CHANGELOG-LAW.{lang}.md")
            .read_text(encoding="utf-8")
            .splitlines()
            if line.startswith("| ")
        ]
        for lang in ("zh", "en")
    ]
    assert len(rows[0]) == len(rows[1])


def test_no_rulebook_names_a_person(books):
    for source in books.root.joinpath("cn/export-pathway/parameters").iterdir():
        readers = re.search(r"read_by: \[(.*)\]", source.read_text(encoding="utf-8"))
        assert readers
        assert all(name.strip().startswith("reviewer-") for name in readers[1].split(",") if name.strip())
