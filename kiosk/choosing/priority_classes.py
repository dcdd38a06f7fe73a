"""Whom the hall serves sooner (优先类别), as the kiosk names them."""

from hall.marked import _

NAMES = {
    "elderly": _("Elderly people"),
    "disabled": _("People with disabilities"),
    "pregnant": _("Pregnant women"),
    "infant": _("With an infant"),
    "soldier": _("Soldiers and veterans"),
    "urgent": _("Urgent matters"),
}
"""By the code of `db.tables.PriorityClass`, which is too slow to import before the first paint."""
