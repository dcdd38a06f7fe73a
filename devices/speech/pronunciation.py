"""What is said and how it is written for eSpeak, so that it is read right.

Every rule here was found by looking at the phonemes of eSpeak NG 1.52.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from devices.speech.nobody_heard import (
    NO_VOICE,
    NOT_READABLE,
    NOTHING_TO_SAY,
    TOO_LONG,
    NobodyHeard,
)
from hall.names import plain

LONGEST_TEXT = 400
"""In characters, about a minute and a half: longer than that nobody listens."""

LANGUAGES = ("zh", "en")
"""Those with rules below."""

OVERRIDES = {
    "六安": "路安",
    "蚌埠": "泵埠",
    "儋州": "丹州",
    "浚县": "训县",
    "歙县": "社县",
    "铅山县": "岩山县",
    "济宁": "挤宁",
    "黄陂": "黄皮",
    "中牟": "中木",
    "牟平": "木平",
    "闽侯": "闽后",
    "犍为": "前围",
    "枞阳": "宗阳",
    "蔚县": "玉县",
    "蠡县": "里县",
    "泌阳": "必阳",
    "尉犁": "玉犁",
    "监利": "建利",
    "涡阳": "锅阳",
    "代为": "代维",
    "农行": "农航",
    "曝光": "报光",
}
"""Words in which the Mandarin voice takes the wrong sound → a homophone it reads right. Found by
setting its phonemes for 17,000 place names and 13,000 common words beside those of their Pinyin."""

TICKET_NUMBER = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{1,3}) ?([0-9]{2,6})(?![A-Za-z0-9])")
CALLS = {
    "zh": re.compile(r"请([A-Z]{1,3}[0-9]{2,6})号到([1-9][0-9]{0,3})号窗口办理[。！]?"),
    "en": re.compile(r"Ticket ([A-Z]{1,3}[0-9]{2,6}), please go to counter ([1-9][0-9]{0,3})[.!]?"),
}
"""The captions of `call_text`, as somebody may type them."""
LONG_COUNTER = re.compile(r"(?<![0-9.,])([1-9][0-9]{2,3})(?= ?号)")
CLAUSE_MARK = re.compile(r"[,;:!?](?![0-9A-Za-z])")
FULL_WIDTH_MARKS = str.maketrans(",;:!?", "，；：！？")
MARKUP = str.maketrans("<>&|{}[]", " " * 8)

DIGITS = "零一二三四五六七八九"
UNITS = ("", "十", "百", "千")


@dataclass(frozen=True)
class Phrase:
    language: str
    caption: str
    """What the board shows while it is spoken."""
    spoken: str
    """The same, written for the voice."""
    pieces: tuple[str, ...] = ()
    """The same as clips of `assets/voice`; () for words that were not recorded."""


def call_text(number: str, counter: int, language: str, *, one_is_yao: bool = True) -> Phrase:
    """「请A012号到3号窗口办理」; raises NobodyHeard for a language without rules."""
    number = unicodedata.normalize("NFKC", plain(number)).upper()
    if not number.isascii() or not number.isalnum() or counter < 1:
        raise NobodyHeard(NOT_READABLE, f"{number!r} to {counter!r}")
    if language == "zh":
        caption = f"请{number}号到{counter}号窗口办理"
        ones = ("幺", "yao") if one_is_yao else ("1", "1")
        digits = " ".join(number).replace("1", ones[0])
        spoken = f"请 {digits} 号，到 {counter_in_chinese(counter)} 号窗口办理"
        named = (ones[1] if sign == "1" else sign for sign in number)
        pieces = ("call", *named, "number", f"counter-{counter}")
    elif language == "en":
        caption = f"Ticket {number}, please go to counter {counter}"
        # Without a comma after it, A is read as the article.
        spoken = f"Ticket {', '.join(number)}. Please go to counter {counter}."
        pieces = ("call", *number, f"counter-{counter}")
    else:
        raise NobodyHeard(NO_VOICE, language)
    return Phrase(language, caption, spoken, pieces)


def free_text(text: str, language: str) -> Phrase:
    """Whatever people typed; raises NobodyHeard when it cannot be spoken."""
    if language not in LANGUAGES:
        raise NobodyHeard(NO_VOICE, language)
    caption = " ".join(plain(text).split())
    if len(caption) > LONGEST_TEXT:
        raise NobodyHeard(TOO_LONG, f"{len(caption)} > {LONGEST_TEXT}")
    # Full-width digits and letters are silent.
    spoken = unicodedata.normalize("NFKC", caption).translate(MARKUP)
    separator = ", " if language == "en" else " "
    spoken = TICKET_NUMBER.sub(
        lambda found: f" {separator.join((found[1] + found[2]).upper())} ", spoken
    )
    if language == "zh":
        spoken = LONG_COUNTER.sub(lambda found: in_chinese(int(found[1])), spoken)
        # NFKC made them ASCII, which the voice runs over without a pause.
        spoken = CLAUSE_MARK.sub(lambda mark: mark[0].translate(FULL_WIDTH_MARKS), spoken)
        for name, homophone in OVERRIDES.items():
            spoken = spoken.replace(name, homophone)
    spoken = " ".join(spoken.split())
    if not any(sign.isalnum() for sign in spoken):
        raise NobodyHeard(NOTHING_TO_SAY)
    return Phrase(language, caption, spoken)


def typed(text: str, language: str, *, one_is_yao: bool = True) -> Phrase:
    """A call, if that is what the words are, else free text; raises NobodyHeard."""
    plainly = unicodedata.normalize("NFKC", " ".join(plain(text).split()))
    call = CALLS[language].fullmatch(plainly) if language in CALLS else None
    if call is None:
        return free_text(text, language)
    return call_text(call[1], int(call[2]), language, one_is_yao=one_is_yao)


def phrases(content: Mapping[str, Any], *, one_is_yao: bool = True) -> list[Phrase]:
    """What an announcement row says, language by language.

    A language without a voice is left out as long as another can be spoken. Raises NobodyHeard.
    """
    try:
        makers = phrase_makers(content, one_is_yao)
    except (KeyError, TypeError, ValueError) as error:
        raise NobodyHeard(NOT_READABLE, repr(error)) from error
    made: list[Phrase] = []
    unheard = NobodyHeard(NOTHING_TO_SAY)
    for make in makers:
        try:
            made.append(make())
        except NobodyHeard as reason:
            unheard = reason
    if not made:
        raise unheard
    return made


def phrase_makers(content: Mapping[str, Any], one_is_yao: bool) -> list[Callable[[], Phrase]]:
    if "text" in content:
        text = content["text"]
        texts = text if isinstance(text, Mapping) else {content.get("language", "zh"): text}
        return [partial(free_text, str(words), language) for language, words in texts.items()]
    number, counter = str(content["number"]), int(content["counter"])
    make = partial(call_text, number, counter, one_is_yao=one_is_yao)
    own = content.get("own")
    languages = in_order([str(name) for name in content["languages"]], str(own) if own else None)
    return [partial(make, language) for language in languages]


def in_order(languages: list[str], own: str | None) -> list[str]:
    """The hall's, and the citizen's own last: what was heard last is remembered."""
    if own in (None, *languages[:1]):
        return languages
    return [*(one for one in languages if one != own), str(own)]


def counter_in_chinese(counter: int) -> str:
    """From 100 on in 汉字: of 103 the voice drops the 零."""
    return str(counter) if counter < 100 else in_chinese(counter)


def in_chinese(number: int) -> str:
    """一百零三; for 1 to 9999, beyond that digit by digit."""
    if not 0 < number < 10_000:
        return "".join(DIGITS[int(digit)] for digit in str(number))
    words, skipped = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit == 0:
            skipped = bool(words)
            continue
        words += ("零" if skipped else "") + DIGITS[digit] + UNITS[place]
        skipped = False
    return words.removeprefix("一") if 10 <= number < 20 else words
