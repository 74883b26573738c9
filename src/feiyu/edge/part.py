"""The edge as a Part."""

from feiyu.base.text import Text
from feiyu.edge.dossier import tables as dossier_tables
from feiyu.edge.service import Runner
from feiyu.edge.tables import metadata
from feiyu.edge.trail import EVENTS
from feiyu.registry.access import Reach, Role, Rule
from feiyu.registry.part import Part

STAFF = (Role.ENGINEER, Role.OFFICER, Role.OWNER, Role.EDGE)
ACCESS = (
    Rule(STAFF, "edge.read", Reach.OWN),
    Rule(STAFF, "edge.scan", Reach.OWN),
    Rule(STAFF, "edge.determine", Reach.OWN),
    Rule((Role.ENGINEER, Role.EDGE), "edge.send", Reach.OWN),
    Rule((Role.ENGINEER, Role.OFFICER), "edge.copy", Reach.OWN),
    Rule((Role.OFFICER,), "edge.decide", Reach.OWN),
    Rule((Role.OFFICER,), "edge.pin", Reach.OWN),
    Rule((Role.OFFICER, Role.SIGNATORY), "finding.sign", Reach.OWN),
    Rule((Role.OFFICER, Role.OWNER), "ledger.write", Reach.OWN),
    Rule((Role.OFFICER, Role.OWNER, Role.SIGNATORY), "breakglass.write", Reach.OWN),
    Rule((*STAFF, Role.SIGNATORY), "dossier.read", Reach.OWN),
    Rule((Role.ENGINEER, Role.OFFICER, Role.OWNER, Role.SIGNATORY), "dossier.write", Reach.OWN),
)


def edge_part(runner: Runner) -> Part:
    """The edge."""
    from feiyu.edge import http, http_findings, http_leave, http_ledger
    from feiyu.edge.dossier import http as dossier_http

    assert dossier_tables.dossier.metadata is metadata
    return Part(
        name="edge",
        title=Text("出境侧", "Edge"),
        metadata=metadata,
        migrations="feiyu.edge.migrations",
        routers=(
            lambda: http.router(runner),
            lambda: http_findings.router(runner.edge),
            lambda: http_ledger.router(runner.edge),
            lambda: http_leave.router(runner.edge),
            lambda: dossier_http.router(runner.edge),
        ),
        access=ACCESS,
        events=EVENTS,
    )
