"""What typer says in English only, in the language of the run: usage lines, kinds of value, and what is wrong with the words of a command.

Rules this module keeps:
 * English stays as typer writes it, but for the prefix of its validator;
 * what has no words here is quoted, never swallowed.
"""

import re
from typing import Any

from rich.markup import escape
from rich.panel import Panel

from feiyu.base.said import said
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import err, is_zh

_LINE = {"Usage: ": "用法：", "[OPTIONS]": "[选项]", "COMMAND [ARGS]...": "命令 [参数]…"}

_KINDS = {
    "str": "文本", "list[str]": "文本", "path": "路径", "list[path]": "路径", "list[Path]": "路径", "dir": "文件夹", "file": "文件",
    "int": "整数", "int range": "整数", "float": "数", "float range": "数", "bool": "开关",
}  # fmt: skip

_VALUES = (
    (r"Input should be a valid integer.*", "应为整数"),
    (r"Input should be a valid number.*", "应为数"),
    (r"Input should be greater than or equal to (\S+)", r"不得小于 \1"),
    (r"Input should be less than or equal to (\S+)", r"不得大于 \1"),
    (r"'(.*)' is not one of (.*)\.", r"没有“\1”，可用 \2"),
    (r"\w+ '(.*)' does not exist\.", r"\1 不存在"),
    (r"\w+ '(.*)' is a file\.", r"\1 是文件，应为文件夹"),
    (r"\w+ '(.*)' is a directory\.", r"\1 是文件夹，应为文件"),
    (r"\w+ '(.*)' is not readable\.", r"\1 不可读"),
    (r"\w+ '(.*)' is not writable\.", r"\1 不可写"),
)

_WRONG = (
    (r"No such command '(.*?)'\. Did you mean (.*)\?", r"没有命令“\1”。是否为 \2？"),
    (r"No such command '(.*)'\.", r"没有命令“\1”。"),
    (r"No such option: (\S+) \(Possible options: (.*)\)", r"没有选项 \1。相近的有 \2。"),
    (r"No such option: (\S+)", r"没有选项 \1。"),
    (r"Missing command\.", "缺少命令。"),
    (r"Missing argument '(\S+)'\.", r"缺少参数“\1”。"),
    (r"Missing argument '(\S+)'\. Choose from:\s*(.*)", r"缺少参数“\1”。可用 \2。"),
    (r"Missing option '(.*?)'\.", r"缺少选项 \1。"),
    (r"Missing option '(.*?)'\. Choose from:\s*(.*)", r"缺少选项 \1。可用 \2。"),
    (r"Option '(\S+)' requires an argument\.", r"选项 \1 后面须给出值。"),
    (r"Option '(\S+)' does not take a value\.", r"选项 \1 不带值。"),
    (r"Got unexpected extra argument\(s\) \((.*)\)", r"多出了参数 \1。"),
)


def line(english: str) -> str:
    """A usage line."""
    if is_zh():
        for words, zh in _LINE.items():
            english = english.replace(words, zh)
    return english


def kind(label: str | None) -> str | None:
    """The kind of value that an option takes, as help pages show it in brackets."""
    found = re.fullmatch(r"<(.*)>(\.\.\.)?", label or "")
    if found is None or not is_zh():
        return label
    return f"<{_KINDS.get(found[1], found[1])}>{'…' if found[2] else ''}"


def told(message: str) -> str:
    """What is wrong with the words of a command."""
    message = message.removeprefix("Invalid value: ").replace("Value error, ", "", 1)
    if not is_zh():
        return message
    value = re.fullmatch(r"Invalid value for '?(.*?)'?: (.*)", message, re.DOTALL)
    if value is not None:
        return f"{value[1]} 的值不可用：{_chinese(value[2], _VALUES)}"
    return _chinese(message, _WRONG)


def _chinese(message: str, words: tuple[tuple[str, str], ...]) -> str:
    message = " ".join(message.split())
    for pattern, zh in words:
        if (found := re.fullmatch(pattern, message)) is not None:
            return found.expand(zh).replace("'", "").replace(", ", "、")
    return message if re.search("[\u4e00-\u9fff]", message) else said(message)[LANG]


def refuse(error: Any) -> None:
    """Print what is wrong with the words of a command, in place of typer's own printing."""
    if type(error).__name__ == "NoArgsIsHelpError":  # its help is printed already
        return
    context = getattr(error, "ctx", None)
    if context is not None:
        err.print(escape(context.get_usage()), style="yellow")
        ask = f"{context.command_path} {context.help_option_names[0]}" if context.help_option_names else ""
        err.print(t(f"说明见 {ask}", f"Try '{ask}' for help."), style="dim") if ask else None
    err.print(Panel(escape(told(error.format_message())), title=t("错误", "Error"), title_align="left", border_style="red"))  # fmt: skip
