"""Pronunciation: what is shown and what is given to the voice."""

from unicodedata import category, normalize

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from devices.speech.nobody_heard import (
    NO_VOICE,
    NOT_READABLE,
    NOTHING_TO_SAY,
    NobodyHeard,
)
from devices.speech.pronunciation import (
    LONGEST_TEXT,
    call_text,
    free_text,
    in_chinese,
    phrases,
    typed,
)
from hall.names import plain

NUMBERS = st.from_regex(r"[A-Z]{1,2}[0-9]{3,4}", fullmatch=True)


def test_a_call_is_shown_as_people_write_it_and_spelled_for_the_voice() -> None:
    chinese, english = call_text("A012", 3, "zh"), call_text("A012", 3, "en")

    assert chinese.caption == "请A012号到3号窗口办理"
    assert chinese.spoken == "请 A 0 幺 2 号，到 3 号窗口办理"
    assert english.caption == "Ticket A012, please go to counter 3"
    assert english.spoken == "Ticket A, 0, 1, 2. Please go to counter 3."


@given(NUMBERS, st.integers(1, 999))
def test_no_two_signs_of_a_number_are_read_together(number: str, counter: int) -> None:
    spelled = call_text(number, counter, "zh").spoken.split("号")[0].removeprefix("请 ").split()

    assert spelled == list(number.replace("1", "幺"))


@given(NUMBERS, st.integers(1, 999), st.sampled_from(["zh", "en"]))
def test_full_width_is_spoken_as_half_width(number: str, counter: int, language: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in number)

    assert call_text(wide, counter, language) == call_text(number, counter, language)


@pytest.mark.parametrize(
    ("counter", "said"),
    [
        (12, "到 12 号"),
        (101, "到 一百零一 号"),
        (109, "到 一百零九 号"),
        (110, "到 一百一十 号"),
        (1003, "到 一千零三 号"),
    ],
)
def test_the_zero_of_a_hundred_and_three_is_not_lost(counter: int, said: str) -> None:
    assert said in call_text("A001", counter, "zh").spoken


@given(st.integers(1, 9999))
def test_a_number_in_chinese_says_every_digit_but_the_zeros(number: int) -> None:
    words = in_chinese(number)
    digits = [digit for digit in str(number) if digit != "0"]
    if 10 <= number < 20:
        digits = digits[1:]

    assert [
        str("零一二三四五六七八九".index(w)) for w in words if w in "一二三四五六七八九"
    ] == digits


@given(st.text(max_size=LONGEST_TEXT), st.sampled_from(["zh", "en"]))
def test_any_text_is_spoken_without_markup_and_control_signs(text: str, language: str) -> None:
    assume(any(sign.isalnum() for sign in normalize("NFKC", plain(text))))
    assume(len(plain(text)) <= LONGEST_TEXT)

    spoken = free_text(text, language).spoken

    assert not set(spoken) & set("<>&|[]{}\n\x1b")
    assert not any(category(sign) == "Cc" for sign in spoken)
    assert any(sign.isalnum() for sign in spoken)


def test_a_ticket_and_a_counter_inside_a_text_are_read_as_in_a_call() -> None:
    phrase = free_text("请Ａ０１２号,到103号窗口!", "zh")

    assert phrase.caption == "请Ａ０１２号,到103号窗口!"
    assert phrase.spoken == "请 A 0 1 2 号，到一百零三号窗口！"


def test_a_name_the_voice_would_misread_is_written_by_its_sound() -> None:
    phrase = free_text("六安市和蚌埠市", "zh")

    assert (phrase.caption, phrase.spoken) == ("六安市和蚌埠市", "路安市和泵埠市")


@pytest.mark.parametrize("text", ["", "  ", "😀", "<>&", "\x1b\x07"])
def test_what_has_no_sound_is_refused(text: str) -> None:
    with pytest.raises(NobodyHeard, match=NOTHING_TO_SAY):
        free_text(text, "zh")


def test_a_language_without_voice_is_left_out_but_not_when_it_is_the_only_one() -> None:
    content = {"number": "A012", "counter": 3, "languages": ["bo", "en"]}

    assert [phrase.language for phrase in phrases(content)] == ["en"]
    with pytest.raises(NobodyHeard, match=NO_VOICE):
        phrases(content | {"languages": ["bo"]})


@pytest.mark.parametrize(
    ("languages", "own", "said"),
    [
        (["zh", "en"], "zh", ["zh", "en"]),
        (["zh", "en"], "en", ["zh", "en"]),
        (["en", "zh", "bo"], "zh", ["en", "zh"]),
        (["zh"], "en", ["zh", "en"]),
        (["zh"], "bo", ["zh"]),  # who has no voice of their own hears the hall's
    ],
)
def test_the_citizen_s_own_language_comes_last(
    languages: list[str], own: str, said: list[str]
) -> None:
    content = {"number": "A012", "counter": 3, "languages": languages, "own": own}
    assert [phrase.language for phrase in phrases(content)] == said


def test_one_may_be_said_as_on_the_telephone_in_a_number_but_not_of_a_counter() -> None:
    content = {"number": "A112", "counter": 11, "languages": ["zh", "en"]}
    mandarin, english = phrases(content)
    assert mandarin.pieces == ("call", "A", "yao", "yao", "2", "number", "counter-11")
    assert mandarin.spoken == "请 A 幺 幺 2 号，到 11 号窗口办理"
    assert mandarin.caption == "请A112号到11号窗口办理"
    assert english.pieces == ("call", "A", "1", "1", "2", "counter-11")
    mandarin = phrases(content, one_is_yao=False)[0]
    assert mandarin.pieces == ("call", "A", "1", "1", "2", "number", "counter-11")
    assert mandarin.spoken == "请 A 1 1 2 号，到 11 号窗口办理"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("请Ａ０１２号到3号窗口办理。", "zh"),
        ("  请A012号到3号窗口办理", "zh"),
        ("Ticket A012, please  go to counter 3.", "en"),
    ],
)
def test_a_call_that_somebody_types_has_the_voice_of_the_calls(text: str, language: str) -> None:
    assert typed(text, language) == call_text("A012", 3, language)


@given(st.text(max_size=40), st.sampled_from(["zh", "en"]))
def test_other_words_are_not_taken_for_a_call(text: str, language: str) -> None:
    assert not typed(f"号 {text}", language).pieces


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"number": "A012"},
        {"number": "A012", "counter": "three", "languages": ["zh"]},
        {"number": "A 0\x1b", "counter": 3, "languages": ["zh"]},
        {"number": "", "counter": 3, "languages": ["zh"]},
        {"number": "A012", "counter": None, "languages": ["zh"]},
        {"number": "A012", "counter": 3, "languages": None},
    ],
)
def test_a_row_that_says_nothing_readable_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(NobodyHeard, match=NOT_READABLE):
        phrases(content)
