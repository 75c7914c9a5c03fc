"""The portal: wiring only."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Configuration of the portal."""

    name = "portal"
