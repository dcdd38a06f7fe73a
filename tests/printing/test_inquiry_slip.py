"""What stands on the slip of an inquiry."""

import pytest

from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import INQUIRY
from tests.printing.slip_reading import WIDTHS, height_of, said


def test_name_and_telephone_of_who_answers_stand_on_lines_of_their_own() -> None:
    lines = [line.strip() for line in texts_of("inquiry", INQUIRY, 42)[0]]

    assert lines.index(INQUIRY["name"]) + 1 == lines.index(INQUIRY["phone"])


def test_the_citizen_can_complain_and_find_the_way_back() -> None:
    (text,) = said("inquiry", INQUIRY)

    for key in ("number", "supervision_phone", "address", "department"):
        assert INQUIRY[key].replace(" ", "") in text
    assert "2026-11-2309:40" in text


def test_what_is_not_known_leaves_no_empty_label() -> None:
    (text,) = said("inquiry", INQUIRY | {"counter": None, "service": None, "department": ""})
    (whole,) = said("inquiry", INQUIRY)

    for label in ("窗口：", "事项：", "责任科室："):
        assert label in whole
        assert label not in text


@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_into_a_hand(width: int) -> None:
    assert height_of("inquiry", INQUIRY, width) < 130 * 8  # dots to the millimetre
