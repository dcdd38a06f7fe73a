"""What stands on receipts, promises and refusals."""

import pytest

from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import PROMISE, RECEIPT, REFUSAL, SELF_CHECK
from hall.wording import Wording
from tests.printing.slip_reading import said


def say(words: str) -> str:
    return Wording("zh").say(words).replace(" ", "")


@pytest.mark.parametrize(
    ("kind", "sample", "stage", "title"),
    [
        ("receipt", RECEIPT, "received", "Receipt for papers"),
        ("receipt", RECEIPT, "accepted", "Receipt of acceptance"),
        ("refusal", REFUSAL, "returned", "Notice of return"),
        ("refusal", REFUSAL, "not_accepted", "Notice of non-acceptance"),
    ],
)
def test_a_document_bears_the_name_of_its_stage(
    kind: str, sample: dict[str, object], stage: str, title: str
) -> None:
    for text in said(kind, sample | {"stage": stage}):
        assert say(title) in text


def test_a_receipt_names_each_paper_who_took_it_and_who_can_be_asked() -> None:
    (text,) = said("receipt", RECEIPT)

    for material in RECEIPT["materials"]:
        assert f"{material['number']}{material['names']['zh'][:9]}" in text
    assert f"{say('Taken in by')}：郑七（1007）0883-2120007" in text
    assert "2026年12月7日星期一" in text
    assert "10个工作日" in text


def test_a_receipt_without_a_promise_makes_none() -> None:
    (text,) = said("receipt", RECEIPT | {"promised_by": None, "promised_working_days": None})

    assert say("Answer by") not in text
    assert say("Promised limit") not in text


def test_a_promise_names_its_day_and_its_first_handler_with_both_phones() -> None:
    for text in said("promise", PROMISE):
        assert "2026年12月7日星期一" in text
        assert f"{say('First handler')}：郑七（1007）" in text
        assert "0883-2120007" in text
        assert f"{say('Supervision phone')}：0883-2120000" in text


def test_a_refusal_gives_reason_rule_and_remedies_in_this_order() -> None:
    for text in said("refusal", REFUSAL):
        places = [text.index(REFUSAL[key]) for key in ("reason", "legal_basis", "remedy")]
        assert places == sorted(places)


@pytest.mark.parametrize(
    ("kind", "sample", "lines"), [("promise", PROMISE, 2), ("refusal", REFUSAL, 3)]
)
def test_there_is_room_for_seal_and_hands(kind: str, sample: dict[str, object], lines: int) -> None:
    for paper in texts_of(kind, sample, 42):
        assert sum("____" in line for line in paper) == lines
        assert any(say("(seal of the office)") in line for line in paper)


def test_a_missing_reason_leaves_a_gap_that_is_seen() -> None:
    for paper in texts_of("refusal", REFUSAL | {"reason": ""}, 42):
        assert paper[paper.index(Wording("zh").say("1. Reason")) + 1] == "—"


def test_who_reads_no_chinese_has_what_is_missing_in_their_language_too() -> None:
    row = {"number": "7", "name": "Letter of promise", "facts": "original ×1 · from the counter"}
    (chinese,) = said("self_check", SELF_CHECK)
    (text,) = said("self_check", SELF_CHECK | {"language": "en", "in_language": [row]})

    assert "Paperstobring" not in chinese
    assert text.index("Paperstobring") < text.index("Letterofpromise")
    assert "original×1·fromthecounter" in text
    assert "共同还款人承诺书" in text
