"""A matter is found by a few letters of its Pinyin, of its English name, or of its code."""

from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hall.catalogue.spelling import SpellingIndex, readings

MATTERS = {
    "S101": {"zh": "灵活就业人员参保登记", "en": "Insurance registration, self-employed"},
    "S102": {"zh": "社会保障卡补领", "en": "Replace a social security card"},
    "B201": {"zh": "不动产转移登记", "en": "Transfer of property title"},
    "B7": {"zh": "长期护理[red]重新核定", "bo": "ཕྱིར་ལེན།"},
}
INDEX = SpellingIndex(MATTERS)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lhjy", ["S101"]),
        ("shbzk", ["S102"]),
        ("BZK", ["S102"]),
        ("baozhangk", ["S102"]),
        ("dj", ["S101", "B201"]),
        ("ydj", ["B201"]),
        ("repl", ["S102"]),
        ("ssc", ["S102"]),  # social security card
        ("s101", ["S101"]),
        ("10", ["S101", "S102"]),
        ("b7", ["B7"]),
        ("cqhl", ["B7"]),
        ("zqhl", ["B7"]),  # 长 is read in two ways
        ("cxhd", ["B7"]),
        ("zxhd", ["B7"]),  # 重 too
        ("shbz", ["S102"]),
        ("sbz", []),  # nothing between is left out
        ("shz", []),
        ("xq", []),
    ],
)
def test_letters_lead_to_the_matter(typed: str, found: list[str]) -> None:
    assert list(INDEX.find(typed).codes) == found


def test_what_begins_with_it_comes_first() -> None:
    index = SpellingIndex({"1": {"zh": "社保登记"}, "2": {"zh": "登记证明"}})
    assert index.find("dj").codes == ("2", "1")


def test_without_letters_everything_is_there() -> None:
    assert INDEX.find("").codes == tuple(MATTERS)


@given(st.text(ascii_lowercase + "0123456789", max_size=6))
@settings(max_examples=200)
def test_a_key_that_is_offered_leads_on_and_no_other_does(typed: str) -> None:
    found = INDEX.find(typed)
    for letter in ascii_lowercase + "0123456789":
        assert bool(INDEX.find(typed + letter).codes) == (letter in found.letters)


@given(st.dictionaries(st.text(max_size=8), st.just(0)), st.text(max_size=20))
def test_no_name_breaks_it(codes: dict[str, int], name: str) -> None:
    SpellingIndex({code: {"zh": name} for code in codes}).find("a")


@pytest.mark.parametrize(
    ("character", "spelled"),
    [("绿", {"lv", "lu"}), ("行", {"xing", "hang", "heng"}), ("、", set())],
)
def test_every_reading_counts_and_u_may_be_typed_for_the_other_u(
    character: str, spelled: set[str]
) -> None:
    assert readings(character) == spelled
