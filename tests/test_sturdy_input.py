"""Nothing that can be typed or scanned breaks a screen's input."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual.drivers import linux_driver

import ui.base_app  # noqa: F401  every face has it
from ui.sturdy_input import SturdyParser


def fed(text: str) -> list[object]:
    parser = SturdyParser(False)
    return list(parser.feed(text))


def test_the_driver_uses_it() -> None:
    assert vars(linux_driver)["XTermParser"] is SturdyParser


@pytest.mark.parametrize(
    "sequence",
    [
        "\x1b[99999999999A",
        "\x1b[1114112u",
        "\x1b[1;1;1114112u",
        "\x1b[27;5;1114112~",
        "\x1b[99999999999999999999999999u",
    ],
)
def test_a_key_there_is_not_is_no_key(sequence: str) -> None:
    assert not any(isinstance(event, events.Key) for event in fed(sequence))


def test_a_window_size_that_comes_as_text_is_not_believed() -> None:
    assert not any(isinstance(event, events.Resize) for event in fed("\x1b[48;3000;3000;1;1t"))


def test_ordinary_keys_arrive() -> None:
    keys = [event.key for event in fed("a\x1b[A\r") if isinstance(event, events.Key)]
    assert keys == ["a", "up", "enter"]


@given(st.text(alphabet="\x1b[]0123456789;:<>?~uAMmt\x07\\PX", max_size=40))
def test_no_burst_of_escape_sequences_breaks_it(text: str) -> None:
    fed(text)
