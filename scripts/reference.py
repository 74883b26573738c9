"""Write the reference pages of the docs from the code, in both languages.

    python scripts/reference.py           write them
    python scripts/reference.py --check   compare, and fail where a page is behind the code
"""

import importlib
import pkgutil
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import feiyu
import feiyu_sdk
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Lang, Text

ROOT = Path(__file__).resolve().parents[1]
GENERATED = Text("本页由 `make reference` 依代码生成。", "Written from the code by `make reference`.")
Row = tuple[str, ...]


def table(head: Iterable[str], rows: Iterable[Row]) -> str:
    """A Markdown table."""
    lines = [tuple(head), *rows]
    text = ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in line) + " |" for line in lines]
    return "\n".join([text[0], "|" + "---|" * len(lines[0]), *text[1:]])


def subclasses(kind: type) -> list[type]:
    """Every class below ``kind`` that Feiyu defines, once all modules are loaded."""
    for root in (feiyu, feiyu_sdk):
        for module in pkgutil.walk_packages(root.__path__, root.__name__ + "."):
            if "migrations" not in module.name and not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found: dict[type, None] = {}
    queue = [kind]
    while queue:
        children = [child for child in queue.pop().__subclasses__() if child.__module__.startswith("feiyu")]
        found |= dict.fromkeys(children)
        queue += children
    return list(found)


def errors(lang: Lang) -> str:
    """Every refusal, by code."""
    kinds: list[type[FeiyuError]] = sorted([FeiyuError, *subclasses(FeiyuError)], key=lambda kind: kind.code)
    head = Text("错误", "Errors")[lang]
    intro = Text(
        "每一项拒绝都有不变的代码、说明与处理办法。接口以 `application/problem+json`(RFC 9457)返回,其中含两种语言。",
        "Every refusal has a stable code, a message and a remedy. The API answers `application/problem+json` (RFC 9457) "
        "with both languages in it.",
    )[lang]
    columns = Text("代码,状态,说明,处理办法", "code,status,message,what to do")[lang].split(",")
    rows = [(f"`{kind.code}`", str(kind.http_status), kind.message[lang], kind.hint[lang]) for kind in kinds]
    return f"# {head}\n\n{intro}\n\n{table(columns, rows)}\n"


PAGES: dict[str, Callable[[Lang], str]] = {"errors": errors}


def render() -> dict[Path, str]:
    """Every generated page with its text."""
    pages = {}
    for name, page in PAGES.items():
        for lang, other, label in ((Lang.EN, "zh", "中文"), (Lang.ZH, "en", "English")):
            title, _, body = page(lang).partition("\n")
            twin = f"[{label}](../../{other}/reference/{name}.md)"
            path = ROOT / "docs" / lang / "reference" / f"{name}.md"
            pages[path] = f"{title}\n\n{twin} · {GENERATED[lang]}\n{body}"
    return pages


def main(arguments: list[str]) -> int:
    """Write or compare; the number of pages that are behind."""
    behind = 0
    for path, text in render().items():
        if path.exists() and path.read_text() == text:
            continue
        behind += 1
        print(f"{path.relative_to(ROOT)} {'is behind the code: run make reference' if arguments else 'written'}")
        if not arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
    return behind if arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
