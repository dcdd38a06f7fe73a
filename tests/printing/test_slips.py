"""What stands on the slips."""

import os
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from devices.printing.drawing import fonts
from devices.printing.pictures import pictures_of, sha256
from devices.printing.slip_text import texts_of
from devices.printing.slips.ticket_slip import expected_wait
from hall.wording import Wording

WIDTHS = [384, 576]

TICKET: dict[str, Any] = {
    "hall": {"zh": "临沧市服务大厅", "en": "Lincang Service Hall"},
    "number": "A012",
    "service": {"zh": "购买自住住房提取", "en": "Withdraw: home purchase"},
    "counters": [3, 5],
    "ahead": 7,
    "wait_low_s": 720,
    "wait_high_s": 1500,
    "issued_at": "2026-11-23T09:00:00+08:00",
    "code": "k3Jd8_fQz1Ab",
    "class": "ordinary",
    "language": "zh",
    "phone": "0883-2120000",
}

NOTICE: dict[str, Any] = {
    "hall": {"zh": "临沧市服务大厅"},
    "address": "临翔区",
    "serial": "LC-2026-000017",
    "code": "Xy0_9aBcDeFg",
    "service": {"zh": "个人住房贷款申请"},
    "service_code": "D301",
    "kind": "承诺件",
    "legal_basis": "《住房公积金管理条例》第二十六条",
    "conditions": "购买自住住房",
    "materials": [
        {
            "number": number,
            "names": {"zh": name},
            "form": f"原件{number}",
            "copies": "2",
            "how_to_fill": f"须知{number}",
            "source": f"来源{number}",
            "required": True,
            "finding": finding,
            "what_is_wrong": wrong,
        }
        for number, name, finding, wrong in [
            (1, "居民身份证", "here", ""),
            (2, "借款申请表", "missing", ""),
            (3, "收入证明", "wrong", "未加盖公章"),
        ]
    ],
    "approval": "贷款科受理、科长审批",
    "procedure": "申请→审批→放款",
    "statutory_limit": "15日",
    "promised_limit": "10个工作日",
    "fee": "不收费",
    "remedy": "可向督查科投诉",
    "remark": "欧阳䶮代办",
    "department": "贷款科",
    "clerk": "李四",
    "staff_number": "1004",
    "clerk_phone": "0883-2120004",
    "phone": "0883-2120001",
    "supervision_phone": "0883-2120000",
    "issued_at": "2026-11-23T09:31:00+08:00",
    "counter": 4,
    "ticket": "A012",
    "sha256": "ab12cd34ef567890" + "0" * 48,
}


def read_codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def said(kind: str, content: dict[str, Any], *, reprint: bool = False) -> list[str]:
    """What each piece of paper says, without the breaks of its lines."""
    return ["".join(lines).replace(" ", "") for lines in texts_of(kind, content, 42, reprint)]


@pytest.mark.parametrize("width", WIDTHS)
def test_the_code_of_a_ticket_reads_back(width: int) -> None:
    (picture,) = pictures_of("ticket", TICKET, width)

    assert (picture.mode, picture.width) == ("1", width)
    assert read_codes(picture) == ["k3Jd8_fQz1Ab"]


@pytest.mark.parametrize("width", WIDTHS)
def test_both_copies_of_a_notice_carry_its_code(width: int) -> None:
    copies = pictures_of("notice", NOTICE, width)

    assert [read_codes(copy) for copy in copies] == [["Xy0_9aBcDeFg"]] * 2
    assert copies[0].tobytes() != copies[1].tobytes()


def test_a_ticket_says_what_its_citizen_needs() -> None:
    (text,) = said("ticket", TICKET)

    for told in ("临沧市服务大厅", "A012", "购买自住住房提取", "3、5", "7", "12", "25"):
        assert told in text
    for told in ("2026-11-23", "09:00", "0883-2120000", "k3Jd8_fQz1Ab"):
        assert told in text


def test_a_ticket_speaks_chinese_and_the_citizens_language() -> None:
    names = TICKET["service"] | {"bo": "ཁང་པ"}

    (text,) = said("ticket", TICKET | {"language": "bo", "service": names})

    assert text.index("购买自住住房提取") < text.index("ཁང་པ")
    assert Wording("bo").say("Expected wait").replace(" ", "") in text


def test_a_wait_nobody_can_tell_is_not_a_number() -> None:
    wording = Wording("zh")

    unknown = expected_wait({"wait_low_s": None, "wait_high_s": None}, wording)

    assert unknown == wording.say("no counter is open for this yet")


@pytest.mark.parametrize(
    ("low", "high", "words", "facts"),
    [
        (720, 1500, "{first} to {last} minutes", {"first": 12, "last": 25}),
        (0, 720, "up to {last} minutes", {"last": 12}),
        (300, 300, "about {last} minutes", {"last": 5}),
        (0, 30, "about a minute", {}),
        (61, 119, "{first} to {last} minutes", {"first": 1, "last": 2}),
    ],
)
def test_a_wait_is_a_range_that_keeps_its_later_end(
    low: int, high: int, words: str, facts: dict[str, int]
) -> None:
    wording = Wording("en")

    told = expected_wait({"wait_low_s": low, "wait_high_s": high}, wording)

    assert told == wording.say(words, **facts)


def test_a_priority_is_named_and_an_ordinary_ticket_is_not_marked() -> None:
    words = Wording("zh").say("Priority: elderly").replace(" ", "")

    (ordinary,) = said("ticket", TICKET)
    (elderly,) = said("ticket", TICKET | {"class": "elderly"})

    assert words in elderly
    assert words not in ordinary


@pytest.mark.parametrize(("kind", "content"), [("ticket", TICKET), ("notice", NOTICE)])
def test_a_reprint_is_marked_on_every_piece_of_paper(kind: str, content: dict[str, Any]) -> None:
    mark = f"【{Wording('zh').say('REPRINT')}】"

    assert all(mark in text for text in said(kind, content, reprint=True))
    assert not any(mark in text for text in said(kind, content))
    first, again = (pictures_of(kind, content, 576, reprint) for reprint in (False, True))
    assert all(a.tobytes() != b.tobytes() for a, b in zip(first, again, strict=True))


def test_a_notice_tells_everything_at_once() -> None:
    citizens, kept = said("notice", NOTICE)

    for text in (citizens, kept):
        for key in ("legal_basis", "approval", "procedure", "statutory_limit", "promised_limit"):
            assert NOTICE[key] in text
        for key in ("fee", "remedy", "remark", "clerk", "clerk_phone", "staff_number", "serial"):
            assert NOTICE[key] in text
        for material in NOTICE["materials"]:
            for key in ("form", "how_to_fill", "source", "what_is_wrong"):
                assert material[key] in text
            assert material["names"]["zh"] in text
        assert "ab12cd34ef567890" in text
    wording = Wording("zh")
    assert wording.say("Copy for the citizen").replace(" ", "") in citizens
    assert wording.say("Copy for the file").replace(" ", "") in kept


def test_each_material_is_marked_as_it_was_found() -> None:
    wording = Wording("zh")
    lines = texts_of("notice", NOTICE, 42)[0]

    for name, finding in [
        ("居民身份证", "COMPLETE"),
        ("借款申请表", "MISSING"),
        ("收入证明", "WRONG"),
    ]:
        assert any(name in line and line.endswith(f"[{wording.say(finding)}]") for line in lines)


@pytest.mark.parametrize("width", WIDTHS)
def test_commands_in_a_name_are_no_commands(width: int) -> None:
    hostile = "提取\x1b@\x1dV\x00\x10\x14\x08\x07\u202e\u2066\x00\x9b2J\r\n"

    plain = pictures_of("ticket", TICKET | {"service": {"zh": "提取@V2J"}}, width)
    disturbed = pictures_of("ticket", TICKET | {"service": {"zh": hostile}}, width)

    assert sha256(disturbed) == sha256(plain)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_name_of_500_characters_is_printed_whole(width: int) -> None:
    name = "".join(chr(0x4E00 + number) for number in range(500))
    content = TICKET | {"service": {"zh": name}}

    (picture,) = pictures_of("ticket", content, width)

    assert name in said("ticket", content)[0]
    assert read_codes(picture) == ["k3Jd8_fQz1Ab"]
    assert picture.height > pictures_of("ticket", TICKET, width)[0].height


def test_an_endless_word_stays_on_the_paper() -> None:
    lines = texts_of("notice", NOTICE | {"remark": "x" * 3000}, 42)[0]

    assert max(len(line) for line in lines) <= 42
    assert "".join(lines).count("x") == 3000


def test_what_no_font_has_is_shown_by_its_code() -> None:
    assert fonts.face_for("\ue000") is None
    assert [run.text for run in fonts.runs_of("王\ue000")] == ["王〔U+E000〕"]

    with_code = pictures_of("ticket", TICKET | {"service": {"zh": "王〔U+E000〕"}}, 576)
    without_glyph = pictures_of("ticket", TICKET | {"service": {"zh": "王\ue000"}}, 576)

    assert sha256(with_code) == sha256(without_glyph)


def test_rare_names_have_their_glyphs() -> None:
    assert all(fonts.face_for(sign) == fonts.cjk_face() for sign in "䶮𠮷㐂〇龦𠀋①“…—·")


def test_letters_of_another_script_come_from_its_own_font() -> None:
    face = fonts.face_for("ཀ")
    if face is None:
        assert "CI" not in os.environ, "CI has to install the fonts this looks at"
        pytest.skip("no Tibetan font on this machine; nothing of its shaping was looked at")

    runs = fonts.runs_of("A012 བོད་ཡིག 3")

    assert [run.face == face for run in runs] == [False, True, False]
    assert "".join(run.text for run in runs) == "A012 བོད་ཡིག 3"


def test_a_line_of_uyghur_runs_from_the_right() -> None:
    if fonts.face_for("ئ") is None:
        pytest.skip("no Arabic font on this machine")

    runs = fonts.runs_from_left("نومۇر A012 كۆزنەك")

    assert [run.text.strip() for run in runs if run.text.strip()] == ["كۆزنەك", "A012", "نومۇر"]
    assert not fonts.runs_rightwards("نومۇر A012")


def test_the_fingerprint_is_of_the_dots() -> None:
    first, again = pictures_of("ticket", TICKET, 576), pictures_of("ticket", TICKET, 576)
    other = pictures_of("ticket", TICKET | {"number": "A013"}, 576)

    assert sha256(first) == sha256(again) != sha256(other)
