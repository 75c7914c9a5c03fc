"""What rooms further on do when something happens here. They register in their AppConfig.ready."""

from collections.abc import Callable
from uuid import UUID

from accounts.models import AuditSeal

# Called with a seal that is to be kept by people, outside this database.
on_seal: list[Callable[[AuditSeal], None]] = []
# Whether this person's organisations all leave the second step to their own sign-in. Without one, nobody is excused.
leaves_second_step_to_single_sign_on: list[Callable[[UUID], bool]] = []
