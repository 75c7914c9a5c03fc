"""Loaded by pytest before Django's settings: the suite runs in test mode (see `addopts`)."""

import os

os.environ["PORTAL_MODE"] = "test"
