"""A port that swaps keys, forges grants or outlives sessions gets nowhere."""

import base64
from dataclasses import replace
from datetime import timedelta

import pytest

from feiyu.edge import store
from feiyu.edge.service import Runner
from feiyu.registry.identity import service
from feiyu.registry.identity import store as identities
from feiyu.registry.terms import GRANT_SIGNED, Grant, Signed
from feiyu.seal import RecipientKey, Signer
from feiyu.store import Scope
from feiyu_sdk import PortClient, Refused

from .conftest import Story, plain_csv

pytestmark = pytest.mark.slow


def test_a_port_that_swaps_the_recipients_key_is_refused_at_the_edge(story: Story) -> None:
    """The grant key is genuine, everything fits together: only the exporter's own pin stands in the way."""
    path = plain_csv(story.data / "swap.csv", 30)
    issued = story.exempt(path)
    evil = RecipientKey.generate().public
    genuine = Grant.of_bytes(base64.b64decode(issued["signed"]["document"]))
    swapped = replace(genuine, recipient_key_id=evil.key_id, recipient_key=evil.raw)
    with pytest.raises(Exception, match="EDGE-0010"):
        _start(story, swapped, story.world.port.signer, path)


def test_a_grant_under_another_key_is_refused_at_the_edge(story: Story) -> None:
    path = plain_csv(story.data / "forged.csv", 30)
    issued = story.exempt(path)
    genuine = Grant.of_bytes(base64.b64decode(issued["signed"]["document"]))
    with pytest.raises(Exception, match="EDGE-0003"):
        _start(story, replace(genuine, persons_max=10**6), Signer.generate(), path)


def test_a_key_that_nobody_confirmed_carries_no_flow(story: Story) -> None:
    operator, recipient = story.world.as_("operator"), story.world.as_("recipient")
    party = operator.register_party(kind="recipient", name={"zh": "虚构", "en": "Fictional"}, country="DE")
    key = RecipientKey.generate().public
    with pytest.raises(Refused) as refused:
        recipient.add_key(
            party["id"],
            use="recipient",
            algorithm=key.algorithm,
            public=base64.b64encode(key.raw).decode(),
            key_id=key.key_id,
        )
    assert refused.value.http_status == 404
    other = RecipientKey.generate().public
    own = story.world.party("recipient")
    recipient.add_key(
        own,
        use="recipient",
        algorithm=other.algorithm,
        public=base64.b64encode(other.raw).decode(),
        key_id=other.key_id,
    )
    with pytest.raises(Refused) as refused:
        story.world.as_("centre1").confirm_key(other.key_id, fingerprint="12345 " * 12)
    assert refused.value.code == "REG-0006"
    wrong_id = "0" * 64
    with pytest.raises(Refused) as refused:
        recipient.add_key(
            own,
            use="recipient",
            algorithm=other.algorithm,
            public=base64.b64encode(other.raw).decode(),
            key_id=wrong_id,
        )
    assert refused.value.http_status == 422


def test_an_expired_or_revoked_token_opens_nothing(story: Story) -> None:
    house = story.world.port.house
    everything = Scope.all("test")
    with house.db.read(scope=everything) as tx:
        row = identities.sign_in_row(tx, "officer")
    assert row is not None
    issued = house.db.write(
        lambda tx: service.issue_token(house, tx, row[0], label="short", days=1), scope=everything
    )
    client = PortClient(story.world.port_url, token=issued.secret)
    assert client.me()["name"] == row[0].name
    later = replace(house, clock=_Later(house.clock))
    with pytest.raises(Exception, match="REG-0004"), house.db.read(scope=everything) as tx:
        service.authenticate(later, tx, issued.secret)
    house.db.write(lambda tx: service.sign_out(house, tx, issued.secret), scope=everything)
    with pytest.raises(Refused) as refused:
        client.me()
    assert refused.value.code == "REG-0004"
    client.api.close()


class _Later:
    """Two days on."""

    def __init__(self, clock: object) -> None:
        self._clock = clock

    def now(self):
        return self._clock.now() + timedelta(days=2)  # type: ignore[attr-defined]


def _start(story: Story, grant: Grant, signer: Signer, path: object) -> None:
    """Start a run as if the port had handed out this grant."""
    document = grant.to_bytes()
    signed = Signed(document=document, key_id=signer.key_id, signature=signer.sign(GRANT_SIGNED + document))

    class Port:
        def grant(self, _grant_id: str) -> dict[str, object]:
            return {"signed": signed.as_dict()}

    runner = Runner(replace(story.world.edge.edge, port=Port()))  # type: ignore[arg-type]
    runner.start(path=str(path), grant_id=grant.id, drop=())


def test_nothing_of_a_refused_grant_is_kept(story: Story) -> None:
    edge = story.world.edge.edge
    with edge.house.db.read(scope=Scope.all("test")) as tx:
        before = len(store.runs(tx))
    path = plain_csv(story.data / "kept.csv", 10)
    genuine = Grant.of_bytes(base64.b64decode(story.exempt(path)["signed"]["document"]))
    with pytest.raises(Exception, match="EDGE-0003"):
        _start(story, genuine, Signer.generate(), path)
    with edge.house.db.read(scope=Scope.all("test")) as tx:
        assert len(store.runs(tx)) == before
