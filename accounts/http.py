"""Types for requests of people who are signed in."""

from django.http import HttpRequest

from accounts.models import User


class AuthenticatedHttpRequest(HttpRequest):
    """A request whose `user` is signed in (guaranteed by the login middleware)."""

    user: User
