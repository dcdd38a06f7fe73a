"""What stands on the one-time notice."""

import pytest

from devices.printing.pictures import pictures_of
from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import CORRECTION, MATERIALS, NOTICE
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


def words(text: str, **facts: str) -> str:
    return Wording("zh").say(text, **facts).replace(" ", "")


def test_a_correction_tells_on_both_copies_what_it_corrects_and_who_answers_for_it() -> None:
    citizens, files = said("notice", CORRECTION)

    corrects = words(
        "This notice corrects {serial}; please go by this one.", serial="LC-2026-000017"
    )
    for text in (citizens, files):
        assert 0 < text.index(corrects) < text.index("LC-2026-000018")
        assert words("something was not told") in text
        assert "郑七（1007）" in text[: text.index("LC-2026-000018")]
    assert words("We are sorry for the trouble this caused you.") in citizens
    assert words("We are sorry for the trouble this caused you.") not in files
    assert not any(corrects[:4] in text for text in said("notice", NOTICE))


def test_a_paper_asked_for_by_hand_is_told_to_be_one() -> None:
    for text in said("notice", CORRECTION):
        asked = text[text.index("委托他人办理的委托书") :]
        assert asked.index("原件，须经公证") < asked.index(words("asked for in this case")) < 60
    assert not any(words("asked for in this case") in text for text in said("notice", NOTICE))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_longest_notice_a_hall_can_write_is_printed_whole(width: int) -> None:
    """Thirty papers, names of rare characters, a remark of 500 signs, everything wrong."""
    paper = MATERIALS[3] | {
        "names": {"zh": "䶮𠮷" + "名" * 58},
        "how_to_fill": "逐页签字" * 20,
        "what_is_wrong": "𠮷" * 200,
    }
    papers = [paper | {"number": number} for number in range(1, 31)]
    remark = ("䶮𠮷😀补" * 125)[:500]
    longest = CORRECTION | {"materials": papers, "remark": remark, "clerk": "欧阳䶮"}

    for text in said("notice", longest):
        assert text.count("𠮷" * 200) == 30
        assert text.count("补") == 125 + NOTICE["remedy"].count("补")
    assert all(picture.width == width for picture in pictures_of("notice", longest, width))


@pytest.mark.parametrize("corrects", [None, "x", [], {}, {"serial": None, "fault": 7}])
def test_a_correction_that_says_nothing_breaks_no_slip(corrects: object) -> None:
    assert all(said("notice", NOTICE | {"corrects": corrects}))
