"""Print the ten longest files and functions of the library: for a look before a commit, not a gate."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    """Print both lists."""
    paths = sorted((ROOT / "src").rglob("*.py"))
    files = sorted(((len(path.read_text().splitlines()), path) for path in paths), reverse=True)
    functions = sorted(
        ((node.end_lineno or 0) - node.lineno + 1, f"{path.relative_to(ROOT)}:{node.lineno} {node.name}")
        for path in paths
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    print("Longest files")
    for lines, path in files[:10]:
        print(f"  {lines:5}  {path.relative_to(ROOT)}")
    print("Longest functions")
    for lines, name in functions[:-11:-1]:
        print(f"  {lines:5}  {name}")


if __name__ == "__main__":
    main()
