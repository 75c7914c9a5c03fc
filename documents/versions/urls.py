"""Addresses of versions of reports."""

from django.urls import path

from documents.views import compare, freezing, versions

urlpatterns = [
    path("reports/<uuid:pk>/versions/", versions.listing, name="report_versions"),
    path("reports/<uuid:pk>/versions/new/", versions.new, name="version_new"),
    path("reports/<uuid:pk>/freeze/", freezing.freeze, name="report_freeze"),
    path("reports/<uuid:pk>/compare/", compare.compare, name="report_compare"),
    path("versions/<uuid:pk>/", versions.show, name="version"),
    path("versions/<uuid:pk>/canonical.json", versions.canonical, name="version_canonical"),
]
