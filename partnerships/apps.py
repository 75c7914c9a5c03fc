"""The partnerships room."""

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """Configuration of partnerships."""

    name = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"
