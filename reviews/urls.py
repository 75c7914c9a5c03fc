"""Addresses of reviews, of taking part in them, and of their teams."""

from django.urls import path

from reviews.views import participation, reviews, teams

urlpatterns = [
    path("reviews/", reviews.listing, name="reviews"),
    path("reviews/new/", reviews.new, name="review_new"),
    path("reviews/<uuid:pk>/", reviews.overview, name="review"),
    path("reviews/<uuid:pk>/people/", reviews.people, name="review_people"),
    path("reviews/<uuid:pk>/history/", reviews.history, name="review_history"),
    path("reviews/<uuid:pk>/invite/", participation.invite, name="participant_invite"),
    path("reviews/invitations/<uuid:pk>/", participation.participation, name="participation"),
    path("reviews/invitations/<uuid:pk>/decline/", participation.decline, name="participation_decline"),
    path("reviews/invitations/<uuid:pk>/leave/", participation.leave, name="participation_leave"),
    path("reviews/invitations/<uuid:pk>/withdraw/", participation.withdraw, name="participant_withdraw"),
    path("reviews/teams/<uuid:pk>/add/", teams.add, name="team_add"),
    path("reviews/members/<int:pk>/role/", teams.role, name="team_role"),
    path("reviews/members/<int:pk>/remove/", teams.remove, name="team_remove"),
]
