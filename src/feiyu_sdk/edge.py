"""The edge's API as methods."""

from typing import Any

from feiyu.base.text import Lang
from feiyu_sdk.dossier import DossierClient
from feiyu_sdk.http import Api

Json = dict[str, Any]


class EdgeClient:
    """An exporter's edge at ``url``."""

    def __init__(self, url: str, *, token: str | None = None, lang: Lang = Lang.EN) -> None:
        self.api = Api(url, token=token, lang=lang, timeout_s=3600)
        self.dossiers = DossierClient(self.api)

    def status(self) -> Json:
        """Who this edge is, its keys, and the port it speaks to."""
        found: Json = self.api.get("/api/v1/edge")
        return found

    def scan(self, path: str, *, drop: list[str] | None = None) -> Json:
        """Scan a file that lies with the edge; the profile stays there under its id."""
        found: Json = self.api.post("/api/v1/profiles", {"path": path, "drop": drop or []})
        return found

    def profile(self, profile_id: str) -> Json:
        """One profile."""
        found: Json = self.api.get(f"/api/v1/profiles/{profile_id}")
        return found

    def profiles(self) -> list[Json]:
        """The files that were scanned, each by its newest profile, newest first."""
        found: list[Json] = self.api.get("/api/v1/profiles")
        return found

    def levels(self, profile_id: str) -> Json:
        """What is suspected, found and follows, field by field."""
        found: Json = self.api.get(f"/api/v1/profiles/{profile_id}/levels")
        return found

    def sign_finding(self, profile_id: str, **finding: Any) -> Json:
        """Sign a finding of the level of a profile's data: ``level``, ``basis``, ``day``; ``field``, ``folder``, ``item``, ``number``, ``issuer``, ``ground``."""
        found: Json = self.api.post(f"/api/v1/profiles/{profile_id}/findings", finding)
        return found

    def findings(self, profile_id: str) -> list[Json]:
        """Every version of every finding about a profile, oldest first."""
        found: list[Json] = self.api.get(f"/api/v1/profiles/{profile_id}/findings")
        return found

    def determine(
        self, *, profile_id: str, scenario_id: str, answers: Json, drop: list[str] | None = None
    ) -> Json:
        """Determine the pathway for a profile under a scenario; signed by the edge."""
        body = {"profile_id": profile_id, "scenario_id": scenario_id, "answers": answers, "drop": drop or []}
        found: Json = self.api.post("/api/v1/determinations", body)
        return found

    def advise(self, *, profile_id: str, scenario_id: str, answers: Json) -> list[Json]:
        """Least data for a profile under a scenario."""
        body = {"profile_id": profile_id, "scenario_id": scenario_id, "answers": answers}
        found: list[Json] = self.api.post("/api/v1/advice", body)
        return found

    def advice(self, scenario_id: str) -> list[Json]:
        """What least data was suggested for a scenario and what was taken, oldest first."""
        found: list[Json] = self.api.get(f"/api/v1/advice/{scenario_id}")
        return found

    def file(self, *, scenario_id: str, determined: Json, procedure: str | None = None) -> Json:
        """Hand what ``determine`` answered to the port: an exemption is recorded, anything else is filed."""
        body = {
            "scenario_id": scenario_id, "signed": determined["signed"], "procedure": procedure,
            "route": determined["determination"]["route"],
        }  # fmt: skip
        found: Json = self.api.post("/api/v1/file", body)
        return found

    def pin(self, *, recipient: str, fingerprint: str) -> Json:
        """Pin a recipient's key by the fingerprint that was compared over a second channel."""
        found: Json = self.api.post("/api/v1/pins", {"recipient": recipient, "fingerprint": fingerprint})
        return found

    def unpin(self, *, recipient: str, fingerprint: str, ground: str) -> None:
        """Trust a pinned key no longer."""
        body = {"recipient": recipient, "fingerprint": fingerprint, "ground": ground}
        self.api.post("/api/v1/pins/withdraw", body)

    def pins(self) -> list[Json]:
        """Every pinned fingerprint, newest first."""
        found: list[Json] = self.api.get("/api/v1/pins")
        return found

    def recipients(self) -> list[Json]:
        """The recipients registered at the port."""
        found: list[Json] = self.api.get("/api/v1/recipients")
        return found

    def take(self, address: str, *, table: str | None = None, query: str | None = None) -> Json:
        """Take a snapshot of a remote source (a query, an object, a file behind HTTP); its path is sent like any file's."""
        found: Json = self.api.post("/api/v1/sources", {"address": address, "table": table, "query": query})
        return found

    def files(self, folder: str) -> list[Json]:
        """The files below a folder that the edge may read."""
        found: list[Json] = self.api.get("/api/v1/files", folder=folder)
        return found

    def send(
        self,
        *,
        path: str,
        grant_id: str,
        drop: list[str] | None = None,
        bytes_per_s: int | None = None,
        window: str | None = None,
        rank: int | None = None,
        packing: str = "none",
    ) -> Json:
        """Start a transfer; it goes on in the background, at its own pace, in its window of the day, after those of higher rank.

        ``packing="zstd"`` packs each chunk that it pays for before it is sealed.
        """
        body = {
            "path": path, "grant_id": grant_id, "drop": drop or [], "bytes_per_s": bytes_per_s, "window": window,
            "rank": rank, "packing": packing,
        }  # fmt: skip
        found: Json = self.api.post("/api/v1/runs", body)
        return found

    def run(self, run_id: str) -> Json:
        """How a transfer goes: state, rows, bytes, persons, what was held."""
        found: Json = self.api.get(f"/api/v1/runs/{run_id}")
        return found

    def runs(self) -> list[Json]:
        """All transfers of this edge."""
        found: list[Json] = self.api.get("/api/v1/runs")
        return found

    def copy(self, run_id: str) -> Json:
        """Fetch and open the exporter's own copy of what a run sent; its path at the edge."""
        found: Json = self.api.post(f"/api/v1/runs/{run_id}/copy")
        return found

    def kept_copy(self, run_id: str) -> Json:
        """What is kept of what a run sent: until when, destroyed when, opened where."""
        found: Json = self.api.get(f"/api/v1/runs/{run_id}/copy")
        return found

    def decide(self, run_id: str, *, cut: bool, ground: str) -> Json:
        """Decide what was held: cut it, or strip what the grant does not cover and go on."""
        found: Json = self.api.post(f"/api/v1/runs/{run_id}/decide", {"cut": cut, "ground": ground})
        return found

    def ledger(self) -> Json:
        """The person ledger's totals of this calendar year, with their parts."""
        found: Json = self.api.get("/api/v1/ledger")
        return found

    def ledger_entries(self, *, since: str = "") -> list[Json]:
        """The ledger's entries from a day on, newest first."""
        query = f"?since={since}" if since else ""
        found: list[Json] = self.api.get(f"/api/v1/ledger/entries{query}")
        return found

    def declare_persons(self, *entries: Json) -> list[Json]:
        """Enter declared numbers; all or none."""
        found: list[Json] = self.api.post("/api/v1/ledger/entries", list(entries))
        return found

    def enter_persons(self, entry: Json, *, path: str, digests: bool = False) -> Json:
        """Enter what a file at the edge holds: an extract that is scanned now, or a digest file."""
        place = "digests" if digests else "extracts"
        found: Json = self.api.post(f"/api/v1/ledger/{place}", {"entry": entry, "path": path})
        return found

    def reverse_entry(self, entry_id: str, *, ground: str) -> Json:
        """Take an entry back, naming the ground."""
        found: Json = self.api.post(f"/api/v1/ledger/entries/{entry_id}/reverse", {"ground": ground})
        return found

    def spot_check(self, entry_id: str, *, nonce: str, count: int) -> Json:
        """Open an entry's commitment at the places that a nonce (base64) draws."""
        body = {"nonce": nonce, "count": count}
        found: Json = self.api.post(f"/api/v1/ledger/entries/{entry_id}/open", body)
        return found

    def ledger_sheet(self, *, template: bool = False) -> bytes:
        """The ledger as an XLSX table, or the empty template."""
        return self.api.get_bytes("/api/v1/ledger/template" if template else "/api/v1/ledger/export")

    def import_ledger(self, *, name: str, content: bytes) -> list[Json]:
        """Enter the new lines of a filled table."""
        found: list[Json] = self.api.post_file("/api/v1/ledger/import", fields={}, name=name, content=content)
        return found

    def join_group(self, *, name: str, secret: str) -> Json:
        """Keep a group's counting key (base64) at the edge."""
        found: Json = self.api.post("/api/v1/ledger/group", {"name": name, "secret": secret})
        return found

    def share_with_group(self) -> Json:
        """Write this handler's file for the group's other members."""
        found: Json = self.api.post("/api/v1/ledger/group/share")
        return found

    def count_group(self, *paths: str) -> Json:
        """Count the group's members, each person once."""
        found: Json = self.api.post("/api/v1/ledger/group/count", {"paths": list(paths)})
        return found

    def chain(self) -> list[Json]:
        """The newest events of the edge's own evidence chain."""
        found: list[Json] = self.api.get("/api/v1/chain")
        return found

    def obtain_lease(
        self, *, grant_id: str, persons: int, size_bytes: int, hours: int, sensitive: int = 0
    ) -> Json:  # fmt: skip
        """Obtain a lease from the port, for when it will be out of reach."""
        body = {
            "grant_id": grant_id, "persons": persons, "sensitive": sensitive, "size_bytes": size_bytes, "hours": hours,
        }  # fmt: skip
        found: Json = self.api.post("/api/v1/leave/leases", body)
        return found

    def leases(self) -> list[Json]:
        """The leases of this edge."""
        found: list[Json] = self.api.get("/api/v1/leave/leases")
        return found

    def break_glass(self, *, grant_id: str, ground: str, persons: int, size_bytes: int) -> Json:
        """Ask for a break-glass; another person confirms."""
        body = {"grant_id": grant_id, "ground": ground, "persons": persons, "size_bytes": size_bytes}
        found: Json = self.api.post("/api/v1/leave/breakglass", body)
        return found

    def confirm_breakglass(self, breakglass_id: str) -> Json:
        """As the second person, confirm a break-glass."""
        found: Json = self.api.post(f"/api/v1/leave/breakglass/{breakglass_id}/confirm")
        return found

    def breakglass(self) -> list[Json]:
        """The break-glasses of this edge."""
        found: list[Json] = self.api.get("/api/v1/leave/breakglass")
        return found
