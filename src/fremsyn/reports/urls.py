"""Addresses of the documents, under `/cases/<slug>/documents/`."""

from django.urls import path

from fremsyn.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.documents, name="documents"),
    path("<slug:key>/", views.document, name="document"),
    path("<slug:key>.<slug:language>.pdf", views.document_pdf, name="document_pdf"),
]
