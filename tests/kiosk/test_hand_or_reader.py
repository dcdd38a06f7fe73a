"""Whatever hands and readers do one after the other, each key is the hand's or the reader's."""

from hypothesis import given
from hypothesis import strategies as st
from textual.events import Key

from kiosk.hand_or_reader import HAND_S, LONGEST, QUIET_S, SHORTEST, HandOrReader

CODES = st.text("ABCXYZabc0189-_", min_size=SHORTEST, max_size=LONGEST)
HAND = st.tuples(st.just("hand"), st.text("0123456789", min_size=1, max_size=3))
READER = st.tuples(st.sampled_from(["enter", "ctrl+j", "tab", ""]), CODES)


@given(st.lists(st.one_of(HAND, READER), max_size=8), st.floats(0.001, HAND_S - 0.005))
def test_every_code_is_told_once_and_only_a_hand_presses(
    turns: list[tuple[str, str]], gap: float
) -> None:
    """The first key of a burst is held back until the next; here it is told by what came of it."""
    keys, now = HandOrReader(), 0.0
    told, pressed, wanted, meant = [], [], [], []
    for end, text in turns:
        now += QUIET_S + HAND_S
        keys.end_if_quiet(now)
        told.append(keys.take())
        signs = [*text, *([end] if end not in ("hand", "") else [])]
        for at, sign in enumerate(signs):
            now += 2 * HAND_S if end == "hand" else gap
            if not keys.is_reader(Key(sign, sign if len(sign) == 1 else None), now):
                pressed.append(sign)
                if end != "hand":
                    assert at == 0, "only the first key cannot be told yet"
                    pressed.pop()
            told.append(keys.take())
        if end == "hand":
            meant += signs
        else:
            wanted.append(text)
    now += QUIET_S + HAND_S
    keys.end_if_quiet(now)
    told.append(keys.take())
    assert [text for text in told if text] == wanted
    assert pressed == meant


@given(st.text("0123456789", min_size=LONGEST + 1, max_size=3 * LONGEST))
def test_what_is_too_long_is_no_code(text: str) -> None:
    keys = HandOrReader()
    for at, sign in enumerate([*text, "enter"]):
        keys.is_reader(Key(sign, sign if len(sign) == 1 else None), at * 0.01)
    assert keys.take() == ""
