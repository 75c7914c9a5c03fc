"""Fixtures that every test may use: the named cast, and clients signed in as its people."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client
from hypothesis import HealthCheck
from hypothesis import settings as random_tests

from accounts import append_only
from accounts.models import User
from accounts.second_step import SESSION_KEY
from documents import database_rules
from tests.support.cast import Cast, build_cast

# How long an example takes says how busy the machine is.
random_tests.register_profile("portal", deadline=None, suppress_health_check=[HealthCheck.too_slow])
random_tests.load_profile("portal")


@pytest.fixture(autouse=True)
def files(settings: LazySettings, tmp_path: Path) -> Path:
    """A folder of the test's own for what people upload."""
    storage = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = settings.STORAGES | {"default": storage}
    return tmp_path / "files"


@pytest.fixture
def transactional_db(transactional_db: None) -> Iterator[None]:
    """A database that other threads and processes see, emptied afterwards; only for that may the audit trail be changed."""
    yield
    append_only.remove(connection)
    database_rules.remove(connection)  # comes back by itself after the flush
    post_migrate.connect(_seal_again)


def _seal_again(sender: Any, **_: Any) -> None:
    post_migrate.disconnect(_seal_again)
    append_only.install(connection)


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
