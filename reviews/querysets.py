"""Querysets of the reviews room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from accounts.models import User
from partnerships import grants

if TYPE_CHECKING:
    from reviews.models import Review  # noqa: F401 (named in the class header below)


class ReviewQuerySet(models.QuerySet["Review"]):
    """Reviews."""

    def visible_to(self, user: User) -> Self:
        """Only the reviews that this person is on."""
        return grants.visible(self, user)
