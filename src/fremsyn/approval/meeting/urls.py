"""Addresses of seats and meetings, under `/cases/<slug>/board/`."""

from django.urls import path

from fremsyn.approval.meeting import views

urlpatterns = [
    path("seats/", views.seats, name="seats"),
    path("seats/end/", views.seat_end, name="seat_end"),
    path("seats/undo/", views.seat_undo, name="seat_undo"),
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<str:meeting>/", views.meeting, name="meeting"),
    path("meetings/<str:meeting>/meeting.ics", views.meeting_ics, name="meeting_ics"),
    path("meetings/<str:meeting>/declare/", views.meeting_declare, name="meeting_declare"),
    path("meetings/<str:meeting>/move/", views.meeting_move, name="meeting_move"),
    path("meetings/<str:meeting>/call-off/", views.meeting_call_off, name="meeting_call_off"),
    path("meetings/<str:meeting>/mail/", views.meeting_mail, name="meeting_mail"),
    path("meetings/<str:meeting>/run/", views.meeting_run, name="meeting_run"),
    path("meetings/<str:meeting>/run/attendance/", views.meeting_attendance, name="meeting_attendance"),
    path(
        "meetings/<str:meeting>/run/disqualification/", views.meeting_disqualification, name="meeting_disqualification"
    ),
    path("meetings/<str:meeting>/run/note/", views.meeting_note, name="meeting_note"),
]
