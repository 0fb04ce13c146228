"""Addresses of the case as a whole, under `/cases/`."""

from django.urls import include, path, re_path

from fremsyn.chain import minutes, views
from fremsyn.chain.gates import views as gates
from fremsyn.chain.meetings import views as meetings
from fremsyn.chain.sessions import views as sessions

app_name = "chain"

of_a_case = [
    path("", views.case, name="case"),
    path("settings/", views.case_settings, name="case_settings"),
    path("board/seal/", views.paper_seal, name="paper_seal"),
    path("board/meetings/<str:meeting>/notice/", meetings.meeting_notice, name="meeting_notice"),
    path("board/meetings/<str:meeting>/late/", meetings.meeting_late, name="meeting_late"),
    path("board/meetings/<str:meeting>/minutes/approve/", minutes.minutes_approve, name="minutes_approve"),
    path("conversation/sessions/<str:ref>/pre-read/", sessions.session_pre_read, name="session_pre_read"),
    path("conversation/sessions/<str:ref>/cards/", sessions.session_cards, name="session_cards"),
    path("gates/<slug:phase>/", gates.gate, name="gate"),
    path("gates/<slug:phase>/close/", gates.gate_close, name="gate_close"),
    path("gates/<slug:phase>/steps/<slug:step>/", gates.gate_step, name="gate_step"),
    path("gates/<slug:phase>/versions/<int:number>.json", gates.deliverable, name="deliverable"),
    path("trace/", views.whole_chain, name="whole_chain"),
    path("trace/figures/whole-chain.<str:kind>", views.whole_chain_figure, name="whole_chain_figure"),
    path("trace/<str:ref>/", views.trace, name="trace"),
    re_path(
        r"^trace/(?P<ref>[^/]+)/(?P<way>up|down)/figures/trace\.(?P<kind>\w+)$", views.trace_figure, name="trace_figure"
    ),
]

urlpatterns = [
    path("new/", views.case_new, name="case_new"),
    path("<slug:case_slug>/", include(of_a_case)),
]
