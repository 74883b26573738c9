"""A small world: one log, two witnesses, an edge and a recipient with keys of their own, all from fixed seeds."""

import hashlib
from datetime import UTC, datetime

import pytest

from feiyu.base import canonical, merkle
from feiyu.base.clock import FixedClock, to_text
from feiyu.evidence import note as notes
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.entry import FIRST_PREVIOUS, Entry, commitment, event_body, hour_of
from feiyu.evidence.keys import Algorithm, Ed25519Signer, SigningKey, to_base64
from feiyu.evidence.log import Log
from feiyu.evidence.receipt import build_receipt, sign_body
from feiyu.evidence.trust import NoteKey, PartyKey, Trust, Validity

NOON = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
BLOCK = 64 * 1024


def seed(name):
    return hashlib.sha256(name.encode()).digest()


class Side:
    """Somebody who holds a complete set of keys: the real parties, or a forger."""

    def __init__(self, who=""):
        self.log = SigningKey("log.feiyu.example/1", Algorithm.ED25519, Ed25519Signer(seed(who + "log")))
        self.witnesses = [
            SigningKey(
                f"witness.example/{n}", Algorithm.COSIGNATURE_ED25519, Ed25519Signer(seed(f"{who}w{n}"))
            )
            for n in range(3)
        ]
        self.edge = Ed25519Signer(seed(who + "edge"))
        self.recipient = Ed25519Signer(seed(who + "recipient"))
        self.edge_id = hashlib.sha256(self.edge.public).hexdigest()
        self.recipient_id = hashlib.sha256(self.recipient.public).hexdigest()


class World:
    """Makes receipts and the trust file that bears them out."""

    def __init__(self, root, *, side=None, origin=None):
        self.clock = FixedClock(NOON)
        self.side = side or Side()
        if origin:
            self.side.log = SigningKey(origin, Algorithm.ED25519, self.side.log.signer)
        self.tiles, self.head = DirectoryTiles(root / "tiles"), DirectoryHead(root / "head")
        self.log = Log(self.tiles, self.head, self.side.log.name, self.side.log.signer)
        self.events = []
        self.data = hashlib.shake_128(b"sealed data").digest(4 * BLOCK + 7)

    def close(self):
        self.head.close()

    def record(self, count=1, **said):
        """Log so many events; each as entry, salt, body."""
        for _ in range(count):
            seq = len(self.events)
            before = hashlib.sha256(self.events[-1][0]).digest() if self.events else FIRST_PREVIOUS
            event = {
                "type": "transfer.sealed",
                "party": "pty_exporter",
                "refs": {"transfer": "trf_1", "grant": "grt_1", "basis": "bas_1"},
                "data": {"bytes": len(self.data), "seq": seq},
            } | said
            body = event_body(at=self.clock.now(), **event)
            salt = seed(f"salt {seq}")
            entry = Entry(
                source="edge-0a1b2c3d",
                seq=seq,
                previous=before,
                hour=hour_of(self.clock.now()),
                commitment=commitment(salt, body),
            ).encode()
            self.events.append((entry, salt, body))
        self.log.append([entry for entry, _, _ in self.events], 0)
        return len(self.events) - 1

    def publish(self, *, witnesses=(0, 1), at=None):
        """Sign the head, have it cosigned, publish it."""
        note = notes.parse(self.log.checkpoint())
        clock = FixedClock(at or self.clock.now())
        lines = [Cosigner(self.side.witnesses[n], clock).line(note.text) for n in witnesses]
        return self.log.publish(note.add(lines).encode())

    def manifest(self, **said):
        """A manifest over ``self.data`` in segments of two blocks, and the edge's signature."""
        blocks = [self.data[at : at + BLOCK] for at in range(0, len(self.data), BLOCK)]
        leaves = [merkle.leaf_hash(block) for block in blocks]
        parts = [range(at, min(at + 2, len(blocks))) for at in range(0, len(blocks), 2)]
        body = canonical.dumps(
            {
                "format": "feiyu-manifest/1",
                "transfer_id": "trf_1",
                "grant_id": "grt_1",
                "basis_id": "bas_1",
                "flow_id": "flw_1",
                "exporter": "pty_exporter",
                "recipient": "pty_abroad",
                "suite": "intl",
                "cipher_root": to_base64(merkle.root(leaves)),
                "cipher_size": len(self.data),
                "chunk_size": 1048576,
                "block_size": BLOCK,
                "segments": [
                    {
                        "no": n,
                        "size": sum(len(blocks[i]) for i in part),
                        "root": to_base64(merkle.root(leaves[i] for i in part)),
                    }
                    for n, part in enumerate(parts)
                ],
                "persons": {"lower": 1, "counted": 2, "upper": 3},
                "fields": [{"name": "vin", "type": "vin"}],
                "evidence_level": "S",
                "created_at": to_text(self.clock.now()),
                "edge_key_id": self.side.edge_id,
            }
            | said
        )
        return body, self.side.edge.sign(b"feiyu/manifest/v1\n" + body)

    def sealed(self, *, before=300, after=20, **publish):
        """The receipt of a sealed transfer in the midst of other events, with everything on it."""
        self.record(before)
        manifest, signature = self.manifest()
        root = to_base64(
            merkle.root(merkle.leaf_hash(self.data[a : a + BLOCK]) for a in range(0, len(self.data), BLOCK))
        )
        said = {"manifest_sha256": to_base64(hashlib.sha256(manifest).digest()), "cipher_root": root}
        index = self.record(data=said | {"bytes": len(self.data)})
        self.record(after)
        self.publish(**publish)
        entry, salt, body = self.events[index]
        signed = sign_body(body, role="edge", key_id=self.side.edge_id, signer=self.side.edge)
        return build_receipt(
            entry=entry,
            salt=salt,
            body=body,
            proof=self.log.prove(index),
            signatures=[signed],
            manifest=manifest,
            manifest_signature=signature,
        )

    def trust(self, *, edge=None, log=None, witness=None, needed=2, demo=False):
        """The trust file; ``edge``, ``log``, ``witness`` (by number) take validities."""
        witness = witness or {}
        side = self.side
        names = " ".join(f"w{n}" for n, _ in enumerate(side.witnesses))
        policy = [f"log {side.log.verifier.text}"]
        policy += [f"witness w{n} {key.verifier.text}" for n, key in enumerate(side.witnesses)]
        policy += [f"group all {needed} {names}", "quorum all"] if needed else ["quorum none"]
        always = Validity()
        return Trust(
            logs=[NoteKey(key=side.log.verifier, validity=log or always)],
            witnesses=[
                NoteKey(key=k.verifier, validity=witness.get(n, always)) for n, k in enumerate(side.witnesses)
            ],
            keys=[
                PartyKey(
                    id=side.edge_id,
                    role="edge",
                    party="pty_exporter",
                    public=side.edge.public,
                    validity=edge or always,
                ),
                PartyKey(
                    id=side.recipient_id, role="recipient", party="pty_abroad", public=side.recipient.public
                ),
            ],
            policy="\n".join(policy) + "\n",
            demo=demo,
        ).encode()


@pytest.fixture(scope="module")
def shared_world(tmp_path_factory):
    """One for tests that only read it."""
    world = World(tmp_path_factory.mktemp("shared"))
    yield world
    world.close()


@pytest.fixture
def make_world(tmp_path):
    worlds = []

    def make(name="world", **kw):
        worlds.append(World(tmp_path / name, **kw))
        return worlds[-1]

    yield make
    for each in worlds:
        each.close()


@pytest.fixture
def world(make_world):
    return make_world()


@pytest.fixture
def forger():
    return Side("forger ")
