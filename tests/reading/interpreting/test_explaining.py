"""Every field says which rule read it, and every rule has its sentence."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import zhenggai.reading.interpreting as room
from zhenggai.domain.reading import SectionRole
from zhenggai.reading import read
from zhenggai.reading.rules import RULES, rule_message

ROOT = Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "tests" / "reading" / "samples"
NOTICES = sorted(path for path in SAMPLES.iterdir() if path.suffix in {".txt", ".html"})
MODULES = sorted(Path(room.__file__).parent.glob("*.py"))
NO_FIELDS = {"schema", "source", "edits", "unread", "sections", "span", "published_source"}
ONE_FIELD = re.compile(r"statistics/\d+/figures/\d+")
HEAD = "示例局党组关于巡察整改情况的通报\n一、反馈问题整改情况\n"
TABLE = "示例局问题整改台账\n问题\t整改情况\t责任单位\t整改类型\t是否销号\n"


def why(text: str) -> dict[str, tuple[str, str]]:
    """Field → (rule, the words at its place)."""
    reading = read(text, explain=True)
    return {one.path: (one.rule, one.span.of(reading.text) if one.span else "") for one in reading.explained}


def leaves(value: object, path: str = "") -> list[str]:
    """The fields of a reading's JSON that hold something."""
    if ONE_FIELD.fullmatch(path) or value in (None, "", [], False):
        return [path] if value else []
    if isinstance(value, dict):
        pairs = ((name, inner) for name, inner in value.items() if name not in NO_FIELDS)
        return [leaf for name, inner in pairs for leaf in leaves(inner, f"{path}/{name}".strip("/"))]
    is_one = path.endswith(("supporting_units", "on_site"))
    if isinstance(value, list) and not is_one:
        return [leaf for place, inner in enumerate(value) for leaf in leaves(inner, f"{path}/{place}")]
    return [path]


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.name)
def test_every_field_of_a_reading_has_its_rule_and_its_place(notice):
    reading = read(notice, explain=True)
    rules = {one.path: one for one in reading.explained}

    assert set(leaves(reading.to_dict())) - {"truncated"} <= set(rules)
    assert len(rules) == len(reading.explained)
    assert all(f"sections/{number}" in rules for number in range(len(reading.sections)))
    for one in reading.explained:
        assert one.rule in RULES
        assert "rule" not in rule_message(one.rule, dict(one.words)).values
        if one.rule not in {"kind_unknown", "page_metadata", "page_title", "source_line"}:
            assert one.span is not None
        if one.span is not None:
            assert 0 <= one.span.start < one.span.end <= len(reading.text)


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.name)
def test_the_reading_is_the_same_whether_it_explains_itself_or_not(notice):
    assert read(notice, explain=True).to_dict() == read(notice).to_dict()
    assert read(notice).explained == ()


def test_the_place_of_a_field_holds_what_the_field_says():
    for notice in NOTICES:
        reading = read(notice, explain=True)
        places = {one.path: one.span for one in reading.explained}
        for number, finding in enumerate(reading.findings):
            for name in ("responsible_leader", "lead_unit", "due_text", "status_text"):
                value = getattr(finding, name)
                if value and "；" not in value:
                    told = re.sub(r"\s", "", places[f"findings/{number}/{name}"].of(reading.text))
                    assert re.sub(r"\s", "", value) in told


def _names(node: ast.expr) -> set[str]:
    """The rules that an expression may name; an f-string stands for one of each role of a section."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        return {f"{node.values[0].value}{role.value}" for role in SectionRole}
    if isinstance(node, ast.IfExp):
        return _names(node.body) | _names(node.orelse)
    return set()


RULE_AT = {"claim": 4, "_claim": 4, "Passage": 4, "Draft": 11, "Explanation": 1, "replace": 99}


def test_every_rule_that_the_code_names_is_in_the_registry():
    named: set[str] = set()
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "rule" and node.value:
                named |= _names(node.value)
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                named |= _names(node.value.elts[0]) if module.name == "explaining.py" else set()
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name not in RULE_AT:
                continue
            given = [one.value for one in node.keywords if one.arg == "rule"]
            starred = sum(isinstance(one, ast.Starred) for one in node.args)
            # a span that is spread out stands for two places
            place = RULE_AT[name] - (0 if name == "Explanation" else starred)
            given += node.args[place : place + 1]
            for one in given:
                named |= _names(one)
        if module.name == "parts.py":
            named |= set(re.findall(r'"(layout|unclaimed)"', module.read_text(encoding="utf-8")))

    assert {"label", "body", "row", "item", "status_of_section", "page_counter", "heading_theme"} <= named
    assert named - set(RULES) == set()


def test_every_rule_is_in_the_reference_and_no_other():
    page = (ROOT / "docs" / "reference" / "reading-rules.md").read_text(encoding="utf-8")

    assert set(re.findall(r"^\| `([a-z_]+)` \|", page, re.MULTILINE)) == set(RULES)


def test_a_rule_that_an_older_version_kept_is_named_and_no_error():
    assert "“guess”" in rule_message("guess").render()
    assert "“after_label”" in rule_message("after_label", {"other": "x"}).render()
    assert rule_message("after_label", {"words": "责任领导"}).render() == "Stands after the label “责任领导”."


def test_a_label_is_named_as_printed():
    reading = read(
        "示例局整改方案\n一、问题整改\n1.学习不够深入。\n整改措施：一是补课。责任单位：办公室\n"
        "二是考核。责任单位：\n人事科\n责任领导：张示例\n",
        explain=True,
    )
    words = {one.path: dict(one.words) for one in reading.explained}

    assert words["findings/0/responsible_leader"] == {"words": "责任领导"}
    assert words["findings/0/measures/0/unit"] == {"words": "责任单位"}
    assert words["findings/0/title"] == {"number": "1", "above": "一"}


def test_tables_say_row_and_column():
    found = why(TABLE + "课时不足\t已完成整改\t教务处\t立行立改\t是\n")

    assert found["kind"][0] == "kind_by_title"
    assert found["findings/0/title"] == ("row", "课时不足")
    assert found["findings/0/status_text"] == ("label", "立行立改")
    assert found["findings/0/stated_nature"] == ("status_words", "立行立改")
    assert found["findings/0/stated_closed"] == ("closed_words", "是")
    assert found["findings/0/lead_unit"] == ("cell", "教务处")


def test_the_nature_of_a_finding_with_a_status_comes_from_its_own_column():
    found = why(
        "示例局问题整改台账\n问题\t整改情况\t整改状态\t整改类型\t整改时限\n"
        "课时不足\t增开课程\t整改完成\t立行立改\t长期坚持\n车辆闲置\t调配\t整改完成\t\t长期坚持\n"
    )

    assert found["findings/0/stated_nature"] == ("nature_words", "立行立改")
    assert found["findings/1/stated_nature"] == ("due_words", "长期坚持")


def test_a_result_that_is_nothing_but_a_status_says_so():
    found = why("示例局问题整改台账\n问题\t整改情况\n课时不足\t整改完成\n车辆闲置\t调配车辆\n")

    assert found["findings/0/status_text"] == ("result_is_status", "整改完成")


def test_measures_of_one_row_name_their_row():
    found = why(
        "示例局问题整改台账\n问题\t整改措施\t责任单位\t整改时限\n课时不足\t增开课程\t教务处\t2031年3月底\n"
        "\t补充教师\t人事科\t2031年6月底\n"
    )

    assert found["findings/0/measures/1/unit"] == ("row_of_item", "人事科")
    assert found["findings/0/measures/1/due_on"] == ("due_day", "2031年6月底")


def test_a_form_and_fixed_headings_have_no_heading_of_the_finding():
    form = why("问题\t课时不足。教师轮岗\n整改情况\t增开课程\n责任单位\t教务处\n")

    assert form["kind"][0] == "kind_by_table"
    assert form["findings/0/title"] == ("cell_beside_label", "课时不足。教师轮岗")
    assert form["findings/0/lead_unit"] == ("cell_beside_label", "教务处")


def test_days_of_publication_say_where_they_were_found():
    body = "\n一、反馈问题整改情况\n1.学习不够深入。\n整改情况：补课。\n"

    title = "示例局党组关于巡察整改情况的通报\n"
    assert why(f"{title}{body}\n示例局党组\n2031年3月4日\n")["dates/published_on"][0] == "signature_day"
    assert why(f"{title}2031年3月4日\n{body}")["dates/published_on"] == ("day_under_title", "2031年3月4日")
    assert why(f"{title}日期：2031-03-04\n{body}")["dates/published_on"] == (
        "source_line",
        "日期：2031-03-04",
    )
    assert why(f"{title}来源时间为:2031-03-04\n{body}")["dates/published_on"] == ("source_line", "")
    assert why(f"{title}发布时间：2031-03-04\n{body}")["dates/published_on"] == ("page_metadata", "")


def test_a_kind_that_only_the_findings_tell_says_so():
    found = why("1.“学习不深入”的问题。\n整改情况：补课。\n2.“考核不严格”的问题。\n整改情况：已补考。\n")

    assert found["kind"] == ("kind_by_findings", "1.“学习不深入”的问题。\n整改情况：补课。")


def test_an_organisation_on_a_line_of_its_own_says_so():
    found = why(
        "关于巡察整改情况的通报\n被巡察单位：云山县示例局\n一、反馈问题整改情况\n"
        "1.学习不够深入。\n整改情况：补课。\n"
    )

    assert found["organisation"] == ("organisation_on_line", "云山县示例局")


def test_a_text_that_breaks_off_says_where():
    found = why(f"{HEAD}1.学习不够深入。\n整改情况：一是组织，")

    assert found["truncated"] == ("breaks_off", "整改情况：一是组织，")
    assert found["findings/0/truncated"][0] == "breaks_off"


def test_a_wrapped_title_is_found_across_its_line_breaks():
    wrapped = "课时不足" * 10 + "\n" + "教师轮岗" * 10
    text = f"{HEAD}问题：{wrapped}。另有缺额。\n整改情况：增开课程。\n"

    assert why(text)["findings/0/title"] == ("first_sentence", wrapped)


def test_wording_without_end_is_not_looked_for_across_line_breaks():
    long = "课时不足" * 40 + "\n" + "教师轮岗" * 40 + "。另有缺额。"
    found = why(f"{HEAD}问题：{long}\n整改情况：增开课程。\n")

    assert found["findings/0/title"] == ("first_sentence", long)


def test_a_theme_of_the_rows_above_is_found_where_it_is_printed():
    reading = read(
        "示例局巡察整改台账\n问题类别\t存在问题\t整改措施\n党建方面\t学习不深入\t制定计划\n\t会议不规范\t补齐记录\n",
        explain=True,
    )
    places = [one for one in reading.explained if one.path == "findings/1/theme"]

    assert [(one.rule, one.span.of(reading.text)) for one in places] == [("cell_above", "党建方面")]
