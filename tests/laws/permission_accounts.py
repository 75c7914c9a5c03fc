"""What each of the cast gets at the addresses of signing in. What is one's own is behind the sign-in; nothing tells more.

Changes to how one signs in ask first who one is (302), also for what is not there: so nobody learns what others have.
"""

from tests.laws.permission_matrix import OFF_REVIEW, ON_REVIEW, SIGNED_OUT, Arguments, Route, public, signed_in

SIGNED_IN = ON_REVIEW | OFF_REVIEW


def unknown_provider() -> Arguments:
    """No organisation's sign-in is set up where the matrix is tested (`tests/accounts/test_single_sign_on.py` has one)."""
    return lambda cast: {"provider_id": "unknown"}


def of_nobody() -> Arguments:
    """The number of something that the person does not have."""
    return lambda cast: {"pk": 0}


ACCOUNTS = [
    Route("account_login", {200: SIGNED_OUT, 302: SIGNED_IN}, public=True),
    Route("account_logout", {302: SIGNED_OUT, 200: SIGNED_IN}, public=True),
    Route("account_logout", {302: SIGNED_OUT | SIGNED_IN}, public=True, method="POST"),
    public("openid_connect_login", 404, arguments=unknown_provider()),
    public("openid_connect_callback", 404, arguments=unknown_provider()),
    public("socialaccount_login_cancelled"),
    public("account_reset_password"),
    # Without a code that was asked for in this browser these lead back.
    public("account_confirm_password_reset_code", 302),
    public("account_complete_password_reset", 302),
    public("account_password_reset_completed"),
    public("mfa_authenticate", 302),
    public("mfa_login_webauthn", 302),
    signed_in("account_reauthenticate"),
    signed_in("account_change_password"),
    signed_in("mfa_index"),
    signed_in("mfa_reauthenticate", 302),
    signed_in("mfa_reauthenticate_webauthn", 302),
    signed_in("mfa_activate_totp", 302),
    signed_in("mfa_deactivate_totp", 404),
    signed_in("mfa_view_recovery_codes", 404),
    signed_in("mfa_generate_recovery_codes", 302),
    signed_in("mfa_add_webauthn", 302),
    signed_in("mfa_edit_webauthn", 302, arguments=of_nobody()),
    signed_in("mfa_remove_webauthn", 302, arguments=of_nobody()),
    signed_in("account_sessions"),
    signed_in("account_session_end", 404, method="POST", arguments=of_nobody()),
    signed_in("account_sessions_end_all", 302, method="POST"),
]
