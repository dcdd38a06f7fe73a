"""A reader of another language learns what a matter takes, as far as anybody has said it."""

import pytest

from hall.catalogue.office_words import TERMS, office_words
from hall.wording import Wording
from tests.catalogue.office import Office


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("当场", "on the spot"),
        ("1个工作日", "1 working day"),
        ("15个工作日", "15 working days"),
        ("20日", "20 days"),
        ("1个月", "1 month"),
        ("40元/证", "40 yuan each"),
        ("原件，加盖公章", "original, with the official seal"),
        ("逐项填写，不得涂改", "fill in every field, nothing crossed out"),
    ],
)
def test_set_terms_of_office_guides_are_told_in_english(written: str, told: str) -> None:
    assert office_words({"zh": written}, Wording("en").say, "en") == told


@pytest.mark.parametrize("written", ["购买自住住房", "原件，须载明授权事项", "", "约3个工作日"])
def test_what_is_no_set_term_is_told_whole_as_it_is_written(written: str) -> None:
    assert office_words({"zh": written}, Wording("en").say, "en") == written


def test_the_workbooks_own_words_come_before_a_set_term() -> None:
    texts = {"zh": "原件", "en": "the paper itself", "bo": "མ་ཡིག"}
    assert office_words(texts, Wording("en").say, "en") == "the paper itself"
    assert office_words(texts, Wording("bo").say, "bo") == "མ་ཡིག"


@pytest.mark.parametrize("language", ["zh", "bo"])
def test_who_reads_chinese_reads_what_the_office_wrote(language: str) -> None:
    for written in (*TERMS, "3日", "工本费16元"):
        texts = {"zh": written}
        assert office_words(texts, Wording(language).say, language) == written


def test_the_workbook_may_have_a_text_in_any_language(office: Office) -> None:
    office.column("事项", "申请条件(en)", "Whoever buys a home", None, "x" * 300)
    office.column("事项", "收费标准（bo）", None, "རིན་མེད།", None)
    office.column("材料", "填报须知(en)", "given back", None, None)

    book = office.read()

    assert [service.translations for service in book.services] == [
        {"conditions": {"en": "Whoever buys a home"}},
        {"fee": {"bo": "རིན་མེད།"}},
        {"conditions": {"en": "x" * 300}},
    ]
    assert [paper.translations for paper in book.materials] == [
        {"how_to_fill": {"en": "given back"}},
        {},
        {},
    ]
    assert not book.warnings
