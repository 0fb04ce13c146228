"""Addresses of the phase's pages, under `/cases/<slug>/scanning/`."""

from django.urls import path

from fremsyn.scanning import noting, views

app_name = "scanning"

urlpatterns = [
    path("", views.scanning, name="scanning"),
    path("figures/<slug:key>.<str:kind>", views.figure, name="figure"),
    path("sources/", views.sources, name="sources"),
    path("sources/<str:ref>/", views.source, name="source"),
    path("signals/note/", noting.signal_note, name="signal_note"),
    path("noticing/", noting.noticing, name="noticing"),
    path("noticing/<int:number>/decide/", noting.noticed_decide, name="noticed_decide"),
    path("noticing/links/<uuid:ident>/withdraw/", noting.noticing_withdraw, name="noticing_withdraw"),
    path("signals/<str:ref>/", views.signal, name="signal"),
    path("trends/<str:ref>/", views.trend, name="trend"),
]
