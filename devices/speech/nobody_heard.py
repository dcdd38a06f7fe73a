"""Why a call was not heard: the reasons a person can act on."""

from hall.marked import _

SWITCHED_OFF = _("The voice is switched off.")
QUIET_HOUR = _("Nothing is said at this hour.")
NOT_INSTALLED = _("The voice is not installed.")
NO_VOICE = _("There is no voice for this language.")
NOTHING_TO_SAY = _("There is nothing to say.")
TOO_LONG = _("The text is too long to be spoken.")
NOT_READABLE = _("The announcement cannot be read.")
NOT_MADE = _("The voice could not be made.")
NO_ROOM = _("There is no room to write the sound.")
NO_LOUDSPEAKER = _("No loudspeaker answers.")
NO_SUCH_LOUDSPEAKER = _("There is no loudspeaker of this name; `jiaohao voice devices` lists them.")
NOT_PLAYED = _("The sound could not be played.")
NOT_FINISHED = _("The loudspeaker did not finish in time.")


class NobodyHeard(Exception):
    """It was not spoken; the board shows the call all the same.

    `reason` is the English source of a sentence; `detail` is for the administrator.
    """

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason} ({detail})" if detail else reason)
        self.reason = reason
        self.detail = detail
