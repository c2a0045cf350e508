"""The kind an inspection most likely is: by who inspected, else by the title; proposed, never taken."""

from __future__ import annotations

import pytest

from zhenggai.domain.inspections import InspectionKind, inspection_kind_likely, plan_is_required
from zhenggai.domain.reading import DocumentKind


@pytest.mark.parametrize(
    ("inspector", "title", "kind"),
    [
        ("", "", InspectionKind.INSPECTION),
        ("县委第二巡察组", "关于巡视巡察整改情况的通报", InspectionKind.INSPECTION),
        ("省委第三巡视组", "", InspectionKind.CENTRAL_INSPECTION),
        ("云山县审计局", "", InspectionKind.AUDIT),
        ("省生态环境保护督察组", "", InspectionKind.ENVIRONMENT),
        ("云山县应急管理局", "", InspectionKind.SAFETY),
        ("省生态环境厅", "", InspectionKind.ENVIRONMENT),
        ("云山县消防救援大队", "", InspectionKind.SAFETY),
        ("", "关于省委巡视反馈意见整改情况的通报", InspectionKind.CENTRAL_INSPECTION),
        ("", "关于2025年度审计查出问题整改情况的报告", InspectionKind.AUDIT),
        ("", "2025年度审计报告反映问题整改情况", InspectionKind.AUDIT),
        ("", "审计发现问题整改台账", InspectionKind.AUDIT),
        ("", "中央环境保护督察反馈问题整改情况", InspectionKind.ENVIRONMENT),
        ("", "重大事故隐患整改情况", InspectionKind.SAFETY),
        # the first word that tells
        ("", "巡察移交的审计发现问题整改情况", InspectionKind.INSPECTION),
        ("", "云山县贯彻落实环保督察反馈意见整改方案", InspectionKind.ENVIRONMENT),
        ("", "关于安全生产检查发现问题的整改通知", InspectionKind.SAFETY),
        # whom it inspected says nothing of what it was
        ("", "云山县审计局党组关于巡察整改情况的通报", InspectionKind.INSPECTION),
        ("", "云山县生态环境局党组关于巡察整改情况的通报", InspectionKind.INSPECTION),
        # a body that does not tell leaves it to the title
        ("第二检查组", "关于审计整改情况的公告", InspectionKind.AUDIT),
    ],
)
def test_the_likely_kind(inspector: str, title: str, kind: InspectionKind) -> None:
    assert inspection_kind_likely(inspector, title) is kind


@pytest.mark.parametrize("kind", list(InspectionKind))
def test_all_but_hazards_and_what_is_done_already_wait_for_a_plan(kind: InspectionKind) -> None:
    waits = {"inspection", "central_inspection", "audit", "environment"}
    assert plan_is_required(kind) is (kind.value in waits)
    assert not plan_is_required(kind, DocumentKind.REPORT)
