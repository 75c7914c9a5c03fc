"""What people are told of in this room. Sentences hold no title, no text and nobody's name."""

from accounts.notification_kinds import Group, Kind

MENTION = "mention"
REPLY = "reply"
SUGGESTION_ACCEPTED = "suggestion_accepted"
SUGGESTION_DECLINED = "suggestion_declined"
DISPOSED = "disposed"
ROUND_OPENED = "round_opened"
ROUND_CLOSING = "round_closing"
ROUND_CLOSED = "round_closed"
SECTION_DUE = "section_due"
FROZEN = "frozen"
OWN_RISK_OPEN = "own_risk_open"
ASKED_TO_SIGN = "asked_to_sign"
DECLINED = "declined"
VOIDED = "voided"
AGREED = "agreed"

GROUPS = (
    Group(
        "comments", "Comments and suggestions", "Mentions of you or your organisation, replies, what became of suggestions"
    ),
    Group("rounds", "Comment rounds", "Your organisation is asked for comments, the last day is near, a round has closed"),
    Group("writing", "Writing", "A section that your organisation writes is due soon"),
    Group(
        "signing",
        "Signing",
        "A report is frozen, you are asked to sign, a signature is declined or void, a report is agreed",
    ),
)

KINDS = (
    Kind(MENTION, "{organisation} mentioned you or your organisation in a comment", "comments", "comment"),
    Kind(REPLY, "{organisation} replied to a comment of yours", "comments", "comment"),
    Kind(SUGGESTION_ACCEPTED, "{organisation} accepted a suggestion of yours", "comments", "comment"),
    Kind(SUGGESTION_DECLINED, "{organisation} declined a suggestion of yours", "comments", "comment"),
    Kind(DISPOSED, "{organisation} decided what becomes of a comment of yours", "comments", "comment"),
    Kind(ROUND_OPENED, "{organisation} asks your organisation for comments on a report", "rounds", "comment"),
    Kind(ROUND_CLOSING, "The last day for comments on a report is near", "rounds", "clock"),
    Kind(ROUND_CLOSED, "{organisation} closed the comments on a report", "rounds", "comment"),
    Kind(SECTION_DUE, "A section that your organisation writes is due soon", "writing", "clock"),
    Kind(FROZEN, "{organisation} froze a report for signature", "signing", "snowflake"),
    Kind(
        OWN_RISK_OPEN, "A report was frozen while your organisation’s own comment about a risk is open", "signing", "alert"
    ),
    Kind(ASKED_TO_SIGN, "{organisation} asks you to sign a report", "signing", "envelope"),
    Kind(DECLINED, "{organisation} declined to sign a report", "signing", "cross"),
    Kind(VOIDED, "A signature on a report is void", "signing", "alert"),
    Kind(AGREED, "A report has been agreed: every seat has signed it", "signing", "tick"),
)
