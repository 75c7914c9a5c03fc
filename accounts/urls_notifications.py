"""Addresses of what a person is told of, and of choosing e-mails."""

from django.urls import path

from accounts.views import mail_choices, notifications

urlpatterns = [
    path("notifications/", notifications.listing, name="notifications"),
    path("notifications/read/", notifications.mark_all_read, name="notifications_read"),
    path("notifications/e-mails/", mail_choices.choose, name="mail_choices"),
    path("notifications/<uuid:pk>/", notifications.follow, name="notification"),
    path("notifications/<uuid:pk>/read/", notifications.mark_read, name="notification_read"),
    path("unsubscribe/<str:token>/", mail_choices.unsubscribe, name="unsubscribe"),
]
