"""``feiyu backup`` and ``feiyu restore``."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from feiyu.base.text import number_of
from feiyu.cli.client import Data
from feiyu.cli.lang import t
from feiyu.cli.show import entries, out, size

if TYPE_CHECKING:
    from feiyu.app.backup import Copied

BACKUP = t("备份数据港或出境侧：记录、密钥库、日志分块、封存数据；可在运行中进行。",
           "Copy a port or an edge: records, keystore, log tiles, sealed data; the service may be running.")  # fmt: skip
RESTORE = t(
    "由备份建立新的数据目录，不覆盖任何内容。", "Make a new data folder from a backup; overwrites nothing."
)


def backup(
    to: Annotated[
        Path, typer.Argument(help=t("备份目录，须不存在或为空", "Folder of the backup; absent or empty"))
    ],
    data: Data = None,
) -> None:
    """Copy an installation."""
    from feiyu.app import backup as work
    from feiyu.base.clock import SystemClock
    from feiyu.cli.client import unlocked

    copied = work.backup(unlocked(data), to.absolute(), clock=SystemClock())
    _told(t("已备份", "Copied"), copied, to)
    out.print(t("口令不在备份中，请另行保存。", "The passphrase is not in it; keep it apart."))


def restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help=t("备份目录", "Folder of the backup"))],
    data: Annotated[
        Path, typer.Option(help=t("新的数据目录，须不存在或为空", "The new data folder; absent or empty"))
    ],
) -> None:
    """Restore a backup."""
    from feiyu.app import backup as work

    copied = work.restore(source.absolute(), data.absolute())
    _told(t("已恢复", "Restored"), copied, data)
    if copied.side == "port":
        told = t(
            "启动之前：feiyu doctor 与 feiyu log fsck；若见证节点已见到更新的检查点，请勿以原日志名称启动。",
            "Before starting it: feiyu doctor and feiyu log fsck; if a witness has seen a newer checkpoint, do not go on "
            "under the old log's name.",
        )
    else:
        told = t(
            "启动之前：feiyu doctor；人数台账只到备份之时，此后的传输须先按数据港的记录补记。",
            "Before starting it: feiyu doctor; the person ledger ends where the copy was made, so enter what was sent since "
            "from the port's records first.",
        )
    out.print(told)


def _told(word: str, copied: "Copied", where: Path) -> None:
    head = "" if copied.head is None else f"  {t('日志', 'log')} {entries(copied.head)}"
    out.print(
        f"{word}  {copied.side}  {t(f'{copied.files:,} 个文件', number_of(copied.files, 'file'))}  {size(copied.size_bytes)}{head}  {where}",
        soft_wrap=True,
    )
