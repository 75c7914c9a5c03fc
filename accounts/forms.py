"""allauth's forms in our words. What they check stays allauth's."""

# allauth has no types.
# mypy: disallow-subclassing-any=False

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

from accounts.adapter import AccountAdapter
from accounts.audit import record
from accounts.models import User

PASSWORD_HINT = "At least 12 characters. Three words that do not belong together are easy to remember."  # noqa: S105
PASSKEY_REFUSED = "That passkey does not fit. Try again, or sign in with your password."
CODE_ATTRIBUTES = {
    "autocomplete": "one-time-code",
    "spellcheck": "false",
    "autocapitalize": "characters",
    "class": "govuk-input--width-10 govuk-input--extra-letter-spacing",
}


def email_field(hint: str = "") -> forms.EmailField:
    """The address with which a person signs in."""
    return forms.EmailField(
        label="E-mail address",
        help_text=hint,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false", "autocapitalize": "none"}),
        error_messages={
            "required": "Enter your e-mail address.",
            "invalid": "Enter an e-mail address in full, such as name@council.example.",
        },
    )


def password_field(label: str, *, new: bool = False) -> forms.CharField:
    """A password; spaces at its ends belong to it."""
    return forms.CharField(
        label=label,
        help_text=PASSWORD_HINT if new else "",
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password" if new else "current-password"}),
        error_messages={"required": "Choose a new password." if new else "Enter your password."},
    )


def code_field(label: str, hint: str = "", *, digits: bool) -> forms.CharField:
    """A code that is used once. Phones show their number keys where it holds only digits."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=40,
        widget=forms.TextInput(attrs=CODE_ATTRIBUTES | ({"inputmode": "numeric"} if digits else {})),
        error_messages={"required": "Enter the code."},
    )


class SignInForm(account.LoginForm):
    """E-mail address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields |= {"login": email_field(), "password": password_field("Password")}
        self.order_fields(["login", "password"])

    def clean(self) -> dict[str, Any]:
        """Say what is wrong at the first field, to which the error summary then leads."""
        try:
            cleaned: dict[str, Any] = super().clean() or {}
        except ValidationError as refusal:
            self.add_error("login", refusal)
            cleaned = self.cleaned_data
        return cleaned


class ConfirmPasswordForm(account.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field("Password")


class NewPasswordMixin:
    """A new password, typed once: it can be shown while typing."""

    def _ask_once(self, user: User) -> None:
        fields: dict[str, forms.Field] = self.fields  # type: ignore[attr-defined]
        fields.pop("password2")
        fields["password1"] = password_field("New password", new=True)
        self._person = user

    def clean_password1(self) -> str:
        return str(AccountAdapter().clean_password(self.cleaned_data["password1"], user=self._person))  # type: ignore[attr-defined]


class ChangePasswordForm(NewPasswordMixin, account.ChangePasswordForm):
    """A new password, by somebody who knows the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_field("Current password")
        self._ask_once(kwargs["user"])


class ResetForm(account.ResetPasswordForm):
    """Where to send the code for a new password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"] = email_field()

    def clean_email(self) -> str:
        """Those who sign in only through their organisation have no password here, so there is none to reset."""
        email = str(self.cleaned_data["email"])
        people = User.objects.filter(email__iexact=email, is_active=True)
        self.users = [person for person in people if person.has_usable_password()]
        return email


class ResetCodeForm(account.ConfirmPasswordResetCodeForm):
    """The code from the e-mail."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Code", "Eight letters, such as BCDF-GHJK. You can paste it.", digits=False)


class ResetPasswordForm(NewPasswordMixin, account.ResetPasswordKeyForm):
    """The new password, by somebody who had the code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._ask_once(kwargs["user"])


class SecondStepForm(mfa.AuthenticateForm):
    """A code of the authenticator app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("Code", digits=True)


class ConfirmCodeForm(mfa.ReauthenticateForm):
    """A code once more, before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = "The 6 digits that your authenticator app shows now, or one of your recovery codes."
        self.fields["code"] = code_field("Code", hint, digits=True)


class AuthenticatorAppForm(totp.ActivateTOTPForm):
    """The first code of an authenticator app, which shows that it works."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = code_field("6-digit code", "It changes every 30 seconds. You can paste it.", digits=True)


class PasskeyNameForm(webauthn.EditWebAuthnForm):
    """A name by which its owner knows a passkey again."""

    name = forms.CharField(
        label="Name of the passkey",
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Enter a name."},
    )


class PasskeyForm(webauthn.AddWebAuthnForm):
    """A new passkey. The browser fills in `credential`."""

    name = forms.CharField(
        label="Name of the passkey",
        help_text="So that you know it again, such as “Work laptop”.",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    credential = forms.JSONField(
        widget=forms.HiddenInput, error_messages={"required": "Your browser did not make a passkey. Try again."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Every passkey does both steps, so there is nothing to choose.
        del self.fields["passwordless"]

    def clean(self) -> dict[str, Any]:
        """Speak of a passkey where allauth speaks of a code."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except ValidationError as refusal:
            raise ValidationError("The passkey could not be checked. Nothing was added. Try again.") from refusal
        return cleaned


class PasskeySignInForm(webauthn.LoginWebAuthnForm):
    """Signing in with a passkey alone."""

    def clean_credential(self) -> Any:
        """Refuse a passkey that does not fit, and a deactivated person, in the same words."""
        try:
            found = super().clean_credential()
        except (ValidationError, AttributeError, TypeError, ValueError, KeyError):
            found = None
        if found is None or not found.user.is_active:
            record("user.sign_in_failed", by=None, method="passkey")
            raise ValidationError(PASSKEY_REFUSED)
        return found
