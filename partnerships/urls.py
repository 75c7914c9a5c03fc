"""Addresses of one's own organisation, and the door."""

from django.urls import path

from partnerships.views import invitations, joining, organisation, people

urlpatterns = [
    path("organisation/", organisation.organisation, name="organisation"),
    path("organisation/history/", organisation.history, name="organisation_history"),
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
