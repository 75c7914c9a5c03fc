"""Addresses of signing in. Those of allauth that we want, one by one, and no others: there is no sign-up.

The names are allauth's own where its code asks for them.
"""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, reverse_lazy

from accounts import forms
from accounts.single_sign_on import providers
from accounts.views import password, second_step, sessions, single_sign_on

_OVERVIEW = reverse_lazy("mfa_index")

_signing_in = [
    path(
        "login/",
        # A template calls `providers` when it shows the page.
        account.LoginView.as_view(form_class=forms.SignInForm, extra_context={"single_sign_on": providers}),
        name="account_login",
    ),
    path("logout/", account.logout, name="account_logout"),
    path(
        "reauthenticate/",
        account.ReauthenticateView.as_view(form_class=forms.ConfirmPasswordForm),
        name="account_reauthenticate",
    ),
    path("oidc/<slug:provider_id>/login/", single_sign_on.begin, name="openid_connect_login"),
    path("oidc/<slug:provider_id>/login/callback/", single_sign_on.callback, name="openid_connect_callback"),
    path("oidc/cancelled/", single_sign_on.cancelled, name="socialaccount_login_cancelled"),
]
_passwords = [
    path("password/change/", password.Change.as_view(form_class=forms.ChangePasswordForm), name="account_change_password"),
    path("password/reset/", account.PasswordResetView.as_view(form_class=forms.ResetForm), name="account_reset_password"),
    path(
        "password/reset/confirm/",
        account.ConfirmPasswordResetCodeView.as_view(form_class=forms.ResetCodeForm),
        name="account_confirm_password_reset_code",
    ),
    path(
        "password/reset/complete/",
        password.Complete.as_view(form_class=forms.ResetPasswordForm),
        name="account_complete_password_reset",
    ),
    path("password/reset/done/", account.password_reset_from_key_done, name="account_password_reset_completed"),
]
_second_step = [
    path("2fa/", second_step.Overview.as_view(), name="mfa_index"),
    path(
        "2fa/authenticate/",
        second_step.Authenticate.as_view(form_class=forms.SecondStepForm),
        name="mfa_authenticate",
    ),
    path(
        "2fa/reauthenticate/",
        mfa.ReauthenticateView.as_view(form_class=forms.ConfirmCodeForm),
        name="mfa_reauthenticate",
    ),
    path("2fa/app/add/", second_step.SetUpApp.as_view(form_class=forms.AuthenticatorAppForm), name="mfa_activate_totp"),
    path("2fa/app/remove/", second_step.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/new/", recovery_codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "2fa/passkeys/login/",
        second_step.SignInWithPasskey.as_view(form_class=forms.PasskeySignInForm),
        name="mfa_login_webauthn",
    ),
    path("2fa/passkeys/reauthenticate/", second_step.ConfirmWithPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    path("2fa/passkeys/add/", second_step.AddPasskey.as_view(form_class=forms.PasskeyForm), name="mfa_add_webauthn"),
    path(
        "2fa/passkeys/<int:pk>/rename/",
        webauthn.EditWebAuthnView.as_view(form_class=forms.PasskeyNameForm, success_url=_OVERVIEW),
        name="mfa_edit_webauthn",
    ),
    path(
        "2fa/passkeys/<int:pk>/remove/",
        second_step.RemovePasskey.as_view(success_url=_OVERVIEW),
        name="mfa_remove_webauthn",
    ),
]
_sessions = [
    path("sessions/", sessions.sessions, name="account_sessions"),
    path("sessions/end/", sessions.end_all, name="account_sessions_end_all"),
    path("sessions/<int:pk>/end/", sessions.end, name="account_session_end"),
]

urlpatterns = [*_signing_in, *_passwords, *_second_step, *_sessions]
