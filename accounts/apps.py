"""The accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Configuration of accounts."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
