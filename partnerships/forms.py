"""Forms of this room. Rules live in the actions; a form asks, and keeps what was typed."""

from typing import Any

from django import forms
from django.contrib.auth import password_validation

from accounts.models import User
from partnerships.models import MembershipRole

ROLES = [
    (MembershipRole.MEMBER, "Member: works on the reviews they are added to"),
    (MembershipRole.ADMIN, "Administrator: also manages people and reviews"),
]


class RoleForm(forms.Form):
    """What somebody may do in their organisation."""

    role = forms.TypedChoiceField(
        label="Role in your organisation",
        choices=ROLES,
        coerce=MembershipRole,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose member or administrator."},
    )


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="Work e-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        max_length=254,
        error_messages={
            "required": "Enter the person’s work e-mail address.",
            "invalid": "Enter an e-mail address in full, such as name@council.example.",
        },
    )
    role = forms.TypedChoiceField(
        label="Role in your organisation",
        choices=ROLES,
        coerce=MembershipRole,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose member or administrator."},
    )


class AgreeForm(forms.Form):
    """What everybody who joins agrees to."""

    agree = forms.BooleanField(
        label="I agree to keep this information safe",
        error_messages={"required": "Tick the box if you agree. Without it you cannot join."},
    )


class NewPersonForm(AgreeForm):
    """The account of somebody new."""

    full_name = forms.CharField(
        label="Your full name",
        help_text="As your colleagues know you.",
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Enter your full name."},
    )
    password = forms.CharField(
        label="Choose a password",
        help_text="At least 12 characters. Three words that do not belong together are easy to remember.",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password."},
    )
    field_order = ("full_name", "password", "agree")

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._email = email

    def clean_full_name(self) -> str:
        return " ".join(str(self.cleaned_data["full_name"]).split())

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        person = User(email=self._email, full_name=self.cleaned_data.get("full_name", ""))
        password_validation.validate_password(password, person)
        return password
