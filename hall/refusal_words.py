"""What was refused to somebody, in a line; known before the database is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hall.marked import _
from hall.place_words import place_words
from hall.right_words import RIGHT_WORDS

if TYPE_CHECKING:
    from hall.overview.refusals import RefusedDeed

KINDS = {
    "account.refused": _("sign-in refused"),
    "account.locked": _("account locked"),
    "account.not_allowed": _("right lacking"),
    "account.not_responsible": _("another’s inquiry"),
    "account.counter_taken": _("another’s counter"),
}
WHY = {
    "wrong_password": _("wrong password"),
    "locked": _("while locked out"),
    "one_time_over": _("one-time password run out"),
    "no_password": _("has no password"),
    "unknown_number": _("unknown staff number"),
}
"""Why a sign-in was refused."""


def refusal_words(say: Callable[..., str], one: RefusedDeed) -> str:
    kind = say(KINDS[one.kind]) if one.kind in KINDS else one.kind
    parts = [f"{one.at:%m-%d %H:%M}", kind, one.who or "—", place_words(say, one.place)]
    if one.instead_of:
        parts.append(say(_("in place of {clerk}"), clerk=one.instead_of))
    elif one.why:
        known = WHY | RIGHT_WORDS
        parts.append(say(known[one.why]) if one.why in known else one.why)
    return "  ".join(parts)
