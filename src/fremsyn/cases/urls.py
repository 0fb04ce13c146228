"""Addresses that every case has."""

from django.urls import include, path

from fremsyn.cases import views

app_name = "cases"

urlpatterns = [
    path("", views.case_list, name="case_list"),
    path("cases/<slug:case_slug>/search/", views.search, name="search"),
    path("cases/<slug:case_slug>/edit/", include("fremsyn.cases.editing.urls")),
    path("cases/<slug:case_slug>/items/<str:ref>/", views.item, name="item"),
]
