"""A recipient who has nothing but ``age`` and ``curl``: registers a line, downloads one file, opens it."""

import base64
import hashlib
import io
from pathlib import Path

import httpx2 as httpx
import pytest

from feiyu.base import merkle
from feiyu.registry.access import Role
from feiyu.seal import Manifest, RecipientKey, age, part_root
from feiyu_sdk import Refused, fetch

from .conftest import Story, plain_csv

pytestmark = pytest.mark.slow


def take_up(story: Story) -> RecipientKey:
    """The recipient registers its age1… line; centre and exporter compare that line, read out on the telephone."""
    world, key = story.world, RecipientKey.generate("age-X25519")
    party, line = world.party("recipient"), key.public.encode()
    made = world.as_("recipient").add_key(
        party, use="recipient", algorithm="age-X25519", public=line, key_id=""
    )
    world.as_("centre1").confirm_key(made["id"], fingerprint=line)
    world.edge_client(Role.OFFICER).pin(recipient=party, fingerprint=line)
    return key


@pytest.fixture(scope="module")
def sent(story: Story) -> tuple[str, str, Path, RecipientKey]:
    key = take_up(story)
    path = plain_csv(story.data / "age.csv", 9000)
    run = story.send(path, story.exempt(path), packing="zstd")  # which an age payload never is
    assert run["state"] == "sealed", run
    return run["id"], run["transfer_id"], path, key


def got(story: Story, transfer_id: str, who: str = "recipient", **headers: str) -> httpx.Response:
    world = story.world
    headers = {"Authorization": f"Bearer {world.seats[who].token}", **headers}
    return httpx.get(f"{world.port_url}/api/v1/transfers/{transfer_id}/age", headers=headers)


def test_one_file_that_age_opens(story: Story, sent: tuple[str, str, Path, RecipientKey]) -> None:
    _, transfer_id, path, key = sent
    refused = got(story, transfer_id)
    assert refused.status_code == 409, "nothing is handed out before it was released"
    story.world.port.sequencer.run_once()
    shown = story.world.as_("recipient").transfer(transfer_id)
    assert shown["age_file"]
    assert shown["expected_bytes"] == shown["size_bytes"], "what was expected at the start is what came"
    assert not story.world.as_("officer").transfer(transfer_id)["age_file"]
    released = story.world.as_("recipient").release(transfer_id)
    whole = got(story, transfer_id)
    assert whole.headers["content-disposition"].endswith('.csv.age"')
    file_key, at = age.open_header(whole.content, key.private)
    assert b"".join(age.opened(io.BytesIO(whole.content[at:]), file_key)) == path.read_bytes()
    manifest = Manifest.from_bytes(base64.b64decode(released["manifest"]))
    assert (
        part_root(whole.content[at:])
        == manifest.cipher_root
        == merkle.root(s.root for s in manifest.segments)
    )
    half = len(whole.content) // 2
    rest = got(story, transfer_id, Range=f"bytes={half}-")
    assert (rest.status_code, rest.content) == (206, whole.content[half:])
    assert got(story, transfer_id, Range="bytes=10-19").content == whole.content[10:20]
    assert got(story, transfer_id, Range=f"bytes={len(whole.content)}-").status_code == 416
    assert got(story, transfer_id, who="officer").status_code == 403


def test_the_client_opens_it_too_and_signs(
    story: Story, sent: tuple[str, str, Path, RecipientKey], tmp_path: Path
) -> None:
    run_id, transfer_id, path, key = sent
    world = story.world
    fetched = fetch(
        world.as_("recipient"), transfer_id, key=key, signer=world.recipient_signer, folder=tmp_path, trust=world.trust
    )  # fmt: skip
    assert fetched.path.read_bytes() == path.read_bytes()
    assert sorted(one.name for one in tmp_path.iterdir()) == sorted([fetched.path.name, fetched.receipt.name])
    assert world.as_("officer").transfer(transfer_id)["state"] == "received"
    copy = Path(world.edge_client().copy(run_id)["path"])
    assert hashlib.sha256(copy.read_bytes()).digest() == hashlib.sha256(path.read_bytes()).digest()


def test_a_line_with_a_wrong_letter_is_refused_everywhere(story: Story) -> None:
    line = RecipientKey.generate("age-X25519").public.encode()
    wrong = line[:20] + ("q" if line[20] != "q" else "p") + line[21:]
    world = story.world
    party = world.party("recipient")
    for ask in (
        lambda: world.as_("recipient").add_key(
            party, use="recipient", algorithm="age-X25519", public=wrong, key_id=""
        ),
        lambda: world.edge_client(Role.OFFICER).pin(recipient=party, fingerprint=wrong),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.code == "SEAL-0015"


def test_a_revocation_ends_the_download(story: Story, sent: tuple[str, str, Path, RecipientKey]) -> None:
    _, transfer_id, *_ = sent
    grant = story.world.as_("officer").transfer(transfer_id)["grant_id"]
    story.world.as_("officer").revoke_grant(grant, ground="tried in a test")
    assert got(story, transfer_id).status_code == 410
