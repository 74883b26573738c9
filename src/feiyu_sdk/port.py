"""The port's API as methods: one call each, dictionaries as ``openapi/feiyu.json`` describes them."""

from datetime import datetime
from typing import Any

from feiyu.base.text import Lang
from feiyu_sdk.http import Api

Json = dict[str, Any]


class PortClient:
    """A port at ``url``, spoken to as one principal."""

    def __init__(self, url: str, *, token: str | None = None, lang: Lang = Lang.EN) -> None:
        self.api = Api(url, token=token, lang=lang)

    def me(self) -> Json:
        """Who this token is."""
        found: Json = self.api.get("/api/v1/session")
        return found

    def parties(self) -> list[Json]:
        """The directory of parties."""
        found: list[Json] = self.api.get("/api/v1/parties")
        return found

    def register_party(self, **party: object) -> Json:
        """Register an organisation: kind, name, country, uscc, lei."""
        found: Json = self.api.post("/api/v1/parties", party)
        return found

    def keys(self, party_id: str) -> list[Json]:
        """A party's public keys, newest first."""
        found: list[Json] = self.api.get(f"/api/v1/parties/{party_id}/keys")
        return found

    def add_key(self, party_id: str, *, use: str, algorithm: str, public: str, key_id: str) -> Json:
        """Register a public key (base64) of one's own party."""
        body = {"use": use, "algorithm": algorithm, "public": public, "key_id": key_id}
        found: Json = self.api.post(f"/api/v1/parties/{party_id}/keys", body)
        return found

    def confirm_key(self, key_id: str, *, fingerprint: str) -> Json:
        """Record a second-channel comparison."""
        found: Json = self.api.post(f"/api/v1/keys/{key_id}/confirm", {"fingerprint": fingerprint})
        return found

    def retire_key(self, key_id: str, *, ground: str) -> Json:
        """Revoke a key for good."""
        found: Json = self.api.post(f"/api/v1/keys/{key_id}/retire", {"ground": ground})
        return found

    def key_changes(self, party_id: str) -> list[Json]:
        """What happened to a party's keys, oldest first."""
        found: list[Json] = self.api.get(f"/api/v1/parties/{party_id}/keys/changes")
        return found

    def enter_scenario(self, **scenario: object) -> Json:
        """Enter a scenario into the register."""
        found: Json = self.api.post("/api/v1/scenarios", scenario)
        return found

    def scenario(self, scenario_id: str) -> Json:
        """One scenario."""
        found: Json = self.api.get(f"/api/v1/scenarios/{scenario_id}")
        return found

    def scenarios(self) -> list[Json]:
        """The register."""
        found: list[Json] = self.api.get("/api/v1/scenarios")
        return found

    def enter_flow(
        self, *, scenario_id: str, recipient: str, mode: str, also_key_ids: list[str] | None = None
    ) -> Json:
        """Enter a flow; ``also_key_ids`` are further keys of the recipient that may open what is sent."""
        body = {
            "scenario_id": scenario_id, "recipient": recipient, "mode": mode, "also_key_ids": also_key_ids or [],
        }  # fmt: skip
        found: Json = self.api.post("/api/v1/flows", body)
        return found

    def flows(self) -> list[Json]:
        """All flows one may see."""
        found: list[Json] = self.api.get("/api/v1/flows")
        return found

    def file(self, *, scenario_id: str, determination: Json, procedure: str | None = None) -> Json:
        """File a signed determination."""
        body = {"scenario_id": scenario_id, "determination": determination, "procedure": procedure}
        found: Json = self.api.post("/api/v1/filings", body)
        return found

    def filings(self) -> list[Json]:
        """The filings one may see, newest first."""
        found: list[Json] = self.api.get("/api/v1/filings")
        return found

    def filing(self, filing_id: str) -> Json:
        """One filing."""
        found: Json = self.api.get(f"/api/v1/filings/{filing_id}")
        return found

    def add_document(self, filing_id: str, *, material: str, name: str, content: bytes) -> Json:
        """Add a paper to a filing."""
        path = f"/api/v1/filings/{filing_id}/documents"
        found: Json = self.api.post_file(path, fields={"material": material}, name=name, content=content)
        return found

    def document(self, filing_id: str, document_id: str) -> bytes:
        """The file of a paper, as it came."""
        return self.api.get_bytes(f"/api/v1/filings/{filing_id}/documents/{document_id}")

    def add_original(self, filing_id: str, document_id: str, *, kind: str, name: str, content: bytes) -> Json:
        """Add the signed original of a paper: ``signature`` (detached CMS), ``pdf``, ``ofd`` (sealed), ``eseal`` or ``scan``."""
        path = f"/api/v1/filings/{filing_id}/documents/{document_id}/originals"
        found: Json = self.api.post_file(path, fields={"kind": kind}, name=name, content=content)
        return found

    def see_original(self, filing_id: str, original_id: str) -> Json:
        """Note that a person looked at a signed original."""
        found: Json = self.api.post(f"/api/v1/filings/{filing_id}/originals/{original_id}/look", {})
        return found

    def move_filing(self, filing_id: str, transition: str, *, note: str = "") -> Json:
        """Make one step of a filing's procedure."""
        found: Json = self.api.post(
            f"/api/v1/filings/{filing_id}/steps", {"transition": transition, "note": note}
        )
        return found

    def record_exemption(self, *, scenario_id: str, determination: Json) -> Json:
        """Record one's own exemption."""
        body = {"scenario_id": scenario_id, "determination": determination}
        found: Json = self.api.post("/api/v1/exemptions", body)
        return found

    def enter_basis(self, **basis: object) -> Json:
        """Enter what the competent body issued."""
        found: Json = self.api.post("/api/v1/bases", basis)
        return found

    def check_basis(self, basis_id: str, *, method: str) -> Json:
        """Record how a second person checked a basis."""
        found: Json = self.api.post(f"/api/v1/bases/{basis_id}/check", {"method": method})
        return found

    def bases(self) -> list[Json]:
        """All bases one may see."""
        found: list[Json] = self.api.get("/api/v1/bases")
        return found

    def issue_grant(
        self,
        *,
        flow_id: str,
        fields: list[Json],
        persons_max: int,
        sensitive_max: int,
        bytes_max: int,
        not_after: datetime,
    ) -> Json:
        """Ask for a grant."""
        body = {
            "flow_id": flow_id, "fields": fields, "persons_max": persons_max, "sensitive_max": sensitive_max,
            "bytes_max": bytes_max, "not_after": not_after.isoformat(),
        }  # fmt: skip
        found: Json = self.api.post("/api/v1/grants", body)
        return found

    def grant(self, grant_id: str) -> Json:
        """One grant."""
        found: Json = self.api.get(f"/api/v1/grants/{grant_id}")
        return found

    def grants(self) -> list[Json]:
        """All grants one may see."""
        found: list[Json] = self.api.get("/api/v1/grants")
        return found

    def revoke_grant(self, grant_id: str, *, ground: str) -> Json:
        """Revoke a grant."""
        found: Json = self.api.post(f"/api/v1/grants/{grant_id}/revoke", {"ground": ground})
        return found

    def open_transfer(
        self, *, grant_id: str, title: str, fields: list[Json], stripped: list[str], expected_bytes: int | None = None
    ) -> Json:  # fmt: skip
        """Open a transfer; the answer holds the data plane's address and token."""
        body = {
            "grant_id": grant_id, "title": title, "fields": fields, "stripped": stripped, "expected_bytes": expected_bytes,
        }  # fmt: skip
        found: Json = self.api.post("/api/v1/transfers", body)
        return found

    def claim(self, transfer_id: str, *, persons: int, sensitive: int, size_bytes: int) -> Json:
        """Reserve persons and bytes: totals of the transfer."""
        body = {"persons": persons, "sensitive": sensitive, "size_bytes": size_bytes}
        found: Json = self.api.post(f"/api/v1/transfers/{transfer_id}/claim", body)
        return found

    def ask_lease(
        self, *, grant_id: str, persons: int, sensitive: int, size_bytes: int, hours: int
    ) -> Json:  # fmt: skip
        """Ask for leave to seal one transfer while the port is out of reach."""
        body = {
            "grant_id": grant_id, "persons": persons, "sensitive": sensitive, "size_bytes": size_bytes, "hours": hours,
        }  # fmt: skip
        found: Json = self.api.post("/api/v1/leases", body)
        return found

    def lease(self, lease_id: str) -> Json:
        """A lease, and how it stands now."""
        found: Json = self.api.get(f"/api/v1/leases/{lease_id}")
        return found

    def return_lease(self, lease_id: str) -> Json:
        """Give back a lease that was not used."""
        found: Json = self.api.post(f"/api/v1/leases/{lease_id}/return")
        return found

    def settle_lease(
        self, lease_id: str, *, title: str, fields: list[Json], stripped: list[str], usage: Json
    ) -> Json:
        """Open the transfer that was sealed under a lease (or, by its id, a reported break-glass)."""
        kind = "breakglass" if lease_id.startswith("brk_") else "leases"
        body = {"title": title, "fields": fields, "stripped": stripped, "usage": usage}
        found: Json = self.api.post(f"/api/v1/{kind}/{lease_id}/settle", body)
        return found

    def report_breakglass(self, statement: Json) -> Json:
        """Hand in the signed report of a break-glass."""
        found: Json = self.api.post("/api/v1/breakglass", statement)
        return found

    def breakglass(self) -> list[Json]:
        """The reported break-glasses one may see."""
        found: list[Json] = self.api.get("/api/v1/breakglass")
        return found

    def note_breakglass(self, breakglass_id: str, *, note: str) -> Json:
        """As the authority: note a break-glass."""
        found: Json = self.api.post(f"/api/v1/breakglass/{breakglass_id}/note", {"note": note})
        return found

    def hand_in_count(self, statement: Json) -> Json:
        """Hand in the signed count of a ledger entry."""
        found: Json = self.api.post("/api/v1/counts", statement)
        return found

    def counts(self) -> list[Json]:
        """The counts that may be checked."""
        found: list[Json] = self.api.get("/api/v1/counts")
        return found

    def draw_spot_check(self, counts_id: str, *, places: int, ground: str) -> Json:
        """As the authority: draw places of a count."""
        body = {"counts_id": counts_id, "places": places, "ground": ground}
        found: Json = self.api.post("/api/v1/spotchecks", body)
        return found

    def spot_checks(self, *, state: str = "") -> list[Json]:
        """The spot checks one may see; ``state``: drawn, passed, failed."""
        query = {"state": state} if state else {}
        found: list[Json] = self.api.get("/api/v1/spotchecks", **query)
        return found

    def answer_spot_check(self, challenge_id: str, statement: Json) -> Json:
        """Hand in the opened places of a spot check."""
        found: Json = self.api.post(f"/api/v1/spotchecks/{challenge_id}/answer", statement)
        return found

    def calendar(self) -> Json:
        """Every clock one may see."""
        found: Json = self.api.get("/api/v1/calendar")
        return found

    def calendar_feed(self) -> Json:
        """Make the address of a private calendar feed; the one before ends."""
        found: Json = self.api.post("/api/v1/calendar/feed")
        return found

    def hold(self, transfer_id: str, *, found: dict[str, int]) -> Json:
        """Tell that content waits for a person."""
        answer: Json = self.api.post(f"/api/v1/transfers/{transfer_id}/hold", {"found": found})
        return answer

    def resume(self, transfer_id: str) -> Json:
        """Go on after a person looked."""
        found: Json = self.api.post(f"/api/v1/transfers/{transfer_id}/resume")
        return found

    def cut(self, transfer_id: str, *, ground: str) -> Json:
        """Stop for good."""
        found: Json = self.api.post(f"/api/v1/transfers/{transfer_id}/cut", {"ground": ground})
        return found

    def seal(
        self, transfer_id: str, *, manifest: str, signature: str, wrap: str, also: list[str] | None = None
    ) -> Json:
        """Hand in the manifest, and the secret wrapped to the recipient and to further keys."""
        body = {"manifest": manifest, "signature": signature, "wrap": wrap, "also": also or []}
        found: Json = self.api.post(f"/api/v1/transfers/{transfer_id}/seal", body)
        return found

    def release(self, transfer_id: str, *, key_id: str | None = None) -> Json:
        """As the recipient: obtain the secret wrapped to one of its keys, and the way to the bytes."""
        found: Json = self.api.post(f"/api/v1/transfers/{transfer_id}/release", {"key_id": key_id})
        return found

    def release_copy(self, transfer_id: str) -> Json:
        """As the exporter's edge: obtain the own sealed copy."""
        found: Json = self.api.post(f"/api/v1/transfers/{transfer_id}/copy")
        return found

    def receive(self, transfer_id: str, *, statement: Json) -> Json:
        """As the recipient: hand in the signed statement."""
        found: Json = self.api.post(f"/api/v1/transfers/{transfer_id}/receive", statement)
        return found

    def transfers(self) -> list[Json]:
        """All transfers one may see."""
        found: list[Json] = self.api.get("/api/v1/transfers")
        return found

    def transfer(self, transfer_id: str) -> Json:
        """One transfer with its events."""
        found: Json = self.api.get(f"/api/v1/transfers/{transfer_id}")
        return found

    def receipt(self, event_id: str) -> bytes:
        """The receipt file of an event."""
        return self.api.get_bytes(f"/api/v1/receipts/{event_id}")

    def looks(self, *, thing: str = "", lists: bool = False, before: int = 0, limit: int = 50) -> Json:
        """A page of who of the port's staff looked at one's party's matters, or at one ``thing``; with ``lists`` also in lists."""
        query = {
            "thing": thing,
            "before": str(before or ""),
            "lists": str(lists).lower(),
            "limit": str(limit),
        }
        found: Json = self.api.get("/api/v1/looks", **{name: one for name, one in query.items() if one})
        return found

    def alarms(self, *, closed: bool = False) -> list[Json]:
        """Alarms that wait for a person of the authority."""
        found: list[Json] = self.api.get("/api/v1/alarms", closed=str(closed).lower())
        return found

    def report_alarm(self, *, kind: str, subject: str, text: Json, proof: str | None = None) -> Json | None:
        """Report what a monitor found; None when it was raised before."""
        body = {"kind": kind, "subject": subject, "text": text, "proof": proof}
        found: Json | None = self.api.post("/api/v1/alarms", body)
        return found

    def close_alarm(self, alarm_id: str, *, ground: str) -> Json:
        """Close an alarm after looking."""
        found: Json = self.api.post(f"/api/v1/alarms/{alarm_id}/close", {"ground": ground})
        return found

    def report_egress(
        self, *, source: str, start: datetime, end: datetime, size_bytes: int, final: bool = False
    ) -> Json:
        """Hand in what a network edge counted in one interval."""
        body = {
            "source": source,
            "start": start.isoformat(),
            "end": end.isoformat(),
            "size_bytes": size_bytes,
            "final": final,
        }
        found: Json = self.api.post("/api/v1/egress", body)
        return found

    def egress(self) -> list[Json]:
        """Counters against the log, window by window."""
        found: list[Json] = self.api.get("/api/v1/egress")
        return found

    def heartbeat(self, *, runs: int = 0) -> Json:
        """Say that this edge is there."""
        found: Json = self.api.post("/api/v1/heartbeats", {"runs": runs})
        return found

    def record_batch(self, *, kind: str, root: bytes, count: int) -> Json:
        """Log the root over many events that the caller keeps (``feiyu.evidence.Batch``)."""
        found: Json = self.api.post("/api/v1/batches", {"kind": kind, "root": root.hex(), "count": count})
        return found

    def erase_event(self, event_id: str, *, ground: str) -> Json:
        """Destroy the body of an event that need not be kept any longer."""
        found: Json = self.api.post(f"/api/v1/events/{event_id}/erase", {"ground": ground})
        return found
