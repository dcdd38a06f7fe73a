"""The rights (`hall.rights.Right`) in words; known before the database is."""

from hall.marked import _

RIGHT_WORDS = {
    "serve": _("serve at a counter"),
    "pause": _("pause a counter"),
    "reprint": _("print a slip again"),
    "issue_notice": _("issue a notice"),
    "release_ticket": _("release a ticket kept for somebody else"),
    "assist": _("act for citizens at the desk"),
    "consent": _("consent to a pause"),
    "run_hall": _("run the hall"),
    "see_hall": _("look over the hall"),
    "answer_suggestions": _("answer suggestions"),
    "manage_users": _("manage users"),
    "read_journal": _("read the journal"),
}
