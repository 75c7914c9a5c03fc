"""Telling people what happened to what they asked for."""

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def attempt(request: HttpRequest, act: Callable[[], object], *, done: str) -> bool:
    """Call an action and say what came of it: `done`, or why it was refused."""
    try:
        act()
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return False
    messages.success(request, done)
    return True


def attempt_form(form: forms.Form, act: Callable[[], object]) -> bool:
    """The same for a form that is valid so far: a refusal becomes an error of the form, which keeps what was typed."""
    try:
        act()
    except ValidationError as refusal:
        _add_errors(form, refusal)
        return False
    return True


def status_of(form: forms.Form) -> int:
    """422 for a form that is shown again with its errors."""
    return 422 if form.is_bound else 200


def _add_errors(form: forms.Form, refusal: ValidationError) -> None:
    by_field = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for field, texts in by_field.items():
        for text in texts:
            form.add_error(field if field in form.fields else None, text)
