"""The reviews room."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Configuration of reviews."""

    name = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """End places on reviews where a membership ends; say in words what this room records."""
        from partnerships import hooks, presenters
        from reviews.actions import teams
        from reviews.presenters import SENTENCES

        hooks.on_membership_ended.append(teams.end_for)
        presenters.register(SENTENCES)
