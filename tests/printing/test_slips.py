"""What holds for every kind of slip."""

import re
from datetime import datetime
from typing import Any

import pytest

from devices.printing.pictures import SLIPS, count_of, pictures_of, sha256
from devices.printing.slip_text import texts_of
from devices.printing.slips.samples import SAMPLES
from hall.wording import Wording
from tests.printing.slip_reading import WIDTHS, read_codes, said, texts_in

KINDS = list(SAMPLES)
NOT_SAID = frozenset({"language", "stage", "finding", "class", "sha256", "en", "service_code"})
"""Chosen by, or said in other words; English stands on a citizen's slips, not on documents."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.*")


def test_there_is_a_sample_of_every_kind() -> None:
    assert set(SAMPLES) == set(SLIPS)


@pytest.mark.parametrize("large", [False, True], ids=["normal", "large"])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_copy_carries_a_code_that_reads_back(kind: str, width: int, large: bool) -> None:
    copies = pictures_of(kind, SAMPLES[kind] | {"large_print": large}, width)

    assert [(copy.mode, copy.width) for copy in copies] == [("1", width)] * count_of(kind)
    assert [read_codes(copy) for copy in copies] == [[SAMPLES[kind]["code"]]] * count_of(kind)


@pytest.mark.parametrize("width", [432, 512, 640, 832])
@pytest.mark.parametrize("kind", KINDS)
def test_a_slip_fits_any_paper(kind: str, width: int) -> None:
    pictures = pictures_of(kind, SAMPLES[kind], width)

    assert {picture.width for picture in pictures} == {width}
    assert all(read_codes(picture) == [SAMPLES[kind]["code"]] for picture in pictures)


@pytest.mark.parametrize("kind", KINDS)
def test_everything_known_is_said_on_every_copy(kind: str) -> None:
    for text in said(kind, SAMPLES[kind]):
        for told in texts_in(SAMPLES[kind], NOT_SAID):
            if MOMENT.fullmatch(told):
                assert f"{datetime.fromisoformat(told):%H:%M}" in text
            elif re.fullmatch(r"\d{4}-\d\d-\d\d", told):
                day = datetime.fromisoformat(told)
                assert f"{day.year}年{day.month}月{day.day}日" in text
            else:
                assert told.replace(" ", "") in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_reprint_is_marked_on_every_piece_of_paper(kind: str) -> None:
    mark, content = f"【{Wording('zh').say('REPRINT')}】", SAMPLES[kind]

    assert all(mark in text for text in said(kind, content, reprint=True))
    assert not any(mark in text for text in said(kind, content))
    first, again = (pictures_of(kind, content, 576, reprint) for reprint in (False, True))
    assert all(a.tobytes() != b.tobytes() for a, b in zip(first, again, strict=True))


@pytest.mark.parametrize("kind", [kind for kind in KINDS if len(SLIPS[kind].copies) == 2])
def test_copies_differ_in_nothing_but_their_name(kind: str) -> None:
    citizens, kept = said(kind, SAMPLES[kind])
    names = [Wording("zh").say(copy) for copy in ("Copy for the citizen", "Copy for the file")]

    assert names[0] in citizens and names[1] in kept
    assert citizens.replace(names[0], "") == kept.replace(names[1], "")
    first, second = pictures_of(kind, SAMPLES[kind], 384)
    assert first.tobytes() != second.tobytes()


@pytest.mark.parametrize("kind", ["notice", "promise", "refusal"])
def test_what_has_to_be_signed_or_kept_comes_in_two_copies(kind: str) -> None:
    assert count_of(kind) == 2


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_large_print_is_larger_and_says_the_same(kind: str, width: int) -> None:
    large = SAMPLES[kind] | {"large_print": True}

    for usual, larger in zip(
        pictures_of(kind, SAMPLES[kind], width), pictures_of(kind, large, width), strict=True
    ):
        assert larger.height > usual.height * 1.25
        assert larger.width == usual.width
    assert texts_of(kind, large) == texts_of(kind, SAMPLES[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_printed_beyond_the_edge(kind: str) -> None:
    for large in (False, True):
        for picture in pictures_of(kind, SAMPLES[kind] | {"large_print": large}, 384):
            edges = [picture.crop((x, 0, x + 1, picture.height)) for x in (0, 1, 382, 383)]
            assert all(edge.getextrema() == (255, 255) for edge in edges)


@pytest.mark.parametrize("kind", KINDS)
def test_a_content_that_lacks_everything_is_drawn_all_the_same(kind: str) -> None:
    for picture in pictures_of(kind, {}, 384):
        assert 0 < picture.height < 1500
    nothing: dict[str, Any] = dict.fromkeys(SAMPLES[kind])
    assert len(pictures_of(kind, nothing, 576)) == count_of(kind)


def test_a_kind_nobody_knows_is_named() -> None:
    with pytest.raises(ValueError, match="love-letter"):
        pictures_of("love-letter", {}, 576)
    with pytest.raises(ValueError, match="love-letter"):
        count_of("love-letter")


def test_the_fingerprint_is_of_the_dots() -> None:
    ticket = SAMPLES["ticket"]
    first, again = pictures_of("ticket", ticket, 576), pictures_of("ticket", ticket, 576)
    other = pictures_of("ticket", ticket | {"number": "A013"}, 576)

    assert sha256(first) == sha256(again) != sha256(other)
