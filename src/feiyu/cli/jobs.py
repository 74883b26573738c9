"""``feiyu port jobs``: the background jobs that wait for a person, and another try for one."""

import json
import sys
from typing import Annotated

import typer
from rich.markup import escape

from feiyu.cli.client import Data
from feiyu.cli.lang import t
from feiyu.cli.show import out, table

HELP = t("列出失败的后台任务及原因；以 --retry 让其中一项重新执行。服务可以正在运行。",
         "List the background jobs that failed, and why; with --retry let one run again. The port may be running.")  # fmt: skip


def jobs_(
    data: Data = None,
    retry: Annotated[
        str | None, typer.Option(help=t("重新执行的任务编号", "Id of the job that is to run again"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=t("输出 JSON", "Print JSON"))] = False,
) -> None:
    """Exit code 1 while any has failed."""
    from feiyu.app.folder import PORT, open_records
    from feiyu.app.settings import Settings
    from feiyu.base import nouns
    from feiyu.base.clock import SystemClock, shown
    from feiyu.base.errors import NotFound
    from feiyu.registry.journal import jobs
    from feiyu.store import Scope

    scope = Scope.all("feiyu port jobs")
    db = open_records(PORT, Settings.from_environment(data=data), clock=SystemClock())
    try:
        if retry is not None and not db.write(lambda tx: jobs.retry(tx, retry), scope=scope):
            raise NotFound(what=nouns.JOB, ident=retry)
        with db.read(scope=scope) as tx:
            failed = jobs.failed(tx)
    finally:
        db.close()
    if as_json:
        rows = [
            {"id": one.job_id, "kind": one.kind, "attempts": one.attempts, "error": one.last_error, "run_at": one.run_at.isoformat()}
            for one in failed
        ]  # fmt: skip
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    elif not failed:
        out.print(t("没有失败的任务。", "No job has failed."))
    else:
        made = table(t("编号", "Id"), t("任务", "Job"), t("最近执行", "Last run"), t("次数", "Tries"), t("原因", "Why"))  # fmt: skip
        for one in failed:
            made.add_row(one.job_id, escape(one.kind), shown(one.run_at), str(one.attempts), escape(one.last_error or ""))  # fmt: skip
        out.print(made)
    if failed:
        raise typer.Exit(1)
