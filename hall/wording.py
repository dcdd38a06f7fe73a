"""The product's own words in the reader's language, by gettext."""

import gettext
from importlib import resources
from typing import Any

from db import faults
from db.faults import DatabaseFault
from hall import languages
from hall.errors import Refused, SettingsWrong
from hall.errors.hours import NoNumbersNow
from hall.marked import _
from hall.moment_words import moment_words
from hall.names import plain

DOMAIN = "jiaohao"


FAULTS: dict[type[DatabaseFault], str] = {
    faults.NoDatabase: _("There is no hall at {where}. Make one: jiaohao init FILE.xlsx"),
    faults.DatabaseTooNew: _(
        "{where} was written by a newer version of this program. Install that version ({detail})."
    ),
    faults.DatabaseTooOld: _("{where} is of an older version. Run: jiaohao db upgrade"),
    faults.DatabaseReadOnly: _("{where} cannot be written to. Check who owns the file and folder."),
    faults.DiskFull: _("The disk of {where} is full. Make room; nothing was lost or half done."),
    faults.DatabaseBusy: _("{where} is busy with another program. Try again in a moment."),
    faults.Outrun: _("{where} is busy with another program. Try again in a moment."),
    faults.DatabaseAway: _(
        "{where} cannot be reached ({detail}). Check the server and the network."
    ),
    faults.DatabaseDamaged: _("{where} is damaged or not a database ({detail}). Restore a backup."),
    faults.DatabaseUnreadable: _("{where} cannot be read: {detail}"),
    SettingsWrong: _("The settings in {where} cannot be used: {detail}"),
}


class Wording:
    """Words of one language; made anew for each visitor's choice, never kept globally.

    A language of China that the product does not speak reads Chinese, any other English.
    """

    def __init__(self, language: str, beside: str = "en") -> None:
        """`beside`: the language that stands beneath, where a screen shows two."""
        self.language = language
        self.translations = translations_of(language)
        self.beside = beside
        self.translations_beside = translations_of(beside)

    def say(self, words: str, /, **facts: Any) -> str:
        return self.translations.gettext(words).format(**facts)

    def say_beside(self, words: str, /, **facts: Any) -> str:
        return self.translations_beside.gettext(words).format(**facts)

    def refusal(self, error: Refused) -> str:
        """What was typed comes back as text; only the name of a state, right or station is
        translated."""
        facts = self.facts_of(error)
        told = self.say(error.words, **facts)
        for words in error.further:
            told = self.say(_("{sentence} {next}"), sentence=told, next=self.say(words, **facts))
        return told

    def short_refusal(self, error: NoNumbersNow) -> str:
        return self.say(error.short, **self.facts_of(error))

    def facts_of(self, error: Refused) -> dict[str, Any]:
        facts = {
            key: plain(value) if isinstance(value, str) else value
            for key, value in error.facts.items()
        }
        again = error.facts.get("again")
        if again is not None:
            facts["again"] = moment_words(self.say, again)
        for name in ("state", "right", "station"):
            if facts.get(name):
                facts[name] = self.translations.gettext(facts[name])
        return facts

    def fault(self, error: DatabaseFault) -> str:
        return self.say(FAULTS[type(error)], where=error.where, detail=error.detail)


def translations_of(language: str) -> gettext.NullTranslations:
    """A language of China that the product does not speak reads Chinese, any other English."""
    spoken = "zh" if language in languages.OF_CHINA else language
    folder = resources.files("assets") / "locale"
    return gettext.translation(DOMAIN, localedir=str(folder), languages=[spoken], fallback=True)
