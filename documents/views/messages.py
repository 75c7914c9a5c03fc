"""Telling people what happened to what they asked for."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest


def attempt(request: HttpRequest, act: Callable[[], None], *, done: str) -> bool:
    """Do it all or not at all, and say so: `done`, or why it was refused."""
    try:
        with transaction.atomic():
            act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, done)
    return True


def attempt_form(form: forms.Form, act: Callable[[], None]) -> bool:
    """The same for a form that is valid so far: a refusal becomes an error of the form, which keeps what was typed."""
    try:
        with transaction.atomic():
            act()
    except ValidationError as refusal:
        _add_errors(form, refusal)
        return False
    return True


def _add_errors(form: forms.Form, refusal: ValidationError) -> None:
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for field, texts in by_field.items():
        for text in texts:
            form.add_error(field if field in form.fields else None, text)
