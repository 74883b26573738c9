"""The story: three cargoes, told step by step, every number from the running system."""

import hashlib
import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from feiyu.app.bootstrap import DEMO_PASSWORD
from feiyu.base.clock import SHANGHAI, SystemClock, legal_date, monotonic_s
from feiyu.base.errors import Unavailable
from feiyu.base.text import Text, number_of
from feiyu.cli.demo import forge
from feiyu.cli.demo.stage import PASSPHRASE, Stage
from feiyu.cli.lang import LANG, t
from feiyu.cli.scan import kind, show_profile
from feiyu.cli.send import follow
from feiyu.cli.show import both, out, size, table
from feiyu.rules import Route
from feiyu.rules.model import ROUTE_NAMES
from feiyu.scan import Profile
from feiyu.testing import sample
from feiyu_sdk import Refused

Json = dict[str, Any]
ANSWERS = {"important_finding": "none", "ciio": "no"}
PAPERS = {
    "contract": "standard-contract",
    "pia": "pia",
    "undertaking": "undertaking",
    "authority": "authority",
}
UNDECLARED = "emergency_contact_mobile"


class StoryFailed(Unavailable):
    """Something in the demonstration came out otherwise than it must."""

    code = "CLI-0005"
    message = Text("演示结果不符：{what}", "The demonstration came out wrong: {what}")
    hint = Text("请保留 {folder} 并报告。", "Keep {folder} and report it.")


def tell(home: Path, *, rows: int, once: bool, console_port: int) -> int:
    """Tell everything; 0 when all of it held."""
    begun = monotonic_s()
    stage = Stage(folder=home, console_port=console_port)
    try:
        with out.status(t("启动数据港、出境侧与见证节点…", "Starting port, edge and witness…")):
            stage.open()
        _opening(stage)
        story = Story(stage, rows)
        story.flights()
        story.aftersales()
        story.mislabelled()
        story.evidence()
        _closing(stage, monotonic_s() - begun, once=once)
        if not once:
            _serve(stage)
    finally:
        stage.close()
    return 0


def _route(determination: Json) -> str:
    """The route by its name, with code and rule."""
    route = Route(determination["route"])
    code = t(f"（{route}，{determination['rule']}）", f" ({route}, {determination['rule']})")
    return f"[bold]{ROUTE_NAMES[route][LANG]}[/bold]{code}"


def _head(number: str, title: str) -> None:
    out.print()
    out.rule(f"[bold]{number}  {title}[/bold]", align="left")


def _step(text: str) -> None:
    out.print(f"[cyan]▸[/cyan] {text}")


def _good(text: str) -> None:
    out.print(f"  [green]✓[/green] {text}")


def _bad(text: str) -> None:
    out.print(f"  [red]✗[/red] {text}")


def _opening(stage: Stage) -> None:
    out.print(
        f"[black on yellow] {t('演示模式：全部主体与人员均为虚构', 'DEMO: all organisations and persons are invented')} [/]"
    )
    made = table(t("角色", "Side"), t("谁", "Who"), t("进程", "Process"))
    made.add_row(t("数据港", "Port"), t("服务中心、主管部门", "service centre, authority"), stage.port_url)
    made.add_row(t("出境侧", "Edge"), stage.seats["edge"].party.name[LANG], stage.edge_url)
    made.add_row(
        t("境外接收方", "Recipient"), stage.seats["recipient"].party.name[LANG], str(stage.abroad.name) + "/"
    )
    made.add_row(
        t("见证节点", "Witness"), t("独立密钥", "a key of its own"), t("独立进程", "a process of its own")
    )
    out.print(made)
    _good(
        t(
            "双方公钥指纹已经第二渠道核对；信任文件已另行交付",
            "key fingerprints compared over a second channel; trust file handed over apart",
        )
    )


class Story:
    """The three cargoes and what is checked afterwards."""

    def __init__(self, stage: Stage, rows: int) -> None:
        self.stage = stage
        self.rows = rows
        self.sealed: str = ""

    # a ----------------------------------------------------------------------------------------------------------

    def flights(self) -> None:
        """Real open data without persons: exempt, self-recorded, nobody else takes part."""
        _head(
            "A",
            t(
                "真实开放数据：336,776 条航班，不含个人信息",
                "Real open data: 336,776 flights, nobody in them",
            ),
        )
        path = sample.flights(self.stage.data / "flights.csv")
        profile = self._scan(path)
        scenario = self._scenario(profile, Text("航班准点率研究", "Research on punctuality"), "research")
        found = self._determine(profile, scenario)
        self._want(
            found["determination"]["route"] == "EXEMPT", Text("航班数据应免予申报", "flights are exempt")
        )
        basis = self.stage.edge().file(scenario_id=scenario["id"], determined=found)
        _good(
            t(
                f"自行记录免予申报 {basis['id']}，无需任何审查人员",
                f"exemption self-recorded as {basis['id']}; no officer takes part",
            )
        )
        self._cross(path, scenario, found, mode="strip")

    # b ----------------------------------------------------------------------------------------------------------

    def aftersales(self) -> None:
        """Sensitive persons: refused without a basis; exempt without the track; with a contract, after two people."""
        owners, tracked = min(60_000, self.rows), min(8_000, self.rows)
        _head("B", t(f"车企售后数据：{self.rows:,} 行，{owners:,} 名车主，其中 {tracked:,} 人有精确行踪",
                     f"After-sales data: {number_of(self.rows, 'row')}, {number_of(owners, 'owner')}, {tracked:,} of them with precise tracks"))  # fmt: skip
        path = self.stage.data / "aftersales.csv"
        sample.aftersales(path, rows=self.rows, owners=owners, tracked=tracked, extra=UNDECLARED)
        profile = self._scan(path, drop=[UNDECLARED])
        _good(
            t(
                f"{UNDECLARED} 未申报，不在本场景内，传输时将在本侧剥离",
                f"{UNDECLARED} is not declared; it will be stripped at the edge",
            )
        )
        scenario = self._scenario(
            profile, Text("海外售后质量分析", "After-sales quality analysis abroad"), "auto", sector="general"
        )
        found = self._determine(profile, scenario)
        self._want(
            found["determination"]["route"] == "SCC_OR_CERT",
            Text("行踪轨迹应走标准合同或认证", "tracks want a contract or a certificate"),
        )
        flow = self._flow(scenario, "strip")
        _step(t("不等手续，直接申请授权", "Ask for a grant without waiting for a procedure"))
        try:
            self._grant(flow, found)
            self._want(False, Text("没有出境依据却签发了授权", "a grant was issued without a basis"))
        except Refused as refusal:
            self._want(refusal.code == "PORT-0001", refusal.told)
            _bad(f"{refusal.code}  {refusal.text(LANG)}")
        self._without_track(path, profile, scenario)
        self._with_contract(path, scenario, found, flow)

    def _without_track(self, path: Path, profile: Json, scenario: Json) -> None:
        _step(t("最小必要建议", "Least-data advice"))
        advice = self.stage.edge().advise(
            profile_id=profile["id"], scenario_id=scenario["id"], answers=ANSWERS
        )
        easier = [one for one in advice if one["route"] == "EXEMPT"]
        self._want(bool(easier), Text("去掉轨迹后应免予申报", "dropping the track makes it exempt"))
        changes = t("、", ", ").join(both(change["text"]) for change in easier[0]["changes"])
        _good(f"{changes} → {_route(easier[0])}")
        _step(t("采纳建议：剥离行踪轨迹，重新判定", "Take the advice: without the track, determine again"))
        lean = self._scenario(profile, Text("海外售后质量分析（不含行踪）", "After-sales quality analysis, without tracks"), "auto",
                              sector="general", without={"trajectory"})  # fmt: skip
        found = self._determine(profile, lean, drop=["trajectory"])
        self._want(
            found["determination"]["route"] == "EXEMPT",
            Text("没有轨迹时应免予申报", "without the track it is exempt"),
        )
        basis = self.stage.edge().file(scenario_id=lean["id"], determined=found)
        _good(t(f"自行记录免予申报 {basis['id']}", f"exemption self-recorded as {basis['id']}"))
        self._cross(path, lean, found, mode="strip")

    def _papers(self, scenario: Json) -> dict[str, bytes]:
        """The papers of the filing, set at the edge from the scenario and its determination; what only people answer stays blank."""
        dossiers = self.stage.edge("officer").dossiers
        begun = dossiers.begin(scenario["id"], procedure="pi-standard-contract")
        made = {
            material: dossiers.paper(begun["id"], paper, lang=LANG.value)
            for material, paper in PAPERS.items()
        }
        _good(t(f"出境侧编制申报材料 {len(made)} 份", f"{number_of(len(made), 'paper')} set at the edge"))
        return made

    def _with_contract(self, path: Path, scenario: Json, found: Json, flow: Json) -> None:
        _step(t("确需行踪：按标准合同备案办理", "The track is needed after all: file a standard contract"))
        filed = self.stage.edge().file(
            scenario_id=scenario["id"], determined=found, procedure="pi-standard-contract"
        )
        officer, first, second = (self.stage.as_(name) for name in ("officer", "centre1", "centre2"))
        for material, content in self._papers(scenario).items():
            officer.add_document(filed["id"], material=material, name=f"{material}.pdf", content=content)
        officer.move_filing(filed["id"], "submit")
        for step in ("accept", "forward", "record_issued"):
            first.move_filing(filed["id"], step)
        filing = first.filing(filed["id"])
        _good(
            t(
                f"办件 {filed['id']}：{both(filing['state_name'])}",
                f"filing {filed['id']}: {both(filing['state_name'])}",
            )
        )
        today = legal_date(SystemClock().now())
        basis = first.enter_basis(
            scenario_id=scenario["id"], filing_id=filed["id"], kind="standard_contract",
            issuer=t("省级网信部门（演示虚构）", "Provincial cyberspace administration (fictional)"), number="DEMO-SCC-0001",
            issued_on=today.isoformat(), valid_until=date(today.year + 2, 12, 31).isoformat(), fields=found["fields"],
            persons_max=found["counts"]["persons"]["counted"], sensitive_max=found["counts"]["sensitive"]["counted"],
            recipients=[self.stage.party("recipient")], country="DE",
            proof_sha256=hashlib.sha256(b"fictional filing receipt").hexdigest(), fictional=True,
        )  # fmt: skip
        try:
            first.check_basis(basis["id"], method="self-check")
            self._want(False, Text("同一人既登记又复核了出境依据", "one person entered and checked a basis"))
        except Refused as refusal:
            _bad(f"{refusal.code}  {refusal.text(LANG)}")
        second.check_basis(
            basis["id"],
            method=t("与备案回执原件核对（演示）", "compared with the original filing receipt (demo)"),
        )
        _good(
            t(
                f"出境依据 {basis['id']}（虚构）由甲登记、乙复核",
                f"basis {basis['id']} (fictional) entered by one person, checked by another",
            )
        )
        self.sealed = self._cross(path, scenario, found, mode="strip", flow=flow)

    # c ----------------------------------------------------------------------------------------------------------

    def mislabelled(self) -> None:
        """Content that is not what was declared: held at the edge, shown masked, cut by a person."""
        _head(
            "C",
            t(
                "申报为零部件主数据的文件，内容却含个人信息",
                "A file declared as parts data that holds persons",
            ),
        )
        path = sample.mislabelled(self.stage.data / "parts.csv")
        clean = self.stage.data / "parts-sample.csv"
        with path.open("rb") as source:
            clean.write_bytes(b"".join(source.readline() for _ in range(5000)))
        _step(t("授权依据此前的样本办理", "The grant rests on a sample of before"))
        profile = self._scan(clean)
        scenario = self._scenario(profile, Text("零部件主数据同步", "Parts master data"), "supply chain")
        found = self._determine(profile, scenario)
        self.stage.edge().file(scenario_id=scenario["id"], determined=found)
        grant = self._grant(self._flow(scenario, "hold"), found)
        _step(
            t(
                "实际传输的文件在数千行后含有身份证号与手机号",
                "The file that is sent holds ids and mobiles after some thousand rows",
            )
        )
        edge = self.stage.edge()
        run = follow(edge, edge.send(path=str(path), grant_id=grant["id"]), until_held=True)
        self._want(run["state"] == "held", Text(f"运行的状态为 {run['state']}", f"the run is {run['state']}"))
        made = table(
            t("字段", "Field"),
            t("发现", "Found"),
            t("申报", "Declared"),
            f">{t('处数', 'Hits')}",
            t("样例（已脱敏）", "Sample (masked)"),
        )
        for one in run["held"]["found"]:
            holds, declared = (kind(one[name]) for name in ("found", "expected"))
            made.add_row(one["field"], holds, declared, f"{one['hits']:,}", one["example"])
        _bad(t("待核：传输已停，未放行任何密钥", "held: the transfer has stopped, no key was released"))
        out.print(made)
        ground = t("内容与授权不符，含个人信息", "content is not what was granted: persons in it")
        self.stage.edge("officer").decide(run["id"], cut=True, ground=ground)
        while run["state"] in {"running", "held"}:
            time.sleep(0.1)
            run = edge.run(run["id"])
        self._want(run["state"] == "cut", Text(f"运行的状态为 {run['state']}", f"the run is {run['state']}"))
        _good(
            t(
                f"保护负责人决定中止：{both(run['ground'])}",
                f"cut by the protection officer: {both(run['ground'])}",
            )
        )

    # evidence ---------------------------------------------------------------------------------------------------

    def evidence(self) -> None:
        """A separate process checks the receipt against the trust file, and notices every forgery."""
        _head(
            "D",
            t(
                "离线核验：独立进程，只凭凭证与另行取得的信任文件",
                "Offline: a separate process, the receipt and a trust file obtained apart",
            ),
        )
        folder = self.stage.folder / "court"
        folder.mkdir()
        receipt = self.stage.abroad / f"{self.sealed}.receipt.json"
        segments = forge.sealed_data(self.stage.folder / "port" / "transfers" / self.sealed, folder)
        genuine = forge.verify(receipt, trust=self.stage.trust, data=segments)
        self._want(
            (genuine.exit_code, genuine.outcome) == (0, "trusted"),
            Text(f"真实凭证：{genuine}", f"genuine receipt: {genuine}"),
        )
        _good(
            t(
                "真实凭证、清单与密文：可信（演示）",
                "genuine receipt, manifest and sealed data: trusted (demo)",
            )
        )
        trust = self.stage.trust
        attempts = {
            "receipt": forge.verify(forge.altered_receipt(receipt, folder), trust=trust),
            "manifest": forge.verify(forge.altered_manifest(receipt, folder), trust=trust),
            "chunk": forge.verify(receipt, trust=trust, data=forge.altered_chunk(segments, folder)),
            "forger": forge.verify(forge.forged(receipt, folder), trust=trust),
            "no trust file": forge.verify(receipt, trust=None),
        }
        made = table(t("尝试", "Attempt"), t("结果", "Outcome"), t("退出码", "Exit"), t("指出", "Named"))
        for name, found in attempts.items():
            self._want(found.exit_code in {1, 3} and found.outcome != "trusted", Text.same(f"{name} {found}"))
            made.add_row(
                forge.CASES[name][LANG], forge.OUTCOMES[found.outcome][LANG], str(found.exit_code), found.said
            )
        out.print(made)

    # what every cargo does --------------------------------------------------------------------------------------

    def _scan(self, path: Path, *, drop: list[str] | None = None) -> Json:
        _step(
            t(
                f"扫描 {path.name}（{size(path.stat().st_size)}）",
                f"Scan {path.name} ({size(path.stat().st_size)})",
            )
        )
        begun = monotonic_s()
        with out.status(t("扫描…", "scanning…")):
            found = self.stage.edge().scan(str(path), drop=drop)
        seconds = monotonic_s() - begun
        show_profile(Profile.of(found["profile"]))
        rows = found["profile"]["tables"][0]["rows"]
        _good(t(f"{rows:,} 行，{seconds:.1f} 秒，{size(int(path.stat().st_size / seconds))}/s，逐行检查",
                f"{number_of(rows, 'row')} in {seconds:.1f} s, {size(int(path.stat().st_size / seconds))}/s, every row looked at"))  # fmt: skip
        return found

    def _scenario(self, profile: Json, title: Text, purpose: str, *, sector: str = "general",
                  without: frozenset[str] | set[str] = frozenset()) -> Json:  # fmt: skip
        need = {"zh": "业务所需", "en": "needed for the purpose"}
        fields = [f for f in profile["profile"]["tables"][0]["fields"] if f["name"] not in without]
        return self.stage.as_("officer").enter_scenario(
            title=title.as_dict(), purpose=purpose, ground="none", sector=sector,
            recipients=[self.stage.party("recipient")], country="DE", retention_days=730,
            items=[{"name": f["name"], "type": f["type"], "need": need} for f in fields],
        )  # fmt: skip

    def _determine(self, profile: Json, scenario: Json, *, drop: list[str] | None = None) -> Json:
        _step(
            t(
                "路径判定（本单位本年度全部出境合并计算）",
                "Determine the pathway, with everything else sent this year",
            )
        )
        found = self.stage.edge().determine(
            profile_id=profile["id"], scenario_id=scenario["id"], answers=ANSWERS, drop=drop
        )
        determination = found["determination"]
        cites = t("；", "; ").join(
            f"{both(c['title'])} {c['article']}" for c in determination["citations"][:3]
        )
        out.print(f"  {_route(determination)}  {both(determination['reason'])}")
        out.print(f"  [dim]{cites}  ·  {determination['rulebook']}[/dim]")
        return found

    def _flow(self, scenario: Json, mode: str) -> Json:
        return self.stage.as_("officer").enter_flow(
            scenario_id=scenario["id"], recipient=self.stage.party("recipient"), mode=mode
        )

    def _grant(self, flow: Json, found: Json) -> Json:
        return self.stage.as_("officer").issue_grant(
            flow_id=flow["id"], fields=found["fields"], persons_max=found["counts"]["persons"]["counted"],
            sensitive_max=found["counts"]["sensitive"]["counted"], bytes_max=10**12,
            not_after=this_year(SystemClock().now() + timedelta(days=7)),
        )  # fmt: skip

    def _cross(self, path: Path, scenario: Json, found: Json, *, mode: str, flow: Json | None = None) -> str:
        grant = self._grant(flow or self._flow(scenario, mode), found)
        _good(
            t(
                f"传输授权 {grant['id']} 自动签发（全部在依据之内）",
                f"grant {grant['id']} issued by itself: it lies wholly inside its basis",
            )
        )
        _step(t("传输：剥离、计数、封存、发送", "Send: strip, count, seal, send"))
        begun = monotonic_s()
        edge = self.stage.edge()
        run = follow(edge, edge.send(path=str(path), grant_id=grant["id"]))
        self._want(run["state"] == "sealed", Text.same(f"{run['state']} {run['ground']}"))
        seconds = monotonic_s() - begun
        transfer = self.stage.as_("officer").transfer(run["transfer_id"])
        _good(t(f"{run['rows']:,} 行，密文 {size(run['cipher_bytes'])}，{seconds:.1f} 秒（{size(int(run['cipher_bytes'] / seconds))}/s）；"
                f"自然人 {run['persons']['counted']:,}，涉敏感 {run['persons']['sensitive']['counted']:,}",
                f"{number_of(run['rows'], 'row')}, {size(run['cipher_bytes'])} sealed in {seconds:.1f} s "
                f"({size(int(run['cipher_bytes'] / seconds))}/s); natural persons {run['persons']['counted']:,}, sensitive "
                f"{run['persons']['sensitive']['counted']:,}"))  # fmt: skip
        if transfer["stripped"]:
            _good(
                t(
                    f"在本侧剥离：{'、'.join(transfer['stripped'])}",
                    f"stripped at the edge: {', '.join(transfer['stripped'])}",
                )
            )
        self._fetch(run["transfer_id"])
        return str(run["transfer_id"])

    def _fetch(self, transfer_id: str) -> None:
        _step(
            t(
                "境外接收方取回、解封、核验、签收（独立进程）",
                "The recipient fetches, opens, verifies, signs (a process of its own)",
            )
        )
        self._proven(transfer_id)
        stage = self.stage
        environment = {name: os.environ[name] for name in ("PATH", "HOME", "TERM", "VIRTUAL_ENV") if name in os.environ} | {
            "FEIYU_URL": stage.port_url, "FEIYU_TOKEN": stage.seats["recipient"].token,
            "FEIYU_PASSPHRASE": PASSPHRASE.decode(), "FEIYU_LANG": LANG.value,
        }  # fmt: skip
        ran = subprocess.run(
            [sys.executable, "-m", "feiyu", "fetch", transfer_id, "--trust", str(stage.trust), "--keys",
             str(stage.abroad / "recipient.keys"), "--to", str(stage.abroad)],
            env=environment, check=False, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._want(
            ran.returncode == 0, Text(f"取件以 {ran.returncode} 结束", f"fetch ended with {ran.returncode}")
        )
        events = stage.as_("recipient").transfer(transfer_id)["events"]
        names = " → ".join(both(event["name"]) for event in events)
        _good(t(f"已打开并核验；{names}", f"opened and verified; {names}"))

    def _proven(self, transfer_id: str) -> None:
        """Wait until the sealing stands in a witnessed checkpoint; before that no key is released."""
        for _ in range(200):
            events = self.stage.as_("recipient").transfer(transfer_id)["events"]
            if any(event["type"] == "transfer.sealed" and event["proven"] for event in events):
                return
            time.sleep(0.1)
        self._want(False, Text("20 秒内没有经见证的检查点", "no witnessed checkpoint within 20 s"))

    def _want(self, held: bool, what: Text) -> None:
        if not held:
            raise StoryFailed(what=what, folder=self.stage.folder)


def this_year(until: datetime) -> datetime:
    """No later than the last evening of the year: persons are counted by calendar years, so exemptions end with them."""
    now = SystemClock().now()
    return min(until, datetime(legal_date(now).year, 12, 31, 23, 59, tzinfo=SHANGHAI))


def _closing(stage: Stage, seconds: float, *, once: bool) -> None:
    _head("✓", t(f"全部成立，{seconds:.0f} 秒", f"All of it held, {seconds:.0f} s"))
    if once:  # the servers end with the story, so their addresses are of no use
        out.print(t("服务随演示结束；不加 ONCE=1（--once）则控制台继续运行。",
                    "The servers end with the story; without ONCE=1 (--once) the consoles stay open."))  # fmt: skip
        out.print(f"{t('文件', 'Files')}  {stage.folder}")
        return
    out.print(
        f"{t('控制台', 'Console')}  [bold]{stage.port_url}[/bold]  {t('（登录页可选择演示席位）', '(choose a seat on the sign-in page)')}"
    )
    out.print(
        f"{t('出境侧控制台', 'Edge console')}  [bold]{stage.edge_url}[/bold]  "
        f"{t(f'（账号 officer，口令 {DEMO_PASSWORD}）', f'(account officer, password {DEMO_PASSWORD})')}"
    )
    out.print(f"{t('公开核验', 'Public verification')}  {stage.port_url}/verify")
    out.print(f"{t('文件', 'Files')}  {stage.folder}")


def _serve(stage: Stage) -> None:
    out.print(t("按 Ctrl-C 结束", "Ctrl-C ends"))
    try:
        while all(process.poll() is None for process in stage.processes.values()):
            time.sleep(0.5)
    except KeyboardInterrupt:
        return
