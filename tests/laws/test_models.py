"""Laws that every model keeps, found by looking at all of them."""

from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import models

from accounts.models import AuditEvent

ROOMS = {"accounts", "partnerships", "reviews", "documents", "library"}
# When alone says enough: what happened to the row itself, or a moment that nobody in particular brought about.
ALONE = {
    "accounts.user.created_at", "accounts.user.deactivated_at", "partnerships.invitation.expires_at",
    "partnerships.invitation.declined_at", "partnerships.membership.joined_at", "reviews.participant.joined_at",
    "accounts.notification.read_at", "accounts.notification.mail_due_at", "accounts.letter.created_at",
    "accounts.letter.claimed_at", "accounts.letter.sent_at", "accounts.scheduledrun.due_at",
    "documents.section.created_at", "documents.coeditwriter.started_at", "documents.sectionsnapshot.made_at",
}  # fmt: skip

OURS = [model for model in apps.get_models() if model._meta.app_label in ROOMS]


@pytest.mark.no_database
def test_every_moment_says_who() -> None:
    alone = [
        f"{model._meta.label_lower}.{field.name}"
        for model in OURS
        for field in model._meta.get_fields()
        if isinstance(field, models.DateTimeField) and field.name.endswith("_at")
        if not any(other.name == f"{field.name[:-3]}_by" for other in model._meta.get_fields())
    ]

    assert set(alone) == ALONE


@pytest.mark.no_database
def test_every_optional_pair_of_when_and_who_is_held_together_by_the_database() -> None:
    loose = []
    for model in OURS:
        names = {field.name: field for field in model._meta.get_fields() if isinstance(field, models.Field)}
        constraints = " ".join(str(constraint) for constraint in model._meta.constraints)
        for name, field in names.items():
            if name.endswith("_at") and field.null and f"{name[:-3]}_by" in names and f"{name[:-3]}_by" not in constraints:
                loose.append(f"{model._meta.label_lower}.{name}")

    assert loose == []


@pytest.mark.no_database
def test_the_audit_trail_has_no_foreign_keys() -> None:
    assert [field.name for field in AuditEvent._meta.get_fields() if field.is_relation] == []


@pytest.mark.no_database
def test_models_have_no_permissions_that_nobody_grants() -> None:
    with_defaults = [
        model._meta.label
        for model in OURS
        if model._meta.app_label in {"partnerships", "reviews", "documents"} and model._meta.default_permissions
    ]

    assert with_defaults == []


@pytest.mark.django_db
def test_migrations_match_the_models() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.no_database
def test_migrations_have_names_that_say_what_they_do() -> None:
    root = Path(__file__).resolve().parents[2]

    nameless = [str(path.relative_to(root)) for room in ROOMS for path in (root / room).glob("migrations/*_auto_*.py")]

    assert nameless == []
