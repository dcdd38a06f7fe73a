"""Why a clerk goes on at another place than the one that is left signed in."""

from hall.marked import _

TAKE_OVER_REASONS = {
    "failed": _("The other computer or program has failed"),
    "moved": _("I moved to this counter"),
    "forgotten": _("I forgot to sign off there"),
}
