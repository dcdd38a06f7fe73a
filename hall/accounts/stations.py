"""Places where staff work signed in without a counter: the information desk, the manager's."""

from enum import StrEnum

from hall.marked import _


class Station(StrEnum):
    """Named as the journal names a place."""

    DESK = "desk"
    SUPERVISOR = "supervisor"


WORDS = {
    Station.DESK: _("information desk"),
    Station.SUPERVISOR: _("manager's console"),
}
