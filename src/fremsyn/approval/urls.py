"""Addresses of the phase's pages, under `/cases/<slug>/board/`."""

from django.urls import path

from fremsyn.approval import views
from fremsyn.approval.after import urls as after
from fremsyn.approval.ballots import urls as ballots
from fremsyn.approval.meeting import urls as meeting

app_name = "approval"

urlpatterns = [
    *after.urlpatterns,
    path("", views.paper, name="paper"),
    path("packs/<str:sha256>.zip", views.pack, name="pack"),
    path("points/<str:ref>/", views.board_point, name="board_point"),
    *meeting.urlpatterns,
    *ballots.urlpatterns,
]
