"""Open or make the keystore of an installation, with a key for each purpose."""

from datetime import datetime
from pathlib import Path

from feiyu.registry.journal import BodyCipher
from feiyu.seal import KeyStore

DEMO_PASSPHRASE = b"demo"
DEMO_SCRYPT_N = 1 << 10
"""Work at each opening keeps guesses few; the passphrase of a demonstration is known to everybody."""


def open_keystore(path: Path, passphrase: str, purposes: tuple[str, ...], *, at: datetime) -> KeyStore:
    """The keystore, made when absent; a purpose without a key gets its first one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store = _open(path, passphrase.encode())
    for purpose in purposes:
        if not store.keys(purpose):
            store.generate(purpose, valid_from=at)
    return store


def _open(path: Path, passphrase: bytes) -> KeyStore:
    if path.exists():
        return KeyStore.open(path, passphrase or DEMO_PASSPHRASE)
    if passphrase:
        return KeyStore.create(path, passphrase)
    return KeyStore.create(path, DEMO_PASSPHRASE, scrypt_n=DEMO_SCRYPT_N)


def body_cipher(store: KeyStore, *, at: datetime) -> BodyCipher:
    """The journal's keys: old ones still read, the current one writes."""
    kept = {key.key_id: key.material for key in store.keys("journal")}
    return BodyCipher(keys=kept, current=store.current("journal", at=at).key_id)
