"""What a notice cannot say, or not any more."""

from hall.errors import Refused
from hall.marked import _


class UnknownNotice(Refused):
    code = "unknown_notice"
    words = _("There is no notice {serial}.")


class UnknownMaterial(Refused):
    code = "unknown_material"
    words = _("Service {service} has no material {material}.")


class NothingToTell(Refused):
    code = "nothing_to_tell"
    words = _("Tick what is missing or wrong first: a notice without it tells nothing.")


class RemarkTooLong(Refused):
    code = "remark_too_long"
    words = _("The remark has {count} characters; a notice has room for {most}.")


class TextTooLong(Refused):
    code = "text_too_long"
    words = _("“{beginning}…” has {count} characters; there is room for {most}.")


class PaperUnnamed(Refused):
    code = "paper_unnamed"
    words = _("Say which paper is asked for besides those listed.")


class ForbiddenPhrase(Refused):
    code = "forbidden_phrase"
    words = _("“{phrase}” is not said to citizens. Say for instance: {instead}")


class ForbiddenPhraseOfHall(ForbiddenPhrase):
    """One the hall has added without saying what to say instead."""

    words = _("“{phrase}” is not said to citizens in this hall; please put it otherwise.")


class AlreadyCorrected(Refused):
    code = "already_corrected"
    words = _("{serial} has been corrected already; what counts is {by}. Correct that one.")
