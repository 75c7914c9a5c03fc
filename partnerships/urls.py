"""Addresses of one's own organisation, and the door."""

from django.urls import path

from partnerships.views import invitations, joining, organisation, people, seats

urlpatterns = [
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/history/", organisation.history, name="organisation_history"),
    path("organisation/seats/", seats.listing, name="seats"),
    path("organisation/seats/new/", seats.new, name="seat_new"),
    path("organisation/seats/<uuid:pk>/rename/", seats.rename, name="seat_rename"),
    path("organisation/seats/<uuid:pk>/up/", seats.move_up, name="seat_up"),
    path("organisation/seats/<uuid:pk>/end/", seats.end, name="seat_end"),
    path("organisation/seats/<uuid:pk>/appoint/", seats.appoint, name="seat_appoint"),
    path("organisation/seats/holders/<int:pk>/days/", seats.change_days, name="seat_holder_days"),
    path("organisation/seats/holders/<int:pk>/remove/", seats.remove, name="seat_holder_remove"),
    path("organisation/people/<int:pk>/role/", people.role, name="membership_role"),
    path("organisation/people/<int:pk>/second-step/", people.second_step, name="membership_second_step"),
    path("organisation/people/<int:pk>/deactivate/", people.deactivate, name="membership_deactivate"),
    path("organisation/people/<int:pk>/reactivate/", people.reactivate, name="membership_reactivate"),
    path("organisation/invitations/new/", invitations.new, name="invitation_new"),
    path("organisation/invitations/<uuid:pk>/resend/", invitations.resend, name="invitation_resend"),
    path("organisation/invitations/<uuid:pk>/revoke/", invitations.revoke, name="invitation_revoke"),
    path("invitation/<str:token>/", joining.invitation, name="invitation"),
    path("invitation/<str:token>/decline/", joining.decline, name="invitation_decline"),
]
