"""The language of the command line: ``--lang``, else ``FEIYU_LANG``, else the locale."""

import os
import sys

from feiyu.base.text import Lang, Text


def _chosen(words: list[str]) -> Lang:
    for at, word in enumerate(words):
        if word == "--lang" and at + 1 < len(words):
            return Lang.parse(words[at + 1])
        if word.startswith("--lang="):
            return Lang.parse(word.removeprefix("--lang="))
    for name in ("FEIYU_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return Lang.parse(value)
    return Lang.EN


LANG = _chosen(sys.argv[1:])
"""Help texts are made when commands are declared, so the language is known before."""


def without_lang(words: list[str]) -> list[str]:
    """The words without ``--lang``, which may stand anywhere and was read already."""
    kept = [word for word in words if not word.startswith("--lang=")]
    if "--lang" in kept[:-1]:
        at = kept.index("--lang")
        del kept[at : at + 2]
    return kept


def t(zh: str, en: str) -> str:
    """The half for this run."""
    return Text(zh, en)[LANG]
