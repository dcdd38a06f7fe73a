"""What is not said to citizens is found however it is written, and what is decent is left alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall import forbidden_phrases
from hall.errors.notices import ForbiddenPhrase
from hall.forbidden_phrases import Phrase, normal
from hall.hall_rules import HallRules

SIGNS = " \t\u3000\u200b\ufeff\ufe0f。，、！？…—-_.,!?*~·「」()（）#@\n"


def with_hall_phrases(rules: HallRules, *phrases: str) -> HallRules:
    numbers = rules.numbers.model_copy(update={"forbidden_phrases": list(phrases)})
    return replace(rules, numbers=numbers)


@pytest.mark.parametrize(
    "text",
    [
        "这个不知道",
        "不 知 道！",
        "不。知、道",
        "急什么，材料还没看",
        "请不知道的人先问，我也不知道",  # decent first, then not
        "快下班了，明天再来",
        "下班了——明天再来",
        "没\u200b看见我忙着？",
    ],
)
def test_what_is_not_said_is_refused_with_what_to_say_instead(rules: HallRules, text: str) -> None:
    with pytest.raises(ForbiddenPhrase) as refused:
        forbidden_phrases.check(rules, text)

    assert refused.value.facts["instead"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "请先确认申请人是否知道缴存账号",
        "不知道的事项可咨询12329",
        "如不知道账号，请到自助机查询",
        "申请人不知道本人账号",
        "不急，什么时候来都可以",
        "印章不清楚，请重新加盖",
        "照片不清楚",
        "请明天再来领取",
        "提交医院病历和患有疾病的证明",
        "家庭生活该项证明",
        "办不了的，窗口出具书面说明",
        "滚动登记表复印件",
    ],
)
def test_decent_sentences_stay_decent(rules: HallRules, text: str) -> None:
    forbidden_phrases.check(rules, text)


def test_every_phrase_of_the_product_says_what_to_say_instead_and_says_it_decently(
    rules: HallRules,
) -> None:
    phrases = forbidden_phrases.of_product()

    assert len(phrases) > 50
    assert len({normal(phrase.words) for phrase in phrases}) == len(phrases)
    for phrase in phrases:
        with pytest.raises(ForbiddenPhrase):
            forbidden_phrases.check(rules, phrase.words)
        assert phrase.instead
        forbidden_phrases.check(rules, phrase.instead)
        for decent in phrase.may_stand_in:
            assert normal(phrase.words) in normal(decent)
            assert not forbidden_phrases.stands_in(phrase, normal(decent))


def test_a_hall_adds_its_own(rules: HallRules) -> None:
    strict = with_hall_phrases(rules, "等会儿=请稍候", "NO way", "…")

    forbidden_phrases.check(strict, "请准备材料…")  # of signs only, it would be found everywhere
    with pytest.raises(ForbiddenPhrase, match="请稍候"):
        forbidden_phrases.check(strict, "等　会儿再说")
    with pytest.raises(ForbiddenPhrase, match="this hall"):
        forbidden_phrases.check(strict, "ｎｏ－ＷＡＹ")
    forbidden_phrases.check(rules, "等会儿再说")


@given(st.text(max_size=60))
def test_normal_text_is_normal(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@given(st.sampled_from(forbidden_phrases.of_product()), st.data())
def test_signs_between_the_letters_hide_nothing(phrase: Phrase, data: st.DataObject) -> None:
    signs = st.text(SIGNS, max_size=3)
    written = "".join(letter + data.draw(signs) for letter in phrase.words)

    assert forbidden_phrases.first_found([phrase], data.draw(signs) + written) is phrase


@given(st.lists(st.text(max_size=8), max_size=4), st.text(max_size=60))
def test_nothing_anybody_writes_breaks_it(listed: list[str], text: str) -> None:
    found = forbidden_phrases.first_found(forbidden_phrases.of_hall(listed), text)

    assert found is None or normal(found.words) in normal(text)
