"""Transfers to recipients whose key lives elsewhere or must be SM2: the same line, another suite."""

import base64

import pytest

from feiyu.evidence.verify import verify_receipt
from feiyu.registry.access import Role
from feiyu.seal import RecipientKey

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
def test_the_recipients_key_names_the_suite(story: Story, algorithm: str, suite: str) -> None:
    take_up_a_key(story, algorithm)
    path = plain_csv(story.data / f"{algorithm}.csv", rows=3000)
    run = story.send(path, story.exempt(path))
    assert run["state"] == "sealed", run
    got = story.fetch(run["transfer_id"])
    assert got.path.read_bytes() == path.read_bytes()
    assert got.manifest.suite == suite
    segments = story.world.folder / "port" / "transfers" / run["transfer_id"] / "00000"
    verdict = verify_receipt(got.receipt.read_bytes(), trust=story.world.trust, chunks=segments)
    assert verdict.outcome == "trusted"
