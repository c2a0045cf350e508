"""A small visibly fictional place: organisations, people with posts, one inspection, and its findings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from retold import Listener, retold
from zhenggai.accounts.kinds import OrganisationKind
from zhenggai.accounts.models import Organisation, Person, Post
from zhenggai.accounts.selectors import actor_of
from zhenggai.domain.actor import Actor, Role
from zhenggai.domain.case import Requirement
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.inspections import InspectionKind
from zhenggai.domain.lifecycle import Nature, Progress
from zhenggai.domain.profiles import DEFAULT_PROFILE, profile_content
from zhenggai.domain.reading import DocumentKind, StatedNature, StatedProgress
from zhenggai.domain.spans import Span
from zhenggai.ledger import services
from zhenggai.ledger.imports import ImportedDocument, ImportedFinding, ImportedItem
from zhenggai.ledger.models import Finding, Inspection

TODAY = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DUE = date(2026, 6, 30)
DOCUMENT = ImportedDocument(
    kind=DocumentKind.NOTICE,
    title="中共云山县示例局党组关于巡察整改情况的通报",
    name="通报.txt",
    blob_sha256="a" * 64,
    reading_sha256="b" * 64,
    text_sha256="c" * 64,
)
STATED = ImportedFinding(
    title="关于“示例台账不清”问题",
    number="二/(一)/1",
    theme="落实决策部署方面",
    group="学习不深入",
    problem="示例台账不清，三年未核对。",
    status_text="整改完成，长期坚持",
    stated_progress=StatedProgress.DONE,
    stated_nature=StatedNature.LONG_TERM,
    stated_closed=True,
    leader="张示例",
    unit="示例股",
    supporting=("财务示例股", "办公示例室"),
    due_text="2026年6月底前",
    due_on=DUE,
    result="已核对台账。",
    span=Span(10, 90),
    measures=(ImportedItem("逐笔核对台账", Span(30, 40)),),
    actions=(ImportedItem("召开核对会一次", Span(50, 60)), ImportedItem("核对台账三年", Span(60, 70))),
)


class World:
    """The fictional place; every moment is one minute after the last."""

    def __init__(self) -> None:
        self.listener: Listener | None = None
        self.minute = 0
        self.city = self._root("云山市")
        self.bureau = self._child(self.city, "云山县示例局")
        self.unit = self._child(self.bureau, "示例股")
        self.other_unit = self._child(self.bureau, "财务示例股")
        self.office = self._child(self.bureau, "整改示例办")
        self.body = self._child(self.city, "巡察示例办")
        self.elsewhere = self._root("星河区")
        self.clerk = self.person("office", "办示例", (Role.OFFICE_CLERK, self.bureau))
        self.leader = self.person("leader", "领示例", (Role.RESPONSIBLE_LEADER, self.bureau))
        self.head = self.person("head", "长示例", (Role.UNIT_HEAD, self.unit))
        self.handler = self.person("handler", "经示例", (Role.HANDLER, self.unit))
        self.helper = self.person("helper", "协示例", (Role.HANDLER, self.other_unit))
        self.verifier = self.person("verifier", "核示例", (Role.VERIFIER, self.bureau))
        self.inspector = self.person("inspector", "巡示例", (Role.INSPECTOR, self.body))
        self.auditor = self.person("auditor", "审示例", (Role.AUDITOR, self.city))
        self.group = self.person("group", "组示例", (Role.LEADING_GROUP, self.bureau))
        self.publisher = self.person("publisher", "公示例", (Role.PUBLISHER, self.bureau))
        self.administrator = self.person("admin", "管示例", (Role.SYSTEM_ADMIN, self.city))
        self.stranger = self.person("stranger", "外示例", (Role.OFFICE_CLERK, self.elsewhere))
        self.inspection = self.inspect()

    def _root(self, name: str) -> Organisation:
        return Organisation.objects.add_root(
            instance=Organisation(name=name, kind=OrganisationKind.AREA.value)
        )

    def _child(self, parent: Organisation, name: str) -> Organisation:
        parent.refresh_from_db()
        return Organisation.objects.add_child(
            parent, instance=Organisation(name=name, kind=OrganisationKind.UNIT.value)
        )

    def person(self, username: str, name: str, *posts: tuple[Role, Organisation]) -> Actor:
        person = Person.objects.create(
            username=username, name=name, organisation=posts[0][1], created_at=AT, password="!"
        )
        return self.grant(person.pk, *posts)

    def grant(self, person_id: int, *posts: tuple[Role, Organisation]) -> Actor:
        """Posts as two other people gave and confirmed them."""
        person = Person.objects.get(pk=person_id)
        others = [
            Person.objects.get_or_create(
                username=f"granter{n}",
                defaults={"name": f"授示例{n}", "organisation": self.city, "created_at": AT, "password": "!"},
            )[0]
            for n in (1, 2)
        ]
        for role, organisation in posts:
            Post.objects.create(
                person=person,
                organisation=organisation,
                role=role.value,
                started_on=date(2025, 1, 1),
                granted_by=others[0],
                confirmed_by=others[1],
                confirmed_at=AT,
            )
        return actor_of(person, TODAY)

    def at(self) -> datetime:
        self.minute += 1
        return AT + timedelta(minutes=self.minute)

    @retold
    def inspect(self, **values: Any) -> Inspection:
        return services.inspection_create(
            **{
                "actor": self.clerk,
                "at": self.at(),
                "title": "云山县示例局巡察",
                "kind": InspectionKind.INSPECTION,
                "subject_id": self.bureau.pk,
                "inspector": "云山市巡察示例组",
                "inspector_organisation_id": self.body.pk,
                "feedback_on": date(2026, 1, 15),
                "plan_required": False,
                **values,
            }
        )

    @retold
    def inspect_by(self, **rules: Any) -> Inspection:
        """Another inspection of the bureau, by rules of its own; it becomes the one that is worked on."""
        made = services.profile_create(
            actor=self.clerk,
            at=self.at(),
            owner_id=self.bureau.pk,
            kind=InspectionKind.INSPECTION,
            title=f"示例规则{self.minute}",
            content={**profile_content(DEFAULT_PROFILE), **rules},
            note="示例局整改办〔2026〕1号",
        )
        self.inspection = self.inspect(profile_id=made.pk)
        return self.inspection

    @retold
    def register(self, *findings: ImportedFinding) -> list[Finding]:
        document = services.ledger_import(
            actor=self.clerk,
            at=self.at(),
            inspection_id=self.inspection.pk,
            document=DOCUMENT,
            findings=findings or (STATED,),
        )
        return list(Finding.objects.filter(document=document).order_by("position"))

    def do(self, verb: str, actor: Actor, finding: Finding, **values: Any) -> Finding:
        """One service on the finding as it stands now."""
        values = {"version": Finding.objects.get(pk=finding.pk).version, **values}
        service = getattr(services, verb)
        result: Finding = service(actor=actor, at=self.at(), finding_id=finding.pk, **values)
        return result

    @retold
    def registered(self) -> Finding:
        return self.register()[0]

    @retold
    def assigned(self, finding: Finding | None = None, nature: Nature = Nature.TIME_BOUND) -> Finding:
        finding = finding or self.registered()
        self.do(
            "finding_classify",
            self.clerk,
            finding,
            nature=nature,
            money_required=True,
            money_to_recover=Decimal(80000),
            people_required=False,
            cause_required=True,
        )
        return self.do(
            "finding_assign",
            self.clerk,
            finding,
            leader_id=self.leader.person_id,
            unit_id=self.unit.pk,
            due=DUE,
            supporting_unit_ids=[self.other_unit.pk],
        )

    @retold
    def accepted(self, **values: Any) -> Finding:
        return self.do("finding_accept", self.head, self.assigned(**values))

    @retold
    def rectifying(self, **values: Any) -> Finding:
        return self.do(
            "progress_report",
            self.handler,
            self.accepted(**values),
            progress=Progress.IN_PROGRESS,
            narrative="已开始核对。",
        )

    def file_evidence(self, finding: Finding, actor: Actor | None = None, **values: Any) -> Finding:
        return self.do(
            "evidence_add",
            actor or self.handler,
            finding,
            **{
                "file": b"example receipt",
                "file_name": "凭证.pdf",
                "title": "退款示例凭证",
                "proves": "款项已退回。",
                "proves_on": TODAY,
                "kind": EvidenceKind.RECEIPT,
                "amount": 80000,
                **values,
            },
        )

    @retold
    def proven(self, **values: Any) -> Finding:
        """Rectifying, with every gate met but the request itself."""
        return self.prove(self.rectifying(**values))

    @retold
    def prove(self, finding: Finding) -> Finding:
        finding = self.file_evidence(finding)
        evidence_id = list(finding.evidence.all())[-1].pk
        for measure in finding.measures.all():
            if measure.done_at is None:
                self.do(
                    "measure_complete", self.handler, finding, measure_id=measure.pk, result="已逐笔核对。"
                )
        if not finding.criteria.all():
            finding = self.do("criterion_add", self.clerk, finding, text="台账与账簿一致。")
        for criterion in finding.criteria.all():
            self.do(
                "criterion_judge",
                self.verifier,
                finding,
                criterion_id=criterion.pk,
                met=True,
                note="现场核对一致。",
                evidence_ids=[evidence_id],
            )
        self.do(
            "evidence_judge", self.verifier, finding, evidence_id=evidence_id, effect=True, note="款已到账。"
        )
        for requirement in (Requirement.MONEY, Requirement.CAUSE):
            self.do(
                "requirement_answer", self.handler, finding, requirement=requirement, evidence_id=evidence_id
            )
        return self.do(
            "requirement_waive",
            self.clerk,
            finding,
            requirement=Requirement.SIMILAR,
            reason="全局只有这一处示例台账，无同类可查。",
        )

    @retold
    def requested(self, **values: Any) -> Finding:
        return self.request(self.proven(**values))

    def request(self, finding: Finding, **values: Any) -> Finding:
        wanted = {"statement": "台账已核对一致，款项已追回。", **values}
        return self.do("closure_request", self.handler, finding, **wanted)

    @retold
    def closed(self) -> Finding:
        finding = self.requested()
        self.do("closure_sign", self.leader, finding, note="同意。")
        return self.do("closure_sign", self.clerk, finding, note="同意销号。")

    @retold
    def stage_closed(self) -> Finding:
        finding = self.proven(nature=Nature.LONG_TERM)
        self.request(finding, stage_goal="每季核对一次", recheck_on=date(2026, 9, 1))
        self.do("closure_sign", self.leader, finding)
        return self.do("closure_sign", self.clerk, finding)
