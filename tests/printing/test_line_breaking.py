"""Where lines end."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from devices.printing.drawing.line_breaking import NOT_FIRST, NOT_LAST, wrap

TEXTS = st.text(alphabet="办理提取，。（）《》“”；：abc 0123-./,()%་ཀ", max_size=120)


@given(TEXTS, st.integers(6, 30))
def test_nothing_is_lost_and_nothing_sticks_out(text: str, width: int) -> None:
    lines = wrap(text, width, cell_len)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


def test_punctuation_stays_with_its_word() -> None:
    lines = wrap("请带身份证、户口本（原件），《申请表》一份。", 12, cell_len)

    assert not any(line[0] in NOT_FIRST for line in lines)
    assert not any(line[-1] in NOT_LAST for line in lines)


def test_words_and_numbers_are_not_broken() -> None:
    assert wrap("电话0883-2120000转8", 12, cell_len) == ["电话", "0883-2120000", "转8"]
    assert wrap("Lincang Service Hall", 13, cell_len) == ["Lincang", "Service Hall"]
    assert wrap("共3.5元", 6, cell_len) == ["共3.5", "元"]


def test_a_mark_stays_on_its_letter() -> None:
    assert all(line[0] != "\u0301" for line in wrap("e\u0301" * 9, 2, cell_len))


def test_no_character_is_left_alone_on_the_last_line() -> None:
    assert wrap("《住房公积金管理条例》第二十六条", 30, cell_len)[-1] == "六条"
    assert wrap("办理提取。", 8, cell_len) == ["办理", "提取。"]
    assert wrap("投诉（0883-2120000）", 16, cell_len) == ["投诉", "（0883-2120000）"]


def test_a_fact_in_a_row_is_put_on_the_next_line_rather_than_broken() -> None:
    assert wrap("原件　一份　申请人自备", 16, cell_len) == ["原件　一份", "申请人自备"]
    assert wrap("原件　中国人民银行征信中心", 16, cell_len) == ["原件　中国人民银", "行征信中心"]


def test_an_arrow_stays_with_what_it_leads_from() -> None:
    for width in range(4, 16):
        lines = wrap("申请→受理→审核→决定", width, cell_len)
        assert not any(line.startswith("→") for line in lines)


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", 10, cell_len) == [""]
    assert wrap("   ", 10, cell_len) == [""]
