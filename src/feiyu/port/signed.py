"""Who signed an original, of each kind that is checked: a CMS signature beside the paper, a PDF signed inside, an OFD with e-seals."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from cryptography.x509 import Certificate

from feiyu.evidence import paper as papers
from feiyu.evidence.crl import RevocationList
from feiyu.papers.reading import only_proofs

SIGNATURE, PDF, OFD = "signature", "pdf", "ofd"
CHECKED = frozenset({SIGNATURE, PDF, OFD})


def kind_of(content: bytes) -> str:
    """Which of them a file is, by how it begins."""
    return PDF if content.startswith(b"%PDF-") else OFD if content.startswith(b"PK\x03\x04") else SIGNATURE


def signers_of(
    kind: str, name: str, paper: bytes, content: bytes, *, trusted: Sequence[Certificate], lists: Sequence[RevocationList], at: datetime,
    received: datetime | None = None,
) -> list[papers.PaperSigner]:  # fmt: skip
    """Who signed, as ``feiyu.evidence.paper`` says; raises by name where that does not hold."""
    if kind == PDF:
        return papers.check_pdf(
            content, trusted=trusted, at=at, lists=lists, received=received,
            additions=partial(only_proofs, name),
        )  # fmt: skip
    if kind == OFD:
        return papers.check_ofd(content, trusted=trusted, at=at, lists=lists, received=received)
    return [papers.check(paper, content, trusted=trusted, at=at, lists=lists, received=received)]
