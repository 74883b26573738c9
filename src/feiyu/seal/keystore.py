"""An encrypted file of keys, each with a purpose, an id, a validity and a successor.

Rules this module keeps:
 * keys are separate by purpose; a key made for one purpose is never handed out for another;
 * the file is readable by its owner alone, or it is not opened;
 * a change is a new file, fsynced, renamed over the old one, the folder fsynced: after a crash the file is the old one
   or the new one;
 * two processes never lose each other's keys: a change re-reads the file under a lock;
 * a key may live in a PKCS#11 device: then the file says where, and who asks for the key notices no difference.

Trust and durability: who has the file and the passphrase has the keys. Losing either loses what only these keys open;
keep a copy of both, apart. Destroying a key rewrites the file without it; backups are the owner's to destroy.

Sources: RFC 7914 (scrypt); DESIGN invariant 12.
"""

import base64
import fcntl
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from feiyu.base import canonical
from feiyu.base.clock import from_text, to_text
from feiyu.base.said import said
from feiyu.base.text import Text
from feiyu.seal import hsm
from feiyu.seal.errors import (
    BadKey,
    KeystoreExists,
    KeystoreExposed,
    KeystoreLocked,
    KeystoreMalformed,
    KeystoreMissing,
    NoKey,
)
from feiyu.seal.files import storing, sync_folder
from feiyu.seal.keys import ED25519, OpeningKey, RecipientKey, Signer, key_id

FORMAT = "feiyu-keystore/1"
SECRET = "SECRET-256"  # noqa: S105 (a name)
FILE, DEVICE = "file", "pkcs11"
SIGNING = ("log", "grant", "edge")
SECRETS = ("counting", "session", "journal", "pseudonym")
OPENING = ("custody", "copy", "recipient")
PURPOSES = SIGNING + SECRETS + OPENING
MAX_FILE_BYTES = 4 * 1024 * 1024
_SCRYPT_N, _SCRYPT_MAX_N = 1 << 15, 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredKey:
    """A key as it is kept. ``label`` tells keys of one purpose apart, e.g. the counting keys of two handlers."""

    key_id: str
    purpose: str
    label: str
    algorithm: str
    valid_from: datetime
    valid_to: datetime | None
    material: bytes = field(repr=False)
    kept: str = FILE

    def is_valid(self, at: datetime) -> bool:
        """Whether the key may be used at an instant."""
        return self.valid_from <= at and (self.valid_to is None or at < self.valid_to)

    def signer(self) -> Signer:
        """The key, to sign."""
        if self.kept == DEVICE:
            return hsm.signing(hsm.Place.of_bytes(self.material))
        return Signer(self.material)

    def recipient(self) -> OpeningKey:
        """The key, to open wraps."""
        if self.kept == DEVICE:
            return hsm.opening(hsm.Place.of_bytes(self.material))
        return RecipientKey(self.algorithm, self.material)


def _generate(purpose: str, algorithm: str | None) -> tuple[str, str, bytes]:
    """Algorithm, id and material of a new key for a purpose."""
    if purpose in SIGNING:
        signer = Signer.generate()
        return ED25519, signer.key_id, signer.private
    if purpose in OPENING:
        key = RecipientKey.generate(algorithm)
        return key.algorithm, key.key_id, key.private
    if purpose in SECRETS:
        material = os.urandom(32)
        return SECRET, key_id(SECRET, material), material
    message = f"a purpose is one of {', '.join(PURPOSES)}, not {purpose!r}"
    raise ValueError(message)


class KeyStore:
    """Keys of one installation. Open it once and hand out what each part needs."""

    def __init__(self, path: Path, key: bytes, header: dict[str, object], keys: dict[str, StoredKey]) -> None:
        self.path = path
        self._key = key
        self._header = header
        self._keys = keys

    @classmethod
    def create(cls, path: Path, passphrase: bytes, *, scrypt_n: int = _SCRYPT_N) -> "KeyStore":
        """Make a new, empty one; an existing file is never overwritten."""
        if path.exists():
            raise KeystoreExists(path=path)
        header: dict[str, object] = {
            "format": FORMAT,
            "kdf": {"name": "scrypt", "n": scrypt_n, "r": 8, "p": 1, "salt": _b64(os.urandom(16))},
        }
        store = cls(path, _derive(passphrase, header, path), header, {})
        with store._locked():
            if path.exists():
                raise KeystoreExists(path=path)
            store._write({})
        return store

    @classmethod
    def open(cls, path: Path, passphrase: bytes) -> "KeyStore":
        """Open an existing one.

        Raises:
            KeystoreExposed: others may read it.
            KeystoreLocked: wrong passphrase, or altered.
        """
        header, nonce, box = _read(path)
        key = _derive(passphrase, header, path)
        return cls(path, key, header, _decrypt(key, header, nonce, box, path))

    def keys(self, purpose: str | None = None) -> tuple[StoredKey, ...]:
        """All keys (of a purpose), the newest last."""
        found = (key for key in self._keys.values() if purpose in (None, key.purpose))
        return tuple(sorted(found, key=lambda key: (key.valid_from, key.key_id)))

    def get(self, ident: str) -> StoredKey:
        """A key by its id, valid or not: old wraps and old signatures outlive their keys' validity."""
        if ident not in self._keys:
            raise NoKey(ident=ident, purpose=ident)
        return self._keys[ident]

    def current(self, purpose: str, *, at: datetime, label: str = "") -> StoredKey:
        """The newest key of a purpose and label that is valid at an instant."""
        found = [key for key in self.keys(purpose) if key.label == label and key.is_valid(at)]
        if not found:
            raise NoKey(ident=label, purpose=purpose)
        return found[-1]

    def signer(self, purpose: str, *, at: datetime, label: str = "") -> Signer:
        """The signing key of a purpose."""
        return self.current(purpose, at=at, label=label).signer()

    def secret(self, purpose: str, *, at: datetime, label: str = "") -> bytes:
        """The 32 secret bytes of a purpose."""
        key = self.current(purpose, at=at, label=label)
        if key.algorithm != SECRET:
            raise NoKey(ident=label, purpose=purpose)
        return key.material

    def generate(
        self,
        purpose: str,
        *,
        valid_from: datetime,
        valid_to: datetime | None = None,
        label: str = "",
        algorithm: str | None = None,
    ) -> StoredKey:
        """Make and keep a new key; ``algorithm`` chooses among those that open wraps."""
        algorithm, ident, material = _generate(purpose, algorithm)
        key = StoredKey(
            key_id=ident,
            purpose=purpose,
            label=label,
            algorithm=algorithm,
            valid_from=valid_from,
            valid_to=valid_to,
            material=material,
        )
        self._change(lambda keys: {**keys, ident: key})
        return key

    def adopt(
        self,
        purpose: str,
        key: "hsm.TokenKey | hsm.TokenSigner",
        *,
        valid_from: datetime,
        valid_to: datetime | None = None,
        label: str = "",
    ) -> StoredKey:
        """Keep where a key of a device lies; from then on it is found like any other."""
        fits = SIGNING if isinstance(key, hsm.TokenSigner) else OPENING
        if purpose not in fits:
            raise BadKey(
                reason=Text(
                    f"此种密钥用于 {', '.join(fits)}，不能用于 {purpose}",
                    f"such a key serves {', '.join(fits)}, not {purpose}",
                )
            )
        stored = StoredKey(
            key_id=key.key_id,
            purpose=purpose,
            label=label,
            algorithm=ED25519 if isinstance(key, hsm.TokenSigner) else key.algorithm,
            valid_from=valid_from,
            valid_to=valid_to,
            material=key.place.to_bytes(),
            kept=DEVICE,
        )
        self._change(lambda keys: {**keys, stored.key_id: stored})
        return stored

    def keep(
        self, purpose: str, material: bytes, *, valid_from: datetime, valid_to: datetime | None = None, label: str = ""
    ) -> StoredKey:  # fmt: skip
        """Keep a secret that was made elsewhere: a group's counting key. The same one again is the same."""
        if purpose not in SECRETS or len(material) != 32:
            raise NoKey(ident=label, purpose=purpose)
        ident = key_id(SECRET, material)
        key = StoredKey(
            key_id=ident, purpose=purpose, label=label, algorithm=SECRET, valid_from=valid_from, valid_to=valid_to,
            material=material,
        )  # fmt: skip
        self._change(lambda keys: {ident: key, **keys})
        return self.get(ident)

    def rotate(
        self, purpose: str, *, at: datetime, valid_to: datetime | None = None, label: str = ""
    ) -> StoredKey:
        """End the validity of the present key at ``at`` and begin that of a new one; the old one stays for reading."""
        old = {key.key_id for key in self.keys(purpose) if key.label == label and key.is_valid(at)}
        fresh = self.generate(purpose, valid_from=at, valid_to=valid_to, label=label)
        self._change(lambda keys: {i: replace(k, valid_to=at) if i in old else k for i, k in keys.items()})
        return fresh

    def destroy(self, ident: str) -> None:
        """Forget a key for good; the caller logs it."""
        self.get(ident)
        self._change(lambda keys: {i: k for i, k in keys.items() if i != ident})

    def _change(self, change: Callable[[dict[str, StoredKey]], dict[str, StoredKey]]) -> None:
        with self._locked():
            _, nonce, box = _read(self.path)
            keys = change(_decrypt(self._key, self._header, nonce, box, self.path))
            self._write(keys)
            self._keys = keys

    def _write(self, keys: dict[str, StoredKey]) -> None:
        nonce = os.urandom(12)
        plain = canonical.dumps([_as_dict(key) for key in keys.values()])
        box = AESGCM(self._key).encrypt(nonce, plain, canonical.dumps(self._header))
        _replace(self.path, canonical.dumps({**self._header, "nonce": _b64(nonce), "box": _b64(box)}))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        lock = self.path.with_name(self.path.name + ".lock")
        fd = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX)
            yield
        finally:
            os.close(fd)


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _as_dict(key: StoredKey) -> dict[str, object]:
    return {
        "key_id": key.key_id,
        "purpose": key.purpose,
        "label": key.label,
        "algorithm": key.algorithm,
        "valid_from": to_text(key.valid_from),
        "valid_to": to_text(key.valid_to) if key.valid_to else None,
        "material": _b64(key.material),
        "kept": key.kept,
    }


def _of_dict(item: dict[str, str]) -> StoredKey:
    return StoredKey(
        key_id=item["key_id"],
        purpose=item["purpose"],
        label=item["label"],
        algorithm=item["algorithm"],
        valid_from=from_text(item["valid_from"]),
        valid_to=from_text(item["valid_to"]) if item["valid_to"] else None,
        material=base64.b64decode(item["material"], validate=True),
        kept=item.get("kept", FILE),
    )


def _read(path: Path) -> tuple[dict[str, object], bytes, bytes]:
    """The header, the nonce and the sealed keys, after checking who may read the file."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        raise KeystoreMissing(path=path) from None
    except OSError as bad:
        raise KeystoreMalformed(path=path, reason=said(bad)) from None
    with os.fdopen(fd, "rb") as file:
        mode = stat.S_IMODE(os.fstat(fd).st_mode)
        if mode & 0o077:
            raise KeystoreExposed(path=path, mode=f"{mode:04o}")
        data = file.read(MAX_FILE_BYTES + 1)
    try:
        read = canonical.loads_object(data, max_bytes=MAX_FILE_BYTES)
        nonce, box = (base64.b64decode(str(read.pop(name)), validate=True) for name in ("nonce", "box"))
    except (canonical.NotCanonical, KeyError, ValueError) as bad:
        raise KeystoreMalformed(path=path, reason=said(bad)) from None
    if read.get("format") != FORMAT or len(nonce) != 12:
        raise KeystoreMalformed(path=path, reason=Text(f"应为 {FORMAT} 格式", f"{FORMAT} is wanted"))
    return read, nonce, box


def _derive(passphrase: bytes, header: dict[str, object], path: Path) -> bytes:
    kdf = header.get("kdf")
    if not isinstance(kdf, dict) or kdf.get("name") != "scrypt":
        raise KeystoreMalformed(path=path, reason=Text("kdf 须为 scrypt", "kdf scrypt is wanted"))
    try:
        n, r, p = (int(kdf[name]) for name in ("n", "r", "p"))
        salt = base64.b64decode(str(kdf["salt"]), validate=True)
        if n > _SCRYPT_MAX_N or r > 16 or p > 4:
            raise KeystoreMalformed(
                path=path, reason=Text("kdf 的开销超过上限", "the kdf's cost is over the limit")
            )
        return Scrypt(salt=salt, length=32, n=n, r=r, p=p).derive(passphrase)
    except (KeyError, ValueError, TypeError) as bad:
        raise KeystoreMalformed(path=path, reason=said(bad, at="kdf")) from None


def _decrypt(
    key: bytes, header: dict[str, object], nonce: bytes, box: bytes, path: Path
) -> dict[str, StoredKey]:
    try:
        plain = AESGCM(key).decrypt(nonce, box, canonical.dumps(header))
    except InvalidTag:
        raise KeystoreLocked(path=path) from None
    items = canonical.loads(plain)
    assert isinstance(items, list), "we wrote a list, and the tag says it is ours"
    return {key.key_id: key for key in map(_of_dict, items)}


def _replace(path: Path, data: bytes) -> None:
    """Write a file so that after a crash it is the old one or the new one."""
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with storing(path):
        fd = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(fd, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(fd)
        draft.rename(path)
        sync_folder(path.parent)
