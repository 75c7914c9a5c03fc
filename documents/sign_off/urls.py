"""Addresses of the sign-off sheet, of signing and of its evidence."""

from django.urls import path

from documents.views import sheets, sign_off

urlpatterns = [
    path("reports/<uuid:pk>/sign-off/", sign_off.sign_off, name="report_sign_off"),
    path("reports/<uuid:pk>/reopen/", sign_off.reopen, name="report_reopen"),
    path("versions/<uuid:pk>/sheet/", sheets.show, name="version_sheet"),
    path("versions/<uuid:pk>/sheet/print/", sheets.printed, name="version_sheet_print"),
    path("versions/<uuid:pk>/evidence/", sheets.evidence, name="version_evidence"),
]
