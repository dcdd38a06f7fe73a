"""What stands on appointments and payment slips, and how amounts are written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devices.printing.slip_text import texts_of
from devices.printing.slips.money import FIGURES, LIMIT_FEN, in_capitals, in_figures
from devices.printing.slips.samples import APPOINTMENT, PAYMENT
from hall.wording import Wording
from tests.printing.slip_reading import said

WORTH = {"拾": 10, "佰": 100, "仟": 1000}


def test_an_appointment_says_when_to_come_and_until_when_it_can_be_given_up() -> None:
    (text,) = said("appointment", APPOINTMENT)

    for told in ("2026年11月25日星期三", "09:30–10:00", "09:15–09:45", "2026-11-2417:30"):
        assert told in text
    assert text.index("09:30–10:00") < text.index("09:15–09:45") < text.index("2026-11-2417:30")


def test_what_to_bring_is_a_list_with_the_number_of_copies() -> None:
    lines = texts_of("appointment", APPOINTMENT, 42)[0]

    for material in APPOINTMENT["materials"]:
        name = material["names"]["zh"]
        assert any(
            line.startswith(str(material["number"])) and name[:12] in line and "1 份" in line
            for line in lines
        )


def test_an_appointment_without_papers_has_no_empty_list() -> None:
    (text,) = said("appointment", APPOINTMENT | {"materials": []})

    assert Wording("zh").say("Please bring") not in text


@pytest.mark.parametrize("kind", ["appointment", "payment"])
def test_a_citizens_slip_speaks_the_citizens_language_below_the_chinese(kind: str) -> None:
    sample = {"appointment": APPOINTMENT, "payment": PAYMENT}[kind]
    title = {"appointment": "Appointment number", "payment": "Serial"}[kind]

    (text,) = said(kind, sample | {"language": "en"})

    chinese, english = (Wording(language).say(title) for language in ("zh", "en"))
    assert text.index(chinese.replace(" ", "")) < text.index(english.replace(" ", ""))


def test_the_total_is_the_sum_of_the_items_in_figures_and_in_capitals() -> None:
    (text,) = said("payment", PAYMENT)

    for amount in ("¥80.00", "¥10.00", "¥1,280.50", "-¥40.00", "¥1,330.50"):
        assert amount in text
    assert "人民币壹仟叁佰叁拾元伍角整" in text


def test_an_amount_that_is_no_number_is_not_guessed() -> None:
    (text,) = said("payment", PAYMENT | {"items": [{"names": {"zh": "费"}, "amount_fen": "80"}]})

    assert "人民币" not in text
    assert "¥" not in text


def test_the_cashiers_counter_comes_before_the_way_back() -> None:
    (text,) = said("payment", PAYMENT)

    pay = Wording("zh").say("Please pay at counter {cashier}", cashier=12).replace(" ", "")
    back = (
        Wording("zh")
        .say(
            "After paying, please return to counter {counter} with this slip and the receipt",
            counter=7,
        )
        .replace(" ", "")
    )
    assert text.index(pay) < text.index(back)


@pytest.mark.parametrize(
    ("fen", "told"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (50, "伍角整"),
        (100, "壹元整"),
        (1000, "壹拾元整"),
        (32504, "叁佰贰拾伍元零肆分"),
        (1640902, "壹万陆仟肆佰零玖元零贰分"),
        (10700053, "壹拾万零柒仟元伍角叁分"),
        (10_000_000_000, "壹亿元整"),
        (10_000_100_000, "壹亿零壹仟元整"),
        (100_001_00, "壹拾万零壹元整"),
        (-4000, "负肆拾元整"),
    ],
)
def test_capitals_follow_the_rules_for_bills(fen: int, told: str) -> None:
    assert in_capitals(fen) == "人民币" + told


@settings(max_examples=200)
@given(st.integers(-LIMIT_FEN + 1, LIMIT_FEN - 1))
def test_capitals_say_the_amount_and_no_zero_twice(fen: int) -> None:
    told = in_capitals(fen)

    assert read(told) == fen
    assert "零零" not in told
    assert int(in_figures(fen).replace("¥", "").replace(",", "").replace(".", "")) == fen


def test_an_amount_without_a_word_is_not_said_wrongly() -> None:
    assert in_capitals(LIMIT_FEN) == ""


def read(told: str) -> int:
    """Capitals back into fen, by adding up what each sign is worth."""
    sign = -1 if "负" in told else 1
    total = section = group = figure = 0
    for letter in told.removeprefix("人民币").replace("负", "").replace("万亿", "兆"):
        if letter in FIGURES:
            figure = FIGURES.index(letter)
        elif letter in WORTH:
            section, figure = section + figure * WORTH[letter], 0
        elif letter in "万亿兆":
            group += (section + figure) * {"万": 10**4, "亿": 10**8, "兆": 10**12}[letter]
            section = figure = 0
        elif letter == "元":
            total, section, figure = (group + section + figure) * 100, 0, 0
        elif letter in "角分":
            total, figure = total + figure * (10 if letter == "角" else 1), 0
    return sign * total
