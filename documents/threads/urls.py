"""Addresses of comments and suggestions."""

from django.urls import path

from documents.views import thread_pages, thread_suggestions, threads

urlpatterns = [
    path("reports/<uuid:pk>/threads/", threads.board, name="report_threads"),
    path("reports/<uuid:pk>/comments/", thread_pages.listing, name="report_comments"),
    path("reports/<uuid:pk>/suggestions/<uuid:person>/", thread_suggestions.suggestions_of, name="person_suggestions"),
    path("sections/<uuid:pk>/threads/", threads.start, name="section_threads"),
    path("threads/<uuid:pk>/", thread_pages.thread, name="thread"),
    path("threads/<uuid:pk>/comments/", threads.reply, name="thread_reply"),
    path("threads/<uuid:pk>/resolve/", threads.resolve, name="thread_resolve"),
    path("threads/<uuid:pk>/reopen/", threads.reopen, name="thread_reopen"),
    path("threads/<uuid:pk>/share/", threads.share, name="thread_share"),
    path("threads/<uuid:pk>/suggestion/accept/", threads.accept, name="suggestion_accept"),
    path("threads/<uuid:pk>/suggestion/decline/", threads.decline, name="suggestion_decline"),
    path("threads/<uuid:pk>/suggestion/reopen/", threads.reopen_suggestion, name="suggestion_reopen"),
    path("threads/<uuid:pk>/suggestion/withdraw/", threads.withdraw, name="suggestion_withdraw"),
]
