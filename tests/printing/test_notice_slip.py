"""What stands on the one-time notice."""

import pytest

from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import NOTICE
from hall.wording import Wording
from tests.printing.slip_reading import WIDTHS, height_of, said


def test_a_notice_tells_everything_at_once() -> None:
    for text in said("notice", NOTICE):
        for key in ("legal_basis", "approval", "procedure", "statutory_limit", "promised_limit"):
            assert NOTICE[key] in text
        for key in ("fee", "remedy", "remark", "clerk", "clerk_phone", "staff_number", "serial"):
            assert NOTICE[key] in text
        for material in NOTICE["materials"]:
            for key in ("form", "how_to_fill", "source", "what_is_wrong"):
                assert material[key] in text
            assert material["names"]["zh"] in text
        assert "ab12cd34ef567890" in text


def test_each_material_is_marked_as_it_was_found() -> None:
    wording = Wording("zh")
    lines = texts_of("notice", NOTICE, 42)[0]

    for name, finding in [
        ("购房合同及首付款发票", "COMPLETE"),
        ("住房公积金个人住房贷款申请表", "MISSING"),
        ("收入证明", "WRONG"),
    ]:
        assert any(name in line and line.endswith(f"[{wording.say(finding)}]") for line in lines)


def test_how_much_is_to_be_mended_is_said_before_the_long_text() -> None:
    summary = (
        Wording("zh")
        .say(
            "Of {total} papers, {missing} missing and {wrong} to be corrected.",
            total=7,
            missing=2,
            wrong=1,
        )
        .replace(" ", "")
    )

    for text in said("notice", NOTICE):
        assert 0 < text.index(summary) < text.index(NOTICE["legal_basis"])


def test_a_word_that_no_sign_ends_stays_on_the_paper() -> None:
    lines = texts_of("notice", NOTICE | {"remark": "x" * 3000}, 42)[0]

    assert max(len(line) for line in lines) <= 42
    assert "".join(lines).count("x") == 3000


@pytest.mark.parametrize("width", WIDTHS)
def test_a_notice_with_seven_materials_is_no_longer_than_a_forearm(width: int) -> None:
    """In dots, 8 to the millimetre, of one copy."""
    assert height_of("notice", NOTICE, width) / 2 < 400 * 8
