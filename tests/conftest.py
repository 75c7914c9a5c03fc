"""Fixtures that every test may use: the named cast, and clients signed in as its people."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from accounts.models import User
from accounts.second_step import SESSION_KEY
from tests.support.cast import Cast, build_cast


@pytest.fixture(autouse=True)
def files(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder of the test's own for what people upload."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    return tmp_path / "files"


@pytest.fixture
def cast(db: None) -> Cast:
    """Three partnerships, the police, their people, one review and its report (see `tests/support/cast.py`)."""
    return build_cast()


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A client that is signed in as a person, second step done."""

    def make(person: User) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        session = client.session
        session[SESSION_KEY] = True
        session.save()
        return client

    return make
