"""What the documents say about sealed data, run as it stands there; and what a recipient's client may weigh."""

import hashlib
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from feiyu.base.content import BLOCK_BYTES
from feiyu.seal import Geometry, Sealed, Sealer, SealingWriter, TransferSecret

DOCS = Path(__file__).resolve().parents[3] / "docs"
GEOMETRY = Geometry(chunk_bytes=BLOCK_BYTES, segment_bytes=2 * BLOCK_BYTES)


def seal() -> tuple[bytes, Sealed]:
    out = io.BytesIO()
    sealer = Sealer(TransferSecret(bytes(32), bytes(32)), transfer_id="t", geometry=GEOMETRY)
    writer = SealingWriter(sealer, out.write)
    writer.write(hashlib.shake_128(b"d").digest(5 * BLOCK_BYTES + 17))
    sealed = writer.finish()
    return out.getvalue(), sealed


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_check_in_the_documents_gives_the_manifests_roots(lang: str, tmp_path: Path) -> None:
    page = (DOCS / lang / "concepts" / "sealed-data.md").read_text()
    programs = re.findall(r"^```python\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    assert len(programs) == 1
    cipher, sealed = seal()
    files = []
    for segment in sealed.segments:
        path = tmp_path / f"{segment.no}"
        at = segment.no * GEOMETRY.segment_bytes
        path.write_bytes(cipher[at : at + segment.size_bytes])
        files.append(str(path))

    def run(*names: str) -> bytes:
        ran = subprocess.run(
            [sys.executable, "-c", programs[0], *names], capture_output=True, check=True, text=True
        )
        return bytes.fromhex(ran.stdout)

    assert run(*files) == sealed.cipher_root
    assert [run(name) for name in files] == [segment.root for segment in sealed.segments]


def test_the_engines_of_a_recipient_stay_light() -> None:
    code = "import json, sys, feiyu.seal, feiyu.wire; print(json.dumps(sorted(sys.modules)))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    loaded = {name.partition(".")[0] for name in json.loads(ran.stdout)}
    assert not loaded & {"pyarrow", "sqlalchemy", "fastapi", "pydantic", "httpx2", "yaml", "obstore", "typer"}
