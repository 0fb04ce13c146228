"""Addresses of the phase's pages, under `/cases/<slug>/framing/`."""

from django.urls import path

from fremsyn.framing import interviewing, moving, views

app_name = "framing"

urlpatterns = [
    path("", views.framing, name="framing"),
    path("questions/<str:ref>/", views.question, name="question"),
    path("criteria/<str:ref>/", views.success_criterion, name="success_criterion"),
    path("assumptions/<str:ref>/", views.assumption, name="assumption"),
    path("baseline/<str:ref>/", views.baseline_role, name="baseline_role"),
    path("interviews/", interviewing.interviews, name="interviews"),
    path("interviews/guide/", interviewing.interview_guide, name="interview_guide"),
    path("interviews/themes/gather/", interviewing.theme_gather, name="theme_gather"),
    path("interviews/themes/<int:number>/ask/", interviewing.theme_ask, name="theme_ask"),
    path("stakeholders/", views.stakeholders, name="stakeholders"),
    path("stakeholders/edit/", moving.stakeholders_edit, name="stakeholders_edit"),
    path("stakeholders/<str:ref>/", views.stakeholder, name="stakeholder"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
]
