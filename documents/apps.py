"""The documents room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Configuration of documents."""

    name = "documents"
    default_auto_field = "django.db.models.BigAutoField"
