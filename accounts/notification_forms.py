"""The form with which a person chooses e-mails."""

from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.models import How
from accounts.notification_kinds import GROUPS


class MailChoicesForm(forms.Form):
    """One choice for each group of kinds."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, group in GROUPS.items():
            self.fields[code] = forms.TypedChoiceField(
                label=group.title,
                help_text=f"{group.hint}.",
                choices=How.choices,
                coerce=How,
                widget=forms.RadioSelect,
                error_messages={"required": f"{group.title}: choose when you want an e-mail, or none."},
            )

    @property
    def choices(self) -> Mapping[str, How]:
        return {code: self.cleaned_data[code] for code in GROUPS}
