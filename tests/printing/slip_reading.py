"""How tests look at slips: their codes with a scanner's eye, their text without its line breaks."""

import os
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from devices.printing.drawing import fonts
from devices.printing.pictures import pictures_of
from devices.printing.slip_text import texts_of

WIDTHS = [384, 576]


def need_font(letter: str) -> None:
    """Skip where the machine cannot show this script, except where it has to."""
    if fonts.face_for(letter) is None:
        assert "CI" not in os.environ, "CI has to install the fonts this looks at"
        pytest.skip("no font for this script on this machine; nothing of it was looked at")


def read_codes(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def said(kind: str, content: Mapping[str, Any], *, reprint: bool = False) -> list[str]:
    """What each piece of paper says, on lines so long that nothing is broken, without spaces."""
    return ["".join(lines).replace(" ", "") for lines in texts_of(kind, content, 400, reprint)]


def height_of(kind: str, content: Mapping[str, Any], width: int) -> int:
    """Of all its papers."""
    return sum(picture.height for picture in pictures_of(kind, content, width))


def with_texts(value: Any, texts: Iterator[str], kept: frozenset[str]) -> Any:
    """The content with the next of `texts` for every text in it, but for the keys in `kept`."""
    if isinstance(value, dict):
        return {
            key: part if key in kept else with_texts(part, texts, kept)
            for key, part in value.items()
        }
    if isinstance(value, list):
        return [with_texts(part, texts, kept) for part in value]
    return next(texts) if isinstance(value, str) else value


def texts_in(value: Any, left_out: frozenset[str]) -> Iterator[str]:
    """Every text in the content, but for the keys in `left_out`."""
    if isinstance(value, dict):
        for key, part in value.items():
            if key not in left_out:
                yield from texts_in(part, left_out)
    elif isinstance(value, list):
        for part in value:
            yield from texts_in(part, left_out)
    elif isinstance(value, str):
        yield value
