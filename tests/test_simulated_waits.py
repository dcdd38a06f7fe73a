"""What is told in halls whose truth is known; `make bench` runs them at length."""

import pytest

from bench import waits
from bench.waits import MIXED, MMS


@pytest.mark.parametrize("counters", [2, 5, 12])
def test_it_is_about_as_good_as_knowing_the_true_pace(counters: int) -> None:
    found = waits.compare(MMS[counters, 0.9], visitors=6000, asked=0.5)

    assert found.against_knowing <= waits.LIMIT
    assert max(found.against_last, found.against_head) < 0.7
    assert 0.72 <= found.kept <= 0.9


@pytest.mark.parametrize("name", MIXED)
def test_it_beats_what_the_last_or_the_first_of_the_line_waited(name: str) -> None:
    found = waits.compare(MIXED[name], visitors=3000, asked=0.5)

    assert max(found.against_last, found.against_head) < 0.85
    assert 0.7 <= found.kept <= 0.92
