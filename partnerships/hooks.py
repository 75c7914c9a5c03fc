"""What rooms further on do when something happens here. They register in their AppConfig.ready.

Hooks run inside the action's transaction, so that all of it happens or none.
"""

from collections.abc import Callable

from accounts.models import User
from partnerships.models import Membership

# Called with the membership that is about to end, and who ends it.
on_membership_ended: list[Callable[[Membership, User], None]] = []
