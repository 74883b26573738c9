"""A log whose process can be told to die at any step of its stores; for test_log and test_ahead."""

from feiyu.base import merkle
from feiyu.evidence.directory import DirectoryHead, DirectoryTiles
from feiyu.evidence.keys import Ed25519Signer
from feiyu.evidence.log import Log

ENTRIES = [f"entry {n}".encode() * (n % 5) for n in range(1400)]
LEAVES = [merkle.leaf_hash(entry) for entry in ENTRIES]
SIGNER = Ed25519Signer(bytes(range(32)))
ORIGIN = "log.feiyu.example/1"


class Crash(Exception):
    """The process dies here."""


class Stores:
    """Both stores in a directory; can be told to die before or after a step."""

    def __init__(self, root):
        self.tiles, self.head = DirectoryTiles(root / "tiles"), DirectoryHead(root / "head")
        self.die = None
        self.steps = []

    def _step(self, name, do):
        if self.die == (len(self.steps), "before"):
            raise Crash
        self.steps.append(name)
        done = do()
        if self.die == (len(self.steps) - 1, "after"):
            raise Crash
        return done

    def get(self, path):
        return self.tiles.get(path)

    def put(self, files):
        for path, data in files.items():
            self._step("put", lambda p=path, d=data: self.tiles.put({p: d}))

    def replace(self, path, data):
        self._step("replace", lambda: self.tiles.replace(path, data))

    def discard(self, prefix):
        self._step("discard", lambda: self.tiles.discard(prefix))

    def load(self):
        return self.head.load()

    def swap(self, old, new):
        self._step("swap", lambda: self.head.swap(old, new))

    def open(self):
        return Log(self, self, ORIGIN, SIGNER)
