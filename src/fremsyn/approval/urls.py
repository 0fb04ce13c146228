"""Addresses of the phase's pages, under `/cases/<slug>/board/`."""

from django.urls import path

from fremsyn.approval import views
from fremsyn.approval.after import urls as after
from fremsyn.approval.ballots import urls as ballots
from fremsyn.approval.meeting import urls as meeting
from fremsyn.approval.minutes import urls as minutes
from fremsyn.approval.paper import views as paper_views

app_name = "approval"

urlpatterns = [
    *after.urlpatterns,
    path("", views.paper, name="paper"),
    path("draft/", paper_views.paper_draft, name="paper_draft"),
    path("order/<path:key>/", paper_views.paper_move, name="paper_move"),
    path("packs/<str:sha256>.zip", views.pack, name="pack"),
    path("points/<str:ref>/", views.board_point, name="board_point"),
    *meeting.urlpatterns,
    *ballots.urlpatterns,
    *minutes.urlpatterns,
]
