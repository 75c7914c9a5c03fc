"""Which e-mails a person wants."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class How(models.TextChoices):
    AT_ONCE = "at_once", "Within a few minutes"
    DAILY = "daily", "Once a day, in one e-mail"
    NONE = "none", "No e-mail"


class MailChoice(models.Model):
    """How a person wants to be told of one group of kinds. Without a row, the group's own default holds."""

    id = models.BigAutoField(primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices")
    group = models.CharField(max_length=20)
    how = models.CharField(max_length=10, choices=How)

    class Meta:
        default_permissions: ClassVar = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "group"], name="mail_choice_unique"),
            models.CheckConstraint(condition=models.Q(how__in=How.values), name="mail_choice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.group}: {self.how}"
