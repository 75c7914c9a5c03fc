"""Fixtures that every test may use: the named cast, and clients signed in as its people."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from tests.support.cast import Cast, build_cast


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
        return client

    return make
