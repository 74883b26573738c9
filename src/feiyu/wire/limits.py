"""Limits of the wire's two ends."""

from dataclasses import dataclass

PIECE_BYTES = 1 << 20
SEGMENT_BYTES = 64 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a server allows. A piece is the unit of the gate; ``sync_bytes`` that of durability and of the promise."""

    connections: int = 256
    head_bytes: int = 16 * 1024
    headers: int = 64
    head_timeout_s: float = 10.0
    piece_timeout_s: float = 120.0
    idle_timeout_s: float = 60.0
    stall_s: float = 5.0
    settle_s: float = 1.0
    sync_bytes: int = 16 << 20
    linger_s: float = 1.0
