"""Addresses for those who tell one thing they noticed, under `/n/`. A name comes before the token, which is longer."""

from django.urls import path

from fremsyn.scanning import noting

app_name = "noticing"

urlpatterns = [
    path("thanks/", noting.thanks, name="thanks"),
    path("<str:token>/", noting.notice, name="notice"),
]
