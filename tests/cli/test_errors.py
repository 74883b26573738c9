"""What goes wrong is told: code, what and what to do, in the language of the run; exit 1, never a traceback."""

import os
import re
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from .conftest import feiyu, many

pytestmark = pytest.mark.slow
HAN = re.compile(r"[\u4e00-\u9fff]")
CODE = re.compile(r"\b[A-Z]{3,5}-[0-9]{4}\b")
REMEDY = {"zh": "处理", "en": "Remedy"}


@pytest.fixture(scope="module")
def bad_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("bad")
    found = {name: folder / f"{name}.csv" for name in ("absent", "directory", "empty")}
    found["markup"] = folder / "[/bold][nothing].csv"
    found["directory"].mkdir()
    found["empty"].touch()
    return found


@pytest.mark.parametrize(("lang", "young"), [("zh", "不满十四周岁 1\n"), ("en", "under 14 1\n")])
def test_persons_under_14_stand_apart(tmp_path: Path, lang: str, young: str) -> None:
    path = tmp_path / "ages.csv"
    path.write_text("mobile,age\n" + "".join(f"138{i:08d},{13 + i}\n" for i in range(40)))
    (found,) = many(["scan", str(path)], lang=lang)
    assert young in found["out"]


@pytest.mark.parametrize(
    ("lang", "unread"),
    [("zh", "自然人：不详（内容未读"), ("en", "Natural persons: not known (content unread")],
)
def test_a_file_that_no_reader_understands_is_unread_and_never_free(tmp_path: Path, lang: str, unread: str):
    path = tmp_path / "binary.csv"
    path.write_bytes(b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 64)
    scan, assess = many(
        ["scan", str(path)], ["assess", str(path), "--to", "DE", "--purpose", "test"], lang=lang
    )  # fmt: skip
    assert unread in scan["out"]
    assert "NEEDS_INFO" in assess["out"]
    assert "EXEMPT" not in assess["out"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_files_that_are_no_data(bad_files: dict[str, Path], lang: str):
    scans = [["scan", str(path)] for path in bad_files.values()]
    assessed = [["assess", str(path), "--to", "DE", "--purpose", "test"] for path in bad_files.values()]
    for words, answer in zip([*scans, *assessed], many(*scans, *assessed, lang=lang), strict=True):
        told(words, answer["code"], answer["out"], answer["err"], lang)


def test_names_that_a_terminal_would_obey_are_only_shown(tmp_path: Path):
    path = tmp_path / "a\x1b[2Jb\nc.jsonl"
    path.write_text('{"x\\u001b[31my": "a", "k\\u202ev\\u009b": "b"}\n' * 9, encoding="utf-8")
    for answer in many(["scan", str(path)], ["scan", str(path / "none")], lang="en"):
        assert r"a\x1b[2Jb\nc.jsonl" in answer["out"] or answer["code"]
        printed = answer["out"] + answer["err"]
        assert not {sign for sign in printed if unicodedata.category(sign) == "Cc" or sign == "\u202e"} - {
            "\n"
        }


def test_names_that_look_like_markup_are_only_names(tmp_path: Path):
    path = tmp_path / "[bold].jsonl"
    path.write_text('{"[/red]": "[/a]", "[bold]x": "[b]"}\n' * 9, encoding="utf-8")
    words = [["scan", str(path)], ["assess", str(path), "--to", "DE", "--purpose", "[/test]", "--trace"]]
    for answer in many(*words, lang="en"):
        assert answer["code"] == 0, answer["err"]
        for name in ("[bold].jsonl", "[/red]", "[bold]x"):
            assert name in answer["out"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_servers_that_do_not_answer_and_files_that_are_not_there(tmp_path: Path, lang: str):
    nowhere = ["--url", "http://127.0.0.1:9", "--token", "fy_x"]
    listed = tmp_path / "list.json"
    listed.write_text("[1, 2]")
    junk = tmp_path / "junk"
    junk.write_bytes(os.urandom(300))
    junk.chmod(0o600)
    key = "port.example.org/log+00000000+AAAA"
    commands = [
        ["send", "x.csv", "--grant", "grt_x", *nowhere],
        ["file", "x.csv", "--scenario", "scn_x", *nowhere],
        ["file", "x.csv", "--scenario", "scn_x", "--answers", str(tmp_path / "absent"), *nowhere],
        ["file", "x.csv", "--scenario", "scn_x", "--answers", str(listed), *nowhere],
        ["file", "x.csv", "--scenario", "scn_x", "--answers", str(junk), *nowhere],
        ["port", "party", "list", *nowhere],
        ["port", "party", "list"],
        ["edge", "runs", *nowhere],
        ["edge", "decide", "run_x", "cut", "--ground", "not declared", *nowhere],
        ["edge", "pin", "--recipient", "pty_x", "--fingerprint", "0", *nowhere],
        ["log", "show", "http://127.0.0.1:9"],
        ["log", "fsck", "http://127.0.0.1:9", "--vkey", key],
        ["log", "monitor", "ftp://127.0.0.1", "--vkey", key, "--state", str(tmp_path / "seen")],
        ["log", "fsck", "--data", str(tmp_path)],
        ["log", "serve", "--data", str(tmp_path)],
        ["log", "proof", str(junk), "--vkey", key],
        ["log", "witness", "--key", str(junk), "--new-key", "witness.example.net"],
        ["log", "witness", "--key", str(tmp_path / "absent"), "--state", str(tmp_path / "w"), "--log", key],
        ["keys", "show", str(junk)],
        ["backup", str(tmp_path / "copy"), "--data", str(tmp_path)],
        ["restore", str(tmp_path), "--data", str(tmp_path / "again")],
    ]  # fmt: skip
    for words, answer in zip(commands, many(*commands, lang=lang), strict=True):
        told(words, answer["code"], answer["out"], answer["err"], lang)
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "copy").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_names_and_values_that_are_not_there_and_disks_that_are_full(tmp_path: Path, lang: str):
    table = tmp_path / "parts.csv"
    table.write_text("part,mobile\nA1,13800138000\nA2,13900139000\n", encoding="utf-8")
    junk = tmp_path / "junk.jsonl"
    junk.write_text("{", encoding="utf-8")
    asked = ["assess", str(table), "--to", "DE", "--purpose", "test"]
    commands = [
        ["scan", f"{'x' * 300}.csv"],
        ["scan", str(table), "--html", "/dev/full"],
        ["scan", str(table), "--html", str(tmp_path / "absent" / "page.html")],
        ["scan", str(table), "--table", "nothing"],
        ["scan", str(table), "--types", str(tmp_path / "absent.yaml")],
        [*asked, "--needed", "nothing"],
        [*asked, "--important", "perhaps"],
        [*asked, "--at", "2026-13-01"],
        ["protect", str(table), "--advise", "--needs", "nothing"],
        ["rules", "template", "/dev/full"],
        ["rules", "diff", "2025-12-31", "2026-02-03", "--facts", str(junk)],
        ["register", "guide", "icv-aftersales", "--out", "/dev/full"],
        ["sample", "aftersales", "/dev/full", "--rows", "9", "--owners", "9", "--tracked", "0"],
        ["sample", "aftersales", str(tmp_path / "few.csv"), "--rows", "9"],
    ]  # fmt: skip
    for words, answer in zip(commands, many(*commands, lang=lang), strict=True):
        told(words, answer["code"], answer["out"], answer["err"], lang)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["junk.jsonl", "parts.csv"]


def told(words: list[str], code: int, out: str, err: str, lang: str) -> None:
    where = f"feiyu {' '.join(words)}: {out}{err}"
    assert code == 1, where
    assert CODE.search(err), where
    assert REMEDY[lang] in err, where
    assert bool(HAN.search(err)) == (lang == "zh"), where
    assert "Traceback" not in err + out, where


WRONG_WORDS = [
    ["scna", "x.csv"], ["rules", "nope"], ["edge"], ["scan"], ["scan", "x.csv", "--typos", "y"], ["scan", "x.csv", "--on"], ["scan", "x.csv", "y.csv"],
    ["scan", "x.csv", "--json=yes"], ["assess", "x.csv", "--sent", "many"], ["assess", "x.csv", "--sent", "-1"], ["ledger", "share", "--level", "Q"],
    ["port", "principal", "add", "a", "--party", "pty_x", "--role", "nobody"], ["port", "party", "add"], ["edge", "find", "x"],
    ["rules", "import-list", "absent.xlsx"], ["rules", "import-list", "."], ["log", "monitor", "x", "--silence", "soon"],
    ["--nope"], ["--lang", "fr"], ["--lang=xx", "sample"], ["port", "party", "list", "--lang", "de"], ["edge", "decide", "run_x"],
    ["edge", "decide", "run_x", "perhaps", "--ground", "none"], ["send", "x.csv"], ["break-glass", "nope"],
]  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_words_that_no_command_takes(lang: str):
    english = re.compile(
        r"\b(?:Usage|OPTIONS|Try|Missing|Invalid|Input|Value error|should|such|requires|Got|Choose)\b|[\w'] ?: "
    )
    for words, answer in zip(WRONG_WORDS, many(*WRONG_WORDS, lang=lang), strict=True):
        where = f"feiyu {' '.join(words)}: {answer['out']}{answer['err']}"
        assert answer["code"] == 2, where
        assert "原始信息" not in where, where
        assert bool(HAN.search(where)) == (lang == "zh"), where
        assert "Value error" not in where, where
        assert lang == "en" or english.findall(answer["err"]) == [], where


def test_the_language_that_is_asked_for_is_refused_where_there_is_none_and_the_locale_never_is():
    regional, asked = many(["sample", "--lang", "zh-CN"], ["sample", "--lang", "ZH_cn.UTF-8"], lang="en")
    assert HAN.search(regional["out"])
    assert HAN.search(asked["out"])
    (refused,) = many(["sample", "--lang", "fr"], lang="zh")
    assert (refused["code"], "没有“fr”，可用 zh、en" in refused["err"]) == (2, True)
    (other,) = many(["sample", "aftersales", "--help"], lang="fr")
    assert (other["code"], "FEIYU_LANG" in other["err"], "zh, en" in other["err"]) == (1, True, True)
    (over,) = many(["sample", "aftersales", "--help", "--lang", "en"], lang="fr")
    french = feiyu("sample", "aftersales", "--help", env={"FEIYU_LANG": "", "LC_ALL": "fr_FR.UTF-8"})
    assert (over["code"], HAN.search(over["out"]), HAN.search(french.stdout)) == (0, None, None)


def test_a_table_never_breaks_the_id_in_its_first_column():
    from rich.console import Console

    from feiyu.cli.show import table

    ident = "dos_01M8MSVGEN2KTFE4M2F1BZBYWX"
    made = table("Id", "Scenario", "For", "Filing")
    made.add_row(
        ident,
        "After-sales quality",
        "Records kept where no procedure is needed",
        "fil_01M8MSR4YG3B439109Q8ZCXF2Q",
    )
    console = Console(width=80, color_system=None)
    with console.capture() as shown:
        console.print(made)
    assert ident in shown.get()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_port_without_a_password_is_not_founded(tmp_path: Path, lang: str):
    words = ["port", "init", "operator", "--data", str(tmp_path / "port")]
    (answer,) = many(words, lang=lang)
    told(words, answer["code"], answer["out"], answer["err"], lang)
    assert not (tmp_path / "port").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_address_that_is_taken_is_no_full_disk(tmp_path: Path, lang: str):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1])
        commands = [
            ["port", "up", "--data", str(tmp_path / "port"), "--port", number],
            ["log", "serve", "--data", str(tmp_path / "port"), "--listen", f"127.0.0.1:{number}"],
            ["log", "serve", "--data", str(tmp_path / "port"), "--listen", "192.0.2.1:0"],
        ]
        for words, answer in zip(commands, many(*commands, lang=lang), strict=True):
            told(words, answer["code"], answer["out"], answer["err"], lang)
            assert "CLI-0013" in answer["err"], answer["err"]


def test_why_a_run_was_cut_is_told_in_the_readers_language():
    from feiyu.cli.send import RunCut, _tell_end

    ground = {"zh": "SCAN-0103：a.csv 是空文件", "en": "SCAN-0103: a.csv is empty"}
    with pytest.raises(RunCut) as cut:
        _tell_end({"state": "cut", "state_name": {"zh": "已中止", "en": "Cut"}, "ground": ground})
    assert cut.value.text("zh").endswith("（已中止）：SCAN-0103：a.csv 是空文件")
    assert cut.value.text("en").endswith("(Cut): SCAN-0103: a.csv is empty")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_no_address_and_no_token_is_told_and_no_token_shown(lang: str):
    at = ["--url", "http://127.0.0.1:9", "--token"]
    commands = [
        (["log", "show", "nonsense"], "LOG-0075"), (["log", "fsck", "x", "--vkey", "a+00000000+AAAA"], "LOG-0002"),
        (["port", "party", "list", *at, "prn_1\nfy_secret"], "SDK-0007"), (["edge", "runs", *at, "令牌 secret"], "SDK-0007"),
    ]  # fmt: skip
    for (words, code), answer in zip(commands, many(*(one for one, _ in commands), lang=lang), strict=True):
        told(words, answer["code"], answer["out"], answer["err"], lang)
        assert code in answer["err"]
        assert "secret" not in answer["out"] + answer["err"]


INTERRUPTED = """
import sys
started = set(sys.modules)
import feiyu.cli
early = set(sys.modules) - started - {"feiyu", "feiyu.cli"}
assert not early, early

class Pressed:
    def find_spec(self, name, *_):
        if name == "feiyu.cli.app":
            raise KeyboardInterrupt

sys.meta_path.insert(0, Pressed())
feiyu.cli.main()
"""


def test_who_interrupts_a_command_while_it_loads_is_shown_no_trace() -> None:
    ran = subprocess.run([sys.executable, "-c", INTERRUPTED], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (130, "", "")
