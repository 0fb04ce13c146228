"""Addresses that every case has."""

from django.urls import include, path

from fremsyn.cases import views
from fremsyn.cases.people.views import invitation

app_name = "cases"

urlpatterns = [
    path("", views.case_list, name="case_list"),
    path("invitations/<str:token>/", invitation, name="invitation"),
    path("cases/<slug:case_slug>/people/", include("fremsyn.cases.people.urls")),
    path("cases/<slug:case_slug>/search/", views.search, name="search"),
    path("cases/<slug:case_slug>/edit/", include("fremsyn.cases.editing.urls")),
    path("cases/<slug:case_slug>/items/<str:ref>/", views.item, name="item"),
]
