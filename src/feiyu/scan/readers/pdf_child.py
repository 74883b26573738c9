"""The child process that parses a PDF: bytes on standard input, one JSON answer on standard output.

Rules this module keeps:
 * memory and processor time are bounded before the first byte is parsed, where the system can do so;
 * the answer says what happened; whatever else goes wrong ends the process without one.
"""

import contextlib
import io
import json
import logging
import sys
from typing import Any

MEMORY_BYTES = 2 << 30
CPU_SECONDS = 60
PAGES = 5000


def main(limit: int, data: bytes) -> dict[str, Any]:
    """What stands on the pages."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return {"encrypted": True}
        count = len(reader.pages)
        if count > PAGES:
            return {"reason": f"more than {PAGES} pages"}
        pages, pictures, size = [], [], 0
        for number, page in enumerate(reader.pages, 1):
            text = page.extract_text() or ""
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            size += len(text)
            if size > limit:
                return {"reason": f"more than {limit} characters of text"}
            if text.strip():
                pages.append((number, text))
            elif _shows_a_picture(page):
                pictures.append(number)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        IndexError,
        TypeError,
        AttributeError,
        RecursionError,
        OSError,
    ) as error:
        return {"reason": f"{type(error).__name__}: {str(error)[:160]}"}
    else:
        return {"pages": pages, "pictures": pictures}


def _shows_a_picture(page: Any) -> bool:
    resources: Any = page.get("/Resources")
    objects: Any = resources.get_object().get("/XObject") if resources is not None else None
    return objects is not None and any(
        one.get_object().get("/Subtype") == "/Image" for one in objects.get_object().values()
    )


def bound() -> None:
    """Bound this process, where the system can."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))


if __name__ == "__main__":
    bound()
    logging.disable(logging.CRITICAL)
    sys.stdout.write(json.dumps(main(int(sys.argv[1]), sys.stdin.buffer.read())))
