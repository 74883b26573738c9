"""Take a log's present head to the witnesses and make it public.

Rules this module keeps:
 * published is only what the policy accepts; until then the checkpoint before it stays;
 * one witness that remembers another history stops the publication, however many others cosign;
 * one slow or absent witness delays nobody but its own line: all are asked at once.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from feiyu.base.errors import FeiyuError
from feiyu.base.said import said
from feiyu.base.text import listed
from feiyu.evidence import note as notes
from feiyu.evidence.cosignature import Cosigner
from feiyu.evidence.errors import LogForked, WitnessRefused
from feiyu.evidence.keys import SigningKey
from feiyu.evidence.line import SignatureLine
from feiyu.evidence.log import Log, Published
from feiyu.evidence.policy import Policy
from feiyu.evidence.witness_client import WitnessClient

Trouble = tuple[str, FeiyuError]


def publish(
    log: Log,
    witnesses: Sequence[WitnessClient],
    policy: Policy,
    *,
    also: Sequence[Cosigner | SigningKey] = (),
) -> tuple[Published, tuple[Trouble, ...]]:
    """Sign, have cosigned, judge, publish; which witnesses could not be reached comes back beside the result.

    ``also`` sign beside the log's own key, with a post-quantum or an SM2 key under the log's name. Raises ``LogForked`` when
    a witness remembers another history, ``QuorumMissing`` when too few cosign.
    """
    note = notes.parse(log.checkpoint())
    note = note.add(_line(key, note.text) for key in also)
    lines, trouble = _collect(log, witnesses, note)
    if forked(trouble):
        raise LogForked(reason=listed(said(bad, at=name) for name, bad in trouble))
    signed = note.add(lines)
    policy.check(signed)
    return log.publish(signed.encode()), trouble


def _line(key: Cosigner | SigningKey, text: str) -> SignatureLine:
    return key.line(text) if isinstance(key, Cosigner) else notes.sign(text, key).signatures[0]


def _collect(
    log: Log, witnesses: Sequence[WitnessClient], note: notes.Note
) -> tuple[list[SignatureLine], tuple[Trouble, ...]]:
    lines: list[SignatureLine] = []
    trouble: list[Trouble] = []
    if not witnesses:
        return lines, ()
    with ThreadPoolExecutor(len(witnesses), thread_name_prefix="witness") as pool:
        asked = [(witness, pool.submit(witness.cosign, note, log.consistency)) for witness in witnesses]
    for witness, answer in asked:
        bad = answer.exception()
        if isinstance(bad, FeiyuError):
            trouble.append((witness.key.name, bad))
        else:
            lines.extend(answer.result())
    return lines, tuple(trouble)


def forked(trouble: Sequence[Trouble]) -> bool:
    """Whether a witness has seen another history of this log: stop and look."""
    return any(isinstance(bad, WitnessRefused) and bad.values["status"] in {409, 422} for _, bad in trouble)
