"""Look an installation over: what works, what will not for long, what is broken, and what to do about it.

Rules this module keeps:
 * it changes nothing and may run beside the service;
 * each thing is looked at by itself: one that fails does not hide the next;
 * a refusal met on the way is shown with its own remedy.
"""

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from sqlalchemy import text

from feiyu._native import HERE
from feiyu._native import load as load_lane
from feiyu.app.folder import PORT, Folder, Side, open_keys, open_records, origin_of, side_of
from feiyu.app.keys import body_cipher
from feiyu.app.objects import open_objects
from feiyu.app.settings import BadSetting, Settings
from feiyu.app.signers import standing, trusted_of
from feiyu.base.clock import Clock, legal_date, shown, to_text
from feiyu.base.errors import FeiyuError
from feiyu.base.text import Text, number_of, size_of
from feiyu.evidence import note as notes
from feiyu.evidence.checkpoint import Checkpoint
from feiyu.evidence.keys import VerifierKey
from feiyu.evidence.serve import http_get
from feiyu.evidence.witness import place_of
from feiyu.registry.journal import jobs
from feiyu.registry.journal.store import events
from feiyu.rules import load as load_rules
from feiyu.rules.books import PATHWAY
from feiyu.store import Database, Scope
from feiyu_sdk import PortClient

SCOPE = Scope.all("feiyu doctor")
DISK_FAIL, DISK_WARN = 10**9, 10**10
STALE_DAYS = 90
SOON = timedelta(days=30)
WITNESS_S = 3.0


class State(StrEnum):
    """How a thing stands."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at; ``remedy`` says what to do where something is to be done."""

    name: Text
    state: State
    found: Text
    remedy: Text | None = None

    def as_dict(self) -> dict[str, object]:
        """Wire form."""
        return {
            "name": self.name.as_dict(), "state": self.state.value, "found": self.found.as_dict(),
            "remedy": self.remedy.as_dict() if self.remedy else None,
        }  # fmt: skip


_Found = tuple[State, Text, Text | None]
_NO_FOLDER = Text("数据目录", "Data folder")


def examine(settings: Settings, *, clock: Clock) -> Iterator[Check]:
    """Look everything over, one check after another."""
    try:
        side = side_of(settings.data)
    except FeiyuError as bad:
        yield _refused(_NO_FOLDER, bad)
        return
    opened = _Opened(side, settings, clock)
    looks: list[tuple[Text, Callable[[], _Found]]] = [
        (_NO_FOLDER, lambda: _folder(side, settings)),
        (Text("密钥库", "Keystore"), lambda: _keystore(side, settings, clock)),
        (Text("数据库", "Database"), lambda: _database(opened.db)),
    ]
    if side is PORT:
        looks += [
            (Text("存证日志", "Evidence log"), lambda: _log(opened.folder, clock)),
            (Text("见证节点", "Witnesses"), lambda: _witnesses(opened, settings, clock)),
            (Text("后台任务", "Background jobs"), lambda: _jobs(opened.db)),
        ]
        if settings.signing_authorities != Path():
            looks += [
                (Text("证书吊销列表", "Lists of revoked certificates"), lambda: _lists(settings, clock))
            ]
    else:
        looks += [
            (Text("数据来源目录", "Source folders"), lambda: _sources(settings)),
            (Text("数据港", "Port"), lambda: _port(settings)),
        ]
    looks += [
        (Text("对象存储", "Objects"), lambda: _objects(settings)),
        (Text("磁盘", "Disk"), lambda: _disk(settings.data)),
        (Text("时钟", "Clock"), lambda: _clock(opened.db, clock)),
        (Text("本机加速", "Native lanes"), _lanes),
        (Text("规则库", "Rulebooks"), lambda: _rules(clock)),
    ]
    try:
        for name, look in looks:
            yield _one(name, look)
    finally:
        opened.close()


class _Opened:
    """Records and folder, opened when the first check needs them; a refusal to open is every such check's own."""

    def __init__(self, side: Side, settings: Settings, clock: Clock) -> None:
        self._side = side
        self._settings = settings
        self._clock = clock
        self._db: Database | None = None
        self._folder: Folder | None = None

    @property
    def db(self) -> Database:
        """The records; no key is needed for them."""
        if self._db is None:
            self._db = open_records(self._side, self._settings, clock=self._clock)
        return self._db

    @property
    def folder(self) -> Folder:
        """Records and keys."""
        if self._folder is None:
            keys = open_keys(self._side, self._settings)
            self._folder = Folder(
                side=self._side, settings=self._settings, keys=keys, db=self.db,
                cipher=body_cipher(keys, at=self._clock.now()),
            )  # fmt: skip
        return self._folder

    def close(self) -> None:
        """Close what was opened."""
        if self._db is not None:
            self._db.close()


def _one(name: Text, look: Callable[[], _Found]) -> Check:
    try:
        state, found, remedy = look()
    except FeiyuError as bad:
        return _refused(name, bad)
    except OSError as bad:
        reason = f"{bad.strerror or bad} {bad.filename or ''}".strip()
        return Check(name=name, state=State.FAIL, found=Text(reason, reason), remedy=_ACCESS)
    return Check(name=name, state=state, found=found, remedy=remedy)


def _refused(name: Text, bad: FeiyuError) -> Check:
    return Check(
        name=name, state=State.FAIL, found=Text(f"{bad.code} {bad.text('zh')}", f"{bad.code} {bad.text('en')}"),
        remedy=Text(bad.remedy("zh"), bad.remedy("en")),
    )  # fmt: skip


_ACCESS = Text("请检查路径与文件权限。", "Check the path and who may read it.")


def _folder(side: Side, settings: Settings) -> _Found:
    data = settings.data
    zh, en = f"{side.title.zh} {data}", f"{side.title.en} {data}"
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        return State.FAIL, Text(f"{zh} 不可写", f"{en} is not writable"), _ACCESS
    if data.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        remedy = Text("请收回他人的写权限：chmod go-w。", "Take write access from others: chmod go-w.")
        return State.WARN, Text(f"{zh} 他人可写", f"others may write {en}"), remedy
    return State.OK, Text(zh, en), None


def _keystore(side: Side, settings: Settings, clock: Clock) -> _Found:
    keys, now = open_keys(side, settings), clock.now()
    for purpose in side.purposes:
        keys.current(purpose, at=now)
    if settings.demo:
        remedy = Text(
            "正式运行请设置 FEIYU_PASSPHRASE。", "Set FEIYU_PASSPHRASE for anything but a demonstration."
        )
        return State.WARN, Text("演示模式：口令公开", "demo mode: the passphrase is public"), remedy
    held = keys.keys()
    ending = [key.purpose for key in held if key.valid_to and now < key.valid_to < now + SOON]
    if ending:
        names = ", ".join(sorted(set(ending)))
        remedy = Text("请轮换这些密钥。", "Rotate these keys.")
        return State.WARN, Text(f"30 天内到期：{names}", f"ending within 30 days: {names}"), remedy
    count = len(held)
    return (
        State.OK,
        Text(f"{count} 把密钥，仅属主可读", f"{number_of(count, 'key')}, readable by the owner alone"),
        None,
    )


def _database(db: Database) -> _Found:
    if db.kind != "sqlite":
        return State.OK, Text("PostgreSQL，结构为最新", "PostgreSQL, tables up to date"), None
    with db.read(scope=SCOPE) as tx:
        found = [str(row[0]) for row in tx.execute(text("PRAGMA quick_check(3)"))]
    if found != ["ok"]:
        remedy = Text(
            "请停止服务并从备份恢复（feiyu restore）。",
            "Stop the service and restore a backup (feiyu restore).",
        )
        return State.FAIL, Text("; ".join(found)[:200], "; ".join(found)[:200]), remedy
    return State.OK, Text("SQLite，完好，结构为最新", "SQLite, sound, tables up to date"), None


def _log(folder: Folder, clock: Clock) -> _Found:
    log = folder.log(clock=clock)
    size, published = log.head.size, log.published
    with folder.db.read(scope=SCOPE) as tx:
        placed, waiting = events.next_index(tx), events.count_waiting(tx)
    signed = published.checkpoint.size if published else 0
    if size > placed:
        found = Text(
            f"日志有 {size} 个条目，台账只有 {placed} 个",
            f"the log has {number_of(size, 'entry', 'entries')}, the journal {placed:,}",
        )
        remedy = Text("请运行 feiyu log fsck，并从副本恢复。", "Run feiyu log fsck and restore from a copy.")
        return State.FAIL, found, remedy
    told = Text(
        f"{size} 个条目，已签发至 {signed}", f"{number_of(size, 'entry', 'entries')}, signed up to {signed}"
    )
    if behind := placed - signed + waiting:
        more = Text(
            f"{told.zh}，{behind} 个待签发",
            f"{told.en}, {number_of(behind, 'waits', 'wait')} for a checkpoint",
        )
        remedy = Text(
            "服务运行时会自行补上；若持续存在，请检查见证节点。",
            "The running service catches up; if it stays so, look at the witnesses.",
        )
        return State.WARN, more, remedy
    return State.OK, told, None


def _jobs(db: Database) -> _Found:
    """Whether work that follows a change, and the day's own, was done."""
    with db.read(scope=SCOPE) as tx:
        failed, counts = jobs.failed(tx), jobs.counts(tx)
    waiting = sum(count for (_, state), count in counts.items() if state == "waiting")
    if failed:
        kinds = ", ".join(sorted({one.kind for one in failed}))
        remedy = Text("运行 feiyu port jobs 查看原因，排除后以 --retry 重试。",
                      "See why with feiyu port jobs, mend it, and let it run again with --retry.")  # fmt: skip
        return (
            State.FAIL,
            Text(f"{len(failed)} 项失败：{kinds}", f"{number_of(len(failed), 'job')} failed: {kinds}"),
            remedy,
        )
    return State.OK, Text(f"没有失败，{waiting} 项等待执行", f"none failed, {waiting} waiting"), None


def _lists(settings: Settings, clock: Clock) -> _Found:
    """Whether what is known of revoked signers is still of today."""
    trusted, now = trusted_of(settings), clock.now()
    lists = trusted.lists()
    if not lists:
        remedy = Text("请设置 FEIYU_SIGNING_LISTS，并放入认证机构的吊销列表。",
                      "Set FEIYU_SIGNING_LISTS and put the authorities' lists there.")  # fmt: skip
        return (
            State.WARN,
            Text(
                "没有列表，签名人的证书是否已吊销不明",
                "none: whether a signer's certificate was revoked is unknown",
            ),
            remedy,
        )
    bad = [one.name for one in lists if not standing(one, trusted, now)[0]]
    if bad:
        names = ", ".join(bad[:10])
        remedy = Text("运行 feiyu port lists 查看原因；以 --fetch 定时取新列表。",
                      "See why with feiyu port lists; take fresh ones by a timer with --fetch.")  # fmt: skip
        return (
            State.WARN,
            Text(
                f"{len(lists)} 份中 {len(bad)} 份不可用：{names}",
                f"{len(bad)} of {len(lists)} cannot be used: {names}",
            ),
            remedy,
        )
    first = min(one.crl.next_update_utc for one in lists if one.crl is not None and one.crl.next_update_utc)
    return (
        State.OK,
        Text(
            f"{len(lists)} 份，最早 {shown(first)} 到期",
            f"{number_of(len(lists), 'list')}, the first over on {shown(first)}",
        ),
        None,
    )


def _witnesses(opened: _Opened, settings: Settings, clock: Clock) -> _Found:
    """What each witness saw last, against our own head: ahead of it means that this is an old copy."""
    known = [item.partition("=") for item in settings.witnesses.split()]
    if not known:
        remedy = Text(
            "请设置 FEIYU_WITNESSES，由他方运行见证节点。",
            "Set FEIYU_WITNESSES; somebody else runs the witness.",
        )
        return State.WARN, Text("没有见证节点，无法发现分叉", "none: a split view would go unnoticed"), remedy
    log = opened.folder.log(clock=clock)
    size, verifier = log.head.size, log.verifier
    silent = []
    for url, _, vkey in known:
        if not vkey:
            raise BadSetting(
                name="FEIYU_WITNESSES", reason=Text("应为 url=vkey 的形式", "url=vkey is wanted")
            )
        name = VerifierKey.parse(vkey).name
        try:
            seen = _last_seen(url, verifier, origin_of(settings))
        except FeiyuError:
            silent.append(name)
            continue
        if seen > size:
            found = Text(f"{name} 已见到 {seen} 个条目，本机只有 {size} 个：这是旧副本",
                         f"{name} has seen {number_of(seen, 'entry', 'entries')}, this folder holds {size}: it is an old copy")  # fmt: skip
            remedy = Text("不要启动。请使用更新的副本，或以新的 FEIYU_ORIGIN 开始新日志并公告。",
                          "Do not start it. Use a newer copy, or begin a new log under a new FEIYU_ORIGIN and say so.")  # fmt: skip
            return State.FAIL, found, remedy
    if silent:
        names = ", ".join(silent)
        remedy = Text("没有其附签便不放行密钥；请检查其地址与进程。",
                      "No key is released without them; check address and process.")  # fmt: skip
        return State.WARN, Text(f"无应答：{names}", f"no answer: {names}"), remedy
    return State.OK, Text(f"{len(known)} 个，均可达", f"{len(known)}, all within reach"), None


def _last_seen(url: str, log: VerifierKey, origin: str) -> int:
    data = http_get(url, timeout_s=WITNESS_S)(place_of(origin))
    if data is None:
        return 0
    note = notes.parse(data)
    notes.verify(note, [log])
    return Checkpoint.parse(note.text).size


def _sources(settings: Settings) -> _Found:
    folders = [Path(one) for one in settings.sources.split(":") if one]
    if not folders:
        remedy = Text("请设置 FEIYU_SOURCES。", "Set FEIYU_SOURCES.")
        return State.WARN, Text("未设置", "none are set"), remedy
    bad = [str(one) for one in folders if not one.is_dir() or not os.access(one, os.R_OK | os.X_OK)]
    if bad:
        return State.FAIL, Text(f"不可读：{', '.join(bad)}", f"not readable: {', '.join(bad)}"), _ACCESS
    return State.OK, Text(f"{len(folders)} 个，可读", f"{len(folders)}, readable"), None


def _port(settings: Settings) -> _Found:
    if not (settings.port_url and settings.port_token and settings.grant_key):
        remedy = Text("请设置 FEIYU_PORT_URL、FEIYU_PORT_TOKEN 与 FEIYU_GRANT_KEY。",
                      "Set FEIYU_PORT_URL, FEIYU_PORT_TOKEN and FEIYU_GRANT_KEY.")  # fmt: skip
        return State.WARN, Text("未设置", "not set"), remedy
    client = PortClient(settings.port_url, token=settings.port_token)
    try:
        party = client.me()["party"]["id"]
    finally:
        client.api.close()
    if settings.party and party != settings.party:
        remedy = Text("请核对 FEIYU_PARTY 与令牌所属主体。", "Compare FEIYU_PARTY with the token's party.")
        return State.FAIL, Text(f"令牌属于 {party}", f"the token belongs to {party}"), remedy
    return State.OK, Text(settings.port_url, settings.port_url), None


def _objects(settings: Settings) -> _Found:
    folder = settings.data / "objects"
    if not settings.objects and not folder.exists():
        return State.OK, Text("尚未使用", "not used yet"), None
    store = open_objects(settings)
    store.head("doctor")
    if not settings.objects and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return State.FAIL, Text(f"{folder} 不可写", f"{folder} is not writable"), _ACCESS
    where = settings.objects or str(folder)
    return State.OK, Text(where, where), None


def _disk(data: Path) -> _Found:
    free = shutil.disk_usage(data).free
    found = Text(f"空闲 {size_of(free)}", f"{size_of(free)} free")
    remedy = Text("请扩容，或清理已过保存期的传输。", "Enlarge it, or clear transfers past their retention.")
    if free < DISK_FAIL:
        return State.FAIL, found, remedy
    return (State.WARN, found, remedy) if free < DISK_WARN else (State.OK, found, None)


def _clock(db: Database, clock: Clock) -> _Found:
    """Time only goes on: no record may be younger than now."""
    now = clock.now()
    with db.read(scope=SCOPE) as tx:
        last = events.rows_before(tx, SCOPE, upto=None, type_=None, limit=1)
    if last and last[0]["at"] > now + timedelta(minutes=1):
        at = to_text(last[0]["at"])
        remedy = Text("请校准本机时钟（NTP）。", "Set this machine's clock (NTP).")
        return (
            State.FAIL,
            Text(f"最新事件为 {at}，晚于当前时间", f"the newest event is of {at}, later than now"),
            remedy,
        )
    return State.OK, Text(to_text(now), to_text(now)), None


def _lanes() -> _Found:
    names = sorted(path.stem for path in HERE.glob("*.c"))
    missing = [name for name in names if load_lane(name) is None]
    if missing:
        lost = ", ".join(missing)
        remedy = Text("结果相同，但明显较慢；请运行 python -m feiyu._native.build。",
                      "Answers are the same but slow to come; run python -m feiyu._native.build.")  # fmt: skip
        return State.WARN, Text(f"未加载：{lost}", f"not loaded: {lost}"), remedy
    return State.OK, Text(", ".join(names), ", ".join(names)), None


def _rules(clock: Clock) -> _Found:
    rulebooks, today = load_rules(), legal_date(clock.now())
    book = rulebooks.book(PATHWAY)
    days = [parameter.verified_on for parameter in book.parameters.values()]
    stale = [day for day in days if day + timedelta(days=STALE_DAYS) < today]
    told = Text(f"{len(book.rules)} 条规则，数值最近核对 {max(days)}，最早 {min(days)}",
                f"{number_of(len(book.rules), 'rule')}; values last verified {max(days)}, the oldest {min(days)}")  # fmt: skip
    if stale:
        remedy = Text(f"{len(stale)} 个数值超过 {STALE_DAYS} 天未核对，请对照正式文本核对。",
                      f"{number_of(len(stale), 'value was', 'values were')} not verified for {STALE_DAYS} days; compare them with the texts.")  # fmt: skip
        return State.WARN, told, remedy
    return State.OK, told, None
