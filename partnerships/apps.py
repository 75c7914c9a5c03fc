"""The partnerships room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartnershipsConfig(AppConfig):
    """Configuration of partnerships."""

    name = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Forget ids that a migration may change; do what accounts leaves to the room that knows organisations."""
        from accounts import hooks, single_sign_on
        from partnerships import grants, notifications, people
        from partnerships.actions import invitations

        post_migrate.connect(grants.forget_permission_ids, dispatch_uid="partnerships.forget_permission_ids")
        single_sign_on.on_invitation(invitations.accept_by_identity)
        hooks.leaves_second_step_to_single_sign_on[:] = [people.leaves_second_step_to_single_sign_on]
        hooks.on_seal[:] = [notifications.send_seal]
