"""The partnerships room."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PartnershipsConfig(AppConfig):
    """Configuration of partnerships."""

    name = "partnerships"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Forget ids that a migration may change; let invitations be accepted by single sign-on."""
        from accounts import single_sign_on
        from partnerships import grants
        from partnerships.actions import invitations

        post_migrate.connect(grants.forget_permission_ids, dispatch_uid="partnerships.forget_permission_ids")
        single_sign_on.on_invitation(invitations.accept_by_identity)
