"""What the rules refuse, each named for its reason; the faces put it in words.

A module for each subject; here is what they have in common. `words` are the English source of the
sentence; `hall.wording` has it in the reader's language.
"""

from typing import Any, ClassVar

from db.faults import DatabaseFault


class Refused(Exception):
    """A rule says no; nothing was changed."""

    code: ClassVar[str] = "refused"
    """For programs: the `error` of `--json`."""
    words: ClassVar[str]

    further: tuple[str, ...] = ()
    """Sentences after it, of the same facts: what else one can do."""

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(self.words.format(**facts))


class SettingsWrong(DatabaseFault):
    """The settings file or a JIAOHAO_ variable cannot be used; `detail` names the place."""
