"""Native lanes: plain C without Python.h, loaded by ctypes.

Each ``<name>.c`` here becomes ``<name>.so`` beside it (``python -m feiyu._native.build``; the wheel ships them built).
Rules this module keeps:
 * a lane that cannot be loaded is ``None`` and its pure-Python reference takes over with the same bytes;
 * ``FEIYU_NATIVE=0`` turns all lanes off, for tests of the references.
"""

import ctypes
import os
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent


@cache
def load(name: str, *, held: bool = False) -> ctypes.CDLL | None:
    """The compiled lane ``name``, or None where it was not built or does not fit this machine.

    ``held`` keeps the interpreter lock through its calls, for work too short to give it away.
    """
    if os.environ.get("FEIYU_NATIVE") == "0":
        return None
    path = HERE / f"{name}.so"
    try:
        return (ctypes.PyDLL if held else ctypes.CDLL)(str(path))
    except OSError:
        return None
