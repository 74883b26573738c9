"""The language of the command line: ``--lang``, else ``FEIYU_LANG``, else the locale.

A locale that is neither Chinese nor English gets English; who asks for another language by ``--lang`` or ``FEIYU_LANG`` is told that there is none.
"""

import os
import re
import sys

from feiyu.base.text import Lang, Text


def asked(words: list[str]) -> str | None:
    """What ``--lang`` says, wherever it stands."""
    for at, word in enumerate(words):
        if word == "--lang" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def is_one(tag: str) -> bool:
    """Whether somebody who asks for this language gets it: ``zh``, ``en``, also with a region (``zh-CN``)."""
    return re.split("[-_.]", tag.lower())[0] in set(Lang)


def demand_known() -> None:
    """Refuse a ``FEIYU_LANG`` that names no language there is."""
    named = os.environ.get("FEIYU_LANG", "")
    if named and not is_one(named):
        from feiyu.app.settings import BadSetting

        raise BadSetting(name="FEIYU_LANG", reason=Text("可用 zh、en", "one of zh, en is wanted"))


def _chosen(words: list[str]) -> Lang:
    if (tag := asked(words)) is not None and is_one(tag):
        return Lang.parse(tag)
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
