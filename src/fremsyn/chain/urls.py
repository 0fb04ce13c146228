"""Addresses of the case as a whole, under `/cases/<slug>/`."""

from django.urls import path

from fremsyn.chain import views

app_name = "chain"

urlpatterns = [
    path("", views.case, name="case"),
    path("trace/", views.whole_chain, name="whole_chain"),
    path("trace/<str:ref>/", views.trace, name="trace"),
]
