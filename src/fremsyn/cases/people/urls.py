"""Addresses of who is in a case, under `/cases/<slug>/people/`."""

from django.urls import path

from fremsyn.cases.people import views

urlpatterns = [
    path("", views.case_people, name="case_people"),
    path("role/", views.member_change, name="member_change"),
    path("remove/", views.member_remove, name="member_remove"),
    path("invitations/withdraw/", views.invitation_withdraw, name="invitation_withdraw"),
]
