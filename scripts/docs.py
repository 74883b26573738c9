"""Check the docs and build both sites: every link leads somewhere, every page stands in its site's menu.

python scripts/docs.py
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\]\(([^)\s]+)\)")
COLOUR = re.compile(r"\x1b\[[\d;]*m")
FENCE = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


def dead_links() -> list[str]:
    """Links and pictures of any Markdown file that lead to nothing in the tree."""
    found = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in LINK.findall(FENCE.sub("", page.read_text())):
            path = target.partition("#")[0]
            if path and ":" not in path and not (page.parent / path).exists():
                found.append(f"{page.relative_to(ROOT)}: {target}")
    return found


def menu(entry: object) -> set[str]:
    """The pages of a menu."""
    if isinstance(entry, str):
        return {entry}
    children = entry.values() if isinstance(entry, dict) else entry
    return set().union(*map(menu, children))  # type: ignore[arg-type]


def not_in_menu(lang: str) -> list[str]:
    """Pages that no reader of the site would find."""
    listed = menu(tomllib.loads((ROOT / f"zensical.{lang}.toml").read_text())["project"]["nav"])
    pages = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs" / lang).rglob("*.md")}
    return sorted(
        f"zensical.{lang}.toml: {page}" for page in pages ^ {page for page in listed if page[:2] == lang}
    )


def build(lang: str) -> int:
    """Build one site; what the builder says is shown only when it fails."""
    done = subprocess.run(
        [Path(sys.executable).with_name("zensical"), "build", "--clean", "--strict", "-f", f"zensical.{lang}.toml"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        print(COLOUR.sub("", done.stdout + done.stderr))
    return done.returncode


def main() -> int:
    """Print what is wrong; 0 when nothing is."""
    wrong = [*dead_links(), *not_in_menu("en"), *not_in_menu("zh")]
    for line in wrong:
        print(f"leads nowhere or is not in the menu: {line}")
    failed = build("en") or build("zh")
    if not wrong and not failed:
        print("Both sites stand in site/.")
    return int(bool(wrong or failed))


if __name__ == "__main__":
    sys.exit(main())
