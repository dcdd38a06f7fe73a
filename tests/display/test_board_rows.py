"""Columns line up in any script."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.content import Content

from display.board_rows import pages
from ui.cells import fit


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])), st.integers(0, 60))
def test_a_cell_is_as_wide_as_its_column(text: str, width: int) -> None:
    assert cell_len(fit(text, width)) == width
    assert cell_len(fit(text, width, "right")) == width


def test_no_half_of_a_wide_character_is_left() -> None:
    assert fit("住房贷款", 8) == "住房贷款"
    assert fit("住房贷款", 7) == "住房贷…"
    assert fit("住房贷款", 6) == "住房… "


@given(st.integers(0, 70), st.integers(1, 3), st.integers(1, 4), st.integers(0, 30))
def test_every_block_is_on_one_page(count: int, tall: int, columns: int, height: int) -> None:
    blocks = [[Content(f"{n:05}")] + [Content("     ")] * (tall - 1) for n in range(count)]
    found = pages(blocks, columns, height, 5)
    assert found
    assert all(len(page) <= max(height, tall) for page in found)
    words = " ".join(line.plain for page in found for line in page).split()
    assert sorted(words) == [f"{n:05}" for n in range(count)]


def test_columns_of_one_page_are_of_one_length() -> None:
    blocks = [[Content(str(n))] for n in range(4)]
    (page,) = pages(blocks, 2, 10, 1, gap=1)
    assert [line.plain for line in page] == ["0 2", "1 3"]
