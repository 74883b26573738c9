"""What the stand-alone client says of how it is used, in a process of its own: its language is known when it starts."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
WRONG = (
    ((), "缺少参数 command"), (("frob",), "command 没有 'frob'，可用 'keys'"), (("keys",), "缺少参数 keystore"),
    (("watch", "--trust", "t", "--keys", "k", "--every", "a"), "--every 应为整数，不能是 'a'"),
    (("fetch", "trf_1", "--trust", "t", "--keys", "k"), "请在环境变量 FEIYU_URL 与 FEIYU_TOKEN 中"),
)  # fmt: skip


def told(*words: str, **said: str) -> tuple[int, str]:
    given = {"PATH": os.environ["PATH"], "FEIYU_PASSPHRASE": "a passphrase of twelve"} | said
    command = [sys.executable, "-m", "feiyu_sdk.command", *words]
    ended = subprocess.run(command, env=given, check=False, capture_output=True, text=True, timeout=60)
    return ended.returncode, ended.stdout + ended.stderr


@pytest.mark.parametrize(("words", "wanted"), WRONG)
def test_wrong_use_is_told_in_the_readers_language(words: tuple[str, ...], wanted: str) -> None:
    code, zh = told(*words, LC_ALL="zh_CN.UTF-8", LANG="en_US.UTF-8")
    assert (code, wanted in zh) == (2, True), zh
    assert not re.search(r"(?i)\b(usage|error|argument|required)\b", zh)
    code, en = told(*words, FEIYU_LANG="en", LANG="zh_CN.UTF-8")
    assert (code, re.findall("[\u4e00-\u9fff]+", en)) == (2, [])


def test_help_and_what_keys_says_are_in_one_language(tmp_path: Path) -> None:
    store = str(tmp_path / "recipient.keys")
    for words in (("--help",), ("fetch", "--help"), ("keys", store), ("show", store)):
        code, en = told(*words, FEIYU_LANG="en")
        assert (code, re.findall("[\u4e00-\u9fff]+", en)) == (0, [])
    assert "签收" in told("show", store, FEIYU_LANG="zh")[1]
    for words in (("--lang", "zh", "show", store), ("show", store, "--lang=zh")):
        code, zh = told(*words, FEIYU_LANG="en")
        assert (code, "签收" in zh) == (0, True), zh
    code, en = told("show", store, "--lang", "fr", FEIYU_LANG="en")
    assert (code, "invalid choice: 'fr'" in en) == (2, True), en
