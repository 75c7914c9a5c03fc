"""The accounts room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Configuration of accounts."""

    name = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Begin to record what allauth announces; make known which jobs come due by the clock."""
        from accounts import receivers, tasks
        from accounts.jobs import schedule, worker

        receivers.connect()
        worker.connect()
        schedule.register(*tasks.SCHEDULES)
