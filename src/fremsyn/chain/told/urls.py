"""Addresses under `/r/story/`, for those who answer a round."""

from django.urls import path

from fremsyn.chain.told import views

app_name = "told"

urlpatterns = [path("<str:ref>/", views.story, name="story")]
