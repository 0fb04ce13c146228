"""Addresses of the case pages."""

urlpatterns: list[object] = []
