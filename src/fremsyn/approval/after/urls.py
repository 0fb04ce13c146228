"""Addresses of what comes after the decision."""

from django.urls import path

from fremsyn.approval.after import views

urlpatterns = [
    path("after/", views.after, name="after"),
    path("after/delegate/", views.delegation_give, name="delegation_give"),
    path("after/delegate/<slug:kind>/end/", views.delegation_end, name="delegation_end"),
]
