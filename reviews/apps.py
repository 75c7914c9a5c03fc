"""The reviews room."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Configuration of reviews."""

    name = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
