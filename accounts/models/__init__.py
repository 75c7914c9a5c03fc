"""Models of accounts: one class a file."""

from accounts.models.audit import AuditEvent
from accounts.models.letter import Letter
from accounts.models.mail_choice import How, MailChoice
from accounts.models.notification import Notification
from accounts.models.scheduled_run import ScheduledRun
from accounts.models.seal import AuditSeal
from accounts.models.user import User, UserManager

__all__ = [
    "AuditEvent",
    "AuditSeal",
    "How",
    "Letter",
    "MailChoice",
    "Notification",
    "ScheduledRun",
    "User",
    "UserManager",
]
