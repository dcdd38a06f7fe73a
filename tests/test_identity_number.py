"""公民身份号码: what is typed is a number of a card, or it is said what is wrong with it."""

import contextlib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hall.errors import Refused
from hall.errors.identity import (
    BirthDateWrong,
    CheckDigitWrong,
    IdentityCharacters,
    IdentityLength,
    OldIdentityCard,
)
from hall.tickets import identity_number
from tests.identity_cards import card

TODAY = date(2026, 11, 23)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_a_number_made_by_the_standard_is_read(born_on: date, order: int) -> None:
    number = identity_number.read(card(born_on, order), TODAY)
    assert (number.text, number.born_on) == (card(born_on, order), born_on)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 17), st.sampled_from("0123456789"))
def test_one_mistyped_character_is_always_found(born_on: date, at: int, wrong: str) -> None:
    right = card(born_on)
    typed = right[:at] + wrong + right[at + 1 :]
    if typed != right:
        with pytest.raises(Refused):
            identity_number.read(typed, TODAY)


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ("", IdentityLength),
        ("53090219901231", IdentityLength),
        ("5309021990123112345", IdentityLength),
        ("530902901231123", OldIdentityCard),
        ("5309021990X2311234", IdentityCharacters),
        ("53090219901231123Y", IdentityCharacters),
        ("530902１9901231123٣", IdentityCharacters),
        ("530902199002301230", BirthDateWrong),
        ("530902202612311230", BirthDateWrong),
        ("530902189012311230", BirthDateWrong),
        (card(date(1990, 12, 31))[:17] + "0", CheckDigitWrong),
    ],
)
def test_it_is_said_what_is_wrong(typed: str, refusal: type[Refused]) -> None:
    with pytest.raises(refusal):
        identity_number.read(typed, TODAY)


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused(typed: str) -> None:
    with contextlib.suppress(Refused):
        identity_number.read(typed, TODAY)


def test_spaces_and_a_small_x_do_not_matter() -> None:
    with_x = next(
        card(date(1970, 1, 1), order)
        for order in range(99)
        if card(date(1970, 1, 1), order).endswith("X")
    )
    typed = f" {with_x[:6]} {with_x[6:14]} {with_x[14:].lower()}"
    assert identity_number.read(typed, TODAY).text == with_x


def test_a_card_of_a_district_that_is_no_more_is_good() -> None:
    identity_number.read(card(date(1960, 5, 5), district="999999"), TODAY)


@pytest.mark.parametrize(("born_on", "age"), [(date(1966, 11, 23), 60), (date(1966, 11, 24), 59)])
def test_one_is_older_from_the_birthday_on(born_on: date, age: int) -> None:
    assert identity_number.read(card(born_on), TODAY).age(TODAY) == age


def test_nothing_of_it_stands_in_what_python_prints() -> None:
    number = identity_number.read(card(date(1990, 12, 31)), TODAY)
    assert "1990" not in repr(number) and number.last not in repr(number)
