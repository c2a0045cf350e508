"""One invented finding on its way (演示办理): who does what, each step through the ledger's services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from zhenggai.domain.case import Requirement
from zhenggai.domain.evidence import EvidenceKind
from zhenggai.domain.lifecycle import Nature, Progress
from zhenggai.domain.proving import Described
from zhenggai.ledger import services

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from zhenggai.ledger.models import Finding
    from zhenggai.ops.cast import Cast, StoryClock

OFFICE, VERIFIER = "zhou", "wu"


@dataclass(frozen=True, slots=True)
class Team:
    """Who works on a finding: user names, and the lead unit's id."""

    leader: str
    head: str
    handler: str
    unit_id: int


@dataclass(slots=True)
class Desk:
    """A finding with the people who work on it; every step takes the next moment of the story.

    ``due``: the day that the office sets, where it is not the one that the document says.
    """

    cast: Cast
    clock: StoryClock
    finding: Finding
    team: Team
    due: date | None = None

    def do(self, who: str, service: Callable[..., Finding], **values: Any) -> Finding:
        """Let somebody do one thing to the finding."""
        at = self.clock.tick()
        self.finding = service(
            actor=self.cast.actor(who, at),
            at=at,
            finding_id=self.finding.pk,
            version=self.finding.version,
            **values,
        )
        return self.finding

    def name(self, who: str) -> str:
        """The name of a person of the team, or of the office."""
        return self.cast.actor(who, self.clock.moment).label

    def today(self) -> date:
        """The day of the story, Asia/Shanghai."""
        return timezone.localdate(self.clock.moment)

    def classify(self, nature: Nature) -> None:
        """The office sets nature and what applies."""
        self.do(
            OFFICE,
            services.finding_classify,
            nature=nature,
            money_required=False,
            people_required=False,
            cause_required=True,
        )

    def assign(self, due: date | None) -> None:
        """The office assigns."""
        leader_id = self.cast.actor(self.team.leader, self.clock.moment).person_id
        self.do(
            OFFICE,
            services.finding_assign,
            leader_id=leader_id,
            unit_id=self.team.unit_id,
            due=due,
            past_due_meant=due is not None and due < self.today(),
        )

    def accept(self) -> None:
        """The unit accepts."""
        self.do(self.team.head, services.finding_accept)

    def plan(self) -> None:
        """A measure, where the document states none, and the criterion it is measured by."""
        if not self.finding.measures.all():
            text = f"对“{self.finding.title}”逐项排查，制定清单并限期改正"
            self.do(OFFICE, services.measure_add, text=text)
        if not self.finding.criteria.all():
            text = f"随机抽查 10 份材料，未再发现“{self.finding.title}”"
            self.do(OFFICE, services.criterion_add, text=text)

    def report(self, progress: Progress, narrative: str) -> None:
        """The handler reports progress."""
        self.do(self.team.handler, services.progress_report, progress=progress, narrative=narrative)

    def complete_measures(self, most: int = 99) -> None:
        """The handler completes the measures, or the first few of them."""
        waiting = [measure for measure in self.finding.measures.all() if measure.done_at is None]
        for measure in waiting[:most]:
            result = f"已完成：{measure.text}"
            self.do(self.team.handler, services.measure_complete, measure_id=measure.pk, result=result)

    def file_evidence(
        self, title: str, proves: str, kind: EvidenceKind, *, is_of_criteria: bool = False
    ) -> int:
        """The handler files a piece of evidence, which proves the measures, or the criteria too. Its id."""
        row = self.finding
        criteria = row.criteria.all() if is_of_criteria else ()
        described = Described(
            document_number=f"示例制〔{self.today().year}〕{row.position}号"
            if kind is EvidenceKind.RULE
            else "",
            issuer=row.lead_unit.label if row.lead_unit else "",
            measure_ids=tuple(each.pk for each in row.measures.all() if each.dropped_at is None),
            criterion_ids=tuple(each.pk for each in criteria if each.dropped_at is None),
        )
        about = f"{self.finding.number} {self.finding.title}".strip()
        content = f"{title}\n\n{about}\n{proves}\n\n（虚构材料，仅供演示）\n"
        finding = self.do(
            self.team.handler,
            services.evidence_add,
            file=content.encode(),
            file_name=f"{title}.txt",
            title=title,
            proves=proves,
            proves_on=self.today() - timedelta(days=1),
            kind=kind,
            described=described,
        )
        return max(evidence.pk for evidence in finding.evidence.all())

    def answer_requirements(self, similar_id: int, cause_id: int) -> None:
        """The handler names the evidence for what has to be dealt with besides."""
        for requirement, evidence_id in ((Requirement.SIMILAR, similar_id), (Requirement.CAUSE, cause_id)):
            self.do(
                self.team.handler,
                services.requirement_answer,
                requirement=requirement,
                evidence_id=evidence_id,
            )

    def judge(self, evidence_id: int) -> None:
        """The verifier judges the effect of the evidence and each criterion on it."""
        note = "查看原件并到现场核对，情况属实"
        self.do(VERIFIER, services.evidence_judge, evidence_id=evidence_id, effect=True, note=note)
        for criterion in self.finding.criteria.all():
            self.do(
                VERIFIER,
                services.criterion_judge,
                criterion_id=criterion.pk,
                met=True,
                note="抽查 10 份，均符合要求",
                evidence_ids=[evidence_id],
            )

    def prove(self) -> None:
        """Evidence, requirements and judgements of this round, in as few pieces as possible."""
        title, proves = "核查材料汇编", "抽查未再发现问题；其余股室已自查；管理办法已修订"
        evidence_id = self.file_evidence(title, proves, EvidenceKind.RECORD, is_of_criteria=True)
        self.answer_requirements(evidence_id, evidence_id)
        self.judge(evidence_id)

    def request(self) -> None:
        """The head of the unit requests closure; long-term work with its stage goal."""
        is_long = self.finding.nature == Nature.LONG_TERM
        self.do(
            self.team.head,
            services.closure_request,
            statement="措施全部落实，抽查合格，申请销号",
            stage_goal="连续两个季度抽查无同类问题" if is_long else "",
            recheck_on=self.today() + timedelta(days=180) if is_long else None,
        )

    def sign(self, who: str) -> None:
        """One signature."""
        self.do(who, services.closure_sign, note="同意")
