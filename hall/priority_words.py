"""优先类别: whom the hall serves sooner, and by what it is shown. The codes are `PriorityClass`."""

from hall.marked import _

NAMES = {
    "elderly": _("Elderly people"),
    "disabled": _("People with disabilities"),
    "pregnant": _("Pregnant women"),
    "infant": _("With an infant"),
    "soldier": _("Soldiers and veterans"),
    "urgent": _("Urgent matters"),
}
PROOFS = {
    "elderly": _("identity card, 60 or older"),
    "disabled": _("disability certificate"),
    "pregnant": _("maternity record, or as one sees"),
    "infant": _("the infant is there"),
    "soldier": _("military, veteran's or preferential-treatment card"),
    "urgent": _("say at the counter why it is urgent"),
}
"""Staff look at it at the counter; nobody is sent away from the kiosk for want of it."""
