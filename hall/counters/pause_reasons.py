"""Why counters pause; what the sign says is the sentence, what the journal has is the code."""

from hall.marked import _

PAUSE_REASONS = {
    "away": _("Away for a moment"),
    "meal": _("Meal break"),
    "meeting": _("In a meeting"),
    "fault": _("System fault"),
}
