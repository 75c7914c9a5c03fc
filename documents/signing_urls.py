"""Addresses of the sign-off sheet, of signing and of its evidence."""

from django.urls import path

from documents.views import sign_off

urlpatterns = [
    path("reports/<uuid:pk>/sign-off/", sign_off.sign_off, name="report_sign_off"),
    path("reports/<uuid:pk>/reopen/", sign_off.reopen, name="report_reopen"),
]
