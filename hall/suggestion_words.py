"""What the box asks, in words; the codes are `SuggestionKind` and `SuggestionSubject`."""

from hall.marked import _

KINDS = {
    "praise": _("Something was good"),
    "suggestion": _("Something could be better"),
    "criticism": _("Something was not right"),
}
SUBJECTS = {
    "waiting": _("Waiting and calling"),
    "staff": _("How I was served"),
    "papers": _("Papers, rules, how they were explained"),
    "place": _("The hall: seats, signs, access"),
    "machines": _("Kiosk, board, voice, slips"),
    "other": _("Something else"),
}
