"""Addresses of minutes, under `/cases/<slug>/board/`."""

from django.urls import path

from fremsyn.approval.minutes import views

HERE = "meetings/<str:meeting>/minutes/"

urlpatterns = [
    path(HERE, views.minutes, name="minutes"),
    path(f"{HERE}draft/", views.minutes_draft, name="minutes_draft"),
    path(f"{HERE}words/", views.minutes_words, name="minutes_words"),
    path(f"{HERE}send/", views.minutes_send, name="minutes_send"),
    path(f"{HERE}mail/", views.minutes_mail, name="minutes_mail"),
    path(f"{HERE}comment/", views.minutes_comment, name="minutes_comment"),
    path(f"{HERE}answer/", views.minutes_answer, name="minutes_answer"),
    path(f"{HERE}signed/", views.minutes_signed, name="minutes_signed"),
    path(f"{HERE}whose/", views.minutes_whose, name="minutes_whose"),
    path(f"{HERE}package.zip", views.minutes_package, name="minutes_package"),
    path(f"{HERE}signed/<str:sha256>.pdf", views.minutes_signed_pdf, name="minutes_signed_pdf"),
    path(f"{HERE}<str:edition>.pdf", views.minutes_pdf, name="minutes_pdf"),
]
