"""Addresses of a round for those who answer it, under `/r/`. Names come before the token, which is longer than any."""

from django.urls import path

from fremsyn.conversation.participants import views

app_name = "rounds"

urlpatterns = [
    path("", views.go_on, name="go_on"),
    path("opening/", views.opening, name="opening"),
    path("step/<int:number>/", views.step, name="step"),
    path("vote/", views.vote, name="vote"),
    path("propose/", views.propose, name="propose"),
    path("others/<uuid:ident>/", views.reply, name="reply"),
    path("code/", views.code, name="code"),
    path("thanks/", views.thanks, name="thanks"),
    path("outcome/", views.outcome, name="outcome"),
    path("resume/", views.resume, name="resume"),
    path("erase/", views.erase, name="erase"),
    path("erased/", views.erased, name="erased"),
    path("leave/", views.leave, name="leave"),
    path("<str:token>/", views.join, name="join"),
]
