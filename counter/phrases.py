"""Words for what the hall keeps as codes: classes, languages, states, lengths of time."""

from collections.abc import Callable
from datetime import timedelta

from hall.marked import _

Say = Callable[..., str]

CLASSES = {
    "ordinary": _("Ordinary"),
    "elderly": _("Elderly"),
    "disabled": _("Disabled"),
    "pregnant": _("Pregnant"),
    "infant": _("Infant"),
    "soldier": _("Soldier"),
    "urgent": _("Urgent matter"),
}

LANGUAGES = {
    "zh": _("Chinese"),
    "en": _("English"),
    "bo": _("Tibetan"),
    "ii": _("Yi"),
    "khb": _("Tai Lue"),
    "mn": _("Mongolian"),
    "tdd": _("Tai Nuea"),
    "ug": _("Uyghur"),
    "yue": _("Cantonese"),
    "za": _("Zhuang"),
}

RESULTS = {
    "done": _("Completed"),
    "accepted": _("Accepted"),
    "told": _("Papers missing"),
    "answered": _("Answered"),
}

STATES = {
    "closed": _("Closed"),
    "open": _("Open"),
    "paused": _("Paused"),
}


def class_words(say: Say, priority_class: str) -> str:
    return say(CLASSES[priority_class]) if priority_class in CLASSES else priority_class


def result_words(say: Say, result: str) -> str:
    return say(RESULTS[result]) if result in RESULTS else result


def language_words(say: Say, language: str) -> str:
    """A language the hall added itself is shown by its code."""
    return say(LANGUAGES[language]) if language in LANGUAGES else language


def length_words(say: Say, length: timedelta) -> str:
    """Whole minutes, rounded down; never negative, though clocks may be set back."""
    minutes = max(0, int(length.total_seconds() // 60))
    if minutes == 0:
        return say(_("under a minute"))
    if minutes < 60:
        return say(_("{minutes} min"), minutes=minutes)
    return say(_("{hours} h {minutes} min"), hours=minutes // 60, minutes=minutes % 60)


def stopwatch(length: timedelta) -> str:
    """03:25; 1:03:25 after an hour."""
    seconds = max(0, int(length.total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    clock = f"{minutes:02d}:{seconds % 60:02d}"
    return f"{hours}:{clock}" if hours else clock
