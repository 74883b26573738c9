"""Seal, open and vouch for the content of a transfer: trees, keys, chunks, wraps, manifest. An engine, usable alone."""

from feiyu.base.content import BLOCK_BYTES, ContentTree, part_root
from feiyu.seal.derive import TransferKeys, TransferSecret
from feiyu.seal.keys import (
    OpeningKey,
    RecipientKey,
    RecipientPublic,
    Signer,
    algorithm_of,
    fingerprint,
    key_id,
    verify,
)
from feiyu.seal.keystore import KeyStore, StoredKey
from feiyu.seal.manifest import Manifest, Persons, SignedManifest
from feiyu.seal.opener import Opener
from feiyu.seal.packing import Packer, Packing
from feiyu.seal.received import ReceivedFile
from feiyu.seal.resume import SealJournal
from feiyu.seal.sealer import Sealed, SealedChunk, Sealer, SegmentSeal, sealer_of
from feiyu.seal.stream import PackingWriter, SealingWriter
from feiyu.seal.suites import GM, INTL, KMS, SUITES, TAG_BYTES, Geometry, Suite, suite_for, suite_of
from feiyu.seal.wrap import Unwrapped, Wrap, unwrap, wrap

__all__ = [
    "BLOCK_BYTES",
    "GM",
    "INTL",
    "KMS",
    "SUITES",
    "TAG_BYTES",
    "ContentTree",
    "Geometry",
    "KeyStore",
    "Manifest",
    "Opener",
    "OpeningKey",
    "Packer",
    "Packing",
    "PackingWriter",
    "Persons",
    "ReceivedFile",
    "RecipientKey",
    "RecipientPublic",
    "SealJournal",
    "Sealed",
    "SealedChunk",
    "Sealer",
    "SealingWriter",
    "SegmentSeal",
    "SignedManifest",
    "Signer",
    "StoredKey",
    "Suite",
    "TransferKeys",
    "TransferSecret",
    "Unwrapped",
    "Wrap",
    "algorithm_of",
    "fingerprint",
    "key_id",
    "part_root",
    "sealer_of",
    "suite_for",
    "suite_of",
    "unwrap",
    "verify",
    "wrap",
]
