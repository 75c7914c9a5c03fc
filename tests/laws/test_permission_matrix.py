"""Every address × every member of the cast."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.laws.permission_matrix import ANONYMOUS, EVERYBODY, Route
from tests.laws.permission_routes import ROUTES
from tests.support.cast import Cast


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern)
        else:
            yield pattern


@pytest.mark.no_database
def test_every_route_is_in_the_matrix() -> None:
    names = {pattern.name for pattern in _patterns(get_resolver())}

    assert names - {route.name for route in ROUTES} == set()


@pytest.mark.no_database
def test_every_entry_of_the_matrix_is_a_route() -> None:
    names = {pattern.name for pattern in _patterns(get_resolver())}

    assert {route.name for route in ROUTES} - names == set()


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_each_of_the_cast_gets_what_the_matrix_says(
    route: Route, cast: Cast, client_of: Callable[[User], Client], subtests: pytest.Subtests
) -> None:
    address = reverse(route.name, kwargs=route.arguments(cast))

    # Those who may do least come first, so that one person's change does not open the way for another.
    for person in sorted(EVERYBODY, key=lambda name: (-route.expected(name), name)):
        with subtests.test(person=person):
            client = Client() if person == ANONYMOUS else client_of(getattr(cast, person))

            answer = (
                client.generic(route.method, address) if route.method == "GET" else client.post(address, route.data(cast))
            )

            assert answer.status_code == route.expected(person)
