"""The documents room."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Configuration of documents."""

    name = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow who takes part in a review; show its reports there; tell who has access; say in words what is recorded.

        And what people are told of.
        """
        from django.db.models.signals import post_migrate, pre_migrate

        from accounts import append_only, notification_kinds, notification_scopes
        from accounts.jobs import schedule
        from documents import database_rules, review_hooks, tasks
        from documents.actions import seat_changes
        from documents.actions.grants import project_review
        from documents.coedit import announce
        from documents.models.version import IMMUTABLE
        from documents.notification_kinds import GROUPS, KINDS
        from documents.notification_scopes import SCOPES
        from documents.presenters import SENTENCES
        from documents.truth import TRUTHS
        from partnerships import hooks as partnership_hooks
        from partnerships import presenters
        from partnerships.hooks import truths
        from reviews import hooks

        hooks.on_participants_changed.extend([project_review, seat_changes.participants_changed])
        partnership_hooks.on_seat_added.append(seat_changes.seat_added)
        partnership_hooks.on_holders_changed.append(seat_changes.holders_changed)
        partnership_hooks.seat_is_asked.append(seat_changes.seat_is_asked)
        hooks.documents_of.append(review_hooks.doors)
        hooks.offers_of.append(review_hooks.offers)
        hooks.standing_of.append(review_hooks.standing_of)
        hooks.conceal.append(review_hooks.conceal)
        append_only.protect(IMMUTABLE)
        announce.register()
        pre_migrate.connect(database_rules.before_migrate, sender=self)
        post_migrate.connect(database_rules.after_migrate, sender=self)
        presenters.register(SENTENCES)
        truths.extend(TRUTHS)
        notification_kinds.register(GROUPS, KINDS)
        schedule.register(*tasks.SCHEDULES)
        for name, openable in SCOPES.items():
            notification_scopes.register(name, openable)
