"""Addresses of reports, sections and pictures."""

from django.urls import include, path

from documents.views import history, images, levels, my_work, reports, section_states, sections

urlpatterns = [
    path("my-work/", my_work.my_work, name="my_work"),
    path("reviews/<uuid:review_pk>/reports/new/", levels.new, name="report_new"),
    path("reports/", reports.listing, name="reports"),
    path("reports/<uuid:pk>/", reports.live, name="report"),
    path("reports/<uuid:pk>/read/", reports.read, name="report_read"),
    path("reports/<uuid:pk>/print/", reports.printed, name="report_print"),
    path("reports/<uuid:pk>/token/", reports.token, name="report_token"),
    path("reports/<uuid:pk>/access/", levels.access, name="report_access"),
    path("reports/<uuid:pk>/sections/", sections.listing, name="report_sections"),
    path("reports/<uuid:pk>/sections/new/", sections.new, name="section_new"),
    path("reports/<uuid:pk>/history/", history.edits, name="report_history"),
    path("sections/<uuid:pk>/history/<int:first>/<int:last>/", history.change, name="section_change"),
    path("sections/<uuid:pk>/history/<int:row>/restore/", history.restore, name="section_restore_text"),
    path("sections/<uuid:pk>/authors/", history.authors, name="section_authors"),
    path("sections/<uuid:pk>/edit/", sections.edit, name="section_edit"),
    path("sections/<uuid:pk>/move/", sections.move, name="section_move"),
    path("sections/<uuid:pk>/done/", section_states.mark_done, name="section_done"),
    path("sections/<uuid:pk>/reopen/", section_states.reopen, name="section_reopen"),
    path("sections/<uuid:pk>/restrict/", section_states.restrict, name="section_restrict"),
    path("sections/<uuid:pk>/release/", section_states.release, name="section_release"),
    path("sections/<uuid:pk>/delete/", section_states.delete, name="section_delete"),
    path("sections/<uuid:pk>/restore/", section_states.restore, name="section_restore"),
    path("sections/<uuid:pk>/images/", images.upload, name="section_images"),
    path("", include("documents.threads.urls")),
    path("", include("documents.versions.urls")),
    path("", include("documents.rounds.urls")),
    path("images/<uuid:pk>/", images.show, name="image"),
    path("", include("documents.sign_off.urls")),
]
