"""A small invented county: people of every role, one ledger, findings at several stages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from zhenggai.accounts import selectors as accounts
from zhenggai.accounts import services as accounting
from zhenggai.accounts.kinds import OrganisationKind
from zhenggai.domain.actor import Actor, Role
from zhenggai.domain.case import HoldKind, Requirement
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.lifecycle import Nature, Progress
from zhenggai.domain.profiles import DEFAULT_PROFILE, profile_content
from zhenggai.domain.reading import DocumentKind, StatedNature, StatedProgress
from zhenggai.domain.spans import Span
from zhenggai.files.services import blob_store
from zhenggai.ledger import selectors, services
from zhenggai.ledger.imports import ImportedDocument, ImportedFinding, ImportedItem

PASSWORD = "云山样例-口令-2026"
FIRST_PASSWORD = "handed-over-on-paper"
BEGINNING = datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
# user name → name, role, organisation by its short name
PEOPLE: dict[str, tuple[str, Role, str]] = {
    "clerk": ("周示例", Role.OFFICE_CLERK, "示例局"),
    "verifier": ("吴示例", Role.VERIFIER, "示例局"),
    "leader": ("赵示例", Role.RESPONSIBLE_LEADER, "示例局"),
    "other-leader": ("钱样本", Role.RESPONSIBLE_LEADER, "示例局"),
    "group": ("冯样例", Role.LEADING_GROUP, "示例局"),
    "head": ("何样本", Role.UNIT_HEAD, "财务科"),
    "handler": ("李示例", Role.HANDLER, "财务科"),
    "other-handler": ("王样例", Role.HANDLER, "业务科"),
    "inspector": ("郑示例", Role.INSPECTOR, "巡察办"),
    "auditor": ("陈旁证", Role.AUDITOR, "示例局"),
    "publisher": ("褚样例", Role.PUBLISHER, "示例局"),
    "outsider": ("卫别处", Role.OFFICE_CLERK, "别处局"),
    "audit": ("管理丙", Role.AUDIT_ADMIN, "云山县"),
}
ADMINISTRATORS = {"admin": "管理甲", "security": "管理乙"}

PARAGRAPHS = (
    ("（一）公务接待费超标准列支", "2025年3月至8月，公务接待费有4批次超过规定标准，超出金额合计12,600元。"),
    ("（二）会议费报销缺少会议通知", "抽查会议费报销凭证20份，其中6份没有会议通知和签到表。"),
    (
        "（三）固定资产账实不符",
        "盘点办公设备，账面登记而实物不存的有9台，实物存在而账上没有登记的有3台，长期没有清查。",
    ),
    ("（四）“三重一大”集体决策制度执行不严", "2024年两项大额资金使用事项先实施后上会，会议记录不完整。"),
    ("（五）档案归档不及时", "2023年度文书档案至检查时尚未归档。"),
    ("（六）窗口办事群众排队时间长", "上午高峰时段平均等候47分钟，叫号系统未启用。"),
)


@dataclass
class Clock:
    """The moments of the story, a minute apart."""

    moment: datetime = BEGINNING

    def tick(self, minutes: int = 1) -> datetime:
        self.moment += timedelta(minutes=minutes)
        return self.moment


@dataclass
class World:
    """Ids of what the tests need, and a hand to do things with."""

    clock: Clock = field(default_factory=Clock)
    people: dict[str, int] = field(default_factory=dict)
    organisations: dict[str, int] = field(default_factory=dict)
    inspection_id: int = 0
    document_id: int = 0
    finding_ids: list[int] = field(default_factory=list)

    def actor(self, username: str) -> Actor:
        person = accounts.person_by_username(username)
        assert person is not None
        return accounts.actor_of(person, self.clock.moment.date())

    def finding(self, place: int, username: str = "clerk") -> Any:
        return selectors.finding_get(self.actor(username), self.finding_ids[place])

    def do(self, username: str, place: int, service: Any, **values: Any) -> Any:
        """Let somebody do one thing to the finding at a place of the ledger."""
        row = self.finding(place)
        return service(
            actor=self.actor(username),
            at=self.clock.tick(),
            finding_id=row.pk,
            version=row.version,
            **values,
        )


def peopled() -> World:
    """People and organisations, and no ledger."""
    world = World()
    _people(world)
    return world


def made() -> World:
    """People, ledger, and a finding in every situation that a page shows."""
    world = peopled()
    imported(world)
    return world


def worked_on(world: World) -> World:
    """Findings at different stages: 0 closed, 1 asked for, 2 at work, 3 assigned, 4 and 5 registered."""
    for place in range(4):
        assign(world, place, date(2026, 12, 31) if place != 2 else date(2026, 10, 31))
    for place in range(3):
        world.do("head", place, services.finding_accept)
    work(world, 0)
    prove(world, 0)
    request(world, 0)
    world.do("leader", 0, services.closure_sign, note="同意")
    world.do("clerk", 0, services.closure_sign, note="资料齐全")
    work(world, 1)
    prove(world, 1)
    request(world, 1)
    world.do("leader", 1, services.closure_send_back, reason="抽查记录缺少第三季度的材料，请补齐后再报")
    carried = world.finding(1).evidence.all()[0].pk
    world.do("handler", 1, services.evidence_carry_over, evidence_id=carried)
    prove(world, 1, title="第三季度抽查记录")
    request(world, 1)
    world.do("leader", 1, services.closure_sign)
    world.do(
        "handler",
        2,
        services.progress_report,
        progress=Progress.IN_PROGRESS,
        narrative="已完成全部办公设备清查，共86台。",
    )
    world.do("handler", 2, services.situation_raise, text="3台设备的原保管人已经调离，需要跨单位核实。")
    world.do(
        "clerk", 2, services.hold_open, kind=HoldKind.SUPERVISION_LETTER, reference="示例督办〔2026〕3号"
    )
    return world


def assign(world: World, place: int, due: date | None = None) -> None:
    """The office sets nature and requirements, and assigns to leader and finance unit."""
    world.do(
        "clerk",
        place,
        services.finding_classify,
        nature=Nature.TIME_BOUND,
        money_required=place == 0,
        money_to_recover=Decimal("12600.00") if place == 0 else None,
        people_required=False,
        cause_required=True,
    )
    world.do("clerk", place, services.criterion_add, text="随机抽查10份凭证，未再发现同类问题")
    world.do(
        "clerk",
        place,
        services.finding_assign,
        leader_id=world.people["leader"],
        unit_id=world.organisations["财务科"],
        due=due or date(2026, 12, 31),
        supporting_unit_ids=[world.organisations["业务科"]],
    )


def work(world: World, place: int) -> None:
    """The unit does every measure and reports it."""
    for measure in world.finding(place).measures.all():
        world.do(
            "handler",
            place,
            services.measure_complete,
            measure_id=measure.pk,
            result="已逐笔核对2025年全部凭证，超标准部分已退回单位账户。",
        )
    world.do(
        "handler", place, services.progress_report, progress=Progress.DONE, narrative="各项措施已全部落实。"
    )


def prove(world: World, place: int, title: str = "抽查记录") -> int:
    """The unit files evidence and names it for each requirement; the verifier judges it and the criteria."""
    row = world.do(
        "handler",
        place,
        services.evidence_add,
        file=f"{title}（虚构材料）".encode(),
        file_name=f"{title}.txt",
        title=title,
        proves="随机抽查10份凭证，接待标准全部符合规定。",
        proves_on=date(2026, 8, 20),
        kind=EvidenceKind.RECORD,
        amount=Decimal("12600.00"),
    )
    evidence_id = max(each.pk for each in row.evidence.all())
    wanted = [Requirement.SIMILAR, Requirement.CAUSE]
    for requirement in [*wanted, Requirement.MONEY] if row.money_required else wanted:
        world.do(
            "handler",
            place,
            services.requirement_answer,
            requirement=requirement,
            evidence_id=evidence_id,
        )
    note = "查看原件并到现场核对，情况属实。"
    world.do("verifier", place, services.evidence_judge, evidence_id=evidence_id, effect=True, note=note)
    for criterion in row.criteria.all():
        world.do(
            "verifier",
            place,
            services.criterion_judge,
            criterion_id=criterion.pk,
            met=True,
            note=note,
            evidence_ids=[evidence_id],
        )
    return evidence_id


def request(world: World, place: int) -> None:
    """The head of the unit asks for the closing."""
    world.do("head", place, services.closure_request, statement="问题已整改到位，措施、佐证齐全，申请销号。")


def _people(world: World) -> None:
    at = world.clock.tick
    first, second = accounting.first_administrators_create(
        username="admin",
        name=ADMINISTRATORS["admin"],
        password=PASSWORD,
        security_username="security",
        security_name=ADMINISTRATORS["security"],
        security_password=FIRST_PASSWORD,
        organisation_name="云山县",
        at=at(),
    )
    world.people |= {"admin": first.pk, "security": second.pk}
    accounting.password_change(
        old_password=FIRST_PASSWORD, new_password=PASSWORD, actor=world.actor("security"), at=at()
    )
    root = first.organisation_id
    world.organisations["云山县"] = root
    admin = world.actor("admin")
    tree = (
        ("示例局", "云山县示例局", "云山县", OrganisationKind.AUTHORITY),
        ("财务科", "财务科", "示例局", OrganisationKind.UNIT),
        ("业务科", "业务科", "示例局", OrganisationKind.UNIT),
        ("巡察办", "云山县委巡察办", "云山县", OrganisationKind.INSPECTING_BODY),
        ("别处局", "云山县别处局", "云山县", OrganisationKind.AUTHORITY),
    )
    for short, name, parent, kind in tree:
        row = accounting.organisation_create(
            parent_id=world.organisations[parent],
            name=name,
            short_name=short,
            kind=kind,
            actor=admin,
            at=at(),
        )
        world.organisations[short] = row.pk
    other = world.actor("security")
    for username, (name, role, seat) in PEOPLE.items():
        person = _person(world, username, name, seat)
        post = accounting.post_grant(
            person_id=person, organisation_id=world.organisations[seat], role=role, actor=admin, at=at()
        )
        if post.confirmed_at is None:
            accounting.post_confirm(post_id=post.pk, actor=other, at=at())


def _person(world: World, username: str, name: str, seat: str) -> int:
    person = accounting.person_create(
        organisation_id=world.organisations[seat],
        username=username,
        name=name,
        password=PASSWORD,
        must_change_password=False,
        actor=world.actor("admin"),
        at=world.clock.tick(),
    )
    world.people[username] = person.pk
    return person.pk


def imported(world: World, profile_id: int | None = None) -> None:
    """One inspection of the bureau with six findings, which the world then means; by its own rules or not."""
    clerk = world.actor("clerk")
    row = services.inspection_create(
        actor=clerk,
        at=world.clock.tick(),
        title="云山县委第二巡察组对示例局的常规巡察",
        kind=InspectionKind.INSPECTION,
        subject_id=world.organisations["示例局"],
        inspector="云山县委第二巡察组",
        inspector_organisation_id=world.organisations["巡察办"],
        feedback_on=date(2026, 8, 3),
        plan_required=False,
        profile_id=profile_id,
    )
    world.inspection_id = row.pk
    text, findings = _findings()
    at = world.clock.tick()
    stored = blob_store(text.encode(), at=at, max_bytes=1_000_000).sha256
    document = services.ledger_import(
        actor=clerk,
        at=at,
        inspection_id=row.pk,
        document=ImportedDocument(
            kind=DocumentKind.NOTICE,
            title="中共云山县示例局党组关于巡察整改进展情况的通报",
            name="示例局整改通报.txt",
            blob_sha256=stored,
            reading_sha256=stored,
            text_sha256=stored,
        ),
        findings=findings,
    )
    world.document_id = document.pk
    page = selectors.findings_page(clerk, row.pk)
    world.finding_ids = [each.pk for each in page.rows]


def _findings() -> tuple[str, list[ImportedFinding]]:
    text = "中共云山县示例局党组关于巡察整改进展情况的通报\n\n二、巡察反馈意见整改落实情况\n"
    findings = []
    states = (
        ("已完成整改", StatedProgress.DONE, None, True),
        ("整改完成，长期坚持", StatedProgress.DONE, StatedNature.LONG_TERM, None),
        ("正在整改", StatedProgress.IN_PROGRESS, None, None),
        ("基本完成", StatedProgress.SUBSTANTIALLY_DONE, None, None),
        ("", None, None, None),
        ("未启动", StatedProgress.NOT_STARTED, None, None),
    )
    for place, ((title, problem), (said, progress, nature, closed)) in enumerate(
        zip(PARAGRAPHS, states, strict=True)
    ):
        start = len(text)
        action = "一是召开党组会专题研究，逐笔核对账目。"
        text += f"{title}\n{problem}\n整改情况：{action}\n{said}\n"
        end = len(text)
        at_action = text.index(action, start)
        findings.append(
            ImportedFinding(
                title=title[3:],
                number=f"二/{title[:3]}",
                theme="聚焦财务管理和中央八项规定精神落实方面" if place < 3 else "聚焦制度执行和服务群众方面",
                problem=problem,
                status_text=said,
                stated_progress=progress,
                stated_nature=nature,
                stated_closed=closed,
                leader="赵示例",
                unit="财务科" if place < 3 else "业务科",
                due_text="2026年12月底前",
                due_on=date(2026, 12, 31),
                span=Span(start, end),
                measures=(ImportedItem("逐笔核对凭证，对超标准部分予以清退", Span(start, start + 8)),),
                result=action + ("账目已核对一致，群众评价好转。" if place == 1 else ""),
                actions=(ImportedItem(action, Span(at_action, at_action + len(action))),),
            )
        )
    return text, findings


def planned(world: World, profile_id: int | None = None) -> Any:
    """Another inspection of the place, whose one finding is covered by everything a plan must have."""
    clerk, at = world.actor("clerk"), world.clock.tick
    row = services.inspection_create(
        actor=clerk,
        at=at(),
        title="云山县示例局专项巡察",
        kind=InspectionKind.INSPECTION,
        subject_id=world.organisations["示例局"],
        inspector_organisation_id=world.organisations["巡察办"],
        profile_id=profile_id,
    )
    services.ledger_import(
        actor=clerk,
        at=at(),
        inspection_id=row.pk,
        document=ImportedDocument(
            kind=DocumentKind.FEEDBACK,
            title="专项巡察反馈意见",
            name="反馈意见.txt",
            blob_sha256="a" * 64,
            reading_sha256="a" * 64,
            text_sha256="a" * 64,
        ),
        findings=[
            ImportedFinding(title="示例设备管理不严", number="一/1", measures=(ImportedItem("逐台清查"),))
        ],
    )
    finding = selectors.findings_page(clerk, row.pk).rows[0]

    def do(who: str, service: Any, **values: Any) -> None:
        version = selectors.finding_get(clerk, finding.pk).version
        service(actor=world.actor(who), at=at(), finding_id=finding.pk, version=version, **values)

    do("clerk", services.finding_classify, nature=Nature.TIME_BOUND)
    do(
        "clerk",
        services.finding_assign,
        leader_id=world.people["leader"],
        unit_id=world.organisations["财务科"],
        due=date(2027, 6, 30),
    )
    do("clerk", services.criterion_add, text="账实相符。")
    return selectors.finding_get(clerk, finding.pk)


def own_profile(world: World, **sections: Any) -> Any:
    """A profile of the bureau's own."""
    return services.profile_create(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        owner_id=world.organisations["示例局"],
        kind=InspectionKind.INSPECTION,
        title="示例局巡察规则",
        content={**profile_content(DEFAULT_PROFILE), **sections},
        note="示例局整改办〔2026〕1号",
    )


def revised_profile(world: World) -> Any:
    """The bureau's own profile with a second version that says something else."""
    made = own_profile(world)
    services.profile_revise(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        profile_id=made.pk,
        seen_number=1,
        content={
            **profile_content(DEFAULT_PROFILE),
            "ladder": ["responsible_leader", "verifier", "office_clerk"],
        },
        note="按新印发的办法调整。",
    )
    return made


def asked_reports(world: World) -> Any:
    """A report request of the office, in whose period everything of this county happens."""
    return services.reports_request(
        actor=world.actor("clerk"),
        at=world.clock.tick(),
        inspection_id=world.inspection_id,
        title="第三季度整改进展",
        first_on=date(2026, 7, 1),
        last_on=date(2026, 9, 30),
        due_on=date(2026, 10, 5),
    )


def opened_round(world: World, inspection_ids: tuple[int, ...] = ()) -> Any:
    """A round of the inspecting body, with some inspections in it."""
    made = services.round_create(
        actor=world.actor("inspector"),
        at=world.clock.tick(),
        body_id=world.organisations["巡察办"],
        title="第三轮示例巡察",
        kind=InspectionKind.INSPECTION,
        begins_on=date(2026, 7, 1),
    )
    for inspection_id in inspection_ids:
        services.inspection_put_in_round(
            actor=world.actor("inspector"),
            at=world.clock.tick(),
            inspection_id=inspection_id,
            round_id=made.pk,
        )
    return made


def worlds_plan(world: World) -> Any:
    """The plan of that inspection, waiting for the leading group."""
    finding = planned(world)
    return services.plan_submit(
        actor=world.actor("clerk"), at=world.clock.tick(), inspection_id=finding.inspection_id
    )
