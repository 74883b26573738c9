"""Keep a process from loading pandas.

Arrow loads it wherever it is installed, to look whether a value is one of its own; Feiyu hands it none, and the third of a second
and 60 MB would be spent in each process. Only for processes that are Feiyu's alone: the command line, and readers apart.
"""

import sys
from importlib.machinery import ModuleSpec

LEFT_OUT = "pandas"


class _LeftOut:
    """A finder that says of one package that it is not installed."""

    @staticmethod
    def find_spec(name: str, path: object = None, target: object = None) -> ModuleSpec | None:  # noqa: ARG004 - as asked by import
        """Refuse that package, and leave the others to the finders after this one."""
        if name == LEFT_OUT:
            raise ModuleNotFoundError(f"{name} is left out here", name=name)
        return None


def leave_out_pandas() -> None:
    """From now on this process has no pandas."""
    if _LeftOut not in sys.meta_path:
        sys.meta_path.insert(0, _LeftOut)
