"""Each page is decided as a whole: pages that look almost like noise, and pages of both scripts."""

from __future__ import annotations

import pytest

from reading.pages import CLEAN, GENUINE
from zhenggai.reading.decode import from_text
from zhenggai.reading.garbling import Family, garble
from zhenggai.reading.restoring import injected, restore, script, signs

NOTICE = CLEAN["report"]


def step(text: str, name: str) -> bool:
    return next(each.on for each in restore(from_text(text, name="x")).report if each.step == name)


@pytest.mark.parametrize("name", GENUINE)
def test_a_genuine_page_shows_no_mirror(name: str):
    text = GENUINE[name]
    seen = signs.look(text)

    assert not script.look_over(signs.traditional_part(text, seen), seen).is_mirror_script
    assert not script.is_noise(seen, mirror=False)
    assert not injected.is_noise(text, injected.find(text), seen, mirror=False)


@pytest.mark.parametrize("name", ["taiwan_government", "hong_kong_notice"])
def test_the_own_labels_of_letters_from_taiwan_and_hong_kong_stay(name: str):
    text = "發文日期：示例\n發佈日期：2040-03-28 瀏覽量：35\n" + GENUINE[name]

    assert restore(from_text(text, name="x")).text == text


def test_three_annotated_letters_are_no_noise_in_a_clean_notice_and_are_on_a_mirror():
    text = (
        NOTICE.replace("巡察组", "巡察组(zǔ)", 1)
        .replace("整改", "整改(gǎi)", 1)
        .replace("党组", "党(dǎng)组", 1)
    )

    assert restore(from_text(text, name="x")).text == text
    assert restore(from_text(f"{text}\n文章来源于:http://mirror.example 示例", name="x")).text == NOTICE


@pytest.mark.parametrize("family", list(Family))
@pytest.mark.parametrize("is_first", [True, False])
def test_the_noisy_half_of_a_page_comes_back_and_the_other_stays(family: Family, is_first: bool):
    noisy = garble(CLEAN["plan"], family=family, seed=3).text
    halves = [noisy, NOTICE] if is_first else [NOTICE, noisy]
    wanted = [CLEAN["plan"], NOTICE] if is_first else [NOTICE, CLEAN["plan"]]

    assert restore(from_text("\n".join(halves), name="x")).text == "\n".join(wanted)


def test_a_genuine_quotation_stays_in_a_clean_notice():
    text = f"{NOTICE}\n附：{GENUINE['taiwan_government']}"

    assert restore(from_text(text, name="x")).text == text
    assert signs.look(text).is_mixed


def test_a_reader_stays_annotated_and_a_page_with_the_same_many_apart_does_not():
    reader = GENUINE["traditional_reader"]
    found = injected.find(reader)

    assert len(found.spans) > 50
    assert not injected.is_noise(reader, found, signs.look(reader), mirror=True)


def test_a_program_keeps_its_tags_and_a_notice_loses_leaked_ones():
    assert not step(GENUINE["code"], "furniture")
    assert restore(from_text(f"<p>{NOTICE}</p>", name="x")).text == NOTICE


def test_damage_that_only_clean_surroundings_explain_is_mended_in_a_second_pass():
    line = "　　（三）二是坚持“第一议题”制度，组织集中学习9次，研讨发言36人次；"
    garbled = garble(
        f"{NOTICE}\n{line}", family=Family.B, kinds=["script", "readings", "damage"], seed=11
    ).text

    restored = restore(from_text(garbled, name="x"))

    assert restored.unapply() == garbled
    assert restore(from_text(restored.text, name="x")).text == restored.text


def test_a_broken_date_that_readings_hid_is_put_right_once_they_are_gone():
    text = garble(NOTICE, family=Family.A, seed=1).text + "\n2041年(nián)915日"

    restored = restore(from_text(text, name="x"))

    assert restored.text == NOTICE + "\n2041年9月15日"
    assert restored.unapply() == text


def test_a_genuine_traditional_text_below_a_simplified_notice_shows_its_own_spelling():
    text = "\n\n".join((CLEAN["narrow"].strip(), GENUINE["taiwan_government"], GENUINE["taiwan_zhuyin"]))

    assert restore(from_text(text, name="x")).text == text
