"""What was the matter with a notice that was corrected, in words."""

from hall.marked import _

FAULT_WORDS = {
    "omitted": _("omitted"),
    "incomplete": _("incomplete"),
    "mistaken": _("mistaken"),
}
"""By `NoticeFault`: 漏告, 缺告, 错告."""
