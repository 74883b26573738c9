"""Append-only Merkle log whose entries anyone can check offline: notes, tiles, witnesses, receipts.

The names below load on first use, so that ``python -m feiyu.evidence.verify`` starts without the rest of the room.
"""

from importlib import import_module

_HOMES = {
    "Checkpoint": "checkpoint",
    "Cosigner": "cosignature",
    "DirectoryHead": "directory",
    "DirectoryTiles": "directory",
    "Ed25519Signer": "keys",
    "Entry": "entry",
    "Finding": "chain",
    "Head": "log",
    "HeadStore": "log",
    "Log": "log",
    "Misbehaviour": "misbehaviour",
    "MlDsa44Signer": "keys",
    "Monitor": "monitor",
    "Note": "note",
    "Policy": "policy",
    "Proof": "proof",
    "Receipt": "receipt",
    "Signer": "keys",
    "SigningKey": "keys",
    "SourceChains": "chain",
    "TileReader": "reader",
    "TileStore": "log",
    "Trust": "trust",
    "Verdict": "verify",
    "VerifierKey": "keys",
    "Witness": "witness",
    "WitnessClient": "witness_client",
    "build_receipt": "receipt",
    "check_tiles": "fsck",
    "event_body": "entry",
    "publish": "publication",
    "serve_log": "serve",
    "serve_witness": "witness_server",
    "verify_receipt": "verify",
}

__all__ = sorted(_HOMES)  # noqa: PLE0605 - the list is the keys of the one table above


def __getattr__(name: str) -> object:
    """Load a public name from its module when it is first asked for (PEP 562)."""
    try:
        home = _HOMES[name]
    except KeyError:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message) from None
    return getattr(import_module(f"{__name__}.{home}"), name)
