"""What an attacker may try with a receipt, and whether the offline verifier, as a separate process, notices."""

import base64
import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from feiyu.base import canonical
from feiyu.base.clock import SystemClock
from feiyu.base.text import Text
from feiyu.cli.lang import LANG
from feiyu.evidence import note as notes
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.entry import commitment
from feiyu.evidence.keys import Algorithm, SigningKey
from feiyu.evidence.log import Log
from feiyu.evidence.receipt import build_receipt
from feiyu.seal import Manifest, SignedManifest, Signer
from feiyu.seal.keys import ED25519, key_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the verifier said."""

    exit_code: int
    outcome: str
    where: str
    said: str


def verify(receipt: Path, *, trust: Path | None, data: Path | None = None) -> Outcome:
    """Run the verifier as its own process, as a court would: no port, no network, no environment."""
    words = [sys.executable, "-m", "feiyu.evidence.verify", str(receipt), "--json", "--lang", LANG.value]
    words += ["--trust", str(trust)] if trust else []
    words += ["--data", str(data)] if data else []
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "VIRTUAL_ENV") if name in os.environ}
    ran = subprocess.run(words, capture_output=True, check=False, env=kept)
    said = json.loads(ran.stdout)
    reasons = said.get("reasons") or [{"zh": "", "en": ""}]
    return Outcome(
        exit_code=ran.returncode,
        outcome=said["outcome"],
        where=said.get("where") or "",
        said=reasons[0][LANG.value],
    )


def flipped(data: bytes, at: int) -> bytes:
    """One byte altered."""
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def altered_receipt(receipt: Path, folder: Path) -> Path:
    """One byte of the event's body flipped."""
    found = json.loads(receipt.read_text(encoding="utf-8"))
    body = base64.b64decode(found["body"])
    found["body"] = base64.b64encode(flipped(body, len(body) // 2)).decode()
    return _write(folder / "altered-receipt.json", found)


def altered_manifest(receipt: Path, folder: Path) -> Path:
    """One digit of the manifest changed."""
    found = json.loads(receipt.read_text(encoding="utf-8"))
    manifest = base64.b64decode(found["manifest"])
    at = manifest.index(b'"rows":') + len(b'"rows":')
    found["manifest"] = base64.b64encode(flipped(manifest, at)).decode()
    return _write(folder / "altered-manifest.json", found)


def sealed_data(segments: Path, folder: Path) -> Path:
    """The sealed segments as the port keeps them, copied to where a court would look at them."""
    copy = folder / "sealed-data"
    copy.mkdir()
    for path in sorted(p for p in segments.iterdir() if p.name.isdigit()):
        (copy / path.name).write_bytes(path.read_bytes())
    return copy


def altered_chunk(segments: Path, folder: Path) -> Path:
    """One byte of the sealed data flipped."""
    copy = folder / "altered-data"
    copy.mkdir()
    for number, path in enumerate(sorted(segments.iterdir())):
        data = path.read_bytes()
        (copy / path.name).write_bytes(flipped(data, len(data) // 3) if number == 0 else data)
    return copy


def forged(receipt: Path, folder: Path) -> Path:
    """Everything made again to fit together, under a forger's own log, witness and edge keys with the genuine names."""
    found = json.loads(receipt.read_text(encoding="utf-8"))
    names = [line.split()[1] for line in found["proof"].splitlines() if line.startswith("\u2014 ")]
    edge = Signer.generate()
    said = json.loads(base64.b64decode(found["manifest"]))
    said["edge_key_id"] = key_id(ED25519, edge.public)
    manifest = SignedManifest.sign(Manifest.from_bytes(canonical.dumps(said)), edge)
    event = json.loads(base64.b64decode(found["body"]))
    event["data"]["manifest_sha256"] = base64.b64encode(hashlib.sha256(manifest.body).digest()).decode()
    event["data"]["edge_key_id"] = edge.key_id
    body, salt = canonical.dumps(event), base64.b64decode(found["salt"])
    public = json.loads(base64.b64decode(found["entry"]))
    public["c"] = base64.b64encode(commitment(salt, body)).decode()
    entry = canonical.dumps(public)
    log = Log(
        DirectoryTiles(folder / "forged-log"),
        DirectoryHead(folder / "forged-head"),
        names[0],
        Signer.generate(),
    )
    log.append([entry], 0)
    witness = Cosigner(SigningKey(names[-1], Algorithm.COSIGNATURE_ED25519, Signer.generate()), SystemClock())
    signed = notes.parse(log.checkpoint())
    log.publish(signed.add([witness.line(signed.text)]).encode())
    path = folder / "forged-receipt.json"
    path.write_bytes(build_receipt(
        entry=entry, salt=salt, body=body, proof=log.prove(0), manifest=manifest.body,
        manifest_signature=manifest.signature,
    ))  # fmt: skip
    return path


def _write(path: Path, found: dict[str, object]) -> Path:
    path.write_text(json.dumps(found), encoding="utf-8")
    return path


OUTCOMES = {
    "trusted": Text("可信", "trusted"),
    "intact-not-trusted": Text("完整但不可信", "intact, not trusted"),
    "broken": Text("已损坏", "broken"),
}
CASES = {
    "receipt": Text("凭证中改动一个字节", "one byte of the receipt altered"),
    "manifest": Text("传输清单中改动一个数字", "one digit of the manifest altered"),
    "chunk": Text("密文中改动一个字节", "one byte of the sealed data altered"),
    "forger": Text("伪造者以整套自有密钥重新签署", "re-signed by a forger's whole key set"),
    "no trust file": Text("没有信任文件", "without a trust file"),
}
