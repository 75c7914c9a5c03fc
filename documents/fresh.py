"""Forms that never overwrite what somebody else has changed since they were opened."""

import hashlib
import json
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format

MEANWHILE = "Somebody else has changed this since you opened it. "


class FreshForm(forms.Form):
    """Carries a digest of what it was opened on. Where that no longer holds it is shown again, with what holds now."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, state: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._now = hashlib.sha256(json.dumps(state, default=str, sort_keys=True).encode()).hexdigest()[:16]
        self.initial["seen"] = self._now

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("seen") != self._now:
            self._open_anew()
            raise ValidationError(MEANWHILE + self._what_holds_now())
        return cleaned

    def _open_anew(self) -> None:
        """The next answer is about what holds now."""
        self.data = MultiValueDict({**_lists(self.data), self.add_prefix("seen"): [self._now]})

    def _what_holds_now(self) -> str:
        differing = [self._in_words(field) for field in self.visible_fields() if self._differs(field)]
        if not differing:
            return "It is now as you say below: check it, and save again if you still want to."
        return f"Now it says: {'; '.join(differing)}. Your answers are kept below. Save again to use them instead."

    def _differs(self, field: forms.BoundField) -> bool:
        return field.field.has_changed(field.initial, field.data)

    @staticmethod
    def _in_words(field: forms.BoundField) -> str:
        value: Any = field.initial
        choices = {str(key): label for key, label in getattr(field.field, "choices", ())}
        if isinstance(value, date):
            words = date_format(value, "j F Y")
        else:
            words = str(choices.get(str("" if value is None else value), value or "nothing"))
        return f"{field.label} – {words}"


def _lists(data: Any) -> dict[str, list[Any]]:
    return dict(data.lists()) if isinstance(data, MultiValueDict) else {name: [value] for name, value in data.items()}
