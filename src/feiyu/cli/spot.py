"""``feiyu spot-check``: the authority draws places of a count; everybody concerned sees what came out."""

from typing import Annotated

import typer

from feiyu.cli.client import Token, Url, port_client
from feiyu.cli.lang import LANG, t
from feiyu.cli.show import out, table

app = typer.Typer(no_args_is_help=True, help=t("抽查核验：随机抽取人数台账中一次计数的若干位置，由出境侧开启。",
                                               "Spot checks: draw places of a count at random; the edge opens them."))  # fmt: skip
STANDINGS = {
    "drawn": ("待作答", "drawn"), "overdue": ("逾期未答", "overdue"), "passed": ("通过", "passed"),
    "failed": ("未通过", "failed"),
}  # fmt: skip


@app.command("counts", help=t("列出可以抽查的计数。", "List the counts that may be checked."))
def counts(url: Url = "", token: Token = "") -> None:
    """List counts."""
    made = table(t("编号", "Id"), t("日期", "Day"), t("出境方", "Exporter"), t(">自然人", ">persons"),
                 t(">标识数", ">identifiers"), t(">已抽取", ">drawn"))  # fmt: skip
    for one in port_client(url, token).counts():
        name = one["exporter_name"][LANG.value] if one["exporter_name"] else one["owner_party"]
        made.add_row(
            one["id"], one["day"], name, f"{one['persons']:,}", f"{one['identifiers']:,}", str(one["drawn"])
        )
    out.print(made)


@app.command("draw", help=t("对一次计数抽取若干位置。", "Draw places of a count."))
def draw(
    counts_id: Annotated[str, typer.Argument(help=t("计数编号", "Id of the count"))],
    ground: Annotated[str, typer.Option(help=t("事由", "Ground"))],
    places: Annotated[int, typer.Option(min=1, max=64, help=t("位置数", "How many places"))] = 16,
    url: Url = "",
    token: Token = "",
) -> None:
    """Draw."""
    made = port_client(url, token).draw_spot_check(counts_id, places=places, ground=ground)
    out.print(f"{made['id']}  {t('请于此前作答：', 'to be answered by')} {made['answer_by']}", soft_wrap=True)


@app.command("list", help=t("列出抽查及结果；有未通过或逾期的，退出码为 1。",
                            "List spot checks and what came out; exit 1 when one failed or is overdue."))  # fmt: skip
def list_checks(url: Url = "", token: Token = "") -> None:
    """List spot checks."""
    made = table(t("编号", "Id"), t("计数", "Count"), t(">位置", ">places"), t("状态", "Standing"), t("说明", "Reason"))  # fmt: skip
    found = port_client(url, token).spot_checks()
    for one in found:
        made.add_row(
            one["id"],
            one["counts_id"],
            str(one["places"]),
            t(*STANDINGS[one["standing"]]),
            one["reason"] or "",
        )
    out.print(made)
    if any(one["standing"] in {"failed", "overdue"} for one in found):
        raise typer.Exit(1)
