"""Addresses of votings, under `/cases/<slug>/board/`."""

from django.urls import path

from fremsyn.approval.ballots import views

urlpatterns = [
    path("votes/<str:meeting>/", views.written, name="written"),
    path("votes/<str:meeting>/<int:position>/", views.point_vote, name="point_vote"),
    path("votes/<str:meeting>/<int:position>/amend/", views.point_amend, name="point_amend"),
    path("votes/<str:meeting>/<int:position>/words/", views.point_words, name="point_words"),
    path("votes/<str:meeting>/<int:position>/lead/", views.point_lead, name="point_lead"),
]
