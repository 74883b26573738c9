"""Transfers to recipients whose key lives elsewhere or must be SM2: the same line, another suite."""

import base64

import pytest

from feiyu.evidence.verify import verify_receipt
from feiyu.registry.access import Role
from feiyu.seal import RecipientKey, Signer, key_id
from feiyu_sdk import Refused

from .conftest import Story, plain_csv

pytestmark = pytest.mark.slow


def take_up_a_key(story: Story, algorithm: str) -> RecipientKey:
    """The recipient registers a new key; the centre and the exporter compare its fingerprint; it is pinned."""
    world, key = story.world, RecipientKey.generate(algorithm)
    party, public = world.party("recipient"), key.public
    world.as_("recipient").add_key(
        party, use="recipient", algorithm=algorithm, public=base64.b64encode(public.raw).decode(),
        key_id=public.key_id,
    )  # fmt: skip
    world.as_("centre1").confirm_key(public.key_id, fingerprint=public.fingerprint)
    world.edge_client(Role.OFFICER).pin(recipient=party, fingerprint=public.fingerprint)
    world.recipient_key = key
    return key


@pytest.mark.parametrize(("algorithm", "suite"), [("P-256", "kms"), ("RSA-OAEP-256", "kms"), ("SM2", "gm")])
def test_the_recipients_key_names_the_suite_and_packed_content_is_opened_in_each(
    story: Story, algorithm: str, suite: str
) -> None:
    take_up_a_key(story, algorithm)
    path = plain_csv(story.data / f"{algorithm}.csv", rows=3000)
    grant = story.exempt(path)
    run = story.send(path, grant, packing="zstd")
    assert run["state"] == "sealed", run
    got = story.fetch(run["transfer_id"])
    assert got.path.read_bytes() == path.read_bytes()
    assert got.manifest.suite == suite
    segments = story.world.folder / "port" / "transfers" / run["transfer_id"] / "00000"
    verdict = verify_receipt(got.receipt.read_bytes(), trust=story.world.trust, chunks=segments)
    assert verdict.outcome == "trusted"
    assert got.manifest.packing is not None
    assert (
        run["cipher_bytes"] == got.manifest.cipher_size == segments.stat().st_size < path.stat().st_size // 2
    )
    used = story.world.as_("officer").grant(grant["id"])["used"]["size_bytes"]
    assert used == got.manifest.counted_size == path.stat().st_size + 16
    sealed = story.world.as_("officer").transfer(run["transfer_id"])["events"][1]["detail"]
    assert (sealed["bytes"], sealed["counted_bytes"]) == (got.manifest.cipher_size, used)


def test_a_key_that_does_not_fit_is_refused_and_nothing_is_kept(story: Story) -> None:
    world, key = story.world, RecipientKey.generate("P-256")
    party, sm2 = world.party("recipient"), RecipientKey.generate("SM2").public.raw
    before = world.as_("recipient").keys(party)

    def told(use: str, algorithm: str, public: bytes | str) -> str:
        text = public if isinstance(public, str) else base64.b64encode(public).decode()
        ident = "" if isinstance(public, str) else key_id(algorithm, public)
        with pytest.raises(Refused) as refused:
            world.as_("recipient").add_key(party, use=use, algorithm=algorithm, public=text, key_id=ident)
        return refused.value.code

    for use, algorithm, public, code in (
        ("recipient", "P-256", sm2, "REG-0013"),
        ("recipient", "ROT13", sm2, "REG-0013"),
        ("recipient", "Ed25519", Signer.generate().public, "REG-0013"),
        ("receipt", "P-256", key.public.raw, "REG-0013"),
        ("edge", "Ed25519", bytes(32), "REG-0013"),
        ("recipient", "P-256", key.private, "SEAL-0032"),
        ("recipient", "age-X25519", "AGE-SECRET-KEY-1" + "Q" * 58, "SEAL-0032"),
    ):
        assert told(use, algorithm, public) == code
    assert world.as_("recipient").keys(party) == before
