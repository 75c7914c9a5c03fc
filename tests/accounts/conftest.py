"""Fixtures of the tests of signing in."""

from collections.abc import Iterator

import pytest
from django.conf import LazySettings

from accounts import post
from tests.support.oidc import MockProvider, running_provider


@pytest.fixture(autouse=True)
def _no_letters_left() -> Iterator[None]:
    """A letter that is still on its way must not reach the next test."""
    yield
    post.wait_until_sent()


@pytest.fixture(autouse=True)
def _codes_outlive_the_half_minute(settings: LazySettings) -> None:
    """A code that a test has computed must not become wrong because the clock passed a half minute meanwhile."""
    settings.MFA_TOTP_TOLERANCE = 1


@pytest.fixture(scope="session")
def provider_process() -> Iterator[MockProvider]:
    """An organisation's sign-in, as a process."""
    with running_provider() as provider:
        yield provider


@pytest.fixture
def provider(provider_process: MockProvider, settings: LazySettings) -> MockProvider:
    """The sign-in of Bristol, named in the settings."""
    apps = [provider_process.app("bristol", "kbsp"), provider_process.app("north-somerset", "nsscp")]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": apps}}
    return provider_process
