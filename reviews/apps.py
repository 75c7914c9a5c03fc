"""The reviews room."""

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Configuration of reviews."""

    name = "reviews"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """End places on reviews where a membership ends; tell who has access; say in words what this room records."""
        from partnerships import hooks, presenters
        from reviews import truth
        from reviews.actions import teams
        from reviews.presenters import SENTENCES

        hooks.on_membership_ended.append(teams.end_for)
        hooks.truths.append(truth.TRUTH)
        hooks.places.append(truth.expected_groups)
        presenters.register(SENTENCES)
