"""The row of a run as whoever carries it reads and changes it, each in a transaction of its own."""

from typing import Any

from feiyu.edge import store
from feiyu.edge.model import SCOPE, Edge
from feiyu.edge.store import RunRow


def reload(edge: Edge, run: RunRow) -> RunRow:
    """The row as it is now."""
    with edge.house.db.read(scope=SCOPE) as tx:
        found = store.run_of(tx, run.id)
    assert found is not None, "a run's row is never deleted"
    return found


def change(edge: Edge, run: RunRow, **values: Any) -> RunRow:
    """Change columns; the row as it is then."""
    values["changed_at"] = edge.house.clock.now()
    edge.house.db.write(lambda tx: store.set_run(tx, run.id, **values), scope=SCOPE)
    return reload(edge, run)
