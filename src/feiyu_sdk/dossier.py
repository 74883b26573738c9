"""The exporter's papers as methods of the edge's API."""

from typing import Any

from feiyu_sdk.http import Api

Json = dict[str, Any]


class DossierClient:
    """The dossiers of an edge, over its API."""

    def __init__(self, api: Api) -> None:
        self.api = api

    def packages(self) -> list[Json]:
        """What each procedure wants."""
        found: list[Json] = self.api.get("/api/v1/dossier-packages")
        return found

    def all(self) -> list[Json]:
        """All dossiers, newest first."""
        found: list[Json] = self.api.get("/api/v1/dossiers")
        return found

    def begin(self, scenario_id: str, *, procedure: str | None = None) -> Json:
        """Begin a dossier from a scenario's newest signed determination."""
        found: Json = self.api.post("/api/v1/dossiers", {"scenario_id": scenario_id, "procedure": procedure})
        return found

    def get(self, dossier_id: str) -> Json:
        """One dossier."""
        found: Json = self.api.get(f"/api/v1/dossiers/{dossier_id}")
        return found

    def answer(
        self, dossier_id: str, answers: dict[str, str], *, stages: dict[str, str] | None = None
    ) -> Json:
        """Keep answers; an empty one takes back what was told."""
        found: Json = self.api.put(
            f"/api/v1/dossiers/{dossier_id}/answers", {"answers": answers, "stages": stages or {}}
        )
        return found

    def paper(self, dossier_id: str, paper: str, *, lang: str = "zh", form: str = "pdf") -> bytes:
        """One paper as a file."""
        return self.api.get_bytes(f"/api/v1/dossiers/{dossier_id}/papers/{paper}", lang=lang, form=form)

    def make(self, dossier_id: str) -> bytes:
        """Make all papers; a version is kept; the ZIP."""
        return self.api.post_bytes(f"/api/v1/dossiers/{dossier_id}/versions")

    def diff(self, dossier_id: str, before: int, after: int) -> list[Json]:
        """What differs between two versions."""
        found: list[Json] = self.api.get(
            f"/api/v1/dossiers/{dossier_id}/diff", before=str(before), after=str(after)
        )
        return found

    def attach(self, dossier_id: str, *, material: str, name: str, content: bytes) -> Json:
        """Put a file beside a dossier."""
        path = f"/api/v1/dossiers/{dossier_id}/attachments"
        found: Json = self.api.post_file(path, fields={"material": material}, name=name, content=content)
        return found

    def hand_in(self, dossier_id: str, filing_id: str, *, incomplete: bool = False) -> list[Json]:
        """Hand the papers to a filing of the port."""
        body = {"filing_id": filing_id, "incomplete": incomplete}
        found: list[Json] = self.api.post(f"/api/v1/dossiers/{dossier_id}/hand-in", body)
        return found

    def check(self, dossier_id: str, *, kind: str, name: str, content: bytes) -> Json:
        """Check a paper made elsewhere: contract, form, report, annex, ledger, other."""
        path = f"/api/v1/dossiers/{dossier_id}/outside"
        found: Json = self.api.post_file(path, fields={"kind": kind}, name=name, content=content)
        return found
