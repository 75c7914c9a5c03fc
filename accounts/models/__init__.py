"""Models of accounts: one class a file."""

from accounts.models.audit import AuditEvent
from accounts.models.seal import AuditSeal
from accounts.models.user import User, UserManager

__all__ = ["AuditEvent", "AuditSeal", "User", "UserManager"]
