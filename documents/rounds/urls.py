"""Addresses of comment rounds, of decisions on comments and of the comment log."""

from django.urls import path

from documents.views import comment_log, dispositions, rounds

urlpatterns = [
    path("reports/<uuid:pk>/rounds/", rounds.listing, name="report_rounds"),
    path("reports/<uuid:pk>/rounds/new/", rounds.new, name="round_new"),
    path("rounds/<uuid:pk>/", rounds.show, name="round"),
    path("rounds/<uuid:pk>/date/", rounds.date, name="round_date"),
    path("rounds/<uuid:pk>/close/", rounds.close, name="round_close"),
    path("reports/<uuid:pk>/dispositions/", dispositions.listing, name="report_dispositions"),
    path("threads/<uuid:pk>/disposition/", dispositions.decide, name="thread_disposition"),
    path("reports/<uuid:pk>/comment-log/", comment_log.comment_log, name="comment_log"),
]
